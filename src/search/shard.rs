//! Shards: in which passages a word stands, and at which places in them.
//!
//! Input: files. Output: the postings of a key, or [`Broken`]. Not here: which key is in which shard (`files.rs`), and
//! writing shards, which is `index/shard.rs`.

use super::bytes::{BitReader, Broken, Reader, unframed};
use super::tables::{
    ALL_PROSE, GAP_ESCAPE, HEADING, LABEL, LONGEST_REST, NAME, POSITION_BITS, PROSE, REACH_BITS, RECORD, TITLE,
};

/// How a word stands in a passage, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    /// In prose.
    Prose = PROSE,
    /// In the prose of a record.
    Record = RECORD,
    /// In a heading.
    Heading = HEADING,
    /// In the title of a page.
    Title = TITLE,
    /// In a title that is short.
    Name = NAME,
    /// In a printed label or number.
    Label = LABEL,
}

impl Class {
    /// The class with this number; every number that no other class has is [`Class::Label`].
    pub fn of_number(number: u32) -> Self {
        const CLASSES: [Class; 5] = [Class::Prose, Class::Record, Class::Heading, Class::Title, Class::Name];
        CLASSES.into_iter().find(|class| *class as u32 == number).unwrap_or(Class::Label)
    }
}

/// One passage of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The number of the passage in its segment.
    pub passage: u32,
    /// How it stands there; if it stands there several times, the strongest.
    pub class: Class,
    /// How many passages below a heading it covers; 0 for every other class.
    pub reach: u32,
}

/// All passages of a word in a segment, and its places in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Postings {
    /// Ascending by passage.
    pub list: Vec<Posting>,
    /// The places of each posting, ascending.
    pub places: Vec<Vec<u32>>,
}

impl Postings {
    /// Adds one place of the word; passages come in ascending order. Of several classes in a passage the strongest stays.
    pub fn add(&mut self, posting: Posting, place: u32) {
        match (self.list.last_mut(), self.places.last_mut()) {
            (Some(last), Some(places)) if last.passage == posting.passage => {
                last.class = last.class.max(posting.class);
                if let Err(at) = places.binary_search(&place) {
                    places.insert(at, place);
                }
            }
            _ => {
                self.list.push(posting);
                self.places.push(vec![place]);
            }
        }
    }
}

/// The `count` postings of a key, without their places.
///
/// # Errors
/// If the bits are fewer than the postings need, or say what no list can say.
pub fn decode(data: &[u8], count: u32) -> Result<Vec<Posting>, Broken> {
    // A posting has a bit at least.
    if count as usize > data.len() * 8 {
        return Err(Broken);
    }
    let mut reader = BitReader::new(data);
    let head = reader.bits(8);
    let (k, plain) = (head & !ALL_PROSE, head & ALL_PROSE != 0);
    if k > LONGEST_REST {
        return Err(Broken);
    }
    let mut list = Vec::with_capacity(count as usize);
    let mut next = 0_u32;
    for _ in 0..count {
        let quotient = reader.unary(GAP_ESCAPE);
        let gap = if quotient == GAP_ESCAPE { reader.bits(32) } else { quotient << k | reader.bits(k) };
        let passage = next.checked_add(gap).ok_or(Broken)?;
        let class = Class::of_number(u32::from(PROSE) + if plain { 0 } else { reader.unary(u32::from(LABEL - PROSE)) });
        let reach = if class == Class::Heading { reader.golomb(REACH_BITS) } else { 0 };
        list.push(Posting { passage, class, reach });
        next = passage.checked_add(1).ok_or(Broken)?;
    }
    if reader.ran_out() { Err(Broken) } else { Ok(list) }
}

/// The places of `count` postings.
///
/// # Errors
/// If the bits are fewer than the places need.
pub fn decode_places(data: &[u8], count: u32) -> Result<Vec<Vec<u32>>, Broken> {
    if count as usize > data.len() * 8 {
        return Err(Broken);
    }
    let mut reader = BitReader::new(data);
    let mut all = Vec::with_capacity(count as usize);
    for _ in 0..count {
        let length = reader.unary(u32::MAX) + 1;
        let mut next = 0_u32;
        let mut places = Vec::new();
        for _ in 0..length {
            let place = next.checked_add(reader.golomb(POSITION_BITS)).ok_or(Broken)?;
            places.push(place);
            next = place.checked_add(1).ok_or(Broken)?;
            if reader.ran_out() {
                return Err(Broken);
            }
        }
        all.push(places);
    }
    Ok(all)
}

/// Where the data of a key of one segment lies in its shard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'file> {
    /// The number of the list in the shard.
    pub index: u32,
    /// How many postings it has.
    pub count: u32,
    /// The bits of these.
    pub data: &'file [u8],
}

/// The postings of a key in the segment with this number among those of a shard; `None` if it has none there.
///
/// # Errors
/// If the shard is broken.
pub fn find<'file>(shard: &'file [u8], key: &str, segment: usize) -> Result<Option<Entry<'file>>, Broken> {
    let mut reader = Reader::new(shard);
    let keys = reader.int()?;
    let mut name: Vec<u8> = Vec::new();
    let (mut index, mut before, mut found) = (0_u32, 0_usize, None);
    for _ in 0..keys {
        let shared = reader.int()? as usize;
        let rest = reader.text()?;
        if shared > name.len() {
            return Err(Broken);
        }
        name.truncate(shared);
        name.extend_from_slice(rest.as_bytes());
        let mut segments = reader.int()?;
        for number in 0.. {
            if segments == 0 {
                break;
            }
            if segments & 1 == 1 {
                let (count, length) = (reader.int()?, reader.int()? as usize);
                if number == segment && name == key.as_bytes() {
                    found = Some((index, count, before, length));
                }
                before = before.checked_add(length).ok_or(Broken)?;
                index += 1;
            }
            segments >>= 1;
        }
    }
    let Some((index, count, start, length)) = found else { return Ok(None) };
    let data = reader.rest.get(start..start + length).ok_or(Broken)?;
    Ok(Some(Entry { index, count, data }))
}

/// In a file of places, the bits of the list with this number.
pub fn places_of(file: &[u8], index: u32) -> Result<&[u8], Broken> {
    let mut reader = Reader::new(unframed(file)?);
    let lists = reader.int()?;
    let sizes = reader.column(lists)?;
    let start: usize = sizes.iter().take(index as usize).map(|size| *size as usize).sum();
    let length = *sizes.get(index as usize).ok_or(Broken)? as usize;
    reader.rest.get(start..start + length).ok_or(Broken)
}
