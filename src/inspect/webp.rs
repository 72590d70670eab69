//! A WebP without what is no part of the picture (RFC 9649).
//!
//! Input: the bytes. Output: the chunks in [`KEPT`], with the head of the file and the list of what is in it put right.

use std::collections::BTreeSet;

use super::camera::{Sorted, camera, is_on_its_side, only_orientation};
use crate::diagnostic::Detail;

/// What a picture is made of.
const KEPT: &[&[u8; 4]] = &[b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

/// In `VP8X`: there is something that a camera wrote.
const HAS_CAMERA: u8 = 0x08;
/// In `VP8X`: there is a description.
const HAS_DESCRIPTION: u8 = 0x04;

/// Sorts the chunks; `None` if there is no data of a picture.
pub fn sort(bytes: &[u8]) -> Option<Sorted> {
    let declared = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    let end = declared.saturating_add(8).min(bytes.len());
    let mut kept = bytes.get(..12)?.to_vec();
    let mut details = BTreeSet::new();
    let (mut orientation, mut list_at, mut has_data) = (None, None, false);
    let mut at = 12;
    while let Some(head) = bytes.get(at..at + 8).filter(|_| at + 8 <= end) {
        let (name, length) = head.split_at(4);
        let length = u32::from_le_bytes(length.try_into().ok()?) as usize;
        let padded = length.saturating_add(length % 2);
        let next = (at + 8).saturating_add(padded).min(end);
        let body = &bytes[at + 8..(at + 8).saturating_add(length).min(end)];
        if KEPT.iter().any(|kept| *kept == name) {
            if name == b"VP8X" && !body.is_empty() {
                list_at = Some(kept.len() + 8);
            }
            has_data |= [b"VP8 ", b"VP8L", b"ANMF"].iter().any(|data| *data == name);
            kept.extend(&bytes[at..next]);
        } else if name == b"EXIF" {
            orientation = camera(body, &mut details).or(orientation);
        } else {
            details.insert(Detail::Description);
        }
        at = next;
    }
    if end < bytes.len() {
        details.insert(Detail::Behind);
    }
    if let Some(list_at) = list_at {
        kept[list_at] &= !(HAS_CAMERA | HAS_DESCRIPTION);
        if let Some(way) = orientation {
            kept[list_at] |= HAS_CAMERA;
            let tiff = only_orientation(way);
            kept.extend([b"EXIF".as_slice(), &26_u32.to_le_bytes(), &tiff].concat());
        }
    }
    let length = u32::try_from(kept.len() - 8).ok()?;
    kept[4..8].copy_from_slice(&length.to_le_bytes());
    has_data.then_some(Sorted { bytes: kept, details, on_its_side: is_on_its_side(orientation) })
}
