//! Who may see what: the only room that decides it (content.md §4).
//!
//! Input: the events of a text, for the passages in it that are exempt (`exemption`) and the places that are in doubt
//! (`doubt`); the head of a file, and what reading its text found exempt ([`Decision`]); then all documents, the audience
//! and the instant ([`for_audience`]).
//! Output: what may be shown, and [`Withheld`](crate::model::Withheld) beside it.
//! Not here: the clock (`as_at` is an argument), and the leak gate, which shares no code with this room.
//!
//! **Where two readings are possible, the one that shows less holds.**

mod announced;
mod audience;
mod blocks;
mod braced;
mod decision;
pub(crate) mod doubt;
mod entries;
pub(crate) mod exemption;
mod files;
mod head;
mod heads;
mod lines;
mod names;
mod nested;
pub(crate) mod notice;
mod phrases;
mod reach;
mod records;
mod sittings;
pub(crate) mod unheeded;

pub use audience::for_audience;
pub use decision::Decision;
pub use doubt::resembles_exemption;
pub use entries::{drop_private_settings, entry_is_public, words_are_public};
pub use files::{Files, look_at_opening, look_at_rows, meant_as_page, title_is_private};
pub use head::{Rules, is_doubtful_status, mentions_privacy, says_private, speaks_of_privacy};
