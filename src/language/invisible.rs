//! Characters that nobody sees: they turn the order of reading, cut words in two for a search, or mean nothing on a page.
//!
//! Input: text. Output: where such characters stand, and text without them. Not here: messages about them.

use std::borrow::Cow;

/// The kinds of invisible characters that are taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Invisible {
    /// U+202A–E, U+2066–9: they turn the reading order of what follows.
    Direction,
    /// Controls, tags and noncharacters: they mean nothing on a page.
    Control,
    /// U+200B, U+FEFF: they cut a word in two for a search, and nobody sees it.
    ZeroWidth,
}

/// The next character from the byte `from` on that may be of interest, with its place and what is wrong with it: `None`
/// for a carriage return or a character that only begins like an invisible one.
pub fn next_invisible(text: &str, from: usize) -> Option<(usize, char, Option<Invisible>)> {
    let at = next_suspect(text.as_bytes(), from)?;
    let character = text[at..].chars().next()?;
    Some((at, character, invisible(character)))
}

/// A string that came out of an entity (`&#x202E;`) or another escape, without invisible characters.
#[must_use]
pub fn clean_string(text: &str) -> Cow<'_, str> {
    if next_suspect(text.as_bytes(), 0).is_none() {
        return Cow::Borrowed(text);
    }
    text.chars().filter(|character| *character == '\r' || invisible(*character).is_none()).collect()
}

fn invisible(character: char) -> Option<Invisible> {
    match character {
        '\n' | '\t' => None,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some(Invisible::Direction),
        '\u{200B}' | '\u{FEFF}' => Some(Invisible::ZeroWidth),
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}' => Some(Invisible::Control),
        '\u{E0000}'..='\u{E0FFF}' => Some(Invisible::Control),
        _ if u32::from(character) & 0xFFFE == 0xFFFE => Some(Invisible::Control),
        _ => None,
    }
}

/// The next byte that can begin a character of interest: a control, or the first byte of one of the rows of Unicode
/// in which invisible characters lie.
fn next_suspect(bytes: &[u8], from: usize) -> Option<usize> {
    let (chunks, rest) = bytes[from..].as_chunks::<16>();
    let plain = |byte: u8| (0x20..0x7F).contains(&byte);
    let inside = |start: usize, end: usize| (start..end).find(|at| !plain(bytes[*at]) && is_suspect(&bytes[*at..]));
    for (index, chunk) in chunks.iter().enumerate() {
        let start = from + 16 * index;
        if chunk.iter().fold(false, |hit, byte| hit | may_be_suspect(*byte))
            && let Some(at) = inside(start, start + 16)
        {
            return Some(at);
        }
    }
    inside(bytes.len() - rest.len(), bytes.len())
}

/// Whether a byte is a control, or begins a character of three rows of Unicode or beyond its first plane.
fn may_be_suspect(byte: u8) -> bool {
    ((byte < 0x20) & (byte != b'\n') & (byte != b'\t'))
        | (byte == 0x7F)
        | (byte == 0xC2)
        | (byte == 0xE2)
        | (byte >= 0xEF)
}

fn is_suspect(bytes: &[u8]) -> bool {
    match bytes {
        [0xC2, second, ..] => *second < 0xA0,
        [0xE2, second, third, ..] => matches!((second, third), (0x80, 0x8B | 0xAA..=0xAE) | (0x81, 0xA6..=0xA9)),
        [0xEF, second, ..] => matches!(second, 0xB7 | 0xBB | 0xBF),
        [first, ..] => may_be_suspect(*first),
        [] => false,
    }
}
