//! What templates see: the contract with theme makers, written out in `themes/README.md`. Here stands what several pages
//! share; what one page alone has, in `document.rs` and `pages.rs`.
//!
//! Input: nothing; these are types. Output: `page` and `site` of a template. Not here: every type of the model, so that a
//! change inside the program cannot break a theme.
//!
//! An absent value is there as none: `{% if page.summary %}` is always allowed, a misspelt name never.
//! A field that no template of the default theme prints fails a test (`render/tests.rs`).

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
    /// What its pages may load and do, for `<meta http-equiv="Content-Security-Policy">`; safe to print in quotes.
    pub policy: Value,
    /// The one style sheet.
    pub stylesheet: String,
    /// The picture in the browser's tab.
    pub icon: Option<String>,
    /// The picture that is shown of a link to the site, with its whole address; `None` for a site that does not know its own.
    pub share: Option<PictureView>,
    /// Scripts of the theme, in the order of their names.
    pub scripts: Vec<String>,
    /// The list of all data; `None` in a preview.
    pub data: Option<String>,
    /// All words that the site explains; `None` if it explains none.
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
    pub telephone: Option<TelephoneView>,
    /// A postal address.
    pub address: Option<String>,
}

/// Somebody who can be asked.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct AskedView {
    /// Who, with their page; none on that page itself, which has said it.
    pub who: Option<Link>,
    /// What they deal with.
    pub deals_with: Option<String>,
    /// The number to ring.
    pub telephone: Option<TelephoneView>,
    /// A mail address.
    pub email: Option<String>,
    /// The form by which something is reported.
    pub report: Option<String>,
    /// Their own website.
    pub website: Option<String>,
    /// When somebody answers.
    pub hours: Option<String>,
    /// A postal address.
    pub address: Option<String>,
}

/// A telephone number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TelephoneView {
    /// As it is written.
    pub text: String,
    /// `tel:…`; `None` if it is no number that can be dialled.
    pub href: Option<String>,
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
    /// What stands on a page that somebody may have to leave in a hurry; `None` for any other.
    pub sensitive: Option<SensitiveView>,
}

/// `page.sensitive`.
#[derive(Debug, Serialize)]
pub struct SensitiveView {
    /// What the page is called where others could see it.
    pub title: String,
    /// The help, in plain words.
    pub help: Option<String>,
    /// Whom people can ask.
    pub asked: Vec<AskedView>,
    /// Where the way out leads.
    pub leave: String,
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

/// A document as lists show it. By default, one of which nothing is known.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Card {
    /// `minutes/board/2021-09-07`; `None` for words without a page.
    pub id: Option<String>,
    /// Its title.
    pub title: String,
    /// Its page, or the page on which it stands.
    pub href: Option<String>,
    /// Its kind ([`KindView`]).
    pub kind: Option<Value>,
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
    /// Who answers for it; several as one, without a page.
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
    /// How a decision came about: "Moved by Cllr Reed, seconded by Cllr Hale. For 7, against 2."
    pub motion: Option<String>,
    /// The words of a record that is called by what it is about; a long one's first words.
    pub words: Option<String>,
    /// What became of what was asked for or promised.
    pub follow: Option<FollowView>,
    /// Of a record that is called by what it is about: that alone, "Street lights".
    pub matter: Option<String>,
    /// What such a record is called beside its matter, if it has a number: "Decision 2021/14".
    pub called: Option<String>,
    /// The document in which a record was made.
    pub meeting: Option<Link>,
    /// What the place of a record is called there: "paragraph 7.13".
    pub paragraph: Option<String>,
}

/// Documents in a list that stand below one heading.
#[derive(Debug, Default, Serialize)]
pub struct CardGroup {
    /// The year in which all of them are, where the group before is of another year.
    pub year: Option<String>,
    /// The document in which all of them were made: their meeting.
    pub meeting: Option<Link>,
    /// The date that a group of one meeting has.
    pub date: Option<DateView>,
    /// The documents, in the order of the list.
    pub items: Vec<Card>,
}

/// What stands below what, as `forest()` returns it.
#[derive(Debug, Serialize)]
pub struct ForestView {
    /// HTML: an SVG, which says in words what it shows.
    pub drawing: Value,
    /// Those that stand at the top of a tree.
    pub tops: Vec<Card>,
}

/// The latest figure of a measure, as `figure()` returns it.
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
    /// HTML: all figures as a small drawing that says its course in words; `None` where there are too few.
    pub line: Option<Value>,
}

/// A date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateView {
    /// "12 March 2026".
    pub text: String,
    /// `2026-03-12`; `None` for a date that machines cannot read.
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

/// What became of what was asked for or promised, who last said so and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FollowView {
    /// `late`, `open`, `spoken-of` or `answered`.
    pub name: &'static str,
    /// "Open; nothing recorded since 14 June 2024".
    pub words: String,
    /// Of what is late or open: "Nothing recorded since 14 June 2024", to stand beside a word for its state.
    pub since: Option<String>,
    /// Where that stands.
    pub at: Option<Link>,
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

/// A list that has pages, as `lists()` returns it.
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

/// A kind of which there is a document, as `kinds()` returns it.
#[derive(Debug, Serialize)]
pub struct KindCount {
    /// The kind ([`KindView`]).
    pub kind: Value,
    /// How many documents.
    pub count: usize,
}
