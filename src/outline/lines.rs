//! The lines of minutes that begin with a label, and what stands between them.
//!
//! Input: the events of minutes and the words of their blocks. Output: headings, lines, numbered lists and all else, in order.
//! Not here: which of them are headings of items (`items.rs`).

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::heading_labels::top_level;
use super::item_labels::{ItemLabel, item_label, label_alone};
use super::mark_of;
use super::titles::is_title;
use crate::lexicon::Lexicon;
use crate::lexicon::labels::list_number;
use crate::markdown::blocks::{Block, BlockKind, Blocks};
use crate::markdown::events::Piece;

/// How many words a title below its number may have.
const MOST_WORDS: usize = 14;

/// What stands in a text from the event `first` on, in order.
pub(super) fn units<'b>(
    text: &'b str,
    list: &'b [Piece<'_>],
    blocks: &'b Blocks,
    first: usize,
    lexicon: &'b Lexicon,
) -> Vec<Unit<'b>> {
    let mut scan = Scan { text, list, blocks, lexicon, units: Vec::new() };
    scan.all(first);
    scan.units
}

/// What stands in a text, in order.
#[derive(Debug)]
pub(super) enum Unit<'b> {
    /// A heading that is typed as one, with its label.
    Heading { level: u8, label: Option<ItemLabel<'b>>, words: &'b str },
    /// A line with a label.
    Line(Line<'b>),
    /// A numbered list, and whether most of its items have more than one block.
    List { event: usize, items: Vec<Item<'b>> },
    /// Something else, with its words.
    Other { words: &'b str },
}

/// A line of a paragraph that begins with a label.
#[derive(Debug)]
pub(super) struct Line<'b> {
    /// The event that begins the paragraph.
    pub(super) event: usize,
    /// Where the line stands in the words.
    pub(super) words: Range<usize>,
    pub(super) label: ItemLabel<'b>,
    /// How much of the line is in bold from its beginning.
    pub(super) bold: usize,
    /// The lines of its paragraph: whether it is the first, and whether it is the last.
    pub(super) first: bool,
    pub(super) last: bool,
    /// The line after it in its paragraph.
    pub(super) next: Option<&'b str>,
    /// The paragraph after it, if the line is a label alone.
    pub(super) title: Option<&'b str>,
}

/// An item of a numbered list.
#[derive(Debug)]
pub(super) struct Item<'b> {
    pub(super) number: u32,
    pub(super) words: Range<usize>,
    pub(super) said: &'b str,
    pub(super) bold: bool,
    /// Whether other blocks follow in the item.
    pub(super) more: bool,
}

struct Scan<'b, 'l> {
    text: &'b str,
    list: &'b [Piece<'l>],
    blocks: &'b Blocks,
    lexicon: &'b Lexicon,
    units: Vec<Unit<'b>>,
}

impl<'b> Scan<'b, '_> {
    fn all(&mut self, first: usize) {
        let tops: Vec<usize> = top_level(self.list, first).collect();
        let mut skip = false;
        for (index, at) in tops.iter().copied().enumerate() {
            if std::mem::take(&mut skip) {
                continue;
            }
            // A notice in the place of something withheld is no heading of what follows.
            let is_notice = self.block(at).is_some_and(|block| block.kind == BlockKind::Break);
            match &self.list[at].0 {
                Event::Start(Tag::Heading { level, .. }) if !is_notice => {
                    let words = self.block(at).map_or("", |block| self.blocks.words_of(block));
                    self.units.push(Unit::Heading {
                        level: (*level as u8).max(2),
                        label: item_label(words, self.lexicon),
                        words,
                    });
                }
                Event::Start(Tag::Paragraph) => {
                    let next = tops.get(index + 1).and_then(|next| self.title_below(*next));
                    skip = self.paragraph(at, next);
                }
                Event::Start(Tag::List(Some(_))) => {
                    let title = tops.get(index + 1).and_then(|next| self.title_below(*next));
                    let line = title.and_then(|title| self.number_alone(at, title));
                    skip = line.is_some();
                    match line {
                        Some(line) => self.units.push(Unit::Line(line)),
                        None => self.numbered(at),
                    }
                }
                _ => self.units.push(Unit::Other { words: "" }),
            }
        }
    }

    /// A number that stands alone above its title, which CommonMark takes for a list whose one item is empty.
    fn number_alone(&self, at: usize, title: &'b str) -> Option<Line<'b>> {
        let empty = matches!(
            self.list.get(at + 1..at + 4),
            Some([(Event::Start(Tag::Item), _), (Event::End(TagEnd::Item), _), (Event::End(TagEnd::List(_)), _)])
        );
        let range = self.list.get(at + 1).filter(|_| empty)?.1.clone();
        let label = label_alone(self.text.get(range)?.trim(), self.lexicon)?;
        // It has no words among those of the leaves.
        let end = self.blocks.list.partition_point(|block| block.event < at);
        let end = self.blocks.list.get(end).map_or(self.blocks.words.len(), |block| block.words.start);
        let words = end..end;
        Some(Line { event: at, words, label, bold: 0, first: true, last: true, next: None, title: Some(title) })
    }

    fn block(&self, at: usize) -> Option<&'b Block> {
        let index = self.blocks.list.binary_search_by_key(&at, |block| block.event).ok()?;
        Some(&self.blocks.list[index])
    }

    /// The words of the paragraph `at`, if they are one line that may be the title of a reference above.
    fn title_below(&self, at: usize) -> Option<&'b str> {
        let block = self.block(at).filter(|block| block.kind == BlockKind::Paragraph)?;
        let words = self.blocks.words_of(block).trim();
        let one = !words.contains('\n') && !self.braces(block) && is_title(words, MOST_WORDS);
        (one && label_alone(words, self.lexicon).is_none()).then_some(words)
    }

    /// Whether attributes may stand in a block: its author knows how to type a heading.
    fn braces(&self, block: &Block) -> bool {
        self.blocks.words_of(block).contains('{')
    }

    /// The lines of a paragraph. Returns whether the paragraph below is its title.
    fn paragraph(&mut self, at: usize, below: Option<&'b str>) -> bool {
        let Some(block) = self.block(at).filter(|block| block.kind == BlockKind::Paragraph) else {
            self.units.push(Unit::Other { words: "" });
            return false;
        };
        let words = self.blocks.words_of(block);
        if words.trim().is_empty() {
            return false;
        }
        if self.braces(block) {
            self.units.push(Unit::Other { words });
            return false;
        }
        if let (Some(label), Some(title)) = (label_alone(words, self.lexicon), below) {
            let line = Line {
                event: at,
                words: block.words.clone(),
                label,
                bold: 0,
                first: true,
                last: true,
                next: None,
                title: Some(title),
            };
            self.units.push(Unit::Line(line));
            return true;
        }
        let mut start = block.words.start;
        let mut rest = words.split('\n').peekable();
        while let Some(line) = rest.next() {
            let range = start..start + line.len();
            start = range.end + 1;
            match item_label(line, self.lexicon) {
                Some(label) => self.units.push(Unit::Line(Line {
                    event: at,
                    bold: self.blocks.strong_from(range.clone()),
                    first: range.start == block.words.start,
                    last: rest.peek().is_none(),
                    next: rest.peek().copied(),
                    words: range,
                    label,
                    title: None,
                })),
                None => self.units.push(Unit::Other { words: line }),
            }
        }
        false
    }

    fn numbered(&mut self, at: usize) {
        let from = self.blocks.list.partition_point(|block| block.event < at);
        let mut items: Vec<Item<'b>> = Vec::new();
        let mut plain = true;
        for block in self.blocks.list[from..].iter().take_while(|block| block.lists > 0) {
            match block.kind {
                BlockKind::Item { item, list, .. } if list == at => {
                    let mark = mark_of(self.text, self.list, item, &self.list[item].1);
                    let number = list_number(mark).and_then(|(_, number, _)| number.parse().ok());
                    let said = self.blocks.words_of(block);
                    plain &= number.is_some() && !said.trim().is_empty() && !self.braces(block);
                    let bold = self.blocks.is_strong(&block.words);
                    items.push(Item {
                        number: number.unwrap_or(0),
                        words: block.words.clone(),
                        said,
                        bold,
                        more: false,
                    });
                }
                _ => items.last_mut().into_iter().for_each(|item| item.more = true),
            }
        }
        let titles = plain && !items.is_empty();
        self.units.push(if titles { Unit::List { event: at, items } } else { Unit::Other { words: "" } });
    }
}

/// The lists of a text that go on counting where another stops, with something between them: items of one agenda.
pub(super) fn going(units: &[Unit<'_>]) -> HashSet<usize> {
    let mut going = HashSet::new();
    let mut last: Option<(usize, u32)> = None;
    for (at, unit) in units.iter().enumerate() {
        match unit {
            Unit::List { items, .. } => {
                let (Some(first), Some(end)) = (items.first(), items.last()) else { continue };
                match last {
                    Some((before, number)) if first.number > number && first.number <= number + 3 => {
                        going.extend([before, at]);
                        last = Some((at, end.number));
                    }
                    _ => last = Some((at, end.number)),
                }
            }
            Unit::Heading { .. } => last = None,
            _ => {}
        }
    }
    going
}
