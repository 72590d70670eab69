//! Which pages a site has beside those of its documents.
//!
//! Input: the site, whole but for this table. Output: [`OwnPages`], which `assemble` makes once and the site then holds.
//! Not here: what is on them (`render/`).

use std::collections::BTreeMap;

use super::facts::value;
use super::forward::{bodies_that_meet, length};
use super::index::{events, months, owner_at, page_owners, stands_on_a_page};
use crate::kind::Role;
use crate::model::pages::{
    A_TO_Z, ACCESSIBILITY, DATA, EDITIONS, GLOSSARY, NUMBERS, SEARCH, TOPICS, UPDATES, calendar_page, list_page,
    page_count, plan_page,
};
use crate::model::{Address, Document, DocumentId, NumberPage, OwnPages, Published, RouteKind, Site, Value, slug};

/// A number that is longer is a title.
const LONGEST_NUMBER: usize = 24;

/// The table of a site's own pages.
///
/// It has the page of open data for a preview too, which is not made there: a link to it is as right as on the site
/// that is published.
#[must_use]
pub fn own_pages(site: &Site) -> OwnPages {
    let page = |name: &str, kind| (Address::page([name]), kind);
    let mut pages = vec![
        (Address::page([]), RouteKind::Home),
        (Address::file("404.html"), RouteKind::NotFound),
        page(A_TO_Z, RouteKind::AToZ),
        page(TOPICS, RouteKind::Topics),
        page(SEARCH, RouteKind::Search),
        page(DATA, RouteKind::Data),
    ];
    pages.extend((!site.glossary.is_empty()).then(|| page(GLOSSARY, RouteKind::Glossary)));
    pages.extend(site.config.accessibility.as_ref().map(|_| page(ACCESSIBILITY, RouteKind::Accessibility)));
    let months = months(&events(site)).into_iter().map(Some);
    pages.extend(std::iter::once(None).chain(months).map(|month| (calendar_page(month), RouteKind::Calendar(month))));
    let mut list = |first: &Address, documents: usize, kind: &dyn Fn(u32) -> RouteKind| {
        let numbers = (1..).take(page_count(documents, site.config.page_size));
        pages.extend(numbers.map(|number| (list_page(first, number as usize), kind(number))));
    };
    list(&Address::page([UPDATES]), site.updates.len(), &RouteKind::Updates);
    for (first, body) in plans(site) {
        let groups = site.plan.groups.iter().filter(|group| body.is_none_or(|body| group.body == Ok(body)));
        list(&first, length(groups), &|page| RouteKind::Plan(body, page));
    }
    for (index, listing) in (0..).zip(&site.listings) {
        list(&listing.address, listing.documents.len(), &|page| RouteKind::Listing(index, page));
    }
    let numbers = numbers(site);
    pages.extend((0..).zip(&numbers).map(|(index, number)| (number.address.clone(), RouteKind::Number(index))));
    let (edition_days, comparisons) = (super::editions::days(site), super::editions::comparisons(site));
    pages.extend((!edition_days.is_empty()).then(|| page(EDITIONS, RouteKind::Editions)));
    pages.extend((0..).zip(&edition_days).map(|(index, day)| (day.address.clone(), RouteKind::EditionDay(index))));
    pages.extend((0..).zip(&comparisons).map(|(index, one)| (one.address.clone(), RouteKind::Comparison(index))));
    OwnPages::new(pages, numbers, edition_days, comparisons)
}

/// The pages of the forward plan: of each body that meets, and of all; where a document or an old address has the address of one, none.
fn plans(site: &Site) -> Vec<(Address, Option<DocumentId>)> {
    let owners = page_owners(site);
    let has_page = |id: &DocumentId| {
        let document = site.document(*id);
        document.published == Published::Whole && owner_at(site, &owners, document.address.as_str()) == Some(*id)
    };
    let bodies: Vec<DocumentId> = bodies_that_meet(site).into_iter().filter(has_page).collect();
    let all = (!bodies.is_empty()).then_some(None).into_iter();
    let all = all.chain(bodies.into_iter().map(Some));
    let page = |body: Option<DocumentId>| (plan_page(body.map(|body| &site.document(body).address)), body);
    let is_free = |(address, _): &(Address, Option<DocumentId>)| {
        let is_old = site.aliases.binary_search_by(|alias| alias.address.cmp(address)).is_ok();
        !is_old && owner_at(site, &owners, address.as_str()).is_none()
    };
    all.map(page).filter(is_free).collect()
}

/// The number that was given last.
pub(super) fn last_number(site: &Site) -> Option<&NumberPage> {
    site.own.numbers.iter().max_by_key(|page| {
        let dates = page.documents.iter().filter_map(|id| site.document(*id).date?.earliest());
        (dates.max(), std::cmp::Reverse(&page.address))
    })
}

/// Every number that has a page, by address: one walk over the documents, of which few have a number.
fn numbers(site: &Site) -> Vec<NumberPage> {
    let owners = page_owners(site);
    let mut numbers: BTreeMap<Address, NumberPage> = BTreeMap::new();
    for (id, document) in site.present() {
        let Some(number) = number(site, &owners, id, document) else { continue };
        let Some(address) = address(number).filter(|_| stands_on_a_page(site, &owners, document)) else { continue };
        let new = || NumberPage { address: address.clone(), number: number.into(), documents: Vec::new() };
        numbers.entry(address.clone()).or_insert_with(new).documents.push(id);
    }
    numbers.into_values().collect()
}

/// The number by which people name a document: the printed one, or else the name that it was given. A record without a
/// page was given none: its id is made of where it stands.
fn number<'site>(
    site: &'site Site,
    owners: &[DocumentId],
    id: DocumentId,
    document: &'site Document,
) -> Option<&'site str> {
    let kind = site.kinds.get(document.kind);
    kind.role(Role::Number)?;
    let has_page = || kind.page && owner_at(site, owners, document.address.as_str()) == Some(id);
    let printed = value(site, id, Role::Number).and_then(Value::text);
    printed.or_else(|| document.id.rsplit('/').next().filter(|_| has_page()))
}

/// The page of a number; `None` for one that says no more than a place in its own text: 7, 7.3.
fn address(number: &str) -> Option<Address> {
    let parts: Vec<String> = number.split(['/', '-', '.', ' ']).map(slug).filter(|part| !part.is_empty()).collect();
    let digits = number.bytes().any(|byte| byte.is_ascii_digit());
    let place = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let refers = number.len() <= LONGEST_NUMBER && digits && !place;
    refers.then(|| Address::page(std::iter::once(NUMBERS).chain(parts.iter().map(String::as_str))))
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
