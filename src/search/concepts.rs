//! Concepts: all ways to write one thing are one key. They come from the glossary, and from what a kind of document
//! calls what is decided.
//!
//! Enters: entries with their aliases. Leaves: [`Concept`]s, and which begin at a place. Absent: where they come from.

use std::collections::BTreeMap;

use super::words::{Key, NO_KEY, Place, Reading, Words};
use crate::kind::{Kind, Kinds};
use crate::model::{GlossaryEntry, slug};

/// One thing with all its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// `~asb`.
    pub key: String,
    /// What readers call it: `ASB (anti-social behaviour)`.
    pub name: String,
    /// Ways to write it, each as the names of keys.
    pub forms: Vec<Vec<String>>,
}

/// The concepts of a glossary, then those of kinds. Where two have one form, it is the first's.
pub fn concepts(glossary: &[GlossaryEntry], kinds: &Kinds, stem: bool) -> Vec<Concept> {
    let mut words = Words::new(stem, &[]);
    let mut concepts = Vec::new();
    for entry in glossary {
        let expansion = entry.expansion.as_deref().filter(|expansion| !expansion.is_empty());
        let name = match expansion {
            Some(expansion) => format!("{} ({expansion})", entry.term),
            None => entry.term.to_string(),
        };
        let aliases = entry.aliases.iter().map(AsRef::as_ref);
        let forms = forms(std::iter::once(entry.term.as_ref()).chain(expansion).chain(aliases), &mut words);
        concepts.push(Concept { key: format!("~{}", slug(&entry.term)), name, forms });
    }
    for (_, kind) in kinds.iter() {
        let forms = forms(kind.search_words.iter().map(String::as_str), &mut words);
        concepts.push(Concept { key: of_kind(kind), name: kind.label.clone(), forms });
    }
    concepts.retain(|concept| !concept.forms.is_empty());
    concepts
}

/// The key of the words that readers say for documents of a kind.
pub fn of_kind(kind: &Kind) -> String {
    format!("~kind.{}", kind.name)
}

fn forms<'forms>(forms: impl Iterator<Item = &'forms str>, words: &mut Words) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = Vec::new();
    for form in forms {
        let form = form_of(form, words);
        if !form.is_empty() && !form.iter().any(String::is_empty) && !all.contains(&form) {
            all.push(form);
        }
    }
    all
}

/// The names of the keys of a form: for a word in capitals the one in capitals.
fn form_of(form: &str, words: &mut Words) -> Vec<String> {
    let mut reading = Reading::default();
    words.read(form, &mut reading);
    reading.places.iter().map(|place| element(words, place)).collect()
}

fn element(words: &Words, place: &Place) -> String {
    let sense = words.sense(place);
    let capitals = sense.others.iter().find(|_| sense.traits.capitals);
    match (capitals, place.main, &sense.folded) {
        (Some(key), ..) => words.name(*key).to_owned(),
        (None, NO_KEY, Some(folded)) => folded.to_string(),
        (None, NO_KEY, None) => String::new(),
        (None, main, _) => words.name(main).to_owned(),
    }
}

/// The forms of all concepts by their first element.
pub struct Concepts {
    /// First element → (concept's key, elements), the longest first, then in the order of the glossary.
    forms: BTreeMap<Key, Vec<(Key, Vec<Key>)>>,
}

impl Concepts {
    /// Takes a number for every key from `number`.
    pub fn new(concepts: &[Concept], number: &mut dyn FnMut(&str) -> Key) -> Self {
        let mut forms: BTreeMap<Key, Vec<(Key, Vec<Key>)>> = BTreeMap::new();
        for concept in concepts {
            let key = number(&concept.key);
            for form in &concept.forms {
                let elements: Vec<Key> = form.iter().map(|name| number(name)).collect();
                forms.entry(elements[0]).or_default().push((key, elements));
            }
        }
        for list in forms.values_mut() {
            list.sort_by_key(|(_, elements)| std::cmp::Reverse(elements.len()));
        }
        Self { forms }
    }

    /// Whether a form begins with this key.
    pub fn begins(&self, key: Key) -> bool {
        self.forms.contains_key(&key)
    }

    /// The concepts with a form from the place `index` on, each once: (key, places), the longest form first.
    pub fn at(&self, index: usize, fits: impl Fn(usize, Key) -> bool) -> Vec<(Key, usize)> {
        let mut found: Vec<(Key, usize)> = Vec::new();
        for (first, forms) in &self.forms {
            if !fits(index, *first) {
                continue;
            }
            for (key, elements) in forms {
                let all = (index..).zip(elements).all(|(at, element)| fits(at, *element));
                if all && !found.iter().any(|(other, _)| other == key) {
                    found.push((*key, elements.len()));
                }
            }
        }
        // Numbers of concepts' keys rise as the glossary goes.
        found.sort_by_key(|(key, length)| (std::cmp::Reverse(*length), *key));
        found
    }
}
