//! The rows of the sheets of an Excel file, as their readers see them.
//!
//! Input: an opened file. Output: the cells of each row, sheet after sheet, within limits. Not here: what is hidden in it (`excel.rs`), the
//! tables of other files (`tables.rs`), and what a row says (`disclosure`).

use std::collections::BTreeMap;

use super::package::{Package, relations};
use super::spoken::Rows;
use crate::archive::xml::{Step, walk};
use crate::diagnostic::Unread;

const BOOK: &str = "xl/workbook.xml";

/// So many rows of a sheet are read, and so many cells of a row.
pub(super) const MOST: (usize, usize) = (20_000, 64);

/// The rows of each sheet.
///
/// # Errors
/// A part is damaged or longer than it may be.
pub fn read(package: &mut Package<'_>) -> Result<Vec<Rows>, Unread> {
    let shared = shared_words(package)?;
    let parts: BTreeMap<String, String> = relations(package, BOOK)?.into_iter().collect();
    let mut sheets = Vec::new();
    for part in parts.values().filter(|part| part.contains("/worksheets/")) {
        for sheet in package.parts(part)? {
            sheets.push(rows(&sheet, &shared)?);
        }
    }
    Ok(sheets)
}

/// The words to which cells lead by a number.
fn shared_words(package: &mut Package<'_>) -> Result<Vec<Box<str>>, Unread> {
    let mut shared: Vec<Box<str>> = Vec::new();
    for part in package.parts("xl/sharedStrings.xml")? {
        let (mut words, mut inside) = (String::new(), false);
        walk(&part, |step| match step {
            Step::Open(element) => inside = element.name() == "t",
            Step::Text(text) if inside => words.push_str(&text),
            Step::Close("si") => shared.push(std::mem::take(&mut words).into()),
            Step::Close("t") => inside = false,
            _ => {}
        })?;
    }
    Ok(shared)
}

fn rows(sheet: &[u8], shared: &[Box<str>]) -> Result<Rows, Unread> {
    let mut rows = Rows::new();
    let mut row: Vec<Box<str>> = Vec::new();
    let (mut number, mut column, mut value) = (0_usize, 0_usize, String::new());
    let (mut is_shared, mut inside) = (false, false);
    walk(sheet, |step| match step {
        Step::Open(element) => match element.name() {
            "row" => number = element.attribute("r").and_then(|at| at.parse().ok()).unwrap_or(number + 1),
            "c" => {
                column = element.attribute("r").map_or(row.len(), |place| column_of(&place).max(1) - 1);
                is_shared = element.attribute("t").as_deref() == Some("s");
            }
            "v" | "t" => inside = true,
            _ => {}
        },
        Step::Text(text) if inside => value.push_str(&text),
        Step::Close("v" | "t") => inside = false,
        Step::Close("c") => {
            let typed = std::mem::take(&mut value);
            let meant = typed.parse::<usize>().ok().filter(|_| is_shared).and_then(|at| shared.get(at).cloned());
            if column < MOST.1 && rows.len() < MOST.0 {
                row.resize(row.len().max(column), Box::default());
                row.push(meant.unwrap_or_else(|| typed.into()));
            }
        }
        Step::Close("row") => {
            let cells = std::mem::take(&mut row);
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                rows.push((number, cells));
            }
        }
        _ => {}
    })?;
    Ok(rows)
}

/// `AB12` → 28.
pub(super) fn column_of(cell: &str) -> usize {
    let letters = cell.bytes().take_while(u8::is_ascii_uppercase).take(4);
    letters.fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1)
}
