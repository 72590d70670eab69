//! Which of many patterns can fit in a text at all, found by one search for the words without which none of them fits.
//!
//! Input: the sources of patterns, and a text. Output: the patterns that are worth trying, in their order. Not here: whether one
//! fits; the regular expression says that.
//!
//! A sentence of minutes is asked for hundreds of phrases and has one or two. A phrase mostly needs certain words: "it was
//! agreed" needs `it`, one of `was` and `were`, and one of the verbs. Each such choice is a [clause](Clauses); a pattern whose
//! clauses are not all met cannot fit.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex_syntax::hir::{Hir, HirKind};

/// Words of which a pattern needs one, in small letters.
type Clause = Vec<String>;

/// A word of fewer letters is in nearly every sentence.
const SHORTEST: usize = 2;

/// A choice of more words is no longer cheap to search for.
const MOST_WORDS: usize = 120;

/// What several patterns need.
#[derive(Debug)]
pub(crate) struct Gate {
    /// Finds every word of every clause; `None` where no pattern needs any.
    words: Option<AhoCorasick>,
    /// For each word the clauses that it meets, as bits.
    meets: Vec<Bits>,
    /// For each pattern the clauses that it needs, as bits.
    needs: Vec<Bits>,
}

/// A set of small numbers.
type Bits = Vec<u64>;

/// Puts a number into a set.
fn put(bits: &mut Bits, number: usize) {
    let at = number / 64;
    if bits.len() <= at {
        bits.resize(at + 1, 0);
    }
    bits[at] |= 1 << (number % 64);
}

/// Whether a set has all that another has.
fn has_all(bits: &[u64], other: &[u64]) -> bool {
    other.iter().enumerate().all(|(at, other)| other & !bits.get(at).copied().unwrap_or_default() == 0)
}

impl Gate {
    /// A gate for patterns, which are regular expressions that disregard capitals.
    pub(crate) fn new<'a>(sources: impl Iterator<Item = &'a str>) -> Self {
        let (mut clauses, mut words): (Vec<Clause>, Vec<String>) = (Vec::new(), Vec::new());
        let (mut meets, mut needs): (Vec<Bits>, Vec<Bits>) = (Vec::new(), Vec::new());
        for source in sources {
            let needed = regex_syntax::parse(source).map_or_else(|_| Vec::new(), |parsed| clauses_of(&parsed));
            let mut own = Bits::new();
            for clause in needed {
                let number = clauses.iter().position(|known| *known == clause).unwrap_or_else(|| {
                    for word in &clause {
                        let at = words.iter().position(|known| known == word).unwrap_or_else(|| {
                            words.push(word.clone());
                            meets.push(Bits::new());
                            words.len() - 1
                        });
                        put(&mut meets[at], clauses.len());
                    }
                    clauses.push(clause);
                    clauses.len() - 1
                });
                put(&mut own, number);
            }
            needs.push(own);
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&words);
        let words = if words.is_empty() { None } else { automaton.ok() };
        // Without the search nothing is known, so that every pattern is tried.
        if words.is_none() {
            needs.iter_mut().for_each(Vec::clear);
        }
        Self { words, meets, needs }
    }

    /// The places of the patterns that may fit somewhere in a text, in order.
    pub(crate) fn open_for(&self, text: &str) -> impl Iterator<Item = usize> + '_ {
        let mut met = Bits::new();
        for found in self.words.iter().flat_map(|words| words.find_overlapping_iter(text)) {
            let meets = &self.meets[found.pattern().as_usize()];
            if met.len() < meets.len() {
                met.resize(meets.len(), 0);
            }
            met.iter_mut().zip(meets).for_each(|(met, meets)| *met |= meets);
        }
        self.needs.iter().enumerate().filter(move |(_, needs)| has_all(&met, needs)).map(|(at, _)| at)
    }
}

/// The clauses that every text meets in which an expression fits.
fn clauses_of(expression: &Hir) -> Vec<Clause> {
    match expression.kind() {
        HirKind::Literal(literal) => {
            // Letters outside ASCII have capitals that the search does not know.
            let ascii = literal.0.split(|byte| !byte.is_ascii()).max_by_key(|part| part.len()).unwrap_or_default();
            let word = String::from_utf8_lossy(ascii).to_ascii_lowercase();
            if word.len() < SHORTEST { Vec::new() } else { vec![vec![word]] }
        }
        HirKind::Capture(capture) => clauses_of(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => clauses_of(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(clauses_of).collect(),
        HirKind::Alternation(choices) => {
            let best = |choice: &Hir| clauses_of(choice).into_iter().max_by_key(worth);
            let Some(best) = choices.iter().map(best).collect::<Option<Vec<Clause>>>() else { return Vec::new() };
            let mut clause: Clause = best.into_iter().flatten().collect();
            clause.sort_unstable();
            clause.dedup();
            if clause.len() > MOST_WORDS { Vec::new() } else { vec![clause] }
        }
        HirKind::Repetition(_) | HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => Vec::new(),
    }
}

/// How seldom a clause is met: by the length of its shortest word, then by how few it has.
fn worth(clause: &Clause) -> (usize, usize) {
    (clause.iter().map(String::len).min().unwrap_or_default(), usize::MAX - clause.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_tried_where_all_that_it_needs_is_said() {
        let gate =
            Gate::new(["it (?:was|were) (?:agreed|resolved)", "(?:no|any)?thing", "[a-z]+", "x|agreed"].into_iter());
        let open = |text| gate.open_for(text).collect::<Vec<_>>();
        assert_eq!(open("It WAS hereby resolved."), [0, 2, 3]);
        assert_eq!(open("Nothing was resolved."), [1, 2, 3]);
        assert_eq!(open(""), [2, 3]);
    }
}
