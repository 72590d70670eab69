//! The blocks of a text, and what the words of each say of who may read it.
//!
//! Input: the events of a text, after exemptions in braces went. Output: its headings, paragraphs and whole lists. Not here: how far
//! words reach (`reach.rs`), what is held back (`phrases.rs`), and the words themselves (`words.toml`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::heads::{Head, is_set};
use super::nested::{self, Inside, OPEN};
use crate::markdown::attributes;
use crate::markdown::enclosed::Around;
use crate::markdown::events::{self, Piece, end_of, line_start};
use crate::markdown::extent::is_sure_heading;
use crate::privacy::apart::{is_spaced, without_blanks};
use crate::privacy::legend::Signs;
use crate::privacy::spoken::Phrase;
use crate::privacy::words::TEXT;

/// What is known of a text in which a meeting speaks.
#[derive(Clone, Copy)]
pub(super) struct Meeting {
    /// Whether its second part may be the private one: it has no third.
    pub(super) parts: bool,
    /// Whether it speaks another language than English.
    pub(super) foreign: bool,
}

/// One block of the text itself: a heading, a paragraph, a whole list.
pub(super) struct Block {
    pub(super) range: Range<usize>,
    /// The level of a heading, or of a line that a reader takes for one.
    pub(super) level: Option<u8>,
    /// Its first line without its braces, as typed.
    pub(super) line: Range<usize>,
    pub(super) prose: bool,
    /// Whether it may go on from words above it that are no sentence: a list, a table, a quotation, code.
    pub(super) limb: bool,
    /// The first level, and the first heading.
    pub(super) title: bool,
    /// What it heads, if it is no heading to CommonMark.
    pub(super) head: Option<Head>,
    /// Whether its first line is a title, and what stands below that says how it is kept from the public.
    pub(super) marked: bool,
    /// Its words as a reader sees them, where signs stand between the letters of one.
    pub(super) seen: Option<String>,
    /// The words that stand for it as long as it is folded.
    pub(super) summary: Option<Range<usize>>,
    /// The index of the event after it.
    pub(super) next: usize,
    pub(super) open: Option<Range<usize>>,
    /// Whether a sign stands beside its words that is of what is private.
    pub(super) signed: bool,
    /// Whether it stands in a text in which a meeting speaks.
    pub(super) meeting: Option<Meeting>,
    /// What is held back of it by words inside it.
    pub(super) inside: Inside,
}

impl Block {
    /// Whether it heads what is below it.
    pub(super) fn heads(&self) -> bool {
        self.level.is_some() || self.head.is_some()
    }
}

/// The level of a line in bold or in capitals that heads what is below it.
pub(super) const LINE: u8 = 7;

/// A paragraph that is longer, in bytes, says more than that the public is excluded.
pub(super) const LONGEST_RESOLUTION: usize = 600;

/// Whether signs may stand between the letters of a word, which its reader does not see.
pub(super) fn is_parted(text: &str) -> bool {
    let signs = text.match_indices(['&', '<', '*', '_', '`']);
    signs.into_iter().any(|(at, _)| text[..at].ends_with(char::is_alphabetic))
}

/// Whether a block is the resolution to exclude the public.
pub(super) fn resolves(text: &str, block: &Block) -> bool {
    let typed = &text[block.range.clone()];
    block.prose && typed.len() <= LONGEST_RESOLUTION && TEXT.excludes(TEXT.behind_label(typed))
}

/// What the words of a block say.
pub(super) fn phrase(text: &str, block: &Block) -> Option<Phrase> {
    if let Some(summary) = &block.summary {
        return TEXT.of_summary(&text[summary.clone()]).then_some(Phrase::Opened);
    }
    if !block.prose && block.level.is_none() {
        return None;
    }
    let picture = || block.prose && text[block.range.clone()].starts_with("![");
    if block.seen.as_deref().is_some_and(|seen| picture() && TEXT.may_speak(seen) && TEXT.has_forbidding_part(seen)) {
        return Some(Phrase::Own);
    }
    let typed = phrase_in(&text[block.range.clone()], &text[block.line.clone()], text, block);
    let typed = typed.or_else(|| block.seen.as_deref().and_then(|seen| phrase_in(seen, seen, text, block)));
    typed.or_else(|| asked(text, block))
}

/// What a block asks not to be shown.
fn asked(text: &str, block: &Block) -> Option<Phrase> {
    let heading = block.level.is_some_and(|level| level < LINE);
    let phrase = TEXT.asked(nested::bare(text[block.range.clone()].trim_end()), heading).filter(|_| !block.title)?;
    (!resolves(text, block)).then(|| if block.level.is_some() { phrase.widened() } else { phrase })
}

/// What the words of a block say, of which the first line is `line`.
fn phrase_in(words: &str, line: &str, text: &str, block: &Block) -> Option<Phrase> {
    let hides = || block.level.is_none() && TEXT.hides(words);
    if hides() || (block.level.is_none() && block.head.is_none() && block.signed) {
        return Some(Phrase::Own);
    }
    let gathers = || block.meeting.is_some() && (block.level.is_some() || block.head.is_some()) && TEXT.gathers(line);
    if !TEXT.may_speak(words) && !TEXT.is_for_few(line) && !gathers() {
        return None;
    }
    let meeting = || {
        let meeting = block.meeting?;
        let heads = block.level.is_some() || block.head.is_some();
        let said = TEXT.of_meeting(line, (heads, meeting.foreign));
        said.filter(|said| *said != Phrase::Part || meeting.parts).filter(|_| !resolves(text, block))
    };
    let said = match block.level {
        Some(1) if block.title => TEXT.of_title(line),
        Some(_) => TEXT.of_heading(line).or_else(|| block.marked.then_some(Phrase::Titled)),
        None if block.head.is_some() && (block.marked || TEXT.of_heading(line).is_some()) => Some(Phrase::Titled),
        None => {
            let phrase = TEXT.of_paragraph(line);
            let phrase = phrase
                .or_else(|| nested::of_paragraph(words).filter(|said| said.is_of_more() || !resolves(text, block)));
            let tells = || TEXT.tells_of_private(words, block.meeting.is_some());
            let phrase = phrase.or_else(|| tells().then_some(Phrase::Own));
            let apart = || block.meeting.is_some() && nested::is_apart(words) && !resolves(text, block);
            let phrase = phrase.or_else(|| apart().then_some(Phrase::Own));
            phrase.map(|phrase| phrase.of_lines(words, &text[block.range.clone()]))
        }
    };
    said.or_else(meeting)
}

/// The blocks of a text, in order.
pub(super) fn blocks(around: Around<'_, '_>, list: &[Piece<'_>], signs: &Signs, meeting: bool) -> Vec<Block> {
    let text = &*around.prepared.text;
    let mut blocks = Vec::new();
    let mut index = 0;
    while let Some((event, range)) = list.get(index) {
        let level = match event {
            Event::Start(Tag::Heading { level, .. }) => Some(*level as u8),
            _ => None,
        };
        // Lines above a line across the page, which CommonMark takes for a heading, are a paragraph.
        let sure = level.is_none() || is_sure_heading(&text[range.clone()]);
        let level = level.filter(|_| sure);
        if matches!(event, Event::Start(_)) {
            let prose = !sure || matches!(event, Event::Start(Tag::Paragraph | Tag::BlockQuote(_)));
            let inside = match event {
                Event::Start(Tag::Heading { .. } | Tag::Paragraph) => Inside::default(),
                _ => nested::inside(around, list, index, (signs, meeting)),
            };
            let end = end_of(list, index);
            let plain = || events::plain(&list[index + 1..end]);
            let inline = matches!(event, Event::Start(Tag::Heading { .. } | Tag::Paragraph));
            let typed = &text[range.clone()];
            let seen = (inline && (is_parted(typed) || typed.starts_with("!["))).then(plain);
            let spaced =
                || (inline && is_spaced(typed)).then(|| without_blanks(typed.trim_start_matches(['#', ' ']))).flatten();
            let seen = spaced().or(seen);
            let is_heading = |block: &Block| block.level.is_some_and(|level| level < LINE);
            let title = level == Some(1) && !blocks.iter().any(is_heading);
            let summary = matches!(event, Event::Start(Tag::HtmlBlock)).then(|| summary(text, range)).flatten();
            let limb =
                matches!(event, Event::Start(Tag::List(_) | Tag::Table(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_)));
            blocks.push(Block {
                inside,
                limb,
                title,
                seen,
                summary,
                next: end + 1,
                ..block(text, range.clone(), level, prose)
            });
            if let Some(block) = blocks.last_mut().filter(|_| inline) {
                let typed = &text[block.range.clone()];
                let first = typed.lines().next().unwrap_or_default();
                block.signed = if block.heads() { signs.mark(first) } else { signs.mark_paragraph(typed) };
            }
            index = end;
        }
        index += 1;
    }
    blocks
}

/// The words between `<summary>` and its end, in a block of HTML.
fn summary(text: &str, block: &Range<usize>) -> Option<Range<usize>> {
    let typed = &text[block.clone()];
    let start = typed.find("<summary>")? + "<summary>".len();
    let length = typed[start..].find("</summary>")?;
    Some(block.start + start..block.start + start + length)
}

fn block(text: &str, range: Range<usize>, level: Option<u8>, prose: bool) -> Block {
    let typed = &text[range.clone()];
    let first = typed.lines().next().unwrap_or_default().trim_end();
    let mut line = range.start..range.start + first.len();
    let mut open = None;
    if let Some((braces, said)) = attributes::at_end(first) {
        line.end = range.start + first[..braces.start].trim_end().len();
        open = said.has(OPEN).then(|| line.end..range.start + braces.end);
    }
    let broken = text[line.clone()].trim_end().strip_suffix('>').and_then(|rest| Some(&rest[..rest.rfind("<br")?]));
    line.end = broken.map_or(line.end, |rest| line.start + rest.trim_end().len());
    let below = typed.trim_end().split_once('\n').map_or("", |(_, below)| below);
    let marked = prose && level.is_none() && TEXT.marks_above(below);
    let one_line = (below.is_empty() || marked) && line.start == line_start(text, range.start);
    let words = &text[line.clone()];
    let head = Head::of(words).filter(|_| prose && level.is_none() && line.start == line_start(text, range.start));
    let level = level.or_else(|| (prose && one_line && is_set(words) && head != Some(Head::Record)).then_some(LINE));
    let head = head.filter(|head| matches!(head, Head::Item(_)));
    Block {
        range,
        level,
        line,
        prose,
        open,
        head,
        limb: false,
        title: false,
        marked,
        seen: None,
        summary: None,
        next: 0,
        signed: false,
        meeting: None,
        inside: Inside::default(),
    }
}
