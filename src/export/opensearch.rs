//! OpenSearch: lets a browser offer the site's own search. Input: the settings. Output: `/opensearch.xml`.

use super::plain::{cut, line};
use super::xml::Xml;
use super::{Export, Subject, whole};
use crate::language::Language;
use crate::model::pages::SEARCH;
use crate::model::{Address, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "opensearch",
    summary: "Tells browsers how to search the site.",
    needs_base_url: true,
    plan: |_| vec![(Address::file("opensearch.xml"), Subject::Site)],
    write,
};

/// The standard allows a short name sixteen characters.
const SHORT_NAME: usize = 15;

fn write(site: &Site, language: &Language, _: Subject) -> Vec<u8> {
    let title = line(&site.config.title);
    let template = format!("{}?q={{searchTerms}}", whole(site, &Address::page([SEARCH])));
    let mut xml = Xml::new();
    xml.open("OpenSearchDescription", &[("xmlns", "http://a9.com/-/spec/opensearch/1.1/")]);
    xml.leaf("ShortName", &[], &cut(&title, SHORT_NAME));
    xml.leaf("Description", &[], &cut(&language.say("export.search", &[("site", &title)]), 1000));
    xml.leaf("InputEncoding", &[], "UTF-8");
    xml.leaf("Language", &[], &site.config.language);
    xml.empty("Url", &[("type", "text/html"), ("method", "get"), ("template", &template)]);
    xml.close("OpenSearchDescription");
    xml.finish()
}
