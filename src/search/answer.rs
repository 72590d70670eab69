//! Answers: which pages and passages a question finds, in which order, with which words.
//!
//! Input: an [`Index`] and a [`Question`]. Output: an [`Answer`]. The rules are in FORMAT.md; every number is an integer,
//! so that a browser comes to the same answer. Not here: HTML.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

use super::excerpt::{Marker, excerpt, excerpt_of_head};
use super::files::{Fetched, Index, IndexError};
use super::letters::is_word;
use super::matches::{self, Hits, ResolvedClause, ResolvedQuery, Term};
use super::narrow::{Chosen, FacetCounts, Group, count_pages, narrow};
use super::question;
use super::resolve::{Corrected, Notes, resolve};
use super::tables::{FEW_PAGES, PASSAGES_SHOWN};
use super::text::{PageHead, PageText, PassageText};
use super::wide::{self, Also, Wide};
use super::words::Words;

/// A question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// What was typed.
    pub text: String,
    /// What the answer is narrowed to: (key of a facet, key of a value).
    pub facets: Vec<(String, String)>,
    /// Whether the latest page comes first, instead of the best.
    pub newest_first: bool,
    /// How many pages are passed over.
    pub offset: usize,
    /// How many pages are shown, at most.
    pub limit: usize,
    /// Whether facets are counted.
    pub counts: bool,
}

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// On how many pages something was found.
    pub pages: u32,
    /// In how many passages something was found.
    pub passages: u32,
    /// What became of the words that were typed.
    #[serde(flatten)]
    pub notes: Notes,
    /// Whether no passage has everything that was asked for, and these pages have most of it.
    pub partly: bool,
    /// If nothing has everything: what each part of the question finds by itself, whatever the answer is narrowed to.
    pub alone: Vec<Alone>,
    /// The pages, in order.
    pub results: Vec<Hit>,
    /// How many pages each value of each facet has.
    pub facets: Vec<FacetCounts>,
    /// What a browser would have fetched.
    pub fetched: Fetched,
}

/// A part of a question by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alone {
    /// The part as it was typed.
    pub typed: String,
    /// On how many pages something is found for it.
    pub pages: u32,
}

/// A page that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// What the page is.
    #[serde(flatten)]
    pub page: PageHead,
    /// What it lacks of what was asked for, as it was typed. Empty if it has everything, be it in several places.
    pub lacks: Vec<String>,
    /// The score of its best passage.
    pub score: u32,
    /// Its best passages.
    pub passages: Vec<Passage>,
    /// How many passages it has beside these.
    pub more: usize,
}

/// A passage that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Its id; empty for the page itself.
    pub anchor: String,
    /// Its printed label.
    pub label: String,
    /// What its kind is called if it is a record; empty for any other passage.
    pub record: String,
    /// The headings above it, the highest first.
    pub path: Vec<String>,
    /// Its words in pieces, each with whether it was asked for.
    pub excerpt: Vec<(String, bool)>,
    /// Its score.
    pub score: u32,
}

/// Answers a question from an index.
///
/// # Errors
/// If a file that is needed is missing or broken: then nothing is known, which is not the same as "nothing found".
pub fn answer(index: &Index<'_>, question: &Question) -> Result<Answer, IndexError> {
    let mut words = Words::new(index.manifest.is_english(), &index.manifest.concepts());
    let (query, notes) = understood(index, &question.text, &mut words)?;
    let (mut found, mut also, mut partly) = (matches::find(index, &query)?, Vec::new(), false);
    if asks_for_more(index, &query, &found) {
        (Wide { segments: found, also }, partly) = (wide::find(index, &query)?, true);
    }
    let mut chosen = Chosen::new();
    for (key, value) in &question.facets {
        chosen.entry(key).or_default().insert(value);
    }
    let (mut groups, facets) = narrow(index, &chosen, question.counts, found)?;
    groups.sort_by_key(|group| group.order(question.newest_first));
    let alone = if (partly || groups.is_empty()) && query.clauses.len() > 1 {
        alone(index, &query.clauses)?
    } else {
        Vec::new()
    };
    let mut marker = Marker::new(words, &query, &also);
    let mut results = Vec::new();
    for group in groups.iter().skip(question.offset).take(question.limit) {
        let page = index.text(group.segment, group.page)?;
        let hit = hit(page, group, &query, &mut marker);
        results.push(hit.ok_or_else(|| IndexError::Broken("search/text".into()))?);
    }
    Ok(Answer {
        pages: groups.len() as u32,
        passages: groups.iter().map(|group| group.hits.len() as u32).sum(),
        notes: Notes { also: names(also), ..notes },
        partly: partly && !groups.is_empty(),
        alone,
        results,
        facets,
        fetched: index.fetched(),
    })
}

/// What a text asks for. Where words of it were mistyped, the text with the right ones is read: they may be the name of
/// something together.
fn understood(index: &Index<'_>, text: &str, words: &mut Words) -> Result<(ResolvedQuery, Notes), IndexError> {
    let (query, notes) = resolve(index, question::read(text, words))?;
    let Some(corrected) = mended(text, &notes.corrected).filter(|_| !notes.corrected.is_empty()) else {
        return Ok((query, notes));
    };
    let (query, again) = resolve(index, question::read(&corrected, words))?;
    Ok((query, Notes { corrected: notes.corrected, ..again }))
}

/// A text with the words put right that were mistyped, one after another; `None` if one of them does not stand in it.
fn mended(text: &str, corrected: &[Corrected]) -> Option<String> {
    let (mut mended, mut rest) = (String::new(), text);
    for Corrected { typed, used } in corrected {
        let stands = |at: &usize| {
            let ends = |letter: Option<char>| letter.is_none_or(|letter| !is_word(letter));
            ends(rest[..*at].chars().next_back()) && ends(rest[at + typed.len()..].chars().next())
        };
        let at = rest.match_indices(typed.as_str()).map(|(at, _)| at).find(stands)?;
        mended.push_str(&rest[..at]);
        mended.push_str(used);
        rest = &rest[at + typed.len()..];
    }
    mended.push_str(rest);
    Some(mended)
}

/// Whether exact words find too little: nothing, or, where nothing but words and dates that must be there was typed, few
/// pages.
fn asks_for_more(index: &Index<'_>, query: &ResolvedQuery, found: &[Hits]) -> bool {
    let plain = |clause: &ResolvedClause| {
        !clause.excluded && matches!(clause.terms.as_slice(), [Term::Key(_) | Term::Dated(..)])
    };
    let enough = if query.clauses.iter().all(plain) { FEW_PAGES } else { 1 };
    let pages: u32 = index.cores.iter().zip(found).map(|(core, hits)| count_pages(core, hits)).sum();
    query.clauses.iter().any(|clause| !clause.excluded) && (pages as usize) < enough
}

/// What words that were looked for as well are called, each once.
fn names(also: Vec<Also>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    also.into_iter().map(|also| also.word).filter(|word| seen.insert(word.clone())).collect()
}

/// What each part of a question finds by itself, without those that find nothing.
fn alone(index: &Index<'_>, clauses: &[ResolvedClause]) -> Result<Vec<Alone>, IndexError> {
    let mut all: Vec<Alone> = Vec::new();
    for clause in clauses.iter().filter(|clause| !clause.excluded) {
        let query = ResolvedQuery { clauses: vec![clause.clone()], ..ResolvedQuery::default() };
        let found = matches::find(index, &query)?;
        let pages = index.cores.iter().zip(&found).map(|(core, hits)| count_pages(core, hits)).sum();
        if pages > 0 && !all.iter().any(|other| other.typed == clause.typed) {
            all.push(Alone { typed: clause.typed.clone(), pages });
        }
    }
    Ok(all)
}

/// A page with its best passages; `None` if the text has fewer passages than the index says.
fn hit(page: PageText, group: &Group, query: &ResolvedQuery, marker: &mut Marker) -> Option<Hit> {
    let mut passages = Vec::new();
    for matches::Hit { passage, score, .. } in group.hits.iter().take(PASSAGES_SHOWN) {
        let at = (passage - group.first) as usize;
        let passage = page.passages.get(at)?;
        passages.push(Passage {
            anchor: passage.anchor.clone(),
            label: passage.label.clone(),
            record: passage.kind.strip_prefix('r').unwrap_or_default().to_owned(),
            path: path(&page.passages, at),
            excerpt: match at {
                0 => excerpt_of_head(&page.head.title, passage, marker),
                _ => excerpt(&words_of(&page.passages, at), marker),
            },
            score: *score,
        });
    }
    let more = group.hits.len().saturating_sub(PASSAGES_SHOWN);
    let lacks = lacking(query, group.hits.first()?.lacks);
    Some(Hit { page: page.head, lacks, score: group.score(), passages, more })
}

/// What is lacking, as it was typed, each once.
fn lacking(query: &ResolvedQuery, lacks: u32) -> Vec<String> {
    let wanted = query.clauses.iter().filter(|clause| !clause.excluded);
    let is_lacking = |(at, _): &(u32, _)| lacks.checked_shr(*at).is_some_and(|bits| bits & 1 == 1);
    let mut lacking: Vec<String> =
        (0..).zip(wanted).filter(is_lacking).map(|(_, clause)| clause.typed.clone()).collect();
    lacking.dedup();
    lacking
}

/// What is shown of a passage. A record may begin with a word alone, such as RESOLVED: then what follows it is shown too.
fn words_of(passages: &[PassageText], at: usize) -> Cow<'_, str> {
    let passage = &passages[at];
    let next = passages
        .get(at + 1)
        .filter(|next| passage.kind.starts_with('r') && next.kind == passage.kind && !passage.text.contains(' '));
    match next {
        Some(next) => Cow::Owned(format!("{} {}", passage.text, labelled(next))),
        None => Cow::Borrowed(&passage.text),
    }
}

/// The words of a passage after its label.
fn labelled(passage: &PassageText) -> String {
    match passage.label.as_str() {
        "" => passage.text.clone(),
        label => format!("{label} {}", passage.text),
    }
}

/// The nearest heading of each smaller level above a passage, the highest first, each with its label.
fn path(passages: &[PassageText], at: usize) -> Vec<String> {
    let level = |passage: &PassageText| passage.kind.parse::<u8>().ok();
    let mut below = level(&passages[at]).unwrap_or(u8::MAX);
    let mut path = Vec::new();
    for passage in passages[..at].iter().rev() {
        if let Some(level) = level(passage).filter(|level| *level < below) {
            below = level;
            path.push(labelled(passage));
        }
    }
    path.reverse();
    path
}
