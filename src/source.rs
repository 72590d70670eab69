//! The input: every text of a site and every file that a text may publish, in the order of their paths.
//!
//! Input: a list of paths and one way to read them. Output: the same sources for every stage, on any machine and in any
//! directory order. Not here: opened files. The bytes of attachments are copied from disk to disk by `write`, and read by `inspect` alone. A stage
//! asks for the bytes of a [`SourceId`] when it works on it and lets them go, so that 100,000 files are never held at once.

use std::cell::Cell;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Which source file: an index into [`Sources::files`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

thread_local! {
    /// The file that is packed or unpacked on this thread.
    static PACKED: Cell<SourceId> = const { Cell::new(SourceId(0)) };
}

/// Runs `work`, in which what is packed or unpacked by serde is all of one file.
///
/// Which number a file has differs from run to run, so that none is packed; what is unpacked gets that of `source`.
pub fn packing<Made>(source: SourceId, work: impl FnOnce() -> Made) -> Made {
    PACKED.set(source);
    work()
}

impl Serialize for SourceId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if *self == PACKED.get() { serializer.serialize_unit() } else { Err(S::Error::custom("it is of another file")) }
    }
}

impl<'de> Deserialize<'de> for SourceId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <()>::deserialize(deserializer).map(|()| PACKED.get())
    }
}

/// A range of bytes in the *decoded* text of a source: UTF-8, without a byte-order mark, lines ended by `\n` (see
/// [`decode`]). `start ≤ end`, and both lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// The offset of the first byte.
    pub start: u32,
    /// The offset of the byte after the last one.
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

    /// The whole file. It is empty and begins at 0, by which messages know it.
    #[must_use]
    pub fn whole(source: SourceId) -> Self {
        Self { source, start: 0, end: 0 }
    }
}

/// `read` refuses sources far below four gigabytes; a larger offset is our bug, and means the end of the file.
fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Everything that a build starts from. Made by `read` from a folder, or in memory by tests.
#[derive(Clone)]
pub struct Sources {
    /// Texts: Markdown, TOML, templates, styles and scripts of a site's own theme; sorted by path.
    pub files: Vec<SourceFile>,
    /// Files below `content/` that are not texts and may be published as they are, and those that are [aside](Attachment::is_aside);
    /// sorted by path.
    pub attachments: Vec<Attachment>,
    /// Reads the bytes of a path. The stages see the disk through it alone.
    pub provider: Arc<dyn FileProvider>,
}

/// One text of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative to the site's root, with `/` between the names: `content/minutes/board/2021-09-07.md`.
    pub path: Box<str>,
    /// The length in bytes, as on disk.
    pub length: u64,
    /// Why this file cannot be read at all, if the walk has seen that already.
    pub error: Option<SourceError>,
}

/// A file that a document may publish: its address is its path below `content/`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Attachment {
    /// Relative to the site's root, like [`SourceFile::path`].
    pub path: Box<str>,
    /// The length in bytes.
    pub length: u64,
    /// The XXH3-128 of the bytes, by which a changed file is told from an unchanged one.
    pub hash: u128,
    /// What a page says about the file beside its name.
    pub facts: Facts,
}

impl Attachment {
    /// Whether it is the file of another program that says something of the files beside it, and is no part of the site.
    #[must_use]
    pub fn is_aside(&self) -> bool {
        self.path.rsplit('/').next().is_some_and(|name| name.starts_with('_'))
    }

    /// What [`Attachment::hash`] is of these bytes.
    #[must_use]
    pub fn checksum(bytes: &[u8]) -> u128 {
        xxhash_rust::xxh3::xxh3_128(bytes)
    }
}

/// What can be known of an attachment from its first bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    /// Width and height in pixels, for pictures.
    pub pixels: Option<(u32, u32)>,
}

/// Why a file of the input cannot be used. The wording is in `diagnostic/read.rs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceError {
    /// The account that runs the program may not open the file.
    Forbidden,
    /// The file was listed, and then it was gone.
    Vanished,
    /// The file is a link that leads out of the site's folder, or to nothing; holds where it leads.
    Link(Box<str>),
    /// The file is a pipe, a socket or a device.
    NotAFile,
    /// The file is longer than a text may be; holds the limit in bytes.
    TooLong(u64),
    /// The name of the file has bytes that are not text.
    Name,
    /// Anything else that the system said; holds its words.
    Other(Box<str>),
}

/// Gives the bytes of files by their paths: from a disk, or from memory in tests.
pub trait FileProvider: Send + Sync {
    /// The bytes of the file at `path` (as in [`SourceFile::path`]).
    ///
    /// # Errors
    /// Why the file cannot be read.
    fn bytes(&self, path: &str) -> Result<Vec<u8>, SourceError>;

    /// The first `most` bytes of the file at `path`, or all if there are fewer: for files that are no texts and may be long.
    ///
    /// # Errors
    /// Why the file cannot be read.
    fn beginning(&self, path: &str, most: u64) -> Result<Vec<u8>, SourceError>;
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
            files.push(SourceFile { path: path.clone().into(), length: bytes.len() as u64, error: None });
            memory.0.insert(path, bytes);
        }
        let mut others = Vec::new();
        for (path, bytes) in attachments {
            others.push(Attachment {
                path: path.clone().into(),
                length: bytes.len() as u64,
                hash: Attachment::checksum(&bytes),
                facts: Facts::default(),
            });
            memory.0.insert(path, bytes);
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        others.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files, attachments: others, provider: Arc::new(memory) }
    }

    /// The path of a source, relative to the site's root. Panics if the source is one of other `Sources`.
    #[must_use]
    pub fn path(&self, source: SourceId) -> &str {
        &self.files[source.0 as usize].path
    }

    /// The bytes of a source.
    ///
    /// # Errors
    /// Why the file cannot be read: seen on the walk, or met now.
    pub fn bytes(&self, source: SourceId) -> Result<Vec<u8>, SourceError> {
        let file = &self.files[source.0 as usize];
        match &file.error {
            Some(error) => Err(error.clone()),
            None => self.provider.bytes(&file.path),
        }
    }

    /// Every source with its id, in order.
    pub fn ids(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        (0..).map(SourceId).zip(&self.files)
    }

    /// The paths of all sources that begin with `start`, in order.
    pub fn beginning_with(&self, start: &str) -> impl Iterator<Item = &str> {
        let first = self.files.partition_point(|file| file.path.as_ref() < start);
        self.files[first..].iter().map(|file| &*file.path).take_while(move |path| path.starts_with(start))
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

impl FileProvider for Memory {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        self.0.get(path).cloned().ok_or(SourceError::Vanished)
    }

    fn beginning(&self, path: &str, most: u64) -> Result<Vec<u8>, SourceError> {
        let bytes = self.0.get(path).ok_or(SourceError::Vanished)?;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Ok(bytes[..bytes.len().min(most)].to_vec())
    }
}

/// Why bytes are not text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotText {
    /// A byte is one that UTF-8 does not allow.
    Utf8 {
        /// Where it is, in bytes from the start of the file.
        position: usize,
        /// The value of the byte.
        byte: u8,
    },
    /// The text is UTF-16 with a byte-order mark, but there is half a character.
    Utf16 {
        /// Where it is, in bytes from the start of the file.
        position: usize,
    },
    /// There is a NUL: the file is UTF-16 without a byte-order mark, or not text at all.
    Nul {
        /// Where it is, in bytes from the start of the file.
        position: usize,
    },
}

/// Decodes bytes as found on disk: UTF-8 with or without a byte-order mark, or UTF-16 with one (the Unicode Standard,
/// section 3.10). `\r\n` and lone `\r` become `\n`, so that the same words give the same text from any editor.
///
/// # Errors
/// The first place that is not text.
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

/// One line of a source, as people count lines and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'text> {
    /// The number of the line, from 1.
    pub number: usize,
    /// Where the offset that was asked for lies in the line: in characters, from 1.
    pub column: usize,
    /// The text of the line, without its end.
    pub text: &'text str,
}

/// The line of `text` in which the byte `offset` lies; the last line if it lies after the end.
///
/// ```
/// let line = folkmoot::source::line_at("one\ntwo", 5);
/// assert_eq!((line.number, line.column, line.text), (2, 2, "two"));
/// ```
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
