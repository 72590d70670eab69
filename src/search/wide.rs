//! What is found where exact words find too little: pages that have most of what was asked for, be it in words that are
//! near to it.
//!
//! Input: an [`Index`] and a [`ResolvedQuery`]. Output: the hits of each segment, and the words that were looked for beside
//! those that were typed. The rules are in FORMAT.md ("Where exact words find too little"). Not here: exact words
//! (`matches.rs`), and which words are near to which.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::bucket::Nearby;
use super::files::{Index, IndexError};
use super::matches::{ClauseMatches, Hit, Hits, ResolvedQuery, Scorer, Term, rarity, scorers};
use super::shard::{Class, Posting};
use super::tables::{
    ALL_SHIFT, COVER_WEIGHTS, DIRECT_WEIGHTS, HEADING_COVERS, HELD_ITSELF, HELD_SHIFT, MOST_COMMON_NEAR, MOST_FILES,
    MOST_PARTS, NEAR_SHIFT, NEAR_WEIGHT, NEAREST_LEVEL, TITLE_COVERS,
};
use super::units::word_key;

/// What was found, and the words that were looked for as well.
#[derive(Debug, Default)]
pub struct Wide {
    /// The passages of each segment.
    pub segments: Vec<Hits>,
    /// Words that are near to those that were typed, in the order in which these were typed.
    pub also: Vec<Also>,
}

/// A word that was looked for because it is near to one that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Also {
    /// The number of the clause that was typed.
    pub clause: usize,
    /// The key by which it was looked for.
    pub key: String,
    /// What readers call it.
    pub word: String,
}

/// Finds the passages of the pages that have most of what was asked for.
///
/// # Errors
/// If a file that is needed is missing or broken.
pub fn find(index: &Index<'_>, query: &ResolvedQuery) -> Result<Wide, IndexError> {
    let wanted: Vec<_> = query.clauses.iter().enumerate().filter(|(_, clause)| !clause.excluded).collect();
    let mut wide = Wide { segments: vec![Hits::new(); index.cores.len()], also: Vec::new() };
    if wanted.len() > MOST_PARTS as usize {
        return Ok(wide);
    }
    let near = neighbours(index, query)?;
    for (neighbours, (number, _)) in near.iter().zip(wanted) {
        wide.also.extend(neighbours.iter().map(|Neighbour { key, word, .. }| Also {
            clause: number,
            key: key.clone(),
            word: word.clone(),
        }));
    }
    for (segment, scorer) in scorers(index, query)?.iter().enumerate() {
        let clauses: Vec<Clause<'_>> =
            scorer.wanted().zip(&near).map(|(exact, near)| Clause::new(exact, near, segment, &scorer.bounds)).collect();
        wide.segments[segment] = hits(scorer, &clauses);
    }
    Ok(wide)
}

/// A word that is near to one that was typed.
struct Neighbour {
    key: String,
    word: String,
    /// From 1 to 4.
    level: u32,
    rarity: u32,
    /// Its postings in each segment.
    postings: Vec<Vec<Posting>>,
}

/// The neighbours of the word of each clause that must be there, but for what is asked for anyway: the nearest first, as many as
/// few files hold. What very many passages have says too little.
fn neighbours(index: &Index<'_>, query: &ResolvedQuery) -> Result<Vec<Vec<Neighbour>>, IndexError> {
    let wanted = || query.clauses.iter().filter(|clause| !clause.excluded);
    let mut near = Vec::new();
    for (number, clause) in wanted().enumerate() {
        let Some(key) = &clause.word else { continue };
        let joined = |word: &String| Nearby { word: word.clone(), level: NEAREST_LEVEL, common: 0 };
        let all = clause.joined.iter().map(joined).chain(index.near(key)?.unwrap_or_default());
        for (order, Nearby { word, level, common }) in all.enumerate() {
            let Some((key, word)) = called(index, word) else { continue };
            let Some(key) = Some(key).filter(|key| !clause.terms.contains(&Term::Key(key.clone()))) else { continue };
            if common < MOST_COMMON_NEAR {
                near.push((Reverse(level), number, order, key, word));
            }
        }
    }
    near.sort();
    let mut files: BTreeSet<_> = query
        .keys()
        .chain(query.pairs.iter().cloned())
        .flat_map(|key| index.files_of(&key).collect::<Vec<_>>())
        .collect();
    let mut all: Vec<Vec<(usize, Neighbour)>> = wanted().map(|_| Vec::new()).collect();
    for (Reverse(level), number, order, key, word) in near {
        let more: BTreeSet<_> = index.files_of(&key).filter(|file| !files.contains(file)).collect();
        if !more.is_empty() && files.len() + more.len() > MOST_FILES as usize {
            continue;
        }
        files.extend(more);
        all[number].extend(neighbour(index, key, word, level)?.map(|neighbour| (order, neighbour)));
    }
    let in_order = |mut near: Vec<(usize, Neighbour)>| {
        near.sort_by_key(|(order, _)| *order);
        near.into_iter().map(|(_, neighbour)| neighbour).collect()
    };
    Ok(all.into_iter().map(in_order).collect())
}

/// The key and the name of a neighbour: of a word, or of the concept that this is; `None` if there is none.
fn called(index: &Index<'_>, word: String) -> Option<(String, String)> {
    if !word.starts_with('~') {
        let key = word_key(&word, index.manifest.is_english())?;
        return Some((index.manifest.called(key), word));
    }
    let name = index.manifest.concepts.iter().find(|(key, ..)| *key == word).map(|(_, name, _)| name.clone())?;
    Some((word, name))
}

/// A neighbour with where it stands; `None` if it stands nowhere.
fn neighbour(index: &Index<'_>, key: String, word: String, level: u32) -> Result<Option<Neighbour>, IndexError> {
    let mut postings = Vec::new();
    for segment in 0..index.cores.len() {
        postings.push(index.list(segment, &key)?.map(|list| list.list).unwrap_or_default());
    }
    let count: usize = postings.iter().map(Vec::len).sum();
    let rarity = rarity(index.manifest.passages, count as u32);
    Ok((count > 0).then_some(Neighbour { key, word, level, rarity, postings }))
}

/// One thing that was asked for, in a segment.
struct Clause<'scorer> {
    exact: &'scorer ClauseMatches,
    /// How rare it is; of a word that occurs nowhere, its neighbours are.
    rarity: u32,
    /// What each passage scores by a neighbour.
    scores: Vec<u32>,
    /// The most that a neighbour is worth on each page, or 0.
    worths: Vec<u32>,
}

impl<'scorer> Clause<'scorer> {
    fn new(exact: &'scorer ClauseMatches, near: &[Neighbour], segment: usize, bounds: &[u32]) -> Self {
        let least = near.iter().map(|near| near.rarity).min().unwrap_or(0);
        let pages = bounds.len() - 1;
        let passages = bounds.last().map_or(0, |last| *last as usize);
        let rarity = if exact.occurs { exact.rarity } else { least };
        let mut clause = Self { exact, rarity, scores: vec![0; passages], worths: vec![0; pages] };
        for neighbour in near {
            let rarity = if exact.occurs { neighbour.rarity.min(exact.rarity) } else { neighbour.rarity };
            for posting in &neighbour.postings[segment] {
                clause.add(posting, neighbour.level, rarity, bounds);
            }
        }
        clause
    }

    /// Adds a place where a neighbour stands.
    fn add(&mut self, posting: &Posting, level: u32, rarity: u32, bounds: &[u32]) {
        let at = posting.passage as usize;
        let page = bounds.partition_point(|first| *first <= posting.passage) - 1;
        self.worths[page] = self.worths[page].max(rarity * level);
        self.raise(at, at + 1, rarity * self.weight(DIRECT_WEIGHTS[posting.class as usize], level));
        let (end, cover) = match posting.class {
            Class::Heading => ((at + 1).saturating_add(posting.reach as usize), HEADING_COVERS),
            Class::Title | Class::Name => (bounds[page + 1] as usize, TITLE_COVERS),
            Class::Prose | Class::Record | Class::Label => return,
        };
        self.raise(at + 1, end, rarity * self.weight(COVER_WEIGHTS[cover as usize], level));
    }

    /// What a weight is worth of a neighbour: never as much as the word itself in prose, if that occurs.
    fn weight(&self, weight: u32, level: u32) -> u32 {
        let weight = (weight * level) >> NEAR_SHIFT;
        if self.exact.occurs { weight.min(NEAR_WEIGHT) } else { weight }
    }

    fn raise(&mut self, first: usize, end: usize, score: u32) {
        self.scores.iter_mut().take(end).skip(first).for_each(|other| *other = (*other).max(score));
    }

    /// The score of a passage.
    fn score(&self, passage: u32) -> u32 {
        let held = self.exact.passages[passage as usize];
        if held.is_held() { self.rarity * held.weight() } else { self.scores[passage as usize] }
    }

    /// Whether a page has the thing itself.
    fn is_itself(&self, scorer: &Scorer<'_>, page: usize) -> bool {
        scorer.allowed(page).any(|passage| self.exact.passages[passage as usize].is_held())
    }
}

/// The passages of the pages that have something of it, the best of each.
fn hits(scorer: &Scorer<'_>, clauses: &[Clause<'_>]) -> Hits {
    let mut found = Hits::new();
    for page in scorer.pages() {
        let (mut held, mut lacks, mut any, mut all) = (0, 0, false, true);
        for (bit, clause) in clauses.iter().enumerate() {
            let itself = clause.is_itself(scorer, page);
            let is_held = itself || clause.worths[page] > 0;
            held += if itself { clause.rarity * HELD_ITSELF } else { clause.worths[page] };
            any |= is_held;
            all &= itself;
            lacks |= u32::from(!is_held) << bit;
        }
        // What has all the words themselves, be it far apart, comes before what has others in their place.
        held += if all { held >> ALL_SHIFT } else { 0 };
        let score = |passage: u32| clauses.iter().map(|clause| clause.score(passage)).sum::<u32>();
        let best = scorer.allowed(page).map(score).max().filter(|best| any && *best > 0);
        for passage in scorer.allowed(page).filter(|passage| best.is_some_and(|best| score(*passage) * 2 >= best)) {
            let own = scorer.settled(scorer.together(score(passage), passage as usize), page, passage);
            found.push(Hit { passage, score: scorer.lifted(held << HELD_SHIFT, page) + own, lacks });
        }
    }
    found
}
