//! What word processors leave in a text: bullets that are no Markdown, no-break spaces after numbers and in empty
//! lines, and indented paragraphs that CommonMark would take for code.
//!
//! Input: the events of a text. Output: edits after which CommonMark reads what the author sees. Not here: fences;
//! they are code, and nothing in them is touched.
//!
//! Which lines are bullets or indented text is told by the events, never by looking at lines alone: only so is
//! code left alone and the content of list items, which is indented too.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::{BULLETS, Piece, columns, end_of, line_start};
use super::prepare::Edit;
use crate::language::letters::without_blanks;

/// Edits that turn `•`, `·` and `–` at the beginning of a line, with a blank after, into CommonMark's own bullet, the
/// no-break spaces after a number into a blank, and a line of nothing else into an empty one.
pub(crate) fn bullets(text: &str, list: &[Piece<'_>]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut nesting = Nesting::default();
    let mut depth = 0_usize;
    let mut opens_line = false;
    for (event, range) in list {
        match event {
            Event::Start(Tag::Paragraph | Tag::Item) | Event::End(TagEnd::List(_)) => {
                nesting = Nesting::default();
                (depth, opens_line) = (0, true);
            }
            Event::Start(_) => {
                depth += 1;
                opens_line = false;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::SoftBreak | Event::HardBreak => opens_line = depth == 0,
            Event::Text(_) if opens_line => {
                opens_line = false;
                let line = &text[range.start..];
                let rest = without_blanks(line);
                if rest.len() < line.len() && (rest.is_empty() || rest.starts_with('\n')) {
                    // A line that is empty to the eye is an empty line.
                    edits.push(Edit { range: range.start..text.len() - rest.len(), text: String::new() });
                } else if let Some(length) = bullet_length(line) {
                    edits.push(nesting.bullet(text, range.start, length));
                } else {
                    nesting.line(text, range.start);
                    edits.extend(after_number(line).map(|blanks| Edit {
                        range: range.start + blanks.start..range.start + blanks.end,
                        text: " ".to_owned(),
                    }));
                }
            }
            _ => opens_line = false,
        }
    }
    edits
}

/// The bytes of a bullet and the blanks after it, if something follows on the line.
fn bullet_length(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(BULLETS)?;
    let words = without_blanks(rest);
    (words.len() < rest.len() && !words.is_empty() && !words.starts_with('\n')).then(|| text.len() - words.len())
}

/// The blanks after the number of a list item, if one of them is no blank to CommonMark.
fn after_number(text: &str) -> Option<Range<usize>> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix(['.', ')']).filter(|_| (1..=9).contains(&digits))?;
    let words = without_blanks(rest);
    let blanks = &rest[..rest.len() - words.len()];
    let foreign = !blanks.trim_matches([' ', '\t']).is_empty();
    (foreign && !words.is_empty() && !words.starts_with('\n')).then(|| digits + 1..digits + 1 + blanks.len())
}

/// How deep the bullets of one paragraph lie in one another.
#[derive(Default)]
struct Nesting {
    /// The column of the paragraph, once known.
    base: Option<usize>,
    /// Of each bullet that is open: its column as typed, and the column it gets.
    open: Vec<(usize, usize)>,
}

impl Nesting {
    /// A line that begins with no bullet.
    fn line(&mut self, text: &str, at: usize) {
        let column = columns(&text[line_start(text, at)..at]);
        self.base.get_or_insert(column);
    }

    /// A line whose bullet at `at` is `length` bytes long, with the blanks after it.
    fn bullet(&mut self, text: &str, at: usize, length: usize) -> Edit {
        let start = line_start(text, at);
        let typed = columns(&text[start..at]);
        let base = *self.base.get_or_insert(typed);
        while self.open.last().is_some_and(|(column, _)| *column > typed) {
            self.open.pop();
        }
        let column = match self.open.last() {
            Some((column, own)) if *column == typed => *own,
            Some((_, own)) => own + 2,
            None => base,
        };
        if self.open.last().is_none_or(|(column, _)| *column != typed) {
            self.open.push((typed, column));
        }
        let from = start + text[start..at].trim_end_matches([' ', '\t']).len();
        let mut dash = " ".repeat(column.saturating_sub(columns(&text[start..from])));
        if dash.is_empty() && from > start {
            dash.push(' ');
        }
        dash.push_str("- ");
        Edit { range: from..at + length, text: dash }
    }
}

/// Edits that take the indentation from what CommonMark has for indented code, as far as all its lines share it.
pub(crate) fn indentation(text: &str, list: &[Piece<'_>]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (index, (event, range)) in list.iter().enumerate() {
        if !matches!(event, Event::Start(Tag::CodeBlock(kind)) if kind.is_indented()) {
            continue;
        }
        let lines = indented_lines(text, &list[index + 1..end_of(list, index)]);
        let shared = lines.iter().map(|line| line.extra).min().unwrap_or(0);
        edits.extend(lines.iter().map(|line| {
            let spaces = (line.container + line.extra - shared).saturating_sub(line.marked);
            Edit { range: line.blanks.clone(), text: " ".repeat(spaces) }
        }));
        if underlines(&text[range.end..]) {
            edits.push(Edit { range: range.end..range.end, text: "\n".to_owned() });
        }
    }
    edits
}

/// Whether a text begins with a line that would make a heading of the line above it.
fn underlines(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default().trim();
    !line.is_empty() && (line.bytes().all(|byte| byte == b'-') || line.bytes().all(|byte| byte == b'='))
}

/// A line of indented code.
struct IndentedLine {
    /// The blanks before its first word.
    blanks: Range<usize>,
    /// The column in which the content of its container begins.
    container: usize,
    /// The columns that the marks of its containers take.
    marked: usize,
    /// The columns of indentation beyond the four that make it code.
    extra: usize,
}

fn indented_lines(text: &str, pieces: &[Piece<'_>]) -> Vec<IndentedLine> {
    let mut lines = Vec::new();
    let mut synthetic = 0;
    for (event, range) in pieces {
        let Event::Text(typed) = event else { continue };
        if range.is_empty() {
            // A tab that reaches over the fourth column leaves some of its columns to the code.
            synthetic = typed.len();
            continue;
        }
        let blank = typed.len() - typed.trim_start_matches([' ', '\t']).len();
        if !typed.trim().is_empty() {
            let words = range.start + blank;
            let start = line_start(text, range.start);
            let column = columns(&text[start..words]);
            let extra = synthetic + column - columns(&text[start..range.start]);
            let from = start + text[start..words].trim_end_matches([' ', '\t']).len();
            let marked = columns(&text[start..from]);
            lines.push(IndentedLine {
                blanks: from..words,
                container: column.saturating_sub(4 + extra),
                marked,
                extra,
            });
        }
        synthetic = 0;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::collect;
    use crate::markdown::prepare::Prepared;

    /// Applies what is asked for until nothing is, as `read` does.
    fn laid_out(typed: &str) -> String {
        let mut text = typed.to_owned();
        for _ in 0..6 {
            let events = collect(&text);
            let mut edits = bullets(&text, &events.list);
            if edits.is_empty() {
                edits = indentation(&text, &events.list);
            }
            if edits.is_empty() {
                break;
            }
            text = Prepared::new(&text).apply(&edits).text.into_owned();
        }
        text
    }

    #[test]
    fn bullets_of_word_become_bullets() {
        for (typed, expected) in [
            ("• one\n• two", "- one\n- two"),
            ("·\tone\n·\u{A0}\u{A0}\u{A0}\u{A0}\u{A0} two", "- one\n- two"),
            ("·&nbsp;&nbsp; one", "- one"),
            ("– one\n– two", "- one\n- two"),
            ("Agreed:\n• one\n• two\n\nEnd", "Agreed:\n- one\n- two\n\nEnd"),
            ("Agreed:\n    • one\n        • deeper\n    • two", "Agreed:\n- one\n  - deeper\n- two"),
            ("Agreed:\n\n    • one\n    • two", "Agreed:\n\n- one\n- two"),
            ("• one\n\n  • two", "- one\n\n  - two"),
            ("> • one\n> • two", "> - one\n> - two"),
            ("1. • one\n   • two", "1. - one\n   - two"),
            ("1.\u{A0}\u{A0} one\n2.&nbsp;two\n7.1\u{A0}three", "1. one\n2. two\n7.1\u{A0}three"),
            ("1.\u{A0}a\n\n \u{A0} \n\n2.\u{A0}b\n&nbsp;\nc", "1. a\n\n \n\n2. b\n\nc"),
            ("•one\n•", "•one\n•"),
            ("a • b – c", "a • b – c"),
            ("```\n• code\n```", "```\n• code\n```"),
            ("# • heading", "# • heading"),
            ("a\n*b\n• c*", "a\n*b\n• c*"),
        ] {
            assert_eq!(laid_out(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn indented_text_is_text() {
        for (typed, expected) in [
            ("    indented", "indented"),
            ("\tindented\n\tmore", "indented\nmore"),
            ("a\n\n    b\n\n    c\n\nd", "a\n\nb\n\nc\n\nd"),
            ("RESOLVED:\n\n\t1. That\n\t2. That", "RESOLVED:\n\n1. That\n2. That"),
            ("a\n\n    b\n      c", "a\n\nb\n  c"),
            ("- a\n\n      b", "- a\n\n  b"),
            ("-     a", "- a"),
            (">     a\n>     b", "> a\n> b"),
            ("-\t\ta", "- a"),
            ("- a\n\n  b\n\n    c", "- a\n\n  b\n\n    c"),
            ("        a\n\n    b", "a\n\nb"),
            ("    a\n---\n    b\nc", "a\n\n---\nb\nc"),
        ] {
            assert_eq!(laid_out(typed), expected, "{typed:?}");
        }
    }
}
