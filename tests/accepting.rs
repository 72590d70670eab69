//! `folkmoot check --accept` in real folders: what it shows, what it writes down, and what is public afterwards.
//!
//! Each test makes a folder that is gone afterwards. What such a line opens and what not is asked in `sites.rs`
//! (`visibility/looked-at`), where a line goes among others in `src/parse/checked.rs`.

use std::fs;

use crate::commands::Site;

const CHECKED: &str = "content/checked.toml";
const SEVENTH: &str = "content/minutes/archive/1998-09-07.md";
const EIGHTH: &str = "content/minutes/archive/1998-10-08.md";

/// Minutes of an archive: two passages that their words hold back, in one of which is a file.
const OLD: &str = "# Meeting\n\n## 7. Private session\n\nRESOLVED: That the wombats be paid 5 pounds.\n\nSee [the bill](bill.txt).\n\n\
                   ## 8. Lights\n\n[EXEMPT] The numbats pay.\n\nThis was always public.\n";
const OLDER: &str = "# Meeting\n\n- (CONFIDENTIAL) The quolls pay.\n";
const DRAFT: &str = "---\ndraft: true\n---\n# Meeting\n\n[EXEMPT] The potoroos pay.\n";

fn archive() -> Site {
    Site::with(&[
        (SEVENTH, OLD),
        (EIGHTH, OLDER),
        ("content/minutes/archive/1998-11-09.md", DRAFT),
        ("content/minutes/archive/bill.txt", "Five pounds.\n"),
        (
            "content/resolutions/wombats.md",
            "---\nmade_at: minutes/archive/1998-09-07#item-7\n---\n# Wombats are paid\n",
        ),
        ("content/pages/new.md", "# New\n\n[EXEMPT] The bilbies pay.\n"),
    ])
}

/// Whether these words are in any file of the website.
fn says(site: &Site, words: &str) -> bool {
    site.files("public").values().any(|bytes| String::from_utf8_lossy(bytes).contains(words))
}

fn text(site: &Site, path: &str) -> String {
    fs::read_to_string(site.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn without_a_file_it_is_only_shown_what_would_become_public() {
    let site = archive();
    let before = site.files(".");
    let ran = site.run(&["check", "--accept"]);
    let expected = "\
Minutes of 7 September 1998  (content/minutes/archive/1998-09-07.md)

  lines 5–7  RESOLVED: That the wombats be paid 5 pounds. See [the …
  line 11    [EXEMPT] The numbats pay.

Minutes of 8 October 1998  (content/minutes/archive/1998-10-08.md)

  line 3  (CONFIDENTIAL) The quolls pay.

Minutes of 9 November 1998  (content/minutes/archive/1998-11-09.md)

Not accepted: This document is a draft, whatever its words say.

New  (content/pages/new.md)

  line 3  [EXEMPT] The bilbies pay.

These hang on them, and become public with them:
  content/resolutions/wombats.md
  content/minutes/archive/bill.txt

4 passages in 3 files can become public. 1 file cannot be accepted; why stands above.
Nothing was written.
If you have looked at these files, and all of them may be public, type:
  folkmoot check --accept content/minutes/archive/1998-09-07.md content/minutes/archive/1998-10-08.md content/pages/new.md
";
    assert_eq!((ran.code, ran.words.as_str()), (0, expected));
    assert_eq!(site.files("."), before);
}

#[test]
fn what_a_person_has_looked_at_is_public_until_it_is_changed_or_taken_back() {
    let site = archive();
    site.build();
    for words in ["wombats", "numbats", "quolls", "potoroos", "bilbies", "Five pounds"] {
        assert!(!says(&site, words), "{words}");
    }
    let ran = site.run(&["check", "--accept", "content/minutes/archive"]);
    assert_eq!(ran.code, 1, "one of them is a draft\n{}", ran.words);
    let words = ran.words.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in ["3 passages in 2 files will be public.", "To take it back, delete the line of the file there."] {
        assert!(words.contains(part), "{words}");
    }
    let lines = text(&site, CHECKED);
    let keys: Vec<&str> = lines.lines().filter_map(|line| line.strip_prefix('"')?.split('"').next()).collect();
    assert_eq!(keys, ["minutes/archive/1998-09-07.md", "minutes/archive/1998-10-08.md"]);
    assert_eq!((text(&site, SEVENTH).as_str(), text(&site, EIGHTH).as_str()), (OLD, OLDER), "no text is touched");

    site.build();
    for (words, public) in [("wombats be paid", true), ("numbats", true), ("quolls", true), ("Five pounds", true)] {
        assert_eq!(says(&site, words), public, "{words}");
    }
    assert!(!says(&site, "potoroos") && !says(&site, "bilbies"), "nobody has looked at these");
    let decisions = text(&site, "public/data/resolutions.csv");
    assert!(decisions.contains("wombats be paid") && decisions.contains("Wombats are paid"), "{decisions}");
    let again = site.run(&["check", "--accept", SEVENTH]);
    assert!(again.code == 0 && again.words.contains("there is nothing to accept"), "{}", again.words);

    // One word is changed: nobody has looked at that.
    site.change(SEVENTH, &OLD.replace("numbats", "devils"));
    let ran = site.run(&["check", SEVENTH]);
    let words = ran.words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("A person has looked at this file, and it was changed since then"), "{words}");
    site.build();
    assert!(!says(&site, "devils") && !says(&site, "wombats") && !says(&site, "Five pounds") && says(&site, "quolls"));
    let ran = site.run(&["check", "--accept", SEVENTH]);
    assert_eq!(ran.code, 0, "{}", ran.words);
    let new = text(&site, CHECKED);
    assert!(new != lines && new.lines().count() == lines.lines().count(), "{new}");
    assert_eq!(text(&site, "content/_before-fix/checked.toml"), lines);
    site.build();
    assert!(says(&site, "devils"));

    // Taken back.
    site.change(
        CHECKED,
        &new.lines().filter(|line| !line.contains("10-08")).map(|line| format!("{line}\n")).collect::<String>(),
    );
    site.build();
    assert!(says(&site, "devils") && !says(&site, "quolls"));
    assert_eq!(site.run(&["check", "--leaks"]).code, 0);
}

#[test]
fn a_list_that_a_person_wrote_keeps_every_line() {
    let site = archive();
    let own =
        "# Looked at by Jo, 3 May\r\n\"minutes/archive/plan.pdf\" = \"00000000000000000000000000000001\" # signed\r\n";
    site.change(CHECKED, own);
    assert_eq!(site.run(&["check", "--accept", EIGHTH]).code, 0);
    let after = text(&site, CHECKED);
    assert!(after.ends_with(own) && after.lines().count() == 3 && after.matches("\r\n").count() == 3, "{after}");
    for broken in ["\"minutes/archive/1998-10-08.md = 1\n", "\"minutes/archive/1998-09-07.md\" = [\"x\"]\n"] {
        site.change(CHECKED, broken);
        let before = site.files("content");
        let ran = site.run(&["check", "--accept", SEVENTH]);
        assert!(ran.code == 1 && ran.words.contains("Nothing was accepted"), "{}", ran.words);
        assert_eq!(site.files("content"), before);
    }
}

#[test]
fn what_cannot_be_accepted_is_said_and_nothing_is_written() {
    let site = archive();
    let before = site.files(".");
    for (arguments, code, words) in [
        (&["check", "--accept", "content/minutes/archive/1998-11-09.md"][..], 1, "This document is a draft"),
        (&["check", "--accept", "content/resolutions"], 0, "there is nothing to accept"),
        (&["check", "--accept", "content/minutes/b.md"], 2, "`content/minutes/b.md` is no text of this site"),
        (&["check", "--accept", "content/minutes/archive/bill.txt"], 2, "is no text of this site"),
        (&["check", "--accept", "public"], 2, "`public` is no text of this site"),
        (&["check", "--accept", "--fix", SEVENTH], 2, "cannot be used with"),
        (&["check", "--accept", "--format", "json", SEVENTH], 2, "cannot be used with"),
        (&["check", "--accept", "--only", "leftover", SEVENTH], 2, "cannot be used with"),
        (&["check", "--accept", "--leaks"], 2, "cannot be used with"),
    ] {
        let ran = site.run(arguments);
        assert_eq!(ran.code, code, "{arguments:?}\n{}", ran.words);
        assert!(ran.words.contains(words), "{arguments:?}\n{}", ran.words);
        assert_eq!(site.files("."), before, "{arguments:?}");
    }
}

#[test]
fn words_that_would_put_the_whole_page_in_doubt_are_not_accepted() {
    let held = "# Meeting\n\n## Private session\n\nThe wombats pay. {.resolution publish_at=2027-01-01}\n";
    let site = Site::with(&[(SEVENTH, held), (EIGHTH, OLDER)]);
    let ran = site.run(&["check", "--accept", "content"]);
    assert_eq!(ran.code, 1, "{}", ran.words);
    let words = ran.words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Not accepted: With these words the whole page would be held back:"), "{words}");
    assert!(words.contains("1 passage in 1 file will be public."), "{words}");
    site.build();
    assert!(says(&site, "quolls") && !says(&site, "wombats"));
}

#[test]
fn a_change_after_which_nobody_has_looked_is_refused() {
    let site = Site::with(&[(EIGHTH, "---\ntitel: Meeting\n---\n[EXEMPT] The quolls pay.\n")]);
    assert_eq!(site.run(&["check", "--accept", EIGHTH]).code, 0);
    let before = site.files(".");
    let ran = site.run(&["check", "--fix", EIGHTH]);
    let words = ran.words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(ran.code == 1 && words.contains("A person has looked at this file as it is"), "{words}");
    assert_eq!(site.files("."), before);
}
