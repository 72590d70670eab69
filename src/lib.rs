//! Folkmoot publishes the work of a public partnership: Markdown files for each priority, strategy, set of minutes
//! and resolution become a public website. It is a compiler: text in, plain data between stages, files out.
//!
//! # Steps
//! `read` → [`assemble`]: settings and kinds, then [`parse`] each file (in parallel), then decide what the audience may
//! see ([`disclosure`]) and bind it into one [`model::Site`] → [`pages`]: ask what pages say of files for machines
//! ([`export::describe`]), then [`render`] each route or export its file (in parallel), [`check`] it, hand it to `write`.
//!
//! This file is the only place where the order of the stages is written, and the only one with parallel loops.
//! It does no input or output: [`source::Sources`] gives it bytes, and the caller takes them.

// Nouns: what flows. Any room may import them.
pub mod source;
pub mod data;
pub mod diagnostic;
pub mod archive;
pub mod wordml;
pub mod language;
pub mod kind;
pub mod model;
pub mod html;
pub mod compare;
pub mod manuscript;
pub mod chart;
pub mod query;
pub mod view;
pub mod thesaurus;
pub mod search;
pub mod lexicon;

// Verbs: the stages, in their order. Siblings; this file alone imports them. The steps of `parse`, each of which may
// import those above it:
pub mod markdown;
mod privacy;
mod hanging;
pub mod disclosure;
pub mod attendance;
pub mod outline;
pub mod recognise;
pub mod terms;
pub mod compose;
pub mod parse;

// The other stages.
pub mod inspect;
pub mod assemble;
pub mod check;
pub mod render;
pub mod index;
pub mod export;
pub mod leaks;
mod begin;
pub mod import;

// The rest of this file, where it is longer than a screen.
mod stages;

// Doors and shell: the world. `.clippy.toml` forbids it to all other rooms.
#[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "what the doors need of the operating system")]
mod platform;
#[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a door: the only room that reads the disk")]
pub mod read;
#[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a door: the only room that writes the disk")]
pub mod write;
#[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a door: what outlives a run, on the disk")]
pub mod cache;
#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a door: releases, on the disk of a target or in a store"
)]
pub mod publish;
#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the shell: sockets, threads, a watched folder"
)]
pub mod serve;
mod messages;
#[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the shell: arguments, clock, terminal")]
pub mod cli;

pub use begin::{
    Answers, Known, Lacks, NewFile, Place, Said, Section, Sort, bodies_named, document as begin_document,
    find as find_in_manual, holds, is_part_of_text, kind_named, made_up_address, mail_address, new_site, plain,
    reference, schedulers, sort_named, sorts, usage,
};
pub use check::{Lint, lint};
pub use import::Changes;
pub use inspect::Seen;
pub use manuscript::said::{Remark, Weight};
pub use parse::checked::with_checked;
pub use search::{Answer, Fetch, IndexError, Passage, Question, Quoted, QuotedPlace, Side, Verdict};
pub use stages::import::{Import, Imported, NoPlace, import, printed_again};
pub use stages::pages::{Folder, Pages, made_pages, pages, pages_again};
pub use stages::settings::{checksum, checksum_of_texts};

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use diagnostic::Diagnostics;
use language::{Language, Phrases};
use lexicon::Lexicon;
use model::{
    AsAt, Audience, Cache, Checked, Config, Gone, Ledger, Looked, NoCache, Output, Parsed, PrivateList, PublishTarget,
    Readable, Recorded, Route, RouteKind, SameSite, Site, Stored, Withheld, Zone,
};
use parse::Neighbours;
use source::{Attachment, SourceId, Sources};
use stages::pages::{Anew, routes};
use stages::settings::{config, documents, explained, old_addresses, people, postcodes, recipe, recorded, settings};
use terms::{Glossary, Statutes};

/// What a build is told beside its sources.
#[derive(Debug, Clone)]
pub struct Options {
    /// The instant the site is built for.
    pub as_at: jiff::Timestamp,
    /// In place of the settings' own: `https://host/path`.
    pub base_url: Option<String>,
    /// For whom.
    pub audience: Audience,
}

/// A site, and what was found on the way to it.
pub struct Assembled {
    /// What its audience may see.
    pub site: Arc<Site>,
    /// What it may not: for the leak gate, and for a summary that names files to their authors.
    pub withheld: Vec<Withheld>,
    /// Between which instants the same site would come.
    pub same_site: SameSite,
    /// The first instant ahead at which something of it becomes public or ends, if there is one.
    pub next: Option<jiff::Timestamp>,
    /// What authors should mend, with the levels that the settings give.
    pub diagnostics: Diagnostics,
    /// What attached files say of something withheld: for the leak gate.
    attached: leaks::Attached,
}

impl Assembled {
    /// The files of which the site shows something, for the next build to compare itself with.
    #[must_use]
    pub fn made_from(&self) -> Ledger {
        Ledger::new(
            self.site
                .documents
                .iter()
                .filter(|document| document.has_file())
                .map(|document| (&*document.path, document.address.as_str())),
        )
    }

    /// What `last` was made from and cannot be found or understood any more. What somebody holds back is not among it: to
    /// take a page back must never need a second word.
    #[must_use]
    pub fn gone<'last>(&self, last: &'last Ledger, sources: &Sources) -> Gone<'last> {
        let lost = self.withheld.iter().filter(|held| held.why.is_lost());
        let lost: BTreeSet<&str> = lost.map(|held| &*held.path).collect();
        let paths = documents(sources).filter_map(|source| sources.path(source).strip_prefix("content/"));
        last.gone(paths.filter(|path| !lost.contains(path)))
    }
}

/// Sources → the site for an audience.
#[must_use]
pub fn assemble(sources: &Sources, options: &Options) -> Assembled {
    assemble_again(sources, options, &Memory::default())
}

/// What a publication promises: the addresses that were recorded before, and those of the site.
pub struct Publication {
    /// What was published before.
    pub before: Recorded,
    /// What will be: what was before and leads on, with what has come, and without what is held back now.
    pub now: Recorded,
    site: Arc<Site>,
}

impl Publication {
    /// The texts of the files that record it, by their paths below the site's root, once `release` is online at `target`: its number,
    /// and the first digits of the checksum of its `release.txt`.
    #[must_use]
    pub fn files(&self, target: &str, release: model::RecordedRelease) -> BTreeMap<String, String> {
        let mut now = self.now.clone();
        now.releases.insert(target.into(), release);
        let files = assemble::recorded_files(&self.site, &now).into_iter();
        files.map(|(path, text)| (format!("content/addresses/{path}"), text)).collect()
    }
}

/// What a site for the public promises if it is published.
#[must_use]
pub fn publication(sources: &Sources, assembled: &Assembled) -> Publication {
    let before = recorded(sources, &mut Diagnostics::new());
    let site = &*assembled.site;
    let now = assemble::recorded(site, &before, &export::addresses(site));
    Publication { before, now, site: assembled.site.clone() }
}

/// What a store of files is given of the finished files of a site, and what it is told of each.
#[must_use]
pub fn stored(assembled: &Assembled, files: &[(String, publish::Sum)]) -> Vec<Stored> {
    export::stored(&assembled.site, files.iter().map(|(path, _)| path.as_str()))
}

/// Where the settings say that the website is published, and what is wrong in the settings.
#[must_use]
pub fn targets(sources: &Sources) -> (Vec<PublishTarget>, Diagnostics) {
    let mut wrong = Diagnostics::new();
    let targets = config(sources, &mut wrong).targets;
    (targets, wrong)
}

/// What is known from builds before this one. It costs or saves time, and changes nothing else.
pub struct Memory {
    /// Attached files that were looked into in this run.
    pub seen: Seen,
    /// What outlives a run.
    pub cache: Arc<dyn Cache>,
}

impl Default for Memory {
    fn default() -> Self {
        Self { seen: Seen::default(), cache: Arc::new(NoCache) }
    }
}

/// The same when a site is made again and again: files that did not change are known from `memory`.
#[must_use]
pub fn assemble_again(sources: &Sources, options: &Options, memory: &Memory) -> Assembled {
    assemble_checked(sources, options, memory, &Checked::default())
}

/// The same as it would be if a person had looked at these files too.
#[must_use]
pub fn assemble_checked(sources: &Sources, options: &Options, memory: &Memory, looked_at: &Checked) -> Assembled {
    let mut diagnostics = Diagnostics::new();
    let mut reader = Reader::prepare(sources, options, &mut diagnostics);
    reader.checked.extend(looked_at);
    let as_at = AsAt::new(options.as_at, &reader.config.zone);
    let known = (&*memory.cache, recipe(sources, options));

    let files = parsed_files(sources, &reader, &as_at, known);
    let (parsed, withheld) = put_together(files, &mut diagnostics);
    let recorded = recorded(sources, &mut diagnostics);
    let old = old_addresses(sources, &mut diagnostics);
    let postcodes = postcodes(sources, &reader.kinds, reader.config.country.as_deref(), &mut diagnostics);
    let Reader { config, kinds, glossary, language, words, checked, .. } = reader;
    let (shown, withheld) = disclosure::for_audience(
        parsed,
        withheld,
        (&kinds, config.base_url.as_deref()),
        options.audience,
        &as_at,
        &mut diagnostics,
    );
    let kinds = Arc::new(kinds);
    let zone = config.zone.clone();
    let provider = sources.provider.as_ref();
    let (private, meant) = (disclosure::title_is_private, disclosure::meant_as_page);
    let files = disclosure::Files::new((&kinds, &zone, &checked), &as_at, &withheld, provider, parse::head_of_file);
    if let Some(files) = &files {
        files.look_at_settings(&sources.attachments, &mut diagnostics);
    }
    let doubt = |file: &Attachment, called: Option<&str>| files.as_ref().and_then(|files| files.doubt(file, called));
    let attached = Mutex::new(leaks::Attached::new(checked.hashes()));
    let hears = options.audience == Audience::Public && !withheld.is_empty();
    let input = assemble::Input {
        config,
        kinds: Arc::clone(&kinds),
        audience: options.audience,
        as_at: as_at.instant,
        shown,
        withheld: &withheld,
        attachments: sources.attachments.iter().filter(|file| !file.is_aside()).cloned().collect(),
        files: assemble::FileRules { doubt: &doubt, private, meant },
        inspect: &|files, diagnostics| {
            let mut attached = attached.lock().unwrap_or_else(PoisonError::into_inner);
            let ear = || attached.ear(&withheld, sources);
            let (cleaned, heard) = inspect(sources, files, (&checked, &memory.seen), hears.then_some(ear), diagnostics);
            attached.add(heard);
            cleaned
        },
        provider: Arc::clone(&sources.provider),
        glossary: glossary.into_entries(),
        recorded: &recorded,
        old: &old,
        postcodes: &postcodes,
        names: &|list| attendance::several(list, &words),
        exports: export::addresses,
    };
    let site = assemble::assemble(input, &language, &mut diagnostics);
    check::site(&site, &mut diagnostics);
    if options.audience == Audience::Public {
        leaks::look_at_editions(&withheld, &site, sources, &mut diagnostics);
    }
    diagnostics.set_levels(&site.config.levels);
    // A meeting that passes changes the forward plan.
    site.plan.next_day().into_iter().for_each(|day| as_at.passes(day, &site.config.zone));
    let attached = attached.into_inner().unwrap_or_else(PoisonError::into_inner);
    Assembled { site: Arc::new(site), same_site: as_at.span(), next: as_at.next(), withheld, diagnostics, attached }
}

/// Every document by itself: the files, each with what its lints say, and the rows of the table of people.
fn parsed_files(
    sources: &Sources,
    reader: &Reader<'_>,
    as_at: &AsAt,
    known: (&dyn model::Cache, u128),
) -> Vec<parse::ParsedFile> {
    let documents: Vec<SourceId> = documents(sources).collect();
    let read = |source: SourceId, listed: &[PrivateList]| {
        let neighbours = Neighbours::new(sources);
        let context = parse::Context { listed, ..reader.context(&neighbours) };
        let mut file = parse::parse_or_recall(source, sources.bytes(source), &context, known);
        for parsed in &file.parsed {
            check::file(parsed, &reader.kinds, as_at, &mut file.diagnostics);
        }
        file
    };
    let mut files: Vec<parse::ParsedFile> = documents.par_iter().map(|source| read(*source, &[])).collect();
    // What one file of a meeting lists as not for everybody holds in the others, which are read again with it.
    let lists: Vec<PrivateList> = files.iter().filter_map(|file| file.lists.clone()).collect();
    if !lists.is_empty() {
        files.par_iter_mut().zip(&documents).for_each(|(file, source)| {
            let path = sources.path(*source).strip_prefix("content/");
            let of_others = lists.iter().filter(|list| Some(&*list.path) != path);
            let listed =
                of_others.filter_map(|list| file.met.as_ref().and_then(|met| list.of(met))).collect::<Vec<_>>();
            if !listed.is_empty() {
                *file = read(*source, &listed);
            }
        });
    }
    files.push(people(sources, &reader.context(&Neighbours::new(sources))));
    files
}

/// What all files say, in their order.
fn put_together(files: Vec<parse::ParsedFile>, diagnostics: &mut Diagnostics) -> (Vec<Parsed>, Vec<Withheld>) {
    let (mut parsed, mut withheld): (Vec<Parsed>, Vec<Withheld>) = (Vec::with_capacity(files.len()), Vec::new());
    for file in files {
        parsed.extend(file.parsed);
        withheld.extend(file.withheld);
        diagnostics.append(file.diagnostics);
    }
    (parsed, withheld)
}

/// Looks into the files that are published: what their authors should know, what is published in the place of some, and what the
/// `ear` for what is withheld hears in the words of some.
fn inspect<'ear>(
    sources: &Sources,
    files: &[Attachment],
    (checked, seen): (&Checked, &Seen),
    ear: Option<impl Fn() -> &'ear leaks::Ear + Sync>,
    diagnostics: &mut Diagnostics,
) -> (Vec<assemble::Inspected>, leaks::HeardIn) {
    let is_checked = |file: &Attachment| checked.has(&file.path, file.hash);
    let provider = sources.provider.as_ref();
    let looks: Vec<_> = files
        .par_iter()
        .map(|file| {
            let Some(ear) = ear.as_ref().filter(|_| !is_checked(file)) else {
                return (seen.inspect(file, provider, None), leaks::Heard::default());
            };
            // A picture has no words, and needs nobody who listens.
            let mut listener = None;
            let mut hear =
                |words: &str, page: Option<u32>| listener.get_or_insert_with(|| ear().listen()).hear(words, page);
            let look = seen.inspect(file, provider, Some(&mut hear));
            (look, listener.map(leaks::Listener::finish).unwrap_or_default())
        })
        .collect();
    let mut heard_in = leaks::HeardIn::new();
    let mut cleaned = Vec::new();
    for (file, (look, heard)) in files.iter().zip(looks) {
        let is_checked = is_checked(file);
        disclosure::look_at_opening(&look.opening, (file, is_checked), diagnostics);
        disclosure::look_at_rows(&look.sheets, (file, is_checked), diagnostics);
        diagnostics.append(if is_checked { look.without_what_was_checked() } else { look.diagnostics.clone() });
        cleaned.push(assemble::Inspected { cleaned: look.cleaned, on_its_side: look.on_its_side });
        heard_in.insert(file.path.clone(), heard);
    }
    (cleaned, heard_in)
}

/// Reads single documents of a site as [`assemble`] reads them all: with its settings, its kinds and its words.
pub struct Reader<'site> {
    sources: &'site Sources,
    config: Config,
    kinds: kind::Kinds,
    glossary: Glossary,
    statutes: Statutes,
    language: Language,
    phrases: Phrases,
    words: Lexicon,
    checked: Checked,
}

impl<'site> Reader<'site> {
    /// A reader for the site in `sources`. What is wrong with its settings is said by [`assemble`].
    #[must_use]
    pub fn new(sources: &'site Sources, options: &Options) -> Self {
        Self::prepare(sources, options, &mut Diagnostics::new())
    }

    fn prepare(sources: &'site Sources, options: &Options, diagnostics: &mut Diagnostics) -> Self {
        let (config, kinds) = settings(sources, options, diagnostics);
        let glossary = Glossary::new(explained(sources, "glossary", parse::terms::glossary, diagnostics));
        let statutes = Statutes::new(explained(sources, "statutes", parse::terms::statutes, diagnostics));
        let language = Language::of(&config.language);
        let phrases = Phrases::of(&language);
        let own = sources.find("content/words.toml");
        let own = own.map(|source| parse::words::words(source, sources.bytes(source), diagnostics));
        let words = Lexicon::with(&own.unwrap_or_default());
        let checked = sources.find("content/checked.toml");
        let checked = checked.map(|source| parse::checked::checked(source, sources.bytes(source), diagnostics));
        let checked = checked.unwrap_or_default();
        Self { sources, config, kinds, glossary, statutes, language, phrases, words, checked }
    }

    fn context<'file>(&'file self, files: &'file Neighbours<'file>) -> parse::Context<'file> {
        parse::Context {
            kinds: &self.kinds,
            config: &self.config,
            glossary: &self.glossary,
            statutes: &self.statutes,
            language: &self.language,
            phrases: &self.phrases,
            words: &self.words,
            checked: &self.checked,
            files,
            listed: &[],
        }
    }

    /// Whether a person has looked at the document `source` when its file had these `bytes`, and said that all of it may be public.
    #[must_use]
    pub fn was_looked_at(&self, source: SourceId, bytes: &[u8]) -> bool {
        self.checked.looked(self.sources.path(source), bytes) == Looked::AsItIs
    }

    /// The kinds of the site.
    #[must_use]
    pub fn kinds(&self) -> &kind::Kinds {
        &self.kinds
    }

    /// What the document `source` becomes if its file has these `bytes`.
    #[must_use]
    pub fn parsed(&self, source: SourceId, bytes: Vec<u8>) -> parse::ParsedFile {
        parse::parse(source, Ok(bytes), &self.context(&Neighbours::new(self.sources)))
    }

    /// What people could read of the document `source` if its file had these `bytes`, and what its author would be told of
    /// the file by itself.
    #[must_use]
    pub fn read(&self, source: SourceId, bytes: Vec<u8>) -> (Readable, Diagnostics) {
        let neighbours = Neighbours::new(self.sources);
        let mut file = parse::parse(source, Ok(bytes), &self.context(&neighbours));
        file.diagnostics.set_levels(&self.config.levels);
        (Readable::of(&file.parsed, &file.withheld), file.diagnostics)
    }
}

/// The kinds of document of a site: those that are built in, and its own.
#[must_use]
pub fn kinds(sources: &Sources) -> kind::Kinds {
    let options = Options { as_at: jiff::Timestamp::UNIX_EPOCH, base_url: None, audience: Audience::Public };
    settings(sources, &options, &mut Diagnostics::new()).1
}

/// The time zone that the site's settings name: a time on the command line is meant in it.
#[must_use]
pub fn zone(sources: &Sources) -> Zone {
    config(sources, &mut Diagnostics::new()).zone
}

/// Looks at a finished file; at one that is attached, as it lies in the site's folder: that is where its checksum is known.
fn look(gate: &leaks::Gate, site: &Site, route: &Route, output: &Output) {
    gate.look(&route.path, output);
    let RouteKind::Attachment(number) = route.kind else { return };
    let (file, _) = &site.attachments[number as usize];
    gate.look_at_attached(&route.path, &file.path, file.hash);
    if let Some(model::Cleaned { was: hash, .. }) = site.cleaned.get(&number).copied() {
        gate.look(&route.path, &Output::Copy { from: file.path.clone(), length: file.length, hash });
    }
}

/// Looks at a file of a website that was made, whatever made it.
pub fn look_at_finished(sources: &Sources, assembled: &Assembled, gate: &leaks::Gate, path: &str, bytes: Vec<u8>) {
    let (attached, hash) = (&assembled.attached, Attachment::checksum(&bytes));
    if !assembled.withheld.is_empty() && !attached.is_checked(hash) {
        let mut listener = attached.ear(&assembled.withheld, sources).listen();
        inspect::words(path, &bytes, &mut |words, page| listener.hear(words, page));
        gate.look_at_heard(path, hash, &listener.finish());
    }
    gate.look(path, &Output::Bytes(bytes));
}

/// The leak gate of a site: what its finished files must not say, less what its public sources say.
#[must_use]
pub fn gate(sources: &Sources, assembled: &Assembled) -> leaks::Gate {
    let site = &assembled.site;
    // A preview shows drafts. Where nothing is withheld the gate costs nothing.
    if site.audience == Audience::Preview || assembled.withheld.is_empty() {
        return leaks::Gate::default();
    }
    let (matter, public) = leaks::matter(&assembled.withheld, site, sources);
    let said: Vec<SourceId> = sources.ids().map(|(source, _)| source).collect();
    said.into_par_iter().for_each(|source| {
        for text in leaks::public_text(source, sources, &public) {
            matter.discount(sources.path(source), &text, leaks::Voice::Public);
        }
    });
    let attached = &assembled.attached;
    let heard = site.attachments.par_iter().filter_map(|(file, _)| {
        let text = leaks::text_of(file, sources.provider.as_ref())?;
        matter.discount(&file.path, &text, leaks::Voice::File);
        Some((file.path.clone(), attached.heard_in(file, &text, attached.ear(&assembled.withheld, sources))))
    });
    let heard = attached.with(heard.collect());
    let words = language::BUILT_IN.iter().chain(kind::BUILT_IN).chain([&kind::EVERY]).chain(kind::SETS).copied();
    for (path, text) in words.chain(render::bundled()) {
        matter.discount(path, text, leaks::Voice::Program);
    }
    // A head that `folkmoot new` wrote lists the names of fields, as the schemas of the open data do.
    for kind in &site.kinds.list {
        let names: Vec<&str> = kind.fields.iter().map(|field| field.name.as_str()).collect();
        matter.discount("fields.txt", &names.join(" "), leaks::Voice::Program);
    }
    leaks::Gate::new(matter.finish(), heard)
}

/// Asks the index of a site that was made; `fetch` brings its files.
///
/// # Errors
/// If a file that is needed is missing or broken.
pub fn find(fetch: Fetch<'_>, question: &Question) -> Result<Answer, IndexError> {
    search::answer(&search::Index::open(fetch)?, question)
}

/// Whether a quotation stands in the public texts of a site that was made; `fetch` brings its files.
///
/// # Errors
/// If a file that is needed is missing or broken.
pub fn quoted(fetch: Fetch<'_>, quotation: &str) -> Result<Quoted, IndexError> {
    search::quote(&search::Index::open(fetch)?, &search::earlier_editions(fetch)?, quotation)
}

/// Makes every page and looks at it, without keeping any: what only a finished page tells, and links between pages.
#[must_use]
pub fn check(sources: &Sources, assembled: &Assembled, progress: &(dyn Fn(usize, usize) + Sync)) -> Diagnostics {
    let site = &assembled.site;
    let mut links = check::Links::new(&site.config.base_path);
    if site.audience == Audience::Preview {
        // What is made for the public alone is not there, and a link to it is right all the same.
        let data = site.own.named(model::pages::DATA);
        let absent = export::addresses(site).into_iter().chain(data);
        absent.for_each(|address| links.add_file(&address.output_path()));
    }
    let seen = Mutex::new((links, Diagnostics::new()));
    let gate = gate(sources, assembled);
    // There is nothing in the search index for anyone to look at.
    let put = |route: &Route, output: Output| {
        let mut found = Diagnostics::new();
        look(&gate, &assembled.site, route, &output);
        let page = match &output {
            Output::Bytes(bytes) => check::output(route, bytes, &mut found),
            Output::Copy { .. } => None,
        };
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        match page {
            Some(page) => seen.0.add(page),
            None => seen.0.add_file(&route.path),
        }
        seen.1.append(found);
        Ok::<(), Infallible>(())
    };
    let made = routes(sources, assembled, progress, None, &Anew(put));
    let (links, mut diagnostics) = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
    diagnostics.append(links.finish());
    gate.report(&mut diagnostics);
    match made {
        Ok(rendered) => diagnostics.append(rendered),
        Err(never) => match never {},
    }
    diagnostics.set_levels(&assembled.site.config.levels);
    diagnostics
}
