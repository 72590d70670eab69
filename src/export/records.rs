//! Records of open data (JSON): `/data/minutes.json` has every document of a kind, each on a line, with its fields as
//! they are: lists as lists, groups as groups, a date with what machines and what people read. A long one is continued
//! in `/data/minutes-2.json`, which the first names as `next`.
//!
//! Input: the fields of documents. Output: JSON that `/data/minutes.schema.json` describes.

use serde::Serialize;
use serde::ser::SerializeMap;
use serde_json::Value as Json;

use super::columns::{self, FORMAT, Shown, ShownDate, View};
use super::json::{Lines, object};
use super::{Export, Subject, plain, read_at, schemas, whole};
use crate::kind::{Field, Kind};
use crate::language::Language;
use crate::model::{Address, Document, Origin, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "records",
    summary: "Every kind of document as records for programs (JSON).",
    needs_base_url: false,
    plan,
    write,
};

fn plan(site: &Site) -> Vec<(Address, Subject)> {
    let mut files = Vec::new();
    for (id, kind) in columns::kinds(site) {
        let parts = columns::parts(site, id);
        files.extend(parts.map(|part| (address(kind, part), Subject::Kind { kind: id, table: 0, part })));
    }
    files
}

/// Where a part of the records of a kind is.
pub fn address(kind: &Kind, part: u32) -> Address {
    Address::file(&format!("data/{}.json", columns::part_name(&kind.folder, part)))
}

fn write(site: &Site, language: &Language, subject: Subject) -> Vec<u8> {
    let Subject::Kind { kind: id, part, .. } = subject else { unreachable!("only kinds are planned") };
    let view = View { site, language };
    let last = columns::parts(site, id).last() == Some(part);
    let mut lines = Lines::new(&head(site, site.kinds.get(id), (!last).then_some(part + 1)), "documents");
    columns::part(site, id, part).for_each(|document| lines.push(&record(view, document)));
    lines.finish()
}

fn head(site: &Site, kind: &Kind, next: Option<u32>) -> Json {
    let licence = site.config.licence.as_ref().map(|licence| plain::line(licence));
    let members = [
        ("format", Some(FORMAT.to_owned())),
        ("schema", Some(whole(site, &schemas::address(kind)))),
        ("kind", Some(kind.name.clone())),
        ("title", Some(kind.label_plural.clone())),
        ("publisher", Some(plain::line(&site.config.organisation))),
        ("licence", licence),
        ("licence_address", site.config.licence_url.clone()),
        ("next", next.map(|next| whole(site, &address(kind, next)))),
    ];
    Json::Object(object(members.map(|(name, value)| (name, value.map(Json::String)))))
}

/// A document as its record.
#[derive(Serialize)]
struct Record<'document> {
    id: &'document str,
    title: String,
    address: String,
    state: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    recognised: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recognised_fields: Vec<&'document str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<ShownDate>,
    fields: ShownFields<'document>,
}

/// The fields of a document that say something, after its own words if it is called by what it is about.
struct ShownFields<'document> {
    view: View<'document>,
    document: &'document Document,
}

fn record<'document>(view: View<'document>, document: &'document Document) -> Record<'document> {
    Record {
        id: &document.id,
        title: plain::line(&document.title),
        address: read_at(view.site, document),
        state: columns::state(document),
        recognised: document.place.as_ref().is_some_and(|place| place.origin == Origin::Recognised),
        recognised_fields: recognised_fields(view, document),
        changed: document.changed.map(|date| view.date(date)),
        fields: ShownFields { view, document },
    }
}

/// The names of the fields that were found in the text by its words, and were not typed by the author.
fn recognised_fields<'document>(view: View<'document>, document: &'document Document) -> Vec<&'document str> {
    let is_recognised = |field: &&Field| {
        let entry = document.fields.entry(&field.name);
        entry.is_some_and(|entry| entry.origin == Origin::Recognised && view.says(&entry.value))
    };
    columns::fields(view.site.kinds.get(document.kind)).filter(is_recognised).map(|field| field.name.as_str()).collect()
}

impl Serialize for ShownFields<'_> {
    fn serialize<Serializer: serde::Serializer>(
        &self,
        serializer: Serializer,
    ) -> Result<Serializer::Ok, Serializer::Error> {
        let Self { view, document } = *self;
        let mut fields = serializer.serialize_map(None)?;
        let kind = view.site.kinds.get(document.kind);
        if let Some(words) = columns::words(view.site, document).filter(|_| kind.field(columns::WORDS).is_none()) {
            fields.serialize_entry(columns::WORDS, &words)?;
        }
        for field in columns::fields(kind) {
            if let Some(value) = view.value(document, field).filter(|value| view.says(value)) {
                fields.serialize_entry(&field.name, &Shown { view, shape: &field.shape, value: &value })?;
            }
        }
        fields.end()
    }
}
