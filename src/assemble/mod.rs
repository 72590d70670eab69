//! All files together → the [`Site`] for an audience at an instant: ids and addresses, relations in both directions,
//! where links lead, which files are published, lists.
//!
//! Input: what the audience may see of each file, as `disclosure` decided. Output: a site in which nothing withheld is
//! left, neither text nor title nor address.
//! Not here: who may see what (`disclosure`), HTML, templates, the clock.
//!
//! The steps, each in its file: `editions` → `identity` → `titles` → `relations` → `links` → `records` → `follow` → `lists` → `attachments` → `tables`
//! → `areas` → `forward`
//! → `query::own_pages` → addresses and links to own pages → `embeds`.

mod anchors;
mod areas;
mod attachments;
mod bodies;
mod editions;
mod embeds;
mod follow;
mod forward;
mod heard;
mod identity;
mod index;
mod lasting;
mod life;
mod links;
mod lists;
mod old;
mod people;
mod records;
mod relations;
mod sensitive;
mod slugs;
mod tables;
mod titles;
mod weights;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::kind::Kinds;
use crate::language::Language;
use crate::model::{
    Address, Alias, Areas, Audience, Config, Document, DocumentId, Fields, ForwardPlan, GlossaryEntry, Instant,
    Landing, OldRow, OwnPages, Parts, PostcodeRow, Published, Recorded, Relation, Shown, Site, Tombstone, Withheld,
    fitted,
};
use crate::query;
use crate::source::{Attachment, FileProvider, Span};

pub use attachments::{FileRules, Inspect, Inspected};
use index::Index;
pub use lasting::{files as recorded_files, recorded};

/// What a site is assembled from.
pub struct Input<'run> {
    /// The settings.
    pub config: Config,
    /// The schema.
    pub kinds: Arc<Kinds>,
    /// For whom.
    pub audience: Audience,
    /// For when.
    pub as_at: Instant,
    /// What that audience may see.
    pub shown: Vec<Shown>,
    /// What it may not: a link to it is told from a link to nothing.
    pub withheld: &'run [Withheld],
    /// Every file that could be published.
    pub attachments: Vec<Attachment>,
    /// Which of them are not for everybody.
    pub files: FileRules<'run>,
    /// Looks into the files that are published, and gives what is published in the place of some.
    pub inspect: &'run Inspect<'run>,
    /// The way to their bytes, for the few that pages show as tables.
    pub provider: Arc<dyn FileProvider>,
    /// The words that the site explains.
    pub glossary: Vec<GlossaryEntry>,
    /// What was published.
    pub recorded: &'run Recorded,
    /// Addresses of an older website.
    pub old: &'run [OldRow],
    /// In which area each postcode lies.
    pub postcodes: &'run [PostcodeRow],
    /// Takes a list of names apart.
    pub names: &'run people::Names<'run>,
    /// Tells which files for machines a site has, for links that lead to one. Asked only if there is such a link.
    pub exports: Exports,
}

/// Tells which files for machines a site has.
pub type Exports = fn(&Site) -> Vec<Address>;

/// Binds all documents together.
pub fn assemble(input: Input<'_>, language: &Language, diagnostics: &mut Diagnostics) -> Site {
    let Input { config, kinds, audience, as_at, mut shown, withheld, attachments, .. } = input;
    let Input { files, inspect, provider, glossary, exports, recorded, old, names, postcodes, .. } = input;
    let earlier = editions::find(&mut shown, &kinds, language);
    identity::sort_and_check(&mut shown, diagnostics);
    lasting::keep_places(&mut shown, withheld, (recorded, &kinds, &earlier), diagnostics);
    titles::by_matter(&mut shown, &kinds, language);
    let fields = relations::take_fields(&mut shown);
    let mut index = Index::new(&shown, withheld, &attachments, &kinds);
    index.present_of = editions::bind(&shown, &earlier);
    index.own = config.base_url.as_deref();
    let moved = lasting::moved(&index, recorded);
    index.former = lasting::former_ids(&index, &moved);
    let mut bound = relations::bind(&index, with_names(&index, fields, diagnostics), diagnostics);
    bodies::without_page(&index, &bound, diagnostics);
    let (aliases, old) = old_addresses(&index, &bound, (old, &moved, recorded), diagnostics);
    let mut places = records::places(&index, &bound);
    let facts = life::all(&index, &bound, &places, &as_at);
    let links = links::resolve(&index, &aliases, diagnostics);
    links::resolve_fields(&index, &mut bound, &aliases, diagnostics);
    records::relate(&index, &mut bound, &links, &places);
    follow::follow(&index, &mut bound, (&places, &facts, &links), as_at.day);
    let listings = lists::listings(&index, &bound, &places, &facts, language);
    let (addresses, mut records) = (records::addresses(&index, &places), records::of_texts(&index));
    let mut published = attachments::published(&index, files, &bound, &links, &config.branding, diagnostics);
    let (cleaned, files) = (published.inspect(inspect, diagnostics), published.files());
    let spans: Vec<Span> = shown.iter().map(|one| identity::place_of(&one.parsed)).collect();
    links::add_mentions(&links, &mut bound);
    let tombstones: Vec<Option<Tombstone>> =
        shown.iter().map(|shown| life::tombstone(shown, &index, diagnostics)).collect();
    let updates = lists::updates(&index, &bound, &facts);
    let editions = editions::table(&index, &bound, diagnostics);
    let present_of = std::mem::take(&mut index.present_of);
    let (mut relations, mut documents): (Vec<Vec<Relation>>, Vec<Document>) = (Vec::new(), Vec::new());
    let parts = shown.into_iter().zip(bound).zip(links).zip(facts).zip(tombstones).zip(addresses);
    for (at, (((((shown, bound), links), facts), tombstone), address)) in parts.enumerate() {
        relations.push(fitted(bound.relations));
        let whole = document(shown, bound.fields, links, &facts, tombstone, &published);
        let (place, records) = (places[at].take(), std::mem::take(&mut records[at]));
        documents.push(Document { address, place, records, edition_of: present_of[at], ..whole });
    }
    let backlinks = relations::backlinks(&relations, &present_of);
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
        questions: Vec::new(),
        attachments: published.list,
        cleaned,
        tables: BTreeMap::new(),
        glossary,
        editions,
        parts: Parts::default(),
        areas: Areas::default(),
        plan: ForwardPlan::default(),
        home: home.and_then(|index| u32::try_from(index).ok()).map(DocumentId),
    };
    let site = completed(site, (names, provider.as_ref(), language), (postcodes, withheld), diagnostics);
    settled(site, (old, recorded, withheld, exports), (&spans, &files), diagnostics)
}

/// The site with what is worked out from all documents: what people did, tables, areas, threads, the forward plan, its own pages.
fn completed(
    mut site: Site,
    (names, provider, language): (&people::Names<'_>, &dyn FileProvider, &Language),
    places: (&[PostcodeRow], &[Withheld]),
    diagnostics: &mut Diagnostics,
) -> Site {
    sensitive::mark(&mut site.documents, &site.kinds, &site.config);
    let (parts, tables) = (people::parts(&site, names, diagnostics), tables::read(&site, provider, diagnostics));
    let site = Site { parts, tables, ..site };
    let areas = areas::areas(&site, places, diagnostics);
    let site = lists::with_threads(lists::with_areas(Site { areas, ..site }));
    let site = with_plan(site, language);
    Site { own: query::own_pages(&site), ..site }
}

/// The fields of all documents, in which the names of bodies and areas are references to them.
fn with_names(index: &Index<'_>, fields: Vec<Fields>, diagnostics: &mut Diagnostics) -> Vec<Fields> {
    areas::with_areas(index, people::with_bodies(index, fields, diagnostics), diagnostics)
}

/// The site with what is to come before which meeting.
fn with_plan(site: Site, language: &Language) -> Site {
    let comes = forward::comes(&site, language);
    let site = Site { plan: ForwardPlan { comes, ..ForwardPlan::default() }, ..site };
    let groups = query::planned(&site, None);
    let comes = site.plan.comes;
    Site { plan: ForwardPlan { comes, groups }, ..site }
}

/// The site when all its links are known: those to its own pages and to files for machines too.
fn settled(
    mut site: Site,
    (old, recorded, withheld, exports): (old::Old<'_>, &Recorded, &[Withheld], Exports),
    (spans, files): (&[Span], &[(Address, Span)]),
    diagnostics: &mut Diagnostics,
) -> Site {
    old.settle(&mut site, exports, diagnostics);
    lasting::keep_lists(&mut site, recorded, diagnostics);
    identity::check_addresses(&site, spans, files, diagnostics);
    links::settle(&mut site, exports, diagnostics);
    lasting::keep_files(&mut site, withheld, recorded, exports, diagnostics);
    embeds::circles(&site, diagnostics);
    weights::limit(&mut site, diagnostics);
    site
}

/// Every old address that leads to a document, and what is to be settled of the others once the site is whole.
fn old_addresses<'rows>(
    index: &Index<'_>,
    bound: &[relations::Bound],
    (rows, moved, recorded): (&'rows [OldRow], &lasting::Moves<'_>, &Recorded),
    diagnostics: &mut Diagnostics,
) -> (Vec<Alias>, old::Old<'rows>) {
    let typed = identity::aliases(index, bound, diagnostics);
    let old = old::bind(index, bound, &typed, rows, diagnostics);
    let mut aliases = lasting::keep_pages(index, old.with(typed, index), (moved, &old.open()), recorded, diagnostics);
    old.place(&mut aliases);
    (aliases, old)
}

fn document(
    shown: Shown,
    fields: Fields,
    links: links::ResolvedLinks,
    facts: &life::Facts,
    tombstone: Option<Tombstone>,
    published: &attachments::Published,
) -> Document {
    let Shown { parsed, private, .. } = shown;
    let number = |landing: Landing| published.renumber(landing);
    let how_much = match (tombstone, parsed.visibility.exempt.clone()) {
        (Some(tombstone), _) => Published::Tombstone(Box::new(tombstone)),
        (None, Some(exemption)) => Published::Exempt(Box::new(exemption)),
        (None, None) => Published::Whole,
    };
    Document {
        id: parsed.id,
        kind: parsed.kind,
        address: parsed.address,
        source: parsed.source,
        path: parsed.path,
        title: parsed.title,
        fields: Fields(fitted(fields.0)),
        body: parsed.body,
        landings: links.links.into_iter().map(number).collect(),
        embeds: links.embeds.into_iter().map(number).collect(),
        published: how_much,
        private,
        sensitive: false,
        date: facts.date,
        stage: facts.stage,
        changed: facts.changed,
        edition_of: None,
        place: None,
        records: Box::default(),
    }
}
