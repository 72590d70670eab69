//! Opens files of a site, and nothing else: below `content/` or `themes/`, never through a link, never a pipe.
//!
//! Enters: a path that the walk has found. Leaves: its bytes, or what can be known of it without keeping them.
//! What the walk saw may have been replaced since, so everything is asked again of the opened file itself.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use xxhash_rust::xxh3::Xxh3;

use super::LONGEST_TEXT;
use crate::source::{Facts, FileProvider, SourceError};

/// The opened site.
pub(super) struct Disk {
    content: OwnedFd,
    themes: Option<OwnedFd>,
    /// Links that the walk has found to lead to a file of the site: path → the path of that file.
    links: BTreeMap<Box<str>, Box<str>>,
}

impl Disk {
    /// Opens `content` in `root`, which must be there, and `themes`, which need not.
    pub(super) fn open(root: &Path) -> io::Result<Self> {
        let folder = |path: &Path| rustix::fs::open(path, OFlags::DIRECTORY | READ, Mode::empty());
        let content = folder(&root.join("content").canonicalize()?)?;
        let themes = root.join("themes");
        let themes = if themes.is_symlink() { None } else { folder(&themes).ok() };
        Ok(Self { content, themes, links: BTreeMap::new() })
    }

    pub(super) fn has_themes(&self) -> bool {
        self.themes.is_some()
    }

    /// From now on `path`, a link, means the file at `real`.
    pub(super) fn follow(&mut self, path: &str, real: &str) {
        self.links.insert(path.into(), real.into());
    }

    /// The length of the file at `path`, the XXH3-128 of its bytes, and what its first bytes tell.
    pub(super) fn examine(&self, path: &str) -> Result<(u64, u128, Facts), SourceError> {
        let mut file = self.file(path)?;
        let facts = Facts { pixels: pixels(&file) };
        file.rewind().map_err(|error| source_error(&error))?;
        let mut hasher = Xxh3::new();
        let mut buffer = [0; 32 * 1024];
        let mut length = 0;
        loop {
            match file.read(&mut buffer) {
                Ok(0) => return Ok((length, hasher.digest128(), facts)),
                Ok(count) => {
                    hasher.update(&buffer[..count]);
                    length += count as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(source_error(&error)),
            }
        }
    }

    /// Opens the file at `path`, once it is sure that it is one.
    fn file(&self, path: &str) -> Result<File, SourceError> {
        let real = self.links.get(path).map_or(path, |real| real);
        let (top, rest) = real.split_once('/').ok_or(SourceError::NotAFile)?;
        let folder = if top == "themes" { self.themes.as_ref() } else { Some(&self.content) };
        let file = File::from(
            open_below(folder.ok_or(SourceError::Vanished)?, rest).map_err(|error| source_error(&error.into()))?,
        );
        if file.metadata().map_err(|error| source_error(&error))?.is_file() {
            Ok(file)
        } else {
            Err(SourceError::NotAFile)
        }
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
}

/// Opening a pipe must not wait for somebody to write into it.
const READ: OFlags = OFlags::RDONLY.union(OFlags::CLOEXEC).union(OFlags::NONBLOCK).union(OFlags::NOCTTY);

/// Opens `path` below `folder`, through no link at all.
fn open_below(folder: &OwnedFd, path: &str) -> rustix::io::Result<OwnedFd> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::ResolveFlags;
        let rules = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
        let open = || rustix::fs::openat2(folder, path, READ, Mode::empty(), rules);
        match rustix::io::retry_on_intr(open) {
            // An old kernel, or a container that forbids the call: below, only the last name is checked.
            Err(Errno::NOSYS | Errno::PERM) => {}
            opened => return opened,
        }
    }
    rustix::io::retry_on_intr(|| rustix::fs::openat(folder, path, READ | OFlags::NOFOLLOW, Mode::empty()))
}

/// Width and height, where the first bytes are those of a picture.
fn pixels(file: &File) -> Option<(u32, u32)> {
    let pixels = match imagesize::reader_size(BufReader::new(file)) {
        Ok(size) => (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?),
        Err(_) => drawing(file)?,
    };
    (pixels.0 > 0 && pixels.1 > 0).then_some(pixels)
}

/// Width and height of the box in which an SVG is drawn: what a page needs of them is their proportion.
fn drawing(mut file: &File) -> Option<(u32, u32)> {
    let mut head = Vec::new();
    file.rewind().ok()?;
    file.take(4096).read_to_end(&mut head).ok()?;
    let head = String::from_utf8_lossy(&head);
    let (_, view_box) = head.split_once("<svg")?.1.split('>').next()?.split_once("viewBox=")?;
    let sides = view_box.trim_start_matches(['"', '\'']).split(['"', '\'']).next()?;
    let sides: Vec<f64> = sides.split([' ', ',']).filter_map(|side| side.parse().ok()).collect();
    let [_, _, width, height] = sides[..] else { return None };
    // In hundredths of a drawing smaller than that, for a logo in a box of 1 by 1.5.
    let scale = if width.min(height) < 100.0 { 100.0 } else { 1.0 };
    let side = |side: f64| (0.0..1e6).contains(&side).then_some((side * scale).round() as u32);
    Some((side(width)?, side(height)?))
}

/// What the machine said, as a [`SourceError`].
pub(super) fn source_error(error: &io::Error) -> SourceError {
    match Errno::from_io_error(error) {
        Some(Errno::ACCESS | Errno::PERM) => SourceError::Forbidden,
        Some(Errno::NOENT | Errno::NOTDIR) => SourceError::Vanished,
        // It was a file or a folder when it was listed; since then a link has taken its place.
        Some(Errno::LOOP | Errno::XDEV) => SourceError::Link("another place".into()),
        _ => SourceError::Other(plain(error).into()),
    }
}

/// What the machine said, without its number.
pub(super) fn plain(error: &io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or_default().to_owned()
}
