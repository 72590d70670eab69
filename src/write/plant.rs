//! Makes files where none are, in folders that need not be there yet.
//!
//! Input: the folder of a site, a path in it, bytes. Output: a file with these bytes, or why there is none. Not here: what is in
//! it. **Nothing is ever overwritten**, and no link leads out of the folder.

use std::fs;
use std::io;
use std::path::Path;

use super::interrupt::Held;
use super::replace::{ReplaceError, failed, put_new};

/// Makes the file at `path`, whose names are parted by `/`, in the folder `root`; both folders and file are made where they are
/// not there.
///
/// # Errors
/// Why there is no such file, or another one.
pub fn plant(root: &Path, path: &str, bytes: &[u8]) -> Result<(), ReplaceError> {
    let _held = Held::begin().map_err(|_| ReplaceError::Interrupted)?;
    let names: Vec<&str> = path.split('/').collect();
    if names.iter().any(|name| matches!(*name, "" | "." | "..") || name.contains('\\')) {
        return Err(ReplaceError::Outside);
    }
    fs::create_dir_all(root).map_err(failed("make the folder", root))?;
    let mut folder = root.canonicalize().map_err(failed("open the folder", root))?;
    for name in &names[..names.len() - 1] {
        folder.push(name);
        match fs::create_dir(&folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(failed("make the folder", &folder)(error));
            }
            _ => {}
        }
        // What is there may be a link.
        if folder.canonicalize().map_err(failed("open the folder", &folder))? != folder {
            return Err(ReplaceError::Outside);
        }
    }
    put_new(&folder.join(names[names.len() - 1]), bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_made_and_never_overwritten() {
        let site = tempfile::tempdir().unwrap();
        let root = site.path().join("new");
        plant(&root, "content/minutes/board/a.md", b"one").unwrap();
        assert!(matches!(plant(&root, "content/minutes/board/a.md", b"two"), Err(ReplaceError::Changed)));
        plant(&root, "content/minutes/b.md", b"two").unwrap();
        assert_eq!(fs::read(root.join("content/minutes/board/a.md")).unwrap(), b"one");
        for outside in ["../a.md", "content/../../a.md", "/a.md", "", "content//a.md"] {
            assert!(matches!(plant(&root, outside, b"x"), Err(ReplaceError::Outside)), "{outside}");
        }
        assert!(matches!(plant(&root, "content/minutes/b.md/c.md", b"x"), Err(ReplaceError::Machine { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed() {
        let site = tempfile::tempdir().unwrap();
        let (root, other) = (site.path().join("site"), site.path().join("other"));
        fs::create_dir_all(root.join("content")).unwrap();
        fs::create_dir(&other).unwrap();
        std::os::unix::fs::symlink(&other, root.join("content/minutes")).unwrap();
        assert!(matches!(plant(&root, "content/minutes/a.md", b"x"), Err(ReplaceError::Outside)));
        assert_eq!(fs::read_dir(&other).unwrap().count(), 0);
    }
}
