//! Which of many patterns can fit in a text at all, found by one search for the words without which none of them fits.
//!
//! Input: the sources of patterns, and a text. Output: the patterns that are worth trying. Not here: whether one fits; the
//! regular expression says that.
//!
//! A sentence of minutes is asked for hundreds of phrases and has one or two. A phrase mostly needs certain words: "it was
//! agreed" needs `it`, one of `was` and `were`, and one of the verbs; a number with a day needs a digit. Each such choice is a
//! [clause](Clause); a pattern whose clauses are not all met cannot fit. Nor can one that holds only at the beginning of a text that
//! begins otherwise.
//!
//! All patterns of a language share one search: a pass asks for thirty phrases in the same sentence, and the sentence is
//! read once for all of them ([`Heard`]).

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use xxhash_rust::xxh3::xxh3_64;

/// Words and signs of which a pattern needs one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Clause {
    words: Vec<Word>,
    signs: Signs,
}

/// A word, or a part of one, in small letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Word {
    letters: String,
    /// Whether it begins a word of the text, and whether it ends one: `had`, but not `shade`.
    edges: Edges,
}

/// Something that is so before a word, and after it.
type Edges = [bool; 2];

/// A word of fewer letters is in nearly every sentence.
const SHORTEST: usize = 2;

/// A choice of more words is met too often to be worth a search.
const MOST_WORDS: usize = 240;

/// A sign that stands there so many times in a row is no word.
const MOST_SIGNS: u32 = 8;

/// Signs of ASCII, as bits, and [`OTHER`].
type Signs = u128;

/// Any sign outside ASCII.
const OTHER: Signs = 1 << 127;

/// Signs that nearly every text has: letters, blanks, and where a sentence ends.
const EVERYWHERE: Signs = {
    let (mut signs, mut sign) = (0, 0_u8);
    while sign < 127 {
        if sign.is_ascii_alphabetic() || sign.is_ascii_whitespace() || sign == b'.' || sign == b',' {
            signs |= 1 << sign;
        }
        sign += 1;
    }
    signs
};

/// What one pattern needs.
#[derive(Debug, Default)]
pub(crate) struct Needs {
    clauses: Vec<Clause>,
    /// With which signs of ASCII a text has to begin; any other sign may begin it. Found when it is first asked for.
    first: OnceLock<Option<Signs>>,
    source: String,
}

impl Needs {
    /// What a regular expression needs that disregards capitals.
    pub(crate) fn of(source: &str) -> Self {
        // Without regard to capitals each letter of a word would be a choice of two.
        let words = ParserBuilder::new().build().parse(source);
        let (clauses, anchored) = words.map_or_else(
            |_| (Vec::new(), false),
            |parsed| {
                let anchored = parsed.properties().look_set_prefix().contains(Look::Start);
                let mut clauses = clauses_of(&parsed, [false; 2]);
                // To look for a sign in all of a long text takes longer than to see that its beginning is another one.
                clauses.retain(|clause| !(anchored && clause.signs != 0));
                (clauses, anchored)
            },
        );
        let first = if anchored { OnceLock::new() } else { OnceLock::from(None) };
        Self { clauses, first, source: source.to_owned() }
    }

    /// Whether a text begins as it has to.
    fn begins(&self, text: &str) -> bool {
        let signs = self.first.get_or_init(|| {
            let parsed = ParserBuilder::new().case_insensitive(true).build().parse(&self.source).ok()?;
            match first_of(&parsed) {
                (signs, false) => Some(signs),
                (_, true) => None,
            }
        });
        let first = text.bytes().next();
        signs.is_none_or(|signs| first.is_some_and(|first| !first.is_ascii() || signs & sign(first) != 0))
    }
}

/// What several patterns need.
#[derive(Debug)]
pub(crate) struct Gate {
    /// Distinguishes it from all others.
    number: usize,
    /// Finds every word of every clause; `None` if there are too many.
    words: Option<AhoCorasick>,
    /// For each word the clauses that it meets, and at which edges of it words of the text have to begin and end.
    meets: Vec<Vec<(usize, Edges)>>,
    /// For each clause the signs that meet it.
    signs: Vec<Signs>,
    /// For each pattern the clauses that it needs.
    needs: Vec<(Vec<usize>, Arc<Needs>)>,
}

/// The clauses that a text meets, as bits.
#[derive(Debug, Default)]
struct Heard {
    gate: usize,
    text: String,
    met: Vec<u64>,
}

/// How many texts are remembered: the sentences of a document of usual length, which one pass after another asks about, and parts of
/// them.
const REMEMBERED: usize = 512;

/// A longer text, in bytes, is not held for long: it would only take room.
const LONGEST: usize = 10_000;

thread_local! {
    /// What was heard in texts, each in the place that its hash gives it; one more at the end for a text that is too long.
    static HEARD: RefCell<Vec<Heard>> = const { RefCell::new(Vec::new()) };
}

impl Gate {
    /// A gate for patterns, in their order.
    pub(crate) fn new<'a>(patterns: impl Iterator<Item = &'a Arc<Needs>>) -> Self {
        static GATES: AtomicUsize = AtomicUsize::new(1);
        let mut numbers: HashMap<&'a Clause, usize> = HashMap::new();
        let mut places: HashMap<&'a str, usize> = HashMap::new();
        let mut words: Vec<&str> = Vec::new();
        let mut meets: Vec<Vec<(usize, Edges)>> = Vec::new();
        let (mut needs, mut signs) = (Vec::new(), Vec::new());
        for pattern in patterns {
            let mut own = Vec::new();
            for clause in &pattern.clauses {
                let next = numbers.len();
                let number = *numbers.entry(clause).or_insert(next);
                signs.extend((number == next).then_some(clause.signs));
                for Word { letters, edges } in clause.words.iter().filter(|_| number == next) {
                    let at = *places.entry(letters).or_insert_with(|| {
                        words.push(letters);
                        meets.push(Vec::new());
                        words.len() - 1
                    });
                    meets[at].push((number, *edges));
                }
                own.push(number);
            }
            needs.push((own, Arc::clone(pattern)));
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&words);
        let words = automaton.ok();
        // Without the search nothing is known, so that every pattern is tried.
        if words.is_none() {
            needs.iter_mut().for_each(|(clauses, _)| clauses.clear());
        }
        Self { number: GATES.fetch_add(1, Ordering::Relaxed), words, meets, signs, needs }
    }

    /// Gives those of the patterns at `places` that may fit somewhere in a text to `each`, in their order, until that answers
    /// something. While it runs it must ask no gate.
    pub(crate) fn open<T>(
        &self,
        text: &str,
        mut places: Range<usize>,
        mut each: impl FnMut(usize) -> Option<T>,
    ) -> Option<T> {
        HEARD.with_borrow_mut(|heard| {
            // Patterns that need no word are tried without a search.
            let mut listened = None;
            places.find_map(|at| {
                let (clauses, needs) = &self.needs[at];
                if !clauses.is_empty() && listened.is_none() {
                    listened = Some(self.listen(text, heard));
                }
                let heard = listened.map(|place| &heard[place].met);
                let has = |clause: &usize| heard.is_some_and(|met| met[clause / 64] >> (clause % 64) & 1 == 1);
                if clauses.iter().all(has) && needs.begins(text) { each(at) } else { None }
            })
        })
    }

    /// The place of the clauses that a text meets. It is searched unless it is the one that was asked about last of those with this
    /// place.
    fn listen(&self, text: &str, heard: &mut Vec<Heard>) -> usize {
        heard.resize_with(REMEMBERED + 1, Heard::default);
        let place = if text.len() > LONGEST { REMEMBERED } else { xxh3_64(text.as_bytes()) as usize % REMEMBERED };
        let one = &mut heard[place];
        if one.gate != self.number || one.text != text {
            one.gate = self.number;
            one.text.clear();
            one.text.push_str(text);
            one.met.clear();
            one.met.resize(self.signs.len().div_ceil(64), 0);
            self.search(text, &mut one.met);
        }
        place
    }

    fn search(&self, text: &str, met: &mut [u64]) {
        let bytes = text.as_bytes();
        let mut has = [false; 256];
        bytes.iter().for_each(|byte| has[usize::from(*byte)] = true);
        let shown = (0..=u8::MAX).zip(has).filter(|(_, has)| *has).fold(0, |signs, (byte, _)| signs | sign(byte));
        let shows = self.signs.iter().enumerate().filter(|(_, signs)| shown & **signs != 0);
        shows.for_each(|(clause, _)| met[clause / 64] |= 1 << (clause % 64));
        let is_apart = |byte: Option<&u8>| !byte.is_some_and(|byte| is_of_word(*byte));
        for found in self.words.iter().flat_map(|words| words.find_overlapping_iter(text)) {
            let before = is_apart(found.start().checked_sub(1).and_then(|before| bytes.get(before)));
            let after = is_apart(bytes.get(found.end()));
            for (clause, [begins, ends]) in &self.meets[found.pattern().as_usize()] {
                if (before || !begins) && (after || !ends) {
                    met[clause / 64] |= 1 << (clause % 64);
                }
            }
        }
    }
}

/// The bit of a byte of a text.
fn sign(byte: u8) -> Signs {
    if byte.is_ascii() { 1 << byte } else { OTHER }
}

/// Whether a byte is of a word, as the borders of words in patterns see it (`(?-u:\b)`).
fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The clauses that every text meets in which an expression fits. `edges` say that what stands around it is of no word.
fn clauses_of(expression: &Hir, edges: Edges) -> Vec<Clause> {
    match expression.kind() {
        HirKind::Literal(literal) => {
            // Letters outside ASCII have capitals that the search does not know.
            let text = std::str::from_utf8(&literal.0).unwrap_or_default();
            let parts = text.split(|letter: char| !letter.is_ascii() && letter.is_alphabetic());
            let known = parts.max_by_key(|part| part.len()).unwrap_or_default().as_bytes();
            let edge = |known: bool, own: Option<&u8>, whole: Option<&u8>| {
                let reaches = own.zip(whole).is_some_and(|(own, whole)| std::ptr::eq(own, whole));
                known && reaches && own.is_some_and(|own| is_of_word(*own))
            };
            let begins = edge(edges[0], known.first(), literal.0.first());
            let ends = edge(edges[1], known.last(), literal.0.last());
            let letters = String::from_utf8_lossy(known).to_ascii_lowercase();
            if letters.len() < SHORTEST {
                rare(literal.0.iter().fold(0, |signs, byte| signs | sign(*byte)))
            } else {
                vec![Clause { words: vec![Word { letters, edges: [begins, ends] }], signs: 0 }]
            }
        }
        HirKind::Class(class) => rare(of_class(class)),
        HirKind::Capture(capture) => clauses_of(&capture.sub, edges),
        HirKind::Repetition(repetition) if repetition.min > 0 => {
            // The same sign several times: `____`.
            if let HirKind::Literal(literal) = repetition.sub.kind()
                && repetition.min > 1
            {
                let many = literal.0.repeat(repetition.min.min(MOST_SIGNS) as usize);
                return clauses_of(&Hir::literal(many), [false; 2]);
            }
            // What is said again stands beside itself.
            clauses_of(&repetition.sub, if repetition.max == Some(1) { edges } else { [false; 2] })
        }
        HirKind::Concat(parts) => {
            let beside =
                |at: Option<usize>, side: usize| at.and_then(|at| parts.get(at)).map(|part| is_edge(part, side));
            let clauses = parts.iter().enumerate().flat_map(|(at, part)| {
                let before = beside(at.checked_sub(1), 1).unwrap_or(edges[0]);
                let after = beside(at.checked_add(1), 0).unwrap_or(edges[1]);
                clauses_of(part, [before, after])
            });
            clauses.collect()
        }
        HirKind::Alternation(choices) => {
            let best = |choice: &Hir| clauses_of(choice, edges).into_iter().max_by_key(worth);
            let Some(best) = choices.iter().map(best).collect::<Option<Vec<Clause>>>() else { return Vec::new() };
            let signs = best.iter().fold(0, |all, clause| all | clause.signs);
            let mut words: Vec<Word> = best.into_iter().flat_map(|clause| clause.words).collect();
            words.sort_unstable();
            words.dedup();
            if words.len() > MOST_WORDS { Vec::new() } else { vec![Clause { words, signs }] }
        }
        HirKind::Repetition(_) | HirKind::Empty | HirKind::Look(_) => Vec::new(),
    }
}

/// Whether a word beside an expression is parted from it: before the expression on side 0, after it on side 1.
fn is_edge(expression: &Hir, side: usize) -> bool {
    match expression.kind() {
        // A border of words stands between a sign of a word, which the word beside it has, and none.
        HirKind::Look(look) => {
            matches!(look, Look::Start | Look::End | Look::StartLF | Look::EndLF | Look::WordAscii | Look::WordUnicode)
        }
        HirKind::Literal(literal) => {
            let beside = if side == 0 { literal.0.first() } else { literal.0.last() };
            beside.is_some_and(|byte| !is_of_word(*byte))
        }
        HirKind::Class(Class::Unicode(class)) => class.ranges().iter().all(|range| {
            let mut ascii = u32::from(range.start())..=u32::from(range.end()).min(127);
            ascii.all(|sign| u8::try_from(sign).is_ok_and(|byte| !is_of_word(byte)))
        }),
        HirKind::Class(Class::Bytes(class)) => {
            class.ranges().iter().all(|range| (range.start()..=range.end()).all(|byte| !is_of_word(byte)))
        }
        HirKind::Capture(capture) => is_edge(&capture.sub, side),
        HirKind::Repetition(repetition) => repetition.min > 0 && is_edge(&repetition.sub, side),
        HirKind::Concat(parts) => {
            let beside = if side == 0 { parts.first() } else { parts.last() };
            beside.is_some_and(|part| is_edge(part, side))
        }
        HirKind::Alternation(choices) => choices.iter().all(|choice| is_edge(choice, side)),
        HirKind::Empty => false,
    }
}

/// The need of one of some signs, unless any text has them.
fn rare(signs: Signs) -> Vec<Clause> {
    if signs & EVERYWHERE == 0 { vec![Clause { words: Vec::new(), signs }] } else { Vec::new() }
}

/// The signs of a class.
fn of_class(class: &Class) -> Signs {
    let signs = |from: u32, to: u32| {
        let ascii = (from..=to.min(126)).fold(0, |all, sign| all | 1 << sign);
        if to > 126 { ascii | OTHER } else { ascii }
    };
    match class {
        Class::Unicode(class) => {
            class.ranges().iter().map(|one| signs(one.start().into(), one.end().into())).fold(0, |all, own| all | own)
        }
        Class::Bytes(class) => {
            class.ranges().iter().map(|one| signs(one.start().into(), one.end().into())).fold(0, |all, own| all | own)
        }
    }
}

/// The signs with which an expression may begin, and whether it fits where nothing is.
fn first_of(expression: &Hir) -> (Signs, bool) {
    match expression.kind() {
        HirKind::Empty | HirKind::Look(_) => (0, true),
        HirKind::Literal(literal) => (literal.0.first().map_or(0, |byte| sign(*byte)), literal.0.is_empty()),
        HirKind::Class(class) => (of_class(class), false),
        HirKind::Capture(capture) => first_of(&capture.sub),
        HirKind::Repetition(repetition) => {
            let (signs, empty) = first_of(&repetition.sub);
            (signs, empty || repetition.min == 0)
        }
        HirKind::Concat(parts) => {
            let mut all = 0;
            for part in parts {
                let (signs, empty) = first_of(part);
                all |= signs;
                if !empty {
                    return (all, false);
                }
            }
            (all, true)
        }
        HirKind::Alternation(choices) => {
            choices.iter().map(first_of).fold((0, false), |(all, any), (signs, empty)| (all | signs, any || empty))
        }
    }
}

/// How seldom a clause is met: by the length of its shortest word, where an edge counts as a letter, and a sign as a word of three;
/// then by how few it has.
fn worth(clause: &Clause) -> (usize, usize) {
    let length = |word: &Word| word.letters.len() + word.edges.iter().filter(|edge| **edge).count();
    let signs = (clause.signs != 0).then_some(3);
    let shortest = clause.words.iter().map(length).chain(signs).min().unwrap_or_default();
    (shortest, usize::MAX - clause.words.len() - clause.signs.count_ones() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_tried_where_all_that_it_needs_is_said() {
        let needs = ["it (?:was|were) (?:agreed|resolved)", "(?:no|any)?thing", "[a-z]+", "x|agreed"];
        let needs = needs.map(|source| Arc::new(Needs::of(source)));
        let gate = Gate::new(needs.iter());
        let open = |text| {
            let mut open = Vec::new();
            let _ = gate.open(text, 0..needs.len(), |at| {
                open.push(at);
                None::<()>
            });
            open
        };
        assert_eq!(open("It WAS hereby resolved."), [0, 2, 3]);
        assert_eq!(open("Nothing was resolved."), [1, 2, 3]);
        assert_eq!(open(""), [2, 3]);
    }

    #[test]
    fn whole_words_and_first_signs_are_known() {
        let open = |source: &str, text: &str| {
            let needs = [Arc::new(Needs::of(source))];
            Gate::new(needs.iter()).open(text, 0..1, Some).is_some()
        };
        for (source, fits, not) in [
            (r"(?-u:\b)(?:had|has)(?-u:\b)", "It HAS", "the shade, hash"),
            (r"(?-u:\b)had", "(hadn’t", "shade"),
            (r"had[ \t]+been", "shad been", "haddock been"),
            (r"(?:an? +)?had(?: +x)?", "shade", "a x"),
            (r"[^A-Za-z0-9_](?P<it>he)(?-u:\b)", "and he.", "the heat"),
            (r"(?:he)+(?-u:\b)", "hehe", "hi"),
            (r"he(?-u:\b)(?:y|-man)", "he-man", "heman"),
            ("^(?:[0-9]+ )?to", "To", "and to"),
            ("^(?i:k|ſ)", "\u{212a}", "x"),
            ("^(?-i:[A-Z])", "Ä", "ab"),
            ("^[^a]", "é", "A"),
            ("^(?:a|b?)c", "C", "d"),
            ("_{3,}|[.]{6,}|x{3,}", "........", "a__x"),
            ("(?:->|→|ap)[0-9]", "→ 1", "-> "),
            ("no(?:tes)? ?[0-9]|[/-]", "a/b", "notes"),
            ("[:–]$", "so –", "so"),
        ] {
            assert!(open(source, fits), "{source}: {fits}");
            assert!(!open(source, not), "{source}: {not}");
        }
        assert!(open("^a?", "b") && open("a?", ""));
    }
}
