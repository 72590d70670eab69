//! One segment: its pages are read once, and its files written.
//!
//! Input: documents, in the order of time. Output: files, one by one, and what the manifest says of them. What is held
//! meanwhile is a few bytes for each word of a text. Not here: other segments, and asking.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::Xxh3;

use super::concepts;
use super::facet_rows::FacetRows;
use super::facets::{self, FacetSource};
use super::passages::{self, Page, Sort, Standing, View};
use super::plan::{Plan, span};
use super::postings::Occurrences;
use super::shard::Lists;
use super::text::{Named, TextWriter, push_line};
use crate::kind::{Field, Role, Stage};
use crate::model::{Date, Document, DocumentId, Value};
use crate::query;
use crate::search::core::Core;
use crate::search::keys::{NO_KEY, asked_key, pages_key};
use crate::search::shard::Class;
use crate::search::tables::{LONGEST_CAPITALS, NAME_KEYS};
use crate::search::text::PageHead;
use crate::search::units::is_stop_word;
use crate::search::words::{Reading, Words};

/// How many letters stand for a name, at least.
const SHORTEST_INITIALS: usize = 3;

/// The place of the letters that stand for a name: no phrase goes on to it.
const INITIALS: u32 = 1 << 20;

/// The place of the first post of a person.
const POSTS: u32 = 1 << 21;

/// What is left of a segment when its own files are written.
#[derive(Debug, PartialEq, Eq)]
pub struct SegmentSummary {
    /// The name of its folder.
    pub name: String,
    /// What is known of its pages.
    pub core: Core,
    /// Its keys, ascending, each with where it stands.
    pub lists: Lists,
    /// Its words in small letters, in order, and how often each was used.
    pub words: Vec<(Box<str>, u32)>,
}

impl SegmentSummary {
    /// How many pages it has.
    pub fn pages(&self) -> u32 {
        self.core.sizes.len() as u32
    }

    /// How many passages it has.
    pub fn passages(&self) -> u32 {
        self.core.passages()
    }

    /// The last day of a page; 0 if no page has a date.
    pub fn newest(&self) -> u32 {
        self.core.dates.iter().map(|date| date.last).max().unwrap_or(0)
    }
}

/// Takes a file: its path below the public folder, and its bytes.
pub type Put<'put, E> = &'put mut dyn FnMut(String, Vec<u8>) -> Result<(), E>;

/// Writes the texts and the facets of the segment with this number.
///
/// # Errors
/// Those of `put`.
pub fn segment<E>(view: View<'_>, plan: &Plan, number: usize, put: Put<'_, E>) -> Result<SegmentSummary, E> {
    let mut builder = Builder::new(view, plan, number);
    let mut page = Page::default();
    for id in &plan.segments[number] {
        passages::read(view, *id, &mut page);
        builder.page(*id, &page);
        builder.parts(false, put)?;
    }
    builder.parts(true, put)?;
    builder.finish(put)
}

struct Builder<'plan> {
    view: View<'plan>,
    plan: &'plan Plan,
    number: usize,
    words: Words,
    occurrences: Occurrences,
    core: Core,
    /// How many passages the heading at each passage covers.
    reaches: Vec<u32>,
    facets: FacetRows<'plan>,
    text: TextWriter,
    reading: Reading,
    lines: String,
}

impl<'plan> Builder<'plan> {
    fn new(view: View<'plan>, plan: &'plan Plan, number: usize) -> Self {
        Self {
            view,
            plan,
            number,
            words: Words::new(plan.stem, &plan.concepts),
            occurrences: Occurrences::default(),
            core: Core::default(),
            reaches: Vec::new(),
            facets: FacetRows::new(view.site, &plan.facets),
            text: TextWriter::new(),
            reading: Reading::default(),
            lines: String::new(),
        }
    }

    fn page(&mut self, id: DocumentId, page: &Page) {
        let document = self.view.site.document(id);
        let first = self.reaches.len() as u32;
        self.head(id, page, first);
        for index in 1..page.passages.len() {
            self.passage(page, index, first);
        }
        self.facets.page(id, page, first);
        self.over(id, page, first);
        self.lines(id, page);
        self.core.sizes.push(page.passages.len() as u32);
        self.core.dates.extend(document.date.and_then(span));
        self.text.push(&self.lines);
        self.reaches.extend(page.passages.iter().map(|passage| passage.reach));
    }

    /// The head of a page: its numbers, its title, its summary and facts, whose it is, and what its kind is called.
    fn head(&mut self, id: DocumentId, page: &Page, number: u32) {
        let View { site, .. } = self.view;
        let document = site.document(id);
        let mut place = 0;
        for label in &page.labels {
            place = self.label(label, number, Class::Prose, place);
        }
        self.words.read(&document.title, &mut self.reading);
        let keys = self.reading.tokens.iter().filter(|token| token.main != NO_KEY).count();
        place = self.add_reading(number, if keys <= NAME_KEYS { Class::Name } else { Class::Title }, place);
        self.words.read(&page.text[page.passages[0].text.clone()], &mut self.reading);
        place = self.add_reading(number, Class::Prose, place);
        self.words.read(&facets::shown(site, id, FacetSource::Body), &mut self.reading);
        self.add_reading(number, Class::Prose, place);
        if self.plan.kinds[document.kind.0 as usize] {
            let called = concepts::of_kind(site.kinds.get(document.kind));
            let key = self.words.key(&called);
            self.occurrences.add(key, number, Class::Title, 0);
            self.pages_key(&called);
        }
        self.answered(document, number);
        self.posts(document, number);
    }

    /// Notes that the page is of a kind, or answers a question: what has the key of these is a page.
    fn pages_key(&mut self, key: &str) {
        let key = self.words.key(&pages_key(key));
        self.occurrences.add(key, self.core.sizes.len() as u32, Class::Prose, 0);
    }

    /// The posts of a person: who asks for one asks for this page.
    fn posts(&mut self, document: &Document, number: u32) {
        let Some(field) = self.view.site.kinds.get(document.kind).role(Role::Terms) else { return };
        let terms = document.fields.get(&field.name).map(Value::groups).unwrap_or_default();
        let mut place = POSTS;
        for post in terms.iter().filter_map(|term| term.with_role(field.parts(), Role::Capacity)?.text()) {
            self.words.read(post, &mut self.reading);
            place = self.add_reading(number, Class::Title, place);
        }
    }

    /// Notes the questions that a page answers by its fields, and by what letters readers call whose name its title is.
    fn answered(&mut self, document: &Document, number: u32) {
        let kind = self.view.site.kinds.get(document.kind);
        let fields = &kind.fields;
        let answers = |field: &&Field| !field.answers_to.is_empty() && document.fields.get(&field.name).is_some();
        for field in fields.iter().filter(answers) {
            self.pages_key(&asked_key(&field.name));
        }
        // What happened on a day is called by it.
        if kind.role(Role::Date).is_none() {
            for letters in initials(&document.title) {
                self.words.read(&letters, &mut self.reading);
                self.add_reading(number, Class::Title, INITIALS);
            }
        }
    }

    /// A passage of a page whose first passage is `first`.
    fn passage(&mut self, page: &Page, index: usize, first: u32) {
        let passage = &page.passages[index];
        let number = first + index as u32;
        let class = match (passage.sort, passage.record) {
            (Sort::Heading(_), _) => Class::Heading,
            (_, Some(record)) if page.records[record].standing == Standing::Whole => Class::Record,
            _ => Class::Prose,
        };
        let mut place = 0;
        for label in &passage.labels {
            place = self.label(label, number, class.min(Class::Record), place);
        }
        if let Some(record) = passage.record {
            let kind = self.view.site.document(page.records[record].document).kind;
            let key = self.words.key(&concepts::of_kind(self.view.site.kinds.get(kind)));
            if self.plan.kinds[kind.0 as usize] {
                self.occurrences.add(key, number, Class::Record, 0);
            }
        }
        self.words.read(&page.text[passage.text.clone()], &mut self.reading);
        self.add_reading(number, class, place);
    }

    /// A printed label: it is found first under its main keys, and under the others as any word is. Gives the place of what
    /// follows it.
    fn label(&mut self, label: &str, passage: u32, others: Class, place: u32) -> u32 {
        self.words.read(label, &mut self.reading);
        for (at, token) in (place..).zip(&self.reading.tokens) {
            if token.main != NO_KEY {
                self.occurrences.add(token.main, passage, Class::Label, at);
            }
        }
        self.add_reading(passage, others, place)
    }

    /// Adds everything that was read last, from the place `first` on. Gives the place of what follows it; one stays free.
    fn add_reading(&mut self, passage: u32, class: Class, first: u32) -> u32 {
        for (place, token) in (first..).zip(&self.reading.tokens) {
            if token.main != NO_KEY {
                self.occurrences.add(token.main, passage, class, place);
            }
            for key in &self.words.lexeme(token).others {
                self.occurrences.add(*key, passage, class, place);
            }
        }
        for (at, key) in &self.reading.rows {
            self.occurrences.add(*key, passage, class, first + at);
        }
        first + self.reading.tokens.len() as u32 + 1
    }

    /// Notes the passages of documents that are over, so that those in force come first.
    fn over(&mut self, id: DocumentId, page: &Page, first: u32) {
        let is_over = |id: DocumentId| self.view.site.document(id).stage == Stage::Ended;
        if is_over(id) {
            self.core.over.push((first, page.passages.len() as u32));
            return;
        }
        for record in page.records.iter().filter(|record| record.standing == Standing::Whole) {
            let first = first + record.first;
            let covered = self.core.over.last().is_some_and(|(start, count)| start + count > first);
            if !covered && is_over(record.document) {
                self.core.over.push((first, record.count));
            }
        }
    }

    /// Writes what results show of a page into `lines`.
    fn lines(&mut self, id: DocumentId, page: &Page) {
        let View { site, language } = self.view;
        let document = site.document(id);
        let date = document.date.filter(|date| *date != Date::Unknown);
        let head = PageHead {
            address: document.address.to_string(),
            title: document.title.to_string(),
            kind: query::called(site, id).to_owned(),
            body: facets::shown(site, id, FacetSource::Body),
            date: date.map(|date| language.date(date)).unwrap_or_default(),
            iso: date.and_then(Date::iso).unwrap_or_default(),
            status: facets::shown(site, id, FacetSource::Status),
        };
        self.lines.clear();
        push_line(&mut self.lines, &head.cells());
        for passage in &page.passages {
            let text = &page.text[passage.text.clone()];
            let label = match passage.sort {
                Sort::Head => page.labels.first().map(String::as_str),
                _ => passage.labels.first().map(AsRef::as_ref),
            };
            let record = passage.record.map(|record| site.document(page.records[record].document).kind);
            let kind = match (passage.sort, record) {
                (Sort::Head, _) => "t".to_owned(),
                (Sort::Heading(level), _) => level.to_string(),
                (Sort::Prose, Some(kind)) => format!("r{}", site.kinds.get(kind).label),
                (Sort::Prose, None) => "p".to_owned(),
            };
            let (text, facts) = match passage.sort {
                Sort::Head => text.split_once(passages::HEAD_PARTS).unwrap_or((text, "")),
                _ => (text, ""),
            };
            let cells = [&kind, &*passage.anchor, label.unwrap_or_default(), text, facts];
            push_line(&mut self.lines, &cells[..if passage.sort == Sort::Head { 5 } else { 4 }]);
        }
    }

    /// Hands out the files of texts that are full, or `all` that there are.
    fn parts<E>(&mut self, all: bool, put: Put<'_, E>) -> Result<(), E> {
        let Some(Named { name, pages, files }) = self.text.take(all) else { return Ok(()) };
        self.core.parts.extend(pages);
        self.core.names.push(name);
        for (name, bytes) in files {
            put(format!("search/text/{}/{name}.bin", self.number), bytes)?;
        }
        Ok(())
    }

    fn finish<E>(self, put: Put<'_, E>) -> Result<SegmentSummary, E> {
        let lists = self.occurrences.lists(&self.words, &self.reaches);
        let facets = self.facets.encode();
        let mut hasher = Xxh3::new();
        hasher.update(&facets);
        for (key, list) in &lists {
            hasher.update(key.as_bytes());
            hasher.update(&list.postings);
            hasher.update(&list.places);
        }
        let name = format!("{:016x}", hasher.digest());
        put(format!("search/{name}/facets.bin"), facets)?;
        Ok(SegmentSummary { name, core: self.core, lists, words: vocabulary(&self.words) })
    }
}

/// By which letters readers call what has this name: `CCG` of `Marlshire Clinical Commissioning Group`. Those of the last words,
/// as many as have capitals in one row and more than two.
pub(super) fn initials(title: &str) -> Vec<String> {
    let words =
        title.split([' ', '-', '\u{A0}']).filter(|word| !word.is_empty() && !is_stop_word(&word.to_lowercase()));
    let letters: Vec<char> = words.map_while(|word| word.chars().next().filter(char::is_ascii_uppercase)).collect();
    let starts = 0..=letters.len().saturating_sub(SHORTEST_INITIALS);
    let all = starts.map(|start| letters[start..].iter().collect::<String>());
    all.filter(|letters| (SHORTEST_INITIALS..=LONGEST_CAPITALS).contains(&letters.len())).collect()
}

/// Every word that was read, in small letters and in order, with how often it was used.
fn vocabulary(words: &Words) -> Vec<(Box<str>, u32)> {
    let mut uses: BTreeMap<&str, u32> = BTreeMap::new();
    for lexeme in words.lexemes().iter().filter(|lexeme| lexeme.uses > 0) {
        let own = lexeme.folded.as_deref().filter(|_| !lexeme.traits.stop);
        for word in own.into_iter().chain(lexeme.parts.iter().map(AsRef::as_ref)) {
            if !is_stop_word(word) {
                *uses.entry(word).or_default() += lexeme.uses;
            }
        }
    }
    uses.into_iter().map(|(word, uses)| (word.into(), uses)).collect()
}
