//! The manifest and the files of words, written.
//!
//! Input: what came of the segments. Output: `search/index.json`, and the files it names that belong to no segment. Not
//! here: reading them, which is `search/manifest.rs`.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use super::bytes::{framed, pack};
use super::near::near;
use super::plan::Plan;
use super::segment::{Put, SegmentSummary};
use crate::search::manifest::{ENGLISH, Manifest, Near, PATH, Segment};
use crate::search::tables::{FORMAT, MOST_COMMON};

/// Writes the files that belong to no segment, the manifest last.
///
/// # Errors
/// Those of `put`.
pub fn finish<E>(plan: &Plan, segments: Vec<SegmentSummary>, put: Put<'_, E>) -> Result<(), E> {
    let mut manifest = Manifest {
        format: FORMAT.to_owned(),
        stem: if plan.stem { ENGLISH } else { "none" }.to_owned(),
        pages: segments.iter().map(|segment| segment.pages).sum(),
        passages: segments.iter().map(|segment| segment.passages).sum(),
        newest: segments.iter().map(|segment| segment.newest).max().unwrap_or(0),
        segments: Vec::new(),
        words: BTreeMap::new(),
        near: Near::default(),
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
    if plan.stem {
        let (said, files) = near(&uses);
        for (number, file) in files.into_iter().enumerate() {
            put(format!("search/near/{}/{number}.bin", said.name), file)?;
        }
        manifest.near = said;
    }
    let mut files: BTreeMap<char, String> = BTreeMap::new();
    for (word, count) in uses {
        let Some(first) = word.chars().next() else { continue };
        let file = files.entry(first).or_default();
        // ⌊log₄⌋: a few new uses change no file.
        file.push_str(&format!("{word}{}\n", (count.ilog2() / 2).min(MOST_COMMON)));
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
