//! What the kinds of a site say of records that stand in a text (content.md §3, "Records in place"): the words that
//! open them, the words of a sentence that make an action of it, and what an attribute may not say.
//!
//! Input: the kinds, once for a site. Output: [`RecordWords`], which answer for any stretch of text. Not here: the name
//! of a kind; where in a text a record stands (`outline.rs`); what its verbs say of its outcome (`outcome.rs`).

use crate::diagnostic::nearest;
use crate::kind::{KindId, Kinds, Role, Shape};
use crate::markdown::plan::Undertaking;

/// The words of a site's kinds, ready to be looked for in texts.
#[derive(Debug, Clone, Default)]
pub struct RecordWords {
    kinds: Vec<KindWords>,
    /// Fields that decide who may see a document, and what else people call them.
    deciding: Vec<Deciding>,
}

/// What one kind says.
#[derive(Debug, Clone)]
pub(crate) struct KindWords {
    /// Which.
    pub(crate) id: KindId,
    /// Its name, as in `{.name}`.
    pub(crate) name: Box<str>,
    opens_with: Vec<Box<str>>,
    sentence_words: Vec<Box<str>>,
    /// Verb → outcome.
    pub(crate) verbs: Vec<(Box<str>, Box<str>)>,
    /// The fields that say that the printed order is not the order in which something was taken.
    order: Vec<Box<str>>,
    fields: Vec<Box<str>>,
}

#[derive(Debug, Clone)]
struct Deciding {
    name: Box<str>,
    also_said: Vec<Box<str>>,
}

/// The words with which a paragraph opens a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Opening<'text> {
    /// Its kind.
    pub(crate) kind: KindId,
    /// The word, as the kind's file has it.
    pub(crate) word: &'text str,
    /// The number after it: `2021/14`.
    pub(crate) number: Option<&'text str>,
    /// The bytes of the word, its number, and the sign and blanks after them.
    pub(crate) length: usize,
    /// Whether `:` or `–` stands after it: then whatever follows is of the record.
    pub(crate) signed: bool,
    /// Whether nothing follows.
    pub(crate) alone: bool,
}

impl RecordWords {
    /// The words of these kinds.
    #[must_use]
    pub fn of(kinds: &Kinds) -> Self {
        let boxed = |words: &[String]| words.iter().map(|word| word.as_str().into()).collect();
        let mut deciding: Vec<Deciding> = Vec::new();
        let mut list = Vec::new();
        for (id, kind) in kinds.iter() {
            for field in kind.fields.iter().filter(|field| field.decides()) {
                // A date may be called what a yes or no is called too: `published=2021-09-07` is a fact of the record.
                let also_said = if field.shape == Shape::Boolean { Vec::new() } else { boxed(&field.also_said) };
                if !deciding.iter().any(|other| *other.name == *field.name) {
                    deciding.push(Deciding { name: field.name.as_str().into(), also_said });
                }
            }
            let names = |order: bool| {
                let fields = kind.fields.iter().filter(move |field| !order || field.role == Some(Role::Order));
                fields.map(|field| field.name.as_str().into()).collect()
            };
            list.push(KindWords {
                id,
                name: kind.name.as_str().into(),
                opens_with: boxed(&kind.opens_with),
                sentence_words: boxed(&kind.sentence_words),
                verbs: kind
                    .verbs
                    .iter()
                    .map(|(verb, outcome)| (verb.as_str().into(), outcome.as_str().into()))
                    .collect(),
                order: names(true),
                fields: names(false),
            });
        }
        Self { kinds: list, deciding }
    }

    /// The kind with this id.
    pub(crate) fn kind(&self, id: KindId) -> Option<&KindWords> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    /// The kind called `name`.
    pub(crate) fn by_name(&self, name: &str) -> Option<&KindWords> {
        self.kinds.iter().find(|kind| *kind.name == *name)
    }

    /// The name of a kind that may be meant by `name`: one in other letters, the nearest, or the one whose name it
    /// begins or goes on with (`.resolutions`).
    pub(crate) fn nearest(&self, name: &str) -> Option<&str> {
        let names = || self.kinds.iter().map(|kind| &*kind.name);
        nearest(name, names()).or_else(|| names().find(|known| name.to_lowercase().starts_with(*known)))
    }

    /// The beginnings of ids that records have of themselves, and that authors may not give to other places.
    pub(crate) fn reserves(&self, name: &str) -> Option<&str> {
        let opened = self.kinds.iter().filter(|kind| !kind.opens_with.is_empty() || !kind.sentence_words.is_empty());
        opened.map(|kind| &*kind.name).find(|kind| name.strip_prefix(kind).is_some_and(|rest| rest.starts_with('-')))
    }

    /// The field of content.md §4 that a key may mean, unless it is a field of the kind.
    pub(crate) fn decides(&self, key: &str, kind: Option<KindId>) -> Option<&str> {
        let first = key.split('.').next().unwrap_or(key).to_lowercase().replace('-', "_");
        let means = |field: &Deciding| {
            let near = field.name.len() > 4 && strsim::osa_distance(&first, &field.name) <= 2;
            near || *field.name == *first || field.also_said.iter().any(|other| **other == *first)
        };
        let found = self.deciding.iter().find(|field| means(field))?;
        let own =
            kind.and_then(|kind| self.kind(kind)).is_some_and(|kind| kind.fields.iter().any(|name| **name == *first));
        (!own || *found.name == *first).then_some(&*found.name)
    }

    /// Whether a key says that the printed order is not the order in which things were taken.
    pub(crate) fn is_order(&self, key: &str) -> bool {
        self.kinds.iter().any(|kind| kind.order.iter().any(|field| **field == *key))
    }

    /// The words with which a line, the source of a paragraph's first after its label, opens a record: one of a kind's
    /// words, in capitals or bold, a number, and `:` or `–`; or nothing after it, or "That".
    pub(crate) fn opening<'text>(&'text self, text: &'text str, bold: bool) -> Option<Opening<'text>> {
        let first = text.as_bytes().first().filter(|first| first.is_ascii_alphabetic())?.to_ascii_uppercase();
        let words = self.kinds.iter().flat_map(|kind| kind.opens_with.iter().map(move |word| (kind, word)));
        for (kind, word) in words.filter(|(_, word)| word.as_bytes().first() == Some(&first)) {
            let Some(typed) = text.get(..word.len()) else { continue };
            let fits = typed == &**word || (bold && typed.eq_ignore_ascii_case(word));
            if !fits || text[word.len()..].starts_with(char::is_alphanumeric) {
                continue;
            }
            if let Some((number, signed, length)) = behind_opening(&text[word.len()..]) {
                let length = word.len() + length;
                return Some(Opening { kind: kind.id, word, number, length, signed, alone: text.len() == length });
            }
        }
        None
    }

    /// Who and by when, if `text` begins with `(Action: …)`.
    pub(crate) fn undertaking(&self, text: &str) -> Option<Undertaking> {
        let inside = text.strip_prefix('(')?;
        let colon = inside.bytes().take(40).position(|byte| byte == b':')?;
        let word = inside[..colon].trim();
        let kind =
            self.kinds.iter().find(|kind| kind.sentence_words.iter().any(|own| own.eq_ignore_ascii_case(word)))?;
        let close = inside.find(['(', ')', '\n']).filter(|close| inside[*close..].starts_with(')'))?;
        let said = colon + 1..close;
        (close > colon).then_some(())?;
        let (by, due) = parted(&inside[said.clone()]);
        let place = |range: std::ops::Range<usize>| {
            let words = &inside[said.start + range.start..said.start + range.end];
            let start = 1 + said.start + range.start + (words.len() - words.trim_start().len());
            let words = words.trim();
            (!words.is_empty()).then(|| start..start + words.len())
        };
        Some(Undertaking { kind: kind.id, by: place(by), due: due.and_then(place), length: close + 2 })
    }
}

/// The number after a word that opens a record, whether a sign is after it, and the bytes up to what follows; nothing
/// if the words go on as prose.
fn behind_opening(text: &str) -> Option<(Option<&str>, bool, usize)> {
    let blank = |text: &str| text.len() - text.trim_start_matches([' ', '\t', '\u{A0}', '*', '_']).len();
    let mut at = blank(text);
    let mut number = None;
    let numbered = text[at..].find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '/' | '.' | '-')));
    let typed = &text[at..at + numbered.unwrap_or(text.len() - at)];
    if typed.starts_with(|first: char| first.is_ascii_digit()) {
        let typed = typed.trim_end_matches(['.', '-']);
        number = Some(typed);
        at += typed.len();
        at += blank(&text[at..]);
    }
    let signed = text[at..].starts_with([':', '–', '—', '-']);
    let signs = text[at..].trim_start_matches([':', '–', '—', '-', '.']);
    at = text.len() - signs.len();
    at += blank(&text[at..]);
    let rest = &text[at..];
    (signed || rest.is_empty() || begins_that(rest)).then_some((number, signed, at))
}

/// Whether words begin with "That", as the parts of a resolution do.
pub(crate) fn begins_that(words: &str) -> bool {
    let rest = words.get(..4).filter(|first| first.eq_ignore_ascii_case("that")).map(|first| &words[first.len()..]);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Who, and by when: what stands after the last `by`, if a comma or a semicolon parts it from who.
fn parted(said: &str) -> (std::ops::Range<usize>, Option<std::ops::Range<usize>>) {
    let at = [", by ", "; by ", " – by ", ",by "]
        .iter()
        .filter_map(|sign| said.rfind(sign).map(|at| (at, sign.len())))
        .max();
    match at {
        Some((at, length)) => (0..at, Some(at + length..said.len())),
        None => (0..said.len(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::built_in;

    #[test]
    fn a_word_in_capitals_or_bold_opens_a_record() {
        let words = RecordWords::of(&built_in());
        for (text, bold, number, alone) in [
            ("RESOLVED", false, None, true),
            ("RESOLVED:", false, None, true),
            ("Resolved", true, None, true),
            ("RESOLVED 2021/14:", false, Some("2021/14"), true),
            ("RECOMMENDED –", false, None, true),
            ("RESOLVED: That the report be noted.", false, None, false),
            ("RESOLVED – That the report be noted.", false, None, false),
            ("RESOLVED 12 – (a) That", false, Some("12"), false),
            ("RESOLVED That the report be noted.", false, None, false),
            ("DECISION: To lease eight flats.", false, None, false),
        ] {
            let opening = words.opening(text, bold);
            assert_eq!(opening.map(|opening| (opening.number, opening.alone)), Some((number, alone)), "{text}");
        }
        for (text, bold) in [
            ("Resolved", false),
            ("RESOLVEDLY", false),
            ("Agreed that it was late", false),
            ("AGREED actions are listed below", false),
            ("Agreed actions", true),
            ("DECISIONS: none", false),
            ("", false),
        ] {
            assert_eq!(words.opening(text, bold), None, "{text}");
        }
    }

    #[test]
    fn brackets_behind_a_sentence_say_who_and_by_when() {
        let words = RecordWords::of(&built_in());
        let said = |text: &'static str| {
            let found = words.undertaking(text)?;
            Some((found.by.map(|range| &text[range]), found.due.map(|range| &text[range]), found.length))
        };
        let text = "(Action: Head of Safer Communities, by 31 October 2021) and";
        assert_eq!(said(text), Some((Some("Head of Safer Communities"), Some("31 October 2021"), text.len() - 4)));
        assert_eq!(said("(ACTION: A Smith)"), Some((Some("A Smith"), None, 17)));
        assert_eq!(said("(Action:)"), Some((None, None, 9)));
        assert_eq!(said("(Action: A, B and C, by the next meeting)").map(|said| said.0), Some(Some("A, B and C")));
        for text in ["(Action)", "(Actions taken: none)", "(Action: a", "(Action: a (b) c)", "Action: a"] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn keys_that_decide_who_may_see_a_document_are_known() {
        let words = RecordWords::of(&built_in());
        let resolution = words.by_name("resolution").map(|kind| kind.id);
        assert_eq!(words.decides("draft", resolution), Some("draft"));
        assert_eq!(words.decides("withdrawn.on", resolution), Some("withdrawn"));
        assert_eq!(words.decides("publish-at", None), Some("publish_at"));
        assert_eq!(words.decides("expries", resolution), Some("expires"));
        assert_eq!(words.decides("outcome", resolution), None);
        assert_eq!(words.nearest("resolutoin"), Some("resolution"));
        assert_eq!(words.nearest("actions"), Some("action"));
        assert!(words.is_order("taken_after") && !words.is_order("outcome"));
        assert_eq!(words.reserves("action-1"), Some("action"));
        assert_eq!(words.reserves("report-1"), None);
    }
}
