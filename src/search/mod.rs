//! Search: an index of all passages, and answers from it.
//!
//! Enters: the assembled site. Leaves: the files of the index, segment by segment ([`segment`], [`finish`]); and from
//! those files the [`Answer`] to a question ([`Index`]). FORMAT.md is the page that both halves follow, and the script in
//! the browser with them.
//!
//! Absent: HTML; what is not public, which the [`Site`](crate::model::Site) does not hold; the disk and the network: who
//! asks brings a function that fetches a file.

mod answer;
mod bytes;
mod chunks;
mod concepts;
mod core;
mod correct;
mod dates;
mod excerpt;
mod facets;
mod index;
mod letters;
mod manifest;
mod matches;
mod pairs;
mod passages;
mod plan;
mod question;
mod segment;
mod shard;
#[cfg(test)]
mod tests;
mod text;
mod units;
mod words;

pub use answer::{Answer, Passage, Question, answer};
pub use index::{Fetch, Fetched, Index, Trouble};
pub use manifest::{PATH, finish};
pub use passages::View;
pub use plan::{Plan, plan};
pub use segment::{Indexed, Put, segment};
