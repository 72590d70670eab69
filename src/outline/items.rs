//! Items of an agenda whose headings CommonMark takes for something else: bold lines that open with a number, lines that
//! converters wrote (`7\.`), references that stand alone, lists of titles. They become headings.
//!
//! Input: the events of minutes. Output: the same events with headings, and the lines that may be headings. Not here: what a
//! label looks like (`item_labels.rs`), how events are changed (`rewrite.rs`), items that stay what they are (`listed.rs`).
//!
//! A number alone proves nothing: dates, planning applications and the parts of a decision begin lines too. A line is a
//! heading if it is set as one (in bold, in capitals, alone) and its number follows that of another.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::item_labels::{Form, ItemLabel, Key, Lettered, Series, place_of, series_of_letters};
use super::lines::{Item, Line, Unit, going, units};
use super::model::LikelyItem;
use super::rewrite::{Change, Part, rewritten};
use super::titles::{Above, FEW_WORDS, closing, is_capitals, is_title, run_in, run_on};
use super::unnumbered;
use crate::lexicon::Lexicon;
use crate::markdown::blocks::{Block, BlockKind, Blocks};
use crate::markdown::events::Piece;
use crate::recognise::TextRules;

/// How many words a title may have that is not in bold, and one that is.
const MOST_WORDS: [usize; 2] = [14, 30];

/// The level of the headings below the title of a text.
const SECOND: u8 = 2;

/// What parts a title from what follows.
const SIGNS: [char; 6] = ['.', ':', '–', '—', '-', ' '];

/// What the pass over a text found.
#[derive(Debug, Default)]
pub(crate) struct Promoted<'text> {
    /// The events, if any of them is changed.
    pub(crate) list: Option<Vec<Piece<'text>>>,
    /// Lines that may be headings.
    pub(crate) likely: Vec<LikelyItem>,
}

/// Makes headings of the lines of `list`, from the event `first` on, that are those of items.
pub(crate) fn promote<'text>(
    text: &'text str,
    list: &[Piece<'text>],
    first: usize,
    rules: TextRules<'_>,
) -> Promoted<'text> {
    let blocks = Blocks::of(list, first);
    let units = units(text, list, &blocks, first, rules.lexicon());
    let mut judge = Judge::new(&blocks, &units);
    judge.all();
    let mut changes = judge.finished();
    if judge.last.is_empty() {
        for (block, length) in unnumbered::lines(text, list, &blocks, rules.lexicon()) {
            changes.insert(block.event, heading_of_line(&blocks, block, length));
        }
    }
    let list = (!changes.is_empty()).then(|| rewritten(text, list, first, &changes));
    Promoted { list, likely: judge.likely }
}

/// Makes a heading of the first line, so many bytes long, of a paragraph.
fn heading_of_line(blocks: &Blocks, block: &Block, length: usize) -> Change {
    let begin = |at: usize| blocks.typed(&(at..at + 1)).start;
    let mut parts = vec![Part { at: begin(block.words.start), level: Some(SECOND) }];
    let after = &blocks.words[block.words.start + length..block.words.end];
    let rest = block.words.end - after.trim_start().len();
    if rest < block.words.end {
        parts.push(Part { at: begin(rest), level: None });
    }
    Change::Parts(parts)
}

/// What is thought of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// It is a heading, which ends after so many bytes of the line, or with it.
    Yes(Option<usize>),
    /// It may be one.
    Likely,
    No,
}

/// Decides which units are headings, in one walk from above.
struct Judge<'b, 'u> {
    blocks: &'b Blocks,
    units: &'u [Unit<'b>],
    series: Series,
    romans: HashSet<usize>,
    letters: HashSet<usize>,
    /// Lists that are one list with something between: the number of one goes on from that of another.
    going: HashSet<usize>,
    /// The last label of each form that was one.
    last: HashMap<String, Key>,
    /// The heading above that is typed as one: its level, its label.
    above: Option<(u8, Option<Key>)>,
    /// The level of the last heading that was made, and its key.
    made: Option<(u8, Key)>,
    context: Above,
    /// The last label of a list of parts that was passed over.
    passed: Option<Key>,
    /// The last label of a sentence that stands in the place of an item, and went on from the item above it.
    told: Option<Key>,
    /// The last label of a line, with the event that begins its paragraph.
    previous: Option<(usize, Key)>,
    changes: BTreeMap<usize, Vec<Part>>,
    whole: BTreeMap<usize, Change>,
    likely: Vec<LikelyItem>,
}

impl<'b, 'u> Judge<'b, 'u> {
    fn new(blocks: &'b Blocks, units: &'u [Unit<'b>]) -> Self {
        let mut series = Series::default();
        let mut lettered = Vec::new();
        for (at, unit) in units.iter().enumerate() {
            match unit {
                Unit::Heading { label: Some(label), .. } | Unit::Line(Line { label, .. }) => {
                    lettered.push(Lettered::of(at, label));
                    series.add(at, &label.key);
                }
                Unit::List { items, .. } => items.iter().for_each(|item| series.add(at, &Key::of_list(item.number))),
                _ => {}
            }
        }
        let (romans, letters) = series_of_letters(&lettered);
        Self {
            blocks,
            units,
            series,
            romans,
            letters,
            going: going(units),
            last: HashMap::new(),
            above: None,
            made: None,
            context: Above { holds: true, ..Above::default() },
            passed: None,
            told: None,
            previous: None,
            changes: BTreeMap::new(),
            whole: BTreeMap::new(),
            likely: Vec::new(),
        }
    }

    fn all(&mut self) {
        for (at, unit) in self.units.iter().enumerate() {
            match unit {
                Unit::Heading { level, label, words } => self.heading(*level, label.as_ref(), words),
                Unit::Line(line) => self.line(at, line),
                Unit::List { event, items } => self.list(at, *event, items),
                Unit::Other { words } => self.context.see(words, BlockKind::Paragraph),
            }
        }
    }

    /// The changes of all blocks.
    fn finished(&self) -> BTreeMap<usize, Change> {
        let parts = self.changes.iter().map(|(event, parts)| (*event, Change::Parts(parts.clone())));
        parts.chain(self.whole.iter().map(|(event, change)| (*event, change.clone()))).collect()
    }

    fn heading(&mut self, level: u8, label: Option<&ItemLabel<'_>>, words: &str) {
        let key = label.map(|label| label.key.clone());
        if let Some(key) = &key {
            self.last.insert(key.sign().to_owned(), key.clone());
        }
        (self.above, self.made, self.passed, self.told) = (Some((level, key)), None, None, None);
        self.context.see(words, BlockKind::Heading(level));
    }

    fn line(&mut self, at: usize, line: &Line<'b>) {
        let answer = self.answer(at, line);
        match answer {
            Answer::Yes(end) => self.make(at, line, end),
            Answer::Likely => {
                let words = &self.blocks.words[line.words.clone()];
                self.likely.push(LikelyItem { typed: self.blocks.typed(&line.words), words: words.trim().to_owned() });
            }
            Answer::No => {}
        }
        if !matches!(answer, Answer::Yes(_)) {
            self.part(at, line);
            // An item that could not be told from its text is no part of the item above it.
            let key = &line.label.key;
            let goes_on = self.last.get(key.sign()).into_iter().chain(&self.told).any(|last| key.follows(last, 1));
            let kept = if self.passed.is_some() || !goes_on { &mut self.passed } else { &mut self.told };
            *kept = Some(key.clone());
            self.context.see(&self.blocks.words[line.words.clone()], BlockKind::Paragraph);
        }
        self.previous = Some((line.event, line.label.key.clone()));
    }

    /// A line within a paragraph begins one of its own if its number goes on with that of another line.
    fn part(&mut self, at: usize, line: &Line<'b>) {
        let (label, key) = (&line.label, &line.label.key);
        let numbered = label.closed || label.form == Form::Code || key.is_dotted();
        if line.first || !numbered || !self.series.goes_on(at, key) || matches!(label.form, Form::Roman | Form::Letter)
        {
            return;
        }
        let above = self.blocks.words[..line.words.start].trim_end();
        let ended = above.ends_with(['.', ':', ';', '?', '!', ')', '”', '"']);
        let follows = self.previous.as_ref().is_some_and(|(event, last)| *event == line.event && key.follows(last, 1));
        if ended || follows {
            let begin = self.blocks.typed(&(line.words.start..line.words.start + 1)).start;
            let parts = self.changes.entry(line.event).or_default();
            if parts.is_empty() {
                parts.push(Part { at: 0, level: None });
            }
            if parts.last().is_none_or(|last| last.at < begin) {
                parts.push(Part { at: begin, level: None });
            }
        }
    }

    /// Whether a line is the heading of an item.
    fn answer(&self, at: usize, line: &Line<'b>) -> Answer {
        let label = &line.label;
        let words = &self.blocks.words[line.words.clone()];
        // A label of actions numbers no items: "AP8/1 KH to add the map".
        if line.title.is_none() && Lexicon::english().fits("action-mark", words.trim()) {
            return Answer::No;
        }
        let bold = line.bold > 0 && line.bold >= place_of(words, label.typed).end;
        let key = &label.key;
        let goes_on = self.series.goes_on(at, key);
        let rises = self.last.get(key.sign()).is_none_or(|last| key.rises(last));
        // The parts of a decision, and a list of what comes, count for themselves.
        let code = label.form == Form::Code && label.short;
        let passed = || self.passed.as_ref().is_some_and(|passed| key.follows(passed, 1));
        let parts = !bold && (self.context.opens || (!code && passed()));
        let letter = self.letters.contains(&at);
        if !(rises || letter) || parts || !self.may_stand_here(key, bold) {
            return Answer::No;
        }
        if let Some(title) = line.title {
            let sure = label.form == Form::Code && label.short || goes_on && label.form != Form::Letter;
            return if sure && is_title(title, MOST_WORDS[0]) { Answer::Yes(None) } else { Answer::No };
        }
        let roman = self.romans.contains(&at);
        let below = label.form == Form::Number && self.series.goes_on_below(at, key);
        let known = match label.form {
            Form::Number => label.closed || goes_on || below || (bold && label.is_padded()),
            Form::Code => true,
            Form::Hyphens => goes_on || label.worded,
            Form::Roman => roman || letter || label.worded,
            Form::Letter => letter,
        };
        if bold {
            return self.in_bold(line, words, known);
        }
        let text_follows = line.next.is_some()
            || match self.units.get(at + 1) {
                Some(Unit::Other { .. } | Unit::List { .. }) => true,
                Some(Unit::Line(next)) => {
                    // 5.1 below 5, and a list that counts anew, say what was told of it.
                    let own = &next.label.key;
                    own.is_below(key) || own.begins_below(key) || !is_title(next.label.title, MOST_WORDS[0])
                }
                _ => false,
            };
        // In a list of what comes no line has text before or after it.
        let text_before =
            !self.last.is_empty() && matches!(self.units.get(at.wrapping_sub(1)), Some(Unit::Other { .. }));
        let told = text_follows || text_before || self.text_after_title(at, line).is_some();
        if !known || !told {
            return Answer::No;
        }
        self.in_plain(at, line, words, (goes_on || roman || letter, text_follows, below))
    }

    /// Whether a label may stand where it stands: below a heading with a label only one that goes on with it.
    fn may_stand_here(&self, key: &Key, bold: bool) -> bool {
        match &self.above {
            Some((_, Some(above))) => key.rises(above) || (bold && key.is_below(above)),
            Some((_, None)) => {
                let goes_on = self.made.as_ref().is_some_and(|(_, made)| key.rises(made));
                bold || goes_on || self.context.holds || self.last.is_empty()
            }
            None => true,
        }
    }

    /// A line that begins in bold.
    fn in_bold(&self, line: &Line<'b>, words: &str, known: bool) -> Answer {
        let label = &line.label;
        let start = place_of(words, label.title).start;
        let inside = words.get(start..line.bold.min(words.len())).unwrap_or_default().trim();
        let bracket = inside.is_empty() || (inside.starts_with('(') && inside.ends_with(')'));
        let sentence = Lexicon::english().fits("sentence", label.title);
        if bracket {
            // The number is in bold and the title is not: the rest of the line is, or its first sentence.
            let end = run_in(label.title, FEW_WORDS).map(|end| start + end);
            let title = &words[start..end.unwrap_or(words.len())];
            let alone = line.last && label.closed && !label.key.is_dotted() && !title.trim_end().ends_with(['.', ':']);
            let sure = label.worded || (label.form == Form::Code && label.short) || alone;
            let fits = known && sure && is_title(title.trim_end_matches('.'), MOST_WORDS[0] + 4) && !sentence;
            return if fits { Answer::Yes(end.filter(|end| *end < words.len())) } else { Answer::No };
        }
        let fits = inside.split_whitespace().count() <= MOST_WORDS[1] && inside.contains(char::is_alphabetic);
        match (fits && !Lexicon::english().fits("sentence", inside), known) {
            (true, true) => Answer::Yes(Some(closing(words, line.bold)).filter(|end| *end < words.len())),
            (true, false) => Answer::Likely,
            (false, _) => Answer::No,
        }
    }

    /// A line that is not in bold. `goes_on` says that its number follows another, `text` that text
    /// follows the line, `below` that 7.1 stands below 7.
    fn in_plain(&self, at: usize, line: &Line<'b>, words: &str, (goes_on, text, below): (bool, bool, bool)) -> Answer {
        let label = &line.label;
        let title = label.title;
        let start = place_of(words, title).start;
        let own = words.len() - start;
        let strong = self.blocks.strong_from(line.words.start + start..line.words.end);
        let title_in_bold = strong > 0 && strong + 1 >= own;
        let capitals = is_capitals(title);
        let alone = line.first && line.last;
        let whole = is_title(title, MOST_WORDS[0]);
        let few = title.split_whitespace().count() <= FEW_WORDS;
        // Where a full stop ends the line, its author ended it there, and not the width of the page.
        let ended = goes_on && label.form == Form::Code && title.ends_with(['.', '?']);
        let set = capitals || title_in_bold;
        // A line of its own above others: it is short, and what follows begins anew.
        let above = line.next.is_none_or(|next| {
            (few || below || ended) && next.trim_start().starts_with(|first: char| !first.is_lowercase())
        });
        // 7.1 numbers a paragraph more often than an item; 2311.01 does not.
        let paragraph = label.key.is_dotted() && !label.is_padded();
        let proved = match label.form {
            Form::Number if paragraph => goes_on && set,
            Form::Number if label.closed => goes_on || (alone && text && few && !title.ends_with('.')),
            Form::Number => (goes_on && set) || below,
            Form::Code => goes_on || (alone && label.short && !title.ends_with('.')),
            Form::Hyphens | Form::Letter => goes_on,
            Form::Roman => goes_on && (set || label.closed),
        };
        if set && proved && title.split_whitespace().count() <= MOST_WORDS[1] {
            return Answer::Yes(None);
        }
        let whole =
            whole || (ended && line.next.is_some() && is_title(title.trim_end_matches(['.', '?']), MOST_WORDS[1]));
        if whole && proved && above && (line.first || below || label.form == Form::Code) {
            return Answer::Yes(None);
        }
        if let Some(end) = self.text_after_title(at, line) {
            return Answer::Yes(Some(start + end));
        }
        let looks = whole && alone && text && few && !paragraph && (goes_on || label.closed);
        if looks { Answer::Likely } else { Answer::No }
    }

    /// Where the title ends, from its beginning, of a line that goes on after it, if its number is one of several.
    fn text_after_title(&self, at: usize, line: &Line<'b>) -> Option<usize> {
        let label = &line.label;
        let paragraph = label.key.is_dotted() && !label.is_padded();
        let numbered = (label.closed && !paragraph) || label.form == Form::Code;
        let series = line.first && numbered && self.series.alike(&label.key) > 2 && self.series.goes_on(at, &label.key);
        let title = label.title;
        let parted = |end: &usize| is_title(title[..*end].trim_end_matches(SIGNS), MOST_WORDS[0]);
        let ends = || run_in(title, MOST_WORDS[0]).filter(parted).into_iter().chain(run_on(title)).min();
        series.then(ends).flatten()
    }

    /// The level of the heading that a label makes.
    fn level(&self, key: &Key, letter: bool) -> u8 {
        let base = match &self.above {
            Some((level, Some(above))) if key.rises(above) => *level,
            Some((level, _)) => level + 1,
            None => 2,
        };
        let below = match &self.made {
            Some((level, last)) if key.is_below(last) || letter => level + 1,
            _ => base,
        };
        below.clamp(2, 6)
    }

    fn make(&mut self, at: usize, line: &Line<'b>, end: Option<usize>) {
        let letter = self.letters.contains(&at) && !self.romans.contains(&at);
        let key = &line.label.key;
        let level = self.level(key, letter);
        if !letter {
            self.last.insert(key.sign().to_owned(), key.clone());
            let below = self.made.as_ref().is_some_and(|(_, last)| key.is_below(last));
            if !below {
                self.made = Some((level, key.clone()));
            }
        }
        (self.passed, self.told, self.context.opens) = (None, None, false);
        if line.title.is_some() {
            self.whole.insert(line.event, Change::Joined(level));
            return;
        }
        let parts = self.changes.entry(line.event).or_default();
        if parts.is_empty() && !line.first {
            parts.push(Part { at: 0, level: None });
        }
        let begin = self.blocks.typed(&(line.words.start..line.words.start + 1)).start;
        match parts.last_mut().filter(|last| last.level.is_none() && last.at == begin) {
            Some(last) => last.level = Some(level),
            None => parts.push(Part { at: begin, level: Some(level) }),
        }
        let rest = match end {
            Some(end) => Some(line.words.start + end),
            None => line.next.map(|_| line.words.end + 1),
        };
        if let Some(rest) = rest.filter(|rest| *rest < self.blocks.words.len()) {
            let begin = self.blocks.typed(&(rest..rest + 1)).start;
            parts.push(Part { at: begin, level: None });
        }
    }

    // Lists.

    /// A numbered list: each of its items is a title, and what was said of it stands in the item or after the list.
    fn list(&mut self, at: usize, event: usize, items: &[Item<'b>]) {
        let keys: Vec<Key> = items.iter().map(|item| Key::of_list(item.number)).collect();
        let rises = |last: &Key| keys.first().is_some_and(|key| key.rises(last));
        let here = keys.first().is_some_and(|key| self.may_stand_here(key, false));
        let free = here && !self.context.opens && self.context.holds && self.last.get("#").is_none_or(rises);
        let ends: Vec<Option<Option<usize>>> =
            items.iter().map(|item| self.list_title(at, items.len(), item)).collect();
        // Among titles a short sentence is one too: `1) Last time's minutes agreed.`
        let titled = ends.iter().flatten().count();
        let mostly = titled > 1 && titled * 3 >= items.len() * 2;
        let short = |item: &Item<'_>| !item.more && item.said.split_whitespace().count() <= FEW_WORDS;
        let ends = items.iter().zip(ends);
        let ends: Option<Vec<Option<usize>>> =
            ends.map(|(item, end)| end.or((mostly && short(item)).then_some(None))).collect();
        let told = items.iter().filter(|item| item.more || item.said.trim_end().contains('\n')).count();
        let text = matches!(self.units.get(at + 1), Some(Unit::Other { .. }));
        let set = items.iter().all(|item| item.bold || is_capitals(item.said));
        let sure = match items {
            [item] => self.going.contains(&at) || (set && (text || item.more)),
            _ => told * 2 >= items.len() || (self.going.contains(&at) && text),
        };
        if let (Some(ends), Some(key), true) = (ends, keys.last(), free && sure) {
            let level = self.level(&keys[0], false);
            self.last.insert(key.sign().to_owned(), key.clone());
            self.made = Some((level, key.clone()));
            self.whole.insert(event, Change::Items(level, ends));
        }
        self.context.opens = false;
    }

    /// Where the title of an item ends that goes on after it: `Some(None)` if all of its words are the title, `None` if
    /// none are.
    fn list_title(&self, at: usize, count: usize, item: &Item<'b>) -> Option<Option<usize>> {
        let said = item.said.trim_end();
        let begin = |end: usize| self.blocks.typed(&(item.words.start + end..item.words.start + end + 1)).start;
        if (item.bold || is_capitals(said)) && said.split_whitespace().count() <= MOST_WORDS[1] {
            return Some(None);
        }
        if is_title(said, MOST_WORDS[0]) && !said.ends_with('.') && !said.contains('\n') {
            return Some(None);
        }
        if let Some((line, next)) = said.split_once('\n').filter(|(line, _)| !line.ends_with(['.', ':', ',']))
            && is_title(line, FEW_WORDS)
            && !next.trim_start().starts_with(char::is_lowercase)
        {
            return Some(Some(begin(line.len() + 1)));
        }
        let bold = self.blocks.strong_from(item.words.clone());
        let end = if bold > 1 { Some(closing(said, bold)) } else { run_in(said, FEW_WORDS) }?;
        let fits = count == 1 && self.going.contains(&at) || (bold > 1 && item.more);
        (fits && is_title(said[..end].trim_end_matches(['.', ':', ' ']), FEW_WORDS + 6)).then(|| Some(begin(end)))
    }
}
