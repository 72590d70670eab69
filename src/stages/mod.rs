//! `lib.rs` in several files: the order of the stages, where it is longer than a screen.
//!
//! Input and output: those of the crate itself. Not here: what any stage does.

pub(crate) mod import;
pub(crate) mod pages;
pub(crate) mod settings;
