//! Heads of documents as snippets of an editor: one types the name of a kind, and has its head to fill in.
//!
//! Input: kinds. Output: a file of snippets as Visual Studio Code reads it, and editors that took over its form. Not here: what
//! `folkmoot new` writes, which knows the site as well.

use serde_json::{Map, Value as Json, json};

use crate::kind::{Field, Kind, Kinds, Need, Role};

/// The file, as text: for each kind its usual head, and below it a snippet for each other field.
pub(super) fn snippets(kinds: &Kinds) -> String {
    let mut all = Map::new();
    for kind in &kinds.list {
        all.insert(format!("{}: head", kind.label), head(kind));
    }
    let mut seen: Vec<&Field> = Vec::new();
    for (kind, field) in kinds.list.iter().flat_map(|kind| kind.fields.iter().map(move |field| (kind, field))) {
        let known = |other: &&Field| other.name == field.name && other.help == field.help;
        if !seen.iter().any(known) {
            seen.push(field);
            let of = if field.common { "any page" } else { kind.name.as_str() };
            all.insert(format!("{} ({of})", field.name), one_field(field));
        }
    }
    let text = serde_json::to_string_pretty(&Json::Object(all));
    text.unwrap_or_else(|error| unreachable!("snippets are JSON: {error}")) + "\n"
}

fn head(kind: &Kind) -> Json {
    let mut lines = vec!["---".to_owned()];
    lines.extend(kind.role(Role::Draft).map(|field| format!("{}: true", field.name)));
    let is_usual =
        |field: &&Field| field.role == Some(Role::Title) || field.need == Need::Expected || has_status(field);
    for (number, field) in (1..).zip(kind.fields.iter().filter(is_usual)) {
        lines.push(format!("{}: {}", field.name, place(number, field)));
    }
    lines.extend(["---".to_owned(), "$0".to_owned()]);
    json!({ "scope": "markdown", "prefix": kind.name, "description": kind.help, "body": lines })
}

fn has_status(field: &Field) -> bool {
    field.role == Some(Role::Status)
}

fn one_field(field: &Field) -> Json {
    json!({
        "scope": "markdown",
        "prefix": format!("{}:", field.name),
        "description": field.help,
        "body": [format!("{}: {}", field.name, place(1, field))],
    })
}

/// A place to type in: a choice of words, or the example.
fn place(number: usize, field: &Field) -> String {
    let choices: Vec<String> =
        field.choices().iter().map(|choice| escaped(&choice.value, &['\\', '$', '}', ',', '|'])).collect();
    match field.parts() {
        [] if !choices.is_empty() => format!("${{{number}|{}|}}", choices.join(",")),
        _ => format!("${{{number}:{}}}", escaped(&field.example, &['\\', '$', '}'])),
    }
}

fn escaped(text: &str, signs: &[char]) -> String {
    text.chars().flat_map(|sign| signs.contains(&sign).then_some('\\').into_iter().chain([sign])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::built_in;

    #[test]
    fn every_kind_has_a_head_and_no_sign_of_an_example_is_taken_for_one_of_the_editor() {
        let kinds = built_in();
        let text = snippets(&kinds);
        let json: Json = serde_json::from_str(&text).expect("it is JSON");
        for kind in &kinds.list {
            let head = &json[format!("{}: head", kind.label)];
            assert_eq!(head["prefix"], kind.name);
            assert_eq!(head["body"][0], "---");
        }
        assert!(text.contains("${1|agenda,unconfirmed,agreed,signed,cancelled|}"), "{text}");
        let contact = &json["contact (any page)"]["body"][0];
        assert_eq!(contact, "contact: ${1:{post: Clerk to the committee, email: clerk@example.gov.uk\\}}");
    }
}
