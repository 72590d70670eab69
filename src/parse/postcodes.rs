//! `content/postcodes.csv` → which postcode lies in which area.
//!
//! Input: the bytes of the file, whose columns are known by their names. Output: a row for each postcode and area, and a diagnostic for
//! each row that cannot be used. Not here: which area a name means (`assemble/areas.rs`).

use std::collections::BTreeMap;

use super::old::lines;
use crate::data::rows_of;
use crate::data::table::column_name;
use crate::diagnostic::Diagnostics;
use crate::kind::{Kinds, Role};
use crate::language::{postcode, postcode_columns};
use crate::model::PostcodeRow;
use crate::source::{SourceError, SourceId, Span, decode};

/// Which columns hold what.
struct Columns {
    postcode: usize,
    /// One or several: a ward, and the district in which it lies.
    areas: Vec<usize>,
}

/// Reads the file for a site in `country`.
pub fn postcodes(
    source: SourceId,
    bytes: Result<Vec<u8>, SourceError>,
    (kinds, country): (&Kinds, Option<&str>),
    diagnostics: &mut Diagnostics,
) -> Vec<PostcodeRow> {
    let text = match bytes.map(decode) {
        Ok(Ok(text)) => text,
        Ok(Err(_)) => {
            diagnostics.postcodes_not_text(Span::whole(source));
            return Vec::new();
        }
        // `read` has named a file that cannot be opened.
        Err(_) => return Vec::new(),
    };
    let lines = lines(&text, source);
    let at_line = |line: usize| lines.get(line.wrapping_sub(1)).copied().unwrap_or(Span::whole(source));
    let mut rows = rows_of(&text);
    let Some((line, head)) = rows.next() else { return Vec::new() };
    let Some(columns) = columns(&head, kinds) else {
        diagnostics.postcodes_without_columns(at_line(line));
        return Vec::new();
    };
    let mut read = Reader { country, seen: BTreeMap::new(), rows: Vec::new(), diagnostics };
    rows.for_each(|(line, cells)| read.row(&columns, &cells, at_line(line)));
    read.rows
}

/// `None` if no column holds postcodes, or none holds areas.
fn columns(head: &[Box<str>], kinds: &Kinds) -> Option<Columns> {
    let names: Vec<String> = head.iter().map(|typed| column_name(typed)).collect();
    let postcode = names.iter().position(|name| postcode_columns().contains(name))?;
    let is_area = |name: &str| kinds.has_name(Role::Area, name);
    let areas: Vec<usize> = (0..names.len()).filter(|at| *at != postcode && is_area(&names[*at])).collect();
    (!areas.is_empty()).then_some(Columns { postcode, areas })
}

struct Reader<'run> {
    country: Option<&'run str>,
    /// Each postcode and area that was read, and where.
    seen: BTreeMap<(String, String), Span>,
    rows: Vec<PostcodeRow>,
    diagnostics: &'run mut Diagnostics,
}

impl Reader<'_> {
    fn row(&mut self, columns: &Columns, cells: &[Box<str>], span: Span) {
        let cell = |at: usize| cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
        let typed = cell(columns.postcode);
        if typed.starts_with('#') {
            return;
        }
        let Some((first, rest)) = postcode(typed, self.country) else {
            self.diagnostics.no_postcode(span, typed);
            return;
        };
        let areas: Vec<&str> = columns.areas.iter().map(|at| cell(*at)).filter(|area| !area.is_empty()).collect();
        if areas.is_empty() {
            self.diagnostics.postcode_without_area(span, typed);
        }
        for area in areas {
            if let Some(other) = self.seen.insert((format!("{first} {rest}"), area.to_lowercase()), span) {
                self.diagnostics.postcode_twice(span, typed, area, other);
                continue;
            }
            let (first, rest) = (first.as_str().into(), rest.as_str().into());
            self.rows.push(PostcodeRow { first, rest, typed: typed.into(), area: area.into(), span });
        }
    }
}
