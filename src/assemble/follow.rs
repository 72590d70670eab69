//! What became of what was asked for or promised: each part of a decision and each action says whether it was answered, is late or
//! was not heard of since, and when somebody last said so.
//!
//! Input: every shown with its bound fields, the days of all, and what later texts say (`heard.rs`). Output: the fields with the
//! roles of follow-up, last-heard, heard-in and answered-in, where nobody typed them. Not here: the clock; the lists (`lists.rs`).
//!
//! Silence is no answer and no refusal: what the record does not say is said to be open, with the day of the last word.

use jiff::civil;

use super::heard::{Heard, heard};
use super::index::Index;
use super::life::Facts;
use super::links::ResolvedLinks;
use super::records::{DEEPEST, Places};
use super::relations::Bound;
use crate::kind::{Field, Follow, Kind, Role, Stage};
use crate::model::{Date, DocumentId, Fields, Reference, Relation, RelationEnd, Value};
use crate::source::Span;

/// What is known of one thing that was asked for.
struct Known {
    follow: Follow,
    /// The day of the last word; `None` where it is not recorded.
    last: Option<Date>,
    /// Where that was found; `None` where its author typed it, and where nobody said anything since.
    found: Option<(DocumentId, Option<Box<str>>)>,
}

/// Says of everything whose kind asks for it what became of it by the day `today`.
pub fn follow(
    index: &Index<'_>,
    bound: &mut [Bound],
    (places, facts, links): (&Places, &[Facts], &[ResolvedLinks]),
    today: civil::Date,
) {
    let heard = heard(index, bound, (places, facts, links), today);
    for (at, shown) in index.documents.iter().enumerate() {
        let kind = index.kinds.get(shown.parsed.kind);
        if kind.role(Role::FollowUp).is_none() || shown.ended {
            continue;
        }
        let id = DocumentId(u32::try_from(at).unwrap_or(u32::MAX));
        let heard = heard.get(&id).map_or(&[][..], Vec::as_slice);
        let follower = Follower { index, facts, kind, id, made: made_on(id, places, facts), heard, today };
        follower.fill(&mut bound[at], shown.parsed.title_span);
    }
}

/// The day on which a record was made: that of its meeting.
fn made_on(id: DocumentId, places: &Places, facts: &[Facts]) -> Option<Date> {
    let outer = |id: &DocumentId| places[id.0 as usize].as_ref().map(|place| place.host);
    let around = std::iter::successors(Some(id), outer).skip(1).take(DEEPEST);
    around.filter_map(|host| facts[host.0 as usize].date).last().or(facts[id.0 as usize].date)
}

struct Follower<'run> {
    index: &'run Index<'run>,
    facts: &'run [Facts],
    kind: &'run Kind,
    id: DocumentId,
    made: Option<Date>,
    heard: &'run [Heard],
    today: civil::Date,
}

impl Follower<'_> {
    fn fill(&self, bound: &mut Bound, span: Span) {
        let schema = &self.kind.fields;
        let parts = self.kind.role(Role::Parts);
        let groups = parts.and_then(|field| bound.fields.get(&field.name)).map(Value::groups).unwrap_or_default();
        let of_parts: Vec<Option<Known>> = match parts {
            Some(field) => groups.iter().map(|part| self.of_part(field.parts(), part, &bound.fields)).collect(),
            None => Vec::new(),
        };
        let whole = self.of_parts(&of_parts).or_else(|| match of_parts.is_empty() {
            true => self.of_whole(&bound.fields),
            false => None,
        });
        if let Some(field) = parts {
            self.put_parts(field, of_parts, bound);
        }
        if let Some(known) = whole {
            self.put(&known, schema, &mut bound.fields, "", span, &mut bound.relations);
            bound.fields.sort_as(schema);
        }
    }

    /// What is known of the whole from its parts: what is most pressing, and the latest word of any.
    fn of_parts(&self, parts: &[Option<Known>]) -> Option<Known> {
        let asked = || parts.iter().flatten();
        let follow = asked().map(|known| known.follow).min()?;
        let last = asked().filter_map(|known| known.last).max_by_key(|date| date.latest());
        Some(Known { follow, last, found: None })
    }

    fn of_whole(&self, fields: &Fields) -> Option<Known> {
        if self.kind.role(Role::Status).is_some() {
            return Some(self.of_action(fields));
        }
        let schema = &self.kind.fields;
        self.is_asked(schema, fields, false).then(|| self.of_asked(schema, fields, None))
    }

    /// An action is promised as soon as it is there; its status says whether it was kept.
    fn of_action(&self, fields: &Fields) -> Known {
        if self.facts[self.id.0 as usize].stage != Stage::Ended {
            let known = self.of_asked(&self.kind.fields, fields, None);
            let follow = if known.follow == Follow::Answered { Follow::Heard } else { known.follow };
            return Known { follow, ..known };
        }
        let done = fields.with_role(&self.kind.fields, Role::Date).and_then(Value::date);
        let last = done.or_else(|| self.said_in(&self.kind.fields, fields));
        Known { follow: Follow::Answered, last, found: None }
    }

    fn of_part(&self, schema: &[Field], part: &Fields, whole: &Fields) -> Option<Known> {
        let addressed = whole.with_role(&self.kind.fields, Role::Addressee).is_some();
        if !self.is_asked(schema, part, addressed) {
            return None;
        }
        let known = self.of_asked(schema, part, part.with_role(schema, Role::Number).and_then(Value::text));
        // What was answered as a whole was answered in each part.
        let answered = is_answered(&self.kind.fields, whole) && known.follow != Follow::Answered;
        let last = || self.said_in(&self.kind.fields, whole);
        Some(if answered { Known { follow: Follow::Answered, last: last(), found: None } } else { known })
    }

    /// Whether anybody is to answer: whom it is addressed to, by when, or what was decided says so.
    fn is_asked(&self, schema: &[Field], fields: &Fields, whole_is_addressed: bool) -> bool {
        let has = |role| fields.with_role(schema, role).is_some();
        let outcome = schema.iter().find(|field| field.role == Some(Role::Outcome));
        let outcome = outcome.and_then(|field| field.choice(fields.get(&field.name)?.text()?));
        let asks = outcome.and_then(|choice| choice.asks);
        has(Role::Addressee) || has(Role::Due) || asks.unwrap_or(whole_is_addressed)
    }

    fn of_asked(&self, schema: &[Field], fields: &Fields, label: Option<&str>) -> Known {
        let made = self.made.and_then(Date::latest);
        let fits = |heard: &&Heard| {
            let since = made.is_none_or(|made| made < heard.day);
            since && heard.part.as_deref().is_none_or(|part| label.is_none_or(|label| is_label(part, label)))
        };
        let day = |heard: &Heard| Some(Date::Day(heard.day));
        let place = |heard: &Heard| Some((heard.host, heard.anchor.clone()));
        let typed = self.said_in(schema, fields);
        let answer = self.heard.iter().filter(fits).find(|heard| heard.answers).filter(|_| typed.is_none());
        if answer.is_some() || is_answered(schema, fields) {
            let last = typed.or_else(|| answer.and_then(day));
            return Known { follow: Follow::Answered, last, found: answer.and_then(place) };
        }
        let last = self.heard.iter().rfind(fits);
        let is_late = self.due(schema, fields).is_some_and(|due| due < self.today);
        let follow = match (is_late, last) {
            (true, _) => Follow::Late,
            (false, Some(_)) => Follow::Heard,
            (false, None) => Follow::Open,
        };
        Known { follow, last: last.and_then(day).or(self.made), found: last.and_then(place) }
    }

    /// The day of the document that the author says has the answer.
    fn said_in(&self, schema: &[Field], fields: &Fields) -> Option<Date> {
        let first = match fields.with_role(schema, Role::AnsweredIn)? {
            Value::List(list) => &list.first()?.0,
            value => value,
        };
        match first {
            Value::Reference(reference) => self.facts[self.index.at_id(&reference.id)?.0 as usize].date,
            _ => None,
        }
    }

    /// The last day on which it is due; where a meeting is named, its day.
    fn due(&self, schema: &[Field], fields: &Fields) -> Option<civil::Date> {
        match fields.with_role(schema, Role::Due)? {
            Value::Reference(meeting) => self.facts[self.index.at_id(&meeting.id)?.0 as usize].date?.latest(),
            due => due.date()?.latest(),
        }
    }

    fn put_parts(&self, field: &Field, known: Vec<Option<Known>>, bound: &mut Bound) {
        let Some(entry) = bound.fields.0.iter_mut().find(|entry| *entry.name == *field.name) else { return };
        let groups = match &mut entry.value {
            Value::List(list) => list.iter_mut().map(|(value, span)| (value, *span)).collect(),
            value => vec![(value, entry.span)],
        };
        let groups = groups.into_iter().filter_map(|(value, span)| match value {
            Value::Group(fields) => Some((fields, span)),
            _ => None,
        });
        for ((fields, span), known) in groups.zip(known) {
            let Some(known) = known else { continue };
            self.put(&known, field.parts(), fields, &format!("{}.", field.name), span, &mut bound.relations);
            fields.sort_as(field.parts());
        }
    }

    fn put(
        &self,
        known: &Known,
        schema: &[Field],
        fields: &mut Fields,
        before: &str,
        span: Span,
        relations: &mut Vec<Relation>,
    ) {
        let with_role = |role: Role| schema.iter().find(|field| field.role == Some(role));
        let choice = with_role(Role::FollowUp).and_then(|field| {
            let choice = field.choices().iter().find(|choice| choice.follow == Some(known.follow))?;
            Some((field, Value::Choice(choice.value.as_str().into())))
        });
        let last = with_role(Role::LastHeard).zip(known.last.map(Value::Date));
        for (field, value) in choice.into_iter().chain(last) {
            fields.fill(&field.name, value, span);
        }
        let place = if known.follow == Follow::Answered { Role::AnsweredIn } else { Role::HeardIn };
        let Some((field, (document, anchor))) = with_role(place).zip(known.found.clone()) else { return };
        let id = self.index.documents[document.0 as usize].parsed.id.clone();
        fields.recognise(&field.name, Value::Reference(Reference { id, anchor: anchor.clone() }), span);
        let (name, end) = (format!("{before}{}", field.name).into(), RelationEnd::Document { document, anchor });
        relations.push(Relation { from: self.id, field: name, end, span });
    }
}

fn is_answered(schema: &[Field], fields: &Fields) -> bool {
    let of_action = schema.iter().any(|field| field.role == Some(Role::Status));
    let has = |role| fields.with_role(schema, role).is_some();
    has(Role::Answer) || !of_action && has(Role::AnsweredIn)
}

/// Whether two labels are the same but for brackets and full stops: `(2)` and `2`.
fn is_label(one: &str, other: &str) -> bool {
    let plain = |label: &str| label.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>().to_lowercase();
    plain(one) == plain(other)
}
