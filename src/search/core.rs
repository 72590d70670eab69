//! The core of a segment: its pages, and where their texts lie.
//!
//! Input: the bytes of a core. Output: a [`Core`], or [`Broken`]. Not here: words and texts, and writing it, which is
//! `index/core.rs`.

use super::bytes::{Broken, Reader};
use super::dates::Span;
use super::tables::ONE_NAME;

/// What is known of a segment before anything is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Core {
    /// How many passages each page has, in the order of pages.
    pub sizes: Vec<u32>,
    /// The dates of the pages that have one; pages without a date come after these.
    pub dates: Vec<Span>,
    /// The passages of documents that are over, as (the first, how many), ascending.
    pub over: Vec<(u32, u32)>,
    /// The files of texts: how many pages each holds.
    pub parts: Vec<u32>,
    /// The numbers that are their names, each of so many files as have one name.
    pub names: Vec<u32>,
}

impl Core {
    /// Reads a core.
    pub fn decode(payload: &[u8]) -> Result<Self, Broken> {
        let mut reader = Reader::new(payload);
        let (pages, dated, passages) = (reader.int()?, reader.int()?, reader.int()?);
        let sizes = reader.column(pages)?;
        let sum = sizes.iter().try_fold(0_u32, |sum, size| sum.checked_add(*size));
        if dated > pages || sum != Some(passages) {
            return Err(Broken);
        }
        let dates = reader.spans(dated)?.into_iter().map(|(first, last)| Span { first, last }).collect();
        let mut over = Vec::new();
        let mut next = 0_u32;
        for _ in 0..reader.int()? {
            let first = next.checked_add(reader.int()?).ok_or(Broken)?;
            let count = reader.int()?;
            next = first.checked_add(count).filter(|end| *end <= passages).ok_or(Broken)?;
            over.push((first, count));
        }
        let count = reader.int()?;
        let parts = reader.column(count)?;
        if parts.iter().try_fold(0_u32, |sum, count| sum.checked_add(*count)) != Some(pages) {
            return Err(Broken);
        }
        let mut names = Vec::new();
        for _ in parts.chunks(ONE_NAME) {
            let name = reader.bytes(4)?.try_into().map_err(|_| Broken)?;
            names.push(u32::from_be_bytes(name));
        }
        Ok(Self { sizes, dates, over, parts, names })
    }

    /// How many passages there are.
    pub fn passages(&self) -> u32 {
        self.sizes.iter().sum()
    }

    /// The first passage of each page, and the number of passages last.
    pub fn starts(&self) -> Vec<u32> {
        let mut starts = vec![0_u32];
        for size in &self.sizes {
            starts.push(starts[starts.len() - 1] + size);
        }
        starts
    }

    /// Where the text of a page lies: the name of its file, and which of the pages there it is. `None` if there is no such page.
    pub fn text_of(&self, page: u32) -> Option<(String, usize)> {
        let mut left = page;
        for (number, pages) in self.parts.iter().enumerate() {
            if left < *pages {
                let name = self.names.get(number / ONE_NAME)?;
                return Some((text_name(*name, number % ONE_NAME), left as usize));
            }
            left -= pages;
        }
        None
    }
}

/// The name of one of the files of texts that have a name together.
pub fn text_name(name: u32, number: usize) -> String {
    format!("{name:08x}{number}")
}
