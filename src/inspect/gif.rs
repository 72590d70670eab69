//! A GIF without what is no part of the picture (GIF89a).
//!
//! Input: the bytes. Output: the blocks that are drawn, how they move, and their colours. Comments go, and so do notes of programs
//! and what stands behind the end.

use std::collections::BTreeSet;

use super::camera::Sorted;
use crate::diagnostic::Detail;

/// Notes of programs that say how a picture moves, or its colours.
const KEPT: &[&[u8; 11]] = &[b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

/// Sorts the blocks; `None` if nothing is drawn.
pub fn sort(bytes: &[u8]) -> Option<Sorted> {
    let mut details = BTreeSet::new();
    let start = 13 + colours(*bytes.get(10)?);
    let mut kept = bytes.get(..start)?.to_vec();
    let mut at = start;
    let mut is_drawn = false;
    while let Some(sort) = bytes.get(at) {
        let end = match sort {
            0x3B => at + 1,
            0x2C => {
                let colours = colours(*bytes.get(at + 9)?);
                // A picture that was cut off shows as far as it goes.
                blocks(bytes, at + 10 + colours + 1).unwrap_or(bytes.len())
            }
            0x21 => blocks(bytes, at + 2)?,
            _ => return None,
        };
        let block = bytes.get(at..end)?;
        is_drawn |= *sort == 0x2C;
        match (sort, block.get(1)) {
            (0x21, Some(0xFE)) => drop(details.insert(Detail::Description)),
            (0x21, Some(0xFF)) if !KEPT.iter().any(|name| block.get(3..14) == Some(name.as_slice())) => {
                details.insert(Detail::Description);
            }
            _ => kept.extend(block),
        }
        at = end;
        if *sort == 0x3B {
            break;
        }
    }
    if bytes.get(at..).is_some_and(|rest| rest.iter().any(|byte| *byte != 0)) {
        details.insert(Detail::Behind);
    }
    is_drawn.then_some(Sorted { bytes: kept, details, on_its_side: false })
}

/// How many bytes a table of colours has, by the byte that says whether there is one.
fn colours(packed: u8) -> usize {
    if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) }
}

/// Where blocks that begin at `at` end; `None` if they do not.
fn blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
