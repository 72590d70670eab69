//! Which blocks of HTML belong together: a table or a list goes on after an empty line, which ends a block of HTML to
//! CommonMark.
//!
//! Input: the events of a text. Output: [`Region`]s, each with its parts in the order of the text. Not here: what becomes
//! of them (`html_blocks.rs`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::{Piece, end_of, is_inline, line_prefix, run_end};
use super::html_tags::{Meaning, Token, tokens};
use super::raw_html::{self, Html};

/// How long the marks of containers before a line may be: each new line repeats them.
const LONGEST_PREFIX: usize = 256;

/// HTML that is read as one, from its first line to its last.
#[derive(Debug)]
pub(crate) struct Region<'text> {
    /// Where it stands.
    pub(crate) range: Range<usize>,
    /// What stands before each of its lines: the marks of its containers.
    pub(crate) prefix: String,
    /// What is in it.
    pub(crate) parts: Vec<Part<'text>>,
}

/// A part of a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part<'text> {
    /// HTML, whose words are no Markdown.
    Html(Token<'text>),
    /// Words that CommonMark read: their signs are Markdown.
    Markdown(Range<usize>),
    /// The end of a line of such words.
    LineEnd,
    /// The beginning or the end of a block of such words.
    Parting,
}

/// A block of HTML in the list of events.
struct Block<'text> {
    event: usize,
    range: Range<usize>,
    tokens: Vec<Token<'text>>,
}

/// Blocks of one container that wait for the end of a table or a list.
struct Waiting {
    /// Positions in the list of blocks.
    first: usize,
    depth: usize,
    /// Whether a table began it, in which anything may stand.
    table: bool,
    /// Whether more than blocks of HTML and paragraphs followed.
    mixed: bool,
}

/// The regions of a text, in order. What is only a comment, folds, or has no tag that means something is in none.
pub(crate) fn regions<'text>(text: &'text str, list: &[Piece<'_>]) -> Vec<Region<'text>> {
    let mut blocks: Vec<Block<'text>> = Vec::new();
    // The first and the last block of each region.
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut containers: Vec<Option<Waiting>> = vec![None];
    for (index, (event, range)) in list.iter().enumerate() {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                if !matches!(raw_html::block(&list[index + 1..end_of(list, index)]), Html::Other)
                    || text[range.clone()].starts_with("<!--")
                {
                    continue;
                }
                let block = Block { event: index, range: range.clone(), tokens: tokens(text, range) };
                let Some(waiting) = containers.last_mut() else { continue };
                found.extend(wait(waiting, &block.tokens, blocks.len()));
                blocks.push(block);
            }
            Event::Start(tag) if is_container(&tag.to_end()) => {
                mix(&mut containers);
                containers.push(None);
            }
            Event::End(tag) if is_container(tag) => drop(containers.pop()),
            Event::Start(Tag::Paragraph) | Event::End(_) => {}
            Event::Html(_) => {}
            event if is_inline(event) => {}
            _ => mix(&mut containers),
        }
    }
    let mut regions: Vec<Region<'text>> = Vec::new();
    // One that ends inside a larger one is a part of it.
    found.sort_by_key(|(first, last)| (*first, std::cmp::Reverse(*last)));
    let mut found = found.into_iter().peekable();
    let mut next = 0;
    while next < blocks.len() {
        while found.next_if(|(first, _)| *first < next).is_some() {}
        let last = found.next_if(|(first, _)| *first == next).map_or(next, |(_, last)| last);
        regions.extend(region(text, list, &mut blocks[next..=last]));
        next = last + 1;
    }
    regions
}

fn is_container(tag: &TagEnd) -> bool {
    use TagEnd::{BlockQuote, DefinitionList, DefinitionListDefinition, FootnoteDefinition, Item, List};
    matches!(tag, BlockQuote(_) | Item | FootnoteDefinition | DefinitionListDefinition | DefinitionList | List(_))
}

/// Something other than a paragraph stands in the innermost container.
fn mix(containers: &mut [Option<Waiting>]) {
    if let Some(Some(waiting)) = containers.last_mut() {
        waiting.mixed = true;
    }
}

/// Counts the tables, lists and quotations that a block leaves open. Returns the first and the last block of a region
/// that ends with it.
fn wait(waiting: &mut Option<Waiting>, tokens: &[Token<'_>], block: usize) -> Option<(usize, usize)> {
    let mut depth = waiting.as_ref().map_or(0, |waiting| waiting.depth);
    let mut table = waiting.as_ref().map(|waiting| waiting.table);
    for token in tokens {
        let Token::Tag(tag) = token else { continue };
        if !matches!(tag.meaning, Meaning::Table | Meaning::List(_) | Meaning::Quotation) {
            continue;
        }
        if tag.closing {
            depth = depth.saturating_sub(1);
        } else {
            if depth == 0 && waiting.is_none() {
                table = Some(tag.meaning == Meaning::Table);
            }
            depth += 1;
        }
    }
    match (waiting.take(), depth) {
        (None, 0) => None,
        (None, _) => {
            *waiting = Some(Waiting { first: block, depth, table: table == Some(true), mixed: false });
            None
        }
        (Some(open), 0) => (open.table || !open.mixed).then_some((open.first, block)),
        (Some(open), _) => {
            *waiting = Some(Waiting { depth, ..open });
            None
        }
    }
}

/// The region that these blocks make; `None` if it is better left as it is.
fn region<'text>(text: &'text str, list: &[Piece<'_>], blocks: &mut [Block<'text>]) -> Option<Region<'text>> {
    let (first, last) = (blocks.first()?, blocks.last()?);
    let range = first.range.start..last.range.end;
    let prefix = line_prefix(text, range.start);
    let means = |token: &Token<'_>| match token {
        Token::Tag(tag) => !matches!(tag.meaning, Meaning::Unknown | Meaning::Fold),
        Token::Unseen(_) => true,
        Token::Words(_) | Token::Comment(_) => false,
    };
    let known = blocks.iter().any(|block| block.tokens.iter().any(means));
    (known && prefix.len() < LONGEST_PREFIX).then_some(())?;
    let mut parts = Vec::new();
    let (mut index, end) = (first.event, last.event);
    let mut blocks = blocks.iter_mut().peekable();
    while index <= end {
        if let Some(block) = blocks.next_if(|block| block.event == index) {
            html_parts(text, std::mem::take(&mut block.tokens), &prefix, &mut parts);
            index = end_of(list, index) + 1;
        } else if is_inline(&list[index].0) {
            let run = index..run_end(list, index);
            line_parts(text, &list[run.clone()], &mut parts);
            index = run.end;
        } else if matches!(list[index].0, Event::Start(Tag::HtmlBlock)) {
            html_parts(text, tokens(text, &list[index].1), &prefix, &mut parts);
            index = end_of(list, index) + 1;
        } else {
            parts.push(Part::Parting);
            index += 1;
        }
    }
    Some(Region { range, prefix, parts })
}

/// The parts of a block of HTML: in a quotation, words without the marks with which their lines begin.
fn html_parts<'text>(text: &str, tokens: Vec<Token<'text>>, prefix: &str, parts: &mut Vec<Part<'text>>) {
    if !prefix.contains('>') {
        return parts.extend(tokens.into_iter().map(Part::Html));
    }
    for token in tokens {
        let Token::Words(range) = token else {
            parts.push(Part::Html(token));
            continue;
        };
        let mut from = range.start;
        for (index, line) in text[range].split('\n').enumerate() {
            let start = if index > 0 { from + marks_length(line, prefix) } else { from };
            parts.extend((index > 0).then_some(Part::LineEnd));
            let words = start..from + line.len();
            parts.extend((!words.is_empty()).then_some(Part::Html(Token::Words(words))));
            from += line.len() + 1;
        }
    }
}

/// The parts of a run of inline events.
fn line_parts<'text>(text: &'text str, run: &[Piece<'_>], parts: &mut Vec<Part<'text>>) {
    let mut from = run.first().map_or(0, |(_, range)| range.start);
    let mut end = from;
    for (index, (event, range)) in run.iter().enumerate() {
        let apart = matches!(event, Event::SoftBreak | Event::HardBreak | Event::InlineHtml(_));
        end = end.max(range.end);
        if !apart {
            continue;
        }
        if range.start > from {
            parts.push(Part::Markdown(from..range.start));
        }
        match event {
            Event::InlineHtml(_) => parts.extend(tokens(text, range).into_iter().map(Part::Html)),
            _ => parts.push(Part::LineEnd),
        }
        from = run.get(index + 1).map_or(range.end, |(_, next)| next.start.max(range.end));
    }
    if end > from {
        parts.push(Part::Markdown(from..end));
    }
}

/// The bytes at the beginning of a line that are marks of its containers.
fn marks_length(line: &str, prefix: &str) -> usize {
    let mut quotes = prefix.matches('>').count();
    let end = line.find(|sign: char| match sign {
        ' ' | '\t' => false,
        '>' if quotes > 0 => {
            quotes -= 1;
            false
        }
        _ => true,
    });
    end.unwrap_or(line.len())
}
