//! Minutes with their right answers, as a careful reader gives them.
//!
//! Input: `tests/recognition/<name>.toml`, and the text `<name>.md` beside it. Output: a [`Gold`]; words without their
//! marks, and the lines of a text on which they stand. Not here: what the program says of the text (`recognition.rs`).

use std::collections::BTreeMap;
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

use serde::Deserialize;
use toml::value::Datetime;

/// What a program should find in one text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    /// The name of the file of answers, without its end.
    #[serde(skip)]
    pub name: String,
    /// The text, as it lies beside the answers.
    #[serde(skip)]
    pub text: String,
    /// Where the text lies in its site.
    pub path: String,
    /// The day of the meeting. If it is left out, no day may be claimed.
    pub day: Option<Datetime>,
    /// Words that the title has; one of several with `|` between them. If it is left out, the title is not asked for.
    pub title: Option<String>,
    /// Titles that it may not have.
    #[serde(default)]
    pub not_title: Vec<String>,
    /// What the text says of its status. If it is left out, nothing may be claimed.
    pub status: Option<String>,
    /// Number and first words of each item. If the list is left out, items are not asked for; so with the three lists of
    /// people below.
    pub items: Option<Vec<String>>,
    pub present: Option<Vec<String>>,
    pub apologies: Option<Vec<String>>,
    pub in_attendance: Option<Vec<String>>,
    #[serde(default)]
    pub decisions: Vec<Answer>,
    #[serde(default)]
    pub actions: Vec<Answer>,
    /// Words that may be in no decision and in no action.
    #[serde(default)]
    pub never: Vec<String>,
}

/// A decision or an action.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// A few words in a row of it that nothing else in the text has.
    pub words: String,
    /// Other words of the same.
    #[serde(default)]
    pub also: Vec<String>,
    /// Whether fair readers differ: missing it costs nothing, and listing it is not wrong.
    #[serde(default)]
    pub optional: bool,
    /// Each outcome that a fair reader accepts; `none` if it may be left open. Without any, it is not asked for.
    #[serde(default)]
    pub outcome: Vec<String>,
    /// The votes `for`, `against` and `abstained`, as far as they are given.
    #[serde(default)]
    pub votes: BTreeMap<String, u64>,
    /// How many numbered parts it has, if it has any.
    pub limbs: Option<usize>,
    /// Who is to do it, and by when, in words or as `2024-03-31`.
    pub by: Option<String>,
    pub due: Option<String>,
    /// Whether it is done, where the text says so.
    pub done: Option<bool>,
}

impl Answer {
    /// Whether some of its words stand in a text that [`plain`] made.
    pub fn is_in(&self, said: &str) -> bool {
        self.wordings().any(|words| has(said, words))
    }

    /// Its words, and the others that are as good.
    pub fn wordings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.words.as_str()).chain(self.also.iter().map(String::as_str))
    }
}

impl Gold {
    /// All of them, in the order of their names.
    pub fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recognition");
        let files =
            fs::read_dir(folder).expect("the folder can be listed").map(|entry| entry.expect("so can its files"));
        let mut paths: Vec<_> =
            files.map(|file| file.path()).filter(|path| path.extension() == Some("toml".as_ref())).collect();
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    fn read(path: &Path) -> Self {
        let text = |path: &Path| fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut gold: Self = toml::from_str(&text(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        gold.name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        gold.text = text(&path.with_extension("md"));
        gold
    }

    /// The lines on which some words of an answer stand, each widened to the paragraph, the item of a list or the row of a
    /// table that it is a part of.
    pub fn lines_of(&self, answer: &str) -> Vec<RangeInclusive<usize>> {
        let lines: Vec<&str> = self.text.lines().collect();
        let words: Vec<(usize, String)> =
            lines.iter().enumerate().flat_map(|(line, text)| split(text).map(move |word| (line, word))).collect();
        let asked: Vec<String> = split(answer).collect();
        let fits = |at: &&[(usize, String)]| at.iter().map(|(_, word)| word).eq(&asked);
        let places = words.windows(asked.len().max(1)).filter(fits);
        places.map(|at| self.around(at[0].0 + 1..=at[at.len() - 1].0 + 1)).collect()
    }

    /// Lines, counted from 1, with those before and after that belong to the same leaf of the text.
    pub fn around(&self, lines: RangeInclusive<usize>) -> RangeInclusive<usize> {
        let all: Vec<&str> = self.text.lines().collect();
        let line = |number: usize| number.checked_sub(1).and_then(|index| all.get(index)).copied().unwrap_or_default();
        let (mut first, mut last) = lines.into_inner();
        while !opens(line(first)) && !line(first - 1).trim().is_empty() {
            first -= 1;
        }
        while !opens(line(last + 1)) && !line(last + 1).trim().is_empty() {
            last += 1;
        }
        first..=last
    }
}

/// Whether something begins on this line, whatever stands on the line before.
fn opens(line: &str) -> bool {
    line.trim_start().starts_with(|first: char| "-*|#>(<".contains(first) || first.is_ascii_digit())
}

/// Words in small letters with one blank before and after each: marks, stops and dashes do not count.
pub fn plain(text: &str) -> String {
    split(text).fold(String::from(" "), |said, word| said + &word + " ")
}

/// Whether `words` stand in a text that [`plain`] made.
pub fn has(said: &str, words: &str) -> bool {
    let words = plain(words);
    words.len() > 1 && said.contains(&words)
}

fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[test]
fn each_answer_stands_in_its_text() {
    let mut missing = Vec::new();
    for gold in Gold::all() {
        let lists = [&gold.items, &gold.present, &gold.apologies, &gold.in_attendance];
        let answers = gold.decisions.iter().chain(&gold.actions).flat_map(Answer::wordings);
        let listed = lists.into_iter().flatten().flatten().chain(&gold.never).map(String::as_str);
        let text = plain(&gold.text);
        missing.extend(
            answers.chain(listed).filter(|words| !has(&text, words)).map(|words| format!("{}: {words}", gold.name)),
        );
    }
    assert!(missing.is_empty(), "these words stand in no text:\n{}", missing.join("\n"));
}
