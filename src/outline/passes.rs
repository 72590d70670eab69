//! All that recognition finds in a text, by its passes in their order.
//!
//! Input: the events of a text and what its kind says of records. Output: [`Facts`] and [`Findings`]. Not here: the passes.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use crate::attendance;
use crate::kind::{KindId, Role};
use crate::markdown::blocks::{Block, BlockKind, Blocks};
use crate::markdown::events::{Piece, covered};
use crate::recognise::TextRules;
use crate::recognise::Wanted;
use crate::recognise::actions::Actions;
use crate::recognise::decisions::Decisions;
use crate::recognise::drafts::{Draft, DraftPlace, Rules};
use crate::recognise::facts::{Facts, Paper};
use crate::recognise::findings::{Findings, Found, Opener, Said};
use crate::recognise::likely::{Look, Wanted as Sought, likely};
use crate::recognise::marked::Marked;
use crate::recognise::meeting;
use crate::recognise::statements::{Statement, statements};
use crate::recognise::tables::{Table, tables};

/// How many stretches before and after one are compared with it.
const NEIGHBOURS: usize = 6;

/// Looks through a text: its prepared characters, its events, and the leaves among them.
pub(crate) fn read(text: &str, list: &[Piece<'_>], blocks: &Blocks, rules: TextRules<'_>) -> (Facts, Findings) {
    let lexicon = rules.lexicon();
    let mut findings = Findings::default();
    let mut facts = if rules.passes.facts { facts(blocks, rules) } else { Facts::default() };
    let Some(records) = rules.records.filter(|_| rules.decides) else { return (facts, findings) };
    let marked = Marked::of(text, list, blocks, rules.records);
    let mut statements = statements(blocks, lexicon);
    statements.retain(|statement| !marked.denies(text, &blocks.typed(&statement.words)));
    let opens = |block: &Block| hand_opening(text, blocks, &statements, block, records);
    let mut hand = Hand { text, list, blocks, marked: &marked, findings: &mut findings, taken: Vec::new() };
    if !facts.paper.is_record() {
        // What will be put to a meeting, and what a form leaves open, was not decided.
        let closed: Vec<usize> = (0..blocks.list.len()).filter(|index| opens(&blocks.list[*index])).collect();
        hand.close(&closed);
        findings.openers.sort_by_key(|opener| opener.run);
        findings.titled = facts.paper == Paper::Agenda;
        return (facts, findings);
    }
    // Somebody who was there may be given something to do, even where it is not asked who was there.
    let people = attendance::people(blocks, lexicon);
    let tables = tables(blocks);
    let tables: Vec<Table<'_>> = tables.iter().map(|cells| Table { blocks, cells, lexicon }).collect();
    let mut read: HashSet<usize> = HashSet::new();
    let mut wanted = Vec::new();
    if let Some((kind, verbs)) = records.decided().filter(|_| rules.passes.decisions) {
        let mut pass = Decisions::new(blocks, &statements, lexicon, Rules { verbs }, &opens, &people);
        let (drafts, mut of_tables) = in_tables(&tables, |table| table.motions(Rules { verbs }));
        pass.recorded_votes(&tables, &mut of_tables);
        pass.verdicts(&tables, &mut of_tables);
        // What an author marked is as the author marked it.
        let typed = |block: usize| marked.touches(&covered(&list[blocks.list[block].run.clone()]));
        pass.all(&|block| of_tables.contains(&block) || (typed(block) && !opens(&blocks.list[block])));
        let parts = std::mem::take(&mut pass.parts);
        hand.findings.parts = parts.into_iter().map(|block| blocks.list[block].run.start).collect();
        let closed = std::mem::take(&mut pass.closed);
        let drafts = [drafts, std::mem::take(&mut pass.drafts)].concat();
        let taken = words_of(&drafts, blocks).into_iter().chain(pass.used).collect();
        let patterns = ["likely-decision", "decision-heading"];
        wanted.push(Sought { kind, patterns, taken, open: pass.open, owned: false });
        hand.take(kind, drafts);
        hand.close(&closed);
        read.extend(of_tables.into_iter().chain(closed));
    }
    if let Some(kind) = records.undertaken().filter(|_| rules.passes.actions) {
        let mut pass = Actions::new(blocks, &statements, lexicon, &people);
        let (drafts, mut of_tables) = in_tables(&tables, Table::actions);
        // What was moved is no action, but what stands after it in its cell may be one.
        of_tables.retain(|block| !lexicon.fits("moved-cell", blocks.words_of(&blocks.list[*block])));
        pass.all(&|block| of_tables.contains(&block));
        let drafts = [drafts, std::mem::take(&mut pass.drafts)].concat();
        let patterns = ["likely-action", "action-heading"];
        // What is a decision already says who is to do what.
        let taken = words_of(&drafts, blocks).into_iter().chain(wanted.iter().flat_map(|one| one.taken.clone()));
        wanted.push(Sought { kind, patterns, taken: taken.collect(), open: Vec::new(), owned: true });
        hand.take(kind, drafts);
        read.extend(of_tables);
    }
    if rules.passes.notes {
        let (statements, marked, read) = (&statements[..], &marked, &read);
        findings.likely = likely(&Look { text, list, blocks, statements, lexicon, marked, read }, wanted);
    }
    findings.sentences.sort_by_key(|found| (found.typed.start, std::cmp::Reverse(found.typed.end)));
    findings.openers.sort_by_key(|opener| opener.run);
    findings.openers.dedup_by_key(|opener| opener.run);
    // A paper of which it is not known what it is counts as one of a meeting if it says who came.
    findings.titled = facts.paper == Paper::Minutes || (facts.paper == Paper::Unknown && !people.is_empty());
    facts.movements = if rules.passes.presence { attendance::movements(blocks, lexicon) } else { Vec::new() };
    facts.people = if rules.passes.presence { people } else { Vec::new() };
    (facts, findings)
}

/// The records of those tables that have any, and the leaves of these tables.
fn in_tables<'a>(
    tables: &[Table<'a>],
    records: impl Fn(&Table<'a>) -> Option<Vec<Draft>>,
) -> (Vec<Draft>, HashSet<usize>) {
    let (mut drafts, mut read) = (Vec::new(), HashSet::new());
    for (table, records) in tables.iter().filter_map(|table| Some((table, records(table)?))) {
        read.extend(table.all());
        drafts.extend(records);
    }
    (drafts, read)
}

/// The words that drafts hold, as far as the passes know.
fn words_of(drafts: &[Draft], blocks: &Blocks) -> Vec<Range<usize>> {
    let words = drafts.iter().map(|draft| match &draft.place {
        DraftPlace::Words { words, .. } => words.clone(),
        DraftPlace::Opener { block, .. } => blocks.list[*block].words.clone(),
    });
    words.collect()
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
    records: crate::recognise::RecordWords<'_>,
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
    marked: &'a Marked,
    findings: &'a mut Findings,
    /// The words of records that are words of a line.
    taken: Vec<Range<usize>>,
}

impl Hand<'_> {
    fn take(&mut self, kind: KindId, drafts: Vec<Draft>) {
        for Draft { place, outcome, mut said } in drafts {
            let leaf = &self.blocks.list[place.block()];
            let denied = match &place {
                DraftPlace::Opener { .. } => self.marked.denies(self.text, &covered(&self.list[leaf.run.clone()])),
                DraftPlace::Words { words, .. } => self.marked.denies(self.text, &self.blocks.typed(words)),
            };
            match place {
                _ if denied => {}
                DraftPlace::Opener { mark, number, finished, .. } => {
                    let kind = Some(kind);
                    let says = outcome.map(|outcome| Said { role: Role::Outcome, value: outcome, typed: 0..0 });
                    said.extend(says);
                    self.findings.openers.push(Opener { run: leaf.run.start, kind, mark, number, finished, said });
                }
                // What an author marked is as the author marked it.
                DraftPlace::Words { ref words, .. } if self.marked.touches(&self.blocks.typed(words)) => {}
                DraftPlace::Words { words, mark, .. } => {
                    let crosses = |other: &Range<usize>| {
                        let apart = other.end <= words.start || words.end <= other.start;
                        let inside = other.start <= words.start && words.end <= other.end;
                        let around = words.start <= other.start && other.end <= words.end;
                        !(apart || inside || around)
                    };
                    // Only neighbours can meet: what is taken stands in order.
                    let at = self.taken.partition_point(|other| other.start < words.start);
                    let near = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS).min(self.taken.len());
                    if self.taken[near].iter().any(crosses) {
                        continue;
                    }
                    self.taken.insert(at, words.clone());
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
        let runs: BTreeSet<usize> = blocks.iter().map(|block| self.blocks.list[*block].run.start).collect();
        self.findings.openers.retain(|opener| !runs.contains(&opener.run));
        for run in runs {
            let (kind, mark, number) = (None, "".into(), None);
            self.findings.openers.push(Opener { run, kind, mark, number, finished: false, said: Vec::new() });
        }
    }
}
