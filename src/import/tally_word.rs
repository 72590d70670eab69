//! The second reader of Word files: goes through the bytes of a part from tag to tag, and knows nothing of trees, styles or lists.
//!
//! Input: the bytes of the text and its notes, and which changes are taken. Output: a [`Tally`]. Not here: anything that the first
//! reader does. What it counts as a number is what stands in the text as one; those that Word counts have no letters in the file.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::Changes;
use crate::manuscript::counts::{Counts, Piece, Tally};
use crate::source::decode;

/// Counts.
#[must_use]
pub fn tally(document: &[u8], others: [&[u8]; 4], changes: Changes) -> Tally {
    let [footnotes, endnotes, numbering, styles] = others.map(characters);
    let mut tally = Scan { forms: forms(&numbering, &styles), ..Scan::default() };
    tally.part(&characters(document), changes);
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

/// The characters of a part, which are UTF-8 unless its first bytes say UTF-16.
fn characters(part: &[u8]) -> Cow<'_, str> {
    match part {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Cow::Owned(decode(part.to_vec()).unwrap_or_default()),
        _ => String::from_utf8_lossy(part),
    }
}

/// What Word counts: the form of each level of each list, and the list of each style.
#[derive(Default)]
struct Forms {
    /// By list and level: whether a number stands there; not where it is a bullet or nothing.
    levels: BTreeMap<(String, String), bool>,
    styles: BTreeMap<String, (String, String)>,
    /// Styles of headings.
    headings: BTreeSet<String>,
    /// Styles in which words may be there that nobody sees.
    unseen: BTreeSet<String>,
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
                // A bullet of two letters is a word that is printed.
                let is_word = text.chars().filter(|letter| letter.is_alphanumeric()).count() > 1;
                let is_number = if form == "bullet" { is_word } else { !text.is_empty() && form != "none" };
                forms.levels.insert((list.clone(), level.clone()), is_number);
            }
        }
    }
    forms.headings = styles_of_headings(styles);
    forms.unseen = styles_unseen(styles);
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

/// The styles, with those that are based on them, that hide words or colour them so that they may not be seen.
fn styles_unseen(styles: &str) -> BTreeSet<String> {
    let (mut bases, mut unseen): (BTreeMap<String, String>, BTreeSet<String>) = Default::default();
    let mut style = String::new();
    for (name, tag) in tags(styles) {
        match name {
            "style" => style = attribute(tag, "styleId").unwrap_or_default().to_owned(),
            "basedOn" => drop(bases.insert(style.clone(), attribute(tag, "val").unwrap_or_default().to_owned())),
            _ if may_hide(name, tag) => drop(unseen.insert(style.clone())),
            _ => {}
        }
    }
    for _ in 0..30 {
        let more: Vec<String> =
            bases.iter().filter(|(_, base)| unseen.contains(*base)).map(|(id, _)| id.clone()).collect();
        unseen.extend(more);
    }
    unseen
}

/// Whether a property may make words such that nobody sees them.
fn may_hide(name: &str, tag: &str) -> bool {
    let value = || attribute(tag, "val").unwrap_or_default().to_ascii_lowercase();
    match name {
        "vanish" => !matches!(value().as_str(), "0" | "false" | "off" | "none"),
        "color" => value() == "ffffff",
        "highlight" | "shd" => true,
        _ => false,
    }
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
    pieces: Vec<Piece>,
}

/// Where the walk through a part is.
#[derive(Default)]
struct At {
    /// All words of the paragraph, those that are seen, and those that may not be.
    piece: [String; 3],
    in_words: bool,
    /// How many changes that are not taken, older forms of the same thing, and properties of paragraphs it is inside of.
    skipped: usize,
    fallback: usize,
    properties: usize,
    /// Whether the words that follow may not be seen.
    unseen: bool,
    /// Whether the end of the paragraph was taken out, so that it goes on in the next one.
    goes_on: bool,
}

impl At {
    fn is_counted(&self) -> bool {
        self.skipped == 0 && self.fallback == 0
    }

    fn words(&mut self, words: &str) {
        self.piece[0].push_str(words);
        self.piece[if self.unseen { 2 } else { 1 }].push_str(words);
        if !self.unseen && !self.piece[2].is_empty() {
            self.piece[2].push(' ');
        }
    }

    /// Where words are parted, seen or not.
    fn blank(&mut self) {
        self.piece.iter_mut().for_each(|piece| piece.push(' '));
    }
}

/// Goes into an element or out of it.
fn step(depth: &mut usize, closes: bool) {
    *depth = if closes { depth.saturating_sub(1) } else { *depth + 1 };
}

impl Scan {
    fn part(&mut self, text: &str, changes: Changes) {
        let gone = match changes {
            Changes::Accept => ["del", "moveFrom"],
            Changes::Reject => ["ins", "moveTo"],
        };
        let mut at = At::default();
        self.depth = 0;
        let mut rest = text;
        while let Some(open) = rest.find('<') {
            if at.in_words && at.is_counted() {
                at.words(&unescaped(&rest[..open]));
            }
            let Some(length) = rest[open..].find('>') else { break };
            let tag = &rest[open + 1..open + length];
            rest = &rest[open + length + 1..];
            let closes = tag.starts_with('/');
            let alone = tag.ends_with('/');
            let full = tag.trim_matches('/').split(|letter: char| letter.is_whitespace()).next().unwrap_or_default();
            let name = full.rsplit(':').next().unwrap_or(full);
            match name {
                _ if gone.contains(&name) && !alone => step(&mut at.skipped, closes),
                // Said of the end of the paragraph, in the properties of its letters.
                _ if gone.contains(&name) => at.goes_on |= at.properties == 2,
                "Fallback" if !alone => step(&mut at.fallback, closes),
                "pPr" if !alone => step(&mut at.properties, closes),
                "rPr" if !alone && at.properties > 0 => step(&mut at.properties, closes),
                "p" if closes && at.goes_on => {
                    (self.style, self.list, self.level, self.outline) = (String::new(), None, None, false);
                    at.goes_on = false;
                }
                "p" if closes => self.end(&mut at),
                "r" => at.unseen = false,
                "rStyle" if at.properties == 0 => {
                    at.unseen |= attribute(tag, "val").is_some_and(|style| self.forms.unseen.contains(style));
                }
                _ if at.properties == 0 && may_hide(name, tag) => at.unseen = true,
                _ => self.tag(&mut at, (name, tag), (closes, alone), rest),
            }
        }
        self.end(&mut at);
    }

    /// What a tag in the words of a paragraph is.
    fn tag(&mut self, at: &mut At, (name, tag): (&str, &str), (closes, alone): (bool, bool), rest: &str) {
        let counted = at.is_counted() && !closes;
        match name {
            "t" | "delText" => at.in_words = !closes && !alone,
            "pStyle" => self.style = attribute(tag, "val").unwrap_or_default().to_owned(),
            "outlineLvl" if counted => self.outline = attribute(tag, "val").is_some_and(|level| level != "9"),
            "blip" | "imagedata" => self.pictures += usize::from(counted),
            "numId" if counted => self.list = attribute(tag, "val").map(str::to_owned),
            "ilvl" if counted => self.level = attribute(tag, "val").map(str::to_owned),
            "tab" | "ptab" | "br" | "cr" => at.blank(),
            // Parts of a formula, and what is said above a word.
            "num" | "den" | "d" | "rad" | "nary" | "mr" | "eqArr" | "rt" | "rubyBase" => at.blank(),
            "noBreakHyphen" if counted => at.words("-"),
            // A letter of a type that has letters.
            "sym" if counted => {
                let code = attribute(tag, "char").and_then(|code| u32::from_str_radix(code, 16).ok());
                let font = attribute(tag, "font").unwrap_or_default().to_ascii_lowercase();
                let is_picture = font.contains("dings") || font.contains("symbol");
                let letter = code.and_then(char::from_u32).filter(|_| !is_picture);
                at.words(&letter.map(String::from).unwrap_or_default());
            }
            "tbl" if !alone => {
                self.tables += usize::from(counted && self.depth == 0);
                step(&mut self.depth, closes);
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

    fn end(&mut self, at: &mut At) {
        let [words, seen, unseen] = std::mem::take(&mut at.piece).map(|words| words.replace('\u{ad}', ""));
        let (style, list, level) =
            (std::mem::take(&mut self.style), std::mem::take(&mut self.list), std::mem::take(&mut self.level));
        let by_style = self.forms.styles.get(&style);
        let of_style = by_style.map(|(_, level)| level.clone());
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
            let apart = (!unseen.trim().is_empty()).then(|| format!("{seen} {unseen}"));
            self.pieces.push(Piece { words, apart });
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
