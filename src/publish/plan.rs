//! What has to be sent to a store and what has to go, and in which order: so that no reader meets a page that leads to nothing.
//!
//! Input: what the store has, as far as it is known; the next release. Output: [`Plan`]. And [`Doubtful`], the names of all objects of which
//! a publication that is under way does not know what they are: it is written before the first change, so that whoever stops it at any
//! point leaves a store of which is known what may be in it. Not here: requests.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::manifest::{Manifest, Sum};

/// What a store has at each path: the sum of its bytes, or `None` where it may have anything or nothing.
pub(super) type There = BTreeMap<String, Option<Sum>>;

/// The steps of a publication, in their order. Those of one step may be done in any.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// What was taken back, which goes before anything else.
    pub taken_back: Vec<String>,
    /// What is sent: what no page of the last release refers to, new pages, pages that change, and what changes beside them.
    pub sent: [Vec<String>; 4],
    /// What goes at the end.
    pub gone: Vec<String>,
    /// What goes with the next publication: a page that somebody opened before this one may still ask for it.
    pub later: Vec<String>,
}

impl Plan {
    /// How a store that has `there` becomes that of the release `next`. `last` is the release that its pages are of.
    pub(super) fn new(there: &There, last: Option<&Manifest>, next: &Manifest, taken_back: &BTreeSet<String>) -> Self {
        let paths = |release: &'_ Manifest| -> BTreeSet<String> {
            release.files.iter().map(|(path, _)| path.clone()).collect()
        };
        let (known, own) = (last.map(paths).unwrap_or_default(), paths(next));
        let mut plan = Self::default();
        for (path, sum) in &next.files {
            if there.get(path) != Some(&Some(*sum)) {
                let is_page = path.ends_with(".html");
                let step = match (known.contains(path), is_page) {
                    (false, false) => 0,
                    (false, true) => 1,
                    (true, true) => 2,
                    (true, false) => 3,
                };
                plan.sent[step].push(path.clone());
            }
        }
        for path in there.keys().filter(|path| !own.contains(*path)) {
            let list = match () {
                () if taken_back.contains(path) => &mut plan.taken_back,
                () if is_dressing(path) && known.contains(path) => &mut plan.later,
                () => &mut plan.gone,
            };
            list.push(path.clone());
        }
        plan
    }

    /// Every path at which something changes.
    pub(super) fn touched(&self) -> impl Iterator<Item = &String> {
        self.taken_back.iter().chain(self.sent.iter().flatten()).chain(&self.gone).chain(&self.later)
    }

    /// How many requests it takes.
    pub(super) fn len(&self) -> usize {
        self.taken_back.len() + self.sent.iter().map(Vec::len).sum::<usize>() + self.gone.len()
    }
}

/// Whether a file belongs to the dress of pages and says nothing of what is in them.
fn is_dressing(path: &str) -> bool {
    path.starts_with("assets/")
}

/// The objects of which is not known what they are.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Doubtful(pub BTreeSet<String>);

const FIRST: &str = "# Folkmoot publication 1\n";
const SUM: &str = "# sum: ";

impl Doubtful {
    /// As it stands in the store.
    pub(super) fn write(&self) -> String {
        let mut paths = String::new();
        for path in &self.0 {
            let _ = writeln!(paths, "{path}");
        }
        format!("{FIRST}{SUM}{}\n{paths}", Sum::of(paths.as_bytes()))
    }

    /// What such a text says; `None` if it is damaged.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (sum, paths) = text.strip_prefix(FIRST)?.strip_prefix(SUM)?.split_once('\n')?;
        (Sum::read(sum)? == Sum::of(paths.as_bytes())).then(|| Self(paths.lines().map(str::to_owned).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn release(files: &[(&str, &str)]) -> Manifest {
        let mut files: Vec<(String, Sum)> =
            files.iter().map(|(path, text)| ((*path).to_owned(), Sum::of(text.as_bytes()))).collect();
        files.sort();
        Manifest { number: 1, time: Timestamp::UNIX_EPOCH, before: None, files }
    }

    fn there(release: &Manifest) -> There {
        release.files.iter().map(|(path, sum)| (path.clone(), Some(*sum))).collect()
    }

    #[test]
    fn the_order_leads_no_reader_to_nothing() {
        let last = release(&[
            ("a/index.html", "1"),
            ("assets/1.css", "x"),
            ("b/index.html", "1"),
            ("feed.xml", "1"),
            ("old/index.html", "1"),
            ("secret/index.html", "1"),
            ("search/1.bin", "1"),
        ]);
        let next = release(&[
            ("a/index.html", "2"),
            ("assets/2.css", "y"),
            ("b/index.html", "1"),
            ("feed.xml", "2"),
            ("new/index.html", "1"),
            ("search/2.bin", "2"),
        ]);
        let secret = BTreeSet::from(["secret/index.html".to_owned()]);
        let plan = Plan::new(&there(&last), Some(&last), &next, &secret);
        let text = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>();
        assert_eq!(plan.taken_back, text(&["secret/index.html"]));
        let sent = [&["assets/2.css", "search/2.bin"][..], &["new/index.html"], &["a/index.html"], &["feed.xml"]];
        assert_eq!(plan.sent, sent.map(text));
        assert_eq!(plan.gone, text(&["old/index.html", "search/1.bin"]));
        assert_eq!((plan.later.clone(), plan.len()), (text(&["assets/1.css"]), 8));
        // What was left for later goes with the publication after that.
        let mut left = there(&next);
        left.insert("assets/1.css".into(), None);
        let after = Plan::new(&left, Some(&next), &next, &BTreeSet::new());
        assert_eq!((after.gone.clone(), after.len()), (text(&["assets/1.css"]), 1));
        // What may be anything is sent again.
        left.insert("a/index.html".into(), None);
        assert_eq!(Plan::new(&left, Some(&next), &next, &BTreeSet::new()).sent[2], text(&["a/index.html"]));
    }

    #[test]
    fn what_is_doubtful_is_read_again_and_any_damage_is_seen() {
        let doubtful = Doubtful(BTreeSet::from(["a b/index.html".to_owned(), "é.pdf".to_owned()]));
        let text = doubtful.write();
        assert_eq!(Doubtful::read(&text), Some(doubtful));
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert_eq!(Doubtful::read(&text[..end]), None, "{}", &text[..end]);
        }
        assert_eq!(Doubtful::read(&text.replace("a b", "a c")), None);
    }
}
