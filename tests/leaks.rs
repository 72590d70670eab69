//! Would the leak gate see it if something withheld were published?
//!
//! Enters: the sample, whole, as if nothing had been withheld. Leaves: whether the gate of the same site with one text withheld
//! stops it. The gate has to see that from finished bytes alone, whatever form they have.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use folkmoot::model::Output;
use folkmoot::source::Sources;
use folkmoot::{Assembled, assemble, gate};

use crate::memory::{Built, build, options, sources};
use crate::properties::sample;

type Files = Vec<(String, Vec<u8>)>;

/// A site in which something is withheld.
struct Withholding {
    sources: Sources,
    assembled: Assembled,
}

impl Withholding {
    fn new(sources: Sources) -> Self {
        let assembled = assemble(&sources, &options());
        assert!(!assembled.withheld.is_empty(), "nothing is withheld");
        Self { sources, assembled }
    }
}

/// The files of which the gate of `withholding` sees something in the outputs that `is_looked_at` admits.
fn seen(
    withholding: &Withholding,
    outputs: &BTreeMap<String, Vec<u8>>,
    is_looked_at: impl Fn(&str) -> bool,
) -> Vec<String> {
    let gate = gate(&withholding.sources, &withholding.assembled);
    for (path, bytes) in outputs.iter().filter(|(path, _)| is_looked_at(path)) {
        gate.look(path, &Output::Bytes(bytes.clone()));
    }
    let mut diagnostics = folkmoot::diagnostic::Diagnostics::new();
    gate.report(&mut diagnostics);
    let mut told: Vec<String> = Vec::new();
    for said in diagnostics.sorted() {
        assert_eq!(said.code, "leak");
        told.push(withholding.sources.path(said.span.expect("it has a place").source).to_owned());
    }
    told.dedup();
    told
}

/// Texts of the sample that have something to say, a few of each folder.
fn texts(files: &Files) -> Vec<usize> {
    let mut of_folders: BTreeMap<&str, usize> = BTreeMap::new();
    let long = files.iter().enumerate().filter(|(_, (path, bytes))| {
        path.ends_with(".md") && path.matches('/').count() > 1 && bytes.starts_with(b"---\n") && bytes.len() > 700
    });
    long.filter(|(_, (path, _))| {
        let count = of_folders.entry(path.split('/').nth(1).unwrap_or_default()).or_default();
        *count += 1;
        *count <= 1
    })
    .map(|(index, _)| index)
    .collect()
}

fn changed(files: &Files, index: usize, change: impl Fn(&str) -> String) -> Withholding {
    let mut files = files.clone();
    let text = String::from_utf8(files[index].1.clone()).expect("the sample is text");
    files[index].1 = change(&text).into_bytes();
    Withholding::new(sources(files))
}

fn as_a_draft(text: &str) -> String {
    text.replacen("---\n", "---\ndraft: true\n", 1)
}

/// The sample, and what is made of it if nothing more is withheld.
fn whole() -> &'static (Files, Built) {
    static WHOLE: LazyLock<(Files, Built)> = LazyLock::new(|| {
        let files = sample();
        let built = build(&sources(files.clone()), &options());
        (files, built)
    });
    &WHOLE
}

#[test]
fn a_text_that_is_withheld_is_seen_wherever_it_would_be_published() {
    let (files, built) = whole();
    let texts = texts(files);
    assert!(texts.len() >= 10, "{}", texts.len());
    for index in texts {
        let withholding = changed(files, index, as_a_draft);
        for is_looked_at in [|path: &str| path.ends_with(".html"), |path: &str| path.starts_with("search/")] {
            assert_eq!(seen(&withholding, &built.outputs, is_looked_at), [&*files[index].0]);
        }
    }
}

#[test]
fn every_form_of_file_is_read() {
    let (files, built) = whole();
    // Minutes have records, which are in every sort of file.
    let path = "content/minutes/";
    let index = texts(files).into_iter().find(|index| files[*index].0.starts_with(path)).expect("there are minutes");
    let withholding = changed(files, index, as_a_draft);
    for ending in [".html", ".json", ".csv", ".xml", ".ics", ".md", ".zip"] {
        let is_looked_at = |path: &str| path.ends_with(ending) && !path.starts_with("search/");
        assert_eq!(seen(&withholding, &built.outputs, is_looked_at), [&*files[index].0], "{ending}");
    }
}

#[test]
fn a_passage_that_is_exempt_is_seen() {
    let (files, built) = whole();
    let mut tried = 0;
    for index in texts(files).into_iter().take(7) {
        let text = String::from_utf8(files[index].1.clone()).expect("the sample is text");
        let body = text.splitn(3, "---\n").nth(2).unwrap_or_default();
        let is_prose =
            |line: &&str| line.starts_with(char::is_alphabetic) && line.split(' ').count() > 12 && !line.contains('{');
        let Some(line) = body.split("\n\n").find(is_prose) else { continue };
        let withholding =
            changed(files, index, |text| text.replacen(line, &format!("{line} {{.exempt paragraphs=3}}"), 1));
        let seen = seen(&withholding, &built.outputs, |_| true);
        // What the head of the same text or another text says as well is public.
        let path = &files[index].0;
        assert!(seen.contains(path), "{path} gives away ‹{line}›");
        tried += 1;
    }
    assert!(tried >= 5, "{tried}");
}

#[test]
fn what_public_texts_say_as_well_is_no_leak() {
    let (files, built) = whole();
    let mut files = files.clone();
    let index = texts(&files)[0];
    let text = String::from_utf8(files[index].1.clone()).expect("the sample is text");
    files.push((files[index].0.replace(".md", "-zqcopy.md"), as_a_draft(&text).into_bytes()));
    assert_eq!(seen(&Withholding::new(sources(files)), &built.outputs, |_| true), Vec::<String>::new());
}

#[test]
fn a_file_under_another_name_is_seen() {
    let (files, built) = whole();
    let mut files = files.clone();
    files.push(("content/pages/zq.md".into(), b"---\ndraft: true\n---\n[The bids](zq-bids.bin)\n".to_vec()));
    files.push(("content/pages/zq-bids.bin".into(), vec![0, 159, 146, 150, 7]));
    let withholding = Withholding::new(sources(files));
    let mut outputs = built.outputs.clone();
    assert_eq!(seen(&withholding, &outputs, |_| true), Vec::<String>::new());
    outputs.insert("pages/harmless.bin".into(), vec![0, 159, 146, 150, 7]);
    assert_eq!(seen(&withholding, &outputs, |_| true), ["content/pages/zq.md"]);
}

#[test]
fn a_picture_is_seen_though_the_copy_that_is_published_has_other_bytes() {
    let picture = b"\xFF\xD8\xFF\xFE\0\x0AJo Field\xFF\xDA\0\x02dark\xFF\xD9".to_vec();
    let site = |draft: &str| {
        let page = |text: &str| text.as_bytes().to_vec();
        sources(vec![
            ("content/pages/open.md".into(), page("![A dark square](open.jpg)\n")),
            ("content/pages/open.jpg".into(), picture.clone()),
            ("content/pages/zq.md".into(), page(&format!("---\ndraft: true\n---\n{draft}\n"))),
            ("content/pages/zq.jpg".into(), picture.clone()),
        ])
    };
    let built = build(&site("![A dark square](zq.jpg)"), &options());
    assert_eq!(built.outputs["pages/open.jpg"], b"\xFF\xD8\xFF\xDA\0\x02dark\xFF\xD9");
    assert!(built.diagnostics.iter().any(|said| said.code == "leak"), "{:?}", built.diagnostics);
    let built = build(&site("Nothing."), &options());
    assert!(!built.diagnostics.iter().any(|said| said.code == "leak"), "{:?}", built.diagnostics);
}
