//! Printed labels in a text: their anchors, and the links that they are.
//!
//! Input: labels that the outline found. Output: an anchor for each, `#para-7.13`, `#para-7.13.iii`, `#item-7.2`, and
//! an element that holds the label exactly as typed. Not here: whether a number is a label (`outline.rs`).

use std::ops::Range;

use super::writer::{MOST_TOLD, Writer};
use crate::markdown::plan::{Cut, CutAction, Plan};
use crate::model::{AnchorId, AnchorKind, Element};
use crate::outline::model::{LabelParent, Remark, What};
use crate::source::Span;

impl Writer<'_> {
    /// The anchor of a printed label; `None` if it hangs on nothing that could be cited.
    pub(super) fn label_anchor(&mut self, label: usize) -> Option<AnchorId> {
        let known = self.labels.outline.labels.get(label)?;
        let (typed, told, printed) = (known.typed.clone(), known.told, known.label.clone());
        let parent = match known.parent {
            LabelParent::Nothing => return None,
            LabelParent::Text => None,
            parent => Some(self.labels.anchor_of(parent)?),
        };
        let (id, cited) = match parent.map(|parent| self.out.text.anchor(parent)) {
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
        self.out.text.anchors[anchor.index()].label = Some(cited);
        self.labels.anchors[label] = Some(anchor);
        Some(anchor)
    }

    /// Says that a label stands twice, and where it stood first.
    pub(super) fn tell_repeated(&mut self, span: Span, what: &str, label: &str, id: &str, given: &str) {
        if self.told.repeated < MOST_TOLD {
            self.told.repeated += 1;
            let first = self.out.text.anchors.iter().find(|anchor| *anchor.id == *id).map(|anchor| anchor.span);
            self.diagnostics.repeated_label(span, what, label, given, first);
        }
    }

    /// Has a label of the outline printed as a link to `anchor`, if there is any.
    pub(super) fn link_label(&self, label: Option<usize>, anchor: Option<AnchorId>, plan: &mut Plan<'_>) {
        if let (Some(label), Some(anchor)) = (label, anchor) {
            self.print_label(self.labels.outline.labels[label].typed.clone(), anchor, plan);
        }
    }

    /// Has the label in front of a run printed as a link to `anchor`.
    pub(super) fn print_label(&self, typed: Range<usize>, anchor: AnchorId, plan: &mut Plan<'_>) {
        let at = plan.cuts.partition_point(|cut| cut.range.start < typed.start);
        plan.cuts.insert(at, Cut { range: typed, action: CutAction::Number(anchor) });
    }

    /// A label, as typed: the link to `anchor`, if there is one.
    pub(super) fn number(&mut self, typed: &Range<usize>, anchor: Option<AnchorId>) {
        self.out.element(Element::Number(anchor), &self.from.text[typed.clone()]);
    }

    /// What makes an item of a heading without a number.
    fn item_braces(&self) -> String {
        let rules = &self.from.dialect.rules;
        let kind = rules.heading_kind.zip(rules.records).map(|(kind, records)| &*records.0.get(kind).name);
        format!("{{.{}}}", kind.unwrap_or_default())
    }

    /// Where braces after the words of a heading are typed: at the end of their line, if nothing but marks follows them.
    fn heading_end(&self, words: &Range<usize>) -> Option<usize> {
        let rest = self.from.text[words.end..].lines().next().unwrap_or_default();
        rest.chars().all(|sign| matches!(sign, '*' | '_' | ' ')).then(|| words.end + rest.trim_end().len())
    }

    /// Says what the outline found odd.
    pub(super) fn tell_remarks(&mut self) {
        let remarks = std::mem::take(&mut self.labels.outline.remarks);
        for Remark { typed, what } in remarks.iter().take(MOST_TOLD) {
            let (span, words) = (self.from.span(typed), &self.from.text[typed.clone()]);
            match what {
                What::Gap(expected) => self.diagnostics.number_gap(span, words, expected),
                What::Back(last) => self.diagnostics.number_back(span, words, last),
                What::LikelyItem(line) => {
                    let at = self.line_alone(typed).map(|at| self.source_at(at));
                    self.diagnostics.likely_item(span, line, at);
                }
                What::UnnumberedItem(line) => {
                    let braces = self.item_braces();
                    let end = self.heading_end(typed).map(|at| self.source_at(at));
                    self.diagnostics.unnumbered_item(span, line, &braces, end);
                }
                What::ItemInText(line) => self.diagnostics.item_in_text(span, line),
                What::Doubtful => self.diagnostics.doubtful_number(span, words),
            }
        }
    }
}
