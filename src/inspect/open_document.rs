//! Looks for what readers of a file of LibreOffice (ODT, ODS, ODP) were not meant to see.
//!
//! Input: an opened file. Output: diagnostics: tracked changes, comments, hidden words, sheets, rows, columns and slides, notes.

use std::collections::BTreeSet;
use std::ops::Range;

use super::formats::FORMATS;
use super::package::Package;
use crate::archive::xml::{Element, Step, walk};
use crate::diagnostic::{Attached, Diagnostics, Hidden, Places, Unread};

/// A change with all that is said of it.
const CHANGE: &str = "changed-region";

/// What was found.
#[derive(Default)]
struct Found {
    paragraph: usize,
    changes: usize,
    comments: usize,
    words: Vec<usize>,
    sheets: usize,
    rows: usize,
    slides: usize,
    notes: usize,
    /// The styles that hide what has them, by their names.
    hiding: BTreeSet<String>,
    /// The style that is described just now.
    style: String,
    in_comment: bool,
    in_notes: bool,
    /// How many elements that hide their words are open, by their names.
    in_hidden: Vec<String>,
    /// Whether the row that is open does not show, and holds nothing yet.
    in_hidden_row: bool,
    /// The columns of this table that do not show, how many columns were named, and the column of this cell.
    columns: Vec<Range<usize>>,
    named_columns: usize,
    next_cell: usize,
    cell: usize,
    /// Whether a change is open, of which the parts are no changes of their own.
    in_change: bool,
}

/// Looks at the text.
pub fn look(package: &mut Package<'_>, file: Attached<'_>, diagnostics: &mut Diagnostics) -> Result<(), Unread> {
    let mut is_encrypted = false;
    for list in package.parts("META-INF/manifest.xml")? {
        walk(&list, |step| is_encrypted |= matches!(step, Step::Open(one) if one.name() == "encryption-data"))?;
    }
    if is_encrypted {
        return Err(Unread::Encrypted);
    }
    let mut found = Found::default();
    for part in [package.parts("styles.xml")?, package.parts("content.xml")?].concat() {
        found.paragraph = 0;
        walk(&part, |step| match step {
            Step::Open(element) => found.open(&element),
            Step::Text(words) if !words.trim().is_empty() => found.words(),
            Step::Close(name) => found.close(name),
            _ => {}
        })?;
    }
    found.report(file, diagnostics);
    Ok(())
}

impl Found {
    fn open(&mut self, element: &Element<'_>) {
        let is = |name: &str, value: &str| element.attribute(name).is_some_and(|own| own == value);
        let style = |found: &Self| element.attribute("style-name").is_some_and(|name| found.hiding.contains(&name));
        match element.name() {
            "style" => self.style = element.attribute("name").unwrap_or_default(),
            "text-properties" | "table-properties" if is("display", "none") || is("display", "false") => self.hides(),
            "drawing-page-properties" if is("visibility", "hidden") => self.hides(),
            "p" | "h" => self.paragraph += 1,
            "annotation" => {
                self.comments += 1;
                self.in_comment = true;
            }
            "notes" => self.in_notes = true,
            "table" => {
                self.sheets += usize::from(style(self));
                self.columns.clear();
                self.named_columns = 0;
            }
            "page" => self.slides += usize::from(style(self)),
            "table-row" => {
                self.in_hidden_row = is("visibility", "collapse") || is("visibility", "filter");
                self.next_cell = 0;
            }
            "table-column" => {
                let columns = self.named_columns..self.named_columns.saturating_add(repeated(element));
                self.named_columns = columns.end;
                if is("visibility", "collapse") {
                    self.columns.push(columns);
                }
            }
            "table-cell" | "covered-table-cell" => {
                self.cell = self.next_cell;
                self.next_cell = self.next_cell.saturating_add(repeated(element));
            }
            "hidden-text" if element.attribute("string-value").is_some_and(|words| !words.is_empty()) => {
                self.words.push(self.paragraph);
            }
            name @ ("span" | "hidden-paragraph" | "section") => {
                let hides = style(self) || name == "hidden-paragraph" || is("display", "none");
                if hides || !self.in_hidden.is_empty() {
                    self.in_hidden.push(name.to_owned());
                }
            }
            name if FORMATS.office.tracked.contains(name) && !self.in_change => {
                self.changes += 1;
                self.in_change = name == CHANGE;
            }
            _ => {}
        }
    }

    fn hides(&mut self) {
        self.hiding.insert(self.style.clone());
    }

    fn words(&mut self) {
        if self.in_notes {
            self.notes += 1;
        } else if self.in_comment {
        } else if std::mem::take(&mut self.in_hidden_row) || self.takes_column() {
            self.rows += 1;
        } else if !self.in_hidden.is_empty() {
            self.words.push(self.paragraph);
        }
    }

    /// Whether this cell is the first with words in a column that does not show.
    fn takes_column(&mut self) -> bool {
        let hidden = self.columns.iter().position(|columns| columns.contains(&self.cell));
        hidden.map(|hidden| self.columns.swap_remove(hidden)).is_some()
    }

    fn close(&mut self, name: &str) {
        match name {
            CHANGE => self.in_change = false,
            "annotation" => self.in_comment = false,
            "notes" => self.in_notes = false,
            "table-row" => self.in_hidden_row = false,
            _ if self.in_hidden.last().is_some_and(|last| last == name) => drop(self.in_hidden.pop()),
            _ => {}
        }
    }

    fn report(mut self, file: Attached<'_>, diagnostics: &mut Diagnostics) {
        self.words.dedup();
        if self.changes > 0 {
            diagnostics.tracked_changes(file, &Places::Whole(self.changes));
        }
        if !self.words.is_empty() {
            diagnostics.hidden_in_file(file, Hidden::Words, &Places::Paragraphs(&self.words));
        }
        let counts = [
            (Hidden::Comments, self.comments),
            (Hidden::Sheets, self.sheets),
            (Hidden::Cells, self.rows),
            (Hidden::Slides, self.slides),
            (Hidden::Notes, self.notes),
        ];
        for (what, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            diagnostics.hidden_in_file(file, what, &Places::Whole(count));
        }
    }
}

/// How many cells or columns an element stands for.
fn repeated(element: &Element<'_>) -> usize {
    element.attribute("number-columns-repeated").and_then(|count| count.parse().ok()).unwrap_or(1)
}
