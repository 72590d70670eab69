//! Lists of records: what was made where, what each meeting found open, where something was considered.
//!
//! Input: a site, once. Output: lists that questions are answered from, so that no page walks the site. Not here: words.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil;

use super::facts::{DEEPEST_PLACE, Store, body_end, day, value};
use crate::kind::{Field, Kind, KindId, Role, Stage};
use crate::language::Language;
use crate::model::{DocumentId, LONGEST_THREAD, Published, RelationEnd, Site, Value};

/// So many of the matters that a meeting found open stand on its page; the register has the others.
pub const MOST_ARISING: usize = 12;

/// What records need beside the lists of all documents.
#[derive(Debug, Default)]
pub struct Records {
    /// A document, or a record in it → the records made right in it, in the order of the text, then those in files.
    children: BTreeMap<DocumentId, Vec<DocumentId>>,
    /// A meeting → what it found open, the latest first, at most [`MOST_ARISING`]; and how much it was.
    arising: BTreeMap<DocumentId, (Vec<DocumentId>, usize)>,
    /// What is considered → where.
    threads: BTreeMap<DocumentId, Vec<DocumentId>>,
}

impl Records {
    /// One walk over the records, and one over what each body met and promised.
    #[must_use]
    pub fn new(site: &Site, language: &Language) -> Self {
        Self {
            children: children(site, language),
            arising: arising(site, language),
            threads: threads(site).into_iter().collect(),
        }
    }

    /// The records made right in a document or a record.
    #[must_use]
    pub fn children(&self, id: DocumentId) -> &[DocumentId] {
        self.children.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The records made in a document or a record, and in those: each before what was made in it.
    #[must_use]
    pub fn made(&self, id: DocumentId) -> Vec<DocumentId> {
        let mut made = Vec::new();
        self.gather(id, 0, &mut made);
        made
    }

    fn gather(&self, id: DocumentId, depth: usize, made: &mut Vec<DocumentId>) {
        if depth > DEEPEST_PLACE {
            return;
        }
        for child in self.children(id) {
            made.push(*child);
            self.gather(*child, depth + 1, made);
        }
    }

    /// What a meeting found open, and how much it was.
    #[must_use]
    pub fn arising(&self, meeting: DocumentId) -> (&[DocumentId], usize) {
        self.arising.get(&meeting).map_or((&[], 0), |(list, total)| (list, *total))
    }

    /// Where something was considered, the latest first.
    #[must_use]
    pub fn thread(&self, id: DocumentId) -> &[DocumentId] {
        self.threads.get(&id).map_or(&[], Vec::as_slice)
    }
}

fn children(site: &Site, language: &Language) -> BTreeMap<DocumentId, Vec<DocumentId>> {
    let mut children: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
    for (id, document) in site.ids() {
        if let Some(place) = &document.place
            && !matches!(document.published, Published::Tombstone(_))
        {
            children.entry(place.inside.unwrap_or(place.host)).or_default().push(id);
        }
    }
    for list in children.values_mut() {
        list.sort_by_cached_key(|id| (position(site, *id), order_of_file(site, language, *id), *id));
    }
    children
}

/// The place of a record in the text of its host; files stand after the records of the text.
fn position(site: &Site, id: DocumentId) -> (bool, u32) {
    let wording = site.document(id).place.as_ref().and_then(|place| place.wording.as_ref());
    (wording.is_none(), wording.map_or(0, |wording| wording.stretch.first))
}

/// Files stand in the order of their kinds, and of their printed numbers.
fn order_of_file(site: &Site, language: &Language, id: DocumentId) -> (KindId, String) {
    let file = site.document(id).place.as_ref().is_some_and(|place| place.wording.is_none());
    let number = value(site, id, Role::Number).filter(|_| file).and_then(Value::text).unwrap_or_default();
    (site.document(id).kind, language.sort_key(number))
}

/// The anchor that a record in a file names as the place where it was made: `minutes/board/2021-09-07#item-9`.
#[must_use]
pub fn named_place(site: &impl Store, id: DocumentId) -> Option<&str> {
    let field = site.kinds().get(site.document(id).kind).inside_of.as_deref()?;
    let named = site.relations(id).iter().find(|relation| *relation.field == *field)?;
    match &named.end {
        RelationEnd::Document { anchor, .. } => anchor.as_deref(),
        RelationEnd::Words(_) => None,
    }
}

/// The document in which a record was made, outside all others: its meeting. A document that is no record is its own.
#[must_use]
pub fn made_in(site: &impl Store, id: DocumentId) -> DocumentId {
    let mut here = id;
    for _ in 0..DEEPEST_PLACE {
        match &site.document(here).place {
            Some(place) => here = place.host,
            None => break,
        }
    }
    here
}

/// The day on which a record was made; of another document, its first day.
#[must_use]
pub fn made_on(site: &impl Store, id: DocumentId) -> Option<civil::Date> {
    day(site.document(made_in(site, id))).or_else(|| day(site.document(id)))
}

/// What was decided: the outcome of a document, else those of its parts, each once; with the field that names it.
#[must_use]
pub fn outcomes(site: &impl Store, id: DocumentId) -> Vec<(&Field, &str)> {
    let document = site.document(id);
    let kind = site.kinds().get(document.kind);
    let own = kind.role(Role::Outcome).and_then(|field| match document.fields.get(&field.name)? {
        Value::Choice(name) => Some((field, name.as_ref())),
        _ => None,
    });
    own.map_or_else(|| outcomes_of_parts(site, id, kind), |own| vec![own])
}

fn outcomes_of_parts<'site>(
    site: &'site impl Store,
    id: DocumentId,
    kind: &'site Kind,
) -> Vec<(&'site Field, &'site str)> {
    let parts = kind.role(Role::Parts);
    let Some((outcome, parts)) = parts.and_then(|parts| Some((parts.part(Role::Outcome)?, parts))) else {
        return Vec::new();
    };
    let groups = site.document(id).fields.get(&parts.name).map(Value::groups).unwrap_or_default();
    let mut names: Vec<(&Field, &str)> = Vec::new();
    for name in groups.into_iter().filter_map(|group| group.get(&outcome.name)?.text()) {
        if !names.iter().any(|(_, known)| *known == name) {
            names.push((outcome, name));
        }
    }
    names
}

/// Whether it was put off to a later meeting.
#[must_use]
pub fn is_put_off(site: &Site, id: DocumentId) -> bool {
    outcomes(site, id)
        .into_iter()
        .any(|(field, name)| field.choices().iter().any(|choice| choice.value == name && choice.stage == Stage::Coming))
}

/// Of each document whose kind asks for it, where it was considered: all that is about it, but for what was made inside
/// something that is, the latest first.
#[must_use]
pub fn threads(site: &Site) -> Vec<(DocumentId, Vec<DocumentId>)> {
    let wanted = site.ids().filter(|(_, document)| site.kinds.get(document.kind).thread);
    let threads = wanted.map(|(id, _)| (id, thread(site, id)));
    threads.filter(|(_, thread)| !thread.is_empty()).collect()
}

/// Whether the thread of a document has a page of its own.
#[must_use]
pub fn is_long(thread: &[DocumentId]) -> bool {
    thread.len() > LONGEST_THREAD
}

fn thread(site: &Site, id: DocumentId) -> Vec<DocumentId> {
    let is_about = |(from, at): &&(DocumentId, u32)| {
        let about = site.kinds.get(site.document(*from).kind).role(Role::About);
        about.is_some_and(|about| *site.relations[from.0 as usize][*at as usize].field == *about.name)
    };
    let gone = |id: &DocumentId| matches!(site.document(*id).published, Published::Tombstone(_));
    let backlinks = site.backlinks[id.0 as usize].iter().filter(is_about).map(|(from, _)| *from);
    let about: BTreeSet<DocumentId> = backlinks.filter(|from| !gone(from)).collect();
    let inside_another = |id: &DocumentId| {
        let around = std::iter::successors(Some(*id), |id| site.document(*id).place.as_ref()?.inside);
        around.skip(1).take(DEEPEST_PLACE).any(|outer| about.contains(&outer))
    };
    let mut thread: Vec<DocumentId> = about.iter().copied().filter(|id| !inside_another(id)).collect();
    thread
        .sort_by_cached_key(|id| (std::cmp::Reverse(made_on(site, *id)), made_in(site, *id), position(site, *id), *id));
    thread
}

/// Who met: a body with a page, or its name.
type Body<'site> = Result<DocumentId, &'site str>;

/// What happens to the matters of a body, in the order in which it counts on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// Done before the meeting.
    Closed,
    /// It meets.
    Met,
    /// Taken up by the meeting, which found it open.
    TakenUp,
    /// Promised or put off by the meeting.
    Opened,
}

/// What happens to the matters of each body, in the order of days.
type Turns<'site> = BTreeMap<Body<'site>, Vec<(civil::Date, Turn, DocumentId)>>;

fn turns<'site>(site: &'site Site, language: &Language) -> Turns<'site> {
    let mut turns = Turns::new();
    let taken_up = items_by_title(site, language);
    for (id, document) in site.ids() {
        let Some(body) = who_met(site, id) else { continue };
        let Some(made) = made_on(site, id) else { continue };
        if site.kinds.get(document.kind).heading_kind.is_some() {
            turns.entry(body).or_default().push((made, Turn::Met, id));
        } else if let Some((closed, turn)) = open_until(site, language, id, (body, made), &taken_up) {
            let turns = turns.entry(body).or_default();
            turns.push((made, Turn::Opened, id));
            turns.extend(closed.map(|closed| (closed, turn, id)));
        }
    }
    turns.values_mut().for_each(|turns| turns.sort_unstable());
    turns
}

/// What is open, each with the day on which it was promised or put off.
type Open = BTreeSet<(civil::Date, DocumentId)>;

/// Does to `open` what one turn does.
fn take(site: &Site, (on, turn, id): (civil::Date, Turn, DocumentId), open: &mut Open) {
    match turn {
        Turn::Opened => drop(open.insert((on, id))),
        Turn::Closed | Turn::TakenUp => drop(open.remove(&(made_on(site, id).unwrap_or(on), id))),
        Turn::Met => {}
    }
}

/// The latest of what is open, at most [`MOST_ARISING`].
fn latest(open: &Open) -> Vec<DocumentId> {
    open.iter().rev().take(MOST_ARISING).map(|(_, id)| *id).collect()
}

/// For each meeting, what earlier meetings of the body left open.
fn arising(site: &Site, language: &Language) -> BTreeMap<DocumentId, (Vec<DocumentId>, usize)> {
    let mut arising = BTreeMap::new();
    for turns in turns(site, language).into_values() {
        let mut open = Open::new();
        for turn in turns {
            take(site, turn, &mut open);
            if turn.1 == Turn::Met && !open.is_empty() {
                arising.insert(turn.2, (latest(&open), open.len()));
            }
        }
    }
    arising
}

/// What a body that meets on a day finds open, the latest first, at most [`MOST_ARISING`]: for a meeting that is not written yet.
#[must_use]
pub fn open_matters(site: &Site, language: &Language, body: DocumentId, day: civil::Date) -> Vec<DocumentId> {
    let mut open = Open::new();
    let turns = turns(site, language).remove(&Ok(body)).unwrap_or_default();
    turns.into_iter().filter(|(on, _, _)| *on < day).for_each(|turn| take(site, turn, &mut open));
    latest(&open)
}

/// What was put off to a later meeting and was taken up there: an item of the same title was before the body again.
#[must_use]
pub fn taken_up_again(site: &Site, language: &Language) -> BTreeSet<DocumentId> {
    let taken_up = items_by_title(site, language);
    let is_over = |id: &DocumentId| {
        let met = who_met(site, *id).zip(made_on(site, *id));
        let until = met.and_then(|met| open_until(site, language, *id, met, &taken_up));
        matches!(until, Some((Some(_), Turn::TakenUp)))
    };
    site.ids().map(|(id, _)| id).filter(is_over).collect()
}

fn who_met(site: &Site, id: DocumentId) -> Option<Body<'_>> {
    Some(match body_end(site, id)? {
        RelationEnd::Document { document, .. } => Ok(*document),
        RelationEnd::Words(words) => Err(words),
    })
}

/// The days on which a body took an item of a title, in order.
type TakenUp<'site> = BTreeMap<(Body<'site>, String), Vec<civil::Date>>;

fn items_by_title<'site>(site: &'site Site, language: &Language) -> TakenUp<'site> {
    let mut items = TakenUp::new();
    for (id, document) in site.ids().filter(|(id, _)| is_item(site, *id)) {
        if let (Some(body), Some(day)) = (who_met(site, id), made_on(site, id)) {
            items.entry((body, language.sort_key(&document.title))).or_default().push(day);
        }
    }
    for days in items.values_mut() {
        days.sort_unstable();
    }
    items
}

/// Whether it is an item of the agenda of the document in which it stands.
#[must_use]
pub fn is_item(site: &impl Store, id: DocumentId) -> bool {
    let document = site.document(id);
    let kind = site.kinds().get(document.kind).name.as_str();
    let host = document.place.as_ref().map(|place| site.kinds().get(site.document(place.host).kind));
    host.is_some_and(|host| host.heading_kind.as_deref() == Some(kind) || host.inside_kind.as_deref() == Some(kind))
}

/// The item of an agenda in which a record was made: what it was about.
#[must_use]
pub fn item_around(site: &impl Store, id: DocumentId) -> Option<DocumentId> {
    let around = |id: &DocumentId| site.document(*id).place.as_ref()?.inside;
    std::iter::successors(around(&id), around).find(|outer| is_item(site, *outer))
}

/// Of a record that is still to be done or was put off: the day on which that ended, if it did. `None` for others.
fn open_until<'site>(
    site: &'site Site,
    language: &Language,
    id: DocumentId,
    (body, made): (Body<'site>, civil::Date),
    taken_up: &TakenUp<'site>,
) -> Option<(Option<civil::Date>, Turn)> {
    let document = site.document(id);
    let place = document.place.as_ref()?;
    if site.kinds.get(document.kind).role(Role::Status).is_some() {
        let done = value(site, id, Role::Date).and_then(Value::date).and_then(crate::model::Date::earliest);
        return match document.stage {
            Stage::Ended => done.filter(|done| *done > made).map(|done| (Some(done), Turn::Closed)),
            _ => Some((None, Turn::Closed)),
        };
    }
    // A decision that puts its item off is told by the item.
    let returns = || is_put_off(site, id) || value(site, id, Role::Returns).is_some();
    if !returns() || place.inside.is_some_and(|item| is_put_off(site, item)) {
        return None;
    }
    let subject = place.inside.filter(|item| is_item(site, *item)).unwrap_or(id);
    let days = taken_up.get(&(body, language.sort_key(&site.document(subject).title)));
    let again = days.and_then(|days| days.get(days.partition_point(|day| *day <= made)).copied());
    let replaced = value(site, id, Role::Successor).is_some();
    (!replaced).then_some((again, Turn::TakenUp))
}
