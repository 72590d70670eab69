//! Sends a finished website to where its readers find it, as a release that is written down.
//!
//! Input: the public folder of a build that had no mistakes, and a target of the settings. Output: a [`Manifest`] of what is online,
//! and what changed. Not here: what goes into a website, who may see it, and the questions that are asked before (`cli/publish.rs`).
//!
//! **A reader meets the old release or the new one, never a mixture and never a gap.** In a folder of releases (`releases.rs`) each
//! is a folder of its own, and one link is turned from one to the next in a single step. A server whose root cannot be a link gets
//! its files by the same journal as `public` itself ([`write::Public`](crate::write::Public)); an archive (`archive.rs`) takes the
//! place of the last one when it is whole; a branch (`branch.rs`) gets one commit; a store (`store.rs`) gets what differs, in an order in
//! which no page leads to nothing.

mod archive;
mod branch;
mod bucket;
mod changes;
mod digest;
mod digest_forms;
mod error;
mod history;
mod keys;
mod manifest;
mod plan;
mod releases;
mod several;
mod store;
mod store_error;
mod turn;
mod web;

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::model::{Ledger, Output, Route, RouteKind};
use crate::platform::with_slashes;
use crate::write::Public;

pub use branch::Branch;
pub use changes::Changes;
pub use digest::{Digest, FEED};
pub use digest_forms::digest_files;
pub use error::PublishError;
use error::failed;
pub use keys::Variables;
pub use manifest::{Difference, MANIFEST, Manifest, Sum};
pub use releases::Releases;
use several::at_once;
pub use store::{Sending, Store, sums_of_stored};
pub use store_error::StoreError;
pub use web::{Answered, at_address};

/// A file without words that says to a host of pages that the files are a website already.
const NO_JEKYLL: &str = ".nojekyll";

/// The sums of all files of a website in a folder, by their paths, sorted: without the manifest itself, and without what this
/// program keeps beside a website for itself.
///
/// # Errors
/// The folder or a file in it cannot be read.
pub fn sums(folder: &Path) -> Result<Vec<(String, Sum)>, PublishError> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| PublishError::of_walk(folder, error))?;
        let path = with_slashes(entry.path().strip_prefix(folder).unwrap_or(entry.path())).into_owned();
        if entry.file_type().is_file() && path != MANIFEST && path != NO_JEKYLL && !path.starts_with(".folkmoot") {
            paths.push(path);
        }
    }
    paths.sort();
    let sums = at_once(&paths, |path| sum(&folder.join(path)))?;
    Ok(paths.into_iter().zip(sums).collect())
}

/// The sum of the bytes of a file.
fn sum(path: &Path) -> Result<Sum, PublishError> {
    let bytes = fs::read(path).map_err(failed("read", path))?;
    Ok(Sum::of(&bytes))
}

/// The manifest of the website in a folder; `None` if it has none.
///
/// # Errors
/// It cannot be read, or is damaged.
pub fn manifest_in(folder: &Path) -> Result<Option<Manifest>, PublishError> {
    let path = folder.join(MANIFEST);
    match fs::read_to_string(&path) {
        Ok(text) => Manifest::read(&text).map(Some).ok_or(PublishError::Damaged { path }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", &path)(error)),
    }
}

/// Whether the website in a folder is what its manifest says.
///
/// # Errors
/// The folder cannot be read, or its manifest is missing or damaged.
pub fn verify(folder: &Path) -> Result<(Manifest, Difference), PublishError> {
    let manifest = manifest_in(folder)?.ok_or_else(|| PublishError::NoManifest { folder: folder.to_owned() })?;
    let difference = manifest.difference(&sums(folder)?);
    Ok((manifest, difference))
}

/// Puts the website in `public` of the site in `root` into `folder` itself, file by file, in the steps of a build: for a server
/// whose root cannot be a link. Whoever reads while the files are put in place may meet pages of both releases.
///
/// # Errors
/// The folder cannot be written, or is somebody else's.
pub fn into_folder(public: &Path, root: &Path, folder: &Path, manifest: &Manifest) -> Result<(), PublishError> {
    let target = Public::open(folder, root)?;
    let put = |path: &str, bytes: Vec<u8>| {
        let route = Route { path: path.into(), kind: RouteKind::Index };
        target.put(&route, &Output::Bytes(bytes))
    };
    for (path, _) in &manifest.files {
        let from = public.join(path);
        put(path, fs::read(&from).map_err(failed("read", &from))?)?;
    }
    put(MANIFEST, manifest.write().into_bytes())?;
    target.finish(&Ledger::default())?;
    Ok(())
}

/// Puts the website in `public` into one archive, which takes the place of the last one.
///
/// # Errors
/// The archive cannot be written.
pub fn into_archive(public: &Path, archive: &Path, manifest: &Manifest) -> Result<(), PublishError> {
    archive::write(public, archive, manifest)
}

/// The manifest in an archive; `None` if there is no archive.
///
/// # Errors
/// It cannot be read, or is no archive of this program.
pub fn manifest_in_archive(archive: &Path) -> Result<Option<Manifest>, PublishError> {
    archive::manifest(archive)
}

/// A name beside `path` under which a file waits until it is whole.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.part"))
}
