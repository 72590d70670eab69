//! Words that say that something is not for publication, inside a list, a table, a quotation, a definition or a note.
//!
//! Input: the events of one block of a text. Output: what of it is held back. Not here: blocks of the text itself
//! (`phrases.rs`), and the words (`words.toml`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::heads;
use crate::language::letters;
use crate::markdown::attributes;
use crate::markdown::enclosed::Around;
use crate::markdown::events::{Piece, end_of};
use crate::privacy::apart::{is_spaced, without_blanks};
use crate::privacy::files::{columns_of_business, holds_decisions, is_ruled};
use crate::privacy::legend::Signs;
use crate::privacy::spoken::Phrase;
use crate::privacy::words::TEXT;

/// The word in braces that says that the words before it are public, whatever they say.
pub(super) const OPEN: &str = "open";

/// How what is held back is taken out of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A block, in whose place a notice stands.
    Block,
    /// The content of an item, after its mark.
    Content,
    /// A part of a paragraph, in whose place a notice stands between what is before it and what follows.
    Within,
    /// Rows of a table, below which a notice stands, at this place of the text.
    Rows(usize),
    /// What stands in a cell of a table, below which a notice stands.
    Cell(usize),
}

/// A part of a block that is held back.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) target: Range<usize>,
    /// The words that say so.
    pub(super) words: Range<usize>,
    pub(super) form: Form,
    /// Whether they speak of what follows the block too. If of nothing else, `target` is empty.
    pub(super) goes_on: bool,
    /// Where that ends, if the item heads it.
    pub(super) until: Option<usize>,
}

impl Part {
    /// A part whose words speak of itself alone.
    fn new(target: Range<usize>, words: Range<usize>, form: Form) -> Self {
        Self { target, words, form, goes_on: false, until: None }
    }

    /// A part that is nothing by itself, and whose words speak of what is below its list.
    fn below(end: usize, words: Range<usize>) -> Self {
        Self { target: end..end, words, form: Form::Content, goes_on: true, until: None }
    }
}

/// What is held back of a block, and braces in it that say that something is open.
#[derive(Debug, Default)]
pub(super) struct Inside {
    pub(super) parts: Vec<Part>,
    pub(super) open: Vec<Range<usize>>,
    /// Whether it stands in a text in which a meeting speaks.
    meeting: bool,
    /// The signs of the text that are of what is private.
    signs: Signs,
}

/// Whether words may say that something is not for publication, or that it is open.
pub(super) fn may_say(words: &str) -> bool {
    TEXT.may_speak(words) || TEXT.may_ask(words) || is_spaced(words) || may_open(words)
}

/// Whether words may say that something is open.
pub(super) fn may_open(words: &str) -> bool {
    words.contains('{') && words.contains(OPEN)
}

/// Whether a text has a table of which a column may say who may read its rows.
pub(super) fn may_have_columns(text: &str, meeting: bool) -> bool {
    let mut at = 0;
    ["|-", "| -", "|:", "| :"].iter().any(|rule| text.contains(rule))
        && text.split_inclusive('\n').any(|line| {
            at += line.len();
            line.contains('|') && is_ruled(&text[at..]) && !columns_of_business(&cells_of(line), meeting).is_empty()
        })
}

/// The cells of a row of a table.
pub(super) fn cells_of(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split('|').map(str::trim).collect()
}

/// Looks through the block that begins at `index` of the list.
pub(super) fn inside(
    around: Around<'_, '_>,
    list: &[Piece<'_>],
    index: usize,
    (signs, meeting): (&Signs, bool),
) -> Inside {
    let text = &*around.prepared.text;
    let mut inside = Inside { meeting, signs: signs.clone(), ..Inside::default() };
    let words = &text[list[index].1.clone()];
    let is_table = matches!(&list[index].0, Event::Start(Tag::Table(_)));
    if !may_say(words) && signs.is_empty() && !TEXT.may_hide(words) && !is_table {
        return inside;
    }
    let last = end_of(list, index);
    let mut at = index;
    while at <= last {
        let (event, range) = &list[at];
        let end = match event {
            Event::Start(Tag::Item | Tag::DefinitionListDefinition | Tag::FootnoteDefinition(_)) => {
                inside.content(around, list, at, &list[index].1)
            }
            Event::Start(Tag::BlockQuote(_)) => inside.whole(text, list, at),
            Event::Start(Tag::DefinitionListTitle) => inside.title(text, range, &list[index].1),
            Event::Start(Tag::CodeBlock(_)) => inside.code(list, at),
            Event::Start(Tag::Table(_)) if at == index => {
                inside.rows(text, list, at);
                true
            }
            Event::Start(Tag::Table(_)) => inside.whole_table(text, list, at),
            _ => false,
        };
        at = if end { end_of(list, at) + 1 } else { at + 1 };
    }
    inside
}

/// What a paragraph inside a container says. There a common word by itself is a value or a choice ("Confidential").
fn of_part(typed: &str, meeting: bool) -> Option<Phrase> {
    if TEXT.hides(typed) {
        return Some(Phrase::Own);
    }
    let line = bare(typed.trim_end());
    let word = !letters::name(line).contains('_') && line.contains(char::is_lowercase);
    let apart = || (meeting && is_apart(typed)).then_some(Phrase::Own);
    let tells = || TEXT.tells_of_private(typed, meeting).then_some(Phrase::Own);
    let by_law = || TEXT.ends_by_law(line).then_some(Phrase::Own);
    let of_meeting = || TEXT.of_meeting(line, (false, false)).filter(|said| meeting && *said == Phrase::Own);
    let asked = || TEXT.asked(typed.trim_end(), false);
    let said = of_paragraph(typed).or_else(tells).or_else(apart).or_else(by_law).or_else(of_meeting);
    said.or_else(asked).filter(|_| !word)
}

/// Whether a mark in small letters stands apart at the beginning of a paragraph of a meeting, or at its end.
pub(super) fn is_apart(typed: &str) -> bool {
    let joined = bare(typed.trim_end()).replace('\n', " ");
    TEXT.may_speak(&joined) && TEXT.is_apart_in_meeting(&joined)
}

/// What the lines and sentences of a paragraph say of it.
pub(super) fn of_paragraph(typed: &str) -> Option<Phrase> {
    let mut lines = typed.trim_end().lines();
    let first = lines.next().unwrap_or_default();
    let spelt = without_blanks(first);
    if let Some(phrase) = TEXT.of_paragraph(bare(spelt.as_deref().unwrap_or(first))) {
        return Some(phrase);
    }
    let mut rest = lines.peekable();
    while let Some(line) = rest.next() {
        if let Some(phrase) = TEXT.of_later_line(bare(line).trim_start_matches(['>', ' ', '\t']), rest.peek().is_none())
        {
            return Some(phrase);
        }
    }
    // A line may be broken anywhere: "Not for", and below it "publication by virtue of paragraph 3".
    let joined = typed.trim_end().contains('\n').then(|| typed.replace('\n', " "));
    if let Some(phrase) = joined.as_deref().and_then(|typed| TEXT.opened(typed)) {
        return Some(phrase);
    }
    let mut sentences = joined.as_deref().unwrap_or(typed).split(['.', ';']).skip(1);
    let said = sentences.find_map(|sentence| TEXT.of_sentence(sentence));
    said.or_else(|| TEXT.has_inner_mark(typed).then_some(Phrase::Own))
}

/// Where words of a text stand in it.
fn place_of(text: &str, words: &str) -> Range<usize> {
    let start = words.as_ptr() as usize - text.as_ptr() as usize;
    start..start + words.len()
}

/// A line without the braces at its end.
pub(super) fn bare(line: &str) -> &str {
    attributes::at_end(line.trim_end()).map_or(line, |(braces, _)| &line[..braces.start])
}

/// Where the words of an item begin; the box of a task goes with them.
fn start_of(list: &[Piece<'_>], at: usize) -> Option<usize> {
    let inside = list[at + 1..].iter().take_while(|(event, _)| !matches!(event, Event::End(_)));
    inside.take(2).map(|(_, range)| range.start).min()
}

impl Inside {
    /// Takes note of `{.open}` at the end of the first line of `typed`, which begins at `at`.
    fn opened(&mut self, typed: &str, at: usize) -> bool {
        let first = typed.lines().next().unwrap_or_default().trim_end();
        match attributes::at_end(first) {
            Some((braces, said)) if said.has(OPEN) => {
                let start = first[..braces.start].trim_end().len();
                self.open.push(at + start..at + braces.end);
                true
            }
            _ => false,
        }
    }

    /// An item, a definition, a note: its first paragraph speaks for all of it; if it says nothing else, for all that follows.
    fn content(&mut self, around: Around<'_, '_>, list: &[Piece<'_>], at: usize, whole: &Range<usize>) -> bool {
        let text = &*around.prepared.text;
        let ((_, own), last) = (&list[at], end_of(list, at));
        let blocks = list[at + 1..last].iter();
        let first = blocks.clone().find(|(event, _)| !matches!(event, Event::TaskListMarker(_)));
        let Some((event, first)) = first else { return false };
        if matches!(event, Event::Start(Tag::List(_) | Tag::BlockQuote(_) | Tag::Table(_) | Tag::CodeBlock(_))) {
            return false;
        }
        // The words of a tight item end where the next block begins.
        let next = blocks.skip(1).find(|(event, range)| is_block(event) && range.start > first.start);
        let end = next.map_or(own.end, |(_, range)| range.start);
        let typed = &text[first.start..end];
        let start = start_of(list, at).unwrap_or(first.start);
        if self.opened(typed, first.start) {
            return false;
        }
        // The title of an item of a numbered list heads what follows, whether it stays or not.
        let heads = |title: &str| {
            let index = list.iter().position(|(_, range)| range == whole);
            index.and_then(|index| heads::item_end(around, list, (index, own), title))
        };
        let first_line = bare(typed.lines().next().unwrap_or_default().trim_end());
        // A box that is ticked says it of what is below the list.
        let ticked = matches!(&list[at + 1].0, Event::TaskListMarker(true));
        if ticked && next.is_none() && TEXT.is_all(bare(typed.trim_end())) {
            self.parts.push(Part::below(own.end, first.start..first.start + first_line.len()));
            return false;
        }
        let is_item = matches!(&list[at].0, Event::Start(Tag::Item));
        if is_item
            && of_part(typed, self.meeting).is_none()
            && heads::is_title_of_item(first_line)
            && (TEXT.of_heading(first_line).is_some() || self.signs.mark(first_line))
        {
            return self.titled(text, start..own.end, first.start..first.start + first_line.len(), heads(first_line));
        }
        // In minutes a word above more blocks in one item heads them.
        let titles = |line: &str| TEXT.is_all(line) || TEXT.of_meeting(line, (true, false)).is_some();
        let heads_more = || self.meeting && next.is_some() && titles(bare(typed.trim_end()));
        let signed = || self.signs.mark(first_line).then_some(Phrase::Own);
        let Some(phrase) = of_part(typed, self.meeting).or_else(signed).or_else(|| heads_more().then_some(Phrase::Own))
        else {
            return self.later(text, &list[at + 1..last], start..own.end);
        };
        let line = bare(typed.trim_end());
        let alone = typed.trim_end().lines().count() == 1 && end == own.end && TEXT.is_all(line);
        // In small letters it is the title of an item, which stays; if it is the last of a numbered list, it heads what follows.
        if alone && line.contains(char::is_lowercase) {
            let is_last = text[own.end..whole.end.max(own.end)].trim().is_empty();
            if text[..first.start].trim_end().ends_with(['.', ')']) && is_last && phrase != Phrase::Own {
                self.parts.push(Part::below(own.end, first.start..first.start + line.len()));
            }
            return false;
        }
        let below = typed.trim_end().split_once('\n').map_or("", |(_, below)| below);
        let until = match below {
            "" if end == own.end => heads(line.trim()),
            "" => None,
            below => heads(first_line).filter(|_| TEXT.marks_above(below) || TEXT.of_heading(first_line).is_some()),
        };
        let says = alone && phrase != Phrase::Own && matches!(&list[at].0, Event::Start(Tag::Item));
        let goes_on = says || until.is_some();
        let target = start..if goes_on { whole.end } else { own.end };
        let words = first.start..first.start + first_line.len();
        self.parts.push(Part { target, words, form: Form::Content, goes_on, until });
        true
    }

    /// A later paragraph of an item speaks for the item, whose words are `target`.
    fn later(&mut self, text: &str, blocks: &[Piece<'_>], target: Range<usize>) -> bool {
        let said = blocks.iter().find(|(event, range)| {
            matches!(event, Event::Start(Tag::Paragraph)) && of_part(&text[range.clone()], self.meeting).is_some()
        });
        self.parts.extend(said.map(|(_, said)| Part::new(target, said.clone(), Form::Content)));
        said.is_some()
    }

    /// An item whose first line is a title with a mark beside it, as that of a heading: with more words in it, it goes, unless it is one
    /// of a list without numbers; what it heads goes with it, up to `until`.
    fn titled(&mut self, text: &str, content: Range<usize>, words: Range<usize>, until: Option<usize>) -> bool {
        let more = text[words.end..content.end].contains(char::is_alphanumeric);
        let numbered = text[..content.start].trim_end().ends_with(['.', ')']) || heads::is_set(&text[words.clone()]);
        if until.is_none() && !(more && numbered) {
            return false;
        }
        let target = if more { content } else { content.end..content.end };
        self.parts.push(Part { target, words, form: Form::Content, goes_on: until.is_some(), until });
        true
    }

    /// A quotation, marks included, in which any paragraph says so.
    fn whole(&mut self, text: &str, list: &[Piece<'_>], at: usize) -> bool {
        let paragraphs =
            list[at..=end_of(list, at)].iter().filter(|(event, _)| matches!(event, Event::Start(Tag::Paragraph)));
        for (_, range) in paragraphs {
            let typed = &text[range.clone()];
            if !self.opened(typed, range.start) && of_part(typed, self.meeting).is_some() {
                self.parts.push(Part::new(list[at].1.clone(), range.clone(), Form::Block));
                return true;
            }
        }
        false
    }

    /// A word that is explained: the list of definitions around it is held back.
    fn title(&mut self, text: &str, range: &Range<usize>, around: &Range<usize>) -> bool {
        let typed = &text[range.clone()];
        let line = bare(typed).trim_end();
        let meeting = self.meeting;
        let titled = || meeting && TEXT.may_speak(line) && TEXT.of_heading(line).is_some();
        if self.opened(typed, range.start) || !(TEXT.of_paragraph(line).is_some() || titled()) {
            return false;
        }
        self.parts.push(Part::new(around.clone(), range.clone(), Form::Block));
        true
    }

    fn code(&mut self, list: &[Piece<'_>], at: usize) -> bool {
        let range = &list[at].1;
        let said = list[at..=end_of(list, at)].iter().find_map(|(event, range)| match event {
            Event::Text(words) => {
                words.lines().find(|line| !line.trim().is_empty()).map(|line| (line.to_owned(), range))
            }
            _ => None,
        });
        let Some((_, words)) = said.filter(|(line, _)| of_part(line.trim(), self.meeting).is_some()) else {
            return false;
        };
        self.parts.push(Part::new(range.clone(), words.clone(), Form::Block));
        true
    }

    /// The rows of a table in which a cell says so, or a column for it, with those that go on from them; from a row on that has no other
    /// words, all of them.
    fn rows(&mut self, text: &str, list: &[Piece<'_>], at: usize) {
        let (table, last) = (list[at].1.clone(), end_of(list, at));
        let (mut index, mut columns, mut held, mut decided) = (at + 1, Vec::new(), None, false);
        let mut closed = Vec::new();
        while index < last {
            let (event, row) = &list[index];
            let heads = matches!(event, Event::Start(Tag::TableHead));
            if !heads && !matches!(event, Event::Start(Tag::TableRow)) {
                index += 1;
                continue;
            }
            let end = end_of(list, index);
            let in_row = list[index..end].iter().filter(|(event, _)| matches!(event, Event::Start(Tag::TableCell)));
            let cells: Vec<&str> = in_row.map(|(_, range)| text[range.clone()].trim_matches(['|', ' '])).collect();
            if heads {
                columns = columns_of_business(&cells, self.meeting);
                closed = self.closed_columns(text, &cells);
                decided = self.meeting && holds_decisions(&cells);
            }
            index = end + 1;
            let of_closed =
                closed.iter().filter_map(|(at, head)| Some((cells.get(*at).filter(|cell| !cell.is_empty())?, head)));
            self.parts.extend(of_closed.filter(|_| !heads).map(|(cell, head): (&&str, &Range<usize>)| {
                Part::new(place_of(text, cell), head.clone(), Form::Cell(table.end))
            }));
            let signed =
                cells.iter().find(|cell| !heads && self.signs.mark(cell)).map(|cell| (place_of(text, cell), false));
            let titled = cells.first().filter(|cell| decided && !heads && TEXT.ends_in_mark(bare(cell)));
            let signed = signed.or_else(|| titled.map(|cell| (place_of(text, cell), false)));
            let said = self.row(text, &cells, heads).or(signed);
            let of_column = columns.iter().filter_map(|(at, column)| Some((cells.get(*at)?, column)));
            let of_column = of_column.filter(|(cell, column)| !heads && column.withholds(cell));
            let said = said.or_else(|| Some((place_of(text, of_column.map(|(cell, _)| *cell).next()?), false)));
            // A row without a first cell goes on from the one above it.
            let first = cells.first().is_some_and(|cell| !cell.is_empty());
            held = said.or_else(|| held.filter(|_| !first && cells.len() > 1).map(|(words, _)| (words, false)));
            let Some((words, alone)) = held.clone() else { continue };
            if heads {
                // A head of marks alone, above all other words of a text, is a stamp on the text.
                let first = !list[..at]
                    .iter()
                    .any(|(event, _)| matches!(event, Event::Start(Tag::Paragraph | Tag::List(_) | Tag::Table(_))));
                let stamps = first && cells.iter().filter(|cell| !cell.is_empty()).all(|cell| TEXT.is_mark(cell));
                self.parts.push(Part { goes_on: stamps, ..Part::new(table, words, Form::Block) });
                return;
            }
            let top = !list[..at].iter().any(|(event, _)| matches!(event, Event::Start(Tag::Paragraph | Tag::List(_))));
            if let [label, value] = cells[..]
                && top
                && TEXT.is_of_form(label, value)
            {
                self.parts.push(Part { goes_on: true, ..Part::new(table, words, Form::Block) });
                return;
            }
            let stop = if alone { table.end } else { row.end };
            self.parts.push(Part::new(row.start..stop, words, Form::Rows(table.end)));
            if alone {
                return;
            }
        }
    }

    /// The columns of a table whose heads say that what stands below them is not for everybody, by their places.
    fn closed_columns(&mut self, text: &str, heads: &[&str]) -> Vec<(usize, Range<usize>)> {
        let closed = heads.iter().enumerate().filter(|(_, head)| self.meeting && TEXT.is_closed_column(bare(head)));
        let closed: Vec<_> = closed.map(|(at, head)| (at, *head, place_of(text, head))).collect();
        closed
            .into_iter()
            .filter(|(_, head, place)| !self.opened(head, place.start))
            .map(|(at, _, place)| (at, place))
            .collect()
    }

    /// The words by which a row says that it is not for everybody, and whether it has no others, so that it heads the rows below.
    fn row(&mut self, text: &str, cells: &[&str], heads: bool) -> Option<(Range<usize>, bool)> {
        let box_of_one = cells.len() == 1;
        let filled: Vec<&str> = cells.iter().copied().filter(|words| !words.is_empty()).collect();
        let is_loud = |words: &&str| TEXT.is_loud(words);
        let is_mark = |words: &&str| TEXT.is_mark(words.trim_matches(['*', '_', '`']));
        // In small letters such words are values.
        let set = |words: &&str| !words.contains(char::is_lowercase) || words.starts_with("**");
        let of_meeting = |words: &str| self.meeting.then(|| TEXT.of_meeting(words, (true, false))).flatten();
        let part = |words: &str| {
            of_part(words, self.meeting).or_else(|| of_meeting(words)).filter(|phrase| *phrase != Phrase::Own)
        };
        let alone = (!heads || filled.iter().all(|words| is_loud(words) || (set(words) && is_mark(words))))
            && !filled.is_empty()
            && (!box_of_one || TEXT.is_all(filled[0]))
            && (part(filled[0]).is_some() || (filled.len() > 1 && filled.iter().any(set) && is_mark(&filled[0])))
            && filled[1..].iter().all(is_mark);
        let mut said = None;
        for words in cells {
            let lines = || words.split("<br").map(|line| line.trim_start_matches(['/', ' ', '>']).trim());
            let several = words.contains("<br") && lines().any(|line| TEXT.is_all(bare(line)));
            let boxed = box_of_one && of_part(&lines().collect::<Vec<_>>().join("\n"), self.meeting).is_some();
            let place = place_of(text, words);
            // Of a column the head speaks of its cells alone.
            if heads && self.meeting && TEXT.is_closed_column(bare(words)) {
                continue;
            }
            let labelled = self.meeting && !heads && TEXT.marks_label(bare(words));
            if !self.opened(words, place.start) && (TEXT.of_cell(bare(words)) || several || boxed || labelled) {
                said = said.or(Some(place));
            }
        }
        let others = || cells.iter().skip(1).any(|cell| cell.split_whitespace().count() >= 3);
        let first = cells.first().filter(|words| is_loud(words) && !heads && others());
        let said =
            said.or_else(|| first.or_else(|| filled.first().filter(|_| alone)).map(|words| place_of(text, words)));
        said.map(|words| (words, alone))
    }

    /// A table in a list or a quotation goes as a whole.
    fn whole_table(&mut self, text: &str, list: &[Piece<'_>], at: usize) -> bool {
        let mut own = Inside { meeting: self.meeting, signs: self.signs.clone(), ..Inside::default() };
        own.rows(text, list, at);
        self.open.append(&mut own.open);
        let Some(part) = own.parts.into_iter().next() else { return false };
        self.parts.push(Part { target: list[at].1.clone(), form: Form::Block, ..part });
        true
    }
}

/// Whether a block begins.
fn is_block(event: &Event<'_>) -> bool {
    use Tag as T;
    let blocks =
        |tag: &Tag<'_>| matches!(tag, T::List(_) | T::BlockQuote(_) | T::Table(_) | T::CodeBlock(_) | T::Paragraph);
    matches!(event, Event::Start(tag) if blocks(tag))
}
