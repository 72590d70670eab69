//! What `export` says to an author.

use super::Diagnostics;

impl Diagnostics {
    /// The settings do not say where the site is.
    pub fn no_base_url(&mut self) {
        self.add(
            "no-base-url",
            None,
            "The site does not know its own address",
            "People can follow the site in a feed reader, and search engines find all its pages, only by whole addresses. \
             Without them there are no feeds and no sitemap.",
            "Write the address into `content/site.toml`:\nbase_url = \"https://www.example.gov.uk\"",
        )
        .place = Some("content/site.toml".into());
    }

    /// A published file lies where the site makes one of its own.
    pub fn file_of_the_site(&mut self, path: &str, address: &str) {
        self.add(
            "address-clash",
            None,
            format!("`{path}` claims the address {address}, where the site makes a file of its own"),
            "Programs that look for the site's own file would read this one instead, so nothing is published until they \
             differ.",
            "Rename this file, and the links to it.",
        )
        .place = Some(path.into());
    }
}
