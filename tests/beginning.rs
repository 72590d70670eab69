//! Does somebody who begins with nothing get a site that builds, and a draft that says what to fill in?
//!
//! Enters: empty folders, and the commands that a beginner types. Leaves: a failure for each file that does not build, for each
//! setting that is not explained, and for each that a schema takes and the program does not. Absent: questions in a terminal,
//! which `cli/init.rs` tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use folkmoot::kind::{BUILT_IN, NamedBy, built_in};
use folkmoot::model::{Holds, List, Setting, SettingFile, setting_files};
use folkmoot::sorts;
use serde_json::Value as Json;

use crate::commands::{Ran, Site, run_in};
use crate::memory;

/// What is typed first in most tests.
const INIT: [&str; 6] = ["init", "--yes", "--name", "Safer Marl", "--body", "Safer Marl Board"];

#[test]
fn every_sort_of_partnership_begins_with_a_site_that_builds_without_a_warning() {
    for sort in sorts() {
        let site = Site::with(&[]);
        let ran = site.run(&["init", "--yes", "--kind", &sort.name, "new/site"]);
        assert_eq!(ran.code, 0, "{}", ran.words);
        let ran = site.run(&["--root", "new/site", "build", "--strict"]);
        assert!(ran.code == 0 && ran.words.contains("No mistakes."), "{}\n{}", sort.name, ran.words);
        let examples = examples(&site, "new/site/");
        assert!(examples.len() > 3, "{}: {examples:?}", sort.name);
        for text in site.files("new/site/public").values().filter_map(|bytes| std::str::from_utf8(bytes).ok()) {
            assert!(!text.contains("Mill Lane") && !text.contains("Example:"), "{}: an example is public", sort.name);
        }
    }
}

/// The texts that say that they are examples: each is a draft.
fn examples(site: &Site, root: &str) -> Vec<String> {
    let texts = site.files(&format!("{root}content")).into_iter();
    let texts = texts.map(|(path, bytes)| (path.display().to_string(), String::from_utf8(bytes).expect("a text")));
    let examples = texts.filter(|(_, text)| text.contains("\n# An example") || text.starts_with("---\n# An example"));
    examples
        .map(|(path, text)| {
            assert!(text.contains("\ndraft: true\n"), "{path} could be published by mistake:\n{text}");
            path
        })
        .collect()
}

#[test]
fn a_site_that_is_there_is_never_touched() {
    let site = Site::with(&[("content/minutes/board/2020-01-01.md", "# Old\n"), ("content/README.md", "Mine.\n")]);
    assert_eq!(site.run(&INIT).code, 0);
    assert_eq!(fs::read_to_string(site.path("content/README.md")).expect("it is there"), "Mine.\n");
    let in_use = site.files("content/minutes");
    assert_eq!(in_use.len(), 1, "whoever has minutes needs no example of them: {:?}", in_use.keys());
    site.change("content/site.toml", "title = \"Mine\"\n");
    fs::remove_file(site.path("recipes/cron.txt")).expect("it is there");
    let before = site.files(".");

    let ran = site.run(&INIT);
    assert!(ran.code == 0 && ran.words.contains("There is a site here already"), "{}", ran.words);
    assert!(ran.words.contains("  recipes/github.yml") && ran.words.contains("--missing"), "{}", ran.words);
    assert_eq!(site.files("."), before);

    let ran = site.run(&["init", "--missing"]);
    assert!(ran.code == 0 && site.path("recipes/cron.txt").is_file(), "{}", ran.words);
    fs::remove_file(site.path("recipes/cron.txt")).expect("it is there");
    assert_eq!(site.files("."), before);
    let inside = site.run(&["init", "content/minutes"]);
    assert!(inside.code == 2 && inside.words.contains("is a part of the site"), "{}", inside.words);
}

#[test]
fn mistyped_answers_are_refused_before_anything_is_written() {
    let site = Site::with(&[]);
    for (arguments, words) in [
        (&["init", "--kind", "helth"][..], "Is `health` meant?"),
        (&["init", "--base-url", "marl.example"], "--base-url https://"),
        (&["init", "--contact", "clerk"], "no mail address"),
        (&["init", "--name", "!"], "--name \"Safer Marlshire\""),
    ] {
        let ran = site.run(arguments);
        assert!(ran.code == 2 && ran.words.contains(words), "{arguments:?}\n{}", ran.words);
    }
    assert!(site.files(".").is_empty());
}

#[test]
fn every_kind_can_be_begun_and_is_a_draft_that_breaks_nothing() {
    let site = Site::with(&[]);
    site.run(&INIT);
    let kinds = built_in();
    for kind in kinds.list.iter().filter(|kind| kind.name != "item") {
        let mut words = vec!["new", &kind.name];
        if kind.folder_names.is_some() {
            words.push("safer-marl-board");
        }
        if kind.new.named_by.contains(&NamedBy::Date) {
            words.extend(["8", "December", "2026"]);
        }
        if kind.new.named_by != [NamedBy::Date] {
            words.push("A new one");
        }
        let ran = site.run(&words);
        assert!(ran.code == 0 && ran.words.contains("It is a draft."), "{words:?}\n{}", ran.words);
        let again = site.run(&words);
        assert!(again.code == 2 && again.words.contains("is there already"), "{words:?}\n{}", again.words);
    }
    assert!(site.path("content/minutes/safer-marl-board/2026-12-08.md").is_file());
    assert!(site.path("content/news/2026-12-08-a-new-one.md").is_file());
    // Beside each draft a page of the same kind that is public: what both have from the program gives nothing away.
    for (path, bytes) in site.files("content") {
        let text = String::from_utf8(bytes).expect("a text");
        let name = path.display().to_string();
        if name.contains("new-one") || name.contains("2026-12-08") {
            let public = text.replace("draft: true\n", "").replace("A new one", "Another");
            site.change(&format!("content/{name}").replace("new-one", "public-one").replace("12-08", "12-09"), &public);
        }
    }
    let ran = site.run(&["build"]);
    assert!(ran.code == 0 && site.path("public/priorities/a-public-one").is_dir(), "{}", ran.words);
    for (path, _) in site.files("content") {
        let name = path.display().to_string();
        if name.contains("public-one") || name.contains("12-09") {
            fs::remove_file(site.path(&format!("content/{name}"))).expect("it is there");
        }
    }
    fs::remove_dir_all(site.path("public")).expect("it is there");
    let ran = site.run(&["build", "--strict"]);
    assert!(ran.code == 0 && ran.words.contains("No mistakes."), "{}", ran.words);
    assert!(!site.path("public/minutes/safer-marl-board/2026-12-08").exists(), "a draft is not published");
    let item = site.run(&["new", "item", "Lights"]);
    assert!(item.code == 2 && item.words.contains("An item is a heading"), "{}", item.words);
}

#[test]
fn what_the_site_knows_is_carried_over_and_what_is_withheld_is_not() {
    let action = "(Action: Jo Green, by 31 January 2027)";
    let minutes = format!(
        "---\nstatus: agreed\n---\n## 2. Lights\n\n2.1 The county was to mend the lamps. {action}\n\n\
         ## 3. Contract {{.exempt paragraphs=3}}\n\n3.1 The bid of Brass Lanterns was to be answered. {action}\n"
    );
    let site = Site::with(&[("content/minutes/safer-marl-board/2026-09-15.md", &minutes)]);
    site.run(&INIT);
    let body = "content/bodies/safer-marl-board.md";
    let text = fs::read_to_string(site.path(body)).expect("it is there");
    let members = "members:\n  - Marl Council\n  - {organisation: \"Police, Marl\", role: chair}\n  - {organisation: Gone, to: 2020}\n---\n";
    site.change(body, &format!("{}{members}", text.strip_suffix("---\n").expect("a head and no text")));
    let ran = site.run(&["new", "minutes", "Safer", "Marl", "Board", "2026-12-08"]);
    assert!(ran.code == 0 && ran.words.contains("what is still open (1)"), "{}", ran.words);
    let path = "content/minutes/safer-marl-board/2026-12-08.md";
    let text = fs::read_to_string(site.path(path)).expect("it was written");
    for words in [
        "# present: [Marl Council, \"Police, Marl\"]\n",
        "apologies: []\n",
        "status: agenda\n",
        "owner: The office of Safer Marl\n",
        "(To agree the minutes of [15 September 2026](2026-09-15.md).)",
        "- [The county was to mend the lamps](2026-09-15.md#",
        "– Jo Green, due 31 January 2027 {.no-record}",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(!text.contains("Lanterns"), "what is exempt was carried over:\n{text}");

    // Published, it says nothing wrong, and promises nothing a second time.
    let fill = |text: &str| text.replace("draft: true\n", "").replace("\nsummary:\n", "\nsummary: The next meeting.\n");
    site.change(path, &fill(&text));
    let ran = site.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.words);
    let ran = site.run(&["check", path]);
    assert_eq!(ran.code, 0, "{}", ran.words);
    let actions = fs::read_to_string(site.path("public/data/actions.csv")).expect("it is made");
    assert_eq!(actions.matches("mend the lamps").count(), 1, "{actions}");
    let same_day = site.run(&["new", "minutes", "safer-marl-board", "15/09/2026"]);
    assert_eq!(same_day.code, 2, "{}", same_day.words);
}

#[test]
fn what_is_mistyped_is_named_with_what_was_meant() {
    let site = Site::with(&[]);
    let before = site.run(&["new"]);
    assert!(before.code == 0 && before.words.contains("folkmoot new minutes BODY DAY"), "{}", before.words);
    assert!(site.run(&["new", "news", "x"]).words.contains("folkmoot init"), "where there is no site, one is offered");
    site.run(&INIT);
    let files = site.files("content");
    for (arguments, words) in [
        (&["new", "minuts"][..], "Is `folkmoot new minutes` meant?"),
        (&["new", "minutes"], "folkmoot new minutes BODY DAY"),
        (&["new", "minutes", "safer-marl-board"], "It needs a day."),
        (&["new", "minutes", "safer-marl-bord", "2026-12-08"], "Is `safer-marl-board` meant?"),
        (&["new", "minutes", "trustees", "2026-12-08"], "folkmoot new body \"Trustees\""),
        (&["new", "priority"], "It needs a title."),
        (&["new", "priority", "!"], "It needs a title."),
        (&["new", "page", "A", "--set", "sumary=x"], "Is `summary` meant?"),
        (&["new", "strategy", "A", "--set", "status=agred"], "is one of in-development"),
        (&["new", "page", "A", "--set", "summary"], "--set \"summary="),
    ] {
        let ran = site.run(arguments);
        let said = ran.words.replace('\n', " ");
        assert!(ran.code == 2 && said.contains(words), "{arguments:?}\n{}", ran.words);
    }
    assert_eq!(site.files("content"), files, "nothing was written");
}

#[test]
fn the_manual_answers_and_so_do_kinds_facts_settings_messages_and_commands() {
    let site = Site::with(&[(
        "content/kinds/project.toml",
        "folder = 'projects'\nlabel = 'Project'\nlabel_plural = 'Projects'\nhelp = 'Something that is paid for.'\n\
         [[field]]\nname = 'grant'\nlabel = 'Grant'\ntype = 'text'\nhelp = 'Who pays for it.'\nexample = 'Home Office'\n",
    )]);
    for (question, words) in [
        (&[][..], "8. You have minutes already"),
        (&["minutes"], "One file for each meeting"),
        (&["how", "do", "I", "write", "a", "decision"], "A line with nothing but RESOLVED"),
        (&["apologies"], "The members who sent apologies"),
        (&["broken-link"], "What it looks for"),
        (&["unclear-visibility"], "It guards what is public"),
        (&["base_url"], "The address under which the public reads it."),
        (&["serve"], "Usage: folkmoot serve"),
        (&["projects"], "Something that is paid for."),
        (&["grant"], "Who pays for it."),
    ] {
        let ran = site.run(&[&["help"], question].concat());
        let said = ran.words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(ran.code == 0 && said.contains(words), "{question:?}: {words}\n{}", ran.words);
        assert!(!ran.words.contains("<!--") && !ran.words.contains("|---"), "{question:?}\n{}", ran.words);
    }
    let nothing = site.run(&["help", "brokenlink"]);
    assert!(nothing.code == 2 && nothing.words.contains("folkmoot help broken-link"), "{}", nothing.words);
    for (arguments, words) in [
        (&["help", "--man"][..], ".TH FOLKMOOT 1"),
        (&["help", "--man", "build"], ".TH FOLKMOOT-BUILD 1"),
        (&["completions", "bash"], "_folkmoot()"),
        (&["completions", "zsh"], "#compdef folkmoot"),
        (&["completions", "fish"], "complete -c folkmoot"),
        (&["completions", "powershell"], "Register-ArgumentCompleter"),
    ] {
        let ran = site.run(arguments);
        assert!(ran.code == 0 && ran.words.contains(words), "{arguments:?}\n{}", ran.words);
    }
}

/// The tables of a file, by their dotted names: the file itself is the empty one.
fn tables<'file>(keys: &'file [Setting], before: &str, list: bool, all: &mut Vec<(String, bool, &'file [Setting])>) {
    all.push((before.to_owned(), list, keys));
    for key in keys.iter().filter(|key| matches!(key.holds, Holds::Table | Holds::Tables | Holds::TableOrText)) {
        let own = key.name_of_table.as_ref().map_or_else(|| key.name.clone(), |name| format!("{}.{name}", key.name));
        let name = if before.is_empty() { own } else { format!("{before}.{own}") };
        tables(&key.keys, &name, key.list == List::Yes, all);
    }
}

/// What the program says of a file: titles, and what to type instead.
fn said_of(name: &str, text: &str) -> Vec<(String, String)> {
    let files = [(format!("content/{name}"), text.as_bytes().to_vec())];
    let site = folkmoot::assemble(&memory::sources(files), &memory::options());
    site.diagnostics.iter().map(|one| (one.title.to_string(), one.fix.to_string())).collect()
}

/// Whether a file has one name, and keys of its own.
fn is_one_file(file: &SettingFile) -> bool {
    file.others.is_none() && !file.name.contains('*')
}

/// A table of which the program does not know the only key.
const STRANGE: &str = "qqqqqqqq";

#[test]
fn the_explained_settings_are_those_that_the_program_knows() {
    for file in setting_files().iter().filter(|file| is_one_file(file)) {
        let mut all = Vec::new();
        tables(&file.keys, "", false, &mut all);
        for (name, list, keys) in all {
            let header = match (name.as_str(), list) {
                ("", _) => String::new(),
                (name, true) => format!("[[{name}]]\n"),
                (name, false) => format!("[{name}]\n"),
            };
            let said = said_of(&file.name, &format!("{header}{STRANGE} = 1\n"));
            let fix = said.iter().find(|(title, _)| title.contains(STRANGE)).map(|(_, fix)| fix.clone());
            let fix = fix.unwrap_or_else(|| panic!("{} [{name}]: nothing is said of {STRANGE}: {said:?}", file.name));
            let explained: BTreeSet<&str> = keys.iter().map(|key| key.name.as_str()).collect();
            let Some((_, list)) = fix.trim_end_matches('.').split_once("Use one of: ") else {
                // A file of one sort of table says what to paste.
                assert!(explained.iter().all(|key| fix.contains(&format!("[[{key}]]"))), "{}: {fix}", file.name);
                continue;
            };
            let known: BTreeSet<&str> = list.split(", ").collect();
            assert_eq!(known, explained, "{} [{name}]: model/settings.toml and the program differ\n{fix}", file.name);
        }
    }
}

#[test]
fn the_explained_words_of_a_kind_are_those_that_the_program_knows() {
    const FIELD: &str = "[[field]]\nname = 'x'\nlabel = 'X'\nexample = 'x'\n";
    let files = setting_files();
    let file = files.iter().find(|file| file.name.contains('*')).expect("kinds are explained");
    let mut all = Vec::new();
    tables(&file.keys, "", false, &mut all);
    for (name, before) in [
        ("", String::new()),
        ("new", "[new]\n".to_owned()),
        ("field", format!("{FIELD}type = 'text'\n")),
        ("field.choices", format!("{FIELD}type = 'choice'\n[[field.choices]]\nvalue = 'a'\n")),
    ] {
        let (_, _, keys) = all.iter().find(|(known, _, _)| known == name).expect("it is explained");
        let said = said_of("kinds/project.toml", &format!("{before}{STRANGE} = 1\n"));
        let fix = said.iter().find(|(title, _)| title.contains(STRANGE)).map(|(_, fix)| fix.clone());
        let fix = fix.unwrap_or_else(|| panic!("[{name}]: nothing is said of {STRANGE}: {said:?}"));
        let known: BTreeSet<&str> = fix.trim_start_matches("Use one of: ").trim_end_matches('.').split(", ").collect();
        let explained: BTreeSet<&str> = keys.iter().map(|key| key.name.as_str()).collect();
        assert_eq!(known, explained, "[{name}]: model/settings.toml and the program differ");
    }
    for (name, text) in BUILT_IN {
        assert_eq!(validate(file, text), Ok(()), "src/kind/{name}");
    }
    assert!(validate(file, "lable = 'x'").is_err());
}

#[test]
fn every_example_of_a_setting_can_be_used() {
    for file in setting_files().iter().filter(|file| is_one_file(file)) {
        let mut all = Vec::new();
        tables(&file.keys, "", false, &mut all);
        let mut text = String::new();
        for (name, list, keys) in all {
            text.push_str(&match (name.as_str(), list) {
                ("", _) => String::new(),
                (name, true) => format!("[[{name}]]\n"),
                (name, false) => format!("[{name}]\n"),
            });
            for key in keys {
                match key.holds {
                    // A theme, a logo, a crest and whom people ask are files, which are not there; levels are a table.
                    Holds::Table | Holds::Tables | Holds::Levels | Holds::Picture => {}
                    _ if ["theme", "ask"].contains(&key.name.as_str()) || key.instead_of.is_some() => {}
                    _ => text.push_str(&format!("{} = {}\n", key.name, key.example)),
                }
            }
        }
        let said: Vec<(String, String)> =
            said_of(&file.name, &text).into_iter().filter(|(title, _)| !title.starts_with("The colour")).collect();
        assert!(said.is_empty(), "{}: {said:?}\n{text}", file.name);
        assert_eq!(validate(file, &text), Ok(()), "{}\n{text}", file.name);
    }
}

/// Whether the schema that `folkmoot init` writes for a file takes this text.
fn validate(file: &SettingFile, text: &str) -> Result<(), String> {
    let site = Site::with(&[]);
    site.run(&INIT);
    let path = format!(".editor/{}", file.name.replace("/*", "").replace(".toml", ".schema.json"));
    let schema: Json = serde_json::from_slice(&fs::read(site.path(&path)).expect("there is a schema")).expect("JSON");
    let value: toml::Table = text.parse().map_err(|error| format!("{error}"))?;
    let value = serde_json::to_value(value).map_err(|error| format!("{error}"))?;
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("file:///schema.json", schema).expect("the schema is one");
    let index =
        compiler.compile("file:///schema.json", &mut schemas).unwrap_or_else(|error| panic!("{path}: {error:#}"));
    schemas.validate(&value, index).map_err(|error| format!("{error:#}"))
}

#[test]
fn the_schemas_take_the_files_of_the_sample_and_of_a_new_site_and_refuse_a_wrong_key() {
    let site = Site::with(&[]);
    site.run(&INIT);
    for file in setting_files() {
        let written = match file.name.as_str() {
            "site.toml" => fs::read_to_string(site.path("content/site.toml")).expect("it was written"),
            _ => String::new(),
        };
        let sample = fs::read_to_string(format!("content/{}", file.name)).unwrap_or_default();
        for text in [written.as_str(), sample.as_str()] {
            assert_eq!(validate(&file, text), Ok(()), "{}\n{text}", file.name);
        }
        assert!(validate(&file, &format!("{STRANGE} = 1\n{written}")).is_err(), "{} takes anything", file.name);
    }
}

/// What a beginner does, line by line.
const TEN_MINUTES: &str = include_str!("beginning/ten-minutes.txt");

#[test]
fn the_ten_minutes_of_somebody_who_begins() {
    let site = Site::with(&[]);
    let mut player = Player { folder: site.path("."), ran: None, file: None };
    let steps = TEN_MINUTES.split_once("\n$ ").expect("there is a command").1;
    let lines: Vec<String> = format!("$ {steps}").lines().map(str::to_owned).collect();
    let mut played = 0;
    for (number, line) in lines.iter().enumerate() {
        player.end_edit_before(line);
        player.play(line, lines.get(number + 1).map_or("", String::as_str));
        played += usize::from(line.starts_with("$ "));
    }
    assert!(played > 10, "the script was played: {played} commands");
    // `beginning/pictures` looks at what was built.
    if let Some(folder) = std::env::var_os("FOLKMOOT_BUILT") {
        for (path, bytes) in site.files("my-site/public") {
            let path = Path::new(&folder).join(path);
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
            fs::write(path, bytes).expect("it can be written");
        }
    }
}

/// Somebody at the keyboard.
struct Player {
    /// The folder in which commands are typed.
    folder: PathBuf,
    /// What the last command said.
    ran: Option<Ran>,
    /// The file that is open, its lines, and where the next line goes.
    file: Option<(PathBuf, Vec<String>, Option<usize>)>,
}

impl Player {
    /// Saves the file that is open, unless this line changes it.
    fn end_edit_before(&mut self, line: &str) {
        if line.starts_with(['-', '+']) {
            return;
        }
        if let Some((path, lines, _)) = self.file.take() {
            fs::write(path, lines.join("\n") + "\n").expect("it can be written");
        }
    }

    fn play(&mut self, line: &str, next: &str) {
        if let Some(command) = line.strip_prefix("$ ") {
            self.type_in(command, next);
        } else if let Some(words) = line.strip_prefix("> ") {
            let ran = self.ran.as_ref().expect("a command was typed");
            let said = ran.words.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(said.contains(words), "> {words}\n{}", ran.words);
        } else if let Some(path) = line.strip_prefix("edit ") {
            let path = self.folder.join(path);
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            self.file = Some((path, text.lines().map(str::to_owned).collect(), None));
        } else if let Some(change) = line.strip_prefix(['-', '+']) {
            let change = change.strip_prefix(' ').unwrap_or(change);
            let (path, lines, at) = self.file.as_mut().expect("a file is open");
            if line.starts_with('-') {
                let found = lines.iter().position(|line| line == change);
                let found = found.unwrap_or_else(|| panic!("{} has no line {change}:\n{lines:#?}", path.display()));
                lines.remove(found);
                *at = Some(found);
            } else {
                let place = at.unwrap_or(lines.len());
                lines.insert(place, change.to_owned());
                *at = at.map(|at| at + 1);
            }
        } else if let Some(path) = line.strip_prefix("see ") {
            let path = self.folder.join(path);
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            self.ran = None;
            self.file = None;
            self.folder_sees(&path, text);
        } else if let Some(words) = line.strip_prefix("  ") {
            let ran = self.ran.as_mut().expect("a file is looked at");
            let Some((_, rest)) = ran.words.split_once(words) else { panic!("{words}\n{}", ran.words) };
            ran.words = rest.to_owned();
        }
    }

    fn type_in(&mut self, command: &str, next: &str) {
        let words = words_of(command);
        if words[0] == "cd" {
            self.folder.push(&words[1]);
            return;
        }
        let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
        let ran = run_in(&self.folder, &arguments);
        let code = next.strip_prefix("(ends with ").map_or("0", |code| code.trim_end_matches(')'));
        assert_eq!(ran.code.to_string(), code, "$ {command}\n{}", ran.words);
        self.ran = Some(ran);
    }

    /// From now on the words below are looked for in this text.
    fn folder_sees(&mut self, path: &Path, text: String) {
        self.ran = Some(Ran { code: 0, words: format!("{}\n{text}", path.display()) });
    }
}

/// The words of a command; what stands in quotes is one.
fn words_of(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    let words = parts.flat_map(|(index, part)| match index % 2 {
        1 => vec![part.to_owned()],
        _ => part.split_whitespace().map(str::to_owned).collect(),
    });
    words.collect()
}
