//! Records in a text: the elements around their words, their names and parts, and what is known of them from the text.
//!
//! Input: where records begin and end (`outline.rs`, `sentences.rs`). Output: a [`TextRecord`] for each, in the order in
//! which they begin. Not here: the meaning of an attribute, but for those that would withhold the record: then it is not
//! sure what of the document may be published (`attribution.rs`).

use std::ops::Range;

use super::anchors::key_of_words;
use super::builder::small;
use super::records::{AttributeTarget, BlockRole, Nameless, Open, What};
use super::words::digest;
use super::writer::Writer;
use crate::kind::{Kind, KindId, Role};
use crate::markdown::events::{covered, run_end};
use crate::markdown::plan::Braces;
use crate::markdown::plan::Sentence;
use crate::model::{
    AnchorId, AnchorKind, Element, Limb, NodeId, RecordId, RecordPlace, TextRecord, Words, first_words,
};
use crate::outline::model::{BlockInfo, Form, LabelParent};
use crate::recognise::findings::Said;
use crate::recognise::outcome::outcome;

/// How many characters of a record's words are kept for its lead and its outcome.
const HEARD: usize = 600;

/// How long a lead is at most, in characters.
const LEAD: usize = 300;

impl Writer<'_> {
    // Blocks.

    /// Begins the part and the record that a block is. `above` is to whom its attributes belong if it opens a quotation or
    /// an item.
    pub(super) fn begin_role(
        &mut self,
        place: Option<BlockInfo>,
        range: &Range<usize>,
        above: AttributeTarget,
    ) -> BlockRole {
        let mut role = BlockRole { target: above, ..BlockRole::default() };
        let Some(place) = place else { return role };
        if let Some(found) = place.limb_of {
            let (target, anchor) = self.open_limb(found, place.label, range);
            if let AttributeTarget::Limb { record, limb } = target {
                (role.target, role.limb) = (target, Some((record, limb, anchor.is_some())));
                role.anchors.extend(anchor);
            }
        }
        for found in place.opens.into_iter().flatten() {
            let block = &self.labels.outline.records[found];
            let (form, kind) = (block.form, block.kind);
            role.opens |= block.word.is_some() || self.records.built.contains_key(&found);
            if matches!(form, Form::Item | Form::Paragraph) {
                let item = block.number.clone().filter(|_| block.title.is_some());
                let anchor = match item {
                    Some(number) => self.item_anchor(&number, range),
                    None => self.record_anchor(range),
                };
                let record = self.open_record(found, range, anchor);
                role.anchors.push(anchor);
                (role.kind, role.record) = (Some(kind), Some(record));
            }
            role.target = AttributeTarget::Record;
        }
        role
    }

    /// The words of the part and the record begin here; a part without a label is found by the anchor `own` of its words.
    pub(super) fn begin_words(&mut self, role: &BlockRole, own: Option<AnchorId>) {
        let stretch = self.out.here_on();
        if let Some((record, limb, labelled)) = role.limb {
            let limb = &mut self.records.get(record).limbs[limb];
            limb.stretch = stretch;
            limb.anchor = own.filter(|_| !labelled).unwrap_or(limb.anchor);
        }
        if let Some(record) = role.record {
            self.records.get(record).place.stretch = stretch;
        }
    }

    /// The words end here, before the link of their place to itself. Those of a part do not have its label.
    pub(super) fn end_words(&mut self, role: &BlockRole) {
        let label_end = self.labels.end.take();
        if let Some((record, limb, _)) = role.limb {
            let stretch = &mut self.records.get(record).limbs[limb].stretch;
            if let Some((first, start)) = label_end.filter(|(first, _)| *first >= stretch.first) {
                (stretch.first, stretch.start) = (first, start);
            }
            self.out.up_to_here(stretch);
        }
        if let Some(record) = role.record {
            self.out.up_to_here(&mut self.records.get(record).place.stretch);
        }
    }

    /// Ends what a paragraph was.
    pub(super) fn end_role(&mut self, role: &BlockRole) {
        if role.record.is_some() {
            self.close_record();
        }
        if role.limb.is_some() {
            self.close_limb();
        }
    }

    /// Begins a block quote that is a record. Returns its element, if it may have one.
    ///
    /// # Errors
    /// If the block quote is no record.
    pub(super) fn open_quotation(&mut self, at: usize, printed: bool) -> Result<Option<NodeId>, ()> {
        let found = self.labels.outline.place(at).and_then(|place| place.opens[0]).ok_or(())?;
        let range = self.from.list[at].1.clone();
        let opens = self.labels.outline.records[found].word.is_some();
        let anchor = self.record_anchor(&range);
        let record = self.open_record(found, &range, anchor);
        let kind = self.labels.outline.records[found].kind;
        let node = printed.then(|| self.out.open_at(Element::Quotation, Some(anchor)));
        match node {
            Some(node) => self.out.of_kind(node, kind),
            None => {
                let block = self.out.open(Element::PlaceBlock);
                self.out.place(anchor);
                self.out.close(block);
            }
        }
        self.records.get(record).place.stretch = self.out.here_on();
        (self.records.pending.target, self.records.pending.opens) = (AttributeTarget::Record, opens);
        Ok(node)
    }

    /// Ends the records that end before the event `at`.
    pub(super) fn close_records(&mut self, at: usize) {
        while self.records.open.last().is_some_and(|open| open.end <= at) {
            self.close_record();
        }
    }

    /// Begins the sections and groups that begin with the event `at`, each with an element around its blocks.
    pub(super) fn open_records(&mut self, at: usize) {
        let Some(place) = self.labels.outline.place(at).copied() else { return };
        let around = |found: &usize| matches!(self.labels.outline.records[*found].form, Form::Section | Form::Group);
        let opened: Vec<usize> = place.opens.into_iter().flatten().filter(around).collect();
        let first = self.from.list.get(at).map_or(0..0, |(_, range)| range.clone());
        let own: Vec<Option<AnchorId>> =
            opened.iter().map(|found| (!self.is_by_heading(*found)).then(|| self.record_anchor(&first))).collect();
        if own.contains(&None) {
            let heading = covered(&self.from.list[at + 1..run_end(self.from.list, at + 1)]);
            self.records.heading_anchor = Some(self.add_anchor(String::new(), AnchorKind::Heading, &heading));
        }
        for (found, own) in opened.into_iter().zip(own) {
            let (form, kind) = (self.labels.outline.records[found].form, self.labels.outline.records[found].kind);
            let Some(anchor) = own.or(self.records.heading_anchor) else { continue };
            let record = self.open_record(found, &first, anchor);
            // A fold of HTML's can begin in one section and end in another; no element can lie across it.
            if form == Form::Group || self.nesting.details.is_empty() {
                let node = self.out.open_at(Element::Section, own);
                self.out.of_kind(node, kind);
                self.records.open.last_mut().unwrap_or_else(|| unreachable!("it was opened above")).node = Some(node);
            }
            self.records.get(record).place.stretch = self.out.here_on();
        }
    }

    /// Whether a record is found by its heading: a section of which nothing else is said than that it is an item.
    fn is_by_heading(&self, found: usize) -> bool {
        let block = &self.labels.outline.records[found];
        block.form == Form::Section && block.braces.iter().all(|braces| self.kind_named(&braces.attributes).is_none())
    }

    /// Begins a record that the outline found; its element is the caller's.
    fn open_record(&mut self, found: usize, first: &Range<usize>, anchor: AnchorId) -> RecordId {
        let block = &mut self.labels.outline.records[found];
        let (kind, form, end, nearest) = (block.kind, block.form, block.end, block.nearest);
        let (word, number, braces) = (block.word.take(), block.number.take(), std::mem::take(&mut block.braces));
        let title = block.title.take();
        let (mark, said) = (std::mem::take(&mut block.mark), std::mem::take(&mut block.said));
        let key = (!mark.is_empty()).then(|| self.key(first));
        let record = self.begin_record(kind, first, anchor, (nearest, key), false);
        self.records.built.insert(found, record);
        let known = self.records.get(record);
        known.number = number;
        known.lead = title.unwrap_or_default();
        self.hear_said(record, &said);
        self.records.mark = letters(&mark);
        for braces in &braces {
            self.say_of(record, braces);
        }
        self.labels.outline.records[found].braces = braces;
        let what = What::Record { record, form };
        self.records.open.push(Open { what, end, node: None, text: String::new(), word });
        record
    }

    /// The anchor of an item that no heading opens: the one that its number makes.
    pub(super) fn item_anchor(&mut self, number: &str, first: &Range<usize>) -> AnchorId {
        let line = self.first_line(first);
        let id = self.anchors.labelled(format!("item-{number}")).unwrap_or_else(|(_, other)| other);
        let anchor = self.add_anchor(id, AnchorKind::Item, &line);
        self.out.text.anchors[anchor.index()].label = Some(number.into());
        anchor
    }

    fn record_anchor(&mut self, first: &Range<usize>) -> AnchorId {
        let line = self.first_line(first);
        self.add_anchor(String::new(), AnchorKind::Record, &line)
    }

    /// A record without a name, at this place.
    fn begin_record(
        &mut self,
        kind: KindId,
        first: &Range<usize>,
        anchor: AnchorId,
        (nearest, key): (LabelParent, Option<String>),
        in_line: bool,
    ) -> RecordId {
        let record = RecordId::at(self.records.list.len());
        let links = small(self.out.text.links.len());
        let inside = self.records.open.iter().rev().find_map(|open| match open.what {
            What::Record { record, .. } => Some(record),
            What::Limb { .. } => None,
        });
        let span = self.from.span(&self.first_line(first));
        let stretch = self.out.here_on();
        let inside = inside.or(self.records.row_item);
        let place = RecordPlace { anchor, label: None, inside, in_line, stretch, links: links..links, span };
        self.records.list.push(TextRecord {
            kind,
            name: "".into(),
            named: false,
            place,
            lead: "".into(),
            number: None,
            purpose: None,
            said: Vec::new(),
            marked: false,
            outcome: None,
            attributes: Vec::new(),
            limbs: Vec::new(),
        });
        self.records.nameless.push(Nameless { record, nearest, given: None, key });
        record
    }

    /// The first line of a range of the text.
    fn first_line(&self, range: &Range<usize>) -> Range<usize> {
        let line = self.from.text[range.clone()].trim_end();
        range.start..range.start + line.find('\n').unwrap_or(line.len())
    }

    /// What the kind's file says of the kind of a record.
    fn words_of(&self, kind: KindId) -> Option<&Kind> {
        Some(self.from.dialect.rules.records?.0.get(kind))
    }

    /// What the words of a record or a part say of its outcome.
    fn outcome(&self, kind: KindId, text: &str, word: Option<&str>) -> Option<Box<str>> {
        outcome(text, word, self.words_of(kind).map(|kind| &kind.verbs[..]).unwrap_or_default())
    }

    // Names.

    /// Gives names to the records whose labels are built by now.
    pub(super) fn name_records(&mut self) {
        for Nameless { record, nearest, given, key } in std::mem::take(&mut self.records.nameless) {
            let label = self.labels.anchor_of(nearest);
            let known = &self.records.list[record.index()];
            let (kind, anchor) = (known.kind, known.place.anchor);
            // An item that no heading opens has its number from itself.
            let place = self.out.text.anchor(anchor);
            let own = (place.kind == AnchorKind::Item && !place.id.is_empty()).then_some(anchor);
            let wanted = match &given {
                Some((name, _)) => name_part(name),
                None => key.into_iter().fold(self.name_of_place(own.or(label)), |name, key| format!("{name}-{key}")),
            };
            let name = self.free_name(kind, &wanted);
            if let Some((typed, range)) = given.as_ref().filter(|_| name != wanted) {
                self.diagnostics.duplicate_anchor(self.from.span(range), typed, &name);
            }
            let place = self.out.text.anchor(anchor);
            if place.id.is_empty() && place.kind == AnchorKind::Record {
                let id = format!("{}-{name}", self.words_of(kind).map_or("record", |kind| kind.name.as_str()));
                let id = self.anchors.labelled(id).unwrap_or_else(|(_, other)| other);
                self.out.text.anchors[anchor.index()].id = id.into();
            }
            let known = self.records.get(record);
            (known.name, known.named, known.place.label) = (name.into(), given.is_some(), label);
        }
    }

    /// Letters made of the words of a record's first line.
    fn key(&self, range: &Range<usize>) -> String {
        key_of_words(digest(&self.from.text[range.clone()], &mut Vec::new()).key)
    }

    /// The name that is wanted, or with the next number after it that no other record of the kind has.
    fn free_name(&mut self, kind: KindId, wanted: &str) -> String {
        let mut times = self.records.names.get(&(kind, wanted.to_owned())).copied().unwrap_or(0);
        let mut name = wanted.to_owned();
        loop {
            times += 1;
            if times > 1 {
                name = format!("{wanted}-{times}");
            }
            if times == 1 || !self.records.names.contains_key(&(kind, name.clone())) {
                break;
            }
        }
        self.records.names.insert((kind, wanted.to_owned()), times);
        self.records.names.entry((kind, name.clone())).or_insert(1);
        name
    }

    /// The name of the place and of the label, for a record to which its author gave none.
    fn name_of_place(&self, label: Option<AnchorId>) -> String {
        let place = self.from.dialect.place;
        let id = label.map(|label| &*self.out.text.anchor(label).id);
        match id.and_then(|id| id.split_once('-')) {
            Some((_, label)) if place.is_empty() => name_part(label),
            Some((_, label)) => format!("{}-{}", name_part(place), name_part(label)),
            None => name_part(place),
        }
    }

    // Parts.

    /// Begins a part of the record that the outline calls `found`. Returns to whom its attributes belong, and its anchor
    /// if it has a label.
    fn open_limb(
        &mut self,
        found: usize,
        label: Option<usize>,
        own: &Range<usize>,
    ) -> (AttributeTarget, Option<AnchorId>) {
        let Some(record) = self.records.built.get(&found).copied() else { return (AttributeTarget::Nobody, None) };
        self.name_records();
        let span = self.from.span(&self.first_line(own));
        let anchor = label.map(|label| self.limb_anchor(record, label));
        let printed = label.map(|label| self.labels.outline.labels[label].label.clone());
        let stretch = self.out.here_on();
        let known = self.records.get(record);
        let (limb, place) = (known.limbs.len(), anchor.unwrap_or(known.place.anchor));
        let attributes = Vec::new();
        known.limbs.push(Limb { label: printed, anchor: place, stretch, outcome: None, attributes, span });
        let what = What::Limb { record, limb };
        self.records.open.push(Open { what, end: usize::MAX, node: None, text: String::new(), word: None });
        (AttributeTarget::Limb { record, limb }, anchor)
    }

    fn limb_anchor(&mut self, record: RecordId, label: usize) -> AnchorId {
        let known = &self.labels.outline.labels[label];
        let (typed, printed) = (known.typed.clone(), known.label.clone());
        let above = match known.parent {
            LabelParent::Label(above) => self.records.parts.get(&above).filter(|(other, _)| *other == record),
            _ => None,
        };
        let part = above.map_or_else(|| printed.to_string(), |(_, above)| format!("{above}.{printed}"));
        let own = self.out.text.anchor(self.records.list[record.index()].place.anchor);
        let id = self.anchors.labelled(format!("{}.{part}", own.id)).unwrap_or_else(|(_, other)| other);
        let anchor = self.add_anchor(id, AnchorKind::Record, &typed);
        self.out.text.anchors[anchor.index()].label = Some(part.as_str().into());
        self.records.parts.insert(label, (record, part));
        anchor
    }

    /// Ends the innermost part.
    pub(super) fn close_limb(&mut self) {
        let Some(Open { what: What::Limb { record, limb }, text, .. }) = self.records.open.pop() else { return };
        let is_it = |open: &&Open| matches!(open.what, What::Record { record: open, .. } if open == record);
        let word = self.records.open.iter().rev().find(is_it).and_then(|open| open.word.as_deref());
        let outcome = self.outcome(self.records.list[record.index()].kind, &text, word);
        let limb = &mut self.records.get(record).limbs[limb];
        limb.outcome = outcome;
        if limb.stretch.is_empty() {
            self.out.up_to_here(&mut limb.stretch);
        }
        self.pass_on(text);
    }

    // Words.

    /// Hears the words of a block: the innermost record or part that is open keeps the first of them.
    pub(super) fn hear(&mut self) {
        if self.records.open.is_empty() {
            return;
        }
        let words = self.heard().to_owned();
        self.pass_on(words);
    }

    /// The words of the present block, without those that open a record.
    pub(super) fn heard(&self) -> &str {
        let words = self.plain.trim();
        if self.records.opening_words && self.records.mark > 0 {
            return without_mark(words, self.records.mark);
        }
        let bare = self.from.dialect.rules.records.filter(|_| self.records.opening_words);
        let length = bare.and_then(|records| records.opening(words, true)).map_or(0, |opening| opening.length);
        words[length..].trim()
    }

    /// Takes what the text says of a record.
    fn hear_said(&mut self, record: RecordId, said: &[Said]) {
        let words =
            said.iter().map(|said| (said.role, Words { text: said.value.clone(), span: self.from.span(&said.typed) }));
        let words: Vec<_> = words.collect();
        self.records.get(record).said.extend(words);
    }

    fn pass_on(&mut self, words: String) {
        if let Some(open) = self.records.open.last_mut().filter(|open| open.text.len() < HEARD && !words.is_empty()) {
            if !open.text.is_empty() {
                open.text.push(' ');
            }
            open.text.push_str(first_words(&words, HEARD));
        }
    }

    /// Ends the innermost record.
    fn close_record(&mut self) {
        self.name_records();
        let Some(Open { what: What::Record { record, form }, node, text, word, .. }) = self.records.open.pop() else {
            return;
        };
        let stretch = &mut self.records.get(record).place.stretch;
        if stretch.is_empty() {
            self.out.up_to_here(stretch);
        }
        if let Some(outer) = self.records.twins.get(&record).copied() {
            self.out.up_to_here(&mut self.records.get(outer).place.stretch);
        }
        if form != Form::Section {
            self.out.record(record);
        }
        node.into_iter().for_each(|node| self.out.close(node));
        let links = small(self.out.text.links.len());
        if form == Form::Group && text.trim().is_empty() {
            let span = self.records.get(record).place.span;
            self.diagnostics.empty_record(span, word.as_deref().unwrap_or_default());
        }
        let text = if text.trim().is_empty() { word.as_deref().unwrap_or_default().to_owned() } else { text };
        let outcome = self.outcome(self.records.list[record.index()].kind, &text, word.as_deref());
        let known = self.records.get(record);
        known.place.links.end = links;
        if known.lead.is_empty() {
            known.lead = first_words(&text, LEAD).into();
        }
        if known.limbs.is_empty() && form != Form::Section {
            known.outcome = outcome;
        }
        self.pass_on(text);
    }

    // Headings.

    /// What a heading says of the records that it opens: its words without their number, and the number.
    pub(super) fn head_records(&mut self, at: usize, words: &str, label: Option<&str>) {
        let Some(place) = self.labels.outline.place(at).copied() else { return };
        let record_of = |found: usize| self.records.built.get(&found).copied();
        let opened: Vec<RecordId> = place.opens.into_iter().flatten().filter_map(record_of).collect();
        let item = place.opens[0].and_then(record_of);
        if let [outer, inner] = opened[..] {
            self.records.twins.insert(inner, outer);
        }
        self.name_records();
        for record in opened {
            let known = self.records.get(record);
            known.lead = first_words(words, LEAD).into();
            known.number = label.map(Into::into);
            self.out.record(record);
            self.records.get(record).place.stretch = self.out.here_on();
        }
        self.records.after_item = item.map(|item| (run_end(self.from.list, at + 1) + 1, item));
    }

    /// A paragraph in brackets right below an item is what the meeting was asked to do.
    pub(super) fn purpose(&mut self, start: Option<usize>, range: &Range<usize>) {
        let Some((at, item)) = self.records.after_item.take() else { return };
        let inside = self.plain.trim().strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        if let Some(inside) = inside.filter(|_| start == Some(at)) {
            let words = inside.split_whitespace().collect::<Vec<_>>().join(" ");
            let purpose = Words { text: words.into(), span: self.from.span(range) };
            self.records.get(item).purpose = Some(purpose);
        }
    }

    // Lines.

    /// Begins words in a line that braces, or a bracket after them, make a record of.
    pub(super) fn open_words(
        &mut self,
        kind: KindId,
        braces: Option<&Braces<'_>>,
        range: &Range<usize>,
        key: bool,
    ) -> (RecordId, NodeId) {
        let anchor = self.record_anchor(range);
        let key = key.then(|| self.key(range));
        self.open_words_at(kind, anchor, braces, (range, key))
    }

    /// Begins the title of an item in a row of a table. What stands after it in the row, or in those below, belongs to it.
    pub(super) fn open_item_words(&mut self, kind: KindId, number: &str, range: &Range<usize>) -> (RecordId, NodeId) {
        self.records.row_item = None;
        let numbered = !number.is_empty();
        let anchor = if numbered { self.item_anchor(number, range) } else { self.record_anchor(range) };
        let opened = self.open_words_at(kind, anchor, None, (range, None));
        self.records.get(opened.0).number = numbered.then(|| number.into());
        self.records.row_item = Some(opened.0);
        opened
    }

    fn open_words_at(
        &mut self,
        kind: KindId,
        anchor: AnchorId,
        braces: Option<&Braces<'_>>,
        (range, key): (&Range<usize>, Option<String>),
    ) -> (RecordId, NodeId) {
        let record = self.begin_record(kind, range, anchor, (self.labels.nearest, key), true);
        if let Some(braces) = braces {
            self.say_of(record, braces);
        }
        self.name_records();
        let node = self.out.open_at(Element::Span, Some(anchor));
        self.out.of_kind(node, kind);
        self.records.get(record).place.stretch = self.out.here_on();
        (record, node)
    }

    /// Ends words in a line that are a record; `from` is where they begin in `plain`.
    pub(super) fn close_words(&mut self, record: RecordId, node: NodeId, from: usize) {
        self.out.up_to_here(&mut self.records.get(record).place.stretch);
        self.out.close(node);
        let links = small(self.out.text.links.len());
        let words = self.plain.get(from..).unwrap_or_default().trim();
        let found = self.line.found.pop_if(|(found, _)| *found == record);
        let outcome = match found {
            Some(_) => None,
            None => self.outcome(self.records.list[record.index()].kind, first_words(words, HEARD), None),
        };
        let words = without_mark(words, found.map_or(0, |(_, mark)| mark));
        let lead = first_words(words, LEAD).into();
        let known = self.records.get(record);
        known.place.links.end = links;
        (known.lead, known.outcome) = (lead, outcome);
    }

    /// What a bracket after a sentence says of it.
    pub(super) fn undertaken(&mut self, record: RecordId, sentence: &Sentence) {
        let words = |range: &Range<usize>| {
            let range = sentence.bracket.start + range.start..sentence.bracket.start + range.end;
            Words { text: self.from.text[range.clone()].into(), span: self.from.span(&range) }
        };
        if let Some(found) = sentence.found {
            let found = self.labels.outline.sentences[found].clone();
            self.hear_said(record, &found.said);
            self.line.found.push((record, found.mark));
            return;
        }
        let (by, due) = (sentence.says.by.as_ref().map(words), sentence.says.due.as_ref().map(words));
        let said = [(Role::Owner, by), (Role::Due, due)];
        let said = said.into_iter().filter_map(|(role, words)| Some((role, words?)));
        self.records.get(record).said.extend(said);
    }
}

/// How many letters and signs a mark has, without blanks.
fn letters(mark: &str) -> usize {
    mark.chars().filter(|letter| !letter.is_whitespace()).count()
}

/// Words without the first `mark` letters and signs of them.
fn without_mark(words: &str, mut mark: usize) -> &str {
    let end = words.char_indices().find(|(_, letter)| {
        let over = mark == 0 && !letter.is_whitespace();
        mark -= usize::from(mark > 0 && !letter.is_whitespace());
        over
    });
    words[end.map_or(words.len(), |(at, _)| at)..].trim()
}

/// A part of an id: small letters, digits, `.`, `_` and `-`.
fn name_part(name: &str) -> String {
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_');
    name.to_lowercase().chars().map(|letter| if fits(letter) { letter } else { '-' }).collect()
}
