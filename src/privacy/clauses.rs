//! The clauses of a paragraph, and how each stands in it.
//!
//! Input: a paragraph as it is typed. Output: its clauses. Not here: what their words say (`asked.rs`).

use std::ops::Range;

use super::words::TEXT;
use crate::language::letters;

/// A label before a colon has so many words at most.
const LABEL: usize = 4;

/// Words between signs that end a sentence or set off a part of it.
#[derive(Debug, PartialEq)]
pub(super) struct Clause {
    pub(super) range: Range<usize>,
    /// Whether it stands between brackets, behind a label, before a colon, or is all of the paragraph.
    pub(super) apart: bool,
    /// Whether it stands between brackets, or behind a label for remarks.
    pub(super) set: bool,
    /// Whether nothing else stands in the paragraph but a label before it.
    pub(super) alone: bool,
    /// Whether a colon follows, and then what it speaks of.
    pub(super) opens: bool,
}

/// A part of a paragraph with the signs around it.
struct Part {
    range: Range<usize>,
    before: Option<char>,
    after: Option<char>,
    /// Whether it stands between brackets.
    inside: bool,
}

/// The clauses of a paragraph, in order.
pub(super) fn clauses(typed: &str) -> Vec<Clause> {
    let parts = parts(typed);
    let lettered = |part: &Part| typed[part.range.clone()].contains(char::is_alphabetic);
    let spoken: Vec<&Part> = parts.iter().filter(|part| lettered(part)).collect();
    let words = |part: &Part| typed[part.range.clone()].split_whitespace().count();
    let labels = |part: &Part| part.after == Some(':') && words(part) <= LABEL;
    let long = spoken.iter().filter(|part| words(part) > LABEL).count();
    let mut found = Vec::new();
    for (at, part) in spoken.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| spoken[before]);
        let label = before.filter(|before| labels(before));
        let others = spoken.len() - 1 - usize::from(label.is_some() && at == 1);
        let reasons = || spoken[at + 1..].iter().all(|other| other.inside && part.inside);
        let remark = || label.is_some_and(|label| is_remark(&typed[label.range.clone()]));
        let opens = part.after == Some(':') && at + 1 < spoken.len();
        // "Draft 3. Please keep this within the group."
        let little = !opens && long == usize::from(words(part) > LABEL);
        let listed = spoken.first().is_some_and(|first| labels(first) && is_circulation(&typed[first.range.clone()]));
        let dashed = [part.before, part.after].into_iter().flatten().any(is_dash) && spoken.len() == 2;
        found.push(Clause {
            range: part.range.clone(),
            apart: others == 0 || part.inside || opens || dashed || listed || remark(),
            set: part.inside || remark(),
            alone: listed || little || others == 0 || (at <= 1 && reasons() && (at == 0 || label.is_some())),
            opens,
        });
    }
    found
}

fn is_remark(label: &str) -> bool {
    let name = letters::name(label);
    // "Note for the minute-taker"
    let to_somebody = || [&TEXT.remarks].into_iter().flatten().any(|remark| name.starts_with(&format!("{remark}_")));
    TEXT.remarks.contains(&name) || to_somebody()
}

fn is_circulation(label: &str) -> bool {
    TEXT.circulation.labels.contains(&letters::name(label))
}

fn is_dash(sign: char) -> bool {
    matches!(sign, '–' | '—')
}

/// Whether a line begins something else than the line before it: an item of a list, a paragraph, a row.
fn begins_anew(line: &str) -> bool {
    let bare = line.trim_start_matches([' ', '\t', '>']);
    let digits = bare.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let listed = ["* ", "- ", "+ "].iter().any(|mark| bare.starts_with(mark));
    bare.starts_with('\n') || listed || (digits.len() < bare.len() && digits.starts_with([')', '.']))
}

/// The parts of a paragraph between signs.
fn parts(typed: &str) -> Vec<Part> {
    let (mut parts, mut start, mut before, mut depth) = (Vec::new(), 0, None, 0_usize);
    let follows = |at: usize| typed[at..].chars().nth(1);
    let parted = |sign: Option<char>| sign.is_none_or(|sign| sign.is_whitespace() || ")]*_\"”’'".contains(sign));
    for (at, sign) in typed.char_indices() {
        let ends = match sign {
            '(' | '[' | ')' | ']' | '|' | '–' | '—' => true,
            '.' | '!' | '?' | ';' | ':' => parted(follows(at)),
            // The next item of a list, or the next paragraph.
            '\n' => begins_anew(&typed[at + 1..]),
            '-' => typed[..at].ends_with(' ') && follows(at) == Some(' '),
            _ => false,
        };
        if !ends {
            continue;
        }
        let sign = if sign == '-' { '–' } else { sign };
        parts.push(Part { range: start..at, before, after: Some(sign), inside: depth > 0 });
        match sign {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let signed = typed[at..].chars().next().map_or(1, char::len_utf8);
        (start, before) = (at + signed, Some(sign));
    }
    parts.push(Part { range: start..typed.len(), before, after: None, inside: depth > 0 });
    parts
}
