//! What the head of a document says, in rows of a label and its values, made from the schema of its kind.
//!
//! Input: a document and its kind. Output: [`Fact`]s. Not here: the name of any kind or field; fields that pages show
//! in a form of their own (title, summary, files, corrections, who may see it) are known by their role.

use tera::Value;

use super::body;
use crate::html::escaped;
use crate::kind::{Field, Need, Role, Shape};
use crate::model::{AnchorId, DocumentId, Fields, RelationEnd, Value as Typed};
use crate::query::{self, Store};
use crate::view::{
    AttachmentView, Cell, Fact, NoteView, Part, PartRow, PartsView, Table, View, fragment, is_whole, label_of,
};

/// Rows for the page, and every filled field by its name.
pub struct Facts {
    /// Fields that the kind shows, in its order; expected ones also where they are absent.
    pub shown: Vec<Value>,
    /// Every filled field, so that a template can show one in a place of its own.
    pub all: Value,
}

/// The facts of a document.
#[must_use]
pub fn facts(view: &View, id: DocumentId) -> Facts {
    let document = view.document(id);
    let mut shown = Vec::new();
    let mut all = tera::Map::new();
    for field in &view.kinds().get(document.kind).fields {
        if field.role.is_some_and(has_own_form) {
            continue;
        }
        let value = document.fields.get(&field.name).filter(|value| !is_over(view, field, value));
        let fact = value.map(|value| top_fact(view, id, field, value));
        // Of a text that is private, what is not there was not forgotten.
        let missing = fact.is_none() && field.need == Need::Expected && is_whole(document);
        if let Some(mut fact) = fact.filter(|fact| !fact.is_empty()) {
            super::people::link_names(view, id, field.role, &mut fact);
            fact.long = fact.values.len() > 1 || fact.values.first().is_some_and(|value| value.html.is_some());
            let fact = Value::from_serializable(&fact);
            all.insert(field.name.clone().into(), fact.clone());
            if field.shown {
                shown.push(fact);
            }
        } else if field.shown && missing {
            shown.push(Value::from_serializable(&Fact::empty(field)));
        }
    }
    Facts { shown, all: Value::from(all) }
}

/// What one field of a document says, if it is filled.
#[must_use]
pub fn fact(view: &View, id: DocumentId, field: &Field) -> Option<Fact> {
    let value = view.document(id).fields.get(&field.name)?;
    Some(top_fact(view, id, field, value)).filter(|fact| !fact.is_empty())
}

/// What is said of the votes beside their numbers: who voted which way. Empty if nothing is.
#[must_use]
pub fn recorded_votes(view: &View, id: DocumentId) -> Vec<Fact> {
    let document = view.document(id);
    let field = view.kinds().get(document.kind).role(Role::Votes);
    let group = field.and_then(|field| Some((field, document.fields.get(&field.name)?.groups().into_iter().next()?)));
    let Some((field, group)) = group else { return Vec::new() };
    let others = field.parts().iter().filter(|part| part.shape != Shape::Integer);
    others.filter_map(|part| nested_fact(view, part, group)).collect()
}

/// A part of a decision.
pub struct Limb {
    /// Its number or letter, as printed.
    pub label: Option<String>,
    /// What it says.
    pub text: Option<Value>,
    /// What else is said of it: whom it is addressed to, by when, what they answered.
    pub facts: Vec<Fact>,
    /// The last part of its id, which no other part has.
    pub name: String,
}

impl Limb {
    /// Its words with its printed number, as HTML; `before` is what its id begins with.
    #[must_use]
    pub fn print(&self, view: &View, before: Option<&str>) -> String {
        let id = before.map(|before| format!(" id=\"{}\"", escaped(&format!("{before}.{}", self.name))));
        let label = self.label.as_ref().map(|label| format!("<span class=\"number\">{}</span> ", escaped(label)));
        let text = self.text.as_ref().and_then(Value::as_str).unwrap_or_default();
        let (id, label) = (id.unwrap_or_default(), label.unwrap_or_default());
        format!("<div class=\"limb\"{id}>{label}{text}{}</div>\n", super::records::rows(view, &self.facts))
    }
}

/// The parts of a decision.
pub fn limbs(view: &View, id: DocumentId) -> impl Iterator<Item = Limb> + '_ {
    view.parts(id).into_iter().map(move |Part { name, label, fields, schema }| {
        let text = fields.with_role(schema, Role::Summary);
        let text = text.and_then(|text| cells(view, &Shape::Markdown, text).pop()?.html);
        let said =
            [Role::Number, Role::Summary, Role::Outcome, Role::FollowUp, Role::LastHeard, Role::HeardIn].map(Some);
        let others = schema.iter().filter(|part| !said.contains(&part.role));
        let facts = others.filter_map(|part| nested_fact(view, part, fields)).collect();
        Limb { label: label.map(str::to_owned), text, facts, name }
    })
}

/// The parts of a decision as a table, for its own page; `None` if it has none.
#[must_use]
pub fn part_table(view: &View, id: DocumentId) -> Option<PartsView> {
    let parts = view.parts(id);
    let schema = parts.first()?.schema;
    let is_column = |field: &&Field| matches!(field.role, Some(Role::Outcome | Role::Addressee | Role::Due));
    let is_filled = |field: &Field| parts.iter().any(|part| nested_fact(view, field, part.fields).is_some());
    let columns: Vec<&Field> = schema.iter().filter(|field| is_column(field) && is_filled(field)).collect();
    let row = |part: &Part<'_>| {
        let text = part.fields.with_role(schema, Role::Summary);
        let values = |field: &&Field| nested_fact(view, field, part.fields).map(|fact| fact.values).unwrap_or_default();
        PartRow {
            label: part.label.map(str::to_owned),
            anchor: format!("limb-{}", part.name),
            text: text.and_then(|text| cells(view, &Shape::Markdown, text).pop()?.html),
            cells: columns.iter().map(values).collect(),
            follow: view.follow_in(id, schema, part.fields),
            answer: schema
                .iter()
                .filter(|field| is_said_beside(field))
                .filter_map(|field| nested_fact(view, field, part.fields))
                .collect(),
        }
    };
    let rows: Vec<PartRow> = parts.iter().map(row).collect();
    let became = rows.iter().any(|row| row.follow.is_some() || !row.answer.is_empty());
    Some(PartsView {
        columns: columns.iter().map(|field| field.label.clone()).collect(),
        became: became.then(|| view.language.say("followed.title", &[])),
        rows,
        quoted: view.document(id).place.as_ref().is_some_and(|place| place.wording.is_some()),
    })
}

/// Whether a field of a part has no place in its table but beside what became of it: the answer, and fields of a site's own.
fn is_said_beside(field: &Field) -> bool {
    field.role.is_none() || field.role == Some(Role::Answer)
}

/// A mistake in a record.
pub struct Correction<'site> {
    /// The place in the text that it is about, if it was found: an index into the anchors of the body.
    pub place: Option<AnchorId>,
    /// That place in the author's words.
    pub words: Option<&'site str>,
    /// What else is said of it.
    pub facts: Vec<Fact>,
}

/// The mistakes in the text of a document.
#[must_use]
pub fn corrections(view: &View, id: DocumentId) -> Vec<Correction<'_>> {
    let corrections = view.items(id, Role::Corrections).into_iter().filter_map(|(item, parts)| {
        let Typed::Group(group) = item else { return None };
        let words = group.with_role(parts, Role::Place).and_then(Typed::text);
        let others = parts.iter().filter(|part| part.role != Some(Role::Place));
        let facts = others.filter_map(|part| nested_fact(view, part, group)).collect();
        Some(Correction { place: words.and_then(|words| place_named(view, id, words)), words, facts })
    });
    corrections.collect()
}

/// The place that an author calls "Paragraph 7.13", "7.13" or "#para-7.13".
fn place_named(view: &View, id: DocumentId, words: &str) -> Option<AnchorId> {
    let anchors = &view.document(id).body.anchors;
    let words = words.trim().trim_start_matches('#');
    let find = |fits: &dyn Fn(&crate::model::Anchor) -> bool| anchors.iter().position(fits);
    let called = |anchor: &crate::model::Anchor| {
        let called = anchor.label.as_ref().and_then(|_| view.place(id, &anchor.id));
        called.is_some_and(|called| called.eq_ignore_ascii_case(words))
    };
    let found = find(&|anchor| *anchor.id == *words)
        .or_else(|| find(&called))
        .or_else(|| find(&|anchor| anchor.label.as_deref() == Some(words)));
    found.map(AnchorId::at)
}

/// The files of a document.
#[must_use]
pub fn attachments(view: &View, id: DocumentId) -> Vec<AttachmentView> {
    let items = view.items(id, Role::Attachments).into_iter();
    items.map(|(item, parts)| attachment(view, item, parts)).filter(|file| !file.title.is_empty()).collect()
}

/// The dated notes in the field with `role`: what changed, or what the record has wrong.
#[must_use]
pub fn notes(view: &View, id: DocumentId, role: Role) -> Vec<NoteView> {
    let mut notes = Vec::new();
    for (item, parts) in view.items(id, role) {
        let Typed::Group(fields) = item else {
            let fact = Fact { values: cells(view, &Shape::Text, item), ..Fact::default() };
            notes.push(NoteView { date: None, facts: vec![fact] });
            continue;
        };
        let dated = parts.iter().find(|part| part.role == Some(Role::Date));
        let date = dated.and_then(|part| match fields.get(&part.name) {
            Some(Typed::Date(date)) => view.date_of(Some(*date)),
            _ => None,
        });
        let others = parts.iter().filter(|part| Some(part.name.as_str()) != dated.map(|dated| dated.name.as_str()));
        let facts = others.filter(|part| part.role != Some(Role::Minor)).filter_map(|part| {
            let mut fact = nested_fact(view, part, fields)?;
            if part.role == Some(Role::Place) {
                fact.values.iter_mut().for_each(|value| value.href = href_of_place(view, id, &value.text));
            }
            Some(fact)
        });
        notes.push(NoteView { date, facts: facts.collect() });
    }
    if role == Role::Changes {
        // The heading has said what they are; whoever comes back looks for the last one.
        let alone = notes.iter_mut().filter_map(|note| <&mut [Fact; 1]>::try_from(&mut *note.facts).ok());
        alone.for_each(|[fact]| fact.label.clear());
        notes.sort_by(|a, b| day(b).cmp(&day(a)));
    }
    notes
}

/// As text, which sorts as days do.
fn day(note: &NoteView) -> Option<&str> {
    note.date.as_ref()?.iso.as_deref()
}

fn href_of_place(view: &View, id: DocumentId, words: &str) -> Option<String> {
    let anchor = view.document(id).body.anchor(place_named(view, id, words)?);
    Some(format!("#{}", fragment(&anchor.id)))
}

impl Fact {
    fn empty(field: &Field) -> Self {
        let (name, label) = (field.name.clone(), field.label.clone());
        Self { name, label, values: Vec::new(), table: None, long: false, above: stands_above(field) }
    }

    fn is_empty(&self) -> bool {
        self.values.is_empty() && self.table.is_none()
    }
}

/// Whether it is a word that a page may say above its title: a status, an outcome.
fn stands_above(field: &Field) -> bool {
    let choice = matches!(field.shape, Shape::Choice(_));
    choice && matches!(field.role, Some(Role::Status | Role::Outcome))
}

/// The mail address of whom to ask about a document, while that holds.
#[must_use]
pub fn contact_mail(view: &View, id: DocumentId) -> Option<&str> {
    query::contact(view, id)?.text(Role::Email).filter(|text| is_mail(text))
}

/// Fields that a page shows elsewhere, or not at all.
fn has_own_form(role: Role) -> bool {
    matches!(
        role,
        Role::Title
            | Role::Summary
            | Role::Aliases
            | Role::Attachments
            | Role::Corrections
            | Role::Changes
            | Role::Language
            | Role::Draft
            | Role::PublishAt
            | Role::Expires
            | Role::Withdrawn
            | Role::Exempt
    )
}

/// Whether a contact is gone: its part that says until when lies before the day of `as_at`.
fn is_over(view: &View, field: &Field, value: &Typed) -> bool {
    let (Some(Role::Contact), Typed::Group(parts)) = (field.role, value) else { return false };
    has_ended(view, field.parts(), parts)
}

/// Whether the part that says until when lies before the day of `as_at`.
fn has_ended(view: &View, parts: &[Field], group: &Fields) -> bool {
    let until = group.with_role(parts, Role::To).and_then(Typed::date).and_then(crate::model::Date::latest);
    until.is_some_and(|until| until < view.today())
}

/// A field of the document itself: its references were followed by `assemble`, which left out what is withheld.
fn top_fact(view: &View, id: DocumentId, field: &Field, value: &Typed) -> Fact {
    let mut fact = Fact::empty(field);
    if let Some(figures) = figures(view, id, value) {
        fact.values = vec![figures];
        return fact;
    }
    match field.role {
        _ if field.relation().is_some() => {
            let relations = view.relations(id).iter();
            let ends = relations.filter(|relation| *relation.field == *field.name).map(|relation| &relation.end);
            let papers = field.role == Some(Role::Papers);
            fact.values = ends.map(|end| if papers { paper(view, end) } else { linked(view, end) }).collect();
        }
        Some(Role::Tags) => fact.values = tags(view, value),
        Some(Role::Time) => fact.values = texts(value, |text| view.language.time(text)),
        _ => fill(view, &mut fact, &field.shape, value),
    }
    fact
}

/// A paper that was before a meeting: one that is known by its title alone is not held here.
fn paper(view: &View, end: &RelationEnd) -> Cell {
    let cell = linked(view, end);
    match end {
        RelationEnd::Document { .. } => cell,
        RelationEnd::Words(words) => {
            let note = view.language.say("attachment.not-held", &[]);
            plain(view.language.say("attachment.name", &[("title", words), ("note", &note)]))
        }
    }
}

/// A file of figures, as a table.
fn figures(view: &View, id: DocumentId, value: &Typed) -> Option<Cell> {
    let Typed::File(path) = value else { return None };
    let file = view.attachment_at(path).filter(|file| view.table(*file).is_some())?;
    let mut html = String::new();
    super::figure::drawing(view, id, file, &mut html);
    super::table::figures(view, file, &view.document(id).title, None, &mut html);
    Some(Cell { html: Some(Value::safe_string(&html)), ..Cell::default() })
}

fn nested_fact(view: &View, field: &Field, fields: &Fields) -> Option<Fact> {
    let mut fact = Fact::empty(field);
    fill(view, &mut fact, &field.shape, fields.get(&field.name)?);
    if field.role == Some(Role::Telephone) {
        fact.values.iter_mut().for_each(|cell| cell.href = view.telephone(&cell.text).href);
    }
    Some(fact).filter(|fact| !fact.is_empty())
}

fn fill(view: &View, fact: &mut Fact, shape: &Shape, value: &Typed) {
    match (shape, value) {
        (Shape::List(inner), Typed::List(items)) => match inner.as_ref() {
            Shape::Group(parts) => fact.table = table(view, parts, items.iter().map(|(item, _)| item)),
            inner => fact.values = items.iter().flat_map(|(item, _)| cells(view, inner, item)).collect(),
        },
        (Shape::List(inner), value) => fill(view, fact, inner, value),
        (shape, value) => fact.values = cells(view, shape, value),
    }
}

/// The rows of a table, those that have ended after the others: who sits on a board today comes first.
fn table<'values>(view: &View, parts: &[Field], items: impl Iterator<Item = &'values Typed>) -> Option<Table> {
    let mut groups: Vec<&Fields> = items
        .filter_map(|item| match item {
            Typed::Group(fields) => Some(fields),
            _ => None,
        })
        .collect();
    groups.sort_by_key(|group| has_ended(view, parts, group));
    let used: Vec<&Field> =
        parts.iter().filter(|part| groups.iter().any(|group| nested_fact(view, part, group).is_some())).collect();
    let row = |group: &&Fields| {
        used.iter().map(|part| nested_fact(view, part, group).map(|fact| fact.values).unwrap_or_default()).collect()
    };
    let rows: Vec<Vec<Vec<Cell>>> = groups.iter().map(row).collect();
    let columns: Vec<String> = used.iter().map(|part| part.label.clone()).collect();
    (!columns.is_empty()).then_some(Table { columns, rows })
}

/// The values of one shape that is no list. A reference that leads to nothing public leaves nothing, not even its
/// name: it may be withheld.
fn cells(view: &View, shape: &Shape, value: &Typed) -> Vec<Cell> {
    let cell = match value {
        Typed::Landed(text) => Cell { html: Some(body::of_field(view, text)), ..Cell::default() },
        Typed::Passage(host, stretch) => {
            Cell { html: Some(body::of_passage(view, *host, *stretch)), ..Cell::default() }
        }
        Typed::Markdown(_) | Typed::Stretch(_) => unreachable!("a text in a field of a site has landed"),
        Typed::Date(date) => Cell { text: view.language.date(*date), iso: date.iso(), ..Cell::default() },
        Typed::Instant(instant) => {
            let iso = crate::model::Date::Day(instant.day).iso();
            Cell { text: view.language.day(instant.day), iso, ..Cell::default() }
        }
        Typed::Boolean(yes) => plain(view.language.say(if *yes { "yes" } else { "no" }, &[])),
        Typed::Integer(number) => plain(number.to_string()),
        Typed::Choice(name) => plain(label_of(shape, name).to_owned()),
        Typed::Address(address) => {
            let href = address.contains(':').then(|| address.to_string());
            Cell { text: spoken(address).to_owned(), href, ..Cell::default() }
        }
        Typed::File(path) => match view.attachment_at(path) {
            Some(file) => file_cell(view, file),
            None => return Vec::new(),
        },
        Typed::Reference(reference) => match view.find(&reference.id) {
            Some(document) => linked(view, &RelationEnd::Document { document, anchor: reference.anchor.clone() }),
            None => return Vec::new(),
        },
        Typed::Text(text) if is_mail(text) => {
            Cell { text: text.to_string(), href: Some(format!("mailto:{text}")), ..Cell::default() }
        }
        Typed::Text(text) | Typed::Words(text) => plain(text.to_string()),
        Typed::List(items) => return items.iter().flat_map(|(item, _)| cells(view, shape, item)).collect(),
        Typed::Group(fields) => return group(view, shape, fields),
    };
    vec![cell]
}

/// An address as people write it on paper: what every one of them begins with says nothing.
fn spoken(address: &str) -> &str {
    let name = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address);
    name.strip_suffix('/').filter(|name| !name.contains('/')).unwrap_or(name)
}

fn group(view: &View, shape: &Shape, fields: &Fields) -> Vec<Cell> {
    let Shape::Group(parts) = shape else { return Vec::new() };
    let parts: Vec<Fact> = parts.iter().filter_map(|part| nested_fact(view, part, fields)).collect();
    if parts.is_empty() { Vec::new() } else { vec![Cell { parts, ..Cell::default() }] }
}

fn plain(text: String) -> Cell {
    Cell { text, ..Cell::default() }
}

/// `clerk@example.gov.uk`, and nothing else beside it.
fn is_mail(text: &str) -> bool {
    let plain = |character: char| character.is_ascii_alphanumeric() || "._%+-@".contains(character);
    text.chars().all(plain)
        && text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

fn linked(view: &View, end: &RelationEnd) -> Cell {
    let link = view.end(end);
    Cell { text: link.title, href: link.href, ..Cell::default() }
}

fn file_cell(view: &View, file: u32) -> Cell {
    let (name, href, note) = view.file(file);
    let text = view.language.say("attachment.name", &[("title", name), ("note", &note)]);
    Cell { text, href: Some(href), ..Cell::default() }
}

fn texts(value: &Typed, shown: impl Fn(&str) -> String) -> Vec<Cell> {
    match value {
        Typed::List(items) => items.iter().filter_map(|(item, _)| item.text()).map(|text| plain(shown(text))).collect(),
        value => value.text().map(|text| plain(shown(text))).into_iter().collect(),
    }
}

/// Topics lead to their lists.
fn tags(view: &View, value: &Typed) -> Vec<Cell> {
    let mut cells = texts(value, str::to_owned);
    for cell in &mut cells {
        cell.href = view.topic_href(&cell.text);
    }
    cells
}

/// A file by the roles of its parts (what the record calls it, what it is, whether it is held); the part that names a
/// file or a document is known by its value.
fn attachment(view: &View, item: &Typed, parts: &[Field]) -> AttachmentView {
    let mut shown = AttachmentView { label: None, title: String::new(), href: None, note: None, held: true };
    let mut target_title = String::new();
    match item {
        Typed::Group(fields) => {
            for part in parts {
                match (part.role, fields.get(&part.name)) {
                    (_, None) => {}
                    (Some(Role::Held), Some(Typed::Boolean(held))) => shown.held = *held,
                    (Some(Role::Number), Some(value)) => shown.label = value.text().map(str::to_owned),
                    (Some(Role::Title), Some(value)) => shown.title = value.text().unwrap_or_default().to_owned(),
                    (_, Some(value)) => target_title = target(view, &mut shown, value),
                }
            }
        }
        value => target_title = target(view, &mut shown, value),
    }
    if shown.title.is_empty() {
        shown.title = target_title;
    }
    if !shown.held {
        shown.href = None;
        shown.note = None;
    }
    shown
}

/// Fills in where a file or document is. Returns what it is called; an empty string for a document that is not public.
fn target(view: &View, shown: &mut AttachmentView, value: &Typed) -> String {
    match value {
        Typed::File(path) => {
            if let Some(file) = view.attachment_at(path) {
                let (_, href, note) = view.file(file);
                shown.href = Some(href);
                shown.note = Some(note);
            }
            path.rsplit('/').next().unwrap_or(path).to_owned()
        }
        Typed::Words(words) => words.to_string(),
        Typed::Reference(reference) => match view.find(&reference.id) {
            Some(document) => {
                let link = view.end(&RelationEnd::Document { document, anchor: reference.anchor.clone() });
                shown.href = link.href;
                shown.note = None;
                link.title
            }
            None => String::new(),
        },
        _ => String::new(),
    }
}
