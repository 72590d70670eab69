//! The cases below `tests/sites/` and `tests/faults/`: where they lie, and what one of them builds.
//!
//! Input: the folders of cases, or one case. Output: names with paths; what a build of the case's input makes.
//! Not here: comparing that with what the case expects (`sites.rs`), and the form of the file (`case.rs`).

use std::fs;
use std::path::{Path, PathBuf};

use folkmoot::Options;
use folkmoot::diagnostic::Diagnostics;
use folkmoot::model::Audience;
use folkmoot::source::Sources;

use crate::case::Case;
use crate::memory::{self, Built};

/// The theme of a case that brings none: a title and a text, so that expectations stay short.
const BARE_THEME: &str = include_str!("sites/bare-theme.txt");

/// What selects it. A case with a `content/site.toml` of its own writes this line itself.
const BARE_SETTINGS: &str = "theme = \"bare\"\n";

/// Every case with its name, in order.
pub fn all() -> Vec<(String, PathBuf)> {
    let tests = tests();
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

/// The folder of tests, from whichever package has this file: the program's, or that of the fuzz targets in it.
pub fn tests() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    if package.ends_with("tests/fuzz") { package.join("..") } else { package.join("tests") }
}

/// The case in a file.
pub fn read(path: &Path) -> Case {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Case::read(&text).unwrap_or_else(|sentence| panic!("{}: {sentence}", path.display()))
}

/// What a case builds.
pub fn build(case: &Case) -> (Sources, Built) {
    let (sources, said, options) = prepared(case);
    let built = memory::look(said, &sources, &options);
    (sources, built)
}

/// What a case is built from, and what reading it has said.
pub fn prepared(case: &Case) -> (Sources, Diagnostics, Options) {
    let (sources, said) = match case.option("from") {
        Some("disk") => memory::through_the_disk(&files(case)),
        _ => (memory::sources(files(case)), Diagnostics::new()),
    };
    (sources, said, options(case))
}

/// The files of the theme that prints a title and a text and nothing else.
pub fn bare_theme() -> Vec<(String, Vec<u8>)> {
    let bare = Case::read(BARE_THEME).expect("the bare theme has the form of a case");
    bare.inputs().map(|(path, bytes)| (path.to_owned(), bytes)).collect()
}

/// A case's inputs, with the bare theme if it brings none.
fn files(case: &Case) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = case.inputs().map(|(path, bytes)| (path.to_owned(), bytes)).collect();
    if !files.iter().any(|(path, _)| path.starts_with("themes/")) {
        files.extend(bare_theme());
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

/// What lies in a folder, in the order of names.
pub fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("the folder can be listed").path())
        .collect();
    paths.sort();
    paths
}
