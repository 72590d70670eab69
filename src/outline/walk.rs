//! The walk through a text that makes its outline: what stands above the place that it has come to, headings and the
//! sections that they open.
//!
//! Input: the events of a text, and what the passes found in it. Output: an [`Outline`]. Not here: lists and quotations
//! (`containers.rs`), paragraphs and the words with which they open (`paragraphs.rs`), and whether a number is a label
//! (`counting.rs`).

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::heading_labels::heading_labels;
use super::listed::{self, ListedItem};
use super::model::{BlockInfo, Form, LabelParent, Outline, RecordBlock, Remark, What};
use super::unnumbered;
use crate::kind::KindId;
use crate::lexicon::labels::{Numbers, Style};
use crate::markdown::attributes::Attributes;
use crate::markdown::blocks::Blocks;
use crate::markdown::events::{Piece, Traits, end_of, is_inline, plain, run_end};
use crate::markdown::plan::{Braces, NO_RECORD};
use crate::markdown::prepare::NOTICE;
use crate::recognise::TextRules;
use crate::recognise::findings::{Findings, Likely, Opener};
use crate::recognise::marked::Marked;

/// Looks through the events from `first` on.
pub(crate) fn outline<'a>(
    text: &'a str,
    list: &[Piece<'_>],
    first: usize,
    traits: Traits,
    rules: TextRules<'a>,
    findings: Findings,
) -> Outline<'a> {
    let mut walk = Walk {
        text,
        list,
        traits,
        rules,
        out: Outline { sentences: findings.sentences, marked: marked(text, list, rules), ..Outline::default() },
        openers: findings.openers,
        parts: findings.parts,
        frames: vec![Frame::new(Holder::Text, false)],
        headings: Vec::new(),
        sections: Vec::new(),
        base: None,
        levels: Vec::new(),
        after_letter: None,
        counted: Counted::default(),
        listed: Vec::new(),
        titled: HashSet::new(),
    };
    let items = rules.heading_kind.is_some() && !rules.plain && rules.passes.items;
    walk.out.headings = heading_labels(text, list, first, items.then(|| rules.lexicon()));
    if let Some(kind) = rules.heading_kind.filter(|_| items && rules.records.is_some()) {
        let found = listed::find(text, list, first, !walk.out.headings.is_empty(), rules.lexicon());
        if walk.out.headings.is_empty() && found.items.is_empty() && found.cells.is_empty() && findings.titled {
            walk.titled = unnumbered::headings(text, list, &Blocks::of(list, first), rules.lexicon());
        } else if !walk.out.headings.is_empty() && findings.titled {
            let numbered = walk.out.headings.iter().map(|label| label.event).collect();
            walk.titled = unnumbered::beside_numbered(text, list, &Blocks::of(list, first), rules.lexicon(), &numbered);
        }
        walk.listed = found.items;
        walk.out.cells = found.cells.into_iter().map(|cell| cell.of_kind(kind)).collect();
    }
    walk.all(first);
    let (mut out, item) = (walk.out, rules.heading_kind);
    out.likely = outside_records(&out, list, findings.likely, item);
    out
}

/// What its author says is no record.
fn marked(text: &str, list: &[Piece<'_>], rules: TextRules<'_>) -> Marked {
    let says = rules.records.is_some() && text.contains(NO_RECORD);
    if says { Marked::of(text, list, &Blocks::of(list, 0), rules.records) } else { Marked::default() }
}

/// What of `likely` stands in no record that is a block or several; items of the agenda hold all that was said.
fn outside_records(
    outline: &Outline<'_>,
    list: &[Piece<'_>],
    likely: Vec<Likely>,
    item: Option<KindId>,
) -> Vec<Likely> {
    let opened =
        outline.places.iter().flat_map(|place| place.opens.into_iter().flatten().map(|open| (place.event, open)));
    let records = opened.map(|(event, open)| (event, &outline.records[open]));
    let mut records: Vec<Range<usize>> =
        records.filter(|(_, record)| Some(record.kind) != item).map(|(event, record)| event..record.end).collect();
    records.sort_by_key(|range| range.start);
    // Records that lie in one another end with the outer one.
    let mut end = 0;
    for range in &mut records {
        end = end.max(range.end);
        range.end = end;
    }
    let outside = |one: &Likely| {
        let before = records.partition_point(|range| range.start <= one.run);
        let inside = before.checked_sub(1).is_some_and(|before| one.run < records[before].end);
        !inside && list.get(one.run).is_some()
    };
    likely.into_iter().filter(outside).collect()
}

/// The text itself, or a quotation, list or item in it.
pub(crate) struct Frame {
    pub(crate) holder: Holder,
    /// Whether numbers in it are no labels: in a quotation that is no record.
    pub(crate) quiet: bool,
    /// Whether a block of it was seen.
    pub(crate) begun: bool,
    /// The record that it is as a whole.
    pub(crate) record: Option<usize>,
    /// The item of the agenda that it is as a whole.
    pub(crate) item: Option<usize>,
    /// The record whose parts may still follow.
    pub(crate) group: Option<usize>,
    /// What the list counts.
    pub(crate) list: Option<Count>,
    /// What lettered labels hung on outside.
    pub(crate) outside: Option<(Option<usize>, Vec<Level>)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    Text,
    Quotation,
    List,
    Item,
    Other,
}

impl Frame {
    pub(crate) fn new(holder: Holder, quiet: bool) -> Self {
        Self { holder, quiet, begun: false, record: None, item: None, group: None, list: None, outside: None }
    }
}

/// How the items of a list are numbered, and what their numbers hang on.
#[derive(Clone, Copy)]
pub(crate) struct Count {
    pub(crate) parent: LabelParent,
    /// The record whose parts they are.
    pub(crate) limbs_of: Option<usize>,
    /// Whether they number the paragraphs of the text.
    pub(crate) paragraphs: bool,
    /// Whether gaps and repeats are worth a message.
    pub(crate) told: bool,
    /// The number before.
    pub(crate) last: Option<u64>,
}

/// A list of letters that is open.
#[derive(Clone, Copy)]
pub(crate) struct Level {
    pub(crate) style: Style,
    pub(crate) value: u16,
    pub(crate) label: usize,
}

/// A heading under which the text now stands.
pub(crate) struct Heading {
    pub(crate) level: u8,
    pub(crate) event: usize,
    pub(crate) labelled: bool,
    /// Its number, as far as it counts.
    pub(crate) numbers: Option<Numbers>,
}

/// The walk through a text: what stands above the place that it has come to.
pub(crate) struct Walk<'a, 'l> {
    pub(crate) text: &'a str,
    pub(crate) list: &'l [Piece<'l>],
    pub(crate) traits: Traits,
    pub(crate) rules: TextRules<'a>,
    pub(crate) out: Outline<'a>,
    /// Paragraphs that open a record or only seem to, in order.
    openers: Vec<Opener>,
    /// Paragraphs that are what the mark above them says was decided, in order.
    parts: Vec<usize>,
    pub(crate) frames: Vec<Frame>,
    pub(crate) headings: Vec<Heading>,
    /// Records that are sections and open, with the levels of their headings.
    sections: Vec<(u8, usize)>,
    /// The nearest numbered paragraph above in its section.
    pub(crate) base: Option<usize>,
    pub(crate) levels: Vec<Level>,
    /// The lettered label of the block just above, if that ends with a colon.
    pub(crate) after_letter: Option<usize>,
    /// The numbers that were counted.
    pub(crate) counted: Counted,
    /// Items of lists that are items of the agenda, in order.
    pub(crate) listed: Vec<ListedItem>,
    /// Headings without a number that head items.
    titled: HashSet<usize>,
}

/// The numbers that were seen on the way.
#[derive(Default)]
pub(crate) struct Counted {
    /// The last dotted label.
    pub(crate) last: Option<Numbers>,
    /// All dotted labels.
    pub(crate) seen: HashSet<Numbers>,
    /// The number and level of the last item.
    last_item: Option<(u8, Numbers)>,
    /// Whether an item was seen: then its paragraphs are counted in it.
    pub(crate) item_seen: bool,
    /// The last number of the list that numbers the paragraphs.
    pub(crate) last_listed: Option<u64>,
    /// Whether the section was taken in another order than it is printed.
    pub(crate) reordered: bool,
    /// Whether something exempt stood here since the last label.
    pub(crate) notice: bool,
}

impl<'a> Walk<'a, '_> {
    pub(crate) fn all(&mut self, first: usize) {
        let mut at = first;
        while let Some((event, range)) = self.list.get(at) {
            at = match event {
                Event::Start(Tag::Heading { level, .. }) => self.heading(at, (*level as u8).max(2)),
                Event::Start(Tag::Paragraph) => {
                    let end = run_end(self.list, at + 1);
                    self.leaf(at, at + 1..end);
                    end
                }
                Event::Start(Tag::Table(_) | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                    self.other(at);
                    end_of(self.list, at) + 1
                }
                // A footnote is printed elsewhere: nothing in it hangs on what stands here.
                Event::Start(Tag::FootnoteDefinition(_) | Tag::DefinitionListTitle) => end_of(self.list, at) + 1,
                Event::Start(tag) if !is_inline(event) => {
                    self.open(tag, at, range);
                    at + 1
                }
                Event::End(TagEnd::Paragraph) => at + 1,
                Event::End(_) if !is_inline(event) => {
                    self.close(at);
                    at + 1
                }
                Event::Rule => {
                    self.other(at);
                    at + 1
                }
                _ if is_inline(event) => {
                    let end = run_end(self.list, at);
                    self.leaf(at, at..end);
                    end
                }
                _ => at + 1,
            };
        }
        self.close_sections(0, self.list.len());
        while !self.frames.is_empty() {
            self.close(self.list.len());
        }
    }

    pub(crate) fn frame(&mut self) -> &mut Frame {
        self.frames.last_mut().unwrap_or_else(|| unreachable!("the frame of the text is closed last"))
    }

    /// What is known of the block that begins with `event`; it begins after all others so far.
    pub(crate) fn place(&mut self, event: usize) -> &mut BlockInfo {
        if self.out.places.last().is_none_or(|place| place.event != event) {
            let nearest = self.nearest(None);
            let place = BlockInfo { event, label: None, opens: [None; 2], limb_of: None, nearest };
            self.out.places.push(place);
        }
        self.out.places.last_mut().unwrap_or_else(|| unreachable!("one was pushed above"))
    }

    /// The nearest label: that of the block, of the items around it, of the paragraph above, of the section.
    pub(crate) fn nearest(&self, own: Option<usize>) -> LabelParent {
        let label = own.or(self.base);
        match (label, self.headings.iter().rev().find(|heading| heading.labelled)) {
            (Some(label), _) => LabelParent::Label(label),
            (None, Some(heading)) => LabelParent::Heading(heading.event),
            (None, None) => LabelParent::Nothing,
        }
    }

    /// A block that is no part of a record.
    pub(crate) fn other(&mut self, at: usize) {
        self.end_group(at);
        self.frame().begun = true;
        self.after_letter = None;
    }

    /// The record whose parts could have followed ends before the event `at`.
    pub(crate) fn end_group(&mut self, at: usize) {
        if let Some(record) = self.frame().group.take() {
            self.out.records[record].end = at;
        }
    }

    pub(crate) fn record(&mut self, kind: KindId, form: Form, nearest: LabelParent, braces: Vec<Braces<'a>>) -> usize {
        let end = self.list.len();
        self.out.records.push(RecordBlock {
            braces,
            kind,
            form,
            end,
            word: None,
            number: None,
            nearest,
            finished: false,
            mark: "".into(),
            said: Vec::new(),
            title: None,
        });
        self.out.records.len() - 1
    }

    /// What recognition found of the paragraph with these inline events as the opening of a record.
    pub(crate) fn opener(&self, run: &Range<usize>) -> Option<&Opener> {
        let at = self.openers.binary_search_by_key(&run.start, |opener| opener.run).ok()?;
        Some(&self.openers[at])
    }

    /// Whether a paragraph with these inline events is what the mark above it says was decided.
    pub(crate) fn is_part(&self, run: &Range<usize>) -> bool {
        self.parts.binary_search(&run.start).is_ok()
    }

    // Headings.

    pub(crate) fn heading(&mut self, at: usize, level: u8) -> usize {
        let run = at + 1..run_end(self.list, at + 1);
        let next = run.end + 1;
        let words = plain(&self.list[run.clone()]);
        if words.starts_with(NOTICE) {
            // What is exempt may have been a number of the series or a part of the record.
            (self.counted.notice, self.frame().begun) = (true, true);
            return next;
        }
        self.other(at);
        if self.frames.len() > 1 {
            return next;
        }
        self.close_sections(level, at);
        while self.headings.last().is_some_and(|heading| heading.level >= level) {
            self.headings.pop();
        }
        let attributes = self.attributes(run.clone());
        let headed = self.out.heading_label(at).cloned();
        let numbers = headed.as_ref().and_then(|headed| Numbers::of_heading(&headed.label));
        let labelled = headed.is_some();
        self.headings.push(Heading { level, event: at, labelled, numbers });
        if labelled || !self.headings.iter().any(|heading| heading.labelled) {
            (self.base, self.levels) = (None, Vec::new());
        }
        self.counted.item_seen |= labelled && self.rules.heading_kind.is_some();
        if let Some(headed) = headed {
            let typed = headed.range;
            let order = |key: &str| self.rules.records.is_some_and(|records| records.is_order(key));
            self.counted.reordered = says(&attributes, |key| key == "skip" || order(key));
            self.item(level, numbers, typed);
        }
        self.heading_records(at, level, labelled, attributes);
        next
    }

    /// An item that stands after one that should follow it.
    pub(crate) fn item(&mut self, level: u8, numbers: Option<Numbers>, typed: Option<Range<usize>>) {
        let Some(numbers) = numbers.filter(|_| self.rules.heading_kind.is_some()) else { return };
        let back = self
            .counted
            .last_item
            .filter(|(other, last)| *other == level && numbers < *last && !self.counted.reordered);
        if let Some(((_, last), typed)) = back.zip(typed) {
            self.out.remarks.push(Remark { typed, what: What::Back(last.to_string()) });
        }
        self.counted.last_item = Some((level, numbers));
    }

    /// The item that a heading heads, and the record that its attributes make of it.
    pub(crate) fn heading_records(&mut self, at: usize, level: u8, labelled: bool, attributes: Vec<Braces<'a>>) {
        let nearest = self.nearest(None);
        let heads = labelled || self.titled.contains(&at);
        let item = self.rules.heading_kind.filter(|_| heads && self.rules.records.is_some());
        let marked = self.kind_of(&attributes);
        let (of_marked, of_item) = attributes.into_iter().partition(|_| marked.is_some());
        let opens = [(item, of_item), (marked, of_marked)]
            .map(|(kind, braces)| kind.map(|kind| self.record(kind, Form::Section, nearest, braces)));
        if opens != [None; 2] {
            self.sections.extend(opens.iter().flatten().map(|record| (level, *record)));
            self.place(at).opens = opens;
        }
    }

    pub(crate) fn close_sections(&mut self, level: u8, at: usize) {
        while let Some((_, record)) = self.sections.pop_if(|(open, _)| *open >= level) {
            self.out.records[record].end = at;
        }
    }
}

/// Whether attributes have a key that fits.
pub(crate) fn says(attributes: &[Braces<'_>], fits: impl Fn(&str) -> bool) -> bool {
    let mut pairs = attributes.iter().flat_map(|Braces { attributes: Attributes { pairs, .. }, .. }| pairs);
    pairs.any(|(key, _)| fits(key))
}
