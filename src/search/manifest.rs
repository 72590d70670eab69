//! The manifest, and the words by which mistyped ones are corrected.
//!
//! Enters: what came of the segments. Leaves: `search/index.json`, and the files it names that belong to no segment.
//! Absent: which word was meant (`correct.rs`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::bytes::{Broken, framed, pack, unframed, unpack};
use super::concepts::Concept;
use super::plan::Plan;
use super::segment::{Indexed, Put};

/// The form of the index. A change that a reader of the files could notice makes a new number.
pub const FORMAT: &str = "folkmoot-search/1";

/// Where the manifest is, below the public folder.
pub const PATH: &str = "search/index.json";

/// The manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// `english` or `none`.
    pub stem: String,
    /// How many pages.
    pub pages: u32,
    /// How many passages.
    pub passages: u32,
    /// The last day of a page.
    pub newest: u32,
    /// In the order of time.
    pub segments: Vec<Segment>,
    /// First character of a word → the file of such words.
    pub words: BTreeMap<char, String>,
    /// (key, label).
    pub facets: Vec<(String, String)>,
    /// (key, name, forms).
    pub concepts: Vec<(String, String, Vec<Vec<String>>)>,
}

/// A segment in the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Its folder.
    pub name: String,
    /// How many pages.
    pub pages: u32,
    /// How many passages.
    pub passages: u32,
}

impl Manifest {
    /// Reads a manifest; nothing if it is broken or of a form that this program does not know.
    pub fn parse(bytes: &[u8]) -> Result<Self, Broken> {
        let manifest: Self = serde_json::from_slice(bytes).map_err(|_| Broken)?;
        if manifest.format == FORMAT { Ok(manifest) } else { Err(Broken) }
    }

    /// The concepts again.
    pub fn concepts(&self) -> Vec<Concept> {
        let concept = |(key, name, forms): &(String, String, Vec<Vec<String>>)| Concept {
            key: key.clone(),
            name: name.clone(),
            forms: forms.iter().filter(|form| !form.is_empty()).cloned().collect(),
        };
        self.concepts.iter().map(concept).collect()
    }
}

/// Writes what belongs to no segment, the manifest last.
pub fn finish<E>(plan: &Plan, segments: Vec<Indexed>, put: Put<'_, E>) -> Result<(), E> {
    let mut manifest = Manifest {
        format: FORMAT.to_owned(),
        stem: if plan.stem { "english" } else { "none" }.to_owned(),
        pages: segments.iter().map(|segment| segment.pages).sum(),
        passages: segments.iter().map(|segment| segment.passages).sum(),
        newest: segments.iter().map(|segment| segment.newest).max().unwrap_or(0),
        segments: Vec::new(),
        words: BTreeMap::new(),
        facets: plan.facets.iter().map(|(facet, _)| facet.clone()).collect(),
        concepts: plan.concepts.iter().cloned().map(|concept| (concept.key, concept.name, concept.forms)).collect(),
    };
    let mut uses: BTreeMap<Box<str>, u32> = BTreeMap::new();
    for segment in segments {
        manifest.segments.push(Segment { name: segment.name, pages: segment.pages, passages: segment.passages });
        for (word, count) in segment.words {
            *uses.entry(word).or_default() += count;
        }
    }
    let mut files: BTreeMap<char, String> = BTreeMap::new();
    for (word, count) in uses {
        let Some(first) = word.chars().next() else { continue };
        let file = files.entry(first).or_default();
        // ⌊log₄⌋: a few new uses change no file.
        file.push_str(&format!("{word}{}\n", (count.ilog2() / 2).min(9)));
    }
    for (first, text) in files {
        let file = framed(&pack(text.as_bytes()));
        let name = format!("{:016x}", xxh3_64(&file));
        put(format!("search/words/{name}.bin"), file)?;
        manifest.words.insert(first, name);
    }
    let mut json = serde_json::to_vec(&manifest).unwrap_or_else(|error| unreachable!("texts are JSON: {error}"));
    json.push(b'\n');
    put(PATH.to_owned(), json)
}

/// The words of a file, and how common each is.
pub fn words_of(file: &[u8]) -> Result<Vec<(String, u32)>, Broken> {
    let text = String::from_utf8(unpack(unframed(file)?)?).map_err(|_| Broken)?;
    let word = |line: &str| {
        let (at, digit) = line.char_indices().next_back()?;
        Some((line[..at].to_owned(), digit.to_digit(10)?))
    };
    text.lines().map(|line| word(line).ok_or(Broken)).collect()
}
