//! The numbers that Word counts: what it prints before each paragraph of a list, in every level, with restarts and overrides.
//!
//! Input: `numbering.xml`, and the paragraphs of lists in their order. Output: the number as Word shows it, or that it is a bullet.
//! Not here: which paragraphs are in which list, and the forms of numbers (`number_forms.rs`).
//!
//! As ECMA-376, Part 1, 17.9 has it, and as Word does where that is silent: lists that are made from one definition go on counting
//! with each other, and a restart of one happens when it is met first. What has a story of its own (the text, its notes, a box) counts
//! by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::number_forms::written;
use super::styles::{Look, Styles, indent};
use crate::archive::tree::Tree;

/// How many levels a list has.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Level {
    start: i64,
    format: String,
    /// `%1.%2`
    text: String,
    /// The level, from 1, after which it begins anew; 0: never; `None`: after each above it.
    restart: Option<usize>,
    /// Whether the numbers of all levels are shown as digits.
    is_legal: bool,
    style: Option<String>,
    indent: Option<(i64, i64)>,
    /// How its numbers look, where that is not as the paragraph looks.
    look: Look,
}

#[derive(Debug, Clone, Default)]
struct Definition {
    levels: BTreeMap<usize, Level>,
    /// The style of numbers in which its levels stand.
    link: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct List {
    definition: String,
    starts: BTreeMap<usize, i64>,
    levels: BTreeMap<usize, Level>,
}

/// How far the lists have counted in one story.
#[derive(Debug, Default)]
pub struct Story {
    /// Of each definition, the number of each level; `None`: it has not begun.
    counts: BTreeMap<String, [Option<i64>; LEVELS]>,
    /// Restarts that have happened: the list and the level.
    restarted: BTreeSet<(String, usize)>,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbers {
    definitions: BTreeMap<String, Definition>,
    lists: BTreeMap<String, List>,
    /// The story that is read.
    pub story: Story,
    /// Forms of numbers that are not known, and are shown as digits.
    pub unknown: BTreeSet<String>,
}

/// What stands before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// A bullet.
    Bullet,
    /// A number as Word shows it; empty where it shows none.
    Number(String),
}

impl Numbers {
    /// Reads the part.
    #[must_use]
    pub fn read(part: &Tree) -> Self {
        let mut numbers = Self::default();
        for tree in part.trees() {
            match &*tree.name {
                "abstractNum" => {
                    let id = tree.attribute("abstractNumId").unwrap_or_default().to_owned();
                    let levels = tree.trees().filter(|tree| &*tree.name == "lvl").filter_map(level).collect();
                    let link = tree.child("numStyleLink").and_then(Tree::val).map(str::to_owned);
                    numbers.definitions.insert(id, Definition { levels, link });
                }
                "num" => {
                    let id = tree.attribute("numId").unwrap_or_default().to_owned();
                    numbers.lists.insert(id, list(tree));
                }
                _ => {}
            }
        }
        numbers
    }

    /// The definition of a list, through the styles in which definitions stand.
    fn definition(&self, list: &str, styles: &Styles) -> Option<String> {
        let mut id = self.lists.get(list)?.definition.clone();
        for _ in 0..LEVELS {
            let Some(link) = self.definitions.get(&id)?.link.as_deref() else { return Some(id) };
            let next = self.lists.get(styles.list(link)?)?.definition.clone();
            if next == id {
                return Some(id);
            }
            id = next;
        }
        None
    }

    /// The level of a list that belongs to this style.
    #[must_use]
    pub fn level_of_style(&self, list: &str, style: &str, styles: &Styles) -> Option<usize> {
        let definition = self.definitions.get(&self.definition(list, styles)?)?;
        definition.levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(number, _)| *number)
    }

    /// How far paragraphs of this level are moved to the right.
    #[must_use]
    pub fn indent(&self, list: &str, level: usize, styles: &Styles) -> Option<(i64, i64)> {
        self.level(list, level, styles)?.indent
    }

    fn level(&self, list: &str, level: usize, styles: &Styles) -> Option<Level> {
        let own = self.lists.get(list).and_then(|list| list.levels.get(&level));
        let definition = self.definition(list, styles)?;
        own.or_else(|| self.definitions.get(&definition)?.levels.get(&level)).cloned()
    }

    /// Counts a paragraph, and says what stands before it. `look`: how its end looks. `None`: there is no such list.
    pub fn next(&mut self, list: &str, at: usize, styles: &Styles, look: Look) -> Option<Mark> {
        if at >= LEVELS {
            return None;
        }
        let level = self.level(list, at, styles)?;
        let definition = self.definition(list, styles)?;
        let restart = self.restart(list, at);
        let mut counts = self.story.counts.get(&definition).copied().unwrap_or_default();
        counts[at] = Some(match (restart, counts[at]) {
            (Some(start), _) => start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => self.start(list, at, styles),
        });
        // A level that was passed over counts as begun; a restart of it waits for the first paragraph of its own.
        for (above, count) in counts.iter_mut().enumerate().take(at).filter(|(_, count)| count.is_none()) {
            *count = Some(self.start(list, above, styles));
        }
        for (below, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let restart = self.level(list, below, styles).and_then(|level| level.restart);
            if restart.is_none_or(|after| after > at) {
                *count = None;
            }
        }
        self.story.counts.insert(definition, counts);
        // A word that somebody made a bullet of is printed as it is.
        if level.format == "bullet" && !is_words(&level.text, level.look) {
            return Some(Mark::Bullet);
        }
        // A number may be hidden where its paragraph is not: those of the levels below it have it in them.
        if level.look.hidden == Some(true) {
            return Some(Mark::Number(String::new()));
        }
        let shown = self.shown(list, at, &level, &counts, styles);
        let in_capitals = level.look.or(look).capitals == Some(true);
        Some(Mark::Number(if in_capitals { shown.to_uppercase() } else { shown }))
    }

    /// The number with which a list begins anew at this level, the first time it is met there.
    fn restart(&mut self, list: &str, at: usize) -> Option<i64> {
        let start = self.lists.get(list)?.starts.get(&at).copied()?;
        self.story.restarted.insert((list.to_owned(), at)).then_some(start)
    }

    /// The number with which a list begins at this level, whenever it does.
    fn start(&self, list: &str, at: usize, styles: &Styles) -> i64 {
        let own = self.lists.get(list).and_then(|list| list.starts.get(&at)).copied();
        own.or_else(|| self.level(list, at, styles).map(|level| level.start)).unwrap_or(1)
    }

    /// The text of a level, with the numbers in it.
    fn shown(
        &mut self,
        list: &str,
        at: usize,
        level: &Level,
        counts: &[Option<i64>; LEVELS],
        styles: &Styles,
    ) -> String {
        let mut shown = String::new();
        let mut letters = level.text.chars().peekable();
        while let Some(letter) = letters.next() {
            let place = letters.peek().and_then(|next| next.to_digit(10)).filter(|place| letter == '%' && *place > 0);
            let Some(place) = place.and_then(|place| usize::try_from(place - 1).ok()) else {
                shown.push(letter);
                continue;
            };
            letters.next();
            // The number of a level below is none yet.
            if place > at {
                continue;
            }
            let format = self.level(list, place, styles).map_or_else(|| "decimal".to_owned(), |level| level.format);
            // Digits for all levels: "Section 1.01" below "Article I". What has no number has none here either.
            let is_kept = matches!(&*format, "none" | "bullet" | "decimalZero" | "decimalZero3");
            let format = if level.is_legal && !is_kept { "decimal" } else { &format };
            if format == "none" && place < at {
                // With a number that is not shown goes what parts it from the next.
                while letters.peek().is_some_and(|next| *next != '%') {
                    letters.next();
                }
                continue;
            }
            match written(counts[place].unwrap_or(1), format) {
                Some(number) => shown.push_str(&number),
                None => {
                    self.unknown.insert(format.to_owned());
                    shown.push_str(&counts[place].unwrap_or(1).to_string());
                }
            }
        }
        shown.trim().to_owned()
    }
}

/// Whether what stands as a bullet is words, `Action:`, and no letter of a type that has pictures for letters, or `o` for a ring.
fn is_words(text: &str, look: Look) -> bool {
    !look.is_pictures && text.chars().filter(|letter| letter.is_alphanumeric()).count() > 1
}

fn list(tree: &Tree) -> List {
    let mut list = List {
        definition: tree.child("abstractNumId").and_then(Tree::val).unwrap_or_default().to_owned(),
        ..List::default()
    };
    for own in tree.trees().filter(|tree| &*tree.name == "lvlOverride") {
        let Some(at) = own.attribute("ilvl").and_then(|value| value.trim().parse().ok()) else { continue };
        if let Some(start) = own.number("startOverride") {
            list.starts.insert(at, start);
        }
        if let Some((_, level)) = own.child("lvl").and_then(level) {
            list.levels.insert(at, level);
        }
    }
    list
}

fn level(tree: &Tree) -> Option<(usize, Level)> {
    let at = tree.attribute("ilvl")?.trim().parse().ok()?;
    let text = tree.child("lvlText").and_then(Tree::val).unwrap_or_default();
    let level = Level {
        start: tree.number("start").unwrap_or(0),
        format: format(tree),
        text: text.to_owned(),
        restart: tree.number("lvlRestart").and_then(|level| usize::try_from(level).ok()),
        is_legal: tree.switch("isLgl").unwrap_or(false),
        style: tree.child("pStyle").and_then(Tree::val).map(str::to_owned),
        indent: tree.child("pPr").and_then(indent),
        look: tree.child("rPr").map(Look::of).unwrap_or_default(),
    };
    Some((at, level))
}

/// The form of a level's numbers. Newer forms stand in a choice, beside one that older programs know.
fn format(tree: &Tree) -> String {
    let choice = || tree.find(&["AlternateContent", "Choice", "numFmt"]);
    let Some(own) = tree.child("numFmt").or_else(choice) else { return "decimal".to_owned() };
    match (own.val().unwrap_or("decimal"), own.attribute("format").unwrap_or_default()) {
        ("custom", "01, 02, 03, ...") => "decimalZero".to_owned(),
        ("custom", format) if format.starts_with("001") => "decimalZero3".to_owned(),
        (name, _) => name.to_owned(),
    }
}
