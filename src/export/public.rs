//! Of which documents machines are told, and at which address each is read.
//!
//! Input: a site and a document of it. Output: addresses and answers. Not here: who may see what, which has been
//! decided (`disclosure/`).

use crate::model::{Address, ComesBack, Document, Published, RelationEnd, Site, fragment};
use crate::query;

/// An address as machines elsewhere need it: whole where the site knows its own, else from the root.
pub fn whole(site: &Site, address: &Address) -> String {
    match &site.config.base_url {
        Some(base) => format!("{base}{}", address.href()),
        None => site.href(address),
    }
}

/// Where a document is read, as machines elsewhere need it: its page; of a record that has none, its place on the page
/// where it was made.
pub fn read_at(site: &Site, document: &Document) -> String {
    place_at(site, &document.address, document.anchor_on_page())
}

/// A page, or a place on it, as machines elsewhere need it.
pub fn place_at(site: &Site, page: &Address, anchor: Option<&str>) -> String {
    let page = whole(site, page);
    anchor.map(|anchor| format!("{page}#{}", fragment(anchor))).unwrap_or(page)
}

/// Where it is read that something is to come.
pub fn said_at(site: &Site, comes: &ComesBack) -> String {
    match query::said_at(site, comes) {
        RelationEnd::Document { document, anchor: Some(anchor) } => {
            place_at(site, &site.document(document).address, Some(&anchor))
        }
        RelationEnd::Document { document, .. } => read_at(site, site.document(document)),
        RelationEnd::Words(words) => words.to_string(),
    }
}

/// The file called `name` beside the page at `page`.
pub fn beside(page: &Address, name: &str) -> Address {
    Address::file(&format!("{}{name}", page.as_str()))
}

/// Whether the public may see something of a document beside that it existed. A preview's drafts are never exported.
pub fn is_public(document: &Document) -> bool {
    document.private.is_none() && !matches!(document.published, Published::Tombstone(_))
}

/// Whether a document has a page of its own: by its kind, or as a file in the folder of another document. A record that
/// stands on another's page has none.
pub fn has_page(site: &Site, document: &Document) -> bool {
    let kind = site.kinds.get(document.kind);
    let by_kind = kind.page || kind.inside_of.as_ref().is_some_and(|name| document.fields.get(name).is_some());
    by_kind && document.anchor_on_page().is_none()
}
