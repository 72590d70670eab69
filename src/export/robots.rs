//! What crawlers may read: everything, and where the sitemap is. Input: the settings. Output: `/robots.txt`; nothing
//! for a site below the root of its host, where no crawler looks for it.

use super::{Export, Subject, whole};
use crate::language::Language;
use crate::model::{Address, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "robots",
    summary: "Lets crawlers in and shows them the sitemap.",
    needs_base_url: false,
    plan,
    write,
};

fn plan(site: &Site) -> Vec<(Address, Subject)> {
    let at_root = site.config.base_path.is_empty();
    at_root.then(|| (Address::file("robots.txt"), Subject::Site)).into_iter().collect()
}

fn write(site: &Site, _: &Language, _: Subject) -> Vec<u8> {
    let mut text = String::from("User-agent: *\nDisallow:\n");
    if site.config.base_url.is_some() {
        text.push_str(&format!("\nSitemap: {}\n", whole(site, &Address::file("sitemap.xml"))));
    }
    text.into_bytes()
}
