//! Does a second build of the real program do what a first one would, and does it do next to nothing when nothing has changed?
//!
//! Input: small sites in real folders, and a cache that is whole, damaged, foreign or gone. Output: nothing. Not here: which
//! answers a cache may keep (`cached.rs`).

use std::fs;

use crate::commands::Site;

const CACHE: &str = ".folkmoot-cache";

/// What becomes of a file's bytes.
type Spoil<'test> = &'test dyn Fn(&[u8]) -> Vec<u8>;

/// What a run has said, without how long it took.
fn said(words: &str) -> String {
    words
        .lines()
        .filter(|line| !line.starts_with("It took") && !line.contains(" written, "))
        .collect::<Vec<_>>()
        .join("\n")
}

fn site() -> Site {
    let site = Site::made(3, 12);
    site.change("content/pages/later.md", "---\ntitle: Later\npublish_at: 2026-06-10 12:00\n---\n\nSaid later.\n");
    site.change("content/pages/a.md", "# A\n\n[Nowhere](b.md)\n");
    site
}

const AT: [&str; 3] = ["build", "--as-at", "2026-06-10 09:00"];

#[test]
fn a_build_of_what_did_not_change_says_the_same_and_writes_nothing() {
    let site = site();
    let first = site.run(&AT);
    assert_eq!(first.code, 0, "{}", first.words);
    let (files, times) = (site.files("public"), site.times("public"));
    let again = site.run(&AT);
    assert_eq!((again.code, said(&again.words)), (0, said(&first.words)));
    assert!(again.words.contains("\n0 files written, "), "{}", again.words);
    assert!(site.files("public") == files && site.times("public") == times);
    // Another hour of the same day is no other site; the hour at which something is published is.
    let later = site.run(&["build", "--as-at", "2026-06-10 11:59"]);
    assert!(later.words.contains("\n0 files written, "), "{}", later.words);
    let come = site.run(&["build", "--as-at", "2026-06-10 12:00"]);
    assert!(
        !come.words.contains("\n0 files written, ") && site.path("public/later/index.html").is_file(),
        "{}",
        come.words
    );
    let back = site.run(&AT);
    assert!(back.code == 0 && site.files("public") == files, "{}", back.words);
}

#[test]
fn a_build_of_what_did_not_change_forgets_nothing() {
    let site = site();
    assert_eq!(site.run(&AT).code, 0);
    let kept = site.files(CACHE);
    assert_eq!(site.run(&AT).code, 0);
    assert!(site.files(CACHE) == kept, "the next edit would cost a whole build");
}

#[test]
fn what_somebody_did_to_the_public_folder_is_put_right() {
    let site = site();
    assert_eq!(site.run(&AT).code, 0);
    let files = site.files("public");
    let page = site.path("public/a/index.html");
    let text = fs::read_to_string(&page).expect("it was made");
    for change in ["another length", "the same length", "gone"] {
        match change {
            "gone" => fs::remove_file(&page).expect("it is there"),
            "the same length" => fs::write(&page, text.replace("Nowhere", "Nohwere")).expect("it is there"),
            _ => fs::write(&page, "nothing").expect("it is there"),
        }
        let ran = site.run(&AT);
        assert!(ran.code == 0 && site.files("public") == files, "{change}\n{}", ran.words);
    }
}

#[test]
fn a_cache_that_is_damaged_or_gone_changes_nothing() {
    let site = site();
    let first = site.run(&AT);
    let files = site.files("public");
    let kept = site.files(CACHE);
    assert!(kept.keys().any(|name| name.to_string_lossy().starts_with("pack-")), "{:?}", kept.keys());
    let spoil: [(&str, Spoil<'_>); 4] = [
        ("a bit is another", &|bytes| {
            let mut bytes = bytes.to_vec();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 4;
            bytes
        }),
        ("half of it is there", &|bytes| bytes[..bytes.len() / 2].to_vec()),
        ("nothing is there", &|_| Vec::new()),
        ("somebody else wrote it", &|_| b"This is not a cache.".repeat(40)),
    ];
    for (what, spoil) in spoil {
        for name in kept.keys() {
            for (name, bytes) in &kept {
                fs::write(site.path(CACHE).join(name), bytes).expect("the folder is ours");
            }
            fs::write(site.path(CACHE).join(name), spoil(&kept[name])).expect("the folder is ours");
            let ran = site.run(&AT);
            assert_eq!((ran.code, said(&ran.words)), (0, said(&first.words)), "{what}: {}", name.display());
            assert!(site.files("public") == files, "{what}: {}", name.display());
        }
    }
    fs::remove_dir_all(site.path(CACHE)).expect("it is ours");
    fs::write(site.path(CACHE), "a file in its place").expect("there is room");
    let ran = site.run(&AT);
    assert_eq!((ran.code, said(&ran.words)), (0, said(&first.words)));
    assert!(site.files("public") == files);
}

#[test]
fn an_edit_changes_what_it_changes_and_nothing_else() {
    let (site, clean) = (site(), site());
    site.run(&AT);
    for (path, text) in [
        ("content/pages/a.md", "# A\n\nAnother paragraph.\n"),
        ("content/pages/b.md", "# B\n\nA page that is new.\n"),
        ("content/glossary.toml", "[[term]]\nterm = \"paragraph\"\nmeaning = \"A part of a text.\"\n"),
        ("content/pages/later.md", "---\ntitle: Later\ndraft: true\n---\n\nSaid later.\n"),
    ] {
        site.change(path, text);
        clean.change(path, text);
        let _ = fs::remove_dir_all(clean.path(CACHE));
        let (ran, expected) = (site.run(&AT), clean.run(&AT));
        assert_eq!((ran.code, said(&ran.words)), (expected.code, said(&expected.words)), "{path}");
        assert!(site.files("public") == clean.files("public"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn the_cache_holds_words_that_are_withheld_and_only_its_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    let site = site();
    site.change("content/pages/secret.md", "---\ndraft: true\n---\n\nThe owners would take four million.\n");
    assert_eq!(site.run(&AT).code, 0);
    let mode = |path: &str| fs::metadata(site.path(path)).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(CACHE), 0o700);
    for name in site.files(CACHE).keys() {
        assert_eq!(mode(&format!("{CACHE}/{}", name.display())), 0o600, "{}", name.display());
    }
    assert_eq!(fs::read_to_string(site.path(".folkmoot-cache/.gitignore")).expect("it is there"), "*\n");
    assert!(!site.files("public").keys().any(|path| path.to_string_lossy().contains("folkmoot-cache")));
}

#[test]
fn a_cache_does_not_grow_without_end() {
    let site = site();
    let size = || site.files(CACHE).values().map(Vec::len).sum::<usize>();
    site.run(&AT);
    let first = size();
    for number in 0..12 {
        site.change("content/site.toml", &format!("title = \"Number {number}\"\n"));
        assert_eq!(site.run(&AT).code, 0);
    }
    assert!(size() < first * 4, "{} bytes, and {first} after the first build", size());
}

#[test]
fn a_build_that_stops_keeps_what_it_has_read_and_leaves_nothing_lying() {
    let site = site();
    site.change("content/pages/doubt.md", "---\ndraft: perhaps\n---\nText.\n");
    for _ in 0..3 {
        assert_eq!(site.run(&AT).code, 1);
    }
    let packs = site.files(CACHE).keys().filter(|name| name.to_string_lossy().starts_with("pack-")).count();
    assert_eq!(packs, 1, "what the first build read is known to the others");
}

#[test]
fn a_build_can_be_verified_and_says_if_it_is_not_what_a_clean_one_makes() {
    let site = site();
    for _ in 0..2 {
        let ran = site.run(&["build", "--as-at", "2026-06-10 09:00", "--verify"]);
        assert_eq!(ran.code, 0, "{}", ran.words);
        site.change("content/pages/a.md", "# A\n\nAnother paragraph.\n");
    }
}

#[test]
fn it_is_said_what_a_page_was_made_from_and_what_made_it_anew() {
    let site = site();
    let asked = site.run(&["why", "/a/"]);
    assert!(asked.code == 1 && asked.words.contains("Nothing is kept"), "{}", asked.words);
    assert_eq!(site.run(&AT).code, 0);
    let asked = site.run(&["why", "/a/"]);
    assert_eq!(asked.code, 0, "{}", asked.words);
    for words in ["a/index.html was made from\n", "\n    pages/a\n", "nothing was known of it"] {
        assert!(asked.words.contains(words), "{words}\n{}", asked.words);
    }
    site.change("content/pages/a.md", "# Another title\n\nAnother paragraph.\n");
    assert_eq!(site.run(&AT).code, 0);
    for address in ["/a/", "a/index.html", "https://www.example.org/a/#top", "/a"] {
        let asked = site.run(&["why", address]);
        assert!(
            asked.words.contains("made anew because of") && asked.words.contains("what is said by pages/a\n"),
            "{}",
            asked.words
        );
    }
    let asked = site.run(&["why", "/nowhere/"]);
    assert!(asked.code == 1 && asked.words.contains("made no page at /nowhere/"), "{}", asked.words);
}
