//! A folder of releases: each a folder of its own, and `current`, a link to the one that is online. The server's root is `current`.
//!
//! Input: the files of a website. Output: a release, and which ones there are. Not here: what is in them.
//!
//! A release is made under a name that begins with a dot and gets its own when it is whole; then `current` is turned to it in one
//! step. Whoever stops a publication at any point leaves what was online, and a half-made release that the next one takes away.
//! Files that did not change are the same files on disk (hard links), so that a release costs what it changes. Of a release whose
//! files are not kept any more, it stays written down what they were (`history.rs`).

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::{PublishError, failed};
use super::history::History;
use super::manifest::{MANIFEST, Manifest};
use super::{Sum, manifest_in, sum};
use crate::platform::{changed_at, link_folder, sync_folder, sync_tree};
use crate::write::Lock;

/// Says that a folder is one of releases.
const MARK: &str = ".folkmoot-releases";

const CURRENT: &str = "current";

/// How long a publication waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

const WAITS: &str = ".making-";

/// A folder of releases.
#[derive(Debug)]
pub struct Releases {
    folder: PathBuf,
}

impl Releases {
    /// The releases in `folder`, which need not be there yet.
    ///
    /// # Errors
    /// It holds something else, or cannot be read.
    pub fn open(folder: &Path) -> Result<Self, PublishError> {
        let is_empty = match fs::read_dir(folder) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == ErrorKind::NotFound => true,
            Err(error) => return Err(failed("read", folder)(error)),
        };
        if !is_empty && !folder.join(MARK).is_file() {
            return Err(PublishError::Foreign { folder: folder.to_owned() });
        }
        Ok(Self { folder: folder.to_owned() })
    }

    /// The releases in `folder`; `None` if it is no folder of releases.
    #[must_use]
    pub fn at(folder: &Path) -> Option<Self> {
        folder.join(MARK).is_file().then(|| Self { folder: folder.to_owned() })
    }

    /// All releases there have been, the oldest first: those that are kept, and those of which it is only written down what they were.
    ///
    /// # Errors
    /// The folder cannot be read, or what is written down is damaged.
    pub fn known(&self) -> Result<Vec<Manifest>, PublishError> {
        let mut known = self.list()?;
        let kept: BTreeSet<u64> = known.iter().map(|release| release.number).collect();
        known.extend(self.history().releases()?.into_iter().filter(|release| !kept.contains(&release.number)));
        known.sort_by_key(|release| release.number);
        Ok(known)
    }

    /// Makes the folder, and marks it as one of releases.
    fn begin(&self) -> Result<(), PublishError> {
        let folder = &*self.folder;
        fs::create_dir_all(folder).map_err(failed("make the folder", folder))?;
        if folder.join(MARK).is_file() { Ok(()) } else { self.mark() }
    }

    /// Writes the mark. Its time says until when nobody but this program had changed a file of the present release.
    fn mark(&self) -> Result<(), PublishError> {
        let mark = self.folder.join(MARK);
        fs::write(&mark, "The releases of a website, made by `folkmoot publish`. The server's root is `current`.\n")
            .map_err(failed("write", &mark))
    }

    /// The folder that a server has as its root.
    #[must_use]
    pub fn root(&self) -> PathBuf {
        self.folder.join(CURRENT)
    }

    /// The release that is online; `None` before the first.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn current(&self) -> Result<Option<Manifest>, PublishError> {
        manifest_in(&self.root())
    }

    /// The release after which the next one is numbered: the one that is online, or the newest where the link is gone; `None` before
    /// the first.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn last(&self) -> Result<Option<Manifest>, PublishError> {
        Ok(match self.current()? {
            Some(current) => Some(current),
            None => self.list()?.into_iter().next(),
        })
    }

    /// All releases that are kept, the newest first.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn list(&self) -> Result<Vec<Manifest>, PublishError> {
        let mut list = Vec::new();
        for (_, path) in self.numbered()? {
            list.extend(manifest_in(&path)?);
        }
        list.sort_by_key(|release| std::cmp::Reverse(release.number));
        Ok(list)
    }

    /// The folder of a release.
    ///
    /// # Errors
    /// There is none with this number.
    pub fn folder_of(&self, number: u64) -> Result<PathBuf, PublishError> {
        let path = self.folder.join(name(number));
        if path.join(MANIFEST).is_file() { Ok(path) } else { Err(PublishError::NoRelease { number }) }
    }

    /// Puts the website in `public` online as the release of `manifest`, and lets go of all but the newest `keep` releases.
    ///
    /// # Errors
    /// A file cannot be read or written, or changed meanwhile; or another release came online since `manifest` was made. What was
    /// online is online still.
    pub fn publish(&self, public: &Path, manifest: &Manifest, keep: usize) -> Result<(), PublishError> {
        self.begin()?;
        let _lock = Lock::take(&self.folder, PATIENCE)?;
        let last = self.last()?;
        if last.as_ref().map(Manifest::own_sum) != manifest.before {
            return Err(PublishError::Meanwhile);
        }
        self.sweep(last.as_ref())?;
        let place = self.folder.join(name(manifest.number));
        let making = self.folder.join(format!("{WAITS}{}", name(manifest.number)));
        let made = self.make(public, &making, manifest, last.as_ref());
        let made = made.and_then(|()| fs::rename(&making, &place).map_err(failed("write", &place)));
        if made.is_err() {
            // It was never online.
            let _ = fs::remove_dir_all(&making);
        }
        made?;
        self.turn_to(manifest.number)?;
        let mut old = self.numbered()?;
        old.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
        for (_, path) in old.iter().skip(keep.max(1)).rev() {
            self.let_go(path)?;
        }
        self.mark()
    }

    /// Makes the folder of a release.
    fn make(
        &self,
        public: &Path,
        making: &Path,
        manifest: &Manifest,
        last: Option<&Manifest>,
    ) -> Result<(), PublishError> {
        let online = self.root();
        let known = |path: &str, own: &Sum| (last?.sum_of(path)? == *own).then(|| online.join(path));
        let marked = fs::metadata(self.folder.join(MARK)).map(|mark| changed_at(&mark)).unwrap_or_default();
        // A file that somebody changed since the last publication is not taken over.
        let is_whole = |path: &Path, own: &Sum| {
            fs::metadata(path).is_ok_and(|found| changed_at(&found) <= marked) || sum(path).is_ok_and(|sum| sum == *own)
        };
        fs::create_dir(making).map_err(failed("make the folder", making))?;
        for (path, own) in &manifest.files {
            let to = making.join(path);
            if let Some(folder) = to.parent() {
                DirBuilder::new().recursive(true).create(folder).map_err(failed("make the folder", folder))?;
            }
            // Not every file system has hard links.
            let linked = known(path, own).filter(|from| is_whole(from, own));
            if linked.is_some_and(|from| fs::hard_link(from, &to).is_ok()) {
                continue;
            }
            let from = public.join(path);
            fs::copy(&from, &to).map_err(failed("copy", &from))?;
            if sum(&to)? != *own {
                return Err(PublishError::Changed { path: path.clone() });
            }
        }
        let text = making.join(MANIFEST);
        fs::write(&text, manifest.write()).map_err(failed("write", &text))?;
        sync_tree(making).map_err(failed("write", making))
    }

    /// Turns the link to a release, in one step.
    fn turn_to(&self, number: u64) -> Result<(), PublishError> {
        let link = self.root();
        let is_ours = fs::symlink_metadata(&link).map(|found| found.file_type().is_symlink());
        match is_ours {
            Ok(true) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            _ => return Err(PublishError::NoLink { path: link }),
        }
        let new = self.folder.join(format!("{WAITS}{CURRENT}"));
        let _ = fs::remove_file(&new);
        link_folder(Path::new(&name(number)), &new).map_err(failed("make the link", &new))?;
        fs::rename(&new, &link).map_err(failed("turn the link", &link))?;
        sync_folder(&self.folder).map_err(failed("write", &self.folder))
    }

    /// Removes every file of the releases with these numbers, none of which is online. What they were stays written down.
    ///
    /// # Errors
    /// A folder cannot be removed.
    pub fn erase(&self, numbers: &[u64]) -> Result<(), PublishError> {
        let _lock = Lock::take(&self.folder, PATIENCE)?;
        let online = self.current()?;
        self.sweep(online.as_ref())?;
        let online = online.map(|release| release.number);
        for number in numbers.iter().filter(|number| online != Some(**number)) {
            self.let_go(&self.folder_of(*number)?)?;
        }
        Ok(())
    }

    /// Removes the files of a release, after it was written down what they were.
    fn let_go(&self, path: &Path) -> Result<(), PublishError> {
        if let Some(manifest) = manifest_in(path)? {
            self.history().add(&manifest)?;
        }
        // Nobody takes half a release for a whole one.
        let going = self.folder.join(format!("{WAITS}going"));
        fs::rename(path, &going).map_err(failed("remove", path))?;
        fs::remove_dir_all(&going).map_err(failed("remove", path))
    }

    /// What the releases were that are not kept any more.
    fn history(&self) -> History {
        History::new(&self.folder)
    }

    /// Takes away what a publication left that was stopped: what has no name yet, and what has one and was never online.
    fn sweep(&self, online: Option<&Manifest>) -> Result<(), PublishError> {
        let online = online.map_or(u64::MAX, |online| online.number);
        let never = self.numbered()?.into_iter().filter(|(number, _)| *number > online).map(|(_, path)| path);
        let mut left: Vec<PathBuf> = never.collect();
        for entry in fs::read_dir(&self.folder).map_err(failed("read", &self.folder))? {
            let entry = entry.map_err(failed("read", &self.folder))?;
            if entry.file_name().to_string_lossy().starts_with(WAITS) {
                left.push(entry.path());
            }
        }
        for path in left {
            let is_folder = path.symlink_metadata().is_ok_and(|found| found.is_dir());
            let removed = if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(failed("remove", &path))?;
        }
        Ok(())
    }

    /// The folders of all releases with their numbers.
    fn numbered(&self) -> Result<Vec<(u64, PathBuf)>, PublishError> {
        let mut found = Vec::new();
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(found),
            Err(error) => return Err(failed("read", &self.folder)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(failed("read", &self.folder))?;
            let number = entry.file_name().to_str().and_then(|name| name.parse().ok());
            found.extend(number.map(|number| (number, entry.path())));
        }
        Ok(found)
    }
}

/// The name of the folder of a release: of one length, so that lists are in order.
fn name(number: u64) -> String {
    format!("{number:06}")
}
