//! Areas as templates see them: what concerns one, all of them, what the form needs that finds one, and whom people ask there.
//!
//! Input: an area. Output: [`Group`]s, [`AreaView`], [`PostcodesView`], whom people ask. Not here: which area a document concerns
//! (`query/areas.rs`), and the files in which postcodes are looked up (`export/postcodes.rs`).

use std::collections::BTreeMap;

use serde::Serialize;

use super::context::{FigureView, Link};
use super::document::Group;
use super::window::View;
use crate::kind::{Role, Stage};
use crate::language::postcode_shapes;
use crate::model::pages::POSTCODES;
use crate::model::{Address, DocumentId, ListingFilter};
use crate::query::{self, Asked, Filter, Query, Sort, Store};

/// So many of a kind stand on the page of an area; the list has all.
const MOST: u32 = 5;

/// Those that lie in areas, by these.
type Below = BTreeMap<DocumentId, Vec<DocumentId>>;

/// The latest figure of a measure in an area.
#[derive(Debug, Serialize)]
pub struct AreaFigureView {
    /// On the page of the area the measure, on that of the measure the area.
    pub of: Link,
    /// The figure.
    pub figure: FigureView,
}

/// An area in the list of all.
#[derive(Debug, Serialize)]
pub struct AreaView {
    /// Its page.
    pub area: Link,
    /// "Ward".
    #[serde(rename = "type")]
    pub sort: Option<String>,
    /// Those that lie in it.
    pub parts: Vec<AreaView>,
}

/// What the form needs that finds an area by postcode.
#[derive(Debug, Serialize)]
pub struct PostcodesView {
    /// The folder of the files in which it looks.
    pub folder: String,
    /// What comes first in the postcodes that the site knows, parted by spaces, as the files are called.
    pub first: String,
    /// How postcodes are written in the country of the site, parted by `|`: `A9 9AA|AA9 9AA`; empty where any is taken.
    pub shapes: String,
}

impl View {
    /// What concerns an area or a part of it: a group for each kind, named like the kind, and one for kinds without such lists. What has
    /// figures for the area stands among those.
    #[must_use]
    pub fn gathered(&self, area: DocumentId) -> Vec<Group> {
        let id = &self.document(area).id;
        let figures = self.ask(&Query::Figures(id.clone())).figures();
        let lists = self.ask(&Query::ListsOfArea(id.clone())).lists();
        let groups = lists.into_iter().filter_map(|list| {
            let is_told = |id: &DocumentId| figures.iter().any(|figures| figures.measure == *id);
            self.group_of_list(list, is_told)
        });
        groups.chain(self.others_in(area)).collect()
    }

    /// The first documents of a list by area that are not told elsewhere; `None` if there is none.
    fn group_of_list(&self, list: u32, is_told: impl Fn(&DocumentId) -> bool) -> Option<Group> {
        let (shown, total) = (self.list(list), self.list_length(list));
        let ListingFilter::Area(kind, _) = shown.filter else { return None };
        let kind = self.kinds().get(*kind);
        let first = self.list_part(list, 0, MOST).iter().copied();
        let first: Vec<DocumentId> = first.filter(|id| !is_told(id)).collect();
        let is_long = total > MOST as usize;
        (!first.is_empty()).then(|| Group {
            name: kind.name.clone(),
            label: kind.label_plural.clone(),
            items: self.cards(&first),
            more: is_long.then(|| self.list_link(shown)),
            total: if is_long { total } else { first.len() },
            mixed: false,
        })
    }

    /// What concerns an area of kinds that have no lists by area.
    fn others_in(&self, area: DocumentId) -> Option<Group> {
        let others = self.ask(&Query::OthersInArea(self.document(area).id.clone())).documents();
        let label = self.language.say("area.others", &[]);
        let (name, total) = ("others".to_owned(), others.len());
        (total > 0).then(|| Group { name, label, items: self.cards(&others), more: None, total, mixed: true })
    }

    /// All areas that are there still, each below those in which it lies.
    #[must_use]
    pub fn all_areas(&self) -> Vec<AreaView> {
        let kind = self.kinds().with_role(Role::Within).map(|kind| kind.name.as_str().into());
        let filter = Filter { kind, order: Sort::Title, ..Filter::default() };
        let all = self.ask(&Query::Documents(filter)).documents().into_iter();
        let all: Vec<DocumentId> = all.filter(|id| self.document(*id).stage != Stage::Ended).collect();
        let wholes = |area: DocumentId| query::lies_in(self, area).into_iter().filter(|whole| all.contains(whole));
        let is_top = |area: DocumentId| wholes(area).next().is_none() || query::all_around(self, area).contains(&area);
        let (tops, lower): (Vec<DocumentId>, Vec<DocumentId>) = all.iter().copied().partition(|area| is_top(*area));
        let mut below = Below::new();
        lower.into_iter().for_each(|area| wholes(area).for_each(|whole| below.entry(whole).or_default().push(area)));
        tops.into_iter().map(|top| self.area_and_parts(top, &below)).collect()
    }

    /// An area and those in it. None lies in itself: those are tops, and no part of any.
    fn area_and_parts(&self, area: DocumentId, below: &Below) -> AreaView {
        let parts = below.get(&area).into_iter().flatten().map(|part| self.area_and_parts(*part, below));
        let sort = self.role_text(area, Role::Sort).map(str::to_owned);
        AreaView { area: self.link(area), sort, parts: parts.collect() }
    }

    /// What the form needs that finds an area; `None` if the site knows no postcodes.
    #[must_use]
    pub fn postcodes(&self) -> Option<PostcodesView> {
        let first = self.ask(&Query::Postcodes).texts();
        let shapes = postcode_shapes(self.config().country.as_deref());
        (!first.is_empty()).then(|| PostcodesView {
            folder: self.url(&Address::file(POSTCODES)),
            first: first.join(" ").to_lowercase(),
            shapes: shapes.join("|"),
        })
    }

    /// Whom people ask in an area: those whom it names, then those who name it as theirs; after them the same of the areas around it.
    #[must_use]
    pub(super) fn asked_in(&self, area: DocumentId) -> Vec<Asked<'_>> {
        let mut all: Vec<Asked<'_>> = Vec::new();
        for here in std::iter::once(area).chain(query::around(self, area)) {
            for one in query::asked(self, here).into_iter().chain(self.at_home_in(here)) {
                if !all.iter().any(|known| known.document == one.document) {
                    all.push(one);
                }
            }
        }
        all
    }

    /// Those of whom people ask something who say that they are there for an area, in the order of their titles.
    fn at_home_in(&self, area: DocumentId) -> Vec<Asked<'_>> {
        let is_asked = |id: DocumentId, field: &str| {
            let kind = self.kind_of(id);
            let asked = kind.role(Role::Ask).and_then(|field| field.relation()).map(|relation| &relation.to);
            asked.is_some_and(|to| to.contains(&kind.name))
                && kind.role(Role::Area).is_some_and(|area| area.name == field)
        };
        let named = self.incoming(area).filter(|(from, relation)| is_asked(*from, &relation.field));
        let mut asked: Vec<DocumentId> = named.map(|(from, _)| from).collect();
        asked.sort_by_cached_key(|id| (self.language.sort_key(&self.document(*id).title), *id));
        asked.dedup();
        asked.into_iter().filter_map(|id| query::reached(self, id)).collect()
    }
}
