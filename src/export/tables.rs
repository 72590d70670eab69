//! Tables of open data (CSV, RFC 4180): `/data/minutes.csv` has a row for each document of a kind,
//! `/data/priorities.cycles.csv` one for each group of a list in them.
//!
//! Input: the fields of documents, as `columns` names them. Output: UTF-8 with a head and CRLF. A cell that a
//! spreadsheet would run as a formula begins with an apostrophe; a plain number stays one.

use super::columns::{self, OWN, OWN_OF_PART, Table, View};
use super::{Export, Subject, plain, read_at};
use crate::kind::{Field, KindId};
use crate::language::Language;
use crate::model::{Address, Document, Fields, Site, Value};

/// This format.
pub const EXPORT: Export = Export {
    name: "tables",
    summary: "Every kind of document as tables for spreadsheets (CSV).",
    needs_base_url: false,
    plan,
    write,
};

fn plan(site: &Site) -> Vec<(Address, Subject)> {
    let mut files = Vec::new();
    for (id, kind) in columns::kinds(site) {
        for (index, table) in (0..).zip(columns::tables(kind)) {
            let name = table.name(kind);
            let parts = parts(site, id, &table).into_iter();
            files.extend(parts.map(|part| (address(&name, part), Subject::Kind { kind: id, table: index, part })));
        }
    }
    files
}

/// Where a part of a table is.
pub fn address(name: &str, part: u32) -> Address {
    Address::file(&format!("data/{}.csv", columns::part_name(name, part)))
}

/// The parts of a table that have more than its head.
pub fn parts(site: &Site, kind: KindId, table: &Table<'_>) -> Vec<u32> {
    let has_rows = |document: &Document| table.path.is_empty() || !rows_of(document, table).is_empty();
    columns::parts(site, kind).filter(|part| columns::part(site, kind, *part).any(has_rows)).collect()
}

/// The groups of a document that are rows of a table.
fn rows_of<'document>(document: &'document Document, table: &Table<'_>) -> Vec<&'document Fields> {
    table.path.iter().fold(vec![&document.fields], |above, field| {
        let values = above.into_iter().filter_map(|fields| fields.get(&field.name));
        values.flat_map(Value::groups).collect()
    })
}

fn write(site: &Site, language: &Language, subject: Subject) -> Vec<u8> {
    let Subject::Kind { kind: id, table, part } = subject else { unreachable!("only kinds are planned") };
    let kind = site.kinds.get(id);
    let tables = columns::tables(kind);
    let table = &tables[table as usize];
    let view = View { site, language };
    let fields: Vec<&Field> = match table.path.last() {
        Some(list) => list.parts().iter().collect(),
        None => columns::fields(kind).collect(),
    };
    let mut rows = Rows::new();
    let has_words = table.path.is_empty() && kind.titled_by_matter;
    let words = has_words.then_some(columns::WORDS);
    let own_columns: Vec<&str> = if table.path.is_empty() { OWN.to_vec() } else { OWN_OF_PART.to_vec() };
    rows.head(&own_columns.into_iter().chain(words).collect::<Vec<_>>(), &fields);
    for document in columns::part(site, id, part) {
        if table.path.is_empty() {
            let cells = fields.iter().flat_map(|field| view.cells(field, view.value(document, field).as_deref()));
            let words = has_words.then(|| columns::words(site, document).unwrap_or_default());
            rows.push(own(&view, document).into_iter().chain(words).chain(cells));
            continue;
        }
        for (number, row) in (1..).zip(rows_of(document, table)) {
            let own = [document.id.to_string(), plain::line(&document.title), i32::to_string(&number)];
            let cells = fields.iter().flat_map(|field| view.cells(field, row.get(&field.name)));
            rows.push(own.into_iter().chain(cells));
        }
    }
    rows.finish()
}

/// The cells of [`OWN`].
fn own(view: &View<'_>, document: &Document) -> [String; 6] {
    let changed = document.changed.map(|date| (columns::iso(date).unwrap_or_default(), view.language.date(date)));
    let (changed, changed_text) = changed.unwrap_or_default();
    [
        document.id.to_string(),
        plain::line(&document.title),
        read_at(view.site, document),
        columns::state(document).to_owned(),
        changed,
        changed_text,
    ]
}

/// The rows of a table.
pub struct Rows(csv::Writer<Vec<u8>>);

impl Rows {
    /// None yet.
    pub fn new() -> Self {
        Self(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new()))
    }

    /// Names of columns; a field that is called like one of the first columns says that it is a field.
    fn head(&mut self, own: &[&str], fields: &[&Field]) {
        let names = fields.iter().flat_map(|field| columns::names(field, "")).map(|name| columns::column(name, own));
        self.push(own.iter().map(|name| (*name).to_owned()).chain(names));
    }

    /// Adds a row.
    pub fn push(&mut self, cells: impl Iterator<Item = String>) {
        let cells = cells.map(harmless);
        self.0.write_record(cells).unwrap_or_else(|error| unreachable!("rows of one table are equally long: {error}"));
    }

    /// The bytes of the table.
    pub fn finish(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_else(|error| unreachable!("memory takes every byte: {error}"))
    }
}

/// A cell that no spreadsheet runs. What begins like a formula and is no plain number gets an apostrophe in front,
/// which spreadsheets hide.
fn harmless(cell: String) -> String {
    let starts_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if starts_formula && !is_number(&cell) { format!("'{cell}") } else { cell }
}

fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_run() {
        for (typed, written) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-1+1", "'-1+1"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            ("-", "'-"),
            ("-5", "-5"),
            ("+3.25", "+3.25"),
            ("-5.", "'-5."),
            ("12 March", "12 March"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(harmless(typed.to_owned()), written);
        }
    }
}
