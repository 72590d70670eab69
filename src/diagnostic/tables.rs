//! What is said to an author about files of figures (CSV). Such a file is not a source that a span can point into, so
//! the place is given in words: the file and the line.

use super::Diagnostics;

const SHOWN: &str = "It is shown as well as can be";

impl Diagnostics {
    /// Rows that do not have as many cells as the heading, which has `wanted`. `lines` are the first of them, and
    /// `count` is the number of all.
    pub fn ragged_rows(&mut self, path: &str, lines: &[usize], count: usize, wanted: usize) {
        let numbers: Vec<String> = lines.iter().map(ToString::to_string).collect();
        let these = match numbers.as_slice() {
            [one] => format!("Line {one} does"),
            [first @ .., last] if count == numbers.len() => format!("Lines {} and {last} do", first.join(", ")),
            all => format!("Lines {} and {} more do", all.join(", "), count - all.len()),
        };
        let title = format!("{these} not have as many cells as the heading, which has {wanted}");
        let why = format!("Readers cannot tell to which column a figure belongs. {SHOWN}, from the left.");
        let fix = "Open the file in a spreadsheet and look at these lines. A comma inside a cell, as in 1,250, needs \
                   quotation marks round the cell: \"1,250\"";
        self.broken_table(path, lines.first().copied(), title, why, fix);
    }

    /// A column whose first row is empty.
    pub fn column_without_name(&mut self, path: &str, column: usize) {
        let title = format!("Column {column} has no heading");
        let why = "People who listen to the page hear figures and not what they count.";
        let fix = "Write in the first line what the column holds.";
        self.broken_table(path, Some(1), title, why, fix);
    }

    /// A file with nothing in it.
    pub fn empty_table(&mut self, path: &str) {
        let title = "This file of figures is empty";
        let why = "There is nothing to show; the page links to the file alone.";
        let fix = "Save the table again as CSV, or delete the file and what shows it.";
        self.broken_table(path, None, title, why, fix);
    }

    /// A file with one row.
    pub fn table_without_rows(&mut self, path: &str) {
        let title = "This file of figures has a heading and nothing below it";
        let why = "There is nothing to show; the page links to the file alone.";
        let fix = "Put the figures below the heading. If there are none, say so in the text, and why.";
        self.broken_table(path, None, title, why, fix);
    }

    /// A file with another separator than the comma; `name` says which.
    pub fn other_separators(&mut self, path: &str, name: &str) {
        let title = format!("This file has {name} between its cells");
        let why = "The page shows it well, but people who load the file into a program expect commas and find one wide \
                   column.";
        let fix = "In Excel choose “Save as” and “CSV UTF-8 (Comma delimited)”. Where Excel still writes others, set \
                   the list separator in the regional settings of Windows to a comma.";
        self.broken_table(path, None, title, why, fix);
    }

    /// A quotation mark that takes the rest of the file into one cell.
    pub fn open_quote(&mut self, path: &str, line: usize) {
        let title = "A quotation mark opens here and never closes";
        let why = format!("Other programs take the rest of the file for one cell. {SHOWN}, with its quotation marks.");
        let fix =
            "Close it at the end of the cell. To write one inside a cell, double it: \"a so-called \"\"hot spot\"\"\"";
        self.broken_table(path, Some(line), title, why, fix);
    }

    /// Bytes of an older encoding.
    pub fn table_in_old_encoding(&mut self, path: &str, line: usize) {
        let title = "This file is not saved as UTF-8";
        let why = "Letters with accents and the pound sign come out wrong in other programs. Here it is read as \
                   Windows wrote it.";
        let fix = "In Excel choose “Save as” and “CSV UTF-8 (Comma delimited)”.";
        self.broken_table(path, Some(line), title, why, fix);
    }

    /// Bytes that are not text.
    pub fn no_table(&mut self, path: &str) {
        let title = "This file is no table in plain text";
        let why = "There is nothing to show; the page links to the file alone.";
        let fix = "It may be a workbook whose name was changed. Open it in a spreadsheet and save it as CSV.";
        self.broken_table(path, None, title, why, fix);
    }

    /// A table of which not all is shown.
    pub fn table_cut(&mut self, path: &str, rows: usize, columns: usize) {
        let title = format!("This table has more than {rows} rows or {columns} columns");
        let why = "No one reads that on a page, and on an old telephone it does not open. The page shows the \
                   beginning, and links to the whole file.";
        let fix = "Show a shorter table that says what matters, and link to this file: [all figures](figures.csv).";
        self.broken_table(path, None, title, why, fix);
    }

    /// A file that is too long to be looked into.
    pub fn table_too_long(&mut self, path: &str, kilobytes: u64) {
        let title = format!("This file of figures is longer than {kilobytes} KB");
        let why = "A page with all of it would not open on an old telephone; the page links to the file alone.";
        let fix = "Show a shorter table that says what matters, and link to this file: [all figures](figures.csv).";
        self.broken_table(path, None, title, why, fix);
    }

    fn broken_table(
        &mut self,
        path: &str,
        line: Option<usize>,
        title: impl Into<String>,
        why: impl Into<String>,
        fix: impl Into<String>,
    ) {
        let place = line.map_or_else(|| path.to_owned(), |line| format!("{path}, line {line}"));
        self.add("broken-table", None, title, why, fix).place = Some(place.into());
    }
}
