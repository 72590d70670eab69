//! The forward plan as pages show it.
//!
//! Input: a body, a meeting, or neither. Output: [`PlanGroupView`]s. Not here: what is planned for when (`query/forward.rs`).

use serde::Serialize;

use super::context::{DateView, FollowView, Link};
use super::pages::Pager;
use super::window::View;
use crate::model::pages::plan_page;
use crate::model::{
    Cause, ComesBack, Date, DocumentId, MeetingBody, MeetingDay, PlanEntry, PlanPart, PlanTime, RelationEnd, Value,
};
use crate::query::{self, Query, Store};

/// `page` of `plan.html`.
#[derive(Debug, Serialize)]
pub struct PlanPage {
    /// The body whose plan it is; `None` for that of all.
    pub body: Option<Link>,
    /// What is planned, in the order of days.
    pub groups: Vec<PlanGroupView>,
    /// This page among its pages.
    pub pager: Pager,
    /// The plan of all bodies, on that of one.
    pub all: Option<String>,
    /// The plans of bodies, on that of all.
    pub bodies: Vec<Link>,
}

/// What one body has before it at one time: an item of the value of `plan()`.
#[derive(Debug, Serialize)]
pub struct PlanGroupView {
    /// What tells it from the others on its page: the end of its address.
    pub anchor: String,
    /// The day of the meeting, or the month; `None` where nobody knows it.
    pub date: Option<DateView>,
    /// Whether the day of the meeting is known.
    pub fixed: bool,
    /// Its agenda, where the site has it.
    pub meeting: Option<Link>,
    /// Who meets.
    pub body: Link,
    /// The plan of that body, where it has a page.
    pub plan: Option<String>,
    /// Whether its first lines stand on the page before.
    pub goes_on: bool,
    /// What is due or is to be looked at again.
    pub entries: Vec<PlanEntryView>,
    /// How many more of these there are; none on the pages of a plan, where they follow.
    pub more: usize,
    /// What stands on each agenda.
    pub standing: Vec<PlanEntryView>,
}

/// One line of the plan.
#[derive(Debug, Serialize)]
pub struct PlanEntryView {
    /// What it is: a decision, an action, a strategy.
    pub what: String,
    /// Its title and its page, or its place in the minutes; of a standing item, its title.
    pub title: Link,
    /// The words of a decision or of its part.
    pub words: Option<String>,
    /// Who is to do it; none where nobody is named.
    pub who: Vec<Link>,
    /// When it is due, in a date or in the words of the record.
    pub due: Option<String>,
    /// Whether that is the day on which a text is to be looked at again.
    pub review: bool,
    /// The meeting that has passed from which it was moved, called by its date.
    pub moved: Option<Link>,
    /// The item of the agenda on which it was made, where its title does not say it.
    pub item: Option<Link>,
    /// The paragraph that says so.
    pub source: Option<Link>,
    /// What became of it so far.
    pub follow: Option<FollowView>,
}

impl View {
    /// What is planned for the body or the meeting `of`, of each group as many lines as a page of a list has; without what the page of
    /// the meeting shows among the matters that earlier ones left open, and without a meeting for which that is all.
    #[must_use]
    pub fn planned(&self, of: DocumentId) -> Vec<PlanGroupView> {
        let id = self.document(of).id.clone();
        let (arising, _) = self.ask(&Query::Arising(id.clone())).part();
        let all = self.ask(&Query::Plan { of: Some(id), offset: 0, limit: u32::MAX }).plan();
        let shows = |part: &PlanPart<'_>| {
            let mut entries = part.entries.iter();
            part.entries.is_empty() || entries.any(|entry| !arising.contains(&entry.comes.of))
        };
        all.into_iter().filter(shows).map(|part| self.group(part, &arising)).collect()
    }

    /// The lines of a page of the plan of all bodies, or of one: how many to pass over, and at most how many.
    #[must_use]
    pub fn plan_part(&self, body: Option<DocumentId>, (offset, limit): (u32, u32)) -> Vec<PlanGroupView> {
        let of = body.map(|body| self.document(body).id.clone());
        self.ask(&Query::Plan { of, offset, limit }).plan().into_iter().map(|part| self.group(part, &[])).collect()
    }

    /// The page of the plan of a body, or of all, where the site has one.
    #[must_use]
    pub fn plan_href(&self, body: Option<DocumentId>) -> Option<String> {
        let address = plan_page(body.map(|body| &self.document(body).address));
        self.ask(&Query::OwnPages).own_pages().get(&address).map(|_| self.url(&address))
    }

    fn group(&self, PlanPart { group, entries, goes_on }: PlanPart<'_>, arising: &[DocumentId]) -> PlanGroupView {
        let shown = entries.iter().filter(|entry| !arising.contains(&entry.comes.of));
        let (standing, mut due): (Vec<_>, Vec<_>) = shown.partition(|entry| entry.comes.cause == Cause::Standing);
        let more = due.len().saturating_sub(self.config().page_size);
        due.truncate(self.config().page_size);
        let entries = |list: Vec<&PlanEntry>| list.into_iter().map(|entry| self.planned_entry(entry)).collect();
        let (date, meeting) = match group.time {
            PlanTime::Meeting(MeetingDay { day, document }) => (Some(Date::Day(day)), document),
            PlanTime::Month(year, month) => (Some(Date::Month(year, month)), None),
            PlanTime::Open => (None, None),
        };
        let (body, own) = match &group.body {
            Ok(body) => (self.link(*body), Some(*body)),
            Err(name) => (Link { title: name.to_string(), href: None }, None),
        };
        PlanGroupView {
            anchor: self.group_anchor(date, &group.body),
            date: date.map(|date| self.date(date)),
            fixed: matches!(group.time, PlanTime::Meeting(_)),
            meeting: meeting.map(|meeting| self.link(meeting)),
            plan: own.and_then(|body| self.plan_href(Some(body))),
            body,
            goes_on,
            entries: entries(due),
            more,
            standing: entries(standing),
        }
    }

    /// `2026-12-08-safer-board`.
    fn group_anchor(&self, date: Option<Date>, body: &MeetingBody) -> String {
        let name = match body {
            Ok(body) => self.document(*body).id.rsplit('/').next().unwrap_or_default().to_owned(),
            Err(name) => crate::model::slug(name),
        };
        date.and_then(Date::iso).map_or_else(|| format!("open-{name}"), |day| format!("{day}-{name}"))
    }

    fn planned_entry(&self, PlanEntry { comes, moved_from }: &PlanEntry) -> PlanEntryView {
        let standing = comes.cause == Cause::Standing;
        let words = query::words_of(self, comes);
        let (title, words) = match (standing, words) {
            (true, words) => (Link { title: words.unwrap_or_default(), href: None }, None),
            (false, words) => (self.link(comes.of), words),
        };
        let due = query::due_of(self, comes);
        PlanEntryView {
            what: query::called(self, comes.of).to_owned(),
            title,
            who: query::owed_by(self, comes).iter().map(|end| self.end(end)).collect(),
            due: due.and_then(|due| self.due_in_words(due)),
            review: comes.cause == Cause::Review,
            moved: moved_from.map(|meeting| self.passed(meeting)),
            item: query::item_around(self, comes.of).filter(|_| words.is_none()).map(|item| self.link(item)),
            source: (comes.cause == Cause::Due).then(|| self.said_in(comes)).flatten(),
            follow: self.follow_planned(comes),
            words,
        }
    }

    fn due_in_words(&self, due: &Value) -> Option<String> {
        match due {
            Value::Reference(meeting) => Some(self.link(self.find(&meeting.id)?).title),
            due => due.date().map(|date| self.language.date(date)).or_else(|| due.text().map(str::to_owned)),
        }
    }

    fn passed(&self, MeetingDay { day, document }: MeetingDay) -> Link {
        let href = document.and_then(|meeting| self.href(meeting));
        Link { title: self.language.date(Date::Day(day)), href }
    }

    /// The paragraph that says it: called by the number above it, with the address of the part.
    fn said_in(&self, comes: &ComesBack) -> Option<Link> {
        let source = self.source(comes.of)?;
        let href = match query::said_at(self, comes) {
            RelationEnd::Document { document, anchor } => self.place_href(document, anchor.as_deref()),
            RelationEnd::Words(_) => None,
        };
        Some(Link { href: href.or(source.href), ..source })
    }

    fn follow_planned(&self, comes: &ComesBack) -> Option<FollowView> {
        if comes.cause != Cause::Due {
            return None;
        }
        match query::part_of(self, comes) {
            Some((schema, fields)) => self.follow_in(comes.of, schema, fields),
            None => self.follow(comes.of),
        }
    }
}
