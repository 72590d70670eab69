//! The words of everyday English, each with the nearest that a site has.
//!
//! Input: the words of a site, and the [`Thesaurus`]. Output: [`Neighbours`]. Not here: when they are asked for
//! (`search/wide.rs`), and the thesaurus itself.

use std::collections::BTreeMap;

use super::bytes::digit;
use crate::search::tables::MOST_NEAR;
use crate::search::units::word_key;
use crate::thesaurus::ENGLISH;

/// A word of the site that is near to another: the word, how near, and how many passages have it, as a digit.
pub type Near<'site> = (&'site str, u8, u32);

/// Which words of a site are near to which.
#[derive(Debug, Default)]
pub struct Neighbours<'site> {
    /// Whether the words are English.
    pub stem: bool,
    /// The key of each word that is known, ascending, with the nearest words of the site, the nearest first.
    pub lines: Vec<(String, Vec<Near<'site>>)>,
}

/// How near a word of the glossary is to the words of its meaning.
const MEANING: u8 = 2;

/// A word of a meaning says something of it if it is in one of so many passages, at most, as a power of 4.
const SAYS_SOMETHING: u32 = 3;

/// The neighbours of words. `uses`: the words of the site in small letters; `passages`: how many passages have a key; `meanings`:
/// concepts of the glossary, each with the keys of its meaning; `all`: how many passages there are.
pub fn near<'site>(
    uses: &'site BTreeMap<Box<str>, u32>,
    passages: &BTreeMap<&str, u32>,
    meanings: &'site [(String, Vec<String>)],
    all: u32,
) -> Neighbours<'site> {
    // Of each key the shortest word, which new pages seldom change.
    let mut has: BTreeMap<String, &'site str> = BTreeMap::new();
    for (word, key) in uses.keys().filter_map(|word| Some((word.as_ref(), word_key(word, true)?))) {
        let known = has.entry(key).or_insert(word);
        *known = if word.len() < known.len() { word } else { *known };
    }
    let keys: Vec<Option<String>> = ENGLISH.words.iter().map(|word| word_key(word, true)).collect();
    let mut nearest: BTreeMap<&str, BTreeMap<&'site str, (u8, u32)>> = BTreeMap::new();
    for key in keys.iter().flatten() {
        nearest.entry(key).or_default();
    }
    for (one, other, level) in &ENGLISH.pairs {
        for (from, to) in [(*one as usize, *other as usize), (*other as usize, *one as usize)] {
            let (Some(from), Some(key)) = (&keys[from], &keys[to]) else { continue };
            if let Some(word) = has.get(key).filter(|_| from != key) {
                let common = digit(passages.get(key.as_str()).copied().unwrap_or(0));
                let known = nearest.entry(from).or_default().entry(word).or_insert((0, common));
                known.0 = (*level).max(known.0);
            }
        }
    }
    let best = |neighbours: BTreeMap<&'site str, (u8, u32)>| {
        let mut best: Vec<Near<'site>> =
            neighbours.into_iter().map(|(word, (level, common))| (word, level, common)).collect();
        best.sort_by_key(|(word, level, _)| (std::cmp::Reverse(*level), *word));
        best.truncate(MOST_NEAR);
        best
    };
    let mut lines: BTreeMap<String, Vec<Near<'site>>> =
        nearest.into_iter().map(|(key, neighbours)| (key.to_owned(), best(neighbours))).collect();
    let common = |key: &str| passages.get(key).map(|passages| digit(*passages));
    for (concept, keys) in meanings {
        let Some(its) = common(concept) else { continue };
        for key in keys.iter().filter(|key| common(key).is_none_or(|common| common + SAYS_SOMETHING <= digit(all))) {
            let near = lines.entry(key.clone()).or_default();
            if !near.iter().any(|(other, ..)| other == concept) {
                near.push((concept, MEANING, its));
            }
        }
    }
    Neighbours { stem: true, lines: lines.into_iter().collect() }
}
