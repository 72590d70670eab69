//! `folkmoot verify`: says whether a website in a folder is what was released.
//!
//! Input: a folder with a `release.txt`. Output: the release, and every file that differs. Not here: what a release is (`publish`).

use std::path::PathBuf;

use clap::Args;

use super::environment::{CommandError, Environment, Exit};
use super::publish::unpublished;
use crate::messages::text::{self, count};
use crate::publish::verify as look;

/// Say whether a copy of the website is what was released
///
/// Compares every file below the folder with the checksums in its `release.txt`.
#[derive(Args)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct Verify {
    /// The folder that a server has as its root, or a copy of it
    folder: PathBuf,
}

const MORE: &str = "\
Examples:
  folkmoot verify /srv/www/partnership/current

Whoever does not have this program types, in the folder: sha256sum --check release.txt

Exit codes:
  0  every file is what was released, and no other is there
  1  files differ
  2  the folder holds no release
  3  the machine failed";

/// So many files of a sort are named.
const NAMED: usize = 20;

/// Runs the command.
pub fn verify(verify: &Verify, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let folder = environment.folder.join(&verify.folder);
    let (manifest, difference) = look(&folder).map_err(unpublished)?;
    let time = manifest.time.strftime("%Y-%m-%d %H:%M UTC");
    let mut words = format!("Release {} of {time}, with {}.\n", manifest.number, count(manifest.files.len(), "file"));
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
    words.push_str(if difference.is_none() {
        "Every file is what was released.\n"
    } else {
        "It is not what was released.\n"
    });
    environment.tell(&words)?;
    Ok(if difference.is_none() { Exit::Fine } else { Exit::Mistakes })
}
