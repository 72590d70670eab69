//! Words in a text that say that what follows is not for publication: "[EXEMPT]", "PART TWO – EXEMPT", "Not for publication by
//! virtue of paragraph 3 of Part 1 of Schedule 12A".
//!
//! Input: the blocks of a text, after exemptions in braces went. Output: passages that are held back, each with the words
//! that say so. Headings stay, as do the resolution to exclude the public and what has `{.open}` at its end.
//! Not here: braces (`exemption.rs`), heads, and the words themselves (`words.toml`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::heads::{Head, Looks, is_set};
use super::nested::{self, Form, Inside, OPEN};
use crate::markdown::attributes;
use crate::markdown::enclosed::Around;
use crate::markdown::events::{self, Piece, end_of, line_start};
use crate::markdown::extent::is_sure_heading;
use crate::markdown::prepare::NOTICE;
use crate::privacy::apart::{goes_on, has_letter, is_spaced, without_blanks};
use crate::privacy::spoken::Phrase;
use crate::privacy::words::{TEXT, unnumbered};

/// A passage that words of the text hold back.
pub(super) struct SaidPrivate {
    /// What goes.
    pub(super) target: Range<usize>,
    /// The words that say so.
    pub(super) words: Range<usize>,
    /// How it is taken out.
    pub(super) form: Form,
}

impl SaidPrivate {
    fn of_part(part: &nested::Part) -> Self {
        Self { target: part.target.clone(), words: part.words.clone(), form: part.form }
    }
}

/// What a text says of itself.
#[derive(Default)]
pub(super) struct Said {
    /// The passages, in order; they do not overlap.
    pub(super) passages: Vec<SaidPrivate>,
    /// Braces that say `{.open}`, which are printed nowhere.
    pub(super) open: Vec<Range<usize>>,
    /// A paragraph that says that the public was excluded, and below which everybody can read what follows.
    pub(super) exclusion: Option<Range<usize>>,
    /// The lines that are read as a mark, whether there was something to hold back or not.
    pub(super) marks: Vec<Range<usize>>,
}

/// What is known of a text in which a meeting speaks.
#[derive(Clone, Copy)]
struct Meeting {
    /// Whether its second part may be the private one: it has no third.
    parts: bool,
}

/// One block of the text itself: a heading, a paragraph, a whole list.
struct Block {
    range: Range<usize>,
    /// The level of a heading, or of a line that a reader takes for one.
    level: Option<u8>,
    /// Its first line without its braces, as typed.
    line: Range<usize>,
    prose: bool,
    /// Whether it may go on from words above it that are no sentence: a list, a table, a quotation, code.
    limb: bool,
    /// The first level, and the first heading.
    title: bool,
    /// What it heads, if it is no heading to CommonMark.
    head: Option<Head>,
    /// Whether its first line is a title, and what stands below that says how it is kept from the public.
    marked: bool,
    /// Its words as a reader sees them, where signs stand between the letters of one.
    seen: Option<String>,
    /// The words that stand for it as long as it is folded.
    summary: Option<Range<usize>>,
    /// The index of the event after it.
    next: usize,
    open: Option<Range<usize>>,
    /// Whether it stands in a text in which a meeting speaks.
    meeting: Option<Meeting>,
    /// What is held back of it by words inside it.
    inside: Inside,
}

/// The level of a line in bold or in capitals that heads what is below it.
const LINE: u8 = 7;

/// A paragraph that is longer, in bytes, says more than that the public is excluded.
const LONGEST_RESOLUTION: usize = 600;

/// A line that says how a section is kept from the public has so many words at most.
const LONGEST_REMARK: usize = 12;

/// Looks through the blocks of `text`.
pub(super) fn said(around: Around<'_, '_>, list: &[Piece<'_>], meeting: bool) -> Said {
    let text = &*around.prepared.text;
    let may_say = TEXT.may_speak_anywhere(text, meeting) || nested::may_open(text);
    if !may_say && !is_parted(text) && !is_spaced(text) {
        return Said::default();
    }
    let mut blocks = blocks(around, list, meeting);
    if meeting {
        let third = |block: &Block| block.level.is_some() && TEXT.is_third(&text[block.line.clone()]);
        let of = Meeting { parts: !blocks.iter().any(third) };
        blocks.iter_mut().for_each(|block| block.meeting = Some(of));
    }
    let open = blocks.iter().flat_map(|block| block.open.iter().chain(&block.inside.open));
    let mut said = Said { open: open.cloned().collect(), ..Said::default() };
    let mut index = 0;
    while let Some(block) = blocks.get(index) {
        index += 1;
        let phrase = phrase_among(text, &blocks, index);
        let going_on = block.inside.parts.iter().find(|part| part.goes_on);
        if phrase.is_none() {
            let held = block.inside.parts.iter().filter(|part| !part.target.is_empty());
            said.passages.extend(held.map(SaidPrivate::of_part));
        }
        let stamp = || remark(text, &blocks[..index]).filter(|line| block.open.is_none() && TEXT.is_stamped(line));
        let Some(phrase) = phrase.or(going_on.map(|_| Phrase::Below)).or_else(|| stamp().map(|_| Phrase::Below)) else {
            continue;
        };
        said.marks.push(block.line.clone());
        let words = going_on.map_or(&block.line, |part| &part.words);
        let extent = Extent { text, around, list, blocks: &blocks, index };
        let mut end = extent.end(phrase, going_on);
        let headed = block.level.is_some();
        let from = if (headed && phrase != Phrase::Opened) || going_on.is_some() { index } else { index - 1 };
        let is_heading = |block: &Block| block.level.is_some_and(|level| level < LINE);
        if matches!(phrase, Phrase::Below | Phrase::Session)
            && block.prose
            && TEXT.is_stamp(&text[block.range.clone()])
            && blocks.get(index).is_none_or(is_heading)
        {
            // Below it is nothing: as a stamp at the foot of a text it speaks of what is above, if not of the next section too.
            let first = blocks[..index - 1].iter().rposition(is_heading).map_or(0, |first| first + 1);
            hold_back(around, &blocks[first..index], words, &mut said.passages);
            let next = blocks[index..].iter().skip(1).take_while(|block| !is_heading(block)).count();
            end = end.max((index + 1 + next).min(blocks.len()));
        }
        let below = || blocks[index..end].iter().filter(|block| block.level.is_none());
        let nothing =
            headed && below().count() == 1 && below().all(|block| TEXT.is_nothing(&text[block.range.clone()]));
        if !nothing {
            hold_back(around, &blocks[from..end], words, &mut said.passages);
        }
        index = end;
    }
    // What speaks of all above it is found after that.
    said.passages.sort_by_key(|passage| (passage.target.start, std::cmp::Reverse(passage.target.end)));
    let mut reached = 0;
    said.passages.retain(|passage| {
        let apart = passage.target.start >= reached;
        reached = reached.max(passage.target.end);
        apart
    });
    said.exclusion = exclusion(text, &blocks, &said.passages);
    said
}

/// The first resolution to exclude the public below which, under the same heading, words follow that nothing holds back.
fn exclusion(text: &str, blocks: &[Block], passages: &[SaidPrivate]) -> Option<Range<usize>> {
    let is_held = |block: &Block| passages.iter().any(|passage| passage.target.contains(&block.range.start));
    let follows = |pair: &&[Block]| {
        let [block, next] = pair else { return false };
        let read = |block: &Block| block.level.is_none() && block.open.is_none() && !is_held(block);
        read(block) && resolves(text, block) && read(next) && !text[next.range.clone()].contains(NOTICE)
    };
    blocks.windows(2).find(follows).map(|pair| pair[0].line.clone())
}

/// Whether the last of these blocks is one short line right below a heading, and no sentence: `CONFIDENTIAL – see separate minute`. It
/// speaks of itself or of the section; the reading that shows less is the section.
fn stands_for_section(text: &str, blocks: &[Block]) -> bool {
    let [.., above, block] = blocks else { return false };
    let line = text[block.range.clone()].trim().trim_end_matches(['*', '_', ')', ']']);
    let is_sentence = line.contains(['\n', '£', ':']) || line.ends_with(['.', '!', '?']);
    above.level.is_some() && block.prose && !is_sentence && line.split_whitespace().count() <= LONGEST_REMARK
}

/// The last of these blocks, if it is one short line right below a heading or before all other words.
fn remark<'text>(text: &'text str, blocks: &[Block]) -> Option<&'text str> {
    let [above @ .., block] = blocks else { return None };
    let line = text[block.range.clone()].trim_matches(['*', '_', '>', ' ', '\n']);
    let at_top = above.last().is_none_or(|above| above.level.is_some());
    let short = !line.contains(['\n', '£']) && line.split_whitespace().count() <= LONGEST_REMARK;
    (at_top && block.prose && short).then_some(line)
}

/// What the words of the block before `index` say where they stand.
fn phrase_among(text: &str, blocks: &[Block], index: usize) -> Option<Phrase> {
    let so_far = &blocks[..index];
    let block = so_far.last().filter(|block| block.open.is_none())?;
    let phrase = phrase(text, block)?;
    // A line in capitals above the title of a text speaks of the text, a label with the mark as its value of the section.
    let over_title = index == 1 && block.level == Some(LINE) && blocks.get(index).is_some_and(|next| next.title);
    let wide =
        || stands_for_section(text, so_far) || remark(text, so_far).is_some_and(|line| TEXT.is_labelled_mark(line));
    Some(if over_title {
        Phrase::Below
    } else if wide() {
        phrase.widened()
    } else {
        phrase
    })
}

/// How far words reach in the blocks of a text.
struct Extent<'a, 'text> {
    text: &'a str,
    around: Around<'a, 'text>,
    list: &'a [Piece<'a>],
    blocks: &'a [Block],
    /// The block after the one that has the words.
    index: usize,
}

impl Extent<'_, '_> {
    /// The index after the last block of which the words speak.
    fn end(&self, phrase: Phrase, going_on: Option<&nested::Part>) -> usize {
        let (text, blocks, index) = (self.text, self.blocks, self.index);
        let block = &blocks[index - 1];
        let above = blocks[..index - 1].iter().rev().filter_map(|before| before.level).find(|level| *level < LINE);
        let level = match block.level {
            // A line that has no title in it speaks of all that is below it.
            Some(LINE) if phrase != Phrase::Titled => above,
            level => level,
        };
        let end = match phrase {
            Phrase::Own => return self.limbs(block),
            Phrase::RunIn => return index + blocks[index..].iter().take_while(|next| !self.parts(next)).count(),
            Phrase::Opened if block.summary.is_some() => return self.unfolded(),
            Phrase::Opened => blocks.len(),
            Phrase::Part => self.end_of_part(level),
            Phrase::Session
                if !self.goes_on(block)
                    && blocks[index..self.section(level, above)].iter().all(|block| resolves(text, block)) =>
            {
                self.end_of_part(level)
            }
            Phrase::Titled if block.level.is_none() => {
                let head = block.head.clone().unwrap_or(Head::Set(Looks::Bold));
                self.before(head.end(self.around, self.list, block.next, block.range.start..text.len()))
            }
            Phrase::Session | Phrase::Below | Phrase::Titled => self.section(level, above),
        };
        let end = match going_on.and_then(|part| part.until) {
            Some(until) => self.before(until),
            None => end,
        };
        // A line that looks like the one that said it, and says that all is open again.
        let again = |next: &Block| next.level == Some(LINE) && TEXT.opens_again(&text[next.line.clone()]);
        let lines = block.level == Some(LINE) && going_on.is_none();
        let end = index + blocks[index..end].iter().take_while(|next| !(lines && again(next))).count();
        // As a heading ends the section before it, the item with the next number ends what an item headed.
        let next = going_on.and_then(|part| number_before(text, part.words.start)).map(|number| number + 1);
        let is_next = |block: &Block| next.is_some() && number_at(text, block.range.start) == next;
        let end = index + blocks[index..end].iter().take_while(|block| !is_next(block)).count();
        let closes = |next: &Block| {
            let typed = &text[next.range.clone()];
            next.level.is_none_or(|level| level == LINE)
                && typed.lines().any(|line| TEXT.closes_after(&text[block.line.clone()], line))
        };
        let closed = blocks[index..].iter().position(closes).map(|at| index + at + 1);
        closed.filter(|_| phrase != Phrase::Titled && going_on.is_none()).unwrap_or(end)
    }

    /// Whether a block has more words than its first line, which speak of themselves.
    fn goes_on(&self, block: &Block) -> bool {
        let rest = self.text.get(block.line.end..block.range.end).unwrap_or_default();
        block.level.is_none() && rest.lines().skip(1).any(|line| line.contains(char::is_alphanumeric))
    }

    fn section(&self, level: Option<u8>, above: Option<u8>) -> usize {
        // Words behind brackets are what the brackets speak of, up to the next heading of any level.
        let line = self.text[self.blocks[self.index - 1].range.clone()].trim_start();
        let behind = line.starts_with(['[', '(']).then(|| line.split_once([']', ')'])).flatten();
        let runs_in = behind.is_some_and(|(_, behind)| behind.contains(char::is_alphabetic));
        let below = match level {
            None if runs_in => LINE - 1,
            level => level.or(above).unwrap_or(0),
        };
        self.index + self.blocks[self.index..].iter().take_while(|next| !self.ends(next, below)).count()
    }

    /// Whether a block ends the section in which the words stand: a heading of this level, in no container that began inside it.
    fn ends(&self, block: &Block, level: u8) -> bool {
        let from = self.blocks[self.index - 1].range.start;
        block.level.is_some_and(|own| own <= level) && !self.around.parts(from, block.range.start)
    }

    /// The index of the first block that begins at this place of the text or after it.
    fn before(&self, place: usize) -> usize {
        self.index + self.blocks[self.index..].iter().take_while(|block| block.range.start < place).count()
    }

    /// Whether a block begins something else than what words in bold at the beginning of a paragraph began.
    fn parts(&self, block: &Block) -> bool {
        let typed = &self.text[block.range.clone()];
        block.level.is_some() || block.head.is_some() || typed.starts_with("**") || typed.starts_with("__")
    }

    /// A paragraph takes what goes on from it right below: a list, a table, a quotation, limbs with letters, "That".
    fn limbs(&self, block: &Block) -> usize {
        if !block.prose || block.limb {
            return self.index;
        }
        let goes_on = |next: &&Block| {
            let typed = &self.text[next.range.clone()];
            next.limb || (next.level.is_none() && next.prose && (goes_on(typed) || has_letter(typed)))
        };
        self.index + self.blocks[self.index..].iter().take_while(goes_on).count()
    }

    /// Where the part of a text ends that begins folded.
    fn unfolded(&self) -> usize {
        let mut depth = 0_usize;
        for (at, block) in self.blocks.iter().enumerate().skip(self.index - 1) {
            let typed = &self.text[block.range.clone()];
            depth += typed.matches("<details").count();
            depth = depth.saturating_sub(typed.matches("</details").count());
            if depth == 0 {
                return at + 1;
            }
        }
        self.blocks.len()
    }

    /// The end of the part of a meeting that a heading of this level opens.
    fn end_of_part(&self, level: Option<u8>) -> usize {
        let ends = |block: &Block| {
            level.is_some_and(|level| level > 0 && self.ends(block, level - 1))
                || (self.ends(block, u8::MAX) && TEXT.ends_part(&self.text[block.line.clone()]))
        };
        let blocks = &self.blocks[self.index..];
        self.index + blocks.iter().position(ends).unwrap_or(blocks.len())
    }
}

/// Whether signs may stand between the letters of a word, which its reader does not see.
fn is_parted(text: &str) -> bool {
    let signs = text.match_indices(['&', '<', '*', '_', '`']);
    signs.into_iter().any(|(at, _)| text[..at].ends_with(char::is_alphabetic))
}

/// Takes all but headings and what stays public of these blocks.
fn hold_back<'a>(
    around: Around<'_, '_>,
    blocks: &'a [Block],
    words: &'a Range<usize>,
    passages: &mut Vec<SaidPrivate>,
) {
    let text = &*around.prepared.text;
    let (mut joined, mut begun) = (false, false);
    let mut words = words;
    for block in blocks {
        if block.level.is_some() && phrase(text, block).is_some() {
            words = &block.line;
        }
        let typed = &text[block.range.clone()];
        let resolution = !begun && resolves(text, block);
        let heading = block.level.is_some_and(|level| level < LINE) && !around.parts(words.start, block.range.start);
        let stays = heading || block.open.is_some() || resolution;
        if stays || typed.contains(NOTICE) || typed.trim().is_empty() {
            joined = false;
            continue;
        }
        match passages.last_mut().filter(|_| joined) {
            Some(last) => last.target.end = block.range.end,
            None => {
                let (target, words) = (block.range.clone(), words.clone());
                passages.push(SaidPrivate { target, words, form: Form::Block });
            }
        }
        (joined, begun) = (true, true);
    }
}

/// The number of the item whose words begin here.
fn number_before(text: &str, words: usize) -> Option<u32> {
    number_at(text, line_start(text, words))
}

/// The number with which a numbered list begins here: `12.`, `12)`.
fn number_at(text: &str, at: usize) -> Option<u32> {
    let line = text[at..].trim_start_matches(' ');
    let digits = line.len() - line.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    line[digits..].starts_with(['.', ')']).then(|| line[..digits].parse().ok()).flatten()
}

/// Whether a block is the resolution to exclude the public.
fn resolves(text: &str, block: &Block) -> bool {
    let typed = &text[block.range.clone()];
    block.prose && typed.len() <= LONGEST_RESOLUTION && TEXT.excludes(TEXT.behind_label(typed))
}

fn phrase(text: &str, block: &Block) -> Option<Phrase> {
    if let Some(summary) = &block.summary {
        return TEXT.of_heading(&text[summary.clone()]).map(|_| Phrase::Opened);
    }
    if !block.prose && block.level.is_none() {
        return None;
    }
    let typed = phrase_in(&text[block.range.clone()], &text[block.line.clone()], text, block);
    typed.or_else(|| block.seen.as_deref().and_then(|seen| phrase_in(seen, seen, text, block)))
}

/// What the words of a block say, of which the first line is `line`.
fn phrase_in(words: &str, line: &str, text: &str, block: &Block) -> Option<Phrase> {
    let gathers = || {
        block.meeting.is_some()
            && (block.level.is_some() || block.head.is_some())
            && TEXT.is_gathering(&unnumbered(line))
    };
    if !TEXT.may_speak(words) && !gathers() {
        return None;
    }
    let meeting = || {
        let meeting = block.meeting?;
        let said = TEXT.of_meeting(line, block.level.is_some() || block.head.is_some());
        said.filter(|said| *said != Phrase::Part || meeting.parts).filter(|_| !resolves(text, block))
    };
    let said = match block.level {
        Some(1) if block.title => TEXT.of_title(line),
        Some(_) => TEXT.of_heading(line).or_else(|| block.marked.then_some(Phrase::Titled)),
        None if block.head.is_some() && (block.marked || TEXT.of_heading(line).is_some()) => Some(Phrase::Titled),
        None => {
            let phrase = TEXT.of_paragraph(line);
            let phrase = phrase.or_else(|| nested::of_paragraph(words).filter(|_| !resolves(text, block)));
            let apart = || block.meeting.is_some() && nested::is_apart(words) && !resolves(text, block);
            let phrase = phrase.or_else(|| apart().then_some(Phrase::Own));
            phrase.map(|phrase| phrase.of_lines(words, &text[block.range.clone()]))
        }
    };
    said.or_else(meeting)
}

fn blocks(around: Around<'_, '_>, list: &[Piece<'_>], meeting: bool) -> Vec<Block> {
    let text = &*around.prepared.text;
    let mut blocks = Vec::new();
    let mut index = 0;
    while let Some((event, range)) = list.get(index) {
        let level = match event {
            Event::Start(Tag::Heading { level, .. }) => Some(*level as u8),
            _ => None,
        };
        // Lines above a line across the page, which CommonMark takes for a heading, are a paragraph.
        let sure = level.is_none() || is_sure_heading(&text[range.clone()]);
        let level = level.filter(|_| sure);
        if matches!(event, Event::Start(_)) {
            let prose = !sure || matches!(event, Event::Start(Tag::Paragraph | Tag::BlockQuote(_)));
            let inside = match event {
                Event::Start(Tag::Heading { .. } | Tag::Paragraph) => Inside::default(),
                _ => nested::inside(around, list, index, meeting),
            };
            let end = end_of(list, index);
            let plain = || events::plain(&list[index + 1..end]);
            let inline = matches!(event, Event::Start(Tag::Heading { .. } | Tag::Paragraph));
            let typed = &text[range.clone()];
            let seen = (inline && is_parted(typed)).then(plain);
            let spaced =
                || (inline && is_spaced(typed)).then(|| without_blanks(typed.trim_start_matches(['#', ' ']))).flatten();
            let seen = spaced().or(seen);
            let is_heading = |block: &Block| block.level.is_some_and(|level| level < LINE);
            let title = level == Some(1) && !blocks.iter().any(is_heading);
            let summary = matches!(event, Event::Start(Tag::HtmlBlock)).then(|| summary(text, range)).flatten();
            let limb =
                matches!(event, Event::Start(Tag::List(_) | Tag::Table(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_)));
            blocks.push(Block {
                inside,
                limb,
                title,
                seen,
                summary,
                next: end + 1,
                ..block(text, range.clone(), level, prose)
            });
            index = end;
        }
        index += 1;
    }
    blocks
}

/// The words between `<summary>` and its end, in a block of HTML.
fn summary(text: &str, block: &Range<usize>) -> Option<Range<usize>> {
    let typed = &text[block.clone()];
    let start = typed.find("<summary>")? + "<summary>".len();
    let length = typed[start..].find("</summary>")?;
    Some(block.start + start..block.start + start + length)
}

fn block(text: &str, range: Range<usize>, level: Option<u8>, prose: bool) -> Block {
    let typed = &text[range.clone()];
    let first = typed.lines().next().unwrap_or_default().trim_end();
    let mut line = range.start..range.start + first.len();
    let mut open = None;
    if let Some((braces, said)) = attributes::at_end(first) {
        line.end = range.start + first[..braces.start].trim_end().len();
        open = said.has(OPEN).then(|| line.end..range.start + braces.end);
    }
    let broken = text[line.clone()].trim_end().strip_suffix('>').and_then(|rest| Some(&rest[..rest.rfind("<br")?]));
    line.end = broken.map_or(line.end, |rest| line.start + rest.trim_end().len());
    let below = typed.trim_end().split_once('\n').map_or("", |(_, below)| below);
    let marked = prose && level.is_none() && TEXT.marks_above(below);
    let one_line = (below.is_empty() || marked) && line.start == line_start(text, range.start);
    let words = &text[line.clone()];
    let head = Head::of(words).filter(|_| prose && level.is_none() && line.start == line_start(text, range.start));
    let level = level.or_else(|| (prose && one_line && is_set(words) && head != Some(Head::Record)).then_some(LINE));
    let head = head.filter(|head| level.is_none() && matches!(head, Head::Item(_)));
    Block {
        range,
        level,
        line,
        prose,
        open,
        head,
        limb: false,
        title: false,
        marked,
        seen: None,
        summary: None,
        next: 0,
        meeting: None,
        inside: Inside::default(),
    }
}
