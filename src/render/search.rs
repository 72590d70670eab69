//! The page of the search, and the pages that lead from a number to what bears it: `/ref/2021/14/`.
//!
//! Input: the window. Output: [`SearchPage`], [`ReferencePage`]. Not here: which numbers have a page (`query`); the search
//! itself, which runs in the browser (`themes/default/js/search/`) on the files that the room `search` makes. What stands
//! here works without scripts.

use super::head;
use crate::model::Address;
use crate::view::{Head, Link, ReferencePage, SearchPage, View};

/// The address of the search.
pub const SEARCH: &str = "search";

/// The page of the search.
#[must_use]
pub fn search(view: &View) -> (Head, SearchPage) {
    let mut head = head::head(view, &Address::page([SEARCH]), view.language.say("search.title", &[]));
    head.description = Some(view.language.say("search.description", &[]));
    let example = view
        .last_reference()
        .map(|reference| Link { title: reference.number.to_string(), href: Some(view.url(&reference.address)) });
    (head, SearchPage { example })
}

/// The page of a number.
#[must_use]
pub fn reference(view: &View, reference: u32) -> (Head, ReferencePage) {
    let reference = view.reference(reference);
    let mut head = head::head(view, &reference.address, reference.number.to_string());
    head.description = Some(view.language.say("reference.lead", &[("number", &reference.number)]));
    let only = match reference.documents.as_slice() {
        [only] => view.href(*only),
        _ => None,
    };
    (head, ReferencePage { found: view.cards(&reference.documents), only })
}
