//! Printed labels on a page: their anchors, and the links that they are.
//!
//! Enters: labels that the outline found. Leaves: an anchor for each, `#para-7.13`, `#para-7.13.iii`, `#item-7.2`, and
//! the label exactly as typed between two segments. Absent: whether a number is a label (`outline.rs`).

use std::ops::Range;

use super::outline::{Below, Remark, What};
use super::plan::{Act, Cut, Plan};
use super::writer::{MOST_TOLD, Writer};
use crate::model::{AnchorKind, Segment};
use crate::source::Span;

impl Writer<'_> {
    /// The anchor of a printed label; nothing if it hangs on nothing that could be cited.
    pub(super) fn label_anchor(&mut self, label: usize) -> Option<u32> {
        let known = self.outline.labels.get(label)?;
        let (typed, told, printed) = (known.typed.clone(), known.told, known.label.clone());
        let parent = match known.below {
            Below::Nothing => return None,
            Below::Text => None,
            below => Some(self.anchor_of(below)?),
        };
        let (id, cited) = match parent.map(|parent| &self.body.anchors[parent as usize]) {
            None => (format!("para-{printed}"), printed),
            Some(parent) => {
                let cited = parent.label.as_deref().map_or(String::new(), |label| format!("{label}."));
                (format!("{}.{printed}", parent.id), format!("{cited}{printed}").into())
            }
        };
        let id = self.anchors.labelled(id).unwrap_or_else(|(id, other)| {
            if told {
                self.tell_repeated(self.from.span(&typed), "paragraph", &cited, &id, &other);
            }
            other
        });
        let anchor = self.add_anchor(id, AnchorKind::Numbered, &typed);
        self.body.anchors[anchor as usize].label = Some(cited);
        self.labels[label] = Some(anchor);
        Some(anchor)
    }

    /// The anchor of what a label hangs on.
    pub(super) fn anchor_of(&self, below: Below) -> Option<u32> {
        match below {
            Below::Nothing | Below::Text => None,
            Below::Label(label) => *self.labels.get(label)?,
            Below::Heading(event) => {
                let index = self.headings.binary_search_by_key(&event, |(heading, _)| *heading).ok()?;
                Some(self.headings[index].1)
            }
        }
    }

    /// Says that a label stands twice, and where it stood first.
    pub(super) fn tell_repeated(&mut self, span: Span, what: &str, label: &str, id: &str, given: &str) {
        if self.told.repeated < MOST_TOLD {
            self.told.repeated += 1;
            let first = self.body.anchors.iter().find(|anchor| *anchor.id == *id).map(|anchor| anchor.span);
            self.diagnostics.repeated_label(span, what, label, given, first);
        }
    }

    /// Has a label of the outline printed as a link to `anchor`, if there is any.
    pub(super) fn link_label(&self, label: Option<usize>, anchor: Option<u32>, plan: &mut Plan<'_>) {
        if let (Some(label), Some(anchor)) = (label, anchor) {
            self.print_label(self.outline.labels[label].typed.clone(), anchor, plan);
        }
    }

    /// Has the label in front of a run printed as a link to `anchor`.
    pub(super) fn print_label(&self, typed: Range<usize>, anchor: u32, plan: &mut Plan<'_>) {
        let at = plan.cuts.partition_point(|cut| cut.range.start < typed.start);
        plan.cuts.insert(at, Cut { range: typed, act: Act::Number(anchor) });
    }

    /// Prints a label as a link to `anchor`; as words, if there is none.
    pub(super) fn number(&mut self, typed: &Range<usize>, anchor: Option<u32>) {
        let words = &self.from.text[typed.clone()];
        match anchor {
            Some(anchor) => {
                self.segment(Segment::Number(anchor));
                self.escaped(words);
                self.segment(Segment::NumberEnd(anchor));
            }
            None => {
                self.html("<span class=\"number\">");
                self.escaped(words);
                self.html("</span>");
            }
        }
    }

    /// Says what the outline found odd.
    pub(super) fn tell_remarks(&mut self) {
        let remarks = std::mem::take(&mut self.outline.remarks);
        for Remark { typed, what } in remarks.iter().take(MOST_TOLD) {
            let (span, words) = (self.from.span(typed), &self.from.text[typed.clone()]);
            match what {
                What::Gap(expected) => self.diagnostics.number_gap(span, words, expected),
                What::Back(last) => self.diagnostics.number_back(span, words, last),
                What::Doubtful => self.diagnostics.doubtful_number(span, words),
            }
        }
    }
}
