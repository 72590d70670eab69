//! Postings: where each key occurs, collected while the texts of a segment are read.
//!
//! Input: occurrences of keys. Output: a list for each key. Not here: its bits (`shard.rs`), which keys are in one file
//! (`files.rs`), and what a key is.

use std::collections::BTreeMap;

use super::bytes::push_int;
use super::pairs::{Common, is_common};
use super::shard::{List, encode, encode_places};
use crate::search::bytes::Reader;
use crate::search::keys::{Key, has_positions, pair_key};
use crate::search::shard::{Class, Posting, Postings};
use crate::search::words::Words;

/// The occurrences of a key.
#[derive(Debug, Default)]
struct Term {
    /// The passage of the last one.
    last: u32,
    /// For each occurrence, (passages since the one before · 8 + class) and the place, as ints.
    bytes: Vec<u8>,
}

impl Term {
    /// Where the key occurs, as (passage, class, place).
    fn occurrences(&self) -> impl Iterator<Item = (u32, Class, u32)> + '_ {
        let mut reader = Reader::new(&self.bytes);
        let mut passage = 0;
        std::iter::from_fn(move || {
            let (step, place) = (reader.int().ok()?, reader.int().ok()?);
            passage += step >> 3;
            Some((passage, Class::of_number(step & 7), place))
        })
    }

    /// The postings of the key. `reaches`: how many passages the heading at each passage covers.
    fn postings(&self, reaches: &[u32]) -> Postings {
        let mut postings = Postings::default();
        for (passage, class, place) in self.occurrences() {
            postings.add(Posting { passage, class, reach: 0 }, place);
        }
        for posting in postings.list.iter_mut().filter(|posting| posting.class == Class::Heading) {
            posting.reach = reaches[posting.passage as usize];
        }
        postings
    }
}

/// The occurrences of all keys of a segment, by the numbers of the keys.
#[derive(Debug, Default)]
pub struct Occurrences {
    terms: Vec<Term>,
}

impl Occurrences {
    /// Adds an occurrence of a key. Passages come in ascending order.
    pub fn add(&mut self, key: Key, passage: u32, class: Class, place: u32) {
        let index = key as usize;
        if index >= self.terms.len() {
            self.terms.resize_with(index + 1, Term::default);
        }
        let term = &mut self.terms[index];
        push_int(&mut term.bytes, (passage - term.last) << 3 | class as u32);
        push_int(&mut term.bytes, place);
        term.last = passage;
    }

    /// The lists by their keys, ascending. What has postings is a key, or two common ones side by side. `words` has the names of
    /// the keys; `reaches`: how many passages the heading at each passage of the segment covers.
    pub fn lists(self, words: &Words, reaches: &[u32]) -> Vec<(String, List)> {
        let pair = |one: Key, other: Key| pair_key(words.name(one), words.name(other));
        let pairs = self.pairs(words, reaches).into_iter();
        let mut lists: Vec<(String, List)> =
            pairs.map(|((one, other), postings)| listed(pair(one, other), &postings)).collect();
        let terms = (0..).zip(&self.terms).filter(|(_, term)| !term.bytes.is_empty());
        lists.extend(terms.map(|(key, term)| listed(words.name(key).to_owned(), &term.postings(reaches))));
        lists.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        lists
    }

    /// The postings of common words that stand side by side.
    fn pairs(&self, words: &Words, reaches: &[u32]) -> BTreeMap<(Key, Key), Postings> {
        let passages = reaches.len() as u32;
        let mut common = Common::default();
        for (key, term) in (0..).zip(&self.terms) {
            // An occurrence has two bytes at least.
            if term.bytes.is_empty() || !is_common(words.name(key), term.bytes.len() / 2, passages) {
                continue;
            }
            let list = term.postings(reaches).list;
            if is_common(words.name(key), list.len(), passages) {
                common.add(key, list, term.occurrences().map(|(passage, _, place)| (passage, place)));
            }
        }
        common.pairs()
    }
}

/// A key with its postings as they are written.
fn listed(key: String, postings: &Postings) -> (String, List) {
    let places = if has_positions(&key) { encode_places(&postings.places) } else { Vec::new() };
    (key, List { count: postings.list.len() as u32, postings: encode(&postings.list), places })
}
