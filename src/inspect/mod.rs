//! Looks into files that documents publish beside their texts: for what readers were not meant to see, and for what could act in the
//! name of the site.
//!
//! Input: the name and the bytes of a file. Output: an [`Inspection`]: diagnostics and, for a picture, the bytes that are published in
//! its place; the words of PDF and office files for whoever listens (`spoken.rs`). Not here: which files are published (`assemble`),
//! texts with a head (`disclosure`), what their words may say (`leaks`), and the disk.
//!
//! | a file | is looked at by |
//! |---|---|
//! | a picture | `picture.rs`: what a camera wrote is taken out of the copy that is published |
//! | PDF | `pdf.rs` |
//! | Word, Excel, PowerPoint, LibreOffice | `office.rs` |
//! | SVG, XML, HTML, and what looks like it | `markup.rs`: refused if it could run something |
//! | anything else that may hide something | nobody: a warning says so |
//!
//! **Nothing is trusted**: what a file says of its length is held to it, and no part is unpacked beyond a limit. A file that is broken
//! is a warning, never the end of a build. What a name says counts only where a browser goes by it.

mod camera;
mod cover;
mod excel;
mod formats;
mod geometry;
mod gif;
mod jpeg;
mod markup;
mod office;
mod open_document;
mod package;
mod pdf;
mod pdf_font;
mod pdf_letters;
mod pdf_page;
mod pdf_stream;
mod pdf_weight;
mod pdf_words;
mod picture;
mod png;
mod rows;
#[cfg(test)]
mod samples;
mod slides;
mod spoken;
mod tables;
#[cfg(test)]
mod tests;
mod webp;
mod word;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use xxhash_rust::xxh3::xxh3_128;

use crate::diagnostic::{Active, Attached, Diagnostics, Hidden, Places, Unread};
use crate::model::Cleaned;
use crate::source::{Attachment, FileProvider};
use formats::FORMATS;
use markup::Sort;
pub use spoken::Hear;
use spoken::Spoken;

/// The longest file that is looked into, in bytes.
const LONGEST: u64 = 100_000_000;

/// What was found in a file.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// What its author should know.
    pub diagnostics: Diagnostics,
    /// What is published in its place, if that is not the file as it is.
    pub cleaned: Option<Cleaned>,
    /// Whether it is a picture that is shown turned onto its side.
    pub on_its_side: bool,
    /// Its first words, if it is a PDF or a file of an office.
    pub opening: Box<str>,
    /// The rows of its sheets and tables, if it is a file of an office.
    pub sheets: Vec<spoken::Rows>,
}

impl Inspection {
    /// What a person who has looked at the file cannot take back: what it could do, and what is left out of it.
    #[must_use]
    pub fn without_what_was_checked(&self) -> Diagnostics {
        let mut kept = self.diagnostics.clone();
        kept.retain(|said| matches!(said.code, "active-file" | "picture-details"));
        kept
    }
}

/// What was found in files, so that one that did not change is not looked into again while a site is written.
#[derive(Debug, Default)]
pub struct Seen(Mutex<BTreeMap<Key, Arc<Inspection>>>);

/// The path of a file and the hash of its bytes.
type Key = (Box<str>, u128);

impl Seen {
    /// What is in a file, from memory or by a look into it. Words are not kept: who wants to `hear` them has it looked into.
    pub fn inspect(
        &self,
        attachment: &Attachment,
        provider: &dyn FileProvider,
        hear: Option<Hear<'_>>,
    ) -> Arc<Inspection> {
        let key = (attachment.path.clone(), attachment.hash);
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if hear.is_none()
            && let Some(inspection) = known().get(&key)
        {
            return Arc::clone(inspection);
        }
        let inspection = Arc::new(inspect(attachment, provider, hear));
        known().insert(key, Arc::clone(&inspection));
        inspection
    }
}

/// Looks into a file that is about to be published.
pub fn inspect(attachment: &Attachment, provider: &dyn FileProvider, hear: Option<Hear<'_>>) -> Inspection {
    let file = Attached { path: &attachment.path, hash: attachment.hash };
    let mut diagnostics = Diagnostics::new();
    let end = file.end().to_lowercase();
    let ends = &FORMATS.ends;
    let (mut cleaned, mut on_its_side) = (None, false);
    let mut spoken = Spoken::new(hear);
    if ends.pages.contains(&end) {
        diagnostics.active_file(file, &Active::Page);
    } else if ends.programs.contains(&end) {
        diagnostics.active_file(file, &Active::Program);
    } else if !ends.plain.contains(&end) {
        match provider.beginning(&attachment.path, LONGEST) {
            Ok(bytes) if bytes.len() as u64 >= attachment.length => {
                (cleaned, on_its_side) = into(bytes, &end, file, &mut spoken, &mut diagnostics);
            }
            Ok(_) => diagnostics.unread_file(file, &Unread::TooLong(LONGEST)),
            Err(_) => diagnostics.unread_file(file, &Unread::Closed),
        }
    }
    Inspection { diagnostics, cleaned, on_its_side, sheets: spoken.take_sheets(), opening: spoken.opening() }
}

/// Hands on the words of a PDF or a file of an office; of any other file none.
pub fn words(path: &str, bytes: &[u8], hear: Hear<'_>) {
    if is_pdf(bytes) || is_archive(bytes) {
        let file = Attached { path, hash: 0 };
        into(bytes.to_vec(), "", file, &mut Spoken::new(Some(hear)), &mut Diagnostics::new());
    }
}

fn is_pdf(bytes: &[u8]) -> bool {
    find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some()
}

fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Looks into bytes, by what they are. Returns what is published in their place, and whether they are a picture on its side.
fn into(
    bytes: Vec<u8>,
    end: &str,
    file: Attached<'_>,
    spoken: &mut Spoken<'_>,
    diagnostics: &mut Diagnostics,
) -> (Option<Cleaned>, bool) {
    let ends = &FORMATS.ends;
    let is_drawing = ends.drawings.contains(end);
    if is_drawing || ends.markup.contains(end) {
        let sort = if is_drawing { Sort::Drawing } else { Sort::Markup };
        if let Some(reason) = markup::active(&bytes, sort) {
            diagnostics.active_file(file, &reason);
        }
    } else if let Some(format) = picture::format(&bytes) {
        return clean_picture(format, &bytes, file, diagnostics);
    } else if picture::is_other(&bytes) {
        if !picture::details_of_other(&bytes).is_empty() {
            diagnostics.hidden_in_file(file, Hidden::Details, &Places::Whole(1));
        }
    } else if is_pdf(&bytes) {
        pdf::look(bytes, file, spoken, diagnostics);
    } else if is_archive(&bytes) {
        office::look(&bytes, file, spoken, diagnostics);
    } else if let Some(better) = ends.old.get(end) {
        diagnostics.unread_file(file, &Unread::Old(better.clone()));
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        // A new name on the old form is a file that was locked with a password.
        diagnostics.unread_file(file, &Unread::Encrypted);
    } else if ends.archives.contains(end) {
        diagnostics.unread_file(file, &Unread::Archive);
    } else if ends.read.contains(end) {
        diagnostics.unread_file(file, &Unread::Damaged);
    } else if markup::looks_like_a_page(&bytes) {
        diagnostics.active_file(file, &Active::LikeAPage);
    }
    (None, false)
}

fn clean_picture(
    format: picture::Format,
    bytes: &[u8],
    file: Attached<'_>,
    diagnostics: &mut Diagnostics,
) -> (Option<Cleaned>, bool) {
    let Some(sorted) = picture::without_details(format, bytes) else {
        diagnostics.unread_file(file, &Unread::Damaged);
        return (None, false);
    };
    if sorted.details.is_empty() {
        return (None, sorted.on_its_side);
    }
    diagnostics.picture_details(file, sorted.details.into_iter());
    let copy = Cleaned { length: sorted.bytes.len() as u64, hash: xxh3_128(&sorted.bytes), was: file.hash };
    (Some(copy), sorted.on_its_side)
}

/// The bytes that are published in the place of a picture; `None` if it is not the picture any more that was looked into.
pub fn cleaned(path: &str, was: u128, provider: &dyn FileProvider) -> Option<Vec<u8>> {
    let bytes = provider.beginning(path, LONGEST).ok().filter(|bytes| xxh3_128(bytes) == was)?;
    picture::without_details(picture::format(&bytes)?, &bytes).map(|sorted| sorted.bytes)
}

/// Where `part` stands first in `bytes`.
fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}
