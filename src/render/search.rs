//! The page of the search, and the pages that lead from a number to what bears it: `/ref/2021/14/`.
//!
//! Enters: the site. Leaves: [`SearchPage`], [`ReferencePage`]; and which numbers have a page. Absent: the search itself,
//! which runs in the browser (`themes/default/js/search/`) on the files that the room `search` makes. What stands here
//! works without scripts.

use std::collections::BTreeMap;

use super::context::{Head, Link, ReferencePage, SearchPage};
use super::head;
use super::view::View;
use crate::kind::Role;
use crate::model::{Address, Document, DocumentId, Site, Value, slug};
use crate::query::{self, Index};

/// The address of the search.
pub const SEARCH: &str = "search";
/// The first part of the addresses of numbers.
const REFERENCES: &str = "ref";

/// What is longer is a title and no number.
const LONGEST: usize = 24;

/// A number, and what bears it.
pub struct Reference {
    /// The page that leads there.
    pub address: Address,
    /// As typed.
    number: Box<str>,
    documents: Vec<DocumentId>,
}

/// The page of the search.
#[must_use]
pub fn search(view: &View) -> (Head, SearchPage) {
    let mut head = head::head(view, &Address::page([SEARCH]), view.language.say("search.title", &[]));
    head.description = Some(view.language.say("search.description", &[]));
    let newest = |reference: &&Reference| {
        let dates = reference.documents.iter().filter_map(|id| view.site.document(*id).date?.earliest());
        (dates.max(), std::cmp::Reverse(reference.address.clone()))
    };
    let example = view
        .references
        .iter()
        .max_by_key(newest)
        .map(|reference| Link { title: reference.number.to_string(), href: Some(view.site.href(&reference.address)) });
    (head, SearchPage { example })
}

/// The page of a number.
#[must_use]
pub fn reference(view: &View, reference: u32) -> (Head, ReferencePage) {
    let reference = &view.references[reference as usize];
    let mut head = head::head(view, &reference.address, reference.number.to_string());
    head.description = Some(view.language.say("reference.lead", &[("number", &reference.number)]));
    let only = match reference.documents.as_slice() {
        [only] => view.href(*only),
        _ => None,
    };
    (head, ReferencePage { found: view.cards(&reference.documents), only })
}

/// Every number that has a page, by address: one walk over the documents, of which few have a number.
#[must_use]
pub fn references(site: &Site, index: &Index) -> Vec<Reference> {
    let mut references: BTreeMap<Address, Reference> = BTreeMap::new();
    for (id, document) in site.ids().filter(|(id, _)| index.can_be_read(*id)) {
        let number = number(site, index, id, document);
        let Some((number, address)) = number.and_then(|number| Some((number, address(number)?))) else {
            continue;
        };
        let reference = references.entry(address.clone()).or_insert_with(|| Reference {
            address,
            number: number.into(),
            documents: Vec::new(),
        });
        reference.documents.push(id);
    }
    references.into_values().collect()
}

/// The number by which people name a document: the printed one, or else the name that it was given. A record without a
/// page was given none: its id is made of where it stands.
fn number<'site>(site: &'site Site, index: &Index, id: DocumentId, document: &'site Document) -> Option<&'site str> {
    let kind = site.kinds.get(document.kind);
    kind.role(Role::Number)?;
    let printed = query::value(site, id, Role::Number).and_then(Value::text);
    let given = || document.id.rsplit('/').next().filter(|_| kind.page && index.has_page(site, id));
    printed.or_else(given)
}

/// The page of a number; nothing for one that says no more than a place in its own text: 7, 7.3.
fn address(number: &str) -> Option<Address> {
    let parts: Vec<String> = number.split(['/', '-', '.', ' ']).map(slug).filter(|part| !part.is_empty()).collect();
    let digits = number.bytes().any(|byte| byte.is_ascii_digit());
    let place = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let refers = number.len() <= LONGEST && digits && !place;
    refers.then(|| Address::page(std::iter::once(REFERENCES).chain(parts.iter().map(String::as_str))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_page_however_it_is_written() {
        for (number, expected) in [
            ("2021/14", "/ref/2021/14/"),
            ("2021-14", "/ref/2021/14/"),
            ("DHR-2020-07", "/ref/dhr/2020/07/"),
            ("A12", "/ref/a12/"),
            ("Minute 45/22", "/ref/minute/45/22/"),
        ] {
            assert_eq!(address(number).expect("a number").as_str(), expected);
        }
        for place in ["7", "7.3", "", "community-cohesion", "a-resolution-of-2021-that-has-a-title"] {
            assert_eq!(address(place), None, "{place}");
        }
    }
}
