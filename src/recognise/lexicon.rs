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
use std::sync::{LazyLock, OnceLock};

use regex::{Captures, Regex, RegexBuilder};
use serde::Deserialize;

/// The files of English, each with the pass that it belongs to.
const ENGLISH: [&str; 6] = [
    include_str!("en.parts.toml"),
    include_str!("en.decisions.toml"),
    include_str!("en.actions.toml"),
    include_str!("en.presence.toml"),
    include_str!("en.items.toml"),
    include_str!("en.meeting.toml"),
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
#[derive(Debug, Default)]
pub struct Lexicon {
    patterns: BTreeMap<String, Vec<Pattern>>,
    words: BTreeMap<String, Vec<String>>,
}

/// One way to say something.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    compiled: OnceLock<Regex>,
    /// What it says, where its pass needs to know: an outcome, a role.
    pub(crate) says: Option<Box<str>>,
    /// Words that it fits.
    pub(crate) example: String,
    /// Words that it must not fit.
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
    example: String,
    #[serde(default)]
    not: Vec<String>,
}

impl Lexicon {
    /// The words of English, and of other languages what is in every one the same: days.
    pub(crate) fn english() -> &'static Self {
        static ENGLISH_WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&[&ENGLISH[..], &OTHERS].concat()));
        &ENGLISH_WORDS
    }

    /// The words in the texts of files, which travel with the program.
    fn of(files: &[&str]) -> Self {
        let files: Vec<File> = files
            .iter()
            .map(|text| toml::from_str(text).unwrap_or_else(|error| unreachable!("our own words are TOML: {error}")))
            .collect();
        let mut parts = BTreeMap::new();
        let mut lexicon = Self::default();
        for file in files {
            parts.extend(file.part);
            for (name, words) in file.words {
                lexicon.words.entry(name).or_default().extend(words.into_iter().map(|word| word.to_lowercase()));
            }
            for Entry { name, is, says, example, not } in file.pattern {
                let pattern = Pattern { source: expanded(&is, &parts), compiled: OnceLock::new(), says, example, not };
                lexicon.patterns.entry(name).or_default().push(pattern);
            }
        }
        lexicon
    }

    /// The patterns of a name, in the order in which they stand in the file; the first that fits is meant.
    pub(crate) fn patterns(&self, name: &str) -> &[Pattern] {
        self.patterns.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first pattern of a name that fits somewhere in `text`, with what it captures.
    pub(crate) fn find<'text>(&self, name: &str, text: &'text str) -> Option<(&Pattern, Captures<'text>)> {
        self.patterns(name).iter().find_map(|pattern| Some((pattern, pattern.regex().captures(text)?)))
    }

    /// Whether a pattern of a name fits somewhere in `text`.
    pub(crate) fn fits(&self, name: &str, text: &str) -> bool {
        self.patterns(name).iter().any(|pattern| pattern.regex().is_match(text))
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
fn expanded(pattern: &str, parts: &BTreeMap<String, String>) -> String {
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
fn with_blanks(pattern: &str) -> String {
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
        let patterns = lexicon.patterns.iter().flat_map(|(name, patterns)| patterns.iter().map(move |one| (name, one)));
        let wrong = patterns.flat_map(|(name, pattern)| {
            let missed = Some(&pattern.example).filter(|example| !pattern.regex().is_match(example));
            let missed = missed.map(|example| format!("{name} does not fit: {example}"));
            let fits = pattern.not.iter().filter(|not| pattern.regex().is_match(not));
            missed.into_iter().chain(fits.map(move |not| format!("{name} fits: {not}")))
        });
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
    }
}
