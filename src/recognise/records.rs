//! What the kinds of a site say of records that stand in a text (content.md §3, "Records in place"): the words that
//! open them, the words of a sentence that make an action of it, and what an attribute may not say.
//!
//! Input: the kinds of a site, and a stretch of text. Output: what the stretch means to [`RecordWords`]. Not here: the name
//! of a kind; where in a text a record stands (`outline.rs`); what its verbs say of its outcome (`outcome.rs`).

use crate::diagnostic::nearest;
use crate::kind::{Field, Kind, KindId, Kinds, Role, Shape};
use crate::lexicon::Lexicon;
use crate::markdown::plan::Undertaking;

/// The kinds of a site, asked what they say of records in a text.
#[derive(Debug, Clone, Copy)]
pub struct RecordWords<'kinds>(pub &'kinds Kinds);

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

impl<'kinds> RecordWords<'kinds> {
    /// The kind of what a meeting decided, which words open, and what its verbs say of its outcome.
    pub(crate) fn decided(self) -> Option<(KindId, &'kinds [(String, String)])> {
        let (id, kind) = self.0.iter().find(|(_, kind)| !kind.opens_with.is_empty())?;
        Some((id, &kind.verbs))
    }

    /// The kind of what somebody undertook, which a bracket after a sentence makes.
    pub(crate) fn undertaken(self) -> Option<KindId> {
        self.0.iter().find(|(_, kind)| !kind.sentence_words.is_empty()).map(|(id, _)| id)
    }

    /// The name of a kind that may be meant by `name`: one in other letters, the nearest, or the one whose name it
    /// begins or goes on with (`.resolutions`).
    pub(crate) fn nearest(self, name: &str) -> Option<&'kinds str> {
        let names = || self.0.list.iter().map(|kind| kind.name.as_str());
        nearest(name, names()).or_else(|| names().find(|known| name.to_lowercase().starts_with(*known)))
    }

    /// The kind whose records have ids that begin as `name` does, so that authors may not give it to other places.
    pub(crate) fn reserves(self, name: &str) -> Option<&'kinds str> {
        let opened = self.0.list.iter().filter(|kind| !kind.opens_with.is_empty() || !kind.sentence_words.is_empty());
        let mut names = opened.map(|kind| kind.name.as_str());
        names.find(|kind| name.strip_prefix(kind).is_some_and(|rest| rest.starts_with('-')))
    }

    /// The field of content.md §4 that a key may mean, unless it is a field of the kind. Every kind has those fields.
    pub(crate) fn decides(self, key: &str, kind: Option<KindId>) -> Option<&'kinds str> {
        let first = key.split('.').next().unwrap_or(key).to_lowercase().replace('-', "_");
        let means = |field: &&Field| {
            let near = field.name.len() > 4 && strsim::osa_distance(&first, &field.name) <= 2;
            // A date may be called what a yes or no is called too: `published=2021-09-07` is a fact of the record.
            near || field.name == first || (field.shape != Shape::Boolean && field.also_said.contains(&first))
        };
        let fields = &kind.map_or(self.0.list.first()?, |kind| self.0.get(kind)).fields;
        let found = fields.iter().filter(|field| field.decides()).find(means)?;
        let own = kind.is_some() && fields.iter().any(|field| field.name == first);
        (!own || found.name == first).then_some(&*found.name)
    }

    /// Whether a key says that the printed order is not the order in which things were taken.
    pub(crate) fn is_order(self, key: &str) -> bool {
        let mut fields = self.0.list.iter().flat_map(|kind| &kind.fields);
        fields.any(|field| field.role == Some(Role::Order) && field.name == key)
    }

    /// The words with which a line, the source of a paragraph's first after its label, opens a record: one of a kind's
    /// words, in capitals or bold, a number, and `:` or `–`; or nothing else, or "That".
    pub(crate) fn opening<'text>(self, text: &'text str, bold: bool) -> Option<Opening<'text>>
    where
        'kinds: 'text,
    {
        let first = text.as_bytes().first().filter(|first| first.is_ascii_alphabetic())?.to_ascii_uppercase();
        let words = self.0.iter().flat_map(|(kind, own)| own.opens_with.iter().map(move |word| (kind, word)));
        for (kind, word) in words.filter(|(_, word)| word.as_bytes().first() == Some(&first)) {
            let Some(typed) = text.get(..word.len()) else { continue };
            let fits = typed == word || (bold && typed.eq_ignore_ascii_case(word));
            if !fits || text[word.len()..].starts_with(char::is_alphanumeric) {
                continue;
            }
            if let Some((number, signed, length)) = after_opening(&text[word.len()..]) {
                let length = word.len() + length;
                return Some(Opening { kind, word, number, length, signed, alone: text.len() == length });
            }
        }
        None
    }

    /// Who and by when, if `text` begins with `(Action: …)`.
    pub(crate) fn undertaking(self, text: &str) -> Option<Undertaking> {
        let inside = text.strip_prefix('(')?;
        let colon = inside.bytes().take(40).position(|byte| byte == b':')?;
        let word = inside[..colon].trim();
        let begins = |kind: &Kind| kind.sentence_words.iter().any(|own| own.eq_ignore_ascii_case(word));
        let (kind, _) = self.0.iter().find(|(_, kind)| begins(kind))?;
        let close = inside.find(['(', ')', '\n']).filter(|close| inside[*close..].starts_with(')'))?;
        let said = colon + 1..close;
        (close > colon).then_some(())?;
        // "(Action: Jo Low to find two volunteers)" is an action of its own, and says nothing of the sentence before it.
        if Lexicon::english().fits("bracket-deed", inside[said.clone()].trim()) {
            return None;
        }
        let (by, due) = parted(&inside[said.clone()]);
        let place = |range: std::ops::Range<usize>| {
            let words = &inside[said.start + range.start..said.start + range.end];
            let start = 1 + said.start + range.start + (words.len() - words.trim_start().len());
            let words = words.trim();
            (!words.is_empty()).then(|| start..start + words.len())
        };
        Some(Undertaking { kind, by: place(by), due: due.and_then(place), length: close + 2 })
    }
}

/// The number after a word that opens a record, whether a sign is after it, and the bytes up to what follows. `None` if
/// the words go on as prose.
fn after_opening(text: &str) -> Option<(Option<&str>, bool, usize)> {
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
    // "RESOLVED: - That": a dash after the sign belongs to it.
    let dash = text[at..].strip_prefix(['-', '–', '—']).filter(|rest| signed && rest.starts_with(' '));
    at = dash.map_or(at, |rest| text.len() - rest.len());
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
        let kinds = built_in();
        let words = RecordWords(&kinds);
        for (text, bold, number, alone) in [
            ("RESOLVED", false, None, true),
            ("RESOLVED:", false, None, true),
            ("Resolved", true, None, true),
            ("RESOLVED 2021/14:", false, Some("2021/14"), true),
            ("RECOMMENDED –", false, None, true),
            ("RESOLVED: That the report be noted.", false, None, false),
            ("RESOLVED – That the report be noted.", false, None, false),
            ("RESOLVED 12 – (a) That", false, Some("12"), false),
            ("RESOLVED: - That the report be noted.", false, None, false),
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
    fn brackets_after_a_sentence_say_who_and_by_when() {
        let kinds = built_in();
        let words = RecordWords(&kinds);
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
        let kinds = built_in();
        let words = RecordWords(&kinds);
        let resolution = kinds.by_name("resolution");
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
