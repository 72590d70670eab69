//! A website as one archive (`.zip`), for hosts that are handed a file.
//!
//! Input: the files of a website. Output: an archive with the same bytes for the same release. Not here: what is in it.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use zip::{ZipArchive, ZipWriter};

use super::error::{PublishError, failed};
use super::manifest::{MANIFEST, Manifest};
use super::{Sum, beside};
use crate::archive::pack::options;

/// Puts the files of a release, and its manifest, into the archive at `path`.
pub(super) fn write(public: &Path, path: &Path, manifest: &Manifest) -> Result<(), PublishError> {
    let part = beside(path);
    let written = pack(public, &part, manifest).and_then(|()| fs::rename(&part, path).map_err(failed("write", path)));
    if written.is_err() {
        // It was never the archive.
        let _ = fs::remove_file(&part);
    }
    written
}

fn pack(public: &Path, part: &Path, manifest: &Manifest) -> Result<(), PublishError> {
    let file = File::create(part).map_err(failed("write", part))?;
    let mut archive = ZipWriter::new(file);
    let options = options();
    let mut put = |path: &str, bytes: &[u8]| {
        let put =
            archive.start_file(path, options).map_err(std::io::Error::from).and_then(|()| archive.write_all(bytes));
        put.map_err(failed("write", part))
    };
    for (path, sum) in &manifest.files {
        let from = public.join(path);
        let bytes = fs::read(&from).map_err(failed("read", &from))?;
        if Sum::of(&bytes) != *sum {
            return Err(PublishError::Changed { path: path.clone() });
        }
        put(path, &bytes)?;
    }
    put(MANIFEST, manifest.write().as_bytes())?;
    let file = archive.finish().map_err(|error| failed("write", part)(error.into()))?;
    file.sync_all().map_err(failed("write", part))
}

/// The manifest in the archive at `path`; `None` if there is no archive.
pub(super) fn manifest(path: &Path) -> Result<Option<Manifest>, PublishError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed("open", path)(error)),
    };
    let damaged = || PublishError::Damaged { path: path.to_owned() };
    let mut archive = ZipArchive::new(file).map_err(|_| damaged())?;
    let mut text = String::new();
    archive.by_name(MANIFEST).map_err(|_| damaged())?.read_to_string(&mut text).map_err(|_| damaged())?;
    Manifest::read(&text).map(Some).ok_or_else(damaged)
}
