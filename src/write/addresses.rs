//! The files below `content/addresses/`, in which a publication records what is online.
//!
//! Input: all of them, with their texts. Output: these files, each written whole, and none of ours that is not among them. Not here:
//! what is in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::interrupt::Held;
use super::replace::{ReplaceError, failed, place};
use crate::platform::with_slashes;

/// The folder, from the site's root.
const FOLDER: &str = "content/addresses";

/// Makes the files at these paths below `root` what they should be, and removes those in the same folder that end in `.txt` and are
/// not among them. Returns how many were written.
///
/// # Errors
/// Why a file could not be written. Those that were are whole.
pub fn record(root: &Path, files: &BTreeMap<String, String>) -> Result<usize, ReplaceError> {
    let _held = Held::begin().map_err(|_| ReplaceError::Interrupted)?;
    let mut written = 0;
    for (path, text) in files {
        let path = root.join(path);
        if fs::read_to_string(&path).is_ok_and(|there| there == *text) {
            continue;
        }
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder).map_err(failed("make the folder", folder))?;
        // Whoever reads it meanwhile sees the old text or the new one.
        place((&path, text.as_bytes(), None), "write", || true)?;
        written += 1;
    }
    let folder = root.join(FOLDER);
    for entry in WalkDir::new(&folder).into_iter().filter_map(Result::ok) {
        let path = with_slashes(entry.path().strip_prefix(root).unwrap_or(entry.path())).into_owned();
        if entry.file_type().is_file() && path.ends_with(".txt") && !files.contains_key(&path) {
            fs::remove_file(entry.path()).map_err(failed("remove", entry.path()))?;
        }
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_holds_what_it_should_and_what_is_somebody_elses() {
        let site = tempfile::tempdir().unwrap();
        let files = |names: &[&str]| {
            names
                .iter()
                .map(|name| (format!("content/addresses/{name}"), format!("{name}\n")))
                .collect::<BTreeMap<_, _>>()
        };
        assert_eq!(record(site.path(), &files(&["a.txt", "b/2026.txt"])).unwrap(), 2);
        fs::write(site.path().join("content/addresses/old.csv"), "x").unwrap();
        assert_eq!(record(site.path(), &files(&["b/2026.txt", "c.txt"])).unwrap(), 1);
        let there = |name: &str| site.path().join("content/addresses").join(name).exists();
        assert!(!there("a.txt") && there("b/2026.txt") && there("c.txt") && there("old.csv"));
    }
}
