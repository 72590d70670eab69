//! What words say of who may see something: keys of heads, words of a text, names.
//!
//! Input: a key and its value, a line, a name. Output: what it says. **The words are data**: `words.toml`.
//! Not here: what follows from it for a document, and how far words reach in a text (`disclosure`, which alone asks this room).

pub(crate) mod apart;
pub(crate) mod asked;
mod beside;
pub(crate) mod cells;
mod circulation;
mod clauses;
mod composed;
mod edges;
pub(crate) mod embargo;
pub(crate) mod files;
mod gate;
pub(crate) mod legend;
mod lists;
pub(crate) mod matching;
mod meetings;
pub(crate) mod names;
mod needed;
mod rules;
mod sittings;
pub(crate) mod spoken;
mod stamps;
pub(crate) mod words;
