//! The items of a list in a field, and the parts of a decision with the names that they have in addresses.
//!
//! Input: a document and a role. Output: values as authors filled them in. Not here: how they are shown.

use super::window::View;
use crate::kind::{Field, Role};
use crate::model::{DocumentId, Fields, Value};
use crate::query::Store;

/// A part of a decision.
pub struct Part<'site> {
    /// The last part of its id, which no other part has.
    pub name: String,
    /// Its number or letter, as printed.
    pub label: Option<&'site str>,
    /// What is filled in of it.
    pub fields: &'site Fields,
    /// What may be filled in.
    pub schema: &'site [Field],
}

impl View {
    /// The items of the list in the field with `role`, each with the parts that it may have.
    #[must_use]
    pub fn items(&self, id: DocumentId, role: Role) -> Vec<(&Value, &[Field])> {
        let Some(field) = self.kind_of(id).role(role) else { return Vec::new() };
        let Some(value) = self.document(id).fields.get(&field.name) else { return Vec::new() };
        let parts = field.parts();
        match value {
            Value::List(items) => items.iter().map(|(item, _)| (item, parts)).collect(),
            value => vec![(value, parts)],
        }
    }

    /// The parts of a decision. Those of one that stands in a text have their names from their anchors there.
    #[must_use]
    pub fn parts(&self, id: DocumentId) -> Vec<Part<'_>> {
        let anchors = self.document(id).place.as_ref().and_then(|place| {
            let anchors = &self.document(place.host).body.anchors;
            let ids = place.wording.as_ref()?.limbs.iter().map(|(anchor, _)| &*anchors[anchor.index()].id);
            Some(ids.map(|id| limb_name(&place.anchor, id)).collect::<Vec<_>>())
        });
        let mut named: Vec<Part<'_>> = Vec::new();
        for (index, (item, schema)) in self.items(id, Role::Parts).into_iter().enumerate() {
            let Value::Group(fields) = item else { continue };
            let label = fields.with_role(schema, Role::Number).and_then(Value::text);
            let mut name = match &anchors {
                Some(names) => names.get(index).cloned().unwrap_or_default(),
                None => label.map(plain_label).filter(|name| !name.is_empty()).unwrap_or((index + 1).to_string()),
            };
            while named.iter().any(|part| part.name == name) {
                name.push_str("-2");
            }
            named.push(Part { name, label, fields, schema });
        }
        named
    }
}

/// What tells a part from the others of its record: `2` of `resolution-2021-14.2`.
#[must_use]
pub fn limb_name(record: &str, anchor: &str) -> String {
    anchor.strip_prefix(record).map_or(anchor, |rest| rest.trim_start_matches('.')).to_owned()
}

/// A printed label without the signs round it: `iii` of `(iii)`.
fn plain_label(label: &str) -> String {
    label.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-')).collect()
}
