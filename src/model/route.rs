//! What the public folder will hold, before a byte of it is made.

use super::DocumentId;

/// One file of the public folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// Below the public folder, with `/`: `minutes/board/2021-09-07/index.html`.
    pub path: Box<str>,
    /// What makes its bytes.
    pub kind: RouteKind,
}

impl RouteKind {
    /// Whether it is a page that a template makes, from answers of the site alone.
    #[must_use]
    pub fn is_page(self) -> bool {
        !matches!(self, Self::Asset(_) | Self::Attachment(_) | Self::Export(_) | Self::Index)
    }
}

/// What makes the bytes of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RouteKind {
    /// The home page.
    Home,
    /// A document's page, whole, exempt or a tombstone.
    Document(DocumentId),
    /// A page of a list: an index into `Site::listings`, and which page of it, from 1.
    Listing(u32, u32),
    /// A page of what changed lately, from 1.
    Updates(u32),
    /// The list of topics.
    Topics,
    /// Everything by its first letter.
    AToZ,
    /// The list of all data.
    Data,
    /// Where the site is searched.
    Search,
    /// All words that the site explains.
    Glossary,
    /// What is to come; or a month, by its year and number.
    Calendar(Option<(i16, i8)>),
    /// A page of the forward plan, from 1: of all bodies, or of one.
    Plan(Option<DocumentId>, u32),
    /// The statement on how well everybody can use the site.
    Accessibility,
    /// A page that leads to what bears a number: an index into `OwnPages::numbers`.
    Number(u32),
    /// The days on which editions began.
    Editions,
    /// The editions that began on one day: an index into `OwnPages::edition_days`.
    EditionDay(u32),
    /// What changed from one edition to a later one: an index into `OwnPages::comparisons`.
    Comparison(u32),
    /// What a reader sees at an address that is not there.
    NotFound,
    /// A page that leads on from an old address: an index into `Site::aliases`.
    Redirect(u32),
    /// A file of the theme: an index into the theme's assets.
    Asset(u32),
    /// A file of the site: an index into `Site::attachments`.
    Attachment(u32),
    /// A file of the search index, which is made segment by segment and in no plan.
    Index,
    /// A file for machines: an index into what `export` planned.
    Export(u32),
}

/// The content of one file of the public folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of a file of the site, to be copied from disk to disk.
    Copy {
        /// Its path below the site's root.
        from: Box<str>,
        /// In bytes.
        length: u64,
        /// XXH3-128 of the bytes.
        hash: u128,
    },
}
