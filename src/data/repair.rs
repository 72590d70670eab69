//! Turns a head as staff type it into a text of the same meaning that YAML's grammar allows.
//!
//! Input: a head that the strict grammar refuses, or would read as something else than was meant. Output: a text in
//! which every value that is words stands in quotes, and the place from which each of its bytes came. The work is done
//! line by line, without a tree: a head is a list of `name: value`.
//! Not here: guesses about structure. What is nested wrongly stays wrong, and is reported.

use std::ops::Range;

use super::brackets::brackets;
use super::grammar::{closing, ends_key, has_known_escapes, is_number_sign, is_space, needs_quotes, reads_as_grammar};

/// A head that the grammar can read, and where its bytes stood before.
pub(super) struct Repaired<'text> {
    /// What to read.
    pub text: std::borrow::Cow<'text, str>,
    /// The pieces in order; the first begins at 0.
    pieces: Vec<Piece>,
    /// The first line that is neither a field nor a list item nor a continuation.
    pub loose: Option<usize>,
    /// The first straight quotation mark that opens a value and has no partner.
    pub unclosed: Option<usize>,
}

/// A run of bytes of one origin, up to the next piece.
struct Piece {
    start: usize,
    origin: usize,
    typed: bool,
}

impl<'text> Repaired<'text> {
    /// A text that needs no repair.
    pub fn unchanged(text: &'text str) -> Self {
        let pieces = vec![Piece { start: 0, origin: 0, typed: true }];
        Self { text: text.into(), pieces, loose: None, unclosed: None }
    }

    /// The place of the byte `at` in the text as typed; of an inserted byte, the place before which it was inserted.
    pub fn origin(&self, at: usize) -> usize {
        let piece = self.piece(at);
        if piece.typed { piece.origin + (at - piece.start) } else { piece.origin }
    }

    /// Whether the author typed the byte `at`.
    pub fn was_typed(&self, at: usize) -> bool {
        self.piece(at).typed
    }

    fn piece(&self, at: usize) -> &Piece {
        let after = self.pieces.partition_point(|piece| piece.start <= at);
        &self.pieces[after.saturating_sub(1)]
    }
}

/// `text` with words in quotes where the grammar needs them; a tab of the indentation counts as `tab` spaces.
pub(super) fn repair(text: &str, tab: usize) -> Repaired<'static> {
    let lines = lines(text, tab);
    let mut normalizer =
        Normalizer { text, lines, out: String::new(), pieces: Vec::new(), loose: None, unclosed: None };
    let mut index = 0;
    while index < normalizer.lines.len() {
        index = normalizer.line(index);
    }
    if normalizer.pieces.is_empty() {
        normalizer.pieces.push(Piece { start: 0, origin: 0, typed: true });
    }
    let Normalizer { out, pieces, loose, unclosed, .. } = normalizer;
    Repaired { text: out.into(), pieces, loose, unclosed }
}

#[derive(Clone, Copy)]
struct Line {
    /// Its first byte.
    start: usize,
    /// Its first byte that is no indentation.
    begin: usize,
    /// The byte after its last, without the line end.
    end: usize,
    /// The first byte of the next line.
    next: usize,
    /// How far it is indented, in spaces.
    column: usize,
}

fn lines(text: &str, tab: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive('\n') {
        let body = piece.strip_suffix('\n').unwrap_or(piece);
        let indent = body.len() - body.trim_start_matches(is_space).len();
        let column = body[..indent].chars().map(|space| if space == '\t' { tab } else { 1 }).sum();
        let (next, end) = (start + piece.len(), start + body.len());
        lines.push(Line { start, begin: start + indent, end, next, column });
        start = next;
    }
    lines
}

struct Normalizer<'text> {
    text: &'text str,
    lines: Vec<Line>,
    out: String,
    pieces: Vec<Piece>,
    loose: Option<usize>,
    unclosed: Option<usize>,
}

impl Normalizer<'_> {
    /// Copies the line `index` with all that belongs to its value. Gives the index of the next line.
    fn line(&mut self, index: usize) -> usize {
        let line = self.lines[index];
        let (mut at, mut column) = (line.begin, line.column);
        let mut base = column;
        let mut in_list = false;
        let rest = &self.text[at..line.end];
        if rest.is_empty() || rest.starts_with('#') {
            return self.keep_line(index);
        }
        self.indentation(line);
        while let Some(spaces) = dash(&self.text[at..line.end]) {
            self.copy(at..at + 1);
            let after = at + 1 + spaces;
            self.spaces(at + 1..after);
            base = column;
            column += 1 + self.text[at + 1..after].chars().count();
            at = after;
            in_list = true;
        }
        if let Some(colon) = key(&self.text[at..line.end], in_list) {
            self.copy(at..at + colon + 1);
            let after = self.text[at + colon + 1..line.end].trim_start_matches(is_space);
            let value = line.end - after.len();
            self.gap(at + colon + 1..value);
            return self.value(index, value, column);
        }
        if !in_list && !rest.starts_with(['{', '[']) {
            self.loose.get_or_insert(at);
            self.copy(at..line.next);
            return index + 1;
        }
        self.value(index, at, base)
    }

    /// Copies a value that begins at `start` in line `index`; its field or dash is in the column `base`. Gives the
    /// index of the next line, as do the functions below.
    fn value(&mut self, index: usize, start: usize, base: usize) -> usize {
        let line = self.lines[index];
        let value = self.text[start..line.end].trim_end_matches(is_space);
        match value.chars().next() {
            None => self.keep(start, index),
            Some('#') if !is_number_sign(&value[1..]) => self.keep(start, index),
            Some(quote @ ('"' | '\'')) => self.quoted(index, start, base, quote),
            Some('[' | '{') => self.bracketed(index, start, base),
            Some('|' | '>') if is_block_header(value) => {
                let mut next = self.keep(start, index);
                while self.lines.get(next).is_some_and(|line| line.begin == line.end || line.column > base) {
                    self.indentation(self.lines[next]);
                    next = self.keep(self.lines[next].begin, next);
                }
                next
            }
            Some(_) => self.words(index, start, base, false),
        }
    }

    /// A value without quotes, over as many lines as it goes on. It gets quotes where its words would be read as
    /// grammar, or where `always` says so.
    fn words(&mut self, index: usize, start: usize, base: usize, always: bool) -> usize {
        let mut last = index;
        let mut end = self.words_end(start, self.lines[index].end);
        let mut needed = always || needs_quotes(&self.text[start..end], false);
        while let Some(line) = self.lines.get(last + 1).copied()
            && self.text[end..self.lines[last].end].trim_matches(is_space).is_empty()
            && self.goes_on(line, base)
        {
            last += 1;
            end = self.words_end(line.begin, line.end);
            needed |= reads_as_grammar(&self.text[line.begin..end]);
        }
        if needed {
            self.put_in_quotes(start..end);
            self.keep(end, last)
        } else {
            let mut next = self.keep(start, index);
            while next <= last {
                self.indentation(self.lines[next]);
                next = self.keep(self.lines[next].begin, next);
            }
            next
        }
    }

    /// Where words end that begin at `start`: before a comment and the space in front of it. `#` and a digit are no
    /// comment (`Priority #1`).
    fn words_end(&self, start: usize, end: usize) -> usize {
        let text = &self.text[start..end];
        let comment = text
            .match_indices('#')
            .map(|(at, _)| at)
            .find(|at| text[..*at].ends_with([' ', '\t']) && !is_number_sign(&text[at + 1..]));
        start + text[..comment.unwrap_or(text.len())].trim_end_matches(is_space).len()
    }

    /// Whether `line` can be a further line of words whose field stands at the column `base`.
    fn goes_on(&self, line: Line, base: usize) -> bool {
        let text = &self.text[line.begin..line.end];
        line.column > base && !text.is_empty() && !text.starts_with('#') && dash(text).is_none() && !is_plain_key(text)
    }

    /// A value that begins with a straight quotation mark.
    fn quoted(&mut self, index: usize, start: usize, base: usize, quote: char) -> usize {
        let whole = &self.text[start..self.lines[self.last_below(index, base)].end];
        let end = closing(whole, quote).map(|end| start + end);
        let last = end.map_or(index, |end| self.line_of(end, index));
        match end {
            Some(end) if is_rest(&self.text[end..self.lines[last].end]) => {
                if quote == '\'' || has_known_escapes(&self.text[start..end]) {
                    return self.keep(start, last);
                }
                self.put_in_quotes(start + 1..end - 1);
                self.keep(end, last)
            }
            None if quote == '"' && !self.text[start..self.lines[index].end].trim_end().ends_with(['”', '“']) => {
                self.unclosed.get_or_insert(start);
                self.keep(start, index)
            }
            _ => self.words(index, start, base, true),
        }
    }

    /// The last line that can belong to a value whose field stands at the column `base` of the line `index`.
    fn last_below(&self, index: usize, base: usize) -> usize {
        let below = |line: &Line| {
            line.begin == line.end || line.column > base || self.text[line.begin..].starts_with([']', '}'])
        };
        index + self.lines[index + 1..].iter().take_while(|line| below(line)).count()
    }

    /// The line in which the byte before `end` stands, not before the line `first`.
    fn line_of(&self, end: usize, first: usize) -> usize {
        first + self.lines[first..].partition_point(|line| line.end < end)
    }

    /// A value that begins with a bracket: a list or a group if it closes, else words.
    fn bracketed(&mut self, index: usize, start: usize, base: usize) -> usize {
        let region = start..self.lines[self.last_below(index, base)].end;
        let Some((end, words)) = brackets(self.text, region) else {
            return self.words(index, start, base, true);
        };
        let last = self.line_of(end, index);
        if !is_rest(&self.text[end..self.lines[last].end]) {
            return self.words(index, start, base, true);
        }
        let mut at = start;
        for range in words {
            self.copy(at..range.start);
            at = range.end;
            self.put_in_quotes(range);
        }
        self.keep(at, last)
    }

    /// The rest of the line `index` from `start`, as it is; the line after it.
    fn keep(&mut self, start: usize, index: usize) -> usize {
        self.copy(start..self.lines[index].next);
        index + 1
    }

    fn keep_line(&mut self, index: usize) -> usize {
        self.keep(self.lines[index].start, index)
    }

    /// The indentation of a line, in spaces.
    fn indentation(&mut self, line: Line) {
        if self.text[line.start..line.begin].bytes().all(|byte| byte == b' ') {
            self.copy(line.start..line.begin);
        } else {
            self.insert(&" ".repeat(line.column), line.start);
        }
    }

    /// As many spaces as there are characters in `range`, all of them some kind of space.
    fn spaces(&mut self, range: Range<usize>) {
        let spaces = &self.text[range.clone()];
        if spaces.bytes().all(|byte| byte == b' ') {
            self.copy(range);
        } else {
            self.insert(&" ".repeat(spaces.chars().count()), range.start);
        }
    }

    /// What stands between a field's colon and its value: at least one space.
    fn gap(&mut self, range: Range<usize>) {
        if range.is_empty() {
            self.insert(" ", range.start);
        } else {
            self.spaces(range);
        }
    }

    fn put_in_quotes(&mut self, range: Range<usize>) {
        self.insert("'", range.start);
        let mut at = range.start;
        for (apostrophe, _) in self.text[range.clone()].match_indices('\'') {
            let after = range.start + apostrophe + 1;
            self.copy(at..after);
            self.insert("'", after);
            at = after;
        }
        self.copy(at..range.end);
        self.insert("'", range.end);
    }

    fn copy(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.pieces.push(Piece { start: self.out.len(), origin: range.start, typed: true });
            self.out.push_str(&self.text[range]);
        }
    }

    fn insert(&mut self, characters: &str, origin: usize) {
        self.pieces.push(Piece { start: self.out.len(), origin, typed: false });
        self.out.push_str(characters);
    }
}

/// How many bytes of space follow the dash of a list item. `None` if `text` does not begin with one.
fn dash(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('-')?;
    let spaces = rest.len() - rest.trim_start_matches(is_space).len();
    (spaces > 0 || rest.is_empty()).then_some(spaces)
}

/// Where the colon of a field stands that `text` begins with.
fn key(text: &str, in_list: bool) -> Option<usize> {
    if let Some(quote) = text.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        let end = closing(text, quote)?;
        let colon = end + text[end..].find(|character| !is_space(character))?;
        return (text[colon..].starts_with(':') && ends_key(&text[colon + 1..])).then_some(colon);
    }
    if text.starts_with(['[', '{', '“', '‘', '"', '\'']) {
        return None;
    }
    let colon = text.match_indices(':').map(|(at, _)| at).find(|at| ends_key(&text[at + 1..]));
    let colon = colon.filter(|colon| *colon > 0 && !text[..*colon].contains(" #"));
    let tight = || text.find(':').filter(|colon| is_name(&text[..*colon]) && !text[colon + 1..].starts_with("//"));
    // `title:Note: draft` has its first colon without a space after it.
    if in_list { colon } else { tight().or(colon) }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// Whether a line begins with a field's name and no other words.
fn is_plain_key(text: &str) -> bool {
    text.find(':')
        .is_some_and(|colon| is_name(text[..colon].trim_end_matches(is_space)) && ends_key(&text[colon + 1..]))
}

/// `|`, `>-`, `|2`, followed by a comment or nothing.
fn is_block_header(value: &str) -> bool {
    let rest = value[1..].trim_start_matches(|mark: char| mark.is_ascii_digit() || mark == '+' || mark == '-');
    value.len() - rest.len() <= 3 && is_rest(rest)
}

/// Whether nothing but a comment follows a value.
fn is_rest(rest: &str) -> bool {
    let trimmed = rest.trim_start_matches(is_space);
    trimmed.is_empty() || (trimmed.starts_with('#') && trimmed.len() < rest.len())
}
