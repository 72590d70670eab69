//! What the releases were whose files are not kept any more: which files, with which checksums, from when on.
//!
//! Input: manifests, one after the other. Output: them again. Not here: the files themselves.
//!
//! Each is written down as what differs from the one written before it, so that years of publications stay small:
//!
//! ```text
//! # number: 12
//! # time: 2026-11-30T02:34:38Z
//! # before: 5e88…
//! + 8187…  about/index.html
//! - old/index.html
//! # end
//! ```
//!
//! Lines are only ever added. What a run left without its end is taken away by the next.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::error::{PublishError, failed};
use super::manifest::{Manifest, Sum};

const HISTORY: &str = "history.txt";

const END: &str = "# end\n";

/// The file in which they are written down.
#[derive(Debug)]
pub struct History {
    path: PathBuf,
}

impl History {
    /// That of the releases in `folder`.
    pub(super) fn new(folder: &Path) -> Self {
        Self { path: folder.join(HISTORY) }
    }

    /// All that are written down, the oldest first; none if there is no such file.
    ///
    /// # Errors
    /// It cannot be read, or is damaged.
    pub fn releases(&self) -> Result<Vec<Manifest>, PublishError> {
        let text = self.text()?;
        let mut files = BTreeMap::new();
        let entries = text.split_inclusive(END);
        let read = entries.map(|entry| read(entry, &mut files).ok_or_else(|| self.damaged()));
        read.collect()
    }

    /// Writes one down, unless it is already.
    ///
    /// # Errors
    /// The file cannot be read or written, or is damaged.
    pub(super) fn add(&self, manifest: &Manifest) -> Result<(), PublishError> {
        let known = self.releases()?;
        if known.iter().any(|known| known.number == manifest.number) {
            return Ok(());
        }
        let text = entry(known.last(), manifest);
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&self.path)
            .map_err(failed("write", &self.path))?;
        let whole = self.text()?.len() as u64;
        let added = std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(whole))
            .and_then(|_| file.set_len(whole))
            .and_then(|()| file.write_all(text.as_bytes()))
            .and_then(|()| file.sync_all());
        added.map_err(failed("write", &self.path))
    }

    /// The text up to the last end.
    fn text(&self) -> Result<String, PublishError> {
        let mut text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(failed("read", &self.path)(error)),
        };
        text.truncate(text.rfind(END).map_or(0, |at| at + END.len()));
        Ok(text)
    }

    fn damaged(&self) -> PublishError {
        PublishError::Damaged { path: self.path.clone() }
    }
}

/// A release as what differs from the one before it in the file.
fn entry(last: Option<&Manifest>, manifest: &Manifest) -> String {
    let mut text = manifest.remarks();
    let none = Manifest { files: Vec::new(), ..manifest.clone() };
    let last = last.unwrap_or(&none);
    let difference = last.difference(&manifest.files);
    let is_other: BTreeSet<&str> = difference.changed.iter().chain(&difference.added).map(String::as_str).collect();
    for (path, sum) in manifest.files.iter().filter(|(path, _)| is_other.contains(&**path)) {
        let _ = writeln!(text, "+ {sum}  {path}");
    }
    for path in &difference.missing {
        let _ = writeln!(text, "- {path}");
    }
    text + END
}

/// The release of an entry, where those before it have left these files.
fn read(entry: &str, files: &mut BTreeMap<String, Sum>) -> Option<Manifest> {
    let mut lines = entry.strip_suffix(END)?.lines();
    let (number, time, before) = Manifest::read_remarks(&mut lines)?;
    for line in lines {
        match line.split_at_checked(2)? {
            ("+ ", rest) => {
                let (sum, path) = rest.split_once("  ")?;
                files.insert(path.to_owned(), Sum::read(sum)?);
            }
            ("- ", path) => {
                files.remove(path)?;
            }
            _ => return None,
        }
    }
    let files = files.iter().map(|(path, sum)| (path.clone(), *sum)).collect();
    Some(Manifest { number, time, before, files })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn what_is_written_down_is_read_and_what_was_cut_off_is_written_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let history = History::new(folder.path());
        let files = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), Sum::of(name.as_bytes()))).collect();
        let mut all: Vec<Manifest> = Vec::new();
        for names in [&["a", "b c"][..], &["b c", "d"], &["b c", "d"], &[]] {
            let mut next = Manifest::next(all.last(), files(names), Timestamp::UNIX_EPOCH);
            if let Some((_, sum)) = next.files.first_mut() {
                *sum = Sum::of(&[next.number as u8]);
            }
            history.add(&next).expect("it is written");
            all.push(next);
            assert_eq!(history.releases().expect("it is read"), all);
        }
        history.add(&all[1]).expect("it is known");
        let text = fs::read_to_string(&history.path).expect("it is there");
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            fs::write(&history.path, &text[..end]).expect("it can be written");
            let whole = history.releases().expect("what is whole is read").len();
            assert_eq!(whole, text[..end].matches(END).count());
            history.add(&all[whole.min(3)]).expect("it is written");
            assert_eq!(history.releases().expect("it is read"), all[..=whole.min(3)]);
        }
        fs::write(&history.path, text.replace("- a\n", "- z\n")).expect("it can be written");
        assert!(matches!(history.releases(), Err(PublishError::Damaged { .. })));
    }
}
