//! Numbers under which something can be looked up, and what bears each: `/ref/2021/14/`.
//!
//! Input: the site, once. Output: [`Reference`]s, sorted by the addresses of their pages. Not here: their pages.

use std::collections::BTreeMap;

use super::facts::value;
use crate::kind::Role;
use crate::model::{Address, Document, DocumentId, Site, Value, slug};

/// The first part of the addresses of numbers.
const REFERENCES: &str = "ref";

/// What is longer is a title and no number.
const LONGEST: usize = 24;

/// A number, and what bears it.
#[derive(Debug, PartialEq, Eq)]
pub struct Reference {
    /// The page that leads there.
    pub address: Address,
    /// As typed.
    pub number: Box<str>,
    /// What bears it, sorted by id.
    pub documents: Vec<DocumentId>,
}

/// The number that was given last.
#[must_use]
pub fn last<'site>(site: &Site, references: &'site [Reference]) -> Option<&'site Reference> {
    references.iter().max_by_key(|reference| {
        let dates = reference.documents.iter().filter_map(|id| site.document(*id).date?.earliest());
        (dates.max(), std::cmp::Reverse(reference.address.clone()))
    })
}

/// Every number that has a page, by address: one walk over the documents, of which few have a number.
#[must_use]
pub fn references(
    site: &Site,
    can_be_read: impl Fn(DocumentId) -> bool,
    has_page: impl Fn(DocumentId) -> bool,
) -> Vec<Reference> {
    let mut references: BTreeMap<Address, Reference> = BTreeMap::new();
    for (id, document) in site.ids().filter(|(id, _)| can_be_read(*id)) {
        let number = number(site, id, document, &has_page);
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
fn number<'site>(
    site: &'site Site,
    id: DocumentId,
    document: &'site Document,
    has_page: impl Fn(DocumentId) -> bool,
) -> Option<&'site str> {
    let kind = site.kinds.get(document.kind);
    kind.role(Role::Number)?;
    let printed = value(site, id, Role::Number).and_then(Value::text);
    let given = || document.id.rsplit('/').next().filter(|_| kind.page && has_page(id));
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
