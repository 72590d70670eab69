//! JSON as files have it. Input: a value. Output: bytes. Not here: what a file says.

use serde::Serialize;

/// JSON on several lines, so that a change shows as a line.
pub fn json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_else(|error| unreachable!("names are texts: {error}"));
    bytes.push(b'\n');
    bytes
}
