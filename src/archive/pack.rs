//! Packs files into one archive in memory.
//!
//! Input: names and bytes. Output: the bytes of an archive, the same for the same files. Not here: an archive on the disk (`publish`).

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// How hard an archive in memory is packed, of 9: the middle takes several times as long for a tenth less.
const LEVEL: i64 = 3;

/// How each file is packed. The time of each file would be another one in each run.
#[must_use]
pub fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

/// An archive of files, in their order; no two may have one name.
pub fn packed(files: impl Iterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let options = options().compression_level(Some(LEVEL));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let put = archive.start_file(name, options).and_then(|()| Ok(archive.write_all(&bytes)?));
        put.unwrap_or_else(|error| unreachable!("memory takes every byte: {error}"));
    }
    archive.finish().unwrap_or_else(|error| unreachable!("memory takes every byte: {error}")).into_inner()
}
