//! What a publication changes for readers.
//!
//! Input: the addresses that were published before, and those that will be. Output: [`Changes`]. Not here: which files differ, and the
//! words for it (`cli/publish/words.rs`).

use std::collections::BTreeSet;

use crate::model::{Recorded, RecordedPage};

/// What changes, by addresses, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Whether nothing was published before.
    pub first: bool,
    /// Pages that come.
    pub new: Vec<String>,
    /// Pages whose words change, each with how many of its places come and go.
    pub changed: Vec<(String, usize, usize)>,
    /// Old addresses that lead on from now on, each with where they lead.
    pub moved: Vec<(String, String)>,
    /// Pages that can be read no longer.
    pub gone: Vec<String>,
    /// Attached files that come, that have other bytes, and that go.
    pub files: [Vec<String>; 3],
    /// How many there are then.
    pub pages: usize,
}

impl Changes {
    /// What changes from `before` to `now`.
    #[must_use]
    pub fn between(before: &Recorded, now: &Recorded) -> Self {
        let mut changes = Self { first: before.pages.is_empty(), ..Self::default() };
        for (address, page) in &now.pages {
            let (address, old) = (address.to_string(), before.pages.get(address).filter(|page| page.to.is_none()));
            let is_page = address.ends_with('/') && !page.list;
            match (&page.to, old) {
                (Some(to), _) if before.pages.get(address.as_str()).is_none_or(|old| old.to != page.to) => {
                    changes.moved.push((address, to.to_string()));
                    continue;
                }
                (Some(_), _) => continue,
                (None, None) if is_page => changes.new.push(address),
                (None, Some(old)) if is_page && (old.print, &old.places) != (page.print, &page.places) => {
                    let names =
                        |page: &RecordedPage| page.places.iter().map(|place| place.id.clone()).collect::<BTreeSet<_>>();
                    let (old, own) = (names(old), names(page));
                    changes.changed.push((address, own.difference(&old).count(), old.difference(&own).count()));
                }
                (None, None) if page.print.is_some() => changes.files[0].push(address),
                (None, Some(old)) if !is_page && page.print.is_some() && old.print != page.print => {
                    changes.files[1].push(address);
                }
                _ => {}
            }
        }
        for (address, page) in before.pages.iter().filter(|(_, page)| page.to.is_none()) {
            if !now.pages.contains_key(address) {
                if address.ends_with('/') {
                    changes.gone.push(address.to_string());
                } else if page.print.is_some() {
                    changes.files[2].push(address.to_string());
                }
            }
        }
        changes.pages = now
            .pages
            .iter()
            .filter(|(address, page)| address.ends_with('/') && !page.list && page.to.is_none())
            .count();
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn recorded(text: &str) -> Recorded {
        let mut recorded = Recorded::default();
        assert_eq!(recorded.read(text, SourceId(0)), []);
        recorded
    }

    #[test]
    fn what_changes_is_found() {
        let before = recorded(
            "/a/ 00000001 0000000000000001\n\tx\n/b/ 00000002 0000000000000002\n/c/\n/p.pdf 00000001 0000000000000001\n/data/a.csv\n",
        );
        let now = recorded(
            "/a/ 00000009 0000000000000001\n\tx\n\ty\n/b/ 00000002 0000000000000002 > /d/\n/d/ 00000002 0000000000000002\n/p.pdf 00000002 0000000000000001\n",
        );
        let changes = Changes::between(&before, &now);
        let places = vec![("/a/".to_owned(), 1, 0)];
        assert_eq!((changes.new, changes.changed), (vec!["/d/".to_owned()], places));
        assert_eq!(changes.moved, [("/b/".to_owned(), "/d/".to_owned())]);
        assert_eq!((changes.gone, &changes.files[1]), (vec!["/c/".to_owned()], &vec!["/p.pdf".to_owned()]));
        assert_eq!(Changes::between(&now, &now), Changes { pages: 2, ..Changes::default() });
        let first = Changes::between(&Recorded::default(), &now);
        assert!(first.first && first.pages == 2 && first.files[0].len() == 1);
    }
}
