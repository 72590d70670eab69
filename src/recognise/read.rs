//! All that recognition finds in a text, by its passes in their order.
//!
//! Input: the events of a text and what its kind says of records. Output: [`Facts`] and [`Findings`]. Not here: the passes.

use std::collections::HashSet;
use std::ops::Range;

use super::actions::Actions;
use super::blocks::{Block, BlockKind, Blocks};
use super::decisions::{Decisions, Draft, DraftPlace, Rules};
use super::facts::Facts;
use super::findings::{Findings, Found, Opener, Said};
use super::lexicon::Lexicon;
use super::meeting;
use super::presence;
use super::statements::{Statement, statements};
use super::tables::{Table, tables};
use super::{TextRules, Wanted};
use crate::kind::{KindId, Role};
use crate::markdown::events::{Piece, covered};

/// How many stretches before and after one are compared with it.
const NEIGHBOURS: usize = 6;

/// What `{.no-record}` says of a leaf: nothing in it is a record, whatever its words.
const NO_RECORD: &str = "{.no-record";

/// Looks through a text: its prepared characters, its events, and the leaves among them.
pub(crate) fn read(text: &str, list: &[Piece<'_>], blocks: &Blocks, rules: TextRules<'_>) -> (Facts, Findings) {
    let lexicon = Lexicon::english();
    let mut findings = Findings::default();
    let mut facts = facts(blocks, rules);
    let Some(records) = rules.records.filter(|_| rules.decides) else { return (facts, findings) };
    let statements = statements(blocks, lexicon);
    let tables = tables(blocks);
    let tables: Vec<Table<'_>> = tables.iter().map(|cells| Table { blocks, cells, lexicon }).collect();
    facts.people = if facts.paper.is_record() { presence::people(blocks, lexicon) } else { Vec::new() };
    let mut hand = Hand { text, list, blocks, statements: &statements, findings: &mut findings };
    let mut taken: Vec<Range<usize>> = Vec::new();
    if !facts.paper.is_record() {
        // What will be put to a meeting, and what a form leaves open, was not decided.
        let opens = |(_, block): &(usize, &Block)| hand_opening(text, blocks, &statements, block, records);
        let closed: Vec<usize> = blocks.list.iter().enumerate().filter(opens).map(|(index, _)| index).collect();
        hand.close(&closed);
        findings.openers.sort_by_key(|opener| opener.run);
        return (facts, findings);
    }
    if let Some((kind, verbs)) = records.decided() {
        let opens = |block: &Block| hand_opening(text, blocks, &statements, block, records);
        let mut pass = Decisions::new(blocks, &statements, lexicon, Rules { kind, verbs }, &opens);
        let mut read: HashSet<usize> = HashSet::new();
        let mut drafts = Vec::new();
        for table in &tables {
            if let Some(motions) = table.motions(Rules { kind, verbs }) {
                read.extend(table.all());
                drafts.extend(motions);
            }
        }
        pass.recorded_votes(&tables, &mut read);
        // What an author marked is as the author marked it.
        let marked = |block: usize| {
            let run = covered(&list[blocks.list[block].run.clone()]);
            text[run].contains("{.") && !opens(&blocks.list[block])
        };
        pass.all(&|block| read.contains(&block) || marked(block));
        let parts = std::mem::take(&mut pass.parts);
        hand.findings.parts = parts.into_iter().map(|block| blocks.list[block].run.start).collect();
        let closed = std::mem::take(&mut pass.closed);
        drafts.append(&mut pass.drafts);
        hand.take(kind, drafts, &mut taken);
        hand.close(&closed);
    }
    if let Some(kind) = records.undertaken() {
        let mut pass = Actions::new(blocks, &statements, lexicon, &facts.people);
        let mut read: HashSet<usize> = HashSet::new();
        let mut drafts = Vec::new();
        for table in &tables {
            if let Some(actions) = table.actions() {
                read.extend(table.all());
                drafts.extend(actions);
            }
        }
        pass.all(&|block| read.contains(&block));
        drafts.append(&mut pass.drafts);
        hand.take(kind, drafts, &mut taken);
    }
    findings.sentences.sort_by_key(|found| (found.typed.start, std::cmp::Reverse(found.typed.end)));
    findings.openers.sort_by_key(|opener| opener.run);
    findings.openers.dedup_by_key(|opener| opener.run);
    (facts, findings)
}

/// What a text says of its meeting, or of its date, as a whole; who was there is not among it.
pub(crate) fn facts(blocks: &Blocks, rules: TextRules<'_>) -> Facts {
    match rules.facts.wanted {
        Wanted::Nothing => Facts::default(),
        Wanted::Date | Wanted::Meeting => meeting::read(blocks, rules.facts),
    }
}

/// Whether the words of its kind open a record at this leaf.
fn hand_opening(
    text: &str,
    blocks: &Blocks,
    statements: &[Statement],
    block: &Block,
    records: super::RecordWords<'_>,
) -> bool {
    let first = statements.partition_point(|one| one.words.start < block.words.start);
    let Some(first) = statements.get(first).filter(|one| one.words.end <= block.words.end) else { return false };
    let end = blocks.typed(&block.words).end;
    let at = blocks.typed(&first.words).start;
    let line = &text[at..end.max(at)];
    let line = line[..line.find('\n').unwrap_or(line.len())].trim_end();
    let strong = blocks.is_strong(&(first.words.start..first.words.start + 1));
    !matches!(block.kind, BlockKind::Heading(_) | BlockKind::Cell { .. }) && records.opening(line, strong).is_some()
}

/// Puts what the passes found in the form that the walk and the builder read.
struct Hand<'a> {
    text: &'a str,
    list: &'a [Piece<'a>],
    blocks: &'a Blocks,
    statements: &'a [Statement],
    findings: &'a mut Findings,
}

impl Hand<'_> {
    fn take(&mut self, kind: KindId, drafts: Vec<Draft>, taken: &mut Vec<Range<usize>>) {
        for Draft { place, outcome, mut said } in drafts {
            let leaf = &self.blocks.list[place.block()];
            let typed_leaf = &self.text[covered(&self.list[leaf.run.clone()])];
            if typed_leaf.contains(NO_RECORD) {
                self.close(&[place.block()]);
                continue;
            }
            match place {
                DraftPlace::Opener { mark, number, finished, .. } => {
                    let kind = Some(kind);
                    let says = outcome.map(|outcome| Said { role: Role::Outcome, value: outcome, typed: 0..0 });
                    said.extend(says);
                    self.findings.openers.push(Opener { run: leaf.run.start, kind, mark, number, finished, said });
                }
                // What an author marked is as the author marked it.
                DraftPlace::Words { .. } if typed_leaf.contains("{.") => {}
                DraftPlace::Words { words, mark, .. } => {
                    let crosses = |other: &Range<usize>| {
                        let apart = other.end <= words.start || words.end <= other.start;
                        let inside = other.start <= words.start && words.end <= other.end;
                        let around = words.start <= other.start && other.end <= words.end;
                        !(apart || inside || around)
                    };
                    // Only neighbours can meet: what is taken stands in order.
                    let at = taken.partition_point(|other| other.start < words.start);
                    let near = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS).min(taken.len());
                    if taken[near].iter().any(crosses) {
                        continue;
                    }
                    taken.insert(at, words.clone());
                    let marked = &self.blocks.words[words.start..(words.start + mark).min(words.end)];
                    let mark = marked.chars().filter(|letter| !letter.is_whitespace()).count();
                    let says = outcome.map(|outcome| Said::value(Role::Outcome, outcome, self.blocks, &words));
                    said.extend(says);
                    let typed = self.blocks.typed(&words);
                    self.findings.sentences.push(Found { kind, run: leaf.run.start, typed, mark, said });
                }
            }
        }
    }

    /// Says that leaves open no record, although their words look so.
    fn close(&mut self, blocks: &[usize]) {
        let runs: HashSet<usize> = blocks.iter().map(|block| self.blocks.list[*block].run.start).collect();
        self.findings.openers.retain(|opener| !runs.contains(&opener.run));
        for run in runs {
            let (kind, mark, number) = (None, "".into(), None);
            self.findings.openers.push(Opener { run, kind, mark, number, finished: false, said: Vec::new() });
        }
    }
}
