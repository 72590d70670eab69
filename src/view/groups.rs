//! Documents in a list below headings: by year, and records by the meeting in which they were made.
//!
//! Input: documents in the order of a list. Output: [`CardGroup`]s. Not here: that order, and headings by letters.

use super::context::{Card, CardGroup, DateView};
use super::window::View;
use crate::kind::{Order, Role};
use crate::model::DocumentId;
use crate::query::Store;

impl View {
    /// Documents of a list with their cards, in groups, which follow one another as the documents do: records of one meeting that
    /// stand together are one group, and where `years` is true a group ends with its year. Without either, all of them are one group.
    #[must_use]
    pub fn grouped(&self, ids: &[DocumentId], cards: Vec<Card>, years: bool) -> Vec<CardGroup> {
        let mut groups: Vec<CardGroup> = Vec::new();
        let mut last: Option<(Option<String>, Option<String>)> = None;
        for (id, card) in ids.iter().zip(cards) {
            let year = self.document(*id).date.filter(|_| years).and_then(|date| date.earliest());
            let year = year.map(|day| day.year().to_string());
            let meeting = card.meeting.as_ref().map(|meeting| meeting.title.clone());
            let new_year = last.as_ref().is_none_or(|(before, _)| *before != year);
            if new_year || last.as_ref().is_none_or(|(_, before)| *before != meeting) {
                groups.push(heading(&card, year.clone().filter(|_| new_year)));
            }
            last = Some((year, meeting));
            if let Some(group) = groups.last_mut() {
                group.items.push(card);
            }
        }
        groups
    }

    /// Whether the list of a kind goes by date, so that its years part it: not where what holds stands before what has ended.
    #[must_use]
    pub fn goes_by_year(&self, id: DocumentId) -> bool {
        let kind = self.kind_of(id);
        kind.order == Order::Newest && kind.role(Role::To).is_none()
    }
}

/// What stands above a group that begins with this document.
fn heading(first: &Card, year: Option<String>) -> CardGroup {
    let date: Option<DateView> = first.date.clone().filter(|_| first.meeting.is_some());
    CardGroup { year, meeting: first.meeting.clone(), date, items: Vec::new() }
}
