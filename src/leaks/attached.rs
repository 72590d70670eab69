//! The files that documents publish beside their texts, as far as their words matter.
//!
//! Input: what was heard in them, and which of them a person has looked at. Output: the same for the gate. Not here: how words are
//! heard (`ear.rs`) and judged (`heard.rs`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::ear::Ear;
use super::heard::Heard;
use crate::model::Withheld;
use crate::source::{Attachment, FileProvider, Sources};

/// What was heard in files, by their paths from the site's root.
pub type HeardIn = BTreeMap<Box<str>, Heard>;

/// What the words of attached files have in common with something withheld.
#[derive(Debug, Default)]
pub struct Attached {
    /// Made when the first file with words is published beside something withheld.
    ear: OnceLock<Ear>,
    heard: HeardIn,
    /// The checksums of files that a person has looked at. They are not listened to.
    checked: BTreeSet<u128>,
}

impl Attached {
    /// Nothing heard yet; a person has looked at the files with these checksums.
    #[must_use]
    pub fn new(checked: impl Iterator<Item = u128>) -> Self {
        Self { checked: checked.collect(), ..Self::default() }
    }

    /// The ear for what is withheld, which is always the same for one site.
    pub fn ear(&self, withheld: &[Withheld], sources: &Sources) -> &Ear {
        self.ear.get_or_init(|| Ear::new(withheld, sources))
    }

    /// Whether a person has looked at the file with this checksum.
    #[must_use]
    pub fn is_checked(&self, hash: u128) -> bool {
        self.checked.contains(&hash)
    }

    /// Adds what was heard.
    pub fn add(&mut self, heard: HeardIn) {
        self.heard.extend(heard.into_iter().filter(|(_, heard)| !heard.is_empty()));
    }

    /// What is heard in a file that is text; nothing if a person has looked at it.
    #[must_use]
    pub fn heard_in(&self, file: &Attachment, text: &str, ear: &Ear) -> Heard {
        if self.is_checked(file.hash) { Heard::default() } else { ear.heard_in(&file.path, text) }
    }

    /// All that was heard, with this too.
    #[must_use]
    pub fn with(&self, mut heard: HeardIn) -> HeardIn {
        heard.extend(self.heard.iter().map(|(path, heard)| (path.clone(), heard.clone())));
        heard
    }
}

/// The words of a file that is text to its end, in any encoding. A picture is not read whole to see that it is none.
pub fn text_of(file: &Attachment, provider: &dyn FileProvider) -> Option<String> {
    const FIRST: u64 = 1024;
    let first = provider.beginning(&file.path, FIRST).ok()?;
    // The last letter of the first bytes may be cut.
    let is_utf_8 = std::str::from_utf8(&first).err().is_none_or(|error| error.error_len().is_none());
    let whole = || provider.bytes(&file.path).ok();
    if is_utf_8 && !is_every_second_nul(&first) {
        return whole().map(|bytes| String::from_utf8(bytes).unwrap_or_else(|error| single(error.as_bytes())));
    }
    let marked = first.starts_with(&[0xFF, 0xFE]) || first.starts_with(&[0xFE, 0xFF]);
    if marked || is_every_second_nul(&first) {
        // What is no whole letter is none: the others are read all the same.
        let bytes = whole()?;
        let big = bytes.starts_with(&[0xFE, 0xFF]) || (!marked && bytes.first() == Some(&0));
        let unit = |pair: &[u8]| {
            if big { u16::from_be_bytes([pair[0], pair[1]]) } else { u16::from_le_bytes([pair[0], pair[1]]) }
        };
        return Some(String::from_utf16_lossy(&bytes.chunks_exact(2).map(unit).collect::<Vec<_>>()));
    }
    let is_plain = |byte: &u8| *byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C);
    first.iter().all(is_plain).then(whole).flatten().map(|bytes| single(&bytes))
}

/// Whether bytes are the letters of UTF-16, of which nothing at their beginning says so.
fn is_every_second_nul(first: &[u8]) -> bool {
    let nul = |at: usize| first.iter().skip(at).step_by(2).take(32).all(|byte| *byte == 0);
    first.len() >= 8 && nul(0) != nul(1)
}

/// The text of an old editor, one byte a letter: the words that are compared are plain.
fn single(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
