//! Where the public folder may lie. Everything here happens before anything is touched.
//!
//! Input: a path as a user typed it. Output: the folder it means, without links; or why it is refused. Not here: what is
//! written into it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::error::{WriteError, failed};
use super::{journal, record};
use crate::platform::let_everyone_read;

/// The folder that `out` means, with every link in it followed; it need not be there.
///
/// # Errors
/// A part of the path is a file or a link to nothing, or cannot be opened.
pub(super) fn resolve(out: &Path) -> Result<PathBuf, WriteError> {
    let absolute = std::path::absolute(out).map_err(failed("find", out))?;
    let mut real = PathBuf::new();
    for component in absolute.components() {
        if component == Component::ParentDir {
            // `real` has no links in it, so that the folder above it is the one that is meant.
            real.pop();
            continue;
        }
        real.push(component);
        match real.canonicalize() {
            Ok(found) => real = found,
            Err(error) if error.kind() == ErrorKind::NotFound && real.is_symlink() => {
                return Err(WriteError::LinkToNothing { link: real });
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                real.pop();
                return Err(WriteError::NotAFolder { out: real });
            }
            Err(error) => return Err(failed("open the folder", &real)(error)),
        }
    }
    Ok(real)
}

/// Refuses a folder in which files could be lost. `folder` is what `out` means, and `root` the site's folder.
///
/// # Errors
/// The reason.
pub(super) fn refuse(out: &Path, folder: &Path, root: &Path) -> Result<(), WriteError> {
    if let Some(what) = reserved(folder, root) {
        return Err(WriteError::Reserved { out: out.to_owned(), what });
    }
    match folder.metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(failed("open the folder", out)(error)),
        Ok(metadata) if !metadata.is_dir() => Err(WriteError::NotAFolder { out: out.to_owned() }),
        Ok(_) => refuse_foreign(out, folder),
    }
}

/// What the folder is, if nothing may be made or deleted in it; `None` if it may.
fn reserved(folder: &Path, root: &Path) -> Option<&'static str> {
    if folder.parent().is_none() {
        return Some("is the top of the disk");
    }
    let home = std::env::home_dir().and_then(|home| home.canonicalize().ok());
    if home.is_some_and(|home| home.starts_with(folder)) {
        return Some("is your home folder, or holds it");
    }
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    if root.starts_with(folder) {
        return Some("is the folder of the site itself, or holds it");
    }
    let parts = [
        ("content", "overlaps the folder `content`, which holds what staff write"),
        ("themes", "overlaps the folder `themes`, which holds how the site looks"),
        ("src", "overlaps the folder `src`, which holds a program"),
        (".git", "overlaps the folder `.git`, which holds the history of the site"),
    ];
    let (_, what) = parts.iter().find(|(name, _)| {
        let part = root.join(name);
        let part = part.canonicalize().unwrap_or(part);
        folder.starts_with(&part) || part.starts_with(folder)
    })?;
    Some(what)
}

/// Refuses a folder that holds files of somebody else.
fn refuse_foreign(out: &Path, folder: &Path) -> Result<(), WriteError> {
    if record::is_there(folder) || journal::is_there(folder) {
        return Ok(());
    }
    let mut names = Vec::new();
    for entry in folder.read_dir().map_err(failed("open the folder", out))? {
        let name = entry.map_err(failed("look into", out))?.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with('.') {
            names.push(format!("`{name}`"));
        }
    }
    if names.is_empty() {
        return Ok(());
    }
    names.sort();
    if names.len() > 4 {
        names.truncate(3);
        names.push("…".into());
    }
    Err(WriteError::Foreign { out: out.to_owned(), names })
}

/// Folders that were made for this build; when this is dropped, those that are empty are removed again.
pub(super) struct NewFolders(Vec<PathBuf>);

/// Makes the public folder and those above it.
pub(super) fn make(folder: &Path) -> Result<NewFolders, WriteError> {
    let mut missing: Vec<_> = folder.ancestors().take_while(|ancestor| !ancestor.exists()).collect();
    missing.reverse();
    let mut made = NewFolders(Vec::new());
    for path in missing {
        match fs::create_dir(path) {
            Ok(()) => made.0.push(path.to_owned()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed("make the folder", path)(error)),
        }
    }
    if made.0.last().is_some_and(|last| last == folder) {
        let_everyone_read(folder).map_err(failed("open to all", folder))?;
    }
    Ok(made)
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // A folder that is not empty stays; that is the point.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}
