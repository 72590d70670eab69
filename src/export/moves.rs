//! Old addresses and where they lead, for the rules of servers. `render` makes a page for each that a page can stand
//! at; one with a question (`/ieListDocuments.aspx?CId=136`) or of a file (`/plan.pdf`) only a server can lead on.
//!
//! Input: aliases. Output: moves in an order in which the first that fits is right. A character that could end a line
//! or a quotation in any server's file keeps the alias out: such an address has never been one.

use std::cmp::Reverse;

use super::policy::escaped;
use crate::model::{Address, LeadsTo, OldAddress, Site, fragment};

/// An old address and the page that took its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The old path below the site's own, decoded: `/old page/`.
    pub path: String,
    /// The parts of the question after it, as they were typed: `CId=136`. Any order, and any others beside them, fit.
    pub query: Vec<Box<str>>,
    /// The new address from the root of the host, percent-encoded.
    pub to: String,
}

/// Every move of a site, those with the most parts of a question first.
pub fn moves(site: &Site) -> Vec<Move> {
    let aliases = site.aliases.iter().map(|alias| (alias.address.as_str(), &[][..], &alias.to, &alias.place));
    let questions = site.questions.iter().map(|one| (&*one.old.path, &*one.old.query, &one.to, &one.place));
    let mut moves: Vec<Move> = aliases
        .chain(questions)
        .filter_map(|(path, query, to, place)| moved(site, (path, query), to, place.as_deref()))
        .collect();
    moves.sort_by(|a, b| (&a.path, Reverse(a.query.len()), &a.query).cmp(&(&b.path, Reverse(b.query.len()), &b.query)));
    moves.dedup_by(|second, first| (&second.path, &second.query) == (&first.path, &first.query));
    moves
}

/// `None` if no rule can have it, if what it leads to is not for everybody, or if it is there already: servers tell no capitals
/// apart, so that `/About/` would lead from `/about/` to itself for ever.
fn moved(site: &Site, (path, query): (&str, &[Box<str>]), to: &LeadsTo, place: Option<&str>) -> Option<Move> {
    let old = OldAddress { path: path.into(), query: query.into() };
    let address = site.address_of(to);
    let own = match to {
        LeadsTo::Document(document) => {
            let document = site.document(*document);
            if document.private.is_some() {
                return None;
            }
            document.anchor_on_page()
        }
        LeadsTo::Address(_) => None,
    };
    let is_itself = query.is_empty() && lies_at(&Address::file(path)) == lies_at(address);
    let place = place.or(own).map(|place| format!("#{}", fragment(place)));
    let to = format!("{}{}", site.href(address), place.unwrap_or_default());
    (old.fits_rules() && !is_itself).then(|| Move { path: path.to_owned(), query: old.query.into_vec(), to })
}

fn lies_at(address: &Address) -> String {
    Address::file(&address.output_path()).folded()
}

impl Move {
    /// The path as it stands in a line: percent-encoded.
    pub fn href(&self) -> String {
        Address::file(&self.path).href()
    }

    /// As a regular expression on the decoded path below the site's own; a slash at its end may be there or not.
    pub fn path_pattern(&self) -> String {
        let path = self.path.trim_start_matches('/');
        match path.strip_suffix('/') {
            Some(path) => format!("^{}/?$", escaped(path)),
            None => format!("^{}$", escaped(path)),
        }
    }

    /// As a regular expression on the question: every part stands somewhere in it. `None` if there is none.
    pub fn query_pattern(&self) -> Option<String> {
        let parts = self.query.iter().map(|part| format!("(?=(?:.*&)?{}(?:&|$))", escaped(part)));
        (!self.query.is_empty()).then(|| format!("^{}", parts.collect::<String>()))
    }
}
