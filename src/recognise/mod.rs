//! What clerks' words mean: which numbers are labels, which lines head items, what was decided and undertaken, who was
//! there, and where records begin and end.
//!
//! Input: the events of a text. Output: the same events with more headings ([`promote`]); [`Facts`](facts::Facts) of the
//! meeting and [`Findings`](findings::Findings) of records ([`read`](read())); an [`Outline`](outline::Outline) of all that
//! ([`outline`](outline())). `compose` asks for them in this order. Not here: CommonMark; any phrase, which the files
//! `<language>.<pass>.toml` have; and any word of one kind, which the kinds' files have.
//!
//! | file | |
//! |---|---|
//! | `read` | the passes that read the leaves of a text, in their order |
//! | `blocks` | the leaves of a text with their words: what the passes read |
//! | `statements` | the sentences of the leaves, and the lines that stand for sentences |
//! | `facts`, `findings` | what a text says of its meeting as a whole; the records that the passes find in it |
//! | `meeting` | the day, the status, the body, the sort of a paper, as its head and foot say them |
//! | `days` | days as clerks write them, in texts, names of files and fields |
//! | `lexicon` | the words of a language, as data in `<language>.<pass>.toml` |
//! | `own_words` | a site's own words, which join them |
//! | `labels` | what a printed number or letter looks like |
//! | `item_labels`, `heading_labels` | the labels of the items of an agenda, and which follows which; those of headings |
//! | `lines`, `titles` | the lines that begin with a label; which words may be a title |
//! | `items`, `rewrite` | lines that are the headings of items, although CommonMark does not say so, become headings |
//! | `listed` | items of an agenda that are no headings: in a list, in a table |
//! | `decisions`, `decided`, `motions` | the pass over the decisions; sentences that say what was decided; motions, and what became of them |
//! | `votes` | who moved and seconded, and how many voted which way |
//! | `drafts` | records that the passes have found and may still complete |
//! | `actions` | who is to do what, by when |
//! | `tables` | tables of motions and of actions, and recorded votes |
//! | `counting` | whether it is a label, by what stands above it |
//! | `outline` | what is known of a text before it is built |
//! | `walk`, `containers`, `paragraphs` | the walk through the text: sections and items; lists and quotations; paragraphs |
//! | `records` | the words that open a record, as the kinds' files have them |
//! | `sentences` | records that are a part of a line: those that a bracket makes an action, and those that the passes found |
//! | `presence`, `phrases`, `roll` | who was there: where it is said; labels and sentences; each of those found once, in one part |
//! | `names`, `pieces` | a list of names; where it is cut |
//! | `likely` | what reads like a decision or an action and is neither for certain |
//! | `marked` | what authors marked as a record, or as none |
//! | `outcome` | what the verb of a decision says of its outcome |

mod actions;
pub(crate) mod blocks;
mod containers;
mod counting;
pub(crate) mod days;
mod decided;
mod decisions;
mod drafts;
pub mod facts;
pub(crate) mod findings;
mod heading_labels;
mod item_labels;
mod items;
pub(crate) mod labels;
pub(crate) mod lexicon;
mod likely;
mod lines;
mod listed;
mod marked;
pub(crate) mod meeting;
mod names;
pub(crate) mod outcome;
pub(crate) mod outline;
mod motions;
mod own_words;
mod paragraphs;
mod phrases;
mod pieces;
mod presence;
mod read;
pub(crate) mod records;
mod rewrite;
mod roll;
pub(crate) mod sentences;
mod statements;
mod tables;
mod titles;
mod votes;
mod walk;

#[cfg(test)]
mod tests;

pub(crate) use containers::mark_of;
pub(crate) use item_labels::item_label;
pub(crate) use items::{Promoted, promote};
pub use lexicon::Lexicon;
pub use own_words::OwnWords;
pub(crate) use presence::MOST_PEOPLE;
pub(crate) use read::{facts, read};
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
    /// What is read of it as a whole.
    pub facts: FactRules<'a>,
    /// What is looked for in it.
    pub passes: Passes,
    /// The words that recognition knows; those of English where none are given.
    pub words: Option<&'a Lexicon>,
}

/// What is to be read of a text as a whole, and what is known of it already.
#[derive(Debug, Clone, Copy, Default)]
pub struct FactRules<'a> {
    /// What is to be read.
    pub wanted: Wanted,
    /// The name of its file, without its ending.
    pub name: &'a str,
    /// Its title, if the head of the document has one.
    pub title: Option<&'a str>,
}

/// What of a text is read as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing.
    #[default]
    Nothing,
    /// The date that it bears behind a label.
    Date,
    /// All that is said of a meeting.
    Meeting,
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
