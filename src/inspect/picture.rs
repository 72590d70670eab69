//! What a camera or a drawing program wrote into a picture beside the picture, and the picture without it.
//!
//! Input: the bytes of a picture. Output: which [`Detail`]s are in it and, for the formats of the web, the same picture without
//! them: its pixels byte for byte, its colour profile, and how the camera was held. Not here: the four formats
//! (`jpeg.rs`, `png.rs`, `webp.rs`, `gif.rs`), which name what they keep, so that what nobody knew of goes too.

use std::collections::BTreeSet;
use std::io::Cursor;

use exif::{Context, In, Tag};

use super::{gif, jpeg, png, webp};
use crate::diagnostic::Detail;

/// A format that browsers show and that can be written anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JPEG, also with several scans.
    Jpeg,
    /// PNG, also moving.
    Png,
    /// WebP, also moving.
    WebP,
    /// GIF, also moving.
    Gif,
}

/// The parts of a picture, while they are sorted.
pub struct Sorted {
    /// What is published.
    pub bytes: Vec<u8>,
    /// What is not.
    pub details: BTreeSet<Detail>,
}

/// The format of a picture, by its first bytes.
pub fn format(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(jpeg::START) {
        Some(Format::Jpeg)
    } else if bytes.starts_with(png::START) {
        Some(Format::Png)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(Format::WebP)
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        Some(Format::Gif)
    } else {
        None
    }
}

/// The picture without what is no part of it; `None` if it ends before it begins to be a picture.
pub fn without_details(format: Format, bytes: &[u8]) -> Option<Sorted> {
    match format {
        Format::Jpeg => jpeg::sort(bytes),
        Format::Png => png::sort(bytes),
        Format::WebP => webp::sort(bytes),
        Format::Gif => gif::sort(bytes),
    }
}

/// How many bytes a camera needs for what is harmless.
const SHORT: usize = 512;

/// Whether `bytes` begin as those of a picture that is not written anew: TIFF, HEIF and AVIF.
pub fn is_other(bytes: &[u8]) -> bool {
    let brand = bytes.get(8..12).unwrap_or_default();
    let heif = bytes.get(4..8) == Some(b"ftyp")
        && [b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"]
            .iter()
            .any(|one| *one == brand);
    heif || bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*")
}

/// The details in such a picture, as far as they can be told.
pub fn details_of_other(bytes: &[u8]) -> BTreeSet<Detail> {
    let mut details = BTreeSet::new();
    if let Ok(read) = exif::Reader::new().continue_on_error(true).read_from_container(&mut Cursor::new(bytes)) {
        let telling = |field: &&exif::Field| field.tag.context() != Context::Tiff || TELLING.contains(&field.tag);
        details.extend(read.fields().filter(telling).filter(|field| field.ifd_num == In::PRIMARY).filter_map(detail));
    }
    if find(bytes, b"http://ns.adobe.com/xap/1.0/").or_else(|| find(bytes, b"<x:xmpmeta")).is_some() {
        details.insert(Detail::Description);
    }
    details
}

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

/// What a picture that is not written anew may say of somebody; it is made of other fields of the same sort.
const TELLING: &[Tag] = &[Tag::Make, Tag::Model, Tag::DateTime, Tag::Artist, Tag::Software, Tag::ImageDescription];

fn detail(field: &exif::Field) -> Option<Detail> {
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

/// Where `part` stands first in `bytes`.
pub fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}
