//! Whom people ask about something, and how they are reached.
//!
//! Input: a document and its relations. Output: [`Asked`], in the order in which pages show them. Not here: whom the settings name
//! where nobody else is named, the words for it, and the name of any field: what somebody is reached by is known by its role.

use std::collections::BTreeSet;

use super::{Store, body};
use crate::kind::{Field, Role};
use crate::model::{Date, DocumentId, Fields, Published, Value};

/// Somebody who can be asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'site> {
    /// The document that says how: a page of their own, or one that names a contact.
    pub document: DocumentId,
    /// Whether that is a page of their own, and not a contact in the head of another.
    pub own: bool,
    /// What is said of them.
    pub details: Details<'site>,
}

/// What is said of how somebody is reached: fields of a document, or parts of its contact.
#[derive(Debug, Clone, Copy)]
pub struct Details<'site> {
    schema: &'site [Field],
    fields: &'site Fields,
}

impl<'site> Details<'site> {
    /// What the field with this role says.
    #[must_use]
    pub fn text(&self, role: Role) -> Option<&'site str> {
        self.fields.with_role(self.schema, role).and_then(Value::text)
    }

    /// Whether somebody can be reached with it: by telephone, by mail, by a form or by letter. A website alone is no answer.
    fn is_enough(&self) -> bool {
        let ways = [Role::Telephone, Role::Email, Role::ReportUrl, Role::PostalAddress];
        ways.into_iter().any(|role| self.text(role).is_some())
    }
}

/// Whom people ask about a document: itself, if it is somebody who can be reached, and those whom it names; where that is nobody,
/// its contact; where it has none, the same of the body that it belongs to. Empty where nobody is named anywhere.
#[must_use]
pub fn asked(site: &impl Store, id: DocumentId) -> Vec<Asked<'_>> {
    let mut asked = named(site, id);
    if asked.is_empty()
        && let Some(body) = body(site, id).filter(|body| *body != id)
    {
        asked = named(site, body);
    }
    asked
}

/// How the document itself is reached, if its kind can be and it says so.
#[must_use]
pub fn reached(site: &impl Store, id: DocumentId) -> Option<Asked<'_>> {
    let document = site.document(id);
    let schema = &site.kinds().get(document.kind).fields;
    let details = Details { schema, fields: &document.fields };
    (document.published == Published::Whole && details.is_enough()).then_some(Asked {
        document: id,
        own: true,
        details,
    })
}

fn named(site: &impl Store, id: DocumentId) -> Vec<Asked<'_>> {
    let mut asked: Vec<Asked<'_>> = reached(site, id).into_iter().collect();
    if let Some(field) = site.kinds().get(site.document(id).kind).role(Role::Ask) {
        let ends = site.relations(id).iter().filter(|relation| *relation.field == *field.name);
        asked.extend(ends.filter_map(|relation| reached(site, relation.end.document()?)));
    }
    if asked.is_empty() {
        let details = contact(site, id).filter(Details::is_enough);
        asked.extend(details.map(|details| Asked { document: id, own: false, details }));
    }
    let mut seen = BTreeSet::new();
    asked.retain(|one| seen.insert(one.document));
    asked
}

/// The contact in the head of a document, while that holds: up to the day that it names.
#[must_use]
pub fn contact(site: &impl Store, id: DocumentId) -> Option<Details<'_>> {
    let document = site.document(id);
    let field = site.kinds().get(document.kind).role(Role::Contact)?;
    let fields = *document.fields.get(&field.name)?.groups().first()?;
    let until = fields.with_role(field.parts(), Role::To).and_then(Value::date).and_then(Date::latest);
    let lasts = until.is_none_or(|until| until >= site.today());
    lasts.then_some(Details { schema: field.parts(), fields })
}
