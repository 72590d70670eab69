//! What a website or a printer puts around a record: page numbers, the head and the foot of each page, parts of a menu.
//!
//! Input: lines, and `furniture.toml`. Output: which lines are dropped, and what they are. Not here: the remark that says so.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::manuscript::labels::{Sort, label};
use crate::manuscript::looks::opens_record;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    furniture: Vec<Pattern>,
    ending: Vec<Ending>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pattern {
    line: String,
    what: String,
    at: Option<Part>,
    #[serde(default)]
    alone: bool,
    #[serde(default)]
    begins: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "the examples are tests"))]
    example: String,
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "the examples are tests"))]
    not: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ending {
    end: String,
    what: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the examples are tests"))]
    example: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Part {
    Head,
    Foot,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("furniture.toml"))
        .unwrap_or_else(|error| unreachable!("import/furniture.toml: {error}"))
});

/// How many lines with words are the head and the foot of a text.
const EDGE: usize = 12;
/// How many lines with words lie between two page numbers at least: between item numbers there are fewer.
const PAGE: usize = 15;
/// How often a line stands beside a page number before it is the head or the foot of a page.
const OFTEN: usize = 3;

/// What is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The number of the line.
    pub line: usize,
    /// What it is.
    pub what: String,
    /// Whether the next line is the title of a page.
    pub begins: bool,
}

/// The lines that are dropped, in order. A form feed at the beginning of a line says that a page begins there.
#[must_use]
pub fn dropped(lines: &[String]) -> Vec<Dropped> {
    let worded: Vec<usize> = (0..lines.len()).filter(|line| !bare(&lines[*line]).is_empty()).collect();
    let mut found: BTreeMap<usize, Dropped> = BTreeMap::new();
    for (place, line) in worded.iter().enumerate().rev() {
        let text = bare(&lines[*line]);
        let is_last = worded.get(place + 1).is_none_or(|next| found.contains_key(next));
        let fits = |pattern: &&Pattern| {
            let here = match pattern.at {
                None => true,
                Some(Part::Head) => place < EDGE,
                Some(Part::Foot) => place + EDGE >= worded.len(),
            };
            here && (!pattern.alone || is_last) && fits(&pattern.line, text)
        };
        if let Some(pattern) = FILE.furniture.iter().find(fits) {
            let dropped = Dropped { line: *line, what: pattern.what.clone(), begins: pattern.begins };
            found.insert(*line, dropped);
        }
    }
    for line in page_numbers(lines, &worded) {
        found.entry(line).or_insert(Dropped { line, what: "page numbers".to_owned(), begins: false });
    }
    for line in page_edges(lines, &worded, &found) {
        found.entry(line).or_insert(Dropped { line, what: "heads and feet of pages".to_owned(), begins: false });
    }
    found.into_values().collect()
}

/// A line without blanks and page breaks around it.
fn bare(line: &str) -> &str {
    line.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{c}')
}

/// Lines that are a number and nothing else, and count pages.
fn page_numbers(lines: &[String], worded: &[usize]) -> Vec<usize> {
    let number = |line: usize| bare(&lines[line]).parse::<u32>().ok().filter(|number| *number < 5_000);
    let is_apart = |line: usize| {
        let is_blank = |line: Option<&String>| line.is_none_or(|line| bare(line).is_empty());
        let breaks =
            lines.get(line + 1).is_some_and(|next| next.starts_with('\u{c}')) || lines[line].starts_with('\u{c}');
        let before = line.checked_sub(1).and_then(|before| lines.get(before));
        breaks || (is_blank(before) && is_blank(lines.get(line + 1)))
    };
    let candidates: Vec<(usize, usize, u32)> = worded
        .iter()
        .enumerate()
        .filter_map(|(place, line)| number(*line).filter(|_| is_apart(*line)).map(|number| (place, *line, number)))
        .collect();
    let breaks = |line: usize| {
        lines[line].starts_with('\u{c}') || lines.get(line + 1).is_some_and(|next| next.starts_with('\u{c}'))
    };
    let mut found = Vec::new();
    for (index, (place, line, own)) in candidates.iter().enumerate() {
        let next = candidates.get(index + 1).is_some_and(|(other, _, next)| *next == own + 1 && other - place > PAGE);
        let before = index.checked_sub(1).and_then(|before| candidates.get(before));
        let before = before.is_some_and(|(other, _, before)| *own == before + 1 && place - other > PAGE);
        if next || before || breaks(*line) {
            found.push(*line);
        }
    }
    found
}

/// Lines that stand beside page numbers and page breaks again and again.
fn page_edges(lines: &[String], worded: &[usize], found: &BTreeMap<usize, Dropped>) -> Vec<usize> {
    let mut times: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let is_page = |line: usize| found.get(&line).is_some_and(|dropped| dropped.what == "page numbers");
    let breaks = |line: usize| lines[line].starts_with('\u{c}');
    for (place, line) in worded.iter().enumerate() {
        if found.contains_key(line) {
            continue;
        }
        let around = worded[place.saturating_sub(2)..(place + 3).min(worded.len())].iter();
        // A decision and a numbered line are no edge of a page however often they stand there.
        let text = bare(&lines[*line]);
        if opens_record(text) || label(text).is_some_and(|label| !matches!(label.sort, Sort::Bare(_))) {
            continue;
        }
        let is_edge = around.into_iter().any(|other| is_page(*other) || breaks(*other));
        if is_edge {
            let key: String =
                bare(&lines[*line]).chars().map(|letter| if letter.is_ascii_digit() { '#' } else { letter }).collect();
            times.entry(key).or_default().push(*line);
        }
    }
    let often = times.into_values().filter(|lines| lines.len() >= OFTEN);
    often.flatten().collect()
}

/// What stands at the end of a line and belongs to a link of a website: the line without it, what it is, and its words.
#[must_use]
pub fn ending(line: &str) -> Option<(&str, &'static str, &str)> {
    FILE.ending.iter().find_map(|ending| {
        let count = ending.end.split(' ').count();
        let start = line.rmatch_indices(' ').nth(count - 1).map(|(at, _)| at)?;
        let end = line[start..].trim();
        fits(&ending.end, end).then(|| (line[..start].trim_end(), ending.what.as_str(), end))
    })
}

/// Whether a line is what one of the patterns says.
#[must_use]
pub fn fits_any(patterns: &[String], line: &str) -> bool {
    patterns.iter().any(|pattern| fits(pattern, line))
}

/// Whether a line is what a pattern says.
fn fits(pattern: &str, line: &str) -> bool {
    let Some(sign) = pattern.chars().next() else { return line.is_empty() };
    let rest = &pattern[sign.len_utf8()..];
    match sign {
        '*' => line.char_indices().map(|(at, _)| at).chain([line.len()]).any(|at| fits(rest, &line[at..])),
        '#' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            (1..=4).contains(&digits) && fits(rest, &line[digits..])
        }
        _ => {
            let Some(letter) = line.chars().next() else { return false };
            let same = letter.to_lowercase().eq(sign.to_lowercase());
            same && fits(rest, &line[letter.len_utf8()..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pattern_fits_its_example_and_nothing_else() {
        for pattern in &FILE.furniture {
            assert!(fits(&pattern.line, &pattern.example), "{}", pattern.example);
            assert!(!pattern.not.iter().any(|line| fits(&pattern.line, line)), "{}", pattern.line);
        }
        for pattern in &FILE.ending {
            assert_eq!(ending(&pattern.example).map(|(line, _, _)| line), Some("Safety strategy"));
        }
    }

    #[test]
    fn the_foot_of_each_page_goes_and_a_decision_stays() {
        let page =
            |number: usize| ["x".repeat(number), "RESOLVED:".into(), "Safer Board".into(), format!("Page {number}")];
        let lines: Vec<String> = (1..5).flat_map(page).collect();
        let dropped: Vec<&str> = dropped(&lines).iter().map(|dropped| lines[dropped.line].as_str()).collect();
        assert!(dropped.contains(&"Safer Board") && !dropped.contains(&"RESOLVED:"), "{dropped:?}");
    }

    #[test]
    fn numbers_of_items_are_no_page_numbers() {
        let text = |gap: usize| {
            let lines = (1..4).flat_map(|number| {
                let words = (0..gap).map(move |line| "w".repeat(number * 100 + line));
                [String::new(), number.to_string(), String::new()].into_iter().chain(words)
            });
            dropped(&lines.collect::<Vec<_>>()).len()
        };
        assert_eq!((text(20), text(3)), (3, 0));
    }
}
