//! The last build of a site, for when nothing has changed since: then its public folder stays, and the same is said again.
//!
//! Input: all that a build is made from, and the cache. Output: what the last build said, if it was made from the same and its
//! folder is as it left it. Not here: how anything is made.

use std::hash::Hash;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::environment::Environment;
use super::summary::Told;
use crate::diagnostic::Diagnostics;
use crate::model::{Cache, SameSite};
use crate::source::Sources;
use crate::write::{Summary, seal};
use crate::{Assembled, Options, checksum};

/// Knows a build by what it is made from.
pub(super) struct LastBuild(u128);

/// A build that was completed.
#[derive(Serialize, Deserialize)]
pub(super) struct Done {
    /// Between which instants it would come out the same.
    same_site: SameSite,
    /// What it printed for authors.
    pub messages: String,
    /// What it said of the site.
    pub told: Told,
    /// How many files the website has, and how many in its folder are somebody else's.
    files: usize,
    foreign: Vec<Box<str>>,
    /// The seal of the public folder.
    seal: u128,
}

impl LastBuild {
    /// The build of these sources, of which `said` was said when they were read.
    pub fn new(
        sources: &Sources,
        said: &Diagnostics,
        options: &Options,
        (strict, remove): (bool, usize),
        (out, environment): (&Path, &Environment<'_>),
    ) -> Self {
        let mut hash = Xxh3::new();
        checksum(sources).hash(&mut hash);
        format!("{:?}", said.clone().sorted()).hash(&mut hash);
        (&options.base_url, strict, remove, out, environment.width, environment.colour).hash(&mut hash);
        Self(hash.digest128())
    }

    /// What it came to, if the same site comes at `as_at` and `out` is as it was left.
    pub fn recall(&self, cache: &dyn Cache, as_at: Timestamp, out: &Path) -> Option<Done> {
        let done: Done = postcard::from_bytes(&cache.get(self.0)?).ok()?;
        (done.same_site.has(as_at) && seal(out) == Some(done.seal)).then_some(done)
    }

    /// Keeps what it came to, when it has left `out` as it is, for the next one.
    pub fn keep(&self, cache: &dyn Cache, out: &Path, done: impl FnOnce(u128) -> Done) {
        if let Some(bytes) = seal(out).and_then(|seal| postcard::to_stdvec(&done(seal)).ok()) {
            cache.put(self.0, &bytes);
        }
    }
}

impl Done {
    /// A build that said this, has `written` that, and left the public folder with this seal.
    pub fn new(assembled: &Assembled, told: &Told, messages: String, written: &Summary, seal: u128) -> Self {
        let files = written.written + written.unchanged;
        let (told, foreign) = (told.clone(), written.foreign.clone());
        Self { same_site: assembled.same_site, messages, told, files, foreign, seal }
    }

    /// What a build does that finds everything as it must be.
    pub fn written(&self) -> Summary {
        Summary {
            written: 0,
            unchanged: self.files,
            removed: 0,
            bytes: 0,
            foreign: self.foreign.clone(),
            recovered: false,
        }
    }
}
