//! Old addresses: what a page was called before, on this website or on another.
//!
//! Input: what somebody pasted. Output: a path and a question, as servers see them, or none. Not here: where it leads
//! (`assemble/`), and the rules of any server (`export/`).

use super::{Address, percent_decoded};
use crate::source::Span;

/// An old address without its host and without what stands behind `#`, which no server is told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OldAddress {
    /// Decoded, from the root: `/old page/`.
    pub path: Box<str>,
    /// The parts of the question behind it, sorted, as they were typed: `CId=136`. Any order fits, and any others beside them.
    pub query: Box<[Box<str>]>,
}

/// A row of the file of old addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldRow {
    /// The address.
    pub old: OldAddress,
    /// The same as it was typed.
    pub typed: Box<str>,
    /// Where it leads now, as it was typed; may be empty.
    pub to: Box<str>,
    /// The line.
    pub span: Span,
}

impl OldAddress {
    /// `https://old.example/ieListDocuments.aspx?CId=136&MId=4821#AI7` → its path and the parts of its question. `None` if it has
    /// neither, climbs out of its root, or has a character that could end a line.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let below_host =
            typed.split_once("://").map_or(typed, |(_, rest)| rest.find(['/', '?']).map_or("", |at| &rest[at..]));
        let asked = below_host.split('#').next().unwrap_or_default();
        let (path, query) = asked.split_once('?').unwrap_or((asked, ""));
        let path = String::from_utf8(percent_decoded(path)).ok()?;
        let path = format!("/{}", path.trim_start_matches('/'));
        let mut query: Vec<Box<str>> =
            query.split(['&', ';']).filter(|part| !part.is_empty()).map(Into::into).collect();
        query.sort();
        query.dedup();
        let climbs = path.split('/').any(|part| part == "." || part == "..");
        let breaks = path.contains(char::is_control) || query.iter().any(|part| part.contains(char::is_control));
        let is_empty = path == "/" && query.is_empty();
        (!climbs && !breaks && !is_empty).then(|| Self { path: path.into(), query: query.into() })
    }

    /// The address at which a page could lead on from it. `None` where a file cannot have it: it has a question, or is a hidden file.
    #[must_use]
    pub fn page(&self) -> Option<Address> {
        let parts: Vec<&str> = self.path.split('/').filter(|part| !part.is_empty()).collect();
        if !self.query.is_empty() || parts.is_empty() || parts.iter().any(|part| part.starts_with('.')) {
            return None;
        }
        let is_file = !self.path.ends_with('/') && parts.last().is_some_and(|last| last.contains('.'));
        Some(if is_file { Address::file(&parts.join("/")) } else { Address::page(parts) })
    }

    /// Whether every server's rules can have it: no character of it could end a quotation or mean something else there.
    #[must_use]
    pub fn fits_rules(&self) -> bool {
        let harmful = |letter: char| letter.is_control() || "\"'\\<>{}|^`*?#$".contains(letter);
        let harmless = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%=+,:/".contains(&byte);
        !self.path.contains(harmful) && self.query.iter().all(|part| part.bytes().all(harmless))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_they_are_pasted() {
        let read = |typed: &str| {
            let old = OldAddress::read(typed)?;
            let fits = if old.fits_rules() { "" } else { " (no rule)" };
            let page = old.page().map(|page| format!(" page {page}")).unwrap_or_default();
            Some(format!("{} {}{page}{fits}", old.path, old.query.join(" ")))
        };
        for (typed, meant) in [
            ("/ieListDocuments.aspx?MId=4821&CId=136", Some("/ieListDocuments.aspx CId=136 MId=4821")),
            ("https://old.example/a/b.aspx?id=1#top", Some("/a/b.aspx id=1")),
            ("https://old.example?p=12", Some("/ p=12")),
            ("?p=12", Some("/ p=12")),
            ("mgAi.aspx?ID=1234", Some("/mgAi.aspx ID=1234")),
            ("/old%20page.asp?id=1", Some("/old page.asp id=1")),
            ("/plain/", Some("/plain/  page /plain/")),
            ("/a%20b/c.html#d", Some("/a b/c.html  page /a b/c.html")),
            ("/children's/", Some("/children's/  page /children's/ (no rule)")),
            ("/a?", Some("/a  page /a/")),
            ("/a?x=$(y)", Some("/a x=$(y) (no rule)")),
            ("/.env", Some("/.env ")),
            ("/a?x=\n301", None),
            ("/a\n/b /c 301\n?x=1", None),
            ("/a%0A?x=1", None),
            ("/../a?x=1", None),
            ("https://old.example/", None),
            ("", None),
        ] {
            assert_eq!(read(typed).as_deref(), meant, "{typed:?}");
        }
    }
}
