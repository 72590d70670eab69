//! Words in a text that say that what follows is not for publication: "[EXEMPT]", "PART TWO – EXEMPT", "Not for publication by
//! virtue of paragraph 3 of Part 1 of Schedule 12A".
//!
//! Input: the blocks of a text, after exemptions in braces went. Output: passages that are held back, each with the words
//! that say so. Headings stay, as do the resolution to exclude the public and what has `{.open}` at its end.
//! Not here: braces (`exemption.rs`), heads, and the words themselves (`words.toml`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::letters;
use super::nested::{self, Form, Inside, OPEN};
use super::spoken::Phrase;
use super::words::TEXT;
use crate::markdown::attributes;
use crate::markdown::events::{Piece, end_of, line_start};
use crate::markdown::prepare::NOTICE;

/// A passage that words of the text hold back.
pub(super) struct SaidPrivate {
    /// What goes.
    pub(super) target: Range<usize>,
    /// The words that say so.
    pub(super) words: Range<usize>,
    /// How it is taken out.
    pub(super) form: Form,
}

impl SaidPrivate {
    fn of_part(part: &nested::Part) -> Self {
        Self { target: part.target.clone(), words: part.words.clone(), form: part.form }
    }
}

/// What a text says of itself.
#[derive(Default)]
pub(super) struct Said {
    /// The passages, in order; they do not overlap.
    pub(super) passages: Vec<SaidPrivate>,
    /// Braces that say `{.open}`, which are printed nowhere.
    pub(super) open: Vec<Range<usize>>,
}

/// One block of the text itself: a heading, a paragraph, a whole list.
struct Block {
    range: Range<usize>,
    /// The level of a heading, or of a line that a reader takes for one.
    level: Option<u8>,
    /// Its first line without its braces, as typed.
    line: Range<usize>,
    prose: bool,
    open: Option<Range<usize>>,
    /// What is held back of it by words inside it.
    inside: Inside,
}

/// The level of a line in bold or in capitals that heads what is below it.
const LINE: u8 = 7;

/// A paragraph that is longer, in bytes, says more than that the public is excluded.
const LONGEST_RESOLUTION: usize = 600;

/// Looks through the blocks of `text`.
pub(super) fn said(text: &str, list: &[Piece<'_>]) -> Said {
    if !nested::may_say(text) {
        return Said::default();
    }
    let blocks = blocks(text, list);
    let open = blocks.iter().flat_map(|block| block.open.iter().chain(&block.inside.open));
    let mut said = Said { open: open.cloned().collect(), ..Said::default() };
    let mut index = 0;
    while let Some(block) = blocks.get(index) {
        index += 1;
        let phrase = phrase(text, block).filter(|_| block.open.is_none());
        let going_on = block.inside.parts.iter().find(|part| part.goes_on);
        if phrase.is_none() {
            let held = block.inside.parts.iter().filter(|part| !part.target.is_empty());
            said.passages.extend(held.map(SaidPrivate::of_part));
        }
        let Some(phrase) = phrase.or(going_on.map(|_| Phrase::Below)) else { continue };
        let above = blocks[..index - 1].iter().rev().filter_map(|before| before.level).find(|level| *level < LINE);
        let level = match block.level {
            // A line that has no title in it speaks of all that is below it.
            Some(LINE) if phrase != Phrase::Titled => above,
            level => level,
        };
        let section = |level: Option<u8>| {
            let below = level.or(above).unwrap_or(0);
            index + blocks[index..].iter().take_while(|next| next.level.is_none_or(|next| next > below)).count()
        };
        let end = match phrase {
            Phrase::Own => index,
            Phrase::Part => index + end_of_part(text, &blocks[index..], level),
            Phrase::Session if blocks[index..section(level)].iter().all(|block| resolves(text, block)) => {
                index + end_of_part(text, &blocks[index..], level)
            }
            Phrase::Session | Phrase::Below | Phrase::Titled => section(level),
        };
        // As a heading ends the section before it, the item with the next number ends what an item headed.
        let next = going_on.and_then(|part| number_before(text, part.words.start)).map(|number| number + 1);
        let is_next = |block: &Block| next.is_some() && number_at(text, block.range.start) == next;
        let end = index + blocks[index..end].iter().take_while(|block| !is_next(block)).count();
        let from = if block.level.is_some() || going_on.is_some() { index } else { index - 1 };
        let words = going_on.map_or(&block.line, |part| &part.words);
        hold_back(text, &blocks[from..end], words, &mut said.passages);
        index = end;
    }
    said
}

/// Takes all but headings and what stays public of these blocks.
fn hold_back<'a>(text: &str, blocks: &'a [Block], words: &'a Range<usize>, passages: &mut Vec<SaidPrivate>) {
    let (mut joined, mut begun) = (false, false);
    let mut words = words;
    for block in blocks {
        if block.level.is_some() && phrase(text, block).is_some() {
            words = &block.line;
        }
        let typed = &text[block.range.clone()];
        let resolution = !begun && resolves(text, block);
        let stays = block.level.is_some_and(|level| level < LINE) || block.open.is_some() || resolution;
        if stays || typed.contains(NOTICE) || typed.trim().is_empty() {
            joined = false;
            continue;
        }
        match passages.last_mut().filter(|_| joined) {
            Some(last) => last.target.end = block.range.end,
            None => {
                let (target, words) = (block.range.clone(), words.clone());
                passages.push(SaidPrivate { target, words, form: Form::Block });
            }
        }
        (joined, begun) = (true, true);
    }
}

/// The number of the item whose words begin here.
fn number_before(text: &str, words: usize) -> Option<u32> {
    number_at(text, line_start(text, words))
}

/// The number with which a numbered list begins here: `12.`, `12)`.
fn number_at(text: &str, at: usize) -> Option<u32> {
    let line = text[at..].trim_start_matches(' ');
    let digits = line.len() - line.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    line[digits..].starts_with(['.', ')']).then(|| line[..digits].parse().ok()).flatten()
}

/// Whether a block is the resolution to exclude the public.
fn resolves(text: &str, block: &Block) -> bool {
    let typed = &text[block.range.clone()];
    block.prose && typed.len() <= LONGEST_RESOLUTION && TEXT.excludes(typed)
}

/// How many blocks belong to the part of a meeting that a heading of this level opens.
fn end_of_part(text: &str, blocks: &[Block], level: Option<u8>) -> usize {
    let ends = |block: &Block| {
        block.level.is_some_and(|next| level.is_some_and(|level| next < level))
            || (block.level.is_some() && TEXT.ends_part(&text[block.line.clone()]))
    };
    blocks.iter().position(ends).unwrap_or(blocks.len())
}

fn phrase(text: &str, block: &Block) -> Option<Phrase> {
    if !block.prose && block.level.is_none() {
        return None;
    }
    if !TEXT.may_speak(&text[block.range.clone()]) {
        return None;
    }
    let line = &text[block.line.clone()];
    match block.level {
        Some(_) => TEXT.of_heading(line),
        None => {
            let phrase = TEXT.of_paragraph(line);
            phrase.or_else(|| nested::of_paragraph(&text[block.range.clone()]).filter(|_| !resolves(text, block)))
        }
    }
}

fn blocks(text: &str, list: &[Piece<'_>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut index = 0;
    while let Some((event, range)) = list.get(index) {
        let level = match event {
            Event::Start(Tag::Heading { level, .. }) => Some(*level as u8),
            _ => None,
        };
        if matches!(event, Event::Start(_)) {
            let prose = matches!(event, Event::Start(Tag::Paragraph | Tag::BlockQuote(_)));
            let inside = match event {
                Event::Start(Tag::Heading { .. } | Tag::Paragraph) => Inside::default(),
                _ => nested::inside(text, list, index),
            };
            blocks.push(Block { inside, ..block(text, range.clone(), level, prose) });
            index = end_of(list, index);
        }
        index += 1;
    }
    blocks
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
    let one_line = typed.trim_end().lines().count() == 1 && line.start == line_start(text, range.start);
    let words = &text[line.clone()];
    let level = level.or_else(|| (prose && one_line && heads(words)).then_some(LINE));
    Block { range, level, line, prose, open, inside: Inside::default() }
}

/// Whether a line by itself is a heading to its reader: in bold, or in capitals.
fn heads(line: &str) -> bool {
    let bold = ["**", "__"].iter().any(|sign| line.starts_with(sign) && line.ends_with(sign));
    let shouts = line.chars().any(char::is_uppercase) && !line.chars().any(char::is_lowercase);
    line.len() <= 120 && (bold || shouts) && letters::name(line).contains(char::is_alphabetic)
}
