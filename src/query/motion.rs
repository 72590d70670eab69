//! How a decision came about: who moved it, who seconded it, and how many voted which way.
//!
//! Input: a [`Store`] and a document in it. Output: a [`Motion`], and that in a sentence or two. Not here: who voted which
//! way, which is a list of its own on pages; and any field by its name.

use super::facts::{Store, value};
use crate::kind::{Role, Shape};
use crate::language::Language;
use crate::model::{DocumentId, Value};

/// How a decision came about, as far as the record says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Motion<'site> {
    /// Who moved it.
    pub movers: Vec<&'site str>,
    /// Who seconded it.
    pub seconders: Vec<&'site str>,
    /// What each number of votes is called, and the number: `("For", 7)`.
    pub votes: Vec<(&'site str, i64)>,
}

/// How the document came about; all of it is empty where the record says nothing.
#[must_use]
pub fn motion(site: &impl Store, id: DocumentId) -> Motion<'_> {
    Motion { movers: names(site, id, Role::Mover), seconders: names(site, id, Role::Seconder), votes: votes(site, id) }
}

fn names(site: &impl Store, id: DocumentId, role: Role) -> Vec<&str> {
    match value(site, id, role) {
        Some(Value::List(names)) => names.iter().filter_map(|(name, _)| name.text()).collect(),
        Some(name) => name.text().into_iter().collect(),
        None => Vec::new(),
    }
}

fn votes(site: &impl Store, id: DocumentId) -> Vec<(&str, i64)> {
    let field = site.kinds().get(site.document(id).kind).role(Role::Votes);
    let group = field.and_then(|field| Some((field, value(site, id, Role::Votes)?.groups().into_iter().next()?)));
    let Some((field, group)) = group else { return Vec::new() };
    let counts = field.parts().iter().filter(|part| part.shape == Shape::Integer);
    let said = counts.filter_map(|part| match group.get(&part.name)? {
        Value::Integer(count) => Some((part.label.as_str(), *count)),
        _ => None,
    });
    said.collect()
}

impl Motion<'_> {
    /// "Moved by Cllr Reed, seconded by Cllr Hale. For 7, against 2, abstained 1." `None` if nothing is said.
    #[must_use]
    pub fn in_words(&self, language: &Language) -> Option<String> {
        let (mover, seconder) = (language.list(&self.movers), language.list(&self.seconders));
        let names = [("mover", mover.trim_end_matches('.')), ("seconder", seconder.trim_end_matches('.'))];
        let by = match (mover.is_empty(), seconder.is_empty()) {
            (true, true) => None,
            (false, true) => Some("motion.moved"),
            (true, false) => Some("motion.seconded"),
            (false, false) => Some("motion.moved-and-seconded"),
        };
        let by = by.map(|key| language.say(key, &names));
        // The names of the columns begin with a capital; in a sentence only the first of them does.
        let side = |(at, (side, count)): (usize, &(&str, i64))| {
            let side = if at == 0 { (*side).to_owned() } else { side.to_lowercase() };
            language.say("motion.votes", &[("side", &side), ("count", &count.to_string())])
        };
        let votes: Vec<String> = self.votes.iter().enumerate().map(side).collect();
        let votes = (!votes.is_empty()).then(|| votes.join(&language.say("list.comma", &[])));
        let sentences: Vec<String> = [by, votes]
            .into_iter()
            .flatten()
            .map(|words| language.say("motion.sentence", &[("words", &words)]))
            .collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_motion_in_words_says_what_is_known_and_nothing_else() {
        let language = Language::of("en");
        for (movers, seconders, votes, said) in [
            (
                &["Cllr Reed"][..],
                &["Cllr Hale"][..],
                &[("For", 7), ("Against", 2), ("Abstained", 1)][..],
                Some("Moved by Cllr Reed, seconded by Cllr Hale. For 7, against 2, abstained 1."),
            ),
            (&["Cllr Reed", "Cllr Hale"], &[], &[], Some("Moved by Cllr Reed and Cllr Hale.")),
            (&[], &["S. Hale Jr."], &[], Some("Seconded by S. Hale Jr.")),
            (&[], &[], &[("Against", 0)], Some("Against 0.")),
            (&[], &[], &[], None),
        ] {
            let motion = Motion { movers: movers.to_vec(), seconders: seconders.to_vec(), votes: votes.to_vec() };
            assert_eq!(motion.in_words(&language).as_deref(), said);
        }
    }
}
