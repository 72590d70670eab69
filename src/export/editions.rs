//! The editions of documents: `/data/editions.csv` (RFC 4180) has a row for each edition of each document that has several,
//! `editions.json` the same as objects with the paragraphs of each, and `editions.schema.json` says what they hold.
//!
//! Input: the table of editions of the site. Output: a table and JSON. Not here: the present editions among the documents of their kinds
//! (`tables.rs`, `records.rs`), and what changed, which everybody can work out from the paragraphs.

use serde_json::{Map, Value as Json, json};

use super::json::object;
use super::worked_out::{RECORDS, SCHEMA, WorkedOut, text};
use super::{Export, Subject, columns, is_public, plain, whole};
use crate::compare::{Block, blocks};
use crate::kind::Role;
use crate::language::Language;
use crate::model::{Address, Date, Document, Edition, LinkId, Published, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "editions",
    summary: "The editions of strategies and other documents, from when until when each was in force (CSV, JSON).",
    needs_base_url: false,
    plan,
    write,
};

/// The columns of the table, and how the same stands in JSON, beside the paragraphs.
pub const FORM: WorkedOut<10> = WorkedOut {
    name: "editions",
    list: "editions",
    columns: [
        ("id", "The id of the edition."),
        ("of", "The id of the document of which it is an edition: the present one."),
        ("title", "What the edition is called."),
        ("kind", "What its kind is called."),
        ("edition", "The version or edition, as printed on it."),
        ("from", "Its first day, as far as it is known (ISO 8601)."),
        ("until", "The first day of the next edition; absent for the present one."),
        ("state", "present or earlier."),
        ("path", "Where it is read, below the address of the site."),
        ("address", "Where it is read."),
    ],
    required: &["id", "of", "title", "kind", "state", "path", "address", "paragraphs"],
    title: "Editions of documents",
    description: "Each edition of each document that has several, the earliest first and the present one last.",
};

fn plan(site: &Site) -> Vec<(Address, Subject)> {
    FORM.plan(site.editions.iter().next().is_some())
}

fn write(site: &Site, _: &Language, subject: Subject) -> Vec<u8> {
    let record = |(document, row): (&Document, _)| {
        let mut record = FORM.record(row);
        record.insert("paragraphs".into(), Json::Array(paragraphs(site, document)));
        record
    };
    match subject {
        RECORDS => FORM.records(site, rows(site).map(record)),
        SCHEMA => FORM.schema(site, further()),
        _ => FORM.table(rows(site).map(|(_, row)| row)),
    }
}

/// Each edition of which the public may see something, with its row.
fn rows(site: &Site) -> impl Iterator<Item = (&Document, [String; 10])> {
    let all = site.editions.iter().flat_map(move |all| all.iter().zip(std::iter::repeat(all)));
    let shown = all.filter(move |(edition, _)| is_public(site.document(edition.document)));
    shown.map(move |(edition, all)| (site.document(edition.document), row(site, edition, all)))
}

fn row(site: &Site, edition: &Edition, all: &[Edition]) -> [String; 10] {
    let document = site.document(edition.document);
    let present = all.last().map_or(document, |last| site.document(last.document));
    let date = |date: Option<Date>| date.and_then(columns::iso).unwrap_or_default();
    [
        document.id.to_string(),
        present.id.to_string(),
        plain::line(&document.title),
        site.kinds.get(document.kind).label.clone(),
        plain::role_text(site, document, Role::Edition).map(|name| plain::line(&name)).unwrap_or_default(),
        date(edition.from),
        date(edition.until),
        if present.id == document.id { "present" } else { "earlier" }.to_owned(),
        document.address.href(),
        whole(site, &document.address),
    ]
}

/// The paragraphs of an edition that everybody may read.
fn paragraphs(site: &Site, document: &Document) -> Vec<Json> {
    if document.published != Published::Whole {
        return Vec::new();
    }
    let title = |link: LinkId| site.title_of(document.landings.get(link.index())?);
    let paragraph = |block: &Block| {
        let anchor = block.anchor.map(|anchor| document.body.anchor(anchor).id.to_string());
        let label = Some(block.label.clone()).filter(|label| !label.is_empty());
        let words = plain::line(&block.words);
        Json::Object(object([
            ("anchor", anchor.map(Json::String)),
            ("label", label.map(Json::String)),
            ("words", Some(Json::String(words))),
        ]))
    };
    blocks(&document.body, title).iter().map(paragraph).collect()
}

/// What a record holds beside the cells of its row.
fn further() -> Map<String, Json> {
    let paragraph = json!({
        "type": "object",
        "required": ["words"],
        "properties": {
            "anchor": text("The place by which it is cited, without #."),
            "label": text("Its number as printed."),
            "words": text("Its words, without the number."),
        },
        "additionalProperties": false,
    });
    let is = "Its paragraphs, headings and rows of tables, in reading order.";
    Map::from_iter([("paragraphs".into(), json!({ "type": "array", "description": is, "items": paragraph }))])
}
