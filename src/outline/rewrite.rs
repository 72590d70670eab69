//! Events rewritten: a paragraph, or a list of titles, of which parts become headings and paragraphs of their own.
//!
//! Input: the events of a text, and what of them becomes what. Output: the events as CommonMark would give them if the
//! author had typed headings. No word is lost: only marks of bold in a heading, and blanks where a paragraph is parted.
//! Not here: which lines are headings (`items.rs`).

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::heading_labels::top_level;
use super::mark_of;
use crate::lexicon::labels::list_number;
use crate::markdown::events::{Piece, covered, end_of, is_inline, run_end};

/// Where something begins in a paragraph that is parted, and what it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    /// Where it begins in the text.
    pub(crate) at: usize,
    /// The level of the heading that it becomes; `None` if it becomes a paragraph.
    pub(crate) level: Option<u8>,
}

/// What becomes of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// A paragraph is parted; the first part begins with it.
    Parts(Vec<Part>),
    /// A paragraph and the one after it are one heading.
    Joined(u8),
    /// A list ends to be one: each item begins with a heading, which ends here if words go on after it.
    Items(u8, Vec<Option<usize>>),
}

/// The same events after changes, each of which is of the block that begins with its event.
pub(crate) fn rewritten<'text>(
    text: &'text str,
    list: &[Piece<'text>],
    first: usize,
    changes: &BTreeMap<usize, Change>,
) -> Vec<Piece<'text>> {
    let mut out = Vec::with_capacity(list.len() + 4 * changes.len());
    out.extend_from_slice(&list[..first.min(list.len())]);
    let mut joined = None;
    for at in top_level(list, first) {
        let end = end_of(list, at) + 1;
        if let Some((level, mut run)) = joined.take() {
            let line_end = list[at].1.start..list[at].1.start;
            run_push_break(&mut run, line_end);
            run.extend_from_slice(&list[at + 1..end - 1]);
            heading(&mut out, run, level);
            continue;
        }
        match changes.get(&at) {
            None => out.extend_from_slice(&list[at..end]),
            Some(Change::Joined(level)) if matches!(list[at].0, Event::Start(Tag::List(_))) => {
                // A number that was taken for an item without words.
                let typed = text[list[at + 1].1.clone()].trim();
                let start = list[at + 1].1.start;
                let number = (Event::Text(CowStr::Borrowed(typed)), start..start + typed.len());
                joined = Some((*level, vec![number]));
            }
            Some(Change::Joined(level)) => joined = Some((*level, list[at + 1..end - 1].to_vec())),
            Some(Change::Parts(parts)) => {
                let cuts: Vec<usize> = parts.iter().skip(1).map(|part| part.at).collect();
                let runs = parted(text, &list[at + 1..end - 1], &cuts);
                for (part, run) in parts.iter().zip(runs) {
                    block(&mut out, run, part.level);
                }
            }
            Some(Change::Items(level, ends)) => items(text, list, at, *level, ends, &mut out),
        }
    }
    out
}

fn run_push_break<'text>(run: &mut Vec<Piece<'text>>, range: std::ops::Range<usize>) {
    run.push((Event::SoftBreak, range));
}

fn block<'text>(out: &mut Vec<Piece<'text>>, run: Vec<Piece<'text>>, level: Option<u8>) {
    match level {
        Some(level) => heading(out, run, level),
        None => paragraph(out, run),
    }
}

fn paragraph<'text>(out: &mut Vec<Piece<'text>>, run: Vec<Piece<'text>>) {
    if run.iter().all(|(event, _)| matches!(event, Event::Start(_) | Event::End(_))) {
        return;
    }
    let range = covered(&run);
    out.push((Event::Start(Tag::Paragraph), range.clone()));
    out.extend(run);
    out.push((Event::End(TagEnd::Paragraph), range));
}

/// Adds a heading. What is in bold in it is bold as all of it is.
fn heading<'text>(out: &mut Vec<Piece<'text>>, run: Vec<Piece<'text>>, level: u8) {
    let level = HeadingLevel::try_from(usize::from(level)).unwrap_or(HeadingLevel::H6);
    let range = covered(&run);
    let tag = Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() };
    out.push((Event::Start(tag), range.clone()));
    out.extend(
        run.into_iter().filter(|(event, _)| !matches!(event, Event::Start(Tag::Strong) | Event::End(TagEnd::Strong))),
    );
    out.push((Event::End(TagEnd::Heading(level)), range));
}

/// A run of inline events in parts that begin at `cuts`: what is open there ends and begins again.
fn parted<'text>(text: &'text str, run: &[Piece<'text>], cuts: &[usize]) -> Vec<Vec<Piece<'text>>> {
    let mut parts = Parts { done: Vec::new(), now: Vec::new(), open: Vec::new() };
    let mut cuts = cuts.iter().copied().peekable();
    for (event, range) in run {
        if !matches!(event, Event::End(_)) {
            while let Some(cut) = cuts.next_if(|cut| *cut <= range.start) {
                parts.cut(cut);
            }
        }
        match event {
            Event::Text(typed) if text.get(range.clone()) == Some(&**typed) => {
                let mut start = range.start;
                while let Some(cut) = cuts.next_if(|cut| *cut < range.end && text.is_char_boundary(*cut)) {
                    parts.text(text, start..cut);
                    parts.cut(cut);
                    start = cut;
                }
                parts.text(text, start..range.end);
            }
            Event::Start(tag) => {
                parts.open.push((parts.now.len(), tag.clone(), range.end));
                parts.now.push((event.clone(), range.clone()));
            }
            Event::End(_) => {
                let start = parts.open.pop().and_then(|(start, ..)| parts.now.get(start)).map(|(_, range)| range.start);
                parts.now.push((event.clone(), start.unwrap_or(range.start)..range.end));
            }
            _ => parts.now.push((event.clone(), range.clone())),
        }
    }
    let end = run.last().map_or(0, |(_, range)| range.end);
    cuts.for_each(|cut| parts.cut(cut.max(end)));
    parts.finish()
}

/// The parts of a run so far.
struct Parts<'text> {
    done: Vec<Vec<Piece<'text>>>,
    now: Vec<Piece<'text>>,
    /// What is open: where in `now` it begins, what it is, and where it ends in the text.
    open: Vec<(usize, Tag<'text>, usize)>,
}

impl<'text> Parts<'text> {
    fn text(&mut self, text: &'text str, range: std::ops::Range<usize>) {
        let begins = self.now.iter().all(|(event, _)| matches!(event, Event::Start(_)));
        let words = &text[range.clone()];
        // Blanks at the beginning of what was parted are printed nowhere.
        let blanks = if begins && !self.done.is_empty() { words.len() - words.trim_start().len() } else { 0 };
        if blanks < words.len() {
            self.now.push((Event::Text(CowStr::Borrowed(&words[blanks..])), range.start + blanks..range.end));
        }
    }

    fn cut(&mut self, at: usize) {
        // Nor are blanks at its end.
        if let Some((Event::Text(CowStr::Borrowed(words)), range)) = self.now.last_mut() {
            let kept = words.trim_end();
            range.end -= words.len() - kept.len();
            *words = kept;
        }
        for (start, tag, _) in self.open.iter().rev() {
            let begins = self.now.get_mut(*start).map_or(at, |(_, range)| {
                range.end = range.end.min(at);
                range.start
            });
            self.now.push((Event::End(tag.to_end()), begins..at));
        }
        self.done.push(std::mem::take(&mut self.now));
        for (start, tag, end) in &mut self.open {
            *start = self.now.len();
            self.now.push((Event::Start(tag.clone()), at..*end));
        }
    }

    /// The parts, without the line breaks around them.
    fn finish(mut self) -> Vec<Vec<Piece<'text>>> {
        self.done.push(self.now);
        let is_break = |piece: Option<&Piece<'_>>| matches!(piece, Some((Event::SoftBreak | Event::HardBreak, _)));
        for part in &mut self.done {
            while is_break(part.last()) {
                part.pop();
            }
            let breaks = part.iter().take_while(|piece| is_break(Some(piece))).count();
            part.drain(..breaks);
        }
        self.done
    }
}

/// Adds the items of the list `at` as headings, each with the blocks after it.
fn items<'text>(
    text: &'text str,
    list: &[Piece<'text>],
    at: usize,
    level: u8,
    ends: &[Option<usize>],
    out: &mut Vec<Piece<'text>>,
) {
    let close = end_of(list, at);
    let mut ends = ends.iter().copied();
    let mut item = at + 1;
    while item < close {
        let end = end_of(list, item);
        let wrapped = matches!(list.get(item + 1), Some((Event::Start(Tag::Paragraph), _)));
        let from = item + 1 + usize::from(wrapped);
        let run = from..run_end(list, from);
        let mark = mark_of(text, list, item, &list[item].1);
        let mut words = Vec::new();
        if let (Some((start, ..)), Some((_, first))) = (list_number(mark), list.get(run.start)) {
            let range = list[item].1.start + start..first.start;
            words.push((Event::Text(CowStr::Borrowed(&text[range.clone()])), range));
        }
        words.extend_from_slice(&list[run.clone()]);
        let cuts: Vec<usize> = ends.next().flatten().into_iter().collect();
        let mut runs = parted(text, &words, &cuts).into_iter();
        runs.next().into_iter().for_each(|run| heading(out, run, level));
        runs.for_each(|run| paragraph(out, run));
        let mut next = run.end + usize::from(wrapped);
        // Text that stands in no paragraph of the item needs one now.
        while next < end {
            let stop = match &list[next].0 {
                event if is_inline(event) => run_end(list, next),
                _ => end_of(list, next) + 1,
            };
            match is_inline(&list[next].0) {
                true => paragraph(out, list[next..stop].to_vec()),
                false => out.extend_from_slice(&list[next..stop]),
            }
            next = stop;
        }
        item = end + 1;
    }
}
