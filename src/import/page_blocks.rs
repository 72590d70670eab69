//! The blocks and words of a record in a page.
//!
//! Input: elements. Output: pieces, files to which they lead, remarks. Not here: which elements are the record (`page.rs`).

use super::furniture;
use super::page_marks::{PAGES, indent, is_any, said};
use crate::archive::tree::{Inside, Tree};
use crate::manuscript::labels;
use crate::manuscript::pieces::{HEADS, NUMBERED, Piece, PieceSort, in_cell, is_strong, numbered, typed};
use crate::manuscript::said::Remarks;
use crate::manuscript::{Inline, cut_end, plain, tidy};
use crate::wordml::number_forms;

/// Reads a record.
#[derive(Debug, Default)]
pub struct Blocks<'page> {
    address: Option<&'page str>,
    /// What was read.
    pub pieces: Vec<Piece>,
    /// Files to which it leads: title and address.
    pub papers: Vec<(String, String)>,
    /// What was dropped.
    pub remarks: Remarks,
    /// Words that stand in no block of their own.
    line: Vec<Inline>,
    /// The column, and how the words around look.
    column: usize,
    quoted: bool,
    /// The number that Word counted for the paragraph.
    counted: Option<String>,
    /// Whether a file has no title but that of the line in which its link stands.
    is_untitled: bool,
}

/// How words look that an element is around.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    strong: bool,
    emphasis: bool,
    tag: Option<&'static str>,
}

impl<'page> Blocks<'page> {
    /// For a page that was saved from this address.
    #[must_use]
    pub fn new(address: Option<&'page str>) -> Self {
        Self { address, ..Self::default() }
    }

    /// Reads an element that is a block itself.
    pub fn body_of(&mut self, tree: &Tree) {
        self.element(tree);
        self.end_line();
    }

    /// Reads all that is in an element.
    pub fn body(&mut self, tree: &Tree) {
        self.inside(tree);
        self.end_line();
    }

    fn inside(&mut self, tree: &Tree) {
        tree.inside.iter().for_each(|inside| self.one(inside));
    }

    fn one(&mut self, inside: &Inside) {
        match inside {
            Inside::Words(words) => self.line.push(Inline::Words(words.to_string())),
            Inside::Tree(tree) if is_any(tree, &PAGES.in_line) && !has_block(tree) => {
                let mut line = std::mem::take(&mut self.line);
                self.inline(tree, Look::default(), &mut line);
                self.line = line;
            }
            Inside::Tree(tree) => self.element(tree),
        }
    }

    fn element(&mut self, tree: &Tree) {
        self.end_line();
        match &*tree.name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = tree.name[1..].parse::<u8>().unwrap_or(2);
                let sort = PieceSort::Heading(Some(level - 1));
                self.paragraph(tree, sort, self.column);
            }
            "p" => {
                let sort = if self.quoted { PieceSort::Quotation } else { PieceSort::Paragraph };
                self.paragraph(tree, sort, self.column + indent(tree));
            }
            "ul" | "menu" | "dir" => self.list(tree, None),
            "ol" => self.list(tree, Some(tree.attribute("type").unwrap_or("1"))),
            "table" => self.table(tree),
            "blockquote" => {
                let quoted = std::mem::replace(&mut self.quoted, true);
                self.body(tree);
                self.quoted = quoted;
            }
            "hr" | "title" | "head" => {}
            "dt" => {
                let words = vec![Inline::Strong(self.words(tree))];
                self.push(words, PieceSort::Paragraph, self.column);
            }
            _ => self.body(tree),
        }
    }

    /// Words that stood in no block are a paragraph.
    fn end_line(&mut self) {
        let words = std::mem::take(&mut self.line);
        let sort = if self.quoted { PieceSort::Quotation } else { PieceSort::Paragraph };
        self.push(words, sort, self.column);
    }

    fn paragraph(&mut self, tree: &Tree, sort: PieceSort, column: usize) {
        if has_block(tree) {
            return self.body(tree);
        }
        let words = self.words(tree);
        self.push(words, sort, column);
    }

    fn words(&mut self, tree: &Tree) -> Vec<Inline> {
        let mut words = Vec::new();
        self.inlines(tree, Look::default(), &mut words);
        words
    }

    fn push(&mut self, words: Vec<Inline>, mut sort: PieceSort, column: usize) {
        let mut words = tidy(words);
        let mut label = self.counted.take();
        if words.is_empty() && label.is_none() {
            return;
        }
        let text = plain(&words);
        if let Some((rest, what, size)) = furniture::ending(&text) {
            self.remarks.dropped(what, size);
            cut_end(&mut words, text.len() - rest.len());
        }
        if self.is_untitled {
            self.is_untitled = false;
            let title = plain(&words);
            self.papers.iter_mut().filter(|(own, _)| own.is_empty()).for_each(|(own, _)| own.clone_from(&title));
        }
        if matches!(sort, PieceSort::Heading(_)) {
            words = unlinked(words, &self.papers);
        }
        let is_strong = is_strong(&words);
        if label.is_none() {
            typed(&mut words, &mut label, &mut sort);
        }
        self.pieces.push(Piece { column, sort, label, words: tidy(words), is_strong });
    }

    fn inlines(&mut self, tree: &Tree, look: Look, words: &mut Vec<Inline>) {
        for inside in &tree.inside {
            match inside {
                Inside::Words(text) => words.push(looking(text, look)),
                Inside::Tree(tree) => self.inline(tree, look, words),
            }
        }
    }

    fn inline(&mut self, tree: &Tree, mut look: Look, words: &mut Vec<Inline>) {
        let style = tree.attribute("style").unwrap_or_default().to_ascii_lowercase();
        if style.replace(' ', "").contains("mso-list:ignore") {
            // The number that Word shows, in whatever form, or a bullet.
            let mark = said(tree);
            if is_counted(&mark) {
                self.counted = Some(mark);
                return;
            }
            if mark.contains(char::is_alphanumeric) {
                self.remarks.dropped("letters that stand for bullets", &mark);
            }
            return words.push(Inline::Words("• ".to_owned()));
        }
        look.strong |= style.contains("font-weight:bold") || style.contains("font-weight: bold");
        match &*tree.name {
            "b" | "strong" => look.strong = true,
            "i" | "em" => look.emphasis = true,
            "sup" => look.tag = Some("sup"),
            "sub" => look.tag = Some("sub"),
            "s" | "strike" | "del" => look.tag = Some("del"),
            "br" => return words.push(Inline::Break),
            "img" => {
                let shown = tree.attribute("alt").unwrap_or_default();
                return self.remarks.dropped("pictures of the page", shown);
            }
            "a" => return self.link(tree, look, words),
            _ => {}
        }
        self.inlines(tree, look, words);
    }

    /// A link; one to a file is also noted, since the file did not come with the page.
    fn link(&mut self, tree: &Tree, look: Look, words: &mut Vec<Inline>) {
        let mut inner = Vec::new();
        self.inlines(tree, look, &mut inner);
        let Some(target) = tree.attribute("href").map(str::trim).filter(|target| !target.is_empty()) else {
            return words.extend(inner);
        };
        let said = plain(&tidy(inner.clone()));
        if furniture::fits_any(&PAGES.cut_off, &said) {
            self.remarks
                .doubtful("places where the page shows the beginning alone; save the page with the whole too", &said);
        }
        let paper = is_paper(target).then(|| target.to_owned());
        match self.resolved(target).or(paper) {
            Some(target) if is_paper(&target) => {
                let is_size = self.paper(&said, &target);
                if is_size {
                    return words.extend(inner);
                }
                words.push(Inline::Link(target, inner));
            }
            Some(target) if plain(&inner).trim() != "" => words.push(Inline::Link(target, inner)),
            _ => words.extend(inner),
        }
    }

    /// Notes a file that did not come with the page. Returns whether a link to it says no more than its size.
    fn paper(&mut self, said: &str, target: &str) -> bool {
        // "PDF 48 KB" says nothing of what it is.
        let line = format!("x {said}");
        let (title, is_size) = match furniture::ending(&line) {
            Some(("x", ..)) => ("", true),
            Some((rest, ..)) => (rest.trim_start_matches("x "), false),
            None => (said, false),
        };
        let is_known = self.papers.iter().any(|(_, own)| *own == target);
        if !is_known && (is_size || !title.is_empty()) {
            self.is_untitled |= is_size;
            self.papers.push((title.to_owned(), target.to_owned()));
        }
        is_size
    }

    /// Notes the files to which links lead in lists that are no part of the record: the whole as one file, printed minutes.
    pub fn papers_of(&mut self, lists: &[Tree]) {
        for list in lists {
            list.each(&mut |tree| {
                let target = tree.attribute("href").map(str::trim).filter(|target| is_paper(target));
                let (Some(target), words) = (target, said(tree)) else { return };
                if furniture::ending(&format!("x {words}")).is_none_or(|(rest, ..)| rest != "x") {
                    let whole = self.resolved(target).unwrap_or_else(|| target.to_owned());
                    self.paper(&words, &whole);
                }
            });
        }
    }

    /// Takes away the links to files of which nobody knows where they lie: in the site they would lead nowhere.
    pub fn unlink_papers(&mut self) {
        let nowhere: Vec<(String, String)> =
            self.papers.iter().filter(|(_, target)| !target.contains("://")).cloned().collect();
        for piece in &mut self.pieces {
            piece.words = unlinked(std::mem::take(&mut piece.words), &nowhere);
            if let PieceSort::Table(rows) = &mut piece.sort {
                rows.iter_mut().flatten().for_each(|cell| *cell = unlinked(std::mem::take(cell), &nowhere));
            }
        }
    }

    /// An address, whole; `None` for a place in the page, or where nobody knows from where it was saved.
    fn resolved(&mut self, target: &str) -> Option<String> {
        let scheme = target.split(['/', '?', '#']).next().unwrap_or_default().split_once(':');
        if let Some((scheme, _)) = scheme {
            let is_known = ["http", "https", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
            if !is_known {
                self.remarks.dropped("addresses of links that lead to no page", target);
            }
            return is_known.then(|| target.to_owned());
        }
        if target.starts_with('#') {
            return None;
        }
        let Some(base) = self.address else {
            self.remarks.dropped(
                "addresses of links that are not whole, since nobody knows from where the page was saved",
                target,
            );
            return None;
        };
        let (scheme, rest) = base.split_once("://")?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if let Some(rest) = target.strip_prefix("//") {
            return Some(format!("{scheme}://{rest}"));
        }
        if target.starts_with('/') {
            return Some(format!("{scheme}://{host}{target}"));
        }
        let path = path.split(['?', '#']).next().unwrap_or_default();
        if target.starts_with('?') {
            return Some(format!("{scheme}://{host}/{path}{target}"));
        }
        let mut names: Vec<&str> = path.split('/').collect();
        names.pop();
        for name in target.split('/') {
            match name {
                ".." => drop(names.pop()),
                "." => {}
                name => names.push(name),
            }
        }
        Some(format!("{scheme}://{host}/{}", names.join("/")))
    }

    fn list(&mut self, tree: &Tree, form: Option<&str>) {
        let start = tree.attribute("start").and_then(|start| start.trim().parse::<i64>().ok());
        let mut number = start.unwrap_or(1);
        for inside in &tree.inside {
            let Inside::Tree(item) = inside else {
                self.one(inside);
                continue;
            };
            if &*item.name != "li" {
                self.one(inside);
                continue;
            }
            self.end_line();
            number = item.attribute("value").and_then(|value| value.trim().parse().ok()).unwrap_or(number);
            let before = std::mem::take(&mut self.pieces);
            self.column += 3;
            self.body(item);
            self.column -= 3;
            let inside = std::mem::replace(&mut self.pieces, before);
            self.item(inside, form.map(|form| written(number, form)));
            number += 1;
        }
        self.end_line();
    }

    /// An item: its first paragraph gets the bullet or the number.
    fn item(&mut self, inside: Vec<Piece>, number: Option<String>) {
        if self.is_only_papers(&inside) {
            return;
        }
        let mut inside = inside.into_iter();
        let Some(mut first) = inside.next() else { return };
        if first.sort == PieceSort::Paragraph && first.label.is_none() {
            first.column = self.column;
            match number {
                Some(number) => first.label = Some(number),
                None => first.sort = PieceSort::Bullet,
            }
        }
        self.pieces.push(first);
        self.pieces.extend(inside);
    }

    /// Whether an item is nothing but a link to a file: then it is among the files, and no words of the record.
    fn is_only_papers(&self, inside: &[Piece]) -> bool {
        let is_paper = |inline: &Inline| match inline {
            Inline::Link(target, inner) => {
                self.papers.iter().any(|(title, own)| own == target && *title == plain(inner))
            }
            Inline::Words(words) => words.trim().is_empty(),
            Inline::Break => true,
            _ => false,
        };
        let has_link = |piece: &Piece| piece.words.iter().any(|inline| matches!(inline, Inline::Link(..)));
        !inside.is_empty() && inside.iter().all(|piece| has_link(piece) && piece.words.iter().all(is_paper))
    }

    fn table(&mut self, tree: &Tree) {
        let mut cells: Vec<Vec<&Tree>> = Vec::new();
        self.beside_rows(tree);
        collect_rows(tree, &mut cells);
        if cells.is_empty() {
            return;
        }
        let is_frame = is_any(tree, &PAGES.frames)
            || cells.iter().all(|row| row.len() <= 1)
            || cells.iter().flatten().any(|cell| holds_blocks(cell));
        if is_frame {
            for row in cells {
                let is_head = row.len() > 1 && row.iter().all(|cell| &*cell.name == "th");
                if is_head {
                    let words: Vec<String> = row.iter().map(|cell| said(cell)).collect();
                    self.remarks.dropped(HEADS, &words.join(" "));
                } else {
                    self.framed(&row);
                }
            }
            return;
        }
        let merged = cells.iter().flatten().any(|cell| span(cell, "colspan") > 1 || span(cell, "rowspan") > 1);
        let mut table = Vec::new();
        for row in cells {
            let mut line = Vec::new();
            for cell in row {
                let before = std::mem::take(&mut self.pieces);
                self.body(cell);
                line.push(std::mem::replace(&mut self.pieces, before));
                line.extend((1..span(cell, "colspan")).map(|_| Vec::new()));
            }
            table.push(line);
        }
        if let Some((pieces, head)) = numbered(&table) {
            self.remarks.doubtful(NUMBERED, "");
            if !head.is_empty() {
                self.remarks.dropped(HEADS, &head);
            }
            return self.pieces.extend(pieces);
        }
        let table = table.into_iter().map(|row| row.into_iter().map(in_cell).collect()).collect();
        if merged {
            self.remarks.doubtful("tables with joined cells, whose words stand in the first of them", "");
        }
        let (sort, words) = (PieceSort::Table(table), Vec::new());
        self.pieces.push(Piece { column: 0, sort, label: None, words, is_strong: false });
    }

    /// What stands in a table and in none of its cells: its caption, and what nobody put into a cell.
    fn beside_rows(&mut self, tree: &Tree) {
        for inside in &tree.inside {
            match inside {
                Inside::Words(_) => self.one(inside),
                Inside::Tree(tree) => match &*tree.name {
                    "td" | "th" | "col" | "colgroup" => {}
                    "tr" | "tbody" | "thead" | "tfoot" => self.beside_rows(tree),
                    "caption" => self.body_of(tree),
                    _ => self.one(inside),
                },
            }
        }
        self.end_line();
    }

    /// A row that only places things beside each other; a number in its first cell is that of what stands in the next.
    fn framed(&mut self, row: &[&Tree]) {
        let number = row.first().map(|cell| said(cell)).filter(|words| row.len() > 1 && is_number(words));
        let rest = if number.is_some() { &row[1..] } else { row };
        let at = self.pieces.len();
        rest.iter().for_each(|cell| self.body(cell));
        let Some(number) = number else { return };
        match self.pieces.get_mut(at) {
            Some(first) if first.label.is_none() && !matches!(first.sort, PieceSort::Table(_)) => {
                first.label = Some(number);
                // A title of an item, with what was said of it below.
                if first.sort == PieceSort::Paragraph {
                    first.sort = PieceSort::Heading(Some(1));
                    first.words = unlinked(std::mem::take(&mut first.words), &self.papers);
                }
            }
            _ => self.pieces.insert(
                at,
                Piece {
                    column: 0,
                    sort: PieceSort::Paragraph,
                    label: None,
                    words: Inline::words(number),
                    is_strong: false,
                },
            ),
        }
    }
}

/// Words without the links to files: a title says what the file is, and the file did not come.
fn unlinked(words: Vec<Inline>, papers: &[(String, String)]) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in words {
        match inline {
            Inline::Link(target, inner) if papers.iter().any(|(_, own)| *own == target) => out.extend(inner),
            Inline::Strong(inner) => out.push(Inline::Strong(unlinked(inner, papers))),
            other => out.push(other),
        }
    }
    tidy(out)
}

/// Whether words are a number of an item and nothing else.
fn is_number(words: &str) -> bool {
    labels::label(&format!("{words} X")).is_some_and(|label| label.typed == words)
}

/// Whether what Word shows before a paragraph counts: `I.`, `Section 1.01`, `a)`; a letter alone stands for a picture.
fn is_counted(mark: &str) -> bool {
    let letters = mark.chars().filter(|sign| sign.is_alphanumeric()).count();
    letters > 1
        || mark.contains(|sign: char| sign.is_ascii_digit())
        || (letters == 1 && mark.ends_with(['.', ')', ':']))
}

/// The cells of each row of a table, and of no table in it. Cells that nobody put into a row are one.
fn collect_rows<'tree>(tree: &'tree Tree, rows: &mut Vec<Vec<&'tree Tree>>) {
    let is_cell = |tree: &&Tree| matches!(&*tree.name, "td" | "th");
    let loose: Vec<&Tree> = tree.trees().filter(is_cell).collect();
    rows.extend((!loose.is_empty()).then_some(loose));
    for child in tree.trees() {
        match &*child.name {
            "tr" => rows.push(child.trees().filter(is_cell).collect()),
            "tbody" | "thead" | "tfoot" => collect_rows(child, rows),
            _ => {}
        }
    }
}

/// How many columns or rows a cell takes.
fn span(cell: &Tree, name: &str) -> usize {
    cell.attribute(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1).clamp(1, 60)
}

/// Whether a cell holds what no cell of a table of facts holds: headings, tables, or paragraphs with lists.
fn holds_blocks(cell: &Tree) -> bool {
    let (mut heads, mut paragraphs) = (false, 0);
    cell.each(&mut |tree| match &*tree.name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "table" => heads = true,
        "p" | "li" if !tree.words().trim().is_empty() => paragraphs += 1,
        _ => {}
    });
    heads || paragraphs > 6
}

/// Whether an element has a block in it.
fn has_block(tree: &Tree) -> bool {
    tree.trees().any(|tree| !is_any(tree, &PAGES.in_line) || has_block(tree))
}

fn looking(text: &str, look: Look) -> Inline {
    let text: String = text.chars().filter(|letter| !matches!(letter, '\u{ad}' | '\u{200b}' | '\u{feff}')).collect();
    let mut inline = Inline::Words(text.replace('\u{2011}', "-"));
    if let Some(tag) = look.tag {
        inline = Inline::Tag(tag, vec![inline]);
    }
    if look.emphasis {
        inline = Inline::Emphasis(vec![inline]);
    }
    if look.strong {
        inline = Inline::Strong(vec![inline]);
    }
    inline
}

fn is_paper(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    PAGES.papers.iter().any(|end| path.ends_with(end.as_str()))
}

/// A number of a list, as a browser shows it. After z it counts in another way than Word, and no list is so long.
fn written(number: i64, form: &str) -> String {
    let format = match form {
        "a" | "A" if number > 26 => "decimal",
        "a" => "lowerLetter",
        "A" => "upperLetter",
        "i" => "lowerRoman",
        "I" => "upperRoman",
        _ => "decimal",
    };
    format!("{}.", number_forms::written(number, format).unwrap_or_else(|| number.to_string()))
}
