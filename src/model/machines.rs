//! What files for machines mean for pages: what `export` knows and `render` shows.
//!
//! In the head of a page stands where its feeds are and what it is about ([`PageMetadata`]); one page lists all data
//! ([`Catalogue`]). Not here: the files themselves.

use super::{Address, Date};

/// What the head of one page tells machines. Nothing of it is for a preview.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct PageMetadata {
    /// Its feeds and its calendar.
    pub alternates: Vec<Alternate>,
    /// The file that tells browsers how to search the site: its address from the root of the host.
    pub search: Option<String>,
    /// Names and values of what is shown of a link to the page (Open Graph), as plain text.
    pub share: Vec<(&'static str, String)>,
    /// JSON-LD in which nothing can end a script.
    pub linked_data: Option<String>,
}

/// A file that a page can name in its head for machines.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Alternate {
    /// What it is called.
    pub title: String,
    /// `application/atom+xml`.
    pub media_type: &'static str,
    /// From the root of the host, percent-encoded.
    pub href: String,
}

/// All data of the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Catalogue {
    /// The file that describes it to portals.
    pub address: Address,
    /// Of each kind, in the order of kinds, then what authors publish as tables.
    pub datasets: Vec<Dataset>,
}

/// Data about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Dataset {
    /// What it is called.
    pub title: String,
    /// What it holds.
    pub description: String,
    /// The page about it: a list, or a document.
    pub page: Option<Address>,
    /// The same data in several forms, or parts of it.
    pub files: Vec<DataFile>,
    /// The day of the last material change of anything in it.
    pub changed: Option<Date>,
}

/// One file of a data set.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DataFile {
    /// What it is called.
    pub title: String,
    /// `text/csv`.
    pub media_type: &'static str,
    /// Where it is.
    pub address: Address,
    /// Where it is described, if it is.
    pub schema: Option<Address>,
}
