//! Which block of one text is which of the other.
//!
//! Input: two lists of blocks. Output: pairs, no block in two of them. Not here: what was moved, which the order of the pairs says
//! (`order.rs`).

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Block, BlockKind, Pair};

/// Of two blocks that are one, at least so many words in a hundred are the same.
const ENOUGH: usize = 50;
/// If they stand between the same neighbours and have the same number, fewer do.
const ENOUGH_IN_PLACE: usize = 25;

/// The pairs, in the order of the newer text: first those that are word for word the same, in an order that both have; then those that are the
/// same in another order; then those that are most alike.
pub(super) fn pairs(old: &[Block], new: &[Block]) -> Vec<Pair> {
    let mut matched = Matched { of_old: vec![None; old.len()], of_new: vec![None; new.len()] };
    matched.same_in_order(old, new);
    matched.same_elsewhere(old, new);
    matched.alike(old, new);
    let pairs = matched.of_new.iter().enumerate();
    pairs.filter_map(|(new, old)| Some(Pair { old: (*old)?, new })).collect()
}

/// What makes two blocks the same.
fn content(block: &Block) -> (BlockKind, &str) {
    (block.kind, &block.words)
}

struct Matched {
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
}

impl Matched {
    fn join(&mut self, old: usize, new: usize) {
        self.of_old[old] = Some(new);
        self.of_new[new] = Some(old);
    }

    fn is_free(&self, old: usize, new: usize) -> bool {
        self.of_old[old].is_none() && self.of_new[new].is_none()
    }

    fn same_in_order(&mut self, old: &[Block], new: &[Block]) {
        let old: Vec<_> = old.iter().map(content).collect();
        let new: Vec<_> = new.iter().map(content).collect();
        for part in capture_diff_slices(Algorithm::Myers, &old, &new) {
            if let DiffOp::Equal { old_index, new_index, len } = part {
                (0..len).for_each(|step| self.join(old_index + step, new_index + step));
            }
        }
    }

    fn same_elsewhere(&mut self, old: &[Block], new: &[Block]) {
        let mut places: HashMap<(BlockKind, &str), Vec<usize>> = HashMap::new();
        let free = old.iter().enumerate().rev().filter(|(at, _)| self.of_old[*at].is_none());
        free.for_each(|(at, block)| places.entry(content(block)).or_default().push(at));
        for (at, block) in new.iter().enumerate() {
            if self.of_new[at].is_none()
                && let Some(old) = places.get_mut(&content(block)).and_then(Vec::pop)
            {
                self.join(old, at);
            }
        }
    }

    fn alike(&mut self, old: &[Block], new: &[Block]) {
        let mut numbers = HashMap::new();
        let (old_bags, new_bags) = (bags(old, &self.of_old, &mut numbers), bags(new, &self.of_new, &mut numbers));
        let (old_gaps, new_gaps) = (self.gaps_of_old(), gaps(&self.of_new));
        let mut found: Vec<(bool, usize, usize, usize)> = Vec::new();
        for (one, old_bag) in &old_bags {
            for (other, new_bag) in &new_bags {
                if old[*one].kind != new[*other].kind {
                    continue;
                }
                let same_label = !old[*one].label.is_empty() && old[*one].label == new[*other].label;
                let is_in_place = old_gaps[*one] == new_gaps[*other];
                let least = if same_label && is_in_place { ENOUGH_IN_PLACE } else { ENOUGH };
                let all = old_bag.len() + new_bag.len();
                if all > 0 && 200 * old_bag.len().min(new_bag.len()) >= least * all {
                    let share = 200 * in_common(old_bag, new_bag) / all;
                    found.extend((share >= least).then_some((is_in_place, share, *one, *other)));
                }
            }
        }
        // What stands between the same neighbours before what was moved, then what is more alike, then what stands earlier.
        found.sort_unstable_by_key(|(in_place, share, old, new)| (!in_place, usize::MAX - share, *old, *new));
        for (_, _, old, new) in found {
            if self.is_free(old, new) {
                self.join(old, new);
            }
        }
    }

    /// For each block of the older text, the gap of the newer one that lies at its place: as [`gaps`] counts them.
    fn gaps_of_old(&self) -> Vec<usize> {
        let mut last = 0;
        let gap = |new: &Option<usize>| {
            last = new.map_or(last, |new| new + 1);
            last
        };
        self.of_old.iter().map(gap).collect()
    }
}

/// For each block, the one after the last block that has a partner before it.
fn gaps(partners: &[Option<usize>]) -> Vec<usize> {
    let mut last = 0;
    let gap = |(at, partner): (usize, &Option<usize>)| {
        last = if partner.is_some() { at + 1 } else { last };
        last
    };
    partners.iter().enumerate().map(gap).collect()
}

/// The words of each block without a partner, as sorted numbers.
fn bags<'text>(
    blocks: &'text [Block],
    partners: &[Option<usize>],
    numbers: &mut HashMap<&'text str, u32>,
) -> Vec<(usize, Vec<u32>)> {
    let free = blocks.iter().enumerate().filter(|(at, _)| partners[*at].is_none());
    let bag = |(at, block): (usize, &'text Block)| {
        let mut number = |word| {
            let next = numbers.len() as u32;
            *numbers.entry(word).or_insert(next)
        };
        let mut bag: Vec<u32> = block.words.split_whitespace().map(&mut number).collect();
        bag.sort_unstable();
        (at, bag)
    };
    free.map(bag).collect()
}

/// How many words two bags have in common.
fn in_common(one: &[u32], other: &[u32]) -> usize {
    let (mut at, mut to, mut common) = (0, 0, 0);
    while at < one.len() && to < other.len() {
        match one[at].cmp(&other[to]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => to += 1,
            std::cmp::Ordering::Equal => (at, to, common) = (at + 1, to + 1, common + 1),
        }
    }
    common
}
