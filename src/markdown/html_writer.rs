//! Writes the Markdown that HTML means, as edits: words stay where they were typed, and only what stands between them is
//! replaced.
//!
//! Input: words and what they are, in the order of the text. Output: edits. Not here: HTML.

use std::ops::Range;

use super::events::line_start;
use super::prepare::Edit;
use crate::language::letters::without_blanks;

/// How deep lists and quotations may be written into one another; deeper ones stand at that depth.
const DEEPEST: usize = 8;

/// How many formats may lie in one another.
const MOST_FORMATS: usize = 8;

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    Nothing,
    Space,
    /// A line break.
    Line,
}

/// How words look, or where they lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Format {
    Tag(&'static str),
    Link(String),
}

/// What begins with the next word.
struct Opening {
    /// Stands before the word: the marker of a list, the signs of a heading.
    marker: String,
    /// Whether no empty line stands above.
    tight: bool,
    /// How many leads stand before the marker.
    depth: usize,
}

pub(super) struct MarkdownWriter<'text> {
    text: &'text str,
    edits: Vec<Edit>,
    /// Where the source goes on.
    at: usize,
    /// What is written before that.
    pending: String,
    /// The marks of the containers that the author typed.
    prefix: String,
    /// The marks of the containers that were begun since.
    leads: Vec<String>,
    opening: Option<Opening>,
    /// Whether something was written.
    begun: bool,
    /// Whether the block that is open has words.
    has_words: bool,
    /// Whether the block is one line: a heading, a term, a caption.
    one_line: bool,
    in_cell: bool,
    /// Whether the next word begins a line.
    at_line_start: bool,
    gap: Gap,
    wanted: Vec<Format>,
    open: Vec<Format>,
}

impl<'text> MarkdownWriter<'text> {
    /// Writes from the place `at` on.
    pub(super) fn new(text: &'text str, at: usize, prefix: String) -> Self {
        Self {
            text,
            edits: Vec::new(),
            at,
            pending: String::new(),
            prefix,
            leads: Vec::new(),
            opening: Some(Opening { marker: String::new(), tight: true, depth: 0 }),
            begun: false,
            has_words: false,
            one_line: false,
            in_cell: false,
            at_line_start: false,
            gap: Gap::Nothing,
            wanted: Vec::new(),
            open: Vec::new(),
        }
    }

    /// The edits up to the place `end`, at which the region ends. The line end there stays.
    pub(super) fn finish(mut self, end: usize) -> Vec<Edit> {
        self.close_formats(0);
        let text = self.text;
        let kept = end - usize::from(text[..end].ends_with('\n') && end > self.at);
        let next = text[end..].lines().next().unwrap_or_default();
        if kept < end && !next.trim_matches([' ', '\t', '>']).is_empty() {
            self.pending.push('\n');
            self.pending.push_str(self.prefix.trim_end());
        }
        if self.at < kept || !self.pending.is_empty() {
            self.edits.push(Edit { range: self.at..kept.max(self.at), text: self.pending });
        }
        self.edits
    }

    /// How many containers are open.
    pub(super) fn depth(&self) -> usize {
        self.leads.len()
    }

    /// Ends all containers but the first `depth`.
    pub(super) fn leave(&mut self, depth: usize) {
        self.leads.truncate(depth);
    }

    /// The marks of the first `depth` containers.
    fn lead(&self, depth: usize) -> String {
        self.leads[..depth.min(self.leads.len()).min(DEEPEST)].concat()
    }

    /// Begins a container.
    pub(super) fn enter(&mut self, lead: &str) {
        let lead = if self.leads.len() < DEEPEST { lead } else { "" };
        self.leads.push(lead.to_owned());
    }

    /// What comes next is a block of its own; in a cell, a line.
    pub(super) fn begin_block(&mut self) {
        if self.in_cell {
            return self.gap(if self.has_words { Gap::Line } else { Gap::Nothing });
        }
        let marked = self.opening.as_ref().is_some_and(|opening| !opening.marker.is_empty());
        if !marked {
            self.begin_paragraph();
        }
    }

    /// What comes next is a paragraph, whatever was begun and has no words.
    pub(super) fn begin_paragraph(&mut self) {
        if !self.in_cell {
            self.begin(String::new(), false, self.leads.len());
        }
    }

    /// What comes next is a paragraph of one line.
    pub(super) fn begin_line(&mut self) {
        if !self.in_cell {
            self.begin_block();
            self.one_line = true;
        }
    }

    /// What comes next is a heading, or, in an item that has no words yet, that item.
    pub(super) fn begin_heading(&mut self, level: u8) {
        self.begin_block();
        if let Some(opening) = self.opening.as_mut().filter(|_| !self.in_cell) {
            if opening.marker.is_empty() {
                opening.marker = "#".repeat(usize::from(level)) + " ";
            }
            self.one_line = true;
        }
    }

    /// What comes next is an item with this marker; what follows in it begins with `lead`.
    pub(super) fn begin_marked(&mut self, marker: &str, tight: bool, lead: String) {
        if self.in_cell {
            return;
        }
        let deep = self.leads.len() >= DEEPEST;
        match &mut self.opening {
            // An item whose first words are those of an item in it.
            Some(outer) if !outer.marker.is_empty() && outer.depth < self.leads.len() => {
                outer.marker.push_str(if deep { "" } else { marker });
            }
            _ => self.begin(marker.to_owned(), tight, self.leads.len()),
        }
        self.leads.push(if deep { String::new() } else { lead });
    }

    fn begin(&mut self, marker: String, tight: bool, depth: usize) {
        self.close_formats(0);
        self.opening = Some(Opening { marker, tight, depth });
        self.has_words = false;
        self.one_line = false;
        self.gap = Gap::Nothing;
    }

    /// Something stands between the last word and the next.
    pub(super) fn gap(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// A line break; two are the end of a paragraph.
    pub(super) fn line_break(&mut self) {
        if self.gap == Gap::Line && self.has_words && !self.in_cell && !self.one_line {
            self.begin_paragraph();
        } else if self.has_words {
            self.gap(Gap::Line);
        }
    }

    /// A line across the page.
    pub(super) fn rule(&mut self) {
        if self.in_cell {
            return self.gap(Gap::Line);
        }
        self.begin_block();
        self.start_word();
        self.pending.push_str("---");
        self.begin_paragraph();
    }

    /// Begins or ends a format.
    pub(super) fn format(&mut self, format: Format, closing: bool) {
        let same = |other: &Format| match (other, &format) {
            (Format::Link(_), Format::Link(_)) => true,
            (other, own) => other == own,
        };
        let at = self.wanted.iter().rposition(same);
        match at {
            Some(at) if closing => drop(self.wanted.remove(at)),
            Some(at) => self.wanted[at] = format,
            None if !closing && self.wanted.len() < MOST_FORMATS => self.wanted.push(format),
            None => {}
        }
    }

    /// Ends the formats that are open, but for the first `kept`.
    fn close_formats(&mut self, kept: usize) {
        while self.open.len() > kept {
            match self.open.pop() {
                Some(Format::Tag(name)) => self.pending.extend(["</", name, ">"]),
                Some(Format::Link(_)) => self.pending.push_str("</a>"),
                None => {}
            }
        }
    }

    /// Writes what stands before a word.
    fn start_word(&mut self) {
        let kept = self.open.iter().zip(&self.wanted).take_while(|(open, wanted)| open == wanted).count();
        self.close_formats(kept);
        if let Some(opening) = self.opening.take() {
            let inner = self.lead(opening.depth);
            let lead = self.prefix.clone() + &inner;
            if self.begun || needs_parting(self.text, self.at) {
                let breaks = if opening.tight || !self.begun { 1 } else { 2 };
                for index in 1..=breaks {
                    self.pending.push('\n');
                    self.pending.push_str(if index < breaks { lead.trim_end() } else { &lead });
                }
            } else {
                self.pending.push_str(&inner);
            }
            self.pending.push_str(&opening.marker);
            self.at_line_start = true;
        } else {
            match self.gap {
                Gap::Nothing => {}
                Gap::Line if self.in_cell => self.pending.push_str("<br>"),
                Gap::Line if !self.one_line => {
                    let lead = self.lead(self.leads.len());
                    self.pending.extend(["\\\n", &self.prefix, &lead]);
                    self.at_line_start = true;
                }
                Gap::Line | Gap::Space => self.pending.push(' '),
            }
        }
        for format in &self.wanted[kept..] {
            match format {
                Format::Tag(name) => self.pending.extend(["<", name, ">"]),
                Format::Link(address) => {
                    let address = address_in_quotes(address);
                    self.pending.extend(["<a href=\"", &address, "\">"]);
                }
            }
        }
        self.open.clone_from(&self.wanted);
        (self.begun, self.has_words, self.gap) = (true, true, Gap::Nothing);
    }

    /// Says words of one line; `literal` if their signs are no Markdown.
    pub(super) fn say(&mut self, range: Range<usize>, literal: bool) {
        let typed = &self.text[range.clone()];
        let words = without_blanks(typed);
        if words.is_empty() {
            // Blanks: nothing but the space between two words.
            return self.gap(if typed.is_empty() { Gap::Nothing } else { Gap::Space });
        }
        let spaced = typed.starts_with([' ', '\t']);
        let fresh = !self.has_words || self.gap == Gap::Line;
        let words = if fresh { words } else { typed.trim_start_matches([' ', '\t']) };
        if spaced {
            self.gap(Gap::Space);
        }
        let start = range.end - words.len();
        let end = start + words.trim_end_matches([' ', '\t']).len();
        self.start_word();
        self.keep_words(start..end, literal);
        self.at_line_start = false;
        if end < range.end {
            self.gap(Gap::Space);
        }
    }

    /// Keeps words as they stand in the source, with a backslash before each sign that would be Markdown.
    fn keep_words(&mut self, range: Range<usize>, literal: bool) {
        let typed = &self.text[range.clone()];
        let bytes = typed.as_bytes();
        let mut from = 0;
        for (at, byte) in typed.bytes().enumerate() {
            let escaped = match byte {
                b'|' => (literal || self.in_cell) && (literal || at == 0 || bytes[at - 1] != b'\\'),
                b'\\' | b'*' | b'[' | b']' | b'`' | b'~' => literal,
                b'_' => literal && !(between_words(bytes, at)),
                b'<' => literal && !is_address(&typed[at..]),
                b'#' | b'>' | b'+' | b'-' | b'=' | b':' => literal && at == 0 && self.at_line_start,
                _ => false,
            };
            if escaped {
                self.keep(range.start + from..range.start + at);
                self.pending.push('\\');
                from = at;
            }
        }
        self.keep(range.start + from..range.end);
    }

    /// Keeps a range of the source.
    fn keep(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        if range.start != self.at || !self.pending.is_empty() {
            self.edits.push(Edit { range: self.at..range.start, text: std::mem::take(&mut self.pending) });
        }
        self.at = range.end;
    }

    /// Writes words that the source has not: they belong to the next ones.
    pub(super) fn insert(&mut self, words: &str) {
        self.start_word();
        self.pending.push_str(words);
    }

    /// Writes words that belong to those before.
    pub(super) fn insert_at_once(&mut self, words: &str) {
        self.gap = Gap::Nothing;
        self.insert(words);
    }

    /// Writes words with which a block begins; they end with a space.
    pub(super) fn insert_at_start(&mut self, words: &str) {
        if let Some(opening) = &mut self.opening {
            opening.marker.push_str(words);
        }
    }

    /// Writes a picture, or its words alone if it has no address.
    pub(super) fn picture(&mut self, words: &str, address: Option<&str>) {
        let words = escaped(&words.split_whitespace().collect::<Vec<_>>().join(" "));
        match address {
            Some(address) => {
                let picture = format!("![{words}](<{}>)", address_in_angles(address));
                self.insert(&picture);
            }
            None if words.is_empty() => {}
            None => self.insert(&words),
        }
    }

    /// Begins a row of a table on a line of its own.
    pub(super) fn row_start(&mut self) {
        if self.opening.is_some() {
            self.start_word();
        } else {
            let lead = self.lead(self.leads.len());
            self.pending.extend(["\n", &self.prefix, &lead]);
        }
        self.pending.push('|');
    }

    /// Writes what stands between the cells of a row.
    pub(super) fn row_text(&mut self, text: &str) {
        self.pending.push_str(text);
    }

    /// Begins a cell; its words are in bold if it names its row.
    pub(super) fn begin_cell(&mut self, bold: bool) {
        self.wanted.clear();
        if bold {
            self.wanted.push(Format::Tag("strong"));
        }
        (self.in_cell, self.has_words, self.at_line_start, self.gap) = (true, false, false, Gap::Nothing);
    }

    /// Ends a cell.
    pub(super) fn end_cell(&mut self) {
        self.close_formats(0);
        self.wanted.clear();
        (self.in_cell, self.gap) = (false, Gap::Nothing);
    }

    /// The last row of a table was written.
    pub(super) fn end_rows(&mut self) {
        self.begin_paragraph();
    }
}

/// Whether a sign stands between two letters or digits.
fn between_words(bytes: &[u8], at: usize) -> bool {
    let word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    word(at.checked_sub(1).and_then(|before| bytes.get(before))) && word(bytes.get(at + 1))
}

/// Whether a text begins with `<https://…>` or `<name@…>`.
fn is_address(text: &str) -> bool {
    let Some((inside, _)) = text[1..].split_once(['>', ' ', '<']) else { return false };
    let lower = inside.get(..8).unwrap_or(inside).to_ascii_lowercase();
    lower.starts_with("https://")
        || lower.starts_with("http://")
        || lower.starts_with("mailto:")
        || inside.contains('@')
}

/// Words in which no sign is Markdown.
pub(super) fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for sign in words.chars() {
        if matches!(sign, '\\' | '*' | '_' | '[' | ']' | '`' | '~' | '|' | '<' | '&' | '!') {
            text.push('\\');
        }
        text.push(sign);
    }
    text
}

/// An address as it can stand between angles in Markdown.
pub(super) fn address_in_angles(address: &str) -> String {
    let mut text = String::with_capacity(address.len());
    for sign in address.trim().chars() {
        match sign {
            '<' => text.push_str("%3C"),
            '>' => text.push_str("%3E"),
            '|' => text.push_str("%7C"),
            '\\' => text.push_str("\\\\"),
            '&' => text.push_str("&amp;"),
            sign if sign.is_control() => {}
            sign => text.push(sign),
        }
    }
    text
}

/// An address as it can stand in an attribute and in a cell of a table.
fn address_in_quotes(address: &str) -> String {
    address_in_angles(address).replace("\\\\", "&#92;").replace('"', "&quot;")
}

/// Whether the line before the place `at` has words, so that a block which begins here needs an empty line above it.
fn needs_parting(text: &str, at: usize) -> bool {
    let start = line_start(text, at);
    let marks = text[start..at].chars().all(|sign| matches!(sign, ' ' | '\t' | '>'));
    let above = text[..start].strip_suffix('\n').map(|above| &above[line_start(above, above.len())..]);
    marks && above.is_some_and(|line| !line.chars().all(|sign| matches!(sign, ' ' | '\t' | '>')))
}
