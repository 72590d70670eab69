//! Headers for Internet Information Services: `/web.config`.
//!
//! Input: the policy. Output: settings that every installation knows. Old addresses are not in it: they need a module
//! that many lack, and without it one unknown line stops the whole site; they are in `rewrite_rules`. Here a header can
//! differ by folder and not by ending, so that only the folder of data is open to programs from elsewhere.

use super::policy::{self, AREAS, Place, SHARED_FOLDER, STRICT_TRANSPORT};
use super::xml::Xml;
use super::{Export, Subject};
use crate::language::Language;
use crate::model::{Address, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "web_config",
    summary: "Security headers for Internet Information Services.",
    needs_base_url: false,
    plan: |_| vec![(Address::file("web.config"), Subject::Site)],
    write,
};

/// What older installations do not serve at all because they do not know the ending.
const MEDIA_TYPES: [(&str, &str); 5] = [
    (".json", "application/json"),
    (".jsonld", "application/ld+json"),
    (".ics", "text/calendar; charset=utf-8"),
    (".csv", "text/csv; charset=utf-8"),
    (".svg", "image/svg+xml"),
];

fn write(site: &Site, _: &Language, _: Subject) -> Vec<u8> {
    let everywhere = policy::everywhere(site);
    let mut xml = Xml::new();
    xml.open("configuration", &[]);
    xml.open("system.webServer", &[]);
    let (strict, year) = STRICT_TRANSPORT;
    xml.comment(&format!(" Where the site is only ever reached by https, add {strict}: {year} "));
    headers(&mut xml, everywhere.iter().map(|(name, value)| (*name, value.as_str())));
    xml.open("staticContent", &[]);
    for (ending, media_type) in MEDIA_TYPES {
        xml.empty("remove", &[("fileExtension", ending)]);
        xml.empty("mimeMap", &[("fileExtension", ending), ("mimeType", media_type)]);
    }
    xml.close("staticContent");
    xml.open("httpErrors", &[("errorMode", "Custom"), ("existingResponse", "Auto")]);
    xml.empty("remove", &[("statusCode", "404")]);
    let not_found = format!("{}/404.html", site.config.base_path);
    xml.empty("error", &[("statusCode", "404"), ("path", &not_found), ("responseMode", "ExecuteURL")]);
    xml.close("httpErrors");
    xml.close("system.webServer");
    let folders = AREAS.iter().filter_map(|area| match area.place {
        Place::Below(folder) => Some((folder, area.headers)),
        Place::Ending(_) => None,
    });
    for (folder, differing) in folders.chain([SHARED_FOLDER]) {
        xml.open("location", &[("path", folder)]);
        xml.open("system.webServer", &[]);
        headers(&mut xml, differing.iter().copied());
        xml.close("system.webServer");
        xml.close("location");
    }
    xml.close("configuration");
    xml.finish()
}

/// A header is taken away before it is added: said twice, it would stop the site.
fn headers<'text>(xml: &mut Xml, headers: impl Iterator<Item = (&'text str, &'text str)>) {
    xml.open("httpProtocol", &[]);
    xml.open("customHeaders", &[]);
    for (name, value) in headers {
        xml.empty("remove", &[("name", name)]);
        xml.empty("add", &[("name", name), ("value", value)]);
    }
    xml.close("customHeaders");
    xml.close("httpProtocol");
}
