//! `folkmoot new`: begins a document.
//!
//! Input: a kind, and what was typed of the document or is typed when it is asked for. Output: a draft in its place, with what the
//! site knows already. Not here: what is in it (`begin`), and making it (`write`). Nothing is ever overwritten.

use std::path::Path;
use std::sync::Arc;

use clap::Args;

use super::environment::{CommandError, Environment, Exit};
use super::given;
use crate::cache::DiskCache;
use crate::kind::{Kind, Kinds, Role, built_in};
use crate::messages::text::{harmless, pasteable, wrapped};
use crate::model::{Audience, Instant};
use crate::read::read;
use crate::write::{ReplaceError, plant};
use crate::{
    Known, Lacks, Memory, NewFile, Options, Place, Said, assemble_again, begin_document, is_part_of_text, kind_named,
    usage, zone,
};

/// Begin a document
///
/// Writes a file in its place, with what to fill in and what the site knows already. It is a draft, and nobody sees it, until
/// you delete one line. Without KIND, it says what can be begun.
#[derive(Args)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct New {
    /// What it is: minutes, news, priority …
    #[arg(value_name = "KIND")]
    kind: Option<String>,
    /// Whose it is, its day, its title, as far as the kind needs them
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// A fact of its head, once for each
    #[arg(long = "set", value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// Ask nothing: what was not typed is left open
    #[arg(long, short)]
    yes: bool,
}

const MORE: &str = "\
Examples:
  folkmoot new
  folkmoot new minutes safer-board 2026-12-08
  folkmoot new minutes safer-board 8 December 2026
  folkmoot new news \"Lights in Mill Lane\" --set \"summary=They are mended.\"

Exit codes:
  0  the file is written
  2  the command was mistyped, the file is there already, or there is no site in the folder
  3  the machine failed: a file cannot be read or written";

/// Runs the command.
pub fn new(new: &New, root: Option<&Path>, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let root = given::root(root, &environment.folder);
    if new.yes {
        environment.answers = None;
    }
    if new.kind.is_none() && !root.join("content").is_dir() {
        return environment.tell(&list(&built_in(), environment.width)).map(|()| Exit::Fine);
    }
    let (sources, _) = read(&root, &root.join("public")).map_err(|error| given::unread(&error))?;
    let as_at = given::moment(None, environment.epoch.as_deref(), environment.now)?.in_zone(&zone(&sources))?;
    // What is withheld is not carried into another text: the site is the one that the public sees.
    let options = Options { as_at, base_url: None, audience: Audience::Public };
    let memory = Memory { cache: Arc::new(DiskCache::open(&root)), ..Memory::default() };
    let site = assemble_again(&sources, &options, &memory).site;
    let Some(typed) = &new.kind else {
        return environment.tell(&list(&site.kinds, environment.width)).map(|()| Exit::Fine);
    };
    let id = kind_named(typed, &site.kinds).map_err(CommandError::WrongUse)?;
    let kind = site.kinds.get(id);
    if kind.new.named_by.is_empty() && !kind.page && kind.inside_of.is_some() && is_part_of_text(kind, &site.kinds) {
        return Err(CommandError::WrongUse(kind.new.rather.clone()));
    }
    let today = Instant::from_timestamp(as_at, &site.config.zone).day;
    let place = Place { site: &site, sources: &sources, id, kind, today };
    let mut said = Said::read(&new.words, &place).map_err(CommandError::WrongUse)?;
    said.set(&new.set, kind).map_err(CommandError::WrongUse)?;
    let file = loop {
        match begin_document(&said.begun(&place), &said.known(&place)) {
            Ok(file) => break file,
            Err(lacks) => ask(&mut said, lacks, &place, environment)?,
        }
    };
    refuse_if_there(&root, &file)?;
    if let Some(path) = said.same_day(&place) {
        let path = pasteable(&format!("content/{path}"));
        let sentence =
            format!("The meeting of that day is there already, in {path}. If this is a second one, give it a title.");
        return Err(CommandError::WrongUse(sentence));
    }
    ask_for_facts(&mut said, &place, environment)?;
    let known = said.known(&place);
    let Ok(file) = begin_document(&said.begun(&place), &known) else { unreachable!("it had a name") };
    match plant(&root, &file.path, file.text.as_bytes()) {
        Ok(()) => {}
        Err(ReplaceError::Changed) => refuse_if_there(&root, &file)?,
        Err(ReplaceError::Interrupted) => return Err(CommandError::Stopped(ReplaceError::Interrupted.to_string())),
        Err(error) => return Err(CommandError::Failed(error.to_string())),
    }
    environment.tell(&told(&file, kind, &known, environment.width))?;
    Ok(Exit::Fine)
}

fn refuse_if_there(root: &Path, file: &NewFile) -> Result<(), CommandError> {
    if root.join(&file.path).symlink_metadata().is_ok() {
        return Err(CommandError::WrongUse(format!("{} is there already, and stays as it is.", pasteable(&file.path))));
    }
    Ok(())
}

/// All kinds in words, with what to type.
fn list(kinds: &Kinds, width: usize) -> String {
    let mut words = "What can be begun, and what to type:\n".to_owned();
    for kind in kinds.list.iter().filter(|kind| !is_part_of_text(kind, kinds)) {
        let rather = if kind.new.rather.is_empty() { String::new() } else { format!(" {}", kind.new.rather) };
        words.push_str(&format!("\n  folkmoot new {}\n", usage(kind, kinds)));
        let help = wrapped(&format!("{}{rather}", kind.help), width.saturating_sub(6).max(20));
        help.lines().for_each(|line| words.push_str(&format!("      {line}\n")));
    }
    words + "\n`folkmoot help` and a kind, such as `folkmoot help minutes`, says what each may hold.\n"
}

/// Asks for what the document cannot be begun without.
///
/// # Errors
/// Nobody is there to be asked: the sentence says what to type.
fn ask(
    said: &mut Said,
    lacks: Lacks,
    place: &Place<'_>,
    environment: &mut Environment<'_>,
) -> Result<(), CommandError> {
    let (question, wants) = match lacks {
        Lacks::Body => {
            let names: Vec<String> = place.bodies().into_iter().map(|(folder, _)| folder).collect();
            (format!("Whose is it? ({})", names.join(", ")), "whose it is")
        }
        Lacks::Day => ("On which day? (2026-12-08, 8 December 2026)".to_owned(), "a day"),
        Lacks::Title => ("What is it called?".to_owned(), "a title"),
    };
    let Some(typed) = environment.ask(&question)? else {
        if environment.answers.is_some() {
            return Ok(());
        }
        let usage = usage(place.kind, &place.site.kinds);
        return Err(CommandError::WrongUse(format!("It needs {wants}. Type:\nfolkmoot new {usage}")));
    };
    said.answer(lacks, &typed, place)
        .or_else(|sentence| environment.warn(&format!("{}\n", wrapped(&harmless(&sentence), environment.width))))
}

/// Asks for the facts that readers need and that were not typed. Each may be left for later.
fn ask_for_facts(said: &mut Said, place: &Place<'_>, environment: &mut Environment<'_>) -> Result<(), CommandError> {
    for field in said.open_facts(place.kind) {
        let example = format!("{} As in: {}", field.help, field.example);
        let question = wrapped(&format!("{}? {example} (Enter: later)", field.label), environment.width);
        while let Some(typed) = environment.ask(&format!("{question}\n>"))? {
            match said.fill(field, &typed) {
                Ok(()) => break,
                Err(sentence) => environment.warn(&format!("{}\n", harmless(&sentence)))?,
            }
        }
    }
    Ok(())
}

/// What was written, and what to do next.
fn told(file: &NewFile, kind: &Kind, known: &Known, width: usize) -> String {
    let mut words = format!("Written: {}\n", file.path);
    if let Some(field) = kind.role(Role::Draft) {
        let draft = format!("\nIt is a draft. Nobody sees it until you delete the line `{}: true`.", field.name);
        words.push_str(&wrapped(&draft, width));
        words.push('\n');
    }
    let matters = known.open_matters.lines().count();
    let planned = known.planned.lines().filter(|line| line.starts_with("## ")).count();
    let carried = [
        (!known.members.is_empty()).then(|| format!("who sits on the body ({})", known.members.len())),
        (!known.last_meeting.is_empty()).then(|| "the last meeting".to_owned()),
        (matters > 0).then(|| format!("what is still open ({matters})")),
        (planned > 0).then(|| format!("what is planned for that day ({planned})")),
    ];
    let carried: Vec<String> = carried.into_iter().flatten().collect();
    if !carried.is_empty() {
        words.push_str(&wrapped(&format!("From the site it has {}.", crate::diagnostic::list(&carried)), width));
        words.push('\n');
    }
    if !kind.new.rather.is_empty() {
        words.push_str(&format!("{}\n", wrapped(&kind.new.rather, width)));
    }
    words.push_str("\nNext: write in it; `folkmoot serve --drafts --open` shows it to you alone.\n");
    harmless(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_says_what_to_type() {
        let kinds = built_in();
        let words = list(&kinds, 100);
        for line in [
            "folkmoot new minutes BODY DAY\n",
            "folkmoot new news DAY \"TITLE\"\n",
            "folkmoot new priority \"TITLE\"\n",
        ] {
            assert!(words.contains(line), "{words}");
        }
        assert!(!words.contains("new item"), "an item is a heading: {words}");
    }

    #[test]
    fn an_agenda_begins_with_what_is_planned_for_its_day() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join("content").join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("bodies/board.md", "---\nstanding_items: [{item: Figures, presented_by: Analyst}]\n---\n# Board\n");
        write(
            "minutes/board/2026-06-16.md",
            "## 1. Lamps\n\nRESOLVED: That the scheme be brought back in December.\n\n## 2. Walls\n\n2.1 Seen. (Action: Clerk, by 30 November 2026)\n",
        );
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut environment = Environment::of_test(folder.path(), &mut out, &mut err, None);
        environment.now = "2026-07-01T12:00:00Z".parse().unwrap();
        let words = vec!["board".to_owned(), "2026-12-08".to_owned()];
        let typed = New { kind: Some("minutes".to_owned()), words, set: Vec::new(), yes: true };
        assert_eq!(new(&typed, None, &mut environment), Ok(Exit::Fine));
        let said = String::from_utf8(out).unwrap();
        assert!(said.contains("what is planned for that day (2)"), "{said}");
        let text = std::fs::read_to_string(folder.path().join("content/minutes/board/2026-12-08.md")).unwrap();
        let (_, agenda) = text.split_once("- [Seen").expect("what is open stands among the matters arising");
        let (_, items) = agenda.split_once("\n\n").expect("items follow");
        assert_eq!(
            items,
            "## 5. Lamps\n\n(To take up [Decision: Lamps](2026-06-16.md#resolution-board-2026-06-16-1).)\n\n\
             ## 6. Figures {presented_by=\"Analyst\"}\n\n## 7. Any other business {procedural=true}\n\n\
             ## 8. Date of the next meeting {procedural=true}\n"
        );
    }

    #[test]
    fn what_was_not_typed_is_asked_for_until_it_is_understood() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("content/bodies")).unwrap();
        std::fs::write(folder.path().join("content/bodies/board.md"), "---\ntitle: The Board\n---\n").unwrap();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut answers = "bord\nboard\nsoon\n8 December 2026\nThe agenda: lights.\n\n".as_bytes();
        let mut environment = Environment::of_test(folder.path(), &mut out, &mut err, Some(&mut answers));
        let typed = New { kind: Some("minutes".to_owned()), words: Vec::new(), set: Vec::new(), yes: false };
        assert_eq!(new(&typed, None, &mut environment), Ok(Exit::Fine));
        let asked = String::from_utf8(err).unwrap();
        for words in [
            "Whose is it? (board)",
            "Is `board` meant?",
            "On which day?",
            "`soon` is not a day.",
            "Summary?",
            "Kept up to date by?",
        ] {
            assert!(asked.contains(words), "{words}\n{asked}");
        }
        let text = std::fs::read_to_string(folder.path().join("content/minutes/board/2026-12-08.md")).unwrap();
        assert!(text.contains("\nsummary: \"The agenda: lights.\"\n") && text.contains("\nowner:\n"), "{text}");
    }
}
