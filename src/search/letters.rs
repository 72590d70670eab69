//! Letters: what belongs to a word, and the form under which two writings of one word are the same.
//!
//! Input: characters. Output: whether they stand in words, and folded words. Every rule is in FORMAT.md ("Words"), since
//! a browser has to come to the same result. Not here: Unicode's own classes of letters, which differ between browsers.

use unicode_normalization::UnicodeNormalization;

use super::tables::{ACCENTS, DROPPED, NOT_WORD};

/// Whether a character stands in words.
pub fn is_word(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric();
    }
    is_in(&DROPPED, letter) || !is_in(&NOT_WORD, letter)
}

/// Whether a character stands in words and is no digit.
pub fn is_letter(letter: char) -> bool {
    is_word(letter) && !letter.is_ascii_digit()
}

/// Whether there is a digit in a text.
pub fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a text has no character but digits; so has the empty text.
pub fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A word in small letters without accents.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let kept = |letter: &char| !is_in(&ACCENTS, *letter) && !is_in(&DROPPED, *letter);
    word.to_lowercase().nfkd().filter(kept).collect()
}

/// Whether a character lies in one of these ranges; both ends are included.
fn is_in(ranges: &[(u32, u32)], letter: char) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(letter)))
}
