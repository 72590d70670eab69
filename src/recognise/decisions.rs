//! Decisions as clerks write them: marks, sentences, motions and what became of them.
//!
//! Input: the statements of a text. Output: a [`Draft`] for each decision, with mover, seconder, votes and outcome, and what only
//! looks like one. Not here: any phrase (`en.decisions.toml`), votes (`votes.rs`), tables (`tables.rs`).
//!
//! The pass goes through the statements once and remembers what may still be completed: motions without a result, the
//! decision made last, and the names of who moved what comes next. A heading forgets all of it.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::drafts::{Draft, DraftPlace, Rules};
use super::facts::{Fact, Person};
use super::findings::Said;
use super::outcome::outcome;
use super::statements::{Statement, is_blank, letters_of, without_attributes};
use super::tables::Table;
use super::votes;
use crate::kind::Role;
use crate::lexicon::Lexicon;
use crate::markdown::blocks::{Block, BlockKind, Blocks};

/// What a heading of decisions, or a mark alone, says of the leaves after it.
#[derive(Default)]
pub(crate) struct Waiting {
    /// The number after the mark.
    pub(crate) number: Option<Said>,
    /// Whether the next leaf is a decision, whatever its words are.
    pub(crate) next: bool,
    /// The list whose items are decisions, after a heading that says so.
    pub(crate) list: Option<usize>,
    /// Whether what comes next may still be that list.
    pub(crate) heading: bool,
}

/// A motion without a result.
pub(crate) struct Motion {
    pub(crate) block: usize,
    pub(crate) words: Range<usize>,
    pub(crate) amendment: bool,
    pub(crate) said: Vec<Said>,
    /// The last paragraph that belongs to it, by its place among the paragraphs.
    pub(crate) reach: usize,
    /// Whether more of it stands in the leaves below.
    pub(crate) opens: bool,
    /// The last of those.
    pub(crate) limb: Option<usize>,
}

/// The votes of members, one a line, that were read last.
pub(crate) struct Ballot {
    /// The statement above the first of them; `None` if they stand in a table.
    pub(crate) of: Option<usize>,
    /// The place of their leaf among the paragraphs.
    pub(crate) at: usize,
    /// How many voted which way.
    pub(crate) said: Vec<Said>,
}

pub(crate) struct Decisions<'a> {
    pub(crate) blocks: &'a Blocks,
    pub(crate) statements: &'a [Statement],
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) rules: Rules<'a>,
    /// Whether the walk opens a record at this leaf by the words of its kind.
    pub(crate) opens: &'a dyn Fn(&Block) -> bool,
    pub(crate) drafts: Vec<Draft>,
    /// Blocks that look as if they opened a record and do not.
    pub(crate) closed: Vec<usize>,
    /// Sentences that say something of a decision or a motion beside its own words.
    pub(crate) used: Vec<Range<usize>>,
    /// Motions that ended without a result, and results of nothing that could be found.
    pub(crate) open: Vec<Range<usize>>,
    pub(crate) motions: Vec<Motion>,
    /// The decision that may still be completed.
    pub(crate) last: Option<usize>,
    /// The leaf whose last sentence completed the decision made last.
    pub(crate) completing: Option<usize>,
    pub(crate) waiting: Waiting,
    /// Who moved and seconded what comes next.
    pub(crate) ahead: Vec<Said>,
    /// Where that was said, by its place among the paragraphs.
    pub(crate) ahead_at: Option<usize>,
    /// The last paragraph of what an officer recommends, by its place among the paragraphs.
    pub(crate) advised: Option<usize>,
    /// Whether something was moved and it is not said by whom.
    pub(crate) unnamed: bool,
    /// The number of what comes, from a line of its own, and the place of the line.
    pub(crate) number: Option<(Said, usize)>,
    /// The place of each leaf among the paragraphs; a table is one.
    pub(crate) orders: Vec<usize>,
    /// Whether most of the text stands in quotations, so that they quote nobody.
    pub(crate) quoting: bool,
    /// Leaves of motions after which somebody is called the proposer.
    pub(crate) proposed: HashSet<usize>,
    /// The heading above, or the short line that stands for one.
    pub(crate) topic: Option<Range<usize>>,
    /// The last paragraph that speaks of the decision made last, by its place among the paragraphs.
    pub(crate) reach: usize,
    /// Leaves that are what a mark above them says was decided.
    pub(crate) parts: Vec<usize>,
    /// Leaves of a list of what a body did, which stands alone above them.
    pub(crate) listed: Range<usize>,
    /// The last statement that stands in no quotation.
    pub(crate) unquoted: Option<usize>,
    /// Recorded votes, by the first leaf of their table.
    pub(crate) recorded: HashMap<usize, Vec<Said>>,
    /// What tables below motions say of them, by the first leaf of each.
    pub(crate) verdicts: HashMap<usize, (Vec<Said>, Option<Box<str>>)>,
    /// The votes of members above, one a line, until what they are on is known.
    pub(crate) ballot: Option<Ballot>,
    /// The words of the names of those who were there, in small letters.
    pub(crate) names: HashSet<String>,
    /// The words of the first lines that name those who meet; few texts are asked for them.
    pub(crate) own: OnceCell<HashSet<String>>,
}

/// How many decisions back one may be that a sentence speaks of too.
const RECENT: usize = 8;

/// How many sentences of its leaf a result may stand after what it is the result of.
pub(crate) const MOST_BETWEEN: usize = 40;

/// How many leaves after a motion its result may stand.
const NEAR: usize = 4;

impl<'a> Decisions<'a> {
    pub(crate) fn new(
        blocks: &'a Blocks,
        statements: &'a [Statement],
        lexicon: &'a Lexicon,
        rules: Rules<'a>,
        opens: &'a dyn Fn(&Block) -> bool,
        people: &[Fact<Person>],
    ) -> Self {
        let named = people.iter().flat_map(|person| {
            let short = person.value.short.iter().map(|short| &**short);
            person.value.name.split_whitespace().chain(short)
        });
        let names = named.map(|name| name.trim_matches(['@', '.', ',', '(', ')']).to_lowercase()).collect();
        Self {
            names,
            blocks,
            statements,
            lexicon,
            rules,
            opens,
            drafts: Vec::new(),
            closed: Vec::new(),
            used: Vec::new(),
            open: Vec::new(),
            motions: Vec::new(),
            last: None,
            completing: None,
            waiting: Waiting::default(),
            ahead: Vec::new(),
            ahead_at: None,
            number: None,
            unnamed: false,
            advised: None,
            quoting: blocks.are_mostly_quoted(),
            proposed: HashSet::new(),
            topic: None,
            reach: 0,
            parts: Vec::new(),
            listed: 0..0,
            unquoted: None,
            recorded: HashMap::new(),
            verdicts: HashMap::new(),
            ballot: None,
            own: OnceCell::new(),
            orders: orders(blocks),
        }
    }

    /// Goes through all statements but those for which `skipped` says so: cells of tables that were read as tables.
    pub(crate) fn all(&mut self, skipped: &dyn Fn(usize) -> bool) {
        for index in 0..self.statements.len() {
            let statement = &self.statements[index];
            if skipped(statement.block) {
                continue;
            }
            match self.blocks.list[statement.block].kind {
                BlockKind::Heading(_) => self.heading(index),
                _ => self.statement(index),
            }
        }
        self.expire(&|_| true);
    }

    /// Remembers the recorded votes that stand in tables of names, and that their cells need no look.
    pub(crate) fn recorded_votes(&mut self, tables: &[Table<'_>], read: &mut HashSet<usize>) {
        for table in tables {
            let said = table.recorded_vote();
            if let Some(first) = table.all().first().filter(|_| !said.is_empty()) {
                self.recorded.insert(*first, said);
                read.extend(table.all().iter().skip(1));
            }
        }
    }

    /// Remembers the tables that say what became of the motion above them, and that their cells need no look.
    pub(crate) fn verdicts(&mut self, tables: &[Table<'_>], read: &mut HashSet<usize>) {
        for table in tables {
            let Some((first, verdict)) = table.all().first().copied().zip(table.verdict()) else { continue };
            if !read.contains(&first) {
                self.verdicts.insert(first, verdict);
                read.extend(table.all().iter().skip(1));
            }
        }
    }

    pub(crate) fn text(&self, statement: &Statement) -> &'a str {
        &self.blocks.words[statement.words.clone()]
    }

    pub(crate) fn heading(&mut self, index: usize) {
        let statement = &self.statements[index];
        self.expire(&|_| true);
        self.ahead.clear();
        self.unnamed = false;
        (self.last, self.ballot, self.number) = (None, None, None);
        self.topic = Some(statement.words.clone());
        if self.is_number(index) || self.is_advice(index) {
            return;
        }
        let heading = self.lexicon.fits("decision-heading", without_attributes(self.text(statement)));
        self.waiting = Waiting { heading, next: heading, ..Waiting::default() };
    }

    pub(crate) fn statement(&mut self, index: usize) {
        let statement = &self.statements[index];
        let block = &self.blocks.list[statement.block];
        let text = self.text(statement);
        self.forget(statement.block);
        if let Some(said) = self.recorded.remove(&statement.block) {
            return self.voted(statement.block, said);
        }
        if let Some((said, says)) = self.verdicts.remove(&statement.block) {
            self.used.push(statement.words.clone());
            return self.found(index, said, says);
        }
        if is_blank(self.lexicon, text) {
            self.motions.clear();
            self.close(statement);
            return;
        }
        if self.parts.last() == Some(&statement.block) || self.listed.contains(&statement.block) {
            // It belongs to the mark above it, and may say who moved it.
            self.reach = self.orders[statement.block];
            return self.complete(&statement.words);
        }
        if self.is_limb(index) || self.is_number(index) || self.is_advice(index) || self.awaited(index) {
            return;
        }
        let listed = matches!(block.kind, BlockKind::Item { .. }) || !statement.label.is_empty();
        if listed && self.last.is_some() && self.orders[statement.block] == self.reach + 1 {
            self.reach = self.orders[statement.block];
        }
        if text.ends_with('?') || self.bold_heading(index) {
            return;
        }
        if block.quotes > 0 && !self.quoting {
            return self.quoted(index);
        }
        self.unquoted = Some(index);
        if self.moved_below(index) || self.put_below(index) {
            return;
        }
        if self.lexicon.fits("beside", text) {
            self.used.push(statement.words.clone());
            self.last = None;
            self.motions.clear();
            return;
        }
        if self.puts(index) {
            return;
        }
        let dated = self.lexicon.fits("agreed-line", text) && votes::tally(text, self.lexicon).is_empty();
        let dated = dated || self.is_state_of_minutes(index);
        if dated || ["put", "undecided"].iter().any(|name| self.lexicon.fits(name, text)) {
            return self.close(statement);
        }
        if self.ballot(index) || self.completes(index) {
            return self.used.push(statement.words.clone());
        }
        self.begins(statement);
        // A table of votes may stand above what they were on.
        self.ballot =
            self.ballot.take().filter(|ballot| ballot.of.is_none() && self.orders[statement.block] <= ballot.at + 2);
        // What is called a motion, or stands between the marks of a quotation, was put, whatever its words are.
        let _ = match self.lexicon.fits("motion-label", text) {
            _ if self.is_in_marks(statement) => self.moves(index),
            true => self.moves(index) || self.decides(index),
            false => self.decides(index) || self.moves(index),
        };
    }

    /// Whether a word alone, above the line that says that these are minutes, says that they were adopted.
    fn is_state_of_minutes(&self, index: usize) -> bool {
        let next = self.statements.get(index + 1).map_or("", |next| self.text(next));
        self.drafts.is_empty()
            && self.motions.is_empty()
            && self.lexicon.fits("title-of-minutes", next)
            && self.lexicon.fits("result-only", self.text(&self.statements[index]))
    }

    /// Whether a later sentence of a leaf stands in the quotation with which the leaf begins.
    fn is_in_marks(&self, statement: &Statement) -> bool {
        let leaf = self.blocks.list[statement.block].words.clone();
        let before = &self.blocks.words[leaf.start..statement.words.start.max(leaf.start)];
        let opened = before.trim_start().strip_prefix(['“', '"']);
        opened.is_some_and(|said| !said.contains(['”', '"']))
    }

    /// Lets go of what stands too far above.
    pub(crate) fn forget(&mut self, block: usize) {
        let now = self.orders[block];
        let over: Vec<usize> =
            self.motions.iter().filter(|motion| now > motion.reach + NEAR).map(|motion| motion.block).collect();
        if !over.is_empty() {
            self.expire(&|motion| over.contains(&motion.block));
        }
        self.last = self.last.filter(|_| now <= self.reach + NEAR);
    }

    /// A new item, or a leaf with a label, speaks of something else than what stands above it.
    pub(crate) fn begins(&mut self, statement: &Statement) {
        let leaf = &self.blocks.list[statement.block];
        let item = matches!(leaf.kind, BlockKind::Item { .. }) || !statement.label.is_empty();
        let deeper = self.last.is_some_and(|last| {
            let above = &self.blocks.list[self.drafts[last].place.block()];
            leaf.lists > above.lists || matches!(self.drafts[last].place, DraftPlace::Opener { .. })
        });
        if statement.first && item && !deeper {
            self.last = None;
        }
        if statement.first && item {
            let lists = |motion: &Motion| self.blocks.list[motion.block].lists;
            let over: Vec<usize> =
                self.motions.iter().filter(|motion| leaf.lists <= lists(motion)).map(|motion| motion.block).collect();
            self.expire(&|motion| over.contains(&motion.block));
        }
    }

    /// A leaf that the walk would take for the opening of a record is none.
    pub(crate) fn close(&mut self, statement: &Statement) {
        if statement.first && (self.opens)(&self.blocks.list[statement.block]) {
            self.closed.push(statement.block);
        }
    }

    /// Takes a leaf that a heading or a mark above it made a decision.
    pub(crate) fn awaited(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let block = &self.blocks.list[statement.block];
        if !statement.first {
            return false;
        }
        let waiting = std::mem::take(&mut self.waiting);
        let list = match block.kind {
            BlockKind::Item { list, .. } => Some(list),
            _ => None,
        };
        if let Some(known) = waiting.list {
            let same = list == Some(known) || block.lists > 1;
            if same {
                self.waiting.list = Some(known);
            }
            if list != Some(known) {
                return false;
            }
        } else if waiting.heading && list.is_some() && block.lists == 1 {
            self.waiting.list = list;
        } else if !waiting.next {
            return false;
        }
        let text = self.text(statement);
        let marked = self.lexicon.fits("mark", text) || (self.opens)(block);
        let none = self.lexicon.fits("undecided", text) || self.lexicon.fits("nobody", text.trim_end_matches('.'));
        if marked || none || text.ends_with(':') || matches!(block.kind, BlockKind::Cell { .. }) {
            return false;
        }
        let mut words = statement.words.start..self.end_of_leaf(index, waiting.next && !waiting.heading);
        if let Some(said) = self.says_after_all(index).filter(|_| waiting.next) {
            words = self.statements[said].words.clone();
        }
        if self.waiting.list.is_some() && self.is_told(&words) {
            self.used.push(words);
            return true;
        }
        let said: Vec<Said> = waiting.number.into_iter().chain(std::mem::take(&mut self.ahead)).collect();
        // Somebody moved what stands below the word that says that it was resolved.
        let moved = waiting.next && !waiting.heading && said.iter().any(|one| one.role == Role::Mover);
        let told = moved.then(|| (self.blocks.words[words.clone()].to_owned(), "agreed".to_owned()));
        self.decide(statement.block, words, 0, (None, told), said);
        true
    }

    /// Whether a list of all decisions, as at the end of minutes, says again what was said at its item.
    fn is_told(&self, words: &Range<usize>) -> bool {
        let letters = letters_of(&self.blocks.words[words.clone()]);
        self.drafts.iter().any(|draft| match &draft.place {
            DraftPlace::Words { words, mark, .. } => {
                let own = words.start + mark..words.end.max(words.start + mark);
                own.len() < letters.len() * 3 && letters_of(&self.blocks.words[own]) == letters
            }
            DraftPlace::Opener { .. } => false,
        })
    }

    /// Where the words of a decision end that begins with the statement `index`: with it, or with its leaf.
    pub(crate) fn end_of_leaf(&self, index: usize, sentence: bool) -> usize {
        let block = self.statements[index].block;
        let rest = self.statements[index..].iter().take_while(|one| one.block == block && !sentence);
        rest.map(|one| one.words.end).last().unwrap_or(self.statements[index].words.end)
    }

    /// A paragraph in bold, or with a colon, that heads a list of decisions.
    pub(crate) fn bold_heading(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let block = &self.blocks.list[statement.block];
        let whole = statement.first && statement.last;
        let next = self.blocks.list.get(statement.block + 1).map(|next| next.kind);
        let heads = whole
            && block.kind == BlockKind::Paragraph
            && !(self.opens)(block)
            && matches!(next, Some(BlockKind::Item { .. }))
            && self.blocks.is_strong(&statement.words)
            && self.lexicon.fits("decision-heading", self.text(statement));
        if heads {
            self.heading(index);
        }
        heads
    }

    /// What was moved stands below the sentence that says who moved it.
    pub(crate) fn moved_below(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        if !statement.first || self.motions.last().is_none_or(|motion| motion.block + 1 != statement.block) {
            return false;
        }
        if ["result-only", "tally-only", "movers-only"].iter().any(|name| self.lexicon.fits(name, self.text(statement)))
        {
            return false;
        }
        let above = self.statements[..index].last().filter(|one| one.block + 1 == statement.block && statement.first);
        let open = above.is_some_and(|above| self.text(above).ends_with([':', ',']));
        let end = self.end_of_leaf(index, false);
        let opens = self.goes_on(statement.block, end);
        let motion =
            self.motions.last_mut().filter(|motion| open && motion.block + 1 == statement.block && !motion.opens);
        if let Some(motion) = motion {
            motion.opens = opens;
            self.used.push(motion.words.clone());
            (motion.block, motion.words) = (statement.block, statement.words.start..end);
            motion.reach = self.orders[statement.block];
            return true;
        }
        false
    }

    /// A quotation is what was moved just above it, or somebody else's words.
    pub(crate) fn quoted(&mut self, index: usize) {
        let statement = &self.statements[index];
        if self.moved_below(index) {
            return;
        }
        let above = self.unquoted.map_or("", |above| self.text(&self.statements[above]));
        let opens = (self.opens)(&self.blocks.list[statement.block]);
        let foreign = !above.ends_with(['.', ':', '!', '?', ')']) || self.lexicon.fits("recital", above);
        if statement.first && opens {
            if foreign || self.lexicon.fits("blank", self.text(statement)) {
                self.closed.push(statement.block);
            } else {
                self.open(index, "", None, None);
            }
        }
    }

    // What was decided, in one sentence.

    // Motions.

    // Drafts.

    /// The words of what was decided up to what was left out of it.
    pub(crate) fn without_exception<'text>(&self, text: &'text str) -> &'text str {
        self.lexicon.find("exception", text).map_or(text, |(_, found)| &text[..found.get(0).map_or(0, |at| at.start())])
    }

    /// What was said ahead of a decision: who moved it.
    pub(crate) fn taken(&mut self) -> Vec<Said> {
        let mut said = std::mem::take(&mut self.ahead);
        self.ahead_at = None;
        if let Some(motion) = self.motions.pop() {
            self.used.push(motion.words.clone());
            let count = |role: Role| {
                let said = motion.said.iter().find(|one| one.role == role);
                said.and_then(|one| one.value.parse::<u32>().ok()).unwrap_or(0)
            };
            // The vote was on what was then resolved, unless it was lost.
            let carried = count(Role::For) > count(Role::Against) && !motion.amendment;
            let votes = [Role::For, Role::Against, Role::Abstained];
            let taken =
                |one: &Said| matches!(one.role, Role::Mover | Role::Seconder) || (carried && votes.contains(&one.role));
            said.extend(motion.said.iter().filter(|one| taken(one)).cloned());
            self.motions.clear();
        }
        said
    }

    /// Adds a decision. `said.0` is its outcome; else `said.1` are its words and a verb that says it.
    pub(crate) fn decide(
        &mut self,
        block: usize,
        words: Range<usize>,
        mark: usize,
        (says, told): (Option<Box<str>>, Option<(String, String)>),
        said: Vec<Said>,
    ) {
        if is_blank(self.lexicon, &self.blocks.words[words.clone()]) {
            return;
        }
        let from = self.drafts.len().saturating_sub(RECENT);
        let recent = self.drafts[from..].iter().rposition(|draft| overlaps(&draft.place, block, &words));
        if let Some(known) = recent.map(|at| from + at) {
            self.last = Some(known);
            return self.complete(&words);
        }
        let outcome = says.or_else(|| {
            let (content, word) = told.as_ref()?;
            // A verb of deciding speaks last: what was resolved, agreed or carried says more.
            let word = word.to_uppercase();
            if self.lexicon.fits("adjourns", content) {
                return Some("agreed".into());
            }
            let told = outcome(content, Some(word.as_str()).filter(|word| !word.is_empty()), self.rules.verbs);
            let all = if told.is_none() { &self.blocks.words[words.clone()] } else { content };
            // What is left out of it may be put off, and the rest was decided.
            let put_off = told.as_deref().is_none_or(|told| told == "agreed")
                && self.lexicon.fits("put-off", self.without_exception(all));
            if put_off { Some("deferred".into()) } else { told }
        });
        let above = self.number_above(block);
        let number = self.waiting.number.take().or(above).filter(|_| !said.iter().any(|one| one.role == Role::Number));
        let mut said: Vec<Said> = said.into_iter().chain(number).collect();
        let ballot = self.ballot.take().map_or(Vec::new(), |ballot| ballot.said);
        said.extend(ballot);
        self.drafts.push(Draft { place: DraftPlace::Words { block, words: words.clone(), mark }, outcome, said });
        self.last = Some(self.drafts.len() - 1);
        self.reach = self.orders[block];
        self.complete(&words);
    }

    /// Adds what `words` say of the decision made last.
    pub(crate) fn complete(&mut self, words: &Range<usize>) {
        let Some(last) = self.last else { return };
        let said = votes::said(self.blocks, words, self.lexicon);
        let draft = &mut self.drafts[last];
        for one in said {
            if !draft.said.iter().any(|known| known.role == one.role) {
                draft.said.push(one);
            }
        }
    }
}

/// The place of each leaf among the paragraphs of a text; all cells of a table have one.
fn orders(blocks: &Blocks) -> Vec<usize> {
    let mut order = 0;
    let mut table = None;
    let orders = blocks.list.iter().map(|block| {
        let own = match block.kind {
            BlockKind::Cell { table, .. } => Some(table),
            _ => None,
        };
        order += usize::from(own.is_none() || own != table);
        table = own;
        order
    });
    orders.collect()
}

fn overlaps(place: &DraftPlace, block: usize, words: &Range<usize>) -> bool {
    match place {
        DraftPlace::Words { words: own, .. } => own.start < words.end && words.start < own.end,
        DraftPlace::Opener { block: own, .. } => *own == block,
    }
}
