//! Footnotes that go with a passage, because nothing else refers to them.
//!
//! Input: the events of a text, and the ranges of it that are gone. Output: the ranges of such footnotes. Not here: why
//! it goes (`disclosure`).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::Piece;

/// Footnotes to which only what is gone refers, or other such footnotes.
pub(crate) fn orphaned_notes(list: &[Piece<'_>], gone: &[Range<usize>]) -> Vec<Range<usize>> {
    let is_gone = |at: usize| {
        let index = gone.partition_point(|range| range.start <= at);
        index > 0 && at < gone[index - 1].end
    };
    let mut notes: Vec<Footnote> = Vec::new();
    let mut by_label: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let (mut public, mut exempt) = (Vec::new(), Vec::new());
    let mut inside: Vec<usize> = Vec::new();
    for (event, range) in list {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                inside.push(notes.len());
                by_label.entry(label.to_lowercase()).or_default().push(notes.len());
                notes.push(Footnote { range: range.clone(), refers_to: Vec::new() });
            }
            Event::End(TagEnd::FootnoteDefinition) => drop(inside.pop()),
            Event::FootnoteReference(label) if is_gone(range.start) => exempt.push(label.to_lowercase()),
            Event::FootnoteReference(label) => match inside.last() {
                Some(note) => notes[*note].refers_to.push(label.to_lowercase()),
                None => public.push(label.to_lowercase()),
            },
            _ => {}
        }
    }
    let from_exempt = reached(&notes, &by_label, exempt);
    // A footnote to which nothing refers is printed too, and what it refers to with it.
    let unused = notes.iter().zip(&from_exempt).filter(|(note, reached)| !**reached && !is_gone(note.range.start));
    public.extend(unused.flat_map(|(note, _)| note.refers_to.iter().cloned()));
    let from_public = reached(&notes, &by_label, public);
    let orphaned = notes.into_iter().zip(from_exempt.into_iter().zip(from_public));
    let orphaned = orphaned.filter(|(note, (exempt, public))| *exempt && !*public && !is_gone(note.range.start));
    orphaned.map(|(note, _)| note.range).collect()
}

struct Footnote {
    range: Range<usize>,
    refers_to: Vec<String>,
}

/// Which footnotes are reached from these labels, also through other footnotes.
fn reached(notes: &[Footnote], by_label: &BTreeMap<String, Vec<usize>>, mut labels: Vec<String>) -> Vec<bool> {
    let mut reached = vec![false; notes.len()];
    let mut seen = BTreeSet::new();
    while let Some(label) = labels.pop() {
        if !seen.insert(label.clone()) {
            continue;
        }
        for note in by_label.get(&label).into_iter().flatten() {
            if !std::mem::replace(&mut reached[*note], true) {
                labels.extend(notes[*note].refers_to.iter().cloned());
            }
        }
    }
    reached
}
