//! The first text of a document: a head that says what to fill in, and the headings that its kind usually has.
//!
//! Input: a kind, what was said of the document, what the site knows. Output: a [`NewFile`], or what is still to be said. Not
//! here: where the answers come from, and how they are asked for.
//!
//! What is begun is a draft. The line that says so stands first and says how the page is published: by deleting it.

use super::NewFile;
use super::known::Known;
use super::words::{comment, filled, quoted, yaml};
use crate::kind::{Field, Kind, NamedBy, Need, Role, Shape};
use crate::model::{Date, slug};

/// How long a line of comment in a head is.
const WIDTH: usize = 100;

/// What was said of a document that is begun.
pub struct Begun<'said> {
    /// Its kind.
    pub kind: &'said Kind,
    /// Its title.
    pub title: Option<&'said str>,
    /// Its day.
    pub day: Option<Date>,
    /// The name of the folder of its body, where its kind has such folders.
    pub folder: Option<&'said str>,
    /// Other fields, by their names, as YAML has them.
    pub fields: Vec<(&'said str, String)>,
    /// The first lines of comment in its head.
    pub about: Option<&'said str>,
    /// Whether nobody is to see it yet.
    pub draft: bool,
    /// Its text; that of the kind if nothing is said.
    pub text: Option<&'said str>,
    /// The day on which it is begun.
    pub today: jiff::civil::Date,
}

/// What has to be said before a document can be begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacks {
    /// Whose it is.
    Body,
    /// Its day.
    Day,
    /// Its title.
    Title,
}

/// The file of a document that is begun.
///
/// # Errors
/// What it cannot be named without.
pub fn document(begun: &Begun<'_>, known: &Known) -> Result<NewFile, Lacks> {
    let kind = begun.kind;
    let mut path = format!("content/{}/", kind.folder);
    if kind.folder_names.is_some() {
        path.push_str(&slug(begun.folder.ok_or(Lacks::Body)?));
        path.push('/');
    }
    let named = name(begun)?;
    path.push_str(&named.stem);
    path.push_str(".md");
    let words = [
        ("last_meeting", known.last_meeting.as_str()),
        ("open_matters", known.open_matters.as_str()),
        ("planned", known.planned.as_str()),
        ("title", begun.title.unwrap_or_default()),
    ];
    let text = filled(begun.text.unwrap_or(&kind.new.text), &words);
    let text = if text.is_empty() { text } else { format!("{text}\n") };
    Ok(NewFile::new(path, format!("---\n{}---\n{text}", head(begun, &named, known))))
}

/// The name of a file, and what it says already.
struct Named {
    stem: String,
    says: Vec<Role>,
}

fn name(begun: &Begun<'_>) -> Result<Named, Lacks> {
    let kind = begun.kind;
    let (mut stem, mut says) = (Vec::new(), Vec::new());
    let by: &[NamedBy] = if kind.new.named_by.is_empty() { &[NamedBy::Title] } else { &kind.new.named_by };
    let number = kind.role(Role::Number).and_then(|field| begun.fields.iter().find(|(name, _)| *name == field.name));
    for by in by {
        match (by, number) {
            (NamedBy::Date, _) => {
                stem.push(begun.day.and_then(Date::iso).ok_or(Lacks::Day)?);
                says.push(Role::Date);
            }
            (NamedBy::Number, Some((_, number))) => stem.push(slug(number)),
            (NamedBy::Number, None) => {}
            // A number is name enough.
            (NamedBy::Title, Some(_)) if kind.new.named_by.contains(&NamedBy::Number) => {}
            (NamedBy::Title, _) => {
                let title = slug(begun.title.ok_or(Lacks::Title)?);
                stem.push(if title.is_empty() { return Err(Lacks::Title) } else { title });
            }
        }
    }
    // A day alone is the title of a meeting; anything else that somebody called it belongs to the name.
    if by == [NamedBy::Date] {
        stem.extend(begun.title.map(slug).filter(|title| !title.is_empty()));
    }
    Ok(Named { stem: stem.join("-"), says })
}

/// The head, without the lines around it.
fn head(begun: &Begun<'_>, named: &Named, known: &Known) -> String {
    let kind = begun.kind;
    let mut head = begun.about.map(|about| comment(about, WIDTH)).unwrap_or_default();
    if let Some(field) = kind.role(Role::Draft).filter(|_| begun.draft) {
        head.push_str(&comment("Nobody sees this page yet. To publish it, delete the next line.", WIDTH));
        head.push_str(&format!("{}: true\n", field.name));
    }
    if let Some((title, field)) = begun.title.zip(kind.role(Role::Title)) {
        head.push_str(&format!("{}: {}\n", field.name, yaml(title)));
    }
    let status = kind.role(Role::Status).map(|field| field.name.as_str());
    let lines = if begun.day.and_then(Date::latest).is_some_and(|day| day > begun.today) {
        &kind.new.coming
    } else {
        &kind.new.past
    };
    let mut left = Vec::new();
    for field in kind.fields.iter().filter(|field| !field.decides() && field.role != Some(Role::Title)) {
        let own_line = || lines.iter().find(|line| line.split(':').next() == Some(field.name.as_str()));
        let given = begun.fields.iter().find(|(name, _)| *name == field.name);
        // The folder says it.
        if kind.folder_names.as_deref() == Some(&*field.name) && given.is_none() {
            continue;
        }
        if let Some((name, value)) = given {
            head.push_str(&format!("{name}: {value}\n"));
        } else if let Some(line) = own_line() {
            if status == Some(field.name.as_str()) {
                head.push_str(&comment(&choices(field), WIDTH));
            }
            head.push_str(&format!("{line}\n"));
        } else if field.role == Some(Role::Date) && begun.day.is_some() {
            let day = begun.day.and_then(Date::iso).filter(|_| !named.says.contains(&Role::Date));
            head.extend(day.map(|day| format!("{}: {day}\n", field.name)));
        } else if field.role == Some(Role::Owner) && field.common && !known.owner.is_empty() {
            head.push_str(&format!("{}: {}\n", field.name, yaml(&known.owner)));
        } else if field.need == Need::Expected {
            head.push_str(&comment(&asked(field), WIDTH));
            head.push_str(&format!("{}:\n", field.name));
        } else if let Some(lines) = carried(field, known) {
            head.push_str(&lines);
        } else if !field.common {
            left.push(format!("`{}`", field.name));
        }
    }
    if !left.is_empty() {
        let more = format!("It may have too: {}. `folkmoot help {}` says what to write.", left.join(", "), kind.name);
        head.push_str(&comment(&more, WIDTH));
    }
    head
}

/// What to write, for a field that is asked for.
fn asked(field: &Field) -> String {
    let choices = choices(field);
    if choices.is_empty() { format!("{} As in: {}", field.help, field.example) } else { choices }
}

/// The words that a choice may be; empty for any other field.
fn choices(field: &Field) -> String {
    let words: Vec<String> = field.choices().iter().map(|choice| format!("`{}`", choice.value)).collect();
    if words.is_empty() { String::new() } else { format!("{} One of {}.", field.help, words.join(", ")) }
}

/// A text as an item of a list in brackets, where a comma would end it.
fn one_of_list(text: &str) -> String {
    if text.contains(',') { quoted(text) } else { yaml(text) }
}

/// The lines of a field for which the site knows who could stand in it.
fn carried(field: &Field, known: &Known) -> Option<String> {
    match field.role {
        Some(Role::Present) if !known.members.is_empty() => {
            let members: Vec<String> = known.members.iter().map(|member| one_of_list(member)).collect();
            let why = "The members, as the page of the body has them. Take the `#` away and write who came.";
            Some(format!("{}# {}: [{}]\n", comment(why, WIDTH), field.name, members.join(", ")))
        }
        Some(Role::Apologies) if matches!(field.shape, Shape::List(_)) => Some(format!("{}: []\n", field.name)),
        _ => None,
    }
}
