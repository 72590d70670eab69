//! Actions as clerks write them: marks, people and the word of undertaking, lists of actions, boxes for ticks.
//!
//! Input: the statements of a text and the people that it names. Output: a [`Draft`] for each action, with who and by when.
//! Not here: any phrase (`en.actions.toml`), tables (`tables.rs`), and `(Action: …)` after a sentence (`sentences.rs`).

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::drafts::{Draft, DraftPlace, add_said};
use super::facts::{Fact, Person};
use super::findings::Said;
use super::names::parted;
use super::statements::{Statement, is_blank, letters_of, without_attributes};
use crate::kind::Role;
use crate::lexicon::Lexicon;
use crate::markdown::blocks::{Block, BlockKind, Blocks};

/// How many actions back one may be that a sentence speaks of too.
const RECENT: usize = 8;

/// Two actions are the same if so many letters of them are.
const SAME: usize = 12;

/// A sentence of fewer letters that names a day speaks of the action before it.
const SHORT: usize = 60;

/// A clause of no more words is told with its whole sentence.
const FEW_WORDS: usize = 4;

pub(crate) struct Actions<'a> {
    pub(super) blocks: &'a Blocks,
    statements: &'a [Statement],
    pub(super) lexicon: &'a Lexicon,
    pub(super) people: &'a [Fact<Person>],
    pub(crate) drafts: Vec<Draft>,
    /// Whether the heading above says that actions stand below it.
    below: bool,
    /// The list that such a heading, or a mark alone, left.
    list: Option<usize>,
    /// Whether the heading above speaks of those who were there.
    roll: bool,
    /// What a mark alone said of the leaf that follows it.
    ahead: Option<Vec<Said>>,
    /// The paragraph whose lines are actions.
    lines: Option<usize>,
    /// Whether the heading above gathers actions, which may have been told before.
    gathered: bool,
    /// The actions that were told, by their letters.
    told: BTreeMap<String, usize>,
    /// Words with a capital that the text never has without one, and how often. Few texts are asked for them.
    pub(super) names: OnceCell<HashMap<&'a str, usize>>,
    /// Words with a capital of which the text says that they said, thought or did something, as people do.
    pub(super) speakers: OnceCell<HashSet<&'a str>>,
}

impl<'a> Actions<'a> {
    pub(crate) fn new(
        blocks: &'a Blocks,
        statements: &'a [Statement],
        lexicon: &'a Lexicon,
        people: &'a [Fact<Person>],
    ) -> Self {
        let (drafts, below, list, roll, ahead) = (Vec::new(), false, None, false, None);
        let (names, lines, gathered, told) = (OnceCell::new(), None, false, BTreeMap::new());
        let speakers = OnceCell::new();
        Self {
            blocks,
            statements,
            lexicon,
            people,
            drafts,
            below,
            list,
            roll,
            ahead,
            lines,
            gathered,
            told,
            names,
            speakers,
        }
    }

    /// Goes through all statements but those for which `skipped` says so: cells of tables that were read as tables.
    pub(crate) fn all(&mut self, skipped: &dyn Fn(usize) -> bool) {
        for index in 0..self.statements.len() {
            let statement = &self.statements[index];
            let block = &self.blocks.list[statement.block];
            if skipped(statement.block) || (block.quotes > 0 && !self.blocks.are_mostly_quoted()) {
                continue;
            }
            match block.kind {
                BlockKind::Heading(_) => self.heading(self.text(statement)),
                _ if !is_blank(self.lexicon, self.text(statement)) => self.statement(index),
                _ => {}
            }
        }
    }

    fn text(&self, statement: &Statement) -> &'a str {
        &self.blocks.words[statement.words.clone()]
    }

    fn heading(&mut self, text: &str) {
        let text = without_attributes(text);
        self.below = self.lexicon.fits("action-heading", text);
        self.roll = self.lexicon.fits("roll-heading", text);
        (self.list, self.ahead, self.gathered) = (None, None, self.below);
    }

    fn statement(&mut self, index: usize) {
        let statement = &self.statements[index];
        let block = &self.blocks.list[statement.block];
        let text = self.text(statement);
        if let Some(said) = self.ahead.take() {
            let words = statement.words.clone();
            return self.add(statement.block, words, 0, said);
        }
        if self.marked(index) || text.ends_with('?') || self.bold_heading(statement) {
            return;
        }
        if let BlockKind::Item { list, task, .. } = block.kind
            && statement.first
        {
            self.list = self.list.or(Some(list).filter(|_| self.below && block.lists == 1));
            if self.list.is_none() && statement.last && self.heads_list(statement) {
                return;
            }
            // "Action items" are those on which a board acts, too: what was moved is nothing that somebody is to do.
            if self.list == Some(list) && task.is_none() && self.lexicon.fits("motion", text) {
                return;
            }
            if (self.list == Some(list) || task.is_some()) && self.listed(index, task) {
                return;
            }
        } else if block.kind == BlockKind::Paragraph && self.line_below(index) {
            return;
        } else if block.lists == 0 && statement.first {
            self.list = None;
            // A paragraph between a heading and its list introduces that list.
            self.below &= text.ends_with(':');
        }
        if self.at_end_of_line(index) {
            return;
        }
        if !self.of_sentence_before(index) {
            self.undertaken(statement.block, statement.words.clone());
        }
    }

    /// A line of a paragraph below a heading of actions: "KM + CN – talk to the band".
    fn line_below(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let begun = self.lines == Some(statement.block);
        if !(begun || (self.below && statement.first)) {
            return false;
        }
        let found = self.lexicon.find("listed-line", self.text(statement));
        let Some(by) = found.and_then(|(_, found)| found.name("by").map(|by| by.range())) else { return false };
        self.lines = Some(statement.block);
        let words = statement.words.clone();
        let owners = self.owners(&(words.start + by.start..words.start + by.end));
        let said = owners.into_iter().chain(self.due(&words)).collect();
        self.add(statement.block, words, 0, said);
        true
    }

    /// "Write to the County about the hedge. Clerk": who is to do it stands alone after what is to be done.
    fn at_end_of_line(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        if statement.first || !statement.last || !self.lexicon.fits("doers-only", self.text(statement)) {
            return false;
        }
        let before = self.statements[..index].last().filter(|before| before.block == statement.block);
        let deed = before.is_some_and(|before| self.lexicon.fits("deed-opens", self.text(before)));
        let said = self.owners(&statement.words);
        deed && self.before(index, said)
    }

    /// "She undertook to write", after a sentence that names her.
    fn of_sentence_before(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        if !self.lexicon.fits("pronoun", self.text(statement)) {
            return false;
        }
        let before = index.checked_sub(1).map(|before| &self.statements[before]);
        let Some(before) = before.filter(|before| before.block == statement.block) else { return false };
        let found = self.lexicon.find("subject", self.text(before));
        let by = found.and_then(|(_, found)| found.name("by").map(|by| by.range()));
        let Some(by) = by else { return false };
        let name = &self.text(before)[by.clone()];
        let first = name.split_whitespace().next().unwrap_or_default();
        let known = self.lexicon.fits("people-only", name) || self.all_known(name);
        if !known || self.lexicon.has("no-names", first) {
            return false;
        }
        let by = before.words.start + by.start..before.words.start + by.end;
        let words = statement.words.clone();
        let said = self.owners(&by).into_iter().chain(self.due(&words)).collect();
        self.add(statement.block, words, 0, said);
        true
    }

    /// An item that heads a list of actions below it: "Outstanding actions", and each of them deeper.
    fn heads_list(&mut self, statement: &Statement) -> bool {
        let next = self.blocks.list.get(statement.block + 1);
        let deeper = next.filter(|next| next.lists > self.blocks.list[statement.block].lists);
        let list = deeper.and_then(|next| match next.kind {
            BlockKind::Item { list, .. } => Some(list),
            _ => None,
        });
        self.list = list.filter(|_| self.lexicon.fits("action-heading", self.text(statement)));
        self.roll &= self.list.is_none();
        self.list.is_some()
    }

    /// A paragraph in bold that heads a list of actions.
    fn bold_heading(&mut self, statement: &Statement) -> bool {
        let block = &self.blocks.list[statement.block];
        let whole = statement.first && statement.last && block.kind == BlockKind::Paragraph;
        let next = self.blocks.list.get(statement.block + 1);
        let before_list = next.is_some_and(|next| matches!(next.kind, BlockKind::Item { .. }));
        let line = |next: &Block| self.lexicon.fits("listed-line", self.blocks.words_of(next).trim_start());
        let before_lines = next.is_some_and(|next| next.kind == BlockKind::Paragraph && line(next));
        let heads = whole && (before_list || before_lines) && self.lexicon.fits("action-heading", self.text(statement));
        if heads {
            self.heading(self.text(statement));
        } else if whole && before_list && self.blocks.is_strong(&statement.words) {
            self.below = false;
        }
        heads
    }

    /// `ACTION: JS to write`, `Action: IJ` after a sentence, `ACTION` alone.
    fn marked(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        if self.lexicon.fits("action-alone", text) {
            return self.word_alone(index);
        }
        let Some((_, found)) = self.lexicon.find("action-mark", text) else { return false };
        let mark = found.name("mark").map_or(0, |mark| mark.end());
        let rest = found.name("rest").map_or("", |rest| rest.as_str());
        if self.lexicon.fits("action-decided", rest) {
            return true;
        }
        // An arrow points at much; before somebody it gives something to do.
        let arrow = found[0].trim_start_matches(['(', '[']).starts_with(['-', '→']);
        let given = ["people-only", "undertakes", "somebody", "two-names", "handle"]
            .iter()
            .any(|name| self.lexicon.fits(name, rest));
        if arrow && !given {
            return false;
        }
        if rest.is_empty() || self.lexicon.fits("action-over", rest) {
            // A mark alone heads a list, or says that there is nothing.
            self.below = rest.is_empty();
            return true;
        }
        // A mark after a mark says no more: "ACTION: TODO: James to ask".
        let again = self
            .lexicon
            .find("action-mark", rest)
            .and_then(|(_, found)| found.name("mark"))
            .map_or(0, |mark| mark.end());
        let rest = &rest[again..];
        if !rest.contains(char::is_alphabetic) {
            return true;
        }
        let carried = again + self.lexicon.find("carried-over", rest).map_or(0, |(_, found)| found[0].len());
        let words = statement.words.start + mark + carried..statement.words.end;
        let rest = &self.blocks.words[words.clone()];
        // What closes a bracket within its words belongs to them: "to test it [due 2 May]".
        let own = rest.contains('[') || rest.contains('(');
        let closed = if own { rest } else { rest.trim_end_matches([')', ']']) };
        let words = words.start..words.start + closed.len();
        if let Some((_, only)) = self.lexicon.find("people-only", closed).filter(|_| self.are_people(closed)) {
            let due = only.name("due").map(|due| words.start + due.start()..words.start + due.end());
            return self.given_to(index, words, due, found[0].to_lowercase().contains("by"));
        }
        // Who is to do it may stand in the mark itself: "ACTION LR: draft the letter".
        let by = found.name("by").map(|by| statement.words.start + by.start()..statement.words.start + by.end());
        let mut said = by.map_or_else(Vec::new, |by| self.owners(&by));
        let told = self.told(&words, true).into_iter();
        let known = !said.is_empty();
        said.extend(told.filter(|one| !known || one.role != Role::Owner));
        let block_of = statement.block;
        let below = self.blocks.words[words.clone()].to_owned() + &self.status_below(block_of);
        let done = self.is_done(&below);
        said.extend(
            done.map(|done| Said::value(Role::Status, if done { "done" } else { "open" }, self.blocks, &words)),
        );
        self.add(statement.block, statement.words.start..words.end, mark, said);
        self.due_after(index);
        true
    }

    /// A mark with nothing behind it but who is to do what stands before it, or below if it says "by", and by when.
    fn given_to(&mut self, index: usize, words: Range<usize>, due: Option<Range<usize>>, by: bool) -> bool {
        let statement = &self.statements[index];
        let people = words.start..due.as_ref().map_or(words.end, |due| due.start - " by ".len());
        let mut said = self.owners(&people);
        said.extend(due.map(|due| Said::words(Role::Due, self.blocks, due)));
        // In a table it is the head of a column.
        if by && matches!(self.blocks.list[statement.block].kind, BlockKind::Cell { .. }) {
            return true;
        }
        if by && statement.first && statement.last {
            self.ahead = Some(said);
            return true;
        }
        self.before(index, said)
    }

    /// The short sentence after a marked action may say by when it is due.
    fn due_after(&mut self, index: usize) {
        let follows = self.statements.get(index + 1).filter(|next| next.block == self.statements[index].block);
        // What gives somebody something to do says nothing of the action before it.
        let other =
            |next: &&Statement| self.lexicon.fits("action-mark", self.text(next)) || self.undertakes(self.text(next));
        let follows = follows.filter(|next| self.lexicon.fits("due", self.text(next)) && !other(next));
        let Some(next) = follows else { return };
        let said = self.due(&next.words).filter(|_| self.text(next).len() < SHORT);
        let last = self.drafts.last_mut().filter(|draft| draft.said.iter().all(|one| one.role != Role::Due));
        if let Some(draft) = last {
            draft.said.extend(said);
        }
    }

    /// The word alone: it heads the list below it, labels what follows in its leaf, or makes an action of what stands before it.
    fn word_alone(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let next = self.blocks.list.get(statement.block + 1).map(|next| next.kind);
        let paragraph = self.blocks.list[statement.block].kind == BlockKind::Paragraph;
        if statement.first && !statement.last {
            return true;
        }
        // "Adoption of the agenda (Action)" only says what sort of item it is.
        let bracketed = self.text(statement).starts_with(['(', '[']);
        let above = self.statements[..index].last().map_or("", |above| self.text(above));
        if bracketed && !self.lexicon.fits("deed-opens", above) && !self.undertakes(above) {
            return true;
        }
        if statement.first && paragraph && matches!(next, Some(BlockKind::Item { .. })) {
            self.heading("Action");
            return true;
        }
        self.before(index, Vec::new())
    }

    /// The sentence before the statement `index`, in its leaf or else the leaf above, is an action.
    fn before(&mut self, index: usize, said: Vec<Said>) -> bool {
        let statement = &self.statements[index];
        let above = self.statements[..index].last().filter(|above| {
            let same = above.block == statement.block;
            same || (statement.first && above.block + 1 == statement.block && self.is_prose(above))
        });
        let Some(above) = above.cloned() else { return false };
        let due = self.due(&above.words);
        let said = said.into_iter().chain(due).collect();
        self.add(above.block, above.words, 0, said);
        true
    }

    fn is_prose(&self, statement: &Statement) -> bool {
        matches!(self.blocks.list[statement.block].kind, BlockKind::Paragraph | BlockKind::Item { .. })
    }

    /// An item of a list of actions, or one with a box.
    fn listed(&mut self, index: usize, task: Option<bool>) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        let known = self.list.is_some() && !self.roll;
        let block = statement.block;
        let rest = self.statements[index..].iter().take_while(|one| one.block == block);
        let end = rest.map(|one| one.words.end).last().unwrap_or(statement.words.end);
        let words = statement.words.start..end;
        let deed = self.lexicon.find("listed", text);
        if !known && (self.roll || (deed.is_none() && text.split_whitespace().count() < 4)) {
            return false;
        }
        if self.lexicon.fits("nobody", text.trim_end_matches('.')) {
            return true;
        }
        // Who is to do it may stand between what it is and how it stands: "Write to the school – JH – done".
        let between = self.lexicon.find("owner-before-state", text).and_then(|(_, found)| found.name("by"));
        let between = between.filter(|by| self.all_known(by.as_str()) || self.lexicon.fits("people-only", by.as_str()));
        let by = between.or_else(|| deed.and_then(|(_, found)| found.name("by"))).filter(|by| {
            // "Form a working group: …" names a deed before the colon, and nobody.
            let first = by.as_str().split_whitespace().next().unwrap_or_default();
            !self.lexicon.has("deeds", first) || self.all_known(by.as_str())
        });
        let mut said = match by {
            Some(by) => {
                let by = statement.words.start + by.start()..statement.words.start + by.end();
                self.owners(&by)
            }
            None => {
                let found = self.lexicon.find("owner-at-end", text);
                let by = found.and_then(|(_, found)| found.name("by").map(|by| by.range()));
                by.map_or_else(Vec::new, |by| {
                    self.owners(&(statement.words.start + by.start..statement.words.start + by.end))
                })
            }
        };
        said.extend(self.due(&words));
        let below = self.blocks.words[words.clone()].to_owned() + &self.status_below(block);
        let done = task.or_else(|| self.is_done(&below));
        let status =
            done.map(|done| Said::value(Role::Status, if done { "done" } else { "open" }, self.blocks, &words));
        said.extend(status);
        if said.iter().all(|one| one.role != Role::Due)
            && let Some((_, found)) = self.lexicon.find("due", &self.status_below(block))
            && let Some(when) = found.name("when")
        {
            said.push(Said::value(Role::Due, when.as_str(), self.blocks, &words));
        }
        self.add(block, words, 0, said);
        true
    }

    /// The words of the leaf below that says how an action stands: `Status: done`.
    fn status_below(&self, block: usize) -> String {
        let own = self.blocks.list[block].lists;
        let next = self.blocks.list.get(block + 1).filter(|next| next.lists > 0);
        let words = next.and_then(|next| {
            let words = self.blocks.words_of(next).trim();
            let said = next.kind == BlockKind::Paragraph && words.to_lowercase().starts_with("status");
            let item = matches!(next.kind, BlockKind::Item { .. }) && next.lists > own;
            (said || (item && self.lexicon.fits("state-alone", words))).then_some(words)
        });
        words.map_or(String::new(), |words| format!(" – {words}"))
    }

    /// Whether the end of the words says that it is done, or that it is not.
    fn is_done(&self, words: &str) -> Option<bool> {
        let (_, found) = self.lexicon.find("done", words)?;
        Some(self.lexicon.has("done", &found["state"]))
    }

    /// A sentence, or a clause after a semicolon, in which somebody undertakes something.
    fn undertaken(&mut self, block: usize, words: Range<usize>) {
        let text = &self.blocks.words[words.clone()];
        if self.undertakes(text) {
            let (own, other) = self.parted_clauses(&words);
            let said = self.told(&own, false);
            self.add(block, own, 0, said);
            return other.into_iter().for_each(|other| self.undertaken(block, other));
        }
        // A clause that gives somebody something to do has a comma or its like before it.
        let modal = [" to ", " will ", " would ", " shall "].iter().any(|modal| text.contains(modal));
        let may = modal
            && !self.lexicon.fits("gives-authority", text)
            && (text.contains([',', ';', '–', '—', '-', ':', '?', '(']) || text.contains(" and "));
        if let Some((_, found)) = may.then(|| self.lexicon.find("clause", text)).flatten() {
            let clause = found.name("clause").map_or(0..0, |clause| clause.range());
            let clause = words.start + clause.start..words.start + clause.end;
            if self.undertakes(&self.blocks.words[clause.clone()]) {
                let said = self.told(&clause, false);
                // A few words say too little by themselves: "HR to chase."
                let few = text[clause.start - words.start..].split_whitespace().count() <= FEW_WORDS;
                self.add(block, if few { words } else { clause }, 0, said);
            }
        }
    }

    /// The words in which somebody undertakes something, and after them those in which somebody else does: "Cllr Moss will ask for
    /// prices and Cllr Pike will look at the fence".
    fn parted_clauses(&self, words: &Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
        let text = &self.blocks.words[words.clone()];
        let found = self.lexicon.find("clause", text).and_then(|(_, found)| {
            let (whole, clause) = (found.get(0)?, found.name("clause")?);
            Some((whole.start(), clause.range()))
        });
        let other =
            found.filter(|(start, clause)| self.undertakes(&text[..*start]) && self.undertakes(&text[clause.clone()]));
        match other {
            Some((end, clause)) => {
                let other = words.start + clause.start..words.start + clause.end;
                (words.start..words.start + text[..end].trim_end().len(), Some(other))
            }
            None => (words.clone(), None),
        }
    }

    /// Whether a sentence begins with somebody who can do something, and what that is.
    fn undertakes(&self, text: &str) -> bool {
        let deed = |found: &regex::Captures<'_>| match (found.name("deed"), found.name("doing")) {
            (_, Some(doing)) => !self.lexicon.has("no-doings", doing.as_str()),
            // Whatever somebody undertook to do is something to be done.
            (deed, None) => deed.is_none_or(|deed| {
                !self.lexicon.has("no-deeds", deed.as_str()) || self.lexicon.fits("undertook", &text[..deed.start()])
            }),
        };
        if self.lexicon.fits("no-undertaking", text) {
            return false;
        }
        let undertakes = self.lexicon.find("undertakes", text);
        if undertakes.is_some_and(|(_, found)| deed(&found) && self.may_do(&found["by"])) {
            return true;
        }
        // Who says that he would do something may be of another body.
        let said = self.lexicon.find("said-would", text);
        if said.is_some_and(|(_, found)| deed(&found) && (self.all_known(&found["by"]) || self.all_posts(&found["by"])))
        {
            return true;
        }
        // "The community warden would put up the notices", "All governors to complete the training".
        let office = self.lexicon.find("office", text);
        let done = |found: &regex::Captures<'_>| deed(found) && self.lexicon.has("deeds", &found["deed"]);
        if office.is_some_and(|(_, found)| done(&found) && self.is_office(&found["by"])) {
            return true;
        }
        let two = self.lexicon.find("two-names", text);
        let is_name = |name: &str| name.split_whitespace().all(|word| !self.lexicon.has("no-people", word));
        if two.is_some_and(|(_, found)| self.lexicon.has("deeds", &found["deed"]) && is_name(&found["by"])) {
            return true;
        }
        let found = self.lexicon.find("somebody", text);
        found.is_some_and(|(_, found)| {
            let strong = found.name("deed").is_some_and(|deed| self.lexicon.has("deeds", deed.as_str()));
            // "Suggestion to bring" begins as "Jo to bring" does.
            let bare = text[found.name("by").map_or(0, |by| by.end())..].starts_with(" to ");
            deed(&found) && (self.all_known(&found["by"]) || (strong && !bare && self.all_first_names(&found["by"])))
        })
    }

    /// Who and by when, as the words of an action say it.
    fn told(&self, words: &Range<usize>, marked: bool) -> Vec<Said> {
        let text = &self.blocks.words[words.clone()];
        let names: &[&str] = if marked {
            &["undertakes", "said-would", "somebody", "two-names", "handle", "listed", "owner-at-end", "office"]
        } else {
            &["undertakes", "said-would", "somebody", "two-names", "office"]
        };
        let by = names.iter().find_map(|name| {
            let (_, found) = self.lexicon.find(name, text)?;
            // After a mark, "Send the report" names a deed, "The report" a thing, and "Bettina write it" somebody.
            let is_name = |name: &regex::Match<'_>| {
                let first = name.as_str().split(' ').next().unwrap_or_default();
                ["no-names", "no-people", "deeds"].iter().all(|list| !self.lexicon.has(list, first))
            };
            found
                .name("by")
                .or_else(|| found.name("name").filter(is_name))
                .map(|by| words.start + by.start()..words.start + by.end())
        });
        let mut said = by.map_or_else(Vec::new, |by| self.owners(&by));
        said.extend(self.due(words));
        said
    }

    /// Each of the people that a range of the words names.
    fn owners(&self, words: &Range<usize>) -> Vec<Said> {
        let text = &self.blocks.words[words.clone()];
        let owners = parted(text).map(|(at, name)| {
            let start = words.start + at;
            let name = name.trim_end_matches([')', ']']);
            let initial = name.split(' ').next_back().is_some_and(|last| last.chars().count() <= 2);
            let name = if initial { name } else { name.trim_end_matches('.') };
            Said::words(Role::Owner, self.blocks, start..start + name.len())
        });
        owners.collect()
    }

    /// By when, if words say it.
    fn due(&self, words: &Range<usize>) -> Option<Said> {
        let (_, found) = self.lexicon.find("due", &self.blocks.words[words.clone()])?;
        let when = found.name("when")?;
        Some(Said::words(Role::Due, self.blocks, words.start + when.start()..words.start + when.end()))
    }

    fn add(&mut self, block: usize, words: Range<usize>, mark: usize, said: Vec<Said>) {
        let known = self.drafts.iter_mut().rev().take(RECENT).find(|draft| {
            matches!(&draft.place, DraftPlace::Words { words: own, .. } if own.start < words.end && words.start < own.end)
        });
        if let Some(known) = known {
            return add_said(&mut known.said, said);
        }
        // A list of all actions at the end says again what was said at each item, where more may have followed it.
        let letters = letters_of(&self.blocks.words[words.start + mark..words.end.max(words.start + mark)]);
        let before = self.told.range(letters.clone()..).next().filter(|(told, _)| told.starts_with(&letters));
        let before = before.map(|(_, known)| *known);
        if let Some(known) = before.filter(|_| self.gathered && letters.len() >= SAME) {
            return add_said(&mut self.drafts[known].said, said);
        }
        self.told.entry(letters).or_insert(self.drafts.len());
        self.drafts.push(Draft { place: DraftPlace::Words { block, words, mark }, outcome: None, said });
    }
}
