//! Answers: which passages a question finds, in which order, and how many of each facet.
//!
//! Enters: an [`Index`] and a [`Question`]. Leaves: an [`Answer`]. The rules are in FORMAT.md ("Which passages", "Score");
//! every number is an integer, so that a browser comes to the same. Absent: HTML.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::core::Core;
use super::correct;
use super::dates::{Span, civil};
use super::excerpt::{Marker, excerpt, excerpt_of_head};
use super::facets::YEAR;
use super::index::{Fetched, Index, Trouble};
use super::matches::{self, Asked, Found, Term, Wanted};
use super::pairs::pair_key;
use super::question::{self, Clause, Sense};
use super::text::{PageText, PassageText};
use super::units::word_key;
use super::words::Words;

/// A question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// What was typed.
    pub text: String,
    /// What the answer is narrowed to: (key of a facet, key of a value).
    pub facets: Vec<(String, String)>,
    /// Whether the latest page comes first, not the best.
    pub newest_first: bool,
    /// How many pages are passed over.
    pub offset: usize,
    /// At most so many pages are shown.
    pub limit: usize,
    /// Whether facets are counted.
    pub counts: bool,
}

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// On how many pages something was found,
    pub pages: u32,
    /// and in how many passages.
    pub passages: u32,
    /// Words that say too little to be asked for.
    pub left_out: Vec<String>,
    /// Mistyped words, and what was asked for instead.
    pub corrected: Vec<Corrected>,
    /// Words that occur nowhere; the others were asked for.
    pub not_found: Vec<String>,
    /// What was asked for under all its names.
    pub concepts: Vec<String>,
    /// Where nothing has everything: what each thing finds by itself, whatever the answer is narrowed to.
    pub alone: Vec<Alone>,
    /// The pages, in order.
    pub results: Vec<Hit>,
    /// How many pages each value of each facet has.
    pub facets: Vec<FacetCounts>,
    /// What a browser would have fetched.
    pub fetched: Fetched,
}

/// A part of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alone {
    /// As it was typed.
    pub typed: String,
    /// On how many pages something is found for it.
    pub pages: u32,
}

/// A mistyped word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Corrected {
    /// As it was typed.
    pub typed: String,
    /// What was asked for.
    pub used: String,
}

/// A page that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// From the site's root.
    pub address: String,
    /// Its title.
    pub title: String,
    /// What its kind is called.
    pub kind: String,
    /// The body it belongs to.
    pub body: String,
    /// Its date as pages print it,
    pub date: String,
    /// and as machines read it.
    pub iso: String,
    /// Where in its life it is.
    pub status: String,
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
    /// What its kind is called, where it is a record.
    pub record: String,
    /// The headings above it.
    pub path: Vec<String>,
    /// Its words, and which of them were asked for.
    pub excerpt: Vec<(String, bool)>,
    /// Its score.
    pub score: u32,
}

/// The values of a facet that the answer has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetCounts {
    /// The facet's key.
    pub key: String,
    /// The facet's label.
    pub label: String,
    /// Values, the most frequent first; years, the latest first.
    pub values: Vec<ValueCount>,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueCount {
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// On how many pages something was found that has it.
    pub count: u32,
}

/// So many passages of a page are shown.
const SHOWN: usize = 3;

/// Asks an index.
///
/// # Errors
/// If a file that is needed is missing or broken: then nothing is known, which is not the same as "nothing found".
pub fn answer(index: &Index<'_>, question: &Question) -> Result<Answer, Trouble> {
    let stem = index.manifest.stem == "english";
    let mut words = Words::new(stem, &index.manifest.concepts());
    let query = question::read(&question.text, &mut words);
    let mut answer = Answer { left_out: query.left_out, ..Answer::default() };
    let mut asked = Asked { filters: query.filters, ..Asked::default() };
    let mut before: Option<String> = None;
    let mut typed: Vec<String> = Vec::new();
    for clause in &query.clauses {
        let word = resolve(index, clause, stem, &mut asked, &mut answer)?;
        if let (Some(before), Some(word), [atom]) = (&before, &word, clause.atoms.as_slice())
            && atom.adjoins
        {
            asked.pairs.push(pair_key(before, word));
        }
        before = word;
        typed.resize(asked.wanted.len(), typed_again(clause));
    }
    let found = matches::find(index, &asked)?;
    let narrowed = narrow(index, question, found, &mut answer)?;
    answer.pages = narrowed.len() as u32;
    if answer.pages == 0 {
        answer.alone = alone(index, &asked, typed)?;
    }
    answer.passages = narrowed.iter().map(|group| group.hits.len() as u32).sum();
    let mut groups = narrowed;
    groups
        .sort_by_key(|group| (std::cmp::Reverse(group.rank(question.newest_first)), std::cmp::Reverse(group.place())));
    let mut marker = Marker::new(words, &asked);
    for group in groups.iter().skip(question.offset).take(question.limit) {
        let page = index.text(group.segment, group.page)?;
        answer.results.push(hit(page, group, &mut marker).ok_or_else(|| Trouble::Broken("search/text".into()))?);
    }
    answer.fetched = index.fetched();
    Ok(answer)
}

/// A clause as it would be typed by itself.
fn typed_again(clause: &Clause) -> String {
    let atoms = clause.atoms.iter().map(|atom| match atom.sense {
        Sense::Phrase(_) => format!("\"{}\"", atom.typed),
        _ => atom.typed.clone(),
    });
    atoms.collect::<Vec<_>>().join(" OR ")
}

/// What each thing that was asked for finds by itself.
fn alone(index: &Index<'_>, asked: &Asked, typed: Vec<String>) -> Result<Vec<Alone>, Trouble> {
    let mut all: Vec<Alone> = Vec::new();
    for (wanted, typed) in asked.wanted.iter().zip(typed).filter(|(wanted, _)| !wanted.excluded) {
        let found = matches::find(index, &Asked { wanted: vec![wanted.clone()], ..Asked::default() })?;
        let mut counts = index.cores().iter().zip(found.segments).map(|(core, hits)| pages_of(core, &hits.list));
        let one = Alone { typed, pages: counts.by_ref().sum() };
        if one.pages > 0 && !all.iter().any(|other| other.typed == one.typed) {
            all.push(one);
        }
    }
    Ok(all)
}

/// On how many pages these passages are.
fn pages_of(core: &Core, hits: &[(u32, u32)]) -> u32 {
    let mut ends = core.sizes.iter().scan(0, |end, size| {
        *end += size;
        Some(*end)
    });
    let (mut pages, mut end) = (0, 0);
    for (passage, _) in hits {
        if *passage >= end {
            pages += 1;
            end = ends.find(|end| passage < end).unwrap_or(u32::MAX);
        }
    }
    pages
}

/// Finds out which choice of each word occurs, and corrects those that do not. Leaves the key of a clause that is one word.
fn resolve(
    index: &Index<'_>,
    clause: &Clause,
    stem: bool,
    asked: &mut Asked,
    answer: &mut Answer,
) -> Result<Option<String>, Trouble> {
    let mut terms = Vec::new();
    let alone = clause.atoms.len() == 1;
    let mut more = Vec::new();
    for atom in &clause.atoms {
        match &atom.sense {
            Sense::Concept(key) => {
                let name = index.manifest.concepts.iter().find(|(other, ..)| other == key).map(|(_, name, _)| name);
                answer.concepts.extend(name.filter(|_| !clause.excluded).cloned());
                terms.push(Term::Key(key.clone()));
            }
            Sense::Dated(key, span) => terms.push(Term::Dated(key.clone(), *span)),
            Sense::Phrase(keys) => terms.push(Term::Phrase(keys.clone())),
            Sense::Word { choices, folded } => {
                let keys = match choice(index, choices)? {
                    Some(keys) => keys,
                    None if clause.excluded => continue,
                    None => match correction(index, folded.as_deref())? {
                        Some(used) => {
                            let key = word_key(&used, stem).unwrap_or_default();
                            answer.corrected.push(Corrected { typed: atom.typed.clone(), used });
                            vec![key]
                        }
                        None => {
                            answer.not_found.push(atom.typed.clone());
                            continue;
                        }
                    },
                };
                let mut keys = keys.into_iter().map(Term::Key);
                terms.extend(keys.next());
                if alone {
                    more.extend(keys);
                }
            }
        }
    }
    let word = match (terms.as_slice(), more.as_slice(), clause.excluded) {
        ([Term::Key(key)], [], false) if alone => Some(key.clone()),
        _ => None,
    };
    if !terms.is_empty() {
        asked.wanted.push(Wanted { terms, excluded: clause.excluded });
    }
    asked.wanted.extend(more.into_iter().map(|term| Wanted { terms: vec![term], excluded: clause.excluded }));
    Ok(word)
}

/// The first choice of which every key occurs.
fn choice(index: &Index<'_>, choices: &[Vec<String>]) -> Result<Option<Vec<String>>, Trouble> {
    for keys in choices {
        let mut all = !keys.is_empty();
        for key in keys {
            all = all && occurs(index, key)?;
        }
        if all {
            return Ok(Some(keys.clone()));
        }
    }
    Ok(None)
}

fn occurs(index: &Index<'_>, key: &str) -> Result<bool, Trouble> {
    for segment in 0..index.cores().len() {
        if index.list(segment, key)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a word that occurs nowhere was meant to be.
fn correction(index: &Index<'_>, folded: Option<&str>) -> Result<Option<String>, Trouble> {
    let Some(folded) = folded else { return Ok(None) };
    let Some(first) = folded.chars().next() else { return Ok(None) };
    let near = index.words(first)?;
    if let Some(word) = correct::best(folded, &near) {
        return Ok(Some(word.to_owned()));
    }
    let mut all = Vec::new();
    for first in index.manifest.words.keys() {
        all.extend(index.words(*first)?);
    }
    Ok(correct::best(folded, &all).map(str::to_owned))
}

/// The hits of one page.
struct Group {
    segment: usize,
    page: u32,
    dated: bool,
    /// (score, passage in the segment), the best first.
    hits: Vec<(u32, u32)>,
    /// The page's first passage.
    first: u32,
}

impl Group {
    /// By what it comes before others.
    fn rank(&self, newest_first: bool) -> (bool, u32) {
        if newest_first { (self.dated, 0) } else { (false, self.hits.first().map_or(0, |(score, _)| *score)) }
    }

    /// Its place in time.
    fn place(&self) -> (usize, u32) {
        (self.segment, self.page)
    }
}

/// Leaves the hits that fit all facets, page by page, and counts facets.
fn narrow(index: &Index<'_>, question: &Question, found: Found, answer: &mut Answer) -> Result<Vec<Group>, Trouble> {
    let mut chosen: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (key, value) in &question.facets {
        chosen.entry(key).or_default().insert(value);
    }
    let mut counts = Counts::default();
    let mut groups: Vec<Group> = Vec::new();
    for (segment, hits) in found.segments.into_iter().enumerate() {
        let core = &index.cores()[segment];
        let mut facets = None;
        if !hits.list.is_empty() && (question.counts || !chosen.is_empty()) {
            let columns = index.facets(segment)?;
            let owners = columns.owners(core.passages());
            facets = Some((columns, owners));
        }
        let (mut page, mut first) = (0_u32, 0_u32);
        for (passage, score) in hits.list {
            while passage >= first + core.sizes[page as usize] {
                first += core.sizes[page as usize];
                page += 1;
            }
            let date = core.dates.get(page as usize);
            let fits = match &facets {
                None => true,
                Some((columns, owners)) => {
                    let values = values_of(columns, owners[passage as usize] as usize, date);
                    counts.add(&values, &chosen, (segment, page))
                }
            };
            if fits {
                match groups.last_mut().filter(|group| (group.segment, group.page) == (segment, page)) {
                    Some(group) => group.hits.push((score, passage)),
                    None => {
                        groups.push(Group { segment, page, dated: date.is_some(), hits: vec![(score, passage)], first })
                    }
                }
            }
        }
    }
    for group in &mut groups {
        group.hits.sort_by_key(|(score, passage)| (std::cmp::Reverse(*score), *passage));
    }
    if question.counts {
        answer.facets = counts.shown(index);
    }
    Ok(groups)
}

/// The values of a document: (facet, key, label).
type Values<'columns> = Vec<(&'columns str, String, String)>;

fn values_of<'columns>(
    columns: &'columns super::index::FacetColumns,
    document: usize,
    date: Option<&Span>,
) -> Values<'columns> {
    let mut values = Vec::new();
    for ((facet, known), of_facet) in columns.facets.iter().zip(&columns.values[document]) {
        for value in of_facet {
            let (key, label) = &known[*value as usize];
            values.push((facet.as_str(), key.clone(), label.clone()));
        }
    }
    if let Some(date) = date {
        let year = format!("{:04}", civil(date.first).0);
        values.push((YEAR, year.clone(), year));
    }
    values
}

/// A value of a facet: its label, its pages, the last page that was counted.
type Counted = (String, u32, Option<(usize, u32)>);

/// How many pages each value has.
#[derive(Default)]
struct Counts {
    /// Facet → value → what was counted.
    facets: BTreeMap<String, BTreeMap<String, Counted>>,
}

impl Counts {
    /// Counts a hit for each facet whose other facets it fits, and says whether it fits all.
    fn add(&mut self, values: &Values<'_>, chosen: &BTreeMap<&str, BTreeSet<&str>>, page: (usize, u32)) -> bool {
        let fits = |facet: &str, wanted: &BTreeSet<&str>| {
            values.iter().any(|(other, key, _)| *other == facet && wanted.contains(key.as_str()))
        };
        let unfit: Vec<&str> =
            chosen.iter().filter(|(facet, wanted)| !fits(facet, wanted)).map(|(facet, _)| *facet).collect();
        for (facet, key, label) in values {
            let counted = match unfit.as_slice() {
                [] => true,
                [one] => one == facet,
                _ => false,
            };
            if counted {
                let of_facet = self.facets.entry((*facet).to_owned()).or_default();
                let (_, count, last) = of_facet.entry(key.clone()).or_insert_with(|| (label.clone(), 0, None));
                if *last != Some(page) {
                    *count += 1;
                    *last = Some(page);
                }
            }
        }
        unfit.is_empty()
    }

    fn shown(mut self, index: &Index<'_>) -> Vec<FacetCounts> {
        let mut shown = Vec::new();
        for (key, label) in &index.manifest.facets {
            let values = self.facets.remove(key).unwrap_or_default().into_iter();
            let mut values: Vec<ValueCount> =
                values.map(|(key, (label, count, _))| ValueCount { key, label, count }).collect();
            if key == YEAR {
                values.reverse();
            } else {
                values.sort_by(|one, other| {
                    (other.count, &one.label, &one.key).cmp(&(one.count, &other.label, &other.key))
                });
            }
            shown.push(FacetCounts { key: key.clone(), label: label.clone(), values });
        }
        shown
    }
}

/// A page with its best passages; nothing if the text has fewer passages than the index says.
fn hit(page: PageText, group: &Group, marker: &mut Marker) -> Option<Hit> {
    let mut passages = Vec::new();
    for (score, passage) in group.hits.iter().take(SHOWN) {
        let at = (passage - group.first) as usize;
        let passage = page.passages.get(at)?;
        passages.push(Passage {
            anchor: passage.anchor.clone(),
            label: passage.label.clone(),
            record: passage.sort.strip_prefix('r').unwrap_or_default().to_owned(),
            path: path(&page.passages, at),
            excerpt: match at {
                0 => excerpt_of_head(&page.title, &passage.text, marker),
                _ => excerpt(&words_of(&page.passages, at), marker),
            },
            score: *score,
        });
    }
    Some(Hit {
        score: group.hits.first().map_or(0, |(score, _)| *score),
        more: group.hits.len().saturating_sub(SHOWN),
        address: page.address,
        title: page.title,
        kind: page.kind,
        body: page.body,
        date: page.date,
        iso: page.iso,
        status: page.status,
        passages,
    })
}

/// What is shown of a passage: of a record that begins with a word alone, such as RESOLVED, what follows it too.
fn words_of(passages: &[PassageText], at: usize) -> Cow<'_, str> {
    let passage = &passages[at];
    let next = passages
        .get(at + 1)
        .filter(|next| passage.sort.starts_with('r') && next.sort == passage.sort && !passage.text.contains(' '));
    match next {
        Some(next) if next.label.is_empty() => Cow::Owned(format!("{} {}", passage.text, next.text)),
        Some(next) => Cow::Owned(format!("{} {} {}", passage.text, next.label, next.text)),
        None => Cow::Borrowed(&passage.text),
    }
}

/// The nearest heading of each smaller level above a passage, the highest first, each with its label.
fn path(passages: &[PassageText], at: usize) -> Vec<String> {
    let level = |passage: &PassageText| passage.sort.parse::<u8>().ok();
    let mut below = level(&passages[at]).unwrap_or(u8::MAX);
    let mut path = Vec::new();
    for passage in passages[..at].iter().rev() {
        if let Some(level) = level(passage).filter(|level| *level < below) {
            below = level;
            path.push(if passage.label.is_empty() {
                passage.text.clone()
            } else {
                format!("{} {}", passage.label, passage.text)
            });
        }
    }
    path.reverse();
    path
}
