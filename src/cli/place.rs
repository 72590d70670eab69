//! The place where a website is published, as the settings name it.
//!
//! Input: a target of the settings. Output: [`Place`]: what is online there, and a way to put something else there. Not here: how that
//! is done (`publish`).

use std::path::{Component, Path, PathBuf};

use super::environment::{CommandError, Environment};
use crate::cache;
use crate::diagnostic::Severity;
use crate::messages::{Extent, report::report};
use crate::model::{Names, PublishTarget, Stored, Way};
use crate::publish::{
    Branch, Manifest, PublishError, Releases, Sending, Store, StoreError, Sum, into_archive, into_folder, manifest_in,
    manifest_in_archive, sums, sums_of_stored,
};
use crate::source::Sources;
use crate::write::WriteError;

/// The sums of files, by their paths.
type Sums = Vec<(String, Sum)>;

/// Where a target is on this machine.
pub(super) enum Place {
    /// Releases, of which so many are kept.
    Releases(Releases, usize, PathBuf),
    Folder(PathBuf),
    Archive(PathBuf),
    /// A branch, where it is pushed to, and the folder of the site.
    Branch(String, String, PathBuf),
    Store(Box<Store>),
}

impl Place {
    /// The place of a target, whose path is below `root` if it is not a whole one.
    pub fn of(target: &PublishTarget, root: &Path, environment: &Environment<'_>) -> Result<Self, CommandError> {
        let at = |typed: &str| {
            let path = plain(&root.join(typed));
            let taken = ["content", "themes", "public", cache::FOLDER].map(|name| root.join(name));
            let holds_site = root.starts_with(&path) || taken.iter().any(|taken| path.starts_with(taken));
            if holds_site {
                return Err(CommandError::WrongUse(format!(
                    "The target `{}` names {}, which holds the site itself. Name a folder of its own.",
                    target.name,
                    path.display()
                )));
            }
            Ok(path)
        };
        Ok(match &target.way {
            Way::Releases(folder, keep) => {
                let folder = at(folder)?;
                Self::Releases(Releases::open(&folder).map_err(unpublished)?, *keep, folder)
            }
            Way::Folder(folder) => Self::Folder(at(folder)?),
            Way::Archive(path) => Self::Archive(at(path)?),
            Way::Branch(name, remote) => Self::Branch(name.clone(), remote.clone(), root.to_owned()),
            Way::Store(store) => {
                let store = Store::open(store, environment.variables, root, environment.now).map_err(unpublished)?;
                Self::Store(Box::new(store))
            }
        })
    }

    /// As people are told of it.
    pub fn shown(&self) -> String {
        match self {
            Self::Releases(_, _, path) | Self::Folder(path) | Self::Archive(path) => path.display().to_string(),
            Self::Branch(name, remote, _) => format!("the branch {name} of {remote}"),
            Self::Store(store) => format!("the bucket {}", store.shown()),
        }
    }

    /// What is online.
    pub fn online(&self) -> Result<Option<Manifest>, PublishError> {
        match self {
            Self::Releases(releases, ..) => releases.current(),
            Self::Folder(folder) => manifest_in(folder),
            Self::Archive(path) => manifest_in_archive(path),
            Self::Branch(name, remote, root) => Branch { root, name, remote }.manifest(),
            Self::Store(store) => store.online(),
        }
    }

    /// The release after which the next one is numbered: what is online, or the newest that is kept.
    pub fn last(&self) -> Result<Option<Manifest>, PublishError> {
        match self {
            Self::Releases(releases, ..) => releases.last(),
            Self::Store(store) => store.last(),
            _ => self.online(),
        }
    }

    /// The sums of the files of the website in `public` that this place is given; for a store, what it is told of each, which is
    /// empty for all others.
    pub fn files(
        &self,
        public: &Path,
        stored: impl FnOnce(&[(String, Sum)]) -> Vec<Stored>,
    ) -> Result<(Sums, Vec<Stored>), PublishError> {
        let files = sums(public)?;
        if !matches!(self, Self::Store(_)) {
            return Ok((files, Vec::new()));
        }
        let stored = stored(&files);
        Ok((sums_of_stored(&stored, &files), stored))
    }

    /// Whether the last publication was stopped after its release came online, and something is left to do.
    pub fn is_unfinished(&self) -> Result<bool, PublishError> {
        match self {
            Self::Store(store) => store.is_unfinished(),
            _ => Ok(false),
        }
    }

    /// Puts a release online.
    pub fn put(&self, root: &Path, sending: &Sending<'_>) -> Result<(), PublishError> {
        let Sending { public, manifest, .. } = *sending;
        match self {
            Self::Releases(releases, keep, _) => releases.publish(public, manifest, *keep),
            Self::Folder(folder) => into_folder(public, root, folder, manifest),
            Self::Archive(path) => into_archive(public, path, manifest),
            Self::Branch(name, remote, root) => Branch { root, name, remote }.publish(public, manifest),
            Self::Store(store) => store.publish(sending),
        }
    }

    /// Removes every file of these releases, none of which is online; of a branch, all that was there before the release that is.
    pub fn erase(&self, numbers: &[u64]) -> Result<(), PublishError> {
        match self {
            Self::Releases(releases, ..) => releases.erase(numbers),
            Self::Branch(name, remote, root) => Branch { root, name, remote }.forget(),
            Self::Folder(_) | Self::Archive(_) | Self::Store(_) => Ok(()),
        }
    }
}

/// A path without `..`, as people read it.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// The target that is meant. Where the settings name no such target, what is wrong in them is said first.
pub(super) fn chosen(
    sources: &Sources,
    named: Option<&str>,
    environment: &mut Environment<'_>,
) -> Result<PublishTarget, CommandError> {
    let (targets, wrong) = crate::targets(sources);
    let meant = targets.iter().find(|target| named.is_none_or(|named| target.name == named));
    if let Some(target) = meant {
        return Ok(target.clone());
    }
    if wrong.count(Severity::Error) > 0 {
        let options = environment.report_options(Extent::Examples);
        environment.warn(&report(&wrong.sorted(), &Names::new(), sources, options))?;
        let words = "Where the website is published is not known until that is mended. Nothing was changed.";
        return Err(CommandError::WrongUse(words.into()));
    }
    let names: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
    Err(CommandError::WrongUse(match (named, names.is_empty()) {
        (Some(named), false) => {
            format!("There is no target `{named}`. In content/site.toml there is: {}.", names.join(", "))
        }
        _ => "content/site.toml does not say where the website is published. Write, at its end: `[publish.live]`, and below it \
              `folder = \"/srv/www/partnership\"`, with the folder of your server; then point the server to `current` in that folder. \
              `zip = \"website.zip\"` in place of `folder` makes one archive, for a host that is handed a file."
            .into(),
    }))
}

/// How a command ends that could not publish.
pub(super) fn unpublished(error: PublishError) -> CommandError {
    match &error {
        PublishError::Foreign { .. }
        | PublishError::NoLink { .. }
        | PublishError::NoRelease { .. }
        | PublishError::NoManifest { .. } => CommandError::WrongUse(error.to_string()),
        PublishError::Store(said) if StoreError::is_wrong_use(said) => CommandError::WrongUse(error.to_string()),
        PublishError::Write(WriteError::Interrupted) => CommandError::Stopped(error.to_string()),
        _ => CommandError::Failed(error.to_string()),
    }
}
