//! A change that a program can make for an author who agrees: which characters of a text go, and what takes their place.
//!
//! Input: spans in the decoded text of a source. Output: the bytes of the file with the changes in them, its line ends and
//! its byte-order mark kept. Not here: whether a change may be made (`cli/fix.rs` proves it), and files.

use crate::source::{SourceId, Span};

/// The mark with which some editors begin a file of UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A change of one file that does what a message says under "Fix".
///
/// It may only add or alter **marks**: attributes in braces, the marks of headings and lists, the quotes round a value, the
/// name of a field. It never adds, alters or takes out a word that readers see, nor a value that an author typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Change {
    /// What is replaced, all in one file. No two of them meet.
    pub edits: Vec<Edit>,
}

/// One run of characters of a text, and what takes its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Edit {
    /// The characters that go; empty where something is only put in.
    pub span: Span,
    /// What takes their place, with lines ended by `\n`.
    pub with: Box<str>,
}

impl Change {
    /// Puts `with` in the place of what stands at `span`.
    #[must_use]
    pub fn replace(span: Span, with: impl Into<Box<str>>) -> Self {
        Self { edits: vec![Edit { span, with: with.into() }] }
    }

    /// Puts `with` before the byte `at` of the text of `source`.
    #[must_use]
    pub fn insert(source: SourceId, at: usize, with: impl Into<Box<str>>) -> Self {
        Self::replace(Span::new(source, at, at), with)
    }

    /// Does what `other`, a change of the same file, does as well: both or neither.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.edits.extend(other.edits);
        self
    }

    /// The file; `None` if nothing is changed, or not only one file.
    #[must_use]
    pub fn source(&self) -> Option<SourceId> {
        let source = self.edits.first()?.span.source;
        self.edits.iter().all(|edit| edit.span.source == source).then_some(source)
    }

    /// Whether both cannot be made at once: they are about the same characters, or put something in at the same place.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.edits.iter().any(|edit| other.edits.iter().any(|another| edit.meets(another)))
    }
}

impl Edit {
    /// Whether both cannot be made at once.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let (one, two) = (self.span, other.span);
        let only_touch = one.start < one.end && two.start < two.end;
        one.source == two.source
            && if only_touch {
                one.start < two.end && two.start < one.end
            } else {
                one.start <= two.end && two.start <= one.end
            }
    }
}

/// The `bytes` of a file with `changes` in them. A line that is put in ends as the first line of the file does.
///
/// `None` if the file is not UTF-8, if two edits meet, or if a span is not one of this text.
#[must_use]
pub fn changed<'list>(bytes: &[u8], changes: impl IntoIterator<Item = &'list Change>) -> Option<Vec<u8>> {
    let mark = if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    let text = std::str::from_utf8(&bytes[mark..]).ok()?;
    let mut edits: Vec<&Edit> = changes.into_iter().flat_map(|change| &change.edits).collect();
    edits.sort();
    if edits.windows(2).any(|pair| pair[0].meets(pair[1])) {
        return None;
    }
    let line_end = line_end(text);
    let mut cursor = Cursor { text, raw: 0, decoded: 0 };
    let mut out = bytes[..mark].to_vec();
    for edit in edits {
        let kept = cursor.raw;
        let from = cursor.go_to(edit.span.start)?;
        out.extend_from_slice(&text.as_bytes()[kept..from]);
        out.extend_from_slice(edit.with.replace('\n', line_end).as_bytes());
        cursor.go_to(edit.span.end)?;
    }
    out.extend_from_slice(&text.as_bytes()[cursor.raw..]);
    Some(out)
}

/// How the first line of `text` ends.
fn line_end(text: &str) -> &'static str {
    match text.find(['\r', '\n']).map(|at| &text[at..]) {
        Some(rest) if rest.starts_with("\r\n") => "\r\n",
        Some(rest) if rest.starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// A place in a text as it lies on disk, which is known by its place in the decoded text, where every line ends with one
/// character ([`decode`](crate::source::decode)).
struct Cursor<'text> {
    text: &'text str,
    raw: usize,
    decoded: u32,
}

impl Cursor<'_> {
    /// Goes on to the byte `decoded` of the decoded text, and returns where that lies on disk. `None` if it lies behind, after
    /// the end or inside a character.
    fn go_to(&mut self, decoded: u32) -> Option<usize> {
        let bytes = self.text.as_bytes();
        while self.decoded < decoded && self.raw < bytes.len() {
            self.raw += if bytes[self.raw..].starts_with(b"\r\n") { 2 } else { 1 };
            self.decoded += 1;
        }
        (self.decoded == decoded && self.text.is_char_boundary(self.raw)).then_some(self.raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: SourceId = SourceId(0);

    fn replace(start: usize, end: usize, with: &str) -> Change {
        Change::replace(Span::new(SOURCE, start, end), with)
    }

    fn made(bytes: &[u8], changes: &[Change]) -> Option<String> {
        changed(bytes, changes).map(|bytes| String::from_utf8(bytes).expect("it was text"))
    }

    #[test]
    fn the_bytes_round_a_change_stay_as_they_are() {
        let changes = [replace(4, 7, "2\nII"), Change::insert(SOURCE, 11, "!")];
        for (before, after) in [
            ("one\ntwö\nthree", None),
            ("one\ntwo\nthree", Some("one\n2\nII\nthr!ee")),
            ("one\r\ntwo\r\nthree", Some("one\r\n2\r\nII\r\nthr!ee")),
            ("one\rtwo\rthree", Some("one\r2\rII\rthr!ee")),
            ("one\r\ntwo\nthree", Some("one\r\n2\r\nII\nthr!ee")),
            ("\u{feff}one\r\ntwo\r\nthree\r\n", Some("\u{feff}one\r\n2\r\nII\r\nthr!ee\r\n")),
            ("one\ntwo", None),
        ] {
            assert_eq!(made(before.as_bytes(), &changes).as_deref(), after, "{before:?}");
        }
        assert_eq!(made(b"a\r\nb", &[replace(1, 2, " ")]).as_deref(), Some("a b"), "both characters of a line end go");
        assert_eq!(made(b"a\r\nb", &[Change::insert(SOURCE, 1, " {skip}")]).as_deref(), Some("a {skip}\r\nb"));
        assert_eq!(made(b"", &[Change::insert(SOURCE, 0, "x")]).as_deref(), Some("x"));
    }

    #[test]
    fn what_is_not_utf_8_is_not_changed() {
        for bytes in [&b"\xFF\xFEo\0n\0e\0"[..], b"\xFE\xFF\0o\0n\0e", b"caf\xE9"] {
            assert_eq!(changed(bytes, &[Change::insert(SOURCE, 0, "x")]), None, "{bytes:?}");
        }
    }

    #[test]
    fn changes_that_meet_are_not_made_together() {
        for (one, two, meet) in [
            (replace(0, 3, ""), replace(2, 4, ""), true),
            (replace(0, 3, ""), replace(3, 4, ""), false),
            (replace(0, 3, ""), Change::insert(SOURCE, 3, "x"), true),
            (Change::insert(SOURCE, 3, "y"), Change::insert(SOURCE, 3, "x"), true),
            (Change::insert(SOURCE, 2, "y"), Change::insert(SOURCE, 3, "x"), false),
            (Change::insert(SourceId(1), 3, "y"), Change::insert(SOURCE, 3, "x"), false),
            (replace(0, 1, "").and(replace(5, 6, "")), replace(5, 9, ""), true),
        ] {
            assert_eq!((one.meets(&two), two.meets(&one)), (meet, meet), "{one:?} {two:?}");
        }
        assert_eq!(changed(b"12345", &[replace(0, 3, ""), replace(2, 4, "")]), None);
        assert_eq!(replace(0, 1, "").and(Change::insert(SourceId(1), 0, "x")).source(), None);
    }
}
