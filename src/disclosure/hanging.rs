//! What hangs on something withheld: items, decisions and actions in files of their own that were made at a withheld meeting,
//! at an exempt item, or at a decision that is withheld for that reason; and old copies beside it.
//!
//! Input: what an audience may see and what not, so far. Output: the same, with such files among what is withheld, and a
//! warning for each. Not here: records in a text, which go with their text (`decision.rs`).

use std::collections::HashMap;

use super::copies::{key, keys_of_originals, original_of};
use crate::diagnostic::Diagnostics;
use crate::kind::Kinds;
use crate::model::{Reference, Shown, Value, Why, Withheld};
use crate::source::Span;

/// Moves to `withheld` what was made where something is withheld, until nothing more is.
pub(super) fn withhold(
    mut shown: Vec<Shown>,
    withheld: &mut Vec<Withheld>,
    kinds: &Kinds,
    diagnostics: &mut Diagnostics,
) -> Vec<Shown> {
    // Without anything withheld nothing can hang on it.
    while !withheld.is_empty() {
        let mut held: HashMap<&str, Vec<&Withheld>> = HashMap::new();
        withheld.iter().for_each(|one| held.entry(&*one.id).or_default().push(one));
        // A folder may hold thousands, of which each would be compared with each.
        let mut beside: HashMap<(&str, String), Vec<usize>> = HashMap::new();
        for (index, one) in withheld.iter().enumerate() {
            let (folder, name) = folder_and_name(&one.path);
            beside.entry((folder, key(name))).or_default().push(index);
        }
        let public: HashMap<&str, &Shown> = shown.iter().map(|one| (&*one.parsed.id, one)).collect();
        let found: Vec<(usize, Why)> = shown
            .iter()
            .enumerate()
            .filter(|(_, one)| one.parsed.standing.is_none())
            .filter_map(|(index, one)| {
                let (folder, name) = folder_and_name(&one.parsed.path);
                let near = keys_of_originals(name).into_iter().filter_map(|key| beside.get(&(folder, key)));
                let originals = near.flatten().map(|index| (index, &withheld[*index])).filter(|(_, held)| {
                    let copy = original_of(name, folder_and_name(&held.path).1);
                    held.path != one.parsed.path && copy.is_some_and(|copy| copy.marked)
                });
                if let Some((_, held)) = originals.min_by_key(|(index, _)| **index) {
                    let span = Span::whole(one.parsed.source);
                    diagnostics.copy_of_withheld(span, &one.parsed.path, &held.path, held.why);
                    return Some((index, held.why.of_what_hangs_on_it()));
                }
                let (host, span) = made_at(one, kinds)
                    .into_iter()
                    .find_map(|(reference, span)| Some((host_of(reference, &public, &held)?, span)))?;
                diagnostics.made_at_withheld(span, &host.path, host.why);
                Some((index, host.why.of_what_hangs_on_it()))
            })
            .collect();
        if found.is_empty() {
            break;
        }
        let mut kept = Vec::with_capacity(shown.len());
        let mut found = found.into_iter().peekable();
        for (index, one) in shown.into_iter().enumerate() {
            match found.next_if(|(found, _)| *found == index) {
                Some((_, why)) => withheld.push(Withheld::whole(one.parsed, why)),
                None => kept.push(one),
            }
        }
        shown = kept;
    }
    shown
}

fn folder_and_name(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Where a record was made, as its file says.
fn made_at<'shown>(one: &'shown Shown, kinds: &Kinds) -> Vec<(&'shown Reference, Span)> {
    let inside = kinds.get(one.parsed.kind).inside_of.as_deref();
    let entry = inside.and_then(|name| one.parsed.fields.0.iter().find(|entry| *entry.name == *name));
    let Some(entry) = entry else { return Vec::new() };
    match &entry.value {
        Value::Reference(reference) => vec![(reference, entry.span)],
        Value::List(list) => {
            let reference = |(value, span): &'shown (Value, Span)| match value {
                Value::Reference(reference) => Some((reference, *span)),
                _ => None,
            };
            list.iter().filter_map(reference).collect()
        }
        _ => Vec::new(),
    }
}

/// What is withheld at the place to which a reference leads: the document, or the passage with which that place goes on.
fn host_of<'held>(
    reference: &Reference,
    public: &HashMap<&str, &Shown>,
    held: &HashMap<&str, Vec<&'held Withheld>>,
) -> Option<&'held Withheld> {
    let held = held.get(&*reference.id)?.iter().copied();
    held.filter(|held| held.why != Why::Ended).find(|held| {
        if held.document.is_some() || held.passages.is_empty() {
            return true;
        }
        let Some(wanted) = &reference.anchor else { return false };
        let Some(body) = public.get(&*reference.id).map(|host| &host.parsed.body) else { return true };
        // A place that is not there may have been in the passage.
        let Some(place) = body.anchors.iter().find(|anchor| anchor.id == *wanted) else { return true };
        let follows = |passage: Span| {
            let between = |start: u32| place.span.start < start && start < passage.start;
            passage.start >= place.span.start && !body.anchors.iter().any(|anchor| between(anchor.span.start))
        };
        held.passages.iter().any(|passage| follows(passage.span))
    })
}
