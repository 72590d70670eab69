//! Where later texts speak of what was asked for or promised: by a link to it, or by its number.
//!
//! Input: the texts of all shown, where their links lead, and the numbers of records. Output: for each record that can be followed,
//! who spoke of it, in the order of days, and whether in words that answer. Not here: what follows from it (`follow.rs`); which
//! words answer (`recognise/en.follow.toml`), and after which words a number is one (the kind's file).

use std::collections::BTreeMap;

use jiff::civil;

use super::index::Index;
use super::life::Facts;
use super::links::ResolvedLinks;
use super::records::Places;
use super::relations::Bound;
use crate::kind::{Kind, Role};
use crate::lexicon::Lexicon;
use crate::model::{Date, DocumentId, Element, Landing, NodeId, Text};

/// So many bytes before a number are looked at for a word that says what it is the number of.
const NEAR: usize = 24;

/// One place that speaks of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The day of the document in which it stands.
    pub day: civil::Date,
    /// That document.
    pub host: DocumentId,
    /// The place in it.
    pub anchor: Option<Box<str>>,
    /// The part of the record that it names, without brackets; `None` for all of it.
    pub part: Option<Box<str>>,
    /// Whether its words answer.
    pub answers: bool,
}

/// A number by which a record is called, cut at its last blank: `board` and `2022/05`.
struct Number<'run> {
    before: String,
    bearer: DocumentId,
    words: &'run [String],
}

/// Who spoke of each record, up to the day `today`.
pub fn heard(
    index: &Index<'_>,
    bound: &[Bound],
    (places, facts, links): (&Places, &[Facts], &[ResolvedLinks]),
    today: civil::Date,
) -> BTreeMap<DocumentId, Vec<Heard>> {
    let mut heard: BTreeMap<DocumentId, Vec<Heard>> = BTreeMap::new();
    let numbers = numbers(index, bound);
    for ((host, shown), (links, facts)) in (0..).map(DocumentId).zip(index.documents).zip(links.iter().zip(facts)) {
        let body = &*shown.parsed.body;
        let day = facts.date.and_then(Date::earliest).filter(|day| *day <= today);
        let speaks = !body.nodes.is_empty() && !shown.ended && !index.is_earlier(host);
        let Some(day) = day.filter(|_| speaks) else { continue };
        let linked = linked(index, host, body, links);
        for (of, part, node) in linked.into_iter().chain(numbered(body, &numbers)) {
            if of == host || places[of.0 as usize].as_ref().is_some_and(|place| place.host == host) {
                continue;
            }
            let block = block_around(body, node);
            let words = &body.words[body.node(block).start as usize..body.node(block).end as usize];
            let answers = Lexicon::english().fits("answers-decision", words);
            let anchor = anchor(body, block);
            heard.entry(of).or_default().push(Heard { day, host, anchor, part, answers });
        }
    }
    heard.values_mut().for_each(|list| list.sort_by_key(|one| (one.day, one.host)));
    heard
}

/// Whether what became of documents of this kind is followed.
fn is_followed(kind: &Kind) -> bool {
    kind.role(Role::FollowUp).is_some()
}

/// The records to which the links of a text lead, each with the part that is meant and the link.
fn linked(
    index: &Index<'_>,
    host: DocumentId,
    body: &Text,
    links: &ResolvedLinks,
) -> Vec<(DocumentId, Option<Box<str>>, NodeId)> {
    let target = |landing: &Landing| match landing {
        Landing::Document { document, anchor } if *document != host => {
            record_meant(index, *document, anchor.as_deref())
        }
        _ => None,
    };
    let targets: Vec<_> = links.links.iter().map(target).collect();
    if targets.iter().all(Option::is_none) {
        return Vec::new();
    }
    let nodes = body.nodes.iter().enumerate().filter_map(|(at, node)| match node.element {
        Element::Link(link) => {
            let (of, part) = targets.get(link.index())?.clone()?;
            Some((of, part, NodeId::at(at)))
        }
        _ => None,
    });
    nodes.collect()
}

/// The record that a link to a place means, and its part: the page of its own with `#limb-2`, or its place in the minutes.
fn record_meant(
    index: &Index<'_>,
    document: DocumentId,
    anchor: Option<&str>,
) -> Option<(DocumentId, Option<Box<str>>)> {
    let parsed = &index.documents[document.0 as usize].parsed;
    if is_followed(index.kinds.get(parsed.kind)) {
        let part = anchor.and_then(|anchor| anchor.rsplit(['.', '-']).next());
        return Some((
            document,
            part.filter(|_| anchor != parsed.standing.as_ref().map(|at| &*at.anchor)).map(Into::into),
        ));
    }
    let followed = |id: &DocumentId| is_followed(index.kinds.get(index.documents[id.0 as usize].parsed.kind));
    let whole = index.record_at(document, anchor?).filter(followed).map(|record| (record, None));
    whole.or_else(|| {
        let (record, part) = anchor?.rsplit_once('.')?;
        Some((index.record_at(document, record).filter(followed)?, Some(part.into())))
    })
}

/// The numbers of all records that are followed, by their last words. What has no stroke is no number that a text can be searched for.
fn numbers<'run>(index: &Index<'run>, bound: &[Bound]) -> BTreeMap<String, Vec<Number<'run>>> {
    let mut numbers: BTreeMap<String, Vec<Number<'run>>> = BTreeMap::new();
    for ((bearer, shown), bound) in (0..).map(DocumentId).zip(index.documents).zip(bound) {
        let kind = index.kinds.get(shown.parsed.kind);
        let number = kind.role(Role::Number).filter(|_| is_followed(kind) && !shown.ended);
        let Some(number) = number.and_then(|field| bound.fields.get(&field.name)?.text()) else { continue };
        let number = number.trim().to_lowercase();
        let (before, last) = number.rsplit_once(' ').unwrap_or(("", &number));
        if last.contains('/') {
            let one = Number { before: before.to_owned(), bearer, words: &kind.number_words };
            numbers.entry(last.to_owned()).or_default().push(one);
        }
    }
    numbers
}

/// The records whose numbers stand in a text, each with the part in brackets after it.
fn numbered(body: &Text, numbers: &BTreeMap<String, Vec<Number<'_>>>) -> Vec<(DocumentId, Option<Box<str>>, NodeId)> {
    let mut found = Vec::new();
    if numbers.is_empty() {
        return found;
    }
    let words = &*body.words;
    let is_inside = |letter: char| letter.is_ascii_alphanumeric() || letter == '/' || letter == '-';
    let mut until = 0;
    for (stroke, _) in words.match_indices('/') {
        if stroke < until {
            continue;
        }
        let start = words[..stroke].rfind(|letter| !is_inside(letter)).map_or(0, |at| at + after(words, at));
        until = words[stroke..].find(|letter| !is_inside(letter)).map_or(words.len(), |end| stroke + end);
        let Some(bearers) = numbers.get(&words[start..until].to_lowercase()) else { continue };
        let node = NodeId::at(body.nodes.partition_point(|node| node.start as usize <= start).saturating_sub(1));
        let block = body.node(block_around(body, node));
        let before = words[(block.start as usize).min(start)..start].trim_end().to_lowercase();
        if let Some(number) = bearers.iter().find(|number| is_called(&before, number)) {
            found.push((number.bearer, part_after(&words[until..]), node));
        }
    }
    found
}

/// The innermost block that holds a node.
fn block_around(body: &Text, node: NodeId) -> NodeId {
    let holds = |at: &usize| {
        let around = body.nodes[*at];
        !around.element.is_inline() && (*at == node.index() || around.next as usize > node.index())
    };
    (0..=node.index()).rev().find(holds).map_or(node, NodeId::at)
}

/// The length of the character at `at`.
fn after(words: &str, at: usize) -> usize {
    words[at..].chars().next().map_or(1, char::len_utf8)
}

/// Whether the words before a number are the rest of it, or say that it is one.
fn is_called(before: &str, number: &Number<'_>) -> bool {
    if !number.before.is_empty() {
        return before.ends_with(&number.before);
    }
    let near = before.char_indices().rev().take(NEAR).last().map_or(before, |(at, _)| &before[at..]);
    let mut near = near.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).rev();
    near.next().is_some_and(|last| number.words.iter().any(|word| word == last))
}

/// `3` of `(3)` and of ` (3)`, right after a number.
fn part_after(rest: &str) -> Option<Box<str>> {
    let (label, _) = rest.trim_start().strip_prefix('(')?.split_once(')')?;
    let is_label = !label.is_empty() && label.len() <= 4 && label.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_label.then(|| label.into())
}

/// The place at which a block is read: its own, or the last one above it.
fn anchor(body: &Text, block: NodeId) -> Option<Box<str>> {
    let next = body.node(block).next as usize;
    let inside = |node: NodeId| (block.index()..next.max(block.index() + 1)).contains(&node.index());
    let placed = || body.anchors.iter().filter_map(|anchor| Some((anchor.node?, &anchor.id)));
    let own = placed().find(|(node, _)| inside(*node));
    let above = || placed().filter(|(node, _)| *node <= block).max_by_key(|(node, _)| *node);
    own.or_else(above).map(|(_, id)| id.clone())
}
