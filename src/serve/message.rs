//! Makes of diagnostics messages that can be shown without the texts they are about.
//!
//! Input: diagnostics in the order of files and places, the sources they point into, what staff call a file. Output:
//! [`Messages`], the errors first, with the lines of text as they were when the site was made. Not here: HTML, and the
//! wording of any mistake, which its diagnostic brings.
//!
//! What several places share is said once, with the places below it.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, LONGEST_TITLE, Severity, shortened};
use crate::model::Names;
use crate::source::{SourceId, Sources, Span, decode, line_at};

/// How many places of one message are shown, before the others are only counted.
const PLACES: usize = 20;
/// How many messages are kept, so that the mistakes of a site with many thousands still fit into a page.
const MESSAGES: usize = 500;
/// How many characters are shown before the marked ones.
const BEFORE: usize = 120;
/// How many of the marked characters are shown.
const MARKED: usize = 200;
/// How many characters are shown after the marked ones.
const AFTER: usize = 160;

/// Everything that one build has to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Messages {
    /// Errors first, in each severity in the order of files.
    pub list: Vec<Message>,
    /// How many messages there are beyond the list.
    pub more: usize,
    /// How many errors were found, each place counted.
    pub errors: usize,
    /// How many warnings were found.
    pub warnings: usize,
    /// How many notes were found.
    pub notes: usize,
}

/// One mistake, with all the places that have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// How much it matters.
    pub severity: Severity,
    /// The code of the message.
    pub code: &'static str,
    /// What was seen.
    pub title: Box<str>,
    /// Why it matters to a reader.
    pub why: Box<str>,
    /// What to type.
    pub fix: Box<str>,
    /// Where the mistake stands.
    pub places: Vec<Location>,
    /// How many places there are beyond these.
    pub more: usize,
}

/// Where a mistake stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// What the place has to do with the mistake; `None` for the mistake's own place.
    pub label: Option<Box<str>>,
    /// What staff call the file, if they have a name for it.
    pub name: Option<Box<str>>,
    /// The file's path below the site's root, or words if no file is meant.
    pub path: Box<str>,
    /// The line; `None` if the whole file is meant.
    pub excerpt: Option<Excerpt>,
}

/// A line of a text with marked characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The number of the line, from 1.
    pub line: usize,
    /// Where the marked characters begin in it, in characters from 1.
    pub column: usize,
    /// The line before, if it has words.
    pub above: Option<Box<str>>,
    /// What stands before the marked characters, cut at the far end.
    pub before: Box<str>,
    /// The marked characters.
    pub marked: Box<str>,
    /// What stands after the marked characters in their line, cut at the far end.
    pub after: Box<str>,
}

/// What is shown of `diagnostics`, which are sorted. `names` are what staff call the files.
#[must_use]
pub fn messages(diagnostics: &[Diagnostic], sources: &Sources, names: &Names<'_>) -> Messages {
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let mut shown = Messages {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        ..Messages::default()
    };
    let mut texts = Texts { sources, names, last: None };
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let mut known = BTreeMap::new();
        for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity) {
            let words = (diagnostic.code, &diagnostic.title, &diagnostic.why, &diagnostic.fix);
            match known.get(&words) {
                Some(&index) => texts.add(&mut shown.list[index], diagnostic),
                None if shown.list.len() >= MESSAGES => shown.more += 1,
                None => {
                    known.insert(words, shown.list.len());
                    let mut message = Message {
                        severity,
                        code: diagnostic.code,
                        title: diagnostic.title.clone(),
                        why: diagnostic.why.clone(),
                        fix: diagnostic.fix.clone(),
                        places: Vec::new(),
                        more: 0,
                    };
                    texts.add(&mut message, diagnostic);
                    shown.list.push(message);
                }
            }
        }
    }
    shown
}

impl Message {
    /// Whether it is about the file at `path`.
    #[must_use]
    pub fn is_about(&self, path: &str) -> bool {
        self.places.iter().any(|place| place.path.as_ref() == path)
    }
}

/// The texts that messages point into, one at a time: messages come in the order of files.
struct Texts<'site> {
    sources: &'site Sources,
    names: &'site Names<'site>,
    last: Option<(SourceId, Option<String>)>,
}

impl Texts<'_> {
    /// Adds the places of `diagnostic` to the message with the same words.
    fn add(&mut self, message: &mut Message, diagnostic: &Diagnostic) {
        if message.places.len() >= PLACES {
            message.more += 1;
            return;
        }
        let words = || diagnostic.place.clone().unwrap_or_else(|| "The whole site".into());
        message.places.push(match diagnostic.span {
            Some(span) => self.place(span, None),
            None => Location { label: None, name: None, path: words(), excerpt: None },
        });
        message.places.extend(diagnostic.also.iter().map(|(span, label)| self.place(*span, Some(label.clone()))));
    }

    fn place(&mut self, span: Span, label: Option<Box<str>>) -> Location {
        let name = self.names.get(&span.source).map(|name| shortened(name, LONGEST_TITLE).into());
        let path = self.sources.path(span.source).into();
        // A span that ends at 0 means the file, not its first character.
        let text = if span.end > 0 { self.text(span.source) } else { None };
        Location { label, name, path, excerpt: text.map(|text| excerpt(text, span)) }
    }

    fn text(&mut self, source: SourceId) -> Option<&str> {
        if self.last.as_ref().is_none_or(|(held, _)| *held != source) {
            let text = self.sources.bytes(source).ok().and_then(|bytes| decode(bytes).ok());
            self.last = Some((source, text));
        }
        self.last.as_ref().and_then(|(_, text)| text.as_deref())
    }
}

/// The line in which `span` begins. If the text was saved again since then, the line may be a near one.
fn excerpt(text: &str, span: Span) -> Excerpt {
    let start = text.floor_char_boundary(span.start as usize);
    let line = line_at(text, start);
    let first = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let end = text.floor_char_boundary(span.end as usize).clamp(start, first + line.text.len());
    let above = text[..first].strip_suffix('\n').and_then(|above| above.lines().next_back());
    Excerpt {
        line: line.number,
        column: line.column,
        above: above.filter(|above| !above.trim().is_empty()).map(|above| beginning(above, BEFORE + AFTER)),
        before: ending(&text[first..start], BEFORE),
        marked: beginning(&text[start..end], MARKED),
        after: beginning(&text[end..first + line.text.len()], AFTER),
    }
}

/// At most `most` characters from the beginning of `text`.
fn beginning(text: &str, most: usize) -> Box<str> {
    match text.char_indices().nth(most) {
        Some((cut, _)) => format!("{}…", &text[..cut]).into(),
        None => text.into(),
    }
}

/// At most `most` characters from the end of `text`.
fn ending(text: &str, most: usize) -> Box<str> {
    match text.char_indices().nth_back(most) {
        Some((cut, character)) => format!("…{}", &text[cut + character.len_utf8()..]).into(),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;

    fn sources(texts: &[(&str, &str)]) -> Sources {
        Sources::in_memory(texts.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())), [])
    }

    fn at(text: &str, start: usize, end: usize) -> (usize, usize, String) {
        let excerpt = excerpt(text, Span::new(SourceId(0), start, end));
        (excerpt.line, excerpt.column, format!("{}[{}]{}", excerpt.before, excerpt.marked, excerpt.after))
    }

    #[test]
    fn the_marked_characters_stand_in_their_line() {
        let text = "above\n5. That the Plan\nbelow";
        assert_eq!(at(text, 6, 8), (2, 1, "[5.] That the Plan".into()));
        assert_eq!(at(text, 6, text.len()), (2, 1, "[5. That the Plan]".into()), "a range of lines: its first");
        assert_eq!(at("é👩 [x]\r", 7, 10), (1, 4, "é👩 [[x]]\r".into()));
        assert_eq!(excerpt(text, Span::new(SourceId(0), 6, 8)).above.as_deref(), Some("above"));
        assert_eq!(excerpt("\n\nx", Span::new(SourceId(0), 2, 3)).above, None);
    }

    #[test]
    fn a_place_that_is_gone_is_no_accident() {
        for (text, start, end) in [("", 0, 9), ("é", 1, 1), ("a\n", 9, 10), ("a\nb", 2, 1), ("\n", 1, 1)] {
            assert!(at(text, start, end).2.contains('['), "{text:?}");
        }
    }

    #[test]
    fn a_long_line_is_cut_round_the_place() {
        let text = format!("{}[here]{}", "é".repeat(9_000), "ü".repeat(9_000));
        let (_, column, shown) = at(&text, 18_000, 18_006);
        assert_eq!(column, 9_001);
        assert!(shown.starts_with("…é") && shown.ends_with("ü…") && shown.contains("[[here]]"), "{shown}");
        assert_eq!(shown.chars().count(), BEFORE + AFTER + 2 + 8);
    }

    #[test]
    fn errors_come_first_and_what_is_shared_is_said_once() {
        let paths: Vec<String> = (0..30).map(|number| format!("content/reports/{number:02}.md")).collect();
        let sources = sources(&paths.iter().map(|path| (path.as_str(), "x")).collect::<Vec<_>>());
        let mut diagnostics = Diagnostics::new();
        for (source, _) in sources.ids() {
            diagnostics.add("missing-field", Some(Span::whole(source)), "“author” is missing", "Why.", "Type it.");
        }
        diagnostics.add("heading-level", None, "A note", "", "");
        diagnostics.add("address-clash", Some(Span::new(SourceId(7), 0, 1)), "A clash", "Why.", "Rename.").also =
            vec![(Span::new(SourceId(8), 0, 1), "The other".into())];
        let names = Names::from([(SourceId(7), "Road safety")]);
        let messages = messages(&diagnostics.sorted(), &sources, &names);
        assert_eq!((messages.errors, messages.warnings, messages.notes, messages.more), (1, 30, 1, 0));
        let titles: Vec<_> = messages.list.iter().map(|message| message.title.as_ref()).collect();
        assert_eq!(titles, ["A clash", "“author” is missing", "A note"]);
        let clash = &messages.list[0].places;
        assert_eq!((clash[0].name.as_deref(), clash[0].path.as_ref()), (Some("Road safety"), "content/reports/07.md"));
        assert_eq!(clash[1].label.as_deref(), Some("The other"));
        assert_eq!((messages.list[1].places.len(), messages.list[1].more), (PLACES, 10));
        assert_eq!(messages.list[1].places[0].excerpt, None);
        assert_eq!(messages.list[2].places[0].path.as_ref(), "The whole site");
        assert!(messages.list[0].is_about("content/reports/08.md") && !messages.list[0].is_about("content/x.md"));
    }

    #[test]
    fn a_flood_is_counted() {
        let sources = sources(&[("content/a.md", "x")]);
        let mut diagnostics = Diagnostics::new();
        for number in 0..MESSAGES + 5 {
            diagnostics.add("raw-html", None, format!("Tag {number}"), "", "");
        }
        let messages = messages(&diagnostics.sorted(), &sources, &Names::new());
        assert_eq!((messages.list.len(), messages.more, messages.warnings), (MESSAGES, 5, MESSAGES + 5));
    }
}
