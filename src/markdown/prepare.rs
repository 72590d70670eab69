//! The text as it is worked on, and the way back to the text as it was typed.
//!
//! Input: the text of a source, and edits that other files of this room ask for (a bullet from Word, an indented
//! paragraph, an exempt passage). Output: the edited text, in which every place knows where it was typed, so that
//! messages and anchors point at the author's own characters.
//!
//! Invisible characters that can turn the reading order, or hide a word from a search, are taken out here, before
//! anything is recognised. Not here: any knowledge of Markdown.

use std::borrow::Cow;
use std::ops::Range;

use crate::language::{Invisible, next_invisible};

/// Begins a line that CommonMark would take for raw HTML, so that it is read as text; never printed.
/// (A code point that Unicode keeps for such use inside a program; authors' own are taken out.)
pub(crate) const SHIELD: char = '\u{FDD0}';

/// Stands on both sides of the number of an exemption's notice, in a heading of its own.
pub(crate) const NOTICE: char = '\u{FDD1}';

/// A replacement of one range of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    /// What is replaced.
    pub(crate) range: Range<usize>,
    /// By what.
    pub(crate) text: String,
}

/// A text under work.
#[derive(Debug, Clone)]
pub(crate) struct Prepared<'text> {
    /// What is read.
    pub(crate) text: Cow<'text, str>,
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

impl<'text> Prepared<'text> {
    /// The text as typed.
    pub(crate) fn new(text: &'text str) -> Self {
        Self { text: Cow::Borrowed(text), pieces: Vec::new() }
    }

    /// Where in the source a place of the worked text was typed.
    pub(crate) fn source(&self, at: usize) -> usize {
        if self.pieces.is_empty() {
            return at;
        }
        let piece = self.pieces[self.pieces.partition_point(|piece| piece.at <= at) - 1];
        if piece.verbatim { piece.source + (at - piece.at) } else { piece.source }
    }

    /// The range of the source that a range of the worked text was made of.
    pub(crate) fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source(range.start);
        start..self.source(range.end).max(start)
    }

    /// Whether a range that ends with a character of one byte is as typed, character by character.
    pub(crate) fn as_typed(&self, range: &Range<usize>) -> bool {
        let last = range.end.saturating_sub(1);
        self.source(last).checked_sub(self.source(range.start)) == last.checked_sub(range.start)
    }

    /// Replaces ranges, which are in order and do not overlap.
    #[must_use]
    pub(crate) fn apply(&self, edits: &[Edit]) -> Prepared<'text> {
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
pub(crate) fn clean(text: &str) -> (Prepared<'_>, Vec<(Invisible, Range<usize>)>) {
    let mut edits = Vec::new();
    let mut seen: Vec<(Invisible, Range<usize>)> = Vec::new();
    let mut from = 0;
    while let Some((at, character, kind)) = next_invisible(text, from) {
        from = at + character.len_utf8();
        let instead = match (character, kind) {
            ('\r', _) if text[from..].starts_with('\n') => "",
            ('\r', _) => "\n",
            // Word's line and page breaks stand between words.
            ('\u{B}' | '\u{C}', _) => " ",
            (_, Some(_)) => "",
            (_, None) => continue,
        };
        edits.push(Edit { range: at..from, text: instead.to_owned() });
        if let Some(kind) = kind.filter(|kind| character != '\r' && !seen.iter().any(|(known, _)| known == kind)) {
            seen.push((kind, at..from));
        }
    }
    let prepared = Prepared::new(text);
    if edits.is_empty() { (prepared, seen) } else { (prepared.apply(&edits), seen) }
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
