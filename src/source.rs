//! The input: every text of a site and every file that a text may publish, in the order of their paths.
//!
//! What enters is a list of paths and one way to read them; what leaves is the same input for every stage,
//! on any machine and in any directory order. No stage opens a file: it asks for the bytes of a
//! [`SourceId`] when it works on it and lets them go, so that 100,000 files are never held at once.
//! An attachment's bytes never enter the pipeline: `write` copies them from disk to disk.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Which source file: an index into [`Sources::files`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A range of bytes in the *decoded* text of a source: UTF-8, without a byte-order mark, lines ended by `\n`
/// (see [`decode`]). `start ≤ end`; both lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// Which file it is, is left out: that is a number of one build alone, and what has a span knows its file.
impl Hash for Span {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}

impl Span {
    /// The range `start..end` of `source`.
    #[must_use]
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        Self { source, start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The whole file: its first byte, so that a message shows the first line.
    #[must_use]
    pub fn whole(source: SourceId) -> Self {
        Self { source, start: 0, end: 0 }
    }
}

/// Sources are capped far below four gigabytes by `read`; a larger offset is our bug, shown at the end of the file.
fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Everything that a build starts from. Made by `read` from a folder, or in memory by tests.
#[derive(Clone)]
pub struct Sources {
    /// Texts: Markdown, TOML, templates, styles and scripts of a site's own theme; sorted by path.
    pub files: Vec<SourceFile>,
    /// Files below `content/` that are no text of ours and may be published as they are; sorted by path.
    pub attachments: Vec<Attachment>,
    /// Reads the bytes of a path. The only window through which the stages see the disk.
    pub shelf: Arc<dyn Shelf>,
}

/// One text of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative to the site's root, with `/` between the names: `content/minutes/board/2021-09-07.md`.
    pub path: Box<str>,
    /// In bytes, as on disk.
    pub length: u64,
    /// Why this file cannot be read at all, where that was seen already on the walk.
    pub trouble: Option<Trouble>,
}

/// A file that a document may publish: its address is its path below `content/`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Attachment {
    /// Relative to the site's root, like [`SourceFile::path`].
    pub path: Box<str>,
    /// In bytes.
    pub length: u64,
    /// XXH3-128 of the bytes, so that a changed file is told from an unchanged one.
    pub hash: u128,
    /// What a page says of the file beside its name.
    pub facts: Facts,
}

/// What can be known of an attachment from its first bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    /// Width and height in pixels, for pictures.
    pub pixels: Option<(u32, u32)>,
}

/// Why a file of the input cannot be used. The wording is in `diagnostic/read.rs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The machine's account may not open it.
    Forbidden,
    /// It was listed, and then it was gone.
    Vanished,
    /// A link that leads out of the site's folder, or to nothing; holds where it leads.
    Link(Box<str>),
    /// A pipe, a socket or a device.
    NotAFile,
    /// Longer than a text may be; holds the limit in bytes.
    TooLong(u64),
    /// Its name has bytes that are no text.
    Name,
    /// Anything else that the machine said, in its own words.
    Other(Box<str>),
}

/// Reads bytes by path.
pub trait Shelf: Send + Sync {
    /// The bytes of the file at `path` (as in [`SourceFile::path`]).
    ///
    /// # Errors
    /// The [`Trouble`] that reading met.
    fn bytes(&self, path: &str) -> Result<Vec<u8>, Trouble>;
}

impl Sources {
    /// Sources held in memory, for tests and for previews of unsaved text.
    /// `texts` are (path, text) pairs below the site's root; `attachments` likewise, with their bytes.
    #[must_use]
    pub fn in_memory(
        texts: impl IntoIterator<Item = (String, Vec<u8>)>,
        attachments: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Self {
        let mut memory = Memory::default();
        let mut files = Vec::new();
        for (path, bytes) in texts {
            files.push(SourceFile { path: path.clone().into(), length: bytes.len() as u64, trouble: None });
            memory.0.insert(path, bytes);
        }
        let mut others = Vec::new();
        for (path, bytes) in attachments {
            others.push(Attachment {
                path: path.clone().into(),
                length: bytes.len() as u64,
                hash: xxhash_rust::xxh3::xxh3_128(&bytes),
                facts: Facts::default(),
            });
            memory.0.insert(path, bytes);
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        others.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files, attachments: others, shelf: Arc::new(memory) }
    }

    /// The path of a source, relative to the site's root.
    #[must_use]
    pub fn path(&self, source: SourceId) -> &str {
        &self.files[source.0 as usize].path
    }

    /// The bytes of a source.
    ///
    /// # Errors
    /// The trouble seen on the walk, or met now.
    pub fn bytes(&self, source: SourceId) -> Result<Vec<u8>, Trouble> {
        let file = &self.files[source.0 as usize];
        match &file.trouble {
            Some(trouble) => Err(trouble.clone()),
            None => self.shelf.bytes(&file.path),
        }
    }

    /// Every source with its id, in order.
    pub fn ids(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        (0..).map(SourceId).zip(&self.files)
    }

    /// The source at `path`, if there is one.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<SourceId> {
        let index = self.files.binary_search_by(|file| file.path.as_ref().cmp(path)).ok()?;
        u32::try_from(index).ok().map(SourceId)
    }
}

/// Files held in memory.
#[derive(Default)]
struct Memory(std::collections::BTreeMap<String, Vec<u8>>);

impl Shelf for Memory {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, Trouble> {
        self.0.get(path).cloned().ok_or(Trouble::Vanished)
    }
}

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotText {
    /// A byte that UTF-8 does not allow: its position in the file, counted from 0, and its value.
    Utf8 {
        /// Where, in bytes from the start of the file.
        position: usize,
        /// Which byte.
        byte: u8,
    },
    /// UTF-16 with a mark, but with half a character at this byte.
    Utf16 {
        /// Where, in bytes from the start of the file.
        position: usize,
    },
    /// A NUL at this byte: UTF-16 without a mark, or no text at all.
    Nul {
        /// Where, in bytes from the start of the file.
        position: usize,
    },
}

/// Bytes as found on disk → text: UTF-8 with or without a byte-order mark, or UTF-16 with one;
/// `\r\n` and lone `\r` become `\n`, so that the same words give the same bytes from any editor.
///
/// # Errors
/// The first place that is no text.
pub fn decode(bytes: Vec<u8>) -> Result<String, NotText> {
    let text = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => decode_utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => decode_utf16(rest, u16::from_be_bytes)?,
        [0xEF, 0xBB, 0xBF, rest @ ..] => decode_utf8(rest.to_vec(), 3)?,
        _ => decode_utf8(bytes, 0)?,
    };
    if let Some(position) = text.find('\0') {
        return Err(NotText::Nul { position });
    }
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

fn decode_utf8(bytes: Vec<u8>, skipped: usize) -> Result<String, NotText> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        NotText::Utf8 { position: at + skipped, byte: error.as_bytes()[at] }
    })
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NotText> {
    if bytes.len() % 2 == 1 {
        return Err(NotText::Utf16 { position: bytes.len() + 1 });
    }
    let mut text = String::with_capacity(bytes.len());
    let mut position = 2;
    for character in char::decode_utf16(bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]))) {
        let character = character.map_err(|_| NotText::Utf16 { position })?;
        position += 2 * character.len_utf16();
        text.push(character);
    }
    Ok(text)
}

/// One line of a source for people: its number from 1, its text without the line end, and the column from 1
/// (in characters) where `offset` stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'text> {
    /// From 1.
    pub number: usize,
    /// In characters, from 1.
    pub column: usize,
    /// Without its end.
    pub text: &'text str,
}

/// The line of `text` in which the byte `offset` lies; the last line if it lies behind the end.
#[must_use]
pub fn line_at(text: &str, offset: usize) -> Line<'_> {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    Line {
        number: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
        column: text[start..offset].chars().count() + 1,
        text: &text[start..end],
    }
}
