//! Lists beside those of the site: documents by body, year, topic and stage, the order of dates, and which document owns
//! a page.
//!
//! Input: the assembled site. Output: [`Index`], made once per build. Not here: questions (`answer.rs`).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::facts::{body, day, due, value};
use super::records::Records;
use super::{By, Event, Sort, kind_and_by};
use crate::kind::{KindId, Order, Role, Stage};
use crate::language::Language;
use crate::model::{Date, Document, DocumentId, ListingFilter, Published, Site, Value};

/// Lists beside those of the [`Site`], made once from it and never changed.
#[derive(Debug)]
pub struct Index {
    /// One entry per kind, in the order of its list.
    by_kind: Vec<Sorted>,
    /// Body and kind → documents in the order of the kind's list.
    pub(super) by_body: BTreeMap<(DocumentId, KindId), Vec<DocumentId>>,
    pub(super) by_year: BTreeMap<(KindId, i16), Vec<DocumentId>>,
    pub(super) by_stage: BTreeMap<(KindId, Stage), Vec<DocumentId>>,
    /// The slug of a topic → its list.
    topic_at: BTreeMap<Box<str>, u32>,
    /// Kind and how the list is made → lists, in the order of `Site::listings`.
    pub(super) lists: BTreeMap<(Option<KindId>, By), Vec<u32>>,
    /// Dated documents of a kind, or of a kind and a body, the earliest first.
    dated: BTreeMap<(KindId, Option<DocumentId>), Vec<DocumentId>>,
    /// What kinds for the calendar have in it, in the order of days.
    pub(super) events: Vec<Event>,
    /// The months of those days, by year and number, in order.
    pub(super) months: Vec<(i16, i8)>,
    /// Which document owns the page at its address, sorted by address.
    pub(super) pages: Vec<DocumentId>,
    /// Whether there is a page at a document's address, its own or one on which it stands; one entry per document.
    readable: Vec<bool>,
    pub(super) records: Records,
}

/// A kind's documents in the order of their list; the other orders are made when first asked for.
#[derive(Debug, Default)]
struct Sorted {
    list: Vec<DocumentId>,
    others: [OnceLock<Vec<DocumentId>>; 4],
}

impl Index {
    /// Makes the lists: one walk over the documents and one sort per kind.
    #[must_use]
    pub fn new(site: &Site, language: &Language) -> Self {
        let mut index = Self {
            by_kind: kind_lists(site, language),
            by_body: BTreeMap::new(),
            by_year: BTreeMap::new(),
            by_stage: BTreeMap::new(),
            topic_at: BTreeMap::new(),
            lists: BTreeMap::new(),
            dated: BTreeMap::new(),
            events: events(site),
            months: Vec::new(),
            pages: page_owners(site),
            readable: Vec::new(),
            records: Records::new(site, language),
        };
        index.readable = site.documents.iter().map(|document| stands_on_a_page(site, &index.pages, document)).collect();
        index.months = months(&index.events);
        for kind in 0..index.by_kind.len() {
            for position in 0..index.by_kind[kind].list.len() {
                let id = index.by_kind[kind].list[position];
                index.enter(site, id);
            }
        }
        for (position, listing) in (0..).zip(&site.listings) {
            index.lists.entry(kind_and_by(&listing.filter)).or_default().push(position);
            if let ListingFilter::Topic(slug, _) = &listing.filter {
                index.topic_at.insert(slug.clone(), position);
            }
        }
        for dated in index.dated.values_mut() {
            dated.sort_by_key(|id| (day(site.document(*id)), *id));
        }
        index
    }

    fn enter(&mut self, site: &Site, id: DocumentId) {
        let document = site.document(id);
        let kind = document.kind;
        let body = body(site, id);
        if let Some(body) = body {
            self.by_body.entry((body, kind)).or_default().push(id);
        }
        if let Some(year) = document.date.and_then(Date::year) {
            self.by_year.entry((kind, year)).or_default().push(id);
        }
        self.by_stage.entry((kind, document.stage)).or_default().push(id);
        if day(document).is_some() && document.published == Published::Whole {
            self.dated.entry((kind, None)).or_default().push(id);
            if body.is_some() {
                self.dated.entry((kind, body)).or_default().push(id);
            }
        }
    }

    /// The document that owns the page at `address`.
    #[must_use]
    pub fn page_at(&self, site: &Site, address: &str) -> Option<DocumentId> {
        owner_at(site, &self.pages, address)
    }

    /// Whether a document has a page of its own.
    #[must_use]
    pub fn has_page(&self, site: &Site, id: DocumentId) -> bool {
        self.page_at(site, site.document(id).address.as_str()) == Some(id)
    }

    /// The list of the topic with this slug: an index into `Site::listings`.
    #[must_use]
    pub fn topic(&self, slug: &str) -> Option<u32> {
        self.topic_at.get(slug).copied()
    }

    /// The records made right in a document or a record: those of the text in its order, then those in files.
    #[must_use]
    pub fn records_in(&self, id: DocumentId) -> &[DocumentId] {
        self.records.children(id)
    }

    /// Dated documents of a kind, or of a kind and a body, the earliest first.
    pub(super) fn dated(&self, kind: KindId, body: Option<DocumentId>) -> &[DocumentId] {
        self.dated.get(&(kind, body)).map_or(&[], Vec::as_slice)
    }

    /// Whether a document stands on a page, its own or another's.
    #[must_use]
    pub fn can_be_read(&self, id: DocumentId) -> bool {
        self.readable[id.0 as usize]
    }

    /// Documents of a kind in the order asked for; made when it is first asked for.
    pub(super) fn sorted(&self, site: &Site, language: &Language, kind: KindId, order: Sort) -> &[DocumentId] {
        let sorted = &self.by_kind[kind.0 as usize];
        let slot = match order {
            Sort::List => return &sorted.list,
            Sort::Newest => 0,
            Sort::Oldest => 1,
            Sort::Title => 2,
            Sort::Due => 3,
        };
        sorted.others[slot].get_or_init(|| {
            let mut list = sorted.list.clone();
            sort(site, language, &mut list, order);
            list
        })
    }
}

/// Puts documents into an order; [`Sort::List`] leaves the one that they have.
pub(super) fn sort(site: &Site, language: &Language, list: &mut [DocumentId], order: Sort) {
    let day = |id: &DocumentId| day(site.document(*id));
    match order {
        Sort::List => {}
        Sort::Newest => list.sort_by_key(|id| (std::cmp::Reverse(day(id)), *id)),
        Sort::Oldest => list.sort_by_key(|id| (day(id).is_none(), day(id), *id)),
        Sort::Title => list.sort_by_cached_key(|id| (language.sort_key(&site.document(*id).title), *id)),
        Sort::Due => list.sort_by_cached_key(|id| {
            let day = due(site, *id).and_then(Date::latest);
            (day.is_none(), day, *id)
        }),
    }
}

/// A kind's documents as its list has them; of a kind without a list, in the order that the kind asks for.
fn kind_lists(site: &Site, language: &Language) -> Vec<Sorted> {
    let mut lists: Vec<Sorted> = site.kinds.list.iter().map(|_| Sorted::default()).collect();
    for listing in &site.listings {
        if let ListingFilter::Kind(kind) = listing.filter {
            lists[kind.0 as usize].list.clone_from(&listing.documents);
        }
    }
    let mut unlisted: Vec<Vec<DocumentId>> = lists.iter().map(|_| Vec::new()).collect();
    for (id, document) in site.present() {
        if lists[document.kind.0 as usize].list.is_empty() {
            unlisted[document.kind.0 as usize].push(id);
        }
    }
    for ((list, mut unlisted), kind) in lists.iter_mut().zip(unlisted).zip(&site.kinds.list) {
        if list.list.is_empty() {
            sort(site, language, &mut unlisted, if kind.order == Order::Newest { Sort::Newest } else { Sort::Title });
            list.list = unlisted;
        }
    }
    lists
}

/// The documents that have a page of their own, by its address. A record that stands on another's page has none.
pub(super) fn page_owners(site: &Site) -> Vec<DocumentId> {
    let own = site.ids().filter(|(_, document)| document.anchor_on_page().is_none());
    let mut owners: Vec<DocumentId> = own.map(|(id, _)| id).collect();
    owners.sort_by_key(|id| (&site.document(*id).address, *id));
    owners.dedup_by_key(|id| &site.document(*id).address);
    owners
}

/// Which of the `owners` that [`page_owners`] found owns the page at `address`.
pub(super) fn owner_at(site: &Site, owners: &[DocumentId], address: &str) -> Option<DocumentId> {
    let position = owners.binary_search_by(|id| site.document(*id).address.as_str().cmp(address)).ok()?;
    Some(owners[position])
}

/// Whether there is a page at a document's address, its own or one on which it stands. Of a document that is gone, no
/// record is shown.
pub(super) fn stands_on_a_page(site: &Site, owners: &[DocumentId], document: &Document) -> bool {
    let gone = |page: DocumentId| matches!(site.document(page).published, Published::Tombstone(_));
    let page = owner_at(site, owners, document.address.as_str());
    page.is_some_and(|page| document.anchor_on_page().is_none() || !gone(page))
}

/// The months of events in the order of their days, by year and number, each once.
pub(super) fn months(events: &[Event]) -> Vec<(i16, i8)> {
    let mut months: Vec<(i16, i8)> = events.iter().map(|event| (event.day.year(), event.day.month())).collect();
    months.dedup();
    months
}

/// The days of all documents whose kind is for the calendar: the same as calendars for machines hold.
pub(super) fn events(site: &Site) -> Vec<Event> {
    let wanted = |document: &Document| {
        site.kinds.get(document.kind).calendar && !matches!(document.published, Published::Tombstone(_))
    };
    let mut events = Vec::new();
    for (id, _) in site.present().filter(|(_, document)| wanted(document)) {
        for role in [Role::Date, Role::Due] {
            if let Some(Date::Day(day)) = value(site, id, role).and_then(Value::date) {
                events.push(Event { day, document: id, role });
            }
        }
    }
    events.sort_unstable();
    events
}
