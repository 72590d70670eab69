//! The site → the files of the public folder: each made, looked at by the leak gate and handed over; pages that are known to be as an
//! earlier build made them stay.
//!
//! Input: what was assembled, and what is known. Output: files, one by one. Not here: templates, and where files lie.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::settings::{config, theme, words_are_public};
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::model::{Audience, Cache, Config, Output, Route, RouteKind, Site};
use crate::query::Query;
use crate::source::{FileProvider, Sources};
use crate::view::{self, Because, Fingerprint, MOST_REASONS, MadePages};
use crate::{Assembled, Memory, export, gate, index, inspect, leaks, look, render};

/// Takes the files of the public folder, from many threads, each once.
pub trait Folder: Sync {
    /// Why it cannot take one.
    type Error: Send;

    /// Whether it needs files of a kind, or what is said of them while they are made; those that it does not need are not made.
    fn needs(&self, _: RouteKind) -> bool {
        true
    }

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
pub(crate) struct Anew<Put>(pub Put);

impl<E: Send, Put: Fn(&Route, Output) -> Result<(), E> + Sync> Folder for Anew<Put> {
    type Error = E;

    fn put(&self, route: &Route, output: Output) -> Result<(), E> {
        self.0(route, output)
    }

    fn keep(&self, _: &Route, _: u64, _: u128) -> Result<bool, E> {
        Ok(false)
    }
}

/// A folder whose files the leak gate looks at before they are put there.
struct Gated<'run, Public> {
    gate: &'run leaks::Gate,
    site: &'run Site,
    folder: &'run Public,
}

impl<Public: Folder> Folder for Gated<'_, Public> {
    type Error = Public::Error;

    fn needs(&self, kind: RouteKind) -> bool {
        self.folder.needs(kind)
    }

    fn put(&self, route: &Route, output: Output) -> Result<(), Self::Error> {
        look(self.gate, self.site, route, &output);
        self.folder.put(route, output)
    }

    fn keep(&self, route: &Route, length: u64, hash: u128) -> Result<bool, Self::Error> {
        self.folder.keep(route, length, hash)
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
    let folder = &Gated { gate: &gate, site: &assembled.site, folder };
    // A preview is looked at page by page, and made anew at each change.
    let has_index = assembled.site.audience == Audience::Public && folder.needs(RouteKind::Index);
    let put = |route: &Route, output| folder.put(route, output);
    // An index has few segments, the last of which is often done long after the others.
    let (indexed, made) = rayon::join(
        || if has_index { index(&assembled.site, &put) } else { Ok(()) },
        || {
            let known = KnownPages::open(&*memory.cache, &assembled.site, gate.fingerprint());
            let diagnostics = routes(sources, assembled, progress, known.as_ref(), folder)?;
            Ok((known, diagnostics))
        },
    );
    indexed?;
    let (known, mut diagnostics) = made?;
    let before = diagnostics.len();
    gate.report(&mut diagnostics);
    // What the gate did not let pass is looked at again in the next build.
    if let Some(known) = known.filter(|_| diagnostics.len() == before) {
        known.save(&*memory.cache);
    }
    Ok(diagnostics)
}

/// What the pages of the last build for the public were made from; `None` if nothing is kept of it.
#[must_use]
pub fn made_pages(sources: &Sources, base_url: Option<&str>, cache: &dyn Cache) -> Option<MadePages> {
    let mut config = config(sources, &mut Diagnostics::new());
    if let Some(base_url) = base_url {
        config.set_base_url(base_url);
    }
    cache.get(KnownPages::key(&config, Audience::Public)).and_then(|bytes| MadePages::unpack(&bytes))
}

/// Pages that an earlier build has made, and those of this one.
pub(crate) struct KnownPages {
    key: u128,
    last: MadePages,
    next: Mutex<MadePages>,
}

impl KnownPages {
    /// Those of the last build that a gate let pass which looks for the same; `None` if nothing is kept.
    fn open(cache: &dyn Cache, site: &Site, gate: u128) -> Option<Self> {
        if !cache.keeps() {
            return None;
        }
        let key = Self::key(&site.config, site.audience);
        let last = cache.get(key).and_then(|bytes| MadePages::unpack(&bytes)).filter(|made| made.gate == gate);
        let last = last.unwrap_or_else(|| MadePages::none(gate));
        Some(Self { key, last, next: Mutex::default() })
    }

    /// The key by which the pages of a site for an audience are kept.
    fn key(config: &Config, audience: Audience) -> u128 {
        let mut hash = Xxh3::new();
        ("made pages", &config.base_url, audience == Audience::Public).hash(&mut hash);
        hash.digest128()
    }

    /// Which groups of questions have other answers now.
    fn compare(&self, pages: &Pages) -> Vec<bool> {
        let groups = self.last.groups().par_iter();
        let changed: Vec<bool> =
            groups.map(|group| group.iter().any(|(query, print)| !pages.answers_so(query, *print))).collect();
        *self.next() = self.last.next(&changed);
        changed
    }

    /// Why a page cannot stay as it was.
    fn because(&self, route: &Route, pages: &Pages) -> Because {
        let Some(page) = self.last.page(&route.path) else { return Because::New };
        let changed = self.last.answers_of(page).filter(|(query, print)| !pages.answers_so(query, *print));
        let changed: Vec<Query> = changed.take(MOST_REASONS).map(|(query, _)| query.clone()).collect();
        match changed.is_empty() {
            false => Because::Answers(changed),
            true if page.recipe != pages.recipe(route) => Because::Recipe,
            true => Because::Folder,
        }
    }

    fn next(&self) -> MutexGuard<'_, MadePages> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn save(self, cache: &dyn Cache) {
        let next = self.next.into_inner().unwrap_or_else(PoisonError::into_inner);
        drop(self.last);
        if let Some(bytes) = Some(next).filter(MadePages::has_new).and_then(MadePages::pack) {
            cache.put(self.key, &bytes);
        }
    }
}

/// Every file but those of the search index, into `folder`, which may keep a page that is known to be as an earlier build made it.
pub(crate) fn routes<Public: Folder>(
    sources: &Sources,
    assembled: &Assembled,
    progress: &(dyn Fn(usize, usize) + Sync),
    known: Option<&KnownPages>,
    folder: &Public,
) -> Result<Diagnostics, Public::Error> {
    let mut diagnostics = Diagnostics::new();
    let Some(pages) = Pages::new(sources, assembled, &mut diagnostics) else { return Ok(diagnostics) };
    let made = AtomicUsize::new(0);
    let changed = known.map(|known| known.compare(&pages)).unwrap_or_default();
    let stays = |route: &Route, known: &KnownPages| {
        let Some(page) = known.last.unchanged(&route.path, &changed) else { return Ok(false) };
        let stays = page.recipe == pages.recipe(route) && folder.keep(route, page.length, page.hash)?;
        if stays {
            known.next().keep(&route.path, page.clone());
        }
        Ok(stays)
    };
    let make = |route: &Route| {
        let Some(known) = known.filter(|_| route.kind.is_page()) else { return pages.make(route) };
        let (output, trace) = pages.recorded(route)?;
        if let Output::Bytes(bytes) = &output {
            let because = known.because(route, &pages);
            known.next().add(&route.path, trace, bytes, because);
        }
        Ok(output)
    };
    let faults: Vec<render::Fault> = pages
        .routes
        .par_iter()
        .filter(|route| folder.needs(route.kind))
        .filter_map(|route| {
            let put = match known.map_or(Ok(false), |known| stays(route, known)) {
                Ok(true) => None,
                Err(error) => Some(Err(error)),
                Ok(false) => match make(route) {
                    Ok(output) => folder.put(route, output).err().map(Err),
                    Err(fault) => Some(Ok(fault)),
                },
            };
            progress(made.fetch_add(1, Ordering::Relaxed) + 1, pages.routes.len());
            put
        })
        .collect::<Result<_, Public::Error>>()?;
    pages.report(faults, &mut diagnostics);
    Ok(diagnostics)
}

/// Every file of the public folder, ready to be made one by one on any thread; those of the search index all at once.
pub struct Pages {
    site: Arc<Site>,
    language: Arc<Language>,
    renderer: render::Renderer,
    for_machines: Vec<export::Planned>,
    /// What the heads of pages tell programs; empty in a preview.
    heads: export::Heads,
    /// Gives the bytes of pictures that are not published as they are.
    provider: Arc<dyn FileProvider>,
    /// Which files there are beside the search index, sorted by path.
    pub routes: Vec<Route>,
}

impl Pages {
    /// Binds a site to its theme. `None` if a template cannot be used; messages say which and why.
    #[must_use]
    pub fn new(sources: &Sources, assembled: &Assembled, diagnostics: &mut Diagnostics) -> Option<Self> {
        let site = &assembled.site;
        let language = Arc::new(Language::of(&site.config.language));
        let mut texts = theme(sources, &site.config);
        texts.retain(|(path, source, text)| {
            !(path.contains("/strings/") && path.ends_with(".toml")) || words_are_public(*source, text, diagnostics)
        });
        let files: Vec<_> =
            texts.iter().map(|(path, source, text)| render::ThemeFile { path, source: *source, text }).collect();
        let theme = render::Theme::new(&site.config, &files, diagnostics);
        let (words, assets) = theme.bind(&site.config, diagnostics);
        // Each of the three looks through all documents for itself.
        let mut said = Diagnostics::new();
        let (described, (view, for_machines)) = rayon::join(
            || export::describe(site, &language),
            || rayon::join(|| view::View::new(Arc::clone(site), words, assets), || export::plan(site, &mut said)),
        );
        let export::Described { catalogue, heads } = described;
        let renderer = render::prepare(view, &theme, catalogue, diagnostics)?;
        diagnostics.append(said);
        let mut routes = render::plan(&renderer);
        let exports = (0..).zip(&for_machines);
        routes.extend(exports.map(|(index, file)| Route { path: file.path.clone(), kind: RouteKind::Export(index) }));
        routes.sort();
        let (site, provider) = (Arc::clone(site), Arc::clone(&sources.provider));
        Some(Self { site, language, renderer, for_machines, heads, provider, routes })
    }

    /// The content of one file.
    ///
    /// # Errors
    /// What stopped a page.
    pub fn make(&self, route: &Route) -> Result<Output, render::Fault> {
        match route.kind {
            RouteKind::Export(file) => {
                Ok(Output::Bytes(export::file(&self.site, &self.language, &self.for_machines[file as usize])))
            }
            RouteKind::Attachment(file) if self.site.cleaned.contains_key(&file) => Ok(self.cleaned(file)),
            _ => render::page(&self.renderer, route, &self.heads.metadata(route)),
        }
    }

    /// The files of the search index, by their paths. Their names come from what is in them, so that none is known before all are made.
    #[must_use]
    pub fn index(&self) -> BTreeMap<Box<str>, Vec<u8>> {
        let files = Mutex::new(BTreeMap::new());
        let put = |route: &Route, output: Output| {
            if let Output::Bytes(bytes) = output {
                files.lock().unwrap_or_else(PoisonError::into_inner).insert(route.path.clone(), bytes);
            }
            Ok::<(), Infallible>(())
        };
        let Ok(()) = index(&self.site, &put);
        files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says why pages could not be made: each mistake once, whatever number of pages it stops.
    pub fn report(&self, faults: Vec<render::Fault>, diagnostics: &mut Diagnostics) {
        render::report(&self.renderer, faults, diagnostics);
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
        trace.recipe == self.recipe(route) && trace.answers.iter().all(|(query, print)| self.answers_so(query, *print))
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
    let segments = (0..plan.segments.len()).into_par_iter();
    let indexed: Vec<index::SegmentSummary> = segments
        .map(|number| index::segment(view, &plan, number, &mut |path, bytes| put(path, bytes)))
        .collect::<Result<_, E>>()?;
    index::finish(&plan, &indexed, &mut |path, bytes| put(path, bytes))
}
