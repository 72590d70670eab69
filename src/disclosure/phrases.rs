//! Words in a text that say that what follows is not for publication: "[EXEMPT]", "PART TWO – EXEMPT", "Not for publication by
//! virtue of paragraph 3 of Part 1 of Schedule 12A".
//!
//! Input: the blocks of a text, after exemptions in braces went. Output: passages that are held back, each with the words
//! that say so. Headings stay, as do the resolution to exclude the public and what has `{.open}` at its end.
//! Not here: braces (`exemption.rs`), heads, and the words themselves (`words.toml`).

use std::ops::Range;

use super::announced::{Announced, listed_by};
use super::blocks::{Block, LINE, Meeting, blocks, is_parted, phrase, resolves};
use super::nested::{self, Form};
use super::reach::Extent;
use super::sittings;
use crate::markdown::enclosed::Around;
use crate::markdown::events::{self, Piece};
use crate::markdown::prepare::NOTICE;
use crate::model::{ListedTitle, PrivateList};
use crate::privacy::apart::is_spaced;
use crate::privacy::embargo::embargo;
use crate::privacy::legend::Signs;
use crate::privacy::spoken::Phrase;
use crate::privacy::words::TEXT;

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
    pub(super) fn new(target: Range<usize>, words: Range<usize>, form: Form) -> Self {
        Self { target, words, form }
    }

    fn of_part(part: &nested::Part) -> Self {
        Self::new(part.target.clone(), part.words.clone(), part.form)
    }
}

/// Who speaks in a text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Speaker {
    /// A meeting, so that more words say it.
    meeting: bool,
    /// Rules for meetings, whose headings may be about what is private.
    rules: bool,
}

impl Speaker {
    /// A meeting or not, in a text with this title.
    pub(super) fn of(meeting: bool, title: Option<&str>) -> Self {
        Self { meeting, rules: !meeting && title.is_some_and(|title| TEXT.is_of_rules(title)) }
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
    /// The headings that another file of the meeting lists as not for everybody, with its path.
    pub(super) listed: Vec<(Range<usize>, Box<str>)>,
    /// What this text lists so, for other files.
    pub(super) lists: Vec<ListedTitle>,
}

/// A line that says how a section is kept from the public has so many words at most.
const LONGEST_REMARK: usize = 12;

/// A sentence at the foot of a section that says it of what is above has so many words at most.
const LONGEST_STAMP: usize = 24;

/// A label has so many words at most.
const LONGEST_LABEL: usize = 3;

/// Looks through the blocks of `text`.
pub(super) fn said(around: Around<'_, '_>, list: &[Piece<'_>], speaker: Speaker, listed: &[PrivateList]) -> Said {
    let meeting = speaker.meeting;
    let text = &*around.prepared.text;
    let signs = Signs::of(text, meeting);
    if signs.is_empty() && listed.is_empty() && !may_say(text, list, meeting) {
        return Said::default();
    }
    let (blocks, rules) = read(around, list, &signs, speaker);
    let announced = Announced::of(text, &signs, meeting);
    // Minutes that tell that the public was excluded were written with what the agenda says in mind.
    let listed = if blocks.iter().any(|block| resolves(text, block)) { &[] } else { listed };
    // A heading is marked by a sign, or by the line that lists it.
    let titled = |block: &Block| {
        let heads = block.heads() && block.open.is_none();
        let line = &text[block.line.clone()];
        let marked = || block.signed || announced.has(line) || listed_by(listed, line).is_some();
        (heads && marked()).then_some(Phrase::Titled)
    };
    let open = blocks.iter().flat_map(|block| block.open.iter().chain(&block.inside.open));
    let mut said = Said { open: open.cloned().collect(), ..Said::default() };
    let mut index = 0;
    while let Some(block) = blocks.get(index) {
        index += 1;
        let phrase = phrase_among(text, &blocks, index)
            .or_else(|| titled(block))
            .or_else(|| closes_below(text, &blocks[index - 1..]).then_some(Phrase::Below))
            .filter(|_| !(rules && is_rule(text, &blocks[index - 1..])));
        let going_on = block.inside.parts.iter().find(|part| part.goes_on);
        if phrase.is_none() {
            let held = block.inside.parts.iter().filter(|part| !part.target.is_empty());
            said.passages.extend(held.map(SaidPrivate::of_part));
        }
        let stamped = |line: &&str| TEXT.is_stamped(line) && embargo(line).is_none();
        let stamp = || remark(text, &blocks[..index]).filter(|line| block.open.is_none() && stamped(line));
        let Some(phrase) = phrase.or(going_on.map(|_| Phrase::Below)).or_else(|| stamp().map(|_| Phrase::Below)) else {
            continue;
        };
        if block.heads() {
            let by = listed_by(listed, &text[block.line.clone()]);
            said.listed.extend(by.map(|path| (block.line.clone(), path.into())));
        }
        said.marks.push(if block.marked { block.range.clone() } else { block.line.clone() });
        let words = going_on.map_or(&block.line, |part| &part.words);
        let extent = Extent { text, around, list, blocks: &blocks, index };
        for range in extent.elsewhere(phrase) {
            hold_back(around, &blocks[range], words, &mut said.passages);
        }
        if let Phrase::Items(numbers) = phrase {
            let held = |target| SaidPrivate { target, words: words.clone(), form: Form::Content };
            said.passages.extend(extent.items(numbers).into_iter().map(held));
        }
        let mut end = reach(around, &extent, (words, extent.end(phrase, going_on)), &mut said.passages);
        let headed = block.level.is_some();
        // A sentence that says so and nothing else stays.
        let alone = || text[block.range.clone()].trim_end().trim_end_matches(['.', '*', '_', ')', ']']);
        let apart = matches!(phrase, Phrase::Items(_) | Phrase::Next) && !alone().contains(['.', ';', '\n']);
        let stays = (headed && phrase != Phrase::Opened) || going_on.is_some() || apart;
        let from = if stays { index } else { index - 1 };
        if is_at_foot(text, &blocks, index, phrase) {
            end = at_foot(around, (&blocks, index, end), words, &mut said.passages);
        }
        if !(headed && (nothing_below(text, &blocks[index..end]) || confirmed(text, &blocks[index - 1..end]))) {
            hold_back(around, &blocks[from..end], words, &mut said.passages);
        }
        index = end;
    }
    settle(&mut said, text, &blocks, (announced, meeting));
    said
}

/// Puts what was found in order, with what the text says of closed sessions, of the exclusion of the public and for other files.
fn settle(said: &mut Said, text: &str, blocks: &[Block], (announced, meeting): (Announced, bool)) {
    if meeting {
        said.passages.extend(sittings::between(text, blocks));
    }
    in_order(&mut said.passages);
    said.exclusion = exclusion(text, blocks, &said.passages);
    said.lists = announced.listed(text, &lists(text, blocks, &said.passages), meeting);
}

/// The headings right above what is held back, and the lines with a number or a sign before them that are held back.
fn lists<'text>(text: &'text str, blocks: &[Block], passages: &[SaidPrivate]) -> Vec<&'text str> {
    let held = |block: &Block| passages.iter().any(|passage| passage.target.contains(&block.range.start));
    let gone = |block: &Block| held(block) || text[block.range.clone()].contains(NOTICE);
    let heads = blocks.windows(2).filter(|pair| pair[0].heads() && !pair[1].heads() && gone(&pair[1]));
    let headings = heads.map(|pair| &text[pair[0].line.clone()]);
    let items = passages.iter().flat_map(|passage| text[passage.target.clone()].lines()).filter(|line| is_listed(line));
    headings.chain(items).collect()
}

/// Whether a line is one of a list, and short enough for a title.
fn is_listed(line: &str) -> bool {
    const LONGEST: usize = 200;
    let bare = line.trim_start();
    line.len() <= LONGEST
        && bare.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '*' | '+' | '•'))
}

/// Whether a text may say anything of who may read it.
fn may_say(text: &str, list: &[Piece<'_>], meeting: bool) -> bool {
    TEXT.may_speak_anywhere(text, meeting)
        || TEXT.may_ask(text)
        || nested::may_open(text)
        || (meeting && TEXT.excludes(text))
        || (is_parted(text) && TEXT.may_speak(&events::plain(list)))
        || is_spaced(text)
        || TEXT.may_hide(text)
        || nested::may_have_columns(text, meeting)
        || TEXT.may_restrict(text)
        || text.contains(NOTICE)
}

/// Where ends what `words` hold back, up to `end` so far: what is said inside may reach further, and speak of other places.
fn reach(
    around: Around<'_, '_>,
    extent: &Extent<'_, '_>,
    (words, mut end): (&Range<usize>, usize),
    passages: &mut Vec<SaidPrivate>,
) -> usize {
    let mut inner = extent.index;
    while inner < end {
        inner += 1;
        let more = phrase_among(extent.text, extent.blocks, inner).filter(|phrase| phrase.is_of_more());
        let extent = Extent { index: inner, ..*extent };
        end = more.map_or(end, |more| extent.end(more, None).max(end));
        let others = more.map_or_else(Vec::new, |more| extent.elsewhere(more));
        others.into_iter().for_each(|range| hold_back(around, &extent.blocks[range], words, passages));
    }
    end
}

/// Holds back what a stamp at the foot of a text speaks of, and gives where that ends: below it is nothing, so that it speaks of what is
/// above, if not of the next section too.
fn at_foot(
    around: Around<'_, '_>,
    (blocks, index, end): (&[Block], usize, usize),
    words: &Range<usize>,
    passages: &mut Vec<SaidPrivate>,
) -> usize {
    let is_heading = |block: &Block| block.level.is_some_and(|level| level < LINE);
    let first = blocks[..index - 1].iter().rposition(is_heading).map_or(0, |first| first + 1);
    hold_back(around, &blocks[first..index], words, passages);
    let next = blocks[index..].iter().skip(1).take_while(|block| !is_heading(block)).count();
    end.max((index + 1 + next).min(blocks.len()))
}

/// The blocks of a text, and whether it holds rules for meetings.
fn read(around: Around<'_, '_>, list: &[Piece<'_>], signs: &Signs, speaker: Speaker) -> (Vec<Block>, bool) {
    let (text, meeting) = (&*around.prepared.text, speaker.meeting);
    let mut blocks = blocks(around, list, signs, meeting);
    let titled = |block: &Block| block.title && TEXT.is_of_rules(&text[block.line.clone()]);
    let rules = !meeting && (speaker.rules || blocks.iter().any(titled));
    if meeting {
        let third = |block: &Block| block.level.is_some() && TEXT.is_third(&text[block.line.clone()]);
        let of = Meeting { parts: !blocks.iter().any(third), foreign: TEXT.is_foreign(text) };
        blocks.iter_mut().for_each(|block| block.meeting = Some(of));
    }
    (blocks, rules)
}

/// Whether these blocks say that there was nothing to be private, and the first of them nothing else if there are more.
fn nothing_below(text: &str, blocks: &[Block]) -> bool {
    let mut below = blocks.iter().filter(|block| block.level.is_none()).map(|block| &text[block.range.clone()]);
    let first = below.next();
    first.is_some_and(|first| TEXT.is_nothing(first) || (TEXT.says_nothing(first) && below.next().is_none()))
}

/// Whether the first of these blocks is a heading for minutes, and the only one below it says that they were agreed.
fn confirmed(text: &str, blocks: &[Block]) -> bool {
    let [heading, below] = blocks else { return false };
    below.level.is_none()
        && TEXT.is_for_minutes(&text[heading.line.clone()])
        && TEXT.confirms(&text[below.range.clone()])
}

/// Whether the first of these blocks is a heading of the exclusion of the public that has headings of its own below it.
fn closes_below(text: &str, blocks: &[Block]) -> bool {
    let [block, rest @ ..] = blocks else { return false };
    let Some(level) = block.level.filter(|level| *level < LINE && block.meeting.is_some() && block.open.is_none())
    else {
        return false;
    };
    let line = &text[block.line.clone()];
    let inner = rest.iter().find_map(|next| next.level.filter(|own| *own < LINE));
    TEXT.is_of_exclusion(line) && inner.is_some_and(|inner| inner > level)
}

fn is_heading(block: &Block) -> bool {
    block.level.is_some_and(|level| level < LINE)
}

/// Whether the block before `index` is a stamp below which a heading follows, or nothing.
fn is_at_foot(text: &str, blocks: &[Block], index: usize, phrase: Phrase) -> bool {
    if !matches!(phrase, Phrase::Below | Phrase::Session) && !is_line_at_foot(text, blocks, index) {
        return false;
    }
    let block = &blocks[index - 1];
    let words = &text[block.range.clone()];
    let below_others = index > 1 && blocks[index - 2].level.is_none();
    let set = || !words.trim().contains('\n') && TEXT.is_set_stamp(words);
    let is_remark =
        || below_others && words.split_whitespace().count() <= LONGEST_STAMP && (TEXT.is_remark(words) || set());
    block.prose && blocks.get(index).is_none_or(is_heading) && (TEXT.is_stamp(words) || is_remark())
}

/// Whether the block before `index` is a line in capitals below words, and says nothing else than that it is private.
fn is_line_at_foot(text: &str, blocks: &[Block], index: usize) -> bool {
    let below_words = index > 1 && blocks[index - 2].level.is_none();
    below_words && blocks[index - 1].level == Some(LINE) && TEXT.is_set_stamp(&text[blocks[index - 1].line.clone()])
}

/// Puts passages in order, each without what is in one before it: what speaks of all above it is found after that.
fn in_order(passages: &mut Vec<SaidPrivate>) {
    passages.sort_by_key(|passage| (passage.target.start, std::cmp::Reverse(passage.target.end)));
    let mut reached = 0;
    passages.retain_mut(|passage| {
        let begun = passage.target.start >= reached;
        if !begun && passage.target.end > reached {
            *passage =
                SaidPrivate { target: reached..passage.target.end, words: passage.words.clone(), form: Form::Block };
        }
        let apart = begun || passage.target.start == reached;
        reached = reached.max(passage.target.end);
        apart
    });
}

/// Whether the first of these blocks is a heading about what is private, and the one below it says what shall be done then, or what a word
/// means.
fn is_rule(text: &str, blocks: &[Block]) -> bool {
    let [heading, rest @ ..] = blocks else { return false };
    let below = rest.iter().find(|block| block.level.is_none());
    let rules = || below.is_some_and(|block| TEXT.rules(&text[block.range.clone()]));
    heading.level.is_some_and(|level| level < LINE) && TEXT.is_topic(&text[heading.line.clone()]) && rules()
}

/// The first resolution to exclude the public below which words follow that nothing holds back, under whatever heading.
fn exclusion(text: &str, blocks: &[Block], passages: &[SaidPrivate]) -> Option<Range<usize>> {
    let is_held = |block: &Block| passages.iter().any(|passage| passage.target.contains(&block.range.start));
    let words = |block: &Block| &text[block.range.clone()];
    let read = |block: &Block| block.open.is_none() && !is_held(block) && !words(block).contains(NOTICE);
    let excludes = |block: &Block| !is_heading(block) && read(block) && sends_away(text, block);
    let index = blocks.iter().position(excludes)?;
    // What comes back or ends is told in public, and so is a meeting that ends.
    let ends = |block: &Block| block.heads() && TEXT.ends_part(&text[block.line.clone()]);
    let below = blocks[index + 1..].iter().take_while(|block| !ends(block)).find(|block| !block.heads());
    let told = |block: &Block| read(block) && !TEXT.reopens(words(block)) && !TEXT.says_nothing(words(block));
    below.filter(|block| told(block)).map(|_| blocks[index].line.clone())
}

/// Whether a block says that the public was excluded, as a resolution or as what then came to pass.
fn sends_away(text: &str, block: &Block) -> bool {
    let first = || text[block.range.clone()].split(". ").next().unwrap_or_default();
    resolves(text, block) || (block.prose && block.meeting.is_some() && TEXT.enters(first()))
}

/// Whether the last of these blocks is one short line right below a heading, and no sentence: `CONFIDENTIAL – see separate minute`. It
/// speaks of itself or of the section; the reading that shows less is the section.
fn stands_for_section(text: &str, blocks: &[Block]) -> bool {
    let [.., above, block] = blocks else { return false };
    let line = text[block.range.clone()].trim().trim_end_matches(['*', '_', ')', ']']);
    // "Private and confidential: for the addressee only"
    let reserved = line.split_once(": ").is_some_and(|(_, rest)| TEXT.reserves(rest) || TEXT.is_reason_of_law(rest));
    let is_sentence =
        line.contains(['\n', '£']) || (!reserved && (line.contains(':') || line.ends_with(['.', '!', '?'])));
    above.level.is_some() && block.prose && !is_sentence && line.split_whitespace().count() <= LONGEST_REMARK
}

/// Whether the last of these blocks has several lines, stands right below a heading or before all other words, and its last line is a
/// stamp: the head of a paper, below its names.
fn ends_in_stamp(text: &str, blocks: &[Block]) -> bool {
    let [above @ .., block] = blocks else { return false };
    let at_top = above.last().is_none_or(|above| above.level.is_some());
    let last = text[block.range.clone()].trim_end().rsplit_once('\n');
    at_top && block.prose && last.is_some_and(|(_, line)| TEXT.is_stamp(line) && !TEXT.closes(line))
}

/// The last of these blocks, if it is one short line right below a heading or before all other words.
fn remark<'text>(text: &'text str, blocks: &[Block]) -> Option<&'text str> {
    let [above @ .., block] = blocks else { return None };
    let line = text[block.range.clone()].trim_matches(['*', '_', '>', ' ', '\n']);
    let at_top = above.last().is_none_or(|above| above.level.is_some());
    let short = !line.contains(['\n', '£']) && line.split_whitespace().count() <= LONGEST_REMARK;
    (at_top && block.prose && short).then_some(line)
}

/// Whether the last of these blocks is one short line with a label and a mark as its value: `Status: Not for publication`.
fn is_labelled(text: &str, blocks: &[Block]) -> bool {
    let Some(block) = blocks.last().filter(|block| block.prose) else { return false };
    let line = text[block.range.clone()].trim_matches(['*', '_', '>', ' ', '\n']);
    let short = !line.contains(['\n', '£', '.']) && line.split_whitespace().count() <= LONGEST_REMARK;
    let label = || line.split_once(':').is_some_and(|(label, _)| label.split_whitespace().count() <= LONGEST_LABEL);
    let at_top = remark(text, blocks).is_some();
    short && (at_top || label()) && TEXT.is_labelled_mark(line)
}

/// What the words of the block before `index` say where they stand.
fn phrase_among(text: &str, blocks: &[Block], index: usize) -> Option<Phrase> {
    let so_far = &blocks[..index];
    let block = so_far.last().filter(|block| block.open.is_none())?;
    let phrase = phrase(text, block)?;
    // At the top of a text it is of all of the document, and understood with the fields that stand there.
    let at_top = so_far[..index - 1].iter().all(|above| above.level == Some(1));
    if at_top && embargo(&text[block.range.clone()]).is_some() {
        return None;
    }
    // A line in capitals above the title of a text speaks of the text, a label with the mark as its value of the section.
    let over_title = index == 1 && block.level == Some(LINE) && blocks.get(index).is_some_and(|next| next.title);
    // So does one with nothing below it, right below a heading, of the section of that.
    let heading = |at: usize| blocks.get(at).is_some_and(is_heading);
    let bare = phrase == Phrase::Titled && block.level == Some(LINE) && index > 1;
    let over_title = over_title || (bare && heading(index - 2) && (heading(index) || index == blocks.len()));
    let above = so_far.len().checked_sub(2).map(|above| &so_far[above]);
    if phrase == Phrase::Own
        && above.is_some_and(|above| above.limb)
        && !blocks.get(index).is_some_and(|next| next.limb)
        && TEXT.is_marked_caption(&text[block.line.clone()])
    {
        return Some(Phrase::Before);
    }
    let wide = || stands_for_section(text, so_far) || is_labelled(text, so_far) || ends_in_stamp(text, so_far);
    Some(if over_title {
        Phrase::Below
    } else if wide() {
        phrase.widened()
    } else {
        phrase
    })
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
        let resolution = !begun
            && resolves(text, block)
            && sittings::begins_with_exclusion(text, block)
            && !TEXT.tells_of_private(typed, false);
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
