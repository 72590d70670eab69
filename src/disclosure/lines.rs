//! Lines of a text that read like a field that withholds: somebody forgot the fence, put a heading or a second fence
//! above it, or wrote the head in another grammar.
//!
//! Input: the text after the head, the rules. Output: the lines, each with what it says. Not here: the head that was
//! found (`head.rs`), and words of prose (`phrases.rs`).

use super::head::{Rules, near_field};
use super::letters;
use super::words::{self, Meaning, Value};
use crate::data::boolean;
use crate::kind::{Field, Role, Shape};

/// One line that withholds, or may come to.
pub(super) struct FieldLine<'text> {
    /// The line as typed.
    pub(super) line: &'text str,
    /// The key as typed.
    pub(super) key: &'text str,
    /// What it says.
    pub(super) says: Meaning,
}

/// The lines of `text` that read like a field that withholds. Examples in fenced code are none.
pub(super) fn fields<'text>(text: &'text str, rules: Rules<'_>) -> Vec<FieldLine<'text>> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    // A fence that is opened and never closed hides nothing.
    let mut inside = Vec::new();
    for line in text.lines() {
        let typed = line.trim_start();
        let sign = ["```", "~~~"].into_iter().find(|sign| typed.starts_with(sign));
        match (fence, sign) {
            (None, Some(sign)) => fence = Some(sign),
            (Some(open), Some(sign)) if open == sign && typed.trim_end().trim_matches(['`', '~']).is_empty() => {
                fence = None;
                inside.clear();
            }
            (None, None) => found.extend(of_line(line, rules)),
            (Some(_), _) => inside.extend(of_line(line, rules)),
        }
    }
    found.extend(inside);
    found
}

/// What the fields in a line say; `{"title": "A", "draft": true}` has several.
fn of_line<'text>(line: &'text str, rules: Rules<'_>) -> Option<FieldLine<'text>> {
    if !line.contains([':', '=']) {
        return None;
    }
    let opened = line.trim_start_matches([' ', '\t', '\u{FEFF}', '\u{200B}']);
    let parts = if opened.starts_with('{') { opened.split(',') } else { opened.split('\0') };
    parts.into_iter().find_map(|part| {
        let part = part.trim_start_matches("<!--").trim_start_matches(['{', ' ', '"', '\'', '*', '_', '`']);
        let (key, value) = part.split_at_checked(part.find([':', '='])?)?;
        let key = key.trim_end_matches([' ', '\t', '"', '\'', '*', '_', '`']);
        let value = value.trim_start_matches([':', '=', '*', '_', ' ', '\t', '"', '\'']);
        let value = value.split(" #").next().unwrap_or_default().trim_end_matches("-->");
        let value = value.trim_end_matches([' ', ',', '}', '"', '\'', '*', '_', ';', '`', '.', '\r']);
        let short = !key.is_empty() && key.len() <= 60 && key.split_whitespace().count() <= 4 && value.len() <= 80;
        let says = if short { says(key, value, rules) } else { Meaning::Nothing };
        (!matches!(says, Meaning::Nothing | Meaning::Shows)).then_some(FieldLine { line, key, says })
    })
}

fn says(key: &str, value: &str, rules: Rules<'_>) -> Meaning {
    let own = rules.kind.field(key);
    let name = letters::name(key);
    let field = own.or_else(|| near_field(&name, rules.kind)).filter(|field| field.decides());
    match field.and_then(|field| Some((field, field.role?))) {
        Some((field, role)) if withholds(field, value, own.is_some()) => Meaning::Withholds(role),
        Some(_) => Meaning::Nothing,
        // A field of the kind, such as the status, says nothing of it in a text.
        None if own.is_some_and(|field| field.role != Some(Role::Status)) => Meaning::Nothing,
        None => words::line_meaning(key, value, rules.zone),
    }
}

/// Whether a value is what such a field holds when it withholds. With a name that is only nearly right, an empty value
/// may be a label (`Withdrawn:`), and a day one of the record.
fn withholds(field: &Field, value: &str, exact: bool) -> bool {
    let yes = boolean(value) == Some(true) || words::is_yes(Value::Words(value));
    match field.shape {
        Shape::Boolean => yes,
        Shape::Instant => exact && value.get(..4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit())),
        _ => yes || value.starts_with('{') || (exact && value.is_empty()),
    }
}
