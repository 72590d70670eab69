//! Shards, written: in which passages a word stands, and at which places in them.
//!
//! Input: the postings of keys. Output: files. Not here: which key goes into which shard (`postings.rs`), and reading
//! them, which is `search/shard.rs`.

use super::bytes::{BitWriter, framed, push_int, push_text};
use crate::search::shard::{Class, Posting};
use crate::search::tables::{ALL_PROSE, GAP_ESCAPE, LONGEST_REST, POSITION_BITS, REACH_BITS};

/// The bits of a list of postings, without their places.
pub fn encode(list: &[Posting]) -> Vec<u8> {
    let k = best(list);
    let plain = list.iter().all(|posting| posting.class == Class::Prose);
    let mut writer = BitWriter::default();
    writer.bits(k | if plain { ALL_PROSE } else { 0 }, 8);
    for (gap, posting) in gaps(list).zip(list) {
        if gap >> k >= GAP_ESCAPE {
            writer.bits((1 << GAP_ESCAPE) - 1, GAP_ESCAPE);
            writer.bits(gap, 32);
        } else {
            writer.unary(gap >> k);
            writer.bits(gap & ((1 << k) - 1), k);
        }
        match posting.class {
            Class::Prose if plain => {}
            Class::Label => writer.bits(0b11111, 5),
            class => writer.unary(class as u32 - Class::Prose as u32),
        }
        if posting.class == Class::Heading {
            writer.golomb(posting.reach, REACH_BITS);
        }
    }
    writer.finish()
}

fn gaps(list: &[Posting]) -> impl Iterator<Item = u32> + '_ {
    let befores = std::iter::once(0).chain(list.iter().map(|posting| posting.passage + 1));
    befores.zip(list).map(|(before, posting)| posting.passage - before)
}

/// The number of bits of a rest with which the gaps take the fewest bits, near the one that their mean proposes.
fn best(list: &[Posting]) -> u32 {
    let last = list.last().map_or(0, |posting| posting.passage);
    let mean = u64::from(last) * 11 / 16 / (list.len() as u64).max(1);
    let near = (mean + 1).ilog2();
    let size = |k: u32| gaps(list).map(|gap| u64::from((gap >> k).min(56) + k)).sum::<u64>();
    (near.saturating_sub(1)..=(near + 1).min(LONGEST_REST)).min_by_key(|k| size(*k)).unwrap_or(0)
}

/// The bits of the places of postings.
pub fn encode_places(places: &[Vec<u32>]) -> Vec<u8> {
    let mut writer = BitWriter::default();
    for places in places {
        writer.unary(places.len() as u32 - 1);
        let mut next = 0;
        for place in places {
            writer.golomb(place - next, POSITION_BITS);
            next = place + 1;
        }
    }
    writer.finish()
}

/// The postings of a key in a segment, ready to be written.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct List {
    /// How many they are.
    pub count: u32,
    /// Their bits.
    pub postings: Vec<u8>,
    /// The bits of their places.
    pub places: Vec<u8>,
}

/// The lists of a segment by their keys, ascending.
pub type Lists = Vec<(String, List)>;

/// A shard while it is filled.
#[derive(Debug, Default)]
pub struct ShardWriter {
    keys: u32,
    lists: u32,
    last: String,
    table: Vec<u8>,
    data: Vec<u8>,
    sizes: Vec<u8>,
    places: Vec<u8>,
}

impl ShardWriter {
    /// Adds a key, greater than those before, with its lists, each with the number of its segment, ascending.
    pub fn push<'list>(&mut self, key: &str, lists: impl Iterator<Item = (usize, &'list List)> + Clone) {
        let shared = self.last.bytes().zip(key.bytes()).take_while(|(a, b)| a == b).count();
        let shared = (0..=shared).rev().find(|at| key.is_char_boundary(*at)).unwrap_or(0);
        push_int(&mut self.table, shared as u32);
        push_text(&mut self.table, &key[shared..]);
        push_int(&mut self.table, lists.clone().map(|(segment, _)| 1 << segment).sum());
        for (_, list) in lists {
            push_int(&mut self.table, list.count);
            push_int(&mut self.table, list.postings.len() as u32);
            push_int(&mut self.sizes, list.places.len() as u32);
            self.data.extend_from_slice(&list.postings);
            self.places.extend_from_slice(&list.places);
            self.lists += 1;
        }
        key.clone_into(&mut self.last);
        self.keys += 1;
    }

    /// How many bytes the shard has so far.
    pub fn size(&self) -> usize {
        self.table.len() + self.data.len()
    }

    /// The shard, and the file of its places.
    pub fn finish(self) -> (Vec<u8>, Vec<u8>) {
        let payload = |count: u32, table: Vec<u8>, data: Vec<u8>| {
            let mut payload = Vec::with_capacity(table.len() + data.len() + 5);
            push_int(&mut payload, count);
            payload.extend_from_slice(&table);
            payload.extend_from_slice(&data);
            payload
        };
        (payload(self.keys, self.table, self.data), framed(&payload(self.lists, self.sizes, self.places)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::bytes::Broken;
    use crate::search::shard::{Postings, decode, decode_places, find, places_of};

    const CLASSES: [Class; 6] = [Class::Prose, Class::Record, Class::Heading, Class::Title, Class::Name, Class::Label];

    fn lists() -> Vec<Postings> {
        let mut state = 7_u32;
        let mut random = move |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % below
        };
        let mut lists = vec![Postings::default()];
        for (length, widest) in [(1, 2), (1, 4_000_000), (300, 2), (300, 40), (300, 90_000), (3000, 7), (3001, 7)] {
            let mut postings = Postings::default();
            let mut passage = random(widest);
            for index in 0..length {
                let class = if length % 2 == 1 { Class::Prose } else { CLASSES[random(6) as usize] };
                let reach = if class == Class::Heading { random(60) } else { 0 };
                postings.list.push(Posting { passage, class, reach });
                let first = random(200);
                postings.places.push((0..=random(3)).map(|place| first + place * (1 + random(5).min(1))).collect());
                // Now and then a gap that is far from the others.
                passage += 1 + random(widest) + if index % 97 == 96 { 1_000_000 } else { 0 };
            }
            for places in &mut postings.places {
                places.dedup();
            }
            lists.push(postings);
        }
        lists
    }

    #[test]
    fn lists_come_back() {
        for postings in lists() {
            let count = postings.list.len() as u32;
            assert_eq!(decode(&encode(&postings.list), count).as_ref(), Ok(&postings.list));
            assert_eq!(decode_places(&encode_places(&postings.places), count).as_ref(), Ok(&postings.places));
        }
    }

    #[test]
    fn what_is_cut_short_is_broken_and_never_a_panic() {
        for postings in lists() {
            let (count, data) = (postings.list.len() as u32, encode(&postings.list));
            assert_eq!(decode(&data, 8 * data.len() as u32 + 1), Err(Broken));
            for length in (0..data.len().saturating_sub(1)).step_by(7) {
                let _ = decode(&data[..length], count);
                let _ = decode_places(&data[..length], count);
            }
        }
        assert_eq!(decode_places(&[0xFF; 9], 1), Err(Broken));
    }

    #[test]
    fn keys_are_found_in_their_shard_alone() {
        let mut writer = ShardWriter::default();
        let mut keys = ["7.3", "7.30", "abus", "abuse", "burglari", "tŷ", "tŵr"];
        keys.sort_unstable();
        // In the first and the third segment, of each key one more posting than of that before.
        let list =
            |count: u8| List { count: u32::from(count), postings: vec![count; count as usize], places: vec![count] };
        let lists = |index: u8| [(0, list(2 * index)), (2, list(2 * index + 1))];
        for (index, key) in (1_u8..).zip(keys) {
            let lists = lists(index);
            writer.push(key, lists.iter().map(|(segment, list)| (*segment, list)));
        }
        let (shard, places) = writer.finish();
        for (index, key) in (1_u8..).zip(keys) {
            for (segment, list) in lists(index) {
                let found = find(&shard, key, segment).expect("the shard is whole").expect("the key is there");
                assert_eq!((found.count, found.data), (list.count, list.postings.as_slice()), "{key}");
                assert_eq!(places_of(&places, found.index), Ok(list.places.as_slice()));
            }
            assert_eq!(find(&shard, key, 1), Ok(None));
        }
        assert_eq!(find(&shard, "7.31", 0), Ok(None));
        assert_eq!(places_of(&places, 14), Err(Broken));
    }
}
