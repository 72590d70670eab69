//! The head of a document: where it begins and ends, and its fields as typed.

use std::collections::BTreeSet;

use crate::data::{self, Node, Pair, Raw};
use crate::diagnostic::Diagnostics;
use crate::kind::{Field, Kind, Role};
use crate::lexicon::days;
use crate::model::Date;
use crate::source::{SourceId, Span};

/// Where the parts of a document lie in its text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The lines between the fences; empty where there is no head.
    pub start: usize,
    /// The end of those lines.
    pub end: usize,
    /// Where the text begins.
    pub body: usize,
    /// The grammar.
    grammar: Grammar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grammar {
    Yaml,
    Toml,
}

/// Finds the head between `---` (YAML) or `+++` (TOML) on lines of their own, the first of them the first of the file
/// in which anything can be seen: an empty line or a second byte-order mark above must not make `draft: true` a text.
/// `None`, with a diagnostic, if it begins and does not end: nobody can say then what is head and what is text,
/// nor whether the head would have kept the document private.
pub fn split(text: &str, source: SourceId, diagnostics: &mut Diagnostics) -> Option<Head> {
    let none = Head { start: 0, end: 0, body: 0, grammar: Grammar::Yaml };
    let above = text.len() - text.trim_start_matches(cannot_be_seen).len();
    let first = text[above..].lines().next().unwrap_or_default();
    let (fence, grammar) = match first.trim_end() {
        dashes if is_yaml_fence(dashes) => ("---", Grammar::Yaml),
        "+++" => ("+++", Grammar::Toml),
        _ => return Some(none),
    };
    let start = (above + first.len() + 1).min(text.len());
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let ends = line.trim_end();
        if ends == fence || (grammar == Grammar::Yaml && (is_yaml_fence(ends) || ends == "...")) {
            let drawn_line = grammar == Grammar::Yaml && is_prose(&text[start..at]);
            return Some(if drawn_line { none } else { Head { start, end: at, body: at + line.len(), grammar } });
        }
        at += line.len();
    }
    if grammar == Grammar::Yaml && is_prose(&text[start..]) {
        return Some(none);
    }
    let only_fence = text[start..].trim().is_empty();
    diagnostics.unclosed_front_matter(Span::new(source, above, above + first.len()), fence, only_fence);
    None
}

/// Three dashes, more where a key was held down, or the long ones that a word processor makes of them.
fn is_yaml_fence(line: &str) -> bool {
    let is_long = |dash: char| matches!(dash, '–' | '—' | '―');
    let is_fence = line.chars().all(|dash| dash == '-' || is_long(dash));
    is_fence && (line.len() >= 3 || line.contains(is_long))
}

/// Blanks, and what programs put before a text without showing it.
fn cannot_be_seen(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether lines below `---` are a text, and the fence was a line drawn across the page: there are words, and no
/// line of them looks like a field. One that does could be `draft: true`, so then it is taken for a head.
fn is_prose(lines: &str) -> bool {
    !lines.trim().is_empty() && !lines.lines().any(looks_like_field)
}

/// `key: value`, `key = value` or `{"key": value}`: a head was meant, not a line drawn across the page.
fn looks_like_field(line: &str) -> bool {
    let word = line.trim_start().trim_start_matches(['#', '{', '"', '\'', ' ']);
    // A letter between quotes may be written by its number: `"dr\u0061ft"`.
    let signs = if line.contains('"') { "-_ \\" } else { "-_ " };
    let end = word.find(|letter: char| !(letter.is_alphanumeric() || signs.contains(letter))).unwrap_or(word.len());
    end > 0
        && word[end..].trim_start_matches(['"', '\'']).starts_with([':', '='])
        && word[..end].trim().split(' ').count() <= 2
}

/// The head with the names of the kind's own fields: `Date` is `date`, `Meeting date` too. A key that the head has twice
/// then, and one of a field that decides who may see the document, stay as they are.
pub fn named(mut head: Node, kind: &Kind) -> Node {
    let Raw::Map(pairs) = &mut head.value else { return head };
    let is_own = |key: &str| kind.field(key).is_some();
    for index in 0..pairs.len() {
        let Pair { key, value, .. } = &pairs[index];
        let typed = key.trim().to_lowercase().replace([' ', '-'], "_");
        let is_date = || value.scalar().is_some_and(|text| Date::parse(text).or_else(|| days::typed(text)).is_some());
        let called = |field: &&Field| {
            field.name == typed || (field.role == Some(Role::Date) && field.also_said.contains(&typed) && is_date())
        };
        let field = kind.fields.iter().filter(|field| !field.decides()).find(called);
        if let Some(field) = field.filter(|field| !is_own(key) && pairs.iter().all(|pair| pair.key != field.name)) {
            pairs[index].key = field.name.clone();
        }
    }
    head
}

/// What can be read of a head that as a whole cannot be: each field that is right by itself, and what is wrong with each other one.
/// It is for messages alone: what such a head means for the document nobody knows.
pub fn read_in_parts(head: &Head, text: &str, source: SourceId, diagnostics: &mut Diagnostics) -> Option<Node> {
    if head.grammar == Grammar::Toml {
        return None;
    }
    let (mut pairs, mut seen) = (Vec::new(), BTreeSet::new());
    let mut start = head.start;
    for (at, line) in lines_of(text, head.start..head.end).skip(1).chain([(head.end, "")]) {
        let goes_on = line.trim().is_empty() || line.starts_with([' ', '\t', '-', '}', ']', '#']);
        if goes_on && at < head.end {
            continue;
        }
        if let Some(Node { value: Raw::Map(more), .. }) = data::yaml(&text[start..at], source, start, diagnostics) {
            pairs.extend(more.into_iter().filter(|pair| seen.insert(pair.key.clone())));
        }
        start = at;
    }
    Some(Node { span: Span::new(source, head.start, head.end), value: Raw::Map(pairs) })
}

/// The lines of a part of a text, each with the place at which it begins.
fn lines_of(text: &str, part: std::ops::Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let mut at = part.start;
    text[part].split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    })
}

/// The fields as typed. `None`, with a diagnostic, if they cannot be read.
pub fn read(head: &Head, text: &str, source: SourceId, diagnostics: &mut Diagnostics) -> Option<Node> {
    let lines = &text[head.start..head.end];
    let nothing = Node { span: Span::new(source, head.start, head.end), value: Raw::Map(Vec::new()) };
    if lines.trim().is_empty() {
        return Some(nothing);
    }
    let node = match head.grammar {
        Grammar::Yaml => data::yaml(lines, source, head.start, diagnostics),
        Grammar::Toml => data::toml(lines, source, head.start, diagnostics),
    }?;
    match node.value {
        Raw::Map(_) => Some(node),
        Raw::Null => Some(nothing),
        Raw::Scalar { .. } | Raw::List(_) => {
            diagnostics.front_matter_is_no_map(node.span);
            None
        }
    }
}
