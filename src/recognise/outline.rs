//! The outline of a text: which numbers and letters that open its lines are labels, what each of them hangs on, and
//! where records begin and end (content.md §3).
//!
//! Enters: the events of a text. Leaves: an [`Outline`], in the order of the text, and the line breaks at which a
//! paragraph is two. **Whether a number is a label depends only on what stands above it**, so that nothing that is
//! added below moves an anchor. Absent: HTML, ids (`written.rs` and `writer.rs` make them), what records are called.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::TextRules;
use super::labels::{self, Numbers, Style};
use super::records::{RecordWords, begins_that};
use crate::kind::KindId;
use crate::markdown::attributes::{self, Attributes};
use crate::markdown::events::{Piece, Traits, covered, end_of, is_inline, run_end, without_blanks};
use crate::markdown::plan::{Braces, at_line_ends, escaped};
use crate::markdown::prepare::{NOTICE, SHIELD};

/// What is known of a text before it is written.
#[derive(Debug, Default)]
pub(crate) struct Outline<'a> {
    /// Printed labels, in order.
    pub(crate) labels: Vec<Label>,
    /// Records that are blocks, in the order in which they begin.
    pub(crate) records: Vec<RecordBlock<'a>>,
    /// The blocks of which something is known, in order.
    pub(crate) places: Vec<BlockInfo>,
    /// The events that end a line behind which a new paragraph begins, although nothing parts the two.
    pub(crate) breaks: Vec<usize>,
    /// The printed numbers of headings, as typed, with the events that begin the headings.
    pub(crate) headings: Vec<(usize, Range<usize>)>,
    /// What an author should look at.
    pub(crate) remarks: Vec<Remark>,
}

/// A printed label.
#[derive(Debug)]
pub(crate) struct Label {
    /// Where it stands, as typed, brackets and full stop included.
    pub(crate) typed: Range<usize>,
    /// Without them.
    pub(crate) label: Box<str>,
    /// What it hangs on.
    pub(crate) parent: LabelParent,
    /// Whether another label that is equal to it is worth a message.
    pub(crate) told: bool,
}

/// What a label hangs on, and so how its anchor begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum LabelParent {
    /// Nothing that could be cited; the words make the anchor.
    #[default]
    Nothing,
    /// The text: it numbers a paragraph.
    Text,
    /// The heading that begins with this event.
    Heading(usize),
    /// Another label.
    Label(usize),
}

/// What the outline knows of the block that begins with one event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BlockInfo {
    /// The event.
    pub(crate) event: usize,
    /// The block's label.
    pub(crate) label: Option<usize>,
    /// The records that begin with it: the outer one, the inner one.
    pub(crate) opens: [Option<usize>; 2],
    /// The record of which it is a part.
    pub(crate) limb_of: Option<usize>,
    /// The nearest label at or above it.
    pub(crate) nearest: LabelParent,
}

/// What holds the words of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// All up to the next heading of its level.
    Section,
    /// A paragraph and the blocks behind it that are its parts.
    Group,
    /// A block quote.
    Quotation,
    /// An item of a list.
    Item,
    /// One paragraph.
    Paragraph,
}

/// A record that is a block or several.
#[derive(Debug)]
pub(crate) struct RecordBlock<'a> {
    /// What its author said of it.
    pub(crate) braces: Vec<Braces<'a>>,
    pub(crate) kind: KindId,
    pub(crate) form: Form,
    /// The event behind it; of a quotation or an item, the one that ends it.
    pub(crate) end: usize,
    /// The word that opens it, as the kind's file has it,
    pub(crate) word: Option<Box<str>>,
    /// and the number behind that word.
    pub(crate) number: Option<Box<str>>,
    /// The nearest label at or above it.
    pub(crate) nearest: LabelParent,
    /// Whether its first sentence is whole, so that a list behind it is another matter.
    finished: bool,
}

/// Something that an author should look at.
#[derive(Debug)]
pub(crate) struct Remark {
    /// The label, as typed.
    pub(crate) typed: Range<usize>,
    pub(crate) what: What,
}

/// What there is to look at.
#[derive(Debug)]
pub(crate) enum What {
    /// A number is missing before it: the one that was expected.
    Gap(String),
    /// It stands behind one that should follow it.
    Back(String),
    /// It may be a label or part of a sentence, and was taken for the latter.
    Doubtful,
}

/// Looks through the events from `first` on.
pub(crate) fn outline<'a>(
    text: &'a str,
    list: &[Piece<'_>],
    first: usize,
    traits: Traits,
    rules: TextRules<'a>,
) -> Outline<'a> {
    let mut walk = Walk {
        text,
        list,
        traits,
        rules,
        out: Outline::default(),
        frames: vec![Frame::new(Holder::Text, false)],
        headings: Vec::new(),
        sections: Vec::new(),
        last: None,
        seen: HashSet::new(),
        last_item: None,
        item_seen: false,
        last_listed: None,
        base: None,
        levels: Vec::new(),
        after_letter: None,
        reordered: false,
        notice: false,
    };
    walk.all(first);
    walk.out
}

impl Outline<'_> {
    /// What is known of the block that begins with `event`.
    pub(crate) fn place(&self, event: usize) -> Option<&BlockInfo> {
        self.places.binary_search_by_key(&event, |place| place.event).ok().map(|index| &self.places[index])
    }

    /// The same outline after events were added: `to` says where each event is now. The block after a break begins with
    /// the paragraph that was begun there.
    pub(crate) fn moved(mut self, to: impl Fn(usize) -> usize) -> Self {
        let breaks = std::mem::take(&mut self.breaks);
        let block = |event: usize| match event.checked_sub(1).filter(|before| breaks.binary_search(before).is_ok()) {
            Some(line_end) => to(line_end) + 1,
            None => to(event),
        };
        let parent = |parent: LabelParent| match parent {
            LabelParent::Heading(event) => LabelParent::Heading(to(event)),
            parent => parent,
        };
        for label in &mut self.labels {
            label.parent = parent(label.parent);
        }
        for record in &mut self.records {
            (record.end, record.nearest) = (block(record.end), parent(record.nearest));
        }
        for place in &mut self.places {
            (place.event, place.nearest) = (block(place.event), parent(place.nearest));
        }
        for (event, _) in &mut self.headings {
            *event = to(*event);
        }
        self
    }

    /// The printed number of the heading that begins with `event`.
    pub(crate) fn heading_number(&self, event: usize) -> Option<Range<usize>> {
        let index = self.headings.binary_search_by_key(&event, |(heading, _)| *heading).ok()?;
        Some(self.headings[index].1.clone())
    }
}

/// The text itself, or a quotation, list or item in it.
struct Frame {
    holder: Holder,
    /// Whether numbers in it are no labels: in a quotation that is no record.
    quiet: bool,
    /// Whether a block of it was seen.
    begun: bool,
    /// The record that it is as a whole.
    record: Option<usize>,
    /// The record whose parts may still follow.
    group: Option<usize>,
    /// What the list counts.
    list: Option<Count>,
    /// What lettered labels hung on outside.
    outside: Option<(Option<usize>, Vec<Level>)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    Text,
    Quotation,
    List,
    Item,
    Other,
}

impl Frame {
    fn new(holder: Holder, quiet: bool) -> Self {
        Self { holder, quiet, begun: false, record: None, group: None, list: None, outside: None }
    }
}

/// How the items of a list are numbered, and what their numbers hang on.
#[derive(Clone, Copy)]
struct Count {
    parent: LabelParent,
    /// The record whose parts they are.
    limbs_of: Option<usize>,
    /// Whether they number the paragraphs of the text.
    paragraphs: bool,
    /// Whether gaps and repeats are worth a message.
    told: bool,
    /// The number before.
    last: Option<u64>,
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
    level: u8,
    event: usize,
    labelled: bool,
    /// Its number, as far as it counts.
    pub(crate) numbers: Option<Numbers>,
}

/// The walk through a text: what stands above the place that it has come to.
pub(crate) struct Walk<'a, 'l> {
    pub(crate) text: &'a str,
    pub(crate) list: &'l [Piece<'l>],
    traits: Traits,
    rules: TextRules<'a>,
    pub(crate) out: Outline<'a>,
    frames: Vec<Frame>,
    pub(crate) headings: Vec<Heading>,
    /// Records that are sections and open, with the levels of their headings.
    sections: Vec<(u8, usize)>,
    /// The last dotted label, and all so far.
    pub(crate) last: Option<Numbers>,
    pub(crate) seen: HashSet<Numbers>,
    /// The number and level of the last item.
    last_item: Option<(u8, Numbers)>,
    /// Whether an item was seen: then its paragraphs are counted in it.
    item_seen: bool,
    /// The last number of the list that numbers the paragraphs.
    last_listed: Option<u64>,
    /// The nearest numbered paragraph above in its section.
    pub(crate) base: Option<usize>,
    pub(crate) levels: Vec<Level>,
    /// The lettered label of the block just above, if that ends with a colon.
    after_letter: Option<usize>,
    /// Whether the section was taken in another order than it is printed.
    pub(crate) reordered: bool,
    /// Whether something exempt stood here since the last label.
    pub(crate) notice: bool,
}

/// A label that was found in front of a block.
struct Opened {
    label: Option<usize>,
    /// Where the words behind it begin, and whether they are in bold.
    words: Option<(usize, bool)>,
}

impl<'a> Walk<'a, '_> {
    fn all(&mut self, first: usize) {
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

    fn frame(&mut self) -> &mut Frame {
        self.frames.last_mut().unwrap_or_else(|| unreachable!("the frame of the text is closed last"))
    }

    /// What is known of the block that begins with `event`; it begins behind all others so far.
    fn place(&mut self, event: usize) -> &mut BlockInfo {
        if self.out.places.last().is_none_or(|place| place.event != event) {
            let nearest = self.nearest(None);
            let place = BlockInfo { event, label: None, opens: [None; 2], limb_of: None, nearest };
            self.out.places.push(place);
        }
        self.out.places.last_mut().unwrap_or_else(|| unreachable!("one was pushed above"))
    }

    /// The nearest label: that of the block, of the items around it, of the paragraph above, of the section.
    fn nearest(&self, own: Option<usize>) -> LabelParent {
        let label = own.or(self.base);
        match (label, self.headings.iter().rev().find(|heading| heading.labelled)) {
            (Some(label), _) => LabelParent::Label(label),
            (None, Some(heading)) => LabelParent::Heading(heading.event),
            (None, None) => LabelParent::Nothing,
        }
    }

    fn records(&self) -> Option<&'a RecordWords> {
        self.rules.records
    }

    /// A block that is no part of a record.
    fn other(&mut self, at: usize) {
        self.end_group(at);
        self.frame().begun = true;
        self.after_letter = None;
    }

    /// The record whose parts could have followed ends before the event `at`.
    fn end_group(&mut self, at: usize) {
        if let Some(record) = self.frame().group.take() {
            self.out.records[record].end = at;
        }
    }

    fn record(&mut self, kind: KindId, form: Form, nearest: LabelParent, braces: Vec<Braces<'a>>) -> usize {
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
        });
        self.out.records.len() - 1
    }

    // Headings.

    fn heading(&mut self, at: usize, level: u8) -> usize {
        let run = at + 1..run_end(self.list, at + 1);
        let next = run.end + 1;
        let words = self.plain(run.clone());
        if words.starts_with(NOTICE) {
            // What is exempt may have been a number of the series or a part of the record.
            (self.notice, self.frame().begun) = (true, true);
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
        let headed = labels::headed(&words);
        let numbers = headed.and_then(|headed| Numbers::of_heading(headed.label));
        let labelled = headed.is_some();
        self.headings.push(Heading { level, event: at, labelled, numbers });
        if labelled || !self.headings.iter().any(|heading| heading.labelled) {
            (self.base, self.levels) = (None, Vec::new());
        }
        self.item_seen |= labelled && self.rules.heading_kind.is_some();
        if let Some(headed) = headed {
            let first = self.words(&run, false).map(|(first, _)| first);
            let typed = first.map(|first| first..first + headed.typed.len());
            let typed = typed.filter(|typed| self.text.get(typed.clone()) == Some(headed.typed));
            self.out.headings.extend(typed.clone().map(|typed| (at, typed)));
            let order = |key: &str| self.records().is_some_and(|records| records.is_order(key));
            self.reordered = says(&attributes, |key| key == "skip" || order(key));
            self.item(level, numbers, typed);
        }
        self.heading_records(at, level, labelled, attributes);
        next
    }

    /// An item that stands behind one that should follow it.
    fn item(&mut self, level: u8, numbers: Option<Numbers>, typed: Option<Range<usize>>) {
        let Some(numbers) = numbers.filter(|_| self.rules.heading_kind.is_some()) else { return };
        let back = self.last_item.filter(|(other, last)| *other == level && numbers < *last && !self.reordered);
        if let Some(((_, last), typed)) = back.zip(typed) {
            self.out.remarks.push(Remark { typed, what: What::Back(last.to_string()) });
        }
        self.last_item = Some((level, numbers));
    }

    /// The item that a numbered heading is, and the record that its attributes make of it.
    fn heading_records(&mut self, at: usize, level: u8, labelled: bool, attributes: Vec<Braces<'a>>) {
        let nearest = self.nearest(None);
        let item = self.rules.heading_kind.filter(|_| labelled && self.records().is_some());
        let marked = self.kind_of(&attributes);
        let (of_marked, of_item) = attributes.into_iter().partition(|_| marked.is_some());
        let opens = [(item, of_item), (marked, of_marked)]
            .map(|(kind, braces)| kind.map(|kind| self.record(kind, Form::Section, nearest, braces)));
        if opens != [None; 2] {
            self.sections.extend(opens.iter().flatten().map(|record| (level, *record)));
            self.place(at).opens = opens;
        }
    }

    fn close_sections(&mut self, level: u8, at: usize) {
        while let Some((_, record)) = self.sections.pop_if(|(open, _)| *open >= level) {
            self.out.records[record].end = at;
        }
    }

    /// The words of a run of inline events.
    fn plain(&self, run: Range<usize>) -> String {
        let mut words = String::new();
        for (event, _) in &self.list[run] {
            match event {
                Event::Text(text) | Event::Code(text) => words.push_str(text),
                Event::SoftBreak | Event::HardBreak => words.push(' '),
                _ => {}
            }
        }
        words
    }

    // Containers.

    fn open(&mut self, tag: &Tag<'_>, at: usize, range: &Range<usize>) {
        match tag {
            Tag::BlockQuote(kind) => self.quotation(at, kind.is_none()),
            Tag::List(start) => self.open_list(at, *start),
            Tag::Item => self.open_item(at, range),
            _ => {
                self.other(at);
                let quiet = self.frame().quiet;
                self.frames.push(Frame::new(Holder::Other, quiet));
            }
        }
    }

    fn close(&mut self, at: usize) {
        self.end_group(at);
        let Some(frame) = self.frames.pop() else { return };
        if let Some(record) = frame.record {
            self.out.records[record].end = at;
        }
        if let Some((base, levels)) = frame.outside {
            (self.base, self.levels) = (base, levels);
        }
        if frame.holder != Holder::Item {
            self.after_letter = None;
        }
    }

    /// A block quote; it is a record if its first paragraph says so.
    fn quotation(&mut self, at: usize, plain: bool) {
        self.other(at);
        let first = matches!(self.list.get(at + 1), Some((Event::Start(Tag::Paragraph), _))).then_some(at + 2);
        let opening = first.filter(|_| plain).map(|first| first..run_end(self.list, first));
        let record = opening.and_then(|run| self.whole(at, Form::Quotation, run, true));
        let mut frame = Frame::new(Holder::Quotation, record.is_none());
        frame.record = record;
        self.frames.push(frame);
    }

    /// The record that a quotation or an item is as a whole, by its first paragraph `run`.
    fn whole(&mut self, at: usize, form: Form, run: Range<usize>, by_words: bool) -> Option<usize> {
        let attributes = self.attributes(run.clone());
        let words = self.words(&run, true);
        let opening = words.filter(|_| by_words).and_then(|words| self.opening(&run, words, &attributes));
        let kind = self.kind_of(&attributes).or_else(|| opening.as_ref().map(|opening| opening.kind))?;
        let nearest = self.nearest(None);
        let record = self.record(kind, form, nearest, attributes);
        self.name_opening(record, opening.as_ref());
        self.place(at).opens[0] = Some(record);
        Some(record)
    }

    fn open_list(&mut self, at: usize, start: Option<u64>) {
        let limbs_of = self.limbs_of_list(at, start);
        if limbs_of.is_none() {
            self.end_group(at);
        }
        self.frame().begun = true;
        let quiet = self.frame().quiet;
        let mut frame = Frame::new(Holder::List, quiet);
        frame.list = Some(self.count(start, limbs_of, quiet));
        self.frames.push(frame);
    }

    /// The record whose parts the items of a list are.
    fn limbs_of_list(&mut self, at: usize, start: Option<u64>) -> Option<usize> {
        let frame = self.frames.last()?;
        if let Some(record) = frame.record {
            return Some(record);
        }
        let record = frame.group?;
        let found = &self.out.records[record];
        let goes_on = match frame.list.and_then(|count| count.last) {
            Some(last) => start == Some(last + 1),
            None => true,
        };
        let fits = !found.finished || self.first_item_begins_that(at);
        (goes_on && fits).then_some(record)
    }

    fn first_item_begins_that(&self, list: usize) -> bool {
        let first = list + 2 + usize::from(matches!(self.list.get(list + 2), Some((Event::Start(Tag::Paragraph), _))));
        let run = first.min(self.list.len())..run_end(self.list, first.min(self.list.len()));
        self.words(&run, false).is_some_and(|(at, _)| begins_that(&self.text[at..]))
    }

    /// How a list counts.
    fn count(&mut self, start: Option<u64>, limbs_of: Option<usize>, quiet: bool) -> Count {
        let parent = self.after_letter.take().or(self.base).map_or_else(|| self.below_heading(), LabelParent::Label);
        let parent = if quiet { LabelParent::Nothing } else { parent };
        let mut count = Count { parent, limbs_of, paragraphs: false, told: false, last: None };
        let (Some(start), false) = (start, quiet) else { return count };
        let top = self.frames.len() == 1 && limbs_of.is_none();
        let may_number = self.rules.numbers_paragraphs && top && !self.item_seen;
        let numbers = match (self.last_listed, self.last) {
            // Dotted numbers count the paragraphs of this text.
            (None, Some(_)) => false,
            (None, None) => true,
            (Some(last), None) => start > last,
            (Some(last), Some(_)) => start == last + 1,
        };
        if may_number && numbers {
            count = Count { parent: LabelParent::Text, paragraphs: true, last: self.last_listed, ..count };
        }
        let ordinary = matches!(parent, LabelParent::Heading(_) | LabelParent::Nothing) && !self.is_numbered();
        count.told = count.paragraphs || (limbs_of.is_none() && !ordinary);
        count
    }

    /// Whether the text is of a kind whose lists are cited.
    fn is_numbered(&self) -> bool {
        self.rules.numbers_paragraphs || self.rules.heading_kind.is_some()
    }

    /// The heading of the section: the nearest numbered one, else the nearest.
    pub(crate) fn below_heading(&self) -> LabelParent {
        let numbered = self.headings.iter().rev().find(|heading| heading.labelled);
        numbered.or(self.headings.last()).map_or(LabelParent::Nothing, |heading| LabelParent::Heading(heading.event))
    }

    fn open_item(&mut self, at: usize, range: &Range<usize>) {
        let count = self.frame().list;
        let label = self.list_number(at, range, count);
        let limb_of = count.and_then(|count| count.limbs_of);
        if label.is_some() || limb_of.is_some() {
            let place = self.place(at);
            (place.label, place.limb_of) = (label, limb_of);
        }
        let paragraphs = count.is_some_and(|count| count.paragraphs);
        let outside = (!paragraphs).then(|| (self.base, std::mem::take(&mut self.levels)));
        if label.is_some() {
            (self.base, self.levels) = (label, Vec::new());
            self.place(at).nearest = self.nearest(None);
        }
        let quiet = self.frame().quiet;
        let first = at + 1 + usize::from(matches!(self.list.get(at + 1), Some((Event::Start(Tag::Paragraph), _))));
        let run = first..run_end(self.list, first);
        let own = self.frame().record.is_none() && limb_of.is_none() && !quiet;
        let record = if run.is_empty() { None } else { self.whole(at, Form::Item, run, own) };
        let mut frame = Frame::new(Holder::Item, quiet);
        (frame.record, frame.outside) = (record, outside);
        self.frames.push(frame);
    }

    /// The number of an item, as typed.
    fn list_number(&mut self, at: usize, range: &Range<usize>, count: Option<Count>) -> Option<usize> {
        let count = count?;
        let (start, label, typed) = labels::list_number(mark_of(self.text, self.list, at, range))?;
        let number: u64 = label.parse().ok()?;
        let typed = range.start + start..range.start + start + typed.len();
        let expected = count.last.map(|last| last + 1);
        if count.told && expected.is_some_and(|expected| number > expected) && !std::mem::take(&mut self.notice) {
            let skipped = self.skips(at);
            let expected = expected.unwrap_or_default().to_string();
            self.out.remarks.extend((!skipped).then(|| Remark { typed: typed.clone(), what: What::Gap(expected) }));
        } else if count.told && expected.is_some_and(|expected| number + 1 < expected) && !self.skips(at) {
            let last = count.last.unwrap_or_default().to_string();
            self.out.remarks.push(Remark { typed: typed.clone(), what: What::Back(last) });
        }
        if let Some(list) = &mut self.frame().list {
            list.last = Some(number);
        }
        if count.paragraphs {
            self.last_listed = Some(number);
        }
        if let (Some(_), Some(outer)) = (count.limbs_of, self.frames.len().checked_sub(2)) {
            // A later list may go on with the parts of the record.
            self.frames[outer].list = Some(Count { last: Some(number), ..count });
        }
        // Another list under the same heading begins again with 1, and nobody means the first one.
        let again = count.limbs_of.is_none() && (count.told || count.last == Some(number));
        let label = Label { typed, label: label.into(), parent: count.parent, told: again };
        self.out.labels.push(label);
        Some(self.out.labels.len() - 1)
    }

    /// Whether the text of the item `at` says that its number is as it should be.
    fn skips(&self, at: usize) -> bool {
        let first = at + 1 + usize::from(matches!(self.list.get(at + 1), Some((Event::Start(Tag::Paragraph), _))));
        let end = run_end(self.list, first.min(self.list.len()));
        says(&self.attributes(first.min(end)..end), |key| key == "skip")
    }

    // Paragraphs.

    /// A paragraph, or the text of a tight item: its lines may be paragraphs of their own.
    fn leaf(&mut self, event: usize, run: Range<usize>) {
        let mut first = run.start;
        let mut key = event;
        let mut depth = 0_usize;
        if self.traits.lines && !self.frame().quiet {
            for index in run.clone() {
                match &self.list[index].0 {
                    Event::Start(_) => depth += 1,
                    Event::End(_) => depth = depth.saturating_sub(1),
                    Event::SoftBreak | Event::HardBreak if depth == 0 && self.parts(first, index, run.end) => {
                        self.block(key, first..index);
                        self.out.breaks.push(index);
                        (first, key) = (index + 1, index + 1);
                    }
                    _ => {}
                }
            }
        }
        self.block(key, first..run.end);
    }

    fn block(&mut self, event: usize, run: Range<usize>) {
        let attributes = self.attributes(run.clone());
        let opened = self.opened(&run, &attributes);
        let frame = self.frame();
        let opens_whole = !std::mem::replace(&mut frame.begun, true) && frame.record.is_some();
        let (record, quiet) = (frame.record.or(frame.group), frame.quiet);
        let label = opened.label;
        let marked = self.kind_of(&attributes);
        let opening = opened.words.filter(|_| !quiet && self.frame().record.is_none());
        let opening = opening.and_then(|words| self.opening(&run, words, &attributes));
        if let Some(whole) = self.frame().record.filter(|_| opens_whole) {
            // The label of its first paragraph is the record's.
            self.out.records[whole].nearest = self.nearest(label);
        }
        let is_limb = self.is_limb(&opened) && opening.is_none();
        let limb_of = record.filter(|_| !opens_whole && is_limb);
        if limb_of.is_none() {
            self.end_group(event);
        }
        let in_line = self.records().is_some() && self.text[covered(&self.list[run.clone()])].contains(['{', '(']);
        if label.is_some() || limb_of.is_some() || in_line {
            let nearest = self.nearest(label);
            let place = self.place(event);
            (place.label, place.limb_of, place.nearest) = (label, limb_of, nearest);
        }
        // What follows a break at which a paragraph is two becomes a paragraph, whatever holds it.
        let is_paragraph = matches!(self.list.get(event), Some((Event::Start(Tag::Paragraph), _)))
            || self.out.breaks.last().is_some_and(|last| last + 1 == event);
        if opens_whole || !is_paragraph {
            return;
        }
        let nearest = self.nearest(label);
        if let Some(opening) = opening {
            let record = self.record(marked.unwrap_or(opening.kind), Form::Group, nearest, attributes);
            self.name_opening(record, Some(&opening));
            self.place(event).opens[0] = Some(record);
            let frame = self.frame();
            (frame.group, frame.list) = (Some(record), None);
        } else if let Some(kind) = marked {
            let record = self.record(kind, Form::Paragraph, nearest, attributes);
            self.out.records[record].end = self.after(&run);
            self.place(event).opens[1] = Some(record);
        }
    }

    /// The event after a paragraph with these inline events. One that CommonMark sees in a tight item has no end of its own.
    fn after(&self, run: &Range<usize>) -> usize {
        let ends = matches!(
            self.list.get(run.end),
            Some((Event::End(TagEnd::Paragraph) | Event::SoftBreak | Event::HardBreak, _))
        );
        run.end + usize::from(ends)
    }

    /// Whether a block is shaped like a part of a record.
    fn is_limb(&self, opened: &Opened) -> bool {
        let lettered = opened.label.is_some_and(|label| !matches!(self.out.labels[label].parent, LabelParent::Text));
        lettered || opened.words.is_some_and(|(at, _)| begins_that(&self.text[at..]))
    }

    fn name_opening(&mut self, record: usize, opening: Option<&OpeningWords<'_>>) {
        if let Some(opening) = opening {
            let found = &mut self.out.records[record];
            found.word = Some(opening.word.into());
            found.number = opening.number.map(Into::into);
            found.finished = opening.finished;
        }
    }

    /// The label of a block, and where its words begin.
    fn opened(&mut self, run: &Range<usize>, attributes: &[Braces<'_>]) -> Opened {
        self.after_letter = None;
        let none = Opened { label: None, words: self.words(run, false) };
        if self.frame().quiet {
            return none;
        }
        let Some((at, _)) = none.words.filter(|(at, _)| !escaped(self.text, *at)) else { return none };
        let line = self.line(at);
        let label = if let Some(dotted) = labels::dotted(line) {
            self.dotted(at, dotted, attributes)
        } else if let Some(lettered) = labels::lettered(line) {
            let label = self.lettered(at, lettered, attributes);
            let words = &self.text[covered(&self.list[run.clone()])];
            self.after_letter = label.filter(|_| words.trim_end().ends_with(':'));
            label
        } else {
            None
        };
        match label {
            Some(label) => Opened { label: Some(label), words: self.words_from(run, self.out.labels[label].typed.end) },
            None => none,
        }
    }

    /// The rest of the line of a place.
    pub(crate) fn line(&self, at: usize) -> &'a str {
        let rest = &self.text[at..];
        &rest[..rest.find('\n').unwrap_or(rest.len())]
    }

    /// Where the first words of a run begin, and whether they are in bold; behind a label, if asked.
    pub(crate) fn words(&self, run: &Range<usize>, behind_label: bool) -> Option<(usize, bool)> {
        let start = self.list.get(run.start).filter(|_| !run.is_empty())?.1.start;
        let words = self.words_from(run, start)?;
        let line = self.line(words.0);
        let length = labels::dotted(line).map(|dotted| dotted.length);
        let length = length.or_else(|| labels::lettered(line).map(|lettered| lettered.length)).filter(|_| behind_label);
        length.map_or(Some(words), |length| self.words_from(run, words.0 + length))
    }

    /// The first words of a run from a place on: blanks and marks of printed pages are passed over.
    fn words_from(&self, run: &Range<usize>, from: usize) -> Option<(usize, bool)> {
        let mut strong = 0_usize;
        for (event, range) in &self.list[run.clone()] {
            match event {
                Event::Start(Tag::Strong) => strong += 1,
                Event::End(TagEnd::Strong) => strong = strong.saturating_sub(1),
                Event::Text(_) if range.end > from => {
                    let typed = &self.text[range.start.max(from)..range.end];
                    let rest = without_blanks(typed.trim_start_matches(SHIELD));
                    let rest = without_page(rest);
                    let alone = attributes::at_start(rest).is_some_and(|(end, _)| rest[end..].trim().is_empty());
                    if !rest.is_empty() && !alone {
                        return Some((range.end - rest.len(), strong > 0));
                    }
                }
                Event::Text(_) | Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => {}
                Event::SoftBreak | Event::HardBreak => {}
                _ if range.end > from => return None,
                _ => {}
            }
        }
        None
    }

    // Records.

    /// The attributes at the ends of the lines of a run.
    fn attributes(&self, run: Range<usize>) -> Vec<Braces<'a>> {
        let run = &self.list[run];
        if !self.traits.braces || !self.text[covered(run)].contains('{') {
            return Vec::new();
        }
        at_line_ends(self.text, run).into_iter().map(|(_, braces)| braces).collect()
    }

    /// The kind of record that attributes make of something.
    fn kind_of(&self, attributes: &[Braces<'_>]) -> Option<KindId> {
        let records = self.records()?;
        let names = attributes.iter().flat_map(|braces| &braces.attributes.kinds);
        names.into_iter().find_map(|name| records.by_name(name)).map(|kind| kind.id)
    }

    /// The words with which a paragraph opens a record.
    fn opening(
        &self,
        run: &Range<usize>,
        (at, bold): (usize, bool),
        attributes: &[Braces<'_>],
    ) -> Option<OpeningWords<'a>> {
        let records = self.records()?;
        let whole = covered(&self.list[run.clone()]);
        let breaks =
            self.list[run.clone()].iter().find(|(event, _)| matches!(event, Event::SoftBreak | Event::HardBreak));
        let end = breaks.map_or(whole.end, |(_, range)| range.start).max(at);
        // Braces of the record stand behind its word, or below it.
        let cut = attributes.iter().map(|braces| braces.range.start).filter(|start| *start > at).min();
        let line = self.text[at..end.min(cut.unwrap_or(end))].trim_end();
        let opening = records.opening(line, bold)?;
        let last = self.text[at..whole.end].trim_end();
        let last = attributes.iter().fold(last, |last, braces| {
            let text = &self.text[braces.range.clone()];
            last.strip_suffix(text).unwrap_or(last).trim_end()
        });
        let more = &last[line.len().min(last.len())..];
        let goes_on = breaks.is_some() && opening.alone && !more.trim().is_empty();
        let that = || begins_that(without_blanks(more.trim_start_matches(['\n', '>', ' '])));
        let fits = !goes_on || opening.signed || that() || cut.is_some_and(|cut| cut < end);
        let alone = opening.alone && !goes_on;
        let finished = !alone && last.ends_with('.');
        fits.then_some(OpeningWords { kind: opening.kind, word: opening.word, number: opening.number, finished })
    }
}

/// The words with which a paragraph opens a record.
struct OpeningWords<'text> {
    kind: KindId,
    word: &'text str,
    number: Option<&'text str>,
    finished: bool,
}

/// The mark of the item that begins with the event `at`, and what else stands before its words.
pub(crate) fn mark_of<'text>(text: &'text str, list: &[Piece<'_>], at: usize, range: &Range<usize>) -> &'text str {
    let next = match list.get(at + 1) {
        Some((Event::End(_), _)) | None => range.end,
        Some((_, next)) => next.start,
    };
    &text[range.start..next.clamp(range.start, range.end)]
}

/// Whether attributes have a key that fits.
pub(crate) fn says(attributes: &[Braces<'_>], fits: impl Fn(&str) -> bool) -> bool {
    let mut pairs = attributes.iter().flat_map(|Braces { attributes: Attributes { pairs, .. }, .. }| pairs);
    pairs.any(|(key, _)| fits(key))
}

/// A stretch of words without the mark of a printed page at its beginning.
fn without_page(words: &str) -> &str {
    let page = words.strip_prefix("{page=").and_then(|rest| rest.split_once('}'));
    page.map_or(words, |(_, rest)| without_blanks(rest))
}
