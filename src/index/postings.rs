//! Postings: where each key occurs, collected while the texts of a segment are read, and cut into shards.
//!
//! Input: occurrences of keys. Output: the files of the shards, and where each begins. Not here: the bits of a shard
//! (`shard.rs`), and what a key is.

use std::collections::BTreeMap;

use super::bytes::push_int;
use super::pairs::{Common, is_common};
use super::shard::{ShardWriter, encode, encode_places};
use crate::search::bytes::Reader;
use crate::search::keys::{Key, has_positions, pair_key};
use crate::search::shard::{Class, Posting, Postings};
use crate::search::words::Words;

/// About how many bytes a shard has in a small segment; in large ones it is a little longer.
const SHARD: usize = 3072;

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

    /// The shards. What has postings is a key, or two common ones side by side. `words` has the names of the keys;
    /// `reaches`: how many passages the heading at each passage of the segment covers.
    pub fn shards(self, words: &Words, reaches: &[u32]) -> Shards {
        let size: usize = self.terms.iter().map(|term| term.bytes.len()).sum();
        let mut shards = Shards { target: SHARD + size / 4096, ..Shards::default() };
        let pair = |one: Key, other: Key| pair_key(words.name(one), words.name(other));
        let pairs = self.pairs(words, reaches).into_iter();
        let mut order: Vec<(String, Result<Key, Postings>)> =
            pairs.map(|((one, other), postings)| (pair(one, other), Err(postings))).collect();
        let terms = (0..).zip(&self.terms).filter(|(_, term)| !term.bytes.is_empty());
        order.extend(terms.map(|(key, _)| (words.name(key).to_owned(), Ok(key))));
        order.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        for (name, key) in order {
            let postings = key.map_or_else(|pair| pair, |key| self.terms[key as usize].postings(reaches));
            shards.push(&name, &postings);
        }
        shards.end();
        shards
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

/// The shards of a segment. A key with many postings has one of its own.
#[derive(Debug, Default)]
pub struct Shards {
    /// The name of each file, and its bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// Where each shard begins: a text that is greater than every key before, and not greater than its first.
    pub firsts: Vec<String>,
    /// About how many bytes a shard has.
    target: usize,
    open: ShardWriter,
    /// The last key.
    last: String,
}

impl Shards {
    fn push(&mut self, key: &str, postings: &Postings) {
        let data = encode(&postings.list);
        let places = if has_positions(key) { encode_places(&postings.places) } else { Vec::new() };
        let alone = data.len() >= self.target / 2;
        if alone || self.open.size() + data.len() > self.target {
            self.end();
        }
        if self.open.size() == 0 {
            self.firsts.push(dividing(&self.last, key).to_owned());
        }
        key.clone_into(&mut self.last);
        self.open.push(key, postings.list.len() as u32, &data, &places);
        if alone {
            self.end();
        }
    }

    fn end(&mut self) {
        if self.open.size() > 0 {
            let number = self.firsts.len() - 1;
            let (postings, places) = std::mem::take(&mut self.open).finish();
            self.files.push((number.to_string(), postings));
            self.files.push((format!("p{number}"), places));
        }
    }
}

/// The shortest beginning of `key` that is greater than `before`, which is smaller than `key`.
fn dividing<'key>(before: &str, key: &'key str) -> &'key str {
    let same = before.chars().zip(key.chars()).take_while(|(one, other)| one == other).count();
    key.char_indices().nth(same + 1).map_or(key, |(end, _)| &key[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_begins_where_it_can_be_told_from_the_one_before() {
        for (before, key, begins) in [
            ("", "7.3", "7"),
            ("abus", "abuse", "abuse"),
            ("burglari", "burn", "burn"),
            ("tŵr", "tŷ", "tŷ"),
            ("a b", "ab", "ab"),
        ] {
            assert_eq!(dividing(before, key), begins);
            assert!(before < begins && begins <= key);
        }
    }
}
