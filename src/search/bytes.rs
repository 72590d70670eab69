//! Bytes: numbers, bits and packed texts of the files of the index, read.
//!
//! Input: bytes. Output: numbers and texts, or [`Broken`]: whatever a file holds, nothing here panics or takes more memory
//! than the file explains. FORMAT.md says what each is. Not here: what the numbers mean, and writing them, which is
//! `index/bytes.rs`.

use std::io::Read as _;

use flate2::read::DeflateDecoder;

use super::tables::MAGIC;

/// A file of the index is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

/// How many bytes a packed file holds at most, so that a broken one cannot fill the memory.
const LARGEST: u64 = 1 << 28;

/// How many bytes stand before the payload of a file: [`MAGIC`] and the check.
pub const HEAD: usize = 8;

/// The payload of a file.
///
/// # Errors
/// If the head is not that of a file of the index, or the check fails.
pub fn unframed(file: &[u8]) -> Result<&[u8], Broken> {
    let (head, payload) = file.split_at_checked(HEAD).ok_or(Broken)?;
    let whole = head[..4] == *MAGIC.as_bytes() && head[4..] == fnv(payload).to_le_bytes();
    if whole { Ok(payload) } else { Err(Broken) }
}

/// The FNV-1a hash of bytes, in 32 bits.
pub fn fnv(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// Unpacks raw DEFLATE.
///
/// # Errors
/// If it is no DEFLATE, or ends early.
pub fn unpack(packed: &[u8]) -> Result<Vec<u8>, Broken> {
    let mut payload = Vec::new();
    DeflateDecoder::new(packed).take(LARGEST).read_to_end(&mut payload).map_err(|_| Broken)?;
    Ok(payload)
}

/// Reads ints, texts and columns, one after another.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'bytes> {
    /// The bytes that were not read yet.
    pub rest: &'bytes [u8],
}

impl<'bytes> Reader<'bytes> {
    /// A reader that begins at the first byte.
    pub fn new(rest: &'bytes [u8]) -> Self {
        Self { rest }
    }

    /// An int: unsigned LEB128 of at most 32 bits.
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

    /// The next `length` bytes.
    pub fn bytes(&mut self, length: usize) -> Result<&'bytes [u8], Broken> {
        let (bytes, rest) = self.rest.split_at_checked(length).ok_or(Broken)?;
        self.rest = rest;
        Ok(bytes)
    }

    /// A text: its length in bytes as an int, and UTF-8.
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

    /// `count` spans in ascending order, as (first, end): a column of how far each begins after the one before, and a
    /// column of lengths.
    pub fn spans(&mut self, count: u32) -> Result<Vec<(u32, u32)>, Broken> {
        let (steps, lengths) = (self.column(count)?, self.column(count)?);
        let mut first = 0_u32;
        let mut span = |(step, length): (u32, u32)| {
            first = first.checked_add(step)?;
            Some((first, first.checked_add(length)?))
        };
        steps.into_iter().zip(lengths).map(|columns| span(columns).ok_or(Broken)).collect()
    }
}

/// Reads bits, the highest of a byte first. After the end there are zeros: a reader asks for no more values than were
/// counted.
#[derive(Debug)]
pub struct BitReader<'bytes> {
    bytes: &'bytes [u8],
    at: usize,
}

impl<'bytes> BitReader<'bytes> {
    /// A reader that begins at the first bit.
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

    /// A number in exponential Golomb code.
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
