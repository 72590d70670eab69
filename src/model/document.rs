//! One document of the assembled site, and what binds it to others.

use std::sync::Arc;

use super::{Address, Date, DocumentId, Exemption, Fields, Landing, Origin, Text, Why, Wording};
use crate::kind::{KindId, Role, Stage};
use crate::source::{SourceId, Span};

/// A document that its audience may see.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// `minutes/scrutiny-committee/2021-09-07`.
    pub id: Box<str>,
    /// Its kind.
    pub kind: KindId,
    /// Its page; where its kind has none, the page on which it stands.
    pub address: Address,
    /// The file.
    pub source: SourceId,
    /// The file's path below `content/`.
    pub path: Arc<str>,
    /// Its title.
    pub title: Box<str>,
    /// Its fields. Every reference in them leads to a document of the site, named by its whole id: what leads nowhere
    /// has become words, and what leads to something withheld is gone.
    pub fields: Fields,
    /// Its text; empty for a record in place, whose words are a part of its host's text.
    pub body: Arc<Text>,
    /// Where each of `body.links` leads, in the same order.
    pub landings: Vec<Landing>,
    /// What each of `body.embeds` shows, in the same order.
    pub embeds: Vec<Landing>,
    /// How much of it is public.
    pub published: Published,
    /// The present edition, if it is an earlier one.
    pub edition_of: Option<DocumentId>,
    /// Why only a preview shows it; `None` in a site for the public.
    pub private: Option<Why>,
    /// Whether somebody may have to leave its page in a hurry, and its title may stand nowhere else.
    pub sensitive: bool,
    /// Its date role, or the first day of its period.
    pub date: Option<Date>,
    /// Where in its life its status and period put it, on the day of `as_at`.
    pub stage: Stage,
    /// The last material change: the newest of its dated notes that is not minor, else its date.
    pub changed: Option<Date>,
    /// Where it stands, if it is a record that was made in the text of another document, or is shown there.
    pub place: Option<Box<InPlace>>,
    /// The records in its text, by their [`RecordId`](super::RecordId)s; `None` for one that
    /// another document has the id of (an error says so).
    pub records: Box<[Option<DocumentId>]>,
}

/// Where a record stands.
#[derive(Debug, Clone, PartialEq)]
pub struct InPlace {
    /// The document in whose text it stands, or on whose page it is shown.
    pub host: DocumentId,
    /// The innermost record around it: an agenda item, a resolution.
    pub inside: Option<DocumentId>,
    /// Whether it has a page of its own as well.
    pub page: bool,
    /// Whether its author marked it or wrote it as a file, or its words alone say what it is.
    pub origin: Origin,
    /// Its own words; `None` for a record that is a file.
    pub wording: Option<Wording>,
    /// The id of its anchor on its host's page.
    pub anchor: Box<str>,
}

impl Document {
    /// Whether it has a file of its own: a record in the text of another file has none, nor has a row of a table.
    #[must_use]
    pub fn has_file(&self) -> bool {
        self.path.ends_with(".md") && self.place.as_ref().is_none_or(|place| place.wording.is_none())
    }

    /// The anchor at which it is read on the page at its address; `None` if that page is its own.
    #[must_use]
    pub fn anchor_on_page(&self) -> Option<&str> {
        self.place.as_ref().filter(|place| !place.page).map(|place| place.anchor.as_ref())
    }
}

/// How much of a document is public.
#[derive(Debug, Clone, PartialEq)]
pub enum Published {
    /// All of it.
    Whole,
    /// That it exists, and why its text is private.
    Exempt(Box<Exemption>),
    /// That it existed.
    Tombstone(Box<Tombstone>),
}

/// What stays of a document that is no longer public.
#[derive(Debug, Clone, PartialEq)]
pub struct Tombstone {
    /// When it ended.
    pub on: Option<Date>,
    /// Why, where it was taken back.
    pub reason: Option<Box<str>>,
    /// Whether it was taken back; else it ended on the day set for it.
    pub withdrawn: bool,
    /// What to read instead.
    pub successor: Option<DocumentId>,
}

/// One end of a relation that an author wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// The document in whose head it stands.
    pub from: DocumentId,
    /// The field's name, with dots where it is a part of a group (`members.organisation`); empty for a link or an
    /// embed in the text.
    pub field: Box<str>,
    /// The other end.
    pub end: RelationEnd,
    /// Where it stands.
    pub span: Span,
}

/// What a relation leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RelationEnd {
    /// A document, at a place in it.
    Document {
        /// Which document.
        document: DocumentId,
        /// The id of the anchor.
        anchor: Option<Box<str>>,
    },
    /// Words, where no page exists.
    Words(Box<str>),
}

impl RelationEnd {
    /// The document to which it leads; `None` if it is words.
    #[must_use]
    pub fn document(&self) -> Option<DocumentId> {
        match self {
            Self::Document { document, .. } => Some(*document),
            Self::Words(_) => None,
        }
    }
}

/// So many entries of where something was considered stand on its own page; a longer list has pages of its own.
pub const LONGEST_THREAD: usize = 12;

/// A list of documents that has pages of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// The address of its first page; the others are at `…/page/2/`.
    pub address: Address,
    /// Which documents it holds.
    pub filter: ListingFilter,
    /// In the order of the list.
    pub documents: Vec<DocumentId>,
}

/// What the documents of a list have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListingFilter {
    /// A kind.
    Kind(KindId),
    /// A kind and a body: the body's page, or its name where it has none.
    Body(KindId, Result<DocumentId, Box<str>>),
    /// A kind and a year.
    Year(KindId, i16),
    /// A kind and a first letter.
    Letter(KindId, char),
    /// A kind and a word of the field with this role: an outcome, a status.
    Choice(KindId, Role, Box<str>),
    /// A kind and an area, with its parts.
    Area(KindId, DocumentId),
    /// Where this document was considered.
    About(DocumentId),
    /// A topic: its slug and its name as first typed.
    Topic(Box<str>, Box<str>),
}
