//! Why the public folder cannot be written, in words that say what to do.
//!
//! Input: what the system said, and while doing what. Output: a [`WriteError`] and its message. Not here: how it is printed.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::platform::without_number;

/// Why the public folder cannot be written. Nothing was touched, except with [`WriteError::Halfway`].
#[derive(Debug)]
pub enum WriteError {
    /// The folder is one in which nothing may be made or deleted.
    Reserved {
        /// The folder that was named.
        out: PathBuf,
        /// What the folder does that forbids it: "overlaps the folder `content`".
        what: &'static str,
    },
    /// There is a file of that name.
    NotAFolder {
        /// The path.
        out: PathBuf,
    },
    /// The folder is a link, and what it leads to is not there.
    LinkToNothing {
        /// The link.
        link: PathBuf,
    },
    /// The folder holds files, and nothing says that they are ours.
    Foreign {
        /// The folder.
        out: PathBuf,
        /// Some of the names in it.
        names: Vec<String>,
    },
    /// Another build is writing to the folder.
    Busy {
        /// The folder.
        out: PathBuf,
        /// Which process does so, if that is known.
        holder: Option<String>,
    },
    /// A file or folder that is not ours lies where a page belongs.
    InTheWay {
        /// The path.
        path: PathBuf,
    },
    /// The list of what is ours cannot be understood.
    BrokenRecord {
        /// The path.
        path: PathBuf,
    },
    /// A file to copy is not what it was when the build began.
    Changed {
        /// The path.
        from: PathBuf,
    },
    /// The disk is full.
    Full {
        /// The folder.
        out: PathBuf,
        /// What the build had to write until then, in bytes; it may be more.
        needed: u64,
        /// What is free, in bytes, if that is known.
        free: Option<u64>,
    },
    /// The account has not the right to do it.
    Forbidden {
        /// What could not be done: "make the folder".
        doing: &'static str,
        /// The file or folder it was about.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Anything else that the system said.
    Machine {
        /// What could not be done: "make the folder".
        doing: &'static str,
        /// The file or folder it was about.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The program was told to end.
    Interrupted,
    /// The build stopped among the steps that put its files in place.
    Halfway(Box<WriteError>),
}

/// Makes a [`WriteError`] of what the system said while `doing` something with `path`.
pub(super) fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |error| match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            WriteError::Forbidden { doing, path, error }
        }
        _ => WriteError::Machine { doing, path, error },
    }
}

impl WriteError {
    /// Turns "no space left" into how many bytes are `needed` and how many are `free`; other errors stay.
    pub(super) fn with_need(self, out: &Path, needed: u64, free: Option<u64>) -> Self {
        let is_full =
            |error: &io::Error| matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        match self {
            Self::Machine { error, .. } if is_full(&error) => Self::Full { out: out.to_owned(), needed, free },
            other => other,
        }
    }

    /// What was seen: one sentence without a full stop.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Reserved { out, what } => format!("`{}` cannot be the public folder: it {what}", out.display()),
            Self::NotAFolder { out } => format!("`{}` is a file, not a folder", out.display()),
            Self::LinkToNothing { link } => format!("`{}` is a link to a folder that is not there", link.display()),
            Self::Foreign { out, names } => {
                format!("`{}` holds files that Folkmoot did not make: {}", out.display(), names.join(", "))
            }
            Self::Busy { out, holder: None } => format!("Another build is writing to `{}`", out.display()),
            Self::Busy { out, holder: Some(holder) } => {
                format!("Another build ({holder}) is writing to `{}`", out.display())
            }
            Self::InTheWay { path } => {
                format!("`{}` was not made by Folkmoot and lies where a file of the site belongs", path.display())
            }
            Self::BrokenRecord { path } => format!("`{}` cannot be understood", path.display()),
            Self::Changed { from } => format!("`{}` changed while the site was being built", from.display()),
            Self::Full { out, .. } => format!("There is not enough room on the disk for `{}`", out.display()),
            Self::Forbidden { doing, path, error } | Self::Machine { doing, path, error } => {
                format!("Folkmoot could not {doing} `{}`: {}", path.display(), without_number(error))
            }
            Self::Interrupted => "The build was stopped".into(),
            Self::Halfway(cause) => cause.title(),
        }
    }

    /// Why it stops the build.
    #[must_use]
    pub fn why(&self) -> String {
        match self {
            Self::Reserved { .. } => {
                "A build replaces and deletes files in the public folder, so it must be a folder of its own.".into()
            }
            Self::NotAFolder { .. } | Self::LinkToNothing { .. } => "The pages have no place to go.".into(),
            Self::Foreign { .. } => {
                "A build would mix its pages with them, and could replace one. Nothing was touched.".into()
            }
            Self::Busy { .. } => "Two builds at once would mix their pages. This one waited, and gave up.".into(),
            Self::InTheWay { .. } => "It would be replaced, and it may be the only copy. Nothing was touched.".into(),
            Self::BrokenRecord { .. } => {
                "It says which files in the public folder are ours. Without it, pages that were taken back \
                 would stay public. Nothing was touched."
                    .into()
            }
            Self::Changed { .. } => "What would be published is not what was checked. Nothing was touched.".into(),
            Self::Full { needed, free, .. } => {
                let free = free.map_or(String::new(), |free| format!(", and {} is free", size(free)));
                format!("The new files need at least {}{free}. The public folder is as it was.", size(*needed))
            }
            Self::Forbidden { .. } | Self::Machine { .. } | Self::Interrupted => {
                "The public folder is as it was.".into()
            }
            Self::Halfway(_) => {
                "The build was putting its files in place. Part of the public folder is new, part of it old.".into()
            }
        }
    }

    /// What to do.
    #[must_use]
    pub fn fix(&self) -> String {
        match self {
            Self::Reserved { .. } => "Name another folder, such as `public` in the site's folder.".into(),
            Self::NotAFolder { .. } => "Move or delete it, or name another folder.".into(),
            Self::LinkToNothing { .. } => "Make the folder that it leads to, or delete the link.".into(),
            Self::Foreign { .. } => "Name an empty or a new folder, or move what is in it elsewhere.".into(),
            Self::Busy { .. } => "Wait until the other build has finished, or stop it, then build again.".into(),
            Self::InTheWay { .. } => {
                "Move it elsewhere, or delete it if it is not needed, then build again. A file that the site should \
                 have belongs in `content`."
                    .into()
            }
            Self::BrokenRecord { path } => {
                let folder = path.parent().unwrap_or(path).display().to_string();
                format!("Delete the folder `{folder}` and build again: it is made from `content`, nothing is lost.")
            }
            Self::Changed { .. } => "Wait until the file has been saved or synchronised, then build again.".into(),
            Self::Full { needed, .. } => {
                format!("Delete or move other files until more than {} is free, then build again.", size(*needed))
            }
            Self::Forbidden { .. } => "Give your account the right to do so, then build again.".into(),
            Self::Machine { .. } => "See to the disk, then build again.".into(),
            Self::Interrupted => "Build again when it suits you.".into(),
            Self::Halfway(_) => "Mend that, then build again: the build goes on where it stopped.".into(),
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.\n{}\n{}", self.title(), self.why(), self.fix())
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Forbidden { error, .. } | Self::Machine { error, .. } => Some(error),
            Self::Halfway(cause) => Some(cause),
            _ => None,
        }
    }
}

/// A number of bytes in words, rounded up, so that what is called enough is enough.
fn size(bytes: u64) -> String {
    if bytes > 1_000_000 { format!("{} MB", bytes.div_ceil(1_000_000)) } else { format!("{} KB", bytes.div_ceil(1000)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_says_how_much_is_needed() {
        let error = failed("write", Path::new("x"))(io::ErrorKind::StorageFull.into());
        let said = error.with_need(Path::new("public"), 12_300_000, Some(4_000)).to_string();
        assert!(said.contains("at least 13 MB, and 4 KB is free"), "{said}");
    }
}
