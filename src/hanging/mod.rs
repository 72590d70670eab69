//! What hangs on something withheld: what was made at a withheld meeting or item, its papers, copies of it, the same words elsewhere.
//!
//! Input: heads, for what they name as their meeting, item or papers; then what an audience may see and what not, so far ([`withhold`]).
//! Output: references; the same division, with what hangs on something withheld among it. **The words are data** (`privacy`).
//! Not here: who may see a document for its own sake (`disclosure`, which alone asks this room).

pub(crate) mod copies;
pub(crate) mod named;
mod papers;
mod places;
mod sameness;
mod withhold;

pub(crate) use withhold::withhold;
