//! Helpers for the formats that are JSON. Input: values. Output: objects, and the bytes of files. Not here: what a file
//! says.

use serde::Serialize;
use serde_json::{Map, Value as Json};

/// An object with the members that have a value, in this order.
pub fn object<'name>(members: impl IntoIterator<Item = (&'name str, Option<Json>)>) -> Map<String, Json> {
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// JSON on several lines, so that a change shows as a line.
pub fn json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_else(|error| unreachable!("names are texts: {error}"));
    bytes.push(b'\n');
    bytes
}

/// A file that is an object whose last member is a list, each item on a line of its own, written one at a time.
pub struct Lines {
    bytes: Vec<u8>,
    /// What stands before the next item.
    before: &'static [u8],
}

impl Lines {
    /// The members of `head`, and after them the list called `name`.
    pub fn new(head: &impl Serialize, name: &str) -> Self {
        let mut bytes = json(head);
        bytes.truncate(bytes.len() - "\n}\n".len());
        bytes.extend_from_slice(format!(",\n  \"{name}\": [").as_bytes());
        Self { bytes, before: b"\n" }
    }

    /// Adds an item.
    pub fn push(&mut self, item: &impl Serialize) {
        self.bytes.extend_from_slice(std::mem::replace(&mut self.before, b",\n"));
        serde_json::to_writer(&mut self.bytes, item)
            .unwrap_or_else(|error| unreachable!("memory takes every byte: {error}"));
    }

    /// The bytes of the file.
    pub fn finish(mut self) -> Vec<u8> {
        self.bytes.extend_from_slice(b"\n  ]\n}\n");
        self.bytes
    }
}
