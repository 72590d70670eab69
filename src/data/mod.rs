//! YAML, TOML and CSV → one tree of values in which every key and every scalar knows its place and keeps the
//! characters that were typed: `edition: 1.10` stays `1.10`, `no` stays `no`. What a scalar means is decided by
//! a schema (`kind/`), never here.
//!
//! Enters: a text and the place in its source where it begins. Leaves: a [`Node`], and diagnostics for what the
//! grammar does not allow. Absent: any knowledge of fields.

mod toml;
mod yaml;

pub use toml::toml;
pub use yaml::yaml;

use crate::source::Span;

/// One value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The characters of the value, without the quotes of a scalar.
    pub span: Span,
    /// What was typed.
    pub value: Raw,
}

/// What was typed, untouched by meaning.
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
    /// A map, in the order typed. A key that stands twice is a diagnostic, and the first one holds.
    Map(Vec<Pair>),
}

/// One `key: value` of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The key as typed.
    pub key: String,
    /// Where the key stands.
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

    /// The pairs of a map; none for anything else.
    #[must_use]
    pub fn pairs(&self) -> &[Pair] {
        match &self.value {
            Raw::Map(pairs) => pairs,
            _ => &[],
        }
    }

    /// The characters of a scalar.
    #[must_use]
    pub fn scalar(&self) -> Option<&str> {
        match &self.value {
            Raw::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }
}
