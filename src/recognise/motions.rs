//! Motions, what became of them, and sentences that only complete what stands before them.
//!
//! Input: a statement, and what the pass over the decisions remembers. Output: decisions, and what is said of them. Not here: sentences
//! that say by themselves what was decided (`decided.rs`).

use std::ops::Range;

use super::decided::{closes, content, first_word};
use super::decisions::{Ballot, Decisions, MOST_BETWEEN, Motion, Waiting};
use super::drafts::{DraftPlace, add_said};
use super::findings::Said;
use super::outcome::{outcome, outcome_of};
use super::records::begins_that;
use super::statements::{Statement, without_attributes};
use super::votes;
use crate::kind::Role;
use crate::markdown::blocks::BlockKind;

/// So many paragraphs below a heading, and the heading itself, may stand above what became of its matter.
const FEW_PARAGRAPHS: usize = 5;

/// So many sentences before who moved them are one motion; of more, the last is.
const FEW_BEFORE: usize = 2;

/// So many words after "Agreed" say what was agreed.
const FEWEST_SAID: usize = 5;

/// Words and the leaf in which they stand.
type Stretch = (usize, Range<usize>);

impl<'a> Decisions<'a> {
    /// Lets go of motions of which nothing else is said. Where somebody proposed and somebody seconded, that was enough.
    pub(crate) fn expire(&mut self, gone: &dyn Fn(&Motion) -> bool) {
        let (over, kept) = std::mem::take(&mut self.motions).into_iter().partition(|motion| gone(motion));
        self.motions = kept;
        let over: Vec<Motion> = over;
        for motion in over {
            let has = |role: Role| motion.said.iter().any(|one| one.role == role);
            let words = &self.blocks.words[motion.words.clone()];
            let count = |role: Role| {
                let said = motion.said.iter().find(|one| one.role == role);
                said.and_then(|one| one.value.parse::<u32>().ok()).unwrap_or(0)
            };
            // More voted for it than against it.
            if count(Role::For) > count(Role::Against) && !motion.amendment {
                let last = self.last;
                self.motions.push(motion);
                self.settle(Some("carried"), "");
                self.last = last.or(self.last);
                continue;
            }
            // As many voted against it as for it, or more, and it is said of both.
            if has(Role::For) && has(Role::Against) && !motion.amendment {
                let last = self.last;
                self.motions.push(motion);
                self.settle(Some("rejected"), "");
                self.last = last.or(self.last);
                continue;
            }
            let named = has(Role::Mover) && has(Role::Seconder) && !motion.amendment;
            if named && self.proposed.contains(&motion.block) | self.lexicon.fits("proposed-and-seconded", words) {
                let last = self.last;
                self.decide(motion.block, motion.words, 0, (None, None), motion.said);
                self.last = last.or(self.last);
            } else if !motion.amendment {
                self.open.push(motion.words);
            }
        }
    }

    /// A recorded vote is on the motion that is open, else on what was decided last.
    pub(crate) fn voted(&mut self, block: usize, said: Vec<Said>) {
        if let Some(motion) = self.motions.iter_mut().rfind(|motion| !motion.amendment) {
            motion.reach = motion.reach.max(self.orders[block]);
            add_said(&mut motion.said, said);
        } else if let Some(last) = self.last {
            add_said(&mut self.drafts[last].said, said);
        } else if self.ballot.is_none() {
            self.ballot = Some(Ballot { of: None, at: self.orders[block], said });
        }
    }

    /// A motion; with a result in the same sentence it is a decision.
    pub(crate) fn moves(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        if self.lexicon.fits("recital", text) {
            return false;
        }
        let Some((_, found)) = self.lexicon.find("motion", text) else { return false };
        let mover = found.name("mover").or_else(|| found.name("name"));
        if mover.is_some_and(|mover| self.is_nobody(mover.as_str())) {
            return false;
        }
        let start = found.get(0).map_or(0, |whole| whole.start());
        let mut said = votes::said(self.blocks, &statement.words, self.lexicon);
        if self.lexicon.fits("proposed-label", text) {
            said.retain(|one| one.role != Role::Mover);
        }
        let amendment = self.amends(text);
        // "… proposed that it be approved" asks for it; with a seconder beside it that is how some clerks say that it was.
        let asked = self.lexicon.fits("asked-for", text) && said.iter().all(|one| one.role != Role::Seconder);
        let (block, words) = (statement.block, statement.words.clone());
        let put = content(text, start).len() < text.len();
        let opens = put && statement.last && self.goes_on(block, words.end);
        self.push(Motion { block, words, amendment, said, reach: self.orders[block], opens, limb: None });
        let after = text.get(start + 6..).unwrap_or_default();
        let of = |words: &'a str| self.lexicon.find("became", words).filter(|_| closes(self.lexicon, words));
        // What is left out of it may be held over, and the rest was carried.
        let whole = || of(after).filter(|(pattern, _)| pattern.says.as_deref() != Some("deferred"));
        if let Some((pattern, _)) = of(self.without_exception(after)).or_else(whole).filter(|_| !asked) {
            let says = pattern.says.clone();
            if says.as_deref() == Some("carried") && self.is_resolved_below(index) {
                // Who moved it, and the votes, are said of what was resolved.
                return true;
            }
            self.settle(says.as_deref(), text);
        }
        true
    }

    /// Whether a word that begins with a capital is no name: "He proposed", "It moved".
    pub(crate) fn is_nobody(&self, name: &str) -> bool {
        let first = name.split_whitespace().next().unwrap_or_default();
        self.lexicon.has("no-names", first)
    }

    /// Makes a decision of the motion that `text` speaks of.
    pub(crate) fn settle(&mut self, says: Option<&str>, text: &str) -> bool {
        if self.motions.len() > 1 && self.lexicon.fits("of-several", text) {
            // "Both motions carried": each of them.
            for motion in std::mem::take(&mut self.motions) {
                self.motions.push(motion);
                self.settle(says, "");
            }
            return true;
        }
        // "… 3 for the amendment and 5 for the motion, and the motion was carried": the last of them is what it speaks of.
        let lower = text.to_lowercase();
        let amendment =
            lower.rfind("amendment").is_some_and(|at| lower.rfind("the motion was").is_none_or(|of| of < at));
        let main = !amendment && self.lexicon.fits("of-main-motion", text);
        // A result that does not say of which is of what was put last.
        let at = match self.motions.last() {
            Some(last) if last.amendment && !amendment && !main => self.motions.len().checked_sub(1),
            _ => self.motions.iter().rposition(|motion| motion.amendment == amendment),
        };
        let Some(at) = at.or_else(|| self.motions.len().checked_sub(1)) else { return false };
        let motion = self.motions.remove(at);
        if !motion.amendment && says == Some("carried") && lower.contains("for the amendment") {
            self.lose_amendments(text);
        }
        if !motion.amendment {
            // What was put before it has no result of its own.
            self.expire(&|_| true);
        }
        if says == Some("withdrawn") {
            return true;
        }
        let words = &self.blocks.words[motion.words.clone()];
        let found = self.lexicon.find("motion", words);
        let start = found.as_ref().map_or(0, |(_, found)| found.get(0).map_or(0, |whole| whole.start()));
        // "LOW: That it be paid" is called by what was moved.
        let called = found.is_some_and(|(_, found)| found.name("caller").is_some());
        let content = content(words, start).to_owned();
        let mark = if called { words.len() - content.len() } else { 0 };
        let reach = motion.reach;
        let said: Vec<Said> = std::mem::take(&mut self.ahead).into_iter().chain(motion.said.iter().cloned()).collect();
        let number = self.number_above(motion.block);
        let said: Vec<Said> = said.into_iter().chain(number).collect();
        let carried = says == Some("carried");
        let says: Option<Box<str>> = says.filter(|says| *says != "carried").map(Into::into);
        let told = outcome(&content, Some("AGREED"), self.rules.verbs);
        // To reject something is a decision that was made.
        let says = says.or_else(|| told.filter(|told| carried && &**told == "rejected").map(|_| "agreed".into()));
        if motion.amendment {
            self.motions.iter_mut().for_each(|one| one.reach = one.reach.max(reach));
        }
        if motion.opens {
            // Its parts have verbs of their own, and what is carried is all of them.
            let outcome = says.or(Some("agreed".into()));
            self.opened(motion, outcome, said);
            return true;
        }
        self.decide(motion.block, motion.words, mark, (says, Some((content, "agreed".to_owned()))), said);
        true
    }

    /// A sentence that only says what became of what stands before it, or how it was voted on.
    pub(crate) fn completes(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        let tally = self.lexicon.fits("tally-only", text);
        let named =
            !self.opens_leaf(index) && self.lexicon.fits("motion-by-name", text) && !self.lexicon.fits("became", text);
        // "Proposed by A, seconded by B, that it be kept" says what was put, however short it is.
        let has_content = content(text, 0).len() < text.len();
        let puts = has_content && ![" to", " that"].iter().any(|end| text.ends_with(end));
        let movers = named || (self.lexicon.fits("movers-only", text) && !text.ends_with([':', ',']) && !puts);
        let fits = |name: &str| self.lexicon.fits(name, text);
        let content =
            self.lexicon.find("mark", text).is_some_and(|(_, mark)| !mark["rest"].trim_matches('.').is_empty());
        let told =
            (fits("impersonal") || (content && statement.first) || self.says_what(text)) && !fits("result-label");
        let result = (fits("result-only") && !told) || (movers && fits("became"));
        let tally = (tally && !told) || self.leads_by_votes(text);
        if result && self.motions.is_empty() && self.last.is_none() && fits("fate") {
            return statement.first && statement.last && self.of_topic(index, Some("deferred"), false);
        }
        if (result || tally) && self.leads_to_mark(index) {
            // "It was carried by 8 votes to 2 and it was RESOLVED that …": the vote was on what was resolved.
            return self.said_ahead(index);
        }
        let idle = self.motions.is_empty() && self.last.is_none();
        // It was put and lost in one sentence: "Amendment from Kit to strike the second point: 12 for, 22 against, falls."
        let whole = ((self.motions.is_empty() && fits("mover")) || self.amends(text)) && has_content;
        if !(result || tally || movers) || ((idle || whole) && result && !movers && fits("motion")) {
            return false;
        }
        let says = self.lexicon.find("became", text).and_then(|(pattern, _)| pattern.says.clone());
        if result && says.as_deref() == Some("carried") && self.is_resolved_below(index) {
            return self.said_of_what_is_below(index);
        }
        let near = |block: usize| {
            let same = block == statement.block;
            let first = self.statements[..index].last().is_none_or(|above| above.block != statement.block);
            let completing = self.completing == Some(statement.block);
            same || ((statement.first || first || completing) && self.orders[statement.block] <= self.orders[block] + 2)
        };
        // A paragraph with a number of its own speaks of itself.
        let numbered = statement.first && !statement.label.is_empty();
        let voted = |motion: &Motion| tally && self.orders[statement.block] <= motion.reach + 2;
        let open = self.motions.last().is_some_and(|motion| near(motion.block) || result || voted(motion));
        let fresh = result && !open && self.is_of_sentence_before(index);
        let last = self.last.filter(|last| {
            let draft = &self.drafts[*last].place;
            let opener = matches!(draft, DraftPlace::Opener { .. }) && self.orders[statement.block] <= self.reach + 2;
            let completing = self.completing == Some(statement.block) && !statement.first;
            !fresh && (near(draft.block()) || opener || completing) && (!numbered || draft.block() == statement.block)
        });
        if movers && !result && !tally {
            return self.movers(index, last);
        }
        if open && (result || says.is_some()) {
            let settled = self.settle(says.as_deref(), text);
            self.complete(&statement.words);
            // How they voted may follow in the same leaf.
            self.completing = Some(statement.block);
            self.reach = self.reach.max(self.orders[statement.block]);
            return settled;
        }
        if open {
            return self.counts(statement);
        }
        if let Some(last) = last {
            return self.completes_decision(index, last, says.filter(|_| result));
        }
        self.completes_what_is_no_motion(index, says.as_deref(), (result, tally))
    }

    /// Whether a sentence says how the votes were, and leads to what was resolved: "with 5 in favour and 1 against, it was".
    fn leads_by_votes(&self, text: &str) -> bool {
        text.ends_with(" it was") && !votes::tally(text, self.lexicon).is_empty()
    }

    /// Whether a sentence that begins as a result does goes on with what was decided: "Agreed to try it", "All agreed that it go".
    fn says_what(&self, text: &str) -> bool {
        let result = |words: &str| {
            ["result-only", "tally-only", "movers-only", "by-consent"].iter().any(|name| self.lexicon.fits(name, words))
        };
        let Some((_, found)) = self.lexicon.find("mark", text) else {
            return self.lexicon.fits("agreed-what", text);
        };
        let (mark, rest) = (&found["mark"], found["rest"].trim());
        let opens = mark.trim_end().ends_with([':', '–', '—']) && rest.contains(char::is_whitespace) && !result(rest);
        let that = begins_that(rest) && rest.split_whitespace().count() >= FEWEST_SAID;
        opens || that || self.lexicon.fits("agreed-what", text)
    }

    /// A sentence tells how was voted on the motion that is open.
    fn counts(&mut self, statement: &Statement) -> bool {
        let said = votes::said(self.blocks, &statement.words, self.lexicon);
        if let Some(motion) = self.motions.last_mut() {
            motion.reach = motion.reach.max(self.orders[statement.block]);
            add_said(&mut motion.said, said);
        }
        true
    }

    /// A sentence speaks of the decision `last`, and may say what became of it.
    fn completes_decision(&mut self, index: usize, last: usize, says: Option<Box<str>>) -> bool {
        let statement = &self.statements[index];
        let outcome = &mut self.drafts[last].outcome;
        match says {
            Some(says) if matches!(&*says, "rejected" | "deferred") => *outcome = Some(says),
            Some(says) if &*says == "carried" && outcome.is_none() => *outcome = Some("agreed".into()),
            _ => {}
        }
        self.complete(&statement.words);
        self.completing = Some(statement.block);
        true
    }

    /// What a result or a count of votes may be of, where no motion is open: words that are quoted below, a ballot, what stands
    /// above.
    fn completes_what_is_no_motion(&mut self, index: usize, says: Option<&str>, (result, tally): (bool, bool)) -> bool {
        if result && says == Some("carried") && self.quoted_below(index) {
            // "Proposed by …, seconded by … AND AGREED", and the words of what was agreed below it.
            self.waiting = Waiting { next: true, ..Waiting::default() };
            return true;
        }
        let of_above = (result || tally) && (self.of_ballot(index, says) || self.before(index, says));
        if result && !of_above {
            self.open.push(self.statements[index].words.clone());
        }
        of_above
    }

    /// Who moved and seconded: of what was decided above, or of what comes.
    pub(crate) fn movers(&mut self, index: usize, last: Option<usize>) -> bool {
        let statement = &self.statements[index];
        let said = votes::said(self.blocks, &statement.words, self.lexicon);
        let block = statement.block;
        let next = self.statements.get(index + 1).filter(|next| next.block == block);
        let below = next.is_some_and(|next| self.lexicon.fits("put-line", self.text(next)));
        let opens = self.opens_leaf(index) || below;
        if opens && !below && self.motions.is_empty() && self.put_above(index, &said) {
            return true;
        }
        let said = || said.iter().cloned();
        let proposed = self.lexicon.fits("proposed-and-seconded", self.text(statement));
        let knows = |known: &[Said]| known.iter().any(|one| one.role == Role::Mover);
        match (last, self.motions.last_mut()) {
            // Who moved what comes next, where it is known who moved what is open.
            (_, Some(motion)) if !(opens && knows(&motion.said) && said().any(|one| one.role == Role::Mover)) => {
                motion.reach = motion.reach.max(self.orders[statement.block]);
                add_said(&mut motion.said, said());
                if proposed {
                    self.proposed.insert(motion.block);
                }
            }
            (Some(last), None) => {
                add_said(&mut self.drafts[last].said, said());
                // How it was voted on may follow in the same leaf.
                self.completing = Some(statement.block);
            }
            (None, _) if !opens => {
                self.moved_before(index, said().collect(), proposed);
            }
            (_, _) => {
                let both = [Role::Mover, Role::Seconder].iter().all(|role| said().any(|one| one.role == *role));
                let next = self.blocks.list.get(statement.block + 1);
                let alone = next.is_none_or(|next| matches!(next.kind, BlockKind::Heading(_)));
                self.ahead.extend(said());
                self.ahead_at = Some(self.orders[statement.block]);
                if both && proposed && alone && statement.last && self.of_topic(index, None, false) {
                    let said = std::mem::take(&mut self.ahead);
                    self.drafts.last_mut().into_iter().for_each(|draft| draft.said.extend(said.iter().cloned()));
                }
            }
        }
        true
    }

    /// Whether nothing stands before a statement in its leaf but a number and who moved it.
    fn opens_leaf(&self, index: usize) -> bool {
        let block = self.statements[index].block;
        let mut own = self.statements[..index].iter().rev().take_while(|one| one.block == block);
        own.all(|one| ["number-line", "movers-only"].iter().any(|name| self.lexicon.fits(name, self.text(one))))
    }

    /// Who moved and seconded stands after what was put, in one leaf: "We meet at six. Proposed by Jo. Al seconds."
    fn moved_before(&mut self, index: usize, said: Vec<Said>, proposed: bool) {
        let block = self.statements[index].block;
        let own = self.statements[..index].iter().rev().take(MOST_BETWEEN).take_while(|one| one.block == block);
        let own: Vec<&Statement> = own.collect();
        let first = if own.len() <= FEW_BEFORE { own.last() } else { own.first() };
        let (Some(first), Some(last)) = (first, own.first()) else { return };
        let words = first.words.start..last.words.end;
        if self.text(last).ends_with('?') || self.lexicon.fits("movers-only", self.text(first)) {
            self.ahead_at = Some(self.orders[block]);
            return self.ahead.extend(said);
        }
        let reach = self.orders[block];
        self.push(Motion { block, words, amendment: false, said, reach, opens: false, limb: None });
        if proposed {
            self.proposed.insert(block);
        }
    }

    /// Whether a result speaks of the sentence right before it, and not of what was decided earlier in its leaf.
    fn is_of_sentence_before(&self, index: usize) -> bool {
        let statement = &self.statements[index];
        let before = index.checked_sub(1).map(|before| &self.statements[before]);
        let before = before.filter(|before| before.block == statement.block);
        let apart = |before: &Statement| {
            self.last.is_none_or(|last| match &self.drafts[last].place {
                DraftPlace::Words { words, .. } => words.end < before.words.start,
                DraftPlace::Opener { .. } => false,
            })
        };
        self.lexicon.fits("agreed-by", self.text(statement))
            && before.is_some_and(|before| apart(before) && self.lexicon.fits("proposal", self.text(before)))
    }

    /// Whether the leaf below is a quotation in typed marks, so that it is what was agreed.
    fn quoted_below(&self, index: usize) -> bool {
        let statement = &self.statements[index];
        let next = self.blocks.list.get(statement.block + 1).filter(|next| next.kind == BlockKind::Paragraph);
        let quoted =
            next.is_some_and(|next| self.blocks.words_of(next).trim_start().starts_with(['"', '“', '‘', '\'']));
        statement.last && self.motions.is_empty() && self.last.is_none() && quoted
    }

    /// A table says what became of the motion above it: of one that is open, else of the last line above the table.
    pub(crate) fn found(&mut self, index: usize, said: Vec<Said>, says: Option<Box<str>>) {
        let statement = &self.statements[index];
        let Some(says) = says.filter(|says| &**says != "withdrawn") else { return };
        if let Some(motion) = self.motions.last_mut() {
            motion.said.extend(said);
            self.settle(Some(&says), "");
            return;
        }
        let before = self.statements[..index].last().filter(|one| one.block + 1 == statement.block);
        let Some(before) = before.filter(|before| !self.is_heading(before)) else { return };
        let (block, end) = (before.block, before.words.end);
        let own = self.statements[..index].iter().rev().take(MOST_BETWEEN).take_while(|one| one.block == block);
        let start = own.last().map_or(before.words.start, |first| first.words.start);
        let text = self.blocks.words[start..end].to_lowercase();
        let outcome = Some(says).filter(|says| &**says != "carried");
        let content = format!("to {text}");
        self.decide(block, start..end, 0, (outcome, Some((content, "agreed".to_owned()))), said);
    }

    /// What was put forward before a result in its own leaf, and the sentence right before it, if that names a proposal. `None` if reasons
    /// stand there.
    fn proposal_before(&self, index: usize) -> Option<(Option<&'a Statement>, Option<Stretch>)> {
        let statement = &self.statements[index];
        let own: Vec<&'a Statement> = self.statements[..index]
            .iter()
            .rev()
            .take(MOST_BETWEEN)
            .take_while(|one| one.block == statement.block)
            .collect();
        // Between a proposal and its result may stand lines with labels; else the result is of the sentence before it.
        let labelled = |one: &&&Statement| self.text(one).split(' ').take(3).any(|word| word.ends_with(':'));
        let plain = |one: &&&Statement| {
            !labelled(one) && !self.text(one).ends_with('?') && !self.lexicon.fits("beside", self.text(one))
        };
        let own_all = &own;
        if own.iter().any(|one| self.lexicon.fits("beside", self.text(one))) {
            return None;
        }
        let named = own.first().filter(|one| self.lexicon.fits("proposal", self.text(one)));
        let named = named.map(|one| (one.block, one.words.clone()));
        let changed = own.first().filter(|one| self.lexicon.fits("amended-to", self.text(one)));
        let own = match own.iter().any(|one| labelled(&one)) {
            _ if changed.is_some() => changed,
            true => own.last().filter(plain),
            false => own.first().filter(|one| {
                let text = self.text(one);
                let names = self.lexicon.fits("movers-only", text) && content(text, 0).len() == text.len();
                plain(one) && self.lexicon.fits("proposal", text) && !names
            }),
        };
        let own =
            own.or_else(|| own_all.iter().find(|one| plain(one) && self.lexicon.fits("put-forward", self.text(one))));
        Some((own.copied(), named))
    }

    /// A result of which nothing was decided or moved above: of the sentence before it in its leaf, or in the item above it.
    pub(crate) fn before(&mut self, index: usize, says: Option<&str>) -> bool {
        let statement = &self.statements[index];
        let block = &self.blocks.list[statement.block];
        let text = self.text(statement);
        // "Approved subject to conditions" below "Planning decisions received": others decided it.
        if self.topic.clone().is_some_and(|topic| self.lexicon.fits("foreign-heading", &self.blocks.words[topic])) {
            return false;
        }
        let Some((own, named)) = self.proposal_before(index) else { return false };
        let below_heading = self.opens_leaf(index)
            && self.statements[..index]
                .iter()
                .rfind(|one| one.block < statement.block)
                .is_some_and(|one| self.is_heading(one));
        let headed = own.is_none() && (below_heading || (!statement.first && statement.last));
        let put = |one: &&Statement| self.lexicon.fits("put-to-vote", self.text(one));
        let above = self.statements[..index].last().filter(|one| {
            let other = &self.blocks.list[one.block];
            one.block + 1 == statement.block
                && (put(one) || (block.lists == other.lists + 1 && matches!(other.kind, BlockKind::Item { .. })))
        });
        let whole = statement.first && (statement.last || self.blocks.is_strong(&statement.words));
        let target = own.or(above).map(|one| (one.block, one.words.clone()));
        if says == Some("withdrawn") {
            return false;
        }
        let outcome = match says {
            Some("carried") | None => None,
            Some(says) => Some(says.into()),
        };
        let alone = self.lexicon.fits("result-alone", text);
        let (at, words) = match target {
            Some(target) => target,
            None if (alone || ((whole || headed) && says.is_some())) && self.of_topic(index, says, alone) => {
                return true;
            }
            // Nothing says of what: the names of those who moved it are all that there is.
            None => match named {
                Some(named) => named,
                None => return false,
            },
        };
        let content = content(&self.blocks.words[words.clone()], 0).to_owned();
        let word = first_word(text);
        let known = says != Some("carried") || outcome_of(&word, self.rules.verbs);
        let word = if known { word } else { "agreed".to_owned() };
        // What says that it was agreed goes with it, where it stands right after it.
        let follows =
            index.checked_sub(1).is_some_and(|before| self.statements[before].words == words) && own.is_some();
        let words = if follows { words.start..statement.words.end } else { words };
        self.decide(at, words, 0, (outcome, Some((content, word))), Vec::new());
        self.complete(&statement.words);
        true
    }

    pub(crate) fn is_heading(&self, statement: &Statement) -> bool {
        matches!(self.blocks.list[statement.block].kind, BlockKind::Heading(_))
    }

    /// A result, or a mark, that stands alone below a heading: the heading says of what.
    pub(crate) fn of_topic(&mut self, index: usize, says: Option<&str>, alone: bool) -> bool {
        let statement = &self.statements[index];
        let above = self.statements[..index].iter().rev().take(MOST_BETWEEN).find(|one| {
            // "See Attachment A" says nothing of what became of it.
            one.block == statement.block || !self.lexicon.fits("pointer", self.text(one))
        });
        let next = above.map_or(0, |above| above.block + 1);
        let pointed = (next..statement.block)
            .all(|block| self.lexicon.fits("pointer", self.blocks.words_of(&self.blocks.list[block])));
        let above = above.filter(|above| {
            let leaf = &self.blocks.list[above.block];
            let short = self.text(above).split_whitespace().count() <= 24 && above.first && above.last;
            let own = &self.blocks.list[statement.block];
            let item = own.lists == leaf.lists + 1 && matches!(leaf.kind, BlockKind::Item { .. });
            let line = item || !above.label.is_empty() || self.blocks.is_strong(&above.words);
            above.block < statement.block && pointed && (matches!(leaf.kind, BlockKind::Heading(_)) || (short && line))
        });
        let above = above.or_else(|| {
            let before = self.statements[..index].iter().rev().find(|one| one.block < statement.block);
            before.filter(|one| one.block + 1 == statement.block && self.is_heading(one))
        });
        // What was talked about stands between a heading and what became of its matter.
        let apart = || {
            let heading = self.statements[..index].iter().rfind(|one| self.is_heading(one));
            let near = heading.filter(|one| self.orders[statement.block] <= self.orders[one.block] + FEW_PARAGRAPHS);
            near.filter(|one| self.drafts.last().is_none_or(|draft| draft.place.block() < one.block))
        };
        let above = above.or_else(|| apart().filter(|_| says.is_some() && statement.first && self.last.is_none()));
        if (above.is_none() && !alone) || (self.opens)(&self.blocks.list[statement.block]) {
            return false;
        }
        let title = above.map(|above| {
            let words = without_attributes(self.text(above)).trim_end();
            Said::words(Role::Title, self.blocks, above.words.start..above.words.start + words.len())
        });
        let carried = says == Some("carried");
        let outcome = says.filter(|says| *says != "carried").map(Into::into);
        let text = self.text(statement);
        let word = first_word(text);
        let known = !carried || outcome_of(&word, self.rules.verbs);
        let told = Some((String::new(), if known { word } else { "agreed".to_owned() }));
        self.decide(statement.block, statement.words.clone(), 0, (outcome, told), title.into_iter().collect());
        true
    }
}
