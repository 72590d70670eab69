//! What clerks' words mean: which numbers are labels, and where records begin and end.
//!
//! Input: the events of a text. Output: an [`Outline`](outline::Outline) of it, and what the words of a record say.
//! Not here: CommonMark, and any word of one kind: the kinds' files have them.
//!
//! | file | |
//! |---|---|
//! | `blocks` | the leaves of a text with their words: what the passes read |
//! | `facts` | what a text says of its meeting as a whole |
//! | `lexicon` | the words of a language, as data in `<language>.<pass>.toml` |
//! | `own_words` | a site's own words, which join them |
//! | `labels` | what a printed number or letter looks like |
//! | `item_labels`, `heading_labels` | the labels of the items of an agenda, and which follows which; those of headings |
//! | `items`, `rewrite` | lines that are the headings of items, although CommonMark does not say so, become headings |
//! | `listed` | items of an agenda that are no headings: in a list, in a table |
//! | `counting` | whether it is a label, by what stands above it |
//! | `outline` | what is known of a text before it is built |
//! | `walk`, `containers`, `paragraphs` | the walk through the text: sections and items; lists and quotations; paragraphs |
//! | `records`, `sentences` | the words that open a record; a sentence that a bracket makes an action |
//! | `presence`, `phrases`, `roll` | who was there: where it is said; labels and sentences; each of those found once, in one part |
//! | `names`, `pieces` | a list of names; where it is cut |
//! | `likely` | what reads like a decision or an action and is neither for certain |
//! | `marked` | what authors marked as a record, or as none |
//! | `outcome` | what the verb of a decision says of its outcome |

pub(crate) mod blocks;
mod actions;
mod containers;
mod decisions;
pub mod facts;
pub(crate) mod findings;
mod counting;
mod heading_labels;
mod item_labels;
mod items;
pub(crate) mod labels;
mod lexicon;
mod names;
mod likely;
mod listed;
mod marked;
pub(crate) mod outcome;
pub(crate) mod outline;
mod own_words;
mod paragraphs;
mod read;
mod phrases;
mod pieces;
mod presence;
pub(crate) mod records;
mod roll;
mod rewrite;
pub(crate) mod sentences;
mod statements;
mod tables;
mod votes;
mod walk;

pub(crate) use containers::mark_of;
pub(crate) use item_labels::item_label;
pub(crate) use items::{Promoted, promote};
pub use lexicon::Lexicon;
pub use own_words::OwnWords;
pub(crate) use presence::MOST_PEOPLE;
pub(crate) use read::read;
pub use records::RecordWords;
pub(crate) use walk::outline;

use crate::kind::KindId;
use crate::model::Passes;

/// What depends on the kind of a document in how its text is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct TextRules<'a> {
    /// The kind of record that a numbered heading in it opens: in minutes, an item of the agenda.
    pub heading_kind: Option<KindId>,
    /// Whether its first numbered list numbers its paragraphs.
    pub numbers_paragraphs: bool,
    /// Whether a meeting speaks in it, so that its words may decide and undertake.
    pub decides: bool,
    /// What the site's kinds say of records in a text; a field that holds Markdown has none.
    pub records: Option<RecordWords<'a>>,
    /// Whether the text is read as its author typed it, without anything that is only recognised: so the names of places
    /// are found that it would have then.
    pub plain: bool,
    /// What is looked for in it.
    pub passes: Passes,
    /// The words that recognition knows; those of English where none are given.
    pub words: Option<&'a Lexicon>,
}

impl<'a> TextRules<'a> {
    /// The words that recognition knows.
    pub(crate) fn lexicon(&self) -> &'a Lexicon {
        self.words.unwrap_or_else(|| Lexicon::english())
    }

    /// Whether anything is recognised in it that its author did not mark.
    pub(crate) fn recognises(&self) -> bool {
        self.decides && !self.plain && self.passes.any()
    }
}
