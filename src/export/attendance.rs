//! What people in public office did at meetings (CSV, RFC 4180): `/data/people.attendance.csv` has a row for each thing that one person
//! did at one meeting.
//!
//! Input: what `assemble` found to be sure. Output: UTF-8 with a head and CRLF. Not here: the terms of people, which are a table of their
//! kind, and names that are nobody's, which stay in the data of their meetings.

use super::tables::Rows;
use super::{Export, Subject, plain, read_at};
use crate::language::Language;
use crate::model::{Address, Part, Site};
use crate::query;

/// This format.
pub const EXPORT: Export = Export {
    name: "attendance",
    summary: "What people in public office did at meetings, as a table for spreadsheets (CSV).",
    needs_base_url: false,
    plan: |site| if site.parts.all().is_empty() { Vec::new() } else { vec![(address(), Subject::Site)] },
    write,
};

/// The columns of the table, each with what it holds.
pub const COLUMNS: [(&str, &str); 14] = [
    ("person", "The id of the person."),
    ("name", "What the person is called."),
    ("meeting", "The id of the meeting."),
    ("date", "The day of the meeting."),
    ("body", "The id of the body that met; its name where it has no page."),
    (
        "did",
        "chaired, present, in-attendance, apologies, substituted, joined, left, withdrew, returned, declared, presented, moved, seconded, voted-for, voted-against or abstained.",
    ),
    ("item", "The number of the item, as printed."),
    ("time", "The time of day, as printed."),
    ("record", "The id of the item or the decision."),
    ("title", "What the item or the decision is called."),
    ("words", "What the record says besides: the nature of an interest, in whose place somebody sat."),
    ("printed", "The name as the record prints it."),
    ("recognised", "true where nobody typed it into a field: it was found in the text by its words."),
    ("address", "Where it is read."),
];

/// Where the table is.
pub fn address() -> Address {
    Address::file("data/people.attendance.csv")
}

fn write(site: &Site, _: &Language, _: Subject) -> Vec<u8> {
    let mut rows = Rows::new();
    rows.push(COLUMNS.iter().map(|(name, _)| (*name).to_owned()));
    site.parts.all().iter().for_each(|part| rows.push(row(site, part).into_iter()));
    rows.finish()
}

fn row(site: &Site, part: &Part) -> [String; 14] {
    let Part { person, meeting, did, record, item, at, words, printed, recognised } = part;
    let text = |text: &Option<Box<str>>| text.as_deref().map(plain::line).unwrap_or_default();
    let body = match query::body_end(site, *meeting) {
        Some(end) => end.document().map_or_else(|| end_words(end), |body| site.document(body).id.to_string()),
        None => String::new(),
    };
    let held = site.document(*meeting);
    let record = record.map(|record| site.document(record));
    [
        site.document(*person).id.to_string(),
        plain::line(&site.document(*person).title),
        held.id.to_string(),
        query::day(held).map(|day| day.to_string()).unwrap_or_default(),
        body,
        did.word().to_owned(),
        text(item),
        text(at),
        record.map(|record| record.id.to_string()).unwrap_or_default(),
        record.map(|record| plain::line(&record.title)).unwrap_or_default(),
        text(words),
        plain::line(printed),
        recognised.to_string(),
        read_at(site, record.unwrap_or(held)),
    ]
}

fn end_words(end: &crate::model::RelationEnd) -> String {
    match end {
        crate::model::RelationEnd::Words(words) => plain::line(words),
        crate::model::RelationEnd::Document { .. } => String::new(),
    }
}
