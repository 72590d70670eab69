//! Opens a file of an office, which is an archive of XML, in memory and within limits; packs files into an archive (`pack.rs`).
//!
//! Input: bytes. Output: the names of its parts, and the bytes of those that are asked for; the steps of XML (`xml.rs`), a part as a tree (`tree.rs`). Not here: what
//! a part means, and archives in archives, which are not opened.

pub mod pack;
pub mod tree;
pub mod xml;

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::diagnostic::Unread;

/// How many parts a file may have.
const MOST_PARTS: usize = 20_000;
/// How many bytes one part may have, unpacked.
const LONGEST_PART: u64 = 64_000_000;
/// How many bytes all parts that are read may have together.
const LONGEST_TOTAL: u64 = 256_000_000;

/// An opened file.
pub struct Archive<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The name of each part, by its place in the archive: two may have one name, and then both are looked at.
    names: Vec<String>,
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// It is damaged, or has more parts than any file of an office.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Unread> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unread::Damaged)?;
        if archive.len() > MOST_PARTS {
            return Err(Unread::TooMuch);
        }
        // A name that is not UTF-8 is none that is looked for.
        let name = |index| {
            let name = archive.name_for_index(index).and_then(Result::ok).unwrap_or_default();
            name.trim_start_matches('/').replace('\\', "/")
        };
        let names = (0..archive.len()).map(name).collect();
        Ok(Self { archive, names, left: LONGEST_TOTAL })
    }

    /// The names of all parts, in the order of the archive.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|own| own.eq_ignore_ascii_case(name))
    }

    /// The places of the parts with this name: none, one, or more in an archive that was made to deceive.
    pub fn places(&self, name: &str) -> Vec<usize> {
        (0..self.names.len()).filter(|index| self.names[*index].eq_ignore_ascii_case(name)).collect()
    }

    /// The bytes of the part at this place.
    ///
    /// # Errors
    /// It is damaged, encrypted or longer than it may be.
    pub fn part(&mut self, index: usize) -> Result<Vec<u8>, Unread> {
        let most = LONGEST_PART.min(self.left);
        let part = self.archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(words) if words == zip::result::ZipError::PASSWORD_REQUIRED => {
                Unread::Encrypted
            }
            _ => Unread::Damaged,
        })?;
        // What a part says of its length is a claim: it is held to it, and to the limit.
        if part.size() > most {
            return Err(Unread::TooMuch);
        }
        let mut bytes = Vec::new();
        part.take(most + 1).read_to_end(&mut bytes).map_err(|_| Unread::Damaged)?;
        let length = bytes.len() as u64;
        if length > most {
            return Err(Unread::TooMuch);
        }
        self.left -= length;
        Ok(bytes)
    }
}
