//! `folkmoot check`: says what is wrong, and writes nothing.
//!
//! Input: flags. Output: every message, notes too, and a summary; or the manual page of one message. Not here: the lints,
//! which belong to the room `check`.

use std::path::Path;
use std::time::Instant;

use clap::Args;

use super::environment::{CommandError, Environment, Exit};
use super::given;
use super::progress::Progress;
use super::report;
use super::summary::{self, Checked};
use crate::diagnostic::{CODES, Code, Diagnostic, Severity, code, nearest};
use crate::model::Audience;
use crate::read::read;
use crate::{Options, assemble, lint, zone};

/// Show what is wrong with the texts; write nothing
///
/// Reads the folder `content`, makes every page in memory, and looks at the texts, the links and the pages.
/// Each message says where, why it matters to readers, and what to type.
#[derive(Args)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct Check {
    /// Check the site as it is at this time: later documents are left out [default: now]
    #[arg(long, value_name = "TIME")]
    as_at: Option<String>,
    /// The address under which the public reads it, if not the one in content/site.toml
    #[arg(long, value_name = "ADDRESS")]
    base_url: Option<String>,
    /// Say more about one message: the word in brackets behind it, like broken-link
    #[arg(long, value_name = "CODE", conflicts_with_all = ["as_at", "base_url"])]
    explain: Option<String>,
}

const MORE: &str = "\
Examples:
  folkmoot check
  folkmoot check --as-at \"2026-12-01 09:00\"
  folkmoot check --explain broken-link

Errors stop a build. Warnings do not, but readers will miss something. Notes are advice.
How much a message matters can be changed in content/site.toml:

  [check]
  missing-field = \"note\"

Exit codes:
  0  no errors and no warnings
  1  errors or warnings
  2  the command was mistyped, or there is no site in the folder
  3  the machine failed: a file cannot be read";

/// Runs the command.
pub fn check(check: &Check, root: Option<&Path>, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    if let Some(typed) = &check.explain {
        environment.tell(&explain(typed)?)?;
        return Ok(Exit::Fine);
    }
    let started = Instant::now();
    let root = given::root(root, &environment.folder);
    let base_url = check.base_url.as_deref().map(given::base_url).transpose()?;
    let moment = given::moment(check.as_at.as_deref(), environment.epoch.as_deref(), environment.now)?;
    let (sources, mut diagnostics) = read(&root, &root.join("public")).map_err(|error| given::unread(&error))?;
    let as_at = moment.in_zone(&zone(&sources))?;
    let options = Options { as_at, base_url, audience: Audience::Public };
    let mut assembled = assemble(&sources, &options);
    diagnostics.append(std::mem::take(&mut assembled.diagnostics));

    let progress = Progress::new("Checked", environment.err, environment.watched);
    diagnostics.append(crate::check(&sources, &assembled, &|done, all| progress.show(done, all)));
    progress.end();
    diagnostics.set_levels(&assembled.site.config.levels);
    let diagnostics = diagnostics.sorted();
    let names = assembled.names();
    environment.warn(&report::report(&diagnostics, &names, &sources, environment.report_options(true)))?;
    environment.tell(&summary::checked(&Checked {
        site: &assembled.site,
        withheld: &assembled.withheld,
        diagnostics: &diagnostics,
        time: started.elapsed(),
    }))?;
    Ok(exit(&diagnostics))
}

fn exit(diagnostics: &[Diagnostic]) -> Exit {
    let only_notes = diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Note);
    if only_notes { Exit::Fine } else { Exit::Mistakes }
}

/// The manual page of the message with the code `typed`: that of its lint, or what its code says in one line.
///
/// # Errors
/// There is no such code.
fn explain(typed: &str) -> Result<String, CommandError> {
    let typed = typed.trim().trim_matches(['[', ']']);
    let Some(code) = code(typed) else {
        return Err(CommandError::WrongUse(unknown(typed)));
    };
    let manual = lint(code.code).map_or_else(String::new, |lint| format!("\n{}", lint.manual));
    Ok(format!("{}: {}\n{}\n{manual}", code.code, code.summary, level(code)))
}

fn level(code: &Code) -> String {
    let word = code.severity.word();
    let article = if word.starts_with('e') { "an" } else { "a" };
    if code.guards {
        format!("It is {article} {word}. It guards what is not public, and cannot be changed.")
    } else {
        format!("It is {article} {word}, unless [check] in content/site.toml says otherwise.")
    }
}

fn unknown(typed: &str) -> String {
    match nearest(typed, CODES.iter().map(|code| code.code)) {
        Some(near) => format!("No message has the code `{typed}`. Is `folkmoot check --explain {near}` meant?"),
        None => {
            let codes: Vec<&str> = CODES.iter().map(|code| code.code).collect();
            format!("No message has the code `{typed}`. These are all of them:\n{}", codes.join(" "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;

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

    #[test]
    fn a_mistyped_code_is_named() {
        let answer = |typed| match explain(typed) {
            Err(CommandError::WrongUse(sentence)) => sentence,
            other => panic!("{other:?}"),
        };
        assert!(answer("brokenlink").ends_with("--explain broken-link` meant?"), "{}", answer("brokenlink"));
        assert!(answer("zebra").contains("address-clash ambiguous-reference"), "{}", answer("zebra"));
    }
}
