//! What data there is: for the page that describes it, and for portals as DCAT (`/data/catalogue.jsonld`).
//! Input: the kinds of which there are documents, and the tables that authors publish. Output: data sets with files.

use serde_json::{Value as Json, json};

use super::json::object;
use super::worked_out::SCHEMA_TYPE;
use super::{
    Export, Subject, attendance, bundle, columns, editions, forward, paragraphs, plain, popolo, records, schemas,
    tables, whole,
};
use crate::kind::{Kind, KindId, Role};
use crate::language::Language;
use crate::model::{Address, Catalogue, DataFile, Dataset, Date, Document, RouteKind, Site};
use crate::query;

/// This format.
pub const EXPORT: Export = Export {
    name: "catalogue",
    summary: "Lists all data for portals of open data (DCAT, as JSON-LD).",
    needs_base_url: false,
    plan: |_| vec![(address(), Subject::Site)],
    write,
};

/// Where the catalogue is.
pub fn address() -> Address {
    Address::file("data/catalogue.jsonld")
}

/// Every data set: of each kind, in the order of kinds, then what authors publish as tables.
pub fn catalogue(site: &Site, language: &Language) -> Catalogue {
    let kinds = columns::kinds(site).map(|(id, _)| of_kind(site, language, id));
    let plan = forward::has_plan(site).then(|| of_plan(site, language));
    let words = of_words(site, language);
    let datasets = kinds.chain(plan).chain(published_tables(site, language)).chain(words).chain([all_tables(language)]);
    Catalogue { address: address(), datasets: datasets.collect() }
}

fn of_kind(site: &Site, language: &Language, id: KindId) -> Dataset {
    let kind = site.kinds.get(id);
    let schema = schemas::address(kind);
    let file =
        |title: String, media_type, address| DataFile { title, media_type, address, schema: Some(schema.clone()) };
    let numbered = |title: &str, part: u32| match part {
        1 => title.to_owned(),
        part => language.say("export.numbered", &[("title", title), ("number", &part.to_string())]),
    };
    let mut files = Vec::new();
    for table in columns::tables(kind) {
        let title = match table.path.last() {
            Some(list) => {
                language.say("export.part", &[("kinds", &language.say("export.csv", &[])), ("part", &list.label)])
            }
            None => language.say("export.csv", &[]),
        };
        let (name, parts) = (table.name(kind), tables::parts(site, id, &table).into_iter());
        files.extend(parts.map(|part| file(numbered(&title, part), "text/csv", tables::address(&name, part))));
    }
    let json = language.say("export.json", &[]);
    let parts = columns::parts(site, id);
    files.extend(parts.map(|part| file(numbered(&json, part), "application/json", records::address(kind, part))));
    if kind.role(Role::Terms).is_some() {
        files.extend(of_people(site, language));
    }
    if site.editions.iter().flatten().any(|edition| site.document(edition.document).kind == id) {
        let titles = ["export.editions", "export.editions-json", "export.editions-schema"];
        files.extend(editions::FORM.files(language, titles));
    }
    let title = language.say("export.schema", &[]);
    files.push(DataFile { title, media_type: SCHEMA_TYPE, address: schema.clone(), schema: None });
    Dataset {
        title: kind.label_plural.clone(),
        description: kind.help.clone(),
        page: list_of(site, kind),
        files,
        changed: newest(columns::documents(site, id)),
    }
}

/// The list of all documents of a kind, if it has a page.
pub fn list_of(site: &Site, kind: &Kind) -> Option<Address> {
    Some(Address::page([kind.folder.as_str()])).filter(|list| site.listing_at.contains_key(list))
}

/// The forward plan.
fn of_plan(site: &Site, language: &Language) -> Dataset {
    Dataset {
        title: language.say("plan.title", &[]),
        description: language.say("plan.lead", &[]),
        page: site.own.iter().find(|(_, kind)| *kind == RouteKind::Plan(None, 1)).map(|(address, _)| address.clone()),
        files: forward::FORM.files(language, ["export.csv", "export.json", "export.schema"]).into(),
        changed: None,
    }
}

/// The words of all documents; nothing where no document has any.
fn of_words(site: &Site, language: &Language) -> Option<Dataset> {
    let schema = paragraphs::schema_address();
    let years = paragraphs::years(site).into_iter();
    let mut files: Vec<DataFile> = years
        .map(|(kind, year)| {
            let (kind, shown) = (site.kinds.get(kind), year.map(|year| year.to_string()));
            let title = match &shown {
                Some(year) => language.say("paragraphs.of-year", &[("kinds", &kind.label_plural), ("year", year)]),
                None => language.say("paragraphs.of-kind", &[("kinds", &kind.label_plural)]),
            };
            let address = paragraphs::address(kind, year);
            DataFile { title, media_type: "application/json", address, schema: Some(schema.clone()) }
        })
        .collect();
    let described = language.say("export.schema", &[]);
    files.push(DataFile { title: described, media_type: SCHEMA_TYPE, address: schema, schema: None });
    let (title, description) = (language.say("paragraphs.title", &[]), language.say("paragraphs.lead", &[]));
    (files.len() > 1).then_some(Dataset { title, description, page: None, files, changed: None })
}

/// All tables in one file.
fn all_tables(language: &Language) -> Dataset {
    let (title, description) = (language.say("export.tables", &[]), language.say("export.tables-lead", &[]));
    let file =
        DataFile { title: title.clone(), media_type: "application/zip", address: bundle::address(), schema: None };
    Dataset { title, description, page: None, files: vec![file], changed: None }
}

/// What people did at meetings, and all of them in the terms of Popolo.
fn of_people(site: &Site, language: &Language) -> Vec<DataFile> {
    let mut files = Vec::new();
    if !site.parts.all().is_empty() {
        let titles = ["export.attendance", "export.attendance-json", "export.attendance-schema"];
        files.extend(attendance::FORM.files(language, titles));
    }
    let file = |key: &str, media_type, address, schema| DataFile {
        title: language.say(key, &[]),
        media_type,
        address,
        schema,
    };
    let schema = popolo::schema_address();
    files.push(file("export.popolo", "application/json", popolo::address(), Some(schema.clone())));
    files.push(file("export.popolo-schema", SCHEMA_TYPE, schema, None));
    files
}

/// Tables that a document holds in a field of its kind for a file, such as the figures of a measure.
fn published_tables(site: &Site, language: &Language) -> impl Iterator<Item = Dataset> {
    let public = site.present().map(|(_, document)| document).filter(|document| super::is_public(document));
    public.filter_map(move |document| {
        let file = |address: &Address| {
            let title = language.say("export.csv", &[]);
            DataFile { title, media_type: "text/csv", address: address.clone(), schema: None }
        };
        let files: Vec<DataFile> = tables_of(site, document).map(file).collect();
        (!files.is_empty()).then(|| Dataset {
            title: plain::line(&document.title),
            description: plain::summary(site, document).unwrap_or_default(),
            page: Some(document.address.clone()),
            files,
            changed: newest(std::iter::once(document)),
        })
    })
}

/// The published tables of a document's own fields.
pub fn tables_of<'site>(site: &'site Site, document: &'site Document) -> impl Iterator<Item = &'site Address> {
    query::figures(site, document).map(|file| &site.attachments[file as usize].1)
}

fn newest<'site>(documents: impl Iterator<Item = &'site Document>) -> Option<Date> {
    documents.filter_map(|document| document.changed?.day()).max().map(Date::Day)
}

fn write(site: &Site, language: &Language, _: Subject) -> Vec<u8> {
    let config = &site.config;
    let datasets = catalogue(site, language).datasets.iter().map(|dataset| linked(site, language, dataset)).collect();
    let publisher = json!({ "@type": "foaf:Organization", "foaf:name": plain::line(&config.organisation) });
    super::json::json(&object([
        ("@context", Some(context())),
        ("@id", Some(json!(whole(site, &address())))),
        ("@type", Some(json!("dcat:Catalog"))),
        ("dct:title", Some(json!(plain::line(&config.title)))),
        ("dct:description", Some(json!(plain::line(config.description.as_ref().unwrap_or(&config.title))))),
        ("dct:publisher", Some(publisher)),
        ("dct:language", Some(json!(config.language))),
        ("foaf:homepage", Some(json!({ "@id": whole(site, &Address::page([])) }))),
        licence(site),
        ("dcat:dataset", Some(Json::Array(datasets))),
    ]))
}

/// Everything that a name here stands for, so that no reader need fetch it from elsewhere.
fn context() -> Json {
    json!({
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    })
}

/// The address of the licence, or its name if it has none.
fn licence(site: &Site) -> (&'static str, Option<Json>) {
    match &site.config.licence_url {
        Some(address) => ("dct:license", Some(json!({ "@id": address }))),
        None => ("dct:rights", site.config.licence.as_ref().map(|words| json!(plain::line(words)))),
    }
}

fn linked(site: &Site, language: &Language, dataset: &Dataset) -> Json {
    let first = dataset.files.first().map(|file| whole(site, &file.address)).unwrap_or_default();
    let description = format!("{} {}", dataset.description, language.say("export.formulas", &[]));
    let changed = dataset.changed.and_then(Date::iso);
    let files = dataset.files.iter().map(|file| distribution(site, file)).collect();
    Json::Object(object([
        ("@id", Some(json!(format!("{first}#dataset")))),
        ("@type", Some(json!("dcat:Dataset"))),
        ("dct:title", Some(json!(dataset.title))),
        ("dct:description", Some(json!(description.trim()))),
        ("dcat:landingPage", dataset.page.as_ref().map(|page| json!({ "@id": whole(site, page) }))),
        ("dct:modified", changed.map(|day| json!({ "@type": "xsd:date", "@value": day }))),
        ("dcat:distribution", Some(Json::Array(files))),
        licence(site),
    ]))
}

fn distribution(site: &Site, file: &DataFile) -> Json {
    let address = whole(site, &file.address);
    let media_type = format!("https://www.iana.org/assignments/media-types/{}", file.media_type);
    Json::Object(object([
        ("@id", Some(json!(address))),
        ("@type", Some(json!("dcat:Distribution"))),
        ("dct:title", Some(json!(file.title))),
        ("dcat:downloadURL", Some(json!({ "@id": address }))),
        ("dcat:mediaType", Some(json!({ "@id": media_type }))),
        ("dct:conformsTo", file.schema.as_ref().map(|schema| json!({ "@id": whole(site, schema) }))),
        licence(site),
    ]))
}
