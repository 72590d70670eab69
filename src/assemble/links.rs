//! Where the links and embeds of texts lead.
//!
//! Input: the texts of all documents, and of their fields. Output: a [`Landing`] for each link and embed; a diagnostic
//! for each that leads nowhere. Not here: links of files to each other outside texts (`relations.rs`).

use std::collections::BTreeSet;

use super::anchors::{fitting, nearest_anchor, place_in};
use super::index::{Index, Lookup, join};
use super::relations::Bound;
use crate::diagnostic::Diagnostics;
use crate::model::{
    Address, Body, DocumentId, Entry, Fields, Landing, Listing, Parsed, Relation, RelationEnd, Shown, Target, Value,
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
}

/// Pages of the site that are no document.
pub struct Pages(BTreeSet<Box<str>>);

/// The addresses of lists, old addresses and the pages that every site has.
pub fn pages(
    listings: &[Listing],
    aliases: &[(Address, DocumentId)],
    has_glossary: bool,
    has_statement: bool,
) -> Pages {
    let lists = listings.iter().map(|listing| listing.address.as_str());
    let aliases = aliases.iter().map(|(address, _)| address.as_str());
    let own = ["/", "/updates/", "/topics/", "/a-z/", "/calendar/", "/search/"];
    let some = has_glossary.then_some("/glossary/").into_iter().chain(has_statement.then_some("/accessibility/"));
    Pages(lists.chain(aliases).chain(own).chain(some).map(Box::from).collect())
}

/// Resolves every link of every text; one entry for each document.
pub fn resolve(index: &Index<'_>, pages: &Pages, diagnostics: &mut Diagnostics) -> Vec<ResolvedLinks> {
    let resolve = |shown: &Shown| resolve_text(&shown.parsed.body, &shown.parsed, index, pages, diagnostics);
    index.documents.iter().map(resolve).collect()
}

/// Resolves the links of texts that stand in fields.
pub fn resolve_fields(index: &Index<'_>, bound: &mut [Bound], pages: &Pages, diagnostics: &mut Diagnostics) {
    for (shown, bound) in index.documents.iter().zip(bound) {
        let fields = std::mem::take(&mut bound.fields);
        let mut files = Vec::new();
        bound.fields = resolve_in(fields, &mut |body: Box<Body>| {
            let links = resolve_text(&body, &shown.parsed, index, pages, diagnostics);
            let landings = links.all();
            files.extend(landings.filter_map(|(landing, span)| match landing {
                Landing::Attachment(attachment) => Some((*attachment, span)),
                _ => None,
            }));
            Value::Landed(Box::new(crate::model::LandedText {
                body: *body,
                landings: links.links,
                embeds: links.embeds,
            }))
        });
        bound.files.extend(files);
    }
}

fn resolve_in(fields: Fields, resolve: &mut dyn FnMut(Box<Body>) -> Value) -> Fields {
    let entries = fields.0.into_iter();
    Fields(
        entries.map(|Entry { name, value, span }| Entry { name, value: resolve_value(value, resolve), span }).collect(),
    )
}

fn resolve_value(value: Value, resolve: &mut dyn FnMut(Box<Body>) -> Value) -> Value {
    match value {
        Value::Markdown(body) => resolve(body),
        Value::List(list) => {
            Value::List(list.into_iter().map(|(value, span)| (resolve_value(value, resolve), span)).collect())
        }
        Value::Group(group) => Value::Group(resolve_in(group, resolve)),
        value => value,
    }
}

fn resolve_text(
    body: &Body,
    from: &Parsed,
    index: &Index<'_>,
    pages: &Pages,
    diagnostics: &mut Diagnostics,
) -> ResolvedLinks {
    let mut resolver = LinkResolver { body, from, index, pages, diagnostics };
    let links = body.links.iter().map(|link| resolver.resolve_link(&link.target, link.span)).collect();
    let embeds = body.embeds.iter().map(|embed| resolver.resolve_link(&embed.target, embed.span)).collect();
    let spans = body.links.iter().map(|link| link.span).chain(body.embeds.iter().map(|embed| embed.span)).collect();
    ResolvedLinks { links, embeds, spans }
}

struct LinkResolver<'run, 'site> {
    body: &'run Body,
    from: &'run Parsed,
    index: &'run Index<'site>,
    pages: &'run Pages,
    diagnostics: &'run mut Diagnostics,
}

impl LinkResolver<'_, '_> {
    fn resolve_link(&mut self, target: &Target, span: Span) -> Landing {
        match target {
            Target::Outside(_) => Landing::Outside,
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
        let anchors: Vec<&str> = self.body.anchors.iter().map(|anchor| anchor.id.as_ref()).collect();
        let fits = |id: &str| anchors.contains(&id);
        match fitting(place, short, self.index, fits) {
            Some(anchor) => match self.index.at_path(&self.from.path) {
                Lookup::Document(document) => Landing::Document { document, anchor: Some(anchor) },
                _ => Landing::Nowhere,
            },
            None => {
                let near = crate::diagnostic::nearest(place, anchors.iter().copied());
                self.diagnostics.broken_anchor(span, place, &self.from.title, near.map(Box::from));
                Landing::Nowhere
            }
        }
    }

    /// A path as typed: a file of a document, an attachment, or an address.
    fn path(&mut self, typed: &str, anchor: Option<&str>, span: Span) -> Landing {
        let index = self.index;
        let Some(path) = join(&self.from.path, typed) else {
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
        let address = if bare.is_empty() { "/".to_owned() } else { format!("/{bare}/") };
        let tries = [
            index.at_path(&format!("{bare}.md")),
            index.at_address(&address),
            index.at_path(&format!("{bare}/index.md")),
        ];
        for found in tries {
            if found != Lookup::Nothing {
                return self.found(found, typed, anchor, span, false);
            }
        }
        for address in [address.as_str(), &format!("/{path}")] {
            if self.pages.0.contains(address) {
                return Landing::Page { address: page_address(address), anchor: anchor.map(Box::from) };
            }
        }
        // The last resort is the id that the path makes, since file names become slugs.
        match if path.ends_with(".md") { index.find(&path) } else { Lookup::Nothing } {
            Lookup::Nothing | Lookup::Several(_) => {
                self.diagnostics.broken_link(span, typed, index.nearest(&path).map(Box::from));
                Landing::Nowhere
            }
            found => self.found(found, typed, anchor, span, false),
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
                let near = nearest_anchor(self.index, target, place);
                self.diagnostics.broken_anchor(span, place, &target.parsed.title, near);
                Landing::Nowhere
            }
        }
    }
}

fn page_address(address: &str) -> Address {
    if address.ends_with('/') {
        Address::page(address.split('/').filter(|part| !part.is_empty()))
    } else {
        Address::file(address)
    }
}

/// The relations that the links of a text make, one for each target and place.
pub fn mentions(from: DocumentId, links: &ResolvedLinks) -> Vec<Relation> {
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
