//! JSON Feed 1.1: the same feeds as Atom's, for readers and programs that would rather not read XML.
//! Input: a feed. Output: JSON.

use serde::Serialize;

use super::feeds::{self, Entry, JSON};
use super::plain::line;
use super::{Export, Subject, beside, whole};
use crate::language::Language;
use crate::model::Site;

/// This format.
pub const EXPORT: Export = Export {
    name: "json_feed",
    summary: "The feeds of what changed once more, as JSON.",
    needs_base_url: true,
    plan: |site| feeds::files(site, JSON),
    write,
};

/// The file, as jsonfeed.org describes it.
#[derive(Serialize)]
struct JsonFeed<'feed> {
    version: &'static str,
    title: &'feed str,
    home_page_url: String,
    feed_url: String,
    language: &'feed str,
    authors: [Author; 1],
    items: Vec<Item<'feed>>,
}

#[derive(Serialize)]
struct Author {
    name: String,
}

#[derive(Serialize)]
struct Item<'feed> {
    id: &'feed str,
    url: &'feed str,
    title: &'feed str,
    content_text: &'feed str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'feed str>,
    date_modified: &'feed str,
    tags: Vec<&'feed str>,
}

fn write(site: &Site, language: &Language, subject: Subject) -> Vec<u8> {
    let feed = feeds::feed(site, language, subject);
    let file = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: whole(site, &feed.page),
        feed_url: whole(site, &beside(&feed.page, JSON)),
        language: &site.config.language,
        authors: [Author { name: line(&site.config.organisation) }],
        items: feed.entries.iter().map(item).collect(),
    };
    super::json::json(&file)
}

fn item(entry: &Entry) -> Item<'_> {
    Item {
        id: &entry.href,
        url: &entry.href,
        title: &entry.title,
        content_text: entry.text.as_deref().unwrap_or(&entry.title),
        date_published: entry.published.as_deref(),
        date_modified: &entry.updated,
        tags: std::iter::once(entry.kind.as_str()).chain(entry.tags.iter().map(String::as_str)).collect(),
    }
}
