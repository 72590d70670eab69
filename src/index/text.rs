//! The texts of pages, written: one block for each page, many blocks in a file.
//!
//! Input: the lines of a page. Output: files. Not here: what the lines say (`segment.rs`), and reading them, which is
//! `search/text.rs`.

use xxhash_rust::xxh3::xxh3_64;

use super::bytes::{Packer, push_int};
use crate::search::bytes::fnv;
use crate::search::tables::{BLOCK, LONGEST_SAMPLE};

/// About how many bytes a file of texts has: a server that answers with whole files only should not answer with too much.
const LONGEST: usize = 128 * 1024;

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
    /// What the texts packed from now on may repeat; empty until a page is long enough.
    pub sample: String,
    packed: Vec<u8>,
    part: Vec<u8>,
    pages: u32,
}

impl TextWriter {
    /// A writer without pages.
    pub fn new() -> Self {
        Self { packer: Packer::new(LEVEL), sample: String::new(), packed: Vec::new(), part: Vec::new(), pages: 0 }
    }

    /// Adds the lines of a page, and returns how many times [`BLOCK`] bytes they take.
    pub fn push(&mut self, lines: &str) -> u32 {
        if self.sample.is_empty() && lines.len() >= LONGEST_SAMPLE {
            lines[..lines.floor_char_boundary(LONGEST_SAMPLE)].clone_into(&mut self.sample);
        }
        self.packed.clear();
        self.packer.pack(self.sample.as_bytes(), lines.as_bytes(), &mut self.packed);
        let before = self.part.len();
        push_int(&mut self.part, self.packed.len() as u32);
        self.part.extend_from_slice(&fnv(&self.packed).to_le_bytes());
        self.part.extend_from_slice(&self.packed);
        self.part.resize(self.part.len().next_multiple_of(BLOCK as usize), 0);
        self.pages += 1;
        (self.part.len() - before) as u32 / BLOCK
    }

    /// A file that is full, or at the end of a segment (`all`) the pages that are left: the number of its pages, its hash,
    /// its bytes. `None` if there is nothing to write.
    pub fn take(&mut self, all: bool) -> Option<(u32, u64, Vec<u8>)> {
        let full = self.part.len() >= LONGEST || (all && self.pages > 0);
        full.then(|| {
            let part = std::mem::take(&mut self.part);
            (std::mem::take(&mut self.pages), xxh3_64(&part), part)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::bytes::Broken;
    use crate::search::text::{PageText, read_block};

    #[test]
    fn a_page_comes_back_from_its_block() {
        let mut lines = String::new();
        push_line(&mut lines, &["/a/", "A\ttitle\nof two lines", "Page", "", "", "", ""]);
        push_line(&mut lines, &["p", "para-7.3", "7.3", "What was resolved: £5, \"agreed\" tŷ."]);
        let mut writer = TextWriter::new();
        assert_eq!(writer.push(&lines), 1);
        assert_eq!(writer.take(false), None);
        let (pages, _, file) = writer.take(true).expect("a page was added");
        assert_eq!((pages, file.len()), (1, 128));
        let page = read_block("", &file).expect("it is whole");
        assert_eq!(page.head.title, "A title of two lines");
        assert_eq!(page.passages[0].text, "What was resolved: £5, \"agreed\" tŷ.");
        // After the packed text there is only padding, which nobody reads.
        for at in 0..5 + usize::from(file[0]) {
            let mut other = file.clone();
            other[at] ^= 0x10;
            assert_eq!(read_block("", &other), Err(Broken), "byte {at}");
        }
    }

    #[test]
    fn pages_after_a_long_one_repeat_what_it_says() {
        let mut lines = String::new();
        push_line(&mut lines, &["/a/", "Minutes", "Page", "", "", "", ""]);
        let long: String = (0..600).map(|number| format!("tŷ{} ", number * number)).collect();
        push_line(&mut lines, &["p", "", "", &long]);
        let mut writer = TextWriter::new();
        let short = "/b/\tOther\t\t\t\t\t\n";
        let pages = [short, &lines, &lines, short];
        let blocks: Vec<usize> = pages.map(|lines| (writer.push(lines) * BLOCK) as usize).into();
        let (_, _, file) = writer.take(true).expect("pages were added");
        let sample = writer.sample;
        assert!(sample.len() <= LONGEST_SAMPLE && sample.len() > LONGEST_SAMPLE - 4);
        let mut at = 0;
        for (lines, length) in pages.into_iter().zip(&blocks) {
            assert_eq!(read_block(&sample, &file[at..at + length]), PageText::parse(lines));
            at += length;
        }
    }
}
