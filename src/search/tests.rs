//! The rules of words and questions, by the examples that the script in the browser is held to as well:
//! `tests/search/conformance.json`, which says how results are written there.
//!
//! Input: the examples. Output: nothing. Not here: whole answers, which `index/tests.rs` compares with a plain scan and
//! `tests/search.rs` with those of the script.

use serde_json::Value;

use super::chunks::next_chunk;
use super::concepts::Concept;
use super::correct;
use super::dates::{self, Span, day_of};
use super::excerpt::{Marker, excerpt, excerpt_of_head};
use super::letters::{fold, is_word};
use super::matches::{ResolvedClause, ResolvedQuery, Term, rarity};
use super::question::{self, Atom, Clause, Sense};
use super::text::PassageText;
use super::units::{units, word_key};
use super::words::Words;

fn examples() -> Value {
    serde_json::from_str(include_str!("../../tests/search/conformance.json")).expect("the examples are JSON")
}

/// Compares the result of each input with what is expected: the last of each example; before it stands the input.
fn each(list: &Value, result: impl Fn(&Value) -> Value) {
    let list = list.as_array().filter(|list| !list.is_empty()).expect("there are examples");
    for example in list {
        let [input @ .., expected] = example.as_array().expect("input and expected").as_slice() else {
            panic!("{example} expects nothing")
        };
        let input = if let [input] = input { input.clone() } else { Value::from(input) };
        assert_eq!(result(&input), *expected, "{input}");
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn number(value: &Value) -> u32 {
    value.as_u64().and_then(|number| u32::try_from(number).ok()).expect("a number")
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().expect("a list").iter().map(|item| text(item).to_owned()).collect()
}

#[test]
fn letters_are_told_from_others_and_folded() {
    let examples = examples();
    each(&examples["folded"], |word| {
        let folded = fold(text(word));
        assert_eq!(fold(&folded), folded, "folding twice is folding once");
        folded.into()
    });
    for (list, expected) in [("word_characters", true), ("other_characters", false)] {
        for letter in texts(&examples[list]) {
            assert!(letter.chars().all(|letter| is_word(letter) == expected), "{letter:?} is in {list}");
        }
    }
}

#[test]
fn a_text_is_cut_into_what_a_reader_calls_words() {
    each(&examples()["chunks"], |typed| {
        let mut chunks: Vec<Value> = Vec::new();
        let mut at = 0;
        while let Some((start, end)) = next_chunk(text(typed), at) {
            chunks.push(text(typed)[start..end].into());
            at = end;
        }
        chunks.into()
    });
}

#[test]
fn a_chunk_is_found_under_these_keys() {
    let examples = examples();
    each(&examples["units"], |chunk| {
        let units = units(text(chunk), true);
        let shown = units.iter().map(|unit| {
            let main = unit.main.as_deref().unwrap_or("-");
            if unit.others.is_empty() { main.to_owned() } else { format!("{main} ({})", unit.others.join(" ")) }
        });
        shown.collect::<Vec<_>>().join(", ").into()
    });
    each(&examples["stems"], |word| word_key(text(word), true).into());
}

#[test]
fn dates_are_days() {
    let examples = examples();
    each(&examples["days"], |day| {
        let day = text(day).parse().ok().and_then(dates::day_number);
        assert_eq!(day.map(day_of).map(dates::day_number), day.map(Some), "there and back");
        day.into()
    });
    each(&examples["dates"], |typed| dates::of_digits(text(typed)).map(days).into());
    each(&examples["financial_years"], |typed| dates::of_financial_year(text(typed)).map(days).into());
    each(&examples["months"], |typed| dates::month(text(typed)).into());
}

fn days(span: Span) -> String {
    let day = |number: u32| match number {
        0 | u32::MAX => String::new(),
        number => day_of(number).to_string(),
    };
    format!("{}..{}", day(span.first), day(span.last))
}

#[test]
fn what_is_typed_is_understood() {
    let examples = examples();
    let questions = &examples["questions"];
    let concept = |concept: &Value| Concept {
        key: text(&concept[0]).into(),
        name: text(&concept[1]).into(),
        forms: concept[2].as_array().expect("forms").iter().map(texts).collect(),
    };
    let concepts: Vec<Concept> = questions["concepts"].as_array().expect("concepts").iter().map(concept).collect();
    each(&questions["examples"], |typed| understood(text(typed), &concepts).into());
}

fn understood(text: &str, concepts: &[Concept]) -> String {
    let query = question::read(text, &mut Words::new(true, concepts));
    let atom = |atom: &Atom| match &atom.sense {
        Sense::Word { choices, .. } => choices.iter().map(|keys| keys.join("+")).collect::<Vec<_>>().join("?"),
        Sense::Phrase(keys) => {
            let keys: Vec<String> = keys.iter().map(|(key, at)| format!("{key}@{at}")).collect();
            format!("\"{}\"", keys.join(" "))
        }
        Sense::Concept(key) => key.clone(),
        Sense::Dated(key, span) => format!("{key}[{}]", days(*span)),
    };
    let clause = |clause: &Clause| {
        let atoms: Vec<String> = clause.atoms.iter().map(atom).collect();
        format!("{}{}", if clause.excluded { "-" } else { "" }, atoms.join("|"))
    };
    let mut shown: Vec<String> = query.clauses.iter().map(clause).collect();
    shown.extend(query.filters.iter().map(|span| format!("[{}]", days(*span))));
    if !query.left_out.is_empty() {
        shown.push(format!("without {}", query.left_out.join(", ")));
    }
    shown.join(" ")
}

#[test]
fn the_likeliest_word_is_meant() {
    let examples = examples();
    let words = examples["corrections"]["words"].as_array().expect("words");
    let words: Vec<(String, u32)> = words.iter().map(|word| (text(&word[0]).to_owned(), number(&word[1]))).collect();
    each(&examples["corrections"]["examples"], |typed| correct::best(text(typed), &words).into());
}

#[test]
fn what_is_rare_counts_more() {
    each(&examples()["rarities"], |counts| rarity(number(&counts[0]), number(&counts[1])).into());
}

#[test]
fn what_was_asked_for_is_marked() {
    let examples = examples();
    for example in examples["excerpts"].as_array().expect("excerpts") {
        let terms = example["terms"].as_array().expect("terms").iter().map(|keys| {
            let keys = keys.as_array().expect("keys").iter();
            Term::Phrase(keys.map(|key| (text(&key[0]).to_owned(), number(&key[1]))).collect())
        });
        let shown = excerpt(text(&example["text"]), &mut marker(terms));
        assert_eq!(marked(shown), example["shown"], "{example}");
    }
    for example in examples["heads"].as_array().expect("heads") {
        let head = PassageText {
            text: text(&example["summary"]).into(),
            facts: text(&example["facts"]).into(),
            ..PassageText::default()
        };
        let mut marker = marker(texts(&example["keys"]).into_iter().map(Term::Key));
        let shown = excerpt_of_head(text(&example["title"]), &head, &mut marker);
        assert_eq!(marked(shown), example["shown"], "{example}");
    }
}

/// A marker of these, each a clause of its own.
fn marker(terms: impl Iterator<Item = Term>) -> Marker {
    let clause = |term| ResolvedClause { terms: vec![term], ..Default::default() };
    let query = ResolvedQuery { clauses: terms.map(clause).collect(), ..Default::default() };
    Marker::new(Words::new(true, &[]), &query, &[])
}

fn marked(pieces: Vec<(String, bool)>) -> String {
    pieces.into_iter().map(|(piece, marked)| if marked { format!("[{piece}]") } else { piece }).collect()
}
