//! `content/checked.toml` → which files a person has looked at and found fit for the public.
//!
//! Input: the bytes of the file. Output: paths, each with the checksum of the bytes that were looked at, and a diagnostic for each
//! line that cannot be used. Not here: what is then not said any more (`lib.rs`). A file that was changed is another file.

use std::collections::BTreeMap;

use crate::data::{Pair, Raw, toml_file};
use crate::diagnostic::Diagnostics;
use crate::source::{SourceError, SourceId, decode};

/// The files that were looked at: their paths from the site's root → the XXH3-128 of their bytes.
pub type Checked = BTreeMap<Box<str>, u128>;

/// Reads the file: a line for each, `"papers/plan.pdf" = "8f2a…"`, as messages offer it.
pub fn checked(source: SourceId, bytes: Result<Vec<u8>, SourceError>, diagnostics: &mut Diagnostics) -> Checked {
    let mut checked = Checked::new();
    let text = match bytes.map(decode) {
        Ok(Ok(text)) => text,
        Ok(Err(error)) => {
            diagnostics.entries_not_text(source, &error);
            return checked;
        }
        // `read` has named a file that cannot be opened.
        Err(_) => return checked,
    };
    let Some(node) = toml_file(&text, source, "wrong-entry", diagnostics) else { return checked };
    for Pair { key, value, .. } in node.pairs() {
        let sum = match &value.value {
            Raw::Scalar { text, .. } if text.len() == 32 => u128::from_str_radix(text, 16).ok(),
            _ => None,
        };
        match sum {
            Some(sum) => drop(checked.insert(format!("content/{key}").into(), sum)),
            None => diagnostics.no_checksum(value.span, key),
        }
    }
    checked
}
