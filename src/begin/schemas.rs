//! JSON Schemas of the files of tables, for editors: which keys there are, what each is for, what may stand there.
//!
//! Input: [`SettingFile`]s, and the codes of messages. Output: JSON Schema (draft 7, which every editor knows). Not here: the
//! schemas of the open data (`export/schemas.rs`).

use serde_json::{Map, Value as Json, json};

use crate::diagnostic::{CODES, Severity};
use crate::model::{Holds, List, Setting, SettingFile};

/// The schema of a file, as text.
pub(super) fn schema(file: &SettingFile) -> String {
    let mut schema = table(&file.keys);
    if let (Some(others), Json::Object(schema)) = (file.others, &mut schema) {
        schema.insert("additionalProperties".to_owned(), value(others));
    }
    let mut whole = Map::new();
    whole.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    whole.insert("title".to_owned(), json!(file.name));
    whole.insert("description".to_owned(), json!(file.help));
    if let Json::Object(schema) = schema {
        whole.extend(schema);
    }
    let text = serde_json::to_string_pretty(&Json::Object(whole));
    text.unwrap_or_else(|error| unreachable!("a schema is JSON: {error}")) + "\n"
}

fn table(keys: &[Setting]) -> Json {
    let properties: Map<String, Json> = keys.iter().map(|key| (key.name.clone(), of(key))).collect();
    let needed: Vec<&str> = keys.iter().filter(|key| key.needed).map(|key| key.name.as_str()).collect();
    json!({ "type": "object", "properties": properties, "required": needed, "additionalProperties": false })
}

fn of(key: &Setting) -> Json {
    let one = match key.holds {
        Holds::Table => table(&key.keys),
        Holds::Tables => json!({ "type": "object", "additionalProperties": table(&key.keys) }),
        Holds::TableOrText => json!({ "anyOf": [table(&key.keys), { "type": "string" }] }),
        Holds::Choice => json!({ "enum": key.choices }),
        holds => value(holds),
    };
    let list = || json!({ "type": "array", "items": one });
    let mut schema = match key.list {
        List::No => one.clone(),
        List::Yes => list(),
        List::Either => json!({ "anyOf": [one, list()] }),
    };
    if let Json::Object(schema) = &mut schema {
        let default =
            key.default.as_ref().map(|default| format!(" If nothing is said: {default}.")).unwrap_or_default();
        let example =
            if key.example.is_empty() { String::new() } else { format!("\n\n{} = {}", key.name, key.example) };
        schema.insert("description".to_owned(), json!(format!("{}{default}{example}", key.help)));
    }
    schema
}

fn value(holds: Holds) -> Json {
    match holds {
        Holds::Boolean => json!({ "type": "boolean" }),
        Holds::Integer => json!({ "type": "integer", "minimum": 1 }),
        Holds::Address => json!({ "type": "string", "pattern": "^https?://" }),
        Holds::Email => json!({ "type": "string", "pattern": "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$" }),
        Holds::Checksum => json!({ "type": "string", "pattern": "^[0-9A-Fa-f]{32}$" }),
        Holds::Levels => levels(),
        Holds::OpenTable => json!({ "type": "object" }),
        Holds::Lists => {
            let words = json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] });
            json!({ "type": "object", "additionalProperties": words })
        }
        Holds::Text
        | Holds::Day
        | Holds::Colour
        | Holds::Picture
        | Holds::Choice
        | Holds::Table
        | Holds::Tables
        | Holds::TableOrText => {
            json!({ "type": "string", "minLength": 1 })
        }
    }
}

/// The codes whose levels may be changed, each with what it reports.
fn levels() -> Json {
    let words: Vec<&str> =
        [Severity::Error, Severity::Warning, Severity::Note].map(Severity::word).into_iter().chain(["off"]).collect();
    let codes = CODES.iter().filter(|code| !code.guards);
    let properties: Map<String, Json> =
        codes.map(|code| (code.code.to_owned(), json!({ "enum": words, "description": code.summary }))).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}
