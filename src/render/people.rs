//! People in public office on pages: what one did at meetings, who sits on a body, who was in the room for an item.
//!
//! Input: a person, a body, an item. Output: values of `context.rs`, or HTML where it stands in a text. Not here: which name means
//! whom (`assemble/people.rs`), and any kind by its name.

use std::collections::BTreeMap;

use jiff::civil;

use crate::html::escaped;
use crate::kind::{Field, Role, Stage};
use crate::lexicon::names::name_of_entry;
use crate::model::{Date, Did, DocumentId, Fields, Part, Published, Value};
use crate::query::{self, Filter, Query, Room, Store};
use crate::view::{CountView, DidView, Fact, Link, MeetingOf, SeatView, SeatsOf, TookPart, View};

/// So many meetings stand on the page of a person; all of them are in the data.
const MOST_MEETINGS: usize = 60;

/// What a person did at meetings; `None` if nothing is recorded, and no body on which the person sits has met.
#[must_use]
pub fn took_part(view: &View, id: DocumentId) -> Option<TookPart> {
    let parts = view.ask(&Query::PartsOf(view.document(id).id.clone())).parts();
    let mut by_meeting: BTreeMap<DocumentId, Vec<&Part>> = BTreeMap::new();
    parts.iter().for_each(|part| by_meeting.entry(part.meeting).or_default().push(part));
    let mut counts: BTreeMap<Did, usize> = BTreeMap::new();
    let unnamed = meetings_of_terms(view, id);
    let unnamed: Vec<DocumentId> = unnamed.into_iter().filter(|meeting| !by_meeting.contains_key(meeting)).collect();
    unnamed.iter().for_each(|meeting| drop(by_meeting.insert(*meeting, Vec::new())));
    let mut meetings: Vec<(DocumentId, Vec<&Part>)> = by_meeting.into_iter().collect();
    meetings.sort_by_key(|(meeting, _)| (std::cmp::Reverse(query::day(view.document(*meeting))), *meeting));
    for (_, parts) in &meetings {
        if let Some(stood) = parts.iter().map(|part| part.did).filter(|did| did.is_attendance()).min() {
            // Who was in the chair was there.
            *counts.entry(if stood == Did::Chaired { Did::Present } else { stood }).or_default() += 1;
        }
    }
    let count = |(did, count): (Did, usize)| CountView { label: said(view, did), count };
    let mut counts: Vec<CountView> = counts.into_iter().map(count).collect();
    let silent = meetings.iter().filter(|(_, parts)| !parts.iter().any(|part| part.did.is_attendance())).count();
    if silent > 0 {
        counts.push(CountView { label: view.language.say("people.not-recorded", &[]), count: silent });
    }
    let total = meetings.len();
    meetings.truncate(MOST_MEETINGS);
    let items: Vec<MeetingOf> = meetings.iter().map(|(meeting, parts)| meeting_of(view, *meeting, parts)).collect();
    (total > 0).then_some(TookPart { more: total - items.len(), items, total, counts })
}

/// Lets the names of those who were at a meeting lead to their pages, where it is sure who is meant.
pub fn link_names(view: &View, meeting: DocumentId, role: Option<Role>, fact: &mut Fact) {
    let did = match role {
        Some(Role::Chair) => Did::Chaired,
        Some(Role::Present) => Did::Present,
        Some(Role::Apologies) => Did::Apologies,
        Some(Role::Absent) => Did::Absent,
        Some(Role::InAttendance) => Did::InAttendance,
        _ => return,
    };
    let parts = view.ask(&Query::PartsAt(view.document(meeting).id.clone())).parts();
    let known: BTreeMap<&str, DocumentId> =
        parts.iter().filter(|part| part.did == did).map(|part| (&*part.printed, part.person)).collect();
    for cell in fact.values.iter_mut().filter(|cell| cell.href.is_none()) {
        cell.href = known.get(name_of_entry(&cell.text)).and_then(|person| view.href(*person));
    }
}

/// What somebody did, in a word or two.
fn said(view: &View, did: Did) -> String {
    view.language.say(&format!("people-did.{}", did.word()), &[])
}

fn meeting_of(view: &View, meeting: DocumentId, parts: &[&Part]) -> MeetingOf {
    let stood = parts.iter().filter(|part| part.did.is_attendance()).map(|part| said(view, part.did));
    let did = parts.iter().filter(|part| !part.did.is_attendance());
    MeetingOf {
        meeting: view.link(meeting),
        date: view.date_of(view.document(meeting).date),
        body: query::body_end(view, meeting).map(|end| view.end(end)),
        stood: stood.collect(),
        did: did.map(|part| did_view(view, part)).collect(),
    }
}

/// One thing that somebody did: `Seconded: That the report be noted`.
fn did_view(view: &View, part: &Part) -> DidView {
    let mut more: Vec<String> = Vec::new();
    more.extend(part.item.as_ref().map(|item| view.language.say("people.item", &[("number", item)])));
    more.extend(part.at.as_deref().map(str::to_owned));
    more.extend(part.words.as_deref().map(str::to_owned));
    let of = part.record.map(|record| Link { href: view.place_href(record, None), ..view.link(record) });
    DidView { did: said(view, part.did), more: more.join(view.comma()), of }
}

/// The meetings of the bodies on which a person sat on their day, but for those that are still to come or were called off.
fn meetings_of_terms(view: &View, id: DocumentId) -> Vec<DocumentId> {
    let Some((terms, groups)) = terms(view, id) else { return Vec::new() };
    let mut meetings = Vec::new();
    for group in groups {
        let Some(Value::Reference(body)) = group.with_role(terms.parts(), Role::Body) else { continue };
        let bounds = bounds(terms, group);
        for (_, kind) in view.kinds().iter().filter(|(_, kind)| kind.role(Role::Present).is_some()) {
            let filter =
                Filter { kind: Some(kind.name.as_str().into()), body: Some(body.id.clone()), ..Filter::default() };
            let held = view.ask(&Query::Documents(filter)).documents().into_iter().filter(|meeting| {
                let document = view.document(*meeting);
                let day = query::day(document);
                let held = day.is_some_and(|day| day < view.today() && lasts(bounds, day));
                held && document.stage != Stage::Ended && document.published == Published::Whole
            });
            meetings.extend(held);
        }
    }
    meetings
}

/// The first and the last day of a term, as far as they are known.
type Bounds = (Option<civil::Date>, Option<civil::Date>);

fn bounds(terms: &Field, group: &Fields) -> Bounds {
    let date = |role: Role| group.with_role(terms.parts(), role).and_then(Value::date);
    (date(Role::From).and_then(Date::earliest), date(Role::To).and_then(Date::latest))
}

fn lasts((from, to): Bounds, day: civil::Date) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

fn terms(view: &View, id: DocumentId) -> Option<(&Field, Vec<&Fields>)> {
    let document = view.document(id);
    let field = view.kinds().get(document.kind).role(Role::Terms)?;
    Some((field, document.fields.get(&field.name)?.groups()))
}

/// Who sits and who sat on a body: today's first, those of the past apart, both by the alphabet.
#[must_use]
pub fn seats(view: &View, body: DocumentId) -> Option<SeatsOf> {
    let own = &view.document(body).id;
    let mut people: Vec<DocumentId> = view.incoming(body).map(|(from, _)| from).collect();
    people.sort_by_cached_key(|id| (last_name(view, *id), *id));
    people.dedup();
    let (mut now, mut past) = (Vec::new(), Vec::new());
    for person in people {
        let Some((field, groups)) = terms(view, person) else { continue };
        let here = groups.into_iter().filter(|group| match group.with_role(field.parts(), Role::Body) {
            Some(Value::Reference(reference)) => reference.id == *own,
            _ => false,
        });
        for group in here {
            let bounds = bounds(field, group);
            let seat = seat(view, person, field, group);
            if lasts(bounds, view.today()) { now.push(seat) } else { past.push(seat) }
        }
    }
    (!now.is_empty() || !past.is_empty()).then(|| SeatsOf { body: view.link(body), now, past })
}

/// What the name of a person is sorted by: the last word, then all of it.
fn last_name(view: &View, id: DocumentId) -> String {
    let title = &view.document(id).title;
    let last = title.rsplit(' ').next().unwrap_or(title);
    view.language.sort_key(&format!("{last} {title}"))
}

fn seat(view: &View, person: DocumentId, field: &Field, group: &Fields) -> SeatView {
    let text = |role: Role| group.with_role(field.parts(), role).and_then(Value::text).map(str::to_owned);
    let others = field.parts().iter().filter(|part| part.role.is_none());
    let date = |role: Role| group.with_role(field.parts(), role).and_then(Value::date).map(|date| view.date(date).text);
    let period = match (date(Role::From), date(Role::To)) {
        (Some(from), Some(to)) => Some(view.language.say("date.period", &[("from", &from), ("to", &to)])),
        (Some(from), None) => Some(view.language.say("date.from", &[("from", &from)])),
        (None, Some(to)) => Some(view.language.say("date.until", &[("to", &to)])),
        (None, None) => None,
    };
    SeatView {
        person: view.link(person),
        role: text(Role::Capacity),
        seat: text(Role::Place),
        others: others.filter_map(|part| group.get(&part.name)?.text().map(str::to_owned)).collect(),
        period,
    }
}

/// Those who sit on each body, by the alphabet of bodies.
#[must_use]
pub fn all_seats(view: &View) -> Vec<SeatsOf> {
    let mut bodies: Vec<DocumentId> = Vec::new();
    for (_, kind) in view.kinds().iter().filter(|(_, kind)| kind.role(Role::Terms).is_some()) {
        let all = Filter { kind: Some(kind.name.as_str().into()), ..Filter::default() };
        for person in view.ask(&Query::Documents(all)).documents() {
            let ends = view.relations(person).iter().filter(|relation| relation.field.contains('.'));
            bodies.extend(ends.filter_map(|relation| relation.end.document()));
        }
    }
    bodies.sort_by_cached_key(|id| (view.language.sort_key(&view.document(*id).title), *id));
    bodies.dedup();
    bodies.into_iter().filter_map(|body| seats(view, body)).collect()
}

/// Who came and went at a meeting, in sentences; for those that name no item too.
#[must_use]
pub fn came_and_went(view: &View, meeting: DocumentId) -> Vec<String> {
    let moves = query::moves(view, meeting);
    moves
        .iter()
        .map(|moved| {
            let mut more: Vec<String> = Vec::new();
            more.extend(moved.item.map(|item| view.language.say("people.item", &[("number", item)])));
            more.extend(moved.at.map(str::to_owned));
            more.extend(moved.instead.or(moved.words).map(str::to_owned));
            let did = said(view, moved.did);
            view.language.say(
                "people.moved",
                &[("who", moved.who), ("did", &did.to_lowercase()), ("more", &more.join(view.comma()))],
            )
        })
        .map(|line| line.trim_end_matches([':', ' ']).to_owned())
        .collect()
}

/// Who was in the room for an item, after its heading; nothing where the minutes name nobody who came, went or had an interest.
#[must_use]
pub fn room(view: &View, item: DocumentId) -> Option<String> {
    let Room { out, came, declared, there } = query::room(view, item)?;
    let mut lines: Vec<String> = Vec::new();
    let mut line = |key: &str, names: &[String]| {
        if !names.is_empty() {
            lines.push(view.language.say(key, &[("names", &view.language.list(names))]));
        }
    };
    line("room.there", &there);
    line(
        "room.out",
        &out.iter()
            .map(|(who, did)| view.language.say(&format!("room-did.{}", did.word()), &[("who", who)]))
            .collect::<Vec<_>>(),
    );
    line("room.came", &came);
    line("room.declared", &declared);
    let lines: String = lines.iter().map(|line| format!("<li>{}</li>", escaped(line))).collect();
    let title = escaped(&view.language.say("room.title", &[]));
    Some(format!("<details class=\"room\"><summary>{title}</summary><ul>{lines}</ul></details>\n"))
}
