//! What may be an item of the agenda and is in no list of items: lines with a number, and headings without one
//! among those that have one.
//!
//! Input: the events of minutes and their finished outline. Output: remarks, which `compose` turns into notes. Not here: which
//! lines are items (`items.rs`, `listed.rs`, `unnumbered.rs`), and what is to be typed (`compose/numbers.rs`). No remark makes a record.
//!
//! A line alone proves nothing, so each is judged by the others: its number has to go on with that of an item or of another line,
//! and headings without a number count on the level on which items would stand.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::item_labels::Key;
use super::mark_of;
use super::model::{LabelParent, Outline, Remark, What};
use super::titles::{is_capitals, is_title};
use super::unnumbered;
use crate::lexicon::Lexicon;
use crate::lexicon::labels::list_number;
use crate::markdown::blocks::{Block, BlockKind, Blocks};
use crate::markdown::events::{Piece, line_start};
use crate::recognise::TextRules;

/// How many words a line may have that is a title and nothing else.
const MOST_WORDS: usize = 14;

/// How many numbers may be missing between one item and the next: of plain numbers, and of references, which count little else.
const GAP: [u32; 2] = [3, 9];

/// How many of the first words of a line are asked whether they are a sentence.
const FIRST_WORDS: usize = 8;

/// A table of items has a number, what was said, and who acts; one with more columns lists something else.
const MOST_COLUMNS: u32 = 3;

/// Lines with plain numbers are items only if there are so many; of other lines a pair is enough.
const FEWEST: [usize; 2] = [3, 2];

/// How many series of numbers may be open at once: items, and lists in lists. It keeps the time linear.
const MOST_SERIES: usize = 6;

/// The remarks on what may be an item. `told` are places that have a remark already.
pub(crate) fn likely_items(
    text: &str,
    list: &[Piece<'_>],
    first: usize,
    rules: TextRules<'_>,
    outline: &Outline<'_>,
) -> Vec<Remark> {
    let Some(kind) = rules.heading_kind.filter(|_| rules.recognises()) else { return Vec::new() };
    let item = |record: &Option<usize>| record.is_some_and(|record| outline.records[record].kind == kind);
    let mut known: HashSet<usize> = outline.headings.iter().map(|heading| heading.event).collect();
    known.extend(outline.cells.iter().map(|cell| cell.event));
    known.extend(outline.places.iter().filter(|place| place.opens.iter().any(item)).map(|place| place.event));
    let records = outline.places.iter().filter(|place| place.opens != [None; 2]).map(|place| place.event).collect();
    let blocks = Blocks::of(list, first);
    let look = Look { text, list, blocks: &blocks, lexicon: rules.lexicon(), known, records };
    let numbered = look.numbered();
    let mut remarks: Vec<Remark> = numbered.iter().map(|line| look.remark_on(line)).collect();
    // Where paragraphs have numbers, a text is cited by these.
    let paragraphs = outline.labels.iter().any(|label| matches!(label.parent, LabelParent::Text));
    if !paragraphs {
        remarks.extend(look.unnumbered());
    }
    remarks.sort_by_key(|remark| remark.typed.start);
    remarks
}

/// Where it is looked for.
struct Look<'a> {
    text: &'a str,
    list: &'a [Piece<'a>],
    blocks: &'a Blocks,
    lexicon: &'a Lexicon,
    /// The events that begin items.
    known: HashSet<usize>,
    /// The events that begin records.
    records: HashSet<usize>,
}

/// A line that begins with a number.
#[derive(Debug, Clone)]
struct Numbered {
    words: Range<usize>,
    /// What its number counts.
    key: Key,
    /// Whether it is in bold or in capitals.
    set: bool,
    /// Whether it is a title and nothing else.
    short: bool,
    /// Whether it is an item of a list.
    listed: bool,
    /// Whether it is an item already.
    known: bool,
}

impl Numbered {
    /// Whether its number comes next after that of another line of the same form.
    fn follows(&self, last: &Self) -> bool {
        self.key.follows(&last.key, GAP[usize::from(!self.is_plain())])
    }

    /// Whether its number is one number and no reference.
    fn is_plain(&self) -> bool {
        self.key.sign() == "#"
    }
}

impl<'a> Look<'a> {
    fn words(&self, words: &Range<usize>) -> &'a str {
        &self.blocks.words[words.clone()]
    }

    /// Lines with a number that go on with that of an item, or of which several go on with each other.
    fn numbered(&self) -> Vec<Numbered> {
        let mut forms: BTreeMap<String, Vec<Numbered>> = BTreeMap::new();
        for line in self.lines() {
            forms.entry(line.key.sign().to_owned()).or_default().push(line);
        }
        let any_known = forms.values().flatten().any(|line| line.known);
        let mut found: Vec<Numbered> = Vec::new();
        for lines in forms.into_values() {
            if lines.iter().any(|line| line.known) {
                found.extend(between(&lines));
                continue;
            }
            // Below items that are found, plain numbers count paragraphs, or the parts of something in a list.
            let other = any_known && lines[0].is_plain() && !lines.iter().all(|line| line.set && !line.listed);
            if !other {
                found.extend(longest(lines));
            }
        }
        found
    }

    /// All lines that begin with a number, in order, with the items that do.
    fn lines(&self) -> Vec<Numbered> {
        let mut lines = Vec::new();
        let mut other = false;
        for (index, block) in self.blocks.list.iter().enumerate() {
            let known = self.known.contains(&block.event);
            if block.quotes > 0 || block.lists > 1 {
                continue;
            }
            match block.kind {
                BlockKind::Heading(_) if !known => {
                    other = self.lexicon.fits("lists-something-else", self.words(&block.words))
                }
                BlockKind::Heading(_) | BlockKind::Paragraph if block.lists == 0 => {
                    other &= block.kind == BlockKind::Paragraph;
                    let mut start = block.words.start;
                    for line in self.words(&block.words).split('\n') {
                        lines.extend(self.line(start..start + line.len(), known));
                        start += line.len() + 1;
                    }
                }
                // What is below a heading such as "Decisions" is a list of these.
                BlockKind::Item { .. } if other && !known => {}
                BlockKind::Item { item, .. } if !self.records.contains(&item) || self.known.contains(&item) => {
                    let known = known || self.known.contains(&item);
                    let mark = mark_of(self.text, self.list, item, &self.list[item].1);
                    let line = match list_number(mark).and_then(|(_, number, _)| number.parse().ok()) {
                        Some(number) => self.of(block.words.clone(), 0, Key::of_list(number), known),
                        None => self.line(block.words.clone(), known),
                    };
                    // The items of a list are paragraphs more often than items of the agenda, unless they have a title.
                    let titled = line.filter(|line| line.known || line.set || line.short);
                    lines.extend(titled.map(|line| Numbered { listed: true, ..line }));
                }
                BlockKind::Cell { column: 0, .. } => lines.extend(self.row(index, block)),
                _ => {}
            }
        }
        lines
    }

    /// A line of the words, if it begins with a number.
    fn line(&self, words: Range<usize>, known: bool) -> Option<Numbered> {
        let (label, number) = self.number(self.words(&words))?;
        self.of(words, label, number, known)
    }

    /// The bytes of the number that begins some words, and what it counts.
    fn number(&self, words: &str) -> Option<(usize, Key)> {
        let (_, found) = self.lexicon.find("item-number", words)?;
        Some((found[0].len(), Key::of_digits(found.name("number")?.as_str())))
    }

    /// What is known of a line after whose first bytes its title begins; `None` if no title does.
    fn of(&self, words: Range<usize>, label: usize, key: Key, known: bool) -> Option<Numbered> {
        let said = self.words(&words);
        let title = said.get(label..)?.trim();
        let bold = self.blocks.strong_from(words.clone()).max(self.blocks.strong_from(words.start + label..words.end));
        let start = |most: usize| title.split_whitespace().take(most).collect::<Vec<_>>().join(" ");
        let capitals = start(3);
        let set = bold > label || is_capitals(&capitals);
        let short = is_title(title.trim_end_matches(':'), MOST_WORDS);
        let begins = set || title.starts_with(|first: char| first.is_uppercase() || "“\"‘'([".contains(first));
        // 7.1 numbers a paragraph more often than an item.
        let part = key.sign() == "#.#";
        let nothing = self.lexicon.fits("no-item", title) || self.lexicon.fits("sentence", &start(FIRST_WORDS)) && !set;
        let fits = known || begins && !part && !nothing && title.contains(char::is_alphabetic);
        fits.then_some(Numbered { words, key, set, short, listed: false, known })
    }

    /// A row of a table whose first cell is a number and whose second is a title.
    fn row(&self, index: usize, block: &Block) -> Option<Numbered> {
        let next = self.blocks.list.get(index + 1)?;
        let (BlockKind::Cell { table, row, .. }, BlockKind::Cell { table: other, row: below, .. }) =
            (block.kind, next.kind)
        else {
            return None;
        };
        let words = self.words(&block.words).trim();
        let (label, number) = self.number(words)?;
        let known = self.known.contains(&next.event) || self.known.contains(&block.event);
        let column = |at: usize| self.blocks.list.get(at).map(|block| block.kind);
        let more = usize::try_from(MOST_COLUMNS).unwrap_or_default();
        let wide = matches!(column(index + more), Some(BlockKind::Cell { column, row: same, .. }) if same == row && column == MOST_COLUMNS);
        let alone = label == words.len() && table == other && row == below && !wide;
        let said = self.words(&next.words);
        let title = said.lines().next().unwrap_or_default();
        let words = next.words.start..next.words.start + title.len();
        alone.then(|| self.of(words, 0, number, known)).flatten()
    }

    /// Headings without a number on the level of those that have one.
    fn unnumbered(&self) -> Vec<Remark> {
        let level = |block: &Block| if let BlockKind::Heading(level) = block.kind { Some(level) } else { None };
        let known = |block: &&Block| block.quotes == 0 && block.lists == 0 && self.known.contains(&block.event);
        let first = self.blocks.list.iter().find(known).map(|block| block.event);
        let items = self.blocks.list.iter().filter(known).filter_map(level).min();
        let (Some(first), Some(items)) = (first, items) else { return Vec::new() };
        let fits = |block: &&Block| {
            level(block) == Some(items)
                && block.event >= first
                && !self.known.contains(&block.event)
                && !self.records.contains(&block.event)
                && unnumbered::may_be_title(self.text, self.blocks, block, self.lexicon)
        };
        let title = unnumbered::only_title(self.list, self.blocks);
        let headings = self.blocks.list.iter().filter(|block| Some(block.event) != title).filter(fits);
        let remark = |block: &Block| {
            let words = self.words(&block.words).trim().to_owned();
            Remark { typed: self.blocks.typed(&block.words), what: What::UnnumberedItem(words) }
        };
        headings.map(remark).collect()
    }

    fn remark_on(&self, line: &Numbered) -> Remark {
        let typed = self.blocks.typed(&line.words);
        // The number of an item of a list is no word of it, and has to be typed in a heading.
        let number = if line.listed { self.text[line_start(self.text, typed.start)..typed.start].trim() } else { "" };
        let words = format!("{number} {}", self.words(&line.words).trim()).trim_start().to_owned();
        let what = if line.short { What::LikelyItem(words) } else { What::ItemInText(words) };
        Remark { typed, what }
    }
}

/// Of lines of one form, some of which are items, those whose number stands between those of the items around them.
fn between(lines: &[Numbered]) -> Vec<Numbered> {
    let mut next = vec![None; lines.len()];
    let mut after: Option<&Numbered> = None;
    for (at, line) in lines.iter().enumerate().rev() {
        next[at] = after;
        after = if line.known { Some(line) } else { after };
    }
    let mut last: Option<&Numbered> = None;
    let mut found = Vec::new();
    for (line, next) in lines.iter().zip(next) {
        let rises = last.is_none_or(|last| if next.is_some() { line.key.rises(&last.key) } else { line.follows(last) });
        let fits = line.known || rises && next.is_none_or(|next| next.key.rises(&line.key));
        if !fits {
            continue;
        }
        if !line.known {
            found.push(line.clone());
        }
        last = Some(line);
    }
    found
}

/// Of lines of one form that are no items, the series that takes up most of the text, if it is long enough for one.
fn longest(lines: Vec<Numbered>) -> Vec<Numbered> {
    let few = if lines[0].is_plain() && !lines.iter().all(|line| line.set) { FEWEST[0] } else { FEWEST[1] };
    let mut series: Vec<Vec<Numbered>> = Vec::new();
    let mut best: Vec<Numbered> = Vec::new();
    let extent = |series: &[Numbered]| match series {
        [first, .., last] => last.words.start - first.words.start,
        _ => 0,
    };
    for line in lines {
        let open = series.iter().position(|one| one.last().is_some_and(|last| line.follows(last)));
        match open {
            // What was begun within a series is over when that goes on.
            Some(at) => {
                series[at].push(line);
                for over in series.drain(at + 1..) {
                    best = if extent(&over) > extent(&best) { over } else { best };
                }
            }
            None => {
                if series.len() == MOST_SERIES {
                    let over = series.remove(0);
                    best = if extent(&over) > extent(&best) { over } else { best };
                }
                series.push(vec![line]);
            }
        }
    }
    for over in series {
        best = if extent(&over) > extent(&best) { over } else { best };
    }
    if best.len() < few { Vec::new() } else { best }
}
