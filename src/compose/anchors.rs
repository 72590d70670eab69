//! The names of places: `#p-…` made of a paragraph's own words, `#h-…` of a heading, and those that authors give.
//!
//! Input: plain text or a given name. Output: an id that no other place of the text has. **An id depends only on
//! what stands above its place**: the second of two equal ones gets `-2`, whatever follows.
//! Not here: what a printed label is (`labels.rs`).

use std::collections::{HashMap, HashSet};

use crate::model::slug_of_words;

/// What an author's name for a place may not begin with: numbers and footnotes have these. (Records have the names of
/// their kinds, which `RecordWords::reserves` knows.)
const RESERVED: [&str; 9] = ["item-", "para-", "sec-", "h-", "p-", "page-", "limb-", "fn-", "fnref-"];

/// Digits and letters that are not taken for one another when read aloud or typed from paper.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The ids of a text so far.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// How often each key of words was seen.
    keys: HashMap<u32, u32>,
    /// How often each slug of a heading was seen.
    slugs: HashMap<String, u32>,
    /// Ids of headings and pages, and names.
    taken: HashSet<String>,
}

/// Why a name is not given as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// The name begins like a printed label; holds the beginning.
    Reserved(String),
    /// Another place has the name; holds what this one is called.
    Taken(String),
}

/// Six letters that stand for words with this key.
pub(super) fn key_of_words(key: u64) -> String {
    key_letters(u32::try_from(key & 0x3FFF_FFFF).unwrap_or_default()).collect()
}

fn key_letters(short: u32) -> impl Iterator<Item = char> {
    (0..6).rev().map(move |place| ALPHABET[(short >> (5 * place)) as usize % 32] as char)
}

impl Anchors {
    /// The id of a paragraph or list item whose words have this key.
    pub(super) fn of_words(&mut self, key: u64) -> String {
        let short = u32::try_from(key & 0x3FFF_FFFF).unwrap_or_default();
        let seen = self.keys.entry(short).or_insert(0);
        *seen += 1;
        let mut id = String::with_capacity(8);
        id.push_str("p-");
        id.extend(key_letters(short));
        numbered(id, '-', *seen)
    }

    /// The id of a heading.
    pub(super) fn of_heading(&mut self, plain: &str) -> String {
        let slug = slug_of_words(plain);
        let base = format!("h-{}", if slug.is_empty() { "section" } else { &slug });
        loop {
            let seen = self.slugs.entry(base.clone()).or_insert(0);
            *seen += 1;
            let id = numbered(base.clone(), '-', *seen);
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }

    /// The id of a place with a printed label, or of a record.
    ///
    /// # Errors
    /// The id as it should be, and with `~2` after it, where another place has the same.
    pub(super) fn labelled(&mut self, id: String) -> Result<String, (String, String)> {
        self.take(id.clone()).map_err(|refused| match refused {
            Refused::Taken(other) => (id, other),
            Refused::Reserved(_) => unreachable!("only given names are refused for their beginning"),
        })
    }

    /// The id of the place where page `number` of the printed pack begins; `None` if it is no number of a page.
    pub(super) fn of_page(&mut self, number: &str) -> Option<Result<String, Refused>> {
        let fits = !number.is_empty() && number.len() <= 12 && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
        fits.then(|| self.take(format!("page-{number}")))
    }

    /// The id of a place to which an author gave a name.
    pub(super) fn named(&mut self, name: &str) -> Result<String, Refused> {
        let lower = name.to_ascii_lowercase();
        match RESERVED.iter().find(|prefix| lower.starts_with(**prefix)) {
            Some(prefix) => Err(Refused::Reserved((*prefix).to_owned())),
            None => self.take(name.to_owned()),
        }
    }

    fn take(&mut self, id: String) -> Result<String, Refused> {
        if self.taken.insert(id.clone()) {
            return Ok(id);
        }
        loop {
            let seen = self.slugs.entry(id.clone()).or_insert(1);
            *seen += 1;
            let other = numbered(id.clone(), '~', *seen);
            if self.taken.insert(other.clone()) {
                return Err(Refused::Taken(other));
            }
        }
    }
}

fn numbered(mut id: String, sign: char, seen: u32) -> String {
    if seen > 1 {
        id.push(sign);
        id.push_str(&seen.to_string());
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_words_are_numbered() {
        let mut anchors = Anchors::default();
        let first = anchors.of_words(0xABCD_EF01_2345);
        assert_eq!(first.len(), 8);
        assert_eq!(anchors.of_words(0xABCD_EF01_2345), format!("{first}-2"));
        assert_eq!(anchors.of_words(0), "p-000000");
    }

    #[test]
    fn headings_never_share_an_id() {
        let mut anchors = Anchors::default();
        let ids: Vec<_> =
            ["Budget", "Budget", "Budget 2", "Budget", "…"].map(|text| anchors.of_heading(text)).into_iter().collect();
        assert_eq!(ids, ["h-budget", "h-budget-2", "h-budget-2-2", "h-budget-3", "h-section"]);
    }

    #[test]
    fn names_that_numbering_uses_are_refused() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.named("decision"), Ok("decision".to_owned()));
        assert_eq!(anchors.named("decision"), Err(Refused::Taken("decision~2".to_owned())));
        assert_eq!(anchors.named("decision"), Err(Refused::Taken("decision~3".to_owned())));
        assert_eq!(anchors.named("Para-7"), Err(Refused::Reserved("para-".to_owned())));
        assert_eq!(anchors.of_page("56"), Some(Ok("page-56".to_owned())));
        assert_eq!(anchors.of_page("56 a"), None);
    }
}
