//! Prints a manuscript as Markdown in the dialect.
//!
//! Input: a [`Manuscript`]. Output: the body of a file: one line for each paragraph, each printed number as it is, at the
//! beginning of its block, where the dialect makes an anchor of it. Not here: the head of the file (`import/head.rs`).
//!
//! What is printed is a fixed point: read as the dialect and printed again, it is the same to the letter.

use super::escape::{self, At};
use super::labels;
use super::{Block, Inline, Item, Manuscript, plain};

/// The body of a file.
#[must_use]
pub fn print(manuscript: &Manuscript) -> String {
    let mut printer = Printer { out: String::new(), notes: Vec::new(), quotations: 0 };
    let mut parts: Vec<String> = printer.blocks(&manuscript.blocks);
    let mut at = 0;
    // A note may refer to another one.
    while let Some(note) = printer.notes.get(at).copied() {
        at += 1;
        let blocks = manuscript.notes.get(note).map_or(&[][..], Vec::as_slice);
        let text = printer.blocks(blocks).join("\n\n");
        parts.push(format!("[^{at}]: {}", indented(&text, 4)));
    }
    let mut out = parts.join("\n\n");
    out.push('\n');
    out
}

struct Printer {
    out: String,
    /// The notes in the order of their first references.
    notes: Vec<usize>,
    /// How many quotations the place is inside of.
    quotations: usize,
}

impl Printer {
    /// Each block as lines.
    fn blocks(&mut self, blocks: &[Block]) -> Vec<String> {
        blocks.iter().map(|block| self.block(block)).filter(|text| !text.is_empty()).collect()
    }

    fn block(&mut self, block: &Block) -> String {
        match block {
            Block::Heading { level, label, words } => {
                let words = self.line(label.as_deref(), words, Where::Heading);
                // A `#` at the end would be read as a mark.
                let words = match words.strip_suffix('#') {
                    Some(rest) => format!("{rest}\\#"),
                    None => words,
                };
                format!("{} {words}", "#".repeat(usize::from((*level).clamp(1, 6))))
            }
            Block::Paragraph { label, words } => self.line(label.as_deref(), words, Where::Line),
            Block::List(items) => self.list(items),
            Block::Table(rows) => self.table(rows),
            Block::Quotation(blocks) => {
                self.quotations += 1;
                let inside = self.blocks(blocks).join("\n\n");
                self.quotations -= 1;
                let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
                inside.lines().map(line).collect::<Vec<_>>().join("\n")
            }
            Block::Code(lines) => {
                // A fence is longer than any in the code.
                let fence =
                    "`".repeat(lines.split(|sign| sign != '`').map(str::len).max().unwrap_or_default().max(2) + 1);
                format!("{fence}\n{}\n{fence}", lines.trim_end_matches('\n'))
            }
            Block::Rule => "***".to_owned(),
        }
    }

    /// The items of a list; with empty lines between them where one holds more than a line.
    fn list(&mut self, items: &[Item]) -> String {
        let is_loose = items.iter().any(|item| {
            let more = item.blocks.iter().skip(1).any(|block| !matches!(block, Block::List(_)));
            more || item.blocks.first().is_some_and(|block| !matches!(block, Block::Paragraph { .. } | Block::List(_)))
        });
        let items = items.iter().map(|item| {
            let parts = self.blocks(&item.blocks);
            let text = parts.join(if is_loose { "\n\n" } else { "\n" });
            let mark = item.label.as_deref().unwrap_or("-");
            format!("{mark} {}", indented(&text, mark.chars().count() + 1)).trim_end().to_owned()
        });
        items.collect::<Vec<_>>().join(if is_loose { "\n\n" } else { "\n" })
    }

    fn table(&mut self, rows: &[Vec<Vec<Inline>>]) -> String {
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut lines = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            let mut line = "|".to_owned();
            for column in 0..columns {
                let cell = row.get(column).map_or_else(String::new, |cell| self.line(None, cell, Where::Cell));
                line.push(' ');
                line.push_str(&cell);
                line.push_str(if cell.is_empty() { "|" } else { " |" });
            }
            lines.push(line);
            if number == 0 {
                lines.push(format!("|{}", " --- |".repeat(columns)));
            }
        }
        lines.join("\n")
    }

    fn line(&mut self, label: Option<&str>, words: &[Inline], place: Where) -> String {
        let before = std::mem::take(&mut self.out);
        if let Some(label) = label {
            let is_known = labels::label(&format!("{label} X")).is_some_and(|known| known.typed == label);
            if is_known {
                self.out.push_str(label);
            } else {
                let at = if place == Where::Line { self.opening() } else { At::Middle };
                escape::words(label, at, place == Where::Cell, &mut self.out);
            }
            // "Item 7: Budget"
            if !plain(words).starts_with([':', ')', '.', ',']) {
                self.out.push(' ');
            }
        }
        self.inlines(words, place, label.is_none() && place == Where::Line);
        let line = std::mem::replace(&mut self.out, before);
        line.trim_end().to_owned()
    }

    /// What stands at the beginning of a line here.
    fn opening(&self) -> At {
        if self.quotations > 0 { At::Quotation } else { At::Line }
    }

    /// Appends words; `opens`: they open a line.
    fn inlines(&mut self, words: &[Inline], place: Where, mut opens: bool) {
        for (index, inline) in words.iter().enumerate() {
            let after = words.get(index + 1);
            match inline {
                Inline::Words(text) => {
                    let at = if opens { self.opening() } else { At::Middle };
                    escape::words(text, at, place == Where::Cell, &mut self.out);
                }
                Inline::Strong(inner) => self.marked("**", inner, after, place),
                Inline::Emphasis(inner) => self.marked("*", inner, after, place),
                Inline::Tag(name, inner) => {
                    self.out.push_str(&format!("<{name}>"));
                    self.inlines(inner, place, false);
                    self.out.push_str(&format!("</{name}>"));
                }
                Inline::Link(target, inner) => {
                    self.out.push('[');
                    self.inlines(inner, place, false);
                    self.out.push_str(&format!("]({})", escape::address(target)));
                }
                Inline::Picture(target, shown) => {
                    self.out.push_str("![");
                    escape::words(shown, At::Middle, place == Where::Cell, &mut self.out);
                    self.out.push_str(&format!("]({})", escape::address(target)));
                }
                Inline::Note(note) => {
                    let known = self.notes.iter().position(|own| own == note);
                    let number = known.unwrap_or_else(|| {
                        self.notes.push(*note);
                        self.notes.len() - 1
                    });
                    self.out.push_str(&format!("[^{}]", number + 1));
                }
                Inline::Place(name) => self.out.push_str(&format!(" {{#{name}}}")),
                Inline::Break => match place {
                    Where::Line => self.out.push_str("\\\n"),
                    Where::Cell => self.out.push_str("<br>"),
                    Where::Heading => self.out.push(' '),
                },
            }
            opens = matches!(inline, Inline::Break) && place == Where::Line;
        }
    }

    /// Words in a mark, if CommonMark would read it as one where it stands; else the words.
    fn marked(&mut self, mark: &str, inner: &[Inline], after: Option<&Inline>, place: Where) {
        let text = plain(inner);
        let (first, last) = (text.chars().next(), text.chars().next_back());
        let before = self.out.chars().next_back();
        let next = after.and_then(|after| plain(std::slice::from_ref(after)).chars().next());
        let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let is_apart = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric() && letter != '*');
        let opens = is_word(first) || is_apart(before);
        let closes = is_word(last) || is_apart(next);
        let is_marked = opens && closes && !text.contains('\n') && before != Some('*') && !text.trim().is_empty();
        if is_marked {
            self.out.push_str(mark);
        }
        self.inlines(inner, place, false);
        if is_marked {
            self.out.push_str(mark);
        }
    }
}

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Line,
    Heading,
    Cell,
}

/// All lines but the first, moved to the right.
fn indented(text: &str, by: usize) -> String {
    let mut lines = text.lines();
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&" ".repeat(by));
            out.push_str(line);
        }
    }
    out
}
