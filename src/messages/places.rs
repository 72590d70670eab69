//! Lines and columns of the places that messages speak of, as people count them.
//!
//! Input: spans, and the sources they point into. Output: paths and positions. Not here: how they are printed.

use crate::source::{SourceId, Sources, Span, decode};

/// A place in a text: a line, and a character of it, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// The text of one source, and where its lines begin.
pub(crate) struct Lines {
    pub(crate) text: String,
    begins: Vec<usize>,
}

impl Lines {
    /// The lines of a decoded text.
    pub(crate) fn new(text: String) -> Self {
        let begins = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, begins }
    }

    /// The index of the line in which the byte `offset` lies, from 0.
    pub(crate) fn index(&self, offset: usize) -> usize {
        self.begins.partition_point(|begin| *begin <= offset) - 1
    }

    /// Where the line with this index begins, in bytes.
    pub(crate) fn begin(&self, index: usize) -> usize {
        self.begins[index]
    }

    /// Where the line with this index ends, without its line end.
    pub(crate) fn end(&self, index: usize) -> usize {
        self.begins.get(index + 1).map_or(self.text.len(), |next| next - 1)
    }

    fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let index = self.index(offset);
        Position { line: index + 1, column: self.text[self.begin(index)..offset].chars().count() + 1 }
    }
}

/// Finds positions. Messages come in the order of files, so that one text is held at a time.
pub(crate) struct Places<'site> {
    sources: &'site Sources,
    held: Option<(SourceId, Option<Lines>)>,
}

impl<'site> Places<'site> {
    pub(crate) fn new(sources: &'site Sources) -> Self {
        Self { sources, held: None }
    }

    /// The path of a source, relative to the site's folder.
    pub(crate) fn path(&self, source: SourceId) -> &'site str {
        self.sources.path(source)
    }

    /// Where a span begins, and where the character after it stands. `None` if the file cannot be read as text.
    pub(crate) fn range(&mut self, span: Span) -> Option<(Position, Position)> {
        let lines = self.lines(span.source)?;
        Some((lines.position(span.start as usize), lines.position(span.end as usize)))
    }

    fn lines(&mut self, source: SourceId) -> Option<&Lines> {
        if self.held.as_ref().is_none_or(|(held, _)| *held != source) {
            let text = self.sources.bytes(source).ok().and_then(|bytes| decode(bytes).ok());
            self.held = Some((source, text.map(Lines::new)));
        }
        self.held.as_ref().and_then(|(_, lines)| lines.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_characters_are_counted_from_one() {
        let sources = Sources::in_memory([("a.md".to_owned(), "é\r\n\r\ntwo".into())], []);
        let mut places = Places::new(&sources);
        let mut at = |start, end| {
            let (from, to) = places.range(Span::new(SourceId(0), start, end)).expect("it is text");
            [from.line, from.column, to.line, to.column]
        };
        assert_eq!(at(0, 2), [1, 1, 1, 2], "a letter of two bytes is one character");
        assert_eq!(at(2, 3), [1, 2, 2, 1]);
        assert_eq!(at(4, 7), [3, 1, 3, 4]);
        assert_eq!(at(7, 900), [3, 4, 3, 4], "what lies behind the end is the end");
    }
}
