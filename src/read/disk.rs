//! Opens the files of a site, and no others: they lie below `content/` or `themes/`, and no link leads to them.
//!
//! Input: a path that the walk has found. Output: the bytes of the file, or what can be known of it without keeping
//! them. Not here: the walk, and what the bytes mean. What the walk saw may have been replaced since then, so
//! everything is asked again of the opened file itself.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read, Seek};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use crate::platform::{Folder, without_number};
use crate::source::{Facts, FileProvider, SourceError};

/// The longest text that is read, in bytes. A book of 25,000 words has 160,000.
pub const LONGEST_TEXT: u64 = 2_000_000;

/// The opened site.
pub(super) struct Disk {
    content: Folder,
    themes: Option<Folder>,
    /// Links that the walk has found to lead to a file of the site: path of the link → path of the file.
    links: BTreeMap<Box<str>, Box<str>>,
}

impl Disk {
    /// Opens `content` in `root`, which must be there, and `themes`, which need not.
    pub(super) fn open(root: &Path) -> io::Result<Self> {
        let content = Folder::open(&root.join("content").canonicalize()?)?;
        let themes = root.join("themes");
        let themes = if themes.is_symlink() { None } else { Folder::open(&themes).ok() };
        Ok(Self { content, themes, links: BTreeMap::new() })
    }

    /// Whether the site has a folder `themes` that can be read.
    pub(super) fn has_themes(&self) -> bool {
        self.themes.is_some()
    }

    /// Reads the file at `real` when `path`, a link, is asked for. Both are relative to the site's root.
    pub(super) fn follow(&mut self, path: &str, real: &str) {
        self.links.insert(path.into(), real.into());
    }

    /// The length of the file at `path` in bytes, the XXH3-128 of its bytes, and what its first bytes tell.
    ///
    /// # Errors
    /// Why the file cannot be read.
    pub(super) fn examine(&self, path: &str) -> Result<(u64, u128, Facts), SourceError> {
        let mut file = self.file(path)?;
        let facts = Facts { pixels: pixels(&file) };
        file.rewind().map_err(|error| source_error(&error))?;
        let mut hasher = Xxh3::new();
        let mut reader = BufReader::with_capacity(32 * 1024, file);
        let length = io::copy(&mut reader, &mut hasher).map_err(|error| source_error(&error))?;
        Ok((length, hasher.digest128(), facts))
    }

    /// Opens the file at `path`, if it is a regular file.
    fn file(&self, path: &str) -> Result<File, SourceError> {
        let real = self.links.get(path).map_or(path, |real| real);
        let (top, rest) = real.split_once('/').ok_or(SourceError::NotAFile)?;
        let folder = if top == "themes" { self.themes.as_ref() } else { Some(&self.content) };
        let opened = folder.ok_or(SourceError::Vanished)?.open_file(rest).map_err(|error| source_error(&error))?;
        opened.ok_or(SourceError::NotAFile)
    }
}

impl FileProvider for Disk {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        let file = self.file(path)?;
        let length = file.metadata().map_err(|error| source_error(&error))?.len();
        // One byte more than is allowed, so that a file that grows meanwhile is seen to be too long.
        let most = LONGEST_TEXT + 1;
        let mut bytes = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or_default() + 1);
        file.take(most).read_to_end(&mut bytes).map_err(|error| source_error(&error))?;
        if bytes.len() as u64 == most { Err(SourceError::TooLong(LONGEST_TEXT)) } else { Ok(bytes) }
    }

    fn beginning(&self, path: &str, most: u64) -> Result<Vec<u8>, SourceError> {
        let file = self.file(path)?;
        let length = file.metadata().map_err(|error| source_error(&error))?.len();
        let mut bytes = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or_default());
        file.take(most).read_to_end(&mut bytes).map_err(|error| source_error(&error))?;
        Ok(bytes)
    }
}

/// Width and height of a picture in pixels; `None` if the first bytes are not those of a picture.
fn pixels(file: &File) -> Option<(u32, u32)> {
    let pixels = match imagesize::reader_size(BufReader::new(file)) {
        Ok(size) => (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?),
        Err(_) => drawing(file)?,
    };
    (pixels.0 > 0 && pixels.1 > 0).then_some(pixels)
}

/// Width and height of the box in which an SVG is drawn, of which a page needs the proportion; `None` if the first 4 KB
/// do not say.
fn drawing(mut file: &File) -> Option<(u32, u32)> {
    let mut head = Vec::new();
    file.rewind().ok()?;
    file.take(4096).read_to_end(&mut head).ok()?;
    let head = String::from_utf8_lossy(&head);
    let (_, view_box) = head.split_once("<svg")?.1.split('>').next()?.split_once("viewBox=")?;
    let sides = view_box.trim_start_matches(['"', '\'']).split(['"', '\'']).next()?;
    let sides: Vec<f64> = sides.split([' ', ',']).filter_map(|side| side.parse().ok()).collect();
    let [_, _, width, height] = sides[..] else { return None };
    // A logo in a box of 1 by 1.5 would lose its proportion: small sides are given in hundredths.
    let scale = if width.min(height) < 100.0 { 100.0 } else { 1.0 };
    let side = |side: f64| (0.0..1e6).contains(&side).then_some((side * scale).round() as u32);
    Some((side(width)?, side(height)?))
}

/// What the system said, in the terms of a source.
pub(super) fn source_error(error: &io::Error) -> SourceError {
    match error.kind() {
        ErrorKind::PermissionDenied => SourceError::Forbidden,
        ErrorKind::NotFound | ErrorKind::NotADirectory => SourceError::Vanished,
        // It was a file or a folder when it was listed; since then a link has taken its place.
        ErrorKind::CrossesDevices => SourceError::Link("another place".into()),
        _ => SourceError::Other(without_number(error).into()),
    }
}
