//! The files of figures that pages show as tables: read once each, and only those.
//!
//! Input: the site, and the window to the bytes of files. Output: a table for each published file that a text shows
//! alone in a paragraph, or that is a document's own; and what is wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::table::{Table, is_table};
use crate::data::{LONGEST_TABLE, csv};
use crate::diagnostic::Diagnostics;
use crate::language::clean_string;
use crate::model::{Landing, Site};
use crate::query;
use crate::source::FileProvider;

/// Reads the files of figures that some page shows; the table of each, by the index of its file.
pub fn read(site: &Site, provider: &dyn FileProvider, diagnostics: &mut Diagnostics) -> BTreeMap<u32, Table> {
    let mut tables = BTreeMap::new();
    for index in wanted(site) {
        let (file, _) = &site.attachments[index as usize];
        if file.length > LONGEST_TABLE {
            diagnostics.table_too_long(&file.path, LONGEST_TABLE / 1024);
            continue;
        }
        match provider.bytes(&file.path) {
            Ok(bytes) => tables.extend(csv(bytes, &file.path, diagnostics).map(|table| (index, clean(table)))),
            Err(error) => {
                diagnostics.unreadable(None, &file.path, &error);
            }
        }
    }
    tables
}

/// The files of figures that some page shows.
fn wanted(site: &Site) -> BTreeSet<u32> {
    let is_table = |file: &u32| is_table(&site.attachments[*file as usize].0.path);
    let mut wanted = BTreeSet::new();
    for document in &site.documents {
        wanted.extend(query::figures(site, document));
        for (embed, landing) in document.body.embeds.iter().zip(&document.embeds) {
            if let Landing::Attachment(file) = landing
                && embed.alone
            {
                wanted.extend(Some(*file).filter(is_table));
            }
        }
    }
    wanted
}

/// The table without characters that nobody sees; every text is cleaned of those.
fn clean(mut table: Table) -> Table {
    for cell in table.head.iter_mut().chain(table.rows.iter_mut().flatten()) {
        if let std::borrow::Cow::Owned(clean) = clean_string(cell) {
            *cell = clean.into();
        }
    }
    table
}
