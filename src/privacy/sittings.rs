//! Words that tell what was said while the public was not there, the resolution to exclude it, and that it is there again.
//!
//! Input: a sentence, a paragraph, a heading. Output: what it says. Not here: how far that reaches (`disclosure`),
//! headings (`spoken.rs`), and the words (`words.toml`).

use std::sync::LazyLock;

use super::needed::Needed;
use super::words::{TEXT, TextWords, begins, has_word, is_open, pointed, unnumbered};
use crate::language::letters;

/// Among so many words behind "In private session" it is told what was done.
const NEAR: usize = 14;

/// What a paragraph needs to be the resolution to exclude the public.
static EXCLUDING: LazyLock<Needed> = LazyLock::new(|| {
    let words = TEXT.exclusion.iter().map(|words| words.iter().map(String::as_str).collect());
    Needed::of(std::iter::empty(), words, &[])
});

impl TextWords {
    /// Whether a sentence of a paragraph tells what was said or decided in private: "In private session, the Board agreed to sell";
    /// `meeting`: one speaks.
    pub(crate) fn tells_of_private(&self, paragraph: &str, meeting: bool) -> bool {
        paragraph.split(". ").any(|sentence| self.is_of_private(sentence.trim(), meeting))
    }

    fn is_of_private(&self, sentence: &str, meeting: bool) -> bool {
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

    /// Whether a heading ends the part of a meeting that was private.
    pub(crate) fn ends_part(&self, line: &str) -> bool {
        let name = unnumbered(line);
        self.ends.iter().any(|words| begins(&name, words))
    }

    /// Whether all words of a line that heads others say that everybody may read on: `**Open**`.
    pub(crate) fn opens_again(&self, line: &str) -> bool {
        is_open(line) || self.ends.contains(&unnumbered(line))
    }

    /// Whether a sentence says that a meeting went into a closed session: "The Board entered executive session at 8.10 p.m."
    pub(crate) fn enters(&self, sentence: &str) -> bool {
        let name = unnumbered(sentence);
        let enters = |session: &String| {
            let before = format!("_{name}_").split_once(&format!("_{session}_")).map(|(before, _)| before.to_owned());
            let ends = |before: String| {
                self.sitting.entering.iter().any(|verb| before.ends_with(&format!("_{verb}")) || before == *verb)
            };
            before.is_some_and(ends)
        };
        self.sitting.began.contains(&name)
            || self.sitting.began.iter().any(|began| began.contains("session") && begins(&name, began))
            || self.sitting.closed.iter().any(enters)
            || self.is_without_public(&name)
    }

    /// Whether a sentence says that the public had to go, for what was said then and not for good: "The press and public withdrew."
    fn is_without_public(&self, name: &str) -> bool {
        let why = |rest: &str| rest.is_empty() || self.sitting.why.iter().any(|why| begins(rest, why));
        self.sitting.closes.iter().any(|closes| begins(name, closes))
            || pointed(&self.sitting.leaving, name).is_some_and(|(_, rest)| why(rest))
    }

    /// Whether a sentence is of the vote by which a meeting went there.
    pub(crate) fn is_of_vote(&self, sentence: &str) -> bool {
        let name = letters::name(sentence);
        name.is_empty() || self.sitting.voting.iter().any(|word| has_word(&name, word))
    }

    /// Whether a short paragraph says that the public may hear what follows again: "The meeting resumed in public at 8.15 pm."
    pub(crate) fn reopens(&self, paragraph: &str) -> bool {
        const LONGEST: usize = 200;
        if paragraph.len() > LONGEST {
            return false;
        }
        let name = letters::name(paragraph);
        self.reopening.iter().any(|words| has_word(&name, words))
    }

    /// Whether a paragraph is the resolution to exclude the public, or says that it was excluded.
    pub(crate) fn excludes(&self, paragraph: &str) -> bool {
        EXCLUDING.are_in(paragraph)
    }
}
