//! Headings that nobody marked as such: short lines in bold, with what stands below them.
//!
//! Input: the words of a line. Output: whether it could head something. Not here: how it looks in its document.

use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    never: Vec<String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("looks.toml")).unwrap_or_else(|error| unreachable!("import/looks.toml: {error}"))
});

/// How many characters and words a title has at most.
const LONGEST: usize = 90;
const WORDIEST: usize = 14;

/// Whether words could be a title.
#[must_use]
pub fn is_title(text: &str) -> bool {
    let begin = text.trim_start_matches(['*', '"', '“', '‘', '\'', '(']);
    let begins = begin.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit());
    let ends = !text.trim_end_matches('*').ends_with(['.', ';', ',', ':', '?', '!']);
    let is_short = text.chars().count() <= LONGEST && text.split(' ').count() <= WORDIEST;
    begins && ends && is_short && !text.contains('\n')
}

/// Whether words open a record, so that they are no heading however they look.
#[must_use]
pub fn opens_record(text: &str) -> bool {
    let words = text.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    FILE.never.iter().any(|never| {
        words.strip_prefix(never.as_str()).is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_no_heading() {
        assert!(opens_record("RESOLVED") && opens_record("Action: clerk") && opens_record("AGREED that"));
        assert!(
            !opens_record("Agreements with the county") && is_title("Street lights") && !is_title("The board met.")
        );
    }
}
