//! Files for machines: feeds, calendars, open data, the sitemap, what search engines and servers want to know.
//!
//! Input: the assembled site. Output: what pages say of these files ([`describe`], a step before `render`); which files
//! there will be ([`plan`]), and the bytes of one at a time ([`file`]), as two questions, so that no collection of
//! files ever exists.
//!
//! Not here: templates (every format is escaped by a library or by the one function of its file), the clock (the same
//! documents give the same bytes on any day, but for deadlines), the names of kinds and fields, and what is withheld,
//! which the [`Site`] does not hold.
//!
//! To add a format: one file here with an [`Export`], its line in [`EXPORTS`], a case `tests/sites/export/<file>.txt`,
//! and in `tests/exports.rs` a reader that no one here wrote. The files without an `EXPORT` are what several share.

mod atom;
mod attendance;
mod bundle;
mod caddy;
mod calendar;
mod catalogue;
mod columns;
mod describe;
mod editions;
mod feeds;
mod format;
mod forward;
mod headers;
mod htaccess;
mod json;
mod json_feed;
mod json_ld;
mod llms;
mod moves;
mod nginx;
mod nginx_http;
mod nginx_types;
mod opensearch;
mod paragraphs;
mod plain;
mod policy;
mod popolo;
mod postcodes;
mod public;
mod records;
mod redirects;
mod rewrite_rules;
mod robots;
mod schemas;
mod security;
mod share;
mod sitemap;
mod stored;
mod tables;
mod twins;
mod web_config;
mod worked_out;
mod xml;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::model::{Address, Alias, Audience, LeadsTo, Site};
use crate::source::Span;

pub use describe::{Described, Heads, describe};
pub use format::{Export, Subject};
pub use stored::stored;

use public::{beside, has_page, is_public, place_at, read_at, said_at, whole};

/// Every format, in the order of the alphabet.
pub const EXPORTS: &[Export] = &[
    atom::EXPORT,
    attendance::EXPORT,
    bundle::EXPORT,
    caddy::EXPORT,
    calendar::EXPORT,
    catalogue::EXPORT,
    editions::EXPORT,
    forward::EXPORT,
    headers::EXPORT,
    htaccess::EXPORT,
    json_feed::EXPORT,
    llms::EXPORT,
    nginx::EXPORT,
    nginx_http::EXPORT,
    nginx_types::EXPORT,
    opensearch::EXPORT,
    paragraphs::EXPORT,
    popolo::EXPORT,
    postcodes::EXPORT,
    records::EXPORT,
    redirects::EXPORT,
    rewrite_rules::EXPORT,
    robots::EXPORT,
    schemas::EXPORT,
    security::EXPORT,
    sitemap::EXPORT,
    tables::EXPORT,
    twins::EXPORT,
    web_config::EXPORT,
];

/// A file that there will be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planned {
    /// Below the public folder, with `/`: `minutes/feed.xml`.
    pub path: Box<str>,
    /// Into [`EXPORTS`].
    export: usize,
    subject: Subject,
}

/// Every file that this room makes, sorted by path. A preview has only those that its pages ask for: nobody subscribes to it, and its
/// drafts are in no file for machines.
#[must_use]
pub fn plan(site: &Site, diagnostics: &mut Diagnostics) -> Vec<Planned> {
    let is_preview = site.audience == Audience::Preview;
    let has_address = site.config.base_url.is_some();
    if !has_address && !is_preview {
        diagnostics.no_base_url();
    }
    let files = planned(site, |format| !is_preview || format.name == postcodes::EXPORT.name);
    let files = files.map(|(export, address, subject)| (address.output_path().into(), export, subject));
    let mut planned: Vec<Planned> = files.map(|(path, export, subject)| Planned { path, export, subject }).collect();
    planned.sort();
    leave_out_taken(site, &mut planned, diagnostics);
    if !is_preview {
        security::report(site, diagnostics);
    }
    planned
}

/// Where each file that this room makes is, for links that lead to one.
#[must_use]
pub fn addresses(site: &Site) -> Vec<Address> {
    planned(site, |_| true).map(|(_, address, _)| address).collect()
}

/// Every file of the formats that are wanted: which of [`EXPORTS`] it is, where it is, and what it is about.
fn planned(site: &Site, wanted: impl Fn(&Export) -> bool) -> impl Iterator<Item = (usize, Address, Subject)> {
    let has_address = site.config.base_url.is_some();
    let is_made = move |format: &Export| wanted(format) && (has_address || !format.needs_base_url);
    let formats = EXPORTS.iter().enumerate().filter(move |(_, format)| is_made(format));
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
    for Alias { address, to, .. } in &site.aliases {
        // A row of the file of old addresses gives way, which `assemble` says.
        if let LeadsTo::Document(document) = to
            && ours_at(address).is_some()
        {
            let span = Span::whole(site.document(*document).source);
            diagnostics.alias_clash(span, address.as_str(), None, "a file that the site makes");
        }
    }
    taken.sort_unstable();
    for index in taken.into_iter().rev() {
        planned.remove(index);
    }
}
