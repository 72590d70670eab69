//! What the head of a document names: that from which it comes, the item of a meeting, its papers. Whatever its keys are called.
//!
//! Input: the head. Output: references, and words for items. Not here: fields of the kind, what the references lead to and what
//! follows from it (`withhold.rs`), and the keys (`words.toml`).

use crate::data::{Node, Pair, Raw};
use crate::kind::{Kind, Kinds};
use crate::language::letters;
use crate::lexicon::days;
use crate::model::{Date, Reference, own_path};
use crate::privacy::words::{self, TEXT};
use crate::source::Span;

/// The name of a body has so many words at most.
const LONGEST_NAME: usize = 5;

/// A longer value is no name of an item, in bytes.
const LONGEST_ITEM: usize = 80;

/// The documents that a head names under a key that says that this one comes from there. A word or a day alone may be
/// anything but where the key asks for a meeting.
pub(crate) fn hangs_on(node: &Node, own: Option<&str>, (kind, kinds): (&Kind, &Kinds)) -> Vec<(Reference, Span)> {
    let mut found = Vec::new();
    for Pair { key, value, .. } in node.pairs() {
        let Some(at_meeting) = words::hangs(key) else {
            // Whatever a key is called: what is made at meetings, and names one, may come from there.
            if kind.inside_of.is_some() && kind.field(key).is_none() && words::may_hang(key) {
                each_scalar(value, &mut |text, span| {
                    let typed = own_path(text.trim(), own).unwrap_or(text);
                    let reference = Reference::perhaps(typed).filter(|named| names_meeting(&named.id, kinds));
                    found.extend(reference.map(|reference| (reference, span)));
                });
            }
            continue;
        };
        each_scalar(value, &mut |text, span| {
            for typed in text.split([',', ';', '\n']) {
                let typed = own_path(typed.trim(), own).unwrap_or(typed);
                let sure = at_meeting || typed.contains(['/', '#', '[']) || typed.ends_with(".md");
                let reference = Reference::perhaps(typed).filter(|_| sure);
                found.extend(reference.map(|reference| (reference, span)));
            }
            // Words around an id, and a day: `minutes/board/2026-01-05, item 5`, `Board, 5 January 2026`.
            let plain = !text.contains(['[', '(']);
            let ids = text.split([' ', ',', ';']).filter(|word| plain && word.contains('/') && text.trim() != *word);
            let ids = ids.filter_map(|id| Reference::perhaps(own_path(id, own).unwrap_or(id)));
            found.extend(ids.map(|reference| (reference, span)));
            if at_meeting {
                found.extend(meetings_in_words(text).into_iter().map(|id| (Reference { id, anchor: None }, span)));
            }
        });
    }
    found
}

/// Whether an id is that of a meeting, by its folder, or ends with a day behind the name of a body.
fn names_meeting(id: &str, kinds: &Kinds) -> bool {
    let mut parts = id.trim_matches('/').split('/');
    let first = parts.next().unwrap_or_default();
    let folder = kinds.by_folder(first).is_some_and(|kind| kinds.get(kind).of_meeting);
    let day = |last: &str| days::in_name(last).is_some_and(|day| matches!(day.date, Date::Day(_)));
    parts.next_back().is_some_and(|last| folder || day(last))
}

/// The ends of the ids that meetings may have of which words name the body and the day.
fn meetings_in_words(text: &str) -> Vec<Box<str>> {
    let mut ends = Vec::new();
    for day in days::in_text(text) {
        let Some(iso) = Some(day.date).filter(|date| matches!(date, Date::Day(_))).and_then(Date::iso) else {
            continue;
        };
        let around = format!("{} {}", &text[..day.range.start], &text[day.range.end..]);
        let words: Vec<&str> =
            around.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        for first in 0..words.len() {
            for last in first + 1..=words.len().min(first + LONGEST_NAME) {
                ends.push(format!("{}/{iso}", words[first..last].join("-").to_lowercase()).into());
            }
        }
    }
    ends
}

/// What a head says of the item of a meeting from which the document comes: a number, or words; each with whether that is all that it
/// can be.
pub(crate) fn items(node: &Node) -> Vec<(Box<str>, bool)> {
    let mut found = Vec::new();
    for Pair { key, value, .. } in node.pairs() {
        let sure = words::names_item(key);
        let comes_from = words::hangs(key).is_some();
        if sure.is_none() && !comes_from {
            continue;
        }
        each_scalar(value, &mut |text, _| {
            let text = text.trim();
            let plain = text.len() <= LONGEST_ITEM && !text.contains(['/', '#', '[']);
            found.extend(sure.filter(|_| plain && !text.is_empty()).map(|sure| (text.into(), sure)));
            if comes_from {
                let tokens: Vec<&str> = text.split([' ', ',', ';']).filter(|word| !word.is_empty()).collect();
                let numbers = tokens.windows(2).filter(|pair| TEXT.items.contains(&letters::name(pair[0])));
                let numbers =
                    numbers.map(|pair| pair[1]).filter(|word| word.starts_with(|sign: char| sign.is_ascii_digit()));
                found.extend(numbers.map(|number| (number.into(), true)));
            }
        });
    }
    found
}

/// The documents that a head names as papers of this one.
pub(crate) fn papers(node: &Node, own: Option<&str>) -> Vec<Reference> {
    let mut found = Vec::new();
    for Pair { value, .. } in node.pairs().iter().filter(|pair| words::names_papers(&pair.key)) {
        each_scalar(value, &mut |text, _| {
            let typed = text.split([',', ';', '\n']).map(|typed| own_path(typed.trim(), own).unwrap_or(typed));
            found.extend(typed.filter_map(Reference::perhaps));
        });
    }
    found
}

/// Calls `visit` for each value in a tree that is no list and no group.
fn each_scalar(node: &Node, visit: &mut dyn FnMut(&str, Span)) {
    match &node.value {
        Raw::Null => {}
        Raw::Scalar { text, .. } => visit(text, node.span),
        Raw::List(items) => items.iter().for_each(|item| each_scalar(item, visit)),
        Raw::Map(pairs) => pairs.iter().for_each(|pair| each_scalar(&pair.value, visit)),
    }
}
