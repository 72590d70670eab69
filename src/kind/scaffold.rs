//! Reads the table `[new]` of a kind's file: what a document of the kind has when somebody begins it.
//!
//! Input: a table of TOML. Output: a [`Scaffold`], and a diagnostic for what is wrong with the table. Not here: how a document is
//! made of it (`begin`).

use super::field::texts;
use super::{NamedBy, Scaffold};
use crate::data::Value;

/// The words for what names a file.
const NAMES: &[(&str, NamedBy)] = &[("date", NamedBy::Date), ("number", NamedBy::Number), ("title", NamedBy::Title)];

/// Changes a scaffold as a file says.
pub(super) fn scaffold(value: Value<'_>, scaffold: &mut Scaffold) -> Option<()> {
    value.table("[new]\nnamed_by = [\"title\"]", |table| {
        table.set("named_by", &mut scaffold.named_by, |value| {
            Some(value.one_or_more(|name| name.choice("a way to name a file", NAMES)))
        });
        table.set("coming", &mut scaffold.coming, texts);
        table.set("past", &mut scaffold.past, texts);
        table.set("rather", &mut scaffold.rather, Value::typed);
        table.set("text", &mut scaffold.text, Value::typed);
        table.set("example", &mut scaffold.example, Value::typed);
    })
}
