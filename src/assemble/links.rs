//! Where the links and embeds of texts lead.
//!
//! Input: the texts of all documents, and of their fields. Output: a [`Landing`] for each link and embed; a diagnostic
//! for each that leads nowhere. Not here: links of files to each other outside texts (`relations.rs`).

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::anchors::{fitting, nearest_anchor, place_in};
use super::index::{Index, Lookup, join, nearest};
use super::relations::Bound;
use super::slugs::{ForeignSlugs, Meant};
use crate::diagnostic::Diagnostics;
use crate::model::{
    Address, Alias, Document, DocumentId, LandedText, Landing, LeadsTo, Parsed, Relation, RelationEnd, Shown, Site,
    Target, Text, Value, own_path, percent_decoded,
};
use crate::source::Span;

/// What the links and the embeds of one text lead to, in their order. Attachments are positions in
/// [`Index::attachments`] here.
#[derive(Debug, Default)]
pub struct ResolvedLinks {
    /// Of `body.links`.
    pub links: Vec<Landing>,
    /// Of `body.embeds`.
    pub embeds: Vec<Landing>,
    /// Where each of them stands, links first.
    pub spans: Vec<Span>,
}

impl ResolvedLinks {
    /// Each of them with its place, links first.
    pub fn all(&self) -> impl Iterator<Item = (&Landing, Span)> {
        self.links.iter().chain(&self.embeds).zip(self.spans.iter().copied())
    }

    /// The files among them, each with its place.
    pub fn attachments(&self) -> impl Iterator<Item = (u32, Span)> {
        self.all().filter_map(|(landing, span)| match landing {
            Landing::Attachment(attachment) => Some((*attachment, span)),
            _ => None,
        })
    }
}

/// Old addresses, sorted, each with the document that took its place.
pub type Aliases = [Alias];

/// Finds where every link of every text leads; one entry for each document.
pub fn resolve(index: &Index<'_>, aliases: &Aliases, diagnostics: &mut Diagnostics) -> Vec<ResolvedLinks> {
    let mut slugs = BTreeMap::new();
    let resolve =
        |shown: &Shown| resolve_text(&shown.parsed.body, &shown.parsed, index, aliases, &mut slugs, diagnostics);
    index.documents.iter().map(resolve).collect()
}

/// Finds where the links of texts in fields lead, and says it beside each of those texts.
pub fn resolve_fields(index: &Index<'_>, bound: &mut [Bound], aliases: &Aliases, diagnostics: &mut Diagnostics) {
    let mut slugs = BTreeMap::new();
    for (shown, bound) in index.documents.iter().zip(bound) {
        bound.fields.each_mut(&mut |value| {
            let Value::Markdown(body) = value else { return };
            let links = resolve_text(body, &shown.parsed, index, aliases, &mut slugs, diagnostics);
            bound.files.extend(links.attachments());
            let body = std::mem::take(&mut **body);
            *value = Value::Landed(Box::new(LandedText { body, landings: links.links, embeds: links.embeds }));
        });
    }
}

fn resolve_text(
    body: &Text,
    from: &Parsed,
    index: &Index<'_>,
    aliases: &Aliases,
    slugs: &mut Slugs,
    diagnostics: &mut Diagnostics,
) -> ResolvedLinks {
    let mut resolver = LinkResolver { body, from, index, aliases, slugs, own_slugs: OnceCell::new(), diagnostics };
    let links = body.links.iter().map(|link| resolver.resolve_link(&link.target, link.span)).collect();
    let embeds = body.embeds.iter().map(|embed| resolver.resolve_link(&embed.target, embed.span)).collect();
    let spans = body.links.iter().map(|link| link.span).chain(body.embeds.iter().map(|embed| embed.span)).collect();
    ResolvedLinks { links, embeds, spans }
}

/// The names that other programs give to headings, of the documents in which one was looked for.
type Slugs = BTreeMap<DocumentId, ForeignSlugs>;

struct LinkResolver<'run, 'site> {
    body: &'run Text,
    from: &'run Parsed,
    index: &'run Index<'site>,
    aliases: &'run Aliases,
    slugs: &'run mut Slugs,
    /// Those of the text itself.
    own_slugs: OnceCell<ForeignSlugs>,
    diagnostics: &'run mut Diagnostics,
}

impl LinkResolver<'_, '_> {
    fn resolve_link(&mut self, target: &Target, span: Span) -> Landing {
        match target {
            Target::Outside(url) => self.outside(url, span),
            Target::Path { path, anchor } if path.is_empty() => self.here(anchor.as_deref(), span, false),
            Target::Wiki { id, place } if id.is_empty() => self.here(place.as_deref(), span, true),
            Target::Path { path, anchor } => self.path(path, anchor.as_deref(), span),
            Target::Wiki { id, place } => {
                let found = self.index.find(id);
                self.found(found, id, place.as_deref(), span, true)
            }
        }
    }

    /// A place in the same document.
    fn here(&mut self, place: Option<&str>, span: Span, short: bool) -> Landing {
        let Some(place) = place else {
            self.diagnostics.broken_link(span, "", None);
            return Landing::Nowhere;
        };
        match fitting(place, short, self.index, |id| self.body.find(id).is_some()) {
            Some(anchor) => match self.index.at_path(&self.from.path) {
                Lookup::Document(document) => Landing::Document { document, anchor: Some(anchor) },
                _ => Landing::Nowhere,
            },
            None => {
                let slugs = self.own_slugs.get_or_init(|| ForeignSlugs::of(self.body, &self.from.title));
                let meant = slugs.find(self.body, place);
                let own = self.index.at_path(&self.from.path).document();
                if let (Some(meant), Some(document)) = (meant, own) {
                    return self.foreign(document, meant, place, &self.from.title, span);
                }
                let near = nearest_anchor(self.body, place);
                self.diagnostics.broken_anchor(span, place, &self.from.title, near);
                Landing::Nowhere
            }
        }
    }

    /// The place that a name of another program's means.
    fn foreign(&mut self, document: DocumentId, meant: Meant, place: &str, title: &str, span: Span) -> Landing {
        let anchor = match meant {
            Meant::Title => None,
            Meant::Heading(anchor, several) => {
                if several {
                    self.diagnostics.ambiguous_anchor(span, place, title, &anchor);
                }
                Some(anchor)
            }
        };
        Landing::Document { document, anchor }
    }

    /// An address that is typed whole. One of the site's own leads to what has it; what the site does not know may be another
    /// program's on the same host.
    fn outside(&mut self, url: &str, span: Span) -> Landing {
        let Some(own) = own_path(url, self.index.own) else { return Landing::Outside };
        let (path, anchor) = own.split_once('#').map_or((own, None), |(path, anchor)| (path, Some(anchor)));
        let path = percent_decoded(path.split('?').next().unwrap_or_default());
        let path = String::from_utf8_lossy(&path);
        let bare = path.trim_end_matches('/').trim_end_matches("/index.html");
        let found = self.index.at_address(Address::page(split(bare)).as_str());
        let file = || join("", &path).and_then(|path| self.index.attachment(&path));
        if found != Lookup::Nothing {
            self.found(found, url, anchor, span, false)
        } else if let Some(attachment) = file() {
            Landing::Attachment(attachment)
        } else {
            Landing::Outside
        }
    }

    /// A path as typed, from the site's `content/` on. The text of an earlier edition was written where the present one lies: what leads
    /// nowhere from its own place is read from there.
    fn joined(&self, typed: &str) -> Option<String> {
        let own = join(&self.from.path, typed);
        let lands =
            |path: &String| self.index.at_path(path) != Lookup::Nothing || self.index.attachment(path).is_some();
        if own.as_ref().is_some_and(lands) {
            return own;
        }
        let document = self.index.at_id(&self.from.id);
        let present = document.and_then(|document| self.index.present_of[document.0 as usize]);
        let there = present.and_then(|present| join(&self.index.documents[present.0 as usize].parsed.path, typed));
        there.filter(lands).or(own)
    }

    /// A path as typed: a file of a document, an attachment, or an address.
    fn path(&mut self, typed: &str, anchor: Option<&str>, span: Span) -> Landing {
        let index = self.index;
        let Some(path) = self.joined(typed) else {
            self.diagnostics.broken_link(span, typed, None);
            return Landing::Nowhere;
        };
        let document = index.at_path(&path);
        if document != Lookup::Nothing {
            return self.found(document, typed, anchor, span, false);
        }
        if let Some(attachment) = index.attachment(&path) {
            return Landing::Attachment(attachment);
        }
        let bare = path.trim_end_matches('/').trim_end_matches("/index.html");
        let address = Address::page(split(bare)).as_str().to_owned();
        let aliased = |address: &str| {
            let found = self.aliases.binary_search_by(|alias| alias.address.as_str().cmp(address));
            match found.map(|at| &self.aliases[at].to) {
                Ok(LeadsTo::Document(document)) => Lookup::Document(*document),
                _ => Lookup::Nothing,
            }
        };
        // The last resort is the id that the path makes, since file names become slugs.
        let is_document = path.ends_with(".md");
        let tries = [
            index.at_path(&format!("{bare}.md")),
            index.at_address(&address),
            index.at_path(&format!("{bare}/index.md")),
            aliased(&address),
            aliased(&format!("/{path}")),
            if is_document { index.find(&path) } else { Lookup::Nothing },
        ];
        // What lies beside a page, and not below `content/`: its words, which the site makes.
        let is_twin = typed.starts_with('/') && path.ends_with("index.md");
        match tries.into_iter().find(|found| *found != Lookup::Nothing) {
            Some(Lookup::Several(_)) | None if is_document && !is_twin => {
                self.diagnostics.broken_link(span, typed, index.nearest(&path).map(Box::from));
                Landing::Nowhere
            }
            Some(found) => self.found(found, typed, anchor, span, false),
            None if is_twin => Landing::Page { address: Address::file(&path), anchor: anchor.map(Box::from) },
            None => Landing::Page { address: Address::page(split(bare)), anchor: anchor.map(Box::from) },
        }
    }

    fn found(&mut self, found: Lookup, typed: &str, place: Option<&str>, span: Span, short: bool) -> Landing {
        match found {
            Lookup::Document(document) => self.document(document, place, span, short),
            Lookup::Withheld(position) => {
                let other = &self.index.withheld[position];
                self.diagnostics.link_to_withheld(span, &self.from.path, &other.path, other.why);
                Landing::Nowhere
            }
            Lookup::Several(documents) => {
                let id = |document: &DocumentId| self.index.documents[document.0 as usize].parsed.id.as_ref();
                let ids: Vec<&str> = documents.iter().map(id).collect();
                self.diagnostics.ambiguous_reference(span, typed, &ids);
                Landing::Nowhere
            }
            Lookup::Nothing => {
                self.diagnostics.broken_link(span, typed, self.index.nearest(typed).map(Box::from));
                Landing::Nowhere
            }
        }
    }

    fn document(&mut self, document: DocumentId, place: Option<&str>, span: Span, short: bool) -> Landing {
        let target = &self.index.documents[document.0 as usize];
        let Some(place) = place else { return Landing::Document { document, anchor: None } };
        // Of a tombstone or an exempt document no place is left; the page says why.
        if target.ended || target.parsed.visibility.exempt.is_some() {
            return Landing::Document { document, anchor: None };
        }
        match place_in(self.index, target, place, short) {
            Some(anchor) => Landing::Document { document, anchor: Some(anchor) },
            None => {
                let text = self.index.text_of(target);
                if target.parsed.standing.is_none() {
                    let slugs = self.slugs.entry(document);
                    let slugs = slugs.or_insert_with(|| ForeignSlugs::of(text, &target.parsed.title));
                    if let Some(meant) = slugs.find(text, place) {
                        return self.foreign(document, meant, place, &target.parsed.title, span);
                    }
                }
                if let Some(landing) = self.in_earlier_edition(document, place, short) {
                    return landing;
                }
                let near = nearest_anchor(text, place);
                self.diagnostics.broken_anchor(span, place, &target.parsed.title, near);
                Landing::Nowhere
            }
        }
    }

    /// A place that the present edition of a document has no more, in the latest of the earlier ones that has it.
    fn in_earlier_edition(&self, present: DocumentId, place: &str, short: bool) -> Option<Landing> {
        let index = self.index;
        let of = (0..).map(DocumentId).zip(&index.present_of).filter(|(_, of)| **of == Some(present));
        let earlier: Vec<DocumentId> = of.map(|(document, _)| document).collect();
        earlier.into_iter().rev().find_map(|document| {
            let target = &index.documents[document.0 as usize];
            let anchor = place_in(index, target, place, short)?;
            let is_there = !target.ended && target.parsed.visibility.exempt.is_none();
            is_there.then_some(Landing::Document { document, anchor: Some(anchor) })
        })
    }
}

fn split(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

/// Where a link to no document leads: to a page of the site's own, or to a file for machines. Else, the address or the
/// id that is nearest.
type OwnLink = Result<Address, Option<Box<str>>>;

/// Settles the links that [`resolve`] left open because they lead to no document, now that the site's own pages are known:
/// each leads to such a page or to one of the `files_of` machines, or it is said to be broken and becomes words.
pub fn settle(site: &mut Site, files_of: fn(&Site) -> Vec<Address>, diagnostics: &mut Diagnostics) {
    let mut open: BTreeMap<Address, OwnLink> = BTreeMap::new();
    each_landing(&mut site.documents, &mut |landing, _, _| {
        if let Landing::Page { address, .. } = landing {
            open.entry(address.clone()).or_insert(Err(None));
        }
    });
    let files: OnceCell<BTreeSet<Address>> = OnceCell::new();
    for (typed, found) in &mut open {
        let file = Address::file(typed.as_str().trim_end_matches('/'));
        let files = || files.get_or_init(|| files_of(site).into_iter().collect());
        *found = if site.own.get(typed).is_some() {
            Ok(typed.clone())
        } else if files().contains(&file) {
            Ok(file)
        } else if let Some(to) = led(site, typed).or_else(|| led(site, &file)) {
            Ok(to.clone())
        } else {
            Err(nearest_link(site, files(), typed).map(Box::from))
        };
    }
    each_landing(&mut site.documents, &mut |landing, target, span| {
        let (Landing::Page { address, anchor }, Target::Path { path, .. }) = (&mut *landing, target) else { return };
        *landing = match &open[address] {
            Ok(address) => Landing::Page { address: address.clone(), anchor: anchor.take() },
            Err(near) => {
                diagnostics.broken_link(span, path, near.clone());
                Landing::Nowhere
            }
        };
    });
}

/// The page or the file to which an old address leads.
fn led<'site>(site: &'site Site, old: &Address) -> Option<&'site Address> {
    let found = site.aliases.binary_search_by(|alias| alias.address.cmp(old)).ok()?;
    Some(site.address_of(&site.aliases[found].to))
}

/// The id or the address that is nearest to the address of a broken link.
fn nearest_link<'site>(site: &'site Site, files: &'site BTreeSet<Address>, typed: &Address) -> Option<&'site str> {
    let document = nearest(typed.as_str(), &site.documents, |document| &document.id);
    let name = typed.as_str().trim_end_matches('/');
    let file = crate::diagnostic::nearest(name, files.iter().map(Address::as_str));
    let all = [site.own.nearest(typed.as_str()), document, file];
    // They are compared without the slashes that an id lacks.
    let bare = |path: &'site str| path.trim_matches('/');
    let near = crate::diagnostic::nearest(name.trim_matches('/'), all.iter().flatten().copied().map(bare))?;
    all.into_iter().flatten().find(|path| bare(path) == near)
}

/// Visits where each link and embed of the texts of documents leads, with what was typed and its place.
fn each_landing(documents: &mut [Document], visit: &mut dyn FnMut(&mut Landing, &Target, Span)) {
    for document in documents {
        each_landing_of(&document.body, &mut document.landings, &mut document.embeds, visit);
        document.fields.each_mut(&mut |value| {
            if let Value::Landed(text) = value {
                each_landing_of(&text.body, &mut text.landings, &mut text.embeds, visit);
            }
        });
    }
}

fn each_landing_of(
    body: &Text,
    links: &mut [Landing],
    embeds: &mut [Landing],
    visit: &mut dyn FnMut(&mut Landing, &Target, Span),
) {
    let links = links.iter_mut().zip(body.links.iter().map(|link| (&link.target, link.span)));
    let embeds = embeds.iter_mut().zip(body.embeds.iter().map(|embed| (&embed.target, embed.span)));
    links.chain(embeds).for_each(|(landing, (target, span))| visit(landing, target, span));
}

/// Adds to each document its mentions of others: what its links lead to.
pub fn add_mentions(links: &[ResolvedLinks], bound: &mut [Bound]) {
    for ((from, links), bound) in (0..).map(DocumentId).zip(links).zip(bound) {
        bound.relations.extend(mentions(from, links));
    }
}

/// The relations that the links of a text make, one for each target and place.
fn mentions(from: DocumentId, links: &ResolvedLinks) -> Vec<Relation> {
    let mut seen = BTreeSet::new();
    let mut mentions = Vec::new();
    for (landing, span) in links.all() {
        if let Landing::Document { document, anchor } = landing
            && *document != from
            && seen.insert((*document, anchor.clone()))
        {
            let end = RelationEnd::Document { document: *document, anchor: anchor.clone() };
            mentions.push(Relation { from, field: "".into(), end, span });
        }
    }
    mentions
}
