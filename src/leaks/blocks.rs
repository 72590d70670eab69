//! The parts of a text that a reader reads without a pause: a paragraph, an item, a cell, a value.
//!
//! Input: a text as typed. Output: its parts as ranges. Not here: what the marks at their beginnings mean. Words on both sides
//! of such a border were never said one after the other, and nothing is looked for across it.

use std::ops::Range;

/// The parts of `text`, in order. None is empty.
pub(super) fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        if line.trim().is_empty() {
            found.extend(open.take());
        } else if line.contains('|') {
            found.extend(open.take());
            found.extend(split(line, range.start, &['|']));
        } else if let Some(value) = begins(line) {
            found.extend(open.take());
            // The name of a field is not said with its value.
            found.push(range.start..range.start + value);
            if line[value..].trim_start().starts_with(['[', '{']) {
                // Entries of a list or a map on one line.
                found.extend(split(&line[value..], range.start + value, &['[', ']', '{', '}', ',', ':']));
            } else {
                open = Some(range.start + value..range.end);
            }
        } else {
            open = Some(open.map_or(range.start, |open| open.start)..range.end);
        }
    }
    found.extend(open);
    found.retain(|range| {
        let part = text[range.clone()].trim();
        // An address or an id is no sentence; it is looked for as what it is.
        let is_address = part.contains('/') && !part.contains(char::is_whitespace);
        !part.is_empty() && !is_address
    });
    found
}

/// The parts of a line, which begins at `start`, between signs of one byte.
fn split<'line>(
    line: &'line str,
    mut start: usize,
    signs: &'line [char],
) -> impl Iterator<Item = Range<usize>> + 'line {
    line.split(signs).map(move |part| {
        let range = start..start + part.len();
        start = range.end + 1;
        range
    })
}

/// Where the words of a line begin that does not go on from the line before: after the mark of an item or a heading, or
/// after the name of a field.
fn begins(line: &str) -> Option<usize> {
    let words = line.trim_start_matches([' ', '\t', '>']);
    let mut at = line.len() - words.len();
    let mark = words.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let is_item = mark.len() < words.len() && mark.starts_with(['.', ')']);
    let is_marked = words.starts_with(['#', '-', '*', '+', '=', '`', '~', ':']);
    if is_item || is_marked {
        at += words.find(|sign: char| sign.is_alphabetic()).unwrap_or(words.len());
    }
    let name = line[at..].find([':', '=']).filter(|end| {
        let name = line[at..at + end].trim().trim_matches(['"', '\'']);
        !name.is_empty() && name.split_whitespace().count() <= 2 && line[at + end + 1..].starts_with([' ', '\n', '"'])
    });
    match name {
        Some(end) => Some(at + end + 1),
        None => (is_item || is_marked).then_some(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_what_is_read_without_a_pause() {
        let text = "title: Sale of land\nabout: [a/b, c]\nx: {y: One, z: two}\npresent:\n  - Anna\n  - Ben\n\n# Head\n\nOne\ntwo.\n1. a\n2) b\n| c | d |\n> quoted\n";
        let parts: Vec<&str> = blocks(text).into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(
            parts,
            [
                "title:",
                "Sale of land",
                "about:",
                "c",
                "x:",
                "y",
                "One",
                "z",
                "two",
                "present:",
                "-",
                "Anna",
                "-",
                "Ben",
                "#",
                "Head",
                "One\ntwo.",
                "1.",
                "a",
                "2)",
                "b",
                "c",
                "d",
                "> quoted"
            ]
        );
    }
}
