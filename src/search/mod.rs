//! Search: what a question means, and its answer from the files of the index. The script in the browser
//! (`themes/default/js/search/`) does the same; FORMAT.md is the page that both follow, and `tables.toml` has the numbers
//! and lists of words that they share.
//!
//! Input: a [`Question`], and a function that fetches a file of the index. Output: an [`Answer`].
//!
//! Not here: making the index, which is `index/`; HTML; the disk and the network.

// Words, which are the same in texts and in questions.
pub(crate) mod letters;
pub(crate) mod chunks;
pub(crate) mod dates;
pub(crate) mod units;
pub(crate) mod keys;
pub(crate) mod concepts;
pub(crate) mod words;

// The files of the index, read.
pub(crate) mod bytes;
pub(crate) mod core;
pub(crate) mod shard;
pub(crate) mod facets;
pub(crate) mod text;
pub(crate) mod manifest;
pub(crate) mod bucket;
mod files;

// A question, step by step, to its answer.
pub(crate) mod question;
mod correct;
mod resolve;
mod pages;
mod matches;
mod wide;
mod narrow;
mod excerpt;
mod answer;
mod editions;
mod quote;

#[rustfmt::skip]
pub(crate) mod tables;
#[cfg(test)]
mod tests;

pub use answer::{Alone, Answer, Hit, Passage, Question, answer};
pub use editions::earlier_editions;
pub use files::{Fetch, Fetched, Index, IndexError};
pub use quote::{Piece, Quoted, QuotedPlace, Side, Verdict, quote};
pub use resolve::{Corrected, Notes};
pub use text::PageHead;
