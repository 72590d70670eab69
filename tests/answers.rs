//! Whether the script of the search answers what the program answers, to the last letter: the same pages and passages in
//! the same order with the same scores, the same counts, corrections and marks.
//!
//! Input: the sample, and made-up sites. Output: questions with the program's answers, for `script/answers.js`, which asks
//! the script in one process and compares. Not here: whether an answer is a good one, which `search.rs` asks.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use folkmoot::index::{Plan, View, finish, plan_in, segment};
use folkmoot::language::Language;
use folkmoot::source::Sources;
use folkmoot::{Answer, Question, assemble, find};
use serde_json::json;

use crate::generate::{self, Random};
use crate::memory::{build, options, sources, write};
use crate::properties::sample;

/// What residents, councillors and people who mistype ask of the sample, and what nobody should.
const QUESTIONS: &str = include_str!("search/questions.txt");

/// How many random questions each made-up site is asked.
const RANDOM: usize = 300;

#[test]
fn the_script_answers_what_the_program_answers() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let mut asked = String::new();
    let outputs = build(&sources(sample()), &options()).outputs;
    let ways = ways();
    for (number, typed) in QUESTIONS.lines().enumerate() {
        // Each question is asked, and every fourth in all ways.
        for way in &ways[..if number % 4 == 0 { ways.len() } else { 1 }] {
            let question = Question { text: typed.into(), ..way.clone() };
            ask("sample", &outputs, &question, &mut asked);
        }
    }
    keep(folder.path(), "sample", &outputs);
    for seed in made_up() {
        let site = format!("made-up-{seed}");
        let (outputs, texts) = made_up_site(seed);
        let found = ask_randomly(seed, &site, &outputs, &texts, &mut asked);
        assert!(found > RANDOM / 3, "seed {seed}: only {found} questions found something");
        keep(folder.path(), &site, &outputs);
    }
    // As large sites are: in several segments, the latest pages by themselves, and with words that are asked for by page.
    let outputs = cut(&sources(made_up_files(30).0));
    let found = ask_randomly(31, "cut", &outputs, &made_up_files(30).1, &mut asked);
    assert!(found > RANDOM / 3, "only {found} questions found something");
    keep(folder.path(), "cut", &outputs);
    std::fs::write(folder.path().join("asked.jsonl"), asked).expect("the questions can be written");
    compare(folder.path());
}

/// The seeds of the sites that are made up.
fn made_up() -> std::ops::Range<u64> {
    if std::env::var_os("FOLKMOOT_LONG").is_some() { 30..60 } else { 30..33 }
}

/// What the answers of the sample are narrowed to, and their order.
fn ways() -> [Question; 4] {
    let way = |facets: &[(&str, &str)], newest_first| Question {
        facets: facets.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        newest_first,
        limit: 10,
        counts: true,
        ..Question::default()
    };
    let several = [("kind", "minutes"), ("kind", "reports"), ("year", "2022"), ("year", "2023")];
    [way(&[], false), way(&[], true), way(&[("kind", "minutes")], false), way(&several, false)]
}

type Outputs = BTreeMap<String, Vec<u8>>;

/// Asks the program, and adds the question with the answer to `asked` as a line of JSON.
fn ask(site: &str, outputs: &Outputs, question: &Question, asked: &mut String) -> Answer {
    let answer = find(&|path| outputs.get(path).cloned(), question).expect("the index is whole");
    let (text, facets, newest) = (&question.text, &question.facets, question.newest_first);
    let line = json!({"site": site, "text": text, "facets": facets, "newest": newest, "answer": answer});
    let _ = writeln!(asked, "{line}");
    answer
}

/// Writes the index of a site.
fn keep(folder: &Path, site: &str, outputs: &Outputs) {
    let files = outputs.iter().filter(|(path, _)| path.starts_with("search/") && !path.ends_with(".html"));
    let files: Vec<(String, Vec<u8>)> = files.map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
    write(&folder.join(site), &files);
}

/// What the words of a made-up site are not: numbers, references, amounts, dates, names.
const PIECES: &[&str] = &[
    "7.3",
    "2021/14",
    "DHR-2020-07",
    "s.17(1)(a)",
    "section 17",
    "£12,345",
    "£1.2m",
    "£1.2 million",
    "14 March 2021",
    "March 2021",
    "14/3/21",
    "2021-03-14",
    "2021/22",
    "2021",
    "IT",
    "PCCs",
    "PCC",
    "U.K.",
    "anti-social behaviour",
    "ASB",
    "anti social",
    "cyber crime",
    "children’s",
    "O’Brien",
    "drugs/alcohol",
    "covid-19",
    "Tŷ Mawr",
    "Straße",
    "co-operate",
    "the",
    "of the",
    "domestic abuse",
    "serious violence duty",
    "community safety partnership",
    "community safety",
    "burglaries",
    "burglary",
];

/// The outputs of a site, and the texts of its documents. Beside what every made-up site has it has a glossary, and minutes
/// of many words that are more than letters.
fn made_up_site(seed: u64) -> (Outputs, Vec<String>) {
    let (files, texts) = made_up_files(seed);
    (build(&sources(files), &options()).outputs, texts)
}

/// The index of a site as if it were a large one.
fn cut(sources: &Sources) -> Outputs {
    let site = assemble(sources, &options()).site;
    let language = Language::of("en");
    let view = View { site: &site, language: &language };
    let plan = Plan { long: (24, 96), ..plan_in(view, 0) };
    assert!(plan.segments.len() > 3 && plan.latest, "{} segments", plan.segments.len());
    let mut outputs = Outputs::new();
    let mut put = |path: String, bytes: Vec<u8>| -> Result<(), Infallible> {
        outputs.insert(path, bytes);
        Ok(())
    };
    let segments = (0..plan.segments.len()).map(|number| segment(view, &plan, number, &mut put));
    let made: Result<Vec<_>, Infallible> = segments.collect();
    let Ok(()) = made.and_then(|made| finish(&plan, &made, &mut put));
    outputs
}

/// The files of a site, and the texts of its documents.
fn made_up_files(seed: u64) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let mut random = Random::new(seed);
    let mut files = generate::site(seed, 60).files;
    let glossary = "[[term]]\nterm = \"ASB\"\nexpansion = \"anti-social behaviour\"\naliases = [\"the nuisance\"]\n\n\
                    [[term]]\nterm = \"CSP\"\nexpansion = \"community safety partnership\"\n";
    files.push(("content/glossary.toml".into(), glossary.into()));
    for number in 0..40 {
        let mut text = format!("# {}\n\n", line(&mut random, 4));
        for item in 1..=random.below(5) + 1 {
            let _ = writeln!(text, "## {item}. {}\n", line(&mut random, 3));
            for paragraph in 1..=random.below(5) + 1 {
                let _ = writeln!(text, "{item}.{paragraph} {}.\n", line(&mut random, 40));
            }
        }
        let (year, month, day) = (2012 + random.below(13), random.below(12) + 1, random.below(28) + 1);
        let path = format!("content/minutes/board-{}/{year}-{month:02}-{day:02}-more-{number}.md", random.below(3));
        files.push((path, text.into_bytes()));
    }
    let is_text = |path: &String| path.ends_with(".md");
    let texts =
        files.iter().filter(|(path, _)| is_text(path)).map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
    let texts = texts.collect();
    (files, texts)
}

fn line(random: &mut Random, length: usize) -> String {
    let pieces: Vec<&str> = (0..random.below(length) + 1).map(|_| *random.pick(PIECES)).collect();
    pieces.join([" ", " ", " ", ", ", " · "][random.below(5)])
}

/// Asks a site random questions of its own words; gives how many found something.
fn ask_randomly(seed: u64, site: &str, outputs: &Outputs, texts: &[String], asked: &mut String) -> usize {
    let mut random = Random::new(seed);
    let everything = Question { text: "since 1900".into(), limit: 10, counts: true, ..Question::default() };
    let facets = ask(site, outputs, &everything, asked).facets;
    let mut found = 0;
    for _ in 0..RANDOM {
        let mut question = Question { text: typed(&mut random, texts), limit: 10, counts: true, ..Question::default() };
        question.newest_first = random.chance(20);
        while random.chance(25) {
            let facet = random.pick(&facets);
            if !facet.values.is_empty() {
                let value = random.pick(&facet.values);
                question.facets.push((facet.key.clone(), value.key.clone()));
            }
        }
        found += usize::from(ask(site, outputs, &question, asked).pages > 0);
    }
    found
}

/// A question of one to three parts.
fn typed(random: &mut Random, texts: &[String]) -> String {
    let count = random.below(3) + 1;
    let mut typed = part(random, texts);
    for _ in 1..count {
        let between = [" ", " ", " ", " ", " OR ", " -", " NOT ", "  ", ", "][random.below(9)];
        typed = format!("{typed}{between}{}", part(random, texts));
    }
    typed
}

fn part(random: &mut Random, texts: &[String]) -> String {
    let words = |random: &mut Random, most: usize| -> String {
        let words: Vec<&str> = random.pick(texts).split_whitespace().collect();
        let first = random.below(words.len());
        words[first..].iter().take(random.below(most) + 1).copied().collect::<Vec<_>>().join(" ")
    };
    match random.below(12) {
        0..=3 => words(random, 3),
        4 | 5 => format!("\"{}\"", words(random, 5).replace('"', "")),
        6 | 7 => {
            let word = words(random, 1);
            mistyped(random, &word)
        }
        8 | 9 => (*random.pick(PIECES)).to_owned(),
        10 => {
            let before = random.pick(&["since", "before", "after", "until", "in", "by", "from", "during", ""]);
            format!("{before} {}", date(random)).trim().to_owned()
        }
        _ => {
            let (one, other) = (date(random), date(random));
            format!("{} {one} {} {other}", random.pick(&["between", "from"]), random.pick(&["and", "to", "until"]))
        }
    }
}

fn date(random: &mut Random) -> String {
    let (year, month, day) = (2012 + random.below(14), random.below(12) + 1, random.below(31) + 1);
    match random.below(6) {
        0 => year.to_string(),
        1 => format!("{year}/{:02}", (year + 1) % 100),
        2 => format!("{day}/{month}/{:02}", year % 100),
        3 => format!("{year}-{month:02}-{day:02}"),
        4 => format!("{day} {} {year}", folkmoot::model::MONTHS[month - 1]),
        _ => format!("{} {year}", folkmoot::model::MONTHS[month - 1]),
    }
}

/// A word with one or two letters left out, doubled, changed or swapped.
fn mistyped(random: &mut Random, word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    for _ in 0..random.below(2) + 1 {
        let at = random.below(letters.len().max(1));
        match random.below(4) {
            _ if letters.len() < 2 => {}
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letters[at]),
            2 => letters[at] = *random.pick(&['a', 'e', 's', 't', 'é']),
            _ => letters.swap(at.saturating_sub(1), at),
        }
    }
    letters.into_iter().collect()
}

/// Runs the script.
#[expect(clippy::print_stderr, reason = "a test that is left out says so")]
fn compare(folder: &Path) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/script/answers.js");
    let output = match Command::new("node").arg(script).arg(folder).output() {
        Ok(output) => output,
        Err(error) if std::env::var_os("FOLKMOOT_PACKAGES").is_some() => panic!("node cannot be started: {error}"),
        Err(_) => return eprintln!("skipped: node is not installed; ./tests/run installs it and runs this"),
    };
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success(), "the script answers otherwise:\n{said}");
}
