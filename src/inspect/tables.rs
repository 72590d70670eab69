//! The rows of the tables in a file of Word, PowerPoint or LibreOffice, as their readers see them.
//!
//! Input: the bytes of a part. Output: the cells of each row, table after table, within limits. Not here: the sheets of Excel (`rows.rs`),
//! what is hidden, and what a row says (`disclosure`).

use super::formats::FORMATS;
use super::rows::MOST;
use super::spoken::Rows;
use crate::archive::xml::{Element, Step, walk};
use crate::diagnostic::Unread;

/// A table that is not closed yet; a table may stand in a cell of another.
#[derive(Default)]
struct Table {
    rows: Rows,
    /// The number of the row that is open, and how often it stands there.
    number: usize,
    row_times: usize,
    row: Vec<Box<str>>,
    cell: String,
    /// Over how many columns the cell that is open goes, or how often it stands there.
    cell_times: usize,
}

/// The rows of each table of a part.
///
/// # Errors
/// The part is damaged.
pub fn read(part: &[u8]) -> Result<Vec<Rows>, Unread> {
    let names = &FORMATS.office.tables;
    let (mut open, mut closed): (Vec<Table>, Vec<Rows>) = (Vec::new(), Vec::new());
    let mut unsaid = 0_usize;
    walk(part, |step| match step {
        Step::Open(element) => {
            unsaid += usize::from(names.unsaid.contains(element.name()));
            if names.tables.contains(element.name()) {
                open.push(Table::default());
            } else if let Some(table) = open.last_mut() {
                table.open(&element);
            }
        }
        Step::Text(words) if unsaid == 0 => open.iter_mut().for_each(|table| table.cell.push_str(&words)),
        Step::Close(name) if names.tables.contains(name) => closed.extend(open.pop().map(|table| table.rows)),
        Step::Close(name) => {
            unsaid = unsaid.saturating_sub(usize::from(names.unsaid.contains(name)));
            if let Some(table) = open.last_mut() {
                table.close(name);
            }
        }
        _ => {}
    })?;
    Ok(closed)
}

impl Table {
    fn open(&mut self, element: &Element<'_>) {
        let names = &FORMATS.office.tables;
        let number = |name: &str| element.attribute(name).and_then(|typed| typed.parse::<usize>().ok()).unwrap_or(1);
        let name = element.name();
        if names.rows.contains(name) {
            self.row_times = number(&names.rows_repeated);
            self.number += 1;
        } else if names.cells.contains(name) {
            self.cell.clear();
            self.cell_times = number(&names.cells_repeated);
        } else if name == names.spans {
            self.cell_times = number("val");
        }
    }

    fn close(&mut self, name: &str) {
        let names = &FORMATS.office.tables;
        if names.cells.contains(name) {
            let words: Box<str> = self.cell.trim().into();
            let room = MOST.1.saturating_sub(self.row.len());
            self.row.extend(std::iter::repeat_n(words, self.cell_times.min(room)));
        } else if names.rows.contains(name) {
            let cells = std::mem::take(&mut self.row);
            if cells.iter().any(|cell| !cell.is_empty()) && self.rows.len() < MOST.0 {
                self.rows.push((self.number, cells));
            }
            self.number = self.number.saturating_add(self.row_times.saturating_sub(1));
        } else {
            // Paragraphs of a cell are apart.
            self.cell.push(' ');
        }
    }
}
