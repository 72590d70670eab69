//! A list of all members in which a sign marks those who were there, as a legend says: "(* = present)".
//!
//! Input: the leaves of the head of a text; the words of one leaf. Output: the sign; the names that have it beside them. Not here: what
//! is made of the names (`presence`), and the words of legends (`en.presence.toml`).

use std::ops::Range;

use crate::lexicon::Lexicon;
use crate::markdown::blocks::{Block, Blocks};

/// The sign of those who were there, if one of these leaves is a legend.
pub(super) fn mark(head: &[Block], blocks: &Blocks, lexicon: &Lexicon) -> Option<char> {
    head.iter().find_map(|block| {
        let (_, found) = lexicon.find("presence.legend", blocks.words_of(block))?;
        found.name("mark")?.as_str().chars().next()
    })
}

/// The lines of a leaf that begin or end with the sign, without it.
pub(super) fn marked(words: &str, mark: char) -> impl Iterator<Item = Range<usize>> {
    words.lines().filter_map(move |line| {
        let line = line.trim();
        let name = line.trim_matches(mark);
        let start = name.as_ptr() as usize - words.as_ptr() as usize;
        (name.len() < line.len() && name.contains(char::is_alphabetic)).then_some(start..start + name.len())
    })
}
