//! What templates see of a document (see `context.rs`).

use serde::Serialize;
use tera::Value;

use super::context::{Card, DateView, FollowView, Link, StatusView, WordView};
use super::editions::EditionsView;

/// `page` of `document.html` and of every template that extends it.
#[derive(Debug, Serialize)]
pub struct DocumentPage {
    /// `minutes/board/2021-09-07`: by it, functions ask for what belongs to the page.
    pub id: String,
    /// Plain English, a sentence or two.
    pub summary: Option<String>,
    /// The text, as HTML that is safe to print.
    pub body: Value,
    /// Words of the text that the site explains, by the alphabet.
    pub words: Vec<WordView>,
    /// Records in files that are shown on the page and belong to no item of its text, as HTML that is safe to print.
    pub records: Value,
    /// Where it was made, if it is a record.
    pub made: Option<MadeView>,
    /// The parts of a decision, if it has several.
    pub parts: Option<PartsView>,
    /// What became of it.
    pub follow: Option<FollowView>,
    /// The language of its text, where that is not the site's.
    pub language: Option<String>,
    /// Its headings.
    pub contents: Vec<HeadingView>,
    /// What the head of the document says, in the order of its kind ([`Fact`]).
    pub facts: Vec<Value>,
    /// Every filled field by its name, shown among the facts or not ([`Fact`]).
    pub fields: Value,
    /// What it names and what names it.
    pub relations: Vec<Group>,
    /// Its files.
    pub attachments: Vec<AttachmentView>,
    /// `coming`, `in-force` or `ended`.
    pub stage: Option<&'static str>,
    /// Its status.
    pub status: Option<StatusView>,
    /// What was decided.
    pub outcome: Option<StatusView>,
    /// Its date, or the first day of its period.
    pub date: Option<DateView>,
    /// The last change that matters.
    pub changed: Option<DateView>,
    /// What stays of a document that is no longer public; then it has no text.
    pub tombstone: Option<TombstoneView>,
    /// Why its text is private; then it has none.
    pub exemption: Option<ExemptionView>,
    /// Mistakes in the record, shown beside it.
    pub corrections: Vec<NoteView>,
    /// What changed, and when.
    pub changes: Vec<NoteView>,
    /// Why only a preview shows it.
    pub private: Option<String>,
    /// The one before it in time.
    pub previous: Option<Link>,
    /// The one after it in time.
    pub next: Option<Link>,
    /// What refers to it, and to which place in it.
    pub referred: Vec<ReferredView>,
    /// Its editions, if it has several.
    pub editions: Option<EditionsView>,
    /// How to cite it.
    pub citation: String,
    /// Whether the day has passed on which it was to be looked at again.
    pub review_late: bool,
    /// Where to write about a mistake in it: `mailto:…`, with its title and address.
    pub problem: Option<String>,
}

/// `page.made`: where a record was made.
#[derive(Debug, Serialize)]
pub struct MadeView {
    /// The body that met.
    pub body: Option<Link>,
    /// The day.
    pub date: Option<DateView>,
    /// The place in its minutes.
    pub at: Link,
    /// The name under which the body sat, where it has several.
    pub capacity: Option<String>,
}

/// What refers to one place on the page.
#[derive(Debug, Serialize)]
pub struct ReferredView {
    /// "paragraph 7.13"; `None` for the page as a whole.
    pub title: Option<String>,
    /// That place.
    pub href: Option<String>,
    /// The places that refer to it, the latest first.
    pub items: Vec<Link>,
    /// How many others there are.
    pub more: usize,
}

/// `page.parts`: the parts of a decision.
#[derive(Debug, Serialize)]
pub struct PartsView {
    /// What is said of any of them beside its words: "Outcome", "Addressed to", "Due".
    pub columns: Vec<String>,
    /// What the last column is called, if anything became of any of them.
    pub became: Option<String>,
    /// One for each part.
    pub rows: Vec<PartRow>,
    /// Whether their words stand in the text of the page too.
    pub quoted: bool,
}

/// A part of a decision.
#[derive(Debug, Serialize)]
pub struct PartRow {
    /// Its number or letter, as printed.
    pub label: Option<String>,
    /// Its id on the page: `limb-2`.
    pub anchor: String,
    /// What it says, as HTML that is safe to print.
    pub text: Option<Value>,
    /// Values for each column.
    pub cells: Vec<Vec<Cell>>,
    /// What became of it.
    pub follow: Option<FollowView>,
    /// The answer and whatever else is said of that.
    pub answer: Vec<Fact>,
}

/// A heading of a text, with those below it.
#[derive(Debug, Serialize)]
pub struct HeadingView {
    /// The printed number.
    pub label: Option<String>,
    /// Plain text.
    pub title: String,
    /// Its place in the page.
    pub href: String,
    /// The headings of the next level below it.
    pub children: Vec<HeadingView>,
}

/// What one field says.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Fact {
    /// The field.
    pub name: String,
    /// As readers see it.
    pub label: String,
    /// One or several; none where it should be there and is not recorded.
    pub values: Vec<Cell>,
    /// In the place of values, where the field holds several groups of parts.
    pub table: Option<Table>,
    /// Whether it has several values or a formatted text, and so needs a line of its own.
    pub long: bool,
    /// Whether it is a word that the page has as `page.status` or `page.outcome` too, to say it above its title.
    pub above: bool,
}

/// One value. It has `html`, or `parts`, or a text that may be a link or a date.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Cell {
    /// As readers see it.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
    /// The same date for machines.
    pub iso: Option<String>,
    /// A formatted text, safe to print.
    pub html: Option<Value>,
    /// The parts of a group.
    pub parts: Vec<Fact>,
}

/// Several groups with the same parts.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// The labels of the parts that are filled anywhere.
    pub columns: Vec<String>,
    /// One row per group, in which each column has a list of values.
    pub rows: Vec<Vec<Vec<Cell>>>,
}

/// Documents that are bound to this one in the same way.
#[derive(Debug, Serialize)]
pub struct Group {
    /// The field, or what the other end is called: `strategies`.
    pub name: String,
    /// "Strategies".
    pub label: String,
    /// The latest first.
    pub items: Vec<Card>,
    /// The list of all, where the items are not all.
    pub more: Option<Link>,
    /// How many there are.
    pub total: usize,
    /// Whether they are of several kinds.
    pub mixed: bool,
}

/// A file.
#[derive(Debug, Serialize)]
pub struct AttachmentView {
    /// "Appendix A".
    pub label: Option<String>,
    /// What it is.
    pub title: String,
    /// Where it is; `None` if it is not held.
    pub href: Option<String>,
    /// "PDF, 1.2 MB".
    pub note: Option<String>,
    /// Whether the publisher holds it.
    pub held: bool,
}

/// `page.tombstone`.
#[derive(Debug, Serialize)]
pub struct TombstoneView {
    /// When it ended.
    pub on: Option<DateView>,
    /// Why it was taken back.
    pub reason: Option<String>,
    /// Whether it was taken back; else it ended on the day set for it.
    pub withdrawn: bool,
    /// What to read instead.
    pub successor: Option<Link>,
}

/// `page.exemption`.
#[derive(Debug, Serialize)]
pub struct ExemptionView {
    /// Which paragraphs of the Act, in a sentence.
    pub law: Option<String>,
    /// In words.
    pub reason: Option<String>,
    /// What the public may know.
    pub summary: Option<String>,
}

/// A dated note.
#[derive(Debug, Serialize)]
pub struct NoteView {
    /// When.
    pub date: Option<DateView>,
    /// What else it says.
    pub facts: Vec<Fact>,
}
