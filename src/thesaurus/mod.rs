//! A small thesaurus of everyday English: which words stand near which, and how near.
//!
//! Input: `english.bin`, which `distil.py` made (LICENCES.md says of what). Output: [`Thesaurus`]. Not here: which of these
//! words a site has, which is `index/near.rs`; when they are asked for, which is `search/`.
//!
//! The file is raw DEFLATE of ints (unsigned LEB128): how many words; of each, in the order of the alphabet: how many letters
//! it shares with the one before, how many follow, and these; then of each word: how many of its neighbours stand after it,
//! and of each of these, four times how many words further on, and its level less one.

use std::io::Read as _;
use std::sync::LazyLock;

use flate2::read::DeflateDecoder;

/// Words with their neighbours.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Thesaurus {
    /// The words in the order of the alphabet, of each the form that a dictionary has. Some have no neighbours: they are
    /// known to be words.
    pub words: Vec<String>,
    /// Neighbours, each pair once: (one word, another after it, how near they are, from 1 to 4), as numbers of `words`.
    pub pairs: Vec<(u32, u32, u8)>,
}

/// The thesaurus of English.
pub static ENGLISH: LazyLock<Thesaurus> = LazyLock::new(|| {
    let mut payload = Vec::new();
    let unpacked = DeflateDecoder::new(&include_bytes!("english.bin")[..]).read_to_end(&mut payload);
    let thesaurus = unpacked.ok().and_then(|_| decode(&payload));
    thesaurus.unwrap_or_else(|| unreachable!("the thesaurus inside the program is whole: a test reads it"))
});

/// What a file says; `None` if it is not of its form.
fn decode(payload: &[u8]) -> Option<Thesaurus> {
    let mut rest = payload;
    let mut thesaurus = Thesaurus::default();
    let mut word = String::new();
    let count = int(&mut rest)?;
    for _ in 0..count {
        word.truncate(int(&mut rest)? as usize);
        let length = int(&mut rest)? as usize;
        let (more, after) = rest.split_at_checked(length)?;
        word.push_str(std::str::from_utf8(more).ok()?);
        rest = after;
        thesaurus.words.push(word.clone());
    }
    for one in 0..count {
        let mut other = one;
        for _ in 0..int(&mut rest)? {
            let step = int(&mut rest)?;
            other += step >> 2;
            thesaurus.pairs.push((one, other, (step & 3) as u8 + 1));
        }
    }
    let fits = thesaurus.pairs.iter().all(|(one, other, _)| one < other && *other < count);
    (fits && rest.is_empty()).then_some(thesaurus)
}

/// The next int.
fn int(rest: &mut &[u8]) -> Option<u32> {
    let mut value = 0;
    for shift in (0..28).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        value |= u32::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(one: &str, other: &str) -> u8 {
        let (first, second) = (one.min(other), one.max(other));
        let number = |word: &str| ENGLISH.words.binary_search_by(|known| known.as_str().cmp(word)).map(|at| at as u32);
        let (Ok(first), Ok(second)) = (number(first), number(second)) else { return 0 };
        let pair = ENGLISH.pairs.iter().find(|(one, other, _)| (*one, *other) == (first, second));
        pair.map_or(0, |(_, _, level)| *level)
    }

    #[test]
    fn words_that_mean_the_same_are_near() {
        assert!(ENGLISH.words.is_sorted() && ENGLISH.words.len() > 10_000);
        for (one, other) in [("garbage", "rubbish"), ("jail", "prison"), ("booklet", "leaflet"), ("swindle", "fraud")] {
            assert!(level(one, other) > 0, "{one} and {other}");
        }
    }

    #[test]
    fn opposites_outcomes_and_groups_of_people_are_near_to_nothing_else() {
        for (one, other) in [
            ("agree", "reject"),
            ("safe", "unsafe"),
            ("safe", "dangerous"),
            ("increase", "decrease"),
            ("rise", "fall"),
            ("guilty", "innocent"),
            ("legal", "illegal"),
            ("happy", "unhappy"),
            ("muslim", "terrorist"),
            ("immigrant", "crime"),
            ("gypsy", "thief"),
            ("gay", "lesbian"),
            ("man", "woman"),
            ("victim", "perpetrator"),
        ] {
            assert_eq!(level(one, other), 0, "{one} and {other}");
        }
    }
}
