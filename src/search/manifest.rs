//! The manifest, and the words by which mistyped ones are corrected.
//!
//! Input: files. Output: a [`Manifest`], and words, or [`Broken`]. Not here: which word was meant (`correct.rs`), and
//! writing these files, which is `index/manifest.rs`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bytes::{Broken, unframed, unpack};
use super::concepts::Concept;
use super::tables::FORMAT;

/// The path of the manifest below the public folder.
pub const PATH: &str = "search/index.json";

/// How words become keys if they are English.
pub const ENGLISH: &str = "english";

/// The manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the index: [`FORMAT`].
    pub format: String,
    /// How words become keys: `english` or `none`.
    pub stem: String,
    /// How many pages it has.
    pub pages: u32,
    /// How many passages it has.
    pub passages: u32,
    /// The last day of a dated page; 0 if there is none.
    pub newest: u32,
    /// The segments in the order of time.
    pub segments: Vec<Segment>,
    /// First character of a word → the file of such words.
    pub words: BTreeMap<char, String>,
    /// The files of words that are near to others.
    pub near: Near,
    /// The facets, as (key, label).
    pub facets: Vec<(String, String)>,
    /// The concepts, as (key, name, forms).
    pub concepts: Vec<(String, String, Vec<Vec<String>>)>,
}

/// The files of words that are near to others, in the manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Near {
    /// Their folder.
    pub name: String,
    /// The first key of each, ascending; none where words have no neighbours.
    pub firsts: Vec<String>,
}

/// A segment in the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Its folder.
    pub name: String,
    /// How many pages it has.
    pub pages: u32,
    /// How many passages it has.
    pub passages: u32,
}

impl Manifest {
    /// Whether words are stemmed as English.
    pub fn is_english(&self) -> bool {
        self.stem == ENGLISH
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// If it is broken, or of a form that this program does not know.
    pub fn parse(bytes: &[u8]) -> Result<Self, Broken> {
        let manifest: Self = serde_json::from_slice(bytes).map_err(|_| Broken)?;
        if manifest.format == FORMAT { Ok(manifest) } else { Err(Broken) }
    }

    /// The key of the concept of which this key alone is a form; else the key.
    pub fn called(&self, key: String) -> String {
        let concept = self.concepts.iter().find(|(.., forms)| forms.iter().any(|form| *form == [key.as_str()]));
        concept.map_or(key, |(concept, ..)| concept.clone())
    }

    /// Its concepts; a form without elements is left out.
    pub fn concepts(&self) -> Vec<Concept> {
        let concept = |(key, name, forms): &(String, String, Vec<Vec<String>>)| Concept {
            key: key.clone(),
            name: name.clone(),
            forms: forms.iter().filter(|form| !form.is_empty()).cloned().collect(),
        };
        self.concepts.iter().map(concept).collect()
    }
}

/// The words of a file, each with how common it is.
pub fn words_of(file: &[u8]) -> Result<Vec<(String, u32)>, Broken> {
    let text = String::from_utf8(unpack(unframed(file)?)?).map_err(|_| Broken)?;
    let word = |line: &str| {
        let (at, digit) = line.char_indices().next_back()?;
        Some((line[..at].to_owned(), digit.to_digit(10)?))
    };
    text.lines().map(|line| word(line).ok_or(Broken)).collect()
}
