//! Runs of words and parts of paths, as hashes.
//!
//! Input: words one after another, texts with paths in them. Output: hashes that are the same for the same words, and for the
//! same address however it is written. Not here: which of them matter.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use super::words::{Strand, Word, mixed};

/// So many words in a row are nobody else's by chance.
pub(super) const RUN: usize = 6;
/// An address has at least so many parts: one name alone is a part of many.
pub(super) const LEAST_PARTS: usize = 2;

/// The hash of a run.
pub(super) fn hash_of(run: &[Word]) -> u64 {
    run.iter().map(|word| word.hash).fold(run.len() as u64, mixed)
}

/// The last words of a strand.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Window {
    /// The newest stands before `next`, and so on round.
    hashes: [u64; SLOTS],
    next: usize,
    length: usize,
}

/// At least as many as words in a run, and a power of two.
const SLOTS: usize = 8;

impl Window {
    pub(super) fn clear(&mut self) {
        self.length = 0;
    }

    pub(super) fn push(&mut self, hash: u64, is_first: bool) {
        if is_first {
            self.clear();
        }
        self.hashes[self.next] = hash;
        self.next = (self.next + 1) % SLOTS;
        self.length = RUN.min(self.length + 1);
    }

    /// The last `length` words as a run; `None` if there were not so many.
    pub(super) fn run(&self, length: usize) -> Option<u64> {
        let word = |back: usize| self.hashes[(self.next + SLOTS - back) % SLOTS];
        (length <= self.length).then(|| (1..=length).rev().map(word).fold(length as u64, mixed))
    }
}

/// A map whose keys are hashes of ours, so that there is nothing left to mix.
pub(super) type HashedMap<Value> = HashMap<u64, Value, BuildHasherDefault<Hashed>>;
/// The same for a set.
pub(super) type HashedSet = HashSet<u64, BuildHasherDefault<Hashed>>;

/// Takes a hash as it is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = mixed(self.0, u64::from(*byte));
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// Which hashes may be among some: a bit for the end of each, so that one that is not costs one look.
#[derive(Debug, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// How many bits there are for each hash, as a power of two.
    const FOR_ONE: usize = 16;

    /// Of these hashes.
    pub(super) fn of(hashes: impl ExactSizeIterator<Item = u64>) -> Self {
        let mut bits = Self(vec![0; (hashes.len().max(64) * Self::FOR_ONE).next_power_of_two() / 64]);
        for hash in hashes {
            let (place, bit) = bits.bit(hash);
            bits.0[place] |= bit;
        }
        bits
    }

    /// Whether this hash may be among them.
    pub(super) fn may_have(&self, hash: u64) -> bool {
        let (place, bit) = self.bit(hash);
        self.0.get(place).is_some_and(|bits| bits & bit != 0)
    }

    fn bit(&self, hash: u64) -> (usize, u64) {
        let at = hash as usize & (self.0.len() * 64).saturating_sub(1);
        (at / 64, 1 << (at % 64))
    }
}

/// The hash of an address, by its parts.
pub(super) fn hash_of_parts(parts: &[&str]) -> u64 {
    parts.iter().fold(parts.len() as u64, |hash, part| {
        part.bytes().fold(mixed(hash, 0), |hash, byte| mixed(hash, u64::from(byte.to_ascii_lowercase())))
    })
}

/// Hands the parts of each path in `text` to `found`, with where it begins; of a whole address, those behind the host.
pub(super) fn each_path(text: &str, mut found: impl FnMut(&[&str], usize)) {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'%');
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(slash) = bytes[at..].iter().position(|byte| *byte == b'/').map(|slash| at + slash) {
        let start = bytes[at..slash].iter().rposition(|byte| !is_part(*byte)).map_or(at, |before| at + before + 1);
        let length = bytes[slash..].iter().position(|byte| !is_part(*byte) && *byte != b'/');
        at = length.map_or(bytes.len(), |length| slash + length);
        let path = text.get(start..at).unwrap_or_default();
        let path = ["index.html", ".html", ".md"].iter().fold(path, |path, end| path.strip_suffix(end).unwrap_or(path));
        let parts = path.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
        let parts: Vec<&str> = parts.skip(usize::from(path.starts_with("//"))).collect();
        if parts.len() >= LEAST_PARTS {
            found(&parts, start);
        }
    }
}

/// Both strands of a text, each with its last words.
pub(super) fn strand(windows: &mut [Window; 2], strand: Strand) -> &mut Window {
    &mut windows[strand as usize]
}
