//! The texts of pages, written: many pages in a file.
//!
//! Input: the lines of a page. Output: files. Not here: what the lines say (`segment.rs`), and reading them, which is
//! `search/text.rs`.

use std::collections::BTreeSet;

use xxhash_rust::xxh3::Xxh3;

use super::bytes::{Packer, framed};
use crate::search::core::text_name;
use crate::search::tables::ONE_NAME;

/// About how many bytes the texts of a file have before they are packed, which makes a third of them: each page that is shown takes a file.
const LONGEST: usize = 16 * 1024;

/// The level at which texts are packed. They are most of what there is to pack, so it is a quick one.
const LEVEL: u32 = 4;

/// Appends a line of these cells. A tab or line end inside a cell becomes a space.
pub fn push_line(out: &mut String, cells: &[&str]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.push('\t');
        }
        let separates = |letter: char| matches!(letter, '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
        for (index, piece) in cell.split(separates).enumerate() {
            if index > 0 {
                out.push(' ');
            }
            out.push_str(piece);
        }
    }
    out.push('\n');
}

/// Collects the texts of the pages of a segment.
pub struct TextWriter {
    packer: Packer,
    part: String,
    pages: u32,
    /// The files that are full and have no name yet: the number of the pages of each, and its bytes.
    full: Vec<(u32, Vec<u8>)>,
    /// Of the texts of these.
    hasher: Xxh3,
    names: BTreeSet<u32>,
}

/// Files of texts that have one name together, each with its path below the folder of its segment.
pub struct Named {
    /// The name as a number.
    pub name: u32,
    /// How many pages each file has.
    pub pages: Vec<u32>,
    /// The names of the files, and their bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

impl TextWriter {
    /// A writer without pages.
    pub fn new() -> Self {
        let (part, full, names) = (String::new(), Vec::new(), BTreeSet::new());
        Self { packer: Packer::new(LEVEL), part, pages: 0, full, hasher: Xxh3::new(), names }
    }

    /// Adds the lines of a page.
    pub fn push(&mut self, lines: &str) {
        if self.pages > 0 {
            self.part.push('\n');
        }
        self.part.push_str(lines);
        self.pages += 1;
    }

    /// The files that are full, as soon as they are as many as have one name, or at the end of a segment (`all`) those that are
    /// left. `None` if there is nothing to write.
    pub fn take(&mut self, all: bool) -> Option<Named> {
        if self.part.len() >= LONGEST || (all && self.pages > 0) {
            let mut packed = Vec::new();
            self.packer.pack(self.part.as_bytes(), &mut packed);
            self.hasher.update(self.part.as_bytes());
            self.part.clear();
            self.full.push((std::mem::take(&mut self.pages), framed(&packed)));
        }
        let enough = self.full.len() == ONE_NAME || (all && !self.full.is_empty());
        enough.then(|| {
            let mut name = self.hasher.digest() as u32;
            // Two of many thousands may have one name.
            while !self.names.insert(name) {
                self.hasher.update(b"\n");
                name = self.hasher.digest() as u32;
            }
            self.hasher.reset();
            let (pages, files): (Vec<u32>, Vec<Vec<u8>>) = self.full.drain(..).unzip();
            let files = files.into_iter().enumerate().map(|(number, bytes)| (text_name(name, number), bytes)).collect();
            Named { name, pages, files }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::bytes::Broken;
    use crate::search::text::read_texts;

    #[test]
    fn pages_come_back_from_their_file() {
        let mut lines = String::new();
        push_line(&mut lines, &["/a/", "A\ttitle\nof two lines", "Page", "", "", "", ""]);
        push_line(&mut lines, &["p", "para-7.3", "7.3", "What was resolved: £5, \"agreed\" tŷ."]);
        let mut writer = TextWriter::new();
        writer.push(&lines);
        assert!(writer.take(false).is_none());
        writer.push(&lines);
        writer.push("/b/\tOther\t\t\t\t\t\n");
        let Named { pages, files, .. } = writer.take(true).expect("pages were added");
        let (_, file) = files.first().expect("there is one");
        let texts = read_texts(file).expect("it is whole");
        assert_eq!((pages, texts.len()), (vec![3], 3));
        assert_eq!(texts[0], texts[1]);
        assert_eq!(texts[0].head.title, "A title of two lines");
        assert_eq!(texts[0].passages[0].text, "What was resolved: £5, \"agreed\" tŷ.");
        assert_eq!(texts[2].head.address, "/b/");
        for at in 0..file.len() {
            let mut other = file.clone();
            other[at] ^= 0x10;
            assert_eq!(read_texts(&other), Err(Broken), "byte {at}");
        }
    }

    #[test]
    fn the_same_words_twice_are_two_files() {
        let mut writer = TextWriter::new();
        let mut take = || {
            writer.push("/b/\tOther\t\t\t\t\t\n");
            writer.take(true).expect("a page was added")
        };
        let (one, other) = (take(), take());
        assert_ne!(one.name, other.name);
        assert_ne!(one.files[0].0, other.files[0].0);
        assert_eq!(one.files[0].1, other.files[0].1);
    }

    #[test]
    fn some_files_have_a_name_together() {
        let mut writer = TextWriter::new();
        let mut named = Vec::new();
        for page in 0..=ONE_NAME {
            writer.push(&format!("/{page}/\t{}\t\t\t\t\t\n", "a".repeat(LONGEST)));
            named.extend(writer.take(false));
        }
        named.extend(writer.take(true));
        assert_eq!(named.iter().map(|named| named.files.len()).collect::<Vec<_>>(), [ONE_NAME, 1]);
        assert_eq!(named[0].files[1].0, text_name(named[0].name, 1));
    }
}
