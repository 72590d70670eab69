//! Who may see what: which passages of a text are exempt, and where it is not sure.
//!
//! Input: the events of a text. Output: what is taken out of it before anything else is made of it, and the places that
//! are in doubt. Not here: what is shown instead.

pub(crate) mod doubt;
pub(crate) mod exemption;

pub use doubt::resembles_exemption;
