//! Tables in which those who were there stand: a name in each row, labels over columns or before rows, a sign beside a name.
//!
//! Input: the cells of a table. Output: the people in them, given to the reader. Not here: lines and lists (`presence`).

use super::names::{Form, names};
use super::phrases::{Says, label, words_without_brackets};
use super::presence::{Columns, Found, MOST_PEOPLE, Reader};
use crate::markdown::blocks::{Block, BlockKind};
use crate::recognise::facts::Presence;

impl<'a> Reader<'a> {
    /// Reads a table, whose rows or columns may name people.
    pub(super) fn table(&mut self, cells: &'a [Block]) {
        let rows: Vec<&[Block]> = cells.chunk_by(|a, b| a.row() == b.row()).collect();
        let goes_on = self.open.clone().filter(|open| open.alone && self.are_all_names(cells));
        let open = self.open.clone().filter(|open| !open.named || open.comma);
        self.firm = open.as_ref().or(goes_on.as_ref()).is_some_and(|open| open.firm);
        // All members stand in it, and a sign beside those who were there.
        if self.head && cells.iter().filter(|cell| self.marked(cell)).count() > 0 {
            return;
        }
        // Names in columns, and nothing beside them.
        if let Some(open) = &goes_on {
            for cell in cells {
                self.names_of(&cell.words, &open.says, Form::Entry, false);
            }
            return;
        }
        let Some(head) = rows.first() else { return };
        let fits = |name: &str| {
            head.iter().position(|cell| self.lexicon.fits(name, words_without_brackets(self.blocks.words_of(cell))))
        };
        let columns = fits("presence.column-name").map(|name| Columns {
            name,
            role: fits("presence.column-role"),
            short: fits("presence.column-short"),
            ticked: fits("presence.column-attendance"),
            surname: fits("presence.column-surname"),
        });
        if let Some(columns) = columns.filter(|columns| columns.ticked.is_some() || open.is_some()) {
            self.firm |= columns.ticked.is_some();
            let says = open.map_or(Says::Part(Presence::Present), |open| open.says);
            self.below(&rows[1..], says, columns);
        } else if let Some(open) = open.as_ref().filter(|_| self.are_posts_first(&rows)) {
            for cells in &rows {
                // "Members" is the post of nobody.
                let part = cells.first().and_then(|cell| self.label_alone(cell));
                let role = !matches!(part, Some(Says::Part(_) | Says::Attended));
                let columns = Columns { name: 1, role: role.then_some(0), ..Columns::default() };
                self.row(cells, &open.says, columns);
            }
        } else if let Some(columns) =
            columns.filter(|columns| open.is_none() && self.may_be_attendance(&rows, *columns))
        {
            self.unlabelled = Some((self.found.len(), cells, columns));
        } else if !self.labelled_columns(&rows) && !self.labelled_rows(&rows) {
            match open {
                Some(open) => {
                    // The first row is the head of the table, unless it names somebody.
                    let named = rows[0].first().is_some_and(|cell| self.goes_on(&cell.words));
                    let rows = &rows[usize::from(!named)..];
                    let columns = Columns { role: Some(1), ..Columns::default() };
                    rows.iter().for_each(|cells| self.row(cells, &open.says, columns));
                }
                None => self.cells(&rows),
            }
        }
        if let Some(open) = &mut self.open {
            open.named = true;
        }
    }

    /// Whether each cell of a table that has words names people, surely, and there are several.
    fn are_all_names(&self, cells: &[Block]) -> bool {
        let mut told = cells.iter().filter(|cell| !self.blocks.words_of(cell).trim().is_empty());
        let several = told.clone().nth(1).is_some();
        let name = |cell: &Block| {
            let names = names(self.blocks.words_of(cell), Form::Entry, MOST_PEOPLE, self.lexicon);
            !names.prose && !names.list.is_empty() && names.list.iter().all(|named| named.sure && !named.by_post)
        };
        several && told.all(name)
    }

    /// Whether each row of a table below a label is a post, or nothing, and a name: `Deputy Chairperson`, `Bo Hay`.
    pub(super) fn are_posts_first(&self, rows: &[&[Block]]) -> bool {
        let is_post = |cell: &Block| {
            let words = self.blocks.words_of(cell).trim();
            let names = names(words, Form::Entry, 2, self.lexicon);
            words.is_empty()
                || label(words, true, |_| false, self.lexicon).is_some_and(|label| label.weak)
                || (!names.prose && names.list.iter().all(|named| named.by_post))
        };
        let is_name = |cell: &Block| {
            let names = names(self.blocks.words_of(cell), Form::Entry, 2, self.lexicon);
            !names.prose && !names.list.is_empty() && !names.list.iter().any(|named| named.by_post)
        };
        let rows = rows.iter().filter(|cells| cells.iter().any(|cell| !self.blocks.words_of(cell).trim().is_empty()));
        let mut rows = rows.peekable();
        rows.peek().is_some()
            && rows.all(|cells| match cells {
                [post, name, ..] => is_post(post) && is_name(name),
                _ => false,
            })
    }

    /// Reads a table of something else: a cell under one that is a label names those of its part, and any may have a
    /// sentence.
    pub(super) fn cells(&mut self, rows: &[&[Block]]) {
        let mut above: Vec<Option<Says>> = Vec::new();
        for cells in rows {
            let firm = |cell: &Block| self.label(&cell.words).is_some_and(|label| !label.weak);
            let labels = cells.iter().map(|cell| self.label_alone(cell).filter(|_| firm(cell)));
            let labels: Vec<Option<Says>> = labels.collect();
            let labelled: Vec<bool> =
                cells.iter().map(|cell| self.blocks.strong_lead(cell) > 0 && firm(cell)).collect();
            for (at, cell) in cells.iter().enumerate() {
                match above.get(at).cloned().flatten().filter(|_| labels[at].is_none()) {
                    Some(says) => {
                        self.firm = true;
                        self.line(&cell.words, Some((says, true)));
                    }
                    None if labelled[at] => drop(self.line(&cell.words, None)),
                    None => self.sentences(&cell.words),
                }
            }
            above = labels;
        }
    }

    /// Whether a table in the head, to which no label belongs, may be the list of those who came: in each row a name, and whom it stands
    /// for beside it.
    fn may_be_attendance(&self, rows: &[&[Block]], columns: Columns) -> bool {
        /// The title of the minutes stands in the first leaves; what has a heading after them is something else.
        const TITLE: usize = 4;
        let is_name = |cells: &&[Block]| {
            let Some(cell) = cells.get(columns.name) else { return false };
            let names = names(self.blocks.words_of(cell), Form::Entry, 2, self.lexicon);
            let one = !names.prose && names.list.len() == 1 && !names.list[0].by_post;
            one || self.label_alone(cell).is_some()
        };
        let first =
            self.blocks.list.iter().position(|block| rows[0].first().is_some_and(|cell| cell.words == block.words));
        let above = &self.blocks.list[..first.unwrap_or(0)];
        let headed = above.iter().skip(TITLE).any(|block| matches!(block.kind, BlockKind::Heading(_)));
        let listed = above.last().is_some_and(|last| self.blocks.words_of(last).trim_end().ends_with(':'));
        self.head && !headed && !listed && columns.role.is_some() && rows.len() > 2 && rows[1..].iter().all(is_name)
    }

    /// Takes those of a table in the head that nothing says to be anything else, if nobody else is said to have come.
    pub(super) fn unlabelled(&mut self) {
        let others = |one: &Found| matches!(one.says, Says::Part(Presence::Present) | Says::Substitute);
        let Some((at, cells, columns)) = self.unlabelled.take().filter(|_| !self.found.iter().any(others)) else {
            return;
        };
        let after = self.found.split_off(at);
        (self.head, self.firm) = (true, true);
        let rows: Vec<&[Block]> = cells.chunk_by(|a, b| a.row() == b.row()).collect();
        self.below(&rows[1..], Says::Part(Presence::Present), columns);
        self.found.extend(after);
    }

    /// Reads rows that are each about one person. One that has a label alone opens another part.
    fn below(&mut self, rows: &[&[Block]], says: Says, columns: Columns) {
        let mut says = says;
        for cells in rows {
            let empty = |cell: &&Block| self.blocks.words_of(cell).trim().is_empty();
            let label = cells.get(columns.name).and_then(|cell| self.label_alone(cell));
            match label.filter(|_| cells.iter().filter(|cell| !empty(cell)).count() == 1) {
                Some(part) => says = part,
                None => self.row(cells, &says, columns),
            }
        }
    }

    /// Reads a row that is about one person.
    fn row(&mut self, cells: &[Block], says: &Says, columns: Columns) {
        let Columns { name, role, short, ticked, surname } = columns;
        let said = |column: Option<usize>| {
            let words = cells.get(column?).map(|cell| self.blocks.words_of(cell).trim())?;
            (!words.is_empty()).then_some(words)
        };
        let says = match ticked {
            None => says.clone(),
            Some(_) => match said(ticked).and_then(|words| self.lexicon.find("presence.ticked", words)) {
                Some((pattern, _)) => Says::of(pattern.says.as_deref().unwrap_or_default()),
                None => return,
            },
        };
        let Some(cell) = cells.get(name) else { return };
        let mut names = names(self.blocks.words_of(cell), Form::Entry, MOST_PEOPLE, self.lexicon);
        if names.prose {
            return;
        }
        if let [one] = names.list.as_mut_slice() {
            if let Some(surname) = said(surname) {
                one.name = format!("{} {surname}", one.name);
            }
            if let Some(role) = said(role) {
                let before = one.role.take().map(|before| format!("{before}, ")).unwrap_or_default();
                one.role = Some(format!("{before}{}", role.split_whitespace().collect::<Vec<_>>().join(" ")));
            }
            let initials = said(short).filter(|short| short.chars().count() <= 5 || short.starts_with('@'));
            one.short = one.short.take().or_else(|| initials.map(str::to_owned));
        }
        self.add(names, &says, cell.words.start);
    }

    /// Reads a table whose head has labels: those below each are of its part. Gives `false` if it is none.
    pub(super) fn labelled_columns(&mut self, rows: &[&[Block]]) -> bool {
        let labels: Vec<Option<Says>> = rows[0].iter().map(|cell| self.label_alone(cell)).collect();
        if labels.iter().flatten().count() < 2 {
            return false;
        }
        self.firm = true;
        if self.ticked_columns(&rows[1..], &labels) {
            return true;
        }
        for (cell, says) in rows[1..].iter().flat_map(|cells| cells.iter().zip(&labels)) {
            if let Some(says) = says {
                self.names_of(&cell.words, says, Form::Line, false);
            }
        }
        true
    }

    /// Reads rows that begin with a name and have a sign below one of the labels. Gives `false` if any has words there.
    fn ticked_columns(&mut self, rows: &[&[Block]], labels: &[Option<Says>]) -> bool {
        let said = |cell: &Block| self.blocks.words_of(cell).trim().to_owned();
        let ticks = |cell: &Block| {
            let words = said(cell);
            words.chars().count() < 2 || self.lexicon.fits("presence.ticked", &words)
        };
        let below = |cells: &&[Block]| cells.iter().zip(labels).all(|(cell, says)| says.is_none() || ticks(cell));
        if labels[0].is_some() || !rows.iter().all(below) {
            return false;
        }
        for cells in rows {
            let part = cells.iter().zip(labels).find(|(cell, says)| says.is_some() && !said(cell).is_empty());
            if let Some((_, Some(says))) = part {
                self.names_of(&cells[0].words, says, Form::Entry, false);
            }
        }
        true
    }

    /// Reads a table whose rows begin with labels. Gives `false` if it is none.
    pub(super) fn labelled_rows(&mut self, rows: &[&[Block]]) -> bool {
        let mut any = false;
        // A label with nothing beside it is that of the rows below it.
        let mut below = None;
        for cells in rows {
            let Some(says) = cells.first().and_then(|cell| self.label_alone(cell)) else {
                if let Some(says) = &below {
                    self.row(cells, says, Columns { role: Some(1), short: Some(2), ..Columns::default() });
                }
                continue;
            };
            any = true;
            self.firm = true;
            // "Members | Title": those below it, with their posts.
            let heads = |cell: &Block| {
                let words = self.blocks.words_of(cell).trim();
                words.is_empty()
                    || ["presence.column-role", "presence.column-short"]
                        .iter()
                        .any(|name| self.lexicon.fits(name, words))
            };
            let alone = cells[1..].iter().all(heads);
            below = alone.then(|| says.clone());
            for cell in cells[1..].iter().filter(|_| !alone) {
                self.line(&cell.words, Some((says.clone(), true)));
            }
        }
        any
    }

    /// What a cell says that is a label and nothing else.
    pub(super) fn label_alone(&self, cell: &Block) -> Option<Says> {
        let found = self.label(&cell.words)?;
        let rest = &self.blocks.words[cell.words.start + found.rest..cell.words.end];
        rest.trim().is_empty().then_some(found.says)
    }
}
