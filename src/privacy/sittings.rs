//! Words that tell what was said while the public was not there, the resolution to exclude it, and that it is there again.
//!
//! Input: a sentence, a paragraph, a heading. Output: what it says. Not here: how far that reaches (`disclosure`),
//! headings (`spoken.rs`), and the words (`words.toml`).

use std::sync::LazyLock;

use super::lists::Sitting;
use super::matching::{begins, has_one, places_of, pointed};
use super::needed::{ANYWHERE, Needed};
use super::words::{TEXT, TextWords, is_open, undated, unnumbered};
use crate::language::letters;

/// Among so many words behind "In private session" it is told what was done.
const NEAR: usize = 14;

/// Behind words that say that a meeting became private so many say when.
const FEW: usize = 3;

/// A paragraph by which a meeting is closed to the public is not longer, in bytes.
const LONGEST_CLOSING: usize = 600;

/// What a paragraph needs to be the resolution to exclude the public.
static EXCLUDING: LazyLock<Needed> = LazyLock::new(|| {
    let words = TEXT.exclusion.iter().map(|words| words.iter().map(String::as_str).collect());
    Needed::of(std::iter::empty(), (words, ANYWHERE), &[])
});

/// What a paragraph needs to say that a meeting is closed to the public.
static CLOSING: LazyLock<Needed> = LazyLock::new(|| {
    let Sitting { closing, closable, .. } = &TEXT.sitting;
    let words = closing.iter().flat_map(|verb| closable.iter().map(move |what| vec![verb.as_str(), what.as_str()]));
    Needed::of(std::iter::empty(), (words, ANYWHERE), &[])
});

/// What stands before and behind each of some phrases in a name.
fn around_each<'name>(name: &'name str, phrases: &[String]) -> impl Iterator<Item = (&'name str, &'name str)> {
    phrases.iter().filter_map(move |phrase| {
        let at = places_of(name, phrase).next()?;
        Some((name[..at].trim_end_matches('_'), name[at + phrase.len()..].trim_start_matches('_')))
    })
}

/// What stands before the phrase of a list with which a name ends.
fn last_of<'name>(list: &[String], name: &'name str) -> Option<&'name str> {
    let before =
        |phrase: &String| name.strip_suffix(phrase.as_str()).filter(|rest| rest.is_empty() || rest.ends_with('_'));
    list.iter().filter_map(before).min_by_key(|rest| rest.len()).map(|rest| rest.trim_end_matches('_'))
}

/// A name without the words of a list with which it ends.
fn without_last<'name>(name: &'name str, list: &[String]) -> &'name str {
    let mut rest = name;
    while let Some(before) = last_of(list, rest) {
        rest = before;
    }
    rest
}

/// A name without the words of a list with which it begins.
fn without_first<'name>(name: &'name str, list: &[String]) -> &'name str {
    let mut rest = name;
    while let Some((_, behind)) = pointed(list, rest) {
        rest = behind;
    }
    rest
}

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
            has_one(&near, &self.tells)
        };
        let goes_on = |rest: &str| rest.split('_').nth(2).is_some() && tells(rest) && !has_one(rest, &self.ruling);
        if let Some((_, rest)) = pointed(&self.within, &name) {
            return goes_on(rest);
        }
        let bare = pointed(&self.within_meeting, &name).filter(|_| meeting);
        if let Some((_, rest)) = bare.filter(|(_, rest)| pointed(&self.who, rest).is_some()) {
            return goes_on(rest);
        }
        // "The Board agreed in closed session to sell"
        let inside = |words: &String| {
            let whole = places_of(&name, words).map(|at| (&name[..at], &name[at + words.len()..]));
            let (before, after) = whole
                .filter_map(|(before, after)| Some((before.strip_suffix('_')?, after.strip_prefix('_')?)))
                .next()?;
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
        if !self.may_speak(sentence) {
            return false;
        }
        let name = unnumbered(sentence);
        let Sitting { entering, between, closed, began, begun, .. } = &self.sitting;
        let enters = |(before, after): (&str, &str)| {
            last_of(entering, without_last(before, between)).is_some() || pointed(begun, after).is_some()
        };
        began.contains(&name)
            || began.iter().any(|began| began.contains("session") && begins(&name, began))
            || around_each(&name, closed).any(enters)
            || self.is_without_public(&name)
    }

    /// Whether a name says that a closed session ended, or that an open one began: "the board rose from in camera".
    fn leaves(&self, name: &str) -> bool {
        let Sitting { leaving_from, from, articles, ending, ended, returning, resumed, between, closed, open, .. } =
            &self.sitting;
        let out = |before: &str| {
            let from = last_of(from, without_last(before, articles));
            from.is_some_and(|before| last_of(leaving_from, before).is_some())
        };
        let leaves = |(before, after): (&str, &str)| {
            last_of(ending, without_last(before, articles)).is_some() || out(before) || pointed(ended, after).is_some()
        };
        let returns = |(before, after): (&str, &str)| {
            last_of(returning, without_last(before, between)).is_some() || pointed(resumed, after).is_some()
        };
        around_each(name, closed).any(leaves)
            || around_each(name, open).any(returns)
            || self.to_public(name, &self.sitting.opening)
            || self.turns(name, &self.sitting.turned_back)
            || self.of_public(name, &self.sitting.back).is_some()
    }

    /// Whether a sentence says that the public had to go, for what was said then and not for good: "The press and public withdrew."
    fn is_without_public(&self, name: &str) -> bool {
        let why = |rest: &str| rest.is_empty() || self.sitting.why.iter().any(|why| begins(rest, why));
        self.sitting.closes.iter().any(|closes| begins(name, closes))
            || pointed(&self.sitting.leaving, name).is_some_and(|(_, rest)| why(rest))
            || self.of_public(name, &self.sitting.gone).is_some_and(why)
            || self.to_public(name, &self.sitting.closing)
            || self.turns(name, &self.sitting.turned)
    }

    /// Whether a name has one of some verbs, then a meeting, and then that it is to the public: "that council close the meeting to the public".
    fn to_public(&self, name: &str, verbs: &[String]) -> bool {
        let Sitting { closable, to, public, articles, .. } = &self.sitting;
        around_each(name, verbs).any(|(_, rest)| {
            let meeting = pointed(closable, without_first(rest, articles)).and_then(|(_, rest)| pointed(to, rest));
            meeting.is_some_and(|(_, rest)| pointed(public, without_first(rest, articles)).is_some())
        })
    }

    /// Whether a name says that a meeting became one of these, and little else: "the meeting became confidential at 8".
    fn turns(&self, name: &str, turned: &[String]) -> bool {
        let Sitting { closable, turning, articles, .. } = &self.sitting;
        let verb = pointed(closable, without_first(name, articles)).and_then(|(_, rest)| pointed(turning, rest));
        let rest = verb.and_then(|(_, rest)| pointed(turned, rest)).map(|(_, rest)| undated(rest));
        rest.is_some_and(|rest| rest.split('_').count() <= FEW)
    }

    /// Whether a heading says that the meeting was closed to the public from there on: "Close meeting to the public".
    pub(crate) fn closes_below(&self, line: &str) -> bool {
        let name = unnumbered(line);
        self.to_public(&name, &self.sitting.closing) || self.turns(&name, &self.sitting.turned)
    }

    /// Whether a heading is of the exclusion of the public, so that what it has below it in parts of its own was said without it.
    pub(crate) fn is_of_exclusion(&self, line: &str) -> bool {
        self.closes_below(line) || self.excludes(line)
    }

    /// What follows if a sentence says of the public, or of what shows it the meeting, what one of these words says: "At 8.05 pm the press and
    /// public left".
    fn of_public<'name>(&self, name: &'name str, said: &[String]) -> Option<&'name str> {
        let Sitting { public, aux, first, .. } = &self.sitting;
        let counts = |word: &str| word.bytes().all(|sign| sign.is_ascii_digit());
        let mut rest = name;
        loop {
            if let Some((_, mut after)) = pointed(public, rest) {
                while let Some((_, behind)) = pointed(aux, after).filter(|_| pointed(said, after).is_none()) {
                    after = behind;
                }
                return pointed(said, after).map(|(_, behind)| behind);
            }
            let word = rest.split('_').next().filter(|word| !word.is_empty())?;
            if !counts(word) && !first.iter().any(|known| known == word) {
                return None;
            }
            rest = rest[word.len()..].trim_start_matches('_');
        }
    }

    /// What follows if a sentence says that the public had, or will have, to go.
    pub(super) fn goes<'name>(&self, name: &'name str) -> Option<&'name str> {
        self.of_public(name, &self.sitting.gone)
    }

    /// What stands in a heading before words that say that the public was not there: "Matters considered with the press and public absent".
    pub(super) fn before_without_public<'name>(&self, name: &'name str) -> Option<&'name str> {
        let Sitting { public, aux, gone, without, .. } = &self.sitting;
        let with = |(before, rest): (&'name str, &'name str)| {
            let mut after = pointed(public, without_first(rest, aux)).map(|(_, after)| after)?;
            while let Some((_, behind)) = pointed(aux, after).filter(|_| pointed(gone, after).is_none()) {
                after = behind;
            }
            let (_, rest) = pointed(gone, after)?;
            (rest.is_empty() || self.sitting.why.iter().any(|why| begins(rest, why))).then_some(before)
        };
        around_each(name, without).find_map(with)
    }

    /// Whether a sentence is of the vote by which a meeting went there.
    pub(crate) fn is_of_vote(&self, sentence: &str) -> bool {
        let name = letters::name(sentence);
        name.is_empty() || has_one(&name, &self.sitting.voting)
    }

    /// Whether a short paragraph says that the public may hear what follows again: "The meeting resumed in public at 8.15 pm."
    pub(crate) fn reopens(&self, paragraph: &str) -> bool {
        const LONGEST: usize = 200;
        if paragraph.len() > LONGEST {
            return false;
        }
        let name = letters::name(paragraph);
        has_one(&name, &self.reopening) || self.leaves(&name)
    }

    /// Whether a paragraph is the resolution to exclude the public, or says that it was excluded.
    pub(crate) fn excludes(&self, paragraph: &str) -> bool {
        let closes = || CLOSING.are_in(paragraph) && self.to_public(&letters::name(paragraph), &self.sitting.closing);
        EXCLUDING.are_in(paragraph) || (paragraph.len() <= LONGEST_CLOSING && closes())
    }
}
