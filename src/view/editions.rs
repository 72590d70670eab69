//! What templates see of editions, and of what changed from one to another (see `context.rs`).

use serde::Serialize;

use super::context::{Card, DateView, Link};

/// The editions of the document of a page: `page.editions`.
#[derive(Debug, Serialize)]
pub struct EditionsView {
    /// Whether the page is an earlier edition.
    pub earlier: bool,
    /// "from March 2021 until 12 June 2024": when the one on the page was in force.
    pub period: Option<String>,
    /// The present edition.
    pub present: Link,
    /// What changed from the one on the page to the present one.
    pub since: Option<String>,
    /// All, the latest first.
    pub all: Vec<EditionView>,
    /// The page of all days on which editions began.
    pub days: Option<String>,
}

/// One edition in the list of all.
#[derive(Debug, Serialize)]
pub struct EditionView {
    /// Its page; on that page itself, words.
    pub edition: Link,
    /// What is printed on it: "1.10".
    pub name: Option<String>,
    /// When it was in force.
    pub period: Option<String>,
    /// Whether it is the present one.
    pub present: bool,
    /// Whether it is the one on the page.
    pub here: bool,
    /// What changed from the one before it.
    pub changes: Option<String>,
}

/// A page that says what changed from one edition to a later one.
#[derive(Debug, Serialize)]
pub struct ComparisonPage {
    /// The earlier edition.
    pub older: EditionView,
    /// The later one.
    pub newer: EditionView,
    /// Whether the two stand side by side.
    pub side_by_side: bool,
    /// The same in the other form.
    pub other_form: String,
    /// How many blocks were changed in which way: "3 paragraphs rewritten, one added"; nothing if both are the same.
    pub counts: Option<String>,
    /// What was said and what is said, in reading order.
    pub rows: Vec<RowView>,
}

/// One step of a comparison.
#[derive(Debug, Serialize)]
pub struct RowView {
    /// `same`, `rewritten`, `moved`, `moved-away`, `added` or `removed`.
    pub change: &'static str,
    /// In words; nothing for what is the same.
    pub label: Option<String>,
    /// Whether it is a heading.
    pub heading: bool,
    /// What stands in the earlier edition.
    pub old: Option<SideView>,
    /// What stands in the later one.
    pub new: Option<SideView>,
    /// The words of both, where it was rewritten.
    pub pieces: Vec<PieceView>,
    /// Where it stands or stood, if it was moved.
    pub other_place: Option<Link>,
    /// What is the same in both, where several blocks of it are told together.
    pub same: Vec<SideView>,
}

/// A block of one edition.
#[derive(Debug, Clone, Serialize)]
pub struct SideView {
    /// Its id on the page of the comparison.
    pub id: Option<String>,
    /// The id of the same block as one of the other edition, where both are one row.
    pub also: Option<String>,
    /// Its printed number.
    pub label: Option<String>,
    /// Where it stands.
    pub href: Option<String>,
    /// The number that it had, where it has another now: "(was 7.3)".
    pub was: Option<String>,
    /// Its words.
    pub words: String,
}

/// Some words of a block that was rewritten.
#[derive(Debug, Clone, Serialize)]
pub struct PieceView {
    /// `both`, `older` or `newer`.
    pub of: &'static str,
    /// The words.
    pub words: String,
}

/// The days on which editions began.
#[derive(Debug, Serialize)]
pub struct EditionsPage {
    /// The latest first.
    pub days: Vec<EditionDayView>,
}

/// A day on which editions began.
#[derive(Debug, Serialize)]
pub struct EditionDayView {
    /// Its page.
    pub href: String,
    /// The day, or the month or the year, where no more is known.
    pub date: DateView,
    /// What began.
    pub items: Vec<Begun>,
}

/// An edition that began on a day.
#[derive(Debug, Serialize)]
pub struct Begun {
    /// Its document.
    pub card: Card,
    /// What is printed on it.
    pub name: Option<String>,
    /// When it was in force.
    pub period: Option<String>,
    /// Whether a later one is in force.
    pub earlier: bool,
    /// What changed from the one before it.
    pub changes: Option<String>,
}
