//! Names in groups, and each in a paragraph of its own: what stands between a label and the names that it opens.
//!
//! Input: a leaf below a label that stood alone. Output: whether it names people, and of which lines. Not here: labels (`phrases`).

use std::ops::Range;

use super::names::{Form, names};
use super::phrases::{Says, label, sentences, starts_other_label};
use super::pieces::plain;
use super::presence::{MOST_PEOPLE, Outcome, Reader};
use crate::markdown::blocks::{Block, BlockKind};
use crate::recognise::facts::Presence;

impl Reader<'_> {
    /// Takes the names of a paragraph of the head that has no label and begins with a title for several: `Cllrs Low (ch), Hay, Pim.`
    pub(super) fn bare_list(&mut self, words: &Range<usize>) -> bool {
        const FEWEST: usize = 3;
        let said = &self.blocks.words[words.clone()];
        let first = said.split_whitespace().next().unwrap_or_default();
        if !self.lexicon.fits("presence.plural", first) {
            return false;
        }
        let sentences = sentences(said, self.lexicon);
        let Some(list) = sentences.first().map(|range| words.start + range.start..words.start + range.end) else {
            return false;
        };
        let names = names(&self.blocks.words[list.clone()], Form::Line, MOST_PEOPLE, self.lexicon);
        if names.prose || names.list.len() < FEWEST {
            return false;
        }
        self.firm = true;
        self.add(names, &Says::Part(Presence::Present), list.start);
        for range in &sentences[1..] {
            self.names_of(&(words.start + range.start..words.start + range.end), &Says::Attended, Form::Line, false);
        }
        true
    }

    /// Whether a paragraph is a line that says of which group those below it are, whom the next paragraph or list names.
    pub(super) fn heads_group(&self, block: &Block) -> bool {
        let words = self.blocks.words_of(block).trim();
        let next = self.blocks.list.partition_point(|other| other.words.start < block.words.end);
        let next = self.blocks.list[next..].iter().find(|other| !other.words.is_empty());
        let named =
            || next.is_some_and(|next| !matches!(next.kind, BlockKind::Heading(_)) && self.goes_on(&next.words));
        !words.contains('\n') && self.lexicon.fits("presence.group", words) && named()
    }

    /// Whether a paragraph names one person, among others who have each one.
    pub(super) fn is_entry(&self, block: &Block) -> bool {
        const LONGEST: usize = 90;
        let words = self.blocks.words_of(block).trim();
        let strong = self.blocks.strong_lead(block) >= block.words.len();
        if words.len() > LONGEST || words.contains('\n') || words.ends_with(['.', ':', ';', '?', '!']) || strong {
            return false;
        }
        let names = names(words, Form::Entry, 2, self.lexicon);
        let [one] = names.list.as_slice() else { return false };
        let told = one.sure || one.role.is_some() || one.short.is_some();
        // Two words with capitals may head what comes next, if that is prose.
        let next = self.blocks.list.partition_point(|other| other.words.start < block.words.end);
        let mut next = self.blocks.list[next..].iter().filter(|other| !other.words.is_empty());
        let mut heads = || next.next().is_some_and(|next| self.blocks.words_of(next).trim_end().ends_with('.'));
        !names.prose && (told || (one.name.contains(' ') && !heads()))
    }

    /// The names of a leaf below lines that say of which group they are, `Group A (Church of England)`. `None` if it is not all such.
    pub(super) fn groups(&self, words: &Range<usize>) -> Option<Vec<Range<usize>>> {
        let text = &self.blocks.words[words.clone()];
        let (first, rest) = text.split_once('\n').filter(|(_, rest)| !rest.trim().is_empty())?;
        let heads = |line: &str| {
            let line = line.trim();
            let names = names(line, Form::Entry, 2, self.lexicon);
            let groups = self.lexicon.fits("presence.group", line) || names.prose || names.list.is_empty();
            groups
                && !line.ends_with(['.', ',', ';', '-', '–', '&'])
                && label(line, true, |_| false, self.lexicon).is_none()
        };
        if !heads(first) || rest.lines().all(&heads) {
            return None;
        }
        let mut groups: Vec<Range<usize>> = Vec::new();
        let (mut at, mut fresh) = (words.start, true);
        for line in text.split_inclusive('\n') {
            let range = at..at + line.len();
            at = range.end;
            if heads(line) {
                fresh = true;
            } else if std::mem::take(&mut fresh) {
                groups.push(range);
            } else if let Some(last) = groups.last_mut() {
                last.end = range.end;
            }
        }
        let clean = |group: &Range<usize>| {
            let names = names(&self.blocks.words[group.clone()], Form::Line, MOST_PEOPLE, self.lexicon);
            !names.prose && !names.list.is_empty()
        };
        groups.iter().all(clean).then_some(groups)
    }

    /// Takes the names after a label that only says of which group they are, below a label that stood alone: `Police: Insp A Low`.
    pub(super) fn labelled_group(&mut self, unit: &Range<usize>, outcome: &Outcome) -> Option<usize> {
        let said = &self.blocks.words[unit.clone()];
        let says = outcome.says.clone().filter(|_| outcome.alone && starts_other_label(said, self.lexicon))?;
        let (group, _) = said.split_once(':')?;
        if group.split_whitespace().any(|word| self.lexicon.has("presence.no-group", plain(word))) {
            return None;
        }
        let rest = unit.start + group.len() + 1..unit.end;
        Some(self.names_of(&rest, &says, Form::Line, false).list.len()).filter(|names| *names > 0)
    }
}
