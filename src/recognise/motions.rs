//! Motions, what became of them, and sentences that only complete what stands before them.
//!
//! Input: a statement, and what the pass over the decisions remembers. Output: decisions, and what is said of them. Not here: sentences
//! that say by themselves what was decided (`decided.rs`).

use super::blocks::BlockKind;
use super::decided::{closes, content, first_word};
use super::decisions::{Ballot, Decisions, MOST_BETWEEN, Motion, Waiting};
use super::drafts::DraftPlace;
use super::findings::Said;
use super::statements::Statement;
use super::votes;
use crate::kind::Role;

/// How many letters of a motion may say that it amends another.
const OPENING: usize = 100;

/// So many sentences before who moved them are one motion; of more, the last is.
const FEW_BEFORE: usize = 2;

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
    pub(crate) fn voted(&mut self, said: Vec<Said>) {
        if let Some(motion) = self.motions.iter_mut().rfind(|motion| !motion.amendment) {
            motion.said.extend(said);
        } else if let Some(last) = self.last {
            self.drafts[last].said.extend(said);
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
        let said = votes::said(self.blocks, &statement.words, self.lexicon);
        let opening: String = text.chars().take(OPENING).collect();
        let amendment = opening.to_lowercase().contains("amendment");
        let (block, words) = (statement.block, statement.words.clone());
        self.motions.push(Motion { block, words, amendment, said, reach: self.orders[block] });
        let after = text.get(start + 6..).unwrap_or_default();
        if let Some((pattern, _)) = self.lexicon.find("became", after).filter(|_| closes(self.lexicon, after)) {
            let says = pattern.says.clone();
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
        // "… 3 for the amendment and 5 for the motion, and the motion was carried": the last of them is what it speaks of.
        let lower = text.to_lowercase();
        let amendment =
            lower.rfind("amendment").is_some_and(|at| lower.rfind("the motion was").is_none_or(|of| of < at));
        let at = self.motions.iter().rposition(|motion| motion.amendment == amendment);
        let Some(at) = at.or_else(|| self.motions.len().checked_sub(1)) else { return false };
        let motion = self.motions.remove(at);
        if !motion.amendment {
            // What was put before it has no result of its own.
            self.expire(&|_| true);
        }
        if says == Some("withdrawn") {
            return true;
        }
        let words = &self.blocks.words[motion.words.clone()];
        let found = self.lexicon.find("motion", words);
        let start = found.map_or(0, |(_, found)| found.get(0).map_or(0, |whole| whole.start()));
        let content = content(words, start).to_owned();
        let said = std::mem::take(&mut self.ahead).into_iter().chain(motion.said).collect();
        let says = says.filter(|says| *says != "carried").map(Into::into);
        self.decide(motion.block, motion.words, 0, (says, Some((content, "agreed".to_owned()))), said);
        true
    }

    /// A sentence that only says what became of what stands before it, or how it was voted on.
    pub(crate) fn completes(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        let tally = self.lexicon.fits("tally-only", text);

        // "Proposed by A, seconded by B, that it be kept" says what was put, however short it is.
        let puts = content(text, 0).len() < text.len() && !text.ends_with(" to") && !text.ends_with(" that");
        let movers = self.lexicon.fits("movers-only", text) && !text.ends_with([':', ',']) && !puts;
        let fits = |name: &str| self.lexicon.fits(name, text);
        let content =
            self.lexicon.find("mark", text).is_some_and(|(_, found)| !found["rest"].trim_matches('.').is_empty());
        let told = fits("impersonal") || (content && statement.first);
        let tally = tally && !told;
        let result = (fits("result-only") && !told) || (movers && fits("became"));
        if result && self.motions.is_empty() && self.last.is_none() && fits("fate") {
            return statement.first && statement.last && self.of_topic(index, Some("deferred"), false);
        }
        let idle = self.motions.is_empty() && self.last.is_none();
        if !(result || tally || movers) || (idle && result && !movers && fits("motion")) {
            return false;
        }
        let says = self.lexicon.find("became", text).and_then(|(pattern, _)| pattern.says.clone());
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
            !fresh && (near(draft.block()) || opener) && (!numbered || draft.block() == statement.block)
        });
        if movers && !result && !tally {
            return self.movers(index, last);
        }
        if open && (result || says.is_some()) {
            let settled = self.settle(says.as_deref(), text);
            self.complete(&statement.words);
            return settled;
        }
        if open {
            let said = votes::said(self.blocks, &statement.words, self.lexicon);
            if let Some(motion) = self.motions.last_mut() {
                motion.said.extend(said);
            }
            return true;
        }
        if let Some(last) = last {
            if let Some(says) = says.filter(|says| matches!(&**says, "rejected" | "deferred") && result) {
                self.drafts[last].outcome = Some(says);
            }
            self.complete(&statement.words);
            self.completing = Some(statement.block);
            return true;
        }
        self.completes_what_is_no_motion(index, says.as_deref(), (result, tally))
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
        let said = || said.iter().cloned();
        let proposed = self.lexicon.fits("proposed-and-seconded", self.text(statement));
        match (last, self.motions.last_mut()) {
            (_, Some(motion)) => {
                motion.said.extend(said());
                if proposed {
                    self.proposed.insert(motion.block);
                }
            }
            (Some(last), None) => {
                self.drafts[last].said.extend(said());
                // How it was voted on may follow in the same leaf.
                self.completing = Some(statement.block);
            }
            (None, None) if !statement.first => {
                self.moved_before(index, said().collect(), proposed);
            }
            (None, None) => {
                let both = [Role::Mover, Role::Seconder].iter().all(|role| said().any(|one| one.role == *role));
                let next = self.blocks.list.get(statement.block + 1);
                let alone = next.is_none_or(|next| matches!(next.kind, BlockKind::Heading(_)));
                self.ahead.extend(said());
                if both && proposed && alone && statement.last && self.of_topic(index, None, false) {
                    let said = std::mem::take(&mut self.ahead);
                    self.drafts.last_mut().into_iter().for_each(|draft| draft.said.extend(said.iter().cloned()));
                }
            }
        }
        true
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
            return self.ahead.extend(said);
        }
        self.motions.push(Motion { block, words, amendment: false, said, reach: self.orders[block] });
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
        let quoted = next.is_some_and(|next| self.blocks.words_of(next).trim_start().starts_with(['"', '“', '‘']));
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

    /// How one member voted, on a line of its own.
    pub(crate) fn ballot(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let whole = statement.first && statement.last;
        let Some((_, found)) = whole.then(|| self.lexicon.find("vote-line", self.text(statement))).flatten() else {
            return false;
        };
        let side = found.name("vote").map(|vote| vote.as_str().to_lowercase());
        let role = side.and_then(|side| match side.as_bytes() {
            [b'y', ..] | [b'a', b'y', ..] | [b'f', ..] | [b'i', ..] => Some(Role::For),
            [b'n', ..] | [b'a', b'g', ..] => Some(Role::Against),
            [b'a', b'b', b's', b't', ..] => Some(Role::Abstained),
            _ => None,
        });
        let order = self.orders[statement.block];
        if self.ballot.is_none() {
            let fits = |one: &&Statement| {
                ["movers-only", "vote-line"].iter().any(|name| self.lexicon.fits(name, self.text(one)))
            };
            let above =
                self.statements[..index].iter().enumerate().rev().take(MOST_BETWEEN).find(|(_, one)| !fits(one));
            let above = above.filter(|(_, one)| !self.is_heading(one)).map(|(at, _)| at);
            self.ballot = Some(Ballot { of: above, said: Vec::new() });
        }
        let said = Said::value(role.unwrap_or(Role::For), "1", self.blocks, &statement.words);
        if let Some(ballot) = self.ballot.as_mut().filter(|_| role.is_some()) {
            match ballot.said.iter_mut().find(|one| one.role == said.role) {
                Some(known) => known.value = (known.value.parse::<u32>().unwrap_or(0) + 1).to_string().into(),
                None => ballot.said.push(said),
            }
        }
        if let Some(motion) = self.motions.last_mut() {
            motion.reach = order;
        }
        if self.last.is_some() {
            self.reach = order;
        }
        true
    }

    /// A result after the votes of members, one a line: of what stands above the first of them.
    fn of_ballot(&mut self, index: usize, says: Option<&str>) -> bool {
        let Some(Ballot { of: Some(of), .. }) = self.ballot else { return false };
        let statement = &self.statements[of];
        let (block, words) = (statement.block, statement.words.clone());
        let outcome = says.filter(|says| *says != "carried").map(Into::into);
        let content = content(&self.blocks.words[words.clone()], 0).to_owned();
        let said = std::mem::take(&mut self.ahead);
        self.decide(block, words, 0, (outcome, Some((content, first_word(self.text(&self.statements[index]))))), said);
        self.complete(&self.statements[index].words.clone());
        true
    }

    /// A result of which nothing was decided or moved above: of the sentence before it in its leaf, or in the item above it.
    pub(crate) fn before(&mut self, index: usize, says: Option<&str>) -> bool {
        let statement = &self.statements[index];
        let block = &self.blocks.list[statement.block];
        let text = self.text(statement);
        let own: Vec<&Statement> = self.statements[..index]
            .iter()
            .rev()
            .take(MOST_BETWEEN)
            .take_while(|one| one.block == statement.block)
            .collect();
        // Between a proposal and its result may stand lines with labels; else the result is of the sentence before it.
        let labelled = |one: &&&Statement| self.text(one).split(' ').take(3).any(|word| word.ends_with(':'));
        let plain = |one: &&&Statement| !labelled(one) && !self.text(one).ends_with('?');
        let own = match own.iter().any(|one| labelled(&one)) {
            true => own.last().filter(plain),
            false => own.first().filter(|one| plain(one) && self.lexicon.fits("proposal", self.text(one))),
        };
        let below_heading = statement.first && self.statements[..index].last().is_some_and(|one| self.is_heading(one));
        let headed = own.is_none() && (below_heading || (!statement.first && statement.last));
        let own = own.copied();
        let put = |one: &&Statement| self.lexicon.fits("put-to-vote", self.text(one));
        let above = self.statements[..index].last().filter(|one| {
            let other = &self.blocks.list[one.block];
            one.block + 1 == statement.block
                && (put(one) || (block.lists == other.lists + 1 && matches!(other.kind, BlockKind::Item { .. })))
        });
        let whole = statement.first && statement.last;
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
            None if alone || ((whole || headed) && says.is_some()) => return self.of_topic(index, says, alone),
            None => return false,
        };
        let content = content(&self.blocks.words[words.clone()], 0).to_owned();
        let word = first_word(text);
        // What says that it was agreed goes with it, where it stands right after it.
        let follows =
            index.checked_sub(1).is_some_and(|before| self.statements[before].words == words) && own.is_some();
        let words = if follows { words.start..statement.words.end } else { words };
        self.decide(at, words, 0, (outcome, Some((content, word))), Vec::new());
        self.complete(&statement.words);
        true
    }

    fn is_heading(&self, statement: &Statement) -> bool {
        matches!(self.blocks.list[statement.block].kind, BlockKind::Heading(_))
    }

    /// A result, or a mark, that stands alone below a heading: the heading says of what.
    pub(crate) fn of_topic(&mut self, index: usize, says: Option<&str>, alone: bool) -> bool {
        let statement = &self.statements[index];
        let above = self.statements[..index].last().filter(|above| {
            let leaf = &self.blocks.list[above.block];
            let short = self.text(above).split_whitespace().count() <= 24 && above.first && above.last;
            let own = &self.blocks.list[statement.block];
            let item = own.lists == leaf.lists + 1 && matches!(leaf.kind, BlockKind::Item { .. });
            let line = item || !above.label.is_empty() || self.blocks.is_strong(&above.words);
            above.block + 1 == statement.block && (matches!(leaf.kind, BlockKind::Heading(_)) || (short && line))
        });
        let above = above.or_else(|| {
            let before = self.statements[..index].iter().rev().find(|one| one.block < statement.block);
            before.filter(|one| one.block + 1 == statement.block && self.is_heading(one))
        });
        if (above.is_none() && !alone) || (self.opens)(&self.blocks.list[statement.block]) {
            return false;
        }
        let title = above.map(|above| Said::words(Role::Title, self.blocks, above.words.clone()));
        let outcome = says.filter(|says| *says != "carried").map(Into::into);
        let text = self.text(statement);
        let told = Some((String::new(), first_word(text)));
        self.decide(statement.block, statement.words.clone(), 0, (outcome, told), title.into_iter().collect());
        true
    }
}
