//! The words that a site's glossary explains, found in running text.
//!
//! Enters: the glossary's entries, once for a site. Leaves: where the first use of each begins and ends in a stretch
//! of text. Absent: links, headings and code; nobody asks for their text.

use std::collections::HashMap;

/// What a site's glossary says of one word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GlossaryEntry {
    /// The word, as it is usually written: `ASB`.
    pub term: Box<str>,
    /// What it stands for: "anti-social behaviour".
    pub expansion: Box<str>,
    /// Other ways to write it.
    pub aliases: Vec<Box<str>>,
}

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
                let words: Box<str> = words.trim().into();
                let first = first_word(&words).to_lowercase();
                if !first.is_empty() {
                    let as_written = words.chars().skip(1).any(char::is_uppercase);
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
    pub fn entries(&self) -> &[GlossaryEntry] {
        &self.entries
    }
}

/// Which entries a text has not used yet.
#[derive(Debug)]
pub(super) struct Unused<'glossary> {
    glossary: &'glossary Glossary,
    used: Vec<bool>,
    left: usize,
    /// The first word as it is looked up; kept to save an allocation a word.
    lower: String,
}

impl<'glossary> Unused<'glossary> {
    pub(super) fn new(glossary: &'glossary Glossary) -> Self {
        let used = vec![false; glossary.entries.len()];
        Self { glossary, left: used.len(), used, lower: String::new() }
    }

    /// The next first use in `text` from `at` on: its range and its entry.
    pub(super) fn next(&mut self, text: &str, mut at: usize) -> Option<(std::ops::Range<usize>, u32)> {
        while self.left > 0 {
            let skipped = text[at..].find(char::is_alphanumeric)?;
            at += skipped;
            let word = first_word(&text[at..]);
            if !text[..at].ends_with(joins) {
                self.lower.clear();
                self.lower.extend(word.chars().flat_map(char::to_lowercase));
                let forms = self.glossary.forms.get(self.lower.as_str()).map_or(&[][..], Vec::as_slice);
                let fits = |form: &&Form| !self.used[form.entry as usize] && stands_at(form, &text[at..]);
                if let Some(form) = forms.iter().find(fits) {
                    self.used[form.entry as usize] = true;
                    self.left -= 1;
                    return Some((at..at + form.words.len(), form.entry));
                }
            }
            at += word.len();
        }
        None
    }
}

fn stands_at(form: &Form, text: &str) -> bool {
    let Some(start) = text.get(..form.words.len()) else { return false };
    let same = if form.as_written {
        start == &*form.words
    } else {
        start.eq_ignore_ascii_case(&form.words) || start.to_lowercase() == form.words.to_lowercase()
    };
    same && !text[form.words.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '_')
}

/// Letters and digits from the beginning.
fn first_word(text: &str) -> &str {
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
            expansion: "…".into(),
            aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
        };
        let glossary = Glossary::new(vec![
            entry("ASB", &["anti-social behaviour"]),
            entry("Community trigger", &["trigger"]),
            entry("Community trigger panel", &[]),
        ]);
        let mut unused = Unused::new(&glossary);
        let mut at = 0;
        let mut found = Vec::new();
        while let Some((range, _)) = unused.next(text, at) {
            at = range.end;
            found.push(&text[range]);
        }
        found
    }

    #[test]
    fn the_first_use_of_each_is_found() {
        assert_eq!(found("ASB and ASB, or anti-social behaviour"), ["ASB"]);
        assert_eq!(found("Anti-social behaviour (ASB)"), ["Anti-social behaviour"]);
        assert_eq!(found("the community trigger panel, a trigger"), ["community trigger panel", "trigger"]);
        assert_eq!(found("asb NASB ASBO ASB_x triggers"), Vec::<&str>::new());
        assert_eq!(found("é ASB—é"), ["ASB"]);
    }
}
