//! Lists and groups in brackets, `[first, {label: Appendix A}]`, as far as [`repair`](super::repair) must understand
//! them.
//!
//! Input: a text and the place of an opening bracket. Output: where it closes, and which words inside need quotes.
//! Not here: values; the grammar reads them afterwards.

use std::ops::Range;

use super::grammar::{closing, is_number_sign, needs_quotes};

/// A list or a group in brackets, as far as it must be understood to find its words.
struct Brackets<'text> {
    text: &'text str,
    limit: usize,
    /// The brackets that are open, and for a group whether a value comes next.
    open: Vec<(char, bool)>,
    /// The words that need quotes.
    words: Vec<Range<usize>>,
}

/// The end of the list or group that begins at `range.start`, and which words in it need quotes.
/// `None` if it does not close before `range.end`.
pub(super) fn brackets(text: &str, range: Range<usize>) -> Option<(usize, Vec<Range<usize>>)> {
    let mut brackets = Brackets { text, limit: range.end, open: Vec::new(), words: Vec::new() };
    let mut at = range.start;
    loop {
        at = brackets.skip_space(at);
        let next = brackets.text[at..brackets.limit].chars().next()?;
        at = match next {
            '[' | '{' => match reference(&text[at..range.end]) {
                Some(length) if !brackets.open.is_empty() => at + length,
                _ => {
                    brackets.open.push((next, false));
                    at + 1
                }
            },
            ']' | '}' => {
                let (open, _) = brackets.open.pop()?;
                if (open == '[') != (next == ']') {
                    return None;
                }
                if brackets.open.is_empty() {
                    return Some((at + 1, brackets.words));
                }
                at + 1
            }
            ',' | ':' => {
                brackets.open.last_mut()?.1 = next == ':';
                at + 1
            }
            _ => brackets.entry(at)?,
        };
    }
}

impl Brackets<'_> {
    fn skip_space(&self, mut at: usize) -> usize {
        loop {
            let rest = &self.text[at..self.limit];
            at = self.limit - rest.trim_start().len();
            if !self.text[at..self.limit].starts_with('#') {
                return at;
            }
            at += self.text[at..self.limit].find('\n').unwrap_or(self.limit - at);
        }
    }

    /// Passes over a name or a value that begins at `at`; gives the place where it ends.
    fn entry(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..self.limit];
        let (bracket, is_value) = *self.open.last()?;
        let first = rest.chars().next()?;
        if matches!(first, '"' | '\'')
            && let Some(end) = closing(rest, first)
            && rest[end..].trim_start().starts_with([',', ']', '}', ':', '#'])
        {
            return Some(at + end);
        }
        let is_name = bracket == '{' && !is_value;
        let end = at + if is_name { name_end(rest) } else { words_end(rest) };
        if !is_name && needs_quotes(&self.text[at..end], true) {
            self.words.push(at..end);
        }
        Some(end).filter(|end| *end > at)
    }
}

/// The length of `[[…]]`, a reference as it stands in texts.
fn reference(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("[[")?;
    let end = inside.find(['[', ']', '\n'])?;
    (end > 0 && inside[end..].starts_with("]]")).then_some(end + 4)
}

/// Where the name of a part ends: at its colon, or where the entry ends.
fn name_end(text: &str) -> usize {
    let entry = &text[..text.find([',', '}', ']']).unwrap_or(text.len())];
    let ends = |at: &usize| entry[at + 1..].is_empty() || entry[at + 1..].starts_with(char::is_whitespace);
    entry.match_indices(':').map(|(at, _)| at).find(ends).unwrap_or(entry.len())
}

/// Where words end in brackets: at a comma or a closing bracket that is not theirs, or before a comment.
fn words_end(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut end = text.len();
    // A quotation in curly marks keeps its commas. The search stops at the next opening mark.
    let marks = text.strip_prefix('“').and_then(|rest| rest.find(['“', '”']).filter(|at| rest[*at..].starts_with('”')));
    let quoted = marks.map_or(0, |at| at + '“'.len_utf8());
    for (at, character) in text.char_indices().skip_while(|(at, _)| *at < quoted) {
        match character {
            '[' | '{' => depth += 1,
            ']' | '}' if depth > 0 => depth -= 1,
            ']' | '}' => end = at,
            ',' if depth == 0 => end = at,
            '#' if text[..at].ends_with(char::is_whitespace) && !is_number_sign(&text[at + 1..]) => end = at,
            _ => continue,
        }
        if end == at {
            break;
        }
    }
    text[..end].trim_end().len()
}
