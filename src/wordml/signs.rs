//! Letters of types that have pictures for letters, such as Wingdings, as signs that every type has.
//!
//! Input: a type and the code of a letter. Output: the sign; none if nobody knows it. Not here: the table (`signs.toml`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// By type and sign: the codes.
static FILE: LazyLock<BTreeMap<String, BTreeMap<String, Vec<u32>>>> = LazyLock::new(|| {
    toml::from_str(include_str!("signs.toml")).unwrap_or_else(|error| unreachable!("wordml/signs.toml: {error}"))
});

/// What the letter `code` of a type shows: a sign of the table, or the letter itself where the type has letters.
#[must_use]
pub fn sign(font: &str, code: u32) -> Option<String> {
    let font = font.trim().to_lowercase();
    let of_type = FILE.get(&font).and_then(|signs| {
        let own = code & 0xFF;
        signs.iter().find(|(_, codes)| codes.contains(&own)).map(|(sign, _)| sign.clone())
    });
    let letter = || {
        let letter = char::from_u32(code)?;
        let is_picture = is_private(letter) || FILE.contains_key(&font);
        (!is_picture && code > 0x1F).then(|| letter.to_string())
    };
    of_type.or_else(letter)
}

/// Whether a letter is one that each type may draw as it likes.
#[must_use]
pub fn is_private(letter: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_become_signs_and_letters_stay() {
        let shown = |font, code| sign(font, code);
        assert_eq!(shown("Wingdings", 0xF0FC).as_deref(), Some("✓"));
        assert_eq!(shown("Symbol", 0xB7).as_deref(), Some("•"));
        assert_eq!(shown("Times New Roman", 0xE9).as_deref(), Some("é"));
        assert_eq!(shown("Webdings", 0xF041), None);
        assert_eq!(shown("Wingdings", 0x21), None);
    }
}
