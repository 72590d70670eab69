//! Who was there: the labels, lists, tables and sentences in which minutes name those present, those who sent apologies and
//! others who attended.
//!
//! Input: the leaves of a text, the words of a language. Output: people, each with the place of the name. Not here: where one
//! name of a list ends and the next begins (`names`), the fields that this fills (`parse`).
//!
//! A label ("Present:", a heading "Apologies") opens a part, and what follows on its line, in the list, the table or the
//! paragraph below it names those of that part, until something else begins. A sentence ("Apologies were received from …")
//! needs no label. Labels that may mean something else ("Members", "Staff", "Chair") count only in the head of the minutes,
//! before their first item, or below a label that means only this.

use std::borrow::Cow;
use std::ops::Range;

use super::legend;
use super::names::{Form, Named, Names, names};
use super::phrases::{Label, Says, capital_at_end, label, sentences, starts_other_label};
use super::roll;
use crate::lexicon::Lexicon;
use crate::markdown::blocks::{Block, BlockKind, Blocks};
use crate::recognise::facts::{Fact, Person, Presence};

/// So many people of one text are looked for; one more says that there are others.
pub(crate) const MOST_PEOPLE: usize = 300;

/// So many leaves at the beginning of a text are its head at most.
const HEAD: usize = 60;

/// So many leaves of the head in quotations were indented, and quote nobody.
const INDENTED: usize = 4;

/// Who was there, in the order of the text; at most one more than [`MOST_PEOPLE`].
pub(crate) fn people(blocks: &Blocks, lexicon: &Lexicon) -> Vec<Fact<Person>> {
    let mut reader = Reader {
        blocks,
        lexicon,
        mark: legend::mark(&blocks.list[..blocks.list.len().min(HEAD)], blocks, lexicon),
        found: Vec::new(),
        unlabelled: None,
        open: None,
        head: true,
        firm: false,
        sure: false,
        indented: blocks.list.iter().take(HEAD).filter(|block| block.quotes > 0).count() >= INDENTED,
    };
    let mut at = 0;
    while let Some(block) = blocks.list.get(at) {
        if reader.found.len() > MOST_PEOPLE {
            break;
        }
        reader.head &= at < HEAD;
        at = match block.kind {
            BlockKind::Cell { table, .. } => {
                let same =
                    |block: &&Block| matches!(block.kind, BlockKind::Cell { table: other, .. } if other == table);
                let cells = blocks.list[at..].iter().take_while(same).count();
                if reader.speaks(block) {
                    reader.table(&blocks.list[at..at + cells]);
                }
                at + cells
            }
            _ => {
                if reader.speaks(block) {
                    reader.block(block);
                }
                at + 1
            }
        };
    }
    reader.unlabelled();
    let told = reader.sure || roll::is_told(&reader.found);
    if told { roll::settled(reader.found, lexicon) } else { Vec::new() }
}

/// Somebody who was found, and how.
#[derive(Debug)]
pub(super) struct Found {
    /// The name and what stands beside it.
    pub(super) named: Named,
    /// In which part.
    pub(super) says: Says,
    /// Where, in the prepared text.
    pub(super) typed: Range<usize>,
}

/// A part that a label opened, which goes on after it.
#[derive(Debug, Clone)]
pub(super) struct Open {
    pub(super) says: Says,
    pub(super) by: Opener,
    /// Whether it has names already.
    pub(super) named: bool,
    /// Whether its last line ended in a comma, so that it goes on.
    pub(super) comma: bool,
    /// How deep in lists the items with names are. What stands deeper tells something of those above.
    pub(super) depth: Option<u16>,
    /// Whether a label that means only this opened it.
    pub(super) firm: bool,
    /// Whether the label stood alone, so that those below it may stand in groups, or each in a paragraph.
    pub(super) alone: bool,
}

/// What opened a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opener {
    /// A heading of this level.
    Heading(u8),
    /// An item so deep in lists.
    Item(u16),
    /// A paragraph.
    Paragraph,
    /// A paragraph before this list, in which it goes on.
    List(usize),
}

/// The columns of a table that is about one person in each row.
#[derive(Clone, Copy, Default)]
pub(super) struct Columns {
    pub(super) name: usize,
    pub(super) role: Option<usize>,
    pub(super) short: Option<usize>,
    pub(super) ticked: Option<usize>,
    pub(super) surname: Option<usize>,
}

/// What the words of a leaf gave.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// The part that is open at its end.
    pub(super) says: Option<Says>,
    /// How many names were found.
    pub(super) names: usize,
    /// Whether a label stood in it.
    pub(super) label: bool,
    /// Whether its last label has nothing after it.
    pub(super) waits: bool,
    /// Whether the label that opened the part had nothing after it.
    pub(super) alone: bool,
    /// Whether it ended in prose or in another label.
    pub(super) closed: bool,
}

/// Those who were there, while they are looked for.
pub(super) struct Reader<'a> {
    pub(super) blocks: &'a Blocks,
    pub(super) lexicon: &'a Lexicon,
    /// The sign that marks those who were there, in a list of all members.
    pub(super) mark: Option<char>,
    pub(super) found: Vec<Found>,
    /// A table in the head with names and whom they stand for, of which nothing says what it lists, and how many were found above it.
    pub(super) unlabelled: Option<(usize, &'a [Block], Columns)>,
    pub(super) open: Option<Open>,
    /// Whether this is the head of the minutes, before their first item.
    pub(super) head: bool,
    /// Whether the part that is read was opened by a label that means only this.
    pub(super) firm: bool,
    /// Whether such a part, or a sentence, has named somebody.
    pub(super) sure: bool,
    /// Whether so much of the head is quoted that it was only indented.
    pub(super) indented: bool,
}

impl<'a> Reader<'a> {
    /// Whether a leaf is the minutes' own. What is quoted is not, but in the head some programs write what was indented so.
    pub(super) fn speaks(&self, block: &Block) -> bool {
        block.quotes == 0 || (self.head && self.indented)
    }

    pub(super) fn block(&mut self, block: &Block) {
        if self.head && self.marked(block) {
            return;
        }
        match block.kind {
            BlockKind::Heading(level) => self.heading(block, level),
            BlockKind::Item { list, task, .. } => self.item(block, list, task),
            BlockKind::Paragraph => self.paragraph(block),
            BlockKind::Break if matches!(self.open, Some(Open { by: Opener::Heading(_), .. })) => {}
            BlockKind::Break => self.open = None,
            BlockKind::Cell { .. } => {}
        }
    }

    /// Takes the names of a leaf that have the sign of those who were there beside them. Gives `false` if none has it.
    pub(super) fn marked(&mut self, block: &Block) -> bool {
        let Some(mark) = self.mark else { return false };
        let before = self.found.len();
        for name in legend::marked(self.blocks.words_of(block), mark) {
            self.firm = true;
            let words = block.words.start + name.start..block.words.start + name.end;
            self.names_of(&words, &Says::Part(Presence::Present), Form::Entry, false);
        }
        self.found.len() > before
    }

    /// The label at the beginning of `words`, if it is one here.
    pub(super) fn label(&self, words: &Range<usize>) -> Option<Label> {
        let weak = self.head || self.open.is_some();
        let strong = |range: Range<usize>| self.blocks.is_strong(&(words.start + range.start..words.start + range.end));
        label(&self.blocks.words[words.clone()], weak, strong, self.lexicon)
    }

    pub(super) fn heading(&mut self, block: &Block, level: u8) {
        let inside = matches!(self.open, Some(Open { by: Opener::Heading(above), .. }) if above < level);
        if let Some(found) = self.label(&block.words)
            && found.ends
        {
            let rest = block.words.start + found.rest..block.words.end;
            self.firm = !found.weak || self.open.as_ref().is_some_and(|open| open.firm) || inside;
            let named = self.names_of(&rest, &found.says, Form::Line, true).list.len();
            self.open = Some(Open {
                says: found.says,
                by: Opener::Heading(level),
                named: named > 0,
                comma: false,
                depth: None,
                firm: self.firm,
                alone: named == 0,
            });
        } else if !inside {
            self.head &= self.found.is_empty();
            self.open = None;
            self.sentences(&block.words);
        }
    }

    pub(super) fn item(&mut self, block: &Block, list: usize, task: Option<bool>) {
        match &mut self.open {
            Some(Open { by: Opener::Item(depth), .. }) if block.lists <= *depth => self.open = None,
            Some(Open { by: Opener::List(open), .. }) if *open != list && block.lists <= 1 => self.open = None,
            Some(open @ Open { by: Opener::Paragraph, .. }) if !open.named || open.comma => {
                open.by = Opener::List(list)
            }
            Some(Open { by: Opener::Paragraph, .. }) => self.open = None,
            _ => {}
        }
        let open = self.open.clone();
        self.firm = open.as_ref().is_some_and(|open| open.firm);
        if let Some(found) = self.label(&block.words) {
            self.firm |= !found.weak;
            let rest = block.words.start + found.rest..block.words.end;
            if self.blocks.words[rest.clone()].trim().is_empty() {
                let (says, by) = (found.says, Opener::Item(block.lists));
                let (named, comma, depth, firm) = (false, false, None, self.firm);
                self.open = Some(Open { says, by, named, comma, depth, firm, alone: true });
            } else if open.is_some() && task.is_none() {
                self.names_of(&rest, &found.says, Form::Line, true);
            } else {
                self.line(&block.words, None);
            }
            return;
        }
        let Some(open) = open else {
            self.sentences(&block.words);
            return;
        };
        if task == Some(false) || open.depth.is_some_and(|depth| block.lists > depth) {
            return;
        }
        // "Observing: A Reed" is a label that is not known, and no name.
        let said = self.blocks.words_of(block);
        let other = starts_other_label(said, self.lexicon)
            && said.split(':').next().is_some_and(|label| !label.trim().contains(char::is_whitespace));
        if other {
            return;
        }
        if self.names_of(&block.words, &open.says, Form::Entry, false).list.is_empty() {
            self.line(&block.words, Some((open.says, open.alone)));
        } else if let Some(open) = &mut self.open {
            open.named = true;
            open.depth = Some(block.lists);
        }
    }

    pub(super) fn paragraph(&mut self, block: &Block) {
        if matches!(self.open, Some(Open { by: Opener::List(_), .. })) && block.lists == 0 {
            self.open = None;
        }
        match &mut self.open {
            // An item that is a heading in all but its marks: "1. Roll call" and a paragraph below it.
            Some(open @ Open { by: Opener::Item(1), named: false, .. }) if block.lists == 0 => {
                open.by = Opener::Paragraph
            }
            Some(Open { by: Opener::Item(depth), .. }) if block.lists < *depth => self.open = None,
            _ => {}
        }
        if !self.blocks.words_of(block).contains(char::is_alphanumeric) {
            return;
        }
        let before = self.open.clone();
        self.firm = before.as_ref().is_some_and(|open| open.firm);
        if before.as_ref().is_some_and(|open| open.alone) && self.heads_group(block) {
            return;
        }
        // A paragraph that goes on with the names of another has to look like names.
        if let Some(open) = &before
            && open.named
            && !open.comma
            && !self.goes_on(&block.words)
            && self.label(&block.words).is_none()
            && !(open.alone && self.groups(&block.words).is_some())
        {
            if open.alone && self.is_entry(block) {
                self.names_of(&block.words, &open.says, Form::Entry, false);
                return;
            }
            self.open = None;
            self.head &= !matches!(open.by, Opener::Heading(_));
            self.line(&block.words, None);
            return;
        }
        if before.is_none() && self.head && self.found.is_empty() && self.bare_list(block) {
            return;
        }
        let begun = before.as_ref().map(|open| (open.says.clone(), open.alone));
        let outcome = self.line(&block.words, begun);
        let comma = goes_on_below(self.blocks.words_of(block));
        self.open = match (before, outcome.says) {
            (Some(open), _) if matches!(open.by, Opener::Heading(_)) && !outcome.label => (!outcome.closed
                || !open.named)
                .then_some(Open { named: open.named || outcome.names > 0, comma, ..open }),
            (Some(open), Some(says)) if matches!(open.by, Opener::Heading(_) | Opener::Item(_)) => {
                Some(Open { says, named: outcome.names > 0, comma, firm: self.firm, ..open })
            }
            (_, Some(says)) if outcome.waits || outcome.names > 0 => {
                let named = outcome.names > 0;
                let (by, depth, firm) = (Opener::Paragraph, None, self.firm);
                Some(Open { says, by, named, comma, depth, firm, alone: outcome.alone })
            }
            (Some(open), None) if matches!(open.by, Opener::Heading(_)) => Some(open),
            _ => None,
        };
    }

    /// Whether a paragraph under a part that has names already names others: each of its names is sure to be one.
    pub(super) fn goes_on(&self, words: &Range<usize>) -> bool {
        let names = names(&self.blocks.words[words.clone()], Form::Line, MOST_PEOPLE, self.lexicon);
        !names.prose && names.list.iter().all(|named| named.sure)
    }

    /// Reads the lines of a leaf, of which the first continues the part `begun`; with it, whether the label of that stood alone.
    pub(super) fn line(&mut self, words: &Range<usize>, begun: Option<(Says, bool)>) -> Outcome {
        let (says, alone) = begun.map_or((None, false), |(says, alone)| (Some(says), alone));
        let mut outcome = Outcome { says, alone, ..Outcome::default() };
        if let Some(says) = outcome.says.clone()
            && let Some(groups) = self.groups(words)
        {
            for group in groups {
                outcome.names += self.names_of(&group, &says, Form::Line, false).list.len();
            }
            return outcome;
        }
        for unit in self.units(words) {
            if self.found.len() > MOST_PEOPLE {
                break;
            }
            self.unit(&unit, &mut outcome);
        }
        outcome
    }

    /// The lines of a leaf, each with those after it that begin no label.
    pub(super) fn units(&self, words: &Range<usize>) -> Vec<Range<usize>> {
        let mut units: Vec<Range<usize>> = Vec::new();
        let mut at = words.start;
        for line in self.blocks.words[words.clone()].split_inclusive('\n') {
            let range = at..at + line.len();
            at = range.end;
            let other = || starts_other_label(line, self.lexicon);
            if let Some(last) = units.last_mut()
                && let Some(word) = self.broken(last, &range)
            {
                last.end = word;
                units.push(word..range.end);
                continue;
            }
            // "Councillors Hay and Pim", below who was in the chair.
            let several = |last: &Range<usize>| {
                let first = line.split_whitespace().next().unwrap_or_default();
                let ends = !goes_on_below(&self.blocks.words[last.clone()]);
                self.head && ends && self.lexicon.fits("presence.plural", first)
            };
            match units.last_mut() {
                Some(last) if self.label(&range).is_none() && !other() && !several(last) => last.end = range.end,
                _ => units.push(range),
            }
        }
        units
    }

    /// Where a label begins that the width of the page broke: with the last word of the line before, `Also` above `present:`.
    pub(super) fn broken(&self, before: &Range<usize>, line: &Range<usize>) -> Option<usize> {
        let word = before.start + capital_at_end(&self.blocks.words[before.clone()])?;
        let whole = || self.label(&(word..line.end)).is_some_and(|found| found.rest > line.start - word);
        let begins = self.lexicon.has("presence.label-begins", self.blocks.words[word..before.end].trim());
        (begins && self.label(line).is_some() && whole()).then_some(word)
    }

    /// Reads a label and what follows it, sentence by sentence.
    pub(super) fn unit(&mut self, unit: &Range<usize>, outcome: &mut Outcome) {
        let blocks = self.blocks;
        let mut start = unit.start;
        let mut firm = false;
        let inside = self.firm && outcome.says.is_some();
        if let Some(found) = self.label(unit) {
            outcome.label = true;
            start += found.rest;
            firm = found.firm;
            self.firm = !found.weak || inside || matches!(self.open, Some(Open { by: Opener::Heading(_), .. }));
            outcome.says = Some(found.says);
        } else if let Some(group) = self.labelled_group(unit, outcome) {
            outcome.names += group;
            return;
        } else if starts_other_label(&blocks.words[unit.clone()], self.lexicon) {
            outcome.says = None;
            outcome.closed = true;
        }
        // "Present: PCC members: A Low, B Hay".
        if outcome.label && start > unit.start {
            let rest = start..unit.end;
            if let Some(inner) =
                self.label(&rest).filter(|inner| inner.weak && inner.colon && inner.says != Says::Chair)
            {
                start += inner.rest;
            }
        }
        let unsaid = matches!(outcome.says, None | Some(Says::Chair)) && !outcome.closed;
        if unsaid && self.head && self.line_of_members(unit) {
            outcome.names += 1;
            return;
        }
        outcome.waits = outcome.label && blocks.words[start..unit.end].trim().is_empty();
        if start > unit.start {
            outcome.alone = outcome.waits;
        }
        for (index, sentence) in sentences(&blocks.words[start..unit.end], self.lexicon).into_iter().enumerate() {
            let mut words = start + sentence.start..start + sentence.end;
            let mut lenient = index == 0 && firm;
            if index > 0 {
                let inside = outcome.says.is_some() || self.head;
                if let Some(found) = self.label(&words).filter(|found| inside && self.opens(found, words.start)) {
                    outcome.label = true;
                    words.start += found.rest;
                    self.firm |= !found.weak;
                    outcome.says = Some(found.says);
                    lenient = true;
                } else if starts_other_label(&blocks.words[words.clone()], self.lexicon) {
                    outcome.says = None;
                    outcome.closed = true;
                }
            }
            self.words_of(&words, lenient, outcome);
        }
    }

    /// Reads one sentence, or the names behind a label.
    fn words_of(&mut self, words: &Range<usize>, lenient: bool, outcome: &mut Outcome) {
        // What follows a label is read as names before it is read as a sentence.
        if let Some(says) = outcome.says.clone().filter(|_| lenient) {
            // "Roll call: Low, Hay, Pim present."
            let ends = self.lexicon.fits("presence.before-inside", &self.blocks.words[words.clone()]);
            if ends && self.sentence(words, Some(&says)) {
                outcome.names += 1;
                return;
            }
            let found = self.names_of(words, &says, Form::Line, true);
            if !found.list.is_empty() {
                outcome.names += found.list.len();
                outcome.says = outcome.says.take().filter(|_| !found.prose);
                outcome.closed |= found.prose;
                return;
            }
        }
        if self.sentence(words, outcome.says.as_ref()) {
            outcome.names += 1;
            return;
        }
        let Some(says) = outcome.says.clone() else { return };
        let found = self.names_of(words, &says, Form::Line, lenient);
        outcome.names += found.list.len();
        if found.prose && outcome.names > 0 {
            outcome.says = None;
        }
        outcome.closed |= found.prose;
    }

    /// Whether a label at `start`, in the middle of a leaf, opens names: before a colon, or a dash if it means only this.
    fn opens(&self, found: &Label, start: usize) -> bool {
        let dash = self.blocks.words[start..start + found.rest].trim_end().ends_with(['–', '—']);
        found.colon || (dash && !found.weak)
    }

    /// Reads sentences that say who was there without a label.
    pub(super) fn sentences(&mut self, words: &Range<usize>) {
        if !self.lexicon.fits("presence.hint", &self.blocks.words[words.clone()]) {
            return;
        }
        for sentence in sentences(&self.blocks.words[words.clone()], self.lexicon) {
            self.sentence(&(words.start + sentence.start..words.start + sentence.end), None);
        }
    }

    /// Takes a sentence that says of those whom it names how they stood to the meeting. Gives `false` if it is none.
    pub(super) fn sentence(&mut self, words: &Range<usize>, inside: Option<&Says>) -> bool {
        let blocks = self.blocks;
        let said = &blocks.words[words.clone()];
        if !self.lexicon.fits("presence.hint", said) && !matches!(inside, Some(Says::Part(Presence::Apologies))) {
            return false;
        }
        let apologies = matches!(inside, Some(Says::Part(Presence::Apologies)));
        let here = self.head || inside.is_some();
        for (name, after, fits) in [
            ("presence.after", true, true),
            ("presence.after-apologies", true, apologies),
            ("presence.before", false, true),
            ("presence.chaired", false, here),
            ("presence.before-inside", false, here),
            ("presence.between", true, here),
        ] {
            let Some((pattern, found)) = self.lexicon.find(name, said).filter(|_| fits) else { continue };
            let named = found.name("who");
            let Some(found) = found.get(0) else { continue };
            let says = match pattern.says.as_deref() {
                None => Says::Chair,
                Some("substitute") => Says::Substitute,
                Some(part) => Says::of(part),
            };
            let beside =
                if after { words.start + found.end()..words.end } else { words.start..words.start + found.start() };
            let range = named.map_or(beside, |named| words.start + named.start()..words.start + named.end());
            let (range, others) = self.parted(&range, &says);
            let lenient = after && named.is_none();
            // A sentence goes on in the next line.
            let said = &blocks.words[range.clone()];
            let said = if lenient { Cow::Borrowed(said) } else { Cow::Owned(said.replace('\n', " ")) };
            let names = names(&said, Form::Line, MOST_PEOPLE, self.lexicon);
            let unsure = names.prose && (!lenient || names.list.is_empty());
            if unsure || (!after && names.list.iter().any(|named| named.by_post)) {
                continue;
            }
            // Without a label one name alone may be of something else: "Mr Low was present at the works".
            let besides = says == Says::Part(Presence::InAttendance) && !self.found.is_empty();
            if name == "presence.before-inside" && inside.is_none() && names.list.len() < 2 && !besides {
                continue;
            }
            let several = names.list.len() > 1 && says == Says::Chair;
            if !names.list.is_empty() && !several {
                self.firm |= matches!(says, Says::Part(_));
                self.add(names, &says, range.start);
                if let Some(others) = others {
                    self.names_of(&others, &Says::Part(Presence::InAttendance), Form::Line, true);
                }
                // "Present were A Low and B Hay; apologies had been received from C Pim".
                let before = words.start..words.start + found.start();
                if after && blocks.words[before.clone()].trim_end().ends_with(';') {
                    self.sentence(&before, inside);
                }
                return true;
            }
        }
        false
    }

    /// The names of those who came, and of the guests with whom their list goes on: "A Low, B Hay and guests Cy Pim".
    fn parted(&self, words: &Range<usize>, says: &Says) -> (Range<usize>, Option<Range<usize>>) {
        let here = *says == Says::Part(Presence::Present);
        let said = &self.blocks.words[words.clone()];
        let found = here.then(|| self.lexicon.find("presence.then-others", said)).flatten();
        let found = found.and_then(|(_, found)| found.get(0).map(|others| others.range()));
        match found {
            // The pattern ends with the first letter of a name.
            Some(others) => (words.start..words.start + others.start, Some(words.start + others.end - 1..words.end)),
            None => (words.clone(), None),
        }
    }

    /// Adds the names in `words`. Where they are not `lenient`, all the words have to be names.
    pub(super) fn names_of(&mut self, words: &Range<usize>, says: &Says, form: Form, lenient: bool) -> Names {
        let most = (MOST_PEOPLE + 1).saturating_sub(self.found.len());
        let names = names(&self.blocks.words[words.clone()], form, most, self.lexicon);
        if names.prose && !lenient {
            return Names { list: Vec::new(), ..names };
        }
        let again = Names { list: names.list.clone(), prose: names.prose };
        self.add(names, says, words.start);
        again
    }

    pub(super) fn add(&mut self, names: Names, says: &Says, start: usize) {
        let standing = names.list.iter().any(|named| named.standing.is_some());
        self.sure |= standing || (self.firm && !names.list.is_empty());
        for named in names.list {
            let typed = self.blocks.typed(&(start + named.words.start..start + named.words.end));
            self.found.push(Found { named, says: says.clone(), typed });
        }
    }
}

/// Whether the last line of a list of names says that it goes on in the next paragraph.
fn goes_on_below(words: &str) -> bool {
    let words = words.trim_end();
    words.ends_with([',', '&']) || words.ends_with(" and")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::collect;

    /// Those of a text: present, `-` for apologies, `~` for absent, `+` for others, `*` for the chair.
    fn read(text: &str) -> String {
        let events = collect(text);
        let said = people(&Blocks::of(&events.list, 0), Lexicon::english()).into_iter().map(|fact| {
            let sign = match fact.value.part {
                Presence::Present => "",
                Presence::Apologies => "-",
                Presence::Absent => "~",
                Presence::InAttendance => "+",
            };
            format!("{sign}{}{}", fact.value.name, if fact.value.chair { "*" } else { "" })
        });
        said.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn people_are_found_where_clerks_name_them() {
        let mut wrong = Vec::new();
        for (text, said) in [
            ("Chair: Low\nMembers: Hay, Pim\nGuests: Roe\nApologies: Sax", "Low* Hay Pim +Roe -Sax"),
            ("## Present\n\n- Low\n- Hay\n\n## Agenda\n\n- Budget Plan", "Low Hay"),
            ("Directors Present:\n\nLow\nHay\n\nGuests:\n\nPim", "Low Hay +Pim"),
            ("2\\. **Apologies**\n\nCllrs Low and Hay.\n\n3\\. **Bus Shelter**", "-Cllr Low -Cllr Hay"),
            ("## Voting members' attendance\n\n- [x] Low\n- [ ] Hay", "Low"),
            ("**Roll call:** Trustee Low – present; Trustee Hay – absent.", "Trustee Low ~Trustee Hay"),
            ("These directors were present: Low and Hay. Also in attendance were Pim and Roe.", "Low Hay +Pim +Roe"),
            ("Present: Low, Hay.\n\nAn apology for absence was received from Mr Pim.", "Low Hay -Mr Pim"),
            ("Mr Low called the meeting to order.\n\nPresent: A Low, B Hay", "A Low* B Hay"),
            ("| Present: | A Low; B Hay |\n|---|---|\n| Apologies: | C Pim |", "A Low B Hay -C Pim"),
            ("Present\n: A Low, B Hay", "A Low B Hay"),
            ("Present: A Low, B Hay and two residents.\n\nThe Bus Shelter was painted.", "A Low B Hay"),
            (
                "Present: Mr A Low, Mr B Hay, T Roe - Borough Councillor, C Pim (Clerk)",
                "Mr A Low Mr B Hay +T Roe +C Pim",
            ),
            ("**Membership**\n\n(\\* = present)\n\nA Low (Chair) \\*\nB Hay\nDr C Pim \\*", "A Low* Dr C Pim"),
            (
                "In attendance: W Low, Assessor and Electoral Registration Officer; J Hay, Clerk; and B Pim, Audit",
                "W Low +J Hay B Pim",
            ),
            (
                "Board members in attendance:\nCouncillor Y Tranter, Cabinet Member for Adults (Chair)\nDr Amit Desai, Clinical Chair, Stourley CCG (Vice-Chair)\nElaine Maskell, Director of Public Health",
                "Councillor Y Tranter* Dr Amit Desai Elaine Maskell",
            ),
            (
                "Present: Mr A Low, Miss B Hay, with the Clerk, Mr C Pim. Also\npresent: P.C. Roe and six others.",
                "Mr A Low Miss B Hay +Mr C Pim +P.C. Roe",
            ),
            (
                "Members: Councillors A Low (Chair) and B Hay\n\nOfficers: Mr C Pim (Adviser)",
                "Councillor A Low* Councillor B Hay +Mr C Pim",
            ),
            ("Here: Val P, Ann B\n\nSorry not to be here: Bob H", "Val P Ann B -Bob H"),
            (
                "**I LÁTHAIR:** Cllr. P. Low, Cllr. M. Ní Hay\n\n**AS LÁTHAIR:** Cllr. C. Pim",
                "Cllr. P. Low Cllr. M. Ní Hay ~Cllr. C. Pim",
            ),
            ("Yn bresennol: A Low, B Hay\n\nYmddiheuriadau: C Pim", "A Low B Hay -C Pim"),
            (
                "**Members**\n\nAnn Low (AL) Chairman -- Bo Hay (BH) -- Dr Cy Pim (CP)\n\n**Officers**\n\nDee Roe (DR) Manager -- Ed Sax (ES) Secretary",
                "Ann Low* Bo Hay Dr Cy Pim +Dee Roe +Ed Sax",
            ),
            ("A. Apologies\n\nAnn Low, Cllr Bo Hay", "-Ann Low -Cllr Bo Hay"),
            ("*Trustees attending:* Ann Low\n*Apologies from trustees:* Bo Hay, Cy Pim", "Ann Low -Bo Hay -Cy Pim"),
            ("Cllrs Low (ch), Hay and Pim. Clerk S Roe. 2 public.", "Cllr Low* Cllr Hay Cllr Pim +S Roe"),
            (
                "| Elected Members | Appointed Members |\n|---|---|\n| \\* A Low | *Marl Council* |\n| B Hay | \\* Cllr C Pim |\n\n\\* Present (80%)",
                "A Low Cllr C Pim",
            ),
            (
                "Board members present were supervisors Ann Low, Bo Hay, and Cy Pim, clerk Di Roe and guests Ed Sax, Flo Ash.",
                "Supervisor Ann Low Supervisor Bo Hay Supervisor Cy Pim +clerk Di Roe +Ed Sax +Flo Ash",
            ),
            ("Present: A Low, B Hay. Also present were guests Ed Sax and Flo Ash.", "A Low B Hay +Ed Sax +Flo Ash"),
            ("Members present in person: Low and Hay. Members present via Zoom: Pim.", "Low Hay Pim"),
            ("Present: A Low\n\nApologies: Mr B Hay and\n\nMr C Pim", "A Low -Mr B Hay -Mr C Pim"),
            (
                "Present: Ann Low, Bo Hay\n\nApologies Annie Pim, Cllrs Roe and Sax",
                "Ann Low Bo Hay -Annie Pim -Cllr Roe -Cllr Sax",
            ),
            ("Present: Cllr A Low, Cllr C Pim, BC B Hay", "Cllr A Low Cllr C Pim +BC B Hay"),
            ("CALL TO ORDER\n\nThe meeting was called to order by Mr Low. Members present:\nLow, Hay.", "Low Hay"),
            ("Present: - Cllr A Low Vice- Chairman (acting),\n\nCllr B Hay", "Cllr A Low Cllr B Hay"),
            ("Attending the meeting were Supervisors Ann Low, Bo Hay.", "Supervisor Ann Low Supervisor Bo Hay"),
            ("The Chairman (Joy Low) welcomed those present: Bo Hay, Cy Pim", "Bo Hay Cy Pim"),
            (
                "MINUTES OF THE PARISH HELD MONDAY 6TH MAY Present– Cllr Ann Low - Chairman, Cllr Bo Hay. 3 public",
                "Cllr Ann Low* Cllr Bo Hay",
            ),
            (
                "**District Attendees**\nAnn Low - Board President\nBo Hay - Board Member\nCy Pim - General Manager",
                "Ann Low Bo Hay +Cy Pim",
            ),
            (
                "Present:\nAnn Low, president\nBo Hay, vice president\nDi Roe, clerk\nCy Pim, Superintendent",
                "Ann Low Bo Hay Di Roe +Cy Pim",
            ),
            (
                "| Name | Organisation |\n|---|---|\n| Ann Low (Chair) | Borough Council |\n| Bo Hay | Police |\n\nApologies: Cy Pim",
                "Ann Low* Bo Hay -Cy Pim",
            ),
            (
                "| Name | Seat |\n|---|---|\n| Ann Low | Ward 1 |\n| Bo Hay | Ward 2 |\n\nPresent: Di Roe, Ed Sax",
                "Di Roe Ed Sax",
            ),
            ("Circulation list:\n\n| Name | Role |\n|---|---|\n| Ann Low | Chair |\n| Bo Hay | Member |", ""),
            (
                "# A\n\nB\n\nC\n\nD\n\n## Interests\n\n| Name | Company |\n|---|---|\n| Ann Low | Acme |\n| Bo Hay | Acme |",
                "",
            ),
            (
                "| Members | Title |\n|---|---|\n| Ann Low (Chair) | Chief Nurse |\n| **In attendance** | |\n| Bo Hay | Lead |\n| **Apologies** | |\n| Cy Pim | Director |",
                "Ann Low* +Bo Hay -Cy Pim",
            ),
            (
                "| Name | Attendance |\n|---|---|\n| Ann Low | Present |\n| Bo Hay | In attendance |\n| Mr Cy Pim | Apologies |\n\nApologies were received from Mr Pim and Mrs Pim.",
                "Ann Low +Bo Hay -Mr Cy Pim -Mrs Pim",
            ),
            (
                "In the Chair: Cllr. A Low, Cathaoirleach\n\nAlso in attendance: Cllrs. B Hay and C Pim\n\nOfficials in Attendance: Mr. D Roe, Director",
                "Cllr. A Low* Cllr B Hay Cllr C Pim +Mr. D Roe",
            ),
            (
                "Officials present: Supervisor Ann Low, Clerk Bo Hay, Trustees Cy Pim and Di Roe.\nAlso present: Fire Chief Ed Sax",
                "Supervisor Ann Low Clerk Bo Hay Trustee Cy Pim Trustee Di Roe +Fire Chief Ed Sax",
            ),
            ("Members present: Ann Low\n\nOfficials present: Bo Hay", "Ann Low +Bo Hay"),
            (
                "Present:\nAnn Low, Ed.D., president\nBo Hay, vice president\nCy Pim, clerk\nDi Roe, member",
                "Ann Low Bo Hay Cy Pim Di Roe",
            ),
            (
                "At a meeting of the Level held on 6 June there were present: Mr Low (in the Chair) and Mr Hay. The Engineer, Mr Pim, and the Clerk, Miss Roe, were in attendance.",
                "Mr Low* Mr Hay +Mr Pim +Miss Roe",
            ),
            (
                "Present: A Low\n\nResolved: That the apologies from Cr B Hay and Cr Pim be accepted.",
                "A Low -Cr B Hay -Cr Pim",
            ),
            (
                "Present: Cllr Ann Low (AL) in the chair; Cllr Bo Hay (BH), from 7.25; Cllr Cy Pim (CP)",
                "Cllr Ann Low* Cllr Bo Hay Cllr Cy Pim",
            ),
            (
                "**When:** Monday\n**Who:** Ann Low (chair), Bo Hay (trustees); Cy Pim (clerk), Di Roe (guest, item 4)",
                "Ann Low* Bo Hay +Cy Pim +Di Roe",
            ),
            ("Present: Ann Low\n\n## 2. Apologies\n\nAccepted.", "Ann Low"),
            (
                "Present: Her Worship the Mayor, Ann Low (in the Chair); Crs Bo Hay, Cy Pim\nand Di Roe.",
                "Ann Low* Cr Bo Hay Cr Cy Pim Cr Di Roe",
            ),
            ("PRESENT\n\nCouncillors:\n\nCllr A Low\n\nCo-opted Members:\n\nMs B Hay", "Cllr A Low Ms B Hay"),
            ("PRESENT\n\nDeputy Chairperson\n\nAnn Low\n\nABSENT\n\nMember\n\nBo Hay", "Ann Low ~Bo Hay"),
            ("Staff: A. Low, CAO\nB. Hay, Director\n\nPresent: C. Pim", "+A. Low +B. Hay C. Pim"),
            ("Members: (\\* = present)\n\n\\*Mr A Low\nMr B Hay\n\\*Ms C Pim", "Mr A Low Ms C Pim"),
            ("Present: Ann Low, Bo Hay. Cy Pim joined for the roof item.", "Ann Low Bo Hay +Cy Pim"),
            ("Cllrs Low and Hay spoke of the path.", ""),
            ("Present: Ann Low – Chair of the Trust", "Ann Low*"),
            (
                "| Name | Role |\n|---|---|\n| Ann Low | Chair |\n| Bo Hay | Member |\n\nIn attendance\n\n| Name | Role |\n|---|---|\n| Di Roe | Minutes |",
                "Ann Low* Bo Hay +Di Roe",
            ),
            (
                "Those attending\n\nFrom the Council: Cllr A Low, Cllr B Hay\nFrom the School: Mrs C Pim, Mr D Elm",
                "Cllr A Low Cllr B Hay Mrs C Pim Mr D Elm",
            ),
            (
                "|  | Present | Apologies |\n|---|---|---|\n| Ann Low (Chair) | ✓ | |\n| Bo Hay | ✓ | |\n| Cy Pim | | ✓ |",
                "Ann Low* Bo Hay -Cy Pim",
            ),
            (
                "In the Chair: Cllr A Low\nCouncillors B Hay, C Pim\nOfficers: Town Clerk (E Sax)",
                "Cllr A Low* Councillor B Hay Councillor C Pim +E Sax",
            ),
            (
                "Present: A Low, B Hay\n\nOfficers supporting: General Manager D Roe, Director Works E Sax, Minute Secretary F Ash",
                "A Low B Hay +General Manager D Roe +Director Works E Sax +Minute Secretary F Ash",
            ),
            (
                "Directors: Ann Low (Chair), Bo Hay\nNon-executives: Cy Pim, Dee Elm\nIn attendance: Flo Ash, Pell & Co",
                "Ann Low* Bo Hay Cy Pim Dee Elm +Flo Ash",
            ),
            ("Roll Call: Low, Hay, Pim present. Oak absent.", "Low Hay Pim ~Oak"),
            ("Members: Low, Hay", ""),
            ("Present: all\n\n- Low: the roof leaks", ""),
            ("Absent: Low", "~Low"),
            ("Absent: Joan Low\n\nRoll call vote:\nAye: Hay\nNo: None\nAbsent: Low", "~Joan Low"),
            ("Absent: Mr J Low, Mrs J Low", "~Mr J Low ~Mrs J Low"),
            (
                "Present: Ms Ann Low, Mr Bo Hay\n\nRoll call vote:\nAye: Hay\nNo: None\nAbsent: Low",
                "Ms Ann Low Mr Bo Hay",
            ),
            ("The proposals were presented. Apologies for the delay.", ""),
        ] {
            let found = read(text);
            wrong.extend((found != said).then(|| format!("{text}\n  is {found}\n  not {said}")));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn no_more_people_are_looked_for_than_can_be_shown() {
        let lines = "Present: A Low, B Hay\n\n".repeat(5_000);
        assert_eq!(read(&lines), "A Low B Hay");
        let items = format!("Present:\n\n{}", "- A Low\n".repeat(5_000));
        assert_eq!(read(&items), "A Low");
    }
}
