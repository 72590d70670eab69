//! What a publication says to the person who publishes.
//!
//! Input: what it changes, and what is online. Output: sentences and lists for a terminal. Not here: which of them are said.

use std::fmt::Write as _;

use super::environment::{CommandError, Environment, Exit};
use super::place::{Place, unpublished};
use crate::diagnostic::Diagnostic;
use crate::messages::text::{count, number};
use crate::publish::{Changes, Difference, Manifest};

/// So many pages of a sort are named.
const NAMED: usize = 10;

/// What changes for readers; `title` gives the title of the page at an address.
pub(super) fn changes(changes: &Changes, title: impl Fn(&str) -> Option<String>) -> String {
    if changes.first {
        return format!(
            "This is the first publication: {} and {}.\n",
            count(changes.pages, "page"),
            count(changes.files[0].len(), "attached file")
        );
    }
    let named = |address: &String| match title(address) {
        Some(title) => format!("{address} ({title})"),
        None => address.clone(),
    };
    let mut text = String::new();
    part(&mut text, "New", changes.new.iter().map(named));
    let changed = changes.changed.iter().map(|(address, come, go)| {
        let places = match (come, go) {
            (0, 0) => String::new(),
            (come, 0) => format!(": {} more", count(*come, "place")),
            (0, go) => format!(": {} fewer", count(*go, "place")),
            (come, go) => format!(": {} more, {go} fewer", count(*come, "place")),
        };
        format!("{}{places}", named(address))
    });
    part(&mut text, "Changed", changed);
    part(
        &mut text,
        "Moved; the old address leads on",
        changes.moved.iter().map(|(old, new)| format!("{old} is {new} now")),
    );
    part(&mut text, "No longer there", changes.gone.iter().cloned());
    for (what, files) in
        ["New files", "Files with other contents", "Files no longer there"].into_iter().zip(&changes.files)
    {
        part(&mut text, what, files.iter().cloned());
    }
    if text.is_empty() {
        text.push_str("No page says anything else than before.\n");
    }
    text
}

/// A list with its heading. A line is made only if it is printed: to find the title of a page takes long.
fn part(text: &mut String, what: &str, lines: impl ExactSizeIterator<Item = String>) {
    let all = lines.len();
    if all == 0 {
        return;
    }
    let _ = writeln!(text, "{what} ({all}):");
    for line in lines.take(NAMED) {
        let _ = writeln!(text, "  {line}");
    }
    if all > NAMED {
        let _ = writeln!(text, "  and {} more", all - NAMED);
    }
}

/// What is said of addresses that would be lost.
pub(super) fn lost(said: &[Diagnostic]) -> Option<String> {
    let of = |code: &str| said.iter().filter(|said| said.code == code).count();
    let (pages, places) = (of("lost-address"), of("lost-place"));
    if pages + places == 0 {
        return None;
    }
    let lost = match (pages, places) {
        (1, 0) => "1 address".to_owned(),
        (pages, 0) => format!("{} addresses", number(pages)),
        (0, places) => format!("places of {}", count(places, "page")),
        (pages, places) => format!("{} and places of {}", count(pages, "whole page"), count(places, "page")),
    };
    Some(format!(
        "{lost} would be lost that were published before, so nothing was published. The messages above say which, and the three \
         ways out: an old address in `aliases`, `withdrawn:` in the head of the page, or `{{was=7.12}}` at a paragraph."
    ))
}

/// What is said where somebody else published last.
pub(super) fn newer(online: &Manifest) -> String {
    let number = online.number;
    format!(
        "Release {number} is online, and is not the one that was published from here last: somebody else has published meanwhile, or from \
         another copy. Get their texts and their content/addresses first. `--replace` puts your website in the place of theirs."
    )
}

/// What is said where more pages would go than is likely to be meant.
pub(super) fn too_much(gone: &[&str]) -> String {
    let named: Vec<String> =
        gone.iter().take(NAMED).map(|path| format!("/{}", path.trim_end_matches("index.html"))).collect();
    format!(
        "{} would go from the website, so nothing was published; among them {}. If that is meant, say so: `--remove {}`.",
        count(gone.len(), "page"),
        named.join(", "),
        gone.len()
    )
}

/// What is said of a release that is online now; `difference` is how its files differ from those of the one before.
pub(super) fn told(place: &Place, manifest: &Manifest, difference: Option<&Difference>) -> String {
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

/// Shows which releases there are.
pub(super) fn list(place: &Place, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let online = place.online().map_err(unpublished)?;
    let releases = match place {
        Place::Releases(releases, ..) => releases.list().map_err(unpublished)?,
        Place::Store(store) => store.list().map_err(unpublished)?,
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
