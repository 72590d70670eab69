//! Which passages hold what is asked for, and how well.
//!
//! Input: an [`Index`] and a [`ResolvedQuery`]. Output: the hits of each segment with their scores, as FORMAT.md ("Which
//! passages", "Score") says. Not here: what somebody typed, facets, texts.

use std::ops::Range;

use super::core::Core;
use super::dates::Span;
use super::files::{Index, IndexError, List};
use super::keys::{by_page_key, pages_key, pair_key};
use super::shard::{Class, Posting};
use super::tables::{
    AGE_SHIFT, ANSWER_SHIFT, COVER_WEIGHTS, DIRECT_SHIFT, DIRECT_WEIGHTS, HEADING_COVERS, LEAST_RARITY, LIFT_SHIFT,
    MOST_TOGETHER, OLD_YEARS, OVER_SHIFT, STANDING_SHIFT, TITLE_COVERS, TOGETHER_SHIFT, UNDATED_YEARS,
};

/// A query in keys of which each occurs, or is known to occur nowhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResolvedQuery {
    /// All of them must hold.
    pub clauses: Vec<ResolvedClause>,
    /// The keys of pairs of words that were typed side by side: it counts if they stand so.
    pub pairs: Vec<String>,
    /// Questions that fields answer, by their keys.
    pub asked: Vec<String>,
    /// The date of the page must overlap each of these.
    pub filters: Vec<Span>,
}

impl ResolvedQuery {
    /// The concepts of kinds that must be there.
    fn named(&self) -> impl Iterator<Item = &str> {
        self.clauses.iter().filter(|clause| !clause.excluded).filter_map(ResolvedClause::concept)
    }

    /// The keys that are looked up, and those of the pages of kinds and questions.
    pub(super) fn keys(&self) -> impl Iterator<Item = String> {
        let of_clause = |clause: &ResolvedClause| {
            let by_page = clause.by_page;
            let keys: Vec<String> = clause
                .terms
                .iter()
                .flat_map(Term::keys)
                .map(|key| if by_page { by_page_key(key) } else { key.to_owned() })
                .collect();
            keys
        };
        self.clauses.iter().flat_map(of_clause).chain(self.pages_keys())
    }

    /// Whether the first word of a pair is asked for by page.
    pub(super) fn is_by_page(&self, pair: &str) -> bool {
        let first = pair.split(' ').next().unwrap_or_default();
        let is_first = |term: &Term| matches!(term, Term::Key(key) if key == first);
        self.clauses.iter().any(|clause| clause.by_page && clause.terms.iter().any(is_first))
    }

    /// The keys of the pages of the kinds that are named, and of those that answer the questions.
    fn pages_keys(&self) -> impl Iterator<Item = String> {
        self.named().chain(self.asked.iter().map(String::as_str)).map(pages_key)
    }
}

/// One of the terms must be there, or, if it is excluded, none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResolvedClause {
    /// Alternatives.
    pub terms: Vec<Term>,
    /// Whether none of the terms may be there.
    pub excluded: bool,
    /// The clause as it would be typed by itself.
    pub typed: String,
    /// The key of the word that it is, if it is one; its neighbours may be asked for.
    pub word: Option<String>,
    /// Words that the site has for this one and the one beside it.
    pub joined: Vec<String>,
    /// Whether it is asked only on which pages of closed segments it stands, since its lists are long.
    pub by_page: bool,
}

impl ResolvedClause {
    /// The key of the concept that it is; `None` if it is none, or one of several alternatives.
    fn concept(&self) -> Option<&str> {
        match self.terms.as_slice() {
            [Term::Key(key)] if key.starts_with('~') => Some(key),
            _ => None,
        }
    }
}

/// One thing to look up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A key: a word, or a concept.
    Key(String),
    /// Keys in a row, each with its distance in places to the first.
    Phrase(Vec<(String, u32)>),
    /// A key, or a page of this time.
    Dated(String, Span),
}

impl Term {
    /// The keys that are looked up for it.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        let (one, several) = match self {
            Self::Key(key) | Self::Dated(key, _) => (Some(key), [].as_slice()),
            Self::Phrase(keys) => (None, keys.as_slice()),
        };
        one.into_iter().chain(several.iter().map(|(key, _)| key)).map(String::as_str)
    }
}

/// A passage that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its number in its segment.
    pub passage: u32,
    /// How well it fits.
    pub score: u32,
    /// What its page lacks: a bit for each clause that must hold, the first being the lowest.
    pub lacks: u32,
}

/// The passages of a segment that were found, ascending.
pub type Hits = Vec<Hit>;

/// Finds the passages of each segment that have everything.
///
/// # Errors
/// If a file that is needed is missing or broken.
pub fn find(index: &Index<'_>, query: &ResolvedQuery) -> Result<Vec<Hits>, IndexError> {
    Ok(scorers(index, query)?.iter().map(Scorer::hits).collect())
}

/// Each segment as the query sees it.
pub(super) fn scorers<'query>(
    index: &'query Index<'_>,
    query: &'query ResolvedQuery,
) -> Result<Vec<Scorer<'query>>, IndexError> {
    let mut loaded: Vec<Vec<Vec<TermPostings>>> = Vec::new();
    for segment in 0..index.cores.len() {
        let of_clause =
            |clause: &ResolvedClause| clause.terms.iter().map(|term| load(index, segment, clause, term)).collect();
        loaded.push(query.clauses.iter().map(of_clause).collect::<Result<_, IndexError>>()?);
    }
    let counts: Vec<Counted> = (0..query.clauses.len()).map(|clause| counted(index, &loaded, clause)).collect();
    let bounds: Vec<Vec<u32>> = index.cores.iter().map(Core::starts).collect();
    let named: Vec<&str> = query.named().collect();
    let asked: Vec<&str> = query.asked.iter().map(String::as_str).collect();
    let pages_of = |keys: &[&str]| {
        let segments = bounds.iter().enumerate().map(|(segment, bounds)| marked(index, segment, keys, bounds));
        segments.collect::<Result<Vec<_>, IndexError>>()
    };
    let (lifted, answering) = (pages_of(&named)?, pages_of(&asked)?);
    let names_kind = lifted.iter().flatten().any(|is_lifted| *is_lifted);
    let mut scorers = Vec::new();
    let marks = lifted.into_iter().zip(answering);
    let segments = index.cores.iter().zip(&loaded).zip(bounds.into_iter().zip(marks));
    for (segment, ((core, terms), (bounds, (lifted, answering)))) in segments.enumerate() {
        let matches = query.clauses.iter().zip(terms).zip(&counts).map(|((clause, terms), counted)| ClauseMatches {
            excluded: clause.excluded,
            rarity: counted.rarity,
            occurs: counted.occurs,
            passages: spread(terms, &bounds),
        });
        scorers.push(Scorer {
            core,
            newest: index.manifest.newest,
            filters: &query.filters,
            clauses: matches.collect(),
            together: stand_together(index, segment, query)?,
            lifted,
            answering,
            names_kind,
            bounds,
        });
    }
    Ok(scorers)
}

/// Which pages of a segment are of one of these kinds, or answer one of these questions.
fn marked(index: &Index<'_>, segment: usize, keys: &[&str], bounds: &[u32]) -> Result<Vec<bool>, IndexError> {
    let mut marked = vec![false; bounds.len() - 1];
    for key in keys {
        for posting in index.list(segment, &pages_key(key))?.map(|list| list.list).unwrap_or_default() {
            marked[bounds.partition_point(|first| *first <= posting.passage) - 1] = true;
        }
    }
    Ok(marked)
}

/// The postings of a term in a segment.
struct TermPostings {
    list: Vec<Posting>,
    /// The pages that count as found by their date.
    pages: Vec<u32>,
    /// How many passages of the segment count as having it.
    count: u32,
}

fn load(index: &Index<'_>, segment: usize, clause: &ResolvedClause, term: &Term) -> Result<TermPostings, IndexError> {
    if let (true, Term::Key(key)) = (clause.by_page && index.is_closed(segment), term) {
        // How many passages have it is known of all closed segments together.
        let long = index.manifest.shards.long.get(key).filter(|_| segment == 0);
        let count = long.map_or(0, |(_, count)| *count);
        let list = index.list(segment, &by_page_key(key))?.map(|list| list.list).unwrap_or_default();
        return Ok(TermPostings { list, pages: Vec::new(), count });
    }
    let list_of = |key: &str| Ok(index.list(segment, key)?.map(|list| list.list).unwrap_or_default());
    let (list, pages) = match term {
        Term::Key(key) => (list_of(key)?, Vec::new()),
        Term::Dated(key, span) => {
            let dates = (0..).zip(&index.cores[segment].dates);
            (list_of(key)?, dates.filter(|(_, date)| date.overlaps(*span)).map(|(page, _)| page).collect())
        }
        Term::Phrase(keys) => (phrase(index, segment, keys)?, Vec::new()),
    };
    Ok(TermPostings { count: (list.len() + pages.len()) as u32, list, pages })
}

/// The passages in which a phrase stands. Two common words of it side by side are looked up as one, which is all there is
/// to do for most phrases.
fn phrase(index: &Index<'_>, segment: usize, keys: &[(String, u32)]) -> Result<Vec<Posting>, IndexError> {
    let mut lists: Vec<(List, u32)> = Vec::new();
    let mut covered = vec![false; keys.len()];
    for (at, words) in keys.windows(2).enumerate() {
        let [(one, first), (other, second)] = words else { continue };
        if first + 1 == *second
            && let Some(list) = index.list(segment, &pair_key(one, other))?
        {
            lists.push((list, *first));
            covered[at] = true;
            covered[at + 1] = true;
        }
    }
    for ((key, distance), _) in keys.iter().zip(&covered).filter(|(_, covered)| !**covered) {
        let Some(list) = index.list(segment, key)? else { return Ok(Vec::new()) };
        lists.push((list, *distance));
    }
    lists.sort_by_key(|(_, distance)| *distance);
    match lists.len() {
        1 => Ok(lists.swap_remove(0).0.list),
        _ => in_place(index, &lists),
    }
}

/// The postings of the first list at which the others stand in place.
fn in_place(index: &Index<'_>, lists: &[(List, u32)]) -> Result<Vec<Posting>, IndexError> {
    let mut places = Vec::new();
    for (list, _) in lists {
        places.push(index.places(list)?);
    }
    let mut cursors = vec![0_usize; lists.len()];
    let mut found = Vec::new();
    for (at, posting) in lists[0].0.list.iter().enumerate() {
        let mut starts = places[0][at].clone();
        for word in 1..lists.len() {
            let (list, distance) = (&lists[word].0.list, lists[word].1);
            let cursor = &mut cursors[word];
            while list.get(*cursor).is_some_and(|other| other.passage < posting.passage) {
                *cursor += 1;
            }
            let here = list.get(*cursor).filter(|other| other.passage == posting.passage);
            let stands = |start: &u32| {
                here.is_some()
                    && start.checked_add(distance).is_some_and(|place| places[word][*cursor].contains(&place))
            };
            starts.retain(stands);
        }
        if !starts.is_empty() {
            found.push(*posting);
        }
    }
    Ok(found)
}

/// What is known of a clause in all segments together.
struct Counted {
    /// How rare it is: as rare as the least rare of its terms.
    rarity: u32,
    /// Whether one of its terms occurs.
    occurs: bool,
}

fn counted(index: &Index<'_>, loaded: &[Vec<Vec<TermPostings>>], clause: usize) -> Counted {
    let terms = loaded.first().map_or(0, |segment| segment[clause].len());
    let count = |term: usize| loaded.iter().map(|segment| segment[clause][term].count).sum::<u32>();
    Counted {
        rarity: (0..terms).map(|term| rarity(index.manifest.passages, count(term))).min().unwrap_or(0),
        occurs: (0..terms).any(|term| count(term) > 0),
    }
}

/// For each passage of a segment, how many of the pairs stand there; empty if none stands in the segment.
fn stand_together(index: &Index<'_>, segment: usize, query: &ResolvedQuery) -> Result<Vec<u8>, IndexError> {
    let mut together = Vec::new();
    let is_asked = |pair: &&String| !index.is_closed(segment) || !query.is_by_page(pair);
    for pair in query.pairs.iter().filter(is_asked) {
        if let Some(list) = index.list(segment, pair)? {
            together.resize(index.cores[segment].passages() as usize, 0_u8);
            for posting in &list.list {
                let count = &mut together[posting.passage as usize];
                *count = (*count + 1).min(MOST_TOGETHER);
            }
        }
    }
    Ok(together)
}

/// How rare a key is that `count` of all passages have.
pub fn rarity(passages: u32, count: u32) -> u32 {
    LEAST_RARITY + lg(passages.max(1)).saturating_sub(lg(count.max(1)))
}

/// The binary logarithm of a number that is not 0, in sixteenths.
fn lg(number: u32) -> u32 {
    let whole = number.ilog2();
    let rest = u64::from(number - (1 << whole));
    16 * whole + ((rest * 16) >> whole) as u32
}

/// How a passage holds one thing: a class of words or 0, and a cover or 0.
#[derive(Clone, Copy, Default)]
pub(super) struct PassageMatch {
    direct: u8,
    cover: u8,
}

impl PassageMatch {
    pub(super) fn is_held(self) -> bool {
        self.direct > 0 || self.cover > 0
    }

    pub(super) fn weight(self) -> u32 {
        DIRECT_WEIGHTS[self.direct as usize] + COVER_WEIGHTS[self.cover as usize]
    }
}

/// A clause of the query in a segment.
pub(super) struct ClauseMatches {
    excluded: bool,
    /// How rare it is.
    pub rarity: u32,
    /// Whether it occurs in any segment.
    pub occurs: bool,
    /// How each passage holds it.
    pub passages: Vec<PassageMatch>,
}

/// Everything that decides about the passages of a segment.
pub(super) struct Scorer<'query> {
    core: &'query Core,
    /// As [`Core::starts`] gives them.
    pub bounds: Vec<u32>,
    /// The last day of a page of the site.
    newest: u32,
    filters: &'query [Span],
    clauses: Vec<ClauseMatches>,
    /// For each passage, how many pairs stand there; empty if none stands anywhere.
    together: Vec<u8>,
    /// Whether each page is of a kind that is named.
    lifted: Vec<bool>,
    /// Whether each page answers a question that was asked.
    answering: Vec<bool>,
    /// Whether any page of the site is of a kind that is named.
    names_kind: bool,
}

impl Scorer<'_> {
    /// The passages that have everything, page by page.
    fn hits(&self) -> Hits {
        let heads_alone = self.wanted().next().is_none();
        let mut found = Vec::new();
        if heads_alone && self.filters.is_empty() {
            return found;
        }
        for page in self.pages() {
            let passages = self.passages(page);
            for passage in passages.start..if heads_alone { passages.start + 1 } else { passages.end } {
                let score = if heads_alone { Some(0) } else { self.score(passage as usize) };
                if let Some(score) = score.filter(|_| !self.is_excluded(passage as usize)) {
                    found.push(Hit { passage, score: self.settled(score, page, passage), lacks: 0 });
                }
            }
        }
        found
    }

    /// What must be there.
    pub(super) fn wanted(&self) -> impl Iterator<Item = &ClauseMatches> {
        self.clauses.iter().filter(|clause| !clause.excluded)
    }

    /// The pages of the time that is asked for.
    pub(super) fn pages(&self) -> impl Iterator<Item = usize> {
        (0..self.core.sizes.len()).filter(|page| {
            let date = self.core.dates.get(*page);
            self.filters.iter().all(|filter| date.is_some_and(|date| date.overlaps(*filter)))
        })
    }

    fn passages(&self, page: usize) -> Range<u32> {
        self.bounds[page]..self.bounds[page + 1]
    }

    /// The passages of a page without those that are excluded.
    pub(super) fn allowed(&self, page: usize) -> impl Iterator<Item = u32> {
        self.passages(page).filter(|passage| !self.is_excluded(*passage as usize))
    }

    fn is_excluded(&self, passage: usize) -> bool {
        self.clauses.iter().any(|clause| clause.excluded && clause.passages[passage].is_held())
    }

    /// The score of a passage by its words alone; `None` if it does not hold every clause, or holds none directly.
    fn score(&self, passage: usize) -> Option<u32> {
        let (mut direct, mut count) = (0, 0);
        for held in self.wanted().map(|clause| clause.passages[passage]) {
            if !held.is_held() {
                return None;
            }
            count += 1;
            direct += usize::from(held.direct > 0);
        }
        if direct == 0 {
            return None;
        }
        let mut score = self.sum(passage);
        if count > 1 && direct == count {
            score += score >> DIRECT_SHIFT;
        }
        Some(self.together(score, passage))
    }

    /// The weights of all that is wanted in a passage, each times its rarity.
    fn sum(&self, passage: usize) -> u32 {
        self.wanted().map(|clause| clause.rarity * clause.passages[passage].weight()).sum()
    }

    /// The score with what words add that stand side by side.
    pub(super) fn together(&self, score: u32, passage: usize) -> u32 {
        let together = self.together.get(passage).copied().unwrap_or(0);
        score + ((score * u32::from(together)) >> TOGETHER_SHIFT)
    }

    /// The score with what the age of the page changes, and whether its document is over.
    pub(super) fn settled(&self, mut score: u32, page: usize, passage: u32) -> u32 {
        let over = &self.core.over;
        let before = over.partition_point(|(first, _)| *first <= passage);
        if over[..before].last().is_some_and(|(first, count)| passage < first + count) {
            score -= score >> OVER_SHIFT;
        }
        let date = self.core.dates.get(page);
        let years = date.map_or(UNDATED_YEARS, |date| self.newest.saturating_sub(date.first) / 365);
        score += (score * (OLD_YEARS - years.min(OLD_YEARS))) >> AGE_SHIFT;
        self.lifted(score, page)
    }

    /// The score with what it gets on a page of a kind that is named, or where none is named on one without a date, which says what
    /// is, and on one that answers what was asked.
    pub(super) fn lifted(&self, score: u32, page: usize) -> u32 {
        let is_standing = !self.names_kind && page >= self.core.dates.len();
        let score = if is_standing { score + (score >> STANDING_SHIFT) } else { score };
        let score = if self.lifted[page] { score + (score >> LIFT_SHIFT) } else { score };
        if self.answering[page] { score + (score >> ANSWER_SHIFT) } else { score }
    }
}

/// How each passage holds the best of several terms. `bounds`: as [`Core::starts`] gives them.
fn spread(terms: &[TermPostings], bounds: &[u32]) -> Vec<PassageMatch> {
    let passages = bounds.last().map_or(0, |last| *last as usize);
    let mut held = vec![PassageMatch::default(); passages];
    let cover = |held: &mut [PassageMatch], by: u8| {
        for held in held {
            held.cover = held.cover.max(by);
        }
    };
    for term in terms {
        for posting in &term.list {
            let at = posting.passage as usize;
            held[at].direct = held[at].direct.max(posting.class as u8);
            match posting.class {
                Class::Heading => {
                    let end = (at + 1).saturating_add(posting.reach as usize).min(passages);
                    cover(&mut held[at + 1..end], HEADING_COVERS);
                }
                Class::Title | Class::Name => {
                    let page = bounds.partition_point(|first| *first <= posting.passage);
                    let end = bounds.get(page).map_or(passages, |end| *end as usize);
                    cover(&mut held[at + 1..end], TITLE_COVERS);
                }
                Class::Prose | Class::Record | Class::Label => {}
            }
        }
        for page in &term.pages {
            let (first, end) = (bounds[*page as usize] as usize, bounds[*page as usize + 1] as usize);
            held[first].direct = held[first].direct.max(Class::Heading as u8);
            cover(&mut held[first + 1..end], TITLE_COVERS);
        }
    }
    held
}
