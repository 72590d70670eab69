//! The files of tables that staff may write, as data: which keys there are, what each is for, a value to copy.
//!
//! Input: `settings.toml`. Output: [`setting_files`]. Not here: what a key means for the site (`parse`), and how it is explained
//! to people and to editors (`begin`).

use crate::data::{Node, Raw, toml_file};
use crate::diagnostic::Diagnostics;
use crate::source::SourceId;

/// The data.
const FILE: &str = include_str!("settings.toml");

/// A file that staff may write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingFile {
    /// Its path below `content/`; `*` stands for any name.
    pub name: String,
    /// What it is for.
    pub help: String,
    /// What a key holds that is not one of these, where staff choose the keys.
    pub others: Option<Holds>,
    /// Its keys, in the order in which they are explained.
    pub keys: Vec<Setting>,
}

/// One key of such a file, or of a table in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// As typed.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
    /// Whether it is typed as a list of these.
    pub list: List,
    /// What to write.
    pub help: String,
    /// A value to copy, as TOML; empty for a table, which has those of its keys.
    pub example: String,
    /// In words: what holds where nothing is said.
    pub default: Option<String>,
    /// Whether the table means nothing without it.
    pub needed: bool,
    /// Of a choice: the words.
    pub choices: Vec<String>,
    /// Which answer of somebody who begins a site fills it.
    pub answer: Option<String>,
    /// In place of which other key it is typed.
    pub instead_of: Option<String>,
    /// Of tables: a name to copy.
    pub name_of_table: Option<String>,
    /// The keys of a table.
    pub keys: Vec<Setting>,
}

/// Whether a key holds one value or a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// One.
    No,
    /// A list of them.
    Yes,
    /// Either.
    Either,
}

/// What a key, or each item of its list, holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A text in quotes.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A day, in quotes.
    Day,
    /// A whole address on the web.
    Address,
    /// A mail address.
    Email,
    /// A colour as style sheets write it.
    Colour,
    /// The path of a picture.
    Picture,
    /// One of a few words.
    Choice,
    /// A table with keys of its own.
    Table,
    /// A table of codes of messages, each with a level.
    Levels,
    /// A checksum of a file.
    Checksum,
    /// A table of names that staff choose, each with a list of words.
    Lists,
    /// A table of names that staff choose, each with a table of these keys.
    Tables,
    /// A table with keys of its own, or a text in its place.
    TableOrText,
    /// A table whose keys are told elsewhere.
    OpenTable,
}

const HOLDS: [(&str, Holds); 16] = [
    ("text", Holds::Text),
    ("boolean", Holds::Boolean),
    ("integer", Holds::Integer),
    ("day", Holds::Day),
    ("address", Holds::Address),
    ("email", Holds::Email),
    ("colour", Holds::Colour),
    ("picture", Holds::Picture),
    ("choice", Holds::Choice),
    ("table", Holds::Table),
    ("levels", Holds::Levels),
    ("checksum", Holds::Checksum),
    ("lists", Holds::Lists),
    ("tables", Holds::Tables),
    ("table or text", Holds::TableOrText),
    ("open table", Holds::OpenTable),
];

/// The files, in the order in which the manual names them.
///
/// # Panics
/// If `settings.toml` is wrong, which is our bug.
#[must_use]
pub fn setting_files() -> Vec<SettingFile> {
    let mut diagnostics = Diagnostics::new();
    let node = toml_file(FILE, SourceId(0), "broken-config", &mut diagnostics);
    let Some(node) = node.filter(|_| diagnostics.iter().next().is_none()) else {
        panic!("model/settings.toml is no TOML");
    };
    let file = |file: &Node| SettingFile {
        name: text(file, "name"),
        help: text(file, "help"),
        others: file.get("others").map(|_| holds(&text(file, "others")).0),
        keys: tables(file, "key").iter().map(setting).collect(),
    };
    tables(&node, "file").iter().map(file).collect()
}

fn setting(key: &Node) -> Setting {
    let (holds, list) = holds(&text(key, "type"));
    let default = text(key, "default");
    let choices = tables(key, "choices").iter().filter_map(Node::scalar).map(str::to_owned).collect();
    Setting {
        name: text(key, "name"),
        holds,
        list,
        help: text(key, "help"),
        example: text(key, "example"),
        default: Some(default).filter(|default| !default.is_empty()),
        needed: text(key, "needed") == "true",
        choices,
        instead_of: key.get("instead_of").map(|_| text(key, "instead_of")),
        name_of_table: key.get("name_of_table").map(|_| text(key, "name_of_table")),
        answer: key.get("answer").map(|_| text(key, "answer")),
        keys: tables(key, "key").iter().map(setting).collect(),
    }
}

fn holds(typed: &str) -> (Holds, List) {
    let (word, list) = match (typed.strip_prefix("list of "), typed.strip_suffix(" or list")) {
        (Some(word), _) => (word, List::Yes),
        (None, Some(word)) => (word, List::Either),
        (None, None) => (typed, List::No),
    };
    let Some((_, holds)) = HOLDS.iter().find(|(name, _)| *name == word) else {
        panic!("model/settings.toml: `{typed}` is no type");
    };
    (*holds, list)
}

/// The text of a key; empty if it is not there.
fn text(node: &Node, key: &str) -> String {
    node.get(key).and_then(Node::scalar).unwrap_or_default().to_owned()
}

/// The items of a list; none if it is not there.
fn tables<'node>(node: &'node Node, key: &str) -> &'node [Node] {
    match node.get(key).map(|list| &list.value) {
        Some(Raw::List(items)) => items,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(keys: &[Setting]) -> Vec<&Setting> {
        keys.iter().flat_map(|key| std::iter::once(key).chain(all(&key.keys))).collect()
    }

    #[test]
    fn every_key_is_explained() {
        for file in setting_files() {
            assert!(!file.help.is_empty() && (file.others.is_some() || !file.keys.is_empty()), "{}", file.name);
            for key in all(&file.keys) {
                assert!(key.help.ends_with('.'), "{}: {} has no help", file.name, key.name);
                let is_table = matches!(key.holds, Holds::Table | Holds::Tables | Holds::TableOrText);
                let no_example = is_table || key.holds == Holds::OpenTable;
                assert_eq!(no_example, key.example.is_empty(), "{}: {} has no example", file.name, key.name);
                assert_eq!(key.holds == Holds::Tables, key.name_of_table.is_some(), "{}: {}", file.name, key.name);
                assert_eq!(is_table, !key.keys.is_empty(), "{}: {} has no keys", file.name, key.name);
                assert_eq!(key.holds == Holds::Choice, !key.choices.is_empty(), "{}: {}", file.name, key.name);
            }
        }
    }
}
