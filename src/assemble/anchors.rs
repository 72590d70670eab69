//! Finds a place in a document by what an author types after `#`.
//!
//! Input: the index of all documents, one of them, the words. Output: the id of an anchor of its text. Not here: which
//! document is meant (`index.rs`).

use super::index::Index;
use crate::model::{Shown, Text};

/// The anchor that `place` means among those that `fits` accepts: as typed, or, if `short`, what a short label in
/// `[[…#7]]` stands for: a paragraph, an item, a section, a heading, a record. `None` if it means none of them.
pub fn fitting(place: &str, short: bool, index: &Index<'_>, fits: impl Fn(&str) -> bool) -> Option<Box<str>> {
    if fits(place) {
        return Some(place.into());
    }
    let records = index.kinds.list.iter().filter(|kind| kind.inside_of.is_some()).map(|kind| kind.name.as_str());
    let prefixes = ["para", "item", "sec", "h"].into_iter().chain(records);
    let mut longer = prefixes.filter(|_| short).map(|prefix| format!("{prefix}-{place}"));
    longer.find(|id| fits(id)).map(Into::into)
}

/// The anchor on the page of `target` that `place` means. `None` if there is none. A record in place has the places of
/// its parts: on its own page `#limb-2`, on its host's the whole anchor.
pub fn place_in(index: &Index<'_>, target: &Shown, place: &str, short: bool) -> Option<Box<str>> {
    let text = index.text_of(target);
    let Some(standing) = &target.parsed.standing else {
        return fitting(place, short, index, |id| text.find(id).is_some());
    };
    let part = place.strip_prefix("limb-").unwrap_or(place);
    let whole = format!("{}.{part}", standing.anchor);
    text.find(&whole)?;
    Some(if standing.page { format!("limb-{part}").into() } else { whole.into() })
}

/// The anchor of `text` that is nearest to `place`.
pub fn nearest_anchor(text: &Text, place: &str) -> Option<Box<str>> {
    crate::diagnostic::nearest(place, text.anchors.iter().map(|anchor| &*anchor.id)).map(Box::from)
}
