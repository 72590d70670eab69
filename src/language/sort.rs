//! The order of the alphabet: letters without their accents and cases, numbers by their value, "The" kept.
//! Input: a title. Output: a key that compares as the title sorts, or the letter under which an index lists it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Language;

/// Stands for every title that begins with no letter, in [`Language::first_letter`].
pub const NO_LETTER: char = '0';

impl Language {
    /// A key: of two titles, the one whose key is smaller comes first. "Café 9" < "café 10" < "Cafeteria".
    /// Signs count as one space, so "anti-social" and "anti social" stand side by side.
    #[must_use]
    pub fn sort_key(&self, title: &str) -> String {
        let folded = fold(title);
        let mut key = String::with_capacity(folded.len() + 8);
        let mut characters = folded.chars().peekable();
        while let Some(character) = characters.next() {
            if let Some(digit) = character.to_digit(10) {
                let mut digits = String::from(char::from_digit(digit, 10).unwrap_or('0'));
                while let Some(next) = characters.peek().and_then(|next| next.to_digit(10)) {
                    digits.push(char::from_digit(next, 10).unwrap_or('0'));
                    characters.next();
                }
                push_number(&mut key, &digits);
            } else if character.is_alphanumeric() {
                key.push(character);
            } else if !key.is_empty() && !key.ends_with(' ') {
                key.push(' ');
            }
        }
        key.truncate(key.trim_end().len());
        key
    }

    /// The letter under which an index lists a title, in capitals; [`NO_LETTER`] if it begins with none.
    #[must_use]
    pub fn first_letter(&self, title: &str) -> char {
        let first = fold(title).chars().find(|character| character.is_alphanumeric());
        match first {
            Some(letter) if letter.is_alphabetic() => letter.to_uppercase().next().unwrap_or(letter),
            _ => NO_LETTER,
        }
    }
}

/// The number's length before its digits: then longer numbers sort after shorter ones, as their values do.
fn push_number(key: &mut String, digits: &str) {
    let digits = digits.trim_start_matches('0');
    let length = u32::try_from(digits.len()).unwrap_or(u32::MAX).min(60);
    key.push(char::from_u32(u32::from('!') + length).unwrap_or('!'));
    key.push_str(digits);
}

fn fold(title: &str) -> String {
    // Most titles have nothing to take apart.
    if title.is_ascii() {
        let plain = title.chars().filter(|character| *character != '\'');
        return plain.map(|character| character.to_ascii_lowercase()).collect();
    }
    let mut folded = String::with_capacity(title.len());
    for character in title.nfkd().filter(|character| !is_combining_mark(*character)) {
        match character {
            'ß' => folded.push_str("ss"),
            'Æ' | 'æ' => folded.push_str("ae"),
            'Œ' | 'œ' => folded.push_str("oe"),
            'Ø' | 'ø' => folded.push('o'),
            'Đ' | 'đ' | 'Ð' | 'ð' => folded.push('d'),
            'Ł' | 'ł' => folded.push('l'),
            'Þ' | 'þ' => folded.push_str("th"),
            '\'' | '’' => {}
            _ => folded.extend(character.to_lowercase()),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_order() {
        let language = Language::of("en");
        let sorted = [
            "9 ways to help",
            "10 ways to help",
            "Anti-social behaviour",
            "anti social behaviour strategy",
            "Café 9",
            "cafe 10",
            "Cafeteria",
            "Children’s services",
            "Childrens work",
            "Øst",
            "The Board",
            "Zoo",
        ];
        let mut by_key = sorted;
        by_key.reverse();
        by_key.sort_by_key(|title| language.sort_key(title));
        assert_eq!(by_key, sorted);
    }

    #[test]
    fn letters_of_an_index() {
        let language = Language::of("en");
        for (title, letter) in
            [("Board", 'B'), ("élan", 'E'), ("“Quoted”", 'Q'), ("2021 plan", '0'), ("", '0'), ("Ægir", 'A')]
        {
            assert_eq!(language.first_letter(title), letter, "{title}");
        }
    }
}
