//! `.folkmoot-stage/`: where new bytes wait, on the same file system as the public folder.
//!
//! Enters: the content of routes. Leaves: files with their final modes, either numbered (`files/7/23`, for a folder
//! that is there already) or in a tree of folders that are new (`tree/minutes/2021/index.html`). A new folder is put
//! in place whole, by one rename: a first build of ten thousand pages takes a handful of steps.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use rustix::fs::OFlags;
use xxhash_rust::xxh3::Xxh3;

use super::error::{WriteError, failed};
use crate::model::Output;

/// The name of the stage in the public folder.
pub(super) const STAGE: &str = ".folkmoot-stage";

/// Bytes are compared and copied in pieces of this size, whatever the length of a file.
const PIECE: usize = 16 * 1024;

/// Numbered files lie in this many folders, since two threads cannot make a file in one folder at the same time.
const SHELVES: u32 = 16;

/// The stage of one build.
pub(super) struct Stage {
    folder: PathBuf,
    /// The mode of a file here: 0644, unless the file system has a mind of its own.
    mode: u32,
    /// Whether the process or the folder takes rights away from new files, so that they must be given back.
    is_masked: bool,
    number: AtomicU32,
    bytes: AtomicU64,
    /// Whether the next build needs the stage, if this one ends here: from the journal until the last step.
    pub(super) is_kept: bool,
}

/// Where the bytes of a route wait.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// `files/<shelf>/<number>`.
    Number(u32),
    /// `tree/<path>`.
    Tree,
}

impl Place {
    /// Relative to the stage.
    pub(super) fn of(self, path: &str) -> String {
        match self {
            Self::Number(number) => format!("files/{}/{number}", number % SHELVES),
            Self::Tree => format!("tree/{path}"),
        }
    }
}

impl Stage {
    /// Makes an empty stage.
    pub(super) fn make(public: &Path) -> Result<Self, WriteError> {
        let folder = public.join(STAGE);
        let mut stage = Self {
            mode: 0o644,
            is_masked: false,
            number: AtomicU32::new(0),
            bytes: AtomicU64::new(0),
            is_kept: false,
            folder,
        };
        fs::create_dir(&stage.folder).map_err(failed("make the folder", &stage.folder))?;
        stage.probe()?;
        Ok(stage)
    }

    /// Learns what rights a new file gets here, so that most files need no second call to set them.
    fn probe(&mut self) -> Result<(), WriteError> {
        let path = self.folder.join("probe");
        let file = OpenOptions::new().write(true).create_new(true).mode(0o755).open(&path);
        let file = file.map_err(failed("write", &path))?;
        let mode = || file.metadata().map(|metadata| metadata.mode() & 0o777).map_err(failed("look at", &path));
        self.is_masked = mode()? != 0o755;
        // A file system without rights refuses, or agrees and does nothing; `mode` then says what it gives.
        let _ = file.set_permissions(Permissions::from_mode(0o644));
        self.mode = mode()?;
        Ok(())
    }

    /// The next number for a file.
    pub(super) fn number(&self) -> Place {
        Place::Number(self.number.fetch_add(1, Ordering::Relaxed))
    }

    /// How many bytes wait here.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// The path of `name` in the stage.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Lets `bytes` wait at `place`.
    pub(super) fn write(&self, place: Place, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let (staged, mut file) = self.create(&place.of(path))?;
        file.write_all(bytes).map_err(failed("write", &staged))?;
        self.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    /// Lets the bytes of the file `from` wait at `place`, if they are still those that the build has seen.
    /// That also answers a link that has taken the file's place since.
    pub(super) fn copy(
        &self,
        place: Place,
        path: &str,
        from: &Path,
        length: u64,
        hash: u128,
    ) -> Result<(), WriteError> {
        let mut source = match open(from, OFlags::empty()) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(WriteError::Changed { from: from.to_owned() });
            }
            opened => opened.map_err(failed("read", from))?,
        };
        let (staged, mut file) = self.create(&place.of(path))?;
        let mut hasher = Xxh3::new();
        let mut copied = 0;
        let mut piece = [0; PIECE];
        // A file that grows while it is copied is not followed for ever.
        while copied <= length {
            let count = read_piece(&mut source, &mut piece).map_err(failed("read", from))?;
            if count == 0 {
                break;
            }
            hasher.update(&piece[..count]);
            file.write_all(&piece[..count]).map_err(failed("write", &staged))?;
            copied += count as u64;
        }
        if copied != length || hasher.digest128() != hash {
            return Err(WriteError::Changed { from: from.to_owned() });
        }
        self.bytes.fetch_add(length, Ordering::Relaxed);
        Ok(())
    }

    /// Whether the file at `path` has the content of `output` and the right mode.
    /// Whatever hinders the comparison means no: then the file is written anew.
    pub(super) fn is_same(&self, path: &Path, output: &Output) -> bool {
        let Ok(mut file) = open(path, OFlags::NOFOLLOW) else { return false };
        let Ok(metadata) = file.metadata() else { return false };
        if !metadata.is_file() || metadata.len() != length(output) || metadata.mode() & 0o777 != self.mode {
            return false;
        }
        match output {
            Output::Bytes(bytes) => has_bytes(&mut file, bytes),
            Output::Copy { hash, .. } => has_hash(&mut file, *hash),
        }
    }

    /// Makes a new file in the stage, with the folders it needs.
    pub(super) fn create(&self, name: &str) -> Result<(PathBuf, File), WriteError> {
        let path = self.path(name);
        let open = || OpenOptions::new().write(true).create_new(true).mode(0o644).open(&path);
        let file = match open() {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                make_folder(path.parent().unwrap_or(&self.folder), self.is_masked)?;
                open()
            }
            opened => opened,
        };
        let file = file.map_err(failed("write", &path))?;
        if self.is_masked {
            // See `probe` for file systems that do not know rights.
            let _ = file.set_permissions(Permissions::from_mode(0o644));
        }
        Ok((path, file))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !self.is_kept {
            // What cannot be removed now is removed by the next build.
            let _ = remove(&self.folder);
        }
    }
}

/// Removes the stage at `folder`, its journal first: without one, nothing of the rest is ever put in place.
pub(super) fn remove(folder: &Path) -> std::io::Result<()> {
    for removed in [fs::remove_file(folder.join("journal")), fs::remove_dir_all(folder)] {
        removed.or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })?;
    }
    Ok(())
}

/// Makes a folder that everybody may read, and those above it.
pub(super) fn make_folder(folder: &Path, is_masked: bool) -> Result<(), WriteError> {
    let make = || DirBuilder::new().mode(0o755).create(folder);
    let made = match (make(), folder.parent()) {
        (Err(error), Some(above)) if error.kind() == ErrorKind::NotFound => {
            make_folder(above, is_masked)?;
            make()
        }
        (made, _) => made,
    };
    match made {
        Ok(()) if is_masked => {
            // See `Stage::probe` for file systems that do not know rights.
            let _ = fs::set_permissions(folder, Permissions::from_mode(0o755));
            Ok(())
        }
        Ok(()) => Ok(()),
        // Another thread needed it too.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(failed("make the folder", folder)(error)),
    }
}

/// Waits until everything that was written is on the disk, by one call for the whole file system of `path`.
///
/// Renames need no such call: file systems that keep a journal of their own put them on the disk in the order in
/// which they were made.
pub(super) fn sync(path: &Path) -> Result<(), WriteError> {
    #[cfg(target_os = "linux")]
    let synced = File::open(path).and_then(|file| Ok(rustix::fs::syncfs(file)?));
    #[cfg(not(target_os = "linux"))]
    let synced = Ok(rustix::fs::sync());
    synced.map_err(failed("save", path))
}

/// The length of an output, in bytes.
pub(super) fn length(output: &Output) -> u64 {
    match output {
        Output::Bytes(bytes) => bytes.len() as u64,
        Output::Copy { length, .. } => *length,
    }
}

/// How many bytes are free on the disk of `folder`.
pub(super) fn room(folder: &Path) -> Option<u64> {
    let room = rustix::fs::statvfs(folder).ok()?;
    Some(room.f_bavail.saturating_mul(room.f_frsize))
}

/// Opens a file to read, and never waits for a pipe.
fn open(path: &Path, flags: OFlags) -> std::io::Result<File> {
    let flags = flags | OFlags::NONBLOCK | OFlags::NOCTTY;
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

fn has_bytes(file: &mut File, mut bytes: &[u8]) -> bool {
    let mut piece = [0; PIECE];
    while !bytes.is_empty() {
        match read_piece(file, &mut piece) {
            Ok(count) if count > 0 && bytes.starts_with(&piece[..count]) => bytes = &bytes[count..],
            _ => return false,
        }
    }
    true
}

fn has_hash(file: &mut File, hash: u128) -> bool {
    let mut hasher = Xxh3::new();
    let mut piece = [0; PIECE];
    loop {
        match read_piece(file, &mut piece) {
            Ok(0) => return hasher.digest128() == hash,
            Ok(count) => hasher.update(&piece[..count]),
            Err(_) => return false,
        }
    }
}

/// Reads some bytes; being interrupted is no failure.
fn read_piece(file: &mut File, piece: &mut [u8]) -> std::io::Result<usize> {
    loop {
        match file.read(piece) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
