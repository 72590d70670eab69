//! Does every address that was published lead to the same words, whatever becomes of the files?
//!
//! Input: small sites, published and then changed. Output: nothing. Not here: how a publication is written to disk (`publishing.rs`).

use std::collections::{BTreeMap, BTreeSet};

use folkmoot::assemble;

use crate::memory::{Built, build, options, sources};
use crate::page::Page;

type Files = BTreeMap<String, Vec<u8>>;

const BOARD: &str = "content/minutes/board/2026-03-12.md";

const MINUTES: &str = "\
## 7. Lighting in Harbour Street

7.11 The Chair welcomed the residents of Harbour Street, who had come to hear what was planned.

7.12 The Head of Highways reported that forty lamps had been broken since January, and that the contractor was late.

7.13 Members asked that the contractor be held to the dates of the contract, and that residents be told of them.

## 8. Budget

8.1 The budget for the coming year was received, and its reserves were thought to be too small.
";

fn site() -> Files {
    let page =
        "# About us\n\nWe are the partnership of the harbour towns, and we meet four times a year in the town hall.\n";
    [
        (BOARD, MINUTES),
        ("content/pages/about.md", page),
        ("content/site.toml", "base_url = \"https://www.example.org\"\n"),
    ]
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .into()
}

/// The same files with what a publication records of them.
fn published(files: &Files) -> Files {
    let sources = sources(files.clone());
    let recorded = folkmoot::publication(&sources, &assemble(&sources, &options())).files("live", (1, "0".into()));
    let mut files: Files =
        files.clone().into_iter().filter(|(path, _)| !path.starts_with("content/addresses/")).collect();
    files.extend(recorded.into_iter().map(|(path, text)| (path, text.into_bytes())));
    files
}

fn built(files: &Files) -> Built {
    build(&sources(files.clone()), &options())
}

fn said(built: &Built, code: &str) -> Vec<String> {
    built.diagnostics.iter().filter(|said| said.code == code).map(|said| said.title.to_string()).collect()
}

fn change(files: &mut Files, path: &str, old: &str, new: &str) {
    let text = String::from_utf8(files[path].clone()).expect("it is text");
    assert!(text.contains(old), "{old}");
    files.insert(path.into(), text.replace(old, new).into_bytes());
}

fn rename(files: &mut Files, old: &str, new: &str) {
    let bytes = files.remove(old).expect("it is there");
    files.insert(new.into(), bytes);
}

fn page(built: &Built, path: &str) -> String {
    String::from_utf8_lossy(built.outputs.get(path).unwrap_or_else(|| panic!("{path} is there"))).into_owned()
}

/// What every recorded address leads to: the file that answers, or none.
fn broken(before: &Files, after: &Built) -> Vec<String> {
    let mut broken = Vec::new();
    for text in before.iter().filter(|(path, _)| path.starts_with("content/addresses/")).map(|(_, text)| text) {
        let mut ids = None;
        let is_of_page = |line: &&str| !line.starts_with("#") && !line.starts_with("release ");
        for line in String::from_utf8_lossy(text).lines().filter(is_of_page) {
            let name = line.trim_start().split(' ').next().unwrap_or_default();
            if line.starts_with('\t') {
                if !ids.as_ref().is_some_and(|ids: &BTreeSet<String>| ids.contains(name)) {
                    broken.push(format!("#{name}"));
                }
                continue;
            }
            // Feeds and data come and go with what is in them.
            if !name.ends_with('/') && line.split(' ').count() == 1 {
                continue;
            }
            let path = name.trim_start_matches('/');
            let path =
                if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
            let Some(bytes) = after.outputs.get(&path) else {
                broken.push(name.to_owned());
                ids = None;
                continue;
            };
            ids = Some(Page::read(&String::from_utf8_lossy(bytes)).ids);
        }
    }
    broken
}

#[test]
fn what_is_recorded_holds_no_word_and_is_there() {
    let files = published(&site());
    let ledger: String = files
        .iter()
        .filter(|(path, _)| path.starts_with("content/addresses/"))
        .map(|(path, text)| format!("{path}\n{}", String::from_utf8_lossy(text)))
        .collect();
    assert!(ledger.contains("content/addresses/minutes/board/2026.txt") && ledger.contains("\tpara-7.13 "), "{ledger}");
    for word in ["Harbour", "contractor", "partnership", "Lighting"] {
        assert!(!ledger.to_lowercase().contains(&word.to_lowercase()), "{word} in {ledger}");
    }
    let built = built(&files);
    assert_eq!(broken(&files, &built), [""; 0]);
    for code in ["lost-address", "lost-place", "moved-address", "unclear-addresses"] {
        assert_eq!(said(&built, code), [""; 0]);
    }
    // Published again, nothing of it changes.
    assert!(published(&files) == files);
}

#[test]
fn a_page_that_was_renamed_and_edited_is_found_with_all_its_places() {
    let mut files = published(&site());
    rename(&mut files, BOARD, "content/minutes/partnership-board/2026-03-12.md");
    change(&mut files, "content/minutes/partnership-board/2026-03-12.md", "forty lamps", "forty-two lamps");
    rename(&mut files, "content/pages/about.md", "content/pages/who-we-are.md");
    let after = built(&files);
    assert_eq!(broken(&files, &after), [""; 0]);
    // The list of the body has the name of its folder, and leads on too.
    let list = String::from_utf8_lossy(&after.outputs["minutes/board/index.html"]).into_owned();
    assert!(list.contains("href=\"/minutes/partnership-board/\""), "{list}");
    assert_eq!(said(&after, "moved-address").len(), 2, "{:?}", after.diagnostics);
    let old = page(&after, "minutes/board/2026-03-12/index.html");
    assert!(
        old.contains("<a id=\"para-7.12\" href=\"/minutes/partnership-board/2026-03-12/#para-7.12\">")
            && !old.contains("http-equiv=\"refresh\""),
        "{old}"
    );
    // Published there, and moved once more: the oldest address leads to the newest.
    let mut files = published(&files);
    assert_eq!(said(&built(&files), "moved-address").len(), 0);
    rename(&mut files, "content/minutes/partnership-board/2026-03-12.md", "content/minutes/main-board/2026-03-12.md");
    let after = built(&files);
    assert_eq!(broken(&files, &after), [""; 0]);
    for old in ["board", "partnership-board"] {
        let old = page(&after, &format!("minutes/{old}/2026-03-12/index.html"));
        assert!(old.contains("/minutes/main-board/2026-03-12/#para-7.13"), "{old}");
    }
    // And back where it was: no circle.
    let mut files = published(&files);
    rename(&mut files, "content/minutes/main-board/2026-03-12.md", BOARD);
    let after = built(&files);
    assert_eq!((broken(&files, &after), said(&after, "lost-address")), (vec![], vec![]));
}

#[test]
fn a_paragraph_that_got_another_number_is_found() {
    let mut files = published(&site());
    change(&mut files, BOARD, "7.13 Members asked that the contractor", "7.14 Members asked that the contractor");
    change(
        &mut files,
        BOARD,
        "contractor was late.\n",
        "contractor was late.\n\n7.15 A resident thanked the officers.\n",
    );
    let after = built(&files);
    assert_eq!(broken(&files, &after), [""; 0]);
    assert_eq!(said(&after, "moved-address"), ["The place #para-7.13 of this page is #para-7.14 now"]);
    let text = page(&after, "minutes/board/2026-03-12/index.html");
    assert!(text.contains("id=\"para-7.14\"><span id=\"para-7.13\"></span>"), "{text}");
    // A link of somebody's own to the old place lands, too.
    files.insert("content/pages/a.md".into(), b"# A\n\n[There](../minutes/board/2026-03-12.md#para-7.13)\n".to_vec());
    assert_eq!(said(&built(&files), "broken-link"), [""; 0]);
    // And once it is published so, nobody is told of it again, and it holds.
    let files = published(&files);
    let after = built(&files);
    assert_eq!(broken(&files, &after), [""; 0]);
}

#[test]
fn what_is_found_nowhere_is_said_with_the_ways_out() {
    let files = published(&site());
    let mut gone = files.clone();
    change(
        &mut gone,
        BOARD,
        "7.13 Members asked that the contractor be held to the dates of the contract, and that residents be told of them.\n",
        "",
    );
    gone.remove("content/pages/about.md");
    let after = built(&gone);
    assert_eq!(
        said(&after, "lost-place"),
        ["A place of this page that was published is not there any more: #para-7.13"]
    );
    assert_eq!(said(&after, "lost-address"), ["The page /about/ was published and is not there any more"]);
    // An alias, the old number at the right paragraph, a page that says that it was taken back.
    change(&mut gone, BOARD, "contractor was late.", "contractor was late. {was=7.13}");
    gone.insert("content/pages/b.md".into(), b"---\ntitle: B\naliases: [/about/]\n---\n\nB.\n".to_vec());
    let after = built(&gone);
    assert_eq!((said(&after, "lost-place"), said(&after, "lost-address")), (vec![], vec![]), "{:?}", after.diagnostics);
    assert_eq!(
        broken(&files, &after)
            .into_iter()
            .filter(|place| !place.starts_with("#p-") && !place.starts_with("#h-"))
            .collect::<Vec<_>>(),
        [""; 0]
    );
    let mut taken_back = files.clone();
    taken_back.insert(
        "content/pages/about.md".into(),
        b"---\ntitle: About us\nwithdrawn: {on: 2026-05-01, reason: out of date}\n---\n".to_vec(),
    );
    assert_eq!(said(&built(&taken_back), "lost-place"), [""; 0]);
}

#[test]
fn what_is_held_back_needs_no_word_and_is_recorded_no_more() {
    let files = published(&site());
    for (old, new) in [
        ("## 7. Lighting", "---\ndraft: true\n---\n\n## 7. Lighting"),
        ("## 8. Budget", "## 8. Budget {.exempt paragraphs=3}"),
    ] {
        let mut held = files.clone();
        change(&mut held, BOARD, old, new);
        let after = built(&held);
        assert_eq!((said(&after, "lost-place"), said(&after, "lost-address")), (vec![], vec![]));
        let recorded: String = published(&held)
            .iter()
            .filter(|(path, _)| path.starts_with("content/addresses/"))
            .map(|(_, text)| String::from_utf8_lossy(text).into_owned())
            .collect();
        assert!(!recorded.contains("para-8.1"), "{recorded}");
        assert_eq!(recorded.contains("/minutes/board/2026-03-12/"), new.starts_with("##"));
    }
    // Also when it is renamed on the way.
    let mut held = files;
    change(&mut held, BOARD, "## 7. Lighting", "---\ndraft: true\n---\n\n## 7. Lighting");
    rename(&mut held, BOARD, "content/minutes/board/2026-03-12-draft.md");
    assert_eq!(said(&built(&held), "lost-address"), [""; 0]);
}

#[test]
fn minutes_that_nobody_has_agreed_may_change_and_lose_no_address() {
    let mut files = site();
    change(&mut files, BOARD, "## 7. Lighting", "---\nstatus: unconfirmed\n---\n\n## 7. Lighting");
    let mut files = published(&files);
    change(
        &mut files,
        BOARD,
        "7.13 Members asked that the contractor be held to the dates of the contract, and that residents be told of them.\n",
        "",
    );
    let after = built(&files);
    assert_eq!((broken(&files, &after), said(&after, "lost-place")), (vec![], vec![]));
    assert_eq!(said(&after, "moved-address"), ["The place #para-7.13 of this page is #para-7.12 now"]);
}

#[test]
fn damage_and_circles_are_said() {
    let mut files = site();
    files.insert("content/addresses/minutes/board/2026.txt".into(), b"<<<<<<< mine\n/a/ > /b/\n/b/ > /a/\n".to_vec());
    let after = built(&files);
    assert_eq!(said(&after, "unclear-addresses").len(), 1);
    let circles = said(&after, "lost-address");
    assert!(circles.iter().all(|said| said.contains("/a/, /b/")) && !circles.is_empty(), "{circles:?}");
}

#[test]
fn a_file_that_was_renamed_is_found_under_each_of_its_names() {
    let mut files = site();
    files.insert("content/pages/files/plan.pdf".into(), b"%PDF-1.4 the plan of the harbour".to_vec());
    change(&mut files, "content/pages/about.md", "\n\nWe are", "\n\nRead [the plan](files/plan.pdf).\n\nWe are");
    let mut files = published(&files);
    let mut names = vec!["plan.pdf".to_owned()];
    for name in ["plan-2026.pdf", "the-plan.pdf"] {
        let last = names.last().expect("it has a name").clone();
        rename(&mut files, &format!("content/pages/files/{last}"), &format!("content/pages/files/{name}"));
        change(&mut files, "content/pages/about.md", &format!("files/{last}"), &format!("files/{name}"));
        names.push(name.to_owned());
        let after = built(&files);
        assert_eq!((broken(&files, &after), said(&after, "lost-address")), (vec![], vec![]));
        let bytes = |name: &String| after.outputs.get(&format!("pages/files/{name}"));
        assert!(names.iter().all(|one| bytes(one).is_some() && bytes(one) == bytes(&names[0])), "{names:?}");
        assert!(page(&after, "_redirects").contains("/pages/files/plan.pdf "), "servers lead on");
        files = published(&files);
    }
    // What takes its place under the last name takes it under all of them.
    files.insert("content/pages/files/the-plan.pdf".into(), b"%PDF-1.4 another plan of the harbour".to_vec());
    let after = built(&files);
    assert_eq!((broken(&files, &after), said(&after, "lost-address")), (vec![], vec![]));
    // Gone, it is named, under all of its names.
    files.remove("content/pages/files/the-plan.pdf");
    change(&mut files, "content/pages/about.md", "[the plan](files/the-plan.pdf)", "the plan");
    assert_eq!(said(&built(&files), "lost-address").len(), 3);
}
