//! The manifest and the files of words, written.
//!
//! Input: what came of the segments. Output: the files of words, and `search/index.bin`: the manifest with the cores. Not
//! here: what is in a file of words (`shards.rs`), and reading them, which is `search/files.rs`.

use std::collections::BTreeMap;

use super::bytes::{framed, pack, push_int, push_text};
use super::core;
use super::near::{Neighbours, near};
use super::plan::Plan;
use super::segment::{Put, SegmentSummary};
use super::shard::Lists;
use super::shards::{buckets, shards};
use crate::search::manifest::{ENGLISH, Manifest, PATH, Segment};
use crate::search::tables::FORMAT;

/// Writes the files that belong to no segment, the manifest last.
///
/// # Errors
/// Those of `put`.
pub fn finish<E>(plan: &Plan, segments: &[SegmentSummary], put: Put<'_, E>) -> Result<(), E> {
    let mut uses: BTreeMap<Box<str>, u32> = BTreeMap::new();
    for (word, count) in segments.iter().flat_map(|segment| &segment.words) {
        *uses.entry(word.clone()).or_default() += count;
    }
    let mut passages: BTreeMap<&str, u32> = BTreeMap::new();
    for (key, list) in segments.iter().flat_map(|segment| &segment.lists) {
        *passages.entry(key).or_default() += list.count;
    }
    let all = segments.iter().map(SegmentSummary::passages).sum();
    let near = if plan.stem { near(&uses, &passages, &plan.meanings, all) } else { Neighbours::default() };
    let lists: Vec<&Lists> = segments.iter().map(|segment| &segment.lists).collect();
    let newest = segments.last().map(|segment| (segment.name.as_str(), &segment.lists));
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        stem: if plan.stem { ENGLISH } else { "none" }.to_owned(),
        pages: segments.iter().map(SegmentSummary::pages).sum(),
        passages: all,
        newest: segments.iter().map(SegmentSummary::newest).max().unwrap_or(0),
        segments: segments.iter().map(said).collect(),
        words: buckets(&passages, newest, &uses, &near, put)?,
        shards: shards(lists.split_last().map_or(&[], |(_, closed)| closed), put)?,
        facets: plan.facets.iter().map(|(facet, _)| facet.clone()).collect(),
        concepts: plan
            .concepts
            .iter()
            .chain(&plan.questions)
            .cloned()
            .map(|concept| (concept.key, concept.name, concept.forms))
            .collect(),
    };
    let mut payload = Vec::new();
    let json = serde_json::to_string(&manifest).unwrap_or_else(|error| unreachable!("texts are JSON: {error}"));
    push_text(&mut payload, &json);
    for segment in segments {
        let core = core::encode(&segment.core);
        push_int(&mut payload, core.len() as u32);
        payload.extend_from_slice(&core);
    }
    put(PATH.to_owned(), framed(&pack(&payload)))
}

fn said(segment: &SegmentSummary) -> Segment {
    Segment { name: segment.name.clone(), pages: segment.pages(), passages: segment.passages() }
}
