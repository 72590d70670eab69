//! Who can be given something to do: people whom the text names, posts, first names, people whom it lets speak.
//!
//! Input: the names in the words of an action, and the people and words of the text. Output: whether they are somebody.
//! Not here: what is an action (`actions.rs`), and those who were there (`attendance`).

use std::collections::{HashMap, HashSet};

use super::actions::Actions;
use super::facts::{Fact, Person};
use super::names::parted;
use crate::lexicon::Lexicon;
use crate::markdown::blocks::BlockKind;

/// So often a name stands in a text that tells who does what without a list of those who were there.
const OFTEN: usize = 2;

impl Actions<'_> {
    /// Whether words name people: somebody known, or people with a title, a post, initials or a handle.
    pub(super) fn are_people(&self, words: &str) -> bool {
        let words = words.trim_end_matches(['.', ')', ']']);
        let words = words.split(" by ").next().unwrap_or_default();
        words.split_whitespace().count() <= 6 && !words.contains(':')
    }

    /// Whether all that are named are called by what they are in the body.
    pub(super) fn all_posts(&self, names: &str) -> bool {
        parted(names).all(|(_, name)| self.lexicon.fits("post", name))
    }

    /// Whether words in small letters are a post or a group of those who meet: "the community warden", "the sub-group".
    pub(super) fn is_office(&self, name: &str) -> bool {
        let last = name.rsplit(' ').next().unwrap_or_default();
        let group = name.starts_with("the ") || name.starts_with("The ") || name.starts_with("our ");
        ["presence.posts", "group-doers"].iter().any(|list| self.lexicon.has(list, last))
            && (group || self.lexicon.has("several-doers", last))
    }

    /// Whether letters that stand for a name may: those of nobody who was there are most often a body's.
    pub(super) fn may_do(&self, names: &str) -> bool {
        let letters = |name: &str| (2..=3).contains(&name.len()) && name.chars().all(char::is_uppercase);
        let initials = |full: &str| full.split_whitespace().filter_map(|word| word.chars().next()).collect::<String>();
        parted(names).all(|(_, name)| {
            let is_post = |person: &Person| person.role.as_deref().is_some_and(|role| initials(role).ends_with(name));
            let known = |person: &Fact<Person>| {
                let own = initials(&person.value.name);
                let ends = name.chars().next().is_some_and(|first| own.contains(first));
                let (short, full) = (person.value.short.as_deref(), &person.value.name);
                short == Some(name)
                    || full.ends_with(name)
                    || own.ends_with(name)
                    || (own.len() > 1 && ends)
                    || is_post(&person.value)
            };
            !letters(name) || self.people.is_empty() || self.people.iter().any(known) || self.is_speaker(name)
        })
    }

    /// Whether all that are named are called by one name here and there in the text, which is never a word of it: first names of
    /// people whom no list names.
    pub(super) fn all_first_names(&self, names: &str) -> bool {
        let mut parts = parted(names).peekable();
        parts.peek().is_some()
            && parts.all(|(_, name)| {
                let letters = name.chars().count() > 2 && name.chars().all(char::is_alphabetic);
                let capital = name.chars().skip(1).all(char::is_lowercase) && name.starts_with(char::is_uppercase);
                let no_name = ["no-people", "no-names"].iter().any(|list| self.lexicon.has(list, name));
                letters && capital && !no_name && self.is_often_said(name)
            })
    }

    pub(super) fn is_often_said(&self, name: &str) -> bool {
        let names = self.names.get_or_init(|| names(&self.blocks.words));
        names.get(name).is_some_and(|times| *times >= OFTEN)
    }

    /// Whether all that are named are people whom the text names as present or absent.
    pub(super) fn all_known(&self, names: &str) -> bool {
        let mut parts = parted(names).peekable();
        parts.peek().is_some() && parts.all(|(_, name)| self.is_known(name) || self.is_speaker(name))
    }

    /// Whether each word of a name is said to have said, thought or done something: a name of somebody whom no list names.
    pub(super) fn is_speaker(&self, name: &str) -> bool {
        let speakers = self.speakers.get_or_init(|| {
            let leaves = self.blocks.list.iter().filter(|block| !matches!(block.kind, BlockKind::Heading(_)));
            leaves.flat_map(|block| speakers(self.blocks.words_of(block), self.lexicon)).collect()
        });
        let is_speaker = |word: &str| speakers.contains(word.trim_end_matches('.'));
        let mut words = name.trim_start_matches("the ").split_whitespace();
        let title = |word: &str| self.lexicon.fits("title-only", word);
        words.next_back().is_some_and(is_speaker) && words.all(|word| is_speaker(word) || title(word))
    }

    pub(super) fn is_known(&self, name: &str) -> bool {
        let name = name.trim_start_matches("the ").trim_start_matches("The ").trim_start_matches('@');
        // "Business Manager Jo Low": the post before the name, or all there is of a name.
        let words: Vec<&str> = name.split(' ').collect();
        let is_post = |word: &&str| self.lexicon.has("presence.posts", word);
        if let Some(last) = words.iter().rposition(is_post).filter(|_| words.len() > 1) {
            let rest = words[last + 1..].join(" ");
            return rest.is_empty() || self.is_known(&rest);
        }
        if self.lexicon.has("no-people", name) {
            return false;
        }
        self.people.iter().any(|person| {
            let Person { name: full, short, .. } = &person.value;
            let short = short.as_deref().map(|short| short.trim_start_matches('@'));
            short == Some(name)
                || (!name.is_empty()
                    && name.split_whitespace().all(|word| {
                        full.split_whitespace().any(|own| {
                            let word = word.trim_end_matches('.');
                            let initial = word.len() == 1 && name.contains(' ') && own.starts_with(word);
                            own.trim_end_matches('.') == word || (own.starts_with(word) && word.len() > 2) || initial
                        })
                    }))
        })
    }
}

/// The words of a text that begin with a capital and never without one, and how often each stands there.
fn names(text: &str) -> HashMap<&str, usize> {
    let words = || text.split(|sign: char| !sign.is_alphabetic()).filter(|word| word.len() > 2);
    let small: HashSet<String> =
        words().filter(|word| word.starts_with(char::is_lowercase)).map(str::to_owned).collect();
    let mut names = HashMap::new();
    for word in words().filter(|word| word.starts_with(char::is_uppercase)) {
        *names.entry(word).or_insert(0) += 1;
    }
    names.retain(|word, _| !small.contains(&word.to_lowercase()));
    names
}

/// The words of a text with a capital after which a verb of speech stands, with the name before them: "Short Paul said", and letters
/// that open what somebody said: "AB – fire risk".
fn speakers<'a>(text: &'a str, lexicon: &Lexicon) -> Vec<&'a str> {
    let bare = |word: &'a str| word.trim_start_matches(['(', '"', '“', '*', '_']);
    let is_name = |word: &str| {
        let letters = word.chars().all(|sign| sign.is_alphabetic() || matches!(sign, '’' | '\'' | '-'));
        let shouted = word.len() > 3 && !word.chars().any(char::is_lowercase);
        let is_word = ["no-people", "no-names"].iter().any(|list| lexicon.has(list, word));
        word.starts_with(char::is_uppercase) && word.len() > 1 && letters && !shouted && !is_word
    };
    let mut known = Vec::new();
    for line in text.lines() {
        let (mut first, mut last) = ("", "");
        for (at, word) in line.split_whitespace().enumerate() {
            let letters = (2..=3).contains(&last.len()) && last.chars().all(char::is_uppercase);
            let opens = at == 1 && letters && matches!(word, "–" | "—" | "-" | "--");
            if is_name(last) && (opens || lexicon.has("speech", word)) {
                known.push(last);
                known.extend(Some(first).filter(|first| is_name(first)));
            }
            (first, last) = (last, bare(word));
        }
    }
    known
}
