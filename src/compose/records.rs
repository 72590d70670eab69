//! The records of a text while it is built: those that are found so far, and those whose words are being said.
//!
//! Input: none; this is a part of a [`Writer`](super::writer::Writer). Output: a [`TextRecord`] for each. Not here: where
//! records begin and end (`written.rs`).

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::kind::KindId;
use crate::model::{AnchorId, NodeId, RecordId, TextRecord};
use crate::outline::model::{Form, LabelParent};

/// The records of a text, while it is built.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// In the order in which they begin.
    pub(super) list: Vec<TextRecord>,
    /// The records and parts whose words are being added; the innermost last.
    pub(super) open: Vec<Open>,
    /// Which record each of the outline's is.
    pub(super) built: HashMap<usize, RecordId>,
    /// Records that have no name yet: their labels are not built.
    pub(super) nameless: Vec<Nameless>,
    /// How often each name was given.
    pub(super) names: HashMap<(KindId, String), u32>,
    /// The record of which each label is a part, and its name there: `2`, `2.a`.
    pub(super) parts: BTreeMap<usize, (RecordId, String)>,
    /// Of a section that is an item and another record too: the latter, which lies within, and the item.
    pub(super) twins: HashMap<RecordId, RecordId>,
    /// Whether an attribute would withhold one of them.
    pub(super) in_doubt: bool,
    /// How often it was said that an attribute is of nothing.
    pub(super) told: usize,
    /// What an item leaves to its first paragraph.
    pub(super) pending: Pending,
    /// Whether the block that is built begins with the words that open a record.
    pub(super) opening_words: bool,
    /// The letters and signs of those words, where they are none of the kind's.
    pub(super) mark: usize,
    /// The anchor of the heading that comes, where a record is found by it.
    pub(super) heading_anchor: Option<AnchorId>,
    /// The item whose row of a table is built.
    pub(super) row_item: Option<RecordId>,
    /// The event after the heading of an item, and the item.
    pub(super) after_item: Option<(usize, RecordId)>,
}

/// A record without a name.
#[derive(Debug)]
pub(super) struct Nameless {
    pub(super) record: RecordId,
    /// The nearest label at or above it.
    pub(super) nearest: LabelParent,
    /// The name that its author gave it, and where.
    pub(super) given: Option<(String, Range<usize>)>,
    /// Letters made of its words, where these alone say what it is: then another record above or below it moves no name.
    pub(super) key: Option<String>,
}

/// A record or a part of one whose words are being said.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) what: What,
    /// The event after its words; of a part and of words in a line, whoever opened it ends it.
    pub(super) end: usize,
    /// Its element, where that is its own.
    pub(super) node: Option<NodeId>,
    /// The first words of the record or part, at most 600 characters.
    pub(super) text: String,
    /// The word that opens it, as the kind's file has it.
    pub(super) word: Option<Box<str>>,
}

/// What is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Record { record: RecordId, form: Form },
    Limb { record: RecordId, limb: usize },
}

/// What an item of a list leaves to its first paragraph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Pending {
    /// The anchor of the item, if it is made of the paragraph's words.
    pub(super) own: Option<AnchorId>,
    /// Whether the item has an anchor, so that its first paragraph needs none.
    pub(super) named: bool,
    /// Where the item's number stands, if it is not said yet.
    pub(super) number: Option<(usize, usize)>,
    /// To whom the attributes of the paragraph belong.
    pub(super) target: AttributeTarget,
    /// Whether it opens a record as a whole.
    pub(super) opens: bool,
}

/// To whom the attributes of a block belong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum AttributeTarget {
    /// To nobody: only a name is of use.
    #[default]
    Nobody,
    /// To a record that has them already.
    Record,
    /// To a part of a record.
    Limb { record: RecordId, limb: usize },
}

/// What a block of text is beside a paragraph or an item.
#[derive(Debug, Default)]
pub(super) struct BlockRole {
    /// The anchors of the part and of the record that it is.
    pub(super) anchors: Vec<AnchorId>,
    /// The kind of the record that it is.
    pub(super) kind: Option<KindId>,
    /// To whom its attributes belong.
    pub(super) target: AttributeTarget,
    /// Whether it begins with words that open a record.
    pub(super) opens: bool,
    /// The part of a record that it is, and whether that has a label.
    pub(super) limb: Option<(RecordId, usize, bool)>,
    /// The record that it is.
    pub(super) record: Option<RecordId>,
}

impl Records {
    pub(super) fn get(&mut self, record: RecordId) -> &mut TextRecord {
        &mut self.list[record.index()]
    }
}
