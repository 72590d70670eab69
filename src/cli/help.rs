//! `folkmoot help`: the manual, in the terminal.
//!
//! Input: words. Output: the section that answers best, and the names of others. Not here: what stands in the manual, and which
//! section answers (`begin`).

use std::path::Path;

use annotate_snippets::renderer::{Effects, Style};
use clap::{Args, CommandFactory as _};

use super::check::explain;
use super::environment::{CommandError, Environment, Exit};
use super::given;
use super::{Arguments, FIRST_STEPS};
use crate::diagnostic::nearest;
use crate::kind::{Kinds, built_in};
use crate::messages::text::{harmless, pasteable, wrapped};
use crate::read::read;
use crate::{Section, find_in_manual, kinds as kinds_of, plain, reference};

/// Read the manual
///
/// Without WORDS it shows what the manual has. With them, the part that answers best: on a command, a kind of page, a fact at the
/// top of a page, a setting, a message, or anything else.
#[derive(Args)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct Help {
    /// What is asked
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// Print the manual page of the program, or of the command that is named, as `man` reads it
    #[arg(long)]
    man: bool,
}

const MORE: &str = "\
Examples:
  folkmoot help
  folkmoot help minutes
  folkmoot help how do I hide a part of a page
  folkmoot help broken-link
  folkmoot help --man > folkmoot.1
  folkmoot help --man build > folkmoot-build.1

`folkmoot completions bash` prints what a shell needs to complete commands; zsh, fish and powershell are there too.";

/// How many other sections are named.
const OTHERS: usize = 6;

/// Runs the command.
pub fn help(help: &Help, root: Option<&Path>, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let question = help.words.join(" ");
    if help.man {
        return environment.tell(&manual_page(&question)?).map(|()| Exit::Fine);
    }
    let mut sections = reference(&kinds(root, environment), |code| explain(code).unwrap_or_default());
    sections.extend(commands());
    if question.is_empty() {
        return environment.tell(&contents(&sections, environment.width)).map(|()| Exit::Fine);
    }
    let found = find_in_manual(&sections, &question);
    let Some((best, others)) = found.split_first() else {
        let names = sections.iter().flat_map(|section| section.names.iter().chain([&section.title]));
        let near = nearest(&question, names.map(String::as_str));
        let near = near.map(|near| format!(" Is `folkmoot help {near}` meant?")).unwrap_or_default();
        return Err(CommandError::WrongUse(format!(
            "The manual says nothing of `{question}`.{near} `folkmoot help` shows what it has."
        )));
    };
    environment.tell(&shown(best, others, environment))?;
    Ok(Exit::Fine)
}

/// The kinds of the site, if there is one here.
fn kinds(root: Option<&Path>, environment: &Environment<'_>) -> Kinds {
    let root = given::root(root, &environment.folder);
    let site = read(&root, &root.join("public"));
    site.map_or_else(|_| built_in(), |(sources, _)| kinds_of(&sources))
}

/// Each command as a section.
fn commands() -> Vec<Section> {
    let command = |command: &mut clap::Command| Section {
        title: format!("folkmoot {}", command.get_name()),
        above: vec!["Commands".to_owned()],
        names: vec![command.get_name().to_owned()],
        text: format!("```\n{}```\n", command.render_long_help()),
        by_hand: false,
    };
    let mut all = Arguments::command();
    all.build();
    all.get_subcommands_mut().map(command).collect()
}

/// A page for `man`.
fn manual_page(name: &str) -> Result<String, CommandError> {
    let mut all = Arguments::command();
    all.build();
    // `man` breaks a line where the next one is indented, and nowhere else.
    let indented: String = FIRST_STEPS.lines().map(|line| format!("  {line}\n")).collect();
    let page =
        if name.is_empty() { Some(all.clone().after_help(indented)) } else { all.find_subcommand(name).cloned() };
    let Some(page) = page else {
        return Err(CommandError::WrongUse(format!("There is no command `{name}`. Type:  folkmoot help --man build")));
    };
    let called = if name.is_empty() { "folkmoot".to_owned() } else { format!("folkmoot-{name}") };
    let mut text = Vec::new();
    let written = clap_mangen::Man::new(page).title(called.to_uppercase()).render(&mut text);
    written.map_err(|error| CommandError::Failed(error.to_string()))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// What the manual has.
fn contents(sections: &[Section], width: usize) -> String {
    let mut words =
        "The manual. To read a part, type `folkmoot help` and words of its title, or a question.\n".to_owned();
    let parts = sections.iter().filter(|section| section.by_hand).skip(1);
    for section in parts {
        let indent = if section.above.is_empty() { "\n  " } else { "    " };
        words.push_str(&format!("{indent}{}\n", section.title.replace('`', "")));
    }
    let more = "It also tells of each command (`folkmoot help build`), each fact at the top of a page (`folkmoot help apologies`), \
                each file of settings (`folkmoot help site.toml`) and each message (`folkmoot help broken-link`). All of it as one \
                text: content/README.md of your site.";
    format!("{words}\n{}\n", wrapped(more, width))
}

fn shown(best: &Section, others: &[&Section], environment: &Environment<'_>) -> String {
    let bold = |words: &str| {
        let bold = Style::from(Effects::BOLD);
        if environment.colour { format!("{bold}{words}{bold:#}") } else { words.to_owned() }
    };
    let above = if best.above.is_empty() { String::new() } else { format!("{} › ", best.above.join(" › ")) };
    let text = plain(&best.text, environment.width, &wrapped);
    let mut words = format!("{above}{}\n\n{}\n", bold(&best.title), harmless(&text));
    if !others.is_empty() {
        words.push_str("\nSee also:\n");
        let mut titles: Vec<&str> = vec![&best.title];
        for section in others.iter() {
            if titles.len() <= OTHERS && !titles.contains(&section.title.as_str()) {
                titles.push(&section.title);
                words.push_str(&format!("  folkmoot help {}\n", pasteable(&harmless(&section.title.replace('`', "")))));
            }
        }
    }
    words
}
