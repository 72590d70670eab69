//! Two texts, paragraph by paragraph: what stands in both, what was moved, what was rewritten, what came and what went.
//!
//! Input: two lists of [`Block`]s, which [`blocks`] makes of texts. Output: [`Step`]s, from which either list can be restored, and
//! the words of a pair ([`pieces`]). Not here: HTML, addresses, and what is withheld, which no text of a site holds.
//!
//! Words decide, never numbers: a paragraph that stands word for word in both texts is never told as rewritten, wherever it
//! stands and whatever its number is now. What stands in both is matched first; what is left is matched by the share of words in common.

mod blocks;
mod matching;
mod order;
#[cfg(test)]
mod tests;
mod words;

pub use blocks::{Block, BlockKind, blocks};
pub use words::{Owner, Piece, pieces};

/// A block of the older text and the one of the newer text that took its place: their indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// In the older text.
    pub old: usize,
    /// In the newer text.
    pub new: usize,
}

/// One step of reading two texts side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It stands in both, in the same order as its neighbours.
    Kept(Pair),
    /// It stands in both, and here in the newer one.
    MovedHere(Pair),
    /// It stands in both, and here in the older one.
    MovedAway(Pair),
    /// It stands in the newer one alone.
    Added(usize),
    /// It stands in the older one alone.
    Removed(usize),
}

impl Step {
    /// The block of the older text that stands here.
    #[must_use]
    pub fn in_old(self) -> Option<usize> {
        match self {
            Self::Kept(pair) | Self::MovedAway(pair) => Some(pair.old),
            Self::Removed(old) => Some(old),
            Self::MovedHere(_) | Self::Added(_) => None,
        }
    }

    /// The block of the newer text that stands here.
    #[must_use]
    pub fn in_new(self) -> Option<usize> {
        match self {
            Self::Kept(pair) | Self::MovedHere(pair) => Some(pair.new),
            Self::Added(new) => Some(new),
            Self::MovedAway(_) | Self::Removed(_) => None,
        }
    }
}

/// Compares two texts: each block of either is in exactly one step in which it stands, and these are in the order of its text.
#[must_use]
pub fn compare(old: &[Block], new: &[Block]) -> Vec<Step> {
    order::steps(&matching::pairs(old, new), old.len(), new.len())
}
