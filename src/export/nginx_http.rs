//! What nginx says of each address, as variables: `/_server/nginx-http.conf`, to be included in the block `http`.
//!
//! Input: the policy and moves. Output: a `map` for each header, one for files that are for servers, and those by which old addresses
//! lead on. A path is looked up, however many there are; questions are tried one by one, at a path that has some.

use std::collections::BTreeSet;

use super::moves::{Move, moves};
use super::policy::{self, AREAS, FOR_SERVERS, escaped};
use super::{Export, Subject};
use crate::language::Language;
use crate::model::{Address, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "nginx_http",
    summary: "Security headers and old addresses for nginx, for its block `http`.",
    needs_base_url: false,
    plan: |_| vec![(Address::file(&format!("{FOR_SERVERS}/nginx-http.conf")), Subject::Site)],
    write,
};

/// The longest word that nginx finds room for without being told, in bytes, with some to spare; it has 64 for a word and its value.
const SHORT: usize = 40;

/// So many words of one `map` nginx takes without being told.
const FEW: usize = 1_000;

fn write(site: &Site, _: &Language, _: Subject) -> Vec<u8> {
    let base = &site.config.base_path;
    let moves = moves(site);
    let mut text =
        String::from("# Include this in the block `http`, and nginx.conf in the `server` block of the site.\n");
    let longest = moves.iter().map(|moved| base.len() + moved.path.len()).max().unwrap_or_default();
    if longest > SHORT {
        let size = (longest + 64).next_power_of_two();
        text.push_str(&format!(
            "# Where this stands in your settings already, keep the larger of the two.\nmap_hash_bucket_size {size};\n"
        ));
    }
    if moves.len() > FEW {
        text.push_str(&format!("map_hash_max_size {};\n", (4 * moves.len()).next_power_of_two()));
    }
    let everywhere = policy::everywhere(site);
    for name in names(site) {
        let same = everywhere.iter().find(|(other, _)| *other == name).map_or("", |(_, value)| value);
        let differing = AREAS.iter().filter_map(|area| {
            let (_, value) = area.headers.iter().find(|(other, _)| *other == name)?;
            Some((format!("~{}", area.place.pattern(base)), *value))
        });
        text.push_str(&map("$uri", &variable(name), same, differing));
    }
    let own = format!("~^{}/({FOR_SERVERS}/|{})", escaped(base), policy::files_for_servers());
    // The page that says that nothing is there is asked for by the same request.
    text.push_str(&map("$uri", "folkmoot_for_servers", "", [(own, "1")]).replacen("{\n", "{\n  volatile;\n", 1));
    text.push_str(&old_addresses(base, &moves));
    text.into_bytes()
}

/// The names of all headers: those that every answer has, then those that only some have.
pub fn names(site: &Site) -> Vec<&'static str> {
    let mut names: Vec<&str> = policy::everywhere(site).iter().map(|(name, _)| *name).collect();
    for (name, _) in AREAS.iter().flat_map(|area| area.headers) {
        if !names.contains(name) {
            names.push(name);
        }
    }
    names
}

/// The variable that has the value of a header; a header whose value is empty is not sent.
pub fn variable(name: &str) -> String {
    format!("folkmoot_{}", name.to_lowercase().replace('-', "_"))
}

fn map<'text>(
    of: &str,
    variable: &str,
    otherwise: &str,
    entries: impl IntoIterator<Item = (String, &'text str)>,
) -> String {
    let mut text = format!("map {of} ${variable} {{\n  default \"{otherwise}\";\n");
    entries.into_iter().for_each(|(key, value)| text.push_str(&format!("  \"{key}\" \"{value}\";\n")));
    text.push_str("}\n");
    text
}

/// `$folkmoot_move`: where an old address leads, and nothing for any other.
fn old_addresses(base: &str, moves: &[Move]) -> String {
    let (paths, questions): (Vec<&Move>, Vec<&Move>) = moves.iter().partition(|moved| moved.query.is_empty());
    if moves.is_empty() {
        return String::new();
    }
    // With its last slash and without; nginx tells no capitals apart here, and refuses what stands twice.
    let mut known: BTreeSet<String> = paths.iter().map(|moved| moved.path.to_lowercase()).collect();
    let mut entries: Vec<(String, &str)> = Vec::new();
    for moved in paths {
        entries.push((format!("{base}{}", moved.path), &moved.to));
        if let Some(bare) = moved.path.strip_suffix('/').filter(|bare| !bare.is_empty())
            && known.insert(bare.to_lowercase())
        {
            entries.push((format!("{base}{bare}"), &moved.to));
        }
    }
    let name = if questions.is_empty() { "folkmoot_move" } else { "folkmoot_move_of_path" };
    let mut text = map("$uri", name, "", entries);
    if !questions.is_empty() {
        let mut seen = BTreeSet::new();
        let asked = questions.iter().filter(|moved| seen.insert(moved.path.to_lowercase()));
        let asked = asked.map(|moved| (format!("{base}{}", moved.path), "$uri?$args"));
        text.push_str(&map("$uri", "folkmoot_question", "", asked.collect::<Vec<_>>()));
        let answers = questions.into_iter().map(|moved| {
            let parts = moved.query_pattern().unwrap_or_default();
            let question = parts.trim_start_matches('^');
            (format!("~*^{}{}\\?{question}", escaped(base), escaped(&moved.path)), &*moved.to)
        });
        text.push_str(&map("$folkmoot_question", "folkmoot_move", "$folkmoot_move_of_path", answers));
    }
    text
}
