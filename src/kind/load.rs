//! Reads the files of this folder, and a site's own, into [`Kinds`].
//!
//! Input: TOML. Output: kinds with their own fields first and then those that every kind has. A site's file extends the
//! kind of its name: it adds fields and changes labels, help, choices and needs; it removes nothing.
//! Not here: what one field may say (`field.rs`).

use super::field::{is_name, lay_fields, lay_sets, texts};
use super::scaffold::scaffold;
use super::{Field, Kind, Kinds, ListBy, Order, Role};
use crate::data::{Node, Pair, Raw, Table, Value, toml_file};
use crate::diagnostic::{Diagnostics, KIND};
use crate::source::{SourceId, Span};

/// The kinds that are built in, as (file name, text), in the order of menus.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("priority.toml", include_str!("priority.toml")),
    ("strategy.toml", include_str!("strategy.toml")),
    ("minutes.toml", include_str!("minutes.toml")),
    ("resolution.toml", include_str!("resolution.toml")),
    ("report.toml", include_str!("report.toml")),
    ("consultation.toml", include_str!("consultation.toml")),
    ("news.toml", include_str!("news.toml")),
    ("assessment.toml", include_str!("assessment.toml")),
    ("indicator.toml", include_str!("indicator.toml")),
    ("initiative.toml", include_str!("initiative.toml")),
    ("body.toml", include_str!("body.toml")),
    ("organisation.toml", include_str!("organisation.toml")),
    ("contact.toml", include_str!("contact.toml")),
    ("area.toml", include_str!("area.toml")),
    ("person.toml", include_str!("person.toml")),
    ("page.toml", include_str!("page.toml")),
    ("item.toml", include_str!("item.toml")),
    ("action.toml", include_str!("action.toml")),
];

/// The fields that every kind has, as (file name, text).
pub const EVERY: (&str, &str) = ("every.toml", include_str!("every.toml"));

/// Folders below `content/` that mean something else.
const NO_KINDS: &[&str] = &["addresses", "kinds"];

const ORDERS: &[(&str, Order)] =
    &[("newest", Order::Newest), ("title", Order::Title), ("number", Order::Number), ("due", Order::Due)];

const LISTS: &[(&str, ListBy)] = &[
    ("body", ListBy::Body),
    ("year", ListBy::Year),
    ("letter", ListBy::Letter),
    ("outcome", ListBy::Outcome),
    ("status", ListBy::Status),
    ("follow-up", ListBy::FollowUp),
    ("area", ListBy::Area),
];

/// One `content/kinds/<kind>.toml`.
#[derive(Debug, Clone, Copy)]
pub struct KindFile<'text> {
    /// The file as a source.
    pub source: SourceId,
    /// Its path; the file has the name of the kind.
    pub path: &'text str,
    /// The text of the file.
    pub text: &'text str,
}

/// The kinds that are built in.
///
/// # Panics
/// If one of this folder's files is wrong, which is our bug.
#[must_use]
pub fn built_in() -> Kinds {
    let mut diagnostics = Diagnostics::new();
    let common = common(&mut diagnostics);
    let mut kinds = Kinds { list: Vec::new() };
    let files = BUILT_IN.iter().map(|(path, text)| KindFile { source: SourceId(0), path, text });
    lay(&mut kinds, &common, files, &[], &mut diagnostics);
    if let Some(diagnostic) = diagnostics.iter().next() {
        panic!("a built-in kind is wrong at {:?}: {}. {}", diagnostic.span, diagnostic.title, diagnostic.fix);
    }
    kinds
}

/// Extends `kinds` by a site's own files: all of them together, so that one may refer to the kind of another. No new kind
/// may have a folder that is `reserved`: the first part of an address that the site itself uses.
pub fn extend(kinds: &mut Kinds, files: &[KindFile<'_>], reserved: &[&str], diagnostics: &mut Diagnostics) {
    lay(kinds, &common(&mut Diagnostics::new()), files.iter().copied(), reserved, diagnostics);
}

/// The fields that every kind has.
fn common(diagnostics: &mut Diagnostics) -> Vec<Field> {
    let mut fields = Vec::new();
    if let Some(node) = toml_file(EVERY.1, SourceId(0), "broken-kind", diagnostics) {
        Table::read(&node, &KIND, diagnostics, |table| table.get("field", |list| lay_fields(list, &mut fields, true)));
    }
    fields
}

/// Reads every file, then checks that the kinds which they name exist.
fn lay<'text>(
    kinds: &mut Kinds,
    common: &[Field],
    files: impl Iterator<Item = KindFile<'text>>,
    reserved: &[&str],
    diagnostics: &mut Diagnostics,
) {
    let mut named = Vec::new();
    for file in files {
        let Some(node) = toml_file(file.text, file.source, "broken-kind", diagnostics) else { continue };
        let Some(index) = place_of(kinds, common, &node, file, diagnostics) else { continue };
        let folder = kinds.list[index].folder.clone();
        let kind = &mut kinds.list[index];
        Table::read(&node, &KIND, diagnostics, |table| fill(table, kind));
        check_fields_named(&node, kind, diagnostics);
        if kind.folder != folder || folder.is_empty() {
            check_folder(kinds, index, &node, reserved, diagnostics);
        }
        names_of_kinds(&node, &mut named);
    }
    for (name, span) in named {
        if kinds.by_name(&name).is_none() {
            let known: Vec<&str> = kinds.list.iter().map(|kind| kind.name.as_str()).collect();
            diagnostics.unknown_word(&KIND, span, "a kind", &name, &known);
        }
    }
}

/// The index of the kind that a file is about: an existing one, or a new one with the fields that every kind has.
/// `None`, with a diagnostic, if the file and its kind cannot have their names.
fn place_of(
    kinds: &mut Kinds,
    common: &[Field],
    node: &Node,
    file: KindFile<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    let stem = file.path.rsplit('/').next().unwrap_or(file.path).trim_end_matches(".toml");
    if let Some(name) = node.get("name")
        && name.scalar() != Some(stem)
    {
        diagnostics.kind_other_name(name.span, name.scalar().unwrap_or_default(), stem);
        return None;
    }
    if let Some(index) = kinds.list.iter().position(|kind| kind.name == stem) {
        return Some(index);
    }
    let whole = Span::whole(file.source);
    if !is_slug(stem) || stem == EVERY.0.trim_end_matches(".toml") {
        diagnostics.kind_bad_name(whole, stem, "project");
        return None;
    }
    for (key, example) in [("folder", "\"projects\""), ("label", "\"Project\""), ("label_plural", "\"Projects\"")] {
        if node.get(key).is_none() {
            diagnostics.kind_missing(whole, &format!("The kind `{stem}`"), key, example);
        }
    }
    kinds.list.push(empty(stem, common));
    Some(kinds.list.len() - 1)
}

/// A kind with its name and the common fields, before its file is read.
fn empty(name: &str, common: &[Field]) -> Kind {
    Kind {
        name: name.to_owned(),
        label: name.to_owned(),
        label_plural: name.to_owned(),
        page: true,
        folder_in_address: true,
        template: "document".to_owned(),
        fields: common.to_vec(),
        ..Kind::default()
    }
}

fn is_slug(name: &str) -> bool {
    is_name(name, b'-') && !name.ends_with('-')
}

/// Sets everything that the file says about the kind. A message lists the keys in this order.
fn fill(table: &mut Table<'_>, kind: &mut Kind) {
    table.knows("name");
    table.set("folder", &mut kind.folder, Value::typed);
    table.set("label", &mut kind.label, Value::typed);
    table.set("label_plural", &mut kind.label_plural, Value::typed);
    table.set("help", &mut kind.help, Value::typed);
    table.set("page", &mut kind.page, Value::boolean);
    table.set("page_of_file", &mut kind.page_of_file, Value::boolean);
    table.set("folder_in_address", &mut kind.folder_in_address, Value::boolean);
    table.set("template", &mut kind.template, Value::typed);
    table.set("order", &mut kind.order, |value| value.choice("an order", ORDERS));
    table.set("lists", &mut kind.lists, |value| Some(value.one_or_more(|list| list.choice("a list", LISTS))));
    table.set("in_menu", &mut kind.in_menu, Value::boolean);
    table.set("feed", &mut kind.feed, Value::boolean);
    table.set("thread", &mut kind.thread, Value::boolean);
    table.set("editions", &mut kind.editions, Value::boolean);
    table.set("calendar", &mut kind.calendar, Value::boolean);
    table.set("sensitive", &mut kind.sensitive, Value::boolean);
    table.set("schema_org", &mut kind.schema_org, Value::typed);
    table.set("opens_with", &mut kind.opens_with, texts);
    table.set("search_words", &mut kind.search_words, texts);
    table.set("facet", &mut kind.facet, Value::boolean);
    table.set("verbs", &mut kind.verbs, verbs_of);
    table.set("sentence_words", &mut kind.sentence_words, texts);
    table.set("heading_kind", &mut kind.heading_kind, Value::typed);
    table.set("looks_back", &mut kind.looks_back, Value::boolean);
    table.set("numbers_paragraphs", &mut kind.numbers_paragraphs, Value::boolean);
    table.set("titled_by_matter", &mut kind.titled_by_matter, Value::boolean);
    table.set("number_words", &mut kind.number_words, texts);
    table.set("of_meeting", &mut kind.of_meeting, Value::boolean);
    table.set("folder_names", &mut kind.folder_names, Value::typed);
    table.set("inside_kind", &mut kind.inside_kind, Value::typed);
    table.set("beside_kind", &mut kind.beside_kind, Value::typed);
    table.set("inside_of", &mut kind.inside_of, Value::typed);
    kind.also_said.extend(table.get("also_said", texts).unwrap_or_default());
    table.get("new", |value| scaffold(value, &mut kind.new));
    table.get("with", |sets| lay_sets(sets, &mut kind.fields, false));
    table.get("field", |fields| lay_fields(fields, &mut kind.fields, false));
}

/// The key of `[verbs]` below which stand the verbs that say that nothing is known of the outcome.
const NO_OUTCOME: &str = "none";

/// The verbs of `verbs = { noted = ["noted", "note"] }`, each with the outcome that it stands for; those of `none` stand
/// for an empty one.
fn verbs_of(value: Value<'_>) -> Option<Vec<(String, String)>> {
    let outcomes =
        value.pairs("a table of outcomes", "Write it like this: `verbs = { noted = [\"noted\", \"note\"] }`");
    let verbs = |(outcome, verbs): (&Pair, Value<'_>)| {
        let verbs = verbs.one_or_more(Value::typed);
        let outcome = if outcome.key == NO_OUTCOME { "" } else { outcome.key.as_str() };
        verbs.into_iter().map(|verb| (verb, outcome.to_owned())).collect::<Vec<_>>()
    };
    Some(outcomes.into_iter().flat_map(verbs).collect())
}

/// Checks that the kind has the fields, outcomes and statuses that its file names.
fn check_fields_named(node: &Node, kind: &Kind, diagnostics: &mut Diagnostics) {
    let known: Vec<&str> =
        kind.fields.iter().filter(|field| field.relation().is_some()).map(|f| f.name.as_str()).collect();
    for key in ["folder_names", "inside_of"] {
        if let Some(value) = node.get(key)
            && let Some(name) = value.scalar()
            && !known.contains(&name)
        {
            let what = "a field of this kind that refers to documents";
            diagnostics.unknown_word(&KIND, value.span, what, name, &known);
        }
    }
    let outcomes: Vec<&str> = kind.fields.iter().flat_map(Field::choices).map(|choice| choice.value.as_str()).collect();
    for Pair { key, key_span, .. } in node.get("verbs").map(Node::pairs).unwrap_or_default() {
        if key != NO_OUTCOME && !outcomes.contains(&key.as_str()) {
            diagnostics.unknown_word(&KIND, *key_span, "an outcome of this kind", key, &outcomes);
        }
    }
    let statuses = kind.role(Role::Status).map(Field::choices).unwrap_or_default();
    let statuses: Vec<&str> = statuses.iter().map(|choice| choice.value.as_str()).collect();
    let tables = match node.get("field").map(|fields| &fields.value) {
        Some(Raw::List(tables)) => tables.as_slice(),
        _ => &[],
    };
    for value in tables.iter().filter_map(|table| table.get("implies")) {
        if let Some(word) = value.scalar().filter(|word| !statuses.contains(word)) {
            diagnostics.unknown_word(&KIND, value.span, "a status of this kind", word, &statuses);
        }
    }
}

/// Checks that the folder of the kind `index` is a name, is not reserved, and belongs to no other kind.
fn check_folder(kinds: &Kinds, index: usize, node: &Node, reserved: &[&str], diagnostics: &mut Diagnostics) {
    let Some(value) = node.get("folder") else { return };
    let folder = &kinds.list[index].folder;
    let other = kinds.list.iter().enumerate().find(|(other, kind)| *other != index && kind.folder == *folder);
    if !is_slug(folder) {
        diagnostics.kind_bad_name(value.span, folder, "projects");
    } else if NO_KINDS.iter().chain(reserved).any(|name| name == folder) {
        diagnostics.kind_folder_reserved(value.span, folder);
    } else if let Some((_, other)) = other {
        diagnostics.kind_folder_taken(value.span, folder, &other.name);
    }
}

/// Adds to `named` every name of a kind in a file, with its place.
fn names_of_kinds(node: &Node, named: &mut Vec<(String, Span)>) {
    let mut note = |node: Option<&Node>| {
        let items = node.map(|node| match &node.value {
            Raw::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        });
        let names = items.unwrap_or_default().iter();
        named.extend(names.filter_map(|item| Some((item.scalar()?.to_owned(), item.span))));
    };
    for key in ["heading_kind", "inside_kind", "beside_kind", "to"] {
        note(node.get(key));
    }
    for key in ["field", "part"] {
        if let Some(Node { value: Raw::List(tables), .. }) = node.get(key) {
            tables.iter().for_each(|table| names_of_kinds(table, named));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::nearest;
    use crate::kind::{Need, Shape};

    fn all_fields(fields: &[Field]) -> Vec<&Field> {
        fields.iter().flat_map(|field| std::iter::once(field).chain(all_fields(field.parts()))).collect()
    }

    #[test]
    fn every_built_in_kind_is_whole() {
        let kinds = built_in();
        assert_eq!(kinds.list.len(), 18);
        for kind in &kinds.list {
            for role in [
                Role::Title,
                Role::Summary,
                Role::Owner,
                Role::About,
                Role::Tags,
                Role::Area,
                Role::Contact,
                Role::Attachments,
                Role::Corrections,
                Role::Changes,
                Role::Review,
                Role::Language,
                Role::Aliases,
                Role::Draft,
                Role::PublishAt,
                Role::Expires,
                Role::Withdrawn,
                Role::Exempt,
            ] {
                assert!(kind.role(role).is_some(), "{} has no field for {role:?}", kind.name);
            }
            assert!(!kind.help.is_empty() && !kind.folder.is_empty() && !kind.label_plural.is_empty(), "{}", kind.name);
            for field in all_fields(&kind.fields) {
                let place = format!("{}.{}", kind.name, field.name);
                assert!(!field.help.is_empty() && !field.example.is_empty(), "{place} has no help or example");
                assert!(!field.label.contains('_') && field.label != field.name, "{place} has no label");
                assert_eq!(field.need == Need::Expected, !field.why.is_empty(), "{place}: need and why go together");
                if let Some(default) = &field.default
                    && let Shape::Choice(choices) = &field.shape
                {
                    assert!(choices.iter().any(|choice| choice.value == *default), "{place}: {default}");
                }
                let words = field.choices().iter().flat_map(|choice| &choice.also_said);
                assert!(words.clone().all(|word| field.choice(word).is_none()), "{place}: a word means two choices");
                if let Some(implied) = &field.implies {
                    let status = kind.role(Role::Status).and_then(|status| status.choice(implied));
                    assert!(status.is_some(), "{place}: {implied}");
                }
                for name in &field.also_said {
                    assert!(
                        nearest(name, ["draft", "exempt"]).is_none(),
                        "{place}: {name} is too near a key that withholds"
                    );
                }
            }
        }
    }

    #[test]
    fn kinds_say_what_the_stages_ask() {
        let kinds = built_in();
        let kind = |name: &str| kinds.get(kinds.by_name(name).expect("it is built in"));
        for (name, role, field) in [
            ("minutes", Role::Date, "date"),
            ("minutes", Role::Body, "body"),
            ("minutes", Role::Status, "status"),
            ("minutes", Role::Time, "time"),
            ("minutes", Role::Place, "venue"),
            ("strategy", Role::From, "from"),
            ("strategy", Role::To, "to"),
            ("strategy", Role::Status, "status"),
            ("strategy", Role::Replaces, "supersedes"),
            ("priority", Role::Periods, "cycles"),
            ("resolution", Role::Outcome, "outcome"),
            ("resolution", Role::Number, "number"),
            ("resolution", Role::Mover, "moved_by"),
            ("resolution", Role::Seconder, "seconded_by"),
            ("resolution", Role::Successor, "superseded_by"),
            ("action", Role::Due, "due"),
            ("action", Role::Owner, "by"),
            ("item", Role::Number, "agenda_number"),
            ("consultation", Role::From, "opens"),
            ("consultation", Role::Due, "closes"),
            ("body", Role::From, "from"),
            ("report", Role::Date, "date"),
            ("news", Role::Date, "date"),
        ] {
            assert_eq!(kind(name).role(role).map(|field| field.name.as_str()), Some(field), "{name} {role:?}");
        }
        assert_eq!(kind("minutes").folder_names.as_deref(), Some("body"));
        assert_eq!(kind("minutes").inside_kind.as_deref(), Some("item"));
        assert_eq!(kind("item").inside_of.as_deref(), Some("meeting"));
        assert!(!kind("page").folder_in_address && !kind("item").page && !kind("action").page);
        assert_eq!(
            kind("consultation").field("about").and_then(Field::relation).map(|r| r.back.as_str()),
            Some("Consultations")
        );
        assert!(kind("resolution").verbs.contains(&("endorse".into(), "endorsed".into())));
        assert!(kind("resolution").verbs.contains(&("asked".into(), String::new())));
        assert_eq!(kind("minutes").field("status").map(|field| field.choices().len()), Some(5));
    }

    fn extended(files: &[(&str, &str)]) -> (Kinds, Vec<String>) {
        let mut kinds = built_in();
        let mut diagnostics = Diagnostics::new();
        let files: Vec<KindFile<'_>> =
            files.iter().map(|(path, text)| KindFile { source: SourceId(0), path, text }).collect();
        extend(&mut kinds, &files, &["search"], &mut diagnostics);
        (kinds, diagnostics.iter().map(|diagnostic| diagnostic.title.to_string()).collect())
    }

    #[test]
    fn a_site_adds_and_changes() {
        let project = "folder = 'projects'\nlabel = 'Project'\nlabel_plural = 'Projects'\n[[field]]\nname = 'grant'\n\
            label = 'Grant'\ntype = 'reference-or-words'\nexample = 'grants/a'\nto = ['grant']\nback = 'Pays for'";
        let grant = "folder = 'grants'\nlabel = 'Grant'\nlabel_plural = 'Grants'";
        let minutes = "label = 'Meeting'\n[[field]]\nname = 'venue'\nneed = 'expected'\nwhy = 'A resident needs it'\n\
            [[field]]\nname = 'quorum'\nlabel = 'Quorum'\ntype = 'integer'\nexample = '4'";
        let (kinds, said) = extended(&[
            ("content/kinds/project.toml", project),
            ("content/kinds/grant.toml", grant),
            ("content/kinds/minutes.toml", minutes),
        ]);
        assert_eq!(said, [""; 0]);
        let minutes = kinds.get(kinds.by_name("minutes").expect("it is there"));
        let venue = minutes.field("venue").expect("it is there");
        assert_eq!((minutes.label.as_str(), venue.need, venue.label.as_str()), ("Meeting", Need::Expected, "Where"));
        let own = minutes.fields.iter().position(|field| field.name == "quorum");
        assert!(own < minutes.fields.iter().position(|field| field.common), "own fields stand first");
        let project = kinds.get(kinds.by_folder("projects").expect("it is there"));
        assert_eq!(project.field("grant").and_then(Field::relation).map(|r| r.back_name.as_str()), Some("pays_for"));
    }

    #[test]
    fn a_wrong_kind_is_said_in_plain_words() {
        let new = "folder = 'projects'\nlabel = 'P'\nlabel_plural = 'P'\n";
        for (path, text, said) in [
            ("project.toml", "label = 'Project'", "The kind `project` has no `folder`"),
            (
                "project.toml",
                "folder = 'minutes'\nlabel = 'P'\nlabel_plural = 'P'",
                "The folder `minutes` belongs to the kind `minutes` already",
            ),
            (
                "project.toml",
                "folder = 'search'\nlabel = 'P'\nlabel_plural = 'P'",
                "The folder `search` is used by the site itself",
            ),
            (
                "project.toml",
                "folder = 'My projects'\nlabel = 'P'\nlabel_plural = 'P'",
                "`My projects` cannot be a name here",
            ),
            ("Project.toml", new, "`Project` cannot be a name here"),
            ("project.toml", "name = 'plan'", "This file is called `project.toml`, and its kind `plan`"),
            ("minutes.toml", "lable = 'x'", "`lable` is not a word that describes a kind"),
            ("minutes.toml", "feed = 'yes'", "`feed` should be `true` or `false`, without quotes"),
            ("minutes.toml", "order = 'oldest'", "`oldest` is not an order"),
            ("minutes.toml", "field = 'x'", "`field` should be a list of tables"),
            ("minutes.toml", "[[field]]\nlabel = 'x'", "This field has no `name`"),
            ("minutes.toml", "[[field]]\nname = 'Big room'", "`Big room` cannot be a name here"),
            (
                "minutes.toml",
                "[[field]]\nname = 'venue'\ntype = 'date'",
                "The field `venue` is there already, and its type cannot be changed",
            ),
            (
                "minutes.toml",
                "[[field]]\nname = 'room'\nlabel = 'Room'\ntype = 'txt'\nexample = 'x'",
                "`txt` is not a type",
            ),
            ("minutes.toml", "[[field]]\nname = 'venue'\nrole = 'plaice'", "`plaice` is not a role"),
            (
                "minutes.toml",
                "[[field]]\nname = 'venue'\n[[field]]\nname = 'venue'",
                "The field `venue` is described twice",
            ),
            ("minutes.toml", "[[field]]\nname = 'body'\nto = ['bodies']", "`bodies` is not a kind"),
            (
                "minutes.toml",
                "[[field]]\nname = 'venue'\nto = ['body']",
                "`to` is not a word for the type `text`; it belongs to `reference`",
            ),
            (
                "minutes.toml",
                "[[field]]\nname = 'draft'\nrole = 'tags'",
                "The field `draft` cannot have another role here",
            ),
            (
                "minutes.toml",
                "[[field]]\nname = 'hide'\nlabel = 'Hide'\ntype = 'boolean'\nexample = 'true'\nrole = 'draft'",
                "The field `hide` cannot have another role here",
            ),
            ("minutes.toml", "folder_names = 'bdy'", "`bdy` is not a field of this kind that refers to documents"),
            (
                "minutes.toml",
                "[[field]]\nname = 'agreed_at'\nimplies = 'agred'",
                "`agred` is not a status of this kind",
            ),
            ("minutes.toml", "label", "This line has no name, no `=` or no value"),
        ] {
            assert_eq!(extended(&[(path, text)]).1.first().map(String::as_str), Some(said), "{text}");
        }
    }
}
