//! Atom feeds (RFC 4287), beside the page of each subject: `/feed.xml`, `/minutes/feed.xml`, `/bodies/board/feed.xml`.
//! Input: a feed. Output: XML. An entry's id is its permanent address; it is new only when a material change is noted.

use super::feeds::{self, ATOM, Entry};
use super::plain::line;
use super::xml::Xml;
use super::{Export, Subject, beside, whole};
use crate::language::Language;
use crate::model::Site;

/// This format.
pub const EXPORT: Export = Export {
    name: "atom",
    summary: "Feeds of what changed, for feed readers: of everything, of each list, and of all that names a document.",
    needs_base_url: true,
    plan: |site| feeds::files(site, ATOM),
    write,
};

fn write(site: &Site, language: &Language, subject: Subject) -> Vec<u8> {
    let feed = feeds::feed(site, language, subject);
    let page = whole(site, &feed.page);
    let own = whole(site, &beside(&feed.page, ATOM));
    let mut xml = Xml::new();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &site.config.language)]);
    xml.leaf("title", &[], &feed.title);
    xml.leaf("id", &[], &own);
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &page)]);
    let updated = feed.entries.first().map_or(&feed.changed, |newest| &newest.updated);
    xml.leaf("updated", &[], updated);
    xml.open("author", &[]);
    xml.leaf("name", &[], &line(&site.config.organisation));
    xml.close("author");
    if let Some(licence) = &site.config.licence {
        xml.leaf("rights", &[], &line(licence));
    }
    for entry in &feed.entries {
        write_entry(&mut xml, entry);
    }
    xml.close("feed");
    xml.finish()
}

fn write_entry(xml: &mut Xml, entry: &Entry) {
    xml.open("entry", &[]);
    xml.leaf("title", &[("type", "text")], &entry.title);
    xml.leaf("id", &[], &entry.href);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.href)]);
    xml.leaf("updated", &[], &entry.updated);
    if let Some(published) = &entry.published {
        xml.leaf("published", &[], published);
    }
    xml.empty("category", &[("term", &entry.kind)]);
    for tag in &entry.tags {
        xml.empty("category", &[("term", tag)]);
    }
    if let Some(text) = &entry.text {
        xml.leaf("summary", &[("type", "text")], text);
    }
    xml.close("entry");
}
