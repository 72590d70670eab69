//! The window: the one type through which pages reach the site, and the only file that holds the site for them.
//!
//! Input: the assembled site, the words and the files of a theme. Output: answers, each noted as a question of
//! [`Query`] when a page is recorded. Not here: what is made of answers.
//!
//! What costs nothing to look up is lent by an accessor and not copied into an [`Answer`]; the question that is noted
//! for it has that very thing as its answer. An accessor therefore begins with `self.note(…)`, without exception.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil;
use tera::Value;

use super::asset::Asset;
use super::context::KindView;
use super::fingerprint::{Fingerprint, Spread, fingerprint};
use super::trace::{self, Of};
use crate::data::table::Table;
use crate::kind::{Kind, KindId, Kinds};
use crate::language::{Language, Phrases, Text};
use crate::model::{
    Address, Alias, Comparison, Config, Document, DocumentId, EditionDay, ListingFilter, NumberPage, Relation, Site,
};
use crate::query::{self, Answer, By, Index, Query, Store};
use crate::source::Attachment;

/// What all pages of a build share.
pub struct View {
    site: Arc<Site>,
    /// Lists beside those of the site.
    index: Index,
    /// Words and forms.
    pub language: Language,
    /// The theme's files for browsers.
    pub assets: Vec<Asset>,
    /// The words inside texts, made once because a page has hundreds of them.
    pub phrases: Phrases,
    /// Strings without places, as templates print them: every page asks for dozens. Only ever looked up.
    plain: HashMap<Box<str>, Value>,
    /// What stands between the parts of a list of words, once more, because every record that is listed has such a list.
    comma: String,
    /// What templates see of each kind ([`KindView`]), made once because every card holds one.
    kind_values: Vec<Value>,
    /// The fingerprints of answers that were recorded before, by those of their questions.
    known: Mutex<HashMap<Fingerprint, Fingerprint, Spread>>,
}

/// A list that has pages, without its documents.
#[derive(Debug, Clone, Copy)]
pub struct List<'site> {
    /// Its first page.
    pub address: &'site Address,
    /// What its documents have in common.
    pub filter: &'site ListingFilter,
}

impl View {
    /// Binds a site to the words and files of a theme.
    #[must_use]
    pub fn new(site: Arc<Site>, language: Language, assets: Vec<Asset>) -> Self {
        let index = Index::new(&site, &language);
        let phrases = Phrases::of(&language);
        let plain = language.iter().filter_map(|(key, text)| match text {
            Text::Plain(text) if !text.contains('{') => Some((key.into(), Value::normal_string(text))),
            _ => None,
        });
        let plain = plain.collect();
        let comma = language.say("list.comma", &[]);
        let (kind_values, known) = (Vec::new(), Mutex::default());
        let mut view = Self { site, index, language, assets, phrases, plain, comma, kind_values, known };
        view.kind_values =
            view.site.kinds.iter().map(|(id, _)| Value::from_serializable(&view.kind_view(id))).collect();
        view
    }

    /// Asks the site.
    #[must_use]
    pub fn ask(&self, query: &Query) -> Answer<'_> {
        self.note(|| query.clone());
        self.answer(query)
    }

    /// The fingerprint of the answer to a question.
    #[must_use]
    pub fn fingerprint(&self, query: &Query) -> Fingerprint {
        self.fingerprint_as(query, Fingerprint::of(query))
    }

    /// The same where the fingerprint of the question is known.
    fn fingerprint_as(&self, query: &Query, question: Fingerprint) -> Fingerprint {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(print) = known().get(&question) {
            return *print;
        }
        let print = fingerprint(&self.site, &self.answer(query));
        known().insert(question, print);
        print
    }

    fn answer(&self, query: &Query) -> Answer<'_> {
        query::answer(&self.site, &self.index, &self.language, query)
    }

    /// Takes a note of a question, if this thread records a page.
    fn note(&self, query: impl FnOnce() -> Query) {
        if trace::records() {
            trace::note(query(), |query, question| self.fingerprint_as(query, question));
        }
    }

    /// The same for a question about a document.
    fn note_of(&self, id: DocumentId, of: Of) {
        if trace::records() && trace::is_new(of, id) {
            self.note(|| of.query(self.site.document(id).id.clone()));
        }
    }

    /// Whether a document stands on a page, its own or another's.
    #[must_use]
    pub fn can_be_read(&self, id: DocumentId) -> bool {
        self.note_of(id, Of::Itself);
        self.index.can_be_read(id)
    }

    /// Whether a document has a page of its own.
    #[must_use]
    pub fn has_page(&self, id: DocumentId) -> bool {
        self.note_of(id, Of::Itself);
        self.index.has_page(&self.site, id)
    }

    /// The relations that lead to a document, each with the document in which it stands.
    pub fn incoming(&self, id: DocumentId) -> impl Iterator<Item = (DocumentId, &Relation)> {
        self.note_of(id, Of::Incoming);
        query::incoming(&self.site, id)
    }

    /// The records made right in a document or a record: those of the text in its order, then those in files.
    #[must_use]
    pub fn records_in(&self, id: DocumentId) -> &[DocumentId] {
        self.note_of(id, Of::Children);
        self.index.records_in(id)
    }

    /// The kind of a document.
    #[must_use]
    pub fn kind_of(&self, id: DocumentId) -> &Kind {
        self.kinds().get(self.document(id).kind)
    }

    /// A kind as templates see it.
    #[must_use]
    pub fn kind(&self, id: KindId) -> Value {
        [Query::Schema, Query::Settings].into_iter().for_each(|query| self.note(|| query));
        self.note(|| self.list_of_kind(id));
        self.kind_values[id.0 as usize].clone()
    }

    /// The kind of a document as templates see it, called by what the document is: an agenda, draft minutes.
    #[must_use]
    pub fn kind_as_called(&self, id: DocumentId) -> Value {
        let kind = self.document(id).kind;
        let called = query::called(self, id);
        if called == self.kinds().get(kind).label {
            return self.kind(kind);
        }
        Value::from_serializable(&KindView { label: called.to_owned(), ..self.kind_view(kind) })
    }

    fn list_of_kind(&self, id: KindId) -> Query {
        Query::Lists { kind: Some(self.site.kinds.get(id).name.as_str().into()), by: Some(By::Kind) }
    }

    /// The list of all documents of a kind, if it has pages.
    #[must_use]
    pub fn kind_href(&self, id: KindId) -> Option<String> {
        self.ask(&self.list_of_kind(id)).lists().first().map(|list| self.url(self.list(*list).address))
    }

    fn kind_view(&self, id: KindId) -> KindView {
        let kind = self.kinds().get(id);
        let (name, label, plural) = (kind.name.clone(), kind.label.clone(), kind.label_plural.clone());
        KindView { name, label, plural, href: self.kind_href(id) }
    }

    /// A list that has pages, by its index in [`Answer::Lists`].
    #[must_use]
    pub fn list(&self, list: u32) -> List<'_> {
        let listing = &self.site.listings[list as usize];
        self.note(|| Query::Listing(listing.address.clone()));
        List { address: &listing.address, filter: &listing.filter }
    }

    /// How many documents a list has.
    #[must_use]
    pub fn list_length(&self, list: u32) -> usize {
        let listing = &self.site.listings[list as usize];
        self.note(|| Query::Length(listing.address.clone()));
        listing.documents.len()
    }

    /// At most `limit` documents of a list after the first `offset`.
    #[must_use]
    pub fn list_part(&self, list: u32, offset: u32, limit: u32) -> &[DocumentId] {
        let listing = &self.site.listings[list as usize];
        self.note(|| Query::Part { address: listing.address.clone(), offset, limit });
        query::part(&listing.documents, offset, limit)
    }

    /// The home page's own text, if the site has one.
    #[must_use]
    pub fn home(&self) -> Option<DocumentId> {
        self.note(|| Query::Home);
        self.site.home
    }

    /// A published file and its address, by its index.
    #[must_use]
    pub fn attachment(&self, file: u32) -> (&Attachment, &Address) {
        let (attachment, address) = &self.site.attachments[file as usize];
        self.note(|| Query::Attachment(attachment.path.clone()));
        (attachment, address)
    }

    /// The published file with this path below `content/`: its index.
    #[must_use]
    pub fn attachment_at(&self, path: &str) -> Option<u32> {
        Store::attachment_at(self, &format!("content/{path}"))
    }

    /// The figures in a published file, if pages show it as a table.
    #[must_use]
    pub fn table(&self, file: u32) -> Option<&Table> {
        self.note(|| Query::Table(self.site.attachments[file as usize].0.path.clone()));
        self.site.tables.get(&file)
    }

    /// An old address, by its index.
    #[must_use]
    pub fn alias(&self, alias: u32) -> &Alias {
        let alias = &self.site.aliases[alias as usize];
        self.note(|| Query::Alias(alias.address.clone()));
        alias
    }

    /// A number under which something can be looked up, by its index in `OwnPages::numbers`.
    #[must_use]
    pub fn number(&self, number: u32) -> &NumberPage {
        let page = &self.site.own.numbers[number as usize];
        self.note(|| Query::Number(page.address.clone()));
        page
    }

    /// What is compared on a page, by its index in `OwnPages::comparisons`.
    #[must_use]
    pub fn comparison(&self, comparison: u32) -> &Comparison {
        let comparison = &self.site.own.comparisons[comparison as usize];
        self.note(|| Query::Comparison(comparison.address.clone()));
        comparison
    }

    /// A day on which editions began, by its index in `OwnPages::edition_days`.
    #[must_use]
    pub fn edition_day(&self, day: u32) -> &EditionDay {
        let day = &self.site.own.edition_days[day as usize];
        self.note(|| Query::EditionDay(day.address.clone()));
        day
    }

    /// The settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        self.note(|| Query::Settings);
        &self.site.config
    }

    /// An address as it stands in `href`: below the path of `base_url`, percent-encoded.
    #[must_use]
    pub fn url(&self, address: &Address) -> String {
        address.href_below(&self.config().base_path)
    }

    /// The string with this key, if it has no places to be filled.
    #[must_use]
    pub fn plain(&self, key: &str) -> Option<&Value> {
        self.plain.get(key)
    }

    /// What stands between the parts of a list of words.
    #[must_use]
    pub fn comma(&self) -> &str {
        &self.comma
    }
}

impl Store for View {
    fn document(&self, id: DocumentId) -> &Document {
        self.note_of(id, Of::Itself);
        self.site.document(id)
    }

    fn find(&self, id: &str) -> Option<DocumentId> {
        self.note(|| Query::Find(id.into()));
        self.site.find(id)
    }

    fn kinds(&self) -> &Kinds {
        self.note(|| Query::Schema);
        &self.site.kinds
    }

    fn relations(&self, id: DocumentId) -> &[Relation] {
        self.note_of(id, Of::Relations);
        &self.site.relations[id.0 as usize]
    }

    fn attachment_at(&self, path: &str) -> Option<u32> {
        self.note(|| Query::Attachment(path.into()));
        Store::attachment_at(&*self.site, path)
    }

    fn today(&self) -> civil::Date {
        self.note(|| Query::Today);
        self.site.as_at.day
    }
}
