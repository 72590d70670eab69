//! Paragraphs on the walk through a text: the labels and the words with which they open, and the records that they begin.
//!
//! Input: a run of inline events. Output: labels, parts of records, and records that are a paragraph or begin with one.
//! Not here: which words open a record (`records.rs`; the kinds' files have them), and the paragraphs that the passes found
//! to open one (`decisions.rs`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::model::{Form, LabelParent};
use super::walk::Walk;
use crate::kind::KindId;
use crate::language::letters::without_blanks;
use crate::lexicon::labels;
use crate::markdown::attributes;
use crate::markdown::events::{covered, plain};
use crate::markdown::plan::{Braces, at_line_ends, escaped};
use crate::markdown::prepare::SHIELD;
use crate::recognise::findings::Said;
use crate::recognise::records::begins_that;

/// A label that was found in front of a block.
struct Opened {
    label: Option<usize>,
    /// Where the words after it begin, and whether they are in bold.
    words: Option<(usize, bool)>,
}

/// The words with which a paragraph opens a record.
pub(crate) struct OpeningWords {
    pub(crate) kind: KindId,
    word: Box<str>,
    number: Option<Box<str>>,
    finished: bool,
    /// The words that open it, where they are none of its kind's.
    mark: Box<str>,
    said: Vec<Said>,
}

impl<'a> Walk<'a, '_> {
    /// A paragraph, or the text of a tight item: its lines may be paragraphs of their own.
    pub(crate) fn leaf(&mut self, event: usize, run: Range<usize>) {
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

    pub(crate) fn block(&mut self, event: usize, run: Range<usize>) {
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
        let is_limb = (self.is_limb(&opened) || self.is_part(&run) || (record.is_some() && self.goes_on(&opened)))
            && opening.is_none();
        let limb_of = record.filter(|_| !opens_whole && is_limb);
        if limb_of.is_none() {
            self.end_group(event);
        }
        let range = covered(&self.list[run.clone()]);
        let in_line = self.rules.records.is_some()
            && (self.text[range.clone()].contains(['{', '(']) || !self.out.sentences_in(&range).is_empty());
        if label.is_some() || limb_of.is_some() || in_line {
            let nearest = self.nearest(label);
            let place = self.place(event);
            (place.label, place.limb_of, place.nearest) = (label, limb_of, nearest);
        }
        // What follows a break at which a paragraph is two becomes a paragraph, whatever holds it.
        let is_paragraph = matches!(self.list.get(event), Some((Event::Start(Tag::Paragraph), _)))
            || self.out.breaks.last().is_some_and(|last| last + 1 == event);
        if self.is_part(&run)
            && !plain(&self.list[run.clone()]).trim_end().ends_with([':', ','])
            && let Some(record) = self.frame().group.take()
        {
            // It is all that was decided: a list after it is as its author typed it, unless it opens the list.
            self.out.records[record].end = self.after(&run);
        }
        if opens_whole || !is_paragraph {
            return;
        }
        let nearest = self.nearest(label);
        if let Some(opening) = opening {
            let record = self.record(marked.unwrap_or(opening.kind), Form::Group, nearest, attributes);
            self.name_opening(record, Some(opening));
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
    pub(crate) fn after(&self, run: &Range<usize>) -> usize {
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

    /// Whether a block begins with words that go on with what was resolved above it.
    fn goes_on(&self, opened: &Opened) -> bool {
        let lexicon = (!self.rules.plain).then(|| self.rules.lexicon());
        opened.words.zip(lexicon).is_some_and(|((at, _), lexicon)| lexicon.fits("resolved-limb", self.line(at)))
    }

    pub(crate) fn name_opening(&mut self, record: usize, opening: Option<OpeningWords>) {
        if let Some(opening) = opening {
            let found = &mut self.out.records[record];
            found.word = Some(opening.word);
            found.number = opening.number;
            found.finished = opening.finished;
            (found.mark, found.said) = (opening.mark, opening.said);
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

    /// Where the first words of a run begin, and whether they are in bold; after a label, if asked.
    pub(crate) fn words(&self, run: &Range<usize>, after_label: bool) -> Option<(usize, bool)> {
        let start = self.list.get(run.start).filter(|_| !run.is_empty())?.1.start;
        let words = self.words_from(run, start)?;
        let line = self.line(words.0);
        let length = labels::dotted(line).map(|dotted| dotted.length);
        let length = length.or_else(|| labels::lettered(line).map(|lettered| lettered.length)).filter(|_| after_label);
        length.map_or(Some(words), |length| self.words_from(run, words.0 + length))
    }

    /// The first words of a run from a place on: blanks and marks of printed pages are passed over.
    pub(crate) fn words_from(&self, run: &Range<usize>, from: usize) -> Option<(usize, bool)> {
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

    /// The attributes at the ends of the lines of a run.
    pub(crate) fn attributes(&self, run: Range<usize>) -> Vec<Braces<'a>> {
        let run = &self.list[run];
        if !self.traits.braces || !self.text[covered(run)].contains('{') {
            return Vec::new();
        }
        at_line_ends(self.text, run).into_iter().map(|(_, braces)| braces).collect()
    }

    /// The kind of record that attributes make of something.
    pub(crate) fn kind_of(&self, attributes: &[Braces<'_>]) -> Option<KindId> {
        let records = self.rules.records?;
        let names = attributes.iter().flat_map(|braces| &braces.attributes.kinds);
        names.into_iter().find_map(|name| records.0.by_name(name))
    }

    /// The words with which a paragraph opens a record.
    pub(crate) fn opening(
        &self,
        run: &Range<usize>,
        (at, bold): (usize, bool),
        attributes: &[Braces<'_>],
    ) -> Option<OpeningWords> {
        let records = self.rules.records.filter(|_| self.rules.decides)?;
        let whole = covered(&self.list[run.clone()]);
        if !self.out.marked.is_silent() && self.out.marked.denies(self.text, &whole) {
            return None;
        }
        let opener = self.opener(run);
        if opener.is_some_and(|opener| opener.kind.is_none()) {
            return None;
        }
        if let Some((opener, kind)) =
            opener.and_then(|opener| Some((opener, opener.kind?))).filter(|(opener, _)| !opener.mark.is_empty())
        {
            let word = opener.mark.split(|letter: char| !letter.is_alphabetic()).find(|word| word.len() > 4);
            return Some(OpeningWords {
                kind,
                word: word.unwrap_or_default().to_uppercase().into(),
                number: opener.number.clone(),
                finished: opener.finished,
                mark: opener.mark.clone(),
                said: opener.said.clone(),
            });
        }
        let said = opener.map(|opener| opener.said.clone()).unwrap_or_default();
        let breaks =
            self.list[run.clone()].iter().find(|(event, _)| matches!(event, Event::SoftBreak | Event::HardBreak));
        let end = breaks.map_or(whole.end, |(_, range)| range.start).max(at);
        // Braces of the record stand after its word, or below it.
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
        let (word, number) = (opening.word.into(), opening.number.map(Into::into));
        fits.then_some(OpeningWords { kind: opening.kind, word, number, finished, mark: "".into(), said })
    }
}

/// A stretch of words without the mark of a printed page at its beginning.
fn without_page(words: &str) -> &str {
    let page = words.strip_prefix("{page=").and_then(|rest| rest.split_once('}'));
    page.map_or(words, |(_, rest)| without_blanks(rest))
}
