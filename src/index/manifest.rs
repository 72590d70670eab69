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
use super::shards::{buckets, latest_bucket, shards};
use crate::search::manifest::{ENGLISH, Manifest, PATH, Segment};
use crate::search::tables::FORMAT;
use crate::search::units::word_key;

/// Writes the files that belong to no segment, the manifest last.
///
/// # Errors
/// Those of `put`.
pub fn finish<E>(plan: &Plan, segments: &[SegmentSummary], put: Put<'_, E>) -> Result<(), E> {
    let (before, latest) = segments.split_at(segments.len() - usize::from(plan.latest));
    let mut uses: BTreeMap<Box<str>, u32> = BTreeMap::new();
    for (word, count) in before.iter().flat_map(|segment| &segment.words) {
        *uses.entry(word.clone()).or_default() += count;
    }
    let passages = passages_with(before);
    let all = segments.iter().map(SegmentSummary::passages).sum();
    let near = near_in(plan, &uses, &passages, (&plan.meanings, all));
    let recent = before.last().map(|segment| (segment.name.as_str(), &segment.lists));
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        stem: if plan.stem { ENGLISH } else { "none" }.to_owned(),
        pages: segments.iter().map(SegmentSummary::pages).sum(),
        passages: all,
        newest: segments.iter().map(SegmentSummary::newest).max().unwrap_or(0),
        segments: segments.iter().map(said).collect(),
        latest: plan.latest,
        words: buckets(&passages, recent, &uses, &near, put)?,
        shards: shards(before.split_last().map_or(&[], |(_, closed)| closed), plan.long, put)?,
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
    for segment in latest {
        let new: BTreeMap<Box<str>, u32> =
            segment.words.iter().filter(|(word, _)| is_new(plan, word, &passages)).cloned().collect();
        let near = near_in(plan, &new, &passages_with(latest), (&[], all));
        payload.extend_from_slice(&latest_bucket((&segment.name, &segment.lists), &passages, &new, &near, put)?);
    }
    put(PATH.to_owned(), framed(&pack(&payload)))
}

/// How many passages of segments have each key.
fn passages_with(segments: &[SegmentSummary]) -> BTreeMap<&str, u32> {
    let mut passages: BTreeMap<&str, u32> = BTreeMap::new();
    for (key, list) in segments.iter().flat_map(|segment| &segment.lists) {
        *passages.entry(key).or_default() += list.count;
    }
    passages
}

/// What is near to what among words.
fn near_in<'site>(
    plan: &Plan,
    uses: &'site BTreeMap<Box<str>, u32>,
    passages: &BTreeMap<&str, u32>,
    (meanings, all): (&'site [(String, Vec<String>)], u32),
) -> Neighbours<'site> {
    if plan.stem { near(uses, passages, meanings, all) } else { Neighbours::default() }
}

/// Whether a word has a key that none of these passages has.
fn is_new(plan: &Plan, word: &str, passages: &BTreeMap<&str, u32>) -> bool {
    word_key(word, plan.stem).is_some_and(|key| !passages.contains_key(key.as_str()))
}

fn said(segment: &SegmentSummary) -> Segment {
    Segment { name: segment.name.clone(), pages: segment.pages(), passages: segment.passages() }
}
