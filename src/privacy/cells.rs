//! What a cell of a table, a short entry of a list or a comment says of who may read its row, or what stands beside it.
//!
//! Input: its words. Output: whether they say that it is not for everybody. Not here: lines of a text (`spoken.rs`), and the words
//! (`words.toml`).

use super::matching::begins;
use super::words::{TextWords, is_label, unnumbered};
use crate::language::letters;

impl TextWords {
    /// Whether a cell says that its row is not for everybody. A word by itself is a value ("Exempt: yes").
    pub(crate) fn of_cell(&self, cell: &str) -> bool {
        let name = unnumbered(cell);
        // "No – confidential, do not publish"
        let forbids = |part: &str| {
            let name = unnumbered(part);
            self.whole.contains(&name) && name.contains('_') && name.contains("publi")
        };
        self.opens.iter().any(|words| begins(&name, words))
            || self.is_marked(cell, true)
            || cell.split([',', ';', '–', '—']).any(forbids)
    }

    /// Whether a cell is one strong word in capitals: `EXEMPT`.
    pub(crate) fn is_loud(&self, cell: &str) -> bool {
        !cell.contains(char::is_lowercase) && self.strong.contains(&letters::name(cell))
    }

    /// Whether a cell has nothing but the number of its row, and a mark between brackets: `2 (exempt)`.
    pub(crate) fn marks_label(&self, cell: &str) -> bool {
        let parts = cell.trim().strip_suffix([')', ']']).and_then(|rest| rest.split_once(['(', '[']));
        parts.is_some_and(|(label, words)| {
            label.contains(char::is_alphanumeric) && is_label(label) && self.is_mark(words)
        })
    }

    /// Whether a cell that is a title has a mark between brackets at its end: `Sale of the depot (exempt)`.
    pub(crate) fn ends_in_mark(&self, cell: &str) -> bool {
        let words = cell.trim().strip_suffix([')', ']']).and_then(|rest| rest.rsplit_once(['(', '[']));
        words.is_some_and(|(title, mark)| title.contains(char::is_alphabetic) && self.is_mark(mark))
    }

    /// Whether words have a mark beside them: `[EXEMPT] The bid`.
    pub(crate) fn has_mark(&self, words: &str) -> bool {
        self.is_marked(words, true)
    }

    /// Whether a comment says that words beside it are not for everybody: `private`, `CONFIDENTIAL - do not publish`.
    pub(crate) fn is_private_comment(&self, comment: &str) -> bool {
        let words = comment.trim_matches(['-', ' ', '\n', '\t', '/', '*', '[', ']', '!']);
        let is_mark = |words: &str| {
            let name = letters::name(words);
            !self.parts.contains(&name) && (self.marks.contains(&name) || self.whole.contains(&name))
        };
        let first = words
            .split_once([':', '–', '—', '\n'])
            .or_else(|| words.split_once(" - "))
            .map_or(words, |(first, _)| first);
        let loud = is_mark(first) && !first.contains(char::is_lowercase);
        let name = letters::name(first);
        let sure = self.sure.iter().any(|sure| begins(&name, sure));
        is_mark(words) || loud || sure || self.is_bound(words, &self.begin)
    }
}
