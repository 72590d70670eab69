//! Which of the days that are given for a meeting is its day (recognition.md §5).
//!
//! Input: what stands in the head, what the text and the title say, what the names of file and folder say. Output: the
//! field, filled; a message where two differ or where one could be two days. Not here: how days are found (`recognise`).
//!
//! A plain day in the head comes first; then the text's own words; then the names of file and folder; last a day in the
//! head that another program wrote when it published the text: one with a time or a zone, or beside keys of such a
//! program, unless these are those of an event.

use super::context::Context;
use super::place::Place;
use crate::data::Node;
use crate::diagnostic::Diagnostics;
use crate::kind::Field;
use crate::lexicon::Lexicon;
use crate::lexicon::days;
use crate::model::{Date, Fields, Value};
use crate::recognise::facts::{Day, Fact, Facts, Paper};
use crate::source::Span;

/// One day that is given, and by what.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Given {
    date: Date,
    swapped: Option<Date>,
    span: Span,
    by: By,
}

/// What gives a day; in the order in which they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Head,
    Text,
    Name,
    Published,
}

impl By {
    fn words(self) -> &'static str {
        match self {
            Self::Head | Self::Published => "in the head",
            Self::Text => "in the text",
            Self::Name => "in the name of the file or its folder",
        }
    }
}

/// Fills `field` of a document with the day that holds. `title` is where its title stands.
pub(super) fn fill(
    fields: &mut Fields,
    field: &Field,
    head: &Node,
    (place, facts, title, of_meeting): (&Place, &Facts, Option<Span>, bool),
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    let typed = typed(fields, field, head, of_meeting);
    let names = place.date.as_ref().map(|day| Given {
        date: day.date,
        swapped: day.swapped,
        span: Span::whole(place.source),
        by: By::Name,
    });
    let surest = || typed.filter(|given| given.by == By::Head).or(names);
    let text = in_text(facts, title, place, surest());
    let by = |by: By| typed.filter(|given| given.by == by);
    let given: Vec<Given> = [by(By::Head), text, names, by(By::Published)].into_iter().flatten().collect();
    let Some(first) = given.first().copied() else { return };
    let shown = |given: &Given| context.language.date(given.date);
    let line = |date: Date| format!("{}: {}", field.name, date.iso().unwrap_or_default());
    if facts.paper == Paper::Template && first.by == By::Published {
        diagnostics.day_of_form(first.span, &shown(&first), &line(first.date));
        fields.0.retain(|entry| *entry.name != *field.name);
        return;
    }
    // A month gives way to a day of it, and a day that could be another to one that says which.
    let better = |other: &&Given| {
        let closer = first.by != By::Head && first.date.day().is_none() && other.date.day().is_some();
        let surer = first.by != By::Head && first.swapped.is_some() && other.swapped.is_none();
        (closer || surer) && agree(&first, other)
    };
    let chosen = given.iter().find(better).copied().unwrap_or(first);
    if let Some(other) = given.iter().find(|other| !agree(&chosen, other)) {
        let (one, two) = ((shown(&chosen), chosen.by.words()), (shown(other), other.by.words()));
        let lines = (line(chosen.date), line(other.date));
        if other.by == By::Published {
            diagnostics.day_of_publishing(other.span, one, &two.0, &lines.0);
        } else {
            diagnostics.days_differ((chosen.span, other.span), one, two, (&lines.0, &lines.1));
        }
    } else if let Some(swapped) = chosen.swapped.filter(|_| chosen.by != By::Head && given.len() == 1) {
        diagnostics.day_first(
            chosen.span,
            &shown(&chosen),
            &context.language.date(swapped),
            (&line(chosen.date), &line(swapped)),
        );
    }
    // A month alone is no day of a meeting.
    if chosen.by != By::Head && chosen.date.day().is_none() {
        return;
    }
    if typed.is_none_or(|typed| !agree(&typed, &chosen) || typed.date.day().is_none()) && chosen.by != By::Head {
        fields.0.retain(|entry| *entry.name != *field.name);
        fields.fill(&field.name, Value::Date(chosen.date), chosen.span);
    }
}

/// What stands in the head.
fn typed(fields: &Fields, field: &Field, head: &Node, of_meeting: bool) -> Option<Given> {
    let entry = fields.entry(&field.name)?;
    let Value::Date(date) = entry.value else { return None };
    let text = head.get(&field.name).and_then(Node::scalar);
    let has_time = text.is_some_and(|text| days::has_time(text) && !days::is_by_hand(text));
    let has_key = |list: &str| {
        let is_in = |key: &str| Lexicon::english().has(list, &key.to_lowercase().replace([' ', '-'], "_"));
        of_meeting && head.pairs().iter().any(|pair| is_in(&pair.key))
    };
    let published = (has_time || has_key("foreign-key")) && !has_key("event-key");
    let by = if published { By::Published } else { By::Head };
    Some(Given { date, swapped: None, span: entry.span, by })
}

/// What the text says, or the title. Of several days, the one that what is surest of the rest gives too.
fn in_text(facts: &Facts, title: Option<Span>, place: &Place, surest: Option<Given>) -> Option<Given> {
    let given = |day: &Fact<Day>| {
        let in_text = || Span::new(place.source, day.typed.start, day.typed.end);
        let span = title.filter(|_| day.typed.is_empty()).unwrap_or_else(in_text);
        Given { date: day.value.date, swapped: day.value.swapped, span, by: By::Text }
    };
    let all: Vec<Given> = facts.days.iter().map(given).collect();
    match all.as_slice() {
        [one] => Some(*one),
        several => several.iter().find(|given| surest.is_some_and(|surest| agree(given, &surest))).copied(),
    }
}

/// Whether two can be the same day: a month and a day of it, and what could be two days and one of these.
fn agree(one: &Given, other: &Given) -> bool {
    let days = |given: &Given| Some((given.date.earliest()?, given.date.latest()?));
    let (Some((from, to)), Some((other_from, other_to))) = (days(one), days(other)) else { return true };
    let swapped =
        |given: &Given, from, to| given.swapped.and_then(Date::day).is_some_and(|day| from <= day && day <= to);
    (from <= other_to && other_from <= to) || swapped(one, other_from, other_to) || swapped(other, from, to)
}
