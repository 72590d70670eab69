//! What words say where a meeting speaks, and are titles elsewhere: "Part 2", "Executive session", "Meeting in private".
//!
//! Input: a line of minutes, the head of a column. Output: a [`Phrase`], or whether they say so. Not here: words that say it in any text
//! (`spoken.rs`), what lies between two sentences (`sittings.rs`), and the words (`words.toml`).

use super::apart::{bracketed, bracketed_first, run_in};
use super::matching::{begins, has_one};
use super::spoken::Phrase;
use super::words::{TextWords, unnumbered};
use crate::language::letters;

impl TextWords {
    /// What a line says where a meeting speaks; `heads`: it heads what is below it, `foreign`: it does not speak English.
    pub(crate) fn of_meeting(&self, line: &str, (heads, foreign): (bool, bool)) -> Option<Phrase> {
        let own = letters::name(line);
        let foreign = foreign || self.foreign_items.iter().any(|item| begins(&own, item));
        let means = |name: &String| self.meetings.contains(name) && (foreign || !self.foreign.contains(name));
        let named = |words: &str| Some(unnumbered(words)).filter(means);
        let bare = line.trim_matches(['*', '_', ' ', ':', '\\']);
        let unlabelled = bare.trim_start_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ' '));
        if heads && let Some(name) = named(bare) {
            return Some(self.of_whole(&name));
        }
        if heads && (self.gathers(bare) || self.has_core_at_an_edge(bare) || self.closes_below(bare)) {
            return Some(Phrase::Session);
        }
        if let Some((words, rest)) = bracketed_first(unlabelled)
            && named(words).is_some()
        {
            return Some(if rest.is_empty() { Phrase::Below } else { Phrase::Own });
        }
        let behind = |line: &str| {
            let dash = line.rsplit_once(['–', '—']).or_else(|| line.rsplit_once(" - ")).map(|(_, words)| words.trim());
            dash.is_some_and(|words| words.starts_with(char::is_uppercase) && named(words).is_some())
        };
        let brackets =
            || bracketed(bare).last().is_some_and(|words| bare.ends_with([')', ']']) && named(words).is_some());
        if heads && (behind(bare) || brackets()) {
            return Some(Phrase::Titled);
        }
        // "RESOLVED (exempt): that the firm"
        let label = line.split_once(':').map(|(label, _)| label.trim_end_matches(['*', '_', ' ']));
        let marked = |label: &str| {
            let opener = label.split(['(', '[']).next().unwrap_or_default();
            self.opens_record(opener) && bracketed(label).last().is_some_and(|words| named(words).is_some())
        };
        if label.is_some_and(marked) {
            return Some(Phrase::Own);
        }
        let (words, rest) = run_in(line)?;
        (named(words).is_some() && !self.narrates(rest)).then_some(Phrase::RunIn)
    }

    /// Whether a text that has one of a few words which English has too is in another language.
    pub(crate) fn is_foreign(&self, text: &str) -> bool {
        let has = |list: &[String], name: &String| has_one(name, list);
        let names = || text.lines().map(letters::name);
        names().any(|name| has(&self.foreign, &name)) && names().any(|name| has(&self.foreign_texts, &name))
    }

    /// Whether the head of a column says that what stands below it is not for everybody: "Confidential minute".
    pub(crate) fn is_closed_column(&self, head: &str) -> bool {
        let name = letters::name(head);
        let things = || name.split_once('_').filter(|(first, _)| self.strong.iter().any(|strong| strong == first));
        things().is_some_and(|(_, thing)| self.column_things.iter().any(|known| known == thing))
    }

    /// Whether a heading says that a text has more than two parts.
    pub(crate) fn is_third(&self, line: &str) -> bool {
        self.thirds.iter().any(|words| begins(&unnumbered(line), words))
    }

    /// Whether words say what a meeting did, not what was said there in private; or that there was nothing.
    pub(crate) fn narrates(&self, words: &str) -> bool {
        let name = letters::name(words);
        self.excludes(words) || self.is_nothing(words) || has_one(&name, &self.narrates)
    }
}
