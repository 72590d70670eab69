//! Reads CSV into a [`Table`], however a spreadsheet wrote it: with commas, semicolons or tabs, in UTF-8, UTF-16 or an
//! older encoding of Windows.
//!
//! Input: the bytes of a file and what messages call it. Output: a table with as many cells in each row as in its
//! head, and a diagnostic for what readers of the file itself would stumble over. Not here: what the columns mean.

use csv::ReaderBuilder;

use super::table::Table;
use crate::diagnostic::Diagnostics;
use crate::source::{NotText, decode};

/// The longest file that is shown as a table, in bytes. A page is read on old telephones.
pub const LONGEST_TABLE: u64 = 512 * 1024;

/// The most rows that are shown; the file itself has all.
const MOST_ROWS: usize = 500;

/// The most columns that are shown.
const MOST_COLUMNS: usize = 60;

/// The number of places that a message about one mistake names.
const MOST_NAMED: usize = 5;

/// The separators between cells, with their names in messages.
const SEPARATORS: [(u8, &str); 3] = [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs")];

/// Reads a table. `None` if there is none to show.
pub fn csv(bytes: Vec<u8>, path: &str, diagnostics: &mut Diagnostics) -> Option<Table> {
    let text = text(bytes, path, diagnostics)?;
    if text.trim().is_empty() {
        diagnostics.empty_table(path);
        return None;
    }
    let (said, body, first_line) = announced(&text);
    let separator = said.unwrap_or_else(|| likely(body));
    if let Some((_, name)) = SEPARATORS.iter().skip(1).find(|(byte, _)| *byte == separator) {
        diagnostics.other_separators(path, name);
    }
    let open = open_quote(body, separator);
    if let Some(line) = open {
        diagnostics.open_quote(path, first_line + line);
    }
    let rows = rows(body, separator, open.is_none()).collect();
    table(rows, path, first_line, diagnostics)
}

/// The characters of a file. Bytes that are not UTF-8 are read as Windows-1252.
fn text(bytes: Vec<u8>, path: &str, diagnostics: &mut Diagnostics) -> Option<String> {
    match decode(bytes.clone()) {
        Ok(text) => Some(text),
        Err(NotText::Utf8 { position, .. }) if !bytes.contains(&0) => {
            let line = bytes[..position.min(bytes.len())].iter().filter(|byte| **byte == b'\n').count();
            diagnostics.table_in_old_encoding(path, line + 1);
            let text: String = bytes.into_iter().map(windows_1252).collect();
            Some(text.replace("\r\n", "\n").replace('\r', "\n"))
        }
        Err(_) => {
            diagnostics.no_table(path);
            None
        }
    }
}

/// The character that a byte stands for in Windows-1252.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The separator that the line `sep=;` announces, the text after it, and the number of the first line of that text.
fn announced(text: &str) -> (Option<u8>, &str, usize) {
    let said = text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n'));
    match said {
        Some((separator, rest)) if separator.len() == 1 => (separator.bytes().next(), rest, 2),
        _ => (None, text, 1),
    }
}

/// The separator that stands most often in the first line with anything in it, outside quotes.
fn likely(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let outside: Vec<&str> = line.split('"').step_by(2).collect();
    let count = |byte: u8| outside.iter().flat_map(|part| part.bytes()).filter(|other| *other == byte).count();
    let most = SEPARATORS.iter().rev().max_by_key(|(byte, _)| count(*byte));
    most.map_or(b',', |(byte, _)| *byte)
}

/// The line, from 0, in which a cell begins with a quotation mark that is never closed.
fn open_quote(text: &str, separator: u8) -> Option<usize> {
    let mut bytes = text.bytes().peekable();
    let (mut line, mut opened, mut at_start) = (0, None, true);
    while let Some(byte) = bytes.next() {
        line += usize::from(byte == b'\n');
        match (opened, byte) {
            (None, b'"') if at_start => opened = Some(line),
            (Some(_), b'"') if bytes.peek() == Some(&b'"') => drop(bytes.next()),
            (Some(_), b'"') => opened = None,
            _ => {}
        }
        at_start = byte == separator || byte == b'\n';
    }
    opened
}

/// The rows of the text of a table that have anything in them, its head first: the number of the line where each begins, from 1, and
/// its cells. It is cut as [`csv`] cuts it.
pub fn rows_of(text: &str) -> impl Iterator<Item = (usize, Vec<Box<str>>)> {
    let (said, body, first_line) = announced(text);
    let separator = said.unwrap_or_else(|| likely(body));
    let rows = rows(body, separator, open_quote(body, separator).is_none());
    rows.map(move |(line, cells)| (first_line + line, cells))
}

/// The rows that have anything in them, each with its line from 0.
fn rows(text: &str, separator: u8, quoting: bool) -> impl Iterator<Item = (usize, Vec<Box<str>>)> {
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .quoting(quoting)
        .from_reader(text.as_bytes());
    reader.into_records().map_while(Result::ok).filter_map(|record| {
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<Box<str>> = record.iter().map(|cell| cell.trim().into()).collect();
        let filled = cells.iter().any(|cell| !cell.is_empty());
        filled.then(|| (usize::try_from(line).unwrap_or_default().saturating_sub(1), cells))
    })
}

/// Rows of equal length below a head, without the columns that have nothing in them.
fn table(
    rows: Vec<(usize, Vec<Box<str>>)>,
    path: &str,
    first_line: usize,
    diagnostics: &mut Diagnostics,
) -> Option<Table> {
    let mut rows = rows.into_iter();
    let (_, mut head) = rows.next()?;
    let mut rows: Vec<(usize, Vec<Box<str>>)> = rows.collect();
    if rows.is_empty() {
        diagnostics.table_without_rows(path);
        return None;
    }
    let named = head.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let filled = |cells: &[Box<str>]| cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let ragged: Vec<usize> = (rows.iter())
        .filter(|(_, cells)| cells.len() < named || filled(cells) > named)
        .map(|(line, _)| first_line + line)
        .collect();
    if !ragged.is_empty() {
        diagnostics.ragged_rows(path, &ragged[..ragged.len().min(MOST_NAMED)], ragged.len(), named);
    } else if let Some(column) = head[..named].iter().position(|cell| cell.is_empty()) {
        diagnostics.column_without_name(path, column + 1);
    }
    let left_out = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    let width = rows.iter().map(|(_, cells)| filled(cells)).max().unwrap_or_default().max(named);
    head.resize(width, "".into());
    rows.iter_mut().for_each(|(_, cells)| cells.resize(width, "".into()));
    let mut kept: Vec<usize> =
        (0..width).filter(|column| rows.iter().any(|(_, cells)| !cells[*column].is_empty())).collect();
    if kept.len() > MOST_COLUMNS || left_out > 0 {
        diagnostics.table_cut(path, MOST_ROWS, MOST_COLUMNS);
    }
    kept.truncate(MOST_COLUMNS);
    let pick = |cells: &[Box<str>]| kept.iter().map(|column| cells[*column].clone()).collect();
    Some(Table { head: pick(&head), rows: rows.iter().map(|(_, cells)| pick(cells)).collect(), left_out })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
        let mut diagnostics = Diagnostics::new();
        let table = csv(bytes.to_vec(), "a.csv", &mut diagnostics);
        let line = |cells: &[Box<str>]| cells.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join("|");
        let rows = table.map(|table| {
            std::iter::once(line(&table.head)).chain(table.rows.iter().map(|row| line(row))).collect::<Vec<_>>()
        });
        let said = diagnostics.iter().map(|one| format!("{}: {}", one.place.as_deref().unwrap_or(""), one.title));
        (rows.unwrap_or_default(), said.collect())
    }

    #[test]
    fn sound_tables_are_read_without_a_word() {
        for (typed, expected) in [
            ("a,b\n1,2\n", vec!["a|b", "1|2"]),
            ("\u{FEFF}a,b\r\n1,2\r\n\r\n", vec!["a|b", "1|2"]),
            ("a,b\n\"1,5\",\"say \"\"x\"\"\"\n", vec!["a|b", "1,5|say \"x\""]),
            ("a,\"two\nlines\"\n1,2", vec!["a|two\nlines", "1|2"]),
            ("a,b,note,\n1,2,,\n", vec!["a|b", "1|2"]),
            ("a\nx\ny", vec!["a", "x", "y"]),
            ("size,\"5\"\"\"\n3\" pipe,2", vec!["size|5\"", "3\" pipe|2"]),
        ] {
            assert_eq!(
                read(typed.as_bytes()),
                (expected.iter().map(|&row| row.to_owned()).collect(), vec![]),
                "{typed}"
            );
        }
    }

    #[test]
    fn damaged_tables_are_shown_as_well_as_can_be() {
        for (typed, expected, said) in [
            (&b""[..], vec![], "a.csv: This file of figures is empty"),
            (b"a,b\n", vec![], "a.csv: This file of figures has a heading and nothing below it"),
            (b"a;b\n1,5;2\n", vec!["a|b", "1,5|2"], "a.csv: This file has semicolons between its cells"),
            (b"sep=;\na;b\n1;2\n", vec!["a|b", "1|2"], "a.csv: This file has semicolons between its cells"),
            (b"a\tb\n1\t2\n", vec!["a|b", "1|2"], "a.csv: This file has tabs between its cells"),
            (
                b"a,b\n1\n2,3,4\n",
                vec!["a|b|", "1||", "2|3|4"],
                "a.csv, line 2: Lines 2 and 3 do not have as many cells as the heading, which has 2",
            ),
            (
                b"a,\n1,2\n",
                vec!["a|", "1|2"],
                "a.csv, line 2: Line 2 does not have as many cells as the heading, which has 1",
            ),
            (b"a,,c\n1,2,3\n", vec!["a||c", "1|2|3"], "a.csv, line 1: Column 2 has no heading"),
            (
                b"a,b\n1,\"2\n3,4\n",
                vec!["a|b", "1|\"2", "3|4"],
                "a.csv, line 2: A quotation mark opens here and never closes",
            ),
            (b"a,b\n\x80 5,caf\xE9\n", vec!["a|b", "€ 5|café"], "a.csv, line 2: This file is not saved as UTF-8"),
            (b"PK\0\x03\xFF", vec![], "a.csv: This file is no table in plain text"),
        ] {
            let expected: Vec<String> = expected.iter().map(|&row| row.to_owned()).collect();
            assert_eq!(read(typed), (expected, vec![said.to_owned()]), "{}", String::from_utf8_lossy(typed));
        }
        let long = format!("a\n{}", "x\n".repeat(501));
        let (rows, said) = read(long.as_bytes());
        assert_eq!((rows.len(), said.len()), (501, 1));
    }
}
