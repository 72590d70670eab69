//! The words of a language that recognition knows, as data: patterns with a name, each with an example that is a test, and
//! lists of words; days in words (`days.rs`), and printed numbers and letters (`labels.rs`).
//!
//! Input: the files `<language>.<pass>.toml` of `recognise`. Output: a [`Lexicon`]. Not here: what a pattern means for a text;
//! the passes ask for patterns by name.
//!
//! A pattern is a regular expression without regard to capitals, in which a blank stands for any blanks and line breaks and
//! `{name}` for the part of that name, which stands in `[part]` of the same file or of `en.parts.toml`. It is compiled when
//! it is first asked for. The engine needs time that is linear in the words, whatever they are.

pub(crate) mod again;
pub(crate) mod days;
pub(crate) mod deciding;
mod gate;
pub(crate) mod labels;
pub mod names;
mod own_words;
mod pattern;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

use regex::Captures;
use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

use gate::Gate;
pub use own_words::OwnWords;
pub(crate) use pattern::Pattern;

/// The files of English, each with the pass that it belongs to.
const ENGLISH: [&str; 12] = [
    include_str!("../recognise/en.parts.toml"),
    include_str!("../recognise/en.deciding.toml"),
    include_str!("../recognise/en.decisions.toml"),
    include_str!("../recognise/en.actions.toml"),
    include_str!("../recognise/en.presence.toml"),
    include_str!("../recognise/en.movements.toml"),
    include_str!("../recognise/en.items.toml"),
    include_str!("../recognise/en.meeting.toml"),
    include_str!("../recognise/en.likely.toml"),
    include_str!("../recognise/en.follow.toml"),
    include_str!("../recognise/en.ask.toml"),
    include_str!("../recognise/en.plan.toml"),
];

/// What other languages call months, the day of a meeting and those who were there: a record in two languages has words of
/// both, and a day in any of them is that day.
const OTHERS: [&str; 6] = [
    include_str!("../recognise/cy.meeting.toml"),
    include_str!("../recognise/cy.presence.toml"),
    include_str!("../recognise/ga.meeting.toml"),
    include_str!("../recognise/ga.presence.toml"),
    include_str!("../recognise/de.meeting.toml"),
    include_str!("../recognise/fr.meeting.toml"),
];

/// What recognition knows of one language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// All patterns; those of one name stand together.
    patterns: Vec<Arc<Pattern>>,
    /// Where those of each name stand.
    phrases: HashMap<String, Range<usize>, BuildHasherDefault<Names>>,
    /// Which of them are worth trying on a text.
    gate: Arc<OnceLock<Gate>>,
    words: HashMap<String, Words, BuildHasherDefault<Names>>,
}

/// A list of words in small letters, with the place of each.
#[derive(Debug, Clone, Default)]
struct Words {
    list: Vec<String>,
    places: HashMap<String, usize, BuildHasherDefault<Names>>,
}

/// A hash of names that are in the program's own files: nobody can choose them so that they meet.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Names(u64);

impl Hasher for Names {
    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= xxh3_64(bytes);
    }

    // A string ends itself with a byte that is in none.
    fn write_u8(&mut self, _: u8) {}

    // How many bytes there are follows from them.
    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
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
        let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut phrases: BTreeMap<String, Vec<Arc<Pattern>>> = BTreeMap::new();
        for file in files {
            let File { part: own, words: lists, pattern } = file;
            parts.extend(own.into_iter().map(|(name, own)| {
                let own = part(&name, own);
                (name, own)
            }));
            for (name, list) in lists {
                words.entry(name).or_default().extend(list.into_iter().map(|word| word.to_lowercase()));
            }
            for Entry { name, is, says, weight, example, not } in pattern {
                let source = expanded(&is, parts);
                let mut pattern = Pattern::of(source);
                (pattern.says, pattern.weight, pattern.example, pattern.not) = (says, weight, example, not);
                phrases.entry(name).or_default().push(Arc::new(pattern));
            }
        }
        let words = words.into_iter().map(|(name, list)| {
            // Of a word that stands twice the first place counts.
            let places = list.iter().enumerate().rev().map(|(at, word)| (word.clone(), at)).collect();
            (name, Words { list, places })
        });
        Self { words: words.collect(), ..Self::default() }.with_patterns(phrases)
    }

    /// The same with other patterns.
    fn with_patterns(mut self, phrases: BTreeMap<String, Vec<Arc<Pattern>>>) -> Self {
        (self.patterns, self.gate) = (Vec::new(), Arc::default());
        self.phrases.clear();
        for (name, patterns) in phrases {
            let from = self.patterns.len();
            self.patterns.extend(patterns);
            self.phrases.insert(name, from..self.patterns.len());
        }
        self
    }

    /// The same with patterns that stand before all others of their name. Those that are the same in `other` are taken from
    /// there, so that each is compiled once.
    pub(crate) fn with_first(self, own: Vec<(&str, Arc<Pattern>)>, other: &Self) -> Self {
        let mut phrases: BTreeMap<String, Vec<Arc<Pattern>>> = BTreeMap::new();
        let names: BTreeSet<&String> = self.phrases.keys().collect();
        for name in names {
            let (mine, theirs) = (self.patterns(name), other.patterns(name));
            let shared = mine
                .iter()
                .zip(theirs)
                .map(|(mine, theirs)| Arc::clone(if mine.source() == theirs.source() { theirs } else { mine }));
            phrases.insert(name.clone(), shared.chain(mine.iter().skip(theirs.len()).cloned()).collect());
        }
        for (name, pattern) in own {
            phrases.entry(name.to_owned()).or_default().insert(0, pattern);
        }
        self.with_patterns(phrases)
    }

    /// Lets go of what the patterns have worked out while texts were read, which takes more room than a thousand documents. Whichever
    /// is asked again works it out again.
    pub(crate) fn let_go(&self) {
        self.patterns.iter().for_each(|pattern| pattern.let_go());
    }

    /// The patterns of a name, in the order in which they stand in the file; the first that fits is meant.
    pub(crate) fn patterns(&self, name: &str) -> &[Arc<Pattern>] {
        self.phrases.get(name).map_or(&[], |places| &self.patterns[places.clone()])
    }

    /// Gives the patterns of a name that may fit somewhere in `text` to `each`, in their order, until that answers something.
    fn try_each<'own, T>(
        &'own self,
        name: &str,
        text: &str,
        mut each: impl FnMut(&'own Pattern) -> Option<T>,
    ) -> Option<T> {
        let places = self.phrases.get(name)?.clone();
        let gate = self.gate.get_or_init(|| Gate::new(self.patterns.iter().map(|pattern| pattern.needs())));
        gate.open(text, places, |at| each(&self.patterns[at]))
    }

    /// The first pattern of a name that fits somewhere in `text`, with what it captures.
    pub(crate) fn find<'text>(&self, name: &str, text: &'text str) -> Option<(&Pattern, Captures<'text>)> {
        self.try_each(name, text, |pattern| Some((pattern, pattern.captures(text)?)))
    }

    /// Whether a pattern of a name fits somewhere in `text`.
    pub(crate) fn fits(&self, name: &str, text: &str) -> bool {
        self.try_each(name, text, |pattern| pattern.is_match(text).then_some(())).is_some()
    }

    /// The patterns of a name that may fit somewhere in `text`, in the order in which they stand in the file.
    pub(crate) fn worth_trying(&self, name: &str, text: &str) -> Vec<&Pattern> {
        let mut open = Vec::new();
        let _all = self.try_each(name, text, |pattern| {
            open.push(pattern);
            None::<()>
        });
        open
    }

    /// The weights of all patterns of a name that fit somewhere in `text`, added to `weight`; `None` as soon as it is
    /// certain that they do not come to `enough`.
    pub(crate) fn weigh(&self, name: &str, text: &str, mut weight: i16, enough: i16) -> Option<i16> {
        let open = self.worth_trying(name, text).into_iter();
        let (fors, againsts): (Vec<&Pattern>, Vec<_>) = open.partition(|pattern| pattern.weight > 0);
        // What would still be added if all that is left to be tried for it fitted.
        let mut hope = fors.iter().map(|pattern| pattern.weight).sum::<i16>();
        for pattern in fors.into_iter().chain(againsts) {
            if weight + hope < enough {
                return None;
            }
            hope -= pattern.weight.max(0);
            if pattern.is_match(text) {
                weight += pattern.weight;
            }
        }
        Some(weight).filter(|weight| *weight >= enough)
    }

    /// Where in `text` each place begins that a pattern of a name fits, or that its group `at` or else `mark` captures if it has
    /// such a group: pattern by pattern, in the order of the text.
    pub(crate) fn all(&self, name: &str, text: &str) -> Vec<usize> {
        let mut all = Vec::new();
        let _all = self.try_each(name, text, |pattern| {
            let begins = |found: Captures<'_>| Some(found.name("at").or(found.name("mark")).or(found.get(0))?.start());
            all.extend(pattern.all_captures(text).into_iter().filter_map(begins));
            None::<()>
        });
        all
    }

    /// The words in the list of a name, in small letters.
    pub(crate) fn words(&self, name: &str) -> impl Iterator<Item = &str> {
        self.words.get(name).into_iter().flat_map(|words| &words.list).map(String::as_str)
    }

    /// The words of a list, in small letters.
    #[cfg(test)]
    pub(crate) fn list(&self, name: &str) -> &[String] {
        self.words.get(name).map_or(&[], |words| &words.list)
    }

    /// Whether a word, in any letters, is in the list of a name.
    pub(crate) fn has(&self, name: &str, word: &str) -> bool {
        let is_small = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        let word = if is_small { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
        self.position(name, &word).is_some()
    }

    /// The place of a word in small letters in the list of a name, from 0.
    pub(crate) fn position(&self, name: &str, word: &str) -> Option<usize> {
        self.words.get(name)?.places.get(word).copied()
    }
}

/// How deep parts may stand in parts.
const DEEPEST: usize = 8;

/// A pattern as a regular expression: with its parts in their places, and any blanks for a blank.
pub(crate) fn expanded(pattern: &str, parts: &BTreeMap<String, String>) -> String {
    let mut text = String::with_capacity(pattern.len() * 2);
    with_parts(pattern, parts, DEEPEST, &mut text);
    with_blanks(&text)
}

/// Writes a pattern with its parts in their places to `out`. Braces around anything else stay.
fn with_parts(pattern: &str, parts: &BTreeMap<String, String>, deep: usize, out: &mut String) {
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let (before, inside) = rest.split_at(open);
        let named = inside[1..].split_once('}').and_then(|(name, after)| Some((parts.get(name)?, after)));
        out.push_str(before);
        rest = match named.filter(|_| deep > 0) {
            Some((part, after)) => {
                out.push_str("(?:");
                with_parts(part, parts, deep - 1, out);
                out.push(')');
                after
            }
            None => {
                out.push('{');
                &inside[1..]
            }
        };
    }
    out.push_str(rest);
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
        let names = lexicon.phrases.keys().map(String::as_str).collect::<std::collections::BTreeSet<_>>();
        let patterns = names.into_iter().flat_map(|name| lexicon.patterns(name).iter().map(move |one| (name, one)));
        let wrong = patterns.flat_map(|(name, pattern)| {
            let is_it = |tried: &Pattern| std::ptr::eq(tried, &**pattern).then_some(());
            let found = |example: &&String| lexicon.try_each(name, example, is_it).is_some();
            let missed = Some(&pattern.example).filter(|example| !found(example) || !pattern.is_match(example));
            let missed = missed.map(|example| format!("{name} does not fit: {example}"));
            let fits = pattern.not.iter().filter(|not| pattern.is_match(not));
            missed.into_iter().chain(fits.map(move |not| format!("{name} fits: {not}")))
        });
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
    }
}
