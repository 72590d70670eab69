//! The codec: numbers, bits and files of the index, written and read back.
//!
//! Enters: numbers and texts. Leaves: bytes, and from bytes the same again, or [`Broken`]: whatever a file holds, nothing
//! here panics or takes more memory than the file explains. The page for it is FORMAT.md. Absent: what the numbers mean.

use std::io::Read as _;

use flate2::read::DeflateDecoder;
use flate2::{Compress, Compression, FlushCompress, Status};

/// A file of the index is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

const MAGIC: &[u8; 4] = b"FMS1";

/// No packed file holds more, so that a broken one cannot fill the memory.
const LARGEST: u64 = 1 << 28;

/// In front of every file.
const HEAD: usize = 8;

/// A file with its head.
pub fn framed(payload: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(HEAD + payload.len());
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&fnv(payload).to_le_bytes());
    file.extend_from_slice(payload);
    file
}

/// What stands behind the head of a file.
pub fn unframed(file: &[u8]) -> Result<&[u8], Broken> {
    let (head, payload) = file.split_at_checked(HEAD).ok_or(Broken)?;
    let whole = &head[..4] == MAGIC && head[4..] == fnv(payload).to_le_bytes();
    if whole { Ok(payload) } else { Err(Broken) }
}

/// FNV-1a in 32 bits.
pub fn fnv(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// Packs many texts one after another with the same room.
#[derive(Debug)]
pub struct Packer {
    compress: Compress,
}

impl Packer {
    /// `level` from 1, quick, to 9, small.
    pub fn new(level: u32) -> Self {
        Self { compress: Compress::new(Compression::new(level), false) }
    }

    /// Appends the packed `payload`, which may repeat what is in `before`.
    pub fn pack(&mut self, before: &[u8], payload: &[u8], out: &mut Vec<u8>) {
        self.compress.reset();
        if !before.is_empty() && self.compress.set_dictionary(before).is_err() {
            unreachable!("raw DEFLATE can begin behind any text");
        }
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

/// Packed as small as can be.
pub fn pack(payload: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    Packer::new(9).pack(&[], payload, &mut out);
    out
}

/// Unpacked.
pub fn unpack(packed: &[u8]) -> Result<Vec<u8>, Broken> {
    let mut payload = Vec::new();
    DeflateDecoder::new(packed).take(LARGEST).read_to_end(&mut payload).map_err(|_| Broken)?;
    Ok(payload)
}

/// Unpacked, where `before` was at hand when it was packed.
pub fn unpack_behind(before: &[u8], packed: &[u8]) -> Result<Vec<u8>, Broken> {
    // A stored block that is not the last says what stands before.
    let length = u16::try_from(before.len()).map_err(|_| Broken)?;
    let mut whole = vec![0];
    whole.extend_from_slice(&length.to_le_bytes());
    whole.extend_from_slice(&(!length).to_le_bytes());
    whole.extend_from_slice(before);
    whole.extend_from_slice(packed);
    let mut payload = unpack(&whole)?;
    payload.drain(..before.len());
    Ok(payload)
}

/// Appends an int.
pub fn push_int(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a text.
pub fn push_text(out: &mut Vec<u8>, text: &str) {
    push_int(out, text.len() as u32);
    out.extend_from_slice(text.as_bytes());
}

/// Appends a column.
pub fn push_column(out: &mut Vec<u8>, column: impl IntoIterator<Item = u32>) {
    for value in column {
        push_int(out, value);
    }
}

/// Reads what was appended, from the beginning on.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'bytes> {
    /// What is left.
    pub rest: &'bytes [u8],
}

impl<'bytes> Reader<'bytes> {
    /// From the first byte.
    pub fn new(rest: &'bytes [u8]) -> Self {
        Self { rest }
    }

    /// An int.
    pub fn int(&mut self) -> Result<u32, Broken> {
        let mut value: u32 = 0;
        for shift in (0..35).step_by(7) {
            let (byte, rest) = self.rest.split_first().ok_or(Broken)?;
            self.rest = rest;
            let bits = u32::from(byte & 0x7F);
            let shifted = bits.checked_shl(shift).filter(|shifted| shifted >> shift == bits).ok_or(Broken)?;
            value |= shifted;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Broken)
    }

    /// So many bytes.
    pub fn bytes(&mut self, length: usize) -> Result<&'bytes [u8], Broken> {
        let (bytes, rest) = self.rest.split_at_checked(length).ok_or(Broken)?;
        self.rest = rest;
        Ok(bytes)
    }

    /// A text.
    pub fn text(&mut self) -> Result<&'bytes str, Broken> {
        let length = self.int()? as usize;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| Broken)
    }

    /// A column of `length` ints.
    pub fn column(&mut self, length: u32) -> Result<Vec<u32>, Broken> {
        // An int has a byte at least.
        if length as usize > self.rest.len() {
            return Err(Broken);
        }
        (0..length).map(|_| self.int()).collect()
    }
}

/// Bits, the highest of a byte first.
#[derive(Debug, Default)]
pub struct BitWriter {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl BitWriter {
    /// The lowest `count` bits of `value`, at most 32.
    pub fn bits(&mut self, value: u32, count: u32) {
        debug_assert!(count <= 32 && (count == 32 || value >> count == 0), "only the bits that are written are set");
        self.held = self.held << count | u64::from(value);
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.held >> self.count) as u8);
        }
    }

    /// So many ones, then a zero.
    pub fn unary(&mut self, mut ones: u32) {
        while ones >= 16 {
            self.bits(0xFFFF, 16);
            ones -= 16;
        }
        self.bits((1 << (ones + 1)) - 2, ones + 1);
    }

    /// Exponential Golomb.
    pub fn golomb(&mut self, value: u32, k: u32) {
        let value = u64::from(value) + (1 << k);
        let length = 64 - value.leading_zeros();
        self.bits(0, length - k - 1);
        if length > 32 {
            self.bits(1, length - 32);
        }
        self.bits(value as u32, length.min(32));
    }

    /// The bytes; the last is filled with zeros.
    pub fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bits(0, 8 - self.count);
        }
        self.bytes
    }
}

/// Reads bits. Behind the end there are zeros: a reader asks for no more values than were counted.
#[derive(Debug)]
pub struct BitReader<'bytes> {
    bytes: &'bytes [u8],
    at: usize,
}

impl<'bytes> BitReader<'bytes> {
    /// From the first bit.
    pub fn new(bytes: &'bytes [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next bit.
    pub fn bit(&mut self) -> u32 {
        let byte = self.bytes.get(self.at / 8).copied().unwrap_or(0);
        let bit = byte >> (7 - self.at % 8) & 1;
        self.at += 1;
        u32::from(bit)
    }

    /// The next `count` bits, at most 32.
    pub fn bits(&mut self, count: u32) -> u32 {
        (0..count).fold(0, |value, _| value << 1 | self.bit())
    }

    /// Ones up to a zero; at most `limit`, and then no zero is read.
    pub fn unary(&mut self, limit: u32) -> u32 {
        let mut ones = 0;
        while ones < limit && self.bit() == 1 {
            ones += 1;
        }
        ones
    }

    /// Exponential Golomb.
    pub fn golomb(&mut self, k: u32) -> u32 {
        let mut zeros = 0;
        while zeros <= 32 && self.bit() == 0 {
            zeros += 1;
        }
        if zeros + k > 32 {
            return 0;
        }
        let value = (1_u64 << (zeros + k)) | u64::from(self.bits(zeros + k));
        u32::try_from(value - (1 << k)).unwrap_or(0)
    }

    /// Whether more was read than there is.
    pub fn ran_out(&self) -> bool {
        self.at > self.bytes.len() * 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn what_is_packed_behind_a_text_comes_back_behind_it() {
        let payload = b"The Board agreed that what was resolved be noted";
        for before in [b"".as_slice(), b"The Board agreed", b"nothing like it", payload] {
            let mut packed = Vec::new();
            Packer::new(4).pack(before, payload, &mut packed);
            assert_eq!(unpack_behind(before, &packed).as_deref(), Ok(payload.as_slice()));
            assert!(before != payload || packed.len() < 16, "{} bytes", packed.len());
        }
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
