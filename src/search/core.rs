//! The core of a segment: its pages, and in which shard a word is.
//!
//! Input: a file. Output: a [`Core`], or [`Broken`]. Not here: words and texts, and writing the file, which is
//! `index/core.rs`.

use super::bytes::{Broken, Reader, unframed, unpack};
use super::dates::Span;
use super::tables::BLOCK;

/// What is known of a segment before anything is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Core {
    /// How many passages each page has, in the order of pages.
    pub sizes: Vec<u32>,
    /// How long the text of each page is, in units of [`BLOCK`] bytes.
    pub blocks: Vec<u32>,
    /// The dates of the pages that have one; pages without a date come after these.
    pub dates: Vec<Span>,
    /// The passages of documents that are over, as (the first, how many), ascending.
    pub over: Vec<(u32, u32)>,
    /// The files of texts: how many pages each holds, and the hash that is its name.
    pub parts: Vec<(u32, u64)>,
    /// The text that the texts may repeat.
    pub sample: String,
    /// Where each shard begins: no key before it is in it.
    pub shards: Vec<String>,
}

impl Core {
    /// Reads a file.
    pub fn decode(file: &[u8]) -> Result<Self, Broken> {
        let payload = unpack(unframed(file)?)?;
        let mut reader = Reader::new(&payload);
        let (pages, dated, passages) = (reader.int()?, reader.int()?, reader.int()?);
        let sizes = reader.column(pages)?;
        let blocks = reader.column(pages)?;
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
        let mut parts = Vec::new();
        for _ in 0..reader.int()? {
            let pages = reader.int()?;
            let hash = reader.bytes(8)?.try_into().map_err(|_| Broken)?;
            parts.push((pages, u64::from_be_bytes(hash)));
        }
        let sample = reader.text()?.to_owned();
        let shards = (0..reader.int()?).map(|_| reader.text().map(str::to_owned)).collect::<Result<_, Broken>>()?;
        Ok(Self { sizes, blocks, dates, over, parts, sample, shards })
    }

    /// The shard that would hold a key; `None` if the key stands before all of them.
    pub fn shard_of(&self, key: &str) -> Option<usize> {
        self.shards.partition_point(|first| first.as_str() <= key).checked_sub(1)
    }

    /// How many passages there are.
    pub fn passages(&self) -> u32 {
        self.sizes.iter().sum()
    }

    /// Where the text of a page lies: the hash that is the name of its file, the first byte and the number of bytes. `None`
    /// if there is no such page, or the core says what no file can hold.
    pub fn text_of(&self, page: u32) -> Option<(u64, usize, usize)> {
        let mut first = 0_u32;
        for (pages, hash) in &self.parts {
            let end = first.checked_add(*pages)?;
            if page < end {
                let before = self.blocks.get(first as usize..page as usize)?;
                let before =
                    before.iter().try_fold(0_u32, |sum, length| sum.checked_add(*length))?.checked_mul(BLOCK)?;
                let length = self.blocks.get(page as usize)?.checked_mul(BLOCK)?;
                return Some((*hash, before as usize, length as usize));
            }
            first = end;
        }
        None
    }
}
