//! The tables of a text: what its nodes name beside their words.
//!
//! Input: none; these are types. Output: headings, places, links, embeds, footnotes and terms, as plain data.
//! Not here: the words ([`Text`](super::Text)), and where a link leads.

use super::ids::{AnchorId, NodeId};
use crate::source::Span;

/// A heading of the text; the document's own title is none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// The words as plain text, without the printed number.
    pub text: Box<str>,
    /// The printed number, if it has one: `7`, `1.1`.
    pub label: Option<Box<str>>,
    /// The place that it is.
    pub anchor: AnchorId,
    /// Its line in the source.
    pub span: Span,
}

/// A place that can be linked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Anchor {
    /// The id, without `#`.
    pub id: Box<str>,
    /// What it is.
    pub kind: AnchorKind,
    /// The printed label as it is cited: each part as typed, after those that it hangs on (`7.13`, `7.13.iii`). For a
    /// place without one, nothing.
    pub label: Option<Box<str>>,
    /// The element that it is; `None` for a place that is not printed.
    pub node: Option<NodeId>,
    /// Its place in the source.
    pub span: Span,
}

/// What an anchor marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum AnchorKind {
    /// A heading: `#h-…`, `#sec-…`.
    Heading,
    /// An agenda item: `#item-7`.
    Item,
    /// A paragraph or list item with a printed label: `#para-7.13`.
    Numbered,
    /// A paragraph or list item without one: `#p-…`, made of its own words.
    Paragraph,
    /// A name that the author gave: `{#name}`.
    Named,
    /// A record.
    Record,
    /// Where a page of the printed pack begins: `#page-56`.
    PackPage,
}

/// A link as typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Link {
    /// Where it should lead.
    pub target: Target,
    /// The title in quotes after the address, if any.
    pub title: Option<Box<str>>,
    /// Whether the author gave no text (`[[bodies/board]]`): then the target's title is printed.
    pub bare: bool,
    /// The whole link in the source.
    pub span: Span,
}

/// Where a link should lead.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Target {
    /// To another site, by mail or telephone: `https:`, `http:`, `mailto:`, `tel:`, checked and percent-encoded.
    Outside(Box<str>),
    /// A path as typed, relative to the document's file or from the root (`/`), without its `#…`;
    /// empty for a place in the same page.
    Path {
        /// `../strategies/plan.md`, `plan.pdf`, `/about/`, percent-decoded.
        path: Box<str>,
        /// What stood after `#`, percent-decoded.
        anchor: Option<Box<str>>,
    },
    /// `[[id#place]]`: an id, or the end of one where only one fits; `place` tries para, item, sec, record.
    Wiki {
        /// What stands before `#`; empty for a place in the same document.
        id: Box<str>,
        /// What stands after `#`.
        place: Option<Box<str>>,
    },
}

/// Something shown in place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Embed {
    /// What: a document (`![[…]]`), a picture or a table of data (`![…](…)`).
    pub target: Target,
    /// The text in square brackets: the alternative of a picture, the caption of a table. Plain text.
    pub text: Box<str>,
    /// The title in quotes after the address: a picture's caption.
    pub title: Option<Box<str>>,
    /// Whether the author said that it only decorates: `{decorative}`.
    pub decorative: bool,
    /// Whether it stands alone in its paragraph, and so is a block of its own.
    pub alone: bool,
    /// The whole embed in the source.
    pub span: Span,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Note {
    /// The label, as typed after `^`.
    pub label: Box<str>,
    /// Printed number, from 1, by first reference.
    pub number: u32,
    /// How often the text refers to it: so many links back.
    pub uses: u32,
}

/// The first use of a word that the glossary explains.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Term {
    /// The index of the entry in the glossary.
    pub entry: u32,
}

/// One `key=value` of an attribute list, its key and value as typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Attribute {
    /// The key: `votes.for`, `about`; a word alone (`skip`) has an empty value.
    pub key: Box<str>,
    /// The value, without its quotes.
    pub value: Box<str>,
    /// The whole of it in the source.
    pub span: Span,
}
