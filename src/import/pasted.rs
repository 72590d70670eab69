//! Pasted text → a manuscript: what is a heading, which numbers are labels, what is an item of what.
//!
//! Input: the characters of a text file. Output: a [`Manuscript`] and remarks. Not here: what a line begins with and which lines
//! are one (`lines.rs`).

use super::lines::{Entry, Mark, entries};
use super::marked;
use crate::manuscript::labels::{self, Label, Sort};
use crate::manuscript::looks::is_title;
use crate::manuscript::nesting::Nesting;
use crate::manuscript::pieces::{first, heading};
use crate::manuscript::said::Remarks;
use crate::manuscript::{Block, Inline, Manuscript, paragraph, tidy};

/// Reads a text.
#[must_use]
pub fn read(text: &str, remarks: &mut Remarks) -> Manuscript {
    let is_marked = marked::is_marked(text);
    let mut entries = entries(text, is_marked, remarks);
    let mut words = Vec::new();
    join_over_pages(&mut entries, remarks);
    margin_numbers(&mut entries, remarks);
    settle_labels(&mut entries);
    find_headings(&mut entries);
    let mut builder = Builder { is_marked, nesting: Nesting::default() };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for entry in entries {
        if let Mark::Row(cells) = entry.mark {
            rows.push(cells);
            continue;
        }
        builder.rows(std::mem::take(&mut rows), &mut words);
        builder.add(entry);
    }
    builder.rows(rows, &mut words);
    for words in words {
        remarks.doubtful("lines with tabs, which are no table by themselves", &words);
    }
    Manuscript { blocks: builder.nesting.finish(), ..Manuscript::default() }
}

/// A paragraph that a page's end has broken is one again.
fn join_over_pages(entries: &mut Vec<Entry>, remarks: &mut Remarks) {
    let mut at = 1;
    while at < entries.len() {
        let (before, own) = (&entries[at - 1], &entries[at]);
        let goes_on = own.mark == Mark::Nothing && own.text.starts_with(char::is_lowercase);
        let is_open = before.text.chars().count() > 60
            && before.text.ends_with(|last: char| last.is_alphanumeric() || last == ',');
        let may = matches!(before.mark, Mark::Nothing | Mark::Bullet | Mark::Label(_));
        if goes_on && is_open && may {
            let own = entries.remove(at);
            remarks.doubtful("paragraphs joined over an empty line or the end of a page", &own.text);
            entries[at - 1].text.push(' ');
            entries[at - 1].text.push_str(&own.text);
        } else {
            at += 1;
        }
    }
}

/// Words before a number that refers to a place in a text, and after which it is none of this text's own.
const REFERS: [&str; 16] = [
    "appendix",
    "at",
    "clause",
    "figure",
    "in",
    "item",
    "of",
    "page",
    "para",
    "paragraph",
    "paragraphs",
    "point",
    "section",
    "see",
    "table",
    "to",
];

/// A number that stood in the margin and that a program which reads pages put into the first line: it is the next one, and
/// stands between two words of a paragraph that has none of its own.
fn margin_numbers(entries: &mut [Entry], remarks: &mut Remarks) {
    let mut last: Vec<u32> = Vec::new();
    for entry in entries {
        if let Mark::Label(Label { sort, .. }) = &entry.mark {
            match sort {
                Sort::Dotted(numbers) => last.clone_from(numbers),
                Sort::Number(number) | Sort::Bare(number) => last = vec![*number],
                Sort::Bracket | Sort::Letter => {}
            }
            continue;
        }
        if last.is_empty() || !matches!(entry.mark, Mark::Nothing | Mark::Bullet) {
            continue;
        }
        let Some((start, end, numbers)) = inner_number(&entry.text, &last) else { continue };
        let typed = entry.text[start..end].to_owned();
        remarks.doubtful(
            "numbers that stood in a margin, and are put before their paragraph",
            &format!("{typed} {}", entry.text),
        );
        let rest = format!("{} {}", entry.text[..start].trim_end(), entry.text[end..].trim_start());
        entry.mark = Mark::Label(Label { length: 0, sort: Sort::Dotted(numbers.clone()), typed });
        entry.text = rest;
        last = numbers;
    }
}

/// The number in a text that comes directly after `last`.
fn inner_number(text: &str, last: &[u32]) -> Option<(usize, usize, Vec<u32>)> {
    let mut before = "";
    let mut at = 0;
    for word in text.split(' ') {
        let (start, end) = (at, at + word.len());
        at = end + 1;
        let numbers: Option<Vec<u32>> = word.split('.').map(|part| part.parse().ok()).collect();
        let numbers = numbers.filter(|numbers| numbers.len() > 2 && labels::follows(numbers, last));
        let refers = REFERS.contains(&before.to_lowercase().as_str());
        let next = text.get(at..).unwrap_or_default();
        if let Some(numbers) = numbers
            && !refers
            && start > 0
            && next.starts_with(|next: char| next.is_alphabetic())
            && before.ends_with(char::is_alphanumeric)
        {
            return Some((start, end, numbers));
        }
        before = word;
    }
    None
}

/// What looks like a number and is none becomes words again.
fn settle_labels(entries: &mut [Entry]) {
    let mut last: Vec<u32> = Vec::new();
    for at in 0..entries.len() {
        let next = entries.get(at + 1).and_then(|next| match &next.mark {
            Mark::Label(label) => Some(label.sort.clone()),
            _ => None,
        });
        let entry = &entries[at];
        let Mark::Label(label) = &entry.mark else { continue };
        let lower = entry.text.starts_with(char::is_lowercase);
        let holds = match &label.sort {
            Sort::Dotted(numbers) => {
                let follows = labels::follows(numbers, &last);
                let holds = !lower || follows;
                if holds {
                    last.clone_from(numbers);
                }
                holds
            }
            Sort::Number(number) => {
                last = vec![*number];
                true
            }
            // Three digits and a bracket in a sentence are no label; one that is one has others beside it.
            Sort::Bracket => true,
            Sort::Letter => true,
            Sort::Bare(number) => {
                let is_day = crate::model::Date::parse(&format!("{number} {} 2000", first(&entry.text))).is_some();
                let leads = matches!(&next, Some(Sort::Dotted(below)) if below.first() == Some(number));
                !is_day && (leads || is_title(&entry.text) && leads_later(number, entries, at))
            }
        };
        if !holds {
            let entry = &mut entries[at];
            if let Mark::Label(label) = std::mem::replace(&mut entry.mark, Mark::Nothing) {
                entry.text = format!("{} {}", label.typed, entry.text);
            }
        } else if let Mark::Label(Label { sort: Sort::Bare(number), .. }) = &entries[at].mark {
            last = vec![*number];
        }
    }
}

/// Whether the next dotted number after an entry lies below this number.
fn leads_later(number: &u32, entries: &[Entry], at: usize) -> bool {
    let next = entries[at + 1..].iter().find_map(|entry| match &entry.mark {
        Mark::Label(Label { sort: Sort::Dotted(numbers), .. }) => Some(numbers.first() == Some(number)),
        Mark::Label(Label { sort: Sort::Bare(_), .. }) => Some(false),
        _ => None,
    });
    next == Some(true)
}

/// Numbered lines that head what stands below them become headings, and the title of a page does.
fn find_headings(entries: &mut [Entry]) {
    let mut headed: Option<u32> = None;
    for at in 0..entries.len() {
        let next = entries.get(at + 1);
        let entry = &entries[at];
        if entry.begins && entry.mark == Mark::Nothing && is_title(&entry.text) {
            entries[at].mark = Mark::Heading(1);
            continue;
        }
        let Mark::Label(label) = &entry.mark else { continue };
        if !is_title(&entry.text) {
            continue;
        }
        let level = match &label.sort {
            Sort::Number(_) | Sort::Bare(_) => 2,
            Sort::Dotted(numbers) => u8::try_from(numbers.len() + 1).unwrap_or(6).min(6),
            Sort::Bracket | Sort::Letter => continue,
        };
        let heads = match next.map(|next| &next.mark) {
            None => headed.is_some() && level == 2,
            Some(Mark::Label(next)) => match (&label.sort, &next.sort) {
                (Sort::Number(own) | Sort::Bare(own), Sort::Dotted(below)) => below.first() == Some(own),
                (Sort::Dotted(own), Sort::Dotted(below)) => below.len() > own.len() && below.starts_with(own),
                (Sort::Number(own), _) => headed.is_some_and(|headed| headed + 1 == *own),
                _ => false,
            },
            // A bullet may go on with a number of its own.
            Some(Mark::Nothing | Mark::Bullet | Mark::Row(_)) => true,
            Some(Mark::Heading(_)) => headed.is_some(),
            Some(Mark::Quote | Mark::Rule) => false,
        };
        if heads {
            if let Sort::Number(number) | Sort::Bare(number) = label.sort {
                headed = Some(number);
            }
            let Mark::Label(label) = std::mem::replace(&mut entries[at].mark, Mark::Heading(level)) else { continue };
            entries[at].text = format!("{} {}", label.typed, entries[at].text);
        }
    }
}

/// Builds blocks of entries.
struct Builder {
    is_marked: bool,
    nesting: Nesting,
}

impl Builder {
    fn words(&self, text: &str) -> Vec<Inline> {
        if self.is_marked {
            return marked::inlines(text);
        }
        let mut words = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if number > 0 {
                words.push(Inline::Break);
            }
            words.push(Inline::Words(line.to_owned()));
        }
        tidy(words)
    }

    fn add(&mut self, entry: Entry) {
        let words = self.words(&entry.text);
        match entry.mark {
            Mark::Bullet => self.nesting.item(entry.column, None, words),
            Mark::Label(Label { sort: Sort::Number(_), typed, .. }) => {
                self.nesting.item(entry.column, Some(typed), words);
            }
            Mark::Label(label) => {
                self.nesting.block(entry.column, Block::Paragraph { label: Some(label.typed), words });
            }
            Mark::Nothing => self.nesting.block(entry.column, paragraph(words)),
            Mark::Heading(level) => self.nesting.top(heading(level, words)),
            Mark::Quote => self.nesting.top(Block::Quotation(vec![paragraph(words)])),
            Mark::Rule => self.nesting.top(Block::Rule),
            Mark::Row(_) => {}
        }
    }

    /// Rows that stood one after the other, as a table; one alone is a line with words apart.
    fn rows(&mut self, mut rows: Vec<Vec<String>>, alone: &mut Vec<String>) {
        if rows.is_empty() {
            return;
        }
        let is_line = |cell: &String| !cell.is_empty() && cell.chars().all(|sign| "-: ".contains(sign));
        let ruled = rows.len();
        rows.retain(|row| !row.iter().all(is_line));
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        if rows.len() < 2 && ruled == rows.len() {
            for row in rows {
                let line = row.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" ");
                alone.push(line.clone());
                let words = self.words(&line);
                self.nesting.top(paragraph(words));
            }
            return;
        }
        let mut cells = |row: Vec<String>| {
            let mut cells: Vec<Vec<Inline>> = row.iter().map(|cell| self.words(cell)).collect();
            cells.resize(columns, Vec::new());
            cells
        };
        let table = rows.into_iter().map(&mut cells).collect();
        self.nesting.top(Block::Table(table));
    }
}
