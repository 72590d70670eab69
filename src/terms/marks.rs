//! Words of a line that lead to what explains them: an Act of Parliament, the glossary.
//!
//! Input: the inline events of one block, and what the site explains. Output: cuts that print the words as typed,
//! with what the builder puts round them. A name may go over the end of a line. Not here: links, headings and code.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::glossary::Unused;
use super::statutes::Statutes;
use crate::markdown::events::Piece;
use crate::markdown::plan::{Cut, CutAction, Plan};

/// Adds to the plan of a run what of it is explained.
pub(crate) fn plan(
    text: &str,
    run: &[Piece<'_>],
    statutes: Option<&Statutes>,
    terms: Option<&Unused<'_>>,
    plan: &mut Plan<'_>,
) {
    let statutes = statutes.filter(|statutes| !statutes.is_empty());
    let terms = terms.filter(|terms| !terms.is_empty());
    if statutes.is_none() && terms.is_none() {
        return;
    }
    for line in lines(text, run) {
        let words = &*line.words;
        let cut = |range: Range<usize>, action: CutAction<'static>| Cut { range: line.source(range), action };
        let laws = statutes.map(|statutes| statutes.find(words)).unwrap_or_default();
        let laws = laws.into_iter().map(|(range, address)| {
            cut(range.clone(), CutAction::Statute { words: words[range].into(), address: address.into() })
        });
        add(plan, laws.collect());
        let terms = terms.map(|terms| terms.find(words)).unwrap_or_default();
        let terms = terms
            .into_iter()
            .map(|(range, entry)| cut(range.clone(), CutAction::Term { words: words[range].into(), entry }));
        add(plan, terms.collect());
    }
}

/// Adds cuts in their order, but for those that touch what is cut already.
fn add(plan: &mut Plan<'_>, found: Vec<Cut<'static>>) {
    if found.is_empty() {
        return;
    }
    let is_free = |cut: &Cut<'_>| {
        let next = plan.cuts.partition_point(|other| other.range.end <= cut.range.start);
        plan.cuts.get(next).is_none_or(|other| other.range.start >= cut.range.end)
    };
    let free: Vec<_> = found.into_iter().filter(is_free).collect();
    plan.cuts.extend(free);
    plan.cuts.sort_by_key(|cut| (cut.range.start, cut.range.end));
}

/// A stretch of plain text, over the ends of lines; each of its pieces knows where it stands in the text.
#[derive(Default)]
struct Line {
    words: String,
    pieces: Vec<(usize, usize)>,
}

impl Line {
    /// Where a range of the words stands in the text.
    fn source(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let (words, text) = self.pieces[self.pieces.partition_point(|(words, _)| *words <= at).saturating_sub(1)];
            text + (at - words)
        };
        place(range.start)..place(range.end - 1) + 1
    }
}

/// The stretches of plain text in a run that are in no link and no picture.
fn lines(text: &str, run: &[Piece<'_>]) -> Vec<Line> {
    let mut lines = vec![Line::default()];
    let mut links = 0_usize;
    for (event, range) in run {
        let line = lines.last_mut().unwrap_or_else(|| unreachable!("there is always a line"));
        match event {
            Event::Text(typed) if links == 0 && text[range.clone()] == **typed => {
                line.pieces.push((line.words.len(), range.start));
                line.words.push_str(typed);
                continue;
            }
            Event::SoftBreak if links == 0 => {
                line.pieces.push((line.words.len(), range.start));
                line.words.push('\n');
                continue;
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => links += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => links = links.saturating_sub(1),
            _ => {}
        }
        if !line.words.is_empty() {
            lines.push(Line::default());
        }
    }
    lines
}
