//! How elements of saved pages are told apart: `pages.toml`, and the marks in it.
//!
//! Input: elements. Output: whether they are what a mark says; their words, how far they are moved. Not here: what becomes of them.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::archive::tree::{Inside, Tree};

/// See `pages.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// Where a record stands.
    pub records: Vec<String>,
    /// What surrounds it.
    pub surrounds: Vec<String>,
    /// Words that nobody sees.
    pub unseen: Vec<String>,
    /// Titles above a record.
    pub titles: Vec<String>,
    /// Tables that only place things beside each other.
    pub frames: Vec<String>,
    /// Ends of addresses that lead to a file.
    pub papers: Vec<String>,
    /// Lists of links, among what surrounds a record, to the files that belong to it.
    pub paper_lists: Vec<String>,
    /// What a link says after words that the page cuts off.
    pub cut_off: Vec<String>,
    /// Elements that stand in a line.
    pub in_line: Vec<String>,
    /// Which system made a page.
    pub system: Vec<System>,
}

/// A system that makes pages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// Its name.
    pub name: String,
    /// Words in the source of its pages.
    pub sign: String,
}

/// The file, read.
pub static PAGES: LazyLock<Pages> = LazyLock::new(|| {
    toml::from_str(include_str!("pages.toml")).unwrap_or_else(|error| unreachable!("import/pages.toml: {error}"))
});

/// The first element, from the outside in, of which something holds.
pub fn find<'tree>(tree: &'tree Tree, test: &mut dyn FnMut(&Tree) -> bool) -> Option<&'tree Tree> {
    if test(tree) {
        return Some(tree);
    }
    tree.trees().find_map(|tree| find(tree, test))
}

/// Whether an element is what a mark says.
#[must_use]
pub fn is(tree: &Tree, mark: &str) -> bool {
    let fits = |own: &str, mark: &str| match mark.strip_suffix('*') {
        Some(start) => own.to_ascii_lowercase().starts_with(&start.to_ascii_lowercase()),
        None => own.eq_ignore_ascii_case(mark),
    };
    if let Some(class) = mark.strip_prefix('.') {
        return tree.attribute("class").is_some_and(|own| own.split_whitespace().any(|own| fits(own, class)));
    }
    if let Some(id) = mark.strip_prefix('#') {
        return tree.attribute("id").is_some_and(|own| fits(own, id));
    }
    match mark.split_once('=') {
        Some((name, value)) => tree.attribute(name).is_some_and(|own| fits(own, value)),
        None => fits(&tree.name, mark),
    }
}

/// Whether an element is what one of the marks says.
#[must_use]
pub fn is_any(tree: &Tree, marks: &[String]) -> bool {
    marks.iter().any(|mark| is(tree, mark))
}

/// The words of an element, apart where its elements are.
#[must_use]
pub fn said(tree: &Tree) -> String {
    let mut words = String::new();
    add_said(tree, &mut words);
    squeezed(&words)
}

fn add_said(tree: &Tree, words: &mut String) {
    const IN_WORDS: [&str; 12] = ["b", "i", "em", "strong", "span", "a", "sup", "sub", "u", "font", "small", "abbr"];
    for inside in &tree.inside {
        match inside {
            Inside::Words(own) => words.push_str(own),
            Inside::Tree(tree) => {
                let is_apart = !IN_WORDS.contains(&&*tree.name);
                if is_apart {
                    words.push(' ');
                }
                add_said(tree, words);
                if is_apart {
                    words.push(' ');
                }
            }
        }
    }
}

/// Words with one blank between them.
#[must_use]
pub fn squeezed(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How far the style of a paragraph moves it, in the columns of `manuscript/pieces.rs`.
#[must_use]
pub fn indent(tree: &Tree) -> usize {
    let style: String =
        tree.attribute("style").unwrap_or_default().chars().filter(|sign| !sign.is_whitespace()).collect();
    let length = |name: &str| {
        let value = style.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix(':'))?;
        let digits = value.trim_end_matches(|sign: char| sign.is_alphabetic() || sign == '%');
        let number: f64 = digits.parse().ok()?;
        let points = match &value[digits.len()..] {
            "pt" | "" => number,
            "px" => number * 0.75,
            "cm" => number * 28.35,
            "mm" => number * 2.835,
            "in" => number * 72.0,
            "em" => number * 12.0,
            _ => return None,
        };
        points.is_finite().then_some(points.clamp(-900.0, 900.0))
    };
    let points = length("margin-left").unwrap_or(0.0) + length("text-indent").unwrap_or(0.0).min(0.0);
    (points / 5.0).max(0.0) as usize
}
