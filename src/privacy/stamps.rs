//! Words of privacy that stand alone in a paragraph, at its end or inside it; and words that deny it.
//!
//! Input: a paragraph, lines below a title, an item. Output: whether they say so. Not here: headings and the first lines of paragraphs
//! (`spoken.rs`), and the words (`words.toml`).

use super::apart::bracketed;
use super::matching::{begins, has_one, pointed};
use super::words::{TextWords, unnumbered};
use crate::language::letters;

/// So many words say for what there was nothing.
const LONGEST_NOTHING: usize = 10;

/// A sentence that says that minutes were agreed has so many words at most.
const LONGEST_CONFIRMATION: usize = 30;

impl TextWords {
    /// Whether all words of a paragraph say in words that no item of a meeting has that it is not for publication, or are one mark.
    pub(crate) fn is_stamp(&self, words: &str) -> bool {
        let name = unnumbered(words);
        let is_law = |word: &str| self.law.iter().chain(&self.fillers).chain(&self.strong).any(|known| known == word);
        let loud = || !words.contains(char::is_lowercase) && self.loud.contains(&name);
        let sure = || self.sure.iter().find_map(|sure| name.strip_prefix(sure.as_str()));
        let bare = words.trim();
        self.strong.contains(&name)
            || loud()
            || (is_slanted(bare) && self.is_loud(bare.trim_matches(['*', '_', '.'])))
            || sure().is_some_and(|rest| rest.split('_').all(|word| word.is_empty() || is_law(word)))
    }

    /// Whether a line in italics or in capitals says it and gives the reason: `*EXEMPT FROM THE PUBLIC RECORDS ACT*`.
    pub(crate) fn is_set_stamp(&self, line: &str) -> bool {
        let bare = line.trim();
        let set = is_slanted(bare) || !bare.contains(char::is_lowercase);
        set && self.begins_free(bare.trim_matches(['*', '_']))
    }

    /// Whether a paragraph in italics or between brackets begins as a sentence does that says that something is not for publication.
    pub(crate) fn is_remark(&self, words: &str) -> bool {
        let bare = words.trim();
        let apart = ["*", "_", "(", "["].iter().any(|sign| bare.starts_with(sign))
            && bare.ends_with(['*', '_', ')', ']'])
            && !bare.contains('\n');
        // "Confidential – for trustees only"
        let parts = bare.split_once([':', '–', '—']).or_else(|| bare.split_once(" - "));
        let restricts = || parts.is_some_and(|(mark, rest)| self.is_mark(mark) && self.is_for_few(rest));
        apart && (self.opens.iter().any(|words| begins(&unnumbered(bare), words)) || restricts())
    }

    /// Whether all words are of the law by which something is private, with the number of a clause of it: `Private – para 1 & 2`.
    pub(super) fn is_by_law(&self, words: &str) -> bool {
        let name = letters::name(words);
        let is = |list: &[String], word: &str| list.iter().any(|known| known == word);
        let is_number = |word: &str| word.starts_with(|sign: char| sign.is_ascii_digit());
        let lists = [&self.lawful, &self.clauses, &self.law, &self.fillers];
        let known = |word: &str| is_number(word) || lists.iter().any(|list| is(list, word));
        let has = |list: &[String]| name.split('_').any(|word| is(list, word));
        has(&self.lawful)
            && has(&self.clauses)
            && name.split('_').any(is_number)
            && name.split('_').all(known)
            && !self.is_denied(&name)
    }

    /// Whether a title ends with the number of a paragraph of the law between brackets, and nothing else: `Fees (Paragraphs 6 & 8)`.
    pub(super) fn ends_in_clauses(&self, line: &str) -> bool {
        let line = line.trim_end_matches(['*', '_', ' ', '#']);
        let last = bracketed(line).last().filter(|_| line.ends_with([')', ']'])).map(letters::name);
        let is_number = |word: &str| word.bytes().all(|sign| sign.is_ascii_digit());
        let known = |word: &str| {
            is_number(word)
                || [&self.clauses, &self.sentence.and, &self.law].into_iter().flatten().any(|known| known == word)
        };
        let clause = |name: &String| self.clauses.iter().any(|clause| begins(name, clause));
        last.is_some_and(|name| clause(&name) && name.split('_').any(is_number) && name.split('_').all(known))
    }

    /// Whether a row of a form at the top of a paper says it of the paper: `Access to information | Exempt by virtue of paragraph 3`.
    pub(crate) fn is_of_form(&self, label: &str, value: &str) -> bool {
        let name = letters::name(label);
        let has = |list: &[String]| has_one(&name, list);
        has(&self.forms) && !has(&self.parts_of_paper) && (self.opens(value) || self.is_by_law(value))
    }

    /// Whether words say that something was private and is not any more.
    pub(super) fn is_lifted(&self, words: &str) -> bool {
        let name = letters::name(words);
        has_one(&name, &self.lifted)
    }

    /// Whether nothing stands in a paragraph, a line each, beside what says that it is not for publication and by which law.
    pub(super) fn is_only(&self, line: &str) -> bool {
        let name = letters::name(line);
        let is_law = |word: &str| self.law.iter().chain(&self.fillers).chain(&self.strong).any(|known| known == word);
        name.split('_').all(|word| word.is_empty() || is_law(word)) || self.is_all(line)
    }

    /// Whether lines below a title say nothing but that what it heads is not for publication: `(Exempt)`.
    pub(crate) fn marks_above(&self, below: &str) -> bool {
        let lines = || below.lines().map(str::trim).filter(|line| !line.is_empty());
        // "Part 2" may be the rest of the title.
        let apart = |line: &str| !self.parts.contains(&letters::name(line)) || line.starts_with(['(', '[', '*', '_']);
        let by_law = |line: &str| {
            line.starts_with(['(', '[']) && self.opens.iter().any(|words| begins(&unnumbered(line), words))
        };
        lines().all(|line| self.is_only(line))
            && lines().any(|line| (self.is_mark(line) || by_law(line)) && apart(line))
    }

    /// Whether an item ends with the place in the law by which it is private: `Sale of the depot (Schedule 12A, paragraph 3)`,
    /// `Sale of the depot, exempt under paragraph 3`.
    pub(crate) fn ends_by_law(&self, item: &str) -> bool {
        let line = item.trim_end().trim_end_matches(['.', '*', '_']);
        let by_law = |words: &str| {
            let name = letters::name(words);
            self.names_a_statute(words)
                || (self.names_the_law(&name) && name.contains(|sign: char| sign.is_ascii_digit()))
        };
        let brackets = || bracketed(line).last().is_some_and(|words| line.ends_with([')', ']']) && by_law(words));
        let behind = || {
            let last = line.rsplit_once([',', ';', '–', '—']).or_else(|| line.rsplit_once(" - "));
            last.is_some_and(|(_, words)| by_law(words))
        };
        self.may_speak(line) && !self.excludes(line) && (brackets() || behind())
    }

    /// Whether words say behind a colon or a dash that there was nothing to be private: "Exempt information under Schedule 12A: none".
    pub(super) fn denies(&self, words: &str) -> bool {
        let rest = words.split_once([':', '–', '—']).or_else(|| words.split_once(" - "));
        rest.is_some_and(|(_, rest)| self.is_nothing(rest))
    }

    /// Whether a paragraph says that there was nothing to be private, whatever it says then: "There was no exempt business. The chair closed
    /// the meeting."
    pub(crate) fn says_nothing(&self, paragraph: &str) -> bool {
        let first = paragraph.trim_start().split(". ").next().unwrap_or_default();
        let whole = letters::name(first).split('_').count() > 2;
        self.is_nothing(paragraph) || (whole && self.is_nothing(first))
    }

    /// Whether a paragraph is one sentence that says of minutes what everybody may know: that they were agreed.
    pub(crate) fn confirms(&self, paragraph: &str) -> bool {
        let name = letters::name(paragraph);
        let has = |list: &[String]| has_one(&name, list);
        let one = !paragraph.trim().trim_end_matches('.').contains([';', ':', '\n']) && !paragraph.contains(". ");
        one && name.split('_').count() <= LONGEST_CONFIRMATION && has(&self.minutes) && has(&self.confirming)
    }

    /// Whether a heading is for minutes.
    pub(crate) fn is_for_minutes(&self, line: &str) -> bool {
        let name = letters::name(line);
        has_one(&name, &self.minutes)
    }

    /// Whether words say that there was nothing to be private.
    pub(crate) fn is_nothing(&self, words: &str) -> bool {
        let name = letters::name(words);
        let known = |word: &str| [&self.subjects, &self.fillers].into_iter().flatten().any(|one| one == word);
        let plain = || !words.trim().trim_end_matches('.').contains([',', ':', ';', '.', '–', '—', '(', '\n']);
        let goes_on = |rest: &str| {
            pointed(&self.nothing_for, rest.trim_start_matches('_')).is_some()
                && rest.split('_').count() <= LONGEST_NOTHING
                && !has_one(rest, &self.excepting)
                && plain()
        };
        let rest =
            |said: &String| name.strip_prefix(said.as_str()).filter(|rest| rest.is_empty() || rest.starts_with('_'));
        let said = |said: &String| {
            rest(said).is_some_and(|rest| {
                rest.split('_').all(|word| word.is_empty() || known(word)) || (said.contains('_') && goes_on(rest))
            })
        };
        self.nothing.iter().any(said) || self.holds_none(words)
    }

    /// Whether a sentence says of its paper that there is nothing private in it: "This report contains no exempt or confidential information".
    fn holds_none(&self, words: &str) -> bool {
        let one = !words.trim().trim_end_matches('.').contains(['.', ';', ':', '\n']);
        let name = letters::name(words);
        let lists =
            [&self.subjects, &self.fillers, &self.strong, &self.law, &self.sentence.things, &self.holding.among];
        let known =
            |words: &str| words.split('_').all(|word| lists.iter().any(|list| list.iter().any(|one| one == word)));
        let holds = |empty: &String| {
            let (before, after) = name.split_once(&format!("_{empty}_"))?;
            (known(before) && known(after)).then_some(())
        };
        one && self.holding.none.iter().find_map(holds).is_some()
    }

    /// Whether a mark in square brackets and capitals begins a sentence inside a paragraph, brackets hold what is private
    /// behind a mark, or a pair of marks stands around it: `(CONFIDENTIAL: the bid)`, `[EXEMPT] The bid. [/EXEMPT]`.
    pub(crate) fn has_inner_mark(&self, typed: &str) -> bool {
        let is_loud = |words: &str| {
            let name = letters::name(words);
            !words.contains(char::is_lowercase) && self.marks.contains(&name) && !self.parts.contains(&name)
        };
        // "The plan was agreed. **Confidential:** the bid was high."
        let set_off = |sentence: &str| {
            let bare = sentence.trim_start();
            let inside = bare.trim_start_matches(['*', '_', '=', '~', '`']);
            let label = inside.split_once(':').filter(|(_, rest)| inside.len() < bare.len() && rest.contains(' '));
            label.is_some_and(|(mark, _)| {
                let name = letters::name(mark);
                (self.marks.contains(&name) && self.has_strong(&name)) || self.sure.contains(&name)
            })
        };
        if typed.split(['.', '!', '?']).skip(1).any(set_off) {
            return true;
        }
        bracketed(typed).any(|words| {
            let at = words.as_ptr() as usize - typed.as_ptr() as usize;
            let before = typed[..at].trim_end_matches(['[', '(', '*', '_', '\\']);
            let begins = typed[..at].ends_with('[') && before.trim_end().ends_with(['.', ';', '!', '?']);
            let parted = words.split_once([':', '–', '—']).or_else(|| words.split_once(" - "));
            let sure = |mark: &str| {
                let name = letters::name(mark);
                self.sure.iter().any(|sure| name == *sure || name.ends_with(&format!("_{sure}")))
            };
            let split = words.split_once(": ");
            let surely = split.is_some_and(|(mark, rest)| sure(mark) && rest.trim().contains(' '));
            let holds = surely || parted.is_some_and(|(mark, rest)| is_loud(mark) && rest.trim().contains(' '));
            (begins && is_loud(words)) || holds || self.is_bound(words, &self.begin) || self.closes(words)
        })
    }

    /// Whether words say that something is not private: "This report is not confidential".
    pub(super) fn is_denied(&self, name: &str) -> bool {
        let words: Vec<&str> = name.split('_').collect();
        let allows = |pair: &[&str]| {
            self.denying.iter().any(|word| word == pair[0]) && !self.upholding.iter().any(|word| word == pair[1])
        };
        words.windows(2).any(allows)
    }
}

/// Whether a line is in italics, in which a word is no heading.
fn is_slanted(line: &str) -> bool {
    line.starts_with(['*', '_']) && !line.starts_with("**") && !line.starts_with("__")
}
