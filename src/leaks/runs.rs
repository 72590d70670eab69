//! Runs of words and parts of paths, as hashes.
//!
//! Input: words one after another, texts with paths in them. Output: hashes that are the same for the same words, and for the
//! same address however it is written. Not here: which of them matter.

use super::words::{Strand, Word, mixed};

/// So many words in a row are nobody else's by chance.
pub(super) const RUN: usize = 6;
/// An address has at least so many parts: one name alone is a part of many.
pub(super) const LEAST_PARTS: usize = 2;

/// The hash of a run.
pub(super) fn hash_of(run: &[Word]) -> u64 {
    hash(run.iter().map(|word| word.hash))
}

fn hash(words: impl ExactSizeIterator<Item = u64>) -> u64 {
    let length = words.len() as u64;
    words.fold(length, mixed)
}

/// The last words of a strand.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Window {
    hashes: [u64; RUN],
    length: usize,
}

impl Window {
    pub(super) fn clear(&mut self) {
        self.length = 0;
    }

    pub(super) fn push(&mut self, hash: u64, is_first: bool) {
        if is_first {
            self.clear();
        }
        self.hashes.rotate_left(1);
        self.hashes[RUN - 1] = hash;
        self.length = RUN.min(self.length + 1);
    }

    /// The last `length` words as a run; `None` if there were not so many.
    pub(super) fn run(&self, length: usize) -> Option<u64> {
        (length <= self.length).then(|| hash(self.hashes[RUN - length..].iter().copied()))
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
