//! Reads YAML, TOML and CSV into trees of values in which every key and every scalar has its place and the characters
//! that were typed: `edition: 1.10` stays `1.10`, `no` stays `no`. A schema (`kind/`) decides what a scalar means.
//!
//! Input: a text and the place in its source where it begins. Output: a [`Node`], and diagnostics for what the grammar
//! does not allow; of a table whose keys are known, the values of Rust's types ([`Table`]).
//! Not here: any knowledge of fields.

mod brackets;
mod csv;
mod decode;
mod grammar;
mod repair;
pub mod table;
mod toml;
mod yaml;

pub use csv::{LONGEST_TABLE, csv, rows_of};
pub use decode::{Mistake, Table, Value};
pub use toml::{toml, toml_file, toml_text};
pub use yaml::yaml;

use crate::source::{SourceId, Span};

/// The longest head of a document, in bytes. People type heads; a longer one was pasted by mistake.
pub const LONGEST_HEAD: usize = 64 * 1024;

/// How deep lists and groups may be nested: far deeper than in any schema, and far less deep than the stack allows.
pub const DEEPEST: usize = 64;

/// One value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The characters of the value, without the quotes of a scalar.
    pub span: Span,
    /// What was typed.
    pub value: Raw,
}

/// What was typed, before a schema gives it a meaning.
#[derive(Debug, Clone, PartialEq)]
pub enum Raw {
    /// Nothing: `key:` with no value, `~` or `null` unquoted.
    Null,
    /// A scalar, with the escapes of its quotes undone. `quoted` tells `"12"` from `12`.
    Scalar {
        /// The characters.
        text: String,
        /// Whether quotes (or a block scalar) said that it is a text.
        quoted: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A map, in the order typed. If a key is there twice, that is a diagnostic, and the first one counts; the later
    /// one stays in the list, so that a stage can see that there is a doubt.
    Map(Vec<Pair>),
}

/// One `key: value` of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The key as typed.
    pub key: String,
    /// The place of the key.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// The value of `key`, if this is a map that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.pairs().iter().find(|pair| pair.key == key).map(|pair| &pair.value)
    }

    /// The pairs of a map; empty for any other value.
    #[must_use]
    pub fn pairs(&self) -> &[Pair] {
        match &self.value {
            Raw::Map(pairs) => pairs,
            _ => &[],
        }
    }

    /// The characters of a scalar; `None` for any other value.
    #[must_use]
    pub fn scalar(&self) -> Option<&str> {
        match &self.value {
            Raw::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether nothing was filled in: no value, or a scalar without a visible character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Raw::Null => true,
            Raw::Scalar { text, .. } => text.trim().is_empty(),
            Raw::List(items) => items.is_empty(),
            Raw::Map(pairs) => pairs.is_empty(),
        }
    }
}

/// A text on one line: each line end, with the space around it, becomes one space.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `true` and `false` as people say them: `yes`, `No`. `None` for any other word.
#[must_use]
pub fn boolean(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

/// The place in a source at which a text, a part of the source, begins.
#[derive(Debug, Clone, Copy)]
struct Place {
    source: SourceId,
    offset: usize,
}

impl Place {
    /// The span of the bytes `start..end` of the part.
    fn span(self, start: usize, end: usize) -> Span {
        Span::new(self.source, self.offset + start, self.offset + end)
    }

    /// The span of the line of `text` in which `at` stands, without the space around it.
    fn line(self, text: &str, at: usize) -> Span {
        let at = text.floor_char_boundary(at);
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        let line = &text[start..end];
        let indent = line.len() - line.trim_start().len();
        self.span(start + indent, start + line.trim_end().len().max(indent))
    }
}

/// The text inside quotation marks of which at least one is curly. `None` if they do not enclose the whole text, or if
/// there are others inside. An apostrophe inside single quotation marks is an apostrophe.
fn inside_curly_quotes(text: &str) -> Option<&str> {
    const DOUBLE: [char; 5] = ['“', '”', '„', '‟', '"'];
    let straight = |text: &str| text.starts_with(['"', '\'']) && text.ends_with(['"', '\'']);
    if straight(text) {
        return None;
    }
    let double = text.strip_prefix(DOUBLE).and_then(|rest| rest.strip_suffix(DOUBLE));
    let single = text.strip_prefix(['‘', '‚', '\'']).and_then(|rest| rest.strip_suffix(['’', '‘', '\'']));
    double.filter(|inside| !inside.contains(DOUBLE)).or(single.filter(|inside| !inside.contains('‘')))
}
