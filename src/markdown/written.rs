//! Records on a page: the elements around their words, their names and parts, and what is known of them from the text.
//!
//! Enters: where records begin and end (`outline.rs`, `sentences.rs`). Leaves: a [`Written`] for each, in the order in
//! which they begin. Absent: the meaning of an attribute, but for those that would withhold the record: then it is not
//! sure what of the document may be published.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::attributes::Attributes;
use super::doubt::resembles_exemption;
use super::outcome::outcome;
use super::outline::{Below, Form, Place};
use super::plan::Braces;
use super::sentences::Sentence;
use super::words::first_words;
use super::writer::{MOST_TOLD, Writer, small};
use crate::kind::KindId;
use crate::model::{AnchorKind, Attribute, Limb, Segment, Stretch, Words, Written};

/// How much of a record's words are kept for its lead and its outcome.
const HEARD: usize = 600;

/// How long a lead is at most.
const LEAD: usize = 200;

/// Keys of braces that are no attributes of a record: they speak of the place itself.
const OF_THE_PLACE: [&str; 5] = ["decorative", "lang", "page", "skip", "was"];

/// The records of a text, while it is written.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// In the order in which they begin.
    pub(super) list: Vec<Written>,
    /// Those that are open, and their parts; the innermost last.
    open: Vec<Open>,
    /// Which record each of the outline's is.
    written: HashMap<usize, u32>,
    /// Records that have no name yet: their labels are not written.
    nameless: Vec<Nameless>,
    /// How often each name was given.
    names: HashMap<(KindId, String), u32>,
    /// The record of which each label is a part, and its name there: `2`, `2.a`.
    parts: BTreeMap<usize, (u32, String)>,
    /// Of a section that is an item and another record too: the latter, which lies within, and the item.
    twins: HashMap<u32, u32>,
    /// Whether an attribute would withhold one of them.
    pub(super) in_doubt: bool,
    /// How often it was said that an attribute is of nothing.
    told: usize,
}

/// A record without a name.
#[derive(Debug)]
struct Nameless {
    index: u32,
    /// The nearest label at or above it.
    nearest: Below,
    /// The name that its author gave it, and where.
    given: Option<(String, Range<usize>)>,
}

/// A record or a part of one whose words are being written.
#[derive(Debug)]
struct Open {
    what: What,
    /// The event behind its words; for a part and for words in a line, whoever opened it ends it.
    end: usize,
    /// What ends its element.
    tag: &'static str,
    /// Its first words.
    text: String,
    /// The word that opens it, as the kind's file has it.
    word: Option<Box<str>>,
}

/// What is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Record { index: u32, form: Form },
    Limb { index: u32, limb: usize },
}

/// To whom the attributes of a block belong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Speaks {
    /// To nobody: only a name is of use.
    #[default]
    Nobody,
    /// To a record that has them already.
    Record,
    /// To a part of a record.
    Limb { index: u32, limb: usize },
}

/// What a block of text is beside a paragraph or an item.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// The anchors of the part and of the record that it is.
    pub(super) anchors: Vec<u32>,
    /// The kind of the record that it is.
    pub(super) kind: Option<KindId>,
    /// To whom its attributes belong.
    pub(super) speaks: Speaks,
    /// Whether it begins with words that open a record.
    pub(super) opens: bool,
    /// The part of a record that it is.
    pub(super) limb: Option<(u32, usize)>,
    /// The record that it is.
    pub(super) record: Option<u32>,
}

impl Writer<'_> {
    /// Begins the part and the record that a block is. `above` is to whom its attributes belong if it opens a quotation or
    /// an item.
    pub(super) fn begin_held(&mut self, place: Option<Place>, range: &Range<usize>, above: Speaks) -> Held {
        let mut held = Held { speaks: above, ..Held::default() };
        let Some(place) = place else { return held };
        if let Some(record) = place.limb_of {
            let (speaks, anchor) = self.open_limb(record, place.label, range);
            if let Speaks::Limb { index, limb } = speaks {
                (held.speaks, held.limb) = (speaks, Some((index, limb)));
                held.anchors.extend(anchor);
            }
        }
        for found in place.opens.into_iter().flatten() {
            held.opens |= self.outline.records[found].word.is_some() || self.record_of(found).is_some();
            if matches!(self.outline.records[found].form, Form::Item | Form::Paragraph) {
                let index = self.open_record(found, range);
                held.anchors.push(self.records.list[index as usize].anchor);
                (held.kind, held.record) = (Some(self.outline.records[found].kind), Some(index));
            }
            held.speaks = Speaks::Record;
        }
        held
    }

    /// The words of the part and the record begin here; a part without a label is found by the anchor `own` of its words.
    pub(super) fn begin_held_words(&mut self, held: &Held, own: Option<u32>) {
        if held.limb.is_none() && held.record.is_none() {
            return;
        }
        let stretch = self.here_on();
        if let Some((index, limb)) = held.limb {
            let limb = &mut self.records.list[index as usize].limbs[limb];
            limb.stretch = stretch;
            if limb.anchor == NO_ANCHOR {
                limb.anchor = own.unwrap_or(NO_ANCHOR);
            }
        }
        if let Some(index) = held.record {
            self.records.list[index as usize].stretch = stretch;
        }
    }

    /// The words end here, before the link of their place to itself. Those of a part do not have its label.
    pub(super) fn end_held_words(&mut self, held: &Held) {
        let label_end = self.label_end.take();
        if held.limb.is_none() && held.record.is_none() {
            return;
        }
        let end = self.here_on().end;
        if let Some((index, limb)) = held.limb {
            let stretch = &mut self.records.list[index as usize].limbs[limb].stretch;
            stretch.first = label_end.map_or(stretch.first, small).clamp(stretch.first, end);
            stretch.end = end;
        }
        if let Some(index) = held.record {
            self.records.list[index as usize].stretch.end = end;
        }
    }

    /// Ends what a paragraph was.
    pub(super) fn end_held(&mut self, held: &Held) {
        if held.record.is_some() {
            self.close_record();
        }
        if held.limb.is_some() {
            self.close_limb();
        }
    }

    /// Begins a block quote that is a record. Returns whether it is one.
    pub(super) fn open_quotation(&mut self, at: usize, printed: bool) -> bool {
        let Some(found) = self.outline.place(at).and_then(|place| place.opens[0]) else { return false };
        let range = self.from.list[at].1.clone();
        let opens = self.outline.records[found].word.is_some();
        let index = self.open_record(found, &range);
        let (kind, anchor) = (self.outline.records[found].kind, self.records.list[index as usize].anchor);
        if printed {
            self.html("<blockquote");
            self.record_class(kind, "");
            self.segment(Segment::Anchor(anchor));
            self.html(">\n");
        } else {
            self.html("<div class=\"place\">");
            self.place(anchor);
            self.html("</div>\n");
        }
        self.records.list[index as usize].stretch = self.here_on();
        (self.pending.speaks, self.pending.opens) = (Speaks::Record, opens);
        true
    }

    /// Ends the records that end before the event `at`.
    pub(super) fn close_records(&mut self, at: usize) {
        while self.records.open.last().is_some_and(|open| open.end <= at) {
            self.begin_block();
            self.close_record();
            self.end_block();
        }
    }

    /// Begins the sections and groups that begin with the event `at`.
    pub(super) fn open_records(&mut self, at: usize) {
        let Some(place) = self.outline.place(at) else { return };
        for found in place.opens.into_iter().flatten() {
            if matches!(self.outline.records[found].form, Form::Section | Form::Group) {
                self.begin_block();
                self.open_wrapped(found, at);
                self.end_block();
            }
        }
    }

    /// Begins a record that gets an element of its own around its blocks.
    fn open_wrapped(&mut self, found: usize, at: usize) {
        let (form, kind) = (self.outline.records[found].form, self.outline.records[found].kind);
        let first = self.from.list.get(at).map_or(0..0, |(_, range)| range.clone());
        let index = self.open_record(found, &first);
        // A fold of HTML's can begin in one section and end in another; no element can lie across it.
        let element = form == Form::Group || self.details.is_empty();
        if element {
            self.html("<section");
            self.record_class(kind, "");
            let anchor = self.records.list[index as usize].anchor;
            if anchor != NO_ANCHOR {
                self.segment(Segment::Anchor(anchor));
            }
            self.html(">\n");
            self.records.open.last_mut().unwrap_or_else(|| unreachable!("it was opened above")).tag = "</section>\n";
        }
        self.records.list[index as usize].stretch = self.here_on();
    }

    /// Whether what is said of a section makes no other record of it than the heading's own: then the heading's anchor
    /// is its anchor.
    fn item_only(&self, braces: &[Braces<'_>]) -> bool {
        braces.iter().all(|braces| self.kind_named(&braces.attributes).is_none())
    }

    /// The kind that attributes name.
    pub(super) fn kind_named(&self, attributes: &Attributes<'_>) -> Option<KindId> {
        let records = self.from.dialect.records?;
        attributes.kinds.iter().find_map(|name| records.by_name(name)).map(|kind| kind.id)
    }

    /// Begins a record that the outline found; its element is the caller's.
    pub(super) fn open_record(&mut self, found: usize, first: &Range<usize>) -> u32 {
        let record = &mut self.outline.records[found];
        let (kind, form, end, nearest) = (record.kind, record.form, record.end, record.nearest);
        let (word, number, braces) = (record.word.take(), record.number.take(), std::mem::take(&mut record.braces));
        let anchor = (form != Form::Section || !self.item_only(&braces)).then(|| self.record_anchor(first));
        let index = self.begin_record(kind, first, anchor, nearest, false);
        self.records.written.insert(found, index);
        self.records.list[index as usize].number = number;
        for braces in &braces {
            self.say_of(index, braces);
        }
        self.outline.records[found].braces = braces;
        let what = What::Record { index, form };
        self.records.open.push(Open { what, end, tag: "", text: String::new(), word });
        index
    }

    fn record_anchor(&mut self, first: &Range<usize>) -> u32 {
        let line = self.first_line(first);
        self.add_anchor(String::new(), AnchorKind::Record, &line)
    }

    /// A record without a name, at this place.
    fn begin_record(
        &mut self,
        kind: KindId,
        first: &Range<usize>,
        anchor: Option<u32>,
        nearest: Below,
        in_line: bool,
    ) -> u32 {
        let index = small(self.records.list.len());
        let links = small(self.body.links.len());
        let inside = self.records.open.iter().rev().find_map(|open| match open.what {
            What::Record { index, .. } => Some(index),
            What::Limb { .. } => None,
        });
        let (span, stretch) = (self.from.span(&self.first_line(first)), self.here_on());
        self.records.list.push(Written {
            kind,
            name: "".into(),
            named: false,
            in_line,
            anchor: anchor.unwrap_or(NO_ANCHOR),
            label: None,
            inside,
            stretch,
            lead: "".into(),
            number: None,
            purpose: None,
            by: None,
            due: None,
            outcome: None,
            attributes: Vec::new(),
            limbs: Vec::new(),
            links: Stretch { first: links, end: links },
            span,
        });
        self.records.nameless.push(Nameless { index, nearest, given: None });
        index
    }

    /// An empty stretch that begins with what is written next.
    fn here_on(&mut self) -> Stretch {
        self.flush();
        let here = small(self.body.segments.len());
        Stretch { first: here, end: here }
    }

    /// The first line of a range of the text.
    fn first_line(&self, range: &Range<usize>) -> Range<usize> {
        let line = self.from.text[range.clone()].trim_end();
        range.start..range.start + line.find('\n').unwrap_or(line.len())
    }

    /// The class of a record's element, in an opening tag.
    pub(super) fn record_class(&mut self, kind: KindId, other: &str) {
        let name = self.from.dialect.records.and_then(|records| records.kind(kind)).map(|kind| kind.name.clone());
        self.html(" class=\"record ");
        self.escaped(&name.unwrap_or_default());
        self.html(other);
        self.html("\"");
    }

    /// The record that the outline calls `found`, once it is begun.
    pub(super) fn record_of(&self, found: usize) -> Option<u32> {
        self.records.written.get(&found).copied()
    }

    // Names.

    /// Gives names to the records whose labels are written by now.
    pub(super) fn name_records(&mut self) {
        for Nameless { index, nearest, given } in std::mem::take(&mut self.records.nameless) {
            let label = self.anchor_of(nearest);
            let record = &self.records.list[index as usize];
            let (kind, anchor) = (record.kind, record.anchor);
            let wanted = match &given {
                Some((name, _)) => name_part(name),
                None => self.name_of_place(label),
            };
            let times = self.records.names.entry((kind, wanted.clone())).or_insert(0);
            *times += 1;
            let name = if *times > 1 { format!("{wanted}-{times}") } else { wanted };
            if let Some((typed, range)) = given.as_ref().filter(|_| *times > 1) {
                self.diagnostics.duplicate_anchor(self.from.span(range), typed, &name);
            }
            if anchor != NO_ANCHOR && self.body.anchors[anchor as usize].id.is_empty() {
                let kind = self.from.dialect.records.and_then(|records| records.kind(kind));
                let id = format!("{}-{name}", kind.map_or("record", |kind| &kind.name));
                let id = self.anchors.labelled(id).unwrap_or_else(|(_, other)| other);
                self.body.anchors[anchor as usize].id = id.into();
            }
            let record = &mut self.records.list[index as usize];
            (record.name, record.named, record.label) = (name.into(), given.is_some(), label);
        }
    }

    /// The name of the place and of the label, for a record to which its author gave none.
    fn name_of_place(&self, label: Option<u32>) -> String {
        let place = self.from.dialect.place;
        let id = label.map(|label| &*self.body.anchors[label as usize].id);
        match id.and_then(|id| id.split_once('-')) {
            Some((_, label)) if place.is_empty() => name_part(label),
            Some((_, label)) => format!("{}-{}", name_part(place), name_part(label)),
            None => name_part(place),
        }
    }

    // Attributes.

    /// Takes what an author says of a record.
    fn say_of(&mut self, index: u32, braces: &Braces<'_>) {
        if let Some(name) = braces.attributes.id {
            let nameless = self.records.nameless.iter_mut().find(|nameless| nameless.index == index);
            if let Some(nameless) = nameless.filter(|nameless| nameless.given.is_none()) {
                nameless.given = Some((name.to_owned(), braces.range.clone()));
            }
        }
        self.tell_unknown(&braces.attributes);
        let kind = self.records.list[index as usize].kind;
        let attributes = self.pairs(&braces.attributes, Some(kind));
        self.records.list[index as usize].attributes.extend(attributes);
    }

    /// Takes the attributes of a block, and says where they are of nothing.
    pub(super) fn speak(&mut self, braces: &Braces<'_>, speaks: Speaks) {
        match speaks {
            Speaks::Record => {}
            Speaks::Limb { index, limb } => {
                self.tell_unknown(&braces.attributes);
                let kind = self.records.list[index as usize].kind;
                let attributes = self.pairs(&braces.attributes, Some(kind));
                self.records.list[index as usize].limbs[limb].attributes.extend(attributes);
            }
            Speaks::Nobody => self.tell_stray(braces),
        }
    }

    /// Attributes where nothing is that could have them.
    pub(super) fn tell_stray(&mut self, braces: &Braces<'_>) {
        self.tell_unknown(&braces.attributes);
        let stray = self.pairs(&braces.attributes, None);
        let kind = self.kind_named(&braces.attributes).is_some();
        let says = kind || (!stray.is_empty() && braces.attributes.kinds.is_empty());
        if says && self.from.dialect.records.is_some() && self.records.told < MOST_TOLD {
            self.records.told += 1;
            self.diagnostics.stray_attributes(self.from.span(&braces.range));
        }
    }

    /// The pairs of attributes, without those that speak of the place.
    fn pairs(&mut self, attributes: &Attributes<'_>, kind: Option<KindId>) -> Vec<Attribute> {
        let mut pairs = Vec::new();
        for (key, value) in &attributes.pairs {
            let range = self.pair_range(key, value);
            let decides = self.from.dialect.records.and_then(|records| records.decides(key, kind));
            if let Some(field) = decides {
                self.diagnostics.record_cannot_withhold(self.from.span(&range), key, field);
                self.records.in_doubt = true;
            } else if !OF_THE_PLACE.contains(key) {
                pairs.push(Attribute { key: (*key).into(), value: (*value).into(), span: self.from.span(&range) });
            }
        }
        pairs
    }

    /// Where one `key="value"` stands: both are pieces of the text.
    pub(super) fn pair_range(&self, key: &str, value: &str) -> Range<usize> {
        let at = |piece: &str| (piece.as_ptr() as usize).wrapping_sub(self.from.text.as_ptr() as usize);
        let start = at(key).min(self.from.text.len());
        let end = if value.is_empty() { start + key.len() } else { at(value) + value.len() };
        let quote =
            self.from.text.get(end..).and_then(|rest| rest.chars().next()).filter(|next| matches!(next, '"' | '”'));
        start..end.clamp(start, self.from.text.len()) + quote.map_or(0, char::len_utf8)
    }

    /// Says that a word behind a dot is no kind of record.
    pub(super) fn tell_unknown(&mut self, attributes: &Attributes<'_>) {
        let Some(records) = self.from.dialect.records else { return };
        for name in attributes.kinds.iter().filter(|name| records.by_name(name).is_none()) {
            // What may be an exemption is asked about in other words.
            if self.records.told < MOST_TOLD && !resembles_exemption(&format!("{{.{name}}}")) {
                self.records.told += 1;
                let span = self.from.span(&self.pair_range(name, ""));
                self.diagnostics.unknown_record(span, name, records.nearest(name));
            }
        }
    }

    // Parts.

    /// Begins a part of the record that the outline calls `found`. Returns to whom its attributes belong, and its anchor
    /// if it has a label.
    pub(super) fn open_limb(
        &mut self,
        found: usize,
        label: Option<usize>,
        own: &Range<usize>,
    ) -> (Speaks, Option<u32>) {
        let Some(index) = self.record_of(found) else { return (Speaks::Nobody, None) };
        self.name_records();
        let span = self.from.span(&self.first_line(own));
        let anchor = label.map(|label| self.limb_anchor(index, label));
        let printed = label.map(|label| self.outline.labels[label].label.clone());
        let stretch = self.here_on();
        let limbs = &mut self.records.list[index as usize].limbs;
        let limb = limbs.len();
        limbs.push(Limb {
            label: printed,
            anchor: anchor.unwrap_or(NO_ANCHOR),
            stretch,
            outcome: None,
            attributes: Vec::new(),
            span,
        });
        let what = What::Limb { index, limb };
        self.records.open.push(Open { what, end: usize::MAX, tag: "", text: String::new(), word: None });
        (Speaks::Limb { index, limb }, anchor)
    }

    fn limb_anchor(&mut self, index: u32, label: usize) -> u32 {
        let known = &self.outline.labels[label];
        let (typed, printed) = (known.typed.clone(), known.label.clone());
        let above = match known.below {
            Below::Label(above) => self.records.parts.get(&above).filter(|(other, _)| *other == index),
            _ => None,
        };
        let part = above.map_or_else(|| printed.to_string(), |(_, above)| format!("{above}.{printed}"));
        let record = self.records.list[index as usize].anchor;
        let record = if record == NO_ANCHOR { "" } else { &*self.body.anchors[record as usize].id };
        let id = self.anchors.labelled(format!("{record}.{part}")).unwrap_or_else(|(_, other)| other);
        let anchor = self.add_anchor(id, AnchorKind::Record, &typed);
        self.body.anchors[anchor as usize].label = Some(part.as_str().into());
        self.records.parts.insert(label, (index, part));
        anchor
    }

    /// Ends the innermost part.
    pub(super) fn close_limb(&mut self) {
        let end = self.here_on().end;
        let Some(Open { what: What::Limb { index, limb }, text, .. }) = self.records.open.pop() else { return };
        let record = &mut self.records.list[index as usize];
        let (kind, anchor) = (record.kind, record.anchor);
        let word = self
            .records
            .open
            .iter()
            .rev()
            .find(|open| matches!(open.what, What::Record { index: open, .. } if open == index));
        let word = word.and_then(|open| open.word.as_deref());
        let verbs = self.from.dialect.records.and_then(|records| records.kind(kind)).map(|kind| &kind.verbs[..]);
        let limb = &mut record.limbs[limb];
        if limb.stretch.end <= limb.stretch.first {
            limb.stretch.end = end.max(limb.stretch.first);
        }
        limb.outcome = outcome(&text, word, verbs.unwrap_or_default());
        if limb.anchor == NO_ANCHOR {
            limb.anchor = anchor;
        }
        self.pass_on(text);
    }

    // Words.

    /// Hears the words of a block: the innermost record or part that is open keeps the first of them.
    pub(super) fn hear(&mut self) {
        if self.records.open.is_empty() {
            return;
        }
        let words = self.heard().to_owned();
        self.pass_on(words);
    }

    /// The words of the present block, without those that open a record.
    pub(super) fn heard(&self) -> &str {
        let words = self.plain.trim();
        let bare = self.from.dialect.records.filter(|_| self.opening_words);
        let length = bare.and_then(|records| records.opening(words, true)).map_or(0, |opening| opening.length);
        words[length..].trim()
    }

    fn pass_on(&mut self, words: String) {
        if let Some(open) = self.records.open.last_mut().filter(|open| open.text.len() < HEARD && !words.is_empty()) {
            if !open.text.is_empty() {
                open.text.push(' ');
            }
            open.text.push_str(first_words(&words, HEARD));
        }
    }

    /// Ends the innermost record.
    pub(super) fn close_record(&mut self) {
        self.name_records();
        let end = self.here_on().end;
        let Some(Open { what: What::Record { index, form }, tag, text, word, .. }) = self.records.open.pop() else {
            return;
        };
        let stretch = &mut self.records.list[index as usize].stretch;
        if stretch.end <= stretch.first {
            stretch.end = end.max(stretch.first);
        }
        if let Some(outer) = self.records.twins.get(&index) {
            self.records.list[*outer as usize].stretch.end = end;
        }
        if form != Form::Section {
            self.segment(Segment::Record(index));
        }
        self.html(tag);
        let links = small(self.body.links.len());
        let anchor = self.records.list[index as usize].anchor;
        if anchor == NO_ANCHOR {
            // Its heading was not printed.
            let span = self.records.list[index as usize].span;
            self.body.anchors.push(crate::model::Anchor {
                id: self.anchors.of_words(0).into(),
                kind: AnchorKind::Record,
                label: None,
                span,
            });
            self.records.list[index as usize].anchor = small(self.body.anchors.len() - 1);
        }
        if form == Form::Group && text.trim().is_empty() {
            let span = self.records.list[index as usize].span;
            self.diagnostics.empty_record(span, word.as_deref().unwrap_or_default());
        }
        let text = if text.trim().is_empty() { word.as_deref().unwrap_or_default().to_owned() } else { text };
        let record = &mut self.records.list[index as usize];
        record.links.end = links;
        if form != Form::Section || record.lead.is_empty() {
            record.lead = first_words(&text, LEAD).into();
        }
        if record.limbs.is_empty() && form != Form::Section {
            let verbs =
                self.from.dialect.records.and_then(|records| records.kind(record.kind)).map(|kind| &kind.verbs[..]);
            record.outcome = outcome(&text, word.as_deref(), verbs.unwrap_or_default());
        }
        self.pass_on(text);
    }

    // Headings.

    /// What a heading says of the records that it opens; its anchor is `own`, its words are still in `plain`.
    pub(super) fn head_records(&mut self, at: usize, own: u32, words: &str, label: Option<&str>) {
        let Some(place) = self.outline.place(at) else { return };
        let opened: Vec<u32> = place.opens.into_iter().flatten().filter_map(|found| self.record_of(found)).collect();
        let item = place.opens[0].and_then(|found| self.record_of(found));
        if let [outer, inner] = opened[..] {
            self.records.twins.insert(inner, outer);
        }
        self.name_records();
        for index in opened {
            let record = &mut self.records.list[index as usize];
            record.lead = first_words(words, LEAD).into();
            record.number = label.map(Into::into);
            if record.anchor == NO_ANCHOR {
                record.anchor = own;
            }
            self.segment(Segment::Record(index));
            let stretch = self.here_on();
            self.records.list[index as usize].stretch = stretch;
        }
        self.after_item = item.map(|item| (self.next_event(at), item));
    }

    /// The event behind the heading that begins with `at`.
    fn next_event(&self, at: usize) -> usize {
        super::events::run_end(self.from.list, at + 1) + 1
    }

    /// A paragraph in brackets right below an item is what the meeting was asked to do.
    pub(super) fn purpose(&mut self, start: Option<usize>, range: &Range<usize>) {
        let Some((at, item)) = self.after_item.take() else { return };
        let inside = self.plain.trim().strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        if let Some(inside) = inside.filter(|_| start == Some(at)) {
            let words = inside.split_whitespace().collect::<Vec<_>>().join(" ");
            let purpose = Words { text: words.into(), span: self.from.span(range) };
            self.records.list[item as usize].purpose = Some(purpose);
        }
    }

    // Lines.

    /// Begins words in a line that braces, or a bracket behind them, make a record of.
    pub(super) fn open_words(&mut self, kind: KindId, braces: Option<&Braces<'_>>, range: &Range<usize>) -> u32 {
        let anchor = self.record_anchor(range);
        let index = self.begin_record(kind, range, Some(anchor), self.nearest, true);
        if let Some(braces) = braces {
            self.say_of(index, braces);
        }
        self.name_records();
        self.html("<span");
        self.record_class(kind, "");
        self.segment(Segment::Anchor(anchor));
        self.html(">");
        let stretch = self.here_on();
        self.records.list[index as usize].stretch = stretch;
        index
    }

    /// Ends them; `from` is where they began in `plain`.
    pub(super) fn close_words(&mut self, index: u32, from: usize) {
        let end = self.here_on().end;
        self.html("</span>");
        let links = small(self.body.links.len());
        let words = self.plain.get(from..).unwrap_or_default().trim();
        let record = &mut self.records.list[index as usize];
        (record.stretch.end, record.links.end) = (end, links);
        record.lead = first_words(words, LEAD).into();
        let verbs = self.from.dialect.records.and_then(|records| records.kind(record.kind)).map(|kind| &kind.verbs[..]);
        record.outcome = outcome(first_words(words, HEARD), None, verbs.unwrap_or_default());
    }

    /// What a bracket behind a sentence says of it.
    pub(super) fn undertaken(&mut self, index: u32, sentence: &Sentence) {
        let words = |range: &Range<usize>| {
            let range = sentence.bracket.start + range.start..sentence.bracket.start + range.end;
            Words { text: self.from.text[range.clone()].into(), span: self.from.span(&range) }
        };
        let (by, due) = (sentence.says.by.as_ref().map(words), sentence.says.due.as_ref().map(words));
        let record = &mut self.records.list[index as usize];
        (record.by, record.due) = (by, due);
    }
}

/// The anchor of what has none yet.
const NO_ANCHOR: u32 = u32::MAX;

/// A part of an id: small letters, digits, `.`, `_` and `-`.
fn name_part(name: &str) -> String {
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_');
    name.to_lowercase().chars().map(|letter| if fits(letter) { letter } else { '-' }).collect()
}
