//! A foreign document → the text of a file, and what a site makes of it: the two that the report compares.
//!
//! Input: a document, the settings of a site, the folder for which it is meant. Output: an [`Import`]. Not here: the disk, and
//! whether a file may be put there.

use std::collections::BTreeMap;

use crate::import::{self, Changes, Document, Refusal, head};
use crate::kind::{Kind, KindId, Kinds, Role};
use crate::manuscript::counts::{self, Counts};
use crate::manuscript::said::Remarks;
use crate::manuscript::{Picture, print, reread};
use crate::model::{Audience, Date, Parsed, Withheld, slug};
use crate::source::{SourceId, Sources, Span};
use crate::{Options, Reader};

/// What an import is told beside the document.
pub struct Import<'run> {
    /// The name of the document's file.
    pub name: &'run str,
    /// Which text holds, if somebody said so.
    pub changes: Option<Changes>,
    /// Files of the site: its settings, its kinds and its words.
    pub settings: &'run [(String, Vec<u8>)],
    /// The folder below `content` for which it is meant, or the file, without its end; none if nobody said so.
    pub to: Option<&'run str>,
    /// The instant of the run.
    pub now: jiff::Timestamp,
}

/// A document that became the text of a file.
pub struct Imported {
    /// The text of the file.
    pub text: String,
    /// Its path below `content`, or what is missing to say it.
    pub place: Result<String, NoPlace>,
    /// Pictures, with their names beside the file.
    pub pictures: Vec<(String, Picture)>,
    /// What was dropped, and what is in doubt.
    pub remarks: Remarks,
    /// How much there is in the document, as a second reader sees it.
    pub read: Counts,
    /// How much there is in the text, as a site prints it.
    pub made: Counts,
    /// How many words there are in both.
    pub words: (usize, usize),
    /// What is missing and was not named: the words, and what stands around them.
    pub missing: Vec<(String, String)>,
    /// Printed numbers that are words of the text and no places.
    pub unplaced: Vec<String>,
    /// What a site finds in it: the label of a kind, and how many.
    pub found: Vec<(String, usize)>,
    /// Why a site would show nothing of it, or not all.
    pub withheld: bool,
}

/// Why it is not certain where a file goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoPlace {
    /// Nobody said for which folder it is.
    NoFolder {
        /// The day that was found, for an example.
        day: Option<String>,
    },
    /// The folder belongs to no kind; holds those that do.
    NoKind(Vec<String>),
    /// Neither its text nor its name says on which day the meeting was.
    NoDay,
}

/// How often a text is read until all its numbers have a place.
const ROUNDS: usize = 4;

/// Makes the text of a file of a document.
///
/// # Errors
/// Why the document is not read.
pub fn import(bytes: &[u8], import: &Import<'_>) -> Result<Imported, Refusal> {
    let mut document = import::read(import.name, bytes, import.changes)?;
    if document.manuscript.blocks.is_empty() {
        return Err(Refusal::Empty);
    }
    let stem = import.name.rsplit_once('.').map_or(import.name, |(stem, _)| stem);
    let to = import.to.map(|to| to.trim_matches('/').trim_start_matches("content/"));
    document.manuscript.settle(&mut document.remarks);
    let pictures = named_pictures(&mut document, stem);
    // It is read as the file of its place, under its own name, which may say the day.
    let kinds = kinds(import);
    let kind = to.and_then(|to| kinds.by_folder(to.split('/').next().unwrap_or_default()));
    let usual = kinds.iter().find(|(_, kind)| kind.of_meeting).map(|(id, _)| id);
    let reading = kind.or(usual).unwrap_or(KindId(0));
    let folder = match to.filter(|_| kind.is_some()) {
        Some(to) => to.to_owned(),
        None => format!("{}/imported", kinds.get(reading).folder),
    };
    let draft = format!("{folder}/{stem}.md");
    let first = read_back(&draft, &print::print(&document.manuscript), import);
    let mut named = Vec::new();
    let mut placed = first.counts().1;
    // A number that was taken for one of an agenda beside others may be none once these have names.
    for _ in 0..ROUNDS {
        placed.extend_from_slice(&named);
        let more = name_places(&mut document, &placed);
        if more.is_empty() {
            break;
        }
        named.extend(more);
        placed = read_back(&draft, &print::print(&document.manuscript), import).counts().1;
    }
    let body = print::print(&document.manuscript);
    let day = first.day(kinds.get(reading)).or_else(|| {
        let says = |words: &&String| read_back(&draft, words, import).day(kinds.get(reading)).is_some();
        let words = document.manuscript.beside.iter().find(says)?;
        document
            .remarks
            .doubtful("the day, which stands in no text but at the head of its pages, or as their title", words);
        read_back(&draft, words, import).day(kinds.get(reading))
    });
    let place = place(to, kind.map(|kind| kinds.get(kind)), &kinds, day, stem);
    let says_day = place.as_ref().is_ok_and(|path| named_day(path).is_some());
    let iso = day.and_then(Date::iso).filter(|_| !says_day);
    let head = head::head(&document.manuscript, kinds.get(reading), iso.as_deref());
    let text = format!("{head}{body}");
    let read = read_back(place.as_ref().unwrap_or(&draft), &text, import);
    Ok(compared(document, (text, place, pictures), &named, &read, &kinds))
}

/// The two sides of the report.
fn compared(
    document: Document,
    (text, place, pictures): (String, Result<String, NoPlace>, Vec<(String, Picture)>),
    named: &[String],
    read: &ReadBack,
    kinds: &Kinds,
) -> Imported {
    let (mut made, mut placed) = read.counts();
    placed.extend_from_slice(named);
    made.numbers = made.numbers.map(|numbers| numbers + named.len());
    let said = read.words();
    let tally = document.tally;
    let unread: Vec<String> = document.manuscript.papers.iter().map(|(title, _)| title.clone()).collect();
    let made_words = said.iter().map(String::as_str).chain(unread.iter().map(String::as_str));
    let missing = counts::missing(&tally.pieces, made_words, document.remarks.dropped_words());
    let missing = missing.into_iter().map(|(words, piece)| (words.join(" "), piece.trim().to_owned())).collect();
    let count = |text: &str| counts::words(text).count();
    let dropped: Vec<String> = document.remarks.dropped_words().map(str::to_owned).collect();
    let unplaced = counts::without_place(&document.manuscript.labels(), &placed);
    let typed = counts::without_place(&tally.printed, &placed);
    let more = counts::without_place(&counts::without_place(&typed, &dropped), &unplaced);
    let unplaced = [unplaced, more].concat();
    Imported {
        words: (tally.pieces.iter().map(|piece| count(&piece.words)).sum(), said.iter().map(|text| count(text)).sum()),
        found: read.found(kinds),
        withheld: !read.withheld.is_empty(),
        remarks: document.remarks,
        read: tally.counts,
        text,
        place,
        pictures,
        made,
        missing,
        unplaced,
    }
}

/// Numbers of a form that the dialect does not count get a name, so that they can be linked all the same: `I.`, `a.`, `Article 3`.
fn name_places(document: &mut Document, placed: &[String]) -> Vec<String> {
    let labels = document.manuscript.labels();
    let unplaced = counts::without_place(&labels, placed);
    let count = |list: &[String], number: &String| list.iter().filter(|own| *own == number).count();
    let all = |number: &&String| count(&unplaced, number) == count(&labels, number);
    let numbers: Vec<String> = unplaced.iter().filter(all).cloned().collect();
    let named = document.manuscript.name_places(&numbers);
    for number in &named {
        document.remarks.doubtful("numbers in a form of their own, which get a name in braces", number);
    }
    named
}

/// Gives each picture a name after that of its document; in the text, a picture is named by its number until then.
fn named_pictures(document: &mut Document, stem: &str) -> Vec<(String, Picture)> {
    let pictures = std::mem::take(&mut document.manuscript.pictures);
    let named =
        (1..).zip(pictures).map(|(number, picture)| (format!("{}-{number}.{}", slug(stem), picture.end), picture));
    let named: Vec<(String, Picture)> = named.collect();
    let names: Vec<&str> = named.iter().map(|(name, _)| name.as_str()).collect();
    document.manuscript.name_pictures(&names);
    named
}

/// The kinds of the site.
fn kinds(import: &Import<'_>) -> Kinds {
    let sources = Sources::in_memory(import.settings.iter().cloned(), []);
    Reader::new(&sources, &options(import)).kinds().clone()
}

fn options(import: &Import<'_>) -> Options {
    Options { as_at: import.now, base_url: None, audience: Audience::Preview }
}

/// Where the file goes.
fn place(
    to: Option<&str>,
    kind: Option<&Kind>,
    kinds: &Kinds,
    day: Option<Date>,
    stem: &str,
) -> Result<String, NoPlace> {
    let day = day.filter(|day| day.day().is_some()).and_then(Date::iso);
    let Some(to) = to else { return Err(NoPlace::NoFolder { day }) };
    let Some(kind) = kind else {
        return Err(NoPlace::NoKind(kinds.iter().map(|(_, kind)| kind.folder.clone()).collect()));
    };
    if to.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err(NoPlace::NoKind(vec![kind.folder.clone()]));
    }
    if let Some(file) = to.strip_suffix(".md") {
        return Ok(format!("{file}.md"));
    }
    if named_day(to).is_some() {
        return Ok(format!("{to}.md"));
    }
    match day {
        Some(day) if kind.of_meeting => Ok(format!("{to}/{day}.md")),
        None if kind.of_meeting => Err(NoPlace::NoDay),
        _ => Ok(format!("{to}/{}.md", slug(stem))),
    }
}

/// The day with which the name of a file begins.
fn named_day(path: &str) -> Option<Date> {
    let name = path.rsplit('/').next()?;
    name.get(..10).and_then(Date::parse).filter(|day| day.day().is_some())
}

/// A text as it is printed if a site has read it: to the letter the same, if it was printed by an import. `None` if not all of it
/// is shown.
#[must_use]
pub fn printed_again(text: &str) -> Option<String> {
    let kinds = crate::kind::built_in();
    // Pages are read as they are typed: nothing is recognised in them.
    let (_, plain) = kinds.iter().find(|(_, kind)| !kind.folder_in_address)?;
    let import = Import { name: "", changes: None, settings: &[], to: None, now: jiff::Timestamp::UNIX_EPOCH };
    let read = read_back(&format!("{}/printed.md", plain.folder), text, &import);
    let document = read.document().filter(|_| read.withheld.is_empty())?;
    Some(print::print(&reread::reread(&document.body)))
}

/// What a site makes of a text.
struct ReadBack {
    parsed: Vec<Parsed>,
    withheld: Vec<Withheld>,
}

fn read_back(path: &str, text: &str, import: &Import<'_>) -> ReadBack {
    let path = format!("content/{path}");
    let files = import.settings.iter().cloned().chain([(path.clone(), text.as_bytes().to_vec())]);
    let sources = Sources::in_memory(files, []);
    let reader = Reader::new(&sources, &options(import));
    let file = reader.parsed(sources.find(&path).unwrap_or(SourceId(0)), text.as_bytes().to_vec());
    ReadBack { parsed: file.parsed, withheld: file.withheld }
}

/// Whether the title of a document is a heading of its text, which stands in no other place then.
fn is_heading(document: &Parsed) -> bool {
    document.title_span != Span::whole(document.source)
}

impl ReadBack {
    /// The document itself, shown or not.
    fn document(&self) -> Option<&Parsed> {
        let held = self.withheld.iter().filter_map(|held| held.document.as_deref());
        self.parsed.iter().chain(held).find(|parsed| parsed.standing.is_none())
    }

    fn day(&self, kind: &Kind) -> Option<Date> {
        let document = self.document()?;
        document.fields.with_role(&kind.fields, Role::Date).and_then(|value| value.date())
    }

    /// How much there is, and the numbers that are places.
    fn counts(&self) -> (Counts, Vec<String>) {
        self.document().map(|document| counts::of_text(&document.body, is_heading(document))).unwrap_or_default()
    }

    /// All words that anybody may read or that are kept back: nothing of the document is anywhere else.
    fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        if let Some(document) = self.document() {
            words.extend(is_heading(document).then(|| document.title.to_string()));
            words.push(document.body.plain(document.body.whole(), |_| None));
        }
        let passages = self.withheld.iter().flat_map(|held| &held.passages);
        words.extend(passages.map(|passage| passage.text.to_string()));
        words
    }

    /// How many records there are of each kind.
    fn found(&self, kinds: &Kinds) -> Vec<(String, usize)> {
        let mut found: BTreeMap<KindId, usize> = BTreeMap::new();
        for record in self.parsed.iter().filter(|parsed| parsed.standing.is_some()) {
            *found.entry(record.kind).or_default() += 1;
        }
        let label = |kind: KindId, count: usize| {
            let kind = kinds.get(kind);
            if count == 1 { kind.label.to_lowercase() } else { kind.label_plural.to_lowercase() }
        };
        found.into_iter().map(|(kind, count)| (label(kind, count), count)).collect()
    }
}
