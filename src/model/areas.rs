//! What concerns which area, the figures of areas, and the postcodes in them.
//!
//! Input: none, these are types; `assemble` makes one [`Areas`] for each site. Output: plain values, of public documents alone. Not
//! here: how an area is named (`assemble/areas.rs`), and what pages show of it.

use std::collections::BTreeMap;

use super::DocumentId;
use crate::data::table::Table;
use crate::source::Span;

/// The areas of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Areas {
    /// The areas that a document concerns, those in which they lie included, sorted. A document that concerns none is not in it.
    pub of: BTreeMap<DocumentId, Vec<DocumentId>>,
    /// What concerns an area or a part of it, sorted.
    pub concerned: BTreeMap<DocumentId, Vec<DocumentId>>,
    /// The figures of measures by area, in the order of measures and files, those of the whole first.
    pub figures: Vec<AreaFigures>,
    /// The postcodes, by what comes first in them.
    pub postcodes: BTreeMap<Box<str>, PostcodeShard>,
}

impl Areas {
    /// The areas that a document concerns, those in which they lie included.
    #[must_use]
    pub fn of(&self, document: DocumentId) -> &[DocumentId] {
        self.of.get(&document).map_or(&[], Vec::as_slice)
    }

    /// What concerns an area or a part of it.
    #[must_use]
    pub fn concerned(&self, area: DocumentId) -> &[DocumentId] {
        self.concerned.get(&area).map_or(&[], Vec::as_slice)
    }
}

/// The rows of a file of figures that are those of one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaFigures {
    /// The measure whose figures they are.
    pub measure: DocumentId,
    /// The file: an index into `Site::attachments`.
    pub file: u32,
    /// The area; `None` for what the file says of all areas together.
    pub area: Option<DocumentId>,
    /// Those rows, without the column that names areas.
    pub table: Table,
}

/// Postcodes that begin with the same signs: an area, and the rest of each postcode that is in it.
pub type PostcodeShard = BTreeMap<DocumentId, Vec<Box<str>>>;

/// A row of the table of postcodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostcodeRow {
    /// What comes first in the postcode, in capitals.
    pub first: Box<str>,
    /// The rest of it.
    pub rest: Box<str>,
    /// The postcode as it is typed.
    pub typed: Box<str>,
    /// How the row names the area.
    pub area: Box<str>,
    /// Where it stands.
    pub span: Span,
}
