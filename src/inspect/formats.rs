//! `formats.toml`, read once: how files are called, and how what is in them is named.
//!
//! Input: the text of the file, inside the program. Output: [`FORMATS`]. Not here: what is done about it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer};

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
    /// How words are written in a PDF.
    pub pdf: Pdf,
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
    pub words: BTreeSet<String>,
    pub word_folders: Vec<String>,
    pub read_whole: Vec<String>,
    pub pauses: BTreeSet<String>,
    pub tables: Tables,
}

/// See `[office.tables]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tables {
    pub tables: BTreeSet<String>,
    pub rows: BTreeSet<String>,
    pub cells: BTreeSet<String>,
    pub unsaid: BTreeSet<String>,
    pub cells_repeated: String,
    pub rows_repeated: String,
    pub spans: String,
}

/// See `[pdf]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pdf {
    pub accents: BTreeSet<String>,
    pub shapes: BTreeMap<String, String>,
    /// By the names of encodings.
    #[serde(deserialize_with = "letters")]
    pub upper: BTreeMap<String, Vec<char>>,
}

fn letters<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, Vec<char>>, D::Error> {
    let tables = BTreeMap::<String, String>::deserialize(from)?;
    Ok(tables.into_iter().map(|(name, letters)| (name, letters.chars().collect())).collect())
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
