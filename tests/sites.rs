//! Runs every file of `tests/sites/<area>/<case>.txt` and `tests/faults/<case>.txt`, each as a test of its own that has
//! the name of its file: builds its inputs in memory and compares what it lists.
//!
//! Input: the cases. Output: what every test program prints; with `UPDATE=1`, what came stands in the files, and the
//! diff is the review. Not here: where cases lie and how one is built (`cases.rs`).
//!
//! ```text
//! cargo test --test sites                   all of them
//! cargo test --test sites links/            those with `links/` in their name; `-- --list` shows the names
//! UPDATE=1 cargo test --test sites links/   takes what came as right
//! ```

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test reads its cases")]

mod case;
mod cases;
mod difference;
#[expect(dead_code, reason = "the other tests ask more of a build")]
mod memory;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

use folkmoot::source::Sources;

use crate::case::{Case, Role, Section, Shown};
use crate::difference::difference;
use crate::memory::Built;

/// Codes that nearly every small site in the bare theme earns; a case that is about them names them in its heading.
const QUIET: &[&str] = &["body-without-page", "missing-field", "no-base-url", "page-shape"];

/// The body of an output section that says that there is no such output.
const NOT_THERE: &str = "(not there)\n";

/// What stands below a failure, since the name of the test says all that is needed to run it again.
const ADVICE: &str = "If what came is right: UPDATE=1 cargo test --test sites <name>, then read the diff.\n";

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let update = std::env::var_os("UPDATE").is_some();
    let trial = |(name, path): (String, PathBuf)| {
        Trial::test(name, move || run(&path, update).map_err(|trouble| Failed::from(format!("{trouble}{ADVICE}"))))
    };
    libtest_mimic::run(&arguments, cases::all().into_iter().map(trial).collect()).exit_code()
}

/// Builds a case and compares; with `update`, writes what came into its file. The error says what differs, a line each.
fn run(path: &Path, update: bool) -> Result<(), String> {
    let mut case = cases::read(path);
    let text = case.text();
    let (sources, built) = cases::build(&case);
    write_hashes(path, &built);
    let mut trouble = String::new();
    for section in &mut case.sections {
        trouble.push_str(&compare(section, &sources, &built, update));
    }
    trouble.push_str(&silent_errors(&case, &sources, &built));
    if update && case.text() != text {
        fs::write(path, case.text()).map_err(|error| format!("    {error}\n"))?;
    }
    if trouble.is_empty() { Ok(()) } else { Err(trouble) }
}

/// Appends the fingerprints of a case's outputs and of what it says to the file that `HASHES` names: `tests/hashes`
/// compares those of two versions of the code.
fn write_hashes(path: &Path, built: &Built) {
    let Some(file) = std::env::var_os("HASHES") else { return };
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let area = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let said = format!("{:#?}", built.diagnostics);
    let said = [("diagnostics", said.as_bytes())];
    let outputs = built.outputs.iter().map(|(path, bytes)| (path.as_str(), &**bytes));
    let lines: String = outputs
        .chain(said)
        .map(|(path, bytes)| format!("{:032x} {area}/{name}/{path}\n", xxhash_rust::xxh3::xxh3_128(bytes)))
        .collect();
    let mut file = fs::OpenOptions::new().create(true).append(true).open(file).expect("HASHES names a file");
    file.write_all(lines.as_bytes()).expect("there is room for the hashes");
}

/// What is wrong with one expectation; nothing if it holds or was updated.
fn compare(section: &mut Section, sources: &Sources, built: &Built, update: bool) -> String {
    let came = match &section.role {
        Role::Output { path, contains: false } => without_permalinks(&output(built, path)),
        Role::Diagnostics(shown) => diagnostics(sources, built, shown),
        Role::Output { path, contains: true } => return missing(&output(built, path), &section.body, path),
        Role::Absent { pages } => return traces(built, &section.body, *pages),
        Role::Input { .. } | Role::Options => return String::new(),
    };
    // The line end before the next heading belongs to the form of the file.
    if came == section.body || (section.body == "\n" && came.is_empty()) {
        return String::new();
    }
    if update {
        section.body = came;
        return String::new();
    }
    format!("  -- {} --\n{}", section.heading, difference(&section.body, &came))
}

/// An output as text that ends its last line.
fn output(built: &Built, path: &str) -> String {
    let Some(bytes) = built.outputs.get(path) else { return NOT_THERE.into() };
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// Each link from a paragraph to itself as the `¶` that readers see: nearly every line has one.
fn without_permalinks(html: &str) -> String {
    const OPEN: &str = r#"<a class="pilcrow""#;
    let mut parts = html.split(OPEN);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(">¶</a>") {
            Some((tag, rest)) if !tag.contains('>') => text.extend(["¶", rest]),
            _ => text.extend([OPEN, part]),
        }
    }
    text
}

fn diagnostics(sources: &Sources, built: &Built, shown: &Shown) -> String {
    let listed = built.diagnostics.iter().filter(|diagnostic| shows(shown, diagnostic.code));
    listed.map(|diagnostic| memory::shown(sources, diagnostic)).collect()
}

/// Whether a diagnostic with this code is listed.
fn shows(shown: &Shown, code: &str) -> bool {
    match shown {
        Shown::Usual => !QUIET.contains(&code),
        Shown::All => true,
        Shown::Codes(codes) => codes.iter().any(|name| name == code),
    }
}

/// The first expected line that an output does not have behind the lines before it.
fn missing(came: &str, expected: &str, path: &str) -> String {
    let mut rest = came;
    for line in expected.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match rest.find(line) {
            Some(at) => rest = &rest[at + line.len()..],
            None => return format!("  public/{path} does not contain, in this order:\n    - {line}\n"),
        }
    }
    String::new()
}

/// Where words stand that must be nowhere. With `pages`, files of data are passed over: a table, a record or a text in Markdown
/// holds the words as they were typed, and no browser runs them.
fn traces(built: &Built, words: &str, pages: bool) -> String {
    const DATA: [&str; 6] = [".csv", ".json", ".jsonld", ".ics", ".md", "llms.txt"];
    let mut text = String::new();
    for word in words.lines().map(str::trim).filter(|word| !word.is_empty()) {
        for (path, bytes) in &built.outputs {
            if pages && DATA.iter().any(|ending| path.ends_with(ending)) {
                continue;
            }
            if path.contains(word) || bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
                text.push_str(&format!("  `{word}` must be nowhere, and is in public/{path}\n"));
            }
        }
    }
    text
}

/// Errors in a case that lists no diagnostics: it would show a site that nobody can build.
fn silent_errors(case: &Case, sources: &Sources, built: &Built) -> String {
    let listed = case.sections.iter().any(|section| matches!(section.role, Role::Diagnostics(_)));
    if listed || built.errors() == 0 {
        return String::new();
    }
    format!("  the case lists no diagnostics, and there are errors:\n{}", diagnostics(sources, built, &Shown::Usual))
}
