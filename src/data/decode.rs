//! Reads a table of a configuration file by the names of its keys, into values of Rust's types.
//!
//! Input: a [`Node`] that is a table, and a function that asks a [`Table`] for the keys it knows.
//! Output: what the function makes of the values, and a diagnostic at its place for each value of the wrong type and
//! for each key that was never asked for, with the nearest key that was.
//! Not here: what a setting means (the room that reads it), and heads of documents, whose types come from a schema.
//!
//! ```
//! # use folkmoot::data::{Table, Value, toml_file};
//! # use folkmoot::diagnostic::{Diagnostics, SETTING};
//! # use folkmoot::source::SourceId;
//! let mut diagnostics = Diagnostics::new();
//! let text = "title = 'Safer'\nsise = 5";
//! let node = toml_file(text, SourceId(0), "broken-config", &mut diagnostics).expect("it is TOML");
//! let (mut title, mut size) = (String::new(), None::<String>);
//! Table::read(&node, &SETTING, &mut diagnostics, |table| {
//!     table.set("title", &mut title, Value::typed);
//!     table.set("size", &mut size, Value::typed);
//! });
//! assert_eq!((title.as_str(), size), ("Safer", None));
//! assert_eq!(&*diagnostics.sorted()[0].fix, "Did you mean `size`?");
//! ```

use std::cell::RefCell;

use super::{Node, Pair, Raw};
use crate::diagnostic::{Diagnostics, TableWording, nearest};
use crate::source::Span;

/// A table that is being read. Every key that is asked for counts as known.
pub struct Table<'read> {
    node: &'read Node,
    known: Vec<&'static str>,
    wording: &'static TableWording,
    said: &'read RefCell<Diagnostics>,
}

/// One value of a table, with the key it belongs to.
#[derive(Clone, Copy)]
pub struct Value<'read> {
    /// The key; for an item of a list, the key of the list.
    pub key: &'read str,
    /// What was typed.
    pub node: &'read Node,
    wording: &'static TableWording,
    said: &'read RefCell<Diagnostics>,
}

/// What is wrong with a text, for [`Value::parsed`]: a title and how to mend it, as in a diagnostic.
pub type Mistake = (String, String);

impl<'read> Table<'read> {
    /// Lets `read` ask for the keys of `node`, then reports every key that it did not ask for. A node that is not a
    /// table has no keys.
    pub fn read<T>(
        node: &Node,
        wording: &'static TableWording,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(&mut Table<'_>) -> T,
    ) -> T {
        let said = RefCell::new(Diagnostics::new());
        let result = Table::read_into(node, wording, &said, read);
        diagnostics.append(said.into_inner());
        result
    }

    fn read_into<T>(
        node: &'read Node,
        wording: &'static TableWording,
        said: &'read RefCell<Diagnostics>,
        read: impl FnOnce(&mut Table<'read>) -> T,
    ) -> T {
        let mut table = Table { node, known: Vec::new(), wording, said };
        let result = read(&mut table);
        for Pair { key, key_span, .. } in node.pairs().iter().filter(|pair| !table.known.contains(&pair.key.as_str())) {
            said.borrow_mut().unknown_key(wording, *key_span, key, &table.known);
        }
        result
    }

    /// The value of `key`, as `read` understands it. `None` if the key is absent, or if `read` gives `None`, which it
    /// does after it has said why.
    pub fn get<T>(&mut self, key: &'static str, read: impl FnOnce(Value<'read>) -> Option<T>) -> Option<T> {
        self.known.push(key);
        let node = self.node.get(key)?;
        read(Value { key, node, wording: self.wording, said: self.said })
    }

    /// Puts the value of `key` into `place`, which keeps what it holds if there is no value that can be used.
    pub fn set<T, P: From<T>>(
        &mut self,
        key: &'static str,
        place: &mut P,
        read: impl FnOnce(Value<'read>) -> Option<T>,
    ) {
        if let Some(value) = self.get(key, read) {
            *place = value.into();
        }
    }

    /// Counts `key` as known without reading it.
    pub fn knows(&mut self, key: &'static str) {
        self.known.push(key);
    }

    /// Whether the table has `key`.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.node.get(key).is_some()
    }

    /// Whether the table has neither `key` nor a key unknown so far that was probably meant to be it, which is
    /// reported anyway.
    #[must_use]
    pub fn lacks(&self, key: &str) -> bool {
        let meant =
            |typed: &str| !self.known.contains(&typed) && nearest(typed, self.known.iter().copied()) == Some(key);
        !self.node.pairs().iter().any(|pair| pair.key == key || meant(&pair.key))
    }

    /// The place of the table.
    #[must_use]
    pub fn span(&self) -> Span {
        self.node.span
    }

    /// Adds a diagnostic about the table as a whole; gives `None`, to be returned.
    pub fn wrong<T>(&self, title: &str, fix: &str) -> Option<T> {
        self.said.borrow_mut().wrong_value(self.wording, self.node.span, title, fix);
        None
    }

    /// Calls `say` with the diagnostics, for a message that this room has no words for.
    pub fn say(&self, say: impl FnOnce(&mut Diagnostics)) {
        say(&mut self.said.borrow_mut());
    }
}

impl<'read> Value<'read> {
    /// Adds a diagnostic about the value; gives `None`, to be returned.
    pub fn wrong<T>(self, title: &str, fix: &str) -> Option<T> {
        self.said.borrow_mut().wrong_value(self.wording, self.node.span, title, fix);
        None
    }

    /// Calls `say` with the diagnostics, for a message that this room has no words for.
    pub fn say(self, say: impl FnOnce(&mut Diagnostics)) {
        say(&mut self.said.borrow_mut());
    }

    /// "`key` should be …", with a value to paste; gives `None`, to be returned.
    pub fn should_be<T>(self, what: &str, example: &str) -> Option<T> {
        let key = self.key;
        self.wrong(&format!("`{key}` should be {what}"), &format!("Write it like this: `{key} = {example}`"))
    }

    /// The characters of a text in quotes, without the space around them. An empty text is a mistake.
    #[must_use]
    pub fn text(self) -> Option<&'read str> {
        match &self.node.value {
            Raw::Scalar { text, quoted: true } if text.trim().is_empty() => self.empty(),
            Raw::Scalar { text, quoted: true } => Some(text.trim()),
            _ => self.should_be("a text in quotes", "\"…\""),
        }
    }

    /// Says that nothing is filled in; gives `None`, to be returned.
    pub fn empty<T>(self) -> Option<T> {
        self.wrong(&format!("`{}` is empty", self.key), "Fill it in, or delete the line.")
    }

    /// The characters of a scalar, with or without quotes and perhaps empty, without the space around them.
    #[must_use]
    pub fn typed(self) -> Option<String> {
        let text = self.node.scalar().map(|text| text.trim().to_owned());
        text.or_else(|| self.should_be("a text in quotes", "\"…\""))
    }

    /// The characters of a scalar without quotes, such as a number. Says nothing if it is anything else.
    #[must_use]
    pub fn unquoted(self) -> Option<&'read str> {
        match &self.node.value {
            Raw::Scalar { text, quoted: false } => Some(text),
            _ => None,
        }
    }

    /// A text in quotes as `parse` understands it, or what is wrong with it.
    pub fn parsed<T>(self, parse: impl FnOnce(&'read str) -> Result<T, Mistake>) -> Option<T> {
        parse(self.text()?).map_or_else(|(title, fix)| self.wrong(&title, &fix), Some)
    }

    /// `true` or `false`.
    #[must_use]
    pub fn boolean(self) -> Option<bool> {
        let meant = self.node.scalar().and_then(|text| text.parse().ok());
        meant.or_else(|| self.should_be("`true` or `false`, without quotes", "true"))
    }

    /// One of `words`, each with what it means. `what` ends the sentence "`typed` is not …".
    pub fn choice<T: Copy>(self, what: &str, words: &[(&str, T)]) -> Option<T> {
        let typed = self.node.scalar().unwrap_or_default();
        let meant = words.iter().find(|(word, _)| *word == typed).map(|(_, meant)| *meant);
        meant.or_else(|| {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.unknown(what, typed, &known)
        })
    }

    /// Says that `typed` is none of the `known` words, and which of them is nearest; gives `None`, to be returned.
    pub fn unknown<T>(self, what: &str, typed: &str, known: &[&str]) -> Option<T> {
        self.said.borrow_mut().unknown_word(self.wording, self.node.span, what, typed, known);
        None
    }

    /// The items of a list that `read` understands. `what` and `fix` are for a value that is not a list.
    pub fn list<T>(self, what: &str, fix: &str, read: impl FnMut(Value<'read>) -> Option<T>) -> Option<Vec<T>> {
        match &self.node.value {
            Raw::List(items) => Some(self.items(items).filter_map(read).collect()),
            _ => self.wrong(&format!("`{}` should be a list of {what}", self.key), fix),
        }
    }

    /// The items of a list that `read` understands; a value that is not a list counts as a list of one.
    pub fn one_or_more<T>(self, read: impl FnMut(Value<'read>) -> Option<T>) -> Vec<T> {
        match &self.node.value {
            Raw::List(items) => self.items(items).filter_map(read).collect(),
            _ => std::iter::once(self).filter_map(read).collect(),
        }
    }

    fn items(self, items: &'read [Node]) -> impl Iterator<Item = Value<'read>> {
        items.iter().map(move |node| Value { node, ..self })
    }

    /// The value of `key` in a table.
    #[must_use]
    pub fn part(self, key: &'read str) -> Option<Self> {
        self.node.get(key).map(|node| Value { key, node, ..self })
    }

    /// A table, read by its keys. `fix` is for a value that is not a table.
    pub fn table<T>(self, fix: &str, read: impl FnOnce(&mut Table<'read>) -> T) -> Option<T> {
        self.is_table("a table", fix).then(|| self.keys(self.wording, read))
    }

    /// A table, read by its keys, with another `wording` for its messages. A value that is not a table has no keys, and
    /// no message says so.
    pub fn keys<T>(self, wording: &'static TableWording, read: impl FnOnce(&mut Table<'read>) -> T) -> T {
        Table::read_into(self.node, wording, self.said, read)
    }

    /// The pairs of a table whose keys are not known beforehand. `what` and `fix` are for a value that is not a table.
    #[must_use]
    pub fn pairs(self, what: &str, fix: &str) -> Vec<(&'read Pair, Value<'read>)> {
        self.is_table(what, fix);
        self.node.pairs().iter().map(|pair| (pair, Value { key: &pair.key, node: &pair.value, ..self })).collect()
    }

    fn is_table(self, what: &str, fix: &str) -> bool {
        let is_table = matches!(self.node.value, Raw::Map(_));
        if !is_table {
            self.wrong::<()>(&format!("`{}` should be {what}", self.key), fix);
        }
        is_table
    }
}
