//! Concepts: all ways to write one thing are one key.
//!
//! Input: [`Concept`]s. Output: which of them begin at a token. Not here: where they come from (`index/concepts.rs`).

use std::collections::{BTreeMap, BTreeSet};

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

/// The forms of all concepts, as a tree of their elements: a token is never compared with all of them, and thousands that
/// begin with the same words cost no more than a few.
pub struct Concepts {
    /// The first is the root. In one list, since a form may be as long as a text.
    nodes: Vec<Node>,
}

/// Where forms with the same elements have come so far.
#[derive(Default)]
struct Node {
    /// The next element → an index into [`Concepts::nodes`].
    children: Children,
    /// The keys of the concepts of which a form ends here.
    ending: Vec<Key>,
}

/// The elements with which forms go on, each with the place from which to go on after it.
pub type Children = BTreeMap<Key, usize>;

impl Concepts {
    /// The forms of these concepts; `number` gives the number of a key.
    pub fn new(concepts: &[Concept], number: &mut dyn FnMut(&str) -> Key) -> Self {
        let mut nodes = vec![Node::default()];
        for concept in concepts {
            let key = number(&concept.key);
            for form in &concept.forms {
                let mut at = 0;
                for element in form {
                    let next = nodes.len();
                    at = *nodes[at].children.entry(number(element)).or_insert(next);
                    if at == next {
                        nodes.push(Node::default());
                    }
                }
                nodes[at].ending.push(key);
            }
        }
        Self { nodes }
    }

    /// Whether a form begins with this key.
    pub fn begins(&self, key: Key) -> bool {
        self.nodes[0].children.contains_key(&key)
    }

    /// The concepts with a form from the token `index` on, each once, as (key, how many tokens), the longest form first.
    /// `next` adds where forms go on of which the next element fits the token with this index.
    pub fn at(&self, index: usize, next: impl Fn(usize, &Children, &mut Vec<usize>)) -> Vec<(Key, usize)> {
        let mut found: Vec<(Key, usize)> = Vec::new();
        let (mut here, mut after) = (vec![0], Vec::new());
        let mut length = 0;
        while !here.is_empty() {
            here.iter().for_each(|node| next(index + length, &self.nodes[*node].children, &mut after));
            length += 1;
            found.extend(after.iter().flat_map(|node| &self.nodes[*node].ending).map(|key| (*key, length)));
            std::mem::swap(&mut here, &mut after);
            after.clear();
        }
        // The numbers of the keys of concepts are in the order of the glossary.
        found.sort_by_key(|(key, length)| (std::cmp::Reverse(*length), *key));
        let mut seen = BTreeSet::new();
        found.retain(|(key, _)| seen.insert(*key));
        found
    }
}
