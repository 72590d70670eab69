//! `folkmoot publish`: makes the website, shows what it changes, asks, and puts it where its readers find it.
//!
//! Input: flags, the targets of the settings. Output: a release, and what is recorded of its addresses. Not here: how a release is
//! made (`publish`), and what a build says.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::build::{Build, build};
use super::environment::{CommandError, Environment, Exit};
use super::given;
use crate::cache::DiskCache;
use crate::diagnostic::Diagnostics;
use crate::messages::text;
use crate::messages::text::{count, wrapped};
use crate::model::{Address, Audience, PublishTarget, Site, Way};
use crate::publish::{
    Branch, Changes, Manifest, PublishError, Releases, into_archive, into_folder, manifest_in, manifest_in_archive,
    sums,
};
use crate::read::{finished, read};
use crate::write::{ReplaceError, WriteError, record_addresses};
use crate::{Memory, Options, assemble_again, gate, look_at_finished, publication, zone};

/// Put the website where its readers find it
///
/// Makes the website, shows what that changes for readers, asks, and puts it online in one step. What was published is recorded in
/// `content/addresses`, so that no address is lost afterwards.
#[derive(Args)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct Publish {
    /// Which of the targets in content/site.toml [default: the first]
    target: Option<String>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Show what would change, and change nothing
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    /// Show the releases that are kept
    #[arg(long, conflicts_with_all = ["dry_run", "back"])]
    list: bool,
    /// Put an earlier release online again: the one before, or the one with this number
    #[arg(long, value_name = "RELEASE", num_args = 0..=1, default_missing_value = "0")]
    back: Option<u64>,
    /// So many documents may go from the website, because they were taken out of `content`: a few always may
    #[arg(long, value_name = "NUMBER", default_value_t = 0, hide_default_value = true)]
    remove: usize,
}

const MORE: &str = "\
Examples:
  folkmoot publish
  folkmoot publish --dry-run
  folkmoot publish live --yes
  folkmoot publish --back

A target is a table in content/site.toml:
  [publish.live]
  folder = \"/srv/www/partnership\"
The server's root is then `current` in that folder. With `releases = false` it is the folder itself; with `zip = \"website.zip\"` in \
place of `folder` the website is one archive, with `git = \"gh-pages\"` a branch of your repository.

Exit codes:
  0  it is online, or was already
  1  the texts have errors, or an address would be lost; or the answer was no. Nothing was changed
  2  the command was mistyped, there is no target, or nobody is there to be asked (--yes publishes without a question)
  3  the machine failed. What was online is online still
  130  it was stopped, with Ctrl+C or by another program";

/// Runs the command.
pub fn publish(
    publish: &Publish,
    root: Option<&Path>,
    environment: &mut Environment<'_>,
) -> Result<Exit, CommandError> {
    let root = given::root(root, &environment.folder);
    let public = root.join("public");
    let (sources, _) = read(&root, &public).map_err(|error| given::unread(&error))?;
    let targets = crate::targets(&sources);
    let target = chosen(&targets, publish.target.as_deref())?;
    let place = Place::of(target, &root)?;
    if publish.list {
        return list(&place, environment);
    }
    if let Some(number) = publish.back {
        return back(&place, number, (publish, &root, &public), environment);
    }
    let asked = Build::to_publish(publish.remove);
    let made = build(&asked, Some(&root), environment)?;
    if made != Exit::Fine {
        environment.warn(&sentence("Nothing was published.", environment.width))?;
        return Ok(made);
    }
    // The build has parsed all this, so that it is known; what it said is not said again.
    let memory = Memory { cache: Arc::new(DiskCache::open(&root)), ..Memory::default() };
    let as_at = given::moment(None, environment.epoch.as_deref(), environment.now)?.in_zone(&zone(&sources))?;
    let assembled = assemble_again(&sources, &Options { as_at, base_url: None, audience: Audience::Public }, &memory);
    if let Some(lost) = lost(&assembled.diagnostics) {
        environment.warn(&sentence(&lost, environment.width))?;
        return Ok(Exit::Mistakes);
    }
    let publication = publication(&sources, &assembled);
    let online = place.online().map_err(unpublished)?;
    let files = sums(&public).map_err(unpublished)?;
    let record = || record_addresses(&root, &publication.files).map_err(unrecorded);
    if online.as_ref().is_some_and(|online| online.difference(&files).is_none()) {
        // It may have been stopped before it was recorded.
        if !publish.dry_run {
            record()?;
        }
        return environment
            .tell(&sentence(
                &format!("{} is what is online already. Nothing was published.", place.shown()),
                environment.width,
            ))
            .map(|()| Exit::Fine);
    }
    let changes = Changes::between(&publication.before, &publication.now);
    environment.tell(&format!("\n{}", text::harmless(&changes.in_words(|address| title(&assembled.site, address)))))?;
    if publish.dry_run {
        return environment
            .tell(&sentence(
                &format!("Nothing was published. Without --dry-run, this goes to {}.", place.shown()),
                environment.width,
            ))
            .map(|()| Exit::Fine);
    }
    if !publish.yes && !agrees(&format!("Publish this to {}? (yes or no)", place.shown()), environment)? {
        environment.warn(&sentence("Nothing was published.", environment.width))?;
        return Ok(Exit::Mistakes);
    }
    let manifest = Manifest::next(place.last().map_err(unpublished)?.as_ref(), files, environment.now);
    place.put(&public, &root, &manifest).map_err(unpublished)?;
    record()?;
    environment.tell(&sentence(&told(&place, &manifest, online.as_ref()), environment.width))?;
    Ok(Exit::Fine)
}

/// The target that is meant.
fn chosen<'targets>(
    targets: &'targets [PublishTarget],
    named: Option<&str>,
) -> Result<&'targets PublishTarget, CommandError> {
    let Some(first) = targets.first() else {
        return Err(CommandError::WrongUse(
            "content/site.toml does not say where the website is published. Write, at its end: `[publish.live]`, and below it \
             `folder = \"/srv/www/partnership\"`, with the folder of your server; then point the server to `current` in that folder. \
             `zip = \"website.zip\"` in place of `folder` makes one archive, for a host that is handed a file."
                .into(),
        ));
    };
    let Some(named) = named else { return Ok(first) };
    targets.iter().find(|target| target.name == named).ok_or_else(|| {
        let names: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
        CommandError::WrongUse(format!(
            "There is no target `{named}`. In content/site.toml there is: {}.",
            names.join(", ")
        ))
    })
}

/// Where a target is on this machine.
enum Place {
    /// Releases, of which so many are kept.
    Releases(Releases, usize, PathBuf),
    Folder(PathBuf),
    Archive(PathBuf),
    /// A branch, where it is pushed to, and the folder of the site.
    Branch(String, String, PathBuf),
}

impl Place {
    /// The place of a target, whose path is below `root` if it is not a whole one.
    fn of(target: &PublishTarget, root: &Path) -> Result<Self, CommandError> {
        let at = |typed: &str| {
            let path = plain(&root.join(typed));
            let taken = ["content", "themes", "public", ".folkmoot-cache"].map(|name| root.join(name));
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
        })
    }

    /// As people are told of it.
    fn shown(&self) -> String {
        match self {
            Self::Releases(_, _, path) | Self::Folder(path) | Self::Archive(path) => path.display().to_string(),
            Self::Branch(name, remote, _) => format!("the branch {name} of {remote}"),
        }
    }

    /// What is online.
    fn online(&self) -> Result<Option<Manifest>, PublishError> {
        match self {
            Self::Releases(releases, ..) => releases.current(),
            Self::Folder(folder) => manifest_in(folder),
            Self::Archive(path) => manifest_in_archive(path),
            Self::Branch(name, remote, root) => Branch { root, name, remote }.manifest(),
        }
    }

    /// The last release, whether it is online or not.
    fn last(&self) -> Result<Option<Manifest>, PublishError> {
        match self {
            Self::Releases(releases, ..) => Ok(releases.list()?.into_iter().next()),
            _ => self.online(),
        }
    }

    /// Puts a release online.
    fn put(&self, public: &Path, root: &Path, manifest: &Manifest) -> Result<(), PublishError> {
        match self {
            Self::Releases(releases, keep, _) => releases.publish(public, manifest, *keep),
            Self::Folder(folder) => into_folder(public, root, folder, manifest),
            Self::Archive(path) => into_archive(public, path, manifest),
            Self::Branch(name, remote, root) => Branch { root, name, remote }.publish(public, manifest),
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

/// What is said of addresses that would be lost.
fn lost(diagnostics: &Diagnostics) -> Option<String> {
    let of = |code: &str| diagnostics.iter().filter(|said| said.code == code).count();
    let (pages, places) = (of("lost-address"), of("lost-place"));
    if pages + places == 0 {
        return None;
    }
    let lost = match (pages, places) {
        (pages, 0) => count(pages, "address"),
        (0, places) => format!("places of {}", count(places, "page")),
        (pages, places) => format!("{} and places of {}", count(pages, "address"), count(places, "page")),
    };
    let lost = lost.replace("addresss", "addresses");
    Some(format!(
        "{lost} would be lost that were published before, so nothing was published. The messages above say which, and the three \
         ways out: an old address in `aliases`, `withdrawn:` in the head of the page, or `{{was=7.12}}` at a paragraph."
    ))
}

/// Asks, and gives whether the answer was yes.
fn agrees(question: &str, environment: &mut Environment<'_>) -> Result<bool, CommandError> {
    if environment.answers.is_none() {
        return Err(CommandError::WrongUse(
            "Nobody is there to be asked, so nothing was published. `folkmoot publish --yes` publishes without a question.".into(),
        ));
    }
    let answer = environment.ask(question)?;
    Ok(answer.is_some_and(|answer| matches!(answer.to_lowercase().as_str(), "y" | "yes")))
}

/// What is said of a release that is online now.
fn told(place: &Place, manifest: &Manifest, before: Option<&Manifest>) -> String {
    let difference = before.map(|before| before.difference(&manifest.files));
    let files = match difference {
        Some(difference) => format!(
            "{} new, {} changed, {} gone",
            count(difference.added.len(), "file"),
            difference.changed.len(),
            difference.missing.len()
        ),
        None => count(manifest.files.len(), "file"),
    };
    let root = match place {
        Place::Releases(releases, ..) => format!(" The server's root is {}.", releases.root().display()),
        _ => String::new(),
    };
    format!(
        "Release {} is online in {}: {files}.{root} Keep the changes in content/addresses with your texts.",
        manifest.number,
        place.shown()
    )
}

/// The title of the page at an address.
fn title(site: &Site, address: &str) -> Option<String> {
    let page = site
        .documents
        .iter()
        .find(|document| document.address.as_str() == address && document.anchor_on_page().is_none())?;
    Some(page.title.to_string())
}

/// Shows which releases there are.
fn list(place: &Place, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let online = place.online().map_err(unpublished)?;
    let releases = match place {
        Place::Releases(releases, ..) => releases.list().map_err(unpublished)?,
        _ => online.iter().cloned().collect(),
    };
    if releases.is_empty() {
        return environment.tell("Nothing was published yet.\n").map(|()| Exit::Fine);
    }
    let lines = releases.iter().map(|release| {
        let is_online = online.as_ref().is_some_and(|online| online.number == release.number);
        let online = if is_online { "  online" } else { "" };
        let time = release.time.strftime("%Y-%m-%d %H:%M UTC");
        format!("{:>6}  {time}  {}{online}\n", release.number, count(release.files.len(), "file"))
    });
    let lines: String = lines.collect();
    environment.tell(&lines).map(|()| Exit::Fine)
}

/// Puts an earlier release online again, unless it says what is withheld now.
fn back(
    place: &Place,
    number: u64,
    (publish, root, public): (&Publish, &Path, &Path),
    environment: &mut Environment<'_>,
) -> Result<Exit, CommandError> {
    let Place::Releases(releases, ..) = place else {
        return Err(CommandError::WrongUse(
            "This target keeps no releases: only one with `folder`, and without `releases = false`, does.".into(),
        ));
    };
    let online = releases.current().map_err(unpublished)?;
    let kept = releases.list().map_err(unpublished)?;
    let before = online.as_ref().and_then(|online| kept.iter().find(|release| release.number < online.number));
    let number = match (number, before) {
        (0, Some(before)) => before.number,
        (0, None) => return Err(CommandError::WrongUse("There is no release before the one that is online.".into())),
        (number, _) => number,
    };
    let folder = releases.folder_of(number).map_err(unpublished)?;
    let (sources, _) = read(root, public).map_err(|error| given::unread(&error))?;
    let as_at = given::moment(None, environment.epoch.as_deref(), environment.now)?.in_zone(&zone(&sources))?;
    let assembled =
        assemble_again(&sources, &Options { as_at, base_url: None, audience: Audience::Public }, &Memory::default());
    // What was public then may be withheld now, and must not come back.
    let gate = gate(&sources, &assembled);
    let mut held: Vec<String> = Vec::new();
    // Where a notice stands in the place of a text, the gate looks for the text itself.
    let shown = |address: &Address| assembled.site.documents.iter().any(|document| document.address == *address);
    let withheld = assembled.withheld.iter().filter(|held| held.passages.is_empty() && !shown(&held.address));
    let addresses: Vec<String> = withheld.map(|held| held.address.output_path()).collect();
    finished(&folder, &mut |path, bytes| {
        if addresses.iter().any(|own| own == path) {
            held.push(path.to_owned());
        }
        look_at_finished(&sources, &assembled, &gate, path, bytes);
    })
    .map_err(|error| given::unread(&error))?;
    let mut found = Diagnostics::new();
    gate.report_of_folder(&mut found);
    held.extend(found.iter().filter_map(|said| said.place.as_deref().map(str::to_owned)));
    if !held.is_empty() || found.iter().next().is_some() {
        held.truncate(5);
        let sentence = format!(
            "Release {number} says what is withheld now ({}), so it was not put online. Put the texts right, and publish anew.",
            held.join(", ")
        );
        environment.warn(&self::sentence(&sentence, environment.width))?;
        return Ok(Exit::Mistakes);
    }
    if !publish.yes && !agrees(&format!("Put release {number} online in {}? (yes or no)", place.shown()), environment)?
    {
        environment.warn(&sentence("Nothing was changed.", environment.width))?;
        return Ok(Exit::Mistakes);
    }
    releases.turn_to(number).map_err(unpublished)?;
    environment.tell(&sentence(&format!("Release {number} is online in {}.", place.shown()), environment.width))?;
    Ok(Exit::Fine)
}

fn sentence(words: &str, width: usize) -> String {
    format!("{}\n", wrapped(&text::harmless(words), width))
}

/// How a command ends that could not publish.
pub(super) fn unpublished(error: PublishError) -> CommandError {
    match &error {
        PublishError::Foreign { .. }
        | PublishError::NoLink { .. }
        | PublishError::NoRelease { .. }
        | PublishError::NoManifest { .. } => CommandError::WrongUse(error.to_string()),
        PublishError::Write(WriteError::Interrupted) => CommandError::Stopped(error.to_string()),
        _ => CommandError::Failed(error.to_string()),
    }
}

fn unrecorded(error: ReplaceError) -> CommandError {
    CommandError::Failed(format!(
        "The website is online, and its addresses could not be recorded: {error} Publish again when that is mended."
    ))
}
