//! `folkmoot verify`: says whether a website in a folder is what was released, and what was online on a day.
//!
//! Input: a folder with a `release.txt`, one of releases, or the address of a website. Output: the releases, and every file that differs. Not here: what a
//! release is (`publish`).

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::environment::{CommandError, Environment, Exit};
use super::place::unpublished;
use super::progress::Progress;
use crate::messages::text::{self, count};
use crate::publish::{Answered, Difference, Manifest, Releases, at_address, verify as look};

/// Say whether a copy of the website is what was released
///
/// Compares every file below the folder with the checksums in its `release.txt`. Of a folder of releases, each that is kept is compared,
/// and the chain of their checksums is followed from the first one on.
#[derive(Args)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct Verify {
    /// The folder that a server has as its root, a copy of it, the folder of all releases, or the address of the website
    #[arg(value_name = "FOLDER-OR-ADDRESS")]
    folder: PathBuf,
    /// Say which releases were online on this day: of a folder of releases
    #[arg(long, value_name = "DAY")]
    on: Option<Date>,
}

const MORE: &str = "\
Examples:
  folkmoot verify /srv/www/partnership/current
  folkmoot verify /srv/www/partnership
  folkmoot verify /srv/www/partnership --on 2026-11-30
  folkmoot verify https://www.example.org

Days and times are those of UTC. Whoever does not have this program types, in the folder of a website: sha256sum --check release.txt

Exit codes:
  0  every file is what was released, and no other is there
  1  files differ, or a release was changed afterwards; with --on: nothing was online
  2  the folder holds no release, or the command was mistyped
  3  the machine failed";

/// So many files of a sort are named.
const NAMED: usize = 20;

/// Runs the command.
pub fn verify(verify: &Verify, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    if let Some(address) =
        verify.folder.to_str().filter(|typed| typed.starts_with("https://") || typed.starts_with("http://"))
    {
        return web(address, environment);
    }
    let folder = environment.folder.join(&verify.folder);
    match (Releases::at(&folder), verify.on) {
        (Some(releases), Some(day)) => on(&releases, day, environment),
        (Some(releases), None) => all(&releases, environment),
        (None, Some(_)) => Err(CommandError::WrongUse(format!(
            "{} is no folder of releases, so that it cannot be said what was online on a day. Name the folder in which `current` lies.",
            folder.display()
        ))),
        (None, None) => one(&folder, environment),
    }
}

/// Compares the website in a folder with its manifest.
fn one(folder: &Path, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let (manifest, difference) = look(folder).map_err(unpublished)?;
    let mut words = format!("{}, with {}.\n", named(&manifest), count(manifest.files.len(), "file"));
    words.push_str(&differing(&difference));
    words.push_str(if difference.is_none() {
        "Every file is what was released.\n"
    } else {
        "It is not what was released.\n"
    });
    environment.tell(&words)?;
    Ok(if difference.is_none() { Exit::Fine } else { Exit::Mistakes })
}

/// Compares the website at an address with its manifest.
fn web(address: &str, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let progress = Progress::new(("Compared", "files"), environment.err, environment.watched);
    let answered = at_address(address, &|done, all| progress.show(done, all));
    progress.end();
    let Answered { manifest, difference, compared } = answered.map_err(unpublished)?;
    let mut words = format!("{}, with {}.\n", named(&manifest), count(manifest.files.len(), "file"));
    words.push_str(&differing(&difference));
    let not_given = count(manifest.files.len() - compared, "file");
    words.push_str(&match difference.is_none() {
        true => format!("Every file that readers get is what was released; {not_given} for the server alone, or at old addresses, were not compared.\n"),
        false => "Readers do not get what was released.\n".to_owned(),
    });
    environment.tell(&words)?;
    Ok(if difference.is_none() { Exit::Fine } else { Exit::Mistakes })
}

/// Compares every release that is kept with its manifest, and each manifest with the one after it.
fn all(releases: &Releases, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let known = releases.known().map_err(unpublished)?;
    let mut is_right = true;
    let mut words = String::new();
    let mut last: Option<&Manifest> = None;
    for release in &known {
        words.push_str(&named(release));
        let is_chained = last.is_none_or(|last| release.before == Some(last.own_sum()));
        let difference = match releases.folder_of(release.number) {
            Ok(folder) => {
                words.push_str(&format!(": {}", count(release.files.len(), "file")));
                look(&folder).map_err(unpublished)?.1
            }
            Err(_) => {
                words.push_str(": its files are not kept");
                Difference::default()
            }
        };
        is_right &= is_chained && difference.is_none();
        words.push_str(if is_chained { "\n" } else { ": the release before it is not the one that it names\n" });
        words.push_str(&differing(&difference));
        last = Some(release);
    }
    words.push_str(match (known.is_empty(), is_right) {
        (true, _) => "Nothing was published yet.\n",
        (false, true) => "Every release is what it was.\n",
        (false, false) => "Something was changed after it was released.\n",
    });
    environment.tell(&words)?;
    Ok(if is_right { Exit::Fine } else { Exit::Mistakes })
}

/// Says which releases were online on a day.
fn on(releases: &Releases, day: Date, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let known = releases.known().map_err(unpublished)?;
    let begins = |day: Date| day.to_zoned(TimeZone::UTC).ok().map(|start| start.timestamp());
    let (start, end) = (begins(day), day.tomorrow().ok().and_then(begins));
    let mut words = String::new();
    for (at, release) in known.iter().enumerate() {
        let until = known.get(at + 1).map(|next| next.time);
        let came = end.is_none_or(|end| release.time < end);
        let stayed = until.is_none_or(|until| start.is_none_or(|start| until > start));
        if !came || !stayed {
            continue;
        }
        let until = until
            .map_or_else(|| "until now".to_owned(), |until| format!("until {}", until.strftime("%Y-%m-%d %H:%M UTC")));
        let place = releases.folder_of(release.number).map_or_else(
            |_| "its files are not kept, and their checksums are in history.txt".to_owned(),
            |folder| format!("its files are in {}", folder.display()),
        );
        words.push_str(&text::harmless(&format!("{}, {until}; {place}", named(release))));
        words.push('\n');
    }
    if words.is_empty() {
        return environment.say(&format!("Nothing was online on {day}."), Exit::Mistakes);
    }
    environment.tell(&words).map(|()| Exit::Fine)
}

fn named(release: &Manifest) -> String {
    format!("Release {} of {}", release.number, release.time.strftime("%Y-%m-%d %H:%M UTC"))
}

/// The files that differ, a line each.
fn differing(difference: &Difference) -> String {
    let mut words = String::new();
    for (what, files) in
        [("Changed", &difference.changed), ("Missing", &difference.missing), ("In no release", &difference.added)]
    {
        for file in files.iter().take(NAMED) {
            words.push_str(&text::harmless(&format!("{what}: {file}")));
            words.push('\n');
        }
        if files.len() > NAMED {
            words.push_str(&format!("{what}: {} more\n", files.len() - NAMED));
        }
    }
    words
}
