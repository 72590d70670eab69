//! Items of an agenda that nobody numbered: headings, or lines in bold or in capitals that stand for headings.
//!
//! Input: the leaves of minutes. Output: the headings that head an item; the lines that are to become headings. Not here: what has a number
//! (`items.rs`), and how events are changed (`rewrite.rs`).
//!
//! One heading proves nothing, so each is judged by the others: items stand on the level on which most of a text is parted, and a
//! heading that says who was there, what was decided or when the next meeting is heads none.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::titles::{FEW_WORDS, closing, is_capitals, is_title, run_in};
use crate::lexicon::Lexicon;
use crate::markdown::blocks::{Block, BlockKind, Blocks};
use crate::markdown::events::Piece;
use crate::recognise::statements::without_attributes;

/// How many words a line may have that is a title and nothing else.
const MOST_WORDS: usize = 14;

/// Headings are items only if there are so many; lines that only look like headings, so many.
const FEWEST: [usize; 2] = [2, 3];

/// What says that a line heads no item, and ends the one above it.
const ENDS: [&str; 2] = ["no-item-heading", "action-heading"];

/// What says that a line is a part of a record, or leads to one.
const NO_TITLES: [&str; 10] = [
    "no-item",
    "no-item-heading",
    "decision-heading",
    "action-heading",
    "mark",
    "result-only",
    "movers-only",
    "tally-only",
    "vote-line",
    "beside",
];

/// The headings, by their events, that head items in a text in which no heading has a number.
pub(super) fn headings(text: &str, list: &[Piece<'_>], blocks: &Blocks, lexicon: &Lexicon) -> HashSet<usize> {
    let title = only_title(list, blocks);
    let all = || blocks.list.iter().filter(|block| block.quotes == 0 && block.lists == 0 && Some(block.event) != title);
    let level = |block: &Block| if let BlockKind::Heading(level) = block.kind { Some(level) } else { None };
    let titles = titles(blocks);
    let fit: Vec<(usize, u8)> = all()
        .filter_map(|block| Some((block, level(block)?)))
        .filter(|(block, _)| may_be_title(text, blocks, block, lexicon))
        .map(|(block, level)| (block.event, level))
        .collect();
    let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
    // The lines of a title are no items, but where others of their level are.
    let counted = fit.iter().filter(|(event, _)| !titles.contains(event));
    counted.for_each(|(_, level)| *counts.entry(*level).or_default() += 1);
    let Some(of_items) = counts.iter().find(|(_, count)| **count >= FEWEST[0]).map(|(level, _)| *level) else {
        return HashSet::new();
    };
    // Below "Old business" each heading is of an item of its own.
    let mut parted = false;
    let mut own = |block: &Block, level: u8| match level.cmp(&of_items) {
        Ordering::Less => false,
        Ordering::Equal => {
            parted = lexicon.fits("agenda-part", without_attributes(blocks.words_of(block)).trim());
            true
        }
        Ordering::Greater => parted && level == of_items + 1,
    };
    let own: HashSet<usize> = all().filter_map(|block| own(block, level(block)?).then_some(block.event)).collect();
    fit.into_iter().filter(|(event, _)| own.contains(event)).map(|(event, _)| event).collect()
}

/// Headings at the beginning of a text with nothing but one of their level below them: the lines of its title.
fn titles(blocks: &Blocks) -> Vec<usize> {
    /// So many leaves are the beginning.
    const OPENING: usize = 6;
    let pairs = blocks.list.windows(2).take(OPENING);
    let title = pairs.filter_map(|pair| match (pair[0].kind, pair[1].kind) {
        (BlockKind::Heading(own), BlockKind::Heading(next)) if next <= own => Some(pair[0].event),
        _ => None,
    });
    title.collect()
}

/// Lines in bold or in capitals, each the first of its paragraph, that part a text in which nothing else does: the event that begins the
/// paragraph, and the bytes of the line in the words. Those before the first text are the head of the paper. Among them are those that head
/// no item and end the one above: "Next meeting".
pub(super) fn lines<'b>(
    text: &str,
    list: &[Piece<'_>],
    blocks: &'b Blocks,
    lexicon: &Lexicon,
) -> Vec<(&'b Block, usize)> {
    let title = only_title(list, blocks);
    let heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_)) && Some(block.event) != title;
    // A title of several lines, each a heading, parts nothing.
    let after_title = blocks.list.iter().skip_while(|block| matches!(block.kind, BlockKind::Heading(_)));
    if after_title.filter(|block| heading(block)).count() >= FEWEST[0] {
        return Vec::new();
    }
    let set = |block: &Block| {
        let words = blocks.words_of(block);
        let line = words.lines().next().unwrap_or_default();
        let range = block.words.start..block.words.start + line.len();
        let plain = block.kind == BlockKind::Paragraph && block.quotes == 0 && block.lists == 0;
        (plain && (blocks.is_strong(&range) || is_capitals(line))).then_some((line, words.len() > line.len()))
    };
    let mut run_ins = run_ins(blocks, lexicon);
    run_ins.extend(plain_run_ins(blocks, lexicon));
    let set = |block: &Block| {
        let in_line = || run_ins.get(&block.event).map(|length| (&blocks.words_of(block)[..*length], true));
        set(block).or_else(in_line)
    };
    // In bold up to a colon, or before one, after which the words of the item go on: "**Call to order:** Jo called …".
    let label = |block: &Block| {
        let plain = block.kind == BlockKind::Paragraph && block.quotes == 0 && block.lists == 0;
        let words = blocks.words_of(block);
        let length = closing(words, blocks.strong_lead(block));
        let (lead, rest) = words.split_at_checked(length).filter(|_| plain && length > 1)?;
        let (title, rest) = (lead.trim(), rest.trim());
        let closed = title.ends_with(':') && !title.contains('\n');
        let told = rest.ends_with(['.', '!', '?', ')', '”']) && rest.contains(char::is_whitespace);
        let is_other = |name: &&str| lexicon.fits(name, title);
        let other = NO_TITLES.iter().any(is_other) || lexicon.fits("run-in-detail", title);
        let few = title.split_whitespace().count() <= FEW_WORDS;
        (closed && told && few && !other && is_title(title.trim_end_matches(':'), FEW_WORDS)).then_some(length)
    };
    let begun =
        blocks.list.iter().position(|block| set(block).is_none() && !matches!(block.kind, BlockKind::Heading(_)));
    let mut found: Vec<(&Block, usize)> = Vec::new();
    let mut ends: Vec<(&Block, usize)> = Vec::new();
    for (at, block) in blocks.list.iter().enumerate().skip(begun.unwrap_or(blocks.list.len())) {
        let Some((line, more)) = set(block) else {
            found.extend(label(block).map(|length| (block, length)));
            continue;
        };
        let followed = more || blocks.list.get(at + 1).is_some_and(|next| set(next).is_none());
        let title = line.trim().trim_end_matches([':', '.']);
        let is_title = followed && is_title(title, MOST_WORDS) && !title.contains(':');
        if is_title && !lexicon.fits("names-a-body", title) && may_be_called(title, text, blocks, block, lexicon) {
            found.push((block, line.len()));
        } else if is_title && ENDS.iter().any(|name| lexicon.fits(name, title)) {
            ends.push((block, line.len()));
        }
    }
    // What stands above several parts is a label of them: "Discussion", "Proposal".
    let mut seen: HashMap<String, usize> = HashMap::new();
    let key = |block: &Block, length: usize| blocks.words_of(block)[..length].trim().to_lowercase();
    found.iter().for_each(|(block, length)| *seen.entry(key(block, *length)).or_default() += 1);
    found.retain(|(block, length)| seen[&key(block, *length)] == 1);
    let Some(first) = found.first().map(|(block, _)| block.event).filter(|_| found.len() >= FEWEST[1]) else {
        return Vec::new();
    };
    found.extend(ends.into_iter().filter(|(block, _)| block.event > first));
    found
}

/// The headings, by their events, that head items beside those that numbered headings below their like head: of a text whose sections
/// hold numbered items, those sections that hold none and have words of their own. `numbered` are the events of those with a number.
pub(super) fn beside_numbered(
    text: &str,
    list: &[Piece<'_>],
    blocks: &Blocks,
    lexicon: &Lexicon,
    numbered: &HashSet<usize>,
) -> HashSet<usize> {
    let title = only_title(list, blocks);
    let headings: Vec<(usize, &Block, u8)> = blocks
        .list
        .iter()
        .enumerate()
        .filter_map(|(at, block)| match block.kind {
            BlockKind::Heading(level) if block.quotes == 0 && block.lists == 0 => Some((at, block, level)),
            _ => None,
        })
        .collect();
    let mut of_level: BTreeMap<u8, (usize, Vec<usize>)> = BTreeMap::new();
    // Levels on which one without numbers stands before one that holds them: a part of the agenda, and no appendix.
    let mut before: HashSet<u8> = HashSet::new();
    for (index, (at, block, level)) in headings.iter().enumerate() {
        let below = headings[index + 1..].iter().take_while(|(_, _, other)| other > level);
        let holds = below.clone().any(|(_, other, _)| numbered.contains(&other.event));
        let (holders, free) = of_level.entry(*level).or_default();
        if holds {
            *holders += 1;
            if !free.is_empty() {
                before.insert(*level);
            }
            continue;
        }
        let said = blocks.list.get(at + 1).is_some_and(|next| !matches!(next.kind, BlockKind::Heading(_)));
        let own = !numbered.contains(&block.event) && Some(block.event) != title && below.count() == 0;
        if said && own && may_be_title(text, blocks, block, lexicon) {
            free.push(block.event);
        }
    }
    let parted = of_level.into_iter().find(|(level, (holders, free))| {
        (*holders >= FEWEST[0] || (*holders > 0 && before.contains(level))) && free.len() >= FEWEST[0]
    });
    parted.map_or_else(HashSet::new, |(_, (_, free))| free.into_iter().collect())
}

/// Paragraphs that begin with a title in bold, closed by a full stop or a dash, before what was said of it: the event of each, and the
/// bytes of the title. None where most are the same few words, as those who speak, or labels, are.
fn run_ins(blocks: &Blocks, lexicon: &Lexicon) -> HashMap<usize, usize> {
    let title = |block: &Block| {
        let words = blocks.words_of(block);
        let bold = blocks.strong_lead(block).min(words.len());
        let end = closing(words, bold);
        let typed = words[..end].trim_end();
        let called = typed.trim_end_matches(['.', '–', '—', ' ']);
        let plain = block.kind == BlockKind::Paragraph && block.quotes == 0 && block.lists == 0;
        let closed = typed.len() > called.len() && !words[end..].trim().is_empty();
        let fits = plain && bold > 1 && closed && called.contains(char::is_alphabetic);
        (fits && !lexicon.fits("no-item-label", called)).then_some((called, end))
    };
    let all: Vec<(usize, &str, usize)> =
        blocks.list.iter().filter_map(|block| title(block).map(|(called, end)| (block.event, called, end))).collect();
    let distinct: HashSet<&str> = all.iter().map(|(_, called, _)| *called).collect();
    if distinct.len() * 5 < all.len() * 4 {
        return HashMap::new();
    }
    all.into_iter().map(|(event, _, end)| (event, end)).collect()
}

/// Paragraphs that begin with a title that nothing sets apart but its colon, "Planning: The plans were read", where several of those titles
/// are such as everybody gives: the event of each, and the bytes of the title.
fn plain_run_ins(blocks: &Blocks, lexicon: &Lexicon) -> HashMap<usize, usize> {
    /// So many titles that everybody gives show that the others are titles too.
    const FEWEST_USUAL: usize = 3;
    let title = |block: &Block| {
        let words = blocks.words_of(block);
        let line = words.lines().next().unwrap_or_default();
        let end = run_in(line, FEW_WORDS)?;
        let typed = words[..end].trim_end();
        let called = typed.trim_end_matches(['.', ':', '–', '—', '-', ' ']);
        let usual = lexicon.fits("usual-title", called);
        let plain = block.kind == BlockKind::Paragraph && block.quotes == 0 && block.lists == 0;
        let labels = ["no-item-label", "run-in-detail", "presence.label"];
        let other = !usual && labels.iter().any(|name| lexicon.fits(name, typed));
        let closed = typed.ends_with(':') || (usual && typed.ends_with('.'));
        (plain && closed && !other && is_title(called, FEW_WORDS)).then_some((block.event, end, usual))
    };
    let all: Vec<(usize, usize, bool)> = blocks.list.iter().filter_map(title).collect();
    let usual = all.iter().filter(|(_, _, usual)| *usual).count();
    let told = usual >= FEWEST_USUAL;
    all.into_iter().filter(|_| told).map(|(event, end, _)| (event, end)).collect()
}

/// The event of the only heading of the first level, which is the title of the text.
pub(super) fn only_title(list: &[Piece<'_>], blocks: &Blocks) -> Option<usize> {
    let first = |at: &usize| matches!(list[*at].0, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }));
    let mut titles = blocks.list.iter().map(|block| block.event).filter(first);
    titles.next().filter(|_| titles.next().is_none())
}

/// Whether the first line of a leaf may be the title of an item, and its author has not said what it is.
pub(super) fn may_be_title(text: &str, blocks: &Blocks, block: &Block, lexicon: &Lexicon) -> bool {
    let words = blocks.words_of(block);
    let line = words.lines().next().unwrap_or_default().trim();
    may_be_called(line, text, blocks, block, lexicon)
}

/// The same of the title itself, with which a leaf begins.
fn may_be_called(line: &str, text: &str, blocks: &Blocks, block: &Block, lexicon: &Lexicon) -> bool {
    let words = blocks.words_of(block);
    let typed = blocks.typed(&block.words);
    let rest = text[typed.end..].lines().next().unwrap_or_default();
    // The name of a place says nothing of what the heading is: `{#budget}`.
    let named = |words: &str| {
        let inside = words.trim().strip_suffix('}').and_then(|words| words.rsplit_once('{')).map(|(_, inside)| inside);
        inside.is_some_and(|inside| inside.starts_with('#') && !inside.contains(char::is_whitespace))
    };
    let says = |words: &str| words.contains('{') && !(named(words) && words.matches('{').count() == 1);
    let braces = says(words) || says(rest);
    let line = without_attributes(line).trim();
    let letters = line.chars().filter(|letter| letter.is_alphabetic()).count();
    letters > 1 && !braces && !NO_TITLES.iter().any(|name| lexicon.fits(name, line))
}
