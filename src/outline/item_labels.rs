//! Labels of the items of an agenda, in all the forms in which clerks print them: `7.`, `Agenda Item 7`, `(7)`, `33/17`,
//! `C/24/15`, `2311.01`, `§4`, `IV.`, `A.`; and which of them follows which.
//!
//! Input: the words of a line. Output: its label as typed and what it counts. Not here: whether a line is a heading
//! (`items.rs`), and printed labels of paragraphs (`labels.rs`).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use crate::language::letters::without_blanks;
use crate::lexicon::Lexicon;
use crate::lexicon::labels::{is_unit, roman};
use crate::model::Date;

/// What a label counts: its numbers, and the signs between them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    /// The label with `#` for each number: `C/#/#`.
    sign: String,
    /// The numbers, outermost first.
    numbers: Vec<u32>,
}

impl Key {
    fn counted(sign: &str, number: u32) -> Self {
        Self { sign: sign.to_owned(), numbers: vec![number] }
    }

    /// The key of a number in a list.
    pub(crate) fn of_list(number: u32) -> Self {
        Self::counted("#", number)
    }

    /// The key of a label as typed: each run of digits is a number.
    pub(crate) fn of_digits(label: &str) -> Self {
        let (mut sign, mut numbers) = (String::new(), Vec::new());
        let mut letters = label.chars().peekable();
        while let Some(letter) = letters.next() {
            let Some(mut number) = letter.to_digit(10) else {
                sign.push(letter);
                continue;
            };
            while let Some(digit) = letters.peek().and_then(|digit| digit.to_digit(10)) {
                number = number.saturating_mul(10).saturating_add(digit);
                letters.next();
            }
            sign.push('#');
            numbers.push(number);
        }
        Self { sign, numbers }
    }

    /// Whether it is several numbers with full stops between them.
    pub(crate) fn is_dotted(&self) -> bool {
        self.numbers.len() > 1 && self.sign.contains('.')
    }

    /// Whether exactly one of the numbers is higher than in `last`, by at most `gap`, and all else is the same.
    pub(crate) fn follows(&self, last: &Self, gap: u32) -> bool {
        let mut others = self.numbers.iter().zip(&last.numbers).filter(|(own, other)| own != other);
        let one = others.next().is_some_and(|(own, other)| own > other && own - other <= gap);
        self.sign == last.sign && one && others.next().is_none()
    }

    /// Whether it is of the same form as `last` and does not stand before it.
    pub(crate) fn rises(&self, last: &Self) -> bool {
        self.sign == last.sign && self != last && (self.follows(last, u32::MAX) || self.numbers > last.numbers)
    }

    /// Whether it has the numbers of `other` and one more: 7.1 below 7.
    pub(crate) fn is_below(&self, other: &Self) -> bool {
        self.numbers.len() == other.numbers.len() + 1
            && self.numbers.starts_with(&other.numbers)
            && self.sign.strip_prefix(&other.sign).is_some_and(|rest| rest.starts_with('.') && rest.ends_with('#'))
    }

    /// Whether it is the first of its form, and `other` a later one of the same.
    pub(crate) fn begins_below(&self, other: &Self) -> bool {
        self.sign == other.sign && self.numbers == [1] && other.numbers > self.numbers
    }

    /// The form of the label, with `#` for each number.
    pub(crate) fn sign(&self) -> &str {
        &self.sign
    }

    /// Each key that stands one number before or after it.
    fn beside(&self, step: i64) -> impl Iterator<Item = Self> + '_ {
        (0..self.numbers.len()).filter_map(move |index| {
            let mut other = self.clone();
            other.numbers[index] = u32::try_from(i64::from(other.numbers[index]) + step).ok()?;
            Some(other)
        })
    }
}

/// How a label is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// One number, or several with full stops: `7`, `2311.01`.
    Number,
    /// Numbers with `/` between them, or letters before them: `33/17`, `C/24/15`.
    Code,
    /// Numbers with only hyphens between them, as years and telephone numbers have them: `23-165`.
    Hyphens,
    /// A Roman number, which may be a letter or a word: `IV`, `I`.
    Roman,
    /// One letter: `A`.
    Letter,
}

/// The label with which a line begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ItemLabel<'text> {
    /// The label without the words before it, brackets and full stop.
    pub(crate) label: &'text str,
    /// The label as typed, from the first letter on: `Item 7`, `7.`, `(7)`.
    pub(crate) typed: &'text str,
    /// The words after the label and the signs that part them.
    pub(crate) title: &'text str,
    pub(crate) form: Form,
    /// What it counts.
    pub(crate) key: Key,
    /// What it counts if it is a letter.
    pub(crate) letter: Option<Key>,
    /// Whether a full stop, a bracket or a colon ends it.
    pub(crate) closed: bool,
    /// Whether a word such as "Item" stands before it.
    pub(crate) worded: bool,
    /// Whether its numbers are as short as those of minutes; references of planning applications are longer.
    pub(crate) short: bool,
}

impl ItemLabel<'_> {
    /// Whether it needs no other label beside it to be one in a heading.
    pub(crate) fn is_sure(&self) -> bool {
        match self.form {
            Form::Number | Form::Code => true,
            Form::Hyphens => self.worded,
            Form::Roman => self.closed && self.label.len() > 1,
            Form::Letter => false,
        }
    }

    /// Whether its last number has a nought before it, as those of minutes have and those of paragraphs have not.
    pub(crate) fn is_padded(&self) -> bool {
        self.label.rsplit(['.', '/', '-']).next().is_some_and(|last| last.len() > 1 && last.starts_with('0'))
    }
}

/// How many numbers a label may have.
const DEEPEST: usize = 6;

/// What may stand between a label and the title.
const SIGNS: [char; 10] = ['.', ')', ':', '–', '—', '-', ' ', '\t', '\u{a0}', '\n'];

/// The label with which the words of a line begin, if words follow it.
pub(crate) fn item_label<'words>(words: &'words str, lexicon: &Lexicon) -> Option<ItemLabel<'words>> {
    label_of(words, lexicon).filter(|label| label.title.contains(char::is_alphanumeric))
}

/// The label that a line is, if nothing follows it.
pub(crate) fn label_alone<'words>(words: &'words str, lexicon: &Lexicon) -> Option<ItemLabel<'words>> {
    label_of(words.trim_end(), lexicon).filter(|label| label.title.is_empty())
}

fn label_of<'words>(words: &'words str, lexicon: &Lexicon) -> Option<ItemLabel<'words>> {
    let words = without_blanks(words);
    let first = words.chars().next()?;
    if !(first.is_ascii_digit() || first.is_uppercase() || matches!(first, '(' | '§' | 'i' | 'm')) {
        return None;
    }
    let numbered = after_word(words, lexicon);
    let worded = numbered.len() < words.len();
    let inner = numbered.strip_prefix('§').map(without_blanks);
    let bracketed = inner.is_none() && numbered.starts_with('(');
    let inner = inner.unwrap_or(&numbered[usize::from(bracketed)..]);
    let end = inner
        .find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '.' | '/' | '-')))
        .unwrap_or(inner.len());
    let label = inner[..end].trim_end_matches(['.', '-', '/']);
    let stops = &inner[label.len()..end];
    let rest = &inner[end..];
    let bracket = rest.starts_with(')');
    if stops.len() > 1 || (bracketed && !bracket) || !(stops.is_empty() || stops == ".") {
        return None;
    }
    let apart =
        rest.is_empty() || rest.starts_with(|next: char| next.is_whitespace() || matches!(next, ')' | ':' | '–' | '—'));
    let closed = !stops.is_empty() || bracket || rest.starts_with(':');
    let marked = worded || numbered.starts_with('§');
    let (form, key, letter) = read(label, marked || closed, marked || bracketed, rest)?;
    let fits = match form {
        Form::Number | Form::Code | Form::Hyphens => true,
        Form::Roman => !bracketed,
        Form::Letter => closed && !bracketed && !worded,
    };
    let end = inner.as_ptr() as usize - words.as_ptr() as usize + end + usize::from(bracket);
    let short = label
        .split(['/', '.', '-'])
        .enumerate()
        .all(|(index, part)| part.bytes().filter(u8::is_ascii_digit).count() <= if index == 0 { 4 } else { 3 });
    let title = words[end..].trim_start_matches(SIGNS).trim_end();
    let typed = &words[..end];
    (apart && fits).then_some(ItemLabel {
        label,
        typed,
        title,
        form,
        key,
        letter,
        closed: closed || marked,
        worded,
        short,
    })
}

/// The words after "Item", "Agenda Item No." and the like, if a label may follow them; else all of them.
fn after_word<'words>(words: &'words str, lexicon: &Lexicon) -> &'words str {
    let length = match words.chars().next() {
        Some(first) if first.is_uppercase() || matches!(first, 'i' | 'm') => {
            let found = lexicon.find("item-word", words).and_then(|(_, found)| found.get(0));
            found.map_or(0, |found| found.end())
        }
        _ => 0,
    };
    let rest = &words[length..];
    let code = |rest: &str| {
        let end = rest.find(|letter: char| !letter.is_ascii_uppercase()).unwrap_or(rest.len());
        end > 0 && rest[end..].starts_with(|next: char| next.is_ascii_digit() || matches!(next, '/' | '.' | ':' | ' '))
    };
    let numbered = rest.starts_with(|first: char| first.is_ascii_digit() || first == '(') || code(rest);
    if length > 0 && numbered { rest } else { words }
}

/// What a label is and counts. `closed` says that a sign ends it or a word stands before it, so that it is no day or year;
/// `marked` that a word, a sign or brackets make sure that it is a label.
fn read(label: &str, closed: bool, marked: bool, rest: &str) -> Option<(Form, Key, Option<Key>)> {
    if label.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let letter = (label.len() == 1).then(|| Key::counted("A", u32::from(label.as_bytes()[0] - b'A') + 1));
        let value = roman(&label.to_ascii_lowercase()).map(|value| Key::counted("I", u32::from(value)));
        return match (value, letter) {
            (Some(value), letter) => Some((Form::Roman, value, letter)),
            (None, Some(letter)) => Some((Form::Letter, letter, None)),
            (None, None) => None,
        };
    }
    let mut key = Key { sign: String::with_capacity(label.len()), numbers: Vec::new() };
    let lettered = label.starts_with(|first: char| first.is_ascii_uppercase());
    let mut at = 0;
    while at < label.len() {
        let piece = &label[at..];
        let piece = &piece[..piece.find(['/', '.', '-']).unwrap_or(piece.len())];
        piece_of(piece, at, at + piece.len() == label.len() && !label.contains('.'), &mut key)?;
        at += piece.len();
        if at < label.len() {
            key.sign.push_str(&label[at..=at]);
            at += 1;
        }
    }
    let slashes = label.contains('/');
    let form = match (lettered, slashes, label.contains('-')) {
        (true, _, _) if key.numbers.len() > 1 || is_lettered(label) => Form::Code,
        (true, _, _) => return None,
        (false, true, _) => Form::Code,
        (false, false, true) => Form::Hyphens,
        (false, false, false) => Form::Number,
    };
    let prose = !closed && (is_date(label, rest) || is_unit(without_blanks(rest)));
    let day = !marked && is_day(&key);
    (!prose && !day).then_some((form, key, None))
}

/// Whether a label is letters, a sign and one number: `B.612`, `HWB/31`.
fn is_lettered(label: &str) -> bool {
    label.split_once(['.', '/']).is_some_and(|(letters, number)| {
        letters.len() <= 4
            && letters.bytes().all(|byte| byte.is_ascii_uppercase())
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Adds what stands between two signs of a label to its key; `None` if it is no part of one.
fn piece_of(piece: &str, at: usize, last: bool, key: &mut Key) -> Option<()> {
    let letters = piece.len() - piece.trim_start_matches(|letter: char| letter.is_ascii_uppercase()).len();
    let (prefix, number) = piece.split_at(letters);
    let suffix = last && number.len() > 1 && number.ends_with(|letter: char| letter.is_ascii_lowercase());
    let digits = &number[..number.len() - usize::from(suffix)];
    let fits = letters <= 5 && (letters == 0 || at == 0) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if piece.is_empty()
        || key.numbers.len() >= DEEPEST
        || !fits
        || digits.len() > 5
        || (digits.is_empty() && letters == 0)
    {
        return None;
    }
    key.sign.push_str(prefix);
    if !digits.is_empty() {
        key.sign.push('#');
        key.numbers.push(digits.parse().ok()?);
    }
    Some(())
}

/// Whether a number without a sign after it is a year or the day of a month.
fn is_date(label: &str, rest: &str) -> bool {
    let year = label.len() == 4 && (label.starts_with("19") || label.starts_with("20"));
    let parted = label.split_once('/').or_else(|| label.split_once('-'));
    let follows = |year: &str, next: &str| Some((year.parse::<u32>().ok()? + 1) % 100 == next.parse::<u32>().ok()?);
    let financial =
        parted.is_some_and(|(year, next)| year.len() == 4 && next.len() == 2 && follows(year, next) == Some(true));
    let next = rest.split_whitespace().next().unwrap_or_default();
    year || financial || Date::parse(&format!("{label} {next} 2000")).is_some()
}

/// Whether three numbers are a day, a month and a year.
fn is_day(key: &Key) -> bool {
    match key.numbers[..] {
        [day, month, year] | [year, month, day] if year > 1900 => (1..=31).contains(&day) && (1..=12).contains(&month),
        _ => false,
    }
}

/// The labels of one text, by which one is known to follow another.
#[derive(Debug, Default)]
pub(crate) struct Series {
    /// Where each label stands first and last.
    seen: HashMap<Key, (usize, usize)>,
    /// How many labels of each form there are.
    forms: BTreeMap<String, usize>,
}

impl Series {
    /// The labels in their order; each stands at a place that is higher than those before it.
    pub(crate) fn add(&mut self, at: usize, key: &Key) {
        match self.seen.get_mut(key) {
            Some((_, last)) => *last = at,
            None => {
                self.seen.insert(key.clone(), (at, at));
                *self.forms.entry(key.sign.clone()).or_default() += 1;
            }
        }
    }

    /// Whether the label at this place follows one above it, or one below follows it.
    pub(crate) fn goes_on(&self, at: usize, key: &Key) -> bool {
        let before = key.beside(-1).any(|other| self.seen.get(&other).is_some_and(|(first, _)| *first < at));
        before || key.beside(1).any(|other| self.seen.get(&other).is_some_and(|(_, last)| *last > at))
    }

    /// Whether the first label below the one at this place stands below it in the text: 7.1 after 7.
    pub(crate) fn goes_on_below(&self, at: usize, key: &Key) -> bool {
        let mut numbers = key.numbers.clone();
        numbers.push(1);
        let first = Key { sign: format!("{}.#", key.sign), numbers };
        self.seen.get(&first).is_some_and(|(_, last)| *last > at)
    }

    /// How many different labels have the form of this one.
    pub(crate) fn alike(&self, key: &Key) -> usize {
        self.forms.get(&key.sign).copied().unwrap_or_default()
    }
}

/// A label that may be a Roman number, a letter, or neither, with its place.
#[derive(Debug, Clone)]
pub(crate) struct Lettered {
    pub(crate) at: usize,
    pub(crate) roman: Option<u32>,
    pub(crate) letter: Option<u32>,
    /// Whether it is surely a label and no letter, so that letters begin again below it.
    pub(crate) main: bool,
}

impl Lettered {
    /// What a label could count.
    pub(crate) fn of(at: usize, label: &ItemLabel<'_>) -> Self {
        let value = |key: &Key| key.numbers.first().copied();
        let roman = (label.form == Form::Roman).then(|| value(&label.key)).flatten();
        let letter = if label.form == Form::Letter { value(&label.key) } else { label.letter.as_ref().and_then(value) };
        Self { at, roman, letter, main: roman.is_none() && letter.is_none() }
    }
}

/// Which of the labels of a text count on from I, and which from A below another label: the places of both.
pub(crate) fn series_of_letters(labels: &[Lettered]) -> (HashSet<usize>, HashSet<usize>) {
    /// How many numbers may be missing.
    const GAP: u32 = 2;
    let mut romans = Vec::new();
    let mut last = 0;
    for label in labels {
        if let Some(value) =
            label.roman.filter(|value| *value > last && *value <= last + 1 + if last > 0 { GAP } else { 0 })
        {
            romans.push(label.at);
            last = value;
        }
    }
    let romans: HashSet<usize> = if romans.len() > 1 { romans.into_iter().collect() } else { HashSet::new() };
    let mut letters = HashSet::new();
    let mut run: Vec<usize> = Vec::new();
    let mut end = |run: &mut Vec<usize>| {
        if run.len() > 1 {
            letters.extend(run.drain(..));
        }
        run.clear();
    };
    for label in labels {
        if label.main || romans.contains(&label.at) {
            end(&mut run);
        } else if let Some(value) = label.letter {
            if value as usize != run.len() + 1 {
                end(&mut run);
            }
            if value as usize == run.len() + 1 {
                run.push(label.at);
            }
        }
    }
    end(&mut run);
    (romans, letters)
}

/// Where a label stands among words: the bytes from the first one of `words` on.
pub(crate) fn place_of(words: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - words.as_ptr() as usize;
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_the_forms_in_which_clerks_print_them() {
        for (words, label, typed, title) in [
            ("7. Budget", "7", "7.", "Budget"),
            ("7) Budget", "7", "7)", "Budget"),
            ("35a Budget", "35a", "35a", "Budget"),
            ("Item 7 – Budget", "7", "Item 7", "Budget"),
            ("Agenda Item 7: Budget", "7", "Agenda Item 7", "Budget"),
            ("Item No. 7 Budget", "7", "Item No. 7", "Budget"),
            ("(7) Budget", "7", "(7)", "Budget"),
            ("Minute 7: Budget", "7", "Minute 7", "Budget"),
            ("Min 45/22 Budget", "45/22", "Min 45/22", "Budget"),
            ("33/17   Budget", "33/17", "33/17", "Budget"),
            ("C/24/15 To receive", "C/24/15", "C/24/15", "To receive"),
            ("P24/101 Budget", "P24/101", "P24/101", "Budget"),
            ("2024/25-07 Budget", "2024/25-07", "2024/25-07", "Budget"),
            ("FC/23/001. Budget", "FC/23/001", "FC/23/001.", "Budget"),
            ("Item 15/03/1 Budget:", "15/03/1", "Item 15/03/1", "Budget:"),
            ("2311.01 Present", "2311.01", "2311.01", "Present"),
            ("§4 Budget", "4", "§4", "Budget"),
            ("IV. Budget", "IV", "IV.", "Budget"),
            ("IV BUDGET", "IV", "IV", "BUDGET"),
            ("A. Calendar", "A", "A.", "Calendar"),
            ("TOP 7: Haushalt", "7", "TOP 7", "Haushalt"),
            ("Eitem 7 Cyllideb", "7", "Eitem 7", "Cyllideb"),
            ("2021. Budget", "2021", "2021.", "Budget"),
            ("Item 1 (Ezra) Spend", "1", "Item 1", "(Ezra) Spend"),
        ] {
            let found = item_label(words, Lexicon::english());
            let found = found.as_ref().map(|found| (found.label, found.typed, found.title));
            assert_eq!(found, Some((label, typed, title)), "{words}");
        }
        assert!(
            label_alone("ESC/22/18", Lexicon::english()).is_some_and(|label| label.form == Form::Code && label.short)
        );
        for words in [
            "2021 in figures",
            "2021/22 budget",
            "5 July 2021",
            "13/10/2020 Meeting",
            "7.30 pm",
            "1st meeting",
            "7",
            "7.",
            "3.5m for roads",
            "A22 closure",
            "ESC/22/18",
            "2019-20 calendar",
            "19/02231/HH, 4 Forge Row",
            "A Reed",
            "12.. x",
            "10.30 am start",
            "Minutes 7",
            "",
            "Item for the next agenda",
            "AP1: DC to send",
            "(a) the cost",
            "(a",
        ] {
            assert_eq!(item_label(words, Lexicon::english()), None, "{words}");
        }
    }

    #[test]
    fn one_label_follows_another_of_its_form() {
        let key = |words: &str| item_label(words, Lexicon::english()).unwrap_or_else(|| panic!("{words}")).key;
        for (last, next) in [
            ("7. x", "8. x"),
            ("33/17 x", "34/17 x"),
            ("C/24/15 x", "C/24/16 x"),
            ("2311.01 x", "2311.02 x"),
            ("FC/23/009 x", "FC/23/010 x"),
            ("III. x", "IV. x"),
        ] {
            assert!(key(next).follows(&key(last), 1), "{last} {next}");
            assert!(!key(last).follows(&key(next), 9), "{next} {last}");
        }
        assert!(!key("34/18 x").follows(&key("33/17 x"), 1) && !key("C/24/16 x").follows(&key("D/24/15 x"), 1));
        assert!(key("7.1 x").is_below(&key("7. x")) && !key("8.1 x").is_below(&key("7. x")));
        let mut series = Series::default();
        for (at, words) in ["1. x", "9. x", "3. x", "8. x"].into_iter().enumerate() {
            series.add(at, &key(words));
        }
        assert!(
            !series.goes_on(1, &key("9. x")) && !series.goes_on(3, &key("8. x")) && series.goes_on(2, &key("2. x"))
        );
    }

    #[test]
    fn roman_numbers_count_from_one_and_letters_below_them() {
        let words = ["I. x", "II. x", "A. x", "B. x", "V. x", "C. x", "X. x", "A. x", "VI. x"];
        let labels: Vec<ItemLabel<'_>> =
            words.iter().filter_map(|words| item_label(words, Lexicon::english())).collect();
        let labels: Vec<Lettered> = labels.iter().enumerate().map(|(at, label)| Lettered::of(at, label)).collect();
        let (romans, letters) = series_of_letters(&labels);
        assert_eq!(words.len(), labels.len());
        assert_eq!((0..9).filter(|at| romans.contains(at)).collect::<Vec<_>>(), [0, 1, 4, 8]);
        assert_eq!((0..9).filter(|at| letters.contains(at)).collect::<Vec<_>>(), [2, 3]);
    }
}
