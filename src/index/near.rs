//! The words of everyday English that a site does not have, each with the nearest that it has.
//!
//! Input: the words of a site, its glossary, and the [`Thesaurus`]. Output: shards, as `search/FORMAT.md` ("`near`") says.
//! Not here: when they are asked for (`search/resolve.rs`), and the thesaurus itself.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::Xxh3;

use super::bytes::{framed, pack};
use crate::search::manifest::Near;
use crate::search::tables::{MOST_NEAR, NEAR_SHARD};
use crate::search::units::word_key;
use crate::thesaurus::ENGLISH;

/// The files of words that are near, named by their numbers, and what the manifest says of them. `uses`: the words of the
/// site in small letters.
pub fn near(uses: &BTreeMap<Box<str>, u32>) -> (Near, Vec<Vec<u8>>) {
    let lines = lines(uses);
    let mut shards: Vec<(String, String)> = Vec::new();
    for (key, neighbours) in &lines {
        if shards.last().is_none_or(|(_, text)| text.len() > NEAR_SHARD) {
            shards.push((key.clone(), String::new()));
        }
        if let Some((_, text)) = shards.last_mut() {
            text.push_str(key);
            neighbours.iter().for_each(|(word, level)| text.push_str(&format!(" {word}{level}")));
            text.push('\n');
        }
    }
    let files: Vec<Vec<u8>> = shards.iter().map(|(_, text)| framed(&pack(text.as_bytes()))).collect();
    let mut hasher = Xxh3::new();
    files.iter().for_each(|file| hasher.update(file));
    let firsts = shards.into_iter().map(|(first, _)| first).collect();
    (Near { name: format!("{:016x}", hasher.digest()), firsts }, files)
}

/// The key of each word that is known, with the nearest words of the site, the nearest first.
fn lines<'site>(uses: &'site BTreeMap<Box<str>, u32>) -> BTreeMap<String, Vec<(&'site str, u8)>> {
    // Of each key the shortest word, which new pages seldom change.
    let mut has: BTreeMap<String, &'site str> = BTreeMap::new();
    for (word, key) in uses.keys().filter_map(|word| Some((word.as_ref(), word_key(word, true)?))) {
        let known = has.entry(key).or_insert(word);
        *known = if word.len() < known.len() { word } else { *known };
    }
    let keys: Vec<Option<String>> = ENGLISH.words.iter().map(|word| word_key(word, true)).collect();
    let mut nearest: BTreeMap<&str, BTreeMap<&'site str, u8>> = BTreeMap::new();
    for key in keys.iter().flatten() {
        nearest.entry(key).or_default();
    }
    for (one, other, level) in &ENGLISH.pairs {
        for (from, to) in [(*one as usize, *other as usize), (*other as usize, *one as usize)] {
            let (Some(from), Some(key)) = (&keys[from], &keys[to]) else { continue };
            if let Some(word) = has.get(key).filter(|_| from != key) {
                let known = nearest.entry(from).or_default().entry(word).or_default();
                *known = (*level).max(*known);
            }
        }
    }
    let best = |neighbours: BTreeMap<&'site str, u8>| {
        let mut best: Vec<(&'site str, u8)> = neighbours.into_iter().collect();
        best.sort_by_key(|(word, level)| (std::cmp::Reverse(*level), *word));
        best.truncate(MOST_NEAR);
        best
    };
    nearest.into_iter().map(|(key, neighbours)| (key.to_owned(), best(neighbours))).collect()
}
