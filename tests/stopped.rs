//! Does a reader meet a whole website when a publication is killed, the disk is full or nothing can be written?
//!
//! Input: a small site, published by the real program, which is killed at points all over its run. Output: nothing. Not here: what a
//! publication does that is left alone (`publishing.rs`). `FOLKMOOT_LONG=1` kills a thousand.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use crate::commands::{Site, command};

/// A target, and the folder in which readers find it.
const WAYS: [(&str, &str); 2] = [("live", "www/current"), ("flat", "flat")];

const SETTINGS: &str = "\
base_url = \"https://www.example.org\"

[publish.live]
folder = \"www\"
keep = 3

[publish.flat]
folder = \"flat\"
releases = false
";

fn site() -> Site {
    Site::with(&[("content/site.toml", SETTINGS), ("content/pages/about.md", &about(0))])
}

fn about(round: usize) -> String {
    format!("# About\n\nRound {round}.\n")
}

/// The round of which the page speaks that a reader finds.
fn read(page: &Path) -> usize {
    let text = fs::read_to_string(page).expect("the page is there at any time");
    assert!(text.ends_with("</html>\n"), "it is whole");
    let after = text.split_once("<p>Round ").or_else(|| text.split_once(">Round ")).expect("it has its text").1;
    after.split_once('.').and_then(|(number, _)| number.parse().ok()).expect("it says its round")
}

#[test]
fn a_publication_that_is_killed_leaves_a_whole_website_and_the_next_one_completes_it() {
    let trials = if std::env::var_os("FOLKMOOT_LONG").is_some() { 500 } else { 12 };
    for (target, online) in WAYS {
        let site = site();
        let started = Instant::now();
        let first = site.run(&["publish", target, "--yes"]);
        assert_eq!(first.code, 0, "{}", first.words);
        let whole_run = started.elapsed();
        let (stop, page) = (AtomicBool::new(false), site.path(online).join("about/index.html"));
        std::thread::scope(|scope| {
            let reader = scope.spawn(|| {
                let mut last = 0;
                while !stop.load(Ordering::Relaxed) {
                    let round = read(&page);
                    assert!(round >= last, "no reader goes back from {last} to {round}");
                    last = round;
                }
            });
            let trial = |round: usize| {
                site.change("content/pages/about.md", &about(round));
                let mut child = command(&site.path("."), &["publish", target, "--yes"]).spawn().expect("it starts");
                // The points lie all over a run, the later ones closer, since what matters is done at its end.
                let part = (round * 61 % 100) as u32;
                std::thread::sleep(whole_run * (100 + part) / 200);
                child.kill().expect("it can be killed");
                child.wait().expect("it ends");
                // At any time there is a whole release where there are releases.
                online == "flat" || site.run(&["verify", online]).code == 0
            };
            let stood = (1..=trials)
                .all(|round| std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| trial(round))).unwrap_or(false));
            let last = site.run(&["publish", target, "--yes"]);
            stop.store(true, Ordering::Relaxed);
            reader.join().expect("no reader met a gap");
            assert!(stood, "{target}: a release was not whole");
            assert_eq!(last.code, 0, "{target}: {}", last.words);
        });
        assert_eq!(read(&page), trials, "{target}");
        let verified = site.run(&["verify", online]);
        assert_eq!(verified.code, 0, "{target}: {}", verified.words);
        let ours = |folder: &str| {
            let files = site.files(folder).into_iter();
            let is_ours =
                |path: &Path| !path.starts_with("release.txt") && !path.to_string_lossy().starts_with(".folkmoot");
            files.filter(|(path, _)| is_ours(path)).collect::<std::collections::BTreeMap<_, _>>()
        };
        assert!(ours("public") == ours(online), "{target}: what is online is what was built");
        let entries = fs::read_dir(site.path(online.split('/').next().unwrap_or_default())).expect("it is there");
        let names = entries.map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned());
        let left: Vec<String> = names.filter(|name| name.starts_with(".making")).collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

/// A folder in memory with so little room, where the machine lets us make one; it goes with what is dropped.
#[cfg(target_os = "linux")]
struct Small(std::path::PathBuf);

#[cfg(target_os = "linux")]
impl Small {
    fn mounted(at: &Path, size: &str) -> Option<Self> {
        fs::create_dir_all(at).expect("a folder");
        let options = format!("size={size},mode=755");
        let mut mount = std::process::Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &options, "none"]).arg(at).stderr(std::process::Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then(|| Self(at.to_owned()))
    }
}

#[cfg(target_os = "linux")]
impl Drop for Small {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[test]
#[cfg(target_os = "linux")]
#[expect(clippy::print_stderr, reason = "nothing is left out in silence")]
fn where_there_is_no_room_it_is_said_and_what_was_online_is() {
    for (target, online) in WAYS {
        let site = site();
        let folder = if target == "live" { "www" } else { "flat" };
        // Room for one website and a bit: what is new does not fit beside it.
        let Some(_small) = Small::mounted(&site.path(folder), "3m") else {
            eprintln!("Only an administrator may make a disk with little room: this was not tried.");
            return;
        };
        let first = site.run(&["publish", target, "--yes"]);
        assert_eq!(first.code, 0, "{target}: {}", first.words);
        fs::create_dir_all(site.path("content/files")).expect("a folder");
        fs::write(site.path("content/files/plan.txt"), "A line of the plan.\n".repeat(200_000))
            .expect("it can be written");
        site.change("content/pages/about.md", "# About\n\nRound 1. See the [plan](../files/plan.txt).\n");
        let full = site.run(&["publish", target, "--yes"]);
        assert!(full.code == 3 && full.words.contains("online still"), "{target}: {} {}", full.code, full.words);
        assert_eq!(read(&site.path(online).join("about/index.html")), 0, "{target}");
        assert_eq!(site.run(&["verify", online]).code, 0, "{target}");
        site.change("content/pages/about.md", &about(2));
        fs::remove_file(site.path("content/files/plan.txt")).expect("it is there");
        let mended = site.run(&["publish", target, "--yes"]);
        assert_eq!(mended.code, 0, "{target}: {}", mended.words);
        assert_eq!(read(&site.path(online).join("about/index.html")), 2, "{target}");
    }
}

#[test]
#[cfg(unix)]
#[expect(clippy::print_stderr, reason = "nothing is left out in silence")]
fn where_nothing_may_be_written_it_is_said_and_what_was_online_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let site = site();
    assert_eq!(site.run(&["publish", "live", "--yes"]).code, 0);
    let rights =
        |mode| fs::set_permissions(site.path("www"), fs::Permissions::from_mode(mode)).expect("they can be set");
    rights(0o555);
    if fs::write(site.path("www/try"), "").is_ok() {
        eprintln!("An administrator may write everywhere: this was not tried.");
        return;
    }
    site.change("content/pages/about.md", &about(1));
    let refused = site.run(&["publish", "live", "--yes"]);
    rights(0o755);
    assert!(refused.code == 3 && refused.words.contains("online still"), "{}", refused.words);
    assert_eq!(read(&site.path("www/current/about/index.html")), 0);
}
