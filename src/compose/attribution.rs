//! What attributes in braces are of: a record, a part of one, or nothing.
//!
//! Input: braces as `plan.rs` reads them. Output: the attributes of records and parts, and messages where braces are of
//! nothing, name no kind, or would withhold a record. Not here: what an attribute means; `parse` types it by the kind.

use std::ops::Range;

use super::records::AttributeTarget;
use super::writer::{MOST_TOLD, Writer};
use crate::disclosure::doubt::resembles_exemption;
use crate::kind::KindId;
use crate::markdown::attributes::Attributes;
use crate::markdown::plan::{Braces, NO_RECORD, Plan};
use crate::model::{Attribute, RecordId};

/// Whether braces of a block are of the one record that was found in its words: they name no kind, so they say nothing else.
fn is_of_found(plan: &Plan<'_>, braces: &Braces<'_>) -> bool {
    plan.sentences.len() == 1 && braces.attributes.kinds.is_empty()
}

/// Keys of braces that are no attributes of a record: they speak of the place itself.
const OF_THE_PLACE: [&str; 5] = ["decorative", "lang", "page", "skip", "was"];

impl Writer<'_> {
    /// The kind that attributes name.
    pub(super) fn kind_named(&self, attributes: &Attributes<'_>) -> Option<KindId> {
        let records = self.from.dialect.rules.records?;
        attributes.kinds.iter().find_map(|name| records.0.by_name(name))
    }

    /// Takes what an author says of a record.
    pub(super) fn say_of(&mut self, record: RecordId, braces: &Braces<'_>) {
        if let Some(name) = braces.attributes.id {
            let nameless = self.records.nameless.iter_mut().find(|nameless| nameless.record == record);
            if let Some(nameless) = nameless.filter(|nameless| nameless.given.is_none()) {
                nameless.given = Some((name.to_owned(), braces.range.clone()));
            }
        }
        self.add_attributes(record, braces);
        self.records.get(record).marked = true;
    }

    /// Takes what the author of a block says of the one record that was found in its words.
    pub(super) fn say_of_found(&mut self, record: RecordId, plan: &Plan<'_>) {
        plan.block
            .iter()
            .filter(|braces| is_of_found(plan, braces))
            .for_each(|braces| self.add_attributes(record, braces));
    }

    fn add_attributes(&mut self, record: RecordId, braces: &Braces<'_>) {
        self.tell_unknown(&braces.attributes);
        let attributes = self.pairs(&braces.attributes, Some(self.records.list[record.index()].kind));
        self.records.get(record).attributes.extend(attributes);
    }

    /// Takes the attributes of a block, and says where they are of nothing.
    pub(super) fn give(&mut self, braces: &Braces<'_>, target: AttributeTarget, plan: &Plan<'_>) {
        match target {
            AttributeTarget::Record => {}
            AttributeTarget::Nobody if is_of_found(plan, braces) => {}
            AttributeTarget::Limb { record, limb } => {
                self.tell_unknown(&braces.attributes);
                let attributes = self.pairs(&braces.attributes, Some(self.records.list[record.index()].kind));
                self.records.get(record).limbs[limb].attributes.extend(attributes);
            }
            AttributeTarget::Nobody if plan.sentences.len() > 1 => self.tell_unsure(braces, plan),
            AttributeTarget::Nobody => self.tell_stray(braces),
        }
    }

    /// Attributes behind words in which several records stand, so that it is not sure of which they are.
    fn tell_unsure(&mut self, braces: &Braces<'_>, plan: &Plan<'_>) {
        let last = plan.sentences.iter().filter_map(|sentence| sentence.words.clone()).max_by_key(|words| words.end);
        let says = !self.pairs(&braces.attributes, None).is_empty();
        let Some(last) = last.filter(|_| says && braces.attributes.kinds.is_empty()) else {
            return self.tell_stray(braces);
        };
        if self.records.told < MOST_TOLD {
            self.records.told += 1;
            let typed = self.from.text[braces.range.clone()].trim();
            let words = &self.from.text[last];
            self.diagnostics.attributes_of_several(self.from.span(&braces.range), plan.sentences.len(), words, typed);
        }
    }

    /// Attributes where nothing is that could have them.
    pub(super) fn tell_stray(&mut self, braces: &Braces<'_>) {
        self.tell_unknown(&braces.attributes);
        let stray = self.pairs(&braces.attributes, None);
        let kind = self.kind_named(&braces.attributes).is_some();
        let says = kind || (!stray.is_empty() && braces.attributes.kinds.is_empty());
        if says && self.from.dialect.rules.records.is_some() && self.records.told < MOST_TOLD {
            self.records.told += 1;
            self.diagnostics.stray_attributes(self.from.span(&braces.range));
        }
    }

    /// The pairs of attributes, without those that speak of the place.
    fn pairs(&mut self, attributes: &Attributes<'_>, kind: Option<KindId>) -> Vec<Attribute> {
        let mut pairs = Vec::new();
        for (key, value) in &attributes.pairs {
            let range = self.pair_range(key, value);
            let decides = self.from.dialect.rules.records.and_then(|records| records.decides(key, kind));
            if let Some(field) = decides {
                self.diagnostics.record_cannot_withhold(self.from.span(&range), key, field);
                self.records.in_doubt = true;
            } else if !OF_THE_PLACE.contains(key) {
                pairs.push(Attribute { key: (*key).into(), value: (*value).into(), span: self.from.span(&range) });
            }
        }
        pairs
    }

    /// Where one `key="value"` stands: both are pieces of the text.
    pub(super) fn pair_range(&self, key: &str, value: &str) -> Range<usize> {
        let at = |piece: &str| (piece.as_ptr() as usize).wrapping_sub(self.from.text.as_ptr() as usize);
        let start = at(key).min(self.from.text.len());
        let end = if value.is_empty() { start + key.len() } else { at(value) + value.len() };
        let quote =
            self.from.text.get(end..).and_then(|rest| rest.chars().next()).filter(|next| matches!(next, '"' | '”'));
        start..end.clamp(start, self.from.text.len()) + quote.map_or(0, char::len_utf8)
    }

    /// Says that a word after a dot is no kind of record.
    fn tell_unknown(&mut self, attributes: &Attributes<'_>) {
        let Some(records) = self.from.dialect.rules.records else { return };
        let unknown = |name: &&&str| **name != NO_RECORD && records.0.by_name(name).is_none();
        for name in attributes.kinds.iter().filter(unknown) {
            // What may be an exemption is asked about in other words.
            if self.records.told < MOST_TOLD && !resembles_exemption(&format!("{{.{name}}}")) {
                self.records.told += 1;
                let span = self.from.span(&self.pair_range(name, ""));
                self.diagnostics.unknown_record(span, name, records.nearest(name));
            }
        }
    }
}
