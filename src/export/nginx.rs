//! Headers and old addresses for nginx: `/_server/nginx.conf`, to be included in the `server` block of the site.
//!
//! Input: the policy and moves. Output: directives, all of which take their values from the variables of `nginx_http.rs`. **There is no
//! `location` in it**: one would stand before whatever serves the site, and beside a `proxy_pass` its addresses would lead to a folder
//! that is not there. The file lies in the public folder because a build writes nothing else; it holds only what every answer shows,
//! and its own rules keep it from being served.

use super::moves::moves;
use super::nginx_http::{names, variable};
use super::policy::{CACHE_CONTROL, FOR_SERVERS, STRICT_TRANSPORT};
use super::{Export, Subject};
use crate::language::Language;
use crate::model::{Address, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "nginx",
    summary: "Security headers and old addresses for nginx, for its block `server`.",
    needs_base_url: false,
    plan: |_| vec![(Address::file(&format!("{FOR_SERVERS}/nginx.conf")), Subject::Site)],
    write,
};

fn write(site: &Site, _: &Language, _: Subject) -> Vec<u8> {
    let mut text = String::from(
        "# Include this in the `server` block of the site, and nginx-http.conf in `http`. It serves a folder and a store behind nginx\n\
         # alike. An add_header or a proxy_hide_header inside a `location` of your own makes nginx forget those that stand here.\n",
    );
    let (strict, year) = STRICT_TRANSPORT;
    text.push_str("# Where the site is only ever reached by https, add:\n");
    text.push_str(&format!("# add_header {strict} \"{year}\" always;\n"));
    for name in names(site) {
        // An answer that something is missing is not kept for a year.
        let always = if name == CACHE_CONTROL { "" } else { " always" };
        text.push_str(&format!("add_header {name} ${}{always};\nproxy_hide_header {name};\n", variable(name)));
    }
    text.push_str("# Behind something that speaks https to readers, nginx does not know the whole address.\nabsolute_redirect off;\n");
    text.push_str(&format!("error_page 404 {}/404.html;\n", site.config.base_path));
    text.push_str("if ($folkmoot_for_servers) {\n  return 404;\n}\n");
    if !moves(site).is_empty() {
        text.push_str("if ($folkmoot_move) {\n  return 301 $folkmoot_move;\n}\n");
    }
    text.into_bytes()
}
