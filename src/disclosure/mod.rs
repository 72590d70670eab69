//! Who may see what: the only room that decides it (content.md §4).
//!
//! Input: the head of a file, the text of one that has none, braces, what reading its text found exempt
//! ([`Decision`]); then all documents, the audience and the instant ([`for_audience`]).
//! Output: what may be shown, and [`Withheld`](crate::model::Withheld) beside it.
//! Not here: the clock (`as_at` is an argument), what braces in a text cover (`markdown/exemption.rs`, for now), the
//! leak gate, which shares no code with this room.
//!
//! **Where two readings are possible, the one that shows less holds.**

mod audience;
mod decision;
mod head;

pub use audience::for_audience;
pub use decision::Decision;
pub use head::{Rules, is_doubtful, is_doubtful_status};
