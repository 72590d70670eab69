//! The outline of a text: which numbers are labels, which lines head items, and where records begin and end.
//!
//! Input: the events of a text. Output: the same events with more headings ([`promote`]); what the passes of `recognise` and
//! `attendance` find in it ([`read`]); an [`Outline`](model::Outline) of all that ([`outline`]). `compose` asks for them in this order.
//! Not here: CommonMark, and what clerks' words mean.
//!
//! | file | |
//! |---|---|
//! | `passes` | the passes that read the leaves of a text, in their order |
//! | `item_labels`, `heading_labels` | the labels of the items of an agenda, and which follows which; those of headings |
//! | `lines`, `titles` | the lines that begin with a label; which words may be a title |
//! | `items`, `rewrite` | lines that are the headings of items, although CommonMark does not say so, become headings |
//! | `listed` | items of an agenda that are no headings: in a list, in a table |
//! | `unnumbered` | items of an agenda that nobody numbered |
//! | `likely_items` | what may be an item, and is in no list of items |
//! | `counting` | whether it is a label, by what stands above it |
//! | `model` | what is known of a text before it is built |
//! | `walk`, `containers`, `paragraphs` | the walk through the text: sections and items; lists and quotations; paragraphs |
//! | `sentences` | records that are a part of a line: those that a bracket makes an action, and those that the passes found |

mod containers;
mod counting;
mod heading_labels;
mod item_labels;
mod items;
mod likely_items;
mod lines;
mod listed;
pub(crate) mod model;
mod paragraphs;
mod passes;
mod rewrite;
pub(crate) mod sentences;
mod titles;
mod unnumbered;
mod walk;

pub(crate) use containers::mark_of;
pub(crate) use item_labels::item_label;
pub(crate) use items::{Promoted, promote};
pub(crate) use likely_items::likely_items;
pub(crate) use passes::{facts, read};
pub(crate) use walk::outline;
