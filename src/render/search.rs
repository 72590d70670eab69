//! The page of the search, and the pages that lead from a number to what bears it: `/ref/2021/14/`.
//!
//! Input: the site. Output: [`SearchPage`], [`NumberPageView`]. Not here: which numbers have a page (`query/pages.rs`);
//! and the search itself, which runs in the browser (`themes/default/js/search/`) on the files that the room `search`
//! makes. What stands here works without scripts.

use super::context::{Head, Link, NumberPageView, SearchPage};
use super::head;
use super::view::View;
use crate::model::pages::SEARCH;
use crate::model::{Address, NumberPage};

/// The page of the search.
#[must_use]
pub fn search(view: &View) -> (Head, SearchPage) {
    let mut head = head::head(view, &Address::page([SEARCH]), view.language.say("search.title", &[]));
    head.description = Some(view.language.say("search.description", &[]));
    let newest = |page: &&NumberPage| {
        let dates = page.documents.iter().filter_map(|id| view.site.document(*id).date?.earliest());
        (dates.max(), std::cmp::Reverse(page.address.clone()))
    };
    let example = view.site.own.numbers.iter().max_by_key(newest);
    let example =
        example.map(|page| Link { title: page.number.to_string(), href: Some(view.site.href(&page.address)) });
    (head, SearchPage { example })
}

/// The page of a number: an index into `OwnPages::numbers`.
#[must_use]
pub fn number(view: &View, number: u32) -> NumberPageView {
    let NumberPage { number, documents, .. } = &view.site.own.numbers[number as usize];
    let only = match documents.as_slice() {
        [only] => view.href(*only),
        _ => None,
    };
    NumberPageView { title: number.to_string(), found: view.cards(documents), only }
}
