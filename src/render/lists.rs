//! Pages that are no document: the home page, lists, what changed, topics, A to Z, the page for a wrong address, and
//! pages that lead on from an old one.
//!
//! Input: which page. Output: a struct of `context.rs` for its template. Not here: which files exist (`plan.rs`).

use std::collections::BTreeMap;

use tera::Value;

use super::{body, head};
use crate::kind::{Order, Role, Stage};
use crate::language::NO_LETTER;
use crate::model::pages::{A_TO_Z, DATA, GLOSSARY, TOPICS, UPDATES, list_page, page_count, plan_page};
use crate::model::{Address, Catalogue, DataFile, Dataset, DocumentId, LeadsTo, ListingFilter, Moved, RouteKind};
use crate::query::{self, By, Filter, Query, Store};
use crate::view::{
    AToZPage, Card, DataFileView, DataPage, DatasetView, GlossaryPage, Head, HomePage, LetterView, Link, List,
    ListPage, MovedPlace, NoMore, PageLink, Pager, PlanPage, RedirectPage, UpdatesPage, View, WordView, WordsView,
    fragment, is_whole,
};

/// The home page.
#[must_use]
pub fn home(view: &View) -> (Head, HomePage) {
    let text = view.home().filter(|id| is_whole(view.document(*id)));
    let title = text.map_or(&*view.config().title, |id| &view.document(id).title);
    let mut head = head::head(view, &Address::page([]), title.to_owned());
    if let Some(description) = text.and_then(|id| view.summary(id)) {
        head.description.get_or_insert(description);
    }
    head.sensitive = text.filter(|id| view.document(*id).sensitive).map(|_| view.sensitive());
    let text = text.map(|id| body::of_document(view, id));
    let (body, used) = text.map_or_else(|| (Value::safe_string(""), Vec::new()), |text| (text.html, text.used));
    (head, HomePage { body, words: view.words(&used) })
}

/// Page `number` of the forward plan of all bodies, or of one.
#[must_use]
pub fn plan(view: &View, body: Option<DocumentId>, number: usize) -> (Head, PlanPage) {
    let address = plan_page(body.map(|body| &view.document(body).address));
    let title = match body {
        Some(body) => view.language.say("plan.of", &[("body", &view.document(body).title)]),
        None => view.language.say("plan.title", &[]),
    };
    let mut head = head::head(view, &list_page(&address, number), title);
    head.description = Some(view.language.say("plan.lead", &[]));
    let length = view.ask(&Query::PlanLength(body.map(|body| view.document(body).id.clone()))).count();
    let pager = pager(view, &address, number, pages(view, length));
    below_first(view, &mut head, &address, &pager);
    let others = view.ask(&Query::OwnPages).own_pages().iter().filter(|_| body.is_none());
    let others = others.filter_map(|(address, kind)| match kind {
        RouteKind::Plan(Some(body), 1) => Some(Link { href: Some(view.url(address)), ..view.link(body) }),
        _ => None,
    });
    let mut bodies: Vec<Link> = others.collect();
    bodies.sort_by_cached_key(|link| view.language.sort_key(&link.title));
    let all = body.and_then(|_| view.plan_href(None));
    let groups = view.plan_part(body, span(view, number));
    (head, PlanPage { body: body.map(|body| view.link(body)), groups, pager, all, bodies })
}

/// Page `number` of a list.
#[must_use]
pub fn listing(view: &View, list: u32, number: usize) -> (Head, ListPage) {
    let (total, List { address, filter }) = (view.list_length(list), view.list(list));
    let mut head = head::head(view, &list_page(address, number), view.list_title(view.list(list)));
    let (kind, by) = query::kind_and_by(filter);
    if let Some(kind) = kind {
        head.kind = view.kind(kind);
    }
    head.sensitive = query::is_sensitive_list(view, view.config(), filter).then(|| view.sensitive());
    let pager = pager(view, address, number, pages(view, total));
    number_page(view, &mut head, &pager);
    head.description = Some(view.language.count("list.description", total as u64, &[("title", &head.title)]));
    let (offset, limit) = span(view, number);
    let shown = view.list_part(list, offset, limit).iter().copied();
    let (ended, current): (Vec<DocumentId>, Vec<DocumentId>) = shown.partition(|id| is_past(view, *id));
    let (cards, years) = (view.cards(&current), by != By::Year && current.iter().all(|id| view.goes_by_year(*id)));
    let page = ListPage {
        by: by_name(by),
        body: match filter {
            ListingFilter::Body(_, Ok(body)) => Some(view.link(*body)),
            _ => None,
        },
        area: match filter {
            ListingFilter::Area(_, area) => Some(view.card(*area)),
            _ => None,
        },
        narrow: kind.is_some_and(|kind| view.has_narrower(kind)),
        first: view.url(address),
        total,
        groups: view.grouped(&current, cards.clone(), years),
        current: cards,
        ended: view.cards(&ended),
        pager,
    };
    (head, page)
}

/// Page `number` of what changed.
#[must_use]
pub fn updates(view: &View, number: usize) -> (Head, UpdatesPage) {
    let address = Address::page([UPDATES]);
    let mut head = head::head(view, &list_page(&address, number), view.language.say("updates.title", &[]));
    let pager = pager(view, &address, number, pages(view, view.ask(&Query::Changed).count()));
    below_first(view, &mut head, &address, &pager);
    let (offset, limit) = span(view, number);
    let asked = Query::Updates { offset, limit };
    (head, UpdatesPage { items: view.cards(&view.ask(&asked).documents()), pager })
}

/// The list of topics.
#[must_use]
pub fn topics(view: &View) -> (Head, NoMore) {
    (head::head(view, &Address::page([TOPICS]), view.language.say("topics.title", &[])), NoMore {})
}

/// All data, with where it is.
#[must_use]
pub fn data(view: &View, catalogue: Option<&Catalogue>) -> (Head, DataPage) {
    let mut head = head::head(view, &Address::page([DATA]), view.language.say("data.title", &[]));
    head.description = Some(view.language.say("data.lead", &[]));
    let href = |address: &Address| view.url(address);
    let data_file = |file: &DataFile| DataFileView {
        title: file.title.clone(),
        href: href(&file.address),
        media_type: file.media_type,
    };
    let dataset = |dataset: &Dataset| DatasetView {
        title: dataset.title.clone(),
        href: dataset.page.as_ref().map(href),
        about: dataset.description.clone(),
        changed: view.date_of(dataset.changed),
        files: dataset.files.iter().map(data_file).collect(),
    };
    let datasets = catalogue.map(|catalogue| catalogue.datasets.iter().map(dataset).collect());
    let page = DataPage {
        datasets: datasets.unwrap_or_default(),
        catalogue: catalogue.map(|catalogue| href(&catalogue.address)),
    };
    (head, page)
}

/// What a reader sees at an address that is not there.
#[must_use]
pub fn not_found(view: &View) -> (Head, NoMore) {
    let mut head = head::head(view, &Address::file("404.html"), view.language.say("not-found.title", &[]));
    head.canonical = None;
    head.section = None;
    (head, NoMore {})
}

/// The page that leads on from an old address.
#[must_use]
pub fn redirect(view: &View, alias: u32) -> RedirectPage {
    let alias = view.alias(alias);
    let (address, title, own) = match &alias.to {
        LeadsTo::Document(document) => {
            let document = view.document(*document);
            let neutral = || query::neutral_title(view.config(), &view.language);
            let title = if document.sensitive { neutral() } else { document.title.to_string() };
            (&document.address, title, document.anchor_on_page())
        }
        // The words of a list or the name of a file would say no more than where it is.
        LeadsTo::Address(address) => (address, address.to_string(), None),
    };
    let href = view.url(address);
    let at_place = |place: Option<&str>| match place {
        Some(place) => format!("{href}#{}", fragment(place)),
        None => href.clone(),
    };
    let place = |(old, now): &Moved| MovedPlace { id: old.to_string(), href: at_place(now.as_deref()) };
    RedirectPage {
        places: alias.places.iter().map(place).collect(),
        title,
        href: at_place(alias.place.as_deref().or(own)),
        canonical: view.canonical(address),
    }
}

/// Everything that is looked for by its name. Of a kind that goes by date, its lists: a hundred meetings under M
/// help nobody.
#[must_use]
pub fn a_to_z(view: &View) -> (Head, AToZPage) {
    let mut letters: BTreeMap<char, Vec<(String, Card)>> = ('A'..='Z').map(|letter| (letter, Vec::new())).collect();
    let mut enter = |card: Card| {
        let letter = view.language.first_letter(&card.title);
        letters.entry(letter).or_default().push((view.language.sort_key(&card.title), card));
    };
    for (_, kind) in view.kinds().iter() {
        if kind.order != Order::Newest {
            let all = Filter { kind: Some(kind.name.as_str().into()), ..Filter::default() };
            let documents = view.ask(&Query::Documents(all)).documents().into_iter();
            documents.filter(|id| view.has_page(*id)).for_each(|id| enter(view.card(id)));
        }
    }
    for by in [By::Kind, By::Topic] {
        let lists = view.ask(&Query::Lists { kind: None, by: Some(by) }).lists();
        lists.into_iter().for_each(|list| enter(list_card(view, view.list(list))));
    }
    let letters = letters.into_iter().map(|(letter, mut items)| {
        items.sort_by(|(a, first), (b, second)| (a, &first.href).cmp(&(b, &second.href)));
        LetterView {
            label: view.letter(letter),
            anchor: letter_anchor(letter),
            items: items.into_iter().map(|(_, card)| card).collect(),
        }
    });
    let letters = letters.collect();
    (head::head(view, &Address::page([A_TO_Z]), view.language.say("a-z.title", &[])), AToZPage { letters })
}

/// Every word that the site explains.
#[must_use]
pub fn glossary(view: &View) -> (Head, GlossaryPage) {
    let all: Vec<u32> = (0..).zip(view.ask(&Query::Glossary).glossary()).map(|(entry, _)| entry).collect();
    let mut letters: Vec<(char, Vec<WordView>)> = Vec::new();
    for word in view.words(&all) {
        let letter = view.language.first_letter(&word.term);
        match letters.last_mut() {
            Some((last, words)) if *last == letter => words.push(word),
            _ => letters.push((letter, vec![word])),
        }
    }
    let letters = letters.into_iter().map(|(letter, words)| WordsView {
        label: view.letter(letter),
        anchor: letter_anchor(letter),
        words,
    });
    let letters = letters.collect();
    let mut head = head::head(view, &Address::page([GLOSSARY]), view.language.say("glossary.title", &[]));
    head.description = Some(view.language.say("glossary.lead", &[]));
    (head, GlossaryPage { letters })
}

/// The id of the heading of a letter.
fn letter_anchor(letter: char) -> String {
    if letter == NO_LETTER { "digit".to_owned() } else { format!("letter-{}", letter.to_lowercase()) }
}

/// How many pages a list of so many documents has.
fn pages(view: &View, documents: usize) -> usize {
    page_count(documents, view.config().page_size)
}

/// Which documents of a list stand on its page `number`: how many to pass over, and at most how many.
fn span(view: &View, number: usize) -> (u32, u32) {
    let size = view.config().page_size.max(1);
    let fitted = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    (fitted((number - 1) * size), fitted(size))
}

/// How lists are made, each way with the word for it in templates.
pub const MADE_BY: [(&str, By); 10] = [
    ("kind", By::Kind),
    ("body", By::Body),
    ("year", By::Year),
    ("letter", By::Letter),
    ("outcome", By::Outcome),
    ("status", By::Status),
    ("follow-up", By::FollowUp),
    ("area", By::Area),
    ("about", By::About),
    ("topic", By::Topic),
];

/// The word for how a list is made.
#[must_use]
pub fn by_name(by: By) -> &'static str {
    MADE_BY.iter().find(|(_, other)| *other == by).map_or("", |(word, _)| word)
}

/// Whether a document has ended, if its kind goes by what holds and not by days: a cancelled meeting stands among the
/// others, a strategy that was replaced stands after those in force.
fn is_past(view: &View, id: DocumentId) -> bool {
    let document = view.document(id);
    let kind = view.kinds().get(document.kind);
    document.stage == Stage::Ended && (kind.order != Order::Newest || kind.role(Role::To).is_some())
}

/// Numbers a page behind the first one, to which its trail leads.
fn below_first(view: &View, head: &mut Head, first: &Address, pager: &Pager) {
    number_page(view, head, pager);
    if pager.number > 1 {
        head.trail.push(Link { title: head.title.clone(), href: Some(view.url(first)) });
    }
}

fn number_page(view: &View, head: &mut Head, pager: &Pager) {
    if pager.number > 1 {
        let (number, count) = (view.language.number(pager.number as u64), view.language.number(pager.count as u64));
        head.part = Some(view.language.say("list.part", &[("number", &number), ("total", &count)]));
    }
}

fn list_card(view: &View, list: List<'_>) -> Card {
    let words = crate::model::RelationEnd::Words(view.list_name(list).into());
    Card { href: Some(view.url(list.address)), ..view.card_of(&words) }
}

/// The first and the last page, and two on each side of this one.
fn pager(view: &View, first: &Address, number: usize, count: usize) -> Pager {
    let href = |number: usize| view.url(&list_page(first, number));
    let mut pages = Vec::new();
    let mut last = 0;
    for page in (1..=count).filter(|page| *page == 1 || *page == count || page.abs_diff(number) <= 2) {
        if page > last + 1 {
            pages.push(PageLink { number: None, href: None, current: false });
        }
        pages.push(PageLink { number: Some(page), href: Some(href(page)), current: page == number });
        last = page;
    }
    Pager {
        number,
        count,
        previous: (number > 1).then(|| href(number - 1)),
        next: (number < count).then(|| href(number + 1)),
        pages,
    }
}
