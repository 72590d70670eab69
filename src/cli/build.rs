//! `folkmoot build`: makes the website.
//!
//! Input: flags. Output: the public folder, messages and a summary. Not here: how any of it is made. A build that stops
//! leaves the folder as it was.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use clap::Args;

use super::environment::{CommandError, Environment, Exit};
use super::given;
use super::last_build::{Done, LastBuild};
use super::progress::Progress;
use super::summary::{self, Built, Told};
use crate::cache::DiskCache;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::lexicon::Lexicon;
use crate::messages::Extent;
use crate::messages::report;
use crate::messages::text;
use crate::model::{self, Audience, Output, Route, Zone};
use crate::read::read;
use crate::source::{Attachment, Sources};
use crate::write::{Public, Summary, WriteError, may_be_public};
use crate::{Assembled, Folder, Memory, Options, assemble, assemble_again, pages, pages_again, zone};

/// Make the website
///
/// Reads the folder `content` and writes the website into the folder `public`.
/// Only files that differ are written, and files that are no longer part of the site are removed.
#[derive(Args, Default)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct Build {
    /// Where to write the website [default: the folder `public` of the site]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// The address under which the public reads it, if not the one in content/site.toml
    #[arg(long, value_name = "ADDRESS")]
    base_url: Option<String>,
    /// Make the website as it is at this time: later documents are left out [default: now]
    #[arg(long, value_name = "TIME")]
    as_at: Option<String>,
    /// Stop on warnings too, not on errors alone
    #[arg(long)]
    strict: bool,
    /// So many documents may go from the website, because they were taken out of `content`: a few always may
    #[arg(long, value_name = "NUMBER", default_value_t = 0, hide_default_value = true)]
    remove: usize,
    /// Afterwards make it once more without what is known from earlier builds, and compare: both must be the same, to the byte
    #[arg(long)]
    verify: bool,
    /// Whether it is the first step of a publication, so that nobody is told what to do next.
    #[arg(skip)]
    publishes: bool,
}

impl Build {
    /// As somebody types it who publishes the website, as it is now or at another time; so many documents may go from it.
    pub(super) fn to_publish(remove: usize, as_at: Option<jiff::Timestamp>, out: &Path) -> Self {
        let as_at = as_at.map(|at| at.to_string());
        Self { out: Some(out.to_owned()), as_at, remove, publishes: true, ..Self::default() }
    }
}

const MORE: &str = "\
Examples:
  folkmoot build
  folkmoot build --strict --base-url https://www.example.org/partnership
  folkmoot build --as-at \"2026-12-01 09:00\" --out next-week

TIME is a date, or a date and a time, in the time zone of the site. Without it, the environment variable \
SOURCE_DATE_EPOCH counts, then the clock.

Errors stop the build, and `public` stays as it was. Warnings do not: what is wrong is left out, or printed as text.

If more than a tenth of the documents (and more than ten) have gone from `content` since the last build, or all of them, \
the build stops and says which: a folder may be missing. `--remove NUMBER` says that so many are meant to go.

Exit codes:
  0  the website is made
  1  the texts have errors (with --strict: or warnings), and nothing was written
  2  the command was mistyped, or there is no site in the folder
  3  the machine failed: a file cannot be read or written, the disk is full
  130  it was stopped, with Ctrl+C or by another program";

/// How a build ended, and what it has worked out that a publication needs too.
pub(super) struct Made {
    /// How it ended.
    pub exit: Exit,
    /// What it read.
    pub sources: Sources,
    /// For which instant.
    pub options: Options,
    /// The site; `None` if nothing had changed since the last build.
    pub assembled: Option<Assembled>,
    /// What was said of it.
    pub said: Vec<Diagnostic>,
    /// What is known from earlier builds and from this one.
    pub memory: Memory,
}

/// Runs the command.
pub fn build(build: &Build, root: Option<&Path>, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let root = given::root(root, &environment.folder);
    make(build, &root, environment).map(|made| made.exit)
}

/// Makes the website of the site in `root`.
pub(super) fn make(build: &Build, root: &Path, environment: &mut Environment<'_>) -> Result<Made, CommandError> {
    let started = Instant::now();
    let out = build.out.as_ref().map_or_else(|| root.join("public"), |out| environment.folder.join(out));
    let base_url = build.base_url.as_deref().map(given::base_url).transpose()?;
    let moment = given::moment(build.as_at.as_deref(), environment.epoch.as_deref(), environment.now)?;
    let (sources, mut diagnostics) = read(root, &out).map_err(|error| given::unread(&error))?;
    may_be_public(&out, root).map_err(|error| unwritten(&error))?;
    let zone = zone(&sources);
    let as_at = moment.in_zone(&zone)?;
    let options = Options { as_at, base_url, audience: Audience::Public };
    let cache = Arc::new(DiskCache::open(root));
    let memory = Memory { cache: cache.clone(), ..Memory::default() };
    let last = LastBuild::new(&sources, &diagnostics, &options, (build.strict, build.remove), (&out, environment));
    if let Some(done) = last.recall(&*cache, as_at, &out).filter(|_| !build.verify) {
        environment.warn(&done.messages)?;
        let exit = tell((build, &done.told), &done.written(), (started, &out), (as_at, &zone), environment)?;
        return Ok(Made { exit, sources, options, assembled: None, said: Vec::new(), memory });
    }
    let mut assembled = assemble_again(&sources, &options, &memory);
    diagnostics.append(std::mem::take(&mut assembled.diagnostics));
    diagnostics.set_levels(&assembled.site.config.levels);
    // Every text is read.
    Lexicon::english().let_go();

    let written = if stops(&diagnostics, build.strict) {
        None
    } else {
        let site =
            FinishedSite { sources: &sources, assembled: &assembled, memory: &memory, root, out: &out, asked: build };
        write(&site, &mut diagnostics, environment)?
    };
    let diagnostics = diagnostics.sorted();
    let messages = messages(&diagnostics, &sources, &assembled, environment);
    environment.warn(&messages)?;
    let Some(written) = written else {
        environment.warn(&stopped(&diagnostics, build.strict, &out, environment.width))?;
        let (exit, assembled) = (Exit::Mistakes, Some(assembled));
        return Ok(Made { exit, sources, options, assembled, said: diagnostics, memory });
    };
    if build.verify {
        verify(&sources, &options, &out, &assembled)?;
    }
    let told = Told::of(&assembled, &diagnostics, root);
    last.keep(&*cache, &out, |seal| Done::new(&assembled, &told, messages, &written, seal));
    cache.save();
    let exit = tell((build, &told), &written, (started, &out), (as_at, &zone), environment)?;
    Ok(Made { exit, sources, options, assembled: Some(assembled), said: diagnostics, memory })
}

/// Says what the build has made.
fn tell(
    (asked, told): (&Build, &Told),
    written: &Summary,
    (started, out): (Instant, &Path),
    (as_at, zone): (jiff::Timestamp, &Zone),
    environment: &mut Environment<'_>,
) -> Result<Exit, CommandError> {
    let moment = model::Instant::from_timestamp(as_at, zone);
    let at_another_time = (as_at != environment.now).then_some(&moment);
    let is_last = !asked.publishes;
    environment.tell(&summary::built(&Built {
        told,
        written,
        time: started.elapsed(),
        out,
        at_another_time,
        is_last,
    }))?;
    Ok(Exit::Fine)
}

/// Makes the website once more without what is known from earlier builds, and compares it with that in `out`.
fn verify(sources: &Sources, options: &Options, out: &Path, assembled: &Assembled) -> Result<(), CommandError> {
    let clean = assemble(sources, options);
    let other = Mutex::new(BTreeSet::new());
    let Ok(_) = pages(sources, &clean, &|_, _| {}, |route, output| {
        let is_same = std::fs::read(out.join(&*route.path)).is_ok_and(|bytes| match output {
            Output::Bytes(made) => made == bytes,
            Output::Copy { hash, .. } => Attachment::checksum(&bytes) == hash,
        });
        if !is_same {
            other.lock().unwrap_or_else(PoisonError::into_inner).insert(route.path.clone());
        }
        Ok::<(), Infallible>(())
    });
    let other = other.into_inner().unwrap_or_else(PoisonError::into_inner);
    let Some(first) = other.first() else {
        return if clean.withheld == assembled.withheld {
            Ok(())
        } else {
            Err(CommandError::Failed(NOT_THE_SAME.into()))
        };
    };
    let files = text::count(other.len(), "file");
    Err(CommandError::Failed(format!("{NOT_THE_SAME} {files} would be other ones; the first is {first}.")))
}

const NOT_THE_SAME: &str = "A build from nothing does not make the same website: that is a mistake of Folkmoot. Delete the folder \
    .folkmoot-cache, build again, and tell its makers.";

impl Folder for Public {
    type Error = WriteError;

    fn put(&self, route: &Route, output: Output) -> Result<(), WriteError> {
        Self::put(self, route, &output)
    }

    fn keep(&self, route: &Route, length: u64, hash: u128) -> Result<bool, WriteError> {
        Self::keep(self, route, length, hash)
    }
}

/// Whether these mistakes forbid to publish the site.
fn stops(diagnostics: &Diagnostics, strict: bool) -> bool {
    diagnostics.count(Severity::Error) > 0 || (strict && diagnostics.count(Severity::Warning) > 0)
}

/// A site that can be written, and where to.
struct FinishedSite<'site> {
    sources: &'site Sources,
    assembled: &'site Assembled,
    /// What is known from earlier builds.
    memory: &'site Memory,
    root: &'site Path,
    out: &'site Path,
    /// What was typed.
    asked: &'site Build,
}

/// Makes every file, and puts all of them in place; `None`, with nothing written, if one has a mistake that stops a build.
fn write(
    site: &FinishedSite<'_>,
    diagnostics: &mut Diagnostics,
    environment: &mut Environment<'_>,
) -> Result<Option<Summary>, CommandError> {
    let public = Public::open(site.out, site.root).map_err(|error| unwritten(&error))?;
    let made_from = site.assembled.made_from();
    let gone = site.assembled.gone(public.made_from(), site.sources);
    if gone.is_too_much(!made_from.is_empty()) && gone.addresses.len() > site.asked.remove {
        diagnostics.documents_gone(&gone.addresses, gone.of);
        return Ok(None);
    }
    let progress = Progress::new(("Made", "pages"), environment.err, environment.watched);
    let show = |done, all| progress.show(done, all);
    let made = pages_again(site.sources, site.assembled, site.memory, &show, &public);
    progress.end();
    diagnostics.append(made.map_err(|error| unwritten(&error))?);
    diagnostics.set_levels(&site.assembled.site.config.levels);
    if stops(diagnostics, site.asked.strict) {
        return Ok(None);
    }
    public.finish(&made_from).map(Some).map_err(|error| unwritten(&error))
}

/// Why a folder cannot take the website: another one should have been named, or the system failed.
fn unwritten(error: &WriteError) -> CommandError {
    match error {
        WriteError::Reserved { .. }
        | WriteError::NotAFolder { .. }
        | WriteError::LinkToNothing { .. }
        | WriteError::Foreign { .. } => CommandError::WrongUse(error.to_string()),
        WriteError::Interrupted => CommandError::Stopped(error.to_string()),
        _ => CommandError::Failed(error.to_string()),
    }
}

/// The errors and warnings as text. Notes are left to `check`: they are advice, and a build should be read to its end.
fn messages(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    assembled: &Assembled,
    environment: &Environment<'_>,
) -> String {
    let shown: Vec<Diagnostic> =
        diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Note).cloned().collect();
    let names = crate::model::names(&assembled.site, &assembled.withheld);
    report::report(&shown, &names, sources, environment.report_options(Extent::Examples))
}

/// What is said of a build that has written nothing.
fn stopped(diagnostics: &[Diagnostic], strict: bool, out: &Path, width: usize) -> String {
    let errors = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let why = if errors || !strict { "" } else { " With --strict, warnings stop the build." };
    let text = format!(
        "{}.{why} Nothing was written: {} is as it was.",
        crate::language::capital(&report::totals(diagnostics)),
        out.display()
    );
    format!("{}\n", text::wrapped(&text::harmless(&text), width))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(codes: &[&'static str]) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        for code in codes {
            diagnostics.add(code, None, "a", "b", "c");
        }
        diagnostics
    }

    #[test]
    fn errors_stop_a_build_and_warnings_only_a_strict_one() {
        for (codes, stops_build, stops_strict) in [
            (&[][..], false, false),
            (&["heading-level"], false, false),
            (&["broken-link", "heading-level"], false, true),
            (&["address-clash", "broken-link"], true, true),
        ] {
            let found = found(codes);
            assert_eq!((stops(&found, false), stops(&found, true)), (stops_build, stops_strict), "{codes:?}");
        }
    }

    #[test]
    fn a_build_that_stops_says_that_nothing_was_written() {
        let words = |codes, strict| stopped(&found(codes).sorted(), strict, Path::new("public"), 100);
        assert_eq!(
            words(&["address-clash", "broken-link"], false),
            "1 error and 1 warning. Nothing was written: public is as it was.\n"
        );
        assert_eq!(
            words(&["broken-link"], true),
            "1 warning. With --strict, warnings stop the build. Nothing was written: public is as it was.\n"
        );
    }
}
