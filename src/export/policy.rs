//! What a server says with each answer, as data: which headers, and where they differ.
//!
//! Input: the settings. Output: rules that the file of each server writes in its own words. Not here: strict transport
//! security, which councils set for a whole domain and not for one site of it; each file names the line to add.
//!
//! **Two areas that one address can lie in share no header**, since servers differ in what they do then.

use crate::model::{Site, policy};

/// A header with its value.
pub type Header = (&'static str, String);

/// Where headers differ from those of all other addresses.
pub struct Area {
    /// Which addresses.
    pub place: Place,
    /// What `Content-Type` says, where servers do not know it by themselves.
    pub media_type: Option<&'static str>,
    /// The other headers.
    pub headers: &'static [(&'static str, &'static str)],
}

/// Which addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Those below this folder.
    Below(&'static str),
    /// Those that end so.
    Ending(&'static str),
}

/// Others may read data with programs of their own.
const SHARED: (&str, &str) = ("Cross-Origin-Resource-Policy", "cross-origin");
const ANY_ORIGIN: (&str, &str) = ("Access-Control-Allow-Origin", "*");
const QUARTER_HOUR: (&str, &str) = (CACHE_CONTROL, "public, max-age=900");

/// Every place where headers differ.
pub const AREAS: &[Area] = &[
    // The name of such a file has a hash of its bytes in it.
    Area {
        place: Place::Below("assets"),
        media_type: None,
        headers: &[(CACHE_CONTROL, "public, max-age=31536000, immutable")],
    },
    // So have those of the search index; its manifest is no `.bin`.
    Area {
        place: Place::Ending(".bin"),
        media_type: Some("application/octet-stream"),
        headers: &[(CACHE_CONTROL, "public, max-age=31536000, immutable")],
    },
    Area { place: Place::Ending(".csv"), media_type: Some("text/csv; charset=utf-8"), headers: &[SHARED, ANY_ORIGIN] },
    Area { place: Place::Ending(".json"), media_type: None, headers: &[SHARED, ANY_ORIGIN] },
    Area { place: Place::Ending(".jsonld"), media_type: Some("application/ld+json"), headers: &[SHARED, ANY_ORIGIN] },
    Area {
        place: Place::Ending("feed.xml"),
        media_type: Some("application/atom+xml; charset=utf-8"),
        headers: &[SHARED, ANY_ORIGIN, QUARTER_HOUR],
    },
    Area { place: Place::Ending("feed.json"), media_type: Some("application/feed+json"), headers: &[QUARTER_HOUR] },
    Area {
        place: Place::Ending(".ics"),
        media_type: Some("text/calendar; charset=utf-8"),
        headers: &[SHARED, ANY_ORIGIN, QUARTER_HOUR],
    },
    // A drawing that is opened by itself may not run what somebody hid in it.
    Area {
        place: Place::Ending(".svg"),
        media_type: None,
        headers: &[("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")],
    },
];

/// The folder of open data with the headers by which others may read it, for a server that cannot tell endings apart.
pub const SHARED_FOLDER: (&str, &[(&str, &str)]) = ("data", &[SHARED, ANY_ORIGIN]);

/// Files for servers, which readers have no use for. What stands in them shows in every answer, so that a server that
/// publishes them gives nothing away.
pub const FOR_SERVERS: &str = "_server";

/// Such files at the top of the website, where their servers look for them.
pub const FILES_FOR_SERVERS: [&str; 4] = ["_headers", "_redirects", ".htaccess", "web.config"];

/// How long an answer may be kept.
pub const CACHE_CONTROL: &str = "Cache-Control";

/// An answer may be kept, and is asked for again before it is shown.
pub const ASK_ALWAYS: &str = "no-cache";

/// The header for a host that is only ever reached by https, for the remark in each file.
pub const STRICT_TRANSPORT: (&str, &str) = ("Strict-Transport-Security", "max-age=31536000");

/// The headers of every address that no [`Area`] says otherwise of.
pub fn everywhere(site: &Site) -> Vec<Header> {
    let header = |(name, value): (&'static str, &str)| (name, value.to_owned());
    let fixed = [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        (CACHE_CONTROL, ASK_ALWAYS),
    ];
    // A site inside a council's own network may have no https to upgrade to.
    let has_https = !site.config.base_url.as_deref().is_some_and(|base| base.starts_with("http://"));
    let mut headers = vec![("Content-Security-Policy", policy::in_headers(has_https))];
    headers.extend(fixed.map(header));
    headers
}

/// The files for servers at the top, as a part of a regular expression.
pub fn files_for_servers() -> String {
    FILES_FOR_SERVERS.map(|name| format!("{}$", escaped(name))).join("|")
}

impl Place {
    /// Whether the file at this path below the website's root lies there.
    pub fn holds(self, path: &str) -> bool {
        match self {
            Self::Below(folder) => path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')),
            Self::Ending(end) => path.ends_with(end),
        }
    }

    /// As a regular expression on the path of an address.
    pub fn pattern(self, base_path: &str) -> String {
        match self {
            Self::Below(folder) => format!("^{}/{folder}/", escaped(base_path)),
            Self::Ending(end) => format!("{}$", escaped(end)),
        }
    }

    /// With a star where anything may stand.
    pub fn glob(self, base_path: &str) -> String {
        match self {
            Self::Below(folder) => format!("{base_path}/{folder}/*"),
            Self::Ending(end) => format!("{base_path}/*{end}"),
        }
    }
}

/// A text that means itself in a regular expression of any of the servers.
pub fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if letter.is_ascii_punctuation() && !matches!(letter, '/' | '-' | '_' | '%' | '=' | '&' | '~') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_that_meet_share_no_header() {
        for (index, one) in AREAS.iter().enumerate() {
            for other in &AREAS[index + 1..] {
                let meet = match (one.place, other.place) {
                    (Place::Ending(a), Place::Ending(b)) => a.ends_with(b) || b.ends_with(a),
                    (Place::Below(a), Place::Below(b)) => a.starts_with(b) || b.starts_with(a),
                    // No data, feed or calendar lies among the assets; a drawing may.
                    (Place::Below(_), Place::Ending(end)) | (Place::Ending(end), Place::Below(_)) => end == ".svg",
                };
                let names = |area: &Area| area.headers.iter().map(|(name, _)| *name).collect::<Vec<_>>();
                let shared = names(one).into_iter().any(|name| names(other).contains(&name));
                let types = one.media_type.is_some() && other.media_type.is_some();
                assert!(!meet || !(shared || types), "{:?} and {:?}", one.place, other.place);
            }
        }
    }
}
