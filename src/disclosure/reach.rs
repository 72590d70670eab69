//! How far words reach that say that something is not for publication: over their section, the rest of the meeting, what is above.
//!
//! Input: the blocks of a text, what the words of one say. Output: the blocks of which they speak. Not here: what is held back of these
//! (`phrases.rs`), and what the words say (`blocks.rs`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::blocks::{Block, LINE, resolves};
use super::heads::{Head, Looks};
use super::nested;
use crate::markdown::enclosed::Around;
use crate::markdown::events::{Piece, end_of, line_start};
use crate::privacy::apart::{goes_on, has_letter};
use crate::privacy::spoken::Phrase;
use crate::privacy::words::TEXT;

/// How far words reach in the blocks of a text.
pub(super) struct Extent<'a, 'text> {
    pub(super) text: &'a str,
    pub(super) around: Around<'a, 'text>,
    pub(super) list: &'a [Piece<'a>],
    pub(super) blocks: &'a [Block],
    /// The block after the one that has the words.
    pub(super) index: usize,
}

impl Extent<'_, '_> {
    /// The blocks of which the words speak beside those from their own on.
    pub(super) fn elsewhere(&self, phrase: Phrase) -> Vec<Range<usize>> {
        let own = self.index - 1;
        let meeting = self.blocks[own].meeting.is_some();
        let item = || self.item().map_or(0, |head| head + 1);
        let reached = match phrase {
            Phrase::Above => self.above(),
            Phrase::Before => {
                let limbs = self.blocks[..own].iter().rev().take_while(|block| block.limb).count();
                own.saturating_sub(limbs.max(1) + usize::from(limbs > 0))..self.index
            }
            Phrase::All => 0..self.blocks.len(),
            Phrase::Paper if !meeting => 0..self.blocks.len(),
            Phrase::Around | Phrase::Paper => item().min(own)..self.index,
            Phrase::Items(numbers) => return self.numbered(numbers),
            _ => return Vec::new(),
        };
        vec![reached]
    }

    /// The block that heads the item in which the words stand: the nearest that heads others, or one with a number above it.
    fn item(&self) -> Option<usize> {
        let nearest = self.blocks[..self.index - 1].iter().rposition(Block::heads)?;
        let number = |at: &usize| self.number(*at).is_some();
        let numbered = (0..=nearest).rev().filter(|at| self.blocks[*at].heads()).find(number);
        let within = |numbered: &usize| {
            let level = self.blocks[*numbered].level.unwrap_or(LINE);
            let lower = |block: &Block| block.level.unwrap_or(LINE) > level || level == LINE;
            self.blocks[numbered + 1..=nearest].iter().filter(|block| block.heads()).all(lower)
        };
        numbered.filter(within).or(Some(nearest))
    }

    /// The number of the item that a block heads.
    fn number(&self, at: usize) -> Option<u32> {
        let block = &self.blocks[at];
        let line = self.text[block.line.clone()].trim_start_matches(['#', ' ']);
        block.heads().then(|| Head::number(line)).flatten()
    }

    /// What is above the words in their item; if they are its first, the item before.
    fn above(&self) -> Range<usize> {
        let own = self.index - 1;
        let first = self.item().map_or(0, |head| head + 1);
        if self.blocks[first.min(own)..own].iter().any(|block| !block.heads()) {
            return first..self.index;
        }
        let last = self.blocks[..own].iter().rposition(|block| !block.heads());
        let first = last.and_then(|last| self.blocks[..last].iter().rposition(Block::heads)).map_or(0, |head| head + 1);
        first..self.index
    }

    /// What the items with these numbers head; where no line has one of them, all that follows.
    fn numbered(&self, numbers: u128) -> Vec<Range<usize>> {
        let found: Vec<usize> = (0..self.blocks.len()).filter(|at| self.is_one_of(*at, numbers)).collect();
        if found.is_empty() && items_of_lists(self.list, numbers).is_empty() {
            let rest = self.index..self.end_of_part(None);
            return vec![rest];
        }
        found.into_iter().map(|head| head + 1..self.end_of_item(head)).collect()
    }

    /// The items of numbered lists with these numbers, if no line heads one.
    pub(super) fn items(&self, numbers: u128) -> Vec<Range<usize>> {
        let headed = (0..self.blocks.len()).any(|at| self.is_one_of(at, numbers));
        if headed { Vec::new() } else { items_of_lists(self.list, numbers) }
    }

    fn is_one_of(&self, at: usize, numbers: u128) -> bool {
        self.number(at).is_some_and(|number| number < u128::BITS && numbers >> number & 1 == 1)
    }

    /// The index after the last block of the item that this one heads.
    fn end_of_item(&self, head: usize) -> usize {
        let block = &self.blocks[head];
        let level = block.level.filter(|level| *level < LINE);
        let ends = |next: &Block| level.is_some_and(|level| next.level.is_some_and(|own| own <= level));
        let Some(item) = block.head.as_ref().filter(|_| level.is_none()) else {
            let ends = |next: &Block| ends(next) || level.is_none() && next.level.is_some();
            return head + 1 + self.blocks[head + 1..].iter().take_while(|next| !ends(next)).count();
        };
        let end = item.end(self.around, self.list, block.next, block.range.start..self.text.len());
        head + 1 + self.blocks[head + 1..].iter().take_while(|next| next.range.start < end).count()
    }

    /// The index after the last block of which the words speak.
    pub(super) fn end(&self, phrase: Phrase, going_on: Option<&nested::Part>) -> usize {
        let (text, blocks, index) = (self.text, self.blocks, self.index);
        let block = &blocks[index - 1];
        let above = blocks[..index - 1].iter().rev().filter_map(|before| before.level).find(|level| *level < LINE);
        let level = match block.level {
            // A line that has no title in it speaks of all that is below it.
            Some(LINE) if phrase != Phrase::Titled => above,
            level => level,
        };
        let end = match phrase {
            Phrase::Own => return self.limbs(block),
            Phrase::Above | Phrase::Before | Phrase::Items(_) => return index,
            Phrase::All => return blocks.len(),
            Phrase::Paper if block.meeting.is_none() => return blocks.len(),
            Phrase::Next if blocks.get(index).is_some_and(Block::heads) => return self.end_of_item(index),
            Phrase::RunIn => return index + blocks[index..].iter().take_while(|next| !self.parts(next)).count(),
            Phrase::Opened if block.summary.is_some() => return self.unfolded(),
            Phrase::Opened => blocks.len(),
            Phrase::Part => self.end_of_part(level),
            Phrase::Session
                if !self.goes_on(block)
                    && blocks[index..self.section(level, above)].iter().all(|block| resolves(text, block)) =>
            {
                self.end_of_part(level)
            }
            Phrase::Around | Phrase::Paper => match self.item().filter(|head| self.number(*head).is_some()) {
                Some(head) => self.end_of_item(head),
                None => self.section(level, above),
            },
            Phrase::Titled if block.head.is_some() || block.level.is_none() => {
                let head = block.head.clone().unwrap_or(Head::Set(Looks::Bold));
                self.before(head.end(self.around, self.list, block.next, block.range.start..text.len()))
            }
            Phrase::Session | Phrase::Below | Phrase::Titled | Phrase::Next => {
                let end = self.section(level, above);
                self.reopened(end).unwrap_or(end)
            }
        };
        let end = match going_on.and_then(|part| part.until) {
            Some(until) => self.before(until),
            None => end,
        };
        // A line that looks like the one that said it, and says that all is open again.
        let again = |next: &Block| next.level == Some(LINE) && TEXT.opens_again(&text[next.line.clone()]);
        let lines = block.level == Some(LINE) && going_on.is_none();
        let end = index + blocks[index..end].iter().take_while(|next| !(lines && again(next))).count();
        // As a heading ends the section before it, the item with the next number ends what an item headed.
        let next = going_on.and_then(|part| number_before(text, part.words.start)).map(|number| number + 1);
        let is_next = |block: &Block| next.is_some() && number_at(text, block.range.start) == next;
        let end = index + blocks[index..end].iter().take_while(|block| !is_next(block)).count();
        let closes = |next: &Block| {
            let typed = &text[next.range.clone()];
            next.level.is_none_or(|level| level == LINE)
                && typed.lines().any(|line| TEXT.closes_after(&text[block.line.clone()], line))
        };
        let closed = blocks[index..].iter().position(closes).map(|at| index + at + 1);
        closed.filter(|_| phrase != Phrase::Titled && going_on.is_none()).unwrap_or(end)
    }

    /// Whether a block has more words than its first line, which speak of themselves.
    fn goes_on(&self, block: &Block) -> bool {
        let rest = self.text.get(block.line.end..block.range.end).unwrap_or_default();
        block.level.is_none() && rest.lines().skip(1).any(|line| line.contains(char::is_alphanumeric))
    }

    fn section(&self, level: Option<u8>, above: Option<u8>) -> usize {
        // Words behind brackets are what the brackets speak of, up to the next heading of any level.
        let line = self.text[self.blocks[self.index - 1].range.clone()].trim_start();
        let behind = line.starts_with(['[', '(']).then(|| line.split_once([']', ')'])).flatten();
        let runs_in = behind.is_some_and(|(_, behind)| behind.contains(char::is_alphabetic));
        let below = match level {
            None if runs_in => LINE - 1,
            level => level.or(above).unwrap_or(0),
        };
        self.index + self.blocks[self.index..].iter().take_while(|next| !self.ends(next, below)).count()
    }

    /// Whether a block ends the section in which the words stand: a heading of this level, in no container that began inside it.
    fn ends(&self, block: &Block, level: u8) -> bool {
        let from = self.blocks[self.index - 1].range.start;
        block.level.is_some_and(|own| own <= level) && !self.around.parts(from, block.range.start)
    }

    /// The index of the first block that begins at this place of the text or after it.
    fn before(&self, place: usize) -> usize {
        self.index + self.blocks[self.index..].iter().take_while(|block| block.range.start < place).count()
    }

    /// Whether a block begins something else than what words in bold at the beginning of a paragraph began.
    fn parts(&self, block: &Block) -> bool {
        let typed = &self.text[block.range.clone()];
        block.level.is_some() || block.head.is_some() || typed.starts_with("**") || typed.starts_with("__")
    }

    /// A paragraph takes what goes on from it right below: a list, a table, a quotation, limbs with letters, "That".
    fn limbs(&self, block: &Block) -> usize {
        if !block.prose || block.limb {
            return self.index;
        }
        let goes_on = |next: &&Block| {
            let typed = &self.text[next.range.clone()];
            next.limb || (next.level.is_none() && next.prose && (goes_on(typed) || has_letter(typed)))
        };
        self.index + self.blocks[self.index..].iter().take_while(goes_on).count()
    }

    /// Where the part of a text ends that begins folded.
    fn unfolded(&self) -> usize {
        let mut depth = 0_usize;
        for (at, block) in self.blocks.iter().enumerate().skip(self.index - 1) {
            let typed = &self.text[block.range.clone()];
            depth += typed.matches("<details").count();
            depth = depth.saturating_sub(typed.matches("</details").count());
            if depth == 0 {
                return at + 1;
            }
        }
        self.blocks.len()
    }

    /// The end of the part of a meeting that a heading of this level opens, or a paragraph.
    fn end_of_part(&self, level: Option<u8>) -> usize {
        let ends = |block: &Block| {
            level.is_some_and(|level| level > 0 && self.ends(block, level - 1))
                || (self.ends(block, u8::MAX) && TEXT.ends_part(&self.text[block.line.clone()]))
        };
        let blocks = &self.blocks[self.index..];
        let end = self.index + blocks.iter().position(ends).unwrap_or(blocks.len());
        self.reopened(end).unwrap_or(end)
    }

    /// Where before `end` the meeting is open again: before the paragraph that says so, or behind it if it says something else first.
    fn reopened(&self, end: usize) -> Option<usize> {
        let words = |block: &Block| &self.text[block.range.clone()];
        let blocks = &self.blocks[self.index.min(end)..end];
        let at =
            blocks.iter().position(|block| block.meeting.is_some() && block.prose && TEXT.reopens(words(block)))?;
        let first = words(&blocks[at]).split(". ").next().unwrap_or_default();
        Some(self.index + at + usize::from(!TEXT.reopens(first)))
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

/// The items of numbered lists of the text itself that have one of these numbers.
fn items_of_lists(list: &[Piece<'_>], numbers: u128) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut index = 0;
    while let Some((event, _)) = list.get(index) {
        let end = if matches!(event, Event::Start(_)) { end_of(list, index) } else { index };
        if let Event::Start(Tag::List(Some(first))) = event {
            let mut at = index + 1;
            for number in *first.. {
                let Some((_, item)) = list.get(at).filter(|_| at < end) else { break };
                let item = list.get(at + 1).map_or(item.start, |(_, first)| first.start.max(item.start))..item.end;
                found.extend((number < u64::from(u128::BITS) && numbers >> number & 1 == 1).then_some(item));
                at = end_of(list, at) + 1;
            }
        }
        index = end + 1;
    }
    found
}
