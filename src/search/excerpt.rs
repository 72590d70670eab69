//! Excerpts: a stretch of a passage with the words marked that were asked for.
//!
//! Enters: the text of a passage, and what was asked for. Leaves: pieces of the text, marked or not. The rules are in
//! FORMAT.md ("Excerpt"). Absent: HTML.

use std::collections::BTreeSet;

use super::matches::{Asked, Term};
use super::passages::HEAD_PARTS;
use super::words::{Key, Place, Reading, Words};

/// A text with at most so many places is shown whole,
const WHOLE: usize = 40;

/// a longer one in a window of so many,
const WINDOW: usize = 32;

/// which begins so many before a mark.
const BEFORE: usize = 6;

/// Marks what was asked for.
pub struct Marker {
    words: Words,
    reading: Reading,
    /// (number of what was wanted, keys with their distances to the first).
    terms: Vec<(usize, Vec<(Key, u32)>)>,
}

impl Marker {
    /// A marker of what was asked for.
    pub fn new(mut words: Words, asked: &Asked) -> Self {
        let mut terms = Vec::new();
        for (number, wanted) in asked.wanted.iter().enumerate().filter(|(_, wanted)| !wanted.excluded) {
            for term in &wanted.terms {
                let keys = match term {
                    Term::Key(key) | Term::Dated(key, _) => vec![(words.key(key), 0)],
                    Term::Phrase(keys) => keys.iter().map(|(key, distance)| (words.key(key), *distance)).collect(),
                };
                terms.push((number, keys));
            }
        }
        Self { words, reading: Reading::default(), terms }
    }

    /// Of each place, what was wanted there.
    fn marks(&mut self, text: &str) -> Vec<Option<usize>> {
        let mut reading = std::mem::take(&mut self.reading);
        self.words.read(text, &mut reading);
        let mut marks = vec![None; reading.places.len()];
        for (number, keys) in &self.terms {
            for first in 0..reading.places.len() {
                let stands = keys.iter().all(|(key, distance)| {
                    let at = first + *distance as usize;
                    reading.places.get(at).is_some_and(|place| self.length(text, &reading, place, at, *key) > 0)
                });
                for (key, distance) in keys.iter().filter(|_| stands) {
                    let at = first + *distance as usize;
                    let length = self.length(text, &reading, &reading.places[at], at, *key);
                    for mark in marks.iter_mut().skip(at).take(length) {
                        mark.get_or_insert(*number);
                    }
                }
            }
        }
        self.reading = reading;
        marks
    }

    /// How many places from `at` on say `key`; none if they do not.
    fn length(&self, text: &str, reading: &Reading, place: &Place, at: usize, key: Key) -> usize {
        if place.main == key || self.words.sense(place).others.contains(&key) {
            return 1;
        }
        if !reading.rows_at(at).any(|row| row == key) {
            return 0;
        }
        let forms = self.words.concepts_at(text, &reading.places, at, false);
        if let Some((_, length)) = forms.iter().find(|(concept, _)| *concept == key) {
            return *length;
        }
        let dated = self.words.date_at(text, &reading.places, at).map(|dated| dated.length);
        dated.unwrap_or(2)
    }
}

/// The excerpt of the head of a page: its summary, unless only its facts say what neither that nor the title says.
pub fn excerpt_of_head(title: &str, text: &str, marker: &mut Marker) -> Vec<(String, bool)> {
    let (summary, facts) = text.split_once(HEAD_PARTS).unwrap_or((text, ""));
    let mut marked = |text: &str| marker.marks(text).into_iter().flatten().collect::<BTreeSet<usize>>();
    let said = &marked(title) | &marked(summary);
    let more = marked(facts).difference(&said).next().is_some();
    excerpt(if more { facts } else { summary }, marker)
}

/// The excerpt of a text.
pub fn excerpt(text: &str, marker: &mut Marker) -> Vec<(String, bool)> {
    let marks = marker.marks(text);
    let places = &marker.reading.places;
    let (first, end) = window(&marks);
    let mut pieces: Vec<(String, bool)> = Vec::new();
    let mut plain = String::new();
    let mut at = if first == 0 { 0 } else { places[first].start as usize };
    if first > 0 {
        plain.push_str("… ");
    }
    for index in first..end {
        if marks[index].is_some() {
            plain.push_str(&text[at..places[index].start as usize]);
            if !plain.is_empty() {
                pieces.push((std::mem::take(&mut plain), false));
            }
            pieces.push((text[places[index].start as usize..places[index].end as usize].to_owned(), true));
            at = places[index].end as usize;
        }
    }
    if end == places.len() {
        plain.push_str(&text[at..]);
    } else {
        plain.push_str(&text[at..places[end - 1].end as usize]);
        plain.push_str(" …");
    }
    if !plain.is_empty() {
        pieces.push((plain, false));
    }
    pieces
}

/// Which places are shown.
fn window(marks: &[Option<usize>]) -> (usize, usize) {
    if marks.len() <= WHOLE {
        return (0, marks.len());
    }
    let mut best = (0, 0);
    for index in 0..marks.len() {
        if marks[index].is_none() {
            continue;
        }
        let first = index.saturating_sub(BEFORE).min(marks.len() - WINDOW);
        let mut seen: Vec<usize> = marks[first..first + WINDOW].iter().flatten().copied().collect();
        seen.sort_unstable();
        seen.dedup();
        if seen.len() > best.0 {
            best = (seen.len(), first);
        }
    }
    (best.1, best.1 + WINDOW)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::matches::Wanted;

    fn marked(text: &str, terms: Vec<Term>) -> String {
        let wanted = terms.into_iter().map(|term| Wanted { terms: vec![term], excluded: false }).collect();
        let asked = Asked { wanted, ..Asked::default() };
        let mut marker = Marker::new(Words::new(true, &[]), &asked);
        let pieces = excerpt(text, &mut marker).into_iter();
        pieces.map(|(piece, marked)| if marked { format!("[{piece}]") } else { piece }).collect()
    }

    #[test]
    fn what_was_asked_for_is_marked() {
        let key = |key: &str| Term::Key(key.into());
        assert_eq!(marked("Knives, knife-crime & Knife.", vec![key("knife")]), "Knives, [knife-crime] & [Knife].");
        assert_eq!(marked("No <b>word</b>", vec![key("xyz")]), "No <b>word</b>");
        let phrase = Term::Phrase(vec![("duti".into(), 0), ("cooper".into(), 2)]);
        assert_eq!(marked("a duty to co-operate, a duty", vec![phrase]), "a [duty] to [co-operate], a duty");
        assert_eq!(
            marked("under section 17, on 14 March 2021", vec![key("s17"), key("@2021-03")]),
            "under [section] [17], on [14] [March] [2021]"
        );
    }

    #[test]
    fn a_long_text_is_shown_where_most_of_the_words_are() {
        let text =
            format!("one {} burglary {} burglary theft {} end", "x ".repeat(40), "y ".repeat(40), "z ".repeat(40));
        let shown = marked(&text, vec![Term::Key("burglari".into()), Term::Key("theft".into())]);
        assert!(shown.starts_with("… y y") && shown.contains("[burglary] [theft] z"), "{shown}");
        assert!(shown.ends_with("z …"), "{shown}");
    }

    #[test]
    fn the_head_of_a_page_shows_its_summary_unless_only_its_facts_say_it() {
        let shown = |keys: &[&str]| {
            let wanted =
                keys.iter().map(|key| Wanted { terms: vec![Term::Key((*key).into())], excluded: false }).collect();
            let mut marker = Marker::new(Words::new(true, &[]), &Asked { wanted, ..Asked::default() });
            let pieces =
                excerpt_of_head("Fraud in Saltmere", "What the police did.\tAgreed; The Board; Saltmere", &mut marker);
            pieces.into_iter().map(|(piece, _)| piece).collect::<String>()
        };
        assert_eq!(shown(&["fraud"]), "What the police did.");
        assert_eq!(shown(&["saltmer", "polic"]), "What the police did.");
        assert_eq!(shown(&["fraud", "board"]), "Agreed; The Board; Saltmere");
        assert_eq!(shown(&[]), "What the police did.");
    }
}
