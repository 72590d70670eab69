//! What a site knows already of a document that is begun in it: who sits on the body, when it met last, what it left open.
//!
//! Input: a site **for the public**, so that nothing that is withheld is carried into another text; a body and a day. Output:
//! words. Not here: where they go (`document.rs`).

use super::words::{NUMBER, quoted};
use crate::kind::{Kind, KindId, Role};
use crate::language::Language;
use crate::model::{
    Cause, ComesBack, Document, DocumentId, Fields, PlanGroup, PlanTime, Published, RelationEnd, Site, Value,
};
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
    /// What the forward plan has for the meeting beside it, and what is on each agenda: an item each; empty if there is nothing.
    pub planned: String,
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
    let planned = planned(site, &language, schema, (&here, body, day), &open);
    let open_matters = lines.join("\n");
    Known { members, last_meeting: last_meeting.unwrap_or_default(), open_matters, planned, owner }
}

/// The items that the forward plan has for a meeting. What stands among the open matters is no item of its own.
fn planned(
    site: &Site,
    language: &Language,
    kind: &Kind,
    (here, body, day): (&str, DocumentId, jiff::civil::Date),
    open: &[DocumentId],
) -> String {
    let item = kind.heading_kind.as_deref().and_then(|name| site.kinds.by_name(name)).map(|id| site.kinds.get(id));
    let is_meeting = |group: &PlanGroup| {
        let is_day = matches!(group.time, PlanTime::Meeting(meeting) if meeting.day == day);
        is_day && group.body == Ok(body)
    };
    let group = query::planned(site, Some((body, day))).into_iter().find(is_meeting);
    let entries = group.map(|group| group.entries).unwrap_or_default();
    let new = entries.iter().map(|entry| &entry.comes).filter(|comes| !open.contains(&comes.of));
    let items: Vec<String> = new.map(|comes| planned_item(site, language, (here, item), comes)).collect();
    items.join("\n\n")
}

/// An item of an agenda for a line of the forward plan.
fn planned_item(site: &Site, language: &Language, (here, item): (&str, Option<&Kind>), comes: &ComesBack) -> String {
    let document = site.document(comes.of);
    let plain = |words: &str| words.trim_end_matches('.').replace(['[', ']', '{', '}', '«', '»'], "");
    let attribute = |role: Role, value: &str| {
        let field = item.and_then(|item| item.role(role));
        field.map(|field| format!(" {{{}={}}}", field.name, quoted(&plain(value).replace('"', "")))).unwrap_or_default()
    };
    let link =
        |title: &str, (path, anchor): (&str, &str)| format!("[{}]({}{anchor})", plain(title), path_from(here, path));
    match comes.cause {
        Cause::Standing => {
            let who: Vec<String> = query::owed_by(site, comes).iter().map(|end| name_of(site, end)).collect();
            let by = if who.is_empty() { String::new() } else { attribute(Role::Presenter, &language.list(&who)) };
            format!("## {NUMBER}. {}{by}", plain(&query::words_of(site, comes).unwrap_or_default()))
        }
        Cause::Review => {
            let about = attribute(Role::About, &document.id);
            let link = link(&document.title, (&document.path, ""));
            format!("## {NUMBER}. {}{about}\n\n(To look again at {link}.)", plain(&document.title))
        }
        Cause::Due => {
            let matter = query::item_around(site, comes.of).map_or(document, |item| site.document(item));
            let (host, anchor) = match query::said_at(site, comes) {
                RelationEnd::Document { document, anchor } => (site.document(document), anchor),
                RelationEnd::Words(_) => (document, None),
            };
            let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
            let link = link(&document.title, (&host.path, &anchor));
            format!("## {NUMBER}. {}\n\n(To take up {link}.)", plain(&matter.title))
        }
    }
}

fn name_of(site: &Site, end: &RelationEnd) -> String {
    match end {
        RelationEnd::Document { document, .. } => site.document(*document).title.to_string(),
        RelationEnd::Words(words) => words.to_string(),
    }
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
    let names: Vec<String> = ends.map(|relation| name_of(site, &relation.end)).collect();
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
