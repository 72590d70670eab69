//! What is open and known while a text is built: containers, the line, labels, the part of the document.
//!
//! Input: none; these are the parts of a [`Writer`](super::writer::Writer), changed by the files that build with them.
//! Output: what those files have to know of each other. Not here: the records ([`records`](super::records)).

use super::builder::Position;
use crate::model::{AnchorId, LinkId, NodeId, NoteId, RecordId};
use crate::outline::model::{LabelParent, Outline};

/// The quotations, lists, items and folds that are open.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    /// Quotations, lists and items.
    pub(super) containers: Vec<Container>,
    /// How many of the containers count for the depth of a page.
    pub(super) depth: usize,
    /// Where `<details>` and `</details>` stand that are elements.
    pub(super) details: Vec<usize>,
    /// The elements of those of them that are open.
    pub(super) folds: Vec<NodeId>,
    /// How many quotations are open that are no records.
    pub(super) quoted: usize,
    /// The level of the heading above.
    pub(super) level: u8,
}

impl Nesting {
    pub(super) fn new(details: Vec<usize>) -> Self {
        Self { details, level: 1, ..Self::default() }
    }
}

/// A quotation, list or item that is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Container {
    pub(super) kind: Kind,
    /// Its element; `None` where it lies too deep to have one.
    pub(super) node: Option<NodeId>,
    /// The anchor of an item that waits for the words of its first paragraph.
    pub(super) own: Option<AnchorId>,
    /// Whether it is a part of a record.
    pub(super) limb: bool,
    /// Whether it is a quotation of somebody else's words.
    pub(super) quotes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Block,
    NumberedList,
    Item,
}

/// What is open within a run.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Links; `None` for one that is printed as text.
    pub(super) links: Vec<Option<OpenLink>>,
    /// Spans of marked words, and sentences that are records.
    pub(super) spans: Vec<Marked>,
    /// Records that are sentences, whose brackets have not come yet.
    pub(super) sentences: Vec<RecordId>,
    /// Records of them that recognition found, with the letters and signs of the words that only mark them.
    pub(super) found: Vec<(RecordId, usize)>,
    /// Emphasis and tags: their elements; `None` for one that lies too deep to have one.
    pub(super) markup: Vec<Option<NodeId>>,
    /// Whether words lead to what explains them: the glossary, an Act.
    pub(super) glossed: bool,
    /// Whether the line is a heading.
    pub(super) in_heading: bool,
}

/// What marked words are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Marked {
    /// Words, without an element.
    Words,
    /// A place with a name.
    Place(NodeId),
    /// A record; where its words begin in `plain`, and whether a bracket after them makes it one.
    Record { record: RecordId, node: NodeId, from: usize, bracket: bool },
}

#[derive(Debug, Clone, Copy)]
pub(super) struct OpenLink {
    pub(super) link: LinkId,
    pub(super) node: NodeId,
}

/// The labels of a text, while it is built.
#[derive(Debug, Default)]
pub(super) struct Labels<'a> {
    /// What is known of the text as a whole, from `recognise`.
    pub(super) outline: Outline<'a>,
    /// The anchors of its printed labels, as far as the text has come.
    pub(super) anchors: Vec<Option<AnchorId>>,
    /// The anchors of its headings, with the events that begin them.
    pub(super) headings: Vec<(usize, AnchorId)>,
    /// The nearest label at or above the block that is built.
    pub(super) nearest: LabelParent,
    /// The label of the heading that is built, with those that it hangs on.
    pub(super) heading: Option<Box<str>>,
    /// The place after the label with which the block begins.
    pub(super) end: Option<Position>,
}

impl<'a> Labels<'a> {
    pub(super) fn new(outline: Outline<'a>) -> Self {
        let anchors = vec![None; outline.labels.len()];
        Self { outline, anchors, ..Self::default() }
    }

    /// The anchor of what a label hangs on; `None` where that has none.
    pub(super) fn anchor_of(&self, parent: LabelParent) -> Option<AnchorId> {
        match parent {
            LabelParent::Nothing | LabelParent::Text => None,
            LabelParent::Label(label) => *self.anchors.get(label)?,
            LabelParent::Heading(event) => {
                let index = self.headings.binary_search_by_key(&event, |(heading, _)| *heading).ok()?;
                Some(self.headings[index].1)
            }
        }
    }
}

/// The parts of a document, which differ in what may stand in them.
#[derive(Debug, Clone, Copy)]
pub(super) enum DocumentPart {
    /// The heading that is its title: it refers to no footnotes.
    Title,
    /// Its text.
    Body,
    /// The text of a footnote: it has no places of its own.
    Note(NoteText),
}

/// How often something happened of which there may be too much.
#[derive(Debug, Default)]
pub(super) struct MessageCounts {
    /// Tags that are printed as text.
    pub(super) html: usize,
    /// Comments that are left out.
    pub(super) comments: usize,
    /// Printed labels that stand twice.
    pub(super) repeated: usize,
    /// Whether it was said that containers lie too deep in one another.
    pub(super) too_deep: bool,
    /// Bytes of code that were coloured.
    pub(super) coloured: usize,
    /// Whether the lead of the text is a paragraph that stands in no list or quotation.
    pub(super) leads: bool,
}

/// The footnote whose text is being built.
#[derive(Debug, Clone, Copy)]
pub(super) struct NoteText {
    pub(super) note: NoteId,
    /// The index of the event that begins its last paragraph, if it ends with one: the links back stand in it.
    pub(super) last_paragraph: Option<usize>,
}
