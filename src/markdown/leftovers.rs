//! What other programs leave in a text that was written for them: `{% include map.html %}`, `:::note`, `[TOC]`.
//!
//! Input: the events of a text, and `leftovers.toml`. Output: the [`Leftover`]s, each with its place. Not here: code, in
//! which nothing is looked for, and the wording (`diagnostic`).

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Tag};
use serde::Deserialize;

use super::events::{Piece, end_of, is_inline, run_end};
use super::prepare::{Edit, SHIELD};

/// One thing that a program leaves.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pattern {
    line: Option<String>,
    within: Option<String>,
    /// Whose it is.
    pub(crate) program: String,
    /// What it is.
    pub(crate) is: String,
    /// What to type instead.
    pub(crate) fix: String,
    /// Whether it is left out of the page.
    pub(crate) drop: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "the examples are tests"))]
    example: String,
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "the examples are tests"))]
    not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    leftover: Vec<Pattern>,
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("leftovers.toml")).expect("leftovers.toml is a table of patterns");
    file.leftover
});

/// Something that a program left.
#[derive(Debug, Clone)]
pub(crate) struct Leftover {
    pub(crate) range: Range<usize>,
    pub(crate) pattern: &'static Pattern,
}

/// What other programs left in a text, in order.
pub(crate) fn leftovers(text: &str, list: &[Piece<'_>]) -> Vec<Leftover> {
    let patterns: Vec<&'static Pattern> =
        PATTERNS.iter().filter(|pattern| text.contains(pattern.beginning())).collect();
    let mut found = Vec::new();
    if patterns.is_empty() {
        return found;
    }
    let mut index = 0;
    while let Some((event, _)) = list.get(index) {
        if matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)) {
            index = end_of(list, index) + 1;
        } else if is_inline(event) {
            let end = run_end(list, index).max(index + 1);
            of_run(text, &list[index..end], &patterns, &mut found);
            index = end;
        } else {
            index += 1;
        }
    }
    found
}

/// Edits after which `:::note` below a paragraph is text, and no definition of what stands in that paragraph.
pub(crate) fn boxes(text: &str, list: &[Piece<'_>]) -> Vec<Edit> {
    let is_box = |(event, range): &&Piece<'_>| {
        matches!(event, Event::Start(Tag::DefinitionListDefinition)) && text[range.start..].starts_with(":::")
    };
    let boxes = list.iter().filter(is_box);
    boxes.map(|(_, range)| Edit { range: range.start..range.start, text: SHIELD.to_string() }).collect()
}

/// Looks through the lines of a run of inline events.
fn of_run(text: &str, run: &[Piece<'_>], patterns: &[&'static Pattern], found: &mut Vec<Leftover>) {
    let code: Vec<Range<usize>> =
        run.iter().filter(|(event, _)| matches!(event, Event::Code(_))).map(range_of).collect();
    let mut from = run.first().map_or(0, |(_, range)| range.start);
    let mut end = from;
    for (index, (event, range)) in run.iter().enumerate() {
        if matches!(event, Event::SoftBreak | Event::HardBreak) {
            of_line(text, from..range.start, patterns, &code, found);
            from = run.get(index + 1).map_or(range.end, |(_, next)| next.start.max(range.end));
        }
        end = end.max(range.end);
    }
    if end > from {
        of_line(text, from..end, patterns, &code, found);
    }
}

fn range_of(piece: &Piece<'_>) -> Range<usize> {
    piece.1.clone()
}

fn of_line(
    text: &str,
    line: Range<usize>,
    patterns: &[&'static Pattern],
    code: &[Range<usize>],
    found: &mut Vec<Leftover>,
) {
    let typed = &text[line.clone()];
    let mut at = 0;
    // Each part of the line is one leftover's: the first pattern of the list that fits.
    while let Some((range, pattern)) = patterns
        .iter()
        .filter_map(|pattern| Some((pattern.find(typed, at)?, *pattern)))
        .min_by_key(|(range, _)| range.start)
    {
        at = range.end;
        let range = line.start + range.start..line.start + range.end;
        let after = code.partition_point(|code| code.end <= range.start);
        if code.get(after).is_none_or(|code| code.start >= range.end) {
            found.push(Leftover { range, pattern });
        }
    }
}

impl Pattern {
    /// The signs with which it begins.
    fn beginning(&self) -> &str {
        let whole = self.line.as_deref().or(self.within.as_deref()).unwrap_or_default();
        whole.split('*').next().unwrap_or_default()
    }

    /// Where it stands in a line, from the place `from` on.
    fn find(&self, line: &str, from: usize) -> Option<Range<usize>> {
        if let Some(pattern) = &self.line {
            let words = line.trim_start_matches(SHIELD).trim();
            let end = line.trim_end().len();
            return (from == 0 && !words.is_empty() && fits(pattern, words)).then_some(0..end);
        }
        let mut parts = self.within.as_deref()?.split('*');
        let first = parts.next()?;
        let start = from + line[from..].find(first)?;
        let mut end = start + first.len();
        for part in parts {
            end += line[end..].find(part)? + part.len();
        }
        Some(start..end)
    }
}

/// Whether a whole line is what a pattern says. Where a pattern is a run of one sign, the line is nothing else.
fn fits(pattern: &str, line: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else { return line.eq_ignore_ascii_case(pattern) };
    let sign = head.chars().next().unwrap_or_default();
    if rest.is_empty() && head.starts_with('=') {
        return line.len() >= head.len() && line.chars().all(|one| one == sign);
    }
    let Some(mut line) = line.strip_prefix(head) else { return false };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        let found = if parts.peek().is_none() {
            line.ends_with(part).then(|| line.len() - part.len())
        } else {
            line.find(part)
        };
        let Some(at) = found else { return false };
        line = &line[at + part.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::collect;

    #[test]
    fn each_pattern_fits_its_example_and_nothing_else() {
        let first = |line: &str| {
            let events = collect(line);
            leftovers(line, &events.list)
                .first()
                .map(|found| (found.pattern.line.clone(), found.pattern.within.clone()))
        };
        for pattern in PATTERNS.iter() {
            let own = (pattern.line.clone(), pattern.within.clone());
            assert_eq!(first(&pattern.example), Some(own.clone()), "{}", pattern.example);
            for line in &pattern.not {
                assert_ne!(first(line), Some(own.clone()), "{line}");
            }
            assert!(!pattern.fix.is_empty() && !pattern.program.is_empty() && !pattern.is.is_empty());
        }
    }

    #[test]
    fn code_is_left_alone() {
        for text in ["`{{ x }}` and `{% y %}`", "```\n[TOC]\n{{ x }}\n```", "Item 7: {broad assent}"] {
            assert!(leftovers(text, &collect(text).list).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_time_is_linear() {
        for typed in ["{{ ", "{% %} ", ":::\n", "{:", "import a from 'x'\n"] {
            let text = typed.repeat(20_000);
            let found = leftovers(&text, &collect(&text).list);
            assert!(found.len() <= 20_000, "{typed}");
        }
    }
}
