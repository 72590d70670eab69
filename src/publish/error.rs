//! Why a website was not published, in sentences for the person who publishes it.
//!
//! Input: what the system said. Output: [`PublishError`]. Not here: mistakes in the texts of a site.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::store_error::StoreError;
use crate::platform::without_number;
use crate::write::WriteError;

/// Why a website was not published. What was online is online still.
#[derive(Debug)]
pub enum PublishError {
    /// The folder holds files that this program did not put there.
    Foreign {
        /// The folder.
        folder: PathBuf,
    },
    /// Something that is not ours stands where the link to the present release has to be.
    NoLink {
        /// Its path.
        path: PathBuf,
    },
    /// There is no release with this number.
    NoRelease {
        /// The number.
        number: u64,
    },
    /// The folder has no manifest.
    NoManifest {
        /// The folder.
        folder: PathBuf,
    },
    /// A manifest or an archive is not as this program wrote it.
    Damaged {
        /// Its path.
        path: PathBuf,
    },
    /// The files of the release are not those that were to be published.
    Changed {
        /// The first of them.
        path: String,
    },
    /// Nobody answered at an address.
    NoAnswer {
        /// The address.
        address: String,
        /// What the system said.
        words: String,
    },
    /// Another release came online while this one was made ready.
    Meanwhile,
    /// Git could not do what was asked.
    Git {
        /// What it said.
        words: String,
    },
    /// A store did not do what it was asked.
    Store(StoreError),
    /// The folder could not be written as `public` is.
    Write(WriteError),
    /// Anything that the system said.
    Machine {
        /// What could not be done: "read".
        doing: &'static str,
        /// The file or folder it was about.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// For `map_err`: the system could not do something with a path.
pub(super) fn failed<'path>(doing: &'static str, path: &'path Path) -> impl FnOnce(io::Error) -> PublishError + 'path {
    move |error| PublishError::Machine { doing, path: path.to_owned(), error }
}

impl PublishError {
    /// A folder could not be walked through.
    pub(super) fn of_walk(folder: &Path, error: walkdir::Error) -> Self {
        let path = error.path().unwrap_or(folder).to_owned();
        Self::Machine { doing: "read", path, error: error.into() }
    }
}

impl From<StoreError> for PublishError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<WriteError> for PublishError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign { folder } => write!(
                f,
                "{} has files in it that Folkmoot did not put there, so nothing was published. Name a folder of its own for the \
                 releases: one that is empty, or not there yet.",
                folder.display()
            ),
            Self::NoLink { path } => write!(
                f,
                "{} should be a link to the present release, and is something else. Nothing was published. Move it away, or write \
                 `releases = false` beside `folder` in content/site.toml: then the files are put into the folder itself.",
                path.display()
            ),
            Self::NoRelease { number } => {
                write!(f, "There is no release {number} any more. `folkmoot publish --list` shows which there are.")
            }
            Self::NoManifest { folder } => write!(
                f,
                "{} has no `release.txt`, which every release has: it was not published by `folkmoot publish`, or is not the \
                 folder of the website itself.",
                folder.display()
            ),
            Self::Damaged { path } => write!(
                f,
                "{} is not as Folkmoot wrote it, so nobody knows what is online. Take it back from a backup, or name another \
                 folder.",
                path.display()
            ),
            Self::Changed { path } => write!(
                f,
                "{path} changed while it was being published, so nothing was. See that nothing else builds the site, and publish \
                 again."
            ),
            Self::NoAnswer { address, words } => {
                write!(f, "{address} does not answer: {words}. Look at the address, and whether this machine is online.")
            }
            Self::Meanwhile => f.write_str(
                "Somebody else published while this was made ready, so nothing was put online. Get their texts, and publish again.",
            ),
            Self::Git { words } => write!(
                f,
                "Git could not publish: {words}. What was online is online still. The folder of the site has to lie in a repository, and \
                 git has to know how to push to its host."
            ),
            Self::Store(error) => write!(f, "{error}"),
            Self::Write(error) => write!(f, "{error}\nWhat was online is online still."),
            Self::Machine { path, error, .. }
                if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) =>
            {
                write!(
                    f,
                    "There is not enough room on the disk for {}. What was online is online still. Delete or move other files, or let \
                     fewer releases be kept (`keep` in content/site.toml), and publish again.",
                    path.display()
                )
            }
            Self::Machine { doing, path, error } => {
                let words = without_number(error);
                write!(
                    f,
                    "It was not possible to {doing} {}: {words}. What was online is online still.",
                    path.display()
                )
            }
        }
    }
}

impl std::error::Error for PublishError {}
