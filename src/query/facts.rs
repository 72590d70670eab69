//! What the fields of a document say, known by their roles: its status, when it is due, the body that it belongs to.
//!
//! Input: a [`Store`] and a document in it. Output: values of the model. Not here: words and HTML; what records are to
//! each other (`records.rs`).

use jiff::civil;

use super::Due;
use crate::data::table::is_table;
use crate::kind::{Field, Follow, Kinds, Role, Shape, Stage};
use crate::model::{Date, Document, DocumentId, Fields, Relation, RelationEnd, Site, Value};

/// How many documents may stand in one another: a decision on an item of a meeting.
pub(super) const DEEPEST_PLACE: usize = 4;

/// Where documents are looked up: the site itself, or the window on it, which takes a note of each look.
pub trait Store {
    /// The document with this index.
    fn document(&self, id: DocumentId) -> &Document;
    /// The document with this id, if there is one.
    fn find(&self, id: &str) -> Option<DocumentId>;
    /// The schema of all kinds.
    fn kinds(&self) -> &Kinds;
    /// What a document names, in the order of its fields and then of its text.
    fn relations(&self, id: DocumentId) -> &[Relation];
    /// The published file with this path from the site's root: an index into `Site::attachments`.
    fn attachment_at(&self, path: &str) -> Option<u32>;
    /// The day for which the site is assembled.
    fn today(&self) -> civil::Date;
}

impl Store for Site {
    fn document(&self, id: DocumentId) -> &Document {
        self.document(id)
    }

    fn find(&self, id: &str) -> Option<DocumentId> {
        self.find(id)
    }

    fn kinds(&self) -> &Kinds {
        &self.kinds
    }

    fn relations(&self, id: DocumentId) -> &[Relation] {
        &self.relations[id.0 as usize]
    }

    fn attachment_at(&self, path: &str) -> Option<u32> {
        let found = self.attachments.binary_search_by(|(file, _)| file.path.as_ref().cmp(path)).ok()?;
        u32::try_from(found).ok()
    }

    fn today(&self) -> civil::Date {
        self.as_at.day
    }
}

/// The value of the first field that has `role`.
#[must_use]
pub fn value(site: &impl Store, id: DocumentId, role: Role) -> Option<&Value> {
    let document = site.document(id);
    document.fields.get(&site.kinds().get(document.kind).role(role)?.name)
}

/// The published files of figures in a document's own fields: indices into [`Site::attachments`].
pub fn figures<'site>(site: &'site impl Store, document: &'site Document) -> impl Iterator<Item = u32> {
    let fields = site.kinds().get(document.kind).fields.iter();
    let own = fields.filter(|field| !field.common && field.shape == Shape::File);
    own.filter_map(|field| match document.fields.get(&field.name)? {
        Value::File(path) if is_table(path) => site.attachment_at(&format!("content/{path}")),
        _ => None,
    })
}

/// What the first field with `role` leads to.
#[must_use]
pub fn end(site: &impl Store, id: DocumentId, role: Role) -> Option<&RelationEnd> {
    let name = &site.kinds().get(site.document(id).kind).role(role)?.name;
    site.relations(id).iter().find(|relation| relation.field.as_ref() == name).map(|relation| &relation.end)
}

/// The body that a document belongs to, if it has a page. A record belongs to the body of the meeting at which it was
/// made.
#[must_use]
pub fn body(site: &impl Store, id: DocumentId) -> Option<DocumentId> {
    match body_end(site, id)? {
        RelationEnd::Document { document, .. } => Some(*document),
        RelationEnd::Words(_) => None,
    }
}

/// The status of a document, and the field that says what it can be: its own, or that of its period.
#[must_use]
pub fn status(site: &impl Store, id: DocumentId) -> Option<(&Field, &str)> {
    let document = site.document(id);
    status_in(&site.kinds().get(document.kind).fields, &document.fields).or_else(|| {
        let (parts, fields) = period(site, id)?;
        status_in(parts, fields)
    })
}

/// What a document is called: its kind, or as the status that it has says, an agenda or draft minutes.
#[must_use]
pub fn called(site: &impl Store, id: DocumentId) -> &str {
    let by_status = status(site, id).and_then(|(field, status)| field.choice(status)?.called.as_deref());
    by_status.unwrap_or(&site.kinds().get(site.document(id).kind).label)
}

fn status_in<'site>(schema: &'site [Field], fields: &'site Fields) -> Option<(&'site Field, &'site str)> {
    let field = schema.iter().find(|field| field.role == Some(Role::Status))?;
    Some((field, fields.get(&field.name)?.text()?))
}

/// Of a document with several periods, the one that has begun last on the day of `as_at`, else the first: the parts
/// that it may have, and those that it has.
#[must_use]
pub fn period(site: &impl Store, id: DocumentId) -> Option<(&[Field], &Fields)> {
    let document = site.document(id);
    let field = site.kinds().get(document.kind).role(Role::Periods)?;
    let parts = field.parts();
    let groups = document.fields.get(&field.name)?.groups();
    let from = |group: &&Fields| group.with_role(parts, Role::From)?.date()?.earliest();
    let begun = groups.iter().filter(|group| from(group).is_none_or(|from| from <= site.today()));
    let last = begun.max_by_key(|group| from(group)).or(groups.first());
    last.map(|group| (parts, *group))
}

/// When a document is due: to be done, to close, to have new figures. Where a meeting is named, its day.
#[must_use]
pub fn due(site: &impl Store, id: DocumentId) -> Option<Date> {
    match value(site, id, Role::Due)? {
        Value::Reference(meeting) => site.document(site.find(&meeting.id)?).date,
        value => value.date(),
    }
}

/// Where the day on which it is due lies; `None` if it has no such day or has ended.
#[must_use]
pub fn due_side(site: &impl Store, id: DocumentId) -> Option<Due> {
    let is_over = site.document(id).stage == Stage::Ended || follow(site, id) == Some(Follow::Answered);
    let day = due(site, id)?.latest().filter(|_| !is_over)?;
    Some(if day < site.today() { Due::Passed } else { Due::Ahead })
}

/// What became of something that was asked for or promised; `None` for anything else.
#[must_use]
pub fn follow(site: &impl Store, id: DocumentId) -> Option<Follow> {
    let field = site.kinds().get(site.document(id).kind).role(Role::FollowUp)?;
    field.choice(value(site, id, Role::FollowUp)?.text()?)?.follow
}

/// Whether it stands out on the day of `as_at`.
pub(super) fn is_urgent(site: &impl Store, id: DocumentId) -> bool {
    let until = value(site, id, Role::UrgentUntil).and_then(Value::date).and_then(Date::latest);
    until.is_some_and(|until| until >= site.today())
}

/// The body that a document belongs to, with a page or in words.
#[must_use]
pub fn body_end(site: &impl Store, id: DocumentId) -> Option<&RelationEnd> {
    // A decision on an item that is a file stands two steps below its meeting.
    let mut here = id;
    for _ in 0..DEEPEST_PLACE {
        if let Some(end) = end(site, here, Role::Body) {
            return Some(end);
        }
        here = site.document(here).place.as_ref()?.host;
    }
    None
}

/// The first day that a document's date can mean.
#[must_use]
pub fn day(document: &Document) -> Option<civil::Date> {
    document.date?.earliest()
}
