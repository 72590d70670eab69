//! What can be wrong with a site, as data: an author's mistake is a [`Diagnostic`] with a place, a reason in a
//! reader's words, and what to type.
//!
//! Input: spans and names. Output: a list that one run shows whole. Not here: printing (that is `cli/`), and any
//! knowledge of how a stage found the mistake.
//!
//! **The wording lies in one file per stage** (`parse.rs`, `markdown.rs`, …), as functions on [`Diagnostics`] that
//! take spans and names; call sites stay one line. To add a message: a line in [`CODES`], a function in the
//! stage's file, and a case in `tests/sites/` that shows it.

mod assemble;
mod codes;
mod data;
mod export;
mod front_matter;
mod kind;
mod markdown;
mod parse;
mod read;
mod render;
mod tables;

pub use codes::{CODES, Code, Severity, code};
pub use data::{ENTRY, KIND, KIND_CHOICE, KIND_FIELD, SETTING, TableWording};

use crate::source::Span;

/// One mistake, ready to be shown in a terminal, in a browser or to a machine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where: the characters to underline. `None` where the place is no text of the site's (see [`Self::place`]).
    pub span: Option<Span>,
    /// Where, in words, if there is no span: a path, an address, `--out`.
    pub place: Option<Box<str>>,
    /// The slug, one of [`CODES`].
    pub code: &'static str,
    /// From the code's own level, or from `[check]` in `site.toml`.
    pub severity: Severity,
    /// What was seen: one sentence without a full stop.
    pub title: Box<str>,
    /// Why it matters to a reader: a sentence or two.
    pub why: Box<str>,
    /// What to type: a sentence, or lines to paste.
    pub fix: Box<str>,
    /// Other places that belong to it, each with a short label.
    pub also: Vec<(Span, Box<str>)>,
}

/// Collects diagnostics; every stage may add to it. Order of arrival does not matter: [`Diagnostics::sorted`]
/// puts them in the order of files and places.
#[derive(Debug, Default, Clone)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a mistake at `span` and returns it, so that a factory can add other places.
    /// `code` must be one of [`CODES`]: it brings the severity.
    pub fn add(
        &mut self,
        code: &'static str,
        span: Option<Span>,
        title: impl Into<String>,
        why: impl Into<String>,
        fix: impl Into<String>,
    ) -> &mut Diagnostic {
        let severity = codes::code(code).unwrap_or_else(|| unreachable!("`{code}` is not in CODES")).severity;
        self.list.push(Diagnostic {
            span,
            place: None,
            code,
            severity,
            title: title.into().into(),
            why: why.into().into(),
            fix: fix.into().into(),
            also: Vec::new(),
        });
        self.list.last_mut().unwrap_or_else(|| unreachable!("one was pushed above"))
    }

    /// Takes over what another collector holds.
    pub fn append(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many of this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// All, in the order they arrived.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Gives each diagnostic the level that the site chose for its code (`[check]` in `site.toml`).
    pub fn set_levels(&mut self, levels: &Levels) {
        self.list.retain_mut(|diagnostic| match levels.get(diagnostic.code) {
            None => true,
            Some(Some(severity)) => {
                diagnostic.severity = severity;
                true
            }
            Some(None) => false,
        });
    }

    /// All, in the order of files and places, each once.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort();
        self.list.dedup();
        self.list
    }
}

/// The levels that a site gave to codes: code → severity, or `None` for "off".
/// Codes that guard what is withheld never stand here (`codes::Code::guards`); `parse` sees to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels(pub std::collections::BTreeMap<&'static str, Option<Severity>>);

impl Levels {
    /// What the site chose for `code`: nothing, off, or a severity.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<Option<Severity>> {
        self.0.get(code).copied()
    }
}

/// Words in a sentence: `one`, `one and two`, `one, two and three`.
#[must_use]
pub fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Whether a character in a text could deceive who reads it in a message: it moves the cursor, changes colours or turns
/// the reading order. The end of a line is none of these.
#[must_use]
pub fn is_deceptive(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The name of `candidates` nearest to `name`, if it is near enough to be meant: at most a third of its letters
/// differ, and at most three.
#[must_use]
pub fn nearest<'names>(name: &str, candidates: impl IntoIterator<Item = &'names str>) -> Option<&'names str> {
    let lower = name.to_lowercase();
    let limit = (name.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, candidate)| (*distance, *candidate))
        .map(|(_, candidate)| candidate)
}
