//! `folkmoot import` with the documents of `tests/imports/`: does each become the text that its case says, with the report that it
//! says, and is nothing lost?
//!
//! Each case is a text file, as those below `sites/` are: prose, the documents, after `-- command --` what is typed, and what is
//! expected: `-- exit --` (0 if nothing is said), `-- report --`, and files as they lie there afterwards. `UPDATE=1` writes what came.
//! A Word file is made by a writer of the tests' own (`word.rs`) from its parts: `-- A.docx: word/document.xml --`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::cases;
use crate::commands::Site;
use crate::memory::write;
use crate::word;

#[test]
fn each_document_becomes_the_text_of_its_case() {
    let mut failed = Vec::new();
    for path in all() {
        let name = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("it can be read");
        let case = Case::read(&text);
        let came = case.run();
        if came != text {
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&path, &came).expect("it can be written");
            } else {
                failed.push(format!("{name}:\n{}", first_difference(&text, &came)));
            }
        }
    }
    assert!(failed.is_empty(), "{}\nUPDATE=1 writes what came.", failed.join("\n"));
}

/// What an import prints is to the letter the same if a site has read it and it is printed again.
#[test]
fn what_is_printed_and_read_is_printed_the_same() {
    for path in all() {
        let text = fs::read_to_string(&path).expect("it can be read");
        for section in Case::read(&text).sections.iter().filter(|section| section.heading.starts_with("content/")) {
            let body = match section.body.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
                Some((_, body)) => body.trim_start(),
                None => &section.body,
            };
            // A first heading is the title of a page, and no part of its text: another one keeps it in.
            let body = format!("# Printed\n\n{body}");
            let again = folkmoot::printed_again(&body).map(|text| format!("# Printed\n\n{text}"));
            if let Some(again) = again {
                let level = |text: &str| text.replacen("\n# ", "\n## ", 1);
                assert_eq!(again.trim_end(), level(body.trim_end()), "{}", path.display());
            }
        }
    }
}

/// The sample of the project has every form of the dialect that an import prints: printed once, it stays as it is.
#[test]
fn texts_of_people_are_printed_the_same_the_second_time() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(root).sort_by_file_name().into_iter().flatten() {
        if entry.path().extension().is_none_or(|end| end != "md") {
            continue;
        }
        let text = fs::read_to_string(entry.path()).expect("it can be read");
        // What is marked in the dialect is not printed, so that the first print may read differently.
        let again = |text: &str| folkmoot::printed_again(&format!("# Printed\n\n{text}"));
        let Some(first) = folkmoot::printed_again(&text).and_then(|text| again(&text)) else { continue };
        let Some(second) = again(&first) else { continue };
        assert_eq!(first, second, "{}", entry.path().display());
        seen += 1;
    }
    assert!(seen > 5, "{seen} texts of the sample were read");
}

/// A page of what was imported has a place for each number that Word shows, and the site builds.
#[test]
fn each_number_of_a_word_file_is_a_place_of_the_page() {
    let path = cases::tests().join("imports/word/numbers-of-every-sort.txt");
    let case = fs::read_to_string(path).expect("it can be read");
    let site = Site::with(&[("content/pages/about.md", "# About\n")]);
    write(&site.path(""), &Case::read(&case).files());
    let ran = site.run(&["import", "2026-03-12.docx", "--to", "minutes/safer-board"]);
    assert_eq!(ran.code, 0, "{}", ran.words);
    site.build();
    let page =
        fs::read_to_string(site.path("public/minutes/safer-board/2026-03-12/index.html")).expect("there is a page");
    for place in [
        "para-1",
        "para-1.1",
        "para-1.2",
        "para-1.2.a",
        "para-1.2.a.ii",
        "para-2.1",
        "para-2.1.6",
        "no-ii",
        "no-note-02",
    ] {
        assert!(page.contains(&format!("id=\"{place}\"")), "{place} is in no place of\n{page}");
    }
}

/// What is pasted into the window is imported as a file is.
#[test]
fn a_text_comes_in_through_the_window() {
    let site = Site::with(&[("content/pages/about.md", "# About\n")]);
    let mut program = Command::new(env!("CARGO_BIN_EXE_folkmoot"))
        .args(["import", "-", "--to", "minutes/safer-board/2026-03-12"])
        .current_dir(site.path(""))
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    program.stdin.take().expect("it reads").write_all("7.1\u{a0}The board met.\n".as_bytes()).expect("it reads");
    assert!(program.wait().expect("it ends").success());
    let text = fs::read_to_string(site.path("content/minutes/safer-board/2026-03-12.md"));
    assert_eq!(text.expect("there is a text"), "7.1 The board met.\n");
}

/// What a part of an archive says of its length is a claim: one that says too much is not unpacked.
#[test]
fn a_part_that_says_that_it_is_endless_is_refused() {
    let mut bytes = word::package(&[("word/document.xml", "<w:p><w:r><w:t>Words.</w:t></w:r></w:p>")]);
    let directory = bytes.windows(4).rposition(|part| part == b"PK\x01\x02").expect("it has a directory");
    bytes[directory + 24..directory + 28].copy_from_slice(&3_000_000_000_u32.to_le_bytes());
    let site = Site::with(&[("content/pages/about.md", "# About\n")]);
    write(&site.path(""), &[("2026-03-12.docx".to_owned(), bytes)]);
    let ran = site.run(&["import", "2026-03-12.docx", "--to", "minutes/board"]);
    assert!(ran.code == 1 && ran.words.contains("larger than any text that people read"), "{}", ran.words);
    assert!(!site.path("content/minutes").exists());
}

fn all() -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(cases::tests().join("imports")).sort_by_file_name().into_iter().flatten();
    entries.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|end| end == "txt")).collect()
}

struct Case {
    prose: String,
    sections: Vec<Section>,
}

struct Section {
    heading: String,
    body: String,
}

impl Case {
    fn read(text: &str) -> Self {
        let (mut prose, mut sections) = (String::new(), Vec::<Section>::new());
        for line in text.split_inclusive('\n') {
            let heading = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
            match (heading, sections.last_mut()) {
                (Some(heading), _) => sections.push(Section { heading: heading.to_owned(), body: String::new() }),
                (None, Some(section)) => section.body.push_str(line),
                (None, None) => prose.push_str(line),
            }
        }
        Self { prose, sections }
    }

    /// Where it says what is typed.
    fn command(&self) -> usize {
        self.sections.iter().position(|section| section.heading == "command").expect("it has a command")
    }

    /// Its documents.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        let mut packages: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        for Section { heading, body } in &self.sections[..self.command()] {
            match heading.split_once(": ") {
                Some((file, part)) => packages.entry(file).or_default().push((part, body)),
                None => match heading.strip_suffix(" (escaped)") {
                    Some(name) => files.push((name.to_owned(), unescaped(body))),
                    None => files.push((heading.clone(), body.clone().into_bytes())),
                },
            }
        }
        files.extend(packages.into_iter().map(|(file, parts)| (file.to_owned(), word::package(&parts))));
        files
    }

    /// The case with what comes in the place of what it expects.
    fn run(&self) -> String {
        let site = Site::with(&[("content/pages/about.md", "# About\n")]);
        let command = self.command();
        write(&site.path(""), &self.files());
        let typed: Vec<String> = arguments(&self.sections[command].body);
        let ran = site.run(&typed.iter().map(String::as_str).collect::<Vec<_>>());

        let mut out = self.prose.clone();
        for (number, Section { heading, body }) in self.sections.iter().enumerate() {
            out.push_str(&format!("-- {heading} --\n"));
            let came = match heading.as_str() {
                _ if number <= command => body.clone(),
                "exit" => format!("{}\n", ran.code),
                "report" => lines_end(&ran.words),
                path => fs::read_to_string(site.path(path)).unwrap_or_else(|_| "(not there)\n".to_owned()),
            };
            out.push_str(&came);
        }
        let expects_exit = self.sections.iter().any(|section| section.heading == "exit");
        if !expects_exit && ran.code != 0 {
            out.push_str(&format!("-- exit --\n{}\n", ran.code));
        }
        out
    }
}

/// Words of a command line; those in quotes are one.
fn arguments(line: &str) -> Vec<String> {
    let parts = line.trim().split('"').enumerate();
    parts
        .flat_map(|(number, part)| match number % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

/// Without blanks at the ends of lines and empty lines at the end, which no editor keeps.
fn lines_end(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n").trim_end())
}

/// `\xNN` is a byte.
fn unescaped(body: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = body;
    while let Some((before, after)) = rest.split_once("\\x") {
        bytes.extend(before.as_bytes());
        bytes.push(u8::from_str_radix(&after[..2], 16).expect("two digits follow"));
        rest = &after[2..];
    }
    bytes.extend(rest.as_bytes());
    bytes
}

fn first_difference(expected: &str, came: &str) -> String {
    let (mut own, mut other) = (expected.lines(), came.lines());
    for number in 1.. {
        match (own.next(), other.next()) {
            (None, None) => break,
            (own, other) if own == other => {}
            (own, other) => return format!("line {number}\n- {}\n+ {}", own.unwrap_or(""), other.unwrap_or("")),
        }
    }
    String::new()
}
