//! Runs every file of `tests/sites/<area>/<case>.txt` and `tests/faults/<case>.txt`: builds its inputs in memory and compares what it lists.
//!
//! `UPDATE=1` writes what came into the files; the diff is the review. `CASE=links/` runs the cases whose name
//! has `links/` in it. All cases run, and all that differ are reported together.

use std::fs;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use folkmoot::Options;
use folkmoot::diagnostic::Diagnostics;
use folkmoot::model::Audience;
use folkmoot::source::Sources;

use crate::case::{Case, NOT_THERE, Role, Section, Shown};
use crate::difference::difference;
use crate::memory::{self, Built};

/// The theme of a case that brings none: a title and a text, so that expectations stay short.
const BARE_THEME: &str = include_str!("sites/bare-theme.txt");

/// What selects it. A case with a `content/site.toml` of its own writes this line itself.
const BARE_SETTINGS: &str = "theme = \"bare\"\n";

#[test]
fn sites_become_what_their_cases_say() {
    let wanted = std::env::var("CASE").unwrap_or_default();
    let update = std::env::var_os("UPDATE").is_some();
    let mut failures = Vec::new();
    let mut count = 0;
    for (name, path) in cases().iter().filter(|(name, _)| name.contains(&wanted)) {
        count += 1;
        if let Err(trouble) = run(path, update) {
            failures.push(format!("{name}\n{trouble}"));
        }
    }
    assert!(count > 0, "no case has `{wanted}` in its name");
    assert!(
        failures.is_empty(),
        "{} of {count} cases differ:\n\n{}\nIf what came is right: UPDATE=1 cargo test sites_become, then read the diff.\n\
         To run one alone: CASE=<name> cargo test sites_become\n",
        failures.len(),
        failures.join("\n"),
    );
}

/// Every case with its name, in order.
pub fn cases() -> Vec<(String, PathBuf)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let areas = sorted(&tests.join("sites")).into_iter().filter(|path| path.is_dir());
    let mut cases = Vec::new();
    for area in areas.chain([tests.join("faults")]) {
        for path in sorted(&area).into_iter().filter(|path| path.extension().is_some_and(|end| end == "txt")) {
            let below = path.strip_prefix(tests.join("sites")).or_else(|_| path.strip_prefix(&tests));
            let name = below.expect("it was listed below the folder of tests").with_extension("");
            cases.push((name.to_string_lossy().replace('\\', "/"), path));
        }
    }
    cases
}

/// The case in a file.
pub fn read(path: &Path) -> Case {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Case::read(&text).unwrap_or_else(|sentence| panic!("{}: {sentence}", path.display()))
}

/// What a case builds.
pub fn build(case: &Case) -> (Sources, Built) {
    let (sources, said) = match case.option("from") {
        Some("disk") => memory::through_the_disk(&files(case)),
        _ => (memory::sources(files(case)), Diagnostics::new()),
    };
    let built = memory::look(said, &sources, &options(case));
    (sources, built)
}

/// A case's inputs, with the bare theme if it brings none.
fn files(case: &Case) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = case.inputs().map(|(path, bytes)| (path.to_owned(), bytes)).collect();
    if !files.iter().any(|(path, _)| path.starts_with("themes/")) {
        let bare = Case::read(BARE_THEME).expect("the bare theme has the form of a case");
        files.extend(bare.inputs().map(|(path, bytes)| (path.to_owned(), bytes)));
        if !files.iter().any(|(path, _)| path == "content/site.toml") {
            files.push(("content/site.toml".into(), BARE_SETTINGS.into()));
        }
    }
    files
}

/// A case's options.
fn options(case: &Case) -> Options {
    let mut options = memory::options();
    if let Some(as_at) = case.option("as_at") {
        options.as_at = as_at.parse().unwrap_or_else(|error| panic!("as_at = {as_at}: {error}"));
    }
    options.base_url = case.option("base_url").map(str::to_owned);
    if case.option("audience") == Some("preview") {
        options.audience = Audience::Preview;
    }
    options
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("the folder can be listed").path())
        .collect();
    paths.sort();
    paths
}

fn run(path: &Path, update: bool) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| format!("    {error}\n"))?;
    let mut case = Case::read(&text).map_err(|sentence| format!("    {sentence}\n"))?;
    let (sources, built) = catch_unwind(AssertUnwindSafe(|| build(&case)))
        .map_err(|_| "    the build panicked; the panic's own message stands above\n".to_owned())?;
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
    let listed = built.diagnostics.iter().filter(|diagnostic| shown.shows(diagnostic.code));
    listed.map(|diagnostic| memory::shown(sources, diagnostic)).collect()
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

/// Where words stand that must be nowhere. With `pages`, files of data are passed over: a table or a record holds the
/// words as they were typed, and no browser runs them.
fn traces(built: &Built, words: &str, pages: bool) -> String {
    const DATA: [&str; 5] = [".csv", ".json", ".jsonld", ".ics", ".schema.json"];
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
