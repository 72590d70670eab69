//! Which files of `content` a site was made from: what the next build compares itself with, so that nothing goes from a
//! website because a folder could not be found.
//!
//! Input: the files of which a site shows something, each with its address. Output: a list that holds addresses and
//! checksums and no name of a file, and what of it is gone. Not here: where the list lies, and how it is said.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// So many may go without a word, and a tenth of all: staff take back a few pages a day, and lose whole folders.
const FEW: usize = 10;

/// The files of which a site shows something, in the order of their checksums.
///
/// What is not public is not in it, not as a checksum either: a name can be guessed, and then the checksum tells that the
/// file is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ledger(Vec<Entry>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Entry {
    /// The XXH3-64 of the path below `content/`, in hexadecimal digits.
    of: Box<str>,
    /// Where on the website it is read.
    at: Box<str>,
}

impl Ledger {
    /// The files at these paths below `content/`, each with the address at which it is read.
    #[must_use]
    pub fn new<'site>(files: impl IntoIterator<Item = (&'site str, &'site str)>) -> Self {
        let mut entries: Vec<Entry> =
            files.into_iter().map(|(path, at)| Entry { of: checksum(path), at: at.into() }).collect();
        entries.sort_unstable();
        entries.dedup_by(|a, b| a.of == b.of);
        Self(entries)
    }

    /// What of this list is not among the files at `paths`, below `content/`, that can be read now.
    #[must_use]
    pub fn gone<'site>(&self, paths: impl IntoIterator<Item = &'site str>) -> Gone<'_> {
        let there: BTreeSet<Box<str>> = paths.into_iter().map(checksum).collect();
        let mut addresses: Vec<&str> =
            self.0.iter().filter(|entry| !there.contains(&entry.of)).map(|entry| entry.at.as_ref()).collect();
        addresses.sort_unstable();
        Gone { addresses, of: self.0.len() }
    }

    /// Whether it lists nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn checksum(path: &str) -> Box<str> {
    format!("{:016x}", xxh3_64(path.as_bytes())).into()
}

/// What the last build showed and this one cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone<'ledger> {
    /// Where it is read, sorted.
    pub addresses: Vec<&'ledger str>,
    /// Of how many files the last build showed something.
    pub of: usize,
}

impl Gone<'_> {
    /// Whether so much is gone that it is more likely lost than taken back: more than ten files and more than a tenth, or
    /// all there was while nothing has come in its place. `left` says whether there is anything to show.
    #[must_use]
    pub fn is_too_much(&self, left: bool) -> bool {
        let gone = self.addresses.len();
        (gone > FEW && gone * 10 > self.of) || (gone > 0 && !left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(files: usize) -> (Vec<String>, Ledger) {
        let paths: Vec<String> = (0..files).map(|number| format!("pages/{number}.md")).collect();
        let ledger = Ledger::new(paths.iter().map(|path| (path.as_str(), "/a/")));
        (paths, ledger)
    }

    #[test]
    fn more_than_ten_and_more_than_a_tenth_is_too_much() {
        for (files, gone, too_much) in
            [(100, 10, false), (100, 11, true), (110, 11, false), (12, 10, false), (12, 11, true), (1000, 100, false)]
        {
            let (paths, ledger) = ledger(files);
            let found = ledger.gone(paths[gone..].iter().map(String::as_str));
            assert_eq!((found.addresses.len(), found.of), (gone, files));
            assert_eq!(found.is_too_much(true), too_much, "{gone} of {files}");
        }
    }

    #[test]
    fn a_site_that_is_empty_now_is_too_much_and_one_that_was_is_not() {
        let (_, one) = ledger(1);
        assert!(one.gone([]).is_too_much(false) && !one.gone([]).is_too_much(true));
        assert!(!Ledger::default().gone([]).is_too_much(false));
    }

    #[test]
    fn a_ledger_names_no_file() {
        let ledger = Ledger::new([("minutes/board/2026-03-12 Ola's notes.md", "/minutes/board/2026-03-12/")]);
        let text = serde_json::to_string(&ledger).expect("it can be written");
        assert!(!text.contains("Ola") && text.contains("/minutes/board/2026-03-12/"), "{text}");
        assert_eq!(serde_json::from_str::<Ledger>(&text).expect("it can be read"), ledger);
    }
}
