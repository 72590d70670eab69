//! The builder of a [`Text`]: it opens and closes elements and adds words, and the tree is valid at any moment.
//!
//! Input: elements, marks and words, in reading order. Output: a text whose nodes cover their words.
//! Not here: which element a block is; the blocks are built in `blocks.rs`, the lines in `inline.rs`.

use crate::kind::KindId;
use crate::model::{AnchorId, Element, NameId, Node, NodeId, RecordId, Stretch, Text};

/// A text that is being built.
#[derive(Debug, Default)]
pub(super) struct Builder {
    /// What is built so far.
    pub(super) text: Text,
    /// The elements that are open, the innermost last.
    open: Vec<NodeId>,
}

/// A place between two words or elements of a text.
pub(super) type Position = (u32, u32);

impl Builder {
    /// An empty text with room for `events` events over `length` bytes of words.
    pub(super) fn with_room(length: usize, events: usize) -> Self {
        let words = String::with_capacity(length);
        let nodes = Vec::with_capacity(events / 3 + 8);
        Self { text: Text { words, nodes, ..Text::default() }, open: Vec::new() }
    }

    /// Begins an element.
    pub(super) fn open(&mut self, element: Element) -> NodeId {
        self.open_at(element, None)
    }

    /// Begins an element that is a place.
    pub(super) fn open_at(&mut self, element: Element, anchor: Option<AnchorId>) -> NodeId {
        let (next, start) = self.position();
        self.text.nodes.push(Node { element, anchor: None, start, end: start, next: next + 1 });
        let id = NodeId::at(next as usize);
        self.open.push(id);
        self.set_anchor(id, anchor);
        id
    }

    /// Makes a place of an element.
    pub(super) fn set_anchor(&mut self, id: NodeId, anchor: Option<AnchorId>) {
        self.text.nodes[id.index()].anchor = anchor;
        if let Some(anchor) = anchor {
            self.text.anchors[anchor.index()].node = Some(id);
        }
    }

    /// Ends an element and whatever is still open in it; nothing happens to one that has ended.
    pub(super) fn close(&mut self, id: NodeId) {
        let Some(from) = self.open.iter().rposition(|open| *open == id) else { return };
        let (next, end) = self.position();
        for open in self.open.drain(from..) {
            let node = &mut self.text.nodes[open.index()];
            (node.next, node.end) = (next, end);
        }
    }

    /// Ends an element, and takes it out again if nothing stands in it.
    pub(super) fn close_if_used(&mut self, id: NodeId) {
        self.close(id);
        let node = self.text.node(id);
        if node.start == node.end && id.index() + 1 == self.text.nodes.len() {
            self.text.nodes.pop();
        }
    }

    /// A mark, or an element without words.
    pub(super) fn mark(&mut self, element: Element) -> NodeId {
        let id = self.open(element);
        self.close(id);
        id
    }

    /// Where what is known of a record is shown.
    pub(super) fn record(&mut self, record: RecordId) {
        let id = self.mark(Element::Record(record));
        let records = &mut self.text.records;
        records.resize(records.len().max(record.index() + 1), None);
        records[record.index()] = Some(id);
    }

    /// An element that is nothing but a place.
    pub(super) fn place(&mut self, anchor: AnchorId) {
        let id = self.open_at(Element::Span, Some(anchor));
        self.close(id);
    }

    /// Words of the element that is open.
    pub(super) fn say(&mut self, words: &str) {
        self.text.words.push_str(words);
    }

    /// A whole element with these words.
    pub(super) fn element(&mut self, element: Element, words: &str) {
        let id = self.open(element);
        self.say(words);
        self.close(id);
    }

    /// The place that the text has come to.
    pub(super) fn position(&self) -> Position {
        (small(self.text.nodes.len()), small(self.text.words.len()))
    }

    /// A stretch that begins with what comes next.
    pub(super) fn here_on(&self) -> Stretch {
        let (first, start) = self.position();
        Stretch { first, next: first, start, end: start }
    }

    /// Has a stretch end here.
    pub(super) fn up_to_here(&self, stretch: &mut Stretch) {
        (stretch.next, stretch.end) = self.position();
    }

    /// Says of an element that it is a record.
    pub(super) fn of_kind(&mut self, id: NodeId, kind: KindId) {
        self.text.kinds.push((id, kind));
    }

    /// Says of an element in which language its words are.
    pub(super) fn in_language(&mut self, id: NodeId, tag: &str) {
        self.text.languages.push((id, tag.into()));
    }

    /// The text, with its places sorted.
    pub(super) fn finish(mut self) -> Text {
        let mut by_name: Vec<AnchorId> = (0..self.text.anchors.len()).map(AnchorId::at).collect();
        by_name.sort_unstable_by(|a, b| self.text.anchor(*a).id.cmp(&self.text.anchor(*b).id));
        self.text.by_name = by_name;
        // A name that another place has now is that one's.
        let mut former = std::mem::take(&mut self.text.former);
        former.sort();
        former.dedup_by(|second, first| second.0 == first.0);
        former.retain(|(name, _)| self.text.find(name).is_none());
        self.text.former = former;
        self.text
    }

    /// The id of a name, which is held once.
    pub(super) fn name(&mut self, name: &str) -> NameId {
        let known = self.text.names.iter().position(|known| **known == *name);
        NameId::at(known.unwrap_or_else(|| {
            self.text.names.push(name.into());
            self.text.names.len() - 1
        }))
    }
}

/// A length as nodes hold it; sources are capped far below four gigabytes by `read`.
pub(super) fn small(length: usize) -> u32 {
    u32::try_from(length).unwrap_or_else(|_| unreachable!("a text of more than four gigabytes is not read"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Step;

    #[test]
    fn what_is_left_open_in_an_element_ends_with_it() {
        let mut builder = Builder::default();
        let paragraph = builder.open(Element::Paragraph);
        let strong = builder.open(Element::Strong);
        builder.say("a");
        builder.close(paragraph);
        builder.close(strong);
        builder.element(Element::Paragraph, "b");
        let text = builder.text;
        let steps: Vec<Step<'_>> = text.steps(text.whole()).collect();
        let last = NodeId::at(2);
        let expected = [
            Step::Open(paragraph),
            Step::Open(strong),
            Step::Words("a"),
            Step::Close(strong),
            Step::Close(paragraph),
            Step::Open(last),
            Step::Words("b"),
            Step::Close(last),
        ];
        assert_eq!(steps, expected);
    }

    #[test]
    fn an_element_without_words_can_be_taken_out() {
        let mut builder = Builder::default();
        let empty = builder.open(Element::Strong);
        builder.close_if_used(empty);
        assert!(builder.text.is_empty());
    }
}
