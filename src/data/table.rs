//! Rows and columns, and what the cells of a column tell about it: whether they are figures, and whether they name the
//! rows.
//!
//! Input: cells as typed. Output: answers. Not here: HTML, and where the cells come from (a file, a table in a text).

/// A table whose first row heads the columns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Table {
    /// The headings of the columns, as typed.
    pub head: Vec<Box<str>>,
    /// The rows, each with as many cells as there are headings.
    pub rows: Vec<Vec<Box<str>>>,
    /// The number of rows that the file has and that are not shown.
    pub left_out: usize,
}

/// The name of a column as a field would be called that it means: "Area code" is `area_code`. A mark of the order of bytes before the first
/// one is no part of it.
#[must_use]
pub fn column_name(typed: &str) -> String {
    typed.trim().trim_start_matches('\u{FEFF}').to_lowercase().replace([' ', '-'], "_")
}

/// Whether a path is that of a file of figures.
#[must_use]
pub fn is_table(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("csv"))
}

impl Table {
    /// The cells of a column, without its head.
    pub fn column(&self, index: usize) -> impl Iterator<Item = &str> + Clone {
        self.rows.iter().filter_map(move |row| row.get(index)).map(AsRef::as_ref)
    }
}

/// Whether the cells of a column are figures, which are read from their last digit: all that are filled are numbers,
/// or say that there is none.
pub fn are_figures<'cells>(cells: impl Iterator<Item = &'cells str>) -> bool {
    let mut figures = 0;
    for cell in cells.map(str::trim).filter(|cell| !is_missing(cell)) {
        if !is_figure(cell) {
            return false;
        }
        figures += 1;
    }
    figures > 0
}

/// Whether the cells of a first column name the rows: there are several, each is filled, no two are the same, and they
/// are words, years or periods. A column of counts names nothing.
pub fn name_rows<'cells>(cells: impl Iterator<Item = &'cells str> + Clone) -> bool {
    let mut seen: Vec<&str> = cells.clone().map(str::trim).collect();
    let filled = seen.len() > 1 && seen.iter().all(|cell| !is_missing(cell));
    let all_years = seen.iter().all(|cell| is_year(cell));
    let rows = seen.len();
    seen.sort_unstable();
    seen.dedup();
    filled && seen.len() == rows && (all_years || !are_figures(cells))
}

/// An empty cell, or what is typed where there is no figure.
#[must_use]
pub fn is_missing(cell: &str) -> bool {
    let lower = cell.to_ascii_lowercase();
    matches!(lower.as_str(), "" | "-" | "–" | "—" | "*" | ":" | "." | ".." | "..." | "n/a" | "na" | "nil" | "not known")
}

/// Whether a cell says a year.
#[must_use]
pub fn is_year(cell: &str) -> bool {
    cell.len() == 4
        && cell.bytes().all(|byte| byte.is_ascii_digit())
        && (cell.starts_with("19") || cell.starts_with("20"))
}

/// `1,204`, `-3.5%`, `£212 000`, `(12)`, `3,5`, `+4`: a number as people write it.
fn is_figure(cell: &str) -> bool {
    let bare = cell.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(cell);
    let bare = bare.trim_start_matches(['+', '-', '−', '–', '~', '<', '>', '£', '€', '$']).trim_start();
    let bare = bare.trim_end_matches(['%', '*', 'k', 'm']).trim_end();
    let bare = bare.strip_prefix(['£', '€', '$']).unwrap_or(bare);
    let between = [',', '.', ' ', '\u{A0}', '\u{2009}', '\u{202F}', '\''];
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    bare.split(between).all(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_from_words() {
        for cell in
            ["0", "1,204", "1 204", "29.8", "3,5", "-3", "−3.5%", "£212,000", "£1.2m", "(12)", "+4", "<5", "12*"]
        {
            assert!(is_figure(cell), "{cell}");
        }
        for cell in ["2016/17", "7a", "Fenwold", "1.", "July 2023", "12-14", "3 of 5", "%", "£"] {
            assert!(!is_figure(cell), "{cell}");
        }
        assert!(are_figures(["1", "", "n/a", "–"].into_iter()));
        assert!(!are_figures(["", "–"].into_iter()));
        assert!(!are_figures(["1", "two"].into_iter()));
    }

    #[test]
    fn a_column_that_names_rows_is_told_from_one_that_counts() {
        for (cells, expected) in [
            (vec!["Fenwold", "Harlbridge"], true),
            (vec!["2016", "2018"], true),
            (vec!["2016/17", "2017/18"], true),
            (vec!["North", "North"], false),
            (vec!["North", ""], false),
            (vec!["12", "13"], false),
            (vec!["North"], false),
            (vec![], false),
        ] {
            assert_eq!(name_rows(cells.iter().copied()), expected, "{cells:?}");
        }
    }
}
