//! What the folders of a file say: in whose folder it lies, which body met, on which day (recognition.md §7).
//!
//! Input: the names of a path, the kind of its first folder, which other files there are. Output: [`Folders`]. Not here:
//! ids and addresses (`place.rs`), and anything inside the file.
//!
//! Clerks keep meetings in folders of four sorts: a body's (`board/2020-01-05.md`), a sub-group's (`board/lasers/…`), a
//! year's or a month's (`board/2021/05/…`), and a meeting's own (`board/2020-01-05/minutes.md`).

use super::Neighbours;
use crate::kind::{Kind, Kinds};
use crate::lexicon::Lexicon;
use crate::lexicon::days::{self, Written};
use crate::model::Date;

/// What the folders of a file say.
#[derive(Debug, Default)]
pub(super) struct Folders {
    /// How it stands to the document in whose folder it lies.
    pub standing: Standing,
    /// The path of that document below `content/`, without `.md`; `None` if the file is a document of its own.
    pub owner: Option<String>,
    /// The folder that names the body, as typed.
    pub body: Option<Box<str>>,
    /// The date that its name says, or its folders.
    pub date: Option<Written>,
}

/// How a file stands to the document in whose folder it lies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Standing {
    /// It lies in no document's folder, or is that document.
    #[default]
    Own,
    /// It is a part of it: an item of the meeting.
    Part,
    /// It is another paper of the same meeting: the agenda beside the minutes.
    Beside,
}

impl Folders {
    /// What the names of a path say, of which the first is the folder of `kind` and the last the file without `.md`.
    pub fn of(names: &[&str], kind: &Kind, kinds: &Kinds, files: &Neighbours<'_>) -> Self {
        let folder = &names[..names.len() - 1];
        let (standing, owner) = owner(names, kind, files);
        let is_own = owner.as_ref().is_some_and(|owner| *owner == folder.join("/"));
        let folders = if is_own { &folder[..folder.len() - 1] } else { folder };
        let body = kind.folder_names.as_ref().and_then(|_| body(folders, kind, kinds, files));
        Self { standing, owner, body, date: date(names) }
    }
}

/// The document in whose folder a file lies, and how it stands to it. A folder is a document's if the document's own file
/// lies beside or in it, or if its name is a day: then its record is known by its name, or is the only file there.
fn owner(names: &[&str], kind: &Kind, files: &Neighbours<'_>) -> (Standing, Option<String>) {
    let least = if kind.folder_names.is_some() { 4 } else { 3 };
    let folder = &names[..names.len() - 1];
    if kind.inside_kind.is_none() || names.len() < least {
        return (Standing::Own, None);
    }
    let path = folder.join("/");
    if files.is_there(&format!("{path}.md")) || files.is_there(&format!("{path}/index.md")) {
        return (Standing::Part, Some(path));
    }
    let name = names[names.len() - 1];
    let main = if is_dated(folder) { main_paper(&path, files) } else { None };
    match main.filter(|main| *main != name) {
        Some(main) => {
            let standing = if is_paper(name) { Standing::Beside } else { Standing::Part };
            (standing, Some(format!("{path}/{main}")))
        }
        None => (Standing::Own, None),
    }
}

/// The name of the file that is the record of the meeting in whose folder it lies: the one called minutes, else the one
/// that is called an agenda, else the only one. `None` if it cannot be told.
fn main_paper<'site>(folder: &str, files: &Neighbours<'site>) -> Option<&'site str> {
    let files = files.in_folder(folder);
    let lexicon = Lexicon::english();
    let is_minutes = |name: &str| lexicon.fits("minutes-name", &spaced(name));
    let is_agenda = |name: &str| lexicon.fits("agenda-name", &spaced(name));
    let alone = |name: &&str| lexicon.has("noise", name);
    let called = |fits: &dyn Fn(&str) -> bool| {
        let mut fitting: Vec<&str> = files.iter().copied().filter(|name| fits(name)).collect();
        // Of `draft-minutes` and `minutes`, the shorter name is the record's.
        fitting.sort_by_key(|name| (!alone(name), name.len()));
        fitting.first().copied()
    };
    let only = || files.first().copied().filter(|_| files.len() == 1);
    called(&|name| is_minutes(name) && !is_agenda(name))
        .or_else(|| called(&is_minutes))
        .or_else(|| called(&is_agenda))
        .or_else(only)
}

/// Whether the name of a file says that it is a paper of the meeting as a whole, not of an item.
fn is_paper(name: &str) -> bool {
    let name = spaced(name);
    ["minutes-name", "agenda-name", "questions-name", "paper-name"].iter().any(|of| Lexicon::english().fits(of, &name))
}

/// Whether a folder is that of one day, by its own name or by those of its year and month as well.
fn is_dated(folder: &[&str]) -> bool {
    date(folder).is_some_and(|day| matches!(day.date, Date::Day(_)))
}

/// The folder that names the body that met: the innermost that is no year's, month's or day's, and does not only sort. A
/// folder inside that of a body that has a page is that body's own.
fn body(folders: &[&str], kind: &Kind, kinds: &Kinds, files: &Neighbours<'_>) -> Option<Box<str>> {
    let folders = folders.get(1..).unwrap_or_default();
    let names_body = |name: &str| {
        let is_time = days::in_name(name).is_some() || is_figures(name) || is_month(name);
        !is_time && !Lexicon::english().has("sorting", name)
    };
    let has_page = |name: &str| page_of_body(name, kind, kinds, files).is_some();
    let mut named = folders.iter().rev().copied().filter(|name| names_body(name));
    let innermost = named.clone().next()?;
    Some(named.find(|name| has_page(name)).unwrap_or(innermost).into())
}

/// The folder of the kind in which the body that a folder names has a page; `None` if it has none.
pub(super) fn page_of_body<'site>(
    name: &str,
    kind: &Kind,
    kinds: &'site Kinds,
    files: &Neighbours<'_>,
) -> Option<&'site str> {
    let relation = kind.folder_names.as_deref().and_then(|name| kind.field(name)?.relation())?;
    let folders = relation.to.iter().filter_map(|name| kinds.by_name(name)).map(|kind| kinds.get(kind).folder.as_str());
    folders.into_iter().find(|folder| files.is_there(&format!("{folder}/{name}.md")))
}

/// The date that the last of the names says, or the folders before it together with it: `2023/05/16`, `2023/may-16`.
fn date(names: &[&str]) -> Option<Written> {
    let name = *names.last()?;
    let own = days::in_name(name);
    if own.as_ref().is_some_and(|day| matches!(day.date, Date::Day(_))) {
        return own;
    }
    let folders = &names[..names.len() - 1];
    let of_time = folders.iter().rev().take_while(|name| is_figures(name) || is_month(name)).count();
    let apart = ['-', '_', '.', ' '];
    let is_date =
        name.chars().all(|sign| sign.is_ascii_digit() || apart.contains(&sign)) && matches!(name.len(), 2 | 5);
    let joined = names[names.len() - 1 - of_time..].join("/");
    let together = days::in_name(&joined).filter(|day| {
        let in_words = joined[day.range.clone()].chars().any(char::is_alphabetic);
        of_time > 0 && matches!(day.date, Date::Day(_)) && (is_date || in_words)
    });
    let of_folder = || days::in_name(folders.last()?).filter(|day| matches!(day.date, Date::Day(_)));
    let of_folders = || if of_time > 1 { date(folders) } else { None };
    together.or_else(of_folder).or_else(of_folders).or(own)
}

/// Whether a name is that of a year, or of years, a month or a day in figures: `2021`, `2021-22`, `05`.
fn is_figures(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'/' | b'.'))
}

/// Whether a name is that of a month, perhaps after its number: `may`, `05-May`.
pub(super) fn is_month(name: &str) -> bool {
    let name = name.trim_start_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '-' | '_' | ' ' | '.'));
    (1..=12).any(|month| Lexicon::english().has(&format!("month-{month}"), name))
}

/// A name with blanks for the marks between its words.
fn spaced(name: &str) -> String {
    name.replace(['_', '-', '.'], " ")
}

/// A name without the date that it begins with, year first, and the marks after it.
pub(super) fn without_date(name: &str) -> &str {
    let Some(head) = name.get(..10) else { return name };
    let apart = name[10..].chars().next().is_none_or(|next| !next.is_alphanumeric());
    match Date::parse(head) {
        Some(Date::Day(_)) if apart && head.as_bytes()[4] == b'-' => {
            name[10..].trim_start_matches(|mark: char| !mark.is_alphanumeric() && mark != '(')
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::built_in;
    use crate::source::Sources;

    /// How a file stands, its owner, body and day.
    fn read(path: &str, others: &[&str]) -> String {
        let kinds = built_in();
        let kind = kinds.by_folder("minutes").map(|kind| kinds.get(kind)).expect("meetings are a kind");
        let texts = others.iter().chain([&path]).map(|path| (format!("content/{path}.md"), Vec::new()));
        let sources = Sources::in_memory(texts, []);
        let Folders { standing, owner, body, date } =
            Folders::of(&path.split('/').collect::<Vec<_>>(), kind, &kinds, &Neighbours::new(&sources));
        let date = date.and_then(|day| day.date.iso()).unwrap_or_default();
        format!("{standing:?} {} {} {date}", owner.unwrap_or_default(), body.unwrap_or_default())
    }

    #[test]
    fn folders_of_bodies_years_and_meetings_are_told_apart() {
        for (path, others, says) in [
            ("minutes/board/2020-01-05", &[][..], "Own  board 2020-01-05"),
            ("minutes/2020-01-05", &[], "Own   2020-01-05"),
            ("minutes/2020/2020-01-05", &[], "Own   2020-01-05"),
            ("minutes/board/2021/minutes 5 May 2021", &[], "Own  board 2021-05-05"),
            ("minutes/village-board/2023/05/16", &[], "Own  village-board 2023-05-16"),
            ("minutes/board/2023/May/16 May 2023", &[], "Own  board 2023-05-16"),
            ("minutes/board/2023/may-16", &[], "Own  board 2023-05-16"),
            ("minutes/board/2023/5-11-minutes", &[], "Own  board "),
            ("minutes/board/2021-22/notes", &[], "Own  board "),
            ("minutes/sub/lasers/2026-03-23", &[], "Own  lasers 2026-03-23"),
            ("minutes/board/archive/2026-03-23", &[], "Own  board 2026-03-23"),
            ("minutes/board/lasers/2026-03-23", &["bodies/board"], "Own  board 2026-03-23"),
            ("minutes/board/lasers/2026-03-23", &["bodies/lasers", "bodies/board"], "Own  lasers 2026-03-23"),
            ("minutes/board/2020-01-05/minutes", &[], "Own  board 2020-01-05"),
            ("minutes/board/2020/01/05/minutes", &[], "Own  board 2020-01-05"),
            ("minutes/board/2020-01-05/notes", &["minutes/board/2020-01-05/agenda"], "Own  board 2020-01-05"),
            (
                "minutes/board/2020-01-05/agenda",
                &["minutes/board/2020-01-05/minutes"],
                "Beside minutes/board/2020-01-05/minutes board 2020-01-05",
            ),
            ("minutes/board/2020-01-05/agenda", &[], "Own  board 2020-01-05"),
            (
                "minutes/board/2020-01-05/07-budget",
                &["minutes/board/2020-01-05/minutes"],
                "Part minutes/board/2020-01-05/minutes board 2020-01-05",
            ),
            (
                "minutes/board/2020-01-05/budget",
                &["minutes/board/2020-01-05"],
                "Part minutes/board/2020-01-05 board 2020-01-05",
            ),
            ("minutes/board/2020-01-05/roads", &["minutes/board/2020-01-05/trees"], "Own  board 2020-01-05"),
            ("minutes/board/agm/budget", &["minutes/board/agm"], "Part minutes/board/agm board "),
        ] {
            assert_eq!(read(path, others), says, "{path}");
        }
    }
}
