//! Words that stand apart from those that they are about, on one line with them: in bold, between brackets, in other letters, behind a
//! picture, spelt with blanks between their letters.
//!
//! Input: the first line of a paragraph. Output: whether it says so; its parts. Not here: headings and marks at the end of a line
//! (`spoken.rs`), and the words (`words.toml`).

use super::matching::begins;
use super::words::{TEXT, TextWords, is_label, unnumbered};
use crate::language::letters;

/// What opens words in brackets.
pub(crate) const BRACKETS: [char; 4] = ['(', '[', '（', '【'];

/// How many bytes of words in brackets are looked at.
const LONGEST_IN_BRACKETS: usize = 400;

impl TextWords {
    /// Whether several words in bold, which say it, begin a line that does not go on to tell what was done: `**Private session:** The bid`.
    pub(crate) fn is_headed(&self, line: &str) -> bool {
        run_in(line).is_some_and(|(words, rest)| {
            let name = unnumbered(words);
            name.contains('_') && (self.is_whole(words, &name) || self.is_way(&name)) && !self.narrates(rest)
        })
    }

    /// Whether words that say it stand apart at the beginning of a paragraph: in other letters, behind a picture, before two hyphens.
    pub(crate) fn is_set_off(&self, line: &str) -> bool {
        let is_mark = |words: &str, loud: bool| {
            let name = unnumbered(words);
            let mark = (self.marks.contains(&name) || self.is_strong(&name)) && self.has_strong(&name);
            self.sure.contains(&name) || (mark && (!loud || !words.contains(char::is_lowercase)))
        };
        let line = line.trim_start();
        let signs = line.trim_start_matches(|sign: char| !sign.is_alphanumeric() && !BRACKETS.contains(&sign));
        let picture = line[..line.len() - signs.len()].chars().any(|sign| !sign.is_ascii() && !sign.is_whitespace());
        let tag = || {
            let (words, rest) = line.strip_prefix('<')?.split_once('>')?.1.split_once("</")?;
            Some((words, rest.split_once('>')?.1))
        };
        let pairs = ["==", "`", "***", "*", "_", "~~", "^", "\\*", "\\_"];
        let pair = pairs.iter().find_map(|sign| line.strip_prefix(sign)?.split_once(sign));
        let new =
            |rest: &str| !rest.trim_start_matches(|sign: char| !sign.is_alphanumeric()).starts_with(char::is_lowercase);
        let apart =
            |(words, rest): (&str, &str)| is_mark(words, true) && rest.contains(char::is_alphanumeric) && new(rest);
        let hyphens = line.split_once(" -- ").is_some_and(apart);
        // A number before them is the item's: `26/05 EXEMPT – The bid`.
        let number = || {
            let (label, rest) = line.split_once(' ')?;
            let dash = rest.split_once([':', '–', '—']).or_else(|| rest.split_once(" - "))?;
            (label.starts_with(|sign: char| sign.is_ascii_digit()) && is_label(label)).then_some(dash)
        };
        let capitals = || {
            let words = signs.split_whitespace().take_while(|word| !word.contains(char::is_lowercase)).count();
            let end = signs.split_inclusive(char::is_whitespace).take(words).map(str::len).sum();
            let name = if picture { letters::name(signs) } else { String::new() };
            let first = self.sure.iter().any(|sure| begins(&name, sure));
            picture && (first || (words > 0 && is_mark(&signs[..end], true)))
        };
        tag().is_some_and(apart) || pair.is_some_and(apart) || hyphens || number().is_some_and(apart) || capitals()
    }

    /// Whether several words between brackets, which say it, are all of a line: `(Closed business)`.
    pub(crate) fn is_bracketed(&self, line: &str) -> bool {
        let first = bracketed_first(line.trim_matches(['*', '_', ' ', '\\', '.']));
        let name = first.filter(|(_, rest)| rest.is_empty()).map(|(words, _)| unnumbered(words));
        name.is_some_and(|name| {
            name.contains('_')
                && (self.marks.contains(&name) || self.is_strong(&name) || self.is_way(&name))
                && !self.parts.contains(&name)
        })
    }

    /// What a paragraph says behind words that say it, in bold or between brackets: `**Press and public excluded:** The bid`.
    pub(crate) fn behind_label<'text>(&self, paragraph: &'text str) -> &'text str {
        let label = run_in(paragraph).or_else(|| bracketed_first(paragraph));
        let says = |words: &str| self.whole.contains(&unnumbered(words));
        let first = || paragraph.split_once('\n').filter(|(line, _)| says(line));
        label.filter(|(words, rest)| says(words) && !rest.is_empty()).or_else(first).map_or(paragraph, |(_, rest)| rest)
    }
}

/// The words in bold with which a line begins, and what follows them.
pub(crate) fn run_in(line: &str) -> Option<(&str, &str)> {
    let (words, rest) = ["**", "__"].iter().find_map(|sign| line.strip_prefix(sign)?.split_once(sign))?;
    let apart = words.ends_with([':', '.']) || rest.trim_start().starts_with([':', '–', '—', '-', '.']);
    let rest = rest.trim_matches([' ', ':', '–', '—', '-', '.']);
    (!rest.is_empty() && (apart || words.ends_with([')', ']']))).then(|| (words.trim_end_matches([':', '.']), rest))
}

/// What stands between the brackets with which a line begins, and what follows them.
pub(crate) fn bracketed_first(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches(['*', '_', '\\', ' ']);
    let inside = line.strip_prefix(BRACKETS)?;
    let (words, rest) = inside.split_once([')', ']', '）', '】'])?;
    Some((words.trim_matches(['*', '_', '\\', ' ']), rest.trim_matches(['*', '_', '\\', ' ', '.', ':'])))
}

/// A line whose words are spelt with a blank between each letter and the next, read as words: `E X E M P T`.
pub(crate) fn without_blanks(line: &str) -> Option<String> {
    let is_letter = |word: &str| word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let mut read = String::new();
    let mut found = false;
    let words: Vec<&str> = line.split(' ').collect();
    let mut at = 0;
    while at < words.len() {
        let bare = |word: &str| word.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned();
        let run = words[at..].iter().take_while(|word| is_letter(&bare(word))).count();
        if run >= 4 {
            found = true;
            words[at..at + run].iter().for_each(|word| read.push_str(word));
            at += run;
        } else {
            read.push_str(words[at]);
            at += 1;
        }
        read.push(' ');
    }
    found.then_some(read)
}

/// What stands between brackets in a line; of very long words only the first, so that the time stays linear.
pub(crate) fn bracketed(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices(BRACKETS).filter_map(|(at, open)| {
        let inside = &line[at + open.len()..];
        if inside.starts_with(BRACKETS) {
            return None;
        }
        let mut far = inside.len().min(LONGEST_IN_BRACKETS);
        while !inside.is_char_boundary(far) {
            far -= 1;
        }
        let end = inside[..far].find([')', ']', '）', '】']);
        end.or_else(|| (far < inside.len()).then_some(far)).map(|end| &inside[..end])
    })
}

/// Whether a paragraph opens as a limb of a decision does: with a number or a letter and a stop, or with "That".
pub(crate) fn opens_limb(paragraph: &str) -> bool {
    let typed = paragraph.trim_start_matches(['*', '_', '(', '[', ' ', '\\']);
    let label = typed.find(|sign: char| !sign.is_alphanumeric()).map_or(("", ""), |end| typed.split_at(end));
    let numbered = (1..=4).contains(&label.0.len()) && label.1.trim_start_matches('\\').starts_with(['.', ')', ']']);
    numbered || TEXT.limbs.contains(&label.0.to_lowercase())
}

/// Whether a paragraph begins with the letter or the small number of a limb, which no sentence does: `(a)`, `ii)`, `b.`.
pub(crate) fn has_letter(paragraph: &str) -> bool {
    let typed = paragraph.trim_start_matches(['*', '_', ' ', '\\']);
    let inside = typed.strip_prefix(['(', '[']);
    let rest = inside.unwrap_or(typed);
    let (label, after) =
        rest.find(|sign: char| !sign.is_ascii_alphanumeric()).map_or(("", ""), |end| rest.split_at(end));
    let roman = label.bytes().all(|letter| b"ivx".contains(&letter));
    let small = !label.is_empty() && !label.contains(char::is_uppercase);
    let closed = |signs: &[char]| after.trim_start_matches('\\').starts_with(signs);
    match inside {
        Some(_) => (1..=4).contains(&label.len()) && (label.len() < 3 || roman) && closed(&[')', ']']),
        None => small && (label.len() == 1 || roman) && label.contains(char::is_alphabetic) && closed(&[')', '.']),
    }
}

/// Whether a paragraph or an item goes on from words above it that are no sentence: with "That", behind a label or not.
pub(crate) fn goes_on(words: &str) -> bool {
    let mut rest =
        words.split_whitespace().map(|word| word.trim_matches(['*', '_', '(', ')', '[', ']', '.', '\\', ',']));
    let is_limb = |word: &str| TEXT.limbs.contains(&word.to_lowercase());
    rest.next().is_some_and(|first| is_limb(first) || (first.len() <= 4 && rest.next().is_some_and(is_limb)))
}

/// Whether a word may be spelt with a blank between each letter and the next: `E X E M P T`.
pub(crate) fn is_spaced(text: &str) -> bool {
    let mut run = 0;
    text.as_bytes().chunk_by(|_, next| *next != b' ').any(|word| {
        let letters = word.iter().filter(|sign| sign.is_ascii_alphabetic()).count();
        run = if letters == 1 { run + 1 } else { 0 };
        run >= 4
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limbs_are_told_from_sentences() {
        for typed in ["(a) The price", "a) The price", "ii. The price", "*(iv)* The price", "(1) The price", "(12) x"] {
            assert!(has_letter(typed), "{typed}");
        }
        for typed in [
            "Mr. Smith",
            "I. Smith",
            "A. Contract",
            "The bid",
            "7.1 The bid",
            "(the) bid",
            "(1972) law",
            "No. 5",
            "1. x",
        ] {
            assert!(!has_letter(typed), "{typed}");
        }
    }
}
