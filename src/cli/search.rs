//! `folkmoot search`: asks the index of a website that was made, with the same rules as its search page.
//!
//! Input: flags. Output: what was found, for people or as JSON. Not here: how it is found, and making the index, which
//! `folkmoot build` does.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::environment::{CommandError, Environment, Exit};
use super::given;
use crate::messages::text;
use crate::search::manifest;
use crate::{Answer, IndexError, Passage, Question, find};

/// Search the website that was made, as its readers do
///
/// Finds paragraphs, decisions and pages in the folder `public`. What has all words comes first; "words in quotes" must
/// stand in this order; -word must not be there; OR between words means one of them. What is typed wrong is put right, and
/// said; where too little is found, words that mean much the same are looked for, and named.
#[derive(Args)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct Search {
    /// What to look for
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    /// Only what has this value: kind=minutes, body=safer-board, priority=…, topic=…, year=2021, status=agreed
    #[arg(long, value_name = "KEY=VALUE")]
    facet: Vec<String>,
    /// The folder of the website [default: the folder `public` of the site]
    #[arg(long, value_name = "FOLDER")]
    index: Option<PathBuf>,
    /// The latest first, not the best
    #[arg(long)]
    newest: bool,
    /// How many pages to show
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    limit: usize,
    /// How many pages to pass over
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    offset: usize,
    /// For programs: everything that is known of the answer, as JSON
    #[arg(long)]
    json: bool,
}

const MORE: &str = "\
Examples:
  folkmoot search knife crime since 2019
  folkmoot search 2021/14
  folkmoot search '\"serious violence duty\" -budget' --facet kind=minutes --facet year=2021

Exit codes:
  0  the answer is shown, also where nothing was found
  2  the command was mistyped, or there is no website in the folder
  3  the machine failed, or a file of the index is broken";

/// Runs the command.
pub fn search(search: &Search, root: Option<&Path>, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let public = given::website(search.index.as_deref(), root, &environment.folder);
    let question = Question {
        text: search.query.join(" "),
        facets: search.facet.iter().map(|typed| facet(typed)).collect::<Result<_, _>>()?,
        newest_first: search.newest,
        offset: search.offset,
        limit: search.limit,
        counts: search.json || !search.facet.is_empty(),
    };
    let fetch = |path: &str| fs::read(public.join(path)).ok();
    let answer = find(&fetch, &question).map_err(|trouble| no_answer(&trouble, &public))?;
    check_facets(&question, &answer)?;
    if search.json {
        environment.tell_json(&answer)?;
    } else {
        environment.tell(&shown(&answer, environment.width))?;
    }
    Ok(Exit::Fine)
}

/// A facet as typed, `key=value`.
fn facet(typed: &str) -> Result<(String, String), CommandError> {
    match typed.split_once('=') {
        Some((key, value)) if !key.is_empty() && !value.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err(CommandError::WrongUse(format!(
            "--facet cannot be understood: `{typed}`. Type a name and a value:\n--facet year=2021"
        ))),
    }
}

/// Refuses a facet that the site does not have: it would narrow to nothing, and is a slip of the keyboard.
fn check_facets(question: &Question, answer: &Answer) -> Result<(), CommandError> {
    let known: Vec<&str> = answer.facets.iter().map(|facet| facet.key.as_str()).collect();
    match question.facets.iter().find(|(key, _)| !known.contains(&key.as_str())) {
        Some((key, _)) => Err(CommandError::WrongUse(format!(
            "Nothing on this website can be narrowed by `{key}`. What can be typed before the `=` is one of: {}",
            known.join(", ")
        ))),
        None => Ok(()),
    }
}

/// Why the index in the folder `public` gives no answer.
pub(super) fn no_answer(trouble: &IndexError, public: &Path) -> CommandError {
    let public = public.display();
    match trouble {
        IndexError::Missing(path) if path == manifest::PATH => CommandError::WrongUse(format!(
            "There is no search index in {public}. Type  folkmoot build  first, or say where the website is:  --index FOLDER"
        )),
        IndexError::Missing(path) => CommandError::Failed(format!(
            "The search index in {public} is not whole: {path} is missing. Type  folkmoot build"
        )),
        IndexError::Broken(path) => CommandError::Failed(format!(
            "The search index in {public} cannot be used: {path} is broken, or of another version of this program. \
             Type  folkmoot build"
        )),
    }
}

/// An answer as text for people, in lines of at most `width` characters.
fn shown(answer: &Answer, width: usize) -> String {
    let mut lines = Vec::new();
    for corrected in &answer.notes.corrected {
        lines.push(format!("`{}` occurs nowhere; this is for `{}`.", corrected.typed, corrected.used));
    }
    for word in &answer.notes.not_found {
        lines.push(format!("`{word}` occurs nowhere."));
    }
    if !answer.notes.left_out.is_empty() {
        lines.push(format!("Not looked for: {}.", answer.notes.left_out.join(", ")));
    }
    if !answer.notes.concepts.is_empty() {
        lines.push(format!("Under all its names: {}.", answer.notes.concepts.join("; ")));
    }
    if !answer.notes.also.is_empty() {
        lines.push(format!("Also looked for: {}.", answer.notes.also.join(", ")));
    }
    let (pages, passages) = (answer.pages as usize, answer.passages as usize);
    lines.push(match pages {
        0 => "Nothing was found.".to_owned(),
        _ if answer.partly => {
            format!("{}; those that have most of it come first.", text::count(pages, "page"))
        }
        _ => format!("{}, {}.", text::count(passages, "passage"), text::count(pages, "page")),
    });
    for alone in &answer.alone {
        lines.push(format!("By itself: {} ({}).", alone.typed, text::count(alone.pages as usize, "page")));
    }
    for hit in &answer.results {
        let page = &hit.page;
        let facts = [&page.kind, &page.date, &page.body, &page.status].map(String::as_str);
        let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        lines.push(format!("\n{}\n  {}", page.title, facts.join(" · ")));
        for passage in &hit.passages {
            lines.push(format!("  {}{}", page.address, place(passage)));
            let words = words(passage);
            lines.extend((!words.is_empty()).then(|| format!("    {words}")));
        }
        if !hit.lacks.is_empty() {
            lines.push(format!("  without: {}", hit.lacks.join(", ")));
        }
        if hit.more > 0 {
            lines.push(format!("  and {} of this page", text::count(hit.more, "other passage")));
        }
    }
    text::wrapped(&text::harmless(&lines.join("\n")), width) + "\n"
}

/// Where on its page a passage stands, as the end of an address; empty for the whole page.
fn place(passage: &Passage) -> String {
    if passage.anchor.is_empty() { String::new() } else { format!("#{}", passage.anchor) }
}

/// The words of a passage, with the headings above it and its label.
fn words(passage: &Passage) -> String {
    let before: Vec<&str> = passage.path.iter().map(String::as_str).chain([passage.record.as_str()]).collect();
    let before: Vec<&str> = before.into_iter().filter(|part| !part.is_empty()).collect();
    let mut words = before.join(" › ");
    if !words.is_empty() {
        words.push_str(": ");
    }
    if !passage.label.is_empty() {
        words.push_str(&passage.label);
        words.push(' ');
    }
    words.extend(passage.excerpt.iter().map(|(piece, _)| piece.as_str()));
    words
}
