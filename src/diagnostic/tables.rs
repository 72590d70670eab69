//! What is said of files of figures (CSV). They are no text of ours, so the place is said in words: the file and the
//! line.

use super::Diagnostics;

const SHOWN: &str = "It is shown as well as can be";

impl Diagnostics {
    /// Rows of another length than the heading: the first of their lines, and how many there are.
    pub fn ragged_rows(&mut self, path: &str, lines: &[usize], count: usize, wanted: usize) {
        let numbers: Vec<String> = lines.iter().map(ToString::to_string).collect();
        let title = match numbers.as_slice() {
            [one] => format!("Line {one} does not have as many cells as the heading, which has {wanted}"),
            [first @ .., last] if count == numbers.len() => {
                format!(
                    "Lines {} and {last} do not have as many cells as the heading, which has {wanted}",
                    first.join(", ")
                )
            }
            all => format!(
                "Lines {} and {} more do not have as many cells as the heading, which has {wanted}",
                all.join(", "),
                count - all.len()
            ),
        };
        self.broken_table(
            path,
            lines.first().copied(),
            title,
            format!("Readers cannot tell to which column a figure belongs. {SHOWN}, from the left."),
            "Open the file in a spreadsheet and look at these lines. A comma inside a cell, as in 1,250, needs quotation \
             marks round the cell: \"1,250\"",
        );
    }

    /// A column whose first row is empty.
    pub fn column_without_name(&mut self, path: &str, column: usize) {
        self.broken_table(
            path,
            Some(1),
            format!("Column {column} has no heading"),
            "People who listen to the page hear figures and not what they count.",
            "Write in the first line what the column holds.",
        );
    }

    /// A file with nothing in it.
    pub fn empty_table(&mut self, path: &str) {
        self.broken_table(
            path,
            None,
            "This file of figures is empty",
            "There is nothing to show; the page links to the file alone.",
            "Save the table again as CSV, or delete the file and what shows it.",
        );
    }

    /// A file with one row.
    pub fn table_without_rows(&mut self, path: &str) {
        self.broken_table(
            path,
            None,
            "This file of figures has a heading and nothing below it",
            "There is nothing to show; the page links to the file alone.",
            "Put the figures below the heading. If there are none, say so in the text, and why.",
        );
    }

    /// Cells that are parted otherwise.
    pub fn other_separators(&mut self, path: &str, name: &str) {
        self.broken_table(
            path,
            None,
            format!("This file has {name} between its cells"),
            "The page shows it well, but people who load the file into a program expect commas and find one wide column.",
            "In Excel choose “Save as” and “CSV UTF-8 (Comma delimited)”. Where Excel still writes others, set the list \
             separator in the regional settings of Windows to a comma.",
        );
    }

    /// A quotation mark that takes the rest of the file into one cell.
    pub fn open_quote(&mut self, path: &str, line: usize) {
        self.broken_table(
            path,
            Some(line),
            "A quotation mark opens here and never closes",
            format!("Other programs take the rest of the file for one cell. {SHOWN}, with its quotation marks."),
            "Close it at the end of the cell. To write one inside a cell, double it: \"a so-called \"\"hot spot\"\"\"",
        );
    }

    /// Bytes of an older encoding.
    pub fn table_in_old_encoding(&mut self, path: &str, line: usize) {
        self.broken_table(
            path,
            Some(line),
            "This file is not saved as UTF-8",
            "Letters with accents and the pound sign come out wrong in other programs. Here it is read as Windows wrote it.",
            "In Excel choose “Save as” and “CSV UTF-8 (Comma delimited)”.",
        );
    }

    /// Bytes that are no text at all.
    pub fn no_table(&mut self, path: &str) {
        self.broken_table(
            path,
            None,
            "This file is no table in plain text",
            "There is nothing to show; the page links to the file alone.",
            "It may be a workbook whose name was changed. Open it in a spreadsheet and save it as CSV.",
        );
    }

    /// A table of which not all is shown.
    pub fn table_cut(&mut self, path: &str, rows: usize, columns: usize) {
        self.broken_table(
            path,
            None,
            format!("This table has more than {rows} rows or {columns} columns"),
            "No one reads that on a page, and on an old telephone it does not open. The page shows the beginning, and links \
             to the whole file.",
            "Show a shorter table that says what matters, and link to this file: [all figures](figures.csv).",
        );
    }

    /// A file that is too long to be looked into.
    pub fn table_too_long(&mut self, path: &str, kilobytes: u64) {
        self.broken_table(
            path,
            None,
            format!("This file of figures is longer than {kilobytes} KB"),
            "A page with all of it would not open on an old telephone; the page links to the file alone.",
            "Show a shorter table that says what matters, and link to this file: [all figures](figures.csv).",
        );
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
