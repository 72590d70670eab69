//! Excerpts: a stretch of a passage with the words marked that were asked for.
//!
//! Input: the text of a passage, and a [`ResolvedQuery`]. Output: pieces of the text, marked or not. The rules are in
//! FORMAT.md ("Excerpt"). Not here: HTML.

use std::collections::BTreeSet;

use super::keys::Key;
use super::matches::{ResolvedQuery, Term};
use super::tables::{EXCERPT_UNITS, LONGEST_WHOLE, UNITS_BEFORE_MARK};
use super::text::PassageText;
use super::wide::Also;
use super::words::{Reading, Words};

/// Marks the words of a text that a query asks for.
pub struct Marker {
    words: Words,
    reading: Reading,
    /// The terms that are marked: (the number of their clause, their keys with distances to the first).
    terms: Vec<(usize, Vec<(Key, u32)>)>,
}

impl Marker {
    /// A marker of the words of a query, and of those that were looked for as well.
    pub fn new(mut words: Words, query: &ResolvedQuery, also: &[Also]) -> Self {
        let mut terms = Vec::new();
        for (number, clause) in query.clauses.iter().enumerate().filter(|(_, clause)| !clause.excluded) {
            for term in &clause.terms {
                let keys = match term {
                    Term::Key(key) | Term::Dated(key, _) => vec![(words.key(key), 0)],
                    Term::Phrase(keys) => keys.iter().map(|(key, distance)| (words.key(key), *distance)).collect(),
                };
                terms.push((number, keys));
            }
        }
        terms.extend(also.iter().map(|also| (also.clause, vec![(words.key(&also.key), 0)])));
        Self { words, reading: Reading::default(), terms }
    }

    /// For each token, the number of the first clause that it is a word of.
    fn marks(&mut self, text: &str) -> Vec<Option<usize>> {
        let mut reading = std::mem::take(&mut self.reading);
        self.words.read(text, &mut reading);
        let mut marks = vec![None; reading.tokens.len()];
        for (number, keys) in &self.terms {
            for first in 0..reading.tokens.len() {
                let lengths = keys.iter().map(|(key, distance)| {
                    let at = first + *distance as usize;
                    Some((at, self.length(text, &reading, at, *key)?))
                });
                for (at, length) in lengths.collect::<Option<Vec<_>>>().into_iter().flatten() {
                    for mark in marks.iter_mut().skip(at).take(length) {
                        mark.get_or_insert(*number);
                    }
                }
            }
        }
        self.reading = reading;
        marks
    }

    /// How many tokens from `at` on say `key`; `None` if they do not.
    fn length(&self, text: &str, reading: &Reading, at: usize, key: Key) -> Option<usize> {
        let token = reading.tokens.get(at)?;
        if token.main == key || self.words.lexeme(token).others.contains(&key) {
            return Some(1);
        }
        reading.rows_at(at).find(|row| *row == key)?;
        let forms = self.words.concepts_at(text, &reading.tokens, at, false);
        let form = forms.iter().find(|(concept, _)| *concept == key).map(|(_, length)| *length);
        let date = || self.words.date_at(text, &reading.tokens, at).map(|(_, length)| length);
        form.or_else(date).or(Some(2))
    }
}

/// The excerpt of the head of a page: its summary, unless only its facts say what neither that nor the title says.
pub fn excerpt_of_head(title: &str, head: &PassageText, marker: &mut Marker) -> Vec<(String, bool)> {
    let mut marked = |text: &str| marker.marks(text).into_iter().flatten().collect::<BTreeSet<usize>>();
    let said = &marked(title) | &marked(&head.text);
    let more = marked(&head.facts).difference(&said).next().is_some();
    excerpt(if more { &head.facts } else { &head.text }, marker)
}

/// The excerpt of a text, as (piece, whether it is marked).
pub fn excerpt(text: &str, marker: &mut Marker) -> Vec<(String, bool)> {
    let marks = marker.marks(text);
    let tokens = &marker.reading.tokens;
    let (first, end) = window(&marks);
    let mut pieces: Vec<(String, bool)> = Vec::new();
    let (mut plain, mut at) = match first {
        0 => (String::new(), 0),
        _ => ("… ".to_owned(), tokens[first].start as usize),
    };
    for (token, _) in tokens.iter().zip(&marks).take(end).skip(first).filter(|(_, mark)| mark.is_some()) {
        plain.push_str(&text[at..token.start as usize]);
        at = token.end as usize;
        pieces.push((std::mem::take(&mut plain), false));
        pieces.push((text[token.start as usize..at].to_owned(), true));
    }
    if end == tokens.len() {
        plain.push_str(&text[at..]);
    } else {
        plain.push_str(&text[at..tokens[end - 1].end as usize]);
        plain.push_str(" …");
    }
    pieces.push((plain, false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// Which tokens are shown: the index of the first, and that after the last. Of a long text it is the first stretch with
/// words of the most clauses.
fn window(marks: &[Option<usize>]) -> (usize, usize) {
    if marks.len() <= LONGEST_WHOLE {
        return (0, marks.len());
    }
    let marked = (0..marks.len()).filter(|index| marks[*index].is_some());
    let firsts = marked.map(|index| index.saturating_sub(UNITS_BEFORE_MARK).min(marks.len() - EXCERPT_UNITS));
    let clauses = |first: &usize| marks[*first..*first + EXCERPT_UNITS].iter().flatten().collect::<BTreeSet<_>>().len();
    // Of several that are equally good, the first: `max_by_key` gives the last.
    let first = firsts.rev().max_by_key(clauses).unwrap_or(0);
    (first, first + EXCERPT_UNITS)
}
