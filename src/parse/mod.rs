//! One file → what its own words say of it: [`Parsed`], and [`Withheld`] beside it. Never fails: what cannot be
//! understood is a diagnostic, and what may not be shown is kept back here, before any other stage exists.
//!
//! Input: the bytes of one file, its path, the kinds and the settings. Output: a [`ParsedFile`].
//! Not here: every other document (`assemble` binds them), who may see this one (`disclosure`, which this room calls),
//! the clock.

mod accessibility;
mod attendance;
mod branding;
pub mod checked;
pub mod config;
mod context;
mod day;
mod folders;
mod front_matter;
mod head;
mod known;
mod neighbours;
pub mod old;
pub mod people;
mod place;
pub mod postcodes;
mod records;
mod settings;
mod targets;
pub mod terms;
pub mod words;
mod worked_out;

pub use context::Context;
pub use known::parse_or_recall;
pub use neighbours::Neighbours;

use std::sync::Arc;

use crate::compose::{self, Dialect};
use crate::data::Node;
use crate::diagnostic::Diagnostics;
use crate::disclosure::Decision;
use crate::kind::{Kind, Role};
use crate::language::is_tag;
use crate::model::{Date, Fields, Looked, Met, Parsed, PrivateList, Value, Why, Withheld, id_of, slug};
use crate::recognise::facts::Facts;
use crate::source::{NotText, SourceError, SourceId, Span};

use context::FieldTexts;
use place::Place;

/// What one file gave.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct ParsedFile {
    /// What may be shown of it, as far as the file itself can tell: the document, then the records in its text.
    pub parsed: Vec<Parsed>,
    /// What may not.
    pub withheld: Vec<Withheld>,
    /// What an author should mend.
    pub diagnostics: Diagnostics,
    /// What it lists as not for everybody, for other files of its meeting.
    pub lists: Option<PrivateList>,
    /// Its meeting, if one speaks in it.
    pub met: Option<Met>,
}

/// Parses the Markdown file `source`, whose `bytes` were read (or not).
#[must_use]
pub fn parse(source: SourceId, bytes: Result<Vec<u8>, SourceError>, context: &Context<'_>) -> ParsedFile {
    let mut diagnostics = Diagnostics::new();
    let place = Place::of(source, context);
    let looked =
        bytes.as_ref().map_or(Looked::Never, |bytes| context.checked.looked(context.files.path(source), bytes));
    let result = text_of(source, &place, bytes, &mut diagnostics)
        .and_then(|text| document((source, looked), &place, &text, context, &mut diagnostics));
    match result {
        Ok(file) => ParsedFile { diagnostics, ..file },
        Err(why) => {
            let Place { path, id, address, .. } = place;
            let withheld = Withheld { source, path, id, address, why, document: None, passages: Vec::new() };
            ParsedFile { withheld: vec![withheld], diagnostics, ..ParsedFile::default() }
        }
    }
}

/// The head of a text that is no document, as far as it can be read.
#[must_use]
pub fn head_of_file(text: &str) -> Option<Node> {
    let mut unsaid = Diagnostics::new();
    let head = head::split(text, SourceId(0), &mut unsaid)?;
    head::read(&head, text, SourceId(0), &mut unsaid)
}

/// The characters of a file, or the reason why it is held back.
fn text_of(
    source: SourceId,
    place: &Place,
    bytes: Result<Vec<u8>, SourceError>,
    diagnostics: &mut Diagnostics,
) -> Result<String, Why> {
    let bytes = bytes.map_err(|error| {
        diagnostics.unreadable(Some(Span::whole(source)), &place.path, &error);
        Why::Unreadable
    })?;
    let text = crate::source::decode(bytes).map_err(|error: NotText| {
        diagnostics.not_text(source, &error);
        Why::Unreadable
    })?;
    if text.trim().is_empty() {
        diagnostics.empty_document(source);
        return Err(Why::Unreadable);
    }
    Ok(text)
}

/// What stays public and what is kept back of a text.
type Split = (Vec<Parsed>, Vec<Withheld>);

fn document(
    (source, looked): (SourceId, Looked),
    place: &Place,
    text: &str,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<ParsedFile, Why> {
    let Some(kind_id) = place.kind else {
        place.report(source, context, diagnostics);
        return Err(place.why);
    };
    let kind = context.kinds.get(kind_id);
    let (head, node) = read_head((source, looked), place, text, (kind, context), diagnostics)?;
    if node.pairs().is_empty() && text[head.body..].trim().is_empty() {
        diagnostics.empty_document(source);
        return Err(Why::Unreadable);
    }

    let schema = schema(kind, place, context);
    let mut decision = Decision::of_head(&node, schema.rules(), diagnostics);
    decision.look_below_values(&text[head.start..head.end], source, head.start, diagnostics);
    decision.look_at_names(&node, &place.path, source, diagnostics);
    decision.look_at_remarks(&node, &text[head.start..head.end], (source, head.start), diagnostics);
    decision.look_outside_head(&text[head.body..], source, head.body, diagnostics);
    let mut texts = FieldTexts::new(context.phrases, looked, decision);
    let mut read = |text: &str, span: Span| texts.read(text, span);
    let mut fields = front_matter::fields(&node, schema, &mut read, diagnostics);
    drop_unknown_language(&mut fields, kind, diagnostics);

    let given = worked_out::title_field(&fields, kind);
    let title = given.as_ref().map(|(title, _)| title.as_ref());
    let name = place.name_of_records();
    let mut dialect = Dialect { title, place: &name, looked, of_meeting: place.beside, ..context.dialect(kind) };
    (dialect.rules.facts.name, dialect.rules.facts.title) = (&place.name, title);
    let reading = compose::read(&text[head.body..], source, head.body, &dialect, diagnostics);
    texts.decision.add_reading(reading.in_doubt, reading.passages, reading.unheeded);

    attendance::fill(&mut fields, &node, &reading.facts, kind, source, diagnostics);
    let item = kind.heading_kind.as_deref().and_then(|name| context.kinds.by_name(name));
    let items: Vec<_> = reading.records.iter().filter(|record| Some(record.kind) == item).collect();
    attendance::fill_movements(&mut fields, &node, (&reading.facts, &items), (kind, context.words), source);
    let given = given.or(reading.title).filter(|_| !place.beside);
    let called = given.as_ref().map(|(_, span)| *span);
    worked_out::fields(&mut fields, &node, (place, &reading.facts, called), kind_id, context, diagnostics);
    let (title, title_span) =
        given.unwrap_or_else(|| (worked_out::title(place, &fields, kind_id, context), Span::whole(source)));
    let mut parsed = Parsed {
        source,
        path: place.path.clone(),
        kind: kind_id,
        id: place.id.clone(),
        address: place.address.clone(),
        title,
        title_span,
        fields,
        body: Arc::new(reading.text),
        visibility: Arc::clone(&texts.decision.visibility),
        standing: None,
        records: Box::default(),
    };
    let records = records::documents(&reading.records, &parsed, schema.folder, context, &mut texts, diagnostics);
    parsed.records = records.iter().map(|record| record.id.clone()).collect();
    let met = met(&parsed, (place, &reading.facts), kind);
    let titles = reading.lists;
    let lists = met.clone().filter(|_| !titles.is_empty());
    let lists = lists.map(|met| PrivateList { path: place.path.as_ref().into(), met, titles });
    let (parsed, withheld) = texts.decided(diagnostics).split(parsed, records);
    Ok(ParsedFile { parsed, withheld, diagnostics: Diagnostics::new(), lists, met: met.filter(|_| kind.of_meeting) })
}

/// The meeting of a file: its day and the body that met.
fn met(parsed: &Parsed, (place, facts): (&Place, &Facts), kind: &Kind) -> Option<Met> {
    let value = |role: Role| kind.role(role).and_then(|field| parsed.fields.get(&field.name));
    let day = value(Role::Date).and_then(Value::date);
    let day = day.or_else(|| Some(place.date.as_ref()?.date)).filter(|date| matches!(date, Date::Day(_)))?;
    let body = match value(Role::Body) {
        Some(Value::Reference(body)) => body.id.rsplit('/').next().map(id_of),
        Some(other) => other.text().map(id_of),
        None => facts.body.as_ref().map(|body| slug(&body.value)),
    };
    Some(Met { day, body: body.map(String::into_boxed_str) })
}

/// Where the head of a document is, and its fields as typed; or that it cannot be read.
fn read_head(
    (source, looked): (SourceId, Looked),
    place: &Place,
    text: &str,
    (kind, context): (&Kind, &Context<'_>),
    diagnostics: &mut Diagnostics,
) -> Result<(head::Head, Node), Why> {
    let head = head::split(text, source, diagnostics).ok_or(Why::Unreadable)?;
    let mut unread = Diagnostics::new();
    let Some(node) = head::read(&head, text, source, &mut unread) else {
        tell_the_rest((source, looked), place, (&head, text), (kind, context), (unread, diagnostics));
        return Err(Why::Unreadable);
    };
    diagnostics.append(unread);
    Ok((head, head::named(node, kind)))
}

/// By what the fields of a document in this place are read.
fn schema<'file>(kind: &'file Kind, place: &'file Place, context: &'file Context<'_>) -> front_matter::Schema<'file> {
    let folder = place.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (zone, own) = (&context.config.zone, context.config.base_url.as_deref());
    let sensitive = context.config.sensitive.is_said();
    front_matter::Schema { kind, kinds: context.kinds, zone, folder, own, sensitive, in_braces: false }
}

/// Says what else is wrong with a document whose head cannot be read, so that its author can mend all of it at once. Nothing of it is
/// kept: what it is, and who may see it, nobody knows. `said` has what is wrong with the head as a whole.
fn tell_the_rest(
    (source, looked): (SourceId, Looked),
    place: &Place,
    (head, text): (&head::Head, &str),
    (kind, context): (&Kind, &Context<'_>),
    (said, diagnostics): (Diagnostics, &mut Diagnostics),
) {
    let mut rest = Diagnostics::new();
    let node = head::read_in_parts(head, text, source, &mut rest);
    // A mistake that no part has by itself is of the whole.
    diagnostics.append(if rest.is_empty() { said } else { std::mem::take(&mut rest) });
    if let Some(node) = node {
        let node = head::named(node, kind);
        let schema = schema(kind, place, context);
        let decision = Decision::of_head(&node, schema.rules(), &mut Diagnostics::new());
        let mut texts = FieldTexts::new(context.phrases, looked, decision);
        front_matter::fields(&node, schema, &mut |text: &str, span: Span| texts.read(text, span), &mut rest);
        rest.append(texts.said);
    }
    let name = place.name_of_records();
    let mut dialect = Dialect { title: None, place: &name, looked, ..context.dialect(kind) };
    dialect.rules.facts.name = &place.name;
    let _only_messages = compose::read(&text[head.body..], source, head.body, &dialect, &mut rest);
    // It is held back already, so that nothing need guard it; and where nothing is read, nothing proves that a change is none.
    rest.retain(|one| !crate::diagnostic::code(one.code).is_some_and(|code| code.guards));
    rest.drop_changes();
    diagnostics.append(rest);
}

/// A language that is none is said, and the text has the site's.
fn drop_unknown_language(fields: &mut Fields, kind: &Kind, diagnostics: &mut Diagnostics) {
    let Some(field) = kind.role(Role::Language) else { return };
    fields.0.retain(|entry| {
        let typed = entry.value.text().filter(|_| *entry.name == *field.name);
        let Some(wrong) = typed.filter(|typed| !is_tag(typed)) else { return true };
        diagnostics.unknown_language(entry.span, wrong);
        false
    });
}
