//! What is done to the public folder once everything is staged: steps, written down before the first is done.
//!
//! Input: what is planned, what lies there, what the last build wrote. Output: a list of renames and removals on the disk,
//! then the public folder itself. Not here: the content of files (`stage.rs`). Each step may be done twice, so that a
//! build which was killed among them is completed by doing all of them again.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::error::{WriteError, failed};
use super::listing::{Listing, is_hidden, walked};
use super::record::{self, RECORD};
use super::stage::{self, Planned, STAGE, Slot, Stage};
use crate::model::Address;
use crate::platform::{Rights, may_change, sync_folder, sync_tree, with_slashes};

/// One step. Paths are relative to the public folder; the first of [`Step::Move`] is relative to the stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Step {
    /// A file of ours is removed, with the folders that it leaves empty.
    Remove(Box<str>),
    /// A file, or a folder that is new, is renamed from the stage to its place.
    Move(Box<str>, Box<str>),
}

impl Step {
    /// The path below the public folder that the step changes.
    pub(super) fn path(&self) -> &str {
        let (Self::Remove(path) | Self::Move(_, path)) = self;
        path
    }
}

/// What will be done to the public folder.
pub(super) struct Plan {
    /// In the order in which they are done.
    pub(super) steps: Vec<Step>,
    /// How many files of the last build are removed.
    pub(super) removed: usize,
    /// Files that are not ours and stay.
    pub(super) foreign: Vec<Box<str>>,
}

impl Plan {
    /// What must be done so that the folder holds what is `planned` (sorted by path). `recorded` are the files of the last
    /// build.
    ///
    /// # Errors
    /// Something that is not ours lies where a file belongs, or the folder cannot be looked into.
    pub(super) fn new(
        folder: &Path,
        planned: &[Planned],
        listing: &Listing,
        recorded: &[Box<str>],
    ) -> Result<Self, WriteError> {
        let is_planned = |path: &str| planned.binary_search_by(|planned| planned.path.as_ref().cmp(path)).is_ok();
        let stale = recorded.iter().map(AsRef::as_ref).filter(|path| !is_planned(path) && listing.has_file(path));
        let stale: BTreeSet<&str> = stale.collect();
        let foreign = listing.files().filter(|path| !is_planned(path) && !record::has(recorded, path));
        let foreign: Vec<Box<str>> = foreign.map(Into::into).collect();

        let change = Change { folder, planned, listing, stale: &stale };
        let moves = change.moves();
        let first = change.goes_first(&moves);
        change.nothing_in_the_way(&foreign, &first)?;
        let remove = |path: &&str| Step::Remove((*path).into());
        let mut steps: Vec<Step> = first.iter().map(remove).collect();
        steps.extend(moves);
        steps.extend(stale.difference(&first).map(remove));
        steps.push(Step::Move("record".into(), RECORD.into()));
        Ok(Self { steps, removed: stale.len(), foreign })
    }

    /// Whether anything changes at all.
    pub(super) fn is_needed(&self, planned: &[Planned], recorded: &[Box<str>]) -> bool {
        self.steps.len() > 1 || !planned.iter().map(|planned| &planned.path).eq(recorded)
    }

    /// Refuses, before the first step, what the account has no right to do: the folders of an earlier build may
    /// belong to another one.
    pub(super) fn must_be_allowed(&self, folder: &Path) -> Result<(), WriteError> {
        let mut checked = None;
        for step in &self.steps {
            let parent = parent(step.path());
            if checked.replace(parent) != Some(parent) {
                let parent = folder.join(parent);
                match may_change(&parent) {
                    // Somebody has just removed it; it is made again.
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    checked => checked.map_err(failed("change the folder", &parent))?,
                }
            }
        }
        Ok(())
    }

    /// Writes the steps down. Afterwards the build will be completed, whatever happens to this process.
    pub(super) fn commit(&self, stage: &Stage) -> Result<(), WriteError> {
        let (part, file) = stage.create("journal.part")?;
        let mut writer = BufWriter::new(file);
        serde_json::to_writer(&mut writer, &self.steps)
            .map_err(std::io::Error::from)
            .and_then(|()| writer.flush())
            .map_err(failed("write", &part))?;
        // Renames need no such call: file systems that keep a journal of their own put them on the disk in the order in
        // which they were made.
        let folder = stage.path("");
        sync_tree(&folder).map_err(failed("save", &part))?;
        let journal = stage.path("journal");
        fs::rename(&part, &journal).map_err(failed("write", &journal))?;
        sync_folder(&folder).map_err(failed("save", &folder))
    }
}

/// The folder as it is, and as it shall become.
struct Change<'build> {
    folder: &'build Path,
    planned: &'build [Planned],
    listing: &'build Listing,
    /// Files of the last build that are not planned any more.
    stale: &'build BTreeSet<&'build str>,
}

impl<'build> Change<'build> {
    /// The steps that put new and changed files in place, and whole new folders, each by one rename.
    fn moves(&self) -> Vec<Step> {
        let mut moves = Vec::new();
        let mut last = None;
        for Planned { path, slot } in self.planned {
            match slot {
                None => {}
                Some(slot @ Slot::Number(_)) => moves.push(Step::Move(slot.of(path).into(), path.clone())),
                Some(Slot::Tree) => {
                    let top = ancestors(path).find(|folder| !self.listing.has_folder(folder)).unwrap_or(path);
                    if last != Some(top) {
                        moves.push(Step::Move(Slot::Tree.of(top).into(), top.into()));
                    }
                    last = Some(top);
                }
            }
        }
        moves
    }

    /// Stale files that must be removed before the moves: a file where a folder is to be, a folder where a file is to be, and
    /// a name that differs by case alone, on a disk that takes the two for one.
    fn goes_first(&self, moves: &[Step]) -> BTreeSet<&'build str> {
        let folded = |path: &str| Address::file(path).folded();
        let targets: BTreeSet<String> = if self.stale.is_empty() {
            BTreeSet::new()
        } else {
            moves.iter().map(|step| folded(step.path())).collect()
        };
        let is_target = |path: &str| targets.contains(&folded(path));
        self.stale.iter().copied().filter(|path| ancestors(path).chain([*path]).any(is_target)).collect()
    }

    /// Refuses, before the first step, what would replace files that are not ours, or fail because of them.
    fn nothing_in_the_way(&self, foreign: &[Box<str>], first: &BTreeSet<&str>) -> Result<(), WriteError> {
        let file_for_folder = foreign.iter().find(|path| self.holds_planned(path)).map(AsRef::as_ref);
        let staged = || self.planned.iter().filter(|planned| planned.slot.is_some()).map(|planned| &planned.path);
        for path in staged().filter(|path| self.listing.has_folder(path)) {
            self.must_give_way(path)?;
        }
        let hidden = staged().filter(|path| is_hidden(path)).flat_map(|path| ancestors(path));
        let mut hidden = hidden.filter(|above| self.listing.has_file(above) && !first.contains(above));
        match file_for_folder.or_else(|| hidden.next()) {
            Some(path) => Err(self.in_the_way(path)),
            None => Ok(()),
        }
    }

    /// Whether a planned file is to lie in a folder `path`.
    fn holds_planned(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        let at = self.planned.partition_point(|planned| *planned.path < *inside);
        self.planned.get(at).is_some_and(|planned| planned.path.starts_with(&inside))
    }

    /// Refuses a folder where a file is to be, unless the folder is removed with its stale files.
    ///
    /// # Errors
    /// Something in the folder is not ours.
    fn must_give_way(&self, path: &str) -> Result<(), WriteError> {
        for entry in WalkDir::new(self.folder.join(path)) {
            let entry = entry.map_err(|error| walked(&error, self.folder))?;
            let at = with_slashes(entry.path().strip_prefix(self.folder).unwrap_or(entry.path()));
            let below = format!("{at}/");
            let is_ours = if entry.file_type().is_dir() {
                self.stale.range(below.as_str()..).next().is_some_and(|path| path.starts_with(&below))
            } else {
                self.stale.contains(at.as_ref())
            };
            if !is_ours {
                return Err(self.in_the_way(&at));
            }
        }
        Ok(())
    }

    fn in_the_way(&self, path: &str) -> WriteError {
        WriteError::InTheWay { path: self.folder.join(path) }
    }
}

/// The folders above a file, the topmost first.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// The folder in which the file `path` lies; the public folder itself is the empty path.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// Whether the folder holds the journal of a build that was killed.
pub(super) fn is_there(folder: &Path) -> bool {
    folder.join(STAGE).is_dir() && folder.join(STAGE).join("journal").is_file()
}

/// Completes a build that was killed among its steps, and forgets one that was killed before them. Gives whether it has
/// completed one.
///
/// # Errors
/// The journal cannot be understood, or a step cannot be done.
pub(super) fn recover(folder: &Path) -> Result<bool, WriteError> {
    let stage = folder.join(STAGE);
    match stage.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Ok(metadata) if metadata.is_dir() => {}
        _ => fs::remove_file(&stage).map_err(failed("remove", &stage))?,
    }
    let journal = stage.join("journal");
    let steps = match fs::read(&journal) {
        Ok(bytes) => Some(understand(&bytes).ok_or(WriteError::BrokenRecord { path: stage.clone() })?),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(failed("read", &journal)(error)),
    };
    if let Some(steps) = &steps {
        apply(steps, folder).map_err(|error| WriteError::Halfway(Box::new(error)))?;
    }
    stage::remove(&stage).map_err(failed("remove", &stage))?;
    Ok(steps.is_some())
}

/// The steps of a journal; `None` if it cannot be understood, or a step leads out of the public folder.
fn understand(bytes: &[u8]) -> Option<Vec<Step>> {
    let steps: Vec<Step> = serde_json::from_slice(bytes).ok()?;
    let is_ours = |step: &Step| match step {
        Step::Remove(path) => record::stays_inside(path),
        Step::Move(from, to) => record::stays_inside(from) && (record::stays_inside(to) || **to == *RECORD),
    };
    steps.iter().all(is_ours).then_some(steps)
}

/// Does the steps, or does again what was done of them.
///
/// # Errors
/// The first step that cannot be done; those after it are not tried.
pub(super) fn apply(steps: &[Step], folder: &Path) -> Result<(), WriteError> {
    let mut checked = None;
    for step in steps {
        let parent = parent(step.path());
        // A folder that somebody has replaced by a link is not followed: it leads to what is not ours.
        if checked != Some(parent) {
            let link = ancestors(step.path()).map(|above| folder.join(above)).find(|above| above.is_symlink());
            match (step, link) {
                (_, None) => checked = Some(parent),
                (Step::Remove(_), Some(_)) => continue,
                (Step::Move(..), Some(path)) => return Err(WriteError::InTheWay { path }),
            }
        }
        match step {
            Step::Remove(path) => remove(folder, path)?,
            Step::Move(from, to) => put_in_place(&folder.join(STAGE).join(&**from), &folder.join(&**to))?,
        }
    }
    Ok(())
}

/// Removes a file, and the folders above it that are empty afterwards.
fn remove(folder: &Path, path: &str) -> Result<(), WriteError> {
    let file = folder.join(path);
    match fs::remove_file(&file) {
        Ok(()) => {}
        // It is gone, or a folder has taken its name, which is not ours.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
        Err(error) if error.kind() == ErrorKind::IsADirectory => return Ok(()),
        Err(error) => return Err(failed("remove", &file)(error)),
    }
    let mut above: Vec<&str> = ancestors(path).collect();
    while let Some(above) = above.pop() {
        match fs::remove_dir(folder.join(above)) {
            Ok(()) => {}
            // It went before the build was killed; the one above may not have.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            // It is not empty, or not a folder.
            Err(_) => break,
        }
    }
    Ok(())
}

/// Renames `from`, a file or a new folder in the stage, to `to`.
fn put_in_place(from: &Path, to: &Path) -> Result<(), WriteError> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if from.symlink_metadata().is_err() {
                // It was done before the build was killed.
                return Ok(());
            }
            // Somebody has removed the folder meanwhile.
            stage::make_folder(to.parent().unwrap_or(to), Rights::UNKNOWN)?;
            fs::rename(from, to).map_err(failed("put in place", to))
        }
        result => result.map_err(failed("put in place", to)),
    }
}
