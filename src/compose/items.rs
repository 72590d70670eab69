//! Items of lists and definitions: their numbers, their places, and whether their words stand in paragraphs.
//!
//! Input: the event that begins an item. Output: its element with its number, and its words if no paragraph holds them.
//! Not here: the lists around them (`blocks.rs`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::records::{AttributeTarget, BlockRole};
use super::writer::{Own, Writer};
use crate::markdown::events::{covered, run_end};
use crate::markdown::plan::{Plan, Setting};
use crate::model::{AnchorId, AnchorKind, Element, NodeId};

/// What numbers an item.
struct Numbered {
    /// The number of the list, as typed.
    number: Option<Range<usize>>,
    /// The anchor that the number makes.
    anchor: Option<AnchorId>,
    /// A label with which the item's own words begin.
    own_label: Option<usize>,
}

impl Writer<'_> {
    /// Begins the item that begins with the event `at`: `element`, unless it lies too deep; its number, and its text if it
    /// is tight. Returns the event that follows.
    pub(super) fn begin_item(&mut self, at: usize, element: Option<Element>, number: Option<Range<usize>>) -> usize {
        let list = self.from.list;
        let first = at + 1;
        let run = first..run_end(list, first);
        let place = self.labels.outline.place(at).copied().filter(|_| !self.in_note());
        let anchor = place.and_then(|place| place.label).and_then(|label| self.label_anchor(label));
        self.labels.nearest = place.map_or(self.labels.nearest, |place| place.nearest);
        let role = self.begin_role(place, &list[at].1, AttributeTarget::Nobody);
        self.innermost().limb = role.limb.is_some();
        let Some(element) = element else {
            self.place_unprinted(&role, anchor);
            self.begin_words(&role, None);
            self.records.pending.number = number.map(|number| (number.start, number.end));
            return self.tight(first);
        };
        let numbered = |own_label| Numbered { number: number.clone(), anchor, own_label };
        if run.is_empty() {
            return self.begin_loose(first, element, numbered(None), &role);
        }
        let own_label = self.labels.outline.place(first).and_then(|place| place.label).filter(|_| !self.in_note());
        let plan = self.plan_after(run.clone(), Setting::Paragraph, own_label);
        if !self.is_printed(run.clone(), &plan) {
            self.begin_loose(run.end, element, numbered(None), &role);
            self.places(run.clone(), &plan);
            return run.end;
        }
        self.tell_lone(&plan);
        self.begin_tight(run.clone(), plan, element, numbered(own_label), &role);
        run.end
    }

    /// Builds a tight item: its element, its number, its text.
    fn begin_tight(
        &mut self,
        run: Range<usize>,
        mut plan: Plan<'_>,
        element: Element,
        Numbered { number, anchor, own_label }: Numbered,
        role: &BlockRole,
    ) {
        let list = self.from.list;
        let own_anchor = own_label.and_then(|label| self.label_anchor(label));
        let own = match anchor.or(own_anchor) {
            _ if self.in_note() => Own::Nothing,
            Some(anchor) => Own::Label(anchor),
            None => Own::Words,
        };
        let second = own_anchor.filter(|_| anchor.is_some());
        let others: Vec<AnchorId> = second.into_iter().chain(role.anchors.iter().copied()).collect();
        self.records.opening_words = role.opens;
        let node = self.open_item(element, role);
        let leaf = self.open_leaf(node, &covered(&list[run.clone()]), &plan, own, (&others, role.target));
        self.name_records();
        if let Some(number) = &number {
            self.number(number, anchor.or(leaf.own));
            self.out.say(" ");
        }
        self.begin_words(role, leaf.own.or(anchor));
        self.link_label(own_label, own_anchor.or(leaf.own), &mut plan);
        self.inline(run, &plan, true);
        self.labels.end = None;
        if let Some(anchor) = leaf.anchor.filter(|_| number.is_none() && own_label.is_none()) {
            self.out.mark(Element::OwnLink(anchor));
        }
        self.lead();
        self.end_leaf(leaf);
    }

    fn open_item(&mut self, element: Element, role: &BlockRole) -> NodeId {
        let node = self.out.open(element);
        role.kind.iter().for_each(|kind| self.out.of_kind(node, *kind));
        self.innermost().node = Some(node);
        node
    }

    /// The places of an item that lies too deep to have an element.
    fn place_unprinted(&mut self, role: &BlockRole, anchor: Option<AnchorId>) {
        let places: Vec<AnchorId> = anchor.into_iter().chain(role.anchors.iter().copied()).collect();
        if !places.is_empty() {
            let node = self.out.open(Element::PlaceBlock);
            places.into_iter().for_each(|place| self.out.place(place));
            self.out.close(node);
        }
        (self.records.pending.target, self.records.pending.opens) = (role.target, role.opens);
    }

    /// Begins an item whose text, if it has any, is in paragraphs.
    fn begin_loose(
        &mut self,
        first: usize,
        element: Element,
        Numbered { number, mut anchor, .. }: Numbered,
        role: &BlockRole,
    ) -> usize {
        let list = self.from.list;
        let paragraph = matches!(list.get(first), Some((Event::Start(Tag::Paragraph), _)));
        let waits = anchor.is_none() && paragraph && !self.in_note() && (number.is_some() || role.limb.is_some());
        if waits {
            let range = number.clone().unwrap_or_else(|| list[first].1.clone());
            let own = self.add_anchor(String::new(), AnchorKind::Paragraph, &range);
            self.records.pending.own = Some(own);
            anchor = Some(own);
            self.innermost().own = Some(own);
        }
        self.records.pending.named = anchor.is_some();
        (self.records.pending.target, self.records.pending.opens) = (role.target, role.opens);
        let node = self.open_item(element, role);
        let mut anchors: Vec<AnchorId> = anchor.into_iter().chain(role.anchors.iter().copied()).collect();
        self.out.set_anchor(node, anchors.pop());
        anchors.into_iter().for_each(|other| self.out.place(other));
        if let Some(number) = &number {
            self.number(number, anchor);
        }
        self.begin_words(role, anchor);
        first
    }

    /// Text of an item that stands in no paragraph: after a block of the item, or in an item that lies too deep.
    pub(super) fn tight(&mut self, at: usize) -> usize {
        let run = at..run_end(self.from.list, at);
        if run.is_empty() {
            return at;
        }
        let labelled = self.labels.outline.place(at).is_some_and(|place| place.label.is_some());
        if labelled || !self.is_shown() {
            return self.paragraph(at, None);
        }
        let plan = self.plan(run.clone(), Setting::Paragraph);
        plan.block.iter().for_each(|braces| self.tell_stray(braces));
        let node = self.out.open(Element::Run);
        self.inline(run.clone(), &plan, true);
        self.out.close(node);
        self.count();
        run.end
    }
}
