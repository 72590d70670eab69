//! Meetings and items at which something was made, where no reference of its head leads to them: the item stands under a key of its own,
//! or the folder in which the file lies is called by the meeting.
//!
//! Input: what is public and what is withheld, so far; a document. Output: what is withheld there. Not here: references (`withhold.rs`).

use super::withhold::{Known, references};
use crate::language::letters;
use crate::lexicon::days;
use crate::model::{AnchorKind, Date, Shown, Text, Why, Withheld, id_of};
use crate::source::Span;

impl<'a> Known<'a> {
    /// The item of a public meeting from which a document comes, and that is withheld: `made_at: minutes/board/2026-01-05`, `item: 5`.
    pub(super) fn item_of(&self, one: &Shown) -> Option<(&'a Withheld, Span)> {
        let items = &one.parsed.visibility.items;
        if items.is_empty() {
            return None;
        }
        let meetings = self.meetings_of(one);
        meetings.into_iter().find_map(|(id, span)| Some((self.held_item(id, items)?, span)))
    }

    /// The meetings that the head of a document names as a whole.
    fn meetings_of(&self, one: &Shown) -> Vec<(&'a str, Span)> {
        let kind = self.kinds.get(one.parsed.kind);
        let mut found = Vec::new();
        if let Some(field) = kind.inside_of.as_deref().and_then(|name| kind.field(name)) {
            let named = references(&one.parsed.fields, field).into_iter().filter(|(named, _)| named.anchor.is_none());
            found.extend(
                named.flat_map(|(named, span)| self.meant(&named, field).into_iter().map(move |id| (id, span))),
            );
        }
        let whole = one.parsed.visibility.hangs_on.iter().filter(|(named, _)| named.anchor.is_none());
        for (named, span) in whole {
            let kinds = self.kinds.iter().map(|(_, kind)| kind).filter(|kind| kind.of_meeting);
            found.extend(self.named.find(&named.id, kinds).into_iter().map(|id| (id, *span)));
        }
        found.retain(|(id, _)| self.is_meeting(id));
        found
    }

    /// Whether a document is one of a meeting, by its folder.
    fn is_meeting(&self, id: &str) -> bool {
        let folder = id.split('/').next().and_then(|folder| self.kinds.by_folder(folder));
        folder.is_some_and(|kind| self.kinds.get(kind).of_meeting)
    }

    /// What of a public meeting is withheld and has one of these items. One that can be nothing else and is not there may have been in a
    /// passage.
    fn held_item(&self, id: &str, items: &[(Box<str>, bool)]) -> Option<&'a Withheld> {
        let body = &self.public.get(id)?.parsed.body;
        items.iter().find_map(|(item, sure)| match place_of_item(body, item) {
            Some(anchor) => self.held_at(id, Some(anchor)),
            None if *sure => {
                self.held.get(id)?.iter().copied().find(|held| held.why == Why::Passages && !held.passages.is_empty())
            }
            None => None,
        })
    }

    /// What is withheld at the meeting by which the folders of a record are called: `items/board/2026-01-05/5.md`. Not if its head names
    /// a meeting.
    pub(super) fn meeting_by_folder(&self, one: &Shown) -> Option<(&'a Withheld, Span)> {
        if one.parsed.standing.is_some() || !self.meetings_of(one).is_empty() {
            return None;
        }
        let (folder, name) = one.parsed.path.rsplit_once('/')?;
        let parts: Vec<&str> = folder.split('/').skip(1).collect();
        let (part, day) = parts.iter().find_map(|part| Some((*part, days::in_name(part)?)))?;
        let iso = Some(day.date).filter(|date| matches!(date, Date::Day(_)))?.iso()?;
        let around = [&part[..day.range.start], &part[day.range.end..]];
        let bodies: Vec<String> =
            parts.iter().filter(|other| **other != part).copied().chain(around).map(id_of).collect();
        let bodies: Vec<&str> =
            bodies.iter().map(|body| body.trim_matches('-')).filter(|body| !body.is_empty()).collect();
        let met = |id: &&str| bodies.is_empty() || id.split('/').any(|part| bodies.contains(&part));
        let meetings =
            self.named.find(&iso, std::iter::empty()).into_iter().filter(|id| self.is_meeting(id)).filter(met);
        let number = name.split(|sign: char| !sign.is_ascii_digit()).next().filter(|number| !number.is_empty());
        let mut items: Vec<(Box<str>, bool)> = number.map(|number| (number.into(), false)).into_iter().collect();
        items.extend(one.parsed.visibility.items.iter().map(|(item, _)| (item.clone(), false)));
        let mut held = meetings.filter_map(|id| self.held_at(id, None).or_else(|| self.held_item(id, &items)));
        Some((held.next()?, Span::whole(one.parsed.source)))
    }
}

/// The place in minutes that is an item, by its number or its title.
fn place_of_item<'text>(body: &'text Text, item: &str) -> Option<&'text str> {
    let (number, title) = (item.trim().trim_end_matches('.'), letters::name(item));
    let numbered = body.anchors.iter().find(|anchor| {
        matches!(anchor.kind, AnchorKind::Item | AnchorKind::Heading | AnchorKind::Numbered)
            && anchor.label.as_deref().is_some_and(|label| label.trim_end_matches('.') == number)
    });
    let titled = || body.headings.iter().find(|heading| letters::name(&heading.text) == title);
    numbered.map(|anchor| &*anchor.id).or_else(|| titled().map(|heading| &*body.anchor(heading.anchor).id))
}
