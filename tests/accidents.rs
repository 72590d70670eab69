//! What goes wrong on the machines of an office: a folder that is not connected, a build that is stopped, a line without an
//! end. Nothing may go from a website by accident, and nothing may be left lying.
//!
//! Runs of the real program in real folders, as in `commands.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::commands::{Site, command};
use crate::generate;
use crate::memory::write;

/// A site with so many pages, each in a file of its own, and one more.
fn pages(count: usize) -> Site {
    let site = Site::with(&[("content/pages/a.md", "# A\n")]);
    for number in 0..count {
        site.change(&format!("content/news/2026-01-01-item-{number}.md"), &format!("# Item {number}\n\nText.\n"));
    }
    site
}

fn page(site: &Site, number: usize) -> bool {
    site.path(&format!("public/news/2026-01-01-item-{number}/index.html")).exists()
}

#[test]
fn a_folder_that_is_gone_takes_nothing_from_the_website_unless_that_is_said() {
    let site = pages(12);
    site.build();
    let before = site.files("public");
    fs::rename(site.path("content/news"), site.path("elsewhere")).expect("a folder can be moved");
    let ran = site.run(&["build"]);
    assert_eq!(ran.code, 1, "{}", ran.words);
    for words in
        ["[documents-gone]", "12 of the 13 documents", "/news/2026-01-01-item-7/", "folkmoot build --remove 12"]
    {
        assert!(ran.words.contains(words), "{words}\n{}", ran.words);
    }
    assert_eq!(site.run(&["build", "--remove", "11"]).code, 1, "more is gone than was said");
    assert!(site.files("public") == before, "something was taken");

    fs::rename(site.path("elsewhere"), site.path("content/news")).expect("a folder can be moved");
    site.build();
    assert!(site.files("public") == before, "all is there again");

    fs::remove_dir_all(site.path("content/news")).expect("a folder can be removed");
    let ran = site.run(&["build", "--remove", "12"]);
    assert_eq!((ran.code, page(&site, 7)), (0, false), "{}", ran.words);
    site.build();
}

#[test]
fn a_few_pages_go_without_a_word_and_all_pages_do_not() {
    let site = pages(20);
    site.build();
    for number in 0..10 {
        fs::remove_file(site.path(&format!("content/news/2026-01-01-item-{number}.md"))).expect("it is there");
    }
    site.build();
    assert!(!page(&site, 0) && page(&site, 10));

    let small = Site::with(&[("content/pages/a.md", "# A\n")]);
    small.build();
    fs::remove_file(small.path("content/pages/a.md")).expect("it is there");
    let ran = small.run(&["build"]);
    assert_eq!(ran.code, 1, "{}", ran.words);
    assert!(ran.words.contains("The only document") && small.path("public/a/index.html").exists(), "{}", ran.words);
    assert_eq!(small.run(&["build", "--remove=1"]).code, 0);
    assert!(!small.path("public/a/index.html").exists());
}

#[test]
fn what_can_no_longer_be_read_counts_as_gone_and_what_is_held_back_does_not() {
    let site = pages(12);
    site.build();
    // A synchroniser that ran out of room.
    for number in 0..12 {
        site.change(&format!("content/news/2026-01-01-item-{number}.md"), "");
    }
    let ran = site.run(&["build"]);
    assert!(ran.code == 1 && ran.words.contains("[documents-gone]"), "{}", ran.words);
    assert!(page(&site, 7));
    // One is held back and named, as always.
    for number in 1..12 {
        site.change(&format!("content/news/2026-01-01-item-{number}.md"), "# Item\n");
    }
    site.build();
    assert!(!page(&site, 0) && page(&site, 7));
    // What a person takes back goes at once: no second word may be needed for that.
    for number in 1..12 {
        site.change(&format!("content/news/2026-01-01-item-{number}.md"), "---\ndraft: true\n---\n# Item\n");
    }
    site.build();
    assert!(!page(&site, 7));
}

#[test]
fn what_was_made_is_remembered_by_checksums_of_what_is_public() {
    let draft = "---\ndraft: true\n---\nA secret.\n";
    let site = Site::with(&[("content/pages/A page.md", "# A\n"), ("content/pages/redundancies.md", draft)]);
    site.build();
    let record = fs::read_to_string(site.path("public/.folkmoot")).expect("it is there");
    assert!(record.contains("\"/a-page/\"") && !record.contains("A page") && !record.contains("redundan"), "{record}");
    let entries = record.matches("\"of\":").count();
    assert_eq!(entries, 1, "{record}");
}

/// A folder that no program can open, whoever runs it: its path is longer than a system allows.
#[cfg(unix)]
fn bury(site: &Site, folder: &str) -> PathBuf {
    let name = "a".repeat(200);
    let (mut deep, mut other) = (site.path("deep"), site.path("other"));
    for _ in 0..15 {
        deep.push(&name);
        other.push(&name);
    }
    fs::create_dir_all(&deep).expect("a folder can be made");
    fs::create_dir_all(&other).expect("a folder can be made");
    fs::rename(site.path("other"), deep.join("other")).expect("a folder can be moved");
    fs::rename(site.path("deep"), site.path(folder)).expect("a folder can be moved");
    site.path(folder)
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_stops_the_build_and_no_page_goes() {
    let site = pages(2);
    site.build();
    let before = site.files("public");
    fs::remove_file(site.path("content/news/2026-01-01-item-0.md")).expect("it is there");
    let buried = bury(&site, "content/news/buried");
    let ran = site.run(&["build"]);
    assert_eq!(ran.code, 1, "{}", ran.words);
    assert!(ran.words.contains("[unreadable-folder]") && ran.words.contains("content/news/buried"), "{}", ran.words);
    assert!(site.files("public") == before, "something was taken");
    assert_eq!(site.run(&["check"]).code, 1);
    fs::remove_dir_all(buried).expect("a folder can be removed");
    site.build();
    assert!(!page(&site, 0) && page(&site, 1));
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_folder_stops_the_build_and_no_page_goes() {
    let site = pages(2);
    site.build();
    let before = site.files("public");
    fs::rename(site.path("content/news"), site.path("elsewhere")).expect("a folder can be moved");
    for target in ["../elsewhere", "../not-connected", "/", "news"] {
        std::os::unix::fs::symlink(target, site.path("content/news")).expect("a link can be made");
        // Two pages of three are few, so that nothing but the link stops it.
        let ran = site.run(&["build"]);
        assert_eq!(ran.code, 1, "{target}\n{}", ran.words);
        let words = ran.words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(&format!("`content/news` is a link to `{target}`")), "{words}");
        assert!(ran.words.contains("[unreadable-folder]") && site.files("public") == before, "something was taken");
        fs::remove_file(site.path("content/news")).expect("a link can be removed");
    }
    fs::rename(site.path("elsewhere"), site.path("content/news")).expect("a folder can be moved");
    site.build();
    // A link that is the place of one file is a file that cannot be read: it is named, and the build goes on.
    std::os::unix::fs::symlink("nowhere", site.path("content/news/plan.pdf")).expect("a link can be made");
    site.build();
}

#[cfg(unix)]
#[test]
fn a_build_that_is_told_to_end_leaves_nothing_lying() {
    use std::process::{Command, Stdio};
    let after = Site::made(2, 40);
    after.build();
    let made = after.files("public");
    // `None`: when it is written down what will be put in place.
    for (signal, staged) in [("INT", Some(0)), ("TERM", Some(1)), ("INT", Some(40)), ("HUP", Some(90)), ("TERM", None)]
    {
        let site = Site::made(1, 40);
        site.build();
        let before = site.files(".");
        fs::remove_dir_all(site.path("content")).expect("the content can be removed");
        write(&site.path("."), &generate::site(2, 40).files);
        let mut child = command(&site.path("."), &["build", "--remove=1000"]).spawn().expect("the program starts");
        let stage = site.path("public/.folkmoot-stage");
        let is_moment = || match staged {
            Some(0) => site.path("public/.folkmoot-lock").exists(),
            Some(count) => count_files(&stage) >= count,
            None => stage.join("journal").exists(),
        };
        // It may have ended by itself, which is one more case that must be right.
        while !is_moment() && child.try_wait().expect("the program can be asked").is_none() {
            std::thread::yield_now();
        }
        let told = Command::new("kill").args(["-s", signal, &child.id().to_string()]).stderr(Stdio::null()).status();
        assert!(told.is_ok(), "there is a program `kill`");
        let code = child.wait().expect("the program ends").code();
        let public = site.files("public");
        let own = |path: &&PathBuf| path.starts_with(".folkmoot-stage") || path.starts_with(".folkmoot-lock");
        assert_eq!(public.keys().find(own), None, "{signal} at {staged:?}");
        assert!(!stage.exists(), "{signal} at {staged:?}: an empty stage");
        let old: BTreeMap<PathBuf, Vec<u8>> = before
            .iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix("public").ok()?.to_owned(), bytes.clone())))
            .collect();
        let is_new = public == made;
        assert!(is_new || public == old, "{signal} at {staged:?}: neither the old website nor the new one");
        assert_eq!(code, Some(if is_new { 0 } else { 130 }), "{signal} at {staged:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_first_build_that_is_told_to_end_leaves_no_folder() {
    use std::process::Command;
    let site = Site::made(4, 40);
    let mut child = command(&site.path("."), &["build"]).spawn().expect("the program starts");
    let stage = site.path("public/.folkmoot-stage");
    while count_files(&stage) == 0 && child.try_wait().expect("the program can be asked").is_none() {
        std::thread::yield_now();
    }
    let told = Command::new("kill").args(["-s", "INT", &child.id().to_string()]).status();
    assert!(told.is_ok(), "there is a program `kill`");
    let code = child.wait().expect("the program ends").code();
    assert_eq!(site.path("public").exists(), code == Some(0), "ended with {code:?}");
    site.build();
}

fn count_files(folder: &Path) -> usize {
    walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file()).count()
}

#[test]
fn no_message_prints_what_nobody_reads() {
    let endless = "word".repeat(25_000);
    let line = "[x](y.md) ".repeat(10_000);
    let site = Site::with(&[
        (
            "content/pages/title.md",
            &format!("---\ntitle: {endless}\ndate: {endless}\n{endless}: 1\n---\n[a]({endless})\n"),
        ),
        (
            "content/pages/heading.md",
            &format!("# {endless}\n\n[[{endless}]]\n\nRESOLVED {{.{endless} {endless}={endless}}}\n"),
        ),
        ("content/pages/line.md", &line),
        ("content/pages/table.md", &format!("![{endless}](x.csv)\n\n<{endless}>\n\n{{{{< {endless} >}}}}\n")),
        ("content/pages/x.csv", &format!("{endless},b\n\"{endless}\n")),
        (&format!("content/pages/{}.md", &endless[..240]), "# X\n\n[a](b.md)\n"),
        ("content/glossary.toml", &format!("[[term]]\nterm = \"{endless}\"\n[[{endless}]]\nx = 1\n")),
        ("content/statutes.toml", &format!("[[act]]\ntitle = \"{endless}\"\nurl = \"{endless}\"\n")),
        ("content/words.toml", &format!("{endless} = 1\n")),
        ("content/kinds/visit.toml", &format!("label = \"{endless}\"\n{endless} = 1\n")),
        ("content/site.toml", &format!("title = \"{endless}\"\n{endless} = \"{endless}\"\n")),
    ]);
    for (arguments, most) in [
        (&["build"][..], 200_000),
        (&["check"], 200_000),
        (&["check", "--format=github", "--only=broken-kind", "--only=unknown-setting", "--only=broken-config"], 30_000),
    ] {
        let ran = site.run(arguments);
        assert!(ran.words.contains("word"), "{}", ran.words);
        assert!(ran.words.len() < most, "folkmoot {arguments:?} printed {} bytes", ran.words.len());
        let longest = ran.words.lines().map(|line| line.chars().count()).max();
        assert!(longest < Some(5_000), "folkmoot {arguments:?} printed a line of {longest:?} letters");
    }
    let ran = site.run(&["check", "--format=json"]);
    for quoted in ran.words.lines() {
        assert!(quoted.chars().count() < 5_000, "a line of {} letters", quoted.chars().count());
    }
}

#[test]
fn one_long_text_does_not_stop_the_site_and_its_page_has_all_of_it() {
    let text = format!("# Long\n\n{}- the last\n", "- a\n".repeat(190_000));
    let site = Site::with(&[("content/pages/long.md", &text), ("content/pages/b.md", "# B\n")]);
    site.build();
    let page = fs::read_to_string(site.path("public/long/index.html")).expect("it is there");
    assert!(page.len() > 20_000_000, "the test needs a longer text: the page has {} bytes", page.len());
    assert!(page.contains("the last") && page.trim_end().ends_with("</html>"));
    assert!(site.path("public/b/index.html").exists());
}

#[test]
fn what_a_text_shows_of_others_is_counted_before_it_is_printed() {
    let table = format!("a,b\n{}", "1,2\n".repeat(490));
    let figures = "![Figures](x.csv)\n\n";
    let site = Site::with(&[
        ("content/pages/x.csv", &table),
        ("content/pages/tables.md", &format!("# Tables\n\n{}", figures.repeat(400))),
        ("content/pages/some.md", &format!("# Some\n\n{}", figures.repeat(50))),
        ("content/pages/quotes.md", &format!("# Quotes\n\n{}", "![[pages/some]]\n\n".repeat(10))),
        ("content/pages/more.md", &format!("# More\n\n{}", "![[pages/quotes]]\n\n".repeat(10))),
    ]);
    let ran = site.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.words);
    assert_eq!(ran.words.matches("[too-much-shown]").count(), 3, "{}", ran.words);
    for words in ["“x.csv” is too much", "“Some” is too much", "“Quotes” is too much", "content/pages/tables.md, line "]
    {
        assert!(ran.words.contains(words), "{words}\n{}", ran.words);
    }
    for (name, quotations) in [("tables", 0), ("some", 0), ("quotes", 2), ("more", 3)] {
        let page = fs::read_to_string(site.path(&format!("public/{name}/index.html"))).expect("it is there");
        assert!(page.len() < 9_000_000, "{name} has {} bytes", page.len());
        assert_eq!(page.matches("class=\"quotation\"").count(), quotations, "{name}");
    }
    let tables = fs::read_to_string(site.path("public/tables/index.html")).expect("it is there");
    let shown = tables.matches("<table").count();
    assert_eq!(shown + tables.matches(">Figures</a></p>").count(), 400, "{shown} are shown");
}
