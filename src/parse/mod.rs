//! One file → what its own words say of it: [`Parsed`], and [`Withheld`] beside it. Never fails: what cannot be
//! understood is a diagnostic, and what may not be shown is kept back here, before any other stage exists.
//!
//! Enters: the bytes of one file, its path, the kinds and the settings. Leaves: a [`ParsedFile`].
//! Absent: every other document (`assemble` binds them), the clock (an embargo ends in `assemble`).

mod accessibility;
mod branding;
pub mod config;
pub mod front_matter;
mod head;
mod place;
mod records;
mod settings;
pub mod terms;
pub mod visibility;

pub use place::Place;

use std::sync::Arc;

use crate::data::Node;
use crate::diagnostic::Diagnostics;
use crate::kind::{Kind, KindId, Kinds, Role};
use crate::language::{Language, is_tag};
use crate::markdown::{self, Dialect, Glossary, Phrases, RecordWords, Statutes};
use crate::model::{Address, Config, Date, Entry, Fields, Parsed, Value, Why, Withheld, WithheldText};
use crate::source::{NotText, SourceId, Sources, Span, Trouble};

/// What the text of a document of this kind brings to its reading.
fn dialect<'site>(kind: &Kind, context: &Context<'site>) -> Dialect<'site> {
    Dialect {
        title_from_heading: true,
        heading_kind: kind.heading_kind.as_deref().and_then(|name| context.kinds.by_name(name)),
        numbers_paragraphs: kind.numbers_paragraphs,
        records: Some(context.records),
        glossary: Some(context.glossary),
        statutes: Some(context.statutes),
        phrases: context.phrases,
        ..Dialect::default()
    }
}

/// The name of a place, for the records that stand there: `minutes/board/2021-06-06` → `board-2021-06-06`.
fn place_name(id: &str) -> String {
    id.split_once('/').map_or(id, |(_, behind)| behind).replace('/', "-")
}

/// What one file gave.
#[derive(Debug, Default)]
pub struct ParsedFile {
    /// What may be shown of it, as far as the file itself can tell: the document, then the records in its text.
    pub parsed: Vec<Parsed>,
    /// What may not.
    pub withheld: Vec<Withheld>,
    /// What an author should mend.
    pub diagnostics: Diagnostics,
}

/// What is the same for every file of a site.
pub struct Context<'site> {
    /// The schema.
    pub kinds: &'site Kinds,
    /// The settings.
    pub config: &'site Config,
    /// What those kinds say of records in a text.
    pub records: &'site RecordWords,
    /// Words to explain.
    pub glossary: &'site Glossary,
    /// Acts to lead to.
    pub statutes: &'site Statutes,
    /// Dates and words of the site's language.
    pub language: &'site Language,
    /// Those of its words that stand inside texts.
    pub phrases: &'site Phrases,
    /// Which files there are; their texts are not looked at.
    pub sources: &'site Sources,
}

/// Parses the Markdown file `source`, whose `bytes` were read (or not).
#[must_use]
pub fn parse(source: SourceId, bytes: Result<Vec<u8>, Trouble>, context: &Context<'_>) -> ParsedFile {
    let mut diagnostics = Diagnostics::new();
    let place = Place::of(source, context);
    let result = text_of(source, &place, bytes, &mut diagnostics)
        .and_then(|text| document(source, &place, &text, context, &mut diagnostics));
    match result {
        Ok((parsed, withheld)) => ParsedFile { parsed, withheld, diagnostics },
        Err(why) => {
            let withheld = held_back(source, &place, why, None, Vec::new());
            ParsedFile { parsed: Vec::new(), withheld: vec![withheld], diagnostics }
        }
    }
}

/// The characters of a file, or the reason why it is held back.
fn text_of(
    source: SourceId,
    place: &Place,
    bytes: Result<Vec<u8>, Trouble>,
    diagnostics: &mut Diagnostics,
) -> Result<String, Why> {
    let bytes = bytes.map_err(|trouble| {
        diagnostics.unreadable(Some(Span::whole(source)), &place.path, &trouble);
        Why::Unreadable
    })?;
    let text = crate::source::decode(bytes).map_err(|trouble: NotText| {
        diagnostics.not_text(source, &trouble);
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
    source: SourceId,
    place: &Place,
    text: &str,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Split, Why> {
    let Some(kind_id) = place.kind else {
        place.report(source, context, diagnostics);
        return Err(place.why);
    };
    let kind = context.kinds.get(kind_id);
    let head = head::split(text, source, diagnostics).ok_or(Why::Unreadable)?;
    let node = head::read(&head, text, source, diagnostics).ok_or(Why::Unreadable)?;
    if node.pairs().is_empty() && text[head.body..].trim().is_empty() {
        diagnostics.empty_document(source);
        return Err(Why::Unreadable);
    }

    let folder = place.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let schema =
        front_matter::Schema { kind, kinds: context.kinds, zone: &context.config.zone, folder, in_braces: false };
    let decided = visibility::visibility(&node, schema, diagnostics);
    let mut private = Private { in_doubt: decided.is_err(), ..Private::default() };
    private.in_doubt |= head.body == 0 && withholds_outside_head(text, source, schema, diagnostics);
    let mut read = |text: &str, span: Span| private.field(text, span, context.phrases);
    let mut fields = front_matter::fields(&node, schema, &mut read, diagnostics);
    work_out_fields(&mut fields, &node, place, kind_id, context);
    drop_unknown_language(&mut fields, kind, diagnostics);

    let given = title_field(&fields, kind_id, context.kinds);
    let title = given.as_ref().map(|(title, _)| title.as_ref());
    let name = place_name(&place.id);
    let dialect = Dialect { title, place: &name, ..dialect(kind, context) };
    let reading = markdown::read(&text[head.body..], source, head.body, &dialect, diagnostics);
    private.in_doubt |= reading.in_doubt;
    private.passages.extend(reading.passages);

    let (title, title_span) = given
        .or(reading.title)
        .unwrap_or_else(|| (title_from_place(place, &fields, kind_id, context), Span::whole(source)));
    let (draft, visibility) = decided.unwrap_or_default();
    let mut parsed = Parsed {
        source,
        path: place.path.clone(),
        kind: kind_id,
        id: place.id.clone(),
        address: place.address.clone(),
        title,
        title_span,
        fields,
        body: Arc::new(reading.body),
        visibility: Arc::new(visibility),
        standing: None,
        records: Box::default(),
    };
    let records = records::documents(&reading.records, &parsed, folder, context, &mut private, diagnostics);
    parsed.records = records.iter().map(|record| record.id.clone()).collect();
    diagnostics.append(std::mem::take(&mut private.said));
    Ok(split_by_visibility(parsed, records, place, draft, private, context.kinds))
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

/// What was found on the way that bears on who may see the document.
#[derive(Default)]
struct Private {
    /// Whether it is not sure what may be published.
    in_doubt: bool,
    /// Passages that may not.
    passages: Vec<WithheldText>,
    /// What reading the texts in fields said.
    said: Diagnostics,
}

impl Private {
    /// Reads a text in the dialect that stands in a field.
    fn field(&mut self, text: &str, span: Span, phrases: &Phrases) -> crate::model::Body {
        let dialect = Dialect { phrases, ..Dialect::default() };
        let reading = markdown::read(text, span.source, span.start as usize, &dialect, &mut self.said);
        self.in_doubt |= reading.in_doubt;
        self.passages.extend(reading.passages);
        reading.body
    }
}

/// Whether a text without a head has a line that was meant to withhold it.
fn withholds_outside_head(
    text: &str,
    source: SourceId,
    schema: front_matter::Schema<'_>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let Some(line) = visibility::field_outside_head(text, schema) else { return false };
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    diagnostics.field_outside_head(Span::new(source, start, start + line.len()), line.trim());
    true
}

/// Sends a document, or the parts of it that are private, to the side where nobody but the leak gate looks.
fn split_by_visibility(
    parsed: Parsed,
    records: Vec<Parsed>,
    place: &Place,
    draft: bool,
    private: Private,
    kinds: &Kinds,
) -> Split {
    let Private { in_doubt, passages, .. } = private;
    let source = parsed.source;
    // A record is never more public than its document.
    let with_records = |document: Withheld, why: Why| {
        let records = records.iter().map(|record| record_held_back(record, why));
        std::iter::once(document).chain(records).collect()
    };
    if in_doubt || draft {
        let why = if in_doubt { Why::Doubt } else { Why::Draft };
        let document = held_back(source, place, why, Some(parsed), passages);
        return (Vec::new(), with_records(document, why));
    }
    if parsed.visibility.exempt.is_some() {
        let shown = exempt(&parsed, kinds);
        let document = held_back(source, place, Why::Exempt, Some(parsed), passages);
        return (vec![shown], with_records(document, Why::Exempt));
    }
    let withheld = (!passages.is_empty()).then(|| held_back(source, place, Why::Exempt, None, passages));
    (std::iter::once(parsed).chain(records).collect(), withheld.into_iter().collect())
}

/// A record of a document that is held back.
fn record_held_back(record: &Parsed, why: Why) -> Withheld {
    Withheld {
        source: record.source,
        path: record.path.clone(),
        id: record.id.clone(),
        address: record.address.clone(),
        why,
        document: Some(Box::new(record.clone())),
        passages: Vec::new(),
    }
}

/// What stays of an exempt document: what it is, when and by whom, and the summary that was written for the public.
fn exempt(parsed: &Parsed, kinds: &Kinds) -> Parsed {
    const KEPT: [Role; 4] = [Role::Date, Role::Body, Role::Number, Role::Aliases];
    let kind = kinds.get(parsed.kind);
    let kept: Vec<&str> = KEPT.iter().filter_map(|role| kind.role(*role)).map(|field| field.name.as_str()).collect();
    let inside = kind.inside_of.as_deref();
    let fields = parsed
        .fields
        .0
        .iter()
        .filter(|entry| kept.contains(&entry.name.as_ref()) || inside == Some(entry.name.as_ref()));
    Parsed {
        fields: Fields(fields.cloned().collect()),
        body: Arc::default(),
        records: Box::default(),
        ..parsed.clone()
    }
}

fn held_back(
    source: SourceId,
    place: &Place,
    why: Why,
    document: Option<Parsed>,
    passages: Vec<WithheldText>,
) -> Withheld {
    Withheld {
        source,
        path: place.path.clone(),
        id: place.id.clone(),
        address: place.address.clone(),
        why,
        document: document.map(Box::new),
        passages,
    }
}

/// Fills what the path says and the author therefore need not: the date in the name, the body whose folder it is,
/// the meeting whose folder it is; and the status that holds where none is said.
fn work_out_fields(fields: &mut Fields, head: &Node, place: &Place, kind_id: KindId, context: &Context<'_>) {
    let kind = context.kinds.get(kind_id);
    let mut fill = |name: Option<&str>, value: Option<Value>| {
        if let (Some(name), Some(value)) = (name, value)
            && fields.get(name).is_none()
        {
            fields.0.push(Entry { name: name.into(), value, span: Span::whole(place.source) });
        }
    };
    let date = place.date.map(|day| Value::Date(Date::Day(day)));
    fill(kind.role(Role::Date).map(|field| field.name.as_str()), date);
    let folder = place.folder_owner.as_ref().map(|name| named_by_folder(name, kind_id, context));
    fill(kind.folder_names.as_deref(), folder);
    let meeting =
        place.inside.as_ref().map(|id| Value::Reference(crate::model::Reference { id: id.clone(), anchor: None }));
    fill(kind.inside_of.as_deref(), meeting);
    // A status that was typed and cannot be understood is not recorded; nobody said that the default holds.
    let status = kind.role(Role::Status).filter(|field| head.get(&field.name).is_none_or(Node::is_empty));
    let unsaid = status.and_then(|field| field.default.as_deref()).map(|default| Value::Choice(default.into()));
    fill(status.map(|field| field.name.as_str()), unsaid);
    let order = |entry: &Entry| kind.fields.iter().position(|field| *field.name == *entry.name);
    fields.0.sort_by_key(order);
}

/// The body whose folder a meeting lies in: its page if there is a file for it, else the folder's name in words.
fn named_by_folder(folder: &str, kind_id: KindId, context: &Context<'_>) -> Value {
    let kind = context.kinds.get(kind_id);
    let relation =
        kind.folder_names.as_deref().and_then(|name| kind.field(name)).and_then(|field| field.shape.relation());
    let kinds = relation.into_iter().flat_map(|relation| &relation.to).filter_map(|name| context.kinds.by_name(name));
    for kind in kinds {
        let id = format!("{}/{}", context.kinds.get(kind).folder, crate::model::slug(folder));
        let is_file =
            context.sources.find(&format!("content/{}/{folder}.md", context.kinds.get(kind).folder)).is_some();
        if is_file {
            return Value::Reference(crate::model::Reference { id: id.into(), anchor: None });
        }
    }
    Value::Words(in_words(folder).into())
}

/// The title that stands in the head.
fn title_field(fields: &Fields, kind_id: KindId, kinds: &Kinds) -> Option<(Box<str>, Span)> {
    let name = &kinds.get(kind_id).role(Role::Title)?.name;
    let entry = fields.entry(name)?;
    entry.value.text().filter(|text| !text.trim().is_empty()).map(|text| (text.into(), entry.span))
}

/// "Minutes of 7 September 2021" where there is a date, else the file's name in words.
fn title_from_place(place: &Place, fields: &Fields, kind_id: KindId, context: &Context<'_>) -> Box<str> {
    let kind = context.kinds.get(kind_id);
    let date = kind.role(Role::Date).and_then(|field| fields.get(&field.name));
    match date {
        Some(Value::Date(date)) if place.date.is_some() && place.name_in_words.is_empty() => context
            .language
            .say("title-from-date", &[("kind", &kind.label), ("date", &context.language.date(*date))])
            .into(),
        _ if place.name_in_words.is_empty() => kind.label.as_str().into(),
        _ => place.name_in_words.as_str().into(),
    }
}

/// A name of a file or folder as words: `safer-communities_board` → `Safer communities board`.
fn in_words(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The address of a document below a kind.
pub(crate) fn address_of(parts: &[String]) -> Address {
    Address::page(parts.iter().map(String::as_str))
}
