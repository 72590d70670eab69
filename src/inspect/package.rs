//! Opens a file of an office, which is an archive of XML, in memory and within limits.
//!
//! Input: bytes. Output: the names of its parts, the bytes of those that are asked for, and the words of all of them. Not here: what
//! is hidden in a part, and archives in archives, which are not opened.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::formats::FORMATS;
use super::spoken::add_words;
use super::xml::{Step, walk};
use crate::diagnostic::Unread;

/// How many parts a file may have.
const MOST_PARTS: usize = 20_000;
/// How many bytes one part may have, unpacked.
const LONGEST_PART: u64 = 64_000_000;
/// How many bytes all parts that are read may have together.
const LONGEST_TOTAL: u64 = 256_000_000;

/// An opened file.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The name of each part, by its place in the archive: two may have one name, and then both are looked at.
    names: Vec<String>,
    left: u64,
    /// Whether words are wanted; then those of the parts that were read, and which these are.
    is_heard: bool,
    words: String,
    said: BTreeSet<usize>,
}

impl<'a> Package<'a> {
    /// Opens an archive; `is_heard`: its words are wanted.
    ///
    /// # Errors
    /// It is damaged, or has more parts than any file of an office.
    pub fn open(bytes: &'a [u8], is_heard: bool) -> Result<Self, Unread> {
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
        Ok(Self { archive, names, left: LONGEST_TOTAL, is_heard, words: String::new(), said: BTreeSet::new() })
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|own| own.eq_ignore_ascii_case(name))
    }

    /// The names of all parts below a folder that end so, in order.
    pub fn below(&self, folder: &str, end: &str) -> Vec<String> {
        let is_below = |name: &&String| name.starts_with(folder) && name.ends_with(end);
        let mut names: Vec<String> = self.names.iter().filter(is_below).cloned().collect();
        names.sort();
        names.dedup();
        names
    }

    /// The bytes of the parts with this name: none, one, or more in an archive that was made to deceive.
    ///
    /// # Errors
    /// One is damaged, encrypted or longer than it may be.
    pub fn parts(&mut self, name: &str) -> Result<Vec<Vec<u8>>, Unread> {
        let found: Vec<usize> =
            (0..self.names.len()).filter(|index| self.names[*index].eq_ignore_ascii_case(name)).collect();
        found.into_iter().map(|index| self.part(index)).collect()
    }

    fn part(&mut self, index: usize) -> Result<Vec<u8>, Unread> {
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
        if self.is_heard && has_words(&self.names[index]) && self.said.insert(index) {
            let are_all_words = !is_marked(&self.names[index]);
            add_words(&bytes, are_all_words, &mut self.words);
        }
        Ok(bytes)
    }

    /// The words of all parts, those that nobody asked for too.
    ///
    /// # Errors
    /// One of these is damaged, encrypted or longer than it may be.
    pub fn finish(mut self) -> Result<String, Unread> {
        let left = (0..self.names.len()).filter(|index| self.is_heard && has_words(&self.names[*index]));
        for index in left.collect::<Vec<_>>() {
            if !self.said.contains(&index) {
                self.part(index)?;
            }
        }
        Ok(self.words)
    }
}

/// Whether a part with this name may hold words of a reader.
fn has_words(name: &str) -> bool {
    let is_whole = || FORMATS.office.read_whole.iter().any(|end| name.ends_with(end.as_str()));
    is_marked(name) || is_whole()
}

/// Whether it is a part in which elements say where its words are.
fn is_marked(name: &str) -> bool {
    name.ends_with(".xml") && FORMATS.office.word_folders.iter().any(|folder| name.starts_with(folder.as_str()))
}

/// To which parts a part leads: its ids → their names from the root of the archive.
pub fn relations(package: &mut Package<'_>, part: &str) -> Result<Vec<(String, String)>, Unread> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let mut relations = Vec::new();
    for list in package.parts(&format!("{folder}/_rels/{name}.rels"))? {
        walk(&list, |step| {
            if let Step::Open(element) = step
                && let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target"))
            {
                let target = match target.strip_prefix('/') {
                    Some(target) => target.to_owned(),
                    None => format!("{folder}/{target}"),
                };
                relations.push((id, target));
            }
        })?;
    }
    Ok(relations)
}
