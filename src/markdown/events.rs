//! CommonMark's grammar, as a list of events with their places. The only file that chooses what the crate reads.
//!
//! Input: a prepared text. Output: its events in one list, because much of the dialect needs to look ahead (a
//! list item is tight or not, a paragraph ends with braces), and a few facts about the text that let the other
//! files skip work: most texts have no braces and no HTML.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// One event with its range in the prepared text.
pub(crate) type Piece<'text> = (Event<'text>, Range<usize>);

/// The events of a text.
#[derive(Debug)]
pub(crate) struct Events<'text> {
    /// In the order of the text, each start with its end.
    pub(crate) list: Vec<Piece<'text>>,
    /// What is in it.
    pub(crate) traits: Traits,
}

/// What a text has, so that what it has not costs nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Traits {
    /// `{`: attributes may stand in it.
    pub(crate) braces: bool,
    /// `<`: HTML may stand in it, or what was meant to be.
    pub(crate) angles: bool,
    /// `[[`: references may stand in it.
    pub(crate) references: bool,
    /// Raw HTML of any sort.
    pub(crate) html: bool,
    /// Indented code, as CommonMark would have it.
    pub(crate) indented: bool,
    /// Bullets from Word, and no-break spaces after numbers, where a line may begin with them.
    pub(crate) bullets: bool,
    /// Lines within a paragraph that may begin with a printed label.
    pub(crate) lines: bool,
    /// Texts of footnotes.
    pub(crate) notes: bool,
}

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM);

/// Reads a text.
pub(crate) fn collect(text: &str) -> Events<'_> {
    let mut traits = Traits {
        braces: text.contains('{'),
        angles: text.contains('<'),
        references: text.contains("[["),
        ..Traits::default()
    };
    let mut list = Vec::with_capacity(text.len() / 16 + 16);
    let mut line = false;
    for piece in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        let begins = std::mem::replace(&mut line, matches!(piece.0, Event::SoftBreak | Event::HardBreak));
        match &piece.0 {
            Event::Text(text) => {
                traits.bullets |= may_be_bullet(text);
                traits.lines |= begins && may_be_label(text);
            }
            Event::Start(Tag::Strong | Tag::Emphasis) => traits.lines |= begins,
            Event::Start(Tag::CodeBlock(kind)) => traits.indented |= kind.is_indented(),
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => traits.html = true,
            Event::Start(Tag::FootnoteDefinition(_)) => traits.notes = true,
            _ => {}
        }
        let (event, range) = piece;
        // A list item after a tab can be said to begin inside a character of the line above.
        list.push((event, boundary(text, range.start)..boundary(text, range.end)));
    }
    Events { list, traits }
}

/// Whether a text begins as a printed label or the mark of a printed page does.
fn may_be_label(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'0'..=b'9' | b'(' | b'{') => true,
        Some(b'a'..=b'z') => text.bytes().take(8).any(|byte| byte == b')'),
        Some(first) => !first.is_ascii(),
        None => false,
    }
}

/// Whether a text begins with a bullet of Word's, or with a number that a no-break space may follow.
fn may_be_bullet(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'0'..=b'9') => {
            let rest = text.trim_start_matches(|digit: char| digit.is_ascii_digit());
            let rest = rest.strip_prefix(['.', ')']).map(|rest| rest.trim_start_matches([' ', '\t']));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(|next: char| !next.is_ascii()))
        }
        Some(first) => !first.is_ascii() && (text.starts_with(BULLETS) || text.trim().is_empty()),
        None => false,
    }
}

/// The next place from `at` on that lies between two characters.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// What Word puts before the items of a list: a middle dot, a bullet, an en dash, and the bullet of its Symbol font.
pub(crate) const BULLETS: [char; 4] = ['·', '•', '–', '\u{F0B7}'];

/// Whether an event stands in a line: it is no block and no part of one.
pub(crate) fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => {
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
        }
        Event::End(tag) => {
            use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong};
            matches!(tag, Emphasis | Strong | Strikethrough | Link | Image)
        }
        Event::Rule | Event::Html(_) => false,
        _ => true,
    }
}

/// The index after the inline events that begin at `first`.
pub(crate) fn run_end(list: &[Piece<'_>], first: usize) -> usize {
    list[first..].iter().position(|(event, _)| !is_inline(event)).map_or(list.len(), |length| first + length)
}

/// The range of the text that a run of inline events covers.
pub(crate) fn covered(run: &[Piece<'_>]) -> Range<usize> {
    let start = run.first().map_or(0, |(_, range)| range.start);
    start..run.iter().map(|(_, range)| range.end).max().unwrap_or(start)
}

/// The words of a run of events, or of the lines of code, with a blank for each line end that is an event, and one behind each block.
pub(crate) fn plain(run: &[Piece<'_>]) -> String {
    let words = run.iter().map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => text,
        Event::SoftBreak | Event::HardBreak => " ",
        Event::End(_) if !is_inline(event) => " ",
        _ => "",
    });
    words.collect()
}

/// The index of the event that ends what begins at `first`.
pub(crate) fn end_of(list: &[Piece<'_>], first: usize) -> usize {
    let mut depth = 0_usize;
    for (index, (event, _)) in list.iter().enumerate().skip(first) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    list.len().saturating_sub(1)
}

/// The prefix that a line needs to lie in the same containers as the place `at`: `>` stays, a list marker becomes
/// spaces.
pub(crate) fn line_prefix(text: &str, at: usize) -> String {
    let line = &text[line_start(text, at)..at];
    line.chars().map(|character| if matches!(character, '>' | '\t') { character } else { ' ' }).collect()
}

/// Where the line of the place `at` begins.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// How many columns lie between two places of one line, the first of them at its start: a tab reaches to the next
/// multiple of four.
pub(crate) fn columns(line: &str) -> usize {
    line.chars().fold(0, |column, character| if character == '\t' { column / 4 * 4 + 4 } else { column + 1 })
}

/// Ends a paragraph at each of the line breaks `breaks`, and begins the next one after it. Returns where each event is
/// afterwards: the index of what stands for it, for each index into the list before and for its length.
pub(crate) fn part(list: &mut Vec<Piece<'_>>, breaks: &[usize]) -> Vec<usize> {
    let whole = std::mem::replace(list, Vec::with_capacity(list.len() + 2 * breaks.len()));
    let mut moved = Vec::with_capacity(whole.len() + 1);
    let mut breaks = breaks.iter().copied().peekable();
    let mut open: Option<Parted> = None;
    for (index, (event, range)) in whole.into_iter().enumerate() {
        let tight = open.as_ref().is_some_and(|parted| !parted.has_end);
        if breaks.next_if_eq(&index).is_some() {
            let has_end = open.take().is_some_and(|parted| parted.close(list, range.start));
            moved.push(list.len().saturating_sub(1));
            open = Some(Parted { start: list.len(), from: None, has_end });
            list.push((Event::Start(Tag::Paragraph), range.end..range.end));
        } else if event == Event::End(TagEnd::Paragraph) {
            moved.push(list.len());
            open.take().map(|parted| parted.close(list, range.end));
        } else {
            if event == Event::Start(Tag::Paragraph) {
                open = Some(Parted { start: list.len(), from: Some(range.start), has_end: true });
            } else if tight && !is_inline(&event) {
                let end = list.last().map_or(range.start, |(_, range)| range.end);
                open.take().map(|parted| parted.close(list, end));
            }
            moved.push(list.len());
            list.push((event, range));
        }
    }
    moved.push(list.len());
    moved
}

/// A paragraph that is being parted.
struct Parted {
    /// The event that begins it.
    start: usize,
    /// Where it begins in the text; `None` for one that begins with its first words.
    from: Option<usize>,
    /// Whether CommonMark's events end it; not so in a tight item, whose text is in no paragraph.
    has_end: bool,
}

impl Parted {
    /// Ends the paragraph. Returns whether an end of CommonMark's own will follow.
    fn close(self, list: &mut Vec<Piece<'_>>, end: usize) -> bool {
        let first = list.get(self.start + 1).map_or(end, |(_, range)| range.start);
        let range = self.from.unwrap_or(first).min(end)..end;
        if let Some((_, own)) = list.get_mut(self.start) {
            *own = range.clone();
        }
        list.push((Event::End(TagEnd::Paragraph), range));
        self.has_end
    }
}
