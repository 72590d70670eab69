//! Attacks: thousands of ways to write that something is not for everybody, put together by a generator. Of each, a word that
//! stands nowhere else must be in no byte of what is published. And the other side: what is clearly public is read by all.
//!
//! Enters: the lists in `attacks.toml`, a seed. Leaves: a failure with the text and its seed. Absent: the words by which the
//! program decides; what is written here rests on what people and other programs write. `FOLKMOOT_LONG=1` tries tens of thousands.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read;
use std::sync::LazyLock;

use folkmoot::kind::{Kind, Kinds, Shape, built_in};
use folkmoot::model::checked_line;
use folkmoot::source::Attachment;
use serde::Deserialize;

use crate::generate::Random;
use crate::memory::{Built, build, options, sources};

/// How many attacks stand in one site: building it costs more than any of them.
const IN_ONE_SITE: u64 = 120;

#[derive(Deserialize)]
struct Lists {
    heads: Vec<String>,
    broken: Vec<String>,
    withholds: Vec<String>,
    doubtful: Vec<String>,
    shows: Vec<String>,
    braces: Vec<String>,
    marks: Vec<String>,
    phrases: Vec<String>,
    lines: Vec<String>,
    unseen: Vec<String>,
    titles: Vec<String>,
    names: Vec<String>,
    public_titles: Vec<String>,
    public_names: Vec<String>,
    places: Vec<String>,
    marked: Vec<String>,
    spoken: Vec<String>,
    forbids: Vec<[Vec<String>; 3]>,
    edges: Vec<String>,
    cores: Vec<String>,
    enters: Vec<String>,
    returns: Vec<String>,
    sentences: Vec<String>,
    parted: Vec<String>,
    named: Vec<String>,
    sources: Vec<String>,
    data: Vec<String>,
    public_data: Vec<String>,
}

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml::from_str(include_str!("attacks.toml")).expect("attacks.toml has the shape of `Lists`"));

static KINDS: LazyLock<Kinds> = LazyLock::new(built_in);

/// One text that was made up, with the word in it.
struct Attack {
    /// The path and the text of each of its files.
    files: Vec<(String, String)>,
    canary: String,
}

#[test]
fn what_is_not_for_everybody_is_in_no_byte_however_it_is_written() {
    let (mut made, mut leaks) = (0, BTreeMap::new());
    for seed in crate::properties::seeds(15) {
        let mut random = Random::new(seed);
        let attacks: Vec<Attack> = (0..IN_ONE_SITE).map(|number| attack(&mut random, number)).collect();
        made += attacks.len();
        let seen = canaries(&site(&attacks));
        for attack in attacks.iter().filter(|attack| seen.contains(&attack.canary)) {
            leaks.entry(shown(attack)).or_insert(seed);
        }
    }
    let all: String = leaks.iter().map(|(text, seed)| format!("seed {seed}\n{text}\n")).collect();
    assert!(leaks.is_empty(), "{} of {made} attacks were published:\n{all}", leaks.len());
}

#[test]
fn whoever_has_looked_at_a_file_opens_what_its_words_hold_back_and_nothing_else() {
    let (mut made, mut leaks) = (0, BTreeMap::new());
    for seed in crate::properties::seeds(5) {
        let mut random = Random::new(seed);
        let attacks: Vec<Attack> = (0..IN_ONE_SITE).map(|number| not_by_words(&mut random, number)).collect();
        made += attacks.len();
        let lines: String = attacks
            .iter()
            .flat_map(|attack| &attack.files)
            .map(|(path, text)| checked_line(path, Attachment::checksum(text.as_bytes())) + "\n")
            .collect();
        let looked = Attack { files: vec![("content/checked.toml".to_owned(), lines)], canary: String::new() };
        let attacks: Vec<Attack> = attacks.into_iter().chain([looked]).collect();
        let built = site(&attacks);
        assert!(!built.diagnostics.iter().any(|said| said.code == "wrong-entry"), "every file was looked at");
        let seen = canaries(&built);
        for attack in attacks.iter().filter(|attack| seen.contains(&attack.canary)) {
            leaks.entry(shown(attack)).or_insert(seed);
        }
    }
    let all: String = leaks.iter().map(|(text, seed)| format!("seed {seed}\n{text}\n")).collect();
    assert!(leaks.is_empty(), "{} of {made} attacks were published:\n{all}", leaks.len());
}

#[test]
fn what_is_public_is_read_however_it_is_written() {
    let (mut made, mut lost) = (0, BTreeMap::new());
    for seed in crate::properties::seeds(5) {
        let mut random = Random::new(seed);
        let texts: Vec<Attack> = (0..IN_ONE_SITE).map(|number| public(&mut random, number)).collect();
        made += texts.len();
        let seen = canaries(&site(&texts));
        for text in texts.iter().filter(|text| !seen.contains(&text.canary)) {
            lost.entry(shown(text)).or_insert(seed);
        }
    }
    let all: String = lost.iter().map(|(text, seed)| format!("seed {seed}\n{text}\n")).collect();
    assert!(lost.is_empty(), "{} of {made} public texts were held back:\n{all}", lost.len());
}

/// A text as a failure shows it.
fn shown(attack: &Attack) -> String {
    let files = attack.files.iter().map(|(path, text)| format!("── {path}\n{}\n", text.replace(&attack.canary, "ZQ")));
    files.collect()
}

/// The site of several such texts. An error in one of them stops a real build; here what would be published is looked at.
fn site(attacks: &[Attack]) -> Built {
    let mut files = BTreeMap::from([
        ("content/site.toml".to_owned(), "title = \"Made up\"\nbase_url = \"https://made-up.example\"\n".to_owned()),
        ("content/pages/index.md".to_owned(), "# Welcome\n".to_owned()),
        ("content/bodies/board.md".to_owned(), "# Board\n".to_owned()),
    ]);
    for (path, text) in attacks.iter().flat_map(|attack| &attack.files) {
        // What is added to one file of the site, such as the glossary, follows what others added.
        files.entry(path.clone()).or_default().push_str(text);
    }
    build(&sources(files.into_iter().map(|(path, text)| (path, text.into_bytes()))), &options())
}

/// A word that stands nowhere else, of letters alone, so that it stays itself in an address.
fn canary(number: u64) -> String {
    let letters =
        (0..3).map(|place| char::from(b'a' + u8::try_from(number / 26_u64.pow(place) % 26).expect("a letter")));
    format!("zqx{}qz", letters.collect::<String>())
}

/// Every such word in a byte of an output, packed ones included, or in its name.
fn canaries(built: &Built) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (path, bytes) in &built.outputs {
        look(path.as_bytes(), &mut found);
        look(bytes, &mut found);
        if path.ends_with(".bin") {
            for start in 0..bytes.len() {
                let mut unpacked = Vec::new();
                let _ = flate2::read::DeflateDecoder::new(&bytes[start..]).take(1 << 20).read_to_end(&mut unpacked);
                look(&unpacked, &mut found);
            }
        }
    }
    found
}

fn look(bytes: &[u8], found: &mut BTreeSet<String>) {
    for at in 0..bytes.len().saturating_sub(7) {
        let word = &bytes[at..at + 8];
        if word[..3].eq_ignore_ascii_case(b"zqx") && word[6..].eq_ignore_ascii_case(b"qz") {
            found.insert(String::from_utf8_lossy(word).to_lowercase());
        }
    }
}

/// Something that is not for everybody.
fn attack(random: &mut Random, number: u64) -> Attack {
    let canary = canary(number);
    let files = match random.below(48) {
        44 | 45 => vec![between(random, number, true)],
        46 => vec![at_an_edge(random, number)],
        0..13 => vec![headed(random, number, &LISTS.withholds, true)],
        13..28 => {
            let text = if random.chance(15) { random.pick(&LISTS.unseen).clone() } else { spoken(random) };
            vec![page(random, number, &text)]
        }
        28..30 => vec![field(random, number)],
        30..33 => attached(random, number),
        33..35 => copied(random, number),
        35..37 => vec![titled(random, number, &LISTS.titles)],
        37 | 38 => vec![named(random, number, &LISTS.names)],
        39 | 40 => hanging(random, number, 2),
        41 | 42 => data(random, number, &LISTS.data),
        _ => beside(random, number),
    };
    Attack { files: filled(typed_otherwise(random, files), &canary), canary }
}

/// Something that is not for everybody, whatever a person thinks of the words of its text: by its head, braces, a name, a title.
fn not_by_words(random: &mut Random, number: u64) -> Attack {
    let canary = canary(number);
    let files = match random.below(10) {
        0..5 => vec![headed(random, number, &LISTS.withholds, true)],
        5..7 => {
            let text = braced(random);
            vec![page(random, number, &text)]
        }
        7 => vec![field(random, number)],
        8 => copied(random, number),
        _ => vec![named(random, number, &LISTS.names)],
    };
    Attack { files: filled(typed_otherwise(random, files), &canary), canary }
}

/// A text in which something says that it is not for everybody.
fn spoken(random: &mut Random) -> String {
    match random.below(10) {
        0..4 => braced(random),
        9 => {
            let phrase = forbidding(random);
            of(random, &LISTS.spoken, "PHRASE", &[phrase])
        }
        4 | 5 => of(random, &LISTS.marked, "MARK", &LISTS.marks),
        6 => random.pick(&LISTS.lines).clone(),
        _ => of(random, &LISTS.spoken, "PHRASE", &LISTS.phrases),
    }
}

/// Words of one language that say that something is not to be shown, as nobody listed them whole: "Not for wider distribution".
fn forbidding(random: &mut Random) -> String {
    let [not, widely, shown] = random.pick(&LISTS.forbids);
    let said = [not, widely, shown].map(|list| random.pick::<String>(list).as_str());
    let said = said.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if random.chance(40) { said.to_uppercase() } else { said }
}

/// Minutes that tell that a meeting went into a closed session and came out of it; the word was said there, or not.
fn between(random: &mut Random, number: u64, inside: bool) -> (String, String) {
    let (begin, end) = (random.pick(&LISTS.enters).clone(), random.pick(&LISTS.returns));
    let (within, behind) = if inside { ("The bid of ZQ was high.", "Words.") } else { ("Words.", "ZQ spoke.") };
    let text = format!("# Minutes\n\n## 4. Roads\n\nWords.\n\n{begin}\n\n{within}\n\n{end}\n\n{behind}\n");
    (format!("content/minutes/board/{}-a{number}.md", day(number)), text)
}

/// Minutes in which a title says it at its beginning or at its end, beside words of which nobody made a list.
fn at_an_edge(random: &mut Random, number: u64) -> (String, String) {
    let title = of(random, &LISTS.edges, "CORE", &LISTS.cores);
    let text = format!("# Minutes\n\n## 3. Roads\n\nWords.\n\n## {title}\n\nThe bid of ZQ.\n\n- ZQ\n");
    (format!("content/minutes/board/{}-a{number}.md", day(number)), text)
}

/// The same as other programs save it: with other ends of lines, blanks that do not break, letters that cannot be seen.
fn typed_otherwise(random: &mut Random, mut files: Vec<(String, String)>) -> Vec<(String, String)> {
    let (_, text) = &mut files[0];
    match random.below(16) {
        0 => *text = text.replace('\n', "\r\n"),
        1 => *text = text.replace('\n', "\r"),
        2 => *text = format!("\u{FEFF}{text}"),
        3 => *text = text.replace('\n', "  \n"),
        4 => text.push('\u{C}'),
        5 => *text = format!("\u{200B}{text}"),
        _ => {}
    }
    files
}

/// A document whose title says it, in its head or as its heading.
fn titled(random: &mut Random, number: u64, titles: &[String]) -> (String, String) {
    let (_, path) = place(random, &format!("{}-a{number}", day(number)));
    let title = random.pick(titles);
    let head = match random.below(3) {
        0 => format!("---\ntitle: \"{title}\"\n---\n"),
        1 => format!("+++\ntitle = \"{title}\"\n+++\n"),
        _ => format!("# {title}\n"),
    };
    (path, format!("{head}\nThe bid of ZQ.\n\n- ZQ\n"))
}

/// A document whose file or folder has a name that says it.
fn named(random: &mut Random, number: u64, names: &[String]) -> (String, String) {
    let name = random.pick(names).replace("DAY", &day(number)).replace("NUMBER", &number.to_string());
    let head = random.pick(&["", "# Words\n\n", "---\nsummary: A\n---\n"]).to_owned();
    (format!("content/{name}.md"), format!("{head}The bid of ZQ.\n"))
}

/// Something that everybody may read.
fn public(random: &mut Random, number: u64) -> Attack {
    let canary = canary(number);
    let text = random.pick(&LISTS.sentences).clone();
    let files = match random.below(13) {
        12 => vec![between(random, number, false)],
        10 => hanging(random, number, 1),
        11 => data(random, number, &LISTS.public_data),
        0..4 => {
            let text = if random.chance(30) { random.pick(&LISTS.parted).clone() } else { text };
            vec![page(random, number, &text)]
        }
        4..7 => vec![headed(random, number, &LISTS.shows, false)],
        7 => vec![titled(random, number, &LISTS.public_titles)],
        8 => vec![named(random, number, &LISTS.public_names)],
        _ => {
            // In a table of data a column of markings says of each row who may see it.
            let ends: &[&str] =
                if text.contains("| Marking") { &[".txt"] } else { &[".txt", ".html", ".csv", ".json", ""] };
            let file = format!("a{number}{}", random.pick(ends));
            let page = (format!("content/pages/b{number}.md"), format!("# B\n\n[x]({file})\n"));
            // Braces are an example only where text is read as Markdown.
            vec![(format!("content/pages/{file}"), text.replace("`{.exempt}`", "that")), page]
        }
    };
    Attack { files: filled(files, &canary), canary }
}

fn filled(files: Vec<(String, String)>, canary: &str) -> Vec<(String, String)> {
    files.into_iter().map(|(path, text)| (path.replace("ZQ", canary), text.replace("ZQ", canary))).collect()
}

/// A text from one list with a word from another in its place.
fn of(random: &mut Random, places: &[String], place: &str, words: &[String]) -> String {
    random.pick(places).replace(place, random.pick::<String>(words))
}

fn braced(random: &mut Random) -> String {
    of(random, &LISTS.places, "BRACES", &LISTS.braces)
}

/// A kind, with a path in its folder for a document that has this name.
fn place(random: &mut Random, name: &str) -> (&'static Kind, String) {
    let kinds: Vec<&Kind> = KINDS.iter().map(|(_, kind)| kind).collect();
    let kind = *random.pick(&kinds);
    let folder = if kind.of_meeting { "board/" } else { "" };
    (kind, format!("content/{}/{folder}{name}.md", kind.folder))
}

/// The day in the name of a file; no two files of a site have the same.
fn day(number: u64) -> String {
    format!("{}-{:02}-{:02}", 2010 + number / 300, number / 25 % 12 + 1, number % 25 + 1)
}

/// A document that says something in its head. Where it withholds all, its names are not for everybody either.
fn headed(random: &mut Random, number: u64, said: &[String], withholds: bool) -> (String, String) {
    let (key, value) = random.pick(said).split_once(" | ").expect("a key and a value");
    let head = match random.below(20) {
        0 | 1 if withholds => random.pick(&LISTS.broken),
        _ => random.pick(&LISTS.heads),
    };
    if withholds && random.chance(8) {
        let doubtful = random.pick(&LISTS.doubtful).split_once(" | ").expect("a key and a value");
        return (
            place(random, &format!("{}-ZQ", day(number))).1,
            format!("---\n{}: {}\n---\nZQ\n", doubtful.0, doubtful.1),
        );
    }
    let typed = in_numbers(random, head, key);
    let bare = value.parse::<u32>().is_ok() || ["true", "false"].contains(&value);
    let quoted = if bare && random.chance(70) { head.replace("\"VALUE\"", value) } else { head.clone() };
    let head = quoted.replace("KEY", &typed).replace("VALUE", value);
    // What has ended leaves its title and its address.
    let ended = ["expir", "withdrawn", "unpublish", "exempt", "retract"].iter().any(|word| key.contains(word));
    let named = withholds && !ended && random.chance(50);
    let name = if named { format!("{}-ZQ", day(number)) } else { format!("{}-a{number}", day(number)) };
    let body = if named { "\n# About ZQ\n\nThe words of ZQ.\n" } else { "\n# A\n\nThe words of ZQ.\n\n## B\n\n- ZQ\n" };
    (place(random, &name).1, format!("{head}{body}"))
}

/// A key in quotes may have letters that are written by their numbers.
fn in_numbers(random: &mut Random, head: &str, key: &str) -> String {
    match key.chars().next() {
        Some(first) if first.is_ascii_alphabetic() && head.contains("\"KEY\"") && random.chance(20) => {
            format!("\\u{:04x}{}", u32::from(first), &key[1..])
        }
        _ => key.to_owned(),
    }
}

/// A public document with a text in it, between others.
fn page(random: &mut Random, number: u64, text: &str) -> (String, String) {
    let (_, path) = place(random, &format!("{}-a{number}", day(number)));
    let mut whole = String::new();
    if random.chance(30) {
        whole.push_str("---\nsummary: A\n---\n");
    }
    if random.chance(60) {
        whole.push_str("# Papers\n\nWhat was said.\n\n");
    }
    let _ = writeln!(whole, "{text}");
    if random.chance(40) {
        whole.push_str("\n# Next\n\nMore was said.\n");
    }
    (path, whole)
}

/// A document of which a field has braces.
fn field(random: &mut Random, number: u64) -> (String, String) {
    let (kind, path) = place(random, &format!("{}-a{number}", day(number)));
    let is_text = |shape: &Shape| {
        matches!(shape, Shape::Text | Shape::Markdown | Shape::ReferenceOrWords(_) | Shape::DateOrWords)
    };
    let mut lines = Vec::new();
    for field in kind.fields.iter().filter(|field| !field.decides()) {
        match &field.shape {
            shape if is_text(shape) => lines.push(format!("{}: VALUE", field.name)),
            Shape::List(inner) if is_text(inner) => lines.push(format!("{}: [VALUE]", field.name)),
            Shape::List(inner) => {
                let part = inner.parts().iter().find(|part| is_text(&part.shape));
                lines.extend(part.map(|part| format!("{}:\n  - {}: VALUE", field.name, part.name)));
            }
            Shape::Group(parts) => {
                let part = parts.iter().find(|part| is_text(&part.shape));
                lines.extend(part.map(|part| format!("{}:\n  {}: VALUE", field.name, part.name)));
            }
            _ => {}
        }
    }
    let braces = random.pick(&LISTS.braces).replace('\\', "").replace('"', "'");
    let line = random.pick(&lines).replace("VALUE", &format!("\"The bid of ZQ {braces}\""));
    (path, format!("---\n{line}\n---\n\nPublic.\n"))
}

/// A file that is published as it is, and a page that leads to it.
fn attached(random: &mut Random, number: u64) -> Vec<(String, String)> {
    let ends = [
        ".MD",
        ".markdown",
        ".txt",
        ".html",
        ".mdx",
        "",
        ".md~",
        ".text",
        ".Rmd",
        ".mkd",
        ".bak",
        ".md.txt",
        ".rst",
        ".Md",
    ];
    let file = format!("a{number}{}", random.pick(&ends));
    let text = match random.below(3) {
        0 => headed(random, number, &LISTS.withholds, false).1,
        _ => spoken(random),
    };
    let text = if text.contains("ZQ") { text } else { format!("{text}\nZQ\n") };
    let links = ["[x](FILE)", "![x](FILE)", "[x]: FILE\n\nSee [x].", "<a href=\"FILE\">x</a>", "[x](./FILE)"];
    let link = random.pick(&links).replace("FILE", &file);
    vec![(format!("content/pages/{file}"), text), (format!("content/pages/b{number}.md"), format!("# B\n\n{link}\n"))]
}

/// An old copy beside something withheld: a file to which a page leads, or a document.
fn copied(random: &mut Random, number: u64) -> Vec<(String, String)> {
    let names = [
        "Copy of NAME.md",
        "NAME - Copy.md",
        "NAME-old.md",
        "NAME.md.orig",
        "NAME.orig.md",
        "NAME.md.bak",
        "NAME.bak",
        "NAME.md~",
        "NAME (Recovered).md",
        "NAME(1).md",
        "NAME (2).txt",
        "NAME_old.txt",
        "NAME.md.old",
        "NAME copy.md",
        "NAME copy 2.md",
        "old NAME.md",
        "NAME.md.txt",
        "NAME.MD",
        "NAME-backup.md",
        "#NAME.md#",
        "NAME.md.save",
        "NAME - Copy (3).md",
        "NAME (Autosaved).txt",
        "Kopie von NAME.md",
        "NAME.txt",
        "old/NAME.md",
        "Archive/NAME.md",
        "backups/NAME.txt",
        "Old versions/NAME-old.md",
    ];
    let name = format!("c{number}");
    let copy = random.pick(&names).replace("NAME", &name);
    let heads = ["draft: true", "publish_at: 2031-01-01", "exempt: {paragraphs: [3]}", "private: true", "draft: maybe"];
    let held = format!("---\n{}\n---\nSecret\n", random.pick(&heads));
    vec![
        (format!("content/pages/{name}.md"), held),
        (format!("content/pages/{copy}"), "# Words\n\nThe words of ZQ.\n".to_owned()),
        (format!("content/pages/b{number}.md"), format!("# B\n\n[x](<{copy}>)\n")),
    ]
}

/// A record in a file of its own that was made at an item of minutes; the second of them is exempt. Or a paper of that item.
fn hanging(random: &mut Random, number: u64, item: u32) -> Vec<(String, String)> {
    let name = format!("{}-h{number}", day(number));
    let is_paper = random.chance(30);
    let paper = if is_paper { format!(" papers=reports/h{number}") } else { String::new() };
    let (first, second) = if item == 1 { (paper.as_str(), "") } else { ("", paper.as_str()) };
    let first = if first.is_empty() { String::new() } else { format!(" {{{}}}", first.trim()) };
    let text = format!(
        "## 1. Roads{first}\n\nWords.\n\n## 2. Award {{.exempt paragraphs=3{second}}}\n\nSecret.\n\n## 3. Lamps\n\nWords.\n"
    );
    let minutes = (format!("content/minutes/board/{name}.md"), text);
    let place = random.pick(&LISTS.named).replace("NAME", &name).replace("ITEM", &item.to_string());
    let key = random.pick(&LISTS.sources);
    let hangs = match (is_paper, random.below(5)) {
        (true, _) => (format!("content/reports/h{number}.md"), "# A\n\nThe bid of ZQ.\n".to_owned()),
        (_, 3) => {
            let folder = random.pick(&["resolutions", "actions", "reports"]);
            (format!("content/{folder}/h{number}.md"), format!("---\n{key}: {place}\n---\n# A\n\nThe bid of ZQ.\n"))
        }
        (_, 0) => (
            format!("content/actions/h{number}.md"),
            format!("---\narises_from: {place}\n---\n# A\n\nThe bid of ZQ.\n"),
        ),
        _ => (
            format!("content/resolutions/h{number}.md"),
            format!("---\nmade_at: {place}\n---\n# A\n\nThe bid of ZQ.\n"),
        ),
    };
    vec![minutes, hangs]
}

/// A file of data, and a page that leads to it.
fn data(random: &mut Random, number: u64, list: &[String]) -> Vec<(String, String)> {
    let (end, text) = random.pick(list).split_once(" | ").expect("the end of a name and a text");
    let file = format!("d{number}.{end}");
    vec![
        (format!("content/pages/b{number}.md"), format!("# B\n\n[x]({file})\n")),
        (format!("content/pages/{file}"), format!("{text}\n")),
    ]
}

/// Words in a file beside the documents.
fn beside(random: &mut Random, number: u64) -> Vec<(String, String)> {
    let marks = [&LISTS.braces[..2], &LISTS.marks[..4]].concat();
    let mark = random.pick(&marks).clone();
    let keys = [
        "draft = true",
        "private = true",
        "publish_at = 2031-01-01",
        "exempt = true",
        "confidential = \"yes\"",
        "published = false",
    ];
    let file = |name: &str, text: String| vec![(format!("content/{name}"), text)];
    match random.below(4) {
        0 => file("glossary.toml", format!("[[term]]\nterm = \"Word{number}\"\nmeaning = \"ZQ {mark}\"\n")),
        1 => {
            let key = random.pick(&keys);
            file("glossary.toml", format!("[[term]]\nterm = \"Word{number}\"\nmeaning = \"ZQ\"\n{key}\n"))
        }
        2 => {
            let url = format!("https://www.legislation.gov.uk/ukpga/1998/{}", number + 1);
            let act = format!("[[act]]\ntitle = \"ZQ Act 1998 {mark}\"\nurl = \"{url}\"\n");
            file("statutes.toml", act)
        }
        _ => {
            let row = random.pick(&["ZQ MARK,1", "MARK ZQ,1", "\"1\",\"ZQ MARK\"", "ZQ;1;MARK"]).replace("MARK", &mark);
            let table = (format!("content/pages/t{number}.csv"), format!("Bid,Sum\nA,2\n{row}\n"));
            let link = random.pick(&["![x](FILE)", "[x](FILE)"]).replace("FILE", &format!("t{number}.csv"));
            vec![table, (format!("content/pages/b{number}.md"), format!("# B\n\n{link}\n"))]
        }
    }
}
