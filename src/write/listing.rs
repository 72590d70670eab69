//! What lies in the public folder when a build opens it: looked at once, so that no later question costs a system call.
//!
//! Input: the public folder. Output: the paths below it. Not here: names that begin with a dot and what lies below them:
//! `.git` may be large, and is not ours. The disk is asked about the few such paths that a site has, one by one.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::error::{WriteError, failed};
use super::record;
use crate::platform::with_slashes;

/// Paths below the public folder, sorted.
pub(super) struct Listing {
    folder: PathBuf,
    /// Everything that is not a folder; a link is never followed.
    files: Vec<Box<str>>,
    folders: Vec<Box<str>>,
}

impl Listing {
    /// Looks through `folder`.
    ///
    /// # Errors
    /// A folder in it cannot be opened.
    pub(super) fn of(folder: &Path) -> Result<Self, WriteError> {
        let mut listing = Self { folder: folder.to_owned(), files: Vec::new(), folders: Vec::new() };
        let entries = WalkDir::new(folder).min_depth(1).into_iter();
        let is_seen = |entry: &walkdir::DirEntry| !entry.file_name().as_encoded_bytes().starts_with(b".");
        for entry in entries.filter_entry(|entry| entry.depth() == 0 || is_seen(entry)) {
            let entry = entry.map_err(|error| walked(&error, folder))?;
            let path = with_slashes(entry.path().strip_prefix(folder).unwrap_or(entry.path()));
            let list = if entry.file_type().is_dir() { &mut listing.folders } else { &mut listing.files };
            list.push(path.into());
        }
        listing.files.sort_unstable();
        listing.folders.sort_unstable();
        Ok(listing)
    }

    /// Whether there is anything at `path` but a folder.
    pub(super) fn has_file(&self, path: &str) -> bool {
        if is_hidden(path) { self.ask(path, |found| !found.is_dir()) } else { record::has(&self.files, path) }
    }

    /// Whether there is a folder `path`; the public folder itself is the empty path.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        if is_hidden(path) {
            self.ask(path, Metadata::is_dir)
        } else {
            path.is_empty() || record::has(&self.folders, path)
        }
    }

    fn ask(&self, path: &str, test: impl Fn(&Metadata) -> bool) -> bool {
        self.folder.join(path).symlink_metadata().is_ok_and(|found| test(&found))
    }

    /// The paths of everything that is not a folder, sorted.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(AsRef::as_ref)
    }
}

/// Why a walk through `folder` cannot go on, in the words of the system alone.
pub(super) fn walked(error: &walkdir::Error, folder: &Path) -> WriteError {
    let said = error.io_error().map_or_else(|| io::Error::other(error.to_string()), again);
    failed("look into", error.path().unwrap_or(folder))(said)
}

/// The same error once more; it cannot be copied.
fn again(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
}

/// Whether the listing says nothing of `path`, because a name in it begins with a dot.
pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/').any(|name| name.starts_with('.'))
}
