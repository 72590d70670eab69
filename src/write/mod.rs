//! Writes routes and their bytes into the public folder.
//!
//! Input: for each route its bytes, or a file of the site to copy, from many threads in any order. Output: a public
//! folder that holds these files, those that belong to somebody else, and nothing of an earlier build that is not
//! planned any more. Only what differs from what lies there is written. Not here: what a route means, and any
//! collection of bytes.
//!
//! **No site is published by halves.** Everything new waits in `.folkmoot-stage/` until the last route is in
//! (`stage.rs`); then the steps that put it in place are written down and synced (`journal.rs`); then they are done.
//! A build that stops before leaves the folder as it was. One that is killed afterwards is completed by the next,
//! from the journal. One build at a time holds the folder (`lock.rs`). One that is told to end takes its own things away
//! first (`interrupt.rs`).
//!
//! **Nothing is deleted that we did not make.** `.folkmoot` marks a folder as ours and lists the files in it that
//! are (`record.rs`); a folder with other files in it and no such mark is refused (`target.rs`).
//! Names that begin with a dot are left alone, except those in the list.
//!
//! Four functions are about the site's own folder instead: [`replace`] puts a changed text in the place of one that staff wrote,
//! when they asked for it, [`create`] puts one into `content` where none was, [`plant`] makes folders for one too, and [`record_addresses`] writes what a
//! publication has put online.

mod addresses;
mod error;
mod interrupt;
mod journal;
mod listing;
mod lock;
mod plant;
mod record;
mod replace;
mod seal;
mod stage;
mod target;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::model::{Ledger, Output, Route};
use crate::platform::free_space;
pub use addresses::record as record_addresses;
pub use error::WriteError;
pub use interrupt::interrupt;
use journal::Plan;
use listing::Listing;
pub use lock::Lock;
pub use plant::plant;
pub use replace::{ReplaceError, create, replace};
pub use seal::seal;
use stage::{Planned, Slot, Stage};

/// How long a build waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// A public folder, opened by this build alone.
///
/// Dropped before [`Public::finish`], it leaves the folder as it was.
pub struct Public {
    /// The path of the folder, without links.
    folder: PathBuf,
    /// The site's folder, from which files are copied.
    root: PathBuf,
    /// What lay there when it was opened.
    listing: Listing,
    /// What the last build wrote, sorted.
    recorded: Vec<Box<str>>,
    /// What the last build was made from.
    made_from: Ledger,
    /// Whether an earlier build was completed first.
    recovered: bool,
    planned: Mutex<Vec<Planned>>,
    // Dropped in this order: the stage is removed before another build may begin, and empty folders last.
    stage: Stage,
    _lock: Lock,
    _made: target::NewFolders,
    _held: interrupt::Held,
}

/// What a build did to the public folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Files that are new or differ.
    pub written: usize,
    /// Files that were there already, byte for byte.
    pub unchanged: usize,
    /// Files of the last build that were removed.
    pub removed: usize,
    /// How many bytes are in the files that were written.
    pub bytes: u64,
    /// Files that somebody else put there, sorted; they were left alone.
    pub foreign: Vec<Box<str>>,
    /// Whether an earlier build had been killed and was completed first.
    pub recovered: bool,
}

/// Whether the public folder of the site in `root` may be `out`: the first thing to ask, before anything is read or kept.
///
/// # Errors
/// `out` is a folder in which nothing may be made or deleted.
pub fn may_be_public(out: &Path, root: &Path) -> Result<(), WriteError> {
    target::refuse(out, &target::resolve(out)?, root)
}

impl Public {
    /// Opens the public folder `out` of the site in `root`; makes it if it is not there.
    /// If an earlier build was killed while it put its files in place, that is completed first.
    ///
    /// # Errors
    /// `out` is a folder in which nothing may be made or deleted; it cannot be written; another build holds it for more
    /// than ten seconds; or the list of what is ours in it is broken. In each case nothing was touched.
    pub fn open(out: &Path, root: &Path) -> Result<Self, WriteError> {
        Self::open_within(out, root, PATIENCE)
    }

    fn open_within(out: &Path, root: &Path, patience: Duration) -> Result<Self, WriteError> {
        let folder = target::resolve(out)?;
        target::refuse(out, &folder, root)?;
        let held = interrupt::Held::begin()?;
        let made = target::make(&folder)?;
        let lock = Lock::take(&folder, patience)?;
        let recovered = journal::recover(&folder)?;
        let record::Last { files: recorded, made_from } = record::load(&folder)?;
        let listing = Listing::of(&folder)?;
        Ok(Self {
            root: root.to_owned(),
            listing,
            recorded,
            made_from,
            recovered,
            planned: Mutex::default(),
            stage: Stage::make(&folder)?,
            folder,
            _lock: lock,
            _made: made,
            _held: held,
        })
    }

    /// What the build was made from that wrote here last; empty if there was none.
    #[must_use]
    pub fn made_from(&self) -> &Ledger {
        &self.made_from
    }

    /// Stages the content of one route. Threads may call it at the same time, each route once.
    ///
    /// # Errors
    /// The disk is full or fails; a file to copy is not what it was when the build began; or somebody else's file
    /// lies where the route's belongs. The public folder is untouched.
    pub fn put(&self, route: &Route, output: &Output) -> Result<(), WriteError> {
        interrupt::go_on()?;
        let path = route.path.as_ref();
        assert!(record::stays_inside(path), "the route `{path}` would lie outside the public folder");
        let is_there = self.listing.has_file(path);
        let is_same = is_there && self.stage.is_same(&self.folder.join(path), output);
        if is_there && !is_same && !record::has(&self.recorded, path) {
            // Somebody else made this file; it may be the only copy.
            return Err(WriteError::InTheWay { path: self.folder.join(path) });
        }
        let slot = if is_same { None } else { Some(self.stage(path, output)?) };
        let mut planned = self.planned.lock().unwrap_or_else(PoisonError::into_inner);
        planned.push(Planned { path: path.into(), slot });
        Ok(())
    }

    /// Lets the file of a route stay that an earlier build wrote, if it has this length in bytes and this XXH3-128. Threads may call it at
    /// the same time; it is for a route that is not put.
    ///
    /// # Errors
    /// The program is to end.
    pub fn keep(&self, route: &Route, length: u64, hash: u128) -> Result<bool, WriteError> {
        interrupt::go_on()?;
        let path = route.path.as_ref();
        let is_ours = self.listing.has_file(path) && record::has(&self.recorded, path);
        let stays = is_ours && self.stage.has(&self.folder.join(path), length, hash);
        if stays {
            let mut planned = self.planned.lock().unwrap_or_else(PoisonError::into_inner);
            planned.push(Planned { path: path.into(), slot: None });
        }
        Ok(stays)
    }

    /// Puts everything in place: first the new and changed files, then it removes those that are not planned any more.
    /// `made_from` is written down for the next build.
    ///
    /// # Errors
    /// Before the first step: as for [`Public::put`], and the folder is as it was. Among the steps:
    /// [`WriteError::Halfway`]; the next build goes on where this one stopped.
    pub fn finish(mut self, made_from: &Ledger) -> Result<Summary, WriteError> {
        let mut planned = std::mem::take(self.planned.get_mut().unwrap_or_else(PoisonError::into_inner));
        planned.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        for pair in planned.windows(2) {
            assert!(pair[0].path != pair[1].path, "two routes have the path `{}`", pair[0].path);
        }
        let plan = Plan::new(&self.folder, &planned, &self.listing, &self.recorded)?;
        if plan.is_needed(&planned, &self.recorded) || self.made_from != *made_from {
            self.commit(&plan, &planned, made_from)?;
            self.stage.is_kept = true;
            // What fails once, on a share or a busy disk, often succeeds a moment later, and a step may be done twice.
            journal::apply(&plan.steps, &self.folder)
                .or_else(|_| journal::apply(&plan.steps, &self.folder))
                .map_err(|error| WriteError::Halfway(Box::new(error)))?;
            self.stage.is_kept = false;
        }
        let written = planned.iter().filter(|planned| planned.slot.is_some()).count();
        Ok(Summary {
            written,
            unchanged: planned.len() - written,
            removed: plan.removed,
            bytes: self.stage.bytes(),
            foreign: plan.foreign,
            recovered: self.recovered,
        })
    }

    /// Writes down what will be done. Until it returns nothing has happened to the folder; afterwards everything will.
    fn commit(&self, plan: &Plan, planned: &[Planned], made_from: &Ledger) -> Result<(), WriteError> {
        interrupt::go_on()?;
        plan.must_be_allowed(&self.folder)?;
        let record = record::write(&self.stage, planned, made_from);
        record.and_then(|()| plan.commit(&self.stage)).map_err(|error| self.explain(error, 0))
    }

    /// Puts the bytes into the stage: among the numbered files, or into the tree of folders that are new.
    fn stage(&self, path: &str, output: &Output) -> Result<Slot, WriteError> {
        let slot = if self.listing.has_folder(journal::parent(path)) { self.stage.next_slot() } else { Slot::Tree };
        let staged = match output {
            Output::Bytes(bytes) => self.stage.write(slot, path, bytes),
            Output::Copy { from, length, hash } => {
                self.stage.copy(slot, path, &self.root.join(from.as_ref()), *length, *hash)
            }
        };
        staged.map_err(|error| self.explain(error, stage::length(output)))?;
        Ok(slot)
    }

    /// Adds to the error of a full disk how many bytes are needed: those that were staged, and the `more` that did not
    /// fit. What was staged is free again when this build has ended.
    fn explain(&self, error: WriteError, more: u64) -> WriteError {
        let staged = self.stage.bytes();
        error.with_need(&self.folder, staged + more, free_space(&self.folder).map(|free| free + staged))
    }
}

#[cfg(test)]
mod tests;
