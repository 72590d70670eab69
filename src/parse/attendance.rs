//! Who was there, as the text of a meeting says it, in the fields for it that nobody typed.
//!
//! Input: the fields that were typed, what the text says, the kind. Output: the fields with the roles of those present, of
//! apologies, of others in attendance, of the chair, and of who came and went. Not here: how the text says it (`attendance`).

use std::ops::Range;

use crate::attendance::{MOST_PEOPLE, beside, declaration};
use crate::data::Node;
use crate::diagnostic::Diagnostics;
use crate::kind::{Field, Kind, Role, Shape};
use crate::lexicon::Lexicon;
use crate::lexicon::names::{PersonName, name_of_entry};
use crate::model::{Entry, Fields, Movement, Origin, TextRecord, Value};
use crate::recognise::facts::{Fact, Facts, Person, Presence};
use crate::source::{SourceId, Span};

/// Each part of those whom a text names, and the role of the field that holds it.
const PARTS: [(Presence, Role); 4] = [
    (Presence::Present, Role::Present),
    (Presence::Apologies, Role::Apologies),
    (Presence::Absent, Role::Absent),
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

/// Fills the field of who came and went, if nobody typed it: what stands beside the names of those who were there, then what sentences
/// say. An item that is not named is the one in which the sentence stands; `items` are those of the text, in its order.
pub(super) fn fill_movements(
    fields: &mut Fields,
    head: &Node,
    (facts, items): (&Facts, &[&TextRecord]),
    (kind, words): (&Kind, &Lexicon),
    source: SourceId,
) {
    let Some(field) = kind.role(Role::Movements).filter(|field| is_unsaid(field, head)) else { return };
    let mut list: Vec<(Value, Span)> = Vec::new();
    for role in [Role::Present, Role::InAttendance] {
        let named = kind.role(role).and_then(|part| fields.get(&part.name));
        let Some(Value::List(named)) = named else { continue };
        let told = named.iter().filter_map(|(entry, span)| Some((beside(entry.text()?, words)?, *span)));
        list.extend(told.map(|(movement, span)| (group(field, &movement, None, span), span)));
    }
    let declared = kind.role(Role::Declarations).and_then(|part| fields.get(&part.name));
    if let Some(Value::List(declared)) = declared {
        list.extend(
            declared.iter().filter_map(|(entry, span)| {
                Some((group(field, &declaration(entry.text()?, words)?, None, *span), *span))
            }),
        );
    }
    let known = known(fields, kind, words);
    for Fact { value, typed } in &facts.movements {
        let name = PersonName::of(&value.name, words);
        if !name.office && !known.iter().any(|other| other.agrees(&name).is_some()) {
            continue;
        }
        let around = items.partition_point(|item| item.place.span.start as usize <= typed.start);
        let around = around.checked_sub(1).and_then(|at| items[at].number.as_deref());
        let span = Span::new(source, typed.start, typed.end);
        list.push((group(field, value, around, span), span));
    }
    if let Some((_, first)) = list.first() {
        let first = *first;
        put(fields, field, Value::List(list), first);
        fields.sort_as(&kind.fields);
    }
}

/// The names of those whom the fields name as members, officers or guests.
fn known(fields: &Fields, kind: &Kind, words: &Lexicon) -> Vec<PersonName> {
    let roles = [Role::Present, Role::Apologies, Role::Absent, Role::InAttendance, Role::Chair];
    let values = roles.into_iter().filter_map(|role| fields.get(&kind.role(role)?.name));
    let entries = values.flat_map(|value| match value {
        Value::List(list) => list.iter().filter_map(|(entry, _)| entry.text()).collect(),
        value => value.text().into_iter().collect::<Vec<_>>(),
    });
    entries.map(|entry| PersonName::of(name_of_entry(entry), words)).collect()
}

/// A movement as the parts of its field.
fn group(field: &Field, movement: &Movement, around: Option<&str>, span: Span) -> Value {
    let Movement { name, did, item, at, instead, words } = movement;
    let text = |value: Option<&str>| value.map(|value| Value::Text(value.into()));
    let said = [
        (Role::Title, text(Some(name))),
        (Role::Outcome, Some(Value::Choice(did.clone()))),
        (Role::Number, text(item.as_deref().or(around))),
        (Role::Time, text(at.as_deref())),
        (Role::Successor, text(instead.as_deref())),
        (Role::Reason, text(words.as_deref())),
    ];
    let entry = |(role, value): (Role, Option<Value>)| {
        let name = field.part(role)?.name.as_str().into();
        Some(Entry { name, value: value?, span, origin: Origin::Recognised })
    };
    Value::Group(Fields(said.into_iter().filter_map(entry).collect()))
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
