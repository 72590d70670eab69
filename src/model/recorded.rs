//! Addresses that were published: what a site promised, place by place, so that none is lost by accident.
//!
//! Input: the files below `content/addresses/`, which `publish` writes and nobody types. Output: [`Recorded`], and its text again.
//! Not here: what becomes of an address that is not there any more (`assemble/lasting.rs`).
//!
//! A file has one line for each page, and below it, after a tab, one for each of its places in the order of the text:
//!
//! ```text
//! /minutes/board/2026-03-12/ 5f1c0a77 0a1b2c3d4e5f6071
//!     item-1 1b2c3d4e 99aa00bb11cc22dd
//! /old/address/ 5f1c0a77 0a1b2c3d4e5f6071 > /minutes/board/2026-03-12/
//! /minutes/board/ list
//! /files/plan.pdf
//! release live 12 5e884898da280471
//! ```
//!
//! The last line says which release is online at a target, and how its `release.txt` begins to be summed up: by it, a publication from
//! another copy of the texts is told.
//!
//! What stands after an address is made of the words there and does not tell them: a checksum of 32 bits, which many texts share,
//! and a sketch, by which a text is known again of which a few words have changed. The lines are sorted, so that two people's
//! changes meet in one place only where they speak of one page.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::{AnchorId, Element, Stretch, Text};
use crate::source::{SourceId, Span};

/// How the words of a place are known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Print {
    /// Of the words in their order, without capitals and signs.
    exact: u32,
    /// Of each of eight ways to choose one of the words, eight bits of the word that is chosen (Broder's min-wise sketch): two texts
    /// agree in as many of the eight as they share words.
    sketch: [u8; 8],
}

/// In so many of the eight parts of a sketch two texts agree that are one and were edited.
const ALIKE: usize = 5;

impl Print {
    /// Of words; `None` if there are none.
    #[must_use]
    pub fn of(words: &str) -> Option<Self> {
        let small = words.to_lowercase();
        let mut whole = 0_u64;
        let mut least = [u64::MAX; 8];
        for word in small.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let word = xxh3_64(word.as_bytes());
            whole = xxh3_64_with_seed(&word.to_le_bytes(), whole);
            for (way, least) in (0..).zip(&mut least) {
                // A multiplication by an odd number keeps words apart, and each of eight orders them in another way.
                let order = (word.rotate_left(8 * way) ^ u64::from(way)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                *least = (*least).min(order);
            }
        }
        let [first, ..] = least;
        (first != u64::MAX).then(|| Self { exact: (whole >> 32) as u32, sketch: least.map(|chosen| chosen as u8) })
    }

    /// Of a file, by the XXH3-128 of its bytes.
    #[must_use]
    pub fn of_file(hash: u128) -> Self {
        Self { exact: hash as u32, sketch: ((hash >> 64) as u64).to_be_bytes() }
    }

    /// In how many parts of eight the words agree, if they are a text and an edit of it.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Option<usize> {
        let alike = self.sketch.iter().zip(&other.sketch).filter(|(one, two)| one == two).count();
        (alike >= ALIKE).then_some(alike)
    }

    fn read(exact: &str, sketch: &str) -> Option<Self> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if exact.len() != 8 || sketch.len() != 16 || !digits(exact) || !digits(sketch) {
            return None;
        }
        let sketch = u64::from_str_radix(sketch, 16).ok()?;
        Some(Self { exact: u32::from_str_radix(exact, 16).ok()?, sketch: sketch.to_be_bytes() })
    }

    fn write(self, out: &mut String) {
        let _ = write!(out, " {:08x} {:016x}", self.exact, u64::from_be_bytes(self.sketch));
    }
}

/// The words of a part of a text without its printed numbers: a paragraph that got another number is the same.
#[must_use]
pub fn unnumbered_words(text: &Text, part: Stretch) -> String {
    let mut words = String::new();
    let mut at = part.start;
    for node in &text.nodes[part.first as usize..part.next as usize] {
        if matches!(node.element, Element::Number(_)) && node.start >= at {
            words.push_str(&text.words[at as usize..node.start as usize]);
            words.push(' ');
            at = node.end;
        }
    }
    words.push_str(text.words.get(at as usize..part.end as usize).unwrap_or_default());
    words
}

/// How the words of a place are known again; `None` for a place that has none.
#[must_use]
pub fn print_of_place(text: &Text, place: AnchorId) -> Option<Print> {
    Print::of(&unnumbered_words(text, text.part(text.anchor(place).node?)))
}

/// A page that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedPage {
    /// Of all its words; of a file that authors publish, of its bytes. `None` for one that the program makes, and for a page without words.
    pub print: Option<Print>,
    /// Where it was found when it was not at its address any more.
    pub to: Option<Box<str>>,
    /// Its places in the order of the text.
    pub places: Vec<RecordedPlace>,
    /// Whether it is a list, which is known by what is in it.
    pub list: bool,
    /// The line that records it; `None` before it is written.
    pub span: Option<Span>,
}

/// A place that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedPlace {
    /// Its id, without `#`.
    pub id: Box<str>,
    /// Of its words; `None` if it has none.
    pub print: Option<Print>,
}

/// A release that was published: its number, and the first digits of the checksum of its `release.txt`.
pub type RecordedRelease = (u64, Box<str>);

/// Everything that was published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recorded {
    /// By their addresses.
    pub pages: BTreeMap<Box<str>, RecordedPage>,
    /// The release that was published last to each target.
    pub releases: BTreeMap<Box<str>, RecordedRelease>,
}

/// What stands behind the address of a list.
const LIST: &str = " list";

/// The file of the releases.
const RELEASES: &str = "releases.txt";

/// What every file says of itself to somebody who opens it.
const HEADING: &str = "\
# Addresses of this website that have been published, so that no link to them breaks.
# `folkmoot publish` reads and writes this file. Keep it, and change nothing in it.
";

impl Recorded {
    /// Adds what a file records; gives the lines that say nothing that can be understood.
    #[must_use]
    pub fn read(&mut self, text: &str, source: SourceId) -> Vec<Span> {
        let mut unclear = Vec::new();
        let mut page: Option<&mut RecordedPage> = None;
        // Two people's changes may both have a place.
        let mut known: HashSet<u64> = HashSet::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::new(source, at, at + line.trim_end().len());
            at += line.len();
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(place) = line.strip_prefix('\t') {
                match (&mut page, place_of(place)) {
                    (Some(page), Some(place)) => {
                        if known.insert(xxh3_64(place.id.as_bytes())) {
                            page.places.push(place);
                        }
                    }
                    _ => unclear.push(span),
                }
            } else if let Some((target, release)) = line.strip_prefix("release ").and_then(release_of) {
                let known = self.releases.entry(target).or_insert_with(|| release.clone());
                *known = release.max(known.clone());
            } else if let Some((address, new)) = page_of(line, span) {
                let own = match self.pages.entry(address) {
                    Entry::Vacant(free) => free.insert(new),
                    Entry::Occupied(taken) => {
                        let own = taken.into_mut();
                        own.to = own.to.take().or(new.to);
                        own
                    }
                };
                known.clear();
                known.extend(own.places.iter().map(|place| xxh3_64(place.id.as_bytes())));
                page = Some(own);
            } else {
                unclear.push(span);
                page = None;
            }
        }
        unclear
    }

    /// The texts of the files, by their paths below `content/addresses/`; `file` says in which of them a page stands.
    #[must_use]
    pub fn write(&self, file: impl Fn(&str) -> String) -> BTreeMap<String, String> {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        for (address, page) in &self.pages {
            let out = files.entry(file(address)).or_insert_with(|| HEADING.to_owned());
            out.push_str(address);
            page.print.into_iter().for_each(|print| print.write(out));
            if page.list {
                out.push_str(LIST);
            }
            if let Some(to) = &page.to {
                let _ = write!(out, " > {to}");
            }
            out.push('\n');
            for place in &page.places {
                out.push('\t');
                out.push_str(&place.id);
                place.print.into_iter().for_each(|print| print.write(out));
                out.push('\n');
            }
        }
        for (target, (number, mark)) in &self.releases {
            let out = files.entry(RELEASES.to_owned()).or_insert_with(|| HEADING.to_owned());
            let _ = writeln!(out, "release {target} {number} {mark}");
        }
        files
    }

    /// Where a page is now that is not at its address any more, through all its moves, if `is_there` says that it is there.
    ///
    /// # Errors
    /// The addresses of a circle.
    pub fn follow<'here>(
        &'here self,
        address: &'here str,
        is_there: impl Fn(&str) -> bool,
    ) -> Result<Option<&'here str>, Vec<&'here str>> {
        let mut met = BTreeSet::new();
        let mut at = address;
        loop {
            if !met.insert(at) {
                return Err(met.into_iter().collect());
            }
            let Some(next) = self.pages.get(at).and_then(|page| page.to.as_deref()) else { return Ok(None) };
            if is_there(next) {
                return Ok(Some(next));
            }
            at = next;
        }
    }
}

fn release_of(line: &str) -> Option<(Box<str>, RecordedRelease)> {
    let mut parts = line.rsplitn(3, ' ');
    let (mark, number, target) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
    Some((target.into(), (number, mark.into())))
}

fn page_of(line: &str, span: Span) -> Option<(Box<str>, RecordedPage)> {
    let (own, to) = line.split_once(" > ").map_or((line, None), |(own, to)| (own, Some(to)));
    let (own, list) = own.strip_suffix(LIST).filter(|own| own.ends_with('/')).map_or((own, false), |own| (own, true));
    let (address, print) = with_print(own)?;
    let is_address = |address: &str| address.starts_with('/') && !address.contains(char::is_control);
    if !is_address(address) || to.is_some_and(|to| !is_address(to)) {
        return None;
    }
    Some((address.into(), RecordedPage { print, to: to.map(Into::into), places: Vec::new(), list, span: Some(span) }))
}

fn place_of(line: &str) -> Option<RecordedPlace> {
    let (id, print) = with_print(line)?;
    (!id.is_empty() && !id.contains(char::is_whitespace)).then(|| RecordedPlace { id: id.into(), print })
}

/// A name, and the print behind it if there is one. A name may have blanks, since files may.
fn with_print(line: &str) -> Option<(&str, Option<Print>)> {
    let mut parts = line.rsplitn(3, ' ');
    let (sketch, exact, name) = (parts.next()?, parts.next(), parts.next());
    let print = exact.and_then(|exact| Print::read(exact, sketch));
    match (name, print) {
        (Some(name), Some(print)) => Some((name, Some(print))),
        _ => Some((line, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let text = "/a b.pdf\n/a/ 0000002a 0102030405060708 > /b/\n\titem-1 0000002b 0102030405060709\n\tpage-3\n/c/ list\n/d/ list > /e/\n";
        let mut recorded = Recorded::default();
        assert_eq!(recorded.read(text, SourceId(0)), []);
        let files = recorded.write(|_| "x.txt".into());
        assert_eq!(files["x.txt"], format!("{HEADING}{text}"));
        assert_eq!(recorded.read("release live 9 aa\nrelease live 12 bb\nrelease live 10 cc\n", SourceId(0)), []);
        let files = recorded.write(|_| "x.txt".into());
        assert_eq!(files["releases.txt"], format!("{HEADING}release live 12 bb\n"));
        // Twice the same, as after two people's changes were put together.
        assert_eq!(recorded.read(text, SourceId(0)), []);
        assert_eq!(recorded.write(|_| "x.txt".into()), files);
    }

    #[test]
    fn what_is_damaged_is_said_and_the_rest_is_read() {
        let mut recorded = Recorded::default();
        let unclear = recorded.read("<<<<<<< mine\n\tlost\n/a/\n\tb\n=======\n\tc\n", SourceId(0));
        assert_eq!(unclear.len(), 4);
        assert_eq!(recorded.pages["/a/"].places.len(), 1);
    }

    #[test]
    fn an_edited_text_is_like_itself_and_not_like_another() {
        let print = |words: &str| Print::of(words).expect("it has words");
        let old = print(
            "The Committee asked for a report on lighting in Harbour Street, by March, from the Head of Highways.",
        );
        let new =
            print("The Committee asked for a report on lighting in Harbor Street by March from the Head of Highways");
        let other = print(
            "Members thanked the officers for the visit to the depot, and noted that the budget had been agreed.",
        );
        assert!(old.likeness(&new).is_some() && old.likeness(&other).is_none());
        assert!(
            old == print(
                "the committee asked for a report on lighting in harbour street by march from the head of highways"
            )
        );
        assert_eq!(Print::of(" – "), None);
    }

    #[test]
    fn moves_are_followed_and_circles_are_told() {
        let mut recorded = Recorded::default();
        let _ = recorded.read("/a/ > /b/\n/b/ > /c/\n/x/ > /y/\n/y/ > /x/\n/z/\n", SourceId(0));
        assert_eq!(recorded.follow("/a/", |address| address == "/c/"), Ok(Some("/c/")));
        assert_eq!(recorded.follow("/z/", |_| false), Ok(None));
        assert_eq!(recorded.follow("/x/", |_| false), Err(vec!["/x/", "/y/"]));
    }
}
