//! What is said of editions of a document.

use super::Diagnostics;
use super::markdown::quoted;
use crate::source::Span;

impl Diagnostics {
    /// The first day of the present edition is not known, or not after that of an earlier one; `line` is what to type in its head.
    pub fn edition_order(&mut self, present: Span, line: &str, (earlier, path): (Span, &str)) {
        let title = "It is not clear when the present edition began";
        let why = format!(
            "An earlier edition, {}, is kept beside it, and the present one has no first day that comes after. Readers are told from when \
             until when each was in force.",
            quoted(path)
        );
        let fix = format!("Write the first day of the present edition into this head: `{line}`.");
        self.add("edition-order", present, title, &why, fix).also.push((earlier, "the earlier edition".into()));
    }

    /// The text of an earlier edition says what a later one withholds, at `held`.
    pub fn edition_says_withheld(&mut self, earlier: Span, path: &str, held: Span) {
        let title = format!("{} says what a later edition of it holds back", quoted(path));
        let why =
            "What is not for everybody now must not be read in an earlier edition, nor in what is shown as changed.";
        let fix = "Hold the same passage back there, with `{.exempt paragraphs=3}` at its end (and the paragraph of Schedule 12A that \
                   applies), or the whole edition, with `exempt` in its head. If it may be read, take the mark from the later edition.";
        self.add("edition-says-withheld", earlier, title, why, fix).also.push((held, "what is held back".into()));
    }
}
