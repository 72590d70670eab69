//! What holds for all comparisons, on texts that chance makes, and a few by hand.

use std::collections::BTreeMap;

use super::{Block, BlockKind, Owner, Pair, Step, compare, pieces};
use crate::model::NodeId;

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    /// Words from a small store, so that paragraphs have many in common and some are the same.
    fn words(&mut self) -> String {
        let count = 1 + self.below(9);
        (0..count).map(|_| format!("w{}", self.below(12))).collect::<Vec<_>>().join(" ")
    }

    fn blocks(&mut self) -> Vec<Block> {
        (0..self.below(14)).map(|_| self.words()).map(|words| block(&words)).collect()
    }

    /// Another text made from one: blocks moved, left out, put in, rewritten.
    fn edited(&mut self, blocks: &[Block]) -> Vec<Block> {
        let mut edited = blocks.to_vec();
        for _ in 0..self.below(6) {
            let at = self.below(edited.len() + 1);
            match self.below(4) {
                0 => edited.insert(at, block(&self.words())),
                1 if at < edited.len() => drop(edited.remove(at)),
                2 if at < edited.len() => {
                    let moved = edited.remove(at);
                    edited.insert(self.below(edited.len() + 1), moved);
                }
                _ if at < edited.len() => edited[at].words.push_str(" more"),
                _ => {}
            }
        }
        edited
    }
}

fn block(words: &str) -> Block {
    Block { kind: BlockKind::Prose, anchor: None, label: String::new(), words: words.into(), node: NodeId::at(0) }
}

fn each_pair_of_texts(mut holds: impl FnMut(&[Block], &[Block])) {
    for seed in 0..3000 {
        let mut chance = Chance(seed);
        let old = chance.blocks();
        let new = if seed % 3 == 0 { chance.blocks() } else { chance.edited(&old) };
        holds(&old, &new);
    }
}

fn words(blocks: &[Block]) -> Vec<&str> {
    blocks.iter().map(|block| block.words.as_str()).collect()
}

fn count<'text>(words: &[&'text str]) -> BTreeMap<&'text str, usize> {
    let mut counts = BTreeMap::new();
    words.iter().for_each(|words| *counts.entry(*words).or_default() += 1);
    counts
}

#[test]
fn the_older_and_the_newer_text_can_be_restored() {
    each_pair_of_texts(|old, new| {
        let steps = compare(old, new);
        let restored: Vec<usize> = steps.iter().filter_map(|step| step.in_old()).collect();
        assert_eq!(restored, (0..old.len()).collect::<Vec<_>>(), "{:?} {:?}", words(old), words(new));
        let restored: Vec<usize> = steps.iter().filter_map(|step| step.in_new()).collect();
        assert_eq!(restored, (0..new.len()).collect::<Vec<_>>(), "{:?} {:?}", words(old), words(new));
    });
}

#[test]
fn what_stands_word_for_word_in_both_is_never_told_as_rewritten_added_or_removed() {
    each_pair_of_texts(|old, new| {
        let same = |step: &Step| match step {
            Step::Kept(Pair { old: one, new: other }) | Step::MovedHere(Pair { old: one, new: other }) => {
                (old[*one].words == new[*other].words).then(|| old[*one].words.as_str())
            }
            _ => None,
        };
        let steps = compare(old, new);
        let told = count(&steps.iter().filter_map(same).collect::<Vec<_>>());
        let (old, new) = (count(&words(old)), count(&words(new)));
        for (words, times) in old {
            let both = times.min(new.get(words).copied().unwrap_or_default());
            assert_eq!(told.get(words).copied().unwrap_or_default(), both, "{words}");
        }
    });
}

#[test]
fn what_moved_leaves_its_place_once_and_comes_once() {
    each_pair_of_texts(|old, new| {
        let steps = compare(old, new);
        let mut away: Vec<Pair> = steps.iter().filter_map(|step| pair(step, true)).collect();
        let mut here: Vec<Pair> = steps.iter().filter_map(|step| pair(step, false)).collect();
        away.sort_unstable();
        here.sort_unstable();
        assert_eq!(away, here);
    });
}

fn pair(step: &Step, away: bool) -> Option<Pair> {
    match step {
        Step::MovedAway(pair) if away => Some(*pair),
        Step::MovedHere(pair) if !away => Some(*pair),
        _ => None,
    }
}

#[test]
fn a_text_in_another_order_has_moved_and_nothing_else() {
    let old = [block("one one one"), block("two two two"), block("three three three"), block("four")];
    let new = [old[2].clone(), old[0].clone(), old[1].clone(), old[3].clone()];
    let (moved, kept) = (Pair { old: 2, new: 0 }, |old, new| Step::Kept(Pair { old, new }));
    let expected = [Step::MovedHere(moved), kept(0, 1), kept(1, 2), Step::MovedAway(moved), kept(3, 3)];
    assert_eq!(compare(&old, &new), expected);
}

#[test]
fn a_paragraph_that_is_put_in_moves_none_below_it() {
    let old = [block("one one one"), block("two two two")];
    let new = [block("quite another"), old[0].clone(), old[1].clone()];
    let kept = |old, new| Step::Kept(Pair { old, new });
    assert_eq!(compare(&old, &new), [Step::Added(0), kept(0, 1), kept(1, 2)]);
}

#[test]
fn words_restore_both_sides_and_no_word_changes_places() {
    each_pair_of_texts(|old, new| {
        for (old, new) in old.iter().zip(new) {
            let told = pieces(&old.words, &new.words);
            let side = |without: Owner| {
                told.iter()
                    .filter(|piece| piece.of != without)
                    .map(|piece| piece.words.as_str())
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            assert_eq!((side(Owner::Newer), side(Owner::Older)), (old.words.clone(), new.words.clone()));
            assert!(told.windows(2).all(|two| two[0].of != two[1].of));
        }
    });
}

#[test]
fn a_lone_word_between_two_changes_is_told_with_them() {
    let told = pieces("We meet on the first Monday of a month", "We meet in the last week of a month");
    let of = |of, words: &str| super::Piece { of, words: words.into() };
    let expected = [
        of(Owner::Both, "We meet"),
        of(Owner::Older, "on the first Monday"),
        of(Owner::Newer, "in the last week"),
        of(Owner::Both, "of a month"),
    ];
    assert_eq!(told, expected);
}
