//! Puts a changed text in the place of one that staff wrote, and keeps the old one; or puts a text where none was.
//!
//! Input: the path of a text below `content`, the bytes that were read from it, if it was there, and the new ones. Output: the file
//! with the new bytes, and one with the old bytes in `content/_before-fix/`, which is no part of the site. Not here: what is
//! changed, and whether it may be.
//!
//! The new bytes wait beside the file under a name that is no part of the site either, and take its place in one step:
//! whoever opens the file sees the old text or the new one. If the file is no longer what was read, nothing is done.

use std::fmt;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::interrupt::Held;
use crate::platform::{Links, open_file, sync_folder, without_number};

/// The folder below `content` in which texts are kept as they were.
const KEPT: &str = "_before-fix";

/// Why a text was not replaced. It is as it was.
#[derive(Debug)]
pub enum ReplaceError {
    /// The file is not what was read, or is gone.
    Changed,
    /// The file lies outside the folder `content` of the site.
    Outside,
    /// The file is marked as one that may not be changed.
    ReadOnly,
    /// The program was told to end.
    Interrupted,
    /// Anything that the system said.
    Machine {
        /// What could not be done: "make the file".
        doing: &'static str,
        /// The file or folder it was about.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// Puts `after` in the place of `before` in the file at `path`, relative to the site's folder `root`. Returns where the old
/// text is kept, relative to `root`.
///
/// # Errors
/// Why the file is as it was.
pub fn replace(root: &Path, path: &str, before: &[u8], after: &[u8]) -> Result<String, ReplaceError> {
    // Whoever ends the program now finds the text changed, or as it was, and nothing beside it.
    let _held = Held::begin().map_err(|_| ReplaceError::Interrupted)?;
    let content = root.join("content");
    let content = content.canonicalize().map_err(failed("open the folder", &content))?;
    // A text may be a link to another one of the site; then that one is changed.
    let file = root.join(path).canonicalize().map_err(|_| ReplaceError::Changed)?;
    let Ok(inside) = file.strip_prefix(&content) else { return Err(ReplaceError::Outside) };
    let rights = file.metadata().map_err(|_| ReplaceError::Changed)?.permissions();
    if rights.readonly() {
        return Err(ReplaceError::ReadOnly);
    }
    if !holds(&file, before) {
        return Err(ReplaceError::Changed);
    }
    let kept = keep(&content, inside, before, &rights)?;
    match put(&file, before, after, &rights) {
        Ok(()) => Ok(format!("content/{}", names(kept.strip_prefix(&content).unwrap_or(&kept)))),
        Err(error) => {
            // The text itself is as it was, so that nothing is lost with its copy.
            let _ = fs::remove_file(&kept);
            Err(error)
        }
    }
}

/// Makes the file at `path`, relative to the site's folder `root`, directly in its folder `content`, with these `bytes`.
///
/// # Errors
/// Why there is no such file, or another one.
pub fn create(root: &Path, path: &str, bytes: &[u8]) -> Result<(), ReplaceError> {
    let _held = Held::begin().map_err(|_| ReplaceError::Interrupted)?;
    let content = root.join("content");
    let content = content.canonicalize().map_err(failed("open the folder", &content))?;
    let name = path.strip_prefix("content/").filter(|name| !name.contains('/')).ok_or(ReplaceError::Outside)?;
    // As the folder's owner has it: a new file has the rights that any new file would have there.
    put_new(&content.join(name), bytes)
}

/// Makes the file `path` in one step, if nothing is there.
pub(super) fn put_new(path: &Path, bytes: &[u8]) -> Result<(), ReplaceError> {
    place((path, bytes, None), "make the file", || path.symlink_metadata().is_err())
}

/// Puts `bytes` into the place of the file at `path` in one step, if it `may` be when they are on the disk.
pub(super) fn place(
    (path, bytes, rights): (&Path, &[u8], Option<&Permissions>),
    doing: &'static str,
    may: impl FnOnce() -> bool,
) -> Result<(), ReplaceError> {
    let folder = path.parent().unwrap_or(path);
    let waiting = waiting_for(path);
    let placed = write(&waiting, bytes, rights).and_then(|()| {
        if !may() {
            return Err(ReplaceError::Changed);
        }
        fs::rename(&waiting, path).map_err(failed(doing, path))
    });
    if placed.is_err() {
        let _ = fs::remove_file(&waiting);
    }
    placed.and_then(|()| sync_folder(folder).map_err(failed("save the folder", folder)))
}

/// Whether the file at `path` holds these `bytes` now.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let Ok(Some(mut file)) = open_file(path, Links::Refuse) else { return false };
    let mut there = Vec::with_capacity(bytes.len());
    io::Read::read_to_end(&mut file, &mut there).is_ok() && there == bytes
}

/// Keeps `bytes`, the text that lies at `inside` below the folder `content`, under a name that is free, and returns that.
fn keep(content: &Path, inside: &Path, bytes: &[u8], rights: &Permissions) -> Result<PathBuf, ReplaceError> {
    let first = content.join(KEPT).join(inside);
    let folder = first.parent().unwrap_or(content);
    fs::create_dir_all(folder).map_err(failed("make the folder", folder))?;
    if !folder.canonicalize().map_err(failed("open the folder", folder))?.starts_with(content) {
        return Err(ReplaceError::Outside);
    }
    let stem = inside.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let end = inside.extension().unwrap_or_default().to_string_lossy().into_owned();
    for number in 1.. {
        let kept = if number == 1 { first.clone() } else { folder.join(format!("{stem}.{number}.{end}")) };
        match write(&kept, bytes, Some(rights)) {
            Err(ReplaceError::Machine { error, .. }) if error.kind() == io::ErrorKind::AlreadyExists => {}
            written => return written.map(|()| kept),
        }
    }
    unreachable!("the loop ends at the first free name")
}

/// Puts `after` in the place of the file at `path`, if that still holds `before`.
fn put(path: &Path, before: &[u8], after: &[u8], rights: &Permissions) -> Result<(), ReplaceError> {
    place((path, after, Some(rights)), "replace the file", || holds(path, before))
}

/// Where the new bytes of the file at `path` wait, under a name that is no part of the site.
fn waiting_for(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.folkmoot-{}", std::process::id()))
}

/// Makes the file `path`, which must not be there, with these `bytes`, and waits until they are on the disk.
fn write(path: &Path, bytes: &[u8], rights: Option<&Permissions>) -> Result<(), ReplaceError> {
    let made = File::create_new(path).and_then(|mut file| {
        // Before the first byte is in it: not everybody may read a draft.
        if let Some(rights) = rights {
            file.set_permissions(rights.clone())?;
        }
        file.write_all(bytes)?;
        file.sync_all()
    });
    made.map_err(failed("make the file", path))
}

/// `path` with `/` between its names.
fn names(path: &Path) -> String {
    crate::platform::with_slashes(path).into_owned()
}

pub(super) fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> ReplaceError {
    let path = path.to_owned();
    move |error| ReplaceError::Machine { doing, path, error }
}

impl fmt::Display for ReplaceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => formatter.write_str(
                "The file changed while this command ran. Save it, close it in other programs, and type the command again.",
            ),
            Self::Outside => formatter.write_str(
                "The file is a link that leads out of the folder `content`. Change the file itself, where it lies.",
            ),
            Self::ReadOnly => formatter.write_str(
                "The file is marked as read-only. If it may be changed, take the mark away and type the command again.",
            ),
            Self::Interrupted => formatter.write_str("The command was stopped."),
            Self::Machine { doing, path, error } => {
                write!(formatter, "Folkmoot could not {doing} `{}`: {}.", path.display(), without_number(error))
            }
        }
    }
}

impl std::error::Error for ReplaceError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Machine { error, .. } => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "content/minutes/board/2026-03-12.md";

    fn site(text: &str) -> tempfile::TempDir {
        let site = tempfile::tempdir().expect("a folder for the test");
        fs::create_dir_all(site.path().join("content/minutes/board")).expect("a folder for the test");
        fs::write(site.path().join(PATH), text).expect("a file for the test");
        site
    }

    fn text(site: &Path, path: &str) -> String {
        fs::read_to_string(site.join(path)).expect("it is there")
    }

    fn count(site: &Path) -> usize {
        walkdir::WalkDir::new(site).into_iter().flatten().filter(|entry| entry.file_type().is_file()).count()
    }

    #[test]
    fn the_old_text_is_kept_each_time() {
        let site = site("one");
        let root = site.path();
        let kept = |before: &str, after: &str| {
            replace(root, PATH, before.as_bytes(), after.as_bytes()).expect("it can be replaced")
        };
        assert_eq!(kept("one", "two"), "content/_before-fix/minutes/board/2026-03-12.md");
        assert_eq!(kept("two", "three"), "content/_before-fix/minutes/board/2026-03-12.2.md");
        assert_eq!(text(root, PATH), "three");
        assert_eq!(text(root, "content/_before-fix/minutes/board/2026-03-12.md"), "one");
        assert_eq!(text(root, "content/_before-fix/minutes/board/2026-03-12.2.md"), "two");
        assert_eq!(count(root), 3, "nothing waits any more");
    }

    #[test]
    fn a_file_that_is_not_what_was_read_stays() {
        let site = site("another");
        assert!(matches!(replace(site.path(), PATH, b"one", b"two"), Err(ReplaceError::Changed)));
        assert!(matches!(replace(site.path(), "content/minutes/b.md", b"", b"two"), Err(ReplaceError::Changed)));
        assert_eq!((text(site.path(), PATH).as_str(), count(site.path())), ("another", 1));
    }

    #[test]
    fn what_is_kept_twice_keeps_the_end_of_its_name() {
        let site = site("one");
        let root = site.path();
        let path = "content/checked.toml";
        create(root, path, b"one").expect("nothing is there");
        assert!(matches!(create(root, path, b"two"), Err(ReplaceError::Changed)), "what is there stays");
        assert_eq!(replace(root, path, b"one", b"two").ok().as_deref(), Some("content/_before-fix/checked.toml"));
        assert_eq!(replace(root, path, b"two", b"three").ok().as_deref(), Some("content/_before-fix/checked.2.toml"));
        assert_eq!((text(root, path).as_str(), count(root)), ("three", 4), "nothing waits any more");
        for outside in ["checked.toml", "content/../checked.toml", "content/minutes/a.md"] {
            assert!(matches!(create(root, outside, b"one"), Err(ReplaceError::Outside)), "{outside}");
        }
    }

    #[test]
    fn a_read_only_file_stays() {
        let site = site("one");
        let file = site.path().join(PATH);
        let mut rights = file.metadata().expect("it is there").permissions();
        rights.set_readonly(true);
        fs::set_permissions(&file, rights).expect("it is ours");
        assert!(matches!(replace(site.path(), PATH, b"one", b"two"), Err(ReplaceError::ReadOnly)));
        assert_eq!((text(site.path(), PATH).as_str(), count(site.path())), ("one", 1));
    }

    #[cfg(unix)]
    #[test]
    fn rights_stay_and_links_are_followed_only_within_content() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let site = site("one");
        let root = site.path();
        fs::set_permissions(root.join(PATH), Permissions::from_mode(0o640)).expect("it is ours");
        symlink("2026-03-12.md", root.join("content/minutes/board/again.md")).expect("a link for the test");
        let kept = replace(root, "content/minutes/board/again.md", b"one", b"two").expect("it can be replaced");
        for path in [PATH, &kept] {
            let mode = root.join(path).metadata().expect("it is there").permissions().mode();
            assert_eq!(mode & 0o777, 0o640, "{path}");
        }
        assert!(root.join("content/minutes/board/again.md").is_symlink());
        assert_eq!(text(root, PATH), "two");
        fs::write(root.join("outside.md"), "one").expect("a file for the test");
        symlink("../outside.md", root.join("content/out.md")).expect("a link for the test");
        assert!(matches!(replace(root, "content/out.md", b"one", b"two"), Err(ReplaceError::Outside)));
        assert_eq!(text(root, "outside.md"), "one");
    }
}
