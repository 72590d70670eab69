//! Items of an agenda that are no headings: those of a list whose items are what was said of each, and the rows of a table.
//!
//! Input: the events of minutes. Output: items of lists, and words of cells, with their numbers and titles. Not here: lists
//! of titles (`items.rs`), and what stands in them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::heading_labels::top_level;
use super::item_labels::{Form, ItemLabel, Key, item_label, label_alone, place_of};
use super::mark_of;
use super::model::CellItem;
use super::titles::{Above, FEW_WORDS, is_title, run_in};
use crate::kind::KindId;
use crate::lexicon::Lexicon;
use crate::lexicon::labels::list_number;
use crate::markdown::blocks::{Block, BlockKind, Blocks};
use crate::markdown::events::Piece;

/// An item of a list that is an item of the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedItem {
    /// The event that begins it.
    pub(crate) event: usize,
    /// Its number, without the full stop.
    pub(crate) number: Box<str>,
    /// What it is called.
    pub(crate) title: Box<str>,
}

/// Words of a cell that are the title of an item.
#[derive(Debug)]
pub(crate) struct Cell {
    event: usize,
    words: Range<usize>,
    number: Box<str>,
}

impl Cell {
    /// The item, of the kind that the items of the text have.
    pub(crate) fn of_kind(self, kind: KindId) -> CellItem {
        CellItem { event: self.event, words: self.words, number: self.number, kind }
    }
}

/// What was found in a text.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    pub(crate) items: Vec<ListedItem>,
    pub(crate) cells: Vec<Cell>,
}

/// The items of lists and tables. `headed` says that headings number the items already; then no list does.
pub(crate) fn find(text: &str, list: &[Piece<'_>], first: usize, headed: bool, lexicon: &Lexicon) -> Listed {
    let mut found = Listed::default();
    let numbered = |event: &Event<'_>| matches!(event, Event::Start(Tag::List(_) | Tag::Table(_)));
    if headed || !list[first.min(list.len())..].iter().any(|(event, _)| numbered(event)) {
        return found;
    }
    let blocks = Blocks::of(list, first);
    let mut above = Above { holds: true, ..Above::default() };
    // The list of an agenda that says more than titles is what the paper has, unless what was said of the items follows.
    let mut agenda = Vec::new();
    for at in top_level(list, first) {
        let block = blocks.list.binary_search_by_key(&at, |block| block.event).ok().map(|index| &blocks.list[index]);
        match &list[at].0 {
            Event::Start(Tag::List(Some(_))) if above.holds && !above.opens => {
                let mut items = of_list(text, list, at, &blocks);
                let after = found.items.last().is_none_or(|last| follows(&last.number, items.first()));
                if after {
                    found.items.append(&mut items);
                }
            }
            Event::Start(Tag::List(Some(_))) if !above.opens && found.items.is_empty() && agenda.is_empty() => {
                agenda = of_list(text, list, at, &blocks);
            }
            Event::Start(Tag::List(None)) if !above.opens => found.items.append(&mut of_bullets(at, &blocks, lexicon)),
            Event::Start(Tag::Table(_)) => found.cells.append(&mut of_table(at, &blocks, lexicon)),
            _ => {}
        }
        if let Some(block) = block {
            above.see(blocks.words_of(block), block.kind);
        }
    }
    if found.items.is_empty() && found.cells.is_empty() && agenda.len() >= FEWEST_OF_AGENDA {
        found.items = agenda;
    }
    found
}

/// An agenda has so many items at least.
const FEWEST_OF_AGENDA: usize = 5;

fn follows(last: &str, next: Option<&ListedItem>) -> bool {
    let number = |text: &str| text.parse::<u32>().ok();
    next.is_some_and(|next| number(&next.number) > number(last))
}

/// The items of a list, if they are what was said of each item of an agenda: most begin with a title.
fn of_list(text: &str, list: &[Piece<'_>], at: usize, blocks: &Blocks) -> Vec<ListedItem> {
    /// A shorter list is none of a meeting.
    const FEWEST: usize = 3;
    let from = blocks.list.partition_point(|block| block.event < at);
    let mut items = Vec::new();
    let (mut titled, mut words) = (0, 0);
    for block in blocks.list[from..].iter().take_while(|block| block.lists > 0) {
        let BlockKind::Item { item, list: own, .. } = block.kind else { continue };
        if own != at {
            continue;
        }
        let said = blocks.words_of(block);
        let Some((_, number, _)) = list_number(mark_of(text, list, item, &list[item].1)) else { continue };
        let run_in = title_of(blocks, block);
        titled += usize::from(run_in.is_some());
        words += said.split_whitespace().count();
        let first = || crate::model::first_words(said, 100).trim_end_matches(['.', ',', ';', ':']).into();
        let title = run_in.map_or_else(first, |range| tidy(&said[range]).into());
        items.push(ListedItem { event: item, number: number.into(), title });
    }
    let told = items.len() >= FEWEST && (words >= items.len() * 5 || titled == items.len());
    if told && titled * 3 >= items.len() * 2 { items } else { Vec::new() }
}

/// The items of a list with bullets, if all of them begin with a number that a word or bold makes sure of: `TOP 1 …`.
fn of_bullets(at: usize, blocks: &Blocks, lexicon: &Lexicon) -> Vec<ListedItem> {
    let from = blocks.list.partition_point(|block| block.event < at);
    let mut items = Vec::new();
    for block in blocks.list[from..].iter().take_while(|block| block.lists > 0) {
        let BlockKind::Item { item, list: own, .. } = block.kind else { continue };
        if own != at {
            continue;
        }
        let said = blocks.words_of(block);
        let bold = blocks.strong_lead(block);
        let code = |label: &ItemLabel<'_>| label.form == Form::Code && label.short;
        let sure = |label: &ItemLabel<'_>| label.worded || ((label.closed || code(label)) && bold >= label.typed.len());
        let Some(label) = item_label(said, lexicon).filter(sure) else { return Vec::new() };
        let start = place_of(said, label.title).start;
        let end = if bold > start { bold - start } else { run_in(label.title, FEW_WORDS).unwrap_or(label.title.len()) };
        let title = crate::model::first_words(&label.title[..end.min(label.title.len())], 100);
        items.push(ListedItem { event: item, number: label.label.into(), title: tidy(title).into() });
    }
    if items.len() > 1 { items } else { Vec::new() }
}

/// The words of a title without what ends it.
fn tidy(words: &str) -> &str {
    words.trim().trim_end_matches(['.', ':', '–', '—', '-']).trim_end()
}

/// The title with which the words of a block begin and after which they go on: in bold, or up to the first full stop,
/// colon or dash.
fn title_of(blocks: &Blocks, block: &Block) -> Option<Range<usize>> {
    let words = blocks.words_of(block);
    let bold = blocks.strong_lead(block);
    let end = if bold > 1 { Some(bold) } else { run_in(words, FEW_WORDS) }?;
    let short = words[..end].split_whitespace().count() <= FEW_WORDS || bold > 1;
    let sentence = Lexicon::english().fits("sentence", words[..end].trim());
    (short && !sentence).then_some(0..end)
}

// Tables.

/// One row of a table.
struct Row<'b> {
    number: Box<str>,
    /// Whether its number stands in the cell of its title.
    joined: bool,
    bold: bool,
    block: &'b Block,
    /// The title in the block.
    title: Range<usize>,
}

/// The titles of items in a table: each beside its number or after it, in bold or below a head that says so.
fn of_table(at: usize, blocks: &Blocks, lexicon: &Lexicon) -> Vec<Cell> {
    let from = blocks.list.partition_point(|block| block.event < at);
    let cells: Vec<&Block> = blocks.list[from..]
        .iter()
        .take_while(|block| matches!(block.kind, BlockKind::Cell { table, .. } if table == at))
        .collect();
    let place = |block: &Block| match block.kind {
        BlockKind::Cell { row, column, .. } => (row, column),
        _ => (0, 0),
    };
    let head = |column: u32| {
        let cell = cells.iter().find(|block| place(block) == (0, column));
        cell.map_or("", |block| blocks.words_of(block).trim())
    };
    let (numbers, titles) = (head(0), head(1));
    let rows: Vec<Row<'_>> = cells
        .iter()
        .enumerate()
        .filter(|(_, block)| place(block).0 > 0 && place(block).1 == 0)
        .filter_map(|(index, first)| {
            let second = cells.get(index + 1).filter(|next| place(next) == (place(first).0, 1));
            row(blocks, first, second.copied(), lexicon)
        })
        .collect();
    let joined = lexicon.fits("item-column", numbers);
    let parted = lexicon.fits("number-column", numbers) && lexicon.fits("item-column", titles);
    let named = |row: &Row<'_>| row.bold || if row.joined { joined } else { parted };
    let rows = without_paragraphs(rows);
    let mut last = 0;
    // A reference counts with its last number, 23/145, or has that of its year after it: 01/23.
    let rising = rows.iter().all(|row| {
        let number: u32 = row.number.rsplit(['/', '-']).next().and_then(|last| last.parse().ok()).unwrap_or_default();
        number > std::mem::replace(&mut last, number)
    });
    if rows.is_empty() && joined {
        return unnumbered_rows(&cells, blocks, lexicon);
    }
    let keys: Vec<Key> = rows.iter().map(|row| Key::of_digits(&row.number)).collect();
    let rising = rising || keys.windows(2).all(|pair| pair[1].rises(&pair[0]));
    if rows.len() < 2 || !rising || !rows.iter().all(named) {
        return Vec::new();
    }
    let cell = |row: &Row<'_>| {
        let title = row.block.words.start + row.title.start..row.block.words.start + row.title.end;
        Cell { event: row.block.event, words: blocks.typed(&title), number: row.number.clone() }
    };
    rows.iter().map(cell).collect()
}

/// The titles in the first column of a table of items without numbers: "Item | Discussion | Action". A row without one goes on with
/// the item above it.
fn unnumbered_rows(cells: &[&Block], blocks: &Blocks, lexicon: &Lexicon) -> Vec<Cell> {
    /// How many words a title may have, and how many titles make a table of items.
    const MOST: usize = 10;
    const FEWEST: usize = 3;
    let at = |block: &Block| match block.kind {
        BlockKind::Cell { row, column, .. } => (row, column),
        _ => (0, 0),
    };
    let told = cells.iter().any(|block| at(block).0 == 0 && lexicon.fits("said-column", blocks.words_of(block).trim()));
    let titles = cells.iter().filter(|block| at(block).0 > 0 && at(block).1 == 0);
    let titles: Vec<&&Block> = titles.filter(|block| !blocks.words_of(block).trim().is_empty()).collect();
    let fits = |block: &&&Block| {
        let words = blocks.words_of(block).trim().trim_end_matches(':');
        is_title(words, MOST) && !words.contains('\n') && !lexicon.fits("no-item-heading", words)
    };
    if !told || titles.len() < FEWEST || titles.iter().filter(|title| !fits(title)).count() * 3 > titles.len() {
        return Vec::new();
    }
    let cell = |block: &&Block| Cell {
        event: block.event,
        words: {
            let words = blocks.words_of(block);
            let start = block.words.start + (words.len() - words.trim_start().len());
            blocks.typed(&(start..start + words.trim().len()))
        },
        number: "".into(),
    };
    titles.into_iter().filter(fits).map(cell).collect()
}

/// The rows without those that number the paragraphs of an item: 01/23/01 below 01/23.
fn without_paragraphs(rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    let mut kept: Vec<Row<'_>> = Vec::with_capacity(rows.len());
    for row in rows {
        let below = kept.last().is_some_and(|above| {
            let rest = row.number.strip_prefix(&*above.number);
            above.bold && !row.bold && rest.is_some_and(|rest| rest.starts_with(['/', '.', '-']))
        });
        if !below {
            kept.push(row);
        }
    }
    kept
}

/// The row that begins with the cell `first`, if that is or begins with a number.
fn row<'b>(blocks: &Blocks, first: &'b Block, second: Option<&'b Block>, lexicon: &Lexicon) -> Option<Row<'b>> {
    /// How many words a title may have.
    const MOST: usize = 20;
    let words = blocks.words_of(first);
    let alone = words.trim();
    let digits = alone.trim_end_matches('.');
    let counted = digits.len() <= 4 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let code = label_alone(alone, lexicon).is_some_and(|label| label.form == Form::Code && label.short);
    // A letter and a number say so little that both have to be in bold: **A7**.
    let part = alone.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    let lettered = part.len() < alone.len()
        && (1..=3).contains(&part.len())
        && alone.len() - part.len() <= 2
        && part.bytes().all(|byte| byte.is_ascii_digit())
        && blocks.is_strong(&first.words);
    let (number, block, title, joined) = if counted || code || lettered {
        let block = second?;
        let said = blocks.words_of(block);
        let bold = blocks.strong_lead(block);
        let end = if bold > 0 { bold } else { said.trim_end().len() };
        (digits, block, 0..end, false)
    } else {
        let label = item_label(words, lexicon)
            .filter(|label| label.form == Form::Number && label.closed && label.label.len() <= 4)?;
        let start = label.title.as_ptr() as usize - words.as_ptr() as usize;
        (label.label, first, start..start + label.title.len(), true)
    };
    let said = &blocks.words_of(block)[title.clone()];
    let fits = (1..=MOST).contains(&said.split_whitespace().count()) && said.contains(char::is_alphabetic);
    let place = block.words.start + title.start..block.words.start + title.end;
    let bold = blocks.is_strong(&place);
    fits.then(|| Row { number: number.into(), joined, bold, block, title })
}
