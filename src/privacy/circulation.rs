//! Lines that say for whom alone a paper is: "Restricted circulation: Board members only", "For Board members only".
//!
//! Input: a line, the value of a field. Output: whether it says so. Not here: how far that reaches (`disclosure`), and the words
//! (`words.toml`).

use super::matching::{has_word, pointed};
use super::words::{TextWords, unnumbered};

/// No such line is longer, in bytes.
const LONGEST: usize = 100;

/// With this word it ends.
const ONLY: &str = "_only";

impl TextWords {
    /// Whether a line says it of a paper.
    pub(crate) fn is_for_few(&self, line: &str) -> bool {
        let bare = line.trim_matches(|sign: char| !sign.is_alphanumeric());
        if line.len() <= LONGEST && self.limits(bare) {
            return true;
        }
        if line.len() > LONGEST || !(ends_so(bare) || line.contains(['–', '—', '-']) || bare.contains(". ")) {
            return false;
        }
        // "Buff papers – for members of the committee only"
        [" – ", " — ", " - ", ". "].iter().flat_map(|dash| line.split(dash)).any(|part| self.names_only_few(part))
    }

    /// Whether a line needs no such word, since it says to whom something is restricted: "Restricted to Cabinet members".
    fn limits(&self, line: &str) -> bool {
        let first = line.split(' ').next().unwrap_or_default();
        let begins =
            |limiting: &String| limiting.split('_').next().is_some_and(|word| word.eq_ignore_ascii_case(first));
        self.circulation.limiting.iter().any(begins)
            && pointed(&self.circulation.limiting, &unnumbered(line))
                .is_some_and(|(_, rest)| self.are_readers(self.before_time(rest)))
    }

    /// A name without the words that say until when: "voting members until the appeal has been heard".
    fn before_time<'name>(&self, name: &'name str) -> &'name str {
        let time = self.sentence.awaiting.iter().filter_map(|word| name.find(&format!("_{word}_"))).min();
        &name[..time.unwrap_or(name.len())]
    }

    fn names_only_few(&self, part: &str) -> bool {
        let name = unnumbered(part);
        let Some(rest) = name.strip_suffix(ONLY) else { return false };
        let labelled = pointed(&self.circulation.labels, rest).is_some_and(|(_, rest)| self.are_readers(rest));
        let is_body = |word: &str| self.circulation.bodies.iter().any(|body| body == word);
        let bodies = || {
            pointed(&self.circulation.plain, rest)
                .is_some_and(|(_, rest)| self.are_readers(rest) && rest.split('_').any(is_body))
        };
        labelled || bodies()
    }

    /// Whether all that words say is for whom something is: "to be opened by addressee only".
    pub(crate) fn reserves(&self, words: &str) -> bool {
        const LONGEST_REST: usize = 8;
        ends_so(words) && words.split_whitespace().count() <= LONGEST_REST
    }

    /// Whether words are short and name a law.
    pub(crate) fn is_reason_of_law(&self, words: &str) -> bool {
        const LONGEST_REASON: usize = 10;
        let name = unnumbered(words);
        let statutes = self.sentence.laws.iter().filter(|law| law.len() > 2);
        words.split_whitespace().count() <= LONGEST_REASON && statutes.into_iter().any(|law| has_word(&name, law))
    }

    /// Whether any line of a text says it.
    pub(crate) fn may_restrict(&self, text: &str) -> bool {
        text.lines().any(|line| self.is_for_few(line))
    }

    /// Whether the value of a field that is about readers names some, and nobody else.
    pub(crate) fn names_few(&self, value: &str) -> bool {
        unnumbered(value).strip_suffix(ONLY).is_some_and(|rest| self.are_readers(rest))
    }

    /// The same, or whether the value is a mark: `circulation: not for wider distribution`.
    pub(super) fn restricts(&self, value: &str) -> bool {
        self.names_few(value) || self.is_composed(value)
    }

    /// Whether words name readers, and nothing else.
    fn are_readers(&self, name: &str) -> bool {
        let is_reader = |word: &str| self.circulation.readers.iter().any(|reader| reader == word);
        let joins = |word: &str| self.circulation.joining.iter().any(|known| known == word);
        name.split('_').any(is_reader) && name.split('_').all(|word| is_reader(word) || joins(word))
    }
}

/// Whether a line ends with that word, in any letters.
fn ends_so(line: &str) -> bool {
    let word = &ONLY[1..];
    line.len() > word.len()
        && line.is_char_boundary(line.len() - word.len())
        && line[line.len() - word.len()..].eq_ignore_ascii_case(word)
}

#[cfg(test)]
mod tests {
    use crate::privacy::words::TEXT;

    #[test]
    fn lines_for_few_are_told_from_others() {
        for line in [
            "Restricted circulation: Board members only",
            "**For Board members only**",
            "Circulation: members of the Panel only.",
            "FOR MEMBERS' EYES ONLY",
            "Distribution – Trustees and senior officers only",
        ] {
            assert!(TEXT.is_for_few(line), "{line}");
        }
        for line in [
            "For members only",
            "For residents only",
            "Members only",
            "Entry is for Board members only",
            "Access: buses only",
            "For the Board only to note",
            "The paper was for Board members only, and was withdrawn",
        ] {
            assert!(!TEXT.is_for_few(line), "{line}");
        }
    }
}
