//! Headers and old addresses for Caddy: `/_server/Caddyfile`, a snippet to `import` into the block of the site.
//!
//! Input: the policy and moves. Output: directives. It lies in the public folder for the reason that `nginx.rs` gives,
//! and likewise keeps itself from being served.

use super::moves::{Move, moves};
use super::policy::{self, AREAS, FOR_SERVERS, Header, Place, STRICT_TRANSPORT, escaped};
use super::{Export, Subject};
use crate::language::Language;
use crate::model::{Address, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "caddy",
    summary: "Security headers and old addresses for Caddy.",
    needs_base_url: false,
    plan: |_| vec![(Address::file(&format!("{FOR_SERVERS}/Caddyfile")), Subject::Site)],
    write,
};

fn write(site: &Site, _: &Language, _: Subject) -> Vec<u8> {
    let base = &site.config.base_path;
    let mut text = String::from("# Import this into the block of the site.\n");
    let (strict, year) = STRICT_TRANSPORT;
    text.push_str(&format!("# Where the site is only ever reached by https, add: header {strict} \"{year}\"\n"));
    let (differing, same): (Vec<Header>, Vec<Header>) = policy::everywhere(site).into_iter().partition(differs);
    same.iter().for_each(|(name, value)| text.push_str(&format!("header {name} \"{value}\"\n")));
    // The question mark: only where no rule below has said it. Several in one block would be all or none.
    differing.iter().for_each(|(name, value)| text.push_str(&format!("header ?{name} \"{value}\"\n")));
    text.push_str(&areas(base));
    let own = policy::FILES_FOR_SERVERS.map(|name| format!("{base}/{name}")).join(" ");
    text.push_str(&format!("@folkmoot_own path {base}/{FOR_SERVERS}/* {own}\nrespond @folkmoot_own 404\n"));
    text.push_str("handle_errors {\n\t@folkmoot_missing expression `{http.error.status_code} == 404`\n");
    differing.iter().for_each(|(name, value)| text.push_str(&format!("\theader {name} \"{value}\"\n")));
    text.push_str(&format!("\trewrite @folkmoot_missing {base}/404.html\n\tfile_server\n}}\n"));
    for (number, moved) in moves(site).iter().enumerate() {
        text.push_str(&redirect(base, number, moved));
    }
    text.into_bytes()
}

/// Whether some area says another value.
fn differs((name, _): &Header) -> bool {
    AREAS.iter().flat_map(|area| area.headers).any(|(other, _)| other == name)
}

fn areas(base: &str) -> String {
    let mut text = String::new();
    for (number, area) in AREAS.iter().enumerate() {
        let glob = match area.place {
            Place::Below(_) => area.place.glob(base),
            Place::Ending(end) => format!("*{end}"),
        };
        text.push_str(&format!("@folkmoot_area_{number} path {glob}\nheader @folkmoot_area_{number} {{\n"));
        let media_type = area.media_type.map(|media_type| ("Content-Type", media_type));
        for (name, value) in media_type.iter().chain(area.headers) {
            text.push_str(&format!("\t{name} \"{value}\"\n"));
        }
        text.push_str("}\n");
    }
    text
}

/// Questions are looked at as a text: of several `query` in one matcher some versions ask for all, and some for any.
fn redirect(base: &str, number: usize, moved: &Move) -> String {
    let path = format!("{base}{}", moved.path);
    let bare =
        path.strip_suffix('/').filter(|bare| *bare != base).map(|bare| format!(" \"{bare}\"")).unwrap_or_default();
    let mut text = format!("@folkmoot_move_{number} {{\n\tpath \"{path}\"{bare}\n");
    let parts = moved.query.iter().map(|part| format!("{{query}}.matches(r\"(?i)(^|&){}(&|$)\")", escaped(part)));
    let parts: Vec<String> = parts.collect();
    if !parts.is_empty() {
        text.push_str(&format!("\texpression `{}`\n", parts.join(" && ")));
    }
    text.push_str(&format!("}}\nredir @folkmoot_move_{number} {} permanent\n", moved.to));
    text
}
