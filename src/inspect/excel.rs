//! Looks for what readers of an Excel file were not meant to see.
//!
//! Input: an opened file. Output: diagnostics: hidden sheets, values in hidden rows and columns or in a form that shows nothing,
//! comments, figures behind a pivot table, values of other files, changes that were shared. A sheet that can be seen is named;
//! a hidden one is not, since its name may be what was hidden.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::package::{Package, relations};
use super::rows::column_of;
use crate::archive::xml::{Element, Step, is_true, walk};
use crate::diagnostic::{Attached, Diagnostics, Hidden, Places, Unread};

const BOOK: &str = "xl/workbook.xml";

/// Looks at the book and at each of its sheets.
pub fn look(package: &mut Package<'_>, file: Attached<'_>, diagnostics: &mut Diagnostics) -> Result<(), Unread> {
    let parts: BTreeMap<String, String> = relations(package, BOOK)?.into_iter().collect();
    let mut sheets = Vec::new();
    let mut hidden_sheets = 0;
    for book in package.parts(BOOK)? {
        walk(&book, |step| {
            if let Step::Open(element) = step
                && element.name() == "sheet"
            {
                match element.attribute("state").as_deref() {
                    Some("hidden" | "veryHidden") => hidden_sheets += 1,
                    _ => sheets.push((element.attribute("name").unwrap_or_default(), element.attribute("id"))),
                }
            }
        })?;
    }
    let silent = silent_styles(package)?;
    let mut hidden = Vec::new();
    for (name, id) in sheets {
        let Some(part) = id.and_then(|id| parts.get(&id)) else { continue };
        for sheet in package.parts(part)? {
            hidden.extend(hidden_cells(&sheet, &silent)?.into_iter().map(|cell| format!("{name}!{cell}")));
        }
    }
    let mut said = |what: Hidden, count: usize| {
        if count > 0 {
            diagnostics.hidden_in_file(file, what, &Places::Whole(count));
        }
    };
    said(Hidden::Sheets, hidden_sheets);
    said(Hidden::Comments, comments(package)?);
    said(Hidden::Pivots, package.below("xl/pivotCache/pivotCacheRecords", ".xml").len());
    said(Hidden::OtherFiles, package.below("xl/externalLinks/externalLink", ".xml").len());
    if !hidden.is_empty() {
        diagnostics.hidden_in_file(file, Hidden::Cells, &Places::Cells(&hidden));
    }
    let changes = package.below("xl/revisions/revisionLog", ".xml").len();
    if changes > 0 {
        diagnostics.tracked_changes(file, &Places::Whole(changes));
    }
    Ok(())
}

/// How many comments there are, of the old sort and of the new. A new one is kept in the old form too.
fn comments(package: &mut Package<'_>) -> Result<usize, Unread> {
    let (mut old, mut new) = (0, 0);
    for name in package.below("xl/", ".xml") {
        let own = name.strip_prefix("xl/").unwrap_or_default();
        if !(own.starts_with("comments") || own.starts_with("threadedComments/")) {
            continue;
        }
        for part in package.parts(&name)? {
            walk(&part, |step| {
                if let Step::Open(element) = step {
                    old += usize::from(element.name() == "comment");
                    new += usize::from(element.name() == "threadedComment");
                }
            })?;
        }
    }
    Ok(old.max(new))
}

/// Which styles of cells show nothing of a value: their form is `;;;`.
fn silent_styles(package: &mut Package<'_>) -> Result<BTreeSet<String>, Unread> {
    let mut styles = BTreeSet::new();
    for part in package.parts("xl/styles.xml")? {
        let mut forms = BTreeSet::new();
        let (mut in_cells, mut number) = (false, 0_usize);
        walk(&part, |step| match step {
            Step::Open(element) => match element.name() {
                "numFmt" if element.attribute("formatCode").is_some_and(|code| code.trim() == ";;;") => {
                    forms.extend(element.attribute("numFmtId"));
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    if element.attribute("numFmtId").is_some_and(|form| forms.contains(&form)) {
                        styles.insert(number.to_string());
                    }
                    number += 1;
                }
                _ => {}
            },
            Step::Close("cellXfs") => in_cells = false,
            _ => {}
        })?;
    }
    Ok(styles)
}

/// The cells of a sheet that hold something and do not show: the first of each row and column that is hidden.
fn hidden_cells(sheet: &[u8], silent: &BTreeSet<String>) -> Result<Vec<String>, Unread> {
    let mut columns: Vec<RangeInclusive<usize>> = Vec::new();
    let mut seen_columns = BTreeSet::new();
    let mut found = Vec::new();
    let (mut row_is_hidden, mut row_is_said) = (false, false);
    let (mut cell, mut is_silent, mut in_value) = (None::<String>, false, false);
    walk(sheet, |step| match step {
        Step::Open(element) => match element.name() {
            "col" if is_hidden(&element, "width") => {
                let number = |name| element.attribute(name).and_then(|number| number.parse::<usize>().ok());
                if let (Some(first), Some(last)) = (number("min"), number("max")) {
                    columns.push(first..=last);
                }
            }
            "row" => {
                row_is_hidden = is_hidden(&element, "ht");
                row_is_said = false;
            }
            "c" => {
                cell = element.attribute("r");
                is_silent = element.attribute("s").is_some_and(|style| silent.contains(&style));
            }
            "v" | "t" => in_value = true,
            _ => {}
        },
        Step::Text(value) if in_value && !value.trim().is_empty() => {
            let Some(place) = cell.take() else { return };
            let column = column_of(&place);
            let is_in_column = columns.iter().any(|columns| columns.contains(&column));
            let is_new = (row_is_hidden && !std::mem::replace(&mut row_is_said, true))
                || (is_in_column && seen_columns.insert(column))
                || is_silent;
            if is_new {
                found.push(place);
            }
        }
        Step::Close("v" | "t") => in_value = false,
        _ => {}
    })?;
    Ok(found)
}

/// Whether a row or a column does not show: it says so, or it has no size.
fn is_hidden(element: &Element<'_>, size: &str) -> bool {
    element.attribute("hidden").is_some_and(|value| is_true(&value))
        || element.attribute(size).is_some_and(|size| size.parse() == Ok(0.0))
}
