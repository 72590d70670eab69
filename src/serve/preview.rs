//! What the browser is shown: the last site that could be made, and what came of making it anew.
//!
//! Input: a [`ShownSite`], which makes a file when somebody asks for it. Output: a [`Preview`], which never changes; the next one
//! takes its place as a whole, so that no request sees a mixture. Not here: HTTP, HTML, and the disk: a page is found by
//! its name in a list, and an attachment by the path that its route names.

use std::fmt;
use std::sync::Arc;

use hyper::body::Bytes;
use jiff::Zoned;

use super::message::Messages;
use crate::model::{Address, Why};

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
#[derive(Clone)]
pub struct SiteVersion {
    /// Its files.
    pub site: Arc<dyn ShownSite>,
    /// A fingerprint of all that it was made from.
    pub made_from: u128,
    /// The path of the site's address, without a slash at the end; empty at the root.
    pub base_path: String,
    /// When it was made.
    pub made_at: Zoned,
}

/// A site whose files are made when somebody asks for them, on any thread: to look at one page must not cost all of them.
pub trait ShownSite: Send + Sync {
    /// Whether there is a file with this path below the public folder.
    fn has(&self, path: &str) -> bool;

    /// The file with a path that it [has](Self::has).
    ///
    /// # Errors
    /// What stops it from being made, for its author.
    fn file(&self, path: &str) -> Result<Page, Messages>;

    /// How many pages people can read.
    fn count(&self) -> usize;
}

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
pub enum Lookup {
    /// The file with this path.
    File(String),
    /// A page lies at this address, which differs by a slash or by the site's base path.
    Elsewhere(String),
    /// Nothing.
    Nothing,
}

impl SiteVersion {
    /// What lies at `place`, a decoded address without its first `/`.
    #[must_use]
    pub fn find(&self, place: &str) -> Lookup {
        let Some(path) = self.below_base(place) else {
            return if place.is_empty() { self.elsewhere("") } else { Lookup::Nothing };
        };
        let file = Address::file(path).output_path();
        if self.site.has(&file) {
            return Lookup::File(file);
        }
        let with_slash = self.site.has(&format!("{path}/index.html"));
        if with_slash { self.elsewhere(&format!("{path}/")) } else { Lookup::Nothing }
    }

    fn elsewhere(&self, path: &str) -> Lookup {
        Lookup::Elsewhere(format!("{}{}", self.base_path, Address::file(path).href()))
    }

    /// The part of `place` below the path of the site's address; `None` if `place` lies outside it.
    fn below_base<'place>(&self, place: &'place str) -> Option<&'place str> {
        let Some(base) = self.base_path.strip_prefix('/') else { return Some(place) };
        let base = super::request::place(&self.base_path).unwrap_or_else(|| base.to_owned());
        place.strip_prefix(base.as_str())?.strip_prefix('/')
    }
}

impl fmt::Debug for SiteVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SiteVersion").field("made_from", &self.made_from).finish_non_exhaustive()
    }
}

/// Files that a test has made.
#[cfg(test)]
pub type Files = std::collections::BTreeMap<Box<str>, Page>;

#[cfg(test)]
impl ShownSite for Files {
    fn has(&self, path: &str) -> bool {
        self.contains_key(path)
    }

    fn file(&self, path: &str) -> Result<Page, Messages> {
        Ok(self[path].clone())
    }

    fn count(&self) -> usize {
        self.keys().filter(|path| path.ends_with(".html")).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(base_path: &str, paths: &[&str]) -> SiteVersion {
        let page = |path: &str| Page { content: Content::Bytes(path.to_owned().into()), origin: PageOrigin::default() };
        let files: Files = paths.iter().map(|path| ((*path).into(), page(path))).collect();
        SiteVersion { site: Arc::new(files), made_from: 0, base_path: base_path.into(), made_at: Zoned::default() }
    }

    fn found(version: &SiteVersion, place: &str) -> String {
        match version.find(place) {
            Lookup::File(path) => path,
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
}
