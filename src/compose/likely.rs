//! What reads like a record and is none for certain, said to the author with what to type.
//!
//! Input: what recognition found likely. Output: notes, each with the change that would make a record, where that is certain.
//! Not here: what is likely (`recognise/likely.rs`), and the wording (`diagnostic`).

use std::ops::Range;

use super::writer::{MOST_TOLD, Writer};
use crate::diagnostic::Change;
use crate::kind::{Kind, Role};
use crate::recognise::findings::{Likely, Mend, Said};

impl Writer<'_> {
    /// Says what reads like a record.
    pub(super) fn tell_likely(&mut self) {
        let Some(records) = self.from.dialect.rules.records else { return };
        let decided = records.decided().map(|(kind, _)| kind);
        let mut told = [0_usize; 2];
        for Likely { kind, typed, mend, said, .. } in std::mem::take(&mut self.labels.outline.likely) {
            let is_decision = decided == Some(kind);
            let count = &mut told[usize::from(is_decision)];
            *count += 1;
            if *count > MOST_TOLD {
                continue;
            }
            let braces = braces(records.0.get(kind), &said, !is_decision);
            let known = !braces.contains('…');
            let change = mend.as_ref().filter(|_| known).map(|mend| self.change(mend, &braces));
            let words: String = self.from.text[typed.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
            let whole = matches!(mend, Some(Mend::After(_)));
            let span = self.from.span(&typed);
            match is_decision {
                true => self.diagnostics.likely_decision(span, &words, &braces, whole, change),
                false => self.diagnostics.likely_action(span, &words, &braces, whole, change),
            }
        }
    }

    /// What puts braces where they make a record of words.
    fn change(&self, mend: &Mend, braces: &str) -> Change {
        let source = self.from.source;
        match mend {
            Mend::After(at) => Change::insert(source, self.source_at(*at), format!(" {braces}")),
            Mend::Around(words) => {
                let start = self.from.span(&(words.start..words.start)).start as usize;
                Change::insert(source, start, "[").and(Change::insert(
                    source,
                    self.source_at(words.end),
                    format!("]{braces}"),
                ))
            }
        }
    }

    /// The byte of the source after the character before `at` in the prepared text.
    pub(super) fn source_at(&self, at: usize) -> usize {
        let before = self.from.text[..at].chars().next_back().map_or(0, char::len_utf8);
        self.from.span(&(at - before..at - before)).start as usize + before
    }

    /// The beginning of the line of words that are a paragraph of one line, with its marks.
    pub(super) fn line_alone(&self, words: &Range<usize>) -> Option<usize> {
        let text = self.from.text;
        let start = text[..words.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[words.end..].find('\n').map_or(text.len(), |at| words.end + at);
        let above = text[..start].trim_end_matches('\n');
        let apart = start == 0 || text[above.len()..start].len() > 1;
        let below =
            text[end..].get(1..).is_none_or(|rest| rest.lines().next().is_none_or(|line| line.trim().is_empty()));
        let marks = |stretch: &str| stretch.chars().all(|sign| matches!(sign, '*' | '_' | ' '));
        let plain = marks(&text[start..words.start]) && marks(&text[words.end..end]);
        (apart && below && plain && !text[start..].starts_with(' ')).then_some(start)
    }
}

/// Braces that make a record of a kind, with who is to do it and by when; a place to be filled in if nobody is named who has to be.
fn braces(kind: &Kind, said: &[Said], owned: bool) -> String {
    let mut braces = format!("{{.{}", kind.name);
    let mut named = false;
    if let Some(field) = kind.role(Role::Owner).filter(|_| owned && said.iter().all(|one| one.role != Role::Owner)) {
        named = true;
        braces.push_str(&format!(" {}=\"…\"", field.name));
    }
    for Said { role, value, .. } in said {
        let plain = !value.contains(['"', '“', '”', '{', '}', '\n']);
        if let Some(field) = kind.role(*role).filter(|_| plain) {
            named |= *role == Role::Owner;
            braces.push_str(&format!(" {}=\"{value}\"", field.name));
        }
    }
    if let Some(field) = kind.role(Role::Owner).filter(|_| owned && !named) {
        braces.push_str(&format!(" {}=\"…\"", field.name));
    }
    braces.push('}');
    braces
}
