//! Tables of HTML: which of them hold data and which only place blocks on a page; rows, columns, heads.
//!
//! Input: the parts of a region. Output: a [`TablePlan`] for a table of data. Not here: how it is written
//! (`html_blocks.rs`).

use std::ops::Range;

use super::html_regions::Part;
use super::html_tags::{HtmlTag, Meaning, Token};
use crate::data::table::{are_figures, name_rows};

/// How many columns a table may have in which cells reach over several.
const MOST_SPANNED: usize = 40;

/// A table of data.
#[derive(Debug)]
pub(super) struct TablePlan {
    pub(super) columns: usize,
    /// Which row heads the columns.
    pub(super) head: Option<usize>,
    /// The cells of each row; `None` for one over which another reaches.
    pub(super) rows: Vec<Vec<Option<PlannedCell>>>,
    /// The parts of the caption.
    pub(super) caption: Option<Range<usize>>,
    /// Whether the caption itself says that it is one: "Table 3: …".
    pub(super) caption_is_marked: bool,
    /// The index after its last part.
    pub(super) next: usize,
}

/// A cell with words.
#[derive(Debug, Clone)]
pub(super) struct PlannedCell {
    pub(super) parts: Range<usize>,
    /// Whether it names its row in a way that only bold words can show.
    pub(super) bold: bool,
}

/// Where the tables of a region end.
#[derive(Debug)]
pub(super) struct Tables {
    /// For each part that begins a table: the index of its end, and whether it holds another.
    ends: Vec<Option<(usize, bool)>>,
}

/// A cell as typed.
struct Cell {
    parts: Range<usize>,
    head: bool,
    across: usize,
    down: usize,
}

#[derive(Default)]
struct Row {
    cells: Vec<Cell>,
    /// Whether it lies in the head of the table.
    in_head: bool,
}

impl Tables {
    pub(super) fn of(parts: &[Part<'_>]) -> Self {
        let mut ends = vec![None; parts.len()];
        let mut open: Vec<(usize, bool)> = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let Some(tag) = tag(part).filter(|tag| tag.meaning == Meaning::Table) else { continue };
            if !tag.closing {
                open.iter_mut().rev().take(1).for_each(|(_, holds)| *holds = true);
                open.push((index, false));
            } else if let Some((start, holds)) = open.pop() {
                ends[start] = Some((index, holds));
            }
        }
        // What is not closed ends with the region.
        for (start, holds) in open {
            ends[start] = Some((parts.len(), holds));
        }
        Self { ends }
    }

    /// How the table that begins with the part `start` is written; `None` if it only places blocks: it holds other tables,
    /// or has one column.
    pub(super) fn plan(&self, text: &str, parts: &[Part<'_>], start: usize) -> Option<TablePlan> {
        let (end, _) = self.ends.get(start).copied().flatten().filter(|(_, holds)| !holds)?;
        let (mut rows, caption) = read(text, parts, start + 1..end);
        rows.retain(|row| row.cells.iter().any(|cell| has_words(text, &parts[cell.parts.clone()])));
        let width = |row: &Row| row.cells.iter().map(|cell| cell.across).sum::<usize>();
        if rows.iter().map(width).max().unwrap_or(0) > MOST_SPANNED {
            rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| (cell.across, cell.down) = (1, 1));
        }
        if rows.iter().map(|row| row.cells.len()).max().unwrap_or(0) < 2 {
            return None;
        }
        let head = is_head(text, parts, &rows).then_some(0);
        let firsts: Vec<String> =
            rows[usize::from(head.is_some())..].iter().map(|row| first_words(text, parts, row)).collect();
        let named = name_rows(firsts.iter().map(String::as_str));
        let rows = laid_out(rows, head, named);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let caption = caption.filter(|caption| has_words(text, &parts[caption.clone()]));
        let says = caption.clone().map(|caption| plain(text, &parts[caption])).unwrap_or_default();
        let caption_is_marked = says.trim_start().starts_with("Table ") && says.contains(':');
        Some(TablePlan { columns, head, rows, caption, caption_is_marked, next: (end + 1).min(parts.len()) })
    }
}

fn tag<'part, 'text>(part: &'part Part<'text>) -> Option<&'part HtmlTag<'text>> {
    match part {
        Part::Html(Token::Tag(tag)) => Some(tag),
        _ => None,
    }
}

/// The rows of a table, and its caption. Words that stand in no cell are a cell of their own.
fn read(text: &str, parts: &[Part<'_>], range: Range<usize>) -> (Vec<Row>, Option<Range<usize>>) {
    let mut rows: Vec<Row> = Vec::new();
    let mut caption: Option<Range<usize>> = None;
    let (mut in_head, mut in_caption) = (false, false);
    let mut cell: Option<Cell> = None;
    let mut row_is_open = false;
    for index in range.clone() {
        let meaning = tag(&parts[index]).map(|tag| (tag.meaning, tag.closing));
        match meaning {
            // One that stands after the first words is a cell like others: no word may move.
            Some((Meaning::Caption, closing)) if rows.is_empty() && (caption.is_none() || closing) => {
                in_caption = !closing;
                caption.get_or_insert(index + 1..index + 1);
                continue;
            }
            Some((Meaning::Rows | Meaning::Row | Meaning::Cell(_), closing)) => {
                in_caption = false;
                close(&mut cell, index, &mut rows);
                let tag = tag(&parts[index]);
                match meaning {
                    Some((Meaning::Row, _)) => {
                        row_is_open = !closing;
                        rows.extend(row_is_open.then(|| Row { cells: Vec::new(), in_head }));
                    }
                    Some((Meaning::Cell(head), false)) => {
                        if !std::mem::replace(&mut row_is_open, true) {
                            rows.push(Row { cells: Vec::new(), in_head });
                        }
                        let span = |name| tag.and_then(|tag| tag.attribute(name)?.trim().parse::<usize>().ok());
                        let (across, down) = (span("colspan").unwrap_or(1), span("rowspan").unwrap_or(1));
                        let (across, down) = (across.clamp(1, MOST_SPANNED), down.max(1));
                        cell = Some(Cell { parts: index + 1..index + 1, head, across, down });
                    }
                    Some((Meaning::Rows, _)) => {
                        in_head = !closing && tag.is_some_and(|tag| tag.name.eq_ignore_ascii_case("thead"));
                        row_is_open = false;
                    }
                    _ => {}
                }
                continue;
            }
            _ => {}
        }
        if let Some(caption) = caption.as_mut().filter(|_| in_caption) {
            caption.end = index + 1;
        } else if cell.is_none() && has_words(text, &parts[index..=index]) {
            if !std::mem::replace(&mut row_is_open, true) {
                rows.push(Row { cells: Vec::new(), in_head });
            }
            cell = Some(Cell { parts: index..index, head: false, across: 1, down: 1 });
        }
    }
    close(&mut cell, range.end, &mut rows);
    (rows, caption)
}

/// Ends a cell, which goes to the last row.
fn close(cell: &mut Option<Cell>, index: usize, rows: &mut [Row]) {
    if let (Some(mut cell), Some(row)) = (cell.take(), rows.last_mut()) {
        cell.parts.end = index;
        row.cells.push(cell);
    }
}

/// Whether the first row heads the columns: it stands in the head of the table; all its cells do; all are bold; or words
/// stand above figures.
fn is_head(text: &str, parts: &[Part<'_>], rows: &[Row]) -> bool {
    let Some((first, rest)) = rows.split_first() else { return false };
    let filled = || first.cells.iter().filter(|cell| has_words(text, &parts[cell.parts.clone()]));
    let all = |fits: &dyn Fn(&Cell) -> bool| filled().count() > 1 && filled().all(fits);
    if first.in_head || all(&|cell| cell.head) {
        return true;
    }
    if rest.is_empty() {
        return false;
    }
    let above_figures = || {
        first.cells.iter().enumerate().any(|(column, cell)| {
            let words = plain(text, &parts[cell.parts.clone()]);
            let is_word = words.chars().any(char::is_alphabetic) && !words.chars().any(|sign| sign.is_ascii_digit());
            let below = rest.iter().filter_map(|row| row.cells.get(column));
            let below: Vec<String> = below.map(|cell| plain(text, &parts[cell.parts.clone()])).collect();
            is_word && are_figures(below.iter().map(String::as_str))
        })
    };
    all(&|cell| is_bold(text, &parts[cell.parts.clone()])) || (filled().count() > 1 && above_figures())
}

/// The rows with a place for each cell over which another reaches.
fn laid_out(rows: Vec<Row>, head: Option<usize>, named: bool) -> Vec<Vec<Option<PlannedCell>>> {
    // For each column: over how many rows a cell above still reaches.
    let mut reaching: Vec<usize> = Vec::new();
    let mut planned = Vec::with_capacity(rows.len());
    for (index, row) in rows.into_iter().enumerate() {
        let mut cells: Vec<Option<PlannedCell>> = Vec::with_capacity(row.cells.len());
        for (place, cell) in row.cells.into_iter().enumerate() {
            while reaching.get(cells.len()).is_some_and(|rows| *rows > 0) {
                reaching[cells.len()] -= 1;
                cells.push(None);
            }
            let bold = cell.head && place == 0 && head != Some(index) && !named;
            for column in 0..cell.across {
                let at = cells.len();
                reaching.resize(reaching.len().max(at + 1), 0);
                reaching[at] = cell.down - 1;
                cells.push((column == 0).then(|| PlannedCell { parts: cell.parts.clone(), bold }));
            }
        }
        // What reaches over the end of a row reaches on.
        reaching.iter_mut().skip(cells.len()).for_each(|rows| *rows = rows.saturating_sub(1));
        planned.push(cells);
    }
    planned
}

/// The words of the first cell of a row.
fn first_words(text: &str, parts: &[Part<'_>], row: &Row) -> String {
    row.cells.first().map(|cell| plain(text, &parts[cell.parts.clone()])).unwrap_or_default()
}

fn has_words(text: &str, parts: &[Part<'_>]) -> bool {
    parts.iter().any(|part| match part {
        Part::Html(Token::Words(range)) | Part::Markdown(range) => {
            text[range.clone()].split("&nbsp;").any(|words| !words.trim().is_empty())
        }
        Part::Html(Token::Tag(tag)) => matches!(tag.meaning, Meaning::Picture | Meaning::Unknown),
        _ => false,
    })
}

/// Whether all words stand in bold.
fn is_bold(text: &str, parts: &[Part<'_>]) -> bool {
    let mut depth = 0_usize;
    parts.iter().enumerate().all(|(index, part)| {
        if let Some(tag) = tag(part).filter(|tag| tag.meaning == Meaning::Strong) {
            depth = if tag.closing { depth.saturating_sub(1) } else { depth + 1 };
        }
        depth > 0 || !has_words(text, &parts[index..=index])
    })
}

fn plain(text: &str, parts: &[Part<'_>]) -> String {
    let mut words = String::new();
    for part in parts {
        match part {
            Part::Html(Token::Words(range)) | Part::Markdown(range) => words.push_str(&text[range.clone()]),
            _ => words.push(' '),
        }
    }
    let words = words.replace("&nbsp;", " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
