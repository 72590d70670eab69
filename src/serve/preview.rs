//! What the browser is shown: the last site that could be made, and what came of making it anew.
//!
//! Input: each route with its content, while the site is made. Output: a [`Preview`], which never changes; the next one
//! takes its place as a whole, so that no request sees a mixture. Not here: HTTP, HTML, and the disk: a page is found by
//! its name in a map, and an attachment by the path that its route names.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use hyper::body::Bytes;
use jiff::Zoned;

use super::message::Messages;
use crate::model::{Address, Output, Route, Why};
use crate::source::Attachment;

/// What the browser is shown from one build to the next.
#[derive(Debug, Clone)]
pub struct Preview {
    /// A number that no other preview has, also of an earlier run of the program: a page that was loaded from another
    /// preview is stale.
    pub generation: u64,
    /// The last site that could be made; `None` before there is one.
    pub version: Option<Arc<SiteVersion>>,
    /// What came of the last build.
    pub state: BuildState,
    /// What the last build had to say.
    pub messages: Messages,
    /// What every page must say of itself.
    pub banner: Banner,
}

/// A site, ready to be looked at.
#[derive(Debug, Clone)]
pub struct SiteVersion {
    /// Every file of the public folder, by its path below it.
    pub pages: Pages,
    /// The path of the site's address, without a slash at the end; empty at the root.
    pub base_path: String,
    /// When it was made.
    pub made_at: Zoned,
}

/// Files of the public folder by their paths.
pub type Pages = BTreeMap<Box<str>, Page>;

/// One file of the public folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its bytes, or where they are.
    pub content: Content,
    /// What it was made from.
    pub origin: PageOrigin,
}

/// The content of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Bytes in memory.
    Bytes(Bytes),
    /// The bytes of a file of the site, which stay on the disk.
    Copy {
        /// Its path below the site's root.
        from: Box<str>,
        /// The length of the file in bytes.
        length: u64,
        /// XXH3-128 of the bytes.
        hash: u128,
    },
}

/// What the preview knows of a file beside its content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageOrigin {
    /// The path of the text it was made from, if there is one: `content/minutes/board/2021-09-07.md`.
    pub source: Option<Box<str>>,
    /// Why the public does not see it; `None` if the public does.
    pub private: Option<Why>,
}

/// What came of the last build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BuildState {
    /// The first build has not ended yet.
    Waiting,
    /// What is shown is what lies on the disk.
    Fresh,
    /// The texts have errors, so that nothing was made; the messages say which.
    Stopped,
    /// The system failed; holds a sentence.
    Failed(String),
    /// The program failed; holds the sentence of its panic.
    Bug(String),
}

/// What every page must say of itself, so that nobody takes it for the public one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Banner {
    /// Whether drafts and what is not public yet are shown.
    pub drafts: bool,
    /// The moment for which the site is shown, as typed; `None` for now.
    pub as_at: Option<String>,
}

/// What lies at an address.
#[derive(Debug, PartialEq, Eq)]
pub enum Lookup<'version> {
    /// This page, with its path.
    Page(&'version str, &'version Page),
    /// A page lies at this address, which differs by a slash or by the site's base path.
    Elsewhere(String),
    /// Nothing.
    Nothing,
}

impl SiteVersion {
    /// What lies at `place`, a decoded address without its first `/`.
    #[must_use]
    pub fn find(&self, place: &str) -> Lookup<'_> {
        let Some(path) = self.below_base(place) else {
            return if place.is_empty() { self.elsewhere("") } else { Lookup::Nothing };
        };
        let file = Address::file(path).output_path();
        if let Some((path, page)) = self.pages.get_key_value(file.as_str()) {
            return Lookup::Page(path, page);
        }
        let with_slash = self.pages.contains_key(format!("{path}/index.html").as_str());
        if with_slash { self.elsewhere(&format!("{path}/")) } else { Lookup::Nothing }
    }

    /// How many pages people can read.
    #[must_use]
    pub fn count(&self) -> usize {
        self.pages.keys().filter(|path| path.ends_with(".html")).count()
    }

    fn elsewhere(&self, path: &str) -> Lookup<'static> {
        Lookup::Elsewhere(format!("{}{}", self.base_path, Address::file(path).href()))
    }

    /// The part of `place` below the path of the site's address; `None` if `place` lies outside it.
    fn below_base<'place>(&self, place: &'place str) -> Option<&'place str> {
        let Some(base) = self.base_path.strip_prefix('/') else { return Some(place) };
        let base = super::request::place(&self.base_path).unwrap_or_else(|| base.to_owned());
        place.strip_prefix(base.as_str())?.strip_prefix('/')
    }
}

/// Collects the files of a site while it is made.
///
/// A file that is as it was in the last version shares its bytes, so that a site is not held twice.
pub struct PageCollector {
    last: Option<Arc<SiteVersion>>,
    pages: Mutex<Pages>,
}

impl PageCollector {
    /// An empty collector; what is the same as in the `last` version is shared with it.
    #[must_use]
    pub fn new(last: Option<Arc<SiteVersion>>) -> Self {
        Self { last, pages: Mutex::default() }
    }

    /// Takes in one file. Threads may call it at the same time.
    pub fn put(&self, route: &Route, output: Output, origin: PageOrigin) {
        let last = self.last.as_ref().and_then(|last| last.pages.get(&route.path));
        let content = match output {
            Output::Copy { from, length, hash } => Content::Copy { from, length, hash },
            Output::Bytes(bytes) => match last {
                Some(Page { content: Content::Bytes(held), .. }) if *held == bytes => Content::Bytes(held.clone()),
                // Without the room that was left for more: there are thousands of them.
                _ => Content::Bytes(bytes.into_boxed_slice().into()),
            },
        };
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.insert(route.path.clone(), Page { content, origin });
    }

    /// Takes a page over from the last version, if its bytes have this length and this XXH3-128. Threads may call it at the same time.
    pub fn keep(&self, route: &Route, length: u64, hash: u128, origin: PageOrigin) -> bool {
        let last = self.last.as_ref().and_then(|last| last.pages.get(&route.path));
        let Some(Page { content: content @ Content::Bytes(bytes), .. }) = last else { return false };
        if bytes.len() as u64 != length || Attachment::checksum(bytes) != hash {
            return false;
        }
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.insert(route.path.clone(), Page { content: content.clone(), origin });
        true
    }

    /// Everything that was taken in.
    #[must_use]
    pub fn into_pages(self) -> Pages {
        self.pages.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RouteKind;

    fn version(base_path: &str, paths: &[&str]) -> SiteVersion {
        let page = |path: &str| Page { content: Content::Bytes(path.to_owned().into()), origin: PageOrigin::default() };
        let pages = paths.iter().map(|path| ((*path).into(), page(path))).collect();
        SiteVersion { pages, base_path: base_path.into(), made_at: Zoned::default() }
    }

    fn found(version: &SiteVersion, place: &str) -> String {
        match version.find(place) {
            Lookup::Page(path, _) => path.to_owned(),
            Lookup::Elsewhere(address) => format!("→ {address}"),
            Lookup::Nothing => "nothing".into(),
        }
    }

    #[test]
    fn pages_are_found_by_their_names_alone() {
        let site = version("", &["index.html", "about/index.html", "assets/site.css", "a b/x%.pdf", "é/index.html"]);
        for (place, expected) in [
            ("", "index.html"),
            ("about/", "about/index.html"),
            ("about/index.html", "about/index.html"),
            ("about", "→ /about/"),
            ("é", "→ /%C3%A9/"),
            ("assets/site.css", "assets/site.css"),
            ("a b/x%.pdf", "a b/x%.pdf"),
            ("assets/", "nothing"),
            ("assets", "nothing"),
            ("PageOrigin/", "nothing"),
            ("about/index.html/", "nothing"),
            ("%2e%2e/etc/passwd", "nothing"),
        ] {
            assert_eq!(found(&site, place), expected, "{place}");
        }
    }

    #[test]
    fn a_site_below_a_path_is_shown_below_it() {
        let site = version("/caf%C3%A9/part", &["index.html", "about/index.html"]);
        for (place, expected) in [
            ("", "→ /caf%C3%A9/part/"),
            ("café/part/", "index.html"),
            ("café/part/about/", "about/index.html"),
            ("café/part/about", "→ /caf%C3%A9/part/about/"),
            ("about/", "nothing"),
            ("café/partabout/", "nothing"),
            ("café/part", "nothing"),
        ] {
            assert_eq!(found(&site, place), expected, "{place}");
        }
    }

    #[test]
    fn what_did_not_change_is_not_held_twice() {
        let last = Arc::new(version("", &["index.html", "about/index.html"]));
        let collector = PageCollector::new(Some(last.clone()));
        let route = |path: &str| Route { path: path.into(), kind: RouteKind::Home };
        collector.put(&route("index.html"), Output::Bytes(b"index.html".to_vec()), PageOrigin::default());
        collector.put(&route("about/index.html"), Output::Bytes(b"new".to_vec()), PageOrigin::default());
        let pages = collector.into_pages();
        let bytes = |pages: &Pages, path: &str| match &pages[path].content {
            Content::Bytes(bytes) => bytes.clone(),
            Content::Copy { .. } => unreachable!("only bytes were put"),
        };
        assert_eq!(bytes(&pages, "index.html").as_ptr(), bytes(&last.pages, "index.html").as_ptr());
        assert_eq!(bytes(&pages, "about/index.html"), "new");
    }
}
