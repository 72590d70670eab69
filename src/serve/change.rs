//! Whether what a browser shows is another page in a newer preview, or the same one in other clothes.
//!
//! Input: the bytes of a page, the bar of the preview, the version that it is from. Output: a [`Seen`], which the page carries; and
//! the [`Change`] between what a browser has seen and what it would see now. Not here: who waits (`server.rs`).
//!
//! A page that stayed as it was is not loaded again: whoever reads it keeps the place. If its styles alone are others, they are
//! put in the place of the old ones.

use serde::Serialize;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::preview::{Content, Lookup, SiteVersion};
use super::request::place;

/// What a browser has seen of a page, or would see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// A fingerprint of the page without the addresses of its styles, with what the preview adds.
    page: u64,
    /// One of its styles.
    styles: u64,
    /// Where the styles are, in the order of the page.
    addresses: Vec<String>,
}

/// What a browser is told that waits for a change.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Change<'seen> {
    /// The number of the preview. It stands in attributes, so that it is told as a string.
    generation: String,
    what: What,
    /// The fingerprint of what the browser shows once it has done so.
    seen: String,
    /// Where the styles are.
    styles: &'seen [String],
}

/// What a browser has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Nothing.
    Same,
    /// Put other styles in the place of those that it has.
    Style,
    /// Load the page again.
    Page,
}

impl Seen {
    /// What is seen of a page with these bytes, of this version, with this `bar`.
    pub fn of(bytes: &[u8], bar: &str, version: &SiteVersion) -> Self {
        let (mut page, mut styles, mut addresses) = (Xxh3::new(), Xxh3::new(), Vec::new());
        let mut at = 0;
        for (start, end) in style_addresses(bytes) {
            page.update(&bytes[at..start]);
            at = end;
            let address = String::from_utf8_lossy(&bytes[start..end]).into_owned();
            styles.update(address.as_bytes());
            styles.update(&print_of(&address, version).to_le_bytes());
            addresses.push(address);
        }
        page.update(&bytes[at..]);
        page.update(bar.as_bytes());
        Self { page: page.digest(), styles: styles.digest(), addresses }
    }

    /// What a browser has to do that has `seen` this, as the page said of itself, to show this page of the preview with this number.
    pub fn since(&self, seen: &str, generation: u64) -> Change<'_> {
        let (page, styles) = seen.split_once('-').unwrap_or_default();
        let what = match () {
            () if page != format!("{:x}", self.page) => What::Page,
            () if styles != format!("{:x}", self.styles) => What::Style,
            () => What::Same,
        };
        Change { generation: generation.to_string(), what, seen: self.to_string(), styles: &self.addresses }
    }
}

impl Change<'_> {
    /// That a page is to be loaded again, of which nothing is known.
    pub fn of_unknown(generation: u64) -> Self {
        Change { generation: generation.to_string(), what: What::Page, seen: String::new(), styles: &[] }
    }

    /// That the preview is still the one with this number.
    pub fn none(generation: u64, seen: &str) -> Self {
        Change { generation: generation.to_string(), what: What::Same, seen: seen.to_owned(), styles: &[] }
    }
}

impl std::fmt::Display for Seen {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:x}-{:x}", self.page, self.styles)
    }
}

/// Where in a page the addresses of its styles stand: in the elements that link to one.
fn style_addresses(bytes: &[u8]) -> Vec<(usize, usize)> {
    let find = |from: usize, what: &[u8]| {
        let found = bytes.get(from..)?.windows(what.len()).position(|window| window == what)?;
        Some(from + found)
    };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = find(at, b"<link ") {
        let Some(end) = find(start, b">") else { break };
        at = end;
        let is_style = find(start, b"rel=\"stylesheet\"").is_some_and(|rel| rel < end);
        let href = find(start, b"href=\"").map(|href| href + "href=\"".len()).filter(|href| *href < end);
        if let Some((from, to)) = href.filter(|_| is_style).and_then(|from| Some((from, find(from, b"\"")?))) {
            found.push((from, to));
        }
    }
    found
}

/// A fingerprint of the file of a style, 0 if the site has none there.
fn print_of(address: &str, version: &SiteVersion) -> u64 {
    let place = place(address.split(['?', '#']).next().unwrap_or_default());
    let Some(Lookup::File(path)) = place.map(|place| version.find(&place)) else { return 0 };
    match version.site.file(&path).map(|page| page.content) {
        Ok(Content::Bytes(bytes)) => xxh3_64(&bytes),
        Ok(Content::Copy { hash, .. }) => hash as u64,
        Err(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Zoned;

    use super::super::preview::{Files, Page, PageOrigin};
    use super::*;

    fn version(style: &str) -> SiteVersion {
        let page = Page { content: Content::Bytes(style.to_owned().into()), origin: PageOrigin::default() };
        let files = Files::from([("site.css".into(), page)]);
        SiteVersion { site: Arc::new(files), made_from: 0, base_path: String::new(), made_at: Zoned::default() }
    }

    #[test]
    fn a_page_is_told_from_its_styles() {
        let page = |style: &str, words: &str| {
            format!("<link rel=\"icon\" href=\"/i\"><link rel=\"stylesheet\" href=\"{style}\"><p>{words}").into_bytes()
        };
        let before = Seen::of(&page("/site.css", "a"), "", &version("x")).to_string();
        let what =
            |bytes: &[u8], bar: &str, version: &SiteVersion| Seen::of(bytes, bar, version).since(&before, 2).what;
        assert_eq!(what(&page("/site.css", "a"), "", &version("x")), What::Same);
        assert_eq!(what(&page("/site.css", "a"), "", &version("y")), What::Style, "the same address, other bytes");
        assert_eq!(what(&page("/other.css", "a"), "", &version("x")), What::Style);
        assert_eq!(what(&page("/site.css", "b"), "", &version("x")), What::Page);
        assert_eq!(what(&page("/site.css", "a"), "1 warning", &version("x")), What::Page);
        let other = Seen::of(&page("/other.css", "a"), "", &version("x"));
        assert_eq!(other.since(&before, 2).styles, ["/other.css"]);
        assert_eq!(other.since("", 2).what, What::Page);
    }
}
