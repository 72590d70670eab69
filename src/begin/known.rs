//! What a site knows already of a document that is begun in it: who sits on the body, when it met last, what it left open.
//!
//! Input: a site **for the public**, so that nothing that is withheld is carried into another text; a body and a day. Output:
//! words. Not here: where they go (`document.rs`).

use crate::kind::{Kind, KindId, Role};
use crate::language::Language;
use crate::model::{Document, DocumentId, Fields, Published, RelationEnd, Site, Value};
use crate::query;

/// What is carried over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Who sits on the body, as its page has them.
    pub members: Vec<String>,
    /// The last meeting, with a link to it; empty if there is none.
    pub last_meeting: String,
    /// What earlier meetings left open, as a list; empty if there is nothing.
    pub open_matters: String,
    /// Who keeps the page of the body, as its head has it; empty if nobody is named.
    pub owner: String,
}

/// What `site` knows of a document of `kind` that the body in the folder `folder` has on `day`.
#[must_use]
pub fn known(site: &Site, kind: KindId, folder: &str, day: jiff::civil::Date) -> Known {
    let language = Language::of(&site.config.language);
    let schema = site.kinds.get(kind);
    let here = format!("{}/{folder}", schema.folder);
    let body = body(site, schema, folder);
    let members = body.map(|body| members(site, body, day)).unwrap_or_default();
    let Some(body) = body else { return Known { members, ..Known::default() } };
    let last = site.ids().filter(|(id, document)| {
        document.kind == kind
            && document.published == Published::Whole
            && query::body(site, *id) == Some(body)
            && query::day(document).is_some_and(|held| held < day)
    });
    let last = last.max_by_key(|(id, document)| (query::day(document), *id)).map(|(_, document)| document);
    let last_meeting = last.and_then(|document| {
        let words = language.date(document.date?);
        Some(format!("[{words}]({})", path_from(&here, &document.path)))
    });
    let open = query::open_matters(site, &language, body, day);
    let lines: Vec<String> = open.iter().map(|id| matter(site, &language, &here, *id)).collect();
    let owner = match query::end(site, body, Role::Owner) {
        Some(RelationEnd::Document { document, .. }) => site.document(*document).id.to_string(),
        Some(RelationEnd::Words(words)) => words.to_string(),
        None => String::new(),
    };
    Known { members, last_meeting: last_meeting.unwrap_or_default(), open_matters: lines.join("\n"), owner }
}

/// The body whose folder is called `folder`.
fn body(site: &Site, kind: &Kind, folder: &str) -> Option<DocumentId> {
    let relation = kind.relation(kind.folder_names.as_deref()?)?;
    let folders = relation.to.iter().filter_map(|name| site.kinds.by_name(name));
    folders.into_iter().find_map(|kind| site.find(&format!("{}/{folder}", site.kinds.get(kind).folder)))
}

/// The names of those who sit on a body on a day.
fn members(site: &Site, body: DocumentId, day: jiff::civil::Date) -> Vec<String> {
    let document = site.document(body);
    let Some(field) = site.kinds.get(document.kind).role(Role::Members) else { return Vec::new() };
    let Some(who) = field.parts().iter().find(|part| part.alone) else { return Vec::new() };
    let groups = document.fields.get(&field.name).map(Value::groups).unwrap_or_default();
    let is_over = |group: &&Fields| {
        let end = group.with_role(field.parts(), Role::To).and_then(Value::date).and_then(crate::model::Date::latest);
        end.is_none_or(|end| end >= day)
    };
    let name = |group: &Fields| match group.get(&who.name)? {
        Value::Reference(reference) => Some(
            site.find(&reference.id).map_or_else(|| reference.id.to_string(), |id| site.document(id).title.to_string()),
        ),
        value => value.text().map(str::to_owned),
    };
    groups.into_iter().filter(is_over).filter_map(name).collect()
}

/// A line for something that is open: its words, which lead to where it was promised, who is to do it, by when.
fn matter(site: &Site, language: &Language, here: &str, id: DocumentId) -> String {
    let document = site.document(id);
    // What is a file of its own is named by it, and found where it is shown.
    let place = document.place.as_ref().filter(|_| !document.has_file());
    let host = place.map_or(document, |place| site.document(place.host));
    let anchor = place.map(|place| format!("#{}", place.anchor)).unwrap_or_default();
    let title = document.title.trim_end_matches('.').replace(['[', ']'], "");
    let mut words = format!("- [{title}]({}{anchor})", path_from(here, &host.path));
    let facts: Vec<String> =
        [owner(site, id, document, language), due(site, id, language)].into_iter().flatten().collect();
    if !facts.is_empty() {
        words.push_str(&format!(" – {}", facts.join(", ")));
    }
    // It was promised at another meeting, and is no second promise.
    words + " {.no-record}"
}

fn owner(site: &Site, id: DocumentId, document: &Document, language: &Language) -> Option<String> {
    let name = &site.kinds.get(document.kind).role(Role::Owner).filter(|field| !field.common)?.name;
    let ends = site.relations[id.0 as usize].iter().filter(|relation| *relation.field == **name);
    let names: Vec<String> = ends
        .map(|relation| match &relation.end {
            RelationEnd::Document { document, .. } => site.document(*document).title.to_string(),
            RelationEnd::Words(words) => words.to_string(),
        })
        .collect();
    (!names.is_empty()).then(|| language.list(&names))
}

fn due(site: &Site, id: DocumentId, language: &Language) -> Option<String> {
    match query::due(site, id) {
        Some(date) => Some(format!("due {}", language.date(date))),
        None => query::value(site, id, Role::Due)?.text().map(|words| format!("due {words}")),
    }
}

/// The path of a file below `content/` from the folder `here`.
fn path_from(here: &str, path: &str) -> String {
    let (here, names): (Vec<&str>, Vec<&str>) = (here.split('/').collect(), path.split('/').collect());
    let same = here.iter().zip(&names).take_while(|(one, other)| one == other).count();
    let up = here[same..].iter().map(|_| "..");
    let parts: Vec<&str> = up.chain(names[same..].iter().copied()).collect();
    let path = parts.join("/");
    if path.contains(' ') { format!("<{path}>") } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_from_folder_to_file() {
        for (path, expected) in [
            ("minutes/board/2026-01-01.md", "2026-01-01.md"),
            ("minutes/board/2026/01.md", "2026/01.md"),
            ("minutes/group/a.md", "../group/a.md"),
            ("actions/a b.md", "<../../actions/a b.md>"),
        ] {
            assert_eq!(path_from("minutes/board", path), expected);
        }
    }
}
