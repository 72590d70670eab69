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
    /// The first passage of each document and how many it has; an outer document stands before an inner one.
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
        let (firsts, lengths) = (reader.column(count)?, reader.column(count)?);
        let mut documents = Vec::with_capacity(firsts.len());
        let mut first = 0_u32;
        for (step, length) in firsts.into_iter().zip(lengths) {
            first = first.checked_add(step).ok_or(Broken)?;
            first.checked_add(length).filter(|end| *end <= passages).ok_or(Broken)?;
            documents.push((first, length));
        }
        let sayings = sayings(&mut reader, &facets)?;
        let numbers = reader.column(count)?.into_iter();
        let says: Vec<&Saying> =
            numbers.map(|number| sayings.get(number as usize).ok_or(Broken)).collect::<Result<_, _>>()?;
        let values = spelled_out(&documents, &says);
        Ok(Self { facets, documents, values })
    }

    /// The innermost document of each passage.
    pub fn owners(&self, passages: u32) -> Vec<u32> {
        let mut owners = vec![0; passages as usize];
        for (document, (first, count)) in (0..).zip(&self.documents) {
            owners[*first as usize..(*first + *count) as usize].fill(document);
        }
        owners
    }
}

/// What documents say: the values of each facet, or `None` where they are those of the document around.
fn sayings(reader: &mut Reader<'_>, facets: &[(String, Vec<FacetValue>)]) -> Result<Vec<Saying>, Broken> {
    let mut sayings = Vec::new();
    for _ in 0..reader.int()? {
        let mut saying = Vec::new();
        for (_, known) in facets {
            let values = match reader.int()?.checked_sub(1) {
                Some(length) => Some(reader.column(length)?),
                None => None,
            };
            if values.iter().flatten().any(|value| *value as usize >= known.len()) {
                return Err(Broken);
            }
            saying.push(values);
        }
        sayings.push(saying);
    }
    Ok(sayings)
}

/// The values of each facet, if they are a document's own.
type Saying = Vec<Option<Vec<u32>>>;

/// The values of each document in the order of facets: its own, or those of the document around it.
fn spelled_out(documents: &[(u32, u32)], says: &[&Saying]) -> Vec<Vec<Vec<u32>>> {
    let mut values: Vec<Vec<Vec<u32>>> = Vec::with_capacity(documents.len());
    let mut open: Vec<usize> = Vec::new();
    for (index, ((first, _), saying)) in documents.iter().zip(says).enumerate() {
        while open.last().is_some_and(|outer| documents[*outer].0 + documents[*outer].1 <= *first) {
            open.pop();
        }
        let outer = open.last().map(|outer| &values[*outer]);
        let of_facet = |(facet, own): (usize, &Option<Vec<u32>>)| match own {
            Some(own) => own.clone(),
            None => outer.map(|outer| outer[facet].clone()).unwrap_or_default(),
        };
        values.push(saying.iter().enumerate().map(of_facet).collect());
        open.push(index);
    }
    values
}
