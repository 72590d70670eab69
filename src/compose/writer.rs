//! What the building of a text needs to know: the text that is read, and how far it has come.
//!
//! Input: a [`TextContext`]. Output: a [`Writer`], whose blocks are built in `blocks.rs`, lines in `inline.rs`, records in
//! `written.rs`. Not here: any event of CommonMark.

use std::ops::Range;

use super::Dialect;
use super::anchors::{Anchors, Refused};
use super::builder::Builder;
use super::note_numbers::Notes;
use super::records::{AttributeTarget, Records};
use super::state::{DocumentPart, Labels, Line, MessageCounts, Nesting};
use super::words::{digest, lead};
use crate::diagnostic::Diagnostics;
use crate::disclosure::notice::Notice;
use crate::language::is_tag;
use crate::markdown::events::{Piece, Traits};
use crate::markdown::plan::{Braces, Plan};
use crate::markdown::prepare::Prepared;
use crate::model::{Anchor, AnchorId, AnchorKind, Element, NodeId, Note, NoteId};
use crate::outline::model::Outline;
use crate::source::{SourceId, Span};
use crate::terms::glossary::Unused;

/// The text that is read, and what is known of it.
#[derive(Clone, Copy)]
pub(super) struct TextContext<'a> {
    /// The prepared text.
    pub(super) text: &'a str,
    /// The events of the prepared text.
    pub(super) list: &'a [Piece<'a>],
    /// What the prepared text has: braces, HTML and the like.
    pub(super) traits: Traits,
    /// The prepared text again, which knows where in the source each place was typed.
    pub(super) prepared: &'a Prepared<'a>,
    /// The source that the text is from.
    pub(super) source: SourceId,
    /// Where in the source the text begins, in bytes.
    pub(super) offset: usize,
    /// What the document brings along.
    pub(super) dialect: &'a Dialect<'a>,
    /// What stands for exempt passages.
    pub(super) notices: &'a [Notice],
}

impl TextContext<'_> {
    /// The place in the source of a range of the prepared text.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let range = self.prepared.source_range(range);
        Span::new(self.source, self.offset + range.start, self.offset + range.end)
    }
}

/// Builds a text.
pub(super) struct Writer<'a> {
    pub(super) from: TextContext<'a>,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// The text so far.
    pub(super) out: Builder,
    /// The ids that were given so far.
    pub(super) anchors: Anchors,
    /// The words of the block that is built, as they are counted and cited.
    pub(super) plain: String,
    /// Room for counting them.
    scratch: Vec<u8>,
    pub(super) notes: Notes,
    /// Terms of the glossary that the text has not used yet.
    pub(super) terms: Option<Unused<'a>>,
    /// The containers that are open.
    pub(super) nesting: Nesting,
    pub(super) labels: Labels<'a>,
    pub(super) records: Records,
    /// What is open in the line.
    pub(super) line: Line,
    /// Which part of the document is built.
    pub(super) part: DocumentPart,
    /// How much was said already that a text can ask for many times.
    pub(super) told: MessageCounts,
    /// Places that the text had before something in it was recognised, and that have not been given yet.
    pub(super) former: &'a [FormerPlace],
}

/// A place that a text has if it is read as typed, and would not have otherwise.
#[derive(Debug, Clone)]
pub(super) struct FormerPlace {
    pub(super) id: Box<str>,
    /// Where it is in the source.
    pub(super) span: Span,
}

/// How often a message of one kind is given for a text.
pub(super) const MOST_TOLD: usize = 50;

/// Which anchor a block has of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    /// No anchor.
    Nothing,
    /// An anchor made of its words.
    Words,
    /// An anchor made of a heading's words.
    Heading,
    /// The anchor of the item whose first paragraph it is.
    Item(AnchorId),
    /// The anchor of its printed label.
    Label(AnchorId),
}

/// A block of text that is being built.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf {
    /// The anchor of its element.
    pub(super) anchor: Option<AnchorId>,
    /// The anchor that its words make.
    pub(super) own: Option<AnchorId>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(from: TextContext<'a>, outline: Outline<'a>, diagnostics: &'a mut Diagnostics) -> Self {
        let details =
            if from.traits.html { crate::markdown::raw_html::balanced_details(from.list) } else { Vec::new() };
        Self {
            notes: if from.traits.notes { Notes::of(from.list) } else { Notes::default() },
            terms: from.dialect.glossary.map(Unused::new),
            out: Builder::with_room(from.text.len(), from.list.len()),
            nesting: Nesting::new(details),
            labels: Labels::new(outline),
            part: DocumentPart::Body,
            ..Self::of_title(from, diagnostics)
        }
    }

    /// One that builds a single line: the title.
    pub(super) fn of_title(from: TextContext<'a>, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            from,
            diagnostics,
            out: Builder::default(),
            anchors: Anchors::default(),
            plain: String::new(),
            scratch: Vec::new(),
            notes: Notes::default(),
            terms: None,
            nesting: Nesting::new(Vec::new()),
            labels: Labels::default(),
            records: Records::default(),
            line: Line::default(),
            part: DocumentPart::Title,
            told: MessageCounts::default(),
            former: &[],
        }
    }

    /// Whether a footnote's text is built.
    pub(super) fn in_note(&self) -> bool {
        matches!(self.part, DocumentPart::Note(_))
    }

    /// Goes on with the element of a block of text that was opened as `node`: its anchors (the last of `others` stands on
    /// the element, the rest in it), and its attributes.
    pub(super) fn open_leaf(
        &mut self,
        node: NodeId,
        range: &Range<usize>,
        plan: &Plan<'_>,
        own: Own,
        (others, target): (&[AnchorId], AttributeTarget),
    ) -> Leaf {
        let (first, own) = match own {
            Own::Nothing => (None, None),
            Own::Words => both(self.add_anchor(String::new(), AnchorKind::Paragraph, range)),
            Own::Heading => {
                let anchor = self.records.heading_anchor.take();
                both(anchor.unwrap_or_else(|| self.add_anchor(String::new(), AnchorKind::Heading, range)))
            }
            Own::Item(anchor) => (None, Some(anchor)),
            Own::Label(anchor) => (Some(anchor), None),
        };
        let mut anchors: Vec<AnchorId> = first.into_iter().chain(others.iter().copied()).collect();
        if target != AttributeTarget::Record {
            anchors.extend(plan.block.iter().filter_map(|braces| self.name(braces)));
        }
        let anchor = anchors.pop();
        self.out.set_anchor(node, anchor);
        self.former_up_to(self.from.span(range).end);
        if let Some(language) = plan.block.iter().find_map(|braces| self.language(braces)) {
            self.out.in_language(node, language);
        }
        anchors.into_iter().for_each(|other| self.out.place(other));
        for braces in &plan.block {
            self.give(braces, target, plan);
            if let Some(place) = anchor.or(own) {
                self.former_names(braces, place);
            }
        }
        Leaf { anchor, own }
    }

    /// Takes the names that a place had, as its author says them: `{was=7.12}`, `{was=item-7}`.
    fn former_names(&mut self, braces: &Braces<'_>, place: AnchorId) {
        for (_, was) in braces.attributes.pairs.iter().filter(|(key, value)| *key == "was" && !value.is_empty()) {
            let prefix = match self.out.text.anchor(place).kind {
                AnchorKind::Heading | AnchorKind::Item if self.from.dialect.rules.heading_kind.is_some() => "item",
                AnchorKind::Heading | AnchorKind::Item => "sec",
                _ => "para",
            };
            // A number begins with a digit or is one letter or a few; a name that says what it is of has a hyphen.
            let name = if was.contains('-') { (*was).to_owned() } else { format!("{prefix}-{was}") };
            self.out.text.former.push((name.trim_start_matches('#').into(), place));
        }
    }

    /// Gives the former places that begin before a place of the source.
    fn former_up_to(&mut self, end: u32) {
        while let Some((place, rest)) = self.former.split_first().filter(|(place, _)| place.span.start < end) {
            self.former = rest;
            let anchor =
                Anchor { id: place.id.clone(), kind: AnchorKind::Named, label: None, node: None, span: place.span };
            self.out.text.anchors.push(anchor);
            self.out.place(AnchorId::at(self.out.text.anchors.len() - 1));
        }
    }

    /// Gives the former places that are left.
    pub(super) fn last_former(&mut self) {
        if !self.former.is_empty() {
            let node = self.out.open(Element::PlaceBlock);
            self.former_up_to(u32::MAX);
            self.out.close(node);
        }
    }

    /// The words of a block of text are complete: its own anchor gets its id, its words are counted. `plain` is empty
    /// afterwards; the element stays open.
    pub(super) fn end_leaf(&mut self, leaf: Leaf) {
        let digest = digest(&self.plain, &mut self.scratch);
        self.out.text.count += digest.words;
        self.hear();
        self.records.opening_words = false;
        if let Some(own) = leaf.own {
            let id = match self.out.text.anchor(own).kind {
                AnchorKind::Heading => self.heading_id(own),
                _ if digest.words == 0 => {
                    self.anchors.of_words(xxhash_rust::xxh3::xxh3_64(self.plain.trim().as_bytes()))
                }
                _ => self.anchors.of_words(digest.key),
            };
            self.out.text.anchors[own.index()].id = id.into();
        }
        self.plain.clear();
    }

    /// Counts the words of a stretch of text that is no leaf.
    pub(super) fn count(&mut self) {
        self.out.text.count += digest(&self.plain, &mut self.scratch).words;
        self.plain.clear();
    }

    /// The id of a heading: of its printed number, if it has one and stands in no quotation or list; else of its words.
    fn heading_id(&mut self, own: AnchorId) -> String {
        let label = self.labels.heading.take().filter(|_| self.nesting.containers.is_empty());
        let Some(label) = label else { return self.anchors.of_heading(&self.plain) };
        let is_item = self.from.dialect.rules.heading_kind.is_some();
        let anchor = &mut self.out.text.anchors[own.index()];
        anchor.label = Some(label.clone());
        anchor.kind = if is_item { AnchorKind::Item } else { AnchorKind::Heading };
        let span = anchor.span;
        let prefix = if is_item { "item" } else { "sec" };
        self.anchors.labelled(format!("{prefix}-{label}")).unwrap_or_else(|(id, other)| {
            self.tell_repeated(span, "heading", &label, &id, &other);
            other
        })
    }

    /// Takes the words of the present block for the text's lead, if it has none of a block as good.
    pub(super) fn lead(&mut self) {
        let top = self.nesting.containers.is_empty() && self.nesting.folds.is_empty();
        // RESOLVED alone says nothing of what a text is about.
        let wanted = !self.told.leads && !self.in_note() && (top || self.out.text.lead.is_empty());
        if wanted && !self.heard().is_empty() {
            self.out.text.lead = lead(&self.plain);
            self.told.leads = top && !self.out.text.lead.is_empty();
        }
    }

    /// Adds an anchor; its id may follow when its words are known.
    pub(super) fn add_anchor(&mut self, id: String, kind: AnchorKind, range: &Range<usize>) -> AnchorId {
        let span = self.from.span(range);
        self.out.text.anchors.push(Anchor { id: id.into(), kind, label: None, node: None, span });
        AnchorId::at(self.out.text.anchors.len() - 1)
    }

    /// Makes sure that the text has this footnote.
    pub(super) fn know_note(&mut self, note: NoteId) {
        for index in self.out.text.notes.len()..=note.index() {
            let (label, _) = self.notes.text(NoteId::at(index));
            self.out.text.notes.push(Note { label, number: super::builder::small(index) + 1, uses: 0 });
        }
    }

    /// The language that `{lang=cy}` says, if braces do.
    pub(super) fn language<'braces>(&mut self, braces: &Braces<'braces>) -> Option<&'braces str> {
        let (key, tag) = *braces.attributes.pairs.iter().find(|(key, _)| *key == "lang")?;
        if is_tag(tag) {
            return Some(tag);
        }
        let range = self.pair_range(key, tag);
        self.diagnostics.unknown_language(self.from.span(&range), tag);
        None
    }

    /// The anchor that `{#name}` gives, if braces do: those with a kind name a record.
    pub(super) fn name(&mut self, braces: &Braces<'_>) -> Option<AnchorId> {
        let name = braces.attributes.id.filter(|_| braces.attributes.kinds.is_empty())?;
        let reserved = self.from.dialect.rules.records.and_then(|records| records.reserves(name));
        let id = match reserved {
            Some(kind) => Err(Refused::Reserved(format!("{kind}-"))),
            None => self.anchors.named(name),
        };
        self.given(id, AnchorKind::Named, name, &braces.range)
    }

    /// The anchor of an id that was asked for, with a message where another was given.
    pub(super) fn given(
        &mut self,
        id: Result<String, Refused>,
        kind: AnchorKind,
        typed: &str,
        range: &Range<usize>,
    ) -> Option<AnchorId> {
        let span = self.from.span(range);
        let id = match id {
            Ok(id) => id,
            Err(Refused::Reserved(prefix)) => {
                self.diagnostics.reserved_anchor(span, typed, &prefix);
                return None;
            }
            Err(Refused::Taken(other)) => {
                self.diagnostics.duplicate_anchor(span, typed, &other);
                other
            }
        };
        Some(self.add_anchor(id, kind, range))
    }
}

/// An anchor that is both on the element and of its words.
fn both(anchor: AnchorId) -> (Option<AnchorId>, Option<AnchorId>) {
    (Some(anchor), Some(anchor))
}
