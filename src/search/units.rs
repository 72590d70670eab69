//! What a chunk means: its units, each with the keys under which it is found.
//!
//! Input: one chunk. Output: its [`Unit`]s. The rules are in FORMAT.md ("Words"). Not here: what several units together
//! mean (`words.rs`), and numbers for keys: here they are texts.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::dates::{self, Span};
use super::letters::{fold, has_digit, is_letter, is_number, is_word};
use super::tables::{
    ALIKE, APOSTROPHES, DASHES, LONGEST_AMOUNT, LONGEST_CAPITALS, LONGEST_KEY, MULTIPLIERS, ORDINALS, PREFIXES,
    SECTION_WORDS, SHORTEST_CAPITALS, STOP_WORDS,
};

/// What a chunk, or a piece of it, means by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unit {
    /// Where it begins in the chunk, in bytes.
    pub start: usize,
    /// Where it ends in the chunk, in bytes.
    pub end: usize,
    /// The key that a query asks for.
    pub main: Option<String>,
    /// Other keys under which it is found.
    pub others: Vec<String>,
    /// What else is known of it.
    pub traits: Traits,
    /// The word in small letters; `None` if it has digits.
    pub folded: Option<String>,
    /// The parts of a compound in small letters, for the vocabulary; empty for any other unit.
    pub parts: Vec<String>,
}

/// What a unit can mean together with its neighbours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traits {
    /// Whether it is a stop word, which has no key.
    pub stop: bool,
    /// Whether it is a word of letters, or a compound of such words.
    pub letters: bool,
    /// Whether it is a prefix, which may belong to the next word.
    pub prefix: bool,
    /// Whether a number after it is that of a section.
    pub section: bool,
    /// Whether it was typed in capitals.
    pub capitals: bool,
    /// Whether it is two or more words with hyphens.
    pub compound: bool,
    /// Whether it has a digit.
    pub reference: bool,
    /// Whether it is an amount that the next word may multiply.
    pub amount: bool,
    /// How many zeros it adds to the amount before it.
    pub zeros: u8,
    /// 1 to 12 for the name of a month; 0 for anything else.
    pub month: u8,
    /// 1 to 31 for what can be a day of a month; 0 for anything else.
    pub day: u8,
    /// The year, of what has four digits; 0 for anything else.
    pub year: i16,
    /// The days that it means by itself, as `14/3/21` does.
    pub date: Option<Span>,
}

/// The units of a chunk. `stem`: whether its words are English.
pub fn units(chunk: &str, stem: bool) -> Vec<Unit> {
    let parts = parts(chunk);
    let is_reference = parts.iter().any(|part| has_digit(&part.text));
    if is_reference {
        return vec![reference(chunk, &parts, stem)];
    }
    let initials = parts.len() > 1
        && parts.iter().all(|part| part.text.chars().count() == 1)
        && parts.iter().skip(1).all(|part| part.before == '.');
    if initials {
        let letters: String = parts.iter().map(|part| part.text.to_uppercase()).collect();
        let span = (parts[0].start, parts[parts.len() - 1].end);
        return vec![word(&letters, span, stem)];
    }
    let mut units = Vec::new();
    let mut rest = parts.as_slice();
    while !rest.is_empty() {
        let length = 1 + rest.iter().skip(1).take_while(|part| part.before == '-').count();
        let (group, after) = rest.split_at(length);
        units.push(if length == 1 {
            word(&group[0].text, (group[0].start, group[0].end), stem)
        } else {
            compound(group, stem)
        });
        rest = after;
    }
    units
}

/// A part of a chunk.
struct Part {
    text: String,
    /// What stands before it: `.`, `/` or `-`; of the first, nothing that counts.
    before: char,
    start: usize,
    end: usize,
}

fn parts(chunk: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut letters = chunk.char_indices().peekable();
    let mut before = Some(' ');
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        match letter {
            '£' if parts.is_empty() => {}
            '.' | '/' => before = Some(letter),
            ',' => {}
            _ if DASHES.contains(&letter) => before = Some('-'),
            _ if APOSTROPHES.contains(&letter) => {
                // `s` alone after an apostrophe belongs to no word.
                let own = chunk[end..].strip_prefix(['s', 'S']).is_some_and(|rest| !rest.starts_with(is_word));
                if own {
                    letters.next();
                }
            }
            _ => match (before.take(), parts.last_mut()) {
                (None, Some(part)) => {
                    part.text.push(letter);
                    part.end = end;
                }
                (before, _) => parts.push(Part { text: letter.into(), before: before.unwrap_or(' '), start: at, end }),
            },
        }
    }
    parts
}

/// The unit of a word of letters. `start` and `end`: where it stands in its chunk.
fn word(letters: &str, (start, end): (usize, usize), stem: bool) -> Unit {
    let folded = fold(letters);
    let stop = is_stop_word(&folded);
    let capitals = capitals(letters);
    let traits = Traits {
        stop,
        letters: true,
        prefix: PREFIXES.contains(&folded.as_str()),
        section: SECTION_WORDS.contains(&folded.as_str()),
        capitals: capitals.is_some(),
        zeros: zeros_of(&folded).unwrap_or(0),
        month: dates::month(&folded),
        ..Traits::default()
    };
    let main = word_key(&folded, stem);
    Unit { start, end, main, others: capitals.into_iter().collect(), traits, folded: Some(folded), parts: Vec::new() }
}

/// The unit of words with hyphens, which is found written together and by each of its words.
fn compound(group: &[Part], stem: bool) -> Unit {
    let together: String = group.iter().map(|part| part.text.as_str()).collect();
    let mut unit = word(&together, (group[0].start, group[group.len() - 1].end), stem);
    unit.others.clear();
    unit.traits = Traits { stop: unit.traits.stop, letters: true, compound: true, ..Traits::default() };
    for part in group {
        unit.others.extend(part_keys(&part.text, stem));
        unit.parts.push(fold(&part.text));
    }
    unit
}

/// The unit of a chunk with digits: a number, a label, a reference, an amount or a date.
fn reference(chunk: &str, parts: &[Part], stem: bool) -> Unit {
    let mut main = String::new();
    let mut others = Vec::new();
    let mut last = ' ';
    for part in parts {
        let folded = fold(&part.text);
        let first = folded.chars().next().unwrap_or(' ');
        let falls_away = matches!(part.before, '-' | '.')
            && ((last.is_ascii_digit() && is_letter(first)) || (is_letter(last) && first.is_ascii_digit()));
        if !main.is_empty() && !falls_away {
            main.push(part.before);
        }
        last = folded.chars().next_back().unwrap_or(' ');
        main.push_str(&folded);
    }
    let dotted = parts.iter().all(|part| is_number(&part.text)) && parts.iter().skip(1).all(|part| part.before == '.');
    if parts.len() > 1 && !dotted {
        others.extend(parts.iter().flat_map(|part| part_keys(&part.text, stem)));
    }
    if let Some((before, _)) = main.split_once('(') {
        others.push(before.to_owned());
    }
    let date = dates::of_digits(&main);
    others.extend(date.iter().flat_map(|date| date.keys()));
    let mut traits = Traits { reference: true, date, ..Traits::default() };
    let digits = main.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    if let Ok(number) = digits.parse::<i16>() {
        let ordinal = ORDINALS.contains(&&main[digits.len()..]);
        traits.day = u8::try_from(number).ok().filter(|day| *day <= 31 && (ordinal || digits == main)).unwrap_or(0);
        traits.year = if digits == main && digits.len() == 4 { number } else { 0 };
    }
    let main = cut(main);
    let (start, end) = (parts[0].start, parts[parts.len() - 1].end);
    let mut unit = Unit { start, end, main: Some(main), others, traits, folded: None, parts: Vec::new() };
    if let Some(amount) = chunk.strip_prefix('£').and_then(|_| amount_of(unit.main.as_deref()?)) {
        unit.traits.amount = !amount.1;
        unit.start = 0;
        unit.others.extend(unit.main.replace(amount.0));
    }
    unit.others.dedup();
    unit
}

/// The keys of one part of a compound or a reference.
fn part_keys(text: &str, stem: bool) -> Vec<String> {
    let folded = fold(text);
    if has_digit(&folded) {
        return vec![cut(folded)];
    }
    word_key(&folded, stem).into_iter().chain(capitals(text)).collect()
}

/// Whether a folded word is one of [`STOP_WORDS`].
pub fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.binary_search(&folded).is_ok()
}

/// The key of a folded word of letters; `None` for a stop word. `stem`: whether the word is English.
pub fn word_key(folded: &str, stem: bool) -> Option<String> {
    static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));
    if folded.is_empty() || is_stop_word(folded) {
        return None;
    }
    if stem && folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
        let alike = ALIKE.binary_search_by(|(word, _)| word.cmp(&folded)).map_or(folded, |at| ALIKE[at].1);
        return Some(cut(ENGLISH.stem(alike).into_owned()));
    }
    Some(cut(folded.to_owned()))
}

/// `=PCC` of `PCC` and of `PCCs`.
fn capitals(word: &str) -> Option<String> {
    let letters = word.strip_suffix('s').unwrap_or(word);
    let fits = (SHORTEST_CAPITALS..=LONGEST_CAPITALS).contains(&letters.len())
        && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    fits.then(|| format!("={letters}"))
}

/// The key of an amount and whether a word has multiplied it: `12345`, `1.2m`.
fn amount_of(typed: &str) -> Option<(String, bool)> {
    let number = typed.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let word = &typed[number.len()..];
    let zeros = if word.is_empty() { 0 } else { zeros_of(word)? };
    Some((amount(number, zeros)?, zeros > 0))
}

/// How many zeros a word adds to the amount before it; `None` if it multiplies nothing.
fn zeros_of(word: &str) -> Option<u8> {
    MULTIPLIERS.iter().find(|(name, _)| *name == word).map(|(_, zeros)| *zeros)
}

/// `£1200000` of `1.2` and six zeros; `None` if `number` is no number, or too long to be an amount.
pub fn amount(number: &str, zeros: u8) -> Option<String> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty()
        || whole.len() > LONGEST_AMOUNT
        || decimals.len() > LONGEST_AMOUNT
        || !is_number(whole)
        || !is_number(decimals)
    {
        return None;
    }
    let point = whole.len() + usize::from(zeros);
    let digits = format!("{:0<point$}", format!("{whole}{decimals}"));
    let (whole, decimals) = digits.split_at(point);
    let (whole, decimals) = (whole.trim_start_matches('0'), decimals.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if decimals.is_empty() { format!("£{whole}") } else { format!("£{whole}.{decimals}") })
}

/// A key of at most [`LONGEST_KEY`] bytes, cut after a whole character.
fn cut(mut key: String) -> String {
    key.truncate(key.floor_char_boundary(LONGEST_KEY));
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The script in the browser is held to the same table. `UPDATE=1` writes the stems.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test reads its table, and writes it if asked")]
    fn stems_are_those_of_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/script/stems.txt");
        let table = std::fs::read_to_string(path).expect("the table is there");
        let english = Stemmer::create(Algorithm::English);
        let words = table.lines().filter_map(|line| line.split_once(' ')).map(|(word, _)| word);
        let expected: String = words.map(|word| format!("{word} {}\n", english.stem(word))).collect();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, &expected).expect("the table can be written");
        } else {
            assert!(table.lines().count() > 2000);
            let differ = table.lines().zip(expected.lines()).filter(|(one, other)| one != other);
            assert_eq!(differ.collect::<Vec<_>>(), Vec::new(), "UPDATE=1 writes the stems");
        }
    }
}
