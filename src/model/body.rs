//! The text of a document after `markdown`: one buffer of HTML cut into segments, so that everything which only
//! the whole site can know (where a link leads, what an embed shows) stays open until the page is made.
//!
//! Enters: nothing; these are types. Invariant: printing all segments in order, links resolved or left out,
//! prints every word of the text exactly once.

use crate::source::Span;

/// A text, parsed.
#[derive(Debug, Clone, Default, PartialEq, Hash)]
pub struct Body {
    /// The HTML between the open places, one after another. [`Segment::Html`] cuts it.
    pub html: String,
    /// In the order of the page.
    pub segments: Vec<Segment>,
    /// Top-level blocks: each is a run of segments. The first paragraph is what lists may quote.
    pub blocks: Vec<Block>,
    /// In the order of the text.
    pub headings: Vec<Heading>,
    /// Every place that can be linked, in the order of the text; ids are unique within the body.
    pub anchors: Vec<Anchor>,
    /// What `[text](target)`, `[[target]]` and `<https://…>` lead to.
    pub links: Vec<Link>,
    /// What stands alone in a paragraph to be shown in place: `![[…]]`, `![alt](file)`; and pictures in a line.
    pub embeds: Vec<Embed>,
    /// Footnotes in the order of their first reference. Their text stands at the end of `segments`.
    pub notes: Vec<Note>,
    /// First uses of words that the glossary explains.
    pub terms: Vec<Term>,
    /// The words of the text, counted as a reader would.
    pub words: u32,
    /// The first paragraph as plain text, at most 300 characters, for cards and descriptions.
    pub lead: Box<str>,
}

/// A piece of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Segment {
    /// Bytes `start..end` of [`Body::html`], to be printed as they are.
    Html {
        /// The first byte.
        start: u32,
        /// The byte after the last.
        end: u32,
    },
    /// Begins the link with this index; what is between it and its [`Segment::LinkEnd`] is the link's text.
    Link(u32),
    /// Ends it.
    LinkEnd(u32),
    /// Inside an opening tag: prints ` id="…"` of the anchor with this index (and nothing where ids are left out).
    Anchor(u32),
    /// Begins the printed label of the anchor with this index, which is a link to it; the label, exactly as typed, is
    /// what stands between it and its [`Segment::NumberEnd`].
    Number(u32),
    /// Ends it.
    NumberEnd(u32),
    /// Where the own link of an anchor without a printed label stands: a ¶ that shows on hover and focus; for a page of
    /// the printed pack, its number.
    Permalink(u32),
    /// Begins the first use of the glossary term with this index.
    Term(u32),
    /// Ends it.
    TermEnd(u32),
    /// The reference to the footnote with this index.
    Footnote {
        /// Into [`Body::notes`].
        note: u32,
        /// Which reference to this note it is, from 1: each has an id of its own.
        use_number: u32,
    },
    /// Inside the opening tag of a footnote's text: prints ` id="…"` of the note with this index (and nothing
    /// where ids are left out).
    Note(u32),
    /// Behind a footnote's text: the links back to each reference to the note with this index.
    NoteBack(u32),
    /// Shows the embed with this index here.
    Embed(u32),
    /// Where what is known of the record with this index is shown: behind its words, and right below the heading of
    /// a record that is a section. (`parse` keeps the records of a text in the order of their indices.)
    Record(u32),
}

/// A top-level block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Block {
    /// The first of its segments.
    pub first: u32,
    /// The segment after its last.
    pub end: u32,
    /// Whether it is a plain paragraph.
    pub paragraph: bool,
}

/// A heading of the body; the document's own title is none.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// As plain text, without its printed number.
    pub text: Box<str>,
    /// The printed number, if it has one: `7`, `1.1`.
    pub label: Option<Box<str>>,
    /// Into [`Body::anchors`].
    pub anchor: u32,
    /// Its line in the source.
    pub span: Span,
}

/// A place that can be linked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Anchor {
    /// Without `#`.
    pub id: Box<str>,
    /// What it is.
    pub kind: AnchorKind,
    /// The printed label as it is cited: each part as typed, behind those that it hangs on (`7.13`, `7.13.iii`). For a
    /// place without one, nothing.
    pub label: Option<Box<str>>,
    /// Its place in the source.
    pub span: Span,
}

/// What an anchor marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnchorKind {
    /// A heading: `#h-…`, `#sec-…`.
    Heading,
    /// An agenda item: `#item-7`.
    Item,
    /// A paragraph or list item with a printed label: `#para-7.13`.
    Numbered,
    /// A paragraph or list item without one: `#p-…`, made of its own words.
    Paragraph,
    /// A name that the author gave: `{#name}`.
    Named,
    /// A record.
    Record,
    /// Where a page of the printed pack begins: `#page-56`.
    PackPage,
}

/// A link as typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// Where it should lead.
    pub target: Target,
    /// The title in quotes behind the address, if any.
    pub title: Option<Box<str>>,
    /// Whether the author gave no text (`[[bodies/board]]`): then the target's title is printed.
    pub bare: bool,
    /// The whole link in the source.
    pub span: Span,
}

/// Where a link should lead.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// To another site, by mail or telephone: `https:`, `http:`, `mailto:`, `tel:`, checked and percent-encoded.
    Outside(Box<str>),
    /// A path as typed, relative to the document's file or from the root (`/`), without its `#…`;
    /// empty for a place in the same page.
    Path {
        /// `../strategies/plan.md`, `plan.pdf`, `/about/`, percent-decoded.
        path: Box<str>,
        /// What stood behind `#`, percent-decoded.
        anchor: Option<Box<str>>,
    },
    /// `[[id#place]]`: an id, or the end of one where only one fits; `place` tries para, item, sec, record.
    Wiki {
        /// Before `#`; empty for a place in the same document.
        id: Box<str>,
        /// Behind `#`.
        place: Option<Box<str>>,
    },
}

/// Something shown in place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Embed {
    /// What: a document (`![[…]]`), a picture or a table of data (`![…](…)`).
    pub target: Target,
    /// The text in square brackets: the alternative of a picture, the caption of a table. Plain text.
    pub text: Box<str>,
    /// The title in quotes behind the address: a picture's caption.
    pub title: Option<Box<str>>,
    /// Whether the author said that it only decorates: `{decorative}`.
    pub decorative: bool,
    /// Whether it stands alone in its paragraph, and so is a block of its own.
    pub alone: bool,
    /// The whole embed in the source.
    pub span: Span,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Note {
    /// As typed behind `^`.
    pub label: Box<str>,
    /// Printed number, from 1, by first reference.
    pub number: u32,
    /// How often the text refers to it: so many links back.
    pub uses: u32,
}

/// The first use of a word that the glossary explains.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// The index of the entry in the glossary.
    pub entry: u32,
}

/// One `key=value` of an attribute list, its key and value as typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Attribute {
    /// `votes.for`, `about`; a word alone (`skip`) has an empty value.
    pub key: Box<str>,
    /// Without its quotes.
    pub value: Box<str>,
    /// The whole of it in the source.
    pub span: Span,
}

/// The same list in memory of its own size. `shrink_to_fit` leaves that to the allocator, and ours lets a list keep what
/// it has as long as half of that is in use.
#[must_use]
pub fn fitted<Item>(mut grown: Vec<Item>) -> Vec<Item> {
    if grown.len() == grown.capacity() {
        return grown;
    }
    let mut fitted = Vec::with_capacity(grown.len());
    fitted.append(&mut grown);
    fitted
}

impl Body {
    /// The bytes of one HTML segment.
    #[must_use]
    pub fn slice(&self, start: u32, end: u32) -> &str {
        &self.html[start as usize..end as usize]
    }

    /// The anchor with this id.
    #[must_use]
    pub fn anchor(&self, id: &str) -> Option<&Anchor> {
        self.anchors.iter().find(|anchor| anchor.id.as_ref() == id)
    }

    /// The same place by its printed number, if the author named a place that has one: of `named-officer`, the anchor
    /// `para-4.1`, whose number is the first that is printed there.
    #[must_use]
    pub fn numbered<'body>(&'body self, named: &'body Anchor) -> &'body Anchor {
        if named.label.is_some() {
            return named;
        }
        let is_own =
            |segment: &Segment| matches!(segment, Segment::Anchor(at) if self.anchors[*at as usize].id == named.id);
        let from = self.segments.iter().position(is_own).unwrap_or(self.segments.len());
        let number = self.segments[from..].iter().find_map(|segment| match *segment {
            Segment::Number(at) => Some(Some(&self.anchors[at as usize])),
            Segment::Html { start, end } if has_words(self.slice(start, end)) => Some(None),
            _ => None,
        });
        number.flatten().unwrap_or(named)
    }

    /// The same in memory of its own size: a site holds the bodies of all its documents.
    #[must_use]
    pub fn fitted(self) -> Self {
        Self {
            html: self.html.as_str().to_owned(),
            segments: fitted(self.segments),
            blocks: fitted(self.blocks),
            headings: fitted(self.headings),
            anchors: fitted(self.anchors),
            links: fitted(self.links),
            embeds: fitted(self.embeds),
            notes: fitted(self.notes),
            terms: fitted(self.terms),
            words: self.words,
            lead: self.lead,
        }
    }

    /// Whether nothing is printed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }
}

/// Whether a piece of HTML, which may begin inside a tag, has more than tags.
fn has_words(html: &str) -> bool {
    html.split('<').any(|piece| piece.split_once('>').is_some_and(|(_, text)| !text.trim().is_empty()))
}
