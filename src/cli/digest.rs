//! `folkmoot digest`: what changed from one release of a website to another, for a service that sends it by mail.
//!
//! Input: the folder of a website as it is online, or of its releases; and the older one. Output: a folder of files for the mailing service.
//! Not here: what changed (`publish/digest.rs`), its forms (`publish/digest_forms.rs`); and no mail is sent.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::environment::{CommandError, Environment, Exit};
use super::given;
use super::place::unpublished;
use crate::messages::text::count;
use crate::publish::{Digest, FEED, Releases, digest_files};

/// Say what changed since an earlier release, by what people follow
///
/// Compares two websites as they were published, and writes for each thing that people follow (a board, a priority, a topic, an area, all
/// decisions) what is new and what changed: as HTML and as text for mails, and as JSON for the program that sends them. Only the feeds of the
/// finished websites are read, so that nothing can be told that is not public. It sends nothing and knows no addresses of people.
#[derive(Args)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct DigestCommand {
    /// The website as it is online, or the folder of all releases [default: the folder `public` of the site]
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// The older website: a folder; or of a folder of releases the number of one, or the last day on which it was online
    #[arg(long, value_name = "FOLDER|NUMBER|DAY")]
    since: String,
    /// Where to write the files: a folder that is empty, or not there yet
    #[arg(long, value_name = "FOLDER", default_value = "digest")]
    out: PathBuf,
}

const MORE: &str = "\
Examples:
  folkmoot digest /srv/www/partnership --since 12
  folkmoot digest /srv/www/partnership --since 2026-11-01 --out /var/mail/this-week
  folkmoot digest public --since ../public-of-last-week

The files: digest.html, digest.txt and digest.json have everything; by/areas/saltmere.html, .txt and .json what concerns those who follow
/areas/saltmere/. Where nothing changed there is no file, and nobody needs a mail.

Exit codes:
  0  the files are written, or nothing changed
  2  the command was mistyped, or a folder holds no such website
  3  the machine failed";

/// Runs the command.
pub fn digest(
    command: &DigestCommand,
    root: Option<&Path>,
    environment: &mut Environment<'_>,
) -> Result<Exit, CommandError> {
    let typed = given::website(command.folder.as_deref(), root, &environment.folder);
    let (old, new) = both(&typed, &command.since, &environment.folder)?;
    let out = environment.folder.join(&command.out);
    if fs::read_dir(&out).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(CommandError::WrongUse(format!(
            "{} has files in it, which may be an older digest. Name another folder with `--out`, or empty it.",
            out.display()
        )));
    }
    if let Some(folder) = [&old, &new].into_iter().find(|folder| !folder.join(FEED).is_file()) {
        return Err(CommandError::WrongUse(format!(
            "{} is no website with feeds, so nobody can say what changed. Name the folder of a website that was made, whose address stands \
             in content/site.toml as `base_url`.",
            folder.display()
        )));
    }
    let digest = Digest::of(&old, &new).map_err(unpublished)?;
    if digest.followed.is_empty() {
        return environment.say("Nothing changed, so nothing was written.", Exit::Fine);
    }
    let files = digest_files(&digest);
    for (name, bytes) in &files {
        written(&out.join(name), bytes)?;
    }
    let words = format!(
        "Something changed in {} that people follow. {} in {}",
        count(digest.followed.len(), "thing"),
        count(files.len(), "file"),
        out.display()
    );
    environment.say(&words, Exit::Fine)
}

/// The older and the newer website.
fn both(typed: &Path, since: &str, folder: &Path) -> Result<(PathBuf, PathBuf), CommandError> {
    let Some(releases) = Releases::at(typed) else { return Ok((folder.join(since), typed.to_owned())) };
    let known = releases.list().map_err(unpublished)?;
    let last = releases.last().map_err(unpublished)?;
    let none = || CommandError::WrongUse(format!("{} holds no release yet.", typed.display()));
    let new = releases.folder_of(last.ok_or_else(none)?.number).map_err(unpublished)?;
    if let Ok(number) = since.parse() {
        return Ok((releases.folder_of(number).map_err(unpublished)?, new));
    }
    let Ok(day) = since.parse::<Date>() else { return Ok((folder.join(since), new)) };
    let end = day.tomorrow().ok().and_then(|day| day.to_zoned(TimeZone::UTC).ok()).map(|end| end.timestamp());
    let online = known.iter().find(|release| end.is_none_or(|end| release.time < end)).ok_or_else(|| {
        CommandError::WrongUse(format!(
            "No release that is kept was online on {day}. `folkmoot verify {} --on {day}` says which was.",
            typed.display()
        ))
    })?;
    Ok((releases.folder_of(online.number).map_err(unpublished)?, new))
}

fn written(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    let failed = |error: io::Error| CommandError::Failed(format!("{} cannot be written: {error}", path.display()));
    path.parent().map_or(Ok(()), fs::create_dir_all).map_err(failed)?;
    fs::write(path, bytes).map_err(failed)
}
