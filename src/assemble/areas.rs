//! Areas: which one a name means, what concerns each and its parts, their figures and their postcodes.
//!
//! Input: first the fields of all documents, before they are bound; later the site. Output: the fields with names of areas as references;
//! [`Areas`]. Not here: what a relation to an area says on pages, and who may see what: an area that is withheld is in no site, so that
//! nothing is gathered for it and no postcode leads to it.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use crate::data::table::{Table, column_name};
use crate::diagnostic::{Diagnostics, nearest};
use crate::kind::{Kind, Kinds, Role};
use crate::model::{
    AreaFigures, Areas, DocumentId, Entry, Fields, PostcodeRow, PostcodeShard, Published, Reference, Site, Value,
    Withheld, slug,
};
use crate::query;
use crate::source::Span;

/// The names of areas, as slugs.
#[derive(Default)]
struct Names {
    of: BTreeMap<String, BTreeSet<DocumentId>>,
    /// Those of areas that are withheld: positions in the list of what is.
    held: BTreeMap<String, usize>,
    titles: Vec<Box<str>>,
}

/// What a name means.
enum Meant {
    One(DocumentId),
    Several(Vec<DocumentId>),
    /// An area that is withheld.
    Held(usize),
    None,
}

impl Names {
    /// The names of areas that are withheld, and of none that is public.
    fn of_withheld(withheld: &[Withheld], kinds: &Kinds) -> Self {
        let documents = withheld.iter().enumerate().filter_map(|(at, held)| Some((at, held.document.as_deref()?)));
        let names = documents.flat_map(|(at, parsed)| {
            let names = names_of(kinds.get(parsed.kind), (&parsed.id, &parsed.title), &parsed.fields);
            names.into_iter().map(move |name| (name, at))
        });
        Self { held: names.collect(), ..Self::default() }
    }

    /// Notes the names of a document, if it is an area.
    fn add(&mut self, id: DocumentId, kind: &Kind, (path, title): (&str, &str), fields: &Fields) {
        let names = names_of(kind, (path, title), fields);
        if !names.is_empty() {
            self.titles.push(title.into());
        }
        for name in names {
            self.of.entry(name).or_default().insert(id);
        }
    }

    fn of_site(site: &Site, withheld: &[Withheld]) -> Self {
        let mut names = Self::of_withheld(withheld, &site.kinds);
        for (id, document) in site.present().filter(|(_, document)| document.published == Published::Whole) {
            names.add(id, site.kinds.get(document.kind), (&document.id, &document.title), &document.fields);
        }
        names
    }

    fn meant(&self, typed: &str) -> Meant {
        let name = slug(typed);
        match self.of.get(&name).map(|found| found.iter().copied().collect::<Vec<_>>()) {
            Some(found) if found.len() == 1 => Meant::One(found[0]),
            Some(found) => Meant::Several(found),
            None => self.held.get(&name).map_or(Meant::None, |held| Meant::Held(*held)),
        }
    }

    fn near(&self, typed: &str) -> Option<&str> {
        nearest(typed, self.titles.iter().map(|title| &**title))
    }
}

/// The names of an area: its title, its id, the end of it, its other names and its code. Empty for what is no area.
fn names_of(kind: &Kind, (path, title): (&str, &str), fields: &Fields) -> Vec<String> {
    if kind.role(Role::Within).is_none() {
        return Vec::new();
    }
    let below = path.split_once('/').map_or(path, |(_, below)| below);
    let last = path.rsplit('/').next().unwrap_or(path);
    let said = |role| kind.role(role).and_then(|field| fields.get(&field.name)).map(texts).unwrap_or_default();
    let names = [title, path, below, last].into_iter().chain(said(Role::KnownAs)).chain(said(Role::Code));
    names.map(slug).filter(|name| !name.is_empty()).collect()
}

/// The texts of a value: of one, or of a list.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::List(list) => list.iter().filter_map(|(value, _)| value.text()).collect(),
        value => value.text().into_iter().collect(),
    }
}

/// Where the page of an area would lie that has none.
fn begin(kinds: &Kinds, name: &str) -> String {
    let folder = kinds.with_role(Role::Within).map_or("", |kind| &kind.folder);
    format!("content/{folder}/{}.md", slug(name))
}

/// Names that lead to no area, each with the first place and how many there are.
type Unknown = BTreeMap<String, (Span, Box<str>, usize)>;

/// The fields of all documents, in which words that name an area are a reference to it; says which name none.
pub fn with_areas(index: &Index<'_>, mut fields: Vec<Fields>, diagnostics: &mut Diagnostics) -> Vec<Fields> {
    let mut names = Names::of_withheld(index.withheld, index.kinds);
    for ((id, shown), fields) in (0..).map(DocumentId).zip(index.documents).zip(&fields) {
        let parsed = &shown.parsed;
        if !shown.ended && !index.is_earlier(id) {
            names.add(id, index.kinds.get(parsed.kind), (&parsed.id, &parsed.title), fields);
        }
    }
    let mut unknown = Unknown::new();
    for (shown, fields) in index.documents.iter().zip(&mut fields) {
        let schema = &index.kinds.get(shown.parsed.kind).fields;
        let named = schema.iter().filter(|field| matches!(field.role, Some(Role::Area | Role::Within)));
        let named: Vec<&str> = named.map(|field| field.name.as_str()).collect();
        for Entry { value, span, .. } in fields.0.iter_mut().filter(|entry| named.contains(&&*entry.name)) {
            bind(value, *span, (index, &names), &mut unknown, diagnostics);
        }
    }
    for (span, words, count) in unknown.into_values() {
        diagnostics.area_without_page(span, &words, count, names.near(&words), &begin(index.kinds, &words));
    }
    fields
}

/// Makes a reference of words that name an area, and words of a reference that names none. A path is left to be bound as in any field.
fn bind(
    value: &mut Value,
    span: Span,
    (index, names): (&Index<'_>, &Names),
    unknown: &mut Unknown,
    diagnostics: &mut Diagnostics,
) {
    let typed: Box<str> = match value {
        Value::List(list) => {
            list.iter_mut().for_each(|(value, span)| bind(value, *span, (index, names), unknown, diagnostics));
            return;
        }
        Value::Words(words) => words.clone(),
        Value::Reference(reference) => reference.id.clone(),
        _ => return,
    };
    let reference = |id: &str| Value::Reference(Reference { id: id.into(), anchor: None });
    let id = |document: &DocumentId| &*index.documents[document.0 as usize].parsed.id;
    match names.meant(&typed) {
        Meant::One(area) => *value = reference(id(&area)),
        Meant::Several(areas) => {
            diagnostics.ambiguous_reference(span, &typed, &areas.iter().map(id).collect::<Vec<_>>());
            *value = Value::Words(typed);
        }
        // The relation is taken away when it is bound, and a message says so.
        Meant::Held(held) => *value = reference(&index.withheld[held].id),
        Meant::None if typed.contains('/') => {}
        Meant::None => {
            unknown.entry(slug(&typed)).or_insert_with(|| (span, typed.clone(), 0)).2 += 1;
            *value = Value::Words(typed);
        }
    }
}

/// What concerns which area, the figures of areas and their postcodes.
pub fn areas(site: &Site, (rows, withheld): (&[PostcodeRow], &[Withheld]), diagnostics: &mut Diagnostics) -> Areas {
    let names = Names::of_site(site, withheld);
    let wholes = wholes(site, &names, diagnostics);
    let figures = figures(site, &names, &wholes, diagnostics);
    let of = concern(site, &wholes, &figures);
    let mut concerned: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
    for (id, areas) in &of {
        areas.iter().for_each(|area| concerned.entry(*area).or_default().push(*id));
    }
    let of = of.into_iter().map(|(id, areas)| (id, areas.into_iter().collect())).collect();
    Areas { of, concerned, figures, postcodes: postcodes(site, &names, (rows, withheld), diagnostics) }
}

/// The areas that each document concerns, with those in which they lie: those that it names, those of which it has figures, those of what
/// stands in it.
fn concern(site: &Site, wholes: &Wholes, figures: &[AreaFigures]) -> BTreeMap<DocumentId, BTreeSet<DocumentId>> {
    let mut of: BTreeMap<DocumentId, BTreeSet<DocumentId>> = BTreeMap::new();
    let is_there = |published: &Published| !matches!(published, Published::Tombstone(_));
    for (id, document) in site.present().filter(|(_, document)| is_there(&document.published)) {
        let measured = figures.iter().filter(|figures| figures.measure == id).filter_map(|figures| figures.area);
        let own = query::areas_named(site, id).into_iter().chain(measured).chain([id]);
        let all: BTreeSet<DocumentId> = own.flat_map(|area| wholes.get(&area).into_iter().flatten().copied()).collect();
        if all.is_empty() {
            continue;
        }
        if let Some(place) = &document.place {
            let around = [Some(place.host), place.inside].into_iter().flatten();
            around
                .filter(|around| is_there(&site.document(*around).published))
                .for_each(|around| of.entry(around).or_default().extend(&all));
        }
        of.entry(id).or_default().extend(all);
    }
    of
}

/// Each area with itself and those in which it lies.
type Wholes = BTreeMap<DocumentId, BTreeSet<DocumentId>>;

/// Each area with itself and those in which it lies; one that lies in itself alone.
fn wholes(site: &Site, names: &Names, diagnostics: &mut Diagnostics) -> Wholes {
    let areas: BTreeSet<DocumentId> = names.of.values().flatten().copied().collect();
    let with_itself = |area: DocumentId| {
        let all = query::all_around(site, area);
        if !all.contains(&area) {
            return (area, all.into_iter().chain([area]).collect());
        }
        let document = site.document(area);
        let field = site.kinds.get(document.kind).role(Role::Within);
        let entry = field.and_then(|field| document.fields.entry(&field.name));
        let span = entry.map_or(Span::whole(document.source), |entry| entry.span);
        diagnostics.area_in_itself(span, &document.title);
        (area, BTreeSet::from([area]))
    };
    areas.into_iter().map(with_itself).collect()
}

/// The rows of each area in files of figures that have a column of areas. What the file says of all areas together is in the rows without
/// an area, else in those of the area in which all others lie.
fn figures(site: &Site, names: &Names, wholes: &Wholes, diagnostics: &mut Diagnostics) -> Vec<AreaFigures> {
    let mut all = Vec::new();
    let measures = site.present().filter(|(_, document)| document.published == Published::Whole);
    for (measure, document) in measures {
        for file in query::figures(site, document) {
            let Some((table, column)) = site.tables.get(&file).and_then(|table| Some((table, column(site, table)?)))
            else {
                continue;
            };
            let path = &site.attachments[file as usize].0.path;
            let areas = in_table(table, column, names, |words| {
                diagnostics.figures_without_area(path, words, names.near(words), &begin(&site.kinds, words));
            });
            let top = areas.keys().flatten().find(|top| areas.keys().flatten().all(|area| wholes[area].contains(top)));
            let whole = areas.get(&None).or_else(|| areas.get(&Some(*top?))).cloned();
            let whole = whole.map(|table| AreaFigures { measure, file, area: None, table });
            let parts = areas
                .into_iter()
                .filter_map(|(area, table)| Some(AreaFigures { measure, file, area: Some(area?), table }));
            all.extend(whole.into_iter().chain(parts));
        }
    }
    all
}

/// The column that names areas: called as the field for them, or as people say who mean it.
fn column(site: &Site, table: &Table) -> Option<usize> {
    table.head.iter().position(|head| site.kinds.has_name(Role::Area, &column_name(head)))
}

/// The rows of each area, without that column; those whose cell is empty under `None`. `unknown` is told of each name once that is no area.
fn in_table(
    table: &Table,
    column: usize,
    names: &Names,
    mut unknown: impl FnMut(&str),
) -> BTreeMap<Option<DocumentId>, Table> {
    let without = |row: &[Box<str>]| {
        let kept = row.iter().enumerate().filter(|(at, _)| *at != column);
        kept.map(|(_, cell)| cell.clone()).collect::<Vec<_>>()
    };
    let mut areas: BTreeMap<Option<DocumentId>, Table> = BTreeMap::new();
    let mut said = BTreeSet::new();
    for row in &table.rows {
        let typed = row.get(column).map_or("", |cell| cell.trim());
        let area = match names.meant(typed) {
            _ if typed.is_empty() => None,
            Meant::One(area) => Some(area),
            Meant::Held(_) => continue,
            Meant::Several(_) | Meant::None => {
                if said.insert(typed) {
                    unknown(typed);
                }
                continue;
            }
        };
        let new = || Table { head: without(&table.head), rows: Vec::new(), left_out: table.left_out };
        areas.entry(area).or_insert_with(new).rows.push(without(row));
    }
    areas
}

/// The postcodes of the areas of the site, by what comes first in them.
fn postcodes(
    site: &Site,
    names: &Names,
    (rows, withheld): (&[PostcodeRow], &[Withheld]),
    diagnostics: &mut Diagnostics,
) -> BTreeMap<Box<str>, PostcodeShard> {
    let mut shards: BTreeMap<Box<str>, PostcodeShard> = BTreeMap::new();
    let mut unknown: BTreeMap<&str, (Span, usize)> = BTreeMap::new();
    for row in rows {
        match names.meant(&row.area) {
            Meant::One(area) => {
                shards.entry(row.first.clone()).or_default().entry(area).or_default().push(row.rest.clone());
            }
            _ => unknown.entry(&row.area).or_insert((row.span, 0)).1 += 1,
        }
    }
    for rests in shards.values_mut().flat_map(BTreeMap::values_mut) {
        rests.sort();
        rests.dedup();
    }
    for (typed, (span, count)) in unknown {
        match names.meant(typed) {
            Meant::Several(areas) => {
                let ids: Vec<&str> = areas.iter().map(|area| &*site.document(*area).id).collect();
                diagnostics.postcodes_of_several(span, typed, &ids);
            }
            Meant::Held(held) => {
                let Withheld { path, why, .. } = &withheld[held];
                diagnostics.postcodes_of_withheld(span, typed, path, *why);
            }
            _ => diagnostics.postcodes_of_no_area(span, typed, count, names.near(typed), &begin(&site.kinds, typed)),
        }
    }
    shards
}
