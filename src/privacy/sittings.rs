//! Words that tell what was said while the public was not there, and the resolution after which it was not.
//!
//! Input: a sentence, a paragraph. Output: what it says of itself, or of what follows it. Not here: how far that reaches (`disclosure`),
//! headings (`spoken.rs`), and the words (`words.toml`).

use super::edges::{numbered, pointed};
use super::spoken::Phrase;
use super::words::{TextWords, has_word, unnumbered};
use crate::language::letters;

/// Among so many words behind "In private session" it is told what was done.
const NEAR: usize = 14;

impl TextWords {
    /// Whether a sentence tells what was said or decided in private: "In private session, the Board agreed to sell"; `meeting`: one speaks.
    pub(crate) fn tells_of_private(&self, sentence: &str, meeting: bool) -> bool {
        let name = unnumbered(sentence);
        let lists = [Some(&self.within), meeting.then_some(&self.within_meeting)];
        let tells = |rest: &str| {
            let near = rest.split('_').take(NEAR).collect::<Vec<_>>().join("_");
            self.tells.iter().any(|verb| has_word(&near, verb))
        };
        let goes_on = |rest: &str| {
            rest.split('_').nth(2).is_some() && tells(rest) && !self.ruling.iter().any(|word| has_word(rest, word))
        };
        if let Some((_, rest)) = pointed(&self.within, &name) {
            return goes_on(rest);
        }
        let bare = pointed(&self.within_meeting, &name).filter(|_| meeting);
        if let Some((_, rest)) = bare.filter(|(_, rest)| pointed(&self.who, rest).is_some()) {
            return goes_on(rest);
        }
        // "The Board agreed in closed session to sell"
        let inside = |words: &String| {
            let (before, after) = name.split_once(&format!("_{words}_"))?;
            let verb = before.rsplit('_').next().unwrap_or_default();
            let limb = after.split('_').next().unwrap_or_default();
            (self.tells.iter().any(|tells| tells == verb) && matches!(limb, "that" | "to")).then_some(())
        };
        lists.into_iter().flatten().flatten().find_map(inside).is_some()
    }

    /// What a paragraph that is the resolution to exclude the public says of what follows it, if it says that it was excluded.
    pub(crate) fn excluded(&self, paragraph: &str) -> Option<Phrase> {
        let name = letters::name(paragraph);
        let has = |list: &[String]| list.iter().any(|words| has_word(&name, words));
        if !self.excludes(paragraph) || has(&self.considered) || !has(&self.excluded) || self.reopens(paragraph) {
            return None;
        }
        let items = name.match_indices("_item").find_map(|(at, _)| Some(numbered(&name[at + 1..], self)?.0));
        Some(match () {
            () if let Some(items) = items => Phrase::Items(items),
            () if has(&self.of_next) => Phrase::Next,
            () if has(&self.of_this) => Phrase::Below,
            () => Phrase::Part,
        })
    }
}
