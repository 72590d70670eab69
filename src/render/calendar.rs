//! The calendar: what is to come, and every month in which something took place or closed.
//!
//! Input: a month, or none for what is to come. Output: [`CalendarPage`]. Not here: which months have a page
//! (`query/pages.rs`), and calendars for machines (`export/`), which hold the same days.

use super::head;
use crate::kind::{Role, Stage};
use crate::model::Date;
use crate::model::pages::calendar_page;
use crate::query::{Event, Query, Store};
use crate::view::{CalendarPage, DayView, EventView, Head, Link, MonthLink, MonthView, View, YearView};

/// What is to come from the day of `as_at` on, or what lies in a month.
#[must_use]
pub fn calendar(view: &View, month: Option<(i16, i8)>) -> (Head, CalendarPage) {
    let events = view.ask(&Query::Days(month)).days();
    let say = |key: &str| view.language.say(key, &[]);
    let title = month.map_or_else(|| say("calendar.title"), |(year, month)| month_name(view, year, month));
    let mut head = head::head(view, &calendar_page(month), title);
    head.description = Some(match month {
        Some(_) => view.language.say("calendar.description", &[("month", &head.title)]),
        None => say("calendar.lead"),
    });
    if month.is_some() {
        head.trail.push(Link { title: say("calendar.title"), href: Some(view.url(&calendar_page(None))) });
    }
    let all = view.ask(&Query::Months).months();
    let at = month.and_then(|month| all.binary_search(&month).ok());
    let link = |at: usize| all.get(at).map(|month| link(view, *month));
    let page = CalendarPage {
        whole: month.is_none(),
        months: months(view, &events),
        previous: at.and_then(|at| at.checked_sub(1)).and_then(link),
        next: at.and_then(|at| link(at + 1)),
        years: years(view, all, month),
    };
    (head, page)
}

fn month_name(view: &View, year: i16, month: i8) -> String {
    view.language.date(Date::Month(year, month))
}

fn link(view: &View, month: (i16, i8)) -> Link {
    Link { title: month_name(view, month.0, month.1), href: Some(view.url(&calendar_page(Some(month)))) }
}

/// Events in months, and in days within them.
fn months(view: &View, events: &[Event]) -> Vec<MonthView> {
    let of_one_month = |a: &Event, b: &Event| (a.day.year(), a.day.month()) == (b.day.year(), b.day.month());
    let month = |events: &[Event]| {
        let first = events[0].day;
        let Link { title, href } = link(view, (first.year(), first.month()));
        let days = events.chunk_by(|a, b| a.day == b.day).map(|events| day(view, events));
        MonthView { title, href, days: days.collect() }
    };
    events.chunk_by(of_one_month).map(month).collect()
}

fn day(view: &View, events: &[Event]) -> DayView {
    let day = events[0].day;
    let weekday = format!("weekday.{}", day.weekday().to_monday_one_offset());
    DayView {
        weekday: view.language.say(&weekday, &[]),
        date: view.date(Date::Day(day)),
        events: events.iter().map(|event| shown(view, event)).collect(),
    }
}

fn shown(view: &View, event: &Event) -> EventView {
    let document = view.document(event.document);
    let label = view.kinds().get(document.kind).role(event.role).map(|field| field.label.clone());
    EventView {
        what: label.filter(|_| event.role == Role::Due),
        called_off: event.role == Role::Date && document.stage == Stage::Ended,
        card: tera::Value::from_serializable(&view.card(event.document)),
    }
}

/// Every year from the latest, with those of its months that have anything in them; on the page of a month, with those of
/// its own year alone, since a site can have hundreds.
fn years(view: &View, all: &[(i16, i8)], here: Option<(i16, i8)>) -> Vec<YearView> {
    let year = |months: &[(i16, i8)]| {
        let month = |month: &(i16, i8)| MonthLink {
            short: view.language.month_short(month.1),
            href: view.url(&calendar_page(Some(*month))),
            current: here == Some(*month),
        };
        let year = months[0].0;
        let is_listed = here.is_none_or(|here| here.0 == year);
        YearView {
            year: year.to_string(),
            href: format!("{}#year-{year}", view.url(&calendar_page(None))),
            months: months.iter().filter(|_| is_listed).map(month).collect(),
        }
    };
    all.chunk_by(|a, b| a.0 == b.0).rev().map(year).collect()
}
