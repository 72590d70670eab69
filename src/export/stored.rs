//! What a store of files (S3) is given of a website, and what it is told of each file.
//!
//! Input: the site and the paths of its finished files. Output: [`Stored`], by the same policy as the rules of servers. Not here: headers
//! that no store keeps with a file, and old addresses with a question, which only a server can lead on.

use std::collections::{BTreeMap, BTreeSet};

use super::moves::moves;
use super::policy::{self, AREAS, FOR_SERVERS};
use crate::html::escaped;
use crate::model::{Address, Site, Stored, media_type};

/// What a store is given of the files at `paths`, by their paths, sorted: all but those for servers, and with a page at each old
/// address at which none lies.
pub fn stored<'paths>(site: &Site, paths: impl Iterator<Item = &'paths str>) -> Vec<Stored> {
    let mut leads: BTreeMap<String, String> = BTreeMap::new();
    for moved in moves(site).into_iter().filter(|moved| moved.query.is_empty()) {
        leads.insert(Address::file(&moved.path).output_path(), moved.to);
    }
    let paths: BTreeSet<&str> = paths.filter(|path| !is_for_servers(path)).collect();
    let mut stored: Vec<Stored> = paths.iter().map(|path| told(path, leads.remove(*path), None)).collect();
    // What is a file and a folder at once, a store can have; a copy of the website on a disk cannot.
    let is_folder = |path: &str| {
        paths.range(&*format!("{path}/")..).next().is_some_and(|next| next.starts_with(&format!("{path}/")))
    };
    let lies_in_file = |path: &str| path.match_indices('/').any(|(at, _)| paths.contains(&path[..at]));
    for (path, to) in leads.into_iter().filter(|(path, _)| !is_folder(path) && !lies_in_file(path)) {
        let page = leading_on(&site.config.language, &to);
        stored.push(Stored { media_type: "text/html; charset=utf-8", ..told(&path, Some(to), Some(page)) });
    }
    stored.sort_by(|a, b| a.path.cmp(&b.path));
    stored
}

fn is_for_servers(path: &str) -> bool {
    policy::FILES_FOR_SERVERS.contains(&path)
        || path.strip_prefix(FOR_SERVERS).is_some_and(|rest| rest.starts_with('/'))
}

fn told(path: &str, leads_to: Option<String>, own: Option<Vec<u8>>) -> Stored {
    let areas = || AREAS.iter().filter(|area| area.place.holds(path));
    let cache = areas().flat_map(|area| area.headers).find(|(name, _)| *name == policy::CACHE_CONTROL);
    Stored {
        path: path.to_owned(),
        media_type: areas().find_map(|area| area.media_type).unwrap_or_else(|| media_type(path)),
        cache_control: cache.map_or(policy::ASK_ALWAYS, |(_, value)| value),
        leads_to,
        own,
    }
}

/// A page in no language, for readers whom the store does not lead on.
fn leading_on(language: &str, to: &str) -> Vec<u8> {
    let (language, to) = (escaped(language), escaped(to));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head><meta charset=\"utf-8\"><title>{to}</title></head>\n\
         <body><main><a href=\"{to}\">{to}</a></main></body>\n</html>\n"
    )
    .into_bytes()
}
