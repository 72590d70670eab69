//! What staff call the files of a site.
//!
//! Input: a site and what was held back from it. Output: titles by file. Not here: how messages show them.

use std::collections::BTreeMap;

use super::parsed::Withheld;
use super::site::Site;
use crate::source::SourceId;

/// What staff call a file: the title of the document that begins with it.
pub type Names<'site> = BTreeMap<SourceId, &'site str>;

/// The titles of the documents, those that are held back too.
#[must_use]
pub fn names<'site>(site: &'site Site, withheld: &'site [Withheld]) -> Names<'site> {
    let mut names = Names::new();
    for held in withheld {
        if let Some(document) = &held.document {
            names.insert(held.source, &document.title);
        }
    }
    for document in &site.documents {
        // Records share the file of the document in which they stand; the file is called like that document.
        let folder = document.path.split('/').next().unwrap_or_default();
        if site.kinds.get(document.kind).folder == folder {
            names.insert(document.source, &document.title);
        } else {
            names.entry(document.source).or_insert(&document.title);
        }
    }
    names
}
