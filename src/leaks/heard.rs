//! How much of something withheld an attached file may repeat.
//!
//! Input: the runs that were heard in a file ([`Heard`]), one after another, and what is withheld and said by nobody ([`OfFile`]).
//! Output: the place at which it is too much. Not here: how the words of a file are heard (`ear.rs`).

use std::collections::HashSet;

use super::runs::RUN;
use crate::source::Span;

/// What was heard of something withheld in a file.
#[derive(Debug, Clone, Default)]
pub struct Heard(pub(super) Vec<HeardRun>);

/// A run of words in a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeardRun {
    pub(super) hash: u64,
    /// The number of its last word in the file.
    pub(super) at: u32,
    pub(super) page: Option<u32>,
}

impl Heard {
    /// Whether nothing was heard.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A run of words that no attached file may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct OfFile {
    pub(super) span: Span,
    /// Whether it is exempt, and not only held back until it is ready, or since it has ended.
    pub(super) is_exempt: bool,
}

/// A draft quotes files that are public, and files that are public have forms of words in common with it. So many words in a row of
/// something that is not exempt are taken for its own.
const LONG: usize = 12;

/// What one file repeats of one withheld source.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    /// How many runs follow each other just now, the number of the last word, and where the first of them stands.
    row: usize,
    last: u32,
    begins: Option<(Span, Option<u32>)>,
    /// All runs so far.
    seen: HashSet<u64>,
    is_told: bool,
}

impl Repeated {
    /// Takes note of a run. Gives the place when it is enough: a run of what is exempt; else a long row, or half of all that the
    /// source says, of which it has so many runs.
    pub(super) fn hear(&mut self, run: &HeardRun, secret: OfFile, of: usize) -> Option<(Span, Option<u32>)> {
        let goes_on = self.row > 0 && run.at == self.last + 1;
        self.row = if goes_on { self.row + 1 } else { 1 };
        self.last = run.at;
        let begins = self.begins.filter(|_| goes_on && !secret.is_exempt);
        let begins = *self.begins.insert(begins.unwrap_or((secret.span, run.page)));
        self.seen.insert(run.hash);
        let is_enough = secret.is_exempt || self.row + RUN > LONG || self.seen.len() * 2 >= of;
        let is_new = is_enough && !self.is_told;
        self.is_told |= is_enough;
        is_new.then_some(begins)
    }
}
