//! Reads the finished files of a public folder, one after another.
//!
//! Input: the folder. Output: each file's path and bytes, in the order of paths. Not here: what the files mean, and files
//! outside the folder to which links lead.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::error::ReadError;
use crate::platform::with_slashes;

/// Hands every file below `folder` to `look`, and counts them.
///
/// # Errors
/// The folder or a file in it is not there or cannot be read: what was not looked at must not be taken for harmless.
pub fn finished(folder: &Path, look: &mut dyn FnMut(&str, Vec<u8>)) -> Result<usize, ReadError> {
    let closed = |error: std::io::Error| ReadError::Closed { folder: folder.to_owned(), error };
    if !folder.is_dir() {
        return Err(ReadError::NoFolder { folder: folder.to_owned() });
    }
    let mut count = 0;
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| closed(error.into()))?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            look(&with_slashes(path), fs::read(entry.path()).map_err(closed)?);
            count += 1;
        }
    }
    Ok(count)
}
