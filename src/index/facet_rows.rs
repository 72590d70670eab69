//! The file of facets of a segment: which of its documents have which values.
//!
//! Input: documents, page by page, with the records in them. Output: the file, as `search/FORMAT.md` says. Not here: what
//! the values of a document are (`facets.rs`), and reading the file, which is `search/facets.rs`.

use std::collections::BTreeMap;

use super::bytes::{framed, pack, push_column, push_int, push_spans, push_text};
use super::facets::{Facet, FacetSource, values};
use super::passages::{Page, Record, Standing};
use crate::model::{DocumentId, Site};
use crate::search::facets::{FacetValue, outer_spans};

/// A document of the segment.
struct Row {
    /// Its first passage.
    first: u32,
    /// How many passages it has.
    count: u32,
    /// The numbers of its values, for each facet.
    values: Vec<Vec<u32>>,
}

/// The documents of a segment, an outer one before those in its text.
pub struct FacetRows<'plan> {
    site: &'plan Site,
    facets: &'plan [(Facet, FacetSource)],
    rows: Vec<Row>,
    /// The values of each facet that were met so far, with their numbers.
    known: Vec<BTreeMap<FacetValue, u32>>,
}

/// What a document says: the values of each facet, or `None` if they are those of the document around it.
type Saying<'row> = Vec<Option<&'row [u32]>>;

impl<'plan> FacetRows<'plan> {
    /// No documents yet.
    pub fn new(site: &'plan Site, facets: &'plan [(Facet, FacetSource)]) -> Self {
        Self { site, facets, rows: Vec::new(), known: facets.iter().map(|_| BTreeMap::new()).collect() }
    }

    /// Adds a page whose first passage in the segment is `first`, and what stands in it.
    pub fn page(&mut self, id: DocumentId, page: &Page, first: u32) {
        let start = self.rows.len();
        let values = self.values_of(id);
        self.rows.push(Row { first, count: page.passages.len() as u32, values });
        let spans: Vec<(u32, u32)> =
            page.records.iter().map(|record| (record.first, record.first + record.count)).collect();
        for (record, outer) in page.records.iter().zip(outer_spans(&spans)) {
            let values = self.values_inside(record, start, outer.map_or(start, |outer| start + 1 + outer));
            self.rows.push(Row { first: first + record.first, count: record.count, values });
        }
    }

    fn values_of(&mut self, id: DocumentId) -> Vec<Vec<u32>> {
        let number = |known: &mut BTreeMap<FacetValue, u32>, value: FacetValue| {
            let next = known.len() as u32;
            *known.entry(value).or_insert(next)
        };
        let numbers = |((_, source), known): (&(Facet, FacetSource), &mut _)| {
            values(self.site, id, *source).into_iter().map(|value| number(known, value)).collect()
        };
        self.facets.iter().zip(&mut self.known).map(numbers).collect()
    }

    /// The values of a record: those that it says itself, and if it says nothing those of what is around it. `page` and
    /// `outer` are the rows of its page and of the document around it.
    fn values_inside(&mut self, record: &Record, page: usize, outer: usize) -> Vec<Vec<u32>> {
        let mut values = self.values_of(record.document);
        for (index, (_, source)) in self.facets.iter().enumerate() {
            let around = &self.rows[outer].values[index];
            match source {
                FacetSource::Kind | FacetSource::Status if record.standing == Standing::Section => {
                    values[index].clone_from(&self.rows[page].values[index]);
                }
                FacetSource::Kind | FacetSource::Status if record.standing == Standing::Whole => {}
                FacetSource::Year => {}
                FacetSource::Body if !values[index].is_empty() => {}
                FacetSource::Kind
                | FacetSource::Status
                | FacetSource::Body
                | FacetSource::Related(_)
                | FacetSource::Topic => {
                    for value in around {
                        if !values[index].contains(value) {
                            values[index].push(*value);
                        }
                    }
                }
            }
        }
        values
    }

    /// The documents that say something of their own, each with that; a record in place that says nothing is left out.
    fn sayings(&self) -> Vec<(&Row, Saying<'_>)> {
        let spans: Vec<(u32, u32)> = self.rows.iter().map(|row| (row.first, row.first + row.count)).collect();
        let mut own = Vec::new();
        for (row, outer) in self.rows.iter().zip(outer_spans(&spans)) {
            let outer = outer.map(|outer| &self.rows[outer]);
            let stored = self.facets.iter().enumerate().filter(|(_, (_, source))| *source != FacetSource::Year);
            let saying: Saying<'_> = stored
                .map(|(index, _)| {
                    let values = row.values[index].as_slice();
                    outer.is_none_or(|outer| outer.values[index] != values).then_some(values)
                })
                .collect();
            if saying.iter().any(Option::is_some) {
                own.push((row, saying));
            }
        }
        own
    }

    /// The file.
    pub fn encode(&self) -> Vec<u8> {
        let mut stored: Vec<(&str, Vec<&FacetValue>)> = Vec::new();
        for (((key, _), source), known) in self.facets.iter().zip(&self.known) {
            let mut list: Vec<(&u32, &FacetValue)> = known.iter().map(|(value, number)| (number, value)).collect();
            list.sort_unstable();
            if *source != FacetSource::Year {
                stored.push((key.as_str(), list.into_iter().map(|(_, value)| value).collect()));
            }
        }
        let json = serde_json::to_string(&stored).unwrap_or_else(|error| unreachable!("texts are JSON: {error}"));
        let mut out = Vec::new();
        push_text(&mut out, &json);
        let own = self.sayings();
        push_int(&mut out, own.len() as u32);
        push_spans(&mut out, own.iter().map(|(row, _)| (row.first, row.count)));
        let mut uses: BTreeMap<&[Option<&[u32]>], u32> = BTreeMap::new();
        for (_, saying) in &own {
            *uses.entry(saying).or_default() += 1;
        }
        // What is said most often has the smallest number.
        let mut sayings: Vec<&[Option<&[u32]>]> = uses.keys().copied().collect();
        sayings.sort_by_key(|saying| std::cmp::Reverse(uses[saying]));
        push_int(&mut out, sayings.len() as u32);
        for values in sayings.iter().copied().flatten() {
            push_int(&mut out, values.map_or(0, |values| values.len() as u32 + 1));
            push_column(&mut out, values.unwrap_or_default().iter().copied());
        }
        let numbers: BTreeMap<&[Option<&[u32]>], u32> = sayings.into_iter().zip(0..).collect();
        push_column(&mut out, own.iter().map(|(_, saying)| numbers[saying.as_slice()]));
        framed(&pack(&out))
    }
}
