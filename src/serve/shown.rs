//! A site from the disk of which each file is made when a browser asks for it: to look at one page must not cost all of them.
//!
//! Input: what was assembled, and what it was read from. Output: a [`Shown`]. Not here: when it is made anew (`mod.rs`), and how a
//! file is made: `pages.rs` of the stages does that for every build.
//!
//! The files of the search index are made together when the first of them is asked for. Nothing else is kept: a page takes a few
//! thousandths of a second, and all pages take more room than the site.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use hyper::body::Bytes;

use super::message::{Messages, messages};
use super::preview::{Content, Page, PageOrigin, ShownSite};
use crate::diagnostic::Diagnostics;
use crate::model::{self, Audience, DocumentId, Output, Route, RouteKind};
use crate::source::Sources;
use crate::{Assembled, Pages};

/// Where the files of the search index are, below the public folder.
const INDEX: &str = "search/";

/// A site, bound to its theme, and what it was read from.
pub(super) struct Shown {
    pub(super) sources: Sources,
    pub(super) assembled: Assembled,
    /// What was said of it when it was assembled.
    pub(super) said: Diagnostics,
    pages: Pages,
    index: OnceLock<BTreeMap<Box<str>, Bytes>>,
}

impl Shown {
    pub(super) fn new(sources: Sources, assembled: Assembled, said: Diagnostics, pages: Pages) -> Self {
        Self { sources, assembled, said, pages, index: OnceLock::new() }
    }

    /// What is shown of diagnostics.
    pub(super) fn messages(&self, said: Diagnostics) -> Messages {
        told(said, &self.sources, &self.assembled)
    }

    fn route(&self, path: &str) -> Option<&Route> {
        let routes = &self.pages.routes;
        routes.binary_search_by(|route| (*route.path).cmp(path)).ok().map(|at| &routes[at])
    }

    /// The bytes of a file of the search index. A preview of drafts has none.
    fn of_index(&self, path: &str) -> Option<&Bytes> {
        if !path.starts_with(INDEX) || self.assembled.site.audience != Audience::Public {
            return None;
        }
        let made = || self.pages.index().into_iter().map(|(path, bytes)| (path, bytes.into())).collect();
        self.index.get_or_init(made).get(path)
    }

    /// The document from which a page is made: its file, and why the public does not see it.
    fn origin(&self, route: &Route) -> PageOrigin {
        let document: Option<DocumentId> = match route.kind {
            RouteKind::Document(document) => Some(document),
            RouteKind::Home => self.assembled.site.home,
            _ => None,
        };
        document.map_or_else(PageOrigin::default, |document| {
            let document = self.assembled.site.document(document);
            PageOrigin { source: Some(format!("content/{}", document.path).into()), private: document.private }
        })
    }

    /// A picture of which a cleaned copy is published, as it lies on the disk: nobody else sees the preview.
    fn on_disk(&self, route: &Route) -> Option<Output> {
        let RouteKind::Attachment(number) = route.kind else { return None };
        self.assembled.site.cleaned.get(&number)?;
        let path = &self.assembled.site.attachments[number as usize].0.path;
        let found = self.sources.attachments.binary_search_by(|file| file.path.cmp(path)).ok()?;
        let file = &self.sources.attachments[found];
        Some(Output::Copy { from: file.path.clone(), length: file.length, hash: file.hash })
    }
}

/// What is shown of diagnostics about a site.
pub(super) fn told(mut said: Diagnostics, sources: &Sources, assembled: &Assembled) -> Messages {
    said.set_levels(&assembled.site.config.levels);
    messages(&said.sorted(), sources, &model::names(&assembled.site, &assembled.withheld))
}

impl ShownSite for Shown {
    fn has(&self, path: &str) -> bool {
        self.route(path).is_some() || self.of_index(path).is_some()
    }

    fn file(&self, path: &str) -> Result<Page, Messages> {
        let Some(route) = self.route(path) else {
            let bytes = self.of_index(path).cloned().unwrap_or_default();
            return Ok(Page { content: Content::Bytes(bytes), origin: PageOrigin::default() });
        };
        let made = self.on_disk(route).map_or_else(|| self.pages.make(route), Ok);
        let output = made.map_err(|fault| {
            let mut said = Diagnostics::new();
            self.pages.report(vec![fault], &mut said);
            self.messages(said)
        })?;
        let content = match output {
            Output::Copy { from, length, hash } => Content::Copy { from, length, hash },
            Output::Bytes(bytes) => Content::Bytes(bytes.into()),
        };
        Ok(Page { content, origin: self.origin(route) })
    }

    fn count(&self) -> usize {
        self.pages.routes.iter().filter(|route| route.path.ends_with(".html")).count()
    }
}
