//! Fingerprints of answers: 128 bits that stay the same from build to build as long as the answer does.
//!
//! Input: an [`Answer`]. Output: [`Fingerprint`]. Not here: which questions a page asks (`trace.rs`).
//!
//! A number that only one build has (of a document, a file, a list, a kind) is never hashed: the name that it stands for
//! is. Structs that hold such numbers are taken apart whole, so that a new field cannot be forgotten.

use std::fmt::{self, Write as _};
use std::hash::{BuildHasherDefault, Hash, Hasher};

use xxhash_rust::xxh3::Xxh3;

use crate::diagnostic::Levels;
use crate::kind::KindId;
use crate::model::{
    Alias, AreaFigures, Branding, ComesBack, Comparison, Config, Document, DocumentId, Edition, EditionDay, Entry,
    Fields, InPlace, LandedText, Landing, LeadsTo, ListingFilter, MeetingBody, MeetingDay, NumberPage, OwnPages, Part,
    PlanEntry, PlanGroup, PlanPart, PlanTime, Published, Relation, RelationEnd, Site, Tombstone, Value,
};
use crate::query::{Answer, Event, Held, Step};

/// What an answer said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Fingerprint(pub u128);

impl Fingerprint {
    /// Of values that mean the same in every build.
    #[must_use]
    pub fn of(value: &(impl Hash + ?Sized)) -> Self {
        let mut hash = Xxh3::new();
        value.hash(&mut hash);
        Self(hash.digest128())
    }
}

/// For tables whose keys are fingerprints, or numbers that this program gave: nobody can choose them so that they meet.
pub(super) type Spread = BuildHasherDefault<Spreader>;

/// The hash of a key that is one already, or of a number.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spreader(u64);

impl Hasher for Spreader {
    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= xxhash_rust::xxh3::xxh3_64(bytes);
    }

    fn write_u64(&mut self, number: u64) {
        // Neighbouring numbers are parted by an odd number that has about as many ones as noughts: 2^64 by the golden ratio.
        self.0 ^= number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_u128(&mut self, print: u128) {
        self.0 ^= print as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The fingerprint of an answer of `site`.
#[must_use]
pub fn fingerprint(site: &Site, answer: &Answer<'_>) -> Fingerprint {
    let mut printer = Printer { site, hash: Xxh3::new() };
    printer.plain(&std::mem::discriminant(answer));
    printer.answer(answer);
    Fingerprint(printer.hash.digest128())
}

struct Printer<'site> {
    site: &'site Site,
    hash: Xxh3,
}

/// Takes what a value prints of itself.
impl fmt::Write for Printer<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.hash.update(text.as_bytes());
        Ok(())
    }
}

impl Printer<'_> {
    fn plain(&mut self, value: &(impl Hash + ?Sized)) {
        value.hash(&mut self.hash);
    }

    /// A value that is rarely asked for and has no hash: as programmers see it.
    fn printed(&mut self, value: &impl fmt::Debug) {
        write!(self, "{value:?}").unwrap_or_else(|_| unreachable!("a hash takes everything"));
    }

    fn list<'item, Item: 'item>(
        &mut self,
        items: impl IntoIterator<Item = &'item Item>,
        mut print: impl FnMut(&mut Self, &'item Item),
    ) {
        for item in items {
            self.plain(&true);
            print(self, item);
        }
        self.plain(&false);
    }

    fn id(&mut self, id: DocumentId) {
        let site = self.site;
        self.plain(&site.document(id).id);
    }

    fn ids<'id>(&mut self, ids: impl IntoIterator<Item = &'id DocumentId>) {
        self.list(ids, |printer, id| printer.id(*id));
    }

    fn kind(&mut self, kind: KindId) {
        let site = self.site;
        self.plain(&site.kinds.get(kind).name);
    }

    fn answer(&mut self, answer: &Answer<'_>) {
        match answer {
            Answer::Documents(ids) => self.ids(ids),
            Answer::Part(ids, total) => {
                self.ids(ids);
                self.plain(total);
            }
            Answer::Parts(parts) => self.list(parts.iter().copied(), Self::part),
            Answer::Plan(groups) => self.list(groups, Self::planned),
            Answer::Editions(editions) => self.list(*editions, |printer, Edition { document, from, until }| {
                printer.id(*document);
                printer.plain(&(from, until));
            }),
            Answer::Texts(texts) => self.plain(texts),
            Answer::Figures(figures) => self.list(figures.iter().copied(), Self::figures),
            Answer::Comparison(comparison) => self.list(*comparison, Self::comparison),
            Answer::Comparisons(comparisons) => self.list(comparisons.iter().copied(), Self::comparison),
            Answer::EditionDays(days) => self.list(*days, Self::edition_day),
            Answer::Count(count) => self.plain(count),
            Answer::Ends(ends) => self.list(ends, Self::end),
            Answer::Kinds(kinds) => self.list(kinds, |printer, (kind, count)| {
                printer.kind(*kind);
                printer.plain(count);
            }),
            Answer::Lists(lists) => self.list(lists, |printer, list| {
                let site = printer.site;
                printer.plain(&site.listings[*list as usize].address);
            }),
            Answer::Neighbours(before, after) => {
                self.ids(before);
                self.ids(after);
            }
            Answer::Days(events) => self.list(events, |printer, Event { day, document, role }| {
                printer.plain(&(day, role));
                printer.id(*document);
            }),
            Answer::Trail(steps) => self.list(steps, Self::step),
            Answer::Months(months) => self.plain(months),
            Answer::Document(held) => self.list(held, |printer, Held { document, readable, has_page }| {
                printer.plain(&(readable, has_page));
                printer.document(document);
            }),
            Answer::Relations(relations) => self.list(*relations, Self::relation),
            Answer::Incoming(relations) => self.list(relations, |printer, (from, relation)| {
                printer.id(*from);
                printer.relation(relation);
            }),
            Answer::Listing(filter) => self.list(*filter, Self::filter),
            Answer::Attachment(file) => self.plain(file),
            Answer::Attachments(files) => self.plain(files),
            Answer::Table(table) => self.plain(table),
            Answer::Glossary(entries) => self.plain(entries),
            Answer::Aliases(aliases) => self.list(*aliases, |printer, Alias { address, to, place, places, row: _ }| {
                printer.plain(&(address, place, places));
                match to {
                    LeadsTo::Document(document) => printer.id(*document),
                    LeadsTo::Address(address) => printer.plain(address),
                }
            }),
            Answer::OwnPages(pages) => self.own_pages(pages),
            Answer::Number(number) => self.list(*number, Self::number),
            Answer::Schema(kinds) => self.printed(kinds),
            Answer::Settings(config) => self.settings(config),
            Answer::Audience(audience) => self.plain(audience),
            Answer::Today(day) => self.plain(day),
        }
    }

    fn part(&mut self, part: &Part) {
        let Part { person, meeting, did, record, item, at, words, printed, recognised } = part;
        self.ids([person, meeting]);
        self.ids(record);
        self.plain(&(did, item, at, words, printed, recognised));
    }

    fn figures(&mut self, AreaFigures { measure, file, area, table }: &AreaFigures) {
        let site = self.site;
        self.id(*measure);
        self.plain(&(&site.attachments[*file as usize].0.path, table));
        self.ids(area);
    }

    fn planned(&mut self, PlanPart { group: PlanGroup { time, body, entries: _ }, entries, goes_on }: &PlanPart<'_>) {
        self.plain(&(std::mem::discriminant(time), goes_on));
        match time {
            PlanTime::Meeting(day) => self.meeting_day(day),
            PlanTime::Month(year, month) => self.plain(&(year, month)),
            PlanTime::Open => {}
        }
        self.meeting_body(body);
        self.list(*entries, |printer, PlanEntry { comes, moved_from }| {
            let ComesBack { cause, of, part, body, when } = comes;
            printer.plain(&(cause, part, when));
            printer.id(*of);
            printer.meeting_body(body);
            printer.list(moved_from, Self::meeting_day);
        });
    }

    fn meeting_day(&mut self, MeetingDay { day, document }: &MeetingDay) {
        self.plain(day);
        self.ids(document);
    }

    fn meeting_body(&mut self, body: &MeetingBody) {
        self.ids(&body.as_ref().ok().copied());
        self.plain(&body.as_ref().err());
    }

    fn step(&mut self, step: &Step) {
        let site = self.site;
        self.plain(&std::mem::discriminant(step));
        match step {
            Step::Home => {}
            Step::Listing(list) => self.plain(&site.listings[*list as usize].address),
            Step::Document(id) => self.id(*id),
        }
    }

    /// What is at an address is known by the address, but for the index of its list or of its number.
    fn own_pages(&mut self, pages: &OwnPages) {
        pages.iter().for_each(|(address, kind)| self.plain(&(true, address, std::mem::discriminant(&kind))));
        self.list(&pages.numbers, Self::number);
        self.list(&pages.edition_days, Self::edition_day);
        self.list(&pages.comparisons, Self::comparison);
    }

    fn edition_day(&mut self, EditionDay { address, day, documents }: &EditionDay) {
        self.plain(&(address, day));
        self.ids(documents);
    }

    fn comparison(&mut self, Comparison { address, other_form, older, newer, side_by_side }: &Comparison) {
        self.plain(&(address, other_form, side_by_side));
        self.ids([older, newer]);
    }

    fn number(&mut self, NumberPage { address, number, documents }: &NumberPage) {
        self.plain(&(address, number));
        self.ids(documents);
    }

    /// Levels are of messages; of what the site looks like, pages see the pictures, and its colours are in the style sheet.
    fn settings(&mut self, config: &Config) {
        let Branding { logo, crest, share, preset: _, colours: _ } = &config.branding;
        self.plain(&[logo, crest, share].map(|picture| picture.as_ref().map(|picture| &picture.text)));
        self.printed(&Config {
            branding: Branding::default(),
            levels: Levels::default(),
            targets: Vec::new(),
            ..config.clone()
        });
    }

    fn filter(&mut self, filter: &ListingFilter) {
        self.plain(&std::mem::discriminant(filter));
        match filter {
            ListingFilter::Kind(kind) => self.kind(*kind),
            ListingFilter::Body(kind, body) => {
                self.kind(*kind);
                self.plain(&body.as_ref().err());
                self.ids(body);
            }
            ListingFilter::Year(kind, year) => {
                self.kind(*kind);
                self.plain(year);
            }
            ListingFilter::Letter(kind, letter) => {
                self.kind(*kind);
                self.plain(letter);
            }
            ListingFilter::Choice(kind, role, name) => {
                self.kind(*kind);
                self.plain(&(role, name));
            }
            ListingFilter::Area(kind, area) => {
                self.kind(*kind);
                self.id(*area);
            }
            ListingFilter::About(id) => self.id(*id),
            ListingFilter::Topic(slug, name) => self.plain(&(slug, name)),
        }
    }

    fn document(&mut self, document: &Document) {
        #[rustfmt::skip]
        let Document {
            id, kind, address, source: _, path, title, fields, body, landings, embeds, published, edition_of, private, sensitive,
            date, stage, changed, place, records,
        } = document;
        self.kind(*kind);
        self.plain(&(id, address, path, title, body, private, sensitive, date, stage, changed));
        self.fields(fields);
        self.list(landings, Self::landing);
        self.list(embeds, Self::landing);
        self.published(published);
        self.ids(edition_of);
        self.list(place.as_deref(), Self::place);
        self.list(records, |printer, record| printer.ids(record));
    }

    fn published(&mut self, published: &Published) {
        self.plain(&std::mem::discriminant(published));
        match published {
            Published::Whole => {}
            Published::Exempt(exemption) => self.plain(exemption),
            Published::Tombstone(tombstone) => {
                let Tombstone { on, reason, withdrawn, successor } = &**tombstone;
                self.plain(&(on, reason, withdrawn));
                self.ids(successor);
            }
        }
    }

    fn place(&mut self, InPlace { host, inside, page, origin, wording, anchor }: &InPlace) {
        self.id(*host);
        self.ids(inside);
        self.plain(&(page, origin, wording, anchor));
    }

    fn relation(&mut self, Relation { from, field, end, span }: &Relation) {
        self.id(*from);
        self.plain(&(field, span));
        self.end(end);
    }

    fn end(&mut self, end: &RelationEnd) {
        self.plain(&std::mem::discriminant(end));
        match end {
            RelationEnd::Document { document, anchor } => {
                self.id(*document);
                self.plain(anchor);
            }
            RelationEnd::Words(words) => self.plain(words),
        }
    }

    fn landing(&mut self, landing: &Landing) {
        let site = self.site;
        self.plain(&std::mem::discriminant(landing));
        match landing {
            Landing::Document { document, anchor } => {
                self.id(*document);
                self.plain(anchor);
            }
            Landing::Attachment(file) => self.plain(&site.attachments[*file as usize].0.path),
            Landing::Page { address, anchor } => self.plain(&(address, anchor)),
            Landing::Outside | Landing::Nowhere => {}
        }
    }

    fn fields(&mut self, Fields(entries): &Fields) {
        self.list(entries, |printer, Entry { name, value, span, origin }| {
            printer.plain(&(name, span, origin));
            printer.value(value);
        });
    }

    fn value(&mut self, value: &Value) {
        self.plain(&std::mem::discriminant(value));
        match value {
            Value::Text(text) | Value::Choice(text) | Value::Address(text) | Value::File(text) | Value::Words(text) => {
                self.plain(text);
            }
            Value::Markdown(body) => self.plain(body),
            Value::Landed(text) => {
                let LandedText { body, landings, embeds } = &**text;
                self.plain(body);
                self.list(landings, Self::landing);
                self.list(embeds, Self::landing);
            }
            Value::Stretch(stretch) => self.plain(stretch),
            Value::Passage(host, stretch) => {
                self.id(*host);
                self.plain(stretch);
            }
            Value::Date(date) => self.plain(date),
            Value::Instant(instant) => self.plain(instant),
            Value::Boolean(yes) => self.plain(yes),
            Value::Integer(number) => self.plain(number),
            Value::Reference(reference) => self.plain(reference),
            Value::List(items) => self.list(items, |printer, (item, span)| {
                printer.plain(span);
                printer.value(item);
            }),
            Value::Group(fields) => self.fields(fields),
        }
    }
}
