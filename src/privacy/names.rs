//! What the name of a file or a folder says of who may read what it names.
//!
//! Input: a name without its ending, as typed. Output: whether it says so, and by which word. Not here: which names of a path count
//! (`disclosure/names.rs`), and the words (`words.toml`).

use super::apart::bracketed;
use super::matching::{begins, has_one, has_word};
use super::words::{TextWords, is_about_else, undated};
use crate::language::letters;
use crate::model::MONTHS;

impl TextWords {
    /// Whether a name of a file or a folder says that what it names is not for everybody, days and numbers aside. One word of every
    /// day counts only as the whole name of a folder.
    pub(crate) fn of_name(&self, typed: &str, is_folder: bool) -> bool {
        let name = letters::name(typed);
        let bare = undated(&name);
        let words: Vec<&str> = bare.split('_').collect();
        let dated = name.contains(|sign: char| sign.is_ascii_digit());
        self.is_whole(typed, &bare)
            || self.is_whole(typed, &name)
            || (is_folder && self.is_private_folder(&name, &bare))
            || has_one(&name, &self.telling)
            || bracketed(typed).any(|words| self.marks.contains(&letters::name(words)) && words.len() > 4)
            || (dated
                && self
                    .strong
                    .iter()
                    .filter(|word| *word != "publication")
                    .any(|word| words.last() == Some(&word.as_str())))
            || (has_year(&name) && self.last.iter().any(|word| name.rsplit('_').next() == Some(word.as_str())))
    }

    /// Whether the name of a folder says it, with days and numbers or `bare`, without them.
    fn is_private_folder(&self, name: &str, bare: &str) -> bool {
        self.folders.iter().any(|folder| folder == name || folder == bare)
            || self.is_gathering(name)
            || self.is_of_part(name)
            || self.sure.iter().filter(|sure| sure.contains('_')).any(|sure| has_word(name, sure))
    }

    /// Whether the name of a file says it beside a title: in capitals, as its end, or with nothing else in it but numbers and letters.
    pub(crate) fn of_file(&self, stem: &str, drafts: bool) -> bool {
        let name = letters::name(stem);
        let words: Vec<&str> = name.split('_').collect();
        let says = |word: &str| drafts || !self.unsettled.iter().any(|draft| draft == word);
        let shouted = |token: &str| {
            let word = token.to_lowercase();
            !token.contains(char::is_lowercase) && self.shouted.contains(&word) && says(&word)
        };
        let loud = stem.contains(char::is_lowercase) && stem.split(|sign: char| !sign.is_alphanumeric()).any(shouted);
        let end = stem.rsplit_once('.').map(|(_, end)| letters::name(end));
        let ends = end.is_some_and(|end| (self.folders.contains(&end) || self.shouted.contains(&end)) && says(&end));
        let ends_so = |phrase: &String| name.strip_suffix(phrase.as_str()).is_some_and(|rest| rest.ends_with('_'));
        let is_strong = |phrase: &&String| phrase.contains('_') && has_one(phrase, &self.strong);
        let begins_so = |phrase: &String| begins(&name, phrase) && phrase.contains('_');
        let phrased =
            self.sure.iter().chain(self.whole.iter().filter(is_strong)).any(ends_so) || self.sure.iter().any(begins_so);
        let counts = |word: &&&str| word.len() > 1 && !word.starts_with(|sign: char| sign.is_ascii_digit());
        let alone = match words.iter().filter(counts).collect::<Vec<_>>()[..] {
            [word] if words.len() > 1 && !has_year(&name) => {
                self.folders.iter().any(|folder| folder == *word) && says(word)
            }
            _ => false,
        };
        // A day and the part of the meeting: `2026-01-05-part-2`.
        let held = !drafts && (self.is_part(&name) || self.closing.iter().any(ends_so));
        let confided = words.len() > 1 && self.shut.iter().any(|phrase| ends_so(phrase) || *phrase == name);
        let papers = (phrased || confided || self.is_private_paper(&name)) && !self.is_about_papers(&name);
        loud || ends || papers || alone || held || self.is_of_part(&name)
    }

    /// Whether all words of a name say that it is of the second part of a meeting: `Part 2 minutes`, `Part 2 papers`.
    fn is_of_part(&self, name: &str) -> bool {
        let is_month = |word: &str| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word));
        let known = |word: &str| {
            word.starts_with(|sign: char| sign.is_ascii_digit())
                || is_month(word)
                || self.fillers.iter().any(|filler| filler == word)
        };
        let part = has_one(name, &self.parts);
        let sits = name.split('_').any(|word| self.sittings.iter().any(|sitting| sitting == word));
        part && sits && name.split('_').all(known)
    }

    /// Whether a name ends as that of the private part of a meeting: `2026-01-05-part-2`, `part-2`.
    pub(crate) fn is_part(&self, name: &str) -> bool {
        self.parts
            .iter()
            .any(|part| name.strip_suffix(part.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('_')))
    }

    /// The word at an end of the name of a file that may say it, if no other word tells what it is about.
    pub(crate) fn sounds_private(&self, stem: &str, drafts: bool) -> Option<&str> {
        let name = letters::name(stem);
        let words: Vec<&str> = name.split('_').collect();
        let says = |word: &&String| drafts || !self.unsettled.contains(word);
        let found =
            self.shouted.iter().filter(says).find(|word| [words.first(), words.last()].contains(&Some(&word.as_str())));
        found.map(String::as_str).filter(|_| words.len() > 1 && !is_about_else(&name))
    }
}

/// Whether a name has a year in it, as the day of a meeting has.
fn has_year(name: &str) -> bool {
    let is_year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    name.split('_').any(|part| is_year(part) && part.bytes().all(|sign| sign.is_ascii_digit()))
}
