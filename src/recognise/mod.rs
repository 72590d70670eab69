//! What clerks' words mean: which numbers are labels, and where records begin and end.
//!
//! Input: the events of a text. Output: an [`Outline`](outline::Outline) of it, and what the words of a record say.
//! Not here: CommonMark, and any word of one kind: the kinds' files have them.
//!
//! | file | |
//! |---|---|
//! | `blocks` | the leaves of a text with their words: what the passes read |
//! | `facts` | what a text says of its meeting as a whole |
//! | `meeting` | the day, the status, the body, the sort of a paper, as its head and foot say them |
//! | `days` | days as clerks write them, in texts, names of files and fields |
//! | `lexicon` | the words of a language, as data in `<language>.<pass>.toml` |
//! | `labels` | what a printed number or letter looks like |
//! | `counting` | whether it is a label, by what stands above it |
//! | `outline` | what is known of a text before it is built |
//! | `walk`, `containers`, `paragraphs` | the walk through the text: sections and items; lists and quotations; paragraphs |
//! | `records`, `sentences` | the words that open a record; a sentence that a bracket makes an action |
//! | `outcome` | what the verb of a decision says of its outcome |

pub(crate) mod blocks;
mod containers;
mod counting;
pub(crate) mod days;
pub mod facts;
pub(crate) mod labels;
pub(crate) mod lexicon;
pub(crate) mod meeting;
pub(crate) mod outcome;
pub(crate) mod outline;
mod paragraphs;
pub(crate) mod records;
pub(crate) mod sentences;
mod walk;

pub(crate) use containers::mark_of;
pub use records::RecordWords;
pub(crate) use walk::outline;

use crate::kind::KindId;
use blocks::Blocks;
use facts::Facts;

/// What depends on the kind of a document in how its text is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct TextRules<'a> {
    /// The kind of record that a numbered heading in it opens: in minutes, an item of the agenda.
    pub heading_kind: Option<KindId>,
    /// Whether its first numbered list numbers its paragraphs.
    pub numbers_paragraphs: bool,
    /// What the site's kinds say of records in a text; a field that holds Markdown has none.
    pub records: Option<RecordWords<'a>>,
    /// What is read of it as a whole.
    pub facts: FactRules<'a>,
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

/// What a text says as a whole.
pub(crate) fn read(blocks: &Blocks, rules: TextRules<'_>) -> Facts {
    meeting::read(blocks, rules.facts)
}
