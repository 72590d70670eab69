//! How much there is of what: for the report that says whether anything was lost.
//!
//! Input: words, and the text that a site makes of what was printed. Output: [`Counts`], and words that are in a document and in
//! nothing that was made of it. Not here: what a document holds, which the second readers count (`tally_*.rs`); they share no code
//! with the readers that make the text.

use std::collections::BTreeMap;

use crate::model::{Element, Text};

/// How much there is. `None`: this form does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Headings, with the title.
    pub headings: Option<usize>,
    /// Paragraphs of all sorts, with headings and items of lists; not those of tables and notes.
    pub paragraphs: Option<usize>,
    /// Printed numbers, typed or counted by a program.
    pub numbers: Option<usize>,
    /// Items of lists with bullets.
    pub items: Option<usize>,
    /// Tables.
    pub tables: Option<usize>,
    /// Footnotes.
    pub notes: Option<usize>,
    /// Links.
    pub links: Option<usize>,
    /// Pictures.
    pub pictures: Option<usize>,
}

/// What a document holds, as a second reader sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// How much there is.
    pub counts: Counts,
    /// The numbers that stand in it in letters, in order.
    pub printed: Vec<String>,
    /// Its words, in pieces as they stand, so that what is missing can be shown with what stands around it.
    pub pieces: Vec<Piece>,
}

/// A stretch of words that a document holds together: a paragraph, a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Piece {
    /// All its words, as they stand one after the other.
    pub words: String,
    /// The same with words parted where some of them may be left out, if there is such a place: one of these may touch another.
    pub apart: Option<String>,
}

impl From<String> for Piece {
    fn from(words: String) -> Self {
        Self { words, apart: None }
    }
}

/// What a site prints of a text, and the numbers that are places in it. The title may have been taken out of it.
#[must_use]
pub fn of_text(text: &Text, title_is_heading: bool) -> (Counts, Vec<String>) {
    let mut counts = Counts { notes: Some(text.notes.len()), links: Some(text.links.len()), ..Counts::default() };
    let (mut headings, mut paragraphs, mut items, mut tables, mut pictures) = (0, 0, 0, 0, 0);
    let mut numbers = Vec::new();
    // Words of a table or a note are counted with it.
    let mut inside = 0_u32;
    for (index, node) in (0..).zip(&text.nodes) {
        let is_inside = index < inside;
        if matches!(node.element, Element::Table { .. } | Element::Notes) {
            inside = inside.max(node.next);
        }
        match node.element {
            Element::Heading { .. } => headings += 1,
            Element::Paragraph if !is_inside => paragraphs += 1,
            Element::Item { numbered, .. } if !is_inside => {
                items += usize::from(!numbered);
                // The words of an item may stand in no paragraph of their own.
                let first = text.nodes.get(index as usize + 1).filter(|_| index + 1 < node.next);
                paragraphs += usize::from(!first.is_some_and(|first| first.element == Element::Paragraph));
            }
            Element::Table { .. } => tables += 1,
            Element::Embed(_) => pictures += 1,
            Element::Number(_) => {
                let range = node.start as usize..node.end as usize;
                numbers.push(text.words.get(range).unwrap_or_default().trim().to_owned());
            }
            _ => {}
        }
    }
    headings += usize::from(title_is_heading);
    counts.headings = Some(headings);
    counts.paragraphs = Some(paragraphs + headings);
    counts.numbers = Some(numbers.len());
    counts.items = Some(items);
    counts.tables = Some(tables);
    counts.pictures = Some(pictures);
    (counts, numbers)
}

/// The words of a text, without the signs between them: letters and digits alone.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The words that are in `pieces` and neither in what was made nor in what was dropped and named, each with the piece in which it
/// stands; a piece once.
pub fn missing<'text>(
    pieces: &'text [Piece],
    made: impl IntoIterator<Item = &'text str>,
    dropped: impl IntoIterator<Item = &'text str>,
) -> Vec<(Vec<&'text str>, &'text str)> {
    let made: Vec<&str> = made.into_iter().chain(dropped).collect();
    let mut there: BTreeMap<&str, usize> = BTreeMap::new();
    for word in made.iter().copied().flat_map(words) {
        *there.entry(word).or_default() += 1;
    }
    let mut letters = None;
    let mut missing = Vec::new();
    for piece in pieces {
        let mut lost = taken(&piece.words, &mut there);
        if !lost.is_empty()
            && let Some(apart) = &piece.apart
        {
            // What was taken is given back, and the other way is tried; that which finds more of the words holds.
            put_back(&piece.words, &lost, &mut there);
            let other = taken(apart, &mut there);
            if other.len() < lost.len() {
                lost = other;
            } else {
                put_back(apart, &other, &mut there);
                lost = taken(&piece.words, &mut there);
            }
        }
        if lost.is_empty() {
            continue;
        }
        // Where marks stood in a word, its parts may be one word now, or two.
        let letters: &String = letters.get_or_insert_with(|| made.iter().copied().flat_map(words).collect::<String>());
        let whole: String = words(&piece.words).collect();
        if lost.len() == words(&piece.words).count() || !letters.contains(&whole) {
            missing.push((lost, piece.words.as_str()));
        }
    }
    missing
}

/// Takes the words of a text from those that are there. Returns those that are not.
fn taken<'text>(text: &'text str, there: &mut BTreeMap<&'text str, usize>) -> Vec<&'text str> {
    let mut lost = Vec::new();
    for word in words(text) {
        match there.get_mut(word) {
            Some(count) if *count > 0 => *count -= 1,
            _ => lost.push(word),
        }
    }
    lost
}

/// Gives back what was taken: all words of a text but those that were not there.
fn put_back<'text>(text: &'text str, lost: &[&str], there: &mut BTreeMap<&'text str, usize>) {
    let mut lost = lost.to_vec();
    for word in words(text) {
        match lost.iter().position(|own| *own == word) {
            Some(at) => drop(lost.remove(at)),
            None => *there.entry(word).or_default() += 1,
        }
    }
}

/// The numbers of `printed` that are not among `placed`, where signs around a number do not matter.
#[must_use]
pub fn without_place(printed: &[String], placed: &[String]) -> Vec<String> {
    let mut there: BTreeMap<String, usize> = BTreeMap::new();
    for number in placed {
        *there.entry(bare(number)).or_default() += 1;
    }
    let mut without = Vec::new();
    for number in printed {
        match there.get_mut(&bare(number)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => without.push(number.clone()),
        }
    }
    without
}

/// A number without the signs around it.
fn bare(number: &str) -> String {
    number.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_neither_made_nor_dropped_is_missing() {
        let pieces = ["7.1 The board, the".to_owned(), "Page 3".to_owned()].map(Piece::from);
        assert_eq!(missing(&pieces, ["7.1 **The** board"], ["Page 3"]), [(vec!["the"], pieces[0].words.as_str())]);
        assert!(missing(&pieces, ["7.1 The board the Page"], ["3"]).is_empty());
        let touching = [Piece { words: "everyXbody".to_owned(), apart: Some("everybody X".to_owned()) }];
        assert!(missing(&touching, ["everybody"], ["X"]).is_empty());
        assert!(missing(&touching, ["everyXbody"], []).is_empty());
        assert_eq!(missing(&touching, ["everybody"], []).len(), 1);
        let list = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        assert_eq!(without_place(&list(&["7.1", "(a)", "7.1"]), &list(&["a)", "7.1."])), ["7.1"]);
    }
}
