//! What a release is: every file with its checksum, written down in a form that anybody can check.
//!
//! Input: the sums of the files of a website. Output: [`Manifest`], and `release.txt`, which lies beside the pages (`RELEASE.md`
//! is its form). Not here: how files are read.
//!
//! The lines are those that `sha256sum` writes, so that `sha256sum --check release.txt` in the folder of a copy says whether it is
//! what was released. The remarks before them give the number of the release, its time, and the checksum of the `release.txt`
//! before it: each release vouches for all before it, and none can be changed afterwards without changing all that follow.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// The name of the file, at the top of the website.
pub const MANIFEST: &str = "release.txt";

const FIRST: &str = "# Folkmoot release 1";

/// A SHA-256 (FIPS 180-4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sum([u8; 32]);

impl Sum {
    /// Of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let mut sum = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (at, byte) in sum.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
        }
        Some(Self(sum))
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// From 1, one more for each.
    pub number: u64,
    /// When it was published.
    pub time: Timestamp,
    /// The sum of the `release.txt` before; `None` for the first.
    pub before: Option<Sum>,
    /// By their paths, sorted.
    pub files: Vec<(String, Sum)>,
}

/// How the files of a website differ from those of a release.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Files that have other bytes.
    pub changed: Vec<String>,
    /// Files of the release that are not there.
    pub missing: Vec<String>,
    /// Files that are in no release.
    pub added: Vec<String>,
}

impl Difference {
    /// Whether there is none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl Manifest {
    /// The release after `last`, of these files.
    #[must_use]
    pub fn next(last: Option<&Self>, files: Vec<(String, Sum)>, time: Timestamp) -> Self {
        Self { number: last.map_or(1, |last| last.number + 1), time, before: last.map(Self::own_sum), files }
    }

    /// The sum of its `release.txt`, which the next release names.
    #[must_use]
    pub fn own_sum(&self) -> Sum {
        Sum::of(self.write().as_bytes())
    }

    /// The first digits of that sum, by which two releases of one number are told apart.
    #[must_use]
    pub fn mark(&self) -> Box<str> {
        self.own_sum().to_string()[..16].into()
    }

    /// The sum of the file at a path; `None` if the release has none there.
    #[must_use]
    pub fn sum_of(&self, path: &str) -> Option<Sum> {
        sum_in(&self.files, path)
    }

    /// As `release.txt`.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = format!("{FIRST}\n{}", self.remarks());
        for (path, sum) in &self.files {
            let _ = writeln!(text, "{sum}  {path}");
        }
        text
    }

    /// The lines that say its number, its time and the release before.
    pub(super) fn remarks(&self) -> String {
        let before = self.before.map_or_else(|| "none".to_owned(), |before| before.to_string());
        let time = self.time.strftime("%Y-%m-%dT%H:%M:%SZ");
        format!("# number: {}\n# time: {time}\n# before: {before}\n", self.number)
    }

    /// What such lines say; `None` if they are damaged.
    pub(super) fn read_remarks<'text>(
        lines: &mut impl Iterator<Item = &'text str>,
    ) -> Option<(u64, Timestamp, Option<Sum>)> {
        let mut remark = |name: &str| lines.next()?.strip_prefix("# ")?.strip_prefix(name);
        let (number, time) = (remark("number: ")?.parse().ok()?, remark("time: ")?.parse().ok()?);
        let before = match remark("before: ")? {
            "none" => None,
            sum => Some(Sum::read(sum)?),
        };
        Some((number, time, before))
    }

    /// What `release.txt` says; `None` if it is damaged.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        lines.next().filter(|first| *first == FIRST)?;
        let (number, time, before) = Self::read_remarks(&mut lines)?;
        let file = |line: &str| line.split_once("  ").and_then(|(sum, path)| Some((path.to_owned(), Sum::read(sum)?)));
        let files: Vec<(String, Sum)> = lines.map(file).collect::<Option<_>>()?;
        files.is_sorted().then_some(Self { number, time, before, files })
    }

    /// How the files of a website, sorted by their paths, differ from this release.
    #[must_use]
    pub fn difference(&self, found: &[(String, Sum)]) -> Difference {
        let known: BTreeMap<&str, &Sum> = self.files.iter().map(|(path, sum)| (path.as_str(), sum)).collect();
        let there: BTreeMap<&str, &Sum> = found.iter().map(|(path, sum)| (path.as_str(), sum)).collect();
        let mut difference = Difference::default();
        for (path, sum) in found {
            match known.get(path.as_str()) {
                Some(own) if *own == sum => {}
                Some(_) => difference.changed.push(path.clone()),
                None => difference.added.push(path.clone()),
            }
        }
        difference.missing =
            known.keys().filter(|path| !there.contains_key(*path)).map(|path| (*path).to_owned()).collect();
        difference
    }
}

/// The sum of the file at a path, among those of `files`, which are sorted by their paths.
pub(super) fn sum_in(files: &[(String, Sum)], path: &str) -> Option<Sum> {
    files.binary_search_by(|(own, _)| own.as_str().cmp(path)).ok().map(|found| files[found].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(number: u64) -> Manifest {
        let files = vec![("a/index.html".to_owned(), Sum::of(b"a")), ("b c.pdf".to_owned(), Sum::of(b"b"))];
        Manifest { number, time: Timestamp::UNIX_EPOCH, before: None, files }
    }

    #[test]
    fn what_is_written_is_read() {
        let first = release(1);
        let second = Manifest::next(Some(&first), first.files.clone(), Timestamp::UNIX_EPOCH);
        assert_eq!((second.number, second.before), (2, Some(Sum::of(first.write().as_bytes()))));
        for manifest in [first, second] {
            assert_eq!(Manifest::read(&manifest.write()), Some(manifest));
        }
        let text = release(7).write();
        assert!(
            text.contains("\nca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a/index.html\n"),
            "{text}"
        );
    }

    #[test]
    fn any_damage_is_seen() {
        let text = release(1).write();
        for end in 0..text.len() {
            let cut = Manifest::read(&text[..end]);
            // A list that lost its last lines as a whole is one of fewer files.
            assert!(cut.is_none() || text[..end].ends_with('\n'), "{}", &text[..end]);
        }
        assert_eq!(Manifest::read(&text.replace("number: 1", "number: one")), None);
        assert_eq!(Manifest::read(&text.replace("  a/", " a/")), None);
    }

    #[test]
    fn what_differs_is_named() {
        let found = vec![("a/index.html".to_owned(), Sum::of(b"x")), ("d".to_owned(), Sum::of(b"d"))];
        let difference = release(1).difference(&found);
        assert_eq!(difference.changed, ["a/index.html"]);
        assert_eq!(difference.missing, ["b c.pdf"]);
        assert_eq!(difference.added, ["d"]);
        assert!(release(1).difference(&release(1).files).is_none());
    }
}
