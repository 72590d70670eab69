//! Words as they look to a reader, whatever letters they are spelt with.
//!
//! Input: words as typed. Output: the same in small Latin letters, without invisible characters and accents; and the name
//! of a key, by which `isDraft`, `is-draft` and `Is draft` are one. Not here: what a word means (`disclosure`).

use std::borrow::Cow;

/// The words of a text as they look: in small letters, without invisible characters and accents, with letters of
/// other scripts that look Latin taken as Latin.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|character: char| looks_like(character).is_some_and(|letter| !letter.is_ascii_alphabetic()))
        .map(|word| letters(word).take(24).collect::<String>())
        .filter(|word| !word.is_empty())
}

/// The letters of a text as they look, and nothing else.
pub(crate) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter_map(looks_like).filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase())
}

/// The words of a key or of a short value, joined by `_`, as they look: `isDraft`, `is-draft` and `_is draft` are
/// `is_draft`; `part2` is `part_2`.
pub(crate) fn name(text: &str) -> String {
    if text.is_ascii() {
        return name_of_ascii(text.as_bytes());
    }
    let text = &*without_ligatures(text);
    let mut name = String::with_capacity(text.len());
    let mut before = ' ';
    for character in text.chars().filter_map(looks_like) {
        let parts = (before.is_lowercase() && character.is_uppercase())
            || (before.is_alphabetic() && character.is_numeric())
            || (before.is_numeric() && character.is_alphabetic())
            || !character.is_alphanumeric();
        if parts && !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
        if character.is_ascii() && character.is_alphanumeric() {
            name.push(character.to_ascii_lowercase());
        } else if character.is_alphanumeric() {
            name.extend(character.to_lowercase());
        }
        before = character;
    }
    name.truncate(name.trim_end_matches('_').len());
    name
}

/// The same of signs that all look like themselves, as nearly all do.
fn name_of_ascii(text: &[u8]) -> String {
    let mut name = String::with_capacity(text.len());
    let mut before = b' ';
    for &sign in text {
        if sign.is_ascii_alphanumeric() {
            if parts(before, sign) && !name.is_empty() && !name.ends_with('_') {
                name.push('_');
            }
            name.push(char::from(sign.to_ascii_lowercase()));
        }
        before = sign;
    }
    name
}

/// A text with the letters of which programs that set type make one sign: `conﬁdential` is `confidential`.
fn without_ligatures(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(|sign| ('\u{FB00}'..='\u{FB06}').contains(&sign)) {
        return Cow::Borrowed(text);
    }
    let spelt = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
    let mut read = String::with_capacity(text.len());
    for sign in text.chars() {
        match u32::from(sign).checked_sub(0xFB00).and_then(|at| spelt.get(at as usize)) {
            Some(letters) => read.push_str(letters),
            None => read.push(sign),
        }
    }
    Cow::Owned(read)
}

/// A text with the letters that YAML and JSON let people write by their numbers: `\u0061`, `\x61`.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    let mut read = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let length = match rest.as_bytes().get(at + 1) {
            Some(b'x') => 2,
            Some(b'u') => 4,
            Some(b'U') => 8,
            _ => 0,
        };
        let digits = rest.get(at + 2..at + 2 + length).filter(|digits| !digits.is_empty());
        let letter = digits.and_then(|digits| char::from_u32(u32::from_str_radix(digits, 16).ok()?));
        let end = match letter {
            Some(letter) => {
                read.push_str(&rest[..at]);
                read.push(letter);
                at + 2 + length
            }
            None => {
                read.push_str(&rest[..=at]);
                at + 1
            }
        };
        rest = &rest[end..];
    }
    read.push_str(rest);
    if read.len() == text.len() { Cow::Borrowed(text) } else { Cow::Owned(read) }
}

/// Whether a word of a name ends between two signs that stand side by side, each of ASCII or a part of another letter.
pub(crate) fn parts(before: u8, after: u8) -> bool {
    let is_letter = |sign: u8| sign.is_ascii_alphabetic() || !sign.is_ascii();
    !(is_letter(before) && is_letter(after) || before.is_ascii_digit() && after.is_ascii_digit())
        || (before.is_ascii_lowercase() && after.is_ascii_uppercase())
}

/// A line without the blanks at its beginning, no-break spaces among them.
pub(crate) fn without_blanks(mut line: &str) -> &str {
    loop {
        let rest = line.trim_start_matches([' ', '\t', '\u{A0}', '\u{2002}', '\u{2003}']);
        let rest = rest.strip_prefix("&nbsp;").unwrap_or(rest);
        if rest.len() == line.len() {
            return line;
        }
        line = rest;
    }
}

/// What a character looks like; `None` if it cannot be seen.
fn looks_like(character: char) -> Option<char> {
    Some(match character {
        // Most are, and no other letter needs to be compared with them.
        _ if character.is_ascii() => character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' => return None,
        '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => return None,
        '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{300}'..='\u{36F}' => return None,
        '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => {
            char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
        }
        // Letters of mathematics, in thirteen shapes; circled ones.
        '\u{1D400}'..='\u{1D6A3}' => nth_letter(u32::from(character) - 0x1D400),
        '\u{24B6}'..='\u{24E9}' => nth_letter(u32::from(character) - 0x24B6),
        '\u{1D7CE}'..='\u{1D7FF}' => char::from_digit((u32::from(character) - 0x1D7CE) % 10, 10).unwrap_or(character),
        _ => {
            // `É` is the large form of one that is listed.
            let forms = [character, character.to_lowercase().next().unwrap_or(character)];
            match LOOKALIKES.iter().find(|(_, others)| others.contains(forms)) {
                Some((latin, _)) if character.is_uppercase() => latin.to_ascii_uppercase(),
                Some((latin, _)) => *latin,
                None => character,
            }
        }
    })
}

/// The letters of the alphabet, first the large ones and then the small ones, over and over.
fn nth_letter(nth: u32) -> char {
    let letter = u8::try_from(nth % 52).unwrap_or_default();
    char::from(if letter < 26 { b'A' + letter } else { b'a' + letter - 26 })
}

/// Latin letters with the letters that look like them: with accents, Cyrillic and Greek.
const LOOKALIKES: [(char, &str); 25] = [
    ('a', "аΑАαáàâäãåāăą"),
    ('b', "ЬВΒвƄ"),
    ('c', "сСϲçćĉċč"),
    ('d', "ԁďđð"),
    ('e', "еЕёΕεéèêëēėęẹ"),
    ('g', "ɡĝğġģ"),
    ('h', "һнНΗ"),
    ('i', "іІΙιíìîïĩīĭįı"),
    ('j', "јЈ"),
    ('k', "кКΚκ"),
    ('l', "ӏĺļľł"),
    ('m', "мМΜ"),
    ('n', "ոΝñńņňп"),
    ('o', "оОΟοóòôöõøōŏő"),
    ('p', "рРρΡ"),
    ('q', "ԛ"),
    ('r', "гŕŗř"),
    ('s', "ѕЅśŝşš"),
    ('t', "тТτΤţť"),
    ('u', "υúùûüũūŭůűų"),
    ('v', "ѵν"),
    ('w', "ѡωŵẁẃẅ"),
    ('x', "хХχΧ×"),
    ('y', "уУΥýÿŷ"),
    ('z', "ΖźżžᴢƵ"),
];

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_of_ascii_are_made_as_all_others() {
        let texts =
            ["isDraft", " is-draft_", "part2B", "(A) Not for PUBLICATION!", "", "--", "HTMLPage", "3rd x1", "aB1c_D"];
        for text in texts {
            // What cannot be seen is no part of a name.
            assert_eq!(name(text), name(&format!("{text}\u{200B}")), "{text}");
        }
        assert_eq!(name("Not-forPublication 2b"), "not_for_publication_2_b");
    }
}
