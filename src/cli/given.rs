//! What the command line and the environment say about the site: where it is, and for which moment it is made.
//!
//! Input: flags as typed. Output: a folder, files, a moment, an address, a code, or a sentence that says what to type instead. Not here:
//! reading the site itself.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::environment::CommandError;
use crate::diagnostic::{self, CODES, Code, nearest};
use crate::model::{Instant, Zone};
use crate::read::ReadError;
use crate::source::{SourceId, Sources};

/// The folder of the site: the one given, else the nearest one, from `folder` upwards, that has `content` in it. Whether
/// it is a site is found out when it is read.
pub fn root(given: Option<&Path>, folder: &Path) -> PathBuf {
    match given {
        Some(given) => folder.join(given),
        None => folder.ancestors().find(|folder| folder.join("content").is_dir()).unwrap_or(folder).to_owned(),
    }
}

/// The folder of a website that was made: the one given, else `public` of the site.
pub fn website(given: Option<&Path>, root: Option<&Path>, folder: &Path) -> PathBuf {
    given.map_or_else(|| self::root(root, folder).join("public"), |given| folder.join(given))
}

/// The texts that the files and folders `typed` on the command line are or hold. A path may begin in the current folder or in
/// that of the site.
///
/// # Errors
/// Something that was typed is no text of the site, and holds none.
pub fn texts(
    typed: &[PathBuf],
    root: &Path,
    folder: &Path,
    sources: &Sources,
) -> Result<BTreeSet<SourceId>, CommandError> {
    let mut found = BTreeSet::new();
    for typed in typed {
        let paths = [folder.join(typed), root.join(typed)].map(|path| below(&path, root));
        let texts: Vec<SourceId> = paths.into_iter().flatten().flat_map(|path| texts_at(&path, sources)).collect();
        if texts.is_empty() {
            return Err(CommandError::WrongUse(format!(
                "`{}` is no text of this site. Type the path of a file or a folder below `content`, as in:\n\
                 folkmoot check content/minutes/board/2026-03-12.md",
                typed.display()
            )));
        }
        found.extend(texts);
    }
    Ok(found)
}

/// `path` relative to the site's folder, with `/` between its names; `None` if nothing is there, or if it lies elsewhere.
fn below(path: &Path, root: &Path) -> Option<String> {
    let (path, root) = (path.canonicalize().ok()?, root.canonicalize().ok()?);
    let names: Vec<&str> = path.strip_prefix(root).ok()?.iter().map(OsStr::to_str).collect::<Option<_>>()?;
    Some(names.join("/"))
}

/// The texts at `path`, or below it if it is a folder; the whole site is the empty path.
fn texts_at(path: &str, sources: &Sources) -> Vec<SourceId> {
    let is_below = |rest: &str| path.is_empty() || rest.is_empty() || rest.starts_with('/');
    let is_at = |text: &str| text.starts_with("content/") && text.strip_prefix(path).is_some_and(is_below);
    sources.ids().filter(|(_, file)| is_at(&file.path)).map(|(source, _)| source).collect()
}

/// What stands before the paths of a site for a program that knows only the current folder: where the site lies in it, with
/// `/` at the end. Empty if it does not lie in it.
pub fn prefix(root: &Path, folder: &Path) -> String {
    match below(root, folder) {
        Some(path) if !path.is_empty() => path + "/",
        _ => String::new(),
    }
}

/// The code that was `typed`.
///
/// # Errors
/// There is no such code; the sentence names the nearest, with the `option` before it.
pub fn code(typed: &str, option: &str) -> Result<&'static Code, CommandError> {
    let typed = typed.trim().trim_matches(['[', ']']);
    diagnostic::code(typed).ok_or_else(|| {
        CommandError::WrongUse(match nearest(typed, CODES.iter().map(|code| code.code)) {
            Some(near) => format!("No message has the code `{typed}`. Is `folkmoot check {option} {near}` meant?"),
            None => {
                let codes: Vec<&str> = CODES.iter().map(|code| code.code).collect();
                format!("No message has the code `{typed}`. These are all of them:\n{}", codes.join(" "))
            }
        })
    })
}

/// Why a folder cannot be read as a site: most often another one was meant.
pub fn unread(error: &ReadError) -> CommandError {
    match error {
        ReadError::Closed { .. } => CommandError::Failed(error.to_string()),
        _ => CommandError::WrongUse(error.to_string()),
    }
}

/// A moment, before the site's zone is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moment {
    /// This moment.
    At(Timestamp),
    /// A date or a date and a time in the site's zone, as typed behind an option.
    Typed(&'static str, String),
}

/// The moment of `--as-at`, else of `SOURCE_DATE_EPOCH` (reproducible-builds.org), else `now`: for which the site is made.
///
/// # Errors
/// What was typed is not a moment.
pub fn moment(as_at: Option<&str>, epoch: Option<&OsStr>, now: Timestamp) -> Result<Moment, CommandError> {
    match (as_at, epoch) {
        (Some(typed), _) => typed_moment("--as-at", typed),
        (None, Some(epoch)) => seconds(epoch).map(Moment::At).ok_or_else(|| {
            CommandError::WrongUse(format!(
                "The environment variable SOURCE_DATE_EPOCH is `{}`, which is no number of seconds since 1970. \
                 Correct it, take it away, or say the moment:  --as-at 2026-12-01",
                epoch.to_string_lossy()
            ))
        }),
        (None, None) => Ok(Moment::At(now)),
    }
}

/// The moment that was `typed` behind `option`.
///
/// # Errors
/// It is not a moment.
pub fn typed_moment(option: &'static str, typed: &str) -> Result<Moment, CommandError> {
    // In this zone no time is missing or doubled, so that what fails is no time anywhere.
    match Instant::parse(typed, &Zone::UTC) {
        Some(_) => Ok(Moment::Typed(option, typed.to_owned())),
        None => Err(CommandError::WrongUse(format!(
            "{option} cannot be understood: `{typed}`. Type a date, or a date and a time:\n\
             {option} 2026-12-01\n{option} \"2026-12-01 09:00\""
        ))),
    }
}

impl Moment {
    /// The moment in the zone of the site.
    ///
    /// # Errors
    /// In that hour the clocks change, so that what was typed is no moment or two.
    pub fn in_zone(&self, zone: &Zone) -> Result<Timestamp, CommandError> {
        match self {
            Self::At(at) => Ok(*at),
            Self::Typed(option, typed) => Instant::parse(typed, zone).map(|instant| instant.at).ok_or_else(|| {
                CommandError::WrongUse(format!(
                    "{option} {typed} does not say one moment: in that hour the clocks change. \
                     Add the offset from Greenwich:  {option} {}+01:00  (summer time) or  +00:00  (winter time)",
                    typed.trim().replacen(' ', "T", 1)
                ))
            }),
        }
    }
}

/// Seconds since 1970, as digits.
fn seconds(epoch: &OsStr) -> Option<Timestamp> {
    Timestamp::from_second(epoch.to_str()?.parse().ok()?).ok()
}

/// The address of `--base-url`, under which the public reads the site, without a slash at its end.
///
/// # Errors
/// It is not a whole address.
pub fn base_url(typed: &str) -> Result<String, CommandError> {
    let rest = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://"));
    let fits = |rest: &str| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && !rest.contains(|character: char| character.is_whitespace() || matches!(character, '?' | '#' | '"' | '<'))
    };
    match rest {
        Some(rest) if fits(rest) => Ok(typed.trim_end_matches('/').to_owned()),
        _ => Err(CommandError::WrongUse(format!(
            "--base-url cannot be understood: `{typed}`. Type a whole address:\n\
             --base-url https://www.example.org/partnership"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn london() -> Zone {
        Zone::get("Europe/London").expect("the zone data is inside the binary")
    }

    fn at(typed: &str) -> String {
        match moment(Some(typed), None, Timestamp::UNIX_EPOCH).and_then(|moment| moment.in_zone(&london())) {
            Ok(at) => at.to_string(),
            Err(CommandError::WrongUse(sentence)) => sentence.lines().next().unwrap_or_default().to_owned(),
            Err(CommandError::Failed(_) | CommandError::Stopped(_)) => "failed".to_owned(),
        }
    }

    #[test]
    fn a_moment_is_of_the_sites_zone() {
        assert_eq!(at("2026-12-01"), "2026-12-01T00:00:00Z");
        assert_eq!(at("2026-07-01"), "2026-06-30T23:00:00Z");
        assert_eq!(at("2026-07-01 09:30"), "2026-07-01T08:30:00Z");
        assert_eq!(at("2026-10-25T01:30+01:00"), "2026-10-25T00:30:00Z");
        assert!(at("2026-10-25 01:30").contains("clocks change"), "{}", at("2026-10-25 01:30"));
        assert!(at("2026-03-29 01:30").contains("clocks change"), "{}", at("2026-03-29 01:30"));
        for wrong in ["", "tomorrow", "1 December 2026", "2026-02-30", "2026", "01/12/2026"] {
            assert!(at(wrong).contains("cannot be understood"), "{wrong}: {}", at(wrong));
        }
    }

    #[test]
    fn the_flag_comes_before_the_environment_and_the_environment_before_the_clock() {
        let now = Timestamp::UNIX_EPOCH;
        let epoch = |value: &str| moment(None, Some(OsStr::new(value)), now);
        assert_eq!(moment(None, None, now), Ok(Moment::At(now)));
        assert_eq!(epoch("86400").map(|moment| format!("{moment:?}")), Ok("At(1970-01-02T00:00:00Z)".into()));
        assert_eq!(
            moment(Some("2026-12-01"), Some(OsStr::new("junk")), now),
            Ok(Moment::Typed("--as-at", "2026-12-01".into())),
            "what is not asked cannot be wrong"
        );
        for wrong in ["", "yesterday", "1.5", "99999999999999999999", "9999999999999"] {
            assert!(matches!(epoch(wrong), Err(CommandError::WrongUse(_))), "{wrong}");
        }
    }

    #[test]
    fn the_root_is_the_nearest_folder_with_content() {
        let site = tempfile::tempdir().expect("a folder for the test");
        let deep = site.path().join("content/minutes/board");
        std::fs::create_dir_all(&deep).expect("a folder for the test");
        assert_eq!(root(None, &deep), site.path());
        assert_eq!(root(Some(Path::new("b")), Path::new("a")), Path::new("a/b"));
        assert_eq!(root(None, Path::new("/")), Path::new("/"), "reading says that there is no site");
    }

    #[test]
    fn a_file_is_named_from_here_or_from_the_sites_folder() {
        let site = tempfile::tempdir().expect("a folder for the test");
        let paths = ["content/minutes/a.md", "content/minutes-old/b.md", "themes/own/c.html"];
        for path in paths {
            let at = site.path().join(path);
            std::fs::create_dir_all(at.parent().expect("it is in a folder")).expect("a folder for the test");
            std::fs::write(at, "x").expect("a file for the test");
        }
        let sources = Sources::in_memory(paths.map(|path| (path.to_owned(), b"x".to_vec())), []);
        let minutes = site.path().join("content/minutes");
        let found = |typed: &str, folder: &Path| {
            let found = texts(&[typed.into()], site.path(), folder, &sources);
            found.map(|found| found.iter().map(|source| sources.path(*source)).collect::<Vec<_>>())
        };
        assert_eq!(found("a.md", &minutes), Ok(vec![paths[0]]));
        assert_eq!(found("content/minutes/a.md", &minutes), Ok(vec![paths[0]]));
        assert_eq!(found("content/minutes/", site.path()), Ok(vec![paths[0]]));
        for all in ["content", ".", "content/.."] {
            assert_eq!(found(all, site.path()), Ok(vec![paths[1], paths[0]]), "{all}");
        }
        for wrong in ["b.md", "content/minutes/b.md", "themes/own/c.html", "/"] {
            assert!(found(wrong, &minutes).is_err(), "{wrong}");
        }
        assert_eq!(prefix(&minutes, site.path()), "content/minutes/");
        assert_eq!((prefix(site.path(), &minutes), prefix(&minutes, &minutes)), (String::new(), String::new()));
    }

    #[test]
    fn a_mistyped_code_is_named() {
        let answer = |typed| match code(typed, "--explain") {
            Err(CommandError::WrongUse(sentence)) => sentence,
            other => panic!("{other:?}"),
        };
        assert!(answer("brokenlink").ends_with("--explain broken-link` meant?"), "{}", answer("brokenlink"));
        assert!(answer("zebra").contains("address-clash after-exclusion"), "{}", answer("zebra"));
        assert_eq!(code(" [broken-link]", "--only").map(|code| code.code), Ok("broken-link"));
    }

    #[test]
    fn an_address_is_whole() {
        assert_eq!(base_url("https://x.example/a/"), Ok("https://x.example/a".into()));
        for wrong in ["x.example", "https://", "https:///a", "ftp://x.example", "https://x.example/?a", "https://x y"] {
            assert!(base_url(wrong).is_err(), "{wrong}");
        }
    }
}
