//! What templates see: the contract with theme makers, written out in `themes/README.md`.
//!
//! Enters: nothing; these are types, made by `document.rs`, `lists.rs` and `view.rs`. Leaves: `page` and `site` of a
//! template. Absent: every type of the model, so that a change inside the program cannot break a theme.
//!
//! An absent value is there as none: `{% if page.summary %}` is always allowed, a misspelt name never.
//! A field that no template of the default theme prints fails a test (`tests.rs`).

use serde::Serialize;
use tera::Value;

/// `site`: the same on every page.
#[derive(Debug, Serialize)]
pub struct SiteView {
    /// The site's name.
    pub title: String,
    /// Who publishes it.
    pub organisation: String,
    /// One or two sentences.
    pub description: Option<String>,
    /// BCP 47 tag.
    pub language: String,
    /// The home page.
    pub home: String,
    /// The menu.
    pub menu: Vec<Link>,
    /// How to reach the people who keep the site.
    pub contact: ContactView,
    /// Under which licence texts may be used.
    pub licence: Option<Link>,
    /// The picture beside the site's name.
    pub logo: Option<PictureView>,
    /// The picture above the site's name on paper; the logo where there is no other.
    pub crest: Option<PictureView>,
    /// What the foot of the site says beside the rest: a sentence or two.
    pub notice: Option<String>,
    /// Links in the foot of the site beside the rest.
    pub links: Vec<Link>,
    /// The one style sheet.
    pub stylesheet: String,
    /// The picture in the browser's tab.
    pub icon: Option<String>,
    /// Scripts of the theme, in the order of their names.
    pub scripts: Vec<String>,
    /// The list of all data; nothing in a preview.
    pub data: Option<String>,
    /// All words that the site explains; nothing where it explains none.
    pub glossary: Option<String>,
    /// Questions that the home page offers to the search: its own, else its largest topics.
    pub searches: Vec<String>,
    /// The statement on how well everybody can use the site.
    pub accessibility: Option<String>,
    /// Whether this is a preview with documents that are not public.
    pub preview: bool,
}

/// A picture of the site itself. It says nothing that is not said in words beside it.
#[derive(Debug, Clone, Serialize)]
pub struct PictureView {
    /// Where it is.
    pub href: String,
    /// In pixels, where that is known.
    pub width: Option<u32>,
    /// In pixels, where that is known.
    pub height: Option<u32>,
}

/// `site.contact`.
#[derive(Debug, Serialize)]
pub struct ContactView {
    /// Who.
    pub post: Option<String>,
    /// A mail address.
    pub email: Option<String>,
    /// A telephone number.
    pub telephone: Option<String>,
    /// A postal address.
    pub address: Option<String>,
}

/// Something that can be linked. Without `href` it is words where no page exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// What every `page` has, whatever makes it, beside what its own struct adds.
#[derive(Debug, Serialize)]
pub struct Head {
    /// The one main heading.
    pub title: String,
    /// "page 2 of 5", on every page of a list but its first.
    pub part: Option<String>,
    /// This page.
    pub href: String,
    /// Its whole address, if the site has one.
    pub canonical: Option<String>,
    /// For search engines.
    pub description: Option<String>,
    /// The kind of document, or of the documents in a list ([`KindView`]).
    pub kind: Value,
    /// The entry of the menu below which it stands; the head of the site is told, the page is not.
    #[serde(skip)]
    pub section: Option<String>,
    /// The pages above it, the home page first.
    pub trail: Vec<Link>,
}

/// `machines`: what the head of a page tells programs.
#[derive(Debug, Serialize)]
pub struct Machines {
    /// Its feeds and its calendar.
    pub alternates: Vec<AlternateView>,
    /// Tells browsers how to search the site.
    pub search: Option<String>,
    /// What is shown of a link to the page elsewhere.
    pub share: Vec<ShareView>,
    /// JSON-LD for search engines, safe to print inside `<script type="application/ld+json">`.
    pub linked_data: Value,
}

/// A feed or a calendar.
#[derive(Debug, Serialize)]
pub struct AlternateView {
    /// What it is called.
    pub title: String,
    /// `application/atom+xml`.
    pub media_type: &'static str,
    /// Where it is.
    pub href: String,
}

/// One thing that is shown of a link.
#[derive(Debug, Serialize)]
pub struct ShareView {
    /// `og:title`.
    pub property: &'static str,
    /// In plain text.
    pub content: String,
}

/// `kind`.
#[derive(Debug, Serialize)]
pub struct KindView {
    /// `minutes`.
    pub name: String,
    /// "Minutes": one of them.
    pub label: String,
    /// "Minutes": many.
    pub plural: String,
    /// The list of all.
    pub href: Option<String>,
}

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
    /// The parts of a decision.
    pub limbs: Vec<LimbView>,
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
    /// "paragraph 7.13"; nothing for the page as a whole.
    pub title: Option<String>,
    /// That place.
    pub href: Option<String>,
    /// The places that refer to it, the latest first.
    pub items: Vec<Link>,
    /// How many others there are.
    pub more: usize,
}

/// A part of a decision.
#[derive(Debug, Serialize)]
pub struct LimbView {
    /// Its number or letter, as printed.
    pub label: Option<String>,
    /// Its id on the page: `limb-2`.
    pub anchor: String,
    /// What it says, as HTML that is safe to print; nothing where the text of the page has it.
    pub text: Option<Value>,
    /// What else is said of it.
    pub facts: Vec<Fact>,
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
    /// A row a group: a list of values a column.
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

/// A document as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// `minutes/board/2021-09-07`; nothing for words where no page exists.
    pub id: Option<String>,
    /// Its title.
    pub title: String,
    /// Its page, or the page on which it stands.
    pub href: Option<String>,
    /// Its kind ([`KindView`]).
    pub kind: Value,
    /// Its date.
    pub date: Option<DateView>,
    /// "2021 to 2024".
    pub period: Option<String>,
    /// Its summary, or its first paragraph.
    pub summary: Option<String>,
    /// The language of its title and summary, where that is not the site's.
    pub language: Option<String>,
    /// The body it belongs to.
    pub body: Option<Link>,
    /// `coming`, `in-force` or `ended`.
    pub stage: Option<&'static str>,
    /// Its status.
    pub status: Option<StatusView>,
    /// The last change that matters.
    pub changed: Option<DateView>,
    /// The time of day it begins.
    pub time: Option<String>,
    /// Where it takes place.
    pub place: Option<String>,
    /// What was decided.
    pub outcome: Option<StatusView>,
    /// When it is to be done, or closes.
    pub due: Option<DateView>,
    /// What that day is called: "Closes on", "Next figures".
    pub due_label: Option<String>,
    /// Whether that day has passed and it has not ended.
    pub late: bool,
    /// Who answers for it.
    pub owner: Option<Link>,
    /// The printed number of a record.
    pub number: Option<String>,
    /// The place where a record was made: "Minutes of 7 September 2021, paragraph 7.13".
    pub source: Option<Link>,
    /// What it was about: the item of the agenda in which a record was made.
    pub item: Option<Link>,
    /// Of a record that is late: "due 31 October 2021, not reported done".
    pub overdue: Option<String>,
    /// When a record was done.
    pub done: Option<DateView>,
}

/// What stands below what, as `forest()` leaves it.
#[derive(Debug, Serialize)]
pub struct ForestView {
    /// HTML: an SVG, which says in words what it shows.
    pub drawing: Value,
    /// Those that stand at the top of a tree.
    pub tops: Vec<Card>,
}

/// The latest figure of a measure, as `figure()` leaves it.
#[derive(Debug, Serialize)]
pub struct FigureView {
    /// "13,480".
    pub value: String,
    /// "incidents".
    pub unit: Option<String>,
    /// "2025/26".
    pub period: String,
    /// `up`, `down` or `level`, against the figure before it.
    pub direction: Option<&'static str>,
    /// The figure before it.
    pub before: Option<String>,
    /// When that was.
    pub before_period: Option<String>,
    /// What was aimed at: "13,000 or fewer in 2026/27".
    pub target: Option<String>,
    /// Whether that is the way it should go, where the document says which that is.
    pub better: Option<bool>,
}

/// A date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateView {
    /// "12 March 2026".
    pub text: String,
    /// `2026-03-12`; nothing for a date that machines cannot read.
    pub iso: Option<String>,
}

/// A status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusView {
    /// `in-development`.
    pub name: String,
    /// "Being written".
    pub label: String,
}

/// A file.
#[derive(Debug, Serialize)]
pub struct AttachmentView {
    /// "Appendix A".
    pub label: Option<String>,
    /// What it is.
    pub title: String,
    /// Where it is; nothing where it is not held.
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
    /// `kind`, `body`, `year`, `letter` or `topic`.
    pub by: &'static str,
    /// The body whose documents these are.
    pub body: Option<Link>,
    /// Whether there are lists that hold fewer of the same kind.
    pub narrow: bool,
    /// Where the list begins: its first page.
    pub first: String,
    /// How many documents the whole list has.
    pub total: usize,
    /// Those of this page that are coming or in force.
    pub current: Vec<Card>,
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

/// A word that the site explains.
#[derive(Debug, Serialize)]
pub struct WordView {
    /// As it is usually written.
    pub term: String,
    /// What its letters stand for.
    pub expansion: Option<String>,
    /// What it is.
    pub meaning: Option<String>,
    /// Other ways to write it.
    pub aliases: Vec<String>,
    /// The id of its place in the glossary.
    pub anchor: String,
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

/// A list that has pages, as `lists()` leaves it.
#[derive(Debug, Serialize)]
pub struct ListView {
    /// What it is called on its own: "Scrutiny Committee", "2021", "A", "Housing".
    pub title: String,
    /// Its first page.
    pub href: String,
    /// `kind`, `body`, `year`, `letter` or `topic`.
    pub by: &'static str,
    /// How many documents it has.
    pub count: usize,
}

/// A kind of which there is a document, as `kinds()` leaves it.
#[derive(Debug, Serialize)]
pub struct KindCount {
    /// The kind ([`KindView`]).
    pub kind: Value,
    /// How many documents.
    pub count: usize,
}
