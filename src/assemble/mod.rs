//! All files together → the [`Site`] for an audience at an instant: who is public, ids and addresses, relations in
//! both directions, where links lead, which files are published, lists.
//!
//! Enters: what `parse` made of each file. Leaves: a site in which nothing withheld is left, neither text nor title
//! nor address; and what was withheld, for the leak gate alone. Absent: HTML, templates, the clock.
//!
//! The steps, each in its file: `visible` → `identity` → `relations` → `lists` → `links` → `records` → `attachments`
//! → `tables` → `query::own_pages` → addresses and links to own pages → `embeds`.

mod attachments;
mod embeds;
mod identity;
mod index;
mod life;
mod links;
mod lists;
mod records;
mod relations;
mod tables;
mod visible;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::kind::{Kinds, Role};
use crate::language::Language;
use crate::model::{
    Address, Audience, Config, Document, DocumentId, Fields, GlossaryEntry, Instant, Landing, OwnPages, Parsed,
    Published, Relation, Site, Tombstone, Withheld, fitted,
};
use crate::query;
use crate::source::{Attachment, FileProvider, Span};

use index::Index;
use visible::Candidate;

/// What a site is assembled from.
pub struct Input {
    /// The settings.
    pub config: Config,
    /// The schema.
    pub kinds: Arc<Kinds>,
    /// For whom.
    pub audience: Audience,
    /// For when.
    pub as_at: Instant,
    /// What `parse` found public.
    pub parsed: Vec<Parsed>,
    /// What `parse` kept back.
    pub withheld: Vec<Withheld>,
    /// Every file that could be published.
    pub attachments: Vec<Attachment>,
    /// The way to their bytes, for the few that pages show as tables.
    pub provider: Arc<dyn FileProvider>,
    /// The words that the site explains.
    pub glossary: Vec<GlossaryEntry>,
    /// Tells which files for machines a site has, for links that lead to one. Asked only if there is such a link.
    pub files_for_machines: fn(&Site) -> Vec<Address>,
}

/// Binds all documents together. The second value is what the audience may not see.
pub fn assemble(input: Input, language: &Language, diagnostics: &mut Diagnostics) -> (Site, Vec<Withheld>) {
    let Input { config, kinds, audience, as_at, parsed, withheld, attachments, provider, glossary, files_for_machines } =
        input;
    let (mut candidates, withheld) = visible::split(parsed, withheld, &kinds, audience, &as_at);
    identity::sort_and_check(&mut candidates, diagnostics);
    let fields = relations::take_fields(&mut candidates);
    let index = Index::new(&candidates, &withheld, &attachments, &kinds);
    let mut bound = relations::bind(&index, fields, diagnostics);
    let aliases = identity::aliases(&index, &bound, diagnostics);
    let mut places = records::places(&index, &bound);
    let facts = life::all(&index, &bound, &places, &as_at);
    let listings = lists::listings(&index, &bound, &places, &facts, language);
    let landed = links::land(&index, &aliases, diagnostics);
    links::land_fields(&index, &mut bound, &aliases, diagnostics);
    records::relate(&index, &mut bound, &landed, &places);
    let addresses = records::addresses(&index, &places);
    let mut records = records::of_texts(&index);
    let published = attachments::published(&index, &bound, &landed, &config.look, diagnostics);
    let files = published.files();
    let spans: Vec<Span> = candidates.iter().map(|candidate| identity::place_of(&candidate.parsed)).collect();
    for (from, landings) in (0..).map(DocumentId).zip(&landed) {
        bound[from.0 as usize].relations.extend(links::mentions(from, landings));
    }
    let tombstones: Vec<Option<Tombstone>> =
        candidates.iter().map(|candidate| visible::tombstone(candidate, &index, diagnostics)).collect();
    let updates = lists::updates(&index, &bound, &facts);

    let mut relations: Vec<Vec<Relation>> = Vec::with_capacity(candidates.len());
    let mut documents = Vec::with_capacity(candidates.len());
    let parts = candidates.into_iter().zip(bound).zip(landed).zip(facts).zip(tombstones).zip(addresses);
    for (index, (((((candidate, bound), landed), facts), tombstone), address)) in parts.enumerate() {
        relations.push(fitted(bound.relations));
        let whole = document(candidate, bound.fields, landed, &facts, tombstone, &published, &kinds);
        let (place, records) = (places[index].take(), std::mem::take(&mut records[index]));
        documents.push(Document { address, place, records, ..whole });
    }
    let backlinks = relations::backlinks(&relations);
    let home = documents.iter().position(|document| document.address.as_str() == "/");
    let site = Site {
        config,
        kinds,
        audience,
        as_at,
        documents,
        relations,
        backlinks,
        listing_at: lists::addresses(&listings),
        listings,
        own: OwnPages::default(),
        updates,
        aliases,
        attachments: published.list,
        tables: BTreeMap::new(),
        glossary,
        home: home.and_then(|index| u32::try_from(index).ok()).map(DocumentId),
    };
    let site = lists::with_threads(Site { tables: tables::read(&site, provider.as_ref(), diagnostics), ..site });
    let mut site = Site { own: query::own_pages(&site), ..site };
    identity::check_addresses(&site, &spans, &files, diagnostics);
    links::settle(&mut site, files_for_machines, diagnostics);
    embeds::circles(&site, diagnostics);
    (site, withheld)
}

fn document(
    candidate: Candidate,
    fields: Fields,
    landed: links::Landed,
    facts: &life::Facts,
    tombstone: Option<Tombstone>,
    published: &attachments::Published,
    kinds: &Kinds,
) -> Document {
    let Candidate { parsed, private, .. } = candidate;
    let number = |landing: Landing| published.renumber(landing);
    let how_much = match (tombstone, parsed.visibility.exempt.clone()) {
        (Some(tombstone), _) => Published::Tombstone(Box::new(tombstone)),
        (None, Some(exemption)) => Published::Exempt(Box::new(exemption)),
        (None, None) => Published::Whole,
    };
    debug_assert!(kinds.get(parsed.kind).role(Role::Title).is_some(), "every kind has a title");
    Document {
        id: parsed.id,
        kind: parsed.kind,
        address: parsed.address,
        source: parsed.source,
        path: parsed.path,
        title: parsed.title,
        fields: Fields(fitted(fields.0)),
        body: parsed.body,
        landings: landed.links.into_iter().map(number).collect(),
        embeds: landed.embeds.into_iter().map(number).collect(),
        published: how_much,
        private,
        date: facts.date,
        stage: facts.stage,
        changed: facts.changed,
        place: None,
        records: Box::default(),
    }
}
