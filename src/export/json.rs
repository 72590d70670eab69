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
