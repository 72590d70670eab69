//! `folkmoot check`: says what is wrong, and writes nothing but what `--fix` or `--accept` is asked to.
//!
//! Input: flags. Output: every message, notes too, and a summary, or the same for programs; or the manual page of one
//! message. Not here: the lints, which belong to the room `check`, changes (`fix.rs`), and what a person has looked at (`accept.rs`).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap::{Args, ValueEnum};

use super::accept::{self, accept};
use super::environment::{CommandError, Environment, Exit};
use super::fix::{FirstRead, Job, fix};
use super::given;
use super::leaks::leaks;
use super::progress::Progress;
use super::summary::{self, Checked};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::messages::Extent;
use crate::messages::github::github;
use crate::messages::json::json;
use crate::messages::report;
use crate::messages::sarif::sarif;
use crate::model::Audience;
use crate::read::read;
use crate::source::{SourceId, Sources};
use crate::{Assembled, Options, Reader, assemble, lint, zone};

/// Show what is wrong with the texts, and mend what a program can mend
///
/// Reads the folder `content`, makes every page in memory, and looks at the texts, the links and the pages.
/// Each message says where, why it matters to readers, and what to type.
#[derive(Args)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct Check {
    /// Show only what is said of these files, or of the texts in these folders [default: the whole site]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Show every note and every file; without it, one line stands for many. With --fix: mend all files
    #[arg(long)]
    all: bool,
    /// Show only the messages with this code, the word in brackets, like broken-link; can be typed several times
    #[arg(long, value_name = "CODE")]
    only: Vec<String>,
    /// Mend in the FILEs what a program can mend, and show each change; without FILE, only show the changes
    #[arg(long, conflicts_with = "format")]
    fix: bool,
    /// Write down that a person has looked at the FILEs, and that all of them may be public: then no words of their texts hold
    /// anything back, until a file is changed. Without FILE, only show what would become public
    #[arg(long, conflicts_with_all = ["fix", "format", "all", "only", "base_url"])]
    accept: bool,
    /// How messages are printed: for people, or for programs
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
    /// Check the site as it is at this time: later documents are left out [default: now]
    #[arg(long, value_name = "TIME")]
    as_at: Option<String>,
    /// The address under which the public reads it, if not the one in content/site.toml
    #[arg(long, value_name = "ADDRESS")]
    base_url: Option<String>,
    /// Look through the website that was made, in the folder `public`, for what is withheld now
    #[arg(long, conflicts_with_all = ["files", "all", "only", "fix", "accept", "format", "base_url"])]
    leaks: bool,
    /// Where the website is, for --leaks [default: the folder `public` of the site]
    #[arg(long, value_name = "FOLDER", requires = "leaks")]
    out: Option<PathBuf>,
    /// Say more about one message: the word in brackets behind it, like broken-link
    #[arg(
        long,
        value_name = "CODE",
        conflicts_with_all = ["as_at", "base_url", "files", "all", "only", "fix", "accept", "format", "leaks"]
    )]
    explain: Option<String>,
}

/// How messages are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON document with all messages
    Json,
    /// SARIF 2.1.0, which editors and code hosts read
    Sarif,
    /// Workflow commands of GitHub, which shows messages beside the lines of a change
    Github,
}

const MORE: &str = "\
Examples:
  folkmoot check
  folkmoot check content/minutes/board/2026-03-12.md
  folkmoot check --as-at \"2026-12-01 09:00\"
  folkmoot check --explain broken-link
  folkmoot check --leaks
  folkmoot check --fix
  folkmoot check --fix content/minutes/board/2026-03-12.md
  folkmoot check --accept content/minutes/archive

Errors stop a build. Warnings do not, but readers will miss something. Notes are advice.
How much a message matters can be changed in content/site.toml:

  [check]
  missing-field = \"note\"

--fix changes marks alone (a name in braces, the name of a field, quotes round a value), never a word that readers see. \
It keeps each file as it was in content/_before-fix, which is no part of the site. `folkmoot check --fix --all` \
mends every file.

--accept is for an archive that stays as it was written. It opens only what words of a text hold back (\"Private session\", \
\"[EXEMPT]\"): nothing that a head or braces hold back. It writes the checksum of each file into content/checked.toml; to take \
it back, delete the line there.

Exit codes:
  0  no errors and no warnings; with --fix or --accept: everything that was asked for is done, or shown
  1  errors or warnings; with --fix or --accept: something that was asked for could not be done
  2  the command was mistyped, or there is no site in the folder
  3  the machine failed: a file cannot be read or written";

/// Runs the command.
pub fn check(check: &Check, root: Option<&Path>, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    if let Some(typed) = &check.explain {
        environment.tell(&explain(typed)?)?;
        return Ok(Exit::Fine);
    }
    let started = Instant::now();
    let root = given::root(root, &environment.folder);
    if check.leaks {
        let out = check.out.as_ref().map_or_else(|| root.join("public"), |out| environment.folder.join(out));
        let moment = given::moment(check.as_at.as_deref(), environment.epoch.as_deref(), environment.now)?;
        return leaks(&root, &out, &moment, environment);
    }
    let read = read_site(check, &root, environment)?;
    if check.accept {
        let ReadSite { sources, first_read, options, texts, assembled, .. } = &read;
        let asked = (!check.files.is_empty()).then_some(texts);
        return accept(
            &accept::Job { root: &root, sources, first_read, options, before: assembled, asked },
            environment,
        );
    }
    let found = find(check, read, environment)?;
    let Found { sources, assembled, diagnostics, .. } = &found;
    let names = crate::model::names(&assembled.site, &assembled.withheld);
    let prefix = given::prefix(&root, &environment.folder);
    match check.format {
        Format::Text if check.fix => {
            let job = Job {
                root: &root,
                sources,
                first_read: &found.first_read,
                reader: &Reader::new(sources, &found.options),
                names: &names,
                diagnostics,
                make: check.all || !check.files.is_empty(),
            };
            return fix(&job, environment);
        }
        Format::Text => {
            // Whoever asks for a file or a code wants to mend it, and sees all of it.
            let asks_for_all = check.all || !check.only.is_empty() || !check.files.is_empty();
            let extent = if asks_for_all { Extent::Everything } else { Extent::Mistakes };
            environment.warn(&report::report(diagnostics, &names, sources, environment.report_options(extent)))?;
            environment.tell(&summary::checked(&Checked {
                site: &assembled.site,
                withheld: &assembled.withheld,
                diagnostics,
                time: started.elapsed(),
            }))?;
        }
        Format::Json => environment.tell(&json(diagnostics, sources))?,
        Format::Sarif => environment.tell(&sarif(diagnostics, sources, &prefix))?,
        Format::Github => environment.tell(&github(diagnostics, sources, &prefix))?,
    }
    Ok(exit(diagnostics))
}

/// A site that was looked at.
struct Found {
    sources: Sources,
    first_read: Arc<FirstRead>,
    options: Options,
    assembled: Assembled,
    /// The messages that were asked for, in the order of files and places.
    diagnostics: Vec<Diagnostic>,
}

/// A site that was read, and of which no page is made yet.
struct ReadSite {
    sources: Sources,
    first_read: Arc<FirstRead>,
    options: Options,
    /// The texts that were named.
    texts: BTreeSet<SourceId>,
    assembled: Assembled,
    /// What was said while the folder was read.
    diagnostics: Diagnostics,
}

/// Reads the whole site.
fn read_site(check: &Check, root: &Path, environment: &Environment<'_>) -> Result<ReadSite, CommandError> {
    let base_url = check.base_url.as_deref().map(given::base_url).transpose()?;
    let moment = given::moment(check.as_at.as_deref(), environment.epoch.as_deref(), environment.now)?;
    let (mut sources, diagnostics) = read(root, &root.join("public")).map_err(|error| given::unread(&error))?;
    let first_read = FirstRead::watch(&mut sources);
    let texts = given::texts(&check.files, root, &environment.folder, &sources)?;
    let as_at = moment.in_zone(&zone(&sources))?;
    let options = Options { as_at, base_url, audience: Audience::Public };
    let assembled = assemble(&sources, &options);
    Ok(ReadSite { sources, first_read, options, texts, assembled, diagnostics })
}

/// Looks at the whole site, and keeps the messages that were asked for.
fn find(check: &Check, read: ReadSite, environment: &mut Environment<'_>) -> Result<Found, CommandError> {
    let codes = check.only.iter().map(|typed| given::code(typed, "--only")).collect::<Result<Vec<_>, _>>()?;
    let ReadSite { sources, first_read, options, texts, mut assembled, mut diagnostics } = read;
    diagnostics.append(std::mem::take(&mut assembled.diagnostics));

    let progress = Progress::new(("Checked", "pages"), environment.err, environment.watched);
    diagnostics.append(crate::check(&sources, &assembled, &|done, all| progress.show(done, all)));
    progress.end();
    diagnostics.set_levels(&assembled.site.config.levels);
    let mut diagnostics = diagnostics.sorted();
    diagnostics.retain(|diagnostic| {
        let is_there = diagnostic.span.is_some_and(|span| texts.contains(&span.source));
        (check.files.is_empty() || is_there)
            && (codes.is_empty() || codes.iter().any(|code| code.code == diagnostic.code))
    });
    Ok(Found { sources, first_read, options, assembled, diagnostics })
}

fn exit(diagnostics: &[Diagnostic]) -> Exit {
    let only_notes = diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Note);
    if only_notes { Exit::Fine } else { Exit::Mistakes }
}

/// The manual page of the message with the code `typed`: that of its lint, or what its code says in one line.
///
/// # Errors
/// There is no such code.
pub(super) fn explain(typed: &str) -> Result<String, CommandError> {
    let code = given::code(typed, "--explain")?;
    let manual = lint(code.code).map_or_else(String::new, |lint| format!("\n{}", lint.manual));
    Ok(format!("{}: {}\n{}\n{manual}", code.code, code.summary, level(code)))
}

fn level(code: &Code) -> String {
    let word = code.severity.word();
    let article = if word.starts_with('e') { "an" } else { "a" };
    if code.guards {
        format!("It is {article} {word}. It guards what is public and what is not, and cannot be changed.")
    } else {
        format!("It is {article} {word}, unless [check] in content/site.toml says otherwise.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{CODES, Diagnostics};

    #[test]
    fn notes_alone_are_fine() {
        let with = |code| {
            let mut diagnostics = Diagnostics::new();
            diagnostics.add("heading-level", None, "a", "b", "c");
            diagnostics.add(code, None, "a", "b", "c");
            exit(&diagnostics.sorted())
        };
        assert_eq!(exit(&[]), Exit::Fine);
        assert_eq!(with("heading-level"), Exit::Fine);
        assert_eq!(with("broken-link"), Exit::Mistakes);
        assert_eq!(with("address-clash"), Exit::Mistakes);
    }

    #[test]
    fn every_code_can_be_explained() {
        for code in CODES {
            let page = explain(code.code).expect("it is a code");
            assert!(page.starts_with(&format!("{}: {}\n", code.code, code.summary)), "{page}");
            assert!(page.ends_with('\n') && !page.ends_with("\n\n"), "{page:?}");
        }
        assert!(explain("[missing-field]").is_ok_and(|page| page.contains("What it looks for")));
    }
}
