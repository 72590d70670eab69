//! What the operating system must do for us, in plain `std`. `mod.rs` says what each name promises, and what cannot be
//! promised here.
//!
//! Input: paths and opened files. Output: opened files, and answers about them. Not here: anything that only one system
//! offers.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::WalkDir;

use super::Links;

/// A folder below which files are opened, through no link that lay there when it was looked at.
pub struct Folder(PathBuf);

impl Folder {
    /// Opens the folder at `path`.
    ///
    /// # Errors
    /// There is no folder, or it cannot be opened.
    pub fn open(path: &Path) -> io::Result<Self> {
        // Whoever may list a folder may open it.
        path.read_dir()?;
        Ok(Self(path.to_owned()))
    }

    /// Opens the file at `path` (relative, with `/` between its names) to be read. `None` if a folder, a pipe or a device
    /// lies there.
    ///
    /// # Errors
    /// The file cannot be opened. The kind is `CrossesDevices` if a part of `path` is a link.
    pub fn open_file(&self, path: &str) -> io::Result<Option<File>> {
        let mut at = self.0.clone();
        for name in path.split('/') {
            at.push(name);
            if at.symlink_metadata()?.is_symlink() {
                return Err(ErrorKind::CrossesDevices.into());
            }
        }
        open_file(&at, Links::Refuse)
    }
}

/// Opens the file at `path` to be read. `None` if a folder, a pipe or a device lies there.
///
/// # Errors
/// The file cannot be opened, or it is a link and links are refused.
pub fn open_file(path: &Path, links: Links) -> io::Result<Option<File>> {
    if links == Links::Refuse {
        refuse_link(path)?;
    }
    // A pipe is not opened: that would wait for somebody to write into it.
    if path.metadata()?.is_file() { File::open(path).map(Some) } else { Ok(None) }
}

fn refuse_link(path: &Path) -> io::Result<()> {
    if path.is_symlink() { Err(ErrorKind::CrossesDevices.into()) } else { Ok(()) }
}

/// Opens the lock file at `path` to be read and written, and makes it if it is not there. Its content stays.
///
/// # Errors
/// It cannot be opened, or it is a link.
pub fn open_lock(path: &Path) -> io::Result<File> {
    refuse_link(path)?;
    File::options().read(true).write(true).create(true).truncate(false).open(path)
}

/// Whether `file` is the one that lies at `path` now. The owner of a lock writes into its file, so that two files which
/// were locked one after the other differ in their times.
#[must_use]
pub fn is_file_at(file: &File, path: &Path) -> bool {
    let (Ok(ours), Ok(there)) = (file.metadata(), path.symlink_metadata()) else { return false };
    ours.len() == there.len() && matches!((ours.modified(), there.modified()), (Ok(a), Ok(b)) if a == b)
}

/// Whether locking failed because the file system has no locks, as some network shares.
#[must_use]
pub fn knows_no_locks(error: &io::Error) -> bool {
    error.kind() == ErrorKind::Unsupported
}

/// A number that tells a file from another one which has taken its place: nanoseconds since 1970 when it was made, 0 if
/// that is not known.
#[must_use]
pub fn file_id(metadata: &Metadata) -> u64 {
    let made = metadata.created().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    made.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or_default()
}

/// The rights that new files and folders get: here whatever the system gives.
#[derive(Debug, Clone, Copy)]
pub struct Rights;

impl Rights {
    /// Where nothing is known.
    pub const UNKNOWN: Self = Self;

    /// The rights that a new file gets in `folder`.
    ///
    /// # Errors
    /// Never here: that no file can be made there is found out when one is.
    pub fn given_in(_: &Path) -> io::Result<Self> {
        Ok(Self)
    }

    /// Makes the file `path`, to be written.
    ///
    /// # Errors
    /// It is there already, its folder is not, or the system does not allow it.
    pub fn create_file(self, path: &Path) -> io::Result<File> {
        File::create_new(path)
    }

    /// Makes the folder `path`.
    ///
    /// # Errors
    /// As for [`Rights::create_file`].
    pub fn create_folder(self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    /// Whether a file has them, which every file does here.
    #[must_use]
    pub fn are_of(self, _: &Metadata) -> bool {
        true
    }
}

/// Makes the folder `path`, with whatever rights the system gives.
///
/// # Errors
/// It cannot be made, or something else lies in its place.
pub fn make_private_folder(path: &Path) -> io::Result<()> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => made?,
    }
    if fs::symlink_metadata(path)?.is_dir() { Ok(()) } else { Err(io::ErrorKind::NotADirectory.into()) }
}

/// Makes the file `path`, to be written and read.
///
/// # Errors
/// It is there already, its folder is not, or the system does not allow it.
pub fn create_private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).open(path)
}

/// Reads just as many bytes as `bytes` has room for, from the byte `at` of a file on.
///
/// # Errors
/// The file is shorter, or cannot be read.
pub fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    // Another opening of the same file, so that threads do not move each other's place in it.
    static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut file = file;
    file.seek(io::SeekFrom::Start(at))?;
    file.read_exact(bytes)
}

/// When a file was changed last, as a number that grows; 0 where the file system does not keep it.
#[must_use]
pub fn changed_at(metadata: &Metadata) -> i128 {
    let changed = metadata.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    changed.and_then(|since| i128::try_from(since.as_nanos()).ok()).unwrap_or_default()
}

/// Lets everyone read the folder `path`, as far as the system does so by itself.
///
/// # Errors
/// Never here.
pub fn let_everyone_read(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether this account may make and delete files in the folder `path`, as far as the folder's own mark tells.
///
/// # Errors
/// It may not, or the folder is not there.
pub fn may_change(path: &Path) -> io::Result<()> {
    let is_marked = path.metadata()?.permissions().readonly();
    // On Windows the mark of a folder means something else.
    if is_marked && cfg!(unix) { Err(ErrorKind::PermissionDenied.into()) } else { Ok(()) }
}

/// Waits until everything that was written below the folder `path` is on the disk.
///
/// # Errors
/// The disk failed.
pub fn sync_tree(path: &Path) -> io::Result<()> {
    for entry in WalkDir::new(path) {
        let entry = entry?;
        if entry.file_type().is_file() {
            // Some systems save a file only for those who may write into it.
            File::options().write(true).open(entry.path())?.sync_all()?;
        }
    }
    Ok(())
}

/// Makes a link to the folder `target`, as named from where the link is.
///
/// # Errors
/// What the system said; that it has no such links.
pub fn link_folder(target: &Path, link: &Path) -> io::Result<()> {
    #[cfg(windows)]
    return std::os::windows::fs::symlink_dir(target, link);
    #[cfg(unix)]
    return std::os::unix::fs::symlink(target, link);
    #[cfg(not(any(windows, unix)))]
    {
        let _ = (target, link);
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Waits until the names in the folder `path` are on the disk, where the system opens folders like files.
///
/// # Errors
/// The disk failed.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path).map_or(Ok(()), |folder| folder.sync_all())
}

/// How many bytes are free on the disk of the folder `path`; `None`, since plain `std` does not say.
#[must_use]
pub fn free_space(_: &Path) -> Option<u64> {
    None
}
