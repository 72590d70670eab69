//! The page of the search, and the pages that lead from a number to what bears it: `/ref/2021/14/`.
//!
//! Input: the window. Output: [`SearchPage`], [`NumberPageView`]. Not here: which numbers have a page (`query/pages.rs`); the search
//! itself, which runs in the browser (`themes/default/js/search/`) on the files that the room `search` makes. What stands
//! here works without scripts.

use super::head;
use crate::model::pages::SEARCH;
use crate::model::{Address, NumberPage};
use crate::query::Query;
use crate::view::{Head, Link, NumberPageView, SearchPage, View};

/// The page of the search.
#[must_use]
pub fn search(view: &View) -> (Head, SearchPage) {
    let mut head = head::head(view, &Address::page([SEARCH]), view.language.say("search.title", &[]));
    head.description = Some(view.language.say("search.description", &[]));
    let last = view.ask(&Query::LastNumber).number();
    let example = last.map(|page| Link { title: page.number.to_string(), href: Some(view.url(&page.address)) });
    (head, SearchPage { example })
}

/// The page of a number: an index into `OwnPages::numbers`.
#[must_use]
pub fn number(view: &View, number: u32) -> NumberPageView {
    let NumberPage { number, documents, .. } = view.number(number);
    let only = if let [only] = documents.as_slice() { view.href(*only) } else { None };
    NumberPageView { title: number.to_string(), found: view.cards(documents), only }
}
