//! Lines that head what is below them and are no headings to CommonMark: in bold, in capitals, with the number of an item.
//!
//! Input: a line, or the events of a text. Output: what a line heads, and where that ends. Not here: whether it is for everybody.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::nested::bare;
use crate::language::letters;
use crate::markdown::enclosed::Around;
use crate::markdown::events::{Piece, end_of, line_start};
use crate::markdown::extent::{is_sure_heading, is_unfinished};
use crate::markdown::prepare::SHIELD;
use crate::privacy::apart::goes_on;
use crate::privacy::words::TEXT;

/// A title is not longer, in words and in bytes, with the mark and the law in it.
const LONGEST: (usize, usize) = (30, 220);

/// A line in bold or in capitals is not longer, in bytes.
const LONGEST_LINE: usize = 120;

/// So many words stand behind the word that opens a record, if what is below them is the record: "RESOLVED: that".
const MOST_BEHIND_OPENER: usize = 2;

/// A title that nothing but its length shows is not longer, in words.
const LONGEST_PLAIN: usize = 6;

/// How many numbers may be missing between an item and the next.
const GAP: u32 = 3;

/// What a line is that heads what is below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Head {
    /// It is in bold or in capitals, and heads what is below it up to a line of these looks.
    Set(Looks),
    /// It is the word with which a record opens: what is below it is the record.
    Record,
    /// It is a title by its looks, or by its length.
    Title,
    /// It begins with the number of an item.
    Item(Label),
}

/// How much a line that is no heading to CommonMark looks like one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Looks {
    /// It is in bold.
    Bold,
    /// It is in capitals.
    Capitals,
    /// It is a heading.
    Heading,
}

/// The number of an item: its numbers, and the signs around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    sign: String,
    numbers: Vec<u32>,
}

impl Head {
    /// What a line is, without braces at its end.
    pub(super) fn of(line: &str) -> Option<Self> {
        if line.len() > LONGEST.1 {
            return None;
        }
        // Some programs write `8\\. Contract`, so that it is no list.
        let line = &*line.replacen("\\.", ".", 1).replacen("\\)", ")", 1);
        if TEXT.opens_record(line) {
            return Some(Self::Record);
        }
        let title = line.split_whitespace().count() <= LONGEST.0
            && !line.trim_end_matches(['*', '_', ' ']).ends_with(['.', '!', '?', ';', ',']);
        let item = || Label::of(line).filter(|_| title).map(Self::Item);
        item().or_else(|| is_set(line).then(|| Self::Set(Looks::of(line))))
    }

    /// Whether a line begins with the number of an item.
    pub(super) fn is_numbered(line: &str) -> bool {
        Label::of(line.lines().next().unwrap_or_default()).is_some()
    }

    /// The number of the item with which a line begins: of `33/17` the last, of `5.1` the first.
    pub(super) fn number(line: &str) -> Option<u32> {
        let label = Label::of(line).filter(|label| label.sign != "A")?;
        if label.sign.contains('/') { label.numbers.last() } else { label.numbers.first() }.copied()
    }

    /// Whether a line begins with a number that follows that of another.
    pub(super) fn counts_on(line: &str, next: &str) -> bool {
        let label = |text: &str| Label::of(text.lines().next().unwrap_or_default());
        label(line).zip(label(next)).is_some_and(|(own, next)| next.follows(&own))
    }

    /// What a line heads inside an item that has a heading, where the next one of its looks need not be its equal.
    pub(super) fn inside_item(&self) -> Option<Self> {
        matches!(self, Self::Set(_)).then_some(Self::Set(Looks::Heading))
    }

    /// What a line is that ends with a mark: more of them head something than without one.
    pub(super) fn of_marked(line: &str) -> Option<Self> {
        let opener = || record(line).is_some_and(|words| words <= MOST_BEHIND_OPENER) && is_unfinished(line);
        let record = || opener().then_some(Self::Record);
        Self::of(line).or_else(record).or_else(|| is_title(line).then_some(Self::Title))
    }

    /// Whether a paragraph with this first line ends what this one heads.
    fn ends_before(&self, line: &str) -> bool {
        let next = Label::of(line);
        match self {
            // Below a line in capitals one in bold is a part.
            Self::Set(own) => matches!(Self::of(line), Some(Self::Set(looks)) if looks >= *own),
            Self::Record | Self::Title => next.is_some() || matches!(Self::of(line), Some(Self::Set(_))),
            Self::Item(own) => next.is_some_and(|next| next.follows(own)),
        }
    }

    /// Whether a list that begins with this number does.
    fn ends_before_list(&self, first: u32) -> bool {
        match self {
            Self::Set(_) => false,
            // What a record lists is counted from one.
            Self::Record | Self::Title => first > 1,
            Self::Item(own) => Label::of_list(first).follows(own),
        }
    }

    /// Where that ends which it heads, with the block after the index `from`: `whole` goes from its own place to the end of the
    /// container in which it stands.
    pub(super) fn end(&self, around: Around<'_, '_>, list: &[Piece<'_>], from: usize, whole: Range<usize>) -> usize {
        let text = &*around.prepared.text;
        let mut index = from;
        while let Some((event, range)) = list.get(index).filter(|(_, range)| range.start < whole.end) {
            let ends = match event {
                Event::Start(Tag::Heading { .. }) => is_sure_heading(&text[range.clone()]),
                Event::Start(Tag::Paragraph) => {
                    let first = text[range.clone()].lines().next().unwrap_or_default();
                    self.ends_before(bare(first).trim())
                }
                Event::Start(Tag::List(Some(first))) => u32::try_from(*first).is_ok_and(|at| self.ends_before_list(at)),
                _ => false,
            };
            if ends && !around.parts(whole.start, range.start) {
                return line_start(text, range.start);
            }
            index = if matches!(event, Event::Start(_)) { end_of(list, index) } else { index } + 1;
        }
        whole.end
    }
}

impl Looks {
    fn of(line: &str) -> Self {
        if line.contains(char::is_lowercase) { Self::Bold } else { Self::Capitals }
    }
}

impl Label {
    pub(super) fn of_list(number: u32) -> Self {
        Self { sign: "#".to_owned(), numbers: vec![number] }
    }

    /// The number with which a line begins: `33/17`, `5.1`, `Item 5:`, `(5)`, `B.`.
    fn of(line: &str) -> Option<Self> {
        let line = line.trim_start_matches(['*', '_', '\\', ' ', '\t', '§']);
        let (mut sign, line) = without_word(line);
        let inner = line.trim_start_matches('(');
        let end =
            inner.find(|sign: char| !(sign.is_ascii_alphanumeric() || "./-".contains(sign))).unwrap_or(inner.len());
        let (typed, after) = inner.split_at(end);
        let token = typed.trim_end_matches(['.', '-', '/']);
        let closed = token.len() < typed.len() || after.starts_with([')', ':', '–', '—']) || !sign.is_empty();
        let apart = after.is_empty() || after.starts_with(|next: char| next.is_whitespace() || ")*_:–—".contains(next));
        let capitals = !token.is_empty() && token.bytes().all(|letter| letter.is_ascii_uppercase());
        let letters = capitals && closed && (token.len() == 1 || token.bytes().all(|letter| b"IVXL".contains(&letter)));
        if letters && line == inner {
            return Some(Self { sign: "A".to_owned(), numbers: token.bytes().map(u32::from).collect() });
        }
        let prefix = token.bytes().take_while(u8::is_ascii_uppercase).count();
        let small = token.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
        let counts = small.bytes().skip(prefix).all(|sign| sign.is_ascii_digit() || b"./-".contains(&sign));
        if !apart
            || !counts
            || prefix > 5
            || token.len() > small.len() + 1
            || !token.contains(|sign: char| sign.is_ascii_digit())
        {
            return None;
        }
        // A number without a sign may be an amount: "12 members".
        let title = after.trim_start().starts_with(|next: char| !next.is_lowercase());
        if !(closed || title || token.contains(['/', '.'])) {
            return None;
        }
        let mut numbers = Vec::new();
        for part in small.split_inclusive(|sign: char| !sign.is_ascii_digit()) {
            let digits = part.trim_end_matches(|sign: char| !sign.is_ascii_digit());
            if let Ok(number) = digits.parse() {
                numbers.push(number);
                sign.push('#');
            }
            sign.push_str(&part[digits.len()..]);
        }
        (!numbers.is_empty()).then_some(Self { sign, numbers })
    }

    /// Whether it is the number of an item after `last`.
    fn follows(&self, last: &Self) -> bool {
        if self.sign == "A" || last.sign == "A" {
            return self.sign == last.sign && self != last;
        }
        let above = last.sign.strip_prefix(&self.sign).is_some_and(|rest| rest.starts_with('.'));
        let (own, other) = (&self.numbers, &last.numbers[..self.numbers.len().min(last.numbers.len())]);
        let near = |(own, other): (&u32, &u32)| own.checked_sub(*other).is_some_and(|gap| gap <= GAP);
        let coded = self.sign.contains('/');
        (self.sign == last.sign || above)
            && own.as_slice() > other
            && (coded || own.iter().zip(other).take(1).all(near))
    }
}

/// A line without a word such as "Item", and the word.
fn without_word(line: &str) -> (String, &str) {
    let ends = line.match_indices([' ', '.']).take(4).map(|(at, _)| at);
    let word = ends.filter(|at| TEXT.items.contains(&letters::name(&line[..*at]))).last();
    let rest = word.map_or(line, |at| line[at..].trim_start_matches(['.', ' ']));
    let numbered = rest.trim_start_matches('(').starts_with(|first: char| first.is_ascii_digit());
    if word.is_some() && numbered { ("item".to_owned(), rest) } else { (String::new(), line) }
}

/// Whether a line opens a record: with a word for it in capitals, or before a colon, a dash or "that". Returns how many words
/// stand behind it.
pub(super) fn record(line: &str) -> Option<usize> {
    let tokens: Vec<&str> = line.split_whitespace().collect();
    let is_word = |token: &&&str| token.contains(char::is_alphanumeric);
    (0..tokens.len().min(5))
        .flat_map(|first| (first + 1..tokens.len().min(first + 4) + 1).map(move |last| (first, last)))
        .find_map(|(first, last)| {
            let words = tokens[first..last].join(" ");
            let named = TEXT.opens_record(&words);
            let begins = tokens[..first].iter().all(|token| !token.contains(char::is_alphabetic));
            let parted = words.ends_with([':', '*', '_', '–', '—'])
                || tokens.get(last).is_none_or(|next| !next.contains(char::is_alphanumeric) || goes_on(next));
            let opens = named && (!words.contains(char::is_lowercase) || (begins && parted));
            opens.then(|| tokens[last..].iter().filter(is_word).filter(|token| !goes_on(token)).count())
        })
}

/// Whether a line with a mark behind it is a title: set in italics, in an element of HTML or as a link, or short and no sentence.
fn is_title(line: &str) -> bool {
    let line = line.trim_start_matches(SHIELD).trim();
    if line.len() > LONGEST_LINE || line.contains('\n') || !is_unfinished(line) || line.ends_with([';', ',', ':']) {
        return false;
    }
    let wrapped = |begin: char, end: char| line.starts_with(begin) && line.ends_with(end);
    let element = || wrapped('<', '>') && line.matches("</").count() == 1;
    let link = || wrapped('[', ')') && line.matches("](").count() == 1;
    let emphasis = || ['*', '_'].iter().any(|sign| wrapped(*sign, *sign) && !line.trim_matches(*sign).contains(*sign));
    // Signs of a heading that are no signs of it: full width, or escaped.
    let signs = || line.trim_start_matches('\\').starts_with(['＃', '#']);
    let words: Vec<String> = line.split_whitespace().map(letters::name).filter(|word| !word.is_empty()).collect();
    let is_verb = |word: &String| TEXT.verbs.contains(word);
    let short = || {
        words.len() <= LONGEST_PLAIN
            && !words.iter().any(is_verb)
            && line.starts_with(|first: char| first.is_uppercase() || first.is_numeric())
    };
    !words.is_empty() && (element() || link() || emphasis() || signs() || short())
}

/// Whether a line can be the title of an item: it is not long, and no sentence.
pub(super) fn is_title_of_item(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let ends = line.trim_end_matches(['*', '_', ' ']).ends_with(['.', '!', '?', ';', ',', ':']);
    (1..=LONGEST.0).contains(&words) && line.len() <= LONGEST.1 && !ends
}

/// Whether a line by itself is a heading to its reader: in bold, or in capitals.
pub(super) fn is_set(line: &str) -> bool {
    let bold = ["**", "__"].iter().any(|sign| line.len() > 4 && line.starts_with(sign) && line.ends_with(sign));
    // Bold words in bold are one heading; what has words between two bold ones is none.
    let inside = line.get(2..line.len().saturating_sub(2)).unwrap_or_default();
    let bold = bold && (!inside.contains("**") || inside.ends_with("**") || inside.starts_with("**"));
    let shouts = line.chars().any(char::is_uppercase) && !line.chars().any(char::is_lowercase);
    line.len() <= LONGEST_LINE && (bold || shouts) && letters::name(line).contains(char::is_alphabetic)
}

/// The words of an item that may be its title, without braces, and without a line below it that makes a heading of it.
pub(super) fn words_of(item: &str) -> &str {
    let typed = item.trim_end();
    let line = |typed: &str| typed.rsplit_once('\n').map(|(above, last)| (above.len(), last.trim().to_owned()));
    let below = line(typed).filter(|(_, last)| !last.is_empty() && last.chars().all(|sign| matches!(sign, '=' | '-')));
    bare(below.map_or(typed, |(above, _)| typed[..above].trim_end())).trim()
}

/// Where that ends which an item with this title heads that is the last of the numbered list at this index, and has nothing else;
/// `None` if it heads nothing.
pub(super) fn item_end(
    around: Around<'_, '_>,
    list: &[Piece<'_>],
    (index, item): (usize, &Range<usize>),
    line: &str,
) -> Option<usize> {
    let text = &*around.prepared.text;
    let (Event::Start(Tag::List(Some(first))), whole) = &list[index] else { return None };
    let after = end_of(list, index);
    let items: Vec<&Range<usize>> = children(list, index + 1, after).collect();
    let number = u32::try_from(*first).ok()? + u32::try_from(items.iter().position(|one| *one == item)?).ok()?;
    let title = Head::Item(Label::of_list(number));
    let is_last = text[item.end..whole.end.max(item.end)].trim().is_empty();
    if !is_last || line.ends_with(['.', '!', '?', ';', ',', ':']) || line.len() > LONGEST.1 {
        return None;
    }
    let loose = list[index..after].iter().any(|(event, _)| matches!(event, Event::Start(Tag::Paragraph)));
    let goes_on = || {
        let starts = |(event, _): &Piece<'_>| {
            matches!(event, Event::Start(Tag::List(Some(first)))
            if u32::try_from(*first).is_ok_and(|first| title.ends_before_list(first)))
        };
        list[after..].iter().any(starts)
    };
    (items.len() == 1 || loose || goes_on())
        .then(|| title.end(around, list, after + 1, item.start..text.len()).max(item.end))
}

/// The ranges of the blocks between two indices, without those inside them.
fn children<'l>(list: &'l [Piece<'_>], from: usize, to: usize) -> impl Iterator<Item = &'l Range<usize>> {
    let mut at = from;
    std::iter::from_fn(move || {
        let (_, range) = list.get(at).filter(|_| at < to)?;
        at = end_of(list, at) + 1;
        Some(range)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_head_something_are_told_from_others() {
        for (line, next) in [
            ("33/17 Contract", "33/18 Close"),
            ("Item 5: Contract", "Item 6: Close"),
            ("Agenda item no. 5 Contract", "Agenda item no. 6 Close"),
            ("5.1 Terms offered", "5.2 The board met."),
            ("5.1 Terms offered", "6. Close"),
            ("C/24/15 Contract", "C/24/16 Close"),
            ("**5.1 Terms**", "**5.2 Others**"),
            ("A. Contract", "B. Close"),
            ("(5) Contract", "(6) Close"),
            ("CONTRACT", "CLOSE"),
            ("**Contract**", "**Close**"),
            ("**Contract**", "CLOSE"),
            ("RESOLVED", "CLOSE"),
        ] {
            let head = Head::of(line).unwrap_or_else(|| panic!("{line}"));
            assert!(head.ends_before(next), "{line} {next}");
        }
        for (line, next) in [
            ("33/17 Contract", "33/16 was the number of the last item."),
            ("5.1 Terms offered", "12.30 pm was the time."),
            ("5.1 Terms offered", "(a) The price"),
            ("Item 5: Contract", "6 members voted for it."),
            ("CONTRACT", "RESOLVED:"),
            ("CONTRACT", "5.1 The price"),
            ("CONTRACT", "**The price**"),
            ("**Contract**", "**Price:** high"),
        ] {
            let head = Head::of(line).unwrap_or_else(|| panic!("{line}"));
            assert!(!head.ends_before(next), "{line} {next}");
        }
        for line in
            ["*Contract*", "<b>Contract</b>", "[Contract](a.md)", "＃＃ Contract", "Contract", "Award of the contract"]
        {
            assert_eq!(Head::of_marked(line), Some(Head::Title), "{line}");
        }
        for line in ["RESOLVED: that", "**RESOLVED:** that", "ACTION: pay", "It was AGREED that", "Decision – that"] {
            assert_eq!(Head::of_marked(line), Some(Head::Record), "{line}");
        }
        for line in
            ["The bid was high", "*It* was *high*", "*The bid was high.*", "the bid", "Agreed minutes were signed", "a"]
        {
            assert_eq!(Head::of_marked(line), None, "{line}");
        }
        for (line, words) in [("RESOLVED: to pay Numbat.", 3), ("Action: pay", 1), ("26/05 RESOLVED", 0)] {
            assert_eq!(record(line), Some(words), "{line}");
        }
        for line in ["Actions were reviewed.", "The board resolved it.", "Decision makers met"] {
            assert_eq!(record(line), None, "{line}");
        }
        for line in ["The board met", "12 members came", "5.1 The board agreed on it.", "(a) the price"] {
            assert_eq!(Head::of(line), None, "{line}");
        }
    }
}
