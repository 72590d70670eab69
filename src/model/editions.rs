//! The editions of documents: a strategy as it stands, and as it stood before.
//!
//! Input: none; these are types, filled by `assemble`. Output: [`Editions`]. Not here: what changed between two of them (`compare`).

use std::collections::BTreeMap;

use super::{Address, Date, DocumentId};

/// One edition of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Edition {
    /// The document that holds its text.
    pub document: DocumentId,
    /// Its first day, as far as it is known.
    pub from: Option<Date>,
    /// The first day of the edition after it; `None` for the present one.
    pub until: Option<Date>,
}

/// The editions of all documents that have several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Editions {
    /// Of each present edition, all, the earliest first; the present one is the last.
    of: BTreeMap<DocumentId, Vec<Edition>>,
    /// The present edition of each.
    present: BTreeMap<DocumentId, DocumentId>,
}

impl Editions {
    /// The table of `all`: for each document, its editions, the earliest first and the present one last.
    #[must_use]
    pub fn new(all: Vec<Vec<Edition>>) -> Self {
        let mut editions = Self::default();
        for list in all {
            let Some(last) = list.last().map(|last| last.document) else { continue };
            editions.present.extend(list.iter().map(|edition| (edition.document, last)));
            editions.of.insert(last, list);
        }
        editions
    }

    /// All editions of the document of which this is one, the earliest first and the present one last; empty if it has no other.
    #[must_use]
    pub fn all(&self, document: DocumentId) -> &[Edition] {
        let present = self.present.get(&document).and_then(|present| self.of.get(present));
        present.map_or(&[], Vec::as_slice)
    }

    /// The editions of each document that has several, in the order of the documents.
    pub fn iter(&self) -> impl Iterator<Item = &[Edition]> {
        self.of.values().map(Vec::as_slice)
    }
}

/// A page that says what changed from one edition to a later one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Where it is: `/strategies/safer-plan/2021-03/changes/`.
    pub address: Address,
    /// The same, side by side or in one column: the other of the two.
    pub other_form: Address,
    /// The earlier edition.
    pub older: DocumentId,
    /// The later one.
    pub newer: DocumentId,
    /// Whether the two texts stand side by side.
    pub side_by_side: bool,
}

/// A page that lists the editions which began on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionDay {
    /// Where it is: `/editions/2024-06-12/`.
    pub address: Address,
    /// The day, or the month or year, where no more is known.
    pub day: Date,
    /// What began then, in the order of their ids.
    pub documents: Vec<DocumentId>,
}
