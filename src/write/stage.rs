//! `.folkmoot-stage/`: where new bytes wait, on the same file system as the public folder.
//!
//! Input: the content of routes. Output: files with their final rights, either numbered (`files/7/23`, for a folder
//! that is there already) or in a tree of folders that are new (`tree/minutes/2021/index.html`). A new folder is put in
//! place whole, by one rename: a first build of ten thousand pages takes a handful of steps. Not here: the steps that
//! put files in place (`journal.rs`).

use std::fs::{self, File};
use std::io::{self, BufReader, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use xxhash_rust::xxh3::Xxh3;

use super::error::{WriteError, failed};
use crate::model::Output;
use crate::platform::{Links, Rights, open_file};

/// The name of the stage in the public folder.
pub(super) const STAGE: &str = ".folkmoot-stage";

/// Bytes are compared and copied in pieces of this many bytes, whatever the length of a file.
const PIECE: usize = 16 * 1024;

/// Numbered files lie in this many folders, since two threads cannot make a file in one folder at the same time.
const FOLDERS: u32 = 16;

/// One route whose bytes are known.
pub(super) struct Planned {
    /// The path of the route below the public folder.
    pub(super) path: Box<str>,
    /// Where its new bytes wait; `None` if the same bytes lie in the public folder already.
    pub(super) slot: Option<Slot>,
}

/// Where the bytes of a route wait.
#[derive(Clone, Copy)]
pub(super) enum Slot {
    /// `files/<folder>/<number>`.
    Number(u32),
    /// `tree/<path>`.
    Tree,
}

impl Slot {
    /// The path of the waiting file for the route at `path`, relative to the stage.
    pub(super) fn of(self, path: &str) -> String {
        match self {
            Self::Number(number) => format!("files/{}/{number}", number % FOLDERS),
            Self::Tree => format!("tree/{path}"),
        }
    }
}

/// The stage of one build. It is removed when it is dropped, unless it is kept.
pub(super) struct Stage {
    folder: PathBuf,
    /// The rights that its files and folders get.
    rights: Rights,
    number: AtomicU32,
    bytes: AtomicU64,
    /// Whether the next build needs the stage if this one ends now: from the journal until the last step.
    pub(super) is_kept: bool,
}

impl Stage {
    /// Makes an empty stage in the folder `public`.
    ///
    /// # Errors
    /// The account may not write there, or the disk is full or fails.
    pub(super) fn make(public: &Path) -> Result<Self, WriteError> {
        let folder = public.join(STAGE);
        fs::create_dir(&folder).map_err(failed("make the folder", &folder))?;
        let mut stage = Self {
            rights: Rights::UNKNOWN,
            number: AtomicU32::new(0),
            bytes: AtomicU64::new(0),
            is_kept: false,
            folder,
        };
        stage.rights = Rights::given_in(&stage.folder).map_err(failed("write", &stage.folder))?;
        Ok(stage)
    }

    /// A slot with the next free number.
    pub(super) fn next_slot(&self) -> Slot {
        Slot::Number(self.number.fetch_add(1, Ordering::Relaxed))
    }

    /// How many bytes wait here.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// The path of `name` in the stage.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes `bytes`, the content of the route at `path`, to `slot`.
    pub(super) fn write(&self, slot: Slot, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let (staged, mut file) = self.create(&slot.of(path))?;
        file.write_all(bytes).map_err(failed("write", &staged))?;
        self.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    /// Copies the file `from` to `slot`, if its bytes are still those that the build has seen: of this length in bytes
    /// and with this XXH3-128. That also refuses a link that has taken the file's place since.
    pub(super) fn copy(&self, slot: Slot, path: &str, from: &Path, length: u64, hash: u128) -> Result<(), WriteError> {
        let changed = || WriteError::Changed { from: from.to_owned() };
        let mut source = match open_file(from, Links::Follow) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(changed()),
            opened => opened.map_err(failed("read", from))?.ok_or_else(changed)?,
        };
        let (staged, mut file) = self.create(&slot.of(path))?;
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
            return Err(changed());
        }
        self.bytes.fetch_add(length, Ordering::Relaxed);
        Ok(())
    }

    /// Whether the file at `path` has the content of `output` and the right rights. If they cannot be compared, the
    /// answer is no: then the file is written anew.
    pub(super) fn is_same(&self, path: &Path, output: &Output) -> bool {
        self.opened(path, length(output)).is_some_and(|mut file| match output {
            Output::Bytes(bytes) => has_bytes(&mut file, bytes),
            Output::Copy { hash, .. } => has_hash(&mut file, *hash),
        })
    }

    /// The same for bytes of which the length and the XXH3-128 are known.
    pub(super) fn has(&self, path: &Path, length: u64, hash: u128) -> bool {
        self.opened(path, length).is_some_and(|mut file| has_hash(&mut file, hash))
    }

    /// The file at `path`, if it has this length and the right rights.
    fn opened(&self, path: &Path, length: u64) -> Option<File> {
        let file = open_file(path, Links::Refuse).ok().flatten()?;
        let metadata = file.metadata().ok()?;
        (metadata.len() == length && self.rights.are_of(&metadata)).then_some(file)
    }

    /// Makes a new file in the stage, with the folders it needs. Gives its path and the file, to be written.
    pub(super) fn create(&self, name: &str) -> Result<(PathBuf, File), WriteError> {
        let path = self.path(name);
        let file = match self.rights.create_file(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                make_folder(path.parent().unwrap_or(&self.folder), self.rights)?;
                self.rights.create_file(&path)
            }
            opened => opened,
        };
        let file = file.map_err(failed("write", &path))?;
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

/// Removes the stage at `folder`, its journal first: without a journal nothing of the rest is ever put in place.
pub(super) fn remove(folder: &Path) -> io::Result<()> {
    for removed in [fs::remove_file(folder.join("journal")), fs::remove_dir_all(folder)] {
        removed.or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })?;
    }
    Ok(())
}

/// Makes a folder that everyone may read, and those above it.
pub(super) fn make_folder(folder: &Path, rights: Rights) -> Result<(), WriteError> {
    let made = match (rights.create_folder(folder), folder.parent()) {
        (Err(error), Some(above)) if error.kind() == ErrorKind::NotFound => {
            make_folder(above, rights)?;
            rights.create_folder(folder)
        }
        (made, _) => made,
    };
    match made {
        // Another thread needed it too.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        made => made.map_err(failed("make the folder", folder)),
    }
}

/// The length of an output, in bytes.
pub(super) fn length(output: &Output) -> u64 {
    match output {
        Output::Bytes(bytes) => bytes.len() as u64,
        Output::Copy { length, .. } => *length,
    }
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
    io::copy(&mut BufReader::with_capacity(PIECE, file), &mut hasher).is_ok() && hasher.digest128() == hash
}

/// Reads at least one byte into `piece` and gives how many; 0 at the end of the file. Being interrupted is no failure.
fn read_piece(file: &mut File, piece: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(piece) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
