//! Questions to a Site as plain, hashable values, and their answers from lists that exist before a page is made.
//!
//! Enters: a [`Query`]; names in it are ids and slugs, so that a question means the same in the next build.
//! Leaves: an [`Answer`]. Absent: templates, HTML and words; and any walk over all documents: what a page costs
//! depends on what it shows, not on how large the site is.
//!
//! The [`Site`] holds the lists that have pages. [`Index`] adds, once a build, what questions need beside them:
//! documents by body, year, topic and stage, the order of dates, and which document owns a page.

mod pages;
mod records;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil;

use crate::data::table::is_table;
use crate::kind::{Field, KindId, Order, Role, Shape, Stage};
use crate::language::Language;
use crate::model::{
    Date, Document, DocumentId, Fields, LONGEST_THREAD, ListingFilter, Published, RelationEnd, Site, Value,
};

pub use pages::own_pages;
use records::Records;
pub use records::{is_item, is_long, item_around, made_in, made_on, named_place, outcomes, threads};

/// How many documents may stand in one another: a decision on an item of a meeting.
const DEEPEST_PLACE: usize = 4;

/// A question to a site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Query {
    /// Documents that fit. Leaves [`Answer::Documents`].
    Documents(Filter),
    /// How many fit; offset and limit say nothing here. Leaves [`Answer::Count`].
    Count(Filter),
    /// The document with this id. Leaves [`Answer::Documents`], with one or none.
    Document(Box<str>),
    /// What a document names in the field `name`, or what names it in a field whose other end is called so.
    /// Leaves [`Answer::Ends`].
    Related {
        /// The document's id.
        document: Box<str>,
        /// A field's name or a back name: `lead`, `strategies`.
        name: Box<str>,
    },
    /// Every document that names this one, in a field or in its text. Leaves [`Answer::Documents`].
    Backlinks(Box<str>),
    /// Every document whose text links to this one. Leaves [`Answer::Documents`].
    Mentions(Box<str>),
    /// The records made in a document or in a record, each before those made in it; those of one kind only, where one is
    /// named. Leaves [`Answer::Documents`].
    Made {
        /// The id of the document.
        document: Box<str>,
        /// The kind's name.
        kind: Option<Box<str>>,
    },
    /// What earlier meetings of the body left open on the day of this one. Leaves [`Answer::Part`].
    Arising(Box<str>),
    /// Where a document was considered: what is about it, the latest first. Leaves [`Answer::Part`].
    Thread(Box<str>),
    /// What changed lately, the latest first. Leaves [`Answer::Documents`].
    Updates {
        /// How many to pass over.
        offset: u32,
        /// At most so many.
        limit: u32,
    },
    /// The kinds of which there is a document. Leaves [`Answer::Kinds`].
    Kinds,
    /// The lists that have pages. Leaves [`Answer::Lists`].
    Lists {
        /// Those of this kind only.
        kind: Option<Box<str>>,
        /// Those made so only.
        by: Option<By>,
    },
    /// The first document of a kind whose day has not passed. Leaves [`Answer::Documents`], with one or none.
    Next {
        /// The kind's name.
        kind: Box<str>,
        /// The id of the body it belongs to.
        body: Option<Box<str>>,
    },
    /// The documents before and after this one in the order of their dates. Leaves [`Answer::Neighbours`].
    Neighbours(Box<str>),
    /// What takes place or closes in a month, given by its year and number; without one, from the day of `as_at` on.
    /// Leaves [`Answer::Days`].
    Days(Option<(i16, i8)>),
    /// The pages above an address, the home page first. Leaves [`Answer::Trail`].
    Trail(Box<str>),
}

/// Which documents, in which order, how many.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Filter {
    /// The name of their kind.
    pub kind: Option<Box<str>>,
    /// The id of the body they belong to.
    pub body: Option<Box<str>>,
    /// The year of their date.
    pub year: Option<i16>,
    /// The slug of a topic.
    pub topic: Option<Box<str>>,
    /// The id of a document that they are about.
    pub about: Option<Box<str>>,
    /// Where in their life they are.
    pub stage: Option<Stage>,
    /// Their status, as typed: `done`.
    pub status: Option<Box<str>>,
    /// Where the day on which they are due lies; one that has ended is due no more.
    pub due: Option<Due>,
    /// Those alone that stand out on the day of `as_at`.
    pub urgent: bool,
    /// Their order.
    pub order: Sort,
    /// How many to pass over.
    pub offset: u32,
    /// At most so many; all where not said.
    pub limit: Option<u32>,
}

/// An order of documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// The order of the kind's list.
    #[default]
    List,
    /// The latest first, undated ones last.
    Newest,
    /// The earliest first, undated ones last.
    Oldest,
    /// By title.
    Title,
    /// By the day on which they are due, the earliest first, those without one last.
    Due,
}

/// On which side of the day of `as_at` something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// The day has passed and it has not ended: it is late.
    Passed,
    /// The day is still to come, or is this one.
    Ahead,
}

/// What the documents of a list have in common, as far as a question tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// A kind alone.
    Kind,
    /// A body.
    Body,
    /// A year.
    Year,
    /// A first letter.
    Letter,
    /// What was decided.
    Outcome,
    /// A status.
    Status,
    /// A document that was considered.
    About,
    /// A topic.
    Topic,
}

/// What a question leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Documents, in order.
    Documents(Vec<DocumentId>),
    /// The first documents of a list, in order, and how many it has.
    Part(Vec<DocumentId>, usize),
    /// A number of documents.
    Count(usize),
    /// Ends of relations, in order.
    Ends(Vec<RelationEnd>),
    /// Kinds in the order of the schema, with the number of their documents.
    Kinds(Vec<(KindId, usize)>),
    /// Indexes into `Site::listings`.
    Lists(Vec<u32>),
    /// The documents before and after.
    Neighbours(Option<DocumentId>, Option<DocumentId>),
    /// What lies on days, in their order.
    Days(Vec<Event>),
    /// Pages from the home page down; the page itself is not among them.
    Trail(Vec<Step>),
}

/// A document on a day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// The day.
    pub day: civil::Date,
    /// What takes place on it, or closes.
    pub document: DocumentId,
    /// Which of its fields names the day: its date, or when it is due.
    pub role: Role,
}

/// A page above another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The home page.
    Home,
    /// A list: an index into `Site::listings`.
    Listing(u32),
    /// A document.
    Document(DocumentId),
}

impl Answer {
    /// The documents of an answer that has some.
    ///
    /// # Panics
    /// If the question does not leave documents: our mistake.
    #[must_use]
    pub fn documents(self) -> Vec<DocumentId> {
        match self {
            Self::Documents(documents) => documents,
            other => unreachable!("documents were asked for, the answer is {other:?}"),
        }
    }
}

/// Lists beside those of the [`Site`], made once from it and never changed.
#[derive(Debug)]
pub struct Index {
    /// An entry a kind, in the order of its list.
    by_kind: Vec<Sorted>,
    /// Body and kind → documents in the order of the kind's list.
    by_body: BTreeMap<(DocumentId, KindId), Vec<DocumentId>>,
    by_year: BTreeMap<(KindId, i16), Vec<DocumentId>>,
    by_stage: BTreeMap<(KindId, Stage), Vec<DocumentId>>,
    /// The slug of a topic → its list.
    topic_at: BTreeMap<Box<str>, u32>,
    /// Kind and how the list is made → lists, in the order of `Site::listings`.
    lists: BTreeMap<(Option<KindId>, By), Vec<u32>>,
    /// Dated documents of a kind, or of a kind and a body, the earliest first.
    dated: Vec<Vec<DocumentId>>,
    /// Kind and body → an index into `dated`.
    dated_at: BTreeMap<(KindId, Option<DocumentId>), u32>,
    /// What kinds for the calendar have in it, in the order of days.
    events: Vec<Event>,
    /// The months of those days, by year and number, in order.
    months: Vec<(i16, i8)>,
    /// Which document owns the page at its address, sorted by address.
    pages: Vec<DocumentId>,
    /// Whether there is a page at a document's address, its own or one on which it stands; an entry a document.
    readable: Vec<bool>,
    records: Records,
}

/// A kind's documents in the order of their list; the other orders are made when first asked for.
#[derive(Debug, Default)]
struct Sorted {
    list: Vec<DocumentId>,
    others: [OnceLock<Vec<DocumentId>>; 4],
}

impl Index {
    /// Makes the lists: one walk over the documents and one sort a kind.
    #[must_use]
    pub fn new(site: &Site, language: &Language) -> Self {
        let mut index = Self {
            by_kind: kind_lists(site, language),
            by_body: BTreeMap::new(),
            by_year: BTreeMap::new(),
            by_stage: BTreeMap::new(),
            topic_at: BTreeMap::new(),
            lists: BTreeMap::new(),
            dated: Vec::new(),
            dated_at: BTreeMap::new(),
            events: events(site),
            months: Vec::new(),
            pages: page_owners(site),
            readable: Vec::new(),
            records: Records::new(site, language),
        };
        index.readable = site.documents.iter().map(|document| stands_on_a_page(site, &index.pages, document)).collect();
        index.months = index.events.iter().map(|event| (event.day.year(), event.day.month())).collect();
        index.months.dedup();
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
        for dated in &mut index.dated {
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
        if let Some(year) = document.date.and_then(crate::model::Date::year) {
            self.by_year.entry((kind, year)).or_default().push(id);
        }
        self.by_stage.entry((kind, document.stage)).or_default().push(id);
        if day(document).is_some() && document.published == Published::Whole {
            self.dated_list(kind, None).push(id);
            if body.is_some() {
                self.dated_list(kind, body).push(id);
            }
        }
    }

    fn dated_list(&mut self, kind: KindId, body: Option<DocumentId>) -> &mut Vec<DocumentId> {
        let next = self.dated.len();
        let position = *self.dated_at.entry((kind, body)).or_insert(u32::try_from(next).unwrap_or(u32::MAX));
        if position as usize == next {
            self.dated.push(Vec::new());
        }
        &mut self.dated[position as usize]
    }

    /// Documents of a kind, in the order of its list.
    #[must_use]
    pub fn of_kind(&self, kind: KindId) -> &[DocumentId] {
        &self.by_kind[kind.0 as usize].list
    }

    /// The months that have anything in the calendar, by year and number, in order.
    #[must_use]
    pub fn months(&self) -> &[(i16, i8)] {
        &self.months
    }

    /// Documents that own a page, sorted by its address.
    #[must_use]
    pub fn pages(&self) -> &[DocumentId] {
        &self.pages
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

    /// Whether a document stands on a page, its own or another's.
    #[must_use]
    pub fn can_be_read(&self, id: DocumentId) -> bool {
        self.readable[id.0 as usize]
    }

    fn sorted(&self, site: &Site, language: &Language, kind: KindId, order: Sort) -> &[DocumentId] {
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

/// Answers a question. Names that the site does not have leave nothing; to say so is for who asks.
#[must_use]
pub fn answer(site: &Site, index: &Index, language: &Language, query: &Query) -> Answer {
    let find = |id: &str| site.find(id);
    match query {
        Query::Documents(filter) => {
            let fitting = fitting(site, index, language, filter);
            let limit = filter.limit.map_or(usize::MAX, |limit| limit as usize);
            Answer::Documents(fitting.into_iter().skip(filter.offset as usize).take(limit).collect())
        }
        Query::Count(filter) => {
            let all = Filter { offset: 0, limit: None, ..filter.clone() };
            Answer::Count(fitting(site, index, language, &all).len())
        }
        Query::Document(id) => Answer::Documents(find(id).into_iter().collect()),
        Query::Related { document, name } => {
            Answer::Ends(find(document).map(|id| related(site, language, id, name)).unwrap_or_default())
        }
        Query::Backlinks(id) => {
            Answer::Documents(find(id).map(|id| naming(site, language, id, |_| true)).unwrap_or_default())
        }
        Query::Mentions(id) => {
            Answer::Documents(find(id).map(|id| naming(site, language, id, str::is_empty)).unwrap_or_default())
        }
        Query::Made { document, kind } => {
            let kind = kind.as_deref().map(|name| site.kinds.by_name(name));
            let mut made = find(document).map(|id| index.records.made(id)).unwrap_or_default();
            made.retain(|id| kind.is_none_or(|kind| kind == Some(site.document(*id).kind)));
            Answer::Documents(made)
        }
        Query::Arising(id) => {
            let (list, total) = find(id).map(|id| index.records.arising(id)).unwrap_or_default();
            Answer::Part(list.to_vec(), total)
        }
        Query::Thread(id) => {
            let thread = find(id).map(|id| index.records.thread(id)).unwrap_or_default();
            Answer::Part(thread.iter().take(LONGEST_THREAD).copied().collect(), thread.len())
        }
        Query::Updates { offset, limit } => {
            Answer::Documents(site.updates.iter().skip(*offset as usize).take(*limit as usize).copied().collect())
        }
        Query::Kinds => {
            let counts = site.kinds.iter().map(|(id, _)| (id, index.of_kind(id).len()));
            Answer::Kinds(counts.filter(|(_, count)| *count > 0).collect())
        }
        Query::Lists { kind, by } => Answer::Lists(lists(site, index, kind.as_deref(), *by)),
        Query::Next { kind, body } => Answer::Documents(next(site, index, kind, body.as_deref()).into_iter().collect()),
        Query::Neighbours(id) => {
            let (before, after) = find(id).map(|id| neighbours(site, index, id)).unwrap_or_default();
            Answer::Neighbours(before, after)
        }
        Query::Days(month) => Answer::Days(days(site, index, *month)),
        Query::Trail(address) => Answer::Trail(trail(site, index, address)),
    }
}

/// The value of the first field that has `role`.
#[must_use]
pub fn value(site: &Site, id: DocumentId, role: Role) -> Option<&Value> {
    let document = site.document(id);
    document.fields.get(&site.kinds.get(document.kind).role(role)?.name)
}

/// The published files of figures in a document's own fields: indices into [`Site::attachments`].
pub fn figures<'site>(site: &'site Site, document: &'site Document) -> impl Iterator<Item = u32> {
    let fields = site.kinds.get(document.kind).fields.iter();
    let own = fields.filter(|field| !field.common && field.shape == Shape::File);
    own.filter_map(|field| match document.fields.get(&field.name)? {
        Value::File(path) if is_table(path) => {
            let path = format!("content/{path}");
            let found = site.attachments.binary_search_by(|(file, _)| file.path.as_ref().cmp(path.as_str())).ok()?;
            u32::try_from(found).ok()
        }
        _ => None,
    })
}

/// What the first field with `role` leads to.
#[must_use]
pub fn end(site: &Site, id: DocumentId, role: Role) -> Option<&RelationEnd> {
    let name = &site.kinds.get(site.document(id).kind).role(role)?.name;
    site.relations[id.0 as usize].iter().find(|relation| relation.field.as_ref() == name).map(|relation| &relation.end)
}

/// The body that a document belongs to, if it has a page. A record belongs to the body of the meeting at which it was
/// made.
#[must_use]
pub fn body(site: &Site, id: DocumentId) -> Option<DocumentId> {
    match body_end(site, id)? {
        RelationEnd::Document { document, .. } => Some(*document),
        RelationEnd::Words(_) => None,
    }
}

/// The status of a document, and the field that says what it can be: its own, or that of its period.
#[must_use]
pub fn status(site: &Site, id: DocumentId) -> Option<(&Field, &str)> {
    let document = site.document(id);
    status_in(&site.kinds.get(document.kind).fields, &document.fields).or_else(|| {
        let (parts, fields) = period(site, id)?;
        status_in(parts, fields)
    })
}

fn status_in<'site>(schema: &'site [Field], fields: &'site Fields) -> Option<(&'site Field, &'site str)> {
    let field = schema.iter().find(|field| field.role == Some(Role::Status))?;
    Some((field, fields.get(&field.name)?.text()?))
}

/// Of a document with several periods, the one that has begun last on the day of `as_at`, else the first: the parts
/// that it may have, and those that it has.
#[must_use]
pub fn period(site: &Site, id: DocumentId) -> Option<(&[Field], &Fields)> {
    let document = site.document(id);
    let field = site.kinds.get(document.kind).role(Role::Periods)?;
    let parts = field.parts();
    let groups = document.fields.get(&field.name)?.groups();
    let from = |group: &&Fields| {
        let part = parts.iter().find(|part| part.role == Some(Role::From))?;
        group.get(&part.name)?.date()?.earliest()
    };
    let begun = groups.iter().filter(|group| from(group).is_none_or(|from| from <= site.as_at.day));
    let last = begun.max_by_key(|group| from(group)).or(groups.first());
    last.map(|group| (parts, *group))
}

/// When a document is due: to be done, to close, to have new figures. Where a meeting is named, its day.
#[must_use]
pub fn due(site: &Site, id: DocumentId) -> Option<Date> {
    match value(site, id, Role::Due)? {
        Value::Reference(meeting) => site.document(site.find(&meeting.id)?).date,
        value => value.date(),
    }
}

/// Where the day on which it is due lies; nothing where it has none or has ended.
#[must_use]
pub fn due_side(site: &Site, id: DocumentId) -> Option<Due> {
    let day = due(site, id)?.latest().filter(|_| site.document(id).stage != Stage::Ended)?;
    Some(if day < site.as_at.day { Due::Passed } else { Due::Ahead })
}

/// Whether it stands out on the day of `as_at`.
fn is_urgent(site: &Site, id: DocumentId) -> bool {
    let until = value(site, id, Role::UrgentUntil).and_then(Value::date).and_then(Date::latest);
    until.is_some_and(|until| until >= site.as_at.day)
}

/// The body that a document belongs to, with a page or in words.
#[must_use]
pub fn body_end(site: &Site, id: DocumentId) -> Option<&RelationEnd> {
    // A decision on an item that is a file stands two steps below its meeting.
    let mut here = id;
    for _ in 0..DEEPEST_PLACE {
        if let Some(end) = end(site, here, Role::Body) {
            return Some(end);
        }
        here = site.document(here).place.as_ref()?.host;
    }
    None
}

/// The first day that a document's date can mean.
#[must_use]
pub fn day(document: &Document) -> Option<civil::Date> {
    document.date?.earliest()
}

/// What is left of a filter once the narrowest list that exists is taken.
fn fitting(site: &Site, index: &Index, language: &Language, filter: &Filter) -> Vec<DocumentId> {
    let kind = match &filter.kind {
        Some(name) => match site.kinds.by_name(name) {
            Some(kind) => Some(kind),
            None => return Vec::new(),
        },
        None => None,
    };
    let (candidates, ordered) = candidates(site, index, language, filter, kind);
    let mut fitting: Vec<DocumentId> =
        candidates.into_iter().filter(|id| fits(site, index, filter, kind, *id)).collect();
    if !ordered && filter.order != Sort::List {
        sort(site, language, &mut fitting, filter.order);
    }
    fitting
}

/// The shortest list at hand, and whether it is in the order asked for already.
fn candidates(
    site: &Site,
    index: &Index,
    language: &Language,
    filter: &Filter,
    kind: Option<KindId>,
) -> (Vec<DocumentId>, bool) {
    let none = (Vec::new(), true);
    if let Some(about) = &filter.about {
        let Some(about) = site.find(about) else { return none };
        let about_field = |from: DocumentId, field: &str| {
            site.kinds.get(site.document(from).kind).role(Role::About).is_some_and(|role| role.name == field)
        };
        return (naming_in(site, language, about, about_field), false);
    }
    if let Some(body) = &filter.body {
        let Some(body) = site.find(body) else { return none };
        let lists = index.by_body.range((body, KindId(0))..=(body, KindId(u16::MAX)));
        let lists = lists.filter(|((_, of), _)| kind.is_none_or(|kind| kind == *of));
        return (lists.flat_map(|(_, list)| list).copied().collect(), false);
    }
    if let Some(topic) = &filter.topic {
        return (of_topic(site, index, topic).to_vec(), false);
    }
    let Some(kind) = kind else { return (site.ids().map(|(id, _)| id).collect(), false) };
    if let Some(year) = filter.year {
        return (index.by_year.get(&(kind, year)).cloned().unwrap_or_default(), false);
    }
    if let Some(stage) = filter.stage {
        return (index.by_stage.get(&(kind, stage)).cloned().unwrap_or_default(), false);
    }
    let list = index.sorted(site, language, kind, filter.order);
    // Where nothing else is asked of them, what lies behind the limit need not be copied.
    let asks_more = filter.status.is_some() || filter.due.is_some() || filter.urgent;
    let limit = filter.limit.filter(|_| !asks_more);
    let end = limit.map_or(list.len(), |limit| (filter.offset as usize + limit as usize).min(list.len()));
    (list[..end].to_vec(), true)
}

fn fits(site: &Site, index: &Index, filter: &Filter, kind: Option<KindId>, id: DocumentId) -> bool {
    let document = site.document(id);
    kind.is_none_or(|kind| kind == document.kind)
        && filter.year.is_none_or(|year| document.date.and_then(crate::model::Date::year) == Some(year))
        && filter.stage.is_none_or(|stage| document.stage == stage)
        && filter.status.as_deref().is_none_or(|wanted| status(site, id).is_some_and(|(_, name)| name == wanted))
        && filter.due.is_none_or(|wanted| due_side(site, id) == Some(wanted))
        && (!filter.urgent || is_urgent(site, id))
        && filter.body.as_deref().is_none_or(|wanted| body(site, id).is_some_and(|id| *site.document(id).id == *wanted))
        && filter.topic.as_ref().is_none_or(|topic| of_topic(site, index, topic).contains(&id))
}

fn of_topic<'site>(site: &'site Site, index: &Index, slug: &str) -> &'site [DocumentId] {
    index.topic(slug).map_or(&[], |listing| &site.listings[listing as usize].documents)
}

fn sort(site: &Site, language: &Language, list: &mut [DocumentId], order: Sort) {
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
    for (id, document) in site.ids() {
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
fn page_owners(site: &Site) -> Vec<DocumentId> {
    let own = site.ids().filter(|(_, document)| document.anchor_on_page().is_none());
    let mut owners: Vec<DocumentId> = own.map(|(id, _)| id).collect();
    owners.sort_by_key(|id| (&site.document(*id).address, *id));
    owners.dedup_by_key(|id| &site.document(*id).address);
    owners
}

/// Which of the `owners` that [`page_owners`] found owns the page at `address`.
fn owner_at(site: &Site, owners: &[DocumentId], address: &str) -> Option<DocumentId> {
    let position = owners.binary_search_by(|id| site.document(*id).address.as_str().cmp(address)).ok()?;
    Some(owners[position])
}

/// Whether there is a page at a document's address, its own or one on which it stands. Of a document that is gone, no
/// record is shown.
fn stands_on_a_page(site: &Site, owners: &[DocumentId], document: &Document) -> bool {
    let gone = |page: DocumentId| matches!(site.document(page).published, Published::Tombstone(_));
    let page = owner_at(site, owners, document.address.as_str());
    page.is_some_and(|page| document.anchor_on_page().is_none() || !gone(page))
}

fn related(site: &Site, language: &Language, id: DocumentId, name: &str) -> Vec<RelationEnd> {
    let own = site.relations[id.0 as usize].iter().filter(|relation| relation.field.as_ref() == name);
    let mut ends: Vec<RelationEnd> = own.map(|relation| relation.end.clone()).collect();
    let called_so = |from: DocumentId, field: &str| {
        let kind = site.kinds.get(site.document(from).kind);
        kind.relation(field).is_some_and(|relation| relation.back_name == name)
    };
    let others = naming_in(site, language, id, called_so);
    ends.extend(others.into_iter().map(|document| RelationEnd::Document { document, anchor: None }));
    ends
}

fn naming(site: &Site, language: &Language, id: DocumentId, field: impl Fn(&str) -> bool) -> Vec<DocumentId> {
    naming_in(site, language, id, |_, name| field(name))
}

/// Documents that name `id` in a field that passes: each once, the newest first, then by title.
fn naming_in(
    site: &Site,
    language: &Language,
    id: DocumentId,
    passes: impl Fn(DocumentId, &str) -> bool,
) -> Vec<DocumentId> {
    let backlinks = site.backlinks[id.0 as usize].iter();
    let mut naming: Vec<DocumentId> = backlinks
        .filter(|(from, at)| *from != id && passes(*from, &site.relations[from.0 as usize][*at as usize].field))
        .map(|(from, _)| *from)
        .collect();
    naming.dedup();
    if naming.iter().any(|id| day(site.document(*id)).is_none()) {
        naming.sort_by_cached_key(|id| language.sort_key(&site.document(*id).title));
    }
    naming.sort_by_key(|id| std::cmp::Reverse(day(site.document(*id))));
    naming
}

fn lists(site: &Site, index: &Index, kind: Option<&str>, by: Option<By>) -> Vec<u32> {
    let kind = kind.map(|name| site.kinds.by_name(name));
    let asked = |((of, made), _): &(&(Option<KindId>, By), &Vec<u32>)| {
        kind.is_none_or(|kind| kind.is_some() && kind == *of) && by.is_none_or(|by| by == *made)
    };
    index.lists.iter().filter(asked).flat_map(|(_, lists)| lists).copied().collect()
}

/// The kind that a list holds, if it is one, and how the list is made.
#[must_use]
pub fn kind_and_by(filter: &ListingFilter) -> (Option<KindId>, By) {
    match filter {
        ListingFilter::Kind(kind) => (Some(*kind), By::Kind),
        ListingFilter::Body(kind, _) => (Some(*kind), By::Body),
        ListingFilter::Year(kind, _) => (Some(*kind), By::Year),
        ListingFilter::Letter(kind, _) => (Some(*kind), By::Letter),
        ListingFilter::Choice(kind, Role::Outcome, _) => (Some(*kind), By::Outcome),
        ListingFilter::Choice(kind, ..) => (Some(*kind), By::Status),
        ListingFilter::About(_) => (None, By::About),
        ListingFilter::Topic(..) => (None, By::Topic),
    }
}

fn dated(index: &Index, kind: KindId, body: Option<DocumentId>) -> &[DocumentId] {
    index.dated_at.get(&(kind, body)).map_or(&[], |position| &index.dated[*position as usize])
}

fn next(site: &Site, index: &Index, kind: &str, body: Option<&str>) -> Option<DocumentId> {
    let body = match body {
        Some(id) => Some(site.find(id)?),
        None => None,
    };
    let list = dated(index, site.kinds.by_name(kind)?, body);
    let first = list.partition_point(|id| day(site.document(*id)) < Some(site.as_at.day));
    list[first..].iter().find(|id| site.document(**id).stage != Stage::Ended).copied()
}

/// The days of all documents whose kind is for the calendar: the same as calendars for machines hold.
fn events(site: &Site) -> Vec<Event> {
    let wanted = |document: &Document| {
        site.kinds.get(document.kind).calendar && !matches!(document.published, Published::Tombstone(_))
    };
    let mut events = Vec::new();
    for (id, _) in site.ids().filter(|(_, document)| wanted(document)) {
        for role in [Role::Date, Role::Due] {
            if let Some(Date::Day(day)) = value(site, id, role).and_then(Value::date) {
                events.push(Event { day, document: id, role });
            }
        }
    }
    events.sort_unstable();
    events
}

fn days(site: &Site, index: &Index, month: Option<(i16, i8)>) -> Vec<Event> {
    let events = &index.events;
    match month {
        Some(month) => {
            let of = |event: &Event| (event.day.year(), event.day.month());
            let (first, end) =
                (events.partition_point(|event| of(event) < month), events.partition_point(|event| of(event) <= month));
            events[first..end].to_vec()
        }
        None => events[events.partition_point(|event| event.day < site.as_at.day)..].to_vec(),
    }
}

/// Among the documents of the same body, where it has one.
fn neighbours(site: &Site, index: &Index, id: DocumentId) -> (Option<DocumentId>, Option<DocumentId>) {
    let document = site.document(id);
    if site.kinds.get(document.kind).order != Order::Newest {
        return (None, None);
    }
    let list = dated(index, document.kind, body(site, id));
    match list.binary_search_by_key(&(day(document), id), |id| (day(site.document(*id)), *id)) {
        Ok(at) => (at.checked_sub(1).map(|before| list[before]), list.get(at + 1).copied()),
        Err(_) => (None, None),
    }
}

/// What stands at each part of the address: `/`, `/minutes/`, `/minutes/board/`.
fn trail(site: &Site, index: &Index, address: &str) -> Vec<Step> {
    let mut trail = Vec::new();
    for (end, _) in address.match_indices('/').filter(|(end, _)| end + 1 < address.len()) {
        let above = &address[..=end];
        if above == "/" {
            trail.push(Step::Home);
        } else if let Some(document) = index.page_at(site, above) {
            trail.push(Step::Document(document));
        } else if let Some(listing) = listing_at(site, above) {
            trail.push(Step::Listing(listing));
        }
    }
    trail
}

fn listing_at(site: &Site, address: &str) -> Option<u32> {
    let address = crate::model::Address::page(address.split('/').filter(|part| !part.is_empty()));
    site.listing_at.get(&address).copied()
}
