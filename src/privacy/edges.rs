//! Words of privacy that stand apart from the words beside them: at an edge of a line, between brackets, behind a colon or a dash, in
//! capitals among small letters; and sentences that say of their own text that it is private.
//!
//! Input: one line of a text, a heading, a cell, without what makes it one. Output: the words, and how they stand apart. Not here: what
//! they hold back (`spoken.rs`, and `disclosure`), and the words (`words.toml`).

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::matching::{begins, has_one, pointed};
use super::spoken::Phrase;
use super::words::{Sentence, TEXT, TextWords, is_harmless_field, undated, unnumbered};
use crate::language::letters;

/// Words that stand apart in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Apart {
    /// Where they stand in it.
    pub(crate) words: Range<usize>,
    /// Whether they are in capitals, and the others are not.
    pub(crate) loud: bool,
    /// Whether one of them is a word that is said of nothing else.
    pub(crate) strong: bool,
    /// How many words stand before them, without the label of the line.
    pub(crate) before: usize,
    /// How many stand behind them.
    pub(crate) after: usize,
    /// Whether a sign sets them off on the side of the others, or only their letters.
    pub(crate) signed: bool,
}

/// So many words has the longest mark.
const LONGEST: usize = 8;

/// Beside fewer words a mark is a value or a part of a title.
const FEW: usize = 3;

/// So many words may be a sentence.
const SENTENCE: usize = 7;

/// Among so many words behind the subject of a sentence its verb is looked for.
const NEAR: usize = 4;

/// Among so many behind it words are looked for that say by themselves what is to be done.
const FAR: usize = 8;

/// All words that may be a mark, as names.
static MARKS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let text: &'static TextWords = &TEXT;
    [&text.marks, &text.sure, &text.meetings, &text.loud, &text.hints]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect()
});

/// A word of a line: where it stands, and its name.
struct Word {
    range: Range<usize>,
    name: String,
}

fn words(line: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, sign) in line.char_indices().chain([(line.len(), ' ')]) {
        match start {
            None if sign.is_alphanumeric() => start = Some(at),
            Some(from) if !sign.is_alphanumeric() => {
                words.push(Word { range: from..at, name: letters::name(&line[from..at]) });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Whether what stands between two words sets one off from the other: a bracket, a colon, a dash, the end of a sentence.
fn sets_off(gap: &str) -> bool {
    let dash =
        gap.contains(" - ") || gap.contains("--") || gap.contains([' ', '\t']) && gap.trim().chars().any(is_dash);
    dash || gap.contains(['(', ')', '[', ']', '（', '）', '【', '】', ':', '：', '|', '—', '<', '>'])
        || gap.trim_start_matches(['*', '_']).starts_with(['.', ';', '!', '?'])
}

fn is_dash(sign: char) -> bool {
    matches!(sign, '–' | '—' | '―' | '−')
}

/// Whether a gap may set words off from each other in any place of a line.
fn may_part(gap: &str) -> bool {
    sets_off(gap) || is_emphasis(gap) || gap.starts_with(',')
}

/// Whether words have no small letter.
fn shouts(words: &str) -> bool {
    !words.contains(char::is_lowercase)
}

/// Whether a gap has a sign of bold or italics, which sets off what stands at an edge of the line.
fn is_emphasis(gap: &str) -> bool {
    gap.contains(['*', '_', '`', '=', '~'])
}

impl TextWords {
    /// The first words of a line that stand apart in it and are a mark; `None` too if they are all of it.
    pub(crate) fn apart(&self, line: &str) -> Option<Apart> {
        let words = words(line);
        let label = |word: &Word| {
            word.name.bytes().all(|sign| sign.is_ascii_digit())
                || word.name.chars().count() == 1
                || is_roman(&word.name)
        };
        let first = words.iter().take_while(|word| label(word)).count();
        // Most words have another close before them, and are no mark whatever follows.
        let may_open = |from: &usize| {
            let word = &words[*from].range;
            *from == first || may_part(&line[words[*from - 1].range.end..word.start]) || shouts(&line[word.clone()])
        };
        let found = (first..words.len()).filter(may_open).find_map(|from| {
            (from + 1..=words.len().min(from + LONGEST)).rev().find_map(|to| self.mark(line, &words, first, from..to))
        });
        found.filter(|_| !is_harmless_field(line))
    }

    /// The words between two indices, if they are a mark and stand apart from the others after the first of all.
    fn mark(&self, line: &str, words: &[Word], first: usize, at: Range<usize>) -> Option<Apart> {
        let mark = &words[at.clone()];
        let range = mark.first()?.range.start..mark.last()?.range.end;
        // A hyphen makes one word of two: "non-confidential".
        let joined = |gap: &str| matches!(gap, "-" | "'" | "’" | "/");
        let before = at.start.checked_sub(1).filter(|_| at.start > first).map(|before| &words[before]);
        let after = words.get(at.end);
        let gap_before = before.map(|word| &line[word.range.end..range.start]);
        let gap_after = after.map(|word| &line[range.end..word.range.start]);
        // Brackets, colons and the like part a mark from other words.
        let parted = mark.windows(2).any(|pair| {
            let gap = &line[pair[0].range.end..pair[1].range.start];
            sets_off(gap) && !gap.chars().any(is_dash) && !gap.contains(" - ")
        });
        if parted || [gap_before, gap_after].into_iter().flatten().any(joined) || (before.is_none() && after.is_none())
        {
            return None;
        }
        let all_may = [gap_before, gap_after].into_iter().flatten().all(may_part);
        if !all_may && !shouts(&line[range.clone()]) {
            return None;
        }
        let name = mark.iter().map(|word| word.name.as_str()).collect::<Vec<_>>().join("_");
        let name = name.as_str();
        if !(MARKS.contains(name) || self.is_strong(name) || self.is_way(name)) {
            return None;
        }
        let quiet = |word: Option<&Word>| {
            word.is_none_or(|word| !shouts(&line[word.range.clone()]) || !word.name.contains(char::is_alphabetic))
        };
        let loud = shouts(&line[range.clone()]) && quiet(before) && quiet(after);
        // A sentence goes on in small letters: "EXEMPT items were".
        let anew = after.is_none_or(|word| line[word.range.clone()].starts_with(|first: char| !first.is_lowercase()));
        let is_edge = before.is_none() || after.is_none();
        let titled = anew && line[range.clone()].starts_with(char::is_uppercase);
        let sure = self.sure.iter().any(|sure| sure == name);
        let off = |gap: Option<&str>| {
            gap.is_none_or(|gap| {
                sets_off(gap) || (sure && gap.starts_with(',')) || (is_edge && titled && is_emphasis(gap))
            })
        };
        let signed = off(gap_before) && off(gap_after);
        let strong = sure || self.has_strong(name);
        let counts = signed || (loud && strong && anew);
        counts.then(|| Apart {
            words: range,
            loud,
            strong,
            before: at.start.saturating_sub(first),
            after: words.len() - at.end,
            signed,
        })
    }

    /// Whether a strong mark in capitals stands apart at an edge of a line: `EXEMPT. The bid`, `The bid was high. CONFIDENTIAL`.
    pub(crate) fn is_loud_apart(&self, line: &str) -> bool {
        let edge = |apart: Apart| apart.loud && apart.strong && apart.before.min(apart.after) == 0;
        self.apart(line).filter(|apart| apart.before + apart.after >= FEW).is_some_and(|apart| {
            let rest = if apart.before == 0 { &line[apart.words.end..] } else { "" };
            edge(apart) && !self.is_nothing(rest)
        })
    }

    /// Whether a strong mark stands apart at an edge of a short line of its own, or begins it: `Report status: Exempt`.
    pub(crate) fn is_stamped(&self, line: &str) -> bool {
        self.may_speak(line)
            && (self.ends_surely(line)
                || (self.begins_free(line) && !self.is_nothing(line))
                || self.apart(line).is_some_and(|apart| {
                    let others = if apart.before == 0 { &line[apart.words.end..] } else { &line[..apart.words.start] };
                    let words = &line[apart.words.clone()];
                    // "Students: exempt" is a value.
                    let bracketed = line[..apart.words.start].ends_with(['(', '[']);
                    let titled =
                        bracketed || words.starts_with(char::is_uppercase) || self.sure.contains(&letters::name(words));
                    apart.strong && titled && apart.before.min(apart.after) == 0 && !self.is_nothing(others)
                }))
    }

    /// Whether a short line is a label and a mark as its value: `Report status: NOT FOR PUBLICATION`.
    pub(crate) fn is_labelled_mark(&self, line: &str) -> bool {
        let ends = |apart: Apart| apart.after == 0 && line[..apart.words.start].contains([':', '–']);
        self.is_stamped(line) && self.apart(line).is_some_and(ends)
    }

    /// Whether words begin with one that is said of what is private: "Confidential notes".
    pub(crate) fn is_confided(&self, words: &str) -> bool {
        let name = letters::name(words);
        name.contains('_') && self.shut.iter().any(|word| begins(&name, word))
    }

    /// Whether, where a meeting speaks, a mark in small letters stands apart at an edge of a line and speaks of its other words:
    /// `Confidential – The bid was high`. Behind few words it is a part of a title, which is public.
    pub(crate) fn is_apart_in_meeting(&self, line: &str) -> bool {
        self.apart(line).is_some_and(|apart| {
            let first = apart.before == 0 && apart.after >= FEW && !self.narrates(&line[apart.words.end..]);
            let last = apart.after == 0 && apart.before >= SENTENCE;
            apart.strong && apart.signed && (first || last)
        })
    }

    /// Whether all words of a heading say that a part of a meeting was private.
    pub(crate) fn is_gathering(&self, name: &str) -> bool {
        let mut rest = name;
        let mut reserved = false;
        while !rest.is_empty() {
            // "Minutes of the in-camera meeting held on 4 March 2026"
            let first = rest.split('_').next().unwrap_or_default();
            if undated(first).is_empty() {
                rest = rest[first.len()..].trim_start_matches('_');
                continue;
            }
            let longest = |list: &[String]| list.iter().filter(|words| begins(rest, words)).map(String::len).max();
            let (said, named) = (longest(&self.reserving), longest(&self.gatherings));
            let Some(length) = said.max(named) else { return false };
            reserved |= said == Some(length);
            rest = rest[length..].trim_start_matches('_');
        }
        reserved && name.contains('_')
    }

    /// Whether a heading says that a part of a meeting was private, and not that the meeting was over: "Meeting closed at 9.15".
    pub(crate) fn gathers(&self, line: &str) -> bool {
        self.is_gathering(&unnumbered(line)) && !self.is_over(line)
    }

    fn is_over(&self, line: &str) -> bool {
        let line = line.to_lowercase();
        self.over.iter().map(|said| said.replace('_', " ")).any(|said| {
            let over = |(before, after): (&str, &str)| {
                let said_of = before.ends_with(' ') && before.trim_end().ends_with(char::is_alphabetic);
                let last = !after.trim_start_matches(['*', '_', ' ']).starts_with(char::is_alphabetic);
                said_of && last && !self.is_gathering(&unnumbered(&format!("{before}{after}")))
            };
            line.split_once(&said).is_some_and(over)
        })
    }

    /// What the first sentence of some words says of its own text, of what is above it or of what follows, if it says that it is not for
    /// everybody: "The remainder of this minute is confidential", "Items 7 to 9 were considered in private".
    pub(crate) fn of_itself(&self, words: &str) -> Option<Phrase> {
        self.of_clause(words)
            .or_else(|| {
                // "The public left, and the following was discussed in confidence."
                let first = words.split(". ").next().unwrap_or_default();
                let (_, clause) = first.split_once(" and ").or_else(|| first.split_once("; "))?;
                let Sentence { following, rest, .. } = &self.sentence;
                let name = letters::name(clause);
                let onward = [following, rest].into_iter().flatten().any(|pointer| begins(&name, pointer));
                self.of_clause(clause).filter(|_| onward)
            })
            .or_else(|| self.behind_reason(words))
    }

    /// The same of a sentence that begins with the reason.
    fn behind_reason(&self, words: &str) -> Option<Phrase> {
        let first = words.split(". ").next().unwrap_or_default();
        let name = unnumbered(first);
        let gives_reason = self.sentence.reasons.iter().any(|reason| begins(&name, reason));
        if !gives_reason {
            return None;
        }
        // "The report" is this one.
        let subjects = [" the ", " this "]
            .into_iter()
            .flat_map(|word| first.match_indices(word).map(move |(at, _)| at + word.len()));
        subjects.into_iter().find_map(|at| self.of_clause(&format!("this {}", &first[at..])))
    }

    fn of_clause(&self, words: &str) -> Option<Phrase> {
        let Sentence { pointing, back, above, following, rest, things, parts, several, wholes, .. } = &self.sentence;
        let Sentence { states, documents, papers, .. } = &self.sentence;
        // "Note: the minute above is confidential."
        let remark = words.split_once(": ").filter(|(label, _)| self.remarks.contains(&unnumbered(label)));
        let words = remark.map_or(words, |(_, rest)| rest);
        // "NB this paper is confidential"
        let label = words.split_once([' ', ',']).filter(|(label, _)| self.is_aside(label));
        let words = self.behind_noting(label.map_or(words, |(_, rest)| rest));
        let end = [". ", "; ", ".\n", ": "].iter().filter_map(|end| words.find(end)).min().unwrap_or(words.len());
        let name = unnumbered(&words[..end]);
        if self.is_lifted(&words[..end]) {
            return None;
        }
        if self.is_by_a_law(&name) {
            return Some(Phrase::Around);
        }
        if let Some(items) = self.without_public_for(&name) {
            return Some(Phrase::Items(items));
        }
        if let Some((items, said)) = numbered(&name, self) {
            return (self.is_kept(&said) || self.is_state(&said, NEAR)).then_some(Phrase::Items(items));
        }
        let (pointer, after) = pointed(pointing, &name).unwrap_or(("", name.as_str()));
        let is = |list: &[String], words: &str| list.iter().any(|known| known == words);
        let (thing, said) = pointed(things, after).unwrap_or(("", after));
        let above = pointed(above, said).filter(|_| !thing.is_empty());
        let (behind, said) = (is(back, pointer) || above.is_some(), above.map_or(said, |(_, rest)| rest));
        let below = pointed(&self.sentence.below, said).filter(|_| !thing.is_empty());
        let (ahead, said) = (below.is_some(), below.map_or(said, |(_, rest)| rest));
        if matches!(pointer, "" | "the") && !behind && !ahead {
            return None;
        }
        let near = if is(back, pointer) && thing.is_empty() { 1 } else { NEAR };
        let stated = !thing.is_empty() && states.iter().any(|state| begins(said, state));
        if !(stated || self.is_kept(said) || self.is_state(said, near)) {
            return None;
        }
        // "These properties are exempt" is about something else; who knows of what "this Cabinet report" speaks?
        let verb = said.split('_').next().unwrap_or_default();
        let is_of_text = !thing.is_empty() || is(&self.sentence.being, verb);
        let of_meeting = is(wholes, thing);
        Some(match () {
            () if is(&self.sentence.onward, pointer) => Phrase::Opened,
            () if behind && of_meeting => return None,
            () if behind && is(parts, thing) => Phrase::Before,
            () if behind => Phrase::Above,
            () if is(rest, pointer) && (of_meeting || is(several, thing)) => Phrase::Part,
            () if is(rest, pointer) => Phrase::Below,
            () if is(following, pointer) && words[end..].starts_with(": ") => Phrase::Own,
            () if is(following, pointer) && is(several, thing) => Phrase::Part,
            () if is(following, pointer) || ahead => Phrase::Next,
            () if is(parts, thing) || of_meeting || !is_of_text => Phrase::Below,
            () if is(documents, thing) || pointer.ends_with("document") => Phrase::All,
            () if is(papers, thing) => Phrase::Paper,
            () => Phrase::Around,
        })
    }

    /// Whether a sentence without a subject says by which law its item is not for everybody: "Held in private under the 1960 Act".
    fn is_by_a_law(&self, name: &str) -> bool {
        let Sentence { participles, laws, .. } = &self.sentence;
        let thing = || pointed(&self.sentence.things, name).filter(|(_, rest)| !self.has_verb(rest));
        let Some((_, rest)) = pointed(participles, name).or_else(thing) else { return false };
        has_one(rest, laws) && self.is_state(&format!("is_{rest}"), 1)
    }

    /// Whether a name has a verb, so that it tells something.
    fn has_verb(&self, name: &str) -> bool {
        name.split('_').any(|word| self.verbs.iter().any(|verb| verb == word))
    }

    /// The items for which the public will have to go: "The press and public will be asked to leave for items 4 and 5".
    fn without_public_for(&self, name: &str) -> Option<u128> {
        let Sentence { leaving_for, shall, .. } = &self.sentence;
        let mut rest = has_one(name, shall).then(|| self.goes(name)).flatten()?;
        while let Some((_, behind)) = pointed(leaving_for, rest) {
            rest = behind;
        }
        numbered(rest, self).map(|(items, _)| items)
    }

    /// What is said behind words that only ask to heed it, if it is of this text: "Members are reminded that this paper is confidential".
    fn behind_noting<'words>(&self, words: &'words str) -> &'words str {
        let found = |word: &String| words.find(&format!(" {} ", word.replace('_', " ")));
        let this = self.sentence.noted.iter().filter_map(found).min();
        let this = this.filter(|_| pointed(&self.sentence.noting, &unnumbered(words)).is_some());
        this.map_or(words, |at| &words[at + 1..])
    }

    /// Whether a word before a sentence only asks to heed it.
    fn is_aside(&self, word: &str) -> bool {
        let name = letters::name(word.trim_matches(['*', '_', '.']));
        self.legend.labels.contains(&name) || self.remarks.contains(&name)
    }

    /// Whether words say what is to be done with what they are about: "must not be published".
    fn is_kept(&self, said: &str) -> bool {
        let near = said.splitn(FAR + 1, '_').take(FAR).collect::<Vec<_>>().join("_");
        has_one(&near, &self.sentence.kept) || self.awaits(said)
    }

    /// Whether words say that something may be shown, but not yet: "may only be published once the contract is signed".
    fn awaits(&self, said: &str) -> bool {
        let Sentence { allowing, only, going, awaiting, .. } = &self.sentence;
        let Some((_, mut rest)) = pointed(allowing, said) else { return false };
        while let Some((_, behind)) = pointed(only, rest) {
            rest = behind;
        }
        pointed(going, rest).is_some_and(|(_, rest)| pointed(awaiting, rest).is_some())
    }

    /// Whether words say what something is, with their verb among the first `near`: "is to be treated as confidential".
    fn is_state(&self, said: &str, near: usize) -> bool {
        let Sentence { being, between, states, behind, from, .. } = &self.sentence;
        let words: Vec<&str> = said.split('_').collect();
        let Some(verb) = words.iter().take(near).position(|word| being.iter().any(|being| being == word)) else {
            return false;
        };
        let joined = words[verb + 1..].join("_");
        let mut said = joined.as_str();
        while let Some((_, rest)) = pointed(between, said) {
            said = rest;
        }
        let Some((_, rest)) = pointed(states, said) else { return false };
        let is = |list: &[String]| list.iter().any(|words| begins(rest, words));
        rest.is_empty() || is(from) || is(behind)
    }
}

/// The numbers of items with which a name begins, as one bit each, and what follows them: `items_7_to_9_were_taken_in_private`.
fn numbered(name: &str, text: &TextWords) -> Option<(u128, String)> {
    let rest = name.strip_prefix("the_").unwrap_or(name);
    let words: Vec<&str> = rest.split('_').collect();
    let first = words.iter().take(3).position(|word| word.bytes().all(|sign| sign.is_ascii_digit()))?;
    let named = words[..first].join("_");
    if first == 0 || !text.items.iter().chain(&text.sentence.numbered).any(|item| *item == named) {
        return None;
    }
    let (mut items, mut last, mut to) = (0_u128, None, false);
    let mut at = first;
    while let Some(word) = words.get(at) {
        match word.parse::<u32>() {
            Ok(number) if number < u128::BITS => {
                let from = last.filter(|last| to && *last < number).unwrap_or(number);
                (from..=number).for_each(|number| items |= 1 << number);
                (last, to) = (Some(number), false);
            }
            Ok(_) => return None,
            Err(_) if text.sentence.to.iter().any(|known| known == word) => to = true,
            Err(_)
                if text.sentence.and.iter().any(|known| known == word)
                    || text.items.iter().any(|item| item == word) => {}
            Err(_) => break,
        }
        at += 1;
    }
    (items != 0).then(|| (items, words[at..].join("_")))
}

fn is_roman(word: &str) -> bool {
    word.len() <= 4 && word.bytes().all(|letter| b"ivx".contains(&letter))
}
