//! What the head of a page tells machines.
//!
//! Input: which page. Output: [`PageMetadata`], plain values that a template prints.
//! Not here: pages that are nobody's aim, such as the one for a wrong address; they say only how to search.

use std::collections::BTreeMap;

use super::{Subject, feeds, json_ld, share};
use crate::language::Language;
use crate::model::{Address, Alternate, PageMetadata, Route, RouteKind, Site};

/// What the heads of pages tell, for all pages of a site.
pub struct Heads<'site> {
    site: &'site Site,
    language: &'site Language,
    /// Of what can be followed, its feeds and its calendar. Whether a long list has any is a question to each of its
    /// documents, and each of its pages wants to know it: so it is asked once.
    alternates: BTreeMap<Subject, Vec<Alternate>>,
}

impl<'site> Heads<'site> {
    /// Asks once what all pages want to know.
    #[must_use]
    pub fn new(site: &'site Site, language: &'site Language) -> Self {
        let subjects = feeds::subjects(site);
        let alternates = subjects.map(|subject| (subject, feeds::alternates(site, language, subject))).collect();
        Self { site, language, alternates }
    }

    /// What machines can get beside the page of a subject: its feeds and its calendar. Nothing where there are none.
    #[must_use]
    pub fn alternates(&self, subject: Subject) -> &[Alternate] {
        self.alternates.get(&feeds::stand_in(self.site, subject)).map_or(&[], Vec::as_slice)
    }

    /// What the head of the page at `route` tells; nothing for a file that is no page.
    #[must_use]
    pub fn metadata(&self, route: &Route) -> PageMetadata {
        let (site, language) = (self.site, self.language);
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
                alternates: alternates(Subject::Document(id)),
                search,
                share: share::share(site, id),
                linked_data: json_ld::json_ld(site, language, id),
            },
            RouteKind::Listing(list, _) => {
                let subject = Subject::Listing(list);
                let title = feeds::name(site, language, subject).unwrap_or_else(|| site.config.title.clone());
                let share = share::share_page(site, &title, None, &page(&route.path));
                PageMetadata { alternates: alternates(subject), search, share, linked_data: None }
            }
            RouteKind::Updates(_) | RouteKind::Calendar(_) => {
                PageMetadata { alternates: alternates(Subject::Site), search, ..PageMetadata::default() }
            }
            RouteKind::Topics
            | RouteKind::AToZ
            | RouteKind::Data
            | RouteKind::Glossary
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
