//! Which other files a site has, as far as the parsing of one file asks for it, with a note of each question.
//!
//! Input: the list of a site's files. Output: answers, and what was asked: a file that was parsed before is parsed anew if one
//! of its questions has another answer now, also one that found nothing then. Not here: the texts of other files.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::source::{SourceId, Sources};

/// The other files of a site, for one file.
pub struct Neighbours<'site> {
    sources: &'site Sources,
    asked: RefCell<Asked>,
}

/// What was asked, with a fingerprint of each answer.
pub(super) type Asked = BTreeMap<Question, u64>;

/// A question about which files there are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Question {
    /// Whether there is a file with this path below `content/`.
    IsThere(Box<str>),
    /// Which documents lie right in this folder below `content/`.
    InFolder(Box<str>),
}

impl<'site> Neighbours<'site> {
    /// Those of a file of which nothing was asked yet.
    #[must_use]
    pub fn new(sources: &'site Sources) -> Self {
        Self { sources, asked: RefCell::default() }
    }

    /// The same files, of which nothing was asked yet.
    pub(super) fn afresh(&self) -> Self {
        Self::new(self.sources)
    }

    /// The path of a file, relative to the site's root.
    pub(super) fn path(&self, source: SourceId) -> &'site str {
        self.sources.path(source)
    }

    /// Whether there is a file `path` below `content/`.
    pub(super) fn is_there(&self, path: &str) -> bool {
        let is_there = self.sources.find(&format!("content/{path}")).is_some();
        self.asked.borrow_mut().insert(Question::IsThere(path.into()), is_there.into());
        is_there
    }

    /// The names, without `.md`, of the documents that lie right in `folder` below `content/`, in order.
    pub(super) fn in_folder(&self, folder: &str) -> Vec<&'site str> {
        let start = format!("content/{folder}/");
        let files = self.sources.beginning_with(&start).filter_map(|path| path[start.len()..].strip_suffix(".md"));
        let names: Vec<&str> = files.filter(|name| !name.contains('/')).collect();
        self.asked.borrow_mut().insert(Question::InFolder(folder.into()), xxh3_64(names.join("/").as_bytes()));
        names
    }

    /// Whether these questions have the same answers now.
    pub(super) fn still_say(&self, asked: &Asked) -> bool {
        for question in asked.keys() {
            match question {
                Question::IsThere(path) => _ = self.is_there(path),
                Question::InFolder(folder) => _ = self.in_folder(folder),
            }
        }
        *self.asked.borrow() == *asked
    }

    /// What was asked so far.
    pub(super) fn asked(&self) -> Asked {
        self.asked.borrow().clone()
    }
}
