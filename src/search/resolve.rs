//! What is asked for, in the keys of this index: which choice of each word occurs, and what a mistyped word was meant to be.
//!
//! Input: an [`Index`] and the clauses of a query. Output: a [`ResolvedQuery`], and [`Notes`] on what became of each word.
//! The rules are in FORMAT.md ("Queries"). Not here: what stands in which passage (`matches.rs`).

use serde::Serialize;

use super::correct;
use super::files::{Index, IndexError};
use super::keys::pair_key;
use super::matches::{ResolvedClause, ResolvedQuery, Term};
use super::question::{Atom, Clause, Query, Sense};
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
    let resolved = ResolvedQuery { filters: query.filters, ..ResolvedQuery::default() };
    let mut resolver = Resolver { index, resolved, notes };
    let mut before: Option<String> = None;
    for clause in &query.clauses {
        let word = resolver.clause(clause)?;
        if let (Some(before), Some(word), [Atom { adjoins: true, .. }]) = (&before, &word, clause.atoms.as_slice()) {
            resolver.resolved.pairs.push(pair_key(before, word));
        }
        before = word;
    }
    Ok((resolver.resolved, resolver.notes))
}

struct Resolver<'index, 'fetch> {
    index: &'index Index<'fetch>,
    resolved: ResolvedQuery,
    notes: Notes,
}

impl Resolver<'_, '_> {
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
        let word = match (terms.as_slice(), further.as_slice()) {
            ([Term::Key(key)], []) if is_single && !clause.excluded => Some(key.clone()),
            _ => None,
        };
        let (excluded, typed) = (clause.excluded, typed_again(clause));
        let all = (!terms.is_empty()).then_some(terms).into_iter().chain(further.into_iter().map(|term| vec![term]));
        self.resolved.clauses.extend(all.map(|terms| ResolvedClause { terms, excluded, typed: typed.clone() }));
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
        let Some(used) = self.correction(folded)? else {
            self.notes.not_found.push(typed);
            return Ok(Vec::new());
        };
        let key = word_key(&used, self.index.manifest.is_english()).unwrap_or_default();
        self.notes.corrected.push(Corrected { typed, used });
        Ok(vec![Term::Key(key)])
    }

    /// The first choice of which every key occurs; `None` if there is none.
    fn choice<'keys>(&self, choices: &'keys [Vec<String>]) -> Result<Option<&'keys [String]>, IndexError> {
        for keys in choices {
            let mut all = !keys.is_empty();
            for key in keys {
                all = all && self.occurs(key)?;
            }
            if all {
                return Ok(Some(keys));
            }
        }
        Ok(None)
    }

    fn occurs(&self, key: &str) -> Result<bool, IndexError> {
        for segment in 0..self.index.cores.len() {
            if self.index.list(segment, key)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The word that a folded word which occurs nowhere was meant to be.
    fn correction(&self, folded: Option<&str>) -> Result<Option<String>, IndexError> {
        let Some((folded, first)) = folded.and_then(|folded| Some((folded, folded.chars().next()?))) else {
            return Ok(None);
        };
        let near = self.index.words(first)?;
        if let Some(word) = correct::best(folded, &near) {
            return Ok(Some(word.to_owned()));
        }
        let mut all = Vec::new();
        for first in self.index.manifest.words.keys() {
            all.extend(self.index.words(*first)?);
        }
        Ok(correct::best(folded, &all).map(str::to_owned))
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
