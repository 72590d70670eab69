//! Words that say that something is private because each of them is known: put together by nobody before, in any of several languages.
//!
//! Input: a heading, a line, what stands between brackets. Output: whether all of it says so, or only looks as if it did. Not here:
//! phrases that are listed whole (`spoken.rs`), what is held back (`disclosure`), and the words (`words.toml`).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lists::Forbids;
use super::matching::{begins, has_one, has_word, pointed};
use super::words::{TEXT, TextWords, is_label, undated, unlabelled, unnumbered};
use crate::language::letters;

/// A mark has so many words at most.
const LONGEST: usize = 14;

/// A line of its own that looks like a mark has so many words at most.
const LONGEST_LINE: usize = 9;

/// A part of a title that one word makes private has so many words at most.
const FEW: usize = 3;

/// A stem with so many letters more is another form of its word.
const ENDING: usize = 2;

/// What a word or several say in a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// That something is private.
    Core,
    /// That it may be.
    Weak,
    /// Nothing by themselves.
    Around,
}

/// What all words of a text say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Composed {
    /// That something is private.
    Said,
    /// Perhaps that.
    Hinted,
}

/// The phrases of each list, by their first word, the longest first.
static PHRASES: LazyLock<HashMap<&'static str, Vec<(&'static str, Part)>>> = LazyLock::new(|| {
    let text: &'static TextWords = &TEXT;
    let lists =
        [(&text.composed.cores, Part::Core), (&text.composed.weak, Part::Weak), (&text.composed.around, Part::Around)];
    let mut phrases: HashMap<&'static str, Vec<(&'static str, Part)>> = HashMap::new();
    for (list, part) in lists {
        for phrase in list {
            let first = phrase.split('_').next().unwrap_or_default();
            phrases.entry(first).or_default().push((phrase, part));
        }
    }
    #[expect(clippy::iter_over_hash_type, reason = "each list is put in order by itself")]
    for list in phrases.values_mut() {
        list.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    }
    phrases
});

impl Forbids {
    /// What follows a word for what is not to be done, behind any that say how widely.
    fn shown_behind<'name>(&self, name: &'name str) -> Option<&'name str> {
        let widely = || pointed(&self.widely, name).and_then(|(_, rest)| self.shown_behind(rest));
        widely().or_else(|| pointed(&self.shown, name).map(|(_, behind)| behind))
    }
}

impl TextWords {
    /// Whether all words of a line, or all before a bracket that says more, say together that something is private.
    pub(crate) fn is_composed(&self, line: &str) -> bool {
        self.composed(line) == Some(Composed::Said)
    }

    /// Whether a line that is no sentence says behind a dash that it is not for publication: "Pupil records – not subject to public inspection".
    pub(super) fn ends_opened(&self, line: &str) -> bool {
        let line = line.trim_end_matches(['*', '_', ' ']);
        let behind = line.split_once(['–', '—']).or_else(|| line.split_once(" - "));
        !line.ends_with(['.', '!', '?', ':']) && behind.is_some_and(|(_, words)| self.opens(words.trim()))
    }

    /// Whether one of several words behind the label of a form is a mark: "Status: Draft / Confidential / Do not distribute".
    pub(super) fn lists_mark(&self, line: &str) -> bool {
        const LONGEST_VALUE: usize = 4;
        let bare = line.trim_matches(['*', '_', ' ']);
        let Some((label, value)) = bare.split_once(':') else { return false };
        let values: Vec<&str> =
            value.split(['/', ',', ';', '|']).map(|value| value.trim_matches(['*', '_', ' '])).collect();
        let short = |value: &&str| value.split_whitespace().count() <= LONGEST_VALUE;
        let says = |value: &&str| value.starts_with(char::is_uppercase) && self.is_composed(value);
        let is_form = unnumbered(label).split('_').all(|word| self.forms.iter().any(|form| form == word));
        is_form && values.len() > 1 && values.iter().all(short) && values.iter().any(says)
    }

    /// The same of words beside a title, of which all must be known.
    pub(super) fn is_composed_beside(&self, words: &str) -> bool {
        self.all_known(words) == Some(Composed::Said) && !self.is_lifted(words)
    }

    /// Whether words look like a mark that no rule understands: some of them say that something is private, and they stand where a mark
    /// does. `alone`: on a line or between brackets of their own, and not at the end of a title.
    pub(crate) fn looks_marked(&self, words: &str, alone: bool) -> bool {
        let name = unnumbered(words);
        let count = name.split('_').count();
        let denied = self.is_denied(&name) || self.is_lifted(words) || self.is_nothing(words) || self.denies(words);
        if denied || has_one(&name, &self.composed.harmless) {
            return false;
        }
        let ends = || self.has_core(&name, |rest| rest.is_empty());
        let has = || alone && count <= LONGEST_LINE && self.has_core(&name, |_| true);
        (alone && self.composed(words).is_some()) || has() || (!alone && ends())
    }

    /// Whether a name has a core or a stem, and behind its last word what is asked for.
    fn has_core(&self, name: &str, behind: impl Fn(&str) -> bool) -> bool {
        let starts = std::iter::once(0).chain(name.match_indices('_').map(|(at, _)| at + 1));
        let mut starts = starts.map(|at| &name[at..]);
        starts.any(|rest| matches!(self.part(rest), Some((Part::Core, rest)) if behind(rest)))
    }

    fn composed(&self, line: &str) -> Option<Composed> {
        // "Closed session (s. 90)"
        let before = || {
            let line = unlabelled(line);
            let by_law = || line.split_once(['–', '—']).filter(|(_, rest)| self.names_a_statute(rest));
            let (before, rest) = by_law().or_else(|| line.split_once(['(', '[']))?;
            let said = self.all_known(before).filter(|_| unnumbered(before).contains('_'));
            said.filter(|_| !self.is_nothing(rest.trim_end_matches([')', ']'])))
        };
        self.all_known(line).or_else(before).filter(|_| !self.is_lifted(line) && !self.denies(line))
    }

    /// What words say together that are all known.
    fn all_known(&self, words: &str) -> Option<Composed> {
        // Behind a colon, and in a sentence, there may be what is private itself.
        let gives_reason = !words.contains(": ") && !words.trim_end().ends_with('.');
        self.composed_name(&unnumbered(words), gives_reason)
    }

    fn composed_name(&self, name: &str, gives_reason: bool) -> Option<Composed> {
        // A word that denies is none of those that are known.
        let passes = name.split('_').count() <= LONGEST && !self.beside.acts.iter().any(|act| begins(name, act));
        if !passes {
            return None;
        }
        let (mut rest, mut said) = (name, None);
        while !rest.is_empty() {
            let first = rest.split('_').next().unwrap_or_default();
            let Some((part, behind)) = self.part(rest) else {
                if undated(first).is_empty() || first.chars().count() == 1 || is_label(first) {
                    rest = rest[first.len()..].trim_start_matches('_');
                    continue;
                }
                return None;
            };
            said = match part {
                Part::Core => Some(Composed::Said),
                Part::Weak => said.or(Some(Composed::Hinted)),
                Part::Around => said,
            };
            // "Executive session pursuant to ORS 192"
            let several = rest[..rest.len() - behind.len()].trim_end_matches('_').contains('_');
            if gives_reason && part == Part::Core && several && pointed(&self.beside.after, behind).is_some() {
                return said;
            }
            rest = behind;
        }
        said
    }

    /// What the first words of a name say, and what follows them.
    fn part<'name>(&self, name: &'name str) -> Option<(Part, &'name str)> {
        let first = name.split('_').next().unwrap_or_default();
        let listed = PHRASES.get(first).and_then(|list| list.iter().find(|(phrase, _)| begins(name, phrase)));
        let is_form = |stem: &String| first.strip_prefix(stem.as_str()).is_some_and(|ending| ending.len() <= ENDING);
        let behind = |length: usize| name[length..].trim_start_matches('_');
        match listed {
            Some((phrase, part)) if *part != Part::Around => Some((*part, behind(phrase.len()))),
            _ if let Some(rest) = self.forbidden(name) => Some((Part::Core, rest)),
            _ if self.composed.stems.iter().any(is_form) => Some((Part::Core, behind(first.len()))),
            Some((phrase, part)) => Some((*part, behind(phrase.len()))),
            None => None,
        }
    }

    /// What follows words that say that something is not to be shown, if a name begins with such: "not for wider distribution".
    fn forbidden<'name>(&self, name: &'name str) -> Option<&'name str> {
        self.composed.forbids.iter().find_map(|language| language.shown_behind(pointed(&language.not, name)?.1))
    }

    /// Whether the title of an item of a meeting begins or ends with several words that are said of what is private, whatever else it says, and
    /// not of what was done with that: "Affaires traitées à huis clos".
    pub(super) fn has_core_at_an_edge(&self, line: &str) -> bool {
        let name = unnumbered(line);
        let core = |words: &str| match self.part(words) {
            Some((Part::Core, behind)) => Some(words[..words.len() - behind.len()].trim_end_matches('_').to_owned()),
            _ => None,
        };
        let several = |core: String| core.contains('_').then_some(core);
        let starts = || std::iter::once(0).chain(name.match_indices('_').map(|(at, _)| at + 1)).map(|at| &name[at..]);
        let denies = |words: &str| {
            let before = name[..name.len() - words.len()].trim_end_matches('_').rsplit('_').next();
            self.denying.iter().any(|word| before == Some(word.as_str()))
        };
        let is_core = |words: &str| core(words).and_then(several).is_some_and(|core| core.len() == words.len());
        let ends = || starts().any(|words| is_core(words) && !denies(words));
        let about = |word: &String| has_word(&name, word);
        let paper = || self.papers.iter().any(|words| begins(&name, words));
        // What is forbidden at the beginning may be anything: "Do not share needles".
        let begins_so = || match self.forbidden(&name) {
            Some(_) => pointed(&self.sure, &name).is_some(),
            None => core(&name).and_then(several).is_some_and(|core| {
                let behind = name[core.len()..].trim_start_matches('_');
                pointed(&self.composed.owning, behind).is_none()
            }),
        };
        if paper() {
            return !self.is_nothing(line);
        }
        // "In camera: a festival of film"
        if line.split_once(':').is_some_and(|(label, rest)| self.is_described(label, rest)) {
            return false;
        }
        (begins_so() || ends() || self.has_sure_part(line))
            && !self.composed.about.iter().chain(&self.composed.harmless).chain(&self.beside.acts).any(about)
            && !(self.is_lifted(line) || self.denies(line) || self.is_nothing(line))
    }

    /// Whether one part of a title has few words, and one of them is said of nothing but what is private: "Materion cyfrinachol – staffio".
    fn has_sure_part(&self, line: &str) -> bool {
        let is_form =
            |word: &str, stem: &String| word.strip_prefix(stem.as_str()).is_some_and(|ending| ending.len() <= ENDING);
        let sure = |word: &str| self.composed.sure_stems.iter().any(|stem| is_form(word, stem));
        let parts = line.split([':', '–', '—', '(', ')', '[', ']', ',']).flat_map(|part| part.split(" - "));
        parts.map(unnumbered).any(|part| part.split('_').count() <= FEW && part.split('_').any(sure))
    }

    /// Whether words forbid to show something, and say nothing else: "Note for editors – please remove before this goes online".
    pub(super) fn is_forbidding(&self, words: &str) -> bool {
        let name = unnumbered(words);
        let mut starts = std::iter::once(0).chain(name.match_indices('_').map(|(at, _)| at + 1));
        self.is_composed(words) && starts.any(|at| self.forbidden(&name[at..]).is_some())
    }

    /// Whether a remark that is set apart, in bold, between brackets or behind its label, has a part that forbids to show it.
    pub(super) fn is_forbidding_remark(&self, line: &str) -> bool {
        let bare = line.trim();
        let signs = [("**", "**"), ("*", "*"), ("_", "_"), ("[", "]"), ("(", ")")];
        let set = signs.iter().any(|(open, close)| bare.starts_with(open) && bare.ends_with(close));
        let labelled = || bare.split_once(": ").is_some_and(|(label, _)| self.remarks.contains(&unnumbered(label)));
        (set || labelled()) && self.has_forbidding_part(bare)
    }

    /// Whether a part of the words for a picture forbids to show it: "The gate – no consent to publish".
    pub(crate) fn has_forbidding_part(&self, words: &str) -> bool {
        let parts = words.split(['–', '—', ',', ';', '(', ')', '[', ']', ':']);
        parts.flat_map(|part| part.split(" - ")).flat_map(|part| part.split(". ")).any(|part| self.is_forbidding(part))
    }

    /// The words of a line that stand where a mark does, and look like one that no rule understands: all of a line that is `set` apart, or
    /// what stands between brackets or behind the last dash of a title.
    pub(crate) fn suspected<'line>(&self, line: &'line str, (heading, set): (bool, bool)) -> Option<&'line str> {
        let bare = line.trim_matches(['#', '*', '_', '=', '`', '~', ' ', '\\']);
        let titled = || {
            let behind =
                bare.rsplit_once(['–', '—']).or_else(|| bare.rsplit_once(" - ")).or_else(|| bare.rsplit_once(": "));
            let behind = behind.map(|(_, words)| words.trim()).filter(|words| self.looks_marked(words, true));
            behind.or_else(|| Some(bare).filter(|words| self.looks_marked(words, false)))
        };
        // "(name withheld at her request – Ann Lee)"
        let told_after_all = |words: &str| {
            let (mark, rest) =
                words.split_once(['–', '—', ':', ',']).or_else(|| words.split_once(" - ")).unwrap_or_default();
            let name = letters::name(mark);
            self.hints.iter().any(|hint| begins(&name, hint)) && rest.contains(char::is_alphabetic)
        };
        let brackets =
            || super::apart::bracketed(bare).find(|words| self.looks_marked(words, true) || told_after_all(words));
        let alone = || Some(bare).filter(|words| set && self.looks_marked(words, true));
        brackets().or_else(alone).or_else(|| if heading { titled() } else { None })
    }
}

/// Whether a key that is in no list says by its words whether something may be shown: `publishable_to_web`.
pub(super) fn asks_to_show(name: &str, (shows, beside): (&[String], &[String])) -> bool {
    let is = |list: &[String], word: &str| list.iter().any(|known| known == word);
    name.contains('_')
        && name.split('_').any(|word| is(shows, word))
        && name.split('_').all(|word| is(shows, word) || is(beside, word))
}

/// Whether a key that is in no list says by a word what becomes of a document: `publication_decision`.
pub(super) fn decides(name: &str, deciding: &[String]) -> bool {
    name.split('_').any(|word| deciding.iter().any(|known| known == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_all_known_say_it_in_many_languages() {
        for words in [
            "Public Excluded Section",
            "II. Nichtöffentlicher Teil",
            "C1. Public excluded items",
            "Część niejawna",
            "Séance à huis clos",
            "Asunto reservado",
            "LAW ENFORCEMENT SENSITIVE (LES)",
            "CLOSED MEETING REPORT – Municipal Act, 2001, s. 239(2)(c)",
            "X. Executive Session pursuant to ORS 192.660(2)(e)",
            "Document confidentiel",
        ] {
            assert!(TEXT.is_composed(words), "{words}");
        }
        for words in [
            "Private road",
            "Confidential waste bins",
            "Exempt from business rates",
            "Vertraulichkeit",
            "Plazas reservadas para familias",
            "Executive Committee session",
            "Not confidential",
            "Part 2: What we will do",
            "Release of confidential items",
            "Exempt items: none",
            "Exempt (dead or dangerous)",
            "Contract (EXEMPT)",
            "Not for publication by virtue of paragraph 3: the bid was high.",
        ] {
            assert!(!TEXT.is_composed(words), "{words}");
        }
    }

    #[test]
    fn what_looks_like_a_mark_is_told_from_what_is_about_something() {
        for (words, alone) in [
            ("Private", true),
            ("internal", true),
            ("green, confidential to Smith", true),
            ("Sale of the depot confidential", false),
        ] {
            assert!(TEXT.looks_marked(words, alone), "{words}");
        }
        for (words, alone) in [
            ("private road", true),
            ("restricted access in spring", true),
            ("Confidential helpline", true),
            ("Confidential waste", false),
            ("Exempt vehicles", false),
            ("none exempt", true),
        ] {
            assert!(!TEXT.looks_marked(words, alone), "{words}");
        }
    }
}
