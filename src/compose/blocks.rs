//! Blocks: paragraphs, headings, lists, quotations, code and what folds, as elements of a text.
//!
//! Input: the events of a text and its outline. Output: the text, and the records in it. Not here: what stands inside a
//! line (`inline.rs`), tables and footnotes (`tables.rs`, `notes.rs`), and which numbers are labels (`outline.rs`).
//!
//! Events are flat and so is this: nothing calls itself, however deep a text nests its quotations.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag};

use super::records::AttributeTarget;
use super::state::{Container, DocumentPart, Kind};
use super::title::Title;
use super::writer::{FormerPlace, Own, TextContext, Writer};
use crate::diagnostic::Diagnostics;
use crate::lexicon::labels;
use crate::markdown::events::{covered, is_inline, run_end};
use crate::markdown::links;
use crate::markdown::plan::{CutAction, Plan, Setting, plan};
use crate::markdown::prepare::{NOTICE, SHIELD};
use crate::model::{AlertKind, Element, Heading, NodeId, Target, Text, TextRecord};
use crate::outline::model::{LabelParent, Outline};
use crate::outline::sentences;
use crate::terms::marks;

/// How deep quotations and lists may lie in one another on a page.
const DEEPEST: usize = 64;

/// Builds a text: what it says, and the records in it. The last value tells whether an attribute would withhold one of
/// them, so that it is not sure what may be published.
pub(super) fn write(
    from: TextContext<'_>,
    title: Option<&Title>,
    former: &[FormerPlace],
    outline: Outline<'_>,
    diagnostics: &mut Diagnostics,
) -> (Text, Vec<TextRecord>, bool) {
    let mut writer = Writer::new(from, outline, diagnostics);
    writer.former = former;
    writer.tell_remarks();
    writer.tell_likely();
    if let Some(title) = title {
        writer.blocks(0..title.first);
    }
    writer.blocks(title.map_or(0, |title| title.next)..from.list.len());
    writer.close_records(from.list.len());
    writer.last_former();
    writer.footnotes();
    (writer.out.finish(), writer.records.list, writer.records.in_doubt)
}

impl<'a> Writer<'a> {
    /// Builds the blocks `events`.
    pub(super) fn blocks(&mut self, events: Range<usize>) {
        let mut at = events.start;
        while at < events.end {
            self.close_records(at);
            self.open_records(at);
            at = self.event(at);
        }
    }

    /// Builds the block, or the beginning or end of a container, at `at`. Returns the index of what follows.
    fn event(&mut self, at: usize) -> usize {
        let (event, range) = &self.from.list[at];
        if *event != Event::Start(Tag::Paragraph) && !is_inline(event) {
            self.records.pending = Default::default();
        }
        match event {
            Event::Start(Tag::Paragraph) => self.paragraph(at + 1, Some(at)),
            Event::Start(Tag::Heading { level, .. }) => self.heading(at, (*level as u8).max(2)),
            Event::Start(Tag::CodeBlock(kind)) => self.code(at, kind),
            Event::Start(Tag::HtmlBlock) => self.html_block(at),
            Event::Start(Tag::Table(alignments)) => self.table(at, alignments, None),
            Event::Start(Tag::FootnoteDefinition(_)) => self.notes.end(at + 1) + 1,
            Event::Start(Tag::DefinitionListTitle) => self.term(at),
            Event::Start(tag) if !is_inline(event) => self.open(tag, at, range),
            Event::End(_) if !is_inline(event) => {
                self.close();
                at + 1
            }
            Event::Rule => {
                self.out.mark(Element::Rule);
                at + 1
            }
            _ if is_inline(event) => self.tight(at),
            _ => at + 1,
        }
    }

    /// Looks through a run of inline events.
    pub(super) fn plan(&self, run: Range<usize>, setting: Setting) -> Plan<'a> {
        self.plan_after(run, setting, None)
    }

    /// Looks through a run of inline events that begins with a label of the outline.
    pub(super) fn plan_after(&self, run: Range<usize>, setting: Setting, label: Option<usize>) -> Plan<'a> {
        let (text, list) = (self.from.text, self.from.list);
        let mut plan = plan(text, list, run.clone(), self.from.traits, setting);
        if setting != Setting::Heading {
            let statutes = self.from.dialect.statutes;
            marks::plan(text, &list[run.clone()], statutes, self.terms.as_ref(), &mut plan);
        }
        let whole = covered(&list[run.clone()]);
        let may_act = setting != Setting::Heading && self.nesting.quoted == 0 && !self.in_note();
        if let Some(records) = self.from.dialect.rules.records.filter(|_| may_act && text[whole.clone()].contains('('))
        {
            let from = label.map_or(whole.start, |label| self.labels.outline.labels[label].typed.end);
            let marked = &self.labels.outline.marked;
            sentences::mark(&mut plan, text, list, run.clone(), from, (records, marked));
        }
        if setting != Setting::Heading && !self.in_note() {
            let from = label.map_or(whole.start, |label| self.labels.outline.labels[label].typed.end);
            sentences::mark_found(&mut plan, list, run, from, &self.labels.outline);
        }
        plan
    }

    /// Says that a bracket has no sentence before it.
    pub(super) fn tell_lone(&mut self, plan: &Plan<'_>) {
        for sentence in plan.sentences.iter().filter(|sentence| sentence.words.is_none()) {
            self.diagnostics.lone_undertaking(self.from.span(&sentence.bracket));
        }
    }

    /// Builds a paragraph whose first inline event is `first`; `start` is the event that begins it, if it has one.
    pub(super) fn paragraph(&mut self, first: usize, start: Option<usize>) -> usize {
        let run = first..run_end(self.from.list, first);
        let next = run.end + usize::from(start.is_some());
        if let Some((Event::Start(Tag::Table(alignments)), _)) = self.from.list.get(next).filter(|_| start.is_some())
            && self.is_caption(run.clone())
        {
            return self.table(next, alignments, Some(run));
        }
        let pending = std::mem::take(&mut self.records.pending);
        let place = self.labels.outline.place(start.unwrap_or(first)).copied();
        let label = place.and_then(|place| place.label);
        let mut plan = self.plan_after(run.clone(), Setting::Paragraph, label);
        if self.figure(&run, &plan) {
            return next;
        }
        if !self.is_printed(run.clone(), &plan) {
            self.places(run, &plan);
            return next;
        }
        self.tell_lone(&plan);
        let range = covered(&self.from.list[run.clone()]);
        let anchor = label.and_then(|label| self.label_anchor(label));
        let own = match (anchor, pending.own) {
            _ if self.in_note() => Own::Nothing,
            (Some(anchor), _) => Own::Label(anchor),
            (None, Some(own)) => Own::Item(own),
            (None, None) if pending.named => Own::Nothing,
            (None, None) => Own::Words,
        };
        self.labels.nearest = place.map_or(self.labels.nearest, |place| place.nearest);
        let role = self.begin_role(place, &range, pending.target);
        self.records.opening_words = pending.opens || role.opens;
        let node = self.out.open(Element::Paragraph);
        role.kind.iter().for_each(|kind| self.out.of_kind(node, *kind));
        let leaf = self.open_leaf(node, &range, &plan, own, (&role.anchors, role.target));
        self.name_records();
        if let Some((start, end)) = pending.number {
            self.number(&(start..end), leaf.own);
            self.out.say(" ");
        }
        self.begin_words(&role, leaf.own.or(anchor));
        self.link_label(label, anchor.or(leaf.own), &mut plan);
        self.inline(run, &plan, true);
        if let DocumentPart::Note(note) = self.part
            && start.is_some()
            && note.last_paragraph == start
        {
            self.out.mark(Element::NoteBack(note.note));
        }
        self.end_words(&role);
        if let Some(anchor) = leaf.anchor.filter(|_| label.is_none() && !pending.named) {
            self.out.mark(Element::OwnLink(anchor));
        }
        self.lead();
        self.purpose(start, &range);
        self.end_leaf(leaf);
        self.out.close(node);
        self.end_role(&role);
        next
    }

    /// Builds a paragraph that is one picture, one table of data or one document to be shown.
    fn figure(&mut self, run: &Range<usize>, plan: &Plan<'_>) -> bool {
        let list = self.from.list;
        let is_dropped = |other: &Range<usize>| {
            let mut drops = plan.cuts.iter().filter(|cut| cut.action == CutAction::Drop);
            drops.any(|cut| cut.range.start <= other.start && cut.range.end >= other.end)
        };
        if let [cut, others @ ..] = &plan.cuts[..]
            && let CutAction::Embed(id, words) = cut.action
            && others.iter().all(|cut| cut.action == CutAction::Drop)
        {
            self.block_places(plan);
            self.embed(links::wiki(id), words, None, false, true, &cut.range);
        } else if let Some((Event::Start(Tag::Image { dest_url, title, .. }), range)) = list.get(run.start)
            && matches!(links::target(dest_url), Ok(Target::Path { .. }))
            && list[run.start..run.end]
                .iter()
                .filter(|(_, other)| other.end > range.end)
                .all(|(_, other)| is_dropped(other))
        {
            self.block_places(plan);
            self.picture(run.start, dest_url, title, plan, true);
        } else {
            return false;
        }
        self.plain.clear();
        true
    }

    /// The names and marks of a block that has no element of its own.
    fn block_places(&mut self, plan: &Plan<'_>) {
        for braces in &plan.block {
            self.tell_stray(braces);
            if let Some(named) = self.name(braces) {
                self.out.place(named);
            }
        }
    }

    /// A paragraph of which no words are printed: names and pages in it are places.
    pub(super) fn places(&mut self, run: Range<usize>, plan: &Plan<'_>) {
        let named = plan.block.iter().any(|braces| braces.attributes.id.is_some());
        if named || plan.cuts.iter().any(|cut| matches!(cut.action, CutAction::Page(_))) {
            let node = self.out.open(Element::PlaceBlock);
            self.block_places(plan);
            self.inline(run, plan, false);
            self.out.close(node);
        } else {
            plan.block.iter().for_each(|braces| self.tell_stray(braces));
            for (event, range) in &self.from.list[run] {
                if matches!(event, Event::InlineHtml(_)) {
                    self.comment(range);
                }
            }
        }
        self.plain.clear();
    }

    /// Whether a run has anything that is printed.
    pub(super) fn is_printed(&self, mut run: Range<usize>, plan: &Plan<'_>) -> bool {
        let silent = |action: &CutAction<'_>| matches!(action, CutAction::Drop | CutAction::Page(_));
        run.any(|index| {
            let (event, range) = &self.from.list[index];
            match event {
                Event::Text(text) => {
                    let cut = plan.cuts.partition_point(|cut| cut.range.start <= range.start);
                    let cut = cut.checked_sub(1).map(|cut| &plan.cuts[cut]);
                    // The empty paragraphs of Word hold a no-break space.
                    let blank = text.trim_start_matches(SHIELD).trim().is_empty();
                    !blank && cut.is_none_or(|cut| cut.range.end < range.end || !silent(&cut.action))
                }
                Event::SoftBreak | Event::HardBreak | Event::Start(Tag::Emphasis | Tag::Strong) | Event::End(_) => {
                    false
                }
                Event::InlineHtml(html) => !html.starts_with("<!--"),
                _ => true,
            }
        })
    }

    fn heading(&mut self, at: usize, level: u8) -> usize {
        let run = at + 1..run_end(self.from.list, at + 1);
        let next = run.end + 1;
        if let Some(index) = self.notice_index(at) {
            self.notice(index);
            return next;
        }
        let range = covered(&self.from.list[run.clone()]);
        let mut plan = self.plan(run.clone(), Setting::Heading);
        let label = self.labels.outline.heading_label(at).filter(|_| !self.in_note()).cloned();
        let typed = label.as_ref().and_then(|label| label.range.clone());
        if !self.is_printed(run.clone(), &plan) {
            let node = self.out.open(Element::Heading { level, boxed: false });
            self.inline(run, &plan, false);
            self.out.close(node);
            self.plain.clear();
            if let Some(anchor) = self.records.heading_anchor.take() {
                self.out.text.anchors[anchor.index()].id = self.anchors.of_words(0).into();
            }
            return next;
        }
        let outline = self.nesting.containers.is_empty() && !self.in_note();
        if outline && level > self.nesting.level + 1 {
            self.diagnostics.skipped_heading(self.from.span(&range), self.nesting.level, level);
        }
        self.nesting.level = if outline { level } else { self.nesting.level };
        let around = typed.is_none().then(|| self.out.open(Element::HeadingBox));
        let opens = self.labels.outline.place(at).is_some_and(|place| place.opens != [None; 2]) && !self.in_note();
        let node = self.out.open(Element::Heading { level, boxed: around.is_some() });
        let target = if opens { AttributeTarget::Record } else { AttributeTarget::Nobody };
        let leaf = self.open_leaf(node, &range, &plan, Own::Heading, (&[], target));
        if let Some((typed, own)) = typed.zip(leaf.own) {
            self.print_label(typed, own, &mut plan);
        }
        self.line.in_heading = true;
        self.inline(run, &plan, false);
        self.line.in_heading = false;
        self.out.close(node);
        let words = match &label {
            Some(label) => labels::after(&self.plain, &label.typed),
            None => self.plain.trim(),
        };
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.labels.heading = label.as_ref().map(|label| label.id.clone());
        let label = label.map(|label| label.label);
        if let Some(anchor) = leaf.anchor {
            if let Some(around) = around {
                self.out.mark(Element::OwnLink(anchor));
                self.out.close(around);
            }
            self.labels.headings.extend(leaf.own.map(|own| (at, own)));
            if outline {
                let (text, label, span) = (words.as_str().into(), label.clone(), self.from.span(&range));
                self.out.text.headings.push(Heading { level, text, label, anchor, span });
            }
        }
        self.end_leaf(leaf);
        if outline {
            self.labels.nearest = if label.is_some() { LabelParent::Heading(at) } else { self.labels.nearest };
            self.head_records(at, &words, label.as_deref());
        }
        next
    }

    /// Which notice stands in the place of the heading that begins with the event `at`.
    pub(super) fn notice_index(&self, at: usize) -> Option<usize> {
        match self.from.list.get(at + 1) {
            Some((Event::Text(text), _)) => text.strip_prefix(NOTICE)?.split(NOTICE).next()?.parse().ok(),
            _ => None,
        }
    }

    fn notice(&mut self, index: usize) {
        let Some(notice) = self.from.notices.get(index) else { return };
        let mut words = self.from.dialect.phrases.exemption(&notice.paragraphs);
        for said in &notice.words {
            words.push(' ');
            words.push_str(said);
        }
        self.out.element(Element::Notice, &words);
    }

    /// Begins a container.
    fn open(&mut self, tag: &Tag<'_>, at: usize, range: &Range<usize>) -> usize {
        match tag {
            Tag::BlockQuote(None) => {
                let printed = self.enter(Kind::Block, range);
                let node = if self.in_note() { Err(()) } else { self.open_quotation(at, printed) };
                let node = node.unwrap_or_else(|()| {
                    self.quote();
                    printed.then(|| self.out.open(Element::Quotation))
                });
                self.innermost().node = node;
            }
            Tag::BlockQuote(Some(kind)) => {
                let printed = self.enter(Kind::Block, range);
                self.quote();
                self.innermost().node = printed.then(|| self.alert(*kind));
            }
            Tag::List(None) => self.open_block(Kind::Block, Element::List, range),
            Tag::List(Some(_)) => self.open_block(Kind::NumberedList, Element::NumberedList, range),
            Tag::DefinitionList => self.open_block(Kind::Block, Element::Definitions, range),
            Tag::Item => return self.item(at, range),
            Tag::DefinitionListDefinition => {
                let printed = self.is_shown();
                self.contain(Kind::Item);
                return self.begin_item(at, printed.then_some(Element::Definition), None);
            }
            _ => {}
        }
        at + 1
    }

    fn open_block(&mut self, kind: Kind, element: Element, range: &Range<usize>) {
        if self.enter(kind, range) {
            self.innermost().node = Some(self.out.open(element));
        }
    }

    fn contain(&mut self, kind: Kind) {
        self.nesting.containers.push(Container { kind, node: None, own: None, limb: false, quotes: false });
    }

    /// The container that was opened last.
    pub(super) fn innermost(&mut self) -> &mut Container {
        self.nesting.containers.last_mut().unwrap_or_else(|| unreachable!("a container was opened before"))
    }

    /// Whether what stands in the innermost container has an element of its own.
    pub(super) fn is_shown(&self) -> bool {
        self.nesting.containers.last().is_none_or(|container| container.node.is_some())
    }

    /// What the innermost container holds is quoted.
    fn quote(&mut self) {
        self.nesting.quoted += 1;
        self.innermost().quotes = true;
    }

    /// Opens a container that counts for the depth of a page. Returns whether it may have an element.
    fn enter(&mut self, kind: Kind, range: &Range<usize>) -> bool {
        self.nesting.depth += 1;
        let printed = self.nesting.depth <= DEEPEST;
        if !printed && !self.told.too_deep {
            self.told.too_deep = true;
            self.diagnostics.nested_too_deep(self.from.span(&(range.start..range.start)), DEEPEST);
        }
        self.contain(kind);
        printed
    }

    fn alert(&mut self, kind: BlockQuoteKind) -> NodeId {
        let phrases = self.from.dialect.phrases;
        let (kind, title) = match kind {
            BlockQuoteKind::Note => (AlertKind::Note, &phrases.note),
            BlockQuoteKind::Tip => (AlertKind::Tip, &phrases.tip),
            BlockQuoteKind::Important => (AlertKind::Important, &phrases.important),
            BlockQuoteKind::Warning => (AlertKind::Warning, &phrases.warning),
            BlockQuoteKind::Caution => (AlertKind::Caution, &phrases.caution),
        };
        let node = self.out.open(Element::Alert(kind));
        self.out.element(Element::AlertTitle, title);
        node
    }

    /// Begins a list item; the number is printed as typed.
    fn item(&mut self, at: usize, range: &Range<usize>) -> usize {
        let list = self.from.list;
        let container = self.nesting.containers.last();
        let numbered = container.is_some_and(|container| container.kind == Kind::NumberedList);
        let printed = self.is_shown();
        let number = labels::list_number(crate::outline::mark_of(self.from.text, list, at, range));
        let number = number.filter(|_| numbered);
        let number = number.map(|(start, _, typed)| range.start + start..range.start + start + typed.len());
        let task = list[at + 1..].iter().take(2).find(|(event, _)| !matches!(event, Event::Start(Tag::Paragraph)));
        let task = matches!(task, Some((Event::TaskListMarker(_), _)));
        self.contain(Kind::Item);
        self.begin_item(at, printed.then_some(Element::Item { numbered, task }), number)
    }

    /// Ends a container.
    fn close(&mut self) {
        let Some(container) = self.nesting.containers.last().copied() else { return };
        if container.limb {
            self.close_limb();
        }
        self.nesting.quoted -= usize::from(container.quotes);
        container.node.into_iter().for_each(|node| self.out.close(node));
        self.nesting.containers.pop();
        if let Some(own) = container.own.filter(|own| self.out.text.anchor(*own).id.is_empty()) {
            // Its first paragraph had no words to name it by.
            self.out.text.anchors[own.index()].id = self.anchors.of_words(0).into();
        }
        if container.kind != Kind::Item {
            self.nesting.depth -= 1;
        }
    }

    /// The term of a definition.
    fn term(&mut self, at: usize) -> usize {
        let run = at + 1..run_end(self.from.list, at + 1);
        let plan = self.plan(run.clone(), Setting::Cell);
        let element = if self.is_shown() { Element::DefinedTerm } else { Element::Paragraph };
        let node = self.out.open(element);
        self.inline(run.clone(), &plan, false);
        self.out.close(node);
        self.count();
        run.end + 1
    }
}
