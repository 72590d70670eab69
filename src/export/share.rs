//! What a messenger or a social network shows of a link (Open Graph). Input: a page. Output: names and plain values for
//! `<meta property="…" content="…">`; the template escapes them. Not here: pictures, which most readers would pay for.

use super::{feeds, is_public, plain, whole};
use crate::kind::Role;
use crate::language::Language;
use crate::model::{Address, Date, DocumentId, Site, Value};
use crate::query;

/// The pairs for the page of a document.
///
/// A sensitive page has a card that says nothing of it, not even its address.
pub fn share(site: &Site, language: &Language, id: DocumentId) -> Vec<(&'static str, String)> {
    let document = site.document(id);
    if document.sensitive {
        return neutral(site, language);
    }
    let description = plain::summary(site, document);
    let mut pairs = share_page(site, &document.title, description.as_deref(), &document.address);
    if is_public(document) {
        pairs.extend(article(site, id));
    }
    pairs
}

/// The pairs for a page of which nobody else is to know.
pub fn neutral(site: &Site, language: &Language) -> Vec<(&'static str, String)> {
    let title = query::neutral_title(&site.config, language);
    let pairs = share_page(site, &title, None, &Address::page([]));
    pairs.into_iter().filter(|(property, _)| *property != "og:url").collect()
}

/// The pairs for any page.
pub fn share_page(
    site: &Site,
    title: &str,
    description: Option<&str>,
    address: &Address,
) -> Vec<(&'static str, String)> {
    let mut pairs = vec![
        ("og:type", if address.as_str() == "/" { "website" } else { "article" }.to_owned()),
        ("og:title", plain::line(title)),
        ("og:site_name", plain::line(&site.config.title)),
    ];
    let description = description.or(site.config.description.as_deref());
    pairs.extend(description.map(|text| ("og:description", plain::cut(&plain::line(text), 300))));
    if site.config.base_url.is_some() {
        pairs.push(("og:url", whole(site, address)));
    }
    // The protocol wants a language with its country, and nothing else.
    if let Some((language, country)) = site.config.language.split_once('-').filter(|(_, country)| country.len() == 2) {
        pairs.push(("og:locale", format!("{}_{}", language.to_lowercase(), country.to_uppercase())));
    }
    pairs.push(("twitter:card", "summary".to_owned()));
    pairs
}

fn article(site: &Site, id: DocumentId) -> Vec<(&'static str, String)> {
    let document = site.document(id);
    let mut pairs = Vec::new();
    let published = plain::role_value(site, document, Role::Date).and_then(Value::date);
    if let Some(Date::Day(day)) = published {
        pairs.push(("article:published_time", feeds::moment(site, day)));
    }
    if let Some(Date::Day(day)) = document.changed.filter(|changed| Some(*changed) != published) {
        pairs.push(("article:modified_time", feeds::moment(site, day)));
    }
    pairs.extend(feeds::tags(site, document).into_iter().map(|tag| ("article:tag", tag)));
    pairs
}
