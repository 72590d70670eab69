//! Shards: in which passages a word stands, and at which places in them.
//!
//! Enters: the postings of keys. Leaves: files, and from files the postings again. Absent: which key is in which shard
//! (`core.rs`).

use super::bytes::{BitReader, BitWriter, Broken, Reader, framed, push_int, push_text, unframed};

/// How a word stands in a passage, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// In prose.
    Prose = 1,
    /// In the prose of a record.
    Record = 2,
    /// In a heading.
    Heading = 3,
    /// In the title of a page.
    Title = 4,
    /// In a title that is short.
    Name = 5,
    /// In a printed label or number.
    Label = 6,
}

/// One passage of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// Which passage of the segment.
    pub passage: u32,
    /// How.
    pub class: Class,
    /// How many passages below a heading it covers.
    pub reach: u32,
}

/// All passages of a word in a segment, and its places in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Postings {
    /// Ascending by passage.
    pub list: Vec<Posting>,
    /// Of each posting, ascending.
    pub places: Vec<Vec<u32>>,
}

/// So many ones stand for a gap in 32 bits.
const ESCAPE: u32 = 24;

/// Beside the length of rests: all postings are prose, and no class is written. That is so of most words.
const PLAIN: u32 = 0x80;

/// The bits of a list, without places.
pub fn encode(list: &[Posting]) -> Vec<u8> {
    let k = best(list);
    let plain = list.iter().all(|posting| posting.class == Class::Prose);
    let mut writer = BitWriter::default();
    writer.bits(k | if plain { PLAIN } else { 0 }, 8);
    for (gap, posting) in gaps(list).zip(list) {
        if gap >> k >= ESCAPE {
            writer.bits((1 << ESCAPE) - 1, ESCAPE);
            writer.bits(gap, 32);
        } else {
            writer.unary(gap >> k);
            writer.bits(gap & ((1 << k) - 1), k);
        }
        match posting.class {
            Class::Prose if plain => {}
            Class::Prose => writer.bits(0, 1),
            Class::Record => writer.bits(0b10, 2),
            Class::Heading => {
                writer.bits(0b110, 3);
                writer.golomb(posting.reach, 2);
            }
            Class::Title => writer.bits(0b1110, 4),
            Class::Name => writer.bits(0b11110, 5),
            Class::Label => writer.bits(0b11111, 5),
        }
    }
    writer.finish()
}

fn gaps(list: &[Posting]) -> impl Iterator<Item = u32> + '_ {
    let befores = std::iter::once(0).chain(list.iter().map(|posting| posting.passage + 1));
    befores.zip(list).map(|(before, posting)| posting.passage - before)
}

/// The length of rests with which the gaps take the fewest bits, near the one that their mean proposes.
fn best(list: &[Posting]) -> u32 {
    let last = list.last().map_or(0, |posting| posting.passage);
    let mean = u64::from(last) * 11 / 16 / (list.len() as u64).max(1);
    let near = (mean + 1).ilog2();
    let size = |k: u32| gaps(list).map(|gap| u64::from((gap >> k).min(56) + k)).sum::<u64>();
    (near.saturating_sub(1)..=(near + 1).min(24)).min_by_key(|k| size(*k)).unwrap_or(0)
}

/// The list again.
pub fn decode(data: &[u8], count: u32) -> Result<Vec<Posting>, Broken> {
    // A posting has a bit at least.
    if count as usize > data.len() * 8 {
        return Err(Broken);
    }
    let mut reader = BitReader::new(data);
    let head = reader.bits(8);
    let (k, plain) = (head & !PLAIN, head & PLAIN != 0);
    if k > 24 {
        return Err(Broken);
    }
    let mut list = Vec::with_capacity(count as usize);
    let mut next = 0_u32;
    for _ in 0..count {
        let quotient = reader.unary(ESCAPE);
        let gap = if quotient == ESCAPE { reader.bits(32) } else { quotient << k | reader.bits(k) };
        let passage = next.checked_add(gap).ok_or(Broken)?;
        let class = match if plain { 0 } else { reader.unary(5) } {
            0 => Class::Prose,
            1 => Class::Record,
            2 => Class::Heading,
            3 => Class::Title,
            4 => Class::Name,
            _ => Class::Label,
        };
        let reach = if class == Class::Heading { reader.golomb(2) } else { 0 };
        list.push(Posting { passage, class, reach });
        next = passage.checked_add(1).ok_or(Broken)?;
    }
    if reader.ran_out() { Err(Broken) } else { Ok(list) }
}

/// The bits of the places.
pub fn encode_places(places: &[Vec<u32>]) -> Vec<u8> {
    let mut writer = BitWriter::default();
    for places in places {
        writer.unary(places.len() as u32 - 1);
        let mut next = 0;
        for place in places {
            writer.golomb(place - next, 3);
            next = place + 1;
        }
    }
    writer.finish()
}

/// The places again, of so many postings.
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
            let place = next.checked_add(reader.golomb(3)).ok_or(Broken)?;
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

/// A shard while it is filled.
#[derive(Debug, Default)]
pub struct ShardWriter {
    keys: u32,
    last: String,
    table: Vec<u8>,
    data: Vec<u8>,
    sizes: Vec<u8>,
    places: Vec<u8>,
}

impl ShardWriter {
    /// Adds a key, greater than those before, with its postings and places.
    pub fn push(&mut self, key: &str, count: u32, postings: &[u8], places: &[u8]) {
        let shared = self.last.bytes().zip(key.bytes()).take_while(|(a, b)| a == b).count();
        let shared = (0..=shared).rev().find(|at| key.is_char_boundary(*at)).unwrap_or(0);
        push_int(&mut self.table, shared as u32);
        push_text(&mut self.table, &key[shared..]);
        push_int(&mut self.table, count);
        push_int(&mut self.table, postings.len() as u32);
        push_int(&mut self.sizes, places.len() as u32);
        self.data.extend_from_slice(postings);
        self.places.extend_from_slice(places);
        key.clone_into(&mut self.last);
        self.keys += 1;
    }

    /// How many bytes the postings take.
    pub fn size(&self) -> usize {
        self.table.len() + self.data.len()
    }

    /// The file of postings and the file of places.
    pub fn finish(self) -> (Vec<u8>, Vec<u8>) {
        let file = |table: Vec<u8>, data: Vec<u8>| {
            let mut payload = Vec::with_capacity(table.len() + data.len() + 5);
            push_int(&mut payload, self.keys);
            payload.extend_from_slice(&table);
            payload.extend_from_slice(&data);
            framed(&payload)
        };
        (file(self.table, self.data), file(self.sizes, self.places))
    }
}

/// Where the data of a key lies in its shard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'file> {
    /// Its number in the shard.
    pub index: u32,
    /// How many postings.
    pub count: u32,
    /// Their bits.
    pub data: &'file [u8],
}

/// A key in the file of postings; nothing if the shard has no such key.
pub fn find<'file>(file: &'file [u8], key: &str) -> Result<Option<Found<'file>>, Broken> {
    let mut reader = Reader::new(unframed(file)?);
    let keys = reader.int()?;
    let mut name: Vec<u8> = Vec::new();
    let (mut before, mut found) = (0_usize, None);
    for index in 0..keys {
        let shared = reader.int()? as usize;
        let rest = reader.text()?;
        if shared > name.len() {
            return Err(Broken);
        }
        name.truncate(shared);
        name.extend_from_slice(rest.as_bytes());
        let (count, length) = (reader.int()?, reader.int()? as usize);
        if name == key.as_bytes() {
            found = Some((index, count, before, length));
        }
        before += length;
    }
    let Some((index, count, start, length)) = found else { return Ok(None) };
    let data = reader.rest.get(start..start + length).ok_or(Broken)?;
    Ok(Some(Found { index, count, data }))
}

/// The bits of the places of the key with this number.
pub fn places_of(file: &[u8], index: u32) -> Result<&[u8], Broken> {
    let mut reader = Reader::new(unframed(file)?);
    let keys = reader.int()?;
    let sizes = reader.column(keys)?;
    let start: usize = sizes.iter().take(index as usize).map(|size| *size as usize).sum();
    let length = *sizes.get(index as usize).ok_or(Broken)? as usize;
    reader.rest.get(start..start + length).ok_or(Broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSES: [Class; 6] = [Class::Prose, Class::Record, Class::Heading, Class::Title, Class::Name, Class::Label];

    fn lists() -> Vec<Postings> {
        let mut state = 7_u32;
        let mut random = move |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % below
        };
        let mut lists = vec![Postings::default()];
        for (length, widest) in [(1, 2), (1, 4_000_000), (300, 2), (300, 40), (300, 90_000), (3000, 7), (3001, 7)] {
            let mut postings = Postings::default();
            let mut passage = random(widest);
            for index in 0..length {
                let class = if length % 2 == 1 { Class::Prose } else { CLASSES[random(6) as usize] };
                let reach = if class == Class::Heading { random(60) } else { 0 };
                postings.list.push(Posting { passage, class, reach });
                let first = random(200);
                postings.places.push((0..=random(3)).map(|place| first + place * (1 + random(5).min(1))).collect());
                // Now and then a gap that is far from the others.
                passage += 1 + random(widest) + if index % 97 == 96 { 1_000_000 } else { 0 };
            }
            for places in &mut postings.places {
                places.dedup();
            }
            lists.push(postings);
        }
        lists
    }

    #[test]
    fn lists_come_back() {
        for postings in lists() {
            let count = postings.list.len() as u32;
            assert_eq!(decode(&encode(&postings.list), count).as_ref(), Ok(&postings.list));
            assert_eq!(decode_places(&encode_places(&postings.places), count).as_ref(), Ok(&postings.places));
        }
    }

    #[test]
    fn what_is_cut_short_is_broken_and_never_a_panic() {
        for postings in lists() {
            let (count, data) = (postings.list.len() as u32, encode(&postings.list));
            assert_eq!(decode(&data, 8 * data.len() as u32 + 1), Err(Broken));
            for length in (0..data.len().saturating_sub(1)).step_by(7) {
                let _ = decode(&data[..length], count);
                let _ = decode_places(&data[..length], count);
            }
        }
        assert_eq!(decode_places(&[0xFF; 9], 1), Err(Broken));
    }

    #[test]
    fn keys_are_found_in_their_shard_alone() {
        let mut writer = ShardWriter::default();
        let keys = ["7.3", "7.30", "abus", "abuse", "burglari", "tŷ", "tŵr"];
        let mut sorted = keys;
        sorted.sort_unstable();
        for (index, key) in (1_u8..).zip(sorted) {
            writer.push(key, u32::from(index), &vec![index; index as usize], &[index]);
        }
        let (file, places) = writer.finish();
        for (index, key) in (1_u8..).zip(sorted) {
            let found = find(&file, key).expect("the file is whole").expect("the key is there");
            assert_eq!((found.count, found.data), (u32::from(index), vec![index; index as usize].as_slice()), "{key}");
            assert_eq!(places_of(&places, found.index), Ok([index].as_slice()));
        }
        assert_eq!(find(&file, "7.31"), Ok(None));
        assert_eq!(places_of(&places, 7), Err(Broken));
    }
}
