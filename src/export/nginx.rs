//! Headers and old addresses for nginx: `/_server/nginx.conf`, to be included in the `server` block of the site.
//!
//! Input: the policy and moves. Output: directives. The file lies in the public folder because a build writes nothing
//! else; it holds only what every answer shows, and its own rules keep it from being served. Headers are set once, with
//! variables: an `add_header` inside a `location` would make nginx forget all others.

use super::moves::{Move, moves};
use super::policy::{self, AREAS, FOR_SERVERS, STRICT_TRANSPORT, escaped};
use super::{Export, Subject};
use crate::language::Language;
use crate::model::{Address, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "nginx",
    summary: "Security headers and old addresses for nginx.",
    needs_base_url: false,
    plan: |_| vec![(Address::file(&format!("{FOR_SERVERS}/nginx.conf")), Subject::Site)],
    write,
};

fn write(site: &Site, _: &Language, _: Subject) -> Vec<u8> {
    let base = &site.config.base_path;
    let mut text = String::from("# Include this in the server block of the site.\n");
    let (strict, year) = STRICT_TRANSPORT;
    text.push_str("# Where the site is only ever reached by https, add:\n");
    text.push_str(&format!("# add_header {strict} \"{year}\" always;\n"));
    text.push_str(&headers(site));
    for area in AREAS {
        if let Some(media_type) = area.media_type {
            let pattern = area.place.pattern(base);
            text.push_str(&format!(
                "location ~ \"{pattern}\" {{\n  types {{ }}\n  default_type \"{media_type}\";\n}}\n"
            ));
        }
    }
    text.push_str(&format!("error_page 404 {base}/404.html;\n"));
    let own = format!("^{}/({FOR_SERVERS}/|_headers$|_redirects$|\\.htaccess$|web\\.config$)", escaped(base));
    text.push_str(&format!("location ~ \"{own}\" {{\n  return 404;\n}}\n"));
    let moves = moves(site);
    for of_path in moves.chunk_by(|a, b| a.path == b.path) {
        text.push_str(&location(base, of_path));
    }
    text.into_bytes()
}

/// Each header by a variable; a header that only some places have is empty elsewhere, and then not sent.
fn headers(site: &Site) -> String {
    let everywhere = policy::everywhere(site);
    let mut names: Vec<(&str, &str)> = everywhere.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for (name, _) in AREAS.iter().flat_map(|area| area.headers) {
        if !names.iter().any(|(other, _)| other == name) {
            names.push((name, ""));
        }
    }
    let mut text = String::new();
    for (name, value) in &names {
        text.push_str(&format!("set ${} \"{value}\";\n", variable(name)));
    }
    for area in AREAS {
        text.push_str(&format!("if ($uri ~ \"{}\") {{\n", area.place.pattern(&site.config.base_path)));
        for (name, value) in area.headers {
            text.push_str(&format!("  set ${} \"{value}\";\n", variable(name)));
        }
        text.push_str("}\n");
    }
    for (name, _) in &names {
        let always = if *name == "Cache-Control" { "" } else { " always" };
        text.push_str(&format!("add_header {name} ${}{always};\n", variable(name)));
    }
    text
}

fn variable(name: &str) -> String {
    format!("folkmoot_{}", name.to_lowercase().replace('-', "_"))
}

/// The moves from one path: those with a question first, then the one without.
fn location(base: &str, moves: &[Move]) -> String {
    let path = moves.first().map_or("", |moved| moved.path.as_str());
    let mut text = format!("location = \"{base}{path}\" {{\n");
    for moved in moves {
        match moved.query_pattern() {
            Some(pattern) => {
                text.push_str(&format!("  if ($args ~* \"{pattern}\") {{\n    return 301 {};\n  }}\n", moved.to));
            }
            None => text.push_str(&format!("  return 301 {};\n", moved.to)),
        }
    }
    text.push_str("}\n");
    text
}
