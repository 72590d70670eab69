//! The editions of documents: `/data/editions.csv` (RFC 4180) has a row for each edition of each document that has several,
//! `editions.json` the same as objects with the paragraphs of each, and `editions.schema.json` says what they hold.
//!
//! Input: the table of editions of the site. Output: a table and JSON. Not here: the present editions among the documents of their kinds
//! (`tables.rs`, `records.rs`), and what changed, which everybody can work out from the paragraphs.

use serde_json::{Map, Value as Json, json};

use super::json::{self, object};
use super::tables::Rows;
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

/// The file of records.
const RECORDS: Subject = Subject::Part(1);

/// The file that describes them.
const SCHEMA: Subject = Subject::Part(2);

fn plan(site: &Site) -> Vec<(Address, Subject)> {
    let all = [(address("csv"), Subject::Site), (address("json"), RECORDS), (address("schema.json"), SCHEMA)];
    if site.editions.iter().next().is_some() { all.into() } else { Vec::new() }
}

/// Where the file with this ending is.
pub fn address(ending: &str) -> Address {
    Address::file(&format!("data/editions.{ending}"))
}

/// The columns of the table, each with what it holds.
const COLUMNS: [(&str, &str); 10] = [
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
];

fn write(site: &Site, _: &Language, subject: Subject) -> Vec<u8> {
    match subject {
        RECORDS => json::json(&records(site)),
        SCHEMA => json::json(&schema(site)),
        _ => table(site),
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

fn table(site: &Site) -> Vec<u8> {
    let mut table = Rows::new();
    table.push(COLUMNS.iter().map(|(name, _)| (*name).to_owned()));
    rows(site).for_each(|(_, row)| table.push(row.into_iter()));
    table.finish()
}

fn records(site: &Site) -> Json {
    let record = |(document, row): (&Document, [String; 10])| {
        let cells = COLUMNS.iter().map(|(name, _)| *name).zip(row);
        let mut record = object(cells.map(|(name, cell)| (name, (!cell.is_empty()).then(|| Json::String(cell)))));
        record.insert("paragraphs".into(), Json::Array(paragraphs(site, document)));
        Json::Object(record)
    };
    let list: Vec<Json> = rows(site).map(record).collect();
    json!({ "schema": whole(site, &address("schema.json")), "editions": list })
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

/// What one record holds; a member that is absent is not recorded.
fn schema(site: &Site) -> Json {
    let text = |said: &str| json!({ "type": "string", "description": said });
    let mut properties: Map<String, Json> =
        COLUMNS.iter().map(|(name, said)| ((*name).to_owned(), text(said))).collect();
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
    properties.insert(
        "paragraphs".into(),
        json!({ "type": "array", "description": "Its paragraphs, headings and rows of tables, in reading order.", "items": paragraph }),
    );
    let required = ["id", "of", "title", "kind", "state", "path", "address", "paragraphs"];
    let record =
        json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": whole(site, &address("schema.json")),
        "title": "Editions of documents",
        "description": "Each edition of each document that has several, the earliest first and the present one last.",
        "type": "object",
        "required": ["schema", "editions"],
        "properties": { "schema": { "type": "string" }, "editions": { "type": "array", "items": record } },
        "additionalProperties": false,
    })
}
