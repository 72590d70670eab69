//! Records that are a part of a line: actions that a bracket after a sentence makes, `Officers would write. (Action: Head of
//! Safer Communities, by 31 October 2021)`, and those that the passes found.
//!
//! Input: a run of inline events; the sentences of the outline. Output: where each record begins and ends, in the plan of the
//! run. Not here: what an action is; the kind's file has the word that opens the bracket (`records.rs`), and the passes have
//! the others (`decisions.rs`, `actions.rs`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::model::Outline;
use crate::kind::KindId;
use crate::markdown::events::{Piece, covered};
use crate::markdown::plan::{Cut, CutAction, Plan, Sentence, Undertaking, escaped};
use crate::markdown::raw_html;
use crate::recognise::marked::Marked;
use crate::recognise::records::RecordWords;

/// The words of one level of markup, as far as they were seen.
#[derive(Default)]
struct Level {
    /// Where the sentence that goes on begins.
    start: Option<usize>,
    /// The sentence that ended last.
    last: Option<Range<usize>>,
}

/// Marks in the plan of the events `run` of `list` the sentences that are records. `from` is where the words of the run
/// begin, after a label.
pub(crate) fn mark(
    plan: &mut Plan<'_>,
    text: &str,
    list: &[Piece<'_>],
    run: Range<usize>,
    from: usize,
    (records, marked): (RecordWords<'_>, &Marked),
) {
    let passing: Vec<usize> = plan.passing.iter().map(|index| index - run.start).collect();
    let found = sentences(text, &list[run], &passing, from, records);
    let references = if found.is_empty() { Vec::new() } else { references_of(plan) };
    for mut sentence in found.into_iter().filter(|sentence| !marked.denies(text, &sentence.bracket)) {
        if let Some(words) = &mut sentence.words {
            let index = plan.sentences.len();
            *words = around(words, &references);
            let cut = |at: usize, action| Cut { range: at..at, action };
            plan.cuts.extend([
                cut(words.start, CutAction::OpenSentence(index)),
                cut(words.end, CutAction::EndSentence),
                cut(sentence.bracket.end.max(words.end), CutAction::EndBracket),
            ]);
        }
        plan.sentences.push(sentence);
    }
    if !plan.sentences.is_empty() {
        // What ends at a place stands before what begins there.
        plan.cuts.sort_by_key(|cut| (cut.range.start, cut.range.end, matches!(cut.action, CutAction::OpenSentence(_))));
    }
}

/// Marks in the plan of the events `run` of `list` the words that recognition found to be records. `from` is where the words of
/// the run begin, after a label. What a bracket makes a record goes first.
pub(crate) fn mark_found(
    plan: &mut Plan<'_>,
    list: &[Piece<'_>],
    run: Range<usize>,
    from: usize,
    outline: &Outline<'_>,
) {
    let whole = covered(&list[run.clone()]);
    let found = outline.sentences_in(&whole);
    let Some(first) = found.first() else { return };
    let offset = outline.sentences.partition_point(|one| one.typed.start < first.typed.start);
    let references = references_of(plan);
    let mut nests: Vec<Range<usize>> = plan
        .sentences
        .iter()
        .filter_map(|sentence| Some(sentence.words.clone()?.start..sentence.bracket.end))
        .collect();
    let before = plan.sentences.len();
    let brackets: Vec<(KindId, Range<usize>)> = plan
        .sentences
        .iter()
        .filter_map(|sentence| Some((sentence.says.kind, sentence.words.clone()?.start..sentence.bracket.end)))
        .collect();
    for (index, one) in found.iter().enumerate() {
        let meets = |other: &Range<usize>| other.start < one.typed.end && one.typed.start < other.end;
        if brackets.iter().any(|(kind, other)| *kind == one.kind && meets(other)) {
            continue;
        }
        let words = one.typed.start.max(from)..one.typed.end.min(whole.end);
        let words = around(&within_markup(&list[run.clone()], words), &references);
        let words = outside_cuts(plan, words);
        let fits = |other: &Range<usize>| {
            let apart = other.end <= words.start || words.end <= other.start;
            let inside = other.start <= words.start && words.end <= other.end;
            apart || inside || (words.start <= other.start && other.end <= words.end)
        };
        if words.is_empty() || !nests.iter().all(fits) {
            continue;
        }
        nests.push(words.clone());
        let says = Undertaking { kind: one.kind, by: None, due: None, length: 0 };
        let bracket = words.end..words.end;
        plan.sentences.push(Sentence { words: Some(words), bracket, says, found: Some(offset + index) });
    }
    for index in before..plan.sentences.len() {
        let Some(words) = plan.sentences[index].words.clone() else { continue };
        let cut = |at: usize, action| Cut { range: at..at, action };
        plan.cuts.extend([
            cut(words.start, CutAction::OpenSentence(index)),
            cut(words.end, CutAction::EndSentence),
            cut(words.end, CutAction::EndBracket),
        ]);
    }
    let depth = |cut: &Cut<'_>| match cut.action {
        // The one that reaches further begins first.
        CutAction::OpenSentence(index) => {
            (true, plan.sentences[index].words.as_ref().map_or(0, |words| usize::MAX - words.end))
        }
        _ => (false, 0),
    };
    let mut cuts = std::mem::take(&mut plan.cuts);
    cuts.sort_by_key(|cut| (cut.range.start, cut.range.end, depth(cut)));
    plan.cuts = cuts;
}

/// A stretch that begins and ends on one level of markup: what it would cut in two is in it as a whole.
fn within_markup(run: &[Piece<'_>], mut words: Range<usize>) -> Range<usize> {
    loop {
        let before = words.clone();
        for (event, range) in run {
            let cuts = range.start < words.end
                && words.start < range.end
                && !(words.start <= range.start && range.end <= words.end);
            let holds = range.start <= words.start && words.end <= range.end;
            if matches!(event, Event::Start(_)) && cuts && !holds {
                words = words.start.min(range.start)..words.end.max(range.end);
            }
        }
        if words == before {
            return words;
        }
    }
}

/// A stretch that begins and ends in no cut of the plan.
fn outside_cuts(plan: &Plan<'_>, words: Range<usize>) -> Range<usize> {
    let cut_at = |at: usize| plan.cuts.iter().find(|cut| cut.range.start < at && at < cut.range.end);
    let start = cut_at(words.start).map_or(words.start, |cut| cut.range.start);
    let end = cut_at(words.end).map_or(words.end, |cut| cut.range.end);
    start..end
}

/// From where to where each reference reaches; none lies in another.
fn references_of(plan: &Plan<'_>) -> Vec<Range<usize>> {
    let mut open = None;
    let mut references = Vec::new();
    for cut in &plan.cuts {
        match cut.action {
            CutAction::OpenReference(_) => open = Some(cut.range.start),
            CutAction::EndReference => references.extend(open.take().map(|start: usize| start..cut.range.end)),
            _ => {}
        }
    }
    references
}

/// A stretch that begins and ends within no reference, or within one: no element can lie across the end of a link.
fn around(words: &Range<usize>, references: &[Range<usize>]) -> Range<usize> {
    let within = |at: usize| {
        let before = references.partition_point(|reference| reference.start < at).checked_sub(1)?;
        Some(&references[before]).filter(|reference| at < reference.end)
    };
    match (within(words.start), within(words.end)) {
        (Some(start), end) if end != Some(start) => start.start..words.end,
        (None, Some(end)) => words.start..end.end,
        _ => words.clone(),
    }
}

/// The sentences of `run` that a bracket makes records of. Nothing before `from` is of a sentence: a printed label.
/// `passing` are the indices in `run` of tags that are printed as such.
fn sentences(text: &str, run: &[Piece<'_>], passing: &[usize], from: usize, records: RecordWords<'_>) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut levels = vec![Level::default()];
    let mut links = 0_usize;
    let mut done = from;
    for (index, (event, range)) in run.iter().enumerate() {
        match event {
            Event::InlineHtml(html) if passing.contains(&index) => match raw_html::tag(html) {
                Some(tag) if tag.closing && levels.len() > 1 => drop(levels.pop()),
                Some(tag) if !tag.closing && !tag.name.eq_ignore_ascii_case("br") => {
                    open(&mut levels, range.start.max(from));
                    levels.push(Level::default());
                }
                _ => {}
            },
            Event::Start(tag) => {
                open(&mut levels, range.start.max(from));
                levels.push(Level::default());
                links += usize::from(matches!(tag, Tag::Link { .. } | Tag::Image { .. }));
            }
            Event::End(tag) => {
                levels.pop();
                links = links.saturating_sub(usize::from(matches!(tag, TagEnd::Link | TagEnd::Image)));
            }
            Event::Text(typed) if text.get(range.clone()) == Some(&**typed) && links == 0 => {
                let mut at = range.start.max(done);
                while at < range.end {
                    let Some(level) = levels.last_mut() else { break };
                    match next(text, at..range.end, level, records) {
                        Some(sentence) => {
                            at = sentence.bracket.end;
                            done = at;
                            found.push(sentence);
                        }
                        None => break,
                    }
                }
            }
            Event::SoftBreak | Event::HardBreak => {}
            _ => open(&mut levels, range.start.max(from)),
        }
    }
    found
}

/// Something that is no plain text begins a sentence, if none goes on.
fn open(levels: &mut [Level], at: usize) {
    if let Some(level) = levels.last_mut() {
        level.start.get_or_insert(at);
    }
}

/// Reads plain words up to the next bracket that makes a record of the sentence before it.
fn next(text: &str, words: Range<usize>, level: &mut Level, records: RecordWords<'_>) -> Option<Sentence> {
    let line = &text[..words.end];
    let mut at = words.start;
    loop {
        let blank = line[at..].len() - line[at..].trim_start().len();
        at += blank;
        let Some(sign) = line[at..].find(['(', '.', '!', '?']) else {
            if at < line.len() {
                level.start.get_or_insert(at);
            }
            return None;
        };
        let sign = at + sign;
        if let Some(says) = records.undertaking(&line[sign..]).filter(|_| !escaped(text, sign)) {
            let bracket = sign..sign + says.length;
            let open = level.start.or((at < sign).then_some(at));
            let going = open.map(|start| start..start + text[start..sign].trim_end().len());
            let sentence = going.filter(|range| !range.is_empty()).or(level.last.take());
            *level = Level::default();
            return Some(Sentence { words: sentence, bracket, says, found: None });
        }
        let start = *level.start.get_or_insert(at);
        let end = sign + closing(&line[sign..]);
        if line[sign..].starts_with(['.', '!', '?']) && ends(line, start, sign, end) {
            *level = Level { start: None, last: Some(start..end) };
        }
        at = end.max(sign + 1);
    }
}

/// The bytes of a sign that ends a sentence, with the quotes and brackets that close after it.
fn closing(text: &str) -> usize {
    let rest = text[1..].trim_start_matches(['”', '’', '"', '\'', ')', ']']);
    text.len() - rest.len()
}

/// Whether a full stop ends a sentence: a blank follows, and no abbreviation or initial stands before it.
fn ends(line: &str, start: usize, sign: usize, end: usize) -> bool {
    const SHORT: [&str; 21] = [
        "Cllr", "Cllrs", "Dr", "Hon", "Mr", "Mrs", "Ms", "No", "Nos", "Prof", "Rev", "Sgt", "St", "e.g", "eg", "i.e",
        "ie", "p", "para", "paras", "pp",
    ];
    let word = line[start..sign].rsplit([' ', '\u{A0}', '(']).next().unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let after = &line[end..];
    let apart = after.is_empty() || after.starts_with(char::is_whitespace) || after.starts_with(['(', '{']);
    let lower = after.trim_start().starts_with(char::is_lowercase);
    apart && !lower && !(line[sign..].starts_with('.') && (initial || SHORT.contains(&word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::built_in;
    use crate::markdown::events::collect;

    #[test]
    fn the_sentence_before_the_bracket_is_found() {
        let kinds = built_in();
        let records = RecordWords(&kinds);
        for (text, expected) in [
            ("Officers would write. (Action: A)", vec![Some("Officers would write.")]),
            ("It was late. Officers would write. (Action: A)", vec![Some("Officers would write.")]),
            ("Officers would write (Action: A).", vec![Some("Officers would write")]),
            (
                "Cllr. A. Smith asked. Mr. Jones would write to St. Ann’s. (Action: A)",
                vec![Some("Mr. Jones would write to St. Ann’s.")],
            ),
            ("**Officers** would *write*. (Action: A)", vec![Some("**Officers** would *write*.")]),
            ("It was late. [Officers](x) would write. (Action: A)", vec![Some("[Officers](x) would write.")]),
            ("One.\nTwo goes\non. (Action: A) Three. (Action: B)", vec![Some("Two goes\non."), Some("Three.")]),
            ("It said “go.” They went. (Action: A)", vec![Some("They went.")]),
            ("*Late. They went. (Action: A)*", vec![Some("They went.")]),
            ("They cost 3.5 million (net). (Action: A)", vec![Some("They cost 3.5 million (net).")]),
            ("(Action: A)", vec![None]),
            ("One. (Action: A) (Action: B)", vec![Some("One."), None]),
            ("One. `(Action: A)` \\(Action: B)", vec![]),
            ("[One. (Action: A)](x)", vec![]),
            ("One. (Actions)", vec![]),
        ] {
            let events = collect(text);
            let run = &events.list[1..events.list.len() - 1];
            let found: Vec<_> = sentences(text, run, &[], 0, records)
                .into_iter()
                .map(|one| one.words.map(|words| &text[words]))
                .collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
