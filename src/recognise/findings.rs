//! What the passes find in a text: records with what is said of them, and what only looks like one.
//!
//! Input: none; these are types. Output: [`Findings`], which the walk turns into an outline and the builder into records.
//! Not here: how they are found.

use std::ops::Range;

use crate::kind::{KindId, Role};
use crate::markdown::blocks::Blocks;

/// What was found in a text.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// Records whose words are a part of a line, in the order of the text; no two of them overlap.
    pub(crate) sentences: Vec<Found>,
    /// Paragraphs that open a record, by their first inline event, in the order of the text.
    pub(crate) openers: Vec<Opener>,
    /// Paragraphs that are what the mark above them says was decided, by their first inline event, in order.
    pub(crate) parts: Vec<usize>,
    /// Words that read like a record and are none for certain.
    pub(crate) likely: Vec<Likely>,
    /// Whether headings without a number may head items: in the paper of a meeting.
    pub(crate) titled: bool,
}

/// A record whose words stand in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its kind.
    pub(crate) kind: KindId,
    /// The first inline event of its leaf.
    pub(crate) run: usize,
    /// Its words in the prepared text.
    pub(crate) typed: Range<usize>,
    /// The bytes at their beginning, in words without marks, that only say that it is a record.
    pub(crate) mark: usize,
    /// What is said of it.
    pub(crate) said: Vec<Said>,
}

/// A paragraph whose words open a record, which goes on in what follows it; or that only seems to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Opener {
    /// The first inline event of its leaf.
    pub(crate) run: usize,
    /// The kind of the record; `None` if it opens none.
    pub(crate) kind: Option<KindId>,
    /// The words that open it.
    pub(crate) mark: Box<str>,
    /// The number after them.
    pub(crate) number: Option<Box<str>>,
    /// Whether its own sentence is whole, so that a list after it is another matter.
    pub(crate) finished: bool,
    /// What is said of it.
    pub(crate) said: Vec<Said>,
}

/// Something that is said of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// The role of the field that it fills.
    pub(crate) role: Role,
    /// What fills it.
    pub(crate) value: Box<str>,
    /// Where it was said, in the prepared text.
    pub(crate) typed: Range<usize>,
}

/// Words that read like a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Likely {
    /// The kind of record.
    pub(crate) kind: KindId,
    /// The words, in the prepared text.
    pub(crate) typed: Range<usize>,
    /// The first inline event of their leaf.
    pub(crate) run: usize,
    /// The index of their leaf.
    pub(crate) block: usize,
    /// Where an author would type what makes a record of them; `None` if that is not certain.
    pub(crate) mend: Option<Mend>,
    /// What is said of it.
    pub(crate) said: Vec<Said>,
}

/// Where braces make a record of words, in the prepared text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mend {
    /// After all words of a leaf.
    After(usize),
    /// After brackets around these words.
    Around(Range<usize>),
}

impl Said {
    /// Words of a text, as they stand there.
    pub(crate) fn words(role: Role, blocks: &Blocks, words: Range<usize>) -> Self {
        let value = blocks.words[words.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let last = value.rsplit(' ').next().unwrap_or_default();
        // A full stop after a day ends the sentence; one in "5 p.m." or "Dec." belongs to the word.
        let ends = role == Role::Due && last.len() > 5 && last.matches('.').count() == 1;
        let value = if ends { value.trim_end_matches('.') } else { &value };
        Self { role, value: value.into(), typed: blocks.typed(&words) }
    }

    /// A value that words of a text stand for.
    pub(crate) fn value(role: Role, value: impl Into<Box<str>>, blocks: &Blocks, words: &Range<usize>) -> Self {
        Self { role, value: value.into(), typed: blocks.typed(words) }
    }
}
