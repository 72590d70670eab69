//! Reads one `[[field]]` of a kind's file into a new or an existing [`Field`].
//!
//! Input: a table of TOML. Output: fields, and a diagnostic for what is wrong with the table. The words of the file and
//! what they mean are the tables below.
//! Not here: kinds, and whether the kinds that `to` names exist (`load.rs`).

use std::collections::BTreeMap;

use super::{Choice, Field, Follow, Need, Relation, Role, Shape, Stage};
use crate::data::{Table, Value, toml_file};
use crate::diagnostic::{Diagnostics, KIND, KIND_CHOICE, KIND_FIELD};
use crate::source::{SourceId, Span};

/// The fields that several kinds share, as (name of the set, text).
pub const SETS: &[(&str, &str)] = &[("contact-details", include_str!("contact-details.toml"))];

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

/// The words for what became of something.
const FOLLOWS: &[(&str, Follow)] =
    &[("late", Follow::Late), ("open", Follow::Open), ("heard", Follow::Heard), ("answered", Follow::Answered)];

/// The words for a role.
const ROLES: &[(&str, Role)] = &[
    ("about", Role::About),
    ("addressee", Role::Addressee),
    ("aliases", Role::Aliases),
    ("answer", Role::Answer),
    ("answered-in", Role::AnsweredIn),
    ("apologies", Role::Apologies),
    ("absent", Role::Absent),
    ("attachments", Role::Attachments),
    ("appendices", Role::Appendices),
    ("ask", Role::Ask),
    ("baseline", Role::Baseline),
    ("better", Role::Better),
    ("body", Role::Body),
    ("capacity", Role::Capacity),
    ("chair", Role::Chair),
    ("changes", Role::Changes),
    ("contact", Role::Contact),
    ("corrections", Role::Corrections),
    ("date", Role::Date),
    ("deals-with", Role::DealsWith),
    ("declarations", Role::Declarations),
    ("draft", Role::Draft),
    ("due", Role::Due),
    ("email", Role::Email),
    ("exempt", Role::Exempt),
    ("expires", Role::Expires),
    ("follow-up", Role::FollowUp),
    ("from", Role::From),
    ("heard-in", Role::HeardIn),
    ("held", Role::Held),
    ("hours", Role::Hours),
    ("area", Role::Area),
    ("code", Role::Code),
    ("sort", Role::Sort),
    ("within", Role::Within),
    ("in-attendance", Role::InAttendance),
    ("edition", Role::Edition),
    ("edition-from", Role::EditionFrom),
    ("known-as", Role::KnownAs),
    ("language", Role::Language),
    ("last-heard", Role::LastHeard),
    ("members", Role::Members),
    ("meeting-days", Role::MeetingDays),
    ("minor", Role::Minor),
    ("movements", Role::Movements),
    ("mover", Role::Mover),
    ("next-meeting", Role::NextMeeting),
    ("number", Role::Number),
    ("order", Role::Order),
    ("outcome", Role::Outcome),
    ("owner", Role::Owner),
    ("papers", Role::Papers),
    ("parts", Role::Parts),
    ("periods", Role::Periods),
    ("place", Role::Place),
    ("postal-address", Role::PostalAddress),
    ("present", Role::Present),
    ("presenter", Role::Presenter),
    ("procedural", Role::Procedural),
    ("returns", Role::Returns),
    ("publish-at", Role::PublishAt),
    ("origin", Role::Origin),
    ("purpose", Role::Purpose),
    ("reason", Role::Reason),
    ("replaces", Role::Replaces),
    ("report-url", Role::ReportUrl),
    ("review", Role::Review),
    ("seconder", Role::Seconder),
    ("sensitive", Role::Sensitive),
    ("standing-items", Role::StandingItems),
    ("status", Role::Status),
    ("successor", Role::Successor),
    ("summary", Role::Summary),
    ("tags", Role::Tags),
    ("target", Role::Target),
    ("telephone", Role::Telephone),
    ("terms", Role::Terms),
    ("time", Role::Time),
    ("title", Role::Title),
    ("to", Role::To),
    ("unit", Role::Unit),
    ("urgent-until", Role::UrgentUntil),
    ("votes", Role::Votes),
    ("votes-by-name", Role::VotesByName),
    ("website", Role::Website),
    ("for", Role::For),
    ("against", Role::Against),
    ("abstained", Role::Abstained),
    ("withdrawn", Role::Withdrawn),
];

const NEEDS: &[(&str, Need)] = &[("optional", Need::Optional), ("expected", Need::Expected)];

const STAGES: &[(&str, Stage)] =
    &[("neither", Stage::Neither), ("coming", Stage::Coming), ("in-force", Stage::InForce), ("ended", Stage::Ended)];

/// Lays the fields of the sets that `with` names.
pub(super) fn lay_sets(value: Value<'_>, fields: &mut Vec<Field>, common: bool) -> Option<()> {
    let known: Vec<(&str, &str)> = SETS.to_vec();
    for text in value.one_or_more(|name| name.choice("a set of fields", &known)) {
        let mut ours = Diagnostics::new();
        if let Some(node) = toml_file(text, SourceId(0), "broken-kind", &mut ours) {
            Table::read(&node, &KIND, &mut ours, |table| table.get("field", |list| lay_fields(list, fields, common)));
        }
        assert!(ours.is_empty(), "a set of fields that travels inside the program can be read");
    }
    Some(())
}

/// Reads the `[[field]]` (or `[[field.part]]`) tables of `list` into `fields`: a field that exists is changed, a new
/// one is put after the fields of its own file. `common` says whether every kind has these fields.
pub(super) fn lay_fields(list: Value<'_>, fields: &mut Vec<Field>, common: bool) -> Option<()> {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    list.list("tables", "Write it like this: `field = [[field]]`", |entry| {
        let (name, span) = (name_of(entry)?, entry.node.span);
        if let Some(first) = seen.insert(name, span) {
            entry.say(|diagnostics| diagnostics.kind_field_twice(first, span, name));
            return None;
        }
        match fields.iter_mut().find(|field| field.name == name) {
            Some(field) => change(entry, field),
            None => {
                let after_own = fields.iter().position(|field| field.common && !common).unwrap_or(fields.len());
                if let Some(field) = made(entry, name, common) {
                    fields.insert(after_own, field);
                }
            }
        }
        Some(())
    })
    .map(drop)
}

fn name_of(entry: Value<'_>) -> Option<&str> {
    let Some(name) = entry.part("name") else {
        entry.say(|diagnostics| diagnostics.kind_missing(entry.node.span, "This field", "name", "\"venue\""));
        return None;
    };
    let typed = name.node.scalar().unwrap_or_default();
    let fits = is_name(typed, b'_');
    if !fits {
        entry.say(|diagnostics| diagnostics.kind_bad_name(name.node.span, typed, "meeting_place"));
    }
    fits.then_some(typed)
}

/// Whether `name` begins with a small letter and has only small letters, digits and the sign `joint`.
pub(super) fn is_name(name: &str, joint: u8) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == joint)
}

/// A new field. `None`, with a diagnostic, if it has no type.
fn made(entry: Value<'_>, name: &str, common: bool) -> Option<Field> {
    let this = format!("The field `{name}`");
    let missing = |key: &str, example: &str| {
        entry.say(|diagnostics| diagnostics.kind_missing(entry.node.span, &this, key, example));
    };
    let Some(typed) = entry.part("type") else {
        missing("type", "\"text\"");
        return None;
    };
    let shape = shape_of(typed)?;
    if entry.part("label").is_none() {
        missing("label", "\"As readers see it\"");
    }
    let mut field =
        Field { name: name.to_owned(), label: name.to_owned(), shape, shown: true, common, ..Field::default() };
    entry.keys(&KIND_FIELD, |table| fill(table, &mut field));
    match field.shape.one() {
        Shape::Choice(choices) if choices.is_empty() => missing("choices", "[{ value = \"open\", label = \"Open\" }]"),
        Shape::Group(parts) if parts.is_empty() => {
            missing("part", "[{ name = \"on\", label = \"Date\", type = \"date\" }]");
        }
        _ => {}
    }
    if field.need == Need::Expected && field.why.is_empty() {
        missing("why", "\"A resident who looks for it needs to know\"");
    }
    if field.example.is_empty() && !common {
        missing("example", "\"a value to copy\"");
    }
    Some(field)
}

/// Changes an existing field as a file says; its type stays.
fn change(entry: Value<'_>, field: &mut Field) {
    if let Some(typed) = entry.part("type")
        && shape_of(typed).is_some_and(|shape| type_word(&shape) != type_word(&field.shape))
    {
        typed.say(|diagnostics| diagnostics.kind_other_type(typed.node.span, &field.name, &type_word(&field.shape)));
    }
    entry.keys(&KIND_FIELD, |table| fill(table, field));
    // A kind may ask for less than all others do.
    if field.need != Need::Expected {
        field.why.clear();
    }
}

/// Sets everything that the table says besides the name and the type.
fn fill(table: &mut Table<'_>, field: &mut Field) {
    table.knows("name");
    table.set("label", &mut field.label, Value::typed);
    table.knows("type");
    table.set("need", &mut field.need, |value| value.choice("a need", NEEDS));
    table.set("why", &mut field.why, Value::typed);
    table.set("help", &mut field.help, Value::typed);
    table.set("example", &mut field.example, Value::typed);
    table.get("role", |value| role_of(value, field));
    table.set("shown", &mut field.shown, Value::boolean);
    table.set("default", &mut field.default, Value::typed);
    table.set("implies", &mut field.implies, Value::typed);
    field.also_said.extend(table.get("also_said", texts).unwrap_or_default());
    table.set("answers_to", &mut field.answers_to, texts);
    table.set("alone", &mut field.alone, Value::boolean);
    for key in ["choices", "to", "back", "back_name", "part", "with"] {
        table.get(key, |value| fill_shape(value, field));
    }
    if let Some(relation) = relation_of(&mut field.shape)
        && relation.back_name.is_empty()
    {
        relation.back_name = relation.back.to_lowercase().replace([' ', '-'], "_");
    }
}

/// A role. Those that decide who may see a document belong to the fields that every kind has, and no file takes them
/// away or gives them to another field.
fn role_of(value: Value<'_>, field: &mut Field) -> Option<()> {
    let role = value.choice("a role", ROLES)?;
    if field.role != Some(role) && (field.decides() || (role.decides() && !field.common)) {
        value.say(|diagnostics| diagnostics.kind_role_taken(value.node.span, &field.name));
    } else {
        field.role = Some(role);
    }
    Some(())
}

/// Sets what belongs to one type only.
fn fill_shape(value: Value<'_>, field: &mut Field) -> Option<()> {
    let common = field.common;
    match (value.key, one_mut(&mut field.shape)) {
        ("choices", Shape::Choice(choices)) => *choices = choices_of(value)?,
        ("part", Shape::Group(parts)) => lay_fields(value, parts, common)?,
        ("with", Shape::Group(parts)) => lay_sets(value, parts, common)?,
        ("to", Shape::Reference(relation) | Shape::ReferenceOrWords(relation)) => {
            let to = value.one_or_more(Value::typed);
            relation.to.extend(to.into_iter().filter(|kind| !relation.to.contains(kind)).collect::<Vec<_>>());
        }
        ("back", Shape::Reference(relation) | Shape::ReferenceOrWords(relation)) => {
            relation.back = value.typed()?;
            relation.back_name.clear();
        }
        ("back_name", Shape::Reference(relation) | Shape::ReferenceOrWords(relation)) => {
            relation.back_name = value.typed()?;
        }
        (key, shape) => {
            let belongs = match key {
                "choices" => "choice",
                "part" | "with" => "group",
                _ => "reference",
            };
            let title = format!("`{key}` is not a word for the type `{}`; it belongs to `{belongs}`", type_word(shape));
            return value.wrong(&title, &format!("Take the line out, or write `type = \"{belongs}\"`."));
        }
    }
    Some(())
}

fn choices_of(value: Value<'_>) -> Option<Vec<Choice>> {
    const FIX: &str = "Write it like this: `choices = [{ value = \"open\", label = \"Open\", stage = \"in-force\" }]`";
    value.list("words with labels", FIX, |choice| {
        // A word alone is its own label: `choices = ["yes", "no"]`.
        let word = choice.part("value").unwrap_or(choice).node.scalar().filter(|word| !word.trim().is_empty());
        let Some(word) = word else {
            return choice.wrong("`choices` should be a list of words with labels", FIX);
        };
        Some(choice.keys(&KIND_CHOICE, |table| {
            table.knows("value");
            let label = table.get("label", Value::typed).unwrap_or_else(|| word.to_owned());
            let stage = table.get("stage", |stage| stage.choice("a stage", STAGES)).unwrap_or_default();
            let also_said = table.get("also_said", texts).unwrap_or_default();
            let called = table.get("called", Value::typed);
            let asks = table.get("asks", Value::boolean);
            let follow = table.get("follow", |follow| follow.choice("what became of something", FOLLOWS));
            Choice { value: word.to_owned(), label, stage, also_said, called, asks, follow }
        }))
    })
}

fn shape_of(value: Value<'_>) -> Option<Shape> {
    let typed = value.node.scalar().unwrap_or_default();
    let (inner, list) = match typed.strip_prefix("list of ") {
        Some(inner) => (inner, true),
        None => (typed, false),
    };
    let Some((_, shape)) = TYPES.iter().find(|(word, _)| *word == inner) else {
        let known: Vec<&str> = TYPES.iter().map(|(word, _)| *word).collect();
        return value.unknown("a type", inner, &known);
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

/// The texts of a list; a single text counts as a list of one.
pub(super) fn texts(value: Value<'_>) -> Option<Vec<String>> {
    Some(value.one_or_more(Value::typed))
}
