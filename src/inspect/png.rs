//! A PNG without what is no part of the picture (PNG, third edition).
//!
//! Input: the bytes. Output: the chunks that say how the picture looks. Texts, times, what a camera wrote, and what stands behind
//! the last chunk go, and so does every chunk that is not in [`KEPT`].

use std::collections::BTreeSet;

use super::camera::{Sorted, camera, is_on_its_side, only_orientation};
use crate::diagnostic::Detail;

/// The first bytes of every PNG.
pub const START: &[u8] = b"\x89PNG\r\n\x1A\n";

/// What says how a picture looks, beside the chunks that every decoder must know.
const KEPT: &[&[u8; 4]] = &[
    b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"cICP", b"mDCV",
    b"cLLI", b"acTL", b"fcTL", b"fdAT",
];

/// Sorts the chunks; `None` if there is no data of a picture.
pub fn sort(bytes: &[u8]) -> Option<Sorted> {
    let mut kept = START.to_vec();
    let mut details = BTreeSet::new();
    let mut orientation = None;
    // What says how the camera was held must stand before the data.
    let mut first_data = None;
    let mut at = START.len();
    while let Some(head) = bytes.get(at..at + 8) {
        let (length, name) = head.split_at(4);
        let length = u32::from_be_bytes(length.try_into().ok()?) as usize;
        // A picture that was cut off shows as far as it goes.
        let end = (at + 8).saturating_add(length).saturating_add(4).min(bytes.len());
        let body = &bytes[at + 8..end.saturating_sub(4).max(at + 8)];
        let must_be_known = name[0].is_ascii_uppercase();
        if must_be_known || KEPT.iter().any(|kept| *kept == name) {
            if name == b"IDAT" {
                first_data = first_data.or(Some(kept.len()));
            }
            kept.extend(&bytes[at..end]);
        } else if name == b"eXIf" {
            orientation = camera(body, &mut details).or(orientation);
        } else {
            details.insert(Detail::Description);
        }
        at = end;
        if name == b"IEND" {
            break;
        }
    }
    if at < bytes.len() {
        details.insert(Detail::Behind);
    }
    let first_data = first_data?;
    if let Some(way) = orientation {
        let chunk = chunk(b"eXIf", &only_orientation(way));
        kept.splice(first_data..first_data, chunk);
    }
    Some(Sorted { bytes: kept, details, on_its_side: is_on_its_side(orientation) })
}

/// A chunk with its checksum.
pub fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut checksum = flate2::Crc::new();
    checksum.update(name);
    checksum.update(body);
    let length = u32::try_from(body.len()).unwrap_or_default();
    [&length.to_be_bytes(), name.as_slice(), body, &checksum.sum().to_be_bytes()].concat()
}
