//! What every page has, whatever makes it: its address, its place below the pages above it, its entry in the menu;
//! `site`, which is the same everywhere, and `machines`.
//!
//! Input: the view and an address. Output: [`Head`], [`SiteView`], [`Machines`]. Not here: what a page is about.

use tera::Value;

use crate::chart::cover;
use crate::kind::{Kind, KindId};
use crate::model::pages::{ACCESSIBILITY, DATA, GLOSSARY};
use crate::model::{Address, Alternate, Audience, MenuEntry, PageMetadata, Said, policy};
use crate::query::{Answer, By, Query, Step, Store};
use crate::view::{AlternateView, AssetKind, Head, Link, Machines, PictureView, ShareView, SiteView, View};

/// The head of the page at `address`.
#[must_use]
pub fn head(view: &View, address: &Address, title: String) -> Head {
    let steps = view.ask(&Query::Trail(address.as_str().into())).trail();
    let trail = steps.into_iter().map(|step| step_link(view, step)).collect();
    Head {
        title,
        part: None,
        href: view.url(address),
        canonical: view.canonical(address),
        description: view.config().description.clone(),
        kind: Value::none(),
        section: section(view, address),
        trail,
        sensitive: None,
    }
}

fn step_link(view: &View, step: Step) -> Link {
    match step {
        Step::Home => Link { title: view.language.say("home.title", &[]), href: Some(view.url(&Address::page([]))) },
        Step::Listing(list) => {
            let list = view.list(list);
            Link { title: view.list_name(list), href: Some(view.url(list.address)) }
        }
        Step::Document(id) => view.link(id),
    }
}

/// The first part of the address as it stands in the menu: `/minutes/`.
fn section(view: &View, address: &Address) -> Option<String> {
    let first = address.as_str().split('/').nth(1).filter(|part| !part.is_empty())?;
    Some(view.url(&Address::page([first])))
}

/// `machines`.
#[must_use]
pub fn machines(told: &PageMetadata) -> Machines {
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

/// `site`; `has_data` says whether there is a list of all data.
#[must_use]
pub fn site(view: &View, has_data: bool) -> SiteView {
    let config = &view.config();
    let own = |name| view.ask(&Query::OwnPages).own_pages().named(name).map(|address| view.url(&address));
    let licence = config.licence.as_ref().or(config.licence_url.as_ref());
    SiteView {
        title: config.title.clone(),
        organisation: config.organisation.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        home: view.url(&Address::page([])),
        menu: menu(view),
        contact: view.contact(&config.contact),
        licence: licence.map(|title| Link { title: title.clone(), href: config.licence_url.clone() }),
        logo: picture(view, config.branding.logo.as_ref()),
        crest: picture(view, config.branding.crest.as_ref().or(config.branding.logo.as_ref())),
        notice: config.footer.text.clone(),
        links: links(view, &config.footer.links),
        policy: Value::safe_string(policy::IN_PAGES),
        stylesheet: view.assets_of(AssetKind::Style).next().unwrap_or_default(),
        icon: view.assets_of(AssetKind::Icon).next(),
        share: share(view),
        scripts: view.assets_of(AssetKind::Script).collect(),
        data: own(DATA).filter(|_| has_data),
        glossary: own(GLOSSARY),
        searches: searches(view),
        accessibility: own(ACCESSIBILITY),
        preview: view.ask(&Query::Audience) == Answer::Audience(Audience::Preview),
    }
}

/// The questions that the settings offer; where they offer none, the topics of most documents.
fn searches(view: &View) -> Vec<String> {
    /// More would be a list to read and no help to begin with.
    const MOST: usize = 3;
    if !view.config().searches.is_empty() {
        return view.config().searches.clone();
    }
    let asked = Query::Lists { kind: None, by: Some(By::Topic) };
    let mut lists = view.ask(&asked).lists();
    lists.sort_by_key(|list| std::cmp::Reverse(view.list_length(*list)));
    lists.into_iter().take(MOST).map(|list| view.list_name(view.list(list))).collect()
}

/// A picture that the settings name; `assemble` has published it.
fn picture(view: &View, said: Option<&Said>) -> Option<PictureView> {
    let (file, address) = view.attachment(view.attachment_at(&said?.text)?);
    let (width, height) = file.facts.pixels.unzip();
    Some(PictureView { href: view.url(address), width, height })
}

/// The picture that is shown of a link: the one that the settings name, else the one that was drawn.
fn share(view: &View) -> Option<PictureView> {
    let own = picture(view, view.config().branding.share.as_ref());
    let drawn = || PictureView {
        href: view.assets_of(AssetKind::Share).next().unwrap_or_default(),
        width: u32::try_from(cover::WIDTH).ok(),
        height: u32::try_from(cover::HEIGHT).ok(),
    };
    let picture = own.unwrap_or_else(drawn);
    let path = picture.href.strip_prefix(&*view.config().base_path)?;
    Some(PictureView { href: format!("{}{path}", view.config().base_url.as_ref()?), ..picture })
}

/// Links of the settings; those of the site itself begin where the site does.
fn links(view: &View, entries: &[MenuEntry]) -> Vec<Link> {
    let base = &view.config().base_path;
    let href = |href: &str| if href.starts_with('/') { format!("{base}{href}") } else { href.to_owned() };
    entries.iter().map(|entry| Link { title: entry.label.clone(), href: Some(href(&entry.href)) }).collect()
}

/// The site's own menu; where it has none, the kinds that have documents.
fn menu(view: &View) -> Vec<Link> {
    let config = &view.config();
    if !config.menu.is_empty() {
        return links(view, &config.menu);
    }
    let kinds = view.ask(&Query::Kinds).kinds().into_iter().map(|(kind, _)| (kind, view.kinds().get(kind)));
    let link =
        |(id, kind): (KindId, &Kind)| Some(Link { title: kind.label_plural.clone(), href: Some(view.kind_href(id)?) });
    kinds.filter(|(_, kind)| kind.in_menu).filter_map(link).collect()
}
