//! What a format of files for machines is, and what one of its files is about.
//!
//! Input and output: plain values. Not here: which formats there are (`mod.rs` lists them).

use crate::kind::KindId;
use crate::language::Language;
use crate::model::{Address, DocumentId, Site};

/// One format.
pub struct Export {
    /// Its name, which is also that of its file here.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub summary: &'static str,
    /// Whether it needs whole addresses, and so is left out if the site does not know its own.
    pub needs_base_url: bool,
    /// Which files there are: where each is, and what it is about.
    pub plan: fn(&Site) -> Vec<(Address, Subject)>,
    /// The bytes of one of them.
    pub write: fn(&Site, &Language, Subject) -> Vec<u8>,
}

/// The plan of a format that has one file at `path` for the whole site, `if_any`.
pub fn one_file(path: &str, if_any: bool) -> Vec<(Address, Subject)> {
    if_any.then(|| (Address::file(path), Subject::Site)).into_iter().collect()
}

/// What a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The whole site.
    Site,
    /// Documents of a kind.
    Kind {
        /// The kind.
        kind: KindId,
        /// The number of the table; 0 for the documents themselves.
        table: u32,
        /// The number of the part of a long file, from 1.
        part: u32,
    },
    /// A list: an index into `Site::listings`.
    Listing(u32),
    /// One document and what names it.
    Document(DocumentId),
    /// The forward plan: of all bodies, or of one.
    Plan(Option<DocumentId>),
    /// When pages are looked at again.
    Reviews,
    /// The documents of a kind and a year; those without a date where there is none.
    Year(KindId, Option<i16>),
    /// A part of something that is too long for one file, from 1.
    Part(u32),
}
