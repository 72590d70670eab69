//! Where a weakness of the site can be reported (RFC 9116): `/.well-known/security.txt`.
//!
//! Input: `security_contact` and `security_expires` of the settings. Output: a file if both are there and the day has
//! not passed: a contact that may be stale sends a report to nobody. None if the site is below the root of its host,
//! where no one looks for it.

use super::feeds::moment;
use super::format::one_file;
use super::{Export, Subject, whole};
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::model::{Address, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "security",
    summary: "Says where a weakness of the site can be reported (security.txt).",
    needs_base_url: false,
    plan: |site| one_file(ADDRESS, holds(site)),
    write,
};

const ADDRESS: &str = ".well-known/security.txt";

/// Whether there is a contact that is still valid, and the site is where people look for it.
fn holds(site: &Site) -> bool {
    let config = &site.config;
    let is_valid = config.security_expires.is_some_and(|day| day >= site.as_at.day);
    config.base_path.is_empty() && config.security_contact.is_some() && is_valid
}

/// Says why a contact that the settings name is not published.
pub fn report(site: &Site, diagnostics: &mut Diagnostics) {
    match (&site.config.security_contact, site.config.security_expires) {
        (Some(_), None) => diagnostics.security_never_expires(),
        (Some(_), Some(day)) if day < site.as_at.day => diagnostics.security_expired(&day.to_string()),
        _ => {}
    }
}

fn write(site: &Site, _: &Language, _: Subject) -> Vec<u8> {
    let mut text = String::new();
    if let (Some(contact), Some(last)) = (&site.config.security_contact, site.config.security_expires) {
        // The standard asks for the moment from which on it no longer holds.
        let expires = last.tomorrow().unwrap_or(last);
        text = format!("Contact: {contact}\nExpires: {}\n", moment(site, expires));
    }
    text.push_str(&format!("Preferred-Languages: {}\n", site.config.language));
    if site.config.base_url.is_some() {
        text.push_str(&format!("Canonical: {}\n", whole(site, &Address::file(ADDRESS))));
    }
    text.into_bytes()
}
