//! One way to say something: a regular expression with what its pass needs to know of it.
//!
//! Input: the source of a pattern, then texts. Output: whether it fits, and what it captures. Not here: which of many patterns are
//! worth trying on a text (`gate.rs`), and the files that they stand in.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use regex::{Captures, Regex, RegexBuilder};

use super::gate::Needs;

/// One way to say something.
#[derive(Debug)]
pub(crate) struct Pattern {
    expression: Expression,
    /// The same without upper bounds, if it has any: it fits wherever that one does.
    unbounded: OnceLock<Option<Expression>>,
    needs: OnceLock<Arc<Needs>>,
    /// What it says, where its pass needs to know: an outcome, a role.
    pub(crate) says: Option<Box<str>>,
    /// How much it speaks for or against something, where several patterns are weighed.
    pub(super) weight: i16,
    /// Words that it fits.
    #[cfg_attr(not(test), allow(dead_code, reason = "a test reads it"))]
    pub(crate) example: String,
    /// Words that it must not fit.
    #[cfg_attr(not(test), allow(dead_code, reason = "a test reads it"))]
    pub(crate) not: Vec<String>,
}

impl Pattern {
    pub(super) fn of(source: String) -> Self {
        let (unbounded, needs) = (OnceLock::new(), OnceLock::new());
        let expression = Expression::of(source);
        Self { expression, unbounded, needs, says: None, weight: 0, example: String::new(), not: Vec::new() }
    }

    /// A pattern of a site's own.
    pub(super) fn own(source: String, says: Option<&str>) -> Self {
        Self { says: says.map(Into::into), ..Self::of(source) }
    }

    /// The regular expression as text.
    pub(super) fn source(&self) -> &str {
        &self.expression.source
    }

    /// What a text needs in which it fits.
    pub(super) fn needs(&self) -> &Arc<Needs> {
        self.needs.get_or_init(|| Arc::new(Needs::of(self.source())))
    }

    /// Whether a text is worth asking the regular expression. One that counts up to fifty has a state for each count, is slow to
    /// compile, and makes its states anew for nearly each text; most texts are told by one that counts nothing.
    fn may_fit(&self, text: &str) -> bool {
        let unbounded = || Some(without_bounds(self.source())).filter(|source| source != self.source());
        let unbounded = self.unbounded.get_or_init(|| unbounded().map(Expression::of));
        unbounded.as_ref().is_none_or(|unbounded| unbounded.ask(|regex| regex.is_match(text)))
    }

    /// Whether it fits somewhere in a text.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.may_fit(text) && self.expression.ask(|regex| regex.is_match(text))
    }

    /// What it captures in a text.
    pub(crate) fn captures<'text>(&self, text: &'text str) -> Option<Captures<'text>> {
        self.may_fit(text).then(|| self.expression.ask(|regex| regex.captures(text)))?
    }

    /// What it captures at each place that it fits, from the beginning of a text to its end.
    pub(crate) fn all_captures<'text>(&self, text: &'text str) -> Vec<Captures<'text>> {
        if self.may_fit(text) { self.expression.ask(|regex| regex.captures_iter(text).collect()) } else { Vec::new() }
    }

    /// Lets go of what was compiled.
    pub(super) fn let_go(&self) {
        self.expression.let_go();
        if let Some(Some(unbounded)) = self.unbounded.get() {
            unbounded.let_go();
        }
    }
}

/// A regular expression that is compiled when it is first asked, and again when it was let go in between.
#[derive(Debug)]
struct Expression {
    source: String,
    /// With it goes what the engine has learnt of it on each thread, which is most of what it takes.
    compiled: RwLock<Option<Regex>>,
}

impl Expression {
    fn of(source: String) -> Self {
        Self { source, compiled: RwLock::default() }
    }

    fn ask<T>(&self, question: impl FnOnce(&Regex) -> T) -> T {
        loop {
            if let Some(regex) = &*self.compiled.read().unwrap_or_else(PoisonError::into_inner) {
                return question(regex);
            }
            let mut compiled = self.compiled.write().unwrap_or_else(PoisonError::into_inner);
            compiled.get_or_insert_with(|| {
                RegexBuilder::new(&self.source)
                    .case_insensitive(true)
                    .build()
                    .unwrap_or_else(|error| unreachable!("our own pattern {}: {error}", self.source))
            });
        }
    }

    fn let_go(&self) {
        *self.compiled.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// From so many times on, a repetition is better not counted.
const MANY: u32 = 8;

/// A regular expression with repetitions that count far made such that count nothing.
fn without_bounds(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let (mut class, mut rest) = (false, source);
    while let Some(at) = rest.find(['\\', '[', ']', '{']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut whole = from.chars().take(if from.starts_with('\\') { 2 } else { 1 }).map(char::len_utf8).sum();
        match (from.as_bytes()[0], class) {
            (b'[', _) => class = true,
            (b']', _) => class = false,
            (b'{', false) => {
                let counts = from[1..].split_once('}').and_then(|(inside, _)| {
                    let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
                    let least = least.parse::<u32>().ok()?;
                    Some((inside.len() + 2, least, most.parse::<u32>().unwrap_or(least)))
                });
                if let Some((length, least, _)) = counts.filter(|(_, least, most)| *least >= MANY || *most >= MANY) {
                    out.push(if least == 0 { '*' } else { '+' });
                    rest = &from[length..];
                    continue;
                }
                whole = counts.map_or(whole, |(length, _, _)| length);
            }
            _ => {}
        }
        out.push_str(&from[..whole]);
        rest = &from[whole..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_counts_are_left_out() {
        for (source, without) in [
            ("a{2,50}b{0,120}?", "a+b*?"),
            ("a{1,4}b{3}c{0,7}", "a{1,4}b{3}c{0,7}"),
            ("a{15,}b{6,}c{12}", "a+b{6,}c+"),
            (r"[{9}]\{9}\p{L}[^\]{2,60}]{2,60}{x}", r"[{9}]\{9}\p{L}[^\]{2,60}]+{x}"),
        ] {
            assert_eq!(without_bounds(source), without);
        }
    }

    #[test]
    fn a_pattern_that_was_let_go_fits_as_before() {
        let pattern = Pattern::of("an? (?P<what>[a-z]{2,50})".to_owned());
        for _ in 0..2 {
            assert!(pattern.is_match("an oak") && !pattern.is_match("oaks"));
            assert_eq!(pattern.captures("A lamp").map(|found| found["what"].to_owned()).as_deref(), Some("lamp"));
            assert_eq!(pattern.all_captures("a b, a lamp, an oak").len(), 2);
            pattern.let_go();
            assert!(pattern.expression.compiled.read().is_ok_and(|compiled| compiled.is_none()));
        }
    }
}
