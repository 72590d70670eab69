//! What makes the site of a preview; outside tests, from what lies on the disk.
//!
//! Input: a folder, an audience, and how to find the moment. Output: a site whose files can be asked for, and messages. Not here: the
//! stages themselves. It calls what `build` and `check` call, so that a preview shows what they make.

use std::hash::Hash;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use xxhash_rust::xxh3::Xxh3;

use super::message::Messages;
use super::preview::ShownSite;
use super::shown::{Shown, told};
use crate::cache::DiskCache;
use crate::diagnostic::{Diagnostics, Severity};
use crate::model::{Audience, Ledger, Output, Route, RouteKind, SameSite};
use crate::read::read;
use crate::source::Sources;
use crate::{Assembled, Folder, Memory, Options, Pages, assemble_again, checksum, pages_again};

/// Gives the moment for which the site is made, from its settings; a sentence if there is none.
pub type AsAt = Box<dyn Fn(&Sources) -> Result<Timestamp, String> + Send>;

/// Makes the site, once for each call, from what lies on the disk at that time.
pub trait Builder: Send + 'static {
    /// Makes a site of which each file can be asked for, and gives what was seen on the way.
    ///
    /// # Errors
    /// A sentence that says what the system could not do.
    fn build(&mut self) -> Result<BuildReport, String>;

    /// Makes every page of the site that was built last, for what only finished pages tell, and gives all that is to be said of it; `None`
    /// if that is nothing new. The browser shows pages meanwhile.
    ///
    /// # Errors
    /// Something has changed since, as `is_quiet` says, so that it is not worth going on.
    fn look_through(&mut self, is_quiet: &(dyn Fn() -> bool + Sync)) -> Result<Option<Messages>, Disturbed>;
}

/// Something has changed while the site was looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disturbed;

/// What a builder says about the site that it has made.
#[derive(Clone, Default)]
pub struct BuildReport {
    /// The site; `None` if an error stops it.
    pub site: Option<Arc<dyn ShownSite>>,
    /// A fingerprint of all that it was made from: from the same comes the same site.
    pub made_from: u128,
    /// The path of the site's address, without a slash at the end; empty at the root.
    pub base_path: String,
    /// What authors should mend.
    pub messages: Messages,
}

/// Makes the site that lies in a folder.
pub struct FromDisk {
    /// The site's folder.
    pub root: PathBuf,
    /// The public folder, which is not read.
    pub out: PathBuf,
    /// Asked again for each build: without `--as-at`, time goes on while people write.
    pub as_at: AsAt,
    /// Who may see what is made.
    pub audience: Audience,
    /// What the site was made from before so much was gone that it looks lost; nothing before the first build.
    pub made_from: Ledger,
    /// What is known from builds before.
    pub memory: Memory,
    /// What of it outlives this run.
    pub cache: Arc<DiskCache>,
    /// What was made last.
    pub last: Option<LastMade>,
}

/// What was made last, and from what.
pub struct LastMade {
    /// The fingerprint of the sources, and of what was said when they were read.
    sources: u128,
    /// Between which instants the same site comes from them.
    same_site: SameSite,
    report: BuildReport,
    /// The site, if no error stopped it.
    shown: Option<Arc<Shown>>,
}

impl Builder for FromDisk {
    fn build(&mut self) -> Result<BuildReport, String> {
        let (sources, said) = read(&self.root, &self.out).map_err(|error| error.to_string())?;
        let as_at = (self.as_at)(&sources)?;
        let mut hash = Xxh3::new();
        (checksum(&sources), format!("{:?}", said.clone().sorted())).hash(&mut hash);
        let made_from = hash.digest128();
        let is_same = |last: &&LastMade| last.sources == made_from && last.same_site.has(as_at);
        if let Some(last) = self.last.as_ref().filter(is_same) {
            return Ok(last.report.clone());
        }
        let made = self.made(sources, made_from, as_at, said);
        let report = made.report.clone();
        self.last = Some(made);
        Ok(report)
    }

    fn look_through(&mut self, is_quiet: &(dyn Fn() -> bool + Sync)) -> Result<Option<Messages>, Disturbed> {
        self.cache.save();
        let Some(shown) = self.last.as_ref().and_then(|last| last.shown.as_ref()) else { return Ok(None) };
        let looking = Looking { is_quiet, leaks: !shown.assembled.withheld.is_empty() };
        let found = pages_again(&shown.sources, &shown.assembled, &self.memory, &|_, _| {}, &looking)?;
        self.cache.save();
        let mut said = shown.said.clone();
        said.append(found);
        let messages = shown.messages(said);
        let is_new = self.last.as_ref().is_some_and(|last| last.report.messages != messages);
        Ok(is_new.then_some(messages))
    }
}

impl FromDisk {
    /// The site of these sources, of which this was said when they were read.
    fn made(&mut self, sources: Sources, made_from: u128, as_at: Timestamp, mut said: Diagnostics) -> LastMade {
        let options = Options { as_at, base_url: None, audience: self.audience };
        let mut assembled = assemble_again(&sources, &options, &self.memory);
        said.append(std::mem::take(&mut assembled.diagnostics));
        self.compare(&assembled, &sources, &mut said);
        let levels = &assembled.site.config.levels;
        said.set_levels(levels);
        // With an error nothing is shown, so nothing is made.
        let mut pages =
            (said.count(Severity::Error) == 0).then(|| Pages::new(&sources, &assembled, &mut said)).flatten();
        said.set_levels(levels);
        pages = pages.filter(|_| said.count(Severity::Error) == 0);
        let same_site = assembled.same_site;
        let mut report = BuildReport {
            site: None,
            made_from: fingerprint_of(made_from, same_site),
            base_path: assembled.site.config.base_path.clone(),
            messages: told(said.clone(), &sources, &assembled),
        };
        let shown = pages.map(|pages| Arc::new(Shown::new(sources, assembled, said, pages)));
        report.site = shown.clone().map(|shown| shown as Arc<dyn ShownSite>);
        LastMade { sources: made_from, same_site, report, shown }
    }

    /// Says that much of what was there is gone. A preview takes nothing from readers, and so it goes on.
    fn compare(&mut self, assembled: &Assembled, sources: &Sources, diagnostics: &mut Diagnostics) {
        let now = assembled.made_from();
        let gone = assembled.gone(&self.made_from, sources);
        if gone.is_too_much(!now.is_empty()) {
            diagnostics.documents_gone(&gone.addresses, gone.of).severity = Severity::Warning;
        } else {
            self.made_from = now;
        }
    }
}

/// A fingerprint of sources and of the time at which they make the same site.
fn fingerprint_of(sources: u128, same_site: SameSite) -> u128 {
    let mut hash = Xxh3::new();
    (sources, same_site.from, same_site.until).hash(&mut hash);
    hash.digest128()
}

/// Pages that are looked at and not kept.
struct Looking<'run> {
    is_quiet: &'run (dyn Fn() -> bool + Sync),
    /// Whether there is something that no file may say.
    leaks: bool,
}

impl Looking<'_> {
    fn go_on(&self) -> Result<(), Disturbed> {
        if (self.is_quiet)() { Ok(()) } else { Err(Disturbed) }
    }
}

impl Folder for Looking<'_> {
    type Error = Disturbed;

    /// Nothing is said of files for machines while they are made.
    fn needs(&self, kind: RouteKind) -> bool {
        self.leaks || kind.is_page()
    }

    fn put(&self, _: &Route, _: Output) -> Result<(), Disturbed> {
        self.go_on()
    }

    fn keep(&self, _: &Route, _: u64, _: u128) -> Result<bool, Disturbed> {
        self.go_on().map(|()| true)
    }
}
