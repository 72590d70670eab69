//! What must hold of the public folder, whatever happens to a build.

use std::collections::BTreeMap;
use std::fs;
#[cfg(unix)]
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use super::*;
use crate::model::RouteKind;

/// A site's folder that is gone afterwards, with `public` in it.
struct Site(tempfile::TempDir);

type Files = BTreeMap<String, String>;

impl Site {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn file(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    fn open(&self) -> Result<Public, WriteError> {
        Public::open_within(&self.path("public"), self.0.path(), Duration::ZERO)
    }

    /// A build up to the point where its files would be put in place.
    fn put(&self, files: &[(&str, &str)]) -> Result<Public, WriteError> {
        let public = self.open()?;
        for (path, text) in files {
            public.put(&route(path), &Output::Bytes(text.as_bytes().to_vec()))?;
        }
        Ok(public)
    }

    fn build(&self, files: &[(&str, &str)]) -> Result<Summary, WriteError> {
        self.put(files)?.finish(&Ledger::default())
    }

    /// A build that is killed after `done` of its steps; says how many there are.
    fn kill(&self, files: &[(&str, &str)], done: usize) -> usize {
        let mut public = self.put(files).unwrap();
        let mut planned = std::mem::take(public.planned.get_mut().unwrap());
        planned.sort_by(|a, b| a.path.cmp(&b.path));
        let plan = Plan::new(&public.folder, &planned, &public.listing, &public.recorded).unwrap();
        public.commit(&plan, &planned, &Ledger::default()).unwrap();
        public.stage.is_kept = true;
        journal::apply(&plan.steps[..done.min(plan.steps.len())], &public.folder).unwrap();
        plan.steps.len()
    }

    /// What a build would do.
    fn steps(&self, files: &[(&str, &str)]) -> Vec<journal::Step> {
        let mut public = self.put(files).unwrap();
        let planned = std::mem::take(public.planned.get_mut().unwrap());
        Plan::new(&public.folder, &planned, &public.listing, &public.recorded).unwrap().steps
    }

    /// Every file of the public folder, but for the record.
    fn public(&self) -> Files {
        let mut files = Files::new();
        for entry in walkdir::WalkDir::new(self.path("public")) {
            let entry = entry.unwrap();
            let path = entry.path().strip_prefix(self.path("public")).unwrap().to_str().unwrap().to_owned();
            if entry.file_type().is_dir() {
                assert!(path.is_empty() || fs::read_dir(entry.path()).unwrap().next().is_some(), "`{path}` is empty");
            } else if path != ".folkmoot" {
                files.insert(path, fs::read_to_string(entry.path()).unwrap_or_default());
            }
        }
        files
    }
}

fn route(path: &str) -> Route {
    Route { path: path.into(), kind: RouteKind::Home }
}

fn files(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

const FIRST: &[(&str, &str)] = &[
    ("index.html", "home"),
    ("minutes/2021/index.html", "year"),
    ("minutes/board/2021-09-07/index.html", "board"),
    ("old/a/index.html", "old a"),
    ("old/b/index.html", "old b"),
    (".well-known/security.txt", "contact"),
    ("turns", "a file that becomes a folder"),
    ("folder/x.html", "a folder that becomes a file"),
];
const SECOND: &[(&str, &str)] = &[
    ("index.html", "home, changed"),
    ("minutes/2021/index.html", "year"),
    ("minutes/board/2021-10-07/index.html", "new board"),
    ("old/b/index.html", "old b"),
    ("new/a/b/c/index.html", "deep"),
    (".well-known/other.txt", "other"),
    ("turns/index.html", "a folder that was a file"),
    ("folder", "a file that was a folder"),
];

#[test]
fn a_build_leaves_what_is_planned_and_nothing_else() {
    let site = Site::new();
    let summary = site.build(FIRST).unwrap();
    assert_eq!((summary.written, summary.unchanged, summary.removed), (8, 0, 0));
    assert_eq!(summary.bytes, FIRST.iter().map(|(_, text)| text.len() as u64).sum::<u64>());
    assert_eq!(site.public(), files(FIRST));

    let summary = site.build(SECOND).unwrap();
    assert_eq!((summary.written, summary.unchanged, summary.removed), (6, 2, 5));
    assert_eq!(site.public(), files(SECOND));
    assert!(!summary.recovered && summary.foreign.is_empty());

    let clean = Site::new();
    clean.build(SECOND).unwrap();
    let record = |site: &Site| fs::read(site.path("public/.folkmoot")).unwrap();
    assert_eq!(record(&clean), record(&site), "a record tells nothing of earlier builds");
}

#[cfg(unix)]
#[test]
fn nothing_changed_writes_nothing() {
    let site = Site::new();
    site.build(FIRST).unwrap();
    let inode = || {
        ["index.html", ".folkmoot", ".well-known/security.txt"]
            .map(|path| fs::metadata(site.path("public").join(path)).unwrap().ino())
    };
    let before = inode();
    let summary = site.build(FIRST).unwrap();
    assert_eq!((summary.written, summary.unchanged, summary.removed, summary.bytes), (0, 8, 0, 0));
    assert_eq!(inode(), before);
}

#[cfg(unix)]
#[test]
fn what_was_tampered_with_or_deleted_is_written_again() {
    let site = Site::new();
    site.build(FIRST).unwrap();
    site.file("public/index.html", "hame");
    fs::remove_dir_all(site.path("public/minutes/board")).unwrap();
    fs::set_permissions(site.path("public/old/a/index.html"), fs::Permissions::from_mode(0o600)).unwrap();
    fs::remove_file(site.path("public/old/b/index.html")).unwrap();
    symlink(site.path("content"), site.path("public/old/b/index.html")).unwrap();
    // Plain `std` does not know rights, so that nobody sees that a file lacks them.
    assert_eq!(site.build(FIRST).unwrap().written, if cfg!(feature = "portable") { 3 } else { 4 });
    assert_eq!(site.public(), files(FIRST));
}

#[test]
fn a_build_that_stops_leaves_the_folder_as_it_was() {
    let site = Site::new();
    drop(site.put(FIRST).unwrap());
    assert!(!site.path("public").exists(), "a folder made for a build that stopped goes again");
    site.build(FIRST).unwrap();
    let public = site.put(SECOND).unwrap();
    assert!(site.path("public/.folkmoot-stage").exists() && site.path("public/.folkmoot-lock").exists());
    drop(public);
    assert_eq!(site.public(), files(FIRST));
}

#[test]
fn a_build_killed_before_its_journal_is_forgotten() {
    let site = Site::new();
    site.build(FIRST).unwrap();
    let mut public = site.put(SECOND).unwrap();
    public.stage.is_kept = true;
    drop(public);
    site.file("public/.folkmoot-stage/journal.part", "[{\"remove\":\"index.html\"}");
    assert!(!site.build(FIRST).unwrap().recovered);
    assert_eq!(site.public(), files(FIRST));
}

#[test]
fn a_build_killed_at_any_step_is_completed_by_the_next() {
    let mut steps = 1;
    let mut done = 0;
    while done <= steps {
        let site = Site::new();
        site.build(FIRST).unwrap();
        steps = site.kill(SECOND, done);
        let next = site.open().unwrap();
        assert!(next.recovered);
        drop(next);
        assert_eq!(site.public(), files(SECOND), "killed after {done} of {steps} steps");
        assert_eq!(site.build(SECOND).unwrap().written, 0);
        done += 1;
    }
    assert!(steps > 8);
}

#[test]
fn a_first_build_killed_at_any_step_is_completed_by_the_next() {
    let mut steps = 1;
    let mut done = 0;
    while done <= steps {
        let site = Site::new();
        steps = site.kill(FIRST, done);
        assert!(site.build(FIRST).unwrap().recovered);
        assert_eq!(site.public(), files(FIRST), "killed after {done} of {steps} steps");
        done += 1;
    }
}

#[test]
fn a_build_killed_between_two_folders_leaves_no_empty_one() {
    let site = Site::new();
    site.build(&[("index.html", "home"), ("a/b/c/x.html", "x")]).unwrap();
    site.kill(&[("index.html", "home")], 0);
    fs::remove_dir_all(site.path("public/a/b")).unwrap();
    assert!(site.build(&[("index.html", "home")]).unwrap().recovered);
    assert!(!site.path("public/a").exists());
}

#[test]
fn healing_survives_folders_that_were_deleted_meanwhile() {
    let site = Site::new();
    site.build(FIRST).unwrap();
    site.kill(SECOND, 0);
    fs::remove_dir_all(site.path("public/minutes")).unwrap();
    fs::remove_dir_all(site.path("public/old")).unwrap();
    assert!(site.build(SECOND).unwrap().recovered);
    assert_eq!(site.public(), files(SECOND));
}

#[test]
fn a_name_that_changes_its_case_is_removed_before_it_is_made() {
    let site = Site::new();
    site.build(&[("Plan.pdf", "a"), ("zebra.html", "z")]).unwrap();
    let steps = site.steps(&[("plan.pdf", "b")]);
    let step = |path: &str| steps.iter().position(|step| step.path() == path).unwrap();
    assert!(step("Plan.pdf") < step("plan.pdf") && step("plan.pdf") < step("zebra.html"));

    site.build(&[("Plans/a.pdf", "a"), ("Plans/b.pdf", "b")]).unwrap();
    let steps = site.steps(&[("plans/a.pdf", "a")]);
    let paths: Vec<_> = steps.iter().map(journal::Step::path).collect();
    assert_eq!(paths, ["Plans/a.pdf", "Plans/b.pdf", "plans", ".folkmoot"]);
}

#[test]
fn a_foreign_folder_is_refused() {
    let site = Site::new();
    site.file("public/letter.docx", "not ours");
    let said = site.build(FIRST).unwrap_err();
    assert!(matches!(said, WriteError::Foreign { .. }) && said.to_string().contains("`letter.docx`"), "{said}");
    assert_eq!(site.public(), files(&[("letter.docx", "not ours")]));
}

#[test]
fn dot_files_are_neither_foreign_nor_ours() {
    let site = Site::new();
    let others = [(".git/HEAD", "main"), (".gitignore", "*"), (".nojekyll", ""), (".well-known/mine.txt", "mine")];
    for (path, text) in others {
        site.file(&format!("public/{path}"), text);
    }
    site.build(FIRST).unwrap();
    let summary = site.build(&[("index.html", "home")]).unwrap();
    assert!(summary.foreign.is_empty());
    let mut left = files(&others);
    left.insert("index.html".into(), "home".into());
    assert_eq!(site.public(), left);
}

#[test]
fn files_of_somebody_else_are_left_and_named() {
    let site = Site::new();
    site.build(FIRST).unwrap();
    site.file("public/CNAME", "example.org");
    site.file("public/old/a/note.txt", "mine");
    let summary = site.build(SECOND).unwrap();
    assert_eq!(summary.foreign, ["CNAME".into(), "old/a/note.txt".into()]);
    let mut left = files(SECOND);
    left.extend(files(&[("CNAME", "example.org"), ("old/a/note.txt", "mine")]));
    assert_eq!(site.public(), left);
}

#[test]
fn what_is_not_ours_is_never_replaced() {
    for (foreign, planned) in [
        ("robots.txt", "robots.txt"),
        ("minutes/new", "minutes/new/index.html"),
        ("folder/y.html", "folder"),
        ("folder/.hidden", "folder"),
        (".htaccess", ".htaccess"),
        (".wk", ".wk/security.txt"),
    ] {
        let site = Site::new();
        site.build(FIRST).unwrap();
        site.file(&format!("public/{foreign}"), "not ours");
        let before = site.public();
        let said = site.build(&[("index.html", "changed"), (planned, "ours")]).unwrap_err();
        assert!(matches!(said, WriteError::InTheWay { .. }), "{foreign}: {said}");
        assert_eq!(site.public(), before, "{foreign}");
        assert_eq!(site.build(FIRST).unwrap().written, 0, "{foreign}");
    }
    let site = Site::new();
    site.build(FIRST).unwrap();
    site.file("public/robots.txt", "the same");
    site.build(&[("robots.txt", "the same")]).unwrap();
}

#[cfg(unix)]
#[test]
fn no_link_in_the_folder_is_followed() {
    let site = Site::new();
    site.build(FIRST).unwrap();
    site.file("elsewhere/board/2021-09-07/index.html", "not ours");
    let relink = || {
        fs::remove_dir_all(site.path("public/minutes")).unwrap();
        symlink(site.path("elsewhere"), site.path("public/minutes")).unwrap();
    };
    relink();
    assert!(matches!(site.build(FIRST), Err(WriteError::InTheWay { .. })));
    assert_eq!(site.build(&[("index.html", "home")]).unwrap().foreign, ["minutes".into()]);
    assert!(site.path("elsewhere/board/2021-09-07/index.html").exists(), "a removal does not follow a link");

    fs::remove_file(site.path("public/minutes")).unwrap();
    site.build(FIRST).unwrap();
    site.kill(&[("minutes/2021/index.html", "changed")], 0);
    relink();
    assert!(matches!(site.build(FIRST), Err(WriteError::Halfway(_))));
    assert!(!site.path("elsewhere/2021").exists());
    assert!(site.path("elsewhere/board/2021-09-07/index.html").exists());
}

#[cfg(unix)]
#[test]
fn folders_in_which_files_could_be_lost_are_refused() {
    let site = Site::new();
    for part in ["content/pages", "themes/own", "src", ".git", "public"] {
        fs::create_dir_all(site.path(part)).unwrap();
    }
    symlink("content", site.path("link")).unwrap();
    symlink("nowhere", site.path("dangling")).unwrap();
    site.file("file", "");
    let open = |out: &Path| Public::open(out, site.0.path()).map(|_| ());
    let reserved = [
        "",
        ".",
        "..",
        "content",
        "content/pages",
        "content/new",
        "link/new",
        "public/../content",
        "themes",
        "themes/own",
    ];
    for out in reserved.into_iter().chain(["src", "src/x", ".git", "nowhere/../../"]) {
        let said = open(&site.path(out));
        assert!(matches!(said, Err(WriteError::Reserved { .. })), "{out}: {said:?}");
    }
    assert!(matches!(open(Path::new("/")), Err(WriteError::Reserved { .. })));
    let home = std::env::home_dir().unwrap();
    assert!(matches!(open(&home), Err(WriteError::Reserved { .. })));
    assert!(matches!(open(&site.path("file")), Err(WriteError::NotAFolder { .. })));
    assert!(matches!(open(&site.path("file/x")), Err(WriteError::NotAFolder { .. })));
    assert!(matches!(open(&site.path("dangling")), Err(WriteError::LinkToNothing { .. })));
    assert!(!site.path("content/new").exists());
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_of_its_own_is_followed() {
    let site = Site::new();
    fs::create_dir(site.path("www")).unwrap();
    symlink("www", site.path("public")).unwrap();
    site.build(FIRST).unwrap();
    assert!(site.path("www/index.html").exists() && site.path("public").is_symlink());
}

#[test]
fn a_missing_parent_is_made() {
    let site = Site::new();
    let public = Public::open(&site.path("a/b/public"), site.0.path()).unwrap();
    public.put(&route("index.html"), &Output::Bytes(b"home".to_vec())).unwrap();
    public.finish(&Ledger::default()).unwrap();
    assert!(site.path("a/b/public/index.html").exists());
    drop(Public::open(&site.path("c/d/public"), site.0.path()).unwrap());
    assert!(!site.path("c").exists());
}

#[test]
fn one_build_at_a_time() {
    let site = Site::new();
    let first = site.put(FIRST).unwrap();
    let said = site.open().err().unwrap();
    assert!(said.to_string().contains(&format!("(process {})", std::process::id())), "{said}");
    let root = site.0.path().to_owned();
    let second = std::thread::spawn(move || {
        Public::open_within(&root.join("public"), &root, Duration::from_secs(600)).map(|public| public.recorded.len())
    });
    // The second has most likely looked in vain by then. Where it has not, it has less to wait for, and must do the same.
    std::thread::sleep(Duration::from_millis(120));
    first.finish(&Ledger::default()).unwrap();
    assert_eq!(second.join().unwrap().unwrap(), FIRST.len(), "the second sees what the first has done");
    assert!(!site.path("public/.folkmoot-lock").exists());
    // A lock file whose owner was killed holds nobody up.
    site.file("public/.folkmoot-lock", "process 1");
    site.build(FIRST).unwrap();
}

#[test]
fn copies_are_compared_by_their_bytes() {
    let site = Site::new();
    let text = "x".repeat(40_000);
    site.file("content/plan.pdf", &text);
    let copy = |text: &str| Output::Copy {
        from: "content/plan.pdf".into(),
        length: text.len() as u64,
        hash: xxhash_rust::xxh3::xxh3_128(text.as_bytes()),
    };
    let build = |output: &Output| {
        let public = site.open()?;
        public.put(&route("files/plan.pdf"), output)?;
        public.finish(&Ledger::default()).map(|summary| (summary.written, summary.bytes))
    };
    assert_eq!(build(&copy(&text)).unwrap(), (1, 40_000));
    assert_eq!(build(&copy(&text)).unwrap(), (0, 0));
    site.file("public/files/plan.pdf", &text.replacen('x', "y", 1));
    assert_eq!(build(&copy(&text)).unwrap(), (1, 40_000));
    assert_eq!(fs::read_to_string(site.path("public/files/plan.pdf")).unwrap(), text);
    for seen in ["an earlier text", &text.replacen('x', "y", 1), &format!("{text}{text}")] {
        assert!(matches!(build(&copy(seen)), Err(WriteError::Changed { .. })));
    }
    fs::rename(site.path("content/plan.pdf"), site.path("content/gone.pdf")).unwrap();
    assert!(matches!(build(&copy("another")), Err(WriteError::Changed { .. })));
    assert_eq!(fs::read_to_string(site.path("public/files/plan.pdf")).unwrap(), text);
}

#[cfg(all(unix, not(feature = "portable")))]
#[test]
fn modes_are_fixed() {
    let site = Site::new();
    site.build(FIRST).unwrap();
    for (path, mode) in [("", 0o755), ("minutes/board", 0o755), ("index.html", 0o644), (".folkmoot", 0o644)] {
        let found = fs::metadata(site.path("public").join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(found, mode, "{path}: {found:o}");
    }
}

#[test]
fn a_broken_record_is_refused() {
    for record in ["", "{}", r#"{"about":"","files":["../../etc/passwd"]}"#] {
        let site = Site::new();
        site.build(FIRST).unwrap();
        site.file("public/.folkmoot", record);
        assert!(matches!(site.build(SECOND), Err(WriteError::BrokenRecord { .. })), "{record}");
        assert_eq!(site.public(), files(FIRST));
    }
    for journal in ["", r#"[{"remove":"../x"}]"#, r#"[{"move":["/etc/passwd","x"]}]"#] {
        let site = Site::new();
        site.build(FIRST).unwrap();
        site.file("public/.folkmoot-stage/journal", journal);
        assert!(matches!(site.build(SECOND), Err(WriteError::BrokenRecord { .. })), "{journal}");
    }
}

#[test]
fn many_threads_may_put() {
    let site = Site::new();
    let public = site.open().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let public = &public;
            scope.spawn(move || {
                for page in 0..50 {
                    let path = format!("minutes/{}/{thread}-{page}/index.html", page % 3);
                    public.put(&route(&path), &Output::Bytes(path.clone().into_bytes())).unwrap();
                }
            });
        }
    });
    assert_eq!(public.finish(&Ledger::default()).unwrap().written, 200);
    assert!(site.public().iter().all(|(path, text)| path == text));
}

#[test]
#[should_panic(expected = "two routes have the path")]
fn two_routes_of_one_path_are_our_bug() {
    let site = Site::new();
    site.build(&[("index.html", "")]).unwrap();
    let _ = site.build(&[("index.html", "a"), ("index.html", "b")]);
}

#[test]
#[should_panic(expected = "outside the public folder")]
fn a_route_that_leads_out_is_our_bug() {
    let _ = Site::new().build(&[("../index.html", "")]);
}
