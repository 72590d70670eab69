//! The text as it is worked on, and the way back to the text as it was typed.
//!
//! Enters: the text of a source, and edits that other files of this room ask for (a bullet from Word, an indented
//! paragraph, an exempt passage). Leaves: the edited text, in which every place knows where it was typed, so that
//! messages and anchors point at the author's own characters.
//!
//! Invisible characters that can turn the reading order, or hide a word from a search, are taken out here, before
//! anything is recognised. Absent: any knowledge of Markdown.

use std::borrow::Cow;
use std::ops::Range;

/// Begins a line that CommonMark would take for raw HTML, so that it is read as text; never printed.
/// (A code point that Unicode keeps for such use inside a program; authors' own are taken out.)
pub(super) const SHIELD: char = '\u{FDD0}';

/// Stands on both sides of the number of an exemption's notice, in a heading of its own.
pub(super) const NOTICE: char = '\u{FDD1}';

/// A replacement of one range of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    /// What is replaced.
    pub(super) range: Range<usize>,
    /// By what.
    pub(super) text: String,
}

/// A text under work.
#[derive(Debug, Clone)]
pub(super) struct Prepared<'text> {
    /// What is read.
    pub(super) text: Cow<'text, str>,
    /// Where its pieces come from; none: from the same place. The first one lies at 0, `at` grows.
    pieces: Vec<Piece>,
}

/// A stretch of the worked text up to the next piece.
#[derive(Debug, Clone, Copy)]
struct Piece {
    at: usize,
    source: usize,
    /// Whether it is the source's own text; an inserted piece belongs to one place of the source as a whole.
    verbatim: bool,
}

/// The kinds of invisible characters that are taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unseen {
    /// U+202A–E, U+2066–9: they turn the reading order of what follows.
    Direction,
    /// Controls, tags and noncharacters: they mean nothing on a page.
    Control,
    /// U+200B, U+FEFF: they cut a word in two for a search, and nobody sees it.
    ZeroWidth,
}

impl<'text> Prepared<'text> {
    /// The text as typed.
    pub(super) fn new(text: &'text str) -> Self {
        Self { text: Cow::Borrowed(text), pieces: Vec::new() }
    }

    /// Where in the source a place of the worked text was typed.
    pub(super) fn source(&self, at: usize) -> usize {
        if self.pieces.is_empty() {
            return at;
        }
        let piece = self.pieces[self.pieces.partition_point(|piece| piece.at <= at) - 1];
        if piece.verbatim { piece.source + (at - piece.at) } else { piece.source }
    }

    /// The range of the source that a range of the worked text was made of.
    pub(super) fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source(range.start);
        start..self.source(range.end).max(start)
    }

    /// Whether a range that ends with a character of one byte is as typed, character by character.
    pub(super) fn as_typed(&self, range: &Range<usize>) -> bool {
        let last = range.end.saturating_sub(1);
        self.source(last).checked_sub(self.source(range.start)) == last.checked_sub(range.start)
    }

    /// Replaces ranges, which are in order and do not overlap.
    #[must_use]
    pub(super) fn apply(&self, edits: &[Edit]) -> Prepared<'text> {
        let mut text = String::with_capacity(self.text.len() + 8 * edits.len());
        let mut pieces = Vec::with_capacity(self.pieces.len() + 2 * edits.len() + 1);
        let mut from = 0;
        for edit in edits {
            self.keep(from..edit.range.start, &mut text, &mut pieces);
            if !edit.text.is_empty() {
                pieces.push(Piece { at: text.len(), source: self.source(edit.range.start), verbatim: false });
                text.push_str(&edit.text);
            }
            from = edit.range.end;
        }
        self.keep(from..self.text.len(), &mut text, &mut pieces);
        pieces.push(Piece { at: text.len(), source: self.source(self.text.len()), verbatim: true });
        Prepared { text: Cow::Owned(text), pieces }
    }

    /// Copies a range that no edit touches, with the pieces in it.
    fn keep(&self, range: Range<usize>, text: &mut String, pieces: &mut Vec<Piece>) {
        if range.is_empty() {
            return;
        }
        let shift = |at: usize| at - range.start + text.len();
        let first = self.pieces.partition_point(|piece| piece.at <= range.start);
        let verbatim = first == 0 || self.pieces[first - 1].verbatim;
        pieces.push(Piece { at: text.len(), source: self.source(range.start), verbatim });
        let inside = self.pieces[first..].iter().take_while(|piece| piece.at < range.end);
        pieces.extend(inside.map(|piece| Piece { at: shift(piece.at), ..*piece }));
        text.push_str(&self.text[range]);
    }
}

/// Takes invisible characters out of a text. The second value tells where each kind was seen first, in the source.
pub(super) fn clean(text: &str) -> (Prepared<'_>, Vec<(Unseen, Range<usize>)>) {
    let mut edits = Vec::new();
    let mut seen: Vec<(Unseen, Range<usize>)> = Vec::new();
    let mut from = 0;
    while let Some(at) = next_suspect(text.as_bytes(), from) {
        let Some(character) = text[at..].chars().next() else { break };
        from = at + character.len_utf8();
        if character == '\r' {
            let text = if text[from..].starts_with('\n') { "" } else { "\n" };
            edits.push(Edit { range: at..from, text: text.to_owned() });
        } else if let Some(unseen) = unseen(character) {
            // Word's line and page breaks stand between words.
            let text = if matches!(character, '\u{B}' | '\u{C}') { " " } else { "" };
            edits.push(Edit { range: at..from, text: text.to_owned() });
            if !seen.iter().any(|(kind, _)| *kind == unseen) {
                seen.push((unseen, at..from));
            }
        }
    }
    let prepared = Prepared::new(text);
    if edits.is_empty() { (prepared, seen) } else { (prepared.apply(&edits), seen) }
}

/// A string that came out of an entity (`&#x202E;`) or another escape, without invisible characters.
pub fn clean_string(text: &str) -> Cow<'_, str> {
    if next_suspect(text.as_bytes(), 0).is_none() {
        return Cow::Borrowed(text);
    }
    text.chars().filter(|character| *character == '\r' || unseen(*character).is_none()).collect()
}

fn unseen(character: char) -> Option<Unseen> {
    match character {
        '\n' | '\t' => None,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some(Unseen::Direction),
        '\u{200B}' | '\u{FEFF}' => Some(Unseen::ZeroWidth),
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}' => Some(Unseen::Control),
        '\u{E0000}'..='\u{E0FFF}' => Some(Unseen::Control),
        _ if u32::from(character) & 0xFFFE == 0xFFFE => Some(Unseen::Control),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_taken_out() {
        for (typed, cleaned) in [
            ("plain — “text” with é", "plain — “text” with é"),
            ("a\u{202E}b\u{2069}c", "abc"),
            ("\u{FEFF}# Title\u{200B}", "# Title"),
            ("a\u{7}b\0c\u{85}d", "abcd"),
            ("one\u{B}two\u{C}three", "one two three"),
            ("a\r\nb\rc", "a\nb\nc"),
            ("\u{FDD0}\u{FFFF}\u{E0041}x", "x"),
            ("tab\tand\u{A0}space, \u{200D}joiner", "tab\tand\u{A0}space, \u{200D}joiner"),
        ] {
            assert_eq!(clean(typed).0.text, cleaned, "{typed:?}");
        }
    }

    #[test]
    fn a_place_knows_where_it_was_typed() {
        let typed = "a\u{200B}bc •\tdé";
        let (cleaned, _) = clean(typed);
        let bullet = cleaned.text.find('•').unwrap_or_default();
        let edited = cleaned.apply(&[Edit { range: bullet..bullet + 4, text: "- ".to_owned() }]);
        assert_eq!(edited.text, "abc - dé");
        for (worked, source) in [("b", "b"), ("d", "d"), ("é", "é")] {
            let at = edited.text.find(worked).unwrap_or_default();
            assert_eq!(Some(edited.source(at)), typed.find(source), "{worked}");
        }
        for at in 0..=edited.text.len() {
            assert!(!edited.text.is_char_boundary(at) || typed.is_char_boundary(edited.source(at)), "{at}");
        }
        assert_eq!(edited.source(edited.text.len()), typed.len());
    }

    #[test]
    fn what_was_taken_out_of_a_word_is_remembered() {
        let (cleaned, _) = clean("x {.ex\u{200B}empt} {.exempt}\u{200B}");
        assert!(!cleaned.as_typed(&(2..11)));
        assert!(cleaned.as_typed(&(12..21)));
    }
}
