//! Lists, items and quotations on the walk through a text: how they count, and of which record they are parts.
//!
//! Input: the beginnings and ends of containers. Output: labels of items, and records that are a quotation or an item as a
//! whole. Not here: the words in them (`paragraphs.rs`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::model::{Form, Label, LabelParent, Remark, What};
use super::walk::{Count, Frame, Holder, Walk, says};
use crate::lexicon::labels;
use crate::markdown::events::{Piece, run_end};
use crate::recognise::records::begins_that;

impl Walk<'_, '_> {
    pub(crate) fn open(&mut self, tag: &Tag<'_>, at: usize, range: &Range<usize>) {
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

    pub(crate) fn close(&mut self, at: usize) {
        self.end_group(at);
        let Some(frame) = self.frames.pop() else { return };
        for record in frame.record.into_iter().chain(frame.item) {
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
    pub(crate) fn quotation(&mut self, at: usize, plain: bool) {
        self.other(at);
        let first = matches!(self.list.get(at + 1), Some((Event::Start(Tag::Paragraph), _))).then_some(at + 2);
        let opening = first.filter(|_| plain).map(|first| first..run_end(self.list, first));
        let record = opening.and_then(|run| self.whole(at, Form::Quotation, run, true));
        self.frames.push(Frame { record, ..Frame::new(Holder::Quotation, record.is_none()) });
    }

    /// The record that a quotation or an item is as a whole, by its first paragraph `run`.
    pub(crate) fn whole(&mut self, at: usize, form: Form, run: Range<usize>, by_words: bool) -> Option<usize> {
        let attributes = self.attributes(run.clone());
        let words = self.words(&run, true);
        let opening = words.filter(|_| by_words).and_then(|words| self.opening(&run, words, &attributes));
        let kind = self.kind_of(&attributes).or_else(|| opening.as_ref().map(|opening| opening.kind))?;
        let nearest = self.nearest(None);
        let record = self.record(kind, form, nearest, attributes);
        self.name_opening(record, opening);
        self.place(at).opens[0] = Some(record);
        Some(record)
    }

    /// The item of the agenda that the item `at` of a list is. What stands in it is as free as below a heading.
    fn listed(&mut self, at: usize) -> Option<usize> {
        let index = self.listed.binary_search_by_key(&at, |item| item.event).ok()?;
        let kind = self.rules.heading_kind?;
        let nearest = self.nearest(None);
        let record = self.record(kind, Form::Item, nearest, Vec::new());
        let (found, item) = (&mut self.out.records[record], &self.listed[index]);
        (found.number, found.title) = (Some(item.number.clone()), Some(item.title.clone()));
        self.place(at).opens[0] = Some(record);
        Some(record)
    }

    pub(crate) fn open_list(&mut self, at: usize, start: Option<u64>) {
        let limbs_of = self.limbs_of_list(at, start);
        if limbs_of.is_none() {
            self.end_group(at);
        }
        self.frame().begun = true;
        let quiet = self.frame().quiet;
        let list = Some(self.count(start, limbs_of, quiet));
        self.frames.push(Frame { list, ..Frame::new(Holder::List, quiet) });
    }

    /// The record whose parts the items of a list are.
    pub(crate) fn limbs_of_list(&mut self, at: usize, start: Option<u64>) -> Option<usize> {
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

    pub(crate) fn first_item_begins_that(&self, list: usize) -> bool {
        self.words(&self.first_run(list + 1), false).is_some_and(|(at, _)| begins_that(&self.text[at..]))
    }

    /// How a list counts.
    pub(crate) fn count(&mut self, start: Option<u64>, limbs_of: Option<usize>, quiet: bool) -> Count {
        let parent = self.after_letter.take().or(self.base).map_or_else(|| self.below_heading(), LabelParent::Label);
        let parent = if quiet { LabelParent::Nothing } else { parent };
        let mut count = Count { parent, limbs_of, paragraphs: false, told: false, last: None };
        let (Some(start), false) = (start, quiet) else { return count };
        let top = self.frames.len() == 1 && limbs_of.is_none();
        let may_number = self.rules.numbers_paragraphs && top && !self.counted.item_seen;
        let numbers = match (self.counted.last_listed, self.counted.last) {
            // Dotted numbers count the paragraphs of this text.
            (None, Some(_)) => false,
            (None, None) => true,
            (Some(last), None) => start > last,
            (Some(last), Some(_)) => start == last + 1,
        };
        if may_number && numbers {
            count = Count { parent: LabelParent::Text, paragraphs: true, last: self.counted.last_listed, ..count };
        }
        // The lists of some kinds are cited.
        let cited = self.rules.numbers_paragraphs || self.rules.heading_kind.is_some();
        let ordinary = matches!(parent, LabelParent::Heading(_) | LabelParent::Nothing) && !cited;
        count.told = count.paragraphs || (limbs_of.is_none() && !ordinary);
        count
    }

    /// The heading of the section: the nearest numbered one, else the nearest.
    pub(crate) fn below_heading(&self) -> LabelParent {
        let numbered = self.headings.iter().rev().find(|heading| heading.labelled);
        numbered.or(self.headings.last()).map_or(LabelParent::Nothing, |heading| LabelParent::Heading(heading.event))
    }

    pub(crate) fn open_item(&mut self, at: usize, range: &Range<usize>) {
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
        let run = self.first_run(at);
        let own = self.frame().record.is_none() && limb_of.is_none() && !quiet;
        let item = self.listed(at);
        let record = if run.is_empty() || item.is_some() { None } else { self.whole(at, Form::Item, run, own) };
        self.frames.push(Frame { record, item, outside, ..Frame::new(Holder::Item, quiet) });
    }

    /// The number of an item, as typed.
    pub(crate) fn list_number(&mut self, at: usize, range: &Range<usize>, count: Option<Count>) -> Option<usize> {
        let count = count?;
        let (start, label, typed) = labels::list_number(mark_of(self.text, self.list, at, range))?;
        let number: u64 = label.parse().ok()?;
        let typed = range.start + start..range.start + start + typed.len();
        let expected = count.last.map(|last| last + 1);
        if count.told && expected.is_some_and(|expected| number > expected) && !std::mem::take(&mut self.counted.notice)
        {
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
            self.counted.last_listed = Some(number);
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
    pub(crate) fn skips(&self, at: usize) -> bool {
        says(&self.attributes(self.first_run(at)), |key| key == "skip")
    }

    /// The inline events of the first paragraph of the item `at`; empty if the item begins with another block.
    fn first_run(&self, at: usize) -> Range<usize> {
        let first = at + 1 + usize::from(matches!(self.list.get(at + 1), Some((Event::Start(Tag::Paragraph), _))));
        first..run_end(self.list, first)
    }
}

/// The mark of the item that begins with the event `at`, and what else stands before its words.
pub(crate) fn mark_of<'text>(text: &'text str, list: &[Piece<'_>], at: usize, range: &Range<usize>) -> &'text str {
    let next = match list.get(at + 1) {
        Some((Event::End(_), _)) | None => range.end,
        Some((_, next)) => next.start,
    };
    let mark = &text[range.start..next.clamp(range.start, range.end)];
    // Words that begin with an escaped sign begin after its backslash.
    mark.strip_suffix('\\').unwrap_or(mark)
}
