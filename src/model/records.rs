//! Records as they stand in a text (content.md §3, "Records in place"), before `parse` types them by their kinds and
//! makes documents of them.
//!
//! Input: none; these are types. Output: what was found of each record. Not here: what an attribute means, and where a link
//! leads.

use std::ops::Range;

use super::ids::{AnchorId, RecordId};
use super::marks::Attribute;
use super::text::Stretch;
use super::value::Origin;
use crate::kind::{KindId, Role};
use crate::source::Span;

/// A record in a text: what was resolved, undertaken or, under a heading, considered. Its words are a part of the
/// text and stand nowhere else, so that they can never differ.
#[derive(Debug, Clone, PartialEq)]
pub struct TextRecord {
    /// The kind of the record.
    pub kind: KindId,
    /// The last part of its id, without `~` and capitals: the name that the author gave it, else the name of its
    /// place and the nearest label (`brighton-ecsosc-2011-06-06-7.13`); a second one ends in `-2`.
    pub name: Box<str>,
    /// Whether the author gave the name (`#2021-14`): then it has a page of its own, where its kind has pages.
    pub named: bool,
    /// Where it stands, and which words are its own.
    pub place: RecordPlace,
    /// Its first words as plain text, without the words that open it and without its label; at most 200 characters,
    /// cut after a word. For the section of a heading, the heading's words without its number.
    pub lead: Box<str>,
    /// The printed number of a section's heading, and of a record that carries a number after the words that open
    /// it (`RESOLVED 2021/14:`).
    pub number: Option<Box<str>>,
    /// The paragraph in brackets right below a section's heading, without the brackets.
    pub purpose: Option<Words>,
    /// What the text says of it, by the role of the field that it fills; several of one role make a list. Who and by when,
    /// as `(Action: Head of Safer Communities, by 31 October 2021)` says it, are among them.
    pub said: Vec<(Role, Words)>,
    /// Whether its author marked it by braces.
    pub marked: bool,
    /// What its verb says of its outcome, where it has no limbs.
    pub outcome: Option<Box<str>>,
    /// What the author said of it in braces; keys stand in the order typed and may repeat.
    pub attributes: Vec<Attribute>,
    /// Its parts.
    pub limbs: Vec<Limb>,
}

/// Where a record stands in its text.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordPlace {
    /// Its anchor.
    pub anchor: AnchorId,
    /// The nearest printed label at or above it.
    pub label: Option<AnchorId>,
    /// The innermost record in which it stands (an item, a resolution). It begins before this one.
    pub inside: Option<RecordId>,
    /// Whether it stands in a line: what is shown after its words may be no block then.
    pub in_line: bool,
    /// Its words in the text, without the element around them. For the section of a heading, the heading is not in it.
    pub stretch: Stretch,
    /// What its words link to: a range of the text's links.
    pub links: Range<u32>,
    /// Its first line in the source.
    pub span: Span,
}

impl TextRecord {
    /// Whether its author marked it by braces, or its words alone say what it is.
    #[must_use]
    pub fn origin(&self) -> Origin {
        if self.marked { Origin::Typed } else { Origin::Recognised }
    }
}

/// A part of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Limb {
    /// Its number or letter exactly as typed, without brackets and full stop: `1`, `iii`.
    pub label: Option<Box<str>>,
    /// Its anchor (`#resolution-2021-14.2`); the record's, if it has none of its own.
    pub anchor: AnchorId,
    /// Its words in the text, without their element and without the printed label.
    pub stretch: Stretch,
    /// What its verb says of its outcome: a choice of the kind's field.
    pub outcome: Option<Box<str>>,
    /// What the author said of it in braces.
    pub attributes: Vec<Attribute>,
    /// Where it stands in the source.
    pub span: Span,
}

/// Words of a text, with their place in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The words as plain text.
    pub text: Box<str>,
    /// Where they stand in the source.
    pub span: Span,
}
