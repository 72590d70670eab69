//! The manual for staff, `content/README.md`, against the kinds: its tables of fields are theirs.
//!
//! Between `<!-- fields:minutes -->` and `<!-- /fields -->` stands the table of a kind, and between `fields:every` and
//! its end what all kinds have. The tables are made here from `folkmoot::kind`; `UPDATE=1` writes them.

use std::fs;

use folkmoot::holds;
use folkmoot::kind::{Field, Kind, Kinds, Need, built_in};

use crate::difference::difference;

/// The manual.
const MANUAL: &str = "content/README.md";
/// The name of the table of what every kind has.
const EVERY: &str = "every";
/// Behind a table.
const END: &str = "<!-- /fields -->";

#[test]
fn the_manual_has_the_fields_of_the_kinds() {
    let kinds = built_in();
    let manual = fs::read_to_string(MANUAL).expect("content/README.md is there");
    let mut expected = manual.clone();
    for name in kinds.list.iter().map(|kind| kind.name.as_str()).chain([EVERY]) {
        expected = filled(&expected, name, &table(&kinds, name));
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(MANUAL, expected).expect("content/README.md can be written");
        return;
    }
    let differ = "the tables of the manual are not those of src/kind/. If src/kind/ is right: \
                  UPDATE=1 cargo test the_manual, then read the diff";
    assert!(manual == expected, "{differ}:\n{}", difference(&manual, &expected));
}

#[test]
fn the_manual_has_no_table_of_a_kind_that_is_not_there() {
    let kinds = built_in();
    let manual = fs::read_to_string(MANUAL).expect("content/README.md is there");
    let named = manual.split("<!-- fields:").skip(1).filter_map(|rest| rest.split(" -->").next());
    let strange: Vec<&str> = named.filter(|name| *name != EVERY && kinds.by_name(name).is_none()).collect();
    assert!(strange.is_empty(), "{MANUAL}: no kind is called {strange:?}");
}

/// Every example of a front matter in the manual names facts that some kind has: what staff copy must be right.
#[test]
fn the_examples_of_the_manual_name_facts_that_there_are() {
    let kinds = built_in();
    let known = |name: &str| kinds.list.iter().any(|kind| has(&kind.fields, name));
    let manual = fs::read_to_string(MANUAL).expect("content/README.md is there");
    let mut wrong = Vec::new();
    for block in manual.split("```yaml\n").skip(1) {
        let text = block.split("```").next().unwrap_or_default();
        let names =
            text.split(['\n', '{', ',']).filter_map(|piece| piece.trim().trim_start_matches("- ").split_once(": "));
        let names = names.map(|(name, _)| name).filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
        wrong.extend(names.filter(|name| !known(name)).map(str::to_owned));
    }
    assert!(wrong.is_empty(), "{MANUAL}: no kind has a fact called {wrong:?}");
}

fn has(fields: &[Field], name: &str) -> bool {
    fields.iter().any(|field| field.name == name || has(field.parts(), name))
}

/// The manual with a table in its place.
fn filled(manual: &str, name: &str, table: &str) -> String {
    let mark = format!("<!-- fields:{name} -->\n");
    let (before, rest) = manual
        .split_once(&mark)
        .unwrap_or_else(|| panic!("{MANUAL}: write {mark}{END} where the table of `{name}` goes"));
    let (_, after) = rest.split_once(END).unwrap_or_else(|| panic!("{MANUAL}: nothing ends the table of `{name}`"));
    format!("{before}{mark}{table}{END}{after}")
}

/// The fields of a kind that are its own, or said in its own way; or those that every kind has.
fn table(kinds: &Kinds, name: &str) -> String {
    let plain = kinds.list.iter().find(|kind| kind.fields.iter().all(|field| field.common));
    let every: &[Field] = plain.map_or(&[], |kind| &kind.fields);
    let own = |kind: &Kind| kind.fields.iter().filter(|field| !every.contains(field)).cloned().collect();
    let fields: Vec<Field> = match kinds.by_name(name) {
        Some(kind) => own(kinds.get(kind)),
        None => every.to_vec(),
    };
    if fields.is_empty() {
        return "It has only the facts that every page can have.\n".to_owned();
    }
    let mut table = "| Fact | On the page | What to write | It holds | Example |\n|---|---|---|---|---|\n".to_owned();
    for field in &fields {
        table.push_str(&row(kinds, field, None));
        for part in field.parts() {
            table.push_str(&row(kinds, part, Some(field)));
        }
    }
    table
}

fn row(kinds: &Kinds, field: &Field, group: Option<&Field>) -> String {
    let name = match group {
        Some(group) => format!("`{}` in `{}`", field.name, group.name),
        None => format!("`{}`", field.name),
    };
    let expected = if field.need == Need::Expected { "**Expected.** " } else { "" };
    let default = field.default.as_ref().map(|value| format!(" If you leave it out: `{value}`.")).unwrap_or_default();
    let example = format!("`{}`", field.example);
    let cells =
        [name, field.label.clone(), format!("{expected}{}{default}", field.help), holds(kinds, &field.shape), example];
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}
