//! What one file says: the type between `parse` and `assemble`.

use std::ops::Range;
use std::sync::Arc;

use super::{Address, AnchorId, Fields, Instant, Origin, Reference, Stretch, Text};
use crate::kind::KindId;
use crate::source::{SourceId, Span};

/// One document as far as its own file tells it, with nothing in it that may not be shown to its audience.
/// An exempt document has lost its body and fields; what was taken out is in [`Withheld`].
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Parsed {
    /// The file.
    pub source: SourceId,
    /// Its path below `content/`.
    pub path: Arc<str>,
    /// From the first folder, or from the document whose folder it lies in.
    pub kind: KindId,
    /// `minutes/scrutiny-committee/2021-09-07`: the path without `.md`, each name a slug.
    pub id: Box<str>,
    /// Where its page is; for a kind without pages, where it would be.
    pub address: Address,
    /// From its field, its first heading, its date, or its file's name.
    pub title: Box<str>,
    /// Where the title stands.
    pub title_span: Span,
    /// Typed by its kind; with what was worked out from the path (date, body).
    pub fields: Fields,
    /// The text; empty for a record in place, whose words stand in the text of its host.
    pub body: Arc<Text>,
    /// Who may see it, when; a record shares what its document says.
    pub visibility: Arc<Visibility>,
    /// Where it stands, if it is a record in the text of another document.
    pub standing: Option<Box<Standing>>,
    /// The names (the last parts of their ids with their folders) of the records in its text, by their
    /// [`RecordId`](super::RecordId)s.
    pub records: Box<[Box<str>]>,
}

/// A document that its audience may see, before it is bound to others.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Shown {
    /// What is left of it for the audience: of a tombstone, no fields and no text.
    pub parsed: Parsed,
    /// Whether it has ended or was taken back.
    pub ended: bool,
    /// Why only a preview shows it.
    pub private: Option<Why>,
}

/// Where a record stands, as `parse` knows it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Standing {
    /// The id of the document in whose text it stands.
    pub host: Box<str>,
    /// The id of its anchor in that text.
    pub anchor: Box<str>,
    /// The id of the innermost record around it (`items/board-2021-09-07-7`).
    pub inside: Option<Box<str>>,
    /// Whether it has a page of its own.
    pub page: bool,
    /// Whether its author marked it, or its words alone say what it is.
    pub origin: Origin,
    /// Its words.
    pub wording: Wording,
}

/// The words of a record in the text of its host.
#[derive(Debug, Clone, Default, PartialEq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Wording {
    /// The nearest printed label at or above it.
    pub label: Option<AnchorId>,
    /// Whether it stands in a line, where nothing that is shown of it may be a block.
    pub in_line: bool,
    /// The part of that text that they are.
    pub stretch: Stretch,
    /// Links of that text that stand in them: a range of its links.
    pub links: Range<u32>,
    /// Its parts: the anchor of each in that text, and their words.
    pub limbs: Box<[(AnchorId, Stretch)]>,
}

/// What a document's own fields say of who may see it (content.md §4).
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Visibility {
    /// The moment before which nothing of it is public.
    pub publish_at: Option<Instant>,
    /// The moment from which on only a tombstone is public.
    pub expires: Option<Instant>,
    /// Whether it was taken back: then only a tombstone with the reason is public.
    pub withdrawn: Option<Withdrawn>,
    /// The text is private by law; the notice is public.
    pub exempt: Option<Exemption>,
    /// Whether the head says in so many words that everybody may see it: `draft: false`, `published: true`.
    pub is_open: bool,
    /// Times under keys of other programs, which nobody may have meant for this one.
    pub other_times: Box<[OtherTime]>,
    /// Documents that the head names as that from which this one comes, under a key that is no field for it: `meeting`, `part_of`.
    pub hangs_on: Box<[(Reference, Span)]>,
    /// What the head says of the item of a meeting from which it comes, and whether that can be nothing else: `item: 5`.
    pub items: Box<[(Box<str>, bool)]>,
    /// Documents that the head names as papers of this one, under whatever key.
    pub papers: Box<[Reference]>,
}

/// A time that a key of another program names: `publishDate: 2027-06-01`. If the document would not be public by it, it is
/// in doubt; if it would, nothing is said.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct OtherTime {
    /// The key as typed.
    pub key: Box<str>,
    /// Where it stands.
    pub span: Span,
    /// The time.
    pub at: Instant,
    /// Whether the document was to be public before it, and not after it.
    pub ends: bool,
}

/// Why a text is private: Local Government Act 1972, Schedule 12A, and what may be said of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Exemption {
    /// Paragraphs of Part 1 of Schedule 12A, as typed.
    pub paragraphs: Vec<Box<str>>,
    /// Why it is private, in words.
    pub reason: Option<Box<str>>,
    /// What the public may know of the text, in words.
    pub summary: Option<Box<str>>,
}

/// A document taken back.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Withdrawn {
    /// When it was taken back, if said.
    pub on: Option<super::Date>,
    /// Why it was taken back, if said.
    pub reason: Option<Box<str>>,
    /// What to read instead, if said.
    pub successor: Option<Reference>,
}

/// What `parse` kept back of one file. Only the leak gate and a preview look inside; a message may name it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Withheld {
    /// The file.
    pub source: SourceId,
    /// Its path below `content/`.
    pub path: Arc<str>,
    /// The id it has or would have, so that a link to it is told from a link to nothing.
    pub id: Box<str>,
    /// The address it would have.
    pub address: Address,
    /// Why it is kept back.
    pub why: Why,
    /// The whole document, for a preview; `None` if it cannot be read.
    pub document: Option<Box<Parsed>>,
    /// Passages taken out of a document that is public otherwise.
    pub passages: Vec<WithheldText>,
}

impl Withheld {
    /// A whole document.
    #[must_use]
    pub fn whole(parsed: Parsed, why: Why) -> Self {
        let empty = Self::passages(&parsed, Vec::new());
        Self { document: Some(Box::new(parsed)), why, ..empty }
    }

    /// Passages that are exempt in a document that is public otherwise.
    #[must_use]
    pub fn passages(parsed: &Parsed, passages: Vec<WithheldText>) -> Self {
        Self {
            source: parsed.source,
            path: parsed.path.clone(),
            id: parsed.id.clone(),
            address: parsed.address.clone(),
            why: Why::Passages,
            document: None,
            passages,
        }
    }
}

/// A passage that is exempt.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct WithheldText {
    /// The text of the passage in the source.
    pub text: Box<str>,
    /// Where it stands.
    pub span: Span,
    /// To what its links lead, as typed, wherever in the text that is.
    pub leads_to: Box<[Box<str>]>,
}

/// Why something is held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Why {
    /// `draft: true`.
    Draft,
    /// `publish_at` lies ahead.
    Embargoed,
    /// It is not sure what the fields or braces mean; an error says so.
    Doubt,
    /// The document ended or was taken back; a tombstone is public.
    Ended,
    /// The file cannot be read; a warning says so.
    Unreadable,
    /// The file lies in a folder that is no kind.
    UnknownKind,
    /// The file is a translation, for which addresses are kept free and no pages are made yet.
    Translation,
    /// It is exempt as a whole, or hangs on something that is; of a document, what it says to the public is shown.
    Exempt,
    /// Only passages of it are, or its words say so; the rest is shown.
    Passages,
}

impl Why {
    /// Whether nobody holds the document back: its file cannot be read, or not be understood.
    #[must_use]
    pub fn is_lost(self) -> bool {
        matches!(self, Self::Unreadable | Self::UnknownKind | Self::Translation)
    }

    /// Why something is held back as a whole because it hangs on what is held back for this reason.
    #[must_use]
    pub fn of_what_hangs_on_it(self) -> Self {
        if self == Self::Passages { Self::Exempt } else { self }
    }
}

/// Why a file that would be published as it is may not be for everybody.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum FileDoubt {
    /// Words in it say so.
    Says {
        /// The number of their line, from 1.
        line: usize,
        /// The words.
        words: Box<str>,
    },
    /// A column of it is about who may see a row, and a row says that not everybody may.
    Row {
        /// The number of the row, with that of the names of the columns, from 1.
        row: usize,
        /// The name of the column and the value.
        words: Box<str>,
    },
    /// A record in it has a key that is about who may see it, and a value that says that not everybody may.
    Record {
        /// The number of the line with the key, from 1.
        line: usize,
        /// The key and the value.
        words: Box<str>,
    },
    /// What leads to it calls it so: the words of a link, the title under which it is attached.
    Called(Box<str>),
    /// Its name, or that of a folder around it, says so.
    Named,
    /// By its name it is an old copy of something withheld.
    CopyOf {
        /// The path of that below `content/`.
        path: Arc<str>,
        /// Why that is withheld.
        why: Why,
    },
}

impl FileDoubt {
    /// Whether a person who has looked at the file can say that all of it may be public.
    #[must_use]
    pub fn may_be_accepted(&self) -> bool {
        matches!(self, Self::Row { .. } | Self::Record { .. } | Self::Called(_))
    }
}
