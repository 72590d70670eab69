//! The numbers that Word counts: what it prints before each paragraph of a list, in every level, with restarts and overrides.
//!
//! Input: `numbering.xml`, and the paragraphs of lists in their order. Output: the number as Word shows it, or that it is a bullet.
//! Not here: which paragraphs are in which list.
//!
//! As ECMA-376, Part 1, 17.9 has it, and as Word does where that is silent: lists that are made from one definition go on counting
//! with each other, and a restart of one happens when it is met first.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::Tree;
use super::word_styles::{Styles, indent};

/// How many levels a list has.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Level {
    start: i64,
    format: String,
    /// `%1.%2`
    text: String,
    /// The level, from 1, after which it begins anew; 0: never; `None`: after each above it.
    restart: Option<usize>,
    /// Whether the numbers of all levels are shown as digits.
    is_legal: bool,
    style: Option<String>,
    indent: Option<(i64, i64)>,
}

#[derive(Debug, Clone, Default)]
struct Definition {
    levels: BTreeMap<usize, Level>,
    /// The style of numbers in which its levels stand.
    link: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct List {
    definition: String,
    starts: BTreeMap<usize, i64>,
    levels: BTreeMap<usize, Level>,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbers {
    definitions: BTreeMap<String, Definition>,
    lists: BTreeMap<String, List>,
    /// Of each definition, the number of each level; `None`: it has not begun.
    counts: BTreeMap<String, [Option<i64>; LEVELS]>,
    /// Restarts that have happened: the list and the level.
    restarted: BTreeSet<(String, usize)>,
    /// Forms of numbers that are not known, and are shown as digits.
    pub unknown: BTreeSet<String>,
}

/// What stands before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// A bullet.
    Bullet,
    /// A number as Word shows it; empty where it shows none.
    Number(String),
}

impl Numbers {
    /// Reads the part.
    #[must_use]
    pub fn read(part: &Tree) -> Self {
        let mut numbers = Self::default();
        for tree in part.trees() {
            match &*tree.name {
                "abstractNum" => {
                    let id = tree.attribute("abstractNumId").unwrap_or_default().to_owned();
                    let levels = tree.trees().filter(|tree| &*tree.name == "lvl").filter_map(level).collect();
                    let link = tree.child("numStyleLink").and_then(Tree::val).map(str::to_owned);
                    numbers.definitions.insert(id, Definition { levels, link });
                }
                "num" => {
                    let id = tree.attribute("numId").unwrap_or_default().to_owned();
                    numbers.lists.insert(id, list(tree));
                }
                _ => {}
            }
        }
        numbers
    }

    /// The definition of a list, through the styles in which definitions stand.
    fn definition(&self, list: &str, styles: &Styles) -> Option<String> {
        let mut id = self.lists.get(list)?.definition.clone();
        for _ in 0..LEVELS {
            let Some(link) = self.definitions.get(&id)?.link.as_deref() else { return Some(id) };
            let next = self.lists.get(styles.list(link)?)?.definition.clone();
            if next == id {
                return Some(id);
            }
            id = next;
        }
        None
    }

    /// The level of a list that belongs to this style.
    #[must_use]
    pub fn level_of_style(&self, list: &str, style: &str, styles: &Styles) -> Option<usize> {
        let definition = self.definitions.get(&self.definition(list, styles)?)?;
        definition.levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(number, _)| *number)
    }

    /// How far paragraphs of this level are moved to the right.
    #[must_use]
    pub fn indent(&self, list: &str, level: usize, styles: &Styles) -> Option<(i64, i64)> {
        self.level(list, level, styles)?.indent
    }

    fn level(&self, list: &str, level: usize, styles: &Styles) -> Option<Level> {
        let own = self.lists.get(list).and_then(|list| list.levels.get(&level));
        let definition = self.definition(list, styles)?;
        own.or_else(|| self.definitions.get(&definition)?.levels.get(&level)).cloned()
    }

    /// Counts a paragraph, and says what stands before it. `None`: there is no such list.
    pub fn next(&mut self, list: &str, at: usize, styles: &Styles) -> Option<Mark> {
        if at >= LEVELS {
            return None;
        }
        let level = self.level(list, at, styles)?;
        let definition = self.definition(list, styles)?;
        let start = self.start(list, at, &level);
        let mut counts = self.counts.get(&definition).copied().unwrap_or_default();
        counts[at] = Some(match (start, counts[at]) {
            (Some(start), _) => start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => level.start,
        });
        // A level that was passed over counts as begun.
        for (above, count) in counts.iter_mut().enumerate().take(at).filter(|(_, count)| count.is_none()) {
            let level = self.level(list, above, styles);
            let restart = level.as_ref().and_then(|level| self.start(list, above, level));
            *count = Some(restart.or(level.map(|level| level.start)).unwrap_or(1));
        }
        for (below, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let restart = self.level(list, below, styles).and_then(|level| level.restart);
            if restart.is_none_or(|after| after > at) {
                *count = None;
            }
        }
        self.counts.insert(definition, counts);
        if level.format == "bullet" {
            return Some(Mark::Bullet);
        }
        Some(Mark::Number(self.shown(list, &level, &counts, styles)))
    }

    /// The number with which a list begins anew at this level, the first time it is met there.
    fn start(&mut self, list: &str, at: usize, level: &Level) -> Option<i64> {
        let own = self.lists.get(list)?;
        let start = own.starts.get(&at).copied().or_else(|| own.levels.contains_key(&at).then_some(level.start))?;
        self.restarted.insert((list.to_owned(), at)).then_some(start)
    }

    /// The text of a level, with the numbers in it.
    fn shown(&mut self, list: &str, level: &Level, counts: &[Option<i64>; LEVELS], styles: &Styles) -> String {
        let mut shown = String::new();
        let mut letters = level.text.chars().peekable();
        while let Some(letter) = letters.next() {
            let place = letters.peek().and_then(|next| next.to_digit(10)).filter(|place| letter == '%' && *place > 0);
            let Some(place) = place.and_then(|place| usize::try_from(place - 1).ok()) else {
                shown.push(letter);
                continue;
            };
            letters.next();
            let format = self.level(list, place, styles).map_or_else(|| "decimal".to_owned(), |level| level.format);
            let format = if level.is_legal && format != "none" { "decimal" } else { &format };
            match written(counts[place].unwrap_or(1), format) {
                Some(number) => shown.push_str(&number),
                None => {
                    self.unknown.insert(format.to_owned());
                    shown.push_str(&counts[place].unwrap_or(1).to_string());
                }
            }
        }
        shown.trim().to_owned()
    }
}

fn list(tree: &Tree) -> List {
    let mut list = List {
        definition: tree.child("abstractNumId").and_then(Tree::val).unwrap_or_default().to_owned(),
        ..List::default()
    };
    for own in tree.trees().filter(|tree| &*tree.name == "lvlOverride") {
        let Some(at) = own.attribute("ilvl").and_then(|value| value.trim().parse().ok()) else { continue };
        if let Some(start) = own.number("startOverride") {
            list.starts.insert(at, start);
        }
        if let Some((_, level)) = own.child("lvl").and_then(level) {
            list.levels.insert(at, level);
        }
    }
    list
}

fn level(tree: &Tree) -> Option<(usize, Level)> {
    let at = tree.attribute("ilvl")?.trim().parse().ok()?;
    let text = tree.child("lvlText").and_then(Tree::val).unwrap_or_default();
    let level = Level {
        start: tree.number("start").unwrap_or(0),
        format: format(tree),
        text: text.to_owned(),
        restart: tree.number("lvlRestart").and_then(|level| usize::try_from(level).ok()),
        is_legal: tree.switch("isLgl").unwrap_or(false),
        style: tree.child("pStyle").and_then(Tree::val).map(str::to_owned),
        indent: tree.child("pPr").and_then(indent),
    };
    Some((at, level))
}

/// The form of a level's numbers. Newer forms stand in a choice, beside one that older programs know.
fn format(tree: &Tree) -> String {
    let choice = || tree.find(&["AlternateContent", "Choice", "numFmt"]);
    let Some(own) = tree.child("numFmt").or_else(choice) else { return "decimal".to_owned() };
    match (own.val().unwrap_or("decimal"), own.attribute("format").unwrap_or_default()) {
        ("custom", "01, 02, 03, ...") => "decimalZero".to_owned(),
        ("custom", format) if format.starts_with("001") => "decimalZero3".to_owned(),
        (name, _) => name.to_owned(),
    }
}

/// A number in one of Word's forms; `None` for one that is not known.
fn written(number: i64, format: &str) -> Option<String> {
    let positive = usize::try_from(number).ok().filter(|number| *number > 0);
    Some(match format {
        "decimal" => number.to_string(),
        "none" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "decimalZero3" => format!("{number:03}"),
        "upperRoman" => positive.map_or_else(|| number.to_string(), roman),
        "lowerRoman" => positive.map_or_else(|| number.to_string(), |number| roman(number).to_lowercase()),
        "upperLetter" => positive.map_or_else(|| number.to_string(), letters),
        "lowerLetter" => positive.map_or_else(|| number.to_string(), |number| letters(number).to_lowercase()),
        "ordinal" => format!("{number}{}", ordinal(number)),
        "numberInDash" => format!("- {number} -"),
        _ => return None,
    })
}

/// After z Word writes aa, bb.
fn letters(number: usize) -> String {
    let letter = char::from(b'A' + u8::try_from((number - 1) % 26).unwrap_or_default());
    std::iter::repeat_n(letter, ((number - 1) / 26 + 1).min(40)).collect()
}

fn roman(number: usize) -> String {
    const PARTS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number.min(30_000);
    let mut roman = String::new();
    while let Some((worth, part)) = PARTS.iter().find(|(worth, _)| *worth <= rest) {
        rest -= worth;
        roman.push_str(part);
    }
    roman
}

fn ordinal(number: i64) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_words_forms() {
        for (number, format, expected) in [
            (4, "lowerRoman", "iv"),
            (1994, "upperRoman", "MCMXCIV"),
            (26, "lowerLetter", "z"),
            (27, "lowerLetter", "aa"),
            (54, "upperLetter", "BBB"),
            (3, "decimalZero", "03"),
            (11, "ordinal", "11th"),
            (22, "ordinal", "22nd"),
            (0, "lowerRoman", "0"),
        ] {
            assert_eq!(written(number, format).as_deref(), Some(expected));
        }
        assert_eq!(written(1, "chicago"), None);
    }
}
