//! `folkmoot new`: begins a document.
//!
//! Input: a kind, and what was typed of the document or is typed when it is asked for. Output: a draft in its place, with what the
//! site knows already. Not here: what is in it (`begin`), and making it (`write`). Nothing is ever overwritten.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use clap::Args;

use super::environment::{CommandError, Environment, Exit};
use super::given;
use super::text::{harmless, pasteable, wrapped};
use crate::cache::DiskCache;
use crate::diagnostic::nearest;
use crate::kind::{Field, Kind, KindId, Kinds, NamedBy, Need, Role, Shape, built_in};
use crate::model::{Audience, Date, Instant, Site, slug};
use crate::query;
use crate::read::read;
use crate::source::Sources;
use crate::write::{ReplaceError, plant};
use crate::{Begun, Known, Lacks, Memory, NewFile, Options, assemble_again, begin_document, known, zone};

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
    let id = kind_named(typed, &site.kinds)?;
    let kind = site.kinds.get(id);
    if kind.new.named_by.is_empty() && !kind.page && kind.inside_of.is_some() && is_part_of_text(kind, &site.kinds) {
        return Err(CommandError::WrongUse(kind.new.rather.clone()));
    }
    let today = Instant::from_timestamp(as_at, &site.config.zone).day;
    let place = Place { site: &site, sources: &sources, id, kind, today };
    let mut said = Said::read(&new.words, &place)?;
    said.set(&new.set, kind)?;
    let file = loop {
        match begin_document(&said.begun(&place), &said.known(&place)) {
            Ok(file) => break file,
            Err(lacks) => said.ask(lacks, &place, environment)?,
        }
    };
    refuse_if_there(&root, &file)?;
    said.refuse_same_day(&place)?;
    said.ask_for_facts(&place, environment)?;
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

/// Whether documents of a kind are parts of the text of others: items of an agenda.
fn is_part_of_text(kind: &Kind, kinds: &Kinds) -> bool {
    kinds.list.iter().any(|other| other.heading_kind.as_deref() == Some(&*kind.name))
}

/// The kind that was typed, by its name, its folder or what readers call it.
fn kind_named(typed: &str, kinds: &Kinds) -> Result<KindId, CommandError> {
    let same = |name: &str| slug(name) == slug(typed);
    let found = kinds.iter().find(|(_, kind)| [&kind.name, &kind.folder, &kind.label].iter().any(|name| same(name)));
    found.map(|(id, _)| id).ok_or_else(|| {
        let names = kinds.list.iter().flat_map(|kind| [kind.name.as_str(), kind.folder.as_str()]);
        let near = nearest(typed, names).map(|near| format!(" Is `folkmoot new {near}` meant?"));
        let near = near.unwrap_or_else(|| " `folkmoot new` says which there are.".to_owned());
        CommandError::WrongUse(format!("There is no kind of document `{typed}`.{near}"))
    })
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

/// `minutes BODY DAY`, `priority "TITLE"`.
fn usage(kind: &Kind, kinds: &Kinds) -> String {
    let mut usage = kind.name.clone();
    if let Some(body) = kind.folder_names.as_deref().and_then(|field| kind.relation(field)).and_then(|to| to.to.first())
    {
        let label = kinds.by_name(body).map_or(body.as_str(), |id| &kinds.get(id).label);
        usage.push_str(&format!(" {}", label.to_uppercase()));
    }
    let named_by: &[NamedBy] = if kind.new.named_by.is_empty() { &[NamedBy::Title] } else { &kind.new.named_by };
    for by in named_by {
        usage.push_str(match by {
            NamedBy::Date => " DAY",
            NamedBy::Title => " \"TITLE\"",
            NamedBy::Number => "",
        });
    }
    usage
}

/// Where a document is begun.
struct Place<'site> {
    site: &'site Site,
    sources: &'site Sources,
    id: KindId,
    kind: &'site Kind,
    today: jiff::civil::Date,
}

impl Place<'_> {
    /// The folders of bodies that the site has, by the pages of bodies and by the folders of earlier meetings.
    fn bodies(&self) -> Vec<(String, String)> {
        let relation = self.kind.folder_names.as_deref().and_then(|field| self.kind.relation(field));
        let of_body =
            |kind: &KindId| relation.is_some_and(|relation| relation.to.contains(&self.site.kinds.get(*kind).name));
        let pages = self.site.ids().filter(|(_, document)| of_body(&document.kind));
        let mut bodies: Vec<(String, String)> = pages
            .filter_map(|(_, document)| Some((document.id.split_once('/')?.1.to_owned(), document.title.to_string())))
            .collect();
        let begin = format!("content/{}/", self.kind.folder);
        let folders: BTreeSet<&str> = self
            .sources
            .ids()
            .filter_map(|(_, file)| file.path.strip_prefix(&begin)?.split_once('/').map(|(folder, _)| folder))
            .collect();
        for folder in folders {
            if !bodies.iter().any(|(known, _)| known == folder) && Date::parse(folder).is_none() {
                bodies.push((folder.to_owned(), folder.to_owned()));
            }
        }
        bodies
    }

    /// The folder of the body that was typed.
    fn body_named(&self, typed: &str) -> Result<String, String> {
        let bodies = self.bodies();
        let same = |(folder, title): &&(String, String)| slug(folder) == slug(typed) || slug(title) == slug(typed);
        if let Some((folder, _)) = bodies.iter().find(same) {
            return Ok(folder.clone());
        }
        let names: Vec<&str> = bodies.iter().map(|(folder, _)| folder.as_str()).collect();
        let advice = match nearest(&slug(typed), names.iter().copied()) {
            Some(near) => format!("Is `{near}` meant?"),
            None if names.is_empty() => "The site has none yet.".to_owned(),
            None => format!("The site has: {}.", names.join(", ")),
        };
        let relation = self.kind.folder_names.as_deref().and_then(|field| self.kind.relation(field));
        let begin = relation.and_then(|relation| relation.to.first()).map(|kind| {
            format!(" A new one begins with:  folkmoot new {kind} \"{}\"", crate::language::capital(typed))
        });
        Err(format!("Nobody who meets is called `{typed}`. {advice}{}", begin.unwrap_or_default()))
    }
}

/// What was said of the document so far.
#[derive(Default)]
struct Said {
    folder: Option<String>,
    day: Option<Date>,
    title: Option<String>,
    fields: Vec<(String, String)>,
}

impl Said {
    /// Takes words as typed: a day in any of its forms, whose it is, and of what is left the title.
    fn read(words: &[String], place: &Place<'_>) -> Result<Self, CommandError> {
        let mut said = Self::default();
        let mut left: Vec<&str> = words.iter().map(String::as_str).collect();
        if place.kind.role(Role::Date).is_some()
            && let Some((from, to, day)) = day_in(&left)
        {
            said.day = Some(day);
            left.drain(from..to);
        }
        if place.kind.folder_names.is_some() && !left.is_empty() {
            said.folder = Some(said.body(&mut left, place).map_err(CommandError::WrongUse)?);
        }
        if !left.is_empty() {
            said.title = Some(left.join(" "));
        }
        if said.day.is_none() && place.kind.folder_names.is_none() && place.kind.new.named_by.contains(&NamedBy::Date) {
            said.day = Some(Date::Day(place.today));
        }
        Ok(said)
    }

    /// The body that the first words name: as many of them as are its name, which may be typed without quotes.
    fn body(&self, left: &mut Vec<&str>, place: &Place<'_>) -> Result<String, String> {
        for length in (1..=left.len()).rev() {
            if let Ok(folder) = place.body_named(&left[..length].join(" ")) {
                left.drain(..length);
                return Ok(folder);
            }
        }
        place.body_named(left.remove(0))
    }

    /// Takes `name=value`.
    fn set(&mut self, set: &[String], kind: &Kind) -> Result<(), CommandError> {
        for typed in set {
            let Some((name, value)) = typed.split_once('=') else {
                return Err(CommandError::WrongUse(format!(
                    "--set cannot be understood: `{typed}`. Type a name and a value:\n--set \"summary=They are mended.\""
                )));
            };
            let name = name.trim();
            let Some(field) = kind.field(name) else {
                let names = kind.fields.iter().map(|field| field.name.as_str());
                let near = nearest(name, names).map(|near| format!(" Is `{near}` meant?"));
                let near = near.unwrap_or_else(|| format!(" `folkmoot help {}` says which there are.", kind.name));
                return Err(CommandError::WrongUse(format!("{} has no fact `{name}`.{near}", kind.label)));
            };
            self.fill(field, value.trim()).map_err(CommandError::WrongUse)?;
        }
        Ok(())
    }

    /// Takes the value of a field, as a person types it.
    fn fill(&mut self, field: &Field, value: &str) -> Result<(), String> {
        if !field.choices().is_empty() && field.choice(value).is_none() {
            let words: Vec<&str> = field.choices().iter().map(|choice| choice.value.as_str()).collect();
            return Err(format!("`{}` is one of {}, and not `{value}`.", field.name, words.join(", ")));
        }
        match field.role {
            Some(Role::Title) => self.title = Some(value.to_owned()),
            Some(Role::Date) if Date::parse(value).is_some() => self.day = Date::parse(value),
            _ => {
                let is_whole = !field.parts().is_empty() || matches!(field.shape, Shape::List(_));
                // Lists and groups are typed as a head has them.
                let value =
                    if is_whole && value.starts_with(['[', '{']) { value.to_owned() } else { crate::yaml(value) };
                self.fields.retain(|(known, _)| *known != field.name);
                self.fields.push((field.name.clone(), value));
            }
        }
        Ok(())
    }

    fn begun<'said>(&'said self, place: &Place<'said>) -> Begun<'said> {
        Begun {
            kind: place.kind,
            title: self.title.as_deref(),
            day: self.day,
            folder: self.folder.as_deref(),
            fields: self.fields.iter().map(|(name, value)| (name.as_str(), value.clone())).collect(),
            about: None,
            draft: true,
            text: None,
            today: place.today,
        }
    }

    fn known(&self, place: &Place<'_>) -> Known {
        let day = self.day.and_then(Date::earliest).unwrap_or(place.today);
        self.folder.as_ref().map(|folder| known(place.site, place.id, folder, day)).unwrap_or_default()
    }

    /// Refuses a second meeting of a body on one day, unless it was given a title: most often it has another name.
    fn refuse_same_day(&self, place: &Place<'_>) -> Result<(), CommandError> {
        let Some((folder, day)) = self.folder.as_ref().zip(self.day).filter(|_| self.title.is_none()) else {
            return Ok(());
        };
        let body = |id| query::body(place.site, id).and_then(|body| place.site.document(body).id.split_once('/'));
        let same = place.site.ids().find(|(id, document)| {
            let of_body = body(*id).is_some_and(|(_, name)| name == folder);
            document.kind == place.id && document.date == Some(day) && of_body
        });
        same.map_or(Ok(()), |(_, document)| {
            let path = pasteable(&format!("content/{}", document.path));
            let sentence = format!(
                "The meeting of that day is there already, in {path}. If this is a second one, give it a title."
            );
            Err(CommandError::WrongUse(sentence))
        })
    }

    /// Asks for what the document cannot be begun without.
    ///
    /// # Errors
    /// Nobody is there to be asked: the sentence says what to type.
    fn ask(&mut self, lacks: Lacks, place: &Place<'_>, environment: &mut Environment<'_>) -> Result<(), CommandError> {
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
        let understood = match lacks {
            Lacks::Body => place.body_named(&typed).map(|folder| self.folder = Some(folder)),
            Lacks::Day => match Date::parse(&typed) {
                Some(day) => {
                    self.day = Some(day);
                    Ok(())
                }
                None => Err(format!("`{typed}` is not a day.")),
            },
            Lacks::Title if slug(&typed).is_empty() => Err("A title has letters in it.".to_owned()),
            Lacks::Title => {
                self.title = Some(typed);
                Ok(())
            }
        };
        understood
            .or_else(|sentence| environment.warn(&format!("{}\n", wrapped(&harmless(&sentence), environment.width))))
    }

    /// Asks for the facts that readers need and that were not typed. Each may be left for later.
    fn ask_for_facts(&mut self, place: &Place<'_>, environment: &mut Environment<'_>) -> Result<(), CommandError> {
        let wanted = place.kind.fields.iter().filter(|field| field.need == Need::Expected);
        let known = [Some(Role::Date), Some(Role::Body), Some(Role::Title)];
        for field in wanted.filter(|field| !known.contains(&field.role)) {
            if environment.answers.is_none() || self.fields.iter().any(|(name, _)| *name == field.name) {
                continue;
            }
            let example = format!("{} As in: {}", field.help, field.example);
            let question = wrapped(&format!("{}? {example} (Enter: later)", field.label), environment.width);
            while let Some(typed) = environment.ask(&format!("{question}\n>"))? {
                match self.fill(field, &typed) {
                    Ok(()) => break,
                    Err(sentence) => environment.warn(&format!("{}\n", harmless(&sentence)))?,
                }
            }
        }
        Ok(())
    }
}

/// The longest run of words that is a day: where it begins and ends.
fn day_in(words: &[&str]) -> Option<(usize, usize, Date)> {
    let runs =
        (1..=words.len().min(4)).rev().flat_map(|length| (0..=words.len() - length).map(move |from| (from, length)));
    runs.filter_map(|(from, length)| {
        let day = Date::parse(&words[from..from + length].join(" "))?;
        matches!(day, Date::Day(_)).then_some((from, from + length, day))
    })
    .next()
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
    let carried = [
        (!known.members.is_empty()).then(|| format!("who sits on the body ({})", known.members.len())),
        (!known.last_meeting.is_empty()).then(|| "the last meeting".to_owned()),
        (matters > 0).then(|| format!("what is still open ({matters})")),
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
    fn a_day_is_found_among_words() {
        let found = |words: &str| {
            let words: Vec<&str> = words.split(' ').collect();
            day_in(&words).map(|(from, to, day)| (from, to, day.iso().unwrap_or_default()))
        };
        assert_eq!(found("board 2026-12-08"), Some((1, 2, "2026-12-08".to_owned())));
        assert_eq!(found("board 8 December 2026"), Some((1, 4, "2026-12-08".to_owned())));
        assert_eq!(found("8/12/2026 board"), Some((0, 1, "2026-12-08".to_owned())));
        assert_eq!(found("the plan for 2026"), None);
    }

    #[test]
    fn kinds_are_known_by_any_of_their_names() {
        let kinds = built_in();
        let named = |typed: &str| kind_named(typed, &kinds).map(|id| kinds.get(id).name.clone());
        for typed in ["priority", "priorities", "Priority", "PRIORITY"] {
            assert_eq!(named(typed).as_deref(), Ok("priority"));
        }
        let Err(CommandError::WrongUse(sentence)) = named("minuts") else { panic!("it is no kind") };
        assert_eq!(sentence, "There is no kind of document `minuts`. Is `folkmoot new minutes` meant?");
    }

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
}
