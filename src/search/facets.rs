//! Facets: by what answers can be narrowed. Which there are comes from roles and from the schema of kinds.
//!
//! Enters: documents. Leaves: the values of each facet. Absent: the names of kinds and fields, and counting
//! (`answer.rs`).

use crate::kind::{KindId, Role};
use crate::language::Language;
use crate::model::{Document, DocumentId, RelationEnd, Site, Value, slug};

use super::passages::choice_label;

/// A facet of a site: its key in addresses, and its label.
pub type Facet = (String, String);

/// One value of a facet: its key in addresses, and what readers see.
pub type FacetValue = (String, String);

/// The facet that is worked out from dates and not stored.
pub const YEAR: &str = "year";

/// A decision on an item that is a file stands two steps below its meeting; nothing stands deeper than this.
const DEEPEST_PLACE: usize = 4;

/// What a facet asks of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Its kind.
    Kind,
    /// To whom it belongs.
    Body,
    /// To which documents of this kind it relates.
    Related(KindId),
    /// What it is about, in the author's words.
    Topic,
    /// The year of its date.
    Year,
    /// Where in its life it is, or what was decided.
    Status,
}

/// The facets of a site, in the order in which pages show them.
pub fn facets(site: &Site, language: &Language) -> Vec<(Facet, Asks)> {
    let own = |key: &str, label: String, asks: Asks| ((key.to_owned(), label), asks);
    let mut facets = vec![
        own("kind", language.say("search.kind", &[]), Asks::Kind),
        own("body", language.say("search.body", &[]), Asks::Body),
    ];
    let related = site.kinds.iter().filter(|(_, kind)| kind.facet);
    facets.extend(related.map(|(id, kind)| ((kind.name.clone(), kind.label.clone()), Asks::Related(id))));
    facets.extend([
        own("topic", language.say("search.topic", &[]), Asks::Topic),
        own(YEAR, language.say("search.year", &[]), Asks::Year),
        own("status", language.say("search.status", &[]), Asks::Status),
    ]);
    facets
}

/// The values of a document.
pub fn values(site: &Site, id: DocumentId, asks: Asks) -> Vec<FacetValue> {
    let document = site.document(id);
    let kind = site.kinds.get(document.kind);
    let mut values = Vec::new();
    match asks {
        Asks::Kind => values.push((kind.folder.clone(), kind.label_plural.clone())),
        Asks::Body => texts(site, body_of(site, id), &mut values),
        Asks::Topic => texts(site, of_role(site, document, Role::Tags), &mut values),
        Asks::Related(to) => related(site, id, to, &mut values),
        Asks::Status => values.extend(status(site, document)),
        Asks::Year => {}
    }
    values.sort();
    values.dedup_by(|one, other| one.0 == other.0);
    values
}

/// To whom a document says that it belongs, or else what it was made in.
fn body_of(site: &Site, id: DocumentId) -> Option<&Value> {
    let mut here = id;
    for _ in 0..DEEPEST_PLACE {
        let document = site.document(here);
        if let Some(body) = of_role(site, document, Role::Body) {
            return Some(body);
        }
        here = document.place.as_ref()?.host;
    }
    None
}

fn of_role<'site>(site: &'site Site, document: &'site Document, role: Role) -> Option<&'site Value> {
    document.fields.get(&site.kinds.get(document.kind).role(role)?.name)
}

fn texts(site: &Site, value: Option<&Value>, values: &mut Vec<FacetValue>) {
    match value {
        Some(Value::List(items)) => items.iter().for_each(|(item, _)| texts(site, Some(item), values)),
        Some(Value::Reference(reference)) => values.extend(site.find(&reference.id).map(|id| named(site, id))),
        Some(value) => {
            let text = value.text().map(str::trim).filter(|text| !text.is_empty());
            values.extend(text.map(|text| (slug(text), text.to_owned())));
        }
        None => {}
    }
}

/// A document as a value: the end of its id, and its title.
fn named(site: &Site, id: DocumentId) -> FacetValue {
    let document = site.document(id);
    let name = document.id.split_once('/').map_or(&*document.id, |(_, name)| name);
    (name.to_owned(), document.title.to_string())
}

/// The documents of a kind that a document names in its fields or its text; it relates to itself.
fn related(site: &Site, id: DocumentId, to: KindId, values: &mut Vec<FacetValue>) {
    if site.document(id).kind == to {
        values.push(named(site, id));
    }
    for relation in &site.relations[id.0 as usize] {
        if let RelationEnd::Document { document, .. } = relation.end
            && site.document(document).kind == to
        {
            values.push(named(site, document));
        }
    }
}

/// The status of a document, or what its kind takes for one where nothing is said; else its outcome.
fn status(site: &Site, document: &Document) -> Option<FacetValue> {
    let kind = site.kinds.get(document.kind);
    let field = kind.role(Role::Status).or_else(|| kind.role(Role::Outcome))?;
    let said = document.fields.get(&field.name).and_then(Value::text);
    let name = said.or(field.default.as_deref())?;
    Some((name.to_owned(), choice_label(field, name).to_owned()))
}

/// What readers see of the status and the body of a document.
pub fn shown(site: &Site, id: DocumentId, asks: Asks) -> String {
    let values = values(site, id, asks);
    values.into_iter().map(|(_, label)| label).collect::<Vec<_>>().join(", ")
}
