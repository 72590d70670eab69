//! Folders that are named after a body which has no page: somebody mistyped its name, or nobody has written the page yet.
//!
//! Input: the documents with their fields bound. Output: a note for each such folder, at the first document in it. Not here: how a
//! folder names a body (`parse`).

use std::collections::BTreeMap;

use super::index::Index;
use super::relations::Bound;
use crate::diagnostic::{Diagnostics, nearest};
use crate::kind::KindId;
use crate::model::{Origin, Value};
use crate::source::SourceId;

/// The first document of a folder, the name of the body in words, how many documents there are.
type Found<'site> = (SourceId, &'site str, usize);

/// Notes each folder whose body has no page.
pub fn without_page(index: &Index<'_>, bound: &[Bound], diagnostics: &mut Diagnostics) {
    let mut folders: BTreeMap<(KindId, &str), Found<'_>> = BTreeMap::new();
    for (shown, bound) in index.documents.iter().zip(bound) {
        let parsed = &shown.parsed;
        let Some(name) = &index.kinds.get(parsed.kind).folder_names else { continue };
        let Some(entry) = bound.fields.entry(name).filter(|entry| entry.origin == Origin::WorkedOut) else { continue };
        let folder = parsed.path.split('/').nth(1).filter(|_| parsed.path.matches('/').count() > 1);
        if let (Value::Words(words), Some(folder)) = (&entry.value, folder) {
            folders.entry((parsed.kind, folder)).or_insert((parsed.source, words, 0)).2 += 1;
        }
    }
    for ((kind, folder), (source, words, count)) in folders {
        let kind = index.kinds.get(kind);
        let to =
            kind.folder_names.as_deref().and_then(|name| kind.relation(name)).and_then(|relation| relation.to.first());
        let Some(of) = to.and_then(|name| index.kinds.by_name(name)) else { continue };
        let pages = index.documents.iter().filter(|shown| shown.parsed.kind == of);
        let names = pages.filter_map(|shown| shown.parsed.id.rsplit('/').next());
        let near = nearest(folder, names);
        diagnostics.body_without_page(source, folder, (words, count), near, &index.kinds.get(of).name);
    }
}
