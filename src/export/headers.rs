//! Headers for Netlify, Cloudflare Pages and those that took over their file: `/_headers`.
//!
//! Input: the policy. Output: one rule per place. Of two rules that fit, Netlify takes the later and Cloudflare joins
//! both unless a line `! Name` takes the earlier away; Netlify passes over that line, so both come to the same.

use super::policy::{self, AREAS, STRICT_TRANSPORT};
use super::{Export, Subject};
use crate::language::Language;
use crate::model::{Address, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "headers",
    summary: "Security headers for Netlify and Cloudflare Pages.",
    needs_base_url: false,
    plan: |_| vec![(Address::file("_headers"), Subject::Site)],
    write,
};

fn write(site: &Site, _: &Language, _: Subject) -> Vec<u8> {
    let base = &site.config.base_path;
    let everywhere = policy::everywhere(site);
    let (strict, year) = STRICT_TRANSPORT;
    let mut text = format!("# Where the site is only ever reached by https, add below: {strict}: {year}\n{base}/*\n");
    for (name, value) in &everywhere {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    for area in AREAS {
        text.push_str(&format!("{}\n", area.place.glob(base)));
        let media_type = area.media_type.map(|media_type| ("Content-Type", media_type));
        for (name, value) in media_type.iter().chain(area.headers) {
            if everywhere.iter().any(|(other, _)| other == name) {
                text.push_str(&format!("  ! {name}\n"));
            }
            text.push_str(&format!("  {name}: {value}\n"));
        }
    }
    text.into_bytes()
}
