//! Earlier editions of documents: files in the folder that is named like the document, each under its first day.
//!
//! Input: what may be shown, and the kinds that have editions (`editions = true`). Output: which document is an earlier edition of which; the
//! table of all for the site. **Only the present edition is a promise**: records in the text of an earlier one are words, no documents,
//! so that nothing that was decided or promised once stands twice in lists and counts.
//! Not here: what changed (`compare`), and what is withheld, which is not among what may be shown.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use super::relations::Bound;
use crate::diagnostic::Diagnostics;
use crate::kind::{Kind, Kinds, Role};
use crate::language::Language;
use crate::model::{Date, DocumentId, Edition, Editions, Fields, Shown, Value};
use crate::source::Span;

/// The id of each earlier edition, with that of the present one.
pub type Earlier = BTreeMap<Box<str>, Box<str>>;

/// Finds the earlier editions, fills in their first days, and leaves out the records in their texts.
pub fn find(shown: &mut Vec<Shown>, kinds: &Kinds, language: &Language) -> Earlier {
    let has_editions = |one: &Shown| one.parsed.standing.is_none() && kinds.get(one.parsed.kind).editions;
    let files: BTreeMap<&str, usize> =
        (0..shown.len()).filter(|at| has_editions(&shown[*at])).map(|at| (&*shown[at].parsed.id, at)).collect();
    let mut found: Vec<(usize, usize, Option<Date>)> = Vec::new();
    for (id, at) in &files {
        let present = id.rsplit_once('/').and_then(|(folder, _)| files.get(folder));
        let kind = shown[*at].parsed.kind;
        if let Some(present) = present.filter(|present| shown[**present].parsed.kind == kind) {
            let first = first_day(&shown[*at], kinds.get(kind));
            found.extend(first.map(|first| (*at, *present, first)));
        }
    }
    // An edition has none of its own.
    let editions: BTreeSet<usize> = found.iter().map(|(at, ..)| *at).collect();
    found.retain(|(_, present, _)| !editions.contains(present));
    let earlier: Earlier =
        found.iter().map(|(at, of, _)| (shown[*at].parsed.id.clone(), shown[*of].parsed.id.clone())).collect();
    for (at, _, first) in found {
        name(&mut shown[at], first, kinds, language);
    }
    shown.retain(|one| one.parsed.standing.as_ref().is_none_or(|standing| !earlier.contains_key(&standing.host)));
    earlier
}

/// The first day of an edition, by its head or else by its name; `None` for a file that is none. One that has ended has no head left.
#[expect(clippy::option_option, reason = "whether it is an edition, and whether its day is known")]
fn first_day(shown: &Shown, kind: &Kind) -> Option<Option<Date>> {
    let parsed = &shown.parsed;
    let typed = kind.role(Role::EditionFrom).and_then(|field| parsed.fields.get(&field.name)).and_then(Value::date);
    let name = parsed.id.rsplit('/').next().unwrap_or_default();
    let named = Date::parse(name).filter(|date| date.iso().as_deref() == Some(name) && !matches!(date, Date::Year(_)));
    typed.or(named).map(|date| Some(date).filter(|date| *date != Date::Unknown))
}

/// Writes the first day into the field for it, and into the title: no two editions have one title.
fn name(shown: &mut Shown, first: Option<Date>, kinds: &Kinds, language: &Language) {
    let parsed = &mut shown.parsed;
    let kind = kinds.get(parsed.kind);
    let Some(first) = first else { return };
    if let Some(field) = kind.role(Role::EditionFrom).filter(|_| !shown.ended) {
        parsed.fields.fill(&field.name, Value::Date(first), Span::whole(parsed.source));
        parsed.fields.sort_as(&kind.fields);
    }
    let said = [("title", &*parsed.title), ("date", &language.date(first))];
    parsed.title = language.say("edition.title", &said).into();
}

/// The present edition of each document that is an earlier one.
pub fn bind(shown: &[Shown], earlier: &Earlier) -> Vec<Option<DocumentId>> {
    let at = |id: &str| shown.binary_search_by(|one| (*one.parsed.id).cmp(id)).ok();
    let present = |one: &Shown| {
        let id = earlier.get(&one.parsed.id).filter(|_| one.parsed.standing.is_none())?;
        at(id).and_then(|at| u32::try_from(at).ok()).map(DocumentId)
    };
    shown.iter().map(present).collect()
}

/// The first day of the present edition: typed, else the day on which the document was adopted, else the first of its period.
fn day_of_present(kind: &Kind, fields: &Fields) -> Option<Date> {
    let day = |role| fields.get(&kind.role(role)?.name).and_then(Value::date);
    [Role::EditionFrom, Role::Date, Role::From].into_iter().find_map(day).filter(|date| *date != Date::Unknown)
}

/// All editions, in the order of their days. Says where the present one would have begun before an earlier one.
pub fn table(index: &Index<'_>, bound: &[Bound], diagnostics: &mut Diagnostics) -> Editions {
    let mut lists: BTreeMap<DocumentId, Vec<Edition>> = BTreeMap::new();
    let first = |document: DocumentId| {
        let at = document.0 as usize;
        day_of_present(index.kinds.get(index.documents[at].parsed.kind), &bound[at].fields)
    };
    for (document, present) in (0..).map(DocumentId).zip(&index.present_of) {
        if let Some(present) = present {
            let edition = Edition { document, from: first(document), until: None };
            lists.entry(*present).or_default().push(edition);
        }
    }
    for (present, editions) in &mut lists {
        editions.sort_by_key(|edition| (edition.from.and_then(Date::earliest), edition.document));
        let last = Edition { document: *present, from: first(*present), until: None };
        check(index, editions, last, diagnostics);
        editions.push(last);
        for at in 1..editions.len() {
            editions[at - 1].until = editions[at].from;
        }
    }
    Editions::new(lists.into_values().collect())
}

/// Says where the first day of the present edition is not known, or is not after those of the earlier ones.
fn check(index: &Index<'_>, earlier: &[Edition], present: Edition, diagnostics: &mut Diagnostics) {
    let parsed = |edition: &Edition| &index.documents[edition.document.0 as usize].parsed;
    let Some(field) = index.kinds.get(parsed(&present).kind).role(Role::EditionFrom) else { return };
    let day = |edition: &Edition| edition.from.and_then(Date::earliest);
    let Some(last) = earlier.last() else { return };
    if day(last) >= day(&present) {
        let (source, other) = (parsed(&present).source, parsed(last));
        diagnostics.edition_order(Span::whole(source), &field.line(), (Span::whole(other.source), &other.path));
    }
}
