//! The core of a segment: its pages, and in which shard a word is.
//!
//! Enters: columns. Leaves: a file, and from a file the columns again. Absent: words and texts.

use super::bytes::{Broken, Reader, framed, pack, push_column, push_int, push_text, unframed, unpack};
use super::dates::Span;

/// A block of text is a multiple of this.
pub const BLOCK: u32 = 128;

/// What is known of a segment before anything is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Core {
    /// How many passages each page has.
    pub sizes: Vec<u32>,
    /// How long the text of each page is, in blocks.
    pub blocks: Vec<u32>,
    /// The dates of the pages that have one; the others stand behind them.
    pub dates: Vec<Span>,
    /// Passages of documents that are over: (the first, how many), ascending.
    pub over: Vec<(u32, u32)>,
    /// Files of texts: how many pages each holds, and its name.
    pub parts: Vec<(u32, u64)>,
    /// What the texts may repeat.
    pub sample: String,
    /// Where each shard begins: no key before it is in it.
    pub shards: Vec<String>,
}

impl Core {
    /// The file.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        push_int(&mut out, self.sizes.len() as u32);
        push_int(&mut out, self.dates.len() as u32);
        push_int(&mut out, self.sizes.iter().sum());
        push_column(&mut out, self.sizes.iter().copied());
        push_column(&mut out, self.blocks.iter().copied());
        let befores = std::iter::once(0).chain(self.dates.iter().map(|date| date.first));
        push_column(&mut out, self.dates.iter().zip(befores).map(|(date, before)| date.first - before));
        push_column(&mut out, self.dates.iter().map(|date| date.last - date.first));
        push_int(&mut out, self.over.len() as u32);
        let mut next = 0;
        for (first, count) in &self.over {
            push_column(&mut out, [first - next, *count]);
            next = first + count;
        }
        push_int(&mut out, self.parts.len() as u32);
        for (pages, hash) in &self.parts {
            push_int(&mut out, *pages);
            out.extend_from_slice(&hash.to_be_bytes());
        }
        push_text(&mut out, &self.sample);
        push_int(&mut out, self.shards.len() as u32);
        self.shards.iter().for_each(|key| push_text(&mut out, key));
        framed(&pack(&out))
    }

    /// The columns again.
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
        let (firsts, lengths) = (reader.column(dated)?, reader.column(dated)?);
        let mut dates = Vec::with_capacity(firsts.len());
        let mut first = 0_u32;
        for (gap, length) in firsts.into_iter().zip(lengths) {
            first = first.checked_add(gap).ok_or(Broken)?;
            dates.push(Span { first, last: first.checked_add(length).ok_or(Broken)? });
        }
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
        let mut shards = Vec::new();
        for _ in 0..reader.int()? {
            shards.push(reader.text()?.to_owned());
        }
        Ok(Self { sizes, blocks, dates, over, parts, sample, shards })
    }

    /// The shard that would hold a key.
    pub fn shard_of(&self, key: &str) -> Option<usize> {
        self.shards.partition_point(|first| first.as_str() <= key).checked_sub(1)
    }

    /// How many passages there are.
    pub fn passages(&self) -> u32 {
        self.sizes.iter().sum()
    }

    /// Where the text of a page lies: the name of its file, the first byte and the number of bytes.
    pub fn text_of(&self, page: u32) -> Option<(u64, usize, usize)> {
        let mut first = 0;
        for (pages, hash) in &self.parts {
            if page < first + pages {
                let before: u32 = self.blocks[first as usize..page as usize].iter().sum();
                let length = self.blocks.get(page as usize)? * BLOCK;
                return Some((*hash, (before * BLOCK) as usize, length as usize));
            }
            first += pages;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_back() {
        let core = Core {
            sizes: vec![1, 30, 4],
            blocks: vec![1, 20, 3],
            dates: vec![Span { first: 738_000, last: 738_000 }, Span { first: 738_000, last: 738_364 }],
            over: vec![(0, 1), (31, 4)],
            parts: vec![(2, 7), (1, u64::MAX)],
            sample: "/a/\tŷ".into(),
            shards: vec!["".into(), "7.3".into(), "burglari".into()],
        };
        assert_eq!(Core::decode(&core.encode()), Ok(core.clone()));
        assert_eq!(core.shard_of("7.30"), Some(1));
        assert_eq!(core.shard_of("tŷ"), Some(2));
        assert_eq!(core.text_of(1), Some((7, 128, 2560)));
        assert_eq!(core.text_of(2), Some((u64::MAX, 0, 384)));
        assert_eq!(core.text_of(3), None);
    }
}
