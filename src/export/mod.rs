//! Files for machines: feeds, calendars, open data, the sitemap, what search engines and servers want to know.
//!
//! Enters: the assembled site. Leaves: which files there will be ([`plan`]), and the bytes of one at a time ([`file`]);
//! they are two questions, so that no collection of files ever exists. For the heads of pages: [`Heads`];
//! for the page that describes the data: [`catalogue`].
//!
//! Absent: templates (every format is escaped by a library or by the one function of its file), the clock (the same
//! documents give the same bytes on any day, but for deadlines), the names of kinds and fields, and what is withheld,
//! which the [`Site`] does not hold.
//!
//! To add a format: one file here with an [`Export`], its line in [`EXPORTS`], a case `tests/sites/export/<file>.txt`,
//! and in `tests/exports.rs` a reader that no one here wrote. The files without an `EXPORT` are what several share.

mod atom;
mod caddy;
mod calendar;
mod catalogue;
mod columns;
mod feeds;
mod headers;
mod heads;
mod htaccess;
mod json_feed;
mod json_ld;
mod moves;
mod nginx;
mod opensearch;
mod plain;
mod policy;
mod records;
mod redirects;
mod rewrite_rules;
mod robots;
mod schemas;
mod security;
mod share;
mod sitemap;
mod tables;
mod web_config;
mod xml;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::kind::KindId;
use crate::language::Language;
use crate::model::{Address, Document, DocumentId, Published, Site};
use crate::source::Span;

pub use catalogue::catalogue;
pub use heads::Heads;
pub use json_ld::json_ld;
pub use share::share;

/// Every format, in the order of the alphabet.
pub const EXPORTS: &[Export] = &[
    atom::EXPORT,
    caddy::EXPORT,
    calendar::EXPORT,
    catalogue::EXPORT,
    headers::EXPORT,
    htaccess::EXPORT,
    json_feed::EXPORT,
    nginx::EXPORT,
    opensearch::EXPORT,
    records::EXPORT,
    redirects::EXPORT,
    rewrite_rules::EXPORT,
    robots::EXPORT,
    schemas::EXPORT,
    security::EXPORT,
    sitemap::EXPORT,
    tables::EXPORT,
    web_config::EXPORT,
];

/// One format.
pub struct Export {
    /// Its name, as its file here is called.
    pub name: &'static str,
    /// What it is good for, in a sentence.
    pub summary: &'static str,
    /// Whether it needs whole addresses, and so is left out of a site that does not know its own.
    pub needs_base_url: bool,
    /// Which files there are: where each is, and what it is about.
    pub plan: fn(&Site) -> Vec<(Address, Subject)>,
    /// The bytes of one of them.
    pub write: fn(&Site, &Language, Subject) -> Vec<u8>,
}

/// What a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The whole site.
    Site,
    /// Documents of a kind.
    Kind {
        /// Which.
        kind: KindId,
        /// Which of its tables; 0 for the documents themselves.
        table: u32,
        /// Which part of a long file, from 1.
        part: u32,
    },
    /// A list: an index into `Site::listings`.
    Listing(u32),
    /// One document and what names it.
    Document(DocumentId),
    /// When pages are looked at again.
    Reviews,
    /// A part of something that is too long for one file, from 1.
    Part(u32),
}

/// A file that there will be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planned {
    /// Below the public folder, with `/`: `minutes/feed.xml`.
    pub path: Box<str>,
    /// Into [`EXPORTS`].
    export: usize,
    subject: Subject,
}

/// Every file that this room makes, sorted by path.
#[must_use]
pub fn plan(site: &Site, diagnostics: &mut Diagnostics) -> Vec<Planned> {
    if site.config.base_url.is_none() {
        diagnostics.no_base_url();
    }
    let files = planned(site).map(|(export, address, subject)| (address.output_path().into(), export, subject));
    let mut planned: Vec<Planned> = files.map(|(path, export, subject)| Planned { path, export, subject }).collect();
    planned.sort();
    leave_out_taken(site, &mut planned, diagnostics);
    moves::report_clashes(site, diagnostics);
    security::report(site, diagnostics);
    planned
}

/// Where each file that this room makes is, for links that lead to one.
#[must_use]
pub fn addresses(site: &Site) -> Vec<Address> {
    planned(site).map(|(_, address, _)| address).collect()
}

/// Every file: which of [`EXPORTS`] it is, where it is, and what it is about.
fn planned(site: &Site) -> impl Iterator<Item = (usize, Address, Subject)> {
    let has_address = site.config.base_url.is_some();
    let formats = EXPORTS.iter().enumerate().filter(move |(_, format)| has_address || !format.needs_base_url);
    formats.flat_map(|(export, format)| {
        (format.plan)(site).into_iter().map(move |(address, subject)| (export, address, subject))
    })
}

/// The bytes of one file.
#[must_use]
pub fn file(site: &Site, language: &Language, planned: &Planned) -> Vec<u8> {
    (EXPORTS[planned.export].write)(site, language, planned.subject)
}

/// A file that an author publishes, or an old address, may stand where one of ours would: then the author hears of it.
fn leave_out_taken(site: &Site, planned: &mut Vec<Planned>, diagnostics: &mut Diagnostics) {
    let ours: BTreeMap<String, usize> =
        planned.iter().enumerate().map(|(index, planned)| (planned.path.to_lowercase(), index)).collect();
    let ours_at = |address: &Address| ours.get(address.folded().trim_start_matches('/')).copied();
    let mut taken = Vec::new();
    for (file, address) in &site.attachments {
        if let Some(index) = ours_at(address) {
            diagnostics.file_of_the_site(&file.path, address.as_str());
            taken.push(index);
        }
    }
    for (address, document) in &site.aliases {
        if ours_at(address).is_some() {
            let span = Span::whole(site.document(*document).source);
            diagnostics.alias_clash(span, address.as_str(), None, "a file that the site makes");
        }
    }
    taken.sort_unstable();
    for index in taken.into_iter().rev() {
        planned.remove(index);
    }
}

/// An address as machines elsewhere need it: whole where the site knows its own, else from the root.
fn whole(site: &Site, address: &Address) -> String {
    match &site.config.base_url {
        Some(base) => format!("{base}{}", address.href()),
        None => site.href(address),
    }
}

/// Where a document is read, as machines elsewhere need it: its page; of a record that has none, its place on the page
/// where it was made.
fn read_at(site: &Site, document: &Document) -> String {
    let page = whole(site, &document.address);
    document.anchor_on_page().map_or(page.clone(), |anchor| format!("{page}#{}", &Address::file(anchor).href()[1..]))
}

/// The file called `name` beside the page at `page`.
fn beside(page: &Address, name: &str) -> Address {
    Address::file(&format!("{}{name}", page.as_str()))
}

/// Whether the public may see something of a document beside that it existed. A preview's drafts are never exported.
fn is_public(document: &Document) -> bool {
    document.private.is_none() && !matches!(document.published, Published::Tombstone(_))
}

/// Whether a document has a page of its own: by its kind, or as a file in the folder of another document. A record that
/// stands on another's page has none.
fn has_page(site: &Site, document: &Document) -> bool {
    let kind = site.kinds.get(document.kind);
    let by_kind = kind.page || kind.inside_of.as_ref().is_some_and(|name| document.fields.get(name).is_some());
    by_kind && document.anchor_on_page().is_none()
}
