//! The concepts of a site: from its glossary, and from what readers call the records of a kind.
//!
//! Input: entries with their aliases, and kinds. Output: [`Concept`]s. Not here: where a concept begins in a text
//! (`search/concepts.rs`).

use std::collections::BTreeMap;

use crate::kind::{Kind, Kinds};
use crate::model::{GlossaryEntry, slug};
use crate::search::concepts::Concept;
use crate::search::keys::{NO_KEY, asked_key};
use crate::search::words::{Reading, Token, Words};

/// The longest form of a concept, in tokens.
const LONGEST_FORM: usize = 50;

/// The concepts of a glossary, then those of kinds. If two have the same form, it is the first's.
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
        concepts.push(Concept { key: of_entry(entry), name, forms });
    }
    for (_, kind) in kinds.iter() {
        let forms = forms(kind.search_words.iter().map(String::as_str), &mut words);
        concepts.push(Concept { key: of_kind(kind), name: kind.label.clone(), forms });
    }
    concepts.retain(|concept| !concept.forms.is_empty());
    concepts
}

/// The questions that fields answer, by the wording of which a page is known to answer: for each such field a concept that stands
/// in no text. Fields of one name are one, whatever kinds have them.
pub fn questions(kinds: &Kinds, stem: bool) -> Vec<Concept> {
    let mut words = Words::new(stem, &[]);
    let mut asked: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for field in kinds.iter().flat_map(|(_, kind)| &kind.fields).filter(|field| !field.answers_to.is_empty()) {
        asked.entry(&field.name).or_default().extend(field.answers_to.iter().map(String::as_str));
    }
    let concept = |(name, said): (&str, Vec<&str>)| Concept {
        key: asked_key(name),
        name: String::new(),
        forms: forms(said.into_iter(), &mut words),
    };
    asked.into_iter().map(concept).collect()
}

fn of_entry(entry: &GlossaryEntry) -> String {
    format!("~{}", slug(&entry.term))
}

/// The concept of each entry of a glossary, with the keys of the words of its meaning.
pub fn meanings(glossary: &[GlossaryEntry], stem: bool) -> Vec<(String, Vec<String>)> {
    let mut words = Words::new(stem, &[]);
    let mut reading = Reading::default();
    let mut meaning = |entry: &GlossaryEntry| {
        words.read(entry.meaning.as_deref().unwrap_or_default(), &mut reading);
        let keys =
            reading.tokens.iter().filter(|token| token.main != NO_KEY).map(|token| words.name(token.main).to_owned());
        (of_entry(entry), keys.collect())
    };
    glossary.iter().map(&mut meaning).collect()
}

/// The key of the words that readers say for documents of a kind.
pub fn of_kind(kind: &Kind) -> String {
    format!("~kind.{}", kind.name)
}

/// The forms of a concept, each as the names of keys and once; one that has a token without a key is left out.
fn forms<'forms>(forms: impl Iterator<Item = &'forms str>, words: &mut Words) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = Vec::new();
    let mut reading = Reading::default();
    for form in forms {
        words.read(form, &mut reading);
        let form: Vec<String> = reading.tokens.iter().map(|token| element(words, token)).collect();
        // An expansion may be a whole text, and then nobody asks for it.
        let is_asked_for = (1..=LONGEST_FORM).contains(&form.len());
        if is_asked_for && !form.iter().any(String::is_empty) && !all.contains(&form) {
            all.push(form);
        }
    }
    all
}

/// The name of the key by which a form knows a token: of a word in capitals the key in capitals. Empty if it has none.
fn element(words: &Words, token: &Token) -> String {
    let lexeme = words.lexeme(token);
    let capitals = lexeme.others.iter().find(|_| lexeme.traits.capitals);
    match (capitals, token.main, &lexeme.folded) {
        (Some(key), ..) => words.name(*key).to_owned(),
        (None, NO_KEY, Some(folded)) => folded.to_string(),
        (None, NO_KEY, None) => String::new(),
        (None, main, _) => words.name(main).to_owned(),
    }
}
