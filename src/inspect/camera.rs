//! What a camera writes into a picture of any format (Exif).
//!
//! Input: what it wrote. Output: which details are in it, how the camera was held, and the shortest that says only that.

use std::collections::BTreeSet;

use exif::{Context, In, Tag};

use crate::diagnostic::Detail;

/// The parts of a picture, while they are sorted.
pub struct Sorted {
    /// What is published.
    pub bytes: Vec<u8>,
    /// What is not.
    pub details: BTreeSet<Detail>,
    /// Whether it is shown turned onto its side, so that its width is its height.
    pub on_its_side: bool,
}

/// Whether a picture that was held in this way is shown turned onto its side.
pub fn is_on_its_side(way: Option<u8>) -> bool {
    way.is_some_and(|way| way >= 5)
}

/// How many bytes a camera needs for what is harmless.
const SHORT: usize = 512;

/// What says how a picture looks, and nothing of anybody.
const HARMLESS: &[Tag] = &[
    Tag::Orientation,
    Tag::XResolution,
    Tag::YResolution,
    Tag::ResolutionUnit,
    Tag::YCbCrPositioning,
    Tag::ExifVersion,
    Tag::FlashpixVersion,
    Tag::ComponentsConfiguration,
    Tag::ColorSpace,
    Tag::PixelXDimension,
    Tag::PixelYDimension,
];

/// Reads what a camera wrote: adds what is in it to `details`, and gives how the camera was held, if not upright.
pub fn camera(written: &[u8], details: &mut BTreeSet<Detail>) -> Option<u8> {
    let tiff = written.strip_prefix(b"Exif\0\0").unwrap_or(written);
    let read = exif::Reader::new().continue_on_error(true).read_raw(tiff.to_vec());
    let read = read.or_else(|error| error.distill_partial_result(|_| {})).ok();
    let Some(read) = read else {
        details.insert(Detail::Camera);
        return None;
    };
    details.extend(read.fields().filter_map(detail));
    if tiff.len() > SHORT {
        // What is longer than its fields has more in it than a reader of fields sees.
        details.insert(Detail::Camera);
    }
    let orientation = read.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(orientation).ok().filter(|way| (2..=8).contains(way))
}

/// What a field of it says of somebody; `None` if it says how the picture looks.
pub fn detail(field: &exif::Field) -> Option<Detail> {
    match (field.tag.context(), field.ifd_num) {
        (Context::Gps, _) => Some(Detail::Place),
        (_, In::THUMBNAIL) => Some(Detail::Preview),
        _ if HARMLESS.contains(&field.tag) => None,
        _ => Some(Detail::Camera),
    }
}

/// The shortest that says how the camera was held, as TIFF: one directory with one entry.
pub fn only_orientation(way: u8) -> [u8; 26] {
    let mut tiff = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    tiff[19] = way;
    tiff
}
