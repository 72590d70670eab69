//! Records in files of data that say of themselves who may read them: `[{"name": "Depot", "public": false}]`.
//!
//! Input: the text of a JSON file, whole or cut off, one value or one on each line. Output: the place of the first such key and value. Not here: keys
//! at the top, which speak of the whole file (`files.rs`), and what a key means (`privacy/files.rs`).

use std::ops::Range;

use crate::privacy::files::{is_strong_state, of_record};
use crate::privacy::words::TEXT;

/// A value that is open: a list, or an object; whether it stands in a list, or behind another value at the top.
struct Open {
    is_list: bool,
    is_record: bool,
}

/// The first key of a record, with its value, that says that not everybody may read it.
pub(super) fn private_record(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut open, mut is_first) = (Vec::<Open>::new(), true);
    let mut key: Option<(usize, &str)> = None;
    let mut at = 0;
    while let Some(sign) = bytes.get(at) {
        let from = at;
        at += 1;
        match sign {
            b'{' | b'[' => {
                let is_record = open.last().map_or(!is_first, |outer| outer.is_list || outer.is_record);
                open.push(Open { is_list: *sign == b'[', is_record });
                (is_first, key) = (false, None);
            }
            b'}' | b']' => {
                open.pop();
                key = None;
            }
            b',' => key = None,
            b'"' | b'-' | b'a'..=b'z' | b'0'..=b'9' => {
                at = if *sign == b'"' { end_of_string(bytes, at) } else { end_of_word(bytes, at) };
                let token = &text[from..at];
                let in_record = open.last().is_some_and(|inner| inner.is_record && !inner.is_list);
                match key.take() {
                    Some((place, key)) if in_record && says(key, token) => return Some(place..at),
                    Some(_) => {}
                    None if text[at..].trim_start().starts_with(':') => key = Some((from, token)),
                    None => {}
                }
            }
            _ => {}
        }
    }
    None
}

/// Where a string ends of which the first sign after its mark stands here.
fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while let Some(sign) = bytes.get(at) {
        match sign {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Where a number, `true`, `false` or `null` ends.
fn end_of_word(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|sign| sign.is_ascii_alphanumeric() || b".+-".contains(sign)).count()
}

/// Whether a key says with this value that not everybody may read its record.
fn says(key: &str, value: &str) -> bool {
    let bare = |typed: &'_ str| -> String { typed.trim_matches('"').replace("\\\"", "\"") };
    let (key, value) = (bare(key), bare(value));
    let Some(column) = of_record(&key) else { return false };
    column.withholds(&value) || (column.is_state() && (TEXT.of_value(&value) || is_strong_state(&value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_found_wherever_they_stand() {
        fn found(text: &str) -> Option<&str> {
            text[private_record(text)?].split(':').next()
        }
        for text in [
            r#"[{"name": "a", "public": true}, {"name": "b \" } ]", "public": false}]"#,
            r#"{"features": [{"properties": {"public": "false"}}]}"#,
            "{\"name\": 1}\n{\"public\": false}\n",
            r#"[{"public" :false, "name": "cut o"#,
        ] {
            assert_eq!(found(text).map(str::trim), Some("\"public\""), "{text}");
        }
        for text in [
            r#"{"public": false}"#,
            r#"[{"name": "public: false", "public": true, "exempt": "no"}]"#,
            r#"[{"public": {"a": false}, "b": ["confidential", true]}]"#,
            r#"[{"confidential": null, "note": "confidential advice line"}]"#,
            "[\"é\", \"\\",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
