//! `formats.toml`, read once: how files are called, and how what is in them is named.
//!
//! Input: the text of the file, inside the program. Output: [`FORMATS`]. Not here: what is done about it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// The file, read.
pub static FORMATS: LazyLock<Formats> = LazyLock::new(|| {
    toml::from_str(include_str!("formats.toml")).unwrap_or_else(|error| unreachable!("inspect/formats.toml: {error}"))
});

/// See the sections of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formats {
    /// The ends of names.
    pub ends: Ends,
    /// The names of elements in files of offices.
    pub office: Office,
    /// What a browser runs.
    pub active: Active,
}

/// See `[ends]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ends {
    pub pages: BTreeSet<String>,
    pub programs: BTreeSet<String>,
    pub drawings: BTreeSet<String>,
    pub markup: BTreeSet<String>,
    pub plain: BTreeSet<String>,
    pub read: BTreeSet<String>,
    pub archives: BTreeSet<String>,
    /// The end of the name → the end that it should have.
    pub old: BTreeMap<String, String>,
}

/// See `[office]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    pub authors: BTreeSet<String>,
    pub tracked: BTreeSet<String>,
}

/// See `[active]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Active {
    pub elements: BTreeSet<String>,
    pub links: BTreeSet<String>,
    pub followed: Vec<String>,
    pub loaded: Vec<String>,
    pub running: Vec<String>,
    pub anchor: String,
    pub languages: Vec<String>,
    pub encodings: BTreeSet<String>,
    pub starts: Vec<String>,
}
