//! What search engines are told in the head of a page, where schema.org has a word for its kind.
//!
//! Input: a document. Output: JSON-LD that can stand in `<script type="application/ld+json">` as it is: no character
//! in it can end the script. Such a block is data, which no browser runs, so a policy without inline scripts allows it.

use jiff::civil;
use serde_json::{Map, Value as Json, json};

use super::{catalogue, feeds, is_public, plain, read_at, whole};
use crate::kind::Role;
use crate::language::Language;
use crate::model::{Address, Date, Document, DocumentId, Instant, RelationEnd, Site, Value};

/// What schema.org makes of a type: which of our roles have a name in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Event,
    Organization,
    Work,
}

/// The linked data of a document's page; `None` if its kind has no type, or only a
/// tombstone is left of it.
pub fn json_ld(site: &Site, language: &Language, id: DocumentId) -> Option<String> {
    let document = site.document(id);
    let kind = site.kinds.get(document.kind);
    let type_name = kind.schema_org.as_deref().filter(|_| is_public(document) && kind.page)?;
    let context = ("@context".to_owned(), json!("https://schema.org"));
    let mut thing = Map::new();
    let mut put = |name: &str, value: Json| thing.insert(name.to_owned(), value);
    put("@type", json!(type_name));
    put("@id", json!(whole(site, &document.address)));
    put("url", json!(whole(site, &document.address)));
    put("name", json!(plain::line(&document.title)));
    if let Some(summary) = plain::summary(site, document) {
        put("description", json!(summary));
    }
    thing.extend(match family(type_name) {
        Family::Event => event(site, language, id),
        Family::Organization => organization(site, document),
        Family::Work => work(site, id),
    });
    let whole = match trail(site, language, document) {
        Some(trail) => Map::from_iter([context, ("@graph".to_owned(), Json::Array(vec![Json::Object(thing), trail]))]),
        None => std::iter::once(context).chain(thing).collect(),
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

fn event(site: &Site, language: &Language, id: DocumentId) -> Vec<(String, Json)> {
    let document = site.document(id);
    let mut facts = Facts::default();
    if let Some(day) = day(site, document, Role::Date) {
        let begins = plain::role_text(site, document, Role::Time).and_then(|time| at(site, language, day, &time));
        facts.put("startDate", Some(begins.unwrap_or_else(|| json!(day.to_string()))));
        facts.put("endDate", plain::end_time(site, document).and_then(|time| at(site, language, day, &time)));
    }
    let place = plain::role_text(site, document, Role::Place).map(|place| plain::line(&place));
    facts.put("location", place.map(|place| json!({ "@type": "Place", "name": place, "address": place })));
    let called_off = super::calendar::is_called_off(site, document);
    let status = if called_off { "EventCancelled" } else { "EventScheduled" };
    facts.put("eventStatus", Some(json!(format!("https://schema.org/{status}"))));
    let organizer = end(site, id, Role::Body).unwrap_or_else(|| publisher(site));
    facts.put("organizer", Some(organizer));
    facts.0
}

fn organization(site: &Site, document: &Document) -> Vec<(String, Json)> {
    let mut facts = Facts::default();
    facts.put("foundingDate", iso(site, document, Role::From));
    facts.put("dissolutionDate", iso(site, document, Role::To));
    facts.0
}

fn work(site: &Site, id: DocumentId) -> Vec<(String, Json)> {
    let document = site.document(id);
    let mut facts = Facts::default();
    facts.put("headline", Some(json!(plain::cut(&plain::line(&document.title), 110))));
    facts.put("datePublished", iso(site, document, Role::Date));
    facts.put("dateModified", document.changed.and_then(Date::iso).map(|date| json!(date)));
    let period = [iso(site, document, Role::From), iso(site, document, Role::To)];
    if let [Some(Json::String(from)), to] = period {
        let to = to.as_ref().and_then(Json::as_str).unwrap_or("..");
        facts.put("temporalCoverage", Some(json!(format!("{from}/{to}"))));
    }
    let tags = feeds::tags(site, document);
    facts.put("keywords", (!tags.is_empty()).then(|| json!(tags)));
    facts.put("publisher", Some(publisher(site)));
    facts.put("inLanguage", Some(json!(site.config.language)));
    facts.put("license", site.config.licence_url.as_ref().map(|address| json!(address)));
    let files: Vec<Json> = catalogue::tables_of(site, document)
        .map(|address| json!({ "@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": whole(site, address) }))
        .collect();
    facts.put("distribution", (!files.is_empty()).then_some(Json::Array(files)));
    facts.0
}

/// Names with values, where there are values.
#[derive(Default)]
struct Facts(Vec<(String, Json)>);

impl Facts {
    fn put(&mut self, name: &str, value: Option<Json>) {
        self.0.extend(value.map(|value| (name.to_owned(), value)));
    }
}

fn publisher(site: &Site) -> Json {
    json!({ "@type": "Organization", "name": plain::line(&site.config.organisation), "url": whole(site, &Address::page([])) })
}

/// What a document names in the field with `role`.
fn end(site: &Site, id: DocumentId, role: Role) -> Option<Json> {
    let field = plain::role_field(site, site.document(id), role)?;
    let relation = site.relations[id.0 as usize].iter().find(|relation| *relation.field == *field.name)?;
    Some(match &relation.end {
        RelationEnd::Document { document, .. } => {
            let document = site.document(*document);
            let type_name = site.kinds.get(document.kind).schema_org.as_deref().unwrap_or("Organization");
            json!({ "@type": type_name, "name": plain::line(&document.title), "url": read_at(site, document) })
        }
        RelationEnd::Words(words) => json!({ "@type": "Organization", "name": plain::line(words) }),
    })
}

fn date(site: &Site, document: &Document, role: Role) -> Option<Date> {
    match plain::role_value(site, document, role)? {
        Value::Date(date) => Some(*date),
        Value::Instant(instant) => Some(Date::Day(instant.day)),
        _ => None,
    }
}

fn iso(site: &Site, document: &Document, role: Role) -> Option<Json> {
    date(site, document, role).and_then(Date::iso).map(|date| json!(date))
}

fn day(site: &Site, document: &Document, role: Role) -> Option<civil::Date> {
    match date(site, document, role)? {
        Date::Day(day) => Some(day),
        _ => None,
    }
}

/// A moment of a day, if what was typed is a time.
fn at(site: &Site, language: &Language, day: civil::Date, time: &str) -> Option<Json> {
    let instant = Instant::new(day, Some(language.read_time(time)?), &site.config.zone)?;
    let zoned = instant.at.to_zoned(site.config.zone.clone());
    Some(json!(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()))
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
