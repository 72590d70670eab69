//! Words that look like a mark, and from which nothing followed: "(confidential)" behind a title, a cell "Exempt".
//!
//! Input: a text, and what of it was held back, said to be open, or read as a mark. Output: the places of the other marks in it, so that
//! nobody believes that something is held back which everybody can read. Not here: what is held back (`phrases.rs`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::heads::is_set;
use crate::markdown::attributes;
use crate::markdown::events::Piece;
use crate::markdown::prepare::NOTICE;
use crate::privacy::embargo::embargo;
use crate::privacy::files::{Column, columns_of, is_ruled};
use crate::privacy::words::TEXT;
use crate::source::Span;

/// Words of a text that everybody can read, and of which whoever wrote them may believe otherwise.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unheeded {
    pub(crate) span: Span,
    /// As they are typed.
    pub(crate) words: Box<str>,
    /// Whether they say that the public was excluded, and what follows is shown.
    pub(crate) excludes: bool,
}

/// A title of an item has fewer words before its mark.
const TITLE: usize = 7;

/// How many places are named; with the first few an author knows what to look for.
const MOST: usize = 12;

/// The places of `text` that look like a mark. `settled` are those of which something was made already.
pub(super) fn places(text: &str, list: &[Piece<'_>], settled: &[Range<usize>]) -> Vec<Range<usize>> {
    let speaks = TEXT.may_speak_anywhere(text, false);
    let asks = TEXT.may_ask(text);
    if !speaks && !asks && !text.contains("\n|") {
        return Vec::new();
    }
    let code = list.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_)) | Event::Code(_)));
    let passed: Vec<&Range<usize>> = code.map(|(_, range)| range).chain(settled).chain(comments(list)).collect();
    let is_free = |range: &Range<usize>| !passed.iter().any(|other| other.start < range.end && range.start < other.end);
    let mut found: Vec<Range<usize>> = list.iter().filter_map(|piece| confided(text, piece)).filter(is_free).collect();
    let (mut at, mut columns) = (0, Vec::new());
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        columns = if is_ruled(&text[at..]) {
            columns_of(line)
        } else if line.contains('|') {
            columns
        } else {
            Vec::new()
        };
        let valued = columns.iter().filter_map(|(index, column)| {
            let cell = line.split('|').nth(*index)?.trim();
            let says = column.withholds(cell) || (!cell.is_empty() && TEXT.is_mark(cell.trim_matches(['*', '_', '`'])));
            let from = start + (cell.as_ptr() as usize - line.as_ptr() as usize);
            says.then_some(from..from + cell.len())
        });
        found.extend(valued.filter(is_free));
        if !speaks
            || line.contains(NOTICE)
            || !TEXT.may_speak(line)
            || heads_nothing(line, &text[at..])
            || is_open(line)
            || embargo(line).is_some()
        {
            continue;
        }
        let cells = line.trim_end().split('|').filter_map(|cell| Some((cell, TEXT.apart(cell)?)));
        let cells = cells.filter(|(cell, apart)| {
            let title = is_numbered(line) && apart.after == 0 && apart.before < TITLE;
            !title && !TEXT.excludes(cell) && !TEXT.is_nothing(&cell[apart.words.end..])
        });
        let places = cells.map(|(cell, apart)| {
            let from = start + (cell.as_ptr() as usize - line.as_ptr() as usize);
            from + apart.words.start..from + apart.words.end
        });
        let before = found.len();
        found.extend(places.filter(is_free));
        if found.len() == before {
            let place = |words: &str| words.as_ptr() as usize - text.as_ptr() as usize;
            let words = suspected(text, start..at, &columns);
            found.extend(words.map(|words| place(words)..place(words) + words.len()).filter(is_free));
        }
        if found.len() >= MOST {
            break;
        }
    }
    let apart = |range: &Range<usize>| !found.iter().any(|other| other.start < range.end && range.start < other.end);
    let asked: Vec<_> = if asks { asked(text, list).filter(is_free).filter(apart).collect() } else { Vec::new() };
    found.extend(asked);
    found.truncate(MOST);
    found
}

/// The clauses that may ask not to show something.
fn asked<'list>(text: &'list str, list: &'list [Piece<'_>]) -> impl Iterator<Item = Range<usize>> + 'list {
    let inner = |range: &Range<usize>| {
        let typed = &text[range.clone()];
        let shift = range.start;
        let heading = typed.starts_with('#');
        let asked = TEXT.asked_in(typed, heading).into_iter();
        asked.map(move |asked| shift + asked.place.start..shift + asked.place.end)
    };
    let blocks = list.iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell) => Some(range.clone()),
        _ => None,
    });
    let mut reached = 0;
    let outermost = blocks.filter(move |range| {
        let apart = range.start >= reached;
        reached = reached.max(range.end);
        apart
    });
    outermost.flat_map(move |range| inner(&range))
}

/// The places of comments, which no page has.
fn comments<'list>(list: &'list [Piece<'_>]) -> impl Iterator<Item = &'list Range<usize>> {
    list.iter().filter_map(|(event, range)| match event {
        Event::Html(html) | Event::InlineHtml(html) => html.trim_start().starts_with("<!--").then_some(range),
        _ => None,
    })
}

/// The words of the line at this place that stand as a mark does and look like one, whatever no rule understands of it: in a heading, on
/// a line that is set apart or alone, between brackets, at the head of a column that says nothing else.
fn suspected<'text>(text: &'text str, line: Range<usize>, columns: &[(usize, Column)]) -> Option<&'text str> {
    let typed = text[line.clone()].trim();
    if typed.contains('|') {
        let known = |at: usize| columns.iter().any(|(column, _)| *column == at);
        let heads = is_ruled(&text[line.end..]).then(|| text[line].split('|').map(str::trim).enumerate());
        let mut cells = heads?.filter(|(at, cell)| !known(*at) && TEXT.looks_marked(cell, true));
        return cells.next().map(|(_, cell)| cell);
    }
    // A title in a list of them is public.
    if is_numbered(typed) {
        return None;
    }
    let (above, below) = (&text[..line.start], &text[line.end..]);
    let alone = (above.is_empty() || above.ends_with("\n\n")) && (below.is_empty() || below.starts_with('\n'));
    let begins = typed.trim_start_matches(['*', '_', '(', '[']).starts_with(char::is_uppercase);
    let is_mark = alone && begins && !typed.ends_with(['.', '!', '?', ':', ';', ',']) && !typed.starts_with("* ");
    TEXT.suspected(typed, (typed.starts_with('#'), is_mark || is_set(typed)))
}

/// The words of a link to a file, or of a picture, that begin as the title of something private: "[Confidential valuation](v.pdf)".
fn confided(text: &str, (event, range): &Piece<'_>) -> Option<Range<usize>> {
    let (Event::Start(Tag::Link { dest_url, .. }) | Event::Start(Tag::Image { dest_url, .. })) = event else {
        return None;
    };
    let file = dest_url.split(['#', '?']).next().unwrap_or_default();
    let is_file =
        !dest_url.contains(':') && file.rsplit_once('.').is_some_and(|(_, end)| end != "md" && !end.contains('/'));
    let typed = &text[range.clone()];
    let words = typed.trim_start_matches(['!', '[']).split(']').next().unwrap_or_default();
    (is_file && TEXT.is_confided(words)).then(|| {
        let from = range.start + (typed.len() - typed.trim_start_matches(['!', '[']).len());
        from..from + words.len()
    })
}

/// Whether a line begins with a number, as the title of an item of an agenda does: there is nothing below it, or it has its own message.
fn is_numbered(line: &str) -> bool {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|sign: char| sign.is_ascii_digit());
    rest.len() < line.len() && rest.starts_with(['.', ')', ' '])
}

/// Whether a line ends with `{.open}`.
fn is_open(line: &str) -> bool {
    attributes::at_end(line.trim_end()).is_some_and(|(_, said)| said.has(super::nested::OPEN))
}

/// Whether a line is a heading below which there is nothing that could be private.
fn heads_nothing(line: &str, below: &str) -> bool {
    line.trim_start().starts_with('#')
        && below.lines().find(|line| !line.trim().is_empty()).is_none_or(|next| next.trim_start().starts_with('#'))
}
