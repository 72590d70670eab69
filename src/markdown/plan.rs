//! What a line of text holds beside CommonMark: attributes, references in double brackets, marked words, pages of
//! the printed pack, and the few HTML tags that pass.
//!
//! Input: the inline events of one block. Output: a [`Plan`], a list of cuts in the order of the text, which the
//! builder follows. Most blocks have none, and then nothing is looked at. Not here: HTML, and ids.
//!
//! A cut lies wholly in plain text: what CommonMark took for code, a link or emphasis is never cut.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::attributes::{self, Attributes};
use super::events::{Piece, Traits, covered};
use super::raw_html;
use crate::kind::KindId;
use crate::model::AnchorId;

/// What to do instead of printing some characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CutAction<'text> {
    /// Nothing: attributes, which are read elsewhere.
    Drop,
    /// A page of the printed pack begins.
    Page(&'text str),
    /// The printed label of a place.
    Number(AnchorId),
    /// `[[id]]`.
    Reference(&'text str),
    /// `[[id|`: the words follow, up to an [`CutAction::EndReference`].
    OpenReference(&'text str),
    /// `]]`.
    EndReference,
    /// `![[id]]` or `![[id|words]]`, alone in its paragraph.
    Embed(&'text str, &'text str),
    /// `[` of marked words; holds an index into [`Plan::spans`].
    OpenSpan(usize),
    /// `]{…}` of marked words.
    EndSpan,
    /// A sentence begins that a bracket after it makes a record of; holds an index into [`Plan::sentences`].
    OpenSentence(usize),
    /// That sentence ends.
    EndSentence,
    /// The bracket after that sentence ends.
    EndBracket,
    /// The title of an item begins; holds its kind and its number, and where the title stands.
    OpenItem(KindId, Box<str>, Range<usize>),
    /// A word that the glossary explains, as typed, without what begins its lines.
    Term {
        /// What is printed.
        words: Box<str>,
        /// Which entry.
        entry: u32,
    },
    /// A section of an Act.
    Statute {
        /// What is printed: the range as typed, without what begins its lines.
        words: Box<str>,
        /// Where it is on legislation.gov.uk.
        address: Box<str>,
    },
}

/// A range of the text that is not printed as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut<'text> {
    /// The range.
    pub(crate) range: Range<usize>,
    /// What happens in place of the range.
    pub(crate) action: CutAction<'text>,
}

/// Attributes and their braces in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Braces<'text> {
    /// Where the braces stand.
    pub(crate) range: Range<usize>,
    /// What the braces say.
    pub(crate) attributes: Attributes<'text>,
}

/// What to know of a run of inline events before it is built.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Plan<'text> {
    /// In the order of the text; they do not overlap.
    pub(crate) cuts: Vec<Cut<'text>>,
    /// Attributes of the block.
    pub(crate) block: Vec<Braces<'text>>,
    /// Attributes of marked words.
    pub(crate) spans: Vec<Braces<'text>>,
    /// Sentences that brackets after them make records of.
    pub(crate) sentences: Vec<Sentence>,
    /// Attributes of pictures; each begins where its picture ends.
    pub(crate) pictures: Vec<Braces<'text>>,
    /// Indices of the events of raw HTML that are printed as HTML.
    pub(crate) passing: Vec<usize>,
}

/// A sentence and the bracket after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// The sentence; `None` if none stands before the bracket.
    pub(crate) words: Option<Range<usize>>,
    /// The bracket.
    pub(crate) bracket: Range<usize>,
    /// What the bracket says.
    pub(crate) says: Undertaking,
    /// Where its words alone make it a record, which of those that recognition found in the text it is.
    pub(crate) found: Option<usize>,
}

/// Who and by when, as `(Action: Head of Safer Communities, by 31 October 2021)` says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Undertaking {
    /// The kind of record that the sentence before it is.
    pub(crate) kind: KindId,
    /// Where who stands, from the opening bracket on.
    pub(crate) by: Option<std::ops::Range<usize>>,
    /// Where by when stands, without the word `by`.
    pub(crate) due: Option<std::ops::Range<usize>>,
    /// The bytes from the opening bracket to the closing one.
    pub(crate) length: usize,
}

/// Where a run of inline events stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// A paragraph, or the text of a list item.
    Paragraph,
    /// A heading.
    Heading,
    /// A cell of a table, the term of a definition: it takes no attributes.
    Cell,
}

/// The word after a dot that may stand in braces at the end of any line: it says that the line is no record.
pub(crate) const NO_RECORD: &str = "no-record";

/// Looks through the events `run` of `list`.
pub(crate) fn plan<'text>(
    text: &'text str,
    list: &[Piece<'_>],
    run: Range<usize>,
    traits: Traits,
    setting: Setting,
) -> Plan<'text> {
    let mut plan = Plan::default();
    if !(traits.html || traits.braces || traits.references) {
        return plan;
    }
    let first = run.start;
    let run = &list[run];
    if traits.html {
        plan.passing = raw_html::passing(run).into_iter().map(|index| first + index).collect();
    }
    let whole = covered(run);
    // What begins in a cell of a table ends in it, whatever stands in the next.
    let text = &text[..whole.end];
    let has = |wanted: &str| text[whole.clone()].contains(wanted);
    let braces = traits.braces && has("{");
    if braces && setting != Setting::Cell {
        for (cut, braces) in at_line_ends(text, run) {
            plan.cuts.push(Cut { range: cut, action: CutAction::Drop });
            plan.block.push(braces);
        }
    }
    if braces {
        pages(text, run, &mut plan);
        pictures(text, run, &mut plan);
    }
    if braces || (traits.references && has("[[")) {
        brackets(text, run, first, setting, &mut plan);
    }
    plan.cuts.sort_by_key(|cut| (cut.range.start, cut.range.end));
    let mut end = 0;
    plan.cuts.retain(|cut| {
        let apart = cut.range.start >= end;
        end = if apart { cut.range.end } else { end };
        apart
    });
    plan
}

/// The attributes at the ends of the first and the last line, each with the range to leave out: the braces, the
/// blanks before them, and the line break if they have a line of their own. On lines between, only what is said of the line alone.
pub(crate) fn at_line_ends<'text>(text: &'text str, run: &[Piece<'_>]) -> Vec<(Range<usize>, Braces<'text>)> {
    let mut found = Vec::new();
    line_end(text, run, None, &mut found);
    let (mut depth, mut first) = (0_usize, true);
    for (index, (event, range)) in run.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::SoftBreak | Event::HardBreak if depth == 0 => {
                let mut of_line = Vec::new();
                line_end(text, &run[..index], Some(range), &mut of_line);
                let own =
                    |braces: &Braces<'_>| braces.attributes.kinds == [NO_RECORD] && braces.attributes.pairs.is_empty();
                found.extend(of_line.into_iter().filter(|(_, braces)| first || own(braces)));
                first = false;
            }
            Event::SoftBreak | Event::HardBreak => first = false,
            _ => {}
        }
    }
    found
}

/// The attributes at the end of the line with which `run` ends.
fn line_end<'text>(
    text: &'text str,
    run: &[Piece<'_>],
    next_break: Option<&Range<usize>>,
    found: &mut Vec<(Range<usize>, Braces<'text>)>,
) {
    let texts = run.iter().rev().take_while(|(event, _)| matches!(event, Event::Text(_))).count();
    let (before, line) = run.split_at(run.len() - texts);
    let (Some((_, first)), Some((_, last))) = (line.first(), line.last()) else { return };
    let after_picture = matches!(before.last(), Some((Event::End(TagEnd::Image), _)));
    let mut end = last.end;
    while let Some((braces, attributes)) = attributes::at_end(text[first.start..end].trim_end()) {
        let braces = first.start + braces.start..first.start + braces.end;
        let kept = text[first.start..braces.start].trim_end();
        let of_span = braces.start == first.start + kept.len() && kept.ends_with(']');
        // An exemption after a picture is the block's, which holds the picture.
        let of_picture = after_picture && braces.start == first.start && !attributes.has("exempt");
        if of_span || of_picture || is_page(&attributes) {
            break;
        }
        end = first.start + kept.len();
        let mut cut = end..braces.end;
        if kept.is_empty() {
            match (before.last(), next_break) {
                (Some((Event::SoftBreak | Event::HardBreak, range)), None) => cut.start = range.start,
                (None, Some(range)) => cut.end = range.end,
                _ => {}
            }
        }
        found.push((cut, Braces { range: braces, attributes }));
    }
}

fn is_page(attributes: &Attributes<'_>) -> bool {
    attributes.kinds.is_empty() && attributes.id.is_none() && matches!(attributes.pairs[..], [("page", _)])
}

/// `{page=56}` anywhere in plain text.
fn pages<'text>(text: &'text str, run: &[Piece<'_>], plan: &mut Plan<'text>) {
    let mut links = 0_usize;
    for (event, range) in run {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => links += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => links = links.saturating_sub(1),
            Event::Text(_) if links == 0 => {
                for (at, _) in text[range.clone()].match_indices("{page=") {
                    let start = range.start + at;
                    if let Some((length, attributes)) = attributes::at_start(&text[start..range.end])
                        && is_page(&attributes)
                        && !escaped(text, start)
                    {
                        let action = CutAction::Page(attributes.pairs[0].1);
                        plan.cuts.push(Cut { range: start..start + length, action });
                    }
                }
            }
            _ => {}
        }
    }
}

/// Braces that follow a picture at once.
fn pictures<'text>(text: &'text str, run: &[Piece<'_>], plan: &mut Plan<'text>) {
    for (index, (event, range)) in run.iter().enumerate() {
        if !matches!(event, Event::End(TagEnd::Image)) {
            continue;
        }
        if let Some((length, attributes)) = attributes::at_start(&text[range.end..]) {
            let braces = range.end..range.end + length;
            if only_text(&run[index + 1..], &braces) {
                plan.cuts.push(Cut { range: braces.clone(), action: CutAction::Drop });
                plan.pictures.push(Braces { range: braces, attributes });
            }
        }
    }
}

/// An opening bracket that has not met its closing one.
struct Open {
    at: usize,
    depth: usize,
}

/// References in double brackets, and words in brackets with attributes after them.
fn brackets<'text>(text: &'text str, run: &[Piece<'_>], first: usize, setting: Setting, plan: &mut Plan<'text>) {
    let mut open: Vec<Open> = Vec::new();
    let mut depth = 0_usize;
    let mut links = 0_usize;
    let mut skip = 0;
    for (index, (event, range)) in run.iter().enumerate() {
        match event {
            Event::Start(tag) => {
                depth += 1;
                links += usize::from(matches!(tag, Tag::Link { .. } | Tag::Image { .. }));
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                links = links.saturating_sub(usize::from(matches!(tag, TagEnd::Link | TagEnd::Image)));
            }
            Event::InlineHtml(html) if plan.passing.binary_search(&(first + index)).is_ok() => {
                depth = match raw_html::tag(html) {
                    Some(tag) if tag.closing => depth.saturating_sub(1),
                    Some(tag) if !tag.name.eq_ignore_ascii_case("br") => depth + 1,
                    _ => depth,
                };
            }
            Event::Text(_) if links > 0 || range.start < skip => {}
            Event::Text(typed) if matches!(&**typed, "[" | "![") && !escaped(text, range.start) => {
                if let Some(end) = reference(text, run, index, setting, plan) {
                    skip = end;
                } else {
                    open.push(Open { at: range.end - 1, depth });
                }
            }
            Event::Text(typed) if &**typed == "]" && !escaped(text, range.start) => {
                if let Some(bracket) = open.pop()
                    && bracket.depth == depth
                    && let Some((length, attributes)) = attributes::at_start(&text[range.end..])
                    && only_text(&run[index + 1..], &(range.end..range.end + length))
                {
                    span(bracket.at, range.start..range.end + length, attributes, plan);
                }
            }
            _ => {}
        }
        while open.last().is_some_and(|bracket| bracket.depth > depth) {
            open.pop();
        }
    }
}

/// Words in brackets, with attributes: the opening bracket, and the closing one with the braces.
fn span<'text>(open: usize, close: Range<usize>, attributes: Attributes<'text>, plan: &mut Plan<'text>) {
    plan.cuts.push(Cut { range: open..open + 1, action: CutAction::OpenSpan(plan.spans.len()) });
    plan.cuts.push(Cut { range: close.clone(), action: CutAction::EndSpan });
    plan.spans.push(Braces { range: close.start + 1..close.end, attributes });
}

/// A reference in double brackets that begins with the event `index`. Returns where it ends.
fn reference<'text>(
    text: &'text str,
    run: &[Piece<'_>],
    index: usize,
    setting: Setting,
    plan: &mut Plan<'text>,
) -> Option<usize> {
    let [(_, first), (Event::Text(second), second_range), ..] = &run[index..] else { return None };
    (&**second == "[" && first.end == second_range.start).then_some(())?;
    let inside = second_range.end;
    let close = inside + text[inside..].find(['[', ']', '\n'])?;
    let end = close + 2;
    text[close..].starts_with("]]").then_some(())?;
    (!text[end..].starts_with(['(', '[', ':'])).then_some(())?;
    let content = &text[inside..close];
    let pipe = content.find('|');
    let id = content[..pipe.unwrap_or(content.len())].trim_end_matches('\\');
    (!id.trim().is_empty() && !id.starts_with('^')).then_some(())?;
    let words = pipe.map_or(close, |at| inside + at + 1);
    // A page of the pack is a link to itself, and no link can hold another.
    (!text[words..close].contains("{page=")).then_some(())?;
    let rest = &run[index..];
    let fits =
        only_text(rest, &(first.start..words)) && balanced(rest, &(words..close)) && only_text(rest, &(close..end));
    fits.then_some(())?;
    let picture = text[first.clone()].starts_with('!');
    let first_thing = setting == Setting::Paragraph && run.first().is_some_and(|(_, range)| range.start == first.start);
    if picture && first_thing && alone(run, end, plan) {
        let action = CutAction::Embed(id, text[words..close].trim());
        plan.cuts.push(Cut { range: first.start..end, action });
    } else if text[words..close].trim().is_empty() {
        plan.cuts.push(Cut { range: first.start..end, action: CutAction::Reference(id) });
    } else {
        plan.cuts.push(Cut { range: first.start..words, action: CutAction::OpenReference(id) });
        plan.cuts.push(Cut { range: close..end, action: CutAction::EndReference });
    }
    Some(end)
}

/// Whether nothing but attributes of the block follows the place `end`.
fn alone(run: &[Piece<'_>], end: usize, plan: &Plan<'_>) -> bool {
    let drops = || plan.cuts.iter().filter(|cut| cut.action == CutAction::Drop);
    let dropped =
        |range: &Range<usize>| drops().any(|cut| cut.range.start <= range.start.max(end) && cut.range.end >= range.end);
    run.iter().filter(|(_, range)| range.end > end).all(|(_, range)| dropped(range))
}

/// Whether all events that touch `wanted` are plain text. An end touches only where it ends.
fn only_text(run: &[Piece<'_>], wanted: &Range<usize>) -> bool {
    let near = run.iter().take_while(|(_, range)| range.start < wanted.end);
    near.filter(|(_, range)| range.end > wanted.start).all(|(event, range)| match event {
        Event::Text(_) => true,
        Event::End(_) => range.end > wanted.end,
        _ => false,
    })
}

/// Whether the events in `wanted` are whole: words that may be a link's.
fn balanced(run: &[Piece<'_>], wanted: &Range<usize>) -> bool {
    let mut depth = 0_i32;
    for (event, range) in run.iter().take_while(|(_, range)| range.start < wanted.end) {
        if range.end <= wanted.start {
            continue;
        }
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) | Event::FootnoteReference(_) => return false,
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Text(_) | Event::Code(_) if range.end <= wanted.end && range.start >= wanted.start => {}
            Event::Text(_) => {}
            _ => return false,
        }
        if depth < 0 || range.end > wanted.end && !matches!(event, Event::Text(_)) {
            return false;
        }
    }
    depth == 0
}

/// Whether a backslash stands before the place `at` that takes its meaning away.
pub(crate) fn escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}
