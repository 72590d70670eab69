//! The sitemap: every page, with the day of its last change.
//!
//! Input: the documents of a site and its table of own pages. Output: `/sitemap.xml`, or, above the protocol's limit, an
//! index of `/sitemap-1.xml`, `/sitemap-2.xml`, … Not here: tombstones, and pages that only lead on to others.

use std::collections::BTreeMap;

use jiff::civil;

use super::xml::Xml;
use super::{Export, Subject, has_page, is_public, whole};
use crate::language::Language;
use crate::model::{Address, Date, Document, DocumentId, RouteKind, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "sitemap",
    summary: "Tells search engines which pages there are and when each last changed.",
    needs_base_url: true,
    plan,
    write,
};

/// At most so many addresses in one file, says the protocol.
const LONGEST: usize = 50_000;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

fn plan(site: &Site) -> Vec<(Address, Subject)> {
    let mut files = vec![(Address::file("sitemap.xml"), Subject::Site)];
    let pages = pages(site).len();
    if pages > LONGEST {
        files.extend((1..).take(pages.div_ceil(LONGEST)).map(|part| (part_address(part), Subject::Part(part))));
    }
    files
}

fn part_address(part: u32) -> Address {
    Address::file(&format!("sitemap-{part}.xml"))
}

/// Every page with its last change, in the order of addresses.
fn pages(site: &Site) -> BTreeMap<Address, Option<civil::Date>> {
    let newest = |documents: &[DocumentId]| documents.iter().filter_map(|id| changed(site.document(*id))).max();
    let of_lists: Vec<_> = site.listings.iter().map(|listing| newest(&listing.documents)).collect();
    let changed_on = |kind| match kind {
        RouteKind::Home => newest(site.updates.get(..1).unwrap_or_default()),
        RouteKind::Listing(listing, _) => of_lists[listing as usize],
        _ => None,
    };
    let own = site.own.listed().map(|(address, kind)| (address.clone(), changed_on(kind)));
    let mut pages: BTreeMap<Address, Option<civil::Date>> = own.collect();
    for document in site.documents.iter().filter(|document| is_public(document) && has_page(site, document)) {
        let day = changed(document);
        let page = pages.entry(document.address.clone()).or_default();
        *page = day.max(*page);
    }
    pages
}

/// The day of the last change, if it is known as a day.
fn changed(document: &Document) -> Option<civil::Date> {
    match document.changed {
        Some(Date::Day(day)) => Some(day),
        _ => None,
    }
}

fn write(site: &Site, _: &Language, subject: Subject) -> Vec<u8> {
    let pages = pages(site);
    let (skip, take) = match subject {
        Subject::Part(part) => ((part as usize - 1) * LONGEST, LONGEST),
        _ if pages.len() > LONGEST => return index(site, pages.len().div_ceil(LONGEST)),
        _ => (0, LONGEST),
    };
    let mut xml = Xml::new();
    xml.open("urlset", &[NAMESPACE]);
    for (address, day) in pages.into_iter().skip(skip).take(take) {
        xml.open("url", &[]);
        xml.leaf("loc", &[], &whole(site, &address));
        if let Some(day) = day {
            xml.leaf("lastmod", &[], &day.to_string());
        }
        xml.close("url");
    }
    xml.close("urlset");
    xml.finish()
}

fn index(site: &Site, parts: usize) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("sitemapindex", &[NAMESPACE]);
    for part in (1..).take(parts) {
        xml.open("sitemap", &[]);
        xml.leaf("loc", &[], &whole(site, &part_address(part)));
        xml.close("sitemap");
    }
    xml.close("sitemapindex");
    xml.finish()
}
