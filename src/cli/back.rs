//! `folkmoot publish --back`: puts an earlier release online again.
//!
//! Input: a number. Output: a new release with the files of that one, unless one of them says what is withheld now. Not here: what is
//! withheld.

use super::environment::{CommandError, Environment, Exit};
use super::given;
use super::place::{Place, unpublished};
use super::publish::Run;
use crate::diagnostic::Diagnostics;
use crate::model::{Address, Audience};
use crate::publish::{Manifest, manifest_in};
use crate::read::finished;
use crate::source::Sources;
use crate::{Memory, Options, Publication, assemble_again, gate, look_at_finished, publication, zone};

/// Puts the release with this number online again; with 0, the one before.
pub(super) fn back(
    run: &Run<'_>,
    sources: &Sources,
    number: u64,
    environment: &mut Environment<'_>,
) -> Result<Exit, CommandError> {
    let Place::Releases(releases, keep, _) = run.place else {
        let words = match run.place {
            Place::Store(_) => {
                "A store keeps what each release was, and not its files: they could be read by whoever knows their names, also what was \
                 taken back since. Put the texts back as they were then, and publish them."
            }
            _ => "This target keeps no releases: only one with `folder`, and without `releases = false`, does.",
        };
        return Err(CommandError::WrongUse(words.into()));
    };
    let last = releases.last().map_err(unpublished)?;
    let kept = releases.list().map_err(unpublished)?;
    let before = last.as_ref().and_then(|last| kept.iter().find(|release| release.number < last.number));
    let number = match (number, before) {
        (0, Some(before)) => before.number,
        (0, None) => return Err(CommandError::WrongUse("There is no release before the one that is online.".into())),
        (number, _) => number,
    };
    let folder = releases.folder_of(number).map_err(unpublished)?;
    let as_at = given::moment(None, environment.epoch.as_deref(), environment.now)?.in_zone(&zone(sources))?;
    let options = Options { as_at, base_url: None, audience: Audience::Public };
    let assembled = assemble_again(sources, &options, &Memory::default());
    // What was public then may be withheld now, and must not come back.
    let gate = gate(sources, &assembled);
    let mut held: Vec<String> = Vec::new();
    // Where a notice stands in the place of a text, the gate looks for the text itself.
    let shown = |address: &Address| assembled.site.documents.iter().any(|document| document.address == *address);
    let withheld = assembled.withheld.iter().filter(|held| held.passages.is_empty() && !shown(&held.address));
    let addresses: Vec<String> = withheld.map(|held| held.address.output_path()).collect();
    finished(&folder, &mut |path, bytes| {
        if addresses.iter().any(|own| own == path) {
            held.push(path.to_owned());
        }
        look_at_finished(sources, &assembled, &gate, path, bytes);
    })
    .map_err(|error| given::unread(&error))?;
    let mut found = Diagnostics::new();
    gate.report_of_folder(&mut found);
    held.extend(found.iter().filter_map(|said| said.place.as_deref().map(str::to_owned)));
    if !held.is_empty() || found.iter().next().is_some() {
        held.truncate(5);
        let words = format!(
            "Release {number} says what is withheld now ({}), so it was not put online. Put the texts right, and publish anew.",
            held.join(", ")
        );
        return environment.refuse(&words);
    }
    if !run.agrees(&format!("Put release {number} online in {}?", run.place.shown()), environment)? {
        return environment.refuse("Nothing was changed.");
    }
    let files = manifest_in(&folder).map_err(unpublished)?.map(|release| release.files).unwrap_or_default();
    let manifest = Manifest::next(last.as_ref(), files, environment.now);
    releases.publish(&folder, &manifest, *keep).map_err(unpublished)?;
    let publication = publication(sources, &assembled);
    // What was promised since then is promised still.
    run.record(&Publication { now: publication.before.clone(), ..publication }, &manifest)?;
    let words =
        format!("Release {} is online in {}; it is release {number} again.", manifest.number, run.place.shown());
    environment.say(&words, Exit::Fine)
}
