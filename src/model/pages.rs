//! The pages that a site has beside those of its documents: home page, lists, search, calendar, data, numbers.
//!
//! Input: none, these are types; `assemble` makes one [`OwnPages`] for each site. Output: which addresses authors may
//! not take, where links may lead, what is rendered and what the sitemap lists, all from the same table.
//! Not here: the pages of documents, files that authors publish, old addresses, files for machines (`export/`).

use std::collections::BTreeMap;

use super::{Address, Comparison, DocumentId, EditionDay, RouteKind};

/// The first part of the address of the search.
pub const SEARCH: &str = "search";
/// The first part of the addresses of numbers.
pub const NUMBERS: &str = "ref";
/// The first part of the addresses of open data, and the list of it.
pub const DATA: &str = "data";
/// The first part of the addresses of the files in which an area is looked up by postcode.
pub const POSTCODES: &str = "/postcodes/";
/// The first part of the addresses of the lists of topics, and the list of those.
pub const TOPICS: &str = "topics";
/// The first part of the address of the index.
pub const A_TO_Z: &str = "a-z";
/// The first part of the address of "what changed".
pub const UPDATES: &str = "updates";
/// The first part of the address of the glossary.
pub const GLOSSARY: &str = "glossary";
/// The first part of the addresses of the calendar.
pub const CALENDAR: &str = "calendar";
/// The last part of the addresses of the forward plan, of all bodies and of each. It is free where the site has a document there.
pub const PLAN: &str = "plan";
/// The first part of the addresses of the days on which editions began, and the list of them.
pub const EDITIONS: &str = "editions";
/// The address of the statement on accessibility. It is free where the settings make no statement.
pub const ACCESSIBILITY: &str = "accessibility";

/// First parts of addresses that no document and no kind may have, whether the site has such a page or not: what is
/// added to a site later must not take a document's address (content.md §1).
pub const RESERVED: [&str; 10] =
    [SEARCH, NUMBERS, DATA, "assets", TOPICS, A_TO_Z, UPDATES, GLOSSARY, CALENDAR, EDITIONS];

/// The pages that a site has beside those of its documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnPages {
    pages: BTreeMap<Address, RouteKind>,
    /// The numbers that have a page, by address: what the indices in [`RouteKind::Number`] mean.
    pub numbers: Vec<NumberPage>,
    /// What the indices in [`RouteKind::EditionDay`] mean, the latest day first.
    pub edition_days: Vec<EditionDay>,
    /// What the indices in [`RouteKind::Comparison`] mean, by address.
    pub comparisons: Vec<Comparison>,
}

/// A number by which people name a document, and what bears it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberPage {
    /// The page that leads there: `/ref/2021/14/`.
    pub address: Address,
    /// The number as the first document that bears it has it: `2021/14`.
    pub number: Box<str>,
    /// What bears it, at least one document, each of which can be read on some page.
    pub documents: Vec<DocumentId>,
}

impl OwnPages {
    /// The table of `pages`, no two of which have one address.
    #[must_use]
    pub fn new(
        pages: Vec<(Address, RouteKind)>,
        numbers: Vec<NumberPage>,
        edition_days: Vec<EditionDay>,
        comparisons: Vec<Comparison>,
    ) -> Self {
        Self { pages: pages.into_iter().collect(), numbers, edition_days, comparisons }
    }

    /// What is at `address`; `None` where the site has no page of its own there.
    #[must_use]
    pub fn get(&self, address: &Address) -> Option<RouteKind> {
        self.pages.get(address).copied()
    }

    /// Every page, in the order of addresses.
    pub fn iter(&self) -> impl Iterator<Item = (&Address, RouteKind)> {
        self.pages.iter().map(|(address, kind)| (address, *kind))
    }

    /// The pages that are worth finding through a search engine: all but those that only lead on to others.
    pub fn listed(&self) -> impl Iterator<Item = (&Address, RouteKind)> {
        let leads_on = |kind| matches!(kind, RouteKind::NotFound | RouteKind::Search | RouteKind::Number(_));
        self.iter().filter(move |(_, kind)| !leads_on(*kind))
    }

    /// The page at `/<name>/`; `None` where this site has none, such as a glossary without words.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Address> {
        Some(Address::page([name])).filter(|address| self.pages.contains_key(address))
    }

    /// The address that somebody may have meant by `path`, which begins with `/`: one below the same first part, or
    /// one of a single part. `None` if no address is near enough.
    #[must_use]
    pub fn nearest(&self, path: &str) -> Option<&str> {
        let first = first_part(path);
        let fits = |address: &&str| {
            address.ends_with('/') && (first_part(address) == first || address.matches('/').count() == 2)
        };
        crate::diagnostic::nearest(path, self.pages.keys().map(Address::as_str).filter(fits))
    }
}

/// `minutes`, of `/minutes/board/2021-09-07/`; empty for the home page.
fn first_part(path: &str) -> &str {
    path.split('/').nth(1).unwrap_or_default()
}

/// Whether the address is one that authors may not take: its first part is in [`RESERVED`].
#[must_use]
pub fn is_reserved(address: &Address) -> bool {
    RESERVED.contains(&first_part(address.as_str()))
}

/// The page of a month, given by its year and number, or of what is to come.
#[must_use]
pub fn calendar_page(month: Option<(i16, i8)>) -> Address {
    match month {
        Some((year, month)) => Address::page([CALENDAR, &year.to_string(), &format!("{month:02}")]),
        None => Address::page([CALENDAR]),
    }
}

/// The page of the forward plan: of all bodies, or of the body whose page is at this address.
#[must_use]
pub fn plan_page(body: Option<&Address>) -> Address {
    let parts = body.map_or("", Address::as_str).split('/').filter(|part| !part.is_empty());
    Address::page(parts.chain([PLAN]))
}

/// How many pages a list of `documents` has, of which each shows `size`: one at least.
#[must_use]
pub fn page_count(documents: usize, size: usize) -> usize {
    documents.div_ceil(size.max(1)).max(1)
}

/// Page `number` of the list that begins at `first`, from 1: `/minutes/page/2/`.
#[must_use]
pub fn list_page(first: &Address, number: usize) -> Address {
    if number == 1 {
        return first.clone();
    }
    let parts = first.as_str().split('/').filter(|part| !part.is_empty());
    Address::page(parts.chain(["page", &number.to_string()]))
}
