//! The names that programs and people give to old copies: `Copy of plan.md`, `plan - Copy.md`, `plan.md.orig`, `plan (Recovered).txt`.
//!
//! Input: the names of two files. Output: whether the one is a copy of the other. Not here: the marks (`privacy/files.toml`), and what
//! is done with a copy.

use std::ops::Range;

use crate::language::letters;
use crate::privacy::files::FILES;

/// A file that has the name of another.
pub(crate) struct Copy {
    /// Whether its name has a mark of a copy beside that name.
    pub(crate) marked: bool,
}

/// Signs between a name and the marks of a copy.
const SIGNS: [char; 8] = [' ', '-', '_', '.', '~', '#', '–', '+'];

/// The folder in which the original of a file lies, if by a name in it a folder is one of old copies, or is itself the copy of
/// another: `minutes/board` of `minutes/board/old`, `minutes/board - Copy` and `minutes/old/board`. The first is that of a kind.
pub(crate) fn folder_of_original(folder: &str) -> Option<String> {
    let mut parts = folder.split('/');
    let kind = parts.next()?;
    let mut kept = vec![kind];
    let lower: Vec<String> = parts.map(str::to_lowercase).collect();
    let mut is_copy = false;
    for part in &lower {
        let is_of_copies = FILES.folders.contains(&letters::name(part));
        // The old town is a place.
        let begun =
            || FILES.before.iter().filter(|mark| mark.contains(' ')).any(|mark| part.starts_with(mark.as_str()));
        let bare = without_end(part).or_else(|| without_beginning(part).filter(|_| begun()));
        is_copy |= is_of_copies || bare.is_some();
        kept.extend((!is_of_copies).then(|| bare.unwrap_or(part)));
    }
    is_copy.then(|| kept.join("/"))
}

/// What `name` is to `original`, the name of a document with its `.md`, if it is a copy.
pub(crate) fn original_of(name: &str, original: &str) -> Option<Copy> {
    let stem = original.strip_suffix(".md").unwrap_or(original).to_lowercase();
    let lower = name.to_lowercase();
    peeled(&lower).find(|(rest, _)| is_same(rest, &stem)).map(|(_, marked)| Copy { marked })
}

/// Whether a name, with its `.md`, is that of a version of the original: `plan-v2`, `plan FINAL`, `plan-jo-edits`, `plan-2`.
pub(super) fn is_version_of(name: &str, original: &str) -> bool {
    let (name, original) = (key(name), key(original));
    let Some(rest) = name.strip_prefix(original.as_str()).and_then(|rest| rest.strip_prefix('_')) else { return false };
    let number = |word: &str| (1..=2).contains(&word.len()) && word.bytes().all(|sign| sign.is_ascii_digit());
    let version = |word: &str| {
        let bare = word.trim_end_matches(|sign: char| sign.is_ascii_digit());
        FILES.versions.iter().any(|known| known == bare)
    };
    number(rest) || rest.split('_').any(version)
}

/// Whether words behind the name of a document say that it is the version for everybody: `plan-public`, `plan-redacted`.
pub(super) fn is_public_version(rest: &str) -> bool {
    rest.split('_').any(|word| FILES.public_versions.iter().any(|known| known == word))
}

/// The paper, with its folder, of which a file is an appendix by its name: `plan.md` of `plan/appendix-a.md`, of
/// `plan-appendix-a.md`, of `plan-app-a.md` and of `appendix-a-plan.md`, beside it `plan/index.md`.
pub(super) fn papers_of_appendix(folder: &str, name: &str) -> Vec<(String, String)> {
    let key = key(name);
    let words: Vec<&str> = key.split('_').collect();
    let Some(label) = label_of_appendix(&words) else { return Vec::new() };
    if label.start > 0 {
        return vec![(folder.to_owned(), words[..label.start].join("_"))];
    }
    let above = folder.rsplit_once('/').map(|(above, last)| (above.to_owned(), letters::name(last)));
    let behind = (label.end < words.len()).then(|| (folder.to_owned(), words[label.end..].join("_")));
    above.into_iter().chain([(folder.to_owned(), "index".to_owned())]).chain(behind).collect()
}

/// The names of the papers of which a document is an appendix by its title: of "Appendix A to plan.md", "Annex 2 to the Plan: costs"
/// and "Plan – Appendix 1" it is `plan`.
pub(super) fn papers_of_title(title: &str) -> Vec<String> {
    let name = letters::name(title);
    let words: Vec<&str> = name.split('_').collect();
    let Some(label) = label_of_appendix(&words) else { return Vec::new() };
    if label.start > 0 {
        return vec![words[..label.start].join("_")];
    }
    let is_small = |word: &&&str| FILES.connecting.iter().any(|known| known == **word);
    let small = words[label.end..].iter().take_while(is_small).count();
    if small == 0 {
        return Vec::new();
    }
    // The rest of the title may say what the appendix is about.
    let first = title.split([':', '–', '—', '(']).next().unwrap_or_default();
    let first = letters::name(first).split('_').count().max(label.end + small);
    let rest = &words[label.end + small..first.min(words.len())];
    let bare = rest.iter().rposition(|word| !FILES.papers.iter().any(|known| known == word)).map_or(0, |last| last + 1);
    [rest.join("_"), rest[..bare].join("_")].into_iter().filter(|name| !name.is_empty()).collect()
}

/// Where among the words of a name those stand that make an appendix of it, with its number or letter. A short form needs one.
fn label_of_appendix(words: &[&str]) -> Option<Range<usize>> {
    let is_label = |word: &&&str| word.len() <= 2 || word.bytes().all(|sign| sign.is_ascii_digit());
    (0..words.len()).find_map(|at| {
        let known = |list: &[String]| list.iter().any(|known| known == words[at]);
        let label = words[at + 1..].iter().take(1).filter(is_label).count();
        let named = known(&FILES.appendices) || (known(&FILES.short_appendices) && label > 0);
        named.then_some(at..at + 1 + label)
    })
}

/// By which a document, with its `.md`, is found among many: what it is a copy of has this among its [`keys_of_originals`].
pub(super) fn key(original: &str) -> String {
    letters::name(&original.strip_suffix(".md").unwrap_or(original).to_lowercase())
}

/// The keys of all documents of which a file with this name can be a copy. Whether it is one, [`original_of`] says.
pub(super) fn keys_of_originals(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    peeled(&lower).map(|(rest, _)| letters::name(rest)).collect()
}

/// A name in small letters, and what is left of it as one mark after another is taken away; each with whether a mark of a copy was.
fn peeled(lower: &str) -> impl Iterator<Item = (&str, bool)> {
    std::iter::successors(Some((lower, false)), |(rest, marked)| {
        let (shorter, mark) = without_extension(rest)
            .map(|rest| (rest, false))
            .or_else(|| Some((without_end(rest)?, true)))
            .or_else(|| Some((without_beginning(rest)?, true)))?;
        Some((shorter, *marked || mark))
    })
}

/// Whether two names look the same.
fn is_same(first: &str, second: &str) -> bool {
    first == second
        || (first.len() < 3 * second.len() + 9
            && letters::name(first) == letters::name(second)
            && !first.ends_with(SIGNS))
}

fn without_extension(name: &str) -> Option<&str> {
    let (stem, extension) = name.rsplit_once('.')?;
    (FILES.pages.iter().chain(&FILES.texts).any(|known| known == extension) && !stem.is_empty()).then_some(stem)
}

/// The name without one mark of a copy behind it.
fn without_end(name: &str) -> Option<&str> {
    let signed = name.trim_end_matches(['~', '#', '+']);
    if signed.len() < name.len() {
        // `plan.md.~3~` is numbered.
        let bare = signed.trim_end_matches(|sign: char| sign.is_ascii_digit());
        return Some(bare.strip_suffix(".~").unwrap_or(signed)).filter(|rest| !rest.is_empty());
    }
    if let Some(inside) = name.strip_suffix([')', ']']) {
        let (rest, words) = inside.rsplit_once(['(', '['])?;
        let number = (1..=2).contains(&words.len()) && words.bytes().all(|byte| byte.is_ascii_digit());
        let said = letters::name(words);
        let marked = FILES.after.iter().any(|mark| crate::privacy::matching::has_word(&said, &letters::name(mark)));
        return (number || marked).then(|| rest.trim_end_matches(SIGNS));
    }
    if let Some((rest, _)) = name.split_once(".sync-conflict-") {
        return Some(rest);
    }
    let bare = name.trim_end_matches(|sign: char| sign.is_ascii_digit());
    // A day with a number behind it: `2026-01-10 2` is what a computer calls a second `2026-01-10`.
    if let Some(day) = bare.strip_suffix(' ')
        && name.len() - bare.len() == 1
        && day.ends_with(|sign: char| sign.is_ascii_digit())
    {
        return Some(day);
    }
    let numbered = |mark: &&String| {
        let rest = if name.ends_with(mark.as_str()) { name } else { bare.trim_end_matches(SIGNS) };
        let rest = rest.strip_suffix(mark.as_str())?;
        rest.ends_with(SIGNS).then(|| rest.trim_end_matches(SIGNS))
    };
    FILES.after.iter().find_map(|mark| numbered(&mark)).filter(|rest| !rest.is_empty())
}

/// The name without one mark of a copy before it.
fn without_beginning(name: &str) -> Option<&str> {
    let signed = name.trim_start_matches(['~', '#', '$', '_', '.']);
    if signed.len() < name.len() {
        return Some(signed).filter(|rest| !rest.is_empty());
    }
    let mark = |mark: &String| {
        let rest = name.strip_prefix(mark.as_str())?;
        rest.starts_with(SIGNS).then(|| rest.trim_start_matches(SIGNS))
    };
    FILES.before.iter().find_map(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_known_by_their_names() {
        for name in [
            "Copy of plan.md",
            "plan - Copy.md",
            "plan - Copy (2).md",
            "plan copy.md",
            "plan copy 2.md",
            "plan-old.md",
            "plan_OLD.txt",
            "plan.md.orig",
            "plan.orig.md",
            "plan.md.bak",
            "plan.bak",
            "plan.md~",
            "plan.md.~1~",
            "#plan.md#",
            "plan (Recovered).md",
            "plan (Autosaved 2026-01-10).txt",
            "plan(1).md",
            "plan (1).MD",
            "plan[1].markdown",
            "old plan.md",
            "plan.md.bak2",
            "plan.sync-conflict-20260110-1.txt",
            "plan (Ann's conflicted copy 2026-01-10).md",
            "plan.md.save",
            "Kopie von plan.md",
            "Copy of Plan (1).md.old",
        ] {
            assert!(original_of(name, "plan.md").is_some_and(|copy| copy.marked), "{name}");
            assert!(keys_of_originals(name).contains(&key("plan.md")), "{name}");
        }
        for name in ["plan.MD", "plan.md.txt", "Plan.markdown", "plan"] {
            assert!(original_of(name, "plan.md").is_some_and(|copy| !copy.marked), "{name}");
        }
    }

    #[test]
    fn other_files_are_no_copies() {
        for name in [
            "plan-2.md",
            "plan 2021.md",
            "plan (2021).md",
            "planold.md",
            "plan-b.md",
            "the plan.md",
            "plan.pdf",
            "plan.csv",
            "golden.md",
            "plan (final).md",
            "old.md",
            "plans.md",
            "copy.md",
        ] {
            assert!(original_of(name, "plan.md").is_none(), "{name}");
        }
        assert!(original_of("2026-01.md", "2026-01-10.md").is_none());
        assert!(original_of("2026-01-10-old.md", "2026-01-10.md").is_some());
        assert!(original_of("2026-01-10 2.md", "2026-01-10.md").is_some_and(|copy| copy.marked));
        assert!(original_of("2026-01-10-2.md", "2026-01-10.md").is_none());
    }

    #[test]
    fn folders_of_copies_are_known() {
        for (folder, original) in [
            ("minutes/board/old", Some("minutes/board")),
            ("minutes/Archive/board", Some("minutes/board")),
            ("minutes/board - Copy", Some("minutes/board")),
            ("minutes/Copy of board/2026", Some("minutes/board/2026")),
            ("minutes/board", None),
            ("minutes/old-town", None),
            ("archive", None),
        ] {
            assert_eq!(folder_of_original(folder).as_deref(), original, "{folder}");
        }
    }
}
