//! What somebody types who begins a document: its kind, whose it is, its day, its title, its facts.
//!
//! Input: words, and the site in which it is begun. Output: what they say of the document, or what to type instead. Not here: asking
//! (`cli`), and the text of the document (`document.rs`).

use std::collections::BTreeSet;

use super::document::{Begun, Lacks};
use super::known::{Known, known};
use super::words::yaml;
use crate::diagnostic::nearest;
use crate::kind::{Field, Kind, KindId, Kinds, NamedBy, Need, Role, Shape};
use crate::model::{Date, Site, slug};
use crate::query;
use crate::source::Sources;

/// The kind that was typed, by its name, its folder or what readers call it.
///
/// # Errors
/// There is no such kind; the sentence names the one that may be meant.
pub fn kind_named(typed: &str, kinds: &Kinds) -> Result<KindId, String> {
    let same = |name: &str| slug(name) == slug(typed);
    let found = kinds.iter().find(|(_, kind)| [&kind.name, &kind.folder, &kind.label].iter().any(|name| same(name)));
    found.map(|(id, _)| id).ok_or_else(|| {
        let names = kinds.list.iter().flat_map(|kind| [kind.name.as_str(), kind.folder.as_str()]);
        let near = nearest(typed, names).map(|near| format!(" Is `folkmoot new {near}` meant?"));
        let near = near.unwrap_or_else(|| " `folkmoot new` says which there are.".to_owned());
        format!("There is no kind of document `{typed}`.{near}")
    })
}

/// Whether documents of a kind are parts of the text of others: items of an agenda.
#[must_use]
pub fn is_part_of_text(kind: &Kind, kinds: &Kinds) -> bool {
    kinds.list.iter().any(|other| other.heading_kind.as_deref() == Some(&*kind.name))
}

/// `minutes BODY DAY`, `priority "TITLE"`.
#[must_use]
pub fn usage(kind: &Kind, kinds: &Kinds) -> String {
    let mut usage = kind.name.clone();
    if let Some(body) = kind.folder_names.as_deref().and_then(|field| kind.relation(field)).and_then(|to| to.to.first())
    {
        let label = kinds.by_name(body).map_or(body.as_str(), |id| &kinds.get(id).label);
        usage.push_str(&format!(" {}", label.to_uppercase()));
    }
    let named_by: &[NamedBy] = if kind.new.named_by.is_empty() { &[NamedBy::Title] } else { &kind.new.named_by };
    for by in named_by {
        usage.push_str(match by {
            NamedBy::Date => " DAY",
            NamedBy::Title => " \"TITLE\"",
            NamedBy::Number => "",
        });
    }
    usage
}

/// Where a document is begun.
pub struct Place<'site> {
    /// The site, as the public sees it.
    pub site: &'site Site,
    /// Its files.
    pub sources: &'site Sources,
    /// The kind of the document.
    pub id: KindId,
    /// The same.
    pub kind: &'site Kind,
    /// The day on which it is begun.
    pub today: jiff::civil::Date,
}

impl Place<'_> {
    /// The folders of bodies that the site has, by the pages of bodies and by the folders of earlier meetings.
    #[must_use]
    pub fn bodies(&self) -> Vec<(String, String)> {
        let relation = self.kind.folder_names.as_deref().and_then(|field| self.kind.relation(field));
        let of_body =
            |kind: &KindId| relation.is_some_and(|relation| relation.to.contains(&self.site.kinds.get(*kind).name));
        let pages = self.site.ids().filter(|(_, document)| of_body(&document.kind));
        let mut bodies: Vec<(String, String)> = pages
            .filter_map(|(_, document)| Some((document.id.split_once('/')?.1.to_owned(), document.title.to_string())))
            .collect();
        let begin = format!("content/{}/", self.kind.folder);
        let folders: BTreeSet<&str> = self
            .sources
            .ids()
            .filter_map(|(_, file)| file.path.strip_prefix(&begin)?.split_once('/').map(|(folder, _)| folder))
            .collect();
        for folder in folders {
            if !bodies.iter().any(|(known, _)| known == folder) && Date::parse(folder).is_none() {
                bodies.push((folder.to_owned(), folder.to_owned()));
            }
        }
        bodies
    }

    /// The folder of the body that was typed.
    fn body_named(&self, typed: &str) -> Result<String, String> {
        let bodies = self.bodies();
        let same = |(folder, title): &&(String, String)| slug(folder) == slug(typed) || slug(title) == slug(typed);
        if let Some((folder, _)) = bodies.iter().find(same) {
            return Ok(folder.clone());
        }
        let names: Vec<&str> = bodies.iter().map(|(folder, _)| folder.as_str()).collect();
        let advice = match nearest(&slug(typed), names.iter().copied()) {
            Some(near) => format!("Is `{near}` meant?"),
            None if names.is_empty() => "The site has none yet.".to_owned(),
            None => format!("The site has: {}.", names.join(", ")),
        };
        let relation = self.kind.folder_names.as_deref().and_then(|field| self.kind.relation(field));
        let begin = relation.and_then(|relation| relation.to.first()).map(|kind| {
            format!(" A new one begins with:  folkmoot new {kind} \"{}\"", crate::language::capital(typed))
        });
        Err(format!("Nobody who meets is called `{typed}`. {advice}{}", begin.unwrap_or_default()))
    }
}

/// What was said of the document so far.
#[derive(Debug, Default)]
pub struct Said {
    folder: Option<String>,
    day: Option<Date>,
    title: Option<String>,
    fields: Vec<(String, String)>,
}

impl Said {
    /// Takes words as typed: a day in any of its forms, whose it is, and of what is left the title.
    ///
    /// # Errors
    /// Nobody who meets is called so.
    pub fn read(words: &[String], place: &Place<'_>) -> Result<Self, String> {
        let mut said = Self::default();
        let mut left: Vec<&str> = words.iter().map(String::as_str).collect();
        if place.kind.role(Role::Date).is_some()
            && let Some((from, to, day)) = day_in(&left)
        {
            said.day = Some(day);
            left.drain(from..to);
        }
        if place.kind.folder_names.is_some() && !left.is_empty() {
            said.folder = Some(said.body(&mut left, place)?);
        }
        if !left.is_empty() {
            said.title = Some(left.join(" "));
        }
        if said.day.is_none() && place.kind.folder_names.is_none() && place.kind.new.named_by.contains(&NamedBy::Date) {
            said.day = Some(Date::Day(place.today));
        }
        Ok(said)
    }

    /// The body that the first words name: as many of them as are its name, which may be typed without quotes.
    fn body(&self, left: &mut Vec<&str>, place: &Place<'_>) -> Result<String, String> {
        for length in (1..=left.len()).rev() {
            if let Ok(folder) = place.body_named(&left[..length].join(" ")) {
                left.drain(..length);
                return Ok(folder);
            }
        }
        place.body_named(left.remove(0))
    }

    /// Takes `name=value`.
    ///
    /// # Errors
    /// The kind has no such fact, or it cannot hold that.
    pub fn set(&mut self, set: &[String], kind: &Kind) -> Result<(), String> {
        for typed in set {
            let Some((name, value)) = typed.split_once('=') else {
                return Err(format!(
                    "--set cannot be understood: `{typed}`. Type a name and a value:\n--set \"summary=They are mended.\""
                ));
            };
            let name = name.trim();
            let Some(field) = kind.field(name) else {
                let names = kind.fields.iter().map(|field| field.name.as_str());
                let near = nearest(name, names).map(|near| format!(" Is `{near}` meant?"));
                let near = near.unwrap_or_else(|| format!(" `folkmoot help {}` says which there are.", kind.name));
                return Err(format!("{} has no fact `{name}`.{near}", kind.label));
            };
            self.fill(field, value.trim())?;
        }
        Ok(())
    }

    /// Takes the value of a field, as a person types it.
    ///
    /// # Errors
    /// It is none of the words that the field may be.
    pub fn fill(&mut self, field: &Field, value: &str) -> Result<(), String> {
        if !field.choices().is_empty() && field.choice(value).is_none() {
            let words: Vec<&str> = field.choices().iter().map(|choice| choice.value.as_str()).collect();
            return Err(format!("`{}` is one of {}, and not `{value}`.", field.name, words.join(", ")));
        }
        match field.role {
            Some(Role::Title) => self.title = Some(value.to_owned()),
            Some(Role::Date) if Date::parse(value).is_some() => self.day = Date::parse(value),
            _ => {
                let is_whole = !field.parts().is_empty() || matches!(field.shape, Shape::List(_));
                // Lists and groups are typed as a head has them.
                let value = if is_whole && value.starts_with(['[', '{']) { value.to_owned() } else { yaml(value) };
                self.fields.retain(|(known, _)| *known != field.name);
                self.fields.push((field.name.clone(), value));
            }
        }
        Ok(())
    }

    /// The document as far as it is said.
    #[must_use]
    pub fn begun<'said>(&'said self, place: &Place<'said>) -> Begun<'said> {
        Begun {
            kind: place.kind,
            title: self.title.as_deref(),
            day: self.day,
            folder: self.folder.as_deref(),
            fields: self.fields.iter().map(|(name, value)| (name.as_str(), value.clone())).collect(),
            about: None,
            draft: true,
            text: None,
            today: place.today,
        }
    }

    /// What the site knows of it.
    #[must_use]
    pub fn known(&self, place: &Place<'_>) -> Known {
        let day = self.day.and_then(Date::earliest).unwrap_or(place.today);
        self.folder.as_ref().map(|folder| known(place.site, place.id, folder, day)).unwrap_or_default()
    }

    /// The file of the meeting that the body has on that day already, unless this one has a title: most often it has another name.
    #[must_use]
    pub fn same_day<'site>(&self, place: &Place<'site>) -> Option<&'site str> {
        let (folder, day) = self.folder.as_ref().zip(self.day).filter(|_| self.title.is_none())?;
        let body = |id| query::body(place.site, id).and_then(|body| place.site.document(body).id.split_once('/'));
        let same = place.site.ids().find(|(id, document)| {
            let of_body = body(*id).is_some_and(|(_, name)| name == folder);
            document.kind == place.id && document.date == Some(day) && of_body
        });
        same.map(|(_, document)| &*document.path)
    }

    /// Takes an answer to what the document lacks.
    ///
    /// # Errors
    /// It cannot be understood.
    pub fn answer(&mut self, lacks: Lacks, typed: &str, place: &Place<'_>) -> Result<(), String> {
        match lacks {
            Lacks::Body => self.folder = Some(place.body_named(typed)?),
            Lacks::Day => self.day = Some(Date::parse(typed).ok_or_else(|| format!("`{typed}` is not a day."))?),
            Lacks::Title if slug(typed).is_empty() => return Err("A title has letters in it.".to_owned()),
            Lacks::Title => self.title = Some(typed.to_owned()),
        }
        Ok(())
    }

    /// The facts that readers need and that were not said.
    pub fn open_facts<'kind>(&self, kind: &'kind Kind) -> Vec<&'kind Field> {
        let known = [Some(Role::Date), Some(Role::Body), Some(Role::Title)];
        let wanted = kind.fields.iter().filter(|field| field.need == Need::Expected && !known.contains(&field.role));
        wanted.filter(|field| self.fields.iter().all(|(name, _)| *name != field.name)).collect()
    }
}

/// The longest run of words that is a day: where it begins and ends.
fn day_in(words: &[&str]) -> Option<(usize, usize, Date)> {
    let runs =
        (1..=words.len().min(4)).rev().flat_map(|length| (0..=words.len() - length).map(move |from| (from, length)));
    runs.filter_map(|(from, length)| {
        let day = Date::parse(&words[from..from + length].join(" "))?;
        matches!(day, Date::Day(_)).then_some((from, from + length, day))
    })
    .next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::built_in;

    #[test]
    fn a_day_is_found_among_words() {
        let found = |words: &str| {
            let words: Vec<&str> = words.split(' ').collect();
            day_in(&words).map(|(from, to, day)| (from, to, day.iso().unwrap_or_default()))
        };
        assert_eq!(found("board 2026-12-08"), Some((1, 2, "2026-12-08".to_owned())));
        assert_eq!(found("board 8 December 2026"), Some((1, 4, "2026-12-08".to_owned())));
        assert_eq!(found("8/12/2026 board"), Some((0, 1, "2026-12-08".to_owned())));
        assert_eq!(found("the plan for 2026"), None);
    }

    #[test]
    fn kinds_are_known_by_any_of_their_names() {
        let kinds = built_in();
        let named = |typed: &str| kind_named(typed, &kinds).map(|id| kinds.get(id).name.clone());
        for typed in ["priority", "priorities", "Priority", "PRIORITY"] {
            assert_eq!(named(typed).as_deref(), Ok("priority"));
        }
        let sentence = "There is no kind of document `minuts`. Is `folkmoot new minutes` meant?";
        assert_eq!(named("minuts"), Err(sentence.to_owned()));
    }
}
