//! What open data shows of a document's fields: the columns of tables and the values of records.
//!
//! Input: a kind and a document. Output: names and values that stay the same while the kind's file stays the same; they
//! are types of their own, so that the model can change and data users need not. Not here: the fields that decide who
//! may see a document, and the grammar of CSV.
//!
//! **Two columns for one field where people and machines read differently**: `date` is `2021-09`, `date.text` is
//! "September 2021"; `body` is an id, `body.text` its title. The parts of a group are `votes.for`; a list of groups is
//! a table of its own. A list of values is joined by `; `. No name of a field has a dot, so none can clash.

use std::borrow::Cow;

use serde::Serialize;

use super::plain::{self, line};
use super::{feeds, place_at, read_at, whole};
use crate::kind::{Field, Kind, KindId, Role, Shape};
use crate::language::Language;
use crate::model::{Date, Document, Entry, Exemption, Fields, Instant, Origin, Published, Reference, Site, Value};
use crate::source::{SourceId, Span};

/// The shape of the file; a change that a reader could notice makes a new number.
pub const FORMAT: &str = "folkmoot-data/1";

/// What every table begins with; a field of the same name is called `field.<name>` in tables.
pub const OWN: [&str; 6] = ["id", "title", "address", "state", "changed", "changed.text"];

/// What stands in each of [`OWN`].
pub const OWN_HOLD: [&str; 6] = [
    "Its id, which stays the same.",
    "What it is called.",
    "Where it is read.",
    "public, or exempt where its text is private by law and only the notice is public.",
    "The last material change.",
    "The same as pages print it.",
];

/// The column, and the member of a record, with the words of a document that is called by what it is about.
pub const WORDS: &str = "words";

/// What a table of a list of groups begins with.
pub const OWN_OF_PART: [&str; 3] = ["id", "title", "row"];

/// What stands in each of [`OWN_OF_PART`].
pub const OWN_OF_PART_HOLD: [&str; 3] =
    ["The id of the document in which it stands.", "What that document is called.", "Its place there, from 1."];

/// What stands in [`WORDS`].
pub const WORDS_HOLD: &str = "Its own words: its title is what it is about.";

/// What stands in a column `….text`.
pub const AS_TEXT: &str = "The same as pages print it.";

/// One table of a kind.
pub struct Table<'kind> {
    /// The fields on the way to the list of groups that it holds; empty for the documents themselves.
    pub path: Vec<&'kind Field>,
}

/// What is the same for all values of a site.
#[derive(Clone, Copy)]
pub struct View<'site> {
    /// The site.
    pub site: &'site Site,
    /// Its words.
    pub language: &'site Language,
}

impl Table<'_> {
    /// `minutes`, `priorities.cycles`: the name of its file.
    pub fn name(&self, kind: &Kind) -> String {
        self.path.iter().fold(kind.folder.clone(), |name, field| format!("{name}.{}", field.name))
    }
}

/// The tables of a kind: its documents, then each list of groups in them.
pub fn tables(kind: &Kind) -> Vec<Table<'_>> {
    let mut tables = vec![Table { path: Vec::new() }];
    lists_of_groups(fields(kind), &[], &mut tables);
    tables
}

fn lists_of_groups<'kind>(
    fields: impl Iterator<Item = &'kind Field>,
    above: &[&'kind Field],
    tables: &mut Vec<Table<'kind>>,
) {
    for field in fields {
        let path = || above.iter().copied().chain([field]).collect::<Vec<_>>();
        match &field.shape {
            Shape::Group(parts) => lists_of_groups(parts.iter(), &path(), tables),
            Shape::List(each) if matches!(**each, Shape::Group(_)) => tables.push(Table { path: path() }),
            _ => {}
        }
    }
}

/// The fields of a kind that are data. The title is every document's own; who may see it has been decided.
pub fn fields(kind: &Kind) -> impl Iterator<Item = &Field> {
    let decided = [Role::Title, Role::Draft, Role::PublishAt, Role::Expires, Role::Withdrawn];
    kind.fields.iter().filter(move |field| !field.role.is_some_and(|role| decided.contains(&role)))
}

/// Documents of a kind of which the public may see something, in the order of their ids; of several editions the present one.
pub fn documents(site: &Site, kind: KindId) -> impl Iterator<Item = &Document> {
    let documents = site.present().map(|(_, document)| document);
    documents.filter(move |document| document.kind == kind && super::is_public(document))
}

/// At most so many documents stand in one file of data: what is longer would be refused by hosts and by patience.
pub const LONGEST: usize = 5_000;

/// The documents of one part of the data of a kind, from 1.
pub fn part(site: &Site, kind: KindId, part: u32) -> impl Iterator<Item = &Document> {
    documents(site, kind).skip((part as usize).saturating_sub(1) * LONGEST).take(LONGEST)
}

/// The numbers of the parts of a kind.
pub fn parts(site: &Site, kind: KindId) -> impl Iterator<Item = u32> + use<> {
    (1..).take(documents(site, kind).count().div_ceil(LONGEST))
}

/// The words of a document that is called by what it is about, on one line.
pub fn words(site: &Site, document: &Document) -> Option<String> {
    Some(line(&crate::query::all_words(site, site.find(&document.id)?)?))
}

/// The name of a part: the first keeps the name of the whole.
pub fn part_name(name: &str, part: u32) -> String {
    if part <= 1 { name.to_owned() } else { format!("{name}-{part}") }
}

/// The kinds of which there is a document.
pub fn kinds(site: &Site) -> impl Iterator<Item = (KindId, &Kind)> {
    site.kinds.iter().filter(|(id, _)| documents(site, *id).next().is_some())
}

/// The names of the columns of a field, or of a part when `before` is the name of its group with a dot.
pub fn names(field: &Field, before: &str) -> Vec<String> {
    let name = format!("{before}{}", field.name);
    names_of(&field.shape, &name)
}

fn names_of(shape: &Shape, name: &str) -> Vec<String> {
    match shape {
        Shape::Group(parts) => parts.iter().flat_map(|part| names(part, &format!("{name}."))).collect(),
        Shape::List(each) if matches!(**each, Shape::Group(_)) => Vec::new(),
        Shape::List(each) => names_of(each, name),
        shape if has_text(shape) => vec![name.to_owned(), format!("{name}.text")],
        _ => vec![name.to_owned()],
    }
}

/// The name of a column of a field in a table that begins with the columns `own`.
pub fn column(name: String, own: &[&str]) -> String {
    if own.contains(&name.as_str()) { format!("field.{name}") } else { name }
}

/// Whether people read such a value otherwise than machines do.
fn has_text(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Date | Shape::DateOrWords | Shape::Choice(_) | Shape::Reference(_) | Shape::ReferenceOrWords(_)
    )
}

/// A scalar for machines and for people; the second one only where the two differ.
struct Scalar {
    machine: String,
    text: String,
}

impl View<'_> {
    /// What a document says in a field. `None` if a contact has lapsed; of an exempt document, why it is exempt.
    pub fn value<'document>(&self, document: &'document Document, field: &Field) -> Option<Cow<'document, Value>> {
        match (field.role, &document.published) {
            (Some(Role::Exempt), Published::Exempt(exemption)) => Some(Cow::Owned(exempt(field, exemption))),
            (Some(Role::Exempt), _) => None,
            (role, _) => {
                let value = document.fields.get(&field.name)?;
                let lapsed = role == Some(Role::Contact) && self.has_lapsed(field, value);
                (!lapsed).then_some(Cow::Borrowed(value))
            }
        }
    }

    /// A contact is shown up to the day that it names.
    fn has_lapsed(&self, field: &Field, value: &Value) -> bool {
        let until = field.part(Role::To).and_then(|part| match value {
            Value::Group(group) => group.get(&part.name),
            _ => None,
        });
        matches!(until, Some(Value::Date(date)) if date.latest().is_some_and(|last| last < self.site.as_at.day))
    }

    /// The cells of a field, as many as [`names`] gives.
    pub fn cells(&self, field: &Field, value: Option<&Value>) -> Vec<String> {
        match &field.shape {
            Shape::Group(parts) => {
                let group = value.and_then(|value| value.groups().first().copied());
                parts.iter().flat_map(|part| self.cells(part, group.and_then(|group| group.get(&part.name)))).collect()
            }
            Shape::List(each) if matches!(**each, Shape::Group(_)) => Vec::new(),
            Shape::List(each) => {
                let scalars: Vec<Scalar> = values(value).map(|value| self.scalar(each, value)).collect();
                let join = |part: fn(&Scalar) -> &str| {
                    let parts: Vec<&str> = scalars.iter().map(part).filter(|part| !part.is_empty()).collect();
                    parts.join("; ")
                };
                if has_text(each) { vec![join(|s| &s.machine), join(|s| &s.text)] } else { vec![join(|s| &s.machine)] }
            }
            shape => {
                let scalar = value.map(|value| self.scalar(shape, value));
                let (machine, text) = scalar.map(|scalar| (scalar.machine, scalar.text)).unwrap_or_default();
                if has_text(shape) { vec![machine, text] } else { vec![machine] }
            }
        }
    }

    fn scalar(&self, shape: &Shape, value: &Value) -> Scalar {
        let same = |text: String| Scalar { text: text.clone(), machine: text };
        match value {
            Value::Date(date) => Scalar { machine: iso(*date).unwrap_or_default(), text: self.language.date(*date) },
            Value::Instant(instant) => same(self.instant(instant)),
            Value::Boolean(yes) => same(yes.to_string()),
            Value::Integer(number) => same(number.to_string()),
            Value::Choice(choice) => Scalar { machine: choice.to_string(), text: label(shape, choice) },
            Value::File(path) => same(self.file(path).unwrap_or_default()),
            Value::Reference(reference) => Scalar { machine: id(reference), text: self.title(reference) },
            Value::Words(words) => Scalar { machine: String::new(), text: plain::legal(words).into_owned() },
            Value::List(_) | Value::Group(_) => same(String::new()),
            value => same(plain::value(self.site, value).unwrap_or_default()),
        }
    }

    /// Whether a record has something to say of a value.
    pub fn says(&self, value: &Value) -> bool {
        match value {
            Value::Reference(reference) => self.site.find(&reference.id).is_some(),
            Value::File(path) => self.file(path).is_some(),
            _ => true,
        }
    }

    /// The address of a document that a field names, with the place in it.
    fn address(&self, reference: &Reference) -> Option<String> {
        let target = self.site.document(self.site.find(&reference.id)?);
        Some(match &reference.anchor {
            Some(anchor) => place_at(self.site, &target.address, Some(anchor)),
            None => read_at(self.site, target),
        })
    }

    fn title(&self, reference: &Reference) -> String {
        let target = self.site.find(&reference.id);
        target.map_or_else(String::new, |target| line(&self.site.document(target).title))
    }

    /// The whole address of a file, if it is published.
    pub fn file(&self, path: &str) -> Option<String> {
        let path = format!("content/{path}");
        let found = self.site.attachments.binary_search_by(|(file, _)| file.path.as_ref().cmp(path.as_str())).ok()?;
        Some(whole(self.site, &self.site.attachments[found].1))
    }

    fn instant(&self, instant: &Instant) -> String {
        match instant.time {
            Some(_) => feeds::in_zone(self.site, instant),
            None => feeds::moment(self.site, instant.day),
        }
    }

    /// A date as a record has it.
    pub fn date(&self, date: Date) -> ShownDate {
        ShownDate { iso: iso(date), text: self.language.date(date) }
    }
}

/// A value as a record has it: lists as lists, groups as groups, what people read beside what machines read.
pub struct Shown<'value> {
    /// The site and its words.
    pub view: View<'value>,
    /// What the field holds.
    pub shape: &'value Shape,
    /// What it says.
    pub value: &'value Value,
}

/// A date.
#[derive(Serialize)]
pub struct ShownDate {
    iso: Option<String>,
    text: String,
}

#[derive(Serialize)]
struct ShownChoice<'value> {
    value: &'value str,
    text: String,
}

#[derive(Serialize)]
struct ShownDocument {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

impl Serialize for Shown<'_> {
    fn serialize<Serializer: serde::Serializer>(
        &self,
        serializer: Serializer,
    ) -> Result<Serializer::Ok, Serializer::Error> {
        let Self { view, shape, value } = *self;
        let words = |words: &str| plain::legal(words).into_owned();
        match (shape, value) {
            (Shape::List(each), value) => {
                let said = values(Some(value)).filter(|value| view.says(value));
                serializer.collect_seq(said.map(|value| Shown { view, shape: each, value }))
            }
            (Shape::Group(parts), Value::Group(group)) => {
                let said = parts
                    .iter()
                    .filter_map(|part| Some((part, group.get(&part.name).filter(|value| view.says(value))?)));
                serializer
                    .collect_map(said.map(|(part, value)| (&part.name, Shown { view, shape: &part.shape, value })))
            }
            (_, Value::Date(date)) => view.date(*date).serialize(serializer),
            (_, Value::Boolean(yes)) => serializer.serialize_bool(*yes),
            (_, Value::Integer(number)) => serializer.serialize_i64(*number),
            (_, Value::Choice(choice)) => {
                ShownChoice { value: choice, text: label(shape, choice) }.serialize(serializer)
            }
            (_, Value::Reference(reference)) => {
                let address = view.address(reference);
                ShownDocument { id: Some(id(reference)), text: view.title(reference), address }.serialize(serializer)
            }
            (_, Value::Words(text)) => {
                ShownDocument { id: None, text: words(text), address: None }.serialize(serializer)
            }
            (shape, value) => serializer.serialize_str(&view.scalar(shape, value).machine),
        }
    }
}

/// `2026-03-12`, `2021-09`, `2021`; a financial year as the interval that it is, `2015-04-01/2016-03-31`.
pub fn iso(date: Date) -> Option<String> {
    match date {
        Date::FinancialYear(_) => Some(format!("{}/{}", date.earliest()?, date.latest()?)),
        date => date.iso(),
    }
}

/// `public`, or `exempt` where only the notice is.
pub fn state(document: &Document) -> &'static str {
    match document.published {
        Published::Exempt(_) => "exempt",
        Published::Whole | Published::Tombstone(_) => "public",
    }
}

/// What may be said of an exemption, as the group that an author fills in.
fn exempt(field: &Field, exemption: &Exemption) -> Value {
    let nowhere = Span::whole(SourceId(0));
    let text = |text: &str| Value::Text(text.into());
    let value = |part: &Field| match part.role? {
        Role::Number => {
            Some(Value::List(exemption.paragraphs.iter().map(|paragraph| (text(paragraph), nowhere)).collect()))
        }
        Role::Reason => exemption.reason.as_deref().map(text),
        Role::Summary => exemption.summary.as_deref().map(text),
        _ => None,
    };
    let entries = field
        .parts()
        .iter()
        .filter_map(|part| Some((part.name.as_str().into(), value(part)?)))
        .map(|(name, value)| Entry { name, value, span: nowhere, origin: Origin::Typed });
    Value::Group(Fields(entries.collect()))
}

/// The values of a list; a single value counts as a list of one.
fn values(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let (several, one) = match value {
        Some(Value::List(list)) => (list.as_slice(), None),
        value => (&[][..], value),
    };
    several.iter().map(|(value, _)| value).chain(one)
}

fn id(reference: &Reference) -> String {
    match &reference.anchor {
        Some(anchor) => format!("{}#{anchor}", reference.id),
        None => reference.id.to_string(),
    }
}

fn label(shape: &Shape, value: &str) -> String {
    match shape {
        Shape::Choice(choices) => {
            choices.iter().find(|choice| choice.value == value).map_or(value, |choice| &choice.label).to_owned()
        }
        _ => value.to_owned(),
    }
}
