//! What `export` says to an author.

use super::Diagnostics;

impl Diagnostics {
    /// The settings do not say where the site is.
    pub fn no_base_url(&mut self) {
        let title = "The site does not know its own address";
        let why = "People can follow the site in a feed reader, and search engines find all its pages, only by whole \
                   addresses. Without them there are no feeds and no sitemap.";
        let fix = "Write the address into `content/site.toml`:\nbase_url = \"https://www.example.gov.uk\"";
        self.add("no-base-url", None, title, why, fix).place = Some("content/site.toml".into());
    }

    /// A contact for reports of weaknesses without a day until which it holds.
    pub fn security_never_expires(&mut self) {
        let title = "`security_contact` does not say until when it holds";
        let why = "Somebody who finds a weakness must be able to tell that the contact is still looked after. Without \
                   a day it is not published.";
        let fix = "Add a day within a year below it:\nsecurity_expires = \"2027-03-31\"";
        self.add("stale-contact", None, title, why, fix).place = Some("content/site.toml".into());
    }

    /// A contact for reports of weaknesses whose day has passed.
    pub fn security_expired(&mut self, day: &str) {
        let title = format!("`security_expires` was {day}, and that day has passed");
        let why = "Somebody who finds a weakness can no longer trust the contact, so it is not published.";
        let fix = "If the contact is still right, write a day within the next year as `security_expires`.";
        self.add("stale-contact", None, title, why, fix).place = Some("content/site.toml".into());
    }

    /// A published file lies where the site makes one of its own.
    pub fn file_of_the_site(&mut self, path: &str, address: &str) {
        let title = format!("`{path}` claims the address {address}, where the site makes a file of its own");
        let why = "Programs that look for the site's own file would read this one instead, so nothing is published \
                   until they differ.";
        let fix = "Rename this file, and the links to it.";
        self.add("address-clash", None, title, why, fix).place = Some(path.into());
    }
}
