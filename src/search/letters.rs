//! Letters: what belongs to a word, and the form under which two writings of one word are the same.
//!
//! Enters: characters. Leaves: whether they stand in words, and folded words. Every rule is in FORMAT.md ("Words"), since
//! a browser has to come to the same. Absent: tables of Unicode that differ from browser to browser.

use unicode_normalization::UnicodeNormalization;

/// Whether a character stands in words.
pub fn is_word(letter: char) -> bool {
    match letter {
        '\0'..='\u{7F}' => letter.is_ascii_alphanumeric(),
        _ if is_dropped(letter) => true,
        '\u{80}'..='\u{BF}' | '\u{D7}' | '\u{F7}' => false,
        '\u{2000}'..='\u{2BFF}' | '\u{3000}'..='\u{303F}' | '\u{E000}'..='\u{F8FF}' => false,
        '\u{FE00}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF0F}' | '\u{FFF0}'..='\u{FFFF}' => false,
        '\u{1F000}'..='\u{1FAFF}' => false,
        _ => true,
    }
}

/// Whether a character stands in words and says nothing: hyphens that show only at the end of a line, joiners.
fn is_dropped(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}')
}

/// Small letters without accents.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let without = |letter: &char| !matches!(letter, '\u{300}'..='\u{36F}') && !is_dropped(*letter);
    word.to_lowercase().nfkd().filter(without).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_say_nothing() {
        for (word, folded) in [
            ("Café", "cafe"),
            ("LLŶN", "llyn"),
            ("anti\u{AD}social", "antisocial"),
            ("Straße", "straße"),
            ("ﬁle", "file"),
        ] {
            assert_eq!(fold(word), folded);
            assert_eq!(fold(&fold(word)), folded, "folding twice is folding once");
        }
    }

    #[test]
    fn what_parts_words_is_no_letter() {
        for letter in [' ', '-', '–', '’', '£', '¶', '·', '。', '🙂', '\u{A0}', '_', '²'] {
            assert!(!is_word(letter), "{letter}");
        }
        for letter in ['a', '7', 'é', 'ŷ', 'ж', '中', '\u{301}', '\u{AD}'] {
            assert!(is_word(letter), "{letter}");
        }
    }
}
