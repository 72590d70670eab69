//! What nobody has to type, since the path of a file or its kind says it: date, body, meeting, status, title.
//!
//! Input: the fields that were typed, and the place of the file. Output: the fields and the title that follow.
//! Not here: what the text says (`compose`) and what records in it say (`records.rs`).

use super::context::Context;
use super::place::{Place, in_words};
use crate::data::Node;
use crate::kind::{Field, Kind, KindId, Kinds, Role};
use crate::model::{Date, Fields, Reference, Value, slug};
use crate::source::Span;

/// Fills what the path says and the author therefore need not: the date in the name, the body whose folder it is,
/// the meeting whose folder it is; and the status that holds where none is said.
pub(super) fn fields(fields: &mut Fields, head: &Node, place: &Place, kind_id: KindId, context: &Context<'_>) {
    let kind = context.kinds.get(kind_id);
    let mut fill = |name: Option<&str>, value: Option<Value>| {
        if let (Some(name), Some(value)) = (name, value) {
            fields.fill(name, value, Span::whole(place.source));
        }
    };
    let date = place.date.map(|day| Value::Date(Date::Day(day)));
    fill(kind.role(Role::Date).map(|field| field.name.as_str()), date);
    let folder = place.folder_owner.as_ref().map(|name| named_by_folder(name, kind_id, context));
    fill(kind.folder_names.as_deref(), folder);
    let meeting = place.inside.as_ref().map(|id| Value::Reference(Reference { id: id.clone(), anchor: None }));
    fill(kind.inside_of.as_deref(), meeting);
    if let Some((status, unsaid)) = unsaid_status(kind, head, fields) {
        fields.fill(&status.name, unsaid, Span::whole(place.source));
    }
    fields.sort_as(&kind.fields);
}

/// The field for the status and the status that holds where the author, in `typed`, says none: what another of the
/// `filled` fields implies, else the default of the kind, if it has one. A status that was typed and cannot be understood
/// is not recorded: nobody said that the default holds.
pub(super) fn unsaid_status<'kind>(kind: &'kind Kind, typed: &Node, filled: &Fields) -> Option<(&'kind Field, Value)> {
    let field = kind.role(Role::Status).filter(|field| typed.get(&field.name).is_none_or(Node::is_empty))?;
    let implied = kind.fields.iter().filter(|other| filled.get(&other.name).is_some());
    let implied = implied.filter_map(|other| field.choice(other.implies.as_deref()?)).next();
    let unsaid = implied.map(|choice| choice.value.as_str()).or(field.default.as_deref())?;
    Some((field, Value::Choice(unsaid.into())))
}

/// The body whose folder a meeting lies in: its page if there is a file for it, else the folder's name in words.
fn named_by_folder(folder: &str, kind_id: KindId, context: &Context<'_>) -> Value {
    let kind = context.kinds.get(kind_id);
    let relation =
        kind.folder_names.as_deref().and_then(|name| kind.field(name)).and_then(|field| field.shape.relation());
    let kinds = relation.into_iter().flat_map(|relation| &relation.to).filter_map(|name| context.kinds.by_name(name));
    for folder_of_kind in kinds.map(|kind| &context.kinds.get(kind).folder) {
        if context.sources.find(&format!("content/{folder_of_kind}/{folder}.md")).is_some() {
            let id = format!("{folder_of_kind}/{}", slug(folder)).into();
            return Value::Reference(Reference { id, anchor: None });
        }
    }
    Value::Words(in_words(folder).into())
}

/// The title that stands in the head.
pub(super) fn title_field(fields: &Fields, kind_id: KindId, kinds: &Kinds) -> Option<(Box<str>, Span)> {
    let name = &kinds.get(kind_id).role(Role::Title)?.name;
    let entry = fields.entry(name)?;
    entry.value.text().filter(|text| !text.trim().is_empty()).map(|text| (text.into(), entry.span))
}

/// "Minutes of 7 September 2021" where there is a date, else the file's name in words.
pub(super) fn title(place: &Place, fields: &Fields, kind_id: KindId, context: &Context<'_>) -> Box<str> {
    let kind = context.kinds.get(kind_id);
    let date = kind.role(Role::Date).and_then(|field| fields.get(&field.name));
    match date {
        Some(Value::Date(date)) if place.date.is_some() && place.name_in_words.is_empty() => context
            .language
            .say("title-from-date", &[("kind", &kind.label), ("date", &context.language.date(*date))])
            .into(),
        _ if place.name_in_words.is_empty() => kind.label.as_str().into(),
        _ => place.name_in_words.as_str().into(),
    }
}
