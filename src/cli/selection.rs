//! Which messages are printed, how and in which order: a mistake that many documents share is said once, and no file and no
//! code fills the screen.
//!
//! Input: diagnostics in the order of files and places. Output: the parts of a report: notes first, errors last. Not here:
//! the words that are printed (`report.rs`).

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{SourceId, Span};

/// How many messages of one code are shown in one file. Whoever mends these finds the others.
pub(super) const IN_ONE_FILE: usize = 20;
/// In how many files the same mistake is shown, before the others are only counted or listed.
const EXAMPLES: usize = 3;
/// How many messages of one code are shown, unless all are asked for.
pub(super) const OF_ONE_CODE: usize = 50;

/// A part of a report, with an empty line after it.
#[derive(Debug, PartialEq)]
pub(super) enum Part<'list> {
    /// One message, with its excerpt.
    One(&'list Diagnostic),
    /// One message for several files that share it word for word, and how many more files there are.
    Shared(Vec<&'list Diagnostic>, usize),
    /// Messages like the one before, one line each.
    Lines(Vec<&'list Diagnostic>),
    /// How many more files have the mistake of the one before, which is an example.
    MoreFiles(usize, &'list Diagnostic),
    /// How many more messages like the one before are in its file.
    MoreInFile(usize),
    /// How many more messages of this code there are.
    MoreOfCode(usize, &'static str),
}

/// The parts in which `diagnostics` are printed. `all`: whether every message and every document is named.
pub(super) fn select(diagnostics: &[Diagnostic], all: bool) -> Vec<Part<'_>> {
    [Severity::Note, Severity::Warning, Severity::Error]
        .into_iter()
        .flat_map(|severity| {
            let alike: Vec<&Diagnostic> = diagnostics.iter().filter(|one| one.severity == severity).collect();
            select_alike(&alike, all)
        })
        .collect()
}

/// The same for messages of one severity.
fn select_alike<'list>(diagnostics: &[&'list Diagnostic], all: bool) -> Vec<Part<'list>> {
    let mut groups: BTreeMap<(&str, &str), Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        groups.entry(words(diagnostic)).or_default().push(diagnostic);
    }
    groups.retain(|_, group| files(group).len() > EXAMPLES);
    let mut selected = BTreeSet::new();
    let mut parts = Vec::new();
    let mut alone = Alone::new(diagnostics.iter().copied().filter(|one| !groups.contains_key(&words(one))), all);
    for diagnostic in diagnostics {
        match groups.get(&words(diagnostic)) {
            Some(group) if selected.insert(words(diagnostic)) => select_group(group, all, &mut parts),
            Some(_) => {}
            None => alone.select(diagnostic, &mut parts),
        }
    }
    parts.extend(alone.beyond.iter().map(|(code, count)| Part::MoreOfCode(*count, code)));
    parts
}

/// Adds the parts for a mistake that more than a few files share.
fn select_group<'list>(group: &[&'list Diagnostic], all: bool, parts: &mut Vec<Part<'list>>) {
    let firsts = files(group);
    let hidden = if all { 0 } else { firsts.len() - EXAMPLES };
    let same_words = |other: &&Diagnostic| other.why == firsts[0].why && other.fix == firsts[0].fix;
    if group.iter().all(|one| text_span(one).is_none()) && firsts.iter().all(same_words) {
        parts.push(Part::Shared(firsts[..firsts.len() - hidden].to_vec(), hidden));
        return;
    }
    let examples = &firsts[..EXAMPLES];
    parts.extend(examples.iter().map(|one| Part::One(one)));
    if hidden > 0 {
        parts.push(Part::MoreFiles(hidden, firsts[0]));
    } else {
        let is_example = |one: &&Diagnostic| examples.iter().any(|example| std::ptr::eq(*example, *one));
        parts.push(Part::Lines(group.iter().copied().filter(|one| !is_example(one)).collect()));
    }
}

/// Counts the messages that few files share.
struct Alone<'list> {
    all: bool,
    /// How many there are of one code in one file, and how many were selected.
    in_file: BTreeMap<(FileKey<'list>, &'static str), (usize, usize)>,
    /// How many of each code were selected.
    of_code: BTreeMap<&'static str, usize>,
    /// How many of each code were left out.
    beyond: BTreeMap<&'static str, usize>,
}

impl<'list> Alone<'list> {
    fn new(diagnostics: impl Iterator<Item = &'list Diagnostic>, all: bool) -> Self {
        let mut in_file: BTreeMap<_, (usize, usize)> = BTreeMap::new();
        for diagnostic in diagnostics {
            in_file.entry((file(diagnostic), diagnostic.code)).or_default().0 += 1;
        }
        Self { all, in_file, of_code: BTreeMap::new(), beyond: BTreeMap::new() }
    }

    fn select(&mut self, diagnostic: &'list Diagnostic, parts: &mut Vec<Part<'list>>) {
        let of_code = self.of_code.entry(diagnostic.code).or_default();
        if *of_code == OF_ONE_CODE && !self.all {
            *self.beyond.entry(diagnostic.code).or_default() += 1;
            return;
        }
        let (there, selected) = self.in_file.entry((file(diagnostic), diagnostic.code)).or_default();
        if *selected == IN_ONE_FILE {
            return;
        }
        *selected += 1;
        *of_code += 1;
        parts.push(Part::One(diagnostic));
        if *selected == IN_ONE_FILE && *there > IN_ONE_FILE {
            parts.push(Part::MoreInFile(*there - IN_ONE_FILE));
        }
    }
}

/// What makes two messages the same to a reader.
fn words(diagnostic: &Diagnostic) -> (&'static str, &str) {
    (diagnostic.code, &diagnostic.title)
}

/// The file of a message, or its place in words.
type FileKey<'list> = (Option<SourceId>, Option<&'list str>);

fn file(diagnostic: &Diagnostic) -> FileKey<'_> {
    (diagnostic.span.map(|span| span.source), diagnostic.place.as_deref())
}

/// The first message of each file.
fn files<'list>(group: &[&'list Diagnostic]) -> Vec<&'list Diagnostic> {
    let mut seen = BTreeSet::new();
    group.iter().copied().filter(|one| seen.insert(file(one))).collect()
}

/// The characters that a message is about; `None` if it is about the whole file.
pub(super) fn text_span(diagnostic: &Diagnostic) -> Option<Span> {
    diagnostic.span.filter(|span| span.end > 0)
}
