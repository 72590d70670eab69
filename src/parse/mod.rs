//! One file → what it says.

pub mod config;
pub mod front_matter;
pub mod visibility;
