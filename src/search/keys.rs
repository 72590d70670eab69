//! Keys: the names under which words are found.
//!
//! Input: names of keys. Output: a number for each, given in the order in which names are first met, and the names again.
//! Not here: which keys a word has (`units.rs`).

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use xxhash_rust::xxh3::Xxh3;

/// A key as a number.
pub type Key = u32;

/// The number that stands for no key.
pub const NO_KEY: Key = Key::MAX;

/// A map that is never iterated, so that its order reaches no output.
pub type Map<K, V> = HashMap<K, V, BuildHasherDefault<Xxh3>>;

/// The numbers of names, and the names of numbers.
#[derive(Default)]
pub struct Keys {
    numbers: Map<Box<str>, Key>,
    names: Vec<Box<str>>,
}

impl Keys {
    /// The number of a name; a new name gets the next number.
    pub fn number(&mut self, name: &str) -> Key {
        if let Some(key) = self.numbers.get(name) {
            return *key;
        }
        let key = u32::try_from(self.names.len()).unwrap_or(NO_KEY);
        self.numbers.insert(name.into(), key);
        self.names.push(name.into());
        key
    }

    /// The name of a number that [`Keys::number`] gave.
    pub fn name(&self, key: Key) -> &str {
        &self.names[key as usize]
    }
}

/// Whether the positions of a key are kept. Those of concepts, dates and words in capitals are not: no phrase asks for them.
pub fn has_positions(key: &str) -> bool {
    !key.starts_with(['~', '@', '='])
}

/// The key of the pages of a kind, by the key of what its documents are called.
pub fn pages_key(concept: &str) -> String {
    format!("{concept}.pages")
}

/// Whether a key is one of those, of which the postings are numbers of pages.
pub fn is_pages_key(key: &str) -> bool {
    key.starts_with('~') && key.ends_with(".pages")
}

/// The key of the pages on which a key stands that very many passages have.
pub fn by_page_key(key: &str) -> String {
    pair_key(key, "")
}

/// How the key of a question that fields of some name answer begins.
const ASKED: &str = "~asked.";

/// The key of the questions that fields of this name answer.
pub fn asked_key(field: &str) -> String {
    format!("{ASKED}{field}")
}

/// Whether a key is one of a question that fields answer: no passage is asked to have it.
pub fn is_asked(key: &str) -> bool {
    key.starts_with(ASKED)
}

/// The key of two neighbours. No word has a space, so no other key looks like it.
pub fn pair_key(one: &str, other: &str) -> String {
    format!("{one} {other}")
}
