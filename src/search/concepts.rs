//! Concepts: all ways to write one thing are one key.
//!
//! Input: [`Concept`]s. Output: which of them begin at a token. Not here: where they come from (`index/concepts.rs`).

use std::collections::BTreeMap;

use super::keys::Key;

/// One thing with all its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Its key: `~asb`.
    pub key: String,
    /// What readers call it: `ASB (anti-social behaviour)`.
    pub name: String,
    /// The ways to write it, each as the names of keys, and none of them empty.
    pub forms: Vec<Vec<String>>,
}

/// The forms of all concepts by their first element.
pub struct Concepts {
    /// The first element of forms → (concept's key, elements), the longest first, then in the order of the glossary.
    forms: BTreeMap<Key, Vec<(Key, Vec<Key>)>>,
}

impl Concepts {
    /// The forms of these concepts; `number` gives the number of a key.
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

    /// The concepts with a form from the token `index` on, each once, as (key, how many tokens), the longest form first.
    /// `fits`: whether the token with this index fits this element.
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
        // The numbers of the keys of concepts are in the order of the glossary.
        found.sort_by_key(|(key, length)| (std::cmp::Reverse(*length), *key));
        found
    }
}
