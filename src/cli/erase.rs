//! `folkmoot erase`: takes words out of every release that is kept.
//!
//! Input: an address. Output: releases without files where the page was another one than now, and what this program cannot reach. Not
//! here: who may see the page now, which its text says.

use std::path::Path;

use clap::Args;

use super::environment::{CommandError, Environment, Exit};
use super::given;
use super::place::{Place, chosen, unpublished};
use crate::cache;
use crate::messages::text::count;
use crate::model::{Address, percent_decoded};
use crate::publish::{Manifest, Sum};
use crate::read::read;

/// Take words that must not be read any more out of every release that is kept
///
/// First take the words out of the text, or withhold it, and publish. Then this removes the files of every earlier release in which the
/// page was another one than it is now: also lists, the search and data of that release said what the page said. What the
/// releases were stays written down, as checksums.
#[derive(Args)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct Erase {
    /// The address of the page, or of an attached file
    address: String,
    /// Which of the targets in content/site.toml [default: the first]
    target: Option<String>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

const MORE: &str = "\
Examples:
  folkmoot erase /minutes/board/2026-03-12/
  folkmoot erase /files/tender.pdf live --yes

Exit codes:
  0  no release that is kept has the page as it was
  1  the page is online as it was always, or the answer was no. Nothing was changed
  2  the command was mistyped, or nobody is there to be asked (--yes erases without a question)
  3  the machine failed";

/// Runs the command.
pub fn erase(erase: &Erase, root: Option<&Path>, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let root = given::root(root, &environment.folder);
    let (sources, _) = read(&root, &root.join("public")).map_err(|error| given::unread(&error))?;
    let target = chosen(&sources, erase.target.as_deref(), environment)?;
    let place = Place::of(&target, &root, environment)?;
    let (address, file) = file_of(&erase.address);
    let online = place.online().map_err(unpublished)?;
    let now = online.as_ref().and_then(|online| online.sum_of(&file));
    let numbers = match &place {
        Place::Releases(releases, ..) => others(&releases.list().map_err(unpublished)?, &file, now),
        _ => Vec::new(),
    };
    let history = matches!(place, Place::Branch(..));
    if numbers.is_empty() && !history {
        let words = match now {
            Some(_) => format!(
                "{address} is online in {}, and no release that is kept has it in another form. Take the words out of the text, or \
                 withhold it, and publish; then erase.",
                place.shown()
            ),
            None => format!("No release that is kept in {} has {address}.", place.shown()),
        };
        let exit = if now.is_some() { Exit::Mistakes } else { Exit::Fine };
        let rest = if now.is_some() { String::new() } else { format!("\n{}", beyond(&place)) };
        return environment.say(&format!("{words}{rest}"), exit);
    }
    let question = match &place {
        Place::Branch(..) => {
            format!("Make the branch anew in {}, with what is online and nothing before it?", place.shown())
        }
        _ => format!("Remove the files of {} from {}?", releases_named(&numbers), place.shown()),
    };
    let nobody = "Nobody is there to be asked, so nothing was erased. `--yes` erases without a question.";
    if !erase.yes && !environment.agrees(&question, nobody)? {
        return environment.refuse("Nothing was erased.");
    }
    place.erase(&numbers).map_err(unpublished)?;
    // It keeps what texts said, so that builds are quick.
    cache::forget(&root).map_err(|error| {
        let folder = root.join(cache::FOLDER);
        CommandError::Failed(format!("{} cannot be removed: {error}. Remove it by hand.", folder.display()))
    })?;
    let done = match &place {
        Place::Branch(..) => "The branch was made anew: nothing that was published before is in it.".to_owned(),
        _ => format!("Erased: {}. `folkmoot publish --back` cannot bring them back.", releases_named(&numbers)),
    };
    environment.say(&format!("{done}\n{}", beyond(&place)), Exit::Fine)
}

/// An address as it is shown, and the file that a server gives for it.
fn file_of(typed: &str) -> (String, String) {
    let path = typed.split_once("://").map_or(typed, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
    let path = path.split(['#', '?']).next().unwrap_or_default().trim_matches('/');
    let path = String::from_utf8_lossy(&percent_decoded(path)).into_owned();
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let address =
        if is_file { Address::file(&path) } else { Address::page(path.split('/').filter(|name| !name.is_empty())) };
    (address.as_str().to_owned(), address.output_path())
}

/// The releases in which a file is another one than that with the sum `now`.
fn others(releases: &[Manifest], file: &str, now: Option<Sum>) -> Vec<u64> {
    let is_other = |release: &&Manifest| release.sum_of(file).is_some_and(|sum| Some(sum) != now);
    releases.iter().filter(is_other).map(|release| release.number).collect()
}

fn releases_named(numbers: &[u64]) -> String {
    let list: Vec<String> = numbers.iter().map(u64::to_string).collect();
    format!("{} ({})", count(numbers.len(), "release"), list.join(", "))
}

/// What words may still be in that this program cannot reach.
fn beyond(place: &Place) -> String {
    let own = match place {
        Place::Branch(..) => {
            "commits that the host has not swept yet (ask it to), and other people's copies of the repository"
        }
        Place::Store(_) => "versions of objects, where the bucket keeps them, and what caches before the store keep",
        Place::Archive(_) => "archives that were handed on before",
        Place::Releases(..) | Place::Folder(_) => "backups of this machine",
    };
    format!(
        "Out of reach, so look there yourself: {own}; the history of your texts, if it is kept by git; the cloud or shared drive on which they \
         lie; what search engines and web archives keep (ask them to remove the address); copies in readers' hands."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_understood_however_it_is_typed() {
        for (typed, address, file) in [
            ("/minutes/board/2026-03-12/", "/minutes/board/2026-03-12/", "minutes/board/2026-03-12/index.html"),
            ("minutes/board/2026-03-12", "/minutes/board/2026-03-12/", "minutes/board/2026-03-12/index.html"),
            ("https://www.example.org/about/#where", "/about/", "about/index.html"),
            ("/files/tender.pdf?x", "/files/tender.pdf", "files/tender.pdf"),
            ("https://www.example.org", "/", "index.html"),
        ] {
            assert_eq!(file_of(typed), (address.to_owned(), file.to_owned()), "{typed}");
        }
    }
}
