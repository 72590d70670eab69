//! What the pages of a build were made from, as it is kept for the next one.
//!
//! Input: traces of pages, and what became of each. Output: [`MadePages`], which a later build compares with its own answers, and
//! bytes to keep it. Not here: answers, and the cache.
//!
//! A page asks thousands of questions, most of them several about one document. They are kept in groups ([`Query::about`]), each
//! question once, and a page is kept with its groups: it is made anew if any answer in one of them is another, also one that a
//! page beside it asked for. That makes a few pages more, and never one too few.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::fingerprint::{Fingerprint, Spread};
use super::trace::Trace;
use crate::query::Query;
use crate::source::Attachment;

/// Questions about one thing, each with the fingerprint of its answer.
pub type Group = Vec<(Query, Fingerprint)>;

/// The pages of a build, with what each was made from.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct MadePages {
    /// What this has to be the same in, beside answers: what a page must not say.
    pub gate: u128,
    groups: Vec<Group>,
    /// By their paths below the public folder.
    pages: BTreeMap<Box<str>, MadePage>,
    /// The places of groups, by fingerprints of what they are about; filled when the first page is added.
    #[serde(skip)]
    places: HashMap<Fingerprint, u32, Spread>,
}

/// A page that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadePage {
    /// [`Trace::recipe`].
    pub recipe: Fingerprint,
    /// The places of the groups of what it asked, in order.
    groups: Box<[u32]>,
    /// The length of its bytes.
    pub length: u64,
    /// The XXH3-128 of its bytes.
    pub hash: u128,
    /// Why it was made when it was made last.
    pub because: Because,
}

/// Why a page was made anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Because {
    /// Nothing was known of it from an earlier build.
    New,
    /// Templates, strings, what stands around every page or what it tells programs had changed.
    Recipe,
    /// These questions had other answers; [`MOST_REASONS`] of them at most.
    Answers(Vec<Query>),
    /// The file that lay in the public folder was not as it was left.
    Folder,
}

/// So many changed answers of a page are kept.
pub const MOST_REASONS: usize = 8;

impl MadePages {
    /// What was kept as these bytes; `None` if they are no such thing.
    #[must_use]
    pub fn unpack(bytes: &[u8]) -> Option<Self> {
        let made: Self = postcard::from_bytes(bytes).ok()?;
        let is_whole = |page: &MadePage| page.groups.iter().all(|place| (*place as usize) < made.groups.len());
        (made.pages.values().all(is_whole) && made.groups.iter().all(|group| !group.is_empty())).then_some(made)
    }

    /// The bytes to keep, without groups that no page needs any more.
    #[must_use]
    pub fn pack(mut self) -> Option<Vec<u8>> {
        // What is packed takes as much room again as what it is made of, so that nothing is held twice meanwhile.
        self.places = HashMap::default();
        let mut places = vec![None; self.groups.len()];
        let mut groups = Vec::new();
        for place in self.pages.values_mut().flat_map(|page| &mut page.groups) {
            let old = *place as usize;
            *place = *places[old].get_or_insert_with(|| {
                groups.push(std::mem::take(&mut self.groups[old]));
                number(groups.len() - 1)
            });
        }
        self.groups = groups;
        postcard::to_stdvec(&self).ok()
    }

    /// No pages, of a build with this gate.
    #[must_use]
    pub fn none(gate: u128) -> Self {
        Self { gate, ..Self::default() }
    }

    /// What was asked.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The page at `path`.
    #[must_use]
    pub fn page(&self, path: &str) -> Option<&MadePage> {
        self.pages.get(path)
    }

    /// The page at `path`, if none of its groups is among those that are `changed`, by their places.
    #[must_use]
    pub fn unchanged(&self, path: &str, changed: &[bool]) -> Option<&MadePage> {
        self.pages.get(path).filter(|page| !page.groups.iter().any(|place| changed[*place as usize]))
    }

    /// No pages yet, with the groups that are not `changed`: pages that stay keep their places.
    #[must_use]
    pub fn next(&self, changed: &[bool]) -> Self {
        let groups = self.groups.iter().zip(changed);
        let groups = groups.map(|(group, changed)| if *changed { Group::new() } else { group.clone() }).collect();
        Self { gate: self.gate, groups, ..Self::default() }
    }

    /// Adds a page that stays.
    pub fn keep(&mut self, path: &str, page: MadePage) {
        self.pages.insert(path.into(), page);
    }

    /// Adds a page that was made anew.
    pub fn add(&mut self, path: &str, trace: Trace, bytes: &[u8], because: Because) {
        if self.places.is_empty() {
            let about = |group: &Group| Some(Fingerprint::of(&group.first()?.0.about()));
            let about = (0..).zip(&self.groups).filter_map(|(place, group)| Some((about(group)?, place)));
            self.places = about.collect();
        }
        let mut groups = Vec::new();
        for answer in trace.answers {
            let next = number(self.groups.len());
            let place = *self.places.entry(Fingerprint::of(&answer.0.about())).or_insert(next);
            if place == next {
                self.groups.push(Group::new());
            }
            let group = &mut self.groups[place as usize];
            // Two questions about one thing begin alike, and their answers differ at once.
            if !group.iter().any(|(query, print)| *print == answer.1 && *query == answer.0) {
                group.push(answer);
            }
            groups.push(place);
        }
        groups.sort_unstable();
        groups.dedup();
        let (recipe, groups) = (trace.recipe, groups.into());
        let (length, hash) = (bytes.len() as u64, Attachment::checksum(bytes));
        self.pages.insert(path.into(), MadePage { recipe, groups, length, hash, because });
    }

    /// Whether a page was made anew.
    #[must_use]
    pub fn has_new(&self) -> bool {
        !self.places.is_empty()
    }

    /// What a page depends on.
    pub fn answers_of<'made>(&'made self, page: &'made MadePage) -> impl Iterator<Item = &'made (Query, Fingerprint)> {
        page.groups.iter().flat_map(|place| &self.groups[*place as usize])
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
