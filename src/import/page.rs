//! A saved page → a manuscript: the record without what surrounds it, its address, and the files to which it leads.
//!
//! Input: the characters of a page. Output: a [`Manuscript`] and remarks. Not here: blocks and words of the record
//! (`page_blocks.rs`). **Where a record stands is data**: `pages.toml`. Nothing is fetched.

use super::furniture;
use super::html::{self, Page};
use super::page_blocks::Blocks;
use super::page_marks::{PAGES, find, is, is_any, said, squeezed};
use crate::archive::tree::{Inside, Tree};
use crate::manuscript::pieces::{Piece, PieceSort, arranged};
use crate::manuscript::said::Remarks;
use crate::manuscript::{Manuscript, plain};

/// What is dropped around a record, as it is said.
const SURROUNDS: &str = "menus, heads and feet of the page";
const UNSEEN: &str = "words that nobody sees in a browser";

/// Reads a page. `address`: from where it was saved, if something beside it says so.
#[must_use]
pub fn read(text: &str, address: Option<String>, remarks: &mut Remarks) -> Manuscript {
    let Page { mut tree, remarks: source } = html::read(text);
    let address = address.or_else(|| saved_from(&source)).or_else(|| said_address(&tree));
    let title = find(&tree, &mut |tree| &*tree.name == "title").map(|title| squeezed(&title.words()));
    let language = find(&tree, &mut |tree| &*tree.name == "html").and_then(|html| html.attribute("lang")).map(short);
    let system = PAGES.system.iter().find(|system| text.contains(&system.sign)).map(|system| system.name.clone());
    let mut lists = Vec::new();
    let total = words(&tree);
    strip(&mut tree, remarks, &mut lists, total);
    let place = record(&tree);
    let heading = heading(&tree, place.unwrap_or(&tree));
    if let Some(place) = place {
        remark_around(&tree, place, heading, remarks);
    }
    let mut blocks = Blocks::new(address.as_deref());
    let record = place.unwrap_or(&tree);
    if let Some(heading) = heading.filter(|heading| !holds(record, heading)) {
        blocks.body_of(heading);
    }
    blocks.body(record);
    blocks.papers_of(&lists);
    blocks.unlink_papers();
    let Blocks { pieces, papers, remarks: own, .. } = blocks;
    remarks.0.extend(own.0);
    let pieces = without_furniture(pieces, remarks);
    let blocks = arranged(pieces);
    let language = language.filter(|language| language != "en" && !language.is_empty());
    Manuscript {
        blocks,
        beside: title.iter().cloned().collect(),
        title: title.filter(|title| !title.is_empty()),
        address,
        system,
        language,
        papers,
        ..Manuscript::default()
    }
}

fn short(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

/// The remark that browsers put into what they save: `saved from url=(0042)https://…`.
fn saved_from(remarks: &[String]) -> Option<String> {
    remarks.iter().find_map(|remark| {
        let address = remark.split_once("saved from url=")?.1.trim();
        let address = address.split_once(')').map_or(address, |(_, address)| address);
        is_address(address).then(|| address.trim().to_owned())
    })
}

/// The address that a page gives itself.
fn said_address(tree: &Tree) -> Option<String> {
    let canonical = find(tree, &mut |tree| &*tree.name == "link" && tree.attribute("rel") == Some("canonical"));
    let own = find(tree, &mut |tree| &*tree.name == "meta" && tree.attribute("property") == Some("og:url"));
    let address =
        canonical.and_then(|tree| tree.attribute("href")).or(own.and_then(|tree| tree.attribute("content")))?;
    is_address(address).then(|| address.trim().to_owned())
}

fn is_address(address: &str) -> bool {
    let address = address.trim();
    address.starts_with("https://") || address.starts_with("http://")
}

/// Takes out what surrounds a record and what nobody sees. `lists`: gets what may name files of the record; `total`: how many words
/// the page has.
fn strip(tree: &mut Tree, remarks: &mut Remarks, lists: &mut Vec<Tree>, total: usize) {
    let mut kept = Vec::with_capacity(tree.inside.len());
    for inside in std::mem::take(&mut tree.inside) {
        let Inside::Tree(mut inner) = inside else {
            kept.push(inside);
            continue;
        };
        let what = match &*inner.name {
            "head" | "title" => None,
            // A heading of the record may stand in a head of its own.
            "header" if find(&inner, &mut |tree| &*tree.name == "h1").is_some() => {
                strip(&mut inner, remarks, lists, total);
                kept.push(Inside::Tree(inner));
                continue;
            }
            _ if is_unseen(&inner) => Some(UNSEEN),
            // What holds most of a page is no menu, whatever it is called: many systems put all of it into a form.
            _ if is_any(&inner, &PAGES.surrounds) && words(&inner) * 2 <= total => Some(SURROUNDS),
            _ => {
                strip(&mut inner, remarks, lists, total);
                kept.push(Inside::Tree(inner));
                continue;
            }
        };
        let words = said(&inner);
        if let Some(what) = what.filter(|_| !words.is_empty()) {
            remarks.dropped(what, &words);
        }
        // Words before and after it are still apart, unless it stood in a line.
        if !matches!(&*inner.name, "span" | "b" | "i" | "em" | "strong" | "a" | "font") {
            kept.push(Inside::Words(" ".into()));
        }
        if is_any(&inner, &PAGES.paper_lists) {
            lists.push(inner);
        }
    }
    tree.inside = kept;
}

/// Whether a browser shows nothing of an element, or what nobody can read.
fn is_unseen(tree: &Tree) -> bool {
    let style = tree.attribute("style").unwrap_or_default();
    let style: String = style.chars().filter(|sign| !sign.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let says = |names: &[&str], values: &[&str]| {
        let says = |part: &str| {
            part.split_once(':').is_some_and(|(name, value)| names.contains(&name) && values.contains(&value))
        };
        style.split(';').any(says)
    };
    let grounds = ["background", "background-color"];
    let is_white = says(&["color"], &["white", "#fff", "#ffffff"]) && !style.contains("background");
    // People blacken words to take them back; a page as a whole may be black and its words light.
    let is_in_line = is_any(tree, &PAGES.in_line);
    let is_light =
        style.split(';').any(|part| part.starts_with("color:")) && !says(&["color"], &["black", "#000", "#000000"]);
    let is_black = is_in_line && !is_light && says(&grounds, &["black", "#000", "#000000"]);
    let is_hidden =
        says(&["display"], &["none"]) || says(&["visibility"], &["hidden"]) || style.contains("mso-hide:all");
    tree.attribute("hidden").is_some() || is_hidden || is_white || is_black || is_any(tree, &PAGES.unseen)
}

/// The element in which the record stands.
fn record(tree: &Tree) -> Option<&Tree> {
    let fits = |mark: &String| find(tree, &mut |tree| is(tree, mark) && tree.words().split_whitespace().count() > 4);
    PAGES.records.iter().find_map(fits).or_else(|| find(tree, &mut |tree| &*tree.name == "body"))
}

/// The title of the page: in the record, or else as near to it as there is one; a website has its own name above all its pages.
fn heading<'tree>(tree: &'tree Tree, record: &Tree) -> Option<&'tree Tree> {
    let nearer = tree.trees().find(|inner| holds(inner, record)).and_then(|inner| heading(inner, record));
    let is_title = |mark: &String| find(tree, &mut |tree| is(tree, mark) && !tree.words().trim().is_empty());
    nearer.or_else(|| PAGES.titles.iter().find_map(is_title))
}

/// How many words an element holds.
fn words(tree: &Tree) -> usize {
    tree.inside
        .iter()
        .map(|inside| match inside {
            Inside::Words(words) => words.split_whitespace().count(),
            Inside::Tree(tree) if matches!(&*tree.name, "head" | "script" | "style") => 0,
            Inside::Tree(tree) => words(tree),
        })
        .sum()
}

/// Whether an element is in another one.
fn holds(outer: &Tree, inner: &Tree) -> bool {
    find(outer, &mut |tree| std::ptr::eq(tree, inner)).is_some()
}

/// Says what stands around a record.
fn remark_around(tree: &Tree, record: &Tree, heading: Option<&Tree>, remarks: &mut Remarks) {
    for inside in &tree.inside {
        match inside {
            Inside::Words(words) if !words.trim().is_empty() => remarks.dropped(SURROUNDS, words),
            Inside::Tree(tree) => {
                let is_kept = std::ptr::eq(tree, record) || heading.is_some_and(|heading| std::ptr::eq(tree, heading));
                let has_kept = holds(tree, record) || heading.is_some_and(|heading| holds(tree, heading));
                let words = said(tree);
                if is_kept || words.is_empty() {
                } else if has_kept {
                    remark_around(tree, record, heading, remarks);
                } else {
                    remarks.dropped(SURROUNDS, &words);
                }
            }
            Inside::Words(_) => {}
        }
    }
}

/// The pieces without lines of the website.
fn without_furniture(pieces: Vec<Piece>, remarks: &mut Remarks) -> Vec<Piece> {
    let line = |piece: &Piece| match (&piece.sort, &piece.label) {
        (PieceSort::Table(_), _) | (_, Some(_)) => "a table, or a number".to_owned(),
        _ => plain(&piece.words).replace('\n', " "),
    };
    let lines: Vec<String> = pieces.iter().map(line).collect();
    let dropped = furniture::dropped(&lines);
    let begins = dropped.iter().any(|dropped| dropped.begins);
    let mut kept = Vec::new();
    for (number, piece) in pieces.into_iter().enumerate() {
        if let Some(dropped) = dropped.iter().find(|dropped| dropped.line == number) {
            remarks.dropped(&dropped.what, &lines[number]);
            continue;
        }
        kept.push(piece);
    }
    // The title of such a page says only what sort of page it is; what is next says what it is about.
    if begins
        && let Some(first) = kept.first_mut()
        && matches!(first.sort, PieceSort::Heading(_))
    {
        first.sort = PieceSort::Heading(None);
    }
    kept
}
