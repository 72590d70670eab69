//! What crawlers may read: everything, and where the sitemap is. Input: the settings. Output: `/robots.txt`; none if
//! the site is below the root of its host, where no crawler looks for it.

use super::format::one_file;
use super::{Export, Subject, whole};
use crate::language::Language;
use crate::model::{Address, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "robots",
    summary: "Lets crawlers in and shows them the sitemap.",
    needs_base_url: false,
    plan: |site| one_file("robots.txt", site.config.base_path.is_empty()),
    write,
};

fn write(site: &Site, _: &Language, _: Subject) -> Vec<u8> {
    let mut text = String::from("User-agent: *\nDisallow:\n");
    if site.config.base_url.is_some() {
        text.push_str(&format!("\nSitemap: {}\n", whole(site, &Address::file("sitemap.xml"))));
    }
    text.into_bytes()
}
