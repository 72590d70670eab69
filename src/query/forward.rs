//! The forward plan: what is to come, put to the meetings of each body.
//!
//! Input: the site, with what is to come. Output: [`PlanGroup`]s in the order of days; for one line of them its words, who is to do
//! it and where it is read. Not here: what is to come, and which words say so (`assemble/forward.rs`).
//!
//! What was due at a meeting that has passed, and of which no answer is recorded, moves to the next one: silence is not a no. So that
//! an archive does not carry the open ends of bodies that meet no more, it moves only as long as its body meets.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil;

use super::facts::{Store, body_end, value};
use super::words::{exact_words, plain_words};
use crate::kind::{Field, Kind, Role, Stage};
use crate::model::{
    Cause, ComesBack, ComesWhen, Date, Document, DocumentId, Fields, MeetingBody, MeetingDay, PlanEntry, PlanGroup,
    PlanPart, PlanTime, Published, RelationEnd, Site, Value,
};

/// A body that has met in so many days, or has a meeting to come, meets still. The longest time between two meetings is a year.
const STILL_MEETS: i32 = 400;

/// A review that is farther away, in days, and for which no meeting is known, is not planned yet.
const NEAR: i32 = 366;

/// The days on which bodies met and will meet, in their order.
type Meetings = BTreeMap<MeetingBody, Vec<MeetingDay>>;

/// What is to come at which meeting, in the order of days. `also` is a meeting of which the site does not know yet.
#[must_use]
pub fn planned(site: &Site, also: Option<(DocumentId, civil::Date)>) -> Vec<PlanGroup> {
    let mut meetings = meetings(site);
    if let Some((body, day)) = also {
        let list = meetings.entry(Ok(body)).or_default();
        if let Err(at) = list.binary_search_by_key(&day, |meeting| meeting.day) {
            list.insert(at, MeetingDay { day, document: None });
        }
    }
    let today = site.as_at.day;
    let mut groups = BTreeMap::new();
    let mut put = |body: &MeetingBody, time: PlanTime, entry: Option<PlanEntry>| {
        let new = || PlanGroup { time, body: body.clone(), entries: Vec::new() };
        let group: &mut PlanGroup = groups.entry((time.order(), body.clone())).or_insert_with(new);
        group.entries.extend(entry);
    };
    for (body, list) in &meetings {
        let coming = list[list.partition_point(|meeting| meeting.day < today)..].iter();
        coming.for_each(|meeting| put(body, PlanTime::Meeting(*meeting), None));
    }
    for comes in &site.plan.comes {
        let list = meetings.get(&comes.body).map_or(&[][..], Vec::as_slice);
        for (time, moved_from) in times(comes, list, today) {
            put(&comes.body, time, Some(PlanEntry { comes: comes.clone(), moved_from }));
        }
    }
    let in_order = |mut group: PlanGroup| {
        group.entries.sort_by_key(order);
        group
    };
    groups.into_values().map(in_order).collect()
}

/// How many lines these groups take.
pub(super) fn length<'site>(groups: impl IntoIterator<Item = &'site PlanGroup>) -> usize {
    groups.into_iter().map(PlanGroup::lines).sum()
}

/// The parts of groups that stand in at most `limit` lines, after the first `offset` ones.
pub(super) fn lines<'site>(groups: &[&'site PlanGroup], offset: u32, limit: u32) -> Vec<PlanPart<'site>> {
    let (mut above, mut left) = (offset as usize, limit as usize);
    let mut parts = Vec::new();
    for &group in groups {
        if left == 0 {
            break;
        }
        if above >= group.lines() {
            above -= group.lines();
            continue;
        }
        let entries = &group.entries[above..];
        let entries = &entries[..entries.len().min(left)];
        left -= entries.len().max(1);
        parts.push(PlanPart { group, entries, goes_on: above > 0 });
        above = 0;
    }
    parts
}

/// The bodies with a page that have met, have a meeting to come, or have anything planned.
#[must_use]
pub fn bodies_that_meet(site: &Site) -> BTreeSet<DocumentId> {
    let planned = site.plan.groups.iter().map(|group| &group.body);
    let bodies: BTreeSet<DocumentId> = planned.filter_map(|body| body.clone().ok()).collect();
    meetings(site).into_keys().filter_map(Result::ok).chain(bodies).collect()
}

/// What a line of the plan says in the words of the record: of a part its words, of a standing item its title. `None` where the title
/// of the record says it all.
#[must_use]
pub fn words_of(site: &impl Store, comes: &ComesBack) -> Option<String> {
    let role = if comes.cause == Cause::Standing { Role::Title } else { Role::Summary };
    match part_of(site, comes) {
        Some((schema, fields)) => plain_words(site, fields.with_role(schema, role)?),
        None => exact_words(site, comes.of).filter(|_| comes.cause == Cause::Due),
    }
}

/// What comes first at a meeting: what is due at it, the earliest first; then what was moved to it, the latest meeting first.
fn order(entry: &PlanEntry) -> (Cause, Option<std::cmp::Reverse<civil::Date>>, Option<civil::Date>) {
    let due = match entry.comes.when {
        ComesWhen::From(date, _) => starts(date),
        ComesWhen::After(day) => Some(day),
        ComesWhen::Always => None,
    };
    (entry.comes.cause, entry.moved_from.map(|meeting| std::cmp::Reverse(meeting.day)), due)
}

/// When something comes: at one time, or at none; at each meeting, for what stands on each agenda.
fn times(comes: &ComesBack, meetings: &[MeetingDay], today: civil::Date) -> Vec<(PlanTime, Option<MeetingDay>)> {
    let coming = &meetings[meetings.partition_point(|meeting| meeting.day < today)..];
    let (from, said, date) = match comes.when {
        ComesWhen::Always => return coming.iter().map(|meeting| (PlanTime::Meeting(*meeting), None)).collect(),
        ComesWhen::After(day) => (None, Some(day), None),
        ComesWhen::From(date, said) => (starts(date), said, Some(date)),
    };
    let fits = |meeting: &&MeetingDay| {
        from.is_none_or(|from| from <= meeting.day) && said.is_none_or(|said| said < meeting.day)
    };
    let first = meetings.iter().find(fits).copied();
    let moved_from = first.filter(|first| first.day < today);
    let is_ahead = date.and_then(Date::latest).is_some_and(|last| last >= today);
    let time = match (first, coming.first()) {
        (Some(first), _) if moved_from.is_none() => PlanTime::Meeting(first),
        (Some(_), Some(next)) => PlanTime::Meeting(*next),
        _ if is_ahead && moved_from.is_none() => match from {
            Some(from) => PlanTime::Month(from.year(), from.month()),
            None => PlanTime::Open,
        },
        _ if meets_still(meetings, today) => PlanTime::Open,
        _ => return Vec::new(),
    };
    let is_far = || from.is_some_and(|from| today.until(from).is_ok_and(|span| span.get_days() > NEAR));
    match time {
        PlanTime::Month(..) if comes.cause == Cause::Review && is_far() => Vec::new(),
        time => vec![(time, moved_from)],
    }
}

/// The first day at which something of this date is due: of a year, which says that it is done by its end, the last.
fn starts(date: Date) -> Option<civil::Date> {
    match date {
        Date::Day(_) | Date::Month(..) => date.earliest(),
        _ => date.latest(),
    }
}

fn meets_still(meetings: &[MeetingDay], today: civil::Date) -> bool {
    let since = |meeting: &MeetingDay| meeting.day.until(today).map_or(i32::MAX, |span| span.get_days());
    meetings.last().is_some_and(|last| since(last) <= STILL_MEETS)
}

/// The days of all meetings: of those with an agenda or minutes, but for those that were called off; and those to come of which the
/// last meeting or the page of the body says the day.
fn meetings(site: &Site) -> Meetings {
    let mut held: BTreeMap<MeetingBody, BTreeMap<civil::Date, Option<DocumentId>>> = BTreeMap::new();
    let mut called_off: BTreeSet<(MeetingBody, civil::Date)> = BTreeSet::new();
    let mut said: Vec<(MeetingBody, civil::Date)> = Vec::new();
    for (id, document) in site.ids() {
        let kind = site.kinds.get(document.kind);
        if let Some(days) = kind.role(Role::MeetingDays).and_then(|field| document.fields.get(&field.name)) {
            said.extend(days_of(days).map(|day| (Ok(id), day)));
        }
        let Some(day) = held_on(kind, document) else { continue };
        let Some(body) = meeting_body(site, id) else { continue };
        if document.stage == Stage::Ended {
            called_off.insert((body, day));
            continue;
        }
        held.entry(body.clone()).or_default().entry(day).or_insert(Some(id));
        let next = kind.role(Role::NextMeeting).and_then(|field| document.fields.get(&field.name));
        said.extend(next.into_iter().flat_map(days_of).map(|next| (body.clone(), next)));
    }
    for (body, day) in said {
        let days = held.entry(body.clone()).or_default();
        if day >= site.as_at.day && !called_off.contains(&(body, day)) {
            days.entry(day).or_insert(None);
        }
    }
    let sorted = |days: BTreeMap<civil::Date, Option<DocumentId>>| {
        days.into_iter().map(|(day, document)| MeetingDay { day, document }).collect()
    };
    held.into_iter().map(|(body, days)| (body, sorted(days))).collect()
}

fn days_of(value: &Value) -> Box<dyn Iterator<Item = civil::Date> + '_> {
    match value {
        Value::List(list) => Box::new(list.iter().filter_map(|(value, _)| value.date()?.day())),
        value => Box::new(value.date().and_then(Date::day).into_iter()),
    }
}

/// The day of a meeting; `None` for anything else.
fn held_on(kind: &Kind, document: &Document) -> Option<civil::Date> {
    let is_meeting = kind.of_meeting && kind.calendar && document.place.is_none();
    let stands = is_meeting && !matches!(document.published, Published::Tombstone(_));
    document.date.filter(|_| stands)?.day()
}

/// The body that met, or before which a record stands, with a page or in words.
#[must_use]
pub fn meeting_body(site: &impl Store, id: DocumentId) -> Option<MeetingBody> {
    Some(match body_end(site, id)? {
        RelationEnd::Document { document, .. } => Ok(*document),
        RelationEnd::Words(words) => Err(words.clone()),
    })
}

/// The part of a record, or the standing item of a body, that a line of the plan is about: what it may hold and what it holds.
#[must_use]
pub fn part_of<'site>(site: &'site impl Store, comes: &ComesBack) -> Option<(&'site [Field], &'site Fields)> {
    let document = site.document(comes.of);
    let role = if comes.cause == Cause::Standing { Role::StandingItems } else { Role::Parts };
    let field = site.kinds().get(document.kind).role(role)?;
    let groups = document.fields.get(&field.name)?.groups();
    Some((field.parts(), groups.into_iter().nth(comes.part? as usize)?))
}

/// Who is to do what a line of the plan says: of a part those whom it names, else those whom the whole names. Empty where the record
/// names nobody.
#[must_use]
pub fn owed_by(site: &impl Store, comes: &ComesBack) -> Vec<RelationEnd> {
    let of_part = part_of(site, comes).and_then(|(schema, fields)| {
        let role = if comes.cause == Cause::Standing { Role::Presenter } else { Role::Addressee };
        Some(ends(site, fields.with_role(schema, role)?))
    });
    let kind = site.kinds().get(site.document(comes.of).kind);
    let own = || {
        let who = |role| kind.role(role).filter(|field| !field.common);
        let field = who(Role::Owner).or_else(|| who(Role::Addressee))?;
        let named = site.relations(comes.of).iter().filter(|relation| *relation.field == *field.name);
        Some(named.map(|relation| relation.end.clone()).collect())
    };
    let of_whole = || if comes.cause == Cause::Due { own() } else { keeper(site, comes) };
    of_part.filter(|ends| !ends.is_empty()).or_else(of_whole).unwrap_or_default()
}

/// Who keeps the page that is looked at again.
fn keeper(site: &impl Store, comes: &ComesBack) -> Option<Vec<RelationEnd>> {
    let field = site.kinds().get(site.document(comes.of).kind).role(Role::Owner)?;
    let is_own = comes.cause == Cause::Review;
    let named = site.relations(comes.of).iter().filter(|relation| is_own && *relation.field == *field.name);
    Some(named.map(|relation| relation.end.clone()).collect())
}

/// What the values of a field name: documents that are there, and words.
fn ends(site: &impl Store, value: &Value) -> Vec<RelationEnd> {
    let end = |value: &Value| match value {
        Value::Reference(reference) => Some(match site.find(&reference.id) {
            Some(document) => RelationEnd::Document { document, anchor: reference.anchor.clone() },
            None => RelationEnd::Words(reference.id.clone()),
        }),
        value => value.text().map(|words| RelationEnd::Words(words.into())),
    };
    match value {
        Value::List(list) => list.iter().filter_map(|(value, _)| end(value)).collect(),
        value => end(value).into_iter().collect(),
    }
}

/// When it is due in the words of the record, for a line that comes at a meeting: a date, or words.
#[must_use]
pub fn due_of<'site>(site: &'site impl Store, comes: &ComesBack) -> Option<&'site Value> {
    match (comes.cause, part_of(site, comes)) {
        (Cause::Standing, _) => None,
        (Cause::Review, _) => value(site, comes.of, Role::Review),
        (Cause::Due, Some((schema, fields))) => fields.with_role(schema, Role::Due),
        (Cause::Due, None) => value(site, comes.of, Role::Due).or_else(|| value(site, comes.of, Role::Returns)),
    }
}

/// Where it is read that something is to come: the paragraph of the minutes for a record in its text, the document itself for another.
#[must_use]
pub fn said_at(site: &impl Store, comes: &ComesBack) -> RelationEnd {
    let whole = RelationEnd::Document { document: comes.of, anchor: None };
    let Some(place) = site.document(comes.of).place.as_ref().filter(|_| comes.cause == Cause::Due) else {
        return whole;
    };
    let Some(wording) = &place.wording else { return whole };
    let part = comes.part.and_then(|part| wording.limbs.get(part as usize));
    let anchor = match part {
        Some((anchor, _)) => site.document(place.host).body.anchor(*anchor).id.clone(),
        None => place.anchor.clone(),
    };
    RelationEnd::Document { document: place.host, anchor: Some(anchor) }
}
