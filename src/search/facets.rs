//! Facets: which document of a segment has which values.
//!
//! Input: the file of facets of a segment. Output: [`FacetColumns`], or [`Broken`]. Not here: counting (`narrow.rs`), and
//! where values come from (`index/facets.rs`).

use super::bytes::{Broken, Reader, unframed, unpack};

/// The facet that is worked out from dates and not stored.
pub const YEAR: &str = "year";

/// A value of a facet: its key in addresses, and its label.
pub type FacetValue = (String, String);

/// The facets of the documents of a segment.
pub struct FacetColumns {
    /// The key and the values of each facet.
    pub facets: Vec<(String, Vec<FacetValue>)>,
    /// The passages of each document, as (first, end); an outer document stands before an inner one.
    pub documents: Vec<(u32, u32)>,
    /// For each document and each facet, the values, as indexes.
    pub values: Vec<Vec<Vec<u32>>>,
}

impl FacetColumns {
    /// Reads a file of a segment with so many passages.
    pub fn decode(file: &[u8], passages: u32) -> Result<Self, Broken> {
        let payload = unpack(unframed(file)?)?;
        let mut reader = Reader::new(&payload);
        let facets: Vec<(String, Vec<FacetValue>)> = serde_json::from_str(reader.text()?).map_err(|_| Broken)?;
        let count = reader.int()?;
        let documents = reader.spans(count)?;
        if documents.iter().any(|(_, end)| *end > passages) {
            return Err(Broken);
        }
        let sayings = sayings(&mut reader, &facets, count)?;
        let numbers = reader.column(count)?.into_iter();
        let says: Vec<&Saying> =
            numbers.map(|number| sayings.get(number as usize).ok_or(Broken)).collect::<Result<_, _>>()?;
        let values = spelled_out(&documents, &says)?;
        Ok(Self { facets, documents, values })
    }

    /// The innermost document of each passage.
    pub fn owners(&self, passages: u32) -> Vec<u32> {
        let mut owners = vec![0; passages as usize];
        for (document, (first, end)) in (0..).zip(&self.documents) {
            owners[*first as usize..*end as usize].fill(document);
        }
        owners
    }
}

/// Reads what so many documents say: each saying is one of theirs. Without facets a saying has no byte, and any number of
/// them would be explained by the file.
fn sayings(
    reader: &mut Reader<'_>,
    facets: &[(String, Vec<FacetValue>)],
    documents: u32,
) -> Result<Vec<Saying>, Broken> {
    let mut sayings = Vec::new();
    let count = reader.int()?;
    if count > documents {
        return Err(Broken);
    }
    for _ in 0..count {
        let mut saying = Vec::new();
        for (_, known) in facets {
            let values = reader.int()?.checked_sub(1).map(|length| reader.column(length)).transpose()?;
            if values.iter().flatten().any(|value| *value as usize >= known.len()) {
                return Err(Broken);
            }
            saying.push(values);
        }
        sayings.push(saying);
    }
    Ok(sayings)
}

/// What a document says: the values of each facet, or `None` if they are those of the document around it.
type Saying = Vec<Option<Vec<u32>>>;

/// How many values all documents of a segment have together, at most: a hundred times those of a large site. Many documents may
/// share one long saying, so that a small file could fill the memory.
const MOST_VALUES: usize = 1 << 24;

/// The values of each document in the order of facets: its own, or those of the document around it.
fn spelled_out(documents: &[(u32, u32)], says: &[&Saying]) -> Result<Vec<Vec<Vec<u32>>>, Broken> {
    let mut values: Vec<Vec<Vec<u32>>> = Vec::with_capacity(documents.len());
    let mut left = MOST_VALUES;
    for (outer, saying) in outer_spans(documents).into_iter().zip(says) {
        let outer = outer.map(|outer| &values[outer]);
        let of_facet = |(facet, own): (usize, &Option<Vec<u32>>)| match own {
            Some(own) => own.clone(),
            None => outer.map(|outer| outer[facet].clone()).unwrap_or_default(),
        };
        let own: Vec<Vec<u32>> = saying.iter().enumerate().map(of_facet).collect();
        let count = own.iter().map(|values| values.len() + 1).sum();
        left = left.checked_sub(count).ok_or(Broken)?;
        values.push(own);
    }
    Ok(values)
}

/// For each of these spans (first, end) the index of the innermost span around it; `None` if there is none. An outer span
/// stands before an inner one.
pub fn outer_spans(spans: &[(u32, u32)]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let outer = |(index, (first, _)): (usize, &(u32, u32))| {
        open.retain(|outer| spans[*outer].1 > *first);
        let outer = open.last().copied();
        open.push(index);
        outer
    };
    spans.iter().enumerate().map(outer).collect()
}
