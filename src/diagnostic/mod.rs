//! What can be wrong with a site, as data: an author's mistake is a [`Diagnostic`] with a place, a reason in a
//! reader's words, and what to type.
//!
//! Input: spans and names. Output: the list of all mistakes of a run. Not here: printing (that is `cli/`), and how a
//! stage finds a mistake.
//!
//! **The wording is in one file per stage** (`parse.rs`, `markdown.rs`, …), as functions on [`Diagnostics`] that
//! take spans and names, so that a call is one line. To add a message: a line in [`CODES`], a function in the
//! stage's file, and a case in `tests/sites/` that shows it.

mod areas;
mod assemble;
mod change;
mod codes;
mod data;
mod editions;
mod export;
mod front_matter;
mod inspect;
mod lasting;
mod kind;
mod leaks;
mod length;
mod markdown;
mod old;
mod parse;
mod people;
mod read;
mod recognise;
mod render;
mod tables;

pub use assemble::state;
pub use change::{Change, Edit, changed};
pub use codes::{CODES, Code, Severity, Slug, code};
pub use data::{ENTRY, HeadMistake, KIND, KIND_CHOICE, KIND_FIELD, SETTING, TableWording, WORDS};
pub use inspect::{Active, Attached, Covered, Detail, Hidden, Places, Unread};
pub use leaks::Leaked;
pub use length::{LONGEST_TITLE, shortened};

use std::fmt::Display;

use crate::source::Span;

/// One mistake, ready to be shown in a terminal, in a browser or to a machine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Diagnostic {
    /// The characters to underline. `None` if the place is not in a text of the site (see [`Self::place`]).
    pub span: Option<Span>,
    /// The place in words, if there is no span: a path, an address, `--out`.
    pub place: Option<Box<str>>,
    /// The slug, one of [`CODES`].
    #[serde(deserialize_with = "codes::unpacked")]
    pub code: Slug,
    /// The code's own level, or the one that `[check]` in `site.toml` gives it.
    pub severity: Severity,
    /// What was seen: one sentence without a full stop.
    pub title: Box<str>,
    /// Why it matters to a reader: a sentence or two.
    pub why: Box<str>,
    /// What to type: a sentence, or lines to paste.
    pub fix: Box<str>,
    /// Other places that belong to the mistake, each with a short label.
    pub also: Vec<(Span, Box<str>)>,
    /// What a program can do for the author in place of typing it, where that is certain.
    pub change: Option<Change>,
}

impl Diagnostic {
    /// Says that `change` does what the fix says, so that `folkmoot check --fix` can offer to make it.
    /// It may add or alter marks, never a word that readers see ([`Change`]).
    pub fn offer(&mut self, change: Change) -> &mut Self {
        self.change = Some(change);
        self
    }
}

/// Collects diagnostics; every stage may add to it. Order of arrival does not matter: [`Diagnostics::sorted`]
/// puts them in the order of files and places.
#[derive(Debug, Default, Clone, serde::Serialize, serde::Deserialize)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a mistake at `span` and returns it, so that the caller can add other places, a place in words, or the change
    /// that a program can make.
    /// `code` must be one of [`CODES`]: the severity is that of the code.
    pub fn add(
        &mut self,
        code: &'static str,
        span: impl Into<Option<Span>>,
        title: impl Into<String>,
        why: impl Into<String>,
        fix: impl Into<String>,
    ) -> &mut Diagnostic {
        let severity = codes::code(code).unwrap_or_else(|| unreachable!("`{code}` is not in CODES")).severity;
        self.list.push(Diagnostic {
            span: span.into(),
            place: None,
            code,
            severity,
            title: title.into().into(),
            why: why.into().into(),
            fix: fix.into().into(),
            also: Vec::new(),
            change: None,
        });
        let added = self.list.last_mut().unwrap_or_else(|| unreachable!("one was pushed above"));
        // At once, and not when it is printed: a site can have thousands of them.
        added.shorten();
        added
    }

    /// Keeps those of which `is_kept` says so.
    pub fn retain(&mut self, is_kept: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(is_kept);
    }

    /// Takes from every message the change that it offers.
    pub fn drop_changes(&mut self) {
        self.list.iter_mut().for_each(|diagnostic| diagnostic.change = None);
    }

    /// Adds everything that `other` has collected.
    pub fn append(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// The number of diagnostics.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The number of diagnostics with this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// All diagnostics, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Gives each diagnostic the level that the site chose for its code (`[check]` in `site.toml`).
    pub fn set_levels(&mut self, levels: &Levels) {
        self.list.retain_mut(|diagnostic| {
            let level = levels.get(diagnostic.code).unwrap_or(Some(diagnostic.severity));
            level.inspect(|severity| diagnostic.severity = *severity).is_some()
        });
    }

    /// All diagnostics, in the order of files and places, without duplicates.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        // Places and other places are added afterwards.
        self.list.iter_mut().for_each(Diagnostic::shorten);
        self.list.sort();
        self.list.dedup();
        self.list
    }
}

/// The levels that a site gave to codes: code → severity, or `None` for "off".
/// `parse` never adds a code that guards what is withheld (`codes::Code::guards`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels(pub std::collections::BTreeMap<&'static str, Option<Severity>>);

impl Levels {
    /// What the site chose for `code`: `Some(None)` for "off", `None` if it chose nothing.
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

/// What to type: the name that was probably meant, or `otherwise` if none is near.
fn meant(nearest: Option<impl Display>, otherwise: impl Into<String>) -> String {
    nearest.map_or_else(|| otherwise.into(), |nearest| format!("Did you mean `{nearest}`?"))
}

/// The names as a list for a sentence, each in backticks.
fn quoted(names: &[impl Display]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
