//! How each member voted, on a line of its own, and what became of what they voted on.
//!
//! Input: a statement. Output: votes that wait for a decision, and the decision that a result below them makes. Not here: motions that are put and voted on (`motions.rs`).

use super::decided::{content, first_word};
use super::decisions::{Ballot, Decisions, MOST_BETWEEN};
use super::findings::Said;
use super::statements::Statement;
use crate::kind::Role;

impl Decisions<'_> {
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
            self.ballot = Some(Ballot { of: above, at: order, said: Vec::new() });
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
    pub(crate) fn of_ballot(&mut self, index: usize, says: Option<&str>) -> bool {
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
}
