//! Where old addresses lead that authors name: in `aliases` of a document those with a question, and all of the file of old addresses.
//!
//! Input: the documents, and the rows of the file. Output: aliases, questions, a message for each row that leads nowhere, and one that
//! counts them. Not here: `aliases` that are paths (`identity.rs`), and pages that moved by themselves (`lasting.rs`).
//!
//! A row may lead to a document, which is known at once, or to a page of the site's own or a file, which are known only when the
//! whole site is: so rows are read in two steps, [`bind`] and [`Old::settle`]. What is published now has its address: a row that
//! claims it gives way. Two authors who claim one old address are asked which of them is right.

use std::collections::{BTreeMap, BTreeSet};

use super::anchors::{nearest_anchor, place_in};
use super::identity::place;
use super::index::{Index, Lookup, nearest};
use super::relations::Bound;
use crate::diagnostic::Diagnostics;
use crate::kind::Role;
use crate::model::{
    Address, Alias, DocumentId, LeadsTo, OldAddress, OldQuestion, OldRow, Site, Value, own_path, percent_decoded,
};
use crate::source::Span;

/// What is known of old addresses before the site is whole.
pub struct Old<'rows> {
    rows: &'rows [OldRow],
    /// Those that lead to documents.
    known: Vec<(&'rows OldRow, DocumentId, Option<Box<str>>)>,
    /// Those that lead to no document.
    open: Vec<Open<'rows>>,
    /// From `aliases` of documents.
    questions: Vec<OldQuestion>,
}

/// A row that leads to no document: where it may lead, as a page and as a file, and the place there.
type Open<'rows> = (&'rows OldRow, [Address; 2], Option<Box<str>>);

/// Reads what authors say of old addresses. `typed` are those in `aliases` of documents that are paths.
pub fn bind<'rows>(
    index: &Index<'_>,
    bound: &[Bound],
    typed: &[(Address, DocumentId)],
    rows: &'rows [OldRow],
    diagnostics: &mut Diagnostics,
) -> Old<'rows> {
    let mut old = Old { rows, known: Vec::new(), open: Vec::new(), questions: Vec::new() };
    let mut claims = Claims { index, by_key: BTreeMap::new() };
    let file = |document: DocumentId| Span::whole(index.documents[document.0 as usize].parsed.source);
    for (address, document) in typed {
        claims.by_key.insert(address.folded(), Claim { to: Some(*document), typed: "", span: file(*document) });
    }
    for (read, document, typed, span) in questions(index, bound) {
        let claim = Claim { to: Some(document), typed: "", span };
        if claims.is_free(&read, typed, claim, diagnostics) {
            old.questions.push(OldQuestion { old: read, to: LeadsTo::Document(document), place: None });
        }
    }
    for row in rows {
        let found = find(index, row, diagnostics);
        let to = match &found {
            Some(Found::Document(document, _)) => Some(*document),
            Some(Found::Open(..)) => None,
            None => continue,
        };
        if claims.is_free(&row.old, &row.typed, Claim { to, typed: &row.to, span: row.span }, diagnostics) {
            match found {
                Some(Found::Document(document, place)) => old.known.push((row, document, place)),
                Some(Found::Open(candidates, place)) => old.open.push((row, candidates, place)),
                None => {}
            }
        }
    }
    old
}

/// Every alias of a document that has a question, with what was typed and its place, in the order of documents.
fn questions<'run>(
    index: &'run Index<'_>,
    bound: &'run [Bound],
) -> impl Iterator<Item = (OldAddress, DocumentId, &'run str, Span)> {
    let documents = (0..).map(DocumentId).zip(index.documents).zip(bound);
    documents.flat_map(|((document, shown), bound)| {
        let field = index.kinds.get(shown.parsed.kind).role(Role::Aliases);
        let entry = field.and_then(|field| bound.fields.entry(&field.name));
        let values = entry.into_iter().flat_map(|entry| match &entry.value {
            Value::List(list) => list.iter().map(|(value, span)| (value, *span)).collect(),
            value => vec![(value, entry.span)],
        });
        values.filter_map(move |(value, span)| {
            let typed = value.text().filter(|typed| typed.contains('?'))?;
            let read = OldAddress::read(typed).filter(|read| !read.query.is_empty() && read.fits_rules())?;
            Some((read, document, typed, span))
        })
    })
}

/// Who says where an old address leads.
struct Claim<'run> {
    to: Option<DocumentId>,
    /// What was typed in a row; empty for `aliases` of a document.
    typed: &'run str,
    span: Span,
}

struct Claims<'run, 'site> {
    index: &'run Index<'site>,
    by_key: BTreeMap<String, Claim<'run>>,
}

impl<'run> Claims<'run, '_> {
    /// Whether nobody else has said where an old address leads; says so if somebody has. Servers tell no capitals apart.
    fn is_free(&mut self, old: &OldAddress, shown: &str, claim: Claim<'run>, diagnostics: &mut Diagnostics) -> bool {
        let key = old
            .page()
            .map_or_else(|| format!("{}?{}", old.path, old.query.join("&")).to_lowercase(), |address| address.folded());
        let Some(other) = self.by_key.get(&key) else {
            self.by_key.insert(key, claim);
            return true;
        };
        let is_same = match (claim.to, other.to) {
            (Some(own), Some(other)) => own == other,
            (None, None) => claim.typed == other.typed,
            _ => false,
        };
        let path = other.to.map(|document| &*self.index.documents[document.0 as usize].parsed.path);
        if !is_same && !claim.typed.is_empty() {
            diagnostics.old_address_clash(claim.span, shown, claim.typed, (other.span, path.unwrap_or(other.typed)));
        } else if !is_same {
            diagnostics.alias_clash(claim.span, shown, Some(other.span), path.unwrap_or(other.typed));
        } else if !claim.typed.is_empty() {
            diagnostics.repeated_old_address(claim.span, shown, other.span);
        }
        false
    }
}

/// What a row leads to, as far as that is known before the site is whole.
enum Found {
    Document(DocumentId, Option<Box<str>>),
    Open([Address; 2], Option<Box<str>>),
}

/// Finds what a row leads to: an id, a path below `content/` or an address, with a place behind `#`. `None` if it leads nowhere,
/// which is said.
fn find(index: &Index<'_>, row: &OldRow, diagnostics: &mut Diagnostics) -> Option<Found> {
    let own = own_path(&row.to, index.own);
    if row.to.is_empty() {
        diagnostics.old_address_without_end(row.span, &row.typed);
        return None;
    }
    if own.is_none() && (row.to.contains("://") || row.to.starts_with("//")) {
        diagnostics.old_address_leads_out(row.span, &row.typed, &row.to);
        return None;
    }
    let to = own.unwrap_or(&row.to);
    let (path, place) = to.split_once('#').map_or((to, None), |(path, place)| (path, Some(place)));
    let path = String::from_utf8_lossy(&percent_decoded(path.split('?').next().unwrap_or_default())).into_owned();
    let bare = path.trim_start_matches("./").trim_matches('/');
    let bare = bare.strip_prefix("content/").unwrap_or(bare);
    let bare = bare.strip_suffix("index.html").unwrap_or(bare).trim_end_matches('/');
    let page = Address::page(bare.split('/').filter(|part| !part.is_empty()));
    let tries = [index.at_address(page.as_str()), index.at_path(bare), index.at_path(&format!("{bare}.md"))];
    let named = || if bare.is_empty() || path.starts_with('/') { Lookup::Nothing } else { index.find(bare) };
    match tries.into_iter().find(|found| *found != Lookup::Nothing).unwrap_or_else(named) {
        Lookup::Document(document) => {
            Some(Found::Document(document, place_of(index, document, place, row, diagnostics)))
        }
        Lookup::Withheld(held) => {
            let held = &index.withheld[held];
            diagnostics.old_address_of_withheld(row.span, &row.typed, &held.path, held.why);
            None
        }
        Lookup::Several(documents) => {
            let ids: Vec<&str> = documents.iter().map(|one| &*index.documents[one.0 as usize].parsed.id).collect();
            diagnostics.old_address_of_several(row.span, &row.typed, &row.to, &ids);
            None
        }
        Lookup::Nothing => Some(Found::Open([page, Address::file(bare)], place.map(Into::into))),
    }
}

/// The place in a document to which a row leads. One that is not there is said, and the row leads to the document as a whole.
fn place_of(
    index: &Index<'_>,
    document: DocumentId,
    place: Option<&str>,
    row: &OldRow,
    diagnostics: &mut Diagnostics,
) -> Option<Box<str>> {
    let shown = &index.documents[document.0 as usize];
    let place = place.filter(|_| !shown.ended && shown.parsed.visibility.exempt.is_none())?;
    let found = place_in(index, shown, place, true);
    if found.is_none() {
        let near = nearest_anchor(index.text_of(shown), place);
        diagnostics.broken_anchor(row.span, place, &shown.parsed.title, near);
    }
    found
}

impl Old<'_> {
    /// The old addresses that rows lead to something that is no document.
    pub fn open(&self) -> BTreeSet<Address> {
        self.open.iter().filter_map(|(row, ..)| row.old.page()).collect()
    }

    /// Adds to the aliases of documents those of the rows that are paths.
    pub fn with(&self, mut typed: Vec<(Address, DocumentId)>, index: &Index<'_>) -> Vec<(Address, DocumentId)> {
        let free = |address: &Address| index.at_address(address.as_str()).document().is_none();
        let known = self.known.iter().filter_map(|(row, document, _)| Some((row.old.page()?, *document)));
        typed.extend(known.filter(|(address, _)| free(address)));
        typed
    }

    /// Adds what rows say to the aliases of the site: the place where each leads, and the row.
    pub fn place(&self, aliases: &mut [Alias]) {
        for (row, document, place) in &self.known {
            let Some(address) = row.old.page() else { continue };
            let Ok(at) = aliases.binary_search_by(|alias| alias.address.cmp(&address)) else { continue };
            if aliases[at].to == LeadsTo::Document(*document) {
                aliases[at].place.clone_from(place);
                aliases[at].row = Some(row.span);
            }
        }
    }

    /// Settles where the other rows lead, now that the whole site is known, and says what leads nowhere. `files` are those that
    /// the site makes for machines.
    pub fn settle(self, site: &mut Site, files: fn(&Site) -> Vec<Address>, diagnostics: &mut Diagnostics) {
        let Self { rows, known, open, questions } = self;
        site.questions = questions;
        if let Some(first) = rows.first() {
            let there = There::of(site, files(site));
            let bound = site.aliases.iter().filter_map(|alias| alias.row).collect();
            let mut leading = Leading { site, there, bound, taken: BTreeSet::new(), rules: 0, all: 0 };
            for (row, document, place) in known {
                leading.lead(row, LeadsTo::Document(document), place, diagnostics);
            }
            let lost = leading.lead_by_addresses(open, diagnostics);
            for (row, [page, _], _) in lost {
                let near = nearest_address(leading.site, &page);
                diagnostics.old_address_leads_nowhere(row.span, &row.typed, &row.to, near);
            }
            let Leading { all, rules, taken, .. } = leading;
            site.aliases.retain(|alias| alias.row.is_none_or(|row| !taken.contains(&row)));
            site.aliases.sort_by(|one, two| one.address.cmp(&two.address));
            let file = Span::whole(first.span.source);
            diagnostics.old_addresses(file, all, rows.len(), rules);
        }
        site.questions.sort_by(|one, two| one.old.cmp(&two.old));
    }
}

/// What is published beside old addresses.
struct There {
    /// Without capitals, by the place of its bytes → as it is.
    addresses: BTreeMap<String, Address>,
    /// Other old addresses, by which a row leads further.
    aliases: BTreeMap<Address, (LeadsTo, Option<Box<str>>)>,
}

impl There {
    fn of(site: &Site, files: Vec<Address>) -> Self {
        let documents = site.documents.iter().filter(|document| document.anchor_on_page().is_none());
        let documents = documents.map(|document| document.address.clone());
        let own = site.own.iter().map(|(address, _)| address.clone());
        let attached = site.attachments.iter().map(|(_, address)| address.clone());
        let all = documents.chain(own).chain(attached).chain(files);
        let aliases = site.aliases.iter().map(|alias| (alias.address.clone(), (alias.to.clone(), alias.place.clone())));
        Self { addresses: all.map(|address| (place(&address), address)).collect(), aliases: aliases.collect() }
    }

    /// What has one of these addresses: a page or a file, or another old address that leads to one, with the place there.
    fn find(&self, candidates: &[Address]) -> Option<(LeadsTo, Option<Box<str>>)> {
        let is_there = |address: &&Address| self.addresses.get(&place(address)) == Some(*address);
        let own = candidates.iter().find(is_there).map(|address| (LeadsTo::Address(address.clone()), None));
        own.or_else(|| candidates.iter().find_map(|address| self.aliases.get(address)).cloned())
    }
}

/// The id or the address that is nearest to one that is not there.
fn nearest_address<'site>(site: &'site Site, typed: &Address) -> Option<&'site str> {
    let document = nearest(typed.as_str(), &site.documents, |document| &document.id);
    document.or_else(|| site.own.nearest(typed.as_str()))
}

/// Lets rows lead on, and counts those that do.
struct Leading<'run> {
    site: &'run mut Site,
    there: There,
    /// The rows that are aliases already.
    bound: BTreeSet<Span>,
    /// Those of them that must not be.
    taken: BTreeSet<Span>,
    all: usize,
    /// Those that only a server's rules can lead on.
    rules: usize,
}

impl Leading<'_> {
    /// Lets rows lead on that name an address, also that of another row. Gives those of which nothing was found.
    fn lead_by_addresses<'rows>(
        &mut self,
        mut open: Vec<Open<'rows>>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Open<'rows>> {
        loop {
            let before = open.len();
            open.retain(|(row, candidates, place)| match self.there.find(candidates) {
                Some((to, own)) => {
                    self.lead(row, to, place.clone().or(own), diagnostics);
                    false
                }
                None => true,
            });
            // What leads by a row that stands further below is found in the next round; rows that lead to each other never are.
            if open.len() == before {
                return open;
            }
        }
    }

    /// Lets a row lead on, unless something else has its address now.
    fn lead(&mut self, row: &OldRow, to: LeadsTo, place_there: Option<Box<str>>, diagnostics: &mut Diagnostics) {
        let Some(address) = row.old.page() else {
            self.all += 1;
            self.rules += 1;
            return self.site.questions.push(OldQuestion { old: row.old.clone(), to, place: place_there });
        };
        let here = self.there.addresses.get(&place(&address));
        let is_where_it_was = here == Some(&address);
        if let Some(other) = here.filter(|other| *other != self.site.address_of(&to)) {
            diagnostics.old_address_is_taken(row.span, &row.typed, other.as_str());
            self.taken.insert(row.span);
            return;
        }
        self.all += 1;
        // What is where it was needs nothing.
        if is_where_it_was {
            return;
        }
        self.rules += usize::from(!address.can_be_page());
        if !self.bound.contains(&row.span) {
            let (row, places) = (Some(row.span), Box::default());
            self.there.aliases.insert(address.clone(), (to.clone(), place_there.clone()));
            self.site.aliases.push(Alias { address, to, place: place_there, places, row });
        }
    }
}
