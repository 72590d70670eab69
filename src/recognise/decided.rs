//! Sentences that say by themselves what was decided: a mark with what follows it, a verb of deciding, a body that opens a list of what
//! it did.
//!
//! Input: a statement. Output: decisions. Not here: motions and results (`motions.rs`).

use std::collections::HashSet;
use std::ops::Range;

use super::decisions::{Decisions, MOST_BETWEEN, Waiting};
use super::drafts::{Draft, DraftPlace};
use super::findings::Said;
use super::outcome::{outcome, outcome_of};
use super::records::begins_that;
use super::statements::Statement;
use super::votes;
use crate::kind::Role;
use crate::language::capital;
use crate::lexicon::Lexicon;
use crate::lexicon::deciding::{Deciding, Shape, deciding, is_by_others};
use crate::markdown::blocks::{BlockKind, Blocks};

/// So many leaves at the beginning of minutes say which body met.
const OPENING: usize = 6;
/// How many paragraphs below its reference what is said of an application may stand.
const NEAR_APPLICATION: usize = 3;

/// A line that is longer names nobody.
const LONGEST_NAME: usize = 160;

/// A sentence that tells what was decided: the name of its patterns, and where in it what stands.
struct Telling {
    name: &'static str,
    says: Option<Box<str>>,
    whole: Range<usize>,
    verb: Option<Range<usize>>,
    /// The initials by which a body is called.
    short: String,
    /// Whether the verb says by itself what became of it.
    says_all: bool,
    /// Whether it was put together of sets of words.
    composed: bool,
}

impl Decisions<'_> {
    pub(crate) fn decides(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        // After the words of deciding anything may be spoken of; before them stands what was earlier or elsewhere.
        let certain = self.lexicon.find("opens-certain", text).map_or(text, |(_, found)| {
            let opens = found.get(0).map_or("", |opens| opens.as_str());
            found.name("certain").map_or(opens, |certain| certain.as_str())
        });
        if self.lexicon.fits("recital", certain) && !self.lexicon.fits("mark", text) {
            return false;
        }
        if self.lexicon.fits("opinion", text) && !self.lexicon.fits("decided-after-all", text) {
            return false;
        }
        if self.is_speech(index) {
            // What somebody tells of another day or body; a mark within it is of this meeting.
            return self.marked(index);
        }
        self.marked(index) || self.told(index) || self.imperative(index) || self.verdict(index)
    }

    /// Whether somebody speaks in the leaf of a statement, as a transcript has it: "Ben: why drop it?", "A (Abbie): …".
    fn is_speech(&self, index: usize) -> bool {
        let block = &self.blocks.list[self.statements[index].block];
        let words = self.blocks.words_of(block).trim_start();
        if self.lexicon.fits("question-turn", words) {
            return true;
        }
        let Some(who) = self.lexicon.find("speaker", words).and_then(|(_, found)| found.name("who")) else {
            return false;
        };
        let who = who.as_str().trim_start_matches('@');
        let known = |word: &str| self.names.contains(&word.trim_matches(['.', ',']).to_lowercase());
        !self.lexicon.fits("no-speaker", who) && who.split_whitespace().all(known)
    }

    /// Whether the body that did something is another one, of which the heading above says that it has news.
    fn is_of_others(&self, body: &str) -> bool {
        let heading = self.topic.as_ref().map_or("", |topic| &self.blocks.words[topic.clone()]);
        if !self.lexicon.fits("others-news", heading) {
            return false;
        }
        let Some((_, found)) = self.lexicon.find("hard-body", body) else { return false };
        let noun = found[0].to_lowercase();
        let has =
            |words: &str| words.to_lowercase().split(|sign: char| !sign.is_alphanumeric()).any(|word| word == noun);
        let own = self.blocks.list.iter().take(OPENING).any(|block| has(self.blocks.words_of(block)));
        has(heading) && !own
    }

    /// What is to be done, with the votes on it in the same line: "Re-elect Bastian – 5 in favor".
    pub(crate) fn imperative(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        if !self.lexicon.fits("imperative", text) {
            return false;
        }
        let tally = votes::tally(text, self.lexicon);
        let count = |role: Role| tally.iter().find(|one| one.0 == role).map_or(0, |one| one.1);
        let consented = self.lexicon.fits("by-consent", text);
        if tally.is_empty() && !consented {
            return false;
        }
        let lost = !consented && count(Role::For) <= count(Role::Against);
        let says = lost.then(|| "rejected".into());
        let told = Some((format!("to {text}"), "agreed".to_owned()));
        self.decide(statement.block, statement.words.clone(), 0, (says, told), Vec::new());
        true
    }

    /// What a council says of an application that stands above: "**Strongly object – no need is shown.**"
    pub(crate) fn verdict(&mut self, index: usize) -> bool {
        if self.verdict_beside(index) {
            return true;
        }
        // In bold, or right behind what it is of: "18/0221 Hill House, extension. No objections."
        let statement = &self.statements[index];
        let bold = self.blocks.is_strong(&statement.words);
        let before = index.checked_sub(1).map(|before| &self.statements[before]);
        let with_label = |one: &Statement| &self.blocks.words[one.label.start..one.words.end];
        let behind =
            before.is_some_and(|one| one.block == statement.block && self.lexicon.fits("application", with_label(one)));
        let said = self.text(statement).trim_end_matches('.');
        if !(bold || behind) || !self.lexicon.fits("verdict", if behind { said } else { self.text(statement) }) {
            return false;
        }
        let order = self.orders[statement.block];
        let own = self.statements[..index].iter().rev().take(MOST_BETWEEN);
        let near = own.take_while(|one| order <= self.orders[one.block] + NEAR_APPLICATION);
        let Some(application) = near.into_iter().find(|one| self.lexicon.fits("application", with_label(one))) else {
            return false;
        };
        let title = Said::words(Role::Title, self.blocks, application.words.clone());
        let words = statement.words.start..self.end_of_leaf(index, !bold);
        self.decide(statement.block, words, 0, (None, Some((String::new(), "agreed".to_owned()))), vec![title]);
        true
    }

    /// What a council says of an application behind its reference, in one sentence: "0123/16 Barn, Ley Farm: no objection."
    fn verdict_beside(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let own = statement.label.start..statement.words.end;
        let text = &self.blocks.words[own.clone()];
        let Some(at) = text.rfind([':', '–', '—']) else { return false };
        let says = text[at..].trim_start_matches([':', '–', '—', ' ']).trim_end_matches('.');
        // What is cheap to see is asked first, as most sentences are none of this sort.
        let numbered = text[..at].contains('/') && text[..at].contains(|sign: char| sign.is_ascii_digit());
        if !numbered || !self.lexicon.fits("verdict", says) || !self.lexicon.fits("application", &text[..at]) {
            return false;
        }
        let title = Said::words(Role::Title, self.blocks, own.start..own.start + at);
        let words = statement.words.clone();
        self.decide(statement.block, words, 0, (None, Some((String::new(), "agreed".to_owned()))), vec![title]);
        true
    }

    /// A mark, and what follows it.
    pub(crate) fn marked(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        let opens = statement.first && (self.opens)(&self.blocks.list[statement.block]);
        // The label was taken off, and may be the record's own number: 23/143 RESOLVED.
        let own = &self.blocks.words[statement.label.start..statement.words.end];
        let found = self.lexicon.find("mark", text).or_else(|| self.lexicon.find("mark", own));
        let Some((pattern, found)) = found else {
            let alone = opens && statement.last && !text.trim_end_matches([':', '.']).contains(char::is_whitespace);
            return opens && if alone { self.mark_alone(index, text, None) } else { self.open(index, "", None, None) };
        };
        let number = found.name("number").or_else(|| found.name("after"));
        let labelled = found[0].len() > text.len();
        let base = if labelled { statement.label.start } else { statement.words.start };
        let number = number.map(|number| {
            let range = base + number.start()..base + number.end();
            Said::words(Role::Number, self.blocks, range)
        });
        if self.goes_on_resolving(index) {
            return true;
        }
        let rest = found.name("rest").map_or("", |rest| rest.as_str()).trim();
        let length = found.name("mark").map_or(0, |mark| mark.end());
        // What stands before the mark on its line, such as "Budget: ", goes with it.
        let typed = if found[0].len() > text.len() { own } else { text };
        let mark = &typed[..length];
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
        let next = self.statements.get(index + 1).filter(|next| next.block == statement.block);
        // Its parts stand in lines of its own leaf: "RESOLVED that:" and "i) half plots be offered first" on the next line.
        let parted = text.ends_with(':') || ends_in_that(text);
        let lines = parted && next.is_some_and(|next| !next.label.is_empty());
        if (opens || (lines && statement.first)) && !labelled {
            return self.open(index, mark, number, says);
        }
        let said = number.into_iter().chain(self.taken()).collect();
        let own = self.statements[index + 1..].iter().take(MOST_BETWEEN);
        let own = own.take_while(|one| lines && one.block == statement.block && !one.label.is_empty());
        let words = statement.words.start..own.last().map_or(statement.words.end, |last| last.words.end);
        let word = first_word(mark);
        self.decide(statement.block, words, mark_length, (says, Some((rest.to_owned(), word))), said);
        true
    }

    /// A mark without words: its parts stand below it, or the next paragraph is what was decided.
    pub(crate) fn mark_alone(&mut self, index: usize, mark: &str, number: Option<Said>) -> bool {
        let statement = &self.statements[index];
        if mark.trim_end().ends_with('.') || self.text(statement).ends_with('.') {
            return self.of_topic(index, None, false);
        }
        let block = &self.blocks.list[statement.block];
        let next = self.blocks.list.get(statement.block + 1);
        let parts = next.is_some_and(|next| {
            let words = self.blocks.words_of(next);
            let label = self.lexicon.fits("label", words);
            let item = matches!(next.kind, BlockKind::Item { .. });
            item || label || begins_that(words.trim_start())
        });
        let heading = next.is_none_or(|next| matches!(next.kind, BlockKind::Heading(_) | BlockKind::Break));
        if parts && statement.first {
            return self.open(index, mark, number, None);
        }
        if self.is_body_alone(index + 1) {
            // "Decision", and below it "The Committee:" with what it did.
            self.close(&self.statements[index]);
            self.waiting.number = number;
            return true;
        }
        if parts && next.is_some_and(|next| next.kind == BlockKind::Paragraph && next.quotes == block.quotes) {
            return self.open_below(index, mark, number);
        }
        if !heading && statement.first && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. }) {
            let whole = matches!(next, Some(next) if matches!(next.kind, BlockKind::Paragraph)
                && next.lists == block.lists && next.quotes == block.quotes);
            if whole && matches!(block.kind, BlockKind::Paragraph) {
                return self.paragraph_below(index, mark, number);
            }
            self.close(statement);
            let ahead = self.taken();
            self.ahead.extend(ahead);
            self.waiting = Waiting { number, next: true, ..Waiting::default() };
            return true;
        }
        self.of_topic(index, None, false)
    }

    /// The sentence of a leaf, from `index` on, that says in so many words what was decided: "It has decided to grant it."
    pub(crate) fn says_after_all(&self, index: usize) -> Option<usize> {
        let block = self.statements[index].block;
        let own = self.statements.iter().enumerate().skip(index).take(MOST_BETWEEN);
        let own = own.take_while(|(_, one)| one.block == block);
        own.into_iter().find(|(_, one)| self.lexicon.fits("has-decided", self.text(one))).map(|(at, _)| at)
    }

    /// A mark, and the paragraph below it: it is called by the sentence that says what was decided.
    fn paragraph_below(&mut self, index: usize, mark: &str, number: Option<Said>) -> bool {
        let below = self.statements[index].block + 1;
        self.parts.push(below);
        let first = index + self.statements[index..].iter().take_while(|one| one.block < below).count();
        let said = self.statements.get(first).and_then(|_| self.says_after_all(first)).map(|said| {
            let words = self.statements[said].words.clone();
            let decided = content(&self.blocks.words[words.clone()], 0);
            let says = outcome(decided, Some("AGREED"), self.rules.verbs);
            let typed = words.end - decided.len()..words.end;
            let title = decided.split_whitespace().collect::<Vec<_>>().join(" ");
            let title = capital(title.trim_end_matches([':', ',']));
            (Said::value(Role::Title, title, self.blocks, &typed), says)
        });
        let (title, says) = said.unzip();
        self.ahead.extend(title);
        self.open(index, mark, number, says.flatten())
    }

    /// A decision that begins with a leaf and goes on below it.
    pub(crate) fn open(&mut self, index: usize, mark: &str, number: Option<Said>, says: Option<Box<str>>) -> bool {
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

    /// A decision whose mark ends a paragraph that tells of something else, and whose parts stand below it: "… were told. RESOLVED that:"
    /// It begins with the first of them.
    fn open_below(&mut self, index: usize, mark: &str, number: Option<Said>) -> bool {
        let block = self.statements[index].block + 1;
        let said = self.taken();
        let word = first_word(mark);
        let words = self.blocks.words_of(&self.blocks.list[block]).to_owned();
        let outcome = outcome(&words, None, self.rules.verbs).or_else(|| outcome("", Some(&word), self.rules.verbs));
        let number = number.map(|number| number.value);
        // Nothing at the beginning of the part is the mark.
        let place = DraftPlace::Opener { block, mark: " ".into(), number, finished: false };
        self.used.push(self.statements[index].words.clone());
        self.parts.push(block);
        self.drafts.push(Draft { place, outcome, said });
        self.last = Some(self.drafts.len() - 1);
        self.reach = self.orders[block];
        true
    }

    /// A sentence that tells what was decided, and a body that opens a list of what it did.
    pub(crate) fn told(&mut self, index: usize) -> bool {
        let statement = &self.statements[index];
        let text = self.text(statement);
        for name in ["composed", "impersonal", "passive", "active", "active-short", "paper-agreed", "fate"] {
            // "That the plan be approved" is what was put; what became of it stands elsewhere.
            let Some(telling) = self.telling(name, text).filter(|one| one.name != "passive" || !begins_that(text))
            else {
                continue;
            };
            let Telling { name, ref whole, ref verb, .. } = telling;
            let first = verb.as_ref().map_or(if name == "fate" { whole.start } else { whole.end }, |verb| verb.start);
            let clause = own_clause(name, &text[..first]);
            let conditional = || self.lexicon.fits("conditional", &text[clause..first]);
            if (!telling.composed && name != "active" && conditional()) || self.is_foreign(&telling, text, first) {
                continue;
            }
            let unsaid = if matches!(name, "impersonal" | "passive") { "" } else { "agreed" };
            let word = verb.clone().map_or(unsaid, |verb| &text[verb]);
            let closing = name == "paper-agreed";
            let content = content(text, whole.start);
            let goes_on = text.ends_with([':', '-', ',']) || text.ends_with(" that") || text.ends_with(" to");
            // Its parts stand in the leaves below, or in lines of its own leaf.
            let next = self.statements.get(index + 1).filter(|next| next.block == statement.block);
            let lines = text.ends_with(':') && next.is_some_and(|next| !next.label.is_empty());
            let open_list = statement.first && (statement.last || lines) && goes_on;
            // A sentence that says who moved it takes nobody from what stands before it.
            let own = votes::said(self.blocks, &statement.words, self.lexicon);
            if own.iter().any(|one| one.role == Role::Mover) {
                self.expire(&|_| true);
            }
            if name == "passive" && self.lexicon.fits("motion", text) && self.is_resolved_below(index) {
                // It was moved and carried, and what was resolved stands below.
                return self.leads(&statement.words, own);
            }
            if matches!(name, "passive" | "active" | "fate") {
                // A motion that was voted on above is a decision of its own.
                self.expire(&|motion| motion.said.iter().any(|one| one.role == Role::For));
            }
            let said = self.taken();
            if open_list && (lines || self.next_is_list(statement.block)) {
                self.ahead.extend(said);
                let says = verb.clone().and_then(|verb| self.of_last_verb(&text[verb.clone()], &text[verb.end..]));
                return self.open(index, text, None, says);
            }
            if self.leads_below(statement, whole.end) {
                self.waiting = Waiting { next: true, ..Waiting::default() };
                return self.leads(&statement.words, said.into_iter().chain(own));
            }
            // Without "that" or "to" the verb itself says what became of it: "Notes of last time – agreed".
            let bare = telling.says_all || (content.len() == text.len() && verb.is_some());
            let text_of_outcome = if closing || bare { String::new() } else { content.to_owned() };
            // What is said to be carried has the outcome of its own verb, else it was agreed.
            let carried = telling.says.as_deref() == Some("carried");
            let word = if carried || (verb.is_some() && !outcome_of(word, self.rules.verbs)) { "agreed" } else { word };
            let says = telling.says.clone().filter(|_| !carried);
            let outcome = (says, Some((text_of_outcome, word.to_lowercase())));
            // Who moved it stands beside the decision, and what it was moved on in the text: it is called by what was resolved.
            let moved = own.iter().any(|one| one.role == Role::Mover);
            let mark = if moved && text[whole.end..].trim_start().starts_with("that ") { whole.end } else { 0 };
            self.decide(statement.block, statement.words.clone(), mark, outcome, said);
            return true;
        }
        self.body_opens(index)
    }

    /// What a verb with nothing behind it says of the parts below that have none of their own: "The Board APPROVED:".
    fn of_last_verb(&self, verb: &str, behind: &str) -> Option<Box<str>> {
        let last = behind.trim_matches([':', '-', ' ', '*']).is_empty();
        last.then(|| outcome("", Some(&verb.to_uppercase()), self.rules.verbs))?
    }

    /// Takes what a sentence says of a decision below it, which is no decision of its own.
    fn leads(&mut self, words: &Range<usize>, said: impl IntoIterator<Item = Said>) -> bool {
        self.ahead.extend(said);
        self.used.push(words.clone());
        true
    }

    /// What a sentence tells by the patterns of a name, or by the sets of words that are put together.
    fn telling(&self, name: &'static str, text: &str) -> Option<Telling> {
        if name == "composed" {
            let Deciding { shape, start, verb, says } = deciding(text, self.lexicon)?;
            let name = if shape == Shape::Active { "active" } else { "passive" };
            // "agreed to pay" says by its object what was decided, "approved the wish to pay" by itself.
            let says_all = shape != Shape::Active || !self.lexicon.has("deciding.by-object", text[verb.clone()].trim());
            let (says, short) = (says.map(Into::into), String::new());
            return Some(Telling {
                name,
                says,
                whole: start..verb.end,
                verb: Some(verb),
                short,
                says_all,
                composed: true,
            });
        }
        let (pattern, found) = self.lexicon.find(name, text)?;
        let whole = found.get(0).map_or(0..0, |whole| whole.range());
        let verb = found.name("verb").map(|verb| verb.range());
        let short = found.name("the").or(found.name("short")).map_or("", |short| short.as_str()).to_owned();
        Some(Telling { name, says: pattern.says.clone(), whole, verb, short, says_all: false, composed: false })
    }

    /// Whether the body that stands before a verb, or behind "by", is another than those who meet.
    fn is_foreign(&self, telling: &Telling, text: &str, verb: usize) -> bool {
        let before = &text[if telling.composed { telling.whole.start } else { 0 }..verb];
        match telling.name {
            "active" => self.is_of_others(&text[telling.whole.start..verb]) || self.has_another_name(before),
            "active-short" => !are_own_initials(self.blocks, &telling.short),
            "passive" => telling.verb.as_ref().is_some_and(|verb| {
                let behind = &text[verb.end..];
                let named = || behind.split_once(" by ").is_some_and(|(_, by)| self.has_another_name(by));
                is_by_others(behind, self.lexicon) || (telling.composed && named())
            }),
            _ => false,
        }
    }

    /// Whether the paragraph below is what was resolved: "… seconded by B and RESOLVED:" with nothing after `end`.
    fn leads_below(&self, statement: &Statement, end: usize) -> bool {
        let text = self.text(statement);
        let ended = text[end..].chars().all(|sign| !sign.is_alphanumeric()) && !self.lexicon.fits("lists-below", text);
        let below = self.blocks.list.get(statement.block + 1);
        let below = below.filter(|next| next.kind == BlockKind::Paragraph && next.quotes == 0);
        let goes_on = text.ends_with([':', '-', '–']);
        // "… and RESOLVED", and below it "That the land be sold", in the marks of a quotation or without them.
        let that = |words: &str| begins_that(words.trim_start_matches([' ', '"', '“', '‘', '\'']));
        let below = below.is_some_and(|next| goes_on || (!text.ends_with('.') && that(self.blocks.words_of(next))));
        statement.last && ended && below
    }

    /// Whether a sentence begins with a body that has another name than those who meet, as far as the first lines say theirs.
    fn has_another_name(&self, before: &str) -> bool {
        let own = self.own.get_or_init(|| first_names(self.blocks, self.lexicon));
        let foreign = |word: &str| {
            let bare = word.trim_end_matches(['’', '\'']).to_lowercase();
            let letters = word.chars().all(char::is_uppercase);
            // "Borough Council" in the minutes of a parish.
            let tier = |word: &str| self.lexicon.has("tiers", word);
            let other_tier = tier(&bare) && own.iter().any(|own| tier(own));
            !letters && (other_tier || !self.lexicon.has("own-bodies", &bare)) && !own.contains(&bare)
        };
        let found = if own.is_empty() { None } else { self.lexicon.find("named-body", before) };
        found.is_some_and(|(_, found)| found["called"].split_whitespace().any(foreign))
    }

    /// "The Integration Joint Board:-" with "(i) noted …" below it.
    pub(crate) fn body_opens(&mut self, index: usize) -> bool {
        if !self.is_body_alone(index) {
            return false;
        }
        // Items of a list below it are its parts, and none is a decision of its own.
        let first = self.statements[index].block + 1;
        let items = self.blocks.list[first..].iter().take_while(|next| matches!(next.kind, BlockKind::Item { .. }));
        self.listed = first..first + items.count();
        self.open(index, self.text(&self.statements[index]), None, None)
    }

    /// Whether a leaf is the name of a body and no more, and the next one says what it did.
    fn is_body_alone(&self, index: usize) -> bool {
        let Some(statement) = self.statements.get(index) else { return false };
        let text = self.text(statement);
        let body = text.trim_end_matches([':', '-', '–', ' ']);
        if !(statement.first && statement.last) || body.len() == text.len() || body.len() > 90 {
            return false;
        }
        let next = self.statements.get(index + 1).filter(|next| next.block == statement.block + 1);
        next.is_some_and(|next| {
            let below = format!("{body} {}", self.text(next));
            let item = matches!(self.blocks.list[next.block].kind, BlockKind::Item { .. });
            // Parts with marks of their own are decisions, each for itself.
            (item || !next.label.is_empty())
                && !self.lexicon.fits("mark", self.text(next))
                && ["active", "active-limb"].iter().any(|name| self.lexicon.fits(name, &below))
        })
    }

    pub(crate) fn next_is_list(&self, block: usize) -> bool {
        self.blocks.list.get(block + 1).is_some_and(|next| {
            matches!(next.kind, BlockKind::Item { .. }) || self.lexicon.fits("label", self.blocks.words_of(next))
        })
    }
}

/// The words in small letters of the first lines, where they name a body: a title, and who met.
fn first_names(blocks: &Blocks, lexicon: &Lexicon) -> HashSet<String> {
    let first = blocks.list.iter().take(OPENING).map(|block| blocks.words_of(block));
    let first: Vec<&str> = first.flat_map(str::lines).filter(|line| line.len() <= LONGEST_NAME).collect();
    let named = first.iter().any(|line| lexicon.fits("body-noun", line));
    let words = first.iter().filter(|_| named).flat_map(|line| line.split(|sign: char| !sign.is_alphanumeric()));
    words.map(str::to_lowercase).collect()
}

/// Whether capitals are the initials of words that stand side by side in the first lines: "CC" of "Marl Community Council".
fn are_own_initials(blocks: &Blocks, short: &str) -> bool {
    let initials = |line: &str| {
        let words = line.split_whitespace().filter_map(|word| word.chars().find(|sign| sign.is_alphanumeric()));
        words.filter(|first| first.is_uppercase()).collect::<String>()
    };
    let first = blocks.list.iter().take(OPENING).map(|block| blocks.words_of(block));
    let mut lines = first.flat_map(str::lines).filter(|line| line.len() <= LONGEST_NAME);
    lines.any(|line| initials(line).contains(short))
}

/// Whether words end in "that", so that what was decided comes after them.
fn ends_in_that(text: &str) -> bool {
    text.rsplit(char::is_whitespace)
        .next()
        .is_some_and(|last| last.trim_matches([':', ',', '-', '–']).eq_ignore_ascii_case("that"))
}

/// Where the clause begins that ends in a verb of deciding; what might have been stands in one of its own: "rents should rise, but the matter
/// was deferred", "they would build flats – it was agreed that they are not wanted".
fn own_clause(name: &str, before: &str) -> usize {
    let joins: &[&str] = match name {
        "fate" => &[" but ", " and "],
        "impersonal" => &[" - ", " – ", " -", "; ", " therefore "],
        _ => &[],
    };
    joins.iter().filter_map(|join| before.rfind(join)).max().unwrap_or(0)
}

/// The words of a sentence from the first "that" or "to" after `from` on: what was decided.
pub(crate) fn content(text: &str, from: usize) -> &str {
    let rest = &text[from.min(text.len())..];
    let mut at = 0;
    for word in rest.split_inclusive(char::is_whitespace) {
        let word_itself = word.trim().trim_start_matches(['"', '“', '‘', '\'', '’']).to_lowercase();
        if matches!(word_itself.as_str(), "that" | "to") {
            return &rest[at..];
        }
        at += word.len();
    }
    text
}

/// Whether the words after the last comma or full stop of a sentence say what became of a motion: "…, approved unanimously."
pub(crate) fn closes(lexicon: &Lexicon, text: &str) -> bool {
    if lexicon.fits("declared", text) {
        return true;
    }
    let tail = text.trim_end_matches(['.', ')', ' ']);
    let last = tail.rsplit(' ').next().unwrap_or_default().to_lowercase();
    lexicon.has("results", &last) || tail.rfind([',', '.', ';', ':']).is_some() || tail.contains(" and ")
}

/// Whether words are a heading and no sentence: all in capitals, or after a dash.
pub(crate) fn is_title(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['–', '—', '-', ':', ' ']);
    let small = rest.chars().any(char::is_lowercase);
    !rest.is_empty() && !small && rest.chars().filter(|letter| letter.is_uppercase()).count() > 3
}

/// The first word of a mark that is a verb or noun of deciding, as typed without signs.
pub(crate) fn first_word(mark: &str) -> String {
    let word = mark.split(|letter: char| !letter.is_alphabetic()).find(|word| word.len() > 4);
    word.unwrap_or_default().to_lowercase()
}
