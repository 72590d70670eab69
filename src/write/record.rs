//! `.folkmoot`: says that a public folder is ours, and which files in it are.
//!
//! Input: the routes of a build, and what it was made from. Output: that file, and both lists in it at the next build. Not
//! here: what lies on the disk, which the disk is always asked. The file holds paths below the public folder, and addresses
//! with checksums of what is public, sorted: no time, no process, no machine, so that the same site gives the same file.

use std::fs;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::{WriteError, failed};
use super::stage::{Planned, Stage};
use crate::model::Ledger;

/// The name of the file. Everything of ours in a public folder that is not part of the site begins so.
pub(super) const RECORD: &str = ".folkmoot";

/// The content of the file, as JSON.
#[derive(Serialize, Deserialize)]
struct Record<Path> {
    about: String,
    files: Vec<Path>,
    /// Not in what earlier versions of the program wrote.
    #[serde(default)]
    made_from: Ledger,
}

const ABOUT: &str = "Folkmoot made this folder. It replaces and deletes the files listed here, and no others. \
                     Without this list it refuses to build here.";

/// Whether the folder has such a list.
pub(super) fn is_there(folder: &Path) -> bool {
    folder.join(RECORD).is_file()
}

/// What the last build wrote down.
#[derive(Default)]
pub(super) struct Last {
    /// The files that it left in the folder, sorted.
    pub(super) files: Vec<Box<str>>,
    /// What it was made from.
    pub(super) made_from: Ledger,
}

/// What the last build wrote down; nothing if there was no build.
///
/// # Errors
/// The list cannot be read or understood, or it names a path outside the folder.
pub(super) fn load(folder: &Path) -> Result<Last, WriteError> {
    let path = folder.join(RECORD);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Last::default()),
        Err(error) => return Err(failed("read", &path)(error)),
    };
    match serde_json::from_slice::<Record<Box<str>>>(&bytes) {
        Ok(mut record) if record.files.iter().all(|path| stays_inside(path)) => {
            // A person, or a merge of two branches, may have been at it.
            record.files.sort_unstable();
            record.files.dedup();
            Ok(Last { files: record.files, made_from: record.made_from })
        }
        _ => Err(WriteError::BrokenRecord { path }),
    }
}

/// Puts the list of this build into the stage.
pub(super) fn write(stage: &Stage, planned: &[Planned], made_from: &Ledger) -> Result<(), WriteError> {
    let files = planned.iter().map(|planned| planned.path.as_ref()).collect::<Vec<&str>>();
    let record = Record { about: ABOUT.to_owned(), files, made_from: made_from.clone() };
    let (path, file) = stage.create("record")?;
    let mut writer = BufWriter::new(file);
    serde_json::to_writer_pretty(&mut writer, &record)
        .map_err(std::io::Error::from)
        .and_then(|()| writer.write_all(b"\n"))
        .and_then(|()| writer.flush())
        .map_err(failed("write", &path))
}

/// Whether the list names `path`.
pub(super) fn has(recorded: &[Box<str>], path: &str) -> bool {
    recorded.binary_search_by(|recorded| recorded.as_ref().cmp(path)).is_ok()
}

/// Whether `path` leads to a file below the public folder that is not one of Folkmoot's own.
pub(super) fn stays_inside(path: &str) -> bool {
    let is_name = |name: &str| !matches!(name, "" | "." | "..") && !name.contains('\0');
    let is_own = path.get(..RECORD.len()).is_some_and(|start| start.eq_ignore_ascii_case(RECORD));
    path.split('/').all(is_name) && !is_own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_inside() {
        for path in ["index.html", "a/b.html", "..a/b", ".well-known/security.txt", "a/.folkmoot"] {
            assert!(stays_inside(path), "{path}");
        }
        for path in ["", "/a", "a/", "a//b", "..", "a/../b", "./a", "a\0", ".folkmoot", ".Folkmoot-stage/x"] {
            assert!(!stays_inside(path), "{path}");
        }
    }
}
