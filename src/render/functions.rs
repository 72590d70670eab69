//! The functions and filters of templates: the only way in which they see more of the site than their own page.
//!
//! Input: named arguments. Output: values of `context.rs`. Not here: anything that could differ from run to run; the
//! clock, the disk and the network.
//!
//! A function called inside a component of a template cannot see the page's context, so the page being made travels
//! by thread-local ([`while_on`]).

use std::cell::Cell;
use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::areas;
use super::facts::attachments;
use super::lists::{MADE_BY, by_name};
use super::people;
use crate::diagnostic::nearest;
use crate::kind::{KindId, Stage};
use crate::model::{Address, Date, DocumentId, slug};
use crate::query::{Due, Filter, Query, Sort, Store};
use crate::view::{Group, KindCount, Link, ListView, View, fragment};

/// Every function, by its name in templates, with the arguments that it takes; `t` takes any.
pub const FUNCTIONS: &[(&str, Function, &[&str])] = &[
    ("area_tree", |view, _| Ok(Value::from_serializable(&view.all_areas())), &[]),
    ("arising", arising, &["at"]),
    ("came_and_went", came_and_went, &["at"]),
    ("asset", asset, &["name"]),
    ("backlinks", backlinks, &["to"]),
    ("by_meeting", by_meeting, FILTER),
    ("count", count, FILTER),
    ("date", date, &["value"]),
    ("doc", doc, &["id"]),
    ("docs", docs, FILTER),
    ("figure", figure, &["of"]),
    ("figures_by_area", areas::figures_by_area, &["of"]),
    ("files", files, &["of"]),
    ("forest", forest, &["kind", "below"]),
    ("href", href, &["to"]),
    ("in_area", areas::in_area, &["of"]),
    ("kind", kind_named, &["name"]),
    ("kinds", kinds, &[]),
    ("lists", lists, &["kind", "by"]),
    ("made", made, &["at", "kind"]),
    ("next", next, &["kind", "body"]),
    ("plan", plan, &["of"]),
    ("plan_page", plan_page, &["of"]),
    ("postcodes", |view, _| Ok(Value::from_serializable(&view.postcodes())), &[]),
    ("related", related, &["to", "name"]),
    ("seats", seats, &["on"]),
    ("t", text, &[]),
    ("thread", thread, &["of"]),
    ("took_part", took_part, &["of"]),
    ("updates", updates, &["offset", "limit"]),
    ("who_to_ask", who_to_ask, &["about", "at"]),
];

/// What makes the value of a call.
pub type Function = fn(&View, &Kwargs) -> TeraResult<Value>;

const FILTER: &[&str] =
    &["kind", "body", "year", "topic", "about", "stage", "status", "due", "urgent", "order", "offset", "limit"];

thread_local! {
    static PAGE: Cell<Option<DocumentId>> = const { Cell::new(None) };
}

/// Runs `make` while functions take `page` for the page that they are called on.
pub fn while_on<Made>(page: Option<DocumentId>, make: impl FnOnce() -> Made) -> Made {
    struct Restore(Option<DocumentId>);
    impl Drop for Restore {
        fn drop(&mut self) {
            PAGE.set(self.0);
        }
    }
    let _restore = Restore(PAGE.replace(page));
    make()
}

/// Registers all of them. Templates must be added afterwards: their names are checked then.
pub fn register(tera: &mut Tera, view: &Arc<View>) {
    for (name, function, arguments) in FUNCTIONS {
        let view = Arc::clone(view);
        tera.register_function(*name, move |kwargs: Kwargs, _: &State| {
            if *name != "t" {
                known_arguments(name, arguments, &kwargs)?;
            }
            function(&view, &kwargs)
        });
    }
    // Tera's own goes through a hash map and leaves its groups in another order each time.
    tera.register_filter("group_by", group_by);
}

fn docs(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let filter = filter(view, kwargs)?;
    Ok(cards(view, &view.ask(&Query::Documents(filter)).documents()))
}

/// The same documents by the meeting in which they were made.
fn by_meeting(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let documents = view.ask(&Query::Documents(filter(view, kwargs)?)).documents();
    Ok(Value::from_serializable(&view.grouped(&documents, view.cards(&documents), false)))
}

fn count(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    Ok(Value::from(view.ask(&Query::Count(filter(view, kwargs)?)).count()))
}

fn doc(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let id = string(kwargs, "id")?.ok_or_else(|| wanting("doc", "id"))?;
    Ok(Value::from_serializable(&view.find(id).map(|id| view.card(id))))
}

/// The latest figure of a measure, or none.
fn figure(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let id = existing(view, "of", string(kwargs, "of")?)?.ok_or_else(|| wanting("figure", "of"))?;
    Ok(Value::from_serializable(&view.find(&id).and_then(|id| super::figure::latest(view, id))))
}

/// The files of another document: the papers of the next meeting.
fn files(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let id = existing(view, "of", string(kwargs, "of")?)?.ok_or_else(|| wanting("files", "of"))?;
    Ok(Value::from_serializable(&view.find(&id).map(|id| attachments(view, id)).unwrap_or_default()))
}

/// The documents of a kind by what stands below what, or none.
fn forest(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let kind = kind(view, kwargs)?.ok_or_else(|| wanting("forest", "kind"))?;
    let below = string(kwargs, "below")?.ok_or_else(|| wanting("forest", "below"))?;
    known_relation(view, below)?;
    let filter = Filter { kind: Some(kind.into()), order: Sort::Title, ..Filter::default() };
    let documents = view.ask(&Query::Documents(filter)).documents();
    let title = view.language.say("forest.title", &[]);
    Ok(Value::from_serializable(&super::hierarchy::forest(view, &documents, below, &title)))
}

fn related(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let document = page_or(view, "related", "to", kwargs)?;
    let name = string(kwargs, "name")?.ok_or_else(|| wanting("related", "name"))?;
    known_relation(view, name)?;
    let ends = view.ask(&Query::Related { document, name: name.into() }).ends();
    Ok(Value::from_serializable(&ends.iter().map(|end| view.card_of(end)).collect::<Vec<_>>()))
}

fn backlinks(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let document = page_or(view, "backlinks", "to", kwargs)?;
    Ok(cards(view, &view.ask(&Query::Backlinks(document)).documents()))
}

/// What is planned for a body or a meeting.
fn plan(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let document = page_or(view, "plan", "of", kwargs)?;
    Ok(Value::from_serializable(&view.find(&document).map(|of| view.planned(of)).unwrap_or_default()))
}

/// Where the plan of a body is; without one, that of all. None where the site has no such page.
fn plan_page(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let body = existing(view, "of", string(kwargs, "of")?)?;
    Ok(Value::from_serializable(&view.plan_href(body.and_then(|body| view.find(&body)))))
}

/// What was made at a meeting, under an item, in a decision.
fn made(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let document = page_or(view, "made", "at", kwargs)?;
    let kind = kind(view, kwargs)?.map(Into::into);
    Ok(cards(view, &view.ask(&Query::Made { document, kind }).documents()))
}

/// What a person in public office did at meetings, or none.
fn took_part(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let document = page_or(view, "took_part", "of", kwargs)?;
    Ok(Value::from_serializable(&view.find(&document).and_then(|id| people::took_part(view, id))))
}

/// Who sits and who sat on each body; on one body where one is named.
fn seats(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let seats = match existing(view, "on", string(kwargs, "on")?)? {
        Some(body) => view.find(&body).and_then(|body| people::seats(view, body)).into_iter().collect(),
        None => people::all_seats(view),
    };
    Ok(Value::from_serializable(&seats))
}

/// Whom people ask about a document, or first of all where none is named; how somebody is reached who has a page, with `at`.
fn who_to_ask(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let (about, at) =
        (existing(view, "about", string(kwargs, "about")?)?, existing(view, "at", string(kwargs, "at")?)?);
    let found = |id: Option<Box<str>>| id.and_then(|id| view.find(&id));
    let asked = match (found(about), found(at)) {
        (_, Some(at)) => view.ways_to(at).into_iter().collect(),
        (Some(about), None) => view.asked_about(about),
        (None, None) => view.asked_first(),
    };
    Ok(Value::from_serializable(&asked))
}

/// Who came and went at a meeting, each in a line.
fn came_and_went(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let document = page_or(view, "came_and_went", "at", kwargs)?;
    let lines = view.find(&document).map(|meeting| people::came_and_went(view, meeting)).unwrap_or_default();
    Ok(Value::from_serializable(&lines))
}

/// What earlier meetings of the body left open.
fn arising(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let document = page_or(view, "arising", "at", kwargs)?;
    let label = view.language.say("arising.title", &[]);
    Ok(part(view, &Query::Arising(document), ("arising", label), |first| view.list_of_body(first)))
}

/// Where something was considered.
fn thread(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let document = page_or(view, "thread", "of", kwargs)?;
    let of = view.find(&document);
    let label = view.language.say("thread.title", &[]);
    Ok(part(view, &Query::Thread(document), ("thread", label), |_| view.list_about(of?)))
}

/// The first documents of a list, and the list of all; none where it is empty.
fn part(
    view: &View,
    query: &Query,
    (name, label): (&str, String),
    more: impl FnOnce(DocumentId) -> Option<Link>,
) -> Value {
    let (ids, total) = view.ask(query).part();
    let Some(first) = ids.first() else { return Value::none() };
    let more = if total > ids.len() { more(*first) } else { None };
    Value::from_serializable(&Group { name: name.to_owned(), label, items: view.cards(&ids), more, total, mixed: true })
}

fn updates(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let offset = number(kwargs, "offset")?.unwrap_or(0);
    let limit = number(kwargs, "limit")?.unwrap_or(u32::MAX);
    Ok(cards(view, &view.ask(&Query::Updates { offset, limit }).documents()))
}

fn kinds(view: &View, _: &Kwargs) -> TeraResult<Value> {
    let counts =
        view.ask(&Query::Kinds).kinds().into_iter().map(|(kind, count)| KindCount { kind: view.kind(kind), count });
    Ok(Value::from_serializable(&counts.collect::<Vec<_>>()))
}

fn kind_named(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let name = string(kwargs, "name")?.ok_or_else(|| wanting("kind", "name"))?;
    Ok(view.kind(known_kind(view, name)?))
}

fn lists(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let kind = kind(view, kwargs)?.map(Into::into);
    let by = one_of(kwargs, "by", &MADE_BY)?;
    let lists = view.ask(&Query::Lists { kind, by }).lists().into_iter().map(|list| {
        let shown = view.list(list);
        let (_, by) = crate::query::kind_and_by(shown.filter);
        ListView {
            title: view.list_name(shown),
            href: view.url(shown.address),
            by: by_name(by),
            count: view.list_length(list),
        }
    });
    Ok(Value::from_serializable(&lists.collect::<Vec<_>>()))
}

fn next(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let kind = kind(view, kwargs)?.ok_or_else(|| wanting("next", "kind"))?.into();
    let body = existing(view, "body", string(kwargs, "body")?)?;
    let found = view.ask(&Query::Next { kind, body }).documents();
    Ok(Value::from_serializable(&found.first().map(|id| view.card(*id))))
}

/// A string of the language. `count` chooses its form and is printed with its commas.
fn text(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let key = string(kwargs, "key")?.ok_or_else(|| wanting("t", "key"))?;
    if let Some(plain) = view.plain(key) {
        return Ok(plain.clone());
    }
    let Some(text) = view.language.get(key) else {
        let keys: Vec<&str> = view.language.iter().map(|(key, _)| key).collect();
        return Err(unknown("a string of the language", key, &keys));
    };
    let count = number(kwargs, "count")?.map(u64::from);
    let mut parts: Vec<(&str, String)> =
        count.map(|count| ("count", view.language.number(count))).into_iter().collect();
    for (name, value) in kwargs.iter().filter_map(|(name, value)| Some((name.as_str()?, value))) {
        if name != "key" && name != "count" {
            parts.push((name, value.to_string()));
        }
    }
    if let Some(place) = text.places().into_iter().find(|place| !parts.iter().any(|(name, _)| name == place)) {
        return Err(Error::message(format!(
            "The string `{key}` has a place for `{place}`: write t(key=\"{key}\", {place}=…)"
        )));
    }
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, part)| (*name, part.as_str())).collect();
    Ok(Value::from(text.fill(&parts, count)))
}

/// Where a document (with `#` a place in it) or a path of the site is.
fn href(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let to = string(kwargs, "to")?.ok_or_else(|| wanting("href", "to"))?;
    if let Some(path) = to.strip_prefix('/') {
        let (path, place) = path.split_once('#').map_or((path, None), |(path, place)| (path, Some(place)));
        let place = place.map(|place| format!("#{}", fragment(place))).unwrap_or_default();
        return Ok(Value::from(format!("{}{place}", view.url(&Address::file(path)))));
    }
    let (id, place) = to.split_once('#').map_or((to, None), |(id, place)| (id, Some(place)));
    let id = view.find(id).ok_or_else(|| Error::message(format!("There is no document `{id}`")))?;
    match view.place_href(id, place) {
        Some(href) => Ok(Value::from(href)),
        None => Err(Error::message(format!("`{to}` has no page"))),
    }
}

fn asset(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let name = string(kwargs, "name")?.ok_or_else(|| wanting("asset", "name"))?;
    match view.assets.iter().find(|asset| *asset.name == *name) {
        Some(asset) => Ok(Value::from(view.url(&asset.address))),
        None => {
            let names: Vec<&str> = view.assets.iter().map(|asset| asset.name.as_ref()).collect();
            Err(unknown("a file of the theme", name, &names))
        }
    }
}

fn date(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let value = string(kwargs, "value")?.ok_or_else(|| wanting("date", "value"))?;
    match Date::parse(value) {
        Some(date) => Ok(Value::from(view.language.date(date))),
        None => Err(Error::message(format!("`{value}` is no date: write one like 2026-03-12, 2026-03 or 2026"))),
    }
}

/// Groups a list by one of its fields, in the order in which the groups first appear.
fn group_by(list: &[Value], kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let attribute = kwargs.must_get::<&str>("attribute")?;
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for item in list {
        let key = match item.get_from_path(attribute) {
            Some(key) if key.is_none() => continue,
            Some(key) => key.to_string(),
            None => return Err(Error::message(format!("`group_by`: an item has no field `{attribute}`"))),
        };
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, items)) => items.push(item.clone()),
            None => groups.push((key, vec![item.clone()])),
        }
    }
    let mut map = tera::Map::new();
    map.extend(groups.into_iter().map(|(key, items)| (key.into(), Value::from(items))));
    Ok(Value::from(map))
}

fn cards(view: &View, ids: &[DocumentId]) -> Value {
    Value::from_serializable(&view.cards(ids))
}

/// The filter of `docs` and `count`. Without a kind, body, topic or document that they are about, a page would cost
/// the more the larger the site is.
fn filter(view: &View, kwargs: &Kwargs) -> TeraResult<Filter> {
    const STAGES: [(&str, Stage); 3] =
        [("coming", Stage::Coming), ("in-force", Stage::InForce), ("ended", Stage::Ended)];
    const DUE: [(&str, Due); 2] = [("passed", Due::Passed), ("ahead", Due::Ahead)];
    const ORDERS: [(&str, Sort); 5] = [
        ("list", Sort::List),
        ("newest", Sort::Newest),
        ("oldest", Sort::Oldest),
        ("title", Sort::Title),
        ("due", Sort::Due),
    ];
    let filter = Filter {
        kind: kind(view, kwargs)?.map(Into::into),
        body: existing(view, "body", string(kwargs, "body")?)?,
        year: year(kwargs)?,
        topic: string(kwargs, "topic")?.map(|topic| slug(topic).into()),
        about: existing(view, "about", string(kwargs, "about")?)?,
        stage: one_of(kwargs, "stage", &STAGES)?,
        status: string(kwargs, "status")?.map(Into::into),
        due: one_of(kwargs, "due", &DUE)?,
        urgent: kwargs.get::<bool>("urgent")?.unwrap_or(false),
        order: one_of(kwargs, "order", &ORDERS)?.unwrap_or_default(),
        offset: number(kwargs, "offset")?.unwrap_or(0),
        limit: number(kwargs, "limit")?,
    };
    if filter.kind.is_none() && filter.body.is_none() && filter.topic.is_none() && filter.about.is_none() {
        return Err(Error::message("Say which documents: write kind=\"…\", or body=, topic= or about="));
    }
    Ok(filter)
}

fn known_arguments(function: &str, arguments: &[&str], kwargs: &Kwargs) -> TeraResult<()> {
    match kwargs.iter().filter_map(|(name, _)| name.as_str()).find(|name| !arguments.contains(name)) {
        Some(name) => Err(unknown(&format!("an argument of `{function}`"), name, arguments)),
        None => Ok(()),
    }
}

/// A name that no kind uses is a slip; one that only other kinds use leaves nothing.
fn known_relation(view: &View, name: &str) -> TeraResult<()> {
    let fields = || view.kinds().list.iter().flat_map(|kind| &kind.fields);
    let parts = || fields().flat_map(|field| std::iter::once(field).chain(field.parts()));
    let relations = || parts().filter_map(|field| Some((field, field.relation()?)));
    if relations().any(|(field, relation)| field.name == name || relation.back_name == name) {
        return Ok(());
    }
    let mut names: Vec<&str> =
        relations().flat_map(|(field, relation)| [field.name.as_str(), relation.back_name.as_str()]).collect();
    names.retain(|name| !name.is_empty());
    names.sort_unstable();
    names.dedup();
    Err(unknown("a relation of any kind", name, &names))
}

fn kind<'kwargs>(view: &View, kwargs: &'kwargs Kwargs) -> TeraResult<Option<&'kwargs str>> {
    string(kwargs, "kind")?.map(|name| known_kind(view, name).map(|_| name)).transpose()
}

fn known_kind(view: &View, name: &str) -> TeraResult<KindId> {
    view.kinds().by_name(name).ok_or_else(|| {
        let names: Vec<&str> = view.kinds().list.iter().map(|kind| kind.name.as_str()).collect();
        unknown("a kind of document", name, &names)
    })
}

/// The document that an argument names, or the page itself.
pub(super) fn page_or(view: &View, function: &str, argument: &str, kwargs: &Kwargs) -> TeraResult<Box<str>> {
    match existing(view, argument, string(kwargs, argument)?)? {
        Some(id) => Ok(id),
        None => {
            let page = PAGE.get().ok_or_else(|| wanting(function, argument))?;
            Ok(view.document(page).id.clone())
        }
    }
}

fn existing(view: &View, argument: &str, id: Option<&str>) -> TeraResult<Option<Box<str>>> {
    match id {
        Some(id) if view.find(id).is_none() => {
            Err(Error::message(format!("`{argument}`: there is no document `{id}`")))
        }
        id => Ok(id.map(Into::into)),
    }
}

fn one_of<Meaning: Copy>(kwargs: &Kwargs, name: &str, words: &[(&str, Meaning)]) -> TeraResult<Option<Meaning>> {
    let Some(typed) = string(kwargs, name)? else { return Ok(None) };
    match words.iter().find(|(word, _)| *word == typed) {
        Some((_, meaning)) => Ok(Some(*meaning)),
        None => {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            Err(unknown(&format!("a word for `{name}`"), typed, &words))
        }
    }
}

/// A text argument; one that is none counts as not given.
fn string<'kwargs>(kwargs: &'kwargs Kwargs, name: &'kwargs str) -> TeraResult<Option<&'kwargs str>> {
    match kwargs.get::<&Value>(name)? {
        None => Ok(None),
        Some(value) if value.is_none() => Ok(None),
        Some(value) => match value.as_str() {
            Some(text) => Ok(Some(text)),
            None => Err(Error::message(format!("`{name}` must be a text"))),
        },
    }
}

fn number(kwargs: &Kwargs, name: &str) -> TeraResult<Option<u32>> {
    match kwargs.get::<&Value>(name)? {
        None => Ok(None),
        Some(value) if value.is_none() => Ok(None),
        Some(value) => match value.as_u64().and_then(|number| u32::try_from(number).ok()) {
            Some(number) => Ok(Some(number)),
            None => Err(Error::message(format!("`{name}` must be a whole number, 0 or more"))),
        },
    }
}

fn year(kwargs: &Kwargs) -> TeraResult<Option<i16>> {
    let Some(value) = kwargs.get::<&Value>("year")?.filter(|value| !value.is_none()) else { return Ok(None) };
    let year = match value.as_str() {
        Some(text) => text.parse().ok(),
        None => value.as_i64().and_then(|year| i16::try_from(year).ok()),
    };
    year.map(Some).ok_or_else(|| Error::message("`year` must be a year: 2021"))
}

fn wanting(function: &str, argument: &str) -> Error {
    Error::message(format!("`{function}` needs `{argument}`: write {function}({argument}=…)"))
}

fn unknown(what: &str, name: &str, names: &[&str]) -> Error {
    let meant = match nearest(name, names.iter().copied()) {
        Some(nearest) => format!("; did you mean `{nearest}`?"),
        None if names.is_empty() => "; it takes none".to_owned(),
        None if names.len() <= 40 => format!("; there are: {}", names.join(", ")),
        None => String::new(),
    };
    Error::message(format!("`{name}` is not {what}{meant}"))
}
