//! The rules of the house, as tables, and the tests that hold them.
//!
//! A rule about the repository is a test, not a remark in a review: each failure names the file, the line and
//! what to do. To change a rule, change its table here and its sentence in `src/README.md` together.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use folkmoot::diagnostic::CODES;
use folkmoot::kind::BUILT_IN;

use crate::case::{Case, Role};
use crate::cases;
use crate::rust::Rust;

/// Nouns: what flows. Each may import those above it.
const NOUNS: &[&str] = &[
    "source",
    "diagnostic",
    "archive",
    "wordml",
    "data",
    "kind",
    "model",
    "language",
    "lexicon",
    "html",
    "compare",
    "manuscript",
    "chart",
    "query",
    "view",
    "thesaurus",
    "search",
];

/// Nouns that the wording of messages, `src/diagnostic/<stage>.rs`, may name beside: what it speaks of.
const SPOKEN_OF: &[&str] = &["model", "language"];

/// Verbs: stages. Each may import the nouns, and none another verb, but for the steps of `parse`.
const VERBS: &[&str] = &[
    "markdown",
    "privacy",
    "hanging",
    "disclosure",
    "recognise",
    "attendance",
    "outline",
    "terms",
    "compose",
    "parse",
    "inspect",
    "assemble",
    "check",
    "render",
    "index",
    "export",
    "leaks",
    "begin",
    "import",
];

/// The steps in which one file is read: each may import those before it.
const STEPS: &[&str] = &[
    "markdown",
    "privacy",
    "hanging",
    "disclosure",
    "recognise",
    "attendance",
    "outline",
    "terms",
    "compose",
    "parse",
];

/// Doors and shell: what each may import beside the nouns. `lib` is what `lib.rs` itself offers, which is how the
/// shell reaches the stages.
const SHELL: &[(&str, &[&str])] = &[
    ("platform", &[]),
    ("read", &["platform"]),
    ("write", &["platform"]),
    ("cache", &["platform"]),
    ("serve", &["lib", "platform", "read", "write", "cache"]),
    ("publish", &["platform", "cache", "write"]),
    ("messages", &["lib"]),
    ("cli", &["lib", "read", "write", "cache", "serve", "publish", "messages"]),
    ("main", &["cli"]),
];

/// Files of one room that need each other, because they are one thing in two files, each with its reason.
const ONE_THING: &[(&str, &str, &str)] = &[];

/// Functions that may be longer than a screen: flat tables, each with its reason.
const LONG_FUNCTIONS: &[(&str, &str, &str)] = &[];

/// Names in `src/kind/` that are words of every day too: settings, arguments of template functions, parts of HTML.
const EVERYDAY: &[&str] = &[
    "about",
    "address",
    "ask",
    "at",
    "body",
    "by",
    "contact",
    "data",
    "date",
    "did",
    "due",
    "email",
    "from",
    "item",
    "label",
    "name",
    "number",
    "organisation",
    "page",
    "reason",
    "status",
    "summary",
    "telephone",
    "to",
    "type",
    "who",
    "words",
];

/// Strings outside `src/kind/` that look like the name of a kind or of one of its fields, and are something else.
const NO_KIND_MEANT: &[(&str, &str, &str)] = &[
    ("src/assemble/lists.rs", "area", "a part of addresses"),
    ("src/attendance/roll.rs", "absent", "what a pattern says"),
    ("src/begin/schemas.rs", "items", "a word of JSON Schema"),
    ("src/check/page.rs", "area", "an element of HTML"),
    ("src/check/page.rs", "action", "the attribute of a form"),
    ("src/cli/build.rs", "pages", "what a person is shown the number of"),
    ("src/cli/check.rs", "pages", "what a person is shown the number of"),
    ("src/export/atom.rs", "author", "an element of Atom"),
    ("src/export/atom.rs", "published", "an element of Atom"),
    ("src/export/atom.rs", "text", "a type in Atom"),
    ("src/export/json_ld.rs", "url", "a word of schema.org"),
    ("src/export/attendance.rs", "person", "a column of the table"),
    ("src/export/attendance.rs", "meeting", "a column of the table"),
    ("src/export/attendance.rs", "time", "a column of the table"),
    ("src/export/editions.rs", "edition", "a column of the table"),
    ("src/export/editions.rs", "present", "the state of an edition, in data"),
    ("src/export/editions.rs", "items", "a word of JSON Schema"),
    ("src/export/worked_out.rs", "items", "a word of JSON Schema"),
    ("src/export/popolo.rs", "area", "a word of Popolo"),
    ("src/export/popolo.rs", "url", "a word of Popolo"),
    ("src/export/popolo.rs", "role", "a word of Popolo"),
    ("src/export/popolo.rs", "votes", "a word of Popolo"),
    ("src/export/popolo.rs", "text", "a word of Popolo"),
    ("src/export/popolo.rs", "result", "a word of Popolo"),
    ("src/export/paragraphs.rs", "items", "a word of JSON Schema"),
    ("src/export/popolo.rs", "items", "a word of JSON Schema"),
    ("src/model/people.rs", "present", "what somebody did, in data"),
    ("src/model/people.rs", "apologies", "what somebody did, in data"),
    ("src/model/people.rs", "absent", "what somebody did, in data"),
    ("src/model/people.rs", "abstained", "what somebody did, in data"),
    ("src/search/tables.rs", "people", "a word of questions"),
    ("src/search/tables.rs", "minutes", "a word that others shorten"),
    ("src/search/tables.rs", "meeting", "a word that others shorten"),
    ("src/search/tables.rs", "organisations", "a word that others spell otherwise"),
    ("src/import/html.rs", "area", "an element of HTML"),
    ("src/render/lists.rs", "area", "a word of templates"),
    ("src/render/people.rs", "names", "a place in a string of the language"),
    ("src/export/rewrite_rules.rs", "action", "an element of IIS's settings"),
    ("src/export/rewrite_rules.rs", "url", "an attribute in IIS's settings"),
    ("src/export/schemas.rs", "items", "a word of JSON Schema"),
    ("src/export/schemas.rs", "text", "what people read of a value, in every record"),
    ("src/export/share.rs", "website", "a type of Open Graph"),
    ("src/export/sitemap.rs", "url", "an element of the sitemap"),
    ("src/model/settings.rs", "text", "what a setting holds"),
    ("src/parse/terms.rs", "url", "a part of an `[[act]]`"),
    ("src/parse/config.rs", "actions", "what is looked for in minutes"),
    ("src/parse/config.rs", "items", "what is looked for in minutes"),
    ("src/parse/words.rs", "action", "a list of the site's own words"),
    ("src/parse/words.rs", "apologies", "a list of the site's own words"),
    ("src/parse/words.rs", "in_attendance", "a list of the site's own words"),
    ("src/parse/words.rs", "present", "a list of the site's own words"),
    ("src/wordml/fields.rs", "result", "an element of a form in Word"),
    ("src/recognise/votes.rs", "for", "a group of a pattern"),
    ("src/recognise/votes.rs", "against", "a group of a pattern"),
    ("src/recognise/votes.rs", "abstained", "a group of a pattern"),
    ("src/recognise/votes.rs", "votes", "the name of a pattern"),
    ("src/recognise/votes.rs", "names", "a group of a pattern"),
    ("src/parse/branding.rs", "text", "a colour of the site and a part of its foot"),
    ("src/render/figure.rs", "target", "a class of a line in a drawing"),
    ("src/render/lists.rs", "outcome", "a way to make lists, as templates say it"),
    ("src/render/records.rs", "outcome", "a class of a tag"),
    ("src/search/tables.rs", "for", "a word that says nothing"),
];

/// Functions of the window that hold the site and ask nothing of it for a page, each with its reason.
const ASKS_NOTHING: &[(&str, &str)] = &[
    ("answer", "what is noted is noted by who calls it"),
    ("fingerprint", "it looks at an answer that was noted"),
    ("fingerprint_as", "it looks at an answer that was noted"),
    ("list_of_kind", "it says a question"),
    ("new", "no page is made yet"),
    ("note_of", "it says a question"),
];

/// The top level, beside dot files and what git ignores.
const TOP_LEVEL: &[&str] = &[
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "content",
    "public",
    "src",
    "tests",
    "themes",
];

#[test]
fn nouns_never_import_verbs_and_verbs_never_import_verbs() {
    let mut broken = Vec::new();
    for file in sources() {
        let (room, rust) = (room(&file.path), &file.rust);
        if room == "lib" {
            continue;
        }
        let named = [rust.named_below("crate"), rust.named_below("folkmoot")].concat();
        for (line, name) in named {
            let other = room_of_name(&name, &room);
            let spoken_of = is_wording(&file.path) && SPOKEN_OF.contains(&other.as_str());
            if !spoken_of && !may_import(&room, &other) {
                broken.push(format!("{}:{line}: `{room}` may not import `{other}`", file.path));
            }
        }
    }
    report("tests/tidy.rs says who may import whom (src/README.md says why)", &broken);
}

#[test]
fn pages_see_the_site_through_the_window_alone() {
    let taking_a_site: BTreeSet<&str> = sources()
        .filter(|file| room(&file.path) == "query")
        .flat_map(|file| file.rust.code.split("pub fn ").skip(1))
        .filter(|function| function.split('{').next().is_some_and(|head| has_word(head, "Site")))
        .filter_map(|function| function.split(['(', '<']).next())
        .collect();
    assert!(taking_a_site.contains("answer"), "{taking_a_site:?}");
    let mut broken = Vec::new();
    for file in sources().filter(|file| room(&file.path) == "render") {
        let asked: Vec<&str> = file.rust.code.split("query::").skip(1).collect();
        let names = asked.iter().flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().split(", ").map(str::trim).collect(),
            None => {
                vec![rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default()]
            }
        });
        for name in names.filter(|name| taking_a_site.contains(name)) {
            broken.push(format!("{}: `query::{name}` takes a site; ask the window", file.path));
        }
        for (line, code) in (1..).zip(file.rust.code.lines()) {
            if has_word(code, "Site") || code.contains(".site.") {
                broken.push(format!("{}:{line}: the site is private to `view/window.rs`; ask the window", file.path));
            }
        }
    }
    let window = Rust::read(&text("src/view/window.rs")).code;
    for function in window.split("fn ").skip(1) {
        let name = function.split(['(', '<']).next().unwrap_or_default();
        let looks = function.contains("self.site") || function.contains("self.index");
        let notes = ["self.note(", "self.note_of(", "self.ask("].iter().any(|note| function.contains(note));
        if looks && !notes && !ASKS_NOTHING.iter().any(|(known, _)| *known == name) {
            broken.push(format!("src/view/window.rs: `{name}` looks at the site without a note of the question"));
        }
    }
    report("what a page depends on can be recorded (src/README.md, invariant 3)", &broken);
}

#[test]
fn rooms_name_each_other_from_the_top() {
    let mut broken = Vec::new();
    for file in sources() {
        for (line, name) in file.rust.named_below("super") {
            if name == "super::" || is_door(&file.path) {
                broken.push(format!("{}:{line}: `super` leaves the room; write `crate::…`", file.path));
            }
        }
    }
    report("a room names another by `crate::<room>`, so that the walls can be seen", &broken);
}

#[test]
fn no_two_files_of_a_room_need_each_other() {
    let mut needs: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for file in sources().filter(|file| !file.path.ends_with("/mod.rs")) {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let named = file.rust.named_below("super").into_iter().filter_map(|(_, name)| {
            let path = format!("{folder}/{}.rs", name.strip_suffix("::")?);
            (path != file.path && FILES.iter().any(|other| other.path == path)).then_some(path)
        });
        needs.entry(&file.path).or_default().extend(named);
    }
    let mut broken = Vec::new();
    let mut used = BTreeSet::new();
    for (file, others) in &needs {
        for other in others.iter().filter(|other| file < &other.as_str() && leads_to(&needs, other, file)) {
            match ONE_THING.iter().position(|(first, second, _)| first == file && second == other) {
                Some(index) => drop(used.insert(index)),
                None => broken.push(format!("{file} and {other} need each other")),
            }
        }
    }
    broken.extend(unused(ONE_THING, &used, "ONE_THING"));
    report("what needs each other is one thing: join it, or put what both need into a third file", &broken);
}

/// Whether one file needs another, by way of as many others as it takes.
fn leads_to(needs: &BTreeMap<&str, BTreeSet<String>>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut next = vec![from];
    while let Some(file) = next.pop() {
        for other in needs.get(file).into_iter().flatten() {
            if other == to {
                return true;
            }
            if seen.insert(other) {
                next.push(other);
            }
        }
    }
    false
}

#[test]
fn files_and_rooms_can_be_read_at_a_sitting() {
    let lines = |file: &File| file.rust.code.lines().filter(|line| !line.trim().is_empty()).count();
    let mut broken = Vec::new();
    let mut rooms: BTreeMap<String, usize> = BTreeMap::new();
    for file in sources() {
        *rooms.entry(room(&file.path)).or_default() += lines(file);
        if lines(file) > 500 {
            broken.push(format!("{} has {} lines of code; 500 are enough for one thing", file.path, lines(file)));
        }
    }
    broken.extend(rooms.iter().filter(|(_, lines)| **lines > 4200).map(|(room, lines)| format!("{room} has {lines}")));
    report("a file has at most 500 lines of code, a room about 4,000, and never 4,200", &broken);
}

#[test]
fn each_outside_crate_stays_in_its_rooms() {
    let mut broken = Vec::new();
    for dependency in dependencies() {
        let rooms = dependency.rooms.unwrap_or_default();
        let strangers = sources().filter(|file| !rooms.contains(&room(&file.path)) && !rooms.contains(EVERYWHERE));
        for file in strangers {
            for line in file.rust.lines_naming(&dependency.name.replace('-', "_")) {
                let (name, room) = (&dependency.name, room(&file.path));
                broken.push(format!("{}:{line}: `{name}` is no crate of `{room}` (Cargo.toml says whose)", file.path));
            }
        }
    }
    report("a crate that only one room knows can be replaced in an afternoon", &broken);
}

#[test]
fn each_dependency_says_whose_it_is_and_why() {
    let nameless = dependencies().into_iter().filter(|dependency| dependency.rooms.is_none());
    let broken: Vec<String> = nameless
        .map(|Dependency { line, name, .. }| {
            format!("Cargo.toml:{line}: say above `{name}`: `# room, room: why it is here`")
        })
        .collect();
    report("few crates, each with its rooms and its reason", &broken);
}

#[test]
fn each_file_opens_with_what_it_is() {
    let mut broken = Vec::new();
    for file in FILES.iter() {
        if !file.text.starts_with("//! ") {
            broken.push(format!("{}:1: begin with `//!`: what enters, what leaves, what is absent", file.path));
        }
    }
    report("a file says first what it is", &broken);
}

#[test]
fn folders_are_two_levels_deep() {
    let deep: Vec<String> = files("src")
        .into_iter()
        .filter(|path| path.split('/').count() > 3)
        .map(|path| format!("{path}: a room has no rooms inside"))
        .collect();
    report("src/room/thing.rs, no deeper", &deep);
}

#[test]
fn functions_fit_the_screen() {
    let mut broken = Vec::new();
    let mut used = BTreeSet::new();
    for file in FILES.iter() {
        for function in file.rust.functions().iter().filter(|function| function.length > 70) {
            match LONG_FUNCTIONS.iter().position(|(path, name, _)| *path == file.path && *name == function.name) {
                Some(index) => drop(used.insert(index)),
                None => broken.push(format!(
                    "{}:{}: `{}` has {} lines; 70 fit the screen",
                    file.path, function.line, function.name, function.length
                )),
            }
        }
    }
    broken.extend(unused(LONG_FUNCTIONS, &used, "LONG_FUNCTIONS"));
    report("what fits the screen can be understood; flat tables go into LONG_FUNCTIONS with a reason", &broken);
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    let mut broken = Vec::new();
    for file in sources() {
        for (number, line) in (1..).zip(file.rust.code.lines()) {
            if line.contains(".unwrap()") {
                broken.push(format!("{}:{number}: a panic needs a sentence: `unreachable!(\"…\")`", file.path));
            }
        }
    }
    report("an author's mistake is a diagnostic, the machine's failure a Result", &broken);
}

#[test]
fn one_room_alone_names_an_operating_system() {
    let mut broken = Vec::new();
    for file in sources().filter(|file| room(&file.path) != "platform") {
        for (number, line) in (1..).zip(file.rust.code.lines()) {
            if line.contains("std::os::") || line.contains("cfg(unix)") || line.contains("cfg(target_os") {
                broken.push(format!("{}:{number}: what one system offers stands in `platform`", file.path));
            }
        }
    }
    report("the program compiles for other systems than Unix", &broken);
}

#[test]
fn rust_names_no_kind_and_no_field() {
    let names = names_of_kinds();
    let mut broken = Vec::new();
    let mut used = BTreeSet::new();
    for file in sources().filter(|file| room(&file.path) != "kind") {
        for (line, string) in &file.rust.strings {
            if !names.contains(string) || EVERYDAY.contains(&string.as_str()) {
                continue;
            }
            match NO_KIND_MEANT.iter().position(|(path, word, _)| *path == file.path && *word == string) {
                Some(index) => drop(used.insert(index)),
                None => broken.push(format!("{}:{line}: \"{string}\" is a name in src/kind/", file.path)),
            }
        }
    }
    broken.extend(unused(NO_KIND_MEANT, &used, "NO_KIND_MEANT"));
    report("kinds are data: ask for a role; NO_KIND_MEANT lists words that mean something else", &broken);
}

#[test]
fn each_kind_is_registered_and_shown() {
    let mut broken = Vec::new();
    for (file, _) in kind_files().into_iter().filter(|(_, kind)| kind.contains_key("folder")) {
        if !BUILT_IN.iter().any(|(_, registered)| *registered == text(&file)) {
            broken.push(format!("{file}: not in BUILT_IN (src/kind/load.rs)"));
        }
        let case = format!("tests/sites/kinds/{}.txt", stem(&file));
        if !root().join(&case).is_file() {
            broken.push(format!("{file}: there is no {case}"));
        }
    }
    report("a kind is a file, a line in BUILT_IN, and a case of its name", &broken);
}

#[test]
fn codes_are_in_order_and_each_is_shown() {
    let mut broken: Vec<String> = CODES
        .windows(2)
        .filter(|pair| pair[0].code >= pair[1].code)
        .map(|pair| format!("src/diagnostic/codes.rs: `{}` stands before `{}`", pair[0].code, pair[1].code))
        .collect();
    let shown = all_diagnostics() + &text("tests/commands.rs") + &text("tests/accidents.rs");
    for code in CODES.iter().filter(|code| !shown.contains(&format!("[{}]", code.code))) {
        broken.push(format!("src/diagnostic/codes.rs: no case in tests/sites/ shows `{}`", code.code));
    }
    report("what a code says to an author is reviewed in a case", &broken);
}

#[test]
fn each_lint_is_registered_and_shown() {
    let shown = all_diagnostics();
    let mut broken = Vec::new();
    let is_lint = |name: &String| text(&format!("src/check/{name}.rs")).contains("LINT: Lint");
    for name in shelf("src/check").into_iter().filter(is_lint) {
        let code = name.replace('_', "-");
        if !is_listed("src/check/mod.rs", "LINTS", &name) {
            broken.push(format!("src/check/{name}.rs: not in LINTS (src/check/mod.rs)"));
        }
        if !shown.contains(&format!("[{code}]")) {
            broken.push(format!("src/check/{name}.rs: no case in tests/sites/ shows `{code}`"));
        }
    }
    report("a lint is a file named like its code, a line in LINTS, and a case", &broken);
}

#[test]
fn each_export_is_registered_and_shown() {
    let mut broken = Vec::new();
    // What several formats share has no `EXPORT` of its own.
    let formats = shelf("src/export").into_iter().filter(|name| {
        let path = format!("src/export/{name}.rs");
        text(&path).contains("pub const EXPORT:")
    });
    for name in formats {
        if !is_listed("src/export/mod.rs", "EXPORTS", &name) {
            broken.push(format!("src/export/{name}.rs: not in EXPORTS (src/export/mod.rs)"));
        }
        let case = format!("tests/sites/export/{}.txt", name.replace('_', "-"));
        if !root().join(&case).is_file() {
            broken.push(format!("src/export/{name}.rs: there is no {case}"));
        }
    }
    report("an export is a file, a line in EXPORTS, and a case of its name", &broken);
}

#[test]
fn the_top_level_is_the_one_agreed() {
    let mut broken = Vec::new();
    let ignored = text(".gitignore");
    let mut names: Vec<String> = fs::read_dir(root())
        .expect("the root can be listed")
        .map(|entry| entry.expect("the root can be listed").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && !ignored.lines().any(|line| line.trim_matches('/') == name))
        .collect();
    names.sort();
    for name in names.iter().filter(|name| !TOP_LEVEL.contains(&name.as_str())) {
        broken.push(format!("{name}: nothing else belongs to the top level"));
    }
    for name in TOP_LEVEL.iter().filter(|name| !root().join(name).exists()) {
        broken.push(format!("{name}: missing"));
    }
    for folder in ["content", "src", "tests", "themes"] {
        if !root().join(folder).join("README.md").is_file() {
            broken.push(format!("{folder}/README.md: say what belongs there and how to add one"));
        }
    }
    report("the top level", &broken);
}

#[test]
fn no_file_names_a_path_of_this_machine() {
    let here = env!("CARGO_MANIFEST_DIR");
    let home = std::env::var("HOME").ok().filter(|home| home.len() > 1);
    let mut broken = Vec::new();
    for folder in ["src", "tests", "themes", "content", ".ci"] {
        for path in files(folder) {
            let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
            for (number, line) in (1..).zip(text.lines()) {
                if line.contains(here) || home.as_ref().is_some_and(|home| line.contains(&format!("{home}/"))) {
                    broken.push(format!("{path}:{number}: a path that only this machine has"));
                }
            }
        }
    }
    report("the project is read on other machines", &broken);
}

/// Whether a word stands in code by itself.
fn has_word(code: &str, word: &str) -> bool {
    code.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|other| other == word)
}

/// Whether `room` may name `other`.
fn may_import(room: &str, other: &str) -> bool {
    if room == other {
        return true;
    }
    let noun = NOUNS.iter().position(|noun| *noun == other);
    if let Some(own) = NOUNS.iter().position(|noun| *noun == room) {
        return noun.is_some_and(|noun| noun < own);
    }
    if VERBS.contains(&room) {
        let step = |name: &str| STEPS.iter().position(|step| *step == name);
        return noun.is_some() || step(other).zip(step(room)).is_some_and(|(other, own)| other < own);
    }
    SHELL.iter().any(|(name, others)| *name == room && (noun.is_some() || others.contains(&other)))
}

/// The room that a name below `crate::` stands for. A bare name like `assemble` is, to the shell, the function that
/// `lib.rs` offers; with `::` behind it, it is the room.
fn room_of_name(name: &str, from: &str) -> String {
    let (word, goes_on) = name.strip_suffix("::").map_or((name, false), |word| (word, true));
    let is_shell = SHELL.iter().any(|(room, _)| *room == from);
    let is_room = NOUNS.contains(&word) || VERBS.contains(&word) || SHELL.iter().any(|(room, _)| *room == word);
    if !is_room || (is_shell && VERBS.contains(&word) && !goes_on) { "lib".into() } else { word.into() }
}

/// `src/render/theme.rs` → `render`; `src/lib.rs`, and `src/stages/`, which is the rest of it, → `lib`.
fn room(path: &str) -> String {
    let rest = path.strip_prefix("src/").unwrap_or(path);
    let room = rest.split('/').next().unwrap_or(rest).trim_end_matches(".rs");
    if room == "stages" { "lib".to_owned() } else { room.to_owned() }
}

/// Whether this file holds the wording of one stage's messages.
fn is_wording(path: &str) -> bool {
    let name = path.strip_prefix("src/diagnostic/");
    name.is_some_and(|name| name != "mod.rs" && name != "codes.rs")
}

/// Whether `super` in this file is the crate's root.
fn is_door(path: &str) -> bool {
    path.ends_with("/mod.rs") || path.matches('/').count() == 1
}

/// `src/kind/body.toml` → `body`.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

struct File {
    path: String,
    text: String,
    rust: Rust,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below a folder, in order, relative to the root; none where there is no such folder.
fn files(folder: &str) -> Vec<String> {
    let listed = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter().flatten();
    let paths = listed.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    let below = |path: PathBuf| path.strip_prefix(root()).map(|path| path.to_string_lossy().replace('\\', "/"));
    paths.filter_map(|path| below(path).ok()).filter(|path| !path.contains("node_modules/")).collect()
}

/// Every Rust file of `src` and `tests`, but for those that a room has for its tests alone. Looked at once.
static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
    let paths = files("src").into_iter().chain(files("tests")).filter(|path| path.ends_with(".rs"));
    let texts: Vec<(String, String)> = paths.map(|path| (path.clone(), text(&path))).collect();
    let is_for_tests = |path: &str| {
        let (room, name) = path.rsplit_once('/').unwrap_or_default();
        let declared = format!("#[cfg(test)]\nmod {};", name.trim_end_matches(".rs"));
        texts.iter().any(|(other, text)| other.starts_with(room) && text.contains(&declared))
    };
    let kept = texts.iter().filter(|(path, _)| !is_for_tests(path));
    kept.map(|(path, text)| File { path: path.clone(), text: text.clone(), rust: Rust::read(text) }).collect()
});

/// Those of `src`.
fn sources() -> impl Iterator<Item = &'static File> {
    FILES.iter().filter(|file| file.path.starts_with("src/"))
}

/// What stands in the place of rooms for a crate that any of them may use.
const EVERYWHERE: &str = "everywhere";

/// A line of `Cargo.toml`'s dependencies.
struct Dependency {
    line: usize,
    name: String,
    /// What the comment above it says; none if it says nothing.
    rooms: Option<BTreeSet<String>>,
}

fn dependencies() -> Vec<Dependency> {
    let manifest = text("Cargo.toml");
    let (mut list, mut table, mut rooms) = (Vec::new(), "", None);
    for (line, content) in (1..).zip(manifest.lines()) {
        if let Some(comment) = content.strip_prefix("# ") {
            rooms = rooms_in(comment).or(rooms);
        } else if content.starts_with('[') {
            table = content;
        } else if let Some((name, _)) = content.split_once('=').filter(|_| table.ends_with("dependencies]")) {
            list.push(Dependency { line, name: name.trim().to_owned(), rooms: rooms.take() });
        }
    }
    list
}

/// `read, write: why` → the rooms; none if these are no rooms.
fn rooms_in(comment: &str) -> Option<BTreeSet<String>> {
    let (rooms, _) = comment.split_once(':')?;
    let shell = SHELL.iter().map(|(room, _)| *room);
    let known: BTreeSet<&str> =
        NOUNS.iter().chain(VERBS).copied().chain(shell).chain(["lib", "tests", EVERYWHERE]).collect();
    let rooms: BTreeSet<String> = rooms.split(", ").map(str::to_owned).collect();
    rooms.iter().all(|room| known.contains(room.as_str())).then_some(rooms)
}

/// The names of the files of a shelf, but for its door.
fn shelf(folder: &str) -> Vec<String> {
    let names = files(folder).into_iter().filter_map(|path| path.rsplit_once('/').map(|(_, name)| name.to_owned()));
    names.filter_map(|name| name.strip_suffix(".rs").map(str::to_owned)).filter(|name| name != "mod").collect()
}

/// Whether `name::` stands in the list called `list` in a file.
fn is_listed(path: &str, list: &str, name: &str) -> bool {
    let text = Rust::read(&text(path)).code;
    let Some(start) = text.find(&format!("{list}:")) else { return false };
    let end = text[start..].find("];").map_or(text.len(), |end| start + end);
    text[start..end].contains(&format!("{name}::"))
}

fn kind_files() -> Vec<(String, toml::Table)> {
    let paths = files("src/kind").into_iter().filter(|path| path.ends_with(".toml"));
    paths.map(|path| (path.clone(), text(&path).parse().unwrap_or_else(|error| panic!("{path}: {error}")))).collect()
}

/// Names and folders of kinds, and the names of the fields that are their own or that several share, but not all.
fn names_of_kinds() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (path, kind) in kind_files() {
        if stem(&path) == "every" {
            continue;
        }
        let folder = kind.get("folder").and_then(toml::Value::as_str);
        names.extend(folder.into_iter().flat_map(|folder| [folder.to_owned(), stem(&path).to_owned()]));
        collect_names(&kind, "field", &mut names);
    }
    names
}

/// The `name` of each table in the list of tables called `list`, and of the parts in each.
fn collect_names(table: &toml::Table, list: &str, names: &mut BTreeSet<String>) {
    let tables = table.get(list).and_then(toml::Value::as_array);
    for table in tables.into_iter().flatten().filter_map(toml::Value::as_table) {
        names.extend(table.get("name").and_then(toml::Value::as_str).map(str::to_owned));
        collect_names(table, "part", names);
    }
}

fn all_cases() -> Vec<(String, Case)> {
    cases::all().into_iter().map(|(name, path)| (name, cases::read(&path))).collect()
}

fn all_diagnostics() -> String {
    let cases = all_cases();
    let sections = cases.iter().flat_map(|(_, case)| &case.sections);
    sections
        .filter(|section| matches!(section.role, Role::Diagnostics(_)))
        .map(|section| section.body.as_str())
        .collect()
}

/// Exceptions that nothing needs any more.
fn unused(list: &[(&str, &str, &str)], used: &BTreeSet<usize>, name: &str) -> Vec<String> {
    let left = (0..list.len()).filter(|index| !used.contains(index));
    left.map(|index| format!("tests/tidy.rs: {name} has {:?}, which is no exception any more", list[index])).collect()
}

fn report(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}:\n{}\n", broken.join("\n"));
}
