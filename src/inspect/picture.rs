//! What a camera or a drawing program wrote into a picture beside the picture, and the picture without it.
//!
//! Input: the bytes of a picture. Output: which [`Detail`]s are in it and, for the formats of the web, the same picture without
//! them: its pixels byte for byte, its colour profile, and how the camera was held. Not here: the four formats
//! (`jpeg.rs`, `png.rs`, `webp.rs`, `gif.rs`), which name what they keep, so that what nobody knew of goes too.

use std::collections::BTreeSet;
use std::io::Cursor;

use exif::{Context, In, Tag};

use super::camera::{Sorted, detail};
use super::{find, gif, jpeg, png, webp};
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

/// What a picture that is not written anew may say of somebody; it is made of other fields of the same sort.
const TELLING: &[Tag] = &[Tag::Make, Tag::Model, Tag::DateTime, Tag::Artist, Tag::Software, Tag::ImageDescription];
