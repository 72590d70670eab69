//! Which files the public folder will hold.
//!
//! Input: the site and the theme's files. Output: routes, sorted by path. Not here: files for machines (`export/`), and
//! every byte.

use super::calendar;
use super::lists::{A_TO_Z, DATA, GLOSSARY, TOPICS, UPDATES, page_address, pages};
use super::search::SEARCH;
use super::statement::ACCESSIBILITY;
use crate::model::{Address, DocumentId, Route, RouteKind};
use crate::query::Query;
use crate::view::View;

/// Every file of the public folder that this room makes or that is copied; `has_data` says whether there is a list of all
/// data.
#[must_use]
pub fn plan(view: &View, has_data: bool) -> Vec<Route> {
    let mut routes = vec![
        route(&Address::page([]), RouteKind::Home),
        route(&Address::file("404.html"), RouteKind::NotFound),
        route(&Address::page([A_TO_Z]), RouteKind::AToZ),
        route(&Address::page([TOPICS]), RouteKind::Topics),
        route(&Address::page([SEARCH]), RouteKind::Search),
    ];
    routes.extend(has_data.then(|| route(&Address::page([DATA]), RouteKind::Data)));
    routes.extend((!view.glossary().is_empty()).then(|| route(&Address::page([GLOSSARY]), RouteKind::Glossary)));
    let months = view.months().iter().copied().map(Some);
    let months = std::iter::once(None).chain(months);
    routes.extend(months.map(|month| route(&calendar::address(month), RouteKind::Calendar(month))));
    let statement = view.config().accessibility.as_ref();
    routes.extend(statement.map(|_| route(&Address::page([ACCESSIBILITY]), RouteKind::Accessibility)));
    let documents = view.pages().iter().filter(|id| view.home() != Some(**id));
    routes.extend(documents.map(|id| route(&view.document(*id).address, RouteKind::Document(*id))));
    for list in view.ask(&Query::Lists { kind: None, by: None }).lists() {
        let (address, length) = (view.list(list).address, view.list_length(list));
        routes.extend(numbered(view, address, length, |page| RouteKind::Listing(list, page)));
    }
    routes.extend(numbered(view, &Address::page([UPDATES]), view.ask(&Query::Changed).count(), RouteKind::Updates));
    let leads_on = |address: &Address, to: DocumentId| can_lead_on(address) && view.can_be_read(to);
    let aliases = (0..).zip(view.aliases()).filter(|(_, (address, to))| leads_on(address, *to));
    routes.extend(aliases.map(|(index, (address, _))| route(address, RouteKind::Redirect(index))));
    let references = (0..).zip(view.references());
    routes.extend(references.map(|(index, reference)| route(&reference.address, RouteKind::Reference(index))));
    routes.extend((0..).zip(&view.assets).map(|(index, asset)| route(&asset.address, RouteKind::Asset(index))));
    let attachments = (0..).zip(view.attachments());
    routes.extend(attachments.map(|(index, (_, address))| route(address, RouteKind::Attachment(index))));
    routes.sort();
    // Two that claim one place are an error, which `assemble` says; the rest of the site can still be looked at.
    routes.dedup_by(|second, first| second.path == first.path);
    routes
}

fn route(address: &Address, kind: RouteKind) -> Route {
    Route { path: address.output_path().into(), kind }
}

fn numbered(view: &View, first: &Address, documents: usize, kind: impl Fn(u32) -> RouteKind) -> Vec<Route> {
    let numbers = (1..).take(pages(view, documents));
    numbers.map(|number| route(&page_address(first, number as usize), kind(number))).collect()
}

/// A page at an address that ends in `.pdf` would be served as a file of that sort; such addresses lead on by the
/// server's own rules alone (`export/`).
fn can_lead_on(address: &Address) -> bool {
    let name = address.as_str().rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.') {
        None => name.is_empty(),
        Some((_, ending)) => ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm"),
    }
}
