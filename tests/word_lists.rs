//! Lists of Word, made up by a generator: are all their numbers in the text, as Word shows them?
//!
//! The numbers that are expected are not counted as the program counts: each is found by looking back from its own paragraph alone.

use crate::commands::Site;
use crate::generate::Random;
use crate::memory::write;
use crate::word;

const FORMATS: [&str; 7] =
    ["decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "ordinal", "decimalZero"];
const LEVELS: usize = 4;

/// A level of a definition.
struct Level {
    format: &'static str,
    start: u64,
    /// Whether it never begins anew.
    goes_on: bool,
    is_legal: bool,
    text: String,
}

/// A paragraph: its list, its definition and its level.
struct Paragraph {
    list: usize,
    definition: usize,
    level: usize,
}

#[test]
fn every_number_of_every_list_comes_through() {
    for seed in 0..12 {
        let mut random = Random::new(seed);
        let definitions: Vec<Vec<Level>> =
            (0..3).map(|_| (0..LEVELS).map(|at| level(at, &mut random)).collect()).collect();
        // Of each list, its definition, and where it begins if it begins anew.
        let lists: Vec<(usize, Option<u64>)> =
            (0..6).map(|_| (random.below(3), random.chance(50).then(|| random.below(9) as u64 + 1))).collect();
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        for _ in 0..60 {
            let last = paragraphs.last();
            let deepest = last.map_or(0, |last| (last.level + 1).min(LEVELS - 1));
            let level = random.below(deepest + 1);
            let list = match last {
                Some(last) if level > 0 => last.list,
                _ => random.below(lists.len()),
            };
            paragraphs.push(Paragraph { list, definition: lists[list].0, level });
        }
        let expected: Vec<String> =
            (0..paragraphs.len()).map(|at| label(at, &paragraphs, &definitions, &lists)).collect();
        let site = Site::with(&[("content/pages/about.md", "# About\n")]);
        let bytes = document(&paragraphs, &definitions, &lists);
        write(&site.path(""), &[("lists.docx".to_owned(), bytes)]);
        let ran = site.run(&["import", "lists.docx", "--to", "pages", "--dry-run"]);
        assert_eq!(ran.code, 0, "seed {seed}: {}", ran.words);
        for (at, label) in expected.iter().enumerate() {
            let line = format!("{label} Word{at}.");
            let words = |line: &str| line.split(" {#").next().unwrap_or_default().trim_start().replace('\\', "");
            let mut lines = ran.words.lines().map(words);
            assert!(lines.any(|own| own == line), "seed {seed}, paragraph {at}: `{line}` is not in\n{}", ran.words);
        }
        assert!(!ran.words.contains("Printed, but no place"), "seed {seed}: {}", ran.words);
    }
}

fn level(at: usize, random: &mut Random) -> Level {
    let signs = [("", "."), ("", ")"), ("(", ")"), ("No ", ":")];
    let (before, after) = signs[random.below(signs.len())];
    let places: Vec<String> = match random.below(2) {
        0 => (1..=at + 1).map(|place| format!("%{place}")).collect(),
        _ => vec![format!("%{}", at + 1)],
    };
    Level {
        format: FORMATS[random.below(FORMATS.len())],
        start: random.below(3) as u64 + 1,
        goes_on: random.chance(12),
        is_legal: random.chance(16),
        text: format!("{before}{}{after}", places.join(".")),
    }
}

/// What Word shows before a paragraph.
fn label(at: usize, paragraphs: &[Paragraph], definitions: &[Vec<Level>], lists: &[(usize, Option<u64>)]) -> String {
    let own = &paragraphs[at];
    let levels = &definitions[own.definition];
    let mut label = levels[own.level].text.clone();
    for place in 0..=own.level {
        let number = number(at, place, paragraphs, levels, lists);
        // Legal numbers are digits, but keep the nought: "Section 1.01".
        let is_digits = levels[own.level].is_legal && levels[place].format != "decimalZero";
        let format = if is_digits { "decimal" } else { levels[place].format };
        label = label.replace(&format!("%{}", place + 1), &written(number, format));
    }
    label
}

/// The number of a level at a paragraph, by what stands above it.
fn number(at: usize, level: usize, paragraphs: &[Paragraph], levels: &[Level], lists: &[(usize, Option<u64>)]) -> u64 {
    let definition = paragraphs[at].definition;
    let mut steps = 0;
    for (place, paragraph) in paragraphs.iter().enumerate().take(at + 1).rev() {
        if paragraph.definition != definition || paragraph.level > level {
            continue;
        }
        if paragraph.level < level {
            if levels[level].goes_on {
                continue;
            }
            break;
        }
        let is_first = paragraphs[..place].iter().all(|other| other.list != paragraph.list || other.level != level);
        if let Some(start) = lists[paragraph.list].1.filter(|_| level == 0 && is_first) {
            return start + steps;
        }
        steps += 1;
    }
    levels[level].start + steps - 1
}

fn written(number: u64, format: &str) -> String {
    let letter = || {
        let letters = "abcdefghijklmnopqrstuvwxyz";
        let at = usize::try_from(number - 1).expect("it is small");
        letters[at % 26..=at % 26].repeat(at / 26 + 1)
    };
    let roman = || {
        let tens = ["", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"];
        let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
        let at = usize::try_from(number).expect("it is small");
        format!("{}{}", tens[at / 10], ones[at % 10])
    };
    match format {
        "lowerLetter" => letter(),
        "upperLetter" => letter().to_uppercase(),
        "lowerRoman" => roman(),
        "upperRoman" => roman().to_uppercase(),
        "decimalZero" if number < 10 => format!("0{number}"),
        "ordinal" => {
            let end = match number {
                1 | 21 | 31 | 41 | 51 => "st",
                2 | 22 | 32 | 42 | 52 => "nd",
                3 | 23 | 33 | 43 | 53 => "rd",
                _ => "th",
            };
            format!("{number}{end}")
        }
        _ => number.to_string(),
    }
}

fn document(paragraphs: &[Paragraph], definitions: &[Vec<Level>], lists: &[(usize, Option<u64>)]) -> Vec<u8> {
    let mut numbering = String::new();
    for (id, levels) in definitions.iter().enumerate() {
        numbering.push_str(&format!("<w:abstractNum w:abstractNumId=\"{id}\">"));
        for (at, level) in levels.iter().enumerate() {
            let restart = if level.goes_on { "<w:lvlRestart w:val=\"0\"/>" } else { "" };
            let legal = if level.is_legal { "<w:isLgl/>" } else { "" };
            numbering.push_str(&format!(
                "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"{}\"/><w:numFmt w:val=\"{}\"/>{restart}{legal}<w:lvlText \
                 w:val=\"{}\"/></w:lvl>",
                level.start, level.format, level.text
            ));
        }
        numbering.push_str("</w:abstractNum>");
    }
    for (id, (definition, start)) in lists.iter().enumerate() {
        let start = start.map_or_else(String::new, |start| {
            format!("<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride>")
        });
        numbering.push_str(&format!(
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{definition}\"/>{start}</w:num>",
            id + 1
        ));
    }
    let body: String = (0..)
        .zip(paragraphs)
        .map(|(at, paragraph)| {
            format!(
                "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"{}\"/></w:numPr></w:pPr><w:r><w:t>Word{at}.</w:t>\
                 </w:r></w:p>",
                paragraph.level,
                paragraph.list + 1
            )
        })
        .collect();
    word::package(&[("word/numbering.xml", &numbering), ("word/document.xml", &body)])
}
