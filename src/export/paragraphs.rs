//! The words themselves as data: `/data/paragraphs/minutes-2021.json` has every paragraph, heading, item and row of the documents of a kind
//! and a year, each on a line, with the address by which it is cited, its printed number, and the records to which it belongs.
//! `/data/paragraphs.schema.json` says what they hold.
//!
//! Input: the texts of documents, as everybody may read them. Output: JSON. Not here: how a text is cut into paragraphs (`compare`), and
//! the fields of documents (`records.rs`).

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::json;

use super::columns::{self, FORMAT};
use super::json::{Lines, json};
use super::worked_out::text;
use super::{Export, Subject, is_public, place_at, plain, whole};
use crate::compare::{Block, BlockKind, blocks};
use crate::kind::{Kind, KindId};
use crate::language::Language;
use crate::model::{Address, Date, Document, DocumentId, LinkId, Published, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "paragraphs",
    summary: "The words of all documents, paragraph by paragraph, by kind and year (JSON).",
    needs_base_url: false,
    plan,
    write,
};

fn plan(site: &Site) -> Vec<(Address, Subject)> {
    let years = years(site);
    let schema = (!years.is_empty()).then(|| (schema_address(), Subject::Site));
    let files = years.into_iter().map(|(kind, year)| (address(site.kinds.get(kind), year), Subject::Year(kind, year)));
    files.chain(schema).collect()
}

/// Where the paragraphs of a kind and a year are; of documents without a date, those of the kind.
pub fn address(kind: &Kind, year: Option<i16>) -> Address {
    let year = year.map(|year| format!("-{year}")).unwrap_or_default();
    Address::file(&format!("data/paragraphs/{}{year}.json", kind.folder))
}

/// Where it is described what they hold.
pub fn schema_address() -> Address {
    Address::file("data/paragraphs.schema.json")
}

/// The kinds and years of which there is a file, the latest year of a kind first.
pub fn years(site: &Site) -> Vec<(KindId, Option<i16>)> {
    let with_words = site.ids().filter(|(_, document)| has_words(document));
    let years: BTreeSet<_> =
        with_words.map(|(_, document)| (document.kind, std::cmp::Reverse(year(document)))).collect();
    years.into_iter().map(|(kind, year)| (kind, year.0)).collect()
}

/// Whether everybody may read a text that is the document's own.
fn has_words(document: &Document) -> bool {
    is_public(document) && document.published == Published::Whole && !document.body.words.is_empty()
}

fn year(document: &Document) -> Option<i16> {
    document.date.and_then(Date::earliest).map(|day| day.year())
}

fn write(site: &Site, _: &Language, subject: Subject) -> Vec<u8> {
    let Subject::Year(kind, of) = subject else { return schema(site) };
    let head = json!({
        "format": FORMAT,
        "schema": whole(site, &schema_address()),
        "kind": site.kinds.get(kind).name,
        "year": of,
        "publisher": plain::line(&site.config.organisation),
        "licence": site.config.licence.as_deref().map(plain::line),
        "licence_address": site.config.licence_url,
    });
    let mut lines = Lines::new(&head, "paragraphs");
    let documents = site.ids().filter(|(_, document)| document.kind == kind && has_words(document));
    for (id, _) in documents.filter(|(_, document)| year(document) == of) {
        paragraphs(site, id, |paragraph| lines.push(&paragraph));
    }
    lines.finish()
}

/// A paragraph, a heading, an item or a row of a table.
#[derive(Serialize)]
struct Paragraph<'document> {
    address: String,
    document: &'document str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'document str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'document str,
    is: &'static str,
    words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<&'document str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    records: Vec<&'document str>,
}

/// Gives each paragraph of a document, in reading order.
fn paragraphs(site: &Site, id: DocumentId, mut give: impl FnMut(Paragraph<'_>)) {
    let document = site.document(id);
    let date = document.date.and_then(columns::iso);
    let title = |link: LinkId| site.title_of(document.landings.get(link.index())?);
    let blocks = blocks(&document.body, title);
    let (mut anchor, mut heading) = (None, None);
    for block in &blocks {
        anchor = block.anchor.or(anchor);
        let place = anchor.map(|anchor| &*document.body.anchor(anchor).id);
        give(Paragraph {
            address: place_at(site, &document.address, place),
            document: &document.id,
            date: date.as_deref(),
            label: &block.label,
            is: name(block.kind),
            words: plain::line(&block.words),
            heading: heading.filter(|_| block.kind != BlockKind::Heading),
            records: records(site, document, block),
        });
        if block.kind == BlockKind::Heading {
            heading = Some(&*block.words);
        }
    }
}

fn name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading => "heading",
        BlockKind::Prose => "paragraph",
        BlockKind::Row => "row",
    }
}

/// The ids of the records in which a block stands or that stand in it, the outermost first.
fn records<'site>(site: &'site Site, document: &Document, block: &Block) -> Vec<&'site str> {
    let own = document.body.part(block.node);
    let belongs = |id: &DocumentId| {
        let wording = site.document(*id).place.as_ref().and_then(|place| place.wording.as_ref());
        wording.is_some_and(|wording| wording.stretch.meets(&own))
    };
    document.records.iter().flatten().filter(|id| belongs(id)).map(|id| &*site.document(*id).id).collect()
}

fn schema(site: &Site) -> Vec<u8> {
    let paragraph = json!({
        "type": "object",
        "required": ["address", "document", "is", "words"],
        "properties": {
            "address": text("The address by which it is cited; of a paragraph without one of its own, that of the one before it."),
            "document": text("The id of the document in whose text it stands."),
            "date": text("The date of the document: of minutes the day of the meeting (ISO 8601)."),
            "label": text("Its number as printed; absent where it has none."),
            "is": { "enum": ["heading", "paragraph", "row"], "description": "A heading, a paragraph or an item of a list, or a row of a table." },
            "words": text("Its words, without the number."),
            "heading": text("The heading above it."),
            "records": { "type": "array", "items": { "type": "string" }, "description": "The ids of the records to which it belongs or that stand in it, as items of an agenda, decisions and actions, the outermost first." },
        },
        "additionalProperties": false,
    });
    json(&json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": whole(site, &schema_address()),
        "title": "Paragraphs of documents",
        "description": "Every paragraph of the documents of a kind and a year, as everybody may read it, in reading order. What is withheld is in none.",
        "type": "object",
        "required": ["format", "schema", "kind", "paragraphs"],
        "properties": {
            "format": { "const": FORMAT },
            "schema": { "type": "string" },
            "kind": text("The name of the kind."),
            "year": { "type": ["integer", "null"], "description": "The year of the documents; null where they have no date." },
            "publisher": { "type": "string" },
            "licence": { "type": ["string", "null"] },
            "licence_address": { "type": ["string", "null"] },
            "paragraphs": { "type": "array", "items": paragraph },
        },
        "additionalProperties": false,
    }))
}
