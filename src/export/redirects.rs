//! Old addresses for Netlify, Cloudflare Pages and those that took over their file: `/_redirects`.
//!
//! Input: moves. Output: one line for each. Cloudflare passes over lines with a question, which it cannot follow. A
//! path alone is not forced: where a page leads on from it already, that page may.

use super::format::one_file;
use super::moves::{Move, moves};
use super::{Export, Subject};
use crate::language::Language;
use crate::model::Site;

/// This format.
pub const EXPORT: Export = Export {
    name: "redirects",
    summary: "Old addresses lead on, for Netlify and Cloudflare Pages.",
    needs_base_url: false,
    plan: |site| one_file("_redirects", !moves(site).is_empty()),
    write,
};

fn write(site: &Site, _: &Language, _: Subject) -> Vec<u8> {
    moves(site).iter().filter_map(|moved| line(site, moved)).collect::<String>().into_bytes()
}

fn line(site: &Site, moved: &Move) -> Option<String> {
    let from = format!("{}{}", site.config.base_path, moved.href());
    let to = &moved.to;
    if moved.query.is_empty() {
        return Some(format!("{from} {to} 301\n"));
    }
    // A part without a value cannot be asked for here, and one that begins with a colon would mean something else.
    let fits =
        |part: &str| part.split_once('=').is_some_and(|(name, value)| !name.is_empty() && !value.starts_with(':'));
    moved.query.iter().all(|part| fits(part)).then(|| format!("{from} {} {to} 301!\n", moved.query.join(" ")))
}
