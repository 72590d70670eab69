//! Old addresses for Internet Information Services: `/_server/rewrite.config`, rules for those who have the URL Rewrite
//! module: they go into `web.config` below `system.webServer`. Input: moves. Output: one rule per move.

use super::format::one_file;
use super::moves::moves;
use super::policy::FOR_SERVERS;
use super::xml::Xml;
use super::{Export, Subject};
use crate::language::Language;
use crate::model::Site;

/// This format.
pub const EXPORT: Export = Export {
    name: "rewrite_rules",
    summary: "Old addresses lead on, for Internet Information Services with URL Rewrite.",
    needs_base_url: false,
    plan: |site| one_file(&format!("{FOR_SERVERS}/rewrite.config"), !moves(site).is_empty()),
    write,
};

fn write(site: &Site, _: &Language, _: Subject) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("rewrite", &[]);
    xml.open("rules", &[]);
    for (number, moved) in (1..).zip(moves(site)) {
        let name = format!("Old address {number}");
        xml.open("rule", &[("name", &name), ("stopProcessing", "true")]);
        xml.empty("match", &[("url", &moved.path_pattern()), ("ignoreCase", "true")]);
        if let Some(pattern) = moved.query_pattern() {
            xml.open("conditions", &[]);
            xml.empty("add", &[("input", "{QUERY_STRING}"), ("pattern", &pattern), ("ignoreCase", "true")]);
            xml.close("conditions");
        }
        let action =
            [("type", "Redirect"), ("url", &moved.to), ("appendQueryString", "false"), ("redirectType", "Permanent")];
        xml.empty("action", &action);
        xml.close("rule");
    }
    xml.close("rules");
    xml.close("rewrite");
    xml.finish()
}
