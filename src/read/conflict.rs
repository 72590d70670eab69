//! The names by which programs that keep folders in step leave a second version of a file.
//!
//! Input: the texts of a site. Output: which of them are copies of which. Not here: what is done with a copy. A name alone
//! is no proof: a file counts as a copy only if its original lies beside it, and never because of a year, a quarter or a
//! plain word after a hyphen: `minutes-2021.md` beside `minutes.md` is a document of its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::SourceFile;

/// The path of each copy → the path of its original.
pub(super) fn copies(files: &[SourceFile]) -> BTreeMap<Box<str>, Box<str>> {
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_ref()).collect();
    let mut copies = BTreeMap::new();
    for path in &paths {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let Some((stem, extension)) = name.rsplit_once('.') else { continue };
        let originals = originals(stem).map(|stem| format!("{folder}/{stem}.{extension}"));
        if let Some(original) = originals.into_iter().find(|original| paths.contains(original.as_str())) {
            copies.insert((*path).into(), original.into());
        }
    }
    copies
}

/// The names (without extension) of which `stem` may be a copy.
fn originals(stem: &str) -> impl Iterator<Item = &str> {
    [of_machine(stem), of_number(stem), of_words(stem), of_copy(stem)].into_iter().flatten()
}

/// The original of a copy by OneDrive: `agenda-LAPTOP123`. The machine's name may have hyphens of its own, so the first
/// that fits is taken.
fn of_machine(stem: &str) -> Option<&str> {
    stem.match_indices('-').find(|(at, _)| is_machine(&stem[at + 1..])).map(|(at, _)| &stem[..at])
}

/// Whether `name` is that of a machine: `LAPTOP123`, `DESKTOP-AB12CD`, `PC-7`, `LCC004512`; not `Q3`, `ASB`, `COVID19`,
/// `PLAN2021`.
fn is_machine(name: &str) -> bool {
    const BEGINNINGS: [&str; 10] =
        ["DESKTOP", "LAPTOP", "LT", "MACBOOK", "NB", "NOTEBOOK", "PC", "SURFACE", "WIN", "WS"];
    if !name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-') {
        return false;
    }
    let letters = name.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = name[letters..].trim_start_matches('-');
    let known = BEGINNINGS.contains(&&name[..letters]) && digits.bytes().any(|byte| byte.is_ascii_digit());
    let numbered = letters >= 2 && digits.len() >= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    known || (numbered && !is_year(digits))
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// The original of a copy by a browser or Google Drive: `agenda (1)`. Four digits are a year.
fn of_number(stem: &str) -> Option<&str> {
    let (original, number) = stem.strip_suffix(')')?.rsplit_once(" (")?;
    (matches!(number.len(), 1 | 2) && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(original)
}

/// The original of a copy by Dropbox, Nextcloud or Syncthing: `agenda (Ann's conflicted copy 2021-09-07)`,
/// `agenda.sync-conflict-20210907-…`.
fn of_words(stem: &str) -> Option<&str> {
    if let Some((original, _)) = stem.split_once(".sync-conflict-") {
        return Some(original);
    }
    let (original, words) = stem.strip_suffix(')')?.rsplit_once(" (")?;
    let words = words.to_lowercase();
    (words.contains("conflicted copy") || words.contains("case conflict")).then_some(original)
}

/// The original of a copy by Windows, macOS or Google Docs: `Copy of agenda`, `agenda - Copy`, `agenda copy`.
fn of_copy(stem: &str) -> Option<&str> {
    let stem = of_number(stem).unwrap_or(stem);
    stem.strip_prefix("Copy of ").or_else(|| stem.strip_suffix(" - Copy")).or_else(|| stem.strip_suffix(" copy"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn original_of(copy: &str, original: &str) -> bool {
        let file = |path: &str| SourceFile { path: format!("content/{path}").into(), length: 1, error: None };
        copies(&[file(copy), file(original)]).contains_key(format!("content/{copy}").as_str())
    }

    #[test]
    fn copies_are_known_by_their_names() {
        for name in [
            "x-LAPTOP123",
            "x-DESKTOP-AB12CD",
            "x-PC-7",
            "x-LCC004512",
            "x (1)",
            "x (12)",
            "x (conflicted copy 2021-09-07 120000)",
            "x (Ann's conflicted copy 2021-09-07)",
            "x (Case Conflict)",
            "x.sync-conflict-20210907-120000-ABCDEFG",
            "Copy of x",
            "x - Copy",
            "x - Copy (2)",
            "x copy",
        ] {
            assert!(original_of(&format!("{name}.md"), "x.md"), "{name}");
        }
        assert!(original_of("a-b-LAPTOP-9.md", "a-b.md"));
    }

    #[test]
    fn documents_of_their_own_stay() {
        for name in [
            "x-2021",
            "x-Q3",
            "x-ASB",
            "x-COVID19",
            "x-PLAN2021",
            "x-PC",
            "x-a",
            "x-2021-09-07",
            "x (2021)",
            "x (final)",
            "x-Laptop123",
            "x-V2",
            "x2",
            "x-1",
            "x-PCC",
            "x-WIN",
        ] {
            assert!(!original_of(&format!("{name}.md"), "x.md"), "{name}");
        }
        assert!(!original_of("x-LAPTOP123.md", "y.md"), "no original beside it");
        assert!(!original_of("x (1).md", "a/x.md"), "the original lies in another folder");
    }
}
