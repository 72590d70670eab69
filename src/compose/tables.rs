//! Tables: their captions, what heads their rows and columns, and the cells that CommonMark's grammar would drop.
//!
//! Input: the events of a table, and of the paragraph beside it that begins with "Table:" or "Table 3:". Output: rows whose
//! head cells say what they head, and cells that say how their words stand; figures stand to the right unless the author
//! said otherwise.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::records::AttributeTarget;
use super::writer::{Own, Writer};
use crate::data::table::{are_figures, name_rows};
use crate::markdown::events::{Piece, covered, end_of, is_inline, plain, run_end};
use crate::markdown::plan::{Cut, CutAction, Plan, Setting};
use crate::model::{Align, Axis, Element};

/// The word that makes a line a caption.
const TABLE: &str = "Table";

/// What is known of a table before its first cell is written.
struct Layout<'table> {
    alignments: &'table [Alignment],
    /// Columns of figures.
    figures: Vec<bool>,
    /// Whether the first column names the rows.
    names_rows: bool,
}

impl Writer<'_> {
    /// Builds the table that begins with the event `at`, and returns the index after it and its caption: the run
    /// `above`, else the line or the paragraph below it.
    pub(super) fn table(&mut self, at: usize, alignments: &[Alignment], above: Option<Range<usize>>) -> usize {
        /// So many short columns stand side by side on a telephone.
        const NARROW: usize = 3;
        let list = self.from.list;
        let end = end_of(list, at);
        let row = last_row(self.from.text, list, at, end).filter(|_| above.is_none());
        let below = row.is_none().then(|| self.caption_below(end + 1)).flatten().filter(|_| above.is_none());
        let next = below.as_ref().map_or(end + 1, |run| run.end + 1);
        let table = self.out.open(Element::Table { wide: alignments.len() > NARROW });
        let caption = above.or(below).or_else(|| row.map(|row| row + 2..run_end(list, row + 2)));
        if let Some(run) = caption {
            self.caption(run);
        }
        self.rows(at + 1..row.unwrap_or(end), alignments);
        self.out.close(table);
        next
    }

    /// Whether the inline events of a paragraph are the caption of a table beside it.
    pub(super) fn is_caption(&self, run: Range<usize>) -> bool {
        caption_mark(self.from.text, &self.from.list[run]).is_some()
    }

    /// The paragraph at `at`, if it is the caption of the table above it and of none below.
    fn caption_below(&self, at: usize) -> Option<Range<usize>> {
        let list = self.from.list;
        matches!(list.get(at), Some((Event::Start(Tag::Paragraph), _))).then_some(())?;
        let run = at + 1..run_end(list, at + 1);
        let before_table = matches!(list.get(run.end + 1), Some((Event::Start(Tag::Table(_)), _)));
        (!before_table && self.is_caption(run.clone())).then_some(run)
    }

    /// Builds a caption, a place of its own as any paragraph. "Table:" only marks it; "Table 3:" is said as typed.
    fn caption(&mut self, run: Range<usize>) {
        let list = self.from.list;
        let mut plan = self.plan(run.clone(), Setting::Paragraph);
        if let Some(Some(mark)) = caption_mark(self.from.text, &list[run.clone()]) {
            plan.cuts.retain(|cut| cut.range.start >= mark.end);
            plan.cuts.insert(0, Cut { range: mark, action: CutAction::Drop });
        }
        let own = if self.in_note() { Own::Nothing } else { Own::Words };
        let node = self.out.open(Element::Caption);
        let range = covered(&list[run.clone()]);
        let leaf = self.open_leaf(node, &range, &plan, own, (&[], AttributeTarget::Nobody));
        self.inline(run, &plan, true);
        if let Some(anchor) = leaf.anchor {
            self.out.mark(Element::OwnLink(anchor));
        }
        self.end_leaf(leaf);
        self.out.close(node);
    }

    fn rows(&mut self, events: Range<usize>, alignments: &[Alignment]) {
        let list = self.from.list;
        let layout = Layout::of(&list[events.clone()], alignments);
        // A row of empty heads stands in the text because CommonMark has no table without one; readers need none.
        let first_row = list[events.clone()].iter().position(|(event, _)| *event == Event::Start(Tag::TableRow));
        let body_from = events.start + first_row.unwrap_or(0);
        let headless = first_row.is_some() && !list[events.start..body_from].iter().any(|(event, _)| is_inline(event));
        let events = if headless { body_from..events.end } else { events };
        let mut head = (!headless).then(|| self.out.open(Element::TableHead));
        let mut body = None;
        let mut row = None;
        let mut column = 0;
        let mut at = events.start;
        while at < events.end {
            let (event, range) = &list[at];
            match event {
                Event::Start(Tag::TableCell) => {
                    let run = at + 1..run_end(list, at + 1);
                    self.cell(at, run.clone(), head.is_some(), column, &layout);
                    column += 1;
                    at = run.end;
                }
                Event::End(TagEnd::TableHead) => head.take().into_iter().for_each(|head| self.out.close(head)),
                Event::Start(Tag::TableRow) => {
                    body.get_or_insert_with(|| self.out.open(Element::TableBody));
                    row = Some(self.out.open(Element::Row));
                    column = 0;
                }
                Event::End(TagEnd::TableRow) => {
                    self.excess(range, list[at - 1].1.end);
                    row.take().into_iter().for_each(|row| self.out.close(row));
                }
                _ => {}
            }
            at += 1;
        }
        body.into_iter().for_each(|body| self.out.close(body));
        self.records.row_item = None;
    }

    /// Marks in the plan of the cell that begins with the event `at` the title of an item, if it holds one.
    fn mark_item(&self, at: usize, plan: &mut Plan<'_>) {
        let Some(item) = self.labels.outline.cell_item(at).filter(|_| !self.in_note()) else { return };
        let (words, number) = (item.words.clone(), item.number.clone());
        let open = CutAction::OpenItem(item.kind, number, words.clone());
        plan.cuts.push(Cut { range: words.end..words.end, action: CutAction::EndSpan });
        plan.cuts.insert(0, Cut { range: words.start..words.start, action: open });
        // What ends at a place stands before what begins there.
        plan.cuts.sort_by_key(|cut| (cut.range.start, cut.range.end, matches!(cut.action, CutAction::OpenSentence(_))));
    }

    fn cell(&mut self, at: usize, run: Range<usize>, head: bool, column: usize, layout: &Layout<'_>) {
        let mut plan = self.plan(run.clone(), Setting::Cell);
        self.mark_item(at, &mut plan);
        let heads = match head {
            // A head without words heads nothing.
            true => (!run.is_empty()).then_some(Axis::Column),
            false => (layout.names_rows && column == 0).then_some(Axis::Row),
        };
        let node = self.out.open(Element::Cell { heads, align: layout.align(column) });
        self.inline(run, &plan, !head);
        self.out.close(node);
        self.count();
    }

    /// Cells beyond the columns of the head: CommonMark's tables drop them, and a record may lose no word.
    fn excess(&mut self, row: &Range<usize>, last: usize) {
        let rest = self.from.text[last.clamp(row.start, row.end)..row.end].trim();
        let rest = rest.strip_prefix('|').unwrap_or(rest);
        let rest = rest.strip_suffix('|').unwrap_or(rest);
        if rest.trim().is_empty() {
            return;
        }
        for words in rest.replace("\\|", "\u{1}").split('|') {
            let words = words.replace('\u{1}', "|");
            self.out.element(Element::Cell { heads: None, align: Align::Unsaid }, words.trim());
            self.plain.push_str(&words);
            self.count();
        }
    }
}

impl<'table> Layout<'table> {
    fn of(events: &[Piece<'_>], alignments: &'table [Alignment]) -> Self {
        let mut columns: Vec<Vec<String>> = vec![Vec::new(); alignments.len()];
        let rows = events.iter().position(|(event, _)| matches!(event, Event::Start(Tag::TableRow)));
        let mut column = 0;
        for (index, (event, _)) in events.iter().enumerate().skip(rows.unwrap_or(events.len())) {
            match event {
                Event::Start(Tag::TableRow) => column = 0,
                Event::Start(Tag::TableCell) => {
                    let words = plain(&events[index + 1..run_end(events, index + 1)]);
                    columns.get_mut(column).into_iter().for_each(|cells| cells.push(words.clone()));
                    column += 1;
                }
                _ => {}
            }
        }
        let names_rows = columns.len() > 1 && name_rows(cells(&columns[0]));
        let is_name = |index: usize| names_rows && index == 0;
        let figures = columns.iter().enumerate().map(|(index, column)| !is_name(index) && are_figures(cells(column)));
        Self { alignments, figures: figures.collect(), names_rows }
    }

    /// How the words of a column stand: as the author said, else figures to the right.
    fn align(&self, column: usize) -> Align {
        match self.alignments.get(column) {
            Some(Alignment::Left) => Align::Left,
            Some(Alignment::Center) => Align::Center,
            Some(Alignment::Right) => Align::Right,
            Some(Alignment::None) | None if self.figures.get(column) == Some(&true) => Align::Figures,
            Some(Alignment::None) | None => Align::Unsaid,
        }
    }
}

fn cells(column: &[String]) -> impl Iterator<Item = &str> + Clone {
    column.iter().map(String::as_str)
}

/// The row with which a table ends, if it is a caption that stands in the very next line: it has no cells' marks.
fn last_row(text: &str, list: &[Piece<'_>], at: usize, end: usize) -> Option<usize> {
    let row = list[at..end].iter().rposition(|(event, _)| matches!(event, Event::Start(Tag::TableRow)))? + at;
    let unmarked = !text[list[row].1.clone()].contains('|');
    let run = row + 2..run_end(list, row + 2);
    (unmarked && caption_mark(text, &list[run]).is_some()).then_some(row)
}

/// What makes a run of inline events a caption: `Table:`, whose range is not printed, or `Table 3:`, which is. `None`
/// if it is none.
fn caption_mark(text: &str, run: &[Piece<'_>]) -> Option<Option<Range<usize>>> {
    let first = run.iter().position(|(event, _)| !matches!(event, Event::Start(Tag::Strong | Tag::Emphasis)))?;
    let (Event::Text(words), range) = &run[first] else { return None };
    let label = words.strip_prefix(TABLE)?.split(':').next()?;
    let mark = range.start..range.start + TABLE.len() + label.len() + 1;
    let typed = text.get(mark.clone())?;
    let plain = typed.starts_with(TABLE) && typed.ends_with(':');
    let numbered = label.strip_prefix([' ', '\u{A0}']).is_some_and(|number| {
        (1..=8).contains(&number.len()) && number.chars().all(|one| one.is_ascii_alphanumeric() || one == '.')
    });
    let after = text.get(mark.end..covered(run).end)?;
    let says = after.trim_matches(['*', '_', ' ', '\n']).len();
    match (plain && says > 0, label.is_empty() && first == 0, numbered) {
        (true, true, _) => {
            Some(Some(mark.start..mark.end + (after.len() - after.trim_start_matches([' ', '\t']).len())))
        }
        (true, false, true) => Some(None),
        _ => None,
    }
}
