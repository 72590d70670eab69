//! One file, known from an earlier run or parsed now: the same [`ParsedFile`] either way.
//!
//! Input: what `parse` takes, a cache, and a fingerprint of what is the same for every file. Output: a [`ParsedFile`]. Not here:
//! where the cache lies.
//!
//! What a file is parsed from is its path, its bytes, the settings of the site (the recipe), whether a person has looked at it,
//! which other files there are, as far as that is asked ([`Neighbours`]), and what the others of its meeting list as not for everybody.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::neighbours::Asked;
use super::{Context, ParsedFile, parse};
use crate::model::{Cache, Looked, Text};
use crate::source::{SourceError, SourceId, packing};

/// What is kept of a file.
#[derive(Serialize, Deserialize)]
struct Kept<File> {
    /// What was asked while it was parsed.
    asked: Asked,
    file: File,
}

/// The Markdown file `source`, whose `bytes` were read (or not), from the `cache` or parsed now, and kept there then.
/// `recipe` is a fingerprint of all that `context` was made from beside the files of the site.
#[must_use]
pub fn parse_or_recall(
    source: SourceId,
    bytes: Result<Vec<u8>, SourceError>,
    context: &Context<'_>,
    (cache, recipe): (&dyn Cache, u128),
) -> ParsedFile {
    let Ok(bytes) = bytes else { return parse(source, bytes, context) };
    let key = key(context.files.path(source), &bytes, context, recipe);
    packing(source, || {
        recall(key, context, cache).unwrap_or_else(|| {
            let file = parse(source, Ok(bytes), context);
            // A message that points into another file is the only thing that cannot be kept: then the file is parsed again.
            if let Ok(packed) = postcard::to_stdvec(&Kept { asked: context.files.asked(), file: &file }) {
                cache.put(key, &packed);
            }
            file
        })
    })
}

fn key(path: &str, bytes: &[u8], context: &Context<'_>, recipe: u128) -> u128 {
    let looked: u8 = match context.checked.looked(path, bytes) {
        Looked::Never => 0,
        Looked::BeforeItChanged => 1,
        Looked::AsItIs => 2,
    };
    let mut hash = Xxh3::new();
    hash.update(&recipe.to_le_bytes());
    hash.update(&[looked]);
    hash.update(&(path.len() as u64).to_le_bytes());
    hash.update(path.as_bytes());
    hash.update(&postcard::to_stdvec(context.listed).unwrap_or_default());
    hash.update(bytes);
    hash.digest128()
}

fn recall(key: u128, context: &Context<'_>, cache: &dyn Cache) -> Option<ParsedFile> {
    let kept: Kept<ParsedFile> = postcard::from_bytes(&cache.get(key)?).ok()?;
    let mut file = kept.file;
    context.files.afresh().still_say(&kept.asked).then(|| {
        share(&mut file);
        file
    })
}

/// Lets the records of a file have in common what they had in common when they were parsed: there are dozens in each.
fn share(file: &mut ParsedFile) {
    let empty = Arc::new(Text::default());
    let [first, records @ ..] = &mut file.parsed[..] else { return };
    for record in records {
        if record.path == first.path {
            record.path = Arc::clone(&first.path);
        }
        if record.visibility == first.visibility {
            record.visibility = Arc::clone(&first.visibility);
        }
        if record.body == empty {
            record.body = Arc::clone(&empty);
        }
    }
}
