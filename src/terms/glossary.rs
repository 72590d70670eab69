//! The words that a site's glossary explains, found in running text.
//!
//! Input: the glossary's entries, once for a site. Output: where the first use of each begins and ends in a stretch
//! of text. Not here: links, headings and code; nobody asks for their text.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::GlossaryEntry;

/// A glossary, ready to look for its words.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    entries: Vec<GlossaryEntry>,
    /// Each way to write an entry, by its first word in small letters; longer ones first.
    forms: HashMap<Box<str>, Vec<Form>>,
}

#[derive(Debug, Clone)]
struct Form {
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
                let first = first_word(&words).to_lowercase();
                if !first.is_empty() {
                    let as_written = has_capitals(&words);
                    forms.entry(first.into()).or_default().push(Form { words, entry: index, as_written });
                }
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted for itself")]
        for list in forms.values_mut() {
            list.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then_with(|| a.entry.cmp(&b.entry)));
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
                let fits = |form: &&Form| !self.used[form.entry as usize];
                let first = forms.iter().filter(fits).find_map(|form| Some((form, at + length_at(form, &text[at..])?)));
                if let Some((form, after)) = first {
                    found.push((at..after, form.entry));
                    end = after;
                }
            }
            at = end;
        }
        found
    }
}

/// How much of a text a form takes, if the text begins with it: a blank is a blank, be it the end of a line.
fn length_at(form: &Form, text: &str) -> Option<usize> {
    let mut at = 0;
    for (index, word) in form.words.split(' ').enumerate() {
        let blank = text[at..].chars().next().filter(|next| index > 0 && next.is_whitespace());
        at += blank.map_or(0, char::len_utf8);
        if index > 0 && blank.is_none() {
            return None;
        }
        let typed = text.get(at..at + word.len())?;
        let same = if form.as_written {
            typed == word || (index == 0 && begins_sentence(typed, word))
        } else {
            typed.eq_ignore_ascii_case(word) || typed.to_lowercase() == word.to_lowercase()
        };
        at = same.then_some(at + word.len())?;
    }
    (!text[at..].starts_with(|next: char| next.is_alphanumeric() || next == '_')).then_some(at)
}

/// Whether two ways to write a word are the same to a reader: "Community Trigger" is "community trigger", `WHO` is not
/// "who".
#[must_use]
pub fn same_word(first: &str, second: &str) -> bool {
    first == second || (!has_capitals(first) && !has_capitals(second) && first.to_lowercase() == second.to_lowercase())
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
