//! Runs of the real program in real folders: what only a disk, a process and an exit code can show.
//!
//! Each test makes a folder that is gone afterwards. No run may hang or panic, whatever it is given. How a small site becomes pages is asked in `sites.rs`, where it costs a hundredth of this.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use crate::generate;
use crate::memory::write;

/// After this a run hangs: far longer than the slowest takes on the busiest machine. Nothing else depends on it.
const PATIENCE: Duration = Duration::from_secs(600);

#[test]
fn the_exit_code_says_how_it_went() {
    let fine = Site::with(&[("content/news/2026-01-01-a.md", "---\ntitle: A\nsummary: S.\nowner: me\n---\nText.\n")]);
    let mistaken = Site::with(&[("content/pages/a.md", "---\ntitle: A\n---\n[Nowhere](b.md)\n")]);
    let withheld = Site::with(&[("content/pages/a.md", "---\ndraft: perhaps\n---\nText.\n")]);
    let url = "--base-url=https://site.example";
    for (site, arguments, code) in [
        (&fine, &["build", url][..], 0),
        (&fine, &["build", "--strict", url], 0),
        (&fine, &["check", url], 0),
        (&mistaken, &["build"], 0),
        (&mistaken, &["build", "--strict"], 1),
        (&mistaken, &["check"], 1),
        (&withheld, &["build"], 1),
        (&withheld, &["check"], 1),
        (&fine, &[], 2),
        (&fine, &["bild"], 2),
        (&fine, &["build", "--stricter"], 2),
        (&fine, &["build", "--as-at=soon"], 2),
        (&fine, &["--root=nowhere", "build"], 2),
        (&fine, &["--help"], 0),
        (&fine, &["--version"], 0),
    ] {
        let ran = site.run(arguments);
        assert_eq!(ran.code, code, "folkmoot {arguments:?}\n{}", ran.words);
    }
}

#[test]
fn a_quotation_is_word_for_word_altered_or_nowhere_and_what_is_withheld_is_nowhere() {
    let minutes = "---\nstatus: agenda\n---\n## 7. Lamps\n\n7.1 The board’s plan – at last – was to be read before\nthe summer.\n";
    let depot = "---\ndraft: true\n---\nThe owners would take four million for the land behind the depot.\n";
    let site = Site::with(&[("content/minutes/board/2026-09-15.md", minutes), ("content/pages/depot.md", depot)]);
    let whole = "“the board's plan - at last - was to be read before the  summer”";
    assert_eq!(site.run(&["quote", whole]).code, 2);
    assert_eq!(site.run(&["build", "--base-url=https://site.example"]).code, 0);
    let whole = whole.replace("the board", "The board");
    let ran = site.run(&["quote", &whole]);
    assert!(ran.code == 0 && ran.words.contains("word for word"), "{}", ran.words);
    assert!(ran.words.contains("Agenda of 15 September 2026") && ran.words.contains("paragraph 7.1"), "{}", ran.words);
    assert!(ran.words.contains("https://site.example/minutes/board/2026-09-15/#para-7.1"), "{}", ran.words);
    let ran = site.run(&["quote", &whole.replace("summer", "winter")]);
    assert!(ran.code == 1 && ran.words.contains("{+summer.+} [-winter-]"), "{}", ran.words);
    let ran = site.run(&["quote", "The owners would take four million for the land behind the depot."]);
    assert!(ran.code == 1 && ran.words.contains("Nothing like it"), "{}", ran.words);
}

#[test]
fn a_quotation_that_stands_in_an_earlier_edition_alone_is_cited_with_it() {
    let now = "---\ntitle: Plan\nedition_from: 2024-06-12\n---\n1.1 The lamps are mended within one day of a call.\n";
    let then = "---\ntitle: Plan\n---\n1.1 The lamps are mended within three days of a call.\n";
    let held = "---\ntitle: Plan\ndraft: true\n---\n1.1 The lamps are to be sold to a company abroad.\n";
    let site = Site::with(&[
        ("content/strategies/plan.md", now),
        ("content/strategies/plan/2021-03.md", then),
        ("content/strategies/plan/2022-03.md", held),
    ]);
    assert_eq!(site.run(&["build", "--base-url=https://site.example"]).code, 0);
    let ran = site.run(&["quote", "The lamps are mended within three days of a call."]);
    assert!(ran.code == 1 && ran.words.contains("in an earlier edition alone"), "{}", ran.words);
    assert!(ran.words.contains("Plan (edition of March 2021), Strategy, paragraph 1.1"), "{}", ran.words);
    assert!(ran.words.contains("https://site.example/strategies/plan/2021-03/#para-1.1"), "{}", ran.words);
    let ran = site.run(&["quote", "The lamps are mended within one day of a call."]);
    assert!(ran.code == 0 && !ran.words.contains("earlier"), "{}", ran.words);
    let ran = site.run(&["quote", "The lamps are to be sold to a company abroad."]);
    assert!(ran.code == 1 && ran.words.contains("Nothing like it"), "{}", ran.words);
}

#[test]
fn a_website_that_was_made_is_looked_through_for_what_is_withheld_now() {
    let text = "---\ntitle: Depot\n---\nThe owners would take four million for the land behind the depot.\n";
    let site = Site::with(&[("content/pages/a.md", "# A\n\nAll is well.\n"), ("content/pages/depot.md", text)]);
    assert_eq!(site.run(&["build"]).code, 0);
    let ran = site.run(&["check", "--leaks"]);
    assert!(ran.code == 0 && ran.words.contains("Nothing is withheld"), "{}", ran.words);

    fs::write(site.path("content/pages/depot.md"), text.replace("title", "draft: true\ntitle")).expect("it is there");
    let ran = site.run(&["check", "--leaks"]);
    assert!(ran.code == 1 && ran.words.contains("[leak]"), "{}", ran.words);
    assert!(ran.words.contains("`depot/index.html` gives away"), "{}", ran.words);

    assert_eq!(site.run(&["build"]).code, 0);
    let ran = site.run(&["check", "--leaks"]);
    assert!(ran.code == 0 && ran.words.contains("says what is withheld"), "{}", ran.words);
    assert_eq!(site.run(&["check", "--leaks", "--out=nowhere"]).code, 2, "what is not there was not looked through");
}

#[test]
fn a_build_says_when_the_site_changes_by_itself() {
    let site = Site::with(&[
        ("content/pages/a.md", "# A\n\nAll is well.\n"),
        ("content/pages/later.md", "---\ntitle: Later\npublish_at: 2026-12-01 09:30\n---\n\nSaid later.\n"),
        ("content/pages/ends.md", "---\ntitle: Ends\nexpires: 2027-01-01\n---\n\nSaid until then.\n"),
    ]);
    for (at, said) in [
        ("2026-11-30", Some("At 1 December 2026, 09:30 something becomes public, ends or moves by itself")),
        ("2026-12-01 09:30", Some("At 1 January 2027, 00:00 something")),
        ("2027-02-01", None),
    ] {
        // Said again where nothing had to be made.
        for _ in 0..2 {
            let ran = site.run(&["build", "--as-at", at]);
            let there = ran.words.contains(said.unwrap_or("by itself"));
            assert!(ran.code == 0 && there == said.is_some(), "{at}: {}", ran.words);
        }
    }
}

#[test]
fn a_check_writes_nothing() {
    let site = Site::with(&[("content/pages/a.md", "# A\n")]);
    site.run(&["check"]);
    assert!(!site.path("public").exists());
}

#[test]
fn a_build_is_found_from_a_folder_below_and_in_a_folder_with_a_difficult_name() {
    let site = Site::with(&[("Müller & Söhne's site/content/pages/a.md", "# A\n")]);
    let below = site.path("Müller & Söhne's site/content/pages");
    let ran = run_in(&below, &["build"]);
    assert_eq!(ran.code, 0, "{}", ran.words);
    assert!(site.path("Müller & Söhne's site/public/a/index.html").is_file());
    let ran = site.run(&["--root=Müller & Söhne's site", "build", "--out=elsewhere"]);
    assert_eq!(ran.code, 0, "{}", ran.words);
}

#[test]
fn an_output_folder_that_is_somebody_elses_is_left_alone() {
    let site = Site::with(&[
        ("content/pages/a.md", "# A\n"),
        ("themes/own/theme.toml", ""),
        ("photographs/summer.jpg", "a picture"),
        ("notes.txt", "a note"),
    ]);
    let before = site.files(".");
    for out in ["content", "content/pages", "themes", ".", "photographs", "notes.txt", "/", "/usr", "..", "content/new"]
    {
        let ran = site.run(&["build", "--out", out]);
        assert!(ran.code == 2 || ran.code == 3, "--out {out} ended with {}\n{}", ran.code, ran.words);
        assert_eq!(site.files("."), before, "--out {out} changed something");
    }
}

#[test]
fn an_empty_output_folder_and_a_new_one_are_used() {
    let site = Site::with(&[("content/pages/a.md", "# A\n")]);
    fs::create_dir(site.path("empty")).expect("the folder can be made");
    for out in ["empty", "new/and/deep"] {
        let ran = site.run(&["build", "--out", out]);
        assert_eq!(ran.code, 0, "--out {out}\n{}", ran.words);
        assert!(site.path(out).join("a/index.html").is_file());
    }
}

#[test]
fn a_second_build_writes_nothing() {
    let site = Site::with(&[("content/pages/a.md", "# A\n"), ("content/pages/b.md", "# B\n\nText.\n")]);
    site.build();
    // Long ago, so that a file that is written again has another time, however coarse the clock of the disk is.
    for (_, path) in listed(&site.path("public")) {
        let file = File::options().write(true).open(path).expect("it can be opened");
        file.set_modified(SystemTime::UNIX_EPOCH).expect("a file's time can be set");
    }
    let before = site.times("public");
    site.build();
    assert_eq!(site.times("public"), before);
    site.change("content/pages/b.md", "# B\n\nAnother text.\n");
    site.build();
    let after = site.times("public");
    assert_eq!(after[Path::new("a/index.html")], before[Path::new("a/index.html")], "a page that did not change");
    assert_ne!(after[Path::new("b/index.html")], before[Path::new("b/index.html")], "a page that changed");
}

#[test]
fn what_is_gone_from_content_is_gone_from_public() {
    let site = Site::with(&[("content/pages/a.md", "# A\n"), ("content/pages/deep/b.md", "# B\n")]);
    site.build();
    assert!(site.path("public/deep/b/index.html").is_file());
    fs::remove_file(site.path("content/pages/deep/b.md")).expect("it is there");
    site.build();
    assert!(!site.path("public/deep").exists());
    assert!(site.path("public/a/index.html").is_file());
}

#[test]
fn an_error_leaves_public_as_it_was() {
    let site = Site::with(&[("content/pages/a.md", "# A\n")]);
    site.build();
    let before = site.times("public");
    site.change("content/pages/a.md", "# A, changed\n");
    site.change("content/pages/b.md", "---\ndraft: perhaps\n---\n");
    assert_eq!(site.run(&["build"]).code, 1);
    assert_eq!(site.times("public"), before);
}

#[test]
fn a_killed_build_is_healed_by_the_next() {
    let after = Site::made(2, 40);
    after.build();
    let clean = after.files("public");
    let is_long = std::env::var_os("FOLKMOOT_LONG").is_some();
    // When so many files wait to be put in place; `None`: when it is written down which they are, and moving begins.
    let counts = if is_long { (0..60).map(|count| 3 * count).collect() } else { vec![0, 1, 60] };
    for staged in counts.into_iter().map(Some).chain([None]) {
        let site = Site::made(1, 40);
        site.build();
        fs::remove_dir_all(site.path("content")).expect("the content can be removed");
        write(site.folder.path(), &generate::site(2, 40).files);
        let stage = site.path("public/.folkmoot-stage");
        let is_moment = || match staged {
            Some(count) => count_files(&stage) >= count,
            None => stage.join("journal").exists(),
        };
        let mut child = command(site.folder.path(), &["build", "--remove=1000"]).spawn().expect("the program starts");
        // It may have ended by itself, which is one more case that must be right.
        while !is_moment() && child.try_wait().expect("the program can be asked").is_none() {
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().expect("the program ends");
        let ran = site.run(&["build", "--remove=1000"]);
        assert_eq!(ran.code, 0, "{}", ran.words);
        let healed = site.files("public");
        assert_eq!(names(&healed), names(&clean), "killed when {staged:?} files were staged");
        assert!(healed == clean, "killed when {staged:?} files were staged: other bytes");
    }
}

/// How many files lie below a folder in which somebody else is at work.
fn count_files(folder: &Path) -> usize {
    walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file()).count()
}

#[test]
fn two_builds_at_once_end_as_one() {
    let site = Site::made(3, 40);
    let mut children: Vec<_> =
        (0..3).map(|_| command(site.folder.path(), &["build"]).spawn().expect("the program starts")).collect();
    for child in &mut children {
        child.wait().expect("the program ends");
    }
    let together = site.files("public");
    let alone = Site::made(3, 40);
    alone.build();
    assert_eq!(names(&together), names(&alone.files("public")));
    assert!(together == alone.files("public"), "other bytes");
}

#[test]
fn the_moment_decides_what_is_public() {
    let site = Site::with(&[("content/pages/a.md", "---\ntitle: A\npublish_at: 2026-12-01 09:00\n---\n")]);
    for (as_at, public) in [("2026-12-01T08:59:59Z", false), ("2026-12-01 09:00", true), ("2026-12-02", true)] {
        let ran = site.run(&["build", "--as-at", as_at]);
        assert_eq!(ran.code, 0, "{}", ran.words);
        assert_eq!(site.path("public/a/index.html").exists(), public, "--as-at {as_at}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_readable_file_is_named_and_nothing_waits_for_it() {
    let site = Site::with(&[
        ("content/pages/a.md", "# A\n"),
        ("content/pages/long.md", &"word ".repeat(10_000_000)),
        ("secret.md", "# Quokka\n"),
    ]);
    let fifo = Command::new("mkfifo").arg(site.path("content/pages/pipe.md")).status().expect("mkfifo is there");
    assert!(fifo.success());
    for (name, target) in [("gone.md", "nowhere"), ("out.md", "../../secret.md"), ("circle.md", "circle.md")] {
        std::os::unix::fs::symlink(target, site.path("content/pages").join(name)).expect("a link can be made");
    }
    let ran = site.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.words);
    assert!(ran.words.contains("[unreadable]"), "{}", ran.words);
    for name in ["long.md", "pipe.md", "gone.md", "out.md", "circle.md"] {
        assert!(ran.words.contains(name), "{name} is not named\n{}", ran.words);
    }
    let public = site.files("public");
    assert!(public.contains_key(Path::new("a/index.html")));
    assert!(!public.values().any(|bytes| String::from_utf8_lossy(bytes).contains("Quokka")), "a link led out");
}

#[test]
fn texts_that_are_no_texts_are_named_and_the_rest_is_built() {
    let deep = ">".repeat(10_000);
    let lists = (0..400).map(|depth| format!("{}- deep\n", "  ".repeat(depth))).collect::<String>();
    let line = "word ".repeat(300_000);
    let bombs = format!("{}{}{}", "[".repeat(50_000), "*a **a ".repeat(10_000), "`".repeat(9_999));
    for (name, bytes) in [
        ("ten thousand quotations", deep.as_bytes()),
        ("four hundred lists", lists.as_bytes()),
        ("one long line", line.as_bytes()),
        ("brackets", bombs.as_bytes()),
        ("nothing", b""),
        ("dashes", b"---"),
        ("not closed", b"---\ntitle: A\n\nText.\n"),
        ("no UTF-8", b"It\x92s here.\n"),
        ("UTF-16", b"\xff\xfeA\x00\x0a\x00"),
        ("half of UTF-16", b"\xff\xfeA\x00\x0a"),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("nested YAML", format!("---\ntags: {}\n---\n", "[".repeat(10_000)).as_bytes()),
    ] {
        let site = Site::with(&[("content/pages/a.md", "# A\n")]);
        fs::write(site.path("content/pages/other.md"), bytes).expect("the file can be written");
        let ran = site.run(&["build"]);
        assert_eq!(ran.code, 0, "{name}\n{}", ran.words);
        assert!(site.path("public/a/index.html").is_file(), "{name}: the other page is missing");
    }
}

#[test]
fn what_must_not_be_built_is_not() {
    let include = "{% include \"document.html\" %}";
    for (name, files) in [
        ("one address twice", &[("content/pages/b c.md", "# B\n"), ("content/pages/b-c.md", "# C\n")][..]),
        ("settings", &[("content/site.toml", "title = \"A\n")]),
        ("no such theme", &[("content/site.toml", "theme = \"none\"\n")]),
        (
            "a theme that includes itself",
            &[("content/site.toml", "theme = \"own\"\n"), ("themes/own/templates/document.html", include)],
        ),
    ] {
        let site = Site::with(&[("content/pages/a.md", "# A\n")]);
        for (path, text) in files {
            site.change(path, text);
        }
        let ran = site.run(&["build"]);
        assert_eq!(ran.code, 1, "{name}\n{}", ran.words);
        assert!(!site.path("public/a/index.html").exists(), "{name}: something was written");
    }
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_is_a_link_is_not_followed_out_of_sight() {
    let site = Site::with(&[("content/pages/a.md", "# A\n"), ("elsewhere/keep.txt", "keep")]);
    std::os::unix::fs::symlink("elsewhere", site.path("public")).expect("a link can be made");
    let ran = site.run(&["build"]);
    assert!(ran.code == 2 || ran.code == 3, "ended with {}\n{}", ran.code, ran.words);
    assert_eq!(fs::read(site.path("elsewhere/keep.txt")).expect("it is there"), b"keep");
    assert_eq!(site.files("elsewhere").len(), 1);
}

/// A site in a folder that is gone afterwards.
pub struct Site {
    folder: tempfile::TempDir,
}

/// What a run of the program left behind.
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// What it printed, results and messages.
    pub words: String,
}

impl Site {
    /// A site of these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let site = Self { folder: tempfile::tempdir().expect("there is room for a folder") };
        for (path, text) in files {
            site.change(path, text);
        }
        site
    }

    /// A site that is made up, of so many files.
    pub fn made(seed: u64, size: usize) -> Self {
        let site = Self::with(&[]);
        write(site.folder.path(), &generate::site(seed, size).files);
        site
    }

    /// Where something lies in it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Makes a file, or gives it another text.
    pub fn change(&self, path: &str, text: &str) {
        write(self.folder.path(), &[(path.to_owned(), text.as_bytes().to_vec())]);
    }

    /// Runs the program in its folder.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        run_in(self.folder.path(), arguments)
    }

    /// Builds it, which must go well.
    pub fn build(&self) {
        let ran = self.run(&["build"]);
        assert_eq!(ran.code, 0, "{}", ran.words);
    }

    /// Every file below a folder of it, with its bytes.
    pub fn files(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        listed(&self.path(folder)).into_iter().map(|(path, at)| (path, fs::read(at).expect("it can be read"))).collect()
    }

    /// Every file below a folder of it, with the moment it was last written.
    pub fn times(&self, folder: &str) -> BTreeMap<PathBuf, SystemTime> {
        let time = |at: PathBuf| fs::metadata(at).and_then(|metadata| metadata.modified()).expect("it can be asked");
        listed(&self.path(folder)).into_iter().map(|(path, at)| (path, time(at))).collect()
    }
}

fn listed(folder: &Path) -> Vec<(PathBuf, PathBuf)> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("the folder can be listed").into_path())
        .filter(|path| path.is_file())
        .map(|path| (path.strip_prefix(folder).expect("it is below").to_owned(), path))
        .collect()
}

fn names(files: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<&PathBuf> {
    files.keys().collect()
}

/// The program, with nothing of this machine's environment that could change what it does.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_folkmoot"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.env("SOURCE_DATE_EPOCH", "1795262400").env("RUST_BACKTRACE", "0").env("NO_COLOR", "1");
    command
}

/// Runs it to its end.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    let words = tempfile::NamedTempFile::new().expect("there is room for a file");
    let stream = || File::options().append(true).open(words.path()).expect("the file is there");
    let mut child = command(folder, arguments).stdout(stream()).stderr(stream()).spawn().expect("the program starts");
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("the program can be asked") {
            break status;
        }
        if started.elapsed() > PATIENCE {
            child.kill().expect("the program can be stopped");
            panic!("folkmoot {arguments:?} did not end within {PATIENCE:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let bytes = fs::read(words.path()).expect("the file is there");
    let words = String::from_utf8_lossy(&bytes).into_owned();
    assert!(!words.contains("panicked at"), "folkmoot {arguments:?}\n{words}");
    let code = status.code().unwrap_or_else(|| panic!("folkmoot {arguments:?} was ended by a signal\n{words}"));
    Ran { code, words }
}
