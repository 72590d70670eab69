//! What is to come before a meeting: what was promised or asked for with a day, a month or "the next meeting", what is to be looked at
//! again, and what stands on the agenda of each meeting.
//!
//! Input: the site with all its documents, and what became of what was asked for. Output: [`ComesBack`]. Not here: at which meeting
//! it comes (`query/forward.rs`), and which words say when (`lexicon/again.rs`).

use std::collections::BTreeSet;

use crate::kind::{Field, Follow, Kind, Role, Stage};
use crate::language::Language;
use crate::lexicon::again::{Again, meant};
use crate::model::{Cause, ComesBack, ComesWhen, Date, DocumentId, Fields, MeetingBody, Published, Site, Value};
use crate::query;

/// All that is to come, in the order of documents.
pub fn comes(site: &Site, language: &Language) -> Vec<ComesBack> {
    let mut comes = Vec::new();
    let taken_up = query::taken_up_again(site, language);
    let mut put_off = Vec::new();
    for (id, document) in site.ids().filter(|(_, document)| document.published == Published::Whole) {
        let kind = site.kinds.get(document.kind);
        let item = document.place.as_ref().and_then(|place| place.inside);
        if taken_up.contains(&id) || item.is_some_and(|item| taken_up.contains(&item)) {
            continue;
        }
        if kind.role(Role::FollowUp).is_some() {
            asked(site, kind, id, &mut comes);
        } else if query::is_item(site, id) {
            put_off.extend(item_again(site, id));
        } else if !kind.of_meeting && document.stage != Stage::Ended {
            comes.extend(review(site, kind, id));
            standing(kind, (id, &document.fields), &mut comes);
        }
    }
    // An item that was put off by a decision, or of which an action is recorded, is told by it.
    let told: BTreeSet<DocumentId> = comes.iter().filter_map(|one| query::item_around(site, one.of)).collect();
    comes.extend(put_off.into_iter().filter(|one: &ComesBack| !told.contains(&one.of)));
    comes
}

/// An item of an agenda of which the minutes say when it comes back, or that was put off: to the next meeting if nothing else is said.
fn item_again(site: &Site, id: DocumentId) -> Option<ComesBack> {
    let put_off = || query::made_on(site, id).filter(|_| query::is_put_off(site, id));
    let (body, when) = match query::value(site, id, Role::Returns) {
        Some(said) => when(site, id, said)?,
        None => (query::meeting_body(site, id)?, ComesWhen::After(put_off()?)),
    };
    Some(ComesBack { cause: Cause::Due, of: id, part: None, body, when })
}

/// What a decision asks for, part by part, or an action promises.
fn asked(site: &Site, kind: &Kind, id: DocumentId, comes: &mut Vec<ComesBack>) {
    let fields = &site.document(id).fields;
    let parts = kind.role(Role::Parts).map_or(&[][..], Field::parts);
    let groups = kind.role(Role::Parts).and_then(|field| fields.get(&field.name)).map(Value::groups);
    let whole = std::iter::once((None, &kind.fields[..], fields));
    let of_parts = (0..).zip(groups.into_iter().flatten()).map(|(at, part)| (Some(at), parts, part));
    let due = of_parts.chain(whole).filter(|(_, schema, fields)| is_open(schema, fields));
    let due: Vec<ComesBack> = due
        .filter_map(|(part, schema, fields)| {
            let (body, when) = when(site, id, fields.with_role(schema, Role::Due)?)?;
            Some(ComesBack { cause: Cause::Due, of: id, part, body, when })
        })
        .collect();
    // What is said of the whole is said of its parts, where they say nothing themselves.
    let has_parts = due.iter().any(|one| one.part.is_some());
    comes.extend(due.into_iter().filter(|one| one.part.is_some() || !has_parts));
}

/// Whether something was asked for of which no answer is recorded.
fn is_open(schema: &[Field], fields: &Fields) -> bool {
    let field = schema.iter().find(|field| field.role == Some(Role::FollowUp));
    let choice = field.and_then(|field| field.choice(fields.get(&field.name)?.text()?));
    choice.and_then(|choice| choice.follow).is_some_and(|follow| follow != Follow::Answered)
}

/// Before which body something comes, and when, as the record says it. `None` where its words name no time.
fn when(site: &Site, id: DocumentId, due: &Value) -> Option<(MeetingBody, ComesWhen)> {
    let made = query::made_on(site, id);
    if let Value::Reference(meeting) = due {
        let meeting = site.find(&meeting.id)?;
        let day = site.document(meeting).date.filter(|date| *date != Date::Unknown)?;
        return Some((query::meeting_body(site, meeting)?, ComesWhen::From(day, None)));
    }
    let when = match due.date() {
        Some(date) => ComesWhen::From(date, made).known()?,
        None => match meant(due.text()?, made?)? {
            Again::Next => ComesWhen::After(made?),
            Again::On(date) => ComesWhen::From(date, made),
        },
    };
    Some((query::meeting_body(site, id)?, when))
}

/// A text that is to be looked at again, of a body that answers for it.
fn review(site: &Site, kind: &Kind, id: DocumentId) -> Option<ComesBack> {
    kind.role(Role::Body)?;
    let day = query::value(site, id, Role::Review)?.date()?;
    let (body, when) = (query::meeting_body(site, id)?, ComesWhen::From(day, None).known()?);
    Some(ComesBack { cause: Cause::Review, of: id, part: None, body, when })
}

/// What a body has on the agenda of each meeting.
fn standing(kind: &Kind, (id, fields): (DocumentId, &Fields), comes: &mut Vec<ComesBack>) {
    let items = kind.role(Role::StandingItems).and_then(|field| fields.get(&field.name)).map(Value::groups);
    let (cause, when) = (Cause::Standing, ComesWhen::Always);
    let item = |(at, _)| ComesBack { cause, of: id, part: Some(at), body: Ok(id), when };
    comes.extend((0..).zip(items.into_iter().flatten()).map(item));
}
