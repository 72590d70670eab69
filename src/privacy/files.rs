//! Words in the names of files, and in tables of data: what ends a name, what makes a copy of it, which columns say who may see a row.
//!
//! Input: `files.toml`, the name of a column, a cell. Output: what it says of its row. Not here: what a file says in its text
//! (`spoken.rs`), and what follows from it (`disclosure`).

use std::sync::LazyLock;

use serde::Deserialize;

use super::matching::begins;
use super::words::{TEXT, Value, is_closed_word, is_yes, names_paragraph, put_names, says_no};
use crate::kind::Role;
use crate::language::letters;

/// The words in names of files.
pub(crate) static FILES: LazyLock<FileWords> = LazyLock::new(|| {
    let mut file: toml::Table = toml::from_str(include_str!("files.toml")).expect("files.toml is TOML");
    file.iter_mut().filter(|(key, _)| NAMES.contains(&key.as_str())).for_each(|(_, words)| put_names(words));
    file.try_into().expect("files.toml has the shape of `FileWords`")
});

/// What is compared as names are. The other lists are endings of names of files, and words between the signs of those.
const NAMES: [&str; 3] = ["data_keys", "folders", "columns"];

/// The names of files; all are in small letters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileWords {
    pub(crate) pages: Vec<String>,
    pub(crate) imported: Vec<String>,
    pub(crate) unread: Vec<String>,
    pub(crate) texts: Vec<String>,
    pub(crate) data: Vec<String>,
    pub(crate) json: Vec<String>,
    pub(crate) tables: Vec<String>,
    pub(crate) calendars: Vec<String>,
    pub(crate) data_keys: Vec<String>,
    pub(crate) columns: Columns,
    pub(crate) folders: Vec<String>,
    pub(crate) before: Vec<String>,
    pub(crate) after: Vec<String>,
    pub(crate) settings: Vec<String>,
    pub(crate) versions: Vec<String>,
    pub(crate) public_versions: Vec<String>,
    pub(crate) appendices: Vec<String>,
    pub(crate) short_appendices: Vec<String>,
    pub(crate) connecting: Vec<String>,
    pub(crate) papers: Vec<String>,
}

/// The names of columns that say of each row who may see it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Columns {
    withholds: Vec<String>,
    shows: Vec<String>,
    flags: Vec<String>,
    of_things: Vec<String>,
    state: Vec<String>,
    marking: Vec<String>,
    strong: Vec<String>,
    affirms: Vec<String>,
    ticks: Vec<String>,
    sessions: Vec<String>,
    closed: Vec<String>,
    of_documents: Vec<String>,
    decided: Vec<String>,
    closed_outcomes: Vec<String>,
    reasons: Vec<String>,
    listed: Vec<String>,
    requests: Vec<String>,
    planned: Vec<String>,
    tasks: Vec<String>,
    done: Vec<String>,
    asking: Vec<String>,
    answers: Vec<String>,
    everywhere: Vec<String>,
    everyday_shows: Vec<String>,
    everyday_withholds: Vec<String>,
    everyday_closed: Vec<String>,
}

/// What a column says of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// A yes withholds the row.
    Withholds,
    /// A no withholds it.
    Shows,
    /// `false` withholds it, as programs type it.
    Flag,
    /// Words that say so without any doubt withhold it.
    State,
    /// A word that says so withholds it.
    Marking,
    /// It says in which part of a meeting the row was dealt with.
    Session,
    /// It says what became of a decision, or that not everybody may read it.
    Outcome,
    /// It says why not everybody may.
    Reason,
}

impl Column {
    /// Whether a cell says that its row is not for everybody.
    pub(crate) fn withholds(self, cell: &str) -> bool {
        match self {
            Self::Withholds => is_yes(Value::Words(cell)) || affirms(cell),
            Self::Shows => {
                crate::data::boolean(cell) == Some(false)
                    || says_no(Value::Words(cell))
                    || denies(cell)
                    || is_closed_word(cell)
            }
            Self::Flag => cell.trim().eq_ignore_ascii_case("false"),
            Self::State => false,
            Self::Marking => is_closed_word(cell) || TEXT.names_few(cell),
            Self::Outcome => {
                let name = letters::name(cell);
                FILES.columns.closed_outcomes.contains(&name) || TEXT.is_strong(&name)
            }
            Self::Reason => !cell.trim().is_empty() && !says_no(Value::Words(cell)) && !TEXT.is_nothing(cell),
            Self::Session => is_closed_word(cell) || FILES.columns.closed.contains(&letters::name(cell)),
        }
    }

    /// Whether words that say so without any doubt withhold its rows, and nothing else.
    pub(crate) fn is_state(self) -> bool {
        self == Self::State
    }
}

/// Whether a cell says no, and behind a sign why: `No – para 3`.
fn denies(cell: &str) -> bool {
    let first = cell.split_once([',', ';', ':', '(', '–', '—']).or_else(|| cell.split_once(" - "));
    first.is_some_and(|(first, _)| says_no(Value::Words(first.trim())))
}

/// Whether a cell says yes with more words behind it, by the paragraph of the law, or with a tick: `Yes – para 3`, `Para 3`, `x`.
fn affirms(cell: &str) -> bool {
    let cell = cell.trim();
    let name = letters::name(cell);
    let columns = &FILES.columns;
    let paragraph = || !name.starts_with(|first: char| first.is_ascii_digit()) && names_paragraph(Role::Exempt, cell);
    columns.ticks.iter().any(|tick| tick == cell) || columns.affirms.iter().any(|yes| begins(&name, yes)) || paragraph()
}

/// Whether a cell says by itself, in a column for the state of its row, that not everybody may see the row.
pub(crate) fn is_strong_state(cell: &str) -> bool {
    FILES.columns.strong.contains(&letters::name(cell))
}

/// The name of a column, without the words that ask for a yes or a no.
fn name_of_column(typed: &str) -> String {
    let name = letters::name(typed);
    let columns = &FILES.columns;
    let behind = |words: &String| name.strip_prefix(words.as_str())?.strip_prefix('_');
    let name = columns.asking.iter().find_map(behind).unwrap_or(&name);
    let before = |words: &String| name.strip_suffix(words.as_str())?.strip_suffix('_');
    columns.answers.iter().find_map(before).unwrap_or(name).to_owned()
}

/// What a column of this name says of its rows, if it is about who may see them.
pub(crate) fn column(name: &str) -> Option<Column> {
    let name = name_of_column(name);
    let columns = &FILES.columns;
    let lists = [
        (&columns.withholds, Column::Withholds),
        (&columns.shows, Column::Shows),
        (&columns.flags, Column::Flag),
        (&columns.state, Column::State),
        (&columns.marking, Column::Marking),
    ];
    let known = lists.into_iter().find(|(names, _)| names.contains(&name)).map(|(_, column)| column);
    known.or_else(|| TEXT.is_forbidding(&name.replace('_', " ")).then_some(Column::Withholds))
}

/// What a key of a record in a file of data says of the record, as a column of this name would.
pub(crate) fn of_record(key: &str) -> Option<Column> {
    let name = letters::name(key);
    let of_thing = FILES.columns.of_things.contains(&name);
    column(key).filter(|_| !of_thing)
}

/// Whether the columns of a table hold what was decided.
pub(crate) fn holds_decisions(head: &[&str]) -> bool {
    let names: Vec<String> = head.iter().map(|typed| name_of_column(typed)).collect();
    let has = |list: &[String]| list.iter().any(|known| names.contains(known));
    has(&FILES.columns.decided) && !has(&FILES.columns.planned)
}

/// The columns of a table that say of its rows who may read them: in a text in which a meeting speaks, and in any table of what was decided.
pub(crate) fn columns_of_business(head: &[&str], meeting: bool) -> Vec<(usize, Column)> {
    let columns = &FILES.columns;
    let is = |list: &[String], name: &String| list.contains(name);
    let names: Vec<String> = head.iter().map(|typed| name_of_column(typed)).collect();
    let has = |list: &[String]| names.iter().any(|name| is(list, name));
    let decided = holds_decisions(head);
    if !(meeting || decided) {
        let tasks = has(&columns.tasks) && !has(&columns.planned);
        let says = |name: &String| match column(name)? {
            Column::Shows if is(&columns.everywhere, name) => Some(Column::Shows),
            Column::Withholds if tasks && !is(&columns.of_documents, name) => Some(Column::Withholds),
            _ => None,
        };
        return names.iter().enumerate().filter_map(|(at, name)| Some((at, says(name)?))).collect();
    }
    // "Public? (Y/N)" beside who does what is asked of the row.
    let asked = |typed: &str| {
        meeting && has(&columns.tasks) && (typed.contains('?') || name_of_column(typed) != letters::name(typed))
    };
    let (tasks, listed) = (has(&columns.tasks), meeting && has(&columns.listed));
    let logged = !meeting && has(&columns.requests);
    let everyday = |name: &String| match () {
        () if is(&columns.everyday_shows, name) => Some(Column::Shows),
        () if is(&columns.everyday_withholds, name) => Some(Column::Withholds),
        () if is(&columns.everyday_closed, name) => Some(Column::Session),
        () => None,
    };
    let said = |typed: &str, name: &String| {
        let session = is(&columns.sessions, name) && !(tasks && is(&columns.done, name));
        let of_documents = |said: &Column| {
            let of_papers = *said == Column::Marking || is(&columns.of_documents, name);
            (decided && *said != Column::State) || !of_papers
        };
        let outcome = (decided && column(typed) == Some(Column::State)).then_some(Column::Outcome);
        let said = session
            .then_some(Column::Session)
            .or_else(|| everyday(name).filter(|said| decided || ((listed || asked(typed)) && *said == Column::Shows)))
            .or(outcome)
            .or_else(|| (decided && !logged && is(&columns.reasons, name)).then_some(Column::Reason));
        said.or_else(|| column(typed).filter(of_documents))
    };
    head.iter().zip(&names).enumerate().filter_map(|(at, (typed, name))| Some((at, said(typed, name)?))).collect()
}

/// The columns of a table that say who may see its rows, by where their cells stand between the strokes of a line.
pub(crate) fn columns_of(line: &str) -> Vec<(usize, Column)> {
    let names = line.trim_end().split('|').enumerate();
    names.filter_map(|(index, name)| Some((index, column(name.trim_matches(['*', '_', ' ', '?']))?))).collect()
}

/// Whether a text begins with the line below the head of a table.
pub(crate) fn is_ruled(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default().trim();
    line.contains('-') && line.contains('|') && line.bytes().all(|sign| b"|-: ".contains(&sign))
}
