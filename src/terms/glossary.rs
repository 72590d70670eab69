//! The words that a site's glossary explains, found in running text.
//!
//! Input: the glossary's entries, once for a site. Output: where the first use of each begins and ends in a stretch
//! of text. Not here: links, headings and code; nobody asks for their text.

use std::borrow::Cow;
use std::ops::Range;

use super::forms::{Forms, first_word, in_small_letters};
use crate::model::GlossaryEntry;

/// A glossary, ready to look for its words.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    entries: Vec<GlossaryEntry>,
    /// Each way to write an entry.
    forms: Forms,
}

impl Glossary {
    /// A glossary of these entries.
    #[must_use]
    pub fn new(entries: Vec<GlossaryEntry>) -> Self {
        let names = (0..).zip(&entries).flat_map(|(index, entry)| {
            let names = std::iter::once(&entry.term).chain(&entry.aliases);
            names.map(move |name| (&**name, index, has_capitals(name.trim_start())))
        });
        Self { forms: Forms::new(names), entries }
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
                let is_unused = |entry: u32| !self.used[entry as usize];
                if let Some((length, entry)) = self.glossary.forms.longest(&text[at..], &mut lower, is_unused) {
                    found.push((at..at + length, entry));
                    end = at + length;
                }
            }
            at = end;
        }
        found
    }
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
