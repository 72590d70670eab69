//! What lists and explained words are called, and where they are.
//!
//! Input: a list that has pages, or entries of the glossary. Output: words, [`Link`]s, [`WordView`]s. Not here: the pages
//! of lists.

use super::card::label_of;
use super::context::{Link, WordView};
use super::window::{List, View};
use crate::kind::KindId;
use crate::model::{DocumentId, GlossaryEntry, ListingFilter, slug};
use crate::query::{self, Query, Store};

impl View {
    /// What a list is called beside others of its sort: "Scrutiny Committee", "2021", "A", "Housing".
    #[must_use]
    pub fn list_name(&self, list: List<'_>) -> String {
        match list.filter {
            ListingFilter::Kind(kind) => self.kinds().get(*kind).label_plural.clone(),
            ListingFilter::Body(_, Ok(of)) | ListingFilter::Area(_, of) => self.document(*of).title.to_string(),
            ListingFilter::About(document) => {
                let title = &self.document(*document).title;
                self.language.say("thread.list", &[("title", title)])
            }
            ListingFilter::Body(_, Err(name)) | ListingFilter::Topic(_, name) => name.to_string(),
            ListingFilter::Year(_, year) => year.to_string(),
            ListingFilter::Letter(_, letter) => self.letter(*letter),
            ListingFilter::Choice(kind, role, name) => {
                let field = self.kinds().get(*kind).role(*role);
                field.map_or(&**name, |field| label_of(&field.shape, name)).to_owned()
            }
        }
    }

    /// What a list is called on a page of its own: "Minutes: Scrutiny Committee".
    #[must_use]
    pub fn list_title(&self, list: List<'_>) -> String {
        let name = self.list_name(list);
        match list.filter {
            ListingFilter::Kind(_) | ListingFilter::About(_) | ListingFilter::Topic(..) => name,
            ListingFilter::Body(kind, _)
            | ListingFilter::Year(kind, _)
            | ListingFilter::Letter(kind, _)
            | ListingFilter::Area(kind, _)
            | ListingFilter::Choice(kind, ..) => {
                let plural = &self.kinds().get(*kind).label_plural;
                self.language.say("list.title", &[("kinds", plural), ("name", &name)])
            }
        }
    }

    /// Whether there are lists that hold fewer of a kind than that of all.
    #[must_use]
    pub fn has_narrower(&self, kind: KindId) -> bool {
        let kind = self.kinds().get(kind).name.as_str().into();
        self.ask(&Query::Lists { kind: Some(kind), by: None }).lists().len() > 1
    }

    /// A letter of an index as readers see it: "A", or "0–9".
    #[must_use]
    pub fn letter(&self, letter: char) -> String {
        if letter == crate::language::NO_LETTER {
            return self.language.say("a-z.no-letter", &[]);
        }
        letter.to_string()
    }

    /// A list by its title.
    #[must_use]
    pub fn list_link(&self, list: List<'_>) -> Link {
        Link { title: self.list_title(list), href: Some(self.url(list.address)) }
    }

    /// The list of the documents of this kind that belong to a body, if it has pages.
    #[must_use]
    pub fn list_of(&self, kind: &str, body: DocumentId) -> Option<List<'_>> {
        let body = self.document(body).id.clone();
        self.ask(&Query::ListOfBody { kind: kind.into(), body }).lists().first().map(|list| self.list(*list))
    }

    /// The list of what the body of a document has of the same kind.
    #[must_use]
    pub fn list_of_body(&self, id: DocumentId) -> Option<Link> {
        self.list_of(&self.kind_of(id).name, query::body(self, id)?).map(|list| self.list_link(list))
    }

    /// The list of where a document was considered.
    #[must_use]
    pub fn list_about(&self, id: DocumentId) -> Option<Link> {
        let lists = self.ask(&Query::ListAbout(self.document(id).id.clone())).lists();
        lists.first().map(|list| self.list_link(self.list(*list)))
    }

    /// Where the list of a topic is.
    #[must_use]
    pub fn topic_href(&self, topic: &str) -> Option<String> {
        let lists = self.ask(&Query::ListOfTopic(slug(topic).into())).lists();
        lists.first().map(|list| self.url(self.list(*list).address))
    }

    /// Entries of the glossary as pages show them, by the alphabet.
    #[must_use]
    pub fn words(&self, entries: &[u32]) -> Vec<WordView> {
        let entry = |entry: &u32| &self.ask(&Query::Glossary).glossary()[*entry as usize];
        let mut entries: Vec<&GlossaryEntry> = entries.iter().map(entry).collect();
        entries.sort_by_cached_key(|entry| (self.language.sort_key(&entry.term), entry.anchor.clone()));
        let words = entries.into_iter().map(|entry| WordView {
            term: entry.term.to_string(),
            expansion: entry.expansion.as_deref().map(str::to_owned),
            meaning: entry.meaning.as_deref().map(str::to_owned),
            aliases: entry.aliases.iter().map(|alias| alias.to_string()).collect(),
            anchor: entry.anchor.to_string(),
        });
        words.collect()
    }
}
