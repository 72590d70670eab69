//! Which files a person has looked at and found fit for the public: what `content/checked.toml` says, as values.
//!
//! Input: paths and bytes. Output: whether somebody has looked at just these bytes, and the line that says so. Not here: what
//! follows from it (`disclosure` for texts, `inspect` for attached files), and reading the file (`parse/checked.rs`).

use std::collections::BTreeMap;

use crate::data::toml_text;
use crate::source::Attachment;

/// The files that were looked at: their paths from the site's root, each with the XXH3-128 of its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked(BTreeMap<Box<str>, u128>);

/// Whether a person has looked at a file and said that all of it may be public.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Looked {
    /// Nobody has.
    #[default]
    Never,
    /// Somebody has, and the file was changed since then: nobody has looked at what it says now.
    BeforeItChanged,
    /// Somebody has looked at just these bytes.
    AsItIs,
}

impl Checked {
    /// Adds that a person has looked at the file at `path` when its bytes had this checksum.
    pub fn add(&mut self, path: &str, checksum: u128) {
        self.0.insert(path.into(), checksum);
    }

    /// The checksums of all that was looked at.
    pub fn hashes(&self) -> impl Iterator<Item = u128> {
        self.0.values().copied()
    }

    /// Takes out the file at `path`.
    pub fn remove(&mut self, path: &str) {
        self.0.remove(path);
    }

    /// Adds all of `others`.
    pub fn extend(&mut self, others: &Self) {
        self.0.extend(others.0.iter().map(|(path, checksum)| (path.clone(), *checksum)));
    }

    /// Whether a person has looked at the file at `path` when its bytes had this checksum.
    #[must_use]
    pub fn has(&self, path: &str, checksum: u128) -> bool {
        self.0.get(path) == Some(&checksum)
    }

    /// Whether a person has looked at the file at `path`, which holds `bytes` now.
    #[must_use]
    pub fn looked(&self, path: &str, bytes: &[u8]) -> Looked {
        match self.0.get(path) {
            None => Looked::Never,
            Some(known) if *known == Attachment::checksum(bytes) => Looked::AsItIs,
            Some(_) => Looked::BeforeItChanged,
        }
    }

    /// The files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u128)> {
        self.0.iter().map(|(path, checksum)| (&**path, *checksum))
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// The key of a file in `content/checked.toml`: its path below `content/`.
#[must_use]
pub fn checked_key(path: &str) -> &str {
    path.strip_prefix("content/").unwrap_or(path)
}

/// A checksum as `content/checked.toml` has it.
#[must_use]
pub fn checked_sum(checksum: u128) -> String {
    format!("{checksum:032x}")
}

/// The line of `content/checked.toml` that says that a person has looked at a file.
#[must_use]
pub fn checked_line(path: &str, checksum: u128) -> String {
    format!("{} = \"{}\"", toml_text(checked_key(path)), checked_sum(checksum))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::source::SourceId;

    #[test]
    fn only_the_same_bytes_at_the_same_path_were_looked_at() {
        let mut checked = Checked::default();
        checked.add("content/a.md", Attachment::checksum(b"A"));
        assert_eq!(checked.looked("content/a.md", b"A"), Looked::AsItIs);
        assert_eq!(checked.looked("content/a.md", b"A\n"), Looked::BeforeItChanged);
        assert_eq!(checked.looked("content/b.md", b"A"), Looked::Never);
    }

    #[test]
    fn a_line_is_read_as_the_path_that_it_names() {
        // `é` as a letter and an accent is how some systems name files.
        for path in ["content/pages/a.md", "content/pages/cafe\u{301} \"x\" \\ \u{7}.md"] {
            let line = checked_line(path, 1);
            let read = crate::data::toml_file(&line, SourceId(0), "wrong-entry", &mut Diagnostics::new());
            let keys: Vec<_> = read.iter().flat_map(|node| node.pairs()).map(|pair| &*pair.key).collect();
            assert_eq!(keys, [checked_key(path)], "{line}");
        }
    }
}
