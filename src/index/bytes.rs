//! Bytes: numbers, bits and packed texts of the files of the index, written.
//!
//! Input: numbers and texts. Output: bytes, as FORMAT.md says. Not here: what the numbers mean, and reading them back,
//! which is `search/bytes.rs`.

use flate2::{Compress, Compression, FlushCompress, Status};

use crate::search::bytes::{HEAD, fnv};
use crate::search::tables::{MAGIC, MOST_COMMON};

/// A file: its head, and the payload.
pub fn framed(payload: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(HEAD + payload.len());
    file.extend_from_slice(MAGIC.as_bytes());
    file.extend_from_slice(&fnv(payload).to_le_bytes());
    file.extend_from_slice(payload);
    file
}

/// Packs many texts one after another in the same memory.
#[derive(Debug)]
pub struct Packer {
    compress: Compress,
}

impl Packer {
    /// A packer of this level, from 1, which is quick, to 9, which packs small.
    pub fn new(level: u32) -> Self {
        Self { compress: Compress::new(Compression::new(level), false) }
    }

    /// Appends the packed `payload`.
    pub fn pack(&mut self, payload: &[u8], out: &mut Vec<u8>) {
        self.compress.reset();
        let mut done = 0;
        loop {
            out.reserve(payload.len() / 2 + 64);
            let before = self.compress.total_in();
            let status = self.compress.compress_vec(&payload[done..], out, FlushCompress::Finish);
            done += usize::try_from(self.compress.total_in() - before).unwrap_or(0);
            match status {
                Ok(Status::StreamEnd) => return,
                Ok(_) => {}
                Err(error) => unreachable!("packing writes into memory: {error}"),
            }
        }
    }
}

/// A payload, packed as small as can be.
pub fn pack(payload: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    Packer::new(9).pack(payload, &mut out);
    out
}

/// ⌊log₄⌋ of a number of uses: a few new ones change no file.
pub fn digit(uses: u32) -> u32 {
    (uses.max(1).ilog2() / 2).min(MOST_COMMON)
}

/// Appends an int: unsigned LEB128.
pub fn push_int(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a text: its length in bytes as an int, and the text.
pub fn push_text(out: &mut Vec<u8>, text: &str) {
    push_int(out, text.len() as u32);
    out.extend_from_slice(text.as_bytes());
}

/// Appends ints.
pub fn push_column(out: &mut Vec<u8>, column: impl IntoIterator<Item = u32>) {
    for value in column {
        push_int(out, value);
    }
}

/// Appends spans in ascending order, each as (first, length): a column of how far each begins after the one before, and a
/// column of lengths.
pub fn push_spans(out: &mut Vec<u8>, spans: impl Iterator<Item = (u32, u32)> + Clone) {
    let befores = std::iter::once(0).chain(spans.clone().map(|(first, _)| first));
    push_column(out, spans.clone().zip(befores).map(|((first, _), before)| first - before));
    push_column(out, spans.map(|(_, length)| length));
}

/// Collects bits, the highest of a byte first.
#[derive(Debug, Default)]
pub struct BitWriter {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl BitWriter {
    /// Appends the lowest `count` bits of `value`, at most 32.
    pub fn bits(&mut self, value: u32, count: u32) {
        debug_assert!(count <= 32 && (count == 32 || value >> count == 0), "only the bits that are written are set");
        self.held = self.held << count | u64::from(value);
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.held >> self.count) as u8);
        }
    }

    /// Appends so many ones, and a zero.
    pub fn unary(&mut self, mut ones: u32) {
        while ones >= 16 {
            self.bits(0xFFFF, 16);
            ones -= 16;
        }
        self.bits((1 << (ones + 1)) - 2, ones + 1);
    }

    /// Appends a number in exponential Golomb code.
    pub fn golomb(&mut self, value: u32, k: u32) {
        let value = u64::from(value) + (1 << k);
        let length = 64 - value.leading_zeros();
        self.bits(0, length - k - 1);
        if length > 32 {
            self.bits(1, length - 32);
        }
        self.bits(value as u32, length.min(32));
    }

    /// The bytes; the last is filled up with zeros.
    pub fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bits(0, 8 - self.count);
        }
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::bytes::{BitReader, Broken, Reader, unframed, unpack};

    /// Numbers of every length, the same each time.
    fn numbers() -> Vec<u32> {
        let mut state = 1_u32;
        let edges = (0..32).flat_map(|bit| [1_u32 << bit, (1 << bit) - 1, u32::MAX >> bit]);
        let mixed = (0..2000).map(|index| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> (index % 32)
        });
        edges.chain(mixed).collect()
    }

    #[test]
    fn ints_and_texts_come_back() {
        let mut bytes = Vec::new();
        push_column(&mut bytes, numbers());
        push_text(&mut bytes, "tŷ");
        let mut reader = Reader::new(&bytes);
        assert_eq!(reader.column(numbers().len() as u32), Ok(numbers()));
        assert_eq!(reader.text(), Ok("tŷ"));
        assert_eq!(reader.int(), Err(Broken));
        assert_eq!(Reader::new(&[0xFF; 6]).int(), Err(Broken));
        assert_eq!(Reader::new(&[200, 1, 0]).text(), Err(Broken));
        assert_eq!(Reader::new(&[0; 3]).column(u32::MAX), Err(Broken));
    }

    #[test]
    fn bits_come_back() {
        let mut writer = BitWriter::default();
        for (index, number) in (0_u32..).zip(numbers()) {
            writer.unary(number % 70);
            writer.golomb(number, index % 9);
            writer.bits(number, 32);
            writer.bits(number & 7, 3);
        }
        let bytes = writer.finish();
        let mut reader = BitReader::new(&bytes);
        for (index, number) in (0_u32..).zip(numbers()) {
            assert_eq!(reader.unary(u32::MAX), number % 70);
            assert_eq!(reader.golomb(index % 9), number, "k = {}", index % 9);
            assert_eq!((reader.bits(32), reader.bits(3)), (number, number & 7));
        }
        assert!(!reader.ran_out());
        assert_eq!((reader.bits(32), reader.golomb(3)), (0, 0));
        assert!(reader.ran_out());
    }

    #[test]
    fn one_wrong_bit_in_a_file_is_noticed() {
        let file = framed(&pack(b"what was resolved, what was resolved"));
        let payload = unframed(&file).expect("it is whole");
        assert_eq!(unpack(payload).as_deref(), Ok(b"what was resolved, what was resolved".as_slice()));
        for bit in 0..file.len() * 8 {
            let mut other = file.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(unframed(&other), Err(Broken), "bit {bit}");
        }
        for length in 0..file.len() {
            assert_eq!(unframed(&file[..length]), Err(Broken), "the first {length} bytes");
        }
    }
}
