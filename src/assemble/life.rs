//! Where in its life a document is on the day of `as_at`, and when it last changed.

use jiff::civil;

use super::index::{Index, Lookup};
use super::records::{DEEPEST, Places};
use super::relations::Bound;
use crate::diagnostic::Diagnostics;
use crate::kind::{Field, Kind, Kinds, Role, Shape, Stage};
use crate::model::{Date, Fields, Instant, Shown, Tombstone, Value};
use crate::source::Span;

/// What a document's dates and status say.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// Its date, or the first day of its period.
    pub date: Option<Date>,
    /// Where in its life it is.
    pub stage: Stage,
    /// Its last material change, up to the day of `as_at`: an agenda for next month has not changed next month.
    pub changed: Option<Date>,
}

/// The facts of all documents. One whose kind has no date of its own takes that of the document in which it was made:
/// a resolution has its meeting's.
pub fn all(index: &Index<'_>, bound: &[Bound], places: &Places, as_at: &Instant) -> Vec<Facts> {
    let documents = index.documents.iter().zip(bound);
    let mut own: Vec<Facts> = documents.map(|(shown, bound)| facts(shown, &bound.fields, index.kinds, as_at)).collect();
    // What an earlier edition says of its status was true once.
    let earlier = own.iter_mut().zip(&index.present_of).filter(|(_, present)| present.is_some());
    earlier.for_each(|(facts, _)| facts.stage = Stage::Ended);
    let taken = own.iter().zip(places).map(|(facts, place)| {
        let around = std::iter::successors(place.as_ref(), |place| places[place.host.0 as usize].as_ref());
        let host = around.take(DEEPEST).find_map(|place| own[place.host.0 as usize].date);
        let date = facts.date.or(host);
        Facts { date, changed: facts.changed.or_else(|| past(date, as_at)), ..*facts }
    });
    taken.collect()
}

/// Reads the facts of a document by the roles of its kind.
fn facts(shown: &Shown, fields: &Fields, kinds: &Kinds, as_at: &Instant) -> Facts {
    let kind = kinds.get(shown.parsed.kind);
    let date = role_date(&kind.fields, fields, Role::Date).or_else(|| role_date(&kind.fields, fields, Role::From));
    let stage = if shown.ended { Stage::Ended } else { stage(kind, fields, as_at.day) };
    let changed = past(changed(kind, fields), as_at).or_else(|| past(date, as_at));
    Facts { date, stage, changed }
}

fn past(date: Option<Date>, as_at: &Instant) -> Option<Date> {
    date.filter(|date| date.earliest().is_none_or(|day| day <= as_at.day))
}

/// What its status says; where it says nothing, its period; where its parts have both (the cycles of a priority),
/// the latest part's.
fn stage(kind: &Kind, fields: &Fields, today: civil::Date) -> Stage {
    if kind.looks_back {
        return Stage::Neither;
    }
    let own = stage_of(&kind.fields, fields, today);
    if own != Stage::Neither {
        return own;
    }
    let parts =
        kind.fields.iter().filter(|field| field.shape.parts().iter().any(|part| part.role == Some(Role::Status)));
    let groups = parts.filter_map(|field| Some((field.shape.parts(), fields.get(&field.name)?)));
    let mut stages: Vec<(Option<civil::Date>, Stage)> = Vec::new();
    for (parts, value) in groups {
        for group in value.groups() {
            let from = role_date(parts, group, Role::From).and_then(Date::earliest);
            stages.push((from, stage_of(parts, group, today)));
        }
    }
    // A cycle that is still to come does not end the one that is running.
    let begun = stages.iter().filter(|(from, _)| from.is_none_or(|from| from <= today));
    begun.max_by_key(|(from, _)| *from).or(stages.first()).map_or(Stage::Neither, |(_, stage)| *stage)
}

fn stage_of(schema: &[Field], fields: &Fields, today: civil::Date) -> Stage {
    let status = schema.iter().filter(|field| field.role == Some(Role::Status)).find_map(|field| {
        let Shape::Choice(choices) = &field.shape else { return None };
        let value = fields.get(&field.name)?.text()?;
        choices.iter().find(|choice| choice.value == value).map(|choice| choice.stage)
    });
    // What opens and closes without a status of its own, a consultation, ends on the day it is due to close.
    let closes = status.is_none().then(|| role_date(schema, fields, Role::Due)).flatten();
    let to = role_date(schema, fields, Role::To).or(closes).and_then(Date::latest);
    let from = role_date(schema, fields, Role::From).and_then(Date::earliest);
    match (status, from, to) {
        (Some(stage @ (Stage::Ended | Stage::Coming)), ..) => stage,
        (_, _, Some(to)) if to < today => Stage::Ended,
        (_, Some(from), _) if from > today => Stage::Coming,
        (Some(stage), ..) => stage,
        (None, Some(_), _) | (None, _, Some(_)) => Stage::InForce,
        (None, None, None) => Stage::Neither,
    }
}

/// The newest of the dated notes that are not minor.
fn changed(kind: &Kind, fields: &Fields) -> Option<Date> {
    let field = kind.role(Role::Changes)?;
    let parts = field.shape.parts();
    let groups = fields.get(&field.name)?.groups();
    let minor = |group: &&Fields| {
        parts
            .iter()
            .filter(|part| part.shape == Shape::Boolean)
            .any(|part| group.get(&part.name) == Some(&Value::Boolean(true)))
    };
    let dates =
        groups.into_iter().filter(|group| !minor(group)).filter_map(|group| role_date(parts, group, Role::Date));
    dates.max_by_key(|date| date.earliest())
}

/// What the tombstone of a document says. `None` for a document that has not ended.
pub fn tombstone(shown: &Shown, index: &Index<'_>, diagnostics: &mut Diagnostics) -> Option<Tombstone> {
    if !shown.ended {
        return None;
    }
    let visibility = &shown.parsed.visibility;
    let Some(withdrawn) = &visibility.withdrawn else {
        let on = visibility.expires.map(|instant| Date::Day(instant.day));
        return Some(Tombstone { on, reason: None, withdrawn: false, successor: None });
    };
    let found = withdrawn.successor.as_ref().map_or(Lookup::Nothing, |reference| index.find(&reference.id));
    if let Lookup::Withheld(position) = found {
        let withheld = &index.withheld[position];
        let field = index.kinds.get(shown.parsed.kind).role(Role::Withdrawn);
        let name = field.map_or("", |field| field.name.as_str());
        diagnostics.relation_to_withheld(Span::whole(shown.parsed.source), name, &withheld.path, withheld.why);
    }
    let (on, reason) = (withdrawn.on, withdrawn.reason.clone());
    Some(Tombstone { on, reason, withdrawn: true, successor: found.document() })
}

fn role_date(schema: &[Field], fields: &Fields, role: Role) -> Option<Date> {
    schema.iter().filter(|field| field.role == Some(role)).find_map(|field| fields.get(&field.name)?.date())
}
