//! The paragraphs and tables of a Word file, one after the other: what each is, and what stands before it.
//!
//! Input: the body of a part. Output: pieces in order. Not here: what becomes of them together (`word.rs`), and words in a
//! paragraph (`word_runs.rs`).

use super::Changes;
use super::tree::Tree;
use super::word_numbers::{Mark, Numbers};
use super::word_runs::{CONTENTS, Runs, said};
use super::word_styles::{Look, ParagraphStyle, indent};
use crate::manuscript::pieces::{Piece, PieceSort, in_cell, is_strong, typed};
use crate::manuscript::{Inline, plain, tidy};

/// Reads the body of a part.
pub struct Blocks<'read, 'word> {
    /// What reads words.
    pub runs: &'read mut Runs<'word>,
    /// What counts.
    pub numbers: &'read mut Numbers,
    /// What was read.
    pub pieces: Vec<Piece>,
    /// Words of paragraphs whose ends were taken out by a change: they go on in the next one.
    pending: Vec<Inline>,
    /// How many tables the place is inside of.
    depth: usize,
}

impl<'read, 'word> Blocks<'read, 'word> {
    /// For a part.
    pub fn new(runs: &'read mut Runs<'word>, numbers: &'read mut Numbers) -> Self {
        Self { runs, numbers, pieces: Vec::new(), pending: Vec::new(), depth: 0 }
    }

    /// Reads all that is in an element.
    pub fn body(&mut self, tree: &'word Tree) {
        for child in tree.trees() {
            match &*child.name {
                "p" => self.paragraph(child),
                "tbl" => self.table(child),
                "sdt" => self.content_control(child),
                "ins" | "moveTo" if self.runs.changes == Changes::Reject => {
                    self.skip(child, "words that were put in by changes")
                }
                "del" | "moveFrom" if self.runs.changes == Changes::Accept => {
                    self.skip(child, "words that were taken out by changes");
                }
                "AlternateContent" => {
                    let choice = child.child("Choice").or_else(|| child.child("Fallback"));
                    choice.into_iter().for_each(|choice| self.body(choice));
                }
                "altChunk" => self.runs.remarks.dropped("a whole document that was put in as a file", ""),
                "sectPr" | "tblPr" | "tblGrid" => {}
                _ => self.body(child),
            }
        }
    }

    fn skip(&mut self, tree: &Tree, what: &'static str) {
        self.runs.remarks.dropped(what, &said(tree));
    }

    /// A place of a form, or a part that Word makes, such as the table of contents.
    fn content_control(&mut self, tree: &'word Tree) {
        let gallery = tree.find(&["sdtPr", "docPartObj", "docPartGallery"]).and_then(Tree::val);
        let Some(content) = tree.child("sdtContent") else { return };
        if gallery == Some("Table of Contents") {
            // Its fields begin and end in it.
            return self.skip(content, CONTENTS);
        }
        if tree.find(&["sdtPr", "showingPlcHdr"]).is_some() {
            return self.skip(content, "prompts of empty places in a form");
        }
        self.body(content);
    }

    fn paragraph(&mut self, tree: &'word Tree) {
        let none = Tree::default();
        let properties = tree.child("pPr").unwrap_or(&none);
        let id = properties.child("pStyle").and_then(Tree::val);
        let style = self.runs.styles.paragraph(id);
        let mark = properties.child("rPr").unwrap_or(&none);
        let was_in_contents = self.runs.in_contents();
        let words = self.runs.paragraph(tree, style.look);
        let boxes = std::mem::take(&mut self.runs.boxes);
        let is_contents = style.is_contents || was_in_contents || self.runs.in_contents();
        let is_joined = match self.runs.changes {
            Changes::Accept => mark.child("del").is_some() || mark.child("moveFrom").is_some(),
            Changes::Reject => mark.child("ins").is_some() || mark.child("moveTo").is_some(),
        };
        self.pending.extend(words);
        if is_joined {
            return;
        }
        let words = tidy(std::mem::take(&mut self.pending));
        if is_contents {
            if !words.is_empty() {
                self.runs.remarks.dropped(CONTENTS, &plain(&words));
            }
        } else if !(words.is_empty() && Look::of(mark).hidden == Some(true)) {
            self.add(properties, id, &style, words);
        }
        for own in boxes {
            self.runs
                .remarks
                .doubtful("boxes with text, which stand after the paragraph to which they are tied", &said(own));
            self.body(own);
        }
    }

    fn add(&mut self, properties: &Tree, id: Option<&str>, style: &ParagraphStyle, mut words: Vec<Inline>) {
        let outline = properties.number("outlineLvl").and_then(|level| u8::try_from(level).ok()).or(style.outline);
        let outline = outline.filter(|level| *level < 9);
        let (mark, column) = self.mark(properties, id, style);
        if mark.is_none() && words.is_empty() {
            return;
        }
        let mut sort = match outline {
            _ if style.is_title => PieceSort::Heading(None),
            Some(level) => PieceSort::Heading(Some(level)),
            None if style.is_quotation => PieceSort::Quotation,
            None => PieceSort::Paragraph,
        };
        let is_strong = is_strong(&words);
        let mut label = None;
        match mark {
            Some(Mark::Bullet) if words.is_empty() => return,
            Some(Mark::Bullet) if sort == PieceSort::Paragraph => sort = PieceSort::Bullet,
            Some(Mark::Number(number)) if !number.is_empty() => {
                if words.is_empty() {
                    self.runs.remarks.doubtful("numbers that Word prints before no words", &number);
                }
                label = Some(number);
            }
            _ => {}
        }
        if label.is_none() {
            typed(&mut words, &mut label, &mut sort);
        }
        self.pieces.push(Piece { column, sort, label, words: tidy(words), is_strong });
    }

    /// What Word prints before a paragraph, and its column.
    fn mark(&mut self, properties: &Tree, id: Option<&str>, style: &ParagraphStyle) -> (Option<Mark>, usize) {
        let own = properties.child("numPr");
        let list = own.and_then(|own| own.child("numId")).and_then(Tree::val).map(str::to_owned);
        let is_own = list.is_some();
        let list = list.or_else(|| style.list.clone()).filter(|list| list != "0");
        let styles = self.runs.styles;
        let mut place = indent(properties);
        let mark = list.and_then(|list| {
            let level = own.and_then(|own| own.number("ilvl")).and_then(|level| usize::try_from(level).ok());
            let of_style = || id.filter(|_| !is_own).and_then(|id| self.numbers.level_of_style(&list, id, styles));
            let level = level.or_else(of_style).or(style.level.filter(|_| !is_own)).unwrap_or(0);
            place = place.or_else(|| self.numbers.indent(&list, level, styles));
            self.numbers.next(&list, level, styles)
        });
        let (left, hanging) = place.or(style.indent).unwrap_or_default();
        let twentieths = if mark.is_some() || hanging > 0 { left - hanging } else { left };
        (mark, usize::try_from(twentieths.max(0) / 100).unwrap_or_default())
    }

    fn table(&mut self, tree: &'word Tree) {
        let mut rows = Vec::new();
        let mut merged = false;
        self.rows(tree, &mut rows, &mut merged);
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        if rows.is_empty() || columns == 0 {
            return;
        }
        if merged {
            self.runs.remarks.doubtful("tables with joined cells, whose words stand in the first of them", "");
        }
        // A frame around words is no table.
        if columns == 1 && self.depth == 0 {
            for cell in rows.into_iter().flatten() {
                self.pieces.extend(cell);
            }
            return;
        }
        let cell = |cell: Vec<Piece>| in_cell(cell);
        let rows = rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
        let (sort, words) = (PieceSort::Table(rows), Vec::new());
        self.pieces.push(Piece { column: 0, sort, label: None, words, is_strong: false });
    }

    /// The rows of a table, each cell with what is in it.
    fn rows(&mut self, tree: &'word Tree, rows: &mut Vec<Vec<Vec<Piece>>>, merged: &mut bool) {
        for child in tree.trees() {
            match &*child.name {
                "tr" => {
                    let changed = |name| child.find(&["trPr", name]).is_some();
                    let (gone, new) = (changed("del"), changed("ins"));
                    match self.runs.changes {
                        Changes::Accept if gone => self.skip(child, "words that were taken out by changes"),
                        Changes::Reject if new => self.skip(child, "words that were put in by changes"),
                        _ => {
                            let mut row = Vec::new();
                            self.cells(child, &mut row, merged);
                            rows.push(row);
                        }
                    }
                }
                "tblPr" | "tblGrid" => {}
                "sdt" => child.child("sdtContent").into_iter().for_each(|content| self.rows(content, rows, merged)),
                _ => self.rows(child, rows, merged),
            }
        }
    }

    fn cells(&mut self, tree: &'word Tree, row: &mut Vec<Vec<Piece>>, merged: &mut bool) {
        for child in tree.trees() {
            match &*child.name {
                "tc" => {
                    let before = std::mem::take(&mut self.pieces);
                    self.depth += 1;
                    self.body(child);
                    self.depth -= 1;
                    row.push(std::mem::replace(&mut self.pieces, before));
                    let properties = child.child("tcPr");
                    let span = properties.and_then(|properties| properties.number("gridSpan")).unwrap_or(1);
                    for _ in 1..span.min(60) {
                        row.push(Vec::new());
                    }
                    *merged |= span > 1 || properties.is_some_and(|properties| properties.child("vMerge").is_some());
                }
                "sdt" => child.child("sdtContent").into_iter().for_each(|content| self.cells(content, row, merged)),
                "trPr" | "tblPrEx" => {}
                _ => self.cells(child, row, merged),
            }
        }
    }
}
