//! Which letters of a page lie below something that was painted later.
//!
//! Input: letters and boxes, each with its turn. Output: how many words are covered. A letter that is painted again above the box
//! shows, as in a table whose head is dark.

use super::geometry::{Area, Point};

/// A letter: two points that a box must cover to hide it.
#[derive(Debug, Clone, Copy)]
pub struct Letter {
    /// Its middle, near the line and above it.
    pub low: Point,
    pub high: Point,
    /// The height of its writing.
    pub size: f64,
    pub code: u16,
    pub turn: usize,
}

/// Whether a colour can hide something without being seen to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shade {
    /// Black, or nearly.
    Dark,
    /// White, or nearly.
    Light,
    /// Anything else.
    Other,
}

/// A box.
#[derive(Debug, Clone, Copy)]
pub struct Cover {
    pub area: Area,
    pub shade: Shade,
    pub turn: usize,
}

/// How many letters and boxes of a page are looked at.
pub const MOST: usize = 200_000;
/// How often a letter and a box, or two letters, are compared on one page.
const MOST_COMPARED: usize = 50_000_000;
/// How many letters a word has, about.
const LETTERS: usize = 6;
/// How many letters must lie below black, or below white, before they are said to be covered: a line of a drawing takes one.
const FEWEST: [(Shade, usize); 2] = [(Shade::Dark, 2), (Shade::Light, 8)];

/// How many words lie below boxes.
pub fn covered_words(letters: &[Letter], covers: &[Cover]) -> usize {
    let mut left = MOST_COMPARED;
    let counts = FEWEST.map(|(shade, fewest)| {
        let covers: Vec<&Cover> = covers.iter().filter(|cover| cover.shade == shade).collect();
        let count = letters.iter().filter(|letter| is_covered(letter, letters, &covers, &mut left)).count();
        if count < fewest { 0 } else { count }
    });
    let count: usize = counts.iter().sum();
    if count == 0 { 0 } else { count.div_ceil(LETTERS) }
}

/// How many words lie in these areas, whatever was painted there.
pub fn words_in(letters: &[Letter], areas: &[Area]) -> usize {
    let is_in = |letter: &&Letter| areas.iter().any(|area| area.has(letter.low) && area.has(letter.high));
    letters.iter().filter(is_in).count().div_ceil(LETTERS)
}

fn is_covered(letter: &Letter, letters: &[Letter], covers: &[&Cover], left: &mut usize) -> bool {
    let later = covers.partition_point(|cover| cover.turn <= letter.turn);
    *left = left.saturating_sub(covers.len() - later);
    if *left == 0 {
        return false;
    }
    let Some(cover) =
        covers[later..].iter().rev().find(|cover| cover.area.has(letter.low) && cover.area.has(letter.high))
    else {
        return false;
    };
    let above = letters.partition_point(|other| other.turn <= cover.turn);
    *left = left.saturating_sub(letters.len() - above);
    let close = letter.size / 2.0;
    let is_same = |other: &Letter| {
        other.code == letter.code
            && (other.low.0 - letter.low.0).abs() < close
            && (other.low.1 - letter.low.1).abs() < close
    };
    !letters[above..].iter().any(is_same)
}
