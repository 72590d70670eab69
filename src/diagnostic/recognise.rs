//! What `recognise` says to an author: what reads like a record, and is none for certain.

use super::{Change, Diagnostics};
use crate::source::Span;

/// How many characters of somebody's words a title shows.
const SHOWN: usize = 70;

impl Diagnostics {
    /// Words that read like a decision. `braces` make one of them: at the end of their block if they are the whole of it, else
    /// after brackets around them.
    pub fn likely_decision(&mut self, span: Span, words: &str, braces: &str, whole: bool, change: Option<Change>) {
        let title = format!("“{}” reads like a decision", shown(words));
        let why = "Its words alone do not make it certain, so it stands in no list of decisions, and people who look for what was \
                   decided do not find it.";
        let fix = format!("If the meeting decided it, {}", to_type(words, braces, whole));
        let diagnostic = self.add("likely-decision", span, title, why, fix);
        diagnostic.change = change;
    }

    /// Words that read like something that somebody is to do, likewise.
    pub fn likely_action(&mut self, span: Span, words: &str, braces: &str, whole: bool, change: Option<Change>) {
        let title = format!("“{}” reads like an action", shown(words));
        let why = "Its words alone do not make it certain, so it stands in no list of actions, and nobody who follows up what was \
                   promised finds it.";
        let fix = format!("If somebody is to do it, {}", to_type(words, braces, whole));
        let diagnostic = self.add("likely-action", span, title, why, fix);
        diagnostic.change = change;
    }

    /// A phrase of the site's own words that no text can have, or that is too long.
    pub fn unusable_words(&mut self, span: Span, typed: &str, longest: usize) {
        let title = format!("“{}” cannot be looked for", shown(typed));
        let why = "A phrase is looked for in every sentence, so it needs letters, and not too many of them.";
        let fix =
            format!("Write a few words as they stand in the minutes, at most {longest} characters: \"Ordered that\"");
        self.add("wrong-entry", span, title, why, fix);
    }

    /// A phrase that stands in two lists of the site's own words, or twice in one.
    pub fn words_twice(&mut self, span: Span, first: Span, typed: &str) {
        let title = format!("“{}” stands in this file already", shown(typed));
        let why = "A phrase can mean one thing only; the first place counts.";
        let fix = "Delete it here, or there.";
        let diagnostic = self.add("wrong-entry", span, title, why, fix);
        diagnostic.also.push((first, "it stands here first".into()));
    }

    /// More phrases in one list of the site's own words than are looked for.
    pub fn too_many_words(&mut self, span: Span, key: &str, most: usize) {
        let title = format!("`{key}` has more than {most} phrases");
        let why = "Each is looked for in every sentence; from this one on they are left out.";
        let fix = "Keep those that the minutes use most.";
        self.add("wrong-entry", span, title, why, fix);
    }

    /// A line that may be the heading of an item; `at` is where it begins, if it is a paragraph of its own.
    pub fn likely_item(&mut self, span: Span, line: &str, at: Option<usize>) {
        let title = format!("“{}” looks like the heading of an item", shown(line));
        let why = "Nothing else on the page shows that it is one, so it stands in no list of items, and nobody can link to \
                   it by its number.";
        let fix =
            format!("If it is one, write ## {} with an empty line above and below. If not, all is well.", shown(line));
        let diagnostic = self.add("likely-item", span, title, why, fix);
        diagnostic.change = at.map(|at| Change::insert(span.source, at, "## "));
    }

    /// A heading without a number that may be that of an item; `braces` make it one, typed at the byte `end` of the source.
    pub fn unnumbered_item(&mut self, span: Span, line: &str, braces: &str, end: Option<usize>) {
        let title = format!("“{}” looks like the heading of an item", shown(line));
        let why = "It has no number, so it stands in no list of items.";
        let fix = format!(
            "If it is one, type {braces} at the end of its line, with a space before it, or give it a number. If not, all is well."
        );
        let diagnostic = self.add("likely-item", span, title, why, fix);
        diagnostic.change = end.map(|end| Change::insert(span.source, end, format!(" {braces}")));
    }

    /// A line that may begin with the title of an item, after which its text goes on.
    pub fn item_in_text(&mut self, span: Span, line: &str) {
        let title = format!("“{}” looks like the beginning of an item", shown(line));
        let why = "Its title and its text stand in one line, so it stands in no list of items, and nobody can link to it by its number.";
        let fix = "If it is one, put ## before its number, end the line after its title, and leave a line empty before its text. If \
                   not, all is well.";
        self.add("likely-item", span, title, why, fix);
    }
}

/// What to type to make a record of words, or to say that they are none.
fn to_type(words: &str, braces: &str, whole: bool) -> String {
    match whole {
        true => format!(
            "type {braces} at the end of the paragraph, with a space before it. If not, type {{.no-record}} there, or leave it."
        ),
        false => format!(
            "put the words between square brackets, with what it is after them: [{}]{braces}. If not, type {{.no-record}} in the \
             place of these braces, or leave it.",
            shown(words)
        ),
    }
}

/// Words as a message shows them.
fn shown(words: &str) -> String {
    match words.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words.to_owned(),
    }
}
