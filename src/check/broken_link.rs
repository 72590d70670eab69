//! `broken-link` in pages: every link and every picture, style sheet or script of a page must lead to a file that the site
//! has, and its `#…` to a place that is there.
//!
//! Input: what each page names and where it leads, in any order. Output: one message for each page and target. Not here: the
//! links in texts, which `assemble` follows because it knows their lines (the links of templates and menus remain); and
//! other sites: nothing is fetched.

use std::collections::{BTreeMap, HashMap};

use xxhash_rust::xxh3::xxh3_64;

use super::lint::{Lint, address, on_page};
use super::page::{Page, scheme};
use crate::diagnostic::Diagnostics;
use crate::model::{Route, percent_decoded};

/// Links that land.
pub const LINT: Lint = Lint { code: "broken-link", manual: MANUAL };

const MANUAL: &str = "\
What it looks for
  A link leads to a document, a paragraph, a picture or another file of this
  site that is not there: its name is spelt in another way, or it was moved.
  `build` looks at the links in texts; `check` looks at every link of every
  page as well, those of the menu and the theme too. Links to other sites are
  not tried.

Why it matters
  A reader who follows it gets an error page, or lands at the top of a long
  set of minutes and has to search for the paragraph. The record then points
  to evidence that nobody can find. In a text, Folkmoot therefore prints the
  words of such a link without linking them.

Example
  The plan was endorsed in [March](../minutes/board/2026-03-21.md#para-7.13).

Instead
  The plan was endorsed in [March](../minutes/board/2026-03-12.md#para-7.13).

  Or let Folkmoot find it:  [[minutes/board/2026-03-12#7.13]]
  If a document has moved, readers find it at its old address too with
  aliases: [/its/old/address/]
";

/// The ids of one page, and the addresses that its links lead to.
#[derive(Debug, PartialEq, Eq)]
pub struct PageLinks {
    route: Box<str>,
    /// A hash of each of its ids, sorted, since pages are asked millions of times whether they have an id.
    ids: Box<[u64]>,
    /// Where its links lead, as typed, each once.
    targets: Vec<Box<str>>,
}

impl PageLinks {
    /// The links of `page`, the page of `route`.
    #[must_use]
    pub fn new(route: &Route, page: Page) -> Self {
        let mut ids: Vec<u64> = page.ids.iter().map(|id| hash(id)).collect();
        ids.sort_unstable();
        let mut targets = page.targets;
        targets.sort_unstable();
        targets.dedup();
        Self { route: route.path.clone(), ids: ids.into(), targets }
    }
}

/// Follows the links of all pages. Add each file of the public folder, in any order; then call [`Links::finish`].
///
/// A link to a page that was added before is looked up at once, so that only links forward are remembered.
#[derive(Default)]
pub struct Links {
    /// The path of `base_url`, with which every address begins.
    base_path: String,
    /// Every path that was added or linked, and its number.
    index: HashMap<Box<str>, u32>,
    paths: Vec<Box<str>>,
    files: Vec<FileState>,
    /// The number of a file that was not added yet → the links that lead to it.
    waiting: BTreeMap<u32, Vec<PendingLink>>,
    diagnostics: Diagnostics,
}

/// What is known of a path.
enum FileState {
    /// It was linked, but not added yet.
    Unknown,
    /// It is a file on which a browser looks for no id.
    Other,
    /// It is a page with these ids, as sorted hashes.
    Page(Box<[u64]>),
}

/// A link, whose target may not have been added yet.
struct PendingLink {
    /// The number of the page with the link.
    from: u32,
    /// The id that it leads to; empty if the whole page is meant.
    id: Box<str>,
    /// The address as typed, without the id.
    path: Box<str>,
}

impl Links {
    /// No links yet, of a site below the path of its `base_url` (empty at the root).
    #[must_use]
    pub fn new(base_path: &str) -> Self {
        Self { base_path: base_path.to_owned(), ..Self::default() }
    }

    /// Adds a page and follows its links.
    pub fn add(&mut self, page: PageLinks) {
        let from = self.number(page.route);
        self.arrive(from, FileState::Page(page.ids));
        for target in &page.targets {
            self.follow(from, target);
        }
    }

    /// Adds a file that is no page, by its path below the public folder.
    pub fn add_file(&mut self, path: &str) {
        let number = self.number(path.into());
        self.arrive(number, FileState::Other);
    }

    /// The messages about broken links.
    #[must_use]
    pub fn finish(mut self) -> Diagnostics {
        for link in std::mem::take(&mut self.waiting).into_values().flatten() {
            self.no_such_file(link.from, &link.path);
        }
        self.diagnostics
    }

    /// The number of the file at `path`; a new one if it has none.
    fn number(&mut self, path: Box<str>) -> u32 {
        if let Some(number) = self.index.get(&path) {
            return *number;
        }
        let number = u32::try_from(self.paths.len()).unwrap_or_else(|_| unreachable!("a site has no 4 billion files"));
        self.index.insert(path.clone(), number);
        self.paths.push(path);
        self.files.push(FileState::Unknown);
        number
    }

    /// Notes what the file with this number is, and looks up the links that lead to it.
    fn arrive(&mut self, number: u32, file: FileState) {
        self.files[number as usize] = file;
        for link in self.waiting.remove(&number).unwrap_or_default() {
            self.look_up(number, link);
        }
    }

    fn follow(&mut self, from: u32, target: &str) {
        if target.is_empty() || scheme(target).is_some() || target.starts_with("//") {
            return;
        }
        let (path, id) = target.split_once('#').unwrap_or((target, ""));
        let path = path.split('?').next().unwrap_or_default();
        let id = decode(id.split(":~:").next().unwrap_or_default());
        let to = if path.is_empty() { from } else { self.resolve(from, path) };
        self.look_up(to, PendingLink { from, id: id.into(), path: path.into() });
    }

    fn look_up(&mut self, to: u32, link: PendingLink) {
        match &self.files[to as usize] {
            FileState::Unknown => self.waiting.entry(to).or_default().push(link),
            FileState::Other => {}
            FileState::Page(_) if link.id.is_empty() || link.id.eq_ignore_ascii_case("top") => {}
            FileState::Page(ids) if ids.binary_search(&hash(&link.id)).is_ok() => {}
            FileState::Page(_) => self.no_such_id(link.from, to, &link.id),
        }
    }

    /// The number of the file to which `path` leads on the page `from`. What leads out of the site gets the number of a path
    /// that is never added.
    fn resolve(&mut self, from: u32, path: &str) -> u32 {
        let below = if path.starts_with('/') {
            path.strip_prefix(&self.base_path).and_then(|path| path.strip_prefix('/')).unwrap_or(path).to_owned()
        } else {
            beside(&self.paths[from as usize], path)
        };
        let mut below = decode(&below);
        if below.is_empty() || below.ends_with('/') {
            below.push_str("index.html");
        }
        self.number(below.into())
    }

    fn no_such_file(&mut self, from: u32, path: &str) {
        let slash = format!("{path}/");
        let with_slash = self.resolve(from, &slash);
        let fix = match self.files[with_slash as usize] {
            FileState::Unknown => {
                "Correct the address where the link stands: in the menu (content/site.toml) or in a template of the theme."
            }
            FileState::Other | FileState::Page(_) => &format!("Write it with a slash at its end: `{slash}`"),
        };
        self.report(
            from,
            format!("A link leads to `{}`, which is not on this site", decode(path)),
            "Readers who follow it get an error page.",
            fix,
        );
    }

    fn no_such_id(&mut self, from: u32, to: u32, id: &str) {
        let page = if from == to { "this page".to_owned() } else { address(&self.paths[to as usize]) };
        self.report(
            from,
            format!("A link leads to `#{id}` on {page}, and nothing there has that name"),
            "Readers who follow it land at the top of the page and have to search.",
            "Correct the name where the link stands: in the menu (content/site.toml) or in a template of the theme.",
        );
    }

    fn report(&mut self, from: u32, title: String, why: &str, fix: impl Into<String>) {
        on_page(self.diagnostics.add(LINT.code, None, title, why, fix), &self.paths[from as usize]);
    }
}

fn hash(id: &str) -> u64 {
    xxh3_64(id.as_bytes())
}

/// A relative address on the page at `page`, from the site's root: `../b/` on `a/index.html` → `b/`.
fn beside(page: &str, relative: &str) -> String {
    let mut names: Vec<&str> = page.split('/').collect();
    names.pop();
    for name in relative.split('/') {
        match name {
            ".." => _ = names.pop(),
            "." => {}
            name => names.push(name),
        }
    }
    // What ends with `.` or `..` is a folder.
    if matches!(relative.rsplit('/').next(), Some("." | "..")) {
        names.push("");
    }
    names.join("/")
}

/// An address with `%20` and the like undone; what is no UTF-8 then is replaced.
fn decode(text: &str) -> String {
    String::from_utf8_lossy(&percent_decoded(text)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RouteKind;

    /// Pages are (path, HTML); what is broken comes back as lines "place: title".
    fn broken(base_path: &str, pages: &[(&str, &str)]) -> Vec<String> {
        let routes: Vec<Route> =
            pages.iter().map(|(path, _)| Route { path: (*path).into(), kind: RouteKind::Home }).collect();
        let mut links = Links::new(base_path);
        for (route, (_, html)) in routes.iter().zip(pages) {
            match crate::check::is_page(&route.path) {
                true => links.add(PageLinks::new(route, Page::read(html.as_bytes()))),
                false => links.add_file(&route.path),
            }
        }
        let said = links.finish().sorted();
        said.iter()
            .map(|diagnostic| format!("{}: {}", diagnostic.place.as_deref().unwrap_or_default(), diagnostic.title))
            .collect()
    }

    #[test]
    fn links_that_land_are_left_in_peace() {
        let home = r##"<a href="/a/">a</a><a href="/a/#p-1">p</a><a href="a/">a</a><a href="#top">t</a><a href="">h</a>
<img src="/map%20of%20it.png"><a href="/paper.pdf#page=3">p</a><a href="https://x.example/">x</a>
<a href="mailto:a@x.example">m</a><a href="/a/?year=2021#p-1:~:text=x">q</a>"##;
        let a = r##"<p id="p-1"><a href="../">up</a><a href="..">up</a><a href="/#main">m</a><a href="./#p-1">s</a>"##;
        let pages =
            [("index.html", home), ("a/index.html", a), ("map of it.png", ""), ("paper.pdf", ""), ("b.html", "")];
        assert_eq!(broken("", &pages), ["Page /a/: A link leads to `#main` on /, and nothing there has that name"]);
    }

    #[test]
    fn links_forward_and_back_are_both_followed() {
        let pages = [
            ("a/index.html", r#"<a href="/b/#one">1</a><a href="/b/#two">2</a><i id="here">"#),
            ("b/index.html", r#"<i id="one"><a href="/a/#here">h</a><a href="/a/#gone">g</a>"#),
        ];
        let expected = [
            "Page /a/: A link leads to `#two` on /b/, and nothing there has that name",
            "Page /b/: A link leads to `#gone` on /a/, and nothing there has that name",
        ];
        assert_eq!(broken("", &pages), expected);
        let [first, second] = pages;
        assert_eq!(broken("", &[second, first]), expected, "the order of pages must not matter");
    }

    #[test]
    fn addresses_lie_below_the_base() {
        let pages = [("index.html", r#"<a href="/council/a/">a</a><a href="/a/">a</a>"#), ("a/index.html", "")];
        assert_eq!(broken("/council", &pages), ["Page /: A link leads to `/a/`, which is not on this site"]);
    }

    #[test]
    fn a_forgotten_slash_is_named() {
        let routes = ["index.html", "a/index.html"].map(|path| Route { path: path.into(), kind: RouteKind::Home });
        let mut links = Links::new("");
        links.add(PageLinks::new(&routes[0], Page::read(br#"<a href="/a">a</a>"#)));
        links.add(PageLinks::new(&routes[1], Page::read(b"")));
        let said: Vec<_> = links.finish().iter().map(|diagnostic| diagnostic.fix.to_string()).collect();
        assert_eq!(said, ["Write it with a slash at its end: `/a/`"]);
    }
}
