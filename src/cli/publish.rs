//! `folkmoot publish`: makes the website, shows what it changes, asks, and puts it where its readers find it.
//!
//! Input: flags, the targets of the settings. Output: a release, and what is recorded of its addresses. Not here: how a release is
//! made (`publish`), and what a build says.

use std::collections::BTreeSet;
use std::path::Path;

use clap::Args;
use jiff::Timestamp;

use super::build::{Build, Made, make};
use super::environment::{CommandError, Environment, Exit};
use super::later::{self, Due, WAITING};
use super::place::{Place, chosen, unpublished};
use super::progress::Progress;
use super::published as words;
use super::{back, given};
use crate::cache;
use crate::messages::text;
use crate::model::{Address, Gone, Site, Stored};
use crate::publish::{Changes, Difference, Manifest, PublishError, Sending, Sum};
use crate::read::read;
use crate::write::{ReplaceError, record_addresses};
use crate::{Assembled, Publication, assemble_again, publication, zone};

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
    /// Make it ready now as it is at this time, wait on this machine until then, and put it online
    #[arg(long, value_name = "TIME", conflicts_with_all = ["dry_run", "back", "list", "due"])]
    at: Option<String>,
    /// Do nothing unless something has become public or has ended by itself since the last publication: for a scheduler
    #[arg(long, conflicts_with_all = ["dry_run", "back", "list"])]
    due: bool,
    /// So many documents or pages may go from the website: a few always may
    #[arg(long, value_name = "NUMBER", default_value_t = 0, hide_default_value = true)]
    remove: usize,
    /// Put this in the place of what somebody else has published meanwhile
    #[arg(long)]
    replace: bool,
}

const MORE: &str = "\
Examples:
  folkmoot publish
  folkmoot publish --dry-run
  folkmoot publish live --yes
  folkmoot publish --back
  folkmoot publish --at \"2026-12-01 09:00\"
  folkmoot publish --due

A target is a table in content/site.toml:
  [publish.live]
  folder = \"/srv/www/partnership\"
The server's root is then `current` in that folder. With `releases = false` it is the folder itself; with `zip = \"website.zip\"` in \
place of `folder` the website is one archive, with `git = \"gh-pages\"` a branch of your repository, with `s3 = \"bucket\"` a bucket of \
a store.

TIME is a date, or a date and a time, in the time zone of the site. --due asks no question, and publishes only texts that have not \
changed since the last publication; with --yes, whatever they are.

Exit codes:
  0  it is online, or was already; with --due also: nothing was due
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
    let (sources, _) = read(&root, &root.join("public")).map_err(|error| given::unread(&error))?;
    let target = chosen(&sources, publish.target.as_deref(), environment)?;
    let place = Place::of(&target, &root, environment)?;
    let run = Run { asked: publish, target: &target.name, place: &place, root: &root };
    if publish.list {
        return words::list(&place, environment);
    }
    if let Some(number) = publish.back {
        return back::back(&run, &sources, number, environment);
    }
    let zone = zone(&sources);
    let now = given::moment(None, environment.epoch.as_deref(), environment.now)?.in_zone(&zone)?;
    if publish.due
        && let Some(exit) = Due::of(&root, &target.name).not_yet((&sources, now), publish.yes, environment)?
    {
        return Ok(exit);
    }
    let at = publish.at.as_deref().map(|typed| later::instant(typed, &zone, now)).transpose()?;
    drop(sources);
    run.publish(at, environment)
}

/// One publication.
pub(super) struct Run<'run> {
    /// What was typed.
    asked: &'run Publish,
    /// The name of the target.
    target: &'run str,
    /// Where it goes.
    pub place: &'run Place,
    /// The folder of the site.
    root: &'run Path,
}

impl Run<'_> {
    /// Makes the website as it is now, or `at` that time, and puts it online when it is time.
    fn publish(&self, at: Option<Timestamp>, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
        let public = match at {
            None => self.root.join("public"),
            Some(_) => self.root.join(cache::FOLDER).join(WAITING),
        };
        let made = make(&Build::to_publish(self.asked.remove, at, &public), self.root, environment)?;
        let Made { exit, sources, options, assembled, mut said, memory } = made;
        if exit != Exit::Fine {
            environment.refuse("Nothing was published.")?;
            return Ok(exit);
        }
        let assembled = assembled.unwrap_or_else(|| {
            // The build found nothing to do, and has said again what it had said.
            let mut assembled = assemble_again(&sources, &options, &memory);
            said = std::mem::take(&mut assembled.diagnostics).sorted();
            assembled
        });
        let publication = publication(&sources, &assembled);
        let online = self.place.online().map_err(unpublished)?;
        let (files, stored) =
            self.place.files(&public, |files| crate::stored(&assembled, files)).map_err(unpublished)?;
        let due = Due::of(self.root, self.target);
        let same_until = assembled.same_site.until;
        let before = online.as_ref().map(|online| (online, online.difference(&files)));
        if let Some((online, _)) = before.as_ref().filter(|(_, difference)| difference.is_none()) {
            if !self.asked.dry_run {
                self.complete((&public, &stored), online, &publication, environment)?;
                due.published(&sources, same_until)?;
            }
            let shown = self.place.shown();
            return environment.say(&format!("{shown} is what is online already. Nothing was published."), Exit::Fine);
        }
        let lost = words::lost(&said);
        if let Some(refused) = lost.or_else(|| self.refused(&assembled, &publication, before.as_ref(), &files)) {
            return environment.refuse(&refused);
        }
        let changes = Changes::between(&publication.before, &publication.now);
        let changed = words::changes(&changes, |address| title(&assembled.site, address));
        environment.tell(&format!("\n{}", text::harmless(&changed)))?;
        if self.asked.dry_run {
            let shown = self.place.shown();
            let words = format!("Nothing was published. Without --dry-run, this goes to {shown}.");
            return environment.say(&words, Exit::Fine);
        }
        if !self.agrees(&format!("Publish this to {}?", self.place.shown()), environment)? {
            return environment.refuse("Nothing was published.");
        }
        let (publication, now) = match at {
            None => (publication, environment.now),
            Some(at) => {
                let now = later::wait(at, &zone(&sources), environment)?;
                // Another target may have been published meanwhile, which is recorded in the same files.
                let (sources, _) = read(self.root, &public).map_err(|error| given::unread(&error))?;
                (crate::publication(&sources, &assembled), now)
            }
        };
        let last = self.place.last().map_err(unpublished)?;
        if self.place.online().map_err(unpublished)? != online {
            return Err(unpublished(PublishError::Meanwhile));
        }
        let manifest = Manifest::next(last.as_ref(), files, now);
        self.put((&public, &stored), &manifest, &taken_back(&assembled, &changes), environment)?;
        self.record(&publication, &manifest)?;
        due.published(&sources, same_until)?;
        environment
            .say(&words::told(self.place, &manifest, before.as_ref().map(|(_, difference)| difference)), Exit::Fine)
    }

    /// Does what a run has left undone that was stopped after this release came online.
    fn complete(
        &self,
        files: (&Path, &[Stored]),
        online: &Manifest,
        publication: &Publication,
        environment: &mut Environment<'_>,
    ) -> Result<(), CommandError> {
        if self.place.is_unfinished().map_err(unpublished)? {
            self.put(files, online, &BTreeSet::new(), environment)?;
        }
        self.record(publication, online)
    }

    /// Puts a release online.
    fn put(
        &self,
        (public, stored): (&Path, &[Stored]),
        manifest: &Manifest,
        taken_back: &BTreeSet<String>,
        environment: &mut Environment<'_>,
    ) -> Result<(), CommandError> {
        self.keep_begun(&format!("{}{}\n", self.begun(), manifest.mark()));
        let progress = Progress::new(("Sent", "files"), environment.err, environment.watched);
        let show = |done, all| progress.show(done, all);
        let put = self.place.put(self.root, &Sending { public, stored, manifest, taken_back, progress: &show });
        progress.end();
        put.map_err(unpublished)
    }

    /// Why this is not published, if it must not be.
    fn refused(
        &self,
        assembled: &Assembled,
        publication: &Publication,
        before: Option<&(&Manifest, Difference)>,
        files: &[(String, Sum)],
    ) -> Option<String> {
        let (online, difference) = before?;
        if !self.asked.replace && self.is_newer(publication, online) {
            return Some(words::newer(online));
        }
        // Where nothing was recorded, the release that is online knows what was there.
        let is_page = |path: &&str| path.ends_with("index.html");
        let of = online.files.iter().map(|(path, _)| path.as_str()).filter(is_page).count();
        // To take a page back never needs a second word.
        let withheld: BTreeSet<String> = assembled.withheld.iter().map(|held| held.address.output_path()).collect();
        let pages =
            difference.missing.iter().map(String::as_str).filter(is_page).filter(|path| !withheld.contains(*path));
        let gone = Gone { addresses: pages.collect(), of };
        let is_too_much = gone.is_too_much(!files.is_empty()) && gone.addresses.len() > self.asked.remove;
        is_too_much.then(|| words::too_much(&gone.addresses))
    }

    /// Whether what is online was published by somebody whose addresses are not recorded here.
    fn is_newer(&self, publication: &Publication, online: &Manifest) -> bool {
        let Some((number, mark)) = publication.before.releases.get(self.target) else { return false };
        let own = online.mark();
        let is_other = online.number > *number || (online.number == *number && own != *mark);
        is_other && !self.begun().lines().any(|begun| begun == &*own)
    }

    /// The marks of the releases that were put online from here and not recorded, because the run was stopped before; one a line.
    fn begun(&self) -> String {
        let note = cache::note(self.root, &format!("begun-{}", self.target));
        note.and_then(|note| String::from_utf8(note).ok()).unwrap_or_default()
    }

    /// Keeps them. What cannot be kept makes the next run ask whether it was somebody else.
    fn keep_begun(&self, begun: &str) {
        let _ = cache::keep_note(self.root, &format!("begun-{}", self.target), begun.as_bytes());
    }

    /// Records what is promised by the release that is online.
    pub fn record(&self, publication: &Publication, online: &Manifest) -> Result<(), CommandError> {
        let files = publication.files(self.target, (online.number, online.mark()));
        record_addresses(self.root, &files).map_err(unrecorded)?;
        self.keep_begun("");
        Ok(())
    }

    /// Asks, unless that was not wanted, and gives whether the answer was yes.
    pub fn agrees(&self, question: &str, environment: &mut Environment<'_>) -> Result<bool, CommandError> {
        // Who runs by a schedule has been asked whether the texts are those that were published.
        if self.asked.yes || self.asked.due {
            return Ok(true);
        }
        let nobody = "Nobody is there to be asked, so nothing was published. `folkmoot publish --yes` publishes without a question.";
        environment.agrees(question, nobody)
    }
}

/// The paths of what may be read no longer, which goes first.
fn taken_back(assembled: &Assembled, changes: &Changes) -> BTreeSet<String> {
    let withheld = assembled.withheld.iter().map(|held| held.address.output_path());
    let gone = changes.gone.iter().chain(&changes.files[2]).map(|address| Address::file(address).output_path());
    withheld.chain(gone).collect()
}

/// The title of the page at an address.
fn title(site: &Site, address: &str) -> Option<String> {
    let page = site
        .documents
        .iter()
        .find(|document| document.address.as_str() == address && document.anchor_on_page().is_none())?;
    Some(page.title.to_string())
}

fn unrecorded(error: ReplaceError) -> CommandError {
    CommandError::Failed(format!(
        "The website is online, and its addresses could not be recorded: {error} Publish again when that is mended."
    ))
}
