//! Addresses last: what becomes of a page, a place or a file that was published and is not where it was.
//!
//! Input: what was recorded when the site was published, and what it has now. Output: names of places that lead to where their
//! words are now, old addresses that lead on, and messages where nothing is found. Not here: the form of what is recorded
//! (`model/recorded.rs`), and who writes it (`publish`).
//!
//! A page that was renamed is known by its text, and so is a place that got another number. What somebody holds back now is asked
//! for by nobody: to take a page back must never need a second word.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::editions::Earlier;
use super::identity::place_of;
use super::index::{Index, Lookup};
use crate::diagnostic::Diagnostics;
use crate::kind::{Kinds, Role, Shape, Stage};
use crate::model::{
    Address, Alias, AnchorId, Date, Document, DocumentId, Element, LeadsTo, ListingFilter, Moved, Print, Published,
    Recorded, RecordedPage, RecordedPlace, Shown, Site, Text, Withheld, print_of_place, unnumbered_words,
};

/// Gives places that were published and are gone the places where their words are now: `#para-7.12` of a text in which that
/// paragraph is 7.13. `documents` are changed in their texts alone.
pub fn keep_places(
    documents: &mut [Shown],
    withheld: &[Withheld],
    (recorded, kinds, earlier): (&Recorded, &Kinds, &Earlier),
    diagnostics: &mut Diagnostics,
) {
    if recorded.pages.is_empty() {
        return;
    }
    let editions = earlier_texts(documents, earlier);
    let cut: BTreeSet<&str> = withheld.iter().map(|held| held.address.as_str()).collect();
    for shown in documents {
        let parsed = &shown.parsed;
        let Some(page) = recorded.pages.get(parsed.address.as_str()).filter(|_| parsed.standing.is_none()) else {
            continue;
        };
        let is_shown = !shown.ended && parsed.visibility.exempt.is_none();
        let is_lost = |place: &&RecordedPlace| parsed.body.find(&place.id).is_none();
        if !is_shown || !page.places.iter().any(|place| is_lost(&place)) {
            continue;
        }
        let text = &parsed.body;
        let places = Places::of(text);
        let may_change = is_unconfirmed(shown, kinds);
        let mut former = Vec::new();
        let (mut moved, mut lost): (Vec<(&str, &str)>, Vec<&str>) = Default::default();
        for (at, place) in page.places.iter().enumerate().filter(|(_, place)| is_lost(place)) {
            // A place that is called after its words has another name with the next edit, and nobody has typed the old one.
            let of_words = place.id.starts_with("p-") || place.id.starts_with("h-");
            let near = || (may_change || of_words).then(|| nearest(text, page, at)).flatten();
            match places.find(place, page).or_else(near) {
                Some(found) => {
                    moved.extend((!of_words).then(|| (&*place.id, &*text.anchor(found).id)));
                    former.push((place.id.clone(), found));
                }
                None if of_words => {}
                // Its page leads on to the edition that has it.
                None if editions.get(&parsed.id).is_some_and(|texts| has_place(texts, &place.id)) => {}
                None => lost.push(&place.id),
            }
        }
        let file = place_of(parsed);
        if !moved.is_empty() {
            diagnostics.moved_places(file, &moved);
        }
        // What is cut out of a text takes its places with it.
        if !lost.is_empty() && !cut.contains(parsed.address.as_str()) {
            diagnostics.lost_places(file, &lost);
        }
        let text = Arc::make_mut(&mut shown.parsed.body);
        text.former.extend(former);
        text.former.sort();
    }
}

/// The texts of the earlier editions of each document that has some.
fn earlier_texts(documents: &[Shown], earlier: &Earlier) -> BTreeMap<Box<str>, Vec<Arc<Text>>> {
    let mut texts: BTreeMap<Box<str>, Vec<Arc<Text>>> = BTreeMap::new();
    for parsed in documents.iter().map(|shown| &shown.parsed) {
        if let Some(present) = earlier.get(&parsed.id) {
            texts.entry(present.clone()).or_default().push(Arc::clone(&parsed.body));
        }
    }
    texts
}

fn has_place(texts: &[Arc<Text>], place: &str) -> bool {
    texts.iter().any(|text| text.find(place).is_some())
}

/// Whether the status of a document says that its text may change still: of minutes that nobody has agreed.
fn is_unconfirmed(shown: &Shown, kinds: &Kinds) -> bool {
    let kind = kinds.get(shown.parsed.kind);
    let status = shown.parsed.fields.with_role(&kind.fields, Role::Status).and_then(|value| value.text());
    let choices = kind.role(Role::Status).map(|field| field.shape.one());
    let Some(Shape::Choice(choices)) = choices else { return false };
    choices.iter().any(|choice| choice.stage == Stage::Coming && Some(&*choice.value) == status)
}

/// The place where the lost one at `at` most likely stood: one that is new, right after the last of those before it that is there
/// still, or else that one.
fn nearest(text: &Text, page: &RecordedPage, at: usize) -> Option<AnchorId> {
    let printed = |place: &AnchorId| is_printed(text, *place);
    let before = page.places[..at].iter().rev().filter_map(|place| text.find(&place.id)).find(printed);
    let first = before.map_or(0, |before| before.index() + 1);
    let mut after = (first..text.anchors.len()).map(AnchorId::at).filter(printed);
    let is_new = |place: &AnchorId| !page.places.iter().any(|known| known.id == text.anchor(*place).id);
    after.next().filter(is_new).or(before)
}

/// Whether another name can be put at a place: its element may hold words.
fn is_printed(text: &Text, place: AnchorId) -> bool {
    let element = text.anchor(place).node.map(|node| text.node(node).element);
    matches!(
        element,
        Some(
            Element::Paragraph
                | Element::Heading { .. }
                | Element::Item { .. }
                | Element::Quotation
                | Element::Section
                | Element::Span
        )
    )
}

/// The places of a text by their words.
struct Places<'text> {
    text: &'text Text,
    list: Vec<(AnchorId, Print)>,
}

impl<'text> Places<'text> {
    fn of(text: &'text Text) -> Self {
        let places = (0..text.anchors.len()).map(AnchorId::at).filter(|place| is_printed(text, *place));
        Self { text, list: places.filter_map(|place| Some((place, print_of_place(text, place)?))).collect() }
    }

    /// Where the words of a recorded place are: the same words, or one place alone with nearly the same. A place that has a name of
    /// its own in `page`, and its own words there, is another one.
    fn find(&self, place: &RecordedPlace, page: &RecordedPage) -> Option<AnchorId> {
        let print = place.print?;
        let id = |at: AnchorId| &*self.text.anchor(at).id;
        let is_other = |at: AnchorId, own: &Print| {
            page.places.iter().any(|known| *known.id == *id(at) && known.print == Some(*own))
        };
        let same = |free: bool| {
            let mut same = self.list.iter().filter(|(_, own)| *own == print);
            same.find(|(at, own)| !free || !is_other(*at, own)).map(|(at, _)| *at)
        };
        same(true).or_else(|| same(false)).or_else(|| {
            let free = self.list.iter().filter(|(at, own)| !is_other(*at, own));
            let like = free.filter_map(|(at, own)| Some((own.likeness(&print)?, *at)));
            best(like.collect())
        })
    }
}

/// The one that has most; `None` if several have as much.
fn best<One: Copy>(mut counted: Vec<(usize, One)>) -> Option<One> {
    counted.sort_by_key(|(count, _)| Reverse(*count));
    match counted[..] {
        [(_, one)] => Some(one),
        [(most, one), (next, _), ..] if most > next => Some(one),
        _ => None,
    }
}

/// What became of a page that is not at its address any more.
#[derive(Debug)]
pub enum Became {
    /// It is this document.
    Document(DocumentId),
    /// It is held back now.
    Withheld,
    /// It is recorded as moved, in a circle of these addresses.
    Circle(Vec<String>),
    /// Nobody knows.
    Lost,
}

/// What became of pages, by the addresses that they had.
pub type Moves<'site> = BTreeMap<&'site str, Became>;

/// What became of every page that was published and is not at its address any more, by its address.
pub fn moved<'site>(index: &Index<'_>, recorded: &'site Recorded) -> Moves<'site> {
    let there = |address: &str| index.at_address(address) != Lookup::Nothing;
    let mut renamed = None;
    let pages = recorded.pages.iter().map(|(address, page)| (&**address, page));
    let pages = pages.filter(|(address, page)| address.ends_with('/') && !page.list && !there(address));
    let became = |(address, page): (&'site str, &RecordedPage)| {
        let found = match recorded.follow(address, there) {
            Err(circle) => Became::Circle(circle.into_iter().map(str::to_owned).collect()),
            Ok(Some(to)) => index.at_address(to).document().map_or(Became::Withheld, Became::Document),
            Ok(None) => {
                let renamed = renamed.get_or_insert_with(|| Renamed::new(index, recorded));
                match renamed.find(page) {
                    Some(document) => Became::Document(document),
                    None if renamed.is_withheld(page) => Became::Withheld,
                    None => Became::Lost,
                }
            }
        };
        (address, found)
    };
    pages.map(became).collect()
}

/// The ids under which authors may still name documents that have moved.
pub fn former_ids(index: &Index<'_>, moved: &Moves<'_>) -> BTreeMap<String, DocumentId> {
    let documents = moved.iter().filter_map(|(address, became)| match became {
        Became::Document(document) => Some((*address, *document)),
        _ => None,
    });
    let named = documents.map(|(address, document)| {
        let kind = index.kinds.get(index.documents[document.0 as usize].parsed.kind);
        let path = address.trim_matches('/');
        let id = if kind.folder_in_address { path.to_owned() } else { format!("{}/{path}", kind.folder) };
        (id, document)
    });
    named.collect()
}

/// Old addresses: those that authors name, `typed`, and those of pages that were published and have `moved`; `open`
/// are those that authors lead to something else than a document.
pub fn keep_pages(
    index: &Index<'_>,
    typed: Vec<(Address, DocumentId)>,
    (moved, open): (&Moves<'_>, &BTreeSet<Address>),
    recorded: &Recorded,
    diagnostics: &mut Diagnostics,
) -> Vec<Alias> {
    let mut aliases: BTreeMap<Address, DocumentId> = typed.into_iter().collect();
    for (address, became) in moved {
        let Some(page) = recorded.pages.get(*address) else { continue };
        let (own, Some(span)) = (Address::file(address), page.span) else { continue };
        if aliases.contains_key(&own) || open.contains(&own) {
            continue;
        }
        // Where it moved may be an old address, too, that an author has named.
        let named = page.to.as_deref().and_then(|to| aliases.get(&Address::file(to)).copied());
        match became {
            Became::Document(document) => {
                let parsed = &index.documents[document.0 as usize].parsed;
                if page.to.as_deref() != Some(parsed.address.as_str()) {
                    diagnostics.moved_page(place_of(parsed), address, parsed.address.as_str());
                }
                aliases.insert(own, *document);
            }
            Became::Withheld => {}
            Became::Circle(_) | Became::Lost if named.is_some() => {
                aliases.extend(named.map(|document| (own, document)))
            }
            Became::Circle(circle) => diagnostics.circle_of_addresses(span, circle),
            Became::Lost => diagnostics.lost_page(span, address),
        }
    }
    let alias = |(address, document): (Address, DocumentId)| {
        let places = recorded.pages.get(address.as_str()).map(|page| places_in(page, index, document));
        Alias { address, to: LeadsTo::Document(document), place: None, places: places.unwrap_or_default(), row: None }
    };
    aliases.into_iter().map(alias).collect()
}

/// The places of a page that has moved, each with the place where its words are now.
fn places_in(page: &RecordedPage, index: &Index<'_>, document: DocumentId) -> Box<[Moved]> {
    let shown = &index.documents[document.0 as usize];
    let text = &*shown.parsed.body;
    let places = Places::of(text);
    let name = |place: AnchorId| text.anchor(place).id.clone();
    let now = |place: &RecordedPlace| {
        let same = |at: &AnchorId| print_of_place(text, *at) == place.print;
        let kept = text.find(&place.id);
        let is = kept.filter(same).or_else(|| places.find(place, page)).or(kept);
        is.map(|found| if kept == Some(found) { place.id.clone() } else { name(found) })
    };
    page.places.iter().map(|place| (place.id.clone(), now(place))).collect()
}

/// Finds a page that was renamed, by its words.
struct Renamed {
    /// Where a text with these words stands, among the pages that were not published under their addresses.
    by_print: BTreeMap<Print, Vec<DocumentId>>,
    /// The words of each of those pages as a whole.
    whole: Vec<(DocumentId, Print)>,
    /// The words of all that is withheld.
    withheld: BTreeSet<Print>,
}

impl Renamed {
    fn new(index: &Index<'_>, recorded: &Recorded) -> Self {
        let mut found = Self { by_print: BTreeMap::new(), whole: Vec::new(), withheld: BTreeSet::new() };
        for (document, shown) in (0..).map(DocumentId).zip(index.documents) {
            let parsed = &shown.parsed;
            let has_page = parsed.standing.as_ref().is_none_or(|standing| standing.page);
            // A page that is where it was is no other page; one that is back where it was once may be.
            let stays = recorded.pages.get(parsed.address.as_str()).is_some_and(|page| page.to.is_none());
            if !has_page || stays {
                continue;
            }
            for place in (0..parsed.body.anchors.len()).map(AnchorId::at) {
                if let Some(print) = print_of_place(&parsed.body, place) {
                    found.by_print.entry(print).or_default().push(document);
                }
            }
            found.whole.extend(print_of_page(index.text_of(shown), shown).map(|print| (document, print)));
        }
        for parsed in index.withheld.iter().filter_map(|held| held.document.as_deref()) {
            let text = &parsed.body;
            found.withheld.extend(Print::of(&unnumbered_words(text, text.whole())));
            found.withheld.extend((0..text.anchors.len()).filter_map(|at| print_of_place(text, AnchorId::at(at))));
        }
        found
    }

    /// The page that has the same words, or most places of it, and is the only one.
    fn find(&self, page: &RecordedPage) -> Option<DocumentId> {
        let print = page.print?;
        let same: Vec<DocumentId> =
            self.whole.iter().filter(|(_, own)| *own == print).map(|(document, _)| *document).collect();
        if let [document] = same[..] {
            return Some(document);
        }
        let mut counts: BTreeMap<DocumentId, usize> = BTreeMap::new();
        let prints: BTreeSet<Print> = page.places.iter().filter_map(|place| place.print).collect();
        for document in prints.iter().filter_map(|print| self.by_print.get(print)) {
            document.iter().collect::<BTreeSet<_>>().into_iter().for_each(|one| *counts.entry(*one).or_default() += 1);
        }
        let most = counts.into_iter().filter(|(_, count)| count * 2 > prints.len()).map(|(one, count)| (count, one));
        if let Some(document) = best(most.collect()) {
            return Some(document);
        }
        let like = self.whole.iter().filter_map(|(document, own)| Some((own.likeness(&print)?, *document)));
        let like: Vec<(usize, DocumentId)> = like.filter(|(alike, _)| *alike > 5 && same.is_empty()).collect();
        match like[..] {
            [(_, document)] => Some(document),
            _ => None,
        }
    }

    /// Whether most of the words of a page are in something that is withheld now.
    fn is_withheld(&self, page: &RecordedPage) -> bool {
        let prints: BTreeSet<Print> = page.places.iter().filter_map(|place| place.print).collect();
        let held = prints.iter().filter(|print| self.withheld.contains(print)).count();
        page.print.is_some_and(|print| self.withheld.contains(&print)) || (held > 0 && held * 2 > prints.len())
    }
}

/// The words of a page: of a record those that were recorded, in the text of its host.
fn print_of_page(text: &Text, shown: &Shown) -> Option<Print> {
    let part = shown.parsed.standing.as_ref().map_or_else(|| text.whole(), |standing| standing.wording.stretch);
    Print::of(&unnumbered_words(text, part))
}

/// Whether readers keep the address of such a list: that of a year or a letter comes and goes with what is in it.
fn is_lasting(filter: &ListingFilter) -> bool {
    matches!(
        filter,
        ListingFilter::Kind(_) | ListingFilter::Body(..) | ListingFilter::Area(..) | ListingFilter::Topic(..)
    )
}

/// Gives lists that were published and have another address now an old address that leads on: to the list that has most of what was
/// in it. Says which are found nowhere.
pub fn keep_lists(site: &mut Site, recorded: &Recorded, diagnostics: &mut Diagnostics) {
    let pages = site.documents.iter().map(|document| document.address.as_str());
    let lists = site.listings.iter().map(|list| list.address.as_str());
    let aliases = site.aliases.iter().map(|alias| alias.address.as_str());
    let there: BTreeSet<&str> = pages.chain(lists.clone()).chain(aliases).collect();
    let lists: BTreeSet<&str> = lists.collect();
    let gone = recorded.pages.iter().filter(|(address, page)| page.list && !there.contains(&***address));
    let (mut found, mut lost) = (Vec::new(), Vec::new());
    for (address, page) in gone {
        let known = page.to.as_deref().filter(|to| lists.contains(to));
        match known.or_else(|| list_now(site, address, &lists)) {
            Some(to) => found.push((Address::file(address), Address::file(to))),
            None => lost.push((&**address, page.span)),
        }
    }
    if let Some(span) = lost.first().and_then(|(_, span)| *span) {
        let lost: Vec<&str> = lost.iter().map(|(address, _)| *address).collect();
        diagnostics.lists_not_made(span, &lost);
    }
    lead_on(site, found);
}

/// The list that has most of the pages that were below `address` and have moved: of several the one that has fewest others.
fn list_now<'site>(site: &'site Site, address: &str, lists: &BTreeSet<&'site str>) -> Option<&'site str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all = 0;
    for alias in site.aliases.iter().filter(|alias| alias.address.as_str().starts_with(address)) {
        let LeadsTo::Document(document) = alias.to else { continue };
        let now = site.document(document).address.as_str();
        all += 1;
        // The list of a page is the nearest above it.
        let above = now.match_indices('/').rev().skip(1).map(|(at, _)| &now[..=at]);
        if let Some(list) = above.filter_map(|above| lists.get(above)).next() {
            *counts.entry(list).or_default() += 1;
        }
    }
    counts.into_iter().find(|(_, count)| count * 2 > all).map(|(list, _)| list)
}

/// Gives files that were published and have another name now an old address that leads on: at it, the same file is found too. Says which
/// are found nowhere. `addresses` tells those of files for machines.
pub fn keep_files(
    site: &mut Site,
    withheld: &[Withheld],
    recorded: &Recorded,
    addresses: fn(&Site) -> Vec<Address>,
    diagnostics: &mut Diagnostics,
) {
    if recorded.pages.is_empty() {
        return;
    }
    let addresses = addresses(site);
    let attached = site.attachments.iter().map(|(file, address)| (address.as_str(), Some(Print::of_file(file.hash))));
    let there: BTreeMap<&str, Option<Print>> =
        attached.chain(addresses.iter().map(|address| (address.as_str(), None))).collect();
    // Of several files with the same bytes, the first.
    let by_print = there.iter().rev().filter_map(|(address, print)| Some(((*print)?, *address))).collect();
    let aliases: BTreeSet<&str> = site.aliases.iter().map(|alias| alias.address.as_str()).collect();
    let files = recorded.pages.iter().filter(|(address, _)| !address.ends_with('/'));
    let gone = files.filter(|(address, _)| !there.contains_key(&***address) && !aliases.contains(&***address));
    let (published, made): (Vec<_>, Vec<_>) = gone.partition(|(_, page)| page.print.is_some());
    let mut moved = Vec::new();
    for (address, page) in published {
        match (file_now(address, recorded, (&there, &by_print)), page.span) {
            (Some(to), span) => {
                span.into_iter().for_each(|span| diagnostics.moved_file(span, address, to));
                moved.push((Address::file(address), Address::file(to)));
            }
            // Nobody knows which of its files went with a text that is held back.
            (None, Some(span)) if withheld.is_empty() => diagnostics.lost_file(span, address),
            (None, _) => {}
        }
    }
    if let Some(span) = made.first().and_then(|(_, page)| page.span) {
        let made: Vec<&str> = made.iter().map(|(address, _)| &***address).collect();
        diagnostics.files_not_made(span, &made);
    }
    lead_on(site, moved);
}

/// The file that was published at an address, under the name that it has now: the one with the same bytes, or the one that had taken its
/// place when it was published last.
fn file_now<'there>(
    address: &str,
    recorded: &Recorded,
    (there, by_print): (&BTreeMap<&'there str, Option<Print>>, &BTreeMap<Print, &'there str>),
) -> Option<&'there str> {
    let mut page = recorded.pages.get(address)?;
    // Of a circle, which nobody writes, each is looked at once.
    for _ in 0..recorded.pages.len() {
        if let Some(now) = page.print.and_then(|print| by_print.get(&print)) {
            return Some(now);
        }
        let to = page.to.as_deref()?;
        if let Some((now, _)) = there.get_key_value(to) {
            return Some(now);
        }
        page = recorded.pages.get(to)?;
    }
    None
}

/// Adds old addresses that lead on to others.
fn lead_on(site: &mut Site, moved: Vec<(Address, Address)>) {
    let alias =
        |(address, to)| Alias { address, to: LeadsTo::Address(to), place: None, places: Box::default(), row: None };
    site.aliases.extend(moved.into_iter().map(alias));
    site.aliases.sort_by(|one, two| one.address.cmp(&two.address));
}

/// What a site promises, to be recorded: every page, place and file that is public. What was recorded before and leads on still is
/// kept with where it leads; what is withheld now is left out.
#[must_use]
pub fn recorded(site: &Site, before: &Recorded, files: &[Address]) -> Recorded {
    let mut now = Recorded { releases: before.releases.clone(), ..Recorded::default() };
    let blank = |print| RecordedPage { print, to: None, places: Vec::new(), list: false, span: None };
    for (_, document) in
        site.ids().filter(|(_, document)| document.anchor_on_page().is_none() && document.private.is_none())
    {
        let (text, part) = match document.place.as_ref().and_then(|place| Some((place.host, place.wording.as_ref()?))) {
            Some((host, wording)) => (&site.document(host).body, wording.stretch),
            None => (&document.body, document.body.whole()),
        };
        let print = Some(document).filter(|document| document.published == Published::Whole);
        let print = print.and_then(|_| Print::of(&unnumbered_words(text, part)));
        let place =
            |place: AnchorId| RecordedPlace { id: text.anchor(place).id.clone(), print: print_of_place(text, place) };
        let own = document.place.as_ref().is_none_or(|place| place.wording.is_none());
        let places = if own { (0..text.anchors.len()).map(AnchorId::at).map(place).collect() } else { Vec::new() };
        let former = text
            .former
            .iter()
            .filter(|_| own)
            .map(|(name, at)| RecordedPlace { id: name.clone(), print: print_of_place(text, *at) });
        let mut page = RecordedPage { places, ..blank(print) };
        page.places.extend(former);
        now.pages.insert(document.address.as_str().into(), page);
    }
    let attached = site.attachments.iter().map(|(file, address)| (address, Some(Print::of_file(file.hash))));
    for (address, print) in attached.chain(files.iter().map(|address| (address, None))) {
        now.pages.entry(address.as_str().into()).or_insert_with(|| blank(print));
    }
    for list in site.listings.iter().filter(|list| is_lasting(&list.filter)) {
        let page = RecordedPage { list: true, ..blank(None) };
        now.pages.entry(list.address.as_str().into()).or_insert(page);
    }
    for Alias { address, to, .. } in &site.aliases {
        if let Some(page) = before.pages.get(address.as_str()) {
            let to = Some(site.address_of(to).as_str().into());
            now.pages.entry(address.as_str().into()).or_insert_with(|| RecordedPage { to, span: None, ..page.clone() });
        }
    }
    now
}

/// The texts of the files in which all this is recorded, by their paths below `content/addresses/`: one for each kind, body and year.
/// An address that leads on stands where its page does.
#[must_use]
pub fn files(site: &Site, recorded: &Recorded) -> BTreeMap<String, String> {
    let pages = site.documents.iter().filter(|document| document.anchor_on_page().is_none());
    let pages: BTreeMap<&str, &Document> = pages.map(|document| (document.address.as_str(), document)).collect();
    recorded.write(|address| {
        let to = recorded.pages.get(address).and_then(|page| page.to.as_deref()).unwrap_or(address);
        let Some(document) = pages.get(to) else {
            // Files lie in folders that are called after kinds, too.
            let first = to.split('/').nth(1).filter(|first| to.matches('/').count() > 1 && !first.is_empty());
            return format!("files/{}.txt", first.unwrap_or("site"));
        };
        let folder = &site.kinds.get(document.kind).folder;
        let names: Vec<&str> = document.id.split('/').collect();
        let body = names.get(1).filter(|_| names.len() > 2).map(|body| format!("/{body}")).unwrap_or_default();
        match document.date.and_then(Date::earliest) {
            Some(day) => format!("{folder}{body}/{}.txt", day.year()),
            None if body.is_empty() => format!("{folder}.txt"),
            None => format!("{folder}{body}.txt"),
        }
    })
}
