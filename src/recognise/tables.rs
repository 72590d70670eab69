//! Tables of motions and of actions: each row is a record.
//!
//! Input: the cells of a text. Output: a [`Draft`] for each row of a table whose head says so, and the leaves that were read.
//! Not here: the words of heads (`en.decisions.toml`, `en.actions.toml`), and sentences in the cells of other tables.

use std::collections::BTreeMap;
use std::ops::Range;

use super::drafts::{Draft, DraftPlace, Rules};
use super::findings::Said;
use super::names::parted;
use super::outcome::outcome;
use super::votes;
use crate::kind::Role;
use crate::lexicon::Lexicon;
use crate::markdown::blocks::{BlockKind, Blocks};

/// The cells of one table: the index of each leaf by row and column.
pub(crate) type Cells = BTreeMap<(u32, u32), usize>;

/// The tables of a text, in order.
pub(crate) fn tables(blocks: &Blocks) -> Vec<Cells> {
    let mut tables: Vec<(usize, Cells)> = Vec::new();
    for (index, block) in blocks.list.iter().enumerate() {
        let BlockKind::Cell { table, row, column } = block.kind else { continue };
        if tables.last().is_none_or(|(known, _)| *known != table) {
            tables.push((table, Cells::new()));
        }
        if let Some((_, cells)) = tables.last_mut() {
            cells.insert((row, column), index);
        }
    }
    tables.into_iter().map(|(_, cells)| cells).collect()
}

/// What became of a topic is told in no more words.
const FEW_WORDS: usize = 12;

/// Whether words fit, or those in one of the languages that stand beside each other with `/` between them.
fn in_one_language(words: &str, fits: impl Fn(&str) -> bool) -> bool {
    fits(words) || (words.contains('/') && words.split('/').any(fits))
}

/// A table that is being read.
pub(crate) struct Table<'a> {
    pub(crate) blocks: &'a Blocks,
    pub(crate) cells: &'a Cells,
    pub(crate) lexicon: &'a Lexicon,
}

impl Table<'_> {
    /// The column whose head fits the patterns of a name.
    fn column(&self, name: &str) -> Option<u32> {
        self.cells
            .iter()
            .take_while(|((row, _), _)| *row == 0)
            .find(|(_, block)| self.heads(name, self.words(**block)))
            .map(|((_, column), _)| *column)
    }

    /// Whether the words of a head fit the patterns of a name, in one of the languages that stand beside each other in it.
    fn heads(&self, name: &str, words: &str) -> bool {
        in_one_language(words, |words| self.lexicon.fits(name, words.trim_matches([' ', '*', ':', '.'])))
    }

    fn words(&self, block: usize) -> &str {
        self.blocks.words_of(&self.blocks.list[block])
    }

    /// The words of a cell and where they stand; `None` if it is empty.
    fn cell(&self, row: u32, column: Option<u32>) -> Option<(usize, Range<usize>)> {
        let block = *self.cells.get(&(row, column?))?;
        let range = self.blocks.list[block].words.clone();
        let text = &self.blocks.words[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        let range = start..start + text.trim().len();
        let empty = range.is_empty() || self.lexicon.fits("nobody", &self.blocks.words[range.clone()]);
        (!empty && !self.lexicon.fits("blank", &self.blocks.words[range.clone()])).then_some((block, range))
    }

    fn rows(&self) -> std::ops::RangeInclusive<u32> {
        1..=self.cells.keys().map(|(row, _)| *row).max().unwrap_or(0)
    }

    /// The decisions of a table of motions; `None` if it is none.
    pub(crate) fn motions(&self, rules: Rules<'_>) -> Option<Vec<Draft>> {
        let (motion, result, vote) =
            (self.column("motion-column"), self.column("result-column"), self.column("vote-column"));
        let result = result.or_else(|| self.column_of_body());
        // Where cells tell only what became of something, what it was stands in another column: a table of topics.
        let told = |column: &u32| self.column("topic-column").is_some() || self.tells_results(*column);
        let results = result.filter(told).or_else(|| motion.filter(told).filter(|_| result.is_none()));
        let (motion, topics, result) = match motion.filter(|motion| Some(*motion) != results) {
            Some(motion) => (motion, false, result),
            None => (self.topic(results)?, true, results),
        };
        let (mover, seconder) = (self.column("mover-column"), self.column("seconder-column"));
        let sides = [
            (Role::For, self.column("for-column")),
            (Role::Against, self.column("against-column")),
            (Role::Abstained, self.column("abstained-column")),
        ];
        if result.is_none() && vote.is_none() && mover.is_none() {
            return None;
        }
        let rows = self.rows().filter_map(|row| {
            let (block, words) = self.cell(row, Some(motion))?;
            let text = &self.blocks.words[words.clone()];
            let result = self.cell(row, result);
            if topics && !result.as_ref().is_some_and(|(_, range)| self.tells_result(range)) {
                return None;
            }
            let says = result.as_ref().and_then(|(_, range)| {
                let (pattern, _) = self.lexicon.find("became", &self.blocks.words[range.clone()])?;
                pattern.says.clone()
            });
            let counted: Vec<_> = [self.cell(row, vote), result.clone()]
                .into_iter()
                .flatten()
                .flat_map(|(_, range)| votes::tally(&self.blocks.words[range], self.lexicon))
                .collect();
            let counted: Vec<_> = counted.into_iter().chain(self.counted(row, sides)).collect();
            let count = |role: Role| counted.iter().find(|one| one.0 == role).map_or(0, |one| one.1);
            let lost = !counted.is_empty() && count(Role::For) <= count(Role::Against);
            let says = says.or_else(|| lost.then(|| "rejected".into()));
            let silent = says.is_none() && self.cell(row, vote).is_none() && counted.is_empty();
            if says.as_deref() == Some("withdrawn") || silent {
                return None;
            }
            let own = outcome(text, None, rules.verbs);
            let own = own.or_else(|| outcome(&format!("to {}", text.to_lowercase()), Some("agreed"), rules.verbs));
            let own = own.filter(|own| &**own != "agreed" || !self.lexicon.fits("put-off", text));
            let own = own.or_else(|| self.lexicon.fits("put-off", text).then(|| "deferred".into()));
            let outcome = says.filter(|says| &**says != "carried").or(own);
            let mut said = Vec::new();
            for (role, column) in [(Role::Mover, mover), (Role::Seconder, seconder)] {
                let cell = self.cell(row, column).map(|(_, range)| Said::words(role, self.blocks, range));
                said.extend(cell);
            }
            for (_, range) in [self.cell(row, vote), result].into_iter().flatten() {
                let tally = votes::tally(&self.blocks.words[range.clone()], self.lexicon);
                said.extend(
                    tally.into_iter().map(|(role, count, _)| Said::value(role, count.to_string(), self.blocks, &range)),
                );
            }
            for (role, count, range) in self.counted(row, sides) {
                said.push(Said::value(role, count.to_string(), self.blocks, &range));
            }
            Some(Draft { place: DraftPlace::Words { block, words, mark: 0 }, outcome, said })
        });
        Some(rows.collect())
    }

    /// The last column below the name of those who met, where its cells say what became of something: "Request | Committee | Board".
    fn column_of_body(&self) -> Option<u32> {
        let heads = self.cells.iter().take_while(|((row, _), _)| *row == 0);
        let last = heads.filter(|(_, block)| self.heads("body-column", self.words(**block))).last();
        let column = last.map(|((_, column), _)| *column)?;
        (self.column("topic-column").is_some() && self.tells_results(column)).then_some(column)
    }

    /// How many voted which way, where a column for each side has the number.
    fn counted(&self, row: u32, sides: [(Role, Option<u32>); 3]) -> Vec<(Role, usize, Range<usize>)> {
        let count = |(role, column): (Role, Option<u32>)| {
            let block = *self.cells.get(&(row, column?))?;
            let count = self.words(block).trim().parse().ok()?;
            Some((role, count, self.blocks.list[block].words.clone()))
        };
        sides.into_iter().filter_map(count).collect()
    }

    /// The column of what the results are of: that of topics, else the first one that has words. `None` in a table of what
    /// another body decided, or without results.
    fn topic(&self, results: Option<u32>) -> Option<u32> {
        let results = results?;
        let foreign = self.column("foreign-column").is_some() || self.column("action-column").is_some();
        let words = |column: &u32| {
            let cells = || self.rows().filter_map(|row| self.cell(row, Some(*column)));
            let told =
                |range: Range<usize>| self.blocks.words[range].chars().filter(|sign| sign.is_alphabetic()).count() > 2;
            cells().count() > 0 && cells().all(|(_, range)| told(range))
        };
        self.column("topic-column").filter(words).or_else(|| (0..results).find(words)).filter(|_| !foreign)
    }

    /// Whether the cells of a column say what became of something and nothing else.
    fn tells_results(&self, column: u32) -> bool {
        let cells = || self.rows().filter_map(|row| self.cell(row, Some(column)));
        let told = cells().filter(|(_, range)| self.tells_result(range)).count();
        told > 0 && told * 3 >= cells().count() * 2
    }

    fn tells_result(&self, range: &Range<usize>) -> bool {
        let words = &self.blocks.words[range.clone()];
        let told = |words: &str| self.lexicon.fits("result-cell", words.trim());
        words.split_whitespace().count() <= FEW_WORDS && in_one_language(words, told)
    }

    /// The actions of a table; `None` if it has no column for them.
    pub(crate) fn actions(&self) -> Option<Vec<Draft>> {
        let action = self.column("action-column")?;
        let (owner, due, state) = (self.column("owner-column"), self.column("due-column"), self.column("state-column"));
        let state = state.or_else(|| self.unnamed_state());
        let whole = owner.is_some() || due.is_some() || state.is_some();
        // A column that only says who: what they are to do stands in another.
        let mut cells = self.rows().filter_map(|row| self.cell(row, Some(action))).peekable();
        if !whole
            && cells.peek().is_some()
            && cells.all(|(_, range)| self.lexicon.fits("people-only", &self.blocks.words[range]))
        {
            return None;
        }
        let rows = self.rows().filter_map(|row| {
            let (block, words) = self.cell(row, Some(action))?;
            let text = &self.blocks.words[words.clone()];
            if self.lexicon.fits("moved-cell", text) {
                return None;
            }
            let mut said = Vec::new();
            if let Some((_, range)) = self.cell(row, owner) {
                let owners = parted(&self.blocks.words[range.clone()]).map(|(at, name)| {
                    let start = range.start + at;
                    Said::words(Role::Owner, self.blocks, start..start + name.len())
                });
                said.extend(owners);
            }
            let due = self.cell(row, due).map(|(_, range)| Said::words(Role::Due, self.blocks, range));
            let state = self.cell(row, state).map(|(_, range)| {
                let state = self.blocks.words[range.clone()].to_lowercase();
                let first = state.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
                let says = self.lexicon.find("done", &self.blocks.words[range.clone()]);
                let said = says.is_some_and(|(_, found)| self.lexicon.has("done", &found["state"]));
                let done = said || self.lexicon.has("done", first);
                Said::value(Role::Status, if done { "done" } else { "open" }, self.blocks, &range)
            });
            said.extend(due.into_iter().chain(state));
            if !whole {
                // A column beside the discussion: who stands in the same words.
                let told = ["undertakes", "listed", "somebody", "owner-at-end"]
                    .iter()
                    .find_map(|name| self.lexicon.find(name, text));
                let by = told.and_then(|(_, found)| found.name("by").map(|by| by.range()))?;
                let owners = parted(&text[by.clone()]).map(|(at, name)| {
                    let start = words.start + by.start + at;
                    Said::words(Role::Owner, self.blocks, start..start + name.len())
                });
                said.extend(owners);
                if let Some(when) = self.lexicon.find("due", text).and_then(|(_, found)| found.name("when")) {
                    let when = words.start + when.start()..words.start + when.end();
                    said.push(Said::words(Role::Due, self.blocks, when));
                }
            }
            Some(Draft { place: DraftPlace::Words { block, words, mark: 0 }, outcome: None, said })
        });
        Some(rows.collect())
    }

    /// The column without a head whose cells say how actions stand.
    fn unnamed_state(&self) -> Option<u32> {
        let last = self.cells.keys().map(|(_, column)| *column).max()?;
        let unnamed = self.cells.get(&(0, last)).is_none_or(|head| self.words(*head).trim().is_empty());
        let mut cells = self.rows().filter_map(|row| self.cell(row, Some(last)));
        let says = |(_, range): (usize, Range<usize>)| self.lexicon.fits("done", &self.blocks.words[range]);
        (unnamed && cells.any(says)).then_some(last)
    }

    /// Who moved and seconded the motion above a table whose rows begin with labels, how it was voted on, and what became of
    /// it; `None` if the table is none of that sort.
    pub(crate) fn verdict(&self) -> Option<(Vec<Said>, Option<Box<str>>)> {
        let (mut said, mut says, mut known) = (Vec::new(), None, 0);
        let last = self.cells.keys().map(|(row, _)| *row).max().unwrap_or(0);
        for row in 0..=last {
            let Some(label) =
                self.cells.get(&(row, 0)).map(|block| self.words(*block).trim_matches([' ', '*', ':', '.']))
            else {
                continue;
            };
            let fits = |name: &str| self.lexicon.fits(name, label);
            let names = ["mover-column", "seconder-column", "result-column", "vote-column"];
            let Some(at) = names.iter().position(|name| fits(name)) else { continue };
            let Some((_, range)) = self.cell(row, Some(1)) else { continue };
            known += 1;
            match at {
                0 => said.push(Said::words(Role::Mover, self.blocks, range)),
                1 => said.push(Said::words(Role::Seconder, self.blocks, range)),
                _ => {
                    let words = &self.blocks.words[range.clone()];
                    let tally = votes::tally(words, self.lexicon);
                    said.extend(
                        tally
                            .into_iter()
                            .map(|(role, count, _)| Said::value(role, count.to_string(), self.blocks, &range)),
                    );
                    let result = self.lexicon.find("became", words);
                    says = says.or_else(|| result.and_then(|(pattern, _)| pattern.says.clone()));
                }
            }
        }
        let narrow = self.cells.keys().all(|(_, column)| *column < 2);
        (narrow && known > 1).then_some((said, says))
    }

    /// How each member voted, one a row: "Member | Vote".
    fn votes_of_members(&self) -> Vec<Said> {
        let Some(vote) = self.column("vote-column").filter(|_| self.column("member-column").is_some()) else {
            return Vec::new();
        };
        let cells: Vec<(usize, Range<usize>)> = self.rows().filter_map(|row| self.cell(row, Some(vote))).collect();
        let sides =
            [(Role::For, "for-column"), (Role::Against, "against-column"), (Role::Abstained, "abstained-column")];
        let said = sides.into_iter().filter_map(|(role, name)| {
            let fits = |range: &Range<usize>| {
                self.lexicon.fits(name, self.blocks.words[range.clone()].trim_matches([' ', '*', '.']))
            };
            let count = cells.iter().filter(|(_, range)| fits(range)).count();
            let (_, range) = cells.first()?;
            (count > 0).then(|| Said::value(role, count.to_string(), self.blocks, range))
        });
        said.collect()
    }

    /// All leaves of the table, in order.
    pub(crate) fn all(&self) -> Vec<usize> {
        self.cells.values().copied().collect()
    }

    /// The names under the heads of a recorded vote, counted.
    pub(crate) fn recorded_vote(&self) -> Vec<Said> {
        let of_members = self.votes_of_members();
        if !of_members.is_empty() {
            return of_members;
        }
        let mut said = Vec::new();
        for (role, name) in
            [(Role::For, "for-column"), (Role::Against, "against-column"), (Role::Abstained, "abstained-column")]
        {
            let Some(column) = self.column(name) else { continue };
            let cells = self.rows().filter_map(|row| self.cell(row, Some(column)));
            let names: Vec<(usize, Range<usize>)> = cells.collect();
            let number = |range: &Range<usize>| self.blocks.words[range.clone()].trim().parse::<usize>().ok();
            let count: usize = match names.as_slice() {
                [(_, range)] if number(range).is_some() => number(range).unwrap_or(0),
                names => names.iter().map(|(_, range)| parted(&self.blocks.words[range.clone()]).count()).sum(),
            };
            if let Some((_, range)) = names.first() {
                said.push(Said::value(role, count.to_string(), self.blocks, range));
            }
        }
        if said.len() > 1 { said } else { Vec::new() }
    }
}
