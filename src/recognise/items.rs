//! Items of an agenda whose headings CommonMark takes for something else: bold lines that open with a number, lines that
//! converters wrote (`7\.`), references that stand alone, lists of titles. They become headings.
//!
//! Input: the events of minutes. Output: the same events with headings, and the lines that may be headings. Not here: what a
//! label looks like (`item_labels.rs`), how events are changed (`rewrite.rs`), items that stay what they are (`listed.rs`).
//!
//! A number alone proves nothing: dates, planning applications and the parts of a decision begin lines too. A line is a
//! heading if it is set as one (in bold, in capitals, alone) and its number follows that of another.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::blocks::{Block, BlockKind, Blocks};
use super::heading_labels::top_level;
use super::item_labels::{
    Form, ItemLabel, Key, Lettered, Series, item_label, label_alone, place_of, series_of_letters,
};
use super::labels::list_number;
use super::lexicon::Lexicon;
use super::listed::{Above, run_in};
use super::rewrite::{Change, Part, rewritten};
use super::{TextRules, mark_of};
use crate::markdown::events::Piece;

/// How many words a title may have that is not in bold, and one that is.
const MOST_WORDS: [usize; 2] = [14, 30];

/// How many words a title may have that nothing but its number proves.
const FEW_WORDS: usize = 8;

/// A line that may be the heading of an item, and is not surely one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Likely {
    /// The line as typed.
    pub(crate) typed: Range<usize>,
    /// Its words.
    pub(crate) words: String,
}

/// What the pass over a text found.
#[derive(Debug, Default)]
pub(crate) struct Promoted<'text> {
    /// The events, if any of them is changed.
    pub(crate) list: Option<Vec<Piece<'text>>>,
    /// Lines that may be headings.
    pub(crate) likely: Vec<Likely>,
}

/// Makes headings of the lines of `list`, from the event `first` on, that are those of items.
pub(crate) fn promote<'text>(
    text: &'text str,
    list: &[Piece<'text>],
    first: usize,
    rules: TextRules<'_>,
) -> Promoted<'text> {
    let blocks = Blocks::of(list, first);
    let mut scan = Scan { text, list, blocks: &blocks, lexicon: rules.lexicon(), units: Vec::new() };
    scan.all(first);
    let units = scan.units;
    if !units.iter().any(|unit| matches!(unit, Unit::Line(_) | Unit::List { .. })) {
        return Promoted::default();
    }
    let mut judge = Judge::new(&blocks, &units);
    judge.all();
    let changes = judge.finished();
    let list = (!changes.is_empty()).then(|| rewritten(text, list, first, &changes));
    Promoted { list, likely: judge.likely }
}

/// What stands in a text, in order.
#[derive(Debug)]
enum Unit<'b> {
    /// A heading that is typed as one, with its label.
    Heading { level: u8, label: Option<ItemLabel<'b>>, words: &'b str },
    /// A line with a label.
    Line(Line<'b>),
    /// A numbered list, and whether most of its items have more than one block.
    List { event: usize, items: Vec<Item<'b>> },
    /// Something else, with its words.
    Other { words: &'b str },
}

/// A line of a paragraph that begins with a label.
#[derive(Debug)]
struct Line<'b> {
    /// The event that begins the paragraph.
    event: usize,
    /// Where the line stands in the words.
    words: Range<usize>,
    label: ItemLabel<'b>,
    /// How much of the line is in bold from its beginning.
    bold: usize,
    /// The lines of its paragraph: whether it is the first, and whether it is the last.
    first: bool,
    last: bool,
    /// The line after it in its paragraph.
    next: Option<&'b str>,
    /// The paragraph after it, if the line is a label alone.
    title: Option<&'b str>,
}

/// An item of a numbered list.
#[derive(Debug)]
struct Item<'b> {
    number: u32,
    words: Range<usize>,
    said: &'b str,
    bold: bool,
    /// Whether other blocks follow in the item.
    more: bool,
}

struct Scan<'b, 'l> {
    text: &'b str,
    list: &'b [Piece<'l>],
    blocks: &'b Blocks,
    lexicon: &'b Lexicon,
    units: Vec<Unit<'b>>,
}

impl<'b> Scan<'b, '_> {
    fn all(&mut self, first: usize) {
        let tops: Vec<usize> = top_level(self.list, first).collect();
        let mut skip = false;
        for (index, at) in tops.iter().copied().enumerate() {
            if std::mem::take(&mut skip) {
                continue;
            }
            match &self.list[at].0 {
                Event::Start(Tag::Heading { level, .. }) => {
                    let words = self.block(at).map_or("", |block| self.blocks.words_of(block));
                    self.units.push(Unit::Heading {
                        level: (*level as u8).max(2),
                        label: item_label(words, self.lexicon),
                        words,
                    });
                }
                Event::Start(Tag::Paragraph) => {
                    let next = tops.get(index + 1).and_then(|next| self.title_below(*next));
                    skip = self.paragraph(at, next);
                }
                Event::Start(Tag::List(Some(_))) => self.numbered(at),
                _ => self.units.push(Unit::Other { words: "" }),
            }
        }
    }

    fn block(&self, at: usize) -> Option<&'b Block> {
        let index = self.blocks.list.binary_search_by_key(&at, |block| block.event).ok()?;
        Some(&self.blocks.list[index])
    }

    /// The words of the paragraph `at`, if they are one line that may be the title of a reference above.
    fn title_below(&self, at: usize) -> Option<&'b str> {
        let block = self.block(at).filter(|block| block.kind == BlockKind::Paragraph)?;
        let words = self.blocks.words_of(block).trim();
        let one = !words.contains('\n') && !self.braces(block) && is_title(words, MOST_WORDS[0]);
        (one && label_alone(words, self.lexicon).is_none()).then_some(words)
    }

    /// Whether attributes may stand in a block: its author knows how to type a heading.
    fn braces(&self, block: &Block) -> bool {
        self.blocks.words_of(block).contains('{')
    }

    /// The lines of a paragraph. Returns whether the paragraph below is its title.
    fn paragraph(&mut self, at: usize, below: Option<&'b str>) -> bool {
        let Some(block) = self.block(at).filter(|block| block.kind == BlockKind::Paragraph) else {
            self.units.push(Unit::Other { words: "" });
            return false;
        };
        let words = self.blocks.words_of(block);
        if words.trim().is_empty() {
            return false;
        }
        if self.braces(block) {
            self.units.push(Unit::Other { words });
            return false;
        }
        if let (Some(label), Some(title)) = (label_alone(words, self.lexicon), below) {
            let line = Line {
                event: at,
                words: block.words.clone(),
                label,
                bold: 0,
                first: true,
                last: true,
                next: None,
                title: Some(title),
            };
            self.units.push(Unit::Line(line));
            return true;
        }
        let mut start = block.words.start;
        let mut rest = words.split('\n').peekable();
        while let Some(line) = rest.next() {
            let range = start..start + line.len();
            start = range.end + 1;
            match item_label(line, self.lexicon) {
                Some(label) => self.units.push(Unit::Line(Line {
                    event: at,
                    bold: self.blocks.strong_from(range.clone()),
                    first: range.start == block.words.start,
                    last: rest.peek().is_none(),
                    next: rest.peek().copied(),
                    words: range,
                    label,
                    title: None,
                })),
                None => self.units.push(Unit::Other { words: line }),
            }
        }
        false
    }

    fn numbered(&mut self, at: usize) {
        let from = self.blocks.list.partition_point(|block| block.event < at);
        let mut items: Vec<Item<'b>> = Vec::new();
        let mut plain = true;
        for block in self.blocks.list[from..].iter().take_while(|block| block.lists > 0) {
            match block.kind {
                BlockKind::Item { item, list, .. } if list == at => {
                    let mark = mark_of(self.text, self.list, item, &self.list[item].1);
                    let number = list_number(mark).and_then(|(_, number, _)| number.parse().ok());
                    let said = self.blocks.words_of(block);
                    plain &= number.is_some() && !said.trim().is_empty() && !self.braces(block);
                    let bold = self.blocks.is_strong(&block.words);
                    items.push(Item {
                        number: number.unwrap_or(0),
                        words: block.words.clone(),
                        said,
                        bold,
                        more: false,
                    });
                }
                _ => items.last_mut().into_iter().for_each(|item| item.more = true),
            }
        }
        let ends = matches!(self.list.get(at), Some(_)) && plain && !items.is_empty();
        self.units.push(if ends { Unit::List { event: at, items } } else { Unit::Other { words: "" } });
    }
}

/// Whether words may be a title: few, with a capital, and no sentence.
fn is_title(words: &str, most: usize) -> bool {
    let words = words.trim();
    let begins = words.starts_with(|first: char| {
        first.is_uppercase() || first.is_ascii_digit() || matches!(first, '“' | '"' | '‘' | '\'' | '[' | '(')
    });
    let count = words.split_whitespace().count();
    let stop = words.ends_with(['.', ';', ',']) && count > 6;
    begins
        && !stop
        && count <= most
        && words.contains(char::is_alphabetic)
        && !Lexicon::english().fits("sentence", words)
}

/// Whether all letters of a title are capitals.
fn is_capitals(words: &str) -> bool {
    let letters = words.chars().filter(|letter| letter.is_alphabetic());
    letters.clone().count() > 2 && letters.clone().all(|letter| !letter.is_lowercase())
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
    /// Lists after which another goes on counting, with something between, and those.
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
    /// The last label of a line, with the event that begins its paragraph.
    previous: Option<(usize, Key)>,
    changes: BTreeMap<usize, Vec<Part>>,
    whole: BTreeMap<usize, Change>,
    likely: Vec<Likely>,
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
        (self.above, self.made, self.passed) = (Some((level, key)), None, None);
        self.context.see(words, BlockKind::Heading(level));
    }

    fn line(&mut self, at: usize, line: &Line<'b>) {
        let answer = self.answer(at, line);
        match answer {
            Answer::Yes(end) => self.make(at, line, end),
            Answer::Likely => {
                let words = &self.blocks.words[line.words.clone()];
                self.likely.push(Likely { typed: self.blocks.typed(&line.words), words: words.trim().to_owned() });
            }
            Answer::No => {}
        }
        if !matches!(answer, Answer::Yes(_)) {
            self.part(at, line);
            self.passed = Some(line.label.key.clone());
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
        let in_label = place_of(words, label.typed).end;
        let bold = line.bold >= in_label && in_label > 0;
        let key = &label.key;
        let goes_on = self.series.goes_on(at, key);
        let rises = self.last.get(key.sign()).is_none_or(|last| key.rises(last));
        // The parts of a decision, and a list of what comes, count for themselves.
        let parts = !bold && (self.context.opens || self.passed.as_ref().is_some_and(|passed| key.follows(passed, 1)));
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
            Form::Number => label.closed || goes_on || below,
            Form::Code => true,
            Form::Hyphens => goes_on || label.worded,
            Form::Roman => roman || letter || label.worded,
            Form::Letter => letter,
        };
        if bold {
            return self.in_bold(line, words, known);
        }
        let text_follows =
            line.next.is_some() || matches!(self.units.get(at + 1), Some(Unit::Other { .. } | Unit::List { .. }));
        // In a list of what comes no line has text before or after it.
        let text_before =
            !self.last.is_empty() && matches!(self.units.get(at.wrapping_sub(1)), Some(Unit::Other { .. }));
        let told = text_follows || text_before;
        if !known || !told || (label.form == Form::Number && label.key.is_dotted() && !label.is_padded()) {
            return Answer::No;
        }
        self.in_plain(line, words, (goes_on || roman || letter, text_follows, below))
    }

    /// Whether a label may stand where it stands: below a heading with a label only one that goes on with it.
    fn may_stand_here(&self, key: &Key, bold: bool) -> bool {
        match &self.above {
            Some((_, Some(above))) => key.rises(above) || (bold && key.is_below(above)),
            Some((_, None)) => bold || self.context.holds || self.last.is_empty(),
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
            let end = run_in(label.title).map(|end| start + end);
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
    fn in_plain(&self, line: &Line<'b>, words: &str, (goes_on, text, below): (bool, bool, bool)) -> Answer {
        let label = &line.label;
        let title = label.title;
        let start = place_of(words, title).start;
        let own = words.len() - start;
        let title_in_bold = self.blocks.strong_from(line.words.start + start..line.words.end) + 1 >= own;
        let capitals = is_capitals(title);
        let alone = line.first && line.last;
        let whole = is_title(title, MOST_WORDS[0]);
        let few = title.split_whitespace().count() <= FEW_WORDS;
        let set = capitals || title_in_bold;
        // A line of its own above others: it is short, and what follows begins anew.
        let above = line
            .next
            .is_none_or(|next| (few || below) && next.trim_start().starts_with(|first: char| !first.is_lowercase()));
        let proved = match label.form {
            Form::Number if label.closed => goes_on || (alone && text && few && !title.ends_with('.')),
            Form::Number => (goes_on && set) || below,
            Form::Code => goes_on || (alone && label.short && !title.ends_with('.')),
            Form::Hyphens | Form::Letter => goes_on,
            Form::Roman => goes_on && (set || label.closed),
        };
        if set && proved && title.split_whitespace().count() <= MOST_WORDS[1] {
            return Answer::Yes(None);
        }
        if whole && proved && above && (line.first || below || label.form == Form::Code) {
            return Answer::Yes(None);
        }
        let series = self.series.alike(&label.key) > 2 && goes_on && (label.closed || label.form == Form::Code);
        if let Some(end) = run_in(title).filter(|_| series && line.first) {
            let begins = title[..end].trim_end_matches(['.', ':', '–', '—', '-', ' ']);
            if is_title(begins, FEW_WORDS) {
                return Answer::Yes(Some(start + end));
            }
        }
        let looks = whole && alone && text && few && (goes_on || label.closed);
        if looks { Answer::Likely } else { Answer::No }
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
        (self.passed, self.context.opens) = (None, false);
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
        let ends: Option<Vec<Option<usize>>> =
            items.iter().map(|item| self.list_title(at, items.len(), item)).collect();
        let told = items.iter().filter(|item| item.more).count();
        let text = matches!(self.units.get(at + 1), Some(Unit::Other { .. }));
        let set = items.iter().all(|item| item.bold || is_capitals(item.said));
        let sure = match items {
            [item] => {
                (set && (text || item.more))
                    || ((text || item.more) && self.going.contains(&at))
                    || self.going.contains(&at)
            }
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
        let bold = self.blocks.strong_from(item.words.clone());
        let end = if bold > 1 { Some(closing(said, bold)) } else { run_in(said) }?;
        let fits = count == 1 && self.going.contains(&at) || (bold > 1 && item.more);
        (fits && is_title(said[..end].trim_end_matches(['.', ':', ' ']), FEW_WORDS + 6)).then(|| Some(begin(end)))
    }
}

/// The bytes of a line that begins with so many in bold, with a colon or dash that closes them.
fn closing(words: &str, bold: usize) -> usize {
    let bold = bold.min(words.len());
    let rest = &words[bold..];
    let blanks = rest.len() - rest.trim_start().len();
    let sign = rest.trim_start().chars().next().filter(|sign| matches!(sign, ':' | '–' | '—'));
    bold + sign.map_or(0, |sign| blanks + sign.len_utf8())
}

/// The lists of a text that go on counting where another stops, with something between them: items of one agenda.
fn going(units: &[Unit<'_>]) -> HashSet<usize> {
    let mut going = HashSet::new();
    let mut last: Option<(usize, u32)> = None;
    for (at, unit) in units.iter().enumerate() {
        match unit {
            Unit::List { items, .. } => {
                let (Some(first), Some(end)) = (items.first(), items.last()) else { continue };
                match last {
                    Some((before, number)) if first.number > number && first.number <= number + 3 => {
                        going.extend([before, at]);
                        last = Some((at, end.number));
                    }
                    _ => last = Some((at, end.number)),
                }
            }
            Unit::Heading { .. } => last = None,
            _ => {}
        }
    }
    going
}
