//! What nobody has to type, since the path of a file or its kind says it: date, body, meeting, status, title.
//!
//! Input: the fields that were typed, and the place of the file. Output: the fields and the title that follow.
//! Not here: what the text says (`markdown`) and what records in it say (`records.rs`).

use super::context::Context;
use super::place::{Place, in_words};
use crate::data::Node;
use crate::kind::{KindId, Kinds, Role};
use crate::model::{Date, Entry, Fields, Reference, Value, slug};
use crate::source::Span;

/// Fills what the path says and the author therefore need not: the date in the name, the body whose folder it is,
/// the meeting whose folder it is; and the status that holds where none is said.
pub(super) fn fields(fields: &mut Fields, head: &Node, place: &Place, kind_id: KindId, context: &Context<'_>) {
    let kind = context.kinds.get(kind_id);
    let mut fill = |name: Option<&str>, value: Option<Value>| {
        if let (Some(name), Some(value)) = (name, value)
            && fields.get(name).is_none()
        {
            fields.0.push(Entry { name: name.into(), value, span: Span::whole(place.source) });
        }
    };
    let date = place.date.map(|day| Value::Date(Date::Day(day)));
    fill(kind.role(Role::Date).map(|field| field.name.as_str()), date);
    let folder = place.folder_owner.as_ref().map(|name| named_by_folder(name, kind_id, context));
    fill(kind.folder_names.as_deref(), folder);
    let meeting = place.inside.as_ref().map(|id| Value::Reference(Reference { id: id.clone(), anchor: None }));
    fill(kind.inside_of.as_deref(), meeting);
    // A status that was typed and cannot be understood is not recorded; nobody said that the default holds.
    let status = kind.role(Role::Status).filter(|field| head.get(&field.name).is_none_or(Node::is_empty));
    let unsaid = status.and_then(|field| field.default.as_deref()).map(|default| Value::Choice(default.into()));
    fill(status.map(|field| field.name.as_str()), unsaid);
    let order = |entry: &Entry| kind.fields.iter().position(|field| *field.name == *entry.name);
    fields.0.sort_by_key(order);
}

/// The body whose folder a meeting lies in: its page if there is a file for it, else the folder's name in words.
fn named_by_folder(folder: &str, kind_id: KindId, context: &Context<'_>) -> Value {
    let kind = context.kinds.get(kind_id);
    let relation =
        kind.folder_names.as_deref().and_then(|name| kind.field(name)).and_then(|field| field.shape.relation());
    let kinds = relation.into_iter().flat_map(|relation| &relation.to).filter_map(|name| context.kinds.by_name(name));
    for kind in kinds {
        let id = format!("{}/{}", context.kinds.get(kind).folder, slug(folder));
        let is_file =
            context.sources.find(&format!("content/{}/{folder}.md", context.kinds.get(kind).folder)).is_some();
        if is_file {
            return Value::Reference(Reference { id: id.into(), anchor: None });
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
