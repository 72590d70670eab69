//! What the program itself can say of kinds, fields, settings and messages, as sections beside those of the manual.
//!
//! Input: kinds, the files of settings, the codes of messages. Output: [`Section`]s, and what a field holds in words. Not here: the
//! manual, which people wrote.

use super::MANUAL;
use super::manual::{Section, fields_of, sections};
use crate::diagnostic::CODES;
use crate::kind::{Choice, Field, Kind, Kinds, Need, Relation, Shape};
use crate::model::{Setting, SettingFile, setting_files};

/// Everything that can be asked for: the manual first, then kinds of a site's own, fields, settings, messages. `explained` says more
/// of a message, by its code.
#[must_use]
pub fn reference(kinds: &Kinds, explained: impl Fn(&str) -> String) -> Vec<Section> {
    let mut all = sections(MANUAL);
    for section in &mut all {
        let of = fields_of(&section.text).and_then(|name| kinds.by_name(&name)).map(|id| kinds.get(id));
        section.names.extend(of.map(names).unwrap_or_default());
    }
    let told = |kind: &&Kind| !all.iter().any(|section| section.names.contains(&kind.name));
    let untold: Vec<Section> = kinds.list.iter().filter(told).map(|kind| of_kind(kinds, kind)).collect();
    all.extend(untold);
    let mut seen: Vec<&Field> = Vec::new();
    for (kind, field) in kinds.list.iter().flat_map(|kind| kind.fields.iter().map(move |field| (kind, field))) {
        if !seen.contains(&field) {
            seen.push(field);
            all.push(of_field(kinds, kind, field));
        }
    }
    for file in setting_files() {
        all.push(Section {
            title: format!("content/{}", file.name),
            above: vec!["Settings".to_owned()],
            names: names_of_file(&file),
            text: format!("{}\n\n{}", file.help, file.keys.iter().map(|key| of_setting(key, "")).collect::<String>()),
            by_hand: false,
        });
    }
    all.extend(CODES.iter().map(|code| Section {
        title: code.code.to_owned(),
        above: vec!["Messages".to_owned()],
        names: vec![code.code.to_owned()],
        text: explained(code.code),
        by_hand: false,
    }));
    all
}

/// A file by its name, and by its settings where it is one file.
fn names_of_file(file: &SettingFile) -> Vec<String> {
    let mut names = vec![file.name.clone(), file.name.replace(".toml", "")];
    if !file.name.contains('*') {
        names.extend(file.keys.iter().flat_map(|key| [key.name.clone(), key.name.replace('_', " ")]));
    }
    names
}

fn names(kind: &Kind) -> Vec<String> {
    vec![kind.name.clone(), kind.folder.clone(), kind.label.clone(), kind.label_plural.clone()]
}

/// A kind of which the manual does not tell: one of the site's own.
fn of_kind(kinds: &Kinds, kind: &Kind) -> Section {
    let own = kind.fields.iter().filter(|field| !field.common);
    let fields: String = own.map(|field| format!("- `{}`: {}\n", field.name, described(kinds, field))).collect();
    Section {
        title: kind.label_plural.clone(),
        above: vec!["Kinds of this site".to_owned()],
        names: names(kind),
        text: format!("{} Its files lie in `content/{}/`.\n\n{fields}", kind.help, kind.folder),
        by_hand: false,
    }
}

fn of_field(kinds: &Kinds, kind: &Kind, field: &Field) -> Section {
    let of = if field.common { "any page".to_owned() } else { kind.name.clone() };
    let parts: String =
        field.parts().iter().map(|part| format!("- `{}`: {}\n", part.name, described(kinds, part))).collect();
    Section {
        title: format!("{} ({of})", field.name),
        above: vec!["Facts at the top of a page".to_owned()],
        names: [vec![field.name.clone()], field.also_said.clone()].concat(),
        text: format!("{}\n\n{parts}", described(kinds, field)),
        by_hand: false,
    }
}

/// What to write, what it may be, what readers see it as, and an example.
fn described(kinds: &Kinds, field: &Field) -> String {
    let expected = if field.need == Need::Expected { " **Expected**: without it there is a warning." } else { "" };
    let default = field.default.as_ref().map(|value| format!(" If you leave it out: `{value}`.")).unwrap_or_default();
    format!(
        "{}{expected}{default} Readers see it as “{}”. It holds {}. As in `{}`.",
        field.help,
        field.label,
        holds(kinds, &field.shape),
        field.line()
    )
}

/// A setting, and those in it.
fn of_setting(key: &Setting, before: &str) -> String {
    let name = format!("{before}{}", key.name);
    let default = key.default.as_ref().map(|default| format!(" If nothing is said: {default}.")).unwrap_or_default();
    let example = if key.example.is_empty() { String::new() } else { format!(" As in `{}`.", key.example) };
    let inside: String = key.keys.iter().map(|key| of_setting(key, &format!("{name}."))).collect();
    format!("- `{name}`: {}{default}{example}\n{inside}", key.help)
}

/// What a field holds, in words.
///
/// # Panics
/// If a field leads to a kind that is not there.
#[must_use]
pub fn holds(kinds: &Kinds, shape: &Shape) -> String {
    match shape {
        Shape::Text => "words".to_owned(),
        Shape::Markdown => "text with marks".to_owned(),
        Shape::Date => "a date".to_owned(),
        Shape::Instant => "a date, or a date and a time".to_owned(),
        Shape::Boolean => "`true` or `false`".to_owned(),
        Shape::Integer => "a whole number".to_owned(),
        Shape::Choice(choices) => format!("one of {}", listed(choices.iter().map(choice), "or")),
        Shape::Address => "an address: `https://…`, or `/…/` on this site".to_owned(),
        Shape::File => "the name of a file".to_owned(),
        Shape::Reference(relation) => page(kinds, relation),
        Shape::ReferenceOrWords(relation) => format!("{}; or words", page(kinds, relation)),
        Shape::DateOrWords => "a date, or words".to_owned(),
        Shape::List(each) => match each.as_ref() {
            Shape::Group(_) => format!("one or more {{…}}, each with {}", parts(each)),
            each => format!("one or more: {}", holds(kinds, each)),
        },
        Shape::Group(_) => format!("{{…}} with {}", parts(shape)),
    }
}

fn choice(choice: &Choice) -> String {
    let same = choice.label.to_lowercase() == choice.value.replace('-', " ");
    if same { format!("`{}`", choice.value) } else { format!("`{}` ({})", choice.value, choice.label) }
}

fn parts(shape: &Shape) -> String {
    listed(shape.parts().iter().map(|part| format!("`{}`", part.name)), "and")
}

/// By the folders, as people type them.
fn page(kinds: &Kinds, relation: &Relation) -> String {
    if relation.to.is_empty() {
        return "any page".to_owned();
    }
    let folder = |name: &String| {
        let id = kinds.by_name(name).unwrap_or_else(|| panic!("src/kind/ names a kind `{name}` that is not there"));
        format!("`{}/`", kinds.get(id).folder)
    };
    format!("a page in {}", listed(relation.to.iter().map(folder), "or"))
}

fn listed(items: impl Iterator<Item = String>, last: &str) -> String {
    let items: Vec<String> = items.collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}
