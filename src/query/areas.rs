//! Which areas a document concerns, and in which others an area lies.
//!
//! Input: a [`Store`] and a document in it. Output: areas. Not here: everything that concerns an area (`assemble/areas.rs`).

use std::collections::BTreeSet;

use super::Store;
use super::facts::{DEEPEST_PLACE, body};
use crate::kind::Role;
use crate::model::{DocumentId, Published};

/// Whether a document is an area that is there.
#[must_use]
pub fn is_area(site: &impl Store, id: DocumentId) -> bool {
    let document = site.document(id);
    document.published == Published::Whole && site.kinds().get(document.kind).role(Role::Within).is_some()
}

/// The areas in which an area lies, as its head names them.
#[must_use]
pub fn lies_in(site: &impl Store, area: DocumentId) -> Vec<DocumentId> {
    named_as(site, area, &[Role::Within])
}

/// All areas in which an area lies, and those in which they lie. The area itself is among them where its heads lead in a circle.
#[must_use]
pub fn all_around(site: &impl Store, area: DocumentId) -> BTreeSet<DocumentId> {
    let mut all = BTreeSet::new();
    let mut open = lies_in(site, area);
    while let Some(next) = open.pop() {
        if all.insert(next) {
            open.extend(lies_in(site, next));
        }
    }
    all
}

/// The areas around an area, the smallest first: of several in which one lies, that which its head names first.
#[must_use]
pub fn around(site: &impl Store, area: DocumentId) -> Vec<DocumentId> {
    let mut around = Vec::new();
    let mut here = area;
    while let Some(next) = lies_in(site, here).first().filter(|next| **next != area && !around.contains(*next)) {
        around.push(*next);
        here = *next;
    }
    around
}

/// The areas that a document concerns: those that its head names, as its areas or as what it is about. Of a record that names none,
/// those of what it stands in; of anything else that names none, those of the body that it belongs to.
#[must_use]
pub fn areas_named(site: &impl Store, id: DocumentId) -> Vec<DocumentId> {
    let mut here = id;
    for _ in 0..DEEPEST_PLACE {
        let named = named_as(site, here, &[Role::Area, Role::About]);
        if !named.is_empty() {
            return named;
        }
        match &site.document(here).place {
            Some(place) => here = place.inside.unwrap_or(place.host),
            None => break,
        }
    }
    body(site, id).map(|body| named_as(site, body, &[Role::Area, Role::About])).unwrap_or_default()
}

/// The areas that a document names in the fields with these roles.
fn named_as(site: &impl Store, id: DocumentId, roles: &[Role]) -> Vec<DocumentId> {
    let kind = site.kinds().get(site.document(id).kind);
    let fields: Vec<&str> = roles.iter().filter_map(|role| kind.role(*role)).map(|field| field.name.as_str()).collect();
    let ends = site.relations(id).iter().filter(|relation| fields.contains(&&*relation.field));
    let mut seen = BTreeSet::new();
    let areas = ends.filter_map(|relation| relation.end.document()).filter(|area| *area != id && is_area(site, *area));
    areas.filter(|area| seen.insert(*area)).collect()
}
