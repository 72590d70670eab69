//! One `[[field]]` of a kind's file → a [`Field`], or changes to one that is there.
//!
//! Enters: a table of TOML. Leaves: fields, and what is wrong with the table. The words of the file and what they mean
//! are the tables below. Deliberately absent: kinds, and whether the names of kinds in `to` are known.

use std::collections::BTreeMap;

use super::{Choice, Field, Need, Relation, Role, Shape, Stage};
use crate::data::{Node, Pair, Raw};
use crate::diagnostic::{Diagnostics, nearest};
use crate::source::Span;

/// The words of a field.
const KEYS: &[&str] = &[
    "name",
    "label",
    "type",
    "need",
    "why",
    "help",
    "example",
    "role",
    "shown",
    "default",
    "also_said",
    "alone",
    "choices",
    "to",
    "back",
    "back_name",
    "part",
];

/// The words for a type; `list of …` goes before one of them.
const TYPES: &[(&str, Shape)] = &[
    ("text", Shape::Text),
    ("markdown", Shape::Markdown),
    ("date", Shape::Date),
    ("instant", Shape::Instant),
    ("boolean", Shape::Boolean),
    ("integer", Shape::Integer),
    ("choice", Shape::Choice(Vec::new())),
    ("address", Shape::Address),
    ("file", Shape::File),
    ("reference", Shape::Reference(NOWHERE)),
    ("reference-or-words", Shape::ReferenceOrWords(NOWHERE)),
    ("date-or-words", Shape::DateOrWords),
    ("group", Shape::Group(Vec::new())),
];

const NOWHERE: Relation = Relation { to: Vec::new(), back: String::new(), back_name: String::new() };

/// The words for a role.
const ROLES: &[(&str, Role)] = &[
    ("about", Role::About),
    ("aliases", Role::Aliases),
    ("attachments", Role::Attachments),
    ("baseline", Role::Baseline),
    ("better", Role::Better),
    ("body", Role::Body),
    ("capacity", Role::Capacity),
    ("changes", Role::Changes),
    ("contact", Role::Contact),
    ("corrections", Role::Corrections),
    ("date", Role::Date),
    ("draft", Role::Draft),
    ("due", Role::Due),
    ("exempt", Role::Exempt),
    ("expires", Role::Expires),
    ("from", Role::From),
    ("held", Role::Held),
    ("language", Role::Language),
    ("minor", Role::Minor),
    ("number", Role::Number),
    ("order", Role::Order),
    ("outcome", Role::Outcome),
    ("owner", Role::Owner),
    ("papers", Role::Papers),
    ("parts", Role::Parts),
    ("periods", Role::Periods),
    ("place", Role::Place),
    ("procedural", Role::Procedural),
    ("publish-at", Role::PublishAt),
    ("purpose", Role::Purpose),
    ("reason", Role::Reason),
    ("replaces", Role::Replaces),
    ("review", Role::Review),
    ("status", Role::Status),
    ("successor", Role::Successor),
    ("summary", Role::Summary),
    ("tags", Role::Tags),
    ("target", Role::Target),
    ("time", Role::Time),
    ("title", Role::Title),
    ("to", Role::To),
    ("unit", Role::Unit),
    ("urgent-until", Role::UrgentUntil),
    ("votes", Role::Votes),
    ("withdrawn", Role::Withdrawn),
];

const NEEDS: &[(&str, Need)] = &[("optional", Need::Optional), ("expected", Need::Expected)];

const STAGES: &[(&str, Stage)] =
    &[("neither", Stage::Neither), ("coming", Stage::Coming), ("in-force", Stage::InForce), ("ended", Stage::Ended)];

/// Lays the `[[field]]` (or `[[field.part]]`) tables of `node` over `fields`: what is there is changed, what is new
/// stands behind the fields of its own file. `common` marks those that every kind has.
pub(super) fn lay_fields(node: &Node, fields: &mut Vec<Field>, common: bool, diagnostics: &mut Diagnostics) {
    let Raw::List(tables) = &node.value else {
        diagnostics.kind_wrong_value(node.span, "field", "a list of tables", "[[field]]");
        return;
    };
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for table in tables {
        let Some(name) = name_of(table, diagnostics) else { continue };
        if let Some(first) = seen.insert(name, table.span) {
            diagnostics.kind_field_twice(first, table.span, name);
            continue;
        }
        match fields.iter_mut().find(|field| field.name == name) {
            Some(field) => change(table, field, diagnostics),
            None => {
                let behind_own = fields.iter().position(|field| field.common && !common).unwrap_or(fields.len());
                if let Some(field) = made(table, name, common, diagnostics) {
                    fields.insert(behind_own, field);
                }
            }
        }
    }
}

fn name_of<'node>(table: &'node Node, diagnostics: &mut Diagnostics) -> Option<&'node str> {
    let Some(name) = table.get("name") else {
        diagnostics.kind_missing(table.span, "This field", "name", "\"venue\"");
        return None;
    };
    let typed = name.scalar().unwrap_or_default();
    let fits = typed.starts_with(|first: char| first.is_ascii_lowercase())
        && typed.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if !fits {
        diagnostics.kind_bad_name(name.span, typed, "meeting_place");
    }
    fits.then_some(typed)
}

/// A new field.
fn made(table: &Node, name: &str, common: bool, diagnostics: &mut Diagnostics) -> Option<Field> {
    let Some(typed) = table.get("type") else {
        diagnostics.kind_missing(table.span, &format!("The field `{name}`"), "type", "\"text\"");
        return None;
    };
    let shape = shape_of(typed, diagnostics)?;
    if table.get("label").is_none() {
        diagnostics.kind_missing(table.span, &format!("The field `{name}`"), "label", "\"As readers see it\"");
    }
    let mut field = Field {
        name: name.to_owned(),
        label: name.to_owned(),
        shape,
        need: Need::Optional,
        why: String::new(),
        help: String::new(),
        example: String::new(),
        role: None,
        shown: true,
        common,
        default: None,
        also_said: Vec::new(),
        alone: false,
    };
    fill(table, &mut field, diagnostics);
    check_whole(table, &field, diagnostics);
    Some(field)
}

/// What a field of its type cannot do without.
fn check_whole(table: &Node, field: &Field, diagnostics: &mut Diagnostics) {
    let this = format!("The field `{}`", field.name);
    match field.shape.one() {
        Shape::Choice(choices) if choices.is_empty() => {
            diagnostics.kind_missing(table.span, &this, "choices", "[{ value = \"open\", label = \"Open\" }]");
        }
        Shape::Group(parts) if parts.is_empty() => {
            diagnostics.kind_missing(
                table.span,
                &this,
                "part",
                "[{ name = \"on\", label = \"Date\", type = \"date\" }]",
            );
        }
        _ => {}
    }
    if field.need == Need::Expected && field.why.is_empty() {
        diagnostics.kind_missing(table.span, &this, "why", "\"A resident who looks for it needs to know\"");
    }
    if field.example.is_empty() && !field.common {
        diagnostics.kind_missing(table.span, &this, "example", "\"a value to copy\"");
    }
}

/// Changes to a field that is there: everything but its type.
fn change(table: &Node, field: &mut Field, diagnostics: &mut Diagnostics) {
    if let Some(typed) = table.get("type")
        && shape_of(typed, diagnostics).is_some_and(|shape| type_word(&shape) != type_word(&field.shape))
    {
        diagnostics.kind_other_type(typed.span, &field.name, &type_word(&field.shape));
    }
    fill(table, field, diagnostics);
}

/// Takes over everything that the table says beside name and type.
fn fill(table: &Node, field: &mut Field, diagnostics: &mut Diagnostics) {
    for Pair { key, key_span, value } in table.pairs() {
        match key.as_str() {
            "name" | "type" => {}
            "label" => set(&mut field.label, text(key, value, diagnostics)),
            "why" => set(&mut field.why, text(key, value, diagnostics)),
            "help" => set(&mut field.help, text(key, value, diagnostics)),
            "example" => set(&mut field.example, text(key, value, diagnostics)),
            "need" => set(&mut field.need, word(value, "a need", NEEDS, diagnostics)),
            "role" => role_of(value, field, diagnostics),
            "shown" => set(&mut field.shown, yes_or_no(key, value, diagnostics)),
            "alone" => set(&mut field.alone, yes_or_no(key, value, diagnostics)),
            "default" => set(&mut field.default, text(key, value, diagnostics).map(Some)),
            "also_said" => field.also_said.extend(texts(key, value, diagnostics).unwrap_or_default()),
            "choices" | "to" | "back" | "back_name" | "part" => fill_shape(key, value, field, diagnostics),
            _ => diagnostics.kind_unknown_word(
                *key_span,
                "a word that describes a field",
                key,
                nearest(key, KEYS.iter().copied()),
                KEYS,
            ),
        }
    }
    if let Some(relation) = relation_of(&mut field.shape)
        && relation.back_name.is_empty()
    {
        relation.back_name = relation.back.to_lowercase().replace([' ', '-'], "_");
    }
}

/// A role. Those that decide who may see a document belong to the fields that every kind has, and no file takes them
/// away or gives them to another field.
fn role_of(value: &Node, field: &mut Field, diagnostics: &mut Diagnostics) {
    let Some(role) = word(value, "a role", ROLES, diagnostics) else { return };
    if field.role != Some(role) && (field.decides() || (role.decides() && !field.common)) {
        diagnostics.kind_role_taken(value.span, &field.name);
    } else {
        field.role = Some(role);
    }
}

/// Takes over what belongs to one type only.
fn fill_shape(key: &str, value: &Node, field: &mut Field, diagnostics: &mut Diagnostics) {
    let common = field.common;
    match (key, one_mut(&mut field.shape)) {
        ("choices", Shape::Choice(choices)) => set(choices, choices_of(value, diagnostics)),
        ("part", Shape::Group(parts)) => lay_fields(value, parts, common, diagnostics),
        ("to", Shape::Reference(relation) | Shape::ReferenceOrWords(relation)) => {
            let to = texts(key, value, diagnostics).unwrap_or_default();
            relation.to.extend(to.into_iter().filter(|kind| !relation.to.contains(kind)).collect::<Vec<_>>());
        }
        ("back", Shape::Reference(relation) | Shape::ReferenceOrWords(relation)) => {
            set(&mut relation.back, text(key, value, diagnostics));
            relation.back_name.clear();
        }
        ("back_name", Shape::Reference(relation) | Shape::ReferenceOrWords(relation)) => {
            set(&mut relation.back_name, text(key, value, diagnostics));
        }
        (_, shape) => {
            let belongs = match key {
                "choices" => "choice",
                "part" => "group",
                _ => "reference",
            };
            let what = format!("a word for the type `{}`; it belongs to `{belongs}`", type_word(shape));
            diagnostics.kind_unknown_word(value.span, &what, key, None, KEYS);
        }
    }
}

fn choices_of(node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<Choice>> {
    const EXAMPLE: &str = "[{ value = \"open\", label = \"Open\", stage = \"in-force\" }]";
    let Raw::List(items) = &node.value else {
        diagnostics.kind_wrong_value(node.span, "choices", "a list", EXAMPLE);
        return None;
    };
    let mut choices = Vec::new();
    for item in items {
        // A word alone is its own label: `choices = ["yes", "no"]`.
        let value = item.get("value").unwrap_or(item).scalar();
        let Some(value) = value.filter(|value| !value.trim().is_empty()) else {
            diagnostics.kind_wrong_value(item.span, "choices", "a list of words with labels", EXAMPLE);
            continue;
        };
        for Pair { key, key_span, .. } in item.pairs() {
            if !["value", "label", "stage"].contains(&key.as_str()) {
                let known = &["value", "label", "stage"];
                diagnostics.kind_unknown_word(*key_span, "a word that describes a choice", key, None, known);
            }
        }
        let label = item.get("label").and_then(Node::scalar).unwrap_or(value).to_owned();
        let stage = item.get("stage").and_then(|stage| word(stage, "a stage", STAGES, diagnostics));
        choices.push(Choice { value: value.to_owned(), label, stage: stage.unwrap_or_default() });
    }
    Some(choices)
}

fn shape_of(node: &Node, diagnostics: &mut Diagnostics) -> Option<Shape> {
    let typed = node.scalar().unwrap_or_default();
    let (inner, list) = match typed.strip_prefix("list of ") {
        Some(inner) => (inner, true),
        None => (typed, false),
    };
    let Some((_, shape)) = TYPES.iter().find(|(word, _)| *word == inner) else {
        let known: Vec<&str> = TYPES.iter().map(|(word, _)| *word).collect();
        diagnostics.kind_unknown_word(node.span, "a type", typed, nearest(inner, known.iter().copied()), &known);
        return None;
    };
    Some(if list { Shape::List(Box::new(shape.clone())) } else { shape.clone() })
}

/// The word for a type, as in the file.
pub(super) fn type_word(shape: &Shape) -> String {
    if let Shape::List(inner) = shape {
        return format!("list of {}", type_word(inner));
    }
    let same = |(_, other): &&(&str, Shape)| std::mem::discriminant(other) == std::mem::discriminant(shape);
    TYPES.iter().find(same).map_or("list", |(word, _)| word).to_owned()
}

fn one_mut(shape: &mut Shape) -> &mut Shape {
    match shape {
        Shape::List(inner) => inner,
        other => other,
    }
}

fn relation_of(shape: &mut Shape) -> Option<&mut Relation> {
    match one_mut(shape) {
        Shape::Reference(relation) | Shape::ReferenceOrWords(relation) => Some(relation),
        _ => None,
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// A text, or a diagnostic that shows one.
pub(super) fn text(key: &str, node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
    let text = node.scalar().map(|text| text.trim().to_owned());
    if text.is_none() {
        diagnostics.kind_wrong_value(node.span, key, "a text in quotes", "\"…\"");
    }
    text
}

/// A list of texts, or one alone.
pub(super) fn texts(key: &str, node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<String>> {
    match &node.value {
        Raw::List(items) => items.iter().map(|item| text(key, item, diagnostics)).collect(),
        _ => text(key, node, diagnostics).map(|text| vec![text]),
    }
}

pub(super) fn yes_or_no(key: &str, node: &Node, diagnostics: &mut Diagnostics) -> Option<bool> {
    let meant = match node.scalar() {
        Some("true") => Some(true),
        Some("false") => Some(false),
        _ => None,
    };
    if meant.is_none() {
        diagnostics.kind_wrong_value(node.span, key, "`true` or `false`, without quotes", "true");
    }
    meant
}

/// One of a few words, or a diagnostic with the nearest.
pub(super) fn word<T: Copy>(node: &Node, what: &str, words: &[(&str, T)], diagnostics: &mut Diagnostics) -> Option<T> {
    let typed = node.scalar().unwrap_or_default();
    let found = words.iter().find(|(word, _)| *word == typed).map(|(_, value)| *value);
    if found.is_none() {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        diagnostics.kind_unknown_word(node.span, what, typed, nearest(typed, known.iter().copied()), &known);
    }
    found
}
