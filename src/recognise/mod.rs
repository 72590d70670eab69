//! What clerks' words mean: what was decided and undertaken, on which day and by which body, and what only reads so.
//!
//! Input: the leaves of a text. Output: drafts of records, [`Findings`](findings::Findings) and [`Facts`](facts::Facts), each made by a pass
//! of its own; `outline::passes` asks for them in their order. Not here: who was there (`attendance`); labels, items, and where
//! records begin and end (`outline`); CommonMark; any phrase, which the files `<language>.<pass>.toml` have and `lexicon` reads; and any word of one
//! kind, which the kinds' files have.
//!
//! | file | |
//! |---|---|
//! | `statements` | the sentences of the leaves, and the lines that stand for sentences |
//! | `facts`, `findings` | what a text says of its meeting as a whole; the records that the passes find in it |
//! | `meeting` | the day, the status, the body, the sort of a paper, as its head and foot say them |
//! | `decisions`, `decided`, `motions` | the pass over the decisions; sentences that say what was decided; motions, and what became of them |
//! | `put` | motions apart from those who moved them, and what an officer recommends |
//! | `ballots` | how each member voted, on lines of their own |
//! | `votes` | who moved and seconded, and how many voted which way |
//! | `drafts` | records that the passes have found and may still complete |
//! | `actions`, `doers`, `names` | who is to do what, by when; who can be given something to do; names in a list |
//! | `tables` | tables of motions and of actions, and recorded votes |
//! | `records` | the words that open a record, as the kinds' files have them |
//! | `likely` | what reads like a decision or an action and is neither for certain |
//! | `marked` | what authors marked as a record, or as none |
//! | `outcome` | what the verb of a decision says of its outcome |

pub(crate) mod actions;
mod ballots;
pub(crate) mod decided;
pub(crate) mod decisions;
mod doers;
pub(crate) mod drafts;
pub mod facts;
pub(crate) mod findings;
pub(crate) mod likely;
pub(crate) mod marked;
pub(crate) mod meeting;
mod names;
pub(crate) mod outcome;
pub(crate) mod motions;
pub(crate) mod put;
pub(crate) mod records;
pub(crate) mod statements;
pub(crate) mod tables;
pub(crate) mod votes;

#[cfg(test)]
mod tests;

pub use records::RecordWords;

use crate::lexicon::Lexicon;

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
