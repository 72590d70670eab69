//! What is decided before a segment is written: which pages are in which, in which order.
//!
//! Input: the site. Output: a [`Plan`]. Not here: texts.

use super::concepts::{concepts, meanings, questions};
use super::facets::{Facet, FacetSource, facets};
use super::passages::{View, pages};
use crate::model::{Date, DocumentId, Site};
use crate::search::concepts::Concept;
use crate::search::dates::{self, Span};
use crate::search::tables::{LONG_LIST, LONG_LISTS, LONGEST_RUN};

/// A site with fewer anchors than this has one segment: a reader would keep little.
const SMALL: usize = 16_384;

/// What all segments of a site have in common, and what is in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Whether words are stemmed as English.
    pub stem: bool,
    /// The things that have several names.
    pub concepts: Vec<Concept>,
    /// For each kind, whether its records are found by what readers call them.
    pub kinds: Vec<bool>,
    /// The questions that fields answer; no text has their concepts.
    pub questions: Vec<Concept>,
    /// The concept of each word of the glossary that has a meaning, with the keys of the words of this meaning.
    pub meanings: Vec<(String, Vec<String>)>,
    /// The facets by which answers can be narrowed, each with where its values come from.
    pub facets: Vec<(Facet, FacetSource)>,
    /// The pages of each segment in their order; segments in the order of time.
    pub segments: Vec<Vec<DocumentId>>,
    /// Whether the last of them holds the latest pages alone.
    pub latest: bool,
    /// How many bytes the lists of a key have before they are long, and of how many bytes of long ones a question may ask.
    pub long: (u32, u32),
}

/// Plans the index of a site.
#[must_use]
pub fn plan(view: View<'_>) -> Plan {
    plan_in(view, SMALL)
}

/// Plans it; a site with fewer anchors than `small` has one segment.
#[must_use]
pub fn plan_in(view: View<'_>, small: usize) -> Plan {
    let site = view.site;
    let (segments, latest) = segments(site, small);
    let stem = site.config.language.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("en"));
    Plan {
        stem,
        concepts: concepts(&site.glossary, &site.kinds, stem),
        questions: questions(&site.kinds, stem),
        meanings: meanings(&site.glossary, stem),
        kinds: site.kinds.iter().map(|(_, kind)| !kind.search_words.is_empty()).collect(),
        facets: facets(site, view.language),
        segments,
        latest,
        long: (LONG_LIST, LONG_LISTS),
    }
}

/// Of so many pages with a date one is in the newest segment, at least.
const NEWEST_SHARE: usize = 256;

/// So many of the latest pages have a segment of their own, at most: all that is known of it is in the first file that is fetched.
const LATEST: usize = 32;

/// The longest time of which the latest pages may be, in days.
const LATEST_DAYS: u32 = 256;

/// The pages of a site in the order of time, those without a date last, cut into runs of years. What is recent is the part of a
/// year since a quarter of it began, so that new pages rewrite little, and of that the latest are by themselves: whether they
/// are is given too.
fn segments(site: &Site, small: usize) -> (Vec<Vec<DocumentId>>, bool) {
    let mut pages: Vec<(Option<Span>, DocumentId)> =
        pages(site).map(|(id, document)| (document.date.and_then(span), id)).collect();
    pages.sort_by_key(|(span, id)| (span.is_none(), span.map(|span| (span.first, span.last)), *id));
    let anchors: usize = pages.iter().map(|(_, id)| site.document(*id).body.anchors.len() + 1).sum();
    let dated = pages.partition_point(|(span, _)| span.is_some());
    let share = pages[..dated].iter().rev().nth(dated / NEWEST_SHARE);
    let cut =
        share.and_then(|(span, _)| *span).filter(|_| anchors >= small).map_or(0, |span| first_of_quarter(span.first));
    let first_day = |(span, _): &(Option<Span>, DocumentId)| span.map_or(0, |span| span.first);
    let from = if anchors >= small { first_of_latest(pages[..dated].iter().map(first_day)).max(cut) } else { u32::MAX };
    let latest = pages[..dated].partition_point(|page| first_day(page) < from);
    let latest: Vec<DocumentId> = pages.drain(latest..dated).map(|(_, id)| id).collect();
    let newest = year_of(cut.max(1));
    let run =
        |span: Option<Span>| span.filter(|span| span.first < cut).map(|span| first_of_run(year_of(span.first), newest));
    let segments = pages.chunk_by(|(one, _), (other, _)| run(*one) == run(*other));
    let mut segments: Vec<Vec<DocumentId>> =
        segments.map(|segment| segment.iter().map(|(_, id)| *id).collect()).collect();
    let has_latest = !latest.is_empty() && !segments.is_empty();
    if has_latest {
        segments.push(latest);
    }
    (segments, has_latest)
}

/// The day on which the latest pages begin, of the first days of all in their order: the longest aligned time up to the last that has so
/// few. Until it has too many, or the next begins, nothing else moves.
fn first_of_latest(days: impl DoubleEndedIterator<Item = u32> + Clone) -> u32 {
    let Some(last) = days.clone().next_back() else { return u32::MAX };
    let starts = std::iter::successors(Some(LATEST_DAYS), |length| Some(length / 2).filter(|length| *length > 0));
    let mut starts = starts.map(|length| last - last % length);
    starts
        .find(|start| days.clone().rev().take_while(|day| day >= start).take(LATEST + 1).count() <= LATEST)
        .unwrap_or(u32::MAX)
}

/// The first day of the quarter of a year in which a day lies.
fn first_of_quarter(day: u32) -> u32 {
    let date = dates::day_of(day);
    let month = date.month() - (date.month() - 1) % 3;
    dates::month_of(date.year(), month.unsigned_abs()).map_or(day, |month| month.first)
}

/// The days of a date; `None` if it is not known.
pub fn span(date: Date) -> Option<Span> {
    Some(Span { first: dates::day_number(date.earliest()?)?, last: dates::day_number(date.latest()?)? })
}

fn year_of(day: u32) -> i32 {
    i32::from(dates::day_of(day).year())
}

/// The first year of the run in which `year` lies, when `newest` is the newest year: the runs before it are aligned, and
/// as long as the binary digits of `newest` say, [`LONGEST_RUN`] at most.
fn first_of_run(year: i32, newest: i32) -> i32 {
    if year >= newest {
        return newest;
    }
    let mut length = LONGEST_RUN;
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
