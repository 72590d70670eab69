//! A Word file → a manuscript.
//!
//! Input: the bytes of a `.docx`, and which text holds where it has changes. Output: a [`Manuscript`], remarks, and what a second
//! reader counts. Not here: words (`word_runs.rs`), paragraphs (`word_blocks.rs`), what its parts mean (`wordml`).

use std::collections::BTreeMap;

use super::sort::Refusal;
use super::word_blocks::Blocks;
use super::word_runs::{Relations, Runs, said};
use super::{Changes, Document, tally_word};
use crate::archive::Archive;
use crate::archive::tree::{self, Tree};
use crate::diagnostic::Unread;
use crate::manuscript::pieces::arranged;
use crate::manuscript::said::Remarks;
use crate::manuscript::{Manuscript, Picture};
use crate::wordml::numbers::{Numbers, Story};
use crate::wordml::styles::{Styles, is_dark};

/// Reads a Word file.
///
/// # Errors
/// It is damaged, encrypted, too large, or nobody has said which text holds.
pub fn read(bytes: &[u8], changes: Option<Changes>) -> Result<Document, Refusal> {
    let mut package = Package { archive: Archive::open(bytes).map_err(refused)?, bytes: BTreeMap::new() };
    let main = package.main()?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let document = package.tree(&main)?.ok_or_else(|| Refusal::Damaged(main.clone()))?;
    let mut parts = Parts { document, ..Parts::default() };
    // Where the other parts lie is what the main one says; their names are only usual.
    let lists = package.lists(&main)?;
    let [styles, numbering, footnotes, endnotes, comments] =
        ["styles", "numbering", "footnotes", "endnotes", "comments"].map(|sort| named(&lists, &folder, sort));
    parts.styles = package.tree(&styles)?.unwrap_or_default();
    parts.numbering = package.tree(&numbering)?.unwrap_or_default();
    parts.footnotes = package.tree(&footnotes)?.unwrap_or_default();
    parts.endnotes = package.tree(&endnotes)?.unwrap_or_default();
    parts.comments = package.tree(&comments)?.unwrap_or_default();
    for name in package.edges(&folder) {
        parts.edges.extend(package.tree(&name)?);
    }
    let unsettled = unsettled(&parts);
    if unsettled != (0, 0) && changes.is_none() {
        return Err(Refusal::Undecided { changes: unsettled.0, comments: unsettled.1 });
    }
    let changes = changes.unwrap_or(Changes::Accept);
    let relations = package.relations(&main)?;
    let notes = [package.relations(&footnotes)?, package.relations(&endnotes)?];
    let (mut manuscript, pictures, mut remarks) = manuscript(&parts, changes, (relations, notes));
    for target in pictures {
        let name = resolved(&folder, &target);
        let bytes = package.part(&name)?.ok_or_else(|| Refusal::Damaged(name.clone()))?;
        let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
        manuscript.pictures.push(Picture { end, bytes });
    }
    manuscript.beside = remark_on_edges(&parts, &mut remarks);
    for words in package.drawn(&folder)? {
        remarks.dropped_beside("words in drawings that only Word can show", &words);
    }
    let raw = |name: &str| package.bytes.get(&name.to_ascii_lowercase()).map(Vec::as_slice).unwrap_or_default();
    let others = [&footnotes, &endnotes, &numbering, &styles].map(|name| raw(name));
    let tally = tally_word::tally(raw(&main), others, changes);
    Ok(Document { manuscript, remarks, tally })
}

/// The parts that are read.
#[derive(Default)]
struct Parts {
    document: Tree,
    styles: Tree,
    numbering: Tree,
    footnotes: Tree,
    endnotes: Tree,
    comments: Tree,
    /// Heads and feet of pages.
    edges: Vec<Tree>,
}

fn refused(unread: Unread) -> Refusal {
    match unread {
        Unread::Encrypted => Refusal::Encrypted,
        Unread::TooMuch | Unread::TooLong(_) => Refusal::TooMuch,
        _ => Refusal::Damaged("the archive that it is".to_owned()),
    }
}

struct Package<'a> {
    archive: Archive<'a>,
    /// The parts that were read, by their names in small letters.
    bytes: BTreeMap<String, Vec<u8>>,
}

impl Package<'_> {
    /// The name of the part with the text.
    fn main(&mut self) -> Result<String, Refusal> {
        let lists = self.tree("_rels/.rels")?;
        let text = lists.as_ref().and_then(|lists| {
            lists.trees().find(|one| one.attribute("Type").is_some_and(|name| name.ends_with("/officeDocument")))
        });
        let named = text.and_then(|text| text.attribute("Target")).map(|target| resolved("", target));
        Ok(named.filter(|name| self.archive.has(name)).unwrap_or_else(|| "word/document.xml".to_owned()))
    }

    /// The heads and feet of pages.
    fn edges(&self, folder: &str) -> Vec<String> {
        let is_edge = |name: &&String| {
            let own = name.strip_prefix(&format!("{folder}/")).unwrap_or_default().to_ascii_lowercase();
            (own.starts_with("header") || own.starts_with("footer")) && own.ends_with(".xml")
        };
        let mut names: Vec<String> = self.archive.names().iter().filter(is_edge).cloned().collect();
        names.sort();
        names
    }

    /// The words of charts and of drawings that are made of words, each of which is a part of its own.
    fn drawn(&mut self, folder: &str) -> Result<Vec<String>, Refusal> {
        let is_drawing = |name: &&String| {
            let own = name.strip_prefix(&format!("{folder}/")).unwrap_or_default();
            (own.starts_with("charts/chart") || own.starts_with("diagrams/data")) && own.ends_with(".xml")
        };
        let mut names: Vec<String> = self.archive.names().iter().filter(is_drawing).cloned().collect();
        names.sort();
        let mut drawn = Vec::new();
        for name in names {
            let Some(tree) = self.tree(&name)? else { continue };
            let mut words = Vec::new();
            // Words of a drawing, and values and names of a chart.
            tree.each(&mut |inside| words.extend(matches!(&*inside.name, "t" | "v").then(|| inside.words())));
            drawn.extend((!words.is_empty()).then(|| words.join(" ")));
        }
        Ok(drawn)
    }

    /// A part; none if there is none. Two of one name would be read differently by different programs.
    fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        match self.archive.places(name)[..] {
            [] => Ok(None),
            [place] => self.archive.part(place).map(Some).map_err(|unread| match refused(unread) {
                Refusal::Damaged(_) => Refusal::Damaged(name.to_owned()),
                other => other,
            }),
            _ => Err(Refusal::Damaged(format!("{name} is in it twice"))),
        }
    }

    fn tree(&mut self, name: &str) -> Result<Option<Tree>, Refusal> {
        let Some(bytes) = self.part(name)? else { return Ok(None) };
        let tree = tree::read(&bytes).map_err(|unread| match refused(unread) {
            Refusal::Damaged(_) => Refusal::Damaged(name.to_owned()),
            other => other,
        })?;
        self.bytes.insert(name.to_ascii_lowercase(), bytes);
        Ok(Some(tree))
    }

    /// The list of where a part leads.
    fn lists(&mut self, part: &str) -> Result<Tree, Refusal> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
        Ok(self.tree(&path)?.unwrap_or_default())
    }

    /// Where a part leads.
    fn relations(&mut self, part: &str) -> Result<Relations, Refusal> {
        let relation = |one: &Tree| {
            let is_outside = one.attribute("TargetMode") == Some("External");
            Some((one.attribute("Id")?.to_owned(), (one.attribute("Target")?.to_owned(), is_outside)))
        };
        Ok(self.lists(part)?.trees().filter_map(relation).collect())
    }
}

/// The name of the part of a sort to which the main part leads; the usual one where it says none.
fn named(lists: &Tree, folder: &str, sort: &str) -> String {
    let is_sort = |one: &&Tree| {
        let end = one.attribute("Type").and_then(|name| name.rsplit('/').next());
        end == Some(sort) && one.attribute("TargetMode") != Some("External")
    };
    let said = lists.trees().find(is_sort).and_then(|one| one.attribute("Target"));
    resolved(folder, said.unwrap_or(&format!("{sort}.xml")))
}

/// The name of a part from the root of the archive.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(target) = target.strip_prefix('/') {
        return target.to_owned();
    }
    let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in target.split('/') {
        match name {
            ".." => drop(names.pop()),
            "." | "" => {}
            name => names.push(name),
        }
    }
    names.join("/")
}

/// How many changes and comments nobody has settled.
fn unsettled(parts: &Parts) -> (usize, usize) {
    let mut changes = 0;
    for part in [&parts.document, &parts.footnotes, &parts.endnotes] {
        part.each(&mut |tree| {
            // A change of looks changes no word.
            let is_change =
                matches!(&*tree.name, "ins" | "del" | "moveFrom" | "moveTo" | "cellIns" | "cellDel" | "cellMerge");
            changes += usize::from(is_change);
        });
        // Numbers that were put in are looks.
        part.each(&mut |tree| {
            let is_number = &*tree.name == "numPr" && tree.child("ins").is_some();
            changes -= usize::from(is_number);
        });
    }
    (changes, parts.comments.trees().filter(|tree| &*tree.name == "comment").count())
}

/// The text, the targets of its pictures, and remarks.
fn manuscript(
    parts: &Parts,
    changes: Changes,
    (relations, notes): (Relations, [Relations; 2]),
) -> (Manuscript, Vec<String>, Remarks) {
    let styles = Styles::read(&parts.styles);
    let mut numbers = Numbers::read(&parts.numbering);
    let mut runs = Runs::new(&styles, changes, relations);
    let mut blocks = Blocks::new(&mut runs, &mut numbers);
    let page = parts.document.child("background").and_then(|page| page.attribute("color"));
    blocks.on_dark = page.filter(|colour| *colour != "auto").map(is_dark);
    if let Some(body) = parts.document.child("body") {
        blocks.body(body);
        blocks.end();
    }
    let pieces = std::mem::take(&mut blocks.pieces);
    let mut manuscript = Manuscript { blocks: arranged(pieces), ..Manuscript::default() };
    let [of_foot, of_end] = notes;
    numbers.story = Story::default();
    let mut at = 0;
    // A note may have a note.
    while let Some((is_end, id)) = runs.notes.get(at).cloned() {
        at += 1;
        let (part, relations) = if is_end { (&parts.endnotes, &of_end) } else { (&parts.footnotes, &of_foot) };
        let note = part.trees().find(|tree| tree.attribute("id") == Some(&id));
        runs.relations.clone_from(relations);
        let mut blocks = Blocks::new(&mut runs, &mut numbers);
        note.into_iter().for_each(|note| blocks.body(note));
        blocks.end();
        let pieces = std::mem::take(&mut blocks.pieces);
        manuscript.notes.push(arranged(pieces));
    }
    for comment in parts.comments.trees() {
        runs.remarks.dropped_beside("comments", &said(comment));
    }
    for (is_end, part) in [(false, &parts.footnotes), (true, &parts.endnotes)] {
        let is_read = |note: &&Tree| {
            let id = note.attribute("id").unwrap_or_default();
            runs.notes.iter().any(|(own, read)| *own == is_end && read == id)
        };
        let unread: Vec<String> = part.trees().filter(|note| !is_read(note)).map(said).collect();
        for words in unread.iter().filter(|words| !words.trim().is_empty()) {
            runs.remarks.dropped("notes to which nothing in the text refers", words);
        }
    }
    for format in &numbers.unknown {
        runs.remarks.doubtful("numbers in a form that is shown as digits", format);
    }
    manuscript.language = language(&styles, &runs.languages);
    (manuscript, runs.pictures, runs.remarks)
}

/// The language of most words, unless it is English, which a site has if nothing is said.
fn language(styles: &Styles, said: &BTreeMap<String, usize>) -> Option<String> {
    let most = said.iter().max_by_key(|(_, count)| **count).map(|(language, _)| language);
    let language = most.or(styles.language.as_ref())?;
    let short = language.split('-').next().unwrap_or_default();
    let is_tag = (2..=3).contains(&short.len()) && short.bytes().all(|letter| letter.is_ascii_lowercase());
    (is_tag && short != "en").then(|| short.to_owned())
}

/// What stands at the head and the foot of each page is said, once. Returns it.
fn remark_on_edges(parts: &Parts, remarks: &mut Remarks) -> Vec<String> {
    let mut known = Vec::new();
    for words in parts.edges.iter().map(said).map(|words| words.split_whitespace().collect::<Vec<_>>().join(" ")) {
        if !words.is_empty() && !known.contains(&words) {
            remarks.dropped_beside("heads and feet of pages", &words);
            known.push(words);
        }
    }
    known
}
