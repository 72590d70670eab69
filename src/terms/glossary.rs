//! The words that a site's glossary explains, found in running text.
//!
//! Input: the glossary's entries, once for a site. Output: where the first use of each begins and ends in a stretch
//! of text. Not here: links, headings and code; nobody asks for their text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::model::GlossaryEntry;

/// A glossary, ready to look for its words.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    entries: Vec<GlossaryEntry>,
    /// Each way to write an entry, by its first word in small letters; those of one word in the order of their letters.
    forms: HashMap<Box<str>, Vec<Form>>,
}

#[derive(Debug, Clone)]
struct Form {
    /// In small letters.
    folded: Box<str>,
    words: Box<str>,
    entry: u32,
    /// `ASB` is not `asb`; "Community trigger" is "community trigger".
    as_written: bool,
}

impl Glossary {
    /// A glossary of these entries.
    #[must_use]
    pub fn new(entries: Vec<GlossaryEntry>) -> Self {
        let mut forms: HashMap<Box<str>, Vec<Form>> = HashMap::new();
        for (index, entry) in (0..).zip(&entries) {
            for words in std::iter::once(&entry.term).chain(&entry.aliases) {
                let words: Box<str> = words.split_whitespace().collect::<Vec<_>>().join(" ").into();
                let first = in_small_letters(first_word(&words));
                if !first.is_empty() {
                    let as_written = has_capitals(&words);
                    let form = Form { folded: in_small_letters(&words).into(), words, entry: index, as_written };
                    forms.entry(first.into()).or_default().push(form);
                }
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted for itself")]
        for list in forms.values_mut() {
            list.sort_by(|a, b| a.folded.cmp(&b.folded).then_with(|| a.entry.cmp(&b.entry)));
        }
        Self { entries, forms }
    }

    /// The entries, in the order given.
    #[must_use]
    pub fn into_entries(self) -> Vec<GlossaryEntry> {
        self.entries
    }
}

/// Which entries a text has not used yet.
#[derive(Debug)]
pub(crate) struct Unused<'glossary> {
    glossary: &'glossary Glossary,
    used: Vec<bool>,
    left: usize,
}

impl<'glossary> Unused<'glossary> {
    pub(crate) fn new(glossary: &'glossary Glossary) -> Self {
        let used = vec![false; glossary.entries.len()];
        Self { glossary, left: used.len(), used }
    }

    /// Whether all are used.
    pub(crate) fn is_empty(&self) -> bool {
        self.left == 0
    }

    /// Takes an entry for used, unless it is already.
    pub(crate) fn take(&mut self, entry: u32) -> bool {
        let first = !std::mem::replace(&mut self.used[entry as usize], true);
        self.left -= usize::from(first);
        first
    }

    /// Every place in `text` where an entry stands that is not used yet: its range and its entry, in order.
    pub(crate) fn find(&self, text: &str) -> Vec<(Range<usize>, u32)> {
        let mut found = Vec::new();
        let mut lower = String::new();
        let mut at = 0;
        while let Some(skipped) = text[at..].find(char::is_alphanumeric) {
            at += skipped;
            let word = first_word(&text[at..]);
            let mut end = at + word.len();
            if !text[..at].ends_with(joins) {
                lower.clear();
                lower.extend(word.chars().flat_map(char::to_lowercase));
                let forms = self.glossary.forms.get(lower.as_str()).map_or(&[][..], Vec::as_slice);
                let is_unused = |form: &Form| !self.used[form.entry as usize];
                if let Some((length, entry)) = longest(forms, &lower, &text[at..], is_unused) {
                    found.push((at..at + length, entry));
                    end = at + length;
                }
            }
            at = end;
        }
        found
    }
}

/// The longest of `forms`, which all begin with the word `first`, with which `text` begins: its length in the text, and its
/// entry. A blank is a blank, be it the end of a line.
///
/// The text is read letter by letter, and those forms stay that go on as it does: thousands that begin with "the" cost no
/// more than a few.
fn longest(forms: &[Form], first: &str, text: &str, is_wanted: impl Fn(&Form) -> bool) -> Option<(usize, u32)> {
    let mut longest = None;
    let mut left = forms;
    let mut depth = first.len();
    let mut rest = text[first_word(text).len()..].chars();
    while !left.is_empty() {
        let at = text.len() - rest.as_str().len();
        let next = rest.next();
        if !next.is_some_and(|next| next.is_alphanumeric() || next == '_') {
            // Those that end here are the first, since a longer one comes after its beginning.
            let ending = left.iter().take_while(|form| form.folded.len() == depth);
            let mut fitting =
                ending.filter(|form| is_wanted(form) && (!form.as_written || is_as_written(form, &text[..at])));
            longest = fitting.next().map(|form| (at, form.entry)).or(longest);
        }
        let Some(next) = next else { break };
        let next = if next.is_whitespace() { ' ' } else { next };
        for letter in next.to_lowercase() {
            let mut bytes = [0; 4];
            let letter = letter.encode_utf8(&mut bytes).as_bytes();
            let from = left.partition_point(|form| &form.folded.as_bytes()[depth..] < letter);
            let to = left[from..].partition_point(|form| form.folded.as_bytes()[depth..].starts_with(letter));
            left = &left[from..from + to];
            depth += letter.len();
        }
    }
    longest
}

/// Whether `typed` has the capitals of a form, but for one that a sentence gives to its first word.
fn is_as_written(form: &Form, typed: &str) -> bool {
    let words = typed.split(char::is_whitespace).zip(form.words.split(' '));
    words.enumerate().all(|(index, (typed, word))| typed == word || (index == 0 && begins_sentence(typed, word)))
}

fn in_small_letters(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Whether two ways to write a word are the same to a reader: "Community Trigger" is "community trigger", `WHO` is not
/// "who".
#[must_use]
pub fn same_word(first: &str, second: &str) -> bool {
    fold(first) == fold(second)
}

/// A word so that those which are the same to a reader are the same ([`same_word`]).
#[must_use]
pub fn fold(word: &str) -> Cow<'_, str> {
    if has_capitals(word) { Cow::Borrowed(word) } else { Cow::Owned(in_small_letters(word)) }
}

/// Whether a word has capitals other than the one that a sentence may give it.
fn has_capitals(words: &str) -> bool {
    words.chars().skip(1).any(char::is_uppercase)
}

/// "The Commissioner" is "the Commissioner" at the beginning of a sentence.
fn begins_sentence(typed: &str, words: &str) -> bool {
    let (mut typed, mut words) = (typed.chars(), words.chars());
    let raised = |first: char, raised: char| first.is_lowercase() && first.to_uppercase().eq([raised]);
    words.next().zip(typed.next()).is_some_and(|(first, other)| raised(first, other)) && typed.eq(words)
}

/// Letters and digits from the beginning.
pub(super) fn first_word(text: &str) -> &str {
    &text[..text.find(|character: char| !character.is_alphanumeric()).unwrap_or(text.len())]
}

fn joins(character: char) -> bool {
    matches!(character, '_' | '\u{AD}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_of_terms_that_begin_alike_cost_no_more_than_a_few() {
        let entry = |term: String| GlossaryEntry { term: term.into(), ..GlossaryEntry::default() };
        let glossary = Glossary::new((0..20_000).map(|number| entry(format!("the T{number:05} board"))).collect());
        let mut unused = Unused::new(&glossary);
        // As often as in a megabyte of text. Each of 20,000 looked at for each of them would take hours.
        let text = "the T00000 boards, the T19999\nboard and the t00007 board; the the ".repeat(15_000);
        let mut found = unused.find(&text);
        found.retain(|(_, entry)| unused.take(*entry));
        assert_eq!(found.iter().map(|(range, _)| &text[range.clone()]).collect::<Vec<_>>(), ["the T19999\nboard"]);
    }

    #[test]
    fn words_are_the_same_to_a_reader() {
        for (first, second, same) in [
            ("Community Trigger", "Community Trigger", true),
            ("Community trigger", "community trigger", true),
            ("Community Trigger", "community trigger", false),
            ("WHO", "who", false),
            ("Éa", "éa", true),
        ] {
            assert_eq!(same_word(first, second), same, "{first} {second}");
        }
    }

    fn found(text: &str) -> Vec<&str> {
        let entry = |term: &str, aliases: &[&str]| GlossaryEntry {
            term: term.into(),
            aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
            ..GlossaryEntry::default()
        };
        let glossary = Glossary::new(vec![
            entry("ASB", &["anti-social behaviour"]),
            entry("Community trigger", &["trigger"]),
            entry("Community trigger panel", &[]),
            entry("PCC", &["the Commissioner"]),
        ]);
        let mut unused = Unused::new(&glossary);
        let mut found = unused.find(text);
        found.retain(|(_, entry)| unused.take(*entry));
        let found: Vec<&str> = found.into_iter().map(|(range, _)| &text[range]).collect();
        found
    }

    #[test]
    fn the_first_use_of_each_is_found() {
        assert_eq!(found("ASB and ASB, or anti-social behaviour"), ["ASB"]);
        assert_eq!(found("Anti-social behaviour (ASB)"), ["Anti-social behaviour"]);
        assert_eq!(found("the community trigger panel, a trigger"), ["community trigger panel", "trigger"]);
        assert_eq!(found("asb NASB ASBO ASB_x triggers"), Vec::<&str>::new());
        assert_eq!(found("é ASB—é"), ["ASB"]);
        assert_eq!(
            found("a community\ntrigger\u{A0}panel, the community-trigger"),
            ["community\ntrigger\u{A0}panel", "trigger"]
        );
        assert_eq!(found("The Commissioner and the PCC"), ["The Commissioner"]);
        assert_eq!(found("THE Commissioner and the commissioner"), Vec::<&str>::new());
    }
}
