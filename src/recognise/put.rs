//! What was put, where it stands apart from who moved it: below their names, above them, in several paragraphs, under a number.
//!
//! Input: a statement, and what the pass over the decisions remembers. Output: motions, and the numbers of what comes. Not here: what
//! became of them (`motions.rs`).

use super::decisions::{Decisions, MOST_BETWEEN, Motion};
use super::drafts::{Draft, DraftPlace, add_said};
use super::findings::Said;
use super::records::begins_that;
use super::votes;
use crate::kind::Role;
use crate::markdown::blocks::BlockKind;

/// How many letters of a motion may say that it amends another.
const OPENING: usize = 100;

/// How many leaves above the names of those who moved it a motion may begin.
const MOST_LIMBS: usize = 40;

/// How many leaves after its number a motion may end.
const NUMBERED: usize = 16;

impl Decisions<'_> {
    /// A line that is only the number of what comes: "2024-061", "Resolution number TF/2023/71".
    pub(crate) fn is_number(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let start = statement.label.start;
        // A number in a further column is an amount, or that of a payment.
        let beside = matches!(self.blocks.list[statement.block].kind, BlockKind::Cell { column: 1.., .. });
        if beside
            || ["became", "tally-only", "day-line"].iter().any(|name| self.lexicon.fits(name, self.text(statement)))
        {
            return false;
        }
        let Some((_, found)) = self.lexicon.find("number-line", &self.blocks.words[start..statement.words.end]) else {
            return false;
        };
        let Some(number) = found.name("number").filter(|_| statement.first) else { return false };
        let number = Said::words(Role::Number, self.blocks, start + number.start()..start + number.end());
        self.number = Some((number, self.orders[statement.block]));
        self.last = None;
        true
    }

    /// The number that stands above a leaf, for what was decided in it.
    pub(crate) fn number_above(&mut self, block: usize) -> Option<Said> {
        let order = self.orders[block];
        self.number.take().filter(|(_, at)| order <= at + NUMBERED).map(|(number, _)| number)
    }

    /// What an officer recommends, and the line above it that says so: nobody has decided it.
    pub(crate) fn is_advice(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let (order, text) = (self.orders[statement.block], self.text(statement));
        if statement.first && statement.last && self.lexicon.fits("recommendation-line", text) {
            self.advised = Some(order);
            self.close(statement);
            return true;
        }
        let goes_on = begins_that(text)
            || !statement.label.is_empty()
            || matches!(self.blocks.list[statement.block].kind, BlockKind::Item { .. });
        let advice = match self.advised {
            Some(at) if order == at => !statement.first && !self.lexicon.fits("movers-only", text),
            Some(at) => order == at + 1 && goes_on,
            None => false,
        };
        self.advised = self.advised.filter(|_| advice).map(|_| order);
        if advice {
            self.used.push(statement.words.clone());
            self.close(statement);
        }
        advice
    }

    /// What is put without the name of anybody: by a warrant, by a union's "resolves", or by somebody who is not named.
    pub(crate) fn puts(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let (block, words, text) = (statement.block, statement.words.clone(), self.text(statement));
        let reach = self.orders[block];
        if self.lexicon.fits("procedural-motion", text) {
            self.used.push(words);
        } else if self.lexicon.fits("moved-by-nobody", text) {
            (self.ahead_at, self.unnamed) = (Some(reach), true);
        } else if statement.first && (self.lexicon.fits("resolves-list", text) || self.heads_what_is_resolved(index)) {
            let opens = self.goes_on(block, words.end) || self.heads_what_is_resolved(index);
            self.push(Motion { block, words, amendment: false, said: Vec::new(), reach, opens, limb: None });
        } else if self.lexicon.fits("warrant", text) {
            self.expire(&|_| true);
            self.last = None;
            self.push(Motion { block, words, amendment: false, said: Vec::new(), reach, opens: false, limb: None });
        } else {
            return false;
        }
        true
    }

    /// Whether a line in bold, without a colon, heads a list of what a union would do.
    fn heads_what_is_resolved(&self, index: usize) -> bool {
        let statement = &self.statements[index];
        let next = self.blocks.list.get(statement.block + 1).map(|next| next.kind);
        statement.first
            && statement.last
            && matches!(next, Some(BlockKind::Item { .. }))
            && self.blocks.is_strong(&statement.words)
            && self.lexicon.fits("resolves-head", self.text(statement))
    }

    /// Part of the words of a motion that was begun above.
    pub(crate) fn is_limb(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let order = self.orders[statement.block];
        let leaf = &self.blocks.list[statement.block];
        let text = self.text(statement);
        let says = ["result-only", "movers-only", "tally-only"].iter().any(|name| self.lexicon.fits(name, text));
        let Some(motion) = self.motions.last_mut() else { return false };
        if motion.block == statement.block && motion.words.contains(&statement.words.start) {
            return true;
        }
        if says || !motion.opens {
            return false;
        }
        if !statement.first {
            return motion.limb == Some(statement.block);
        }
        let cell = matches!(leaf.kind, BlockKind::Cell { .. });
        let near = order == motion.reach + 1 || (cell && order == motion.reach);
        let limb = cell
            || matches!(leaf.kind, BlockKind::Item { .. })
            || !statement.label.is_empty()
            || begins_that(text)
            || self.lexicon.fits("further", text);
        if near && limb {
            (motion.reach, motion.limb) = (order, Some(statement.block));
        }
        near && limb
    }

    /// What was put stands below the names of those who moved and seconded it.
    pub(crate) fn put_below(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let order = self.orders[statement.block];
        let near = self.ahead_at.is_some_and(|at| order == at || order == at + 1);
        if !near || !(self.unnamed || self.ahead.iter().any(|one| one.role == Role::Mover)) {
            return false;
        }
        let text = self.text(statement);
        if self.lexicon.fits("whereas", text) {
            self.ahead_at = Some(order);
            return false;
        }
        if !self.lexicon.fits("what-was-put", text) || self.lexicon.find("mark", text).is_some() {
            return false;
        }
        let said = std::mem::take(&mut self.ahead);
        self.unnamed = false;
        self.put(index, said);
        true
    }

    /// What was put stands above the names of those who moved and seconded it.
    pub(crate) fn put_above(&mut self, index: usize, said: &[Said]) -> bool {
        let block = self.statements[index].block;
        let Some(mut at) = self.statements[..index].iter().rposition(|one| one.block < block) else { return false };
        if self.statements[at].block + 1 != block {
            return false;
        }
        for _ in 0..MOST_LIMBS {
            let statement = &self.statements[at];
            let leaf = &self.blocks.list[statement.block];
            let taken = self.last.is_some_and(|last| self.drafts[last].place.block() == statement.block);
            if taken || matches!(leaf.kind, BlockKind::Heading(_)) {
                return false;
            }
            let text = self.text(statement);
            let whole = self.blocks.words_of(leaf).trim_end();
            if statement.first && self.lexicon.fits("what-was-put", text) && !whole.ends_with('?') {
                self.put(at, said.to_vec());
                if let Some(motion) = self.motions.last_mut() {
                    motion.reach = self.orders[block];
                }
                return true;
            }
            let limb = matches!(leaf.kind, BlockKind::Item { .. } | BlockKind::Cell { .. })
                || !statement.label.is_empty()
                || !statement.first;
            match at.checked_sub(1).filter(|_| limb) {
                Some(before) => at = before,
                None => return false,
            }
        }
        false
    }

    /// A motion that begins with a statement: with it, what follows it in its leaf and, if it opens parts, what follows that.
    fn put(&mut self, index: usize, said: Vec<Said>) {
        let statement = &self.statements[index];
        let block = statement.block;
        let says =
            |text: &str| ["result-only", "movers-only", "tally-only"].iter().any(|name| self.lexicon.fits(name, text));
        let own = self.statements[index..].iter().take_while(|one| one.block == block);
        let own = own.enumerate().take_while(|(at, one)| *at == 0 || !says(self.text(one)));
        let end = own.map(|(_, one)| one.words.end).last().unwrap_or(statement.words.end);
        // Its parts stand in lines of its own leaf: "That the Board:" and "a) receives the report;" on the next line.
        let next = self.statements.get(index + 1).filter(|next| next.block == block && !next.label.is_empty());
        let lines = self.text(statement).ends_with(':') && next.is_some();
        let end = if lines { statement.words.end } else { end };
        let words = statement.words.start..end;
        let number = self.number_above(block);
        let own = votes::said(self.blocks, &words, self.lexicon);
        let said = said.into_iter().chain(own).chain(number).collect();
        let amendment = self.amends(&self.blocks.words[words.clone()]);
        let opens = lines || self.goes_on(block, end);
        let limb = lines.then_some(block);
        self.push(Motion { block, words, amendment, said, reach: self.orders[block], opens, limb });
    }

    /// Remembers a motion; one that amends another keeps that open.
    pub(crate) fn push(&mut self, motion: Motion) {
        if motion.amendment {
            self.motions.iter_mut().for_each(|one| one.reach = one.reach.max(motion.reach));
        }
        self.motions.push(motion);
    }

    /// Whether a motion of these words amends another.
    pub(crate) fn amends(&self, words: &str) -> bool {
        let opening: String = words.chars().take(OPENING).collect();
        self.lexicon.fits("amends", &opening)
    }

    /// Whether the words of a leaf that end at `end` are followed by more of what they began.
    pub(crate) fn goes_on(&self, block: usize, end: usize) -> bool {
        let leaf = &self.blocks.list[block];
        let words = self.blocks.words[leaf.words.start..end].trim_end();
        let open = words.ends_with([':', ';']) || words.ends_with(" and") || words.ends_with(":-");
        let last = self.blocks.words[end..leaf.words.end].trim().is_empty();
        let next = self.blocks.list.get(block + 1);
        let more = next.is_some_and(|next| {
            let words = self.blocks.words_of(next);
            matches!(next.kind, BlockKind::Item { .. })
                || self.lexicon.find("label", words).is_some()
                || begins_that(words.trim_start())
                || self.lexicon.fits("further", words)
        });
        open && last && more && matches!(leaf.kind, BlockKind::Paragraph | BlockKind::Item { .. })
    }

    /// "BE IT FURTHER RESOLVED" after what was resolved just above: one decision in parts.
    pub(crate) fn goes_on_resolving(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let Some(last) = self.last.filter(|_| statement.first) else { return false };
        let order = self.orders[statement.block];
        let above = self.blocks.list[..statement.block].last();
        let open = above.is_some_and(|above| self.lexicon.fits("and-further", self.blocks.words_of(above)));
        if order != self.reach + 1 || !(open || self.lexicon.fits("further", self.text(statement))) {
            return false;
        }
        if let DraftPlace::Words { block, words, mark } = &self.drafts[last].place {
            let leaf = &self.blocks.list[*block];
            if words.start != leaf.words.start || *mark == 0 || leaf.kind != BlockKind::Paragraph {
                return false;
            }
            let mark = self.blocks.words[words.start..words.start + mark].into();
            self.drafts[last].place = DraftPlace::Opener { block: *block, mark, number: None, finished: false };
        }
        if (self.opens)(&self.blocks.list[statement.block]) {
            self.closed.push(statement.block);
        }
        self.reach = order;
        true
    }

    /// They voted for the amendment or for the motion, and the motion was carried.
    pub(crate) fn lose_amendments(&mut self, text: &str) {
        let tally = votes::tally(text, self.lexicon);
        let of = |role: Role| tally.iter().find(|one| one.0 == role).map(|one| one.1.to_string());
        let (lost, kept) = std::mem::take(&mut self.motions).into_iter().partition(|motion| motion.amendment);
        self.motions = kept;
        let lost: Vec<Motion> = lost;
        for amendment in lost {
            let names = |one: &Said| matches!(one.role, Role::Mover | Role::Seconder);
            // Who voted for the one voted against the other.
            let sides = [(Role::For, of(Role::Against)), (Role::Against, of(Role::For))].into_iter();
            let votes = sides
                .filter_map(|(role, count)| count.map(|count| Said::value(role, count, self.blocks, &amendment.words)));
            let said = amendment.said.iter().filter(|one| names(one)).cloned().chain(votes).collect();
            self.decide(amendment.block, amendment.words, 0, (Some("rejected".into()), None), said);
        }
    }

    /// Whether a sentence goes on with the mark of a decision that begins the next one.
    pub(crate) fn leads_to_mark(&self, index: usize) -> bool {
        let statement = &self.statements[index];
        let next = self.statements.get(index + 1).filter(|next| next.block == statement.block);
        let goes_on = self.text(statement).ends_with(" and") || self.text(statement).ends_with([',', ';']);
        if goes_on && next.is_some_and(|next| self.lexicon.fits("mark", self.text(next))) {
            return true;
        }
        // "On being put to the vote, with 5 in favour and 1 against, it was", and below it "RESOLVED that".
        if self.text(statement).ends_with(" it was") && self.is_resolved_below(index) {
            return true;
        }
        // "A recorded vote was taken:", who voted which way, and below it what was resolved.
        let text = self.text(statement);
        let block = statement.block;
        let below = self.statements[index..].iter().take(MOST_BETWEEN).find(|one| one.block == block + 1);
        let count = self.motions.is_empty() && self.lexicon.fits("tally-only", text);
        count && below.is_some_and(|below| below.first && self.lexicon.fits("resolved-below", self.text(below)))
    }

    /// Whether the leaf below says in a mark what was resolved, so that a motion that was carried above it is no decision of its own:
    /// "The motion was put to the vote and carried." above "RESOLVED:".
    pub(crate) fn is_resolved_below(&self, index: usize) -> bool {
        let statement = &self.statements[index];
        let below = self.statements.get(index + 1).filter(|next| next.block == statement.block + 1 && statement.last);
        below.is_some_and(|below| {
            let text = self.text(below);
            let alone = below.last && self.lexicon.fits("resolved-alone", text);
            alone || self.lexicon.fits("resolved-below", text)
        })
    }

    /// Who moved it and how it was voted on, which a statement says of the motion that is open, or of what was resolved below.
    pub(crate) fn said_of_what_is_below(&mut self, index: usize) -> bool {
        let Some(motion) = self.motions.last_mut() else { return self.said_ahead(index) };
        add_said(&mut motion.said, votes::said(self.blocks, &self.statements[index].words, self.lexicon));
        true
    }

    /// The same, said of what comes next.
    pub(crate) fn said_ahead(&mut self, index: usize) -> bool {
        self.ahead.extend(votes::said(self.blocks, &self.statements[index].words, self.lexicon));
        true
    }

    /// A decision that a motion in several leaves became.
    pub(crate) fn opened(&mut self, motion: Motion, outcome: Option<Box<str>>, said: Vec<Said>) {
        let start = self.blocks.list[motion.block].words.start;
        let own = &self.blocks.words[start..motion.words.end];
        let heads = self.lexicon.fits("resolves-head", &self.blocks.words[motion.words.clone()]);
        let mark = match own.trim_end().ends_with([':', '-']) || heads {
            true => own,
            false => &self.blocks.words[start..motion.words.start + "That ".len()],
        };
        let (numbers, said): (Vec<Said>, Vec<Said>) = said.into_iter().partition(|one| one.role == Role::Number);
        let number = numbers.into_iter().next().map(|one| one.value);
        let place = DraftPlace::Opener { block: motion.block, mark: mark.trim().into(), number, finished: false };
        self.drafts.push(Draft { place, outcome, said });
        self.last = Some(self.drafts.len() - 1);
        self.reach = motion.reach;
    }
}
