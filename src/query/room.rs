//! Who was in the room for an item, as far as the minutes say who was there and who came and went.
//!
//! Input: a meeting, or an item of it. Output: names as printed. Not here: whether a name is somebody who has a page
//! (`assemble/people.rs`), and words for pages.

use super::facts::{Store, value};
use super::records::{is_item, made_in};
use crate::kind::Role;
use crate::lexicon::Lexicon;
use crate::lexicon::names::{PersonName, name_of_entry};
use crate::model::{Did, DocumentId, Value};

/// One line of who came and went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved<'site> {
    /// The name as printed.
    pub who: &'site str,
    /// What they did.
    pub did: Did,
    /// The number of the item.
    pub item: Option<&'site str>,
    /// The time of day.
    pub at: Option<&'site str>,
    /// In whose place they sat.
    pub instead: Option<&'site str>,
    /// What the record says of it.
    pub words: Option<&'site str>,
}

/// Who was in the room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Room {
    /// Members who were there as the item began, as far as is said.
    pub there: Vec<String>,
    /// Those who were not, or not to its end, each with what they did.
    pub out: Vec<(String, Did)>,
    /// Those who came while it was taken.
    pub came: Vec<String>,
    /// Those who had declared an interest in it.
    pub declared: Vec<String>,
}

/// Who came and went at a meeting, in the order of its record.
#[must_use]
pub fn moves(site: &impl Store, meeting: DocumentId) -> Vec<Moved<'_>> {
    let Some(field) = site.kinds().get(site.document(meeting).kind).role(Role::Movements) else { return Vec::new() };
    let groups = value(site, meeting, Role::Movements).map(Value::groups).unwrap_or_default();
    let moved = groups.into_iter().filter_map(|group| {
        let said = |role: Role| group.with_role(field.parts(), role).and_then(Value::text);
        Some(Moved {
            who: said(Role::Title)?,
            did: Did::of_word(said(Role::Outcome)?)?,
            item: said(Role::Number),
            at: said(Role::Time),
            instead: said(Role::Successor),
            words: said(Role::Reason),
        })
    });
    moved.collect()
}

/// Who was in the room for an item. `None` where the record says of nobody at which item they came, went or had an interest: then
/// those who were there are named at the top, and nothing more is known.
#[must_use]
pub fn room(site: &impl Store, item: DocumentId) -> Option<Room> {
    if !is_item(site, item) {
        return None;
    }
    let meeting = made_in(site, item);
    let moves = moves(site, meeting);
    let placed: Vec<&Moved<'_>> = moves.iter().filter(|moved| moved.item.is_some()).collect();
    let number = value(site, item, Role::Number).and_then(Value::text).filter(|_| !placed.is_empty())?;
    let order = items(site, meeting);
    let place = |number: &str| order.iter().position(|other| *other == number);
    let here = place(number)?;
    let mut room = Room::default();
    // Whether somebody is there at the beginning of the item: by what they did last before it, else by what they do first after it.
    let mut state: Vec<(&str, Did, bool)> = Vec::new();
    let mut speaks = false;
    for moved in placed {
        let Some(at) = moved.item.and_then(place) else { continue };
        speaks = true;
        match (moved.did, at.cmp(&here)) {
            (Did::Declared, std::cmp::Ordering::Equal) => push(&mut room.declared, moved.who),
            (Did::Withdrew, std::cmp::Ordering::Equal) => state.push((moved.who, Did::Withdrew, true)),
            (Did::Left, std::cmp::Ordering::Less | std::cmp::Ordering::Equal) => {
                state.retain(|(who, ..)| !same(who, moved.who));
                state.push((moved.who, Did::Left, at == here));
            }
            (Did::Joined | Did::Returned, std::cmp::Ordering::Equal) => {
                state.retain(|(who, ..)| !same(who, moved.who));
                push(&mut room.came, moved.who);
            }
            (Did::Joined | Did::Returned, std::cmp::Ordering::Less) => state.retain(|(who, ..)| !same(who, moved.who)),
            (Did::Joined, std::cmp::Ordering::Greater) if !state.iter().any(|(who, ..)| same(who, moved.who)) => {
                state.push((moved.who, Did::Joined, false));
            }
            _ => {}
        }
    }
    let listed = match value(site, meeting, Role::Present) {
        Some(Value::List(list)) => list.iter().filter_map(|(entry, _)| entry.text()).map(name_of_entry).collect(),
        _ => Vec::new(),
    };
    let is_out =
        |name: &str| state.iter().any(|(who, ..)| same(who, name)) || room.came.iter().any(|who| same(who, name));
    room.there = listed.into_iter().filter(|name| !is_out(name)).map(str::to_owned).collect();
    room.out = state
        .into_iter()
        .map(|(who, did, during)| (who.to_owned(), if did == Did::Left && during { Did::Withdrew } else { did }))
        .collect();
    speaks.then_some(room)
}

/// The numbers of the items of a meeting, in the order of its text.
fn items(site: &impl Store, meeting: DocumentId) -> Vec<&str> {
    let records = site.document(meeting).records.iter().flatten();
    records.filter(|id| is_item(site, **id)).filter_map(|id| value(site, *id, Role::Number)?.text()).collect()
}

fn push(names: &mut Vec<String>, who: &str) {
    if !names.iter().any(|name| same(name, who)) {
        names.push(who.to_owned());
    }
}

/// Whether two names in one record can be those of one person.
fn same(one: &str, other: &str) -> bool {
    let name = |text: &str| PersonName::of(name_of_entry(text), Lexicon::english());
    name(one).agrees(&name(other)).is_some()
}
