//! Facets: by what answers can be narrowed, and which document has which values. Which facets there are comes from roles and
//! from the schema of kinds.
//!
//! Input: documents. Output: the values of each facet. Not here: the names of kinds and fields, the file of facets
//! (`facet_rows.rs`), and counting (`search/narrow.rs`).

use super::passages::choice_label;
use crate::kind::{KindId, Role};
use crate::language::Language;
use crate::model::{Document, DocumentId, RelationEnd, Site, Value, slug};
use crate::search::facets::{FacetValue, YEAR};

/// A facet of a site: its key in addresses, and its label.
pub type Facet = (String, String);

/// A decision on an item that is a file stands two steps below its meeting; nothing stands deeper than this.
const DEEPEST_PLACE: usize = 4;

/// Where the values of a facet come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FacetSource {
    /// The kind of a document.
    Kind,
    /// The body that it belongs to.
    Body,
    /// The documents of this kind that it relates to.
    Related(KindId),
    /// The topics that its author gave it.
    Topic,
    /// The year of its date; it is not stored.
    Year,
    /// Where in its life it is, or what was decided.
    Status,
}

/// The facets of a site, in the order in which pages show them.
pub fn facets(site: &Site, language: &Language) -> Vec<(Facet, FacetSource)> {
    let own = |key: &str, label: String, source: FacetSource| ((key.to_owned(), label), source);
    let mut facets = vec![
        own("kind", language.say("search.kind", &[]), FacetSource::Kind),
        own("body", language.say("search.body", &[]), FacetSource::Body),
    ];
    let related = site.kinds.iter().filter(|(_, kind)| kind.facet);
    facets.extend(related.map(|(id, kind)| ((kind.name.clone(), kind.label.clone()), FacetSource::Related(id))));
    facets.extend([
        own("topic", language.say("search.topic", &[]), FacetSource::Topic),
        own(YEAR, language.say("search.year", &[]), FacetSource::Year),
        own("status", language.say("search.status", &[]), FacetSource::Status),
    ]);
    facets
}

/// The values of a document, in order and each once.
pub fn values(site: &Site, id: DocumentId, source: FacetSource) -> Vec<FacetValue> {
    let document = site.document(id);
    let kind = site.kinds.get(document.kind);
    let mut values = Vec::new();
    match source {
        FacetSource::Kind => values.push((kind.folder.clone(), kind.label_plural.clone())),
        FacetSource::Body => texts(site, body_of(site, id), &mut values),
        FacetSource::Topic => texts(site, of_role(site, document, Role::Tags), &mut values),
        FacetSource::Related(to) => related(site, id, to, &mut values),
        FacetSource::Status => values.extend(status(site, document)),
        FacetSource::Year => {}
    }
    values.sort();
    values.dedup_by(|one, other| one.0 == other.0);
    values
}

/// The body that a document names, or else that of the document it stands in.
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
/// Areas are those that it concerns, and those in which they lie.
fn related(site: &Site, id: DocumentId, to: KindId, values: &mut Vec<FacetValue>) {
    if site.kinds.get(to).role(Role::Within).is_some() {
        values.extend(site.areas.of(id).iter().map(|area| named(site, *area)));
        return;
    }
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

/// The status of a document, or the default of its kind if it says nothing; of a kind without a status, the outcome.
fn status(site: &Site, document: &Document) -> Option<FacetValue> {
    let kind = site.kinds.get(document.kind);
    let field = kind.role(Role::Status).or_else(|| kind.role(Role::Outcome))?;
    let said = document.fields.get(&field.name).and_then(Value::text);
    let name = said.or(field.default.as_deref())?;
    Some((name.to_owned(), choice_label(field, name).to_owned()))
}

/// The labels of the values of a document, as results show them.
pub fn shown(site: &Site, id: DocumentId, source: FacetSource) -> String {
    values(site, id, source).into_iter().map(|(_, label)| label).collect::<Vec<_>>().join(", ")
}
