//! People, what they belong to and how they voted, in the terms of Popolo (popoloproject.com): `/data/popolo.json`, and its schema.
//!
//! Input: people, bodies and organisations, what was found of votes. Output: persons, organizations, memberships, events and motions with
//! vote events, each as Popolo names it, so that programs of other projects read them. Only what the site shows is in it, and only people
//! who have an entry.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::json::{json as bytes_of, object};
use super::{Export, Subject, is_public, plain, read_at, whole};
use crate::kind::Role;
use crate::language::Language;
use crate::model::{Address, Did, Document, DocumentId, Fields, Part, RelationEnd, Site, Value};
use crate::query;

/// This format.
pub const EXPORT: Export = Export {
    name: "popolo",
    summary: "People in public office, their memberships and votes, in the terms of Popolo (JSON).",
    needs_base_url: false,
    plan: |site| {
        if has_people(site) {
            vec![(address(), Subject::Site), (schema_address(), Subject::Part(1))]
        } else {
            Vec::new()
        }
    },
    write,
};

/// Where the file is.
pub fn address() -> Address {
    Address::file("data/popolo.json")
}

/// Where its schema is.
pub fn schema_address() -> Address {
    Address::file("data/popolo.schema.json")
}

/// Whether anybody has an entry that everybody may see.
pub fn has_people(site: &Site) -> bool {
    people(site).next().is_some()
}

fn people(site: &Site) -> impl Iterator<Item = (DocumentId, &Document)> {
    let is_person = |document: &Document| site.kinds.get(document.kind).role(Role::Terms).is_some();
    site.ids().filter(move |(_, document)| is_person(document) && is_public(document))
}

fn write(site: &Site, _: &Language, subject: Subject) -> Vec<u8> {
    match subject {
        Subject::Part(_) => bytes_of(&schema(site)),
        _ => bytes_of(&file(site)),
    }
}

fn file(site: &Site) -> Json {
    let mut bodies = BTreeSet::new();
    let mut memberships = Vec::new();
    for (id, document) in people(site) {
        memberships_of(site, (id, document), &mut bodies, &mut memberships);
    }
    let meetings: BTreeSet<DocumentId> = site.parts.all().iter().map(|part| part.meeting).collect();
    bodies.extend(meetings.iter().filter_map(|meeting| query::body(site, *meeting)));
    json!({
        "schema": whole(site, &schema_address()),
        "persons": people(site).map(|(_, document)| person(site, document)).collect::<Vec<_>>(),
        "organizations": bodies.iter().map(|id| organization(site, *id)).collect::<Vec<_>>(),
        "memberships": memberships,
        "events": meetings.iter().map(|id| event(site, *id)).collect::<Vec<_>>(),
        "motions": motions(site),
    })
}

fn person(site: &Site, document: &Document) -> Json {
    let kind = site.kinds.get(document.kind);
    let others = match kind.role(Role::KnownAs).and_then(|field| document.fields.get(&field.name)) {
        Some(Value::List(names)) => {
            names.iter().filter_map(|(name, _)| Some(json!({ "name": plain::line(name.text()?) }))).collect()
        }
        _ => Vec::new(),
    };
    Json::Object(object([
        ("id", Some(json!(document.id))),
        ("name", Some(json!(plain::line(&document.title)))),
        ("other_names", (!others.is_empty()).then_some(Json::Array(others))),
        ("summary", plain::summary(site, document).map(Json::String)),
        ("links", Some(json!([{ "url": read_at(site, document) }]))),
    ]))
}

fn organization(site: &Site, id: DocumentId) -> Json {
    let document = site.document(id);
    json!({
        "id": document.id,
        "name": plain::line(&document.title),
        "classification": site.kinds.get(document.kind).name,
        "links": [{ "url": read_at(site, document) }],
    })
}

/// The terms of a person; each body of one is added to `bodies`.
fn memberships_of(
    site: &Site,
    (_, document): (DocumentId, &Document),
    bodies: &mut BTreeSet<DocumentId>,
    memberships: &mut Vec<Json>,
) {
    let Some(terms) = site.kinds.get(document.kind).role(Role::Terms) else { return };
    let groups = document.fields.get(&terms.name).map(Value::groups).unwrap_or_default();
    for (number, group) in (1..).zip(groups) {
        let parts = terms.parts();
        let text = |role: Role| group.with_role(parts, role).and_then(Value::text).map(|text| json!(plain::line(text)));
        let date = |role: Role| group.with_role(parts, role).and_then(Value::date).and_then(partial).map(Json::String);
        let (body, words) = body_of(site, group, terms.parts());
        bodies.extend(body);
        let behalf = parts.iter().find(|part| part.role.is_none()).and_then(|part| group.get(&part.name)?.text());
        memberships.push(Json::Object(object([
            ("id", Some(json!(format!("{}#{number}", document.id)))),
            ("person_id", Some(json!(document.id))),
            ("organization_id", body.map(|body| json!(site.document(body).id))),
            ("organization", words.map(|words| json!({ "name": words }))),
            ("role", text(Role::Capacity)),
            ("area", text(Role::Place).map(|name| json!({ "name": name }))),
            ("on_behalf_of", behalf.map(|name| json!({ "name": plain::line(name) }))),
            ("start_date", date(Role::From)),
            ("end_date", date(Role::To)),
        ])));
    }
}

fn body_of(site: &Site, group: &Fields, parts: &[crate::kind::Field]) -> (Option<DocumentId>, Option<String>) {
    match group.with_role(parts, Role::Body) {
        Some(Value::Reference(body)) => (site.find(&body.id), None),
        Some(Value::Words(words)) => (None, Some(plain::line(words))),
        _ => (None, None),
    }
}

/// A date as far as it is known, as Popolo has it: a day, a month or a year.
fn partial(date: crate::model::Date) -> Option<String> {
    date.iso().map(|iso| iso.split('/').next().unwrap_or(&iso).to_owned())
}

/// A meeting, with those who were there.
fn event(site: &Site, id: DocumentId) -> Json {
    let document = site.document(id);
    let body = query::body_end(site, id);
    let attended = site.parts.at(id).into_iter().filter(|part| part.did.was_there());
    let attendees: BTreeSet<&str> = attended.map(|part| &*site.document(part.person).id).collect();
    Json::Object(object([
        ("id", Some(json!(document.id))),
        ("name", Some(json!(plain::line(&document.title)))),
        ("classification", Some(json!(site.kinds.get(document.kind).name))),
        ("start_date", query::day(document).map(|day| json!(day.to_string()))),
        ("organization_id", body.and_then(RelationEnd::document).map(|body| json!(site.document(body).id))),
        ("attendees", Some(Json::Array(attendees.into_iter().map(|id| json!({ "id": id })).collect()))),
        ("links", Some(json!([{ "url": read_at(site, document) }]))),
    ]))
}

/// The decisions of which the record names who moved them, or how somebody voted.
fn motions(site: &Site) -> Vec<Json> {
    let mut by_record: BTreeMap<DocumentId, Vec<&Part>> = BTreeMap::new();
    let is_motion = |did: Did| matches!(did, Did::Moved | Did::Seconded) || did.option().is_some();
    for part in site.parts.all().iter().filter(|part| is_motion(part.did)) {
        by_record.entry(part.record.unwrap_or(part.meeting)).or_default().push(part);
    }
    by_record.into_iter().map(|(record, parts)| motion(site, record, &parts)).collect()
}

fn motion(site: &Site, id: DocumentId, parts: &[&Part]) -> Json {
    let document = site.document(id);
    let creator = parts.iter().find(|part| part.did == Did::Moved).map(|part| json!(site.document(part.person).id));
    let vote = |part: &&&Part| Some(json!({ "voter_id": site.document(part.person).id, "option": part.did.option()? }));
    let votes: Vec<Json> = parts.iter().filter_map(|part| vote(&part)).collect();
    let motion = query::motion(site, id);
    let kind = site.kinds.get(document.kind);
    let sides = [(Role::For, "yes"), (Role::Against, "no"), (Role::Abstained, "abstain")];
    let field = kind.role(Role::Votes);
    let label = |role: Role| field.and_then(|field| field.part(role)).map(|part| part.label.as_str());
    let counts: Vec<Json> = sides
        .iter()
        .filter_map(|(role, option)| {
            let label = label(*role)?;
            let (_, value) = motion.votes.iter().find(|(other, _)| *other == label)?;
            Some(json!({ "option": option, "value": value }))
        })
        .collect();
    let body = query::body(site, id).map(|body| json!(site.document(body).id));
    let outcome = query::outcomes(site, id).first().map(|(_, name)| json!(name));
    let is_voted = !votes.is_empty() || !counts.is_empty();
    let events = is_voted.then(|| json!([{ "counts": counts, "votes": votes }]));
    Json::Object(object([
        ("id", Some(json!(document.id))),
        ("text", Some(json!(plain::line(&document.title)))),
        ("organization_id", body),
        ("creator_id", creator),
        ("date", query::made_on(site, id).map(|day| json!(day.to_string()))),
        ("result", outcome),
        ("vote_events", events),
        ("links", Some(json!([{ "url": read_at(site, document) }]))),
    ]))
}

/// The schema of the file.
fn schema(site: &Site) -> Json {
    let text = || json!({ "type": "string" });
    let name = || json!({ "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } }, "additionalProperties": false });
    let date = || json!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" });
    let links = || json!({ "type": "array", "items": of(&["url"], json!({ "url": { "type": "string" } })) });
    let list = |items: Json| json!({ "type": "array", "items": items });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": whole(site, &schema_address()),
        "title": "People in public office, in the terms of Popolo",
        "description": "Only people who have an entry, and only what the record says where it is sure who is meant. What is not here is not recorded.",
        "type": "object",
        "required": ["schema", "persons", "organizations", "memberships", "events", "motions"],
        "properties": {
            "schema": text(),
            "persons": list(of(&["id", "name", "links"], json!({ "id": text(), "name": text(), "other_names": list(name()), "summary": text(), "links": links() }))),
            "organizations": list(of(&["id", "name", "classification", "links"], json!({ "id": text(), "name": text(), "classification": text(), "links": links() }))),
            "memberships": list(of(&["id", "person_id"], json!({
                "id": text(), "person_id": text(), "organization_id": text(), "organization": name(), "role": text(), "area": name(),
                "on_behalf_of": name(), "start_date": date(), "end_date": date(),
            }))),
            "events": list(of(&["id", "name", "classification", "attendees", "links"], json!({
                "id": text(), "name": text(), "classification": text(), "start_date": date(), "organization_id": text(),
                "attendees": list(of(&["id"], json!({ "id": text() }))), "links": links(),
            }))),
            "motions": list(of(&["id", "text", "links"], json!({
                "id": text(), "text": text(), "organization_id": text(), "creator_id": text(), "date": date(), "result": text(), "links": links(),
                "vote_events": list(of(&["counts", "votes"], json!({
                    "counts": list(of(&["option", "value"], json!({ "option": { "enum": ["yes", "no", "abstain"] }, "value": { "type": "integer" } }))),
                    "votes": list(of(&["voter_id", "option"], json!({ "voter_id": text(), "option": { "enum": ["yes", "no", "abstain"] } }))),
                }))),
            }))),
        },
        "additionalProperties": false,
    })
}

/// An object with these members and no others.
fn of(required: &[&str], properties: Json) -> Json {
    json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false })
}
