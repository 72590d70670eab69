//! Does what is known from an earlier run make the same site, to the byte, as one that is made from nothing?
//!
//! Input: the cases, the sample, made-up sites and edits of them. Output: nothing. Not here: how long anything takes.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use folkmoot::model::Cache;
use folkmoot::{Assembled, Memory, Options, assemble, assemble_again};

use crate::generate::{self, Random};
use crate::memory::{build_again, options, sources};
use crate::properties::{sample, seeds};
use crate::{cases, memory};

/// A cache that counts what it knew.
#[derive(Default)]
struct Counting {
    kept: Mutex<BTreeMap<u128, Vec<u8>>>,
    known: AtomicUsize,
}

impl Cache for Counting {
    fn get(&self, key: u128) -> Option<Vec<u8>> {
        let found = self.kept.lock().expect("no thread panicked").get(&key).cloned();
        self.known.fetch_add(usize::from(found.is_some()), Ordering::Relaxed);
        found
    }

    fn put(&self, key: u128, bytes: &[u8]) {
        self.kept.lock().expect("no thread panicked").insert(key, bytes.to_vec());
    }
}

fn with(cache: &Arc<Counting>) -> Memory {
    Memory { cache: cache.clone(), ..Memory::default() }
}

/// What the binding of documents comes to, as text.
fn told(assembled: Assembled) -> String {
    let site = &assembled.site;
    format!(
        "{:#?}\n{:#?}\n{:#?}\n{:#?}",
        site.documents,
        site.relations,
        assembled.withheld,
        assembled.diagnostics.sorted()
    )
}

#[test]
fn every_case_comes_out_of_the_cache_as_it_went_in() {
    let (mut documents, mut known) = (0, 0);
    for (name, path) in cases::all() {
        let (sources, _, options) = cases::prepared(&cases::read(&path));
        let cache = Arc::new(Counting::default());
        let clean = told(assemble(&sources, &options));
        let first = told(assemble_again(&sources, &options, &with(&cache)));
        assert!(first == clean, "{name}: a cache that is empty makes another site");
        let again = told(assemble_again(&sources, &options, &with(&cache)));
        assert!(again == clean, "{name}: a cache that is full makes another site");
        documents += sources.files.iter().filter(|file| file.path.ends_with(".md")).count();
        known += cache.known.load(Ordering::Relaxed);
    }
    assert!(known > documents * 95 / 100, "of {documents} files only {known} were known");
}

/// An edit of a site, of its settings or of what it is built for.
fn edit(random: &mut Random, files: &mut Vec<(String, Vec<u8>)>, options: &mut Options) -> String {
    let mut what = if random.chance(75) { generate::edit(random, files) } else { edit_beside(random, files) };
    if random.chance(20) {
        what.push_str(", and another day");
        options.as_at = "2019-03-01T12:00Z".parse().expect("the constant is a time");
    }
    if random.chance(10) {
        what.push_str(", and another address");
        options.base_url = Some("https://elsewhere.example/part".into());
    }
    what
}

/// An edit of something that stands beside the documents.
fn edit_beside(random: &mut Random, files: &mut Vec<(String, Vec<u8>)>) -> String {
    let number = random.below(1000);
    let (path, text) = match random.below(10) {
        0 => ("content/glossary.toml", format!("[[term]]\nterm = \"board\"\nmeaning = \"Sense {number}.\"\n")),
        1 => ("content/words.toml", format!("[decisions]\nopeners = [\"it was concluded {number}\"]\n")),
        2 => ("content/kinds/notices.toml", format!("label = \"Notice {number}\"\nlabel_plural = \"Notices\"\n")),
        3 => ("themes/own/templates/not-found.html", format!("Number {number}")),
        4 => ("content/pages/embargoed.md", format!("---\ntitle: E {number}\npublish_at: 2025-05-05\n---\nWords.\n")),
        5 => ("content/pages/hidden.md", format!("---\ndraft: true\n---\nSecret number {number} of the depot.\n")),
        6 => (
            "content/strategies/revised.md",
            format!("---\nedition_from: 2020-01\n---\n1.1 Lamp {number}.\n\n1.2 All walk.\n"),
        ),
        7 => ("content/strategies/revised/2015-02.md", format!("1.1 All walk.\n\n1.2 Lamp {number} in the lane.\n")),
        8 => ("content/statutes.toml", format!("[[act]]\ntitle = \"Act {number}\"\nurl = \"https://acts.example/\"\n")),
        _ => ("content/minutes/board/2020-01-05/minutes.md", format!("# Board\n\nRESOLVED: That {number} be paid.\n")),
    };
    match files.iter_mut().find(|(known, _)| known == path) {
        Some((_, bytes)) => *bytes = text.into_bytes(),
        None => files.push((path.to_owned(), text.into_bytes())),
    }
    format!("{path} is another")
}

#[test]
fn an_edited_site_is_the_same_with_what_was_known_before_the_edit() {
    let mut sites: Vec<_> = seeds(3).map(|seed| generate::site(seed, 30).files).collect();
    sites.push(sample());
    let (mut known, mut stayed, mut pages) = (0, 0, 0);
    for (seed, mut files) in (1..).zip(sites) {
        let cache = Arc::new(Counting::default());
        let mut random = Random::new(seed);
        let mut last = BTreeMap::new();
        for _ in 0..if files.len() < 60 { 16 } else { 5 } {
            let mut options = options();
            let what = edit(&mut random, &mut files, &mut options);
            let sources = sources(files.clone());
            let clean = memory::build(&sources, &options);
            let (again, kept) = build_again(&sources, &options, &with(&cache), &last);
            compare(&clean, &again, &what);
            (stayed, pages) = (stayed + kept, pages + clean.pages().count());
            last = again.outputs;
        }
        known += cache.known.load(Ordering::Relaxed);
    }
    assert!(known > 500, "only {known} files were known");
    assert!(stayed > pages / 4 && stayed < pages * 9 / 10, "{stayed} of {pages} pages stayed");
}

fn compare(clean: &memory::Built, again: &memory::Built, what: &str) {
    let paths = clean.outputs.keys().chain(again.outputs.keys());
    let other: Vec<&String> = paths.filter(|path| clean.outputs.get(*path) != again.outputs.get(*path)).collect();
    assert!(other.is_empty(), "{what}: other bytes in {other:?}");
    assert_eq!(clean.diagnostics, again.diagnostics, "{what}");
    assert_eq!(clean.withheld, again.withheld, "{what}");
}
