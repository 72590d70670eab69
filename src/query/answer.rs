//! The answers to questions.
//!
//! Input: a site, its [`Index`] and a [`Query`]. Output: an [`Answer`]. Not here: who asks, and what is noted of it
//! (`view`).

use super::facts::{Store, body, day, due_side, is_urgent, status};
use super::forward::{length, lines};
use super::index::{Index, sort};
use super::{Answer, By, Event, Filter, Held, Query, Sort, Step};
use crate::kind::{KindId, ListBy, Order, Role, Stage};
use crate::language::Language;
use crate::model::{
    Address, AreaFigures, Date, DocumentId, LONGEST_THREAD, ListingFilter, MeetingDay, PlanGroup, PlanTime, Relation,
    RelationEnd, Site,
};

/// Answers a question. A name that the site does not have is answered as empty; to say so is for who asks.
#[must_use]
pub fn answer<'site>(site: &'site Site, index: &'site Index, language: &Language, query: &Query) -> Answer<'site> {
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
        Query::Updates { offset, limit } => Answer::Documents(part(&site.updates, *offset, *limit).to_vec()),
        Query::Changed => Answer::Count(site.updates.len()),
        Query::Kinds => {
            let counts = site.kinds.iter().map(|(id, _)| (id, index.sorted(site, language, id, Sort::List).len()));
            Answer::Kinds(counts.filter(|(_, count)| *count > 0).collect())
        }
        Query::Next { kind, body } => Answer::Documents(next(site, index, kind, body.as_deref()).into_iter().collect()),
        Query::Days(month) => Answer::Days(days(site, index, *month)),
        Query::Months => Answer::Months(&index.months),
        Query::Trail(address) => Answer::Trail(trail(site, index, address)),
        Query::Find(id) => Answer::Documents(find(id).into_iter().collect()),
        Query::Document(id)
        | Query::Relations(id)
        | Query::Incoming(id)
        | Query::Backlinks(id)
        | Query::Children(id)
        | Query::Arising(id)
        | Query::Thread(id)
        | Query::Neighbours(id) => about(site, index, language, query, find(id)),
        Query::PartsOf(id) => Answer::Parts(find(id).map(|id| site.parts.of(id).iter().collect()).unwrap_or_default()),
        Query::PartsAt(id) => Answer::Parts(find(id).map(|id| site.parts.at(id)).unwrap_or_default()),
        Query::Plan { of, offset, limit } => Answer::Plan(lines(&plan_of(site, of.as_deref()), *offset, *limit)),
        Query::PlanLength(of) => Answer::Count(length(plan_of(site, of.as_deref()))),
        Query::Related { document, name } => {
            Answer::Ends(find(document).map(|id| related(site, language, id, name)).unwrap_or_default())
        }
        Query::Made { document, kind } => {
            let kind = kind.as_deref().map(|name| site.kinds.by_name(name));
            let mut made = find(document).map(|id| index.records.made(id)).unwrap_or_default();
            made.retain(|id| kind.is_none_or(|kind| kind == Some(site.document(*id).kind)));
            Answer::Documents(made)
        }
        _ => of_the_site(site, index, query),
    }
}

/// What is planned for all bodies, for a body, or for a meeting.
fn plan_of<'site>(site: &'site Site, of: Option<&str>) -> Vec<&'site PlanGroup> {
    let Some(of) = of else { return site.plan.groups.iter().collect() };
    let id = site.find(of);
    let is_it = |group: &&PlanGroup| match group.time {
        PlanTime::Meeting(MeetingDay { document: Some(meeting), .. }) if Some(meeting) == id => true,
        _ => group.body.as_ref().ok() == id.as_ref(),
    };
    site.plan.groups.iter().filter(is_it).collect()
}

/// Questions about one document; their answers are empty if there is no such document.
fn about<'site>(
    site: &'site Site,
    index: &'site Index,
    language: &Language,
    query: &Query,
    id: Option<DocumentId>,
) -> Answer<'site> {
    match query {
        Query::Document(_) => Answer::Document(id.map(|id| Held {
            document: site.document(id),
            readable: index.can_be_read(id),
            has_page: index.has_page(site, id),
        })),
        Query::Relations(_) => Answer::Relations(id.map_or(&[], |id| &site.relations[id.0 as usize])),
        Query::Incoming(_) => Answer::Incoming(id.map(|id| incoming(site, id).collect()).unwrap_or_default()),
        Query::Backlinks(_) => {
            Answer::Documents(id.map(|id| naming_in(site, language, id, |_, _| true)).unwrap_or_default())
        }
        Query::Children(_) => Answer::Documents(id.map_or(&[][..], |id| index.records_in(id)).to_vec()),
        Query::Arising(_) => {
            let (list, total) = id.map(|id| index.records.arising(id)).unwrap_or_default();
            Answer::Part(list.to_vec(), total)
        }
        Query::Thread(_) => {
            let thread = id.map_or(&[][..], |id| index.records.thread(id));
            Answer::Part(thread.iter().take(LONGEST_THREAD).copied().collect(), thread.len())
        }
        _ => {
            let (before, after) = id.map(|id| neighbours(site, index, id)).unwrap_or_default();
            Answer::Neighbours(before, after)
        }
    }
}

/// Questions about lists, files and the site as a whole.
fn of_the_site<'site>(site: &'site Site, index: &'site Index, query: &Query) -> Answer<'site> {
    let listing = |address: &Address| site.listing_at.get(address).map(|list| &site.listings[*list as usize]);
    let file = |path: &str| site.attachment_at(path);
    match query {
        Query::Lists { kind, by } => Answer::Lists(lists(site, index, kind.as_deref(), *by)),
        Query::ListOfBody { kind, body } => Answer::Lists(site.find(body).map_or_else(Vec::new, |body| {
            let is_it = |filter: &ListingFilter| matches!(filter, ListingFilter::Body(_, Ok(own)) if *own == body);
            first(site, lists(site, index, Some(kind), Some(By::Body)), is_it)
        })),
        Query::ListAbout(id) => Answer::Lists(site.find(id).map_or_else(Vec::new, |id| {
            first(site, lists(site, index, None, Some(By::About)), |filter| *filter == ListingFilter::About(id))
        })),
        Query::ListsOfArea(id) => Answer::Lists(site.find(id).map_or_else(Vec::new, |area| {
            let is_it =
                |list: &u32| matches!(site.listings[*list as usize].filter, ListingFilter::Area(_, of) if of == area);
            lists(site, index, None, Some(By::Area)).into_iter().filter(is_it).collect()
        })),
        Query::OthersInArea(id) => Answer::Documents(site.find(id).map_or_else(Vec::new, |area| {
            let is_it = |id: &DocumentId| {
                let document = site.document(*id);
                let kind = site.kinds.get(document.kind);
                let is_listed = kind.lists.contains(&ListBy::Area) || kind.role(Role::Within).is_some();
                !is_listed && document.place.is_none() && index.has_page(site, *id)
            };
            site.areas.concerned(area).iter().copied().filter(is_it).collect()
        })),
        Query::Figures(id) => Answer::Figures(site.find(id).map_or_else(Vec::new, |id| {
            let is_it = |figures: &&AreaFigures| figures.measure == id || figures.area == Some(id);
            site.areas.figures.iter().filter(is_it).collect()
        })),
        Query::Postcodes => Answer::Texts(site.areas.postcodes.keys().map(|first| &**first).collect()),
        Query::ListOfTopic(slug) => Answer::Lists(index.topic(slug).into_iter().collect()),
        Query::Listing(address) => Answer::Listing(listing(address).map(|listing| &listing.filter)),
        Query::Length(address) => Answer::Count(listing(address).map_or(0, |listing| listing.documents.len())),
        Query::Part { address, offset, limit } => {
            let documents = listing(address).map_or(&[][..], |listing| &listing.documents);
            Answer::Documents(part(documents, *offset, *limit).to_vec())
        }
        Query::Home => Answer::Documents(site.home.into_iter().collect()),
        Query::Pages => Answer::Documents(index.pages.clone()),
        Query::Attachment(path) => Answer::Attachment(file(path).map(|file| &site.attachments[file as usize])),
        Query::Attachments => Answer::Attachments(&site.attachments),
        Query::Table(path) => Answer::Table(file(path).and_then(|file| site.tables.get(&file))),
        Query::Glossary => Answer::Glossary(&site.glossary),
        Query::Alias(address) => {
            let found = site.aliases.binary_search_by(|alias| alias.address.cmp(address));
            Answer::Aliases(found.map_or(&[], |at| &site.aliases[at..=at]))
        }
        Query::Aliases => Answer::Aliases(&site.aliases),
        Query::OwnPages => Answer::OwnPages(&site.own),
        Query::Editions(id) => Answer::Editions(site.find(id).map_or(&[], |id| site.editions.all(id))),
        Query::Comparison(address) => Answer::Comparison(super::editions::comparison_at(site, address)),
        Query::ComparisonsOf(id) => Answer::Comparisons(super::editions::comparisons_of(site, id)),
        Query::EditionDays => Answer::EditionDays(&site.own.edition_days),
        Query::EditionDay(address) => {
            let found = site.own.edition_days.iter().position(|day| day.address == *address);
            Answer::EditionDays(found.map_or(&[], |at| &site.own.edition_days[at..=at]))
        }
        Query::Number(address) => Answer::Number(site.own.numbers.iter().find(|page| page.address == *address)),
        Query::LastNumber => Answer::Number(super::pages::last_number(site)),
        Query::Schema => Answer::Schema(&site.kinds),
        Query::Settings => Answer::Settings(&site.config),
        Query::Audience => Answer::Audience(site.audience),
        Query::Today => Answer::Today(site.as_at.day),
        _ => unreachable!("{query:?} is answered above"),
    }
}

/// The relations that lead to a document, each with the document in which it stands.
pub fn incoming(site: &Site, id: DocumentId) -> impl Iterator<Item = (DocumentId, &Relation)> {
    let backlinks = site.backlinks[id.0 as usize].iter();
    backlinks.map(|(from, at)| (*from, &site.relations[from.0 as usize][*at as usize]))
}

/// At most `limit` documents after the first `offset`.
pub fn part(list: &[DocumentId], offset: u32, limit: u32) -> &[DocumentId] {
    let rest = list.get(offset as usize..).unwrap_or_default();
    &rest[..rest.len().min(limit as usize)]
}

/// The first of these lists that passes.
fn first(site: &Site, lists: Vec<u32>, is_it: impl Fn(&ListingFilter) -> bool) -> Vec<u32> {
    lists.into_iter().find(|list| is_it(&site.listings[*list as usize].filter)).into_iter().collect()
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
    let Some(kind) = kind else { return (site.present().map(|(id, _)| id).collect(), false) };
    if let Some(year) = filter.year {
        return (index.by_year.get(&(kind, year)).cloned().unwrap_or_default(), false);
    }
    if let Some(stage) = filter.stage {
        return (index.by_stage.get(&(kind, stage)).cloned().unwrap_or_default(), false);
    }
    let list = index.sorted(site, language, kind, filter.order);
    // Where nothing else is asked of them, what lies after the limit need not be copied.
    let asks_more = filter.status.is_some() || filter.due.is_some() || filter.urgent;
    let limit = filter.limit.filter(|_| !asks_more);
    let end = limit.map_or(list.len(), |limit| (filter.offset as usize + limit as usize).min(list.len()));
    (list[..end].to_vec(), true)
}

fn fits(site: &Site, index: &Index, filter: &Filter, kind: Option<KindId>, id: DocumentId) -> bool {
    let document = site.document(id);
    kind.is_none_or(|kind| kind == document.kind)
        && filter.year.is_none_or(|year| document.date.and_then(Date::year) == Some(year))
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

/// Documents that name `id` in a field that passes: each once, the newest first, then by title.
fn naming_in(
    site: &Site,
    language: &Language,
    id: DocumentId,
    passes: impl Fn(DocumentId, &str) -> bool,
) -> Vec<DocumentId> {
    let passing = incoming(site, id).filter(|(from, relation)| *from != id && passes(*from, &relation.field));
    let mut naming: Vec<DocumentId> = passing.map(|(from, _)| from).collect();
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

fn next(site: &Site, index: &Index, kind: &str, body: Option<&str>) -> Option<DocumentId> {
    let body = match body {
        Some(id) => Some(site.find(id)?),
        None => None,
    };
    let list = index.dated(site.kinds.by_name(kind)?, body);
    let first = list.partition_point(|id| day(site.document(*id)) < Some(site.as_at.day));
    list[first..].iter().find(|id| site.document(**id).stage != Stage::Ended).copied()
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
    let list = index.dated(document.kind, body(site, id));
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
    if let Some(page) = index.page_at(site, address) {
        let around = super::areas::around(site, page);
        let is_around = |step: &Step| matches!(step, Step::Document(id) if around.contains(id));
        trail.retain(|step| !is_around(step));
        trail.extend(around.iter().rev().map(|area| Step::Document(*area)));
    }
    trail
}

fn listing_at(site: &Site, address: &str) -> Option<u32> {
    let address = Address::page(address.split('/').filter(|part| !part.is_empty()));
    site.listing_at.get(&address).copied()
}
