//! Ids and addresses: one document each, for ever.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::index::Index;
use super::relations::Bound;
use crate::diagnostic::Diagnostics;
use crate::kind::Role;
use crate::model::pages::is_reserved;
use crate::model::{Address, Alias, DocumentId, LeadsTo, OldAddress, Parsed, RouteKind, Shown, Site, Value};
use crate::source::Span;

/// Puts documents in the order of their ids. Of two with one id the first by path stays, so that the rest of the
/// site can still be looked at, and what was recorded in the text of the other goes with it; the error stops the build.
pub fn sort_and_check(documents: &mut Vec<Shown>, diagnostics: &mut Diagnostics) {
    documents.sort_by(|a, b| (&a.parsed.id, &a.parsed.path).cmp(&(&b.parsed.id, &b.parsed.path)));
    let mut lost: BTreeSet<Arc<str>> = BTreeSet::new();
    documents.dedup_by(|second, first| {
        let same = second.parsed.id == first.parsed.id;
        if same {
            let (first, second) = (&first.parsed, &second.parsed);
            diagnostics.address_clash(place_of(second), second.address.as_str(), place_of(first), &first.path);
            lost.extend(second.standing.is_none().then(|| Arc::clone(&second.path)));
        }
        same
    });
    // They name their host by its id, which is the other document's now.
    documents.retain(|shown| shown.parsed.standing.is_none() || !lost.contains(&shown.parsed.path));
}

/// Where a document is said to be: its file, or for a record in place its words.
pub fn place_of(parsed: &Parsed) -> Span {
    if parsed.standing.is_some() { parsed.title_span } else { Span::whole(parsed.source) }
}

/// Old addresses that lead to the documents which name them.
pub fn aliases(index: &Index<'_>, bound: &[Bound], diagnostics: &mut Diagnostics) -> Vec<(Address, DocumentId)> {
    let mut aliases: Vec<(Address, DocumentId, Span)> = Vec::new();
    for ((document, shown), bound) in (0..).map(DocumentId).zip(index.documents).zip(bound) {
        let field = index.kinds.get(shown.parsed.kind).role(Role::Aliases);
        let Some(entry) = field.and_then(|field| bound.fields.entry(&field.name)) else { continue };
        let values = match &entry.value {
            Value::List(list) => list.as_slice(),
            value => &[(value.clone(), entry.span)],
        };
        for (value, span) in values {
            if let Some(address) = value.text().and_then(OldAddress::read).and_then(|old| old.page()) {
                aliases.push((address, document, *span));
            }
        }
    }
    // An earlier edition is a copy of what the present one was, with its old addresses.
    let own: BTreeSet<(&Address, DocumentId)> =
        aliases.iter().map(|(address, document, _)| (address, *document)).collect();
    let present = |document: DocumentId| index.present_of[document.0 as usize];
    let is_copy = |address, document| present(document).is_some_and(|present| own.contains(&(address, present)));
    let copies: Vec<bool> = aliases.iter().map(|(address, document, _)| is_copy(address, *document)).collect();
    let mut copies = copies.into_iter();
    aliases.retain(|_| !copies.next().unwrap_or_default());
    aliases.sort();
    let mut kept: Vec<(Address, DocumentId, Span)> = Vec::with_capacity(aliases.len());
    for (address, document, span) in aliases {
        match kept.last() {
            Some((last, owner, other)) if *last == address && *owner != document => {
                let path = &index.documents[owner.0 as usize].parsed.path;
                diagnostics.alias_clash(span, address.as_str(), Some(*other), path);
            }
            Some((last, ..)) if *last == address => {}
            _ => kept.push((address, document, span)),
        }
    }
    kept.retain(|(address, document, span)| {
        let owner = index.at_address(address.as_str()).document();
        if let Some(owner) = owner
            && owner != *document
        {
            let parsed = &index.documents[owner.0 as usize].parsed;
            diagnostics.alias_clash(*span, address.as_str(), Some(Span::whole(parsed.source)), &parsed.path);
        }
        owner.is_none()
    });
    kept.into_iter().map(|(address, document, _)| (address, document)).collect()
}

/// Whether a document has a page of its own at its address. A file of a kind without pages has one as long as it
/// stands nowhere else, so that what it says can be read.
pub fn has_page(shown: &Shown, bound: &Bound, index: &Index<'_>) -> bool {
    if let Some(standing) = &shown.parsed.standing {
        return standing.page;
    }
    let kind = index.kinds.get(shown.parsed.kind);
    let made_at = kind.inside_of.as_ref().and_then(|name| bound.fields.get(name));
    let is_shown_there = |id: &str| index.find(id).document().is_some();
    let elsewhere = matches!(made_at, Some(Value::Reference(reference)) if is_shown_there(&reference.id));
    kind.page || kind.page_of_file && made_at.is_some() || !elsewhere
}

/// Says where two things claim one address: also by case and by Unicode form, since some machines tell neither apart.
/// `spans` has an entry for each document, the place that its address comes from; `files` are those that are published,
/// each with a place that uses it.
pub fn check_addresses(site: &Site, spans: &[Span], files: &[(Address, Span)], diagnostics: &mut Diagnostics) {
    let home = Address::page([]);
    let own = site.own.iter().map(|(address, _)| address).filter(|address| **address != home);
    let mut claimed: BTreeMap<String, Option<DocumentId>> = own.map(|address| (place(address), None)).collect();
    for (id, document) in site.ids().filter(|(_, document)| document.anchor_on_page().is_none()) {
        let (span, address) = (spans[id.0 as usize], &document.address);
        if is_reserved(address) {
            diagnostics.reserved_address(span, address.as_str());
            continue;
        }
        match claimed.insert(place(address), Some(id)) {
            Some(Some(other)) => {
                let other_path = &site.document(other).path;
                diagnostics.address_clash(span, address.as_str(), spans[other.0 as usize], other_path);
            }
            Some(None) if site.own.get(address) == Some(RouteKind::Accessibility) => {
                diagnostics.address_of_statement(span);
            }
            Some(None) => diagnostics.address_of_list(span, address.as_str()),
            None => {}
        }
    }
    claimed.entry(place(&home)).or_insert(None);
    for (address, span) in files {
        if claimed.insert(place(address), None).is_some() {
            diagnostics.address_of_file(*span, address.as_str());
        }
    }
    for Alias { address, to, .. } in &site.aliases {
        // A row of the file of old addresses gives way (`old.rs`).
        let LeadsTo::Document(id) = to else { continue };
        // What leads a document to itself is no clash, however it is written: `/a/index.html` of `/a/`.
        if claimed.insert(place(address), Some(*id)).is_some_and(|owner| owner != Some(*id)) {
            let span = Span::whole(site.document(*id).source);
            diagnostics.alias_clash(span, address.as_str(), None, "a page of the site");
        }
    }
}

/// Where the bytes at an address lie, for a machine that tells neither case nor Unicode forms apart.
pub fn place(address: &Address) -> String {
    Address::file(&address.output_path()).folded()
}
