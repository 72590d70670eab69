//! Does a publication put the new website online whole, keep what it should, and record what it promised?
//!
//! Input: small sites in real folders, published by the real program. Output: nothing. Not here: which addresses last (`lasting.rs`).

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::commands::Site;

const SETTINGS: &str = "base_url = \"https://www.example.org\"\n\n[publish.live]\nfolder = \"www\"\nkeep = 3\n";

const BOARD: &str = "content/minutes/board/2026-03-12.md";

const MINUTES: &str = "## 7. Lighting\n\n7.12 The Head of Highways reported that forty lamps had been broken since January.\n\n\
                       7.13 Members asked that the contractor be held to the dates of the contract.\n";

fn site() -> Site {
    Site::with(&[
        ("content/site.toml", SETTINGS),
        (BOARD, MINUTES),
        ("content/pages/about.md", "# About\n\nWe meet in the hall.\n"),
    ])
}

fn online(site: &Site, path: &str) -> String {
    fs::read_to_string(site.path("www/current").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn what_is_published_is_whole_recorded_and_can_be_checked_by_anybody() {
    let site = site();
    let asked = site.run(&["publish"]);
    assert!(asked.code == 2 && asked.words.contains("--yes") && !site.path("www").exists(), "{}", asked.words);
    let shown = site.run(&["publish", "--dry-run"]);
    assert!(shown.code == 0 && shown.words.contains("first publication: 2 pages"), "{}", shown.words);
    assert!(!site.path("www").exists() && !site.path("content/addresses").exists());

    let first = site.run(&["publish", "--yes"]);
    assert_eq!(first.code, 0, "{}", first.words);
    assert!(online(&site, "minutes/board/2026-03-12/index.html").contains("id=\"para-7.13\""));
    let recorded = fs::read_to_string(site.path("content/addresses/minutes/board/2026.txt")).expect("it is recorded");
    assert!(recorded.contains("\tpara-7.13 ") && !recorded.contains("contractor"), "{recorded}");
    assert_eq!(site.run(&["verify", "www/current"]).code, 0);
    // Nothing has changed: no release, and nothing is recorded anew.
    let again = site.run(&["publish", "--yes"]);
    assert!(again.code == 0 && again.words.contains("online already"), "{}", again.words);
    assert!(!site.path("www/000002").exists());

    site.change("content/pages/about.md", "# About\n\nWe meet in the new hall.\n");
    let second = site.run(&["publish", "--yes"]);
    assert!(second.code == 0 && second.words.contains("/about/ (About)"), "{}", second.words);
    let release = online(&site, "release.txt");
    assert!(release.starts_with("# Folkmoot release 1\n# number: 2\n"), "{release}");
    assert!(online(&site, "about/index.html").contains("new hall"));
    // What did not change is the same file on disk.
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let links = |path: &str| fs::metadata(site.path("www/current").join(path)).expect("it is there").nlink();
        assert!(links("minutes/board/2026-03-12/index.html") == 2 && links("about/index.html") == 1);
    }
    // Somebody who has another program comes to the same.
    #[cfg(target_os = "linux")]
    {
        let folder = site.path("www/current");
        let check = ["--check", "--quiet", "--strict", "release.txt"];
        let said = std::process::Command::new("sha256sum").current_dir(folder).args(check).output().expect("it runs");
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    }
    site.change("www/current/about/index.html", "Somebody was here.");
    let verified = site.run(&["verify", "www/current"]);
    assert!(verified.code == 1 && verified.words.contains("Changed: about/index.html"), "{}", verified.words);
}

#[test]
fn a_release_goes_back_unless_it_says_what_is_withheld_now() {
    let site = site();
    let secret = "The owners would take four million pounds for the land behind the depot, and no less than that.";
    site.change("content/pages/depot.md", &format!("# Depot\n\n{secret}\n"));
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    site.change("content/pages/about.md", "# About\n\nWe meet in the new hall.\n");
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    let back = site.run(&["publish", "--back", "--yes"]);
    assert!(back.code == 0 && online(&site, "about/index.html").contains("the hall"), "{}", back.words);
    let list = site.run(&["publish", "--list"]);
    // What is online again is a release of its own, so that it is known what was online when.
    assert!(list.words.lines().any(|line| line.contains("     3  ") && line.ends_with("online")), "{}", list.words);
    assert!(online(&site, "release.txt").starts_with("# Folkmoot release 1\n# number: 3\n"));
    site.change("content/pages/depot.md", &format!("---\ndraft: true\n---\n\n# Depot\n\n{secret}\n"));
    let fourth = site.run(&["publish", "--yes"]);
    assert!(fourth.code == 0 && site.path("www/000004").is_dir(), "{}", fourth.words);
    assert!(!site.path("www/current/depot/index.html").exists());
    for number in ["2", "3"] {
        let back = site.run(&["publish", "--back", number, "--yes"]);
        assert!(back.code == 1 && back.words.contains("withheld now"), "{}", back.words);
    }
    assert!(!site.path("www/current/depot/index.html").exists());
    assert_eq!(site.run(&["publish", "--back", "9", "--yes"]).code, 2);
}

#[test]
fn only_as_many_releases_are_kept_as_were_asked_for() {
    let site = site();
    for round in 1..=5 {
        site.change("content/pages/about.md", &format!("# About\n\nRound {round}.\n"));
        assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    }
    let there = |number: u32| site.path("www").join(format!("{number:06}")).exists();
    assert_eq!([1, 2, 3, 4, 5].map(there), [false, false, true, true, true]);
    // What the others were is known, and each release vouches for the one before it.
    let verified = site.run(&["verify", "www"]);
    assert!(verified.code == 0 && verified.words.matches("not kept").count() == 2, "{}", verified.words);
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let on = site.run(&["verify", "www", "--on", &today]);
    assert!(on.code == 0 && on.words.lines().last().is_some_and(|line| line.contains("until now")), "{}", on.words);
    assert_eq!(site.run(&["verify", "www", "--on", "2001-01-01"]).code, 1);
    assert_eq!(site.run(&["verify", "www/current", "--on", &today]).code, 2);
    // Somebody rewrites what was online, and the checksums with it.
    let page = site.path("www/000003/about/index.html");
    fs::remove_file(&page).expect("it is there");
    fs::write(&page, "Something else.").expect("it can be written");
    assert_eq!(site.run(&["verify", "www"]).code, 1);
    let text = fs::read_to_string(site.path("www/000003/release.txt")).expect("it is there");
    let old = text.lines().find(|line| line.ends_with("  about/index.html")).expect("it is there");
    let new = "2b4b4c0b2f3d4f4f4c0cbf5ea52e8df8b5e0c4a4ffef9bd6d2a6f2ad4fb5a0f1  about/index.html";
    fs::write(site.path("www/000003/release.txt"), text.replace(old, new)).expect("it can be written");
    let forged = site.run(&["verify", "www"]);
    assert!(forged.code == 1 && forged.words.contains("not the one that it names"), "{}", forged.words);
}

#[test]
fn an_address_that_would_be_lost_stops_a_publication() {
    let site = site();
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    fs::remove_file(site.path("content/pages/about.md")).expect("it is there");
    let stopped = site.run(&["publish", "--yes"]);
    assert!(stopped.code == 1 && stopped.words.contains("1 address would be lost"), "{}", stopped.words);
    assert!(online(&site, "about/index.html").contains("hall"));
    site.change("content/pages/where.md", "---\ntitle: Where\naliases: [/about/]\n---\n\nIn the hall.\n");
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    assert!(online(&site, "about/index.html").contains("href=\"/where/\""));
    // A file that was renamed needs nothing.
    fs::rename(site.path(BOARD), site.path("content/minutes/board/2026-03-13.md")).expect("it is there");
    let moved = site.run(&["publish", "--yes"]);
    assert!(moved.code == 0 && moved.words.contains("is /minutes/board/2026-03-13/ now"), "{}", moved.words);
    assert!(online(&site, "minutes/board/2026-03-12/index.html").contains("/minutes/board/2026-03-13/#para-7.13"));
}

#[test]
fn somebody_elses_folder_and_what_holds_the_site_are_left_alone() {
    let site = site();
    fs::create_dir(site.path("www")).expect("a folder");
    fs::write(site.path("www/photo.jpg"), "a photograph").expect("a file");
    let refused = site.run(&["publish", "--yes"]);
    assert!(refused.code == 2 && refused.words.contains("did not put there"), "{}", refused.words);
    assert_eq!(fs::read_dir(site.path("www")).expect("it is there").count(), 1);
    for folder in [".", "content", "content/new", "public", "themes/x", ".."] {
        site.change("content/site.toml", &SETTINGS.replace("\"www\"", &format!("\"{folder}\"")));
        let refused = site.run(&["publish", "--yes"]);
        assert_eq!(refused.code, 2, "{folder}: {}", refused.words);
    }
    site.change("content/site.toml", "title = \"A\"\n");
    let none = site.run(&["publish", "--yes"]);
    assert!(none.code == 2 && none.words.contains("[publish.live]"), "{}", none.words);
}

#[test]
fn an_archive_and_a_plain_folder_hold_the_same_and_are_the_same_again() {
    let site = site();
    site.change(
        "content/site.toml",
        "[publish.zip]\nzip = \"site.zip\"\n[publish.flat]\nfolder = \"flat\"\nreleases = false\n",
    );
    assert_eq!(site.run(&["publish", "zip", "--yes"]).code, 0);
    assert_eq!(site.run(&["publish", "flat", "--yes"]).code, 0);
    assert_eq!(site.run(&["verify", "flat"]).code, 0);
    let archive = fs::read(site.path("site.zip")).expect("it is there");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).expect("it is an archive");
    let names = (0..archive.len())
        .map(|at| archive.by_index(at).expect("it is whole").name().expect("it is text").into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    let mut flat: Vec<String> = site
        .files("flat")
        .keys()
        .map(|path| path.to_string_lossy().into_owned())
        .filter(|path| !path.starts_with(".folkmoot"))
        .collect();
    flat.sort();
    assert_eq!(names, flat);
    for target in ["zip", "flat"] {
        let again = site.run(&["publish", target, "--yes"]);
        assert!(again.code == 0 && again.words.contains("online already"), "{}", again.words);
    }
    fs::write(site.path("site.zip"), "no archive").expect("it can be written");
    assert_eq!(site.run(&["publish", "zip", "--yes"]).code, 3);
}

#[test]
fn what_a_stopped_publication_left_is_taken_away_and_the_next_one_is_whole() {
    let site = site();
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    // As it is when the program is killed while it copies, and when it is killed before it turns the link.
    fs::create_dir_all(site.path("www/.making-000002/about")).expect("a folder");
    fs::write(site.path("www/.making-000002/about/index.html"), "half").expect("a file");
    site.change("content/pages/about.md", "# About\n\nWe meet in the new hall.\n");
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    assert!(!site.path("www/.making-000002").exists() && online(&site, "about/index.html").contains("new hall"));
    std::fs::remove_file(site.path("www/current")).expect("it is there");
    #[cfg(unix)]
    std::os::unix::fs::symlink("000001", site.path("www/current")).expect("a link");
    let again = site.run(&["publish", "--yes"]);
    assert!(again.code == 0 && online(&site, "about/index.html").contains("new hall"), "{}", again.words);
    assert_eq!(site.run(&["verify", "www/current"]).code, 0);
}

#[test]
fn a_reader_meets_the_old_release_or_the_new_one() {
    let site = site();
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    let (stop, folder) = (AtomicBool::new(false), site.path("www/current"));
    let read = |path: &Path| fs::read_to_string(path);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut seen = 0;
            while !stop.load(Ordering::Relaxed) {
                let page = read(&folder.join("about/index.html")).expect("the page is there at any time");
                assert!(page.ends_with("</html>\n"), "it is whole");
                seen += 1;
            }
            seen
        });
        // Whatever happens here, the reader ends.
        let publish = || {
            (0..12).all(|round| {
                site.change("content/pages/about.md", &format!("# About\n\nRound {round}.\n"));
                site.run(&["publish", "--yes"]).code == 0
            })
        };
        let published = publish();
        stop.store(true, Ordering::Relaxed);
        assert!(published);
        assert!(reader.join().expect("no reader met a gap") > 12);
    });
}

/// What git says in a folder; the test runs where the sources came from git.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let run = std::process::Command::new("git").current_dir(folder).args(arguments).output().expect("there is a git");
    assert!(run.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).into_owned()
}

#[test]
fn a_branch_gets_one_commit_and_nobodys_files_are_touched() {
    let site = site();
    site.change("content/site.toml", "[publish.pages]\ngit = \"gh-pages\"\n");
    let outside = site.run(&["publish", "--yes"]);
    assert!(outside.code == 3 && outside.words.contains("Git could not publish"), "{}", outside.words);
    let root = site.path(".");
    git(&root, &["init", "--quiet"]);
    git(&root, &["init", "--quiet", "--bare", "host.git"]);
    git(&root, &["remote", "add", "origin", "host.git"]);
    fs::write(site.path(".gitignore"), "public\nhost.git\n.folkmoot-cache\n*.html\n").expect("it can be written");
    git(&root, &["add", "content/pages/about.md"]);
    let staged = git(&root, &["status", "--porcelain"]);
    let published = site.run(&["publish", "--yes"]);
    assert_eq!(published.code, 0, "{}", published.words);
    let page = git(&site.path("host.git"), &["show", "gh-pages:about/index.html"]);
    assert!(page.contains("hall"), "{page}");
    let release = git(&site.path("host.git"), &["show", "gh-pages:release.txt"]);
    assert!(release.starts_with("# Folkmoot release 1\n# number: 1\n"), "{release}");
    // What was staged is staged, and only what was recorded is new.
    let now = git(&root, &["status", "--porcelain"]);
    assert!(staged.lines().all(|line| now.contains(line.trim_start_matches('?').trim())), "{staged}{now}");
    let again = site.run(&["publish", "--yes"]);
    assert!(again.code == 0 && again.words.contains("online already"), "{}", again.words);
    site.change("content/pages/about.md", "# About\n\nWe meet in the new hall.\n");
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    assert_eq!(git(&site.path("host.git"), &["rev-list", "--count", "gh-pages"]).trim(), "2");
    // A host that cannot be reached changes nothing.
    git(&root, &["remote", "set-url", "origin", "nowhere.git"]);
    site.change("content/pages/about.md", "# About\n\nWe meet elsewhere.\n");
    let refused = site.run(&["publish", "--yes"]);
    assert!(refused.code == 3 && refused.words.contains("online still"), "{}", refused.words);
    assert_eq!(git(&root, &["rev-list", "--count", "gh-pages"]).trim(), "2");
}

#[test]
fn what_is_erased_is_in_no_release_and_its_checksums_are_known() {
    let site = site();
    let secret = "The owners would take four million pounds for the land behind the depot.";
    site.change("content/pages/depot.md", &format!("# Depot\n\n{secret}\n"));
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    let known = online(&site, "release.txt");
    site.change("content/pages/about.md", "# About\n\nWe meet in the new hall.\n");
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    // What is online has to be put right first.
    let early = site.run(&["erase", "/depot/", "--yes"]);
    assert!(early.code == 1 && early.words.contains("withhold"), "{}", early.words);
    site.change("content/pages/depot.md", "# Depot\n\nThe land behind the depot belongs to others.\n");
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    assert_eq!(site.run(&["erase", "/depot/"]).code, 2, "nobody is there to be asked");
    let erased = site.run(&["erase", "https://www.example.org/depot/", "--yes"]);
    assert!(erased.code == 0 && erased.words.contains("2 releases (2, 1)"), "{}", erased.words);
    for (path, bytes) in site.files("www") {
        assert!(!String::from_utf8_lossy(&bytes).contains("four million"), "{}", path.display());
    }
    assert!(!site.path(".folkmoot-cache").exists());
    assert_eq!(site.run(&["publish", "--back", "--yes"]).code, 2);
    assert_eq!(site.run(&["publish", "--back", "1", "--yes"]).code, 2);
    let sum = known.lines().find(|line| line.ends_with("  depot/index.html")).expect("it was there");
    let history = fs::read_to_string(site.path("www/history.txt")).expect("it is written down");
    assert!(history.contains(sum), "{history}");
    let again = site.run(&["erase", "/depot/", "--yes"]);
    assert_eq!(again.code, 1, "{}", again.words);
}

#[test]
fn somebody_elses_publication_is_not_overwritten_unawares() {
    let site = site();
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    let recorded = |name: &str| site.path("content/addresses").join(name);
    let mine = fs::read_to_string(recorded("releases.txt")).expect("it is recorded");
    assert!(mine.contains("\nrelease live 1 "), "{mine}");
    site.change("content/pages/about.md", "# About\n\nWe meet in the new hall.\n");
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    // As in a copy that was made before that.
    fs::write(recorded("releases.txt"), &mine).expect("it can be written");
    site.change("content/pages/about.md", "# About\n\nWe meet in the old hall.\n");
    let refused = site.run(&["publish", "--yes"]);
    assert!(refused.code == 1 && refused.words.contains("--replace"), "{}", refused.words);
    assert!(online(&site, "about/index.html").contains("new hall"));
    let replaced = site.run(&["publish", "--yes", "--replace"]);
    assert!(replaced.code == 0 && online(&site, "about/index.html").contains("old hall"), "{}", replaced.words);
}

#[test]
fn pages_do_not_go_in_numbers_unless_it_is_said_how_many() {
    let site = site();
    let page = |number: usize| format!("content/pages/page-{number}.md");
    for number in 0..14 {
        site.change(&page(number), &format!("# Page {number}\n\nText of page {number}.\n"));
    }
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    // As in a copy without what was recorded, and without half of the texts.
    for folder in ["content/addresses", "public", ".folkmoot-cache"] {
        fs::remove_dir_all(site.path(folder)).expect("it is there");
    }
    for number in 0..12 {
        fs::remove_file(site.path(&page(number))).expect("it is there");
    }
    let stopped = site.run(&["publish", "--yes"]);
    assert!(stopped.code == 1 && stopped.words.contains("--remove 12"), "{}", stopped.words);
    assert!(site.path("www/current/page-0/index.html").exists());
    assert_eq!(site.run(&["publish", "--yes", "--remove", "12"]).code, 0);
    assert!(!site.path("www/current/page-0/index.html").exists());
    // What is held back on purpose needs no second word.
    for number in 12..14 {
        site.change(&page(number), "---\ndraft: true\n---\n\n# A page\n\nA text.\n");
    }
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
}

/// Says that the last publication to `live` would come out the same only before this instant.
fn was_due(site: &Site, until: &str) {
    let path = site.path(".folkmoot-cache/published-live.json");
    let mut known: serde_json::Value =
        serde_json::from_slice(&fs::read(&path).expect("it is kept")).expect("it can be read");
    known["until"] = until.into();
    fs::write(&path, known.to_string()).expect("it can be written");
}

#[test]
fn a_scheduler_publishes_what_is_due_and_no_texts_that_nobody_called_ready() {
    let site = site();
    let unknown = site.run(&["publish", "--due"]);
    assert!(unknown.code == 2 && unknown.words.contains("Nothing is known"), "{}", unknown.words);
    site.change("content/pages/later.md", "---\npublish_at: 2999-12-01 09:00\n---\n\n# Later\n\nThe new hall opens.\n");
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    let early = site.run(&["publish", "--due"]);
    assert!(early.code == 0 && early.words.contains("Nothing is due before"), "{}", early.words);
    let next = site.run(&["publish", "--due"]);
    assert!(next.code == 0 && next.words.contains("last asked at"), "{}", next.words);
    // The instant has passed, and nobody has changed a text.
    was_due(&site, "2001-01-01T00:00:00Z");
    let due = site.run(&["publish", "--due"]);
    assert!(due.code == 0 && due.words.contains("ago") && due.words.contains("online already"), "{}", due.words);
    was_due(&site, "2001-01-01T00:00:00Z");
    site.change("content/pages/about.md", "# About\n\nWe meet in the ha\n");
    let unready = site.run(&["publish", "--due"]);
    assert!(unready.code == 1 && unready.words.contains("texts have changed"), "{}", unready.words);
    assert!(online(&site, "about/index.html").contains("the hall"));
    assert_eq!(site.run(&["publish", "--due", "--yes"]).code, 0);
    assert!(online(&site, "about/index.html").contains("the ha<"));
}

#[test]
fn what_waits_for_its_time_is_nowhere_before_it() {
    let site = site();
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    let before = (site.files("www"), site.files("content/addresses"), site.files("public"));
    for wrong in ["yesterday", "2001-01-01", "2026-02-30 09:00"] {
        assert_eq!(site.run(&["publish", "--yes", "--at", wrong]).code, 2, "{wrong}");
    }
    let secret = "The new hall opens, and the old one is given to the school.";
    let at = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(4);
    site.change("content/pages/later.md", &format!("---\npublish_at: {at}\n---\n\n# Later\n\n{secret}\n"));
    std::thread::scope(|scope| {
        let published = scope.spawn(|| site.run(&["publish", "--yes", "--at", &at.to_string()]));
        while jiff::Timestamp::now() + jiff::SignedDuration::from_millis(200) < at {
            assert!(before == (site.files("www"), site.files("content/addresses"), site.files("public")));
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        let published = published.join().expect("it ends");
        assert!(published.code == 0 && published.words.contains("goes online at"), "{}", published.words);
    });
    assert!(online(&site, "later/index.html").contains(secret));
    assert!(site.files("content/addresses").values().any(|text| String::from_utf8_lossy(text).contains("/later/")));
}

/// Serves a folder as a web server does, one request after the other, as long as the program runs; gives its address.
fn served(folder: std::path::PathBuf) -> String {
    use std::io::{BufRead as _, BufReader, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = format!("http://{}", listener.local_addr().expect("it listens"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("somebody asks");
            let mut first = String::new();
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
            while let Some(line) = lines.next().filter(|line| !line.is_empty()) {
                first = if first.is_empty() { line } else { first };
            }
            let path = first.split(' ').nth(1).unwrap_or_default().trim_start_matches('/').to_owned();
            let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
            let found = fs::read(folder.join(&path)).ok().filter(|_| !path.starts_with(['.', '_']));
            let status = if found.is_some() { "200 OK" } else { "404 Not Found" };
            let body = found.unwrap_or_default();
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
        }
    });
    address
}

#[test]
fn a_website_is_compared_as_readers_get_it() {
    let site = site();
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    let address = served(site.path("www/current"));
    let right = site.run(&["verify", &address]);
    assert!(right.code == 0 && right.words.contains("Release 1 of"), "{}", right.words);
    fs::remove_file(site.path("www/current/about/index.html")).expect("it is there");
    fs::write(site.path("www/current/about/index.html"), "Somebody was here.").expect("it can be written");
    fs::remove_file(site.path("www/current/feed.xml")).expect("it is there");
    let wrong = site.run(&["verify", &format!("{address}/")]);
    assert!(
        wrong.code == 1 && wrong.words.contains("Changed: about/index.html\nMissing: feed.xml\n"),
        "{}",
        wrong.words
    );
    fs::remove_file(site.path("www/current/release.txt")).expect("it is there");
    assert_eq!(site.run(&["verify", &address]).code, 2);
    let nobody = site.run(&["verify", "http://127.0.0.1:1"]);
    assert!(nobody.code == 3 && nobody.words.contains("does not answer"), "{}", nobody.words);
}

#[test]
fn settings_that_cannot_be_read_are_named_and_not_taken_for_settings_without_a_target() {
    let site = site();
    for (settings, said) in [
        (format!("title = \"The Board\n{SETTINGS}"), "content/site.toml, line 1"),
        (SETTINGS.replace("keep = 3", "zip = \"www.zip\""), "one of `folder`, `zip`, `git` and `s3`"),
        (SETTINGS.replace("publish.live", "publish.\"../live\""), "is no name of a target"),
    ] {
        site.change("content/site.toml", &settings);
        for command in [&["publish", "--yes"][..], &["erase", "/about/", "--yes"]] {
            let run = site.run(command);
            assert!(run.code == 2 && run.words.contains(said), "{command:?}: {}", run.words);
            assert!(!run.words.contains("does not say where"), "{command:?}: {}", run.words);
        }
    }
    assert!(!site.path("www").exists());
}

#[test]
fn a_digest_says_what_changed_by_what_people_follow_and_nothing_that_is_withheld() {
    let site = Site::with(&[
        ("content/site.toml", SETTINGS),
        ("content/areas/saltmere.md", "# Saltmere\n"),
        ("content/news/2026-03-01-fair.md", "---\nplace: Saltmere\n---\n# The fair\n"),
        ("content/news/2026-03-02-bins.md", "# The bins\n"),
    ]);
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    let none = site.run(&["digest", "www", "--since", "1", "--out", "none"]);
    assert!(none.code == 0 && none.words.contains("Nothing changed") && !site.path("none").exists(), "{}", none.words);

    site.change(
        "content/news/2026-03-01-fair.md",
        "---\nplace: Saltmere\nchanges: [{on: 2026-03-05, note: Moved}]\n---\n# The fair\n",
    );
    site.change("content/news/2026-03-04-lamp.md", "---\nplace: Saltmere\n---\n# A lamp & a <light>\n");
    site.change("content/news/2026-03-04-plan.md", "---\nplace: Saltmere\ndraft: true\n---\n# Zyxwvut\n");
    assert_eq!(site.run(&["publish", "--yes"]).code, 0);
    let made = site.run(&["digest", "www", "--since", "1"]);
    assert_eq!(made.code, 0, "{}", made.words);
    let file = |name: &str| {
        fs::read_to_string(site.path("digest").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let area = file("by/areas/saltmere.txt");
    assert!(
        area.contains("* The fair\n  Changed: News, 5 March 2026\n")
            && area.contains("* A lamp & a <light>\n  New: News"),
        "{area}"
    );
    assert!(!area.contains("The bins"), "{area}");
    assert!(file("by/areas/saltmere.html").contains("A lamp &amp; a &lt;light&gt;</a>"));
    let json: serde_json::Value = serde_json::from_str(&file("digest.json")).expect("it is JSON");
    assert_eq!((&json["since"]["number"], &json["until"]["number"]), (&1.into(), &2.into()));
    let paths: Vec<&str> =
        json["followed"].as_array().expect("a list").iter().filter_map(|one| one["path"].as_str()).collect();
    assert_eq!(paths, ["", "areas/saltmere", "news"]);
    for name in ["digest.html", "digest.txt", "digest.json", "by/news.txt"] {
        assert!(!file(name).contains("Zyxwvut"), "{name}");
    }
    // What an older digest said is not overwritten, and what is no website is named.
    assert_eq!(site.run(&["digest", "www", "--since", "1"]).code, 2);
    assert_eq!(site.run(&["digest", "content", "--since", "www/current", "--out", "other"]).code, 2);
    let day = site.run(&["digest", "www", "--since", "1999-01-01", "--out", "other"]);
    assert!(day.code == 2 && day.words.contains("1999-01-01"), "{}", day.words);
}
