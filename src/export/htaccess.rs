//! Headers and old addresses for Apache: `/.htaccess`, which needs no more than `AllowOverride FileInfo`.
//! Input: the policy and moves. Output: directives, each inside the module that it needs.

use super::moves::{Move, moves};
use super::policy::{self, AREAS, FOR_SERVERS, Place, STRICT_TRANSPORT, escaped};
use super::{Export, Subject};
use crate::language::Language;
use crate::model::{Address, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "htaccess",
    summary: "Security headers and old addresses for Apache.",
    needs_base_url: false,
    plan: |_| vec![(Address::file(".htaccess"), Subject::Site)],
    write,
};

fn write(site: &Site, _: &Language, _: Subject) -> Vec<u8> {
    let base = &site.config.base_path;
    let mut text = format!("ErrorDocument 404 {base}/404.html\nAddDefaultCharset utf-8\n");
    text.push_str(&format!(
        "<IfModule mod_alias.c>\n  RedirectMatch 404 \"^{}/({FOR_SERVERS}/|{})\"\n</IfModule>\n",
        escaped(base),
        policy::files_for_servers()
    ));
    let (strict, year) = STRICT_TRANSPORT;
    text.push_str("<IfModule mod_headers.c>\n  # Where the site is only ever reached by https, add:\n");
    text.push_str(&format!("  # Header always set {strict} \"{year}\"\n"));
    for (name, value) in policy::everywhere(site) {
        text.push_str(&header(name, &value, "  "));
    }
    text.push_str("</IfModule>\n");
    for area in AREAS {
        let pattern = area.place.pattern(base);
        let (open, close) = match area.place {
            Place::Below(_) => (format!("<If \"%{{REQUEST_URI}} =~ m#{pattern}#\">"), "</If>"),
            Place::Ending(_) => (format!("<FilesMatch \"{pattern}\">"), "</FilesMatch>"),
        };
        text.push_str(&format!("{open}\n"));
        if let Some(media_type) = area.media_type {
            text.push_str(&format!("  ForceType \"{media_type}\"\n"));
        }
        text.push_str("  <IfModule mod_headers.c>\n");
        area.headers.iter().for_each(|(name, value)| text.push_str(&header(name, value, "    ")));
        text.push_str(&format!("  </IfModule>\n{close}\n"));
    }
    text.push_str(&rules(&moves(site)));
    text.into_bytes()
}

/// An answer that something is missing is not kept for a year.
fn header(name: &str, value: &str, indent: &str) -> String {
    let always = if name == policy::CACHE_CONTROL { "" } else { "always " };
    format!("{indent}Header {always}set {name} \"{value}\"\n")
}

fn rules(moves: &[Move]) -> String {
    if moves.is_empty() {
        return String::new();
    }
    let mut text = String::from("<IfModule mod_rewrite.c>\n  RewriteEngine On\n");
    for moved in moves {
        if let Some(pattern) = moved.query_pattern() {
            text.push_str(&format!("  RewriteCond \"%{{QUERY_STRING}}\" \"{pattern}\" [NC]\n"));
        }
        // A percent sign and a digit would be taken for what a condition found.
        let to = moved.to.replace('%', "\\%");
        text.push_str(&format!("  RewriteRule \"{}\" \"{to}\" [R=301,L,NC,NE,QSD]\n", moved.path_pattern()));
    }
    text.push_str("</IfModule>\n");
    text
}
