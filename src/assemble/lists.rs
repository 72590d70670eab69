//! Lists of documents: of a kind, of a body, of a year, of a letter, of a topic; and what changed lately.

use std::collections::{BTreeMap, BTreeSet};

use super::identity::has_page;
use super::index::Index;
use super::life::Facts;
use super::records::{DEEPEST, Places};
use super::relations::Bound;
use crate::kind::{Field, Follow, Kind, KindId, ListBy, Order, Role, Stage};
use crate::language::Language;
use crate::model::{Address, DocumentId, Listing, ListingFilter, RelationEnd, Site, Value, slug};
use crate::query;

/// Every list that has at least one document, in the order of addresses.
pub fn listings(
    index: &Index<'_>,
    bound: &[Bound],
    places: &Places,
    facts: &[Facts],
    language: &Language,
) -> Vec<Listing> {
    let mut lists: BTreeMap<Address, (ListingFilter, Vec<DocumentId>)> = BTreeMap::new();
    for (document, shown) in (0..).map(DocumentId).zip(index.documents) {
        let kind_id = shown.parsed.kind;
        let kind = index.kinds.get(kind_id);
        if shown.ended || index.is_earlier(document) {
            continue;
        }
        let mut filters = topics(kind, &bound[document.0 as usize].fields);
        if kind.folder_in_address && (kind.page || kind.in_menu || !kind.lists.is_empty()) {
            filters.push(ListingFilter::Kind(kind_id));
            let by = kind.lists.iter();
            filters
                .extend(by.flat_map(|by| filters_of(*by, kind_id, document, (index, bound, places), facts, language)));
        }
        for filter in filters {
            let address = address(&filter, index);
            lists.entry(address).or_insert_with(|| (filter, Vec::new())).1.push(document);
        }
    }
    let shown: BTreeSet<KindId> = lists.values().filter_map(|(filter, _)| query::kind_and_by(filter).0).collect();
    for filter in shown.into_iter().flat_map(|kind| lasting(kind, index.kinds.get(kind))) {
        lists.entry(address(&filter, index)).or_insert_with(|| (filter, Vec::new()));
    }
    let sorted = lists.into_iter().map(|(address, (filter, mut documents))| {
        sort(&mut documents, &filter, (index, bound), facts, language);
        Listing { address, filter, documents }
    });
    sorted.collect()
}

fn topics(kind: &Kind, fields: &crate::model::Fields) -> Vec<ListingFilter> {
    let value = kind.role(Role::Tags).and_then(|field| fields.get(&field.name));
    let names: Vec<&str> = match value {
        Some(Value::List(list)) => list.iter().filter_map(|(value, _)| value.text()).collect(),
        Some(value) => value.text().into_iter().collect(),
        None => Vec::new(),
    };
    let topics = names.into_iter().map(|name| (slug(name), name)).filter(|(slug, _)| !slug.is_empty());
    topics.map(|(slug, name)| ListingFilter::Topic(slug.into(), name.into())).collect()
}

fn filters_of(
    by: ListBy,
    kind_id: KindId,
    document: DocumentId,
    (index, bound, places): (&Index<'_>, &[Bound], &Places),
    facts: &[Facts],
    language: &Language,
) -> Vec<ListingFilter> {
    match by {
        ListBy::Year => {
            let year = facts[document.0 as usize].date.and_then(crate::model::Date::year);
            year.map(|year| ListingFilter::Year(kind_id, year)).into_iter().collect()
        }
        ListBy::Letter => {
            let letter = language.first_letter(&index.documents[document.0 as usize].parsed.title);
            vec![ListingFilter::Letter(kind_id, letter)]
        }
        ListBy::Body => {
            let around =
                std::iter::successors(Some(document), |document| Some(places[document.0 as usize].as_ref()?.host));
            let bodies =
                around.take(DEEPEST).map(|document| bodies(document, index, bound)).find(|own| !own.is_empty());
            let bodies = bodies.unwrap_or_default();
            bodies.into_iter().map(|body| ListingFilter::Body(kind_id, body)).collect()
        }
        ListBy::Outcome => choices(kind_id, Role::Outcome, index, &bound[document.0 as usize]),
        ListBy::Status => choices(kind_id, Role::Status, index, &bound[document.0 as usize]),
        ListBy::FollowUp => followed(kind_id, index.kinds.get(kind_id), &bound[document.0 as usize]),
        // What concerns an area is known when the site is whole.
        ListBy::Area => Vec::new(),
    }
}

/// The bodies to which a document says that it belongs.
fn bodies(document: DocumentId, index: &Index<'_>, bound: &[Bound]) -> Vec<Result<DocumentId, Box<str>>> {
    let kind = index.kinds.get(index.documents[document.0 as usize].parsed.kind);
    let Some(field) = kind.role(Role::Body) else { return Vec::new() };
    let named = bound[document.0 as usize].relations.iter().filter(|relation| *relation.field == *field.name);
    let bodies = named.map(|relation| match &relation.end {
        RelationEnd::Document { document, .. } => Ok(*document),
        RelationEnd::Words(words) => Err(words.clone()),
    });
    bodies.collect()
}

/// The lists of the words that a document has in the field with `role`, or in that of its parts.
fn choices(kind_id: KindId, role: Role, index: &Index<'_>, bound: &Bound) -> Vec<ListingFilter> {
    let kind = index.kinds.get(kind_id);
    let fields = &bound.fields;
    let own = kind.role(role).and_then(|field| fields.get(&field.name)).and_then(Value::text);
    let parts = kind.role(Role::Parts).and_then(|field| Some((field.part(role)?, fields.get(&field.name)?)));
    let of_parts = parts
        .into_iter()
        .flat_map(|(part, value)| value.groups().into_iter().filter_map(|group| group.get(&part.name)?.text()));
    let names: BTreeSet<&str> = own.into_iter().chain(of_parts).collect();
    names.into_iter().map(|name| ListingFilter::Choice(kind_id, role, name.into())).collect()
}

/// The lists of what became of it. What has no answer is among the unanswered, late or not.
fn followed(kind_id: KindId, kind: &Kind, bound: &Bound) -> Vec<ListingFilter> {
    let field = kind.role(Role::FollowUp);
    let own = field.and_then(|field| field.choice(bound.fields.get(&field.name)?.text()?)?.follow);
    let is_listed =
        |follow: Follow| own.is_some_and(|own| own == follow || follow == Follow::Open && own < Follow::Answered);
    let choices = field.map(Field::choices).unwrap_or_default().iter();
    let listed = choices.filter(|choice| choice.follow.is_some_and(is_listed));
    listed.map(|choice| ListingFilter::Choice(kind_id, Role::FollowUp, choice.value.as_str().into())).collect()
}

/// The lists of what became of documents of a kind are there before they hold any: their addresses and feeds are followed.
fn lasting(kind_id: KindId, kind: &Kind) -> impl Iterator<Item = ListingFilter> {
    let field = kind.role(Role::FollowUp).filter(|_| kind.lists.contains(&ListBy::FollowUp));
    let choices = field.map(Field::choices).unwrap_or_default().iter();
    let lasting = choices.filter(|choice| choice.follow.is_some_and(|follow| follow != Follow::Heard));
    lasting.map(move |choice| ListingFilter::Choice(kind_id, Role::FollowUp, choice.value.as_str().into()))
}

fn address(filter: &ListingFilter, index: &Index<'_>) -> Address {
    let folder = |kind: &KindId| index.kinds.get(*kind).folder.as_str();
    match filter {
        ListingFilter::Kind(kind) => Address::page([folder(kind)]),
        ListingFilter::Body(kind, Ok(body)) => {
            let id = &index.documents[body.0 as usize].parsed.id;
            Address::page([folder(kind), id.rsplit('/').next().unwrap_or(id)])
        }
        ListingFilter::Body(kind, Err(words)) => Address::page([folder(kind), slug(words).as_str()]),
        ListingFilter::Year(kind, year) => Address::page([folder(kind), "year", year.to_string().as_str()]),
        ListingFilter::Letter(kind, letter) => {
            let letter = slug(&letter.to_string());
            Address::page([folder(kind), "letter", if letter.is_empty() { "0" } else { &letter }])
        }
        ListingFilter::Choice(kind, role, name) => {
            let field = index.kinds.get(*kind).role(*role).map_or("", |field| &field.name);
            Address::page([folder(kind), slug(field).as_str(), slug(name).as_str()])
        }
        ListingFilter::Area(kind, area) => in_area(folder(kind), &index.documents[area.0 as usize].parsed.id),
        ListingFilter::About(document) => considered(&index.documents[document.0 as usize].parsed.address),
        ListingFilter::Topic(slug, _) => Address::page(["topics", slug]),
    }
}

/// The list of what concerns an area: `/minutes/area/saltmere/`.
fn in_area(folder: &str, area: &str) -> Address {
    let below = area.split('/').skip(1);
    Address::page([folder, "area"].into_iter().chain(below))
}

/// The list of where a document was considered, below its page.
fn considered(page: &Address) -> Address {
    Address::page(page.as_str().split('/').filter(|part| !part.is_empty()).chain(["considered"]))
}

/// Adds the lists of where documents were considered that are too long for their pages.
pub fn with_threads(site: Site) -> Site {
    let long = query::threads(&site).into_iter().filter(|(_, thread)| query::is_long(thread));
    let lists = long.map(|(id, documents)| {
        let address = considered(&site.document(id).address);
        Listing { address, filter: ListingFilter::About(id), documents }
    });
    let lists: Vec<Listing> = lists.collect();
    with_lists(site, lists)
}

/// Adds the lists of what concerns each area and its parts, in the order of the lists of their kinds.
pub fn with_areas(site: Site) -> Site {
    let mut lists: BTreeMap<(KindId, DocumentId), Vec<DocumentId>> = BTreeMap::new();
    for list in &site.listings {
        let ListingFilter::Kind(kind) = list.filter else { continue };
        if site.kinds.get(kind).lists.contains(&ListBy::Area) {
            let areas = list.documents.iter().flat_map(|id| site.areas.of(*id).iter().map(move |area| (*area, *id)));
            areas.for_each(|(area, id)| lists.entry((kind, area)).or_default().push(id));
        }
    }
    let lists = lists.into_iter().map(|((kind, area), documents)| {
        let address = in_area(&site.kinds.get(kind).folder, &site.document(area).id);
        Listing { address, filter: ListingFilter::Area(kind, area), documents }
    });
    let lists: Vec<Listing> = lists.collect();
    with_lists(site, lists)
}

/// Adds lists, but for those at whose address there is a list already.
fn with_lists(mut site: Site, lists: Vec<Listing>) -> Site {
    let free = |list: &Listing| !site.listing_at.contains_key(&list.address);
    let lists: Vec<Listing> = lists.into_iter().filter(free).collect();
    site.listings.extend(lists);
    site.listings.sort_by(|one, other| one.address.cmp(&other.address));
    site.listing_at = addresses(&site.listings);
    site
}

fn sort(
    documents: &mut [DocumentId],
    filter: &ListingFilter,
    (index, bound): (&Index<'_>, &[Bound]),
    facts: &[Facts],
    language: &Language,
) {
    let order = match filter {
        ListingFilter::Kind(kind)
        | ListingFilter::Body(kind, _)
        | ListingFilter::Year(kind, _)
        | ListingFilter::Letter(kind, _)
        | ListingFilter::Area(kind, _)
        | ListingFilter::Choice(kind, ..) => index.kinds.get(*kind).order,
        ListingFilter::About(_) | ListingFilter::Topic(..) => Order::Newest,
    };
    let parsed = |document: &DocumentId| &index.documents[document.0 as usize].parsed;
    let title = |document: &DocumentId| language.sort_key(&parsed(document).title);
    let ended = |document: &DocumentId| facts[document.0 as usize].stage == Stage::Ended;
    let newest = |document: &DocumentId| {
        let day = facts[document.0 as usize].date.and_then(crate::model::Date::earliest);
        (day.is_none(), std::cmp::Reverse(day))
    };
    let fields = |document: &DocumentId| &bound[document.0 as usize].fields;
    let due = |document: &DocumentId| due(fields(document), index.kinds.get(parsed(document).kind), index, facts);
    match order {
        Order::Due => documents.sort_by_cached_key(|document| {
            let open = (!ended(document)).then(|| due(document));
            (open.is_none(), open.flatten().is_none(), open.flatten(), newest(document), title(document), *document)
        }),
        Order::Newest => documents.sort_by_cached_key(|document| (newest(document), title(document), *document)),
        Order::Title => documents.sort_by_cached_key(|document| (ended(document), title(document), *document)),
        Order::Number => documents.sort_by_cached_key(|document| {
            let field = index.kinds.get(parsed(document).kind).role(Role::Number);
            let number = field.and_then(|field| fields(document).get(&field.name)).and_then(Value::text);
            (ended(document), number.is_none(), language.sort_key(number.unwrap_or_default()), *document)
        }),
    }
}

/// The last day on which something is due; the day of a meeting, where one is named.
fn due(fields: &crate::model::Fields, kind: &Kind, index: &Index<'_>, facts: &[Facts]) -> Option<jiff::civil::Date> {
    match fields.get(&kind.role(Role::Due)?.name)? {
        Value::Reference(meeting) => facts[index.find(&meeting.id).document()?.0 as usize].date?.latest(),
        value => value.date()?.latest(),
    }
}

/// Where each list is.
pub fn addresses(listings: &[Listing]) -> BTreeMap<Address, u32> {
    listings.iter().map(|listing| listing.address.clone()).zip(0..).collect()
}

/// Documents by their last material change up to the day of `as_at`, the latest first.
pub fn updates(index: &Index<'_>, bound: &[Bound], facts: &[Facts]) -> Vec<DocumentId> {
    let documents = (0..).map(DocumentId).zip(index.documents).zip(bound).zip(facts);
    let dated = documents.filter_map(|(((document, shown), bound), facts)| {
        let day = facts.changed?.earliest()?;
        (!shown.ended && !index.is_earlier(document) && has_page(shown, bound, index))
            .then_some((std::cmp::Reverse(day), document))
    });
    let mut dated: Vec<_> = dated.collect();
    dated.sort();
    dated.into_iter().map(|(_, document)| document).collect()
}
