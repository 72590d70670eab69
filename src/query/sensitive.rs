//! Which lists are sensitive, and what a sensitive page is called where others could see it.
//!
//! Input: a list, the settings. Output: yes or no; a name. Not here: which documents are (`assemble/sensitive.rs`).

use super::Store;
use crate::kind::Kinds;
use crate::language::Language;
use crate::model::{Config, ListingFilter, slug};

/// Whether the name of a list alone says what a sensitive page is about.
#[must_use]
pub fn is_sensitive_list(site: &impl Store, config: &Config, filter: &ListingFilter) -> bool {
    let kinds: &Kinds = site.kinds();
    match filter {
        ListingFilter::Kind(kind)
        | ListingFilter::Year(kind, _)
        | ListingFilter::Letter(kind, _)
        | ListingFilter::Choice(kind, ..)
        | ListingFilter::Body(kind, Err(_)) => kinds.get(*kind).sensitive,
        ListingFilter::Body(kind, Ok(body)) => kinds.get(*kind).sensitive || site.document(*body).sensitive,
        ListingFilter::Area(kind, area) => kinds.get(*kind).sensitive || site.document(*area).sensitive,
        ListingFilter::About(document) => site.document(*document).sensitive,
        ListingFilter::Topic(topic, _) => config.sensitive.topics.iter().any(|one| slug(one) == **topic),
    }
}

/// What a sensitive page is called in the history of a browser, in cards elsewhere and in feeds.
#[must_use]
pub fn neutral_title(config: &Config, language: &Language) -> String {
    config.sensitive.title.clone().unwrap_or_else(|| language.say("sensitive.title", &[]))
}
