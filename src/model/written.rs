//! Records as they stand in a text (content.md §3, "Records in place"): what `markdown` finds, before `parse` types it
//! by its kind and makes a document of it.
//!
//! Enters: nothing; these are types. Absent: what an attribute means, and where a link leads.

use super::Attribute;
use crate::kind::KindId;
use crate::source::Span;

/// A stretch of a body: its segments `first..end`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Stretch {
    /// The first.
    pub first: u32,
    /// The one after the last.
    pub end: u32,
}

/// A record in a text: what was resolved, undertaken or, under a heading, considered. Its words are a stretch of the
/// text and stand nowhere else, so that they can never differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// Its kind.
    pub kind: KindId,
    /// The last part of its id, without `~` and capitals: the name that the author gave it, else the name of its
    /// place and the nearest label (`brighton-ecsosc-2011-06-06-7.13`); a second one ends in `-2`.
    pub name: Box<str>,
    /// Whether the author gave the name (`#2021-14`): then it has a page of its own, where its kind has pages.
    pub named: bool,
    /// Whether it stands in a line: what is shown behind its words may be no block then.
    pub in_line: bool,
    /// Its anchor: an index into the body's anchors.
    pub anchor: u32,
    /// The nearest printed label at or above it: an index into the body's anchors.
    pub label: Option<u32>,
    /// The innermost record in which it stands (an item, a resolution): an index into the records of the text. It is
    /// smaller than its own index.
    pub inside: Option<u32>,
    /// Its words in the body, without the element around them. For the section of a heading, the heading is not in it.
    pub stretch: Stretch,
    /// Its first words as plain text, without the words that open it and without its label; at most 200 characters,
    /// cut behind a word. For the section of a heading, the heading's words without its number.
    pub lead: Box<str>,
    /// The printed number of a section's heading, and of a record that carries a number behind the words that open
    /// it (`RESOLVED 2021/14:`).
    pub number: Option<Box<str>>,
    /// The paragraph in brackets right below a section's heading, without the brackets.
    pub purpose: Option<Words>,
    /// For a record made by a sentence: who (`(Action: Head of Safer Communities, by 31 October 2021)`),
    pub by: Option<Words>,
    /// and by when, as typed, without the word `by`.
    pub due: Option<Words>,
    /// What its verb says of its outcome, where it has no limbs.
    pub outcome: Option<Box<str>>,
    /// What the author said of it in braces; keys stand in the order typed and may repeat.
    pub attributes: Vec<Attribute>,
    /// Its parts.
    pub limbs: Vec<Limb>,
    /// What its words link to: a range of the body's links.
    pub links: Stretch,
    /// Its first line in the source.
    pub span: Span,
}

/// A part of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Limb {
    /// Its number or letter exactly as typed, without brackets and full stop: `1`, `iii`.
    pub label: Option<Box<str>>,
    /// Its anchor (`#resolution-2021-14.2`): an index into the body's anchors.
    pub anchor: u32,
    /// Its words in the body, without their element and without the printed label.
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
    /// As plain text.
    pub text: Box<str>,
    /// Where.
    pub span: Span,
}
