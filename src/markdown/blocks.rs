//! The leaves of a text with their words: what the passes of recognition read.
//!
//! Input: the events of a text. Output: [`Blocks`]: headings, paragraphs, items of lists and cells of tables in reading order,
//! the words of all of them once, without marks, and for each of the words its place in the prepared text. Not here: what
//! the words mean.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::{Piece, end_of, is_inline, run_end};
use super::prepare::NOTICE;

/// The leaves of a text.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    /// The words of all leaves, one leaf after the other; a line break within a leaf is `\n`.
    pub(crate) words: String,
    /// The leaves, in reading order.
    pub(crate) list: Vec<Block>,
    /// Where stretches of the words stand in the prepared text, in order.
    pieces: Vec<Origin>,
    /// Ranges of the words that are in bold, in order.
    strong: Vec<Range<usize>>,
    /// How many bytes of the words stand in quotations.
    quoted: usize,
}

/// One leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// The event that begins it: of a paragraph, a heading or a cell its start; of the text of a tight item its first word.
    pub(crate) event: usize,
    /// Its inline events.
    pub(crate) run: Range<usize>,
    /// What it is.
    pub(crate) kind: BlockKind,
    /// Its words, a range of [`Blocks::words`].
    pub(crate) words: Range<usize>,
    /// How many quotations it stands in.
    pub(crate) quotes: u16,
    /// How many lists it stands in.
    pub(crate) lists: u16,
}

impl Block {
    /// The row of a table in which it stands; `None` if it is no cell.
    pub(crate) fn row(&self) -> Option<u32> {
        match self.kind {
            BlockKind::Cell { row, .. } => Some(row),
            _ => None,
        }
    }
}

/// What a leaf is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// A heading of this level.
    Heading(u8),
    /// A paragraph that does not begin an item of a list.
    Paragraph,
    /// The first paragraph of an item, or the text of a tight one.
    Item {
        /// The event that begins the item.
        item: usize,
        /// The event that begins the list.
        list: usize,
        /// Whether a box for a tick stands before it, and whether it is ticked.
        task: Option<bool>,
        /// Whether the list is numbered.
        numbered: bool,
    },
    /// A cell of a table.
    Cell {
        /// The event that begins the table.
        table: usize,
        /// Its row; 0 is the head.
        row: u32,
        /// Its column, from 0.
        column: u32,
    },
    /// Something that ends what stands above it: a rule, code, a notice in the place of something exempt. It has no words.
    Break,
}

/// A stretch of words and where it was typed.
#[derive(Debug, Clone, Copy)]
struct Origin {
    /// Where it begins in the words.
    words: usize,
    /// Where it begins in the prepared text.
    text: usize,
    /// Where it ends in the prepared text.
    end: usize,
    /// Whether each byte of the words is one of the text: not in code, whose signs are typed and not said.
    is_as_typed: bool,
}

/// A container on the way to a leaf.
enum Holder {
    List { at: usize, numbered: bool },
    Item { at: usize, fresh: bool },
    Quotation,
    Other,
}

impl Blocks {
    /// The leaves among the events from `first` on.
    pub(crate) fn of(list: &[Piece<'_>], first: usize) -> Self {
        let mut blocks = Self::default();
        let mut holders: Vec<Holder> = Vec::new();
        let mut at = first;
        while let Some((event, _)) = list.get(at) {
            at = match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    let kind = BlockKind::Heading((*level as u8).max(2));
                    blocks.leaf(list, at, at + 1, kind, &mut holders) + 1
                }
                Event::Start(Tag::Paragraph) => {
                    let kind = blocks.paragraph(list, at + 1, &holders);
                    blocks.leaf(list, at, at + 1, kind, &mut holders) + 1
                }
                Event::Start(Tag::Table(_)) => blocks.table(list, at, &mut holders),
                Event::Start(Tag::FootnoteDefinition(_)) => end_of(list, at) + 1,
                Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                    blocks.push(at, at..at, BlockKind::Break, &holders);
                    end_of(list, at) + 1
                }
                Event::Start(tag) if !is_inline(event) => {
                    holders.push(match tag {
                        Tag::List(start) => Holder::List { at, numbered: start.is_some() },
                        Tag::Item => Holder::Item { at, fresh: true },
                        Tag::BlockQuote(_) => Holder::Quotation,
                        _ => Holder::Other,
                    });
                    at + 1
                }
                Event::End(_) if !is_inline(event) => {
                    holders.pop();
                    at + 1
                }
                _ if is_inline(event) => {
                    let kind = blocks.paragraph(list, at, &holders);
                    blocks.leaf(list, at, at, kind, &mut holders).max(at + 1)
                }
                _ => {
                    blocks.push(at, at..at, BlockKind::Break, &holders);
                    at + 1
                }
            };
        }
        blocks
    }

    /// The words of a leaf.
    pub(crate) fn words_of(&self, block: &Block) -> &str {
        &self.words[block.words.clone()]
    }

    /// The range of the prepared text in which a range of the words was typed.
    pub(crate) fn typed(&self, words: &Range<usize>) -> Range<usize> {
        let piece = |at: usize| {
            let next = self.pieces.partition_point(|piece| piece.words <= at);
            self.pieces.get(next.saturating_sub(1)).copied().unwrap_or(Origin {
                words: 0,
                text: 0,
                end: 0,
                is_as_typed: true,
            })
        };
        let first = piece(words.start);
        let into = |piece: Origin, at: usize| if piece.is_as_typed { at - piece.words.min(at) } else { 0 };
        let start = (first.text + into(first, words.start)).min(first.end);
        if words.is_empty() {
            return start..start;
        }
        let last = piece(words.end - 1);
        let end = if last.is_as_typed { (last.text + into(last, words.end)).min(last.end) } else { last.end };
        start..end.max(start)
    }

    /// Whether more than half of the words stand in quotations: then these are layout, and quote nobody.
    pub(crate) fn are_mostly_quoted(&self) -> bool {
        self.quoted * 2 > self.words.len()
    }

    /// Whether all letters of a range of the words are in bold.
    pub(crate) fn is_strong(&self, words: &Range<usize>) -> bool {
        let next = self.strong.partition_point(|strong| strong.start <= words.start);
        let strong = next.checked_sub(1).map(|before| &self.strong[before]);
        !words.is_empty() && strong.is_some_and(|strong| strong.end >= words.end)
    }

    /// The bytes of a range of the words that are in bold from its first letter on; 0 if it does not begin in bold.
    pub(crate) fn strong_from(&self, words: Range<usize>) -> usize {
        let next = self.strong.partition_point(|strong| strong.start <= words.start);
        let strong = next.checked_sub(1).map(|before| &self.strong[before]);
        strong.map_or(0, |strong| strong.end.min(words.end).saturating_sub(words.start))
    }

    /// The bytes of a leaf's words that are in bold from its first letter on; 0 if it does not begin in bold.
    pub(crate) fn strong_lead(&self, block: &Block) -> usize {
        let next = self.strong.partition_point(|strong| strong.start <= block.words.start);
        let strong = next.checked_sub(1).map(|before| &self.strong[before]);
        strong.map_or(0, |strong| strong.end.min(block.words.end).saturating_sub(block.words.start))
    }

    /// What the words of a run of inline events are: of an item that has not begun yet its first.
    fn paragraph(&self, list: &[Piece<'_>], first: usize, holders: &[Holder]) -> BlockKind {
        match holders {
            [.., Holder::List { at: outer, numbered }, Holder::Item { at, fresh: true }] => {
                let task = match list.get(first) {
                    Some((Event::TaskListMarker(done), _)) => Some(*done),
                    _ => None,
                };
                BlockKind::Item { item: *at, list: *outer, task, numbered: *numbered }
            }
            _ => BlockKind::Paragraph,
        }
    }

    /// Adds the leaf whose inline events begin at `first`; `event` begins it. Returns the index after them.
    fn leaf(
        &mut self,
        list: &[Piece<'_>],
        event: usize,
        first: usize,
        kind: BlockKind,
        holders: &mut [Holder],
    ) -> usize {
        let run = first..run_end(list, first);
        if let Some(Holder::Item { fresh, .. }) = holders.last_mut() {
            *fresh = false;
        }
        let notice = matches!(list.get(first), Some((Event::Text(words), _)) if words.starts_with(NOTICE));
        self.push(event, run.clone(), if notice { BlockKind::Break } else { kind }, holders);
        if !notice {
            self.read(&list[run.clone()]);
        }
        run.end
    }

    fn push(&mut self, event: usize, run: Range<usize>, kind: BlockKind, holders: &[Holder]) {
        let count = |fits: fn(&Holder) -> bool| {
            u16::try_from(holders.iter().filter(|holder| fits(holder)).count()).unwrap_or(u16::MAX)
        };
        let quotes = count(|holder| matches!(holder, Holder::Quotation));
        let lists = count(|holder| matches!(holder, Holder::List { .. }));
        let words = self.words.len()..self.words.len();
        self.list.push(Block { event, run, kind, words, quotes, lists });
    }

    fn table(&mut self, list: &[Piece<'_>], at: usize, holders: &mut [Holder]) -> usize {
        let end = end_of(list, at);
        let (mut row, mut column) = (0, 0);
        let mut next = at + 1;
        while next < end {
            match &list[next].0 {
                Event::Start(Tag::TableCell) => {
                    let kind = BlockKind::Cell { table: at, row, column };
                    next = self.leaf(list, next, next + 1, kind, holders);
                    column += 1;
                }
                Event::Start(Tag::TableRow) => {
                    (row, column) = (row + 1, 0);
                    next += 1;
                }
                _ => next += 1,
            }
        }
        end + 1
    }

    /// Adds the words of a run to the leaf that was pushed last.
    fn read(&mut self, run: &[Piece<'_>]) {
        let mut strong: Vec<usize> = Vec::new();
        let mut pictures = 0_usize;
        for (event, range) in run {
            match event {
                Event::Start(Tag::Strong) => strong.push(self.words.len()),
                Event::End(TagEnd::Strong) => {
                    let start = strong.pop().unwrap_or(self.words.len());
                    match self.strong.last_mut() {
                        // Bold that was ended and begun again is one.
                        Some(last) if strong.is_empty() && self.words[last.end.min(start)..start].trim().is_empty() => {
                            last.end = self.words.len();
                        }
                        _ if strong.is_empty() => self.strong.push(start..self.words.len()),
                        _ => {}
                    }
                }
                Event::Start(Tag::Image { .. }) => pictures += 1,
                Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
                Event::Text(words) | Event::Code(words) if pictures == 0 => {
                    let (start, end) = (range.start, range.end);
                    let is_as_typed = words.len() == end - start;
                    self.pieces.push(Origin { words: self.words.len(), text: start, end, is_as_typed });
                    self.words.push_str(words);
                }
                Event::SoftBreak | Event::HardBreak => {
                    let (words, text, end) = (self.words.len(), range.start, range.end);
                    self.pieces.push(Origin { words, text, end, is_as_typed: true });
                    self.words.push('\n');
                }
                // In a cell a break has no other form.
                Event::InlineHtml(html) if pictures == 0 && is_break(html) => {
                    let (words, text, end) = (self.words.len(), range.start, range.end);
                    self.pieces.push(Origin { words, text, end, is_as_typed: false });
                    self.words.push('\n');
                }
                _ => {}
            }
        }
        let end = self.words.len();
        if let Some(block) = self.list.last_mut() {
            block.words.end = end;
            self.quoted += if block.quotes > 0 { block.words.len() } else { 0 };
        }
    }
}

/// Whether a tag begins another line: `<br>`, `<br />`.
fn is_break(tag: &str) -> bool {
    let name = tag.trim_matches(['<', '>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::collect;

    fn leaves(text: &str) -> Vec<(String, BlockKind)> {
        let events = collect(text);
        let blocks = Blocks::of(&events.list, 0);
        blocks.list.iter().map(|block| (blocks.words_of(block).to_owned(), block.kind)).collect()
    }

    #[test]
    fn words_of_all_leaves_are_found_and_lead_back_to_where_they_were_typed() {
        let text = "# A\n\n**7\\. Bold** and *more*\nof it\n\n- [x] one\n- two\n\n| a | b |\n|---|---|\n| c | **d** |\n\n---\n\n> q &amp; r\n";
        let events = collect(text);
        let blocks = Blocks::of(&events.list, 0);
        let words: Vec<&str> = blocks.list.iter().map(|block| blocks.words_of(block)).collect();
        assert_eq!(words, ["A", "7. Bold and more\nof it", "one", "two", "a", "b", "c", "d", "", "q & r"]);
        for word in ["Bold", "more", "of it", "one", "two", "c", "d", "q"] {
            let at = blocks.words.find(word).unwrap_or_default();
            assert_eq!(&text[blocks.typed(&(at..at + word.len()))], word, "{word}");
        }
        assert_eq!(blocks.strong_lead(&blocks.list[1]), "7. Bold".len());
        assert!(blocks.is_strong(&(1..8)) && !blocks.is_strong(&(1..10)));
        assert_eq!(blocks.list[9].quotes, 1);
    }

    #[test]
    fn items_know_their_lists_and_cells_their_rows() {
        let found = leaves("1. one\n\n   more\n2. two\n\n| a |\n|---|\n| b |\n");
        let kinds: Vec<BlockKind> = found.iter().map(|(_, kind)| *kind).collect();
        assert!(matches!(kinds[0], BlockKind::Item { item: 1, list: 0, task: None, numbered: true }), "{kinds:?}");
        assert_eq!(kinds[1], BlockKind::Paragraph);
        assert!(matches!(kinds[2], BlockKind::Item { list: 0, .. }));
        assert!(matches!(
            kinds[3..],
            [BlockKind::Cell { row: 0, column: 0, .. }, BlockKind::Cell { row: 1, column: 0, .. }]
        ));
    }
}
