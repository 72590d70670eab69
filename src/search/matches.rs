//! Which passages hold what is asked for, and how well.
//!
//! Enters: an [`Index`] and what is asked for, as keys. Leaves: the hits of each segment with their scores, as FORMAT.md
//! ("Which passages", "Score") says. Absent: what somebody typed, facets, texts.

use super::core::Core;
use super::dates::Span;
use super::index::{Index, List, Trouble};
use super::pairs::pair_key;
use super::shard::{Class, Posting};

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// All of them.
    pub wanted: Vec<Wanted>,
    /// Words of these that were typed side by side, as keys of pairs: it counts if they stand so.
    pub pairs: Vec<String>,
    /// The date of the page overlaps each of these.
    pub filters: Vec<Span>,
}

/// One of several terms; or none of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Alternatives.
    pub terms: Vec<Term>,
    /// Whether it must not be there.
    pub excluded: bool,
}

/// A term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A key.
    Key(String),
    /// Keys in a row, each with its distance to the first.
    Phrase(Vec<(String, u32)>),
    /// A key, or a page of this time.
    Dated(String, Span),
}

/// What was found in each segment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// In their order.
    pub segments: Vec<Hits>,
}

/// What was found in a segment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// (passage, score), ascending by passage.
    pub list: Vec<(u32, u32)>,
}

/// The weight of a direct class.
const DIRECT: [u32; 7] = [0, 8, 12, 14, 22, 32, 40];

/// The weight of a cover: none, of a title, of a heading.
const COVER: [u32; 3] = [0, 2, 4];

/// At most so many pairs of words count for a passage.
const MOST_TOGETHER: u8 = 4;

/// A title covers its page,
const BY_TITLE: u8 = 1;

/// and a heading what stands below it.
const BY_HEADING: u8 = 2;

/// Finds.
pub fn find(index: &Index<'_>, asked: &Asked) -> Result<Found, Trouble> {
    let mut lists: Vec<Vec<Vec<Loaded>>> = Vec::new();
    for segment in 0..index.cores().len() {
        let of_wanted = asked.wanted.iter().map(|wanted| {
            let of_terms = wanted.terms.iter().map(|term| load(index, segment, term));
            of_terms.collect::<Result<Vec<Loaded>, Trouble>>()
        });
        lists.push(of_wanted.collect::<Result<_, _>>()?);
    }
    let rarities: Vec<u32> = (0..asked.wanted.len()).map(|wanted| rarity_of(index, &lists, wanted)).collect();
    let mut found = Found::default();
    for (segment, (core, lists)) in index.cores().iter().zip(&lists).enumerate() {
        let pairs = stand_together(index, segment, asked)?;
        found.segments.push(Hits { list: hits(core, index, asked, lists, &rarities, &pairs) });
    }
    Ok(found)
}

/// The postings of a term in a segment.
struct Loaded {
    list: Vec<Posting>,
    /// Pages that count as found by their date.
    pages: Vec<u32>,
    /// In how many passages of the segment it is.
    count: u32,
}

fn load(index: &Index<'_>, segment: usize, term: &Term) -> Result<Loaded, Trouble> {
    let list_of = |key: &str| Ok(index.list(segment, key)?.map(|list| list.list).unwrap_or_default());
    let (list, pages) = match term {
        Term::Key(key) => (list_of(key)?, Vec::new()),
        Term::Dated(key, span) => {
            let dates = (0..).zip(&index.cores()[segment].dates);
            (list_of(key)?, dates.filter(|(_, date)| date.overlaps(*span)).map(|(page, _)| page).collect())
        }
        Term::Phrase(keys) => (phrase(index, segment, keys)?, Vec::new()),
    };
    Ok(Loaded { count: (list.len() + pages.len()) as u32, list, pages })
}

/// The passages in which a phrase stands: two common words of it side by side are looked up as one, which is all there
/// is to do for most phrases.
fn phrase(index: &Index<'_>, segment: usize, keys: &[(String, u32)]) -> Result<Vec<Posting>, Trouble> {
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
        _ => in_place(index, segment, &lists),
    }
}

/// The postings of the first list at which the others stand in place.
fn in_place(index: &Index<'_>, segment: usize, lists: &[(List, u32)]) -> Result<Vec<Posting>, Trouble> {
    let mut places = Vec::new();
    for (list, _) in lists {
        places.push(index.places(segment, list)?);
    }
    let mut cursors = vec![0_usize; lists.len()];
    let mut found = Vec::new();
    for (at, posting) in lists[0].0.list.iter().enumerate() {
        let mut starts: Vec<u32> = places[0][at].clone();
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

/// How rare what is wanted is: the least rare of its alternatives counts.
fn rarity_of(index: &Index<'_>, lists: &[Vec<Vec<Loaded>>], wanted: usize) -> u32 {
    let terms = lists.first().map_or(0, |segment| segment[wanted].len());
    let count = |term: usize| lists.iter().map(|segment| segment[wanted][term].count).sum();
    (0..terms).map(|term| rarity(index.manifest.passages, count(term))).min().unwrap_or(0)
}

/// For each passage of a segment, how many of the pairs stand there.
fn stand_together(index: &Index<'_>, segment: usize, asked: &Asked) -> Result<Vec<u8>, Trouble> {
    let mut together = Vec::new();
    for pair in &asked.pairs {
        if let Some(list) = index.list(segment, pair)? {
            together.resize(index.cores()[segment].passages() as usize, 0_u8);
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
    16 + lg(passages.max(1)).saturating_sub(lg(count.max(1)))
}

/// The binary logarithm in sixteenths.
fn lg(number: u32) -> u32 {
    let whole = number.ilog2();
    let rest = u64::from(number - (1 << whole));
    16 * whole + ((rest * 16) >> whole) as u32
}

/// How a passage holds what is wanted.
#[derive(Clone, Copy, Default)]
struct Held {
    direct: u8,
    cover: u8,
}

fn hits(
    core: &Core,
    index: &Index<'_>,
    asked: &Asked,
    lists: &[Vec<Loaded>],
    rarities: &[u32],
    pairs: &[u8],
) -> Vec<(u32, u32)> {
    let passages = core.passages() as usize;
    let mut firsts = vec![0_u32];
    for size in &core.sizes {
        firsts.push(firsts[firsts.len() - 1] + size);
    }
    let held: Vec<Vec<Held>> = lists.iter().map(|terms| spread(terms, &firsts, passages)).collect();
    let wanted = |excluded: bool| {
        asked.wanted.iter().zip(&held).zip(rarities).filter(move |((wanted, _), _)| wanted.excluded == excluded)
    };
    let heads_alone = wanted(false).next().is_none();
    let mut found = Vec::new();
    if heads_alone && asked.filters.is_empty() {
        return found;
    }
    let mut over = core.over.iter().peekable();
    for (page, bounds) in firsts.windows(2).enumerate() {
        let date = core.dates.get(page);
        let in_time = asked.filters.iter().all(|filter| date.is_some_and(|date| date.overlaps(*filter)));
        let years = date.map_or(2, |date| index.manifest.newest.saturating_sub(date.first) / 365);
        for passage in bounds[0]..bounds[1] {
            while over.peek().is_some_and(|(first, count)| first + count <= passage) {
                over.next();
            }
            let at = passage as usize;
            let is_held = |held: &[Held]| held[at].direct > 0 || held[at].cover > 0;
            if !in_time || wanted(true).any(|((_, held), _)| is_held(held)) {
                continue;
            }
            if heads_alone {
                if passage == bounds[0] {
                    found.push((passage, 0));
                }
                continue;
            }
            let all = wanted(false).all(|((_, held), _)| is_held(held));
            if !all || !wanted(false).any(|((_, held), _)| held[at].direct > 0) {
                continue;
            }
            let weight = |held: Held| DIRECT[held.direct as usize] + COVER[held.cover as usize];
            let mut score: u32 = wanted(false).map(|((_, held), rarity)| rarity * weight(held[at])).sum();
            let together = wanted(false).count() > 1 && wanted(false).all(|((_, held), _)| held[at].direct > 0);
            if together {
                score += score >> 2;
            }
            score += (score * u32::from(pairs.get(at).copied().unwrap_or(0))) >> 3;
            if over.peek().is_some_and(|(first, _)| *first <= passage) {
                score -= score >> 2;
            }
            score += (score * (32 - years.min(32))) >> 8;
            found.push((passage, score));
        }
    }
    found
}

/// How each passage holds the best of several terms.
fn spread(terms: &[Loaded], firsts: &[u32], passages: usize) -> Vec<Held> {
    let mut held = vec![Held::default(); passages];
    let cover = |held: &mut [Held], by: u8| {
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
                    cover(&mut held[at + 1..end], BY_HEADING);
                }
                Class::Title | Class::Name => {
                    let page = firsts.partition_point(|first| *first <= posting.passage);
                    let end = firsts.get(page).map_or(passages, |end| *end as usize);
                    cover(&mut held[at + 1..end], BY_TITLE);
                }
                Class::Prose | Class::Record | Class::Label => {}
            }
        }
        for page in &term.pages {
            let (first, end) = (firsts[*page as usize] as usize, firsts[*page as usize + 1] as usize);
            held[first].direct = held[first].direct.max(Class::Heading as u8);
            cover(&mut held[first + 1..end], BY_TITLE);
        }
    }
    held
}
