//! What the records hold, as JSON Schema (2020-12): `/data/minutes.schema.json`, one for each kind.
//! Input: a kind's fields. Output: their types, labels and help, and the columns that they have in tables.

use serde_json::{Map, Value as Json, json};

use super::columns::{self, OWN, OWN_OF_PART};
use super::{Export, Subject, json, whole};
use crate::kind::{Choice, Field, Kind, Shape};
use crate::language::Language;
use crate::model::{Address, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "schemas",
    summary: "Describes the records and tables of every kind (JSON Schema).",
    needs_base_url: false,
    plan,
    write,
};

fn plan(site: &Site) -> Vec<(Address, Subject)> {
    let subject = |kind| Subject::Kind { kind, table: 0, part: 1 };
    columns::kinds(site).map(|(id, kind)| (address(kind), subject(id))).collect()
}

/// The address of the schema of a kind.
pub fn address(kind: &Kind) -> Address {
    Address::file(&format!("data/{}.schema.json", kind.folder))
}

fn write(site: &Site, _: &Language, subject: Subject) -> Vec<u8> {
    let Subject::Kind { kind: id, .. } = subject else { unreachable!("only kinds are planned") };
    let kind = site.kinds.get(id);
    json::json(&json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": whole(site, &address(kind)),
        "title": kind.label_plural,
        "description": kind.help,
        "type": "object",
        "required": ["format", "kind", "documents"],
        "properties": {
            "format": { "const": columns::FORMAT },
            "schema": { "type": "string" },
            "kind": { "const": kind.name },
            "title": { "type": "string" },
            "publisher": { "type": "string" },
            "licence": { "type": "string" },
            "licence_address": { "type": "string" },
            "next": { "type": "string", "description": "Where the next part is, if there is one." },
            "documents": { "type": "array", "items": { "$ref": "#/$defs/document" } },
        },
        "additionalProperties": false,
        "$defs": {
            "document": document(kind),
            "date": date(),
            "document_or_words": document_or_words(),
            "date_or_words": { "anyOf": [{ "$ref": "#/$defs/date" }, { "$ref": "#/$defs/document_or_words" }] },
        },
    }))
}

/// An object with these members and no others.
fn object(required: &[&str], properties: &Json) -> Json {
    json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false })
}

fn document(kind: &Kind) -> Json {
    let place = Place { table: kind.folder.clone(), before: String::new(), own: &OWN };
    let mut fields = group(columns::fields(kind), &place);
    if kind.titled_by_matter && kind.field(columns::WORDS).is_none() {
        fields["properties"][columns::WORDS] = json!({ "type": "string", "description": columns::WORDS_HOLD });
    }
    let properties = json!({
        "id": { "type": "string", "description": "Stays the same." },
        "title": { "type": "string" },
        "address": { "type": "string", "description": "Where it is read." },
        "state": {
            "enum": ["public", "exempt"],
            "description": "Exempt: its text is private by law, and only the notice is public.",
        },
        "recognised": {
            "const": true,
            "description": "There if nobody marked it as a record: it was found in the text by its words.",
        },
        "recognised_fields": {
            "type": "array",
            "items": { "enum": columns::fields(kind).map(|field| &field.name).collect::<Vec<_>>() },
            "description": "The fields that nobody typed: they were found in the text by its words.",
        },
        "changed": { "$ref": "#/$defs/date", "description": "The last material change." },
        "fields": fields,
    });
    object(&["id", "title", "address", "state", "fields"], &properties)
}

fn date() -> Json {
    let properties = json!({
        "iso": {
            "type": ["string", "null"],
            "description": "As far as it is known: a day, a month or a year; a financial year as an interval; null where it is unknown.",
            "pattern": "^-?[0-9]{4,}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}-[0-9]{2}-[0-9]{2})?$",
        },
        "text": { "type": "string", "description": "As the page prints it." },
    });
    object(&["iso", "text"], &properties)
}

fn document_or_words() -> Json {
    let properties = json!({
        "id": { "type": "string", "description": "Absent where there is no page, only words." },
        "text": { "type": "string" },
        "address": { "type": "string" },
    });
    object(&["text"], &properties)
}

/// The place of a field's columns.
struct Place {
    /// The name of the table.
    table: String,
    /// The beginning of the names of the columns: the names of the groups on the way, each with a dot.
    before: String,
    /// The first columns of the table.
    own: &'static [&'static str],
}

fn group<'kind>(fields: impl Iterator<Item = &'kind Field>, place: &Place) -> Json {
    let properties: Map<String, Json> = fields.map(|field| (field.name.clone(), described(field, place))).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// The schema of a field, with its label, its help and its columns.
fn described(field: &Field, place: &Place) -> Json {
    let before = format!("{}{}.", place.before, field.name);
    let inner = match &field.shape {
        // A list of groups is a table of its own.
        Shape::List(_) if !field.parts().is_empty() => Place {
            table: format!("{}.{}", place.table, before.trim_end_matches('.')),
            before: String::new(),
            own: &OWN_OF_PART,
        },
        _ => Place { table: place.table.clone(), before, own: place.own },
    };
    let mut schema = of_shape(&field.shape, &inner);
    if let Json::Object(schema) = &mut schema {
        schema.insert("title".to_owned(), json!(field.label));
        schema.insert("description".to_owned(), json!(field.help));
        let columns = columns::names(field, &place.before);
        let columns: Vec<String> = columns.into_iter().map(|name| columns::column(name, place.own)).collect();
        let found = match columns.as_slice() {
            [] => format!("Table {}.csv", inner.table),
            columns => format!("Table {}.csv, columns {}", place.table, columns.join(", ")),
        };
        schema.insert("$comment".to_owned(), json!(found));
    }
    schema
}

fn of_shape(shape: &Shape, inner: &Place) -> Json {
    match shape {
        Shape::Text | Shape::Markdown | Shape::Address | Shape::File => json!({ "type": "string" }),
        Shape::Instant => json!({ "type": "string", "format": "date-time" }),
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Date => json!({ "$ref": "#/$defs/date" }),
        Shape::DateOrWords => json!({ "$ref": "#/$defs/date_or_words" }),
        Shape::Reference(_) | Shape::ReferenceOrWords(_) => json!({ "$ref": "#/$defs/document_or_words" }),
        Shape::Choice(choices) => of_choices(choices),
        Shape::List(each) => json!({ "type": "array", "items": of_shape(each, inner) }),
        Shape::Group(parts) => group(parts.iter(), inner),
    }
}

fn of_choices(choices: &[Choice]) -> Json {
    let values: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
    object(&["value", "text"], &json!({ "value": { "enum": values }, "text": { "type": "string" } }))
}
