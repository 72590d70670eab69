//! What the operating system must do for us beyond what `std` promises on every system: one narrow interface with two
//! implementations.
//!
//! Input: paths and opened files of the rooms that touch the disk (`read`, `write`, `serve`). Output: opened files, and
//! answers about them. Not here: what a file means, and the wording of messages.
//!
//! `unix.rs` is used on Unix. `portable.rs` is written in plain `std` and is used on every other system, and on Unix with
//! the cargo feature `portable`, so that its tests can run there. Both offer the same names:
//!
//! | name | on Unix | in plain `std` |
//! |---|---|---|
//! | [`Folder`], [`open_file`] | the kernel refuses links while it opens a file, and opening a pipe never waits | looked at first, opened afterwards: **a link or a pipe that takes the place of a file between the two is followed, or waited for** |
//! | [`open_lock`], [`is_file_at`] | the lock file is told by device and inode | by its length and the time of its last change; a link in its place is seen only before it is opened |
//! | [`knows_no_locks`] | shares that lack locks are recognised | only where the system says that it supports none |
//! | [`file_id`] | the inode | the time when the file was made; 0 where the file system does not keep it |
//! | [`Rights`], [`let_everyone_read`] | files are 0644 and folders 0755, whatever the umask | **whatever the system gives**; wrong rights are neither seen nor mended |
//! | [`make_private_folder`], [`create_private_file`] | 0700 and 0600: for their owner alone | **whatever the system gives**: there, a profile's folders are its owner's |
//! | [`link_folder`] | a symbolic link | on Windows a link that may need a right of its own; elsewhere none |
//! | [`read_at`] | threads read at the same time | one after the other |
//! | [`changed_at`] | also rights and names count, and no program can set it | the time of the last change, which programs can set |
//! | [`may_change`] | the kernel is asked | a folder that is marked as read-only is refused; **any other missing right is found out when files are put in place**, and the next build goes on from the journal |
//! | [`sync_tree`] | one call for the whole file system | one call for each file, which takes longer |
//! | [`sync_folder`] | names in a folder outlive a power failure | only where a folder can be opened like a file; **elsewhere the journal may be lost with the power** |
//! | [`free_space`] | in bytes | never known |

use std::borrow::Cow;
use std::io;
use std::path::{MAIN_SEPARATOR, Path};

#[cfg(any(not(unix), feature = "portable"))]
mod portable;
#[cfg(all(unix, not(feature = "portable")))]
mod unix;

#[cfg(any(not(unix), feature = "portable"))]
use portable as system;
#[cfg(all(unix, not(feature = "portable")))]
use unix as system;

pub use system::{
    Folder, Rights, changed_at, create_private_file, file_id, free_space, is_file_at, knows_no_locks,
    let_everyone_read, link_folder, make_private_folder, may_change, open_file, open_lock, read_at, sync_folder,
    sync_tree,
};

/// Whether a file may be opened through a link in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// A link is followed.
    Follow,
    /// A link is an error.
    Refuse,
}

/// What the system said, without the error's number, which helps nobody who writes minutes.
#[must_use]
pub fn without_number(error: &io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or_default().to_owned()
}

/// `path` with `/` between its names on every system; bytes that are not text become `�`.
#[must_use]
pub fn with_slashes(path: &Path) -> Cow<'_, str> {
    let text = path.to_string_lossy();
    if MAIN_SEPARATOR == '/' { text } else { text.replace(MAIN_SEPARATOR, "/").into() }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder for the test")
    }

    #[test]
    fn what_is_not_a_regular_file_is_not_opened() {
        let folder = folder();
        fs::create_dir(folder.path().join("inner")).expect("a folder for the test");
        fs::write(folder.path().join("a"), "A").expect("a file for the test");
        let opened = Folder::open(folder.path()).expect("it is there");
        assert!(opened.open_file("a").is_ok_and(|file| file.is_some()));
        assert!(opened.open_file("inner").is_ok_and(|file| file.is_none()));
        assert_eq!(opened.open_file("b").expect_err("nothing is there").kind(), io::ErrorKind::NotFound);
        assert!(opened.open_file("a/b").is_err(), "`a` is a file");
        assert!(open_file(&folder.path().join("inner"), Links::Refuse).is_ok_and(|file| file.is_none()));
        assert!(Folder::open(&folder.path().join("a")).is_err() && Folder::open(&folder.path().join("b")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed_out_of_a_folder() {
        use std::os::unix::fs::symlink;
        let folder = folder();
        for name in ["in", "out"] {
            fs::create_dir(folder.path().join(name)).expect("a folder for the test");
        }
        fs::write(folder.path().join("out/secret"), "S").expect("a file for the test");
        symlink("../out/secret", folder.path().join("in/link")).expect("a link for the test");
        symlink("../out", folder.path().join("in/deep")).expect("a link for the test");
        let opened = Folder::open(&folder.path().join("in")).expect("it is there");
        for path in ["link", "deep/secret"] {
            assert_eq!(opened.open_file(path).expect_err("a link").kind(), io::ErrorKind::CrossesDevices, "{path}");
        }
        let link = folder.path().join("in/link");
        assert!(open_file(&link, Links::Refuse).is_err());
        assert!(open_file(&link, Links::Follow).is_ok_and(|file| file.is_some()));
    }

    #[test]
    fn a_lock_file_that_was_replaced_is_another_one() {
        let folder = folder();
        let path = folder.path().join("lock");
        let file = open_lock(&path).expect("it is made");
        assert!(is_file_at(&file, &path));
        fs::remove_file(&path).expect("it can be removed");
        assert!(!is_file_at(&file, &path));
        fs::write(&path, "process 1").expect("a file for the test");
        assert!(!is_file_at(&file, &path));
        drop(open_lock(&path).expect("it is opened"));
        assert_eq!(fs::read(&path).expect("it is there"), b"process 1", "opening changes nothing");
    }

    #[test]
    fn what_is_made_is_new_and_can_be_saved() {
        let folder = folder();
        let rights = Rights::given_in(folder.path()).expect("a file can be made there");
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 0, "what was tried is gone again");
        let inner = folder.path().join("inner");
        rights.create_folder(&inner).expect("it can be made");
        assert_eq!(rights.create_folder(&inner).expect_err("it is there").kind(), io::ErrorKind::AlreadyExists);
        let file = rights.create_file(&inner.join("a")).expect("it can be made");
        assert!(rights.are_of(&file.metadata().expect("it is there")));
        let again = rights.create_file(&inner.join("a"));
        assert_eq!(again.expect_err("it is there").kind(), io::ErrorKind::AlreadyExists);
        sync_tree(folder.path()).expect("it can be saved");
        sync_folder(&inner).expect("it can be saved");
        let_everyone_read(&inner).expect("it is ours");
        may_change(&inner).expect("it is ours");
        assert_eq!(may_change(&inner.join("b")).expect_err("it is not there").kind(), io::ErrorKind::NotFound);
    }
}
