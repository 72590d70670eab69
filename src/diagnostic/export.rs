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

    /// A contact for reports of weaknesses without a day until which it holds.
    pub fn security_never_expires(&mut self) {
        self.add(
            "stale-contact",
            None,
            "`security_contact` does not say until when it holds",
            "Somebody who finds a weakness must be able to tell that the contact is still looked after. Without a day it is \
             not published.",
            "Add a day within a year below it:\nsecurity_expires = \"2027-03-31\"",
        )
        .place = Some("content/site.toml".into());
    }

    /// A contact for reports of weaknesses whose day has passed.
    pub fn security_expired(&mut self, day: &str) {
        self.add(
            "stale-contact",
            None,
            format!("`security_expires` was {day}, and that day has passed"),
            "Somebody who finds a weakness can no longer trust the contact, so it is not published.",
            "If the contact is still right, write a day within the next year as `security_expires`.",
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
