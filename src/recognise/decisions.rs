//! Decisions as clerks write them: marks, sentences, motions and what became of them.
//!
//! Input: the statements of a text. Output: a [`Draft`] for each decision, with mover, seconder, votes and outcome, and what only
//! looks like one. Not here: any phrase (`en.decisions.toml`), votes (`votes.rs`), tables (`tables.rs`).
//!
//! The pass goes through the statements once and remembers what may still be completed: motions without a result, the
//! decision made last, and the names of who moved what comes next. A heading forgets all of it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::blocks::{Block, BlockKind, Blocks};
use super::findings::Said;
use super::lexicon::Lexicon;
use super::outcome::outcome;
use super::statements::Statement;
use super::tables::Table;
use super::votes;
use crate::kind::Role;

/// A decision, while it may still be completed.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// What holds it.
    pub(super) place: DraftPlace,
    /// Its outcome; `None` if nothing says it.
    pub(super) outcome: Option<Box<str>>,
    /// What is said of it: who moved and seconded it, the votes, its number.
    pub(super) said: Vec<Said>,
}

/// What holds the words of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DraftPlace {
    /// A range of the words, in the leaf of this index; the bytes at its beginning that only mark it.
    Words { block: usize, words: Range<usize>, mark: usize },
    /// The leaf of this index and what follows it; the mark with which it begins, and whether its own sentence is whole.
    Opener { block: usize, mark: Box<str>, number: Option<Box<str>>, finished: bool },
}

impl DraftPlace {
    pub(super) fn block(&self) -> usize {
        match self {
            Self::Words { block, .. } | Self::Opener { block, .. } => *block,
        }
    }
}

/// What the pass knows of the kind whose records are decisions.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a> {
    /// What the verbs of the kind say of its outcome.
    pub(super) verbs: &'a [(String, String)],
}

/// A motion without a result.
struct Motion {
    block: usize,
    words: Range<usize>,
    amendment: bool,
    said: Vec<Said>,
}

/// What a heading of decisions, or a mark alone, says of the leaves after it.
#[derive(Default)]
struct Waiting {
    /// The number after the mark.
    number: Option<Said>,
    /// Whether the next leaf is a decision, whatever its words are.
    next: bool,
    /// The list whose items are decisions, after a heading that says so.
    list: Option<usize>,
    /// Whether what comes next may still be that list.
    heading: bool,
}

pub(super) struct Decisions<'a> {
    blocks: &'a Blocks,
    statements: &'a [Statement],
    lexicon: &'a Lexicon,
    rules: Rules<'a>,
    /// Whether the walk opens a record at this leaf by the words of its kind.
    opens: &'a dyn Fn(&Block) -> bool,
    pub(super) drafts: Vec<Draft>,
    /// Blocks that look as if they opened a record and do not.
    pub(super) closed: Vec<usize>,
    /// Sentences that say something of a decision or a motion beside its own words.
    pub(super) used: Vec<Range<usize>>,
    /// Motions that ended without a result, and results of nothing that could be found.
    pub(super) open: Vec<Range<usize>>,
    motions: Vec<Motion>,
    /// The decision that may still be completed.
    last: Option<usize>,
    waiting: Waiting,
    /// Who moved and seconded what comes next.
    ahead: Vec<Said>,
    /// The place of each leaf among the paragraphs; a table is one.
    orders: Vec<usize>,
    /// Whether most of the text stands in quotations, so that they quote nobody.
    quoting: bool,
    /// Leaves of motions after which somebody is called the proposer.
    proposed: HashSet<usize>,
    /// The heading above, or the short line that stands for one.
    topic: Option<Range<usize>>,
    /// The last paragraph that speaks of the decision made last, by its place among the paragraphs.
    reach: usize,
    /// Leaves that are what a mark above them says was decided.
    pub(super) parts: Vec<usize>,
    /// The last statement that stands in no quotation.
    unquoted: Option<usize>,
    /// Recorded votes, by the first leaf of their table.
    recorded: HashMap<usize, Vec<Said>>,
    /// Whether the leaves are worth a look: a stem of the patterns is in them.
    stems: Vec<bool>,
}

/// How many decisions back one may be that a sentence speaks of too.
const RECENT: usize = 8;

/// How many sentences of its leaf a result may stand after what it is the result of.
const MOST_BETWEEN: usize = 40;

/// How many leaves after a motion its result may stand.
const NEAR: usize = 4;

impl<'a> Decisions<'a> {
    pub(super) fn new(
        blocks: &'a Blocks,
        statements: &'a [Statement],
        lexicon: &'a Lexicon,
        rules: Rules<'a>,
        opens: &'a dyn Fn(&Block) -> bool,
    ) -> Self {
        let stems = blocks.list.iter().map(|block| lexicon.fits("decision-stem", blocks.words_of(block))).collect();
        Self {
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
            waiting: Waiting::default(),
            ahead: Vec::new(),
            quoting: blocks.are_mostly_quoted(),
            proposed: HashSet::new(),
            topic: None,
            reach: 0,
            parts: Vec::new(),
            unquoted: None,
            recorded: HashMap::new(),
            orders: orders(blocks),
            stems,
        }
    }

    /// Goes through all statements but those for which `skipped` says so: cells of tables that were read as tables.
    pub(super) fn all(&mut self, skipped: &dyn Fn(usize) -> bool) {
        for index in 0..self.statements.len() {
            let statement = &self.statements[index];
            if skipped(statement.block) {
                continue;
            }
            match self.blocks.list[statement.block].kind {
                BlockKind::Heading(_) => self.heading(statement),
                _ => self.statement(index),
            }
        }
        self.expire(&|_| true);
    }

    /// Remembers the recorded votes that stand in tables of names, and that their cells need no look.
    pub(super) fn recorded_votes(&mut self, tables: &[Table<'_>], read: &mut HashSet<usize>) {
        for table in tables {
            let said = table.recorded_vote();
            if let Some(first) = table.all().first().filter(|_| !said.is_empty()) {
                self.recorded.insert(*first, said);
                read.extend(table.all().iter().skip(1));
            }
        }
    }

    fn text(&self, statement: &Statement) -> &'a str {
        &self.blocks.words[statement.words.clone()]
    }

    fn heading(&mut self, statement: &Statement) {
        self.expire(&|_| true);
        self.ahead.clear();
        self.last = None;
        self.topic = Some(statement.words.clone());
        let heading = self.lexicon.fits("decision-heading", self.text(statement));
        self.waiting = Waiting { heading, next: heading, ..Waiting::default() };
    }

    fn statement(&mut self, index: usize) {
        let statement = &self.statements[index];
        let block = &self.blocks.list[statement.block];
        let text = self.text(statement);
        self.forget(statement.block);
        if let Some(said) = self.recorded.remove(&statement.block) {
            return self.voted(said);
        }
        if self.lexicon.fits("blank", text) {
            self.motions.clear();
            self.close(statement);
            return;
        }
        if self.parts.last() == Some(&statement.block) {
            // It belongs to the mark above it, and may say who moved it.
            self.reach = self.orders[statement.block];
            return self.complete(&statement.words);
        }
        if self.awaited(index) {
            return;
        }
        let listed = matches!(block.kind, BlockKind::Item { .. }) || !statement.label.is_empty();
        if listed && self.last.is_some() && self.orders[statement.block] == self.reach + 1 {
            self.reach = self.orders[statement.block];
        }
        let opens = text.len() < 90 && text.ends_with([':', '-', '–']);
        let worth = opens || self.stems[statement.block] || self.last.is_some() || !self.motions.is_empty();
        if !worth || text.ends_with('?') {
            return;
        }
        if self.bold_heading(statement) {
            return;
        }
        if block.quotes > 0 && !self.quoting {
            return self.quoted(index);
        }
        self.unquoted = Some(index);
        if self.moved_below(index) {
            return;
        }
        if self.lexicon.fits("beside", text) {
            self.used.push(statement.words.clone());
            self.last = None;
            self.motions.clear();
            return;
        }
        let dated = self.lexicon.fits("agreed-line", text) && votes::tally(text, self.lexicon).is_empty();
        if dated || ["put", "undecided"].iter().any(|name| self.lexicon.fits(name, text)) {
            return self.close(statement);
        }
        if self.completes(index) {
            return self.used.push(statement.words.clone());
        }
        self.begins(statement);
        let _ = self.decides(index) || self.moves(index);
    }

    /// A recorded vote is on the motion that is open, else on what was decided last.
    fn voted(&mut self, said: Vec<Said>) {
        if let Some(motion) = self.motions.iter_mut().rfind(|motion| !motion.amendment) {
            motion.said.extend(said);
        } else if let Some(last) = self.last {
            self.drafts[last].said.extend(said);
        }
    }

    /// Lets go of motions of which nothing else is said. Where somebody proposed and somebody seconded, that was enough.
    fn expire(&mut self, gone: &dyn Fn(&Motion) -> bool) {
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

    /// Lets go of what stands too far above.
    fn forget(&mut self, block: usize) {
        let now = self.orders[block];
        let over: Vec<usize> = self
            .motions
            .iter()
            .filter(|motion| now > self.orders[motion.block] + NEAR)
            .map(|motion| motion.block)
            .collect();
        if !over.is_empty() {
            self.expire(&|motion| over.contains(&motion.block));
        }
        self.last = self.last.filter(|_| now <= self.reach + NEAR);
    }

    /// A new item, or a leaf with a label, speaks of something else than what stands above it.
    fn begins(&mut self, statement: &Statement) {
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
    fn close(&mut self, statement: &Statement) {
        if statement.first && (self.opens)(&self.blocks.list[statement.block]) {
            self.closed.push(statement.block);
        }
    }

    /// Takes a leaf that a heading or a mark above it made a decision.
    fn awaited(&mut self, index: usize) -> bool {
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
        let marked = self.lexicon.find("mark", text).is_some() || (self.opens)(block);
        let none = self.lexicon.fits("undecided", text) || self.lexicon.fits("nobody", text.trim_end_matches('.'));
        if marked || none || text.ends_with(':') || matches!(block.kind, BlockKind::Cell { .. }) {
            return false;
        }
        let words = statement.words.start..self.end_of_leaf(index, waiting.next && !waiting.heading);
        let said = waiting.number.into_iter().chain(std::mem::take(&mut self.ahead)).collect();
        self.decide(statement.block, words, 0, (None, None), said);
        true
    }

    /// Where the words of a decision end that begins with the statement `index`: with it, or with its leaf.
    fn end_of_leaf(&self, index: usize, sentence: bool) -> usize {
        let block = self.statements[index].block;
        let rest = self.statements[index..].iter().take_while(|one| one.block == block && !sentence);
        rest.map(|one| one.words.end).last().unwrap_or(self.statements[index].words.end)
    }

    /// A paragraph in bold, or with a colon, that heads a list of decisions.
    fn bold_heading(&mut self, statement: &Statement) -> bool {
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
            self.heading(statement);
        }
        heads
    }

    /// What was moved stands below the sentence that says who moved it.
    fn moved_below(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        if !statement.first || self.motions.last().is_none_or(|motion| motion.block + 1 != statement.block) {
            return false;
        }
        let above = self.statements[..index].last().filter(|one| one.block + 1 == statement.block && statement.first);
        let open = above.is_some_and(|above| self.text(above).ends_with([':', ',']));
        let end = self.end_of_leaf(index, false);
        let motion = self.motions.last_mut().filter(|motion| open && motion.block + 1 == statement.block);
        if let Some(motion) = motion {
            self.used.push(motion.words.clone());
            (motion.block, motion.words) = (statement.block, statement.words.start..end);
            return true;
        }
        false
    }

    /// A quotation is what was moved just above it, or somebody else's words.
    fn quoted(&mut self, index: usize) {
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

    fn decides(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        if self.lexicon.fits("recital", text) && self.lexicon.find("mark", text).is_none() {
            return false;
        }
        if self.lexicon.fits("opinion", text) && !self.lexicon.fits("decided-after-all", text) {
            return false;
        }
        self.marked(index) || self.told(index) || self.imperative(index)
    }

    /// What is to be done, with the votes on it in the same line: "Re-elect Bastian – 5 in favor".
    fn imperative(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        if !self.lexicon.fits("imperative", text) {
            return false;
        }
        let tally = votes::tally(text, self.lexicon);
        let count = |role: Role| tally.iter().find(|one| one.0 == role).map_or(0, |one| one.1);
        if tally.is_empty() {
            return false;
        }
        let lost = count(Role::For) <= count(Role::Against);
        let says = lost.then(|| "rejected".into());
        let told = Some((format!("to {text}"), "agreed".to_owned()));
        self.decide(statement.block, statement.words.clone(), 0, (says, told), Vec::new());
        true
    }

    /// A mark, and what follows it.
    fn marked(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        let opens = statement.first && (self.opens)(&self.blocks.list[statement.block]);
        // The label was taken off, and may be the record's own number: 23/143 RESOLVED.
        let own = &self.blocks.words[statement.label.start..statement.words.end];
        let found = self.lexicon.find("mark", text).or_else(|| self.lexicon.find("mark", own));
        let Some((pattern, found)) = found else { return opens && self.open(index, "", None, None) };
        let number = found.name("number").or_else(|| found.name("after"));
        let labelled = found[0].len() > text.len();
        let base = if labelled { statement.label.start } else { statement.words.start };
        let number = number.map(|number| {
            let range = base + number.start()..base + number.end();
            Said::words(Role::Number, self.blocks, range)
        });
        let rest = found.name("rest").map_or("", |rest| rest.as_str()).trim();
        let length = found.name("mark").map_or(0, |mark| mark.end());
        let mark = found.name("mark").map_or("", |mark| mark.as_str());
        let says = pattern.says.clone();
        let mark_length = length.saturating_sub(if labelled { statement.words.start - base } else { 0 });
        if is_title(rest) && number.is_some() {
            // A number and a heading in capitals: what was resolved stands below.
            self.waiting.number = number;
            return true;
        }
        let alone = rest.trim_matches('.').is_empty() || (rest.ends_with(':') && statement.last && rest.len() < 40);
        if rest.trim_end_matches(['.', ')']).chars().all(|letter| letter.is_ascii_digit()) && !rest.is_empty() {
            return true;
        }
        if alone && statement.last {
            return self.mark_alone(index, mark, number);
        }
        if opens && !labelled {
            return self.open(index, mark, number, says);
        }
        let said = number.into_iter().chain(self.taken()).collect();
        let words = statement.words.start..statement.words.end;
        let word = first_word(mark);
        self.decide(statement.block, words, mark_length, (says, Some((rest.to_owned(), word))), said);
        true
    }

    /// A mark without words: its parts stand below it, or the next paragraph is what was decided.
    fn mark_alone(&mut self, index: usize, mark: &str, number: Option<Said>) -> bool {
        let statement = &self.statements[index];
        if mark.trim_end().ends_with('.') || self.text(statement).ends_with('.') {
            return self.of_topic(index, None, false);
        }
        let block = &self.blocks.list[statement.block];
        let next = self.blocks.list.get(statement.block + 1);
        let parts = next.is_some_and(|next| {
            let words = self.blocks.words_of(next);
            let label = self.lexicon.find("label", words).is_some();
            let item = matches!(next.kind, BlockKind::Item { .. });
            item || label || super::records::begins_that(words.trim_start())
        });
        let heading = next.is_none_or(|next| matches!(next.kind, BlockKind::Heading(_) | BlockKind::Break));
        if parts && statement.first {
            return self.open(index, mark, number, None);
        }
        if !heading && statement.first && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. }) {
            let whole =
                matches!(next, Some(next) if matches!(next.kind, BlockKind::Paragraph) && next.lists == block.lists);
            if whole
                && matches!(block.kind, BlockKind::Paragraph)
                && next.is_some_and(|next| next.quotes == block.quotes)
            {
                self.parts.push(statement.block + 1);
                return self.open(index, mark, number, None);
            }
            self.close(statement);
            let ahead = self.taken();
            self.ahead.extend(ahead);
            self.waiting = Waiting { number, next: true, ..Waiting::default() };
            return true;
        }
        self.of_topic(index, None, false)
    }

    /// A decision that begins with a leaf and goes on below it.
    fn open(&mut self, index: usize, mark: &str, number: Option<Said>, says: Option<Box<str>>) -> bool {
        let statement = &self.statements[index];
        let leaf = &self.blocks.list[statement.block];
        let said = self.taken();
        let finished = self.blocks.words_of(leaf).trim_end().ends_with('.');
        let number = number.map(|number| number.value);
        // What opens a record by the words of its kind is opened by the walk, as its author may have meant it.
        let opens = (self.opens)(leaf);
        let (mark, number) = if opens { ("", None) } else { (mark, number) };
        let place = DraftPlace::Opener { block: statement.block, mark: mark.into(), number, finished };
        self.drafts.push(Draft { place, outcome: says, said });
        self.last = Some(self.drafts.len() - 1);
        self.reach = self.orders[statement.block];
        let own = self.end_of_leaf(index, false);
        self.complete(&(statement.words.start..own));
        true
    }

    /// A sentence that tells what was decided, and a body that opens a list of what it did.
    fn told(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        for name in ["impersonal", "passive", "active", "paper-agreed", "fate"] {
            let Some((pattern, found)) = self.lexicon.find(name, text) else { continue };
            let whole = found.get(0).map_or(0..0, |whole| whole.range());
            let verb = found.name("verb").map_or(whole.end, |verb| verb.start());
            if self.lexicon.fits("conditional", &text[..verb]) && name != "active" {
                continue;
            }
            let word = found
                .name("verb")
                .map_or(if matches!(name, "impersonal" | "passive") { "" } else { "agreed" }, |verb| verb.as_str());
            let closing = name == "paper-agreed";
            let content = content(text, whole.start);
            let open_list = statement.first && statement.last && text.ends_with([':', '-']);
            let said = self.taken();
            if open_list && self.next_is_list(statement.block) {
                self.ahead.extend(said);
                return self.open(index, text, None, None);
            }
            let text_of_outcome = if closing { String::new() } else { content.to_owned() };
            let outcome = (pattern.says.clone(), Some((text_of_outcome, word.to_lowercase())));
            self.decide(statement.block, statement.words.clone(), 0, outcome, said);
            return true;
        }
        self.body_opens(index)
    }

    /// "The Integration Joint Board:-" with "(i) noted …" below it.
    fn body_opens(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        let body = text.trim_end_matches([':', '-', '–', ' ']);
        if !(statement.first && statement.last) || body.len() == text.len() || body.len() > 90 {
            return false;
        }
        let Some(next) = self.statements.get(index + 1).filter(|next| next.block == statement.block + 1) else {
            return false;
        };
        let below = format!("{body} {}", self.text(next));
        let below = ["active", "active-limb"].iter().any(|name| self.lexicon.fits(name, &below));
        below && !next.label.is_empty() && self.open(index, text, None, None)
    }

    fn next_is_list(&self, block: usize) -> bool {
        self.blocks.list.get(block + 1).is_some_and(|next| {
            matches!(next.kind, BlockKind::Item { .. })
                || self.lexicon.find("label", self.blocks.words_of(next)).is_some()
        })
    }

    // Motions.

    /// A motion; with a result in the same sentence it is a decision.
    fn moves(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        if self.lexicon.fits("recital", text) {
            return false;
        }
        let Some((_, found)) = self.lexicon.find("motion", text) else { return false };
        if found.name("mover").is_some_and(|mover| self.is_nobody(mover.as_str())) {
            return false;
        }
        let start = found.get(0).map_or(0, |whole| whole.start());
        let said = votes::said(self.blocks, &statement.words, self.lexicon);
        let amendment = text[..text.len().min(40)].to_lowercase().contains("amendment");
        self.motions.push(Motion { block: statement.block, words: statement.words.clone(), amendment, said });
        let after = text.get(start + 6..).unwrap_or_default();
        if let Some((pattern, _)) = self.lexicon.find("result", after).filter(|_| closes(after)) {
            let says = pattern.says.clone();
            self.settle(says.as_deref(), text);
        }
        true
    }

    /// Whether a word that begins with a capital is no name: "He proposed", "It moved".
    fn is_nobody(&self, name: &str) -> bool {
        let first = name.split_whitespace().next().unwrap_or_default();
        self.lexicon.has("no-names", first)
    }

    /// Makes a decision of the motion that `text` speaks of.
    fn settle(&mut self, says: Option<&str>, text: &str) -> bool {
        let amendment = text.to_lowercase().contains("amendment");
        let at = self.motions.iter().rposition(|motion| motion.amendment == amendment);
        let Some(at) = at.or_else(|| self.motions.len().checked_sub(1)) else { return false };
        let motion = self.motions.remove(at);
        if !motion.amendment {
            self.motions.clear();
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
    fn completes(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        let tally = self.lexicon.fits("tally-only", text);

        let movers = self.lexicon.fits("movers-only", text) && !text.ends_with([':', ',']);
        let fits = |name: &str| self.lexicon.fits(name, text);
        let content =
            self.lexicon.find("mark", text).is_some_and(|(_, found)| !found["rest"].trim_matches('.').is_empty());
        let told = fits("impersonal") || (content && statement.first);
        let tally = tally && !told;
        let result = (fits("result-only") && !told) || (movers && fits("result"));
        if result && self.motions.is_empty() && self.last.is_none() && fits("fate") {
            return statement.first && statement.last && self.of_topic(index, Some("deferred"), false);
        }
        let idle = self.motions.is_empty() && self.last.is_none();
        if !(result || tally || movers) || (idle && result && !movers && fits("motion")) {
            return false;
        }
        let says = self.lexicon.find("result", text).and_then(|(pattern, _)| pattern.says.clone());
        let near = |block: usize| {
            let same = block == statement.block;
            let first = self.statements[..index].last().is_none_or(|above| above.block != statement.block);
            same || ((statement.first || first) && self.orders[statement.block] <= self.orders[block] + 2)
        };
        // A paragraph with a number of its own speaks of itself.
        let numbered = statement.first && !statement.label.is_empty();
        let open = self.motions.last().is_some_and(|motion| near(motion.block) || result);
        let last = self.last.filter(|last| {
            let draft = &self.drafts[*last].place;
            let opener = matches!(draft, DraftPlace::Opener { .. }) && self.orders[statement.block] <= self.reach + 2;
            (near(draft.block()) || opener) && (!numbered || draft.block() == statement.block)
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
            return true;
        }
        let of_above = (result || tally) && self.before(index, says.as_deref());
        if result && !of_above {
            self.open.push(self.statements[index].words.clone());
        }
        of_above
    }

    /// Who moved and seconded: of what was decided above, or of what comes.
    fn movers(&mut self, index: usize, last: Option<usize>) -> bool {
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
            (Some(last), None) => self.drafts[last].said.extend(said()),
            (None, None) => self.ahead.extend(said()),
        }
        true
    }

    /// A result of which nothing was decided or moved above: of the sentence before it in its leaf, or in the item above it.
    fn before(&mut self, index: usize, says: Option<&str>) -> bool {
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
        let headed = own.is_none() && !statement.first && statement.last;
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
        self.decide(at, words, 0, (outcome, Some((content, word))), Vec::new());
        self.complete(&statement.words);
        true
    }

    /// A result, or a mark, that stands alone below a heading: the heading says of what.
    fn of_topic(&mut self, index: usize, says: Option<&str>, alone: bool) -> bool {
        let statement = &self.statements[index];
        let above = self.statements[..index].last().filter(|above| {
            let leaf = &self.blocks.list[above.block];
            let short = self.text(above).split_whitespace().count() <= 24 && above.first && above.last;
            let line = !above.label.is_empty() || self.blocks.is_strong(&above.words);
            above.block + 1 == statement.block && (matches!(leaf.kind, BlockKind::Heading(_)) || (short && line))
        });
        let heads = |one: &&Statement| matches!(self.blocks.list[one.block].kind, BlockKind::Heading(_));
        let above = above.or_else(|| {
            let before = self.statements[..index].iter().rev().find(|one| one.block < statement.block);
            before.filter(|one| one.block + 1 == statement.block).filter(heads)
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

    // Drafts.

    /// What was said ahead of a decision: who moved it.
    fn taken(&mut self) -> Vec<Said> {
        let mut said = std::mem::take(&mut self.ahead);
        if let Some(motion) = self.motions.pop() {
            said.extend(motion.said.into_iter().filter(|one| matches!(one.role, Role::Mover | Role::Seconder)));
            self.motions.clear();
        }
        said
    }

    /// Adds a decision. `said.0` is its outcome; else `said.1` are its words and a verb that says it.
    fn decide(
        &mut self,
        block: usize,
        words: Range<usize>,
        mark: usize,
        (says, told): (Option<Box<str>>, Option<(String, String)>),
        said: Vec<Said>,
    ) {
        if self.lexicon.fits("blank", &self.blocks.words[words.clone()]) {
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
            outcome(content, Some(word.as_str()).filter(|word| !word.is_empty()), self.rules.verbs)
        });
        let number = self.waiting.number.take().filter(|_| !said.iter().any(|one| one.role == Role::Number));
        let said = said.into_iter().chain(number).collect();
        self.drafts.push(Draft { place: DraftPlace::Words { block, words: words.clone(), mark }, outcome, said });
        self.last = Some(self.drafts.len() - 1);
        self.reach = self.orders[block];
        self.complete(&words);
    }

    /// Adds what `words` say of the decision made last.
    fn complete(&mut self, words: &Range<usize>) {
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

/// The words of a sentence from the first "that" or "to" after `from` on: what was decided.
fn content(text: &str, from: usize) -> &str {
    let rest = &text[from.min(text.len())..];
    let mut at = 0;
    for word in rest.split_inclusive(char::is_whitespace) {
        if matches!(word.trim().to_lowercase().as_str(), "that" | "to") {
            return &rest[at..];
        }
        at += word.len();
    }
    text
}

/// Whether the words after the last comma or full stop of a sentence say what became of a motion: "…, approved unanimously."
fn closes(text: &str) -> bool {
    let tail = text.trim_end_matches(['.', ')', ' ']);
    let last = tail.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let result = ["carried", "passed", "lost", "agreed", "approved", "adopted", "defeated", "unanimously"];
    result.contains(&last.as_str()) || tail.rfind([',', '.', ';', ':']).is_some() || tail.contains(" and ")
}

/// Whether words are a heading and no sentence: all in capitals, or after a dash.
fn is_title(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['–', '—', '-', ':', ' ']);
    let small = rest.chars().any(char::is_lowercase);
    !rest.is_empty() && !small && rest.chars().filter(|letter| letter.is_uppercase()).count() > 3
}

/// The first word of a mark that is a verb or noun of deciding, as typed without signs.
fn first_word(mark: &str) -> String {
    let word = mark.split(|letter: char| !letter.is_alphabetic()).find(|word| word.len() > 4);
    word.unwrap_or_default().to_lowercase()
}
