//! Whether a public folder is as a build left it, by what the system says of its files, without reading them.
//!
//! Input: the public folder. Output: a number that is another one when a file was added, removed, replaced or written to since.
//! Not here: what a build would write.

use std::hash::Hash;
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::listing::{Listing, is_hidden};
use super::stage::STAGE;
use super::{record, target};
use crate::platform::{changed_at, file_id};

/// The seal of the public folder `out`; `None` if no build has been completed there, or its files cannot be looked at.
#[must_use]
pub fn seal(out: &Path) -> Option<u128> {
    let folder = target::resolve(out).ok()?;
    if !record::is_there(&folder) || folder.join(STAGE).symlink_metadata().is_ok() {
        return None;
    }
    let recorded = record::load(&folder).ok()?.files;
    let listing = Listing::of(&folder).ok()?;
    let hidden = recorded.iter().map(|path| &**path).filter(|path| is_hidden(path));
    let mut hash = Xxh3::new();
    for path in listing.files().chain(hidden).chain([record::RECORD]) {
        let found = folder.join(path).symlink_metadata().ok()?;
        (path, found.len(), found.is_file(), file_id(&found), changed_at(&found)).hash(&mut hash);
    }
    Some(hash.digest128())
}
