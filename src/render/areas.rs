//! The functions of templates for one area: what concerns it, by kind; figures by area.
//!
//! Input: named arguments. Output: values of `view/areas.rs`. Not here: which area a document concerns (`query/areas.rs`).

use tera::{Kwargs, TeraResult, Value};

use super::figure;
use super::functions::page_or;
use crate::model::DocumentId;
use crate::query::{Query, Store};
use crate::view::{AreaFigureView, View};

/// What concerns an area or a part of it, by kind.
pub fn in_area(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let area = page_or(view, "in_area", "of", kwargs)?;
    Ok(Value::from_serializable(&view.find(&area).map(|area| view.gathered(area)).unwrap_or_default()))
}

/// The latest figures of an area by measure, or of a measure by area.
pub fn figures_by_area(view: &View, kwargs: &Kwargs) -> TeraResult<Value> {
    let document = page_or(view, "figures_by_area", "of", kwargs)?;
    Ok(Value::from_serializable(&view.find(&document).map(|id| figures(view, id)).unwrap_or_default()))
}

/// The latest figures of an area, each with its measure; of a measure, each with its area.
fn figures(view: &View, id: DocumentId) -> Vec<AreaFigureView> {
    let figures = view.ask(&Query::Figures(view.document(id).id.clone())).figures();
    let figures = figures.into_iter().filter_map(|of| {
        let other = if of.area == Some(id) { of.measure } else { of.area? };
        Some(AreaFigureView { of: view.link(other), figure: figure::latest_in(view, of.measure, &of.table)? })
    });
    let mut figures: Vec<AreaFigureView> = figures.collect();
    figures.sort_by_cached_key(|one| view.language.sort_key(&one.of.title));
    figures
}
