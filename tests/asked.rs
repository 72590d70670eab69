//! What residents ask, and how often the search answers among its first pages.
//!
//! Input: `search/questions.toml`, the lists that were held back (`search/held_back*.toml`), the sample. Output: the shares, and
//! the questions without an answer where they are too small. Not here: that the index keeps its rules, and single questions of
//! which the first answer matters, which `search.rs` asks.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use folkmoot::{Answer, Question, find};
use toml::{Table, Value};

use crate::memory::{build, options, sources};
use crate::properties::sample;

static SAMPLE: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| build(&sources(sample()), &options()).outputs);

/// So many pages of an answer are looked at.
const FIRST: usize = 5;

fn asked(text: &str, limit: usize) -> Answer {
    let question = Question { text: text.into(), limit, ..Question::default() };
    find(&|path| SAMPLE.get(path).cloned(), &question).expect("the index of the sample is whole")
}

/// The questions of a section of a file, each with the addresses of pages that answer.
fn questions(file: &str, section: &str) -> Vec<(String, Vec<String>)> {
    let table: Table = file.parse().expect("the file is TOML");
    let section = table[section].as_table().expect("a section is a table");
    let addresses = |value: &Value| {
        let list = value.as_array().expect("each question has a list of addresses").iter();
        list.map(|address| address.as_str().expect("an address is a text").to_owned()).collect()
    };
    section.iter().map(|(text, value)| (text.clone(), addresses(value))).collect()
}

const QUESTIONS: &str = include_str!("search/questions.toml");
const HELD_BACK: &str = include_str!("search/held_back.toml");
const HELD_BACK_2: &str = include_str!("search/held_back_2.toml");
const HELD_BACK_3: &str = include_str!("search/held_back_3.toml");
const HELD_BACK_4: &str = include_str!("search/held_back_4.toml");

const HELD_BACK_5: &str = include_str!("search/held_back_5.toml");
const HELD_BACK_6: &str = include_str!("search/held_back_6.toml");

/// At which place an answer stands, the first being 1.
fn place((text, answers): &(String, Vec<String>)) -> Option<usize> {
    let results = asked(text, FIRST).results;
    results.iter().position(|hit| answers.contains(&hit.page.address)).map(|at| at + 1)
}

/// Fails if fewer than `percent` of the questions are answered.
fn demand(name: &str, questions: &[(String, Vec<String>)], percent: usize) {
    let missed: Vec<&String> =
        questions.iter().filter(|question| place(question).is_none()).map(|(text, _)| text).collect();
    let answered = questions.len() - missed.len();
    let mut said =
        format!("{name}: {answered} of {} are answered, {}%", questions.len(), answered * 100 / questions.len());
    missed.iter().for_each(|text| write!(said, "\n    {text}").expect("a text can be written"));
    assert!(answered * 100 >= questions.len() * percent, "{said}");
}

/// Says which questions of a list are not answered if less than these shares are: of those in other words, and of all.
fn demand_both(list: &str, name: &str, (other_words, all): (usize, usize)) {
    let (asked, other) = (questions(list, "asked"), questions(list, "other_words"));
    demand(&format!("in other words{name}"), &other, other_words);
    demand(&format!("all{name}"), &[asked, other].concat(), all);
}

#[test]
fn questions_are_answered_among_the_first_pages() {
    demand_both(QUESTIONS, "", (75, 90));
}

#[test]
fn questions_that_were_held_back_are_mostly_answered() {
    demand_both(HELD_BACK, ", held back", (75, 85));
}

#[test]
fn later_questions_that_were_held_back_are_mostly_answered() {
    demand_both(HELD_BACK_2, ", held back later", (65, 85));
}

#[test]
fn last_questions_that_were_held_back_are_mostly_answered() {
    demand_both(HELD_BACK_3, ", held back last", (80, 85));
}

#[test]
fn questions_that_were_written_when_the_rules_were_done_are_mostly_answered() {
    demand_both(HELD_BACK_4, ", written last", (80, 90));
}

#[test]
fn questions_that_strangers_to_the_rules_wrote_are_mostly_answered() {
    demand_both(HELD_BACK_5, ", by strangers", (90, 85));
    demand_both(HELD_BACK_6, ", by strangers later", (90, 80));
}

#[test]
fn there_are_two_hundred_questions_and_sixty_in_other_words() {
    let count = |section: &str| questions(QUESTIONS, section).len() + questions(HELD_BACK, section).len();
    let other = count("other_words");
    assert!(other >= 60 && count("asked") + other >= 200, "{} and {other}", count("asked"));
}

#[test]
fn what_is_asked_in_other_words_shares_none_with_its_answer() {
    let mut shared = Vec::new();
    for (text, answers) in [QUESTIONS, HELD_BACK, HELD_BACK_2, HELD_BACK_3, HELD_BACK_4, HELD_BACK_5, HELD_BACK_6]
        .map(|file| questions(file, "other_words"))
        .concat()
    {
        for word in text.split_whitespace() {
            // In quotes, it is that word alone.
            let pages = asked(&format!("\"{word}\""), usize::MAX).results;
            let page = pages.iter().find(|hit| answers.contains(&hit.page.address));
            shared.extend(page.map(|hit| format!("{text}: {word} stands on {}", hit.page.address)));
        }
    }
    assert!(shared.is_empty(), "\n{}", shared.join("\n"));
}

#[test]
fn two_exact_words_find_the_page_that_they_name_first() {
    let questions = questions(QUESTIONS, "two_words");
    let mut sum = 0.0;
    let mut later = Vec::new();
    for question in &questions {
        let place = place(question);
        sum += place.map_or(0.0, |place| 1.0 / place as f64);
        later.extend((place != Some(1)).then_some(&question.0));
    }
    assert!(sum / questions.len() as f64 >= 0.99, "{sum} of {}: {later:?}", questions.len());
}
