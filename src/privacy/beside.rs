//! Words beside a title that say that it is not for everybody, whatever else they say: `– subject to legal professional privilege`,
//! `(exempt minute – see paragraph 3)`, `[CONFIDENTIAL – retained under s 91(7)]`.
//!
//! Input: what stands between brackets or behind a dash, the name of a file. Output: whether it says so. Not here: which words stand
//! beside a title (`spoken.rs`), and the words (`words.toml`).

use super::matching::{has_one, has_word, pointed};
use super::words::{TextWords, gives_reason, unnumbered};
use crate::language::letters;

/// A line that asks to take something out is not longer, in bytes.
const LONGEST: usize = 200;

/// What parts words beside a title from each other.
const PARTING: [char; 12] = [',', '(', ')', '[', ']', '（', '）', ':', ';', '–', '—', '|'];

/// Words without what parts them from each other.
fn pieces(words: &str) -> impl Iterator<Item = &str> {
    words.split(PARTING).flat_map(|piece| piece.split(" - "))
}

impl TextWords {
    /// Whether words have among them one that is said of what is private, and said of no thing: nothing stands before it but what it
    /// may be said of, and nothing behind it but the reason, the time or the law. "VAT exempt", "exempt accommodation" are about things.
    pub(crate) fn is_free(&self, words: &str) -> bool {
        // "Tree works – exempt (dead or dangerous)"
        let alone = |name: &String| self.beside.kernels.contains(name) && !name.contains('_');
        let names: Vec<String> = pieces(words).map(letters::name).filter(|name| !name.is_empty()).collect();
        let quiet = !words.contains(char::is_uppercase) && names.first().is_some_and(alone);
        self.has_kernel(words)
            && names.iter().any(|name| self.is_free_piece(name))
            && !(quiet && names.iter().skip(1).any(|name| !self.is_reason(name)))
    }

    /// Whether words in capitals behind a title that is not have such a word among them, whatever else they say.
    pub(super) fn is_shouted(&self, words: &str, line: &str) -> bool {
        !words.contains(char::is_lowercase)
            && line.contains(char::is_lowercase)
            && self.has_kernel(words)
            && !self.is_denied(&letters::name(words))
    }

    /// Whether all words are a paper that is called private, with its number: `closed report`, `NON-PUBLIC AGENDA`.
    pub(super) fn is_closed_paper(&self, words: &str) -> bool {
        let name = unnumbered(words);
        let called = pointed(&self.beside.closed, &name).filter(|(_, paper)| !paper.is_empty());
        let mut rest = called.map_or("", |(_, paper)| paper);
        while let Some(behind) = self.without_paper(rest) {
            rest = behind;
        }
        called.is_some() && rest.is_empty()
    }

    fn has_kernel(&self, words: &str) -> bool {
        let name = letters::name(words);
        has_one(&name, &self.beside.kernels)
    }

    /// The same of words that nothing parts.
    fn is_free_piece(&self, name: &str) -> bool {
        let mut rest = name;
        while !rest.is_empty() {
            if let Some((_, behind)) = pointed(&self.beside.kernels, rest) {
                return self.is_reason(behind);
            }
            let Some(behind) = self.without_paper(rest).or_else(|| Some(pointed(&self.beside.before, rest)?.1)) else {
                return false;
            };
            rest = behind;
        }
        false
    }

    /// Whether words behind one that is said of what is private say of which paper, and then why, until when or by which law.
    fn is_reason(&self, name: &str) -> bool {
        let mut rest = name;
        let joined = |rest| pointed(&self.beside.joining, rest).or_else(|| pointed(&self.beside.kernels, rest));
        while let Some(behind) = self.without_paper(rest).or_else(|| Some(joined(rest)?.1)) {
            rest = behind;
        }
        rest.is_empty() || pointed(&self.beside.after, rest).is_some()
    }

    /// What follows the name of a paper, its number or its letter, if words begin with one.
    fn without_paper<'name>(&self, name: &'name str) -> Option<&'name str> {
        let first = name.split('_').next().filter(|first| !first.is_empty())?;
        let counts = first.len() == 1 || first.bytes().all(|sign| sign.is_ascii_digit());
        let number = || counts.then(|| name[first.len()..].trim_start_matches('_'));
        pointed(&self.beside.papers, name).map(|(_, behind)| behind).or_else(number)
    }

    /// Whether a line, or what stands behind its label, asks not to show what it speaks of: "WEB TEAM: PLEASE DO NOT PUT THIS ON THE WEBSITE".
    pub(super) fn forbids(&self, line: &str) -> bool {
        let asks = |words: &str| {
            let name = letters::name(words);
            let verb =
                pointed(&self.beside.forbidding, &name).and_then(|(_, rest)| pointed(&self.beside.showing, rest));
            verb.is_some_and(|(_, rest)| has_one(rest, &self.beside.shown))
        };
        let line = line.split(". ").next().unwrap_or_default();
        asks(line) || line.split_once(':').is_some_and(|(_, rest)| asks(rest)) || self.removes(line)
    }

    /// Whether a line asks to take out what is here before everybody reads it: "Please take this next bit out before it goes on the website".
    fn removes(&self, line: &str) -> bool {
        let has = |list: &[String], words: &str| has_one(words, list);
        let asks = |part: &str| {
            let name = letters::name(part);
            let asked = pointed(&self.beside.asking, &name).map_or(name.as_str(), |(_, rest)| rest);
            let taken = || pointed(&self.beside.taking, asked).filter(|(_, rest)| has(&self.beside.out, rest));
            let verb = pointed(&self.beside.removing, asked).or_else(taken);
            verb.is_some_and(|(_, rest)| {
                let before = self.beside.apart.iter().filter_map(|word| rest.find(&format!("_{word}_"))).min();
                has(&self.beside.here, &rest[..before.unwrap_or(rest.len())])
            })
        };
        let goes_public = || {
            let name = letters::name(line);
            let apart = self.beside.apart.iter().filter(|word| has_word(&name, word));
            apart.filter_map(|word| name.split_once(word.as_str())).any(|(_, rest)| has(&self.beside.public, rest))
        };
        line.len() <= LONGEST && line.split([':', ',', ';', '–', '—']).any(asks) && goes_public()
    }

    /// Whether a line, or what stands behind its label, begins with such words: `Status: Public excluded until released by the chair`.
    pub(super) fn begins_free(&self, line: &str) -> bool {
        const LONGEST_LABEL: usize = 3;
        let labelled = line.split_once(':').filter(|(label, _)| label.split_whitespace().count() <= LONGEST_LABEL);
        if labelled.is_some_and(|(label, value)| gives_reason(label) && !value.trim().is_empty()) {
            return true;
        }
        let value = labelled.map_or(line, |(_, value)| value).trim_matches([' ', '*', '_', '[', '(']);
        // Behind a second colon stands the value of another field.
        let several = labelled.is_some() && value.contains(':');
        !several && value.starts_with(char::is_uppercase) && !value.ends_with(['.', '?']) && self.is_free(value)
    }

    /// Whether words before a colon are the name of a thing, which those behind it describe: "In confidence: a youth service".
    pub(super) fn is_described(&self, label: &str, rest: &str) -> bool {
        let strong = self.has_strong(&unnumbered(label)) || self.sure.contains(&unnumbered(label));
        !strong && pointed(&self.beside.describing, &letters::name(rest)).is_some()
    }

    /// Whether the name of a file ends with a paper of which it says that it is not for everybody, or begins with one by a word that is
    /// said of nothing else: `board-private-paper-7`, `exempt-appendix-x`, and in Welsh `atodiad-eithriedig-2`.
    pub(super) fn is_private_paper(&self, name: &str) -> bool {
        let is = |list: &[String], word: &str| list.iter().any(|known| known == word);
        let counts = |word: &&str| word.len() > 1 && !word.starts_with(|sign: char| sign.is_ascii_digit());
        let words: Vec<&str> = name.split('_').filter(counts).collect();
        let pair = |words: Option<&[&str]>, closed: &[String]| {
            let said = |one: &str, other: &str| is(closed, one) && is(&self.beside.papers, other);
            words.is_some_and(|pair| said(pair[0], pair[1]) || said(pair[1], pair[0]))
        };
        let last = words.len().checked_sub(2).map(|from| &words[from..]);
        pair(last, &self.beside.closed) || pair(words.get(..2), &self.beside.kernels)
    }

    /// Whether the name of a file says that it is about such papers, or holds what everybody may read of one: "confidential-items-register".
    pub(super) fn is_about_papers(&self, name: &str) -> bool {
        name.split('_').any(|word| self.beside.about.iter().any(|about| about == word))
    }
}
