//! Common words that stand side by side have postings of their own, so that a phrase of them, and which passages have them
//! side by side, is known without the places of each.
//!
//! Input: the postings of the common words of a segment. Output: those of their pairs. Not here: which words are asked for.

use std::collections::BTreeMap;

use crate::search::keys::has_positions;
use crate::search::shard::{Class, Posting, Postings};
use crate::search::tables::{COMMON_PASSAGES, COMMON_SHARE};

/// Whether a key that `count` of the `passages` of a segment have gets postings with its common neighbours.
pub fn is_common(key: &str, count: usize, passages: u32) -> bool {
    let count = count as u64;
    count >= COMMON_PASSAGES && count * COMMON_SHARE >= u64::from(passages) && has_positions(key)
}

/// Common words while they are collected.
#[derive(Debug, Default)]
pub struct Common<K> {
    /// The words, each with its postings.
    words: Vec<(K, Vec<Posting>)>,
    /// Where they stand, as (passage, place, index of the word).
    stands: Vec<(u32, u32, u32)>,
}

impl<K: Copy + Ord> Common<K> {
    /// Adds a word: its postings, and the (passage, place) of each occurrence in any order.
    pub fn add(&mut self, key: K, postings: Vec<Posting>, stands: impl Iterator<Item = (u32, u32)>) {
        let word = self.words.len() as u32;
        self.words.push((key, postings));
        self.stands.extend(stands.map(|(passage, place)| (passage, place, word)));
    }

    /// The postings of each pair that stands somewhere. Each is the number of one of its first word, which has class and reach.
    pub fn pairs(mut self) -> BTreeMap<(K, K), Postings> {
        self.stands.sort_unstable();
        self.stands.dedup();
        let mut pairs: BTreeMap<(K, K), Postings> = BTreeMap::new();
        for (at, (passage, place, word)) in self.stands.iter().enumerate() {
            let (key, postings) = &self.words[*word as usize];
            let near = self.stands[at..].iter().take_while(|next| next.0 == *passage && next.1 <= place + 1);
            for (_, _, next) in near.filter(|next| next.1 == place + 1) {
                let pair = pairs.entry((*key, self.words[*next as usize].0)).or_default();
                if let Ok(found) = postings.binary_search_by_key(passage, |posting| posting.passage) {
                    pair.add(Posting { passage: found as u32, class: Class::Prose, reach: 0 }, *place);
                }
            }
        }
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting(passage: u32) -> Posting {
        Posting { passage, class: Class::Prose, reach: 0 }
    }

    #[test]
    fn neighbours_stand_where_the_first_of_them_stands() {
        // 3: safety partnership safety partnership; 5: partnership safety; 9: safety, partnership
        let mut common = Common::default();
        common.add('s', [3, 5, 9].map(posting).into(), [(3, 0), (3, 2), (5, 8), (9, 1)].into_iter());
        common.add('p', [3, 5, 9].map(posting).into(), [(3, 3), (3, 1), (3, 1), (5, 7), (9, 3)].into_iter());
        let pairs = common.pairs();
        assert_eq!(pairs.keys().collect::<Vec<_>>(), [&('p', 's'), &('s', 'p')]);
        let postings = |stands: &[(u32, &[u32])]| Postings {
            list: stands.iter().map(|(passage, _)| posting(*passage)).collect(),
            places: stands.iter().map(|(_, places)| places.to_vec()).collect(),
        };
        assert_eq!(pairs[&('s', 'p')], postings(&[(0, &[0, 2])]));
        assert_eq!(pairs[&('p', 's')], postings(&[(0, &[1]), (1, &[7])]));
    }

    #[test]
    fn common_is_what_many_passages_have() {
        assert!(is_common("board", 8, 192) && !is_common("board", 8, 193) && !is_common("board", 7, 8));
        assert!(!is_common("=ASB", 100, 100) && !is_common("~asb", 100, 100));
    }
}
