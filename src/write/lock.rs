//! One build at a time: `.folkmoot-lock`, a lock that the kernel drops when its owner dies.
//!
//! The file holds the number of its process, only to say who is in the way; it goes when the build ends.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::OFlags;
use rustix::io::Errno;

use super::error::{WriteError, failed};

/// How often a build that waits looks again.
const PAUSE: Duration = Duration::from_millis(50);

/// Held until dropped.
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Waits for the lock, for as long as `patience`.
    pub(super) fn take(folder: &Path, patience: Duration) -> Result<Self, WriteError> {
        let path = folder.join(".folkmoot-lock");
        let mut waited = Duration::ZERO;
        loop {
            let mut file = open(&path).map_err(failed("write", &path))?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => {
                    // Who holds the lock is a courtesy; a full disk is better reported by what needs the room.
                    let _ = file.set_len(0).and_then(|()| write!(file, "process {}", std::process::id()));
                    return Ok(Self { path, _file: file });
                }
                // Its last owner deleted it between our opening and our locking; there may be a new one.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) if waited < patience => {
                    std::thread::sleep(PAUSE);
                    waited += PAUSE;
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(WriteError::Busy { out: folder.to_owned(), holder: holder(&mut file) });
                }
                Err(TryLockError::Error(error)) if knows_no_locks(&error) => return Ok(Self { path, _file: file }),
                Err(TryLockError::Error(error)) => return Err(failed("lock", &path)(error)),
            }
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    options.custom_flags(flags.bits().cast_signed()).open(path)
}

/// Whether `file` is the one that lies at `path` now.
fn is_at(file: &File, path: &Path) -> bool {
    let (Ok(ours), Ok(there)) = (file.metadata(), path.symlink_metadata()) else { return false };
    (ours.dev(), ours.ino()) == (there.dev(), there.ino())
}

/// Some network shares know no locks. One build at a time is then a matter of care.
fn knows_no_locks(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::NOLCK | Errno::NOSYS | Errno::NOTSUP))
}

fn holder(file: &mut File) -> Option<String> {
    let mut words = String::new();
    file.take(40).read_to_string(&mut words).ok()?;
    Some(words).filter(|words| words.starts_with("process "))
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While the lock is still held: whoever waits sees that the file is gone, and makes a new one.
        let _ = fs::remove_file(&self.path);
    }
}
