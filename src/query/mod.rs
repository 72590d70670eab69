//! Questions to a site as plain, hashable values, and their answers from lists that exist before a page is made.
//!
//! Input: a [`Query`]. Names in it are ids, addresses and slugs, so that a question means the same in the next build.
//! Output: an [`Answer`].
//! Not here: templates, HTML and words; and any walk over all documents, because what a page costs depends on what it
//! shows and not on how large the site is.
//!
//! The [`Site`](crate::model::Site) holds the lists that have pages. [`Index`] adds, once per build, what questions need
//! beside them. `facts.rs`, `records.rs`, `room.rs`, `motion.rs` and `words.rs` say what single documents mean to each other; they read a [`Store`], which is
//! the site itself, or the window that takes a note of every question.

mod answer;
mod areas;
mod asked;
mod editions;
mod facts;
mod forward;
mod index;
mod motion;
mod pages;
mod records;
mod room;
mod sensitive;
mod words;

use jiff::civil;
use serde::{Deserialize, Serialize};

use crate::data::table::Table;
use crate::kind::{KindId, Kinds, Role, Stage};
use crate::model::{
    Address, Alias, AreaFigures, Audience, Comparison, Config, Document, DocumentId, Edition, EditionDay,
    GlossaryEntry, ListingFilter, NumberPage, OwnPages, Part, PlanPart, Relation, RelationEnd,
};
use crate::source::Attachment;

pub use answer::{answer, incoming, part};
pub use areas::{all_around, areas_named, around, is_area, lies_in};
pub use asked::{Asked, Details, asked, contact, reached};
pub use facts::{Store, body, body_end, called, day, due, due_side, end, figures, period, status, value};
pub use forward::{due_of, meeting_body, owed_by, part_of, planned, said_at, words_of};
pub use index::Index;
pub use motion::{Motion, motion};
pub use pages::own_pages;
pub use records::{
    is_item, is_long, is_put_off, item_around, made_in, made_on, named_place, open_matters, outcomes, taken_up_again,
    threads,
};
pub use room::{Moved, Room, moves, room};
pub use sensitive::{is_sensitive_list, neutral_title};
pub use words::{all_words, exact_words, plain_words};

/// A question to a site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Query {
    /// Documents that fit. Answered by [`Answer::Documents`].
    Documents(Filter),
    /// How many fit; offset and limit say nothing here. Answered by [`Answer::Count`].
    Count(Filter),
    /// Whether there is a document with this id. Answered by [`Answer::Documents`], with one or none.
    Find(Box<str>),
    /// What the document with this id holds, and whether it can be read. Answered by [`Answer::Document`].
    Document(Box<str>),
    /// The relations of the document with this id, in the order of its fields and then of its text. Answered by
    /// [`Answer::Relations`].
    Relations(Box<str>),
    /// The relations of all documents that lead to the document with this id. Answered by [`Answer::Incoming`].
    Incoming(Box<str>),
    /// What a document names in the field `name`, or what names it in a field whose other end is called so.
    /// Answered by [`Answer::Ends`].
    Related {
        /// The document's id.
        document: Box<str>,
        /// A field's name or a back name: `lead`, `strategies`.
        name: Box<str>,
    },
    /// Every document that names this one, in a field or in its text. Answered by [`Answer::Documents`].
    Backlinks(Box<str>),
    /// The records made in a document or in a record, each before those made in it; those of one kind only, where one is
    /// named. Answered by [`Answer::Documents`].
    Made {
        /// The id of the document.
        document: Box<str>,
        /// The kind's name.
        kind: Option<Box<str>>,
    },
    /// The records made right in a document or in a record: those of the text in its order, then those in files. Answered by
    /// [`Answer::Documents`].
    Children(Box<str>),
    /// What earlier meetings of the body left open on the day of this one. Answered by [`Answer::Part`].
    Arising(Box<str>),
    /// Where a document was considered: what is about it, the latest first. Answered by [`Answer::Part`].
    Thread(Box<str>),
    /// What the person with this id did at meetings, the latest first. Answered by [`Answer::Parts`].
    PartsOf(Box<str>),
    /// What people in public office did at the meeting with this id. Answered by [`Answer::Parts`].
    PartsAt(Box<str>),
    /// What is to come before which meeting. Answered by [`Answer::Plan`].
    Plan {
        /// The id of a body or of a meeting; all bodies where none is named.
        of: Option<Box<str>>,
        /// How many lines to pass over: a meeting for which nothing is planned is a line.
        offset: u32,
        /// At most so many lines.
        limit: u32,
    },
    /// How many lines the plan of all bodies, or of the body or the meeting with this id, has. Answered by [`Answer::Count`].
    PlanLength(Option<Box<str>>),
    /// All editions of the document of which the one with this id is an edition. Answered by [`Answer::Editions`], without any if it has no
    /// other.
    Editions(Box<str>),
    /// What is compared at this address. Answered by [`Answer::Comparison`].
    Comparison(Address),
    /// The comparisons of the edition with this id and a later one. Answered by [`Answer::Comparisons`].
    ComparisonsOf(Box<str>),
    /// The days on which editions began, the latest first. Answered by [`Answer::EditionDays`].
    EditionDays,
    /// The day whose page is at this address. Answered by [`Answer::EditionDays`], with one or none.
    EditionDay(Address),
    /// What changed lately, the latest first. Answered by [`Answer::Documents`].
    Updates {
        /// How many to pass over.
        offset: u32,
        /// At most so many.
        limit: u32,
    },
    /// The kinds of which there is a document. Answered by [`Answer::Kinds`].
    Kinds,
    /// The lists that have pages. Answered by [`Answer::Lists`].
    Lists {
        /// Those of this kind only.
        kind: Option<Box<str>>,
        /// Those made so only.
        by: Option<By>,
    },
    /// The list of the documents of one kind that belong to one body, if it has pages. Answered by [`Answer::Lists`], with one
    /// or none.
    ListOfBody {
        /// The kind's name.
        kind: Box<str>,
        /// The id of the body.
        body: Box<str>,
    },
    /// The list of where the document with this id was considered, if it has pages. Answered by [`Answer::Lists`], with one or
    /// none.
    ListAbout(Box<str>),
    /// The lists of what concerns the area with this id, in the order of the schema. Answered by [`Answer::Lists`].
    ListsOfArea(Box<str>),
    /// What concerns the area with this id and has a page, of kinds that have no such lists. Answered by [`Answer::Documents`].
    OthersInArea(Box<str>),
    /// The figures of the area with this id, or of the measure, by area. Answered by [`Answer::Figures`].
    Figures(Box<str>),
    /// What comes first in the postcodes by which areas are found. Answered by [`Answer::Texts`].
    Postcodes,
    /// The list of the topic with this slug. Answered by [`Answer::Lists`], with one or none.
    ListOfTopic(Box<str>),
    /// What the documents of the list at this address have in common. Answered by [`Answer::Listing`].
    Listing(Address),
    /// How many documents the list at this address has. Answered by [`Answer::Count`].
    Length(Address),
    /// A part of the list at this address. Answered by [`Answer::Documents`].
    Part {
        /// Where the list is.
        address: Address,
        /// How many to pass over.
        offset: u32,
        /// At most so many.
        limit: u32,
    },
    /// How many documents have changed at a time that is known. Answered by [`Answer::Count`].
    Changed,
    /// The first document of a kind whose day has not passed. Answered by [`Answer::Documents`], with one or none.
    Next {
        /// The kind's name.
        kind: Box<str>,
        /// The id of the body it belongs to.
        body: Option<Box<str>>,
    },
    /// The documents before and after this one in the order of their dates. Answered by [`Answer::Neighbours`].
    Neighbours(Box<str>),
    /// What takes place or closes in a month, given by its year and number; without one, from the day of `as_at` on.
    /// Answered by [`Answer::Days`].
    Days(Option<(i16, i8)>),
    /// The months in which anything lies in the calendar, in order. Answered by [`Answer::Months`].
    Months,
    /// The pages above an address, the home page first. Answered by [`Answer::Trail`].
    Trail(Box<str>),
    /// The home page's own text. Answered by [`Answer::Documents`], with one or none.
    Home,
    /// Every document that owns a page. Answered by [`Answer::Documents`].
    Pages,
    /// The published file with this path from the site's root, and its address. Answered by [`Answer::Attachment`].
    Attachment(Box<str>),
    /// Every published file. Answered by [`Answer::Attachments`].
    Attachments,
    /// The figures in the published file with this path from the site's root. Answered by [`Answer::Table`].
    Table(Box<str>),
    /// The words that the site explains. Answered by [`Answer::Glossary`].
    Glossary,
    /// The page that took the place of an old address. Answered by [`Answer::Aliases`], with one or none.
    Alias(Address),
    /// Every old address. Answered by [`Answer::Aliases`].
    Aliases,
    /// The pages that the site has beside those of documents. Answered by [`Answer::OwnPages`].
    OwnPages,
    /// What bears the number whose page is at this address. Answered by [`Answer::Number`].
    Number(Address),
    /// The number that was given last. Answered by [`Answer::Number`].
    LastNumber,
    /// The schema of all kinds. Answered by [`Answer::Schema`].
    Schema,
    /// The settings. Answered by [`Answer::Settings`].
    Settings,
    /// For whom the site is. Answered by [`Answer::Audience`].
    Audience,
    /// The day for which the site is assembled. Answered by [`Answer::Today`].
    Today,
}

/// What a question is about: questions about the same are likely to change their answers together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum About<'query> {
    /// What a document says, by its id.
    Document(&'query str),
    /// What other documents say of a document, by its id.
    Others(&'query str),
    /// Nothing that another question is about too.
    Alone(&'query Query),
}

impl Query {
    /// What it is about.
    #[must_use]
    pub fn about(&self) -> About<'_> {
        match self {
            Self::Document(id) | Self::Relations(id) | Self::Find(id) => About::Document(id),
            Self::Incoming(id) | Self::Backlinks(id) | Self::Children(id) | Self::ListAbout(id) => About::Others(id),
            Self::PartsOf(id) | Self::PartsAt(id) => About::Others(id),
            Self::Editions(id)
            | Self::ComparisonsOf(id)
            | Self::ListsOfArea(id)
            | Self::OthersInArea(id)
            | Self::Figures(id) => About::Others(id),
            Self::Related { document, .. } | Self::Made { document, .. } => About::Others(document),
            query => About::Alone(query),
        }
    }
}

/// Which documents, in which order, how many.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Filter {
    /// The name of their kind.
    pub kind: Option<Box<str>>,
    /// The id of the body they belong to.
    pub body: Option<Box<str>>,
    /// The year of their date.
    pub year: Option<i16>,
    /// The slug of a topic.
    pub topic: Option<Box<str>>,
    /// The id of a document that they are about.
    pub about: Option<Box<str>>,
    /// Where in their life they are.
    pub stage: Option<Stage>,
    /// Their status, as typed: `done`.
    pub status: Option<Box<str>>,
    /// Where the day on which they are due lies; one that has ended is due no more.
    pub due: Option<Due>,
    /// Those alone that stand out on the day of `as_at`.
    pub urgent: bool,
    /// Their order.
    pub order: Sort,
    /// How many to pass over.
    pub offset: u32,
    /// At most so many; all where not said.
    pub limit: Option<u32>,
}

/// An order of documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sort {
    /// The order of the kind's list.
    #[default]
    List,
    /// The latest first, undated ones last.
    Newest,
    /// The earliest first, undated ones last.
    Oldest,
    /// By title.
    Title,
    /// By the day on which they are due, the earliest first, those without one last.
    Due,
}

/// On which side of the day of `as_at` something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Due {
    /// The day has passed and it has not ended: it is late.
    Passed,
    /// The day is still to come, or is this one.
    Ahead,
}

/// What the documents of a list have in common, as far as a question tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum By {
    /// A kind alone.
    Kind,
    /// A body.
    Body,
    /// A year.
    Year,
    /// A first letter.
    Letter,
    /// What was decided.
    Outcome,
    /// A status.
    Status,
    /// What became of it.
    FollowUp,
    /// An area.
    Area,
    /// A document that was considered.
    About,
    /// A topic.
    Topic,
}

/// The answer to a question. What the site holds is lent, not copied.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer<'site> {
    /// Documents, in order.
    Documents(Vec<DocumentId>),
    /// The first documents of a list, in order, and how many it has.
    Part(Vec<DocumentId>, usize),
    /// What people did.
    Parts(Vec<&'site Part>),
    /// What is to come, in the order of days.
    Plan(Vec<PlanPart<'site>>),
    /// Editions, the earliest first.
    Editions(&'site [Edition]),
    /// What is compared, if there is such a page.
    Comparison(Option<&'site Comparison>),
    /// Texts, in order.
    Texts(Vec<&'site str>),
    /// Figures by area.
    Figures(Vec<&'site AreaFigures>),
    /// Several of these.
    Comparisons(Vec<&'site Comparison>),
    /// Days on which editions began.
    EditionDays(&'site [EditionDay]),
    /// A number of documents.
    Count(usize),
    /// Ends of relations, in order.
    Ends(Vec<RelationEnd>),
    /// Kinds in the order of the schema, with the number of their documents.
    Kinds(Vec<(KindId, usize)>),
    /// Indexes into `Site::listings`.
    Lists(Vec<u32>),
    /// The documents before and after.
    Neighbours(Option<DocumentId>, Option<DocumentId>),
    /// What lies on days, in their order.
    Days(Vec<Event>),
    /// Pages from the home page down; the page itself is not among them.
    Trail(Vec<Step>),
    /// Months by year and number.
    Months(&'site [(i16, i8)]),
    /// A document, if it is there.
    Document(Option<Held<'site>>),
    /// Relations of one document.
    Relations(&'site [Relation]),
    /// Relations of several documents, each with the document in which it stands.
    Incoming(Vec<(DocumentId, &'site Relation)>),
    /// What the documents of a list have in common, if there is the list.
    Listing(Option<&'site ListingFilter>),
    /// A published file and its address, if it is there.
    Attachment(Option<&'site (Attachment, Address)>),
    /// Published files with their addresses, sorted by path.
    Attachments(&'site [(Attachment, Address)]),
    /// Rows and columns of a published file, if pages show it as a table.
    Table(Option<&'site Table>),
    /// Explained words in the order of the glossary.
    Glossary(&'site [GlossaryEntry]),
    /// Old addresses, each with the document that took its place.
    Aliases(&'site [Alias]),
    /// Pages beside those of documents.
    OwnPages(&'site OwnPages),
    /// A number, if there is one.
    Number(Option<&'site NumberPage>),
    /// Every kind.
    Schema(&'site Kinds),
    /// The settings.
    Settings(&'site Config),
    /// For whom.
    Audience(Audience),
    /// A day.
    Today(civil::Date),
}

/// A document, and what only its site can say of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held<'site> {
    /// The document.
    pub document: &'site Document,
    /// Whether it stands on a page, its own or another's.
    pub readable: bool,
    /// Whether it has a page of its own.
    pub has_page: bool,
}

/// A document on a day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// The day.
    pub day: civil::Date,
    /// What takes place on it, or closes.
    pub document: DocumentId,
    /// Which of its fields names the day: its date, or when it is due.
    pub role: Role,
}

/// A page above another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The home page.
    Home,
    /// A list: an index into `Site::listings`.
    Listing(u32),
    /// A document.
    Document(DocumentId),
}

/// Functions that take out what one sort of answer holds.
macro_rules! taken_out {
    ($($name:ident: $answer:ident($($part:ident),+) -> $what:ty,)+) => {
        impl<'site> Answer<'site> {
            $(
                #[doc = concat!("What [`Answer::", stringify!($answer), "`] holds.")]
                ///
                /// # Panics
                /// If the question has another answer: our mistake.
                #[must_use]
                pub fn $name(self) -> $what {
                    match self {
                        Self::$answer($($part),+) => ($($part),+),
                        other => unreachable!("{} was asked for, the answer is {other:?}", stringify!($answer)),
                    }
                }
            )+
        }
    };
}

taken_out! {
    editions: Editions(list) -> &'site [Edition],
    comparison: Comparison(one) -> Option<&'site Comparison>,
    texts: Texts(list) -> Vec<&'site str>,
    figures: Figures(list) -> Vec<&'site AreaFigures>,
    comparisons: Comparisons(list) -> Vec<&'site Comparison>,
    edition_days: EditionDays(days) -> &'site [EditionDay],
    documents: Documents(ids) -> Vec<DocumentId>,
    parts: Parts(parts) -> Vec<&'site Part>,
    plan: Plan(groups) -> Vec<PlanPart<'site>>,
    part: Part(ids, total) -> (Vec<DocumentId>, usize),
    count: Count(count) -> usize,
    ends: Ends(ends) -> Vec<RelationEnd>,
    kinds: Kinds(kinds) -> Vec<(KindId, usize)>,
    lists: Lists(lists) -> Vec<u32>,
    neighbours: Neighbours(before, after) -> (Option<DocumentId>, Option<DocumentId>),
    days: Days(events) -> Vec<Event>,
    trail: Trail(steps) -> Vec<Step>,
    number: Number(number) -> Option<&'site NumberPage>,
    months: Months(months) -> &'site [(i16, i8)],
    attachments: Attachments(files) -> &'site [(Attachment, Address)],
    glossary: Glossary(entries) -> &'site [GlossaryEntry],
    aliases: Aliases(aliases) -> &'site [Alias],
    own_pages: OwnPages(pages) -> &'site OwnPages,
}

/// The kind that a list holds, if it is one, and how the list is made.
#[must_use]
pub fn kind_and_by(filter: &ListingFilter) -> (Option<KindId>, By) {
    match filter {
        ListingFilter::Kind(kind) => (Some(*kind), By::Kind),
        ListingFilter::Body(kind, _) => (Some(*kind), By::Body),
        ListingFilter::Year(kind, _) => (Some(*kind), By::Year),
        ListingFilter::Letter(kind, _) => (Some(*kind), By::Letter),
        ListingFilter::Choice(kind, Role::Outcome, _) => (Some(*kind), By::Outcome),
        ListingFilter::Choice(kind, Role::FollowUp, _) => (Some(*kind), By::FollowUp),
        ListingFilter::Choice(kind, ..) => (Some(*kind), By::Status),
        ListingFilter::Area(kind, _) => (Some(*kind), By::Area),
        ListingFilter::About(_) => (None, By::About),
        ListingFilter::Topic(..) => (None, By::Topic),
    }
}
