//! `folkmoot import`: makes texts of the site out of Word files, saved pages and pasted texts.
//!
//! Input: files, a folder of them, or what comes in through `-`; for which folder of the site they are. Output: files below
//! `content`, and for each a report that says whether anything was lost. Not here: reading a document (`import`), what the site makes
//! of it (`stages/import.rs`), and the report's words (`imported.rs`).

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::environment::{CommandError, Environment, Exit};
use super::{given, imported};
use crate::messages::text::{count, harmless, pasteable, wrapped};
use crate::model::slug;
use crate::write::{ReplaceError, plant};
use crate::{Changes, Import as Job, Imported, NoPlace, import as read_document};

/// Make a text of the site out of a Word file, a saved page or a pasted text
///
/// Keeps every printed number, and says at the end whether anything was lost. Reads Word files (.docx), pages that a browser
/// saved (.html, .mht) and pasted texts (.txt). It never overwrites a file, and fetches nothing.
#[derive(Args)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct Import {
    /// Files, or a folder with files in it; `-` takes what is pasted or comes from another program
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// For which folder below `content`: minutes/safer-board; or which file: minutes/safer-board/2026-03-12
    #[arg(long, value_name = "FOLDER")]
    to: Option<String>,
    /// Show the text and the report, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Where a Word file has tracked changes or comments: take the new text
    #[arg(long, conflicts_with = "reject")]
    accept: bool,
    /// The same: take the text as it was before the changes
    #[arg(long)]
    reject: bool,
}

const MORE: &str = "\
Examples:
  folkmoot import \"Minutes 12 March 2026.docx\" --to minutes/safer-board
  folkmoot import \"Minutes 12 March 2026.docx\" --to minutes/safer-board --dry-run
  folkmoot import old-minutes/ --to minutes/safer-board
  folkmoot import - --to minutes/safer-board        then paste, and press Ctrl+D (Windows: Ctrl+Z, Enter)

Exit codes:
  0  nothing was lost that the report does not name
  1  something is missing, or a file was not imported; the report says which
  2  the command was mistyped
  3  the machine failed: a file cannot be read or written";

/// The longest file that is read, in bytes.
const LONGEST: u64 = 100_000_000;

/// What each file of a run is read with.
struct Run<'run> {
    import: &'run Import,
    root: &'run Path,
    settings: &'run [(String, Vec<u8>)],
    many: bool,
    /// The files that a run which only shows would have written.
    planned: BTreeSet<String>,
}

/// What became of a file.
enum Outcome {
    /// It was imported, and nothing is missing.
    Whole,
    /// It was imported, and something is missing.
    Lossy,
    /// It was not imported.
    Refused,
}

/// Runs the command.
pub fn import(import: &Import, root: Option<&Path>, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let root = given::root(root, &environment.folder);
    if !import.dry_run && !root.join("content").is_dir() {
        return Err(CommandError::WrongUse(format!(
            "There is no folder `content` in {}, so there is no site yet for which this could be imported. Type the command in \
             the folder of your site, or add  --dry-run  to see what would come out.",
            root.display()
        )));
    }
    let settings = settings(&root);
    let mut outcomes = Vec::new();
    let mut files = Vec::new();
    for typed in &import.files {
        files.extend(listed(typed, &environment.folder)?);
    }
    let many = files.len() > 1;
    let mut run = Run { import, root: &root, settings: &settings, many, planned: BTreeSet::new() };
    for file in &files {
        outcomes.push(one(&mut run, file, environment)?);
    }
    if many {
        let of = |test: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| test(outcome)).count();
        let (whole, lossy) = (of(|one| matches!(one, Outcome::Whole)), of(|one| matches!(one, Outcome::Lossy)));
        let refused = of(|one| matches!(one, Outcome::Refused));
        let verb = if import.dry_run { "could be imported" } else { "imported" };
        let mut sentence = format!("{} {verb} with nothing lost", count(whole, "file"));
        sentence.push_str(&format!(", {lossy} with something missing, {refused} not imported."));
        environment.warn(&wrapped(&sentence, environment.width))?;
        environment.warn("\n")?;
    }
    if !import.dry_run && outcomes.iter().any(|outcome| !matches!(outcome, Outcome::Refused)) {
        let next =
            "Next: `folkmoot serve --open` shows it in your browser; `folkmoot check` says what is not filled in yet.";
        environment.warn(&(wrapped(next, environment.width) + "\n"))?;
    }
    let is_fine = outcomes.iter().all(|outcome| matches!(outcome, Outcome::Whole));
    Ok(if is_fine { Exit::Fine } else { Exit::Mistakes })
}

/// Imports one file, and prints its report.
fn one(run: &mut Run<'_>, file: &Path, environment: &mut Environment<'_>) -> Result<Outcome, CommandError> {
    let Run { import, root, settings, many, .. } = *run;
    let is_pasted = file == Path::new("-");
    let name = if is_pasted { "pasted.txt".into() } else { file.file_name().unwrap_or_default().to_string_lossy() };
    let bytes = bytes(file, is_pasted)?;
    let changes = match (import.accept, import.reject) {
        (true, _) => Some(Changes::Accept),
        (_, true) => Some(Changes::Reject),
        _ => None,
    };
    let to = import.to.as_deref().map(|to| tidied(to, root));
    let job = Job { name: &name, changes, settings, to: to.as_deref(), now: environment.now };
    let shown = if is_pasted { "What was pasted".to_owned() } else { harmless(&name) };
    let made = match read_document(&bytes, &job) {
        Ok(made) => made,
        Err(refusal) => {
            let sentence = format!("{shown} was not imported.\n{}", harmless(&refusal.to_string()));
            environment.warn(&(wrapped(&sentence, environment.width) + "\n\n"))?;
            return Ok(Outcome::Refused);
        }
    };
    let new_folder = made.place.as_ref().ok().and_then(|place| new_folder(place, root));
    let placed = match &made.place {
        Ok(place) if import.dry_run => {
            match there(&made, place, &|path| run.planned.contains(path) || root.join(path).symlink_metadata().is_ok())
            {
                Some(words) => Err(words),
                None => {
                    run.planned.extend(paths(&made, place));
                    Ok(format!("would become content/{place}"))
                }
            }
        }
        Ok(place) => put(&made, place, root)?,
        Err(missing) => Err(no_place(missing, import, file)),
    };
    if import.dry_run {
        let head = if many { format!("<!-- {shown} -->\n") } else { String::new() };
        environment.tell(&format!("{head}{}", made.text))?;
    }
    let (sentence, is_refused) = match placed {
        Ok(words) => (format!("{shown} {words}{}", new_folder.unwrap_or_default()), false),
        Err(words) if import.dry_run => (format!("{shown} would not be imported.\n{}", harmless(&words)), true),
        Err(words) => {
            let sentence = format!("{shown} was not imported.\n{}", harmless(&words));
            environment.warn(&(wrapped(&sentence, environment.width) + "\n\n"))?;
            return Ok(Outcome::Refused);
        }
    };
    environment.warn(&imported::report(&sentence, &made, environment.width))?;
    // A run that only shows ends as one that writes would.
    Ok(match is_refused {
        true => Outcome::Refused,
        false if made.missing.is_empty() => Outcome::Whole,
        false => Outcome::Lossy,
    })
}

/// The files that were typed: those in a folder in the order of their names, without what programs hide or lock.
fn listed(typed: &Path, folder: &Path) -> Result<Vec<PathBuf>, CommandError> {
    if typed == Path::new("-") {
        return Ok(vec![typed.to_owned()]);
    }
    let path = folder.join(typed);
    let failed = |error: std::io::Error| {
        CommandError::WrongUse(format!(
            "`{}` cannot be read: {}. Type the path of a file, or of a folder with files in it.",
            typed.display(),
            without_number(&error)
        ))
    };
    if !path.metadata().map_err(failed)?.is_dir() {
        return Ok(vec![path]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(&path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_hidden = name.starts_with(['.', '~']) || matches!(&*name, "Thumbs.db" | "desktop.ini");
        if !is_hidden && entry.path().is_file() {
            files.push(entry.path());
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(CommandError::WrongUse(format!("There are no files in the folder `{}`.", typed.display())));
    }
    Ok(files)
}

/// What the system says, without the number that it gives it.
fn without_number(error: &std::io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or_default().to_owned()
}

fn bytes(file: &Path, is_pasted: bool) -> Result<Vec<u8>, CommandError> {
    let failed = |error: std::io::Error| {
        CommandError::Failed(format!("`{}` cannot be read: {}.", file.display(), without_number(&error)))
    };
    let mut bytes = Vec::new();
    if is_pasted {
        std::io::stdin().take(LONGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    } else {
        fs::File::open(file).map_err(failed)?.take(LONGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    }
    if bytes.len() as u64 > LONGEST {
        return Err(CommandError::WrongUse(format!(
            "`{}` is longer than 100 MB, which no text is. Take the pictures out of it, and import it again.",
            file.display()
        )));
    }
    Ok(bytes)
}

/// The settings of the site, as far as they decide how a text is read.
fn settings(root: &Path) -> Vec<(String, Vec<u8>)> {
    let content = root.join("content");
    let mut paths: Vec<PathBuf> = ["site.toml", "words.toml"].iter().map(|name| content.join(name)).collect();
    paths.extend(fs::read_dir(content.join("kinds")).into_iter().flatten().flatten().map(|entry| entry.path()));
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/");
        Some((name, fs::read(&path).ok()?))
    };
    paths.into_iter().filter_map(read).collect()
}

/// A folder as it is named in addresses, `minutes/Safer Board` → `minutes/safer-board`; as typed where it is there.
fn tidied(to: &str, root: &Path) -> String {
    let mut path = root.join("content");
    let to = to.replace('\\', "/");
    let parts: Vec<String> = to
        .trim_matches('/')
        .trim_start_matches("content/")
        .split('/')
        .map(|part| {
            let is_name = !part.contains(char::is_whitespace) && !part.contains(char::is_uppercase);
            let own = if is_name || path.join(part).exists() { part.to_owned() } else { slug(part) };
            path.push(&own);
            own
        })
        .collect();
    parts.join("/")
}

/// What is said of a folder that the file makes beside others, which may be a slip of the keyboard.
fn new_folder(place: &str, root: &Path) -> Option<String> {
    let mut parts = place.split('/');
    let (kind, body, _) = (parts.next()?, parts.next()?, parts.next()?);
    let content = root.join("content");
    let folders = |path: PathBuf| fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
    // A page of its own, in any folder, says that the body is known.
    let is_known = content.join(kind).join(body).exists()
        || folders(content.clone()).any(|folder| folder.join(format!("{body}.md")).exists());
    let beside = folders(content.join(kind)).filter(|path| path.is_dir());
    let mut beside: Vec<String> =
        beside.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
    beside.sort();
    if is_known || beside.is_empty() {
        return None;
    }
    let named: Vec<String> = beside.iter().take(6).map(|name| format!("{kind}/{name}")).collect();
    Some(format!(
        "\nThe folder {kind}/{body} is new, and no page tells of `{body}`. Beside it there is {}. If another one was meant, move the \
         file there.",
        crate::diagnostic::list(&named)
    ))
}

/// The paths of a text and its pictures.
fn paths(made: &Imported, place: &str) -> Vec<String> {
    let path = format!("content/{place}");
    let folder = path.rsplit_once('/').map_or("content", |(folder, _)| folder);
    let pictures: Vec<String> = made.pictures.iter().map(|(name, _)| format!("{folder}/{name}")).collect();
    [vec![path.clone()], pictures].concat()
}

/// What is said if one of the files is there already.
fn there(made: &Imported, place: &str, is_there: &dyn Fn(&str) -> bool) -> Option<String> {
    let there = paths(made, place).into_iter().find(|path| is_there(path))?;
    Some(format!(
        "There is a file {there} already, and nothing is overwritten. Name another one:  --to {}-2  or move that one away.",
        place.trim_end_matches(".md")
    ))
}

/// Puts the file and its pictures where they belong. Returns what is said of it, or why nothing was done.
fn put(made: &Imported, place: &str, root: &Path) -> Result<Result<String, String>, CommandError> {
    if let Some(words) = there(made, place, &|path| root.join(path).symlink_metadata().is_ok()) {
        return Ok(Err(words));
    }
    let paths = paths(made, place);
    let path = &paths[0];
    let bytes = std::iter::once(made.text.as_bytes()).chain(made.pictures.iter().map(|(_, picture)| &*picture.bytes));
    let files: Vec<(&String, &[u8])> = paths.iter().zip(bytes).collect();
    // The text comes last: a picture without a text is nothing that would be published.
    for (path, bytes) in files.iter().rev() {
        match plant(root, path, bytes) {
            Ok(()) => {}
            Err(ReplaceError::Changed) => return Ok(Err(format!("There is a file {path} already."))),
            Err(ReplaceError::Interrupted) => return Err(CommandError::Stopped("The import was stopped.".into())),
            Err(error) => return Err(CommandError::Failed(error.to_string())),
        }
    }
    let beside = match made.pictures.len() {
        0 => String::new(),
        number => format!(", with {} beside it", count(number, "picture")),
    };
    Ok(Ok(format!("became {path}{beside}")))
}

/// Why it is not certain where a file goes, and what to type.
fn no_place(missing: &NoPlace, import: &Import, file: &Path) -> String {
    let file = pasteable(&file.file_name().unwrap_or_default().to_string_lossy());
    let file = if import.files.iter().any(|file| file == Path::new("-")) { "-".to_owned() } else { file };
    match missing {
        NoPlace::NoFolder { day } => {
            let (found, name) = match day {
                Some(day) => (format!("Its day is {day}. "), format!("{day}.md")),
                None => (String::new(), "2026-03-12.md".to_owned()),
            };
            format!(
                "{found}Say for which folder it is, with the body that met:\nfolkmoot import {file} --to minutes/safer-board\nThen it \
                 becomes content/minutes/safer-board/{name}.{}",
                if import.dry_run { "" } else { " To look at it first, add  --dry-run" }
            )
        }
        NoPlace::NoKind(folders) => format!(
            "`{}` lies in no folder that a site has. What comes first is one of: {}.",
            import.to.as_deref().unwrap_or_default(),
            folders.join(", ")
        ),
        NoPlace::NoDay => format!(
            "Neither its text nor its name says on which day the meeting was. Add the day:\nfolkmoot import {file} --to {}/2026-03-12",
            import.to.as_deref().unwrap_or_default().trim_end_matches('/')
        ),
    }
}
