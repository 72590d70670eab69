//! Which files the public folder will hold.
//!
//! Input: the documents of a site, its table of own pages, its files, and those of the theme. Output: routes, sorted by
//! path. Not here: files for machines (`export/`), and every byte.

use std::collections::BTreeMap;

use crate::model::{Address, Alias, LeadsTo, Route, RouteKind};
use crate::query::{Query, Store};
use crate::view::View;

/// Every file of the public folder that this room makes or that is copied; `has_data` says whether there is a list of all
/// data.
#[must_use]
pub fn plan(view: &View, has_data: bool) -> Vec<Route> {
    let own = view.ask(&Query::OwnPages).own_pages().iter().filter(|(_, kind)| *kind != RouteKind::Data || has_data);
    let mut routes: Vec<Route> = own.map(|(address, kind)| route(address, kind)).collect();
    let documents = view.ask(&Query::Pages).documents().into_iter().filter(|id| view.home() != Some(*id));
    routes.extend(documents.map(|id| route(&view.document(id).address, RouteKind::Document(id))));
    // At any other address a server's own rules alone lead on (`export/`).
    let leads_on = |alias: &Alias| alias.address.can_be_page() && alias_can_be_read(view, alias);
    let aliases = (0..).zip(view.ask(&Query::Aliases).aliases()).filter(|(_, alias)| leads_on(alias));
    routes.extend(aliases.map(|(index, alias)| route(&alias.address, RouteKind::Redirect(index))));
    routes.extend((0..).zip(&view.assets).map(|(index, asset)| route(&asset.address, RouteKind::Asset(index))));
    let attachments: BTreeMap<&Address, u32> =
        view.ask(&Query::Attachments).attachments().iter().map(|(_, address)| address).zip(0..).collect();
    routes.extend(attachments.iter().map(|(address, index)| route(address, RouteKind::Attachment(*index))));
    // A file that has another name now is found under the old one too, since a server without rules leads nobody on.
    let file_of = |alias: &Alias| match &alias.to {
        LeadsTo::Address(to) if !alias.address.can_be_page() => attachments.get(to).copied(),
        _ => None,
    };
    let renamed = view.ask(&Query::Aliases).aliases().iter().filter_map(|alias| Some((alias, file_of(alias)?)));
    routes.extend(renamed.map(|(alias, index)| route(&alias.address, RouteKind::Attachment(index))));
    routes.sort();
    // Two that claim one place are an error, which `assemble` says; the rest of the site can still be looked at.
    routes.dedup_by(|second, first| second.path == first.path);
    routes
}

/// Whether there is a page or a file to which an old address leads.
fn alias_can_be_read(view: &View, alias: &Alias) -> bool {
    match &alias.to {
        LeadsTo::Document(document) => view.can_be_read(*document),
        LeadsTo::Address(_) => true,
    }
}

fn route(address: &Address, kind: RouteKind) -> Route {
    Route { path: address.output_path().into(), kind }
}
