//! A whole build in memory: sources in, every output and every diagnostic out.
//!
//! Enters: paths with their bytes, or a folder. Leaves: [`Built`]. Absent: the disk (but for
//! [`through_the_disk`]), the clock, and any part of the pipeline but its public functions.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use folkmoot::diagnostic::{Diagnostic, Diagnostics, Edit, Severity};
use folkmoot::model::{Audience, Output, Route, Withheld};
use folkmoot::read::read;
use folkmoot::source::{Attachment, SourceId, Sources, decode, line_at};
use folkmoot::{Assembled, Folder, Memory, Options, assemble, assemble_again, check, pages, pages_again};

/// What came of a build.
#[derive(Debug, PartialEq)]
pub struct Built {
    /// Every file of the public folder, by its path.
    pub outputs: BTreeMap<String, Vec<u8>>,
    /// In order.
    pub diagnostics: Vec<Diagnostic>,
    /// What was held back.
    pub withheld: Vec<Withheld>,
    /// The path of `base_url`, which stands before every link.
    pub base_path: String,
}

/// The instant for which tests build, where they do not say another.
pub const AS_AT: &str = "2026-11-21T12:00Z";

/// The options of a build for the public at [`AS_AT`].
pub fn options() -> Options {
    let as_at = AS_AT.parse().expect("the constant is a time");
    Options { as_at, base_url: None, audience: Audience::Public }
}

/// Texts and attachments by their names, as `read` tells them apart.
pub fn sources(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Sources {
    let (texts, attachments): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| is_text(path));
    Sources::in_memory(texts, attachments)
}

fn is_text(path: &str) -> bool {
    let settings = path.starts_with("content/kinds/") || path.matches('/').count() == 1;
    let aside = path.rsplit('/').next().is_some_and(|name| name.starts_with('_'));
    let recorded = path.starts_with("content/addresses/") && path.ends_with(".txt");
    path.starts_with("themes/")
        || recorded
        || path == "content/old-addresses.csv"
        || path == "content/people.csv"
        || path == "content/postcodes.csv"
        || (path.ends_with(".md") && !aside)
        || (settings && path.ends_with(".toml"))
}

/// The same files, written into a real folder and read back.
pub fn through_the_disk(files: &[(String, Vec<u8>)]) -> (Sources, Diagnostics) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    write(folder.path(), files);
    let (mut sources, diagnostics) = read(folder.path(), &folder.path().join("public")).expect("the folder is a site");
    // The folder goes with this function; what stages will ask for stays.
    let texts = sources.files.iter().map(|file| file.path.to_string());
    let others = sources.attachments.iter().map(|file| file.path.to_string());
    let bytes = |path: String| sources.provider.bytes(&path).ok().map(|bytes| (path, bytes));
    let memory = Sources::in_memory(texts.chain(others).filter_map(bytes), []);
    sources.provider = memory.provider;
    (sources, diagnostics)
}

/// Writes files below a folder, in the order given.
pub fn write(root: &Path, files: &[(String, Vec<u8>)]) {
    for (path, bytes) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("every file lies in a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }
}

/// Builds, as `folkmoot build` does.
pub fn build(sources: &Sources, options: &Options) -> Built {
    let assembled = assemble(sources, options);
    let (outputs, said) = made(sources, &assembled);
    built(assembled, outputs, said)
}

/// Builds when something is known from earlier builds, of which the last left these files in the public folder. Gives how many pages
/// stayed too.
pub fn build_again(
    sources: &Sources,
    options: &Options,
    memory: &Memory,
    last: &BTreeMap<String, Vec<u8>>,
) -> (Built, usize) {
    let assembled = assemble_again(sources, options, memory);
    let folder = InMemory { sources, last, outputs: Mutex::default(), stayed: AtomicUsize::new(0) };
    let said = pages_again(sources, &assembled, memory, &|_, _| {}, &folder).unwrap_or_else(|error| panic!("{error}"));
    let outputs = folder.outputs.into_inner().expect("no thread panicked");
    (built(assembled, outputs, said), folder.stayed.into_inner())
}

/// A public folder in memory.
struct InMemory<'site> {
    sources: &'site Sources,
    last: &'site BTreeMap<String, Vec<u8>>,
    outputs: Mutex<BTreeMap<String, Vec<u8>>>,
    stayed: AtomicUsize,
}

impl InMemory<'_> {
    fn take(&self, path: &str, bytes: Vec<u8>) -> Result<(), String> {
        let previous = self.outputs.lock().expect("no thread panicked").insert(path.to_owned(), bytes);
        if previous.is_some() { Err(format!("two outputs are called {path}")) } else { Ok(()) }
    }
}

impl Folder for InMemory<'_> {
    type Error = String;

    fn put(&self, route: &Route, output: Output) -> Result<(), String> {
        let bytes = match output {
            Output::Bytes(bytes) => Ok(bytes),
            Output::Copy { from, .. } => {
                self.sources.provider.bytes(&from).map_err(|error| format!("{from}: {error:?}"))
            }
        };
        self.take(&route.path, bytes?)
    }

    fn keep(&self, route: &Route, length: u64, hash: u128) -> Result<bool, String> {
        let bytes = self.last.get(&*route.path);
        let Some(bytes) = bytes.filter(|bytes| bytes.len() as u64 == length && Attachment::checksum(bytes) == hash)
        else {
            return Ok(false);
        };
        self.stayed.fetch_add(1, Ordering::Relaxed);
        self.take(&route.path, bytes.clone()).map(|()| true)
    }
}

/// Builds and looks at every page, as `folkmoot check` does, when reading the sources has said something already.
pub fn look(mut said: Diagnostics, sources: &Sources, options: &Options) -> Built {
    let assembled = assemble(sources, options);
    let (outputs, _) = made(sources, &assembled);
    // Looking at pages says what making them says, and more.
    said.append(check(sources, &assembled, &|_, _| {}));
    built(assembled, outputs, said)
}

fn made(sources: &Sources, assembled: &Assembled) -> (BTreeMap<String, Vec<u8>>, Diagnostics) {
    let (outputs, last, stayed) = (Mutex::default(), &BTreeMap::new(), AtomicUsize::new(0));
    let folder = InMemory { sources, last, outputs, stayed };
    let said = pages(sources, assembled, &|_, _| {}, |route, output| folder.put(route, output));
    let said = said.unwrap_or_else(|sentence| panic!("{sentence}"));
    (folder.outputs.into_inner().expect("no thread panicked"), said)
}

fn built(assembled: Assembled, outputs: BTreeMap<String, Vec<u8>>, mut diagnostics: Diagnostics) -> Built {
    diagnostics.append(assembled.diagnostics);
    let base_path = assembled.site.config.base_path.clone();
    Built { outputs, diagnostics: diagnostics.sorted(), withheld: assembled.withheld, base_path }
}

impl Built {
    /// Every HTML page.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.outputs
            .iter()
            .filter(|(path, _)| path.ends_with(".html"))
            .map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).expect("pages are UTF-8")))
    }

    /// The page at this output path.
    pub fn page(&self, path: &str) -> &str {
        let bytes = self.outputs.get(path).unwrap_or_else(|| panic!("there is no output {path}"));
        std::str::from_utf8(bytes).expect("pages are UTF-8")
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    }
}

/// A diagnostic in the form of `tests/sites/`: `path:line:column: severity[code] title`, then why, what to type,
/// the other places, and the change that a program can make, each on lines of its own.
pub fn shown(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let place = match (&diagnostic.span, &diagnostic.place) {
        (Some(span), _) => place(sources, span.source, span.start as usize),
        (None, Some(place)) => place.to_string(),
        (None, None) => "(the site)".into(),
    };
    let mut text = format!("{place}: {}[{}] {}\n", diagnostic.severity.word(), diagnostic.code, diagnostic.title);
    for (label, words) in [("why", &diagnostic.why), ("fix", &diagnostic.fix)] {
        let words = words.trim_end();
        if !words.is_empty() {
            text.push_str(&format!("  {label}: {}\n", words.replace('\n', "\n       ").replace("\n       \n", "\n\n")));
        }
    }
    for (span, label) in &diagnostic.also {
        text.push_str(&format!("  also: {} {label}\n", self::place(sources, span.source, span.start as usize)));
    }
    for Edit { span, with } in diagnostic.change.iter().flat_map(|change| &change.edits) {
        let source = sources.bytes(span.source).ok().and_then(|bytes| decode(bytes).ok()).unwrap_or_default();
        let old = &source[span.start as usize..span.end as usize];
        let place = self::place(sources, span.source, span.start as usize);
        let seen = |words: &str| words.replace('\n', "⏎");
        text.push_str(&format!("  change: {place} ‹{}› becomes ‹{}›\n", seen(old), seen(with)));
    }
    text
}

fn place(sources: &Sources, source: SourceId, offset: usize) -> String {
    let path = sources.path(source);
    let text = sources.bytes(source).ok().and_then(|bytes| decode(bytes).ok());
    match text {
        Some(text) => {
            let line = line_at(&text, offset);
            format!("{path}:{}:{}", line.number, line.column)
        }
        None => path.to_owned(),
    }
}
