//! Records that the passes have found and may still complete.
//!
//! Input: none; these are types. Output: a [`Draft`] for each record. Not here: the form in which the walk and the builder read them
//! (`findings.rs`).

use std::ops::Range;

use super::findings::Said;

/// A decision, while it may still be completed.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// What holds it.
    pub(crate) place: DraftPlace,
    /// Its outcome; `None` if nothing says it.
    pub(crate) outcome: Option<Box<str>>,
    /// What is said of it: who moved and seconded it, the votes, its number.
    pub(crate) said: Vec<Said>,
}

/// Adds to what is said of a record what is not known yet.
pub(crate) fn add_said(known: &mut Vec<Said>, more: impl IntoIterator<Item = Said>) {
    for one in more {
        if !known.iter().any(|other| other.role == one.role) {
            known.push(one);
        }
    }
}

/// What holds the words of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DraftPlace {
    /// A range of the words, in the leaf of this index; the bytes at its beginning that only mark it.
    Words { block: usize, words: Range<usize>, mark: usize },
    /// The leaf of this index and what follows it; the mark with which it begins, and whether its own sentence is whole.
    Opener { block: usize, mark: Box<str>, number: Option<Box<str>>, finished: bool },
}

impl DraftPlace {
    pub(crate) fn block(&self) -> usize {
        match self {
            Self::Words { block, .. } | Self::Opener { block, .. } => *block,
        }
    }
}

/// What the pass knows of the kind whose records are decisions.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'a> {
    /// What the verbs of the kind say of its outcome.
    pub(crate) verbs: &'a [(String, String)],
}
