//! The texts of pages, for results: a block a page, many blocks in a file.
//!
//! Enters: what a result shows of a page. Leaves: files, and from a block the same again. Absent: which block is
//! whose (`core.rs`).

use xxhash_rust::xxh3::xxh3_64;

use super::bytes::{Broken, Packer, Reader, fnv, push_int, unpack_behind};
use super::core::BLOCK;

/// A file of texts is about so long: a server that answers with whole files only should not answer with too much.
const LONGEST: usize = 128 * 1024;

/// So much of the first long page of a segment is at hand when its texts are packed: they have much in common.
const SAMPLE: usize = 3072;

/// How hard texts are packed: they are most of what there is to pack.
const LEVEL: u32 = 4;

/// What a result shows of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageText {
    /// From the site's root.
    pub address: String,
    /// Its title.
    pub title: String,
    /// What its kind is called.
    pub kind: String,
    /// The body it belongs to.
    pub body: String,
    /// Its date as pages print it,
    pub date: String,
    /// and as machines read it.
    pub iso: String,
    /// Where in its life it is, in words.
    pub status: String,
    /// Its passages, the head first.
    pub passages: Vec<PassageText>,
}

/// What a result shows of a passage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PassageText {
    /// `t`, `1` to `6`, `p`, or `r` and what its kind is called.
    pub sort: String,
    /// Without `#`.
    pub anchor: String,
    /// As printed.
    pub label: String,
    /// Its words; of the head, the summary and behind a tab the facts.
    pub text: String,
}

impl PageText {
    /// Lines, parted by tabs.
    pub fn parse(text: &str) -> Result<Self, Broken> {
        let mut lines = text.lines();
        let mut head = lines.next().ok_or(Broken)?.split('\t').map(str::to_owned);
        let mut next = || head.next().ok_or(Broken);
        let mut page = Self {
            address: next()?,
            title: next()?,
            kind: next()?,
            body: next()?,
            date: next()?,
            iso: next()?,
            status: next()?,
            passages: Vec::new(),
        };
        for line in lines {
            let mut cells = line.splitn(4, '\t').map(str::to_owned);
            let mut next = || cells.next().ok_or(Broken);
            page.passages.push(PassageText { sort: next()?, anchor: next()?, label: next()?, text: next()? });
        }
        Ok(page)
    }
}

/// Appends the cells of a line.
pub fn push_line(out: &mut String, cells: &[&str]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.push('\t');
        }
        let parts = |letter: char| matches!(letter, '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
        for (index, piece) in cell.split(parts).enumerate() {
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
    sample: String,
    packed: Vec<u8>,
    part: Vec<u8>,
    pages: u32,
}

impl TextWriter {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { packer: Packer::new(LEVEL), sample: String::new(), packed: Vec::new(), part: Vec::new(), pages: 0 }
    }

    /// Adds the lines of a page, and returns how many blocks they take.
    pub fn push(&mut self, lines: &str) -> u32 {
        if self.sample.is_empty() && lines.len() >= SAMPLE {
            lines[..lines.floor_char_boundary(SAMPLE)].clone_into(&mut self.sample);
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

    /// What all texts may repeat.
    pub fn sample(self) -> String {
        self.sample
    }

    /// The file that is full, or at the end of a segment (`all`) what there is: pages, hash, bytes.
    pub fn take(&mut self, all: bool) -> Option<(u32, u64, Vec<u8>)> {
        let full = self.part.len() >= LONGEST || (all && self.pages > 0);
        full.then(|| {
            let part = std::mem::take(&mut self.part);
            (std::mem::take(&mut self.pages), xxh3_64(&part), part)
        })
    }
}

/// The page of a block of a segment whose texts may repeat `sample`.
pub fn read_block(sample: &str, block: &[u8]) -> Result<PageText, Broken> {
    let mut reader = Reader::new(block);
    let length = reader.int()? as usize;
    let check = reader.bytes(4)?;
    let packed = reader.bytes(length)?;
    if check != fnv(packed).to_le_bytes() {
        return Err(Broken);
    }
    let text = String::from_utf8(unpack_behind(sample.as_bytes(), packed)?).map_err(|_| Broken)?;
    PageText::parse(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(page.title, "A title of two lines");
        assert_eq!(page.passages[0].text, "What was resolved: £5, \"agreed\" tŷ.");
        // What is behind the packed text is room that nobody reads.
        for at in 0..5 + usize::from(file[0]) {
            let mut other = file.clone();
            other[at] ^= 0x10;
            assert_eq!(read_block("", &other), Err(Broken), "byte {at}");
        }
    }

    #[test]
    fn pages_behind_a_long_one_repeat_what_it_says() {
        let mut lines = String::new();
        push_line(&mut lines, &["/a/", "Minutes", "Page", "", "", "", ""]);
        let long: String = (0..600).map(|number| format!("tŷ{} ", number * number)).collect();
        push_line(&mut lines, &["p", "", "", &long]);
        let mut writer = TextWriter::new();
        let short = "/b/\tOther\t\t\t\t\t\n";
        let pages = [short, &lines, &lines, short];
        let blocks: Vec<usize> = pages.map(|lines| (writer.push(lines) * BLOCK) as usize).into();
        let (_, _, file) = writer.take(true).expect("pages were added");
        let sample = writer.sample();
        assert!(sample.len() <= SAMPLE && sample.len() > SAMPLE - 4);
        let mut at = 0;
        for (lines, length) in pages.into_iter().zip(&blocks) {
            assert_eq!(read_block(&sample, &file[at..at + length]), PageText::parse(lines));
            at += length;
        }
    }
}
