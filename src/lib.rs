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
pub mod language;
pub mod kind;
pub mod model;
pub mod html;
pub mod chart;
pub mod query;
pub mod view;
pub mod search;
pub mod lexicon;

// Verbs: the stages, in their order. Siblings; this file alone imports them. The steps of `parse`, each of which may
// import those above it:
pub mod markdown;
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
    reason = "the shell: sockets, threads, a watched folder"
)]
pub mod serve;
#[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the shell: arguments, clock, terminal")]
pub mod cli;

pub use check::{Lint, lint};
pub use inspect::Seen;
pub use parse::checked::with_checked;
pub use search::{Answer, Fetch, IndexError, Passage, Question};

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use diagnostic::Diagnostics;
use language::{Language, Phrases};
use lexicon::Lexicon;
use model::{
    AsAt, Audience, Cache, Checked, Config, Gone, Ledger, Looked, NoCache, Output, Parsed, Readable, Route, RouteKind, SameSite, Site,
    Withheld, Zone,
};
use query::Query;
use source::{Attachment, FileProvider, SourceId, Sources};
use parse::Neighbours;
use terms::{Glossary, Statutes};
use view::{Fingerprint, MadePage, MadePages};

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

    let documents: Vec<SourceId> = documents(sources).collect();
    let files: Vec<parse::ParsedFile> = documents
        .into_par_iter()
        .map(|source| {
            let neighbours = Neighbours::new(sources);
            let context = reader.context(&neighbours);
            let mut file = parse::parse_or_recall(source, sources.bytes(source), &context, known);
            for parsed in &file.parsed {
                check::file(parsed, &reader.kinds, &as_at, &mut file.diagnostics);
            }
            file
        })
        .collect();
    let (mut parsed, mut withheld): (Vec<Parsed>, Vec<Withheld>) = (Vec::with_capacity(files.len()), Vec::new());
    for file in files {
        parsed.extend(file.parsed);
        withheld.extend(file.withheld);
        diagnostics.append(file.diagnostics);
    }

    let Reader { config, kinds, glossary, language, checked, .. } = reader;
    let (shown, withheld) =
        disclosure::for_audience(parsed, withheld, &kinds, options.audience, &as_at, &mut diagnostics);
    let kinds = Arc::new(kinds);
    let zone = config.zone.clone();
    let provider = sources.provider.as_ref();
    let (private, meant) = (disclosure::title_is_private, disclosure::meant_as_page);
    let files = disclosure::Files::new((&kinds, &zone, &checked), &as_at, &withheld, provider, parse::head_of_file);
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
        attachments: sources.attachments.clone(),
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
        exports: export::addresses,
    };
    let site = assemble::assemble(input, &language, &mut diagnostics);
    diagnostics.set_levels(&site.config.levels);
    let attached = attached.into_inner().unwrap_or_else(PoisonError::into_inner);
    Assembled { site: Arc::new(site), same_site: as_at.span(), withheld, diagnostics, attached }
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
        }
    }

    /// Whether a person has looked at the document `source` when its file had these `bytes`, and said that all of it may be public.
    #[must_use]
    pub fn was_looked_at(&self, source: SourceId, bytes: &[u8]) -> bool {
        self.checked.looked(self.sources.path(source), bytes) == Looked::AsItIs
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

/// The time zone that the site's settings name: a time on the command line is meant in it.
#[must_use]
pub fn zone(sources: &Sources) -> Zone {
    config(sources, &mut Diagnostics::new()).zone
}

/// Takes the files of the public folder, from many threads, each once.
pub trait Folder: Sync {
    /// Why it cannot take one.
    type Error: Send;

    /// Takes one file.
    ///
    /// # Errors
    /// Then no further file is made.
    fn put(&self, route: &Route, output: Output) -> Result<(), Self::Error>;

    /// Takes a file that an earlier build has put there, if it has this length in bytes and this XXH3-128 still.
    ///
    /// # Errors
    /// As for [`Folder::put`].
    fn keep(&self, route: &Route, length: u64, hash: u128) -> Result<bool, Self::Error>;
}

/// Takes every file anew.
struct Anew<Put>(Put);

impl<E: Send, Put: Fn(&Route, Output) -> Result<(), E> + Sync> Folder for Anew<Put> {
    type Error = E;

    fn put(&self, route: &Route, output: Output) -> Result<(), E> {
        self.0(route, output)
    }

    fn keep(&self, _: &Route, _: u64, _: u128) -> Result<bool, E> {
        Ok(false)
    }
}

/// The site → each file of the public folder, one by one into `put`; `progress` hears (made, of how many).
/// The diagnostics are those of templates and of files for machines. No two pages' bytes are held at once on one thread.
///
/// # Errors
/// The first that `put` gave; then no further file is made.
pub fn pages<E: Send>(
    sources: &Sources,
    assembled: &Assembled,
    progress: &(dyn Fn(usize, usize) + Sync),
    put: impl Fn(&Route, Output) -> Result<(), E> + Sync,
) -> Result<Diagnostics, E> {
    pages_again(sources, assembled, &Memory::default(), progress, &Anew(put))
}

/// The same when the pages of an earlier build may lie in the folder still: one that is known to be the same is not made.
///
/// # Errors
/// The first that the folder gave; then no further file is made.
pub fn pages_again<Public: Folder>(
    sources: &Sources,
    assembled: &Assembled,
    memory: &Memory,
    progress: &(dyn Fn(usize, usize) + Sync),
    folder: &Public,
) -> Result<Diagnostics, Public::Error> {
    let gate = gate(sources, assembled);
    let put = |route: &Route, output: Output| {
        look(&gate, &assembled.site, route, &output);
        folder.put(route, output)
    };
    // A preview is looked at page by page, and made anew at each change.
    if assembled.site.audience == Audience::Public {
        index(&assembled.site, &put)?;
    }
    let known = KnownPages::open(&*memory.cache, &assembled.site.config, gate.fingerprint());
    let mut diagnostics =
        routes(sources, assembled, progress, known.as_ref(), put, |route, page| folder.keep(route, page.length, page.hash))?;
    let before = diagnostics.len();
    gate.report(&mut diagnostics);
    // What the gate did not let pass is looked at again in the next build.
    if let Some(known) = known.filter(|_| diagnostics.len() == before) {
        known.save(&*memory.cache);
    }
    Ok(diagnostics)
}

/// Pages that an earlier build has made, and those of this one.
struct KnownPages {
    key: u128,
    last: MadePages,
    next: Mutex<MadePages>,
}

impl KnownPages {
    /// Those of the last build that a gate let pass which looks for the same; `None` if nothing is kept.
    fn open(cache: &dyn Cache, config: &Config, gate: u128) -> Option<Self> {
        if !cache.keeps() {
            return None;
        }
        let mut hash = Xxh3::new();
        ("pages", &config.base_url).hash(&mut hash);
        let key = hash.digest128();
        let last = cache.get(key).and_then(|bytes| MadePages::unpack(&bytes)).filter(|made| made.gate == gate);
        let last = last.unwrap_or_else(|| MadePages::none(gate));
        Some(Self { key, last, next: Mutex::default() })
    }

    /// Which groups of questions have other answers now.
    fn compare(&self, pages: &Pages<'_>) -> Vec<bool> {
        let groups = self.last.groups().par_iter();
        let changed: Vec<bool> =
            groups.map(|group| group.iter().any(|(query, print)| !pages.answers_so(query, *print))).collect();
        *self.next() = self.last.next(&changed);
        changed
    }

    fn next(&self) -> MutexGuard<'_, MadePages> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn save(self, cache: &dyn Cache) {
        let next = self.next.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = Some(&next).filter(|next| next.has_new()).and_then(MadePages::pack) {
            cache.put(self.key, &bytes);
        }
    }
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
    let words = language::BUILT_IN.iter().chain(kind::BUILT_IN).chain([&kind::EVERY]).copied();
    for (path, text) in words.chain(render::bundled()) {
        matter.discount(path, text, leaks::Voice::Program);
    }
    leaks::Gate::new(matter.finish(), heard)
}

/// Every file but those of the search index; `keep` takes a page that is known to be the same as in an earlier build, if it is there.
fn routes<E: Send>(
    sources: &Sources,
    assembled: &Assembled,
    progress: &(dyn Fn(usize, usize) + Sync),
    known: Option<&KnownPages>,
    put: impl Fn(&Route, Output) -> Result<(), E> + Sync,
    keep: impl Fn(&Route, &MadePage) -> Result<bool, E> + Sync,
) -> Result<Diagnostics, E> {
    let mut diagnostics = Diagnostics::new();
    let language = Language::of(&assembled.site.config.language);
    let Some(pages) = Pages::new(sources, assembled, &language, &mut diagnostics) else { return Ok(diagnostics) };
    let made = AtomicUsize::new(0);
    let changed = known.map(|known| known.compare(&pages)).unwrap_or_default();
    let stays = |route: &Route, known: &KnownPages| {
        let Some(page) = known.last.unchanged(&route.path, &changed) else { return Ok(false) };
        let stays = page.recipe == pages.recipe(route) && keep(route, page)?;
        if stays {
            known.next().keep(&route.path, page.clone());
        }
        Ok(stays)
    };
    let make = |route: &Route| {
        let Some(known) = known.filter(|_| route.is_page()) else { return pages.make(route) };
        let (output, trace) = pages.recorded(route)?;
        if let Output::Bytes(bytes) = &output {
            known.next().add(&route.path, trace, (bytes.len() as u64, Attachment::checksum(bytes)));
        }
        Ok(output)
    };
    let faults: Vec<render::Fault> = pages
        .routes
        .par_iter()
        .filter_map(|route| {
            let put = match known.map_or(Ok(false), |known| stays(route, known)) {
                Ok(true) => None,
                Err(error) => Some(Err(error)),
                Ok(false) => match make(route) {
                    Ok(output) => put(route, output).err().map(Err),
                    Err(fault) => Some(Ok(fault)),
                },
            };
            progress(made.fetch_add(1, Ordering::Relaxed) + 1, pages.routes.len());
            put
        })
        .collect::<Result<_, E>>()?;
    render::report(&pages.renderer, faults, &mut diagnostics);
    Ok(diagnostics)
}

/// Every file of the public folder but those of the search index, ready to be made one by one on any thread.
pub struct Pages<'site> {
    site: &'site Site,
    language: &'site Language,
    renderer: render::Renderer,
    for_machines: Vec<export::Planned>,
    /// What the heads of pages tell programs; empty in a preview.
    heads: export::Heads<'site>,
    /// Gives the bytes of pictures that are not published as they are.
    provider: Arc<dyn FileProvider>,
    /// Which files there are, sorted by path.
    pub routes: Vec<Route>,
}

impl<'site> Pages<'site> {
    /// Binds a site to its theme. `None` if a template cannot be used; messages say which and why.
    #[must_use]
    pub fn new(
        sources: &Sources,
        assembled: &'site Assembled,
        language: &'site Language,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let site = &assembled.site;
        let mut texts = theme(sources, &site.config);
        texts.retain(|(path, source, text)| {
            !(path.contains("/strings/") && path.ends_with(".toml")) || words_are_public(*source, text, diagnostics)
        });
        let files: Vec<_> =
            texts.iter().map(|(path, source, text)| render::ThemeFile { path, source: *source, text }).collect();
        let theme = render::Theme::new(&site.config, &files, diagnostics);
        let (words, assets) = theme.bind(&site.config, diagnostics);
        let export::Described { catalogue, heads } = export::describe(site, language);
        let view = view::View::new(Arc::clone(site), words, assets);
        let renderer = render::prepare(view, &theme, catalogue, diagnostics)?;
        let for_machines = export::plan(site, diagnostics);
        let mut routes = render::plan(&renderer);
        let exports = (0..).zip(&for_machines);
        routes.extend(exports.map(|(index, file)| Route { path: file.path.clone(), kind: RouteKind::Export(index) }));
        routes.sort();
        let provider = Arc::clone(&sources.provider);
        Some(Self { site, language, renderer, for_machines, heads, provider, routes })
    }

    /// The content of one file.
    ///
    /// # Errors
    /// What stopped a page.
    pub fn make(&self, route: &Route) -> Result<Output, render::Fault> {
        match route.kind {
            RouteKind::Export(file) => {
                Ok(Output::Bytes(export::file(self.site, self.language, &self.for_machines[file as usize])))
            }
            RouteKind::Attachment(file) if self.site.cleaned.contains_key(&file) => Ok(self.cleaned(file)),
            _ => render::page(&self.renderer, route, &self.heads.metadata(route)),
        }
    }

    /// A picture without what a camera wrote into it. If it is not the picture any more that was looked into, it has not the
    /// hash of what was announced, and `write` refuses to copy it.
    fn cleaned(&self, file: u32) -> Output {
        let (attachment, _) = &self.site.attachments[file as usize];
        let from = || Output::Copy { from: attachment.path.clone(), length: attachment.length, hash: attachment.hash };
        let was = self.site.cleaned[&file].was;
        inspect::cleaned(&attachment.path, was, self.provider.as_ref()).map_or_else(from, Output::Bytes)
    }

    /// The content of a page, and what it was made from.
    ///
    /// # Errors
    /// What stopped it.
    pub fn recorded(&self, route: &Route) -> Result<(Output, view::Trace), render::Fault> {
        render::recorded(&self.renderer, route, &self.heads.metadata(route))
    }

    /// The content of a page, for which nothing may be asked that is not in `trace`.
    ///
    /// # Errors
    /// What stopped it.
    ///
    /// # Panics
    /// If anything else is asked.
    pub fn replayed(&self, route: &Route, trace: &view::Trace) -> Result<Output, render::Fault> {
        render::replayed(&self.renderer, route, &self.heads.metadata(route), trace)
    }

    /// Whether the answer to a question is the one with this fingerprint.
    fn answers_so(&self, query: &Query, print: Fingerprint) -> bool {
        render::answers_so(&self.renderer, query, print)
    }

    /// What a page is made from beside answers of the site.
    fn recipe(&self, route: &Route) -> Fingerprint {
        render::recipe(&self.renderer, route, &self.heads.metadata(route))
    }

    /// Whether a page that was recorded, in this build or in another, has the same bytes in this one.
    #[must_use]
    pub fn still_holds(&self, route: &Route, trace: &view::Trace) -> bool {
        render::still_holds(&self.renderer, route, &self.heads.metadata(route), trace)
    }
}

/// Makes the files of the search index, segment by segment. Their names come from what is in them, so that none is
/// known before it is made.
fn index<E: Send>(site: &Site, put: &(impl Fn(&Route, Output) -> Result<(), E> + Sync)) -> Result<(), E> {
    let language = Language::of(&site.config.language);
    let view = index::View { site, language: &language };
    let plan = index::plan(view);
    let put =
        |path: String, bytes: Vec<u8>| put(&Route { path: path.into(), kind: RouteKind::Index }, Output::Bytes(bytes));
    let segments = plan.segments.par_iter();
    let indexed: Vec<index::SegmentSummary> = segments
        .map(|pages| index::segment(view, &plan, pages, &mut |path, bytes| put(path, bytes)))
        .collect::<Result<_, E>>()?;
    index::finish(&plan, indexed, &mut |path, bytes| put(path, bytes))
}

/// Asks the index of a site that was made; `fetch` brings its files.
///
/// # Errors
/// If a file that is needed is missing or broken.
pub fn find(fetch: Fetch<'_>, question: &Question) -> Result<Answer, IndexError> {
    search::answer(&search::Index::open(fetch)?, question)
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
    let made = routes(sources, assembled, progress, None, put, |_, _| Ok(false));
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

/// The files of the site's own theme: their paths from the site's root, and their texts.
fn theme(sources: &Sources, config: &Config) -> Vec<(String, SourceId, String)> {
    let Some(name) = &config.theme else { return Vec::new() };
    let folder = format!("themes/{name}/");
    let files = sources.ids().filter(|(_, file)| file.path.starts_with(&folder));
    files.filter_map(|(source, file)| Some((file.path.to_string(), source, text(sources, source)?))).collect()
}

/// What is the same for every document: the settings and the kinds.
fn settings(sources: &Sources, options: &Options, diagnostics: &mut Diagnostics) -> (Config, kind::Kinds) {
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

/// A checksum of all that a site is made from: paths, texts, and what is known of attached files.
#[must_use]
pub fn checksum(sources: &Sources) -> u128 {
    let ids: Vec<SourceId> = sources.ids().map(|(source, _)| source).collect();
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
fn recipe(sources: &Sources, options: &Options) -> u128 {
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
fn words_are_public(source: SourceId, text: &str, diagnostics: &mut Diagnostics) -> bool {
    let node = data::toml_file(text, source, "broken-config", &mut Diagnostics::new());
    node.is_none_or(|node| disclosure::words_are_public(&node, diagnostics))
}

fn config(sources: &Sources, diagnostics: &mut Diagnostics) -> Config {
    match sources.find("content/site.toml").and_then(|source| Some((source, text(sources, source)?))) {
        Some((source, text)) => parse::config::config(&text, source, diagnostics),
        None => Config::default(),
    }
}

/// What a file beside the documents explains; empty if there is no such file.
fn explained<Entry>(
    sources: &Sources,
    name: &str,
    read: impl Fn(SourceId, Result<Vec<u8>, source::SourceError>, &mut Diagnostics) -> Vec<Entry>,
    diagnostics: &mut Diagnostics,
) -> Vec<Entry> {
    let found = sources.find(&format!("content/{name}.toml"));
    found.map(|source| read(source, sources.bytes(source), diagnostics)).unwrap_or_default()
}

fn text(sources: &Sources, source: SourceId) -> Option<String> {
    sources.bytes(source).ok().and_then(|bytes| source::decode(bytes).ok())
}

/// The Markdown files of a site.
fn documents(sources: &Sources) -> impl Iterator<Item = SourceId> {
    let is_document = |path: &str| path.starts_with("content/") && path.ends_with(".md");
    sources.ids().filter(move |(_, file)| is_document(&file.path)).map(|(source, _)| source)
}
