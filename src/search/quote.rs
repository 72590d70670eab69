//! Whether a quotation stands in the public texts: word for word, in an earlier edition alone, otherwise, or nowhere.
//!
//! Input: an index and the texts of earlier editions, which hold what is public and nothing else, and words that somebody gave as a
//! quotation. Output: a [`Quoted`]. Not here: what a reader types, which `search::answer` answers.
//!
//! Forms of quotation marks and dashes, blanks, line ends and what no reader sees do not count. Capitals do.

use std::collections::BTreeMap;

use serde::Serialize;

use super::files::{Index, IndexError};
use super::text::{PageHead, PageText, PassageText};

/// At most so many places are told.
const MOST: usize = 5;
/// Side a hundred words of a quotation and of what it is compared with, so many have to be the same for it to be called altered.
const ENOUGH: usize = 60;
/// A quotation longer than this, in words, is compared by its first words.
const LONGEST: usize = 400;

/// Whether a quotation stands in the public texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Word for word.
    Verbatim,
    /// Word for word, but in an earlier edition alone.
    Earlier,
    /// With other words.
    Altered,
    /// Nothing like it does.
    Nowhere,
}

/// What was found of a quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quoted {
    /// Whether it stands there.
    pub verdict: Verdict,
    /// Where: all places of the same words up to a few, or the one that is most like it.
    pub places: Vec<QuotedPlace>,
    /// How many places there are.
    pub count: usize,
}

/// A place of a quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuotedPlace {
    /// Its page.
    pub page: PageHead,
    /// The place in it, without `#`; empty for the page as a whole.
    pub anchor: String,
    /// Its printed label; empty if it has none.
    pub label: String,
    /// The words as they are public; where they differ, piece by piece.
    pub pieces: Vec<Piece>,
}

/// A piece of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// Whose words these are.
    pub of: Side,
    /// The words.
    pub words: String,
}

/// Whose words a piece has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Both have them.
    Both,
    /// Only the public text.
    Public,
    /// Only the quotation.
    Quotation,
}

/// Looks for a quotation in all texts of an index, then in those of earlier editions.
///
/// # Errors
/// If a file that is needed is missing or broken.
pub fn quote(index: &Index<'_>, earlier: &[PageText], quotation: &str) -> Result<Quoted, IndexError> {
    let wanted = words_of(quotation);
    let (mut places, mut count, mut best) = (Vec::new(), 0, None);
    for (segment, core) in index.cores.iter().enumerate() {
        for page in 0..core.sizes.len() as u32 {
            let page = index.text(segment, page)?;
            let found = verbatim(&page, &wanted);
            count += found.len();
            let room = MOST.saturating_sub(places.len());
            places.extend(found.into_iter().take(room).map(|at| place(&page, at, vec![same(&wanted)])));
            if count == 0 {
                best = nearest(&page, &wanted, best);
            }
        }
    }
    let earlier: Vec<QuotedPlace> =
        earlier.iter().filter(|_| count == 0).flat_map(|page| all_places(page, &wanted)).collect();
    let altered = best.filter(|_| count == 0);
    Ok(match altered {
        _ if !earlier.is_empty() => {
            let count = earlier.len();
            Quoted { verdict: Verdict::Earlier, places: earlier.into_iter().take(MOST).collect(), count }
        }
        Some((_, place)) => Quoted { verdict: Verdict::Altered, places: vec![place], count: 1 },
        None if count > 0 => Quoted { verdict: Verdict::Verbatim, places, count },
        None => Quoted { verdict: Verdict::Nowhere, places, count },
    })
}

fn all_places<'page>(page: &'page PageText, wanted: &'page [String]) -> impl Iterator<Item = QuotedPlace> {
    verbatim(page, wanted).into_iter().map(move |at| place(page, at, vec![same(wanted)]))
}

fn place(page: &PageText, at: usize, pieces: Vec<Piece>) -> QuotedPlace {
    let PassageText { anchor, label, .. } = page.passages[at].clone();
    QuotedPlace { page: page.head.clone(), anchor, label, pieces }
}

fn same(words: &[String]) -> Piece {
    Piece { of: Side::Both, words: words.join(" ") }
}

/// The words of a text in the form in which they are compared. What stands around the whole, such as quotation marks, is left out.
fn words_of(text: &str) -> Vec<String> {
    let unseen = |sign: &char| !matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let plain: String = text.chars().filter(unseen).map(plain_sign).collect();
    let ends = |sign: char| sign.is_whitespace() || matches!(sign, '"' | '\'' | '…');
    plain.trim_matches(ends).split_whitespace().map(str::to_owned).collect()
}

fn plain_sign(sign: char) -> char {
    match sign {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | '`' | '´' | '′' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        sign => sign,
    }
}

/// The words of the passages of a page from `first` on, each with its passage: with the printed labels, or without.
fn flow(page: &PageText, first: usize, labels: bool) -> impl Iterator<Item = (usize, String)> {
    page.passages.iter().enumerate().skip(first).flat_map(move |(at, passage)| {
        let label = Some(passage.label.as_str()).filter(|label| labels && !label.is_empty());
        label
            .into_iter()
            .chain([passage.text.as_str()])
            .flat_map(words_in)
            .map(move |word| (at, word))
            .collect::<Vec<_>>()
    })
}

/// The words of a part of a text: unlike those of a quotation, what stands around them is kept.
fn words_in(text: &str) -> Vec<String> {
    let mut words = words_of(&format!("x {text} x"));
    words.pop();
    words.drain(1..).collect()
}

/// The passages of a page in which the words begin as they are, once each. A quotation may begin and end within a word that has a mark
/// on its other side.
fn verbatim(page: &PageText, wanted: &[String]) -> Vec<usize> {
    let (Some(first), Some(last)) = (wanted.first(), wanted.last()) else { return Vec::new() };
    let mut found = Vec::new();
    for labels in [false, true] {
        let (places, words): (Vec<usize>, Vec<String>) = flow(page, 0, labels).unzip();
        let fits = |window: &[String]| {
            let (inner, outer) = (&window[..window.len() - 1], &window[window.len() - 1]);
            let ends = inner.len() + 1 == wanted.len() && outer.strip_prefix(&**last).is_some_and(no_letters);
            let begins = |word: &String| word.strip_suffix(&**first).is_some_and(no_letters);
            match inner {
                [] => outer
                    .match_indices(&**first)
                    .any(|(at, _)| no_letters(&outer[..at]) && no_letters(&outer[at + first.len()..])),
                [start, middle @ ..] => ends && begins(start) && middle == &wanted[1..wanted.len() - 1],
            }
        };
        let starts =
            words.windows(wanted.len()).enumerate().filter(|(_, window)| fits(window)).map(|(at, _)| places[at]);
        found.extend(starts);
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn no_letters(rest: &str) -> bool {
    !rest.chars().any(char::is_alphanumeric)
}

/// The place that is most like a quotation, if it is more so than the `best` of other pages, and enough.
fn nearest(page: &PageText, wanted: &[String], best: Option<(usize, QuotedPlace)>) -> Option<(usize, QuotedPlace)> {
    let wanted = &wanted[..wanted.len().min(LONGEST)];
    let mut bag: BTreeMap<&str, usize> = BTreeMap::new();
    wanted.iter().for_each(|word| *bag.entry(word).or_default() += 1);
    let mut best = best;
    for at in 0..page.passages.len() {
        let (places, words): (Vec<usize>, Vec<String>) =
            flow(page, at, false).take_while(|(place, _)| *place <= at + 1).unzip();
        // Words in common are counted before their order is compared: few passages come so far.
        let mut left = bag.clone();
        let common = words.iter().filter(|word| left.get_mut(word.as_str()).is_some_and(take)).count();
        let least = best.as_ref().map_or(ENOUGH, |(known, _)| known + 1);
        if wanted.is_empty() || common * 100 < least * wanted.len() {
            continue;
        }
        let (likeness, start, pieces) = compare(wanted, &words);
        if likeness >= least {
            best = Some((likeness, place(page, places.get(start).copied().unwrap_or(at), pieces)));
        }
    }
    best
}

fn take(left: &mut usize) -> bool {
    let any = *left > 0;
    *left -= usize::from(any);
    any
}

/// How like a quotation is to the stretch of a text that is most like it, in a hundred; the word with which that begins; and the two
/// piece by piece.
fn compare(wanted: &[String], words: &[String]) -> (usize, usize, Vec<Piece>) {
    let (rows, columns) = (wanted.len() + 1, words.len() + 1);
    // The fewest words to be put in or left out; the stretch may begin and end anywhere.
    let mut costs = vec![0_u32; rows * columns];
    for row in 1..rows {
        costs[row * columns] = row as u32;
        for column in 1..columns {
            let one_less = costs[(row - 1) * columns + column].min(costs[row * columns + column - 1]) + 1;
            let same = wanted[row - 1] == words[column - 1];
            let both = costs[(row - 1) * columns + column - 1];
            costs[row * columns + column] = if same { both.min(one_less) } else { one_less };
        }
    }
    let end = (0..columns).min_by_key(|column| costs[(rows - 1) * columns + column]).unwrap_or(0);
    let (mut row, mut column, mut steps) = (rows - 1, end, Vec::new());
    while row > 0 {
        let here = costs[row * columns + column];
        let same = column > 0 && wanted[row - 1] == words[column - 1];
        if same && costs[(row - 1) * columns + column - 1] == here {
            (row, column) = (row - 1, column - 1);
            steps.push((Side::Both, words[column].as_str()));
        } else if column > 0 && costs[row * columns + column - 1] + 1 == here {
            column -= 1;
            steps.push((Side::Public, words[column].as_str()));
        } else {
            row -= 1;
            steps.push((Side::Quotation, wanted[row].as_str()));
        }
    }
    steps.reverse();
    // What stands at an end of the quotation in the place of other words: those are shown too.
    let replaced =
        |steps: &mut dyn Iterator<Item = &(Side, &str)>| steps.take_while(|(of, _)| *of == Side::Quotation).count();
    let after = replaced(&mut steps.iter().rev());
    let before = replaced(&mut steps.iter()).min(column);
    let public = |range: std::ops::Range<usize>| words[range].iter().map(|word| (Side::Public, word.as_str()));
    let last = steps.split_off(steps.len() - after);
    steps.extend(public(end..(end + after).min(words.len())).chain(last));
    column -= before;
    steps.splice(0..0, public(column..column + before));
    let shared = steps.iter().filter(|(of, _)| *of == Side::Both).count();
    let likeness = shared * 200 / (shared + steps.len()).max(1);
    (likeness, column, pieces(&steps))
}

/// Steps put together to pieces of one owner.
fn pieces(steps: &[(Side, &str)]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (of, word) in steps {
        match pieces.last_mut() {
            Some(last) if last.of == *of => {
                last.words.push(' ');
                last.words.push_str(word);
            }
            _ => pieces.push(Piece { of: *of, words: (*word).to_owned() }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(passages: &[(&str, &str)]) -> PageText {
        let passages = passages.iter().map(|(label, text)| PassageText {
            label: (*label).to_owned(),
            text: (*text).to_owned(),
            anchor: format!("para-{label}"),
            ..PassageText::default()
        });
        PageText { passages: passages.collect(), ..PageText::default() }
    }

    #[test]
    fn marks_blanks_and_line_ends_do_not_count_and_words_do() {
        let page = page(&[
            ("7.1", "The “Plan” – as printed – was adopted."),
            ("7.2", "It’s to be reviewed in June 2024 and sent to every parish."),
        ]);
        for quotation in [
            "The \"Plan\" - as printed - was adopted.",
            "“as  printed —\n was adopted”",
            "adopted",
            "was adopted. It's to be reviewed",
            "was adopted. 7.2 It's to be",
        ] {
            assert!(!verbatim(&page, &words_of(quotation)).is_empty(), "{quotation}");
        }
        for quotation in ["the plan", "was not adopted", "adopt", "", "reviewed in June 2025"] {
            assert!(verbatim(&page, &words_of(quotation)).is_empty(), "{quotation}");
        }
    }

    #[test]
    fn what_was_altered_is_shown_and_what_is_another_text_is_not() {
        let page = page(&[("7.2", "It’s to be reviewed in June 2024 and sent to every parish.")]);
        let near = |quotation: &str| nearest(&page, &words_of(quotation), None);
        let (_, place) = near("It's to be reviewed in June 2025 and sent to every parish.").expect("it is like it");
        let said: Vec<(Side, &str)> = place.pieces.iter().map(|piece| (piece.of, piece.words.as_str())).collect();
        assert_eq!(
            said,
            [
                (Side::Both, "It's to be reviewed in June"),
                (Side::Quotation, "2025"),
                (Side::Public, "2024"),
                (Side::Both, "and sent to every parish."),
            ]
        );
        assert_eq!(near("Members thanked the officers for the visit to the depot."), None);
    }
}
