//! What is decided before a segment is written: which pages are in which, in which order.
//!
//! Enters: the site. Leaves: a [`Plan`]. Absent: texts.

use super::concepts::{Concept, concepts};
use super::dates::Span;
use super::facets::{Asks, Facet, facets};
use super::passages::{View, pages};
use super::segment::span;
use crate::model::{DocumentId, Site};

/// A site with fewer anchors than this has one segment: there is little to keep.
const SMALL: usize = 16_384;

/// The longest run of years of one segment.
const LONGEST: i32 = 8;

/// What all segments of a site have in common, and what is in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Whether words are stemmed as English.
    pub stem: bool,
    /// What is one thing under several names.
    pub concepts: Vec<Concept>,
    /// Of each kind, whether its records are found by what readers call them.
    pub kinds: Vec<bool>,
    /// By what answers can be narrowed.
    pub facets: Vec<(Facet, Asks)>,
    /// In the order of time: the pages of each, in their order.
    pub segments: Vec<Vec<DocumentId>>,
}

/// Plans the index of a site.
#[must_use]
pub fn plan(view: View<'_>) -> Plan {
    let site = view.site;
    let stem = site.config.language.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("en"));
    Plan {
        stem,
        concepts: concepts(&site.glossary, &site.kinds, stem),
        kinds: site.kinds.iter().map(|(_, kind)| !kind.search_words.is_empty()).collect(),
        facets: facets(site, view.language),
        segments: segments(site, SMALL),
    }
}

/// Pages in the order of time, those without a date last, cut into runs of years.
/// A site with fewer anchors than `small` has one segment.
pub fn segments(site: &Site, small: usize) -> Vec<Vec<DocumentId>> {
    let mut dated: Vec<(Option<Span>, DocumentId)> =
        pages(site).map(|(id, document)| (document.date.and_then(span), id)).collect();
    dated.sort_by_key(|(span, id)| (span.is_none(), span.map(|span| (span.first, span.last)), *id));
    let anchors: usize = dated.iter().map(|(_, id)| site.document(*id).body.anchors.len() + 1).sum();
    let years: Vec<Option<i32>> = dated.iter().map(|(span, _)| span.map(year_of)).collect();
    let newest = years.iter().flatten().max().copied().unwrap_or(0);
    let run = |year: Option<i32>| match year {
        Some(year) if anchors >= small => first_of_run(year, newest),
        _ => newest,
    };
    let mut segments: Vec<Vec<DocumentId>> = Vec::new();
    let mut last = None;
    for ((_, id), year) in dated.into_iter().zip(years) {
        let run = run(year);
        if last != Some(run) {
            segments.push(Vec::new());
        }
        last = Some(run);
        if let Some(segment) = segments.last_mut() {
            segment.push(id);
        }
    }
    segments
}

fn year_of(span: Span) -> i32 {
    i32::from(super::dates::civil(span.first).0)
}

/// The first year of the run in which `year` lies, when `newest` is the newest year: the runs before it are aligned,
/// and as long as the binary digits of `newest` say, eight years at most.
fn first_of_run(year: i32, newest: i32) -> i32 {
    if year >= newest {
        return newest;
    }
    let mut length = LONGEST;
    loop {
        let first = year - year.rem_euclid(length);
        if first + length <= newest || length == 1 {
            return first;
        }
        length /= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_years_lie_in_runs_that_do_not_move_when_a_year_begins() {
        let runs = |newest: i32| {
            let mut runs: Vec<i32> = (2012..=newest).map(|year| first_of_run(year, newest)).collect();
            runs.dedup();
            runs
        };
        assert_eq!(runs(2026), [2008, 2016, 2024, 2026]);
        assert_eq!(runs(2027), [2008, 2016, 2024, 2026, 2027]);
        assert_eq!(runs(2028), [2008, 2016, 2024, 2028]);
        assert_eq!(runs(2032), [2008, 2016, 2024, 2032]);
    }
}
