//! What one word of a list of names is, and which words together are a name.
//!
//! Input: the words of a piece. Output: their sorts, and whether they name somebody. Not here: where one name ends and the next begins
//! (`names`), and what stands beside it.

use super::pieces::{is_initials, plain};
use crate::lexicon::Lexicon;

/// The most characters of a post or a remark that are shown beside a name.
const LONGEST_ROLE: usize = 100;

/// What one word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Title,
    Name,
    Particle,
    Post,
    Modifier,
    Organisation,
    Small,
    Other,
}

/// Whether words are a name: with titles before it, and never one behind it.
pub(super) fn is_name(kinds: &[Word]) -> bool {
    let names = kinds.iter().filter(|kind| **kind == Word::Name).count();
    let fits = kinds.iter().all(|kind| matches!(kind, Word::Title | Word::Name | Word::Particle));
    fits && (1..=5).contains(&names) && kinds.last() != Some(&Word::Title)
}

/// Whether a piece is a degree or the short name of a post: `CPA`, `P.E.`.
pub(super) fn is_degree(piece: &str) -> bool {
    let letters = piece.chars().filter(|letter| *letter != '.').count();
    (2..=5).contains(&letters) && piece.chars().all(|letter| letter.is_uppercase() || letter == '.')
}

/// Whether words are a first and a last name, of which the last is not written in capitals.
pub(super) fn is_full(name: &str) -> bool {
    let mut words = name.split_whitespace().rev();
    words.next().is_some_and(|last| last.contains(char::is_lowercase)) && words.next().is_some()
}

/// Whether letters after a comma are the post or the honour of somebody with this name: `L. Marchand, CAO`. Of two letters they may be
/// another's initials.
pub(super) fn stands_behind(letters: &str, name: &str) -> bool {
    const FEWEST: usize = 3;
    letters.len() >= FEWEST && is_degree(letters) && is_full(name)
}

/// What stands after the words of respect before a post: "the Mayor" of "Her Worship the Mayor".
pub(super) fn without_honours<'text>(head: &'text str, lexicon: &Lexicon) -> &'text str {
    let said = |words: &'text str| {
        let (first, rest) = words.split_once(' ')?;
        lexicon.has("presence.honours", plain(first)).then_some(rest.trim_start())
    };
    said(head).and_then(said).unwrap_or(head)
}

/// Makes part of a post of words that are something else by themselves: "Business Manager", "Minute Secretary".
pub(super) fn before_posts(kinds: &mut [Word], words: &[&str], lexicon: &Lexicon) {
    for at in (1..kinds.len()).rev() {
        let goes_on = matches!(kinds[at], Word::Post | Word::Modifier);
        let known = words.get(at - 1).is_some_and(|word| lexicon.has("presence.no-names", plain(word)));
        if goes_on && known && kinds[at - 1] == Word::Other {
            kinds[at - 1] = Word::Modifier;
        }
    }
}

/// Makes names of words that are most often something else: a month before a last name ("Cllr June Skeet"), a post or an organisation
/// after a title and initials ("Cllr B Senior").
pub(super) fn with_rare_names(kinds: &mut [Word], words: &[&str], lexicon: &Lexicon) {
    let titles = kinds.iter().take_while(|kind| **kind == Word::Title).count();
    let (before, rest) = kinds.split_at_mut(titles);
    let words = words.get(titles..).unwrap_or_default();
    let first = |word: &&str| lexicon.has("presence.first-names", plain(word));
    match rest {
        [month @ Word::Other, names @ ..]
            if !names.is_empty()
                && names.iter().all(|kind| *kind == Word::Name)
                && words.first().is_some_and(first) =>
        {
            *month = Word::Name;
        }
        [initials @ .., last @ (Word::Post | Word::Organisation)] => {
            let initial = |word: &&str| is_initials(plain(word));
            let given = !initials.is_empty() && words.iter().take(initials.len()).all(initial);
            let capital = words.last().is_some_and(|word| word.starts_with(char::is_uppercase));
            if !before.is_empty() && given && capital && initials.iter().all(|kind| *kind == Word::Name) {
                *last = Word::Name;
            }
        }
        _ => {}
    }
}

pub(super) fn strip_the(head: &str) -> &str {
    let cut = head.get(..4).filter(|start| start.eq_ignore_ascii_case("the "));
    cut.map_or(head, |_| head[4..].trim_start())
}

pub(super) fn has_initial(name: &str) -> bool {
    name.split_whitespace().any(|word| is_initials(plain(word)) && plain(word).len() <= 2) || name.starts_with('@')
}

/// Whether `short` is a handle, or initials of `name`: `HL` of `H. Ludgrove`.
pub(super) fn is_short_of(short: &str, name: &str) -> bool {
    if short.starts_with('@') {
        return short.len() > 1;
    }
    let letters: Vec<char> = short.chars().collect();
    let capitals = letters.iter().filter(|letter| letter.is_uppercase()).count();
    let fits = (2..=5).contains(&letters.len()) && letters.iter().all(|c| c.is_alphabetic()) && capitals >= 2;
    let of = |c: &char| {
        name.split(|c: char| !c.is_alphanumeric()).any(|word| word.chars().next().is_some_and(|first| first == *c))
    };
    fits && letters.iter().filter(|letter| letter.is_uppercase()).all(of)
}

/// Adds `more` to what stands beside a name, unless that would be a sentence.
pub(super) fn add(role: &mut Option<String>, more: &str, joined: &str) {
    let more = more.split_whitespace().collect::<Vec<_>>().join(" ");
    match role {
        _ if more.is_empty() => {}
        Some(role) if role.len() + more.len() <= LONGEST_ROLE => {
            role.push_str(joined);
            role.push_str(&more);
        }
        None if more.len() <= LONGEST_ROLE => *role = Some(more),
        _ => {}
    }
}
