//! Which messages are printed, how and in which order: a mistake that many documents share is said once, and no file and no
//! code fills the screen.
//!
//! Input: diagnostics in the order of files and places. Output: the parts of a report: notes first, errors last. Not here:
//! the words that are printed (`report.rs`).

use std::collections::{BTreeMap, BTreeSet};

use super::Extent;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{SourceId, Span};

/// How many messages of one code are shown in one file. Whoever mends these finds the others.
pub(crate) const IN_ONE_FILE: usize = 20;
/// In how many files the same mistake is shown, before the others are only counted or listed.
const EXAMPLES: usize = 3;
/// In how many files it is shown or listed by a command that shows every mistake.
pub(crate) const LISTED: usize = 20;
/// How many warnings of one code a build shows, alone or as examples of a group: an archive that is built for the first time has
/// thousands, and whoever reads them all does so with `folkmoot check`.
pub(crate) const WARNINGS_OF_ONE_CODE: usize = 10;
/// How many errors of one code a build shows. They stop it, so that more of them are worth a screen.
pub(crate) const ERRORS_OF_ONE_CODE: usize = 50;

/// How many notes of one code are shown, before one line stands for all of them: advice should not hide mistakes.
const NOTES: usize = 3;

/// A part of a report, with an empty line after it.
#[derive(Debug, PartialEq)]
pub(crate) enum Part<'list> {
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
    /// All notes of one code: the first, how many there are, and in how many files.
    Notes(&'list Diagnostic, usize, usize),
}

/// The parts in which `diagnostics` are printed.
pub(crate) fn select(diagnostics: &[Diagnostic], extent: Extent) -> Vec<Part<'_>> {
    let (mut parts, notes) = select_notes(diagnostics, extent);
    parts.extend(select_alike(&notes, extent));
    for severity in [Severity::Warning, Severity::Error] {
        let alike: Vec<&Diagnostic> = diagnostics.iter().filter(|one| one.severity == severity).collect();
        parts.extend(select_alike(&alike, extent));
    }
    parts
}

/// One part for each kind of note that stands at many places, and all other notes.
fn select_notes(diagnostics: &[Diagnostic], extent: Extent) -> (Vec<Part<'_>>, Vec<&Diagnostic>) {
    let mut notes: Vec<&Diagnostic> = diagnostics.iter().filter(|one| one.severity == Severity::Note).collect();
    let mut of_code: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for note in &notes {
        of_code.entry(note.code).or_default().push(note);
    }
    of_code.retain(|_, notes| notes.len() > NOTES && extent < Extent::Everything);
    notes.retain(|note| !of_code.contains_key(note.code));
    let parts = of_code.into_values().map(|notes| Part::Notes(notes[0], notes.len(), files(&notes).len()));
    (parts.collect(), notes)
}

/// The parts for messages of one severity.
fn select_alike<'list>(diagnostics: &[&'list Diagnostic], extent: Extent) -> Vec<Part<'list>> {
    let mut groups: BTreeMap<(&str, &str), Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        groups.entry(words(diagnostic)).or_default().push(diagnostic);
    }
    groups.retain(|_, group| files(group).len() > EXAMPLES);
    let mut selected = BTreeSet::new();
    let mut parts = Vec::new();
    let mut alone = Alone::new(diagnostics.iter().copied().filter(|one| !groups.contains_key(&words(one))), extent);
    for diagnostic in diagnostics {
        match groups.get(&words(diagnostic)) {
            Some(group) if selected.insert(words(diagnostic)) => {
                if alone.has_room(diagnostic, group.len(), EXAMPLES) {
                    select_group(group, extent, &mut parts);
                }
            }
            Some(_) => {}
            None => alone.select(diagnostic, &mut parts),
        }
    }
    parts.extend(alone.beyond.iter().map(|(code, count)| Part::MoreOfCode(*count, code)));
    parts
}

/// Adds the parts for a mistake that more than a few files share.
fn select_group<'list>(group: &[&'list Diagnostic], extent: Extent, parts: &mut Vec<Part<'list>>) {
    let firsts = files(group);
    let most = match extent {
        Extent::Examples => EXAMPLES,
        Extent::Mistakes => LISTED,
        Extent::Everything => usize::MAX,
    };
    let hidden = firsts.len().saturating_sub(most);
    let same_words = |other: &&Diagnostic| other.why == firsts[0].why && other.fix == firsts[0].fix;
    if group.iter().all(|one| text_span(one).is_none()) && firsts.iter().all(same_words) {
        parts.push(Part::Shared(firsts[..firsts.len() - hidden].to_vec(), hidden));
        return;
    }
    let (examples, others) = firsts.split_at(EXAMPLES);
    parts.extend(examples.iter().map(|one| Part::One(one)));
    if extent > Extent::Examples {
        let listed: BTreeSet<FileKey<'_>> =
            others[..others.len() - hidden].iter().chain(examples).map(|one| file(one)).collect();
        let is_example = |one: &&Diagnostic| examples.iter().any(|example| std::ptr::eq(*example, *one));
        let listed = group.iter().copied().filter(|one| listed.contains(&file(one)) && !is_example(one));
        parts.push(Part::Lines(listed.collect()));
    }
    if hidden > 0 {
        parts.push(Part::MoreFiles(hidden, firsts[0]));
    }
}

/// Counts what is shown of each code, and selects the messages that few files share.
struct Alone<'list> {
    extent: Extent,
    /// How many there are of one code in one file, and how many were selected.
    in_file: BTreeMap<(FileKey<'list>, &'static str), (usize, usize)>,
    /// How many of each code were selected.
    of_code: BTreeMap<&'static str, usize>,
    /// How many of each code were left out.
    beyond: BTreeMap<&'static str, usize>,
}

impl<'list> Alone<'list> {
    fn new(diagnostics: impl Iterator<Item = &'list Diagnostic>, extent: Extent) -> Self {
        let mut in_file: BTreeMap<_, (usize, usize)> = BTreeMap::new();
        for diagnostic in diagnostics {
            in_file.entry((file(diagnostic), diagnostic.code)).or_default().0 += 1;
        }
        Self { extent, in_file, of_code: BTreeMap::new(), beyond: BTreeMap::new() }
    }

    /// Whether one more message of this code, which stands for `count`, may be shown; `taken` are then counted as shown. If not,
    /// `count` are counted as left out.
    fn has_room(&mut self, diagnostic: &Diagnostic, count: usize, taken: usize) -> bool {
        let most = match diagnostic.severity {
            Severity::Error => ERRORS_OF_ONE_CODE,
            _ => WARNINGS_OF_ONE_CODE,
        };
        let of_code = self.of_code.entry(diagnostic.code).or_default();
        let has_room = self.extent > Extent::Examples || *of_code < most;
        if has_room {
            *of_code += taken;
        } else {
            *self.beyond.entry(diagnostic.code).or_default() += count;
        }
        has_room
    }

    fn select(&mut self, diagnostic: &'list Diagnostic, parts: &mut Vec<Part<'list>>) {
        if !self.has_room(diagnostic, 1, 0) {
            return;
        }
        let (there, selected) = self.in_file.entry((file(diagnostic), diagnostic.code)).or_default();
        if *selected == IN_ONE_FILE && self.extent < Extent::Everything {
            return;
        }
        *selected += 1;
        *self.of_code.entry(diagnostic.code).or_default() += 1;
        parts.push(Part::One(diagnostic));
        if *selected == IN_ONE_FILE && *there > IN_ONE_FILE && self.extent < Extent::Everything {
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
pub(crate) fn text_span(diagnostic: &Diagnostic) -> Option<Span> {
    diagnostic.span.filter(|span| span.end > 0)
}
