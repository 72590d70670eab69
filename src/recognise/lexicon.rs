//! The words of a language that recognition knows, as data: patterns with a name, each with an example that is a test, and
//! lists of words.
//!
//! Input: the files `<language>.<pass>.toml` of this room. Output: a [`Lexicon`]. Not here: what a pattern means for a text;
//! the passes ask for patterns by name.
//!
//! A pattern is a regular expression without regard to capitals, in which a blank stands for any blanks and line breaks and
//! `{name}` for the part of that name, which stands in `[part]` of the same file or of `en.parts.toml`. It is compiled when
//! it is first asked for. The engine needs time that is linear in the words, whatever they are.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

use regex::{Captures, Regex, RegexBuilder};
use serde::Deserialize;

use super::gate::Gate;

/// The files of English, each with the pass that it belongs to.
const ENGLISH: [&str; 7] = [
    include_str!("en.parts.toml"),
    include_str!("en.decisions.toml"),
    include_str!("en.actions.toml"),
    include_str!("en.presence.toml"),
    include_str!("en.items.toml"),
    include_str!("en.meeting.toml"),
    include_str!("en.likely.toml"),
];

/// What other languages call months, and the day of a meeting: a record in two languages has words of both, and a day in
/// any of them is that day.
const OTHERS: [&str; 4] = [
    include_str!("cy.meeting.toml"),
    include_str!("ga.meeting.toml"),
    include_str!("de.meeting.toml"),
    include_str!("fr.meeting.toml"),
];

/// What recognition knows of one language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    phrases: BTreeMap<String, Phrases>,
    words: BTreeMap<String, Vec<String>>,
}

/// The patterns of one name.
#[derive(Debug, Clone, Default)]
struct Phrases {
    patterns: Vec<Arc<Pattern>>,
    /// Which of them are worth trying on a text.
    gate: Arc<OnceLock<Gate>>,
}

/// One way to say something.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    compiled: OnceLock<Regex>,
    /// What it says, where its pass needs to know: an outcome, a role.
    pub(crate) says: Option<Box<str>>,
    /// How much it speaks for or against something, where several patterns are weighed.
    weight: i16,
    /// Words that it fits.
    #[cfg_attr(not(test), allow(dead_code, reason = "a test reads it"))]
    pub(crate) example: String,
    /// Words that it must not fit.
    #[cfg_attr(not(test), allow(dead_code, reason = "a test reads it"))]
    pub(crate) not: Vec<String>,
}

/// A file of words, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    part: BTreeMap<String, String>,
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pattern: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    is: String,
    says: Option<Box<str>>,
    #[serde(default)]
    weight: i16,
    example: String,
    #[serde(default)]
    not: Vec<String>,
}

impl Lexicon {
    /// The words of English, and of other languages what is in every one the same: days.
    pub(crate) fn english() -> &'static Self {
        static ENGLISH_WORDS: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::of_english(|_, part| part, &mut BTreeMap::new()));
        &ENGLISH_WORDS
    }

    /// The words in the files of English, which travel with the program. `part` may make something else of a part, which is given to it
    /// with its name; `parts` has all of them afterwards.
    pub(crate) fn of_english(part: impl Fn(&str, String) -> String, parts: &mut BTreeMap<String, String>) -> Self {
        let files = ENGLISH
            .iter()
            .chain(&OTHERS)
            .map(|text| toml::from_str(text).unwrap_or_else(|error| unreachable!("our own words are TOML: {error}")));
        let mut lexicon = Self::default();
        for file in files {
            let File { part: own, words, pattern } = file;
            parts.extend(own.into_iter().map(|(name, own)| {
                let own = part(&name, own);
                (name, own)
            }));
            for (name, words) in words {
                lexicon.words.entry(name).or_default().extend(words.into_iter().map(|word| word.to_lowercase()));
            }
            for Entry { name, is, says, weight, example, not } in pattern {
                let (source, compiled) = (expanded(&is, parts), OnceLock::new());
                let pattern = Pattern { source, compiled, says, weight, example, not };
                lexicon.phrases.entry(name).or_default().patterns.push(Arc::new(pattern));
            }
        }
        lexicon
    }

    /// Takes the patterns of `other` that are the same as its own, so that each is compiled once.
    pub(crate) fn share(&mut self, other: &Self) {
        for (name, own) in &mut self.phrases {
            let Some(other) = other.phrases.get(name) else { continue };
            let same = |(own, other): (&mut Arc<Pattern>, &Arc<Pattern>)| {
                let same = own.source == other.source;
                if same {
                    *own = Arc::clone(other);
                }
                same
            };
            let shared = own.patterns.iter_mut().zip(&other.patterns).map(same).filter(|same| *same).count();
            if shared == own.patterns.len() && shared == other.patterns.len() {
                own.gate = Arc::clone(&other.gate);
            }
        }
    }

    /// Adds a pattern before all others of a name.
    pub(crate) fn put_first(&mut self, name: &str, pattern: Arc<Pattern>) {
        let phrases = self.phrases.entry(name.to_owned()).or_default();
        phrases.patterns.insert(0, pattern);
        phrases.gate = Arc::default();
    }

    /// The patterns of a name, in the order in which they stand in the file; the first that fits is meant.
    pub(crate) fn patterns(&self, name: &str) -> &[Arc<Pattern>] {
        self.phrases.get(name).map_or(&[], |phrases| &phrases.patterns)
    }

    /// The patterns of a name that may fit somewhere in `text`, in their order.
    fn worth_trying(&self, name: &str, text: &str) -> impl Iterator<Item = &Pattern> {
        let open = self.phrases.get(name).map(|Phrases { patterns, gate }| {
            let gate = gate.get_or_init(|| Gate::new(patterns.iter().map(|pattern| pattern.source.as_str())));
            gate.open_for(text).filter_map(|at| patterns.get(at))
        });
        open.into_iter().flatten().map(AsRef::as_ref)
    }

    /// The first pattern of a name that fits somewhere in `text`, with what it captures.
    pub(crate) fn find<'text>(&self, name: &str, text: &'text str) -> Option<(&Pattern, Captures<'text>)> {
        self.worth_trying(name, text).find_map(|pattern| Some((pattern, pattern.regex().captures(text)?)))
    }

    /// Whether a pattern of a name fits somewhere in `text`.
    pub(crate) fn fits(&self, name: &str, text: &str) -> bool {
        self.worth_trying(name, text).any(|pattern| pattern.regex().is_match(text))
    }

    /// The weights of all patterns of a name that fit somewhere in `text`, added to `weight`; `None` as soon as it is
    /// certain that they do not come to `enough`.
    pub(crate) fn weigh(&self, name: &str, text: &str, mut weight: i16, enough: i16) -> Option<i16> {
        let (fors, againsts): (Vec<_>, Vec<_>) = self.worth_trying(name, text).partition(|pattern| pattern.weight > 0);
        // What would still be added if all that is left to be tried for it fitted.
        let mut hope = fors.iter().map(|pattern| pattern.weight).sum::<i16>();
        for pattern in fors.into_iter().chain(againsts) {
            if weight + hope < enough {
                return None;
            }
            hope -= pattern.weight.max(0);
            if pattern.regex().is_match(text) {
                weight += pattern.weight;
            }
        }
        Some(weight).filter(|weight| *weight >= enough)
    }

    /// Where in `text` each place begins that the group `at`, or else `mark`, of a pattern of a name captures.
    pub(crate) fn all<'text>(&'text self, name: &str, text: &'text str) -> impl Iterator<Item = usize> + 'text {
        let patterns = self.patterns(name).iter();
        patterns
            .flat_map(|pattern| pattern.regex().captures_iter(text))
            .filter_map(|found| Some(found.name("at").or_else(|| found.name("mark"))?.start()))
    }

    /// The words in the list of a name, in small letters.
    pub(crate) fn words(&self, name: &str) -> impl Iterator<Item = &str> {
        self.words.get(name).into_iter().flatten().map(String::as_str)
    }

    /// The words of a list, in small letters.
    #[cfg(test)]
    pub(crate) fn list(&self, name: &str) -> &[String] {
        self.words.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a word, in any letters, is in the list of a name.
    pub(crate) fn has(&self, name: &str, word: &str) -> bool {
        self.position(name, &word.to_lowercase()).is_some()
    }

    /// The place of a word in small letters in the list of a name, from 0.
    pub(crate) fn position(&self, name: &str, word: &str) -> Option<usize> {
        self.words.get(name)?.iter().position(|known| known == word)
    }
}

impl Pattern {
    /// A pattern of a site's own.
    pub(crate) fn own(source: String, says: Option<&str>) -> Self {
        let (compiled, says) = (OnceLock::new(), says.map(Into::into));
        Self { source, compiled, says, weight: 0, example: String::new(), not: Vec::new() }
    }

    /// The regular expression.
    pub(crate) fn regex(&self) -> &Regex {
        self.compiled.get_or_init(|| {
            RegexBuilder::new(&self.source)
                .case_insensitive(true)
                .build()
                .unwrap_or_else(|error| unreachable!("our own pattern {}: {error}", self.source))
        })
    }
}

/// A pattern as a regular expression: with its parts in their places, and any blanks for a blank.
pub(crate) fn expanded(pattern: &str, parts: &BTreeMap<String, String>) -> String {
    /// How deep parts may stand in parts.
    const DEEPEST: usize = 8;
    let mut text = pattern.to_owned();
    for _ in 0..DEEPEST {
        for (name, part) in parts {
            text = text.replace(&format!("{{{name}}}"), &format!("(?:{part})"));
        }
    }
    with_blanks(&text)
}

/// Letters, digits and `_` of the languages that minutes are kept in here. All letters of the world would make each pattern
/// hundreds of times as large, and slow to compile.
const WORD: &str = "0-9A-Za-z_\u{C0}-\u{24F}\u{1E00}-\u{1EFF}";

/// Blanks of all sorts, line ends among them.
const BLANK: &str = r" \t\r\n\u{A0}\u{2002}\u{2003}\u{2009}";

/// A pattern in which a blank stands for any blanks: one that may be left out for none as well, one in a class for any.
/// Classes are small and the borders of words ASCII's, so that the engine needs one pass.
pub(crate) fn with_blanks(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() * 2);
    let (mut class, mut letters) = (false, pattern.chars().peekable());
    let set = |negated: bool, set: &str| format!("[{}{set}]", if negated { "^" } else { "" });
    while let Some(letter) = letters.next() {
        match (letter, class) {
            ('\\', true) => match letters.next() {
                Some('w') => out.push_str(WORD),
                Some('s') => out.push_str(BLANK),
                Some('d') => out.push_str("0-9"),
                other => out.extend(std::iter::once('\\').chain(other)),
            },
            ('\\', false) => match letters.next() {
                Some(short @ ('w' | 'W')) => out.push_str(&set(short == 'W', WORD)),
                Some(short @ ('s' | 'S')) => out.push_str(&set(short == 'S', BLANK)),
                Some('d') => out.push_str("[0-9]"),
                Some('b') => out.push_str(r"(?-u:\b)"),
                other => out.extend(std::iter::once('\\').chain(other)),
            },
            (' ', true) => out.push_str(BLANK),
            (' ', false) => {
                let many = letters.next_if(|next| matches!(next, '?' | '*' | '+'));
                out.push_str(&set(false, BLANK));
                out.push(if matches!(many, Some('?' | '*')) { '*' } else { '+' });
            }
            ('[', _) => {
                class = true;
                out.push(letter);
            }
            (']', _) => {
                class = false;
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pattern_fits_its_example_and_nothing_that_it_must_not() {
        let lexicon = Lexicon::english();
        let phrases = lexicon.phrases.iter();
        let patterns = phrases.flat_map(|(name, all)| all.patterns.iter().map(move |one| (name, one)));
        let wrong = patterns.flat_map(|(name, pattern)| {
            let found =
                |example: &&String| lexicon.worth_trying(name, example).any(|tried| std::ptr::eq(tried, &**pattern));
            let missed = Some(&pattern.example).filter(|example| !found(example) || !pattern.regex().is_match(example));
            let missed = missed.map(|example| format!("{name} does not fit: {example}"));
            let fits = pattern.not.iter().filter(|not| pattern.regex().is_match(not));
            missed.into_iter().chain(fits.map(move |not| format!("{name} fits: {not}")))
        });
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
    }
}
