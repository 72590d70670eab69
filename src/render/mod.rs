//! Pages for people: a site and a theme → the bytes of each page. The only room that runs Tera.
//!
//! Input: the window on the site ([`View`]) and a theme. Output: which files there will be ([`plan`]), and the bytes of
//! one at a time ([`page`]); they are two questions, so that no collection of pages ever exists. Not here: the site
//! itself, the disk, threads, files for machines (`export/`).
//!
//! `view/context.rs` is the contract with theme makers; `functions.rs` the only way in which templates ask for more than
//! their own page.

mod areas;
mod body;
mod calendar;
mod colours;
mod comparison;
mod document;
mod editions;
mod facts;
mod figure;
mod frame;
mod functions;
mod graph;
mod head;
mod hierarchy;
mod lists;
mod people;
mod plan;
mod records;
mod referred;
mod search;
mod statement;
mod table;
mod templates;
mod theme;
mod trouble;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::io::Write;
use std::sync::{Arc, OnceLock};

use serde::Serialize;
use tera::{Context, Tera, Value};

pub use theme::{Theme, ThemeFile, bundled};
pub use trouble::Fault;

use crate::diagnostic::Diagnostics;
use crate::kind::KindId;
use crate::model::{Catalogue, DocumentId, LeadsTo, Output, PageMetadata, Published, Route, RouteKind};
use crate::query::{Query, Store, kind_and_by};
use crate::view::{self, Fingerprint, Head, SiteView, Trace, View};
use frame::Frames;
use trouble::Templates;

/// The longest page beside the text that stands on it: what is longer comes from a template that repeats itself.
const LONGEST_PAGE: usize = 20_000_000;

/// A site and a theme, ready to make pages on any number of threads.
pub struct Renderer {
    view: Arc<View>,
    tera: Tera,
    templates: Templates,
    /// The template of each kind.
    by_kind: Vec<String>,
    /// The template of the lists of each kind.
    lists: Vec<String>,
    /// What all templates see of the site.
    site: SiteView,
    /// What stands around every page.
    frames: Frames,
    /// What data the site publishes; `None` in a preview.
    catalogue: Option<Catalogue>,
    /// What every page is made from beside answers of the site; worked out when a page is first recorded.
    recipe: OnceLock<Fingerprint>,
}

/// Binds a theme to the window on a site, which has its words and its files ([`Theme::bind`]), and to the data that the
/// site publishes, if it does. `None` if a template cannot be used; messages say which and why.
#[must_use]
pub fn prepare(
    view: View,
    theme: &Theme<'_>,
    catalogue: Option<Catalogue>,
    diagnostics: &mut Diagnostics,
) -> Option<Renderer> {
    let view = Arc::new(view);
    let templates = templates::gather(theme);
    let mut tera = templates::bind(&templates, &view, diagnostics)?;
    let site = head::site(&view, catalogue.is_some());
    tera.global_context().insert("site", &site);
    let by_kind = kind_templates(&view, &tera, diagnostics)?;
    let lists = list_templates(&view, &tera);
    match frame::Frames::new(&view, &site, &tera) {
        Ok(frames) => {
            let recipe = OnceLock::new();
            Some(Renderer { view, tera, templates, by_kind, lists, site, frames, catalogue, recipe })
        }
        Err(fault) => {
            templates.report(vec![fault], diagnostics);
            None
        }
    }
}

/// Every file of the public folder but those for machines, sorted by path.
#[must_use]
pub fn plan(renderer: &Renderer) -> Vec<Route> {
    plan::plan(&renderer.view, renderer.catalogue.is_some())
}

/// The content of one file; the head of a page says what `metadata` holds.
///
/// # Errors
/// What stopped the page; [`report`] says so to the theme's maker.
///
/// # Panics
/// If the route is of `export` or `search`, or was planned for another site: our mistake.
pub fn page(renderer: &Renderer, route: &Route, metadata: &PageMetadata) -> Result<Output, Fault> {
    let (view, at) = (renderer.view.as_ref(), (&*route.path, metadata));
    match route.kind {
        RouteKind::Document(id) => renderer.document(id, at),
        RouteKind::Home => renderer.render("home.html", view.home(), lists::home(view), at),
        RouteKind::Listing(list, page) => {
            renderer.render(renderer.list_template(list), None, lists::listing(view, list, page as usize), at)
        }
        RouteKind::Updates(page) => renderer.render("updates.html", None, lists::updates(view, page as usize), at),
        RouteKind::Topics => renderer.render("topics.html", None, lists::topics(view), at),
        RouteKind::AToZ => renderer.render("a-z.html", None, lists::a_to_z(view), at),
        RouteKind::Data => renderer.render("data.html", None, lists::data(view, renderer.catalogue.as_ref()), at),
        RouteKind::Glossary => renderer.render("glossary.html", None, lists::glossary(view), at),
        RouteKind::Editions => renderer.render("editions.html", None, editions::days(view), at),
        RouteKind::EditionDay(day) => renderer.render("editions.html", None, editions::day(view, day), at),
        RouteKind::Comparison(of) => renderer.render("comparison.html", None, comparison::comparison(view, of), at),
        RouteKind::Calendar(month) => renderer.render("calendar.html", None, calendar::calendar(view, month), at),
        RouteKind::Plan(body, page) => renderer.render("plan.html", None, lists::plan(view, body, page as usize), at),
        RouteKind::Accessibility => {
            let Some(of) = &view.config().accessibility else { unreachable!("no statement was planned") };
            renderer.render("accessibility.html", None, statement::statement(view, of), at)
        }
        RouteKind::Search => renderer.render("search.html", None, search::search(view), at),
        RouteKind::Number(number) => renderer.alone("reference.html", &search::number(view, number), &route.path),
        RouteKind::NotFound => renderer.render("404.html", None, lists::not_found(view), at),
        RouteKind::Redirect(alias) => renderer.alone("redirect.html", &lists::redirect(view, alias), &route.path),
        RouteKind::Asset(asset) => Ok(Output::Bytes(view.assets[asset as usize].bytes.to_vec())),
        RouteKind::Attachment(file) => {
            let (file, _) = view.attachment(file);
            Ok(Output::Copy { from: file.path.clone(), length: file.length, hash: file.hash })
        }
        RouteKind::Index | RouteKind::Export(_) => unreachable!("{} is made by another stage", route.path),
    }
}

/// The content of one file, and what it was made from.
///
/// # Errors
/// What stopped the page.
pub fn recorded(renderer: &Renderer, route: &Route, metadata: &PageMetadata) -> Result<(Output, Trace), Fault> {
    let recipe = renderer.recipe(route, metadata);
    let (made, answers) = view::recorded(|| page(renderer, route, metadata));
    Ok((made?, Trace { recipe, answers }))
}

/// The content of one file, for which nothing may be asked that is not in `trace`.
///
/// # Errors
/// What stopped the page.
///
/// # Panics
/// If anything else is asked.
pub fn replayed(renderer: &Renderer, route: &Route, metadata: &PageMetadata, trace: &Trace) -> Result<Output, Fault> {
    view::replayed(trace, || page(renderer, route, metadata))
}

/// Whether the answer to a question is the one with this fingerprint.
#[must_use]
pub fn answers_so(renderer: &Renderer, query: &Query, print: Fingerprint) -> bool {
    renderer.view.fingerprint(query) == print
}

/// What a page is made from beside answers of the site ([`Trace::recipe`]).
#[must_use]
pub fn recipe(renderer: &Renderer, route: &Route, metadata: &PageMetadata) -> Fingerprint {
    renderer.recipe(route, metadata)
}

/// Says why pages could not be made: each mistake once, whatever number of pages it stops.
pub fn report(renderer: &Renderer, faults: Vec<Fault>, diagnostics: &mut Diagnostics) {
    renderer.templates.report(faults, diagnostics);
}

impl Renderer {
    /// What a page is made from beside answers of the site.
    fn recipe(&self, route: &Route, metadata: &PageMetadata) -> Fingerprint {
        let of_all = self.recipe.get_or_init(|| {
            let assets: Vec<_> = self.view.assets.iter().map(|asset| (&asset.name, &asset.address)).collect();
            let strings: Vec<_> = self.view.language.iter().map(|(key, text)| (key, format!("{text:?}"))).collect();
            let shared = format!("{:?} {:?}", self.site, self.frames);
            Fingerprint::of(&(&self.templates.texts, &self.by_kind, &self.lists, assets, strings, shared))
        });
        let data = self.catalogue.as_ref().filter(|_| route.kind == RouteKind::Data);
        Fingerprint::of(&(of_all, &route.path, self.subject(&route.kind), metadata, data))
    }

    /// Which page it is, without the numbers that one build alone gives to documents and lists.
    fn subject(&self, kind: &RouteKind) -> String {
        let view = &self.view;
        match kind {
            RouteKind::Document(id) => format!("document {}", view.document(*id).id),
            RouteKind::Plan(Some(body), page) => format!("plan {} {page}", view.document(*body).id),
            RouteKind::Listing(list, page) => format!("list {:?} {page}", view.list(*list).address),
            RouteKind::EditionDay(day) => format!("editions {:?}", view.edition_day(*day).address),
            RouteKind::Comparison(of) => format!("comparison {:?}", view.comparison(*of).address),
            RouteKind::Number(number) => format!("number {:?}", view.number(*number).address),
            RouteKind::Redirect(alias) => match &view.alias(*alias).to {
                LeadsTo::Document(document) => format!("alias {}", view.document(*document).id),
                LeadsTo::Address(address) => format!("alias {address}"),
            },
            RouteKind::Asset(asset) => format!("asset {}", view.assets[*asset as usize].name),
            RouteKind::Attachment(file) => format!("file {}", view.attachment(*file).0.path),
            kind => format!("{kind:?}"),
        }
    }

    fn list_template(&self, list: u32) -> &str {
        let (kind, _) = kind_and_by(self.view.list(list).filter);
        kind.map_or("list.html", |kind| &self.lists[kind.0 as usize])
    }

    fn document(&self, id: DocumentId, place: (&str, &PageMetadata)) -> Result<Output, Fault> {
        let document = self.view.document(id);
        let template = match document.published {
            Published::Tombstone(_) => "tombstone.html",
            Published::Whole | Published::Exempt(_) => &self.by_kind[document.kind.0 as usize],
        };
        self.render(template, Some(id), document::document(&self.view, id), place)
    }

    fn render<Page: Serialize>(
        &self,
        template: &str,
        id: Option<DocumentId>,
        (head, page): (Head, Page),
        (path, metadata): (&str, &PageMetadata),
    ) -> Result<Output, Fault> {
        let mut context = Context::new();
        context.insert("machines", &head::machines(metadata));
        self.frames.around(&head, &mut context);
        context.insert_value("page", together(&head, &page));
        let longest = LONGEST_PAGE + id.map_or(0, |id| body::room(&self.view, id));
        functions::while_on(id, || self.write(template, &context, path, longest))
    }

    /// A page that only leads on to others: nobody stays on it, so nothing stands around it.
    fn alone<Page: Serialize>(&self, template: &str, page: &Page, path: &str) -> Result<Output, Fault> {
        let mut context = Context::new();
        context.insert("page", page);
        self.write(template, &context, path, LONGEST_PAGE)
    }

    /// One buffer per thread grows to the longest page and stays.
    fn write(&self, template: &str, context: &Context, path: &str, longest: usize) -> Result<Output, Fault> {
        thread_local! {
            static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
        }
        BUFFER.with_borrow_mut(|buffer| {
            buffer.clear();
            match self.tera.render_to(template, context, Bounded(buffer, longest)) {
                Ok(()) => Ok(Output::Bytes(buffer.clone())),
                Err(error) => Err(Fault::new(&error, template, path)),
            }
        })
    }
}

/// The fields of both, as one `page`.
fn together<Page: Serialize>(head: &Head, page: &Page) -> Value {
    let map = |value: Value| value.into_map().unwrap_or_default();
    let mut fields = map(Value::from_serializable(page));
    fields.extend(map(Value::from_serializable(head)));
    Value::from(fields)
}

/// Templates that make other pages: a site's kind called `list` is not meant by `list.html`.
const NO_KIND: &[&str] = &[
    "404",
    "a-z",
    "accessibility",
    "base",
    "calendar",
    "comparison",
    "data",
    "editions",
    "glossary",
    "home",
    "leads-on",
    "list",
    "plan",
    "redirect",
    "reference",
    "search",
    "tombstone",
    "topics",
    "updates",
];

/// The template that each kind asks for, or the one with its name, or that of all documents.
fn kind_templates(view: &View, tera: &Tera, diagnostics: &mut Diagnostics) -> Option<Vec<String>> {
    let before = diagnostics.len();
    let template = |(_, kind): (KindId, &crate::kind::Kind)| {
        let asked = format!("{}.html", kind.template);
        let named = format!("{}.html", kind.name);
        if kind.template != "document" && !tera.contains_template(&asked) {
            diagnostics.no_kind_template(&kind.label, &asked);
        }
        let by_name = kind.template == "document" && !NO_KIND.contains(&kind.name.as_str());
        if by_name && tera.contains_template(&named) { named } else { asked }
    };
    let templates = view.kinds().iter().map(template).collect();
    (diagnostics.len() == before).then_some(templates)
}

/// The template of the lists of each kind: `list-<kind>.html`, where there is one.
fn list_templates(view: &View, tera: &Tera) -> Vec<String> {
    let named = view.kinds().iter().map(|(_, kind)| format!("list-{}.html", kind.name));
    named.map(|named| if tera.contains_template(&named) { named } else { "list.html".to_owned() }).collect()
}

/// Takes so many bytes at most.
struct Bounded<'buffer>(&'buffer mut Vec<u8>, usize);

impl Write for Bounded<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > self.1 {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
