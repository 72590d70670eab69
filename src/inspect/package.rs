//! A file of an office, with the words of its parts for whoever listens.
//!
//! Input: bytes. Output: the names of its parts, the bytes of those that are asked for, and the words of all of them. Not here: what
//! is hidden in a part, and the limits, which `archive` holds.

use std::collections::BTreeSet;

use super::formats::FORMATS;
use super::spoken::add_words;
use crate::archive::Archive;
use crate::archive::xml::{Step, walk};
use crate::diagnostic::Unread;

/// An opened file.
pub struct Package<'a> {
    archive: Archive<'a>,
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
        let archive = Archive::open(bytes)?;
        Ok(Self { archive, is_heard, words: String::new(), said: BTreeSet::new() })
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.archive.has(name)
    }

    /// The names of all parts below a folder that end so, in order.
    pub fn below(&self, folder: &str, end: &str) -> Vec<String> {
        let is_below = |name: &&String| name.starts_with(folder) && name.ends_with(end);
        let mut names: Vec<String> = self.archive.names().iter().filter(is_below).cloned().collect();
        names.sort();
        names.dedup();
        names
    }

    /// The bytes of the parts with this name: none, one, or more in an archive that was made to deceive.
    ///
    /// # Errors
    /// One is damaged, encrypted or longer than it may be.
    pub fn parts(&mut self, name: &str) -> Result<Vec<Vec<u8>>, Unread> {
        self.archive.places(name).into_iter().map(|place| self.part(place)).collect()
    }

    fn part(&mut self, place: usize) -> Result<Vec<u8>, Unread> {
        let bytes = self.archive.part(place)?;
        let name = &self.archive.names()[place];
        if self.is_heard && has_words(name) && self.said.insert(place) {
            let are_all_words = !is_marked(name);
            add_words(&bytes, are_all_words, &mut self.words);
        }
        Ok(bytes)
    }

    /// The words of all parts, those that nobody asked for too.
    ///
    /// # Errors
    /// One of these is damaged, encrypted or longer than it may be.
    pub fn finish(mut self) -> Result<String, Unread> {
        let names = self.archive.names();
        let left = (0..names.len()).filter(|place| self.is_heard && has_words(&names[*place]));
        for place in left.collect::<Vec<_>>() {
            if !self.said.contains(&place) {
                self.part(place)?;
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
