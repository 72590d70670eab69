//! Media types for nginx: `/_server/nginx-types.conf`, to be included in a `server` block that has a `root`.
//!
//! Input: the policy. Output: a `location` for each type that nginx does not know by itself. It is a file of its own because beside a
//! `proxy_pass` it must not be: there the store says what each file is.

use super::policy::{AREAS, FOR_SERVERS};
use super::{Export, Subject};
use crate::language::Language;
use crate::model::{Address, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "nginx_types",
    summary: "Media types for nginx, where it serves a folder.",
    needs_base_url: false,
    plan: |_| vec![(Address::file(&format!("{FOR_SERVERS}/nginx-types.conf")), Subject::Site)],
    write,
};

fn write(site: &Site, _: &Language, _: Subject) -> Vec<u8> {
    let mut text = String::from(
        "# Include this in the `server` block of the site where that has a `root`, and never beside a `proxy_pass`.\n",
    );
    for area in AREAS {
        if let Some(media_type) = area.media_type {
            let pattern = area.place.pattern(&site.config.base_path);
            text.push_str(&format!(
                "location ~ \"{pattern}\" {{\n  types {{ }}\n  default_type \"{media_type}\";\n}}\n"
            ));
        }
    }
    text.into_bytes()
}
