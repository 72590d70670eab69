//! Tables that are drawn with `+---+` between their rows, as Pandoc writes those of a Word document, as tables of Markdown.
//!
//! Input: the events of a text. Output: edits: the lines between rows go, those below the head become the one that Markdown has
//! there, and a row of several lines becomes one. Not here: tables of HTML (`html_tables`).
//!
//! Only a drawing that is whole is read, with as many cells in each row as its first line has; any other stays as it was typed.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::events::{Piece, line_start};
use super::prepare::Edit;

/// A line of a drawing.
enum Line<'text> {
    /// What stands between two rows, and whether it ends the head.
    Rule { head: bool },
    /// The cells of a row, or of a part of it.
    Cells(Vec<&'text str>),
}

/// Edits that make tables of the drawn ones.
pub(crate) fn tables(text: &str, list: &[Piece<'_>]) -> Vec<Edit> {
    let drawn =
        |range: &Range<usize>| text[range.clone()].starts_with("+-") && line_start(text, range.start) == range.start;
    let paragraphs = list.iter().filter(|(event, range)| matches!(event, Event::Start(Tag::Paragraph)) && drawn(range));
    paragraphs.filter_map(|(_, range)| table(text, range.clone())).flatten().collect()
}

/// The edits for the one that a paragraph is, if it is one.
fn table(text: &str, whole: Range<usize>) -> Option<Vec<Edit>> {
    let mut lines: Vec<(Range<usize>, Line<'_>)> = Vec::new();
    let mut at = whole.start;
    let mut columns = 0;
    for line in text[whole].split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let line = line.trim_end();
        let inner = line.get(1..line.len().checked_sub(1)?)?;
        let read = match (line.as_bytes().first()?, line.as_bytes().last()?) {
            (b'+', b'+') if inner.bytes().all(|sign| b"+-=:".contains(&sign)) => {
                let parts = inner.split('+').count();
                columns = if columns == 0 { parts } else { columns };
                (parts == columns).then_some(Line::Rule { head: inner.contains('=') })?
            }
            (b'|', b'|') => {
                let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
                (cells.len() == columns).then_some(Line::Cells(cells))?
            }
            _ => return None,
        };
        lines.push((range, read));
    }
    let closed = matches!(lines.last(), Some((_, Line::Rule { .. })));
    let rows = lines.iter().filter(|(_, line)| matches!(line, Line::Cells(_))).count();
    (closed && rows > 0).then(|| edits(&lines, columns))
}

fn edits(lines: &[(Range<usize>, Line<'_>)], columns: usize) -> Vec<Edit> {
    let ruled = format!("|{}\n", "---|".repeat(columns));
    let has_head = lines.iter().skip(1).find_map(|(_, line)| match line {
        Line::Rule { head } => Some(*head),
        Line::Cells(_) => None,
    });
    let has_head = has_head.unwrap_or(false);
    let mut below = !has_head;
    let mut all = Vec::new();
    let mut parts: Vec<(&Range<usize>, &[&str])> = Vec::new();
    for (index, (range, line)) in lines.iter().enumerate() {
        match line {
            Line::Cells(cells) => parts.push((range, cells)),
            Line::Rule { .. } => {
                all.extend(joined(&parts, columns));
                let text = match (index, below) {
                    (0, true) => format!("|{}\n{ruled}", " |".repeat(columns)),
                    (0, false) => String::new(),
                    (_, true) => String::new(),
                    (_, false) => {
                        below = true;
                        ruled.clone()
                    }
                };
                all.push(Edit { range: range.clone(), text });
                parts.clear();
            }
        }
    }
    all
}

/// A row of several lines as one.
fn joined(parts: &[(&Range<usize>, &[&str])], columns: usize) -> Option<Edit> {
    let [(first, _), .., (last, _)] = parts else { return None };
    let cell = |column: usize| {
        let words = parts.iter().map(|(_, cells)| cells[column]).filter(|words| !words.is_empty());
        words.collect::<Vec<_>>().join(" ")
    };
    let cells: Vec<String> = (0..columns).map(cell).collect();
    Some(Edit { range: first.start..last.end, text: format!("| {} |\n", cells.join(" | ")) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::collect;
    use crate::markdown::prepare::Prepared;

    fn read(text: &str) -> String {
        let edits = tables(text, &collect(text).list);
        Prepared::new(text).apply(&edits).text.into_owned()
    }

    #[test]
    fn what_is_drawn_becomes_a_table() {
        let headed =
            "+----+----+\n| A  | B  |\n+====+====+\n| c  | d  |\n|    | e  |\n+----+----+\n| f  | g  |\n+----+----+\n";
        assert_eq!(read(headed), "| A  | B  |\n|---|---|\n| c | d e |\n| f  | g  |\n");
        assert_eq!(read("+---+---+\n| c | d |\n+---+---+\n\nNext"), "| | |\n|---|---|\n| c | d |\n\nNext");
        for text in
            ["+--+\nwords", "+---+---+\n| c |\n+---+---+\n", "+ one\n+ two\n", "+---+\n+---+\n", "+---+\n| a |\n"]
        {
            assert_eq!(read(text), text);
        }
    }
}
