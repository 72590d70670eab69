//! `folkmoot check --leaks`: looks through a website that was made for what is withheld now.
//!
//! Input: the public folder, the site as it is now. Output: a message for each file that gives something away. Not here: what
//! is looked for, which is the room `leaks`.

use std::path::Path;

use super::environment::{CommandError, Environment, Exit};
use super::given;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::messages::Extent;
use crate::messages::report;
use crate::messages::text::count;
use crate::model::Audience;
use crate::read::{finished, read};
use crate::{Options, assemble, gate, look_at_finished, zone};

/// Looks through the website in the folder `out` of the site in `root`, as the site is at `moment`.
pub(super) fn leaks(
    root: &Path,
    out: &Path,
    moment: &given::Moment,
    environment: &mut Environment<'_>,
) -> Result<Exit, CommandError> {
    let (sources, _) = read(root, out).map_err(|error| given::unread(&error))?;
    let as_at = moment.in_zone(&zone(&sources))?;
    let assembled = assemble(&sources, &Options { as_at, base_url: None, audience: Audience::Public });
    let gate = gate(&sources, &assembled);
    let looked_at = finished(out, &mut |path, bytes| look_at_finished(&sources, &assembled, &gate, path, bytes));
    let looked_at = looked_at.map_err(|error| given::unread(&error))?;
    let mut found = Diagnostics::new();
    gate.report_of_folder(&mut found);
    let found: Vec<Diagnostic> = found.sorted();
    let options = environment.report_options(Extent::Everything);
    environment.warn(&report::report(
        &found,
        &crate::model::names(&assembled.site, &assembled.withheld),
        &sources,
        options,
    ))?;
    let (files, held) = (count(looked_at, "file"), assembled.withheld.len());
    environment.tell(&match (held, found.is_empty()) {
        (0, _) => format!("Nothing is withheld in this site. {files} in {}.\n", out.display()),
        (_, true) => format!("None of {files} in {} says what is withheld.\n", out.display()),
        (_, false) => format!("Looked through {files} in {}.\n", out.display()),
    })?;
    Ok(if found.is_empty() { Exit::Fine } else { Exit::Mistakes })
}
