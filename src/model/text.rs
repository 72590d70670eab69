//! The text of a document: its words once, and over them a tree of what they are.
//!
//! Input: none; these are types, filled by the builder of `compose` alone. Output: a [`Text`], which encoders print: as HTML
//! (`html`), as passages (`index`), as plain words ([`Text::plain`]: open data, feeds, cards).
//! Not here: HTML, escaping, and where links lead, which only the whole site knows (`model::Document::landings`).
//!
//! The words of a text stand in one buffer, unescaped and in reading order. The nodes stand in pre-order in one list; each
//! says which words it covers and where its subtree ends, so that a walk follows no pointers and a part of a text is two
//! ranges. What a node needs besides stands in a table of its own (links, notes, …) and is named by a typed id.

use super::ids::{AnchorId, EmbedId, LinkId, NameId, NodeId, NoteId, RecordId, TermId};
use super::marks::{Anchor, Embed, Heading, Link, Note, Term};
use crate::kind::KindId;

/// A text, parsed.
#[derive(Debug, Clone, Default, PartialEq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Text {
    /// Every word that a reader of the text sees, once, unescaped, in reading order. The blocks follow each other without
    /// a sign between them: the nodes say where one ends.
    pub words: String,
    /// What the words are, in pre-order.
    pub nodes: Vec<Node>,
    /// Elements that are records: each with the kind of the record, in the order of the nodes.
    pub kinds: Vec<(NodeId, KindId)>,
    /// Elements whose words are in another language than the text: each with its tag (BCP 47), in the order of the nodes.
    pub languages: Vec<(NodeId, Box<str>)>,
    /// Names that elements bear: languages of code, classes of colours.
    pub names: Vec<Box<str>>,
    /// In the order of the text.
    pub headings: Vec<Heading>,
    /// Every place that can be linked, in the order of the text; ids are unique within the text.
    pub anchors: Vec<Anchor>,
    /// The places of [`Self::anchors`], sorted by their ids.
    pub by_name: Vec<AnchorId>,
    /// Names that places had when they were published, sorted, each with the place where its words are now.
    pub former: Vec<(Box<str>, AnchorId)>,
    /// What `[text](target)`, `[[target]]` and `<https://…>` lead to.
    pub links: Vec<Link>,
    /// What is shown in place: `![[…]]`, `![alternative](file)`.
    pub embeds: Vec<Embed>,
    /// Footnotes in the order of their first reference.
    pub notes: Vec<Note>,
    /// First uses of words that the glossary explains.
    pub terms: Vec<Term>,
    /// Where what is known of each record is shown, by [`RecordId`]; `None` for one that is not printed.
    pub records: Vec<Option<NodeId>>,
    /// How many words a reader counts.
    pub count: u32,
    /// The first paragraph as plain text, at most 300 characters, for cards and descriptions.
    pub lead: Box<str>,
}

/// An element of a text, or a mark in it that covers no words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Node {
    /// What it is.
    pub element: Element,
    /// The place that it is.
    pub anchor: Option<AnchorId>,
    /// The first byte of its words in [`Text::words`].
    pub start: u32,
    /// The byte after its words.
    pub end: u32,
    /// The index of the node after its subtree.
    pub next: u32,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Element {
    /// A paragraph.
    Paragraph,
    /// A heading without a printed number, and its own link beside it.
    HeadingBox,
    /// A heading.
    Heading {
        /// 2 to 6.
        level: u8,
        /// Whether it stands in a [`Element::HeadingBox`].
        boxed: bool,
    },
    /// A record that holds several blocks: a section, or a paragraph with the parts after it.
    Section,
    /// A block quote; also one that is a record.
    Quotation,
    /// `> [!NOTE]`.
    Alert(AlertKind),
    /// The title of an alert, which the program gives it.
    AlertTitle,
    /// A list without numbers.
    List,
    /// A list whose items have numbers, printed as typed.
    NumberedList,
    /// An item of a list.
    Item {
        /// Whether its list is numbered.
        numbered: bool,
        /// Whether it has a box to tick.
        task: bool,
    },
    /// A list of terms with their definitions.
    Definitions,
    /// A term.
    DefinedTerm,
    /// What a term means.
    Definition,
    /// Code in a fence, with the language that the fence names.
    Code(Option<NameId>),
    /// A stretch of code with the class of its colour.
    CodeColour(NameId),
    /// A line across.
    Rule,
    /// A table.
    Table {
        /// Whether it may be wider than a small screen.
        wide: bool,
    },
    /// The caption of a table.
    Caption,
    /// The row that heads the columns.
    TableHead,
    /// All other rows.
    TableBody,
    /// A row.
    Row,
    /// A cell.
    Cell {
        /// What it heads, if anything.
        heads: Option<Axis>,
        /// How its words stand.
        align: Align,
    },
    /// What stands for an exempt passage: the paragraphs of Schedule 12A, and the public summary.
    Notice,
    /// What folds.
    Details,
    /// What is shown of it when it is folded.
    Summary,
    /// A block of which only places are printed.
    PlaceBlock,
    /// Words of an item that stand in no paragraph: after another block of the item.
    Run,
    /// The texts of all footnotes.
    Notes,
    /// The text of one.
    NoteText(NoteId),
    /// `*emphasis*`.
    Emphasis,
    /// `**strong**`.
    Strong,
    /// An HTML tag that passes as typed; `~~deleted~~` is one.
    Tag(InlineTag),
    /// Code in a line.
    CodeWords,
    /// Marked words: a place, a record in a line, words in another language. One without words is only a place.
    Span,
    /// Where a page of the printed pack begins.
    PackPage,
    /// A printed label exactly as typed, and the place to which it is the link.
    Number(Option<AnchorId>),
    /// A link.
    Link(LinkId),
    /// The first use of a word of the glossary.
    Term(TermId),
    /// A line break that the author typed.
    Break,
    /// The box of a task, ticked or not.
    Checkbox(bool),
    /// A reference to a footnote.
    Reference {
        /// The footnote.
        note: NoteId,
        /// Which reference to this note it is, from 1: each has an id of its own.
        count: u16,
    },
    /// The link of a place without a printed label to itself.
    OwnLink(AnchorId),
    /// After a footnote's text: the links back to each reference to it.
    NoteBack(NoteId),
    /// Something shown in place.
    Embed(EmbedId),
    /// Where what is known of a record is shown: after its words; right below the heading of one that is a section.
    Record(RecordId),
}

/// The sorts of alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum AlertKind {
    /// `[!NOTE]`.
    Note,
    /// `[!TIP]`.
    Tip,
    /// `[!IMPORTANT]`.
    Important,
    /// `[!WARNING]`.
    Warning,
    /// `[!CAUTION]`.
    Caution,
}

/// What a cell heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Axis {
    /// Its column.
    Column,
    /// Its row.
    Row,
}

/// How the words of a cell stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Align {
    /// As the words of other cells do.
    Unsaid,
    /// To the left, as its author said.
    Left,
    /// In the middle, as its author said.
    Center,
    /// To the right, as its author said.
    Right,
    /// To the right, as figures do.
    Figures,
}

/// HTML tags that pass as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum InlineTag {
    /// `sub`.
    Sub,
    /// `sup`.
    Sup,
    /// `kbd`.
    Kbd,
    /// `mark`.
    Mark,
    /// `ins`.
    Ins,
    /// `del`.
    Del,
}

impl InlineTag {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Sub, Self::Sup, Self::Kbd, Self::Mark, Self::Ins, Self::Del];

    /// Its name in HTML.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sub => "sub",
            Self::Sup => "sup",
            Self::Kbd => "kbd",
            Self::Mark => "mark",
            Self::Ins => "ins",
            Self::Del => "del",
        }
    }
}

impl Element {
    /// Whether it stands in a line, so that it parts no words.
    #[must_use]
    pub fn is_inline(self) -> bool {
        matches!(
            self,
            Self::CodeColour(_)
                | Self::CodeWords
                | Self::Embed(_)
                | Self::Emphasis
                | Self::Link(_)
                | Self::NoteBack(_)
                | Self::Number(_)
                | Self::OwnLink(_)
                | Self::PackPage
                | Self::Record(_)
                | Self::Reference { .. }
                | Self::Span
                | Self::Strong
                | Self::Tag(_)
                | Self::Term(_)
        )
    }
}

/// A part of a text: a run of nodes and the words that belong to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Stretch {
    /// The index of its first node.
    pub first: u32,
    /// The index of the node after its last one.
    pub next: u32,
    /// The first byte of its words.
    pub start: u32,
    /// The byte after its words.
    pub end: u32,
}

impl Stretch {
    /// Whether it has neither words nor nodes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.next <= self.first && self.end <= self.start
    }

    /// Whether two stretches share words. A link that has the title of its target counts as a word of one byte.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.start < other.reach() && other.start < self.reach()
    }

    fn reach(&self) -> u32 {
        if self.next > self.first { self.end.max(self.start + 1) } else { self.end }
    }

    /// Whether all words of `other` are words of this one.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl Text {
    /// Whether nothing is printed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.words.is_empty()
    }

    /// This text in memory of its own size: a site holds the texts of all its documents.
    #[must_use]
    pub fn fitted(self) -> Self {
        Self {
            words: self.words.as_str().to_owned(),
            nodes: fitted(self.nodes),
            kinds: fitted(self.kinds),
            languages: fitted(self.languages),
            names: fitted(self.names),
            headings: fitted(self.headings),
            anchors: fitted(self.anchors),
            by_name: fitted(self.by_name),
            former: fitted(self.former),
            links: fitted(self.links),
            embeds: fitted(self.embeds),
            notes: fitted(self.notes),
            terms: fitted(self.terms),
            records: fitted(self.records),
            count: self.count,
            lead: self.lead,
        }
    }
}

/// The same list in memory of its own size. `shrink_to_fit` leaves that to the allocator, and ours lets a list keep what
/// it has as long as half of that is in use.
#[must_use]
pub fn fitted<Item>(mut grown: Vec<Item>) -> Vec<Item> {
    if grown.len() == grown.capacity() {
        return grown;
    }
    let mut fitted = Vec::with_capacity(grown.len());
    fitted.append(&mut grown);
    fitted
}
