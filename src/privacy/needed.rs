//! Which of many phrases a text may have: all words of one, in any order, in one search for the words of all.
//!
//! Input: phrases, then texts. Output: whether a text has all words of one of them. Not here: what a phrase says (`spoken.rs`).

use std::borrow::Cow;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::language::letters;

/// The words of some phrases, and of which of them each phrase is made.
#[derive(Debug)]
pub(super) struct Needed {
    search: AhoCorasick,
    /// Of each word whether it is a phrase by itself.
    alone: Vec<bool>,
    /// Of each whether any word that begins so is a phrase by itself.
    stems: Vec<bool>,
    /// The words of the others.
    several: Vec<Vec<usize>>,
}

impl Needed {
    /// Of phrases whose words are names, in small letters and without accents, and of the first letters of words.
    pub(super) fn of<'text>(phrases: impl Iterator<Item = Vec<&'text str>>, stems: &'text [String]) -> Self {
        let mut list: Vec<&str> = Vec::new();
        let mut place = |word| {
            list.iter().position(|known| *known == word).unwrap_or_else(|| {
                list.push(word);
                list.len() - 1
            })
        };
        let phrases = phrases.map(|words| words.into_iter().map(&mut place).collect::<Vec<_>>());
        let (single, several): (Vec<_>, Vec<_>) = phrases.partition(|words| words.len() == 1);
        let mut alone = vec![false; list.len()];
        single.into_iter().flatten().for_each(|word| alone[word] = true);
        let whole = list.len();
        list.extend(stems.iter().map(String::as_str));
        alone.resize(list.len(), false);
        let stems = (0..list.len()).map(|word| word >= whole).collect();
        let search = AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(&list);
        let search = search.unwrap_or_else(|error| unreachable!("a few hundred short words: {error}"));
        Self { search, alone, stems, several }
    }

    /// Whether a text has all words of a phrase.
    pub(super) fn are_in(&self, text: &str) -> bool {
        let typed = if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(letters::name(text)) };
        let bytes = typed.as_bytes();
        let mut met: Vec<bool> = Vec::new();
        for found in self.search.find_overlapping_iter(bytes) {
            let (start, end, word) = (found.start(), found.end(), found.pattern().as_usize());
            let begins = start == 0 || letters::parts(bytes[start - 1], bytes[start]);
            let ends = end == bytes.len() || letters::parts(bytes[end - 1], bytes[end]);
            if begins && self.stems[word] {
                return true;
            }
            if !(begins && ends) {
                continue;
            }
            if self.alone[word] {
                return true;
            }
            met.resize(self.alone.len(), false);
            met[word] = true;
        }
        !met.is_empty() && self.several.iter().any(|words| words.iter().all(|word| met[*word]))
    }
}
