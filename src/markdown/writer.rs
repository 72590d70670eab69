//! The hand that writes a [`Body`]: what both blocks and lines need of it.
//!
//! Enters: HTML, plain text and segments, piece by piece. Leaves: a body whose anchors have their ids.
//! Absent: any event of CommonMark; blocks are written in `blocks.rs`, lines in `inline.rs`.

use std::ops::Range;

use super::Dialect;
use super::anchors::{Anchors, Refused};
use super::events::{Piece, Traits};
use super::exemption::Notice;
use super::glossary::Unused;
use super::labels;
use super::notes::Notes;
use super::outline::{Below, Outline};
use super::plan::{Braces, Plan};
use super::prepare::Prepared;
use super::words::{escape, gist, lead};
use super::written::{Records, Speaks};
use crate::diagnostic::Diagnostics;
use crate::language::is_tag;
use crate::model::{Anchor, AnchorKind, Block, Body, Note, Segment};
use crate::source::{SourceId, Span};

/// What is written from.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    /// The prepared text.
    pub(super) text: &'a str,
    /// Its events.
    pub(super) list: &'a [Piece<'a>],
    /// What it has.
    pub(super) traits: Traits,
    /// The way back to the source.
    pub(super) prepared: &'a Prepared<'a>,
    /// The source,
    pub(super) source: SourceId,
    /// and where in it the text begins.
    pub(super) offset: usize,
    /// What the document brings along.
    pub(super) dialect: &'a Dialect<'a>,
    /// What stands for exempt passages.
    pub(super) notices: &'a [Notice],
}

impl Reader<'_> {
    /// The place in the source of a range of the prepared text.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let range = self.prepared.source_range(range);
        Span::new(self.source, self.offset + range.start, self.offset + range.end)
    }
}

/// What is written, and what has to be known to go on.
pub(super) struct Writer<'a> {
    pub(super) from: Reader<'a>,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) body: Body,
    /// The bytes of HTML that segments hold already.
    flushed: usize,
    /// The words of the block that is being written.
    pub(super) plain: String,
    scratch: Vec<u8>,
    pub(super) anchors: Anchors,
    pub(super) notes: Notes,
    /// Terms of the glossary that the text has not used yet.
    pub(super) terms: Option<Unused<'a>>,
    /// The quotations, lists and items that are open.
    pub(super) containers: Vec<super::blocks::Container>,
    /// How many of them count for the depth of a page.
    pub(super) depth: usize,
    /// Where `<details>` and `</details>` stand that are printed as such.
    pub(super) details: Vec<usize>,
    pub(super) open_details: usize,
    /// The top-level block that is being written.
    pub(super) block: Option<Block>,
    /// The level of the heading above.
    pub(super) level: u8,
    /// What is known of the text as a whole.
    pub(super) outline: Outline<'a>,
    /// The anchors of its printed labels, as far as they are written,
    pub(super) labels: Vec<Option<u32>>,
    /// and of its headings, by the events that begin them.
    pub(super) headings: Vec<(usize, u32)>,
    /// What the first paragraph of the item that was begun has of it.
    pub(super) pending: Pending,
    /// The records of the text.
    pub(super) records: Records,
    /// The nearest label at or above what is being written.
    pub(super) nearest: Below,
    /// Whether the block that is being written begins with the words that open a record.
    pub(super) opening_words: bool,
    /// The segment behind the label that the block begins with.
    pub(super) label_end: Option<usize>,
    /// The event behind the heading of an item, and the item.
    pub(super) after_item: Option<(usize, u32)>,
    /// Quotations that are no records, as many as are open.
    pub(super) quoted: usize,
    /// Whether a heading is being written.
    pub(super) in_heading: bool,
    /// Whether the texts of footnotes are being written,
    pub(super) in_notes: bool,
    /// and which.
    pub(super) note: Option<super::notes::NoteText>,
    /// Whether the title is being written: it refers to no footnotes.
    pub(super) in_title: bool,
    /// The lines' own state.
    pub(super) line: super::inline::Line,
    /// Bytes of code that were coloured.
    pub(super) coloured: usize,
    /// How often each message was given that a text can ask for many times.
    pub(super) told: Told,
    /// Whether `body.lead` is of a top-level paragraph.
    leads: bool,
}

/// Messages that stop when the author has enough to mend.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) html: usize,
    pub(super) comments: usize,
    pub(super) repeated: usize,
    pub(super) too_deep: bool,
}

/// How often a message of one kind is given for a text.
pub(super) const MOST_TOLD: usize = 50;

/// What an item of a list leaves to its first paragraph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Pending {
    /// The anchor of the item, if it is made of the paragraph's words.
    pub(super) own: Option<u32>,
    /// Whether the item has an anchor, so that its first paragraph needs none.
    pub(super) named: bool,
    /// Where the item's number stands, if it is not printed yet.
    pub(super) number: Option<(usize, usize)>,
    /// To whom the attributes of the paragraph belong.
    pub(super) speaks: Speaks,
    /// Whether it opens a record as a whole.
    pub(super) opens: bool,
}

/// Which anchor a block has of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    /// None.
    Nothing,
    /// One made of its words.
    Words,
    /// One made of a heading's words.
    Heading,
    /// That of the item whose first paragraph it is.
    Item(u32),
    /// That of its printed label.
    Label(u32),
}

/// A block of text that is being written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf {
    /// The anchor of its element.
    pub(super) anchor: Option<u32>,
    /// The anchor that its words make.
    pub(super) own: Option<u32>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(from: Reader<'a>, diagnostics: &'a mut Diagnostics) -> Self {
        let body = Body {
            html: String::with_capacity(from.text.len() + from.text.len() / 4 + 64),
            segments: Vec::with_capacity(from.list.len() / 2 + 8),
            ..Body::default()
        };
        let details = if from.traits.html { super::raw_html::balanced_details(from.list) } else { Vec::new() };
        Self {
            notes: if from.traits.notes { Notes::of(from.list) } else { Notes::default() },
            terms: from.dialect.glossary.map(Unused::new),
            from,
            diagnostics,
            body,
            details,
            flushed: 0,
            plain: String::new(),
            scratch: Vec::new(),
            anchors: Anchors::default(),
            containers: Vec::new(),
            depth: 0,
            open_details: 0,
            block: None,
            level: 1,
            outline: Outline::default(),
            labels: Vec::new(),
            headings: Vec::new(),
            pending: Pending::default(),
            records: Records::default(),
            nearest: Below::Nothing,
            opening_words: false,
            label_end: None,
            after_item: None,
            quoted: 0,
            in_heading: false,
            in_notes: false,
            note: None,
            in_title: false,
            line: super::inline::Line::default(),
            coloured: 0,
            told: Told::default(),
            leads: false,
        }
    }

    /// Appends HTML.
    pub(super) fn html(&mut self, html: &str) {
        self.body.html.push_str(html);
    }

    /// Appends text.
    pub(super) fn escaped(&mut self, text: &str) {
        escape(text, &mut self.body.html);
    }

    /// Makes a segment of the HTML that is in none yet.
    pub(super) fn flush(&mut self) {
        if self.body.html.len() > self.flushed {
            let end = self.body.html.len();
            self.body.segments.push(Segment::Html { start: small(self.flushed), end: small(end) });
            self.flushed = end;
        }
    }

    /// Whether no HTML stands behind the last segment.
    pub(super) fn is_flushed(&self) -> bool {
        self.body.html.len() == self.flushed
    }

    /// Appends a segment behind the HTML so far.
    pub(super) fn segment(&mut self, segment: Segment) {
        self.flush();
        self.body.segments.push(segment);
    }

    /// Goes back to where the body was.
    pub(super) fn take_back(&mut self, html: usize, segments: usize) {
        self.body.html.truncate(html);
        self.body.segments.truncate(segments);
        self.flushed = html;
    }

    /// Begins a top-level block, if none is open.
    pub(super) fn begin_block(&mut self) {
        if self.block.is_none() {
            self.flush();
            let first = small(self.body.segments.len());
            self.block = Some(Block { first, end: first, paragraph: false });
        }
    }

    /// Whether no quotation, list or the like is open.
    pub(super) fn at_top(&self) -> bool {
        self.containers.is_empty() && self.open_details == 0 && !self.in_notes
    }

    /// Ends the top-level block, if nothing of it is open.
    pub(super) fn end_block(&mut self) {
        if self.at_top() {
            self.flush();
            let end = small(self.body.segments.len());
            if let Some(block) = self.block.take().filter(|block| block.first < end) {
                self.body.blocks.push(Block { end, ..block });
            }
        }
    }

    /// Begins a block of text: `tag` is its opening tag without the `>`.
    pub(super) fn open_leaf(&mut self, tag: &str, range: &Range<usize>, plan: &Plan<'_>, own: Own) -> Leaf {
        self.html(tag);
        self.open_block(range, plan, own, &[], Speaks::Nobody)
    }

    /// Goes on with the opening tag of a block of text: its anchors (the last of `others` stands on the element, the rest
    /// behind it), and its attributes.
    pub(super) fn open_block(
        &mut self,
        range: &Range<usize>,
        plan: &Plan<'_>,
        own: Own,
        others: &[u32],
        speaks: Speaks,
    ) -> Leaf {
        let (first, own) = match own {
            Own::Nothing => (None, None),
            Own::Words => both(self.add_anchor(String::new(), AnchorKind::Paragraph, range)),
            Own::Heading => both(self.add_anchor(String::new(), AnchorKind::Heading, range)),
            Own::Item(anchor) => (None, Some(anchor)),
            Own::Label(anchor) => (Some(anchor), None),
        };
        let mut anchors: Vec<u32> = first.into_iter().chain(others.iter().copied()).collect();
        if speaks != Speaks::Record {
            anchors.extend(plan.block.iter().filter_map(|braces| self.name(braces)));
        }
        let anchor = anchors.pop();
        if let Some(anchor) = anchor {
            self.segment(Segment::Anchor(anchor));
        }
        if let Some(language) = plan.block.iter().find_map(|braces| self.language(braces)) {
            self.spoken_in(language);
        }
        self.html(">");
        for other in anchors {
            self.place(other);
        }
        for braces in &plan.block {
            self.speak(braces, speaks);
        }
        Leaf { anchor, own }
    }

    /// Ends a block of text: its own anchor gets its id, its words are counted. `plain` is empty afterwards.
    pub(super) fn close_leaf(&mut self, leaf: Leaf) {
        let gist = gist(&self.plain, &mut self.scratch);
        self.body.words += gist.words;
        self.hear();
        self.opening_words = false;
        if let Some(own) = leaf.own {
            let id = match self.body.anchors[own as usize].kind {
                AnchorKind::Heading => self.heading_id(own),
                _ if gist.words == 0 => self.anchors.of_words(xxhash_rust::xxh3::xxh3_64(self.plain.trim().as_bytes())),
                _ => self.anchors.of_words(gist.key),
            };
            self.body.anchors[own as usize].id = id.into();
        }
        self.plain.clear();
    }

    /// The id of a heading: of its printed number, if it has one and stands in no quotation or list; else of its words.
    fn heading_id(&mut self, own: u32) -> String {
        let label = labels::of_heading(&self.plain).filter(|_| self.containers.is_empty());
        let Some(label) = label.map(str::to_owned) else { return self.anchors.of_heading(&self.plain) };
        let is_item = self.from.dialect.heading_kind.is_some();
        let anchor = &mut self.body.anchors[own as usize];
        anchor.label = Some(label.as_str().into());
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
        let top = self.at_top();
        // RESOLVED alone says nothing of what a text is about.
        if !self.leads && !self.in_notes && (top || self.body.lead.is_empty()) && !self.heard().is_empty() {
            self.body.lead = lead(&self.plain);
            self.leads = top && !self.body.lead.is_empty();
        }
    }

    /// Adds an anchor; its id may follow when its words are known.
    pub(super) fn add_anchor(&mut self, id: String, kind: AnchorKind, range: &Range<usize>) -> u32 {
        let index = small(self.body.anchors.len());
        let span = self.from.span(range);
        let id = id.into();
        self.body.anchors.push(Anchor { id, kind, label: None, span });
        index
    }

    /// An element that is nothing but an anchor.
    pub(super) fn place(&mut self, anchor: u32) {
        self.html("<span");
        self.segment(Segment::Anchor(anchor));
        self.html("></span>");
    }

    /// Makes sure that the body has the note with this index.
    pub(super) fn know_note(&mut self, note: u32) {
        for index in small(self.body.notes.len())..=note {
            let (label, _) = self.notes.text(index);
            self.body.notes.push(Note { label, number: index + 1, uses: 0 });
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

    /// Inside an opening tag: the language of what follows, for the voice of a screen reader (WCAG 2.2, 3.1.2).
    pub(super) fn spoken_in(&mut self, tag: &str) {
        self.html(" lang=\"");
        self.escaped(tag);
        self.html("\"");
    }

    /// The anchor that `{#name}` gives, if braces do: those with a kind name a record.
    pub(super) fn name(&mut self, braces: &Braces<'_>) -> Option<u32> {
        let name = braces.attributes.id.filter(|_| braces.attributes.kinds.is_empty())?;
        let reserved = self.from.dialect.records.and_then(|records| records.reserves(name));
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
    ) -> Option<u32> {
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

/// A length as segments hold it; sources are capped far below four gigabytes by `read`.
pub(super) fn small(length: usize) -> u32 {
    u32::try_from(length).unwrap_or_else(|_| unreachable!("a text of more than four gigabytes is not read"))
}

/// An anchor that is both on the element and of its words.
fn both(anchor: u32) -> (Option<u32>, Option<u32>) {
    (Some(anchor), Some(anchor))
}
