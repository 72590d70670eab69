//! What authors marked themselves: `{.no-record}` says that something is no record, `{.resolution}` and its like that it is one.
//!
//! Input: the events of a text. Output: [`Marked`], ranges of the prepared text. Not here: what the passes find by its words.
//!
//! At the end of a paragraph the mark is of the paragraph, at the end of another of its lines of that line; in an item of a list it is of the whole
//! item, in a block quote of the whole quotation, on a heading of its section, after words in brackets of those words.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::RecordWords;
use crate::markdown::attributes::Attributes;
use crate::markdown::blocks::{Block, BlockKind, Blocks};
use crate::markdown::events::{Piece, Traits, covered};
use crate::markdown::plan::{Braces, CutAction, NO_RECORD, Setting, plan};

/// What authors marked in a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marked {
    /// What is no record; apart from each other, in order.
    nothing: Vec<Range<usize>>,
    /// What is one; apart from each other, in order.
    records: Vec<Range<usize>>,
}

impl Marked {
    /// What is marked in a text with these events and leaves.
    pub(crate) fn of(text: &str, list: &[Piece<'_>], blocks: &Blocks, records: Option<RecordWords<'_>>) -> Self {
        let mut marked = Self::default();
        if !text.contains("{") {
            return marked;
        }
        for (index, block) in blocks.list.iter().enumerate().filter(|(_, block)| !block.run.is_empty()) {
            let whole = covered(&list[block.run.clone()]);
            if !text[whole.clone()].contains('{') {
                continue;
            }
            let setting = match block.kind {
                BlockKind::Heading(_) => Setting::Heading,
                BlockKind::Cell { .. } => Setting::Cell,
                _ => Setting::Paragraph,
            };
            let traits = Traits { braces: true, ..Traits::default() };
            let plan = plan(text, list, block.run.clone(), traits, setting);
            for Braces { range, attributes } in &plan.block {
                let nothing = is_nothing(attributes);
                marked.add(attributes, records, of_block(text, list, blocks, (index, block), range, nothing));
            }
            for cut in &plan.cuts {
                if let CutAction::OpenSpan(span) = cut.action {
                    let Braces { range, attributes } = &plan.spans[span];
                    marked.add(attributes, records, cut.range.start..range.end);
                }
            }
        }
        marked.nothing = apart(std::mem::take(&mut marked.nothing));
        marked.records = apart(std::mem::take(&mut marked.records));
        marked
    }

    fn add(&mut self, attributes: &Attributes<'_>, records: Option<RecordWords<'_>>, range: Range<usize>) {
        let is_kind = |name: &&str| records.is_some_and(|records| records.0.by_name(name).is_some());
        if attributes.kinds.iter().any(is_kind) {
            self.records.push(range);
        } else if is_nothing(attributes) {
            self.nothing.push(range);
        }
    }

    /// Whether nothing at all is marked as none.
    pub(crate) fn is_silent(&self) -> bool {
        self.nothing.is_empty()
    }

    /// Whether it is said of all words of `range` that they are no record.
    pub(crate) fn denies(&self, text: &str, range: &Range<usize>) -> bool {
        let Some(nothing) = touching(&self.nothing, range) else { return false };
        let before = range.start..nothing.start.max(range.start);
        let after = nothing.end.min(range.end)..range.end;
        [before, after].into_iter().all(|rest| !text[rest].contains(char::is_alphanumeric))
    }

    /// Whether an author marked some of the words of `range`, as a record or as none.
    pub(crate) fn touches(&self, range: &Range<usize>) -> bool {
        touching(&self.nothing, range).or_else(|| touching(&self.records, range)).is_some()
    }
}

/// Whether attributes say that something is no record.
pub(crate) fn is_nothing(attributes: &Attributes<'_>) -> bool {
    attributes.kinds.contains(&NO_RECORD)
}

/// What braces at `braces`, at the end of a line of a leaf, are of.
fn of_block(
    text: &str,
    list: &[Piece<'_>],
    blocks: &Blocks,
    (index, block): (usize, &Block),
    braces: &Range<usize>,
    nothing: bool,
) -> Range<usize> {
    let whole = covered(&list[block.run.clone()]);
    let last = text[braces.end.min(whole.end)..whole.end].trim().is_empty();
    let quotation = block.event.checked_sub(1).and_then(|before| list.get(before));
    match block.kind {
        BlockKind::Heading(level) => {
            let ends = |other: &&Block| matches!(other.kind, BlockKind::Heading(own) if own <= level);
            let next = blocks.list[index + 1..].iter().find(ends);
            whole.start..next.map_or(text.len(), |next| list[next.event].1.start)
        }
        _ if nothing && !last => {
            let line = text[..braces.start].rfind('\n').map_or(0, |at| at + 1);
            line.max(whole.start)..braces.end
        }
        BlockKind::Item { item, .. } => list[item].1.clone(),
        _ => match quotation {
            Some((Event::Start(Tag::BlockQuote(_)), range)) => range.clone(),
            _ => whole,
        },
    }
}

/// The same ranges in order, those that meet as one.
fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => out.push(range),
        }
    }
    out
}

/// The first of `ranges` that has a part of `range`.
fn touching<'list>(ranges: &'list [Range<usize>], range: &Range<usize>) -> Option<&'list Range<usize>> {
    let first = ranges.partition_point(|other| other.end <= range.start);
    ranges.get(first).filter(|other| other.start < range.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::collect;

    #[test]
    fn a_mark_is_of_what_it_stands_at() {
        for (text, denied, kept) in [
            ("One two. {.no-record}\n\nThree.", &["One two."][..], &["Three."][..]),
            ("One. {.no-record}\nTwo.\nThree. {.no-record}\nFour.", &["One.", "Three."], &["Two.", "Four."]),
            ("One\ntwo. {.no-record}", &["One", "two."], &[]),
            ("- One {.no-record}\n  - Two\n- Three", &["One", "Two"], &["Three"]),
            ("> One {.no-record}\n>\n> Two\n\nThree", &["One", "Two"], &["Three"]),
            ("## One {.no-record}\n\nTwo\n\n### Three\n\nFour\n\n## Five", &["Two", "Three", "Four"], &["Five"]),
            ("One [two three]{.no-record} four", &["two three", "[two three]{.no-record}"], &["One", "four"]),
            ("One {#x .no-record}\n\n| a |\n|---|\n| [two]{.no-record} six |", &["One", "two"], &["six"]),
        ] {
            let events = collect(text);
            let blocks = Blocks::of(&events.list, 0);
            let marked = Marked::of(text, &events.list, &blocks, None);
            let denies = |word: &&str| {
                let at = text.find(*word).unwrap_or_default();
                marked.denies(text, &(at..at + word.len()))
            };
            assert!(denied.iter().all(denies), "{text}");
            assert!(!kept.iter().any(denies), "{text}");
        }
    }
}
