//! The leak gate: a second pair of eyes on finished bytes, which shares no code with what decides what is withheld.
//!
//! Input: the files that withheld texts stand in ([`Matter`]), what public sources and the program itself say ([`public_text`]),
//! then each finished file ([`Gate`]). Output: a diagnostic for each that says what only something withheld says.
//! Not here: who may see what, which is `disclosure`; what is public because a page says it: **public sources excuse words,
//! output never does**, or a leak would excuse itself.
//!
//! What is looked for, in words with no marks, capitals or accents (`words.rs`):
//!
//! - six words in a row of one sentence, cell or item, if they are words of a sentence and not names alone, and if no public
//!   source has four of them in this order;
//! - three in a row, or two that are all that a cell or a title says, if one of them is a word that no public source has;
//! - the title of something withheld, where it is a phrase of its own;
//! - its address;
//! - the bytes of its file, or of a file that it alone uses, under any name.
//!
//! In files that are attached (PDF, Word, tables, text …) six words in a row are looked for and nothing less, and one that a person
//! has looked at is not listened to (`ear.rs`, `heard.rs`).

mod attached;
mod blocks;
mod ear;
mod editions;
mod gate;
mod heard;
mod matter;
mod report;
mod runs;
mod secrets;
mod sources;
mod words;

pub use attached::{Attached, HeardIn, text_of};
pub use ear::{Ear, Listener};
pub use editions::look_at_editions;
pub use gate::Gate;
pub use heard::Heard;
pub use matter::{Matter, Voice};
pub use sources::{Public, matter, public_text};
