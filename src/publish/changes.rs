//! What a publication changes for readers, in the words of those who publish.
//!
//! Input: the addresses that were published before, and those that will be. Output: [`Changes`], and sentences. Not here: which
//! files differ.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::model::{Recorded, RecordedPage};

/// So many pages of a sort are named.
const NAMED: usize = 10;

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
    /// How many pages there are then.
    pub pages: usize,
}

impl Changes {
    /// What changes from `before` to `now`.
    #[must_use]
    pub fn between(before: &Recorded, now: &Recorded) -> Self {
        let mut changes = Self { first: before.pages.is_empty(), ..Self::default() };
        for (address, page) in &now.pages {
            let (address, old) = (address.to_string(), before.pages.get(address).filter(|page| page.to.is_none()));
            let is_page = address.ends_with('/');
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
        changes.pages = now.pages.iter().filter(|(address, page)| address.ends_with('/') && page.to.is_none()).count();
        changes
    }

    /// Sentences and lists for a terminal; `title` gives the title of the page at an address.
    #[must_use]
    pub fn in_words(&self, title: impl Fn(&str) -> Option<String>) -> String {
        if self.first {
            return format!(
                "This is the first publication: {} and {}.\n",
                count(self.pages, "page"),
                count(self.files[0].len(), "attached file")
            );
        }
        let named = |address: &String| match title(address) {
            Some(title) => format!("{address} ({title})"),
            None => address.clone(),
        };
        let mut text = String::new();
        part(&mut text, "New", self.new.iter().map(named).collect());
        let changed = self.changed.iter().map(|(address, come, go)| {
            let places = match (come, go) {
                (0, 0) => String::new(),
                (come, 0) => format!(": {} more", count(*come, "place")),
                (0, go) => format!(": {} fewer", count(*go, "place")),
                (come, go) => format!(": {} more, {go} fewer", count(*come, "place")),
            };
            format!("{}{places}", named(address))
        });
        part(&mut text, "Changed", changed.collect());
        part(
            &mut text,
            "Moved; the old address leads on",
            self.moved.iter().map(|(old, new)| format!("{old} is {new} now")).collect(),
        );
        part(&mut text, "No longer there", self.gone.clone());
        for (what, files) in
            ["New files", "Files with other contents", "Files no longer there"].into_iter().zip(&self.files)
        {
            part(&mut text, what, files.clone());
        }
        if text.is_empty() {
            text.push_str("No page says anything else than before.\n");
        }
        text
    }
}

fn part(text: &mut String, what: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "{what} ({}):", lines.len());
    for line in lines.iter().take(NAMED) {
        let _ = writeln!(text, "  {line}");
    }
    if lines.len() > NAMED {
        let _ = writeln!(text, "  and {} more", lines.len() - NAMED);
    }
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
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
    fn what_changes_is_said_in_words() {
        let before = recorded(
            "/a/ 00000001 0000000000000001\n\tx\n/b/ 00000002 0000000000000002\n/c/\n/p.pdf 00000001 0000000000000001\n/data/a.csv\n",
        );
        let now = recorded(
            "/a/ 00000009 0000000000000001\n\tx\n\ty\n/b/ 00000002 0000000000000002 > /d/\n/d/ 00000002 0000000000000002\n/p.pdf 00000002 0000000000000001\n",
        );
        let changes = Changes::between(&before, &now);
        let words = changes.in_words(|address| (address == "/a/").then(|| "About".to_owned()));
        assert_eq!(
            words,
            "New (1):\n  /d/\nChanged (1):\n  /a/ (About): 1 place more\nMoved; the old address leads on (1):\n  /b/ is /d/ now\n\
             No longer there (1):\n  /c/\nFiles with other contents (1):\n  /p.pdf\n"
        );
        assert_eq!(Changes::between(&now, &now), Changes { pages: 2, ..Changes::default() });
        assert_eq!(
            Changes::between(&Recorded::default(), &now).in_words(|_| None),
            "This is the first publication: 2 pages and 1 attached file.\n"
        );
    }
}
