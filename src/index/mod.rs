//! The index that is written: every passage of a site under the keys of its words.
//!
//! Input: the assembled site, as a [`View`]. Output: the files of the index, segment by segment ([`segment`], [`finish`]), as
//! `search/FORMAT.md` says.
//!
//! Not here: what a word is, and asking the index, which are `search/`; HTML; what is not public, which the
//! [`Site`](crate::model::Site) does not hold; the disk.

// The site, cut into passages and segments.
mod passages;
mod concepts;
mod facets;
mod plan;

// The files.
mod bytes;
mod core;
mod shard;
mod facet_rows;
mod pairs;
mod postings;
mod text;
mod segment;
mod near;
mod shards;
mod manifest;
#[cfg(test)]
mod tests;

pub use manifest::finish;
pub use passages::View;
pub use plan::{Plan, plan, plan_in};
pub use segment::{Put, SegmentSummary, segment};
