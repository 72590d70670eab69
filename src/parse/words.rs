//! `content/words.toml` → a site's own words for what recognition looks for.
//!
//! Input: the bytes of the file. Output: [`OwnWords`] that can be used as they are, and a diagnostic for each phrase that cannot.
//! Not here: what a phrase means in a text (`recognise`).

use super::settings::said;
use crate::data::{Table, Value, toml_file};
use crate::diagnostic::{Diagnostics, WORDS};
use crate::disclosure::words_are_public;
use crate::lexicon::OwnWords;
use crate::model::Said;
use crate::source::{SourceError, SourceId, decode};

/// How many phrases one list may have: each is looked for in every sentence.
const MOST: usize = 100;

/// How many characters a phrase may have.
const LONGEST: usize = 80;

/// The own words of a site. A key has one phrase in quotes, or a list of them.
pub fn words(source: SourceId, bytes: Result<Vec<u8>, SourceError>, diagnostics: &mut Diagnostics) -> OwnWords {
    let mut words = OwnWords::default();
    let text = match bytes.map(decode) {
        Ok(Ok(text)) => text,
        Ok(Err(error)) => {
            diagnostics.entries_not_text(source, &error);
            return words;
        }
        // `read` has named a file that cannot be opened.
        Err(_) => return words,
    };
    let node = toml_file(&text, source, "wrong-entry", diagnostics);
    let Some(node) = node.filter(|node| words_are_public(node, diagnostics)) else { return words };
    Table::read(&node, &WORDS, diagnostics, |table| {
        let mut taken: Vec<Said> = Vec::new();
        let mut phrases = |value: Value<'_>| Some(phrases(value, &mut taken));
        table.set("decision", &mut words.decision, &mut phrases);
        table.set("not_a_decision", &mut words.not_a_decision, &mut phrases);
        table.set("action", &mut words.action, &mut phrases);
        table.set("present", &mut words.present, &mut phrases);
        table.set("apologies", &mut words.apologies, &mut phrases);
        table.set("in_attendance", &mut words.in_attendance, &mut phrases);
        table.set("item", &mut words.item, &mut phrases);
        table.set("body", &mut words.body, &mut phrases);
    });
    words
}

/// The phrases of one key that can be used and that no other key has.
fn phrases(value: Value<'_>, taken: &mut Vec<Said>) -> Vec<Box<str>> {
    let mut list = Vec::new();
    for phrase in value.one_or_more(said) {
        let same = |other: &&Said| other.text.to_lowercase() == phrase.text.to_lowercase();
        if list.len() >= MOST {
            value.say(|diagnostics| diagnostics.too_many_words(phrase.span, value.key, MOST));
            break;
        } else if !phrase.text.contains(char::is_alphabetic) || phrase.text.chars().count() > LONGEST {
            value.say(|diagnostics| diagnostics.unusable_words(phrase.span, &phrase.text, LONGEST));
        } else if let Some(first) = taken.iter().find(same) {
            value.say(|diagnostics| diagnostics.words_twice(phrase.span, first.span, &phrase.text));
        } else {
            list.push(phrase.text.clone());
            taken.push(phrase);
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_ready_for_use_and_mistakes_are_said_in_plain_words() {
        let read = |text: &str| {
            let mut diagnostics = Diagnostics::new();
            let words = words(SourceId(0), Ok(text.into()), &mut diagnostics);
            (words, diagnostics.sorted().into_iter().map(|one| one.title.into()).collect::<Vec<String>>())
        };
        let (words, said) = read("decision = ['Determined', 'Ordered that']\nbody = 'the Bench'");
        assert_eq!(said, [""; 0]);
        assert_eq!((words.decision.len(), &*words.body[0]), (2, "the Bench"));
        for (text, expected) in [
            ("decisions = ['x']", "`decisions` is not a list of words"),
            ("decision = 5", "`decision` should be a text in quotes"),
            ("decision = ['']", "`decision` is empty"),
            ("decision = ['–']", "“–” cannot be looked for"),
            ("decision = ['Noted']\nnot_a_decision = ['noted']", "“noted” stands in this file already"),
            ("decision = [x]", "The text on this line needs straight quotes round it"),
        ] {
            assert_eq!(read(text).1, [expected], "{text}");
        }
        let many: Vec<String> = (0..101).map(|number| format!("'word {number}'")).collect();
        let (words, said) = read(&format!("action = [{}]", many.join(",")));
        assert_eq!((words.action.len(), said.len()), (100, 1));
    }
}
