//! Pages about editions: the days on which they began, and what changed from one to a later one.
//!
//! Input: the site, whole but for its own pages. Output: the tables of [`OwnPages`](crate::model::OwnPages), and look-ups in them.
//! Not here: what changed (`compare`), and what is on these pages (`render/editions.rs`).

use std::collections::BTreeMap;

use super::facts::value;
use crate::kind::Role;
use crate::model::pages::EDITIONS;
use crate::model::{Address, Comparison, Date, DocumentId, EditionDay, Published, Site, Value, slug};

/// The days on which editions began, the latest first. A document that names the first day of its edition has one, too, before it has
/// a second.
pub(super) fn days(site: &Site) -> Vec<EditionDay> {
    let of_several = site.editions.iter().flatten().map(|edition| (edition.document, edition.from));
    let named = site.ids().map(|(id, _)| (id, value(site, id, Role::EditionFrom).and_then(Value::date)));
    let mut days: BTreeMap<Address, EditionDay> = BTreeMap::new();
    for (document, day) in of_several.chain(named) {
        let Some(day) = day.filter(|day| *day != Date::Unknown && is_there(site, document)) else { continue };
        let address = Address::page([EDITIONS, slug(&written(day)).as_str()]);
        let new = || EditionDay { address: address.clone(), day, documents: Vec::new() };
        days.entry(address.clone()).or_insert_with(new).documents.push(document);
    }
    let mut days: Vec<EditionDay> = days.into_values().collect();
    for day in &mut days {
        day.documents.sort_unstable();
        day.documents.dedup();
    }
    days.sort_by_key(|day| (std::cmp::Reverse(day.day.earliest()), day.address.clone()));
    days
}

/// `2021-03`, `2015/16`.
fn written(day: Date) -> String {
    let of_two = |year: i16| format!("{year}/{:02}", (year + 1) % 100);
    day.iso().unwrap_or_else(|| day.year().map(of_two).unwrap_or_default())
}

/// Whether everybody may read all of it, so that there is something to compare.
fn is_there(site: &Site, document: DocumentId) -> bool {
    site.document(document).published == Published::Whole
}

/// The comparison of each earlier edition with the next one, and with the present one where that is another; each in two forms.
pub(super) fn comparisons(site: &Site) -> Vec<Comparison> {
    let mut comparisons = Vec::new();
    for editions in site.editions.iter() {
        let there: Vec<DocumentId> =
            editions.iter().map(|edition| edition.document).filter(|document| is_there(site, *document)).collect();
        let present = editions.last().map(|edition| edition.document).filter(|present| is_there(site, *present));
        for pair in there.windows(2) {
            comparisons.extend(both_forms(site, "changes", pair[0], pair[1]));
            let present = present.filter(|present| *present != pair[1]);
            comparisons.extend(present.into_iter().flat_map(|present| both_forms(site, "since", pair[0], present)));
        }
    }
    comparisons.sort_by(|one, other| one.address.cmp(&other.address));
    comparisons
}

fn both_forms(site: &Site, name: &str, older: DocumentId, newer: DocumentId) -> [Comparison; 2] {
    let page = site.document(older).address.as_str();
    let parts = || page.split('/').filter(|part| !part.is_empty()).chain([name]);
    let (one_column, beside) = (Address::page(parts()), Address::page(parts().chain(["side-by-side"])));
    [false, true].map(|side_by_side| {
        let (address, other_form) =
            if side_by_side { (beside.clone(), one_column.clone()) } else { (one_column.clone(), beside.clone()) };
        Comparison { address, other_form, older, newer, side_by_side }
    })
}

/// The comparison whose page is at `address`.
pub(super) fn comparison_at<'site>(site: &'site Site, address: &Address) -> Option<&'site Comparison> {
    let found = site.own.comparisons.binary_search_by(|one| one.address.cmp(address)).ok()?;
    Some(&site.own.comparisons[found])
}

/// The comparisons of an edition with a later one, in one column: with the next one, then with the present one where that is another.
pub(super) fn comparisons_of<'site>(site: &'site Site, id: &str) -> Vec<&'site Comparison> {
    let Some(older) = site.find(id) else { return Vec::new() };
    let address = site.document(older).address.as_str();
    let from = site.own.comparisons.partition_point(|one| one.address.as_str() < address);
    let below = site.own.comparisons[from..].iter().take_while(|one| one.address.as_str().starts_with(address));
    below.filter(|one| one.older == older && !one.side_by_side).collect()
}
