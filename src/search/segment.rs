//! One segment: its pages are read once, and its files written.
//!
//! Enters: documents, in the order of time. Leaves: files, one by one, and what the manifest says of them. What is held
//! meanwhile is a few bytes for each word of a text. Absent: other segments, and asking.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::Xxh3;

use super::bytes::{framed, pack, push_column, push_int, push_text};
use super::core::Core;
use super::dates::{self, Span};
use super::facets::{self, Asks, FacetValue};
use super::pairs::{Common, has_places, is_common, pair_key};
use super::passages::{self, Page, Record, Sort, Standing, View};
use super::plan::Plan;
use super::shard::{Class, Posting, Postings, ShardWriter, encode, encode_places};
use super::text::{TextWriter, push_line};
use super::units::STOP_WORDS;
use super::words::{Key, NO_KEY, Reading, Words};
use super::{bytes, concepts};
use crate::model::{Date, DocumentId};

/// What the manifest says of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indexed {
    /// The name of its folder.
    pub name: String,
    /// How many pages.
    pub pages: u32,
    /// How many passages.
    pub passages: u32,
    /// The last day of a page; 0 if no page has a date.
    pub newest: u32,
    /// Its words in small letters, in order, and how often each was used.
    pub words: Vec<(Box<str>, u32)>,
}

/// A file's path below the public folder and its bytes.
pub type Put<'put, E> = &'put mut dyn FnMut(String, Vec<u8>) -> Result<(), E>;

/// Writes a segment.
pub fn segment<E>(view: View<'_>, plan: &Plan, pages: &[DocumentId], put: Put<'_, E>) -> Result<Indexed, E> {
    let mut builder = Builder::new(view, plan);
    for id in pages {
        builder.page(*id);
        builder.parts(false, put)?;
    }
    builder.parts(true, put)?;
    builder.finish(put)
}

/// The occurrences of a key.
#[derive(Debug, Default)]
struct Term {
    /// The passage of the last.
    last: u32,
    /// Of each: (passages since the one before · 8 + class), place.
    bytes: Vec<u8>,
}

/// A row of the file of facets.
struct Row {
    first: u32,
    count: u32,
    /// Of each facet, numbers of values.
    values: Vec<Vec<u32>>,
}

struct Builder<'plan> {
    view: View<'plan>,
    plan: &'plan Plan,
    words: Words,
    terms: Vec<Term>,
    core: Core,
    passages: u32,
    /// How many passages the heading at each passage covers.
    reaches: Vec<u32>,
    rows: Vec<Row>,
    /// Of each facet, its values so far.
    values: Vec<BTreeMap<FacetValue, u32>>,
    text: TextWriter,
    page: Page,
    reading: Reading,
    lines: String,
}

impl<'plan> Builder<'plan> {
    fn new(view: View<'plan>, plan: &'plan Plan) -> Self {
        Self {
            view,
            plan,
            words: Words::new(plan.stem, &plan.concepts),
            terms: Vec::new(),
            core: Core::default(),
            passages: 0,
            reaches: Vec::new(),
            rows: Vec::new(),
            values: plan.facets.iter().map(|_| BTreeMap::new()).collect(),
            text: TextWriter::new(),
            page: Page::default(),
            reading: Reading::default(),
            lines: String::new(),
        }
    }

    fn page(&mut self, id: DocumentId) {
        let mut page = std::mem::take(&mut self.page);
        passages::read(self.view, id, &mut page);
        let document = self.view.site.document(id);
        self.head(&document.title, &page);
        for index in 1..page.passages.len() {
            self.passage(&page, index);
        }
        self.facets(id, &page);
        self.over(id, &page);
        self.lines(id, &page);
        self.core.sizes.push(page.passages.len() as u32);
        self.core.dates.extend(document.date.and_then(span));
        self.core.blocks.push(self.text.push(&self.lines));
        self.reaches.extend(page.passages.iter().map(|passage| passage.reach));
        self.passages += page.passages.len() as u32;
        self.page = page;
    }

    /// The head of a page: its numbers, its title, its summary and facts.
    fn head(&mut self, title: &str, page: &Page) {
        let mut place = 0;
        for label in &page.labels {
            place = self.label(label, self.passages, Class::Prose, place);
        }
        let mut reading = std::mem::take(&mut self.reading);
        self.words.read(title, &mut reading);
        let keys = reading.places.iter().filter(|place| place.main != NO_KEY).count();
        let class = if keys <= 3 { Class::Name } else { Class::Title };
        self.reading = reading;
        place = self.read(self.passages, class, place);
        self.words_of(&page.text[page.passages[0].text.clone()], self.passages, Class::Prose, place);
    }

    fn passage(&mut self, page: &Page, index: usize) {
        let passage = &page.passages[index];
        let number = self.passages + index as u32;
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
                self.add(key, number, Class::Record, 0);
            }
        }
        self.words_of(&page.text[passage.text.clone()], number, class, place);
    }

    /// A printed label: it is found first under its own key, and under others as any word is.
    fn label(&mut self, label: &str, passage: u32, others: Class, place: u32) -> u32 {
        let mut reading = std::mem::take(&mut self.reading);
        self.words.read(label, &mut reading);
        for (at, unit) in (place..).zip(&reading.places) {
            if unit.main != NO_KEY {
                self.add(unit.main, passage, Class::Label, at);
            }
        }
        self.reading = reading;
        self.read(passage, others, place)
    }

    fn words_of(&mut self, text: &str, passage: u32, class: Class, place: u32) {
        let mut reading = std::mem::take(&mut self.reading);
        self.words.read(text, &mut reading);
        self.reading = reading;
        self.read(passage, class, place);
    }

    /// Adds everything that was read last, and returns the next free place but one.
    fn read(&mut self, passage: u32, class: Class, first: u32) -> u32 {
        let reading = std::mem::take(&mut self.reading);
        for (place, unit) in (first..).zip(&reading.places) {
            if unit.main != NO_KEY {
                self.add(unit.main, passage, class, place);
            }
            for other in 0..self.words.sense(unit).others.len() {
                let key = self.words.sense(unit).others[other];
                self.add(key, passage, class, place);
            }
        }
        for (at, key) in &reading.rows {
            self.add(*key, passage, class, first + at);
        }
        let next = first + reading.places.len() as u32 + 1;
        self.reading = reading;
        next
    }

    fn add(&mut self, key: Key, passage: u32, class: Class, place: u32) {
        let index = key as usize;
        if index >= self.terms.len() {
            self.terms.resize_with(self.words.len(), Term::default);
        }
        let term = &mut self.terms[index];
        push_int(&mut term.bytes, (passage - term.last) << 3 | class as u32);
        push_int(&mut term.bytes, place);
        term.last = passage;
    }

    /// The values of the page and of what stands in it.
    fn facets(&mut self, id: DocumentId, page: &Page) {
        let own = self.values_of(id);
        let count = page.passages.len() as u32;
        let start = self.rows.len();
        self.rows.push(Row { first: self.passages, count, values: own });
        let mut around: Vec<(u32, usize)> = vec![(count, start)];
        for record in &page.records {
            while around.last().is_some_and(|(end, _)| *end <= record.first) {
                around.pop();
            }
            let outer = around.last().map_or(start, |(_, row)| *row);
            let values = self.values_inside(record, start, outer);
            around.push((record.first + record.count, self.rows.len()));
            self.rows.push(Row { first: self.passages + record.first, count: record.count, values });
        }
    }

    fn values_of(&mut self, id: DocumentId) -> Vec<Vec<u32>> {
        let facets = self.plan.facets.iter().zip(&mut self.values);
        let number = |known: &mut BTreeMap<FacetValue, u32>, value: FacetValue| {
            let next = known.len() as u32;
            *known.entry(value).or_insert(next)
        };
        facets
            .map(|((_, asks), known)| {
                let values = facets::values(self.view.site, id, *asks).into_iter();
                values.map(|value| number(known, value)).collect()
            })
            .collect()
    }

    /// A record has what it says itself, and of what it says nothing the values of what is around it.
    fn values_inside(&mut self, record: &Record, page: usize, outer: usize) -> Vec<Vec<u32>> {
        let mut values = self.values_of(record.document);
        for (index, (_, asks)) in self.plan.facets.iter().enumerate() {
            let around = &self.rows[outer].values[index];
            match asks {
                Asks::Kind | Asks::Status if record.standing == Standing::Section => {
                    values[index].clone_from(&self.rows[page].values[index]);
                }
                Asks::Kind | Asks::Status if record.standing == Standing::Whole => {}
                Asks::Year => {}
                Asks::Body if !values[index].is_empty() => {}
                Asks::Kind | Asks::Status | Asks::Body | Asks::Related(_) | Asks::Topic => {
                    for value in around {
                        if !values[index].contains(value) {
                            values[index].push(*value);
                        }
                    }
                }
            }
        }
        values
    }

    /// Notes the passages of what is over.
    fn over(&mut self, id: DocumentId, page: &Page) {
        if passages::is_over(self.view.site.document(id)) {
            self.core.over.push((self.passages, page.passages.len() as u32));
            return;
        }
        for record in &page.records {
            let first = self.passages + record.first;
            if record.standing != Standing::Whole {
                continue;
            }
            let covered = self.core.over.last().is_some_and(|(start, count)| start + count > first);
            if !covered && passages::is_over(self.view.site.document(record.document)) {
                self.core.over.push((first, record.count));
            }
        }
    }

    /// What results show.
    fn lines(&mut self, id: DocumentId, page: &Page) {
        let View { site, language } = self.view;
        let document = site.document(id);
        let date = document.date.filter(|date| *date != Date::Unknown);
        let printed = date.map(|date| language.date(date)).unwrap_or_default();
        let iso = date.and_then(Date::iso).unwrap_or_default();
        let body = facets::shown(site, id, Asks::Body);
        let status = facets::shown(site, id, Asks::Status);
        let kind = &site.kinds.get(document.kind).label;
        self.lines.clear();
        let cells = [document.address.as_str(), &document.title, kind, &body, &printed, &iso, &status];
        push_line(&mut self.lines, &cells);
        for passage in &page.passages {
            let text = &page.text[passage.text.clone()];
            let label = match passage.sort {
                Sort::Head => page.labels.first().map(String::as_str),
                _ => passage.labels.first().map(AsRef::as_ref),
            };
            let record = passage.record.map(|record| site.document(page.records[record].document).kind);
            let sort = match (passage.sort, record) {
                (Sort::Head, _) => "t".to_owned(),
                (Sort::Heading(level), _) => level.to_string(),
                (Sort::Prose, Some(kind)) => format!("r{}", site.kinds.get(kind).label),
                (Sort::Prose, None) => "p".to_owned(),
            };
            let (text, facts) = match passage.sort {
                Sort::Head => text.split_once(passages::HEAD_PARTS).unwrap_or((text, "")),
                _ => (text, ""),
            };
            let cells = [&sort, &*passage.anchor, label.unwrap_or_default(), text, facts];
            push_line(&mut self.lines, &cells[..if passage.sort == Sort::Head { 5 } else { 4 }]);
        }
    }

    /// Hands out the files of texts that are full.
    fn parts<E>(&mut self, all: bool, put: Put<'_, E>) -> Result<(), E> {
        let Some((pages, hash, bytes)) = self.text.take(all) else { return Ok(()) };
        self.core.parts.push((pages, hash));
        put(format!("search/text/{hash:016x}.bin"), bytes)
    }

    fn finish<E>(mut self, put: Put<'_, E>) -> Result<Indexed, E> {
        let mut files = self.shards();
        self.core.sample = std::mem::replace(&mut self.text, TextWriter::new()).sample();
        files.push(("facets".to_owned(), self.facet_file()));
        files.push(("core".to_owned(), self.core.encode()));
        let mut hasher = Xxh3::new();
        for (name, bytes) in &files {
            hasher.update(name.as_bytes());
            hasher.update(bytes);
        }
        let name = format!("{:016x}", hasher.digest());
        for (file, bytes) in files {
            put(format!("search/{name}/{file}.bin"), bytes)?;
        }
        Ok(Indexed {
            name,
            pages: self.core.sizes.len() as u32,
            passages: self.passages,
            newest: self.core.dates.iter().map(|date| date.last).max().unwrap_or(0),
            words: vocabulary(&self.words),
        })
    }

    /// The shards. What has postings is a key, or two common ones side by side.
    fn shards(&mut self) -> Vec<(String, Vec<u8>)> {
        let terms = std::mem::take(&mut self.terms);
        let pairs = self.pairs(&terms);
        let size: usize = terms.iter().map(|term| term.bytes.len()).sum();
        let mut shards = Shards::new(SHARD + size / 4096);
        let mut order: Vec<(String, Result<Key, Postings>)> = (0..)
            .zip(&terms)
            .filter(|(_, term)| !term.bytes.is_empty())
            .map(|(key, _)| (self.words.name(key).to_owned(), Ok(key)))
            .collect();
        let names = |one: Key, other: Key| pair_key(self.words.name(one), self.words.name(other));
        order.extend(pairs.into_iter().map(|((one, other), postings)| (names(one, other), Err(postings))));
        order.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        for (name, key) in order {
            let postings = key.map_or_else(|pair| pair, |key| self.postings(&terms[key as usize]));
            shards.push(&name, &postings);
        }
        shards.end();
        self.core.shards = shards.firsts;
        shards.files
    }

    /// The postings of common words that stand side by side.
    fn pairs(&self, terms: &[Term]) -> BTreeMap<(Key, Key), Postings> {
        let mut common = Common::new();
        for (key, term) in (0..).zip(terms) {
            let name = self.words.name(key);
            // An occurrence has two bytes at least.
            if is_common(name, term.bytes.len() / 2, self.passages) {
                let list = self.postings(term).list;
                if is_common(name, list.len(), self.passages) {
                    common.add(key, list, occurrences(term).map(|(passage, _, place)| (passage, place)));
                }
            }
        }
        common.pairs()
    }

    fn postings(&self, term: &Term) -> Postings {
        let mut postings = Postings::default();
        for (passage, class, place) in occurrences(term) {
            match (postings.list.last_mut(), postings.places.last_mut()) {
                (Some(last), Some(places)) if last.passage == passage => {
                    last.class = last.class.max(class);
                    if let Err(at) = places.binary_search(&place) {
                        places.insert(at, place);
                    }
                }
                _ => {
                    postings.list.push(Posting { passage, class, reach: 0 });
                    postings.places.push(vec![place]);
                }
            }
        }
        for posting in &mut postings.list {
            if posting.class == Class::Heading {
                posting.reach = self.reaches[posting.passage as usize];
            }
        }
        postings
    }

    /// What each document says of each facet, where it is not what the document around it says: (document, values).
    /// A record in place that says nothing of its own is left out.
    fn own_values(&self) -> Vec<(&Row, Vec<Option<&[u32]>>)> {
        let mut open: Vec<&Row> = Vec::new();
        let mut own = Vec::new();
        for row in &self.rows {
            while open.last().is_some_and(|outer| outer.first + outer.count <= row.first) {
                open.pop();
            }
            let outer = open.last();
            let asks = self.plan.facets.iter().map(|(_, asks)| *asks).enumerate();
            let says = asks.filter(|(_, asks)| *asks != Asks::Year).map(|(index, _)| {
                let values = row.values[index].as_slice();
                outer.is_none_or(|outer| outer.values[index] != values).then_some(values)
            });
            let says: Vec<Option<&[u32]>> = says.collect();
            if says.iter().any(Option::is_some) {
                own.push((row, says));
            }
            open.push(row);
        }
        own
    }

    fn facet_file(&self) -> Vec<u8> {
        let mut values: Vec<Vec<&FacetValue>> = Vec::new();
        for known in &self.values {
            let mut list: Vec<(&u32, &FacetValue)> = known.iter().map(|(value, number)| (number, value)).collect();
            list.sort_unstable();
            values.push(list.into_iter().map(|(_, value)| value).collect());
        }
        let facets = self.plan.facets.iter().zip(&values).filter(|((_, asks), _)| *asks != Asks::Year);
        let head: Vec<(&str, &Vec<&FacetValue>)> =
            facets.map(|(((key, _), _), values)| (key.as_str(), values)).collect();
        let mut out = Vec::new();
        push_text(
            &mut out,
            &serde_json::to_string(&head).unwrap_or_else(|error| unreachable!("texts are JSON: {error}")),
        );
        let own = self.own_values();
        push_int(&mut out, own.len() as u32);
        let befores = std::iter::once(0).chain(own.iter().map(|(row, _)| row.first));
        push_column(&mut out, own.iter().zip(befores).map(|((row, _), before)| row.first - before));
        push_column(&mut out, own.iter().map(|(row, _)| row.count));
        let mut uses: BTreeMap<&[Option<&[u32]>], u32> = BTreeMap::new();
        for (_, says) in &own {
            *uses.entry(says).or_default() += 1;
        }
        // What is said most often has the smallest number.
        let mut sayings: Vec<&[Option<&[u32]>]> = uses.keys().copied().collect();
        sayings.sort_by_key(|says| std::cmp::Reverse(uses[says]));
        push_int(&mut out, sayings.len() as u32);
        for values in sayings.iter().copied().flatten() {
            push_int(&mut out, values.map_or(0, |values| values.len() as u32 + 1));
            push_column(&mut out, values.unwrap_or_default().iter().copied());
        }
        let numbers: BTreeMap<&[Option<&[u32]>], u32> = sayings.into_iter().zip(0..).collect();
        push_column(&mut out, own.iter().map(|(_, says)| numbers[says.as_slice()]));
        framed(&pack(&out))
    }
}

/// Shards are about so long in small segments, and a little longer in large ones.
const SHARD: usize = 3072;

/// Collects shards. A key with many postings has one of its own.
struct Shards {
    target: usize,
    open: ShardWriter,
    /// Where each shard begins.
    firsts: Vec<String>,
    /// The last key.
    last: String,
    files: Vec<(String, Vec<u8>)>,
}

impl Shards {
    fn new(target: usize) -> Self {
        Self { target, open: ShardWriter::default(), firsts: Vec::new(), last: String::new(), files: Vec::new() }
    }

    fn push(&mut self, key: &str, postings: &Postings) {
        let data = encode(&postings.list);
        let places = if has_places(key) { encode_places(&postings.places) } else { Vec::new() };
        let alone = data.len() >= self.target / 2;
        if alone || self.open.size() + data.len() > self.target {
            self.end();
        }
        if self.open.size() == 0 {
            self.firsts.push(parting(&self.last, key).to_owned());
        }
        key.clone_into(&mut self.last);
        self.open.push(key, postings.list.len() as u32, &data, &places);
        if alone {
            self.end();
        }
    }

    fn end(&mut self) {
        if self.open.size() > 0 {
            let number = self.firsts.len() - 1;
            let (postings, places) = std::mem::take(&mut self.open).finish();
            self.files.push((number.to_string(), postings));
            self.files.push((format!("p{number}"), places));
        }
    }
}

/// The shortest beginning of `key` that is greater than `before`, which is smaller.
fn parting<'key>(before: &str, key: &'key str) -> &'key str {
    let same = before.chars().zip(key.chars()).take_while(|(one, other)| one == other).count();
    key.char_indices().nth(same + 1).map_or(key, |(end, _)| &key[..end])
}

/// Where a term occurs: (passage, how, place).
fn occurrences(term: &Term) -> impl Iterator<Item = (u32, Class, u32)> + '_ {
    let mut reader = bytes::Reader::new(&term.bytes);
    let mut passage = 0;
    std::iter::from_fn(move || {
        let (step, place) = (reader.int().ok()?, reader.int().ok()?);
        passage += step >> 3;
        Some((passage, class(step & 7), place))
    })
}

fn class(number: u32) -> Class {
    match number {
        1 => Class::Prose,
        2 => Class::Record,
        3 => Class::Heading,
        4 => Class::Title,
        5 => Class::Name,
        _ => Class::Label,
    }
}

/// The days of a date.
pub fn span(date: Date) -> Option<Span> {
    let number = |day: jiff::civil::Date| {
        dates::day_number(day.year(), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?)
    };
    Some(Span { first: number(date.earliest()?)?, last: number(date.latest()?)? })
}

/// Every word that was read, in small letters.
fn vocabulary(words: &Words) -> Vec<(Box<str>, u32)> {
    let mut uses: BTreeMap<&str, u32> = BTreeMap::new();
    for sense in words.senses().iter().filter(|sense| sense.uses > 0) {
        let own = sense.folded.as_deref().filter(|_| !sense.traits.stop);
        for word in own.into_iter().chain(sense.parts.iter().map(AsRef::as_ref)) {
            if word.chars().count() > 2 && STOP_WORDS.binary_search(&word).is_err() {
                *uses.entry(word).or_default() += sense.uses;
            }
        }
    }
    uses.into_iter().map(|(word, uses)| (word.into(), uses)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_begins_where_it_can_be_told_from_the_one_before() {
        for (before, key, begins) in [
            ("", "7.3", "7"),
            ("abus", "abuse", "abuse"),
            ("burglari", "burn", "burn"),
            ("tŵr", "tŷ", "tŷ"),
            ("a b", "ab", "ab"),
        ] {
            assert_eq!(parting(before, key), begins);
            assert!(before < begins && begins <= key);
        }
    }
}
