//! The files of words: shards of all segments but the recent and the latest, each of a row of keys, and buckets, which have what is known of
//! the words that begin alike and where the recent segment has them.
//!
//! Input: the lists of each segment, the words of the site, and what is near to them. Output: files. Not here: the bits of a
//! list (`shard.rs`), and reading them, which is `search/files.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use xxhash_rust::xxh3::Xxh3;

use super::bytes::{digit, framed, pack, push_int};
use super::near::{Near, Neighbours};
use super::segment::{Put, SegmentSummary};
use super::shard::{List, Lists, ShardWriter, encode};
use crate::search::bucket::{is_word, name_of};
use crate::search::bytes::fnv;
use crate::search::keys::{by_page_key, is_pages_key};
use crate::search::manifest::Shards;
use crate::search::shard::{Class, Posting, decode};
use crate::search::units::word_key;

/// About how many bytes a shard has on a small site; on large ones it is a little longer.
const SHARD: usize = 4096;

/// Buckets that are there even if nothing begins so: they are asked for before anybody knows which there are.
fn always() -> impl Iterator<Item = u8> {
    (b'a'..=b'z').chain(b'0'..=b'9').chain(*b"~@=").chain("£".bytes().take(1))
}

/// Writes the shards of segments in the order of time, and gives what the manifest says of them. A key with many postings has
/// a shard of its own. `limits`: how many bytes the lists of a key have before they are long, and of how many a question may ask.
///
/// # Errors
/// Those of `put`.
pub fn shards<E>(segments: &[SegmentSummary], limits: (u32, u32), put: Put<'_, E>) -> Result<Shards, E> {
    let mut lists: Vec<(&str, usize, &List)> = Vec::new();
    for (number, segment) in segments.iter().enumerate() {
        lists.extend(segment.lists.iter().map(|(key, list)| (key.as_str(), number, list)));
    }
    lists.sort_unstable_by_key(|(key, number, _)| (*key, *number));
    let long = long_lists(&lists, limits.0);
    let by_page = by_page(segments, &lists, &long);
    lists.extend(by_page.iter().map(|(key, number, list)| (key.as_str(), *number, list)));
    lists.sort_unstable_by_key(|(key, number, _)| (*key, *number));
    let target = SHARD + lists.iter().map(|(.., list)| list.postings.len()).sum::<usize>() / SHARD;
    let mut all = Shards { long, whole: limits.1, ..Shards::default() };
    let (mut files, mut open, mut last) = (Vec::new(), ShardWriter::default(), "");
    for of_key in lists.chunk_by(|(one, ..), (other, ..)| one == other) {
        let size: usize = of_key.iter().map(|(.., list)| list.postings.len()).sum();
        let alone = size >= target / 2;
        if open.size() > 0 && (alone || open.size() + size > target) {
            files.push(std::mem::take(&mut open).finish());
        }
        let key = of_key[0].0;
        if open.size() == 0 {
            all.firsts.push(dividing(last, key).to_owned());
        }
        last = key;
        open.push(key, of_key.iter().map(|(_, number, list)| (*number, *list)));
        if alone {
            files.push(std::mem::take(&mut open).finish());
        }
    }
    if open.size() > 0 {
        files.push(open.finish());
    }
    let mut hasher = Xxh3::new();
    for (shard, places) in &files {
        hasher.update(shard);
        hasher.update(places);
    }
    if !files.is_empty() {
        all.name = format!("{:016x}", hasher.digest());
    }
    for (number, (shard, places)) in files.into_iter().enumerate() {
        put(format!("search/{}/{number}.bin", all.name), framed(&shard))?;
        put(format!("search/{}/p{number}.bin", all.name), places)?;
    }
    Ok(all)
}

/// The keys of which the lists have more bytes than this together: how many these are, and how many postings. Pairs are counted out of
/// the lists of their first words, and what is counted in pages is short.
fn long_lists(lists: &[(&str, usize, &List)], limit: u32) -> BTreeMap<String, (u32, u32)> {
    let of_key = lists.chunk_by(|(one, ..), (other, ..)| one == other);
    let sized = of_key.map(|lists| {
        let sum = |of: fn(&List) -> u32| lists.iter().map(|(.., list)| of(list)).sum::<u32>();
        (lists[0].0, (sum(|list| list.postings.len() as u32), sum(|list| list.count)))
    });
    let is_long = |(key, (bytes, _)): &(&str, (u32, u32))| *bytes > limit && !key.contains(' ') && !is_pages_key(key);
    sized.filter(is_long).map(|(key, size)| (key.to_owned(), size)).collect()
}

/// On which pages keys with long lists stand, each with the number of its segment. What its title says is told.
fn by_page(
    segments: &[SegmentSummary],
    lists: &[(&str, usize, &List)],
    long: &BTreeMap<String, (u32, u32)>,
) -> Vec<(String, usize, List)> {
    let starts: Vec<Vec<u32>> = segments.iter().map(|segment| segment.core.starts()).collect();
    let pages = |number: usize, list: &List| {
        let mut pages: Vec<Posting> = Vec::new();
        let postings = decode(&list.postings, list.count);
        for posting in postings.unwrap_or_else(|_| unreachable!("the list was written just now")) {
            let page = starts[number].partition_point(|first| *first <= posting.passage) - 1;
            let of_head =
                posting.passage == starts[number][page] && matches!(posting.class, Class::Title | Class::Name);
            let class = if of_head { posting.class } else { Class::Prose };
            if pages.last().is_none_or(|last| last.passage != page as u32) {
                pages.push(Posting { passage: page as u32, class, reach: 0 });
            }
        }
        List { count: pages.len() as u32, postings: encode(&pages), places: Vec::new() }
    };
    let long = lists.iter().filter(|(key, ..)| long.contains_key(*key));
    long.map(|(key, number, list)| (by_page_key(key), *number, pages(*number, list))).collect()
}

/// Writes the buckets, and gives what the manifest says of them: their checks. `passages`: how many have each key; `recent`: the
/// folder and the lists of the recent segment; `uses`: the words of the site in small letters.
///
/// # Errors
/// Those of `put`.
pub fn buckets<E>(
    passages: &BTreeMap<&str, u32>,
    recent: Option<(&str, &Lists)>,
    uses: &BTreeMap<Box<str>, u32>,
    near: &Neighbours<'_>,
    put: Put<'_, E>,
) -> Result<BTreeMap<String, u32>, E> {
    let mut buckets: BTreeMap<u8, Vocabulary> = always().map(|first| (first, Vocabulary::default())).collect();
    for (key, count) in passages {
        let Some(first) = key.bytes().next() else { continue };
        let vocabulary = buckets.entry(first).or_default();
        if is_word(key) {
            vocabulary.keys.insert(key, (*count, Vec::new()));
        }
    }
    for (key, list) in recent.iter().flat_map(|(_, lists)| lists.iter()) {
        if let Some(vocabulary) = key.bytes().next().and_then(|first| buckets.get_mut(&first)) {
            vocabulary.lists.push((key, list));
        }
    }
    for (word, uses) in uses {
        let key = word_key(word, near.stem).unwrap_or_default();
        let known = key.bytes().next().and_then(|first| buckets.get_mut(&first)?.keys.get_mut(key.as_str()));
        if let Some((_, words)) = known {
            words.push((word, *uses));
        }
        // Whoever mistypes the first letter often types the second in its place.
        if let [first, second, _, _, ..] = word.as_bytes()
            && first != second
            && let Some(other) = buckets.get_mut(second)
        {
            other.further.push((word, *uses));
        }
    }
    for (key, neighbours) in &near.lines {
        if let Some(first) = key.bytes().next() {
            buckets.entry(first).or_default().near.push((key, neighbours));
        }
    }
    let mut checks = BTreeMap::new();
    for (first, vocabulary) in buckets {
        if let Some((folder, _)) = recent {
            put(format!("search/{folder}/p{first:02x}.bin"), shard_of(&vocabulary.lists).1)?;
        }
        for (name, payload) in vocabulary.parts(first) {
            put(format!("search/words/{name}.bin"), framed(&payload))?;
            checks.insert(name, fnv(&payload));
        }
    }
    Ok(checks)
}

/// What is known of the words of the latest segment, as one bucket: where they stand, and of those that none of `passages` has what
/// they are and what is near to them. Its places are a file.
///
/// # Errors
/// Those of `put`.
pub fn latest_bucket<E>(
    (folder, lists): (&str, &Lists),
    passages: &BTreeMap<&str, u32>,
    new: &BTreeMap<Box<str>, u32>,
    near: &Neighbours<'_>,
    put: Put<'_, E>,
) -> Result<Vec<u8>, E> {
    let mut vocabulary = Vocabulary::default();
    vocabulary.lists.extend(lists.iter().map(|(key, list)| (key.as_str(), list)));
    for (key, list) in lists.iter().filter(|(key, _)| is_word(key) && !passages.contains_key(key.as_str())) {
        vocabulary.keys.insert(key, (list.count, Vec::new()));
    }
    for (word, uses) in new {
        let key = word_key(word, near.stem).unwrap_or_default();
        if let Some((_, words)) = vocabulary.keys.get_mut(key.as_str()) {
            words.push((word, *uses));
        }
    }
    let lines = near.lines.iter().filter(|(_, neighbours)| !neighbours.is_empty());
    vocabulary.near.extend(lines.map(|(key, neighbours)| (key.as_str(), neighbours.as_slice())));
    put(format!("search/{folder}/p.bin"), shard_of(&vocabulary.lists).1)?;
    Ok(vocabulary.payload(0..vocabulary.lists.len(), |_| true))
}

/// A word of the site, and how often it is used.
type Used<'site> = (&'site str, u32);

/// What is known of the words that begin alike.
#[derive(Default)]
struct Vocabulary<'site> {
    /// Each key that is a word: how many passages have it, and the words with their uses.
    keys: BTreeMap<&'site str, (u32, Vec<Used<'site>>)>,
    /// Words of which the byte is the second.
    further: Vec<Used<'site>>,
    near: Vec<(&'site str, &'site [Near<'site>])>,
    /// Where the segment has its keys.
    lists: Vec<(&'site str, &'site List)>,
}

impl Vocabulary<'_> {
    /// What the buckets hold of the words that begin with a byte, each with its name. Each has all the words, since a mistyped one may
    /// begin as those of another do.
    fn parts(&self, first: u8) -> Vec<(String, Vec<u8>)> {
        let names: BTreeSet<String> = (0..=u8::MAX).filter_map(|second| name_of(&[first, second])).collect();
        let mut before = 0;
        let part = |name: String| {
            let is_in = |key: &str| name_of(key.as_bytes()).as_ref() == Some(&name);
            let lists = before..before + self.lists[before..].iter().take_while(|(key, _)| is_in(key)).count();
            before = lists.end;
            let payload = self.payload(lists, is_in);
            (name, payload)
        };
        names.into_iter().map(part).collect()
    }

    /// What a bucket holds that has some of the lists, and what is near to some of the keys.
    fn payload(&self, lists: Range<usize>, is_in: impl Fn(&str) -> bool) -> Vec<u8> {
        let packed = pack(self.lines(is_in).as_bytes());
        let mut payload = Vec::new();
        push_int(&mut payload, packed.len() as u32);
        payload.extend_from_slice(&packed);
        push_int(&mut payload, lists.start as u32);
        payload.extend_from_slice(&shard_of(&self.lists[lists]).0);
        payload
    }

    fn lines(&self, is_in: impl Fn(&str) -> bool) -> String {
        let mut text = String::new();
        let mut write = |cell: std::fmt::Arguments<'_>| {
            text.write_fmt(cell).unwrap_or_else(|error| unreachable!("a text can be written: {error}"));
        };
        for (key, (count, words)) in &self.keys {
            write(format_args!("{key}{}", digit(*count)));
            words.iter().for_each(|(word, uses)| write(format_args!(" {word}{}", digit(*uses))));
            write(format_args!("\n"));
        }
        // An empty line, even where there is no word.
        write(format_args!("{}", if self.keys.is_empty() { "\n\n" } else { "\n" }));
        self.further.iter().for_each(|(word, uses)| write(format_args!("{word}{} ", digit(*uses))));
        write(format_args!("\n\n"));
        for (key, neighbours) in self.near.iter().filter(|(key, _)| is_in(key)) {
            write(format_args!("{key}"));
            neighbours.iter().for_each(|(word, level, common)| write(format_args!(" {word}{level}{common}")));
            write(format_args!("\n"));
        }
        text
    }
}

/// The shard of lists of one segment, and the file of their places.
fn shard_of(lists: &[(&str, &List)]) -> (Vec<u8>, Vec<u8>) {
    let mut shard = ShardWriter::default();
    lists.iter().for_each(|(key, list)| shard.push(key, std::iter::once((0, *list))));
    shard.finish()
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
