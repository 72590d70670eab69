//! The manifest: what an index is, and which files it has.
//!
//! Input: its text. Output: a [`Manifest`], or [`Broken`]. Not here: the file in which it stands before the cores (`files.rs`),
//! and writing it, which is `index/manifest.rs`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bytes::Broken;
use super::concepts::Concept;
use super::tables::FORMAT;

/// The path of the manifest, and of the cores behind it, below the public folder.
pub const PATH: &str = "search/index.bin";

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
    /// Whether the last segment holds the latest pages alone, and its words stand behind the cores.
    pub latest: bool,
    /// The first byte of keys, as two hexadecimal digits → the check of the file of such words.
    pub words: BTreeMap<String, u32>,
    /// Where the words of all segments are but for the recent and the latest.
    pub shards: Shards,
    /// The facets, as (key, label).
    pub facets: Vec<(String, String)>,
    /// The concepts, as (key, name, forms).
    pub concepts: Vec<(String, String, Vec<Vec<String>>)>,
}

/// The shards of all segments but the recent and the latest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shards {
    /// Their folder; empty if there is none.
    pub name: String,
    /// Where each begins: no key before it is in it.
    pub firsts: Vec<String>,
    /// The keys with long lists: how many bytes these have, and how many postings.
    pub long: BTreeMap<String, (u32, u32)>,
    /// How many bytes of long lists a question may ask for.
    pub whole: u32,
}

impl Shards {
    /// The shard that would hold a key; `None` if the key stands before all of them.
    pub fn of(&self, key: &str) -> Option<usize> {
        self.firsts.partition_point(|first| first.as_str() <= key).checked_sub(1)
    }
}

/// A segment in the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// The folder of its facets, and of the places of the recent and the latest.
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

    /// The number of the recent segment, whose lists stand in the buckets.
    pub fn recent(&self) -> Option<usize> {
        self.segments.len().checked_sub(1 + usize::from(self.latest))
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// If it is broken, or of a form that this program does not know.
    pub fn parse(text: &str) -> Result<Self, Broken> {
        let manifest: Self = serde_json::from_str(text).map_err(|_| Broken)?;
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
