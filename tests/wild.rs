//! Does anything that authors write stop the program itself?
//!
//! Enters: the heads, blocks, paths and files of all cases and of the sample, taken apart and put together again at random: every
//! kind, state and block that has a case, one inside the other, at several instants. Leaves: the smallest site found on which
//! a build panics. Absent: what should come of such a site.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use folkmoot::Options;
use folkmoot::diagnostic::Diagnostics;
use folkmoot::model::Audience;

use crate::cases;
use crate::generate::Random;
use crate::memory::{look, options, sources};
use crate::properties::{sample, seeds};

/// Files by their paths.
type Files = BTreeMap<String, Vec<u8>>;

/// What holds a document back, takes it back, ends it or puts another in its place.
const STATES: &[&str] = &[
    "draft: true",
    "publish_at: 2026-11-01",
    "publish_at: 2026-12-05 09:30",
    "publish_at: 2030-01-01",
    "expires: 2020-01-01",
    "expires: 2030-01-01",
    "withdrawn: {on: 2026-01-01, reason: It was wrong}",
    "withdrawn: true",
    "withdrawn: {on: 2026-01-01, successor: pages/about}",
    "exempt: {paragraphs: [3], reason: Money, summary: A site was sold}",
    "exempt: true",
    "replaces: pages/about",
    "corrections:\n  - {at: para-1, reads: one, should_read: two, decided_at: minutes/board/2026-01-10}",
    "aliases: [/old/, /board/]",
    "lang: cy",
];

/// What is put behind a line.
const MARKS: &[&str] = &[
    " {.exempt paragraphs=3}",
    " {.resolution #2021-14}",
    " {.resolution .exempt paragraphs=3}",
    " {.action #a1 owner=board}",
    " {.open}",
    " {.no-record}",
    " {skip}",
    " {.note #note-a}",
    " {#para-1}",
    " (Action: Head of Safer Communities, by 31 October 2021)",
    "\n{.exempt}",
    "\n\nRESOLVED\n\n(a) to buy it; {.exempt}\n\n(b) to sell it.",
    "\n\n::: {.exempt}",
];

/// Records in a text: below numbered items, in lists and tables, with parts, of each kind that a meeting makes.
const RECORDS: &[&str] = &[
    "## 7. Land\n\n7.1 It was heard.\n\n7.2 The sale is agreed. {.resolution #2021-14}",
    "7.3 The lease is ended. {.resolution #2021-15 .exempt paragraphs=3}\n\n7.4 Nothing more.",
    "## 8. Depot {.resolution #2021-16}\n\n(a) to buy it;\n\n(b) to sell it. {.exempt}",
    "RESOLVED:\n\n(i) to note the report;\n\n(ii) to thank the Clerk.",
    "It was agreed by 5 votes to 2 that the path be closed. (Action: Clerk, by 31 October 2021)",
    "> **Resolution 2022/1** The plan is approved. {.resolution #2022-1}",
    "- The Clerk to write to the owners by 30 April. {.action}\n- [x] HR to chase. {.action #a2}",
    "| Motion | Result |\n|---|---|\n| That the hall be painted {.resolution #2022-2} | Carried |",
    "![[resolutions/2021-14]]\n\n![[minutes/board/2026-01-10#resolution-2021-14]]",
    "### Present\n\nCllr Reed (Chair), B Hale\n\n**9** *Motion* by Holm, second by Vang, to sell. Motion failed 2-3.",
];

const INSTANTS: &[&str] = &["2019-01-01T00:00Z", "2026-11-21T12:00Z", "2026-12-31T23:59Z", "2031-06-01T08:00Z"];

/// What sites are put together from.
#[derive(Default)]
struct Parts {
    paths: Vec<String>,
    /// Whole heads, and single fields.
    heads: Vec<String>,
    fields: Vec<String>,
    blocks: Vec<String>,
    others: Vec<(String, Vec<u8>)>,
}

impl Parts {
    fn of_everything() -> Self {
        let mut parts = Self::default();
        for (_, path) in cases::all() {
            cases::read(&path).inputs().for_each(|(path, bytes)| parts.take(path, bytes));
        }
        sample().into_iter().for_each(|(path, bytes)| parts.take(&path, bytes));
        for list in [&mut parts.paths, &mut parts.heads, &mut parts.fields, &mut parts.blocks] {
            list.sort();
            list.dedup();
        }
        parts
    }

    fn take(&mut self, path: &str, bytes: Vec<u8>) {
        const LONGEST: usize = 20_000;
        if !path.starts_with("content/") || bytes.len() > LONGEST {
            return;
        }
        if !path.ends_with(".md") {
            return self.others.push((path.to_owned(), bytes));
        }
        self.paths.push(path.to_owned());
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = match text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
            Some((head, body)) => (head, body),
            None => ("", &*text),
        };
        self.blocks.extend(body.split("\n\n").map(str::to_owned));
        if !head.is_empty() {
            self.heads.push(head.to_owned());
            self.fields.extend(entries(head));
        }
    }

    fn site(&self, seed: u64) -> Files {
        let mut random = Random::new(seed);
        let mut files = Files::new();
        for _ in 0..random.below(9) + 3 {
            files.insert(random.pick(&self.paths).clone(), self.document(&mut random).into_bytes());
        }
        for _ in 0..random.below(5) {
            files.extend([random.pick(&self.others).clone()]);
        }
        files
    }

    fn document(&self, random: &mut Random) -> String {
        let mut fields = match random.below(3) {
            0 => Vec::new(),
            1 => entries(random.pick::<String>(&self.heads)),
            _ => (0..random.below(6)).map(|_| random.pick(&self.fields).clone()).collect(),
        };
        for _ in 0..random.below(3) {
            fields.push((*random.pick::<&str>(STATES)).to_owned());
        }
        random.shuffle(&mut fields);
        let mut text = String::new();
        if !fields.is_empty() {
            text = format!("---\n{}\n---\n", fields.join("\n"));
        }
        for _ in 0..random.below(14) {
            let is_record = random.chance(20);
            let mut block = random.pick(&self.blocks).clone();
            if is_record {
                block = (*random.pick::<&str>(RECORDS)).to_owned();
            }
            if random.chance(25) {
                let place = block.char_indices().filter(|(_, sign)| *sign == '\n').map(|(at, _)| at);
                let mut places: Vec<usize> = place.collect();
                places.push(block.len());
                block.insert_str(*random.pick(&places), random.pick::<&str>(MARKS));
            }
            match random.below(12) {
                0 => block = inside("> ", "> ", &block),
                1 => block = inside("- ", "  ", &block),
                2 => block = inside("1. ", "   ", &block),
                3 => block = format!("::: {{.exempt paragraphs=3}}\n{block}\n:::"),
                _ => {}
            }
            text.push_str(&block);
            text.push_str(if random.chance(85) { "\n\n" } else { "\n" });
        }
        text
    }
}

/// A block inside a quotation or an item.
fn inside(first: &str, other: &str, block: &str) -> String {
    [first, &block.replace('\n', &format!("\n{other}"))].concat()
}

/// The fields of a head, each with what is indented below it.
fn entries(head: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in head.lines() {
        match entries.last_mut() {
            Some(last) if line.starts_with([' ', '-', '}', ']']) => *last = format!("{last}\n{line}"),
            _ => entries.push(line.to_owned()),
        }
    }
    entries
}

fn panics(files: &Files, options: &Options) -> bool {
    let files = files.clone();
    catch_unwind(AssertUnwindSafe(|| look(Diagnostics::new(), &sources(files), options))).is_err()
}

/// The site without each file and each block that is not needed for the panic.
fn smallest(mut files: Files, options: &Options) -> String {
    for path in files.keys().cloned().collect::<Vec<_>>() {
        let mut fewer = files.clone();
        fewer.remove(&path);
        if panics(&fewer, options) {
            files = fewer;
        }
    }
    for path in files.keys().cloned().collect::<Vec<_>>() {
        let text = String::from_utf8_lossy(&files[&path]).into_owned();
        let mut blocks: Vec<&str> = text.split_inclusive("\n").collect();
        let mut at = 0;
        while at < blocks.len() {
            let gone = blocks.remove(at);
            let mut fewer = files.clone();
            fewer.insert(path.clone(), blocks.concat().into_bytes());
            if panics(&fewer, options) {
                files = fewer;
            } else {
                blocks.insert(at, gone);
                at += 1;
            }
        }
    }
    files.iter().map(|(path, bytes)| format!("== {path}\n{}\n", String::from_utf8_lossy(bytes))).collect()
}

#[test]
fn nothing_that_is_written_stops_the_program() {
    let parts = Parts::of_everything();
    assert!(parts.paths.len() > 100 && parts.blocks.len() > 1000 && parts.fields.len() > 200);
    for seed in seeds(40) {
        let audience = if seed % 5 == 0 { Audience::Preview } else { Audience::Public };
        let as_at = INSTANTS[seed as usize % INSTANTS.len()].parse().expect("it is a time");
        let options = Options { as_at, audience, ..options() };
        let files = parts.site(seed);
        if panics(&files, &options) {
            panic!("seed {seed}: {:?} at {as_at}:\n{}", audience, smallest(files, &options));
        }
    }
}
