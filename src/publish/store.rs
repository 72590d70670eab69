//! A website in a store that speaks S3: Amazon's, or one of the many that do the same.
//!
//! Input: the files of a website, and what a store is told of each. Output: objects, one for each file, and `release.txt`. Not here:
//! requests (`bucket.rs`), what is sent and in which order (`plan.rs`), whose turn it is (`turn.rs`).
//!
//! A store has no single step from one release to the next, so the steps are in an order in which a reader meets the old or the new
//! release of each page, and no page that leads to nothing: see [`Plan`]. What was taken back goes first, and breaks that order.
//!
//! What is there is known from the last `release.txt` and never from a list, which can be behind. Before the first change, the names of
//! all objects that will change are written down in the bucket ([`DOUBTFUL`]); whoever stops a publication leaves that list, and the next
//! one, from whatever machine, asks the store for the sum of each of them and sends what is not there yet.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::bucket::{Bucket, Headers};
use super::error::{PublishError, failed};
use super::keys::Variables;
use super::manifest::{MANIFEST, Manifest, Sum, sum_in};
use super::plan::{Doubtful, Plan, There};
use super::several::at_once;
use super::store_error::StoreError;
use super::turn::Turn;
use crate::cache;
use crate::model::{StoreTarget, Stored};
use crate::write::Lock;

/// Where the names of the objects stand that may be anything.
const DOUBTFUL: &str = ".folkmoot/doubtful.txt";

/// Where the names of those stand that go with the next publication: see [`Plan::later`].
const LATER: &str = ".folkmoot/later.txt";

/// Where the manifests of earlier releases are, and that of the present one once more.
const RELEASES: &str = ".folkmoot/releases/";

/// So many of them are kept.
const KEPT: u64 = 30;

/// How long a publication waits for another one from the same folder.
const PATIENCE: Duration = Duration::from_secs(10);

const TEXT: Headers<'_> =
    Headers { media_type: "text/plain; charset=utf-8", cache_control: "no-cache", leads_to: None };

/// A release that is to be sent.
#[derive(Clone, Copy)]
pub struct Sending<'run> {
    /// The folder with its files.
    pub public: &'run Path,
    /// What the store is told of each, sorted by path.
    pub stored: &'run [Stored],
    /// Their sums.
    pub manifest: &'run Manifest,
    /// The paths of what was taken back and has to go first.
    pub taken_back: &'run BTreeSet<String>,
    /// Is told how many requests are done, and how many there are.
    pub progress: &'run (dyn Fn(usize, usize) + Sync),
}

/// A website in a store.
pub struct Store {
    bucket: Bucket,
    /// The folder of the site, and the name of the note beside its cache in which this machine keeps whose turn it is.
    note: (PathBuf, String),
    variables: Variables,
}

/// What a store has, as far as it is known.
struct State {
    /// What is online.
    last: Option<Manifest>,
    doubtful: Doubtful,
}

impl Store {
    /// The website at a target, with the keys that the environment names. `root` is the folder of the site; `now` is the time by
    /// the machine's clock.
    ///
    /// # Errors
    /// There are no keys.
    pub fn open(target: &StoreTarget, variables: Variables, root: &Path, now: Timestamp) -> Result<Self, PublishError> {
        let bucket = Bucket::open(target, variables, now)?;
        let name = Sum::of(format!("{}\n{}", target.endpoint, target.shown()).as_bytes()).to_string();
        Ok(Self { bucket, note: (root.to_owned(), format!("store-{}", &name[..16])), variables })
    }

    /// As people are told of it.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.bucket.shown()
    }

    /// The release that is online; `None` before the first.
    ///
    /// # Errors
    /// The store does not answer, holds somebody else's things, or its `release.txt` is not the one that was put there last.
    pub fn online(&self) -> Result<Option<Manifest>, PublishError> {
        let Some(found) = self.bucket.get(MANIFEST)? else {
            self.must_be_ours()?;
            return Ok(None);
        };
        let object = || self.bucket.shown_object(MANIFEST);
        let manifest = read(&found.bytes).ok_or_else(|| StoreError::Damaged { object: object() })?;
        if self.bucket.head(&kept(manifest.number + 1))?.is_some() {
            return Err(StoreError::Older { object: object(), stands: manifest.number }.into());
        }
        match self.bucket.get(&kept(manifest.number))? {
            Some(own) if own.bytes != found.bytes => Err(StoreError::Damaged { object: object() }.into()),
            _ => Ok(Some(manifest)),
        }
    }

    /// Where there is no release, nobody else's things may be there.
    fn must_be_ours(&self) -> Result<(), StoreError> {
        let listed = self.bucket.list(true)?;
        let is_own = |path: &&String| path.starts_with(".folkmoot/");
        // What a first publication left, or one whose `release.txt` somebody took away.
        let is_known = listed.iter().any(|path| path.starts_with(RELEASES)) || self.bucket.head(DOUBTFUL)?.is_some();
        match listed.iter().find(|path| !is_own(path)).filter(|_| !is_known) {
            Some(example) => Err(StoreError::Foreign { bucket: self.shown().to_owned(), example: example.clone() }),
            None => Ok(()),
        }
    }

    /// The release after which the next one is numbered: what is online, or the newest that was, where its `release.txt` is gone.
    ///
    /// # Errors
    /// As for [`Store::online`].
    pub fn last(&self) -> Result<Option<Manifest>, PublishError> {
        match self.online()? {
            Some(online) => Ok(Some(online)),
            None => self.newest(),
        }
    }

    /// The newest release that was online, where its `release.txt` is gone.
    fn newest(&self) -> Result<Option<Manifest>, PublishError> {
        let listed = self.bucket.list(false)?;
        let newest = listed.iter().filter(|path| path.starts_with(RELEASES)).max();
        Ok(newest.map(|path| self.manifest(path)).transpose()?.flatten())
    }

    fn manifest(&self, path: &str) -> Result<Option<Manifest>, StoreError> {
        let Some(found) = self.bucket.get(path)? else { return Ok(None) };
        read(&found.bytes).map(Some).ok_or_else(|| StoreError::Damaged { object: self.bucket.shown_object(path) })
    }

    /// The releases that are written down, the newest first. Their files are not kept.
    ///
    /// # Errors
    /// As for [`Store::online`]; or the manifest of one is not what the next one says.
    pub fn list(&self) -> Result<Vec<Manifest>, PublishError> {
        let mut list: Vec<Manifest> = self.online()?.into_iter().collect();
        while let Some(newer) = list.last().filter(|newer| newer.number > 1) {
            let path = kept(newer.number - 1);
            let Some(older) = self.manifest(&path)? else { break };
            if newer.before != Some(older.own_sum()) {
                return Err(StoreError::Damaged { object: self.bucket.shown_object(&path) }.into());
            }
            list.push(older);
        }
        Ok(list)
    }

    /// Whether the last publication was stopped before its last step.
    ///
    /// # Errors
    /// The store does not answer.
    pub fn is_unfinished(&self) -> Result<bool, PublishError> {
        Ok(self.bucket.head(DOUBTFUL)?.is_some())
    }

    /// Puts a release online, or completes the one that is.
    ///
    /// # Errors
    /// Somebody else publishes, or another release came online since the manifest was made; the store does not do what it is asked; a
    /// file changed meanwhile. Then the store has something of both releases, and the next publication completes it.
    pub fn publish(&self, sending: &Sending<'_>) -> Result<(), PublishError> {
        let (root, note) = &self.note;
        let _lock = Lock::take(&root.join(cache::FOLDER), PATIENCE)?;
        let turn = Turn::take(&self.bucket, (root, note), self.variables)?;
        let online = self.online()?;
        let last = if online.is_some() { online.clone() } else { self.newest()? };
        let is_next = last.as_ref().map(Manifest::own_sum) == sending.manifest.before;
        if !is_next && last.as_ref() != Some(sending.manifest) {
            return Err(PublishError::Meanwhile);
        }
        let state = self.state(online, last.is_some())?;
        let there = self.there(&state, sending.manifest, &turn)?;
        let plan = Plan::new(&there, state.last.as_ref(), sending.manifest, sending.taken_back);
        let mut doubtful = state.doubtful.clone();
        doubtful.0.extend(plan.touched().cloned());
        self.bucket.put(DOUBTFUL, doubtful.write().as_bytes(), &TEXT)?;
        self.carry_out(&plan, state.last.as_ref(), sending, &turn)?;
        let later = Doubtful(plan.later.iter().cloned().collect());
        self.bucket.put(LATER, later.write().as_bytes(), &TEXT)?;
        Ok(self.bucket.delete(DOUBTFUL)?)
    }

    /// What is known of what the store has, where `last` is online; `is_begun` says whether any release ever was.
    fn state(&self, last: Option<Manifest>, is_begun: bool) -> Result<State, PublishError> {
        let read = |path: &str| -> Result<Option<Option<Doubtful>>, StoreError> {
            let found = self.bucket.get(path)?;
            Ok(found.map(|found| Doubtful::read(&String::from_utf8(found.bytes).unwrap_or_default())))
        };
        let (doubtful, later) = (read(DOUBTFUL)?, read(LATER)?);
        let is_damaged = matches!(doubtful, Some(None)) || matches!(later, Some(None));
        let is_lost = doubtful.is_none() && last.is_none() && is_begun;
        let mut known: BTreeSet<String> =
            [doubtful, later].into_iter().flatten().flatten().flat_map(|list| list.0).collect();
        if is_damaged || is_lost {
            // Nobody knows what is there, so that each file is asked for. A list that is behind misses what nothing refers to.
            let listed = self.bucket.list(false)?;
            known.extend(listed.into_iter().filter(|path| path != MANIFEST && !path.starts_with(".folkmoot/")));
            known.extend(last.iter().flat_map(|last| last.files.iter().map(|(path, _)| path.clone())));
        }
        Ok(State { last, doubtful: Doubtful(known) })
    }

    /// What the store has at each path: by the last release, and where that does not say, by the store's own word.
    fn there(&self, state: &State, next: &Manifest, turn: &Turn<'_>) -> Result<There, PublishError> {
        let known = state.last.iter().flat_map(|last| last.files.iter().map(|(path, sum)| (path.clone(), Some(*sum))));
        let mut there: There = known.collect();
        there.extend(state.doubtful.0.iter().map(|path| (path.clone(), None)));
        let is_next = |path: &&String| next.sum_of(path).is_some();
        let asked: Vec<&String> = state.doubtful.0.iter().filter(is_next).collect();
        let found = Mutex::new(There::new());
        each(&asked, turn, |path| {
            let sum = self.bucket.head(path)?.and_then(|object| object.sum);
            found.lock().unwrap_or_else(PoisonError::into_inner).insert((*path).clone(), sum);
            Ok(())
        })?;
        there.extend(found.into_inner().unwrap_or_else(PoisonError::into_inner));
        Ok(there)
    }

    /// The steps of a plan, and the release itself between what comes and what goes.
    fn carry_out(
        &self,
        plan: &Plan,
        last: Option<&Manifest>,
        sending: &Sending<'_>,
        turn: &Turn<'_>,
    ) -> Result<(), PublishError> {
        let (all, done) = (plan.len(), AtomicUsize::new(0));
        let advance = || (sending.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, all);
        let remove = |path: &String| Ok::<_, PublishError>(self.bucket.delete(path)?).inspect(|()| advance());
        each(&plan.taken_back, turn, remove)?;
        for step in &plan.sent {
            each(step, turn, |path| self.send(path, sending).inspect(|()| advance()))?;
        }
        turn.is_ours()?;
        if let Some(last) = last {
            // The run that put it online may have been stopped before it wrote it down.
            self.bucket.put(&kept(last.number), last.write().as_bytes(), &TEXT)?;
        }
        let text = sending.manifest.write();
        self.bucket.put(MANIFEST, text.as_bytes(), &TEXT)?;
        self.bucket.put(&kept(sending.manifest.number), text.as_bytes(), &TEXT)?;
        if let Some(old) = sending.manifest.number.checked_sub(KEPT) {
            self.bucket.delete(&kept(old))?;
        }
        each(&plan.gone, turn, remove)
    }

    /// Sends a file.
    fn send(&self, path: &str, sending: &Sending<'_>) -> Result<(), PublishError> {
        let changed = || PublishError::Changed { path: path.to_owned() };
        let found = sending.stored.binary_search_by(|stored| stored.path.as_str().cmp(path)).map_err(|_| changed())?;
        let stored = &sending.stored[found];
        let bytes = bytes_of(stored, sending.public)?;
        if sending.manifest.sum_of(path) != Some(Sum::of(&bytes)) {
            return Err(changed());
        }
        let headers = Headers {
            media_type: stored.media_type,
            cache_control: stored.cache_control,
            leads_to: stored.leads_to.as_deref(),
        };
        Ok(self.bucket.put(path, &bytes, &headers)?)
    }
}

/// The sums of the files that a store is given; `sums` has those of the files that lie in a folder, by their paths, sorted.
#[must_use]
pub fn sums_of_stored(stored: &[Stored], sums: &[(String, Sum)]) -> Vec<(String, Sum)> {
    let of = |file: &Stored| match &file.own {
        Some(bytes) => Some(Sum::of(bytes)),
        None => sum_in(sums, &file.path),
    };
    stored.iter().filter_map(|file| Some((file.path.clone(), of(file)?))).collect()
}

fn bytes_of(stored: &Stored, public: &Path) -> Result<Vec<u8>, PublishError> {
    match &stored.own {
        Some(bytes) => Ok(bytes.clone()),
        None => {
            let from = public.join(&stored.path);
            fs::read(&from).map_err(failed("read", &from))
        }
    }
}

/// Where the manifest of a release is kept.
fn kept(number: u64) -> String {
    format!("{RELEASES}{number:06}.txt")
}

fn read(bytes: &[u8]) -> Option<Manifest> {
    Manifest::read(std::str::from_utf8(bytes).ok()?)
}

/// Does something for each, several at once, as long as it is our turn.
fn each<T: Sync>(
    items: &[T],
    turn: &Turn<'_>,
    work: impl Fn(&T) -> Result<(), PublishError> + Sync,
) -> Result<(), PublishError> {
    if items.is_empty() {
        return Ok(());
    }
    turn.is_ours()?;
    at_once(items, |item| turn.renew().map_err(PublishError::from).and_then(|()| work(item)))?;
    Ok(())
}
