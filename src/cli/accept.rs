//! `folkmoot check --accept`: shows what is held back by words of texts alone, and writes down that a person has looked at those
//! texts and that all of them may be public.
//!
//! Input: a site that was read, and which of its texts are asked for. Output: each passage that becomes public, and whatever becomes
//! public with it; a line in `content/checked.toml` for each text, with the checksum of its bytes. Not here: what such a line does
//! (`disclosure` decides), and writing (`write`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::environment::{CommandError, Environment, Exit};
use super::fix::{FirstRead, heading};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, changed, state};
use crate::language::capital;
use crate::messages::places::Places;
use crate::messages::text::{count, harmless, pasteable, wrapped};
use crate::model::{Checked, Why, Withheld, WithheldText, checked_line, first_words};
use crate::source::{SourceId, Sources, decode};
use crate::write::{ReplaceError, create, replace};
use crate::{Assembled, Memory, Options, assemble_checked, with_checked};

/// The file in which it is written down.
const FILE: &str = "content/checked.toml";

/// What the file begins with when the program makes it.
const HEAD: &str =
    "# Files that a person has looked at: all of each may be public, as long as its checksum is this one.\n\n";

/// How many files are named in the command that accepts them, before it names the folder of all.
const NAMED: usize = 3;

/// So many characters of a passage tell which is meant.
const ENOUGH: usize = 60;

/// What is accepted, and where.
pub(super) struct Job<'run> {
    /// The site's folder.
    pub(super) root: &'run Path,
    pub(super) sources: &'run Sources,
    /// The bytes that were looked at.
    pub(super) first_read: &'run FirstRead,
    pub(super) options: &'run Options,
    /// The site as it is.
    pub(super) before: &'run Assembled,
    /// The texts that were asked for; `None` for all of them, of which it is only shown what could be accepted.
    pub(super) asked: Option<&'run BTreeSet<SourceId>>,
}

/// What there is to accept.
struct Plan {
    /// The files, and the passages of each that become public.
    files: BTreeMap<SourceId, Vec<WithheldText>>,
    /// Files with such words that are not accepted, and why: a sentence.
    left: BTreeMap<SourceId, String>,
    /// The paths of other files that become public with them.
    others: Vec<String>,
    /// What is written down.
    checked: Checked,
}

/// Shows what would become public, and writes down that it may if files were asked for.
///
/// # Errors
/// The file cannot be written, or what is shown cannot be printed.
pub(super) fn accept(job: &Job<'_>, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let plan = plan(job);
    let names = crate::model::names(&job.before.site, &job.before.withheld);
    let mut places = Places::new(job.sources);
    let sources: BTreeSet<SourceId> = plan.files.keys().chain(plan.left.keys()).copied().collect();
    for source in sources {
        let mut printed = heading(names.get(&source).copied(), job.sources.path(source), environment);
        match (plan.files.get(&source), plan.left.get(&source)) {
            (Some(passages), _) => printed.push_str(&listed(passages, &mut places)),
            (None, Some(reason)) => {
                printed.push_str(&wrapped(&format!("Not accepted: {}", harmless(reason)), environment.width));
            }
            (None, None) => {}
        }
        environment.tell(&format!("{printed}\n\n"))?;
    }
    if !plan.others.is_empty() {
        let paths: String = plan.others.iter().map(|path| format!("\n  {}", harmless(path))).collect();
        environment.tell(&format!("These hang on them, and become public with them:{paths}\n\n"))?;
    }
    if job.asked.is_none() || plan.files.is_empty() {
        environment.tell(&summary(job, &plan, environment))?;
        return Ok(if job.asked.is_some() && !plan.left.is_empty() { Exit::Mistakes } else { Exit::Fine });
    }
    match write_down(job, &plan.checked)? {
        Ok(kept) => {
            environment.tell(&wrapped(&accepted(&plan, kept.as_deref()), environment.width))?;
            environment.tell("\n")?;
            Ok(if plan.left.is_empty() { Exit::Fine } else { Exit::Mistakes })
        }
        Err(reason) => {
            let words = format!("Nothing was accepted: {reason}");
            environment.tell(&format!("{}\n", wrapped(&words, environment.width)))?;
            Ok(Exit::Mistakes)
        }
    }
}

/// Finds out what can be accepted, by making the site as it would be.
fn plan(job: &Job<'_>) -> Plan {
    let mut plan =
        Plan { files: BTreeMap::new(), left: BTreeMap::new(), others: Vec::new(), checked: Checked::default() };
    for source in speaking(&job.before.diagnostics) {
        if job.asked.is_some_and(|asked| !asked.contains(&source)) {
            continue;
        }
        let path = job.sources.path(source);
        match (whole(&job.before.withheld, source), job.first_read.checksum(path)) {
            (Some(why), _) => {
                let reason = format!("This document {}, whatever its words say.", state(why));
                plan.left.insert(source, reason);
            }
            (None, Some(checksum)) => plan.checked.add(path, checksum),
            (None, None) => {}
        }
    }
    while !plan.checked.is_empty() {
        let after = assemble_checked(job.sources, job.options, &Memory::default(), &plan.checked);
        let accepted: Vec<SourceId> = plan.checked.iter().filter_map(|(path, _)| job.sources.find(path)).collect();
        // What stands in a passage can put the whole page in doubt as soon as it is read.
        let bad: Vec<SourceId> =
            accepted.iter().copied().filter(|source| whole(&after.withheld, *source).is_some()).collect();
        if bad.is_empty() {
            for source in accepted {
                let passages = becoming_public(job.before, &after, source);
                if passages.is_empty() {
                    // It is another file by now than the one that was looked at.
                    plan.checked.remove(job.sources.path(source));
                    plan.left.insert(source, ReplaceError::Changed.to_string());
                } else {
                    plan.files.insert(source, passages);
                }
            }
            plan.others = others(job, &after, &plan.files);
            break;
        }
        for source in bad {
            plan.checked.remove(job.sources.path(source));
            plan.left.insert(source, why_not(&after.diagnostics, source));
        }
    }
    plan
}

/// The files of which words hold something back.
fn speaking(diagnostics: &Diagnostics) -> BTreeSet<SourceId> {
    let said = diagnostics.iter().filter(|said| said.code == "private-by-its-words");
    said.filter_map(|said| Some(said.span?.source)).collect()
}

/// Why the whole of a document is held back; `None` if it is shown but for passages.
fn whole(withheld: &[Withheld], source: SourceId) -> Option<Why> {
    let is_document = |held: &&Withheld| held.document.as_ref().is_none_or(|document| document.standing.is_none());
    let mut whole = withheld.iter().filter(|held| held.source == source && held.why != Why::Passages);
    whole.find(is_document).map(|held| held.why)
}

/// What is said of a file that would be held back as a whole.
fn why_not(diagnostics: &Diagnostics, source: SourceId) -> String {
    let about = |said: &&Diagnostic| said.span.is_some_and(|span| span.source == source);
    let error = diagnostics.iter().filter(about).find(|said| said.severity == Severity::Error);
    let title = error.map_or_else(String::new, |said| format!(": {} [{}]", said.title, said.code));
    format!("With these words the whole page would be held back{title}. Mend that first.")
}

/// The passages of a file that are held back now, and would not be.
fn becoming_public(before: &Assembled, after: &Assembled, source: SourceId) -> Vec<WithheldText> {
    let passages = |site: &Assembled| -> Vec<WithheldText> {
        let held = site.withheld.iter().filter(|held| held.source == source);
        held.flat_map(|held| held.passages.iter().cloned()).collect()
    };
    let still = passages(after);
    let mut open: Vec<WithheldText> = passages(before).into_iter().filter(|held| !still.contains(held)).collect();
    open.sort_by_key(|passage| passage.span);
    open
}

/// The paths of files that are not public now, and would be, beside those that are accepted.
fn others(job: &Job<'_>, after: &Assembled, accepted: &BTreeMap<SourceId, Vec<WithheldText>>) -> Vec<String> {
    let texts = |site: &Assembled| -> BTreeSet<SourceId> { site.site.documents.iter().map(|one| one.source).collect() };
    let files = |site: &Assembled| -> BTreeSet<String> {
        site.site.attachments.iter().map(|(file, _)| file.path.to_string()).collect()
    };
    let (texts_before, files_before) = (texts(job.before), files(job.before));
    let new =
        texts(after).into_iter().filter(|source| !texts_before.contains(source) && !accepted.contains_key(source));
    let new = new.map(|source| job.sources.path(source).to_owned());
    new.chain(files(after).into_iter().filter(|path| !files_before.contains(path))).collect()
}

/// The passages of one file: their lines, and the first words of each.
fn listed(passages: &[WithheldText], places: &mut Places<'_>) -> String {
    let mut lines: Vec<(String, String)> = Vec::new();
    for passage in passages {
        let words = passage.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let shown = first_words(&words, ENOUGH);
        let more = if shown.len() < words.len() { " …" } else { "" };
        let place = match places.range(passage.span) {
            Some((from, to)) if from.line < to.line => format!("lines {}–{}", from.line, to.line),
            Some((from, _)) => format!("line {}", from.line),
            None => String::new(),
        };
        lines.push((place, harmless(&format!("{shown}{more}"))));
    }
    let widest = lines.iter().map(|(place, _)| place.chars().count()).max().unwrap_or_default();
    let lines: Vec<String> = lines.iter().map(|(place, words)| format!("  {place:widest$}  {words}")).collect();
    lines.join("\n")
}

/// What is said at the end when nothing is written.
fn summary(job: &Job<'_>, plan: &Plan, environment: &Environment<'_>) -> String {
    let left = match plan.left.len() {
        0 => String::new(),
        left => format!("{} cannot be accepted; why stands above.\n", capital(&count(left, "file"))),
    };
    if plan.files.is_empty() {
        let here = if job.asked.is_some() { " of what was named" } else { "" };
        let words = format!(
            "Nothing{here} is held back by words of its text alone, so there is nothing to accept. Nothing was written."
        );
        return format!("{left}{}\n", wrapped(&words, environment.width));
    }
    let asked = if plan.files.len() > NAMED {
        "content".to_owned()
    } else {
        plan.files.keys().map(|source| pasteable(job.sources.path(*source))).collect::<Vec<_>>().join(" ")
    };
    format!(
        "{} can become public. {left}Nothing was written.\n\
         If you have looked at {}, and all of {} may be public, type:\n  folkmoot check --accept {asked}\n",
        amount(plan),
        if plan.files.len() == 1 { "this file" } else { "these files" },
        if plan.files.len() == 1 { "it" } else { "them" },
    )
}

/// What is said at the end when it was written down; `kept` is where the file is as it was.
fn accepted(plan: &Plan, kept: Option<&str>) -> String {
    let each = if plan.files.len() == 1 { "the file" } else { "each file" };
    let left = match plan.left.len() {
        0 => String::new(),
        left => format!("{} could not be accepted; why stands above.\n", capital(&count(left, "file"))),
    };
    let kept = kept.map_or_else(String::new, |kept| format!(" As that was before: {kept}"));
    format!(
        "{} will be public. {left}{FILE} has the checksum of {each} as it is now.{kept}\n\
         To take it back, delete the line of the file there. If a file is changed, its words hold back what they did before.\n\
         Next: `folkmoot build` makes the website.",
        amount(plan),
    )
}

/// How much is or can be accepted.
fn amount(plan: &Plan) -> String {
    let passages = plan.files.values().map(Vec::len).sum();
    format!("{} in {}", capital(&count(passages, "passage")), count(plan.files.len(), "file"))
}

/// Writes down that these files were looked at. Gives where the file is kept as it was, if it was there; or, as a sentence, why
/// nothing was written.
///
/// # Errors
/// The system failed.
fn write_down(job: &Job<'_>, checked: &Checked) -> Result<Result<Option<String>, String>, CommandError> {
    let written = match job.sources.find(FILE) {
        None => {
            let lines: String = checked.iter().map(|(path, checksum)| checked_line(path, checksum) + "\n").collect();
            create(job.root, FILE, format!("{HEAD}{lines}").as_bytes()).map(|()| None)
        }
        Some(source) => match with_more(job, source, checked) {
            Ok((before, after)) => replace(job.root, FILE, &before, &after).map(Some),
            Err(reason) => return Ok(Err(reason)),
        },
    };
    match written {
        Ok(kept) => Ok(Ok(kept)),
        Err(error @ ReplaceError::Machine { .. }) => {
            Err(CommandError::Failed(format!("{error} Nothing was accepted; {FILE} is as it was.")))
        }
        Err(error) => Ok(Err(format!("{FILE}: {error}"))),
    }
}

/// The bytes of the file as it is, and with these lines in it; or why it cannot have them.
fn with_more(job: &Job<'_>, source: SourceId, checked: &Checked) -> Result<(Vec<u8>, Vec<u8>), String> {
    let unread =
        || format!("{FILE} cannot be read as it stands. `folkmoot check {FILE}` says what is wrong; mend that first.");
    let bytes = job.sources.bytes(source).map_err(|_| unread())?;
    if !job.first_read.is(FILE, &bytes) {
        return Err(format!("{FILE}: {}", ReplaceError::Changed));
    }
    let text = decode(bytes.clone()).map_err(|_| unread())?;
    let change = with_checked(&text, source, checked).ok_or_else(unread)?;
    let after = changed(&bytes, [&change]);
    let after = after.ok_or_else(|| {
        format!("{FILE} is saved as UTF-16. Open it in Notepad, choose “Save as” and the encoding “UTF-8”.")
    })?;
    Ok((bytes, after))
}
