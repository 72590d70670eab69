//! All tables in one file: `/data/tables.zip` has every table of the site (CSV), the tables that authors publish as they are shown, and
//! `columns.csv`, which says of every column what stands in it.
//!
//! Input: the tables that other formats write. Output: an archive with the same bytes for the same site. Not here: what a table says.

use std::collections::BTreeSet;

use super::columns::{self, OWN, OWN_OF_PART};
use super::tables::Rows;
use super::{Export, Subject, attendance, editions, forward, is_public, plain, tables};
use crate::archive::pack::packed;
use crate::data::table::Table;
use crate::kind::{Field, Kind, Shape};
use crate::language::Language;
use crate::model::{Address, Site};
use crate::query;

/// This format.
pub const EXPORT: Export = Export {
    name: "bundle",
    summary: "All tables in one archive, with what each column holds (ZIP).",
    needs_base_url: false,
    plan: |_| vec![(address(), Subject::Site)],
    write,
};

/// The formats that write tables.
const TABLES: [Export; 4] = [attendance::EXPORT, editions::EXPORT, forward::EXPORT, tables::EXPORT];

/// What in the archive says what the columns hold.
const COLUMNS: &str = "columns.csv";

/// What is said of a published table of which pages show only the beginning.
const TOO_LONG: &str = "It is too long for this archive, and stands on the site at this path.";

/// Where the archive is.
pub fn address() -> Address {
    Address::file("data/tables.zip")
}

fn write(site: &Site, language: &Language, _: Subject) -> Vec<u8> {
    let name = |address: &Address| address.as_str().trim_start_matches('/').to_owned();
    let described = std::iter::once((COLUMNS.to_owned(), described(site)));
    let own = TABLES
        .iter()
        .flat_map(|format| (format.plan)(site).into_iter().map(move |(address, subject)| (format, address, subject)));
    let own = own.filter(|(_, address, _)| address.as_str().ends_with(".csv"));
    let own = own.map(|(format, address, subject)| (name(&address), (format.write)(site, language, subject)));
    let whole = published(site).filter(|(_, table)| table.left_out == 0);
    packed(described.chain(own).chain(whole.map(|(address, table)| (name(address), printed(table)))))
}

fn printed(table: &Table) -> Vec<u8> {
    let mut rows = Rows::new();
    std::iter::once(&table.head).chain(&table.rows).for_each(|row| rows.push(row.iter().map(|cell| cell.to_string())));
    rows.finish()
}

/// The tables that authors publish with documents.
fn published(site: &Site) -> impl Iterator<Item = (&Address, &Table)> {
    let public = site.present().map(|(_, document)| document).filter(|document| is_public(document));
    let files: BTreeSet<u32> = public.flat_map(|document| query::figures(site, document)).collect();
    files.into_iter().filter_map(|file| Some((&site.attachments[file as usize].1, site.tables.get(&file)?)))
}

/// What each column of each table holds.
fn described(site: &Site) -> Vec<u8> {
    let mut rows = Rows::new();
    rows.push(["table", "column", "label", "holds"].map(str::to_owned).into_iter());
    let mut put = |table: &str, column: &str, label: &str, holds: &str| {
        rows.push([table, column, label, holds].map(plain::line).into_iter());
    };
    for (_, kind) in columns::kinds(site) {
        for table in columns::tables(kind) {
            let name = format!("data/{}.csv", table.name(kind));
            of_table(kind, table.path.last().copied(), |column, label, holds| put(&name, column, label, holds));
        }
    }
    for (name, described) in [
        (forward::FORM.name, &forward::FORM.columns[..]),
        (attendance::FORM.name, &attendance::FORM.columns[..]),
        (editions::FORM.name, &editions::FORM.columns[..]),
    ] {
        described.iter().for_each(|(column, holds)| put(&format!("data/{name}.csv"), column, "", holds));
    }
    for (address, _) in published(site).filter(|(_, table)| table.left_out > 0) {
        put(address.as_str().trim_start_matches('/'), "", "", TOO_LONG);
    }
    rows.finish()
}

/// Gives each column of a table of a kind, or of a list of groups in it: its name, its label and what it holds.
fn of_table(kind: &Kind, list: Option<&Field>, mut give: impl FnMut(&str, &str, &str)) {
    let (own, hold) = match list {
        Some(_) => (&OWN_OF_PART[..], &columns::OWN_OF_PART_HOLD[..]),
        None => (&OWN[..], &columns::OWN_HOLD[..]),
    };
    own.iter().zip(hold).for_each(|(name, holds)| give(name, "", holds));
    if list.is_none() && kind.titled_by_matter {
        give(columns::WORDS, "", columns::WORDS_HOLD);
    }
    let fields: Vec<&Field> =
        list.map_or_else(|| columns::fields(kind).collect(), |list| list.parts().iter().collect());
    fields.into_iter().for_each(|field| of_field(field, "", own, &mut give));
}

/// Gives the columns of a field; of a group those of its parts.
fn of_field(field: &Field, before: &str, own: &[&str], give: &mut impl FnMut(&str, &str, &str)) {
    if let Shape::Group(parts) = &field.shape {
        let before = format!("{before}{}.", field.name);
        return parts.iter().for_each(|part| of_field(part, &before, own, give));
    }
    for (name, text) in columns::names(field, before).into_iter().zip([false, true]) {
        let holds = if text { columns::AS_TEXT } else { &*field.help };
        give(&columns::column(name, own), &field.label, holds);
    }
}
