//! A word that occurs nowhere is taken for one that does.
//!
//! Input: a mistyped word, and words of the site with how common each is. Output: the word that was most likely meant.
//! Not here: words with digits; a number is never guessed.

use std::cmp::Reverse;

use super::tables::{BEGINNING_LETTERS, FAR_LETTERS, NEAR_LETTERS};

/// The most common of `words` that differs from `typed` in one letter, if there is one.
pub fn nearest<'words>(typed: &str, words: &'words [(String, u32)]) -> Option<&'words str> {
    best(typed, words).filter(|word| rank(typed, typed.chars().count(), word) == Some(1))
}

/// The likeliest of `words` (each with how common it is) for `typed`; `None` if none is near.
pub fn best<'words>(typed: &str, words: &'words [(String, u32)]) -> Option<&'words str> {
    let length = typed.chars().count();
    let candidates =
        words.iter().filter_map(|(word, common)| Some((rank(typed, length, word)?, Reverse(*common), word.as_str())));
    candidates.min().map(|(.., word)| word)
}

/// 1 for a word at distance 1, 2 for one that begins with what was typed, 3 for one at distance 2; `None` for any other.
fn rank(typed: &str, length: usize, word: &str) -> Option<u32> {
    let near = length.abs_diff(word.chars().count()) <= 2;
    let distance = if near { strsim::osa_distance(typed, word) } else { usize::MAX };
    match distance {
        0 | 1 if length >= NEAR_LETTERS => Some(1),
        _ if length >= BEGINNING_LETTERS && word.starts_with(typed) => Some(2),
        2 if length >= FAR_LETTERS => Some(3),
        _ => None,
    }
}
