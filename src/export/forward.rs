//! The forward plan as data: `/data/forward-plan.csv` (RFC 4180) has a row for each line of the plan, `forward-plan.json` the same as
//! objects, and `forward-plan.schema.json` says what they hold.
//!
//! Input: the plan of the site. Output: a table and JSON. Not here: what is planned for when (`query/forward.rs`), its feeds
//! (`feeds.rs`) and its calendars (`calendar.rs`).

use super::worked_out::WorkedOut;
use super::{Export, Subject, is_public, plain, said_at};
use crate::kind::Role;
use crate::language::Language;
use crate::model::{
    Address, Cause, Date, DocumentId, MeetingDay, PlanEntry, PlanGroup, PlanTime, RelationEnd, RouteKind, Site, Value,
};
use crate::query;

/// This format.
pub const EXPORT: Export = Export {
    name: "forward",
    summary: "The forward plan: what is to come before which meeting, as a table (CSV) and as records (JSON).",
    needs_base_url: false,
    plan,
    write,
};

/// The columns of the table, and how the same stands in JSON.
pub const FORM: WorkedOut<16> = WorkedOut {
    name: "forward-plan",
    list: "plan",
    columns: [
        (
            "when",
            "The day of the meeting, 2026-12-08; the month, 2027-09, where no meeting is fixed; empty where nobody knows when.",
        ),
        ("fixed", "true where the day of a meeting is known."),
        ("body", "The id of the body that meets; its name where it has no page."),
        ("body_name", "What the body is called."),
        ("agenda", "The id of the agenda, where the site has it."),
        ("cause", "due: promised or asked for; review: its text is to be looked at again; standing: on each agenda."),
        ("kind", "What it is called: a decision, an action, a strategy."),
        ("id", "The id of the record, of the document that is looked at again, or of the body."),
        ("part", "The number of the part of a decision, as printed."),
        ("title", "What it is called."),
        ("words", "The words of a decision or of its part."),
        ("who", "Who is to do it, ids and names parted by semicolons; empty where nobody is named."),
        ("due", "When it is due: a date, or the words of the record."),
        ("moved_from", "The day of the meeting at which it was due first and that has passed."),
        ("moved_from_meeting", "The id of that meeting."),
        ("address", "Where it is read."),
    ],
    required: &["fixed", "body", "body_name", "cause", "kind", "id", "title", "address"],
    title: "The forward plan",
    description: "What is to come before which meeting, as the record says it on the day of the site. What was due at a meeting \
                        that has passed moves to the next one until an answer is recorded.",
};

fn plan(site: &Site) -> Vec<(Address, Subject)> {
    FORM.plan(has_plan(site))
}

/// Whether any body of the site has a plan, be there anything in it or not.
pub fn has_plan(site: &Site) -> bool {
    site.own.iter().any(|(_, kind)| matches!(kind, RouteKind::Plan(..)))
}

fn write(site: &Site, _: &Language, subject: Subject) -> Vec<u8> {
    let entries = site.plan.groups.iter().flat_map(|group| group.entries.iter().map(move |entry| (group, entry)));
    FORM.write(site, subject, entries.map(|(group, entry)| row(site, group, entry)))
}

fn row(site: &Site, group: &PlanGroup, PlanEntry { comes, moved_from }: &PlanEntry) -> [String; 16] {
    let record = site.document(comes.of);
    let part = query::part_of(site, comes).and_then(|(schema, fields)| fields.with_role(schema, Role::Number)?.text());
    let words = query::words_of(site, comes).map(|words| plain::line(&words)).unwrap_or_default();
    // A standing item is called by its words; they belong to no record.
    let is_item = comes.cause == Cause::Standing;
    let (title, words) = if is_item { (words, String::new()) } else { (plain::line(&record.title), words) };
    let id = |meeting: Option<DocumentId>| meeting.map(|id| site.document(id).id.to_string()).unwrap_or_default();
    let (fixed, agenda) = match group.time {
        PlanTime::Meeting(MeetingDay { document, .. }) => (true, document),
        _ => (false, None),
    };
    let (body, body_name) = match &group.body {
        Ok(body) => (id(Some(*body)), plain::line(&site.document(*body).title)),
        Err(name) => (plain::line(name), plain::line(name)),
    };
    let who: Vec<String> = query::owed_by(site, comes).iter().map(|end| named(site, end)).collect();
    [
        iso(group.time),
        fixed.to_string(),
        body,
        body_name,
        id(agenda.filter(|agenda| is_public(site.document(*agenda)))),
        comes.cause.word().to_owned(),
        query::called(site, comes.of).to_owned(),
        record.id.to_string(),
        part.map(plain::line).unwrap_or_default(),
        title,
        words,
        who.join("; "),
        query::due_of(site, comes).and_then(in_words).unwrap_or_default(),
        moved_from.map(|meeting| meeting.day.to_string()).unwrap_or_default(),
        id(moved_from.and_then(|meeting| meeting.document)),
        said_at(site, comes),
    ]
}

/// When a group of lines comes, as machines read it; empty where nobody knows.
fn iso(time: PlanTime) -> String {
    let date = match time {
        PlanTime::Meeting(MeetingDay { day, .. }) => Date::Day(day),
        PlanTime::Month(year, month) => Date::Month(year, month),
        PlanTime::Open => Date::Unknown,
    };
    date.iso().unwrap_or_default()
}

fn named(site: &Site, end: &RelationEnd) -> String {
    match end {
        RelationEnd::Document { document, .. } => site.document(*document).id.to_string(),
        RelationEnd::Words(words) => plain::line(words),
    }
}

fn in_words(due: &Value) -> Option<String> {
    match due {
        Value::Reference(meeting) => Some(meeting.id.to_string()),
        due => due.date().and_then(Date::iso).or_else(|| due.text().map(plain::line)),
    }
}
