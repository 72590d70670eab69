//! Hits, page by page: those that fit the facets that were chosen, and how many pages each value has.
//!
//! Input: an [`Index`], the hits of each segment, and what was chosen. Output: [`Group`]s, and [`FacetCounts`]. The rules
//! are in FORMAT.md ("Score", its last lines). Not here: scores, texts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::core::Core;
use super::dates::{Span, day_of};
use super::facets::{FacetColumns, YEAR};
use super::files::{Index, IndexError};
use super::matches::{Hit, Hits};

/// The values of a facet that the answer has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetCounts {
    /// The facet's key.
    pub key: String,
    /// The facet's label.
    pub label: String,
    /// Its values, the most frequent first; of years, the latest first.
    pub values: Vec<ValueCount>,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueCount {
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// The number of pages with a hit that has it.
    pub count: u32,
}

/// What an answer is narrowed to: of each facet by its key, the keys of values of which one must fit.
pub type Chosen<'question> = BTreeMap<&'question str, BTreeSet<&'question str>>;

/// The hits of one page.
pub struct Group {
    /// The number of its segment.
    pub segment: usize,
    /// The number of the page in its segment.
    pub page: u32,
    /// Whether the page has a date.
    pub dated: bool,
    /// Its hits, the best first.
    pub hits: Vec<Hit>,
    /// The page's first passage.
    pub first: u32,
}

impl Group {
    /// The score of its best passage.
    pub fn score(&self) -> u32 {
        self.hits.first().map_or(0, |hit| hit.score)
    }

    /// What groups are sorted by, ascending.
    pub fn order(&self, newest_first: bool) -> impl Ord + use<> {
        let rank = if newest_first { u32::from(self.dated) } else { self.score() };
        Reverse((rank, self.segment, self.page))
    }
}

/// The hits that fit everything that was chosen, page by page in the order of time; and the counts of all facets if they
/// are asked for (`counted`).
///
/// # Errors
/// If a file that is needed is missing or broken.
pub fn narrow(
    index: &Index<'_>,
    chosen: &Chosen<'_>,
    counted: bool,
    found: Vec<Hits>,
) -> Result<(Vec<Group>, Vec<FacetCounts>), IndexError> {
    let mut counts = Counts::default();
    let mut groups: Vec<Group> = Vec::new();
    for ((segment, hits), core) in found.into_iter().enumerate().zip(&index.cores) {
        let mut facets = None;
        if !hits.is_empty() && (counted || !chosen.is_empty()) {
            let columns = index.facets(segment)?;
            let owners = columns.owners(core.passages());
            facets = Some((columns, owners));
        }
        for (hit, page, first) in by_page(core, &hits) {
            let date = core.dates.get(page as usize);
            let fits = match &facets {
                None => true,
                Some((columns, owners)) => {
                    let values = values_of(columns, owners[hit.passage as usize] as usize, date);
                    counts.add(&values, chosen, (segment, page))
                }
            };
            if !fits {
                continue;
            }
            match groups.last_mut().filter(|group| (group.segment, group.page) == (segment, page)) {
                Some(group) => group.hits.push(hit),
                None => groups.push(Group { segment, page, dated: date.is_some(), hits: vec![hit], first }),
            }
        }
    }
    for group in &mut groups {
        group.hits.sort_by_key(|hit| (Reverse(hit.score), hit.passage));
    }
    Ok((groups, if counted { counts.shown(index) } else { Vec::new() }))
}

/// The number of pages that these hits of a segment are on.
pub fn count_pages(core: &Core, hits: &Hits) -> u32 {
    let mut pages: Vec<u32> = by_page(core, hits).map(|(_, page, _)| page).collect();
    pages.dedup();
    pages.len() as u32
}

/// Each hit with its page and the first passage of the page.
fn by_page<'hits>(core: &'hits Core, hits: &'hits Hits) -> impl Iterator<Item = (Hit, u32, u32)> + 'hits {
    let (mut page, mut first) = (0_u32, 0_u32);
    hits.iter().map(move |hit| {
        while hit.passage >= first + core.sizes[page as usize] {
            first += core.sizes[page as usize];
            page += 1;
        }
        (*hit, page, first)
    })
}

/// The values of a document, as (facet, key, label).
type Values<'columns> = Vec<(&'columns str, String, String)>;

fn values_of<'columns>(columns: &'columns FacetColumns, document: usize, date: Option<&Span>) -> Values<'columns> {
    let mut values = Vec::new();
    for ((facet, known), of_facet) in columns.facets.iter().zip(&columns.values[document]) {
        for value in of_facet {
            let (key, label) = &known[*value as usize];
            values.push((facet.as_str(), key.clone(), label.clone()));
        }
    }
    if let Some(date) = date {
        let year = format!("{:04}", day_of(date.first).year());
        values.push((YEAR, year.clone(), year));
    }
    values
}

/// A value of a facet while it is counted: its label, its pages, and the last page that was counted for it.
type Counted = (String, u32, Option<(usize, u32)>);

/// How many pages each value has.
#[derive(Default)]
struct Counts {
    /// Facet → value → what was counted.
    facets: BTreeMap<String, BTreeMap<String, Counted>>,
}

impl Counts {
    /// Counts a hit for each facet whose other facets it fits, and says whether it fits all.
    fn add(&mut self, values: &Values<'_>, chosen: &Chosen<'_>, page: (usize, u32)) -> bool {
        let fits = |facet: &str, wanted: &BTreeSet<&str>| {
            values.iter().any(|(other, key, _)| *other == facet && wanted.contains(key.as_str()))
        };
        let unfit: Vec<&str> =
            chosen.iter().filter(|(facet, wanted)| !fits(facet, wanted)).map(|(facet, _)| *facet).collect();
        for (facet, key, label) in values {
            let counted = match unfit.as_slice() {
                [] => true,
                [one] => one == facet,
                _ => false,
            };
            if counted {
                let of_facet = self.facets.entry((*facet).to_owned()).or_default();
                let (_, count, last) = of_facet.entry(key.clone()).or_insert_with(|| (label.clone(), 0, None));
                if *last != Some(page) {
                    *count += 1;
                    *last = Some(page);
                }
            }
        }
        unfit.is_empty()
    }

    fn shown(mut self, index: &Index<'_>) -> Vec<FacetCounts> {
        let mut shown = Vec::new();
        for (key, label) in &index.manifest.facets {
            let values = self.facets.remove(key).unwrap_or_default().into_iter();
            let mut values: Vec<ValueCount> =
                values.map(|(key, (label, count, _))| ValueCount { key, label, count }).collect();
            if key == YEAR {
                values.reverse();
            } else {
                values.sort_by(|one, other| {
                    (other.count, &one.label, &one.key).cmp(&(one.count, &other.label, &other.key))
                });
            }
            shown.push(FacetCounts { key: key.clone(), label: label.clone(), values });
        }
        shown
    }
}
