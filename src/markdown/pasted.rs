//! Tables that were pasted from a spreadsheet or from Word, and came with tabs between their cells.
//!
//! Input: the events of a text. Output: each with its place and its cells. Not here: making tables of them. Lists of names and numbers
//! of paragraphs have tabs too, and what no author marked as a table is not made one.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::events::Piece;

/// Rows of cells, and where they stand.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pasted {
    pub(crate) range: Range<usize>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// The fewest rows of a table with two columns, and of one with more.
const FEWEST: (usize, usize) = (3, 2);

/// What looks like a table in a text: lines side by side with as many tabs each.
pub(crate) fn pasted(text: &str, list: &[Piece<'_>]) -> Vec<Pasted> {
    let paragraphs = list.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::Paragraph)));
    paragraphs.flat_map(|(_, range)| in_paragraph(text, range.clone())).collect()
}

fn in_paragraph(text: &str, paragraph: Range<usize>) -> Vec<Pasted> {
    let mut found: Vec<Pasted> = Vec::new();
    let mut at = paragraph.start;
    let mut open = false;
    for line in text[paragraph].split_inclusive('\n') {
        let range = at..at + line.trim_end().len();
        at += line.len();
        let cells = cells(line);
        match (found.last_mut().filter(|_| open), cells) {
            (Some(last), Some(cells)) if last.rows[0].len() == cells.len() => {
                last.range.end = range.end;
                last.rows.push(cells);
            }
            (_, Some(cells)) => {
                found.push(Pasted { range, rows: vec![cells] });
                open = true;
            }
            (_, None) => open = false,
        }
    }
    found.retain(|table| table.rows.len() >= if table.rows[0].len() == 2 { FEWEST.0 } else { FEWEST.1 });
    found
}

/// The cells of a line; `None` if it is no row. A number or a label before a tab is that of a paragraph, or of a list of names.
fn cells(line: &str) -> Option<Vec<String>> {
    let cells: Vec<String> = line.trim_end().split('\t').map(|cell| cell.trim().to_owned()).collect();
    let first = cells.first()?;
    let opens_text = first.ends_with([':', '.', ')']) || first.chars().all(|sign| !sign.is_alphabetic());
    (cells.len() > 1 && !(opens_text && cells.len() == 2)).then_some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::collect;

    fn rows(text: &str) -> Vec<usize> {
        pasted(text, &collect(text).list).iter().map(|table| table.rows.len()).collect()
    }

    #[test]
    fn rows_with_tabs_are_found_and_numbers_of_paragraphs_are_none() {
        assert_eq!(rows("Ward\tJan\tFeb\nNorth\t12\t15\n"), [2]);
        assert_eq!(rows("Intro.\nWard\tJan\nNorth\t12\nSouth\t3\nEnd.\n"), [3]);
        assert_eq!(rows("1900\tone\ttwo\n1901\tone\ttwo\n"), [2]);
        for none in [
            "Ward\tJan\nNorth\t12\n",
            "7.1\tThe board agreed.\n7.2\tA member asked.\n7.3\tIt was so.\n",
            "(a)\tone\n(b)\ttwo\n(c)\tthree\n",
            "Present:\tCllr A\nApologies:\tCllr B\nAbsent:\tCllr C\n",
            "no tabs\nat all\nhere\n",
            "```\na\tb\tc\nd\te\tf\n```\n",
        ] {
            assert!(rows(none).is_empty(), "{none}");
        }
    }
}
