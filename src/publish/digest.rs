//! What changed from one release of a website to another, by what people follow: for a service that sends it by mail.
//!
//! Input: two folders of a website as it was published. Output: [`Digest`]. It reads the feeds of the finished websites (`feed.json`) and
//! nothing else, so that it can say nothing that is not public in the newer one. Not here: its forms (`digest_forms.rs`), and sending it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::error::failed;
use super::{PublishError, manifest_in};
use crate::platform::with_slashes;

/// The file that is read of each thing that people follow.
pub const FEED: &str = "feed.json";

/// What changed.
#[derive(Debug, Serialize)]
pub struct Digest {
    /// What the website is called.
    pub site: String,
    /// The language of its pages.
    pub language: String,
    /// The older release; `None` if its folder has no `release.txt`.
    pub since: Option<OfRelease>,
    /// The newer one.
    pub until: Option<OfRelease>,
    /// What people follow in which something changed: the whole website first, the others in the order of their pages.
    pub followed: Vec<Followed>,
}

/// Which release it is.
#[derive(Debug, Serialize)]
pub struct OfRelease {
    /// Its number.
    pub number: u64,
    /// When it was published.
    pub time: jiff::Timestamp,
}

/// Something that people follow: a body, a priority, a topic, an area, all decisions.
#[derive(Debug, Serialize)]
pub struct Followed {
    /// Its page below the website, without `/` at the ends: `areas/saltmere`; empty for the whole website.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// Its page.
    pub page: String,
    /// What is new or changed, the latest first.
    pub changes: Vec<Told>,
}

/// A document that is new or changed.
#[derive(Debug, Serialize)]
pub struct Told {
    /// Whether people who follow it had heard of the document before.
    pub what: What,
    /// What it is called.
    pub title: String,
    /// Where it is read.
    pub address: String,
    /// What its kind is called.
    pub kind: Option<String>,
    /// When it changed.
    pub updated: String,
    /// What changed, or what it is about.
    pub text: Option<String>,
}

/// How a document changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// It is new to who follows it.
    New,
    /// It was there, and has changed.
    Changed,
}

/// A feed, as far as it is read.
#[derive(Deserialize)]
struct Feed {
    title: String,
    home_page_url: String,
    language: String,
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    id: String,
    title: String,
    content_text: String,
    date_modified: String,
    tags: Vec<String>,
}

impl Digest {
    /// Compares the website in `new` with the one in `old`.
    ///
    /// # Errors
    /// A folder or a feed in it cannot be read.
    pub fn of(old: &Path, new: &Path) -> Result<Self, PublishError> {
        let (before, now) = (feeds(old)?, feeds(new)?);
        let known: BTreeSet<(&str, &str)> = before.values().flat_map(|feed| &feed.items).map(Item::as_known).collect();
        let whole = now.get("");
        let (site, language) = whole.map(|feed| (feed.title.clone(), feed.language.clone())).unwrap_or_default();
        let followed = now.iter().filter_map(|(path, feed)| {
            let changes = changes(before.get(path), feed, &known);
            let (title, page) = (feed.title.clone(), feed.home_page_url.clone());
            (!changes.is_empty()).then(|| Followed { path: path.clone(), title, page, changes })
        });
        Ok(Self { site, language, since: release(old)?, until: release(new)?, followed: followed.collect() })
    }
}

impl Item {
    fn as_known(&self) -> (&str, &str) {
        (&self.id, &self.date_modified)
    }
}

fn release(folder: &Path) -> Result<Option<OfRelease>, PublishError> {
    let manifest = manifest_in(folder)?;
    Ok(manifest.map(|manifest| OfRelease { number: manifest.number, time: manifest.time }))
}

/// The feeds of a website, by the paths of their pages.
fn feeds(folder: &Path) -> Result<BTreeMap<String, Feed>, PublishError> {
    let mut feeds = BTreeMap::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| PublishError::of_walk(folder, error))?;
        if !entry.file_type().is_file() || entry.file_name() != FEED {
            continue;
        }
        let text = fs::read_to_string(entry.path()).map_err(failed("read", entry.path()))?;
        let feed = serde_json::from_str(&text).map_err(|_| PublishError::Damaged { path: entry.path().to_owned() })?;
        let page = entry.path().parent().unwrap_or(folder);
        feeds.insert(with_slashes(page.strip_prefix(folder).unwrap_or(page)).into_owned(), feed);
    }
    Ok(feeds)
}

/// What is new or changed in a feed. A feed that is itself new tells only what no feed of the older website had: what was there before is
/// no news because it is listed once more. What an older feed may have let go because it was full is no news either.
fn changes(before: Option<&Feed>, now: &Feed, known: &BTreeSet<(&str, &str)>) -> Vec<Told> {
    let had: BTreeMap<&str, &str> = before.into_iter().flat_map(|feed| &feed.items).map(Item::as_known).collect();
    let oldest = before.and_then(|feed| feed.items.last()).map(|item| &*item.date_modified);
    let is_news = |item: &Item| match (had.get(&*item.id), before) {
        (Some(date), _) => **date != *item.date_modified,
        (None, Some(_)) => oldest.is_none_or(|oldest| *item.date_modified >= *oldest),
        (None, None) => !known.contains(&item.as_known()),
    };
    let told = |item: &Item| Told {
        what: if had.contains_key(&*item.id) { What::Changed } else { What::New },
        title: item.title.clone(),
        address: item.id.clone(),
        kind: item.tags.first().cloned(),
        updated: item.date_modified.clone(),
        text: Some(item.content_text.clone()).filter(|text| *text != item.title),
    };
    now.items.iter().filter(|item| is_news(item)).map(told).collect()
}
