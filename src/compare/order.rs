//! Which pairs were moved, and all blocks of both texts in one order.
//!
//! Input: pairs in the order of the newer text. Output: steps. Not here: which blocks are pairs (`matching.rs`).

use super::{Pair, Step};

/// The steps of two texts with so many blocks.
pub(super) fn steps(pairs: &[Pair], old_length: usize, new_length: usize) -> Vec<Step> {
    let in_place = longest_rising(pairs);
    let mut of_old: Vec<Step> = (0..old_length).map(Step::Removed).collect();
    let mut of_new: Vec<Step> = (0..new_length).map(Step::Added).collect();
    for pair in pairs {
        (of_old[pair.old], of_new[pair.new]) = (Step::MovedAway(*pair), Step::MovedHere(*pair));
    }
    let mut steps = Vec::with_capacity(old_length + new_length);
    let (mut old, mut new) = (0, 0);
    for pair in &in_place {
        steps.extend(&of_old[old..pair.old]);
        steps.extend(&of_new[new..pair.new]);
        steps.push(Step::Kept(*pair));
        (old, new) = (pair.old + 1, pair.new + 1);
    }
    steps.extend(&of_old[old..]);
    steps.extend(&of_new[new..]);
    steps
}

/// The most pairs whose older blocks are in order too: those that stayed. All others were moved.
fn longest_rising(pairs: &[Pair]) -> Vec<Pair> {
    // For each length, the pair with the earliest older block at which so long a row of pairs ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].old < pair.old);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut rising: Vec<Pair> =
        std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| pairs[at]).collect();
    rising.reverse();
    rising
}
