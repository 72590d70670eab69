//! What is asked for, in the keys of this index: which choice of each word occurs, and what a mistyped word was meant to be.
//!
//! Input: an [`Index`] and the clauses of a query. Output: a [`ResolvedQuery`], and [`Notes`] on what became of each word.
//! The rules are in FORMAT.md ("Queries"). Not here: what stands in which passage (`matches.rs`).

use serde::Serialize;

use super::correct;
use super::files::{Index, IndexError};
use super::keys::{pages_key, pair_key};
use super::matches::{ResolvedClause, ResolvedQuery, Term};
use super::pages;
use super::question::{Atom, Clause, Query, Sense};
use super::tables::{BEGINNING_LETTERS, LIGHT_WORDS};
use super::units::word_key;

/// What is said of the words of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Notes {
    /// Words that say too little to be asked for.
    pub left_out: Vec<String>,
    /// Mistyped words, and what was asked for instead.
    pub corrected: Vec<Corrected>,
    /// Words that occur nowhere; the others were asked for.
    pub not_found: Vec<String>,
    /// The names of concepts: these were asked for under all their names.
    pub concepts: Vec<String>,
    /// Words that are near to those that were typed, and were looked for because these found too little.
    pub also: Vec<String>,
}

/// A mistyped word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Corrected {
    /// The word as it was typed.
    pub typed: String,
    /// The word that was asked for.
    pub used: String,
}

/// Resolves a query.
///
/// # Errors
/// If a file that is needed is missing or broken.
pub fn resolve(index: &Index<'_>, query: Query) -> Result<(ResolvedQuery, Notes), IndexError> {
    let notes = Notes { left_out: query.left_out, ..Notes::default() };
    let resolved = ResolvedQuery { filters: query.filters, asked: query.asked, ..ResolvedQuery::default() };
    // Light words are asked for if there is nothing else; but a time alone is a question too.
    let by_itself = !resolved.filters.is_empty() || !resolved.asked.is_empty();
    let asks = by_itself || query.clauses.iter().any(|clause| !clause.excluded && !is_light(clause));
    let mut resolver = Resolver { index, resolved, notes };
    let (mut before, mut last): (Option<String>, Option<&str>) = (None, None);
    for clause in &query.clauses {
        if asks && is_light(clause) {
            resolver.notes.left_out.push(typed_again(clause));
            (before, last) = (None, None);
            continue;
        }
        let count = resolver.resolved.clauses.len();
        let word = resolver.clause(clause)?;
        let folded = one_word(clause).filter(|_| resolver.resolved.clauses.len() == count + 1);
        if let (Some(last), Some(folded), [Atom { adjoins: true, .. }]) = (last, folded, clause.atoms.as_slice()) {
            resolver.join(last, folded)?;
        }
        last = folded;
        if let (Some(before), Some(word), [Atom { adjoins: true, .. }]) = (&before, &word, clause.atoms.as_slice()) {
            resolver.resolved.pairs.push(pair_key(before, word));
        }
        before = word;
    }
    resolver.only_asked();
    pages::choose(index, &mut resolver.resolved)?;
    Ok((resolver.resolved, resolver.notes))
}

struct Resolver<'index, 'fetch> {
    index: &'index Index<'fetch>,
    resolved: ResolvedQuery,
    notes: Notes,
}

impl Resolver<'_, '_> {
    /// Where nothing else is asked for, whatever answers one of the questions does.
    fn only_asked(&mut self) {
        let ResolvedQuery { clauses, filters, asked, .. } = &mut self.resolved;
        if clauses.is_empty() && filters.is_empty() && !asked.is_empty() {
            let terms = asked.iter().map(|key| Term::Key(pages_key(key))).collect();
            clauses.push(ResolvedClause { terms, ..ResolvedClause::default() });
        }
    }

    /// Notes that the site writes the last two clauses as one word, if it does: that is near to both.
    fn join(&mut self, before: &str, word: &str) -> Result<(), IndexError> {
        let [.., one, other] = self.resolved.clauses.as_mut_slice() else { return Ok(()) };
        let joined = format!("{before}{word}");
        if one.word.is_some()
            && other.word.is_some()
            && let Some(key) = word_key(&joined, self.index.manifest.is_english())
            && self.index.occurs(&key)?
        {
            one.joined.push(joined.clone());
            other.joined.push(joined);
        }
        Ok(())
    }

    /// Adds a clause; gives its key if it is one word.
    fn clause(&mut self, clause: &Clause) -> Result<Option<String>, IndexError> {
        let is_single = clause.atoms.len() == 1;
        let mut terms = Vec::new();
        // A word that stands for several: all of them are wanted, unless it is one of several alternatives.
        let mut further = Vec::new();
        for atom in &clause.atoms {
            let mut of_atom = self.atom(atom, clause.excluded)?.into_iter();
            terms.extend(of_atom.next());
            if is_single {
                further.extend(of_atom);
            }
        }
        let (excluded, typed) = (clause.excluded, typed_again(clause));
        let word = match (terms.as_slice(), further.as_slice()) {
            ([Term::Key(key)], []) if is_single && !excluded => Some(key.clone()),
            _ => None,
        };
        let all = (!terms.is_empty()).then_some(terms).into_iter().chain(further.into_iter().map(|term| vec![term]));
        self.resolved.clauses.extend(all.map(|terms| {
            let word = match terms.as_slice() {
                [Term::Key(key)] if one_word(clause).is_some() => Some(key.clone()),
                _ => None,
            };
            ResolvedClause { terms, excluded, typed: typed.clone(), word, ..ResolvedClause::default() }
        }));
        Ok(word)
    }

    /// The terms of an atom, all of which are meant; none if it occurs nowhere.
    fn atom(&mut self, atom: &Atom, excluded: bool) -> Result<Vec<Term>, IndexError> {
        let (choices, folded) = match &atom.sense {
            Sense::Concept(key) => {
                let concepts = &self.index.manifest.concepts;
                let name = concepts.iter().find(|(other, ..)| other == key).map(|(_, name, _)| name);
                self.notes.concepts.extend(name.filter(|_| !excluded).cloned());
                return Ok(vec![Term::Key(key.clone())]);
            }
            Sense::Dated(key, span) => return Ok(vec![Term::Dated(key.clone(), *span)]),
            Sense::Phrase(keys) => return Ok(vec![Term::Phrase(keys.clone())]),
            Sense::Word { choices, folded } => (choices, folded.as_deref()),
        };
        if let Some(keys) = self.choice(choices)? {
            return Ok(keys.iter().cloned().map(Term::Key).collect());
        }
        if excluded {
            return Ok(Vec::new());
        }
        let typed = atom.typed.clone();
        let key = |word: &str| word_key(word, self.index.manifest.is_english());
        if let Some(own) = folded.and_then(key)
            && let Some(near) = self.index.near(&own)?
        {
            // A word that the site does not have, and no mistyped one.
            if near.is_empty() {
                self.notes.not_found.push(typed);
                return Ok(Vec::new());
            }
            return Ok(vec![Term::Key(own)]);
        }
        let used = match self.near(folded)? {
            Some(word) => vec![word],
            None => match self.parted(folded)? {
                Some(parts) => parts,
                None => self.correction(folded)?.into_iter().collect(),
            },
        };
        if used.is_empty() {
            self.notes.not_found.push(typed);
            return Ok(Vec::new());
        }
        let terms = used.iter().map(|word| Term::Key(key(word).unwrap_or_default())).collect();
        self.notes.corrected.push(Corrected { typed, used: used.join(" ") });
        Ok(terms)
    }

    /// The two words that somebody typed as one: the first two that both occur.
    fn parted(&self, folded: Option<&str>) -> Result<Option<Vec<String>>, IndexError> {
        let Some(folded) = folded.filter(|_| self.index.manifest.is_english()) else { return Ok(None) };
        for (at, _) in folded.char_indices() {
            let (one, other) = folded.split_at(at);
            if one.chars().count() < BEGINNING_LETTERS || other.chars().count() < BEGINNING_LETTERS {
                continue;
            }
            if let (Some(first), Some(second)) = (word_key(one, true), word_key(other, true))
                && self.index.occurs(&first)?
                && self.index.occurs(&second)?
            {
                return Ok(Some(vec![one.to_owned(), other.to_owned()]));
            }
        }
        Ok(None)
    }

    /// The first choice of which every key occurs; `None` if there is none.
    fn choice<'keys>(&self, choices: &'keys [Vec<String>]) -> Result<Option<&'keys [String]>, IndexError> {
        for keys in choices {
            let mut all = !keys.is_empty();
            for key in keys {
                all = all && self.index.occurs(key)?;
            }
            if all {
                return Ok(Some(keys));
            }
        }
        Ok(None)
    }

    /// The word that begins alike and differs in one letter from a folded word which occurs nowhere.
    fn near(&self, folded: Option<&str>) -> Result<Option<String>, IndexError> {
        let Some(folded) = folded else { return Ok(None) };
        let [own, _] = self.index.words(folded)?;
        Ok(correct::nearest(folded, &own).map(str::to_owned))
    }

    /// The word that a folded word which occurs nowhere was meant to be. The first letter may be the wrong one: then those are
    /// tried of which its own is the second.
    fn correction(&self, folded: Option<&str>) -> Result<Option<String>, IndexError> {
        let Some(folded) = folded else { return Ok(None) };
        let [own, further] = self.index.words(folded)?;
        Ok(correct::best(folded, &own).or_else(|| correct::best(folded, &further)).map(str::to_owned))
    }
}

/// Whether a clause is a word that says how somebody asks more than what for.
fn is_light(clause: &Clause) -> bool {
    one_word(clause).is_some_and(|folded| LIGHT_WORDS.binary_search(&folded).is_ok())
}

/// The word in small letters, if a clause is one word and not in quotes, and has no alternatives.
fn one_word(clause: &Clause) -> Option<&str> {
    match clause.atoms.as_slice() {
        [Atom { sense: Sense::Word { folded, .. }, .. }] if !clause.excluded => folded.as_deref(),
        _ => None,
    }
}

/// A clause as it would be typed by itself.
fn typed_again(clause: &Clause) -> String {
    let atoms = clause.atoms.iter().map(|atom| match atom.sense {
        Sense::Phrase(_) => format!("\"{}\"", atom.typed),
        _ => atom.typed.clone(),
    });
    atoms.collect::<Vec<_>>().join(" OR ")
}
