//! Everything that its audience may see, bound together. Immutable.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Address, Areas, Config, Document, DocumentId, Editions, ForwardPlan, GlossaryEntry, Instant, Landing, Listing,
    OldAddress, OwnPages, Parts, Relation,
};
use crate::data::table::Table;
use crate::kind::Kinds;
use crate::source::{Attachment, Span};

/// A copy of a picture that is published in its place, without what a camera wrote into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cleaned {
    /// In bytes.
    pub length: u64,
    /// XXH3-128 of its bytes.
    pub hash: u128,
    /// That of the picture as it lies in the site's folder.
    pub was: u128,
}

/// For whom a site is assembled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Everybody. Only such a site can be written.
    Public,
    /// The people who write it: drafts and embargoed documents are shown, marked as not public.
    Preview,
}

/// The assembled site.
///
/// Invariant: nothing that is withheld from its audience is in it, neither text nor title nor address; it is made
/// by `assemble::assemble` alone.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: Config,
    /// The kinds.
    pub kinds: Arc<Kinds>,
    /// For whom.
    pub audience: Audience,
    /// The instant it is assembled for.
    pub as_at: Instant,
    /// Sorted by id.
    pub documents: Vec<Document>,
    /// What each document names, in the order of its fields and then of its text; one entry for each document.
    pub relations: Vec<Vec<Relation>>,
    /// Which relations lead to each document: (from, index into `relations[from]`), sorted; one entry for each document.
    pub backlinks: Vec<Vec<(DocumentId, u32)>>,
    /// Every list that has pages.
    pub listings: Vec<Listing>,
    /// Where each list is: its address → an index into `listings`.
    pub listing_at: BTreeMap<Address, u32>,
    /// The pages that it has beside those of documents.
    pub own: OwnPages,
    /// Documents with a last change, the latest first.
    pub updates: Vec<DocumentId>,
    /// Old addresses and the page that took their place, sorted.
    pub aliases: Vec<Alias>,
    /// Old addresses with a question, which only a server's rules can lead on, sorted.
    pub questions: Vec<OldQuestion>,
    /// Files that a public document refers to, sorted by path, each with its address. Length and hash are of what is published.
    pub attachments: Vec<(Attachment, Address)>,
    /// Those of them in whose place a cleaned copy is published: their index → what it is.
    pub cleaned: BTreeMap<u32, Cleaned>,
    /// What is in those of them that pages show as tables: their index → rows and columns.
    pub tables: BTreeMap<u32, Table>,
    /// The words that the site explains, in the order of its glossary. Public by nature: they are in no document.
    pub glossary: Vec<GlossaryEntry>,
    /// The editions of documents that have several.
    pub editions: Editions,
    /// What people in public office did at meetings.
    pub parts: Parts,
    /// What concerns which area.
    pub areas: Areas,
    /// What is to come before which meeting.
    pub plan: ForwardPlan,
    /// The home page's own text, if the site has one.
    pub home: Option<DocumentId>,
}

/// A place at an old address, and the place where its words are now.
pub type Moved = (Box<str>, Option<Box<str>>);

/// An old address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The address itself.
    pub address: Address,
    /// What took its place.
    pub to: LeadsTo,
    /// The place in it, without `#`, if it leads to one.
    pub place: Option<Box<str>>,
    /// Places that the page had at this address, in the order of its text, each with the place of the new page where its words are
    /// now; the new page as a whole where that is `None`.
    pub places: Box<[Moved]>,
    /// The row of the file of old addresses that says so; `None` if a document does, or what was recorded.
    pub row: Option<Span>,
}

/// An old address with a question: `/ieListDocuments.aspx?CId=136`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldQuestion {
    /// The address itself.
    pub old: OldAddress,
    /// What took its place.
    pub to: LeadsTo,
    /// The place in it, without `#`, if it leads to one.
    pub place: Option<Box<str>>,
}

/// What took the place of an old address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeadsTo {
    /// A document.
    Document(DocumentId),
    /// A page of the site that is no document, such as a list, or a file.
    Address(Address),
}

impl Site {
    /// The document with this index.
    #[must_use]
    pub fn document(&self, id: DocumentId) -> &Document {
        &self.documents[id.0 as usize]
    }

    /// The document with this id (`bodies/board`).
    #[must_use]
    pub fn find(&self, id: &str) -> Option<DocumentId> {
        let index = self.documents.binary_search_by(|document| document.id.as_ref().cmp(id)).ok()?;
        u32::try_from(index).ok().map(DocumentId)
    }

    /// Every document with its index, sorted by id.
    pub fn ids(&self) -> impl Iterator<Item = (DocumentId, &Document)> {
        (0..).map(DocumentId).zip(&self.documents)
    }

    /// Every document but the earlier editions of others, sorted by id: what lists, counts and data have.
    pub fn present(&self) -> impl Iterator<Item = (DocumentId, &Document)> {
        self.ids().filter(|(_, document)| document.edition_of.is_none())
    }

    /// The title of the document to which a link leads; `None` if it leads to no document.
    #[must_use]
    pub fn title_of(&self, landing: &Landing) -> Option<&str> {
        match landing {
            Landing::Document { document, .. } => Some(&self.document(*document).title),
            _ => None,
        }
    }

    /// The page or the file to which an old address leads.
    #[must_use]
    pub fn address_of<'site>(&'site self, to: &'site LeadsTo) -> &'site Address {
        match to {
            LeadsTo::Document(document) => &self.document(*document).address,
            LeadsTo::Address(address) => address,
        }
    }

    /// An address as it stands in `href`: below the path of `base_url`, percent-encoded.
    #[must_use]
    pub fn href(&self, address: &Address) -> String {
        address.href_below(&self.config.base_path)
    }
}
