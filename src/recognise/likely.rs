//! What reads like a decision or an action and is neither for certain: no record is made of it, and a note names it.
//!
//! Input: the statements of a text, what the passes took of them, what authors marked. Output: [`Likely`], with what would make a record of
//! each. Not here: any phrase or weight (`en.likely.toml`), and the wording of the note (`diagnostic`).
//!
//! A statement is weighed by what speaks for it and against it. Beside its words, it counts whether it stands below a heading that
//! says "Decisions" or "Actions", and whether it is a motion without a result, or a result without a motion.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::findings::{Likely, Mend, Said};
use super::marked::Marked;
use super::names::parted;
use super::statements::Statement;
use crate::kind::{KindId, Role};
use crate::lexicon::Lexicon;
use crate::lexicon::deciding::hint;
use crate::markdown::blocks::{BlockKind, Blocks};
use crate::markdown::events::{Piece, covered};

/// From this weight on a statement is named.
const ENOUGH: i16 = 4;

/// What a heading that says "Decisions" or "Actions" adds to the items of its lists, and to other leaves.
const BELOW: [i16; 2] = [4, 2];

/// What a verb takes away that is said to be earlier or elsewhere, or an opinion.
const RECITAL: i16 = -3;

/// No more of one text are found; nobody reads so many notes.
const MOST: usize = 200;

/// A result of so many words says nothing of what it is the result of.
const FEW_WORDS: usize = 5;

/// A statement of fewer letters says too little to be named.
const FEWEST_LETTERS: usize = 6;

/// What is looked for: decisions or actions.
pub(crate) struct Wanted {
    /// The kind of the record that it would be.
    pub(crate) kind: KindId,
    /// The name of the patterns that weigh it, and that of the headings below which it stands.
    pub(crate) patterns: [&'static str; 2],
    /// Words that are such records already, or belong to them.
    pub(crate) taken: Vec<Range<usize>>,
    /// Words that are one unless anything speaks against it: a motion without a result.
    pub(crate) open: Vec<Range<usize>>,
    /// Whether it is somebody's, who is named in what is to be typed.
    pub(crate) owned: bool,
}

/// Where it is looked for.
pub(crate) struct Look<'a> {
    pub(crate) text: &'a str,
    pub(crate) list: &'a [Piece<'a>],
    pub(crate) blocks: &'a Blocks,
    pub(crate) statements: &'a [Statement],
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) marked: &'a Marked,
    /// Leaves that are something else for certain.
    pub(crate) read: &'a HashSet<usize>,
}

/// What reads like a record, in the order of the text; of two that a statement may be, what has more weight.
pub(crate) fn likely(look: &Look<'_>, mut wanted: Vec<Wanted>) -> Vec<Likely> {
    for one in &mut wanted {
        one.taken.sort_by_key(|range| (range.start, range.end));
        one.open.sort_by_key(|range| (range.start, range.end));
    }
    let mut below = vec![false; wanted.len()];
    let mut found: Vec<Likely> = Vec::new();
    for (index, statement) in look.statements.iter().enumerate() {
        if found.len() >= MOST {
            break;
        }
        let block = &look.blocks.list[statement.block];
        if matches!(block.kind, BlockKind::Heading(_)) || look.heads_list(statement) {
            let text = look.words(statement);
            below = wanted.iter().map(|one| look.lexicon.fits(one.patterns[1], text)).collect();
            continue;
        }
        let head = matches!(block.kind, BlockKind::Cell { row: 0, .. });
        let typed = look.blocks.typed(&statement.words);
        if block.quotes > 0 || head || look.read.contains(&statement.block) || look.marked.touches(&typed) {
            continue;
        }
        let weights = wanted.iter().zip(&below).map(|(one, below)| look.weight(statement, one, *below));
        let best = weights.enumerate().filter_map(|(at, weight)| Some((weight?, at))).max();
        let nothing = || look.is_none(statement) || found.last().is_some_and(|last| look.is_of(statement, last));
        if let Some((_, at)) = best.filter(|_| !nothing()) {
            let index = look.spoken_of(index, &wanted[at]);
            if found.last().is_none_or(|last| last.typed != look.blocks.typed(&look.statements[index].words)) {
                found.push(look.named(index, &wanted[at]));
            }
        }
    }
    found
}

/// Words without numbers before them, of forms that no other numbers of a text have: `4.11i) Cllr Reed would …`.
fn without_number(text: &str) -> &str {
    let mut rest = text;
    while let Some((first, after)) = rest.split_once(' ') {
        let number =
            first.len() < 10 && first.starts_with(|sign: char| sign.is_ascii_digit()) && first.ends_with([')', '.']);
        if !number {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

impl Wanted {
    /// Whether some of the words are such a record already.
    fn has(&self, words: &Range<usize>) -> bool {
        // A record of a whole leaf may be longer than those that begin after it.
        let before = self.taken.partition_point(|other| other.start < words.end);
        self.taken[..before].iter().rev().take(8).any(|other| words.start < other.end)
    }
}

impl Look<'_> {
    fn words(&self, statement: &Statement) -> &str {
        &self.blocks.words[statement.words.clone()]
    }

    /// Whether a paragraph stands for the heading of a list.
    fn heads_list(&self, statement: &Statement) -> bool {
        let block = &self.blocks.list[statement.block];
        let next = self.blocks.list.get(statement.block + 1);
        let list = next.is_some_and(|next| matches!(next.kind, BlockKind::Item { .. }));
        let short = statement.first && statement.last && statement.words.len() < 60;
        let set = self.blocks.is_strong(&statement.words) || self.words(statement).ends_with(':');
        block.kind == BlockKind::Paragraph && list && short && set
    }

    /// Whether nobody would take it for anything: a question, a blank to be filled in, what is put to a meeting, a few letters.
    fn is_none(&self, statement: &Statement) -> bool {
        let text = self.words(statement);
        let letters = text.chars().filter(|letter| letter.is_alphabetic()).take(FEWEST_LETTERS).count();
        let names = ["blank", "put", "undecided", "agreed-line", "beside"];
        letters < FEWEST_LETTERS
            || text.ends_with('?')
            || names.iter().any(|name| self.lexicon.fits(name, text))
            || self.lexicon.fits("nobody", text.trim_end_matches('.'))
    }

    /// The statement of which another speaks that only says what became of it: the one before, if that is near and is no record.
    fn spoken_of(&self, index: usize, wanted: &Wanted) -> usize {
        let statement = &self.statements[index];
        let is_result = self.lexicon.fits("result-only", self.words(statement));
        let before = index.checked_sub(1).filter(|before| {
            let other = &self.statements[*before];
            let near = other.block == statement.block || (other.block + 1 == statement.block && statement.first);
            let prose = !matches!(self.blocks.list[other.block].kind, BlockKind::Heading(_) | BlockKind::Cell { .. });
            let untouched = !self.marked.touches(&self.blocks.typed(&other.words));
            near && prose && untouched && !wanted.has(&other.words) && !self.is_none(other)
        });
        let words = |statement: &Statement| self.words(statement).split_whitespace().count();
        let says_more =
            |before: &usize| is_result && words(statement) <= FEW_WORDS && words(&self.statements[*before]) > 2;
        before.filter(says_more).unwrap_or(index)
    }

    /// Whether a statement only says who moved what was named last, or how it was voted on.
    fn is_of(&self, statement: &Statement, last: &Likely) -> bool {
        let near = last.block <= statement.block && statement.block <= last.block + 1;
        let text = self.words(statement);
        near && ["movers-only", "tally-only", "result-only"].iter().any(|name| self.lexicon.fits(name, text))
    }

    /// How much speaks for a statement being a record; `None` if too little does, or if its words are one already.
    fn weight(&self, statement: &Statement, wanted: &Wanted, below: bool) -> Option<i16> {
        let words = &statement.words;
        if wanted.has(words) {
            return None;
        }
        let text = without_number(self.words(statement));
        let item = matches!(self.blocks.list[statement.block].kind, BlockKind::Item { .. });
        let open = wanted.open.partition_point(|open| open.end <= words.start);
        let mut weight = 0;
        if below && statement.first {
            weight += BELOW[usize::from(!item)];
        }
        if wanted.open.get(open).is_some_and(|open| open.start < words.end) {
            weight += ENOUGH;
        }
        if !wanted.owned {
            weight += hint(text, self.lexicon);
        }
        let weight = self.lexicon.weigh(wanted.patterns[0], text, weight, ENOUGH)?;
        let recital = self.lexicon.fits("recital", text) && !self.lexicon.fits("mark", text);
        let opinion = self.lexicon.fits("opinion", text) && !self.lexicon.fits("decided-after-all", text);
        Some(weight + if recital || opinion { RECITAL } else { 0 }).filter(|weight| *weight >= ENOUGH)
    }

    /// What is said of a statement that reads like a record.
    fn named(&self, index: usize, wanted: &Wanted) -> Likely {
        let statement = &self.statements[index];
        let block = &self.blocks.list[statement.block];
        let typed = self.blocks.typed(&statement.words);
        let said = if wanted.owned { self.owned(&statement.words) } else { Vec::new() };
        let whole = covered(&self.list[block.run.clone()]);
        let alone = statement.first && statement.last && !self.text[whole.clone()].contains('{');
        let mend = match block.kind {
            BlockKind::Paragraph if alone => Some(Mend::After(self.end(&whole))),
            BlockKind::Item { item, .. } if alone && self.is_all_of_item(&whole, item) => {
                Some(Mend::After(self.end(&whole)))
            }
            _ => self.around(statement.block, typed.clone()).map(Mend::Around),
        };
        Likely { kind: wanted.kind, typed, run: block.run.start, block: statement.block, mend, said }
    }

    /// Where the words of a leaf end, without blanks after them.
    fn end(&self, whole: &Range<usize>) -> usize {
        whole.start + self.text[whole.clone()].trim_end().len()
    }

    /// Whether an item has nothing but its first paragraph.
    fn is_all_of_item(&self, whole: &Range<usize>, item: usize) -> bool {
        let end = self.list[item].1.end;
        self.text.get(whole.end..end).is_none_or(|rest| rest.trim().is_empty())
    }

    /// Who is to do it and by when.
    fn owned(&self, words: &Range<usize>) -> Vec<Said> {
        let text = &self.blocks.words[words.clone()];
        let names = ["undertakes", "somebody", "likely-owner"];
        let by = names.iter().find_map(|name| self.lexicon.find(name, text)?.1.name("by").map(|by| by.range()));
        let by = by.filter(|by| {
            let first = text[by.clone()].split_whitespace().next().unwrap_or_default();
            !self.lexicon.has("no-names", first)
        });
        let owners = by.iter().flat_map(|by| {
            parted(&text[by.clone()]).map(move |(at, name)| {
                let start = words.start + by.start + at;
                Said::words(Role::Owner, self.blocks, start..start + name.len())
            })
        });
        let mut said: Vec<Said> = owners.collect();
        if let Some(when) = self.lexicon.find("due", text).and_then(|(_, found)| found.name("when")) {
            said.push(Said::words(Role::Due, self.blocks, words.start + when.start()..words.start + when.end()));
        }
        said
    }

    /// The words of a leaf with the marks that begin and end with them, so that brackets can be put around them; `None` if
    /// that would part something, or if there are brackets already.
    fn around(&self, block: usize, typed: Range<usize>) -> Option<Range<usize>> {
        let run = &self.list[self.blocks.list[block].run.clone()];
        let mut words = typed;
        for (at, (event, range)) in run.iter().enumerate() {
            let Event::Start(tag) = event else { continue };
            if range.end <= words.start || range.start >= words.end {
                continue;
            }
            let inside = run[at..].iter().take_while(|(_, piece)| piece.start < range.end);
            let mut inside = inside.filter(|(event, _)| matches!(event, Event::Text(_) | Event::Code(_)));
            let first = inside.next().map(|(_, piece)| piece.clone());
            let last = inside.last().map_or_else(|| first.clone(), |(_, piece)| Some(piece.clone()));
            let first = first.map_or(range.start, |piece| piece.start);
            let last = last.map_or(range.end, |piece| piece.end);
            if first < words.start || last > words.end || matches!(tag, Tag::Image { .. }) {
                return None;
            }
            words = words.start.min(range.start)..words.end.max(range.end);
        }
        let free = |words: &Range<usize>| !self.text[words.clone()].contains(['[', ']', '{', '}', '`', '<']);
        Some(words).filter(free)
    }
}
