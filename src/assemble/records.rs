//! Where records stand, and what they are about.
//!
//! Input: every shown, named; what their fields and the links of texts lead to. Output: the place of each record,
//! in whose text it was made or on whose page it is shown, and the relations that nobody has to type: a record is
//! about what its words link to and what its agenda item is about (content.md §3, "Records in place").
//! Not here: how a record looks on its host's page.

use super::identity::has_page;
use super::index::Index;
use super::links::ResolvedLinks;
use super::relations::Bound;
use crate::kind::{Field, Role};
use crate::model::{Address, DocumentId, Entry, InPlace, Landing, Origin, Reference, Relation, RelationEnd, Value};
use crate::source::Span;

/// How many records may stand in one another: an action in a decision in an item.
pub const DEEPEST: usize = 4;

/// The place of each document that is a record of another's; one entry for each document.
pub type Places = [Option<Box<InPlace>>];

/// Finds the places of all records.
pub fn places(index: &Index<'_>, bound: &[Bound]) -> Vec<Option<Box<InPlace>>> {
    let documents = (0..).map(DocumentId).zip(bound);
    documents.map(|(document, bound)| place(document, bound, index).map(Box::new)).collect()
}

fn place(document: DocumentId, bound: &Bound, index: &Index<'_>) -> Option<InPlace> {
    let shown = &index.documents[document.0 as usize];
    if let Some(standing) = &shown.parsed.standing {
        let host = index.at_id(&standing.host)?;
        // Another file's document may have the id of the record around this one.
        let is_here = |id: &DocumentId| index.documents[id.0 as usize].parsed.path == shown.parsed.path;
        let inside = standing.inside.as_deref().and_then(|id| index.at_id(id)).filter(is_here);
        let anchor = standing.anchor.clone();
        let wording = Some(standing.wording.clone());
        return Some(InPlace { host, inside, page: standing.page, anchor, origin: standing.origin, wording });
    }
    let kind = index.kinds.get(shown.parsed.kind);
    let made_at = kind.inside_of.as_deref()?;
    let end = bound.relations.iter().find(|relation| &*relation.field == made_at)?;
    let RelationEnd::Document { document: target, anchor } = &end.end else { return None };
    let (host, inside) = host_of(*target, index);
    let inside = inside.or_else(|| anchor.as_deref().and_then(|anchor| index.record_at(host, anchor)));
    let name = shown.parsed.id.rsplit('/').next().unwrap_or_default();
    let anchor = format!("{}-{name}", kind.name).into();
    let page = has_page(shown, bound, index);
    Some(InPlace { host, inside, page, anchor, origin: Origin::Typed, wording: None })
}

/// The document in whose text `target` stands, with the record that it is; a document that is no record is its own.
fn host_of(target: DocumentId, index: &Index<'_>) -> (DocumentId, Option<DocumentId>) {
    let standing = index.documents[target.0 as usize].parsed.standing.as_ref();
    match standing.and_then(|standing| index.at_id(&standing.host)) {
        Some(host) => (host, Some(target)),
        None => (target, None),
    }
}

/// The records in each text, in the order of their places in it; one entry for each document. A
/// record whose id another document has is `None`.
pub fn of_texts(index: &Index<'_>) -> Vec<Box<[Option<DocumentId>]>> {
    let own = |id: &str, path: &str| {
        index.at_id(id).filter(|document| *index.documents[document.0 as usize].parsed.path == *path)
    };
    let texts = index.documents.iter().map(|shown| &shown.parsed);
    texts.map(|parsed| parsed.records.iter().map(|id| own(id, &parsed.path)).collect()).collect()
}

/// The address of each document's page, or of the page on which it stands.
pub fn addresses(index: &Index<'_>, places: &Places) -> Vec<Address> {
    let owners = (0..).map(DocumentId).zip(places).map(|(document, place)| match place {
        Some(place) if !place.page => place.host,
        _ => document,
    });
    owners.map(|owner| index.documents[owner.0 as usize].parsed.address.clone()).collect()
}

/// Adds to the field for what a record is about whatever its words link to, and what its item is about.
pub fn relate(index: &Index<'_>, bound: &mut [Bound], links: &[ResolvedLinks], places: &Places) {
    // What is around a record has a place above it in the text, but any place among the ids: so first what is said.
    let said: Vec<Vec<Relation>> = (0..).map(DocumentId).zip(places).map(|(id, _)| about(id, index, bound)).collect();
    for (id, place) in (0..).map(DocumentId).zip(places) {
        let Some(place) = place else { continue };
        let Some(field) = index.kinds.get(index.documents[id.0 as usize].parsed.kind).role(Role::About) else {
            continue;
        };
        let mut ends: Vec<(RelationEnd, Span)> = linked(place, links);
        let mut around = place.inside;
        for _ in 0..DEEPEST {
            let Some(outer) = around else { break };
            ends.extend(said[outer.0 as usize].iter().map(|relation| (relation.end.clone(), relation.span)));
            around = places[outer.0 as usize].as_ref().and_then(|place| place.inside);
        }
        let own = [Some(id), Some(place.host), place.inside];
        ends.retain(|(end, _)| !own.contains(&end.document()));
        add(id, field, ends, index, &mut bound[id.0 as usize]);
    }
}

/// What the fields of a document say that it is about.
fn about(id: DocumentId, index: &Index<'_>, bound: &[Bound]) -> Vec<Relation> {
    let kind = index.kinds.get(index.documents[id.0 as usize].parsed.kind);
    let Some(field) = kind.role(Role::About) else { return Vec::new() };
    let relations = bound[id.0 as usize].relations.iter();
    relations.filter(|relation| *relation.field == *field.name).cloned().collect()
}

/// The documents to which the words of a record in place link.
fn linked(place: &InPlace, links: &[ResolvedLinks]) -> Vec<(RelationEnd, Span)> {
    let Some(wording) = &place.wording else { return Vec::new() };
    let host = &links[place.host.0 as usize];
    let range = wording.links.start as usize..wording.links.end as usize;
    let links = host.links.iter().zip(&host.spans).take(range.end).skip(range.start);
    let ends = links.filter_map(|(landing, span)| match landing {
        Landing::Document { document, anchor } => {
            Some((RelationEnd::Document { document: *document, anchor: anchor.clone() }, *span))
        }
        _ => None,
    });
    ends.collect()
}

/// Adds ends that the field does not name yet, to the field and to the relations.
fn add(from: DocumentId, field: &Field, ends: Vec<(RelationEnd, Span)>, index: &Index<'_>, bound: &mut Bound) {
    for (end, span) in ends {
        let Some(document) = end.document() else { continue };
        let named = |relation: &Relation| *relation.field == *field.name && relation.end.document() == Some(document);
        if bound.relations.iter().any(named) {
            continue;
        }
        let RelationEnd::Document { anchor, .. } = &end else { continue };
        let id = index.documents[document.0 as usize].parsed.id.clone();
        let value = Value::Reference(Reference { id, anchor: anchor.clone() });
        match bound.fields.0.iter_mut().find(|entry| *entry.name == *field.name) {
            Some(Entry { value: Value::List(list), .. }) => list.push((value, span)),
            Some(entry) => {
                let first = (entry.value.clone(), entry.span);
                entry.value = Value::List(vec![first, (value, span)]);
            }
            None => {
                let list = Value::List(vec![(value, span)]);
                bound.fields.fill(&field.name, list, span);
            }
        }
        bound.relations.push(Relation { from, field: field.name.as_str().into(), end, span });
    }
}
