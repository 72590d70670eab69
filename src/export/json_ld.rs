//! What search engines are told in the head of a page, where schema.org has a word for its kind.
//!
//! Input: a document. Output: JSON-LD that can stand in `<script type="application/ld+json">` as it is: no character
//! in it can end the script. Such a block is data, which no browser runs, so a policy without inline scripts allows it.

use jiff::civil;
use serde_json::{Map, Value as Json, json};

use super::json::object;
use super::{catalogue, feeds, is_public, plain, read_at, whole};
use crate::kind::Role;
use crate::language::Language;
use crate::model::{Address, Date, Document, DocumentId, Instant, RelationEnd, Site};

/// What schema.org makes of a type: which of our roles have a name in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Event,
    Organization,
    Work,
}

/// The linked data of a document's page; `None` if its kind has no type, or only a tombstone is left of it.
pub fn json_ld(site: &Site, language: &Language, id: DocumentId) -> Option<String> {
    let document = site.document(id);
    let kind = site.kinds.get(document.kind);
    let type_name = kind.schema_org.as_deref().filter(|_| is_public(document) && kind.page)?;
    let context = ("@context", Some(json!("https://schema.org")));
    let mut thing = object([
        ("@type", Some(json!(type_name))),
        ("@id", Some(json!(whole(site, &document.address)))),
        ("url", Some(json!(whole(site, &document.address)))),
        ("name", Some(json!(plain::line(&document.title)))),
        ("description", plain::summary(site, document).map(Json::String)),
    ]);
    thing.extend(match family(type_name) {
        Family::Event => event(site, language, id),
        Family::Organization => organization(site, document),
        Family::Work => work(site, id),
    });
    let whole = match trail(site, language, document) {
        Some(trail) => object([context, ("@graph", Some(Json::Array(vec![Json::Object(thing), trail])))]),
        None => object([context]).into_iter().chain(thing).collect(),
    };
    Some(embeddable(&Json::Object(whole)))
}

fn family(type_name: &str) -> Family {
    match type_name {
        name if name.ends_with("Event") => Family::Event,
        name if name.ends_with("Organization") || name == "NGO" => Family::Organization,
        _ => Family::Work,
    }
}

/// JSON in which nothing can end a script or begin a comment in HTML.
fn embeddable(json: &Json) -> String {
    const UNSAFE: [(char, &str); 5] =
        [('<', "\\u003c"), ('>', "\\u003e"), ('&', "\\u0026"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")];
    UNSAFE.into_iter().fold(
        json.to_string(),
        |text, (letter, escape)| {
            if text.contains(letter) { text.replace(letter, escape) } else { text }
        },
    )
}

fn event(site: &Site, language: &Language, id: DocumentId) -> Map<String, Json> {
    let document = site.document(id);
    let day = date(site, document, Role::Date).and_then(Date::day);
    let time = |typed: Option<String>| at(site, language, day?, &typed?);
    let begins = time(plain::role_text(site, document, Role::Time));
    let place = plain::role_text(site, document, Role::Place).map(|place| plain::line(&place));
    let called_off = super::calendar::is_called_off(site, document);
    let status = if called_off { "EventCancelled" } else { "EventScheduled" };
    object([
        ("startDate", begins.or_else(|| day.map(|day| json!(day.to_string())))),
        ("endDate", time(plain::end_time(site, document))),
        ("location", place.map(|place| json!({ "@type": "Place", "name": place, "address": place }))),
        ("eventStatus", Some(json!(format!("https://schema.org/{status}")))),
        ("organizer", end(site, id, Role::Body).or_else(|| Some(publisher(site)))),
    ])
}

fn organization(site: &Site, document: &Document) -> Map<String, Json> {
    object([("foundingDate", iso(site, document, Role::From)), ("dissolutionDate", iso(site, document, Role::To))])
}

fn work(site: &Site, id: DocumentId) -> Map<String, Json> {
    let document = site.document(id);
    let day = |role| date(site, document, role).and_then(Date::iso);
    let period = |from| json!(format!("{from}/{}", day(Role::To).unwrap_or_else(|| "..".to_owned())));
    let tags = feeds::tags(site, document);
    let files: Vec<Json> = catalogue::tables_of(site, document)
        .map(|address| json!({ "@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": whole(site, address) }))
        .collect();
    object([
        ("headline", Some(json!(plain::cut(&plain::line(&document.title), 110)))),
        ("datePublished", iso(site, document, Role::Date)),
        ("dateModified", document.changed.and_then(Date::iso).map(Json::String)),
        ("temporalCoverage", day(Role::From).map(period)),
        ("keywords", (!tags.is_empty()).then(|| json!(tags))),
        ("publisher", Some(publisher(site))),
        ("inLanguage", Some(json!(site.config.language))),
        ("license", site.config.licence_url.as_ref().map(|address| json!(address))),
        ("distribution", (!files.is_empty()).then_some(Json::Array(files))),
    ])
}

fn publisher(site: &Site) -> Json {
    json!({ "@type": "Organization", "name": plain::line(&site.config.organisation), "url": whole(site, &Address::page([])) })
}

/// What a document names in the field with `role`.
fn end(site: &Site, id: DocumentId, role: Role) -> Option<Json> {
    Some(match plain::role_end(site, id, role)? {
        RelationEnd::Document { document, .. } => {
            let document = site.document(*document);
            let type_name = site.kinds.get(document.kind).schema_org.as_deref().unwrap_or("Organization");
            json!({ "@type": type_name, "name": plain::line(&document.title), "url": read_at(site, document) })
        }
        RelationEnd::Words(words) => json!({ "@type": "Organization", "name": plain::line(words) }),
    })
}

fn date(site: &Site, document: &Document, role: Role) -> Option<Date> {
    plain::role_value(site, document, role)?.date()
}

fn iso(site: &Site, document: &Document, role: Role) -> Option<Json> {
    date(site, document, role).and_then(Date::iso).map(Json::String)
}

/// A moment of a day, if what was typed is a time.
fn at(site: &Site, language: &Language, day: civil::Date, time: &str) -> Option<Json> {
    let instant = Instant::new(day, Some(language.read_time(time)?), &site.config.zone)?;
    Some(json!(feeds::in_zone(site, &instant)))
}

/// The lists above a document's page.
fn trail(site: &Site, language: &Language, document: &Document) -> Option<Json> {
    let address = document.address.as_str();
    let above = address.match_indices('/').map(|(end, _)| &address[..=end]).filter(|above| *above != address);
    let lists = above.filter_map(|above| {
        let listing = *site.listing_at.get(&Address::page(above.split('/').filter(|part| !part.is_empty())))?;
        let subject = super::Subject::Listing(listing);
        Some((feeds::name(site, language, subject)?, whole(site, &feeds::page(site, subject))))
    });
    let own = (plain::line(&document.title), whole(site, &document.address));
    let steps: Vec<Json> = (1..)
        .zip(lists.chain([own]))
        .map(
            |(position, (name, item))| json!({ "@type": "ListItem", "position": position, "name": name, "item": item }),
        )
        .collect();
    (steps.len() > 1).then(|| json!({ "@type": "BreadcrumbList", "itemListElement": steps }))
}
