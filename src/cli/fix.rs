//! `folkmoot check --fix`: shows what a program can mend in the texts, and mends it where that was asked for.
//!
//! Input: the messages of a check, some of which offer a change. Output: each change as lines that go and lines that come;
//! the changed files, and the name under which each is kept as it was. Not here: whether a change may be made (`proof.rs`),
//! and writing (`write`).

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use annotate_snippets::renderer::{Effects, Style};
use xxhash_rust::xxh3::xxh3_128;

use super::environment::{CommandError, Environment, Exit};
use super::proof::{Plan, Refusal, plan};
use crate::Reader;
use crate::diagnostic::Diagnostic;
use crate::language::capital;
use crate::messages::Extent;
use crate::messages::difference::difference;
use crate::messages::places::Lines;
use crate::messages::text::{count, harmless, pasteable, wrapped};
use crate::model::Difference;
use crate::model::Names;
use crate::source::{FileProvider, SourceError, SourceId, Sources, decode};
use crate::write::{ReplaceError, replace};

/// How many files are named in the command that makes the changes, before it says `--all`.
const NAMED: usize = 3;

/// What is mended, and where.
pub(super) struct Job<'run> {
    /// The site's folder.
    pub(super) root: &'run Path,
    pub(super) sources: &'run Sources,
    /// The bytes that the messages speak of.
    pub(super) first_read: &'run FirstRead,
    pub(super) reader: &'run Reader<'run>,
    pub(super) names: &'run Names<'run>,
    /// The messages, in the order of files and places.
    pub(super) diagnostics: &'run [Diagnostic],
    /// Whether the changes are made, or only shown.
    pub(super) make: bool,
}

/// What came of it.
#[derive(Default)]
struct Outcome {
    /// How many changes were made or can be made.
    changes: usize,
    /// How many were not.
    left: usize,
    /// The files in which changes were made or can be made.
    files: Vec<String>,
}

/// Shows the changes, and makes them if that is the job.
///
/// # Errors
/// A file cannot be written, or what is shown cannot be printed.
pub(super) fn fix(job: &Job<'_>, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let mut offers: BTreeMap<SourceId, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in job.diagnostics {
        let source = diagnostic.change.as_ref().and_then(|change| change.source());
        if let Some(source) = source.filter(|source| job.sources.path(*source).ends_with(".md")) {
            offers.entry(source).or_default().push(diagnostic);
        }
    }
    let mut outcome = Outcome::default();
    for (source, offers) in &offers {
        one_file(job, *source, offers, &mut outcome, environment)?;
    }
    let words = summary(job, &outcome);
    environment.tell(&words)?;
    Ok(if job.make && outcome.left > 0 { Exit::Mistakes } else { Exit::Fine })
}

/// Shows the changes of one file, and makes them.
fn one_file(
    job: &Job<'_>,
    source: SourceId,
    offers: &[&Diagnostic],
    outcome: &mut Outcome,
    environment: &mut Environment<'_>,
) -> Result<(), CommandError> {
    let path = job.sources.path(source);
    environment.tell(&heading(job.names.get(&source).copied(), path, environment))?;
    let (bytes, text) = match read(job, source) {
        Ok(read) => read,
        Err(reason) => {
            outcome.left += offers.len();
            return environment.tell(&paragraph(&format!("Not changed: {reason}"), environment));
        }
    };
    let plan = plan(job.reader, source, &bytes, offers);
    let looked_at = job.reader.was_looked_at(source, &bytes);
    environment.tell(&shown(&plan, &Lines::new(text), looked_at, environment))?;
    outcome.left += plan.left.len();
    if plan.made.is_empty() {
        return Ok(());
    }
    if job.make {
        match replace(job.root, path, &bytes, &plan.after) {
            Ok(kept) => {
                environment.tell(&paragraph(&format!("Changed. The file as it was: {kept}"), environment))?;
            }
            Err(error @ ReplaceError::Machine { .. }) => {
                return Err(CommandError::Failed(format!("{error} {path} is as it was.")));
            }
            Err(error) => {
                outcome.left += plan.made.len();
                return environment.tell(&paragraph(&format!("Not changed: {error}"), environment));
            }
        }
    }
    outcome.changes += plan.made.len();
    outcome.files.push(path.to_owned());
    Ok(())
}

/// The bytes and the text that the messages of a file speak of.
///
/// # Errors
/// Why the file cannot be changed: a sentence.
fn read(job: &Job<'_>, source: SourceId) -> Result<(Vec<u8>, String), String> {
    let changed = || ReplaceError::Changed.to_string();
    let bytes = job.sources.bytes(source).map_err(|_| changed())?;
    if !job.first_read.is(job.sources.path(source), &bytes) {
        return Err(changed());
    }
    if std::str::from_utf8(&bytes).is_err() {
        return Err(
            "The file is saved as UTF-16. Open it in Notepad, choose “Save as” and the encoding “UTF-8”, and type \
                    the command again."
                .to_owned(),
        );
    }
    let text = decode(bytes.clone()).map_err(|_| changed())?;
    Ok((bytes, text))
}

/// What staff call a file, and its path.
pub(super) fn heading(name: Option<&str>, path: &str, environment: &Environment<'_>) -> String {
    let path = harmless(path);
    let words = match name {
        Some(name) => format!("{}  ({path})", harmless(name).replace('\n', " ")),
        None => path,
    };
    let bold = Style::from(Effects::BOLD);
    if environment.colour { format!("{bold}{words}{bold:#}\n\n") } else { format!("{words}\n\n") }
}

/// Every change with its reason, and every one that is not made with why not.
fn shown(plan: &Plan<'_>, lines: &Lines, looked_at: bool, environment: &Environment<'_>) -> String {
    let options = environment.report_options(Extent::Everything);
    let mut printed = String::new();
    for diagnostic in &plan.made {
        printed.push_str(&wrapped(&title(diagnostic), options.width));
        printed.push('\n');
        printed.extend(diagnostic.change.as_ref().map(|change| difference(lines, change, options)));
        printed.push('\n');
    }
    for (diagnostic, refusal) in &plan.left {
        let line = diagnostic.span.map_or(1, |span| lines.index(span.start as usize) + 1);
        let words = format!("Not changed, line {line}: {}. {}", title(diagnostic), because(refusal, looked_at));
        printed.push_str(&paragraph(&words, environment));
    }
    printed
}

fn title(diagnostic: &Diagnostic) -> String {
    harmless(&format!("{}  [{}]", diagnostic.title, diagnostic.code)).replace('\n', " ")
}

/// Why a change is not made, and what to do. `looked_at` says that the text is public because a person has looked at it.
fn because(refusal: &Refusal, looked_at: bool) -> String {
    match refusal {
        Refusal::Says(Difference::Audience) if looked_at => {
            "A person has looked at this file as it is; if a sign of it were changed, what its words say is private would be held \
             back again. Mend it by hand, and then type `folkmoot check --accept` with its name."
                .to_owned()
        }
        Refusal::Meets => "Another change is about the same words. Type the same command once more.".to_owned(),
        Refusal::NotTried => {
            "So many changes of this file were refused that this one was not tried. Mend those first.".to_owned()
        }
        Refusal::DoesNotFit => "The change does not fit the file any more. Mend it by hand.".to_owned(),
        Refusal::Says(Difference::Words) => {
            "It would change words that readers see, which no program should. Mend it by hand.".to_owned()
        }
        Refusal::Says(Difference::Typed(name)) => {
            format!("Afterwards `{name}` would say something else. Mend it by hand.")
        }
        Refusal::Says(Difference::Audience) => {
            "It would change who may see the document, which no program should. Mend it by hand.".to_owned()
        }
        Refusal::Brings(code, title) => {
            format!("Afterwards something else would be wrong: {}  [{code}]. Mend it by hand.", harmless(title))
        }
    }
}

fn paragraph(words: &str, environment: &Environment<'_>) -> String {
    format!("{}\n\n", wrapped(words, environment.width))
}

/// What is said at the end.
fn summary(job: &Job<'_>, outcome: &Outcome) -> String {
    let changes = capital(&count(outcome.changes, "change"));
    let files = count(outcome.files.len(), "file");
    let left = match outcome.left {
        0 => String::new(),
        left => format!("{} could not be made; why stands above.\n", capital(&count(left, "change"))),
    };
    match (outcome.changes, job.make) {
        (0, _) => format!(
            "{left}There is nothing here that can be mended by a program, and nothing was written.\n\
             Next: `folkmoot check` shows what you can mend.\n"
        ),
        (_, true) => format!(
            "{changes} made in {files}. {left}The words of the texts are as they were.\n\
             The folder content/_before-fix is no part of the site: delete it when you no longer need it.\n\
             Next: `folkmoot check` shows what is left.\n"
        ),
        (_, false) => {
            let asked = if outcome.files.len() > NAMED {
                "--all".to_owned()
            } else {
                outcome.files.iter().map(|path| pasteable(path)).collect::<Vec<_>>().join(" ")
            };
            format!(
                "{changes} can be made in {files}. {left}Nothing was written.\nTo make {}, type:\n  folkmoot check --fix {asked}\n",
                if outcome.changes == 1 { "it" } else { "them" },
            )
        }
    }
}

/// Remembers what each file held when it was first read, which is what messages speak of.
pub(super) struct FirstRead {
    provider: Arc<dyn FileProvider>,
    /// The XXH3-128 of the bytes of each path.
    hashes: Mutex<BTreeMap<Box<str>, u128>>,
}

impl FirstRead {
    /// Watches what is read of `sources` from now on.
    pub(super) fn watch(sources: &mut Sources) -> Arc<Self> {
        let watch = Arc::new(Self { provider: Arc::clone(&sources.provider), hashes: Mutex::default() });
        sources.provider = Arc::clone(&watch) as Arc<dyn FileProvider>;
        watch
    }

    /// The XXH3-128 of what the file at `path` held when it was first read, if it was.
    pub(super) fn checksum(&self, path: &str) -> Option<u128> {
        self.hashes.lock().unwrap_or_else(PoisonError::into_inner).get(path).copied()
    }

    /// Whether the file at `path` held these `bytes` when it was first read.
    pub(super) fn is(&self, path: &str, bytes: &[u8]) -> bool {
        self.checksum(path) == Some(xxh3_128(bytes))
    }
}

impl FileProvider for FirstRead {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        let bytes = self.provider.bytes(path)?;
        let hash = xxh3_128(&bytes);
        self.hashes.lock().unwrap_or_else(PoisonError::into_inner).entry(path.into()).or_insert(hash);
        Ok(bytes)
    }

    // Files that are no texts are never mended.
    fn beginning(&self, path: &str, most: u64) -> Result<Vec<u8>, SourceError> {
        self.provider.beginning(path, most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that says something else each time.
    struct Restless(Mutex<u8>);

    impl FileProvider for Restless {
        fn bytes(&self, _: &str) -> Result<Vec<u8>, SourceError> {
            let mut count = self.0.lock().expect("no thread failed");
            *count += 1;
            Ok(vec![*count])
        }

        fn beginning(&self, path: &str, _: u64) -> Result<Vec<u8>, SourceError> {
            self.bytes(path)
        }
    }

    #[test]
    fn a_file_that_changed_since_it_was_read_is_known() {
        let mut sources = Sources::in_memory([("content/a.md".to_owned(), Vec::new())], []);
        sources.provider = Arc::new(Restless(Mutex::new(0)));
        let watch = FirstRead::watch(&mut sources);
        assert!(!watch.is("content/a.md", &[1]), "it was not read yet");
        let bytes = || sources.bytes(SourceId(0)).expect("it can be read");
        assert!(watch.is("content/a.md", &bytes()));
        assert!(!watch.is("content/a.md", &bytes()));
    }
}
