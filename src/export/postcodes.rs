//! In which areas postcodes lie: `/postcodes/zm1.json` for all postcodes that begin with ZM1, so that whoever looks one up is told
//! nothing of the others, and nobody is told the whole postcode of whoever looks.
//!
//! Input: the postcodes of the areas of the site. Output: small files, which the script of the page reads (`js/areas/page.js`). Not
//! here: how a postcode is parted (`language/postcode.rs`). A preview has these files too: its pages ask for them.

use serde_json::json;

use super::{Export, Subject};
use crate::language::Language;
use crate::model::pages::POSTCODES;
use crate::model::{Address, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "postcodes",
    summary: "In which areas postcodes lie, a file for each first half of a postcode (JSON).",
    needs_base_url: false,
    plan,
    write,
};

fn plan(site: &Site) -> Vec<(Address, Subject)> {
    let names = site.areas.postcodes.keys().map(|first| format!("{POSTCODES}{}.json", first.to_lowercase()));
    names.zip(1..).map(|(name, number)| (Address::file(&name), Subject::Part(number))).collect()
}

fn write(site: &Site, _: &Language, subject: Subject) -> Vec<u8> {
    let Subject::Part(number) = subject else { return Vec::new() };
    let shard = site.areas.postcodes.values().nth(number.saturating_sub(1) as usize);
    let areas = shard.into_iter().flatten().map(|(area, rests)| {
        let area = site.document(*area);
        json!({ "name": area.title, "href": site.href(&area.address), "rest": rests.join(" ") })
    });
    let mut bytes = json!(areas.collect::<Vec<_>>()).to_string().into_bytes();
    bytes.push(b'\n');
    bytes
}
