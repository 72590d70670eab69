//! Texts that are the same as one that is withheld, under another name.
//!
//! Input: what is withheld; the text of a document. Output: that of which it is a copy. Not here: names that say so alone (`copies.rs`).

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::copies::{is_version_of, key};
use crate::language::letters;
use crate::model::{Parsed, Shown, Text, Why, Withheld};

/// A paragraph with fewer words may stand anywhere.
const FEWEST: usize = 6;

/// The paragraphs of what is withheld.
#[derive(Default)]
pub(super) struct Texts<'a> {
    held: Vec<(&'a Withheld, usize)>,
    paragraphs: HashMap<u64, Vec<usize>>,
    /// Most paragraphs are as long as none of these, in bytes.
    lengths: HashSet<usize>,
}

impl<'a> Texts<'a> {
    pub(super) fn of(withheld: &'a [Withheld]) -> Self {
        let mut texts = Self::default();
        for one in
            withheld.iter().filter(|one| matches!(one.why, Why::Draft | Why::Embargoed | Why::Exempt | Why::Doubt))
        {
            let Some(document) = one.document.as_deref().filter(|document| document.standing.is_none()) else {
                continue;
            };
            let found: HashSet<u64> = paragraphs(&document.body)
                .map(|paragraph| {
                    texts.lengths.insert(paragraph.len());
                    hash_of(paragraph)
                })
                .collect();
            if !found.is_empty() {
                let index = texts.held.len();
                texts.held.push((one, found.len()));
                found.into_iter().for_each(|hash| texts.paragraphs.entry(hash).or_default().push(index));
            }
        }
        texts
    }

    /// What is withheld and has the words of a document: all of them, where nobody would begin a text with a copy of another; or most, if
    /// the name of one is that of the other too, or a version of it.
    pub(super) fn original_of(&self, one: &Shown) -> Option<&'a Withheld> {
        if self.held.is_empty() || one.parsed.standing.is_some() {
            return None;
        }
        let (mut shared, mut own): (HashMap<usize, usize>, usize) = (HashMap::new(), 0);
        let mut seen = HashSet::new();
        for paragraph in paragraphs(&one.parsed.body) {
            own += 1;
            let hash = self.lengths.contains(&paragraph.len()).then(|| hash_of(paragraph));
            let originals = hash.filter(|hash| seen.insert(*hash)).and_then(|hash| self.paragraphs.get(&hash));
            originals.into_iter().flatten().for_each(|index| *shared.entry(*index).or_default() += 1);
        }
        let is_copy = |index: &usize| {
            let ((held, all), shared) = (self.held[*index], shared[index]);
            let apart = held.path != one.parsed.path;
            let same = shared == all && seen.len() == all && own == all;
            let whole = same && matches!(held.why, Why::Embargoed | Why::Exempt);
            apart && (whole || (2 * shared >= all && is_named_alike(held, &one.parsed)))
        };
        let mut copies: Vec<usize> = shared.keys().copied().filter(is_copy).collect();
        copies.sort_unstable();
        copies.first().map(|index| self.held[*index].0)
    }
}

/// Whether the names of two documents are one, in whatever folders, or the second is a version of the first beside it.
fn is_named_alike(held: &Withheld, one: &Parsed) -> bool {
    let parts = |path: &'_ str| {
        path.rsplit_once('/').map_or((String::new(), path.to_owned()), |(a, b)| (a.to_owned(), b.to_owned()))
    };
    let ((folder, name), (other, own)) = (parts(&held.path), parts(&one.path));
    let index = |name: &str| key(name) == "index";
    // `r/index.md` is `r.md`.
    let within = other.strip_prefix(&folder).and_then(|rest| rest.strip_prefix('/'));
    // In another folder a draft is something else with the same beginning: the next agenda of another body.
    let begun = matches!(held.why, Why::Draft | Why::Doubt) && folder != other;
    let title = held.document.as_ref().map(|document| letters::name(&document.title));
    let titled = || title.is_some_and(|title| title.contains('_') && title == letters::name(&one.title));
    (key(&name) == key(&own) && !index(&name) && !begun)
        || (matches!(held.why, Why::Exempt | Why::Embargoed) && titled())
        || (index(&own) && within.is_some_and(|within| key(within) == key(&name)))
        || (folder == other && is_version_of(&own, &name))
}

/// The paragraphs that have enough words to be known by them.
fn paragraphs(body: &Text) -> impl Iterator<Item = &str> {
    let cuts = body.nodes.iter().filter(|node| !node.element.is_inline()).map(|node| node.start as usize);
    let mut from = 0;
    let pieces = cuts.chain([body.words.len()]).filter_map(move |at| {
        let piece = body.words.get(from..at);
        from = from.max(at);
        piece
    });
    pieces.map(str::trim).filter(|piece| piece.split_whitespace().nth(FEWEST - 1).is_some())
}

fn hash_of(paragraph: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    paragraph.split_whitespace().for_each(|word| word.hash(&mut hasher));
    hasher.finish()
}
