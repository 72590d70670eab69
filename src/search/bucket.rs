//! The words that begin alike: which the site has and how common they are, which words are near to which, and where those
//! of the recent segment stand; or, of the latest, all that is known.
//!
//! Input: a file of `words`. Output: a [`Bucket`]. Not here: which words are near, which is `index/near.rs`; which word was
//! meant (`correct.rs`), and when neighbours are asked for (`wide.rs`).

use std::collections::BTreeMap;

use super::bytes::{Broken, Reader, fnv, unframed, unpack};
use super::tables::{CUT_LETTERS, CUTS};

/// The name of the file with what is known of the words that begin as `key` does: its first byte, and where many begin with this, to
/// which of four parts the second belongs. `None` for no key.
pub fn name_of(key: &[u8]) -> Option<String> {
    let first = key.first()?;
    let second = key.get(1).copied().unwrap_or(0);
    let part = CUTS.bytes().filter(|cut| second >= *cut).count();
    Some(if CUT_LETTERS.as_bytes().contains(first) { format!("{first:02x}{part}") } else { format!("{first:02x}") })
}

/// What is known of the words that begin alike.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bucket {
    /// The check of the file, which the manifest has too.
    pub check: u32,
    /// Each key that is a word and begins with the same byte, with how many passages have it.
    pub keys: BTreeMap<String, u32>,
    /// Words as they are spelt, each with how often it is used.
    pub words: Vec<(String, u32)>,
    /// Words of which the byte is the second, in the same form: for whoever mistypes the first.
    pub further: Vec<(String, u32)>,
    /// The neighbours of each word that is known to be English, the nearest first.
    pub near: BTreeMap<String, Vec<Nearby>>,
    /// The shard of the recent segment; of the latest, if it is the bucket of that.
    pub shard: Vec<u8>,
    /// How many lists of places stand before those of the shard.
    pub before: u32,
}

/// A word of the site that is near to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearby {
    /// The word, or the key of a concept.
    pub word: String,
    /// How near it is, from 1 to 4.
    pub level: u32,
    /// How many passages have it.
    pub common: u32,
}

impl Bucket {
    /// Reads a file. Numbers of uses are digits: ⌊log₄⌋.
    ///
    /// # Errors
    /// If it is broken.
    pub fn decode(file: &[u8]) -> Result<Self, Broken> {
        Self::read(unframed(file)?)
    }

    /// Reads what a file holds.
    ///
    /// # Errors
    /// If it is broken.
    pub fn read(payload: &[u8]) -> Result<Self, Broken> {
        let mut reader = Reader::new(payload);
        let length = reader.int()? as usize;
        let text = String::from_utf8(unpack(reader.bytes(length)?)?).map_err(|_| Broken)?;
        let (words, rest) = text.split_once("\n\n").ok_or(Broken)?;
        let (further, near) = rest.split_once("\n\n").ok_or(Broken)?;
        let before = reader.int()?;
        let mut bucket = Self { check: fnv(payload), shard: reader.rest.to_vec(), before, ..Self::default() };
        for line in words.lines() {
            let mut cells = line.split(' ').map(|cell| digit(cell).ok_or(Broken));
            bucket.keys.extend(cells.next().transpose()?);
            for word in cells {
                bucket.words.push(word?);
            }
        }
        for cell in further.split(' ').filter(|cell| !cell.is_empty()) {
            bucket.further.push(digit(cell).ok_or(Broken)?);
        }
        for line in near.lines() {
            let (key, cells) = line.split_once(' ').unwrap_or((line, ""));
            let cells = cells.split(' ').filter(|cell| !cell.is_empty()).map(|cell| nearby(cell).ok_or(Broken));
            bucket.near.insert(key.to_owned(), cells.collect::<Result<_, Broken>>()?);
        }
        Ok(bucket)
    }
}

/// A word and the digit after it.
fn digit(cell: &str) -> Option<(String, u32)> {
    let (at, digit) = cell.char_indices().next_back()?;
    Some((cell[..at].to_owned(), digit.to_digit(10)?))
}

fn nearby(cell: &str) -> Option<Nearby> {
    let (word, common) = digit(cell)?;
    let (word, level) = digit(&word)?;
    Some(Nearby { word, level, common })
}

/// Whether a key is a word of letters, which its bucket names.
pub fn is_word(key: &str) -> bool {
    !key.starts_with(['~', '@', '=', '£']) && !key.bytes().any(|byte| byte.is_ascii_digit() || byte == b' ')
}
