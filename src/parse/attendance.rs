//! Who was there, as the text of a meeting says it, in the fields for it that nobody typed.
//!
//! Input: the fields that were typed, what the text says, the kind. Output: the fields with the roles of those present, of
//! apologies, of others in attendance and of the chair. Not here: how the text says it (`attendance::presence`).

use std::ops::Range;

use crate::attendance::MOST_PEOPLE;
use crate::data::Node;
use crate::diagnostic::Diagnostics;
use crate::kind::{Field, Kind, Role, Shape};
use crate::model::{Entry, Fields, Origin, Value};
use crate::recognise::facts::{Fact, Facts, Person, Presence};
use crate::source::{SourceId, Span};

/// Each part of those whom a text names, and the role of the field that holds it.
const PARTS: [(Presence, Role); 3] = [
    (Presence::Present, Role::Present),
    (Presence::Apologies, Role::Apologies),
    (Presence::InAttendance, Role::InAttendance),
];

/// Fills the fields of who was there. A field that the author typed, under its own name or another for it, is left alone.
pub(super) fn fill(
    fields: &mut Fields,
    head: &Node,
    facts: &Facts,
    kind: &Kind,
    source: SourceId,
    diagnostics: &mut Diagnostics,
) {
    let span = |typed: &Range<usize>| Span::new(source, typed.start, typed.end);
    let unsaid = |role: Role| kind.role(role).filter(|field| is_unsaid(field, head));
    let shown = &facts.people[..facts.people.len().min(MOST_PEOPLE)];
    let mut filled = false;
    for (part, role) in PARTS {
        let Some(field) = unsaid(role).filter(|field| matches!(field.shape, Shape::List(_))) else { continue };
        let named = shown.iter().filter(|fact| fact.value.part == part);
        let list: Vec<(Value, Span)> =
            named.map(|fact| (Value::Text(in_words(&fact.value).into()), span(&fact.typed))).collect();
        if let Some((_, first)) = list.first() {
            filled = true;
            let first = *first;
            put(fields, field, Value::List(list), first);
        }
    }
    if let Some(field) = unsaid(Role::Chair)
        && let Some(Fact { value, typed }) = shown.iter().find(|fact| fact.value.chair)
    {
        put(fields, field, Value::Text(value.name.clone()), span(typed));
    }
    if filled && let Some(more) = facts.people.get(MOST_PEOPLE) {
        diagnostics.too_many_names(span(&more.typed), MOST_PEOPLE, &more.value.name);
    }
    fields.sort_as(&kind.fields);
}

/// Puts a value into a field that has none.
fn put(fields: &mut Fields, field: &Field, value: Value, span: Span) {
    fields.0.retain(|entry| *entry.name != *field.name);
    fields.0.push(Entry { name: field.name.as_str().into(), value, span, origin: Origin::Recognised });
}

/// Whether the head has no value for the field, under its name or another word for it.
fn is_unsaid(field: &Field, head: &Node) -> bool {
    let same = |key: &str, name: &str| key.trim().replace([' ', '-'], "_").eq_ignore_ascii_case(name);
    let names = || std::iter::once(&field.name).chain(&field.also_said);
    head.pairs().iter().all(|pair| pair.value.is_empty() || !names().any(|name| same(&pair.key, name)))
}

/// Somebody as the table shows them: the name, the initials by which the record calls them, the post.
fn in_words(person: &Person) -> String {
    let Person { name, short, role, .. } = person;
    let short = short.as_ref().map(|short| format!(" ({short})")).unwrap_or_default();
    let role = role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
    format!("{name}{short}{role}")
}
