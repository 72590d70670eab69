//! Tags within a line become the Markdown that means the same: emphasis, links, pictures; what says only how words look is
//! left out. A paragraph in which a block of HTML begins is parted before it.
//!
//! Input: the events of a text. Output: edits, and what to say of them. Emphasis that CommonMark could not read at its
//! place (`**(a)**b`) is left out; a tag that is not known stays, and is printed as text. Not here: blocks of HTML
//! (`html_blocks.rs`), and tags that pass as they are (`raw_html.rs`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::{Piece, covered, end_of, is_inline, line_prefix, run_end};
use super::html_blocks::{Converted, Told};
use super::html_tags::{HtmlTag, Meaning, Token, tokens};
use super::html_writer::{address_in_angles, escaped};
use super::prepare::{Edit, SHIELD};
use super::raw_html;

/// How far a tag is looked for that another ends.
const MOST_OPEN: usize = 32;

/// How long the marks of containers before a line may be that is parted.
const LONGEST_PREFIX: usize = 256;

/// A tag in a run, and what becomes of it.
struct InLine<'text> {
    /// The event.
    index: usize,
    tag: HtmlTag<'text>,
    fate: Fate,
}

/// What becomes of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    /// It stays.
    Stays,
    /// It is left out.
    Goes,
    /// It and the tag at this position are a pair.
    Pair(usize),
    Becomes(String),
}

/// What kind of line a run is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Paragraph,
    Cell,
    /// A heading, a term: it cannot be parted.
    Other,
}

/// Turns tags within lines into Markdown.
pub(crate) fn convert(text: &str, list: &[Piece<'_>]) -> Converted {
    let mut converted = Converted::default();
    let mut line = Line::Other;
    let mut index = 0;
    while let Some((event, _)) = list.get(index) {
        if is_inline(event) {
            let end = run_end(list, index).max(index + 1);
            run(text, &list[index..end], line, &mut converted);
            index = end;
            continue;
        }
        line = match event {
            Event::Start(Tag::TableCell) => Line::Cell,
            Event::Start(Tag::Paragraph | Tag::Item | Tag::FootnoteDefinition(_) | Tag::DefinitionListDefinition) => {
                Line::Paragraph
            }
            // After a list in a tight item.
            Event::End(TagEnd::List(_)) => Line::Paragraph,
            _ => Line::Other,
        };
        if matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)) {
            index = end_of(list, index);
        }
        index += 1;
    }
    converted.edits.sort_by_key(|edit| edit.range.start);
    converted
}

fn run(text: &str, run: &[Piece<'_>], line: Line, converted: &mut Converted) {
    let mut tags = tags(text, run);
    words_tags(text, run, converted);
    if tags.is_empty() {
        return;
    }
    if line == Line::Paragraph && part(text, run, &tags, converted) {
        return;
    }
    pair(run, &mut tags);
    settle(text, run, line, &mut tags);
    let mut edits = edits(text, run, &tags);
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut end = 0;
    edits.retain(|edit| {
        let apart = edit.range.start >= end;
        end = end.max(edit.range.end);
        apart
    });
    let read = tags.iter().find(|tag| tag.fate != Fate::Stays && !tag.tag.closing);
    converted.told.extend(read.map(|read| Told::Read(read.tag.range.clone())));
    converted.edits.append(&mut edits);
}

/// The tags of a run.
fn tags<'text>(text: &'text str, run: &[Piece<'_>]) -> Vec<InLine<'text>> {
    let mut tags = Vec::new();
    for (index, (event, range)) in run.iter().enumerate() {
        if let Event::InlineHtml(_) = event
            && let Some(Token::Tag(tag)) = tokens(text, range).pop()
            && tag.range == *range
        {
            tags.push(InLine { index, tag, fate: Fate::Stays });
        }
    }
    tags
}

/// Leaves out Word's `<o:p>`, which is no tag to CommonMark.
fn words_tags(text: &str, run: &[Piece<'_>], converted: &mut Converted) {
    for (event, range) in run {
        if !matches!(event, Event::Text(_)) || !text[range.clone()].starts_with('<') {
            continue;
        }
        let rest = &text[range.start..];
        let tag = ["<o:p>", "</o:p>", "<o:p/>", "<o:p />"].into_iter().find(|tag| rest.starts_with(tag));
        if let Some(tag) = tag {
            let range = range.start..range.start + tag.len();
            converted.edits.push(Edit { range, text: String::new() });
        }
    }
}

/// Parts a paragraph before the first tag that begins or ends a block. Returns whether there is one.
fn part(text: &str, run: &[Piece<'_>], tags: &[InLine<'_>], converted: &mut Converted) -> bool {
    let Some(at) = first_block(run, tags) else { return false };
    let whole = covered(run);
    let prefix = line_prefix(text, whole.start);
    if prefix.len() >= LONGEST_PREFIX {
        return false;
    }
    let shields = text[whole.clone()].match_indices(SHIELD).map(|(at, _)| whole.start + at);
    let shields = shields.map(|at| Edit { range: at..at + SHIELD.len_utf8(), text: String::new() });
    let mut edits: Vec<Edit> = shields.collect();
    if !text[whole.start..at].trim_start_matches(SHIELD).trim().is_empty() {
        let parting = format!("\n{}\n{prefix}", prefix.trim_end());
        edits.push(Edit { range: at..at, text: parting });
    }
    let parts = !edits.is_empty();
    edits.sort_by_key(|edit| edit.range.start);
    converted.edits.append(&mut edits);
    parts
}

/// Where the first tag that begins or ends a block stands, in no markup of CommonMark.
fn first_block(run: &[Piece<'_>], tags: &[InLine<'_>]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut tags = tags.iter().peekable();
    for (index, (event, range)) in run.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::InlineHtml(_) => {
                let found = tags.next_if(|tag| tag.index == index).map(|tag| tag.tag.meaning);
                if found.is_some_and(|found| found.is_block() && found != Meaning::Preformatted) && depth == 0 {
                    return Some(range.start);
                }
            }
            _ => {}
        }
    }
    None
}

/// Finds which tags belong together: none crosses markup of CommonMark.
fn pair(run: &[Piece<'_>], tags: &mut [InLine<'_>]) {
    // `None` is markup of CommonMark.
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut next = 0;
    for (index, (event, _)) in run.iter().enumerate() {
        match event {
            Event::Start(_) => open.push(None),
            Event::End(_) => while let Some(Some(_)) = open.pop() {},
            Event::InlineHtml(_) => {
                let Some(found) = tags.get(next).filter(|tag| tag.index == index) else { continue };
                let at = next;
                next += 1;
                if !is_paired(found.tag.meaning) {
                    continue;
                }
                if !found.tag.closing {
                    open.push(Some(at));
                    continue;
                }
                let same = |other: &InLine<'_>| match found.tag.meaning {
                    Meaning::Own => other.tag.name.eq_ignore_ascii_case(found.tag.name),
                    meaning => other.tag.meaning == meaning,
                };
                let near = open.iter().rev().take(MOST_OPEN).take_while(|open| open.is_some());
                let Some(back) = near.flatten().position(|open| same(&tags[*open])) else { continue };
                open.truncate(open.len() - back);
                if let Some(Some(first)) = open.pop() {
                    tags[first].fate = Fate::Pair(at);
                    tags[at].fate = Fate::Pair(first);
                }
            }
            _ => {}
        }
    }
}

fn is_paired(meaning: Meaning) -> bool {
    use Meaning::{Code, Emphasis, Link, Own, Quoted, Strong, Struck};
    matches!(meaning, Strong | Emphasis | Struck | Link | Code | Quoted | Own)
}

/// Decides what becomes of each tag, but for the signs of emphasis.
fn settle(text: &str, run: &[Piece<'_>], line: Line, tags: &mut [InLine<'_>]) {
    let whole = covered(run);
    for at in 0..tags.len() {
        let (before, tag) = (&text[whole.start..tags[at].tag.range.start], &tags[at].tag);
        let after = &text[tag.range.end..whole.end];
        let paired = matches!(tags[at].fate, Fate::Pair(_));
        let fate = match tag.meaning {
            Meaning::Nothing => Fate::Goes,
            Meaning::Strong | Meaning::Emphasis | Meaning::Struck | Meaning::Code | Meaning::Quoted if !paired => {
                Fate::Goes
            }
            Meaning::Quoted => Fate::Becomes(if tag.closing { "”" } else { "“" }.to_owned()),
            Meaning::Link if !paired => {
                if tag.closing || tag.attribute("href").is_some() {
                    Fate::Stays
                } else {
                    Fate::Goes
                }
            }
            Meaning::Own if !paired || (tag.attributes.is_empty() && !tag.closing) => Fate::Stays,
            Meaning::Own if tag.closing => Fate::Stays,
            Meaning::Own => Fate::Becomes(format!("<{}>", tag.name.to_ascii_lowercase())),
            Meaning::Break if raw_html::tag(&text[tag.range.clone()]).is_some_and(|tag| tag.bare && !tag.closing) => {
                Fate::Stays
            }
            Meaning::Break => Fate::Becomes("<br>".to_owned()),
            Meaning::Picture => picture(tag),
            meaning if meaning.is_block() => match line {
                Line::Cell if parts_words(before, after, tag.closing) => Fate::Becomes("<br>".to_owned()),
                Line::Cell => Fate::Goes,
                _ => Fate::Becomes(" ".to_owned()),
            },
            _ => continue,
        };
        tags[at].fate = fate;
    }
}

/// Whether a tag of a block stands between words of a cell: of several in a row, one does.
fn parts_words(before: &str, after: &str, closing: bool) -> bool {
    let (before, after) = (before.trim_end(), after.trim_start());
    !before.is_empty() && !before.ends_with('>') && !after.is_empty() && (!closing || !after.starts_with('<'))
}

fn picture(tag: &HtmlTag<'_>) -> Fate {
    let words = tag.attribute("alt").unwrap_or_default();
    let words = escaped(&words.split_whitespace().collect::<Vec<_>>().join(" "));
    Fate::Becomes(match tag.attribute("src") {
        Some(address) => format!("![{words}](<{}>)", address_in_angles(&address)),
        None => words,
    })
}

fn edits(text: &str, run: &[Piece<'_>], tags: &[InLine<'_>]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let edit = |range: &Range<usize>, text: &str| Edit { range: range.clone(), text: text.to_owned() };
    for (at, one) in tags.iter().enumerate() {
        let range = &one.tag.range;
        match &one.fate {
            Fate::Stays => {}
            Fate::Goes => edits.push(edit(range, "")),
            Fate::Becomes(text) => edits.push(edit(range, text)),
            Fate::Pair(end) if *end > at => {
                let pair = match one.tag.meaning {
                    Meaning::Link => link(text, run, tags, (at, *end)),
                    Meaning::Code => code(text, run, tags, (at, *end)),
                    meaning => emphasis(text, tags, (at, *end), meaning),
                };
                match pair {
                    Some(pair) => edits.extend(pair),
                    None => edits.extend([edit(range, ""), edit(&tags[*end].tag.range, "")]),
                }
            }
            Fate::Pair(_) => {}
        }
    }
    edits
}

/// `[words](<address>)`; `None` if the tag has no address, or the words hold a link.
fn link(text: &str, run: &[Piece<'_>], tags: &[InLine<'_>], (open, close): (usize, usize)) -> Option<Vec<Edit>> {
    let address = tags[open].tag.attribute("href")?;
    let (first, last) = (&tags[open].tag.range, &tags[close].tag.range);
    let inside = &run[tags[open].index + 1..tags[close].index];
    let is_link = |event: &Event<'_>| matches!(event, Event::Start(Tag::Link { .. }) | Event::FootnoteReference(_));
    let inner = tags[open + 1..close].iter().any(|tag| tag.tag.meaning == Meaning::Link);
    (!inner && !inside.iter().any(|(event, _)| is_link(event))).then_some(())?;
    let mut edits = vec![
        Edit { range: first.clone(), text: "[".to_owned() },
        Edit { range: last.clone(), text: format!("](<{}>)", address_in_angles(&address)) },
    ];
    for (event, range) in inside {
        let bracket = matches!(event, Event::Text(typed) if matches!(&**typed, "[" | "]" | "!["));
        if bracket && !super::plan::escaped(text, range.start) {
            edits.push(Edit { range: range.start..range.start, text: "\\".to_owned() });
        }
    }
    Some(edits)
}

/// Words of code; `None` if they are more than plain words.
fn code(text: &str, run: &[Piece<'_>], tags: &[InLine<'_>], (open, close): (usize, usize)) -> Option<Vec<Edit>> {
    let (first, last) = (&tags[open].tag.range, &tags[close].tag.range);
    let inside = &run[tags[open].index + 1..tags[close].index];
    let words = &text[first.end..last.start];
    let plain = matches!(inside, [(Event::Text(typed), _)] if **typed == *words);
    (plain && !words.contains(['`', '|']) && !words.trim().is_empty())
        .then(|| [first, last].map(|range| Edit { range: range.clone(), text: "`".to_owned() }).to_vec())
}

/// The signs of emphasis round words; `None` if CommonMark would not read them there.
fn emphasis(text: &str, tags: &[InLine<'_>], (open, close): (usize, usize), meaning: Meaning) -> Option<Vec<Edit>> {
    let sign = match meaning {
        Meaning::Strong => "**",
        Meaning::Emphasis => "*",
        Meaning::Struck => "~~",
        _ => return None,
    };
    let (first, last) = (&tags[open].tag.range, &tags[close].tag.range);
    // Blanks inside go outside.
    let inside = &text[first.end..last.start];
    let start = last.start - trim_start(inside).len();
    let end = first.end + trim_end(inside).len();
    (start < end).then_some(())?;
    let before = outer(text, tags, open, false).filter(|_| start == first.end);
    let before = if start > first.end { Some(' ') } else { before };
    let after = if end < last.start { Some(' ') } else { outer(text, tags, close, true) };
    let (head, tail) = if start == first.end && end == last.start {
        (inner(text, tags, open, true)?, inner(text, tags, close, false)?)
    } else {
        (text[start..end].chars().next()?, text[start..end].chars().next_back()?)
    };
    let blank = |sign: Option<char>| sign.is_none_or(char::is_whitespace);
    let mark = |sign: Option<char>| sign.is_some_and(|sign| !sign.is_alphanumeric() && !sign.is_whitespace());
    let left = !blank(Some(head)) && (!mark(Some(head)) || blank(before) || mark(before));
    let right = !blank(Some(tail)) && (!mark(Some(tail)) || blank(after) || mark(after));
    let clash =
        [before, Some(head), Some(tail), after].iter().flatten().any(|sign| matches!(sign, '*' | '~' | '\\' | '<'));
    (left && right && !clash).then(|| {
        vec![
            Edit { range: first.start..start, text: format!("{}{sign}", &text[first.end..start]) },
            Edit { range: end..last.end, text: format!("{sign}{}", &text[end..last.start]) },
        ]
    })
}

fn trim_start(words: &str) -> &str {
    words.trim_start_matches([' ', '\t', '\u{A0}'])
}

fn trim_end(words: &str) -> &str {
    let mut words = words;
    loop {
        let shorter = words.trim_end_matches([' ', '\t', '\u{A0}']);
        let shorter = shorter.strip_suffix("&nbsp;").unwrap_or(shorter);
        if shorter.len() == words.len() {
            return words;
        }
        words = shorter;
    }
}

/// The sign beside a tag on the side away from its words, past tags that go and others on the same side; `None` at the
/// end of a line. `*` where another emphasis ends or begins there.
fn outer(text: &str, tags: &[InLine<'_>], at: usize, forward: bool) -> Option<char> {
    let mut at = at;
    for _ in 0..MOST_OPEN {
        let range = &tags[at].tag.range;
        let next = if forward { at.checked_add(1) } else { at.checked_sub(1) };
        let beside = next
            .and_then(|next| tags.get(next))
            .filter(|next| if forward { next.tag.range.start == range.end } else { next.tag.range.end == range.start });
        match beside {
            Some(tag) if tag.fate == Fate::Goes || (is_emphasis(tag) && tag.tag.closing == forward) => {
                at = next.unwrap_or(at);
            }
            Some(tag) if is_emphasis(tag) => return Some('*'),
            Some(_) => return Some('>'),
            None if forward => return text[range.end..].chars().next(),
            None => return text[..range.start].chars().next_back(),
        }
    }
    Some('<')
}

/// The sign beside a tag on the side of its words, past tags that go and others that begin or end there too; `None` if
/// there are no words.
fn inner(text: &str, tags: &[InLine<'_>], at: usize, forward: bool) -> Option<char> {
    let mut at = at;
    for _ in 0..MOST_OPEN {
        let range = &tags[at].tag.range;
        let next = if forward { at + 1 } else { at.checked_sub(1)? };
        let beside = tags
            .get(next)
            .filter(|next| if forward { next.tag.range.start == range.end } else { next.tag.range.end == range.start });
        match beside {
            Some(tag) if tag.fate == Fate::Goes || (is_emphasis(tag) && tag.tag.closing != forward) => at = next,
            Some(_) => return Some('<'),
            None if forward => return text[range.end..].chars().next(),
            None => return text[..range.start].chars().next_back(),
        }
    }
    Some('<')
}

fn is_emphasis(tag: &InLine<'_>) -> bool {
    matches!(tag.fate, Fate::Pair(_)) && matches!(tag.tag.meaning, Meaning::Strong | Meaning::Emphasis)
}
