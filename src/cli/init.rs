//! `folkmoot init`: begins a site.
//!
//! Input: what was typed, or is typed when it is asked for: at most five answers, each with a default. Output: the files of a
//! site that builds as it is. Not here: what is in them (`begin`), and making them (`write`). Nothing is ever overwritten.

use std::path::{Path, PathBuf};

use clap::Args;

use super::environment::{CommandError, Environment, Exit};
use super::given;
use crate::kind::built_in;
use crate::messages::text::{count, harmless, pasteable, wrapped};
use crate::model::{Zone, slug};
use crate::read::read;
use crate::write::{ReplaceError, plant};
use crate::{Answers, NewFile, bodies_named, made_up_address, mail_address, new_site, sort_named, sorts};

/// Begin a site
///
/// Asks at most five things, and writes the folder `content` with the settings, the bodies, a home page and an example of each
/// kind of page, the manual, and what editors and machines need. What is there already is never changed.
#[derive(Args)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct Init {
    /// Where to begin it; the folder is made if it is not there [default: here]
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// What the partnership is called
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// What kind of partnership it is
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// A board or a committee of it; once for each
    #[arg(long = "body", value_name = "NAME")]
    bodies: Vec<String>,
    /// The address under which the public will read the website
    #[arg(long, value_name = "ADDRESS")]
    base_url: Option<String>,
    /// The mail address of its office
    #[arg(long, value_name = "MAIL ADDRESS")]
    contact: Option<String>,
    /// Ask nothing: what was not typed has its default
    #[arg(long, short)]
    yes: bool,
    /// In a site that is there already, write what is missing of the manual, the recipes and the files for editors
    #[arg(long)]
    missing: bool,
}

const MORE: &str = "\
Examples:
  folkmoot init safer-marlshire
  folkmoot init --yes --name \"Safer Marlshire\" --body \"Safer Marlshire Board\" --body \"Scrutiny Committee\"

Kinds of partnership: community-safety, health, safeguarding, joint-committee, council, other.
Where nobody is at the keyboard nothing is asked.

Exit codes:
  0  the site is begun, or it is said what is there
  2  the command was mistyped
  3  the machine failed: a file cannot be written";

/// The name of a partnership of which nobody says it.
const UNNAMED: &str = "Our partnership";
/// The first folder of what belongs to the texts of a site; all else can be written anew at any time.
const TEXTS: &str = "content/";
/// The manual, which is no text of the site.
const MANUAL: &str = "content/README.md";
/// The file that makes a folder a site.
const SETTINGS: &str = "content/site.toml";

/// Runs the command.
pub fn init(init: &Init, root: Option<&Path>, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let folder = root.map_or_else(|| environment.folder.clone(), |root| environment.folder.join(root));
    let folder = init.folder.as_ref().map_or_else(|| folder.clone(), |below| folder.join(below));
    let around = given::root(None, &folder);
    if folder != around && folder.starts_with(around.join("content")) {
        return Err(CommandError::WrongUse(format!(
            "This folder is a part of the site in `{}`. Go there, or name another folder: folkmoot init my-site",
            around.display()
        )));
    }
    if init.yes {
        environment.answers = None;
    }
    if folder.join(SETTINGS).exists() {
        return again(init, &folder, environment);
    }
    let answers = answers(init, environment)?;
    let files = new_site(&answers, &built_in());
    let (mut made, mut there) = (Vec::new(), Vec::new());
    for file in &files {
        if file.example && has_texts(&folder, file) {
            continue;
        }
        if write(&folder, file)? { made.push(file) } else { there.push(file) }
    }
    let words = told(&folder, &answers, (&made, &there), init.base_url.is_none(), environment);
    environment.tell(&words)?;
    Ok(Exit::Fine)
}

/// Makes a file. Whether it was made: it is not where one is.
fn write(folder: &Path, file: &NewFile) -> Result<bool, CommandError> {
    if folder.join(&file.path).symlink_metadata().is_ok() {
        return Ok(false);
    }
    match plant(folder, &file.path, file.text.as_bytes()) {
        Ok(()) => Ok(true),
        Err(ReplaceError::Changed) => Ok(false),
        Err(ReplaceError::Interrupted) => Err(CommandError::Stopped(ReplaceError::Interrupted.to_string())),
        Err(error) => Err(CommandError::Failed(error.to_string())),
    }
}

/// Whether the folder of a file has something in it already: then nobody needs an example.
fn has_texts(folder: &Path, file: &NewFile) -> bool {
    let kind = file.path.split('/').take(2).collect::<Vec<_>>().join("/");
    let is_text = |entry: std::fs::DirEntry| entry.file_name() != "index.md";
    std::fs::read_dir(folder.join(kind)).is_ok_and(|entries| entries.flatten().any(is_text))
}

/// Says what is there, in a site that was begun before.
fn again(init: &Init, folder: &Path, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let answers = defaults(init, environment)?;
    let files = new_site(&answers, &built_in());
    let outside = files.iter().filter(|file| !file.path.starts_with(TEXTS) || file.path == MANUAL);
    let (there, missing): (Vec<&NewFile>, Vec<&NewFile>) =
        outside.partition(|file| folder.join(&file.path).symlink_metadata().is_ok());
    let (sources, _) = read(folder, &folder.join("public")).map_err(|error| given::unread(&error))?;
    let texts = sources.ids().filter(|(_, file)| file.path.ends_with(".md"));
    let mut words = format!(
        "There is a site here already, with {} in the folder content. Nothing of it was touched.\n",
        count(texts.count(), "document")
    );
    let names = |files: &[&NewFile]| files.iter().map(|file| format!("  {}\n", file.path)).collect::<String>();
    if !there.is_empty() {
        words.push_str(&format!("\nOf what `folkmoot init` writes beside them, this is there:\n{}", names(&there)));
    }
    if !missing.is_empty() && init.missing {
        for file in &missing {
            write(folder, file)?;
        }
        words.push_str(&format!("\nThis was missing, and is written now:\n{}", names(&missing)));
    } else if !missing.is_empty() {
        let list = names(&missing);
        words.push_str(&format!("\nThis is missing; `folkmoot init --missing` writes it:\n{list}"));
    }
    words.push_str("\nNext: `folkmoot new` says what can be begun in it, and `folkmoot check` what is wrong.\n");
    environment.tell(&words)?;
    Ok(Exit::Fine)
}

/// What was typed, with the defaults of all else.
fn defaults(init: &Init, environment: &Environment<'_>) -> Result<Answers, CommandError> {
    let sorts = sorts();
    let sort = match &init.kind {
        Some(typed) => sort_named(typed, &sorts).map_err(CommandError::WrongUse)?,
        None => sorts[0].clone(),
    };
    let name = init.name.as_deref().map_or(UNNAMED, str::trim).to_owned();
    if slug(&name).is_empty() {
        return Err(CommandError::WrongUse("A name has letters in it: --name \"Safer Marlshire\"".to_owned()));
    }
    let bodies = if init.bodies.is_empty() { sort.usual_bodies() } else { bodies_named(&init.bodies.join(",")) };
    let address = match &init.base_url {
        Some(typed) => given::base_url(typed)?,
        None => made_up_address(&name),
    };
    let contact = init.contact.as_deref().map(mail_address).transpose().map_err(CommandError::WrongUse)?;
    let now = given::moment(None, environment.epoch.as_deref(), environment.now)?.in_zone(&Zone::UTC)?;
    let today = now.to_zoned(Zone::UTC).date();
    Ok(Answers { name, sort, bodies, address, contact, today })
}

/// What was typed, what is answered, and the defaults of all else.
fn answers(init: &Init, environment: &mut Environment<'_>) -> Result<Answers, CommandError> {
    let mut answers = defaults(init, environment)?;
    if environment.answers.is_none() {
        return Ok(answers);
    }
    environment.warn("Enter alone takes what stands in brackets. All of it can be changed later.\n\n")?;
    if init.name.is_none() {
        let name = |typed: &str| {
            if slug(typed).is_empty() { Err("A name has letters in it.".into()) } else { Ok(typed.into()) }
        };
        answers.name = ask(environment, "What is the partnership called?", &answers.name.clone(), name)?;
        answers.address = if init.base_url.is_some() { answers.address } else { made_up_address(&answers.name) };
    }
    if init.kind.is_none() {
        let sorts = sorts();
        let list: Vec<String> =
            (1..).zip(&sorts).map(|(number, sort)| format!("  {number}  {} ({})\n", sort.label, sort.name)).collect();
        environment.warn(&list.concat())?;
        answers.sort = ask(environment, "Which of these is it?", "1", |typed| sort_named(typed, &sorts))?;
        answers.bodies = if init.bodies.is_empty() { answers.sort.usual_bodies() } else { answers.bodies };
    }
    if init.bodies.is_empty() {
        let default = answers.bodies.join(", ");
        let some = |typed: &str| {
            let bodies = bodies_named(typed);
            if bodies.is_empty() { Err("Type at least one name.".to_owned()) } else { Ok(bodies) }
        };
        answers.bodies = ask(environment, "Its boards and committees, with commas between?", &default, some)?;
    }
    if init.base_url.is_none() {
        let address = |typed: &str| given::base_url(typed).map_err(sentence);
        answers.address = ask(environment, "The address of the website?", &answers.address.clone(), address)?;
    }
    if init.contact.is_none() {
        let contact = |typed: &str| if typed == NONE { Ok(None) } else { mail_address(typed).map(Some) };
        answers.contact = ask(environment, "The mail address of its office?", NONE, contact)?;
    }
    environment.warn("\n")?;
    Ok(answers)
}

/// The answer that there is none.
const NONE: &str = "none yet";

/// Asks until `read` understands the answer.
fn ask<T>(
    environment: &mut Environment<'_>,
    question: &str,
    default: &str,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<T, CommandError> {
    loop {
        let typed = environment.ask(&format!("{question} [{default}]"))?;
        let nobody = environment.answers.is_none();
        match read(typed.as_deref().unwrap_or(default)) {
            Ok(answer) => return Ok(answer),
            Err(sentence) if nobody => return Err(CommandError::WrongUse(sentence)),
            Err(sentence) => {
                let sentence = wrapped(&harmless(&sentence), environment.width);
                environment.warn(&format!("{sentence}\n"))?;
            }
        }
    }
}

fn sentence(error: CommandError) -> String {
    match error {
        CommandError::WrongUse(sentence) | CommandError::Failed(sentence) | CommandError::Stopped(sentence) => sentence,
    }
}

/// What was written, and what to type next.
fn told(
    folder: &Path,
    answers: &Answers,
    (made, there): (&[&NewFile], &[&NewFile]),
    made_up: bool,
    environment: &Environment<'_>,
) -> String {
    let names = |files: &[&NewFile]| files.iter().map(|file| format!("  {}\n", file.path)).collect::<String>();
    let (texts, other): (Vec<&NewFile>, Vec<&NewFile>) = made.iter().partition(|file| file.path.starts_with(TEXTS));
    let (examples, texts): (Vec<&NewFile>, Vec<&NewFile>) = texts.into_iter().partition(|file| file.example);
    let mut words = format!("{} is begun in {}.\n\nThe site:\n{}", answers.name, folder.display(), names(&texts));
    words.push_str(&format!("\nAn example of each kind of page; nobody sees these drafts:\n{}", names(&examples)));
    words.push_str(&format!("\nFor machines that build it, and for editors:\n{}", names(&other)));
    if !there.is_empty() {
        words.push_str(&format!("\nThis was there already, and is as it was:\n{}", names(there)));
    }
    if made_up && answers.address == made_up_address(&answers.name) {
        words.push_str(&format!(
            "\nThe address {} is made up. When you know the real one, write it into content/site.toml.\n",
            answers.address
        ));
    }
    let body = answers.bodies.first().map(|body| slug(body)).unwrap_or_default();
    let go = match folder.strip_prefix(&environment.folder) {
        Ok(below) if below.as_os_str().is_empty() => String::new(),
        Ok(below) => format!("  cd {}\n", pasteable(&below.to_string_lossy())),
        Err(_) => format!("  cd {}\n", pasteable(&folder.to_string_lossy())),
    };
    let next_week = answers.today.checked_add(jiff::Span::new().days(7)).unwrap_or(answers.today);
    words.push_str(&format!(
        "\nNext, type:\n{go}  folkmoot serve --open   shows the website in your browser while you write\n  \
         folkmoot new minutes {body} {next_week}   begins a meeting\n  \
         folkmoot help           is the manual\n"
    ));
    harmless(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of these lines, typed one after another in an empty folder: the settings, and what was asked.
    fn typed(lines: &str) -> (String, String) {
        let folder = tempfile::tempdir().unwrap();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut answers = lines.as_bytes();
        let mut environment = Environment::of_test(folder.path(), &mut out, &mut err, Some(&mut answers));
        let nothing = Init {
            folder: None,
            name: None,
            kind: None,
            bodies: Vec::new(),
            base_url: None,
            contact: None,
            yes: false,
            missing: false,
        };
        init(&nothing, None, &mut environment).expect("it goes well");
        let settings = std::fs::read_to_string(folder.path().join(SETTINGS)).expect("it was written");
        (settings, String::from_utf8(err).expect("words"))
    }

    #[test]
    fn five_questions_are_asked_and_each_has_a_default() {
        let (settings, asked) = typed("\n\n\n\n\n");
        assert_eq!(asked.matches(']').count(), 5, "{asked}");
        assert!(settings.contains("\ntitle = \"Our partnership\"\n"), "{settings}");
        assert!(settings.contains("\nbase_url = \"https://www.our-partnership.example\"\n"), "{settings}");
        assert!(settings.contains("\n# email = "), "{settings}");
    }

    #[test]
    fn answers_are_taken_and_what_is_none_is_asked_again() {
        let lines = "Safer Marl\nhelth\nhealth\nBoard, Scrutiny Committee\nmarl.example\nhttps://marl.example/\nclerk\nclerk@marl.example\n";
        let (settings, asked) = typed(lines);
        assert!(asked.contains("There is no kind of partnership `helth`. Is `health` meant?"), "{asked}");
        assert!(asked.contains("`clerk` is no mail address"), "{asked}");
        assert!(settings.contains("\ntitle = \"Safer Marl\"\n"), "{settings}");
        assert!(settings.contains("\nbase_url = \"https://marl.example\"\n"), "{settings}");
        assert!(settings.contains("\nemail = \"clerk@marl.example\"\n"), "{settings}");
    }

    #[test]
    fn who_goes_away_gets_the_defaults() {
        assert!(typed("").0.contains("Our partnership"));
    }
}
