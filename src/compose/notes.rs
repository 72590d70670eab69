//! Footnotes in a text: references to them, and the part of it that holds their texts.
//!
//! Input: the events of each footnote's text. Output: its elements, with the links back. Not here: numbers
//! (`note_numbers.rs`).

use pulldown_cmark::{Event, Tag, TagEnd};

use super::state::{DocumentPart, NoteText};
use super::writer::Writer;
use crate::model::{Element, NoteId};

impl Writer<'_> {
    /// The texts of the footnotes, in the order of their numbers; those that nothing refers to come last.
    pub(super) fn footnotes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let all = self.out.open(Element::Notes);
        let mut next = 0;
        loop {
            while next < self.out.text.notes.len() {
                self.footnote_text(NoteId::at(next));
                next += 1;
            }
            let Some(unused) = self.notes.number_unused() else { break };
            self.know_note(unused);
        }
        self.out.close(all);
    }

    fn footnote_text(&mut self, note: NoteId) {
        let (_, events) = self.notes.text(note);
        let inside = &self.from.list[events.clone()];
        let ends_with_paragraph = matches!(inside.last(), Some((Event::End(TagEnd::Paragraph), _)));
        let begins = || inside.iter().rposition(|(event, _)| matches!(event, Event::Start(Tag::Paragraph)));
        let last_paragraph = ends_with_paragraph.then(begins).flatten().map(|last| events.start + last);
        self.part = DocumentPart::Note(NoteText { note, last_paragraph });
        let node = self.out.open(Element::NoteText(note));
        self.blocks(events);
        let linked = self.out.text.nodes[node.index()..].iter().any(|node| node.element == Element::NoteBack(note));
        if !linked {
            self.out.mark(Element::NoteBack(note));
        }
        self.out.close(node);
        self.part = DocumentPart::Body;
    }
}
