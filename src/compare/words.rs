//! The words of two blocks, piece by piece.
//!
//! Input: the words of both. Output: [`Piece`]s, from which either can be restored. Not here: which blocks are compared.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Fewer words than this between two changes are told as changed with them: a lone "the" between struck words helps nobody.
const FEWEST_BETWEEN: usize = 3;

/// A piece of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Whose words these are.
    pub of: Owner,
    /// The words, with one blank between them.
    pub words: String,
}

/// Which text has the words of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Both.
    Both,
    /// The older one alone.
    Older,
    /// The newer one alone.
    Newer,
}

/// Compares words. No two pieces beside each other belong to the same text, and what is the older one's stands before what took its place.
#[must_use]
pub fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    let parts = capture_diff_slices(Algorithm::Myers, &old, &new);
    let last = parts.len().saturating_sub(1);
    let mut pieces = Pieces::default();
    for (at, part) in parts.iter().enumerate() {
        let is_between = at > 0 && at < last;
        match *part {
            DiffOp::Equal { old_index, len, .. } if !(is_between && len < FEWEST_BETWEEN) => {
                pieces.both(&old[old_index..old_index + len]);
            }
            part => {
                pieces.older.extend(&old[part.old_range()]);
                pieces.newer.extend(&new[part.new_range()]);
            }
        }
    }
    pieces.finish()
}

#[derive(Default)]
struct Pieces<'text> {
    done: Vec<Piece>,
    older: Vec<&'text str>,
    newer: Vec<&'text str>,
}

impl Pieces<'_> {
    fn both(&mut self, words: &[&str]) {
        self.change();
        self.done.push(Piece { of: Owner::Both, words: words.join(" ") });
    }

    fn change(&mut self) {
        for (of, words) in [(Owner::Older, &mut self.older), (Owner::Newer, &mut self.newer)] {
            if !words.is_empty() {
                self.done.push(Piece { of, words: words.join(" ") });
                words.clear();
            }
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        self.change();
        self.done
    }
}
