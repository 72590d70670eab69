//! What is the same for every document of a site: settings, kinds, the theme's files; and which files are documents.
//!
//! Input: sources. Output: values, and checksums of what they were made from. Not here: what a setting means.

use std::hash::Hash;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use crate::diagnostic::Diagnostics;
use crate::kind::Kinds;
use crate::model::{self, Config, OldRow, PostcodeRow, Recorded};
use crate::source::{self, SourceId, Sources, Span};
use crate::{Options, data, disclosure, kind, language, parse};

/// The files of the site's own theme: their paths from the site's root, and their texts.
pub(crate) fn theme(sources: &Sources, config: &Config) -> Vec<(String, SourceId, String)> {
    let Some(name) = &config.theme else { return Vec::new() };
    let folder = format!("themes/{name}/");
    let files = sources.ids().filter(|(_, file)| file.path.starts_with(&folder));
    files.filter_map(|(source, file)| Some((file.path.to_string(), source, text(sources, source)?))).collect()
}

/// What is the same for every document: the settings and the kinds.
pub(crate) fn settings(sources: &Sources, options: &Options, diagnostics: &mut Diagnostics) -> (Config, kind::Kinds) {
    let mut config = config(sources, diagnostics);
    if let Some(base_url) = &options.base_url {
        config.set_base_url(base_url);
    }
    let mut kinds = kind::built_in();
    let own = sources.ids().filter(|(_, file)| file.path.starts_with("content/kinds/"));
    let texts: Vec<_> = own.filter_map(|(source, file)| Some((source, &file.path, text(sources, source)?))).collect();
    let mut files: Vec<_> =
        texts.iter().map(|(source, path, text)| kind::KindFile { source: *source, path, text }).collect();
    files.retain(|file| words_are_public(file.source, file.text, diagnostics));
    let reserved = [&model::pages::RESERVED[..], &[model::pages::ACCESSIBILITY]].concat();
    kind::extend(&mut kinds, &files, &reserved, diagnostics);
    if config.language == language::PSEUDO {
        kinds.relabel(&language::pseudo);
    }
    (config, kinds)
}

/// Where publications record what they promised.
const ADDRESSES: &str = "content/addresses/";

/// A checksum of all that a site is made from: paths, texts, and what is known of attached files.
#[must_use]
pub fn checksum(sources: &Sources) -> u128 {
    checksum_of(sources, |_| true)
}

/// The same without what a publication records of itself.
#[must_use]
pub fn checksum_of_texts(sources: &Sources) -> u128 {
    checksum_of(sources, |path| !path.starts_with(ADDRESSES))
}

fn checksum_of(sources: &Sources, is_meant: impl Fn(&str) -> bool) -> u128 {
    let ids = sources.ids().filter(|(_, file)| is_meant(&file.path));
    let ids: Vec<SourceId> = ids.map(|(source, _)| source).collect();
    let texts: Vec<u128> = ids
        .into_par_iter()
        .map(|source| {
            let mut hash = Xxh3::new();
            sources.path(source).hash(&mut hash);
            sources.bytes(source).map_err(|error| format!("{error:?}")).hash(&mut hash);
            hash.digest128()
        })
        .collect();
    let mut hash = Xxh3::new();
    (texts, &sources.attachments).hash(&mut hash);
    hash.digest128()
}

/// A fingerprint of all settings that the parsing of a file depends on. Whether a person has looked at a file is asked for each.
pub(crate) fn recipe(sources: &Sources, options: &Options) -> u128 {
    let is_setting = |path: &str| {
        let name = path.strip_prefix("content/").filter(|name| *name != "checked.toml");
        name.is_some_and(|name| name.starts_with("kinds/") || (name.ends_with(".toml") && !name.contains('/')))
    };
    let mut hash = Xxh3::new();
    options.base_url.hash(&mut hash);
    for (source, file) in sources.ids().filter(|(_, file)| is_setting(&file.path)) {
        file.path.hash(&mut hash);
        sources.bytes(source).ok().hash(&mut hash);
    }
    hash.digest128()
}

/// Whether all words of a file of settings are for everybody. What else is wrong with it is said where it is read.
pub(crate) fn words_are_public(source: SourceId, text: &str, diagnostics: &mut Diagnostics) -> bool {
    let node = data::toml_file(text, source, "broken-config", &mut Diagnostics::new());
    node.is_none_or(|node| disclosure::words_are_public(&node, diagnostics))
}

pub(crate) fn config(sources: &Sources, diagnostics: &mut Diagnostics) -> Config {
    match sources.find("content/site.toml").and_then(|source| Some((source, text(sources, source)?))) {
        Some((source, text)) => parse::config::config(&text, source, diagnostics),
        None => Config::default(),
    }
}

/// What a file beside the documents explains; empty if there is no such file.
pub(crate) fn explained<Entry>(
    sources: &Sources,
    name: &str,
    read: impl Fn(SourceId, Result<Vec<u8>, source::SourceError>, &mut Diagnostics) -> Vec<Entry>,
    diagnostics: &mut Diagnostics,
) -> Vec<Entry> {
    let found = sources.find(&format!("content/{name}.toml"));
    found.map(|source| read(source, sources.bytes(source), diagnostics)).unwrap_or_default()
}

/// The addresses that were published, as `publish` has recorded them.
pub(crate) fn recorded(sources: &Sources, diagnostics: &mut Diagnostics) -> Recorded {
    let mut recorded = Recorded::default();
    let is_of_it = |path: &str| path.starts_with(ADDRESSES) && path.ends_with(".txt");
    for (source, _) in sources.ids().filter(|(_, file)| is_of_it(&file.path)) {
        match text(sources, source) {
            Some(text) => {
                recorded.read(&text, source).into_iter().for_each(|line| diagnostics.unclear_address(line));
            }
            None => diagnostics.unclear_address(Span::whole(source)),
        }
    }
    recorded
}

/// Where the addresses of an older website lead, as an author says.
pub(crate) fn old_addresses(sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<OldRow> {
    let file = sources.find("content/old-addresses.csv");
    file.map(|source| parse::old::old(source, sources.bytes(source), diagnostics)).unwrap_or_default()
}

/// Which postcode lies in which area.
pub(crate) fn postcodes(
    sources: &Sources,
    kinds: &Kinds,
    country: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Vec<PostcodeRow> {
    let file = sources.find("content/postcodes.csv");
    let read = |source| parse::postcodes::postcodes(source, sources.bytes(source), (kinds, country), diagnostics);
    file.map(read).unwrap_or_default()
}

/// The people in public office, as the table of them has them: what a folder of files would give.
pub(crate) fn people(sources: &Sources, context: &parse::Context<'_>) -> parse::ParsedFile {
    let file = sources.find("content/people.csv");
    file.map(|source| parse::people::people(source, sources.bytes(source), context)).unwrap_or_default()
}

pub(crate) fn text(sources: &Sources, source: SourceId) -> Option<String> {
    sources.bytes(source).ok().and_then(|bytes| source::decode(bytes).ok())
}

/// The Markdown files of a site.
pub(crate) fn documents(sources: &Sources) -> impl Iterator<Item = SourceId> {
    let is_document = |path: &str| path.starts_with("content/") && path.ends_with(".md");
    sources.ids().filter(move |(_, file)| is_document(&file.path)).map(|(source, _)| source)
}
