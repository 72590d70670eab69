//! The pages that say what changed from one edition to a later one, in one column and side by side.
//!
//! Input: two editions. Output: [`ComparisonPage`]. Not here: which blocks are the same (`compare`), and words that are withheld, which no
//! text of the site holds.

use super::editions::{blocks, edition_view, row_id};
use super::head;
use crate::compare::{Block, BlockKind, Owner, Pair, Step, compare, pieces};
use crate::model::{Comparison, DocumentId, Edition};
use crate::query::{Query, Store};
use crate::view::{ComparisonPage, EditionView, Head, Link, PieceView, RowView, SideView, View};

/// The page of a comparison: an index into `OwnPages::comparisons`.
#[must_use]
pub fn comparison(view: &View, comparison: u32) -> (Head, ComparisonPage) {
    let of = view.comparison(comparison);
    let (older, newer) = (edition(view, of.older), edition(view, of.newer));
    let said = [("older", older.edition.title.as_str()), ("newer", newer.edition.title.as_str())];
    let title = title(view, of).unwrap_or_else(|| view.language.say("edition.comparison", &said));
    let mut head = head::head(view, &of.address, title);
    head.description = Some(view.language.say("edition.comparison-about", &said));
    head.part = of.side_by_side.then(|| view.language.say("edition.side-by-side", &[]));
    let texts = Texts { view, of, old: blocks(view, of.older), new: blocks(view, of.newer) };
    let steps = compare(&texts.old, &texts.new);
    let page = ComparisonPage {
        older,
        newer,
        side_by_side: of.side_by_side,
        other_form: view.url(&of.other_form),
        counts: Some(texts.counts(&steps).join(view.comma())).filter(|counts| !counts.is_empty()),
        rows: together(steps.iter().map(|step| texts.row(*step)).collect()),
    };
    (head, page)
}

fn edition(view: &View, id: DocumentId) -> EditionView {
    let all = view.ask(&Query::Editions(view.document(id).id.clone())).editions();
    let alone = Edition { document: id, from: None, until: None };
    let own = all.iter().find(|edition| edition.document == id).unwrap_or(&alone);
    let mut shown = edition_view(view, id, own);
    shown.edition = view.link(id);
    shown
}

/// "What changed in Safer plan, March 2021 to 12 June 2024"; `None` if one of the days is not known.
fn title(view: &View, of: &Comparison) -> Option<String> {
    let all = view.ask(&Query::Editions(view.document(of.newer).id.clone())).editions();
    let day = |id: DocumentId| all.iter().find(|one| one.document == id)?.from.map(|day| view.date(day).text);
    let title = &view.document(all.last()?.document).title;
    Some(
        view.language
            .say("edition.comparison-of", &[("title", title), ("from", &day(of.older)?), ("to", &day(of.newer)?)]),
    )
}

/// The kinds of changes, in the order in which they are counted.
const CHANGES: [&str; 4] = ["rewritten", "moved", "added", "removed"];

struct Texts<'view> {
    view: &'view View,
    of: &'view Comparison,
    old: Vec<Block>,
    new: Vec<Block>,
}

impl Texts<'_> {
    fn is_rewritten(&self, pair: Pair) -> bool {
        self.old[pair.old].words != self.new[pair.new].words
    }

    fn change(&self, step: Step) -> &'static str {
        match step {
            Step::Kept(pair) if self.is_rewritten(pair) => "rewritten",
            Step::Kept(_) => "same",
            Step::MovedHere(_) => "moved",
            Step::MovedAway(_) => "moved-away",
            Step::Added(_) => "added",
            Step::Removed(_) => "removed",
        }
    }

    fn counts(&self, steps: &[Step]) -> Vec<String> {
        let count = |change: &'static str| steps.iter().filter(|step| self.change(**step) == change).count();
        let counts = CHANGES.iter().map(|change| (change, count(change))).filter(|(_, count)| *count > 0);
        counts
            .map(|(change, count)| self.view.language.count(&format!("edition-count.{change}"), count as u64, &[]))
            .collect()
    }

    fn row(&self, step: Step) -> RowView {
        let change = self.change(step);
        let block = step.in_new().map(|new| &self.new[new]).or(step.in_old().map(|old| &self.old[old]));
        let pair = match step {
            Step::Kept(pair) | Step::MovedHere(pair) => Some(pair).filter(|pair| self.is_rewritten(*pair)),
            _ => None,
        };
        let label = match step {
            Step::Kept(_) if change == "same" => None,
            Step::MovedHere(_) if pair.is_some() => Some("moved-rewritten"),
            _ => Some(change),
        };
        let old = step.in_old().map(|old| self.side("old", self.of.older, &self.old[old]));
        let also = old.as_ref().and_then(|old| old.id.clone()).filter(|_| change == "same");
        RowView {
            change,
            label: label.map(|label| self.view.language.say(&format!("edition-change.{label}"), &[])),
            heading: block.is_some_and(|block| block.kind == BlockKind::Heading),
            old,
            new: step.in_new().map(|new| SideView {
                was: self.was(step),
                also: also.clone(),
                ..self.side("new", self.of.newer, &self.new[new])
            }),
            pieces: pair.map(|pair| self.pieces(pair)).unwrap_or_default(),
            other_place: self.other_place(step),
            same: Vec::new(),
        }
    }

    fn side(&self, side: &str, id: DocumentId, block: &Block) -> SideView {
        let anchor = block.anchor.map(|anchor| &*self.view.document(id).body.anchor(anchor).id);
        SideView {
            id: anchor.map(|anchor| row_id(side, anchor)),
            also: None,
            label: Some(block.label.clone()).filter(|label| !label.is_empty()),
            href: anchor.and_then(|anchor| self.view.place_href(id, Some(anchor))),
            was: None,
            words: block.words.clone(),
        }
    }

    /// The number that it had, if it has another now.
    fn was(&self, step: Step) -> Option<String> {
        let (Step::Kept(Pair { old, new }) | Step::MovedHere(Pair { old, new })) = step else { return None };
        let was = Some(&self.old[old].label).filter(|was| !was.is_empty() && **was != self.new[new].label)?;
        Some(self.view.language.say("edition.was-numbered", &[("label", was)]))
    }

    fn pieces(&self, pair: Pair) -> Vec<PieceView> {
        let told = pieces(&self.old[pair.old].words, &self.new[pair.new].words).into_iter();
        let piece = |piece: crate::compare::Piece| PieceView {
            of: match piece.of {
                Owner::Both => "both",
                Owner::Older => "older",
                Owner::Newer => "newer",
            },
            words: piece.words,
        };
        told.map(piece).collect()
    }

    /// Where what was moved stands in the other edition.
    fn other_place(&self, step: Step) -> Option<Link> {
        let (id, block, key) = match step {
            Step::MovedHere(pair) => (self.of.older, &self.old[pair.old], "edition.moved-from"),
            Step::MovedAway(pair) => (self.of.newer, &self.new[pair.new], "edition.moved-to"),
            _ => return None,
        };
        let anchor = block.anchor.map(|anchor| &*self.view.document(id).body.anchor(anchor).id);
        let place = anchor.and_then(|anchor| self.view.place(id, anchor))?;
        let title = self.view.language.say(key, &[("place", &place)]);
        Some(Link { title, href: self.view.place_href(id, anchor) })
    }
}

/// What is the same in both stands together, but for headings, which say where one is.
fn together(rows: Vec<RowView>) -> Vec<RowView> {
    let mut told: Vec<RowView> = Vec::new();
    for mut row in rows {
        if row.change == "same" && !row.heading {
            let side = row.old.take().into_iter().chain(row.new.take()).last();
            match told.last_mut().filter(|last| last.change == "same" && !last.heading) {
                Some(last) => last.same.extend(side),
                None => told.push(RowView { same: side.into_iter().collect(), ..row }),
            }
        } else {
            told.push(row);
        }
    }
    told
}
