//! The texts of pages, written: many pages in a file.
//!
//! Input: the lines of a page. Output: files. Not here: what the lines say (`segment.rs`), and reading them, which is
//! `search/text.rs`.

use std::collections::BTreeSet;

use xxhash_rust::xxh3::xxh3_64;

use super::bytes::{Packer, framed};

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
    names: BTreeSet<u32>,
}

impl TextWriter {
    /// A writer without pages.
    pub fn new() -> Self {
        Self { packer: Packer::new(LEVEL), part: String::new(), pages: 0, names: BTreeSet::new() }
    }

    /// Adds the lines of a page.
    pub fn push(&mut self, lines: &str) {
        if self.pages > 0 {
            self.part.push('\n');
        }
        self.part.push_str(lines);
        self.pages += 1;
    }

    /// A file that is full, or at the end of a segment (`all`) the pages that are left: the number of its pages, its name as
    /// a number, its bytes. `None` if there is nothing to write.
    pub fn take(&mut self, all: bool) -> Option<(u32, u32, Vec<u8>)> {
        let full = self.part.len() >= LONGEST || (all && self.pages > 0);
        full.then(|| {
            let mut name = xxh3_64(self.part.as_bytes()) as u32;
            // Two of many thousands may have one name.
            while !self.names.insert(name) {
                self.part.push('\n');
                name = xxh3_64(self.part.as_bytes()) as u32;
            }
            let mut packed = Vec::new();
            self.packer.pack(self.part.as_bytes(), &mut packed);
            self.part.clear();
            (std::mem::take(&mut self.pages), name, framed(&packed))
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
        assert_eq!(writer.take(false), None);
        writer.push(&lines);
        writer.push("/b/\tOther\t\t\t\t\t\n");
        let (pages, _, file) = writer.take(true).expect("pages were added");
        let texts = read_texts(&file).expect("it is whole");
        assert_eq!((pages, texts.len()), (3, 3));
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
        assert_ne!(one.1, other.1);
        assert_eq!(read_texts(&one.2), read_texts(&other.2));
    }
}
