//! Editions on pages: the banner of an earlier one, the list of all, the days on which they began, and what changed since.
//!
//! Input: a document that has editions; a day. Output: values of `view/editions.rs`, or HTML where it stands in a text.
//! Not here: the pages that compare two editions (`comparison.rs`).

use std::collections::BTreeSet;

use crate::compare::{Block, Pair, Step, compare};
use crate::html::escaped;
use crate::kind::Role;
use crate::model::{
    Address, Anchor, Comparison, Date, DocumentId, Edition, EditionDay, Landing, LinkId, NodeId, Published, Value,
    pages::EDITIONS as EDITIONS_PAGE,
};
use crate::query::{self, Query, Store};
use crate::view::{Begun, EditionDayView, EditionView, EditionsPage, EditionsView, Head, Link, View, fragment};

use super::head;

/// All editions of the document of which `id` is one, the earliest first; empty if it has no other.
fn all(view: &View, id: DocumentId) -> &[Edition] {
    view.ask(&Query::Editions(view.document(id).id.clone())).editions()
}

/// What a page says of the editions of its document; `None` if it has no other.
#[must_use]
pub fn editions(view: &View, id: DocumentId) -> Option<EditionsView> {
    let all = all(view, id);
    let (own, present) = (all.iter().find(|edition| edition.document == id)?, all.last()?);
    let days = view.ask(&Query::OwnPages).own_pages().named(EDITIONS_PAGE);
    Some(EditionsView {
        earlier: own.document != present.document,
        period: period(view, own),
        present: view.link(present.document),
        since: compared(view, id)
            .into_iter()
            .find(|one| one.newer == present.document)
            .map(|one| view.url(&one.address)),
        all: all.iter().rev().map(|edition| edition_view(view, id, edition)).collect(),
        days: days.map(|address| view.url(&address)),
    })
}

/// The comparisons of an edition with later ones, in one column.
fn compared(view: &View, id: DocumentId) -> Vec<&Comparison> {
    view.ask(&Query::ComparisonsOf(view.document(id).id.clone())).comparisons()
}

/// "from March 2021 until 12 June 2024".
fn period(view: &View, edition: &Edition) -> Option<String> {
    let date = |date: Option<Date>| date.filter(|date| *date != Date::Unknown).map(|date| view.date(date).text);
    match (date(edition.from), date(edition.until)) {
        (Some(from), Some(to)) => Some(view.language.say("edition.from-until", &[("from", &from), ("to", &to)])),
        (Some(from), None) => Some(view.language.say("date.from", &[("from", &from)])),
        (None, Some(to)) => Some(view.language.say("date.until", &[("to", &to)])),
        (None, None) => None,
    }
}

/// One edition, as the page of `here` lists it.
#[must_use]
pub fn edition_view(view: &View, here: DocumentId, edition: &Edition) -> EditionView {
    let before = all(view, edition.document).windows(2).find(|two| two[1].document == edition.document);
    let changes = before.and_then(|two| {
        let to_it = compared(view, two[0].document).into_iter().find(|one| one.newer == edition.document);
        to_it.map(|one| view.url(&one.address))
    });
    let link = view.link(edition.document);
    EditionView {
        edition: if here == edition.document { Link { href: None, ..link } } else { link },
        name: view.role_text(edition.document, Role::Edition).map(str::to_owned),
        period: period(view, edition),
        present: edition.until.is_none() && view.document(edition.document).edition_of.is_none(),
        here: here == edition.document,
        changes,
    }
}

/// The first day of the edition that a document is; `None` if it has no other edition, and does not name the day.
#[must_use]
pub fn first_day(view: &View, id: DocumentId) -> Option<Date> {
    let of_several = all(view, id).iter().find(|edition| edition.document == id).and_then(|edition| edition.from);
    let named = || query::value(view, id, Role::EditionFrom).and_then(Value::date);
    of_several.or_else(named).filter(|date| *date != Date::Unknown)
}

/// What a citation says of the edition: "edition 1.10 of 12 June 2024". `None` if nothing is known of it, or the title says it.
#[must_use]
pub fn cited(view: &View, id: DocumentId) -> Option<String> {
    let document = view.document(id);
    let name = view.role_text(id, Role::Edition);
    let date = first_day(view, id).map(|date| view.date(date).text);
    let date = date.filter(|date| !document.title.contains(date.as_str()));
    match (name, date) {
        (Some(name), Some(date)) => Some(view.language.say("edition.cited", &[("name", name), ("date", &date)])),
        (Some(name), None) => Some(view.language.say("edition.cited-name", &[("name", name)])),
        (None, Some(date)) => Some(view.language.say("edition.cited-date", &[("date", &date)])),
        (None, None) => None,
    }
}

/// The blocks of the text of a document, and what links in them are called.
#[must_use]
pub fn blocks(view: &View, id: DocumentId) -> Vec<Block> {
    let document = view.document(id);
    let title = |link: LinkId| match document.landings.get(link.index())? {
        Landing::Document { document, .. } => Some(&*view.document(*document).title),
        _ => None,
    };
    crate::compare::blocks(&document.body, title)
}

/// HTML after the elements of a text, in their order: on an earlier edition, what has changed since; on the present one, what stood
/// there before, for those who come to a place by a citation of an earlier edition.
#[must_use]
pub fn beside(view: &View, id: DocumentId) -> Vec<(NodeId, String)> {
    let all = all(view, id);
    let whole = |id: DocumentId| view.document(id).published == Published::Whole;
    let (Some(own), Some(present)) = (all.iter().position(|one| one.document == id), all.last()) else {
        return Vec::new();
    };
    let before = own.checked_sub(1).map(|before| all[before].document);
    let notes = if id != present.document {
        whole(id) && whole(present.document)
    } else {
        before.is_some_and(whole) && whole(id)
    };
    let (older, newer) = if id != present.document { (id, present.document) } else { (before.unwrap_or(id), id) };
    let Some(page) = compared(view, older).into_iter().find(|one| notes && one.newer == newer) else {
        return Vec::new();
    };
    let noter = Noter { view, page, old: blocks(view, older), new: blocks(view, newer) };
    let mut beside: Vec<(NodeId, String)> = compare(&noter.old, &noter.new)
        .into_iter()
        .filter_map(|step| if id == older { noter.since(step) } else { noter.before(step) })
        .collect();
    beside.sort();
    // Of several rows of a table the first says it.
    beside.dedup_by_key(|(node, _)| *node);
    beside
}

/// HTML after the text of the present edition, with the places that earlier ones had: who comes to one of them is led to the edition
/// that has it.
#[must_use]
pub fn gone(view: &View, id: DocumentId) -> String {
    let all = all(view, id);
    let mut html = String::new();
    if all.last().is_none_or(|last| last.document != id) || view.document(id).published != Published::Whole {
        return html;
    }
    let mut said: BTreeSet<&str> = BTreeSet::new();
    for edition in all.iter().rev().skip(1).map(|edition| edition.document) {
        let document = view.document(edition);
        let is_gone = |anchor: &&Anchor| anchor.node.is_some() && view.document(id).body.find(&anchor.id).is_none();
        for anchor in document.body.anchors.iter().filter(is_gone) {
            let Some(called) = view.numbered(anchor).filter(|_| said.insert(&anchor.id)) else { continue };
            let words = view.language.say("edition.gone", &[("place", &called)]);
            let href = view.place_href(edition, Some(&anchor.id)).unwrap_or_default();
            let link = view.language.say("edition.read-there", &[("title", &document.title)]);
            html.push_str(&format!(
                "<p class=\"since before\" id=\"{}\">{} <a href=\"{}\">{}</a>.</p>\n",
                escaped(&anchor.id),
                escaped(&words),
                escaped(&href),
                escaped(&link)
            ));
        }
    }
    html
}

struct Noter<'view> {
    view: &'view View,
    page: &'view Comparison,
    old: Vec<Block>,
    new: Vec<Block>,
}

impl Noter<'_> {
    /// What an earlier edition says after a block that is another now.
    fn since(&self, step: Step) -> Option<(NodeId, String)> {
        let old = &self.old[step.in_old()?];
        let (key, now) = match step {
            Step::Kept(pair) | Step::MovedAway(pair) if self.is_rewritten(pair) => {
                ("edition.since-changed", Some(pair.new))
            }
            Step::MovedAway(pair) => ("edition.since-moved", Some(pair.new)),
            Step::Kept(pair) if old.label != self.new[pair.new].label => ("edition.since-numbered", Some(pair.new)),
            Step::Removed(_) => ("edition.since-removed", None),
            _ => return None,
        };
        let now = now.map(|now| self.link("edition.read-now", self.place(self.page.newer, &self.new[now])));
        let compared = self.link("edition.what-changed", self.row("old", step.in_old()?, &self.old, self.page.older));
        let links: Vec<String> = now.into_iter().chain([compared]).collect();
        Some((old.node, self.note("since", key, (self.page.older, old), &links)))
    }

    /// What the present edition says after a block that was another before.
    fn before(&self, step: Step) -> Option<(NodeId, String)> {
        let (Step::Kept(pair) | Step::MovedHere(pair)) = step else { return None };
        let new = Some(&self.new[pair.new]).filter(|new| new.anchor.is_some() && self.is_rewritten(pair))?;
        let compared = self.link("edition.what-changed", self.row("new", pair.new, &self.new, self.page.newer));
        Some((new.node, self.note("since before", "edition.changed-here", (self.page.newer, new), &[compared])))
    }

    fn is_rewritten(&self, pair: Pair) -> bool {
        self.old[pair.old].words != self.new[pair.new].words
    }

    fn note(&self, class: &str, key: &str, (id, block): (DocumentId, &Block), links: &[String]) -> String {
        let anchor = block.anchor.map(|anchor| self.view.document(id).body.anchor(anchor));
        let called = anchor.and_then(|anchor| self.view.numbered(anchor));
        let called = called.unwrap_or_else(|| self.view.language.say("edition.this-passage", &[]));
        let words = escaped(&self.view.language.say(key, &[("place", &called)]));
        format!("<p class=\"{class}\">{words} {}.</p>\n", links.join(". "))
    }

    fn link(&self, key: &str, href: String) -> String {
        format!("<a href=\"{}\">{}</a>", escaped(&href), escaped(&self.view.language.say(key, &[])))
    }

    fn place(&self, id: DocumentId, block: &Block) -> String {
        let anchor = block.anchor.map(|anchor| &*self.view.document(id).body.anchor(anchor).id);
        self.view.place_href(id, anchor).unwrap_or_default()
    }

    /// Where the comparison tells of a block, or of the last one before it that has a place.
    fn row(&self, side: &str, at: usize, blocks: &[Block], id: DocumentId) -> String {
        let anchor = blocks[..=at].iter().rev().find_map(|block| block.anchor);
        let page = self.view.url(&self.page.address);
        let id = anchor.map(|anchor| row_id(side, &self.view.document(id).body.anchor(anchor).id));
        id.map_or_else(|| page.clone(), |id| format!("{page}#{}", fragment(&id)))
    }
}

/// The id of a block on the page of a comparison: `old-para-7.13`.
#[must_use]
pub fn row_id(side: &str, anchor: &str) -> String {
    format!("{side}-{anchor}")
}

/// The days on which editions began.
#[must_use]
pub fn days(view: &View) -> (Head, EditionsPage) {
    let mut head = head::head(view, &Address::page([EDITIONS_PAGE]), view.language.say("edition.days", &[]));
    head.description = Some(view.language.say("edition.days-lead", &[]));
    let days = view.ask(&Query::EditionDays).edition_days().iter().map(|day| day_view(view, day)).collect();
    (head, EditionsPage { days })
}

/// What began on a day.
#[must_use]
pub fn day(view: &View, day: u32) -> (Head, EditionsPage) {
    let day = view.edition_day(day);
    let title = view.language.say("edition.day", &[("date", &view.date(day.day).text)]);
    let mut head = head::head(view, &day.address, title);
    let all =
        Link { title: view.language.say("edition.days", &[]), href: Some(view.url(&Address::page([EDITIONS_PAGE]))) };
    head.trail.push(all);
    (head, EditionsPage { days: vec![day_view(view, day)] })
}

fn day_view(view: &View, day: &EditionDay) -> EditionDayView {
    let begun = |id: &DocumentId| {
        let alone = Edition { document: *id, from: Some(day.day), until: None };
        let edition = all(view, *id).iter().find(|one| one.document == *id).unwrap_or(&alone);
        let EditionView { name, period, changes, .. } = edition_view(view, *id, edition);
        Begun { card: view.card(*id), name, period, earlier: view.document(*id).edition_of.is_some(), changes }
    };
    EditionDayView {
        href: view.url(&day.address),
        date: view.date(day.day),
        items: day.documents.iter().map(begun).collect(),
    }
}
