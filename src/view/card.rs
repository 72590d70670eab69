//! A document as lists show it, and what single values of it say.
//!
//! Input: a document. Output: [`Card`], and values of `context.rs`. Not here: its whole page.

use super::context::{Card, DateView, Link, StatusView};
use super::window::View;
use crate::kind::{Field, Role, Shape, Stage};
use crate::model::{Date, Document, DocumentId, Published, RelationEnd, Value as Typed};
use crate::query::{self, Store};

impl View {
    /// A document as lists show it.
    #[must_use]
    pub fn card(&self, id: DocumentId) -> Card {
        let document = self.document(id);
        Card {
            id: Some(document.id.to_string()),
            title: document.title.to_string(),
            href: self.href(id),
            kind: Some(self.kind_as_called(id)),
            date: self.date_of(document.date),
            period: self.period(id),
            summary: self.summary(id),
            language: self.other_language(id),
            body: query::body_end(self, id).map(|end| self.end(end)),
            stage: stage(document.stage),
            status: self.status(id),
            changed: self.date_of(document.changed),
            time: self.role_text(id, Role::Time).map(|time| self.language.time(time)),
            place: self.role_text(id, Role::Place).map(str::to_owned),
            outcome: self.outcome(id),
            due: self.due(id),
            due_label: self.kinds().get(document.kind).role(Role::Due).map(|field| field.label.clone()),
            late: query::due_side(self, id) == Some(query::Due::Passed),
            owner: self.owner(id),
            number: self.printed_number(id),
            source: self.source(id),
            item: query::item_around(self, id)
                .filter(|_| !self.kind_of(id).titled_by_matter)
                .map(|item| self.link(item)),
            overdue: self.overdue(id),
            done: self.done(id),
            motion: query::motion(self, id).in_words(&self.language),
            words: query::exact_words(self, id),
            follow: self.follow(id),
            matter: self.matter(id),
            called: self.called_beside(id),
            meeting: document.place.is_some().then(|| self.link(query::made_in(self, id))),
            paragraph: self.paragraph(id),
        }
    }

    /// What a record is about, "Street lights", in whose title its kind and number stand before that. `None` for a kind that is
    /// not called by its matter, and where an author has given the whole title.
    fn matter(&self, id: DocumentId) -> Option<String> {
        let kind = Some(self.kind_of(id)).filter(|kind| kind.titled_by_matter)?;
        let number = self.role_text(id, Role::Number);
        let key = if number.is_some() { "title-of-numbered" } else { "title-of-matter" };
        let values = [("kind", &*kind.label), ("number", number.unwrap_or_default()), ("matter", "")];
        let rest = self.document(id).title.strip_prefix(&*self.language.say(key, &values))?;
        // What tells it from decisions of other meetings is said where it stands: its item is enough.
        let item = query::item_around(self, id).map(|item| &*self.document(item).title);
        Some(item.filter(|item| !item.is_empty() && rest.starts_with(item)).unwrap_or(rest).to_owned())
    }

    /// What a record is called beside its matter: "Decision 2021/14"; `None` for one without a number.
    fn called_beside(&self, id: DocumentId) -> Option<String> {
        let kind = Some(self.kind_of(id)).filter(|kind| kind.titled_by_matter)?;
        let number = self.role_text(id, Role::Number)?;
        Some(self.language.say("record.numbered", &[("kind", &kind.label), ("number", number)]))
    }

    /// The printed number of a record, unless its title has it.
    fn printed_number(&self, id: DocumentId) -> Option<String> {
        let untitled = self.document(id).place.is_some() && !self.kind_of(id).titled_by_matter;
        self.role_text(id, Role::Number).filter(|_| untitled).map(str::to_owned)
    }

    /// An end of a relation as lists show it.
    #[must_use]
    pub fn card_of(&self, end: &RelationEnd) -> Card {
        match end {
            RelationEnd::Document { document, .. } => Card { href: self.end(end).href, ..self.card(*document) },
            RelationEnd::Words(words) => Card { title: words.to_string(), ..Card::default() },
        }
    }

    /// Documents as lists show them.
    #[must_use]
    pub fn cards(&self, ids: &[DocumentId]) -> Vec<Card> {
        ids.iter().map(|id| self.card(*id)).collect()
    }

    /// Who answers for it. What several undertook is said of all of them, in words.
    fn owner(&self, id: DocumentId) -> Option<Link> {
        let name = &self.kind_of(id).role(Role::Owner)?.name;
        let ends = self.relations(id).iter().filter(|relation| *relation.field == **name);
        let mut owners: Vec<Link> = ends.map(|relation| self.end(&relation.end)).collect();
        if owners.len() > 1 {
            let names: Vec<&str> = owners.iter().map(|owner| owner.title.as_str()).collect();
            return Some(Link { title: self.language.list(&names), href: None });
        }
        owners.pop()
    }

    /// When it is due, in words where the record has no date.
    fn due(&self, id: DocumentId) -> Option<DateView> {
        let words = || {
            let words = query::value(self, id, Role::Due)?.text()?;
            Some(DateView { text: words.to_owned(), iso: None })
        };
        self.date_of(query::due(self, id)).or_else(words)
    }

    /// When a record was done.
    fn done(&self, id: DocumentId) -> Option<DateView> {
        let document = self.document(id);
        let ended = document.place.is_some() && document.stage == Stage::Ended;
        self.date_of(query::value(self, id, Role::Date).filter(|_| ended).and_then(Typed::date))
    }

    /// The summary, or the first paragraph; of what is private, what may be known of it.
    #[must_use]
    pub fn summary(&self, id: DocumentId) -> Option<String> {
        let document = self.document(id);
        match &document.published {
            Published::Exempt(exemption) => exemption.summary.as_deref().map(str::to_owned),
            Published::Tombstone(_) => None,
            Published::Whole => {
                let lead = Some(document.body.lead.as_ref()).filter(|lead| !lead.is_empty());
                self.role_text(id, Role::Summary).or(lead).map(str::to_owned)
            }
        }
    }

    /// The language of a document's own words, where it is not the site's: screen readers change their voice by it.
    #[must_use]
    pub fn other_language(&self, id: DocumentId) -> Option<String> {
        let said = self.role_text(id, Role::Language)?;
        (said != self.config().language).then(|| said.to_owned())
    }

    /// The text of the first field with `role`. Of a formatted text, its first paragraph.
    #[must_use]
    pub fn role_text(&self, id: DocumentId, role: Role) -> Option<&str> {
        match query::value(self, id, role)? {
            Typed::Landed(text) => Some(text.body.lead.as_ref()),
            value => value.text(),
        }
    }

    /// The status in words.
    #[must_use]
    pub fn status(&self, id: DocumentId) -> Option<StatusView> {
        let (field, name) = query::status(self, id)?;
        Some(status_view(field, name))
    }

    /// What was decided, where it is one of a few words; of a decision in several parts, what was decided in each.
    #[must_use]
    pub fn outcome(&self, id: DocumentId) -> Option<StatusView> {
        let outcomes = query::outcomes(self, id);
        let views: Vec<StatusView> = outcomes.into_iter().map(|(field, name)| status_view(field, name)).collect();
        let labels: Vec<&str> = views.iter().map(|view| view.label.as_str()).collect();
        let label = labels.join(self.comma());
        views.first().map(|first| StatusView { name: first.name.clone(), label })
    }

    /// That the day has passed on which it was to be done: "due 31 October 2021, not reported done".
    #[must_use]
    pub fn overdue(&self, id: DocumentId) -> Option<String> {
        let document = self.document(id);
        let late = document.place.is_some() && query::due_side(self, id) == Some(query::Due::Passed);
        let due = query::due(self, id).filter(|_| late)?;
        Some(self.language.say("overdue", &[("date", &self.language.date(due))]))
    }

    /// "2021 to 2024": its own period, or that of the several which it is in; `None` for a kind without one.
    #[must_use]
    pub fn period(&self, id: DocumentId) -> Option<String> {
        let own = |role| query::value(self, id, role).and_then(Typed::date);
        self.language.period(own(Role::From), own(Role::To)).or_else(|| {
            let (parts, fields) = query::period(self, id)?;
            let date = |role| fields.with_role(parts, role)?.date();
            // A period of which only the beginning is known, and that is over, began with the end of what it is about.
            match (self.document(id).stage, date(Role::From), date(Role::To)) {
                (Stage::Ended, Some(from), None) => self.language.period(None, Some(from)),
                (_, from, to) => self.language.period(from, to),
            }
        })
    }

    /// A date in words and for machines.
    #[must_use]
    pub fn date(&self, date: Date) -> DateView {
        DateView { text: self.language.date(date), iso: date.iso() }
    }

    /// The same for a date that may be absent, or of which the record says that it is not known.
    #[must_use]
    pub fn date_of(&self, date: Option<Date>) -> Option<DateView> {
        date.filter(|date| *date != Date::Unknown).map(|date| self.date(date))
    }
}

fn status_view(field: &Field, name: &str) -> StatusView {
    StatusView { name: name.to_owned(), label: label_of(&field.shape, name).to_owned() }
}

/// The words for what is typed in a field of choices, or in a list of them; what is typed itself, if it is no choice.
#[must_use]
pub fn label_of<'said>(shape: &'said Shape, typed: &'said str) -> &'said str {
    let Shape::Choice(choices) = shape.one() else { return typed };
    choices.iter().find(|choice| choice.value == typed).map_or(typed, |choice| &choice.label)
}

/// Where in its life a document is, as templates name it.
#[must_use]
pub fn stage(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Neither => None,
        Stage::Coming => Some("coming"),
        Stage::InForce => Some("in-force"),
        Stage::Ended => Some("ended"),
    }
}

/// Whether the text of a document may be shown.
#[must_use]
pub fn is_whole(document: &Document) -> bool {
    document.published == Published::Whole
}
