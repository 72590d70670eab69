//! Fields of a Word file: orders that Word carries out, and what a page shows of them.
//!
//! Input: the order of a field, and whether the file holds its result. Output: what its result is, where it leads, and what Word prints
//! for one whose result is in no file: numbers that a field counts, the choice in a form. Not here: the words of results
//! (`import/word_runs.rs`).

use std::collections::BTreeMap;

use super::number_forms::written;
use crate::archive::tree::Tree;

/// What a table of contents is called in the report.
pub const CONTENTS: &str = "the table of contents, which a page makes by itself";

/// Fields that show nothing: entries of an index, settings, questions to who fills in a form.
const SILENT: [&str; 16] = [
    "",
    "ADVANCE",
    "ASK",
    "BIDIOUTLINE",
    "FORMCHECKBOX",
    "FORMTEXT",
    "HYPERLINK",
    "NEXT",
    "NEXTIF",
    "NUMPAGES",
    "PAGE",
    "PRIVATE",
    "RD",
    "SET",
    "TA",
    "TC",
];

/// A field that is open: the order that made it, and then its result.
#[derive(Default)]
pub struct Field {
    /// The order, as it was typed.
    pub order: String,
    /// Whether its result is read.
    pub in_result: bool,
    /// Where its result begins in the words of the paragraph.
    pub start: usize,
    /// What was chosen from a list of a form.
    pub choice: Option<String>,
}

/// What Word prints for a field whose result is in no file.
#[derive(Debug, PartialEq, Eq)]
pub enum Printed {
    /// Nothing.
    Nothing,
    /// These words, which stand in the order.
    Words(String),
    /// A number that it counts.
    Number(String),
    /// Nobody but Word knows.
    Unknown,
}

impl Field {
    /// A field that begins: with what was chosen if it is a list of a form.
    #[must_use]
    pub fn begun(tree: &Tree) -> Self {
        let list = tree.find(&["ffData", "ddList"]);
        let choice = list.and_then(|list| {
            let chosen = list.number("result").or(list.number("default")).unwrap_or(0);
            let entries = list.trees().filter(|entry| &*entry.name == "listEntry");
            entries.filter_map(Tree::val).nth(usize::try_from(chosen).ok()?).map(str::to_owned)
        });
        Self { choice, ..Self::default() }
    }

    /// What its result is, if it is no part of the record.
    #[must_use]
    pub fn unread(&self) -> Option<&'static str> {
        match self.name().as_str() {
            "TOC" | "INDEX" | "TOA" => Some(CONTENTS),
            "PAGE" | "NUMPAGES" | "SECTIONPAGES" => Some("page numbers"),
            _ => None,
        }
    }

    /// The first word of the order.
    #[must_use]
    pub fn name(&self) -> String {
        self.order.split_whitespace().next().unwrap_or_default().to_ascii_uppercase()
    }

    /// Where it leads, if it is a link.
    #[must_use]
    pub fn link(&self) -> Option<String> {
        if self.name() != "HYPERLINK" {
            return None;
        }
        let quoted = self.order.split('"').nth(1);
        let target = quoted.or_else(|| self.order.split_whitespace().nth(1)).unwrap_or_default();
        let is_inside = self.order.split_whitespace().nth(1).is_some_and(|word| word == "\\l");
        (!is_inside && !target.starts_with('\\')).then(|| target.to_owned())
    }

    /// What Word prints for it, if the file holds no result. `outline`: the level as a heading of the paragraph, from 0.
    #[must_use]
    pub fn printed(&self, counted: &mut Counted, outline: Option<u8>) -> Printed {
        if let Some(choice) = &self.choice {
            return Printed::Words(choice.clone());
        }
        let name = self.name();
        match name.as_str() {
            "AUTONUM" | "AUTONUMLGL" | "AUTONUMOUT" => Printed::Number(counted.paragraph(&name, &self.order, outline)),
            "LISTNUM" => counted.listed(&self.order).map_or(Printed::Unknown, Printed::Number),
            // The name of a macro, and then what is shown.
            "MACROBUTTON" | "GOTOBUTTON" => {
                let rest = self.order.trim_start().split_once(char::is_whitespace).map(|(_, rest)| rest.trim_start());
                let words = rest.and_then(|rest| rest.split_once(char::is_whitespace)).map(|(_, words)| words.trim());
                Printed::Words(words.unwrap_or_default().to_owned())
            }
            name if SILENT.contains(&name) || name == "XE" => Printed::Nothing,
            _ => Printed::Unknown,
        }
    }
}

/// The value that follows a switch of an order: `\l 2`; empty where none follows.
fn switch<'order>(order: &'order str, name: &str) -> Option<&'order str> {
    let mut words = order.split_whitespace().skip_while(|word| !word.eq_ignore_ascii_case(name));
    words.next()?;
    Some(words.next().unwrap_or_default())
}

/// How far fields have counted.
#[derive(Debug, Default)]
pub struct Counted {
    /// Paragraphs with a number of their own, by their level as a heading; those that are none stand last.
    paragraphs: [i64; 10],
    lists: BTreeMap<String, [i64; 9]>,
}

/// The forms of levels: what stands before and after a number, and its form.
const OUTLINE: [(&str, &str, &str); 9] = [
    ("", "upperRoman", "."),
    ("", "upperLetter", "."),
    ("", "decimal", "."),
    ("", "lowerLetter", ")"),
    ("(", "decimal", ")"),
    ("(", "lowerLetter", ")"),
    ("(", "lowerRoman", ")"),
    ("(", "lowerLetter", ")"),
    ("(", "lowerRoman", ")"),
];
const PLAIN: [(&str, &str, &str); 9] = [
    ("", "decimal", ")"),
    ("", "lowerLetter", ")"),
    ("", "lowerRoman", ")"),
    ("(", "decimal", ")"),
    ("(", "lowerLetter", ")"),
    ("(", "lowerRoman", ")"),
    ("", "decimal", "."),
    ("", "lowerLetter", "."),
    ("", "lowerRoman", "."),
];

impl Counted {
    /// The number of a paragraph that has one by a field: AUTONUM and its like.
    fn paragraph(&mut self, name: &str, order: &str, outline: Option<u8>) -> String {
        let level = outline.map_or(9, usize::from).min(9);
        self.paragraphs[level] += 1;
        self.paragraphs[level + 1..].fill(0);
        let own = self.paragraphs[level];
        let after = switch(order, "\\s").unwrap_or(".");
        match name {
            "AUTONUMOUT" if level < 9 => shown(OUTLINE[level], own),
            "AUTONUMLGL" => {
                let numbers = self.paragraphs[..=level].iter().filter(|number| **number > 0);
                let numbers: Vec<String> = numbers.map(i64::to_string).collect();
                let after = if switch(order, "\\e").is_some() { "" } else { after };
                format!("{}{after}", numbers.join("."))
            }
            _ => format!("{own}{after}"),
        }
    }

    /// The number of a list that goes on in the middle of lines: LISTNUM. `None`: the list is one of the document's own.
    fn listed(&mut self, order: &str) -> Option<String> {
        let name = order.split_whitespace().nth(1).filter(|word| !word.starts_with('\\')).unwrap_or("NumberDefault");
        let name = name.trim_matches('"').to_ascii_lowercase();
        let level = switch(order, "\\l").and_then(|level| level.parse::<usize>().ok()).unwrap_or(1).clamp(1, 9) - 1;
        let counts = self.lists.entry(name.clone()).or_default();
        let start = switch(order, "\\s").and_then(|start| start.parse().ok());
        counts[level] = start.unwrap_or(counts[level] + 1);
        counts[level + 1..].fill(0);
        match name.as_str() {
            "numberdefault" => Some(shown(PLAIN[level], counts[level])),
            "outlinedefault" => Some(shown(OUTLINE[level], counts[level])),
            "legaldefault" => {
                let numbers: Vec<String> = counts[..=level].iter().map(|number| number.max(&1).to_string()).collect();
                Some(format!("{}.", numbers.join(".")))
            }
            _ => None,
        }
    }
}

fn shown((before, format, after): (&str, &str, &str), number: i64) -> String {
    format!("{before}{}{after}", written(number, format).unwrap_or_else(|| number.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_count_as_word_does() {
        let mut counted = Counted::default();
        let mut number = |order: &str, outline| {
            let field = Field { order: order.to_owned(), ..Field::default() };
            field.printed(&mut counted, outline)
        };
        for (order, outline, expected) in [
            (" AUTONUM ", None, "1."),
            (" AUTONUM \\s )", None, "2)"),
            (" AUTONUMLGL ", Some(0), "1."),
            (" AUTONUMLGL \\e", Some(1), "1.1"),
            (" AUTONUMLGL ", None, "1.1.1."),
            (" LISTNUM ", None, "1)"),
            (" LISTNUM NumberDefault \\l 2", None, "a)"),
            (" LISTNUM \"LegalDefault\" \\l 2 \\s 3", None, "1.3."),
            (" LISTNUM OutlineDefault", None, "I."),
        ] {
            assert_eq!(number(order, outline), Printed::Number(expected.to_owned()), "{order}");
        }
        assert_eq!(number(" LISTNUM ours ", None), Printed::Unknown);
        assert_eq!(number(" MACROBUTTON NoMacro [Type a title] ", None), Printed::Words("[Type a title]".to_owned()));
        assert_eq!(number(" XE \"Lamps\" ", None), Printed::Nothing);
        assert_eq!(number(" EQ \\f(1;2) ", None), Printed::Unknown);
    }
}
