//! The outline of a text: its labels, what each of them hangs on, and where records begin and end (content.md §3).
//!
//! Input: none; these are types, filled by the walk (`walk.rs`). Output: an [`Outline`], in the order of the text, and the
//! line breaks at which a paragraph is two. **Whether a number is a label depends only on what stands above it**, so that
//! nothing that is added below moves an anchor. Not here: ids (`compose` makes them), and what records are called.

use std::ops::Range;

use crate::kind::KindId;
use crate::markdown::plan::Braces;
use crate::recognise::findings::{Found, Likely, Said};
use crate::recognise::marked::Marked;

/// What is known of a text before it is built.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outline<'a> {
    /// Printed labels, in order.
    pub(crate) labels: Vec<Label>,
    /// Records that are blocks, in the order in which they begin.
    pub(crate) records: Vec<RecordBlock<'a>>,
    /// The blocks of which something is known, in order.
    pub(crate) places: Vec<BlockInfo>,
    /// The events that end a line after which a new paragraph begins, although nothing parts the two.
    pub(crate) breaks: Vec<usize>,
    /// The printed labels of headings, in order.
    pub(crate) headings: Vec<HeadingLabel>,
    /// Words of cells that are items, in order.
    pub(crate) cells: Vec<CellItem>,
    /// What an author should look at.
    pub(crate) remarks: Vec<Remark>,
    /// Records that are words in a line, in the order of the text; one may lie in another.
    pub(crate) sentences: Vec<Found>,
    /// Words that read like a record and are none for certain.
    pub(crate) likely: Vec<Likely>,
    /// What its author marked.
    pub(crate) marked: Marked,
}

/// The printed label of a heading.
#[derive(Debug, Clone)]
pub(crate) struct HeadingLabel {
    /// The event that begins the heading.
    pub(crate) event: usize,
    /// The label without words before it, brackets and full stop.
    pub(crate) label: Box<str>,
    /// The label as it is read: `Item 7`, `7.`
    pub(crate) typed: Box<str>,
    /// Where it stands in the text; of `7\.` only the number. `None` if it is no plain text.
    pub(crate) range: Option<Range<usize>>,
    /// The label with those that it hangs on: `V.A`.
    pub(crate) id: Box<str>,
}

/// Words of a cell that are the title of an item.
#[derive(Debug, Clone)]
pub(crate) struct CellItem {
    /// The event that begins the cell.
    pub(crate) event: usize,
    /// Where the words stand in the text.
    pub(crate) words: Range<usize>,
    /// The number of the item, which may stand in another cell; empty if it has none.
    pub(crate) number: Box<str>,
    /// The kind of the record.
    pub(crate) kind: KindId,
}

/// A printed label.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    /// Where it stands, brackets and full stop included.
    pub(crate) typed: Range<usize>,
    /// The label without brackets and full stop.
    pub(crate) label: Box<str>,
    /// What it hangs on.
    pub(crate) parent: LabelParent,
    /// Whether another label that is equal to it is worth a message.
    pub(crate) told: bool,
}

/// What a label hangs on, and so how its anchor begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum LabelParent {
    /// Nothing that could be cited; the words make the anchor.
    #[default]
    Nothing,
    /// The text: it numbers a paragraph.
    Text,
    /// The heading that begins with this event.
    Heading(usize),
    /// Another label.
    Label(usize),
}

/// What the outline knows of the block that begins with one event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BlockInfo {
    /// The event.
    pub(crate) event: usize,
    /// The block's label.
    pub(crate) label: Option<usize>,
    /// The records that begin with it: the outer one, the inner one.
    pub(crate) opens: [Option<usize>; 2],
    /// The record of which it is a part.
    pub(crate) limb_of: Option<usize>,
    /// The nearest label at or above it.
    pub(crate) nearest: LabelParent,
}

/// What holds the words of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// All up to the next heading of its level.
    Section,
    /// A paragraph and the blocks after it that are its parts.
    Group,
    /// A block quote.
    Quotation,
    /// An item of a list.
    Item,
    /// One paragraph.
    Paragraph,
}

/// A record that is a block or several.
#[derive(Debug, Clone)]
pub(crate) struct RecordBlock<'a> {
    /// What its author said of it.
    pub(crate) braces: Vec<Braces<'a>>,
    pub(crate) kind: KindId,
    pub(crate) form: Form,
    /// The event after it; of a quotation or an item, the one that ends it.
    pub(crate) end: usize,
    /// The word that opens it, as the kind's file has it.
    pub(crate) word: Option<Box<str>>,
    /// The number after that word.
    pub(crate) number: Option<Box<str>>,
    /// The nearest label at or above it.
    pub(crate) nearest: LabelParent,
    /// Whether its first sentence is whole, so that a list after it is another matter.
    pub(crate) finished: bool,
    /// The words that open it, where they are none of its kind's.
    pub(crate) mark: Box<str>,
    /// What is said of it.
    pub(crate) said: Vec<Said>,
    /// The title of an item of a list that is an item of the agenda.
    pub(crate) title: Option<Box<str>>,
}

/// A line that may be the heading of an item, and is not surely one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LikelyItem {
    /// The line as typed.
    pub(crate) typed: Range<usize>,
    /// Its words.
    pub(crate) words: String,
}

/// Something that an author should look at.
#[derive(Debug, Clone)]
pub(crate) struct Remark {
    /// The label, as typed.
    pub(crate) typed: Range<usize>,
    pub(crate) what: What,
}

/// What there is to look at.
#[derive(Debug, Clone)]
pub(crate) enum What {
    /// A number is missing before the label; holds the one that was expected.
    Gap(String),
    /// The number stands after one that should follow it; holds that one.
    Back(String),
    /// The number may be a label or part of a sentence, and was taken for the latter.
    Doubtful,
    /// The line may be the heading of an item; holds how that would be typed.
    LikelyItem(String),
    /// The heading has no number and may be that of an item; holds its words.
    UnnumberedItem(String),
    /// The line may begin with the title of an item, and its text goes on after that; holds its words.
    ItemInText(String),
}

impl Outline<'_> {
    /// Adds a remark for each line that may be the heading of an item, and the remarks of `others` on other places.
    pub(crate) fn likely_items(&mut self, likely: Vec<LikelyItem>, others: Vec<Remark>) {
        let remark = |LikelyItem { typed, words }| Remark { typed, what: What::LikelyItem(words) };
        let mut remarks: Vec<Remark> = likely.into_iter().map(remark).collect();
        remarks.extend(others);
        // The earlier of two on the same place stays.
        remarks.sort_by_key(|remark| remark.typed.start);
        remarks.dedup_by(|second, first| second.typed.start < first.typed.end);
        self.remarks.extend(remarks);
    }

    /// Whether all labels and places are those of `plain`, the outline of the same text as it is typed.
    pub(crate) fn is_as_typed(&self, plain: &Self) -> bool {
        let labels =
            |outline: &Self| outline.labels.iter().map(|label| (label.typed.clone(), label.parent)).collect::<Vec<_>>();
        let headings =
            |outline: &Self| outline.headings.iter().map(|label| (label.event, label.id.clone())).collect::<Vec<_>>();
        let places = |outline: &Self| {
            let known = outline.places.iter().filter(|place| place.opens != [None; 2] || place.limb_of.is_some());
            known.map(|place| (place.event, place.opens, place.limb_of)).collect::<Vec<_>>()
        };
        headings(self) == headings(plain) && labels(self) == labels(plain) && places(self) == places(plain)
    }

    /// What is known of the block that begins with `event`.
    pub(crate) fn place(&self, event: usize) -> Option<&BlockInfo> {
        self.places.binary_search_by_key(&event, |place| place.event).ok().map(|index| &self.places[index])
    }

    /// The same outline after events were added: `to` says where each event is now. The block after a break begins with
    /// the paragraph that was begun there.
    pub(crate) fn moved(mut self, to: impl Fn(usize) -> usize) -> Self {
        let breaks = std::mem::take(&mut self.breaks);
        let block = |event: usize| match event.checked_sub(1).filter(|before| breaks.binary_search(before).is_ok()) {
            Some(line_end) => to(line_end) + 1,
            None => to(event),
        };
        let parent = |parent: LabelParent| match parent {
            LabelParent::Heading(event) => LabelParent::Heading(to(event)),
            parent => parent,
        };
        for label in &mut self.labels {
            label.parent = parent(label.parent);
        }
        for record in &mut self.records {
            (record.end, record.nearest) = (block(record.end), parent(record.nearest));
        }
        for place in &mut self.places {
            (place.event, place.nearest) = (block(place.event), parent(place.nearest));
        }
        for heading in &mut self.headings {
            heading.event = to(heading.event);
        }
        for cell in &mut self.cells {
            cell.event = to(cell.event);
        }
        self
    }

    /// The records that are words of the part `range` of the prepared text.
    pub(crate) fn sentences_in(&self, range: &Range<usize>) -> &[Found] {
        let first = self.sentences.partition_point(|found| found.typed.start < range.start);
        let count = self.sentences[first..].partition_point(|found| found.typed.start < range.end);
        &self.sentences[first..first + count]
    }

    /// The printed label of the heading that begins with `event`.
    pub(crate) fn heading_label(&self, event: usize) -> Option<&HeadingLabel> {
        let index = self.headings.binary_search_by_key(&event, |heading| heading.event).ok()?;
        Some(&self.headings[index])
    }

    /// The item whose title stands in the cell that begins with `event`.
    pub(crate) fn cell_item(&self, event: usize) -> Option<&CellItem> {
        let index = self.cells.binary_search_by_key(&event, |cell| cell.event).ok()?;
        Some(&self.cells[index])
    }
}
