//! What refers to a page, and to which place on it: grouped by place, each a link to the very paragraph that refers.
//!
//! Input: a document that has a page. Output: [`ReferredView`]s. Not here: what names the document as a whole in a field,
//! which has groups of its own under the names of the fields (`document.rs`).

use std::collections::BTreeMap;

use crate::kind::Role;
use crate::model::{AnchorKind, DocumentId, Published, Relation, RelationEnd};
use crate::query::{self, Query, Store};
use crate::view::{Link, ReferredView, View, fragment};

/// So many are named of those that refer to one place; of the others, the number.
const MOST: usize = 30;

/// Everything that refers to the page of `id`, by the places on it in their order; first, what refers to the whole.
#[must_use]
pub fn referred(view: &View, id: DocumentId) -> Vec<ReferredView> {
    let anchors = &view.document(id).body.anchors;
    let order = |anchor: &str| anchors.iter().position(|own| *own.id == *anchor);
    let mut places: BTreeMap<Option<&str>, Vec<Referrer>> = BTreeMap::new();
    let targets = targets(view, id);
    for (target, at) in &targets {
        for (from, relation) in view.incoming(*target) {
            let RelationEnd::Document { anchor, .. } = &relation.end else { continue };
            let place = anchor.as_deref().or(*at);
            if counts(view, id, from, relation, place) {
                places.entry(place).or_default().push(referrer(view, from, relation));
            }
        }
    }
    let mut groups: Vec<(Option<usize>, ReferredView)> = places
        .into_iter()
        .map(|(place, referrers)| {
            let record = targets.iter().find(|(_, at)| at.is_some() && *at == place).map(|(record, _)| *record);
            let title = place.map(|place| title(view, id, place, record));
            (place.and_then(order), group(view, title, place, referrers))
        })
        .collect();
    groups.sort_by_key(|(order, group)| (group.href.is_some(), *order));
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The document, and the records that have no page but this one, each with its place on it.
fn targets(view: &View, id: DocumentId) -> Vec<(DocumentId, Option<&str>)> {
    let made = view.ask(&Query::Made { document: view.document(id).id.clone(), kind: None }).documents();
    let here = made.into_iter().filter_map(|record| {
        let place = view.document(record).place.as_ref()?;
        (place.host == id && !place.page).then_some((record, Some(&*place.anchor)))
    });
    std::iter::once((id, None)).chain(here).collect()
}

/// Whether a relation is one that is told here: a link in a text, or a field that names a place or a record. Where a
/// record was made and what it is about is told elsewhere.
fn counts(view: &View, page: DocumentId, from: DocumentId, relation: &Relation, place: Option<&str>) -> bool {
    let document = view.document(from);
    if document.published != Published::Whole || query::made_in(view, from) == page || from == page {
        return false;
    }
    if relation.field.is_empty() {
        return true;
    }
    let kind = view.kinds().get(document.kind);
    let about = kind.role(Role::About).is_some_and(|field| *field.name == *relation.field);
    let inside = kind.inside_of.as_deref() == Some(&*relation.field);
    place.is_some() && !about && !inside
}

struct Referrer {
    from: DocumentId,
    /// The place in the text that refers: an index into its anchors.
    at: Option<usize>,
}

/// The nearest place above the words that refer.
fn referrer(view: &View, from: DocumentId, relation: &Relation) -> Referrer {
    let anchors = &view.document(from).body.anchors;
    let above = anchors.partition_point(|anchor| anchor.span.start <= relation.span.start);
    let is_place = |index: &usize| anchors[*index].kind != AnchorKind::PackPage;
    let at = if relation.field.is_empty() { (0..above).rev().find(is_place) } else { None };
    Referrer { from, at }
}

fn group(view: &View, title: Option<String>, place: Option<&str>, mut referrers: Vec<Referrer>) -> ReferredView {
    referrers
        .sort_by_key(|referrer| (std::cmp::Reverse(query::made_on(view, referrer.from)), referrer.from, referrer.at));
    referrers.dedup_by_key(|referrer| (referrer.from, referrer.at));
    let more = referrers.len().saturating_sub(MOST);
    let items = referrers.iter().take(MOST).map(|referrer| link(view, referrer)).collect();
    ReferredView { title, href: place.map(|place| format!("#{}", fragment(place))), items, more }
}

/// What a place is called: a record by its title; a place by its number or its first words, else by the number above it.
fn title(view: &View, id: DocumentId, place: &str, record: Option<DocumentId>) -> String {
    if let Some(record) = record {
        return view.document(record).title.to_string();
    }
    if let Some(called) = view.place(id, place) {
        return called;
    }
    let anchors = &view.document(id).body.anchors;
    let at = anchors.iter().position(|anchor| *anchor.id == *place).unwrap_or(0);
    let above = anchors[..at].iter().rev().find_map(|anchor| view.numbered(anchor));
    above.unwrap_or_else(|| view.language.say("referred.place", &[]))
}

fn link(view: &View, referrer: &Referrer) -> Link {
    let document = view.document(referrer.from);
    if let (Some(place), None) = (&document.place, referrer.at)
        && place.wording.is_some()
        && let Some(source) = view.source(referrer.from)
    {
        return source;
    }
    let anchors = &document.body.anchors;
    let mut title = document.title.to_string();
    let above = referrer.at.map_or(0, |at| at + 1);
    if let Some(called) = anchors[..above].iter().rev().find_map(|anchor| view.numbered(anchor)) {
        title = format!("{title}{}{called}", view.comma());
    }
    let anchor = referrer.at.map(|at| &*anchors[at].id);
    Link { title, href: view.place_href(referrer.from, anchor) }
}
