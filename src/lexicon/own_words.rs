//! A site's own words for what recognition looks for: plain phrases, which join the patterns of English.
//!
//! Input: [`OwnWords`], as `parse` reads them from `content/words.toml`. Output: a [`Lexicon`] with them. Not here: mistakes in the file.
//!
//! A phrase fits in any letters, with any blanks between its words, and only where its first and last word are whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Lexicon, Pattern};

/// The phrases of one site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnWords {
    /// What begins a sentence that says what was decided.
    pub decision: Vec<Box<str>>,
    /// What begins a sentence that decides nothing, whatever follows.
    pub not_a_decision: Vec<Box<str>>,
    /// What stands before what somebody is to do.
    pub action: Vec<Box<str>>,
    /// What stands before the names of those who were there.
    pub present: Vec<Box<str>>,
    /// What stands before the names of those who sent apologies.
    pub apologies: Vec<Box<str>>,
    /// What stands before the names of others who were there.
    pub in_attendance: Vec<Box<str>>,
    /// What stands before the number of an item.
    pub item: Vec<Box<str>>,
    /// What minutes call the body that meets.
    pub body: Vec<Box<str>>,
}

/// How a list of phrases joins the patterns of a name: the name, the pattern with `{own}` for the phrases, and what it says.
type Join = (&'static str, &'static str, Option<&'static str>);

/// What opens a decision: at the beginning of a sentence, alone as a heading or at the head of a column.
const DECISION: &[Join] = &[
    ("decision-stem", "{own}", None),
    (
        "mark",
        r"^{run-in}(?P<mark>(?:(?P<number>{number})[:.–—-]? +)?{own}(?:,? {how})*(?: (?P<after>{number})(?:[^\w/]|$))?\s*[:–—,-]*\s*)(?P<rest>.*)",
        None,
    ),
    ("decision-heading", r"^{own}\s*:?$", None),
    ("motion-column", "^{own}$", None),
];

/// What says that a sentence decides nothing.
const NOT_A_DECISION: &[Join] = &[("undecided", "^{run-in}{own}", None)];

/// What opens an action: before a colon, a dash or somebody; alone as a heading or at the head of a column.
const ACTION: &[Join] = &[
    ("action-mark", r"^(?P<mark>[(\[]?{own}(?: (?P<number>\d{1,4}(?:[/.-]\d{1,4})?))?\s*[:–—-]+\s*)(?P<rest>.*)", None),
    (
        "action-mark",
        r"^(?P<mark>[(\[]?{own}\s+)(?P<rest>(?:(?-i:[A-Z]{2,3})|{title} {named}|(?:the )?{post})\b.* to \w.*|(?:(?-i:[A-Z]{2,3})|(?:the )?{post}) to \w.*)",
        None,
    ),
    ("action-alone", r"^[(\[]?{own}[)\].]?$", None),
    ("inner-mark", r"\s(?P<mark>[(\[]?{own}\s*[:–—])", None),
    ("line", "^\\s*{own}\\s*[:–—]", None),
    ("action-heading", r"^{own}\s*:?$", None),
    ("action-column", "^{own}$", None),
];

/// What stands before names.
const PRESENT: &[Join] = &[("presence.label", "^{before-label}{own}", Some("was-there"))];
const APOLOGIES: &[Join] = &[("presence.label", "^{before-label}{own}", Some("sent-apologies"))];
const IN_ATTENDANCE: &[Join] = &[("presence.label", "^{before-label}{own}", Some("in-attendance"))];

/// What stands before a number.
const ITEM: &[Join] = &[("item-word", "^{own}\\.?(?: )?[:#]?(?: )?", None)];

impl Lexicon {
    /// The words of English, and with them the own words of a site, which come first.
    #[must_use]
    pub fn with(own: &OwnWords) -> Self {
        if *own == OwnWords::default() {
            return Self::english().clone();
        }
        let mut parts = BTreeMap::new();
        let lexicon = Self::of_english(
            |name, part| match body(&own.body).filter(|_| name == "body") {
                Some(body) => format!("(?:{body}|{part})"),
                None => part,
            },
            &mut parts,
        );
        let mut first = Vec::new();
        for (phrases, joins) in [
            (&own.decision, DECISION),
            (&own.not_a_decision, NOT_A_DECISION),
            (&own.action, ACTION),
            (&own.present, PRESENT),
            (&own.apologies, APOLOGIES),
            (&own.in_attendance, IN_ATTENDANCE),
            (&own.item, ITEM),
        ] {
            let Some(phrases) = any_of(phrases) else { continue };
            for (name, is, says) in joins {
                // The parts go in first: a phrase may look like the name of one.
                let source = super::expanded(is, &parts).replace("{own}", &super::with_blanks(&phrases));
                first.push((*name, Arc::new(Pattern::own(source, *says))));
            }
        }
        lexicon.with_first(first, Self::english())
    }
}

/// A pattern that fits any of the phrases, the longest first; `None` if there are none.
fn any_of(phrases: &[Box<str>]) -> Option<String> {
    let mut phrases: Vec<&str> = phrases.iter().map(|phrase| &**phrase).collect();
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    let list: Vec<String> = phrases.into_iter().map(phrase).collect();
    (!list.is_empty()).then(|| format!("(?:{})", list.join("|")))
}

/// A pattern that fits one phrase, as whole words.
fn phrase(phrase: &str) -> String {
    let words: Vec<String> = phrase.split_whitespace().map(regex::escape).collect();
    let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let before = if is_word(phrase.chars().next()) { r"\b" } else { "" };
    let after = if is_word(phrase.chars().next_back()) { r"\b" } else { "" };
    format!("{before}{}{after}", words.join(" "))
}

/// A pattern for what the body is called, with or without an article before it.
fn body(names: &[Box<str>]) -> Option<String> {
    let bare = |name: &str| {
        let article = name.get(..4).is_some_and(|first| first.eq_ignore_ascii_case("the "));
        if article { Box::from(name[4..].trim_start()) } else { Box::from(name) }
    };
    let names: Vec<Box<str>> = names.iter().map(|name| bare(name)).collect();
    // A brace of a name would be taken for a part.
    any_of(&names).map(|names| format!("(?:(?:the|this) )?{names}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(words: &[&str]) -> Vec<Box<str>> {
        words.iter().map(|word| (*word).into()).collect()
    }

    #[test]
    fn own_words_join_those_of_english() {
        let words = OwnWords {
            decision: own(&["Determined", "Ordered that"]),
            not_a_decision: own(&["Noted for information"]),
            action: own(&["Follow-up", "Gweithredu"]),
            present: own(&["Trustees in the room"]),
            item: own(&["Agenda No", "Point (no.)", "{body}"]),
            body: own(&["the Bench"]),
            ..OwnWords::default()
        };
        let lexicon = Lexicon::with(&words);
        for (name, text) in [
            ("mark", "Determined: that the grant be paid."),
            ("mark", "DETERMINED  that the grant be paid."),
            ("mark", "Ordered that the roof be mended"),
            ("mark", "RESOLVED that it be paid"),
            ("undecided", "Noted for information: the plan."),
            ("action-mark", "Gweithredu: JS to write"),
            ("action-mark", "Follow-up the Clerk to write"),
            ("action-mark", "ACTION: JS to write"),
            ("presence.label", "Trustees in the room: A Reed"),
            ("item-word", "Agenda No 7"),
            ("item-word", "Point (no.) 7"),
            ("item-word", "{body} 7"),
            ("active", "The Bench agreed to adjourn."),
            ("active", "The Board agreed to adjourn."),
        ] {
            assert!(lexicon.fits(name, text), "{name}: {text}");
        }
        for (name, text) in [
            ("mark", "Determinedly he went"),
            ("action-mark", "Follow-up work was done"),
            ("active", "The bailiff agreed to adjourn"),
        ] {
            assert!(!lexicon.fits(name, text), "{name}: {text}");
        }
        assert!(!Lexicon::english().fits("mark", "Determinded: that"), "the words of English are as they were");
        assert!(!Lexicon::english().fits("active", "The Bench agreed to adjourn."));
    }
}
