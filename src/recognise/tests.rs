//! Does each word of a list mean what its pass takes it for? The examples of patterns stand beside them (`lexicon.rs`).

use super::actions::Actions;
use super::statements::statements;
use super::votes::tally;
use crate::attendance::people;
use crate::kind::Role;
use crate::language::capital;
use crate::lexicon::Lexicon;
use crate::markdown::blocks::Blocks;
use crate::markdown::events::collect;

/// What `ask` says of the leaves of a text.
fn of<T>(text: &str, ask: impl FnOnce(&Blocks) -> T) -> T {
    ask(&Blocks::of(&collect(text).list, 0))
}

/// The names of those whom a text calls present.
fn names(text: &str) -> Vec<String> {
    of(text, |blocks| people(blocks, Lexicon::english()).iter().map(|person| person.value.name.to_string()).collect())
}

/// How many actions a text has.
fn actions(text: &str) -> usize {
    of(text, |blocks| {
        let lexicon = Lexicon::english();
        let statements = statements(blocks, lexicon);
        let mut pass = Actions::new(blocks, &statements, lexicon, &[]);
        pass.all(&|_| false);
        pass.drafts.len()
    })
}

/// The words of a list for which `holds` is false.
fn wrong(list: &str, holds: impl Fn(usize, &str) -> bool) -> Vec<&str> {
    let words = Lexicon::english().list(list).iter().enumerate();
    words.filter(|(index, word)| !holds(*index, word)).map(|(_, word)| word.as_str()).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn no_sentence_ends_after_an_abbreviation() {
    let count = |text: &str| of(text, |blocks| statements(blocks, Lexicon::english()).len());
    assert_eq!(count("They met the man. Smith left."), 2);
    assert_eq!(wrong("abbreviations", |_, word| count(&format!("They met {word}. Smith left.")) == 1), NONE);
}

#[test]
fn amounts_in_words_are_counted() {
    let counts = |word: &str| tally(&format!("{word} in favour, two against"), Lexicon::english());
    let of_for = |word: &str| counts(word).iter().find(|vote| vote.0 == Role::For).map(|vote| vote.1);
    assert_eq!(wrong("amounts", |index, word| of_for(word) == Some(index)), NONE);
}

#[test]
fn what_is_no_deed_makes_no_action() {
    assert_eq!(actions("The Clerk will write to them."), 1);
    assert_eq!(actions("The Clerk will also write to them."), 1);
    assert_eq!(actions("The Clerk will also be there."), 0);
    assert_eq!(wrong("no-deeds", |_, word| actions(&format!("The Clerk will {word} it.")) == 0), NONE);
}

#[test]
fn words_between_names_part_them_and_words_within_names_do_not() {
    assert_eq!(names("Present: Ann Reed, Bo Hale"), ["Ann Reed", "Bo Hale"]);
    let joins = |word: &str| names(&format!("Present: Ann Reed {word} Bo Hale")) == ["Ann Reed", "Bo Hale"];
    assert_eq!(wrong("presence.joins", |_, word| joins(word)), NONE);
    let within = |word: &str| {
        let name = if word.ends_with(['\'', '’']) { format!("Ann {word}Reed") } else { format!("Ann {word} Reed") };
        names(&format!("Present: {name}, Bo Hale")) == [name.as_str(), "Bo Hale"]
    };
    assert_eq!(wrong("presence.particles", |_, word| within(word)), NONE);
}

#[test]
fn titles_stand_before_names_and_other_words_are_none() {
    let titled = |word: &str| names(&format!("Present: {} Reed", capital(word))).len() == 1;
    assert_eq!(wrong("presence.titles", |_, word| titled(word)), NONE);
    let nobody = |word: &str| names(&format!("Present: {}", capital(word))).is_empty();
    assert_eq!(wrong("presence.no-names", |_, word| nobody(word)), NONE);
}

#[test]
fn no_word_stands_twice_in_a_list() {
    for name in ["abbreviations", "amounts", "done", "no-deeds", "no-names", "presence.titles", "presence.no-names"] {
        let words = Lexicon::english().list(name);
        assert!(!words.is_empty(), "there is no list {name}");
        assert_eq!(
            wrong(name, |index, word| words.iter().position(|known| known == word) == Some(index)),
            NONE,
            "{name}"
        );
    }
}
