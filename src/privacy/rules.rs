//! Texts that hold rules for meetings, and so speak of what is private in general: standing orders, constitutions.
//!
//! Input: a title, a heading, words. Output: whether they are such. Not here: what a meeting did (`spoken.rs`).

use super::matching::has_one;
use super::words::{TextWords, unnumbered};
use crate::language::letters;

impl TextWords {
    /// Whether the title of a document says that it holds rules for meetings: "Standing Orders of the Council".
    pub(crate) fn is_of_rules(&self, title: &str) -> bool {
        let name = letters::name(title);
        has_one(&name, &self.rulebooks)
    }

    /// Whether a heading names what rules for meetings have a section on: "Confidential business".
    pub(crate) fn is_topic(&self, line: &str) -> bool {
        self.topics.contains(&unnumbered(line))
    }

    /// Whether words say what shall be done, and not what was.
    pub(crate) fn rules(&self, words: &str) -> bool {
        let name = letters::name(words);
        let first = name.split('_').take(40).collect::<Vec<_>>().join("_");
        has_one(&first, &self.ruling)
    }
}
