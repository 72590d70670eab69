//! What became of a record, in words.
//!
//! Input: a record. Output: a [`FollowView`]. Not here: how that is found out (`assemble/follow.rs`).

use super::card::label_of;
use super::context::{FollowView, Link};
use super::window::View;
use crate::kind::{Field, Follow, Role};
use crate::model::{Date, DocumentId, Fields, RelationEnd, Value};
use crate::query::{self, Store};

impl View {
    /// What became of a record; `None` where nobody was asked for anything.
    #[must_use]
    pub fn follow(&self, id: DocumentId) -> Option<FollowView> {
        self.follow_in(id, &self.kind_of(id).fields, &self.document(id).fields)
    }

    /// What became of a part of a record, which has these `fields`, or of the whole.
    #[must_use]
    pub fn follow_in(&self, id: DocumentId, schema: &[Field], fields: &Fields) -> Option<FollowView> {
        let field = schema.iter().find(|field| field.role == Some(Role::FollowUp))?;
        let choice = field.choice(fields.get(&field.name)?.text()?)?;
        let follow = choice.follow?;
        let last = fields.with_role(schema, Role::LastHeard).and_then(Value::date);
        let last = last.filter(|date| *date != Date::Unknown).map(|date| self.language.date(date));
        let heard = self.place_in(schema, fields, Role::HeardIn);
        let (name, key) = match (follow, &last, &heard) {
            (Follow::Late, Some(_), None) => ("late", "followed.late"),
            (Follow::Late, Some(_), Some(_)) => ("late", "followed.late-heard"),
            (Follow::Late, None, _) => ("late", "followed.late-unknown"),
            (Follow::Open, Some(_), _) => ("open", "followed.open"),
            (Follow::Open | Follow::Heard, None, _) => ("open", "followed.open-unknown"),
            (Follow::Heard, Some(_), _) => ("spoken-of", "followed.heard"),
            (Follow::Answered, Some(_), _) => ("answered", "followed.answered"),
            (Follow::Answered, None, _) => ("answered", "followed.answered-unknown"),
        };
        let status = query::status(self, id).map(|(field, status)| label_of(&field.shape, status));
        let label = status.unwrap_or(&choice.label);
        let words = self.language.say(key, &[("label", label), ("date", last.as_deref().unwrap_or_default())]);
        let since = match (follow, &heard) {
            (Follow::Answered, _) => None,
            (Follow::Late | Follow::Open, None) if last.is_some() => Some("followed.since"),
            _ if last.is_some() => Some("followed.since-heard"),
            _ => Some("followed.since-unknown"),
        };
        let date = last.unwrap_or_default();
        let since = since.map(|key| self.language.say(key, &[("date", &date)]));
        let at = match follow {
            Follow::Answered => self.place_in(schema, fields, Role::AnsweredIn),
            _ => heard.or_else(|| self.source(id)),
        };
        Some(FollowView { name, words, since, at })
    }

    /// The first place that the field with `role` names.
    fn place_in(&self, schema: &[Field], fields: &Fields, role: Role) -> Option<Link> {
        let first = match fields.with_role(schema, role)? {
            Value::List(list) => &list.first()?.0,
            value => value,
        };
        match first {
            Value::Reference(reference) => {
                let (document, anchor) = (self.find(&reference.id)?, reference.anchor.clone());
                Some(self.end(&RelationEnd::Document { document, anchor }))
            }
            words => words.text().map(|words| Link { title: words.to_owned(), href: None }),
        }
    }
}
