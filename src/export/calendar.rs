//! iCalendar (RFC 5545) beside the page of each subject: `/calendar.ics` has everything, `/minutes/calendar.ics` all
//! meetings, `/bodies/board/calendar.ics` one board's; `/calendar/reviews.ics` says when pages are looked at again.
//!
//! Input: dates and times of documents whose kind is for calendars. Output: events in Universal Time, so that no
//! calendar need know our zone. An event keeps its UID while its document keeps its id, and what is called off stays,
//! marked as such. Not here: the clock. An event's time stamp is its document's last change.

use icalendar::{Calendar, Component, Event, Property};
use jiff::civil;

use super::feeds::{self, CALENDAR};
use super::{Export, Subject, beside, is_public, plain, whole};
use crate::kind::{Role, Shape, Stage};
use crate::language::Language;
use crate::model::pages::{PLAN, plan_page};
use crate::model::{
    Address, Cause, Date, Document, DocumentId, Instant, MeetingDay, PlanGroup, PlanTime, RelationEnd, Site, Value,
    slug,
};
use crate::query;

/// This format.
pub const EXPORT: Export = Export {
    name: "calendar",
    summary: "Meetings and closing days for people's own calendars: all, of each list, of each body; and reviews.",
    needs_base_url: false,
    plan,
    write,
};

/// Calendars of people refuse longer files; what is older is in the lists and in the data.
const LONGEST: usize = 1_000;

/// What a day in the calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Occasion {
    /// It takes place.
    Meeting,
    /// It closes.
    Closing,
    /// Its page is looked at again.
    Review,
}

fn plan(site: &Site) -> Vec<(Address, Subject)> {
    let subjects = feeds::subjects(site).filter(|subject| has_events(site, *subject));
    let mut files: Vec<(Address, Subject)> =
        subjects.map(|subject| (beside(&feeds::page(site, subject), CALENDAR), subject)).collect();
    if has_events(site, Subject::Reviews) {
        files.push((Address::file("calendar/reviews.ics"), Subject::Reviews));
    }
    files
}

/// Whether a calendar of this subject holds anything.
pub fn has_events(site: &Site, subject: Subject) -> bool {
    if let Subject::Plan(body) = subject {
        return feeds::plan_of(site, body).any(|group| matches!(group.time, PlanTime::Meeting(_)));
    }
    documents(site, subject).any(|id| !occasions(site, site.document(id), subject).is_empty())
}

fn documents(site: &Site, subject: Subject) -> impl Iterator<Item = DocumentId> {
    let own = match subject {
        Subject::Document(own) => Some(own),
        _ => None,
    };
    feeds::belonging(site, subject).chain(own)
}

/// The days of a document that belong into a calendar.
fn occasions(site: &Site, document: &Document, subject: Subject) -> Vec<(Occasion, civil::Date)> {
    let day = |role| plain::role_value(site, document, role)?.date()?.day();
    let wanted: &[(Occasion, Role)] = if subject == Subject::Reviews {
        &[(Occasion::Review, Role::Review)]
    } else if site.kinds.get(document.kind).calendar {
        &[(Occasion::Meeting, Role::Date), (Occasion::Closing, Role::Due)]
    } else {
        &[]
    };
    let wanted = wanted.iter().filter(|_| is_public(document));
    wanted.filter_map(|(occasion, role)| Some((*occasion, day(*role)?))).collect()
}

fn write(site: &Site, language: &Language, subject: Subject) -> Vec<u8> {
    if let Subject::Plan(body) = subject {
        let events = feeds::plan_of(site, body).filter_map(|group| Some(planned(site, language, group)?.into()));
        let calendar = Calendar { properties: head(site, language, subject), components: events.collect() };
        return calendar.to_string().into_bytes();
    }
    let mut ids: Vec<DocumentId> = documents(site, subject).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut days: Vec<(civil::Date, DocumentId, Occasion)> = Vec::new();
    for id in ids {
        let occasions = occasions(site, site.document(id), subject);
        days.extend(occasions.into_iter().map(|(occasion, day)| (day, id, occasion)));
    }
    days.sort_by_key(|(day, id, _)| (*day, *id));
    days.drain(..days.len().saturating_sub(LONGEST));
    let events = days.into_iter().map(|(day, id, occasion)| event(site, language, id, occasion, day).into());
    let calendar = Calendar { properties: head(site, language, subject), components: events.collect() };
    calendar.to_string().into_bytes()
}

fn head(site: &Site, language: &Language, subject: Subject) -> Vec<Property> {
    let zone = site.config.zone.iana_name().unwrap_or("UTC");
    Property::from_array([
        ("VERSION", "2.0"),
        ("PRODID", "-//Folkmoot//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", &feeds::title(site, language, subject)),
        ("X-WR-TIMEZONE", zone),
        ("X-PUBLISHED-TTL", "PT12H"),
    ])
}

fn event(site: &Site, language: &Language, id: DocumentId, occasion: Occasion, day: civil::Date) -> Event {
    let document = site.document(id);
    let called_off = is_called_off(site, document);
    let mut event = Event::new();
    event.uid(&uid(site, document, occasion));
    let stamp = document.changed.and_then(Date::earliest).unwrap_or(day);
    let stamp = format!("{}T000000Z", stamp.strftime("%Y%m%d"));
    event.add_property("DTSTAMP", &stamp);
    let notes = feeds::notes(site, document).len();
    if notes > 0 {
        event.add_property("LAST-MODIFIED", &stamp);
    }
    let sequence = notes + usize::from(called_off);
    event.add_property("SEQUENCE", sequence.to_string());
    event.summary(&summary(site, language, id, occasion, called_off));
    event.add_property("STATUS", if called_off { "CANCELLED" } else { "CONFIRMED" });
    let mut described: Vec<String> =
        plain::summary(site, document).filter(|_| !document.sensitive).into_iter().collect();
    if occasion == Occasion::Meeting {
        let time = plain::role_text(site, document, Role::Time).map(|time| plain::line(&time));
        described.extend(when(&mut event, site, language, document, day, time.as_deref()));
        let place = plain::role_text(site, document, Role::Place).filter(|_| !document.sensitive);
        if let Some(place) = place {
            event.add_property("LOCATION", plain::line(&place));
        }
    } else {
        all_day(&mut event, day);
    }
    if !described.is_empty() {
        event.add_property("DESCRIPTION", described.join("\n"));
    }
    if site.config.base_url.is_some() {
        event.add_property("URL", whole(site, &document.address));
    }
    event.add_property("TRANSP", if occasion == Occasion::Meeting && !called_off { "OPAQUE" } else { "TRANSPARENT" });
    event
}

/// A meeting to come, with what is planned for it; `None` for what has no day.
fn planned(site: &Site, language: &Language, group: &PlanGroup) -> Option<Event> {
    let PlanTime::Meeting(MeetingDay { day, document }) = group.time else { return None };
    let (id, name, address) = match &group.body {
        Ok(body) => {
            let document = site.document(*body);
            (document.id.to_string(), plain::line(&document.title), plan_page(Some(&document.address)))
        }
        Err(name) => (slug(name), plain::line(name), plan_page(None)),
    };
    let mut event = Event::new();
    event.uid(&format!("{id}/{PLAN}/{day}@{}", host(site)));
    let due = group.entries.iter().filter(|entry| entry.comes.cause != Cause::Standing);
    let since = due.map(|entry| feeds::planned_since(site, entry)).max();
    let changed = || site.document(document?).changed.and_then(Date::earliest);
    let stamp = since.or_else(changed).unwrap_or(day);
    event.add_property("DTSTAMP", format!("{}T000000Z", stamp.strftime("%Y%m%d")));
    event.add_property("SEQUENCE", "0");
    event.summary(&language.say("plan.event", &[("body", &name)]));
    event.add_property("STATUS", "CONFIRMED");
    let meeting = document.map(|document| site.document(document));
    let time = meeting.and_then(|meeting| plain::role_text(site, meeting, Role::Time)).map(|time| plain::line(&time));
    let unread = match meeting {
        Some(meeting) => when(&mut event, site, language, meeting, day, time.as_deref()),
        None => {
            all_day(&mut event, day);
            None
        }
    };
    if let Some(place) = meeting.and_then(|meeting| plain::role_text(site, meeting, Role::Place)) {
        event.add_property("LOCATION", plain::line(&place));
    }
    let lines = group.entries.iter().map(|entry| feeds::plan_line(site, language, entry));
    let described: Vec<String> = unread.into_iter().chain(lines).collect();
    if !described.is_empty() {
        event.add_property("DESCRIPTION", described.join("\n"));
    }
    if site.config.base_url.is_some() {
        event.add_property("URL", whole(site, &address));
    }
    event.add_property("TRANSP", "TRANSPARENT");
    Some(event)
}

/// `minutes/board/2021-09-07@host`. The other occasions of a document have a word before the sign.
fn uid(site: &Site, document: &Document, occasion: Occasion) -> String {
    let host = host(site);
    let suffix = match occasion {
        Occasion::Meeting => "",
        Occasion::Closing => ".closes",
        Occasion::Review => ".review",
    };
    format!("{}{suffix}@{host}", document.id)
}

/// What tells the events of this site from those of others.
fn host(site: &Site) -> String {
    let base = site.config.base_url.as_deref().unwrap_or_default();
    let host = base.split("://").nth(1).and_then(|rest| rest.split(['/', ':']).next());
    host.map_or_else(|| slug(&site.config.title), str::to_owned)
}

/// Whether its status says that it does not take place: in a kind for calendars, that is what an ended status means.
pub fn is_called_off(site: &Site, document: &Document) -> bool {
    let field = plain::role_field(site, document, Role::Status);
    let Some((Shape::Choice(choices), name)) = field.map(|field| (&field.shape, &field.name)) else { return false };
    let status = document.fields.get(name).and_then(Value::text);
    let choice = choices.iter().find(|choice| Some(choice.value.as_str()) == status);
    site.kinds.get(document.kind).calendar && choice.is_some_and(|choice| choice.stage == Stage::Ended)
}

/// The title; with the body's name where the title leaves it out, and with what happens on the day.
fn summary(site: &Site, language: &Language, id: DocumentId, occasion: Occasion, called_off: bool) -> String {
    let document = site.document(id);
    // In somebody else's calendar a sensitive page has no name of its own.
    let neutral = document.sensitive.then(|| query::neutral_title(&site.config, language));
    let title = neutral.unwrap_or_else(|| plain::line(&document.title));
    let label = |role| plain::role_field(site, document, role).map_or("", |field| field.label.as_str());
    let text = match occasion {
        Occasion::Meeting => {
            match body(site, id).filter(|body| !document.sensitive && !title.contains(body.as_str())) {
                Some(body) => language.say("export.meeting", &[("body", &body), ("title", &title)]),
                None => title,
            }
        }
        Occasion::Closing => language.say("export.due", &[("label", label(Role::Due)), ("title", &title)]),
        Occasion::Review => language.say("export.due", &[("label", label(Role::Review)), ("title", &title)]),
    };
    if called_off && occasion != Occasion::Review {
        return language.say("export.cancelled", &[("title", &text)]);
    }
    text
}

fn body(site: &Site, id: DocumentId) -> Option<String> {
    Some(plain::line(match plain::role_end(site, id, Role::Body)? {
        RelationEnd::Document { document, .. } => &site.document(*document).title,
        RelationEnd::Words(words) => words,
    }))
}

/// Sets when it begins and ends. A time that nobody can read is left to people: the words come back.
fn when(
    event: &mut Event,
    site: &Site,
    language: &Language,
    document: &Document,
    day: civil::Date,
    time: Option<&str>,
) -> Option<String> {
    let instant = |time: civil::Time| Instant::new(day, Some(time), &site.config.zone);
    let Some(begins) = time.and_then(|time| language.read_time(time)).and_then(instant) else {
        all_day(event, day);
        return time.filter(|time| !time.is_empty()).map(str::to_owned);
    };
    event.add_property("DTSTART", utc(begins));
    let ends = plain::end_time(site, document).and_then(|ends| language.read_time(&ends)).and_then(instant);
    if let Some(ends) = ends.filter(|ends| ends.at > begins.at) {
        event.add_property("DTEND", utc(ends));
    }
    None
}

fn utc(instant: Instant) -> String {
    instant.at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// The day, and as the standard asks the one after it as the end.
fn all_day(event: &mut Event, day: civil::Date) {
    let mut add = |name: &str, day: civil::Date| {
        event.append_property(
            Property::new(name, day.strftime("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done(),
        );
    };
    add("DTSTART", day);
    if let Ok(next) = day.tomorrow() {
        add("DTEND", next);
    }
}
