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

/// The words of a file that is text to its end. A picture is not read whole to see that it is none.
pub fn text_of(file: &Attachment, provider: &dyn FileProvider) -> Option<String> {
    const FIRST: u64 = 1024;
    let first = provider.beginning(&file.path, FIRST).ok()?;
    // The last letter of the first bytes may be cut.
    let is_text = std::str::from_utf8(&first).err().is_none_or(|error| error.error_len().is_none());
    is_text.then(|| provider.bytes(&file.path).ok()).flatten().and_then(|bytes| String::from_utf8(bytes).ok())
}
