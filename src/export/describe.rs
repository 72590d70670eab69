//! What pages say of files for machines: a step before `render`.
//!
//! Input: the site; then which page. Output: the catalogue of all data for the page about it, and for the head of a
//! page [`PageMetadata`], plain values that a template prints. A page that nobody looks for, such as the one for a
//! wrong address, says only how to search. Not here: the files themselves.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Subject, beside, calendar, catalogue, feeds, json_ld, plain, share, twins};
use crate::language::Language;
use crate::model::{Address, Alternate, Audience, Catalogue, DocumentId, PageMetadata, Route, RouteKind, Site};
use crate::query;

/// What pages say of files for machines.
pub struct Described {
    /// All data of the site; `None` in a preview.
    pub catalogue: Option<Catalogue>,
    /// What the heads of pages say.
    pub heads: Heads,
}

/// Finds out once what all pages say of files for machines. In a preview pages say nothing of them.
#[must_use]
pub fn describe(site: &Arc<Site>, language: &Arc<Language>) -> Described {
    let is_public = site.audience == Audience::Public;
    let catalogue = is_public.then(|| catalogue::catalogue(site, language));
    let subjects = feeds::subjects(site).filter(|_| is_public);
    let alternates = subjects.map(|subject| (subject, alternates(site, language, subject))).collect();
    Described { catalogue, heads: Heads { site: Arc::clone(site), language: Arc::clone(language), alternates } }
}

/// What the heads of pages tell, for all pages of a site.
pub struct Heads {
    site: Arc<Site>,
    language: Arc<Language>,
    /// The feeds and the calendar of each subject that can be followed. To know whether a long list has any, each of
    /// its documents is looked at, and each of its pages needs the answer: so it is found out once.
    alternates: BTreeMap<Subject, Vec<Alternate>>,
}

impl Heads {
    /// What machines can get beside the page of a subject: its feeds and its calendar. It is empty if there are none.
    #[must_use]
    pub fn alternates(&self, subject: Subject) -> &[Alternate] {
        self.alternates.get(&feeds::stand_in(&self.site, subject)).map_or(&[], Vec::as_slice)
    }

    /// The words of a document beside its page.
    fn twin(&self, id: DocumentId) -> Option<Alternate> {
        let address = twins::address(&self.site, id)?;
        let named = plain::line(&self.site.document(id).title);
        let title = match self.site.document(id).sensitive {
            true => query::neutral_title(&self.site.config, &self.language),
            false => self.language.say("export.twin", &[("title", &named)]),
        };
        Some(Alternate { title, media_type: "text/markdown", href: self.site.href(&address) })
    }

    /// What the head of the page at `route` says; empty for a file that is not a page.
    #[must_use]
    pub fn metadata(&self, route: &Route) -> PageMetadata {
        let (site, language) = (&*self.site, &*self.language);
        if site.audience == Audience::Preview {
            return PageMetadata::default();
        }
        let search = site.config.base_url.as_ref().map(|_| site.href(&Address::file("opensearch.xml")));
        let alternates = |subject| self.alternates(subject).to_vec();
        match route.kind {
            RouteKind::Home => PageMetadata {
                alternates: alternates(Subject::Site),
                search,
                share: share::share_page(site, &site.config.title, None, &Address::page([])),
                linked_data: None,
            },
            RouteKind::Document(id) => PageMetadata {
                alternates: alternates(Subject::Document(id)).into_iter().chain(self.twin(id)).collect(),
                search,
                share: share::share(site, language, id),
                linked_data: json_ld::json_ld(site, language, id).filter(|_| !site.document(id).sensitive),
            },
            RouteKind::Listing(list, _) => {
                let subject = Subject::Listing(list);
                let title = feeds::name(site, language, subject).unwrap_or_else(|| site.config.title.clone());
                let filter = &site.listings[list as usize].filter;
                let share = if query::is_sensitive_list(site, &site.config, filter) {
                    share::neutral(site, language)
                } else {
                    share::share_page(site, &title, None, &page(&route.path))
                };
                PageMetadata { alternates: alternates(subject), search, share, linked_data: None }
            }
            RouteKind::Updates(_) | RouteKind::Calendar(_) => {
                PageMetadata { alternates: alternates(Subject::Site), search, ..PageMetadata::default() }
            }
            RouteKind::Plan(body, _) => {
                PageMetadata { alternates: alternates(Subject::Plan(body)), search, ..PageMetadata::default() }
            }
            RouteKind::Topics
            | RouteKind::AToZ
            | RouteKind::Data
            | RouteKind::Glossary
            | RouteKind::Editions
            | RouteKind::EditionDay(_)
            | RouteKind::Comparison(_)
            | RouteKind::Search
            | RouteKind::Accessibility
            | RouteKind::Number(_)
            | RouteKind::NotFound => PageMetadata { search, ..PageMetadata::default() },
            RouteKind::Redirect(_)
            | RouteKind::Asset(_)
            | RouteKind::Attachment(_)
            | RouteKind::Index
            | RouteKind::Export(_) => PageMetadata::default(),
        }
    }
}

/// The address of a page in a folder of its own.
fn page(path: &str) -> Address {
    Address::page(path.trim_end_matches("index.html").split('/').filter(|part| !part.is_empty()))
}

/// The feeds and the calendar of a subject that may have some.
fn alternates(site: &Site, language: &Language, subject: Subject) -> Vec<Alternate> {
    let mut files = Vec::new();
    if site.config.base_url.is_some() && feeds::has_feed(site, subject) {
        files.extend([("application/atom+xml", feeds::ATOM), ("application/feed+json", feeds::JSON)]);
    }
    if calendar::has_events(site, subject) {
        files.push(("text/calendar", feeds::CALENDAR));
    }
    let page = feeds::page(site, subject);
    let title = feeds::title(site, language, subject);
    let alternate =
        |(media_type, name)| Alternate { title: title.clone(), media_type, href: site.href(&beside(&page, name)) };
    files.into_iter().map(alternate).collect()
}
