//! Which documents an author means by what they type: an id with or without `.md`, capitals and blanks; the end of one; an
//! address of the site.
//!
//! Input: the ids of documents; what was typed. Output: the ids that it can mean. `assemble` binds by it what is public, and
//! `disclosure` holds back by it what hangs on something withheld: were there two such rules, one could be tricked.
//! Not here: paths from a document's folder, and what becomes of several.

use std::collections::HashMap;

use super::address::slug;
use crate::kind::Kind;

/// What a file that nothing leads to was probably meant as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileMeant {
    /// A page: the name that would make it one.
    Page(Box<str>),
    /// A text that another program wrote, of which `folkmoot import` makes a page.
    Import,
    /// The same, after it was saved in a form that can be read.
    SaveFirst,
}

/// Documents by their ids, each with what is to be known of it. Look-ups only: nothing iterates over the maps.
#[derive(Debug)]
pub struct Named<'site, T> {
    by_id: HashMap<&'site str, T>,
    /// The last part of an id → all that end so.
    by_last: HashMap<&'site str, Vec<(&'site str, T)>>,
}

impl<'site, T: Clone> Named<'site, T> {
    /// None yet, with room for so many.
    #[must_use]
    pub fn with_capacity(number: usize) -> Self {
        Self { by_id: HashMap::with_capacity(number), by_last: HashMap::with_capacity(number) }
    }

    /// Adds a document. Of two with one id the first holds.
    pub fn add(&mut self, id: &'site str, found: &T) {
        self.by_id.entry(id).or_insert_with(|| found.clone());
        self.by_last.entry(last(id)).or_default().push((id, found.clone()));
    }

    /// The document with exactly this id.
    #[must_use]
    pub fn at_id(&self, id: &str) -> Option<&T> {
        self.by_id.get(id)
    }

    /// What `typed` can mean in a field that leads to documents of these kinds, where `board` is tried as `bodies/board`: one,
    /// if it is an id; else all whose ids end so.
    pub fn find<'kinds>(&self, typed: &str, mut kinds: impl Iterator<Item = &'kinds Kind>) -> Vec<T> {
        let id = self.id_meant(typed);
        let exact = self
            .by_id
            .get(id.as_str())
            .or_else(|| kinds.find_map(|kind| self.by_id.get(format!("{}/{id}", kind.folder).as_str())));
        if let Some(found) = exact {
            return vec![found.clone()];
        }
        let tail = format!("/{id}");
        let fits = self.by_last.get(last(&id)).into_iter().flatten().filter(|(whole, _)| whole.ends_with(&tail));
        fits.map(|(_, found)| found.clone()).collect()
    }

    /// What is typed, as ids are written; a record's may have the full stops of its printed number (`board-7.13`).
    fn id_meant(&self, typed: &str) -> String {
        let plain = typed.trim().trim_matches('/');
        let is_known = last(plain).contains('.') && self.by_last.contains_key(last(plain));
        if is_known { plain.to_owned() } else { id_of(typed) }
    }
}

fn last(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// What an author types for an id, as ids are written.
#[must_use]
pub fn id_of(typed: &str) -> String {
    let plain = typed.trim().trim_start_matches("./").trim_matches('/');
    let plain = plain.strip_suffix(".md").unwrap_or(plain);
    if plain.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-/".contains(&byte)) {
        return plain.to_owned();
    }
    plain.split('/').map(slug).collect::<Vec<_>>().join("/")
}

/// The path on this site of an address that is typed whole: `/minutes/board/2021-09-07/#item-2` of
/// `https://www.example.gov.uk/minutes/board/2021-09-07/#item-2`. `None` if it is another site's.
#[must_use]
pub fn own_path<'typed>(typed: &'typed str, base_url: Option<&str>) -> Option<&'typed str> {
    let host = |url: &str| url.split(['/', '?', '#']).next().unwrap_or_default().len();
    let without_scheme = |url: &'_ str| {
        let length = ["https://", "http://", "//"]
            .iter()
            .find(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
        let www = url.get(length.len()..length.len() + 4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
        Some(length.len() + if www { 4 } else { 0 })
    };
    let base = base_url?;
    let (own, other) = (&base[without_scheme(base)?..], &typed[without_scheme(typed)?..]);
    let (own_host, own_path) = own.split_at(host(own));
    let (other_host, other_path) = other.split_at(host(other));
    let bare = |host: &str| host.trim_end_matches('.').to_ascii_lowercase();
    // A port is the server's own affair: the pages behind it are the same.
    let name = |host: &str| bare(host.split(':').next().unwrap_or_default());
    let rest = other_path.strip_prefix(own_path.trim_end_matches('/'))?;
    let whole = rest.is_empty() || rest.starts_with(['/', '?', '#']);
    (name(own_host) == name(other_host) && whole).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_known_however_it_is_typed() {
        let mut named = Named::with_capacity(3);
        ["minutes/board/2026-01-05", "minutes/forum/2026-01-05", "bodies/board"]
            .iter()
            .for_each(|id| named.add(id, id));
        for typed in [
            "minutes/board/2026-01-05",
            "MINUTES/Board/2026-01-05",
            "/minutes/board/2026-01-05/",
            "minutes/board/2026–01–05.md",
            "./board/2026-01-05",
            "board/2026-01-05",
        ] {
            assert_eq!(named.find(typed, std::iter::empty()), ["minutes/board/2026-01-05"], "{typed}");
        }
        assert_eq!(named.find("2026-01-05", std::iter::empty()).len(), 2);
        assert_eq!(named.find("ard/2026-01-05", std::iter::empty()), [""; 0]);
    }

    #[test]
    fn an_address_of_the_site_is_told_from_others() {
        let base = Some("https://www.example.org/safer");
        for (typed, path) in [
            ("https://www.example.org/safer/a/#b", Some("/a/#b")),
            ("http://EXAMPLE.org:8080/safer/a/", Some("/a/")),
            ("//example.org/safer", Some("")),
            ("https://example.org/safer-homes/", None),
            ("https://example.org/", None),
            ("https://example.com/safer/a/", None),
            ("mailto:a@example.org", None),
        ] {
            assert_eq!(own_path(typed, base), path, "{typed}");
        }
        assert_eq!(own_path("https://example.org/a", None), None);
    }
}
