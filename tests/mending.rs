//! `folkmoot check` in real folders: what `--fix` shows, changes and leaves, and what programs are told.
//!
//! Each test makes a folder that is gone afterwards. Which messages offer a change is asked in `sites.rs`, where a case shows it
//! as `change: …`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde_json::Value as Json;

use crate::commands::Site;

const MINUTES: &str = "content/minutes/board/2021-09-07.md";
const KEPT: &str = "content/_before-fix/minutes/board/2021-09-07.md";

/// Minutes with two mistakes that can be mended, after a byte-order mark and with the line ends of Windows.
const MISTAKEN: &str = "\u{feff}---\r\ntitle: Minutes\r\nsumary: What was decided.\r\n---\r\nThe plan, “café”, was endorsed. \
                        {.resolutoin outcome=endorsed}\r\n\r\nIt was noted. {outcome=noted}\r\n";

fn mended() -> String {
    MISTAKEN.replace("sumary", "summary").replace("resolutoin", "resolution")
}

fn text(site: &Site, path: &str) -> String {
    fs::read_to_string(site.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn without_a_file_changes_are_only_shown() {
    let site = Site::with(&[(MINUTES, MISTAKEN)]);
    let before = site.files(".");
    let ran = site.run(&["check", "--fix"]);
    let expected = "\
Minutes of 7 September 2021  (content/minutes/board/2021-09-07.md)

`sumary` is not a field here  [unknown-field]
- 3  sumary: What was decided.
+ 3  summary: What was decided.

“.resolutoin” is not the name of anything that can be recorded  [unknown-record]
- 5  The plan, “café”, was endorsed. {.resolutoin outcome=endorsed}
+ 5  The plan, “café”, was endorsed. {.resolution outcome=endorsed}

2 changes can be made in 1 file. Nothing was written.
To make them, type:
  folkmoot check --fix content/minutes/board/2021-09-07.md
";
    assert_eq!((ran.code, ran.words.as_str()), (0, expected));
    assert_eq!(site.files("."), before);
}

#[test]
fn a_file_that_was_asked_for_is_changed_kept_and_then_left_alone() {
    let other = "---\ntitel: News\n---\nText.\n";
    let site = Site::with(&[(MINUTES, MISTAKEN), ("content/pages/a.md", other)]);
    let ran = site.run(&["check", "--fix", MINUTES]);
    assert_eq!(ran.code, 0, "{}", ran.words);
    assert!(ran.words.contains(&format!("Changed. The file as it was: {KEPT}\n")), "{}", ran.words);
    assert_eq!(text(&site, MINUTES), mended(), "mark, line ends and everything else are as they were");
    assert_eq!(text(&site, KEPT), MISTAKEN);
    assert_eq!(text(&site, "content/pages/a.md"), other, "nobody asked for it");

    let before = site.files(".");
    let again = site.run(&["check", "--fix", MINUTES]);
    assert!(again.words.contains("nothing was written"), "{}", again.words);
    assert_eq!((again.code, site.files(".")), (0, before), "{}", again.words);

    let check = site.run(&["check"]);
    assert!(!check.words.contains("sumary") && !check.words.contains("_before-fix"), "{}", check.words);
    site.run(&["check", "--fix", "--all"]);
    assert_eq!(text(&site, "content/pages/a.md"), "---\ntitle: News\n---\nText.\n");
}

#[test]
fn only_what_was_asked_for_is_mended() {
    let site = Site::with(&[(MINUTES, MISTAKEN)]);
    let ran = site.run(&["check", "--fix", "content/minutes", "--only", "unknown-record"]);
    assert_eq!(ran.code, 0, "{}", ran.words);
    assert_eq!(text(&site, MINUTES), MISTAKEN.replace("resolutoin", "resolution"));
    for (arguments, words) in [
        (&["check", "--fix", "content/minutes/b.md"][..], "`content/minutes/b.md` is no text of this site."),
        (&["check", "--only", "unknown-recrd"], "Is `folkmoot check --only unknown-record` meant?"),
        (&["check", "--fix", "--format", "json"], "cannot be used with"),
    ] {
        let ran = site.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}\n{}", ran.words);
        assert!(ran.words.contains(words), "{arguments:?}\n{}", ran.words);
    }
}

#[test]
fn a_change_that_would_say_something_else_is_refused_and_the_others_are_made() {
    let site = Site::with(&[("content/pages/a.md", "---\ntitle: “A”\nsumary: One.\nsummary: Two.\n---\nText.\n")]);
    let ran = site.run(&["check", "--fix", "content/pages/a.md"]);
    assert_eq!(ran.code, 1, "{}", ran.words);
    let words = ran.words.split_whitespace().collect::<Vec<_>>().join(" ");
    let why = "Not changed, line 3: `sumary` is not a field here [unknown-field]. Afterwards `summary` would say something else.";
    assert!(words.contains(why) && words.contains("1 change made in 1 file. 1 change could not be made"), "{words}");
    assert_eq!(text(&site, "content/pages/a.md"), "---\ntitle: \"A\"\nsumary: One.\nsummary: Two.\n---\nText.\n");

    // The one that is there already counts; a second one after it would be a new mistake.
    site.change("content/pages/a.md", "---\nsummary: Two.\nsumary: One.\n---\nText.\n");
    let ran = site.run(&["check", "--fix", "content/pages/a.md"]);
    let words = ran.words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("Afterwards something else would be wrong: `summary` stands twice [duplicate-field]."),
        "{words}"
    );
    assert_eq!(ran.code, 1, "{words}");
}

#[test]
fn what_is_not_utf_8_is_left_and_said() {
    let site = Site::with(&[("content/pages/b.md", "---\ntitel: B\n---\nText.\n")]);
    let utf_16: Vec<u8> =
        [0xFEFF].into_iter().chain("---\ntitel: A\n---\nText.\n".encode_utf16()).flat_map(u16::to_le_bytes).collect();
    fs::write(site.path("content/pages/a.md"), &utf_16).expect("it can be written");
    let ran = site.run(&["check", "--fix", "content/pages"]);
    assert_eq!(ran.code, 1, "{}", ran.words);
    assert!(ran.words.contains("Not changed: The file is saved as UTF-16."), "{}", ran.words);
    assert_eq!(fs::read(site.path("content/pages/a.md")).expect("it is there"), utf_16);
    assert_eq!(text(&site, "content/pages/b.md"), "---\ntitle: B\n---\nText.\n");
}

#[test]
fn a_thousand_notes_of_one_kind_are_one_line() {
    // Whose meetings they are has a page, or another note would say so.
    let board = "---\ntype: board\npurpose: P.\nsummary: S.\nowner: me\n---\n";
    let mut files = vec![("content/bodies/board.md".to_owned(), board.to_owned())];
    files.extend(
        (0..1000).map(|number| {
            (format!("content/minutes/board/{}.md", day(number)), "# M\n\nText.\n\n#### Deep\n".to_owned())
        }),
    );
    let site = Site::with(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>());
    let ran = site.run(&["check"]);
    let line = "Note: A heading skips a level: 1,000 times in 1,000 documents, first in content/minutes/board/2021-01-01.md, \
                line 5, column 6. `folkmoot check --only heading-level` shows them all.";
    let words = ran.words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(line) && ran.words.matches("Note:").count() == 1, "{}", ran.words);
    assert!(ran.words.lines().count() < 60, "{}", ran.words);
    for all in [&["check", "--all"][..], &["check", "--only", "heading-level"]] {
        let ran = site.run(all);
        let shown = ran.words.matches("Note:").count() + ran.words.matches("The same:").count();
        assert_eq!(shown, 1000, "{all:?}");
    }
}

/// One of 1,000 days.
fn day(number: usize) -> String {
    format!("{}-{:02}-{:02}", 2021 + number / 336, number % 336 / 28 + 1, number % 28 + 1)
}

/// Minutes in which a decision and two actions are only likely: a whole paragraph, words in a line, an item of a list.
const LIKELY: &str = "# Meeting\n\nSam Hale was chosen to speak for the mill.\n\nThey talked. **Ola Reed** should write to the mill by 3 May \
                      2026. It rained.\n\n- It goes ahead as planned: the clean-up of the pond.\n\n7\\. Roof\n\nIt leaks.\n";

#[test]
fn what_is_only_likely_is_a_record_once_it_is_marked() {
    let site = Site::with(&[(MINUTES, LIKELY)]);
    let ran = site.run(&["check", "--fix", MINUTES, "--only", "likely-decision", "--only", "likely-action"]);
    assert_eq!(ran.code, 0, "{}", ran.words);
    let marked = LIKELY
        .replace("for the mill.", "for the mill. {.resolution}")
        .replace(
            "**Ola Reed** should write to the mill by 3 May 2026.",
            "[**Ola Reed** should write to the mill by 3 May 2026.]{.action by=\"Ola Reed\" due=\"3 May 2026\"}",
        )
        .replace("of the pond.", "of the pond. {.resolution}");
    assert_eq!(text(&site, MINUTES), marked, "{}", ran.words);
    let again = site.run(&["check", "--fix", MINUTES, "--only", "likely-decision", "--only", "likely-action"]);
    assert!(again.words.contains("nothing was written"), "{}", again.words);
    let said = site.run(&["check", "--all"]).words;
    assert!(!said.contains("reads like"), "{said}");
    assert_eq!(site.run(&["build"]).code, 0);
    let decisions = text(&site, "public/data/resolutions.csv");
    assert!(decisions.contains("was chosen") && decisions.contains("clean-up"), "{decisions}");
    let actions = text(&site, "public/data/actions.csv");
    assert!(actions.contains("Ola Reed") && actions.contains("2026-05-03"), "{actions}");
}

#[test]
fn hundreds_of_old_minutes_get_one_line_for_each_kind_of_note() {
    let files: Vec<(String, String)> =
        (0..300).map(|number| (format!("content/minutes/board/{}.md", day(number)), LIKELY.to_owned())).collect();
    let site = Site::with(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>());
    let words = site.run(&["check"]).words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words.matches("Note: Words read like a decision").count(), 1, "{words}");
    assert_eq!(words.matches("Note: Words read like something").count(), 1, "{words}");
}

#[test]
fn programs_are_told_all_in_one_document() {
    let site = Site::with(&[(MINUTES, MISTAKEN), ("content/pages/a, b.md", "# A\n\n#### Deep\n\n[x](nowhere.md)\n")]);
    let ran = site.run(&["check", "--format", "json"]);
    assert_eq!(ran.code, 1, "{}", ran.words);
    let json: Json = serde_json::from_str(&ran.words).unwrap_or_else(|error| panic!("{error}\n{}", ran.words));
    assert_eq!((&json["version"], &json["program"]["name"]), (&1.into(), &"folkmoot".into()));
    let messages = json["messages"].as_array().expect("a list");
    let one = |code: &str| messages.iter().find(|message| message["code"] == code).expect("it is said");
    let record = one("unknown-record");
    assert_eq!(record["path"], MINUTES);
    assert_eq!((&record["start"]["line"], &record["start"]["column"]), (&5.into(), &35.into()));
    assert_eq!((&record["end"]["line"], &record["end"]["column"]), (&5.into(), &45.into()));
    assert_eq!(record["change"][0]["with"], "resolution");
    assert_eq!(record["change"][0]["start"], record["start"]);
    assert_eq!((&one("heading-level")["level"], &one("heading-level")["change"]), (&"note".into(), &Json::Null));
    assert_eq!(one("missing-field")["start"], Json::Null);
    assert_eq!(site.run(&["check", "--format", "json"]).words, ran.words, "the same site gives the same document");
}

#[test]
fn sarif_has_a_rule_for_every_result_and_a_fix_for_every_change() {
    let site = Site::with(&[
        (&format!("site/{MINUTES}"), MISTAKEN),
        ("site/content/pages/a, b.md", "# A\n\n#### Deep\n\n[x](nowhere.md)\n"),
    ]);
    let ran = site.run(&["--root=site", "check", "--format", "sarif"]);
    let json: Json = serde_json::from_str(&ran.words).unwrap_or_else(|error| panic!("{error}\n{}", ran.words));
    assert_eq!((&json["version"], json["runs"].as_array().map(Vec::len)), (&"2.1.0".into(), Some(1)));
    let run = &json["runs"][0];
    let results = run["results"].as_array().expect("a list");
    let mut fixes = 0;
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("a number") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["text"].as_str().is_some_and(|text| !text.is_empty()), "{rule}");
        for location in result["locations"].as_array().expect("a list") {
            let uri = location["physicalLocation"]["artifactLocation"]["uri"].as_str();
            assert!(uri.is_none_or(|uri| uri.starts_with("site/content/") && !uri.contains([' ', ','])), "{uri:?}");
        }
        for fix in result["fixes"].as_array().into_iter().flatten() {
            fixes += 1;
            let change = &fix["artifactChanges"][0];
            assert_eq!(change["artifactLocation"], result["locations"][0]["physicalLocation"]["artifactLocation"]);
            let region = &change["replacements"][0]["deletedRegion"];
            assert_eq!(region, &result["locations"][0]["physicalLocation"]["region"]);
        }
    }
    assert_eq!(fixes, 2, "{}", ran.words);
    assert!(results.iter().any(|result| result["level"] == "note"), "{}", ran.words);
}

#[test]
fn github_is_told_one_line_a_message() {
    let site = Site::with(&[("content/pages/a.md", "# A\n\n#### Deep\n\n[x](nowhere.md)\n")]);
    let ran = site.run(&["check", "content", "--format", "github", "--only", "heading-level", "--only", "broken-link"]);
    let mut lines: Vec<&str> = ran.words.lines().collect();
    lines.sort_unstable();
    assert_eq!((ran.code, lines.len()), (1, 2), "{}", ran.words);
    assert!(lines[0].starts_with("::notice file=content/pages/a.md,line=3,col=6,endColumn=10,title="), "{}", lines[0]);
    assert!(lines[1].starts_with("::warning file=content/pages/a.md,line=5,col="), "{}", lines[1]);
    assert!(lines.iter().all(|line| line.contains("%0AFix: ")), "{}", ran.words);
}

#[test]
fn nothing_but_marks_changes_in_files_of_every_form() {
    let texts: [(&str, &str); 5] = [
        ("content/pages/empty-lines.md", "\n\n---\ntitel: A\n---\nText.\n"),
        ("content/pages/heading.md", "---\ntitel: Board\n---\n# Minutes\n\nText.\n"),
        ("content/pages/mac.md", "---\rtitle: “A”\rsumary: S.\r---\rText.\r"),
        ("content/pages/toml.md", "+++\ntitle = “A”\nsumary = \"S.\"\n+++\nText. {.resolutoin}\n"),
        ("content/pages/draft.md", "---\ntitel: A\ndraft: true\n---\nText.\n"),
    ];
    let site = Site::with(&texts);
    let before = texts_of(&site);
    let ran = site.run(&["check", "--fix", "--all"]);
    let after = texts_of(&site);
    for (path, text) in &before {
        let marks = |text: &str| {
            text.replace("titel", "title")
                .replace("sumary", "summary")
                .replace("resolutoin", "resolution")
                .replace(['“', '”'], "\"")
        };
        assert_eq!(marks(text), marks(&after[path]), "{path:?}\n{}", ran.words);
    }
    assert_ne!(before, after, "{}", ran.words);
    let again = site.run(&["check", "--fix", "--all"]);
    assert_eq!(texts_of(&site), after, "{}", again.words);
}

/// Every text of a site, but for those that are kept as they were.
fn texts_of(site: &Site) -> BTreeMap<PathBuf, String> {
    let files = site.files("content/pages").into_iter();
    files.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("it is text"))).collect()
}
