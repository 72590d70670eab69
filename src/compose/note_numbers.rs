//! Footnotes: which text belongs to which reference, and their numbers.
//!
//! Input: the events of a text, and labels as references are met. Output: numbers in the order of first reference; those
//! to which nothing refers come last, so that no word is lost. Not here: the elements of footnotes (`notes.rs`).

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::markdown::events::Piece;
use crate::model::NoteId;

/// The footnotes of a text.
#[derive(Debug, Default)]
pub(super) struct Notes {
    definitions: Vec<Definition>,
    /// The first definition of each label.
    by_label: HashMap<String, usize>,
    /// The definition of each note, by its number less one.
    numbered: Vec<usize>,
    /// Every definition before this index has a number.
    next_unused: usize,
}

#[derive(Debug)]
struct Definition {
    label: Box<str>,
    /// The events of its text, without its own start and end.
    events: Range<usize>,
    /// Its index among the notes, once it has one.
    note: Option<NoteId>,
}

impl Notes {
    /// The footnotes that the events define.
    pub(super) fn of(list: &[Piece<'_>]) -> Self {
        let mut notes = Self::default();
        let mut open = Vec::new();
        for (index, (event, _)) in list.iter().enumerate() {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    open.push(notes.definitions.len());
                    let number = notes.definitions.len();
                    notes.by_label.entry(label.to_lowercase()).or_insert(number);
                    let label = label.to_string().into();
                    notes.definitions.push(Definition { label, events: index + 1..index + 1, note: None });
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some(definition) = open.pop() {
                        notes.definitions[definition].events.end = index;
                    }
                }
                _ => {}
            }
        }
        notes
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.definitions.is_empty()
    }

    /// The index of the event that ends the definition whose text begins with the event `first`.
    pub(super) fn end(&self, first: usize) -> usize {
        let index = self.definitions.partition_point(|definition| definition.events.start < first);
        self.definitions.get(index).map_or(first, |definition| definition.events.end)
    }

    /// The note to which a label refers; it gets a number with the first reference.
    pub(super) fn refer(&mut self, label: &str) -> Option<NoteId> {
        let definition = *self.by_label.get(&label.to_lowercase())?;
        Some(self.number(definition))
    }

    /// Gives a number to the next note to which nothing refers.
    pub(super) fn number_unused(&mut self) -> Option<NoteId> {
        let unused = self.definitions[self.next_unused..].iter().position(|definition| definition.note.is_none())?;
        self.next_unused += unused;
        Some(self.number(self.next_unused))
    }

    /// The label of a note and the events of its text.
    pub(super) fn text(&self, note: NoteId) -> (Box<str>, Range<usize>) {
        let definition = &self.definitions[self.numbered[note.index()]];
        (definition.label.clone(), definition.events.clone())
    }

    fn number(&mut self, definition: usize) -> NoteId {
        let next = NoteId::at(self.numbered.len());
        let note = *self.definitions[definition].note.get_or_insert(next);
        if note == next {
            self.numbered.push(definition);
        }
        note
    }
}
