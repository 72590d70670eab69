//! What templates see of pages that are no document (see `context.rs`).

use serde::Serialize;
use tera::Value;

use super::context::{Card, CardGroup, ContactView, DateView, Link, WordView};

/// `page` of `home.html`.
#[derive(Debug, Serialize)]
pub struct HomePage {
    /// The home page's own text.
    pub body: Value,
    /// Words of the text that the site explains, by the alphabet.
    pub words: Vec<WordView>,
}

/// `page` of `calendar.html`.
#[derive(Debug, Serialize)]
pub struct CalendarPage {
    /// Whether it shows what is to come and not one month.
    pub whole: bool,
    /// The months with anything in them; on the page of a month, that one.
    pub months: Vec<MonthView>,
    /// The month before it that has anything in it.
    pub previous: Option<Link>,
    /// The month after it that has anything in it.
    pub next: Option<Link>,
    /// Every year with its months, the latest year first.
    pub years: Vec<YearView>,
}

/// A month with what lies in it.
#[derive(Debug, Serialize)]
pub struct MonthView {
    /// "September 2021".
    pub title: String,
    /// Its page.
    pub href: Option<String>,
    /// Its days with anything in them, in order.
    pub days: Vec<DayView>,
}

/// A day with what lies in it.
#[derive(Debug, Serialize)]
pub struct DayView {
    /// "Tuesday".
    pub weekday: String,
    /// The day.
    pub date: DateView,
    /// What takes place or closes on it.
    pub events: Vec<EventView>,
}

/// Something in the calendar.
#[derive(Debug, Serialize)]
pub struct EventView {
    /// The document ([`Card`]).
    pub card: Value,
    /// What happens, where it does not simply take place: "Closes on".
    pub what: Option<String>,
    /// Whether it was called off.
    pub called_off: bool,
}

/// A year of the calendar.
#[derive(Debug, Serialize)]
pub struct YearView {
    /// "2021".
    pub year: String,
    /// Where its months are listed: a place on the page of what is to come.
    pub href: String,
    /// Those with anything in them, in order; on the page of a month, only those of its year.
    pub months: Vec<MonthLink>,
}

/// A month of the calendar's years.
#[derive(Debug, Serialize)]
pub struct MonthLink {
    /// "Sep".
    pub short: String,
    /// Its page.
    pub href: String,
    /// Whether this is the page of it.
    pub current: bool,
}

/// `page` of `accessibility.html`.
#[derive(Debug, Serialize)]
pub struct StatementPage {
    /// `fully`, `partly` or `not`.
    pub meets: &'static str,
    /// The standard by its whole name.
    pub standard: String,
    /// The day on which it was written.
    pub prepared: DateView,
    /// The day on which it was last looked at.
    pub reviewed: Option<DateView>,
    /// The day on which the site was last tested.
    pub tested: Option<DateView>,
    /// By whom and how.
    pub tested_by: Option<String>,
    /// Whom to tell.
    pub contact: ContactView,
    /// "ten working days".
    pub answer_within: Option<String>,
    /// Who helps those who are not content with the answer.
    pub enforcement: Option<Link>,
    /// What is not good enough yet.
    pub problems: Vec<ProblemView>,
}

/// Something that not everybody can use.
#[derive(Debug, Serialize)]
pub struct ProblemView {
    /// What it is.
    pub what: String,
    /// What to use instead.
    pub instead: Option<String>,
    /// "1.1.1 Non-text content".
    pub rule: Option<String>,
    /// By when it is mended.
    pub until: Option<DateView>,
    /// Why it need not be.
    pub exempt: Option<String>,
}

/// `page` of `list.html`.
#[derive(Debug, Serialize)]
pub struct ListPage {
    /// `kind`, `body`, `year`, `letter`, `area` or `topic`.
    pub by: &'static str,
    /// The body whose documents these are.
    pub body: Option<Link>,
    /// The area that these documents concern.
    pub area: Option<Card>,
    /// Whether there are lists that hold fewer of the same kind.
    pub narrow: bool,
    /// Where the list begins: its first page.
    pub first: String,
    /// How many documents the whole list has.
    pub total: usize,
    /// Those of this page that are coming or in force.
    pub current: Vec<Card>,
    /// The same below headings: their years, in a list that goes by date and not by what holds, and their meetings.
    pub groups: Vec<CardGroup>,
    /// Those of this page that have ended.
    pub ended: Vec<Card>,
    /// The other pages of the list.
    pub pager: Pager,
}

/// `page` of `updates.html`.
#[derive(Debug, Serialize)]
pub struct UpdatesPage {
    /// The latest change first.
    pub items: Vec<Card>,
    /// The other pages of the list.
    pub pager: Pager,
}

/// What `page` has beside its head in `topics.html` and `404.html`: nothing.
#[derive(Debug, Serialize)]
pub struct NoMore {}

/// `page` of `a-z.html`.
#[derive(Debug, Serialize)]
pub struct AToZPage {
    /// Every letter of the alphabet, and those beside it that are in use.
    pub letters: Vec<LetterView>,
}

/// A letter of the index.
#[derive(Debug, Serialize)]
pub struct LetterView {
    /// "A", or "0–9".
    pub label: String,
    /// The id of its heading.
    pub anchor: String,
    /// What begins with it; empty for a letter that is not in use.
    pub items: Vec<Card>,
}

/// `page` of `glossary.html`.
#[derive(Debug, Serialize)]
pub struct GlossaryPage {
    /// The letters with which words begin, by the alphabet.
    pub letters: Vec<WordsView>,
}

/// The words with one letter.
#[derive(Debug, Serialize)]
pub struct WordsView {
    /// "A", or "0–9".
    pub label: String,
    /// The id of its heading.
    pub anchor: String,
    /// By the alphabet.
    pub words: Vec<WordView>,
}

/// `page` of `data.html`.
#[derive(Debug, Serialize)]
pub struct DataPage {
    /// Of each kind, then the tables that authors publish.
    pub datasets: Vec<DatasetView>,
    /// The file that describes all of it to portals of open data.
    pub catalogue: Option<String>,
}

/// Data about one thing.
#[derive(Debug, Serialize)]
pub struct DatasetView {
    /// What it is called.
    pub title: String,
    /// The page about it.
    pub href: Option<String>,
    /// What it holds.
    pub about: String,
    /// The last change of anything in it.
    pub changed: Option<DateView>,
    /// The same data in several forms, or parts of it.
    pub files: Vec<DataFileView>,
}

/// A file of data.
#[derive(Debug, Serialize)]
pub struct DataFileView {
    /// "Table (CSV)".
    pub title: String,
    /// Where it is.
    pub href: String,
    /// `text/csv`.
    pub media_type: &'static str,
}

/// `page` of `search.html`.
#[derive(Debug, Serialize)]
pub struct SearchPage {
    /// A number under which something can be looked up without the search, and where: the last that was given.
    pub example: Option<Link>,
}

/// `page` of `reference.html`.
#[derive(Debug, Serialize)]
pub struct NumberPageView {
    /// The number, as typed.
    pub title: String,
    /// What bears the number.
    pub found: Vec<Card>,
    /// Where that is, if it is one thing alone.
    pub only: Option<String>,
}

/// `page` of `redirect.html`.
#[derive(Debug, Serialize)]
pub struct RedirectPage {
    /// The title of the page that took its place.
    pub title: String,
    /// Where that is.
    pub href: String,
    /// The same as a whole address, if the site has one.
    pub canonical: Option<String>,
    /// The places that the page had, as far as that is recorded.
    pub places: Vec<MovedPlace>,
}

/// A place of a page that has moved.
#[derive(Debug, Serialize)]
pub struct MovedPlace {
    /// Its name at the old address, without `#`.
    pub id: String,
    /// Where its words are now.
    pub href: String,
}

/// The pages of a list.
#[derive(Debug, Serialize)]
pub struct Pager {
    /// This one, from 1.
    pub number: usize,
    /// How many.
    pub count: usize,
    /// The one before.
    pub previous: Option<String>,
    /// The one after.
    pub next: Option<String>,
    /// Links to the first, the last and those near this one.
    pub pages: Vec<PageLink>,
}

/// A page of a list. Without a number it stands for pages that are left out.
#[derive(Debug, Serialize)]
pub struct PageLink {
    /// From 1.
    pub number: Option<usize>,
    /// Where it is.
    pub href: Option<String>,
    /// Whether it is this one.
    pub current: bool,
}
