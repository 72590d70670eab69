//! What the operating system must do for us, as Unix offers it. `mod.rs` says what each name promises.
//!
//! Input: paths and opened files. Output: opened files, and answers about them. Not here: fallbacks for other systems
//! (`portable.rs`).

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{Access, Mode, OFlags};
use rustix::io::Errno;

use super::Links;

/// How files are opened to be read: opening a pipe must not wait for somebody to write into it.
const READ: OFlags = OFlags::RDONLY.union(OFlags::CLOEXEC).union(OFlags::NONBLOCK).union(OFlags::NOCTTY);
/// The rights of a file that everyone may read.
const FILE: u32 = 0o644;
/// The rights of a folder that everyone may read.
const FOLDER: u32 = 0o755;

/// A folder below which files are opened, through no link at all.
pub struct Folder(OwnedFd);

impl Folder {
    /// Opens the folder at `path`.
    ///
    /// # Errors
    /// There is no folder, or it cannot be opened.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(rustix::fs::open(path, OFlags::DIRECTORY | READ, Mode::empty())?))
    }

    /// Opens the file at `path` (relative, with `/` between its names) to be read. `None` if a folder, a pipe or a device
    /// lies there.
    ///
    /// # Errors
    /// The file cannot be opened. The kind is `CrossesDevices` if a part of `path` is a link.
    pub fn open_file(&self, path: &str) -> io::Result<Option<File>> {
        match self.open_below(path) {
            Err(Errno::LOOP) => Err(Errno::XDEV.into()),
            opened => only_files(opened?.into()),
        }
    }

    fn open_below(&self, path: &str) -> rustix::io::Result<OwnedFd> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::ResolveFlags;
            let rules = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
            let open = || rustix::fs::openat2(&self.0, path, READ, Mode::empty(), rules);
            match rustix::io::retry_on_intr(open) {
                // An old kernel, or a container that forbids the call: below, only the last name is checked.
                Err(Errno::NOSYS | Errno::PERM) => {}
                opened => return opened,
            }
        }
        rustix::io::retry_on_intr(|| rustix::fs::openat(&self.0, path, READ | OFlags::NOFOLLOW, Mode::empty()))
    }
}

/// Opens the file at `path` to be read. `None` if a folder, a pipe or a device lies there.
///
/// # Errors
/// The file cannot be opened, or it is a link and links are refused.
pub fn open_file(path: &Path, links: Links) -> io::Result<Option<File>> {
    let follow = if links == Links::Follow { OFlags::empty() } else { OFlags::NOFOLLOW };
    only_files(OpenOptions::new().read(true).custom_flags((READ | follow).bits().cast_signed()).open(path)?)
}

fn only_files(file: File) -> io::Result<Option<File>> {
    Ok(file.metadata()?.is_file().then_some(file))
}

/// Opens the lock file at `path` to be read and written, and makes it if it is not there. Its content stays.
///
/// # Errors
/// It cannot be opened, or it is a link.
pub fn open_lock(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    options.custom_flags(flags.bits().cast_signed()).open(path)
}

/// Whether `file` is the one that lies at `path` now.
#[must_use]
pub fn is_file_at(file: &File, path: &Path) -> bool {
    let (Ok(ours), Ok(there)) = (file.metadata(), path.symlink_metadata()) else { return false };
    (ours.dev(), ours.ino()) == (there.dev(), there.ino())
}

/// Whether locking failed because the file system has no locks, as some network shares.
#[must_use]
pub fn knows_no_locks(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::NOLCK | Errno::NOSYS | Errno::NOTSUP))
}

/// A number that tells a file from another one which has taken its place.
#[must_use]
pub fn file_id(metadata: &Metadata) -> u64 {
    metadata.ino()
}

/// The rights that new files and folders get, so that everyone may read them.
#[derive(Debug, Clone, Copy)]
pub struct Rights {
    /// What files have: 0644, unless the file system gives rights of its own.
    file: u32,
    /// Whether the process or the folder takes rights away from what is new, so that they must be given back.
    is_masked: bool,
}

impl Rights {
    /// Where nothing is known: rights are set on everything that is made.
    pub const UNKNOWN: Self = Self { file: FILE, is_masked: true };

    /// The rights that a new file gets in `folder`, so that most files need no second call to set them.
    ///
    /// # Errors
    /// No file can be made there.
    pub fn given_in(folder: &Path) -> io::Result<Self> {
        let path = folder.join("probe");
        let file = OpenOptions::new().write(true).create_new(true).mode(FOLDER).open(&path)?;
        let rights = || file.metadata().map(|metadata| metadata.mode() & 0o777);
        let is_masked = rights()? != FOLDER;
        // A file system without rights refuses, or agrees and does nothing; the second look says what it gives.
        let _ = file.set_permissions(Permissions::from_mode(FILE));
        let file = rights()?;
        fs::remove_file(&path)?;
        Ok(Self { file, is_masked })
    }

    /// Makes the file `path`, to be written.
    ///
    /// # Errors
    /// It is there already, its folder is not, or the system does not allow it.
    pub fn create_file(self, path: &Path) -> io::Result<File> {
        let file = OpenOptions::new().write(true).create_new(true).mode(FILE).open(path)?;
        if self.is_masked {
            // See `given_in` for file systems that do not know rights.
            let _ = file.set_permissions(Permissions::from_mode(FILE));
        }
        Ok(file)
    }

    /// Makes the folder `path`.
    ///
    /// # Errors
    /// As for [`Rights::create_file`].
    pub fn create_folder(self, path: &Path) -> io::Result<()> {
        DirBuilder::new().mode(FOLDER).create(path)?;
        if self.is_masked {
            // See `given_in` for file systems that do not know rights.
            let _ = fs::set_permissions(path, Permissions::from_mode(FOLDER));
        }
        Ok(())
    }

    /// Whether a file has them.
    #[must_use]
    pub fn are_of(self, file: &Metadata) -> bool {
        file.mode() & 0o777 == self.file
    }
}

/// Makes the folder `path` for its owner alone, or takes the rights of all others away from it.
///
/// # Errors
/// It cannot be made, it is not a folder of this account, or a link lies in its place.
pub fn make_private_folder(path: &Path) -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => made?,
    }
    if !fs::symlink_metadata(path)?.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    fs::set_permissions(path, Permissions::from_mode(0o700))
}

/// Makes the file `path` for its owner alone, to be written and read.
///
/// # Errors
/// It is there already, its folder is not, or the system does not allow it.
pub fn create_private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path)
}

/// Reads just as many bytes as `bytes` has room for, from the byte `at` of a file on.
///
/// # Errors
/// The file is shorter, or cannot be read.
pub fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

/// When anything of a file was changed last, its rights and its name too, as a number that grows.
#[must_use]
pub fn changed_at(metadata: &Metadata) -> i128 {
    i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec())
}

/// Lets everyone read the folder `path`.
///
/// # Errors
/// The folder belongs to another account, or its file system does not know rights.
pub fn let_everyone_read(path: &Path) -> io::Result<()> {
    fs::set_permissions(path, Permissions::from_mode(FOLDER))
}

/// Whether this account may make and delete files in the folder `path`.
///
/// # Errors
/// It may not, or the folder is not there.
pub fn may_change(path: &Path) -> io::Result<()> {
    Ok(rustix::fs::access(path, Access::WRITE_OK | Access::EXEC_OK)?)
}

/// Waits until everything that was written below the folder `path` is on the disk.
///
/// # Errors
/// The disk failed.
pub fn sync_tree(path: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::fs::syncfs(File::open(path)?)?;
    #[cfg(not(target_os = "linux"))]
    {
        let _ = path;
        rustix::fs::sync();
    }
    Ok(())
}

/// Makes a link to the folder `target`, as named from where the link is.
///
/// # Errors
/// What the system said.
pub fn link_folder(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

/// Waits until the names in the folder `path` are on the disk.
///
/// # Errors
/// The disk failed.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// How many bytes are free on the disk of the folder `path`; `None` if the system does not say.
#[must_use]
pub fn free_space(path: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(path).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}
