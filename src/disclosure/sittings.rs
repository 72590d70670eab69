//! What lies between a sentence by which a meeting went into a closed session, and the one by which it was open again: "The Board entered
//! executive session at 8.10 p.m. … The Board returned to open session at 8.40 p.m."
//!
//! Input: the blocks of the minutes. Output: what was said between. Where nobody says that it was open again, nothing: what follows is often
//! written for everybody. Not here: the words (`words.toml`).

use std::ops::Range;

use super::blocks::Block;
use super::nested::Form;
use super::phrases::SaidPrivate;
use crate::markdown::prepare::NOTICE;
use crate::privacy::words::TEXT;

/// A sentence, the block in which it stands, and its place in the text.
struct Sentence {
    block: usize,
    range: Range<usize>,
}

/// What was said in closed sessions whose beginning and end the minutes tell.
pub(super) fn between(text: &str, blocks: &[Block]) -> Vec<SaidPrivate> {
    let told = |(block, one): (usize, &Block)| {
        // A heading ends what was private, and begins nothing.
        let ends = one.level.is_some() && TEXT.reopens(&text[one.line.clone()]);
        let plain = (one.level.is_none() && one.open.is_none()) || ends;
        let ranges = if plain && one.prose { sentences(text, &one.range) } else { vec![one.range.clone()] };
        ranges.into_iter().filter(move |_| plain).map(move |range| Sentence { block, range })
    };
    let sentences: Vec<Sentence> = blocks.iter().enumerate().flat_map(told).collect();
    let words = |sentence: &Sentence| &text[sentence.range.clone()];
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(first) = sentences.get(at) {
        at += 1;
        // Behind the resolution to exclude the public minutes often print what everybody may know of what was then decided: that stays.
        if !blocks[first.block].prose || !TEXT.enters(words(first)) || TEXT.reopens(words(first)) {
            continue;
        }
        let rest = &sentences[at..];
        let again = |sentence: &Sentence| TEXT.enters(words(sentence)) || TEXT.reopens(words(sentence));
        let Some(length) = rest.iter().position(again).filter(|end| TEXT.reopens(words(&rest[*end]))) else { continue };
        let votes = rest[..length].iter().take_while(|sentence| TEXT.is_of_vote(words(sentence))).count();
        let parts = rest[votes..length].chunk_by(|one, next| one.block == next.block);
        let held = parts.filter(|part| !words(&part[0]).contains(NOTICE)).map(|part| {
            let (from, to) = (part[0].range.start, part[part.len() - 1].range.end);
            let block = &blocks[part[0].block].range;
            let whole = block.start == from && text[to..block.end].trim().is_empty();
            let form = if whole { Form::Block } else { Form::Within };
            SaidPrivate::new(from..to, first.range.clone(), form)
        });
        found.extend(held);
        at += length;
    }
    found
}

/// Whether the first sentence of a paragraph says that the public was excluded, or is there again: what stands before such a sentence was said
/// while it was not there.
pub(super) fn begins_with_exclusion(text: &str, block: &Block) -> bool {
    sentences(text, &block.range).first().is_some_and(|first| TEXT.excludes(TEXT.behind_label(&text[first.clone()])))
}

/// Where the sentences of a paragraph stand: each begins behind a stop with a letter that is not small, or on a line of its own.
fn sentences(text: &str, block: &Range<usize>) -> Vec<Range<usize>> {
    let typed = &text[block.clone()];
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in typed.match_indices(['.', '!', '?']) {
        let rest = &typed[at + 1..];
        let next = rest.trim_start();
        let begins = next.starts_with(|first: char| !first.is_lowercase()) && next.len() < rest.len();
        // "Mr. Smith", "A. Smith"
        let last = typed[from..at].rsplit([' ', '\n']).next().unwrap_or_default();
        let is_short = last.len() <= 3 && last.starts_with(char::is_uppercase) && !last.contains('.');
        if begins && !is_short {
            found.push(block.start + from..block.start + at + 1);
            from = at + 1 + (rest.len() - next.len());
        }
    }
    if !typed[from..].trim().is_empty() {
        found.push(block.start + from..block.start + from + typed[from..].trim_end().len());
    }
    found
}
