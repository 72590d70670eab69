//! Which of many phrases a text may have, in one search for the words of all.
//!
//! Input: phrases, then texts. Output: whether a text has one of them. Not here: what a phrase says (`spoken.rs`).
//!
//! A text of a page has the words of many phrases here and there. A phrase is there only if its words follow one another, with
//! nothing between them but signs, numbers and months: the days of meetings are passed over wherever phrases are read.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasherDefault;
use std::ops::Range;

use crate::language::letters;
use crate::lexicon::Names;
use crate::model::MONTHS;

/// Something of each of some words in small letters.
pub(super) type ByWord<T> = HashMap<Box<[u8]>, T, BuildHasherDefault<Names>>;

/// The words of some phrases, and of which of them each phrase is made.
#[derive(Debug)]
pub(super) struct Needed {
    /// The places of the words.
    words: ByWord<usize>,
    /// Of each word whether it is a phrase by itself.
    alone: Vec<bool>,
    /// In their order, none of which begins as another does: any word that begins so is a phrase by itself.
    stems: Vec<Box<[u8]>>,
    /// The first letters of the stems.
    begins_stem: [bool; 256],
    /// The words of the others, each by the longest of its words, which the fewest texts have: of those whose words follow one another.
    in_a_row: Vec<Vec<Vec<usize>>>,
    /// Of those whose words stand near each other, in any order.
    near: Vec<Vec<Vec<usize>>>,
    /// How near, in bytes.
    within: usize,
}

/// Words of one sentence have no more bytes between them, but for very long ones.
pub(super) const SENTENCE: usize = 200;

/// Words may stand anywhere in a text.
pub(super) const ANYWHERE: usize = usize::MAX;

/// A day with its time does not take more bytes between two words.
const FARTHEST: usize = 60;

/// A word of a phrase in a text.
struct Met {
    word: usize,
    start: usize,
    end: usize,
}

impl Needed {
    /// Of phrases whose words are names, in small letters and without accents; of words all of which stand within so many bytes of the
    /// first; and of the first letters of words.
    pub(super) fn of<'text>(
        phrases: impl Iterator<Item = Vec<&'text str>>,
        (near, within): (impl Iterator<Item = Vec<&'text str>>, usize),
        stems: &'text [String],
    ) -> Self {
        let (mut list, mut places): (Vec<&str>, HashMap<&str, usize>) = (Vec::new(), HashMap::new());
        let mut place = |word| {
            *places.entry(word).or_insert_with(|| {
                list.push(word);
                list.len() - 1
            })
        };
        let mut placed = |words: Vec<&'text str>| words.into_iter().map(&mut place).collect::<Vec<_>>();
        let (single, in_a_row): (Vec<_>, Vec<_>) = phrases.map(&mut placed).partition(|words| words.len() == 1);
        let near: Vec<_> = near.map(&mut placed).collect();
        let mut alone = vec![false; list.len()];
        single.into_iter().flatten().for_each(|word| alone[word] = true);
        let in_a_row = by_longest(in_a_row, &list);
        let near = by_longest(near, &list);
        let mut begins_stem = [false; 256];
        let mut stems: Vec<Box<[u8]>> = stems.iter().map(|stem| stem.as_bytes().into()).collect();
        stems.iter().for_each(|stem| begins_stem[usize::from(stem[0])] = true);
        stems.sort_unstable();
        stems.dedup_by(|longer, stem| longer.starts_with(stem));
        let known =
            |word: &&str| word.len() <= LONGEST_WORD && words(word.as_bytes()).eq(std::iter::once(0..word.len()));
        debug_assert!(list.iter().all(known), "{:?}", list.iter().find(|word| !known(word)));
        let words = list.iter().enumerate().map(|(at, word)| (word.as_bytes().into(), at)).collect();
        Self { words, alone, stems, begins_stem, in_a_row, near, within }
    }

    /// Whether a word in small letters begins with a stem.
    fn has_stem(&self, word: &[u8]) -> bool {
        self.begins_stem[usize::from(word[0])] && {
            let after = self.stems.partition_point(|stem| **stem <= *word);
            after.checked_sub(1).is_some_and(|at| word.starts_with(&self.stems[at]))
        }
    }

    /// Whether a text has one of the phrases.
    pub(super) fn are_in(&self, text: &str) -> bool {
        let typed = if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(letters::name(text)) };
        let bytes = typed.as_bytes();
        let (mut met, mut has): (Vec<Met>, Vec<bool>) = (Vec::new(), Vec::new());
        let says = |letters: &[u8], Range { start, end }| {
            let word = self.words.get(letters).copied();
            if self.has_stem(letters) || word.is_some_and(|word| self.alone[word]) {
                return Some(());
            }
            if let Some(word) = word {
                has.resize(self.alone.len(), false);
                has[word] = true;
                met.push(Met { word, start, end });
            }
            None
        };
        if each_word(bytes, says).is_some() {
            return true;
        }
        let met_in = |phrases: &[Vec<Vec<usize>>], says: &dyn Fn(&[usize]) -> bool| {
            let known = phrases.iter().zip(&has).filter(|(_, longest)| **longest).flat_map(|(phrases, _)| phrases);
            known.filter(|words| words.iter().all(|word| has[*word])).any(|words| says(words))
        };
        !met.is_empty()
            && (met_in(&self.near, &|words| stand_near(words, &met, self.within))
                || met_in(&self.in_a_row, &|words| follow(words, &met, &typed)))
    }
}

/// No word of a phrase is longer, in bytes.
const LONGEST_WORD: usize = 32;

/// Gives each word of a text, the first letters of it in small letters and where it stands, to `each`, until that answers something.
pub(super) fn each_word<T>(text: &[u8], mut each: impl FnMut(&[u8], Range<usize>) -> Option<T>) -> Option<T> {
    let mut small = [0; LONGEST_WORD];
    words(text).find_map(|word| {
        let letters = &mut small[..word.len().min(LONGEST_WORD)];
        letters.copy_from_slice(&text[word.start..word.start + letters.len()]);
        letters.make_ascii_lowercase();
        each(letters, word)
    })
}

/// Where the words of a text stand, parted as names part them.
fn words(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let is_of_word = |sign: u8| sign.is_ascii_alphanumeric() || !sign.is_ascii();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].iter().position(|sign| is_of_word(*sign))?;
        let goes_on = |pair: &[u8]| is_of_word(pair[1]) && !letters::parts(pair[0], pair[1]);
        at = start + 1 + text[start..].windows(2).take_while(|pair| goes_on(pair)).count();
        Some(start..at)
    })
}

/// Phrases, each once, in the place of the longest of its words in a list of all.
fn by_longest(phrases: Vec<Vec<usize>>, list: &[&str]) -> Vec<Vec<Vec<usize>>> {
    let mut places = vec![Vec::new(); list.len()];
    for words in phrases.into_iter().collect::<BTreeSet<_>>() {
        if let Some(longest) = words.iter().copied().max_by_key(|word| list[*word].len()) {
            places[longest].push(words);
        }
    }
    places
}

/// Whether these words follow one another somewhere in a text, among those that it has.
fn follow(words: &[usize], met: &[Met], text: &str) -> bool {
    let [first, rest @ ..] = words else { return true };
    let begins = met.iter().enumerate().filter(|(_, one)| one.word == *first);
    let mut goes_on = begins.map(|(index, one)| {
        let mut last = (index, one.end);
        rest.iter().all(|word| {
            let ahead = met.iter().enumerate().skip(last.0 + 1).take_while(|(_, one)| one.start <= last.1 + FARTHEST);
            let mut ahead = ahead.filter(|(_, one)| one.word == *word && one.start >= last.1);
            let next = ahead.find(|(_, one)| is_passed_over(&text[last.1..one.start]));
            next.inspect(|(index, one)| last = (*index, one.end)).is_some()
        })
    });
    goes_on.any(|whole| whole)
}

/// Whether these words stand within so many bytes of the first of them, in any order, among those that a text has.
fn stand_near(words: &[usize], met: &[Met], within: usize) -> bool {
    let [first, rest @ ..] = words else { return true };
    let is_near = |one: &Met, other: &Met| {
        let between = other.start.saturating_sub(one.end).max(one.start.saturating_sub(other.end));
        between <= within
    };
    within == ANYWHERE
        || met.iter().enumerate().filter(|(_, one)| one.word == *first).any(|(index, one)| {
            let before = met[..index].iter().rev().take_while(|other| is_near(one, other));
            let after = met[index..].iter().take_while(|other| is_near(one, other));
            let around: BTreeSet<usize> = before.chain(after).map(|other| other.word).collect();
            rest.iter().all(|word| around.contains(word))
        })
}

/// Whether what stands between two words is no word that counts.
fn is_passed_over(between: &str) -> bool {
    let counts = |word: &str| !(word.bytes().all(|sign| sign.is_ascii_digit()) || is_month(word));
    !between.split(|sign: char| !sign.is_ascii_alphanumeric()).any(counts)
}

fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_phrase_follow_one_another() {
        let phrases = [vec!["closed", "session", "minutes"], vec!["private"], vec!["in", "camera"]];
        let near = ([vec!["not", "website"]].into_iter(), SENTENCE);
        let needed = Needed::of(phrases.into_iter(), near, &["geheim".to_owned()]);
        let far = format!("do not say{} what the website shows", " a word".repeat(SENTENCE / 7));
        assert!(!needed.are_in(&far));
        for text in [
            "Closed session, 5 May 2026: minutes",
            "a closed one, then CLOSED **Session**\n> Minutes",
            "ClosedSessionMinutes",
            "it is private",
            "do not put it on the website",
            "geheimhaltung",
            "held in the hall; in camera",
        ] {
            assert!(needed.are_in(text), "{text}");
        }
        for text in [
            "closed the session; minutes",
            "minutes of the closed session",
            "in the camera",
            "privately",
            "website",
            "",
        ] {
            assert!(!needed.are_in(text), "{text}");
        }
    }
}
