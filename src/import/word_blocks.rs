//! The paragraphs and tables of a Word file, one after the other: what each is, and what stands before it.
//!
//! Input: the body of a part. Output: pieces in order. Not here: what becomes of them together (`word.rs`), and words in a
//! paragraph (`word_runs.rs`).

use super::Changes;
use super::word_runs::{PUT_IN, Runs, TAKEN_OUT, said};
use crate::archive::tree::Tree;
use crate::manuscript::pieces::{HEADS, NUMBERED, Piece, PieceSort, in_cell, is_strong, numbered, typed};
use crate::manuscript::{Inline, plain, tidy};
use crate::wordml::fields::CONTENTS;
use crate::wordml::numbers::{Mark, Numbers};
use crate::wordml::styles::{Look, ParagraphStyle, ground, indent};

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
    /// Whether what lies behind the place is dark: a cell, a box, the page.
    pub on_dark: Option<bool>,
}

impl<'read, 'word> Blocks<'read, 'word> {
    /// For a part.
    pub fn new(runs: &'read mut Runs<'word>, numbers: &'read mut Numbers) -> Self {
        Self { runs, numbers, pieces: Vec::new(), pending: Vec::new(), depth: 0, on_dark: None }
    }

    /// Reads all that is in an element.
    pub fn body(&mut self, tree: &'word Tree) {
        for child in tree.trees() {
            match &*child.name {
                "p" => self.paragraph(child),
                "tbl" => {
                    self.end();
                    self.table(child);
                }
                "sdt" => self.content_control(child),
                "ins" | "moveTo" if self.runs.changes == Changes::Reject => {
                    self.runs.remarks.dropped_beside(PUT_IN, &said(child));
                }
                "del" | "moveFrom" if self.runs.changes == Changes::Accept => {
                    self.runs.remarks.dropped_beside(TAKEN_OUT, &said(child));
                }
                "AlternateContent" => {
                    let choice = child.child("Choice").or_else(|| child.child("Fallback"));
                    choice.into_iter().for_each(|choice| self.body(choice));
                }
                "altChunk" | "subDoc" => self.runs.remarks.dropped(
                    "whole documents that were put in as files; open and save this one in Word, and they are part of it",
                    "",
                ),
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
        let new = tree.child("pPr").unwrap_or(&none);
        let mark = new.child("rPr").unwrap_or(&none);
        let old = new.find(&["pPrChange", "pPr"]).filter(|_| self.runs.changes == Changes::Reject);
        let properties = old.unwrap_or(new);
        let id = properties.child("pStyle").and_then(Tree::val);
        let style = self.runs.styles.paragraph(id);
        let behind = ground(properties).or(style.look.on_dark).or(self.on_dark);
        let words = self.runs.paragraph(tree, Look { on_dark: behind, ..style.look }, style.outline);
        let is_joined = match self.runs.changes {
            Changes::Accept => mark.child("del").is_some() || mark.child("moveFrom").is_some(),
            Changes::Reject => mark.child("ins").is_some() || mark.child("moveTo").is_some(),
        };
        self.pending.extend(words);
        // Boxes that are tied to it stand after the paragraph in which it goes on.
        if is_joined {
            return;
        }
        let boxes = std::mem::take(&mut self.runs.boxes);
        let words = tidy(std::mem::take(&mut self.pending));
        let look = Look::of(mark).or(style.look);
        if style.heads_contents || (style.is_contents && is_entry(&said(tree))) {
            if !words.is_empty() {
                self.runs.remarks.dropped(CONTENTS, &plain(&words));
            }
        } else if !(words.is_empty() && look.hidden == Some(true)) {
            let printed = self.mark(properties, id, &style, look);
            self.add(properties, &style, words, printed);
        }
        for (own, on_dark) in boxes {
            self.runs
                .remarks
                .doubtful("boxes with text, which stand after the paragraph to which they are tied", &said(own));
            let story = std::mem::take(&mut self.numbers.story);
            let before = std::mem::replace(&mut self.on_dark, on_dark);
            self.body(own);
            self.end();
            (self.on_dark, self.numbers.story) = (before, story);
        }
    }

    /// Where a part, a cell or a box ends, no paragraph goes on.
    pub fn end(&mut self) {
        let words = tidy(std::mem::take(&mut self.pending));
        if !words.is_empty() {
            self.add(&Tree::default(), &ParagraphStyle::default(), words, (None, 0));
        }
    }

    fn add(
        &mut self,
        properties: &Tree,
        style: &ParagraphStyle,
        mut words: Vec<Inline>,
        (mark, column): (Option<Mark>, usize),
    ) {
        let outline = properties.number("outlineLvl").and_then(|level| u8::try_from(level).ok()).or(style.outline);
        let outline = outline.filter(|level| *level < 9);
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
                // In a table it often has a cell of its own.
                if words.is_empty() && self.depth == 0 {
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
    fn mark(
        &mut self,
        properties: &Tree,
        id: Option<&str>,
        style: &ParagraphStyle,
        look: Look,
    ) -> (Option<Mark>, usize) {
        let is_new = |own: &&Tree| self.runs.changes == Changes::Reject && own.child("ins").is_some();
        let own = properties.child("numPr").filter(|own| !is_new(own));
        let list = own.and_then(|own| own.child("numId")).and_then(Tree::val).map(str::to_owned);
        let is_own = list.is_some();
        let list = list.or_else(|| style.list.clone()).filter(|list| list != "0");
        let styles = self.runs.styles;
        let mut place = indent(properties);
        let mark = list.and_then(|list| {
            let level = own.and_then(|own| own.number("ilvl")).and_then(|level| usize::try_from(level).ok());
            // The list and the level are two properties: what does not say one of them has that of its style.
            let of_list = |id: &str| self.numbers.level_of_style(&list, id, styles).filter(|_| !is_own);
            let level = level.or_else(|| styles.level(id, of_list)).unwrap_or(0);
            place = place.or_else(|| self.numbers.indent(&list, level, styles));
            self.numbers.next(&list, level, styles, look)
        });
        let (left, hanging) = place.or(style.indent).unwrap_or_default();
        let twentieths = if mark.is_some() || hanging > 0 { left - hanging } else { left };
        (mark, usize::try_from(twentieths.max(0) / 100).unwrap_or_default())
    }

    fn table(&mut self, tree: &'word Tree) {
        let mut rows = Vec::new();
        let mut merged = false;
        let before = self.on_dark;
        if let Some(properties) = tree.child("tblPr") {
            let style = properties.child("tblStyle").and_then(Tree::val);
            let is_dark = style.is_some_and(|style| self.runs.styles.is_dark(style));
            self.on_dark = is_dark.then_some(true).or(ground(properties)).or(before);
        }
        self.rows(tree, &mut rows, &mut merged);
        self.on_dark = before;
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        if rows.is_empty() || columns == 0 {
            return;
        }
        if let Some((pieces, head)) = numbered(&rows).filter(|_| self.depth == 0) {
            self.runs.remarks.doubtful(NUMBERED, "");
            if !head.is_empty() {
                self.runs.remarks.dropped(HEADS, &head);
            }
            return self.pieces.extend(pieces);
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
        for label in rows.iter().flatten().flatten().filter_map(|piece| piece.label.as_deref()) {
            self.runs
                .remarks
                .doubtful("numbers in tables, which are words of the table and no places to link to", label);
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
                        Changes::Accept if gone => self.skip(child, TAKEN_OUT),
                        Changes::Reject if new => self.skip(child, PUT_IN),
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
                    let properties = child.child("tcPr");
                    let before = (std::mem::take(&mut self.pieces), self.on_dark);
                    self.on_dark = properties.and_then(ground).or(self.on_dark);
                    self.depth += 1;
                    self.body(child);
                    self.end();
                    self.depth -= 1;
                    row.push(std::mem::replace(&mut self.pieces, before.0));
                    self.on_dark = before.1;
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

/// Whether a line is one of a table of contents: it ends with the page.
fn is_entry(text: &str) -> bool {
    let text = text.trim_end();
    let words = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
    words.len() < text.len() && words.ends_with(char::is_whitespace)
}
