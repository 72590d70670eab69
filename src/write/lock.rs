//! One build at a time: `.folkmoot-lock`, a lock that the system drops when its owner dies.
//!
//! Input: the public folder. Output: a [`Lock`] that holds it until it is dropped. Not here: what is done meanwhile. The
//! file names its process, only to say who is in the way; it is removed when the build ends.

use std::fs::{self, File, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::{WriteError, failed};
use super::interrupt;
use crate::platform::{is_file_at, knows_no_locks, open_lock};

/// How often a build that waits looks again.
const PAUSE: Duration = Duration::from_millis(50);

/// A public folder that no other build may write to until this is dropped.
pub struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock of `folder`; waits at most `patience` for another build to end.
    ///
    /// # Errors
    /// Another build still holds the folder, the program is to end, or the lock file cannot be written.
    pub fn take(folder: &Path, patience: Duration) -> Result<Self, WriteError> {
        let path = folder.join(".folkmoot-lock");
        let mut waited = Duration::ZERO;
        loop {
            interrupt::go_on()?;
            let mut file = open_lock(&path).map_err(failed("write", &path))?;
            match file.try_lock() {
                Ok(()) if is_file_at(&file, &path) => {
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
                // One build at a time is then a matter of care.
                Err(TryLockError::Error(error)) if knows_no_locks(&error) => return Ok(Self { path, _file: file }),
                Err(TryLockError::Error(error)) => return Err(failed("lock", &path)(error)),
            }
        }
    }
}

/// Which process holds the lock, as it says itself; `None` if it does not.
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
