//! What people can read of one file, so that two versions of it can be compared: a change of marks alone must leave every
//! word and every typed value as it was.
//!
//! Input: what `parse` made of a file. Output: a [`Readable`], and the first thing that another version says differently.
//! Not here: spans, marks, places and records, which are what such a change is for.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Fields, Parsed, Value, Visibility, Why, Withheld};

/// What people can read of one file.
#[derive(Debug, Default, PartialEq)]
pub struct Readable {
    /// Why the document is held back, if it is, and why parts of it are.
    held_back: Vec<Why>,
    /// What decides who may see it.
    visibility: Arc<Visibility>,
    /// The words of passages that are exempt.
    exempt: Vec<Box<str>>,
    /// The title, typed or not.
    title: Vec<String>,
    /// Whether the title is the first heading of the text, which is not printed a second time below it.
    is_heading: bool,
    /// The words of the text, in reading order.
    text: Vec<String>,
    /// What was typed into each field.
    typed: BTreeMap<Box<str>, String>,
}

/// What two versions of a file say differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Other people may see it, or other parts of it.
    Audience,
    /// The words of the text.
    Words,
    /// A value that was typed into the field of this name.
    Typed(Box<str>),
}

impl Readable {
    /// What can be read of a file of which `parsed` and `withheld` were made.
    #[must_use]
    pub fn of(parsed: &[Parsed], withheld: &[Withheld]) -> Self {
        let mut readable = Self {
            held_back: withheld.iter().map(|held| held.why).collect(),
            exempt: withheld.iter().flat_map(|held| &held.passages).map(|passage| passage.text.clone()).collect(),
            ..Self::default()
        };
        let held = withheld.iter().filter_map(|held| held.document.as_deref());
        // The words of a record in place are a part of its host's text.
        for document in parsed.iter().chain(held).filter(|document| document.standing.is_none()) {
            readable.add(document);
        }
        readable
    }

    fn add(&mut self, document: &Parsed) {
        let is_typed = document.fields.0.iter().any(|entry| entry.span == document.title_span);
        self.is_heading = document.title_span.end > 0 && !is_typed;
        self.visibility = Arc::clone(&document.visibility);
        self.title = words(&document.title);
        self.text.extend(words(&document.body.plain(document.body.whole(), |_| None)));
        for entry in document.fields.0.iter().filter(|entry| entry.span.end > 0) {
            let mut said = String::new();
            say(&entry.value, &mut said);
            self.typed.insert(entry.name.clone(), said);
        }
    }

    /// What `after`, another version of the file, says differently; `None` if every word and every typed value of this one is
    /// there. Fields that say something for the first time are no difference: their words stood in the file, and no reader
    /// saw them.
    #[must_use]
    pub fn difference(&self, after: &Self) -> Option<Difference> {
        let audience = |readable: &Self| (readable.held_back.clone(), Arc::clone(&readable.visibility));
        if audience(self) != audience(after) || self.exempt != after.exempt {
            return Some(Difference::Audience);
        }
        if let Some((name, _)) = self.typed.iter().find(|(name, said)| after.typed.get(*name) != Some(said)) {
            return Some(Difference::Typed(name.clone()));
        }
        // A heading that was the title may be a heading of the text afterwards, or the other way round.
        let page = |readable: &Self| [readable.title.clone(), readable.text.clone()].concat();
        let own = |readable: &Self| if readable.is_heading { page(readable) } else { readable.text.clone() };
        (page(self) != page(after) && own(self) != own(after)).then_some(Difference::Words)
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Adds what a value says, without the places where it says it.
fn say(value: &Value, said: &mut String) {
    match value {
        Value::List(list) => list.iter().for_each(|(value, _)| say(value, said)),
        Value::Group(Fields(entries)) => {
            for entry in entries {
                said.push_str(&entry.name);
                said.push(':');
                say(&entry.value, said);
            }
        }
        Value::Markdown(text) => said.push_str(&text.plain(text.whole(), |_| None)),
        Value::Landed(text) => said.push_str(&text.body.plain(text.body.whole(), |_| None)),
        // A number, a day or a reference: its form for debugging names no place.
        value => match value.text() {
            Some(text) => said.push_str(text),
            None => said.push_str(&format!("{value:?}")),
        },
    }
    said.push('\n');
}
