//! What every page has, whatever makes it: its address, its place below the pages above it, its entry in the menu;
//! `site`, which is the same everywhere, and `machines`.
//!
//! Enters: the view and an address. Leaves: [`Head`], [`SiteView`], [`Machines`]. Absent: what a page is about.

use tera::Value;

use super::context::{AlternateView, Head, Link, Machines, PictureView, ShareView, SiteView};
use super::statement::contact;
use super::theme::Sort;
use super::view::View;
use crate::model::pages::{ACCESSIBILITY, DATA, GLOSSARY};
use crate::model::{Address, Alternate, Audience, MenuEntry, Said, Told};
use crate::query::{Answer, By, Query, Step};

/// The head of the page at `address`.
#[must_use]
pub fn head(view: &View, address: &Address, title: String) -> Head {
    let Answer::Trail(steps) = view.ask(&Query::Trail(address.as_str().into())) else {
        unreachable!("a trail was asked for")
    };
    let trail = steps.into_iter().map(|step| step_link(view, step)).collect();
    Head {
        title,
        part: None,
        href: view.site.href(address),
        canonical: view.canonical(address),
        description: view.site.config.description.clone(),
        kind: Value::none(),
        section: section(view, address),
        trail,
    }
}

fn step_link(view: &View, step: Step) -> Link {
    match step {
        Step::Home => {
            Link { title: view.language.say("home.title", &[]), href: Some(view.site.href(&Address::page([]))) }
        }
        Step::Listing(list) => {
            let listing = &view.site.listings[list as usize];
            Link { title: view.list_name(listing), href: Some(view.site.href(&listing.address)) }
        }
        Step::Document(id) => view.link(id),
    }
}

/// The first part of the address as it stands in the menu: `/minutes/`.
fn section(view: &View, address: &Address) -> Option<String> {
    let first = address.as_str().split('/').nth(1).filter(|part| !part.is_empty())?;
    Some(view.site.href(&Address::page([first])))
}

/// `machines`.
#[must_use]
pub fn machines(told: &Told) -> Machines {
    let alternate = |file: &Alternate| AlternateView {
        title: file.title.clone(),
        media_type: file.media_type,
        href: file.href.clone(),
    };
    let share = told.share.iter();
    Machines {
        alternates: told.alternates.iter().map(alternate).collect(),
        search: told.search.clone(),
        share: share.map(|(property, content)| ShareView { property, content: content.clone() }).collect(),
        linked_data: told.linked_data.as_deref().map_or_else(Value::none, Value::safe_string),
    }
}

/// `site`.
#[must_use]
pub fn site(view: &View) -> SiteView {
    let config = &view.site.config;
    let licence = config.licence.as_ref().or(config.licence_url.as_ref());
    let own = |name| view.site.own.named(name).map(|address| view.site.href(&address));
    SiteView {
        title: config.title.clone(),
        organisation: config.organisation.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        home: view.site.href(&Address::page([])),
        menu: menu(view),
        contact: contact(&config.contact),
        licence: licence.map(|title| Link { title: title.clone(), href: config.licence_url.clone() }),
        logo: picture(view, config.look.logo.as_ref()),
        crest: picture(view, config.look.crest.as_ref().or(config.look.logo.as_ref())),
        notice: config.footer.text.clone(),
        links: links(view, &config.footer.links),
        stylesheet: view.assets_of(Sort::Style).next().unwrap_or_default(),
        icon: view.assets_of(Sort::Icon).next(),
        scripts: view.assets_of(Sort::Script).collect(),
        data: own(DATA).filter(|_| view.catalogue.is_some()),
        glossary: own(GLOSSARY),
        searches: searches(view),
        accessibility: own(ACCESSIBILITY),
        preview: view.site.audience == Audience::Preview,
    }
}

/// The questions that the settings offer; where they offer none, the topics of most documents.
fn searches(view: &View) -> Vec<String> {
    /// More would be a list to read and no help to begin with.
    const MOST: usize = 3;
    if !view.site.config.searches.is_empty() {
        return view.site.config.searches.clone();
    }
    let asked = Query::Lists { kind: None, by: Some(By::Topic) };
    let Answer::Lists(lists) = view.ask(&asked) else { unreachable!("lists were asked for") };
    let mut lists: Vec<_> = lists.into_iter().map(|list| &view.site.listings[list as usize]).collect();
    lists.sort_by_key(|list| std::cmp::Reverse(list.documents.len()));
    lists.into_iter().take(MOST).map(|list| view.list_name(list)).collect()
}

/// A picture that the settings name; `assemble` has published it.
fn picture(view: &View, said: Option<&Said>) -> Option<PictureView> {
    let path = format!("content/{}", said?.text);
    let (file, address) = view.site.attachments.iter().find(|(file, _)| *file.path == *path)?;
    let (width, height) = file.facts.pixels.unzip();
    Some(PictureView { href: view.site.href(address), width, height })
}

/// Links of the settings; those of the site itself begin where the site does.
fn links(view: &View, entries: &[MenuEntry]) -> Vec<Link> {
    let base = &view.site.config.base_path;
    let href = |href: &str| if href.starts_with('/') { format!("{base}{href}") } else { href.to_owned() };
    entries.iter().map(|entry| Link { title: entry.label.clone(), href: Some(href(&entry.href)) }).collect()
}

/// The site's own menu; where it has none, the kinds that have documents.
fn menu(view: &View) -> Vec<Link> {
    let config = &view.site.config;
    if !config.menu.is_empty() {
        return links(view, &config.menu);
    }
    let Answer::Kinds(kinds) = view.ask(&Query::Kinds) else { unreachable!("kinds were asked for") };
    let kinds = kinds.into_iter().map(|(kind, _)| kind).filter(|kind| view.site.kinds.get(*kind).in_menu);
    kinds
        .filter_map(|kind| {
            let href = view.kind_href(kind)?;
            Some(Link { title: view.site.kinds.get(kind).label_plural.clone(), href: Some(href) })
        })
        .collect()
}
