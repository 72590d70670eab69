//! The second reader of Word files: goes through the bytes of a part from tag to tag, and knows nothing of trees, styles or lists.
//!
//! Input: the bytes of the text and its notes, and which changes are taken. Output: a [`Tally`]. Not here: anything that the first
//! reader does. What it counts as a number is what stands in the text as one; those that Word counts have no letters in the file.

use std::collections::{BTreeMap, BTreeSet};

use super::Changes;
use crate::manuscript::counts::{Counts, Tally};

/// Counts.
#[must_use]
pub fn tally(document: &[u8], others: [&[u8]; 4], changes: Changes) -> Tally {
    let [footnotes, endnotes, numbering, styles] = others.map(String::from_utf8_lossy);
    let mut tally = Scan { forms: forms(&numbering, &styles), ..Scan::default() };
    tally.part(&String::from_utf8_lossy(document), changes);
    let counts = Counts {
        headings: Some(tally.headings),
        paragraphs: Some(tally.paragraphs),
        pictures: Some(tally.pictures),
        numbers: Some(tally.numbers),
        items: Some(tally.items),
        tables: Some(tally.tables),
        notes: Some(tally.notes),
        links: Some(tally.links),
    };
    let printed = tally.printed.clone();
    for note in [footnotes, endnotes] {
        tally.part(&note, changes);
    }
    Tally { counts, printed, pieces: tally.pieces }
}

/// What Word counts: the form of each level of each list, and the list of each style.
#[derive(Default)]
struct Forms {
    /// By list and level: whether a number stands there; not where it is a bullet or nothing.
    levels: BTreeMap<(String, String), bool>,
    styles: BTreeMap<String, (String, String)>,
    /// Styles of headings.
    headings: BTreeSet<String>,
}

/// The value of an attribute in a tag.
fn attribute<'tag>(tag: &'tag str, name: &str) -> Option<&'tag str> {
    let start = tag.find(&format!(":{name}=")).map(|at| at + name.len() + 3)?;
    tag.get(start..)?.split(['"', '\'']).next()
}

/// Each tag of a part, with its name without a prefix.
fn tags(part: &str) -> impl Iterator<Item = (&str, &str)> {
    part.split('<').skip(1).map(|rest| {
        let tag = rest.split('>').next().unwrap_or_default();
        let full = tag.trim_end_matches('/').split(char::is_whitespace).next().unwrap_or_default();
        (full.rsplit(':').next().unwrap_or(full), tag)
    })
}

fn forms(numbering: &str, styles: &str) -> Forms {
    let mut definitions: BTreeMap<(String, String), (String, String)> = BTreeMap::new();
    let mut links: BTreeMap<String, String> = BTreeMap::new();
    let mut homes: BTreeMap<String, String> = BTreeMap::new();
    let mut lists: BTreeMap<String, String> = BTreeMap::new();
    let (mut owner, mut list, mut level) = (String::new(), String::new(), String::new());
    for (name, tag) in tags(numbering) {
        let value = || attribute(tag, "val").unwrap_or_default().to_owned();
        let key = || (if list.is_empty() { owner.clone() } else { format!("list {list}") }, level.clone());
        match name {
            "abstractNum" => {
                (owner, list) = (attribute(tag, "abstractNumId").unwrap_or_default().to_owned(), String::new())
            }
            "num" => list = attribute(tag, "numId").unwrap_or_default().to_owned(),
            "abstractNumId" => drop(lists.insert(list.clone(), value())),
            "lvl" => level = attribute(tag, "ilvl").unwrap_or_default().to_owned(),
            "numFmt" => definitions.entry(key()).or_default().0 = value(),
            "lvlText" => definitions.entry(key()).or_default().1 = value(),
            "numStyleLink" => drop(links.insert(owner.clone(), value())),
            "styleLink" => drop(homes.insert(value(), owner.clone())),
            _ => {}
        }
    }
    let mut forms = Forms::default();
    for (list, definition) in &lists {
        let home = links.get(definition).and_then(|style| homes.get(style)).unwrap_or(definition);
        for owner in [home.clone(), format!("list {list}")] {
            for ((_, level), (form, text)) in definitions.iter().filter(|((own, _), _)| *own == owner) {
                let is_number = form != "bullet" && !text.is_empty() && (form != "none" || !text.starts_with('%'));
                forms.levels.insert((list.clone(), level.clone()), is_number && form != "none");
            }
        }
    }
    forms.headings = styles_of_headings(styles);
    forms.styles = styles_of_lists(styles, numbering, &lists);
    forms
}

/// The styles that make headings, by themselves or by those that they are based on.
fn styles_of_headings(styles: &str) -> BTreeSet<String> {
    let mut own: BTreeMap<String, (Option<String>, Option<bool>)> = BTreeMap::new();
    let mut style = String::new();
    for (name, tag) in tags(styles) {
        let value = || attribute(tag, "val").unwrap_or_default();
        let entry = own.entry(style.clone()).or_default();
        match name {
            "style" => style = attribute(tag, "styleId").unwrap_or_default().to_owned(),
            "basedOn" => entry.0 = Some(value().to_owned()),
            "outlineLvl" => entry.1 = Some(value() != "9"),
            "name" if value().eq_ignore_ascii_case("title") || value().to_ascii_lowercase().starts_with("heading ") => {
                entry.1 = entry.1.or(Some(true));
            }
            _ => {}
        }
    }
    let is_heading = |id: &String| {
        let mut at = Some(id.clone());
        for _ in 0..30 {
            let Some((base, own)) = at.as_ref().and_then(|at| own.get(at)) else { return false };
            if let Some(own) = own {
                return *own;
            }
            at.clone_from(base);
        }
        false
    };
    own.keys().filter(|id| is_heading(id)).cloned().collect()
}

/// The list and the level of each style of paragraphs, with those that it is based on.
fn styles_of_lists(
    styles: &str,
    numbering: &str,
    lists: &BTreeMap<String, String>,
) -> BTreeMap<String, (String, String)> {
    let mut own: BTreeMap<String, [Option<String>; 3]> = BTreeMap::new();
    let mut style = String::new();
    for (name, tag) in tags(styles) {
        let value = || attribute(tag, "val").map(str::to_owned);
        let entry = own.entry(style.clone()).or_default();
        match name {
            "style" => style = attribute(tag, "styleId").unwrap_or_default().to_owned(),
            "basedOn" => entry[0] = value(),
            "numId" => entry[1] = value(),
            "ilvl" => entry[2] = value(),
            _ => {}
        }
    }
    // A level of a definition may name the style to which it belongs.
    let mut named: BTreeMap<String, (String, String)> = BTreeMap::new();
    let (mut owner, mut level) = (String::new(), String::new());
    for (name, tag) in tags(numbering) {
        match name {
            "abstractNum" => owner = attribute(tag, "abstractNumId").unwrap_or_default().to_owned(),
            "lvl" => level = attribute(tag, "ilvl").unwrap_or_default().to_owned(),
            "pStyle" => {
                drop(named.insert(attribute(tag, "val").unwrap_or_default().to_owned(), (owner.clone(), level.clone())))
            }
            _ => {}
        }
    }
    let mut found = BTreeMap::new();
    for id in own.keys() {
        let (mut at, mut list, mut level) = (Some(id.clone()), None, None);
        for _ in 0..30 {
            let Some([base, own_list, own_level]) = at.as_ref().and_then(|at| own.get(at)) else { break };
            list = list.or_else(|| own_list.clone());
            level = level.or_else(|| own_level.clone());
            at.clone_from(base);
        }
        let Some(list) = list else { continue };
        let of_style =
            named.get(id).filter(|(owner, _)| lists.get(&list) == Some(owner)).map(|(_, level)| level.clone());
        found.insert(id.clone(), (list, of_style.or(level).unwrap_or_else(|| "0".to_owned())));
    }
    found
}

#[derive(Default)]
struct Scan {
    forms: Forms,
    /// The style, the list and the level of the paragraph that is open, as far as they were met.
    style: String,
    list: Option<String>,
    level: Option<String>,
    headings: usize,
    paragraphs: usize,
    pictures: usize,
    numbers: usize,
    items: usize,
    /// How many tables the place is inside of.
    depth: usize,
    /// The level as a heading that the paragraph says itself.
    outline: bool,
    printed: Vec<String>,
    tables: usize,
    notes: usize,
    links: usize,
    pieces: Vec<String>,
}

impl Scan {
    fn part(&mut self, text: &str, changes: Changes) {
        let gone = match changes {
            Changes::Accept => ["del", "moveFrom"],
            Changes::Reject => ["ins", "moveTo"],
        };
        let (mut piece, mut skipped, mut fallback) = (String::new(), 0_usize, 0_usize);
        let mut in_words = false;
        self.depth = 0;
        let mut rest = text;
        while let Some(open) = rest.find('<') {
            if in_words && skipped == 0 && fallback == 0 {
                piece.push_str(&unescaped(&rest[..open]));
            }
            let Some(length) = rest[open..].find('>') else { break };
            let tag = &rest[open + 1..open + length];
            rest = &rest[open + length + 1..];
            let closes = tag.starts_with('/');
            let alone = tag.ends_with('/');
            let full = tag.trim_matches('/').split(|letter: char| letter.is_whitespace()).next().unwrap_or_default();
            let name = full.rsplit(':').next().unwrap_or(full);
            if gone.contains(&name) && !alone {
                skipped = if closes { skipped.saturating_sub(1) } else { skipped + 1 };
            }
            if name == "Fallback" && !alone {
                fallback = if closes { fallback.saturating_sub(1) } else { fallback + 1 };
            }
            let counted = skipped == 0 && fallback == 0 && !closes;
            match name {
                "t" | "delText" => in_words = !closes && !alone,
                "p" if closes => self.end(&mut piece),
                "pStyle" => self.style = attribute(tag, "val").unwrap_or_default().to_owned(),
                "outlineLvl" if counted => self.outline = attribute(tag, "val").is_some_and(|level| level != "9"),
                "blip" | "imagedata" => self.pictures += usize::from(counted),
                "numId" if counted => self.list = attribute(tag, "val").map(str::to_owned),
                "ilvl" if counted => self.level = attribute(tag, "val").map(str::to_owned),
                "tab" | "br" | "cr" => piece.push(' '),
                "noBreakHyphen" => piece.push('-'),
                "tbl" if !alone => {
                    self.tables += usize::from(counted && self.depth == 0);
                    self.depth = if closes { self.depth.saturating_sub(1) } else { self.depth + 1 };
                }
                "footnoteReference" | "endnoteReference" => self.notes += usize::from(counted),
                "hyperlink" if tag.contains(":id=") => self.links += usize::from(counted),
                "instrText" if counted => {
                    let order = rest.trim_start();
                    self.links += usize::from(order.starts_with("HYPERLINK") && !order.starts_with("HYPERLINK \\l"));
                }
                _ => {}
            }
        }
        self.end(&mut piece);
    }

    fn end(&mut self, piece: &mut String) {
        let words = std::mem::take(piece).replace('\u{ad}', "");
        let (style, list, level) =
            (std::mem::take(&mut self.style), std::mem::take(&mut self.list), std::mem::take(&mut self.level));
        let by_style = self.forms.styles.get(&style);
        let of_style =
            by_style.filter(|(own, _)| list.as_ref().is_none_or(|list| list == own)).map(|(_, level)| level.clone());
        let level = level.or(of_style).unwrap_or_else(|| "0".to_owned());
        let list = list.or_else(|| by_style.map(|(list, _)| list.clone()));
        let form = list.and_then(|list| self.forms.levels.get(&(list, level)).copied());
        let has_words = !words.trim().is_empty();
        let is_heading = std::mem::take(&mut self.outline) || self.forms.headings.contains(&style);
        if has_words && self.depth == 0 {
            self.paragraphs += 1;
            self.headings += usize::from(is_heading);
        }
        match form {
            Some(true) => self.numbers += usize::from(has_words),
            Some(false) => self.items += usize::from(has_words),
            None => {
                let typed = words.split_whitespace().next().unwrap_or_default();
                let has_more = words.trim().len() > typed.len();
                if has_more && is_typed_number(typed) {
                    self.numbers += 1;
                    self.printed.push(typed.to_owned());
                }
            }
        }
        if has_words {
            self.pieces.push(words);
        }
    }
}

/// `7.`, `7.13`, `(a)`, `iv)`: what somebody typed as a number.
fn is_typed_number(word: &str) -> bool {
    let inside = word.trim_start_matches('(').trim_end_matches(['.', ')']);
    let parts: Vec<&str> = inside.split('.').collect();
    let digits = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_closed = word.ends_with(['.', ')']);
    let letters = word.ends_with(')') && (inside.len() == 1 || inside.bytes().all(|letter| b"ivxl".contains(&letter)));
    let is_number = parts.iter().all(digits) && (is_closed || parts.len() > 1) && parts[0] != "0";
    is_number
        || (letters
            && !inside.is_empty()
            && inside.len() < 6
            && inside.bytes().all(|letter| letter.is_ascii_alphabetic()))
}

/// The signs that stand for others.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let end = rest[at..].find(';').map_or(rest.len(), |end| at + end + 1);
        let sign = match &rest[at..end] {
            "&amp;" => '&',
            "&lt;" => '<',
            "&gt;" => '>',
            "&quot;" => '"',
            "&apos;" => '\'',
            number => {
                let digits = number.trim_start_matches("&#").trim_end_matches(';');
                let code = match digits.strip_prefix('x') {
                    Some(digits) => u32::from_str_radix(digits, 16),
                    None => digits.parse(),
                };
                code.ok().and_then(char::from_u32).unwrap_or(' ')
            }
        };
        out.push(sign);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}
