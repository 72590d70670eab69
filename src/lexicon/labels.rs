//! Printed labels: the numbers and letters that an author typed before a heading, a paragraph or an item of a list
//! (content.md §3, "Numbers are evidence"), as a grammar of one label.
//!
//! Input: the words of a heading, or the source of a line from its first word on. Output: its label exactly as typed,
//! and what it could count. Not here: any counting, and whether what looks like a label is one; what stands above it
//! decides that, in `outline/counting.rs`.

use std::collections::HashSet;
use std::fmt;
use std::sync::LazyLock;

use crate::language::letters::without_blanks;

/// The numbers of a dotted label, outermost first: 7 and 13 of `7.13`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Numbers {
    list: [u16; DEEPEST],
    length: usize,
}

/// How many numbers a label may have.
const DEEPEST: usize = 6;

impl Numbers {
    /// The numbers of `1.1.2`, if it is one to six numbers of at most `digits` digits, none of them written with a
    /// nought before it.
    fn of(label: &str, digits: usize) -> Option<Self> {
        let mut numbers = Self::default();
        for part in label.split('.') {
            let fits = (1..=digits).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            let padded = part.len() > 1 && part.starts_with('0');
            let slot = numbers.list.get_mut(numbers.length).filter(|_| fits && !padded)?;
            *slot = part.parse().ok()?;
            numbers.length += 1;
        }
        Some(numbers)
    }

    /// The numbers of a heading's label, without the letter of `35a`.
    pub(crate) fn of_heading(label: &str) -> Option<Self> {
        Self::of(label.trim_end_matches(|letter: char| letter.is_ascii_lowercase()), 4)
    }

    /// All of its numbers, outermost first.
    pub(crate) fn all(&self) -> &[u16] {
        &self.list[..self.length]
    }

    /// All of its numbers but the last.
    fn leading(&self) -> &[u16] {
        &self.list[..self.length.saturating_sub(1)]
    }

    /// The last of its numbers.
    pub(crate) fn last(&self) -> u16 {
        self.all().last().copied().unwrap_or_default()
    }

    /// Whether it lies below `heading`: 7.13 below 7.
    pub(crate) fn is_below(&self, heading: &Self) -> bool {
        self.length > heading.length && self.all().starts_with(heading.all())
    }

    /// Whether it has the same leading numbers as `other`, or is one of its ancestors' neighbours (1.3 after 1.1.9).
    pub(crate) fn is_near(&self, other: &Self) -> bool {
        self.length > 1 && self.length <= other.length && other.all().starts_with(self.leading())
    }

    /// The number that follows it on its own level.
    pub(crate) fn next(mut self) -> Self {
        if let Some(last) = self.length.checked_sub(1).and_then(|last| self.list.get_mut(last)) {
            *last = last.saturating_add(1);
        }
        self
    }

    /// Its first numbers, as many as `other` has.
    pub(crate) fn cut(mut self, other: &Self) -> Self {
        self.length = self.length.min(other.length);
        self.list[self.length..].fill(0);
        self
    }

    /// The first of its own level.
    pub(crate) fn first_beside(mut self) -> Self {
        if let Some(last) = self.length.checked_sub(1).and_then(|last| self.list.get_mut(last)) {
            *last = 1;
        }
        self
    }

    /// The first below it.
    pub(crate) fn first_below(mut self) -> Self {
        if let Some(slot) = self.list.get_mut(self.length) {
            *slot = 1;
            self.length += 1;
        }
        self
    }

    /// Whether it comes directly after `last`: 7.2 after 7.1, 8.1 after 7.13, 7.1.1 after 7.1, 1.2 after 1.1.9.
    pub(crate) fn follows(&self, last: &Self) -> bool {
        let same = self.all().iter().zip(last.all()).take_while(|(own, other)| own == other).count();
        let begins = |from: usize| self.all().iter().skip(from).all(|number| *number == 1);
        match (self.all().get(same), last.all().get(same)) {
            (Some(own), Some(other)) => u32::from(*own) == u32::from(*other) + 1 && begins(same + 1),
            (Some(_), None) => self.length == same + 1 && begins(same),
            (None, _) => false,
        }
    }
}

impl fmt::Display for Numbers {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, number) in self.all().iter().enumerate() {
            write!(out, "{}{number}", if index == 0 { "" } else { "." })?;
        }
        Ok(())
    }
}

impl fmt::Debug for Numbers {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// What opens a line as a dotted label does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dotted<'text> {
    /// The label without the full stop after it.
    pub(crate) label: &'text str,
    /// The length of the label as typed, in bytes.
    pub(crate) length: usize,
    pub(crate) numbers: Numbers,
    /// Whether the words after it go on in small letters, as those of a sentence do.
    pub(crate) lower: bool,
}

/// What stands after a number that is an amount, a time or a part of one, with blanks between.
const UNITS: &str = "FTE FTEs GB GWh MB MW MWh TB a.m acre acres am billion cm day days degrees feet fold g ha hectare hectares \
    hour hours hr hrs hundred kWh kg kilometres km litres m metre metres mile miles million minutes mm months \
    mph noon o'clock o’clock out p p.m pence per percent percentage pm point points seconds square thousand \
    times tonnes weeks";

static UNIT_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| UNITS.split(' ').collect());

/// The dotted label with which a line begins. A number before a unit, and one half of a span of time, is none.
pub(crate) fn dotted(line: &str) -> Option<Dotted<'_>> {
    let end = line.find(|letter: char| !(letter.is_ascii_digit() || letter == '.')).unwrap_or(line.len());
    let label = line[..end].strip_suffix('.').unwrap_or(&line[..end]);
    let numbers = Numbers::of(label, 3).filter(|numbers| numbers.length > 1 && numbers.list[0] > 0)?;
    let rest = words_after(&line[end..])?;
    let unit = is_unit(rest);
    let until = ["–", "—", "-", "to ", "until "].iter().find_map(|sign| rest.strip_prefix(sign));
    let span = until.is_some_and(|rest| rest.trim_start().starts_with(|digit: char| digit.is_ascii_digit()));
    let lower = rest.starts_with(char::is_lowercase);
    (!unit && !span).then_some(Dotted { label, length: end, numbers, lower })
}

/// Whether the words after a number begin with what makes it an amount, a time or a part of one.
pub(crate) fn is_unit(rest: &str) -> bool {
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | ')');
    let word = rest.split(ends).next().unwrap_or_default();
    UNIT_SET.contains(word.trim_end_matches('.')) || word.starts_with(['%', '°', '×', '½'])
}

/// What stands after a label and the blanks after it, or an emphasis that ends with it; `None` if it is not apart.
fn words_after(rest: &str) -> Option<&str> {
    let rest = rest.trim_start_matches(['*', '_']);
    let words = without_blanks(rest);
    (words.len() < rest.len() || rest.is_empty()).then_some(words)
}

/// The number in the mark of an item: where it begins in the mark, its digits, and with the sign after it.
pub(crate) fn list_number(mark: &str) -> Option<(usize, &str, &str)> {
    let line = mark.lines().next().unwrap_or_default().trim_end();
    let before = line.strip_suffix(['.', ')'])?;
    let digits = &before[before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count()..];
    let start = before.len() - digits.len();
    (!digits.is_empty()).then_some((start, digits, &line[start..]))
}

/// How the labels of one list count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// a, b, c
    Letters,
    /// A, B, C
    Capitals,
    /// i, ii, iii
    Roman,
    /// 1, 2, 3 between brackets
    Numbers,
}

/// What opens a line as a letter or number in brackets does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lettered<'text> {
    /// The label without brackets.
    pub(crate) label: &'text str,
    /// The length of the label as typed, in bytes.
    pub(crate) length: usize,
    /// What it counts, in each style that it could be of; the first is likelier.
    readings: [Option<(Style, u16)>; 2],
}

impl Lettered<'_> {
    /// What it could count.
    pub(crate) fn readings(&self) -> impl Iterator<Item = (Style, u16)> + Clone + use<> {
        self.readings.into_iter().flatten()
    }

    /// What it counts in this style.
    pub(crate) fn as_style(&self, style: Style) -> Option<u16> {
        self.readings().find(|(own, _)| *own == style).map(|(_, value)| value)
    }
}

/// `(a)`, `a)`, `(iii)`, `i)`, `(A)` or `(1)` with which a line begins.
pub(crate) fn lettered(line: &str) -> Option<Lettered<'_>> {
    let opened = line.starts_with('(');
    let inside = &line[usize::from(opened)..];
    let end = inside.bytes().take(8).position(|byte| byte == b')')?;
    let label = &inside[..end];
    let length = usize::from(opened) + end + 1;
    let rest = words_after(&line[length..])?;
    let letter = |first: u8| (label.len() == 1).then(|| u16::from(label.as_bytes()[0].wrapping_sub(first)) + 1);
    let letters =
        letter(b'a').filter(|_| label.bytes().all(|byte| byte.is_ascii_lowercase())).map(|at| (Style::Letters, at));
    let roman = roman(label).map(|value| (Style::Roman, value));
    let readings = match label.as_bytes().first()? {
        // `(c) 2021` is a sign, and no third point.
        b'c' if opened && rest.starts_with(|next: char| next.is_ascii_digit()) => [None, None],
        b'i' => [roman, letters],
        b'a'..=b'z' => [letters, roman],
        b'A'..=b'Z' if opened => [letter(b'A').map(|at| (Style::Capitals, at)), None],
        b'1'..=b'9' if opened && label.len() <= 3 => [label.parse().ok().map(|value| (Style::Numbers, value)), None],
        _ => [None, None],
    };
    readings.iter().any(Option::is_some).then_some(Lettered { label, length, readings })
}

/// What Roman numbers up to 49 are made of, the greatest part first.
pub(crate) const ROMAN: [(u16, &str); 6] = [(40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];

/// What a small Roman number counts, if it is written as it should be and at most 49.
pub(crate) fn roman(label: &str) -> Option<u16> {
    let (mut rest, mut value) = (label, 0);
    for (worth, part) in &ROMAN {
        let most = if part.len() == 1 && *part != "v" { 3 } else { 1 };
        for _ in 0..most {
            if let Some(after) = rest.strip_prefix(part) {
                (rest, value) = (after, value + worth);
            }
        }
    }
    (rest.is_empty() && (1..50).contains(&value)).then_some(value)
}

/// A label with what is typed beside it, in a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Headed<'text> {
    /// The label without the word "Item" and the full stop.
    pub(crate) label: &'text str,
    /// The label as typed, from the first letter on: `Item 7`, `7.`
    pub(crate) typed: &'text str,
}

/// The words of a heading after its label as typed, without the signs around them: "Budget" of "7. Budget".
pub(crate) fn after<'words>(words: &'words str, typed: &str) -> &'words str {
    let rest = words.find(typed).map_or(words, |at| &words[at + typed.len()..]);
    let title = rest.trim_start_matches(['.', ')', ':', '–', '—', '-', ' ', '\t', '\u{a0}', '\n']).trim_end();
    let title = title.trim_end_matches([':', ' ']);
    // The full stop of an abbreviation stays.
    title.strip_suffix('.').filter(|bare| !bare.contains('.') && bare.len() > 3).unwrap_or(title)
}

/// The label of a heading, and as it is typed: `7` of "7. Budget", `35a` of "35a Budget", `23/143`, `1.1`, and `7` of
/// "Item 7 – Budget". A year or a day of a month is no label: "2021 in figures", "5 July 2021".
pub(crate) fn headed(words: &str) -> Option<Headed<'_>> {
    let words = words.trim_start();
    let after_item = ["Item ", "ITEM ", "item "].iter().find_map(|item| words.strip_prefix(item));
    let numbered = after_item.unwrap_or(words).trim_start();
    let end = numbered.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '.' || letter == '/'))?;
    let (typed, rest) = numbered.split_at(end);
    let label = typed.trim_end_matches('.');
    let closed = typed.len() > label.len() || after_item.is_some() || rest.starts_with([')', ':']);
    let apart = rest.starts_with(|next: char| next.is_whitespace() || matches!(next, ')' | ':' | '–' | '—'));
    let is_label = apart && is_number(label) && (closed || !is_date(label, rest)) && !rest.trim().is_empty();
    let bracket = usize::from(rest.starts_with(')'));
    let typed = &words[..words.len() - numbered.len() + end + bracket];
    is_label.then_some(Headed { label, typed })
}

/// Digits, in parts between full stops or slashes; without full stops (3.5m is an amount) the last may end in a letter.
fn is_number(label: &str) -> bool {
    let last = label.rsplit(['.', '/']).next().unwrap_or(label);
    let lettered = last.len() > 1 && !label.contains('.') && last.ends_with(|letter: char| letter.is_ascii_lowercase());
    let digits = if lettered { &label[..label.len() - 1] } else { label };
    let is_part = |part: &str| (1..=5).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    digits.split(['.', '/']).all(is_part)
}

/// Whether a number without a full stop after it is a year or the day of a month.
fn is_date(label: &str, rest: &str) -> bool {
    let year = label.len() == 4 && (label.starts_with("19") || label.starts_with("20"));
    let financial = label.split_once('/').is_some_and(|(year, next)| year.len() == 4 && next.len() == 2);
    let next = rest.split_whitespace().next().unwrap_or_default();
    year || financial || crate::model::Date::parse(&format!("{label} {next} 2000")).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_headings_are_labels_and_dates_are_not() {
        for (words, label) in [
            ("7. Budget", Some("7")),
            ("35a Budget", Some("35a")),
            ("23/143 Budget", Some("23/143")),
            ("1.1 Structure", Some("1.1")),
            ("1.1. Structure", Some("1.1")),
            ("Item 7 – Budget", Some("7")),
            ("Item 7: Budget", Some("7")),
            ("1773 (Agenda item 6)", Some("1773")),
            ("2021. Budget", Some("2021")),
            ("2021 in figures", None),
            ("2021/22 budget", None),
            ("5 July 2021", None),
            ("1st meeting", None),
            ("7", None),
            ("7.", None),
            ("Budget 7", None),
            ("3.5m for roads", None),
            ("", None),
        ] {
            assert_eq!(headed(words).map(|headed| headed.label), label, "{words}");
        }
        for (words, typed) in [("7. Budget.", "7."), ("Item 7 – Budget:", "Item 7"), ("(7)\nBudget", "(7)")] {
            assert_eq!(after(words, typed), "Budget");
        }
        for (words, typed) in
            [("7. Budget", "7."), (" Item 7 – Budget", "Item 7"), ("7) Budget", "7)"), ("7: Budget", "7")]
        {
            assert_eq!(headed(words).map(|headed| headed.typed), Some(typed), "{words}");
        }
    }

    #[test]
    fn dotted_numbers_open_a_line_and_amounts_do_not() {
        for (line, label, length) in [
            ("7.13 The", "7.13", 4),
            ("7.1. The", "7.1", 4),
            ("7.1\tthe", "7.1", 3),
            ("7.1\u{A0}The", "7.1", 3),
            ("7.1&nbsp;The", "7.1", 3),
            ("1.1.2 The", "1.1.2", 5),
            ("7.1** The", "7.1", 3),
            ("7.1", "7.1", 3),
            ("10.10 The", "10.10", 5),
        ] {
            assert_eq!(dotted(line).map(|dotted| (dotted.label, dotted.length)), Some((label, length)), "{line}");
        }
        for line in [
            "3.5 million",
            "7.5%",
            "7.5 %",
            "1.5 km",
            "1.5km",
            "7\\.1 The",
            "2015 was",
            "7 pm",
            "7.30 pm",
            "7.30pm",
            "9.30 a.m.",
            "10.00 to 12.00",
            "9.30 – 10.30",
            "10.05 Coffee",
            "06.06 The",
            "0.5 The",
            "7. The",
            "2.5 per cent",
            "1.5 times,",
            "£7.1 The",
            "7.1The",
            "1.2.2021 The",
            "1.1.1.1.1.1.1 The",
            "7..1 The",
            "3.2 points.",
        ] {
            assert_eq!(dotted(line), None, "{line}");
        }
        assert!(
            dotted("7.1 the").is_some_and(|dotted| dotted.lower)
                && dotted("7.1 “The").is_some_and(|dotted| !dotted.lower)
        );
    }

    #[test]
    fn one_number_follows_another() {
        let numbers = |label: &str| Numbers::of(label, 3).unwrap_or_default();
        for (last, next) in
            [("7.1", "7.2"), ("7.13", "8.1"), ("7.1", "7.1.1"), ("1.1.9", "1.2"), ("1.1.9", "1.2.1"), ("1", "1.1")]
        {
            assert!(numbers(next).follows(&numbers(last)), "{last} {next}");
        }
        for (last, next) in
            [("7.1", "7.1"), ("7.1", "7.3"), ("7.2", "7.1"), ("7.13", "8.2"), ("7.1", "7.1.2"), ("7.1.1", "7.1")]
        {
            assert!(!numbers(next).follows(&numbers(last)), "{last} {next}");
        }
        assert!(numbers("1.3").is_near(&numbers("1.1.9")) && !numbers("2.3").is_near(&numbers("1.1.9")));
        assert!(numbers("7.13.1").is_below(&numbers("7")) && !numbers("7").is_below(&numbers("7")));
        assert_eq!(numbers("7.13").next().to_string(), "7.14");
        assert_eq!(
            Numbers::of_heading("35a").map(|numbers| numbers.first_below().to_string()).as_deref(),
            Some("35.1")
        );
        assert_eq!(Numbers::of_heading("23/143"), None);
    }

    #[test]
    fn letters_and_roman_numbers_open_a_line() {
        for (line, label, length, readings) in [
            ("(a) the cost", "a", 3, vec![(Style::Letters, 1)]),
            ("b) the cost", "b", 2, vec![(Style::Letters, 2)]),
            ("i) first", "i", 2, vec![(Style::Roman, 1), (Style::Letters, 9)]),
            ("(iii)\tthird", "iii", 5, vec![(Style::Roman, 3)]),
            ("(v) fifth", "v", 3, vec![(Style::Letters, 22), (Style::Roman, 5)]),
            ("(xiv) ", "xiv", 5, vec![(Style::Roman, 14)]),
            ("(A) one", "A", 3, vec![(Style::Capitals, 1)]),
            ("(12) twelve", "12", 4, vec![(Style::Numbers, 12)]),
            ("(a)", "a", 3, vec![(Style::Letters, 1)]),
        ] {
            let found = lettered(line);
            assert_eq!(found.map(|found| (found.label, found.length)), Some((label, length)), "{line}");
            assert_eq!(found.map(|found| found.readings().collect::<Vec<_>>()), Some(readings), "{line}");
        }
        for line in [
            "(a)b", "(ab) c", "(iiii) x", "(vv) x", "A) x", "1) x", "(c) 2021", "(2021) x", "() x", "a b) c", "(é) x",
            "(0) x",
        ] {
            assert_eq!(lettered(line), None, "{line}");
        }
    }
}
