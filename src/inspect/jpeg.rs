//! A JPEG without what is no part of the picture (ITU T.81, annex B).
//!
//! Input: the bytes. Output: the segments that a decoder needs, each scan byte for byte. Of the segments for applications the
//! colour profile, Adobe's note on colours and the head of JFIF stay; all others go, and so does what stands behind the end
//! of the picture, where cameras keep other pictures.

use std::collections::BTreeSet;

use super::camera::{Sorted, camera, is_on_its_side, only_orientation};
use crate::diagnostic::Detail;

/// The first bytes of every JPEG.
pub const START: &[u8] = b"\xFF\xD8\xFF";

const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const COMMENT: u8 = 0xFE;
const APPLICATIONS: std::ops::RangeInclusive<u8> = 0xE0..=0xEF;

/// Sorts the segments; `None` if there is no scan.
pub fn sort(bytes: &[u8]) -> Option<Sorted> {
    let mut kept: Vec<u8> = bytes.get(..2)?.to_vec();
    let mut details = BTreeSet::new();
    let mut orientation = None;
    // Where what says how the camera was held is to stand: behind the head of JFIF, which must be first.
    let mut behind_head = kept.len();
    let mut at = kept.len();
    let mut scans = 0;
    while at < bytes.len() {
        let marker_at = at + bytes[at..].iter().position(|byte| *byte != 0xFF)?;
        let marker = bytes[marker_at];
        if marker_at == at {
            // No marker where one must be: nobody can say what follows.
            return None;
        }
        at = marker_at + 1;
        if marker == END {
            kept.extend([0xFF, END]);
            if bytes[at..].iter().any(|byte| *byte != 0) {
                details.insert(Detail::Behind);
            }
            break;
        }
        if matches!(marker, 0x01 | 0xD0..=0xD7) {
            kept.extend([0xFF, marker]);
            continue;
        }
        let length = usize::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
        let body = bytes.get(at + 2..at + length)?;
        at += length;
        let segment = &bytes[marker_at - 1..at];
        if APPLICATIONS.contains(&marker) || marker == COMMENT {
            match application(marker, body, &mut details, &mut orientation) {
                Kept::No => {}
                Kept::AsItIs => kept.extend(segment),
                Kept::Head(head) => {
                    kept.extend([0xFF, marker, 0, 16]);
                    kept.extend(head);
                    behind_head = kept.len();
                }
            }
            continue;
        }
        kept.extend(segment);
        if marker == SCAN {
            scans += 1;
            let end = at + end_of_scan(&bytes[at..]);
            kept.extend(&bytes[at..end]);
            at = end;
        }
    }
    if let Some(way) = orientation {
        let tiff = only_orientation(way);
        let segment = [b"\xFF\xE1\0\x22Exif\0\0".as_slice(), &tiff].concat();
        kept.splice(behind_head..behind_head, segment);
    }
    (scans > 0).then_some(Sorted { bytes: kept, details, on_its_side: is_on_its_side(orientation) })
}

/// What becomes of a segment for applications.
enum Kept {
    No,
    AsItIs,
    /// The head of JFIF, without the small picture in it.
    Head([u8; 14]),
}

fn application(marker: u8, body: &[u8], details: &mut BTreeSet<Detail>, orientation: &mut Option<u8>) -> Kept {
    let detail = match marker {
        0xE0 if body.starts_with(b"JFIF\0") && body.len() >= 14 => {
            let mut head: [u8; 14] = body[..14].try_into().unwrap_or_default();
            if body.len() > 14 {
                details.insert(Detail::Preview);
            }
            head[12..].fill(0);
            return Kept::Head(head);
        }
        0xE0 => Detail::Preview,
        0xE1 if body.starts_with(b"Exif\0") => {
            *orientation = camera(body, details).or(*orientation);
            return Kept::No;
        }
        0xE2 if body.starts_with(b"ICC_PROFILE\0") => return Kept::AsItIs,
        0xE2 => Detail::Behind,
        0xEE if body.starts_with(b"Adobe") => return Kept::AsItIs,
        _ => Detail::Description,
    };
    details.insert(detail);
    Kept::No
}

/// How many bytes a scan has: to the next marker that is none of its own.
fn end_of_scan(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == 0xFF) {
        match bytes.get(at + found + 1) {
            Some(0x00 | 0xD0..=0xD7) => at += found + 2,
            Some(0xFF) => at += found + 1,
            Some(_) => return at + found,
            None => break,
        }
    }
    bytes.len()
}
