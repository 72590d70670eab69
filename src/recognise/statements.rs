//! Statements: the sentences of the leaves of a text, and the lines that stand for sentences.
//!
//! Input: the leaves of a text. Output: [`Statement`]s in reading order, each without the number, letter or bullet that opens
//! it. Not here: what they say.

use std::borrow::Cow;
use std::ops::Range;

use super::records::begins_that;
use crate::lexicon::Lexicon;
use crate::markdown::blocks::{Block, BlockKind, Blocks};

/// One sentence, or one line that says as much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    /// The leaf in which it stands, an index into [`Blocks::list`].
    pub(crate) block: usize,
    /// Its words, a range of [`Blocks::words`], without blanks around them and without a label before them.
    pub(crate) words: Range<usize>,
    /// The label before its words, where it opens a leaf: a number, a letter, a bullet. Empty if there is none.
    pub(crate) label: Range<usize>,
    /// Whether it is the first of its leaf.
    pub(crate) first: bool,
    /// Whether it is the last of its leaf.
    pub(crate) last: bool,
}

/// The statements of a text.
pub(crate) fn statements(blocks: &Blocks, lexicon: &Lexicon) -> Vec<Statement> {
    let mut list = Vec::new();
    for (index, block) in blocks.list.iter().enumerate() {
        if block.kind == BlockKind::Break {
            continue;
        }
        let from = list.len();
        of_block(blocks, index, block, lexicon, &mut list);
        if let Some(first) = list.get_mut(from) {
            first.first = true;
        }
        if let Some(last) = list[from..].last_mut() {
            last.last = true;
        }
    }
    list
}

/// The names of those who moved and seconded something take so many bytes at most.
const LONGEST_MOVERS: usize = 300;

/// Whether words are the names of those who moved something, and the line below says what.
fn is_put_by(words: &str, below: &str, lexicon: &Lexicon) -> bool {
    let line = below.trim_start().lines().next().unwrap_or_default();
    words.len() <= LONGEST_MOVERS && lexicon.fits("put-line", line) && lexicon.fits("movers-only", words.trim())
}

fn of_block(blocks: &Blocks, index: usize, block: &Block, lexicon: &Lexicon, list: &mut Vec<Statement>) {
    let words = &blocks.words[..block.words.end];
    let mut start = block.words.start;
    let mut at = start;
    let mut push = |range: Range<usize>| {
        let typed = &blocks.words[range.clone()];
        let start = range.start + (typed.len() - typed.trim_start().len());
        let range = start..start.max(range.start + typed.trim_end().len());
        let label = lexicon.find("label", &blocks.words[range.clone()]).map_or(0, |(_, found)| found[0].len());
        // A label without words after it says nothing more than itself.
        let label = if label < range.len() { label } else { 0 };
        if !range.is_empty() {
            let (label, words) = (range.start..range.start + label, range.start + label..range.end);
            list.push(Statement { block: index, words, label, first: false, last: false });
        }
    };
    // A title in bold before its text, in one leaf: "**Action log** The Board noted it."
    let bold = blocks.strong_lead(block);
    let (title, rest) = words[start..].split_at(bold.min(words.len() - start));
    let heads = bold > 0
        && !title.trim_end().ends_with([':', '.', ',', ';', '-', '–'])
        && rest.starts_with(char::is_whitespace)
        && rest.trim_start().starts_with(char::is_uppercase)
        && (title.split_whitespace().count() > 1 || is_heading_word(title, rest, lexicon));
    if heads {
        push(start..start + bold);
        start += bold;
        at = start;
    }
    // "Recommended action:" is a mark of something else.
    let is_other = |mark: &usize| lexicon.fits("other-mark", last_words(words[..*mark].trim_end()));
    let inner = lexicon.all("inner-mark", &words[start..]).into_iter().map(|mark| start + mark);
    let inner: Vec<usize> = inner.filter(|mark| !is_other(mark)).collect();
    let mut inner = inner.into_iter().peekable();
    let mut signs = Signs { words, next: Some(start) };
    while let Some(sign) = signs.next_from(at).or(inner.peek().copied()) {
        if let Some(mark) = inner.next_if(|mark| *mark <= sign) {
            if mark > start {
                push(start..mark);
                start = mark;
            }
            at = at.max(mark);
            continue;
        }
        let ends = if words[sign..].starts_with(BULLET) {
            // A list that was pasted into one paragraph: a bullet with blanks around it begins an item.
            let apart =
                words[..sign].ends_with(char::is_whitespace) && words[sign + BULLET.len_utf8()..].starts_with(' ');
            apart.then_some(sign)
        } else if words[sign..].starts_with(['\n', '\u{b7}']) {
            let width = words[sign..].chars().next().map_or(1, char::len_utf8);
            let next = &words[sign + width..];
            // "That the Board:" is what was resolved, and no label; below the names of those who moved it, it is a line of its own.
            let line = lexicon.fits("line", next) && !begins_that(next.trim_start());
            (line || is_put_by(&words[start..sign], next, lexicon)).then_some(sign + width)
        } else {
            let end = sign + closing(&words[sign..]);
            ends(words, start, sign, end, lexicon).then_some(end)
        };
        at = ends.unwrap_or(sign + words[sign..].chars().next().map_or(1, char::len_utf8));
        if let Some(end) = ends {
            push(start..end);
            start = end;
            at = at.max(end + usize::from(words[end..].starts_with(BULLET)) * BULLET.len_utf8());
        }
    }
    push(start..block.words.end);
}

/// Whether one word in bold is a title: what follows it is a mark, and it is none itself.
fn is_heading_word(title: &str, rest: &str, lexicon: &Lexicon) -> bool {
    let small = title.trim().chars().skip(1).all(char::is_lowercase);
    let own = || {
        lexicon.fits("mark", &format!("{} that", title.trim()))
            || lexicon.fits("action-mark", &format!("{}: to", title.trim()))
    };
    small && lexicon.fits("mark", rest.trim_start()) && !own()
}

/// The signs that may end a sentence, each found once however often it is asked for.
struct Signs<'text> {
    words: &'text str,
    next: Option<usize>,
}

impl Signs<'_> {
    /// The first of them at or after `at`.
    fn next_from(&mut self, at: usize) -> Option<usize> {
        let known = self.next?;
        let is_sign = |at: usize| self.words[at..].starts_with(SIGNS);
        if known < at || !is_sign(known) {
            let from = known.max(at);
            self.next = self.words[from..].find(SIGNS).map(|sign| from + sign);
        }
        self.next
    }
}

/// What may end a sentence or a line.
const SIGNS: [char; 6] = ['.', '!', '?', '\n', '\u{b7}', BULLET];

/// Begins an item of a list, wherever it stands.
const BULLET: char = '•';

/// Whether words have a blank that is to be filled in. Most have no sign of one, and are not looked at.
pub(crate) fn is_blank(lexicon: &Lexicon, words: &str) -> bool {
    let may = words.contains(['_', '[', '<', '…']) || words.contains("......") || words.contains("xxx");
    may && lexicon.fits("blank", &without_remarks(lexicon, words))
}

/// Words without what stands in square brackets and is a state or a remark: `[NEW]`, `[none heard]`.
pub(crate) fn without_remarks<'text>(lexicon: &Lexicon, words: &'text str) -> Cow<'text, str> {
    if !words.contains('[') {
        return words.into();
    }
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, inside)) = rest.split_once('[') {
        out.push_str(before);
        rest = match inside.split_once(']').filter(|(remark, _)| lexicon.has("no-blanks", remark.trim())) {
            Some((_, after)) => after,
            None => {
                out.push('[');
                inside
            }
        };
    }
    out.push_str(rest);
    out.into()
}

/// The words of a heading without attributes in braces at its end: `Summary {#summary}`.
pub(crate) fn without_attributes(words: &str) -> &str {
    let words = words.trim_end();
    words.strip_suffix('}').and_then(|rest| rest.rfind('{')).map_or(words, |open| words[..open].trim_end())
}

/// The letters and digits of words, in small letters, without what stands in square brackets.
pub(crate) fn letters_of(words: &str) -> String {
    let mut depth = 0_usize;
    let outside = words.chars().filter(|sign| {
        let was = depth;
        depth = match sign {
            '[' => depth + 1,
            ']' => depth.saturating_sub(1),
            _ => depth,
        };
        was == 0 && depth == 0
    });
    outside.filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The bytes of a sign that ends a sentence, with the quotes and brackets that close after it.
pub(crate) fn closing(text: &str) -> usize {
    let rest = text[1..].trim_start_matches(['”', '’', '"', '\'', ')', ']']);
    text.len() - rest.len()
}

/// Whether the sign at `sign` ends the sentence that begins at `start`: a blank follows `end`, no small letter after it, and no
/// abbreviation or initial stands before a full stop.
pub(crate) fn ends(line: &str, start: usize, sign: usize, end: usize, lexicon: &Lexicon) -> bool {
    let word = last_words(&line[start..sign]).rsplit([' ', '\u{A0}', '(', '\n', '\t']).next().unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let before = line[start..sign - word.len()].trim_end();
    let opens = before.is_empty() || before.ends_with([':', '.', ';']);
    let label = opens && word.len() <= 4 && is_label(word);
    let after = &line[end..];
    let apart = after.is_empty() || after.starts_with(char::is_whitespace) || after.starts_with(['(', '{']);
    let lower = after.trim_start().starts_with(char::is_lowercase);
    let stop = line[sign..].starts_with('.');
    apart && !lower && !(stop && (initial || label || lexicon.has("abbreviations", word)))
}

/// The end of words, in which the last one stands whole: none that matters here is longer.
fn last_words(words: &str) -> &str {
    let mut from = words.len().saturating_sub(40);
    while !words.is_char_boundary(from) {
        from += 1;
    }
    &words[from..]
}

/// Whether a word before a full stop may be a number or letter that opens a line.
fn is_label(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit()) || word.bytes().all(|byte| b"ivxIVX".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::collect;

    #[test]
    fn sentences_and_lines_that_say_as_much_are_parted() {
        for (text, expected) in [
            (
                "Cllr. A. Smith asked. Mr. Jones would write to St. Ann’s.",
                &["Cllr. A. Smith asked.", "Mr. Jones would write to St. Ann’s."][..],
            ),
            (
                "7.13 It was agreed. They left at 7.30 p.m. on foot.",
                &["It was agreed.", "They left at 7.30 p.m. on foot."],
            ),
            (
                "**Motion:** To pay\nthe grant.\nMoved by: A Reed\nSeconded by: B Hale\n**CARRIED** (5 for)",
                &["Motion: To pay\nthe grant.", "Moved by: A Reed", "Seconded by: B Hale", "CARRIED (5 for)"],
            ),
            ("- a) To pay.\n- (ii) To go", &["To pay.", "To go"]),
            ("In favour: 4 · Against: 0", &["In favour: 4 ·", "Against: 0"]),
        ] {
            let events = collect(text);
            let blocks = Blocks::of(&events.list, 0);
            let found = statements(&blocks, Lexicon::english());
            let found: Vec<&str> = found.iter().map(|one| &blocks.words[one.words.clone()]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
