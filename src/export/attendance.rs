//! What people in public office did at meetings: `/data/people.attendance.csv` (RFC 4180) has a row for each thing that one person did at
//! one meeting, `people.attendance.json` the same as objects, and `people.attendance.schema.json` says what they hold.
//!
//! Input: what `assemble` found to be sure. Output: a table and JSON. Not here: the terms of people, which are a table of their
//! kind, and names that are nobody's, which stay in the data of their meetings.

use super::worked_out::WorkedOut;
use super::{Export, Subject, plain, read_at};
use crate::language::Language;
use crate::model::{Address, Part, RelationEnd, Site};
use crate::query;

/// This format.
pub const EXPORT: Export = Export {
    name: "attendance",
    summary: "What people in public office did at meetings, as a table for spreadsheets (CSV).",
    needs_base_url: false,
    plan,
    write,
};

/// The columns of the table, and how the same stands in JSON.
pub const FORM: WorkedOut<14> = WorkedOut {
    name: "people.attendance",
    list: "attendance",
    columns: [
        ("person", "The id of the person."),
        ("name", "What the person is called."),
        ("meeting", "The id of the meeting."),
        ("date", "The day of the meeting."),
        ("body", "The id of the body that met; its name where it has no page."),
        (
            "did",
            "chaired, present, in-attendance, apologies, absent, substituted, joined, left, withdrew, returned, declared, presented, moved, seconded, voted-for, voted-against or abstained.",
        ),
        ("item", "The number of the item, as printed."),
        ("time", "The time of day, as printed."),
        ("record", "The id of the item or the decision."),
        ("title", "What the item or the decision is called."),
        ("words", "What the record says besides: the nature of an interest, in whose place somebody sat."),
        ("printed", "The name as the record prints it."),
        ("recognised", "true where nobody typed it into a field: it was found in the text by its words."),
        ("address", "Where it is read."),
    ],
    required: &["person", "name", "meeting", "did", "printed", "recognised", "address"],
    title: "What people in public office did at meetings",
    description: "Only what the record says where it is sure who is meant. What is not here is not recorded.",
};

fn plan(site: &Site) -> Vec<(Address, Subject)> {
    FORM.plan(!site.parts.all().is_empty())
}

fn write(site: &Site, _: &Language, subject: Subject) -> Vec<u8> {
    FORM.write(site, subject, site.parts.all().iter().map(|part| row(site, part)))
}

fn row(site: &Site, part: &Part) -> [String; 14] {
    let Part { person, meeting, did, record, item, at, words, printed, recognised } = part;
    let text = |text: &Option<Box<str>>| text.as_deref().map(plain::line).unwrap_or_default();
    let body = match query::body_end(site, *meeting) {
        Some(RelationEnd::Document { document, .. }) => site.document(*document).id.to_string(),
        Some(RelationEnd::Words(words)) => plain::line(words),
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
